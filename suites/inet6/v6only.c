/* SPDX-License-Identifier: MIT */
/* One socket for both protocols, or for one: IPV6_V6ONLY and mapped addresses. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "suites/inet/ip_wire.h"

#include "harness/case.h"

enum { PORT = 9000 };

static int v6_socket(int type, int v6only)
{
	int fd = SETUP(socket(AF_INET6, type, 0));

	SETUP(set_int(fd, IPPROTO_IPV6, IPV6_V6ONLY, v6only));
	return fd;
}

/*
 * An IPv6 socket that hears IPv4.
 *
 * Bound to `::` with `IPV6_V6ONLY` off, one socket serves both protocols. The sender of
 * an IPv4 packet is shown to it as an IPv4-mapped address, ::ffff:a.b.c.d: that
 * notation is for the interface only and never stands in a packet. A server then needs
 * no second socket, but must expect such addresses in its logs and its access lists.
 *
 * Try it: `python3 -m http.server --bind ::` and `curl 127.0.0.1:8000`.
 */
CASE(dual_stack_receives_ipv4,
     .claim = "a socket bound to :: without V6ONLY receives IPv4 with a mapped source address",
     .level = RFC, .spec = "RFC 3493 3.7, 5.3; ipv6(7) IPV6_V6ONLY", .needs = "ipv6",
     .tags = "udp v6only mapped")
{
	struct address any = address_any(AF_INET6, PORT), to = address_loopback(AF_INET, PORT);
	struct address six = address_loopback(AF_INET6, PORT), from = address_empty();
	int both = v6_socket(SOCK_DGRAM, 0);
	int four = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	struct address mapped = address_of("::ffff:127.0.0.1", 0), own = address_empty();
	char data[8];

	SETUP(bind(both, ADDRESS(any)));
	EXPECT_EQ(sendto(four, "4", 1, 0, ADDRESS(to)), 1);
	EXPECT_EQ(recvfrom(both, data, sizeof(data), 0, &from.any, &from.length), 1);
	SETUP(getsockname(four, &own.any, &own.length));
	mapped.v6.sin6_port = own.v4.sin_port;
	EXPECT_EQ(from.any.sa_family, AF_INET6);
	EXPECT_TRUE(address_equal(&from, &mapped));

	/* It hears IPv6 as well. */
	EXPECT_EQ(sendto(both, "6", 1, 0, ADDRESS(six)), 1);
	EXPECT_EQ(recv(both, data, sizeof(data), 0), 1);
}

/*
 * ... and one that does not.
 *
 * With `IPV6_V6ONLY` the IPv4 port of the same number stays free, for another socket or
 * for nobody. Then a datagram to it is refused, although `::` sounds like "everything".
 * Programs that open one socket for each protocol must set it, or the second bind()
 * fails.
 */
CASE(v6only_ignores_ipv4, .claim = "a socket bound to :: with V6ONLY does not receive IPv4",
     .level = RFC, .spec = "RFC 3493 5.3; ipv6(7) IPV6_V6ONLY", .needs = "ipv6",
     .tags = "udp v6only")
{
	struct address any = address_any(AF_INET6, PORT), four = address_loopback(AF_INET, PORT);
	struct address six = address_loopback(AF_INET6, PORT);
	int only = v6_socket(SOCK_DGRAM, 1);
	int client = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	int client6 = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));
	char data[8];

	SETUP(bind(only, ADDRESS(any)));
	SETUP(connect(client, ADDRESS(four)));
	SETUP(send(client, "4", 1, 0));
	EXPECT_ERR(recv(client, data, sizeof(data), 0), ECONNREFUSED);

	SETUP(sendto(client6, "66", 2, 0, ADDRESS(six)));
	EXPECT_EQ(recv(only, data, sizeof(data), 0), 2);
}

struct sharing_row {
	struct variant variant;
	int type;
	int v6only;
	int expected;
};

static const struct sharing_row sharing[] = {
	{{"udp_dual", NULL}, SOCK_DGRAM, 0, EADDRINUSE},
	{{"udp_v6only", NULL}, SOCK_DGRAM, 1, 0},
	{{"tcp_dual", NULL}, SOCK_STREAM, 0, EADDRINUSE},
	{{"tcp_v6only", NULL}, SOCK_STREAM, 1, 0},
};

/*
 * Two sockets on one port number.
 *
 * 0.0.0.0 and `::` can be bound to the same port only if the IPv6 socket has
 * `IPV6_V6ONLY`; otherwise it owns the IPv4 port too and bind() says `EADDRINUSE`. This
 * is why a service that opens "every address getaddrinfo() returns" fails on its second
 * socket, unless it sets the option.
 */
