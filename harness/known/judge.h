/* SPDX-License-Identifier: MIT */
#ifndef SOCKATLAS_KNOWN_JUDGE_H
#define SOCKATLAS_KNOWN_JUDGE_H

#include "harness/known/entries.h"
#include "harness/run/cases.h"
#include "harness/run/outcome.h"
#include "harness/run/verdict.h"

/* What known differences make of a verdict. */
struct known_judgement {
	enum verdict verdict;
	enum verdict was;	  /* before: what a known difference would have been */
	const char *why, *source; /* "" when nothing is expected to go wrong */
	char where[320];	  /* who expects it: "fixtures/platforms/x.json, entry 2" */
	char reason[512];	  /* of the verdict before */
};

/*
 * Judges a verdict by the entries that hold here: one that is expected becomes "known",
 * and a pass of a case that is expected to go wrong "fixed". Where an entry has errnos, the
 * first check that failed (for an error, the first setup step) must have observed one of
 * them. `o` may be NULL for a case that was not started.
 */
struct known_judgement known_judge(const struct known *known, const struct run_item *item,
				   const struct outcome *o, enum verdict verdict);

#endif
