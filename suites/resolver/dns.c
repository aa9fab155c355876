/* SPDX-License-Identifier: MIT */
/* getaddrinfo() and the Domain Name System: queries on the wire, answers, and failures. */
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/inet/ip_wire.h"
#include "suites/resolver/lookup.h"

#include "harness/case.h"

static const struct dns_name zone[] = {
	{.name = "www.dns.example", .v4 = "198.51.100.7", .v6 = "2001:db8:7::7"},
	{.name = "old.dns.example", .v4 = "198.51.100.8"},
	{.name = "broken.dns.example", .rcode = DNS_SERVFAIL},
	{.name = "empty.dns.example"},
	{.name = "long.dns.example", .v4 = "198.51.100.9", .truncated = true},
	{.name = "9.113.0.203.in-addr.arpa", .pointer = "nine.dns.example"},
};

static const struct addrinfo stream = {.ai_socktype = SOCK_STREAM};

/* The type that the question of a DNS query asks for (RFC 1035 4.1.2); 0 when it has none. */
static unsigned int asked_type(const struct packet *packet)
{
	size_t size, at = 12;
	const uint8_t *query = packet_payload(packet, &size);

	while (query != NULL && at < size && query[at] != 0)
		at += 1u + query[at];
	if (query == NULL || at + 2 >= size)
		return 0;
	return (unsigned int)query[at + 1] << 8 | query[at + 2];
}

/*
 * One question becomes two.
 *
 * A name may have IPv4 addresses (A records) and IPv6 addresses (AAAA). DNS answers one
 * type at a time, so for `AF_UNSPEC` the resolver sends two queries, and makes one list
 * of both answers. Nothing of this is visible in the interface; it is on the wire.
 *
 * Try it: `tcpdump -ni any port 53` and `getent ahosts www.example.org`.
 */
CASE(asks_for_a_and_aaaa,
     .claim = "for AF_UNSPEC an A and an AAAA query are sent, and the list has both addresses",
     .level = RFC, .spec = "RFC 3596 2.1, 3; RFC 1035 4.1; POSIX.1-2024 getaddrinfo()",
     .tags = "getaddrinfo dns")
{
	struct wire *wire = wire_open("a");
	const struct packet *packet;
	struct addrinfo *list = NULL;
	unsigned int types = 0;

	DNS_SERVE(zone);
	REQUIRE_EQ(getaddrinfo("www.dns.example", "80", &stream, &list), 0);
	EXPECT_EQ(list_has(list, "198.51.100.7"), 1);
	EXPECT_EQ(list_has(list, "2001:db8:7::7"), 1);
	EXPECT_EQ(list_count(list, AF_UNSPEC), 2);
	freeaddrinfo(list);

	for (int i = 0; i < 2; i++) {
		packet = wire_next_udp(wire, DNS_PORT);
		REQUIRE_TRUE(packet != NULL);
		types += asked_type(packet);
	}
	EXPECT_EQ(types, 1 + 28);
}

struct query_row {
	struct variant variant;
	int family;
	unsigned int type;
};

static const struct query_row queries[] = {
	{{"v4", NULL}, AF_INET, 1},
	{{"v6", NULL}, AF_INET6, 28},
};

/*
 * Ask only for what you can use.
 *
 * With a family in the hints the resolver sends the one query that matters, and the
 * list has addresses of that family alone. A program that uses IPv4 only and asks for
 * `AF_UNSPEC` waits for an answer that it then throws away.
 */
CASE(asks_for_one_family,
     .claim = "with a family in the hints only that family's record type is asked for",
     .level = POSIX, .spec = "POSIX.1-2024 getaddrinfo() ai_family; RFC 3596 2.1",
     .tags = "getaddrinfo dns", .VARIANTS(queries))
{
	const struct query_row *row = VARIANT(struct query_row);
	struct addrinfo hints = {.ai_family = row->family, .ai_socktype = SOCK_STREAM};
	struct addrinfo *list = NULL;
	struct wire *wire = wire_open("a");
	const struct packet *packet;

	DNS_SERVE(zone);
	REQUIRE_EQ(getaddrinfo("www.dns.example", "80", &hints, &list), 0);
	EXPECT_EQ(list_count(list, row->family), 1);
	EXPECT_EQ(list_count(list, AF_UNSPEC), 1);
	freeaddrinfo(list);
	packet = wire_next_udp(wire, DNS_PORT);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(asked_type(packet), row->type);
}

struct failure_row {
	struct variant variant;
	const char *name;
	int expected;
};

static const struct failure_row failures[] = {
	{{"no_such_name", NULL}, "nobody.dns.example", EAI_NONAME},
	{{"server_failure", NULL}, "broken.dns.example", EAI_AGAIN},
};

