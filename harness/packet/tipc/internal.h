/* SPDX-License-Identifier: MIT */
/* What the files of TIPC share; not installed. */
#ifndef SOCKATLAS_PACKET_TIPC_INTERNAL_H
#define SOCKATLAS_PACKET_TIPC_INTERNAL_H

#include "harness/packet/internal.h"

void packet_show_tipc(struct packet_view *v, const struct packet_layer *l);
void packet_show_tipc_content(struct packet_view *v, const struct packet_layer *l);
void packet_line_tipc(struct packet_out *out, const struct packet *p, const struct packet_layer *l);

const char *packet_name_tipc_user(uint8_t user);
const char *packet_name_tipc_type(const struct packet_tipc *t);
const char *packet_name_tipc_error(uint8_t code);
/* "1.1.2": zone, cluster, node */
void packet_put_tipc_node(struct packet_out *out, uint32_t node);

/* Whether it carries what a socket sent. */
static inline bool packet_tipc_is_payload(const struct packet_tipc *t)
{
	return t->user <= PACKET_TIPC_CRITICAL_IMPORTANCE;
}

#endif
