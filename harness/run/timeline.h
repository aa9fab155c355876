/* SPDX-License-Identifier: MIT */
#ifndef SOCKATLAS_TIMELINE_H
#define SOCKATLAS_TIMELINE_H

#include <stdio.h>

#include "harness/run/outcome.h"

/* Writes the calls, checks that failed, and packets of an outcome in the order of time. */
void timeline_write(FILE *file, const struct outcome *o);

/* One call as in C, with its result: "close(fd=3) = -1 EBADF". */
void timeline_call(FILE *file, const struct outcome *o, const struct call_record *c);

#endif
