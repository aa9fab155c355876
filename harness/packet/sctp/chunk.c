/* SPDX-License-Identifier: MIT */
/*
 * The chunks of SCTP, one after another: RFC 9260 3.2 and 3.3; AUTH RFC 4895, ASCONF RFC 5061,
 * RE-CONFIG RFC 6525, FORWARD TSN RFC 3758, I-DATA and I-FORWARD-TSN RFC 8260, PAD RFC 4820,
 * NR-SACK draft-tuexen-tsvwg-sctp-nr-sack.
 *
 *     0               8               16                            32
 *    +---------------+---------------+-------------------------------+
 *  0 | Chunk Type    | Chunk Flags   | Chunk Length                  |
 *    +---------------+---------------+-------------------------------+
 *  4 | Chunk Value                                                   |
 *    +-------------------------------+-------------------------------+
 *    | ...                           | Padding, not in Chunk Length  |
 *    +-------------------------------+-------------------------------+
 */
#include "harness/packet/sctp/internal.h"

#include <string.h>

bool packet_sctp_item_next(struct packet_walk *walk, struct packet_sctp_item *out)
{
	const struct packet_layer *l = walk->layer;
	uint32_t left = walk->end - walk->next, there, needed;

	if (walk->next >= walk->end)
		return false;
	there = walk->captured > walk->next ? walk->captured - walk->next : 0;
	if (left < 4 || there < 4) {
		walk->fault = left < 4 ? PACKET_MALFORMED : PACKET_TRUNCATED;
		return false;
	}
	out->offset = walk->next;
	out->length = packet_be16(walk->packet->bytes + walk->next + 2);
	out->captured = out->length < there ? out->length : there;
	out->padding = 0;
	/* what a quote or a first fragment has no room for is somewhere else */
	out->fits =
		out->length >= 4 && (out->length <= left ||
				     (l->sctp.open && walk->end >= l->offset + l->header_length));
	if (!out->fits || out->length > there) {
		walk->fault = out->fits ? PACKET_TRUNCATED : PACKET_MALFORMED;
		walk->next = walk->end;
		if (!out->fits)
			out->captured = there;
		return true;
	}
	needed = (4 - out->length % 4) % 4;
	if (needed > left - out->length)
		needed = left - out->length;
	out->padding = (uint8_t)needed;
	walk->next += out->length + needed;
	return true;
}

/*
 * DATA (RFC 9260 3.3.1), and I-DATA (RFC 8260 2.1) with the message in place of the sequence
 * number:
 *
 *  4 | TSN                                                           |
 *  8 | Stream Identifier             | Stream Sequence Number        |
 * 12 | Payload Protocol Identifier                                   |
 * 16 | User Data                                                     |
 *
 *  8 | Stream Identifier             | Reserved                      |
 * 12 | Message Identifier                                            |
 * 16 | Payload Protocol Identifier (B set) or Fragment Sequence Number
 * 20 | User Data                                                     |
 */
static void data_fields(struct packet_sctp_chunk *c, const uint8_t *b)
{
	c->tsn = packet_be32(b + 4);
	c->stream_identifier = packet_be16(b + 8);
	if (c->type == PACKET_SCTP_DATA) {
		c->stream_sequence = packet_be16(b + 10);
		c->payload_protocol = packet_be32(b + 12);
		return;
	}
	c->message_identifier = packet_be32(b + 12);
	if (c->flags & PACKET_SCTP_DATA_BEGINNING)
		c->payload_protocol = packet_be32(b + 16);
	else
		c->fragment_sequence = packet_be32(b + 16);
}

/*
 * INIT, INIT ACK (RFC 9260 3.3.2):                SACK (3.3.4); NR-SACK has one count more:
 *
 *  4 | Initiate Tag                  |             4 | Cumulative TSN Ack            |
 *  8 | a_rwnd                        |             8 | a_rwnd                        |
 * 12 | Outbound      | Inbound       |            12 | Gap Ack Blocks| Duplicate TSNs|
 * 16 | Initial TSN                   |            16 | blocks, TSNs                  |
 * 20 | parameters                    |
 */
static void window_fields(struct packet_sctp_chunk *c, const uint8_t *b)
{
	uint32_t first = packet_be32(b + 4);
	uint16_t left = packet_be16(b + 12), right = packet_be16(b + 14);

	c->a_rwnd = packet_be32(b + 8);
	switch (c->type) {
	case PACKET_SCTP_INIT:
	case PACKET_SCTP_INIT_ACK:
		c->initiate_tag = first;
		c->outbound_streams = left;
		c->inbound_streams = right;
		c->tsn = packet_be32(b + 16);
		break;
	case PACKET_SCTP_NR_SACK:
		c->tsn = first;
		c->gap_ack_blocks = left;
		c->nr_gap_ack_blocks = right;
		c->duplicate_tsns = packet_be16(b + 16);
		break;
	default:
		c->tsn = first;
		c->gap_ack_blocks = left;
		c->duplicate_tsns = right;
		break;
	}
}

/* How long header and fixed fields are, what follows them, and in steps of how many bytes. */
struct shape {
	uint8_t fixed;
	uint8_t step; /* NOTHING: no byte may follow */
	uint8_t list;
};
#define NOTHING 0

