/* SPDX-License-Identifier: MIT */
#ifndef SOCKATLAS_TIMELINE_H
#define SOCKATLAS_TIMELINE_H

#include <stdio.h>

#include "harness/run/outcome.h"

/* Writes the calls, checks that failed, and packets of an outcome in the order of time. */
void timeline_write(FILE *file, const struct outcome *o);

#endif
