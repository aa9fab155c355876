/* SPDX-License-Identifier: MIT */
/* Looking on: an interface that shows the netlink messages of a host. */
#include <arpa/inet.h>
#include <net/if_arp.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/rtnetlink.h>
#include <poll.h>
#include <sys/socket.h>

#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

#ifndef ARPHRD_NETLINK
#define ARPHRD_NETLINK 824 /* linux/if_arp.h, which cannot be included beside net/if.h */
#endif

/*
 * tcpdump for netlink.
 *
 * An interface of kind "nlmon" carries no traffic: it shows copies of all netlink messages of its
 * network, to packet sockets that are bound to it. The protocol of such a packet is the protocol
 * of netlink. <linux/if_packet.h> has types for the way that a message went, `PACKET_KERNEL` and
 * `PACKET_USER`, and the copies are marked with them; but what a packet socket is given has passed
 * the place where all packets that leave by an interface become `PACKET_OUTGOING`.
 *
 * Try it: `ip link add nlmon0 type nlmon; ip link set nlmon0 up; tcpdump -i nlmon0 -w file`.
 */
CASE(requests_and_answers,
     .claim = "a packet socket on an nlmon interface gets requests and answers, as PACKET_OUTGOING",
     .level = OBSERVED,
     .spec = "Linux 3.11, commit e4fc408e0e99; linux/if_packet.h, against net/core/dev.c "
	     "dev_queue_xmit_nit()",
     .needs = "nlmon packet netlink", .tags = "netlink packet")
{
	int fd = netlink_open(NETLINK_ROUTE), index = link_make(fd, "nlmon0", "nlmon");
	struct netlink_request up = request_up(index, true);
	struct sockaddr_ll where = {
		.sll_family = AF_PACKET, .sll_ifindex = index, .sll_protocol = htons(ETH_P_ALL)};
	struct ifinfomsg link = {.ifi_index = 1};
	struct netlink_request get = REQUEST(RTM_GETLINK, 0, link);
	struct netlink_answer answer;
	int tap = SETUP(socket(AF_PACKET, SOCK_RAW, 0));

	REQUIRE_EQ(netlink_do(fd, &up), 0);
	SETUP(bind(tap, (struct sockaddr *)&where, sizeof(where)));
	REQUIRE_TRUE(netlink_get(fd, &get, &answer) != NULL);

	for (int i = 0; i < 2; i++) {
		_Alignas(struct nlmsghdr) char copy[32768];
		const struct nlmsghdr *h = (const struct nlmsghdr *)copy;
		struct sockaddr_ll from = {0};
		socklen_t length = sizeof(from);
		ssize_t got;

		REQUIRE_EQ(wait_for(tap, POLLIN, SOON_MS), POLLIN);
		got = recvfrom(tap, copy, sizeof(copy), 0, (struct sockaddr *)&from, &length);
		REQUIRE_TRUE(got >= (ssize_t)sizeof(*h));
		EXPECT_EQ(from.sll_hatype, ARPHRD_NETLINK);
		EXPECT_EQ(ntohs(from.sll_protocol), NETLINK_ROUTE);
		EXPECT_EQ(h->nlmsg_seq, get.header.nlmsg_seq);
		EXPECT_EQ(h->nlmsg_type, i == 0 ? RTM_GETLINK : RTM_NEWLINK);
		EXPECT_EQ(from.sll_pkttype, PACKET_OUTGOING);
	}
}
