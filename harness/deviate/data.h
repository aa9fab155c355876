/* SPDX-License-Identifier: MIT */
/* Data that is sent and received, made wrong. See deviate.h. */
#ifndef SOCKATLAS_DEVIATE_DATA_H
#define SOCKATLAS_DEVIATE_DATA_H

#include <sys/types.h>

#include "harness/deviate/deviate.h"
#include "harness/deviate/memory.h"

/*
 * Sending of `length` bytes. buf:cut sends one byte less than it says: deviate_cut() gives how
 * many to pass to the kernel. result:off-by-one says one less than it sent. deviate_sent()
 * gives what the case is to see.
 */
size_t deviate_cut(const struct call *call, size_t length);
ssize_t deviate_sent(const struct call *call, ssize_t result, size_t length, size_t passed);

/*
 * Receiving: `result` bytes of a buffer of `size`, which was `before`. buf:unfilled, buf:altered,
 * result:off-by-one, and result:clamped where the result is larger than the buffer (MSG_TRUNC).
 * Gives what the case is to see.
 */
ssize_t deviate_received(const struct call *call, const struct kept *before, void *data,
			 size_t size, ssize_t result);

/* An offset in a file that went in and came out: SUBJECT:unfilled. `before` is of it. */
void deviate_offset(const struct call *call, const char *subject, const struct kept *before,
		    void *offset, size_t size);

#endif
