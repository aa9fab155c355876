/* SPDX-License-Identifier: MIT */
/* Neighbours and rules: the tables beside the routes. */
#include <arpa/inet.h>
#include <linux/fib_rules.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "harness/capture/expect_packet.h"
#include "harness/capture/wire.h"
#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

static struct netlink_request neighbour(uint16_t type, unsigned int flags, const char *hardware)
{
	struct ndmsg header = {
		.ndm_family = AF_INET, .ndm_ifindex = 10, .ndm_state = NUD_PERMANENT};
	struct netlink_request r = REQUEST(type, flags, header);
	struct in_addr who = {htonl(0xc0000207)};

	request_add(&r, NDA_DST, &who, sizeof(who));
	if (hardware != NULL)
		request_add(&r, NDA_LLADDR, hardware, 6);
	return r;
}

/*
 * Without a question.
 *
 * Before a packet goes to a neighbour, ARP asks for its hardware address. A permanent entry answers
 * in advance: the packet goes out at once, to that address, whether somebody has it or not.
 *
 * Try it: `ip neigh add 192.0.2.7 lladdr 02:00:00:00:00:77 dev eth0`.
 */
CASE(permanent_entry,
     .claim = "packets for a permanent neighbour go to its hardware address, without ARP",
     .level = LINUX, .spec = "rtnetlink(7) RTM_NEWNEIGH, NUD_PERMANENT; arp(7)", .needs = "netlink",
     .topology = "pair", .tags = "netlink rtnetlink neighbour")
{
	struct netlink_request add =
		neighbour(RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_EXCL, "\x02\x00\x00\x00\x00\x77");
	struct address to = address_of("192.0.2.7", 9);
	struct wire *wire = wire_open("a");
	int fd = netlink_open(NETLINK_ROUTE), udp = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	EXPECT_ERRNO(netlink_do(fd, &add), 0);
	EXPECT_EQ(sendto(udp, "x", 1, 0, ADDRESS(to)), 1);
	/* The first packet about this address is the datagram itself. */
	EXPECT_PACKET(wire, WHICH_TEXT("IPv4", "Destination Address", "192.0.2.7"),
		      FIELD_TEXT("Ethernet", "Destination", "02:00:00:00:00:77"), LAYER("UDP"));
}

struct flag_row {
	struct variant variant;
	uint16_t type;
	unsigned int flags;
	bool exists;
	int error;
};

static const struct flag_row flag_rows[] = {
	{{"create", NULL}, RTM_NEWNEIGH, NLM_F_CREATE, false, 0},
	{{"change_none", NULL}, RTM_NEWNEIGH, 0, false, ENOENT},
	{{"exclusively_again", NULL}, RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_EXCL, true, EEXIST},
	{{"replace", NULL}, RTM_NEWNEIGH, NLM_F_REPLACE, true, 0},
	{{"delete", NULL}, RTM_DELNEIGH, 0, true, 0},
	{{"delete_none", NULL}, RTM_DELNEIGH, 0, false, ENOENT},
};

/* The flags mean what they mean for routes. */
CASE(flags, .claim = "CREATE, EXCL and REPLACE decide what becomes of a neighbour that is there",
     .level = LINUX, .spec = "RFC 3549 2.3.2; ip-neighbour(8) add, change, replace",
     .needs = "netlink", .topology = "pair", .tags = "netlink rtnetlink neighbour errno",
     .VARIANTS(flag_rows))
{
	const struct flag_row *row = VARIANT(struct flag_row);
	struct netlink_request first =
		neighbour(RTM_NEWNEIGH, NLM_F_CREATE, "\x02\x00\x00\x00\x00\x01");
	struct netlink_request r =
		neighbour(row->type, row->flags,
			  row->type == RTM_DELNEIGH ? NULL : "\x02\x00\x00\x00\x00\x02");
	int fd = netlink_open(NETLINK_ROUTE);

	if (row->exists)
		EXPECT_ERRNO(netlink_do(fd, &first), 0);
	EXPECT_ERRNO(netlink_do(fd, &r), row->error);
}

/* The rule of this case: from 127.0.0.7, table 77. */
static struct netlink_request rule(uint16_t type, unsigned int flags)
{
	struct fib_rule_hdr header = {
		.family = AF_INET, .src_len = 32, .table = 77, .action = FR_ACT_TO_TBL};
	struct netlink_request r = REQUEST(type, flags, header);
	struct in_addr from = {htonl(0x7f000007)};

	request_add(&r, FRA_SRC, &from, sizeof(from));
	request_add_u32(&r, FRA_PRIORITY, 777);
	return r;
}

/*
 * Who asks decides which table answers.
 *
 * A rule chooses the routing table by more than the destination: by source address, mark,
 * interface, user. Here only packets from 127.0.0.7 know a way, since the route is in table 77.
 *
 * Try it: `ip rule add from 127.0.0.7 table 77`.
 */
CASE(rule_by_source,
     .claim = "RTM_NEWRULE makes packets from an address use another table, RTM_DELRULE ends that",
     .level = LINUX, .spec = "rtnetlink(7) RTM_NEWRULE; ip-rule(8)", .needs = "netlink rules",
     .tags = "netlink rtnetlink rule errno")
{
	struct netlink_request route =
		request_route(RTM_NEWROUTE, NLM_F_CREATE, 1, "198.51.100.0", 24, 0);
	struct netlink_request add = rule(RTM_NEWRULE, NLM_F_CREATE | NLM_F_EXCL);
	struct netlink_request again = rule(RTM_NEWRULE, NLM_F_CREATE | NLM_F_EXCL);
	struct netlink_request del = rule(RTM_DELRULE, 0), gone = rule(RTM_DELRULE, 0);
	struct address seven = address_of("127.0.0.7", 0), eight = address_of("127.0.0.8", 0);
	struct address to = address_of("198.51.100.7", 9);
	int fd = netlink_open(NETLINK_ROUTE);
	int from_seven = SETUP(socket(AF_INET, SOCK_DGRAM, 0)),
	    from_eight = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	((struct rtmsg *)NLMSG_DATA(&route.header))->rtm_table = 77;
	SETUP(bind(from_seven, ADDRESS(seven)));
	SETUP(bind(from_eight, ADDRESS(eight)));
	EXPECT_ERRNO(netlink_do(fd, &route), 0);
	EXPECT_ERR(connect(from_seven, ADDRESS(to)), ENETUNREACH);
	EXPECT_ERRNO(netlink_do(fd, &add), 0);
	EXPECT_ERRNO(netlink_do(fd, &again), EEXIST);
	EXPECT_OK(connect(from_seven, ADDRESS(to)));
	EXPECT_ERR(connect(from_eight, ADDRESS(to)), ENETUNREACH);
	EXPECT_ERRNO(netlink_do(fd, &del), 0);
	EXPECT_ERR(connect(from_seven, ADDRESS(to)), ENETUNREACH);
	EXPECT_ERRNO(netlink_do(fd, &gone), ENOENT);
}
