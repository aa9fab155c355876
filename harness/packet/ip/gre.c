/* SPDX-License-Identifier: MIT */
/* GRE: RFC 2784 and 2890, with the routing of RFC 1701; version 1 is PPTP's, RFC 2637. */
#include "harness/packet/ip/internal.h"

enum {
	FLAG_CHECKSUM = 0x8000,
	FLAG_ROUTING = 0x4000,
	FLAG_KEY = 0x2000,
	FLAG_SEQUENCE = 0x1000,
	FLAG_STRICT = 0x0800,
	FLAG_ACKNOWLEDGMENT = 0x0080, /* version 1 */
	TYPE_ETHERNET = 0x6558,
	TYPE_PPP = 0x880b,
};

bool packet_gre_route_next(struct packet_walk *walk, struct packet_gre_route *out)
{
	const uint8_t *b;
	uint32_t left = walk->end - walk->next;

	if (walk->next >= walk->end)
		return false;
	if (walk->next >= walk->captured || walk->captured - walk->next < (left < 4 ? left : 4)) {
		walk->fault = PACKET_TRUNCATED;
		return false;
	}
	b = walk->packet->bytes + walk->next;
	if (left < 4 || b[3] > left - 4) {
		walk->fault = PACKET_MALFORMED;
		return false;
	}
	if (b[3] > walk->captured - walk->next - 4) {
		walk->fault = PACKET_TRUNCATED;
		return false;
	}
	*out = (struct packet_gre_route){
		.address_family = packet_be16(b),
		.sre_offset = b[2],
		.sre_length = b[3],
		.offset = walk->next,
	};
	walk->next += 4u + out->sre_length;
	return true;
}

/*
 * The source route entries from `start`: how long the header is with them. The last one has
 * address family and length 0. False when it is not all there.
 */
static bool decode_routing(struct decoder *d, uint32_t start)
{
	struct packet_layer *l = d->layer;
	uint32_t at = start;

	for (;;) {
		const uint8_t *b = d->bytes + at;

		if (!packet_extend(d, at + 4 - l->offset))
			return false;
		if (at + 4 + b[3] > d->end && d->bound == PACKET_BOUND_LENGTH) {
			packet_contradiction(d, "SRE Length is %1, only %2 bytes are left", b[3],
					     d->end - at - 4, at + 3, 1);
			packet_extend(d, d->end - l->offset);
			l->cut = true;
			return false;
		}
		if (!packet_extend(d, at + 4 + b[3] - l->offset))
			return false;
		if (packet_be16(b) == 0 && b[3] == 0)
			return true;
		at += 4u + b[3];
	}
}

/* A tag stands behind Ethernet addresses: there are none here. */
static void next(struct decoder *d, uint16_t type)
{
	if (type == TYPE_ETHERNET)
		d->next = packet_decode_ethernet;
	else
		packet_next_ethertype(d, type);
	if (d->next == packet_decode_vlan)
		d->next = packet_decode_data;
}

/* The optional fields in their order; `h` has 20 bytes, what was not captured is 0. */
static void take_fields(struct decoder *d, struct packet_gre *gre, uint32_t length)
{
	const uint8_t *h = packet_take(d, length);
	uint32_t at = 4;

	if (gre->checksum_present || gre->routing_present) {
		gre->checksum = packet_be16(h + at);
		gre->route_offset = packet_be16(h + at + 2);
		at += 4;
	}
	if (gre->key_present) {
		gre->key = packet_be32(h + at);
		at += 4;
	}
	if (gre->sequence_present) {
		gre->sequence_number = packet_be32(h + at);
		at += 4;
	}
	if (gre->acknowledgment_present)
		gre->acknowledgment_number = packet_be32(h + at);
}

/* RFC 2637 4.1: which bits version 1 has, and the payload's length in the upper half of the key. */
static bool version_1_holds(struct decoder *d, const struct packet_gre *gre)
{
	uint32_t at = d->layer->offset;

	if (gre->protocol_type != TYPE_PPP)
		packet_contradiction(d, "Protocol Type is %1: version 1 is for PPP, 34827",
				     gre->protocol_type, 0, at + 2, 2);
	else if (!gre->key_present)
		packet_contradiction(d, "version 1 without a key", 0, 0, at, 2);
	else if (gre->checksum_present || gre->routing_present)
		packet_contradiction(d, "version 1 with a checksum or routing", 0, 0, at, 2);
	else
		return true;
	packet_give_up(d);
	return false;
}

