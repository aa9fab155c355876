/* SPDX-License-Identifier: MIT */
/* What was measured, for people and for programs. */
#ifndef ATLAS_COVERAGE_WRITE_H
#define ATLAS_COVERAGE_WRITE_H

#include <stdio.h>

#include "reports/coverage/measure.h"

/* Tables by tier and group, the targets, then what was never seen, and why. */
void coverage_text(FILE *out, const struct measure *measure);

/* A heading, then a line for each name. */
void coverage_tsv(FILE *out, const struct measure *measure);

/*
 * Writes each entry of absent.tsv and unprovoked.tsv that is stale to `out`: what it is about
 * was seen, or is not in the catalogue. Returns how many there are. `out` may be NULL.
 */
size_t coverage_stale(FILE *out, const struct measure *measure);

#endif
