/* SPDX-License-Identifier: MIT */
/*
 * ICMPv6: RFC 4443; Neighbor Discovery RFC 4861 (options in nd.c); MLD RFC 2710 and RFC 3810
 * (records in group.c); extensions RFC 4884, extended echo RFC 8335.
 */
#include "harness/packet/ip/internal.h"

#include <string.h>

uint32_t packet_icmpv6_fixed_length(uint8_t type)
{
	switch (type) {
	case ICMPV6_ROUTER_ADVERTISEMENT:
		return 16;
	case ICMPV6_MLD_QUERY:
	case ICMPV6_MLD_REPORT:
	case ICMPV6_MLD_DONE:
	case ICMPV6_NEIGHBOR_SOLICITATION:
	case ICMPV6_NEIGHBOR_ADVERTISEMENT:
		return 24;
	case ICMPV6_REDIRECT:
		return 40;
	default:
		return 8;
	}
}

static void decode_error(struct decoder *d)
{
	struct packet_layer *l = d->layer;
	struct packet_icmpv6 *icmp = &l->icmpv6;
	uint32_t start = l->offset + 8, end = d->end;

	if (l->header_captured < 8)
		return;
	if (icmp->length != 0 && icmp->length * 8u > end - start) {
		if (d->bound == PACKET_BOUND_LENGTH)
			packet_contradiction(d,
					     "Length announces %1 quoted bytes, only %2 are there",
					     icmp->length * 8u, end - start, l->offset + 4, 1);
	} else if (icmp->length != 0) {
		end = start + icmp->length * 8u;
		if (end < d->end) {
			icmp->extension_offset = end;
			packet_decode_icmp_extension(d, end, d->end);
		}
	}
	icmp->quote_length = end - start;
	packet_quote(d, start, end, packet_decode_ipv6);
}

/* The packet that made a router send a redirect stands in an option, RFC 4861 4.6.3. */
static void decode_redirected(struct decoder *d)
{
	struct packet_walk walk = packet_walk(d->p, d->layer);
	struct packet_nd_option option;

	while (packet_nd_option_next(&walk, &option)) {
		if (option.type != PACKET_ND_REDIRECTED_HEADER || !option.ok)
			continue;
		d->layer->icmpv6.quote_length = option.data_length;
		packet_quote(d, option.data_offset, option.data_offset + option.data_length,
			     packet_decode_ipv6);
		return;
	}
}

/*
 *        ND messages, RFC 4861 4.1 to 4.5, behind the first 4 bytes:
 *
 *  RS   4 Reserved 32
 *  RA   4 Cur Hop Limit 8, M 1, O 1, H 1, Prf 2, P 1, Reserved 2, Router Lifetime 16
 *       8 Reachable Time 32
 *      12 Retrans Timer 32
 *  NS   4 Reserved 32
 *       8 Target Address 128
 *  NA   4 R 1, S 1, O 1, Reserved 29
 *       8 Target Address 128
 *  Redirect
 *       4 Reserved 32
 *       8 Target Address 128
 *      24 Destination Address 128
 *
 *  Options follow. H: RFC 6275, Prf: RFC 4191, P: RFC 4389.
 */
static void decode_nd(struct decoder *d)
{
	struct packet_layer *l = d->layer;
	struct packet_icmpv6 *icmp = &l->icmpv6;
	uint32_t fixed = packet_icmpv6_fixed_length(icmp->type);
	const uint8_t *h = packet_take(d, fixed);

	switch (icmp->type) {
	case ICMPV6_ROUTER_ADVERTISEMENT:
		icmp->cur_hop_limit = h[4];
		icmp->managed = (h[5] & 0x80) != 0;
		icmp->other = (h[5] & 0x40) != 0;
		icmp->home_agent = (h[5] & 0x20) != 0;
		icmp->default_router_preference = h[5] >> 3 & 3;
		icmp->proxy = (h[5] & 0x04) != 0;
		icmp->router_lifetime = packet_be16(h + 6);
		icmp->reachable_time = packet_be32(h + 8);
		icmp->retrans_timer = packet_be32(h + 12);
		break;
	case ICMPV6_NEIGHBOR_ADVERTISEMENT:
		icmp->router = (h[4] & 0x80) != 0;
		icmp->solicited = (h[4] & 0x40) != 0;
		icmp->override = (h[4] & 0x20) != 0;
		memcpy(icmp->target, h + 8, 16);
		break;
	case ICMPV6_REDIRECT:
		memcpy(icmp->destination, h + 24, 16);
		memcpy(icmp->target, h + 8, 16);
		break;
	case ICMPV6_NEIGHBOR_SOLICITATION:
		memcpy(icmp->target, h + 8, 16);
		break;
	default:
		break;
	}
	if (l->header_captured < fixed)
		return;
	icmp->options_offset = l->offset + fixed;
	packet_extend(d, l->length);
	packet_decode_nd_options(d);
	if (icmp->type == ICMPV6_REDIRECT)
		decode_redirected(d);
}

