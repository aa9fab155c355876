/* SPDX-License-Identifier: MIT */
/*
 * Rings: memory that the kernel and a program share, in which frames lie one after another
 * (Documentation/networking/packet_mmap.rst).
 */
#ifndef SUITES_PACKET_PACKET_RING_H
#define SUITES_PACKET_PACKET_RING_H

#include <stdint.h>

#include "suites/packet/packet_help.h"

enum { RING_FRAME = 512 };

struct ring {
	uint8_t *memory;
	size_t size;
	unsigned int block, blocks; /* the length of one, and how many */
	unsigned int frames;
};

/* Sets the format (TPACKET_V1, ...); an error is one of the setup. */
#define ring_version(fd, version)                                                                  \
	(CALLS_HERE, ring_version_at(EXPECT_SETUP_AT("ring_version(" #version ")"), fd, version))
void ring_version_at(struct expect_at at, int fd, int version);

/*
 * Makes a ring of frames of RING_FRAME bytes and maps it: `option` is PACKET_RX_RING or
 * PACKET_TX_RING, of TPACKET_V1 or V2 or, for sending, V3.
 */
#define ring_make(fd, option, version)                                                             \
	(CALLS_HERE, ring_make_at(EXPECT_SETUP_AT("ring_make(" #option ", " #version ")"), fd,     \
				  option, version))
struct ring ring_make_at(struct expect_at at, int fd, int option, int version);

/* Makes and maps a receive ring of TPACKET_V3 with `blocks` blocks of a page. */
#define ring_of_blocks(fd, request)                                                                \
	(CALLS_HERE,                                                                               \
	 ring_of_blocks_at(EXPECT_SETUP_AT("ring_of_blocks(" #request ")"), fd, request))
struct ring ring_of_blocks_at(struct expect_at at, int fd, const struct tpacket_req3 *request);

/* The place of frame or block `index`. */
void *ring_frame(const struct ring *ring, unsigned int index);
void *ring_block(const struct ring *ring, unsigned int index);

/* A frame of version 1 or 2, as both have it. */
struct ring_header {
	unsigned long status;
	unsigned int length, kept, mac, net, seconds, nanoseconds, tci, tpid;
	const uint8_t *data; /* at `mac` */
	const struct sockaddr_ll *from;
};
struct ring_header ring_header(const struct ring *ring, int version, unsigned int index);
/* The same, after waiting SOON_MS at most until it is the program's. */
struct ring_header ring_wait(const struct ring *ring, int version, unsigned int index);
/* Gives a frame back to the kernel, or asks it to send one. */
void ring_set_status(const struct ring *ring, int version, unsigned int index,
		     unsigned long status);

/* The status of a block of version 3. */
uint32_t ring_block_status(const struct ring *ring, unsigned int index);

/* The length of a page, which a block is a multiple of. */
unsigned int page_size(void);

#endif
