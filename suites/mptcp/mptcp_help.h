/* SPDX-License-Identifier: MIT */
/* Connections of Multipath TCP, and the addresses that the kernel's path manager may use. */
#ifndef SUITES_MPTCP_MPTCP_HELP_H
#define SUITES_MPTCP_MPTCP_HELP_H

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
/* After the addresses that it needs. */
#include <linux/mptcp.h>
#include <stdbool.h>
#include <stdint.h>

#include "harness/calls/site.h"
#include "harness/capture/expect_packet.h"
#include "harness/kit.h"

#ifndef IPPROTO_MPTCP
#define IPPROTO_MPTCP 262
#endif
#ifndef SOL_MPTCP
#define SOL_MPTCP 284
#endif
#ifndef TCP_IS_MPTCP
#define TCP_IS_MPTCP 43
#endif

enum {
	MPTCP_PORT = 8000,
	/* RFC 8684 7.3: bits of mptcp_subtypes */
	MP_CAPABLE = 1 << 0,
	MP_JOIN = 1 << 1,
	MP_DSS = 1 << 2,
	MP_ADD_ADDR = 1 << 3,
	MP_REMOVE_ADDR = 1 << 4,
	MP_PRIO = 1 << 5,
	MP_FASTCLOSE = 1 << 7,
};

/* Reverse path filters would drop what comes back by another way than the kernel expects. */
#define MPTCP_SYSCTLS                                                                              \
	"net.mptcp.enabled=1 net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0"

/* A connected pair over loopback; each end's protocol is IPPROTO_MPTCP or IPPROTO_TCP. */
#define mptcp_pair(family, client, server)                                                         \
	(CALLS_HERE,                                                                               \
	 mptcp_pair_at(EXPECT_SETUP_AT("mptcp_pair(" #family ")"), family, client, server))
struct pair mptcp_pair_at(struct expect_at at, int family, int client, int server);

/*
 * A connected pair between hosts a and b of topology ways, over the first link, that has
 * exchanged data both ways. The server listens on all its addresses.
 */
#define mptcp_pair_between_hosts()                                                                 \
	(CALLS_HERE, mptcp_pair_between_hosts_at(EXPECT_SETUP_AT("mptcp_pair_between_hosts()")))
struct pair mptcp_pair_between_hosts_at(struct expect_at at);

/*
 * Tells the path manager of the current host of one of its addresses; `flags` are
 * MPTCP_PM_ADDR_FLAG_.... A failure is an error of the setup.
 */
#define mptcp_endpoint(address, id, flags)                                                         \
	(CALLS_HERE, mptcp_endpoint_at(EXPECT_SETUP_AT("mptcp_endpoint(" #address ")"),            \
				       MPTCP_PM_CMD_ADD_ADDR, address, id, flags))
/* Takes it away again. */
#define mptcp_endpoint_gone(address, id)                                                           \
	(CALLS_HERE, mptcp_endpoint_at(EXPECT_SETUP_AT("mptcp_endpoint_gone(" #address ")"),       \
				       MPTCP_PM_CMD_DEL_ADDR, address, id, 0))
/* Changes its flags, which goes for the subflows that use it as well. */
#define mptcp_endpoint_flags(address, id, flags)                                                   \
	(CALLS_HERE, mptcp_endpoint_at(EXPECT_SETUP_AT("mptcp_endpoint_flags(" #address ")"),      \
				       MPTCP_PM_CMD_SET_FLAGS, address, id, flags))
void mptcp_endpoint_at(struct expect_at at, int command, const char *address, uint8_t id,
		       uint32_t flags);

/* How many announced addresses a host accepts, and how many more subflows a connection gets. */
#define mptcp_limits(host, accepted, subflows)                                                     \
	(CALLS_HERE,                                                                               \
	 mptcp_limits_at(EXPECT_SETUP_AT("mptcp_limits(" #host ")"), host, accepted, subflows))
void mptcp_limits_at(struct expect_at at, const char *host, uint32_t accepted, uint32_t subflows);

/* What MPTCP_INFO says; zeros, and a failed expectation, when it fails. */
#define mptcp_info_of(fd) (CALLS_HERE, mptcp_info_here(fd))
struct mptcp_info mptcp_info_here(int fd);

/* Waits until a connection has so many subflows besides the first. False after SOON_MS. */
#define wait_for_subflows(fd, count) (CALLS_HERE, wait_for_subflows_here(fd, count))
bool wait_for_subflows_here(int fd, unsigned int count);

/* The next segment that has one of these options, waiting SOON_MS; NULL when none came. */
const struct packet *wire_next_mptcp(struct wire *wire, unsigned int subtypes);

#endif
