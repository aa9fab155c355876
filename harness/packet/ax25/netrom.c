/* SPDX-License-Identifier: MIT */
/* NET/ROM: network and transport layer of amateur packet radio, as Linux's net/netrom has it. */
#include "harness/packet/ax25/internal.h"

enum {
	EXTENSION = 0,
	CONNECT_REQUEST = 1,
	CONNECT_ACKNOWLEDGE = 2,
	DISCONNECT_REQUEST = 3,
	DISCONNECT_ACKNOWLEDGE = 4,
	INFORMATION = 5,
	INFORMATION_ACKNOWLEDGE = 6,
	RESET = 7, /* an extension of Xrouter */
	FAMILY_IP = 0x0c,
	NODES_SIGNATURE = 0xff,
	NODE_LENGTH = 21,
};

static const char *opcode_name(uint8_t opcode)
{
	static const char *const names[] = {
		"protocol extension",	   "connect request",
		"connect acknowledge",	   "disconnect request",
		"disconnect acknowledge",  "information",
		"information acknowledge", "reset",
	};

	return opcode < 8 ? names[opcode] : NULL;
}

static void decode_connect_request(struct decoder *d, struct packet_netrom *n)
{
	uint32_t length = d->end - d->layer->offset >= 37 ? 37 : 35;
	const uint8_t *h = packet_take(d, length);

	n->window = h[20];
	packet_ax25_address(h + 21, &n->user);
	packet_ax25_address(h + 28, &n->node);
	n->has_extension = length == 37;
	if (n->has_extension)
		n->extension = packet_le16(h + 35);
}

static void decode_connect_acknowledge(struct decoder *d, struct packet_netrom *n)
{
	uint32_t length = d->end - d->layer->offset >= 22 ? 22 : 21;
	const uint8_t *h = packet_take(d, length);

	n->window = h[20];
	n->has_extension = length == 22;
	if (n->has_extension)
		n->extension = h[21];
}

/*
 *        0       1                      7
 *    +-------+----------------------+------------------------------------------
 *    | 0xff  | mnemonic (6)         | nodes, 21 bytes each
 *    +-------+----------------------+------------------------------------------
 *    node: callsign (7), mnemonic (6), best neighbour's callsign (7), quality (1)
 *
 * The broadcast of routes, in UI frames to NODES. A callsign cannot start with 0xff: bit 0 of its
 * first byte is 0. In I frames the same signature starts something else (INP3): data.
 */
static void decode_nodes(struct decoder *d, struct packet_netrom *n)
{
	struct packet_layer *l = d->layer;
	const uint8_t *h = packet_take(d, 7);
	struct packet_netrom_node node;
	struct packet_walk walk;

	n->is_nodes = true;
	packet_ax25_text(h + 1, 6, n->mnemonic);
	if (l->header_captured < 7)
		return;
	n->list_offset = l->offset + 7;
	packet_extend(d, d->end - l->offset);
	walk = packet_walk(d->p, l);
	while (packet_netrom_node_next(&walk, &node))
		continue;
	packet_walk_fault(d, &walk, "a node has 21 bytes, the frame has %2 left for it");
}

/*
 *        0                   7                   14      15
 *    +-------------------+-------------------+-------+----------------------------------
 *    | Source (7)        | Destination (7)   | TTL   | transport header
 *    +-------------------+-------------------+-------+----------------------------------
 *        15      16      17      18      19
 *    +-------+-------+-------+-------+-------+---------------------------
 *    | index | id    | tx seq| rx seq| opcode| by opcode
 *    +-------+-------+-------+-------+-------+---------------------------
 *    opcode: 0x80 choke, 0x40 NAK, 0x20 more follows, 4 bits of opcode
 *
 * include/net/netrom.h, net/netrom/nr_subr.c. Index and id are the receiver's circuit; a connect
 * request has the sender's, and an acknowledgement has the sender's in the place of the numbers. Of
 * opcode 0 they are a protocol: 0x0c 0x0c is IP.
 *
 *    connect request:      window, user (7), node (7), of BPQ nodes a timeout (2, little-endian)
 *    connect acknowledge:  window, of BPQ nodes a TTL; with choke: refused
 */
