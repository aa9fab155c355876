/* SPDX-License-Identifier: MIT */
/*
 * Low-rate radio networks (IEEE 802.15.4) for cases: two stations that hear each other, which the
 * kernel's module fakelb makes, and addresses. All of it is in the machine's own network and in
 * no other (net/ieee802154/socket.c, ieee802154_create()).
 */
#ifndef SUITES_RARE_IEEE802154_RADIO_H
#define SUITES_RARE_IEEE802154_RADIO_H

#include <stdint.h>
#include <sys/socket.h>

#include "harness/calls/site.h"
#include "harness/expect.h"

/* No header for programs has any of these: linux/include/net/af_ieee802154.h. */
#define SOL_IEEE802154 0
enum {
	WPAN_WANTACK = 0,
	WPAN_SECURITY = 1,
	WPAN_SECURITY_LEVEL = 2,
	WPAN_WANTLQI = 3, /* the option, and its control message */
	WPAN_SECURITY_DEFAULT = 0,
	WPAN_SECURITY_OFF = 1,
	WPAN_SECURITY_ON = 2,
	WPAN_SECURITY_LEVEL_DEFAULT = -1,
	MIC_128 = 7, /* IEEE802154_SCF_SECLEVEL_ENC_MIC128, the last */
	ADDRESS_NONE = 0,
	ADDRESS_SHORT = 2,
	ADDRESS_LONG = 3,
	LONG_BYTES = 8,
	TO_ALL = 0xffff, /* a network or a short address */
	FRAME_MOST = 127,
};

struct sockaddr_ieee802154 {
	sa_family_t family;
	struct {
		int addr_type;
		uint16_t pan_id;
		union {
			uint8_t hwaddr[LONG_BYTES];
			uint16_t short_addr;
		};
	} addr;
};

#define STATION(address) (struct sockaddr *)&(address), sizeof(address)

/* The stations: their network, short addresses, and interfaces. */
enum { NETWORK = 0x4d53, SHORT_A = 0x0001, SHORT_B = 0x0002, NOBODY = 0x0003 };
#define INTERFACE_A "wpan0"
#define INTERFACE_B "wpan1"

/* Gives both stations their short addresses, and turns them on. */
#define stations_on() (CALLS_HERE, stations_on_at(EXPECT_SETUP_AT("stations_on()")))
void stations_on_at(struct expect_at at);

struct sockaddr_ieee802154 station_short(uint16_t address);
/* By the interface's hardware address. */
#define station_long(interface)                                                                    \
	(CALLS_HERE, station_long_at(EXPECT_SETUP_AT("station_long(" #interface ")"), interface))
struct sockaddr_ieee802154 station_long_at(struct expect_at at, const char *interface);

/* A datagram socket that is bound to a station. */
#define station_bound(address)                                                                     \
	(CALLS_HERE, station_bound_at(EXPECT_SETUP_AT("station_bound(" #address ")"), address))
int station_bound_at(struct expect_at at, uint16_t address);

#endif
