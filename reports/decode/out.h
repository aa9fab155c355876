/* SPDX-License-Identifier: MIT */
/*
 * Text on its way into a buffer that may be too small, as the decoders write it: packet_put() and
 * its like, which count on past the end, so that the caller can try again with more room.
 */
#ifndef ATLAS_DECODE_OUT_H
#define ATLAS_DECODE_OUT_H

#include <stddef.h>
#include <stdint.h>

#include "harness/packet/put.h"

/* Where the next text goes, for functions that work as snprintf() does, and how much room is. */
static inline char *out_next(const struct packet_out *t)
{
	return t->length < t->size ? t->buffer + t->length : NULL;
}

static inline size_t out_room(const struct packet_out *t)
{
	return t->length < t->size ? t->size - t->length : 0;
}

/* Microseconds as seconds with six decimals. */
void out_seconds(struct packet_out *t, int64_t microseconds);

#endif
