/* SPDX-License-Identifier: MIT */
/*
 * Near field communication for cases: two devices that are held against each other, which the
 * kernel's module nfcsim makes (linux/drivers/nfc/nfcsim.c), and the link between them. A machine
 * has them once, whatever the network.
 */
#ifndef SUITES_RARE_NFC_LINK_H
#define SUITES_RARE_NFC_LINK_H

#include <linux/nfc.h>
#include <stdint.h>
#include <sys/socket.h>

#include "harness/calls/site.h"
#include "harness/expect.h"
#include "suites/netlink/netlink_help.h"

/* The one that looked for the other, and the one that was found; a device that is not there. */
enum { INITIATOR = 0, TARGET = 1, NO_DEVICE = 99 };

/* Names of services: two with an access point (SAP) by the specification, and one without. */
#define OBEX_NAME "urn:nfc:sn:obex"
#define SNEP_NAME "urn:nfc:sn:snep"
#define FREE_NAME "urn:nfc:xsn:example.org:atlas"
enum { SAP_NAMES = 1, SAP_IP = 2, SAP_OBEX = 3, SAP_SNEP = 4 };

/* Of LLCP, linux/net/nfc/llcp.h: what a link without parameters has, and the most of them. */
enum {
	MIU = 128,	   /* bytes of one part of data (maximum information unit) */
	MIUX_MOST = 0x7ff, /* how much more it may be */
	RW_MOST = 15,	   /* parts without an answer */
	LTO_OWN = 150,	   /* until the link counts as broken, in units of 10 ms */
	FIRST_FREE = 32,   /* SAPs of those that connect */
	FIRST_NAMED = 16,  /* SAPs of services without one by the specification */
};

#define NFC(address) (struct sockaddr *)&(address), sizeof(address)

/* An address: a service of a device by its name, or by none when that is NULL. */
struct sockaddr_nfc_llcp nfc_service(uint32_t device, const char *name);

/*
 * How devices are managed: a socket for requests, one that hears what happens, and the number of
 * the family in generic netlink.
 */
struct nfc_manager {
	int requests, events;
	uint16_t family;
};
#define nfc_manage() (CALLS_HERE, nfc_manage_at(EXPECT_SETUP_AT("nfc_manage()")))
struct nfc_manager nfc_manage_at(struct expect_at at);

/* A request to a device, for netlink_do() and netlink_get() of its socket. */
struct netlink_request nfc_request(const struct nfc_manager *m, uint8_t command, uint32_t device);

/*
 * Waits for an event of a device. Returns its message, valid as long as `answer`; NULL when none
 * came for a long time.
 */
#define nfc_event(m, command, device, answer)                                                      \
	(CALLS_HERE, nfc_event_here(m, command, device, answer))
const struct nlmsghdr *nfc_event_here(const struct nfc_manager *m, uint8_t command, uint32_t device,
				      struct netlink_answer *answer);

/*
 * Has the devices look for each other, whatever they did before, and makes a link. It lasts until
 * the next one is made; then sockets of this one are closed. Returns the number that the target
 * got, which is for addresses.
 */
#define nfc_link_up(m) (CALLS_HERE, nfc_link_up_at(EXPECT_SETUP_AT("nfc_link_up()"), m))
uint32_t nfc_link_up_at(struct expect_at at, const struct nfc_manager *m);

/* The same without the link: the target is only found. */
#define nfc_find(m) (CALLS_HERE, nfc_find_at(EXPECT_SETUP_AT("nfc_find()"), m))
uint32_t nfc_find_at(struct expect_at at, const struct nfc_manager *m);

/* Ends the link, if there is one. */
#define nfc_link_down(m) (CALLS_HERE, nfc_link_down_at(EXPECT_SETUP_AT("nfc_link_down()"), m))
void nfc_link_down_at(struct expect_at at, const struct nfc_manager *m);

/* A socket for connections. */
#define nfc_stream() (CALLS_HERE, nfc_stream_at(EXPECT_SETUP_AT("nfc_stream()")))
int nfc_stream_at(struct expect_at at);

/* Makes a link, and returns the address of a service of the target: by its name, or none when that
 * is NULL. */
#define nfc_reach(name) (CALLS_HERE, nfc_reach_at(EXPECT_SETUP_AT("nfc_reach(" #name ")"), name))
struct sockaddr_nfc_llcp nfc_reach_at(struct expect_at at, const char *name);

/* A socket that listens for a service of the device TARGET. */
#define nfc_listening(name)                                                                        \
	(CALLS_HERE, nfc_listening_at(EXPECT_SETUP_AT("nfc_listening(" #name ")"), name))
int nfc_listening_at(struct expect_at at, const char *name);

#endif
