/* SPDX-License-Identifier: MIT */
/* struct msghdr as it is sent and received, made wrong. See deviate.h. */
#ifndef SOCKATLAS_DEVIATE_MESSAGE_H
#define SOCKATLAS_DEVIATE_MESSAGE_H

#include <sys/socket.h>
#include <sys/uio.h>

#include "harness/deviate/deviate.h"
#include "harness/deviate/memory.h"

enum { DEVIATED_VECTORS = 64, DEVIATED_CONTROL = 1024 };

/* A message that is sent in place of another one. */
struct deviated_message {
	struct msghdr message;
	struct iovec vector[DEVIATED_VECTORS];
	char control[DEVIATED_CONTROL] __attribute__((aligned(__alignof__(struct cmsghdr))));
	/* Bytes of data: as the case gave them, and as the kernel gets them. */
	size_t length, passed;
};

/*
 * What to send in place of `message` on a socket of `family`: without one kind of control message
 * (SCM_RIGHTS:dropped), with one byte less (buf:cut; see deviate_sent()). `changed` is
 * room for it. Gives `message` itself when nothing is to be changed.
 */
const struct msghdr *deviate_message_out(const struct call *call, int family,
					 const struct msghdr *message,
					 struct deviated_message *changed);

/* What a message held before it was received. */
struct kept_message {
	struct msghdr message;
	struct kept name, data;
};
void keep_message(struct kept_message *kept, const struct msghdr *message);

/*
 * A message of `result` bytes that was received: name, data and result as in deviate_address()
 * and deviate_received(); MSG_TRUNC:unreported of msg_flags; control messages by their type,
 * SCM_RIGHTS:unreported, IP_PKTINFO.ipi_addr:off-by-one; msg_controllen:unfilled. Gives the result
 * that the case is to see.
 */
ssize_t deviate_message_in(const struct call *call, int family, const struct kept_message *before,
			   struct msghdr *message, ssize_t result);

#endif
