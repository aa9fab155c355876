/* SPDX-License-Identifier: MIT */
/* Who may change what. */
#include <arpa/inet.h>
#include <linux/capability.h>
#include <linux/fib_rules.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

static struct netlink_request set_link(void)
{
	return request_up(1, true);
}

static struct netlink_request new_address(void)
{
	return request_address(RTM_NEWADDR, NLM_F_CREATE | NLM_F_REPLACE, 1, "192.0.2.77", 32);
}

static struct netlink_request new_address6(void)
{
	return request_address(RTM_NEWADDR, NLM_F_CREATE | NLM_F_REPLACE, 1, "2001:db8::77", 128);
}

static struct netlink_request new_route(void)
{
	return request_route(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE, 1, "198.51.100.0", 24, 0);
}

static struct netlink_request new_neighbour(void)
{
	struct ndmsg header = {.ndm_family = AF_INET, .ndm_ifindex = 1, .ndm_state = NUD_PERMANENT};
	struct netlink_request r = REQUEST(RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_REPLACE, header);
	struct in_addr who = {htonl(0xc0000207)};

	request_add(&r, NDA_DST, &who, sizeof(who));
	request_add(&r, NDA_LLADDR, "\x02\x00\x00\x00\x00\x07", 6);
	return r;
}

static struct netlink_request new_rule(void)
{
	struct fib_rule_hdr header = {.family = AF_INET, .table = 77, .action = FR_ACT_TO_TBL};
	struct netlink_request r = REQUEST(RTM_NEWRULE, NLM_F_CREATE, header);

	request_add_u32(&r, FRA_PRIORITY, 777);
	return r;
}

struct change_row {
	struct variant variant;
	struct netlink_request (*request)(void);
};

static const struct change_row changes[] = {
	{{"link", NULL}, set_link},	      {{"address", NULL}, new_address},
	{{"address6", "ipv6"}, new_address6}, {{"route", NULL}, new_route},
	{{"neighbour", NULL}, new_neighbour}, {{"rule", "rules"}, new_rule},
};

/*
 * Anybody may look, few may touch.
 *
 * Changing the network takes `CAP_NET_ADMIN` in the user namespace that owns the network namespace.
 * The refusal is an answer, `NLMSG_ERROR` with `EPERM`, not a failure of send().
 *
 * Try it: `ip link set lo down` as an ordinary user.
 */
CASE(changes_need_privilege, .claim = "without CAP_NET_ADMIN, changes are answered with EPERM",
     .level = LINUX, .spec = "netlink(7); capabilities(7) CAP_NET_ADMIN", .needs = "netlink",
     .tags = "netlink rtnetlink privilege errno", .VARIANTS(changes))
{
	const struct change_row *row = VARIANT(struct change_row);
	struct netlink_request allowed = row->request(), refused = row->request();
	int fd = netlink_open(NETLINK_ROUTE);

	EXPECT_ERRNO(netlink_do(fd, &allowed), 0);
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	fd = netlink_open(NETLINK_ROUTE);
	EXPECT_ERRNO(netlink_do(fd, &refused), EPERM);
}

static void count_entry(const struct nlmsghdr *h, void *context)
{
	(void)h;
	++*(int *)context;
}

/* Lists and single questions are free for all, and so are the groups of NETLINK_ROUTE. */
CASE(looking_needs_none,
     .claim = "without CAP_NET_ADMIN, lists, questions and notifications are open", .level = LINUX,
     .spec = "netlink(7); rtnetlink(7); capabilities(7)", .needs = "netlink",
     .tags = "netlink rtnetlink privilege dump")
{
	struct ifinfomsg all = {0}, lo = {.ifi_index = 1};
	struct netlink_request list = REQUEST(RTM_GETLINK, NLM_F_DUMP, all);
	struct netlink_request one = REQUEST(RTM_GETLINK, 0, lo);
	struct netlink_request change = new_route();
	struct netlink_answer answer;
	int privileged = netlink_open(NETLINK_ROUTE), fd, listener, count = 0;

	listener = netlink_listener(RTNLGRP_IPV4_ROUTE);
	EXPECT_ERRNO(netlink_do(privileged, &change), 0);
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	fd = netlink_open(NETLINK_ROUTE);
	EXPECT_OK(netlink_listener(RTNLGRP_IPV4_ROUTE));
	EXPECT_EQ(netlink_dump(fd, &list, count_entry, &count), 1);
	EXPECT_TRUE(netlink_get(fd, &one, &answer) != NULL);
	EXPECT_GT(netlink_receive(listener, &answer), 0);
}

