/* SPDX-License-Identifier: MIT */
/* Who is in a group hears of every change. */
#include <arpa/inet.h>
#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/netconf.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

/* What changes; each makes the request that adds it, or removes it. */
static struct netlink_request bridge(bool add)
{
	struct ifinfomsg link = {0};
	struct netlink_request r = REQUEST(RTM_DELLINK, 0, link);

	if (add)
		return request_link("br7", "bridge", NLM_F_CREATE | NLM_F_EXCL);
	request_add_text(&r, IFLA_IFNAME, "br7");
	return r;
}

static struct netlink_request address4(bool add)
{
	return request_address(add ? RTM_NEWADDR : RTM_DELADDR, add ? NLM_F_CREATE : 0, 1,
			       "192.0.2.77", 32);
}

static struct netlink_request address6(bool add)
{
	return request_address(add ? RTM_NEWADDR : RTM_DELADDR, add ? NLM_F_CREATE : 0, 1,
			       "2001:db8::77", 128);
}

static struct netlink_request route4(bool add)
{
	return request_route(add ? RTM_NEWROUTE : RTM_DELROUTE, add ? NLM_F_CREATE : 0, 1,
			     "198.51.100.0", 24, 0);
}

static struct netlink_request route6(bool add)
{
	return request_route(add ? RTM_NEWROUTE : RTM_DELROUTE, add ? NLM_F_CREATE : 0, 1,
			     "2001:db8:7::", 48, 0);
}

static struct netlink_request neighbour(bool add)
{
	struct ndmsg header = {
		.ndm_family = AF_INET, .ndm_ifindex = 10, .ndm_state = NUD_PERMANENT};
	struct netlink_request r =
		REQUEST(add ? RTM_NEWNEIGH : RTM_DELNEIGH, add ? NLM_F_CREATE : 0, header);
	struct in_addr who = {htonl(0xc0000207)};

	request_add(&r, NDA_DST, &who, sizeof(who));
	if (add)
		request_add(&r, NDA_LLADDR, "\x02\x00\x00\x00\x00\x07", 6);
	return r;
}

static struct netlink_request rule(bool add)
{
	struct fib_rule_hdr header = {.family = AF_INET, .table = 77, .action = FR_ACT_TO_TBL};
	struct netlink_request r =
		REQUEST(add ? RTM_NEWRULE : RTM_DELRULE, add ? NLM_F_CREATE : 0, header);

	request_add_u32(&r, FRA_PRIORITY, 777);
	return r;
}

struct change_row {
	struct variant variant;
	int group;
	uint16_t new_type, del_type;
	size_t header;
	struct netlink_request (*request)(bool add);
};

static const struct change_row changes[] = {
	{{"link", "bridge"},
	 RTNLGRP_LINK,
	 RTM_NEWLINK,
	 RTM_DELLINK,
	 sizeof(struct ifinfomsg),
	 bridge},
	{{"address4", NULL},
	 RTNLGRP_IPV4_IFADDR,
	 RTM_NEWADDR,
	 RTM_DELADDR,
	 sizeof(struct ifaddrmsg),
	 address4},
	{{"address6", "ipv6"},
	 RTNLGRP_IPV6_IFADDR,
	 RTM_NEWADDR,
	 RTM_DELADDR,
	 sizeof(struct ifaddrmsg),
	 address6},
	{{"route4", NULL},
	 RTNLGRP_IPV4_ROUTE,
	 RTM_NEWROUTE,
	 RTM_DELROUTE,
	 sizeof(struct rtmsg),
	 route4},
	{{"route6", "ipv6"},
	 RTNLGRP_IPV6_ROUTE,
	 RTM_NEWROUTE,
	 RTM_DELROUTE,
	 sizeof(struct rtmsg),
	 route6},
	{{"neighbour", NULL},
	 RTNLGRP_NEIGH,
	 RTM_NEWNEIGH,
	 RTM_DELNEIGH,
	 sizeof(struct ndmsg),
	 neighbour},
	{{"rule", "rules"},
	 RTNLGRP_IPV4_RULE,
	 RTM_NEWRULE,
	 RTM_DELRULE,
	 sizeof(struct fib_rule_hdr),
	 rule},
};

