/* SPDX-License-Identifier: MIT */
/* Of which versions of Linux a case's claim is true: .since and .removed of the case and its row.
 */
#ifndef SOCKATLAS_KNOWN_HISTORY_H
#define SOCKATLAS_KNOWN_HISTORY_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/known/platform.h"
#include "harness/run/cases.h"

/* The later of the case's and the row's; NULL for none. */
const char *history_since(const struct run_item *item);

/* The earlier of the case's and the row's; NULL for none. */
const char *history_removed(const struct run_item *item);

/*
 * Whether the claim is not made of this platform's kernel; `text` then gets "since Linux 5.15"
 * or "until Linux 6.16". Only of Linux itself: what only says to be it has no such history.
 */
bool history_excludes(const struct run_item *item, const struct platform *platform, char *text,
		      size_t size);

/* What is wrong with a pair of versions; NULL when they are well. */
const char *history_fault(const char *since, const char *removed);

#endif
