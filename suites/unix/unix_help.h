/* SPDX-License-Identifier: MIT */
/*
 * What several cases about AF_UNIX need: sockets with a name, and messages with
 * descriptors or credentials in their control part (cmsg(3), unix(7)).
 *
 * The calls that these functions make are recorded at the case's line. A name is a
 * path, or an abstract name when it starts with "@".
 */
#ifndef SOCKATLAS_SUITES_UNIX_HELP_H
#define SOCKATLAS_SUITES_UNIX_HELP_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/types.h>

#include "harness/kit.h"

/* ---------------------------------------------------------------------------- sockets */

/* A socket bound to the name: its descriptor, or -1 with errno. */
#define unix_bound(type, name) (CALLS_HERE, unix_bound_here(type, name))
/* The same, and it listens, with room for 8 connections. */
#define unix_listener(type, name) (CALLS_HERE, unix_listener_here(type, name))
/* A client connected through such a listener, which stays open: 0, or -1 with errno. */
#define unix_join(type, name, pair) (CALLS_HERE, unix_join_here(type, name, pair))

int unix_bound_here(int type, const char *name);
int unix_listener_here(int type, const char *name);
int unix_join_here(int type, const char *name, struct pair *pair);

/* --------------------------------------------------------------------------- messages */

enum { MESSAGE_MAX_SENT = 256, MESSAGE_MAX_RECEIVED = 8 };

/* What a recvmsg() brought. */
struct message {
	char data[64];
	int flags;		 /* msg_flags */
	size_t descriptor_count; /* SCM_RIGHTS */
	int descriptors[MESSAGE_MAX_RECEIVED];
	bool has_credentials; /* SCM_CREDENTIALS */
	struct ucred credentials;
};

/* (fd, text, descriptors, count): sendmsg() of a text without its NUL, and descriptors. */
#define send_descriptors(...) (CALLS_HERE, send_descriptors_here(__VA_ARGS__))
/* (fd, text, who): sendmsg() of a text without its NUL, and the credentials of its sender. */
#define send_credentials(...) (CALLS_HERE, send_credentials_here(__VA_ARGS__))
/* (fd, message, flags): recvmsg() with room for all that a struct message holds. */
#define receive_message(...) (CALLS_HERE, receive_message_here(__VA_ARGS__, CONTROL_ROOM))
/* (fd, message, flags, size): recvmsg() with a control buffer of only this many bytes. */
#define receive_message_in(...) (CALLS_HERE, receive_message_here(__VA_ARGS__))

enum {
	CONTROL_ROOM =
		CMSG_SPACE(sizeof(int) * MESSAGE_MAX_RECEIVED) + CMSG_SPACE(sizeof(struct ucred)),
};

/* Each returns what sendmsg() or recvmsg() does. */
ssize_t send_descriptors_here(int fd, const char *text, const int *descriptors, size_t count);
ssize_t send_credentials_here(int fd, const char *text, const struct ucred *who);
ssize_t receive_message_here(int fd, struct message *message, int flags, size_t control_size);

#endif
