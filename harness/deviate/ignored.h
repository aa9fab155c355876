/* SPDX-License-Identifier: MIT */
/* Calls that return 0 and do nothing: SHUT_WR:ignored, AF_INET:ignored of bind(). See deviate.h. */
#ifndef SOCKATLAS_DEVIATE_IGNORED_H
#define SOCKATLAS_DEVIATE_IGNORED_H

#include <sys/socket.h>

#include "harness/deviate/deviate.h"

/*
 * Before the call: whether it is to be left out, and 0 returned. What the kernel would refuse
 * is never left out. After a call that succeeded: deviation_offer(call, "ignored", subject).
 */
bool deviate_bind_instead(const struct call *call, int fd, const struct sockaddr *address,
			  socklen_t length);
bool deviate_shutdown_instead(const struct call *call, int fd, const char *how);

/* Any call on a socket that only an unsuitable descriptor would make fail. */
bool deviate_call_instead(const struct call *call, int fd, const char *subject);

/* connect() of a datagram socket, whose peer is nowhere but in the kernel. */
bool deviate_connect_instead(const struct call *call, int fd);
/* The subject of its deviation, or NULL for sockets that connect by packets. */
const char *ignored_connect(int fd);

#endif