struct moment_row {
	struct variant variant;
	bool open_before;
};

static const struct moment_row moments[] = {
	{{"opened_with", NULL}, true},
	{{"opened_without", NULL}, false},
};

/* In the child: gives up the capability before or after it opens the socket, and asks for a change.
 */
static int change_without(void *context)
{
	const struct moment_row *row = context;
	struct netlink_request change = new_route();
	int fd = -1;

	if (row->open_before)
		fd = netlink_open(NETLINK_ROUTE);
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	if (!row->open_before)
		fd = netlink_open(NETLINK_ROUTE);
	EXPECT_ERRNO(netlink_do(fd, &change), EPERM);
	return 0;
}

/*
 * The socket does not keep the privilege.
 *
 * Who sends counts, not only who opened: a process that gave its capability up can no longer change
 * anything with a socket from before. (The opener counts as well, so that a privileged program
 * which is made to write to a stranger's descriptor does no harm.)
 */
CASE(who_sends_counts,
     .claim = "a process that gave up CAP_NET_ADMIN gets EPERM also on a socket from before",
     .level = ABI, .spec = "net/netlink/af_netlink.c netlink_ns_capable(); capabilities(7)",
     .needs = "netlink", .tags = "netlink rtnetlink privilege errno", .VARIANTS(moments))
{
	struct moment_row row = *VARIANT(struct moment_row);
	struct netlink_request change = new_route();
	int fd = netlink_open(NETLINK_ROUTE);

	EXPECT_EQ(wait_child(start_child(change_without, &row)), 0);
	EXPECT_ERRNO(netlink_do(fd, &change), 0);
}

/* In the child, which has no privilege: opens a socket and hands it to its parent. */
static int open_without(void *context)
{
	int channel = *(int *)context, fd;
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control = {.header = {.cmsg_len = CMSG_LEN(sizeof(int)),
				.cmsg_level = SOL_SOCKET,
				.cmsg_type = SCM_RIGHTS}};
	struct iovec part = {(char *)"x", 1};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control.bytes,
				 .msg_controllen = sizeof(control)};

	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	fd = netlink_open(NETLINK_ROUTE);
	memcpy(CMSG_DATA(&control.header), &fd, sizeof(fd));
	EXPECT_EQ(sendmsg(channel, &message, 0), 1);
	return 0;
}

/* Both must have it: the one who opened the socket, and the one who sends on it. */
CASE(who_opened_counts_too,
     .claim = "on a socket that was opened without CAP_NET_ADMIN, a privileged sender gets EPERM",
     .level = ABI,
     .spec = "net/netlink/af_netlink.c netlink_ns_capable(); net/core/sock.c sk_ns_capable(); "
	     "capabilities(7)",
     .needs = "netlink", .tags = "netlink rtnetlink privilege errno")
{
	struct pair channel = unix_pair(SOCK_DGRAM);
	struct netlink_request refused = new_route(), allowed = new_route();
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control;
	char byte;
	struct iovec part = {&byte, 1};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control.bytes,
				 .msg_controllen = sizeof(control)};
	int fd, own = netlink_open(NETLINK_ROUTE);

	EXPECT_EQ(wait_child(start_child(open_without, &channel.client)), 0);
	EXPECT_EQ(recvmsg(channel.server, &message, 0), 1);
	EXPECT_EQ(message.msg_flags, 0);
	REQUIRE_TRUE(message.msg_controllen == sizeof(control));
	memcpy(&fd, CMSG_DATA(&control.header), sizeof(fd));
	EXPECT_ERRNO(netlink_do(fd, &refused), EPERM);
	EXPECT_ERRNO(netlink_do(own, &allowed), 0);
}
