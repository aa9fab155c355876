/* SPDX-License-Identifier: MIT */
/*
 * TIPC, version 2. What the words of a header say is in Linux, net/tipc/msg.h; the header of
 * encrypted messages in net/tipc/crypto.h. It is shown by tipc_show.c and tipc_content.c.
 */
#include "harness/packet/tipc/internal.h"

/*
 *     31    29 28     25 24     21 20 19 18 17 16                    0
 *    +--------+---------+---------+--+--+--+--+-----------------------+
 * w0 | version| user    | hdr size|N |D |S |Y | message size          |
 *    +--------+---------+---------+--+--+--+--+-----------------------+
 * w1 | type   | error   | reroute | scope     | broadcast ack (16)    |
 *    +--------+---------+---------+-----------+-----------------------+
 * w2 | link ack (16)                          | link sequence (16)    |
 *    +----------------------------------------+-----------------------+
 * w3 | previous node                                                  |
 *    +----------------------------------------------------------------+
 * w4 | originating port                                               |
 *    +----------------------------------------------------------------+
 * w5 | destination port (multicast: network identity)                 |
 *    +----------------------------------------------------------------+
 * w6 | originating node               } header of 32 bytes and more   |
 * w7 | destination node               }                               |
 *    +----------------------------------------------------------------+
 * w8 | name type                      } 40 bytes: named               |
 * w9 | name instance or lower bound   }                               |
 *    +----------------------------------------------------------------+
 * w10| upper bound                    } 44 bytes: multicast           |
 *    +----------------------------------------------------------------+
 *
 * This is payload; protocols inside of TIPC put other things in words 1, 2 and 4 to 14. The header
 * size counts words, the message size bytes, header included.
 */
static void read_fields(struct packet_tipc *t, const uint8_t *b, uint32_t there)
{
	uint32_t words = there / 4 < 15 ? there / 4 : 15;

	*t = (struct packet_tipc){.header_size = 0};
	for (uint32_t i = 0; i < words; i++)
		t->words[i] = packet_be32(b + 4 * (size_t)i);
	/* of a word that was cut, what is there */
	for (uint32_t i = 4 * words; i < there && words < 15; i++)
		t->words[words] |= (uint32_t)b[i] << (24 - 8 * (i % 4));
	t->version = (uint8_t)(t->words[0] >> 29);
	t->user = t->words[0] >> 25 & 15;
	t->header_size = (uint8_t)((t->words[0] >> 21 & 15) * 4);
	t->non_sequenced = (t->words[0] >> 20 & 1) != 0;
	t->destination_droppable = (t->words[0] >> 19 & 1) != 0;
	t->source_droppable = (t->words[0] >> 18 & 1) != 0;
	t->syn = (t->words[0] >> 17 & 1) != 0;
	t->message_size = t->words[0] & 0x1ffff;
	t->type = (uint8_t)(t->words[1] >> 29);
	t->previous_node = t->words[3];
	if (t->user <= PACKET_TIPC_CRITICAL_IMPORTANCE || t->user == PACKET_TIPC_CONN_MANAGER)
		t->error_code = t->words[1] >> 25 & 15;
	if (t->user != PACKET_TIPC_LINK_CONFIG && t->user != PACKET_TIPC_BCAST_PROTOCOL) {
		t->link_acknowledge = (uint16_t)(t->words[2] >> 16);
		t->link_sequence = (uint16_t)t->words[2];
	}
	/* of a header that is shorter the others are not its own */
	for (uint32_t i = t->header_size >= 4 ? t->header_size / 4u : 1; i < 15; i++)
		t->words[i] = 0;
}

/* How long the header has to be for what user and type say is in it. */
static uint32_t least_header(const struct packet_tipc *t)
{
	static const uint8_t payload[] = {24, 44, 40, 32, 44, 44, 44, 44};

	return t->user <= PACKET_TIPC_CRITICAL_IMPORTANCE ? payload[t->type & 7] : 40;
}

/* What is wrong with the sizes in the first word: a text with two values, or NULL. */
struct fault {
	const char *text;
	uint32_t value1, value2;
};

static struct fault size_fault(const struct packet_tipc *t, uint32_t there)
{
	if (t->header_size < 24)
		return (struct fault){"Header size is %1 bytes, a message has at least 24",
				      t->header_size, 0};
	if (t->message_size < t->header_size)
		return (struct fault){"Header size is %1 bytes, Message size only %2",
				      t->header_size, t->message_size};
	if (there >= 8 && t->header_size < least_header(t))
		return (struct fault){"Header size is %1 bytes, this type of message needs %2",
				      t->header_size, least_header(t)};
	return (struct fault){NULL, 0, 0};
}