/*
 *        MLD, RFC 2710 3, and the query of version 2, RFC 3810 5.1:
 *
 *     0                               16                            32
 *    +-------------------------------+-------------------------------+
 *  4 | Maximum Response Delay (Code) | Reserved                      |
 *    +-------------------------------+-------------------------------+
 *  8 | Multicast Address (16 bytes)                                  |
 *    +-------+-+-----+---------------+-------------------------------+
 * 24 | Resv  |S| QRV | QQIC          | Number of Sources (N)         |
 *    +-------+-+-----+---------------+-------------------------------+
 * 28 | Source Addresses (N of 16 bytes)                              |
 *    +---------------------------------------------------------------+
 *
 * A query of 24 bytes is version 1, one of 28 or more version 2 (RFC 3810 8.1).
 */
static void decode_mld(struct decoder *d)
{
	struct packet_layer *l = d->layer;
	struct packet_icmpv6 *icmp = &l->icmpv6;
	const uint8_t *h = packet_take(d, 24);

	icmp->maximum_response_delay = packet_be16(h + 4);
	memcpy(icmp->target, h + 8, 16);
	if (icmp->type == ICMPV6_MLD_QUERY && l->length > 24 && l->length < 28 &&
	    d->bound == PACKET_BOUND_LENGTH)
		packet_contradiction(d,
				     "a query of %1 bytes: version 1 has 24, version 2 at "
				     "least 28",
				     l->length, 0, l->offset, 0);
	icmp->mldv2 = icmp->type == ICMPV6_MLD_QUERY && l->length >= 28;
	if (!icmp->mldv2)
		return;
	h = packet_take(d, 28);
	icmp->suppress_router_processing = (h[24] & 8) != 0;
	icmp->robustness_variable = h[24] & 7;
	icmp->querier_query_interval_code = h[25];
	icmp->number_of_sources = packet_be16(h + 26);
	if (l->header_captured < 28)
		return;
	icmp->options_offset = l->offset + 28;
	if (28u + 16u * icmp->number_of_sources > l->length && d->bound == PACKET_BOUND_LENGTH)
		packet_contradiction(d, "Number of Sources is %1, there is room for %2",
				     icmp->number_of_sources, (l->length - 28) / 16, l->offset + 26,
				     2);
	packet_extend(d, 28u + 16u * icmp->number_of_sources);
}

/* What bytes 4 to 7 of the header at `h` say, by type. */
static void decode_second_word(struct packet_icmpv6 *icmp, const uint8_t *h)
{
	switch (icmp->type) {
	case ICMPV6_DESTINATION_UNREACHABLE:
	case ICMPV6_TIME_EXCEEDED:
		icmp->length = h[4];
		return;
	case ICMPV6_PACKET_TOO_BIG:
		icmp->mtu = icmp->rest;
		return;
	case ICMPV6_PARAMETER_PROBLEM:
		icmp->pointer = icmp->rest;
		return;
	case ICMPV6_MLD2_REPORT:
		icmp->number_of_records = packet_be16(h + 6);
		return;
	case ICMPV6_ECHO_REQUEST:
	case ICMPV6_ECHO_REPLY:
	case ICMPV6_EXTENDED_ECHO_REQUEST:
	case ICMPV6_EXTENDED_ECHO_REPLY:
		break;
	default:
		return;
	}
	icmp->identifier = packet_be16(h + 4);
	icmp->sequence_number = packet_be16(h + 6);
	if (icmp->type < ICMPV6_EXTENDED_ECHO_REQUEST)
		return;
	icmp->sequence_number = h[6];
	icmp->local = h[7] & 1;
	icmp->state = h[7] >> 5;
	icmp->active = (h[7] & 4) != 0;
	icmp->has_ipv4 = (h[7] & 2) != 0;
	icmp->has_ipv6 = (h[7] & 1) != 0;
}