/* The next notification of this type; others on the way are passed over. */
static const struct nlmsghdr *next_of_type(int fd, uint16_t type, struct netlink_answer *answer)
{
	for (int i = 0; i < 32; i++) {
		const struct nlmsghdr *h;

		if (netlink_receive(fd, answer) < 0)
			return NULL;
		h = answer_first(answer);
		if (h != NULL && h->nlmsg_type == type)
			return h;
	}
	return NULL;
}

/*
 * Nobody has to ask again and again.
 *
 * Whoever is in a group gets the same message that a dump would give, when something is added
 * or changed (`RTM_NEW...`) and when it goes (`RTM_DEL...`), whoever made the change. The port id
 * and the sequence number are those of the request that caused it. So programs hold a copy of the
 * kernel's tables: a dump once, then the notifications.
 *
 * Try it: `ip monitor` in one terminal, `ip addr add 192.0.2.77/32 dev lo` in another.
 */
CASE(hears_of_changes,
     .claim = "a member of a group gets RTM_NEW and RTM_DEL messages of changes, others get none",
     .level = LINUX, .spec = "rtnetlink(7); netlink(7) nl_groups; RFC 3549 3.1", .needs = "netlink",
     .topology = "pair", .tags = "netlink rtnetlink multicast", .VARIANTS(changes))
{
	const struct change_row *row = VARIANT(struct change_row);
	struct netlink_request add = row->request(true), del = row->request(false);
	int listener = netlink_listener(row->group), deaf = netlink_open(NETLINK_ROUTE);
	int fd = netlink_open(NETLINK_ROUTE);
	struct netlink_answer answer;
	const struct nlmsghdr *h;

	EXPECT_ERRNO(netlink_do(fd, &add), 0);
	h = next_of_type(listener, row->new_type, &answer);
	REQUIRE_TRUE(h != NULL);
	EXPECT_EQ(answer.groups, 1u << (row->group - 1));
	EXPECT_EQ(h->nlmsg_flags & NLM_F_MULTI, 0);
	OBSERVE("nlmsg_pid and nlmsg_seq of the request", "%s, %s",
		h->nlmsg_pid == netlink_port(fd) ? "yes" : "no",
		h->nlmsg_seq == add.header.nlmsg_seq ? "yes" : "no");
	EXPECT_ERRNO(netlink_do(fd, &del), 0);
	h = next_of_type(listener, row->del_type, &answer);
	REQUIRE_TRUE(h != NULL);
	EXPECT_GE(h->nlmsg_len, NLMSG_LENGTH(row->header));
	EXPECT_TRUE(netlink_is_silent(deaf));
}

/*
 * It says which group it came through.
 *
 * A message for a group has that group's bit in the sender's address; an answer to a request has
 * none. A program that does both on one socket can tell them apart.
 */
CASE(group_in_the_address,
     .claim = "the address of a notification has the bit of its group, and port id 0",
     .level = LINUX, .spec = "netlink(7) Address formats (nl_groups)", .needs = "netlink",
     .tags = "netlink rtnetlink multicast")
{
	struct netlink_request add = route4(true);
	struct sockaddr_nl from = {.nl_pid = 1};
	socklen_t length = sizeof(from);
	struct netlink_answer answer;
	int fd = netlink_open(NETLINK_ROUTE), listener = netlink_listener(RTNLGRP_IPV4_ROUTE);

	EXPECT_ERRNO(netlink_do(fd, &add), 0);
	answer.length = (size_t)EXPECT_OK(recvfrom(listener, answer.bytes, sizeof(answer.bytes), 0,
						   (struct sockaddr *)&from, &length));
	EXPECT_EQ(length, sizeof(from));
	EXPECT_EQ(from.nl_family, AF_NETLINK);
	EXPECT_EQ(from.nl_pid, 0);
	EXPECT_EQ(from.nl_groups, RTMGRP_IPV4_ROUTE);
	REQUIRE_TRUE(answer_first(&answer) != NULL);
	EXPECT_EQ(answer_first(&answer)->nlmsg_type, RTM_NEWROUTE);
	EXPECT_EQ(answer_first(&answer)->nlmsg_seq, add.header.nlmsg_seq);
	EXPECT_EQ(answer_first(&answer)->nlmsg_pid, netlink_port(fd));
}

