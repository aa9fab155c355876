/* SPDX-License-Identifier: MIT */
#ifndef SOCKATLAS_VERDICT_H
#define SOCKATLAS_VERDICT_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/declaration.h"
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
 * Judges what became of a case. `reason` gets a sentence for everything but pass and a
 * check that failed, `signal_name` (16 bytes) the signal of a crash or "".
 *
 * A failed setup step is an error whatever came before or after it, in whichever process
 * or thread. A skip for want of something that a probe finds is a fail: the case did not
 * run, and nothing kept it from running. A case that would pass is an error when it made no
 * check and observed nothing, or, where calls are recorded, made no call without saying
 * that it only computes, or made one and says so.
 */
enum verdict verdict_of(const struct test_case *test, const struct outcome *o, bool calls_recorded,
			char *reason, size_t size, char *signal_name);

/* The exit status of a run with this many of each verdict. */
int verdict_exit_status(const unsigned int counts[VERDICT_COUNT]);

#endif
