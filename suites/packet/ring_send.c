/* SPDX-License-Identifier: MIT */
/* PACKET_TX_RING: frames are sent from shared memory. */
#include <arpa/inet.h>
#include <linux/net_tstamp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include <linux/errqueue.h>

#include "suites/packet/packet_ring.h"
#include "suites/socket/stamps.h"

#include "harness/case.h"

struct version_row {
	struct variant variant;
	int version;
};

static const struct version_row versions[] = {
	{{"v1", NULL}, TPACKET_V1},
	{{"v2", NULL}, TPACKET_V2},
	{{"v3", NULL}, TPACKET_V3},
};

/* Where the data of a slot that is sent begin: behind the header. */
static size_t data_offset(int version)
{
	switch (version) {
	case TPACKET_V1:
		return TPACKET_HDRLEN - sizeof(struct sockaddr_ll);
	case TPACKET_V2:
		return TPACKET2_HDRLEN - sizeof(struct sockaddr_ll);
	default:
		return TPACKET3_HDRLEN - sizeof(struct sockaddr_ll);
	}
}

/* Puts a frame into a slot; `length` is what the header says. */
static void fill(const struct ring *ring, int version, unsigned int index,
		 const struct frame *frame, unsigned int length)
{
	uint8_t *at = ring_frame(ring, index);

	memcpy(at + data_offset(version), frame->bytes, frame->size);
	if (version == TPACKET_V1)
		((struct tpacket_hdr *)(void *)at)->tp_len = length;
	else if (version == TPACKET_V2)
		((struct tpacket2_hdr *)(void *)at)->tp_len = length;
	else
		((struct tpacket3_hdr *)(void *)at)->tp_len = length;
	ring_set_status(ring, version, index, TP_STATUS_SEND_REQUEST);
}

static uint32_t status_of(const struct ring *ring, int version, unsigned int index)
{
	if (version == TPACKET_V3)
		return __atomic_load_n(&((struct tpacket3_hdr *)ring_frame(ring, index))->tp_status,
				       __ATOMIC_ACQUIRE);
	return (uint32_t)ring_header(ring, version, index).status;
}

/*
 * Many frames with one call.
 *
 * The program writes frames into the slots and marks them `TP_STATUS_SEND_REQUEST`; one
 * send() without data sends all that are marked, and returns their bytes. A slot that is
 * free again is `TP_STATUS_AVAILABLE`: 0.
 */
CASE(send_from_memory,
     .claim = "send() on a PACKET_TX_RING sends all slots marked TP_STATUS_SEND_REQUEST and "
	      "returns their bytes; the slots are TP_STATUS_AVAILABLE after that",
     .level = LINUX, .spec = "packet(7) PACKET_TX_RING; Documentation/networking/packet_mmap.rst",
     .topology = "pair", .needs = "packet", .tags = "packet ring send", .VARIANTS(versions))
{
	int version = VARIANT(struct version_row)->version;
	int receiver = packet_socket("b", SOCK_RAW, B_ETH0, EXPERIMENT);
	int fd = packet_socket("a", SOCK_RAW, A_ETH0, EXPERIMENT);
	struct ring ring = ring_make(fd, PACKET_TX_RING, version);
	struct frame one = frame_of(mac_b, mac_a, EXPERIMENT, "one", 3);
	struct frame two = frame_of(mac_b, mac_a, EXPERIMENT, "number two", 10);
	uint8_t got[64];

	EXPECT_EQ(status_of(&ring, version, 0), TP_STATUS_AVAILABLE);
	EXPECT_EQ(wait_for(fd, POLLOUT, 0), POLLOUT);
	fill(&ring, version, 0, &one, (unsigned int)one.size);
	fill(&ring, version, 1, &two, (unsigned int)two.size);
	EXPECT_EQ(send(fd, NULL, 0, 0), one.size + two.size);
	EXPECT_EQ(packet_receive(receiver, got, sizeof(got), NULL), one.size);
	EXPECT_MEMEQ(got, one.bytes, one.size);
	EXPECT_EQ(packet_receive(receiver, got, sizeof(got), NULL), two.size);
	EXPECT_MEMEQ(got, two.bytes, two.size);
	/* A call that waits returns when the slots are free again. */
	EXPECT_EQ(status_of(&ring, version, 0), TP_STATUS_AVAILABLE);
	EXPECT_EQ(status_of(&ring, version, 1), TP_STATUS_AVAILABLE);
	/* Nothing is marked, nothing is sent. */
	EXPECT_EQ(send(fd, NULL, 0, 0), 0);
}

struct loss_row {
	struct variant variant;
	int version;
	bool loss;
};

static const struct loss_row losses[] = {
	{{"v1_stops", NULL}, TPACKET_V1, false},
	{{"v2_stops", NULL}, TPACKET_V2, false},
	{{"v2_goes_on", NULL}, TPACKET_V2, true},
	{{"v3_goes_on", NULL}, TPACKET_V3, true},
};

