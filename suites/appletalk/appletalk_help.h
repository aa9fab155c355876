/* SPDX-License-Identifier: MIT */
/*
 * AppleTalk for cases: addresses, and an interface that has one. All of it is in the
 * machine's own network and in no other (net/appletalk/ddp.c, atalk_create()).
 */
#ifndef SUITES_APPLETALK_HELP_H
#define SUITES_APPLETALK_HELP_H

#include <linux/atalk.h>
#include <net/if.h>
#include <stdint.h>
#include <sys/socket.h>

#include "harness/calls/site.h"
#include "harness/expect.h"

enum {
	NETWORK = 100,
	NODE = 1,
	/* From 128 on, ports (Apple calls them sockets) are for any program. */
	PORT = 200,
};

struct sockaddr_at appletalk_address(uint16_t network, uint8_t node, uint8_t port);
#define APPLETALK(address) (struct sockaddr *)&(address), sizeof(address)

/* The request of SIOCSIFADDR: `first` to `last` are the network numbers of the cable. */
struct ifreq appletalk_request(const char *interface, uint16_t network, uint8_t node,
			       uint16_t first, uint16_t last);

/* NETWORK.NODE on the loopback interface, with the host route that datagrams to it take. */
#define appletalk_on_loopback()                                                                    \
	(CALLS_HERE, appletalk_on_loopback_at(EXPECT_SETUP_AT("appletalk_on_loopback()")))
void appletalk_on_loopback_at(struct expect_at at);

/* A socket of this type bound to NETWORK.NODE and `port`. */
#define appletalk_bound(type, port)                                                                \
	(CALLS_HERE, appletalk_bound_at(EXPECT_SETUP_AT("appletalk_bound(" #type ")"), type, port))
int appletalk_bound_at(struct expect_at at, int type, uint8_t port);

#endif
