/* SPDX-License-Identifier: MIT */
/* UDP-Lite. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_UDPLITE_H
#define SOCKATLAS_PACKET_UDPLITE_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet_walk;

struct packet_udplite {
	uint8_t first;
};

#ifdef __cplusplus
}
#endif

#endif
