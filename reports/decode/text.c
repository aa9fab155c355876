/* SPDX-License-Identifier: MIT */
#include "reports/decode/text.h"

void text_number(struct text *t, uint64_t number, int width)
{
	char digits[32], *end = digits + sizeof(digits), *start = end;

	do {
		*--start = (char)('0' + number % 10);
		number /= 10;
	} while ((number != 0 || --width > 0) && start > digits);
	text_bytes(t, start, (size_t)(end - start));
}

void text_seconds(struct text *t, int64_t microseconds)
{
	uint64_t size = microseconds < 0 ? -(uint64_t)microseconds : (uint64_t)microseconds;

	if (microseconds < 0)
		text_char(t, '-');
	text_number(t, size / 1000000, 1);
	text_char(t, '.');
	text_number(t, size % 1000000, 6);
}

void text_hex(struct text *t, uint8_t byte)
{
	static const char digits[] = "0123456789abcdef";

	text_char(t, digits[byte >> 4]);
	text_char(t, digits[byte & 15]);
}
