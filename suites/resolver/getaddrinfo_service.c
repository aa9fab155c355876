/* SPDX-License-Identifier: MIT */
/* Services, socket types and protocols in the list of getaddrinfo(). */
#include <arpa/inet.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/resolver/lookup.h"

#include "harness/case.h"

/* The port of the first entry, in host byte order. */
static uint16_t port_of(const struct addrinfo *list)
{
	struct address a = {.length = list->ai_addrlen};

	memcpy(&a.storage, list->ai_addr, list->ai_addrlen);
	return address_port(&a);
}

struct service_row {
	struct variant variant;
	const char *service;
	int type;
	int port, protocol;
};

static const struct service_row services[] = {
	{{"http", NULL}, "http", SOCK_STREAM, 80, IPPROTO_TCP},
	{{"alias", NULL}, "www", SOCK_STREAM, 80, IPPROTO_TCP},
	{{"domain_dgram", NULL}, "domain", SOCK_DGRAM, 53, IPPROTO_UDP},
	{{"number", NULL}, "8080", SOCK_STREAM, 8080, IPPROTO_TCP},
	{{"none", NULL}, NULL, SOCK_STREAM, 0, IPPROTO_TCP},
};

/*
 * From the service to the port.
 *
 * The service is a name of /etc/services, one of its aliases, or a number; without one
 * the port is 0, to be filled in later. The entry also says with which protocol to call
 * socket(), so that a program can be written without the names AF_INET and IPPROTO_TCP.
 *
 * Try it: `getent services http`.
 */
CASE(port_of_a_service,
     .claim = "the entry has the service's port in network byte order, and type and protocol",
     .level = POSIX, .spec = "POSIX.1-2024 getaddrinfo(); services(5)",
     .tags = "getaddrinfo services", .VARIANTS(services))
{
	const struct service_row *row = VARIANT(struct service_row);
	struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = row->type}, *list = NULL;

	REQUIRE_EQ(getaddrinfo("192.0.2.1", row->service, &hints, &list), 0);
	EXPECT_EQ(port_of(list), row->port);
	EXPECT_EQ(list->ai_socktype, row->type);
	EXPECT_EQ(list->ai_protocol, row->protocol);
	EXPECT_EQ(list->ai_family, AF_INET);
	EXPECT_EQ(list->ai_addrlen, sizeof(struct sockaddr_in));
	freeaddrinfo(list);
}

/*
 * One number, two services.
 *
 * Port 514 is "shell" for TCP and "syslog" for UDP, a heritage of the time before IANA
 * gave both to one service. The socket type decides in which half of /etc/services a
 * name is looked up.
 */
CASE(service_depends_on_the_type,
     .claim = "\"shell\" is found for stream sockets only, \"syslog\" for datagram sockets only",
     .level = POSIX, .spec = "POSIX.1-2024 getaddrinfo() EAI_SERVICE; services(5)",
     .tags = "getaddrinfo services eai")
{
	struct addrinfo streams = {.ai_socktype = SOCK_STREAM};
	struct addrinfo datagrams = {.ai_socktype = SOCK_DGRAM};
	struct addrinfo *list = NULL;

	REQUIRE_EQ(getaddrinfo("192.0.2.1", "shell", &streams, &list), 0);
	EXPECT_EQ(port_of(list), 514);
	freeaddrinfo(list);
	REQUIRE_EQ(getaddrinfo("192.0.2.1", "syslog", &datagrams, &list), 0);
	EXPECT_EQ(port_of(list), 514);
	freeaddrinfo(list);
	EXPECT_EQ(getaddrinfo("192.0.2.1", "shell", &datagrams, &list), EAI_SERVICE);
	EXPECT_EQ(getaddrinfo("192.0.2.1", "syslog", &streams, &list), EAI_SERVICE);
}

/*
 * Without hints: everything.
 *
 * A null pointer for the hints means any family, any type, any protocol. For a service
 * with ports of both TCP and UDP each address comes twice or more, once for each socket
 * type that fits. That is why nearly every program sets ai_socktype.
 */
CASE(every_type_without_hints,
     .claim = "without hints an address is returned for stream and for datagram sockets",
     .level = POSIX, .spec = "POSIX.1-2024 getaddrinfo() hints", .tags = "getaddrinfo")
{
	struct addrinfo *list = NULL;
	int streams = 0, datagrams = 0;

	REQUIRE_EQ(getaddrinfo("192.0.2.1", "domain", NULL, &list), 0);
	for (const struct addrinfo *i = list; i != NULL; i = i->ai_next) {
		streams += i->ai_socktype == SOCK_STREAM && i->ai_protocol == IPPROTO_TCP;
		datagrams += i->ai_socktype == SOCK_DGRAM && i->ai_protocol == IPPROTO_UDP;
	}
	EXPECT_EQ(streams, 1);
	EXPECT_EQ(datagrams, 1);
	freeaddrinfo(list);
}

