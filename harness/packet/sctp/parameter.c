/* SPDX-License-Identifier: MIT */
/*
 * The parameters of chunks and the causes of errors: RFC 9260 3.2.1, 3.3.2 and 3.3.10; RFC 4895,
 * 5061, 6525, 9653.
 *
 *     0                               16                            32
 *    +-------------------------------+-------------------------------+
 *  0 | Parameter Type or Cause Code  | Parameter or Cause Length     |
 *    +-------------------------------+-------------------------------+
 *  4 | Value                                                         |
 *    +---------------------------------------------------------------+
 *
 * The length counts type, length and value; up to a multiple of 4 bytes padding follows, which
 * for the last one may be the padding of the chunk.
 */
#include "harness/packet/sctp/internal.h"

/* A length of `least` bytes, or more of them in steps. */
static bool stepped(uint32_t length, uint32_t least, uint32_t step)
{
	return length >= least && (length - least) % step == 0;
}

static bool parameter_length_ok(uint16_t type, uint32_t length)
{
	switch (type) {
	case PACKET_SCTP_IPV4_ADDRESS:
	case PACKET_SCTP_COOKIE_PRESERVATIVE:
	case PACKET_SCTP_SSN_TSN_RESET:
	case PACKET_SCTP_ZERO_CHECKSUM_ACCEPTABLE:
	case PACKET_SCTP_SUCCESS_INDICATION:
	case PACKET_SCTP_ADAPTATION_LAYER:
		return length == 8;
	case PACKET_SCTP_IPV6_ADDRESS:
		return length == 20;
	case PACKET_SCTP_SUPPORTED_ADDRESS_TYPES:
	case PACKET_SCTP_HMAC_ALGORITHMS:
		return stepped(length, 4, 2);
	case PACKET_SCTP_OUTGOING_SSN_RESET:
		return stepped(length, 16, 2);
	case PACKET_SCTP_INCOMING_SSN_RESET:
		return stepped(length, 8, 2);
	case PACKET_SCTP_RE_CONFIG_RESPONSE:
		/* both of the next TSNs, or none of them (RFC 6525 4.4) */
		return length == 12 || length == 20;
	case PACKET_SCTP_ADD_OUTGOING_STREAMS:
	case PACKET_SCTP_ADD_INCOMING_STREAMS:
		return length == 12;
	case PACKET_SCTP_ECN_CAPABLE:
	case PACKET_SCTP_FORWARD_TSN_SUPPORTED:
		return length == 4;
	case PACKET_SCTP_ADD_IP_ADDRESS:
	case PACKET_SCTP_DELETE_IP_ADDRESS:
	case PACKET_SCTP_SET_PRIMARY_ADDRESS:
	case PACKET_SCTP_ERROR_CAUSE_INDICATION:
		return length >= 8;
	default:
		return true;
	}
}

static bool cause_length_ok(const struct packet_walk *walk, uint16_t code,
			    const struct packet_sctp_item *item)
{
	switch (code) {
	case PACKET_SCTP_INVALID_STREAM:
	case PACKET_SCTP_STALE_COOKIE:
	case PACKET_SCTP_NO_USER_DATA:
		return item->length == 8;
	case PACKET_SCTP_MISSING_PARAMETER:
		if (!stepped(item->length, 8, 2))
			return false;
		return item->captured < 8 || packet_be32(walk->packet->bytes + item->offset + 4) ==
						     (item->length - 8) / 2;
	case PACKET_SCTP_OUT_OF_RESOURCE:
	case PACKET_SCTP_INVALID_PARAMETER:
	case PACKET_SCTP_COOKIE_WHILE_SHUTTING_DOWN:
	case PACKET_SCTP_ILLEGAL_ASCONF_ACK:
		return item->length == 4;
	case PACKET_SCTP_UNSUPPORTED_HMAC:
		return item->length == 6;
	default:
		return true;
	}
}

static enum packet_sctp_list parameter_list(uint16_t type, uint32_t *skip)
{
	*skip = 8;
	switch (type) {
	case PACKET_SCTP_UNRECOGNIZED_PARAMETER:
		*skip = 4;
		return PACKET_SCTP_PARAMETERS;
	case PACKET_SCTP_ADD_IP_ADDRESS:
	case PACKET_SCTP_DELETE_IP_ADDRESS:
	case PACKET_SCTP_SET_PRIMARY_ADDRESS:
		return PACKET_SCTP_PARAMETERS;
	case PACKET_SCTP_ERROR_CAUSE_INDICATION:
		return PACKET_SCTP_CAUSES;
	default:
		return PACKET_SCTP_NO_LIST;
	}
}

