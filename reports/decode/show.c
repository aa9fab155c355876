/* SPDX-License-Identifier: MIT */
#include "reports/decode/show.h"

#include <string.h>

#include "reports/decode/dump.h"

enum { TREE_BYTES = 16 }; /* of a field that are shown beside it */

/* For functions that write as snprintf() does. */
#define OUT_CALL(t, call) ((t)->length += (call))

/*
 * Whether a checksum field holds the sum P over the pseudo-header alone (CHECKSUM_PARTIAL of
 * include/linux/skbuff.h). The right checksum is ~(P + S), S being the sum over the segment
 * without the field (RFC 1071); with P in the field the sum over the segment is P + S as well, so
 * that the checksum over the segment alone is the right one.
 */
static bool left_to_the_device(const struct packet *p)
{
	for (unsigned int i = 0; i < p->layers; i++) {
		const struct packet_layer *l = &p->layer[i];
		uint32_t expected = 0;
		uint16_t rest;

		if (l->checksum != PACKET_CHECKSUM_BAD || l->quoted ||
		    l->length > p->captured - l->offset ||
		    (l->kind != PACKET_TCP && l->kind != PACKET_UDP) ||
		    packet_verify(p, i, &expected) != PACKET_CHECKSUM_BAD)
			continue;
		rest = packet_checksum_finish(
			packet_checksum_add(0, p->bytes + l->offset, l->length));
		if (rest == expected || (rest == 0 && expected == 0xffff))
			return true;
	}
	return false;
}

static bool any_bad(const struct packet *p)
{
	for (unsigned int i = 0; i < p->layers; i++) {
		if (p->layer[i].checksum == PACKET_CHECKSUM_BAD)
			return true;
	}
	return false;
}

void show_decode(struct packet *out, const uint8_t *bytes, size_t captured, size_t original,
		 uint32_t link_type, unsigned int flags)
{
	flags |= PACKET_VERIFY_CHECKSUMS;
	packet_decode(out, bytes, captured, original, link_type, flags);
	if (any_bad(out) && left_to_the_device(out))
		packet_decode(out, bytes, captured, original, link_type,
			      flags | PACKET_CHECKSUM_OFFLOADED);
}

struct tree {
	struct packet_out *out;
	const struct packet *packet;
	bool color;
};

static void put_range(struct packet_out *out, const struct packet_field *f)
{
	packet_put_char(out, '[');
	packet_put_number(out, f->offset);
	if (f->length > 1) {
		packet_put_char(out, '-');
		packet_put_number(out, f->offset + f->length - 1);
	}
	packet_put_char(out, ']');
}

/* " | 45 & 0f": the bytes, and which of their bits when it is not all. */
static void put_field_bytes(struct packet_out *out, const struct packet *p,
			    const struct packet_field *f)
{
	uint32_t shown = f->length < TREE_BYTES ? f->length : TREE_BYTES;

	if (f->depth == 0 || f->length == 0)
		return;
	packet_put(out, "  |");
	for (uint32_t i = 0; i < shown; i++) {
		packet_put_char(out, ' ');
		packet_put_hex(out, p->bytes[f->offset + i], 2);
	}
	if (shown < f->length)
		packet_put(out, " ...");
	if (f->mask == 0)
		return;
	packet_put(out, " &");
	for (uint32_t i = f->length < 4 ? f->length : 4; i > 0; i--) {
		packet_put_char(out, ' ');
		packet_put_hex(out, (uint8_t)(f->mask >> (8 * (i - 1))), 2);
	}
}

/* A line of packet_text(), with the bytes behind it. */
static int put_field(void *context, const struct packet_field *f)
{
	const struct tree *tree = context;
	struct packet_out *out = tree->out;

	for (unsigned int i = 0; i < f->depth; i++)
		packet_put(out, "  ");
	if (tree->color)
		packet_put(out, dump_color(f->layer));
	put_range(out, f);
	if (tree->color)
		packet_put(out, DUMP_COLOR_END);
	packet_put_char(out, ' ');
	packet_put(out, f->name);
	if (f->value[0] != '\0') {
		packet_put(out, ": ");
		packet_put(out, f->value);
	}
	put_field_bytes(out, tree->packet, f);
	if (f->contradicts)
		packet_put(out, "  <-- contradicts");
	packet_put_char(out, '\n');
	return 0;
}

static void put_tree_with_bytes(struct packet_out *out, const struct packet *p, bool color)
{
	struct tree tree = {out, p, color};

	dump_packet(out, p, color);
	packet_visit(p, put_field, &tree);
	if (p->problem.text == NULL && p->outcome == PACKET_COMPLETE)
		return;
	packet_put(out, p->outcome == PACKET_COMPLETE ? "note" : packet_outcome_name(p->outcome));
	packet_put(out, ": ");
	OUT_CALL(out, packet_problem_text(p, out_next(out), out_room(out)));
	packet_put_char(out, '\n');
}

static void put_line(struct packet_out *out, const struct shown *s)
{
	packet_put_number(out, s->number);
	packet_put_char(out, ' ');
	out_seconds(out, s->time_us);
	packet_put_char(out, ' ');
	OUT_CALL(out, packet_line(s->packet, out_next(out), out_room(out)));
	packet_put_char(out, '\n');
	if (s->look->hex)
		dump_packet(out, s->packet, s->look->color);
}

static void put_tree(struct packet_out *out, const struct shown *s)
{
	const struct packet *p = s->packet;

	packet_put(out, "packet ");
	packet_put_number(out, s->number);
	packet_put(out, ", ");
	out_seconds(out, s->time_us);
	packet_put(out, " s, ");
	packet_put_number(out, p->captured);
	packet_put(out, " of ");
	packet_put_number(out, p->original);
	packet_put(out, " bytes\n");
	if (s->look->hex)
		put_tree_with_bytes(out, p, s->look->color);
	else
		OUT_CALL(out, packet_text(p, out_next(out), out_room(out)));
}

static void put_json(struct packet_out *out, const struct shown *s)
{
	size_t object;

	packet_put(out, "{\"number\": ");
	packet_put_number(out, s->number);
	packet_put(out, ", \"time\": ");
	out_seconds(out, s->time_us);
	if (s->look->hex) {
		packet_put(out, ", \"hex\": \"");
		for (uint32_t i = 0; i < s->packet->captured; i++)
			packet_put_hex(out, s->packet->bytes[i], 2);
		packet_put_char(out, '"');
	}
	packet_put_char(out, ',');
	/* Its members go on in this object: a space in place of its brace. */
	object = out->length;
	OUT_CALL(out, packet_json(s->packet, 0, out_next(out), out_room(out)));
	if (object < out->size)
		out->buffer[object] = ' ';
}

void show_packet(struct packet_out *out, const void *shown)
{
	const struct shown *s = shown;

	if (s->before != NULL)
		packet_put(out, s->before);
	switch (s->look->format) {
	case FORMAT_LINE:
		put_line(out, s);
		break;
	case FORMAT_TREE:
		put_tree(out, s);
		break;
	case FORMAT_JSON:
		put_json(out, s);
		break;
	}
}
