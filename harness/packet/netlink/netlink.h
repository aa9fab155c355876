/* SPDX-License-Identifier: MIT */
/* Netlink messages and attributes. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_NETLINK_H
#define SOCKATLAS_PACKET_NETLINK_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet_walk;

struct packet_netlink {
	uint8_t first;
};

#ifdef __cplusplus
}
#endif

#endif
