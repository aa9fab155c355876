/* SPDX-License-Identifier: MIT */
/* Options of SOL_NETLINK that are neither about groups nor about acknowledgements. */
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "harness/names/names.h"
#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

struct option_row {
	struct variant variant;
	int option;
};

static const struct option_row switches[] = {
	{{"pktinfo", NULL}, NETLINK_PKTINFO},
	{{"broadcast_error", NULL}, NETLINK_BROADCAST_ERROR},
	{{"no_enobufs", NULL}, NETLINK_NO_ENOBUFS},
	{{"cap_ack", NULL}, NETLINK_CAP_ACK},
	{{"ext_ack", NULL}, NETLINK_EXT_ACK},
	{{"get_strict_chk", "netlink_strict"}, NETLINK_GET_STRICT_CHK},
};

/*
 * Switches: 0 or 1.
 *
 * Any other number but 0 counts as 1. The value is an int; getsockopt() into a shorter buffer fails
 * with `EINVAL`. What they do is shown in cases of their own.
 */
CASE(switches_are_read_back,
     .claim = "the switches of SOL_NETLINK are off at first, and read back as 0 or 1",
     .level = LINUX, .spec = "netlink(7) Socket options; getsockopt(2) EINVAL", .needs = "netlink",
     .tags = "netlink option errno", .VARIANTS(switches))
{
	int option = VARIANT(struct option_row)->option, fd = netlink_open(NETLINK_ROUTE),
	    value = 7;
	socklen_t length = sizeof(value) - 1;

	EXPECT_EQ(get_int(fd, SOL_NETLINK, option), 0);
	EXPECT_OK(setsockopt(fd, SOL_NETLINK, option, &value, sizeof(value)));
	EXPECT_EQ(get_int(fd, SOL_NETLINK, option), 1);
	EXPECT_ERR(getsockopt(fd, SOL_NETLINK, option, &value, &length), EINVAL);
	EXPECT_OK(set_int(fd, SOL_NETLINK, option, 0));
	length = 8;
	EXPECT_OK(getsockopt(fd, SOL_NETLINK, option, &value, &length));
	EXPECT_EQ(length, sizeof(value));
	EXPECT_EQ(value, 0);
}

/*
 * Too short a value turns off.
 *
 * Elsewhere setsockopt() with fewer bytes than an int fails with `EINVAL`. Netlink reads nothing
 * then and takes the number for 0: the call succeeds, and the switch is off.
 */
CASE(short_value, .claim = "setsockopt() with less than an int sets a switch of SOL_NETLINK to 0",
     .level = OBSERVED,
     .spec = "setsockopt(2) EINVAL; net/netlink/af_netlink.c netlink_setsockopt()",
     .needs = "netlink", .tags = "netlink option", .VARIANTS(switches))
{
	int option = VARIANT(struct option_row)->option, fd = netlink_open(NETLINK_ROUTE), one = 1,
	    result;

	EXPECT_OK(setsockopt(fd, SOL_NETLINK, option, &one, sizeof(one)));
	EXPECT_EQ(get_int(fd, SOL_NETLINK, option), 1);
	result = setsockopt(fd, SOL_NETLINK, option, &one, sizeof(one) - 1);
	OBSERVE("setsockopt", "%s", result == 0 ? "taken" : names_errno(errno));
	EXPECT_EQ(get_int(fd, SOL_NETLINK, option), result == 0 ? 0 : 1);
}

/* Joining and leaving are actions, and cannot be read. The levels of other families are not there.
 */
/*
 * Rings that were.
 *
 * From Linux 3.10 to 4.5 netlink had rings of shared memory, as packet sockets have
 * (packet_ring); `NETLINK_RX_RING` and `NETLINK_TX_RING` made them. Nobody could check a message
 * in memory that its sender still writes to, and they were taken out. The numbers remain, and are
 * refused like those that never were.
 */
CASE(rings_are_gone,
     .claim =
	     "NETLINK_RX_RING and NETLINK_TX_RING, which Linux 4.6 took out, fail with ENOPROTOOPT",
     .level = LINUX, .spec = "Linux 4.6, commit d1b4c689d413; setsockopt(2) ENOPROTOOPT",
     .needs = "netlink", .tags = "netlink option errno")
{
	/* struct nl_mmap_req: a block's size and number, a frame's size and number. */
	unsigned int ring[4] = {4096, 1, 2048, 2};
	int fd = netlink_open(NETLINK_ROUTE);

	EXPECT_ERR(setsockopt(fd, SOL_NETLINK, NETLINK_RX_RING, ring, sizeof(ring)), ENOPROTOOPT);
	EXPECT_ERR(setsockopt(fd, SOL_NETLINK, NETLINK_TX_RING, ring, sizeof(ring)), ENOPROTOOPT);
	EXPECT_OK(set_int(fd, SOL_NETLINK, NETLINK_PKTINFO, 1));
}

