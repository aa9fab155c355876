/* SPDX-License-Identifier: MIT */
/* getaddrinfo(): from names to socket addresses, and what its hints do. */
#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/resolver/lookup.h"

#include "harness/case.h"

struct loopback_row {
	struct variant variant;
	int family;
	const char *any, *loopback;
};

static const struct loopback_row loopbacks[] = {
	{{"v4", NULL}, AF_INET, "0.0.0.0", "127.0.0.1"},
	{{"v6", "ipv6"}, AF_INET6, "::", "::1"},
};

/*
 * No name: which address is that?
 *
 * Without a node name the answer depends on what the address is for. With `AI_PASSIVE`
 * it is for bind(), and means every address of the host: 0.0.0.0 or `::`. Without the
 * flag it is for connect(), and means this host: loopback.
 *
 * Try it: `python3 -c "import socket as s; print(s.getaddrinfo(None, 80,
 * flags=s.AI_PASSIVE))"`.
 */
CASE(passive,
     .claim = "without a node name AI_PASSIVE gives the wildcard address, otherwise loopback",
     .level = POSIX, .spec = "POSIX.1-2024 getaddrinfo() AI_PASSIVE", .tags = "getaddrinfo flags",
     .VARIANTS(loopbacks))
{
	const struct loopback_row *row = VARIANT(struct loopback_row);
	struct addrinfo hints = {.ai_family = row->family, .ai_socktype = SOCK_STREAM};
	struct addrinfo *list = NULL;
	struct address got;

	REQUIRE_EQ(getaddrinfo(NULL, "9000", &hints, &list), 0);
	EXPECT_EQ(list_has(list, row->loopback), 1);
	EXPECT_EQ(list_count(list, AF_UNSPEC), 1);
	freeaddrinfo(list);

	hints.ai_flags = AI_PASSIVE;
	REQUIRE_EQ(getaddrinfo(NULL, "9000", &hints, &list), 0);
	EXPECT_EQ(list_has(list, row->any), 1);

	/* The list's members are what socket() and bind() take, as they are. */
	got = (struct address){.length = list->ai_addrlen};
	memcpy(&got.storage, list->ai_addr, list->ai_addrlen);
	EXPECT_EQ(address_port(&got), 9000);
	EXPECT_OK(bind(SETUP(socket(list->ai_family, list->ai_socktype, list->ai_protocol)),
		       list->ai_addr, list->ai_addrlen));
	freeaddrinfo(list);
}

/*
 * With a name AI_PASSIVE does nothing.
 *
 * The flag only decides what a *missing* name stands for. A program that lets the user
 * give an address to listen on can set it always.
 */
CASE(passive_with_a_name, .claim = "AI_PASSIVE is ignored when a node name is given",
     .level = POSIX, .spec = "POSIX.1-2024 getaddrinfo() AI_PASSIVE", .tags = "getaddrinfo flags")
{
	struct addrinfo hints = {.ai_family = AF_INET,
				 .ai_socktype = SOCK_STREAM,
				 .ai_flags = AI_PASSIVE},
			*list = NULL;

	REQUIRE_EQ(getaddrinfo("192.0.2.1", "9000", &hints, &list), 0);
	EXPECT_EQ(list_has(list, "192.0.2.1"), 1);
	EXPECT_EQ(list_count(list, AF_UNSPEC), 1);
	freeaddrinfo(list);
}

struct lookup_row {
	struct variant variant;
	int family;
	const char *name;
	int v4, v6; /* how many addresses of each */
};

static const struct lookup_row lookups[] = {
	{{"unspec", NULL}, AF_UNSPEC, "a.sandbox.example", 1, 1},
	{{"v4", NULL}, AF_INET, "a.sandbox.example", 1, 0},
	{{"v6", NULL}, AF_INET6, "a.sandbox.example", 0, 1},
	{{"alias", NULL}, AF_UNSPEC, "a", 1, 1},
	{{"upper_case", NULL}, AF_UNSPEC, "A.Sandbox.EXAMPLE", 1, 1},
	{{"only_v4", NULL}, AF_UNSPEC, "v4only", 1, 0},
	{{"only_v6", NULL}, AF_UNSPEC, "v6only", 0, 1},
};

