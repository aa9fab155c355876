/* SPDX-License-Identifier: MIT */
/* SCTP, its chunks and parameters. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_SCTP_H
#define SOCKATLAS_PACKET_SCTP_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet_walk;

struct packet_sctp {
	uint8_t first;
};

#ifdef __cplusplus
}
#endif

#endif
