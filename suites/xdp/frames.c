/* SPDX-License-Identifier: MIT */
/* Frames through AF_XDP, in copy mode. */
#include <arpa/inet.h>
#include <net/if.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/packet/packet_help.h"
#include "suites/xdp/xdp_help.h"

#include "harness/case.h"

static struct xdp_statistics statistics_of(int fd)
{
	struct xdp_statistics statistics;
	socklen_t length = sizeof(statistics);

	memset(&statistics, 0xa5, sizeof(statistics));
	EXPECT_OK(getsockopt(fd, SOL_XDP, XDP_STATISTICS, &statistics, &length));
	EXPECT_EQ(length, sizeof(statistics));
	return statistics;
}

struct flag_row {
	struct variant variant;
	unsigned int flags;
};

static const struct flag_row flags[] = {
	{{"copy", NULL}, XDP_COPY},
	{{"need_wakeup", NULL}, XDP_COPY | XDP_USE_NEED_WAKEUP},
};

/*
 * Sending.
 *
 * The program writes a frame into a chunk, puts chunk and length into the TX ring, and wakes
 * the kernel with an empty send(). When the frame has left, its chunk comes back by the
 * completion ring and may be used again. With XDP_USE_NEED_WAKEUP a bit in the ring says
 * whether waking is needed; in copy mode it always is.
 */
CASE(transmit,
     .claim = "a frame in the TX ring is sent by send() without data, and its chunk comes back in "
	      "the completion ring",
     .level = LINUX, .spec = "Documentation/networking/af_xdp.rst TX Ring, UMEM Completion Ring",
     .topology = "pair", .needs = "xdp packet", .tags = "xdp send", .VARIANTS(flags))
{
	int receiver = packet_socket("b", SOCK_RAW, B_ETH0, EXPERIMENT);
	struct frame sent = frame_of(mac_b, mac_a, EXPERIMENT, "express", 7);
	const uint64_t chunks[] = {UINT64_C(3) * XDP_CHUNK, UINT64_C(5) * XDP_CHUNK};
	struct xdp_socket s = xdp_make();
	uint64_t back;
	uint8_t got[64];

	EXPECT_OK(xdp_bind(s.fd, A_ETH0, VARIANT(struct flag_row)->flags));
	if (VARIANT(struct flag_row)->flags & XDP_USE_NEED_WAKEUP)
		EXPECT_EQ(*s.tx.flags & XDP_RING_NEED_WAKEUP, XDP_RING_NEED_WAKEUP);
	for (size_t i = 0; i < 2; i++) {
		memcpy(s.memory + chunks[i], sent.bytes, sent.size);
		xdp_put_tx(&s, chunks[i], (uint32_t)sent.size);
		EXPECT_TRUE(!xdp_take_completion(&s, &back));
		EXPECT_EQ(send(s.fd, NULL, 0, MSG_DONTWAIT), 0);
		EXPECT_EQ(packet_receive(receiver, got, sizeof(got), NULL), sent.size);
		EXPECT_MEMEQ(got, sent.bytes, sent.size);
		back = 0;
		EXPECT_TRUE(xdp_take_completion(&s, &back));
		EXPECT_EQ(back, chunks[i]);
		EXPECT_EQ(*s.tx.consumer, i + 1);
	}
	EXPECT_EQ(wait_for(s.fd, POLLOUT, 0), POLLOUT);
}

/*
 * An offset that is none.
 *
 * The rings lie in memory that the program writes, so the kernel checks each entry. What
 * points outside of the memory is left out and counted.
 */
