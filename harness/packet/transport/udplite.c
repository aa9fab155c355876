/* SPDX-License-Identifier: MIT */
#include "harness/packet/internal.h"

void packet_decode_udplite(struct decoder *d)
{
	packet_decode_data(d);
}

static void show_udplite(struct packet_view *v, const struct packet_layer *l)
{
	(void)v;
	(void)l;
}

static void line_udplite(struct packet_out *out, const struct packet *p,
			 const struct packet_layer *l)
{
	(void)out;
	(void)p;
	(void)l;
}

const struct packet_protocol packet_protocol_udplite = {
	.name = "UDP-Lite",
	.show = show_udplite,
	.line = line_udplite,
};
