/* SPDX-License-Identifier: MIT */
/*
 * What the recorder knows of each descriptor: whether it is a socket, of which
 * family, type and protocol. It is needed to tell a read() of a socket from one of
 * a file, and because numbers such as level 6 mean TCP on one family and L2CAP on
 * another.
 *
 * The wrappers note what they see; the kernel is asked about the rest. No locks:
 * each entry is one atomic word, so that the table may be used by threads, signal
 * handlers and after fork().
 */
#ifndef SOCKATLAS_CALLS_DESCRIPTORS_H
#define SOCKATLAS_CALLS_DESCRIPTORS_H

#include <stdbool.h>

struct descriptor {
	bool socket;
	bool epoll;
	int family; /* of a socket; AF_UNSPEC when the kernel does not say */
	int type;   /* without SOCK_CLOEXEC and SOCK_NONBLOCK */
	int protocol;
};

void descriptors_socket(int fd, int family, int type, int protocol);
void descriptors_epoll(int fd);

/* `copy` is a duplicate of `fd`, or a connection that was accepted on it. */
void descriptors_copy(int fd, int copy);

/* The number is about to be closed. */
void descriptors_closed(int fd);

/* What is known of `fd`; asks the kernel when need be. May change errno. */
struct descriptor descriptors_get(int fd);

/*
 * Whether calls on `fd` belong into the record: a socket, an epoll descriptor, or
 * no open descriptor at all (that is how EBADF is shown). May change errno.
 */
bool descriptors_watched(int fd);

#endif
