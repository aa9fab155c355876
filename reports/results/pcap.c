/* SPDX-License-Identifier: MIT */
#include "reports/results/pcap.h"

#include <string.h>

enum { FILE_HEADER = 24, PACKET_HEADER = 16 };

static uint32_t word(const struct pcap_walk *w, size_t at)
{
	uint32_t v;

	memcpy(&v, w->bytes + at, sizeof(v));
	return w->swapped ? __builtin_bswap32(v) : v;
}

bool pcap_walk_begin(struct pcap_walk *walk, const uint8_t *bytes, size_t length)
{
	uint32_t magic;

	*walk = (struct pcap_walk){.bytes = bytes, .length = length, .next = FILE_HEADER};
	if (length < FILE_HEADER) {
		walk->trouble = "it is shorter than a pcap file header";
		return false;
	}
	memcpy(&magic, bytes, sizeof(magic));
	walk->swapped = magic == 0xd4c3b2a1 || magic == 0x4d3cb2a1;
	if (walk->swapped)
		magic = __builtin_bswap32(magic);
	walk->nanoseconds = magic == 0xa1b23c4d;
	if (magic != 0xa1b2c3d4 && magic != 0xa1b23c4d) {
		walk->trouble = "it is not a pcap file";
		return false;
	}
	walk->snap_length = word(walk, 16);
	/* major and minor version, in the byte order of the magic number */
	walk->usual = memcmp(bytes + 4, bytes[0] == 0xa1 ? "\0\2\0\4" : "\2\0\4\0", 4) == 0 &&
		      word(walk, 20) <= UINT16_MAX;
	/* The upper bits say whether frames end in a check sequence. */
	walk->link_type = word(walk, 20) & 0x03ffffff;
	return true;
}

bool pcap_walk_next(struct pcap_walk *walk, struct pcap_packet *packet)
{
	size_t at = walk->next;
	uint64_t fraction;

	if (at == walk->length || walk->trouble != NULL)
		return false;
	if (walk->length - at < PACKET_HEADER) {
		walk->trouble = "it ends inside a packet's header";
		return false;
	}
	fraction = word(walk, at + 4);
	packet->time_ns = word(walk, at) * UINT64_C(1000000000) +
			  (walk->nanoseconds ? fraction : fraction * 1000);
	packet->captured = word(walk, at + 8);
	packet->original = word(walk, at + 12);
	packet->bytes = walk->bytes + at + PACKET_HEADER;
	if (packet->captured > walk->length - at - PACKET_HEADER) {
		walk->trouble = "it ends inside a packet";
		return false;
	}
	walk->next = at + PACKET_HEADER + packet->captured;
	return true;
}
