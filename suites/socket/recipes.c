/* SPDX-License-Identifier: MIT */
/* Recipes: what the conveniences of other languages, here of Python's socket module, are made of.
 */
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/case.h"

/* socket.create_connection((name, service)): a socket, or -1 with the last error. */
static int create_connection(const char *name, const char *service)
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *list = NULL;
	int fd = -1;

	if (getaddrinfo(name, service, &hints, &list) != 0)
		return -1;
	for (const struct addrinfo *a = list; a != NULL; a = a->ai_next) {
		fd = socket(a->ai_family, a->ai_socktype, a->ai_protocol);
		if (fd >= 0 && connect(fd, a->ai_addr, a->ai_addrlen) == 0)
			break;
		close(fd);
		fd = -1;
	}
	freeaddrinfo(list);
	return fd;
}

/*
 * `socket.create_connection()`: every address until one answers.
 *
 * A name has several addresses, of both versions of IP, and some of them may not work from here.
 * So the program goes through the list that getaddrinfo() gives, which is in order of preference,
 * makes a new socket for each address (one that failed to connect is spent, and of the wrong
 * family anyway), and keeps the first that connects. Who uses only the first address fails
 * where others succeed. Here a server is on the IPv4 address alone, of a name that has both.
 */
CASE(connection_to_a_name,
     .claim = "going through getaddrinfo()'s list connects to the address where somebody listens",
     .level = POSIX,
     .spec = "POSIX.1-2024 getaddrinfo() (EXAMPLES); RFC 6724; CPython Lib/socket.py",
     .needs = "ipv6", .tags = "recipe tcp connect getaddrinfo")
{
	struct address at, peer = address_empty();
	int listener = tcp_listener(AF_INET, &at), fd;
	char service[8];

	SETUP(sandbox_file("/etc/hosts", "::1 twofold.example\n127.0.0.1 twofold.example\n"));
	snprintf(service, sizeof(service), "%u", address_port(&at));
	fd = REQUIRE_OK(create_connection("twofold.example", service));
	EXPECT_OK(getpeername(fd, &peer.any, &peer.length));
	EXPECT_TRUE(address_equal(&peer, &at));
	EXPECT_OK(accept(listener, NULL, NULL));

	SETUP(close(listener));
	EXPECT_ERR(create_connection("twofold.example", service), ECONNREFUSED);
}

/*
 * `socket.create_server(..., dualstack_ipv6=True)`: one listener for both versions.
 *
 * An IPv6 socket bound to :: takes IPv4 as well, unless `IPV6_V6ONLY` is set; and whether it is
 * at first, the administrator decides (`net.ipv6.bindv6only`). So the option is cleared, before
 * bind(). `SO_REUSEADDR` lets the server start again while connections of its last run are in
 * TIME_WAIT. A client of IPv4 appears with an address of the form ::ffff:127.0.0.1.
 */
CASE(server_for_both,
     .claim = "a listener on :: with IPV6_V6ONLY off accepts clients of IPv4 and of IPv6",
     .level = RFC, .spec = "RFC 3493 3.7, 5.3; ipv6(7) IPV6_V6ONLY; CPython Lib/socket.py",
     .needs = "ipv6", .sysctls = "net.ipv6.bindv6only=1", .tags = "recipe tcp listen dual-stack",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address at = address_any(AF_INET6, 0), from = address_empty(), to;
	int listener = SETUP(socket(AF_INET6, SOCK_STREAM, 0)), client;

	EXPECT_OK(set_int(listener, SOL_SOCKET, SO_REUSEADDR, 1));
	EXPECT_OK(set_int(listener, IPPROTO_IPV6, IPV6_V6ONLY, 0));
	EXPECT_OK(bind(listener, ADDRESS(at)));
	EXPECT_OK(listen(listener, 5));
	EXPECT_OK(getsockname(listener, &at.any, &at.length));

	to = address_loopback(family, address_port(&at));
	client = SETUP(socket(family, SOCK_STREAM, 0));
	EXPECT_OK(connect(client, ADDRESS(to)));
	EXPECT_OK(accept(listener, &from.any, &from.length));
	EXPECT_EQ(from.any.sa_family, AF_INET6);
	EXPECT_EQ(IN6_IS_ADDR_V4MAPPED(&from.v6.sin6_addr), family == AF_INET);
}

