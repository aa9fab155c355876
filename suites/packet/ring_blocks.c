/* SPDX-License-Identifier: MIT */
/* TPACKET_V3: blocks of frames that are handed over together. */
#include <arpa/inet.h>
#include <net/if_arp.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "suites/packet/packet_ring.h"

#include "harness/case.h"

#ifndef TP_FT_REQ_FILL_RXHASH
#define TP_FT_REQ_FILL_RXHASH 0x1
#endif

enum { SOON_FULL = 60000 /* ms: a block that is handed over earlier is full */ };

static struct tpacket_req3 blocks_of(unsigned int count, unsigned int milliseconds)
{
	unsigned int page = page_size();

	return (struct tpacket_req3){.tp_block_size = page,
				     .tp_block_nr = count,
				     .tp_frame_size = page,
				     .tp_frame_nr = count,
				     .tp_retire_blk_tov = milliseconds};
}

/* Frame `index` of a block; the frames are a chain of offsets. */
static const struct tpacket3_hdr *frame_in(const struct ring *ring, unsigned int block,
					   unsigned int index)
{
	const struct tpacket_block_desc *head = ring_block(ring, block);
	unsigned int offset = head->hdr.bh1.offset_to_first_pkt;
	const struct tpacket3_hdr *frame;

	for (;; index--) {
		REQUIRE_TRUE(offset + sizeof(*frame) <= ring->block);
		frame = (const void *)((const uint8_t *)head + offset);
		if (index == 0)
			return frame;
		offset += frame->tp_next_offset;
	}
}

/*
 * Many frames at once.
 *
 * Waking a program for each frame costs more than the frame. With version 3 the kernel
 * fills a block with frames of any length, one behind the other, and hands it over when it
 * is full or, as here, when a time has passed: `TP_STATUS_BLK_TMO`. The program walks
 * through the block by offsets, and gives it back as a whole.
 *
 * Try it: `tcpdump --immediate-mode` and without; without it lines come in groups.
 */
CASE(walk_through_a_block,
     .claim = "TPACKET_V3 hands over a block of frames when its time is up, with their number, and "
	      "each with the offset of the next",
     .level = LINUX,
     .spec = "Documentation/networking/packet_mmap.rst TPACKET_V2 --> TPACKET_V3; "
	     "linux/if_packet.h",
     .topology = "pair", .needs = "packet", .tags = "packet ring", .waits = true)
{
	static const char *const texts[] = {"one", "and two", "finally three"};
	enum { COUNT = 3 };
	int fd = packet_socket("b", SOCK_RAW, B_ETH0, EXPERIMENT);
	int sender = packet_socket("a", SOCK_RAW, A_ETH0, 0);
	struct tpacket_req3 request = blocks_of(2, 400);
	struct ring ring = ring_of_blocks(fd, &request);
	const struct tpacket_block_desc *block = ring_block(&ring, 0);
	struct timespec before, after;
	unsigned int total = 0;

	SETUP(clock_gettime(CLOCK_REALTIME, &before));
	for (unsigned int i = 0; i < COUNT; i++)
		EXPECT_EQ(send_text(sender, mac_b, texts[i]), ETH_HLEN + strlen(texts[i]));
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLIN);
	SETUP(clock_gettime(CLOCK_REALTIME, &after));
	EXPECT_EQ(block->version, TPACKET_V3);
	EXPECT_EQ(ring_block_status(&ring, 0), TP_STATUS_USER | TP_STATUS_BLK_TMO);
	REQUIRE_TRUE(block->hdr.bh1.num_pkts >= 1);
	/* All in one block unless the machine took 400 ms for three frames. */
	for (unsigned int b = 0, i = 0; i < COUNT; b++) {
		block = ring_block(&ring, b);
		if (b > 0 && wait_for(fd, POLLIN, SOON_MS) != POLLIN)
			break;
		EXPECT_EQ(block->hdr.bh1.seq_num, b + 1);
		for (unsigned int n = 0; n < block->hdr.bh1.num_pkts && i < COUNT; n++, i++) {
			const struct tpacket3_hdr *frame = frame_in(&ring, b, n);
			const uint8_t *at = (const uint8_t *)frame;
			const struct sockaddr_ll *from =
				(const void *)(at + TPACKET_ALIGN(sizeof(*frame)));

			EXPECT_EQ(frame->tp_len, ETH_HLEN + strlen(texts[i]));
			EXPECT_EQ(frame->tp_snaplen, ETH_HLEN + strlen(texts[i]));
			EXPECT_EQ(frame->tp_status & TP_STATUS_USER, TP_STATUS_USER);
			EXPECT_EQ(frame->tp_net, frame->tp_mac + ETH_HLEN);
			EXPECT_BETWEEN(frame->tp_sec, before.tv_sec, after.tv_sec);
			EXPECT_MEMEQ(at + frame->tp_net, texts[i], strlen(texts[i]));
			EXPECT_EQ(from->sll_ifindex, B_ETH0);
			EXPECT_EQ(from->sll_pkttype, PACKET_HOST);
			EXPECT_EQ(from->sll_hatype, ARPHRD_ETHER);
			EXPECT_MEMEQ(from->sll_addr, mac_a, ETH_ALEN);
			total++;
		}
		__atomic_store_n(
			&((struct tpacket_block_desc *)ring_block(&ring, b))->hdr.bh1.block_status,
			TP_STATUS_KERNEL, __ATOMIC_RELEASE);
	}
	EXPECT_EQ(total, COUNT);
	EXPECT_EQ(wait_for(fd, POLLIN, 0), 0);
}

