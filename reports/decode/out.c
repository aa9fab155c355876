/* SPDX-License-Identifier: MIT */
#include "reports/decode/out.h"

void out_number(struct out *t, uint64_t number, int width)
{
	char digits[32], *end = digits + sizeof(digits), *start = end;

	do {
		*--start = (char)('0' + number % 10);
		number /= 10;
		width--;
	} while ((number != 0 || width > 0) && start > digits);
	out_bytes(t, start, (size_t)(end - start));
}

void out_seconds(struct out *t, int64_t microseconds)
{
	uint64_t size = microseconds < 0 ? -(uint64_t)microseconds : (uint64_t)microseconds;

	if (microseconds < 0)
		out_char(t, '-');
	out_number(t, size / 1000000, 1);
	out_char(t, '.');
	out_number(t, size % 1000000, 6);
}

void out_hex(struct out *t, uint8_t byte)
{
	static const char digits[] = "0123456789abcdef";

	out_char(t, digits[byte >> 4]);
	out_char(t, digits[byte & 15]);
}
