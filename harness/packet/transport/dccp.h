/* SPDX-License-Identifier: MIT */
/* DCCP and its options. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_DCCP_H
#define SOCKATLAS_PACKET_DCCP_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet_walk;

struct packet_dccp {
	uint8_t first;
};

#ifdef __cplusplus
}
#endif

#endif
