/* SPDX-License-Identifier: MIT */
/* RDS over TCP. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_RDS_H
#define SOCKATLAS_PACKET_RDS_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet_walk;

struct packet_rds {
	uint8_t first;
};

#ifdef __cplusplus
}
#endif

#endif
