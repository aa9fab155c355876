/* SPDX-License-Identifier: MIT */
/*
 * ICMPv6: RFC 4443; Neighbor Discovery RFC 4861 (options in nd.c); MLD RFC 2710 and RFC 3810
 * (records in group.c); extensions RFC 4884, extended echo RFC 8335.
 */
#include "harness/packet/ip/internal.h"

#include <string.h>

enum {
	DESTINATION_UNREACHABLE = 1,
	PACKET_TOO_BIG = 2,
	TIME_EXCEEDED = 3,
	PARAMETER_PROBLEM = 4,
	ECHO_REQUEST = 128,
	ECHO_REPLY = 129,
	MLD_QUERY = 130,
	MLD_REPORT = 131,
	MLD_DONE = 132,
	ROUTER_SOLICITATION = 133,
	ROUTER_ADVERTISEMENT = 134,
	NEIGHBOR_SOLICITATION = 135,
	NEIGHBOR_ADVERTISEMENT = 136,
	REDIRECT = 137,
	MLD2_REPORT = 143,
	EXTENDED_ECHO_REQUEST = 160,
	EXTENDED_ECHO_REPLY = 161,
};

static const char *type_name(const struct packet_icmpv6 *icmp)
{
	switch (icmp->type) {
	case DESTINATION_UNREACHABLE:
		return "destination unreachable";
	case PACKET_TOO_BIG:
		return "packet too big";
	case TIME_EXCEEDED:
		return "time exceeded";
	case PARAMETER_PROBLEM:
		return "parameter problem";
	case ECHO_REQUEST:
		return "echo request";
	case ECHO_REPLY:
		return "echo reply";
	case MLD_QUERY:
		return icmp->mldv2 ? "MLDv2 query" : "MLD query";
	case MLD_REPORT:
		return "MLD report";
	case MLD_DONE:
		return "MLD done";
	case ROUTER_SOLICITATION:
		return "router solicitation";
	case ROUTER_ADVERTISEMENT:
		return "router advertisement";
	case NEIGHBOR_SOLICITATION:
		return "neighbor solicitation";
	case NEIGHBOR_ADVERTISEMENT:
		return "neighbor advertisement";
	case REDIRECT:
		return "redirect";
	case MLD2_REPORT:
		return "MLDv2 report";
	case EXTENDED_ECHO_REQUEST:
		return "extended echo request";
	case EXTENDED_ECHO_REPLY:
		return "extended echo reply";
	default:
		return NULL;
	}
}

static const char *code_name(uint8_t type, uint8_t code)
{
	static const char *const unreachable[] = {
		"no route",
		"administratively prohibited",
		"beyond scope of source address",
		"address unreachable",
		"port unreachable",
		"source address failed policy",
		"reject route",
		"error in source routing header",
	};
	static const char *const exceeded[] = {"hop limit", "fragment reassembly"};
	static const char *const parameter[] = {
		"erroneous header field",
		"unrecognized next header",
		"unrecognized option",
		"incomplete header chain in the first fragment",
	};
	static const char *const probe[] = {"no error", "malformed query", "no such interface",
					    "no such table entry", "multiple interfaces"};

	switch (type) {
	case DESTINATION_UNREACHABLE:
		return code < 8 ? unreachable[code] : NULL;
	case TIME_EXCEEDED:
		return code < 2 ? exceeded[code] : NULL;
	case PARAMETER_PROBLEM:
		return code < 4 ? parameter[code] : NULL;
	case EXTENDED_ECHO_REPLY:
		return code < 5 ? probe[code] : NULL;
	default:
		return NULL;
	}
}

