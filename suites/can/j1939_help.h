/* SPDX-License-Identifier: MIT */
/* Addresses of SAE J1939, and sockets that have one. */
#ifndef SUITES_CAN_J1939_HELP_H
#define SUITES_CAN_J1939_HELP_H

#include <linux/can.h>
#include <linux/can/j1939.h>

#include "suites/can/can_help.h"

/* A group of parameters that is sent to one node (PDU1) and two that go to all (PDU2). */
enum {
	PGN_TO_ONE = 0x12300,
	PGN_TO_ALL = 0x0ff12,
	PGN_OTHER = 0x0ff13,
};

struct sockaddr_can j1939_address(int ifindex, uint64_t name, uint32_t pgn, uint8_t addr);

/* A CAN_J1939 socket bound to vcan0 with this address, that may broadcast. */
#define j1939_socket(addr)                                                                         \
	(CALLS_HERE, j1939_socket_at(EXPECT_SETUP_AT("j1939_socket(" #addr ")"), addr))
int j1939_socket_at(struct expect_at at, uint8_t addr);

/* The next message has these bytes. Gives its sender and group. */
#define EXPECT_MESSAGE(fd, text) (CALLS_HERE, expect_message_here(fd, text))
struct sockaddr_can expect_message_here(int fd, const char *text);

#endif
