/* SPDX-License-Identifier: MIT */
/* The queue before the link: what a socket is told when it is full. */
#include <arpa/inet.h>
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "suites/netlink/netlink_help.h"
#include "suites/packet/packet_help.h"

#include "harness/case.h"

/*
 * Puts a queue of this many packets before host a's eth0: "pfifo limit PACKETS". Where there was
 * one, its limit changes.
 */
static void set_queue(uint32_t packets)
{
	struct tc_fifo_qopt options = {packets};
	struct tcmsg where = {.tcm_ifindex = A_ETH0, .tcm_parent = TC_H_ROOT};
	int fd = netlink_open(NETLINK_ROUTE);
	struct netlink_request r = REQUEST(RTM_NEWQDISC, NLM_F_CREATE | NLM_F_REPLACE, where);

	request_add_text(&r, TCA_KIND, "pfifo");
	request_add(&r, TCA_OPTIONS, &options, sizeof(options));
	REQUIRE_EQ(netlink_do(fd, &r), 0);
}

enum call { SEND, SENDTO, SENDMSG, CALLS };

/* One byte over a connected socket. */
static ssize_t transmit(enum call call, int fd)
{
	struct iovec part = {"x", 1};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	if (call == SEND)
		return send(fd, "x", 1, 0);
	if (call == SENDTO)
		return sendto(fd, "x", 1, 0, NULL, 0);
	return sendmsg(fd, &message, 0);
}

static const struct family_row udp_families[] = {
	{{"v4", NULL}, AF_INET},
	{{"v6", "ipv6"}, AF_INET6},
};

/*
 * Lost on the way, and the way begins here.
 *
 * Before every link stands a queue. When it is full the packet is dropped, and UDP says nothing
 * of it: datagrams get lost anyway, and a program that must know asks its peer. A socket that
 * asked for errors, with `IP_RECVERR`, is told of this one as well: `ENOBUFS`. That is a chance
 * to send more slowly. It is no promise: what is lost on the second link nobody reports.
 *
 * Here the queue takes no packet at all.
 *
 * Try it: `tc qdisc replace dev eth0 root pfifo limit 0`, and ping: "No buffer space available".
 */
CASE(full_queue,
     .claim = "what finds the link's queue full is lost; with IP_RECVERR send(), sendto() and "
	      "sendmsg() of UDP say ENOBUFS",
     .level = LINUX, .spec = "ip(7) IP_RECVERR; send(2) ERRORS ENOBUFS; tc-pfifo(8)",
     .topology = "pair", .needs = "qdisc", .tags = "udp queue errno", .VARIANTS(udp_families))
{
	bool v6 = VARIANT(struct family_row)->family == AF_INET6;
	struct address to = address_of(v6 ? "2001:db8::2" : "192.0.2.2", 9000);
	int fd = host_socket("a", to.any.sa_family, SOCK_DGRAM, 0);
	int receiver = host_socket("b", to.any.sa_family, SOCK_DGRAM, 0);
	char byte;

	SETUP(bind(receiver, ADDRESS(to)));
	SETUP(connect(fd, ADDRESS(to)));
	/* The neighbour's address is found out while packets still get through. */
	SETUP(send(fd, "x", 1, 0));
	REQUIRE_EQ(wait_for(receiver, POLLIN, SOON_MS), POLLIN);
	SETUP(recv(receiver, &byte, 1, 0));

	set_queue(0);
	for (enum call call = 0; call < CALLS; call++)
		EXPECT_EQ(transmit(call, fd), 1);
	EXPECT_OK(set_int(fd, v6 ? SOL_IPV6 : SOL_IP, v6 ? IPV6_RECVERR : IP_RECVERR, 1));
	for (enum call call = 0; call < CALLS; call++)
		EXPECT_ERR(transmit(call, fd), ENOBUFS);

	set_queue(10);
	for (enum call call = 0; call < CALLS; call++) {
		EXPECT_EQ(transmit(call, fd), 1);
		REQUIRE_EQ(wait_for(receiver, POLLIN, SOON_MS), POLLIN);
		EXPECT_EQ(recv(receiver, &byte, 1, 0), 1);
	}
	/* Those before were lost, all six. */
	EXPECT_ERR(recv(receiver, &byte, 1, MSG_DONTWAIT), EAGAIN);
}

/*
 * A packet socket stands directly before the queue, and is told without asking.
 *
 * There is no protocol that would make up for the loss. TCP, on the other hand, does not pass
 * it on: the segment is sent again later, like one that got lost anywhere else.
 */
CASE(full_queue_for_frames,
     .claim = "sendto() of a packet socket to a link whose queue is full fails with ENOBUFS",
     .level = LINUX, .spec = "packet(7) ERRORS ENOBUFS", .topology = "pair",
     .needs = "qdisc packet", .tags = "packet queue errno")
{
	int receiver = packet_socket("b", SOCK_DGRAM, B_ETH0, EXPERIMENT);
	int fd = packet_socket("a", SOCK_RAW, 0, 0);
	char got[16] = "";

	set_queue(0);
	EXPECT_ERR(send_text(fd, mac_b, "lost"), ENOBUFS);
	set_queue(1);
	EXPECT_EQ(send_text(fd, mac_b, "sent"), ETH_HLEN + 4);
	EXPECT_EQ(packet_receive(receiver, got, sizeof(got), NULL), 4);
	EXPECT_MEMEQ(got, "sent", 4);
}
