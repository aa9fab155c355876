/* SPDX-License-Identifier: MIT */
/*
 * poll() and select() that report the wrong events, or do not wait. See deviate.h.
 *
 * Each call has two steps: before it, what it is given is kept and, for one deviation,
 * changed; after it, what it reported is changed, and a survey writes down what would have
 * made a difference.
 */
#ifndef SOCKATLAS_DEVIATE_READY_H
#define SOCKATLAS_DEVIATE_READY_H

#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/select.h>

#include "harness/deviate/deviate.h"

enum {
	READY_KEPT = 32, /* more descriptors are not deviated */
	READY_SETS = 3,
};

/* The signal mask to pass: none for sigmask:ignored. */
const sigset_t *deviate_mask(const struct call *call, const sigset_t *mask);

/* Whether a timeout, which may be any pointer, is longer than 0. NULL waits for ever. */
bool deviate_waits(const void *timeout, size_t size);

/* timeout:ignored: whether the call is to return at once. Offered when it had to wait. */
bool deviate_no_waiting(const struct call *call);

struct poll_before {
	nfds_t count; /* 0: nothing is kept */
	bool waited;  /* nothing is ready yet, so that the timeout matters */
	struct pollfd fds[READY_KEPT];
};

/* POLLIN:dropped of `fds`, whose events are put back afterwards. `waits`: it has a timeout. */
void deviate_poll_before(const struct call *call, struct poll_before *before, struct pollfd *fds,
			 nfds_t count, bool waits);

/* POLLIN:unreported, POLLOUT:spurious, result:off-by-one. Returns the result. */
int deviate_poll_after(const struct call *call, const struct poll_before *before,
		       struct pollfd *fds, int result);

struct select_before {
	int count; /* 0: nothing is kept */
	bool waited;
	fd_set *sets[READY_SETS]; /* to read, to write, exceptional; or NULL */
	fd_set kept[READY_SETS];
};

void deviate_select_before(const struct call *call, struct select_before *before, int count,
			   fd_set *const sets[READY_SETS], bool waits);

/*
 * readfds:unfilled (the set is as before), readfds:unreported, readfds:spurious (one
 * descriptor less, one more), result:off-by-one. Returns the result.
 */
int deviate_select_after(const struct call *call, const struct select_before *before, int result);

#endif
