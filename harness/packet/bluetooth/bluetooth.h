/* SPDX-License-Identifier: MIT */
/* Bluetooth: HCI, L2CAP, RFCOMM. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_BLUETOOTH_H
#define SOCKATLAS_PACKET_BLUETOOTH_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet_walk;

struct packet_hci_phdr {
	uint8_t first;
};

struct packet_hci_monitor {
	uint8_t first;
};

struct packet_hci {
	uint8_t first;
};

struct packet_hci_acl {
	uint8_t first;
};

struct packet_hci_sco {
	uint8_t first;
};

struct packet_hci_iso {
	uint8_t first;
};

struct packet_l2cap {
	uint8_t first;
};

struct packet_rfcomm {
	uint8_t first;
};

#ifdef __cplusplus
}
#endif

#endif
