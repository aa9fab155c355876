/* SPDX-License-Identifier: MIT */
#include "harness/packet/internal.h"

void packet_decode_llc(struct decoder *d)
{
	packet_decode_data(d);
}

static void show_llc(struct packet_view *v, const struct packet_layer *l)
{
	(void)v;
	(void)l;
}

static void line_llc(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	(void)out;
	(void)p;
	(void)l;
}

const struct packet_protocol packet_protocol_llc = {
	.name = "LLC",
	.show = show_llc,
	.line = line_llc,
};

void packet_decode_snap(struct decoder *d)
{
	packet_decode_data(d);
}

static void show_snap(struct packet_view *v, const struct packet_layer *l)
{
	(void)v;
	(void)l;
}

static void line_snap(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	(void)out;
	(void)p;
	(void)l;
}

const struct packet_protocol packet_protocol_snap = {
	.name = "SNAP",
	.show = show_snap,
	.line = line_snap,
};
