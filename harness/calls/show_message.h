/* SPDX-License-Identifier: MIT */
/* What struct msghdr looks like: before sending, before receiving, after receiving. */
#ifndef SOCKATLAS_CALLS_SHOW_MESSAGE_H
#define SOCKATLAS_CALLS_SHOW_MESSAGE_H

#include "harness/calls/descriptors.h"
#include "harness/calls/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <sys/socket.h>
#include <sys/uio.h>

enum {
	SHOW_MESSAGES = 8, /* of sendmmsg() and recvmmsg(); the rest is counted */
	SHOW_VECTORS = 8,  /* of one message */
	SHOW_CONTROL_BYTES = 1024,
};

/* What a message had room for before it was filled in. */
struct message_room {
	socklen_t name;
};

struct messages_room {
	struct message_room of[SHOW_MESSAGES];
};

/* "{name={AF_INET, 127.0.0.1:80}, iov=[{"ab", 2}], control=[{SOL_SOCKET, SCM_RIGHTS, [5]}]}" */
void show_message_sent(struct text *t, const struct descriptor *of, const struct msghdr *message);

/* "{namelen=128, iov=[{16}], controllen=64}"; notes the room there is. */
void show_message_room(struct text *t, const struct msghdr *message, struct message_room *room);

/* The same as for sending, of `got` bytes, with the flags that the kernel set. */
void show_message_received(struct text *t, const struct descriptor *of,
			   const struct msghdr *message, size_t got,
			   const struct message_room *room);

/* Arrays of messages; `lengths` adds the msg_len that the kernel stored. */
void show_messages_sent(struct text *t, const struct descriptor *of, const struct mmsghdr *messages,
			unsigned int count, bool lengths);
void show_messages_room(struct text *t, const struct mmsghdr *messages, unsigned int count,
			struct messages_room *room);
void show_messages_received(struct text *t, const struct descriptor *of,
			    const struct mmsghdr *messages, unsigned int count,
			    const struct messages_room *room);

/* Data of a socket: frames of CAN, messages of netlink, else as show_data(). */
void show_socket_data(struct text *t, const struct descriptor *of, const void *data, size_t length);

/* "[{"ab", 2}, {"c", 1}]": `data` bytes of it, SIZE_MAX for all. */
void show_vector(struct text *t, const struct descriptor *of, const struct iovec *vector,
		 size_t count, size_t data);

/* "[{16}, {8}]": where something will be received. */
void show_vector_room(struct text *t, const struct iovec *vector, size_t count);

/* The control messages of a message: "[{SOL_SOCKET, SCM_RIGHTS, [5]}]". */
void show_control(struct text *t, int family, const void *control, size_t length);

/* The data of one control message; `data` is known to be there. */
void show_control_data(struct text *t, int family, int level, int type, const void *data,
		       size_t length);

#endif
