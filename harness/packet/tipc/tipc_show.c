/* SPDX-License-Identifier: MIT */
/* TIPC in words: what each user puts into the words of the header. */
#include "harness/packet/tipc/internal.h"

/* A header and where it starts: that of the layer, or of a bundled message. */
struct place {
	struct packet_view *v;
	const struct packet_tipc *t;
	uint32_t at;
};

/* Words that the header does not have are not shown. */
static bool has(const struct place *m, unsigned int word)
{
	return word == 0 || m->t->header_size / 4u > word;
}

/* The bytes of a word that bits are in, for the mask of these bits. */
static uint32_t bytes_of(uint32_t at, unsigned int word, uint32_t *mask, uint32_t *length)
{
	uint32_t first = 0, last = 3;

	while (first < 3 && (*mask & 0xff000000u >> 8 * first) == 0)
		first++;
	while (last > first && (*mask & 0xff000000u >> 8 * last) == 0)
		last--;
	*mask >>= 8 * (3 - last);
	*length = last - first + 1;
	return at + 4 * word + first;
}

/* The bits of `mask`, `shift` from the lowest one. */
static void bits(const struct place *m, unsigned int word, unsigned int shift, uint32_t mask,
		 const char *name, const char *meaning)
{
	uint32_t shifted = mask << shift, length, at = bytes_of(m->at, word, &shifted, &length);

	if (has(m, word))
		packet_show_bits(m->v, name, at, length, shifted, m->t->words[word] >> shift & mask,
				 meaning);
}

static void flag(const struct place *m, unsigned int word, unsigned int bit, const char *name)
{
	uint32_t mask = 1u << bit, length, at = bytes_of(m->at, word, &mask, &length);

	if (has(m, word))
		packet_show_flag(m->v, name, at, length, mask, (m->t->words[word] >> bit & 1) != 0);
}

/* Halves of a word, in bytes of their own. */
static void high(const struct place *m, unsigned int word, const char *name, const char *meaning)
{
	if (has(m, word))
		packet_show_number(m->v, name, m->at + 4 * word, 2, m->t->words[word] >> 16,
				   meaning);
}

static void low(const struct place *m, unsigned int word, const char *name, const char *meaning)
{
	if (has(m, word))
		packet_show_number(m->v, name, m->at + 4 * word + 2, 2, m->t->words[word] & 0xffff,
				   meaning);
}

static void number(const struct place *m, unsigned int word, const char *name)
{
	if (has(m, word))
		packet_show_number(m->v, name, m->at + 4 * word, 4, m->t->words[word], NULL);
}

static void node(const struct place *m, unsigned int word, const char *name)
{
	if (!has(m, word))
		return;
	packet_put_tipc_node(packet_value(m->v), m->t->words[word]);
	m->v->field.has_number = true;
	m->v->field.number = m->t->words[word];
	packet_show(m->v, name, m->at + 4 * word, 4);
}

static void show_first_word(const struct place *m)
{
	const struct packet_tipc *t = m->t;
	bool link = t->user == PACKET_TIPC_LINK_PROTOCOL;

	bits(m, 0, 29, 7, "Version", NULL);
	bits(m, 0, 25, 15, "User", packet_name_tipc_user(t->user));
	bits(m, 0, 21, 15, "Header size", "words");
	flag(m, 0, 20, "Non-sequenced");
	flag(m, 0, 19, link ? "Keep-alive" : "Destination Droppable");
	flag(m, 0, 18, "Source Droppable");
	flag(m, 0, 17, "SYN");
	bits(m, 0, 0, 0x1ffff, "Message size", NULL);
	bits(m, 1, 29, 7, "Message type", packet_name_tipc_type(t));
}

static void show_ends(const struct place *m)
{
	number(m, 4, "Originating port");
	if (packet_tipc_is_payload(m->t) && m->t->type == PACKET_TIPC_MCAST_MSG)
		number(m, 5, "Network Identity");
	else
		number(m, 5, "Destination port");
	node(m, 6, "Originating Node");
	node(m, 7, "Destination Node");
}

