/* SPDX-License-Identifier: MIT */
#include "suites/rds/rds_help.h"

#include <poll.h>
#include <string.h>

enum { CONNECTED_MS = 8000 }; /* until two machines have a connection */

int rds_bound_at(struct expect_at at, const char *text, uint16_t port)
{
	struct address where = address_of(text, port);
	int fd = (int)expect_success(at, socket(AF_RDS, SOCK_SEQPACKET, 0));

	expect_success(at, bind(fd, ADDRESS(where)));
	return fd;
}

struct rds_received rds_receive_here(int fd)
{
	struct rds_received r = {.size = -1, .from = address_empty()};
	_Alignas(struct cmsghdr) char control[256];
	struct iovec part = {r.data, sizeof(r.data)};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_name = &r.from.storage,
				 .msg_namelen = r.from.length,
				 .msg_control = control,
				 .msg_controllen = sizeof(control)};

	/* poll() also says POLLIN when a map of congested ports has changed. */
	for (int64_t end = clock_ms() + CONNECTED_MS; r.size < 0 && clock_ms() < end;) {
		wait_for(fd, POLLIN, SOON_MS);
		r.size = recvmsg(fd, &message, MSG_DONTWAIT);
	}
	EXPECT_GE(r.size, 0);
	if (r.size < 0)
		return r;
	r.flags = message.msg_flags;
	r.from.length = message.msg_namelen;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c != NULL; c = CMSG_NXTHDR(&message, c)) {
		if (c->cmsg_level != SOL_RDS || r.control != 0)
			continue;
		r.control = c->cmsg_type;
		r.control_size = c->cmsg_len - CMSG_LEN(0);
		memcpy(r.control_data, CMSG_DATA(c),
		       r.control_size < sizeof(r.control_data) ? r.control_size
							       : sizeof(r.control_data));
	}
	return r;
}

int rds_info_here(int fd, int option, void *entries, socklen_t room, size_t each)
{
	socklen_t length = room;
	int size = getsockopt(fd, SOL_RDS, option, entries, &length);

	if (size < 0)
		return -1;
	EXPECT_EQ(size, each);
	return (int)(length / each);
}
