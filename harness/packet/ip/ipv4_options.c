/* SPDX-License-Identifier: MIT */
/*
 * Options of IPv4: RFC 791 3.1, Router Alert RFC 2113, Security RFC 1108, CIPSO of FIPS 188.
 *
 *     0   1       3                8               16
 *    +---+-------+----------------+----------------+------------------
 *    |cpy| class | number         | length         | data
 *    +---+-------+----------------+----------------+------------------
 *
 * The first byte is the type: whether fragments copy the option, its class (0 control, 2
 * measurement) and number. End of Option List (0) and No Operation (1) are that byte alone;
 * the length of the others counts type and length too.
 */
#include "harness/packet/internal.h"

static const char *option_name(uint8_t type)
{
	switch (type) {
	case PACKET_IPV4_OPTION_END:
		return "End of Option List";
	case PACKET_IPV4_OPTION_NOP:
		return "No Operation";
	case PACKET_IPV4_OPTION_RECORD_ROUTE:
		return "Record Route";
	case PACKET_IPV4_OPTION_TIMESTAMP:
		return "Internet Timestamp";
	case PACKET_IPV4_OPTION_SECURITY:
		return "Security";
	case PACKET_IPV4_OPTION_LOOSE_SOURCE_ROUTE:
		return "Loose Source Route";
	case PACKET_IPV4_OPTION_CIPSO:
		return "Commercial Security";
	case PACKET_IPV4_OPTION_STREAM_ID:
		return "Stream Identifier";
	case PACKET_IPV4_OPTION_STRICT_SOURCE_ROUTE:
		return "Strict Source Route";
	case PACKET_IPV4_OPTION_ROUTER_ALERT:
		return "Router Alert";
	default:
		return "Unknown option";
	}
}

static bool is_route(uint8_t type)
{
	return type == PACKET_IPV4_OPTION_RECORD_ROUTE ||
	       type == PACKET_IPV4_OPTION_LOOSE_SOURCE_ROUTE ||
	       type == PACKET_IPV4_OPTION_STRICT_SOURCE_ROUTE;
}

/* What the data of a whole option says; false when its length is not one its type may have. */
static bool decode_data(struct packet_ipv4_option *o, const uint8_t *b)
{
	switch (o->type) {
	case PACKET_IPV4_OPTION_RECORD_ROUTE:
	case PACKET_IPV4_OPTION_LOOSE_SOURCE_ROUTE:
	case PACKET_IPV4_OPTION_STRICT_SOURCE_ROUTE:
		/* type, length, pointer, addresses; the pointer counts from 1, so 4 is the first */
		if (o->length < 3 || (o->length - 3) % 4 != 0)
			return false;
		o->pointer = b[2];
		o->data_offset = o->offset + 3;
		o->data_length = o->length - 3u;
		return o->pointer >= 4;
	case PACKET_IPV4_OPTION_TIMESTAMP:
		/* type, length, pointer, overflow and flag, entries; 5 is the first */
		if (o->length < 4 || (o->length - 4) % 4 != 0)
			return false;
		o->pointer = b[2];
		o->overflow = b[3] >> 4;
		o->flag = b[3] & 15;
		o->data_offset = o->offset + 4;
		o->data_length = o->length - 4u;
		return o->pointer >= 5;
	case PACKET_IPV4_OPTION_STREAM_ID:
	case PACKET_IPV4_OPTION_ROUTER_ALERT:
		if (o->length != 4)
			return false;
		o->value = packet_be16(b + 2);
		return true;
	case PACKET_IPV4_OPTION_SECURITY:
		return o->length >= 3;
	case PACKET_IPV4_OPTION_CIPSO:
		return o->length >= 6;
	default:
		return true;
	}
}

bool packet_ipv4_option_next(struct packet_walk *walk, struct packet_ipv4_option *out)
{
	const uint8_t *b;
	uint32_t left = walk->end - walk->next;

	if (walk->next >= walk->end)
		return false;
	if (walk->next >= walk->captured) {
		walk->fault = PACKET_TRUNCATED;
		return false;
	}
	b = walk->packet->bytes + walk->next;
	*out = (struct packet_ipv4_option){
		.type = b[0], .length = 1, .ok = true, .offset = walk->next};
	out->data_offset = walk->next + 1;
	if (b[0] == PACKET_IPV4_OPTION_END) {
		walk->next = walk->end;
		return true;
	}
	if (b[0] == PACKET_IPV4_OPTION_NOP) {
		walk->next++;
		return true;
	}
	if (left < 2) {
		walk->fault = PACKET_MALFORMED;
		return false;
	}
	if (walk->captured - walk->next < 2) {
		walk->fault = PACKET_TRUNCATED;
		return false;
	}
	out->length = b[1];
	if (b[1] < 2 || b[1] > left) {
		walk->fault = PACKET_MALFORMED;
		return false;
	}
	if (b[1] > walk->captured - walk->next) {
		walk->fault = PACKET_TRUNCATED;
		return false;
	}
	out->data_offset = out->offset + 2;
	out->data_length = out->length - 2u;
	out->ok = decode_data(out, b);
	walk->next += out->length;
	return true;
}