/*
 *     0 1 2 3 4 5   8         13    16                              32
 *    +-+-+-+-+-+-----+-+-------+-----+-------------------------------+
 *  0 |C|R|K|S|s|Recur|A| Flags | Ver | Protocol Type                 |
 *    +-+-+-+-+-+-----+-+-------+-----+-------------------------------+
 *    | Checksum                      | Offset                        |   if C or R
 *    +-------------------------------+-------------------------------+
 *    | Key             (version 1: Payload Length 16, Call ID 16)    |   if K
 *    +---------------------------------------------------------------+
 *    | Sequence Number                                               |   if S
 *    +---------------------------------------------------------------+
 *    | Acknowledgment Number                                         |   if A, version 1
 *    +-------------------------------+---------------+---------------+
 *    | Address Family                | SRE Offset    | SRE Length    |   if R, one after
 *    +-------------------------------+---------------+---------------+   another up to
 *    | Routing Information (SRE Length bytes)                        |   family and length 0
 *    +---------------------------------------------------------------+
 *
 * RFC 1701, of which RFC 2784 kept C, Ver and Protocol Type and RFC 2890 K and S; RFC 2637 4.1.
 */
void packet_decode_gre(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_GRE);
	struct packet_gre *gre;
	const uint8_t *h;
	uint32_t length = 4;

	if (l == NULL)
		return;
	gre = &l->gre;
	*gre = (struct packet_gre){0};
	h = packet_take(d, 4);
	gre->flags_and_version = packet_be16(h);
	gre->protocol_type = packet_be16(h + 2);
	gre->version = h[1] & 7;
	gre->checksum_present = (gre->flags_and_version & FLAG_CHECKSUM) != 0;
	gre->routing_present = (gre->flags_and_version & FLAG_ROUTING) != 0;
	gre->key_present = (gre->flags_and_version & FLAG_KEY) != 0;
	gre->sequence_present = (gre->flags_and_version & FLAG_SEQUENCE) != 0;
	gre->strict_source_route = (gre->flags_and_version & FLAG_STRICT) != 0;
	gre->recursion_control = h[0] & 7;
	gre->acknowledgment_present =
		gre->version == 1 && (gre->flags_and_version & FLAG_ACKNOWLEDGMENT) != 0;
	if (gre->version == 0 && l->header_captured >= 2)
		l->checksum = PACKET_CHECKSUM_UNVERIFIED;
	if (l->header_captured < 4)
		return;
	if (gre->version > 1) {
		packet_contradiction(d, "Version is %1, neither 0 nor 1", gre->version, 0,
				     l->offset, 2);
		packet_give_up(d);
		return;
	}
	if (gre->version == 1 && !version_1_holds(d, gre))
		return;
	gre->has_fields = true;
	length += gre->checksum_present || gre->routing_present ? 4 : 0;
	length += gre->key_present ? 4 : 0;
	length += gre->sequence_present ? 4 : 0;
	length += gre->acknowledgment_present ? 4 : 0;
	take_fields(d, gre, length);
	if (gre->version == 1) {
		gre->payload_length = (uint16_t)(gre->key >> 16);
		gre->call_id = (uint16_t)gre->key;
	}
	if (gre->version == 1 && l->header_captured >= 6) {
		if (!gre->sequence_present && gre->payload_length != 0)
			packet_contradiction(d,
					     "Payload Length is %1, but without a Sequence Number "
					     "there is no payload",
					     gre->payload_length, 0, l->offset + 4, 2);
		packet_narrow(
			d, length + gre->payload_length,
			"Payload Length announces %1 bytes with the header, only %2 are there",
			l->offset + 4, 2);
	}
	if (l->header_captured < length)
		return;
	if (gre->routing_present) {
		gre->routing_offset = l->offset + length;
		if (!decode_routing(d, gre->routing_offset))
			return;
	}
	packet_advance(d);
	next(d, gre->protocol_type);
}

static void show_flags(struct packet_view *v, const struct packet_gre *gre, uint32_t at)
{
	packet_show_hex(v, "Flags and Version", at, 2, gre->flags_and_version, NULL);
	packet_show_in(v);
	packet_show_flag(v, "C: Checksum Present", at, 1, 0x80, gre->checksum_present);
	packet_show_flag(v, "R: Routing Present", at, 1, 0x40, gre->routing_present);
	packet_show_flag(v, "K: Key Present", at, 1, 0x20, gre->key_present);
	packet_show_flag(v, "S: Sequence Number Present", at, 1, 0x10, gre->sequence_present);
	packet_show_flag(v, "s: Strict Source Route", at, 1, 0x08, gre->strict_source_route);
	packet_show_bits(v, "Recur", at, 1, 0x07, gre->recursion_control, NULL);
	if (gre->version == 1) {
		packet_show_flag(v, "A: Acknowledgment Number Present", at + 1, 1, 0x80,
				 gre->acknowledgment_present);
		packet_show_bits(v, "Flags", at + 1, 1, 0x78, gre->flags_and_version >> 3 & 0xf,
				 NULL);
	} else {
		packet_show_bits(v, "Flags", at + 1, 1, 0xf8, gre->flags_and_version >> 3 & 0x1f,
				 NULL);
	}
	packet_show_bits(v, "Ver", at + 1, 1, 0x07, gre->version,
			 gre->version == 1 ? "PPTP" : NULL);
	packet_show_out(v);
}