/* Words behind those that the type has: options, which nobody uses. */
static void show_options(const struct place *m, uint32_t from)
{
	if (m->t->header_size > from)
		packet_show_bytes(m->v, "Options", m->at + from, m->t->header_size - from);
}

static void show_payload(const struct place *m)
{
	uint8_t type = m->t->type;

	bits(m, 1, 25, 15, "Error code", packet_name_tipc_error(m->t->error_code));
	bits(m, 1, 21, 15, "Reroute Counter", NULL);
	bits(m, 1, 19, 3, "Lookup Scope", NULL);
	low(m, 1, "Broadcast Acknowledge Number", NULL);
	high(m, 2, "Link Level Acknowledge Number", NULL);
	low(m, 2, "Link Level Sequence Number", NULL);
	node(m, 3, "Previous Node");
	show_ends(m);
	if (type == PACKET_TIPC_CONN_MSG || type == PACKET_TIPC_DIRECT_MSG) {
		show_options(m, 32);
		return;
	}
	number(m, 8, "Port name type");
	if (type == PACKET_TIPC_NAMED_MSG) {
		number(m, 9, "Port name instance");
		show_options(m, 40);
		return;
	}
	if (type == PACKET_TIPC_MCAST_MSG) {
		number(m, 9, "Multicast lower bound");
		number(m, 10, "Multicast upper bound");
	} else {
		number(m, 9, "Port name instance");
		high(m, 10, "Group broadcast sequence number", NULL);
		if (type == PACKET_TIPC_GRP_MEMBER_EVT)
			bits(m, 10, 0, 3, "Group event", NULL);
		else
			flag(m, 10, 0, "Group acknowledgment required");
	}
	show_options(m, 44);
}

static void show_link(const struct place *m)
{
	if (m->t->type == 2) {
		flag(m, 1, 16, "Destination session valid");
		low(m, 1, "Destination session", NULL);
	} else {
		bits(m, 1, 16, 0x1fff, "Sequence Gap", NULL);
		low(m, 1, "Broadcast Acknowledge Number", NULL);
	}
	high(m, 2, "Link Level Acknowledge Number", NULL);
	low(m, 2, "Link Level Sequence Number", NULL);
	node(m, 3, "Previous Node");
	high(m, 4, "Last sent broadcast", NULL);
	low(m, 4, "Next Sent Packet", NULL);
	high(m, 5, "Session Number", NULL);
	flag(m, 5, 14, "Broadcast acknowledgment invalid");
	flag(m, 5, 13, "Peer stopping");
	flag(m, 5, 12, "Redundant Link");
	bits(m, 5, 9, 7, "Bearer identity", NULL);
	bits(m, 5, 4, 31, "Link Priority", NULL);
	bits(m, 5, 1, 7, "Network Plane", NULL);
	flag(m, 5, 0, "Probe");
	node(m, 6, "Originating Node");
	node(m, 7, "Destination Node");
	bits(m, 8, 0, 0x3ff, "Broadcast gap", NULL);
	high(m, 9, "Max Packet", "words");
	low(m, 9, "Link Tolerance", "ms");
}

/*
 * Words 5 to 12 are the address of the bearer (net/tipc/bearer.h): byte 3 is the medium, from byte
 * 4 on the address. Capabilities and signature of word 1 share bit 15.
 */
