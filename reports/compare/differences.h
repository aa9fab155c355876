/* SPDX-License-Identifier: MIT */
/*
 * What is not alike in several runs: of each result its verdict, then its facts. A run
 * that did not run the case, or skipped it, says nothing about its facts; a case that only
 * some runs have differs in nothing.
 */
#ifndef ATLAS_COMPARE_DIFFERENCES_H
#define ATLAS_COMPARE_DIFFERENCES_H

#include "reports/compare/facts.h"
#include "reports/results/merge.h"

/* What a run says of one thing. */
struct answer {
	const char *text; /* NULL: nothing is known of it; "": it was looked for and not seen */
	size_t group;	  /* those that say the same; 0 is the one that most say */
};

struct difference {
	const struct merged_case *of_case;
	const struct merged_variant *variant;
	bool verdict; /* else a fact, of this kind: */
	enum fact_kind kind;
	const char *what;	/* "verdict", or the fact's name */
	struct answer *answers; /* one for each run */
	size_t groups;
	bool common; /* group 0 is larger than any other: the others stand apart from it */
};

struct differences {
	struct difference *items; /* in the order of the atlas' cases and variants */
	size_t count, room;
	struct arena arena;
};

/*
 * Numbers the answers' groups, 0 for the largest: those with one key say the same. Returns how
 * many groups there are. Keys of answers without a text are not read.
 */
size_t answers_group(struct answer *answers, const char *const *keys, size_t count);

/* Whether the run stands apart in this difference: it says what not most of them say. */
bool difference_apart(const struct difference *d, size_t run);

/* `kinds` has a bit for each fact_kind that is to be looked at. Free with differences_free(). */
void differences_find(struct differences *d, const struct atlas *atlas, unsigned int kinds);

void differences_free(struct differences *d);

/* "skip (no SCTP here)": a verdict with what explains it. */
const char *verdict_text(struct arena *arena, const struct result *r);

#endif