static void show_routing(struct packet_view *v, const struct packet_layer *l)
{
	struct packet_walk walk = packet_walk(v->p, l);
	struct packet_gre_route route;

	while (packet_gre_route_next(&walk, &route)) {
		packet_show_number(v, "Source Route Entry", route.offset, 4u + route.sre_length,
				   route.sre_length, "bytes");
		packet_show_in(v);
		packet_show_hex(v, "Address Family", route.offset, 2, route.address_family,
				packet_name_ethertype(route.address_family));
		packet_show_number(v, "SRE Offset", route.offset + 2, 1, route.sre_offset, NULL);
		packet_show_number(v, "SRE Length", route.offset + 3, 1, route.sre_length, NULL);
		if (route.address_family == 0x0800 && route.sre_length % 4 == 0) {
			for (uint32_t at = 0; at < route.sre_length; at += 4)
				packet_show_ipv4(v, "Address", route.offset + 4 + at);
		} else {
			packet_show_bytes(v, "Routing Information", route.offset + 4,
					  route.sre_length);
		}
		packet_show_out(v);
	}
	packet_show_rest(v, &walk);
}

static void show_gre(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_gre *gre = &l->gre;
	uint32_t at = l->offset + 4;

	show_flags(v, gre, l->offset);
	packet_show_hex(v, "Protocol Type", l->offset + 2, 2, gre->protocol_type,
			packet_name_ethertype(gre->protocol_type));
	if (!gre->has_fields)
		return;
	if (gre->checksum_present || gre->routing_present) {
		packet_show_checksum(v, "Checksum", at, gre->checksum);
		packet_show_number(v, "Offset", at + 2, 2, gre->route_offset, NULL);
		at += 4;
	}
	if (gre->version == 1) {
		packet_show_number(v, "Payload Length", at, 2, gre->payload_length, NULL);
		packet_show_number(v, "Call ID", at + 2, 2, gre->call_id, NULL);
		at += 4;
	} else if (gre->key_present) {
		packet_show_hex(v, "Key", at, 4, gre->key, NULL);
		at += 4;
	}
	if (gre->sequence_present) {
		packet_show_number(v, "Sequence Number", at, 4, gre->sequence_number, NULL);
		at += 4;
	}
	if (gre->acknowledgment_present)
		packet_show_number(v, "Acknowledgment Number", at, 4, gre->acknowledgment_number,
				   NULL);
	if (gre->routing_offset != 0)
		show_routing(v, l);
}

static void line_gre(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	const struct packet_gre *gre = &l->gre;
	const char *name = packet_name_ethertype(gre->protocol_type);

	packet_put(out, gre->version == 1 ? "GREv1" : "GRE");
	if (l->header_captured < l->header_length) {
		packet_put(out, " header cut");
		return;
	}
	if (gre->has_fields && gre->version == 1)
		packet_put_pair(out, "call", gre->call_id);
	else if (gre->has_fields && gre->key_present)
		packet_put_pair(out, "key", gre->key);
	if (gre->has_fields && gre->sequence_present)
		packet_put_pair(out, "seq", gre->sequence_number);
	if (gre->has_fields && gre->acknowledgment_present)
		packet_put_pair(out, "ack", gre->acknowledgment_number);
	if (gre->routing_offset != 0)
		packet_put(out,
			   gre->strict_source_route ? " strict source route" : " source route");
	if (packet_header_behind(p, l))
		return;
	packet_put(out, " type 0x");
	packet_put_hex(out, gre->protocol_type, 4);
	if (name != NULL) {
		packet_put_char(out, ' ');
		packet_put(out, name);
	}
	packet_put_length(out, packet_data_behind(p, l));
}

/* Over the header and all that it carries (RFC 2784 2.3), when C says that it was made. */
static enum packet_checksum verify(const struct packet *p, const struct packet_layer *l,
				   uint32_t *expected)
{
	const struct packet_sum sum = {.field = 4, .length = l->length};

	if (l->gre.version != 0 || !l->gre.has_fields)
		return PACKET_CHECKSUM_NONE;
	if (!l->gre.checksum_present)
		return PACKET_CHECKSUM_ABSENT;
	if (!packet_is_whole(p, l))
		return PACKET_CHECKSUM_UNKNOWN;
	return packet_verify_sum(p, l, &sum, expected);
}

static void walk(struct packet_walk *walk, const struct packet_layer *l)
{
	walk->next = l->gre.routing_offset;
}

const struct packet_protocol packet_protocol_gre = {
	.name = "GRE",
	.show = show_gre,
	.line = line_gre,
	.verify = verify,
	.walk = walk,
};