/*
 * A name can have several addresses.
 *
 * getaddrinfo() returns a list, and a client tries its members in order until one
 * connects. ai_family says which families are wanted; AF_UNSPEC, 0, takes all. Names
 * are compared without regard to case, and /etc/hosts may give a host several names.
 *
 * Try it: `getent ahosts localhost`.
 */
CASE(addresses_of_a_name, .claim = "a name of /etc/hosts gives its addresses of the wanted family",
     .level = POSIX, .spec = "POSIX.1-2024 getaddrinfo() ai_family; hosts(5); RFC 4343",
     .tags = "getaddrinfo hosts", .VARIANTS(lookups))
{
	const struct lookup_row *row = VARIANT(struct lookup_row);
	struct addrinfo hints = {.ai_family = row->family, .ai_socktype = SOCK_STREAM};
	struct addrinfo *list = NULL;

	REQUIRE_EQ(getaddrinfo(row->name, "80", &hints, &list), 0);
	EXPECT_EQ(list_count(list, AF_INET), row->v4);
	EXPECT_EQ(list_count(list, AF_INET6), row->v6);
	freeaddrinfo(list);
}

/*
 * The real name.
 *
 * `AI_CANONNAME` asks for the host's official name: the first of its line in
 * /etc/hosts, or in DNS the end of a chain of CNAME records. It stands in the first
 * entry of the list only.
 */
CASE(canonical_name, .claim = "AI_CANONNAME puts the host's official name into the first entry",
     .level = POSIX, .spec = "POSIX.1-2024 getaddrinfo() AI_CANONNAME; hosts(5)",
     .tags = "getaddrinfo flags")
{
	struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *list = NULL;

	REQUIRE_EQ(getaddrinfo("b", "80", &hints, &list), 0);
	EXPECT_TRUE(list->ai_canonname == NULL);
	freeaddrinfo(list);

	hints.ai_flags = AI_CANONNAME;
	REQUIRE_EQ(getaddrinfo("b", "80", &hints, &list), 0);
	EXPECT_STREQ(list->ai_canonname, "b.sandbox.example");
	freeaddrinfo(list);
}

/*
 * Do not look anything up.
 *
 * `AI_NUMERICHOST` takes only an address in digits. A program that must not wait for a
 * name server, or that must not let a name pass where an address is required, sets it
 * and gets `EAI_NONAME` for everything else, even for a name that /etc/hosts knows.
 */
CASE(numeric_host_only,
     .claim = "AI_NUMERICHOST refuses a known name with EAI_NONAME and takes an address",
     .level = POSIX, .spec = "POSIX.1-2024 getaddrinfo() AI_NUMERICHOST",
     .tags = "getaddrinfo flags eai")
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST};
	struct addrinfo *list = NULL;

	EXPECT_EQ(getaddrinfo("localhost", "80", &hints, &list), EAI_NONAME);
	REQUIRE_EQ(getaddrinfo("192.0.2.5", "80", &hints, &list), 0);
	EXPECT_EQ(list_has(list, "192.0.2.5"), 1);
	freeaddrinfo(list);

	/* Without the flag the name is found. */
	hints.ai_flags = 0;
	REQUIRE_EQ(getaddrinfo("localhost", "80", &hints, &list), 0);
	freeaddrinfo(list);
}

/*
 * The same for the service.
 *
 * `AI_NUMERICSERV` keeps getaddrinfo() from looking into /etc/services: "http" is
 * refused with `EAI_NONAME`, "80" is taken.
 */
CASE(numeric_service_only,
     .claim = "AI_NUMERICSERV refuses a known service name with EAI_NONAME and takes a number",
     .level = POSIX, .spec = "POSIX.1-2024 getaddrinfo() AI_NUMERICSERV",
     .tags = "getaddrinfo flags eai")
{
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV};
	struct addrinfo *list = NULL;

	EXPECT_EQ(getaddrinfo("192.0.2.5", "http", &hints, &list), EAI_NONAME);
	REQUIRE_EQ(getaddrinfo("192.0.2.5", "80", &hints, &list), 0);
	freeaddrinfo(list);
	hints.ai_flags = 0;
	REQUIRE_EQ(getaddrinfo("192.0.2.5", "http", &hints, &list), 0);
	freeaddrinfo(list);
}

