/* SPDX-License-Identifier: MIT */
/*
 * What a call fills in, made wrong: memory that the case gave it, which is kept as it
 * was before the call. See deviate.h.
 */
#ifndef SOCKATLAS_DEVIATE_MEMORY_H
#define SOCKATLAS_DEVIATE_MEMORY_H

#include <stddef.h>
#include <sys/socket.h>

#include "harness/deviate/deviate.h"
#include "harness/deviate/fields.h"

/* A piece of memory before a call; nothing is kept while no deviation is asked for. */
struct kept {
	size_t size;
	unsigned char bytes[512];
};

/* Keeps what can be read of the first bytes of `memory`, which may be any pointer. */
#define keep(kept, memory, length)                                                                 \
	((kept)->size = 0,                                                                         \
	 deviation_mode == DEVIATION_OFF ? (void)0 : keep_bytes(kept, memory, length))
void keep_bytes(struct kept *kept, const void *memory, size_t size);

/*
 * The `size` bytes at `memory` that the call stored: SUBJECT:unfilled (they are as before),
 * SUBJECT.FIELD:off-by-one (a number is one more; of a text, the last character) for each of
 * `fields`. With `fields` NULL a number of 1, 2, 4 or 8 bytes is one field, SUBJECT; other bytes
 * are none: then the first byte is changed, SUBJECT:altered.
 */
void deviate_bytes(const struct call *call, const char *subject, const struct kept *before,
		   void *memory, size_t size, const struct fields *fields);

/* A NUL-terminated text that the call stored: SUBJECT:unfilled, SUBJECT:altered, SUBJECT:cut. */
void deviate_text(const struct call *call, const char *subject, const struct kept *before,
		  char *text);

/*
 * A length that went in as `room` and came out: SUBJECT:unfilled, off-by-one, and, when it is
 * larger than the room there was, clamped.
 */
void deviate_length(const struct call *call, const char *subject, socklen_t room,
		    socklen_t *length);

/*
 * A socket address and its length, as getsockname() and recvfrom() fill them in. The subject of
 * the address is its family: AF_INET.sin_port:off-by-one, AF_INET:unfilled. Nothing when
 * either pointer is NULL. `before` is of the address.
 */
void deviate_address(const struct call *call, const struct kept *before, void *address,
		     socklen_t room, socklen_t *length);

#endif
