/* SPDX-License-Identifier: MIT */
/*
 * Several runs side by side: each case once, its variants inside it, and for each
 * variant what every run says. Cases stand in the order of their ids, variants in
 * the order their case declares them.
 */
#ifndef ATLAS_RESULTS_MERGE_H
#define ATLAS_RESULTS_MERGE_H

#include "reports/results/model.h"

struct findings; /* reports/deviations/findings.h */

struct merged_variant {
	const char *id;
	const char *name;	       /* "" when the case has no variants */
	const struct result **results; /* one for each run; NULL: it is not in that run */
};

struct merged_case {
	const char *id;
	const struct test_case *info; /* as the first run that has it declares it */
	const struct run *run;	      /* that run, whose source belongs to `info` */
	struct merged_variant *variants;
	size_t count;
};

struct atlas {
	struct run **runs;   /* owned by the caller */
	const char **labels; /* one short, distinct name for each run */
	size_t run_count;
	struct merged_case *cases;
	size_t case_count;
	const struct findings *findings; /* of deviations; NULL when there are none */
	struct arena arena;
};

/* Puts `count` runs, which must outlive the atlas, side by side. Free with atlas_free(). */
void atlas_merge(struct atlas *atlas, struct run **runs, size_t count);

void atlas_free(struct atlas *atlas);

/* How long the folder and file of an id are: "inet/tcp_bind" of "inet/tcp_bind/name". */
size_t group_length(const char *id);

/* Whether two cases stand in the same file. */
bool group_is_same(const char *id, const char *other);

#endif
