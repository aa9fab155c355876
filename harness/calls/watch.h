/* SPDX-License-Identifier: MIT */
/* Starting the record of a call that is also made on descriptors that are not sockets. */
#ifndef SOCKATLAS_CALLS_WATCH_H
#define SOCKATLAS_CALLS_WATCH_H

#include "harness/calls/record.h"

/* calls_begin() if `fd` is a descriptor to record calls on; else nothing. Keeps errno. */
void calls_begin_on(struct call *call, const char *name, int fd);

/* The same when either of two descriptors is. */
void calls_begin_on_either(struct call *call, const char *name, int fd, int other);

#endif
