/* SPDX-License-Identifier: MIT */
/*
 * X.25 for cases: a line between two interfaces of this machine. All of it is in the machine's
 * own network and in no other (net/x25/af_x25.c, x25_create()).
 */
#ifndef SUITES_X25_LINE_H
#define SUITES_X25_LINE_H

#include <stdint.h>
#include <sys/socket.h>
/* After the types that it needs. */
#include <linux/x25.h>

#include "harness/calls/site.h"
#include "harness/expect.h"

#ifndef SOL_X25
#define SOL_X25 262
#endif

/*
 * Numbers that are called, as telephones are: X.121. A case accepts every call to NUMBER_B: one
 * that its listener leaves behind would take the next case's.
 */
#define NUMBER_A     "310001"
#define NUMBER_B     "310002"
#define NOBODY	     "310003"
#define ABANDONED    "310004"
#define NETWORK	     "31" /* all of them begin so */
#define ANOTHER	     "44" /* a network that no interface leads to */
#define LINE_A	     "x25-a"
#define LINE_B	     "x25-b"
#define X25(address) (struct sockaddr *)&(address), sizeof(address)

struct sockaddr_x25 x25_number(const char *digits);

/*
 * Two interfaces, LINE_A and LINE_B, with a process between that is the link layer of both and
 * carries packets from one to the other until the case ends. Calls to NETWORK leave by LINE_A.
 */
#define line_on() (CALLS_HERE, line_on_at(EXPECT_SETUP_AT("line_on()")))
void line_on_at(struct expect_at at);

/* SIOCADDRT or SIOCDELRT: calls to numbers that begin so leave by this interface. */
#define x25_route(fd, request, digits, device)                                                     \
	(CALLS_HERE, x25_route_here(fd, request, digits, device))
int x25_route_here(int fd, unsigned long request, const char *digits, const char *device);

/* A socket bound to a number. */
#define x25_bound(number)                                                                          \
	(CALLS_HERE, x25_bound_at(EXPECT_SETUP_AT("x25_bound(" #number ")"), number))
int x25_bound_at(struct expect_at at, const char *number);

struct x25_ends {
	int client, server, listener;
};

/* A call from NUMBER_A to NUMBER_B. The two sockets may first be given options. */
#define x25_connected(client, listener)                                                            \
	(CALLS_HERE, x25_connected_at(EXPECT_SETUP_AT("x25_connected()"), client, listener))
struct x25_ends x25_connected_at(struct expect_at at, int client, int listener);

#endif