/*
 *     0               8               16                            32
 *    +---------------+---------------+-------------------------------+
 *  0 | Type          | Code          | Checksum                      |
 *    +---------------+---------------+-------------------------------+
 *  4 | by Type:                                                      |
 *    |  destination unreachable, time exceeded: Length 8, unused 24  |
 *    |  packet too big: MTU 32          parameter problem: Pointer 32|
 *    |  echo: Identifier 16, Sequence Number 16                      |
 *    |  MLDv2 report: Reserved 16, Nr of Mcast Address Records 16    |
 *    +---------------------------------------------------------------+
 *
 * RFC 4443 2.1. The Length of RFC 4884 counts words of 8 bytes here. The checksum covers a
 * pseudo-header of the IPv6 addresses, the length and the protocol number (RFC 4443 2.3).
 */
void packet_decode_icmpv6(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_ICMPV6);
	struct packet_icmpv6 *icmp;
	const uint8_t *h;

	if (l == NULL)
		return;
	icmp = &l->icmpv6;
	*icmp = (struct packet_icmpv6){0};
	h = packet_take(d, 8);
	icmp->type = h[0];
	icmp->code = h[1];
	icmp->checksum = packet_be16(h + 2);
	icmp->rest = packet_be32(h + 4);
	l->checksum = PACKET_CHECKSUM_UNVERIFIED;
	decode_second_word(icmp, h);
	switch (icmp->type) {
	case ICMPV6_DESTINATION_UNREACHABLE:
	case ICMPV6_TIME_EXCEEDED:
	case ICMPV6_PACKET_TOO_BIG:
	case ICMPV6_PARAMETER_PROBLEM:
		decode_error(d);
		return;
	case ICMPV6_EXTENDED_ECHO_REQUEST:
		if (l->header_captured == 8 && l->length > 8) {
			icmp->extension_offset = l->offset + 8;
			packet_decode_icmp_extension(d, l->offset + 8, d->end);
		}
		return;
	case ICMPV6_MLD_QUERY:
	case ICMPV6_MLD_REPORT:
	case ICMPV6_MLD_DONE:
		decode_mld(d);
		break;
	case ICMPV6_ROUTER_SOLICITATION:
	case ICMPV6_ROUTER_ADVERTISEMENT:
	case ICMPV6_NEIGHBOR_SOLICITATION:
	case ICMPV6_NEIGHBOR_ADVERTISEMENT:
	case ICMPV6_REDIRECT:
		decode_nd(d);
		return;
	case ICMPV6_MLD2_REPORT:
		icmp->mldv2 = true;
		if (l->header_captured < 8)
			return;
		icmp->options_offset = l->offset + 8;
		packet_extend(d, l->length);
		packet_decode_group_records(d);
		return;
	default:
		break;
	}
	if (l->header_captured < l->header_length)
		return;
	packet_advance(d);
	d->next = packet_decode_data;
}

static enum packet_checksum verify(const struct packet *p, const struct packet_layer *l,
				   uint32_t *expected)
{
	const struct packet_sum sum = {
		.field = 2, .length = l->length, .pseudo_protocol = 58, .pseudo_length = l->length};

	if (!packet_is_whole(p, l))
		return PACKET_CHECKSUM_UNKNOWN;
	return packet_verify_sum(p, l, &sum, expected);
}

static void walk(struct packet_walk *walk, const struct packet_layer *l)
{
	walk->next = l->icmpv6.options_offset;
	if (l->icmpv6.type == ICMPV6_MLD2_REPORT)
		walk->left = l->icmpv6.number_of_records;
}

const struct packet_protocol packet_protocol_icmpv6 = {
	.name = "ICMPv6",
	.show = packet_show_icmpv6,
	.line = packet_line_icmpv6,
	.verify = verify,
	.walk = walk,
};
