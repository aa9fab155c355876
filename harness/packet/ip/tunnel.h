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

/* GRE (RFC 1701, 2784, 2890), and version 1 of PPTP (RFC 2637): 4 bytes and what the flags say. */
struct packet_gre {
	uint16_t flags_and_version;
	uint8_t version;
	bool checksum_present;	     /* C: `checksum` is one */
	bool routing_present;	     /* R */
	bool key_present;	     /* K */
	bool sequence_present;	     /* S */
	bool strict_source_route;    /* s */
	bool acknowledgment_present; /* A, version 1 */
	uint8_t recursion_control;   /* Recur, 3 bits */
	uint16_t protocol_type;
	bool has_fields;       /* the version is known: those below are there as the flags say */
	uint16_t checksum;     /* there with C or R */
	uint16_t route_offset; /* there with C or R: of the active source route entry, in bytes */
	uint32_t key;
	uint16_t payload_length; /* version 1: bytes, the upper half of the key */
	uint16_t call_id;	 /* version 1: the lower half */
	uint32_t sequence_number;
	uint32_t acknowledgment_number; /* version 1 */
	uint32_t routing_offset; /* of the first source route entry, in the packet; 0: none */
};

/* A source route entry of GRE (RFC 1701). */
struct packet_gre_route {
	uint16_t address_family; /* an EtherType; 0 with length 0 ends the list */
	uint8_t sre_offset;	 /* of the active address, in bytes */
	uint8_t sre_length;	 /* bytes of routing information, which are at offset + 4 */
	uint32_t offset;	 /* in the packet */
};
bool packet_gre_route_next(struct packet_walk *walk, struct packet_gre_route *out);

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
