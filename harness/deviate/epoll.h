/* SPDX-License-Identifier: MIT */
/* epoll that forgets what it was told, or reports the wrong events. See deviate.h. */
#ifndef SOCKATLAS_DEVIATE_EPOLL_H
#define SOCKATLAS_DEVIATE_EPOLL_H

#include <stdbool.h>
#include <sys/epoll.h>

#include "harness/deviate/deviate.h"
#include "harness/deviate/memory.h"

/* One epoll_ctl(). */
struct epoll_change {
	int epoll, operation, fd;
	struct epoll_event *event;
};

/*
 * Before the call: EPOLL_CTL_MOD:ignored, EPOLL_CTL_DEL:ignored, when the kernel would accept
 * it: whether it is to be left out, and 0 returned.
 */
bool deviate_epoll_instead(const struct call *call, const struct epoll_change *change);

/* The event that the kernel is to get, either the case's or `copy`: EPOLLET:dropped. */
struct epoll_event *deviate_epoll_event(const struct call *call, const struct epoll_change *change,
					struct epoll_event *copy);

/* After a call that succeeded: EPOLL_CTL_ADD:ignored, and what may have been dropped. */
void deviate_epoll_changed(const struct call *call, const struct epoll_change *change);

struct epoll_before {
	bool waited; /* nothing is ready yet, so that the timeout matters */
	struct kept events;
};

void deviate_epoll_before(const struct call *call, struct epoll_before *before, int epoll,
			  const struct epoll_event *events, int count, bool waits);

/*
 * EPOLLIN:unreported, EPOLLHUP:spurious, data:unfilled, result:off-by-one, result:clamped
 * to one. Returns the result.
 */
int deviate_epoll_after(const struct call *call, const struct epoll_before *before,
			struct epoll_event *events, int result);

#endif