/* The causes that say which parameters they are about. */
static enum packet_sctp_list cause_list(uint16_t code)
{
	switch (code) {
	case PACKET_SCTP_UNRESOLVABLE_ADDRESS:
	case PACKET_SCTP_UNRECOGNIZED_PARAMETERS:
	case PACKET_SCTP_RESTART_NEW_ADDRESSES:
	case PACKET_SCTP_DELETE_LAST_ADDRESS:
	case PACKET_SCTP_RESOURCE_SHORTAGE:
	case PACKET_SCTP_DELETE_SOURCE_ADDRESS:
	case PACKET_SCTP_NO_AUTHORIZATION:
		return PACKET_SCTP_PARAMETERS;
	default:
		return PACKET_SCTP_NO_LIST;
	}
}

static bool next(struct packet_walk *walk, struct packet_sctp_parameter *out, bool causes)
{
	struct packet_sctp_item item;
	uint16_t type;
	uint32_t skip = 4;

	if (!packet_sctp_item_next(walk, &item))
		return false;
	type = packet_be16(walk->packet->bytes + item.offset);
	*out = (struct packet_sctp_parameter){
		.type = type,
		.length = (uint16_t)item.length,
		.padding = item.padding,
		.offset = item.offset,
		.captured = item.captured,
		.value_offset = item.offset + 4,
	};
	if (!item.fits)
		return true;
	out->value_length = item.length - 4;
	out->ok = causes ? cause_length_ok(walk, type, &item)
			 : parameter_length_ok(type, item.length);
	if (!out->ok)
		return true;
	out->list = (uint8_t)(causes ? cause_list(type) : parameter_list(type, &skip));
	if (out->list != PACKET_SCTP_NO_LIST)
		out->list_offset = item.offset + skip;
	return true;
}

bool packet_sctp_parameter_next(struct packet_walk *walk, struct packet_sctp_parameter *out)
{
	return next(walk, out, false);
}

bool packet_sctp_cause_next(struct packet_walk *walk, struct packet_sctp_parameter *out)
{
	return next(walk, out, true);
}

struct packet_walk packet_sctp_inner_list(const struct packet_walk *walk,
					  const struct packet_sctp_parameter *outer)
{
	struct packet_walk list = {.packet = walk->packet, .layer = walk->layer};

	if (outer->list == PACKET_SCTP_NO_LIST)
		return list;
	list.next = outer->list_offset;
	list.end = outer->offset + outer->length;
	list.captured = outer->offset + outer->captured;
	return list;
}

/*
 * What was sent back as not understood is like the quote of an ICMP error: it may well be wrong
 * in itself, and this packet is none the worse for it.
 */
static bool is_quote(uint16_t type, enum packet_sctp_list list)
{
	return list == PACKET_SCTP_CAUSES || type == PACKET_SCTP_UNRECOGNIZED_PARAMETER;
}

void packet_decode_sctp_list(struct decoder *d, struct packet_walk *walk,
			     enum packet_sctp_list list, unsigned int depth)
{
	bool causes = list == PACKET_SCTP_CAUSES;
	struct packet_sctp_parameter p;
	uint32_t left = walk->end - walk->next;

	while (next(walk, &p, causes)) {
		uint32_t field = p.offset + 2;

		if (p.length < 4)
			packet_contradiction(d,
					     causes ? "Cause Length is %1, less than the 4 bytes "
						      "of its header"
						    : "Parameter Length is %1, less than the 4 "
						      "bytes of its header",
					     p.length, 0, field, 2);
		else if (p.length > left)
			packet_contradiction(d,
					     causes ? "Cause Length is %1, %2 bytes are left for it"
						    : "Parameter Length is %1, %2 bytes are left "
						      "for it",
					     p.length, left, field, 2);
		else if (!p.ok)
			packet_contradiction(d,
					     causes ? "Cause Length is %1, which code %2 cannot "
						      "have"
						    : "Parameter Length is %1, which type %2 "
						      "cannot have",
					     p.length, p.type, field, 2);
		else if (p.list != PACKET_SCTP_NO_LIST && !is_quote(p.type, list) &&
			 depth < PACKET_SCTP_DEPTH) {
			struct packet_walk inner = packet_sctp_inner_list(walk, &p);

			packet_decode_sctp_list(d, &inner, (enum packet_sctp_list)p.list,
						depth + 1);
		}
		left = walk->end - walk->next;
	}
	if (walk->fault == PACKET_MALFORMED && walk->next < walk->end)
		packet_contradiction(d, "%1 bytes are left, too few for another item", left, 0,
				     walk->next, left);
}