CASE(v4_and_v6_on_one_port, .claim = "0.0.0.0 and :: share a port number only with V6ONLY",
     .level = LINUX, .spec = "ipv6(7) IPV6_V6ONLY; RFC 3493 5.3", .needs = "ipv6",
     .tags = "bind v6only port", .VARIANTS(sharing))
{
	const struct sharing_row *row = VARIANT(struct sharing_row);
	struct address four_any = address_any(AF_INET, PORT), six_any = address_any(AF_INET6, PORT);
	int four = SETUP(socket(AF_INET, row->type, 0)), six = v6_socket(row->type, row->v6only);

	SETUP(bind(four, ADDRESS(four_any)));
	EXPECT_ERRNO(bind(six, ADDRESS(six_any)) == 0 ? 0 : errno, row->expected);

	/* Without the IPv4 socket it makes no difference. */
	SETUP(close(four));
	SETUP(close(six));
	six = v6_socket(row->type, row->v6only);
	EXPECT_OK(bind(six, ADDRESS(six_any)));
}

/*
 * IPv4 packets from an IPv6 socket.
 *
 * The mapped address ::ffff:127.0.0.1 as a destination makes the kernel send an IPv4
 * packet; no IPv6 packet ever carries such an address. With `IPV6_V6ONLY` the socket
 * may not, and the destination is unreachable. A program can so be written for IPv6
 * alone and still reach the old Internet.
 */
CASE(mapped_destination,
     .claim = "sending to a mapped address puts an IPv4 packet on the wire; V6ONLY: ENETUNREACH",
     .level = RFC, .spec = "RFC 3493 3.7, 5.3; RFC 4291 2.5.5.2; ipv6(7)", .needs = "ipv6",
     .tags = "udp v6only mapped errno")
{
	struct address to = address_of("::ffff:127.0.0.1", PORT);
	struct address four_address = address_loopback(AF_INET, PORT);
	int both = v6_socket(SOCK_DGRAM, 0), only = v6_socket(SOCK_DGRAM, 1);
	int receiver = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	struct wire *wire = wire_open("a");
	const struct packet *packet;
	char data[8];

	SETUP(bind(receiver, ADDRESS(four_address)));
	EXPECT_ERR(sendto(only, "x", 1, 0, ADDRESS(to)), ENETUNREACH);
	EXPECT_EQ(sendto(both, "x", 1, 0, ADDRESS(to)), 1);
	EXPECT_EQ(recv(receiver, data, sizeof(data), 0), 1);

	packet = wire_next_udp(wire, PORT);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_TRUE(packet_ipv4(packet) != NULL && packet_ipv6(packet) == NULL);
}

struct default_row {
	struct variant variant;
	const char *bindv6only;
	int expected;
};

static const struct default_row defaults[] = {
	{{"off", NULL}, "0", 0},
	{{"on", NULL}, "1", 1},
};

/*
 * Whether it is on depends on the system.
 *
 * RFC 3493 has it off by default, and so has Linux; the sysctl `net.ipv6.bindv6only`
 * turns that round, as some distributions once did, and as the BSDs do. It counts when
 * the socket is made. A portable program sets the option itself, one way or the other.
 */
CASE(default_of_v6only,
     .claim = "a new socket's V6ONLY is net.ipv6.bindv6only, and decides if it hears IPv4",
     .level = LINUX, .spec = "ipv6(7) /proc: bindv6only; Documentation/networking/ip-sysctl.rst",
     .needs = "ipv6", .tags = "udp v6only sysctl", .VARIANTS(defaults))
{
	const struct default_row *row = VARIANT(struct default_row);
	struct address six = address_any(AF_INET6, PORT), four = address_any(AF_INET, PORT);
	int first, second = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	SETUP(sandbox_sysctl("net.ipv6.bindv6only", row->bindv6only));
	first = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));
	EXPECT_EQ(get_int(first, IPPROTO_IPV6, IPV6_V6ONLY), row->expected);
	SETUP(bind(first, ADDRESS(six)));
	/* The IPv4 port is free exactly if the IPv6 socket leaves it alone. */
	EXPECT_EQ(bind(second, ADDRESS(four)) == 0, row->expected);
}

/*
 * Too late.
 *
 * The option decides which ports bind() takes. Once a socket is bound it can no longer be
 * changed: `EINVAL`. The order is socket(), setsockopt(), bind().
 */
CASE(v6only_after_bind, .claim = "IPV6_V6ONLY cannot be set once the socket is bound: EINVAL",
     .level = ABI, .spec = "RFC 3493 5.3 is silent; Linux refuses (net/ipv6/ipv6_sockglue.c)",
     .needs = "ipv6", .tags = "v6only bind errno")
{
	struct address any = address_any(AF_INET6, PORT);
	int fd = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));

	EXPECT_OK(set_int(fd, IPPROTO_IPV6, IPV6_V6ONLY, 1));
	EXPECT_OK(bind(fd, ADDRESS(any)));
	EXPECT_ERR(set_int(fd, IPPROTO_IPV6, IPV6_V6ONLY, 0), EINVAL);
}
