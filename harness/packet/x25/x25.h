/* SPDX-License-Identifier: MIT */
/* LAPB and X.25. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_X25_H
#define SOCKATLAS_PACKET_X25_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet_walk;

struct packet_lapb {
	uint8_t first;
};

struct packet_x25 {
	uint8_t first;
};

#ifdef __cplusplus
}
#endif

#endif
