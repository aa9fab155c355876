/* SPDX-License-Identifier: MIT */
/* Receiving: lengths, flags, times. */
#include <arpa/inet.h>
#include <linux/net_tstamp.h>
#include <linux/sockios.h>
#include <net/if_arp.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>

#include <linux/errqueue.h>

#include "suites/packet/packet_help.h"
#include "suites/socket/stamps.h"

#include "harness/case.h"

/*
 * One frame, one receive.
 *
 * What does not fit into the buffer is lost; recvmsg() then says `MSG_TRUNC`, and given as
 * a flag it makes the call return the length that the frame really had. `MSG_PEEK` leaves
 * the frame in the queue, to look first how much room it needs.
 */
CASE(short_buffer,
     .claim = "a frame longer than the buffer is cut and marked MSG_TRUNC; the flag MSG_TRUNC "
	      "returns its whole length",
     .level = LINUX, .spec = "packet(7); recv(2) MSG_TRUNC, MSG_PEEK", .needs = "packet",
     .tags = "packet receive")
{
	static const uint8_t zeros[ETH_ALEN];
	int fd = packet_socket("a", SOCK_DGRAM, 1, EXPERIMENT);
	struct sockaddr_ll lo = link_address(1, EXPERIMENT, NULL), from;
	char got[4] = "";
	struct iovec part = {got, sizeof(got)};
	struct msghdr message = {
		.msg_name = &from, .msg_namelen = sizeof(from), .msg_iov = &part, .msg_iovlen = 1};

	SETUP(sendto(fd, "long text", 9, 0, LINK(lo)));
	SETUP(sendto(fd, "abcd", 4, 0, LINK(lo)));
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(fd, got, sizeof(got), MSG_PEEK | MSG_TRUNC), 9);
	EXPECT_EQ(recvmsg(fd, &message, 0), 4);
	EXPECT_EQ(message.msg_flags, MSG_TRUNC);
	EXPECT_EQ(message.msg_namelen, sizeof(from));
	EXPECT_EQ(from.sll_family, AF_PACKET);
	EXPECT_EQ(ntohs(from.sll_protocol), EXPERIMENT);
	EXPECT_EQ(from.sll_ifindex, 1);
	EXPECT_EQ(from.sll_hatype, ARPHRD_LOOPBACK);
	EXPECT_EQ(from.sll_pkttype, PACKET_HOST);
	EXPECT_EQ(from.sll_halen, ETH_ALEN);
	EXPECT_MEMEQ(from.sll_addr, zeros, ETH_ALEN);
	EXPECT_MEMEQ(got, "long", 4);

	EXPECT_EQ(recvmsg(fd, &message, 0), 4);
	EXPECT_EQ(message.msg_flags, 0);
	EXPECT_MEMEQ(got, "abcd", 4);
	EXPECT_ERR(recv(fd, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
}

struct flag_row {
	struct variant variant;
	int flags;
};

static const struct flag_row flags[] = {
	{{"oob", NULL}, MSG_OOB},
	{{"waitall", NULL}, MSG_WAITALL},
};

/* No stream: no urgent data, and no waiting until a buffer is full. */
CASE(other_flags,
     .claim = "recv() of a packet socket with MSG_OOB or MSG_WAITALL fails with EINVAL",
     .level = OBSERVED, .spec = "net/packet/af_packet.c packet_recvmsg()", .needs = "packet",
     .tags = "packet receive errno", .VARIANTS(flags))
{
	const struct flag_row *row = VARIANT(struct flag_row);
	int fd = packet_socket("a", SOCK_DGRAM, 1, EXPERIMENT);
	struct sockaddr_ll lo = link_address(1, EXPERIMENT, NULL);
	char got[4] = "";

	SETUP(sendto(fd, "abcd", 4, 0, LINK(lo)));
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLIN);
	EXPECT_ERR(recv(fd, got, sizeof(got), row->flags), EINVAL);
	EXPECT_EQ(recv(fd, got, sizeof(got), 0), 4);
	EXPECT_MEMEQ(got, "abcd", 4);
}

/*
 * How much waits.
 *
 * `FIONREAD` (SIOCINQ) gives the length of the first frame in the queue, not of all.
 */
