/* SPDX-License-Identifier: MIT */
/* Findings as text. */
#ifndef ATLAS_DEVIATIONS_WRITE_H
#define ATLAS_DEVIATIONS_WRITE_H

#include <stdio.h>

#include "reports/deviations/explained.h"

/*
 * Tables and survivors for a terminal. `path` is the file of the explanations, "" for none;
 * `minimum` the share in per cent that is wanted.
 */
void deviations_text(FILE *out, const struct findings *f, const struct explained *e,
		     const char *path, double minimum);

/* A line a deviation, with tabs between its fields, under a heading line. */
void deviations_tsv(FILE *out, const struct findings *f);

#endif
