/* SPDX-License-Identifier: MIT */
/*
 * Text into a buffer that may be too small, without printf() and without a call for each word:
 * lines are made by the million. Not installed; atlas writes its own words with it too.
 */
#ifndef SOCKATLAS_PACKET_PUT_H
#define SOCKATLAS_PACKET_PUT_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A text that is being written, as snprintf() does: `length` goes on counting past `size`. */
struct packet_out {
	char *buffer;
	size_t size;
	size_t length;
};

/* Ends the text with a NUL and returns its whole length. */
static inline size_t packet_put_end(struct packet_out *out)
{
	if (out->size > 0)
		out->buffer[out->length < out->size ? out->length : out->size - 1] = '\0';
	return out->length;
}

/* What of the bytes has room. */
void packet_put_some(struct packet_out *out, const char *text, size_t length);

static inline void packet_put_bytes(struct packet_out *out, const char *text, size_t length)
{
	/* less, so that there is a buffer: size 0 may have none */
	if (out->length + length < out->size)
		memcpy(out->buffer + out->length, text, length);
	else
		packet_put_some(out, text, length);
	out->length += length;
}

/* Always inline, so that the length of a literal is known where it is compiled. */
__attribute__((always_inline)) static inline void packet_put(struct packet_out *out,
							     const char *text)
{
	packet_put_bytes(out, text, strlen(text));
}

static inline void packet_put_char(struct packet_out *out, char c)
{
	if (out->length < out->size)
		out->buffer[out->length] = c;
	out->length++;
}

/* Where `needed` bytes can be written before out->length is moved on, or NULL. */
static inline char *packet_put_room(struct packet_out *out, size_t needed)
{
	return out->length + needed <= out->size ? out->buffer + out->length : NULL;
}

/* A number of four digits and more, or where there is hardly room. */
void packet_put_large(struct packet_out *out, uint64_t number);

static inline void packet_put_number(struct packet_out *out, uint64_t number)
{
	char *at = packet_put_room(out, 3);

	if (number > 999 || at == NULL) {
		packet_put_large(out, number);
	} else if (number < 10) {
		at[0] = (char)('0' + number);
		out->length += 1;
	} else if (number < 100) {
		at[0] = (char)('0' + number / 10);
		at[1] = (char)('0' + number % 10);
		out->length += 2;
	} else {
		at[0] = (char)('0' + number / 100);
		at[1] = (char)('0' + number / 10 % 10);
		at[2] = (char)('0' + number % 10);
		out->length += 3;
	}
}
/* Lower-case, at least `digits` wide, without 0x. */
void packet_put_hex(struct packet_out *out, uint64_t number, unsigned int digits);
void packet_put_hex_bytes(struct packet_out *out, const uint8_t *bytes, size_t length);
void packet_put_ipv4(struct packet_out *out, const uint8_t address[4]);
/* As RFC 5952 wants it. */
void packet_put_ipv6(struct packet_out *out, const uint8_t address[16]);
void packet_put_mac(struct packet_out *out, const uint8_t address[6]);

/* " name=number" */
__attribute__((always_inline)) static inline void packet_put_pair(struct packet_out *out,
								  const char *name, uint64_t number)
{
	packet_put_char(out, ' ');
	packet_put(out, name);
	packet_put_char(out, '=');
	packet_put_number(out, number);
}

/* " len number": bytes of data */
static inline void packet_put_length(struct packet_out *out, uint64_t length)
{
	packet_put(out, " len ");
	packet_put_number(out, length);
}

#endif
