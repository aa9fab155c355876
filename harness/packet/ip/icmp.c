/* SPDX-License-Identifier: MIT */
/*
 * ICMP, RFC 792; router discovery RFC 1256, address mask RFC 950, next-hop MTU RFC 1191,
 * extensions RFC 4884, extended echo RFC 8335.
 */
#include "harness/packet/ip/internal.h"

#include <string.h>

static bool is_error(uint8_t type)
{
	return type == ICMP_DESTINATION_UNREACHABLE || type == ICMP_SOURCE_QUENCH ||
	       type == ICMP_REDIRECT || type == ICMP_TIME_EXCEEDED ||
	       type == ICMP_PARAMETER_PROBLEM;
}

/* These may announce how long the quote is, and go on behind it (RFC 4884 4). */
static bool has_length(uint8_t type)
{
	return type == ICMP_DESTINATION_UNREACHABLE || type == ICMP_TIME_EXCEEDED ||
	       type == ICMP_PARAMETER_PROBLEM;
}

static bool has_identifier(uint8_t type)
{
	return type == ICMP_ECHO_REQUEST || type == ICMP_ECHO_REPLY ||
	       (type >= ICMP_TIMESTAMP && type <= ICMP_ADDRESS_MASK_REPLY);
}

void packet_quote(struct decoder *d, uint32_t offset, uint32_t end, packet_decoder next)
{
	if (offset >= end)
		return;
	d->at = offset;
	d->quoted = true;
	packet_set_end(d, end, PACKET_BOUND_OPEN);
	d->next = next;
}

static void decode_error(struct decoder *d)
{
	struct packet_layer *l = d->layer;
	struct packet_icmp *icmp = &l->icmp;
	uint32_t start = l->offset + 8, end = d->end;

	if (icmp->length != 0 && icmp->length * 4u > end - start) {
		if (d->bound == PACKET_BOUND_LENGTH)
			packet_contradiction(d,
					     "Length announces %1 quoted bytes, only %2 are there",
					     icmp->length * 4u, end - start, l->offset + 5, 1);
	} else if (icmp->length != 0) {
		end = start + icmp->length * 4u;
		if (end < d->end) {
			icmp->extension_offset = end;
			packet_decode_icmp_extension(d, end, d->end);
		}
	}
	icmp->quote_length = end - start;
	packet_quote(d, start, end, packet_decode_ipv4);
}

/* What bytes 4 to 7 of the header at `h` say, by type. */
static void decode_second_word(struct packet_icmp *icmp, const uint8_t *h)
{
	if (has_length(icmp->type))
		icmp->length = h[5];
	if (has_identifier(icmp->type)) {
		icmp->identifier = packet_be16(h + 4);
		icmp->sequence_number = packet_be16(h + 6);
	}
	switch (icmp->type) {
	case ICMP_DESTINATION_UNREACHABLE:
		if (icmp->code == 4)
			icmp->next_hop_mtu = packet_be16(h + 6);
		break;
	case ICMP_PARAMETER_PROBLEM:
		icmp->pointer = h[4];
		break;
	case ICMP_REDIRECT:
		memcpy(icmp->gateway, h + 4, 4);
		break;
	case ICMP_ROUTER_ADVERTISEMENT:
		icmp->num_addrs = h[4];
		icmp->addr_entry_size = h[5];
		icmp->lifetime = packet_be16(h + 6);
		break;
	case ICMP_EXTENDED_ECHO_REQUEST:
	case ICMP_EXTENDED_ECHO_REPLY:
		icmp->identifier = packet_be16(h + 4);
		icmp->sequence_number = h[6];
		if (icmp->type == ICMP_EXTENDED_ECHO_REQUEST) {
			icmp->local = h[7] & 1;
			break;
		}
		icmp->state = h[7] >> 5;
		icmp->active = (h[7] & 4) != 0;
		icmp->has_ipv4 = (h[7] & 2) != 0;
		icmp->has_ipv6 = (h[7] & 1) != 0;
		break;
	default:
		break;
	}
}

/*
 *     0               8               16                            32
 *    +---------------+---------------+-------------------------------+
 *  0 | Type          | Code          | Checksum                      |
 *    +---------------+---------------+-------------------------------+
 *  4 | by Type:                                                      |
 *    |  echo, timestamp, ...:     Identifier 16, Sequence Number 16  |
 *    |  destination unreachable:  unused 8, Length 8, Next-Hop MTU 16|
 *    |  time exceeded:            unused 8, Length 8, unused 16      |
 *    |  parameter problem:        Pointer 8, Length 8, unused 16     |
 *    |  redirect:                 Gateway Internet Address 32        |
 *    |  router advertisement:     Num Addrs 8, Addr Entry Size 8,    |
 *    |                            Lifetime 16                        |
 *    |  extended echo request:    Identifier 16, Sequence Number 8,  |
 *    |                            Reserved 7, L 1                    |
 *    |  extended echo reply:      ..., State 3, Res 2, A 1, 4 1, 6 1 |
 *    +---------------------------------------------------------------+
 *  8 | by Type: the quoted packet, timestamps (3 of 4 bytes), an     |
 *    |  address mask, addresses, data                                |
 *    +---------------------------------------------------------------+
 *
 * RFC 792. The Length of RFC 4884 counts words of 4 bytes; 0 says that the quote goes to the end.
 */
