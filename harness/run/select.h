/* SPDX-License-Identifier: MIT */
/* Which cases a command is about. */
#ifndef SOCKATLAS_SELECT_H
#define SOCKATLAS_SELECT_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/run/cases.h"

enum { SELECT_MAX = 64 };

struct selection {
	/* An id, the beginning of one up to a slash, or a glob; none selects everything. */
	const char *patterns[SELECT_MAX];
	const char *excluded[SELECT_MAX];
	const char *tags[SELECT_MAX];
	const char *levels[SELECT_MAX];
	const char *constants[SELECT_MAX]; /* names that the case's source mentions */
	size_t pattern_count, excluded_count, tag_count, level_count, constant_count;
};

/*
 * The selected variants, in order; `*count` gets how many. The caller frees the
 * array. NULL with a line on standard error when a pattern matches nothing, or
 * when nothing is left.
 */
struct run_item *select_items(const struct selection *selection, size_t *count);

/* Whether `pattern` (see above) matches `id`. */
bool select_matches(const char *pattern, const char *id);

#endif
