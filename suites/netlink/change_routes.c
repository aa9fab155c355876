/* SPDX-License-Identifier: MIT */
/* Routes: where packets go, and what else can become of them. */
#include <arpa/inet.h>
#include <linux/rtnetlink.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

/* The route of all these cases: this network, through the loopback interface. */
static struct netlink_request network(uint16_t type, unsigned int flags, uint32_t priority,
				      uint32_t source)
{
	struct netlink_request r = request_route(type, flags, 1, "198.51.100.0", 24, priority);
	struct in_addr from = {htonl(source)};

	if (source != 0)
		request_add(&r, RTA_PREFSRC, &from, sizeof(from));
	return r;
}

/* Whether there is a way to the network, and its source address: 0 when there is none. */
static uint32_t source_to(int fd)
{
	struct rtmsg route = {.rtm_family = AF_INET, .rtm_dst_len = 32};
	struct netlink_request r = REQUEST(RTM_GETROUTE, 0, route);
	struct in_addr to = {htonl(0xc6336407)};
	struct netlink_answer answer;
	const struct nlmsghdr *h;

	request_add(&r, RTA_DST, &to, sizeof(to));
	h = netlink_get(fd, &r, &answer);
	return h == NULL ? 0 : ntohl(attribute_u32(ATTRIBUTE(h, struct rtmsg, RTA_PREFSRC)));
}

enum { FIRST = 0x7f000001, SECOND = 0x7f000002 };

/*
 * A route makes addresses reachable.
 *
 * Without one, connect() fails with `ENETUNREACH`. `RTM_NEWROUTE` adds it to a table,
 * `RTM_DELROUTE` removes it; removing what is not there is `ESRCH`.
 *
 * Try it: `ip route add 198.51.100.0/24 dev lo`.
 */
CASE(makes_reachable, .claim = "connect() works from RTM_NEWROUTE on until RTM_DELROUTE",
     .level = LINUX, .spec = "rtnetlink(7) RTM_NEWROUTE, RTM_DELROUTE; ip(7) ENETUNREACH",
     .needs = "netlink", .tags = "netlink rtnetlink route")
{
	struct netlink_request add = network(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL, 0, 0);
	struct netlink_request del = network(RTM_DELROUTE, 0, 0, 0),
			       more = network(RTM_DELROUTE, 0, 0, 0);
	struct address to = address_of("198.51.100.7", 7);
	int fd = netlink_open(NETLINK_ROUTE), udp = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	EXPECT_ERR(connect(udp, ADDRESS(to)), ENETUNREACH);
	EXPECT_ERRNO(netlink_do(fd, &add), 0);
	EXPECT_OK(connect(udp, ADDRESS(to)));
	EXPECT_ERRNO(netlink_do(fd, &del), 0);
	EXPECT_ERR(connect(udp, ADDRESS(to)), ENETUNREACH);
	EXPECT_ERRNO(netlink_do(fd, &more), ESRCH);
}

struct flag_row {
	struct variant variant;
	unsigned int flags;
	bool exists;
	int error;
	uint32_t source; /* afterwards */
};

static const struct flag_row flag_rows[] = {
	{{"change_none", NULL}, 0, false, ENOENT, 0},
	{{"create", NULL}, NLM_F_CREATE, false, 0, SECOND},
	{{"create_exclusively", NULL}, NLM_F_CREATE | NLM_F_EXCL, false, 0, SECOND},
	{{"exclusively_again", NULL}, NLM_F_CREATE | NLM_F_EXCL, true, EEXIST, FIRST},
	{{"replace", NULL}, NLM_F_REPLACE, true, 0, SECOND},
	{{"replace_none", NULL}, NLM_F_REPLACE, false, ENOENT, 0},
	{{"replace_or_create", NULL}, NLM_F_CREATE | NLM_F_REPLACE, false, 0, SECOND},
	{{"append", NULL}, NLM_F_CREATE | NLM_F_APPEND, true, 0, FIRST},
	{{"prepend", NULL}, NLM_F_CREATE, true, 0, SECOND},
};

/*
 * Add, change, replace, append, prepend.
 *
 * There is one message for all of them, and four flags; `ip route add` is `CREATE|EXCL`, `change`
 * is `REPLACE`, `replace` is `CREATE|REPLACE`, `append` is `CREATE|APPEND`. Here the routes differ
 * by the source address that they give, which tells afterwards which of them is used.
 */
