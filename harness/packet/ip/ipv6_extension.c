/* SPDX-License-Identifier: MIT */
/*
 * Extension headers of IPv6, RFC 8200 4. Each starts with the number of what follows it, and all
 * but the Fragment header with their length, in units of 8 bytes that do not count the first 8.
 */
#include "harness/packet/internal.h"

#include <string.h>

/* Opens a header that starts with Next Header and Hdr Ext Len; false when it is not all there. */
static bool open_with_length(struct decoder *d, uint8_t *next_header, uint8_t *hdr_ext_len)
{
	const uint8_t *h = packet_take(d, 8);

	*next_header = h[0];
	*hdr_ext_len = h[1];
	if (d->layer->header_captured < 2)
		return false;
	return packet_extend(d, 8u * *hdr_ext_len + 8);
}

/* A Payload Length of 0 promised a Jumbo Payload option, which sets the window (RFC 2675 3). */
static void apply_jumbo(struct decoder *d)
{
	struct packet_layer *ip = &d->p->layer[d->ip], *l = d->layer;
	struct packet_walk walk = packet_walk(d->p, l);
	struct packet_ipv6_option option;

	while (packet_ipv6_option_next(&walk, &option)) {
		if (option.type != PACKET_IPV6_OPTION_JUMBO || !option.ok)
			continue;
		if (!d->jumbo) {
			packet_contradiction(d,
					     "a Jumbo Payload option, and the Payload Length is "
					     "%1, not 0",
					     ip->ipv6.payload_length, 0, option.offset, 6);
			return;
		}
		if (option.value < 65536) {
			packet_contradiction(d, "Jumbo Payload Length is %1, less than 65536",
					     option.value, 0, option.data_offset, 4);
			d->jumbo = false;
			return;
		}
		ip->ipv6.jumbo_payload_length = option.value;
		d->jumbo = false;
		if (option.value > UINT32_MAX / 4)
			option.value = UINT32_MAX / 4;
		d->layer = ip;
		packet_narrow(d, 40 + option.value,
			      "Jumbo Payload Length and header are %1 bytes, "
			      "only %2 are there",
			      option.data_offset, 4);
		d->layer = l;
		l->length = d->end - l->offset;
		return;
	}
	if (d->jumbo && walk.fault != PACKET_TRUNCATED) {
		d->layer = ip;
		packet_contradiction(d, "Payload Length is 0, and there is no Jumbo Payload option",
				     0, 0, ip->offset + 4, 2);
		d->layer = l;
	}
	d->jumbo = false;
}

/*
 *        0               1               2               3
 *    +---------------+---------------+---------------+---------------+
 *  0 | Next Header   | Hdr Ext Len   | Options                       |
 *    +---------------+---------------+                               +
 *  4 |                                                               |
 *    +---------------------------------------------------------------+
 *
 * RFC 8200 4.3 (Hop-by-Hop Options) and 4.6 (Destination Options).
 */
static void decode_options_header(struct decoder *d, enum packet_kind kind)
{
	struct packet_layer *l = packet_open(d, kind);
	bool whole;

	if (l == NULL)
		return;
	whole = open_with_length(d, &l->options.next_header, &l->options.hdr_ext_len);
	packet_decode_ipv6_options(d);
	if (kind == PACKET_HOP_BY_HOP && packet_index(d->p, l) != d->ip + 1u)
		packet_contradiction(d, "the Hop-by-Hop Options header does not come first", 0, 0,
				     l->offset, 2);
	else if (kind == PACKET_HOP_BY_HOP)
		apply_jumbo(d);
	if (!whole)
		return;
	packet_advance(d);
	packet_next_ip_protocol(d, l->options.next_header);
}

void packet_decode_hop_by_hop(struct decoder *d)
{
	decode_options_header(d, PACKET_HOP_BY_HOP);
}

void packet_decode_destination(struct decoder *d)
{
	decode_options_header(d, PACKET_DESTINATION);
}

/*
 *        0               1               2               3
 *    +---------------+---------------+---------------+---------------+
 *  0 | Next Header   | Hdr Ext Len   | Routing Type  | Segments Left |
 *    +---------------+---------------+---------------+---------------+
 *  4 | type 0, 2: Reserved                                           |
 *    | type 3:    CmprI 4 | CmprE 4 | Pad 4 | Reserved 20            |
 *    | type 4:    Last Entry 8 | Flags 8 | Tag 16                    |
 *    +---------------------------------------------------------------+
 *  8 | Addresses, 16 bytes each (type 3 leaves out common prefixes)  |
 *    +---------------------------------------------------------------+
 *
 * RFC 8200 4.4; type 0 RFC 2460 4.4 (withdrawn by RFC 5095), 2 RFC 6275 6.4, 3 RFC 6554 3,
 * 4 RFC 8754 2. Types 0 and 2 list the addresses in the order of travel, 4 backwards.
 */
