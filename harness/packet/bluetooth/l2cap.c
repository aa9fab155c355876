/* SPDX-License-Identifier: MIT */
#include "harness/packet/internal.h"

void packet_decode_l2cap(struct decoder *d)
{
	packet_decode_data(d);
}

static void show_l2cap(struct packet_view *v, const struct packet_layer *l)
{
	(void)v;
	(void)l;
}

static void line_l2cap(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	(void)out;
	(void)p;
	(void)l;
}

const struct packet_protocol packet_protocol_l2cap = {
	.name = "L2CAP",
	.show = show_l2cap,
	.line = line_l2cap,
};
