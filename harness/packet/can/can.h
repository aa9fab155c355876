/* SPDX-License-Identifier: MIT */
/* CAN frames of SocketCAN, ISO-TP and J1939. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_CAN_H
#define SOCKATLAS_PACKET_CAN_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet_walk;

struct packet_can {
	uint8_t first;
};

struct packet_canxl {
	uint8_t first;
};

struct packet_isotp {
	uint8_t first;
};

struct packet_j1939 {
	uint8_t first;
};

#ifdef __cplusplus
}
#endif

#endif
