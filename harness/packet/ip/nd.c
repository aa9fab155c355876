/* SPDX-License-Identifier: MIT */
/*
 * Options of Neighbor Discovery, RFC 4861 4.6.
 *
 *     0               8               16
 *    +---------------+---------------+------------------
 *    | Type          | Length        | data
 *    +---------------+---------------+------------------
 *
 * Length counts units of 8 bytes, Type and Length included; 0 is not valid.
 *
 *  1, 2  source, target link-layer address	24  route information	RFC 4191 2.3
 *  3     prefix information	RFC 4861 4.6.2	25  recursive DNS server RFC 8106 5.1
 *  4     redirected header	RFC 4861 4.6.3	31  DNS search list	RFC 8106 5.2
 *  5     MTU			RFC 4861 4.6.4	37  captive portal	RFC 8910 2.3
 * 14     nonce			RFC 3971 5.3.2	38  PREF64		RFC 8781 4
 */
#include "harness/packet/ip/internal.h"

static const char *option_name(uint8_t type)
{
	switch (type) {
	case PACKET_ND_SOURCE_LINK_LAYER:
		return "Source Link-Layer Address";
	case PACKET_ND_TARGET_LINK_LAYER:
		return "Target Link-Layer Address";
	case PACKET_ND_PREFIX_INFORMATION:
		return "Prefix Information";
	case PACKET_ND_REDIRECTED_HEADER:
		return "Redirected Header";
	case PACKET_ND_MTU:
		return "MTU";
	case PACKET_ND_NONCE:
		return "Nonce";
	case PACKET_ND_ROUTE_INFORMATION:
		return "Route Information";
	case PACKET_ND_RDNSS:
		return "Recursive DNS Server";
	case PACKET_ND_DNSSL:
		return "DNS Search List";
	case PACKET_ND_CAPTIVE_PORTAL:
		return "Captive-Portal";
	case PACKET_ND_PREF64:
		return "PREF64";
	default:
		return "Unknown option";
	}
}

/* Reads a whole option; false when its length is not one its type may have. */
static bool decode_data(struct packet_nd_option *o, const uint8_t *b)
{
	uint32_t fixed = 2;

	switch (o->type) {
	case PACKET_ND_PREFIX_INFORMATION:
		if (o->length != 4)
			return false;
		o->prefix_length = b[2];
		o->on_link = (b[3] & 0x80) != 0;
		o->autonomous = (b[3] & 0x40) != 0;
		o->valid_lifetime = packet_be32(b + 4);
		o->preferred_lifetime = packet_be32(b + 8);
		fixed = 16;
		break;
	case PACKET_ND_REDIRECTED_HEADER:
		fixed = 8;
		break;
	case PACKET_ND_MTU:
		if (o->length != 1)
			return false;
		o->mtu = packet_be32(b + 4);
		fixed = 8;
		break;
	case PACKET_ND_ROUTE_INFORMATION:
		/* only as much of the prefix as is needed, RFC 4191 2.3 */
		if (o->length > 3 || b[2] > 128 || b[2] > (o->length - 1) * 64)
			return false;
		o->prefix_length = b[2];
		o->preference = b[3] >> 3 & 3;
		o->valid_lifetime = packet_be32(b + 4);
		fixed = 8;
		break;
	case PACKET_ND_RDNSS:
		if (o->length < 3 || o->length % 2 == 0)
			return false;
		o->valid_lifetime = packet_be32(b + 4);
		fixed = 8;
		break;
	case PACKET_ND_DNSSL:
		if (o->length < 2)
			return false;
		o->valid_lifetime = packet_be32(b + 4);
		fixed = 8;
		break;
	case PACKET_ND_PREF64:
		if (o->length != 2)
			return false;
		o->valid_lifetime = packet_be16(b + 2) & 0xfff8;
		fixed = 4;
		break;
	default:
		break;
	}
	o->data_offset = o->offset + fixed;
	o->data_length = o->length * 8u - fixed;
	return true;
}

bool packet_nd_option_next(struct packet_walk *walk, struct packet_nd_option *out)
{
	const uint8_t *b;

	if (!packet_walk_more(walk))
		return false;
	b = walk->packet->bytes + walk->next;
	if (packet_walk_size(walk, 0, 8, 8) == 0)
		return false;
	*out = (struct packet_nd_option){.type = b[0], .length = b[1], .offset = walk->next};
	out->data_offset = walk->next + 2;
	out->data_length = out->length * 8u - 2;
	out->ok = decode_data(out, b);
	walk->next += out->length * 8u;
	return true;
}

void packet_decode_nd_options(struct decoder *d)
{
	struct packet_walk walk = packet_walk(d->p, d->layer);
	struct packet_nd_option option;

	while (packet_nd_option_next(&walk, &option)) {
		if (!option.ok)
			packet_contradiction(d, "option %1 cannot be %2 times 8 bytes long",
					     option.type, option.length, option.offset + 1, 1);
	}
	packet_walk_fault(d, &walk,
			  "an option announces %1 times 8 bytes, %2 bytes are left for "
			  "it");
}

