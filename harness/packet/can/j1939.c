/* SPDX-License-Identifier: MIT */
#include "harness/packet/internal.h"

void packet_decode_j1939(struct decoder *d)
{
	packet_decode_data(d);
}

static void show_j1939(struct packet_view *v, const struct packet_layer *l)
{
	(void)v;
	(void)l;
}

static void line_j1939(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	(void)out;
	(void)p;
	(void)l;
}

const struct packet_protocol packet_protocol_j1939 = {
	.name = "J1939",
	.show = show_j1939,
	.line = line_j1939,
};
