/* SPDX-License-Identifier: MIT */
/* AppleTalk: LLAP, DDP, AARP. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_APPLETALK_H
#define SOCKATLAS_PACKET_APPLETALK_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet_walk;

struct packet_llap {
	uint8_t first;
};

struct packet_ddp {
	uint8_t first;
};

struct packet_aarp {
	uint8_t first;
};

#ifdef __cplusplus
}
#endif

#endif
