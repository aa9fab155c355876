/* SPDX-License-Identifier: MIT */
/* IPv6, RFC 8200. Extension headers are in ipv6_extension.c, their options in ipv6_options.c. */
#include "harness/packet/ip/internal.h"

#include <string.h>

/*
 *     0       4         10  12                                  32
 *    +-------+---------+---+-------------------------------------+
 *  0 |Version| Traffic class| Flow Label                          |
 *    |       | DSCP    |ECN|                                     |
 *    +-------+---------+---+---------+---------------+-----------+
 *  4 | Payload Length                | Next Header   | Hop Limit |
 *    +-------------------------------+---------------+-----------+
 *  8 | Source Address (16 bytes)                                 |
 *    +-----------------------------------------------------------+
 * 24 | Destination Address (16 bytes)                            |
 *    +-----------------------------------------------------------+
 *
 * RFC 8200 3. The Payload Length counts what follows these 40 bytes, extension headers included;
 * it is 0 when a Jumbo Payload option tells instead (RFC 2675).
 */
void packet_decode_ipv6(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_IPV6);
	struct packet_ipv6 *ip;
	const uint8_t *h;
	uint32_t length;

	if (l == NULL)
		return;
	d->ip = (uint8_t)packet_index(d->p, l);
	d->first_fragment = false;
	l->first_fragment = false;
	ip = &l->ipv6;
	h = packet_take(d, 40);
	ip->version = h[0] >> 4;
	ip->traffic_class = (uint8_t)(packet_be16(h) >> 4);
	ip->dscp = ip->traffic_class >> 2;
	ip->ecn = ip->traffic_class & 3;
	ip->flow_label = packet_be32(h) & 0xfffff;
	ip->payload_length = packet_be16(h + 4);
	ip->next_header = h[6];
	ip->hop_limit = h[7];
	memcpy(ip->source, h + 8, 16);
	memcpy(ip->destination, h + 24, 16);
	ip->jumbo_payload_length = 0;
	if (l->header_captured < 1)
		return;
	if (ip->version != 6) {
		packet_contradiction(d, "Version is %1, not 6", ip->version, 0, l->offset, 1);
		packet_give_up(d);
		return;
	}
	if (l->header_captured < 40)
		return;
	length = 40u + ip->payload_length;
	d->jumbo = ip->payload_length == 0 && ip->next_header == 0;
	/* a packet that the device was to cut into segments may be too large for the field */
	if (ip->payload_length == 0 && d->p->flags & PACKET_CHECKSUM_OFFLOADED && !d->quoted) {
		length = d->end - l->offset;
		d->jumbo = false;
	}
	if (!d->jumbo)
		packet_narrow(d, length,
			      "Payload Length and header are %1 bytes, only %2 are there",
			      l->offset + 4, 2);
	packet_advance(d);
	packet_next_ip_protocol(d, ip->next_header);
}

static void show_layer_ipv6(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_ipv6 *ip = &l->ipv6;
	uint32_t at = l->offset;

	packet_show_bits(v, "Version", at, 1, 0xf0, ip->version, NULL);
	packet_show_bits(v, "Traffic Class", at, 2, 0x0ff0, ip->traffic_class, NULL);
	packet_show_in(v);
	packet_show_bits(v, "DSCP", at, 2, 0x0fc0, ip->dscp, packet_name_dscp(ip->dscp));
	packet_show_bits(v, "ECN", at + 1, 1, 0x30, ip->ecn, packet_name_ecn(ip->ecn));
	packet_show_out(v);
	packet_show_bits(v, "Flow Label", at + 1, 3, 0x0fffff, ip->flow_label, NULL);
	packet_show_number(v, "Payload Length", at + 4, 2, ip->payload_length, NULL);
	packet_show_number(v, "Next Header", at + 6, 1, ip->next_header,
			   packet_name_ip_protocol(ip->next_header));
	packet_show_number(v, "Hop Limit", at + 7, 1, ip->hop_limit, NULL);
	packet_show_ipv6(v, "Source Address", at + 8);
	packet_show_ipv6(v, "Destination Address", at + 24);
}

static void line_layer_ipv6(struct packet_out *out, const struct packet *p,
			    const struct packet_layer *l)
{
	const struct packet_ipv6 *ip = &l->ipv6;

	packet_put(out, "IPv6 ");
	if (l->header_captured < 40) {
		packet_put(out, "header cut");
		return;
	}
	packet_line_ends(out, p, l);
	if (ip->ecn == 3)
		packet_put(out, " CE");
	packet_line_unknown_protocol(out, p, l, ip->next_header);
}

const struct packet_protocol packet_protocol_ipv6 = {
	.name = "IPv6",
	.show = show_layer_ipv6,
	.line = line_layer_ipv6,
};