/* RFC 791: 0 timestamps alone, 1 with addresses, 3 addresses given by the sender. */
static void show_timestamps(struct packet_view *v, const struct packet_ipv4_option *o)
{
	static const char *const flags[] = {"timestamps only", "addresses and timestamps", NULL,
					    "addresses given"};
	const uint8_t *bytes = v->p->bytes;
	uint32_t end = o->data_offset + o->data_length, at = o->data_offset;

	packet_show_number(v, "Pointer", o->offset + 2, 1, o->pointer, NULL);
	packet_show_bits(v, "Overflow", o->offset + 3, 1, 0xf0, o->overflow, NULL);
	packet_show_bits(v, "Flag", o->offset + 3, 1, 0x0f, o->flag,
			 o->flag < 4 ? flags[o->flag] : NULL);
	while (at + 4 <= end) {
		if (o->flag != 0 && at + 8 <= end) {
			packet_show_ipv4(v, "Address", at);
			at += 4;
		}
		packet_show_number(v, "Timestamp", at, 4, packet_be32(bytes + at),
				   at - o->offset + 1 < o->pointer ? NULL : "free");
		at += 4;
	}
}

static void show_option(struct packet_view *v, const struct packet_ipv4_option *o)
{
	packet_show_number(v, "Type", o->offset, 1, o->type, NULL);
	packet_show_number(v, "Length", o->offset + 1, 1, o->length, NULL);
	if (o->type == PACKET_IPV4_OPTION_TIMESTAMP && o->data_offset == o->offset + 4) {
		show_timestamps(v, o);
	} else if (is_route(o->type) && o->data_offset == o->offset + 3) {
		packet_show_number(v, "Pointer", o->offset + 2, 1, o->pointer, NULL);
		for (uint32_t at = 0; at + 4 <= o->data_length; at += 4)
			packet_show_ipv4(v, at + 4 < o->pointer ? "Address" : "Address (next)",
					 o->data_offset + at);
	} else if (o->type == PACKET_IPV4_OPTION_ROUTER_ALERT && o->ok) {
		packet_show_number(v, "Value", o->data_offset, 2, o->value,
				   o->value == 0 ? "every router shall look" : NULL);
	} else if (o->type == PACKET_IPV4_OPTION_STREAM_ID && o->ok) {
		packet_show_number(v, "Stream ID", o->data_offset, 2, o->value, NULL);
	} else {
		packet_show_bytes(v, "Data", o->data_offset, o->data_length);
	}
}

void packet_show_ipv4_options(struct packet_view *v, const struct packet_layer *l)
{
	struct packet_walk walk = packet_walk(v->p, l);
	struct packet_ipv4_option o;

	packet_show_number(v, "Options", l->offset + 20, l->ipv4.options_length,
			   l->ipv4.options_length, "bytes");
	packet_show_in(v);
	while (packet_ipv4_option_next(&walk, &o)) {
		packet_show_text(v, option_name(o.type), o.offset, o.length,
				 o.ok ? "" : "length or pointer not possible for this option");
		packet_show_in(v);
		if (o.type > PACKET_IPV4_OPTION_NOP)
			show_option(v, &o);
		packet_show_out(v);
		if (o.type == PACKET_IPV4_OPTION_END && o.offset + 1 < walk.end)
			packet_show_bytes(v, "Padding", o.offset + 1, walk.end - o.offset - 1);
	}
	packet_show_rest(v, &walk);
	packet_show_out(v);
}

static void line_option(struct packet_out *out, const struct packet *p,
			const struct packet_ipv4_option *o)
{
	switch (o->type) {
	case PACKET_IPV4_OPTION_RECORD_ROUTE:
		packet_put(out, "record route");
		break;
	case PACKET_IPV4_OPTION_TIMESTAMP:
		packet_put(out, "timestamp");
		break;
	case PACKET_IPV4_OPTION_LOOSE_SOURCE_ROUTE:
		packet_put(out, "loose source route");
		break;
	case PACKET_IPV4_OPTION_STRICT_SOURCE_ROUTE:
		packet_put(out, "strict source route");
		break;
	case PACKET_IPV4_OPTION_ROUTER_ALERT:
		packet_put(out, "router alert");
		break;
	case PACKET_IPV4_OPTION_STREAM_ID:
		packet_put(out, "stream id");
		break;
	case PACKET_IPV4_OPTION_SECURITY:
		packet_put(out, "security");
		break;
	case PACKET_IPV4_OPTION_CIPSO:
		packet_put(out, "cipso");
		break;
	case PACKET_IPV4_OPTION_NOP:
		packet_put(out, "nop");
		break;
	case PACKET_IPV4_OPTION_END:
		packet_put(out, "end");
		break;
	default:
		packet_put(out, "option ");
		packet_put_number(out, o->type);
		break;
	}
	if (!o->ok) {
		packet_put(out, "?");
		return;
	}
	if (o->type == PACKET_IPV4_OPTION_STREAM_ID || o->type == PACKET_IPV4_OPTION_ROUTER_ALERT) {
		packet_put_char(out, ' ');
		packet_put_number(out, o->value);
	}
	for (uint32_t at = 0; is_route(o->type) && at + 4 <= o->data_length; at += 4) {
		packet_put(out, at + 4 == o->pointer ? " ^" : " ");
		packet_put_ipv4(out, p->bytes + o->data_offset + at);
	}
}

void packet_line_ipv4_options(struct packet_out *out, const struct packet *p,
			      const struct packet_layer *l)
{
	struct packet_walk walk = packet_walk(p, l);
	struct packet_ipv4_option o;
	const char *separator = "";

	packet_put(out, " options [");
	while (packet_ipv4_option_next(&walk, &o)) {
		packet_put(out, separator);
		separator = ", ";
		line_option(out, p, &o);
	}
	if (walk.fault != 0) {
		packet_put(out, separator);
		packet_put(out, "...");
	}
	packet_put_char(out, ']');
}
