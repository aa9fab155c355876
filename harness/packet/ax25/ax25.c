/* SPDX-License-Identifier: MIT */
#include "harness/packet/internal.h"

void packet_decode_kiss(struct decoder *d)
{
	packet_decode_data(d);
}

static void show_kiss(struct packet_view *v, const struct packet_layer *l)
{
	(void)v;
	(void)l;
}

static void line_kiss(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	(void)out;
	(void)p;
	(void)l;
}

const struct packet_protocol packet_protocol_kiss = {
	.name = "KISS",
	.show = show_kiss,
	.line = line_kiss,
};

void packet_decode_ax25(struct decoder *d)
{
	packet_decode_data(d);
}

static void show_ax25(struct packet_view *v, const struct packet_layer *l)
{
	(void)v;
	(void)l;
}

static void line_ax25(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	(void)out;
	(void)p;
	(void)l;
}

const struct packet_protocol packet_protocol_ax25 = {
	.name = "AX.25",
	.show = show_ax25,
	.line = line_ax25,
};
