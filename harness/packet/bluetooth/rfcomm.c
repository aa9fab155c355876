/* SPDX-License-Identifier: MIT */
#include "harness/packet/internal.h"

void packet_decode_rfcomm(struct decoder *d)
{
	packet_decode_data(d);
}

static void show_rfcomm(struct packet_view *v, const struct packet_layer *l)
{
	(void)v;
	(void)l;
}

static void line_rfcomm(struct packet_out *out, const struct packet *p,
			const struct packet_layer *l)
{
	(void)out;
	(void)p;
	(void)l;
}

const struct packet_protocol packet_protocol_rfcomm = {
	.name = "RFCOMM",
	.show = show_rfcomm,
	.line = line_rfcomm,
};