/*
 * Which flags have changed?
 *
 * Turning an interface on gives `RTM_NEWLINK` with the flags as they are now, and in `ifi_change`
 * those that are different. Deleting it gives `RTM_DELLINK` with `ifi_change` all ones.
 */
CASE(what_changed_of_a_link,
     .claim = "ifi_change of a notification has IFF_UP when an interface was turned on",
     .level = ABI, .spec = "net/core/dev.c __dev_notify_flags(); rtnetlink(7) ifi_change",
     .needs = "netlink bridge", .tags = "netlink rtnetlink multicast link")
{
	int fd = netlink_open(NETLINK_ROUTE), index = link_make(fd, "br7", "bridge");
	int listener = netlink_listener(RTNLGRP_LINK);
	struct netlink_request up = request_up(index, true), del = bridge(false);
	const struct ifinfomsg *link;
	struct netlink_answer answer;
	const struct nlmsghdr *h;

	EXPECT_ERRNO(netlink_do(fd, &up), 0);
	h = next_of_type(listener, RTM_NEWLINK, &answer);
	REQUIRE_TRUE(h != NULL);
	link = NLMSG_DATA(h);
	EXPECT_EQ(link->ifi_index, index);
	EXPECT_EQ(link->ifi_change & IFF_UP, IFF_UP);
	EXPECT_EQ(link->ifi_flags & IFF_UP, IFF_UP);
	EXPECT_STREQ(attribute_text(ATTRIBUTE(h, struct ifinfomsg, IFLA_IFNAME)), "br7");
	EXPECT_ERRNO(netlink_do(fd, &del), 0);
	h = next_of_type(listener, RTM_DELLINK, &answer);
	REQUIRE_TRUE(h != NULL);
	link = NLMSG_DATA(h);
	EXPECT_EQ(link->ifi_index, index);
	EXPECT_EQ(link->ifi_change, UINT32_MAX);
}

/*
 * Tell me what became of it.
 *
 * With `NLM_F_ECHO` the requester itself gets the notification too, without being in a group: so it
 * learns what the kernel filled in, before the acknowledgement comes.
 */
CASE(echo,
     .claim = "NLM_F_ECHO sends the notification of a change to the requester, before the "
	      "acknowledgement",
     .level = RFC, .spec = "RFC 3549 2.3.2 (NLM_F_ECHO); netlink(7)", .needs = "netlink",
     .tags = "netlink rtnetlink")
{
	struct netlink_request add = route4(true), del = route4(false);
	struct netlink_answer answer;
	const struct nlmsghdr *h;
	int fd = netlink_open(NETLINK_ROUTE);

	add.header.nlmsg_flags |= NLM_F_ECHO;
	h = netlink_get(fd, &add, &answer);
	REQUIRE_TRUE(h != NULL);
	EXPECT_EQ(h->nlmsg_type, RTM_NEWROUTE);
	EXPECT_EQ(answer.groups, RTMGRP_IPV4_ROUTE);
	EXPECT_EQ(ntohl(attribute_u32(ATTRIBUTE(h, struct rtmsg, RTA_DST))), 0xc6336400);
	/* Without the flag there is the acknowledgement alone. */
	EXPECT_ERRNO(netlink_do(fd, &del), 0);
	EXPECT_TRUE(netlink_is_silent(fd));
}