CASE(no_such_option, .claim = "options that are not of SOL_NETLINK fail with ENOPROTOOPT",
     .level = LINUX, .spec = "setsockopt(2), getsockopt(2) ENOPROTOOPT; netlink(7)",
     .needs = "netlink", .tags = "netlink option errno")
{
	int fd = netlink_open(NETLINK_ROUTE), value = 1;
	socklen_t length = sizeof(value);

	EXPECT_ERR(set_int(fd, SOL_NETLINK, 9999, 1), ENOPROTOOPT);
	EXPECT_ERR(getsockopt(fd, SOL_NETLINK, 9999, &value, &length), ENOPROTOOPT);
	EXPECT_ERR(getsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &value, &length),
		   ENOPROTOOPT);
	EXPECT_ERR(set_int(fd, IPPROTO_TCP, NETLINK_PKTINFO, 1), ENOPROTOOPT);
	EXPECT_OK(set_int(fd, SOL_NETLINK, NETLINK_PKTINFO, 1));
}

/* recvmsg() of a datagram: its control message NETLINK_PKTINFO, or 0 for none. */
static uint32_t group_of(int fd)
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(struct nl_pktinfo))];
	} control;
	static char data[8192];
	struct iovec part = {data, sizeof(data)};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control.bytes,
				 .msg_controllen = sizeof(control)};
	struct nl_pktinfo info;

	REQUIRE_OK(recvmsg(fd, &message, 0));
	EXPECT_EQ(message.msg_flags, 0);
	if (message.msg_controllen == 0)
		return UINT32_MAX;
	EXPECT_EQ(message.msg_controllen, sizeof(control));
	EXPECT_EQ(control.header.cmsg_level, SOL_NETLINK);
	EXPECT_EQ(control.header.cmsg_type, NETLINK_PKTINFO);
	EXPECT_EQ(control.header.cmsg_len, CMSG_LEN(sizeof(info)));
	memcpy(&info, CMSG_DATA(&control.header), sizeof(info));
	return info.group;
}

/*
 * Through which group?
 *
 * The sender's address has bits for the first 32 groups only. `NETLINK_PKTINFO` gives the number of
 * the group in a control message, for any of them; for an answer the number is 0.
 */
CASE(number_of_the_group,
     .claim = "with NETLINK_PKTINFO each message carries the number of its group, 0 for none",
     .level = LINUX, .spec = "netlink(7) NETLINK_PKTINFO", .needs = "netlink",
     .tags = "netlink option cmsg multicast")
{
	struct netlink_request first =
		request_route(RTM_NEWROUTE, NLM_F_CREATE, 1, "198.51.100.0", 24, 1);
	struct netlink_request second =
		request_route(RTM_NEWROUTE, NLM_F_CREATE, 1, "198.51.100.0", 24, 2);
	struct netlink_request noop = netlink_request_of(NLMSG_NOOP, NLM_F_ACK, NULL, 0);
	int fd = netlink_open(NETLINK_ROUTE), listener = netlink_listener(RTNLGRP_IPV4_ROUTE);

	EXPECT_ERRNO(netlink_do(fd, &first), 0);
	EXPECT_EQ(group_of(listener), UINT32_MAX);
	EXPECT_OK(set_int(listener, SOL_NETLINK, NETLINK_PKTINFO, 1));
	EXPECT_ERRNO(netlink_do(fd, &second), 0);
	EXPECT_EQ(group_of(listener), RTNLGRP_IPV4_ROUTE);
	EXPECT_EQ(netlink_send(listener, &noop), NLMSG_HDRLEN);
	EXPECT_EQ(group_of(listener), 0);
}

static void count_entry(const struct nlmsghdr *h, void *context)
{
	(void)h;
	++*(int *)context;
}

static void count_index_1(const struct nlmsghdr *h, void *context)
{
	*(int *)context += ((const struct ifaddrmsg *)NLMSG_DATA(h))->ifa_index == 1;
}

/*
 * Read what I wrote.
 *
 * For years the kernel ignored what a dump request said beyond its family, and programs sent
 * whatever they liked there. `NETLINK_GET_STRICT_CHK` makes it look: fields that filter do filter
 * (`NLM_F_DUMP_FILTERED` says so), and others must be 0.
 */
CASE(strict_dump,
     .claim = "with NETLINK_GET_STRICT_CHK a dump of addresses is only of the interface that it "
	      "names",
     .level = LINUX, .spec = "netlink(7) NETLINK_GET_STRICT_CHK", .needs = "netlink netlink_strict",
     .topology = "pair", .tags = "netlink rtnetlink option dump")
{
	struct ifaddrmsg of_lo = {.ifa_family = AF_INET, .ifa_index = 1};
	struct netlink_request r = REQUEST(RTM_GETADDR, NLM_F_DUMP, of_lo);
	int fd = netlink_open(NETLINK_ROUTE), on_lo = 0;

	EXPECT_EQ(netlink_dump(fd, &r, count_index_1, &on_lo), 2);
	EXPECT_EQ(on_lo, 1);
	EXPECT_OK(set_int(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, 1));
	on_lo = 0;
	EXPECT_EQ(netlink_dump(fd, &r, count_index_1, &on_lo), 1);
	EXPECT_EQ(on_lo, 1);
}

