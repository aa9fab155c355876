/* SPDX-License-Identifier: MIT */
/* What the files of amateur packet radio share; not installed. */
#ifndef SOCKATLAS_PACKET_AX25_INTERNAL_H
#define SOCKATLAS_PACKET_AX25_INTERNAL_H

#include "harness/packet/internal.h"

/* Callsigns, as AX.25, NET/ROM and ROSE have them: 7 bytes. */
void packet_ax25_address(const uint8_t *b, struct packet_ax25_address *out);
void packet_put_ax25(struct packet_out *out, const struct packet_ax25_address *a);
void packet_show_ax25(struct packet_view *v, const char *name, uint32_t offset,
		      const struct packet_ax25_address *a, const char *bit);
/* `length` (at most 6) printable characters without the spaces at their end. */
void packet_ax25_text(const uint8_t *b, unsigned int length, char out[7]);

/* The information field of XID: xid.c. */
bool packet_decode_ax25_xid(struct decoder *d, struct packet_ax25 *ax25);
/* `at`: its first byte. */
void packet_show_ax25_xid(struct packet_view *v, const struct packet_layer *l, uint32_t at);

#endif