bool packet_tipc_bundled_next(struct packet_walk *walk, struct packet_tipc_bundled *out)
{
	uint32_t left = walk->end - walk->next, there, size;

	if (walk->layer->tipc.user != PACKET_TIPC_MSG_BUNDLER || walk->next >= walk->end)
		return false;
	there = walk->captured > walk->next ? walk->captured - walk->next : 0;
	if (left < 24 || there < 4) {
		walk->fault = left < 24 ? PACKET_MALFORMED : PACKET_TRUNCATED;
		return false;
	}
	read_fields(&out->header, walk->packet->bytes + walk->next, there);
	size = out->header.message_size;
	out->offset = walk->next;
	out->ok = out->header.version == 2 && size <= left &&
		  size_fault(&out->header, there).text == NULL;
	out->captured = out->ok && size < there ? size : there;
	if (!out->ok || size > there) {
		walk->fault = out->ok ? PACKET_TRUNCATED : PACKET_MALFORMED;
		walk->next = walk->end;
		return true;
	}
	size = (size + 3) & ~3u;
	walk->next += size < left ? size : left;
	return true;
}

bool packet_tipc_publication_next(struct packet_walk *walk, struct packet_tipc_publication *out)
{
	const uint8_t *b;
	uint32_t left = walk->end - walk->next, there;

	if (walk->layer->tipc.user != PACKET_TIPC_NAME_DISTRIBUTOR || walk->next >= walk->end)
		return false;
	there = walk->captured > walk->next ? walk->captured - walk->next : 0;
	if (left < 20 || there < 20) {
		walk->fault = left < 20 ? PACKET_MALFORMED : PACKET_TRUNCATED;
		return false;
	}
	b = walk->packet->bytes + walk->next;
	*out = (struct packet_tipc_publication){
		.offset = walk->next,
		.type = packet_be32(b),
		.lower = packet_be32(b + 4),
		.upper = packet_be32(b + 8),
		.port = packet_be32(b + 12),
		.key = packet_be32(b + 16),
	};
	walk->next += 20;
	return true;
}

static void check_bundle(struct decoder *d, const struct packet_tipc *t)
{
	struct packet_walk walk = packet_walk(d->p, d->layer);
	struct packet_tipc_bundled m;
	uint32_t count = 0, left = walk.end - walk.next;

	while (packet_tipc_bundled_next(&walk, &m)) {
		struct fault fault = size_fault(&m.header, walk.captured - m.offset);

		count++;
		if (m.header.version != 2)
			packet_contradiction(d, "Version of a bundled message is %1, not 2",
					     m.header.version, 0, m.offset, 1);
		else if (fault.text != NULL)
			packet_contradiction(d, fault.text, fault.value1, fault.value2, m.offset,
					     2);
		else if (m.header.message_size > left)
			packet_contradiction(d,
					     "Message size is %1, the bundle has %2 bytes left "
					     "for it",
					     m.header.message_size, left, m.offset + 1, 3);
		left = walk.end - walk.next;
	}
	if (walk.fault == PACKET_MALFORMED && walk.next < walk.end)
		packet_contradiction(d, "%1 bytes are left, too few for another message", left, 0,
				     walk.next, left);
	if (walk.fault == 0 && count != t->words[9] >> 16)
		packet_contradiction(d, "Message count is %1, there are %2", t->words[9] >> 16,
				     count, d->layer->offset + 36, 2);
}

static void check_publications(struct decoder *d)
{
	struct packet_walk walk = packet_walk(d->p, d->layer);
	struct packet_tipc_publication item;

	while (packet_tipc_publication_next(&walk, &item))
		;
	if (walk.fault == PACKET_MALFORMED)
		packet_contradiction(d, "a publication has 20 bytes, %1 are left for it",
				     walk.end - walk.next, 0, walk.next, walk.end - walk.next);
}

