/* SPDX-License-Identifier: MIT */
/* Tables of text: a heading line, then lines of fields with tabs between them. */
#ifndef ATLAS_COVERAGE_TABLE_H
#define ATLAS_COVERAGE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "reports/base/memory.h"

enum { TABLE_FIELDS = 4 };

struct row {
	const char *file;
	size_t line;
	const char *fields[TABLE_FIELDS]; /* those that the heading has */
};

/*
 * Calls `each` for every line of `text` but the heading, which must be `heading`, lines that
 * start with "#" and empty ones. The fields live in the arena. False, with "FILE:LINE: reason"
 * in `error`, at the first line with another number of fields than the heading, an empty first
 * field, or for which `each` is false (it writes the reason).
 */
bool table_read(struct arena *arena, const char *file, const char *text, const char *heading,
		bool (*each)(void *context, const struct row *row, char *reason, size_t size),
		void *context, char *error, size_t error_size);

#endif