void packet_decode_netrom(struct decoder *d)
{
	const struct packet_layer *below = d->layer;
	bool numbered = below != NULL && below->kind == PACKET_AX25 &&
			below->ax25.hdlc.frame == PACKET_HDLC_I;
	struct packet_layer *l;
	struct packet_netrom *n;
	const uint8_t *h;

	if (d->readable > d->at && d->bytes[d->at] == NODES_SIGNATURE && numbered) {
		d->next = packet_decode_data;
		return;
	}
	l = packet_open(d, PACKET_NETROM);
	if (l == NULL)
		return;
	n = &l->netrom;
	*n = (struct packet_netrom){0};
	if (d->readable > d->at && d->bytes[d->at] == NODES_SIGNATURE) {
		decode_nodes(d, n);
		return;
	}
	h = packet_take(d, 20);
	packet_ax25_address(h, &n->source);
	packet_ax25_address(h + 7, &n->destination);
	n->time_to_live = h[14];
	n->circuit_index = h[15];
	n->circuit_id = h[16];
	n->transmit_sequence = h[17];
	n->receive_sequence = h[18];
	n->opcode = h[19] & 15;
	n->choke = (h[19] & 0x80) != 0;
	n->nak = (h[19] & 0x40) != 0;
	n->more = (h[19] & 0x20) != 0;
	if (l->header_captured < 20)
		return;
	if (n->opcode == CONNECT_REQUEST)
		decode_connect_request(d, n);
	else if (n->opcode == CONNECT_ACKNOWLEDGE)
		decode_connect_acknowledge(d, n);
	if (l->header_captured < l->header_length)
		return;
	packet_advance(d);
	d->next = packet_decode_data;
	if (n->opcode == EXTENSION && n->circuit_index == FAMILY_IP && n->circuit_id == FAMILY_IP)
		d->next = packet_decode_ipv4;
}

bool packet_netrom_node_next(struct packet_walk *walk, struct packet_netrom_node *out)
{
	const uint8_t *b = walk->packet->bytes + walk->next;

	if (walk->next >= walk->end)
		return false;
	if (walk->end - walk->next < NODE_LENGTH) {
		walk->fault = PACKET_MALFORMED;
		return false;
	}
	if (walk->captured < walk->next || walk->captured - walk->next < NODE_LENGTH) {
		walk->fault = PACKET_TRUNCATED;
		return false;
	}
	packet_ax25_address(b, &out->destination);
	packet_ax25_text(b + 7, 6, out->mnemonic);
	packet_ax25_address(b + 13, &out->neighbour);
	out->quality = b[20];
	out->offset = walk->next;
	walk->next += NODE_LENGTH;
	return true;
}

static void show_nodes(struct packet_view *v, const struct packet_layer *l)
{
	struct packet_walk walk = packet_walk(v->p, l);
	struct packet_netrom_node node;

	packet_show_hex(v, "Signature", l->offset, 1, NODES_SIGNATURE, "routing broadcast");
	packet_show_text(v, "Mnemonic", l->offset + 1, 6, l->netrom.mnemonic);
	while (packet_netrom_node_next(&walk, &node)) {
		packet_put_ax25(packet_value(v), &node.destination);
		packet_show(v, "Route", node.offset, NODE_LENGTH);
		packet_show_in(v);
		packet_show_ax25(v, "Destination node", node.offset, &node.destination, "C");
		packet_show_text(v, "Mnemonic", node.offset + 7, 6, node.mnemonic);
		packet_show_ax25(v, "Best neighbour", node.offset + 13, &node.neighbour, "C");
		packet_show_number(v, "Quality", node.offset + 20, 1, node.quality, NULL);
		packet_show_out(v);
	}
	packet_show_rest(v, &walk);
}

/* The four bytes in front of the opcode, by what it makes of them. */
static void show_circuit(struct packet_view *v, const struct packet_netrom *n, uint32_t at)
{
	switch (n->opcode) {
	case EXTENSION:
		packet_show_hex(v, "Protocol family", at, 1, n->circuit_index,
				n->circuit_index == FAMILY_IP ? "IP" : NULL);
		packet_show_hex(v, "Protocol id", at + 1, 1, n->circuit_id, NULL);
		break;
	case CONNECT_REQUEST:
		packet_show_number(v, "My circuit index", at, 1, n->circuit_index, NULL);
		packet_show_number(v, "My circuit id", at + 1, 1, n->circuit_id, NULL);
		break;
	default:
		packet_show_number(v, "Your circuit index", at, 1, n->circuit_index, NULL);
		packet_show_number(v, "Your circuit id", at + 1, 1, n->circuit_id, NULL);
		break;
	}
	switch (n->opcode) {
	case CONNECT_ACKNOWLEDGE:
	case RESET:
		packet_show_number(v, "My circuit index", at + 2, 1, n->transmit_sequence, NULL);
		packet_show_number(v, "My circuit id", at + 3, 1, n->receive_sequence, NULL);
		break;
	case INFORMATION:
		packet_show_number(v, "Tx sequence number", at + 2, 1, n->transmit_sequence, NULL);
		packet_show_number(v, "Rx sequence number", at + 3, 1, n->receive_sequence, NULL);
		break;
	case INFORMATION_ACKNOWLEDGE:
		packet_show_number(v, "Unused", at + 2, 1, n->transmit_sequence, NULL);
		packet_show_number(v, "Rx sequence number", at + 3, 1, n->receive_sequence, NULL);
		break;
	default:
		packet_show_number(v, "Unused", at + 2, 1, n->transmit_sequence, NULL);
		packet_show_number(v, "Unused", at + 3, 1, n->receive_sequence, NULL);
		break;
	}
}

