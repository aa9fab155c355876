/* SPDX-License-Identifier: MIT */
#include "harness/deviate/flags.h"

uint64_t deviation_flags(const struct call *call, const char *how, const struct name_table *table,
			 uint64_t flags)
{
	uint64_t seen = 0;

	for (size_t i = 0; i < table->count; i++) {
		uint64_t bits = (uint64_t)table->names[i].value;

		/* Of names for the same bits, and of masks, the first counts. */
		if (bits == 0 || (flags & bits) != bits || (seen & bits) != 0)
			continue;
		seen |= bits;
		if (deviate(call, how, "%s", table->names[i].text))
			return flags & ~bits;
	}
	return flags;
}