/* Domain names of a search list: labels with a length in front, a 0 ends a name (RFC 8106 5.2). */
static void show_names(struct packet_view *v, uint32_t at, uint32_t end)
{
	const uint8_t *bytes = v->p->bytes;

	while (at < end && bytes[at] != 0) {
		struct packet_out *out = packet_value(v);
		uint32_t start = at;

		while (at < end && bytes[at] != 0) {
			uint8_t length = bytes[at++];

			if (length > 63 || length > end - at)
				return;
			if (out->length > 0)
				packet_put_char(out, '.');
			for (uint8_t i = 0; i < length; i++) {
				uint8_t c = bytes[at + i];
				bool plain = c > 0x20 && c < 0x7f && c != '\\';

				packet_put_char(out, (char)(plain ? c : '?'));
			}
			at += length;
		}
		at += at < end;
		packet_show(v, "Domain Name", start, at - start);
	}
}

static void show_data(struct packet_view *v, const struct packet_nd_option *o)
{
	static const char *const preferences[] = {"medium", "high", "reserved", "low"};
	uint32_t at = o->offset;

	switch (o->type) {
	case PACKET_ND_SOURCE_LINK_LAYER:
	case PACKET_ND_TARGET_LINK_LAYER:
		if (o->length == 1)
			packet_show_mac(v, "Link-Layer Address", at + 2);
		else
			packet_show_bytes(v, "Link-Layer Address", at + 2, o->data_length);
		break;
	case PACKET_ND_PREFIX_INFORMATION:
		packet_show_number(v, "Prefix Length", at + 2, 1, o->prefix_length, NULL);
		packet_show_flag(v, "L: on-link", at + 3, 1, 0x80, o->on_link);
		packet_show_flag(v, "A: autonomous", at + 3, 1, 0x40, o->autonomous);
		packet_show_unit(v, "Valid Lifetime", at + 4, 4, o->valid_lifetime, "s");
		packet_show_unit(v, "Preferred Lifetime", at + 8, 4, o->preferred_lifetime, "s");
		packet_show_ipv6(v, "Prefix", at + 16);
		break;
	case PACKET_ND_REDIRECTED_HEADER:
		packet_show_bytes(v, "IP header + data", o->data_offset, o->data_length);
		break;
	case PACKET_ND_MTU:
		packet_show_number(v, "MTU", at + 4, 4, o->mtu, NULL);
		break;
	case PACKET_ND_ROUTE_INFORMATION:
		packet_show_number(v, "Prefix Length", at + 2, 1, o->prefix_length, NULL);
		packet_show_bits(v, "Prf", at + 3, 1, 0x18, o->preference,
				 preferences[o->preference & 3]);
		packet_show_unit(v, "Route Lifetime", at + 4, 4, o->valid_lifetime, "s");
		packet_show_bytes(v, "Prefix", o->data_offset, o->data_length);
		break;
	case PACKET_ND_RDNSS:
		packet_show_unit(v, "Lifetime", at + 4, 4, o->valid_lifetime, "s");
		for (uint32_t i = 0; i + 16 <= o->data_length; i += 16)
			packet_show_ipv6(v, "Address", o->data_offset + i);
		break;
	case PACKET_ND_DNSSL:
		packet_show_unit(v, "Lifetime", at + 4, 4, o->valid_lifetime, "s");
		show_names(v, o->data_offset, o->data_offset + o->data_length);
		break;
	case PACKET_ND_PREF64:
		packet_show_bits(v, "Scaled Lifetime", at + 2, 2, 0xfff8, o->valid_lifetime / 8,
				 NULL);
		packet_show_bits(v, "PLC", at + 3, 1, 0x07, v->p->bytes[at + 3] & 7, NULL);
		packet_show_bytes(v, "Prefix", o->data_offset, 12);
		break;
	default:
		packet_show_bytes(v, "Data", o->data_offset, o->data_length);
		break;
	}
}

void packet_show_nd_options(struct packet_view *v, const struct packet_layer *l)
{
	struct packet_walk walk = packet_walk(v->p, l);
	struct packet_nd_option o;

	while (packet_nd_option_next(&walk, &o)) {
		packet_show_text(v, option_name(o.type), o.offset, o.length * 8u,
				 o.ok ? "" : "not a length this option can have");
		packet_show_in(v);
		packet_show_number(v, "Type", o.offset, 1, o.type, NULL);
		packet_show_number(v, "Length", o.offset + 1, 1, o.length, NULL);
		if (o.ok)
			show_data(v, &o);
		else
			packet_show_bytes(v, "Data", o.offset + 2, o.length * 8u - 2);
		packet_show_out(v);
	}
	packet_show_rest(v, &walk);
}
