/* SPDX-License-Identifier: MIT */
#include "suites/unix/unix_help.h"

#include <stdint.h>
#include <string.h>

int unix_bound_here(int type, const char *name)
{
	struct address a = address_unix(name);
	int fd = socket(AF_UNIX, type, 0);

	return fd >= 0 && bind(fd, ADDRESS(a)) == 0 ? fd : -1;
}

int unix_listener_here(int type, const char *name)
{
	int fd = unix_bound_here(type, name);

	return fd >= 0 && listen(fd, 8) == 0 ? fd : -1;
}

int unix_join_here(int type, const char *name, struct pair *pair)
{
	*pair = (struct pair){.server_address = address_unix(name), .client = -1, .server = -1};
	pair->listener = unix_listener_here(type, name);
	if (pair->listener < 0)
		return -1;
	pair->client = socket(AF_UNIX, type, 0);
	if (pair->client < 0 || connect(pair->client, ADDRESS(pair->server_address)) != 0)
		return -1;
	pair->server = accept(pair->listener, NULL, NULL);
	return pair->server >= 0 ? 0 : -1;
}

/* One control message of SOL_SOCKET beside the text. */
static ssize_t send_with(int fd, const char *text, int type, const void *content, size_t size)
{
	union {
		struct cmsghdr aligned;
		char bytes[CMSG_SPACE(sizeof(int) * MESSAGE_MAX_SENT)];
	} control = {.bytes = {0}};
	struct iovec data = {(void *)(uintptr_t)text, strlen(text)};
	struct msghdr message = {
		.msg_iov = &data,
		.msg_iovlen = 1,
		.msg_control = control.bytes,
		.msg_controllen = CMSG_SPACE(size),
	};
	struct cmsghdr *header = CMSG_FIRSTHDR(&message);

	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = type;
	header->cmsg_len = CMSG_LEN(size);
	memcpy(CMSG_DATA(header), content, size);
	return sendmsg(fd, &message, 0);
}

ssize_t send_descriptors_here(int fd, const char *text, const int *descriptors, size_t count)
{
	return send_with(fd, text, SCM_RIGHTS, descriptors, count * sizeof(int));
}

ssize_t send_credentials_here(int fd, const char *text, const struct ucred *who)
{
	return send_with(fd, text, SCM_CREDENTIALS, who, sizeof(*who));
}

static void keep(struct message *message, const struct cmsghdr *header)
{
	size_t size = header->cmsg_len - CMSG_LEN(0);

	if (header->cmsg_type == SCM_RIGHTS) {
		message->descriptor_count = size / sizeof(int);
		memcpy(message->descriptors, CMSG_DATA(header), size);
	} else if (header->cmsg_type == SCM_CREDENTIALS) {
		message->has_credentials = true;
		memcpy(&message->credentials, CMSG_DATA(header), sizeof(struct ucred));
	}
}

ssize_t receive_message_here(int fd, struct message *message, int flags, size_t control_size)
{
	union {
		struct cmsghdr aligned;
		char bytes[CONTROL_ROOM];
	} control = {.bytes = {0}};
	struct iovec data = {message->data, sizeof(message->data) - 1};
	struct msghdr m = {
		.msg_iov = &data,
		.msg_iovlen = 1,
		.msg_control = control_size > 0 ? control.bytes : NULL,
		.msg_controllen = control_size,
	};
	ssize_t got;

	memset(message, 0, sizeof(*message));
	got = recvmsg(fd, &m, flags);
	if (got < 0)
		return got;
	message->flags = m.msg_flags;
	for (struct cmsghdr *h = CMSG_FIRSTHDR(&m); h != NULL; h = CMSG_NXTHDR(&m, h))
		if (h->cmsg_level == SOL_SOCKET)
			keep(message, h);
	return got;
}
