/* SPDX-License-Identifier: MIT */
/* PACKET_RX_RING: frames are received without a call, in shared memory. */
#include <arpa/inet.h>
#include <net/if_arp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include "suites/packet/packet_ring.h"

#include "harness/case.h"

struct version_row {
	struct variant variant;
	int version;
};

static const struct version_row versions[] = {
	{{"v1", NULL}, TPACKET_V1},
	{{"v2", NULL}, TPACKET_V2},
};

/* `tp_status` without the bit that says which clock there was. */
static unsigned long status_of(const struct ring_header *header)
{
	return header->status & ~(unsigned long)TP_STATUS_TS_SOFTWARE;
}

/*
 * A queue without calls.
 *
 * A call for each frame is too slow for a busy link. So the kernel writes frames into
 * memory that the program has mapped, each behind a header whose status says whose it is:
 * `TP_STATUS_USER` the program's, `TP_STATUS_KERNEL` the kernel's again. poll() waits for
 * the next.
 *
 * Try it: `strace -c tcpdump` shows no receive at all.
 */
CASE(frames_in_memory,
     .claim =
	     "with PACKET_RX_RING each frame appears in the next slot of the ring with its length, "
	     "address and time, and poll() tells",
     .level = LINUX, .spec = "packet(7) PACKET_RX_RING; Documentation/networking/packet_mmap.rst",
     .topology = "pair", .needs = "packet", .tags = "packet ring", .VARIANTS(versions))
{
	static const char *const texts[] = {"first", "second one"};
	int version = VARIANT(struct version_row)->version;
	int fd = packet_socket("b", SOCK_RAW, B_ETH0, EXPERIMENT);
	int sender = packet_socket("a", SOCK_RAW, A_ETH0, 0);
	struct ring ring = ring_make(fd, PACKET_RX_RING, version);
	struct ring_header header = ring_header(&ring, version, 0);
	struct timespec before, after;
	uint8_t got[64];

	EXPECT_EQ(get_int(fd, SOL_PACKET, PACKET_VERSION), version);
	EXPECT_EQ(header.status, TP_STATUS_KERNEL);
	EXPECT_EQ(wait_for(fd, POLLIN, 0), 0);
	SETUP(clock_gettime(CLOCK_REALTIME, &before));
	for (unsigned int i = 0; i < 2; i++) {
		struct frame sent = frame_of(mac_b, mac_a, EXPERIMENT, texts[i], strlen(texts[i]));

		EXPECT_EQ(send(sender, FRAME(sent), 0), sent.size);
		EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLIN);
		SETUP(clock_gettime(CLOCK_REALTIME, &after));
		header = ring_header(&ring, version, i);
		EXPECT_EQ(status_of(&header), TP_STATUS_USER);
		EXPECT_EQ(header.length, sent.size);
		EXPECT_EQ(header.kept, sent.size);
		EXPECT_EQ(header.net, header.mac + ETH_HLEN);
		EXPECT_BETWEEN(header.seconds, before.tv_sec, after.tv_sec);
		REQUIRE_TRUE(header.mac + sent.size <= RING_FRAME);
		EXPECT_MEMEQ(header.data, sent.bytes, sent.size);
		EXPECT_EQ(header.from->sll_family, AF_PACKET);
		EXPECT_EQ(ntohs(header.from->sll_protocol), EXPERIMENT);
		EXPECT_EQ(header.from->sll_ifindex, B_ETH0);
		EXPECT_EQ(header.from->sll_hatype, ARPHRD_ETHER);
		EXPECT_EQ(header.from->sll_pkttype, PACKET_HOST);
		EXPECT_EQ(header.from->sll_halen, ETH_ALEN);
		EXPECT_MEMEQ(header.from->sll_addr, mac_a, ETH_ALEN);
		ring_set_status(&ring, version, i, TP_STATUS_KERNEL);
		EXPECT_EQ(wait_for(fd, POLLIN, 0), 0);
	}
	/* They are in the ring and nowhere else. */
	EXPECT_ERR(recv(fd, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
}

/*
 * All slots taken.
 *
 * A program that does not give slots back loses frames. `TP_STATUS_LOSING` in the frames
 * that follow says that some are missing, until PACKET_STATISTICS has told how many.
 */
CASE(ring_is_full,
     .claim = "frames are dropped when no slot is free; TP_STATUS_LOSING marks the frames after "
	      "that, until PACKET_STATISTICS is read",
     .level = LINUX, .spec = "Documentation/networking/packet_mmap.rst TP_STATUS_LOSING",
     .topology = "pair", .needs = "packet", .tags = "packet ring statistics", .VARIANTS(versions))
{
	int version = VARIANT(struct version_row)->version;
	int fd = packet_socket("b", SOCK_RAW, B_ETH0, EXPERIMENT);
	int sender = packet_socket("a", SOCK_RAW, A_ETH0, 0);
	struct ring ring = ring_make(fd, PACKET_RX_RING, version);
	struct ring_header header = {.status = 0};
	struct tpacket_stats stats;
	socklen_t length = sizeof(stats);

	for (unsigned int i = 0; i < ring.frames + 3; i++)
		SETUP(send_text(sender, mac_b, "x"));
	for (unsigned int i = 0; i < ring.frames; i++) {
		header = ring_wait(&ring, version, i);
		EXPECT_EQ(status_of(&header), TP_STATUS_USER);
	}
	ring_set_status(&ring, version, 0, TP_STATUS_KERNEL);
	ring_set_status(&ring, version, 1, TP_STATUS_KERNEL);
	SETUP(send_text(sender, mac_b, "y"));
	header = ring_wait(&ring, version, 0);
	EXPECT_EQ(status_of(&header), TP_STATUS_USER | TP_STATUS_LOSING);
	EXPECT_EQ(header.data[ETH_HLEN], 'y');

	EXPECT_OK(getsockopt(fd, SOL_PACKET, PACKET_STATISTICS, &stats, &length));
	EXPECT_EQ(length, sizeof(stats));
	EXPECT_EQ(stats.tp_packets, ring.frames + 4);
	EXPECT_EQ(stats.tp_drops, 3);
	SETUP(send_text(sender, mac_b, "z"));
	header = ring_wait(&ring, version, 1);
	EXPECT_EQ(status_of(&header), TP_STATUS_USER);
}

/*
 * Longer than a slot.
 *
 * A slot of the ring has room for so much. The rest of a longer frame is lost, unless
 * `PACKET_COPY_THRESH` is set: then the whole frame is also queued as it would be without a
 * ring, for recv(), and the slot says so: `TP_STATUS_COPY`.
 */
CASE(longer_than_a_slot,
     .claim = "a frame longer than a slot is cut; with PACKET_COPY_THRESH the slot is marked "
	      "TP_STATUS_COPY and recv() gives the whole frame",
     .level = LINUX, .spec = "Documentation/networking/packet_mmap.rst TP_STATUS_COPY; packet(7)",
     .topology = "pair", .needs = "packet", .tags = "packet ring option", .VARIANTS(versions))
{
	int version = VARIANT(struct version_row)->version;
	int fd = packet_socket("b", SOCK_RAW, B_ETH0, EXPERIMENT);
	int sender = packet_socket("a", SOCK_RAW, A_ETH0, 0);
	struct ring ring = ring_make(fd, PACKET_RX_RING, version);
	struct ring_header header = {.status = 0};
	uint8_t data[800], got[1000];
	struct frame sent;

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (uint8_t)i;
	sent = frame_of(mac_b, mac_a, EXPERIMENT, data, sizeof(data));
	EXPECT_EQ(send(sender, FRAME(sent), 0), sent.size);
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLIN);
	header = ring_header(&ring, version, 0);
	EXPECT_EQ(status_of(&header), TP_STATUS_USER);
	EXPECT_EQ(header.length, sent.size);
	EXPECT_EQ(header.kept, RING_FRAME - header.mac);
	EXPECT_MEMEQ(header.data, sent.bytes, RING_FRAME - header.mac);
	EXPECT_ERR(recv(fd, got, sizeof(got), MSG_DONTWAIT), EAGAIN);

	EXPECT_OK(set_int(fd, SOL_PACKET, PACKET_COPY_THRESH, 1));
	EXPECT_EQ(send(sender, FRAME(sent), 0), sent.size);
	EXPECT_EQ(packet_receive(fd, got, sizeof(got), NULL), sent.size);
	EXPECT_MEMEQ(got, sent.bytes, sent.size);
	header = ring_header(&ring, version, 1);
	EXPECT_EQ(status_of(&header), TP_STATUS_USER | TP_STATUS_COPY);
	EXPECT_EQ(header.length, sent.size);
	EXPECT_EQ(header.kept, RING_FRAME - header.mac);
}

