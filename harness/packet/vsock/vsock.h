/* SPDX-License-Identifier: MIT */
/* vsock as the vsockmon device shows it. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_VSOCK_H
#define SOCKATLAS_PACKET_VSOCK_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet_walk;

struct packet_vsock {
	uint8_t first;
};

#ifdef __cplusplus
}
#endif

#endif
