/* SPDX-License-Identifier: MIT */
/* What calls return, made wrong. See deviate.h. */
#ifndef SOCKATLAS_DEVIATE_RESULT_H
#define SOCKATLAS_DEVIATE_RESULT_H

#include <stdint.h>

#include "harness/deviate/deviate.h"

/*
 * Of a call that returns -1 and sets errno: EADDRINUSE:success, EADDRINUSE:EINVAL. What a
 * call that makes a descriptor returns for its success is a descriptor, else 0. Changes
 * call->saved_errno. Returns what the case is to see.
 */
#define deviate_error(call, result)                                                                \
	(deviation_mode == DEVIATION_OFF ? (int64_t)(result) : deviation_error(call, result))
int64_t deviation_error(struct call *call, int64_t result);

/*
 * Of a call that returns how many bytes or things there are: result:off-by-one (one too
 * few). With a `room` that it exceeds: result:clamped. Returns what the case is to see.
 */
int64_t deviate_count(const struct call *call, int64_t result, int64_t room);

/* A number of any meaning: one too many. */
int64_t deviate_number(const struct call *call, const char *subject, int64_t value);

/* A truth value: the other one, SUBJECT:inverted. */
int deviate_truth(const struct call *call, const char *subject, int value);

/* getaddrinfo()'s codes: EAI_NONAME:EAI_FAIL, EAI_NONAME:success. */
int deviate_addrinfo_error(const struct call *call, int code);

#endif
