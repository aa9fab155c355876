/* SPDX-License-Identifier: MIT */
/*
 * Two Bluetooth controllers without radios. The kernel makes a controller of whoever opens
 * /dev/vhci and answers its commands (drivers/bluetooth/hci_vhci.c); a process of the case's
 * sandbox does so for both, and hands over what one sends to the other. With the process the
 * controllers go.
 *
 * What it does is of the Bluetooth Core Specification 5.3, Vol 4 Part E: enough of the commands
 * of 7.1 to 7.8 for the kernel to start up and for connections over BR/EDR and LE.
 *   - A device answers pages while it scans for them, and inquiries likewise (7.3.18).
 *   - A device is connected to over LE while it advertises (7.8.9).
 *   - Whoever asks for authentication has it: no keys are exchanged.
 *   - A synchronous packet is handed over with a Packet_Status_Flag that its first byte says
 *     (5.4.3), 1 to 3, where radios would have lost parts of it; other packets are good.
 */
#ifndef SOCKATLAS_SUITES_BLUETOOTH_EMULATOR_H
#define SOCKATLAS_SUITES_BLUETOOTH_EMULATOR_H

#include <stdint.h>
#include <sys/types.h>

enum {
	EMULATED = 2,	    /* controllers */
	EMULATED_ACL = 310, /* bytes of a packet of data, and packets at once */
	EMULATED_ACL_PACKETS = 8,
	EMULATED_SCO = 60,
	EMULATED_SCO_PACKETS = 8,
	EMULATED_LE = 251,
	EMULATED_PIECES = 8,
};

struct emulator {
	int index[EMULATED]; /* of hci0, ... */
	pid_t process;
};

/* Addresses as they are sent, the last byte first: AA:00:00:00:00:01 and AA:00:00:00:00:02. */
extern const uint8_t emulator_addresses[EMULATED][6];

/* Starts it. Returns 0, or -1 with errno. */
int emulator_start(struct emulator *emulator);

#endif