CASE(invalid_descriptor,
     .claim = "a TX entry outside of the memory is not sent and counts in tx_invalid_descs",
     .level = LINUX, .spec = "Documentation/networking/af_xdp.rst XDP_STATISTICS getsockopt",
     .topology = "pair", .needs = "xdp packet", .tags = "xdp send statistics")
{
	int receiver = packet_socket("b", SOCK_RAW, B_ETH0, EXPERIMENT);
	struct frame sent = frame_of(mac_b, mac_a, EXPERIMENT, "valid", 5);
	struct xdp_socket s = xdp_make();
	struct xdp_statistics statistics;
	uint8_t got[64];

	EXPECT_OK(xdp_bind(s.fd, A_ETH0, XDP_COPY));
	statistics = statistics_of(s.fd);
	EXPECT_EQ(statistics.tx_invalid_descs, 0);
	EXPECT_EQ(statistics.rx_dropped, 0);
	memcpy(s.memory, sent.bytes, sent.size);
	xdp_put_tx(&s, s.size, (uint32_t)sent.size);
	xdp_put_tx(&s, 0, (uint32_t)sent.size);
	EXPECT_EQ(send(s.fd, NULL, 0, MSG_DONTWAIT), 0);
	/* Since Linux 6.6 the call ends at such an entry, and the next one goes on behind it. */
	EXPECT_EQ(send(s.fd, NULL, 0, MSG_DONTWAIT), 0);
	EXPECT_EQ(packet_receive(receiver, got, sizeof(got), NULL), sent.size);
	EXPECT_ERR(recv(receiver, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
	EXPECT_EQ(statistics_of(s.fd).tx_invalid_descs, 1);
}

/* The calls that wake say what is wrong: here that the link is switched off. */
CASE(link_is_down, .claim = "send() of AF_XDP on an interface that is down fails with ENETDOWN",
     .level = OBSERVED, .spec = "net/xdp/xsk.c xsk_sendmsg()", .topology = "pair",
     .needs = "xdp packet", .tags = "xdp send errno")
{
	struct frame sent = frame_of(mac_b, mac_a, EXPERIMENT, "up", 2);
	struct xdp_socket s = xdp_make();
	uint64_t back = 0;

	EXPECT_OK(xdp_bind(s.fd, A_ETH0, XDP_COPY));
	memcpy(s.memory, sent.bytes, sent.size);
	xdp_put_tx(&s, 0, (uint32_t)sent.size);
	SETUP(set_link_up("eth0", 0));
	EXPECT_ERR(send(s.fd, NULL, 0, MSG_DONTWAIT), ENETDOWN);
	SETUP(set_link_up("eth0", 1));
	EXPECT_EQ(send(s.fd, NULL, 0, MSG_DONTWAIT), 0);
	EXPECT_TRUE(xdp_take_completion(&s, &back));
}

/*
 * Receiving.
 *
 * The program gives chunks to the kernel by the fill ring. A small program in the kernel
 * (XDP) looks at each frame as it comes in and sends it to the socket, or up to IP as
 * usual. What the socket gets nobody else does: not even a packet socket.
 *
 * Try it: `ip link show eth0` shows `xdp`; `bpftool net`.
 */
CASE(receive,
     .claim = "a frame that an XDP program redirects is in a chunk of the fill ring and in the RX "
	      "ring, and packet sockets do not get it",
     .level = LINUX, .spec = "Documentation/networking/af_xdp.rst RX Ring, UMEM Fill Ring",
     .topology = "pair", .needs = "xdp packet", .tags = "xdp receive bpf")
{
	int sender = packet_socket("b", SOCK_RAW, 0, 0);
	int capture = packet_socket("a", SOCK_RAW, A_ETH0, EXPERIMENT);
	struct frame sent = frame_of(mac_a, mac_b, EXPERIMENT, "express", 7);
	struct sockaddr_ll by = link_address(B_ETH0, EXPERIMENT, NULL);
	struct xdp_socket s = xdp_make();
	struct xdp_desc frame = {.len = 0};
	bool mine = false;
	uint8_t got[64];

	EXPECT_EQ(sendto(sender, FRAME(sent), 0, LINK(by)), sent.size);
	EXPECT_EQ(packet_receive(capture, got, sizeof(got), NULL), sent.size);

	EXPECT_OK(xdp_bind(s.fd, A_ETH0, XDP_COPY));
	for (uint64_t i = 0; i < XDP_RING; i++)
		xdp_put_fill(&s, i * XDP_CHUNK);
	xdp_redirect_to(s.fd, A_ETH0);
	EXPECT_EQ(sendto(sender, FRAME(sent), 0, LINK(by)), sent.size);
	/* Frames of IPv6 may come as well. */
	while (!mine && wait_for(s.fd, POLLIN, SOON_MS) == POLLIN && xdp_take_rx(&s, &frame)) {
		EXPECT_LT(frame.addr, XDP_RING * XDP_CHUNK);
		mine = frame.len == sent.size &&
		       memcmp(s.memory + frame.addr, sent.bytes, sent.size) == 0;
	}
	EXPECT_TRUE(mine);
	EXPECT_ERR(recv(capture, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
	EXPECT_EQ(statistics_of(s.fd).rx_dropped, 0);
}

/*
 * No chunk to receive into.
 *
 * A program that does not fill the fill ring loses frames, and two counters say why.
 */
CASE(fill_ring_empty,
     .claim = "without chunks in the fill ring frames are dropped and rx_fill_ring_empty_descs "
	      "counts them",
     .level = LINUX, .spec = "Documentation/networking/af_xdp.rst XDP_STATISTICS getsockopt",
     .topology = "pair", .needs = "xdp packet", .tags = "xdp receive bpf statistics")
{
	int sender = packet_socket("b", SOCK_RAW, 0, 0);
	struct frame sent = frame_of(mac_a, mac_b, EXPERIMENT, "lost", 4);
	struct sockaddr_ll by = link_address(B_ETH0, EXPERIMENT, NULL);
	struct xdp_socket s = xdp_make();
	struct xdp_statistics statistics = {0};
	struct xdp_desc frame;

	EXPECT_OK(xdp_bind(s.fd, A_ETH0, XDP_COPY));
	xdp_redirect_to(s.fd, A_ETH0);
	EXPECT_EQ(statistics_of(s.fd).rx_ring_full, 0);
	EXPECT_EQ(sendto(sender, FRAME(sent), 0, LINK(by)), sent.size);
	for (int64_t end = clock_ms() + SOON_MS; clock_ms() < end;) {
		statistics = statistics_of(s.fd);
		if (statistics.rx_fill_ring_empty_descs > 0)
			break;
		EXPECT_EQ(wait_for(s.fd, POLLIN, 10), 0);
	}
	EXPECT_GE(statistics.rx_fill_ring_empty_descs, 1);
	EXPECT_EQ(statistics.rx_dropped, statistics.rx_fill_ring_empty_descs);
	EXPECT_TRUE(!xdp_take_rx(&s, &frame));
}
