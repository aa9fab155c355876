/* SPDX-License-Identifier: MIT */
/* AX.25, KISS, NET/ROM and ROSE. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_AX25_H
#define SOCKATLAS_PACKET_AX25_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet_walk;

struct packet_kiss {
	uint8_t first;
};

struct packet_ax25 {
	uint8_t first;
};

struct packet_netrom {
	uint8_t first;
};

struct packet_rose {
	uint8_t first;
};

#ifdef __cplusplus
}
#endif

#endif