/*
 * IPv6 sockets for IPv4 hosts.
 *
 * A program that only uses AF_INET6 sockets can still reach IPv4 hosts, by mapped
 * addresses. `AI_V4MAPPED` returns those if the name has no IPv6 address, and `AI_ALL`
 * with it returns both kinds. Without the flags a host with IPv4 only cannot be found
 * by family AF_INET6.
 */
CASE(v4_mapped,
     .claim = "AI_V4MAPPED gives mapped addresses if there are no IPv6 ones; with AI_ALL both",
     .level = POSIX, .spec = "POSIX.1-2024 getaddrinfo() AI_V4MAPPED, AI_ALL; RFC 3493 6.1",
     .tags = "getaddrinfo flags mapped")
{
	struct addrinfo hints = {.ai_family = AF_INET6, .ai_socktype = SOCK_STREAM}, *list = NULL;

	/* A name server, so that the first lookup ends with "no such name" and not "no server". */
	DNS_SERVE_NOTHING();
	EXPECT_NE(getaddrinfo("v4only", "80", &hints, &list), 0);

	hints.ai_flags = AI_V4MAPPED;
	REQUIRE_EQ(getaddrinfo("v4only", "80", &hints, &list), 0);
	EXPECT_EQ(list_has(list, "::ffff:198.51.100.10"), 1);
	freeaddrinfo(list);
	REQUIRE_EQ(getaddrinfo("a", "80", &hints, &list), 0);
	EXPECT_EQ(list_count(list, AF_UNSPEC), 1);
	EXPECT_EQ(list_has(list, "2001:db8::1"), 1);
	freeaddrinfo(list);

	hints.ai_flags = AI_V4MAPPED | AI_ALL;
	REQUIRE_EQ(getaddrinfo("a", "80", &hints, &list), 0);
	EXPECT_EQ(list_has(list, "2001:db8::1"), 1);
	EXPECT_EQ(list_has(list, "::ffff:192.0.2.1"), 1);
	freeaddrinfo(list);
}

struct config_row {
	struct variant variant;
	const char *disable_ipv6;
	int v6;
};

static const struct config_row configs[] = {
	{{"with_ipv6", "ipv6"}, "0", 1},
	{{"without_ipv6", NULL}, "1", 0},
};

/*
 * Addresses one could not reach anyway.
 *
 * With `AI_ADDRCONFIG` IPv6 addresses are returned only if this host has one of its
 * own, and the same for IPv4; those of loopback do not count. A host without IPv6 is so
 * spared attempts that must fail. Many libraries set the flag, and it is why names seem
 * to have no IPv6 address on such a host.
 */
CASE(only_configured_families,
     .claim = "AI_ADDRCONFIG leaves out the families of which the host has no address",
     .level = POSIX, .spec = "POSIX.1-2024 getaddrinfo() AI_ADDRCONFIG; getaddrinfo(3)",
     .topology = "pair", .tags = "getaddrinfo flags", .VARIANTS(configs))
{
	const struct config_row *row = VARIANT(struct config_row);
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *list = NULL;

	/* A kernel without IPv6 has no such setting, and no address either. */
	SETUP(sandbox_sysctl("net.ipv6.conf.eth0.disable_ipv6", row->disable_ipv6) == 0 ||
			      errno == ENOENT
		      ? 0
		      : -1);
	REQUIRE_EQ(getaddrinfo("b", "80", &hints, &list), 0);
	EXPECT_EQ(list_count(list, AF_INET6), 1);
	freeaddrinfo(list);

	hints.ai_flags = AI_ADDRCONFIG;
	REQUIRE_EQ(getaddrinfo("b", "80", &hints, &list), 0);
	EXPECT_EQ(list_count(list, AF_INET), 1);
	EXPECT_EQ(list_count(list, AF_INET6), row->v6);
	freeaddrinfo(list);
}