void packet_decode_routing(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_ROUTING);
	struct packet_routing *r;
	const uint8_t *h;
	bool whole;

	if (l == NULL)
		return;
	r = &l->routing;
	*r = (struct packet_routing){0};
	whole = open_with_length(d, &r->next_header, &r->hdr_ext_len);
	h = packet_take(d, 8);
	whole = packet_extend(d, 8u * r->hdr_ext_len + 8) && whole;
	r->routing_type = h[2];
	r->segments_left = h[3];
	r->addresses_offset = l->offset + 8;
	switch (r->routing_type) {
	case 4:
		r->last_entry = h[4];
		r->flags = h[5];
		r->tag = packet_be16(h + 6);
		r->addresses = r->hdr_ext_len / 2;
		/* TLVs may follow the list */
		if (l->header_captured >= 8 && r->last_entry < r->addresses)
			r->addresses = r->last_entry + 1;
		else if (l->header_captured >= 8)
			packet_contradiction(d,
					     "Last Entry is %1, the header has room for %2 "
					     "segments",
					     r->last_entry, r->addresses, l->offset + 4, 1);
		break;
	case 3:
		r->cmpr_i = h[4] >> 4;
		r->cmpr_e = h[4] & 15;
		r->pad = h[5] >> 4;
		break;
	case 0:
	case 2:
		r->addresses = r->hdr_ext_len / 2;
		if (l->header_captured >= 4 && r->hdr_ext_len % 2 != 0)
			packet_contradiction(d,
					     "Hdr Ext Len is %1, which is no whole number of "
					     "addresses",
					     r->hdr_ext_len, 0, l->offset + 1, 1);
		break;
	default:
		break;
	}
	if (l->header_captured >= 4 && (r->routing_type == 0 || r->routing_type == 2) &&
	    r->segments_left > r->addresses)
		packet_contradiction(d, "Segments Left is %1, the header has %2 addresses",
				     r->segments_left, r->addresses, l->offset + 3, 1);
	if (l->header_captured >= 5 && r->routing_type == 4 && r->segments_left > r->last_entry)
		packet_contradiction(d, "Segments Left is %1, more than Last Entry, %2",
				     r->segments_left, r->last_entry, l->offset + 3, 1);
	if (!whole)
		return;
	packet_advance(d);
	packet_next_ip_protocol(d, r->next_header);
}

/*
 *     0               8               16                          29 31 32
 *    +---------------+---------------+---------------------------+--+-+
 *  0 | Next Header   | Reserved      | Fragment Offset           |Res|M|
 *    +---------------+---------------+---------------------------+--+-+
 *  4 | Identification                                                 |
 *    +----------------------------------------------------------------+
 *
 * RFC 8200 4.5. The Fragment Offset counts units of 8 bytes, so the field with its low 3 bits
 * cleared is the offset in bytes.
 */
void packet_decode_fragment(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_FRAGMENT);
	struct packet_fragment *f;
	const uint8_t *h;

	if (l == NULL)
		return;
	f = &l->fragment;
	h = packet_take(d, 8);
	f->next_header = h[0];
	f->reserved = h[1];
	f->fragment_offset = packet_be16(h + 2) & 0xfff8;
	f->res = h[3] >> 1 & 3;
	f->more_fragments = h[3] & 1;
	f->identification = packet_be32(h + 4);
	if (l->header_captured < 8)
		return;
	if (f->more_fragments && (d->end - l->offset - 8) % 8 != 0 &&
	    d->bound == PACKET_BOUND_LENGTH)
		packet_contradiction(d,
				     "a fragment that is not the last has %1 bytes, no multiple "
				     "of 8",
				     d->end - l->offset - 8, 0, l->offset + 3, 1);
	packet_advance(d);
	if (f->fragment_offset != 0) {
		d->next = packet_decode_data;
		return;
	}
	if (f->more_fragments) {
		d->first_fragment = true;
		d->bound = PACKET_BOUND_OPEN;
	}
	packet_next_ip_protocol(d, f->next_header);
}

static void show_next_header(struct packet_view *v, uint32_t offset, uint8_t next_header)
{
	packet_show_number(v, "Next Header", offset, 1, next_header,
			   packet_name_ip_protocol(next_header));
}

static void show_hdr_ext_len(struct packet_view *v, uint32_t offset, uint8_t length)
{
	packet_show_number(v, "Hdr Ext Len", offset, 1, length, NULL);
}

static void show_layer_options_header(struct packet_view *v, const struct packet_layer *l)
{
	show_next_header(v, l->offset, l->options.next_header);
	show_hdr_ext_len(v, l->offset + 1, l->options.hdr_ext_len);
	packet_show_ipv6_options(v, l);
}