static void show_netrom(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_netrom *n = &l->netrom;
	const char *name = opcode_name(n->opcode);
	uint32_t at = l->offset;

	if (n->is_nodes) {
		show_nodes(v, l);
		return;
	}
	packet_show_ax25(v, "Source", at, &n->source, "C");
	packet_show_ax25(v, "Destination", at + 7, &n->destination, "C");
	packet_show_number(v, "Time to Live", at + 14, 1, n->time_to_live, NULL);
	/* what its first bytes are is told by its last one */
	if (at + 20 > v->limit)
		return;
	packet_show_text(v, "Transport header", at + 15, 5, name != NULL ? name : "unknown");
	packet_show_in(v);
	show_circuit(v, n, at + 15);
	packet_show_flag(v, "Choke", at + 19, 1, 0x80, n->choke);
	packet_show_flag(v, "NAK", at + 19, 1, 0x40, n->nak);
	packet_show_flag(v, "More follows", at + 19, 1, 0x20, n->more);
	packet_show_bits(v, "Opcode", at + 19, 1, 0x0f, n->opcode, name);
	packet_show_out(v);
	if (n->opcode == CONNECT_REQUEST) {
		packet_show_number(v, "Proposed window", at + 20, 1, n->window, NULL);
		packet_show_ax25(v, "User", at + 21, &n->user, "C");
		packet_show_ax25(v, "Node", at + 28, &n->node, "C");
		if (n->has_extension)
			packet_show_unit(v, "Timeout", at + 35, 2, n->extension, "s");
	} else if (n->opcode == CONNECT_ACKNOWLEDGE) {
		packet_show_number(v, "Accepted window", at + 20, 1, n->window, NULL);
		if (n->has_extension)
			packet_show_number(v, "Circuit TTL", at + 21, 1, n->extension, NULL);
	}
}

static void line_nodes(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	struct packet_walk walk = packet_walk(p, l);
	struct packet_netrom_node node;
	unsigned int count = 0;

	packet_put(out, "nodes of ");
	packet_put(out, l->netrom.mnemonic);
	while (packet_netrom_node_next(&walk, &node))
		count++;
	packet_put(out, ": ");
	packet_put_number(out, count);
	packet_put(out, walk.fault != 0 ? " ..." : "");
}

static void line_netrom(struct packet_out *out, const struct packet *p,
			const struct packet_layer *l)
{
	const struct packet_netrom *n = &l->netrom;
	const char *name = opcode_name(n->opcode);

	packet_put(out, "NET/ROM ");
	if (l->header_captured < (n->is_nodes ? 7u : 20u)) {
		packet_put(out, "header cut");
		return;
	}
	if (n->is_nodes) {
		line_nodes(out, p, l);
		return;
	}
	packet_put_ax25(out, &n->source);
	packet_put(out, " > ");
	packet_put_ax25(out, &n->destination);
	packet_put_pair(out, "ttl", n->time_to_live);
	packet_put_char(out, ' ');
	if (name != NULL) {
		packet_put(out, name);
	} else {
		packet_put(out, "opcode ");
		packet_put_number(out, n->opcode);
	}
	packet_put(out, " circuit ");
	packet_put_number(out, n->circuit_index);
	packet_put_char(out, '/');
	packet_put_number(out, n->circuit_id);
	if (n->opcode == INFORMATION)
		packet_put_pair(out, "tx", n->transmit_sequence);
	if (n->opcode == INFORMATION || n->opcode == INFORMATION_ACKNOWLEDGE)
		packet_put_pair(out, "rx", n->receive_sequence);
	packet_put(out, n->choke ? " choke" : "");
	packet_put(out, n->nak ? " nak" : "");
	packet_put(out, n->more ? " more" : "");
	if (packet_data_behind(p, l) > 0)
		packet_put_length(out, packet_data_behind(p, l));
}

static void walk(struct packet_walk *walk, const struct packet_layer *l)
{
	walk->next = l->netrom.list_offset;
}

const struct packet_protocol packet_protocol_netrom = {
	.name = "NET/ROM",
	.show = show_netrom,
	.line = line_netrom,
	.walk = walk,
};
