/* SPDX-License-Identifier: MIT */
/*
 * Text on its way into a buffer that may be too small, as snprintf() does it: `length` goes on
 * counting past `size`, and the caller tries again with more room. No byte is copied twice and
 * nothing is allocated: lines are made by the million.
 */
#ifndef ATLAS_DECODE_OUT_H
#define ATLAS_DECODE_OUT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct out {
	char *at;
	size_t size, length;
};

static inline void out_bytes(struct out *t, const char *bytes, size_t length)
{
	if (t->length <= t->size && length <= t->size - t->length)
		memcpy(t->at + t->length, bytes, length);
	t->length += length;
}

static inline void out_put(struct out *t, const char *string)
{
	out_bytes(t, string, strlen(string));
}

static inline void out_char(struct out *t, char c)
{
	if (t->length < t->size)
		t->at[t->length] = c;
	t->length++;
}

/* Where the next text goes, for functions that work as snprintf() does, and how much room is. */
static inline char *out_next(const struct out *t)
{
	return t->length < t->size ? t->at + t->length : NULL;
}

static inline size_t out_room(const struct out *t)
{
	return t->length < t->size ? t->size - t->length : 0;
}

/* At least `width` digits, of which there are at most 32. */
void out_number(struct out *t, uint64_t number, int width);

/* Microseconds as seconds with six decimals. */
void out_seconds(struct out *t, int64_t microseconds);

/* Two hexadecimal digits. */
void out_hex(struct out *t, uint8_t byte);

#endif
