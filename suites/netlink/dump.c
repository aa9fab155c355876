/* SPDX-License-Identifier: MIT */
/* Dumps: the kernel's lists, one message an entry (rtnetlink(7)). */
#include <arpa/inet.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/fib_rules.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

struct list_row {
	struct variant variant;
	uint16_t get, entry;
	uint8_t family;
	size_t header;
};

static const struct list_row lists[] = {
	{{"link", NULL}, RTM_GETLINK, RTM_NEWLINK, AF_UNSPEC, sizeof(struct ifinfomsg)},
	{{"address", NULL}, RTM_GETADDR, RTM_NEWADDR, AF_UNSPEC, sizeof(struct ifaddrmsg)},
	{{"address4", NULL}, RTM_GETADDR, RTM_NEWADDR, AF_INET, sizeof(struct ifaddrmsg)},
	{{"address6", "ipv6"}, RTM_GETADDR, RTM_NEWADDR, AF_INET6, sizeof(struct ifaddrmsg)},
	{{"route4", NULL}, RTM_GETROUTE, RTM_NEWROUTE, AF_INET, sizeof(struct rtmsg)},
	{{"route6", "ipv6"}, RTM_GETROUTE, RTM_NEWROUTE, AF_INET6, sizeof(struct rtmsg)},
	{{"rule4", "rules"}, RTM_GETRULE, RTM_NEWRULE, AF_INET, sizeof(struct fib_rule_hdr)},
	{{"neighbour", NULL}, RTM_GETNEIGH, RTM_NEWNEIGH, AF_INET, sizeof(struct ndmsg)},
	{{"neighbour_table", NULL},
	 RTM_GETNEIGHTBL,
	 RTM_NEWNEIGHTBL,
	 AF_INET,
	 sizeof(struct ndtmsg)},
	{{"netconf", NULL}, RTM_GETNETCONF, RTM_NEWNETCONF, AF_INET, sizeof(struct rtgenmsg)},
	{{"qdisc", "qdisc"}, RTM_GETQDISC, RTM_NEWQDISC, AF_UNSPEC, sizeof(struct tcmsg)},
};

/* A dump of this row. */
static struct netlink_request dump_request(const struct list_row *row)
{
	char header[64] = {(char)row->family};

	return netlink_request_of(row->get, NLM_F_DUMP, header, row->header);
}

/*
 * A list is many messages with an end.
 *
 * A request with `NLM_F_DUMP` asks for all entries there are. Each is a message with
 * `NLM_F_MULTI`, several to a datagram, and `NLMSG_DONE` ends the list, also an empty one.
 * All have the sequence number of the request, so that a program tells the answers to
 * its questions apart, and its port id.
 *
 * Try it: `ip -d link`, `ip addr`, `ip route show table all`, `ip rule`, `ip neigh`.
 */
CASE(all_with_the_request_s_number,
     .claim = "a dump is messages of the entry's type with NLM_F_MULTI, the request's sequence "
	      "number and port id, up to NLMSG_DONE",
     .level = RFC, .spec = "RFC 3549 2.3.2, 2.3.2.1; netlink(7); rtnetlink(7)", .needs = "netlink",
     .topology = "pair", .tags = "netlink rtnetlink dump", .VARIANTS(lists))
{
	const struct list_row *row = VARIANT(struct list_row);
	struct netlink_request r = dump_request(row);
	struct netlink_answer answer;
	int fd = netlink_open(NETLINK_ROUTE), entries = 0;
	uint32_t port;
	bool done = false;

	r.header.nlmsg_seq = 0xabcdef01;
	EXPECT_EQ(netlink_send(fd, &r), r.header.nlmsg_len);
	port = netlink_port(fd);
	while (!done && netlink_receive(fd, &answer) > 0) {
		for (const struct nlmsghdr *h = answer_first(&answer); h != NULL;
		     h = answer_next(&answer, h)) {
			EXPECT_EQ(h->nlmsg_seq, 0xabcdef01);
			EXPECT_EQ(h->nlmsg_pid, port);
			/* NLM_F_DUMP_INTR says that the list has changed meanwhile. */
			EXPECT_EQ(h->nlmsg_flags & ~NLM_F_DUMP_INTR & ~NLM_F_DUMP_FILTERED,
				  NLM_F_MULTI);
			EXPECT_TRUE(!done);
			done = h->nlmsg_type == NLMSG_DONE;
			/* At the end is how it went. */
			if (done)
				EXPECT_EQ(*(const int *)NLMSG_DATA(h), 0);
			EXPECT_EQ(h->nlmsg_type, done ? NLMSG_DONE : row->entry);
			entries += !done;
		}
	}
	EXPECT_TRUE(done);
	EXPECT_TRUE(netlink_is_silent(fd));
	OBSERVE("entries", "%d", entries);
}

