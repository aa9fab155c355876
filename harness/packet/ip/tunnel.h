/* SPDX-License-Identifier: MIT */
/* GRE, AH and ESP. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_TUNNEL_H
#define SOCKATLAS_PACKET_TUNNEL_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet_walk;

struct packet_gre {
	uint8_t first;
};

/* Authentication Header, RFC 4302 2. */
struct packet_ah {
	uint8_t next_header;
	uint8_t payload_len; /* of the whole header, in units of 4 bytes, minus 2 */
	uint16_t reserved;
	uint32_t spi; /* Security Parameters Index */
	uint32_t sequence_number;
	uint16_t icv_length; /* Integrity Check Value at byte 12: bytes, by Payload Len */
};

/* Encapsulating Security Payload, RFC 4303 2; what follows is encrypted. */
struct packet_esp {
	uint32_t spi;
	uint32_t sequence_number;
	uint32_t payload_length; /* bytes behind these 8, trailer and ICV included */
};

#ifdef __cplusplus
}
#endif

#endif
