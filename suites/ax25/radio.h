/* SPDX-License-Identifier: MIT */
/*
 * Amateur packet radio for cases: two stations that hear each other, and addresses. All of it
 * is in the machine's own network and in no other (net/ax25/af_ax25.c, ax25_create()).
 */
#ifndef SUITES_AX25_RADIO_H
#define SUITES_AX25_RADIO_H

#include <net/if.h>
#include <stdint.h>
#include <sys/socket.h>
/* After the types that they need. */
#include <linux/ax25.h>
#include <linux/netrom.h>
#include <linux/rose.h>

#include "harness/calls/site.h"
#include "harness/expect.h"

/* Of the kernel (linux/include/linux/socket.h); the C library has none of them. */
#ifndef SOL_AX25
#define SOL_AX25 257
#endif
#ifndef SOL_NETROM
#define SOL_NETROM 259
#endif
#ifndef SOL_ROSE
#define SOL_ROSE 260
#endif

/* The stations of radio_on(), and somebody who is not there. */
#define STATION_A "N0AAA"
#define STATION_B "N0BBB"
#define NOBODY	  "N0CCC"

/* A callsign of up to six letters in the form of AX.25: each shifted by a bit, then the SSID. */
ax25_address callsign(const char *letters);

struct sockaddr_ax25 ax25_station(const char *letters);
#define AX25(address) (struct sockaddr *)&(address), sizeof(address)

/*
 * Two interfaces, of STATION_A and STATION_B, that hear each other: each is a terminal that
 * speaks KISS to a modem, and a process copies from one modem to the other until the case ends.
 */
#define radio_on() (CALLS_HERE, radio_on_at(EXPECT_SETUP_AT("radio_on()")))
void radio_on_at(struct expect_at at);

/* A socket of this type bound to a station. */
#define ax25_bound(type, station)                                                                  \
	(CALLS_HERE,                                                                               \
	 ax25_bound_at(EXPECT_SETUP_AT("ax25_bound(" #type ", " #station ")"), type, station))
int ax25_bound_at(struct expect_at at, int type, const char *station);

struct radio_ends {
	int client, server, listener;
};

/* A connection from STATION_A to STATION_B. The two sockets may first be given options. */
#define radio_connected(client, listener)                                                          \
	(CALLS_HERE, radio_connected_at(EXPECT_SETUP_AT("radio_connected()"), client, listener))
struct radio_ends radio_connected_at(struct expect_at at, int client, int listener);

/* Gives an interface (nr0, rose0, ax0) its address, of a type of <net/if_arp.h>, and starts it. */
#define radio_interface(name, type, address, size)                                                 \
	(CALLS_HERE, radio_interface_at(EXPECT_SETUP_AT("radio_interface(" #name ")"), name, type, \
					address, size))
void radio_interface_at(struct expect_at at, const char *name, unsigned short type,
			const void *address, size_t size);

#endif
