/* SPDX-License-Identifier: MIT */
/* Addresses, sockets, connections and nodes of AF_TIPC. */
#ifndef SUITES_TIPC_TIPC_HELP_H
#define SUITES_TIPC_TIPC_HELP_H

#include <linux/tipc.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>

#include "harness/calls/site.h"
#include "harness/expect.h"

/* Of newer headers; the numbers are the kernel's (include/uapi/linux/tipc.h). */
#ifndef TIPC_SERVICE_RANGE
#define TIPC_SERVICE_RANGE 1
#define TIPC_SERVICE_ADDR  2
#define TIPC_SOCKET_ADDR   3
#endif
#ifndef TIPC_SOCK_RECVQ_USED
#define TIPC_SOCK_RECVQ_USED 137
#endif
#ifndef TIPC_NODELAY
#define TIPC_NODELAY 138
#endif

enum {
	SERVICE = 18888,   /* a type of service that the cases use */
	TIPC_MOST = 66000, /* TIPC_MAX_USER_MSG_SIZE */
};

#define TIPC(address) (const struct sockaddr *)&(address), sizeof(address)

/* A range of instances of a type of service, as bind() and multicast take it. */
struct sockaddr_tipc tipc_range(uint32_t type, uint32_t lower, uint32_t upper, int scope);
/* One instance of it, wherever it is. */
struct sockaddr_tipc tipc_service(uint32_t type, uint32_t instance);

/* A socket of this type that offers instances `lower` to `upper` of SERVICE on this node. */
#define tipc_bound(type, lower, upper)                                                             \
	(CALLS_HERE, tipc_bound_at(EXPECT_SETUP_AT("tipc_bound(" #type ")"), type, lower, upper))
int tipc_bound_at(struct expect_at at, int type, uint32_t lower, uint32_t upper);

/* The socket's own address, by getsockname(); a failure is a failed expectation. */
#define tipc_own_name(fd) (CALLS_HERE, tipc_own_name_here(fd))
struct sockaddr_tipc tipc_own_name_here(int fd);

/* A connection by way of a service. */
struct tipc_ends {
	int client, server;
};
#define tipc_connected(type)                                                                       \
	(CALLS_HERE, tipc_connected_at(EXPECT_SETUP_AT("tipc_connected(" #type ")"), type))
struct tipc_ends tipc_connected_at(struct expect_at at, int type);

/* What one recvmsg() gave. */
struct tipc_received {
	ssize_t size;
	int flags;
	char data[256];
	bool with_error; /* TIPC_ERRINFO: */
	uint32_t error, error_size;
	size_t returned; /* bytes of TIPC_RETDATA */
	char returned_data[256];
	bool with_destination; /* TIPC_DESTNAME: */
	uint32_t type, lower, upper;
	socklen_t name_length;
	struct sockaddr_tipc from[2]; /* the second one of a member of a group */
};

/* Waits for a message, at most SOON_MS, and receives it without waiting further. */
#define tipc_receive(fd) (CALLS_HERE, tipc_receive_here(fd))
struct tipc_received tipc_receive_here(int fd);

/* Whether nothing waits to be received. */
#define tipc_is_silent(fd) (CALLS_HERE, tipc_is_silent_here(fd))
bool tipc_is_silent_here(int fd);

/* A connection to the topology server of the current host. */
#define tipc_topology() (CALLS_HERE, tipc_topology_at(EXPECT_SETUP_AT("tipc_topology()")))
int tipc_topology_at(struct expect_at at);

/* send() of a subscription; returns what that returns. */
#define tipc_subscribe(fd, type, lower, upper, timeout, filter)                                    \
	(CALLS_HERE, tipc_subscribe_here(fd, type, lower, upper, timeout, filter))
ssize_t tipc_subscribe_here(int fd, uint32_t type, uint32_t lower, uint32_t upper, uint32_t timeout,
			    uint32_t filter);

/* The next event within `milliseconds`; of zeros when none came. */
#define tipc_next_event(fd, milliseconds) (CALLS_HERE, tipc_next_event_here(fd, milliseconds))
struct tipc_event tipc_next_event_here(int fd, int milliseconds);

enum { NODE_A = 0x01001001, NODE_B = 0x01001002 };

/*
 * Makes nodes NODE_A and NODE_B of the hosts of topology pair, and waits until each has seen
 * the other.
 */
#define tipc_cluster() (CALLS_HERE, tipc_cluster_at(EXPECT_SETUP_AT("tipc_cluster()")))
void tipc_cluster_at(struct expect_at at);
/* The parts: an address for the host's node; eth0 as its bearer, switched on or off. */
void tipc_set_node_at(struct expect_at at, const char *host, uint32_t node);
void tipc_bearer_at(struct expect_at at, const char *host, bool on);
#define tipc_set_node(host, node)                                                                  \
	(CALLS_HERE, tipc_set_node_at(EXPECT_SETUP_AT("tipc_set_node(" #host ")"), host, node))
#define tipc_bearer(host, on)                                                                      \
	(CALLS_HERE, tipc_bearer_at(EXPECT_SETUP_AT("tipc_bearer(" #host ", " #on ")"), host, on))

#endif
