/* SPDX-License-Identifier: MIT */
/* Capture files in memory, as a results line carries them. */
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
bool pcap_begin(struct pcap_walk *walk, const uint8_t *bytes, size_t length);

/* The next packet, whose bytes stay where they are; false at the end. */
bool pcap_next(struct pcap_walk *walk, struct pcap_packet *packet);

#endif