static void show_discovery(const struct place *m)
{
	struct packet_view *v = m->v;
	uint32_t media = m->at + 20,
		 end = m->at + (m->t->header_size < 52 ? m->t->header_size : 52);
	uint8_t type = (uint8_t)m->t->words[5];

	bits(m, 1, 15, 0x1fff, "Node capabilities", NULL);
	low(m, 1, "Node signature", NULL);
	node(m, 2, "Destination Domain");
	node(m, 3, "Previous Node");
	number(m, 4, "Network Identity");
	packet_show_number(v, "Media type", media + 3, 1, type,
			   type == 1   ? "Ethernet"
			   : type == 2 ? "InfiniBand"
			   : type == 3 ? "UDP"
				       : NULL);
	if (type == 1) {
		packet_show_mac(v, "Media address", media + 4);
	} else if (type == 3) {
		packet_show_number(v, "UDP port", media + 6, 2, m->t->words[6] & 0xffff, NULL);
		if (m->t->words[6] >> 16 == 0x0800)
			packet_show_ipv4(v, "Media address", media + 8);
		else if (end >= media + 24)
			packet_show_ipv6(v, "Media address", media + 8);
	} else if (end > media + 4) {
		packet_show_bytes(v, "Media address", media + 4, end - media - 4);
	}
	if (has(m, 13))
		packet_show_hex(v, "Peer network hash", m->at + 52, 4, m->t->words[13], NULL);
	node(m, 14, "Suggested node address");
}

static void show_broadcast(const struct place *m)
{
	low(m, 1, "Broadcast Acknowledge Number", NULL);
	high(m, 2, "Broadcast gap after", NULL);
	low(m, 2, "Broadcast gap to", NULL);
	node(m, 3, "Previous Node");
	high(m, 4, "Last sent broadcast", NULL);
	/* older versions have the identity, newer ones the flag */
	number(m, 5, "Network Identity");
	flag(m, 5, 14, "Broadcast acknowledgment invalid");
	node(m, 6, "Originating Node");
	node(m, 7, "Destination Node");
	high(m, 9, "Broadcast Tag", NULL);
}

/* The users of words 4 to 9 that have a few fields each. */
static void show_other(const struct place *m)
{
	switch (m->t->user) {
	case PACKET_TIPC_NAME_DISTRIBUTOR:
		low(m, 4, "Named sequence number", NULL);
		flag(m, 5, 14, "Broadcast acknowledgment invalid");
		node(m, 6, "Originating Node");
		node(m, 7, "Destination Node");
		break;
	case PACKET_TIPC_MSG_FRAGMENTER:
		high(m, 4, "Fragment Number", NULL);
		low(m, 4, "Fragment Message Number", NULL);
		node(m, 6, "Originating Node");
		node(m, 7, "Destination Node");
		bits(m, 9, 0, 7, "Importance", NULL);
		break;
	case PACKET_TIPC_MSG_BUNDLER:
		node(m, 6, "Originating Node");
		node(m, 7, "Destination Node");
		high(m, 9, "Message Count", NULL);
		bits(m, 9, 0, 7, "Importance", NULL);
		break;
	case PACKET_TIPC_TUNNEL_PROTOCOL:
		bits(m, 5, 9, 7, "Bearer identity", NULL);
		node(m, 6, "Originating Node");
		node(m, 7, "Destination Node");
		high(m, 9, m->t->type == 0 ? "Synch point" : "Message Count", NULL);
		break;
	case PACKET_TIPC_CONN_MANAGER:
		show_ends(m);
		high(m, 9, "Number of Messages Acknowledged", NULL);
		low(m, 9, "Advertised window", NULL);
		break;
	case PACKET_TIPC_GROUP_PROTOCOL:
		show_ends(m);
		number(m, 8, "Port name type");
		high(m, 9,
		     m->t->type <= 1   ? "Broadcast synch point"
		     : m->t->type == 3 ? "Broadcast acknowledged"
		     : m->t->type == 5 ? "Remitted"
				       : "Reserved",
		     NULL);
		low(m, 9, "Advertised window", NULL);
		break;
	default:
		show_ends(m);
		number(m, 8, "Word 8");
		number(m, 9, "Word 9");
		break;
	}
}

