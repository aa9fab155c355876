/* SPDX-License-Identifier: MIT */
/* getnameinfo(): from socket addresses back to names. */
#include <arpa/inet.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/resolver/lookup.h"

#include "harness/case.h"

struct name_row {
	struct variant variant;
	const char *address, *name;
};

static const struct name_row names[] = {
	{{"v4", NULL}, "192.0.2.2", "b.sandbox.example"},
	{{"v6", NULL}, "2001:db8::2", "b.sandbox.example"},
};

/*
 * A sockaddr in words.
 *
 * getnameinfo() is the reverse of getaddrinfo() and works for every family: no program
 * has to pick apart a sockaddr to print it. It looks the address up in /etc/hosts and
 * then in DNS, and the port in /etc/services. With `NI_NUMERICHOST` and
 * `NI_NUMERICSERV` it looks nothing up, which a log wants, because a lookup can take
 * seconds.
 */
CASE(names_or_digits,
     .claim = "host and service come as names, or as digits with NI_NUMERICHOST and NI_NUMERICSERV",
     .level = POSIX, .spec = "POSIX.1-2024 getnameinfo()", .tags = "getnameinfo flags",
     .VARIANTS(names))
{
	const struct name_row *row = VARIANT(struct name_row);
	struct address a = address_of(row->address, 80);
	char host[NI_MAXHOST], service[NI_MAXSERV];

	EXPECT_EQ(getnameinfo(ADDRESS(a), host, sizeof(host), service, sizeof(service), 0), 0);
	EXPECT_STREQ(host, row->name);
	EXPECT_STREQ(service, "http");

	EXPECT_EQ(getnameinfo(ADDRESS(a), host, sizeof(host), service, sizeof(service),
			      NI_NUMERICHOST | NI_NUMERICSERV),
		  0);
	EXPECT_STREQ(host, row->address);
	EXPECT_STREQ(service, "80");
}

/*
 * A port without a name is a number.
 *
 * Most ports have no name in /etc/services. getnameinfo() then gives the number,
 * without an error.
 */
CASE(unknown_service, .claim = "a port that /etc/services does not know is given in digits",
     .level = POSIX, .spec = "POSIX.1-2024 getnameinfo() NI_NUMERICSERV",
     .tags = "getnameinfo services")
{
	struct address a = address_of("192.0.2.2", 40000), known = address_of("192.0.2.2", 22);
	char service[NI_MAXSERV];

	EXPECT_EQ(getnameinfo(ADDRESS(a), NULL, 0, service, sizeof(service), 0), 0);
	EXPECT_STREQ(service, "40000");
	EXPECT_EQ(getnameinfo(ADDRESS(known), NULL, 0, service, sizeof(service), 0), 0);
	EXPECT_STREQ(service, "ssh");
}

struct protocol_row {
	struct variant variant;
	int flags;
	const char *name;
};

static const struct protocol_row protocols[] = {
	{{"stream", NULL}, 0, "shell"},
	{{"dgram", NULL}, NI_DGRAM, "syslog"},
};

/*
 * For TCP, unless told otherwise.
 *
 * A sockaddr does not say to which protocol its port belongs. getnameinfo() takes it
 * for a stream socket's, and `NI_DGRAM` makes it a datagram socket's. For most ports
 * that is the same name; 514 is the famous exception.
 */
CASE(service_of_the_protocol, .claim = "port 514 is \"shell\", and with NI_DGRAM \"syslog\"",
     .level = POSIX, .spec = "POSIX.1-2024 getnameinfo() NI_DGRAM",
     .tags = "getnameinfo flags services", .VARIANTS(protocols))
{
	const struct protocol_row *row = VARIANT(struct protocol_row);
	struct address a = address_of("192.0.2.2", 514);
	char service[NI_MAXSERV];

	EXPECT_EQ(getnameinfo(ADDRESS(a), NULL, 0, service, sizeof(service), row->flags), 0);
	EXPECT_STREQ(service, row->name);
}

struct room_row {
	struct variant variant;
	socklen_t host, service;
	int expected;
};

/* "192.0.2.2" takes 10 bytes with its final NUL, "40000" takes 6. */
static const struct room_row rooms[] = {
	{{"enough", NULL}, 10, 6, 0},
	{{"host_too_short", NULL}, 9, 6, EAI_OVERFLOW},
	{{"service_too_short", NULL}, 10, 5, EAI_OVERFLOW},
};

/*
 * No name is cut.
 *
 * A shortened name would be another host's. If a buffer is too small, `EAI_OVERFLOW`
 * says so; `NI_MAXHOST` and `NI_MAXSERV` are always enough. One byte decides, and the
 * final NUL counts.
 */