CASE(flags,
     .claim = "CREATE, EXCL, REPLACE and APPEND decide what becomes of a route that is there",
     .level = LINUX,
     .spec = "RFC 3549 2.3.2; netlink(7); ip-route(8) add, change, replace, append, prepend",
     .needs = "netlink", .tags = "netlink rtnetlink route errno", .VARIANTS(flag_rows))
{
	const struct flag_row *row = VARIANT(struct flag_row);
	struct netlink_request first = network(RTM_NEWROUTE, NLM_F_CREATE, 0, FIRST);
	struct netlink_request second = network(RTM_NEWROUTE, row->flags, 0, SECOND);
	int fd = netlink_open(NETLINK_ROUTE);

	if (row->exists)
		EXPECT_ERRNO(netlink_do(fd, &first), 0);
	EXPECT_ERRNO(netlink_do(fd, &second), row->error);
	EXPECT_EQ(source_to(fd), row->source);
}

/*
 * The smaller number goes first.
 *
 * Two routes to the same network are two routes if their priority differs (`metric` of
 * ip-route(8)), and the smaller one is used. So a second way stands ready.
 */
CASE(priority, .claim = "of two routes to a network, the one with the smaller RTA_PRIORITY is used",
     .level = LINUX, .spec = "rtnetlink(7) RTA_PRIORITY; ip-route(8) metric", .needs = "netlink",
     .tags = "netlink rtnetlink route")
{
	struct netlink_request spare =
		network(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL, 200, SECOND);
	struct netlink_request main = network(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL, 100, FIRST);
	struct netlink_request del = network(RTM_DELROUTE, 0, 100, 0);
	int fd = netlink_open(NETLINK_ROUTE);

	EXPECT_ERRNO(netlink_do(fd, &spare), 0);
	EXPECT_EQ(source_to(fd), SECOND);
	EXPECT_ERRNO(netlink_do(fd, &main), 0);
	EXPECT_EQ(source_to(fd), FIRST);
	EXPECT_ERRNO(netlink_do(fd, &del), 0);
	EXPECT_EQ(source_to(fd), SECOND);
}

struct type_row {
	struct variant variant;
	uint8_t type;
	int error;
};

static const struct type_row types[] = {
	{{"unreachable", NULL}, RTN_UNREACHABLE, EHOSTUNREACH},
	{{"prohibit", NULL}, RTN_PROHIBIT, EACCES},
	{{"blackhole", NULL}, RTN_BLACKHOLE, EINVAL},
	{{"throw", NULL}, RTN_THROW, ENETUNREACH},
};

/*
 * Routes that lead nowhere.
 *
 * An administrator can close a network: each type of route refuses in its own way, which the host's
 * own programs see as the errno of connect(), and others as the code of an ICMP message (or as
 * silence, from a black hole).
 */
CASE(dead_ends,
     .claim = "a route of type unreachable, prohibit, blackhole or throw gives connect() its errno",
     .level = LINUX, .spec = "rtnetlink(7) rtm_type; ip-route(8) (types of routes)",
     .needs = "netlink", .tags = "netlink rtnetlink route errno", .VARIANTS(types))
{
	const struct type_row *row = VARIANT(struct type_row);
	struct rtmsg header = {
		.rtm_family = AF_INET,
		.rtm_dst_len = 24,
		.rtm_table = RT_TABLE_MAIN,
		.rtm_protocol = RTPROT_STATIC,
		.rtm_scope = RT_SCOPE_UNIVERSE,
		.rtm_type = row->type,
	};
	struct netlink_request add = REQUEST(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL, header);
	struct netlink_request open = network(RTM_NEWROUTE, NLM_F_REPLACE, 0, 0);
	struct in_addr net = {htonl(0xc6336400)};
	struct address to = address_of("198.51.100.7", 7);
	int fd = netlink_open(NETLINK_ROUTE), udp = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	request_add(&add, RTA_DST, &net, sizeof(net));
	EXPECT_ERRNO(netlink_do(fd, &add), 0);
	EXPECT_ERR(connect(udp, ADDRESS(to)), row->error);
	EXPECT_ERRNO(netlink_do(fd, &open), 0);
	EXPECT_OK(connect(udp, ADDRESS(to)));
}

