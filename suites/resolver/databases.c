/* SPDX-License-Identifier: MIT */
/* /etc/services, /etc/protocols, /etc/hosts: the databases behind the numbers. */
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/resolver/lookup.h"

#include "harness/case.h"

struct service_row {
	struct variant variant;
	const char *name, *protocol;
	const char *official; /* NULL: it is not known */
	int port;
	const char *found_protocol, *alias;
};

static const struct service_row services[] = {
	{{"by_name", NULL}, "http", "tcp", "http", 80, "tcp", "www"},
	{{"by_alias", NULL}, "www", "tcp", "http", 80, "tcp", "www"},
	{{"any_protocol", NULL}, "tftp", NULL, "tftp", 69, "udp", NULL},
	{{"other_protocol", NULL}, "tftp", "tcp", NULL, 0, NULL, NULL},
	{{"unknown", NULL}, "no-such-service", "tcp", NULL, 0, NULL, NULL},
};

/*
 * A name, an alias, a port.
 *
 * A line of /etc/services has a name, a port with its protocol, and other names.
 * getservbyname() finds it by any of them, for one protocol or, with a null pointer,
 * for whichever comes first. The port is an int, and yet in *network* byte order: ready
 * for a sockaddr, and wrong for printf().
 *
 * Try it: `getent services www`.
 */
CASE(service_by_name,
     .claim = "getservbyname() finds a service by name or alias; its port is in network order",
     .level = POSIX, .spec = "POSIX.1-2024 getservbyname() (endservent()); services(5)",
     .tags = "services", .VARIANTS(services))
{
	const struct service_row *row = VARIANT(struct service_row);
	struct servent *found = getservbyname(row->name, row->protocol);

	EXPECT_EQ(found != NULL, row->official != NULL);
	if (found != NULL && row->official != NULL) {
		EXPECT_STREQ(found->s_name, row->official);
		EXPECT_EQ(ntohs((uint16_t)found->s_port), row->port);
		EXPECT_STREQ(found->s_proto, row->found_protocol);
		EXPECT_STREQ(found->s_aliases[0], row->alias);
	}
}

struct port_row {
	struct variant variant;
	int port;
	const char *protocol, *name, *alias;
};

static const struct port_row ports[] = {
	{{"shell", NULL}, 514, "tcp", "shell", "cmd"},
	{{"syslog", NULL}, 514, "udp", "syslog", NULL},
	{{"unknown", NULL}, 40000, "tcp", NULL, NULL},
};

/*
 * ... and back.
 *
 * getservbyport() wants the port in network byte order, too. The protocol decides
 * between two services of one number.
 */
CASE(service_by_port, .claim = "getservbyport() finds the service of a port and protocol",
     .level = POSIX, .spec = "POSIX.1-2024 getservbyport() (endservent()); services(5)",
     .tags = "services", .VARIANTS(ports))
{
	const struct port_row *row = VARIANT(struct port_row);
	struct servent *found = getservbyport(htons((uint16_t)row->port), row->protocol);

	EXPECT_STREQ(found != NULL ? found->s_name : NULL, row->name);
	if (found != NULL) {
		EXPECT_EQ(ntohs((uint16_t)found->s_port), row->port);
		EXPECT_STREQ(found->s_proto, row->protocol);
		EXPECT_STREQ(found->s_aliases[0], row->alias);
	}
}

struct protocol_row {
	struct variant variant;
	const char *name, *official, *alias;
	int number;
};

static const struct protocol_row protocols[] = {
	{{"tcp", NULL}, "tcp", "tcp", "TCP", IPPROTO_TCP},
	{{"alias", NULL}, "UDP", "udp", "UDP", IPPROTO_UDP},
	{{"icmpv6", NULL}, "ipv6-icmp", "ipv6-icmp", "IPv6-ICMP", IPPROTO_ICMPV6},
};