static const struct config_row orders[] = {
	{{"ipv6_first", "ipv6"}, "0", 1},
	{{"unreachable_last", NULL}, "1", 0},
};

/*
 * The order is a recommendation.
 *
 * A client tries the list from its start, so the resolver sorts it: RFC 6724 has ten
 * rules for that. An address that this host has no route to comes last (rule 1); of two
 * that are otherwise alike, IPv6 comes before IPv4 (rule 6, by a table that
 * /etc/gai.conf may replace). Which family the traffic of a network uses is decided here.
 *
 * Try it: `getent ahosts www.example.org`, with and without an IPv6 address of one's own.
 */
CASE(order_of_addresses,
     .claim = "IPv6 addresses come before IPv4 ones, but last if there is no route to them",
     .level = RFC, .spec = "RFC 6724 2.1, 6 rules 1 and 6; gai.conf(5)", .topology = "pair",
     .tags = "getaddrinfo", .VARIANTS(orders))
{
	const struct config_row *row = VARIANT(struct config_row);
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM}, *list = NULL;

	SETUP(sandbox_sysctl("net.ipv6.conf.eth0.disable_ipv6", row->disable_ipv6) == 0 ||
			      errno == ENOENT
		      ? 0
		      : -1);
	REQUIRE_EQ(getaddrinfo("b", "80", &hints, &list), 0);
	REQUIRE_EQ(list_count(list, AF_UNSPEC), 2);
	EXPECT_EQ(list->ai_family, row->v6 ? AF_INET6 : AF_INET);
	EXPECT_EQ(list->ai_next->ai_family, row->v6 ? AF_INET : AF_INET6);
	freeaddrinfo(list);
}

struct name_row {
	struct variant variant;
	int family;    /* where the server is */
	int errors[2]; /* of connect() to the first and the second address; -1: not tried */
};

static const struct name_row names[] = {
	{{"server_on_v6", NULL}, AF_INET6, {0, -1}},
	{{"server_on_v4", NULL}, AF_INET, {ECONNREFUSED, 0}},
};

/*
 * Connecting to a name.
 *
 * A name may have several addresses, and a server need not be at all of them. A client goes
 * through the list from its start, with a new socket for each address, until one connection is
 * made: the list comes sorted, the best first (RFC 6724), which for `localhost` is IPv6. Taking
 * only the first address is a mistake that shows the day a server has no IPv6.
 *
 * Try it: `python3 -m http.server -b 127.0.0.1 8080 & curl -v http://localhost:8080/`.
 */
CASE(connect_to_a_name,
     .claim = "a client that tries the addresses of a name in their order reaches the server",
     .level = RFC, .spec = "RFC 6724 2.1, 6; POSIX.1-2024 getaddrinfo() EXAMPLES", .needs = "ipv6",
     .tags = "getaddrinfo", .VARIANTS(names))
{
	const struct name_row *row = VARIANT(struct name_row);
	struct address server, peer = address_empty();
	int listener = tcp_listener(row->family, &server), client = -1, tried = 0;
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICSERV};
	struct addrinfo *list = NULL;
	char port[8];

	snprintf(port, sizeof(port), "%d", address_port(&server));
	REQUIRE_EQ(getaddrinfo("localhost", port, &hints, &list), 0);
	EXPECT_EQ(list_count(list, AF_UNSPEC), 2);
	for (struct addrinfo *one = list; one != NULL && tried < 2; one = one->ai_next, tried++) {
		client = SETUP(socket(one->ai_family, one->ai_socktype, one->ai_protocol));
		if (row->errors[tried] == 0) {
			EXPECT_OK(connect(client, one->ai_addr, one->ai_addrlen));
			break;
		}
		EXPECT_ERR(connect(client, one->ai_addr, one->ai_addrlen), row->errors[tried]);
		close(client);
	}
	freeaddrinfo(list);
	EXPECT_OK(getpeername(client, &peer.any, &peer.length));
	EXPECT_TRUE(address_equal(&peer, &server));
	EXPECT_OK(accept(listener, NULL, NULL));
}
