/* SPDX-License-Identifier: MIT */
#include "harness/packet/internal.h"

void packet_decode_x25(struct decoder *d)
{
	packet_decode_data(d);
}

static void show_x25(struct packet_view *v, const struct packet_layer *l)
{
	(void)v;
	(void)l;
}

static void line_x25(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	(void)out;
	(void)p;
	(void)l;
}

const struct packet_protocol packet_protocol_x25 = {
	.name = "X.25",
	.show = show_x25,
	.line = line_x25,
};
