/* SPDX-License-Identifier: MIT */
/* DNS messages, one level deep. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_DNS_H
#define SOCKATLAS_PACKET_DNS_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet_walk;

struct packet_dns {
	uint8_t first;
};

#ifdef __cplusplus
}
#endif

#endif