static void show_fields(const struct place *m)
{
	show_first_word(m);
	if (packet_tipc_is_payload(m->t)) {
		show_payload(m);
		return;
	}
	switch (m->t->user) {
	case PACKET_TIPC_LINK_PROTOCOL:
		show_link(m);
		return;
	case PACKET_TIPC_LINK_CONFIG:
		show_discovery(m);
		return;
	case PACKET_TIPC_BCAST_PROTOCOL:
		show_broadcast(m);
		return;
	default:
		break;
	}
	if (m->t->user == PACKET_TIPC_NAME_DISTRIBUTOR) {
		flag(m, 1, 28, "Bulk");
		flag(m, 1, 27, "Last bulk");
		flag(m, 1, 26, "Non-legacy");
	} else if (m->t->user == PACKET_TIPC_CONN_MANAGER) {
		bits(m, 1, 25, 15, "Error code", packet_name_tipc_error(m->t->error_code));
		bits(m, 1, 21, 15, "Reroute Counter", NULL);
		bits(m, 1, 19, 3, "Lookup Scope", NULL);
	}
	low(m, 1, "Broadcast Acknowledge Number", NULL);
	high(m, 2, "Link Level Acknowledge Number", NULL);
	low(m, 2, "Link Level Sequence Number", NULL);
	node(m, 3, "Previous Node");
	show_other(m);
}

static void show_bundled(struct packet_view *v, const struct packet_layer *l)
{
	struct packet_walk walk = packet_walk(v->p, l);
	struct packet_tipc_bundled b;

	while (packet_tipc_bundled_next(&walk, &b)) {
		const struct place m = {v, &b.header, b.offset};
		uint32_t size = b.header.message_size, data = b.offset + b.header.header_size;

		packet_show_text(v, "Bundled message", b.offset, b.ok ? size : walk.end - b.offset,
				 b.ok ? "" : "sizes not possible");
		packet_show_in(v);
		if (b.ok) {
			show_fields(&m);
			packet_show_bytes(v, "Data", data, b.offset + size - data);
		} else {
			show_first_word(&m);
			packet_show_bytes(v, "Not decodable", b.offset + 4, b.captured - 4);
		}
		packet_show_out(v);
		if (b.ok && walk.next > b.offset + size)
			packet_show_bytes(v, "Padding", b.offset + size,
					  walk.next - b.offset - size);
	}
	packet_show_rest(v, &walk);
}

static void show_encrypted(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_tipc *t = &l->tipc;
	const struct place m = {v, t, l->offset};
	uint32_t at = l->offset;

	bits(&m, 0, 29, 7, "Version", "encrypted");
	bits(&m, 0, 25, 15, "User", packet_name_tipc_user(t->user));
	flag(&m, 0, 24, "Destined");
	bits(&m, 0, 22, 3, "TX key", NULL);
	bits(&m, 0, 20, 3, "RX key", NULL);
	flag(&m, 0, 19, "Keep-alive");
	flag(&m, 0, 18, "Master key");
	flag(&m, 0, 17, "No RX key");
	packet_show_number(v, "Sequence number", at + 4, 8, t->encrypted_sequence, NULL);
	if (t->user == PACKET_TIPC_LINK_CONFIG) {
		packet_show_bytes(v, "Node identity", at + 12, 16);
		return;
	}
	packet_put_tipc_node(packet_value(v), t->previous_node);
	v->field.has_number = true;
	v->field.number = t->previous_node;
	packet_show(v, "Previous Node", at + 12, 4);
}

void packet_show_tipc(struct packet_view *v, const struct packet_layer *l)
{
	const struct place m = {v, &l->tipc, l->offset};

	if (l->tipc.encrypted) {
		show_encrypted(v, l);
		return;
	}
	/* a header that contradicts itself has its first word all the same */
	if (l->header_length <= 4) {
		show_first_word(&m);
		return;
	}
	show_fields(&m);
	packet_show_tipc_content(v, l);
	show_bundled(v, l);
}
