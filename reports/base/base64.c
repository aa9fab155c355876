/* SPDX-License-Identifier: MIT */
#include "reports/base/base64.h"

/* Its last character is the padding. */
static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";

static int value_of(char c)
{
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	if (c >= 'a' && c <= 'z')
		return c - 'a' + 26;
	if (c >= '0' && c <= '9')
		return c - '0' + 52;
	return c == '+' ? 62 : c == '/' ? 63 : -1;
}

size_t base64_room(size_t length)
{
	return length / 4 * 3 + 3;
}

bool base64_decode(const char *text, size_t length, uint8_t *bytes, size_t *count)
{
	size_t padding = 0;

	*count = 0;
	if (length % 4 != 0)
		return false;
	while (padding < 2 && padding < length && text[length - 1 - padding] == '=')
		padding++;
	for (size_t i = 0; i < length; i += 4) {
		size_t digits = i + 4 == length ? 4 - padding : 4;
		uint32_t group = 0;

		for (size_t k = 0; k < 4; k++) {
			int v = k < digits ? value_of(text[i + k]) : 0;

			if (v < 0)
				return false;
			group = group << 6 | (uint32_t)v;
		}
		for (size_t k = 0; k + 1 < digits; k++)
			bytes[(*count)++] = (uint8_t)(group >> (16 - 8 * k));
		if (digits < 4 && (group & ((1U << (8 * (4 - digits))) - 1)) != 0)
			return false;
	}
	return true;
}

void base64_encode(const uint8_t *bytes, size_t length, char *text)
{
	for (size_t i = 0; i < length; i += 3) {
		uint32_t group = (uint32_t)bytes[i] << 16;

		if (i + 1 < length)
			group |= (uint32_t)bytes[i + 1] << 8;
		if (i + 2 < length)
			group |= bytes[i + 2];
		*text++ = alphabet[group >> 18];
		*text++ = alphabet[group >> 12 & 63];
		*text++ = alphabet[i + 1 < length ? group >> 6 & 63 : 64];
		*text++ = alphabet[i + 2 < length ? group & 63 : 64];
	}
	*text = 0;
}
