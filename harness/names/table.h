/* SPDX-License-Identifier: MIT */
/*
 * How a table of names is written: one file a table, constants by their macro (their
 * values differ between architectures), the preferred name of a value first.
 *
 *     static const struct name shutdown[] = { NAME(SHUT_RD), NAME(SHUT_WR) };
 *     NAME_TABLE(names_shutdown, "shutdown", shutdown);
 *
 * A name that an older header or another C library may lack stands in an #ifdef.
 * Files include either headers of the C library or headers of the kernel where the
 * two define the same things.
 */
#ifndef SOCKATLAS_NAMES_TABLE_H
#define SOCKATLAS_NAMES_TABLE_H

#include "harness/names/names.h"

#define NAME(constant)                                                                             \
	{                                                                                          \
#constant, (int64_t)(constant)                                                     \
	}

/* A constant whose header gives it another name, or none. */
#define NAME_AS(constant, value)                                                                   \
	{                                                                                          \
#constant, (int64_t)(value)                                                        \
	}

#define NAME_TABLE(table, group, names)                                                            \
	const struct name_table table = {group, names, sizeof(names) / sizeof((names)[0])}

#endif
