/* SPDX-License-Identifier: MIT */
/* IPv4, RFC 791. Its options are in ipv4_options.c. */
#include "harness/packet/ip/internal.h"

#include <string.h>

void packet_next_ip_protocol(struct decoder *d, uint8_t protocol)
{
	bool ipv6 = d->ip < PACKET_LAYERS_MAX && d->p->layer[d->ip].kind == PACKET_IPV6;

	d->next = packet_decode_data;
	switch (protocol) {
	case 0:
		if (ipv6)
			d->next = packet_decode_hop_by_hop;
		break;
	case 1:
		d->next = packet_decode_icmp;
		break;
	case 2:
		d->next = packet_decode_igmp;
		break;
	case 4:
		d->next = packet_decode_ipv4;
		break;
	case 6:
		d->next = packet_decode_tcp;
		break;
	case 17:
		d->next = packet_decode_udp;
		break;
	case 41:
		d->next = packet_decode_ipv6;
		break;
	case 43:
		if (ipv6)
			d->next = packet_decode_routing;
		break;
	case 44:
		if (ipv6)
			d->next = packet_decode_fragment;
		break;
	case 33:
		d->next = packet_decode_dccp;
		break;
	case 47:
		d->next = packet_decode_gre;
		break;
	case 50:
		d->next = packet_decode_esp;
		break;
	case 51:
		d->next = packet_decode_ah;
		break;
	case 58:
		if (ipv6)
			d->next = packet_decode_icmpv6;
		break;
	case 60:
		if (ipv6)
			d->next = packet_decode_destination;
		break;
	case 132:
		d->next = packet_decode_sctp;
		break;
	case 136:
		d->next = packet_decode_udplite;
		break;
	default:
		break;
	}
}

/* Link types that only say that an IP header comes first: its version tells which. */
void packet_decode_raw_ip(struct decoder *d)
{
	uint8_t version = 4;

	if (d->readable > d->at)
		version = d->bytes[d->at] >> 4;
	if (version == 6)
		packet_decode_ipv6(d);
	else
		packet_decode_ipv4(d);
}

static void decode_options(struct decoder *d)
{
	struct packet_walk walk = packet_walk(d->p, d->layer);
	struct packet_ipv4_option option;

	while (packet_ipv4_option_next(&walk, &option)) {
		if (option.ok)
			continue;
		/* only those with a pointer have anything between the length and the data */
		if (option.data_offset > option.offset + 2)
			packet_contradiction(d, "option %1 points to its byte %2, before its data",
					     option.type, option.pointer, option.offset + 2, 1);
		else
			packet_contradiction(d, "option %1 cannot be %2 bytes long", option.type,
					     option.length, option.offset + 1, 1);
	}
	packet_walk_fault(d, &walk, "an option announces %1 bytes, the header has %2 left for it");
}

/*
 *     0       4       8              14   16      19                    32
 *    +-------+-------+---------------+----+-------+----------------------+
 *  0 |Version| IHL   | DSCP          |ECN | Total Length                 |
 *    +-------+-------+---------------+----+-------+----------------------+
 *  4 | Identification                     |0 DF MF| Fragment Offset      |
 *    +---------------+--------------------+-------+----------------------+
 *  8 | Time to Live  | Protocol           | Header Checksum              |
 *    +---------------+--------------------+------------------------------+
 * 12 | Source Address                                                    |
 *    +-------------------------------------------------------------------+
 * 16 | Destination Address                                               |
 *    +-------------------------------------------------------------------+
 * 20 | Options (4 * IHL - 20 bytes)                                      |
 *    +-------------------------------------------------------------------+
 *
 * RFC 791 3.1; DSCP RFC 2474, ECN RFC 3168. IHL counts words of 4 bytes, the Fragment Offset
 * units of 8 bytes.
 */