/*
 * Room in front.
 *
 * A program that passes frames on may need a header before them. `PACKET_RESERVE` leaves so
 * many bytes free before each frame in the ring.
 */
CASE(reserve, .claim = "PACKET_RESERVE moves each frame of a ring by so many bytes", .level = LINUX,
     .spec = "packet(7) PACKET_RESERVE", .topology = "pair", .needs = "packet",
     .tags = "packet ring option", .VARIANTS(versions))
{
	int version = VARIANT(struct version_row)->version;
	int with = packet_socket("b", SOCK_RAW, B_ETH0, EXPERIMENT);
	int without = packet_socket("b", SOCK_RAW, B_ETH0, EXPERIMENT);
	int sender = packet_socket("a", SOCK_RAW, A_ETH0, 0);
	struct ring ring, plain = ring_make(without, PACKET_RX_RING, version);
	struct ring_header header, other;

	EXPECT_EQ(get_int(with, SOL_PACKET, PACKET_RESERVE), 0);
	EXPECT_OK(set_int(with, SOL_PACKET, PACKET_RESERVE, 64));
	EXPECT_EQ(get_int(with, SOL_PACKET, PACKET_RESERVE), 64);
	EXPECT_ERR(set_int(with, SOL_PACKET, PACKET_RESERVE, -1), EINVAL);
	ring = ring_make(with, PACKET_RX_RING, version);
	EXPECT_ERR(set_int(with, SOL_PACKET, PACKET_RESERVE, 0), EBUSY);

	EXPECT_EQ(send_text(sender, mac_b, "moved"), ETH_HLEN + 5);
	EXPECT_EQ(wait_for(with, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(wait_for(without, POLLIN, SOON_MS), POLLIN);
	header = ring_header(&ring, version, 0);
	other = ring_header(&plain, version, 0);
	EXPECT_EQ(header.mac, other.mac + 64);
	EXPECT_EQ(header.net, other.net + 64);
	EXPECT_MEMEQ(header.data + ETH_HLEN, "moved", 5);
}

/*
 * What version 1 has no place for.
 *
 * The tag of a VLAN is taken out of the frame. Version 2 of the header has two fields for
 * it; that, and a status of the same length on all machines, is what it was made for.
 */
CASE(vlan_in_the_ring,
     .claim = "TPACKET_V2 keeps the VLAN tag in tp_vlan_tci and tp_vlan_tpid and says so in the "
	      "status",
     .level = LINUX, .spec = "Documentation/networking/packet_mmap.rst TPACKET_V1 --> TPACKET_V2",
     .topology = "pair", .needs = "packet", .tags = "packet ring vlan")
{
	static const uint8_t tagged[] = {0x20, 7, EXPERIMENT >> 8, EXPERIMENT & 0xff, 'v', '!'};
	int fd = packet_socket("b", SOCK_RAW, B_ETH0, ETH_P_ALL);
	int sender = packet_socket("a", SOCK_RAW, A_ETH0, 0);
	struct ring ring = ring_make(fd, PACKET_RX_RING, TPACKET_V2);
	struct frame sent = frame_of(mac_b, mac_stranger, ETH_P_8021Q, tagged, sizeof(tagged));
	struct ring_header header = {.status = 0};

	EXPECT_EQ(send(sender, FRAME(sent), 0), sent.size);
	for (unsigned int i = 0; i < ring.frames; i++) {
		header = ring_wait(&ring, TPACKET_V2, i);
		/* The hosts' own traffic comes by here as well. */
		if (memcmp(header.data + ETH_ALEN, mac_stranger, ETH_ALEN) == 0)
			break;
	}
	REQUIRE_TRUE(header.data != NULL);
	EXPECT_EQ(status_of(&header),
		  TP_STATUS_USER | TP_STATUS_VLAN_VALID | TP_STATUS_VLAN_TPID_VALID);
	EXPECT_EQ(header.tci, 0x2007);
	EXPECT_EQ(header.tpid, ETH_P_8021Q);
	EXPECT_EQ(header.length, sent.size - 4);
	EXPECT_EQ(header.data[ETH_HLEN], 'v');
}
