/* SPDX-License-Identifier: MIT */
/* GRE, AH and ESP. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_TUNNEL_H
#define SOCKATLAS_PACKET_TUNNEL_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet_walk;

struct packet_gre {
	uint8_t first;
};

struct packet_ah {
	uint8_t first;
};

struct packet_esp {
	uint8_t first;
};

#ifdef __cplusplus
}
#endif

#endif
