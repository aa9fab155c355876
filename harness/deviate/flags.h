/* SPDX-License-Identifier: MIT */
/* Flags that a call is given and drops, or that it should report and does not. See deviate.h. */
#ifndef SOCKATLAS_DEVIATE_FLAGS_H
#define SOCKATLAS_DEVIATE_FLAGS_H

#include <stdint.h>

#include "harness/deviate/deviate.h"
#include "harness/names/names.h"

/*
 * `flags` as the kernel is to get them: MSG_PEEK:dropped for each flag of `table` that is set.
 * Other bits are left alone.
 */
#define deviate_flags_in(call, table, flags)                                                       \
	(deviation_mode == DEVIATION_OFF                                                           \
		 ? (flags)                                                                         \
		 : (__typeof__(flags))deviation_flags(call, "dropped", table, (uint64_t)(flags)))

/* `flags` as the case is to see them: MSG_TRUNC:unreported. */
#define deviate_flags_out(call, table, flags)                                                      \
	(deviation_mode == DEVIATION_OFF ? (flags)                                                 \
					 : (__typeof__(flags))deviation_flags(                     \
						   call, "unreported", table, (uint64_t)(flags)))

uint64_t deviation_flags(const struct call *call, const char *how, const struct name_table *table,
			 uint64_t flags);

#endif
