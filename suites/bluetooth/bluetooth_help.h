/* SPDX-License-Identifier: MIT */
/* Controllers, addresses and connected sockets for the cases of this folder. */
#ifndef SOCKATLAS_SUITES_BLUETOOTH_HELP_H
#define SOCKATLAS_SUITES_BLUETOOTH_HELP_H

#include "suites/bluetooth/bluetooth.h"
#include "suites/bluetooth/emulator.h"

#include "harness/kit.h"

/* Whose address: that of one of the two controllers, or BDADDR_ANY. */
enum whose { ANYONE = -1, HERE, THERE };

/* What several calls take: bind(fd, BLUETOOTH(address)). */
#define BLUETOOTH(address) (struct sockaddr *)&(address), sizeof(address)

enum {
	PSM = 0x1001, /* for services that nobody assigned a number */
	CHANNEL = 7,
	NOBODY = 0x7f, /* an index that no controller has */
};

/*
 * Starts two controllers, without switching them on. Calls are not recorded, as those of a
 * topology are not. Ends the case when it cannot.
 */
struct emulator controllers_start(void);
/* The same, switched on, and scanning for inquiries and pages. */
struct emulator controllers_on(void);
/* HCISETSCAN of a controller that is on: SCAN_... bits. Not recorded. */
void controller_scan(int index, uint32_t scan);

/* Switches LE on for both, and has THERE advertise itself. Not recorded. */
void controllers_le(const struct emulator *emulator);

/* Whether the experiment of ISO sockets is on: of all controllers. Not recorded. */
void management_iso(bool on);

struct sockaddr_hci hci_address(int device, int channel);
struct sockaddr_l2 l2cap_address(enum whose whose, unsigned int psm);
struct sockaddr_rc rfcomm_address(enum whose whose, unsigned int channel);
struct sockaddr_sco sco_address(enum whose whose);

/*
 * Sockets of both controllers, connected: the client HERE, the server THERE, and the listener that
 * it came from.
 */
#define l2cap_pair(type) (CALLS_HERE, l2cap_pair_here(type))
struct pair l2cap_pair_here(int type);
#define rfcomm_pair() (CALLS_HERE, rfcomm_pair_here())
struct pair rfcomm_pair_here(void);
#define sco_pair() (CALLS_HERE, sco_pair_here())
struct pair sco_pair_here(void);
/* accept() on a listener at which a connection has arrived or arrives soon. */
#define accept_soon(listener) (CALLS_HERE, accept_soon_here(listener))
int accept_soon_here(int listener);

/* The lengths are fixed, and a short answer ends the case. */
#define get_value(fd, level, option, value)                                                        \
	(CALLS_HERE, get_value_at(EXPECT_SETUP_AT("getsockopt(" #level ", " #option ")"), fd,      \
				  level, option, value, sizeof(*(value))))
void get_value_at(struct expect_at at, int fd, int level, int option, void *value, size_t size);

#endif