/*
 * "No" is not "I do not know".
 *
 * NXDOMAIN is an answer: the name does not exist, and asking again is pointless
 * (`EAI_NONAME`). SERVFAIL is none: the server could not find out, and later it may
 * (`EAI_AGAIN`). A mail server that takes the one for the other sends mail back that it
 * should have kept.
 */
CASE(failures_of_dns, .claim = "NXDOMAIN gives EAI_NONAME, SERVFAIL gives EAI_AGAIN",
     .level = POSIX, .spec = "POSIX.1-2024 getaddrinfo() ERRORS; RFC 1035 4.1.1; RFC 2308 2.1",
     .tags = "getaddrinfo dns eai", .VARIANTS(failures))
{
	const struct failure_row *row = VARIANT(struct failure_row);
	struct addrinfo *list = NULL;

	DNS_SERVE(zone);
	EXPECT_EQ(getaddrinfo(row->name, "80", &stream, &list), row->expected);
	EXPECT_EQ(getaddrinfo("www.dns.example", "80", &stream, &list), 0);
	freeaddrinfo(list);
}

/*
 * No server at all.
 *
 * Nobody listens on port 53: the queries are lost, or refused by ICMP, and after its
 * last attempt the resolver gives up for now: `EAI_AGAIN`. How long that takes is
 * written in /etc/resolv.conf (here one attempt, of one second at most); the usual five
 * seconds are what "the network is slow" often means.
 */
CASE(no_name_server, .claim = "getaddrinfo() gives EAI_AGAIN when no name server answers",
     .level = POSIX, .spec = "POSIX.1-2024 getaddrinfo() EAI_AGAIN; resolv.conf(5)", .waits = true,
     .tags = "getaddrinfo dns eai")
{
	struct addrinfo *list = NULL;

	EXPECT_EQ(getaddrinfo("www.dns.example", "80", &stream, &list), EAI_AGAIN);
	DNS_SERVE(zone);
	EXPECT_EQ(getaddrinfo("www.dns.example", "80", &stream, &list), 0);
	freeaddrinfo(list);
}

struct none_row {
	struct variant variant;
	const char *name;
	int family;
};

static const struct none_row nones[] = {
	{{"no_addresses", NULL}, "empty.dns.example", AF_UNSPEC},
	{{"none_of_the_family", NULL}, "old.dns.example", AF_INET6},
};

/*
 * It exists, and has no address.
 *
 * The server says "no error" and sends no record: the name exists, for mail perhaps.
 * POSIX counts that as `EAI_NONAME`; the older RFC 2553 had a code of its own,
 * EAI_NODATA, which glibc still returns and Linux documents. A portable program treats
 * the two alike.
 */
CASE(name_without_addresses,
     .claim = "a name without a fitting address gives EAI_NONAME or, on Linux, EAI_NODATA",
     .level = LINUX, .spec = "POSIX.1-2024 getaddrinfo() EAI_NONAME; getaddrinfo(3) EAI_NODATA",
     .tags = "getaddrinfo dns eai", .VARIANTS(nones))
{
	const struct none_row *row = VARIANT(struct none_row);
	struct addrinfo hints = {.ai_family = row->family, .ai_socktype = SOCK_STREAM};
	struct addrinfo *list = NULL;
	int result;

	DNS_SERVE(zone);
	result = getaddrinfo(row->name, "80", &hints, &list);
	EXPECT_TRUE(result == EAI_NONAME || result == EAI_NODATA);
	OBSERVE("error", "%s", result == EAI_NONAME ? "EAI_NONAME" : gai_strerror(result));

	hints.ai_family = AF_INET;
	EXPECT_EQ(getaddrinfo("old.dns.example", "80", &hints, &list), 0);
	freeaddrinfo(list);
}

/*
 * /etc/hosts first.
 *
 * `hosts: files dns` in /etc/nsswitch.conf means: look into the file, and only ask DNS
 * if the name is not there. A line in /etc/hosts so hides what DNS would say, for good
 * or ill. No query is sent for such a name: the first one on the wire belongs to the
 * second lookup.
 *
 * Try it: `getent ahosts localhost` with `tcpdump -ni any port 53` beside it.
 */
CASE(hosts_file_comes_first, .claim = "a name of /etc/hosts is answered without a DNS query",
     .level = LINUX, .spec = "nsswitch.conf(5); hosts(5)", .tags = "getaddrinfo dns hosts")
{
	struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *list = NULL;
	struct wire *wire = wire_open("a");
	const struct packet *packet;
	const uint8_t *query;
	size_t size;

	DNS_SERVE(zone);
	REQUIRE_EQ(getaddrinfo("b.sandbox.example", "80", &hints, &list), 0);
	EXPECT_EQ(list_has(list, "192.0.2.2"), 1);
	freeaddrinfo(list);
	REQUIRE_EQ(getaddrinfo("www.dns.example", "80", &hints, &list), 0);
	freeaddrinfo(list);

	packet = wire_next_udp(wire, DNS_PORT);
	REQUIRE_TRUE(packet != NULL);
	query = packet_payload(packet, &size);
	REQUIRE_TRUE(query != NULL && size > 16);
	/* Behind the header of 12 bytes: the first label, with its length in front. */
	EXPECT_MEMEQ(query + 12, "\3www", 4);
}

