/* SPDX-License-Identifier: MIT */
/* Recording in a self test: an outcome of its own, and looking calls up in it. */
#ifndef SOCKATLAS_SELFTEST_CALLS_SUPPORT_H
#define SOCKATLAS_SELFTEST_CALLS_SUPPORT_H

#include "harness/run/outcome.h"

#include <stdbool.h>
#include <stddef.h>

/* Starts recording into a fresh outcome; recording_stop() ends it and frees the outcome. */
void recording_start(void);
void recording_stop(void);

/* How many calls were recorded. */
unsigned int recorded(void);

/* The last recorded call of that name; NULL when there is none. */
const struct call_record *last_call(const char *name);

/*
 * The value of an argument of the last call of that name: what the kernel filled in
 * when it did, else what went in. "(none)" when there is no such call or argument.
 */
const char *argument(const char *call, const char *name);

/* The result of the last call of that name, as text. */
const char *result_of(const char *call);

/* What a record shows of an address; overwritten by the next call. */
const char *shown_address(const void *bytes, size_t length);

/* Whether two strings are equal; prints both when they are not. */
bool same(const char *actual, const char *expected);

/* Whether `text` starts with `prefix`; prints both when it does not. */
bool starts(const char *text, const char *prefix);

#endif
