/* SPDX-License-Identifier: MIT */
#include "reports/decode/out.h"

enum { MILLION = 1000000 };

void out_seconds(struct packet_out *t, int64_t microseconds)
{
	uint64_t size = microseconds < 0 ? -(uint64_t)microseconds : (uint64_t)microseconds;
	uint32_t fraction = (uint32_t)(size % MILLION);
	char decimals[7] = ".";

	for (int i = 6; i > 0; i--) {
		decimals[i] = (char)('0' + fraction % 10);
		fraction /= 10;
	}
	if (microseconds < 0)
		packet_put_char(t, '-');
	packet_put_number(t, size / MILLION);
	packet_put_bytes(t, decimals, sizeof(decimals));
}
