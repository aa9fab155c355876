/* SPDX-License-Identifier: MIT */
/*
 * Extension headers of IPv6, RFC 8200 4; Routing is in ipv6_routing.c. Each starts with the number
 * of what follows it, and all but the Fragment header with their length, in units of 8 bytes that
 * do not count the first 8.
 */
#include "harness/packet/ip/internal.h"

/* Opens a header that starts with Next Header and Hdr Ext Len; false when it is not all there. */
bool packet_open_extension(struct decoder *d, uint8_t *next_header, uint8_t *hdr_ext_len)
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
	whole = packet_open_extension(d, &l->options.next_header, &l->options.hdr_ext_len);
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
