/* SPDX-License-Identifier: MIT */
/*
 * Messages with one control message (cmsg(3)): what the cases about timestamps, marks,
 * descriptors of processes and the error queue have in common. The calls are recorded at
 * the case's line.
 */
#ifndef SOCKATLAS_SUITES_SOCKET_CONTROL_H
#define SOCKATLAS_SUITES_SOCKET_CONTROL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/socket.h>

#include "harness/calls/site.h"
#include "harness/kit.h"
#include "suites/socket/option_numbers.h"

enum { CONTROL_DATA = 512, CONTROL_BYTES = 512 };

/* What a recvmsg() brought. `message` points into the structure: do not copy it. */
struct received {
	char data[CONTROL_DATA];
	_Alignas(struct cmsghdr) char control[CONTROL_BYTES];
	struct iovec part;
	struct msghdr message;
};

/* (fd, received, flags): returns what recvmsg() does. */
#define receive_all(...) (CALLS_HERE, receive_all_here(__VA_ARGS__))
ssize_t receive_all_here(int fd, struct received *r, int flags);

/*
 * The same from the error queue, once something is in it: waits at most SOON_MS. -1 with
 * EAGAIN when nothing came.
 */
#define receive_error(...) (CALLS_HERE, receive_error_here(__VA_ARGS__))
ssize_t receive_error_here(int fd, struct received *r);

/* How many control messages there are. */
size_t control_count(struct received *r);
/*
 * The one of this level and type: copies it when its length is exactly `size`. False when
 * there is none, or one of another length.
 */
bool control_find(struct received *r, int level, int type, void *value, size_t size);
/* Whether there is one, of any length. */
bool control_has(struct received *r, int level, int type);

/*
 * (fd, to, text, type, value, size): sendmsg() of a text without its NUL with one control
 * message of SOL_SOCKET; `to` may be NULL. Returns what sendmsg() does.
 */
#define send_control(...) (CALLS_HERE, send_control_here(__VA_ARGS__))
ssize_t send_control_here(int fd, const struct address *to, const char *text, int type,
			  const void *value, size_t size);

#endif
