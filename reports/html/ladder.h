/* SPDX-License-Identifier: MIT */
/*
 * Who sent a captured packet to whom: the columns of the ladder and its arrows.
 *
 * A packet is captured where it leaves, so the host of its link is its sender. Whom it
 * is for is told by the addresses that were seen to send. A host that talks to itself
 * over the loopback gets a column for each of its ends (address and port).
 */
#ifndef ATLAS_HTML_LADDER_H
#define ATLAS_HTML_LADDER_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/packet/packet.h"
#include "reports/results/model.h"

enum { LADDER_LANES = 6 };

struct arrow {
	int from;	 /* lane */
	unsigned int to; /* lanes, as bits: none when nobody is known to be there */
	bool to_all;	 /* broadcast or multicast: to all on its wire */
	bool copy;	 /* the same packet, sent on by a bridge: no arrow of its own */
};

struct ladder {
	char lanes[LADDER_LANES][80];
	size_t lane_count;
	bool ends;	      /* the lanes are ends of one host, not hosts */
	struct arrow *arrows; /* one for each frame of the result */
};

/* Finds lanes and arrows of a result's frames. Free with ladder_free(). */
void ladder_find(struct ladder *ladder, const struct result *r);

void ladder_free(struct ladder *ladder);

/* Decodes a frame, with its checksums verified unless they were left to the device. */
void frame_decode(struct packet *p, const struct link *link, const struct frame *frame);

#endif
