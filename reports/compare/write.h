/* SPDX-License-Identifier: MIT */
/* How a comparison is written, difference by difference. */
#ifndef ATLAS_COMPARE_WRITE_H
#define ATLAS_COMPARE_WRITE_H

#include <stdio.h>

#include "reports/commands.h"
#include "reports/results/merge.h"

struct comparison {
	FILE *out;
	struct atlas atlas;
	enum compare_format format;
	size_t differences;
	const char *heading; /* that was written last; it has to live until the next */
};

/* What has to be known of the runs before anything else. */
void comparison_begin(struct comparison *c);

/*
 * One difference: under `heading`, `what` is texts[i] in run i; "" is nothing, and a run
 * whose text is NULL was not asked.
 */
void comparison_put(struct comparison *c, const char *heading, const char *what,
		    const char *const *texts);

/* What differs between the platforms themselves, and in what they can do. */
void compare_platforms(struct comparison *c);

#endif
