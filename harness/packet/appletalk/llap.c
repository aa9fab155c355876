/* SPDX-License-Identifier: MIT */
/* LLAP, LocalTalk's link: Inside AppleTalk (second edition), chapter 1. */
#include "harness/packet/internal.h"

enum {
	TYPE_DDP_SHORT = 1,
	TYPE_DDP_LONG = 2,
	BROADCAST = 255,
};

static const char *type_name(uint8_t type)
{
	switch (type) {
	case TYPE_DDP_SHORT:
		return "DDP, short header";
	case TYPE_DDP_LONG:
		return "DDP, extended header";
	case 0x81:
		return "lapENQ";
	case 0x82:
		return "lapACK";
	case 0x84:
		return "lapRTS";
	case 0x85:
		return "lapCTS";
	default:
		return NULL;
	}
}

/*
 *     0               8               16              24
 *    +---------------+---------------+---------------+
 *  0 | Destination   | Source        | Type          |
 *    +---------------+---------------+---------------+
 *
 * Node IDs; types from 128 are control frames, which are this header alone. The frame check
 * sequence is not captured.
 */
void packet_decode_llap(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_LLAP);
	struct packet_llap *llap;
	const uint8_t *h;

	if (l == NULL)
		return;
	llap = &l->llap;
	h = packet_take(d, 3);
	llap->destination = h[0];
	llap->source = h[1];
	llap->type = h[2];
	if (l->header_captured < 3)
		return;
	packet_advance(d);
	if (llap->type == TYPE_DDP_SHORT || llap->type == TYPE_DDP_LONG)
		d->next = packet_decode_ddp;
	else
		d->next = packet_decode_data;
}

static void show_llap(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_llap *llap = &l->llap;

	packet_show_number(v, "Destination node ID", l->offset, 1, llap->destination,
			   llap->destination == BROADCAST ? "broadcast" : NULL);
	packet_show_number(v, "Source node ID", l->offset + 1, 1, llap->source, NULL);
	packet_show_hex(v, "LLAP type", l->offset + 2, 1, llap->type, type_name(llap->type));
}

static void line_llap(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	const struct packet_llap *llap = &l->llap;
	const char *name = type_name(llap->type);

	packet_put(out, "LLAP ");
	if (l->header_captured < 3) {
		packet_put(out, "header cut");
		return;
	}
	packet_put_number(out, llap->source);
	packet_put(out, " > ");
	packet_put_number(out, llap->destination);
	if (packet_header_behind(p, l))
		return;
	packet_put_char(out, ' ');
	if (name != NULL) {
		packet_put(out, name);
	} else {
		packet_put(out, "type 0x");
		packet_put_hex(out, llap->type, 2);
	}
	if (packet_data_behind(p, l) > 0)
		packet_put_length(out, packet_data_behind(p, l));
}

const struct packet_protocol packet_protocol_llap = {
	.name = "LLAP",
	.show = show_llap,
	.line = line_llap,
};