/*
 * A frame that cannot be sent.
 *
 * If the length in a header is impossible, send() stops with an error and marks the slot
 * `TP_STATUS_WRONG_FORMAT`: the program has to look. With `PACKET_LOSS` the slot is thrown
 * away like a frame that the link loses, and sending goes on.
 */
CASE(wrong_frame,
     .claim = "a slot with a wrong length stops sending with TP_STATUS_WRONG_FORMAT; with "
	      "PACKET_LOSS it is left out and the others are sent",
     .level = LINUX,
     .spec = "packet(7) PACKET_LOSS; Documentation/networking/packet_mmap.rst "
	     "TP_STATUS_WRONG_FORMAT",
     .topology = "pair", .needs = "packet", .tags = "packet ring send option", .VARIANTS(losses))
{
	const struct loss_row *row = VARIANT(struct loss_row);
	int receiver = packet_socket("b", SOCK_RAW, B_ETH0, EXPERIMENT);
	int fd = packet_socket("a", SOCK_RAW, A_ETH0, EXPERIMENT);
	struct frame good = frame_of(mac_b, mac_a, EXPERIMENT, "good", 4);
	struct ring ring;
	uint8_t got[64];

	EXPECT_EQ(get_int(fd, SOL_PACKET, PACKET_LOSS), 0);
	if (row->loss)
		EXPECT_OK(set_int(fd, SOL_PACKET, PACKET_LOSS, 1));
	EXPECT_EQ(get_int(fd, SOL_PACKET, PACKET_LOSS), row->loss);
	ring = ring_make(fd, PACKET_TX_RING, row->version);
	EXPECT_ERR(set_int(fd, SOL_PACKET, PACKET_LOSS, !row->loss), EBUSY);

	fill(&ring, row->version, 0, &good, 100000);
	fill(&ring, row->version, 1, &good, (unsigned int)good.size);
	if (row->loss) {
		EXPECT_EQ(send(fd, NULL, 0, 0), good.size);
		EXPECT_EQ(status_of(&ring, row->version, 0), TP_STATUS_AVAILABLE);
	} else {
		EXPECT_ERR(send(fd, NULL, 0, 0), EMSGSIZE);
		EXPECT_EQ(status_of(&ring, row->version, 0), TP_STATUS_WRONG_FORMAT);
		/* Corrected, both go. */
		fill(&ring, row->version, 0, &good, (unsigned int)good.size);
		EXPECT_EQ(send(fd, NULL, 0, 0), 2 * good.size);
		EXPECT_EQ(packet_receive(receiver, got, sizeof(got), NULL), good.size);
	}
	EXPECT_EQ(packet_receive(receiver, got, sizeof(got), NULL), good.size);
	EXPECT_MEMEQ(got, good.bytes, good.size);
	EXPECT_ERR(recv(receiver, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
}

struct offset_row {
	struct variant variant;
	int type;
};

static const struct offset_row offsets[] = {
	{{"raw", NULL}, SOCK_RAW},
	{{"cooked", NULL}, SOCK_DGRAM},
};

/*
 * Data that start elsewhere.
 *
 * To pass on a frame in the place where it lies it must be possible to take something off
 * its head. With `PACKET_TX_HAS_OFF` the program says where each frame begins: in `tp_mac`,
 * for a cooked socket in `tp_net`.
 */
CASE(offset_of_the_data,
     .claim = "with PACKET_TX_HAS_OFF a slot's data begin at tp_mac (SOCK_RAW) or tp_net "
	      "(SOCK_DGRAM)",
     .level = LINUX,
     .spec = "Documentation/networking/packet_mmap.rst PACKET_TX_HAS_OFF; linux/if_packet.h",
     .topology = "pair", .needs = "packet", .tags = "packet ring send option", .VARIANTS(offsets))
{
	enum { OFFSET = 128 };
	int type = VARIANT(struct offset_row)->type;
	int receiver = packet_socket("b", SOCK_DGRAM, B_ETH0, EXPERIMENT);
	int fd = packet_socket("a", type, A_ETH0, EXPERIMENT);
	struct sockaddr_ll to = link_address(A_ETH0, EXPERIMENT, mac_b);
	struct frame sent = frame_of(mac_b, mac_a, EXPERIMENT, "from here", 9);
	const uint8_t *data = type == SOCK_RAW ? sent.bytes : sent.bytes + ETH_HLEN;
	size_t size = type == SOCK_RAW ? sent.size : sent.size - ETH_HLEN;
	struct tpacket2_hdr *header;
	struct ring ring;
	uint8_t got[64];

	EXPECT_EQ(get_int(fd, SOL_PACKET, PACKET_TX_HAS_OFF), 0);
	EXPECT_OK(set_int(fd, SOL_PACKET, PACKET_TX_HAS_OFF, 1));
	EXPECT_EQ(get_int(fd, SOL_PACKET, PACKET_TX_HAS_OFF), 1);
	ring = ring_make(fd, PACKET_TX_RING, TPACKET_V2);
	header = ring_frame(&ring, 0);
	memset(header, 0, RING_FRAME);
	memcpy((uint8_t *)header + OFFSET, data, size);
	header->tp_len = (uint32_t)size;
	if (type == SOCK_RAW)
		header->tp_mac = OFFSET;
	else
		header->tp_net = OFFSET;
	ring_set_status(&ring, TPACKET_V2, 0, TP_STATUS_SEND_REQUEST);
	EXPECT_EQ(sendto(fd, NULL, 0, 0, LINK(to)), size);
	EXPECT_EQ(packet_receive(receiver, got, sizeof(got), NULL), 9);
	EXPECT_MEMEQ(got, "from here", 9);
}

/*
 * When did the slot leave?
 *
 * A slot that is given back can tell when its frame left: `PACKET_TIMESTAMP` says which
 * clock, `SO_TIMESTAMPING` that it shall be read. `TP_STATUS_TS_SOFTWARE` marks a time of
 * the kernel's clock, rather than of the card's.
 */
CASE(time_in_the_slot,
     .claim = "with PACKET_TIMESTAMP a slot that was sent has the time and TP_STATUS_TS_SOFTWARE",
     .level = LINUX, .spec = "Documentation/networking/packet_mmap.rst PACKET_TIMESTAMP",
     .topology = "pair", .needs = "packet", .tags = "packet ring timestamp option")
{
	int fd = packet_socket("a", SOCK_RAW, A_ETH0, EXPERIMENT);
	struct frame sent = frame_of(mac_b, mac_a, EXPERIMENT, "when", 4);
	struct ring ring = ring_make(fd, PACKET_TX_RING, TPACKET_V2);
	struct ring_header header;
	struct timespec before, after;

	/* The kernel stamps frames only while somebody asks for it. */
	stamping_started();
	EXPECT_EQ(get_int(fd, SOL_PACKET, PACKET_TIMESTAMP), 0);
	EXPECT_OK(set_int(fd, SOL_PACKET, PACKET_TIMESTAMP, SOF_TIMESTAMPING_SOFTWARE));
	EXPECT_EQ(get_int(fd, SOL_PACKET, PACKET_TIMESTAMP), SOF_TIMESTAMPING_SOFTWARE);
	SETUP(set_int(fd, SOL_SOCKET, SO_TIMESTAMPING, SOF_TIMESTAMPING_TX_SOFTWARE));
	SETUP(clock_gettime(CLOCK_REALTIME, &before));
	fill(&ring, TPACKET_V2, 0, &sent, (unsigned int)sent.size);
	EXPECT_EQ(send(fd, NULL, 0, 0), sent.size);
	SETUP(clock_gettime(CLOCK_REALTIME, &after));
	header = ring_header(&ring, TPACKET_V2, 0);
	EXPECT_EQ(header.status, TP_STATUS_AVAILABLE | TP_STATUS_TS_SOFTWARE);
	EXPECT_BETWEEN(header.seconds, before.tv_sec, after.tv_sec);
}

/*
 * Past the queue of the link.
 *
 * Each interface has a queue with a discipline (qdisc), and before it stand the captures of
 * what this host sends. A generator of traffic wants neither: `PACKET_QDISC_BYPASS` hands
 * frames to the driver. They are on the link all the same, and a capture on the sending
 * host misses them.
 */
CASE(past_the_queue,
     .claim = "frames sent with PACKET_QDISC_BYPASS arrive, and a capture on the sending host does "
	      "not see them",
     .level = LINUX,
     .spec = "packet(7) PACKET_QDISC_BYPASS; Documentation/networking/packet_mmap.rst "
	     "PACKET_QDISC_BYPASS",
     .topology = "pair", .needs = "packet", .tags = "packet send option")
{
	int receiver = packet_socket("b", SOCK_DGRAM, B_ETH0, EXPERIMENT);
	int capture = packet_socket("a", SOCK_DGRAM, A_ETH0, ETH_P_ALL);
	int fd = packet_socket("a", SOCK_RAW, A_ETH0, 0);
	struct sockaddr_ll from;
	char got[1600];

	EXPECT_EQ(get_int(fd, SOL_PACKET, PACKET_QDISC_BYPASS), 0);
	EXPECT_OK(set_int(fd, SOL_PACKET, PACKET_QDISC_BYPASS, 1));
	EXPECT_EQ(get_int(fd, SOL_PACKET, PACKET_QDISC_BYPASS), 1);
	EXPECT_EQ(send_text(fd, mac_b, "unseen"), ETH_HLEN + 6);
	EXPECT_EQ(packet_receive(receiver, got, sizeof(got), NULL), 6);
	EXPECT_MEMEQ(got, "unseen", 6);

	EXPECT_OK(set_int(fd, SOL_PACKET, PACKET_QDISC_BYPASS, 0));
	EXPECT_EQ(send_text(fd, mac_b, "seen"), ETH_HLEN + 4);
	EXPECT_EQ(packet_receive(receiver, got, sizeof(got), NULL), 4);
	do
		REQUIRE_TRUE(packet_receive(capture, got, sizeof(got), &from) > 0);
	while (ntohs(from.sll_protocol) != EXPERIMENT);
	EXPECT_MEMEQ(got, "seen", 4);
}