/*
 * The way back.
 *
 * For an address DNS has a tree of its own: 203.0.113.9 is looked up as
 * 9.113.0.203.in-addr.arpa, and its PTR record has the name. Who owns the address
 * writes that record, and may write anything; so a name found in this way proves
 * nothing.
 *
 * Try it: `dig -x 192.0.2.1`.
 */
CASE(reverse_lookup, .claim = "getnameinfo() finds the PTR record of an address under in-addr.arpa",
     .level = RFC, .spec = "RFC 1035 3.5; POSIX.1-2024 getnameinfo()", .tags = "getnameinfo dns")
{
	struct address known = address_of("203.0.113.9", 80);
	struct address unknown = address_of("203.0.113.10", 80);
	char host[NI_MAXHOST];

	DNS_SERVE(zone);
	EXPECT_EQ(getnameinfo(ADDRESS(known), host, sizeof(host), NULL, 0, 0), 0);
	EXPECT_STREQ(host, "nine.dns.example");

	/* An address without a name is given in digits, unless a name is required. */
	EXPECT_EQ(getnameinfo(ADDRESS(unknown), host, sizeof(host), NULL, 0, 0), 0);
	EXPECT_STREQ(host, "203.0.113.10");
	EXPECT_EQ(getnameinfo(ADDRESS(unknown), host, sizeof(host), NULL, 0, NI_NAMEREQD),
		  EAI_NONAME);
}

/*
 * An answer that does not fit.
 *
 * DNS was made for datagrams of 512 bytes. What is longer has a mark in the datagram, "truncated",
 * and nothing else of use; the resolver asks again, by TCP, where an answer may have 64 KiB. A
 * firewall that lets only UDP to port 53 through breaks just the long answers, which is hard to
 * find.
 *
 * Try it: `dig +ignore +bufsize=512 TXT google.com`, and without +ignore.
 */
CASE(truncated_answer,
     .claim = "a truncated answer makes the resolver ask again by TCP, whose answer counts",
     .level = RFC, .spec = "RFC 1035 4.1.1 TC, 4.2.2; RFC 7766 5", .tags = "getaddrinfo dns tcp")
{
	struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *list = NULL;
	struct wire *wire = wire_open("a");

	DNS_SERVE(zone);
	REQUIRE_EQ(getaddrinfo("long.dns.example", "80", &hints, &list), 0);
	EXPECT_EQ(list_has(list, "198.51.100.9"), 1);
	EXPECT_EQ(list_count(list, AF_UNSPEC), 1);
	freeaddrinfo(list);
	EXPECT_TRUE(wire_next_udp(wire, DNS_PORT) != NULL);
	EXPECT_PACKET(wire, WHICH("TCP", "Destination Port", DNS_PORT));
}

/*
 * A server that says nothing.
 *
 * It may be overloaded, or the packets get lost: nobody can tell. The resolver waits for as long
 * as /etc/resolv.conf says (`options timeout:`, 5 s by default, here 1 s) and tries again a few
 * times, here not at all; only then the program hears of it, as of something that may pass. So a
 * call that opens one file otherwise can take half a minute.
 */
CASE(silent_name_server,
     .claim = "getaddrinfo() gives EAI_AGAIN when the name server has not answered in the time of "
	      "resolv.conf",
     .level = LINUX,
     .spec = "resolv.conf(5) timeout, attempts; POSIX.1-2024 getaddrinfo() EAI_AGAIN",
     .tags = "getaddrinfo dns eai", .waits = true)
{
	struct addrinfo hints = {.ai_family = AF_INET, .ai_socktype = SOCK_STREAM}, *list = NULL;
	struct address where = address_of("127.0.0.1", DNS_PORT);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	int64_t start = clock_ms();

	SETUP(bind(fd, ADDRESS(where)));
	EXPECT_EQ(getaddrinfo("www.dns.example", "80", &hints, &list), EAI_AGAIN);
	EXPECT_BETWEEN(clock_ms() - start, 990, 4000);
	SETUP(close(fd));
	DNS_SERVE(zone);
	REQUIRE_EQ(getaddrinfo("www.dns.example", "80", &hints, &list), 0);
	EXPECT_EQ(list_has(list, "198.51.100.7"), 1);
	freeaddrinfo(list);
}