struct strict_row {
	struct variant variant;
	uint16_t type;
	struct ifaddrmsg header; /* has the size of struct rtmsg less 4 bytes */
	size_t size;
};

static const struct strict_row strict_rows[] = {
	{{"unused_field", NULL}, RTM_GETADDR, {.ifa_family = AF_INET, .ifa_prefixlen = 8}, 8},
	{{"short_header", NULL}, RTM_GETADDR, {.ifa_family = AF_INET}, 1},
	{{"unknown_interface", NULL}, RTM_GETADDR, {.ifa_family = AF_INET, .ifa_index = 4242}, 8},
};

/*
 * And say what is wrong.
 *
 * Fields that mean nothing in a dump are errors then, as is a header that is too short: old
 * programs send only the family's byte.
 */
CASE(strict_errors,
     .claim = "with NETLINK_GET_STRICT_CHK a dump fails for fields that without it are ignored",
     .level = LINUX, .spec = "netlink(7) NETLINK_GET_STRICT_CHK", .needs = "netlink netlink_strict",
     .tags = "netlink rtnetlink option dump errno", .VARIANTS(strict_rows))
{
	const struct strict_row *row = VARIANT(struct strict_row);
	struct netlink_request r =
		netlink_request_of(row->type, NLM_F_DUMP, &row->header, row->size);
	int fd = netlink_open(NETLINK_ROUTE), count = 0;

	EXPECT_GT(netlink_dump(fd, &r, count_entry, &count), 0);
	EXPECT_OK(set_int(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, 1));
	EXPECT_ERR(netlink_dump(fd, &r, count_entry, &count),
		   row->header.ifa_index != 0 ? ENODEV : EINVAL);
}

/* Makes a change on host b: a route through its loopback interface. */
static void change_on_b(uint32_t priority)
{
	struct netlink_request add =
		request_route(RTM_NEWROUTE, NLM_F_CREATE, 1, "198.51.100.0", 24, priority);
	int fd = SETUP(host_socket("b", AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));

	REQUIRE_EQ(netlink_do(fd, &add), 0);
}

/*
 * From other namespaces.
 *
 * A host hears of its own interfaces only. `NETLINK_LISTEN_ALL_NSID` adds those of other network
 * namespaces that have an id here, as the one at the other end of a link has; each message says in
 * a control message which one it is from. Those of the own namespace have none.
 *
 * Try it: `ip monitor all-nsid`.
 */
CASE(all_namespaces,
     .claim = "with NETLINK_LISTEN_ALL_NSID messages of a neighbouring namespace come, with its id",
     .level = LINUX, .spec = "netlink(7) NETLINK_LISTEN_ALL_NSID; ip-monitor(8) all-nsid",
     .needs = "netlink", .topology = "pair", .tags = "netlink option multicast cmsg")
{
	struct netlink_request add =
		request_route(RTM_NEWROUTE, NLM_F_CREATE, 1, "198.51.100.0", 24, 1);
	struct ifinfomsg link = {.ifi_index = 10};
	struct netlink_request of_link = REQUEST(RTM_GETLINK, 0, link);
	int fd = netlink_open(NETLINK_ROUTE), listener = netlink_listener(RTNLGRP_IPV4_ROUTE),
	    id = -1;
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control;
	struct netlink_answer answer;
	struct iovec part = {answer.bytes, sizeof(answer.bytes)};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control.bytes};
	const struct nlmsghdr *h;

	/* The other end of eth0 is in b's namespace, and this is its id. */
	h = netlink_get(fd, &of_link, &answer);
	REQUIRE_TRUE(ATTRIBUTE(h, struct ifinfomsg, IFLA_LINK_NETNSID) != NULL);
	id = (int)attribute_u32(ATTRIBUTE(h, struct ifinfomsg, IFLA_LINK_NETNSID));
	change_on_b(1);
	EXPECT_TRUE(netlink_is_silent(listener));

	EXPECT_OK(set_int(listener, SOL_NETLINK, NETLINK_LISTEN_ALL_NSID, 1));
	change_on_b(2);
	message.msg_controllen = sizeof(control);
	EXPECT_OK(recvmsg(listener, &message, 0));
	REQUIRE_EQ(message.msg_controllen, sizeof(control));
	EXPECT_EQ(control.header.cmsg_level, SOL_NETLINK);
	EXPECT_EQ(control.header.cmsg_type, NETLINK_LISTEN_ALL_NSID);
	EXPECT_EQ(control.header.cmsg_len, CMSG_LEN(sizeof(int)));
	EXPECT_MEMEQ(CMSG_DATA(&control.header), &id, sizeof(id));

	EXPECT_ERRNO(netlink_do(fd, &add), 0);
	message.msg_controllen = sizeof(control);
	EXPECT_OK(recvmsg(listener, &message, 0));
	EXPECT_EQ(message.msg_controllen, 0);
	EXPECT_OK(set_int(listener, SOL_NETLINK, NETLINK_LISTEN_ALL_NSID, 0));
	change_on_b(3);
	EXPECT_TRUE(netlink_is_silent(listener));
}
