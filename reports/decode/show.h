/* SPDX-License-Identifier: MIT */
/* One packet as text: a line, a tree or an object of JSON, with or without its bytes. */
#ifndef ATLAS_DECODE_SHOW_H
#define ATLAS_DECODE_SHOW_H

#include <stdint.h>

#include "harness/packet/packet.h"
#include "reports/decode/look.h"
#include "reports/decode/out.h"

struct shown {
	const struct look *look;
	const struct packet *packet;
	uint64_t number;
	int64_t time_us;
	const char *before; /* what stands in front of it, or NULL: the separator of an array */
};

/* Renders a struct shown, for sink_add(). JSON ends without a newline. */
void show_packet(struct packet_out *out, const void *shown);

/*
 * packet_decode(), with the checksums verified. A TCP or UDP checksum that is only the sum over
 * the pseudo-header is one that the sending kernel left to its network device, not a wrong one:
 * a capture on the sender sees the packet before the device does.
 */
void show_decode(struct packet *out, const uint8_t *bytes, size_t captured, size_t original,
		 uint32_t link_type, unsigned int flags);

#endif