/* socket.getfqdn(): the first of a host's names that has a dot in it, or else its own. */
static void get_full_name(char *name, size_t size)
{
	struct hostent *host;

	SETUP(gethostname(name, size));
	host = gethostbyname(name);
	if (host != NULL)
		host = gethostbyaddr(host->h_addr_list[0], (socklen_t)host->h_length,
				     host->h_addrtype);
	if (host == NULL)
		return;
	if (strchr(host->h_name, '.') != NULL) {
		snprintf(name, size, "%s", host->h_name);
		return;
	}
	for (char **alias = host->h_aliases; *alias != NULL; alias++) {
		if (strchr(*alias, '.') != NULL) {
			snprintf(name, size, "%s", *alias);
			return;
		}
	}
}

struct name_row {
	struct variant variant;
	const char *hosts, *expected;
};

static const struct name_row full_names[] = {
	{{"official", NULL}, "192.0.2.1 a.sandbox.example a\n", "a.sandbox.example"},
	{{"alias", NULL}, "192.0.2.1 a a.sandbox.example\n", "a.sandbox.example"},
	{{"none", NULL}, "192.0.2.1 a\n", "a"},
};

/*
 * `socket.getfqdn()`: what is my whole name?
 *
 * The kernel keeps a short name of the host, which gethostname() gives. The domain is the
 * resolver's affair: look the name up, take the address, look up who has that address, and see
 * which of the names has a dot. It is a guess: a host may have many names, or none.
 *
 * Try it: `hostname; hostname -f`.
 */
CASE(full_name,
     .claim = "of the names that belong to the address of one's own name, the first with a dot is "
	      "the full one",
     .level = LINUX, .spec = "gethostbyaddr(3); hostname(1); CPython Lib/socket.py",
     .tags = "recipe hosts", .VARIANTS(full_names))
{
	const struct name_row *row = VARIANT(struct name_row);
	char name[256];

	SETUP(sandbox_file("/etc/hosts", row->hosts));
	SETUP(sethostname("a", 1));
	get_full_name(name, sizeof(name));
	EXPECT_STREQ(name, row->expected);
}

/* socket.connect_ex(): 0, or errno as the result. */
static int connect_ex(int fd, const struct address *to)
{
	return connect(fd, ADDRESS(*to)) == 0 ? 0 : errno;
}

/*
 * `socket.connect_ex()`: an error that is no accident.
 *
 * Of a socket that does not block connect() "fails" each time: `EINPROGRESS` says that it has
 * begun. A program with many connections wants that as a value and not as an exception. It waits
 * until the socket is writable, and then `SO_ERROR` says how the attempt ended.
 */
CASE(error_as_a_value,
     .claim = "a connect() that does not block gives EINPROGRESS, then SO_ERROR tells 0, or "
	      "ECONNREFUSED without a listener",
     .level = POSIX,
     .spec = "POSIX.1-2024 connect(), poll() POLLOUT; CPython Modules/socketmodule.c",
     .tags = "recipe tcp connect nonblocking", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address at;
	int listener = tcp_listener(family, &at);

	for (int attempt = 0; attempt < 2; attempt++) {
		int fd = SETUP(socket(family, SOCK_STREAM, 0)), flags;
		int expected = attempt == 0 ? 0 : ECONNREFUSED;

		flags = SETUP(fcntl(fd, F_GETFL));
		SETUP(fcntl(fd, F_SETFL, flags | O_NONBLOCK));
		EXPECT_ERRNO(connect_ex(fd, &at), EINPROGRESS);
		EXPECT_EQ(wait_for(fd, POLLOUT, SOON_MS) & POLLOUT, POLLOUT);
		EXPECT_ERRNO(get_int(fd, SOL_SOCKET, SO_ERROR), expected);
		if (attempt == 0)
			EXPECT_ERRNO(connect_ex(fd, &at), 0);
		SETUP(close(fd));
		/* The second time nobody listens any more. */
		if (attempt == 0)
			SETUP(close(listener));
	}
}
