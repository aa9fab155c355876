/* SPDX-License-Identifier: MIT */
/* Membership of multicast groups: two ways in, and who is in which. */
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

#define NL(address) (struct sockaddr *)&(address), sizeof(address)

static uint32_t groups_of(int fd)
{
	struct sockaddr_nl own = {0};
	socklen_t length = sizeof(own);

	SETUP(getsockname(fd, (struct sockaddr *)&own, &length));
	return own.nl_groups;
}

/* Makes one change that RTNLGRP_IPV4_ROUTE hears of. */
static void change_a_route(void)
{
	static uint32_t priority = 1;
	struct netlink_request add =
		request_route(RTM_NEWROUTE, NLM_F_CREATE, 1, "198.51.100.0", 24, priority++);
	int fd = netlink_open(NETLINK_ROUTE);

	REQUIRE_EQ(netlink_do(fd, &add), 0);
}

/*
 * A number of a group, or a bit.
 *
 * `NETLINK_ADD_MEMBERSHIP` takes the number of one group. bind() takes a set of bits, for the first
 * 32 groups: group n is bit n-1. Both lead to the same membership, and getsockname() shows it.
 */
CASE(by_number_or_by_bit,
     .claim = "NETLINK_ADD_MEMBERSHIP n and bit n-1 in bind() make the same membership",
     .level = LINUX, .spec = "netlink(7) NETLINK_ADD_MEMBERSHIP, nl_groups", .needs = "netlink",
     .tags = "netlink multicast option")
{
	struct sockaddr_nl name = {.nl_family = AF_NETLINK, .nl_groups = RTMGRP_IPV4_ROUTE};
	int bit = netlink_open(NETLINK_ROUTE), number = netlink_listener(RTNLGRP_IPV4_ROUTE);
	struct netlink_answer answer;

	EXPECT_OK(bind(bit, NL(name)));
	EXPECT_EQ(groups_of(bit), 1u << (RTNLGRP_IPV4_ROUTE - 1));
	EXPECT_EQ(groups_of(number), 1u << (RTNLGRP_IPV4_ROUTE - 1));
	change_a_route();
	EXPECT_GT(netlink_receive(bit, &answer), 0);
	EXPECT_GT(netlink_receive(number, &answer), 0);
}

/*
 * A member without a name hears nothing.
 *
 * A socket that only joined has no port id yet, and the kernel, sending to a group, leaves out port
 * id 0, its own. bind() with port id 0 gives the socket a name, or its first send() does; after
 * that the messages come. Programs that bind() with the groups in one call never notice.
 */
CASE(a_member_needs_a_name,
     .claim = "a member of a group that has no port id gets its messages only once it has one",
     .level = ABI,
     .spec = "net/netlink/af_netlink.c do_one_broadcast(); netlink(7) NETLINK_ADD_MEMBERSHIP",
     .needs = "netlink", .tags = "netlink multicast")
{
	struct sockaddr_nl any = {.nl_family = AF_NETLINK, .nl_groups = RTMGRP_IPV4_ROUTE};
	int named = netlink_listener(RTNLGRP_IPV4_ROUTE), nameless = netlink_open(NETLINK_ROUTE);
	struct netlink_answer answer;

	EXPECT_OK(set_int(nameless, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, RTNLGRP_IPV4_ROUTE));
	EXPECT_EQ(netlink_port(nameless), 0);
	change_a_route();
	EXPECT_GT(netlink_receive(named, &answer), 0);
	EXPECT_TRUE(netlink_is_silent(nameless));
	EXPECT_OK(bind(nameless, NL(any)));
	EXPECT_NE(netlink_port(nameless), 0);
	change_a_route();
	EXPECT_GT(netlink_receive(nameless, &answer), 0);
}

/*
 * Out again.
 *
 * `NETLINK_DROP_MEMBERSHIP` leaves one group; another bind(), which has to repeat the port id, sets
 * all 32 bits anew.
 */
