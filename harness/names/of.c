/* SPDX-License-Identifier: MIT */
/* From a number to its name, or to the names of its bits, in one table. */
#include "harness/names/names.h"

#include <stdio.h>

const char *names_of(const struct name_table *table, int64_t value)
{
	for (size_t i = 0; i < table->count; i++) {
		if (table->names[i].value == value)
			return table->names[i].text;
	}
	return NULL;
}

/* Adds as much of `text` as leaves room for a NUL. Returns the new length. */
static size_t append(char *buffer, size_t size, size_t used, const char *text)
{
	while (*text != '\0' && used + 1 < size)
		buffer[used++] = *text++;
	return used;
}

char *names_flags(const struct name_table *table, uint64_t value, char *buffer, size_t size)
{
	size_t used = 0;

	if (size == 0)
		return buffer;
	for (size_t i = 0; i < table->count && value != 0; i++) {
		uint64_t bits = (uint64_t)table->names[i].value;

		if (bits == 0 || (value & bits) != bits)
			continue;
		if (used > 0)
			used = append(buffer, size, used, "|");
		used = append(buffer, size, used, table->names[i].text);
		value &= ~bits;
	}
	if (value != 0 || used == 0) {
		char rest[24] = "0";

		if (value != 0)
			(void)snprintf(rest, sizeof(rest), "0x%llx", (unsigned long long)value);
		if (used > 0)
			used = append(buffer, size, used, "|");
		used = append(buffer, size, used, rest);
	}
	buffer[used] = '\0';
	return buffer;
}
