/* SPDX-License-Identifier: MIT */
/* How many packets had which protocol, and how their decoding ended: atlas decode --summary. */
#ifndef ATLAS_DECODE_TOTALS_H
#define ATLAS_DECODE_TOTALS_H

#include <stdint.h>

#include "harness/packet/packet.h"
#include "reports/decode/out.h"

struct totals {
	uint64_t packets, captured_bytes, original_bytes;
	uint64_t outcomes[PACKET_MALFORMED + 1]; /* by enum packet_outcome */
	uint64_t bad_checksums;			 /* packets with at least one */
	uint64_t kinds[PACKET_KINDS];		 /* packets that have it, not quoted */
};

void totals_add(struct totals *totals, const struct packet *p);

/* Render a struct totals, for sink_add(): as lines, and as one object of JSON. */
void totals_text(struct packet_out *out, const void *totals);
void totals_json(struct packet_out *out, const void *totals);

#endif
