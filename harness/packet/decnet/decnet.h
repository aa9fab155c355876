/* SPDX-License-Identifier: MIT */
/* DECnet routing headers. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_DECNET_H
#define SOCKATLAS_PACKET_DECNET_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet_walk;

struct packet_decnet {
	uint8_t first;
};

#ifdef __cplusplus
}
#endif

#endif
