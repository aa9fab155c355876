/* SPDX-License-Identifier: MIT */
/* What the files of DECnet share; not installed. */
#ifndef SOCKATLAS_PACKET_DECNET_INTERNAL_H
#define SOCKATLAS_PACKET_DECNET_INTERNAL_H

#include "harness/packet/internal.h"

void packet_show_decnet(struct packet_view *v, const struct packet_layer *l);
void packet_line_decnet(struct packet_out *out, const struct packet *p,
			const struct packet_layer *l);

#endif