struct links {
	int count;
	unsigned int lo_flags;
	int lo_type, eth0_index, eth0_type;
	char eth0_hardware[6];
	uint32_t lo_mtu, eth0_mtu;
};

static void note_link(const struct nlmsghdr *h, void *context)
{
	const struct ifinfomsg *link = NLMSG_DATA(h);
	const char *name = attribute_text(ATTRIBUTE(h, struct ifinfomsg, IFLA_IFNAME));
	const void *hardware = attribute_data(ATTRIBUTE(h, struct ifinfomsg, IFLA_ADDRESS), 6);
	struct links *links = context;

	links->count++;
	if (strcmp(name, "lo") == 0) {
		EXPECT_EQ(link->ifi_index, 1);
		links->lo_flags = link->ifi_flags;
		links->lo_type = link->ifi_type;
		links->lo_mtu = attribute_u32(ATTRIBUTE(h, struct ifinfomsg, IFLA_MTU));
	} else if (strcmp(name, "eth0") == 0) {
		links->eth0_index = link->ifi_index;
		links->eth0_type = link->ifi_type;
		links->eth0_mtu = attribute_u32(ATTRIBUTE(h, struct ifinfomsg, IFLA_MTU));
		if (hardware != NULL)
			memcpy(links->eth0_hardware, hardware, 6);
	}
}

/*
 * The interfaces of this host.
 *
 * A fixed header says the index, the type and the flags of each; everything else is an
 * attribute: name, MTU, hardware address, statistics. Programs skip the attributes that they do
 * not know, which is how a kernel can say more than it did when they were written.
 */
CASE(links,
     .claim = "RTM_GETLINK lists the host's interfaces with index, flags, name, MTU and address",
     .level = LINUX, .spec = "rtnetlink(7) RTM_GETLINK; netdevice(7)", .needs = "netlink",
     .topology = "pair", .tags = "netlink rtnetlink dump")
{
	struct ifinfomsg header = {.ifi_family = AF_UNSPEC};
	struct netlink_request r = REQUEST(RTM_GETLINK, NLM_F_DUMP, header);
	struct links links = {0};
	int fd = netlink_open(NETLINK_ROUTE);

	EXPECT_EQ(netlink_dump(fd, &r, note_link, &links), 2);
	EXPECT_EQ(links.lo_flags & (IFF_UP | IFF_LOOPBACK | IFF_BROADCAST), IFF_UP | IFF_LOOPBACK);
	EXPECT_EQ(links.lo_type, 772);
	EXPECT_EQ(links.lo_mtu, 65536);
	EXPECT_EQ(links.eth0_index, 10);
	EXPECT_EQ(links.eth0_type, 1);
	EXPECT_EQ(links.eth0_mtu, 1500);
	EXPECT_MEMEQ(links.eth0_hardware, "\x02\x00\x00\x00\x00\x01", 6);
}

struct addresses {
	int v4, v6, others, loopback4, loopback6, documentation;
};

static void note_address(const struct nlmsghdr *h, void *context)
{
	const struct ifaddrmsg *address = NLMSG_DATA(h);
	const void *value = attribute_data(ATTRIBUTE(h, struct ifaddrmsg, IFA_ADDRESS), 4);
	struct addresses *all = context;
	char text[INET6_ADDRSTRLEN] = "";

	all->v4 += address->ifa_family == AF_INET;
	all->v6 += address->ifa_family == AF_INET6;
	all->others += address->ifa_family != AF_INET && address->ifa_family != AF_INET6;
	if (value != NULL)
		inet_ntop(address->ifa_family, value, text, sizeof(text));
	if (strcmp(text, "127.0.0.1") == 0) {
		all->loopback4++;
		EXPECT_EQ(address->ifa_prefixlen, 8);
		EXPECT_EQ(address->ifa_scope, RT_SCOPE_HOST);
		EXPECT_EQ(address->ifa_index, 1);
	} else if (strcmp(text, "::1") == 0) {
		all->loopback6++;
		EXPECT_EQ(address->ifa_prefixlen, 128);
		EXPECT_EQ(address->ifa_scope, RT_SCOPE_HOST);
	} else if (strcmp(text, "192.0.2.1") == 0) {
		all->documentation++;
		EXPECT_EQ(address->ifa_prefixlen, 24);
		EXPECT_EQ(address->ifa_scope, RT_SCOPE_UNIVERSE);
		EXPECT_EQ(address->ifa_index, 10);
		EXPECT_STREQ(attribute_text(ATTRIBUTE(h, struct ifaddrmsg, IFA_LABEL)), "eth0");
	}
}

