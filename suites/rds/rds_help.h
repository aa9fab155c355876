/* SPDX-License-Identifier: MIT */
/*
 * Sockets of AF_RDS. Their addresses are those of IPv4; the kernel keeps one table of them for
 * all network namespaces, and so the cases take turns.
 */
#ifndef SUITES_RDS_RDS_HELP_H
#define SUITES_RDS_RDS_HELP_H

#include <netinet/in.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
/* After the types that it needs. */
#include <linux/types.h>
#include <linux/rds.h>

#include "harness/calls/site.h"
#include "harness/kit.h"

/* A socket bound to this address ("127.0.0.1") and port. */
#define rds_bound(text, port)                                                                      \
	(CALLS_HERE, rds_bound_at(EXPECT_SETUP_AT("rds_bound(" #text ", " #port ")"), text, port))
int rds_bound_at(struct expect_at at, const char *text, uint16_t port);

/* What one recvmsg() gave. */
struct rds_received {
	ssize_t size;
	int flags;
	char data[64];
	struct address from;
	int control; /* the type of the first control message of SOL_RDS; 0: none */
	size_t control_size;
	uint64_t control_data[8];
};

/* Waits for a message, some seconds, and receives it. None is a failed expectation. */
#define rds_receive(fd) (CALLS_HERE, rds_receive_here(fd))
struct rds_received rds_receive_here(int fd);

/*
 * getsockopt(RDS_INFO_...): how many entries of `each` bytes there are, in `entries`, which has
 * room for `room` bytes; -1 with errno.
 */
#define rds_info(fd, option, entries, room, each)                                                  \
	(CALLS_HERE, rds_info_here(fd, option, entries, room, each))
int rds_info_here(int fd, int option, void *entries, socklen_t room, size_t each);

#endif