struct text_row {
	struct variant variant;
	const char *text, *address;
};

static const struct text_row texts[] = {
	{{"four_parts", NULL}, "192.0.2.1", "192.0.2.1"},
	{{"two_parts", NULL}, "127.1", "127.0.0.1"},
	{{"hexadecimal", NULL}, "0x7f000001", "127.0.0.1"},
	{{"octal", NULL}, "0300.0.2.010", "192.0.2.8"},
	{{"v6", NULL}, "2001:DB8:0:0::1", "2001:db8::1"},
	{{"mapped", NULL}, "::ffff:192.0.2.1", "::ffff:192.0.2.1"},
};

/*
 * Old ways to write an address.
 *
 * POSIX wants getaddrinfo() to take IPv4 addresses in every form that inet_addr()
 * knows: fewer than four parts, octal with a leading 0, hexadecimal with 0x. A filter
 * that compares texts and lets "0x7f000001" pass has let loopback pass. Only
 * inet_pton() is strict.
 *
 * Try it: `ping -c 1 127.1`.
 */
CASE(forms_of_numeric_addresses,
     .claim = "addresses in digits are taken in every form that POSIX allows", .level = POSIX,
     .spec = "POSIX.1-2024 getaddrinfo(), inet_addr(); RFC 4291 2.2", .tags = "getaddrinfo address",
     .VARIANTS(texts))
{
	const struct text_row *row = VARIANT(struct text_row);
	struct addrinfo hints = {.ai_socktype = SOCK_STREAM, .ai_flags = AI_NUMERICHOST};
	struct addrinfo *list = NULL;

	REQUIRE_EQ(getaddrinfo(row->text, "80", &hints, &list), 0);
	EXPECT_EQ(list_has(list, row->address), 1);
	freeaddrinfo(list);
}

/*
 * Percent, and a link.
 *
 * A link-local address needs its interface. In text it follows a percent sign, by name
 * or by number, and getaddrinfo() turns it into `sin6_scope_id`. An interface that does
 * not exist makes it an unknown host.
 *
 * Try it: `ping fe80::1%eth0`.
 */
CASE(scope_in_the_text,
     .claim = "\"fe80::1%lo\" gives the interface's index as scope id; an unknown one is an error",
     .level = RFC, .spec = "RFC 4007 11.2; POSIX.1-2024 getaddrinfo(); getaddrinfo(3)",
     .tags = "getaddrinfo scope eai")
{
	struct addrinfo hints = {.ai_family = AF_INET6,
				 .ai_socktype = SOCK_STREAM,
				 .ai_flags = AI_NUMERICHOST},
			*list = NULL;
	struct address got = address_empty();

	REQUIRE_EQ(getaddrinfo("fe80::1%lo", "80", &hints, &list), 0);
	memcpy(&got.storage, list->ai_addr, list->ai_addrlen);
	EXPECT_EQ(got.v6.sin6_scope_id, if_nametoindex("lo"));
	freeaddrinfo(list);

	REQUIRE_EQ(getaddrinfo("fe80::1", "80", &hints, &list), 0);
	memcpy(&got.storage, list->ai_addr, list->ai_addrlen);
	EXPECT_EQ(got.v6.sin6_scope_id, 0);
	freeaddrinfo(list);

	EXPECT_EQ(getaddrinfo("fe80::1%none", "80", &hints, &list), EAI_NONAME);
}

struct protocol_row {
	struct variant variant;
	int protocol, type; /* of the only entry */
};

static const struct protocol_row protocols[] = {
	{{"tcp", NULL}, IPPROTO_TCP, SOCK_STREAM},
	{{"udp", NULL}, IPPROTO_UDP, SOCK_DGRAM},
};

/*
 * The protocol implies the type.
 *
 * A program that knows its protocol can ask for it alone, and gets the socket type that
 * goes with it. The members of an entry are the three arguments of socket(), in its order.
 */
CASE(protocol_in_the_hints,
     .claim = "with ai_protocol alone the list has only the socket type of that protocol",
     .level = POSIX, .spec = "POSIX.1-2024 getaddrinfo() ai_protocol", .tags = "getaddrinfo",
     .VARIANTS(protocols))
{
	const struct protocol_row *row = VARIANT(struct protocol_row);
	struct addrinfo hints = {.ai_family = AF_INET, .ai_protocol = row->protocol}, *list = NULL;

	REQUIRE_EQ(getaddrinfo("192.0.2.1", "80", &hints, &list), 0);
	EXPECT_EQ(list->ai_socktype, row->type);
	EXPECT_EQ(list->ai_protocol, row->protocol);
	EXPECT_TRUE(list->ai_next == NULL);
	freeaddrinfo(list);
}