CASE(leaving,
     .claim = "after NETLINK_DROP_MEMBERSHIP, or bind() without the bit, no more messages of a "
	      "group come",
     .level = LINUX, .spec = "netlink(7) NETLINK_DROP_MEMBERSHIP; bind(2)", .needs = "netlink",
     .tags = "netlink multicast option")
{
	struct sockaddr_nl other = {.nl_family = AF_NETLINK, .nl_groups = RTMGRP_LINK};
	int first = netlink_listener(RTNLGRP_IPV4_ROUTE),
	    second = netlink_listener(RTNLGRP_IPV4_ROUTE);
	int stays = netlink_listener(RTNLGRP_IPV4_ROUTE);
	struct netlink_answer answer;

	other.nl_pid = netlink_port(second);
	SETUP(set_int(first, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, RTNLGRP_IPV6_ROUTE));
	EXPECT_OK(set_int(first, SOL_NETLINK, NETLINK_DROP_MEMBERSHIP, RTNLGRP_IPV4_ROUTE));
	EXPECT_OK(bind(second, NL(other)));
	EXPECT_EQ(groups_of(first), RTMGRP_IPV6_ROUTE);
	EXPECT_EQ(groups_of(second), RTMGRP_LINK);
	change_a_route();
	EXPECT_GT(netlink_receive(stays, &answer), 0);
	EXPECT_TRUE(netlink_is_silent(first));
	EXPECT_TRUE(netlink_is_silent(second));
}

/*
 * All groups of a socket.
 *
 * The address has room for 32 groups; there are more. `NETLINK_LIST_MEMBERSHIPS` gives as many bits
 * as there are groups, and the length says how many bytes that takes, so that a program can ask
 * with a length of 0 first.
 */
CASE(list,
     .claim = "NETLINK_LIST_MEMBERSHIPS gives a bit for each group of the socket, also beyond the "
	      "32nd",
     .level = LINUX, .spec = "netlink(7) NETLINK_LIST_MEMBERSHIPS", .needs = "netlink",
     .tags = "netlink multicast option")
{
	enum { BEYOND = 33 };
	uint32_t words[8] = {0};
	socklen_t length = 0;
	int fd = netlink_open(NETLINK_ROUTE);

	SETUP(set_int(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, RTNLGRP_LINK));
	SETUP(set_int(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, BEYOND));
	EXPECT_OK(getsockopt(fd, SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, words, &length));
	EXPECT_BETWEEN(length, 8, sizeof(words));
	EXPECT_EQ(length % 4, 0);
	EXPECT_EQ(words[0], 0);
	EXPECT_OK(getsockopt(fd, SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, words, &length));
	EXPECT_BETWEEN(length, 8, sizeof(words));
	EXPECT_EQ(words[0], 1u << (RTNLGRP_LINK - 1));
	EXPECT_EQ(words[1], 1u << (BEYOND - 33));
	EXPECT_EQ(groups_of(fd), RTMGRP_LINK);
	EXPECT_OK(set_int(fd, SOL_NETLINK, NETLINK_DROP_MEMBERSHIP, BEYOND));
	EXPECT_OK(getsockopt(fd, SOL_NETLINK, NETLINK_LIST_MEMBERSHIPS, words, &length));
	EXPECT_EQ(words[1], 0);
}

struct group_row {
	struct variant variant;
	int option, group, error;
};

static const struct group_row wrong[] = {
	{{"add_0", NULL}, NETLINK_ADD_MEMBERSHIP, 0, EINVAL},
	{{"add_too_many", NULL}, NETLINK_ADD_MEMBERSHIP, 100000, EINVAL},
	{{"add_negative", NULL}, NETLINK_ADD_MEMBERSHIP, -1, EINVAL},
	{{"drop_0", NULL}, NETLINK_DROP_MEMBERSHIP, 0, EINVAL},
	{{"drop_too_many", NULL}, NETLINK_DROP_MEMBERSHIP, 100000, EINVAL},
};

/* Groups are numbered from 1, and each protocol has so many; others are refused. */
CASE(no_such_group,
     .claim = "NETLINK_ADD_MEMBERSHIP and NETLINK_DROP_MEMBERSHIP give EINVAL for a group that "
	      "cannot be",
     .level = ABI,
     .spec = "net/netlink/af_netlink.c netlink_setsockopt(); netlink(7) NETLINK_ADD_MEMBERSHIP",
     .needs = "netlink", .tags = "netlink multicast option errno", .VARIANTS(wrong))
{
	const struct group_row *row = VARIANT(struct group_row);
	int fd = netlink_open(NETLINK_ROUTE);

	EXPECT_ERR(set_int(fd, SOL_NETLINK, row->option, row->group), row->error);
	EXPECT_EQ(groups_of(fd), 0);
	EXPECT_OK(set_int(fd, SOL_NETLINK, row->option, RTNLGRP_LINK));
}
