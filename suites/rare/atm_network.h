/* SPDX-License-Identifier: MIT */
/* The network below sockets of ATM: devices that are processes, and a program that signals. */
#ifndef SUITES_RARE_ATM_NETWORK_H
#define SUITES_RARE_ATM_NETWORK_H

#include "harness/calls/site.h"
#include "harness/expect.h"

enum { ATM_ENDS = 2 };

/*
 * Two ATM interfaces, what goes into one comes out of the other (ATM over TCP, without the TCP),
 * until the case ends. Their numbers go to `interfaces`. Needs the probe atm_device: elsewhere
 * who opens a channel waits for ever, deaf to signals.
 */
#define atm_network_on(interfaces)                                                                 \
	(CALLS_HERE, atm_network_on_at(EXPECT_SETUP_AT("atm_network_on()"), interfaces))
void atm_network_on_at(struct expect_at at, int interfaces[ATM_ENDS]);

/* A signalling program that agrees to whatever it is asked, until the case ends. */
#define atm_signalling_on()                                                                        \
	(CALLS_HERE, atm_signalling_on_at(EXPECT_SETUP_AT("atm_signalling_on()")))
void atm_signalling_on_at(struct expect_at at);

#endif
