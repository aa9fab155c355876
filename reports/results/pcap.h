/* SPDX-License-Identifier: MIT */
/* Capture files in memory: those that a results line carries, and pieces of larger ones. */
#ifndef ATLAS_RESULTS_PCAP_H
#define ATLAS_RESULTS_PCAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Where the next packet of a classic pcap file in memory is. */
struct pcap_walk {
	const uint8_t *bytes;
	size_t length, next;
	bool swapped, nanoseconds;
	bool usual; /* version 2.4, and no bits beside the link type */
	uint32_t snap_length;
	uint32_t link_type;
	const char *trouble; /* why there is no next packet; NULL at the clean end */
};

struct pcap_packet {
	uint64_t time_ns;
	uint32_t captured, original;
	const uint8_t *bytes;
};

/*
 * Starts a walk over a classic pcap file (draft-ietf-opsawg-pcap: both byte orders,
 * micro- and nanoseconds). False with walk->trouble when it is none.
 */
bool pcap_walk_begin(struct pcap_walk *walk, const uint8_t *bytes, size_t length);

/* The next packet, whose bytes stay where they are; false at the end. */
bool pcap_walk_next(struct pcap_walk *walk, struct pcap_packet *packet);

#endif