/*
 * Full before the time.
 *
 * On a busy link blocks fill faster than the time passes, and a full one is handed over at
 * once. The time only limits how long the last frames wait.
 */
CASE(full_block, .claim = "a block that is full is handed over at once, without TP_STATUS_BLK_TMO",
     .level = LINUX, .spec = "Documentation/networking/packet_mmap.rst; linux/if_packet.h",
     .topology = "pair", .needs = "packet", .tags = "packet ring")
{
	static const uint8_t data[1000];
	int fd = packet_socket("b", SOCK_RAW, B_ETH0, EXPERIMENT);
	int sender = packet_socket("a", SOCK_RAW, A_ETH0, 0);
	struct tpacket_req3 request = blocks_of(2, SOON_FULL);
	struct ring ring = ring_of_blocks(fd, &request);
	struct frame frame = frame_of(mac_b, mac_a, EXPERIMENT, data, sizeof(data));
	const struct tpacket_block_desc *block = ring_block(&ring, 0);
	unsigned int per_block = ring.block / (sizeof(data) + ETH_HLEN);

	EXPECT_EQ(send(sender, FRAME(frame), 0), frame.size);
	EXPECT_EQ(wait_for(fd, POLLIN, 0), 0);
	for (unsigned int i = 0; i < per_block; i++)
		EXPECT_EQ(send(sender, FRAME(frame), 0), frame.size);
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(ring_block_status(&ring, 0), TP_STATUS_USER);
	EXPECT_BETWEEN(block->hdr.bh1.num_pkts, 1, per_block);
	EXPECT_LE(block->hdr.bh1.blk_len, ring.block);
	EXPECT_EQ(frame_in(&ring, 0, block->hdr.bh1.num_pkts - 1)->tp_next_offset, 0);
	EXPECT_EQ(ring_block_status(&ring, 1), TP_STATUS_KERNEL);
}

/*
 * No block left.
 *
 * When the program holds all blocks the ring stands still: it is frozen. `PACKET_STATISTICS`
 * counts how often that happened, besides frames and drops.
 */
CASE(frozen_ring, .claim = "when no block is free frames are dropped and tp_freeze_q_cnt counts it",
     .level = LINUX,
     .spec = "linux/if_packet.h struct tpacket_stats_v3; packet(7) PACKET_STATISTICS",
     .topology = "pair", .needs = "packet", .tags = "packet ring statistics")
{
	static const uint8_t data[1000];
	int fd = packet_socket("b", SOCK_RAW, B_ETH0, EXPERIMENT);
	int sender = packet_socket("a", SOCK_RAW, A_ETH0, 0);
	struct tpacket_req3 request = blocks_of(2, SOON_FULL);
	struct ring ring = ring_of_blocks(fd, &request);
	struct frame frame = frame_of(mac_b, mac_a, EXPERIMENT, data, sizeof(data));
	unsigned int count = 3U * (ring.block / (sizeof(data) + ETH_HLEN)), held = 0;
	struct tpacket_stats_v3 stats = {77, 77, 77};
	socklen_t length = sizeof(stats);

	for (unsigned int i = 0; i < count; i++)
		EXPECT_EQ(send(sender, FRAME(frame), 0), frame.size);
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLIN);
	for (unsigned int b = 0; b < 2; b++) {
		const struct tpacket_block_desc *block = ring_block(&ring, b);

		EXPECT_EQ(ring_block_status(&ring, b) & TP_STATUS_USER, TP_STATUS_USER);
		held += block->hdr.bh1.num_pkts;
	}
	EXPECT_OK(getsockopt(fd, SOL_PACKET, PACKET_STATISTICS, &stats, &length));
	EXPECT_EQ(length, sizeof(stats));
	EXPECT_EQ(stats.tp_packets, count);
	EXPECT_EQ(stats.tp_drops, count - held);
	EXPECT_EQ(stats.tp_freeze_q_cnt, 1);
	EXPECT_OK(getsockopt(fd, SOL_PACKET, PACKET_STATISTICS, &stats, &length));
	EXPECT_EQ(stats.tp_packets, 0);
	EXPECT_EQ(stats.tp_drops, 0);
	EXPECT_EQ(stats.tp_freeze_q_cnt, 0);
}

