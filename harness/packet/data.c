/* SPDX-License-Identifier: MIT */
/* Bytes that no decoder claims: a payload, an unknown protocol, padding. */
#include "harness/packet/internal.h"

void packet_decode_data(struct decoder *d)
{
	d->next = NULL;
	if (d->at >= d->end || packet_open(d, PACKET_DATA) == NULL)
		return;
	packet_extend(d, d->end - d->at);
}

/* The bytes as text, when most of them are. */
static void put_ascii(struct packet_out *out, const uint8_t *bytes, uint32_t length)
{
	uint32_t shown = length, printable = 0;

	if (shown > 32)
		shown = 32;
	for (uint32_t i = 0; i < shown; i++)
		printable += bytes[i] >= 0x20 && bytes[i] < 0x7f;
	if (printable * 4 < shown * 3)
		return;
	packet_put(out, " \"");
	for (uint32_t i = 0; i < shown; i++) {
		uint8_t c = bytes[i];
		bool plain = c >= 0x20 && c < 0x7f && c != '"' && c != '\\';

		packet_put_char(out, (char)(plain ? c : '.'));
	}
	packet_put(out, length > shown ? "\"..." : "\"");
}

static void show_layer_data(struct packet_view *v, const struct packet_layer *l)
{
	const uint8_t *bytes = v->p->bytes + l->offset;
	uint32_t length = l->header_captured;
	struct packet_out *out = packet_value(v);

	if (length == 0)
		return;
	packet_put_hex_bytes(out, bytes, length < 32 ? length : 32);
	if (length > 32)
		packet_put(out, "...");
	put_ascii(out, bytes, length);
	packet_show(v, "Data", l->offset, length);
}

static void show_layer_trailer(struct packet_view *v, const struct packet_layer *l)
{
	packet_show_bytes(v, "Padding", l->offset, l->header_captured);
}

/* The header in front says how much data there is; only data without one speaks for itself. */
static void line_layer_data(struct packet_out *out, const struct packet *p,
			    const struct packet_layer *l)
{
	if (packet_index(p, l) > 0)
		return;
	packet_put(out, "data of link type");
	packet_put_char(out, ' ');
	packet_put_number(out, p->link_type);
	packet_put_length(out, l->header_length);
}

static void line_layer_trailer(struct packet_out *out, const struct packet *p,
			       const struct packet_layer *l)
{
	(void)p;
	packet_put(out, "+ ");
	packet_put_number(out, l->header_length);
	packet_put(out, l->header_length == 1 ? " byte of padding" : " bytes of padding");
}

const struct packet_protocol packet_protocol_data = {
	.name = "Data",
	.show = show_layer_data,
	.line = line_layer_data,
};

const struct packet_protocol packet_protocol_trailer = {
	.name = "Trailer",
	.show = show_layer_trailer,
	.line = line_layer_trailer,
};
