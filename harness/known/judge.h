/* SPDX-License-Identifier: MIT */
#ifndef SOCKATLAS_KNOWN_JUDGE_H
#define SOCKATLAS_KNOWN_JUDGE_H

#include "harness/known/entries.h"
#include "harness/run/cases.h"
#include "harness/run/outcome.h"
#include "harness/run/verdict.h"

/* What known differences make of a verdict. */
struct known_judgement {
	enum verdict verdict, was; /* `was`: what it would be if nothing was expected */
	/* Of a verdict that is another than it was. */
	char why[2048], source[2048];
	char entry[512];  /* who expects it: "fixtures/platforms/x.json, entry 2" */
	char reason[512]; /* of the verdict before */
	char text[4096];  /* the reason of the new verdict */
};

/*
 * Judges a verdict by the case's own history (.since, .removed) and by the entries that hold
 * here: one that is expected becomes "known", and a pass of a case that is expected to go wrong
 * "fixed". Where an entry has errnos, the first check that failed (for an error, the first setup
 * step) must have observed one of them. Out of the range of its history a case has to go wrong,
 * be it by its check, by a setup step or by a skip.
 *
 * `o` may be NULL for a case that was not started; `reason` is the verdict's.
 */
void known_judge(struct known_judgement *judged, const struct known *known,
		 const struct platform *platform, const struct run_item *item,
		 const struct outcome *o, enum verdict verdict, const char *reason);

/*
 * What is expected of the case here, when it is sure to go wrong: 1 << VERDICT_FAIL | ... Else 0.
 * It needs no patience: to wait the full time would only say again what is known.
 */
unsigned int known_expects(const struct known *known, const struct run_item *item);

#endif