/* The fixed part of a message. */
static uint32_t fixed_length(uint8_t type)
{
	switch (type) {
	case ROUTER_ADVERTISEMENT:
		return 16;
	case MLD_QUERY:
	case MLD_REPORT:
	case MLD_DONE:
	case NEIGHBOR_SOLICITATION:
	case NEIGHBOR_ADVERTISEMENT:
		return 24;
	case REDIRECT:
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
	uint32_t fixed = fixed_length(icmp->type);
	const uint8_t *h = packet_take(d, fixed);

	switch (icmp->type) {
	case ROUTER_ADVERTISEMENT:
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
	case NEIGHBOR_ADVERTISEMENT:
		icmp->router = (h[4] & 0x80) != 0;
		icmp->solicited = (h[4] & 0x40) != 0;
		icmp->override = (h[4] & 0x20) != 0;
		memcpy(icmp->target, h + 8, 16);
		break;
	case REDIRECT:
		memcpy(icmp->destination, h + 24, 16);
		memcpy(icmp->target, h + 8, 16);
		break;
	case NEIGHBOR_SOLICITATION:
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
	if (icmp->type == REDIRECT)
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
	if (icmp->type == MLD_QUERY && l->length > 24 && l->length < 28 &&
	    d->bound == PACKET_BOUND_LENGTH)
		packet_contradiction(d,
				     "a query of %1 bytes: version 1 has 24, version 2 at "
				     "least 28",
				     l->length, 0, l->offset, 0);
	icmp->mldv2 = icmp->type == MLD_QUERY && l->length >= 28;
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
	case DESTINATION_UNREACHABLE:
	case TIME_EXCEEDED:
		icmp->length = h[4];
		return;
	case PACKET_TOO_BIG:
		icmp->mtu = icmp->rest;
		return;
	case PARAMETER_PROBLEM:
		icmp->pointer = icmp->rest;
		return;
	case MLD2_REPORT:
		icmp->number_of_records = packet_be16(h + 6);
		return;
	case ECHO_REQUEST:
	case ECHO_REPLY:
	case EXTENDED_ECHO_REQUEST:
	case EXTENDED_ECHO_REPLY:
		break;
	default:
		return;
	}
	icmp->identifier = packet_be16(h + 4);
	icmp->sequence_number = packet_be16(h + 6);
	if (icmp->type < EXTENDED_ECHO_REQUEST)
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
	case DESTINATION_UNREACHABLE:
	case TIME_EXCEEDED:
	case PACKET_TOO_BIG:
	case PARAMETER_PROBLEM:
		decode_error(d);
		return;
	case EXTENDED_ECHO_REQUEST:
		if (l->header_captured == 8 && l->length > 8) {
			icmp->extension_offset = l->offset + 8;
			packet_decode_icmp_extension(d, l->offset + 8, d->end);
		}
		return;
	case MLD_QUERY:
	case MLD_REPORT:
	case MLD_DONE:
		decode_mld(d);
		break;
	case ROUTER_SOLICITATION:
	case ROUTER_ADVERTISEMENT:
	case NEIGHBOR_SOLICITATION:
	case NEIGHBOR_ADVERTISEMENT:
	case REDIRECT:
		decode_nd(d);
		return;
	case MLD2_REPORT:
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

static void show_router_advertisement(struct packet_view *v, const struct packet_icmpv6 *icmp,
				      uint32_t at)
{
	static const char *const preferences[] = {"medium", "high", "reserved", "low"};

	packet_show_number(v, "Cur Hop Limit", at + 4, 1, icmp->cur_hop_limit, NULL);
	packet_show_flag(v, "M: managed address configuration", at + 5, 1, 0x80, icmp->managed);
	packet_show_flag(v, "O: other configuration", at + 5, 1, 0x40, icmp->other);
	packet_show_flag(v, "H: home agent", at + 5, 1, 0x20, icmp->home_agent);
	packet_show_bits(v, "Prf", at + 5, 1, 0x18, icmp->default_router_preference,
			 preferences[icmp->default_router_preference & 3]);
	packet_show_flag(v, "P: proxy", at + 5, 1, 0x04, icmp->proxy);
	packet_show_unit(v, "Router Lifetime", at + 6, 2, icmp->router_lifetime, "s");
	packet_show_unit(v, "Reachable Time", at + 8, 4, icmp->reachable_time, "ms");
	packet_show_unit(v, "Retrans Timer", at + 12, 4, icmp->retrans_timer, "ms");
}

static void show_mld(struct packet_view *v, const struct packet_icmpv6 *icmp, uint32_t at)
{
	packet_show_number(v, icmp->mldv2 ? "Maximum Response Code" : "Maximum Response Delay",
			   at + 4, 2, icmp->maximum_response_delay, NULL);
	packet_show_ipv6(v, "Multicast Address", at + 8);
	if (!icmp->mldv2)
		return;
	packet_show_flag(v, "S: suppress router-side processing", at + 24, 1, 0x08,
			 icmp->suppress_router_processing);
	packet_show_bits(v, "QRV", at + 24, 1, 0x07, icmp->robustness_variable, NULL);
	packet_show_number(v, "QQIC", at + 25, 1, icmp->querier_query_interval_code, NULL);
	packet_show_number(v, "Number of Sources", at + 26, 2, icmp->number_of_sources, NULL);
	for (uint32_t i = 0; i < icmp->number_of_sources && at + 44 + 16 * i <= v->limit; i++)
		packet_show_ipv6(v, "Source Address", at + 28 + 16 * i);
}

static void show_echo(struct packet_view *v, const struct packet_icmpv6 *icmp, uint32_t at)
{
	bool extended = icmp->type >= EXTENDED_ECHO_REQUEST;

	packet_show_number(v, "Identifier", at + 4, 2, icmp->identifier, NULL);
	packet_show_number(v, "Sequence Number", at + 6, extended ? 1 : 2, icmp->sequence_number,
			   NULL);
	if (!extended)
		return;
	if (icmp->type == EXTENDED_ECHO_REQUEST) {
		packet_show_flag(v, "L: local", at + 7, 1, 0x01, icmp->local);
		return;
	}
	packet_show_bits(v, "State", at + 7, 1, 0xe0, icmp->state,
			 packet_name_probe_state(icmp->state));
	packet_show_flag(v, "A: active", at + 7, 1, 0x04, icmp->active);
	packet_show_flag(v, "4: runs IPv4", at + 7, 1, 0x02, icmp->has_ipv4);
	packet_show_flag(v, "6: runs IPv6", at + 7, 1, 0x01, icmp->has_ipv6);
}

static void show_layer_icmpv6(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_icmpv6 *icmp = &l->icmpv6;
	uint32_t at = l->offset;

	packet_show_number(v, "Type", at, 1, icmp->type, type_name(icmp));
	packet_show_number(v, "Code", at + 1, 1, icmp->code, code_name(icmp->type, icmp->code));
	packet_show_checksum(v, "Checksum", at + 2, icmp->checksum);
	switch (icmp->type) {
	case DESTINATION_UNREACHABLE:
	case TIME_EXCEEDED:
		packet_show_number(v, "Length", at + 4, 1, icmp->length, NULL);
		break;
	case PACKET_TOO_BIG:
		packet_show_number(v, "MTU", at + 4, 4, icmp->mtu, NULL);
		break;
	case PARAMETER_PROBLEM:
		packet_show_number(v, "Pointer", at + 4, 4, icmp->pointer, NULL);
		break;
	case ECHO_REQUEST:
	case ECHO_REPLY:
	case EXTENDED_ECHO_REQUEST:
	case EXTENDED_ECHO_REPLY:
		show_echo(v, icmp, at);
		break;
	case MLD_QUERY:
	case MLD_REPORT:
	case MLD_DONE:
		show_mld(v, icmp, at);
		break;
	case ROUTER_ADVERTISEMENT:
		show_router_advertisement(v, icmp, at);
		break;
	case NEIGHBOR_ADVERTISEMENT:
		packet_show_flag(v, "R: router", at + 4, 1, 0x80, icmp->router);
		packet_show_flag(v, "S: solicited", at + 4, 1, 0x40, icmp->solicited);
		packet_show_flag(v, "O: override", at + 4, 1, 0x20, icmp->override);
		packet_show_ipv6(v, "Target Address", at + 8);
		break;
	case NEIGHBOR_SOLICITATION:
	case REDIRECT:
		packet_show_ipv6(v, "Target Address", at + 8);
		if (icmp->type == REDIRECT)
			packet_show_ipv6(v, "Destination Address", at + 24);
		break;
	case MLD2_REPORT:
		packet_show_number(v, "Nr of Mcast Address Records", at + 6, 2,
				   icmp->number_of_records, NULL);
		packet_show_group_records(v, l);
		break;
	case ROUTER_SOLICITATION:
		break;
	default:
		packet_show_bytes(v, "Rest", at + 4, 4);
		break;
	}
	if (icmp->type >= ROUTER_SOLICITATION && icmp->type <= REDIRECT)
		packet_show_nd_options(v, l);
	if (icmp->extension_offset != 0)
		packet_show_icmp_extension(v, l, icmp->extension_offset, l->offset + l->length);
}

static void line_layer_icmpv6(struct packet_out *out, const struct packet *p,
			      const struct packet_layer *l)
{
	const struct packet_icmpv6 *icmp = &l->icmpv6;
	const char *name = type_name(icmp), *code = code_name(icmp->type, icmp->code);

	(void)p;
	packet_put(out, "ICMPv6 ");
	if (l->header_captured < 2) {
		packet_put(out, "header cut");
		return;
	}
	if (name != NULL) {
		packet_put(out, name);
	} else {
		packet_put(out, "type ");
		packet_put_number(out, icmp->type);
	}
	if (code != NULL) {
		packet_put(out, ", ");
		packet_put(out, code);
	} else if (icmp->code != 0 || name == NULL) {
		packet_put(out, ", code ");
		packet_put_number(out, icmp->code);
	}
	if (l->header_captured < fixed_length(icmp->type)) {
		packet_put(out, " header cut");
		return;
	}
	switch (icmp->type) {
	case PACKET_TOO_BIG:
		packet_put_pair(out, "mtu", icmp->mtu);
		break;
	case PARAMETER_PROBLEM:
		packet_put_pair(out, "pointer", icmp->pointer);
		break;
	case ECHO_REQUEST:
	case ECHO_REPLY:
		packet_put_pair(out, "id", icmp->identifier);
		packet_put_pair(out, "seq", icmp->sequence_number);
		packet_put_length(out, l->length - 8);
		break;
	case EXTENDED_ECHO_REQUEST:
	case EXTENDED_ECHO_REPLY:
		packet_put_pair(out, "id", icmp->identifier);
		packet_put_pair(out, "seq", icmp->sequence_number);
		break;
	case NEIGHBOR_SOLICITATION:
		packet_put(out, ", who has ");
		packet_put_ipv6(out, icmp->target);
		break;
	case NEIGHBOR_ADVERTISEMENT:
		packet_put(out, ", ");
		packet_put_ipv6(out, icmp->target);
		packet_put(out, icmp->router ? " is a router" : " is here");
		packet_put(out, icmp->solicited ? ", solicited" : "");
		packet_put(out, icmp->override ? ", override" : "");
		break;
	case REDIRECT:
		packet_put(out, ", ");
		packet_put_ipv6(out, icmp->destination);
		packet_put(out, " by ");
		packet_put_ipv6(out, icmp->target);
		break;
	case ROUTER_ADVERTISEMENT:
		packet_put_pair(out, "hop-limit", icmp->cur_hop_limit);
		packet_put_pair(out, "lifetime", icmp->router_lifetime);
		break;
	case MLD_QUERY:
	case MLD_REPORT:
	case MLD_DONE:
		packet_put_char(out, ' ');
		packet_put_ipv6(out, icmp->target);
		break;
	case MLD2_REPORT:
		packet_put_pair(out, "records", icmp->number_of_records);
		break;
	default:
		break;
	}
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
	if (l->icmpv6.type == 143)
		walk->left = l->icmpv6.number_of_records;
}

const struct packet_protocol packet_protocol_icmpv6 = {
	.name = "ICMPv6",
	.show = show_layer_icmpv6,
	.line = line_layer_icmpv6,
	.verify = verify,
	.walk = walk,
};
