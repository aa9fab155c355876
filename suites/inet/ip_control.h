/* SPDX-License-Identifier: MIT */
/* One datagram with its control messages, received or sent, for the cases about IPv4 and IPv6. */
#ifndef SUITES_INET_IP_CONTROL_H
#define SUITES_INET_IP_CONTROL_H

#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>

#include "harness/calls/site.h"
#include "harness/kit.h"

struct received {
	char data[3000];
	_Alignas(struct cmsghdr) char control[1024];
	struct address from;
	struct iovec part;
	struct msghdr message; /* as recvmsg() left it */
};

/* recvmsg(), after a wait of SOON_MS at most. Returns what recvmsg() does, without blocking. */
#define ip_receive_controls(fd, r, flags) (CALLS_HERE, ip_receive_controls_here(fd, r, flags))
ssize_t ip_receive_controls_here(int fd, struct received *r, int flags);

/* The length of the data of the first control message of this kind; -1 when there is none. */
ssize_t ip_control_length(const struct received *r, int level, int type);
/* Its data, of at least `size` bytes, go to `value`. False when there is none, or a shorter one. */
bool ip_control_value(const struct received *r, int level, int type, void *value, size_t size);
/* How many control messages came. */
int ip_control_count(const struct received *r);

/* sendmsg() with at most one control message, which has `size` bytes; `to` may be NULL. */
#define ip_send_control(fd, to, data, length, level, type, value, size)                            \
	(CALLS_HERE, ip_send_control_here(fd, to, data, length, level, type, value, size))
ssize_t ip_send_control_here(int fd, const struct address *to, const void *data, size_t length,
			     int level, int type, const void *value, size_t size);

/* Makes the MTU of an interface of a host smaller or larger. Returns -1 with errno. */
#define host_set_mtu(host, interface, mtu) (CALLS_HERE, host_set_mtu_here(host, interface, mtu))
int host_set_mtu_here(const char *host, const char *interface, int mtu);

#endif
