/* SPDX-License-Identifier: MIT */
/*
 * Runs of a variant that say the same: on a page of many runs these are shown once. The same
 * are verdict, reason, checks, the errors of calls, and observations; not times and packets.
 */
#ifndef ATLAS_HTML_FOLD_H
#define ATLAS_HTML_FOLD_H

#include "reports/results/merge.h"

/* Start with {0}, which folds nothing. */
struct fold {
	const struct atlas *atlas;
	size_t *first; /* for each run of each variant, the first run that says the same */
};

/* Looks at all runs of all variants. Free with fold_free(). */
void fold_find(struct fold *fold, const struct atlas *atlas);

/* The first run that says of this variant what `run` says: `run` itself where it is the first. */
size_t fold_first(const struct fold *fold, const struct merged_variant *v, size_t run);

/* How many packets are left. */
size_t fold_packets(const struct fold *fold, const struct atlas *atlas);

void fold_free(struct fold *fold);

#endif
