/* SPDX-License-Identifier: MIT */
/* What poll(), select() and epoll work on. Pointers may be anything. */
#ifndef SOCKATLAS_CALLS_SHOW_READY_H
#define SOCKATLAS_CALLS_SHOW_READY_H

#include "harness/calls/text.h"

#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <sys/epoll.h>
#include <sys/select.h>

enum {
	SHOW_READY = 16, /* elements; the rest is counted */
};

/* "[{fd=3, events=POLLIN}]", with "revents=POLLIN|POLLHUP" when `results`. */
void show_pollfds(struct text *t, const struct pollfd *fds, nfds_t count, bool results);

/* "[3, 5]": the descriptors below `count` that are in the set. */
void show_fd_set(struct text *t, int count, const fd_set *set);

/* "{events=EPOLLIN|EPOLLET, data=3}"; `data` is shown as the number that it holds. */
void show_epoll_event(struct text *t, const struct epoll_event *event);

/* "[{events=EPOLLIN, data=3}]" */
void show_epoll_events(struct text *t, const struct epoll_event *events, int count);

/* "[SIGUSR1]" */
void show_signal_set(struct text *t, const sigset_t *set);

#endif
