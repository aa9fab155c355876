/* SPDX-License-Identifier: MIT */
/* Numbers and addresses as text. */
#include "harness/packet/internal.h"

#include <string.h>

void packet_put_some(struct packet_out *out, const char *text, size_t length)
{
	size_t room;

	if (out->length >= out->size)
		return;
	room = out->size - out->length;
	memcpy(out->buffer + out->length, text, length < room ? length : room);
}

/* "00" to "99" */
static const char pairs[200] = "00010203040506070809"
			       "10111213141516171819"
			       "20212223242526272829"
			       "30313233343536373839"
			       "40414243444546474849"
			       "50515253545556575859"
			       "60616263646566676869"
			       "70717273747576777879"
			       "80818283848586878889"
			       "90919293949596979899";

/* Digits into the end of a buffer, two a division; returns where they start. */
static char *digits_before(char *end, uint64_t number)
{
	/* a division of 32 bits is cheaper */
	while (number > UINT32_MAX) {
		memcpy(end -= 2, pairs + 2 * (number % 100), 2);
		number /= 100;
	}
	for (uint32_t n = (uint32_t)number;; n /= 100) {
		if (n < 10) {
			*--end = (char)('0' + n);
			return end;
		}
		memcpy(end -= 2, pairs + (size_t)(n % 100) * 2, 2);
		if (n < 100)
			return end;
	}
}

static unsigned int count_digits(uint32_t number)
{
	unsigned int count = 1;

	for (; number >= 10000; number /= 10000)
		count += 4;
	return count + (number >= 10) + (number >= 100) + (number >= 1000);
}

void packet_put_large(struct packet_out *out, uint64_t number)
{
	char digits[20], *start;

	if (number <= UINT32_MAX && out->length + 10 <= out->size) {
		out->length += count_digits((uint32_t)number);
		digits_before(out->buffer + out->length, number);
		return;
	}
	start = digits_before(digits + sizeof(digits), number);
	packet_put_bytes(out, start, (size_t)(digits + sizeof(digits) - start));
}

static const char hex_digits[] = "0123456789abcdef";

static char *put_byte(char *at, uint8_t byte)
{
	at[0] = hex_digits[byte >> 4];
	at[1] = hex_digits[byte & 15];
	return at + 2;
}

void packet_put_hex(struct packet_out *out, uint64_t number, unsigned int width)
{
	char digits[16], *at = digits;
	unsigned int needed = number == 0 ? 1 : (67 - (unsigned int)__builtin_clzll(number)) / 4;

	if (width > 16)
		width = 16;
	if (needed < width)
		needed = width;
	if (needed % 2 != 0)
		*at++ = hex_digits[number >> 4 * (needed - 1) & 15];
	for (unsigned int n = needed / 2; n > 0; n--)
		at = put_byte(at, (uint8_t)(number >> 8 * (n - 1)));
	packet_put_bytes(out, digits, needed);
}

void packet_put_hex_bytes(struct packet_out *out, const uint8_t *bytes, size_t length)
{
	if (out->length + 2 * length <= out->size) {
		char *at = out->buffer + out->length;

		for (size_t i = 0; i < length; i++)
			at = put_byte(at, bytes[i]);
		out->length += 2 * length;
		return;
	}
	for (size_t i = 0; i < length; i++) {
		char digits[2];

		put_byte(digits, bytes[i]);
		packet_put_bytes(out, digits, 2);
	}
}

void packet_put_ipv4(struct packet_out *out, const uint8_t address[4])
{
	char text[16], *in_place = packet_put_room(out, sizeof(text));
	char *start = in_place != NULL ? in_place : text, *at = start;

	for (int i = 0; i < 4; i++) {
		unsigned int byte = address[i];

		if (byte >= 100)
			*at++ = (char)('0' + byte / 100);
		if (byte >= 10) {
			memcpy(at, pairs + (size_t)(byte % 100) * 2, 2);
			at += 2;
		} else {
			*at++ = (char)('0' + byte);
		}
		*at++ = '.';
	}
	at--;
	if (in_place != NULL)
		out->length += (size_t)(at - start);
	else
		packet_put_bytes(out, start, (size_t)(at - start));
}

/* One word of an IPv6 address, without leading zeros. */
static char *put_word(char *at, unsigned int word)
{
	if (word > 0xfff)
		*at++ = hex_digits[word >> 12];
	if (word > 0xff)
		*at++ = hex_digits[word >> 8 & 15];
	if (word > 0xf)
		*at++ = hex_digits[word >> 4 & 15];
	*at++ = hex_digits[word & 15];
	return at;
}

void packet_put_ipv6(struct packet_out *out, const uint8_t address[16])
{
	int run = -1, run_length = 1; /* RFC 5952 4.2.2: one word alone is not shortened */
	char text[40], *in_place = packet_put_room(out, sizeof(text));
	char *start = in_place != NULL ? in_place : text, *at = start;

	for (int i = 0; i < 8; i++) {
		int n = 0;

		while (i + n < 8 && packet_be16(address + 2L * (i + n)) == 0)
			n++;
		if (n > run_length) {
			run = i;
			run_length = n;
		}
		i += n;
	}
	if (run == 0 && run_length == 5 && packet_be16(address + 10) == 0xffff) {
		packet_put(out, "::ffff:");
		packet_put_ipv4(out, address + 12);
		return;
	}
	for (int i = 0; i < 8; i++) {
		if (i == run) {
			*at++ = ':';
			*at++ = ':';
			i += run_length - 1;
			continue;
		}
		if (i > 0 && (run < 0 || i != run + run_length))
			*at++ = ':';
		at = put_word(at, packet_be16(address + 2L * i));
	}
	if (in_place != NULL)
		out->length += (size_t)(at - start);
	else
		packet_put_bytes(out, start, (size_t)(at - start));
}

void packet_put_mac(struct packet_out *out, const uint8_t address[6])
{
	char text[18], *at = text;

	for (int i = 0; i < 6; i++) {
		at = put_byte(at, address[i]);
		*at++ = ':';
	}
	packet_put_bytes(out, text, 17);
}
