/* SPDX-License-Identifier: MIT */
/*
 * Addresses of AF_VSOCK. Its ports belong to the machine, not to a network namespace: cases let
 * the kernel choose them.
 */
#ifndef SUITES_VSOCK_VSOCK_HELP_H
#define SUITES_VSOCK_VSOCK_HELP_H

#include <sys/socket.h>
/* After the types that it needs. */
#include <linux/vm_sockets.h>
#include <stdint.h>

#include "harness/calls/site.h"
#include "harness/expect.h"

#ifndef VMADDR_CID_LOCAL
#define VMADDR_CID_LOCAL 1
#endif

struct sockaddr_vm vsock_address(unsigned int cid, unsigned int port);
#define VSOCK(address) (const struct sockaddr *)&(address), sizeof(address)

/* getsockname(); a failure is a failed expectation. */
#define vsock_name(fd) (CALLS_HERE, vsock_name_here(fd))
struct sockaddr_vm vsock_name_here(int fd);

/* A socket of this type bound to VMADDR_CID_ANY and a free port; listening when `backlog` is not 0.
 */
#define vsock_bound(type, backlog, port)                                                           \
	(CALLS_HERE, vsock_bound_at(EXPECT_SETUP_AT("vsock_bound(" #type ")"), type, backlog, port))
int vsock_bound_at(struct expect_at at, int type, int backlog, unsigned int *port);

/* A connection within this machine. */
struct vsock_ends {
	int client, server;
	unsigned int port; /* of the server */
};

/*
 * `buffer`: SO_VM_SOCKETS_BUFFER_SIZE of the listener, which the server's end takes over; 0: as it
 * is.
 */
#define vsock_connected(type) vsock_connected_with(type, 0)
#define vsock_connected_with(type, buffer)                                                         \
	(CALLS_HERE,                                                                               \
	 vsock_connected_at(EXPECT_SETUP_AT("vsock_connected(" #type ")"), type, buffer))
struct vsock_ends vsock_connected_at(struct expect_at at, int type, uint64_t buffer);

/* Ends the case as skipped when sockets of this type cannot be made. */
#define need_vsock_type(type) (CALLS_HERE, need_vsock_type_here(type, #type))
void need_vsock_type_here(int type, const char *name);

#endif