CASE(length_of_the_next, .claim = "FIONREAD gives the length of the first frame in the queue",
     .level = LINUX, .spec = "packet(7) Ioctls; udp(7) FIONREAD", .needs = "packet",
     .tags = "packet receive ioctl")
{
	int fd = packet_socket("a", SOCK_DGRAM, 1, EXPERIMENT), waits = -1;
	struct sockaddr_ll lo = link_address(1, EXPERIMENT, NULL);
	char got[16];

	EXPECT_OK(ioctl(fd, FIONREAD, &waits));
	EXPECT_EQ(waits, 0);
	SETUP(sendto(fd, "seventh", 7, 0, LINK(lo)));
	SETUP(sendto(fd, "two", 3, 0, LINK(lo)));
	EXPECT_EQ(packet_receive(fd, got, 0, NULL), 0);
	EXPECT_OK(ioctl(fd, FIONREAD, &waits));
	EXPECT_EQ(waits, 3);
	EXPECT_EQ(recv(fd, got, sizeof(got), 0), 3);
	EXPECT_OK(ioctl(fd, FIONREAD, &waits));
	EXPECT_EQ(waits, 0);
}

/*
 * When did it come?
 *
 * `SIOCGSTAMP` gives the time at which the frame came in that was received last; before
 * the first there is none: ENOENT. The first use turns the clock on.
 */
CASE(time_of_the_last,
     .claim = "SIOCGSTAMP and SIOCGSTAMPNS give the time of the frame received last, ENOENT before "
	      "the first",
     .level = LINUX, .spec = "packet(7) Ioctls, ERRORS ENOENT; socket(7) SIOCGSTAMP",
     .needs = "packet", .tags = "packet receive ioctl timestamp")
{
	int fd = packet_socket("a", SOCK_DGRAM, 1, EXPERIMENT);
	struct sockaddr_ll lo = link_address(1, EXPERIMENT, NULL);
	struct timespec before, after, fine = {0, 0};
	struct timeval coarse = {0, 0};
	char got[16];

	/* The kernel stamps what arrives only while somebody asks for it. */
	stamping_started();
	EXPECT_ERR(ioctl(fd, SIOCGSTAMP, &coarse), ENOENT);
	SETUP(clock_gettime(CLOCK_REALTIME, &before));
	SETUP(sendto(fd, "now", 3, 0, LINK(lo)));
	EXPECT_EQ(packet_receive(fd, got, sizeof(got), NULL), 3);
	SETUP(clock_gettime(CLOCK_REALTIME, &after));
	EXPECT_OK(ioctl(fd, SIOCGSTAMP, &coarse));
	EXPECT_OK(ioctl(fd, SIOCGSTAMPNS, &fine));
	EXPECT_BETWEEN(coarse.tv_sec, before.tv_sec, after.tv_sec);
	EXPECT_BETWEEN(fine.tv_sec * 1000000000LL + fine.tv_nsec,
		       before.tv_sec * 1000000000LL + before.tv_nsec,
		       after.tv_sec * 1000000000LL + after.tv_nsec);
	EXPECT_EQ(coarse.tv_sec, fine.tv_sec);
	EXPECT_EQ(coarse.tv_usec, fine.tv_nsec / 1000);
}

/*
 * When did it leave?
 *
 * A sender that asks with `SO_TIMESTAMPING` gets its own frame back on the error queue,
 * with the time at which it left. The control message is `PACKET_TX_TIMESTAMP` here, where
 * IP has `IP_RECVERR`.
 */
