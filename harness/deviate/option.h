/* SPDX-License-Identifier: MIT */
/*
 * Socket options that a platform accepts and does not apply. See deviate.h.
 *
 * SO_REUSEADDR:ignored is a kernel whose setsockopt() returns 0 and does nothing, where a
 * real one would have applied the value. What would be refused is refused: otherwise
 * a case about an errno would notice, and nothing would be shown about the effect.
 * SO_REUSEADDR:echoed is the same kernel with a getsockopt() that gives back
 * what was set.
 */
#ifndef SOCKATLAS_DEVIATE_OPTION_H
#define SOCKATLAS_DEVIATE_OPTION_H

#include <sys/socket.h>

#include "harness/deviate/deviate.h"
#include "harness/deviate/memory.h"

/* One setsockopt(): its arguments, and the name of the option or NULL. */
struct option_set {
	int fd, level, option;
	const char *name;
	const void *value;
	socklen_t length;
};

/* Before the call: whether it is to be left out, and 0 returned. */
bool deviate_option_instead(const struct call *call, const struct option_set *set);

/* After a call that succeeded: what could have gone wrong. */
void deviate_option_offer(const struct call *call, const struct option_set *set);

/* After a getsockopt() that succeeded: what it echoes, and what it fills in wrongly. */
void deviate_option_read(const struct call *call, const struct option_set *read,
			 const struct kept *before, void *value, socklen_t room, socklen_t *length);

/* Descriptor `fd` is closed: what was set on it is forgotten. */
void deviate_option_closed(int fd);

#endif