CASE(buffer_too_small,
     .claim = "getnameinfo() gives EAI_OVERFLOW when a buffer is one byte too small",
     .level = POSIX, .spec = "POSIX.1-2024 getnameinfo() EAI_OVERFLOW", .tags = "getnameinfo eai",
     .VARIANTS(rooms))
{
	const struct room_row *row = VARIANT(struct room_row);
	struct address a = address_of("192.0.2.2", 40000);
	char host[NI_MAXHOST], service[NI_MAXSERV];

	EXPECT_EQ(getnameinfo(ADDRESS(a), host, row->host, service, row->service,
			      NI_NUMERICHOST | NI_NUMERICSERV),
		  row->expected);
	EXPECT_EQ(getnameinfo(ADDRESS(a), host, sizeof(host), service, sizeof(service),
			      NI_NUMERICHOST | NI_NUMERICSERV),
		  0);
}

struct address_row {
	struct variant variant;
	int family;
	socklen_t length;
};

static const struct address_row addresses[] = {
	{{"unknown_family", NULL}, 200, sizeof(struct sockaddr_in)},
	{{"short_v4", NULL}, AF_INET, sizeof(struct sockaddr_in) - 1},
	{{"short_v6", NULL}, AF_INET6, offsetof(struct sockaddr_in6, sin6_scope_id) - 1},
};

/*
 * Not an address.
 *
 * A family that nobody knows, or a length shorter than the family's structure: both are
 * `EAI_FAMILY`. The length is that of the sockaddr, as accept() or recvfrom() return
 * it.
 */
CASE(bad_address, .claim = "an unknown family or a short length gives EAI_FAMILY", .level = POSIX,
     .spec = "POSIX.1-2024 getnameinfo() EAI_FAMILY; getnameinfo(3)", .tags = "getnameinfo eai",
     .VARIANTS(addresses))
{
	const struct address_row *row = VARIANT(struct address_row);
	int family = row->family == AF_INET6 ? AF_INET6 : AF_INET;
	struct address a = address_loopback(family, 80), bad = a;
	char host[NI_MAXHOST];

	bad.any.sa_family = (sa_family_t)row->family;
	bad.length = row->length;
	EXPECT_EQ(getnameinfo(ADDRESS(bad), host, sizeof(host), NULL, 0, NI_NUMERICHOST),
		  EAI_FAMILY);
	EXPECT_EQ(getnameinfo(ADDRESS(a), host, sizeof(host), NULL, 0, NI_NUMERICHOST), 0);
}

/*
 * Nothing asked, nothing found.
 *
 * Either of the two results may be left out with a null buffer of length 0. To leave
 * out both asks for nothing. POSIX makes that an error, `EAI_NONAME`; glibc is content
 * unless `NI_NAMEREQD` insists on a name.
 */
CASE(neither_host_nor_service,
     .claim = "what getnameinfo() returns without both buffers is recorded", .level = OBSERVED,
     .spec = "POSIX.1-2024 getnameinfo() EAI_NONAME; getnameinfo(3)", .tags = "getnameinfo eai")
{
	struct address a = address_of("192.0.2.2", 80);
	char service[NI_MAXSERV];
	int result = getnameinfo(ADDRESS(a), NULL, 0, NULL, 0, 0);
	int required = getnameinfo(ADDRESS(a), NULL, 0, NULL, 0, NI_NAMEREQD);

	OBSERVE("result", "%s", result == 0 ? "success" : gai_strerror(result));
	OBSERVE("result with NI_NAMEREQD", "%s",
		required == 0 ? "success" : gai_strerror(required));
	EXPECT_EQ(getnameinfo(ADDRESS(a), NULL, 0, service, sizeof(service), NI_NUMERICSERV), 0);
}

/*
 * The scope comes back.
 *
 * For a link-local address the interface's name follows a percent sign, so that the
 * text can be given to getaddrinfo() again and means the same.
 */
CASE(scope_in_the_text, .claim = "a link-local address is written with % and the interface's name",
     .level = RFC, .spec = "RFC 4007 11; POSIX.1-2024 getnameinfo()", .tags = "getnameinfo scope")
{
	struct address a = address_of("fe80::1", 80), global = address_of("2001:db8::1", 80);
	char host[NI_MAXHOST];

	a.v6.sin6_scope_id = if_nametoindex("lo");
	EXPECT_EQ(getnameinfo(ADDRESS(a), host, sizeof(host), NULL, 0, NI_NUMERICHOST), 0);
	EXPECT_STREQ(host, "fe80::1%lo");
	EXPECT_EQ(getnameinfo(ADDRESS(global), host, sizeof(host), NULL, 0, NI_NUMERICHOST), 0);
	EXPECT_STREQ(host, "2001:db8::1");
}