static struct shape shape_of(uint8_t type)
{
	switch (type) {
	case PACKET_SCTP_DATA:
		return (struct shape){16, 1, PACKET_SCTP_NO_LIST};
	case PACKET_SCTP_INIT:
	case PACKET_SCTP_INIT_ACK:
		return (struct shape){20, 1, PACKET_SCTP_PARAMETERS};
	case PACKET_SCTP_SACK:
		return (struct shape){16, 4, PACKET_SCTP_NO_LIST};
	case PACKET_SCTP_NR_SACK:
		return (struct shape){20, 4, PACKET_SCTP_NO_LIST};
	case PACKET_SCTP_HEARTBEAT:
	case PACKET_SCTP_HEARTBEAT_ACK:
	case PACKET_SCTP_RE_CONFIG:
		return (struct shape){4, 1, PACKET_SCTP_PARAMETERS};
	case PACKET_SCTP_ABORT:
	case PACKET_SCTP_ERROR:
		return (struct shape){4, 1, PACKET_SCTP_CAUSES};
	case PACKET_SCTP_SHUTDOWN_ACK:
	case PACKET_SCTP_COOKIE_ACK:
	case PACKET_SCTP_SHUTDOWN_COMPLETE:
		return (struct shape){4, NOTHING, PACKET_SCTP_NO_LIST};
	case PACKET_SCTP_SHUTDOWN:
	case PACKET_SCTP_ECNE:
	case PACKET_SCTP_CWR:
		return (struct shape){8, NOTHING, PACKET_SCTP_NO_LIST};
	case PACKET_SCTP_AUTH:
		return (struct shape){8, 1, PACKET_SCTP_NO_LIST};
	case PACKET_SCTP_I_DATA:
		return (struct shape){20, 1, PACKET_SCTP_NO_LIST};
	case PACKET_SCTP_ASCONF:
	case PACKET_SCTP_ASCONF_ACK:
		return (struct shape){8, 1, PACKET_SCTP_PARAMETERS};
	case PACKET_SCTP_FORWARD_TSN:
		return (struct shape){8, 4, PACKET_SCTP_NO_LIST};
	case PACKET_SCTP_I_FORWARD_TSN:
		return (struct shape){8, 8, PACKET_SCTP_NO_LIST};
	default:
		return (struct shape){4, 1, PACKET_SCTP_NO_LIST};
	}
}

/* `b` has the fixed fields, as zeros where they were not captured. */
static void fields(struct packet_sctp_chunk *c, const uint8_t *b)
{
	switch (c->type) {
	case PACKET_SCTP_DATA:
	case PACKET_SCTP_I_DATA:
		data_fields(c, b);
		break;
	case PACKET_SCTP_INIT:
	case PACKET_SCTP_INIT_ACK:
	case PACKET_SCTP_SACK:
	case PACKET_SCTP_NR_SACK:
		window_fields(c, b);
		break;
	case PACKET_SCTP_SHUTDOWN:
	case PACKET_SCTP_ECNE:
	case PACKET_SCTP_CWR:
	case PACKET_SCTP_FORWARD_TSN:
	case PACKET_SCTP_I_FORWARD_TSN:
		c->tsn = packet_be32(b + 4);
		break;
	case PACKET_SCTP_AUTH:
		c->shared_key = packet_be16(b + 4);
		c->hmac_identifier = packet_be16(b + 6);
		break;
	case PACKET_SCTP_ASCONF:
	case PACKET_SCTP_ASCONF_ACK:
		c->sequence_number = packet_be32(b + 4);
		break;
	default:
		break;
	}
}

bool packet_sctp_chunk_next(struct packet_walk *walk, struct packet_sctp_chunk *out)
{
	struct packet_sctp_item item;
	struct shape shape;
	const uint8_t *b;
	uint8_t cut[20] = {0};

	if (!packet_sctp_item_next(walk, &item))
		return false;
	b = walk->packet->bytes + item.offset;
	shape = shape_of(b[0]);
	*out = (struct packet_sctp_chunk){
		.type = b[0],
		.flags = b[1],
		.length = (uint16_t)item.length,
		.padding = item.padding,
		.offset = item.offset,
		.captured = item.captured,
		.fixed = 4,
		.value_offset = item.offset + 4,
	};
	if (!item.fits)
		return true;
	out->value_length = item.length - 4;
	if (item.length < shape.fixed)
		return true;
	if (shape.step == NOTHING ? item.length > shape.fixed
				  : (item.length - shape.fixed) % shape.step != 0)
		return true;
	out->ok = true;
	out->fixed = shape.fixed;
	out->list = shape.list;
	out->value_offset = item.offset + shape.fixed;
	out->value_length = item.length - shape.fixed;
	if (item.captured < shape.fixed)
		b = memcpy(cut, b, item.captured);
	fields(out, b);
	return true;
}

struct packet_walk packet_sctp_chunk_list(const struct packet_walk *walk,
					  const struct packet_sctp_chunk *c)
{
	struct packet_walk list = {.packet = walk->packet, .layer = walk->layer};

	if (!c->ok || c->list == PACKET_SCTP_NO_LIST)
		return list;
	list.next = c->value_offset;
	list.end = c->value_offset + c->value_length;
	list.captured = c->offset + c->captured;
	return list;
}
