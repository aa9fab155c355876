/* SPDX-License-Identifier: MIT */
/* Versions of kernels: "5.15", "6.1.0-44-amd64". */
#ifndef SOCKATLAS_KNOWN_VERSION_H
#define SOCKATLAS_KNOWN_VERSION_H

#include <stdbool.h>

/*
 * Compares a kernel's release, as uname(2) gives it, with a version of one to three numbers.
 * Only as many numbers as `version` has are looked at: 5.15.3 is 5.15. Negative, 0 or positive
 * as the release is older, of the version, or newer.
 */
int version_compare(const char *release, const char *version);

/* Whether `text` is one to three numbers with dots between them, and nothing else. */
bool version_is_valid(const char *text);

/*
 * Whether a release is in a range: comparisons (< <= > >= =) with a version, all of which
 * have to hold, such as ">=5.10 <5.15".
 */
bool version_in_range(const char *release, const char *range);

/* Whether `range` can be understood. */
bool version_range_is_valid(const char *range);

#endif
