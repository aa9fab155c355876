/* SPDX-License-Identifier: MIT */
/* What the files of CAN share; not installed. */
#ifndef SOCKATLAS_PACKET_CAN_INTERNAL_H
#define SOCKATLAS_PACKET_CAN_INTERNAL_H

#include "harness/packet/internal.h"

/* Error frames: can_error.c. */
void packet_decode_can_error(struct decoder *d);
void packet_show_can_error_classes(struct packet_view *v, const struct packet_layer *l);
void packet_show_can_error(struct packet_view *v, const struct packet_layer *l);
void packet_line_can_error(struct packet_out *out, const struct packet *p,
			   const struct packet_layer *l);

/* Whether a CAN frame is one of J1939, if that is what the bus speaks. */
bool packet_is_j1939(const struct packet *p, const struct packet_can *can);
/* A parameter group's number, with its label if it has one. */
void packet_put_pgn(struct packet_out *out, uint32_t pgn);
void packet_show_j1939_pgn(struct packet_view *v, uint32_t at, uint32_t pgn);
/* What the 29 bits of the identifier say. */
void packet_show_j1939_id(struct packet_view *v, const struct packet_layer *l);

/* TP.CM, TP.DT and those of ETP: j1939_transport.c. */
void packet_decode_j1939_transport(struct decoder *d);
void packet_show_j1939_transport(struct packet_view *v, const struct packet_layer *l);
void packet_line_j1939_transport(struct packet_out *out, const struct packet_layer *l);

#endif
