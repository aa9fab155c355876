/* SPDX-License-Identifier: MIT */
#include "suites/packet/packet_ring.h"

#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#include "harness/kit.h"

unsigned int page_size(void)
{
	return (unsigned int)sysconf(_SC_PAGESIZE);
}

void ring_version_at(struct expect_at at, int fd, int version)
{
	expect_success(at, set_int(fd, SOL_PACKET, PACKET_VERSION, version));
}

static void map(struct expect_at at, int fd, struct ring *ring)
{
	void *memory = mmap(NULL, ring->size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	expect_success(at, memory == MAP_FAILED ? -1 : 0);
	ring->memory = memory;
}

struct ring ring_make_at(struct expect_at at, int fd, int option, int version)
{
	struct ring ring = {.block = page_size(), .blocks = 2, .size = (size_t)page_size() * 2};
	struct tpacket_req3 request = {.tp_block_size = ring.block,
				       .tp_block_nr = ring.blocks,
				       .tp_frame_size = RING_FRAME};

	ring.frames = (unsigned int)(ring.size / RING_FRAME);
	request.tp_frame_nr = ring.frames;
	ring_version_at(at, fd, version);
	expect_success(at, setsockopt(fd, SOL_PACKET, option, &request,
				      version == TPACKET_V3 ? sizeof(request)
							    : sizeof(struct tpacket_req)));
	map(at, fd, &ring);
	return ring;
}

struct ring ring_of_blocks_at(struct expect_at at, int fd, const struct tpacket_req3 *request)
{
	struct ring ring = {.block = request->tp_block_size,
			    .blocks = request->tp_block_nr,
			    .size = (size_t)request->tp_block_size * request->tp_block_nr,
			    .frames = request->tp_frame_nr};

	ring_version_at(at, fd, TPACKET_V3);
	expect_success(at, setsockopt(fd, SOL_PACKET, PACKET_RX_RING, request, sizeof(*request)));
	map(at, fd, &ring);
	return ring;
}

void *ring_frame(const struct ring *ring, unsigned int index)
{
	return ring->memory + (size_t)index * RING_FRAME;
}

void *ring_block(const struct ring *ring, unsigned int index)
{
	return ring->memory + (size_t)index * ring->block;
}

struct ring_header ring_header(const struct ring *ring, int version, unsigned int index)
{
	uint8_t *at = ring_frame(ring, index);
	struct ring_header header = {.status = 0};

	if (version == TPACKET_V1) {
		struct tpacket_hdr *one = (struct tpacket_hdr *)(void *)at;

		header.status = __atomic_load_n(&one->tp_status, __ATOMIC_ACQUIRE);
		header.length = one->tp_len;
		header.kept = one->tp_snaplen;
		header.mac = one->tp_mac;
		header.net = one->tp_net;
		header.seconds = one->tp_sec;
		header.nanoseconds = one->tp_usec * 1000;
		at += TPACKET_ALIGN(sizeof(*one));
	} else {
		struct tpacket2_hdr *two = (struct tpacket2_hdr *)(void *)at;

		header.status = __atomic_load_n(&two->tp_status, __ATOMIC_ACQUIRE);
		header.length = two->tp_len;
		header.kept = two->tp_snaplen;
		header.mac = two->tp_mac;
		header.net = two->tp_net;
		header.seconds = two->tp_sec;
		header.nanoseconds = two->tp_nsec;
		header.tci = two->tp_vlan_tci;
		header.tpid = two->tp_vlan_tpid;
		at += TPACKET_ALIGN(sizeof(*two));
	}
	header.from = (const struct sockaddr_ll *)(void *)at;
	header.data =
		(uint8_t *)ring_frame(ring, index) + (header.mac < RING_FRAME ? header.mac : 0);
	return header;
}

struct ring_header ring_wait(const struct ring *ring, int version, unsigned int index)
{
	const struct timespec moment = {0, 1000000};
	struct ring_header header = ring_header(ring, version, index);

	for (int64_t end = clock_ms() + SOON_MS;
	     header.status == TP_STATUS_KERNEL && clock_ms() < end;) {
		nanosleep(&moment, NULL);
		header = ring_header(ring, version, index);
	}
	return header;
}

void ring_set_status(const struct ring *ring, int version, unsigned int index, unsigned long status)
{
	void *at = ring_frame(ring, index);

	if (version == TPACKET_V1)
		__atomic_store_n(&((struct tpacket_hdr *)at)->tp_status, status, __ATOMIC_RELEASE);
	else if (version == TPACKET_V2)
		__atomic_store_n(&((struct tpacket2_hdr *)at)->tp_status, (uint32_t)status,
				 __ATOMIC_RELEASE);
	else
		__atomic_store_n(&((struct tpacket3_hdr *)at)->tp_status, (uint32_t)status,
				 __ATOMIC_RELEASE);
}

uint32_t ring_block_status(const struct ring *ring, unsigned int index)
{
	const struct tpacket_block_desc *block = ring_block(ring, index);

	return __atomic_load_n(&block->hdr.bh1.block_status, __ATOMIC_ACQUIRE);
}
