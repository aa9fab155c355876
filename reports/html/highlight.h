/* SPDX-License-Identifier: MIT */
/* C source in colours, a line at a time. */
#ifndef ATLAS_HTML_HIGHLIGHT_H
#define ATLAS_HTML_HIGHLIGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

/* What one line leaves to the next. Start with {0}. */
struct highlight {
	bool in_comment;
	bool in_directive; /* a preprocessor line that ends in a backslash */
};

/* Writes a line, escaped; comments, strings, numbers, keywords, constants in <i class="...">. */
void highlight_line(FILE *out, struct highlight *state, const char *line, size_t length);

#endif