struct wrong_row {
	struct variant variant;
	const char *to;
	int prefix, index;
	const char *gateway;
	int error;
};

static const struct wrong_row wrong[] = {
	{{"no_interface", NULL}, "198.51.100.0", 24, 4242, NULL, ENODEV},
	{{"host_bits", NULL}, "198.51.100.7", 24, 1, NULL, EINVAL},
	{{"prefix_33", NULL}, "198.51.100.0", 33, 1, NULL, EINVAL},
	{{"gateway_not_near", NULL}, "198.51.100.0", 24, 10, "203.0.113.1", ENETUNREACH},
	{{"gateway_is_broadcast", NULL}, "198.51.100.0", 24, 10, "192.0.2.255", EINVAL},
};

/*
 * Routes that cannot be.
 *
 * A network's address has no bits behind its prefix; a gateway is a neighbour: one host on a link
 * of ours, and not all of them.
 */
CASE(wrong_routes,
     .claim = "RTM_NEWROUTE refuses unknown interfaces, host bits and gateways that are no "
	      "neighbours",
     .level = ABI,
     .spec = "net/ipv4/fib_semantics.c fib_create_info(), fib_check_nh(); net/ipv4/fib_trie.c; "
	     "rtnetlink(7)",
     .needs = "netlink", .topology = "pair", .tags = "netlink rtnetlink route errno",
     .VARIANTS(wrong))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	struct netlink_request bad =
		request_route(RTM_NEWROUTE, NLM_F_CREATE, row->index, row->to, row->prefix, 0);
	struct netlink_request good =
		request_route(RTM_NEWROUTE, NLM_F_CREATE, 10, "198.51.100.0", 24, 0);
	struct rtmsg *of_bad = NLMSG_DATA(&bad.header), *of_good = NLMSG_DATA(&good.header);
	struct address gateway = address_of("192.0.2.2", 0);
	int fd = netlink_open(NETLINK_ROUTE);

	if (row->gateway != NULL) {
		of_bad->rtm_scope = of_good->rtm_scope = RT_SCOPE_UNIVERSE;
		request_add(&good, RTA_GATEWAY, &gateway.v4.sin_addr, 4);
		gateway = address_of(row->gateway, 0);
		request_add(&bad, RTA_GATEWAY, &gateway.v4.sin_addr, 4);
	}
	EXPECT_ERRNO(netlink_do(fd, &bad), row->error);
	EXPECT_ERRNO(netlink_do(fd, &good), 0);
}

/* IPv6 has the same messages: the second time is EEXIST, and removing twice ESRCH. */
CASE(ipv6, .claim = "RTM_NEWROUTE with NLM_F_EXCL and RTM_DELROUTE fail for IPv6 as for IPv4",
     .level = LINUX, .spec = "rtnetlink(7) RTM_NEWROUTE, RTM_DELROUTE; netlink(7) NLM_F_EXCL",
     .needs = "netlink ipv6", .tags = "netlink rtnetlink route errno")
{
	unsigned int flags = NLM_F_CREATE | NLM_F_EXCL;
	struct netlink_request add = request_route(RTM_NEWROUTE, flags, 1, "2001:db8:7::", 48, 0);
	struct netlink_request again = request_route(RTM_NEWROUTE, flags, 1, "2001:db8:7::", 48, 0);
	struct netlink_request del = request_route(RTM_DELROUTE, 0, 1, "2001:db8:7::", 48, 0);
	struct netlink_request more = request_route(RTM_DELROUTE, 0, 1, "2001:db8:7::", 48, 0);
	struct address to = address_of("2001:db8:7::1", 7);
	int fd = netlink_open(NETLINK_ROUTE), udp = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));

	EXPECT_ERR(connect(udp, ADDRESS(to)), ENETUNREACH);
	EXPECT_ERRNO(netlink_do(fd, &add), 0);
	EXPECT_OK(connect(udp, ADDRESS(to)));
	EXPECT_ERRNO(netlink_do(fd, &again), EEXIST);
	EXPECT_ERRNO(netlink_do(fd, &del), 0);
	EXPECT_ERRNO(netlink_do(fd, &more), ESRCH);
}
