/* SPDX-License-Identifier: MIT */
#include "reports/coverage/table.h"

#include <stdio.h>
#include <string.h>

/* Cuts `line` at its tabs; returns how many fields it has, of which TABLE_FIELDS are kept. */
static size_t split(char *line, const char **fields)
{
	size_t count = 0;

	for (;;) {
		char *tab = strchr(line, '\t');

		if (count < TABLE_FIELDS)
			fields[count] = line;
		count++;
		if (tab == NULL)
			return count;
		*tab = 0;
		line = tab + 1;
	}
}

static size_t fields_of(const char *heading)
{
	size_t count = 1;

	for (; *heading != 0; heading++)
		count += *heading == '\t';
	return count;
}

bool table_read(struct arena *arena, const char *file, const char *text, const char *heading,
		bool (*each)(void *context, const struct row *row, char *reason, size_t size),
		void *context, char *error, size_t error_size)
{
	size_t width = fields_of(heading);
	bool headed = false;
	struct row row = {.file = file};

	while (*text != 0) {
		size_t length = strcspn(text, "\n");
		char *line = arena_string(arena, text, length), reason[300] = "";

		text += length + (text[length] != 0);
		row.line++;
		if (line[0] == 0 || line[0] == '#')
			continue;
		if (!headed) {
			headed = true;
			if (strcmp(line, heading) == 0)
				continue;
			snprintf(reason, sizeof(reason), "the heading is not that of this table");
		} else if (split(line, row.fields) != width) {
			snprintf(reason, sizeof(reason), "not %zu fields with tabs between them",
				 width);
		} else if (row.fields[0][0] == 0) {
			snprintf(reason, sizeof(reason), "the first field is empty");
		} else if (each(context, &row, reason, sizeof(reason))) {
			continue;
		}
		snprintf(error, error_size, "%s:%zu: %s", file, row.line, reason);
		return false;
	}
	if (!headed)
		snprintf(error, error_size, "%s: has no heading", file);
	return headed;
}
