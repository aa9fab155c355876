/* SPDX-License-Identifier: MIT */
/*
 * What the platforms of runs do not have. Only their own answers count: a family, a protocol or
 * an option is lacking when it was asked for in every run, and refused every time.
 */
#ifndef ATLAS_COVERAGE_LACKING_H
#define ATLAS_COVERAGE_LACKING_H

#include "reports/coverage/measure.h"

/* Sets `lacking` of every name that belongs to what all of the runs refuse. */
void lacking_find(struct measure *measure, struct run *const *runs, size_t count);

#endif
