/* SPDX-License-Identifier: MIT */
/*
 * DECnet Phase IV, the Routing layer: DECnet DIGITAL Network Architecture, Routing Layer
 * Functional Specification, version 2.0.0. All numbers are little-endian. Texts are in show.c.
 */
#include "harness/packet/decnet/internal.h"

#include <string.h>

/*
 * Of each message: how many bytes its fixed part has, flags included, and whether an image field,
 * a count and as many bytes, ends it; the count is part of the fixed bytes.
 */
static const struct shape {
	uint8_t fixed;
	bool image;
} shapes[] = {
	[PACKET_DECNET_UNKNOWN] = {1, false},	      [PACKET_DECNET_SHORT] = {6, false},
	[PACKET_DECNET_LONG] = {21, false},	      [PACKET_DECNET_INITIALIZATION] = {12, true},
	[PACKET_DECNET_VERIFICATION] = {4, true},     [PACKET_DECNET_HELLO] = {4, true},
	[PACKET_DECNET_LEVEL_1_ROUTING] = {4, false}, [PACKET_DECNET_LEVEL_2_ROUTING] = {4, false},
	[PACKET_DECNET_ROUTER_HELLO] = {19, true},    [PACKET_DECNET_ENDNODE_HELLO] = {32, true},
};

/* The flags, section "Message formats"; Linux's include/net/dn.h names them too (DN_RT_...). */
static uint8_t message_of(uint8_t flags)
{
	static const uint8_t control[8] = {
		PACKET_DECNET_INITIALIZATION,  PACKET_DECNET_VERIFICATION,
		PACKET_DECNET_HELLO,	       PACKET_DECNET_LEVEL_1_ROUTING,
		PACKET_DECNET_LEVEL_2_ROUTING, PACKET_DECNET_ROUTER_HELLO,
		PACKET_DECNET_ENDNODE_HELLO,   PACKET_DECNET_UNKNOWN,
	};

	if (flags & PACKET_DECNET_FUTURE)
		return PACKET_DECNET_UNKNOWN;
	if (flags & PACKET_DECNET_CONTROL)
		return control[flags >> 1 & 7];
	if ((flags & PACKET_DECNET_FORMAT) == 6)
		return PACKET_DECNET_LONG;
	return (flags & PACKET_DECNET_FORMAT) == 2 ? PACKET_DECNET_SHORT : PACKET_DECNET_UNKNOWN;
}

static void take_hello(struct packet_decnet *n, const uint8_t *m)
{
	memcpy(n->version, m + 1, 3);
	memcpy(n->source_id, m + 4, 6);
	n->source = packet_le16(m + 8);
	n->information = m[10];
	n->block_size = packet_le16(m + 11);
	if (n->message == PACKET_DECNET_ROUTER_HELLO) {
		n->priority = m[13];
		n->timer = packet_le16(m + 15);
	} else {
		memcpy(n->neighbor, m + 22, 6);
		n->timer = packet_le16(m + 28);
	}
}

/* `m` has the fixed part; what was not captured of it is 0. */
static void take_message(struct packet_decnet *n, const uint8_t *m)
{
	switch (n->message) {
	case PACKET_DECNET_SHORT:
		n->destination = packet_le16(m + 1);
		n->source = packet_le16(m + 3);
		n->visit_count = m[5] & 0x3f;
		break;
	case PACKET_DECNET_LONG:
		memcpy(n->destination_id, m + 3, 6);
		n->destination = packet_le16(m + 7);
		memcpy(n->source_id, m + 11, 6);
		n->source = packet_le16(m + 15);
		n->visit_count = m[18];
		break;
	case PACKET_DECNET_INITIALIZATION:
		n->source = packet_le16(m + 1);
		n->information = m[3];
		n->block_size = packet_le16(m + 4);
		memcpy(n->version, m + 6, 3);
		n->timer = packet_le16(m + 9);
		break;
	case PACKET_DECNET_VERIFICATION:
	case PACKET_DECNET_HELLO:
	case PACKET_DECNET_LEVEL_1_ROUTING:
	case PACKET_DECNET_LEVEL_2_ROUTING:
		n->source = packet_le16(m + 1);
		break;
	case PACKET_DECNET_ROUTER_HELLO:
	case PACKET_DECNET_ENDNODE_HELLO:
		take_hello(n, m);
		break;
	default:
		break;
	}
}

/* Segments up to the end, of which the last two bytes are the checksum. */
static void decode_routing(struct decoder *d, uint32_t start)
{
	struct packet_layer *l = d->layer;
	struct packet_decnet *n = &l->decnet;
	uint32_t left = l->offset + l->length - start;

	if (left < 2) {
		packet_contradiction(d, "Length leaves %1 bytes for the checksum, which has 2",
				     left, 0, l->offset, 2);
		packet_give_up(d);
		return;
	}
	if (left % 2 != 0)
		packet_contradiction(d,
				     "Length leaves %1 bytes for segments and checksum, which are "
				     "words of 2 bytes",
				     left, 0, l->offset, 2);
	l->checksum = PACKET_CHECKSUM_UNVERIFIED;
	n->list_offset = start;
	n->list_length = (uint16_t)(left - 2);
	if (packet_extend(d, l->length))
		n->checksum = packet_le16(d->bytes + l->offset + l->length - 2);
}

static void decode_image(struct decoder *d, uint32_t start)
{
	struct packet_layer *l = d->layer;
	struct packet_decnet *n = &l->decnet;
	uint8_t count = d->bytes[start - 1];

	if (count > d->end - start && d->bound == PACKET_BOUND_LENGTH) {
		packet_contradiction(d, "the last field announces %1 bytes, only %2 are left",
				     count, d->end - start, start - 1, 1);
		l->cut = true;
		n->list_offset = start;
		packet_give_up(d);
		return;
	}
	n->list_offset = start;
	n->list_length = count;
	packet_extend(d, start + count - l->offset);
	packet_give_up(d);
}

