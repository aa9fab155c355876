/* SPDX-License-Identifier: MIT */
#include "suites/inet/ip_control.h"

#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "harness/sandbox/sandbox.h"

ssize_t ip_receive_controls_here(int fd, struct received *r, int flags)
{
	struct pollfd wait = {fd, POLLIN, 0};

	memset(r, 0, sizeof(*r));
	r->from = address_empty();
	r->part = (struct iovec){r->data, sizeof(r->data)};
	r->message = (struct msghdr){.msg_name = &r->from.any,
				     .msg_namelen = r->from.length,
				     .msg_iov = &r->part,
				     .msg_iovlen = 1,
				     .msg_control = r->control,
				     .msg_controllen = sizeof(r->control)};
	/* POLLERR, too: it comes without being asked for. */
	poll(&wait, 1, SOON_MS);
	return recvmsg(fd, &r->message, flags | MSG_DONTWAIT);
}

static const struct cmsghdr *find(const struct received *r, int level, int type)
{
	struct msghdr message = r->message;

	for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c != NULL; c = CMSG_NXTHDR(&message, c)) {
		if (c->cmsg_level == level && c->cmsg_type == type)
			return c;
	}
	return NULL;
}

ssize_t ip_control_length(const struct received *r, int level, int type)
{
	const struct cmsghdr *c = find(r, level, type);

	return c == NULL ? -1 : (ssize_t)(c->cmsg_len - CMSG_LEN(0));
}

bool ip_control_value(const struct received *r, int level, int type, void *value, size_t size)
{
	const struct cmsghdr *c = find(r, level, type);

	if (c == NULL || c->cmsg_len < CMSG_LEN(size))
		return false;
	memcpy(value, CMSG_DATA(c), size);
	return true;
}

int ip_control_count(const struct received *r)
{
	struct msghdr message = r->message;
	int count = 0;

	for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c != NULL; c = CMSG_NXTHDR(&message, c))
		count++;
	return count;
}

ssize_t ip_send_control_here(int fd, const struct address *to, const void *data, size_t length,
			     int level, int type, const void *value, size_t size)
{
	union {
		struct cmsghdr header;
		char bytes[256];
	} control;
	struct iovec part = {(void *)(uintptr_t)data, length};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
	struct address copy;

	if (CMSG_SPACE(size) > sizeof(control)) {
		errno = ENOBUFS;
		return -1;
	}
	memset(&control, 0, sizeof(control));
	if (to != NULL) {
		copy = *to;
		message.msg_name = &copy.any;
		message.msg_namelen = copy.length;
	}
	if (value != NULL) {
		control.header.cmsg_level = level;
		control.header.cmsg_type = type;
		control.header.cmsg_len = CMSG_LEN(size);
		memcpy(CMSG_DATA(&control.header), value, size);
		message.msg_control = control.bytes;
		message.msg_controllen = CMSG_SPACE(size);
	}
	return sendmsg(fd, &message, 0);
}

int host_set_mtu_here(const char *host, const char *interface, int mtu)
{
	struct ifreq request = {.ifr_mtu = mtu};
	int fd = host_socket(host, AF_INET, SOCK_DGRAM, 0), result;

	if (fd < 0)
		return -1;
	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", interface);
	result = ioctl(fd, SIOCSIFMTU, &request);
	close(fd);
	return result;
}