void packet_decode_ipv4(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_IPV4);
	struct packet_ipv4 *ip;
	const uint8_t *h;
	uint32_t header_length, total_length;

	if (l == NULL)
		return;
	d->ip = (uint8_t)packet_index(d->p, l);
	d->first_fragment = false;
	l->first_fragment = false;
	ip = &l->ipv4;
	h = packet_take(d, 20);
	ip->version = h[0] >> 4;
	ip->ihl = h[0] & 15;
	ip->type_of_service = h[1];
	ip->dscp = h[1] >> 2;
	ip->ecn = h[1] & 3;
	ip->total_length = packet_be16(h + 2);
	ip->identification = packet_be16(h + 4);
	ip->reserved_flag = (h[6] & 0x80) != 0;
	ip->dont_fragment = (h[6] & 0x40) != 0;
	ip->more_fragments = (h[6] & 0x20) != 0;
	ip->fragment_offset = (uint16_t)((packet_be16(h + 6) & 0x1fff) * 8);
	ip->time_to_live = h[8];
	ip->protocol = h[9];
	ip->header_checksum = packet_be16(h + 10);
	memcpy(ip->source, h + 12, 4);
	memcpy(ip->destination, h + 16, 4);
	ip->options_length = 0;
	l->checksum = PACKET_CHECKSUM_UNVERIFIED;
	if (l->header_captured < 1)
		return;
	if (ip->version != 4) {
		packet_contradiction(d, "Version is %1, not 4", ip->version, 0, l->offset, 1);
		packet_give_up(d);
		return;
	}
	header_length = ip->ihl * 4u;
	if (header_length < 20) {
		packet_contradiction(d, "IHL is %1, the header has at least 5 words of 4 bytes",
				     ip->ihl, 0, l->offset, 1);
		packet_give_up(d);
		return;
	}
	ip->options_length = (uint8_t)(header_length - 20);
	if (l->header_captured < 4)
		return;
	total_length = ip->total_length;
	/* a packet that the device was to cut into segments may be too large for the field */
	if (total_length == 0 && d->p->flags & PACKET_CHECKSUM_OFFLOADED && !d->quoted)
		total_length = d->end - l->offset;
	if (total_length < header_length) {
		packet_contradiction(d, "Total Length is %1, less than the %2 bytes of the header",
				     total_length, header_length, l->offset + 2, 2);
		ip->options_length = 0;
		packet_give_up(d);
		return;
	}
	packet_narrow(d, total_length, "Total Length is %1, only %2 bytes are there", l->offset + 2,
		      2);
	if (!packet_extend(d, header_length) && l->header_captured < 20)
		return;
	if (header_length > 20)
		decode_options(d);
	if (l->header_captured < header_length)
		return;
	packet_advance(d);
	if (ip->fragment_offset != 0) {
		d->next = packet_decode_data;
		return;
	}
	if (ip->more_fragments) {
		d->first_fragment = true;
		d->bound = PACKET_BOUND_OPEN;
	}
	packet_next_ip_protocol(d, ip->protocol);
}

static void show_layer_ipv4(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_ipv4 *ip = &l->ipv4;
	uint32_t at = l->offset;

	packet_show_bits(v, "Version", at, 1, 0xf0, ip->version, NULL);
	packet_show_bits(v, "IHL", at, 1, 0x0f, ip->ihl, NULL);
	packet_show_hex(v, "Type of Service", at + 1, 1, ip->type_of_service, NULL);
	packet_show_in(v);
	packet_show_bits(v, "DSCP", at + 1, 1, 0xfc, ip->dscp, packet_name_dscp(ip->dscp));
	packet_show_bits(v, "ECN", at + 1, 1, 0x03, ip->ecn, packet_name_ecn(ip->ecn));
	packet_show_out(v);
	packet_show_number(v, "Total Length", at + 2, 2, ip->total_length, NULL);
	packet_show_hex(v, "Identification", at + 4, 2, ip->identification, NULL);
	packet_show_flag(v, "Reserved flag", at + 6, 1, 0x80, ip->reserved_flag);
	packet_show_flag(v, "Don't Fragment", at + 6, 1, 0x40, ip->dont_fragment);
	packet_show_flag(v, "More Fragments", at + 6, 1, 0x20, ip->more_fragments);
	packet_show_bits(v, "Fragment Offset", at + 6, 2, 0x1fff, ip->fragment_offset,
			 ip->fragment_offset != 0 ? "bytes" : NULL);
	packet_show_number(v, "Time to Live", at + 8, 1, ip->time_to_live, NULL);
	packet_show_number(v, "Protocol", at + 9, 1, ip->protocol,
			   packet_name_ip_protocol(ip->protocol));
	packet_show_checksum(v, "Header Checksum", at + 10, ip->header_checksum);
	packet_show_ipv4(v, "Source Address", at + 12);
	packet_show_ipv4(v, "Destination Address", at + 16);
	if (ip->options_length > 0)
		packet_show_ipv4_options(v, l);
}

static void line_layer_ipv4(struct packet_out *out, const struct packet *p,
			    const struct packet_layer *l)
{
	const struct packet_ipv4 *ip = &l->ipv4;

	packet_put(out, "IPv4 ");
	if (l->header_captured < 20) {
		packet_put(out, "header cut");
		return;
	}
	packet_line_ends(out, p, l);
	if (ip->ecn == 3)
		packet_put(out, " CE");
	if (ip->options_length > 0)
		packet_line_ipv4_options(out, p, l);
	if (ip->more_fragments || ip->fragment_offset > 0) {
		packet_put(out, " fragment id=0x");
		packet_put_hex(out, ip->identification, 4);
		packet_put_pair(out, "offset", ip->fragment_offset);
		packet_put(out, ip->more_fragments ? " (more follow)" : " (last)");
	}
	packet_line_unknown_protocol(out, p, l, ip->protocol);
}

/* Of IPv4 only the header is summed, which is there whole more often than the rest. */
static enum packet_checksum verify(const struct packet *p, const struct packet_layer *l,
				   uint32_t *expected)
{
	const struct packet_sum sum = {.field = 10, .length = l->header_length};

	return packet_verify_sum(p, l, &sum, expected);
}

static void walk(struct packet_walk *walk, const struct packet_layer *l)
{
	walk->next = l->offset + 20;
}

const struct packet_protocol packet_protocol_ipv4 = {
	.name = "IPv4",
	.show = show_layer_ipv4,
	.line = line_layer_ipv4,
	.verify = verify,
	.walk = walk,
};
