/* SPDX-License-Identifier: MIT */
/* What the files of SCTP share; not installed. */
#ifndef SOCKATLAS_PACKET_SCTP_INTERNAL_H
#define SOCKATLAS_PACKET_SCTP_INTERNAL_H

#include "harness/packet/internal.h"

/* CRC32c as SCTP has it: starts with all ones, and is inverted at the end. */
uint32_t packet_crc32c_add(uint32_t crc, const uint8_t *bytes, size_t length);

/* The type, length and value that all lists of SCTP are made of. */
struct packet_sctp_item {
	uint32_t offset, length, captured;
	uint8_t padding;
	bool fits; /* `length` has room for its 4 bytes, and the list for all of it */
};
bool packet_sctp_item_next(struct packet_walk *walk, struct packet_sctp_item *out);

/* How deep parameters and causes are looked for inside of each other. */
#define PACKET_SCTP_DEPTH 3
/* Notes the contradictions in a chunk's parameters or causes. */
void packet_decode_sctp_list(struct decoder *d, struct packet_walk *walk,
			     enum packet_sctp_list list, unsigned int depth);

void packet_show_sctp_chunk(struct packet_view *v, struct packet_walk *walk,
			    const struct packet_sctp_chunk *chunk);
void packet_show_sctp_list(struct packet_view *v, struct packet_walk *walk,
			   enum packet_sctp_list list, unsigned int depth);
void packet_line_sctp_chunk(struct packet_out *out, struct packet_walk *walk,
			    const struct packet_sctp_chunk *chunk);

/* What is to be done with a chunk or parameter that one does not know, by its highest two bits. */
const char *packet_name_sctp_action(unsigned int bits);
const char *packet_name_sctp_chunk(uint8_t type);
const char *packet_name_sctp_cause(uint16_t code);
const char *packet_name_sctp_parameter(uint16_t type);
const char *packet_name_sctp_hmac(uint16_t identifier);

#endif
