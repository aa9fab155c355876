/* SPDX-License-Identifier: MIT */
/* Findings counted by kind, by call, or by subject. */
#ifndef ATLAS_DEVIATIONS_SCORE_H
#define ATLAS_DEVIATIONS_SCORE_H

#include "reports/deviations/findings.h"

struct score {
	const char *name;
	size_t happened, noticed; /* FATE_SETUP counts as noticed; FATE_UNSTABLE not at all */
};

struct scores {
	struct score *items;
	size_t count;
};

typedef const char *score_name(const struct finding *f);

/* One for each name; those with the most survivors first, then by name. Free `items`. */
struct scores scores_by(const struct findings *f, score_name *name);

/* Names: of a finding's kind, and of its call. */
const char *score_kind(const struct finding *f);
const char *score_call(const struct finding *f);

/*
 * "98.3", never rounded up to "100.0" or to a minimum that is not reached: one decimal, cut.
 * `text` has room for 16 bytes.
 */
void score_percent(char text[16], double share);

#endif
