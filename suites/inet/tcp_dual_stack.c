/* SPDX-License-Identifier: MIT */
/* One IPv6 socket for both versions of IP, and addresses of the wrong kind. */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/case.h"

/*
 * One IPv6 listener serves both worlds.
 *
 * A socket bound to `::` also takes connections to the host's IPv4 addresses. The packets
 * are IPv4, the socket is not: it shows the peer as an IPv4-mapped address,
 * `::ffff:127.0.0.1`, so that a program can be written for IPv6 alone. Access lists that
 * compare addresses as text have to know of this form.
 *
 * Try it: `python3 -m http.server --bind :: 8080`, and fetch http://127.0.0.1:8080/.
 */
CASE(v4_client_of_a_v6_listener,
     .claim = "A listener on :: without IPV6_V6ONLY accepts an IPv4 connection and names the "
	      "peer ::ffff:a.b.c.d",
     .level = RFC, .spec = "RFC 3493 3.7, 5.3; RFC 4291 2.5.5.2; ipv6(7) IPV6_V6ONLY",
     .needs = "ipv6", .tags = "tcp ipv6 bind")
{
	struct address at = address_any(AF_INET6, 0), peer = address_empty();
	struct address name = address_empty();
	int listener = SETUP(socket(AF_INET6, SOCK_STREAM, 0));
	int client = SETUP(socket(AF_INET, SOCK_STREAM, 0));

	SETUP(set_int(listener, IPPROTO_IPV6, IPV6_V6ONLY, 0));
	SETUP(bind(listener, ADDRESS(at)));
	SETUP(getsockname(listener, &at.any, &at.length));
	SETUP(listen(listener, 1));

	struct address v4 = address_loopback(AF_INET, address_port(&at));

	REQUIRE_OK(connect(client, ADDRESS(v4)));
	REQUIRE_OK(accept(listener, &peer.any, &peer.length));
	SETUP(getsockname(client, &name.any, &name.length));

	struct address mapped = address_of("::ffff:127.0.0.1", address_port(&name));

	EXPECT_TRUE(address_equal(&peer, &mapped));
}

/*
 * `IPV6_V6ONLY` splits the two worlds.
 *
 * With the option set, a listener on `::` is deaf to IPv4: the client's SYN meets a port
 * that nobody listens on. The port number is free for IPv4 then, so that a second socket
 * can serve `0.0.0.0`; servers that want a socket for each version rely on it, and set
 * the option themselves, because its default is the administrator's (`bindv6only`).
 */
CASE(v6_only_listener,
     .claim = "With IPV6_V6ONLY a listener on :: refuses IPv4 and leaves the port free for an "
	      "IPv4 listener",
     .level = RFC, .spec = "RFC 3493 5.3; ipv6(7) IPV6_V6ONLY", .needs = "ipv6",
     .tags = "tcp ipv6 bind")
{
	struct address at = address_any(AF_INET6, 0);
	int listener = SETUP(socket(AF_INET6, SOCK_STREAM, 0));
	int listener4 = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	int client = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	int another = SETUP(socket(AF_INET, SOCK_STREAM, 0));

	SETUP(set_int(listener, IPPROTO_IPV6, IPV6_V6ONLY, 1));
	SETUP(bind(listener, ADDRESS(at)));
	SETUP(getsockname(listener, &at.any, &at.length));
	SETUP(listen(listener, 1));

	struct address v4 = address_loopback(AF_INET, address_port(&at));

	EXPECT_ERR(connect(client, ADDRESS(v4)), ECONNREFUSED);

	EXPECT_OK(bind(listener4, ADDRESS(v4)));
	SETUP(listen(listener4, 1));
	EXPECT_OK(connect(another, ADDRESS(v4)));
}

/*
 * An IPv6 socket can call an IPv4 host.
 *
 * connect() to `::ffff:127.0.0.1` on an IPv6 socket sends IPv4 packets. The server is an
 * ordinary IPv4 one and sees an IPv4 client; only the caller's side speaks of mapped
 * addresses. Java's and Go's network libraries have worked like this for years.
 */
