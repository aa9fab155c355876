/* SPDX-License-Identifier: MIT */
/*
 * Routing headers of IPv6, RFC 8200 4.4; type 0 RFC 2460 4.4 (withdrawn by RFC 5095), 2 RFC 6275
 * 6.4, 3 RFC 6554 3, 4 RFC 8754 2.
 */
#include "harness/packet/ip/internal.h"

#include <string.h>

/*
 * How many addresses a type 3 header has (RFC 6554 3): all but the last leave out their first
 * CmprI bytes, the last its first CmprE.
 */
static void decode_rpl(struct decoder *d, struct packet_routing *r)
{
	const struct packet_layer *l = d->layer;
	uint32_t bytes = 8u * r->hdr_ext_len, each = 16u - r->cmpr_i, last = 16u - r->cmpr_e;

	if (bytes > 0 && (r->pad + last > bytes || (bytes - r->pad - last) % each != 0)) {
		packet_contradiction(d,
				     "CmprI, CmprE and Pad leave no whole number of addresses of "
				     "%1 bytes, %2 of them padding",
				     bytes, r->pad, l->offset + 4, 2);
		return;
	}
	if (bytes > 0 && (bytes - r->pad - last) / each < 255)
		r->compressed = (uint8_t)((bytes - r->pad - last) / each + 1);
	if (r->segments_left > r->compressed)
		packet_contradiction(d, "Segments Left is %1, the header has %2 addresses",
				     r->segments_left, r->compressed, l->offset + 3, 1);
}