/*
 * The family chooses.
 *
 * `AF_UNSPEC` stands for all families; `AF_INET` and `AF_INET6` give the addresses of each.
 */
CASE(addresses_by_family,
     .claim = "RTM_GETADDR with AF_INET or AF_INET6 lists addresses of that family, with AF_UNSPEC "
	      "all",
     .level = LINUX, .spec = "rtnetlink(7) RTM_GETADDR", .needs = "netlink ipv6",
     .topology = "pair", .tags = "netlink rtnetlink dump")
{
	struct ifaddrmsg v4 = {.ifa_family = AF_INET}, v6 = {.ifa_family = AF_INET6}, all = {0};
	struct netlink_request r4 = REQUEST(RTM_GETADDR, NLM_F_DUMP, v4);
	struct netlink_request r6 = REQUEST(RTM_GETADDR, NLM_F_DUMP, v6);
	struct netlink_request r = REQUEST(RTM_GETADDR, NLM_F_DUMP, all);
	struct addresses of4 = {0}, of6 = {0}, both = {0};
	int fd = netlink_open(NETLINK_ROUTE);

	EXPECT_EQ(netlink_dump(fd, &r4, note_address, &of4), 2);
	EXPECT_EQ(of4.v4, 2);
	EXPECT_EQ(of4.loopback4, 1);
	EXPECT_EQ(of4.documentation, 1);
	/* ::1, the documentation address, and the link-local one that every interface has. */
	EXPECT_EQ(netlink_dump(fd, &r6, note_address, &of6), 3);
	EXPECT_EQ(of6.v6, 3);
	EXPECT_EQ(of6.loopback6, 1);
	EXPECT_EQ(netlink_dump(fd, &r, note_address, &both), 5);
	EXPECT_EQ(both.v4 + both.v6, 5);
	EXPECT_EQ(both.others, 0);
}

struct routes {
	int local, link, others;
};

static void note_route(const struct nlmsghdr *h, void *context)
{
	const struct rtmsg *route = NLMSG_DATA(h);
	uint32_t to = ntohl(attribute_u32(ATTRIBUTE(h, struct rtmsg, RTA_DST)));
	uint32_t from = ntohl(attribute_u32(ATTRIBUTE(h, struct rtmsg, RTA_PREFSRC)));
	struct routes *routes = context;

	EXPECT_EQ(route->rtm_family, AF_INET);
	if (route->rtm_type == RTN_LOCAL && to == 0xc0000201) {
		routes->local++;
		EXPECT_EQ(route->rtm_table, RT_TABLE_LOCAL);
		EXPECT_EQ(route->rtm_dst_len, 32);
		EXPECT_EQ(route->rtm_scope, RT_SCOPE_HOST);
		EXPECT_EQ(route->rtm_protocol, RTPROT_KERNEL);
	} else if (route->rtm_type == RTN_UNICAST && to == 0xc0000200) {
		routes->link++;
		EXPECT_EQ(route->rtm_table, RT_TABLE_MAIN);
		EXPECT_EQ(route->rtm_dst_len, 24);
		EXPECT_EQ(route->rtm_scope, RT_SCOPE_LINK);
		EXPECT_EQ(from, 0xc0000201);
		EXPECT_EQ(attribute_u32(ATTRIBUTE(h, struct rtmsg, RTA_OIF)), 10);
	} else {
		routes->others++;
	}
}

/*
 * What an address does to the routes.
 *
 * Giving 192.0.2.1/24 to eth0 makes two routes: the address itself is local (table 255), and
 * the network is reached through eth0, from that address (table 254, the one that `ip route`
 * shows). So a host that never heard of routing has a routing table.
 */
