/* SPDX-License-Identifier: MIT */
/*
 * Logical link control for cases: addresses are an interface's hardware address with a service
 * access point (SAP), a byte that says which program. On topology machine_link: eth-a speaks
 * to eth-b.
 */
#ifndef SUITES_LLC_HELP_H
#define SUITES_LLC_HELP_H

#include <net/if.h>
#include <net/if_arp.h>
#include <stdint.h>
#include <sys/socket.h>
/* After the types that it needs. */
#include <linux/llc.h>

#include "harness/calls/site.h"
#include "harness/expect.h"

/* Of the kernel (linux/include/linux/socket.h); no header for programs has it. */
#ifndef SOL_LLC
#define SOL_LLC 268
#endif

/* Free for any use: the lowest bit, which marks groups, is 0, and so is the one of ISO's. */
enum { SAP_A = 0x40, SAP_B = 0x44, SAP_C = 0x48 };

/* The interface of machine_link whose hardware address ends with this byte. */
enum { ETH_A = 1, ETH_B = 2, NO_INTERFACE = 9 };

struct sockaddr_llc llc_address(uint8_t interface, uint8_t sap);
#define LLC(address) (struct sockaddr *)&(address), sizeof(address)

/* A socket of this type bound to an interface and a SAP. */
#define llc_bound(type, interface, sap)                                                            \
	(CALLS_HERE, llc_bound_at(EXPECT_SETUP_AT("llc_bound(" #type ", " #interface ")"), type,   \
				  interface, sap))
int llc_bound_at(struct expect_at at, int type, uint8_t interface, uint8_t sap);

struct llc_ends {
	int client, server, listener;
};

/* A connection from eth-a, SAP_A, to eth-b, SAP_B. */
#define llc_connected() (CALLS_HERE, llc_connected_at(EXPECT_SETUP_AT("llc_connected()")))
struct llc_ends llc_connected_at(struct expect_at at);

#endif
