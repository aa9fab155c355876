/* SPDX-License-Identifier: MIT */
#include "suites/socket/stamps.h"

#include <errno.h>
#include <netinet/in.h>
#include <string.h>

enum { NANOSECONDS = 1000000000 };

int64_t timespec_ns(const struct timespec *t)
{
	return (int64_t)t->tv_sec * NANOSECONDS + t->tv_nsec;
}

int64_t realtime_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return timespec_ns(&now);
}

void stamping_started_at(struct expect_at at)
{
	struct pair p = udp_pair_at(at, AF_INET);
	int wanted = SOF_TIMESTAMPING_RX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE;
	int64_t deadline = clock_ms() + SOON_MS;
	struct received r;

	expect_success(at, set_int_here(p.server, SOL_SOCKET, SO_TIMESTAMPING, wanted));
	do {
		expect_success(at, send(p.client, "x", 1, 0));
		expect_success(at, receive_all_here(p.server, &r, 0));
		if (control_has(&r, SOL_SOCKET, SCM_TIMESTAMPING))
			return;
		/* The kernel's worker that turns stamping on needs the processor. */
		nanosleep(&(struct timespec){0, 1000000}, NULL);
	} while (clock_ms() < deadline);
	errno = ETIMEDOUT;
	expect_success(at, -1);
}

bool receive_stamp_here(int fd, struct received *r, struct sent_stamp *stamp)
{
	memset(stamp, 0, sizeof(*stamp));
	stamp->length = receive_error_here(fd, r);
	if (stamp->length < 0 || (r->message.msg_flags & MSG_ERRQUEUE) == 0)
		return false;
	if (!control_find(r, SOL_SOCKET, SCM_TIMESTAMPING, &stamp->times, sizeof(stamp->times)))
		return false;
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&r->message); c; c = CMSG_NXTHDR(&r->message, c)) {
		bool v4 = c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_RECVERR;
		bool v6 = c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_RECVERR;

		if ((v4 || v6) && c->cmsg_len >= CMSG_LEN(sizeof(stamp->error))) {
			memcpy(&stamp->error, CMSG_DATA(c), sizeof(stamp->error));
			return stamp->error.ee_origin == SO_EE_ORIGIN_TIMESTAMPING;
		}
	}
	return false;
}
