/* SPDX-License-Identifier: MIT */
/* Text into a buffer that may be too small, without printf(): lines are made by the million. */
#include "harness/packet/internal.h"

#include <string.h>

size_t packet_put_end(struct packet_out *out)
{
	if (out->size > 0)
		out->buffer[out->length < out->size ? out->length : out->size - 1] = '\0';
	return out->length;
}

void packet_put_bytes(struct packet_out *out, const char *text, size_t length)
{
	if (out->length < out->size) {
		size_t room = out->size - out->length;

		memcpy(out->buffer + out->length, text, length < room ? length : room);
	}
	out->length += length;
}

void packet_put(struct packet_out *out, const char *text)
{
	packet_put_bytes(out, text, strlen(text));
}

void packet_put_char(struct packet_out *out, char c)
{
	if (out->length < out->size)
		out->buffer[out->length] = c;
	out->length++;
}

void packet_put_number(struct packet_out *out, uint64_t number)
{
	char digits[20];
	size_t n = sizeof(digits);

	do {
		digits[--n] = (char)('0' + number % 10);
		number /= 10;
	} while (number != 0);
	packet_put_bytes(out, digits + n, sizeof(digits) - n);
}

void packet_put_hex(struct packet_out *out, uint64_t number, unsigned int width)
{
	char digits[16];
	size_t n = sizeof(digits);

	do {
		digits[--n] = "0123456789abcdef"[number & 15];
		number >>= 4;
	} while (n > 0 && (number != 0 || sizeof(digits) - n < width));
	packet_put_bytes(out, digits + n, sizeof(digits) - n);
}

void packet_put_hex_bytes(struct packet_out *out, const uint8_t *bytes, size_t length)
{
	for (size_t i = 0; i < length; i++)
		packet_put_hex(out, bytes[i], 2);
}

void packet_put_ipv4(struct packet_out *out, const uint8_t address[4])
{
	for (int i = 0; i < 4; i++) {
		if (i > 0)
			packet_put_char(out, '.');
		packet_put_number(out, address[i]);
	}
}

void packet_put_ipv6(struct packet_out *out, const uint8_t address[16])
{
	int run = -1, run_length = 1; /* RFC 5952 4.2.2: one word alone is not shortened */

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
			packet_put(out, "::");
			i += run_length - 1;
			continue;
		}
		if (i > 0 && (run < 0 || i != run + run_length))
			packet_put_char(out, ':');
		packet_put_hex(out, packet_be16(address + 2L * i), 1);
	}
}

void packet_put_mac(struct packet_out *out, const uint8_t address[6])
{
	for (int i = 0; i < 6; i++) {
		if (i > 0)
			packet_put_char(out, ':');
		packet_put_hex(out, address[i], 2);
	}
}

void packet_put_length(struct packet_out *out, uint64_t length)
{
	packet_put(out, " len ");
	packet_put_number(out, length);
}

void packet_put_pair(struct packet_out *out, const char *name, uint64_t number)
{
	packet_put_char(out, ' ');
	packet_put(out, name);
	packet_put_char(out, '=');
	packet_put_number(out, number);
}