CASE(routes_of_an_address,
     .claim = "RTM_GETROUTE lists a local route for an address, and a link route for its network",
     .level = LINUX, .spec = "rtnetlink(7) RTM_GETROUTE (rtm_table, rtm_scope, rtm_type)",
     .needs = "netlink", .topology = "pair", .tags = "netlink rtnetlink dump")
{
	struct rtmsg header = {.rtm_family = AF_INET};
	struct netlink_request r = REQUEST(RTM_GETROUTE, NLM_F_DUMP, header);
	struct routes routes = {0};
	int fd = netlink_open(NETLINK_ROUTE);

	EXPECT_GT(netlink_dump(fd, &r, note_route, &routes), 3);
	EXPECT_EQ(routes.local, 1);
	EXPECT_EQ(routes.link, 1);
	EXPECT_GT(routes.others, 1);
}

static void note_rule(const struct nlmsghdr *h, void *context)
{
	const struct fib_rule_hdr *rule = NLMSG_DATA(h);
	uint32_t priority = attribute_u32(ATTRIBUTE(h, struct fib_rule_hdr, FRA_PRIORITY));
	uint32_t *found = context;

	EXPECT_EQ(rule->action, FR_ACT_TO_TBL);
	if (priority == 0 && rule->table == RT_TABLE_LOCAL)
		*found |= 1;
	if (priority == 32766 && rule->table == RT_TABLE_MAIN)
		*found |= 2;
	if (priority == 32767 && rule->table == RT_TABLE_DEFAULT)
		*found |= 4;
}

/*
 * Which table is asked first.
 *
 * Rules, in order of priority, choose the routing table. A new host has three: local (0), main
 * (32766), default (32767).
 */
CASE(rules_of_a_new_host,
     .claim = "RTM_GETRULE lists the rules for the tables local, main and default", .level = LINUX,
     .spec = "rtnetlink(7) RTM_GETRULE; ip-rule(8)", .needs = "netlink rules",
     .tags = "netlink rtnetlink dump")
{
	struct fib_rule_hdr header = {.family = AF_INET};
	struct netlink_request r = REQUEST(RTM_GETRULE, NLM_F_DUMP, header);
	int fd = netlink_open(NETLINK_ROUTE);
	uint32_t found = 0;

	EXPECT_EQ(netlink_dump(fd, &r, note_rule, &found), 3);
	EXPECT_EQ(found, 7);
}

/*
 * One list at a time.
 *
 * The kernel writes the next part of a dump when the program has read the one before, so it
 * remembers in the socket where it is. A second dump before the end of the first one is
 * refused with `EBUSY`; a second socket has no such trouble. A list that fits into the first
 * part has ended by then, so this one is made long.
 */
CASE(one_dump_at_a_time,
     .claim = "a dump on a socket fails with EBUSY while an earlier one has not been read to its "
	      "end",
     .level = ABI, .spec = "net/netlink/af_netlink.c __netlink_dump_start()", .needs = "netlink",
     .tags = "netlink rtnetlink dump errno")
{
	struct ifaddrmsg header = {.ifa_family = AF_INET};
	struct netlink_request first = REQUEST(RTM_GETADDR, NLM_F_DUMP, header);
	struct netlink_request second = REQUEST(RTM_GETADDR, NLM_F_DUMP, header);
	struct addresses all = {0};
	int fd = netlink_open(NETLINK_ROUTE), other = netlink_open(NETLINK_ROUTE), error = -1;
	char text[32];
	bool done = false;

	for (int i = 0; i < 1000; i++) {
		struct netlink_request r;

		snprintf(text, sizeof(text), "198.18.%d.%d", i / 250, i % 250 + 1);
		r = request_address(RTM_NEWADDR, NLM_F_CREATE, 1, text, 32);
		REQUIRE_EQ(netlink_do(other, &r), 0);
	}
	EXPECT_EQ(netlink_send(fd, &first), first.header.nlmsg_len);
	EXPECT_EQ(netlink_send(fd, &second), second.header.nlmsg_len);
	while (!done) {
		struct netlink_answer answer;

		REQUIRE_TRUE(netlink_receive(fd, &answer) > 0);
		for (const struct nlmsghdr *h = answer_first(&answer); h != NULL;
		     h = answer_next(&answer, h)) {
			if (h->nlmsg_type == NLMSG_ERROR && h->nlmsg_seq == second.header.nlmsg_seq)
				error = -((const struct nlmsgerr *)NLMSG_DATA(h))->error;
			done |= h->nlmsg_type == NLMSG_DONE;
		}
	}
	EXPECT_ERRNO(error, EBUSY);
	second.header.nlmsg_seq++;
	EXPECT_EQ(netlink_dump(fd, &second, note_address, &all), 1001);
}
