/* SPDX-License-Identifier: MIT */
/* The table of attempts, for probe.c. */
#ifndef SOCKATLAS_ATTEMPTS_H
#define SOCKATLAS_ATTEMPTS_H

#include "harness/probe/probe.h"

extern const struct probe probe_attempts[];
extern const size_t probe_attempts_count;

#endif
