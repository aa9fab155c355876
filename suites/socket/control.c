/* SPDX-License-Identifier: MIT */
#include "suites/socket/control.h"

#include <poll.h>
#include <string.h>
#include <sys/uio.h>

ssize_t receive_all_here(int fd, struct received *r, int flags)
{
	memset(r->data, 0, sizeof(r->data));
	r->part = (struct iovec){r->data, sizeof(r->data)};
	r->message = (struct msghdr){.msg_iov = &r->part,
				     .msg_iovlen = 1,
				     .msg_control = r->control,
				     .msg_controllen = sizeof(r->control)};
	return recvmsg(fd, &r->message, flags);
}

ssize_t receive_error_here(int fd, struct received *r)
{
	/* POLLERR is reported without being asked for. */
	wait_for_here(fd, 0, SOON_MS);
	return receive_all_here(fd, r, MSG_ERRQUEUE | MSG_DONTWAIT);
}

size_t control_count(struct received *r)
{
	size_t count = 0;

	for (struct cmsghdr *c = CMSG_FIRSTHDR(&r->message); c; c = CMSG_NXTHDR(&r->message, c))
		count++;
	return count;
}

static struct cmsghdr *find(struct received *r, int level, int type)
{
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&r->message); c; c = CMSG_NXTHDR(&r->message, c)) {
		if (c->cmsg_level == level && c->cmsg_type == type)
			return c;
	}
	return NULL;
}

bool control_find(struct received *r, int level, int type, void *value, size_t size)
{
	struct cmsghdr *c = find(r, level, type);

	if (c == NULL || c->cmsg_len != CMSG_LEN(size))
		return false;
	memcpy(value, CMSG_DATA(c), size);
	return true;
}

bool control_has(struct received *r, int level, int type)
{
	return find(r, level, type) != NULL;
}

ssize_t send_control_here(int fd, const struct address *to, const char *text, int type,
			  const void *value, size_t size)
{
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(64)];
	} control = {.bytes = {0}};
	struct iovec part = {(void *)(uintptr_t)text, strlen(text)};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control.bytes,
				 .msg_controllen = CMSG_SPACE(size)};

	if (to != NULL) {
		message.msg_name = (void *)(uintptr_t)&to->any;
		message.msg_namelen = to->length;
	}
	control.header = (struct cmsghdr){
		.cmsg_level = SOL_SOCKET, .cmsg_type = type, .cmsg_len = CMSG_LEN(size)};
	memcpy(CMSG_DATA(&control.header), value, size);
	return sendmsg(fd, &message, 0);
}