/* The list, then TLVs. */
static void decode_segments(struct decoder *d, struct packet_routing *r)
{
	const struct packet_layer *l = d->layer;
	struct packet_segment_tlv tlv;
	struct packet_walk walk;

	if (r->last_entry >= r->addresses) {
		packet_contradiction(d, "Last Entry is %1, the header has room for %2 segments",
				     r->last_entry, r->addresses, l->offset + 4, 1);
		return;
	}
	r->addresses = (uint8_t)(r->last_entry + 1);
	walk = packet_walk(d->p, l);
	while (packet_segment_tlv_next(&walk, &tlv)) {
		if (!tlv.ok)
			packet_contradiction(d, "a TLV of type %1 cannot have %2 bytes", tlv.type,
					     tlv.length, tlv.offset + 1, 1);
	}
	packet_walk_fault(d, &walk,
			  "a TLV announces %1 bytes of data, the header has %2 left for it");
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
 *    | type 4:    TLVs                                               |
 *    +---------------------------------------------------------------+
 *
 * Types 0, 2 and 3 list the addresses in the order of travel, 4 backwards.
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
	whole = packet_open_extension(d, &r->next_header, &r->hdr_ext_len);
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
		if (l->header_captured >= 8)
			decode_segments(d, r);
		break;
	case 3:
		r->cmpr_i = h[4] >> 4;
		r->cmpr_e = h[4] & 15;
		r->pad = h[5] >> 4;
		r->reserved = packet_be32(h + 4) & 0xfffff;
		if (l->header_captured >= 8)
			decode_rpl(d, r);
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

/* Where the bytes of compressed address number `index` stand, and how many they are. */
static uint32_t rpl_place(const struct packet_layer *l, unsigned int index, uint32_t *length)
{
	const struct packet_routing *r = &l->routing;

	*length = 16u - (index + 1 < r->compressed ? r->cmpr_i : r->cmpr_e);
	return r->addresses_offset + index * (16u - r->cmpr_i);
}

bool packet_rpl_address(const struct packet *p, const struct packet_layer *l, unsigned int index,
			uint8_t address[16])
{
	uint32_t at, length;

	if (l->kind != PACKET_ROUTING || index >= l->routing.compressed ||
	    l->ip >= PACKET_LAYERS_MAX || p->layer[l->ip].kind != PACKET_IPV6)
		return false;
	at = rpl_place(l, index, &length);
	if (at + length > l->offset + l->header_captured)
		return false;
	memcpy(address, p->layer[l->ip].ipv6.destination, 16);
	memcpy(address + 16 - length, p->bytes + at, length);
	return true;
}

/*
 *     0               8               16
 *    +---------------+---------------+------------------
 *    | Type          | Length        | Value
 *    +---------------+---------------+------------------
 *
 * RFC 8754 2.1. Pad1 is the Type alone; an HMAC's value is a D bit and 15 reserved bits, a key ID
 * of 4 bytes, and up to 32 bytes in units of 8.
 */
bool packet_segment_tlv_next(struct packet_walk *walk, struct packet_segment_tlv *out)
{
	const uint8_t *b;

	if (!packet_walk_more(walk))
		return false;
	b = walk->packet->bytes + walk->next;
	*out = (struct packet_segment_tlv){.type = b[0], .ok = true, .offset = walk->next};
	out->data_offset = walk->next + 1;
	if (b[0] == PACKET_SEGMENT_TLV_PAD1) {
		walk->next++;
		return true;
	}
	if (packet_walk_size(walk, 2, 1, 2) == 0)
		return false;
	out->length = b[1];
	out->data_offset = walk->next + 2;
	if (out->type == PACKET_SEGMENT_TLV_HMAC) {
		out->ok = out->length >= 14 && out->length <= 38 && (out->length - 6) % 8 == 0;
		out->destination_unverified = out->ok && (b[2] & 0x80) != 0;
		out->key_id = out->ok ? packet_be32(b + 4) : 0;
	}
	walk->next += out->length + 2u;
	return true;
}

static void show_tlv(struct packet_view *v, const struct packet_segment_tlv *tlv)
{
	uint32_t at = tlv->data_offset;

	packet_show_number(v, "Type", tlv->offset, 1, tlv->type, NULL);
	if (tlv->type == PACKET_SEGMENT_TLV_PAD1)
		return;
	packet_show_number(v, "Length", tlv->offset + 1, 1, tlv->length, NULL);
	if (tlv->type != PACKET_SEGMENT_TLV_HMAC || !tlv->ok) {
		packet_show_bytes(v, "Value", at, tlv->length);
		return;
	}
	packet_show_flag(v, "D", at, 1, 0x80, tlv->destination_unverified);
	packet_show_number(v, "HMAC Key ID", at + 2, 4, tlv->key_id, NULL);
	packet_show_bytes(v, "HMAC", at + 6, tlv->length - 6u);
}

static void show_tlvs(struct packet_view *v, const struct packet_layer *l)
{
	struct packet_walk walk = packet_walk(v->p, l);
	struct packet_segment_tlv tlv;

	while (packet_segment_tlv_next(&walk, &tlv)) {
		packet_show_text(v,
				 tlv.type == PACKET_SEGMENT_TLV_PAD1   ? "Pad1"
				 : tlv.type == PACKET_SEGMENT_TLV_PADN ? "PadN"
				 : tlv.type == PACKET_SEGMENT_TLV_HMAC ? "HMAC TLV"
								       : "Unknown TLV",
				 tlv.offset, tlv.data_offset + tlv.length - tlv.offset,
				 tlv.ok ? "" : "not a length this TLV can have");
		packet_show_in(v);
		show_tlv(v, &tlv);
		packet_show_out(v);
	}
	packet_show_rest(v, &walk);
}

/* Returns where the addresses end. */
static uint32_t show_rpl_addresses(struct packet_view *v, const struct packet_layer *l)
{
	uint32_t at = l->offset + 8, length;
	uint8_t address[16];

	for (unsigned int i = 0; packet_rpl_address(v->p, l, i, address); i++) {
		at = rpl_place(l, i, &length);
		packet_put_ipv6(packet_value(v), address);
		packet_show(v, "Address", at, length);
		at += length;
	}
	return at;
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

	packet_show_number(v, "Next Header", at, 1, r->next_header,
			   packet_name_ip_protocol(r->next_header));
	packet_show_number(v, "Hdr Ext Len", at + 1, 1, r->hdr_ext_len, NULL);
	packet_show_number(v, "Routing Type", at + 2, 1, r->routing_type,
			   routing_type_name(r->routing_type));
	packet_show_number(v, "Segments Left", at + 3, 1, r->segments_left, NULL);
	if (r->routing_type == 4) {
		packet_show_number(v, "Last Entry", at + 4, 1, r->last_entry, NULL);
		packet_show_hex(v, "Flags", at + 5, 1, r->flags, NULL);
		packet_show_in(v);
		/* Operations, Administration and Maintenance, RFC 9259 2.1 */
		packet_show_flag(v, "O: OAM", at + 5, 1, 0x20, (r->flags & 0x20) != 0);
		packet_show_out(v);
		packet_show_hex(v, "Tag", at + 6, 2, r->tag, NULL);
	} else if (r->routing_type == 3) {
		packet_show_bits(v, "CmprI", at + 4, 1, 0xf0, r->cmpr_i, NULL);
		packet_show_bits(v, "CmprE", at + 4, 1, 0x0f, r->cmpr_e, NULL);
		packet_show_bits(v, "Pad", at + 5, 1, 0xf0, r->pad, NULL);
		packet_show_bits(v, "Reserved", at + 5, 3, 0x0fffff, r->reserved, NULL);
	} else {
		packet_show_bytes(v, "Reserved", at + 4, 4);
	}
	at += 8;
	for (unsigned int i = 0; i < r->addresses; i++, at += 16)
		packet_show_ipv6(v, r->routing_type == 4 ? "Segment" : "Address", at);
	if (r->routing_type == 3)
		at = show_rpl_addresses(v, l);
	if (r->routing_type == 4)
		show_tlvs(v, l);
	else if (at < end)
		packet_show_bytes(v, r->compressed > 0 ? "Padding" : "Data", at, end - at);
}

static void line_layer_routing(struct packet_out *out, const struct packet *p,
			       const struct packet_layer *l)
{
	const struct packet_routing *r = &l->routing;
	uint8_t address[16];

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
	for (unsigned int i = 0; packet_rpl_address(p, l, i, address); i++) {
		packet_put_char(out, ' ');
		packet_put_ipv6(out, address);
	}
	packet_put_char(out, ']');
	packet_line_unknown_protocol(out, p, l, r->next_header);
}

static void walk(struct packet_walk *walk, const struct packet_layer *l)
{
	if (l->routing.routing_type == 4)
		walk->next = l->routing.addresses_offset + 16u * l->routing.addresses;
}

const struct packet_protocol packet_protocol_routing = {
	.name = "Routing",
	.show = show_layer_routing,
	.line = line_layer_routing,
	.walk = walk,
};