/* The flags are at `at`; the message ends where the length field says. */
static void decode_message(struct decoder *d, uint32_t at)
{
	struct packet_layer *l = d->layer;
	struct packet_decnet *n = &l->decnet;
	uint8_t fixed[32] = {0};
	const struct shape *shape;
	uint32_t there;

	n->flags = d->bytes[at];
	n->flags_offset = at;
	n->message = message_of(n->flags);
	shape = &shapes[n->message];
	packet_extend(d, at + shape->fixed - l->offset);
	there = l->offset + l->header_captured - at;
	memcpy(fixed, d->bytes + at, there);
	take_message(n, fixed);
	if (there < shape->fixed)
		return;
	if (n->message == PACKET_DECNET_LEVEL_1_ROUTING ||
	    n->message == PACKET_DECNET_LEVEL_2_ROUTING) {
		decode_routing(d, at + shape->fixed);
		return;
	}
	if (shape->image) {
		decode_image(d, at + shape->fixed);
		return;
	}
	packet_advance(d);
	d->next = packet_decode_data;
}

/*
 *    +---------------+---------------+
 *  0 | Length, low   | Length, high  |   of what follows; Ethernet pads
 *    +---------------+---------------+
 *    |1| count       | ...           |   padding, if the first bit says so: count bytes
 *    +---------------+---------------+
 *
 *     7 6 5 4 3 2   0
 *    +-+-+-+-+-+-----+   data: format 2 short, 6 long; V a later version, I/E the sender is on
 *    |0|V|I|T|Q| fmt |   this Ethernet, T (RTS) on its way back, Q (RQR) return it if it cannot
 *    +-+-+-+-+-+-----+   be delivered
 *    |0| 0   |type |1|   control
 *    +-+-----+-----+-+
 *
 *    short    flags, destination 2, source 2, visits 1
 *    long     flags, area 1, subarea 1, destination 6, area 1, subarea 1, source 6, NL2 1,
 *             visits 1, S-CLASS 1, PT 1
 *    0 initialization   source 2, TIINFO 1, BLKSIZE 2, TIVER 3, TIMER 2, image
 *    1 verification     source 2, image
 *    2 hello and test   source 2, image
 *    3, 4 routing       source 2, reserved 1, segments, checksum 2
 *    5 router hello     TIVER 3, ID 6, IINFO 1, BLKSIZE 2, PRIORITY 1, AREA 1, TIMER 2, MPD 1,
 *                       image of the routers it knows
 *    6 endnode hello    TIVER 3, ID 6, IINFO 1, BLKSIZE 2, AREA 1, SEED 8, NEIGHBOR 6, TIMER 2,
 *                       MPD 1, image of test data
 *
 * An image is a count in a byte and as many bytes.
 */
void packet_decode_decnet(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_DECNET);
	struct packet_decnet *n;
	const uint8_t *h;
	uint32_t at;

	if (l == NULL)
		return;
	n = &l->decnet;
	*n = (struct packet_decnet){0};
	h = packet_take(d, 2);
	n->length = packet_le16(h);
	if (l->header_captured < 2)
		return;
	if (n->length == 0) {
		packet_contradiction(d, "Length is 0, a message has at least its flags", 0, 0,
				     l->offset, 2);
		packet_give_up(d);
		return;
	}
	packet_narrow(d, 2u + n->length, "Length announces %1 bytes with itself, only %2 are there",
		      l->offset, 2);
	at = l->offset + 2;
	if (!packet_extend(d, 3))
		return;
	if (d->bytes[at] & PACKET_DECNET_PADDED) {
		n->padding = d->bytes[at] & 0x7f;
		if (n->padding == 0 ||
		    (n->padding >= d->end - at && d->bound == PACKET_BOUND_LENGTH)) {
			packet_contradiction(d,
					     "%1 bytes of padding, of which the first says so, in "
					     "front of a message, in %2 bytes",
					     n->padding, d->end - at, at, 1);
			packet_give_up(d);
			return;
		}
		at += n->padding;
		if (!packet_extend(d, at + 1 - l->offset))
			return;
	}
	decode_message(d, at);
}

/* Words, low byte first, in one's complement, starting from 1; not inverted. */
static enum packet_checksum verify(const struct packet *p, const struct packet_layer *l,
				   uint32_t *expected)
{
	const struct packet_decnet *n = &l->decnet;
	uint32_t end = n->list_offset + n->list_length, sum = 1;

	if (n->message != PACKET_DECNET_LEVEL_1_ROUTING &&
	    n->message != PACKET_DECNET_LEVEL_2_ROUTING)
		return PACKET_CHECKSUM_NONE;
	if (n->list_offset == 0 || n->list_length % 2 != 0 || end + 2 > p->captured)
		return PACKET_CHECKSUM_UNKNOWN;
	for (uint32_t at = n->list_offset; at < end; at += 2) {
		sum += packet_le16(p->bytes + at);
		sum = (sum & 0xffff) + (sum >> 16);
	}
	if (expected != NULL)
		*expected = sum;
	return sum == n->checksum ? PACKET_CHECKSUM_GOOD : PACKET_CHECKSUM_BAD;
}

const struct packet_protocol packet_protocol_decnet = {
	.name = "DECnet",
	.show = packet_show_decnet,
	.line = packet_line_decnet,
	.verify = verify,
};