/*
 * Protocols have numbers, and names.
 *
 * The number is that of the Protocol field of IPv4 (and Next Header of IPv6). Its names
 * stand in /etc/protocols; socket() takes the number, for which the C headers have
 * constants, so that the lookup is rarely needed.
 *
 * Try it: `getent protocols tcp`.
 */
CASE(protocol_by_name_and_number,
     .claim = "getprotobyname() gives a protocol's number and getprotobynumber() its name",
     .level = POSIX, .spec = "POSIX.1-2024 getprotobyname() (endprotoent()); protocols(5)",
     .tags = "protocols", .VARIANTS(protocols))
{
	const struct protocol_row *row = VARIANT(struct protocol_row);
	struct protoent *found = getprotobyname(row->name);

	REQUIRE_TRUE(found != NULL);
	EXPECT_EQ(found->p_proto, row->number);
	EXPECT_STREQ(found->p_name, row->official);
	EXPECT_STREQ(found->p_aliases[0], row->alias);
	found = getprotobynumber(row->number);
	REQUIRE_TRUE(found != NULL);
	EXPECT_STREQ(found->p_name, row->official);
	EXPECT_EQ(found->p_proto, row->number);
	EXPECT_STREQ(found->p_aliases[0], row->alias);
	EXPECT_TRUE(getprotobyname("no-such-protocol") == NULL);
}

/*
 * The predecessor of getaddrinfo().
 *
 * gethostbyname() returns a static structure, knows IPv4 only, and reports its errors
 * in `h_errno`. POSIX removed it in 2008, but old programs live on. gethostbyaddr() is
 * the way back.
 */
CASE(host_by_name_and_address,
     .claim = "gethostbyname() and gethostbyaddr() use /etc/hosts; errors are in h_errno",
     .level = LINUX, .spec = "gethostbyname(3); hosts(5)", .tags = "hosts")
{
	struct address b = address_of("192.0.2.2", 0);
	struct hostent *found;

	DNS_SERVE_NOTHING();
	found = gethostbyname("b");
	REQUIRE_TRUE(found != NULL);
	EXPECT_STREQ(found->h_name, "b.sandbox.example");
	EXPECT_STREQ(found->h_aliases[0], "b");
	EXPECT_EQ(found->h_addrtype, AF_INET);
	EXPECT_EQ(found->h_length, 4);
	EXPECT_MEMEQ(found->h_addr_list[0], &b.v4.sin_addr, 4);

	found = gethostbyaddr(&b.v4.sin_addr, 4, AF_INET);
	REQUIRE_TRUE(found != NULL);
	EXPECT_STREQ(found->h_name, "b.sandbox.example");
	EXPECT_STREQ(found->h_aliases[0], "b");
	EXPECT_EQ(found->h_addrtype, AF_INET);
	EXPECT_EQ(found->h_length, 4);
	EXPECT_MEMEQ(found->h_addr_list[0], &b.v4.sin_addr, 4);

	EXPECT_TRUE(gethostbyname("nobody.sandbox.example") == NULL);
	EXPECT_EQ(h_errno, HOST_NOT_FOUND);
}

/*
 * The host's own name.
 *
 * It belongs to the UTS namespace, and has nothing to do with DNS or /etc/hosts:
 * whether it can be resolved is another question. gethostname() with a buffer that is
 * too small is an error on Linux, `ENAMETOOLONG`, and elsewhere a name cut short.
 */
CASE(own_host_name,
     .claim = "gethostname() gives what sethostname() set, and ENAMETOOLONG for a small buffer",
     .level = LINUX, .spec = "gethostname(2); POSIX.1-2024 gethostname(); uts_namespaces(7)",
     .tags = "hosts errno")
{
	char name[64];

	EXPECT_OK(sethostname("sandbox", 7));
	EXPECT_ERR(gethostname(name, 7), ENAMETOOLONG);
	memset(name, 'x', sizeof(name));
	EXPECT_OK(gethostname(name, 8));
	EXPECT_STREQ(name, "sandbox");
}