static const char *routing_type_name(uint8_t type)
{
	static const char *const names[] = {"source route, deprecated", "Nimrod, deprecated",
					    "Mobile IPv6", "RPL source route", "Segment Routing"};

	return type < sizeof(names) / sizeof(names[0]) ? names[type] : NULL;
}

static void show_layer_routing(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_routing *r = &l->routing;
	uint32_t at = l->offset, end = at + l->header_length;

	show_next_header(v, at, r->next_header);
	show_hdr_ext_len(v, at + 1, r->hdr_ext_len);
	packet_show_number(v, "Routing Type", at + 2, 1, r->routing_type,
			   routing_type_name(r->routing_type));
	packet_show_number(v, "Segments Left", at + 3, 1, r->segments_left, NULL);
	if (r->routing_type == 4) {
		packet_show_number(v, "Last Entry", at + 4, 1, r->last_entry, NULL);
		packet_show_hex(v, "Flags", at + 5, 1, r->flags, NULL);
		packet_show_hex(v, "Tag", at + 6, 2, r->tag, NULL);
	} else if (r->routing_type == 3) {
		packet_show_bits(v, "CmprI", at + 4, 1, 0xf0, r->cmpr_i, NULL);
		packet_show_bits(v, "CmprE", at + 4, 1, 0x0f, r->cmpr_e, NULL);
		packet_show_bits(v, "Pad", at + 5, 1, 0xf0, r->pad, NULL);
	} else {
		packet_show_bytes(v, "Reserved", at + 4, 4);
	}
	at += 8;
	for (unsigned int i = 0; i < r->addresses; i++, at += 16)
		packet_show_ipv6(v, r->routing_type == 4 ? "Segment" : "Address", at);
	if (at < end)
		packet_show_bytes(v, r->routing_type == 4 ? "TLVs" : "Data", at, end - at);
}

static void show_layer_fragment(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_fragment *f = &l->fragment;

	show_next_header(v, l->offset, f->next_header);
	packet_show_number(v, "Reserved", l->offset + 1, 1, f->reserved, NULL);
	packet_show_bits(v, "Fragment Offset", l->offset + 2, 2, 0xfff8, f->fragment_offset,
			 f->fragment_offset != 0 ? "bytes" : NULL);
	packet_show_bits(v, "Res", l->offset + 3, 1, 0x06, f->res, NULL);
	packet_show_flag(v, "More fragments", l->offset + 3, 1, 0x01, f->more_fragments);
	packet_show_hex(v, "Identification", l->offset + 4, 4, f->identification, NULL);
}

static void line_layer_options_header(struct packet_out *out, const struct packet *p,
				      const struct packet_layer *l)
{
	packet_put(out, l->kind == PACKET_HOP_BY_HOP ? "hop-by-hop" : "destination options");
	packet_line_ipv6_options(out, p, l);
	packet_line_unknown_protocol(out, p, l, l->options.next_header);
}

static void line_layer_routing(struct packet_out *out, const struct packet *p,
			       const struct packet_layer *l)
{
	const struct packet_routing *r = &l->routing;

	packet_put(out, "routing [type ");
	packet_put_number(out, r->routing_type);
	packet_put_pair(out, "left", r->segments_left);
	for (unsigned int i = 0; i < r->addresses; i++) {
		uint32_t at = r->addresses_offset + 16 * i;

		if (at + 16 > l->offset + l->header_captured)
			break;
		packet_put_char(out, ' ');
		packet_put_ipv6(out, p->bytes + at);
	}
	packet_put_char(out, ']');
	packet_line_unknown_protocol(out, p, l, r->next_header);
}

static void line_layer_fragment(struct packet_out *out, const struct packet *p,
				const struct packet_layer *l)
{
	const struct packet_fragment *f = &l->fragment;

	packet_put(out, "fragment id=0x");
	packet_put_hex(out, f->identification, 8);
	packet_put_pair(out, "offset", f->fragment_offset);
	packet_put(out, f->more_fragments ? " (more follow)" : " (last)");
	packet_line_unknown_protocol(out, p, l, f->next_header);
}

static void walk(struct packet_walk *walk, const struct packet_layer *l)
{
	walk->next = l->offset + 2;
}

const struct packet_protocol packet_protocol_hop_by_hop = {
	.name = "Hop-by-Hop Options",
	.show = show_layer_options_header,
	.line = line_layer_options_header,
	.walk = walk,
};

const struct packet_protocol packet_protocol_routing = {
	.name = "Routing",
	.show = show_layer_routing,
	.line = line_layer_routing,
};

const struct packet_protocol packet_protocol_fragment = {
	.name = "Fragment",
	.show = show_layer_fragment,
	.line = line_layer_fragment,
};

const struct packet_protocol packet_protocol_destination = {
	.name = "Destination Options",
	.show = show_layer_options_header,
	.line = line_layer_options_header,
	.walk = walk,
};