/* What stands behind the header: other messages, or what belongs to it. */
static void decode_content(struct decoder *d, const struct packet_tipc *t)
{
	struct packet_layer *l = d->layer;

	d->next = NULL;
	switch (t->user) {
	case PACKET_TIPC_MSG_BUNDLER:
		packet_extend(d, l->length);
		check_bundle(d, t);
		return;
	case PACKET_TIPC_NAME_DISTRIBUTOR:
		packet_extend(d, l->length);
		check_publications(d);
		return;
	case PACKET_TIPC_LINK_PROTOCOL:
	case PACKET_TIPC_LINK_CONFIG:
		packet_extend(d, l->length);
		return;
	case PACKET_TIPC_MSG_FRAGMENTER:
		packet_advance(d);
		/* the first one starts with the header of the whole, which is longer than it */
		if (t->type != 0) {
			d->next = packet_decode_data;
			break;
		}
		d->first_fragment = true;
		d->bound = PACKET_BOUND_OPEN;
		d->next = packet_decode_tipc;
		break;
	case PACKET_TIPC_TUNNEL_PROTOCOL:
		packet_advance(d);
		d->next = packet_decode_tipc;
		break;
	default:
		packet_advance(d);
		d->next = packet_decode_data;
		break;
	}
	if (d->at >= d->end)
		d->next = NULL;
}

/*
 *     31    29 28     25 24 23  22 21  20 19 18 17 16 15              0
 *    +--------+---------+--+------+------+--+--+--+--+----------------+
 * w0 | 7      | user    |D | TX   | RX   |K |M |N |  | reserved       |
 *    +--------+---------+--+------+------+--+--+--+--+----------------+
 * w1 | sequence number (8 bytes)                                      |
 *    +----------------------------------------------------------------+
 * w3 | previous node; of LINK_CONFIG the node's identity, 16 bytes    |
 *    +----------------------------------------------------------------+
 *
 * The message behind it is encrypted; its last 16 bytes are the authentication tag.
 */
static void decode_encrypted(struct decoder *d, struct packet_tipc *t)
{
	uint32_t length = t->user == PACKET_TIPC_LINK_CONFIG ? 28 : 16;
	uint32_t word = t->words[0];
	const uint8_t *h = packet_take(d, length);

	*t = (struct packet_tipc){
		.version = 7,
		.user = word >> 25 & 15,
		.encrypted = true,
		.destined = (word >> 24 & 1) != 0,
		.tx_key = word >> 22 & 3,
		.rx_key = word >> 20 & 3,
		.encrypted_sequence = packet_be64(h + 4),
	};
	t->words[0] = word;
	if (t->user != PACKET_TIPC_LINK_CONFIG)
		t->previous_node = packet_be32(h + 12);
	if (d->layer->header_captured < length)
		return;
	packet_advance(d);
	d->next = packet_decode_data;
}

void packet_decode_tipc(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_TIPC);
	struct packet_tipc *t;
	const uint8_t *h;
	struct fault fault;
	uint32_t there;

	if (l == NULL)
		return;
	t = &l->tipc;
	h = packet_take(d, 4);
	read_fields(t, h, 4);
	if (l->header_captured < 1)
		return;
	if (t->version == 7) {
		decode_encrypted(d, t);
		return;
	}
	if (t->version != 2) {
		packet_contradiction(d, "Version is %1, neither 2 nor 7, encrypted", t->version, 0,
				     l->offset, 1);
		packet_give_up(d);
		return;
	}
	if (l->header_captured < 4)
		return;
	fault = size_fault(t, 4);
	if (fault.text != NULL) {
		packet_contradiction(d, fault.text, fault.value1, fault.value2, l->offset, 2);
		packet_give_up(d);
		return;
	}
	packet_narrow(d, t->message_size, "Message size is %1, only %2 bytes are there",
		      l->offset + 1, 3);
	h = packet_take(d, t->header_size);
	there = l->header_captured;
	read_fields(t, h, there);
	fault = size_fault(t, there);
	if (fault.text != NULL)
		packet_contradiction(d, fault.text, fault.value1, fault.value2, l->offset, 2);
	if (there < t->header_size)
		return;
	if (fault.text != NULL) {
		packet_give_up(d);
		return;
	}
	decode_content(d, t);
}

static void walk_content(struct packet_walk *walk, const struct packet_layer *l)
{
	if (l->tipc.user == PACKET_TIPC_MSG_BUNDLER || l->tipc.user == PACKET_TIPC_NAME_DISTRIBUTOR)
		walk->next = l->offset + l->tipc.header_size;
}

const struct packet_protocol packet_protocol_tipc = {
	.name = "TIPC",
	.show = packet_show_tipc,
	.line = packet_line_tipc,
	.walk = walk_content,
};