void packet_decode_icmp(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_ICMP);
	struct packet_icmp *icmp;
	const uint8_t *h;

	if (l == NULL)
		return;
	icmp = &l->icmp;
	*icmp = (struct packet_icmp){0};
	h = packet_take(d, 8);
	icmp->type = h[0];
	icmp->code = h[1];
	icmp->checksum = packet_be16(h + 2);
	icmp->rest = packet_be32(h + 4);
	l->checksum = PACKET_CHECKSUM_UNVERIFIED;
	decode_second_word(icmp, h);
	if (l->header_captured < 8)
		return;
	switch (icmp->type) {
	case ICMP_TIMESTAMP:
	case ICMP_TIMESTAMP_REPLY:
		h = packet_take(d, 20);
		icmp->originate_timestamp = packet_be32(h + 8);
		icmp->receive_timestamp = packet_be32(h + 12);
		icmp->transmit_timestamp = packet_be32(h + 16);
		break;
	case ICMP_ADDRESS_MASK_REQUEST:
	case ICMP_ADDRESS_MASK_REPLY:
		h = packet_take(d, 12);
		icmp->address_mask = packet_be32(h + 8);
		break;
	case ICMP_ROUTER_ADVERTISEMENT:
		if (icmp->addr_entry_size < 2)
			packet_contradiction(d,
					     "Addr Entry Size is %1, an entry has at least 2 "
					     "words of 4 bytes",
					     icmp->addr_entry_size, 0, l->offset + 5, 1);
		else if (8u + icmp->num_addrs * icmp->addr_entry_size * 4u > l->length &&
			 d->bound == PACKET_BOUND_LENGTH)
			packet_contradiction(d, "Num Addrs is %1, the message has only %2 bytes",
					     icmp->num_addrs, l->length, l->offset + 4, 1);
		packet_extend(d, 8u + icmp->num_addrs * icmp->addr_entry_size * 4u);
		break;
	case ICMP_EXTENDED_ECHO_REQUEST:
		if (l->length > 8) {
			icmp->extension_offset = l->offset + 8;
			packet_decode_icmp_extension(d, l->offset + 8, d->end);
		}
		return;
	default:
		break;
	}
	if (is_error(icmp->type)) {
		decode_error(d);
		return;
	}
	if (l->header_captured < l->header_length)
		return;
	packet_advance(d);
	d->next = packet_decode_data;
}

static void show_rest(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_icmp *icmp = &l->icmp;
	uint32_t at = l->offset + 4;

	if (has_identifier(icmp->type)) {
		packet_show_number(v, "Identifier", at, 2, icmp->identifier, NULL);
		packet_show_number(v, "Sequence Number", at + 2, 2, icmp->sequence_number, NULL);
		return;
	}
	switch (icmp->type) {
	case ICMP_DESTINATION_UNREACHABLE:
		packet_show_number(v, "Length", at + 1, 1, icmp->length, NULL);
		if (icmp->code == 4)
			packet_show_number(v, "Next-Hop MTU", at + 2, 2, icmp->next_hop_mtu, NULL);
		break;
	case ICMP_TIME_EXCEEDED:
		packet_show_number(v, "Length", at + 1, 1, icmp->length, NULL);
		break;
	case ICMP_PARAMETER_PROBLEM:
		packet_show_number(v, "Pointer", at, 1, icmp->pointer, NULL);
		packet_show_number(v, "Length", at + 1, 1, icmp->length, NULL);
		break;
	case ICMP_REDIRECT:
		packet_show_ipv4(v, "Gateway Internet Address", at);
		break;
	case ICMP_ROUTER_ADVERTISEMENT:
		packet_show_number(v, "Num Addrs", at, 1, icmp->num_addrs, NULL);
		packet_show_number(v, "Addr Entry Size", at + 1, 1, icmp->addr_entry_size, NULL);
		packet_show_unit(v, "Lifetime", at + 2, 2, icmp->lifetime, "s");
		break;
	case ICMP_EXTENDED_ECHO_REQUEST:
	case ICMP_EXTENDED_ECHO_REPLY:
		packet_show_number(v, "Identifier", at, 2, icmp->identifier, NULL);
		packet_show_number(v, "Sequence Number", at + 2, 1, icmp->sequence_number, NULL);
		if (icmp->type == ICMP_EXTENDED_ECHO_REQUEST) {
			packet_show_flag(v, "L: local", at + 3, 1, 0x01, icmp->local);
			break;
		}
		packet_show_bits(v, "State", at + 3, 1, 0xe0, icmp->state,
				 packet_name_probe_state(icmp->state));
		packet_show_flag(v, "A: active", at + 3, 1, 0x04, icmp->active);
		packet_show_flag(v, "4: runs IPv4", at + 3, 1, 0x02, icmp->has_ipv4);
		packet_show_flag(v, "6: runs IPv6", at + 3, 1, 0x01, icmp->has_ipv6);
		break;
	default:
		packet_show_bytes(v, "Unused", at, 4);
		break;
	}
}

