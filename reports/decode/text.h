/* SPDX-License-Identifier: MIT */
/*
 * Text on its way into a buffer that may be too small, as snprintf() does it: `length` goes on
 * counting past `size`, and the caller tries again with more room. No byte is copied twice and
 * nothing is allocated: lines are made by the million.
 */
#ifndef ATLAS_DECODE_TEXT_H
#define ATLAS_DECODE_TEXT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

struct text {
	char *at;
	size_t size, length;
};

static inline void text_bytes(struct text *t, const char *bytes, size_t length)
{
	if (t->length <= t->size && length <= t->size - t->length)
		memcpy(t->at + t->length, bytes, length);
	t->length += length;
}

static inline void text_put(struct text *t, const char *string)
{
	text_bytes(t, string, strlen(string));
}

static inline void text_char(struct text *t, char c)
{
	if (t->length < t->size)
		t->at[t->length] = c;
	t->length++;
}

/* Where the next text goes, for functions that work as snprintf() does, and how much room is. */
static inline char *text_next(const struct text *t)
{
	return t->length < t->size ? t->at + t->length : NULL;
}

static inline size_t text_room(const struct text *t)
{
	return t->length < t->size ? t->size - t->length : 0;
}

/* At least `width` digits. */
void text_number(struct text *t, uint64_t number, int width);

/* Microseconds as seconds with six decimals. */
void text_seconds(struct text *t, int64_t microseconds);

/* Two hexadecimal digits. */
void text_hex(struct text *t, uint8_t byte);

#endif
