/* SPDX-License-Identifier: MIT */
#include "harness/packet/internal.h"

void packet_decode_can(struct decoder *d)
{
	packet_decode_data(d);
}

static void show_can(struct packet_view *v, const struct packet_layer *l)
{
	(void)v;
	(void)l;
}

static void line_can(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	(void)out;
	(void)p;
	(void)l;
}

const struct packet_protocol packet_protocol_can = {
	.name = "CAN",
	.show = show_can,
	.line = line_can,
};
