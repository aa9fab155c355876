/* SPDX-License-Identifier: MIT */
/*
 * Writes text into a buffer of fixed size, quickly: the recorder runs inside
 * every socket call of a case, so that printf() would be a large part of its cost.
 *
 * What does not fit is dropped, and text_finish() ends the text with "..." then.
 * Nothing here changes errno, allocates, or locks.
 */
#ifndef SOCKATLAS_CALLS_TEXT_H
#define SOCKATLAS_CALLS_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
	char *start;
	char *at;  /* where the next byte goes */
	char *end; /* one past the last byte that may be used for text */
	bool cut;  /* something did not fit */
};

/* Makes `t` write to `buffer`, of `size` bytes (at least 4), the NUL included. */
void text_begin(struct text *t, char *buffer, size_t size);

/* Ends the text with NUL. Returns its length without the NUL. */
size_t text_finish(struct text *t);

void text_char(struct text *t, char c);
void text_string(struct text *t, const char *string);
void text_bytes(struct text *t, const char *bytes, size_t length);
void text_int(struct text *t, int64_t value);
void text_unsigned(struct text *t, uint64_t value);

/* "0x1f"; 0 is "0". */
void text_hex(struct text *t, uint64_t value);

/* At least `digits` hexadecimal digits, without "0x". */
void text_hex_digits(struct text *t, uint64_t value, unsigned int digits);

/* "0x7f12..." or "NULL". */
void text_pointer(struct text *t, const void *pointer);

/* The name when there is one, else the number. */
void text_name(struct text *t, const char *name, int64_t value);

/*
 * The bytes as the inside of a C string, without the quotes. Bytes that are not
 * printable ASCII are escaped, so that the text is UTF-8 whatever the bytes are.
 */
void text_escaped(struct text *t, const void *bytes, size_t length);

/* The bytes as hexadecimal digits: "00 1f a0". */
void text_hex_bytes(struct text *t, const void *bytes, size_t length);

#endif
