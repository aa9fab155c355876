/* SPDX-License-Identifier: MIT */
#ifndef SOCKATLAS_VERDICT_H
#define SOCKATLAS_VERDICT_H

#include <stddef.h>

#include "harness/run/outcome.h"

/* The order is that of the footer. */
enum verdict {
	VERDICT_PASS,
	VERDICT_FAIL,
	VERDICT_SKIP,
	VERDICT_KNOWN,
	VERDICT_FIXED,
	VERDICT_ERROR,
	VERDICT_TIMEOUT,
	VERDICT_CRASH,
	VERDICT_COUNT,
};

const char *verdict_name(enum verdict verdict);

/*
 * Judges an outcome. `reason` gets a sentence for everything but pass and fail,
 * `signal_name` (16 bytes) the signal of a crash or "".
 */
enum verdict verdict_of(const struct outcome *o, char *reason, size_t size, char *signal_name);

/* The exit status of a run with this many of each verdict. */
int verdict_exit_status(const unsigned int counts[VERDICT_COUNT]);

#endif
