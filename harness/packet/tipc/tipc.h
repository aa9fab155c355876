/* SPDX-License-Identifier: MIT */
/* TIPC. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_TIPC_H
#define SOCKATLAS_PACKET_TIPC_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet_walk;

struct packet_tipc {
	uint8_t first;
};

#ifdef __cplusplus
}
#endif

#endif
