/* SPDX-License-Identifier: MIT */
/*
 * Options of IPv4: the walk over them. What each says is in ipv4_option_data.c.
 *
 *     0   1       3                8               16
 *    +---+-------+----------------+----------------+------------------
 *    |cpy| class | number         | length         | data
 *    +---+-------+----------------+----------------+------------------
 *
 * RFC 791 3.1. The first byte is the type: whether fragments copy the option, its class (0
 * control, 2 measurement) and number. End of Option List (0) and No Operation (1) are that byte
 * alone; the length of the others counts type and length too.
 */
#include "harness/packet/ip/internal.h"

/* What the data of a whole option says; false when its length is not one its type may have. */
static bool decode_data(struct packet_ipv4_option *o, const uint8_t *b)
{
	switch (o->type) {
	case PACKET_IPV4_OPTION_RECORD_ROUTE:
	case PACKET_IPV4_OPTION_LOOSE_SOURCE_ROUTE:
	case PACKET_IPV4_OPTION_STRICT_SOURCE_ROUTE:
		/* type, length, pointer, addresses; the pointer counts from 1, so 4 is the first */
		if (o->length < 3 || (o->length - 3) % 4 != 0)
			return false;
		o->pointer = b[2];
		o->data_offset = o->offset + 3;
		o->data_length = o->length - 3u;
		return o->pointer >= 4;
	case PACKET_IPV4_OPTION_TIMESTAMP:
		/* type, length, pointer, overflow and flag, entries; 5 is the first */
		if (o->length < 4 || (o->length - 4) % 4 != 0)
			return false;
		o->pointer = b[2];
		o->overflow = b[3] >> 4;
		o->flag = b[3] & 15;
		o->data_offset = o->offset + 4;
		o->data_length = o->length - 4u;
		return o->pointer >= 5;
	case PACKET_IPV4_OPTION_STREAM_ID:
	case PACKET_IPV4_OPTION_ROUTER_ALERT:
		if (o->length != 4)
			return false;
		o->value = packet_be16(b + 2);
		return true;
	case PACKET_IPV4_OPTION_MTU_PROBE:
	case PACKET_IPV4_OPTION_MTU_REPLY:
		/* RFC 1063 2 */
		if (o->length != 4)
			return false;
		o->value = packet_be16(b + 2);
		return true;
	case PACKET_IPV4_OPTION_TRACEROUTE:
		return o->length == 12; /* RFC 1393 2.2 */
	case PACKET_IPV4_OPTION_QUICK_START:
		return o->length == 8; /* RFC 4782 3.1 */
	case PACKET_IPV4_OPTION_SECURITY:
	case PACKET_IPV4_OPTION_EXTENDED_SECURITY:
		return o->length >= 3; /* RFC 1108 2 and 3 */
	case PACKET_IPV4_OPTION_CIPSO:
		return o->length >= 6;
	default:
		return true;
	}
}

bool packet_ipv4_option_next(struct packet_walk *walk, struct packet_ipv4_option *out)
{
	const uint8_t *b;

	if (!packet_walk_more(walk))
		return false;
	b = walk->packet->bytes + walk->next;
	*out = (struct packet_ipv4_option){
		.type = b[0], .length = 1, .ok = true, .offset = walk->next};
	out->data_offset = walk->next + 1;
	if (b[0] == PACKET_IPV4_OPTION_END) {
		walk->next = walk->end;
		return true;
	}
	if (b[0] == PACKET_IPV4_OPTION_NOP) {
		walk->next++;
		return true;
	}
	if (packet_walk_size(walk, 0, 1, 2) == 0)
		return false;
	out->length = b[1];
	out->data_offset = out->offset + 2;
	out->data_length = out->length - 2u;
	out->ok = decode_data(out, b);
	walk->next += out->length;
	return true;
}
