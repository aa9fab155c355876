/* SPDX-License-Identifier: MIT */
/* TIPC in words: what follows the header and is none of the application's data. */
#include "harness/packet/tipc/internal.h"

/*
 * Blocks of what is missing, if the peers agreed on them, which nothing says here: they are there
 * if their length and their two counts agree. struct tipc_gap_ack_blks of net/tipc/msg.h.
 */
static uint32_t show_gap_blocks(struct packet_view *v, uint32_t at, uint32_t end)
{
	const uint8_t *b = v->p->bytes + at;
	uint32_t length, counts;

	if (at + 4 > end || at + 4 > v->limit)
		return at;
	length = packet_be16(b);
	counts = (uint32_t)b[2] + b[3];
	if (length != 4 + 4 * counts || at + length > end)
		return at;
	packet_show_text(v, "Gap ACK blocks", at, length, "");
	packet_show_in(v);
	packet_show_number(v, "Length", at, 2, length, NULL);
	packet_show_number(v, "Unicast blocks", at + 2, 1, b[2], NULL);
	packet_show_number(v, "Broadcast blocks", at + 3, 1, b[3], NULL);
	for (uint32_t i = 4; i < length && at + i + 4 <= v->limit; i += 4) {
		packet_show_number(v, "Ack", at + i, 2, packet_be16(b + i), NULL);
		packet_show_number(v, "Gap", at + i + 2, 2, packet_be16(b + i + 2), NULL);
	}
	packet_show_out(v);
	return at + length;
}

static void show_interface(struct packet_view *v, uint32_t at, uint32_t end)
{
	struct packet_out *out = packet_value(v);

	if (end <= at || end > v->limit)
		return;
	for (uint32_t i = at; i < end && v->p->bytes[i] != 0; i++) {
		uint8_t c = v->p->bytes[i];

		packet_put_char(out, (char)(c > 0x20 && c < 0x7f ? c : '.'));
	}
	packet_show(v, "Bearer Instance", at, end - at);
}

/* What of the message stands behind the header, when it is part of the layer. */
void packet_show_tipc_content(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_tipc *t = &l->tipc;
	struct packet_walk walk = packet_walk(v->p, l);
	struct packet_tipc_publication item;
	uint32_t at = l->offset + t->header_size, end = l->offset + l->header_length;

	switch (t->user) {
	case PACKET_TIPC_NAME_DISTRIBUTOR:
		while (packet_tipc_publication_next(&walk, &item)) {
			packet_show_text(v, "Publication", item.offset, 20, "");
			packet_show_in(v);
			packet_show_number(v, "Type", item.offset, 4, item.type, NULL);
			packet_show_number(v, "Lower", item.offset + 4, 4, item.lower, NULL);
			packet_show_number(v, "Upper", item.offset + 8, 4, item.upper, NULL);
			packet_show_number(v, "Port", item.offset + 12, 4, item.port, NULL);
			packet_show_number(v, "Key", item.offset + 16, 4, item.key, NULL);
			packet_show_out(v);
		}
		packet_show_rest(v, &walk);
		return;
	case PACKET_TIPC_LINK_PROTOCOL:
		if (t->type != 0) {
			show_interface(v, at, end);
			return;
		}
		at = show_gap_blocks(v, at, end);
		if (at < end)
			packet_show_bytes(v, "Domain record", at, end - at);
		return;
	case PACKET_TIPC_LINK_CONFIG:
		if (at < end)
			packet_show_bytes(v, end - at == 16 ? "Node identity" : "Content", at,
					  end - at);
		return;
	default:
		return;
	}
}