static void show_layer_icmp(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_icmp *icmp = &l->icmp;
	uint32_t at = l->offset;

	packet_show_number(v, "Type", at, 1, icmp->type, packet_name_icmp_type(icmp->type));
	packet_show_number(v, "Code", at + 1, 1, icmp->code,
			   packet_name_icmp_code(icmp->type, icmp->code));
	packet_show_checksum(v, "Checksum", at + 2, icmp->checksum);
	show_rest(v, l);
	switch (icmp->type) {
	case ICMP_TIMESTAMP:
	case ICMP_TIMESTAMP_REPLY:
		packet_show_number(v, "Originate Timestamp", at + 8, 4, icmp->originate_timestamp,
				   NULL);
		packet_show_number(v, "Receive Timestamp", at + 12, 4, icmp->receive_timestamp,
				   NULL);
		packet_show_number(v, "Transmit Timestamp", at + 16, 4, icmp->transmit_timestamp,
				   NULL);
		break;
	case ICMP_ADDRESS_MASK_REQUEST:
	case ICMP_ADDRESS_MASK_REPLY:
		packet_show_ipv4(v, "Address Mask", at + 8);
		break;
	case ICMP_ROUTER_ADVERTISEMENT:
		at += 8;
		for (unsigned int i = 0; i < icmp->num_addrs && icmp->addr_entry_size >= 2; i++) {
			packet_show_ipv4(v, "Router Address", at);
			if (at + 8 <= v->limit)
				packet_show_number(v, "Preference Level", at + 4, 4,
						   packet_be32(v->p->bytes + at + 4), NULL);
			at += icmp->addr_entry_size * 4u;
		}
		break;
	default:
		break;
	}
	if (icmp->extension_offset != 0)
		packet_show_icmp_extension(v, l, icmp->extension_offset, l->offset + l->length);
}

static void line_layer_icmp(struct packet_out *out, const struct packet *p,
			    const struct packet_layer *l)
{
	const struct packet_icmp *icmp = &l->icmp;

	packet_put(out, "ICMP ");
	if (l->header_captured < 2) {
		packet_put(out, "header cut");
		return;
	}
	packet_line_icmp_message(out, packet_name_icmp_type(icmp->type), icmp->type,
				 packet_name_icmp_code(icmp->type, icmp->code), icmp->code);
	if (l->header_captured < 8) {
		packet_put(out, " header cut");
		return;
	}
	if (has_identifier(icmp->type) || icmp->type == ICMP_EXTENDED_ECHO_REQUEST ||
	    icmp->type == ICMP_EXTENDED_ECHO_REPLY) {
		packet_put_pair(out, "id", icmp->identifier);
		packet_put_pair(out, "seq", icmp->sequence_number);
	}
	switch (icmp->type) {
	case ICMP_DESTINATION_UNREACHABLE:
		if (icmp->code == 4)
			packet_put_pair(out, "mtu", icmp->next_hop_mtu);
		break;
	case ICMP_PARAMETER_PROBLEM:
		packet_put_pair(out, "pointer", icmp->pointer);
		break;
	case ICMP_REDIRECT:
		packet_put(out, ", gateway ");
		packet_put_ipv4(out, icmp->gateway);
		break;
	case ICMP_ECHO_REQUEST:
	case ICMP_ECHO_REPLY:
		packet_put_length(out, l->length - 8);
		break;
	case ICMP_ROUTER_ADVERTISEMENT:
		packet_put_pair(out, "lifetime", icmp->lifetime);
		for (unsigned int i = 0; i < icmp->num_addrs && icmp->addr_entry_size >= 2; i++) {
			uint32_t at = l->offset + 8 + i * icmp->addr_entry_size * 4u;

			if (at + 4 > l->offset + l->header_captured)
				break;
			packet_put_char(out, ' ');
			packet_put_ipv4(out, p->bytes + at);
		}
		break;
	default:
		break;
	}
}

static enum packet_checksum verify(const struct packet *p, const struct packet_layer *l,
				   uint32_t *expected)
{
	const struct packet_sum sum = {.field = 2, .length = l->length};

	if (!packet_is_whole(p, l))
		return PACKET_CHECKSUM_UNKNOWN;
	return packet_verify_sum(p, l, &sum, expected);
}

const struct packet_protocol packet_protocol_icmp = {
	.name = "ICMP",
	.show = show_layer_icmp,
	.line = line_layer_icmp,
	.verify = verify,
};