CASE(time_of_sending,
     .claim = "SO_TIMESTAMPING gives a sent frame back on the error queue with its time and a "
	      "PACKET_TX_TIMESTAMP message",
     .level = LINUX,
     .spec = "Documentation/networking/timestamping.rst 2.1; linux/if_packet.h "
	     "PACKET_TX_TIMESTAMP",
     .topology = "pair", .needs = "packet", .tags = "packet timestamp cmsg")
{
	int fd = packet_socket("a", SOCK_RAW, A_ETH0, EXPERIMENT);
	_Alignas(struct cmsghdr) char control[512];
	char data[64];
	struct iovec part = {data, sizeof(data)};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control,
				 .msg_controllen = sizeof(control)};
	struct frame sent = frame_of(mac_b, mac_a, EXPERIMENT, "when", 4);
	struct sock_extended_err error = {.ee_errno = 0};
	struct timespec times[3] = {{0, 0}}, before;

	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_TIMESTAMPING,
			  SOF_TIMESTAMPING_TX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE));
	SETUP(clock_gettime(CLOCK_REALTIME, &before));
	EXPECT_EQ(send(fd, FRAME(sent), 0), ETH_HLEN + 4);
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLERR);
	EXPECT_EQ(recvmsg(fd, &message, MSG_ERRQUEUE), ETH_HLEN + 4);
	EXPECT_EQ(message.msg_flags, MSG_ERRQUEUE);
	EXPECT_MEMEQ(data, sent.bytes, sent.size);
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c; c = CMSG_NXTHDR(&message, c)) {
		if (c->cmsg_level == SOL_PACKET && c->cmsg_type == PACKET_TX_TIMESTAMP &&
		    c->cmsg_len >= CMSG_LEN(sizeof(error)))
			memcpy(&error, CMSG_DATA(c), sizeof(error));
		if (c->cmsg_level == SOL_SOCKET && c->cmsg_type == SCM_TIMESTAMPING &&
		    c->cmsg_len >= CMSG_LEN(sizeof(times)))
			memcpy(times, CMSG_DATA(c), sizeof(times));
	}
	EXPECT_EQ(error.ee_errno, ENOMSG);
	EXPECT_EQ(error.ee_origin, SO_EE_ORIGIN_TIMESTAMPING);
	EXPECT_EQ(error.ee_info, SCM_TSTAMP_SND);
	EXPECT_BETWEEN(times[0].tv_nsec, 0, 999999999);
	EXPECT_EQ(times[2].tv_sec, 0); /* no clock of a card */
	EXPECT_GE(times[0].tv_sec, before.tv_sec);
	EXPECT_LE(times[0].tv_sec, before.tv_sec + 60);
}

/*
 * How many were lost?
 *
 * Frames do not wait for a slow reader: when the receive buffer is full they are dropped.
 * `PACKET_STATISTICS` counts what passed the filter and what of it was dropped, since it
 * was asked last.
 *
 * Try it: the last lines that `tcpdump` prints.
 */
CASE(statistics,
     .claim = "PACKET_STATISTICS counts frames and drops, and reading it sets both to 0",
     .level = LINUX, .spec = "packet(7) PACKET_STATISTICS", .topology = "pair", .needs = "packet",
     .tags = "packet option statistics")
{
	enum { COUNT = 64 };
	int fd = packet_socket("b", SOCK_DGRAM, B_ETH0, EXPERIMENT);
	int sender = packet_socket("a", SOCK_RAW, A_ETH0, 0), received = 0;
	struct tpacket_stats stats = {77, 77};
	socklen_t length = sizeof(stats);
	static const uint8_t data[1000];
	struct frame frame = frame_of(mac_b, mac_a, EXPERIMENT, data, sizeof(data));
	char got[1000];

	EXPECT_OK(getsockopt(fd, SOL_PACKET, PACKET_STATISTICS, &stats, &length));
	EXPECT_EQ(length, sizeof(stats));
	EXPECT_EQ(stats.tp_packets, 0);
	EXPECT_EQ(stats.tp_drops, 0);
	SETUP(set_int(fd, SOL_SOCKET, SO_RCVBUF, 8192));
	for (int i = 0; i < COUNT; i++)
		EXPECT_EQ(send(sender, FRAME(frame), 0), sizeof(data) + ETH_HLEN);
	while (packet_receive(fd, got, sizeof(got), NULL) == sizeof(got)) {
		if (++received + 1 > COUNT || wait_for(fd, POLLIN, 0) == 0)
			break;
	}
	EXPECT_BETWEEN(received, 1, COUNT - 1);
	EXPECT_OK(getsockopt(fd, SOL_PACKET, PACKET_STATISTICS, &stats, &length));
	EXPECT_EQ(stats.tp_packets, COUNT);
	EXPECT_EQ(stats.tp_drops, COUNT - received);
	EXPECT_OK(getsockopt(fd, SOL_PACKET, PACKET_STATISTICS, &stats, &length));
	EXPECT_EQ(stats.tp_packets, 0);
	EXPECT_EQ(stats.tp_drops, 0);
	EXPECT_ERR(setsockopt(fd, SOL_PACKET, PACKET_STATISTICS, &stats, sizeof(stats)),
		   ENOPROTOOPT);
}
