/* SPDX-License-Identifier: MIT */
/* What messages of netlink look like in the record, and the tables beside interfaces. */
#include "harness/selftest/calls_support.h"
#include "harness/selftest/selftest.h"

#include "harness/calls/show_ioctl.h"
#include "harness/calls/show_netlink.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/xfrm.h>
#include <net/if_arp.h>
#include <net/route.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static char buffer[1400];

static const char *messages(int protocol, const void *data, size_t length)
{
	struct text t;

	text_begin(&t, buffer, sizeof(buffer));
	if (!show_netlink_messages(&t, protocol, data, length))
		text_string(&t, "(none)");
	text_finish(&t);
	return buffer;
}

struct route_request {
	struct nlmsghdr header;
	struct rtmsg route;
	struct nlattr attribute;
	uint32_t interface;
};

static struct route_request request(uint16_t type, uint16_t flags)
{
	return (struct route_request){
		.header = {sizeof(struct route_request), type, (uint16_t)(NLM_F_REQUEST | flags), 7,
			   9},
		.route = {.rtm_family = AF_INET, .rtm_dst_len = 24, .rtm_table = RT_TABLE_MAIN},
		.attribute = {NLA_HDRLEN + 4, RTA_OIF},
		.interface = 1,
	};
}

#define ROUTE                                                                                      \
	"seq=7, pid=9, rtm_family=AF_INET, rtm_dst_len=24, rtm_src_len=0, rtm_tos=0x00, "          \
	"rtm_table=MAIN, rtm_protocol=UNSPEC, rtm_scope=UNIVERSE, rtm_type=UNSPEC, "               \
	"rtm_flags=0x00000000, RTA_OIF=1}"

SELFTEST(netlink_messages)
{
	struct route_request r[2] = {request(RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL),
				     request(RTM_GETROUTE, NLM_F_DUMP)};
	struct nlmsghdr xfrm = {sizeof(xfrm), XFRM_MSG_NEWSA, 0, 1, 2},
			unknown = {sizeof(unknown), 4242, 0, 1, 2};

	CU_ASSERT(same(messages(NETLINK_ROUTE, &r[0], sizeof(r[0])),
		       "[{RTM_NEWROUTE, NLM_F_REQUEST|NLM_F_EXCL|NLM_F_CREATE, " ROUTE "]"));
	CU_ASSERT(same(messages(NETLINK_ROUTE, r, sizeof(r)),
		       "[{RTM_NEWROUTE, NLM_F_REQUEST|NLM_F_EXCL|NLM_F_CREATE, " ROUTE
		       ", {RTM_GETROUTE, NLM_F_REQUEST|NLM_F_DUMP, " ROUTE "]"));
	CU_ASSERT(same(messages(NETLINK_XFRM, &xfrm, sizeof(xfrm)),
		       "[{XFRM_MSG_NEWSA, 0, seq=1, pid=2}]"));
	CU_ASSERT(same(messages(NETLINK_XFRM, &unknown, sizeof(unknown)),
		       "[{4242, 0, seq=1, pid=2}]"));
}

/* A program may send what it likes, and receive less than there was. */
SELFTEST(netlink_messages_that_are_wrong)
{
	struct route_request r = request(RTM_DELROUTE, 0);
	char filler[4096] = {0};

	CU_ASSERT(same(messages(NETLINK_ROUTE, &r, 16),
		       "[{RTM_DELROUTE, len=36, NLM_F_REQUEST, seq=7, pid=9}]"));
	CU_ASSERT(same(messages(NETLINK_ROUTE, &r, 15), "(none)"));
	CU_ASSERT(same(messages(NETLINK_USERSOCK, &r, sizeof(r)), "(none)"));
	CU_ASSERT(same(messages(NETLINK_KOBJECT_UEVENT, &r, sizeof(r)), "(none)"));
	CU_ASSERT(same(messages(NETLINK_ROUTE, NULL, 16), "(none)"));
	CU_ASSERT(same(messages(NETLINK_ROUTE, (void *)1, 16), "(none)"));
	r.header.nlmsg_len = 15;
	CU_ASSERT(same(messages(NETLINK_ROUTE, &r, sizeof(r)), "(none)"));
	/* Many small ones: the rest is counted. */
	for (size_t i = 0; i < sizeof(filler); i += NLMSG_HDRLEN) {
		struct nlmsghdr h = {NLMSG_HDRLEN, NLMSG_NOOP, 0, (uint32_t)i, 0};

		memcpy(filler + i, &h, sizeof(h));
	}
	CU_ASSERT(starts(messages(NETLINK_ROUTE, filler, sizeof(filler)),
			 "[{NLMSG_NOOP, 0, seq=0, pid=0}, {NLMSG_NOOP, 0, seq=16, pid=0}, "));
	CU_ASSERT_PTR_NOT_NULL(strstr(buffer, ", ...] (4096 bytes)"));
}

SELFTEST(netlink_calls)
{
	struct nlmsghdr noop = {sizeof(noop), NLMSG_NOOP, NLM_F_REQUEST | NLM_F_ACK, 5, 0};
	int fd = socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE), group = RTNLGRP_LINK;
	struct {
		struct nlmsghdr header;
		struct nlmsgerr error;
	} answer;

	recording_start();
	CU_ASSERT_EQUAL(send(fd, &noop, sizeof(noop), 0), sizeof(noop));
	CU_ASSERT(same(argument("send", "buf"),
		       "[{NLMSG_NOOP, NLM_F_REQUEST|NLM_F_ACK, seq=5, pid=0}]"));
	CU_ASSERT_EQUAL(recv(fd, &answer, sizeof(answer), MSG_DONTWAIT), sizeof(answer));
	CU_ASSERT(starts(argument("recv", "buf"), "[{NLMSG_ERROR, NLM_F_CAPPED, seq=5, pid="));
	CU_ASSERT_PTR_NOT_NULL(strstr(argument("recv", "buf"),
				      "error=0, Request=NLMSG_NOOP {type=NLMSG_NOOP, "
				      "NLM_F_REQUEST|NLM_F_ACK, seq=5, pid=0}}]"));
	CU_ASSERT_EQUAL(setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group)),
			0);
	CU_ASSERT(same(argument("setsockopt", "optval"), "[RTNLGRP_LINK]"));
	recording_stop();
	close(fd);
}

SELFTEST(tables_of_interfaces)
{
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0xc0000207)};
	struct arpreq arp = {.arp_flags = ATF_PERM, .arp_dev = "eth0"};
	struct rtentry route = {.rt_flags = RTF_UP | RTF_HOST, .rt_metric = 3};
	struct text t;

	memcpy(&arp.arp_pa, &address, sizeof(address));
	memcpy(&route.rt_dst, &address, sizeof(address));
	text_begin(&t, buffer, sizeof(buffer));
	show_arpreq(&t, &arp);
	text_finish(&t);
	CU_ASSERT(same(buffer, "{{AF_INET, 192.0.2.7:0}, 00:00:00:00:00:00, ATF_PERM, \"eth0\"}"));
	text_begin(&t, buffer, sizeof(buffer));
	show_rtentry(&t, &route);
	show_arpreq(&t, NULL);
	show_rtentry(&t, (void *)1);
	show_ifconf(&t, (void *)1, true);
	text_finish(&t);
	CU_ASSERT(starts(buffer, "{dst={AF_INET, 192.0.2.7:0}, gateway={AF_UNSPEC, "));
	CU_ASSERT_PTR_NOT_NULL(strstr(buffer, "flags=RTF_UP|RTF_HOST, metric=3}NULL0x10x1"));
}