CASE(v6_socket_connects_to_a_mapped_address,
     .claim = "connect() of an IPv6 socket to ::ffff:127.0.0.1 reaches the IPv4 listener, which "
	      "sees an IPv4 peer",
     .level = RFC, .spec = "RFC 3493 3.7; ipv6(7)", .needs = "ipv6", .tags = "tcp ipv6 connect")
{
	struct address at, peer = address_empty(), name = address_empty(), expected;
	int listener = tcp_listener(AF_INET, &at);
	struct address mapped = address_of("::ffff:127.0.0.1", address_port(&at));
	int client = SETUP(socket(AF_INET6, SOCK_STREAM, 0));

	SETUP(set_int(client, IPPROTO_IPV6, IPV6_V6ONLY, 0));
	REQUIRE_OK(connect(client, ADDRESS(mapped)));
	REQUIRE_OK(accept(listener, &peer.any, &peer.length));
	SETUP(getsockname(client, &name.any, &name.length));
	expected = address_loopback(AF_INET, address_port(&name));
	EXPECT_TRUE(address_equal(&peer, &expected));
}

struct call_row {
	struct variant variant;
	int family, other; /* of the socket, and of the wrong address */
	int (*call)(int fd, const struct sockaddr *address, socklen_t length);
};

static int do_bind(int fd, const struct sockaddr *address, socklen_t length)
{
	return bind(fd, address, length);
}

static int do_connect(int fd, const struct sockaddr *address, socklen_t length)
{
	return connect(fd, address, length);
}

static const struct call_row calls[] = {
	{{"bind_v4", "ipv6"}, AF_INET, AF_INET6, do_bind},
	{{"bind_v6", "ipv6"}, AF_INET6, AF_INET, do_bind},
	{{"connect_v4", "ipv6"}, AF_INET, AF_INET6, do_connect},
	{{"connect_v6", "ipv6"}, AF_INET6, AF_INET, do_connect},
};

/*
 * A socket has one family for life.
 *
 * `sockaddr` is one type in C for all families, so the compiler cannot see that an IPv6
 * address was given to an IPv4 socket; the kernel looks at the family member and answers
 * `EAFNOSUPPORT`. The length is that of a `sockaddr_storage` here, so that it is the
 * family that is wrong and not also the length.
 */
CASE(address_of_another_family,
     .claim = "bind() and connect() fail with EAFNOSUPPORT when the address is of another family "
	      "than the socket",
     .level = POSIX, .spec = "POSIX.1-2024 bind(), connect() ERRORS EAFNOSUPPORT",
     .tags = "tcp bind connect", .VARIANTS(calls))
{
	const struct call_row *row = VARIANT(struct call_row);
	struct address wrong, right;
	int fd = SETUP(socket(row->family, SOCK_STREAM, 0));

	tcp_listener(row->other, &wrong);
	/* A port for bind(), a listener for connect(). */
	if (row->call == do_bind)
		right = address_loopback(row->family, 0);
	else
		tcp_listener(row->family, &right);

	EXPECT_ERR(row->call(fd, &wrong.any, sizeof(wrong.storage)), EAFNOSUPPORT);
	EXPECT_OK(row->call(fd, &right.any, sizeof(right.storage)));
}

/*
 * An address that is cut short is no address.
 *
 * The third argument tells how many bytes may be read; with fewer than the family's
 * address has, the port or the host would be read from beyond. The kernel answers
 * `EINVAL` before it looks at anything else. The usual cause is `sizeof(pointer)` in
 * place of the structure's size.
 */
CASE(address_cut_short,
     .claim = "bind() and connect() fail with EINVAL when the length is shorter than the "
	      "family's address",
     .level = LINUX,
     .spec = "bind(2) ERRORS EINVAL; POSIX.1-2024 bind(), connect() ERRORS EINVAL (may fail)",
     .tags = "tcp bind connect", .VARIANTS(calls))
{
	const struct call_row *row = VARIANT(struct call_row);
	struct address right;
	int fd = SETUP(socket(row->family, SOCK_STREAM, 0));

	if (row->call == do_bind)
		right = address_loopback(row->family, 0);
	else
		tcp_listener(row->family, &right);

	EXPECT_ERR(row->call(fd, &right.any, sizeof(void *)), EINVAL);
	EXPECT_OK(row->call(fd, &right.any, right.length));
}
