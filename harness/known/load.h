/* SPDX-License-Identifier: MIT */
#ifndef SOCKATLAS_KNOWN_LOAD_H
#define SOCKATLAS_KNOWN_LOAD_H

#include "harness/known/entries.h"

/*
 * The known differences of this platform: those inside the program and those of the
 * `count` files at `paths`. False with a line on standard error when one is not as it
 * should be.
 */
bool known_load(struct known *known, const char *const *paths, size_t count,
		const struct platform *platform);

/*
 * Prints each entry, which of them hold on this platform, and how many cases they are about.
 * Returns an exit status: 1 when one is about no case of this program, which is said on
 * standard error.
 */
int known_print(const struct known *known);

#endif
