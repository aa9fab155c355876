/* SPDX-License-Identifier: MIT */
/*
 * Proof that the cases check something: each case runs once as it is, to learn what of its
 * calls could go wrong, and then once for each deviation (harness/deviate). A deviation
 * that no case notices is a hole in the suites.
 */
#ifndef SOCKATLAS_PROOF_H
#define SOCKATLAS_PROOF_H

#include <stdio.h>

#include "harness/run/schedule.h"

struct proof {
	struct schedule schedule; /* items, mode, jobs, scale, needs; the rest is set here */
	const char *only;	  /* a glob: deviations to consider; NULL: all */
	unsigned int sample; /* cases a deviation, and the others only while none notices; 0: all */
	bool list;	     /* only name them, as lines DEVIATION TAB CASE */
	bool quiet;
	FILE *out;
};

/*
 * Writes one line a deviation to `out`: {"type":"deviation", "name":..., "cases":[{"id",
 * "verdict", "file", "line", "text"}, ...]} and a footer, all in order of their names.
 * A case that does not pass as it is has nothing to notice with: it is left out and named.
 * Returns 0, 1 when a deviation was not noticed, 2 on errors (no room for the names,
 * none has anything to deviate, interrupted).
 */
int proof_run(const struct proof *proof);

#endif