/*
 * Notes of one's own.
 *
 * At the head of each block the kernel leaves `tp_sizeof_priv` bytes alone: a program can
 * keep there what belongs to the block.
 */
CASE(private_area,
     .claim = "tp_sizeof_priv bytes at offset_to_priv of each block are the program's own",
     .level = LINUX, .spec = "linux/if_packet.h struct tpacket_req3, tpacket_block_desc",
     .topology = "pair", .needs = "packet", .tags = "packet ring", .waits = true)
{
	int fd = packet_socket("b", SOCK_RAW, B_ETH0, EXPERIMENT);
	int sender = packet_socket("a", SOCK_RAW, A_ETH0, 0);
	struct tpacket_req3 request = blocks_of(2, 50);
	struct ring ring;
	const struct tpacket_block_desc *block;
	uint8_t *own;

	request.tp_sizeof_priv = 64;
	ring = ring_of_blocks(fd, &request);
	block = ring_block(&ring, 0);
	REQUIRE_TRUE(block->offset_to_priv + 64 <= ring.block);
	own = (uint8_t *)ring_block(&ring, 0) + block->offset_to_priv;
	memset(own, 0x5a, 64);

	EXPECT_EQ(send_text(sender, mac_b, "x"), ETH_HLEN + 1);
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(block->hdr.bh1.num_pkts, 1);
	EXPECT_GE(block->hdr.bh1.offset_to_first_pkt, block->offset_to_priv + 64);
	for (size_t i = 0; i < 64; i++)
		EXPECT_EQ(own[i], 0x5a);
}

struct hash_row {
	struct variant variant;
	unsigned int features;
	bool hash;
};

static const struct hash_row hashes[] = {
	{{"asked", NULL}, TP_FT_REQ_FILL_RXHASH, true},
	{{"not_asked", NULL}, 0, false},
};

/*
 * Which flow?
 *
 * The kernel can compute a hash of addresses and ports, the same for all packets of a
 * connection. With `TP_FT_REQ_FILL_RXHASH` it is in each header.
 */
CASE(hash_of_the_flow,
     .claim = "with TP_FT_REQ_FILL_RXHASH packets of a flow have the same tp_rxhash, without it 0",
     .level = LINUX, .spec = "linux/if_packet.h TP_FT_REQ_FILL_RXHASH", .topology = "pair",
     .needs = "packet", .tags = "packet ring", .waits = true, .VARIANTS(hashes))
{
	const struct hash_row *row = VARIANT(struct hash_row);
	int fd = packet_socket("b", SOCK_DGRAM, B_ETH0, ETH_P_IP);
	int udp = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	struct address to = address_of("192.0.2.2", 9000);
	struct tpacket_req3 request = blocks_of(2, 200);
	const struct tpacket_block_desc *block;
	struct ring ring;
	uint32_t first;

	request.tp_feature_req_word = row->features;
	ring = ring_of_blocks(fd, &request);
	block = ring_block(&ring, 0);
	SETUP(sendto(udp, "one", 3, 0, ADDRESS(to)));
	SETUP(sendto(udp, "two", 3, 0, ADDRESS(to)));
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLIN);
	REQUIRE_TRUE(block->hdr.bh1.num_pkts >= 1);
	first = frame_in(&ring, 0, 0)->hv1.tp_rxhash;
	EXPECT_EQ(first != 0, row->hash);
	for (unsigned int i = 1; i < block->hdr.bh1.num_pkts; i++)
		EXPECT_EQ(frame_in(&ring, 0, i)->hv1.tp_rxhash, first);
}
