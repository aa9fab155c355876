/* SPDX-License-Identifier: MIT */
/* UDP-Lite. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_UDPLITE_H
#define SOCKATLAS_PACKET_UDPLITE_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* UDP-Lite, RFC 3828 3.1. It has no length of its own: the IP packet tells. */
struct packet_udplite {
	uint16_t source_port;
	uint16_t destination_port;
	uint16_t checksum_coverage; /* bytes from the header's first; 0: all, 1 to 7 are illegal */
	uint16_t checksum;
	uint32_t covered;	 /* bytes the checksum is over, 0 if that cannot be told */
	uint32_t payload_length; /* bytes of data on the wire, whether captured or not */
};

#ifdef __cplusplus
}
#endif

#endif
