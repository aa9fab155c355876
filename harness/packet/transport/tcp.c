/* SPDX-License-Identifier: MIT */
/* TCP, RFC 9293. Its options are in tcp_options.c, those of MPTCP in mptcp.c. */
#include "harness/packet/transport/internal.h"

/* Keeps the values of an option that has its place in struct packet_tcp. */
static void keep_option(struct packet_tcp *tcp, const struct packet_tcp_option *o)
{
	switch (o->kind) {
	case PACKET_TCP_OPTION_MSS:
		tcp->has |= PACKET_TCP_HAS_MSS;
		tcp->maximum_segment_size = o->maximum_segment_size;
		break;
	case PACKET_TCP_OPTION_WINDOW_SCALE:
		tcp->has |= PACKET_TCP_HAS_WINDOW_SCALE;
		tcp->window_scale = o->shift_count;
		break;
	case PACKET_TCP_OPTION_SACK_PERMITTED:
		tcp->has |= PACKET_TCP_HAS_SACK_PERMITTED;
		break;
	case PACKET_TCP_OPTION_SACK:
		tcp->has |= PACKET_TCP_HAS_SACK;
		tcp->sack_blocks = o->blocks;
		for (unsigned int i = 0; i < o->blocks; i++)
			tcp->sack[i] = o->sack[i];
		break;
	case PACKET_TCP_OPTION_TIMESTAMPS:
		tcp->has |= PACKET_TCP_HAS_TIMESTAMPS;
		tcp->timestamp_value = o->timestamp_value;
		tcp->timestamp_echo_reply = o->timestamp_echo_reply;
		break;
	case PACKET_TCP_OPTION_USER_TIMEOUT:
		tcp->has |= PACKET_TCP_HAS_USER_TIMEOUT;
		tcp->user_timeout = (uint16_t)(o->user_timeout | (o->minutes ? 0x8000 : 0));
		break;
	case PACKET_TCP_OPTION_MD5:
		tcp->has |= PACKET_TCP_HAS_MD5;
		break;
	case PACKET_TCP_OPTION_AO:
		tcp->has |= PACKET_TCP_HAS_AO;
		break;
	case PACKET_TCP_OPTION_MPTCP:
		tcp->has |= PACKET_TCP_HAS_MPTCP;
		tcp->mptcp_subtypes |= (uint16_t)(1u << o->mptcp.subtype);
		break;
	case PACKET_TCP_OPTION_END:
	case PACKET_TCP_OPTION_NOP:
		break;
	default:
		tcp->has |= o->fast_open ? PACKET_TCP_HAS_FAST_OPEN : PACKET_TCP_HAS_OTHER;
		if (o->fast_open) {
			tcp->fast_open_offset = o->data_offset;
			tcp->fast_open_length = o->data_length;
		}
		break;
	}
}

static void decode_options(struct decoder *d, struct packet_tcp *tcp)
{
	struct packet_tcp_option option;
	struct packet_walk walk;

	if (packet_tcp_only_timestamps(d->p, d->layer)) {
		const uint8_t *b = d->bytes + d->layer->offset + 24;

		tcp->has = PACKET_TCP_HAS_TIMESTAMPS;
		tcp->timestamp_value = packet_be32(b);
		tcp->timestamp_echo_reply = packet_be32(b + 4);
		return;
	}
	packet_walk_begin(&walk, d->p, d->layer);
	while (packet_tcp_option_next(&walk, &option)) {
		if (option.ok)
			keep_option(tcp, &option);
		else
			packet_contradiction(d, "option kind %1 cannot be %2 bytes long",
					     option.kind, option.length, option.offset + 1, 1);
	}
	packet_walk_fault(d, &walk, "an option announces %1 bytes, the header has %2 left for it");
}

/*
 *     0       4     7                 16                            32
 *    +-------------------------------+-------------------------------+
 *  0 | Source Port                   | Destination Port              |
 *    +-------------------------------+-------------------------------+
 *  4 | Sequence Number                                               |
 *    +---------------------------------------------------------------+
 *  8 | Acknowledgment Number                                         |
 *    +-------+-----+-----------------+-------------------------------+
 * 12 | Data  | Re- |A C E U A P R S F| Window                        |
 *    | Offset| serv|E W C R C S S Y I|                               |
 *    |       | ed  |  R E G K H T N N|                               |
 *    +-------+-----+-----------------+-------------------------------+
 * 16 | Checksum                      | Urgent Pointer                |
 *    +-------------------------------+-------------------------------+
 * 20 | Options (4 * Data Offset - 20 bytes)                          |
 *    +---------------------------------------------------------------+
 *
 * RFC 9293 3.1; ECE and CWR RFC 3168, AE RFC 9768. Data Offset counts words of 4 bytes.
 */
void packet_decode_tcp(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_TCP);
	struct packet_tcp *tcp;
	const uint8_t *h;
	uint32_t header_length;

	if (l == NULL)
		return;
	tcp = &l->tcp;
	h = packet_take(d, 20);
	tcp->source_port = packet_be16(h);
	tcp->destination_port = packet_be16(h + 2);
	tcp->sequence_number = packet_be32(h + 4);
	tcp->acknowledgment_number = packet_be32(h + 8);
	tcp->data_offset = h[12] >> 4;
	tcp->reserved = h[12] >> 1 & 7;
	tcp->flags = packet_be16(h + 12) & 0x1ff;
	tcp->window = packet_be16(h + 14);
	tcp->checksum = packet_be16(h + 16);
	tcp->urgent_pointer = packet_be16(h + 18);
	tcp->options_length = 0;
	tcp->sack_blocks = 0;
	tcp->has = 0;
	tcp->fast_open_length = 0;
	tcp->fast_open_offset = 0;
	tcp->mptcp_subtypes = 0;
	tcp->payload_length = 0;
	l->checksum = PACKET_CHECKSUM_UNVERIFIED;
	if (l->header_captured < 13)
		return;
	header_length = tcp->data_offset * 4u;
	if (header_length < 20) {
		packet_contradiction(d,
				     "Data Offset is %1, the header has at least 5 words of 4 "
				     "bytes",
				     tcp->data_offset, 0, l->offset + 12, 1);
		packet_give_up(d);
		return;
	}
	tcp->options_length = (uint8_t)(header_length - 20);
	if (header_length > l->length && d->bound == PACKET_BOUND_LENGTH) {
		packet_contradiction(d,
				     "Data Offset makes a header of %1 bytes, the segment has "
				     "only %2",
				     header_length, l->length, l->offset + 12, 1);
		packet_extend(d, header_length);
		if (l->header_captured > 20)
			decode_options(d, tcp);
		return;
	}
	if (header_length > 20) {
		packet_extend(d, header_length);
		if (l->header_captured > 20)
			decode_options(d, tcp);
	}
	if (l->length > header_length)
		tcp->payload_length = l->length - header_length;
	if (l->header_captured < header_length)
		return;
	packet_advance(d);
	packet_next_tcp_port(d, tcp->source_port, tcp->destination_port);
}

static const struct {
	uint16_t bit;
	const char *name;
	const char *meaning;
} control_bits[] = {
	{PACKET_TCP_AE, "AE", "Accurate ECN Echo"},
	{PACKET_TCP_CWR, "CWR", "Congestion Window Reduced"},
	{PACKET_TCP_ECE, "ECE", "ECN-Echo"},
	{PACKET_TCP_URG, "URG", "Urgent Pointer counts"},
	{PACKET_TCP_ACK, "ACK", "Acknowledgment Number counts"},
	{PACKET_TCP_PSH, "PSH", "push"},
	{PACKET_TCP_RST, "RST", "reset"},
	{PACKET_TCP_SYN, "SYN", "synchronise sequence numbers"},
	{PACKET_TCP_FIN, "FIN", "no more data"},
};
#define CONTROL_BITS (sizeof(control_bits) / sizeof(control_bits[0]))

/* As one names a segment: SYN first, ACK last but for the data's PSH. */
static void put_flags(struct packet_out *out, uint16_t flags, const char *separator)
{
	static const uint16_t order[] = {
		PACKET_TCP_SYN, PACKET_TCP_FIN, PACKET_TCP_RST, PACKET_TCP_PSH, PACKET_TCP_ACK,
		PACKET_TCP_URG, PACKET_TCP_ECE, PACKET_TCP_CWR, PACKET_TCP_AE,
	};
	static const char *const names[] = {"SYN", "FIN", "RST", "PSH", "ACK",
					    "URG", "ECE", "CWR", "AE"};
	bool first = true;

	for (unsigned int i = 0; i < CONTROL_BITS; i++) {
		if ((flags & order[i]) == 0)
			continue;
		if (!first)
			packet_put(out, separator);
		packet_put(out, names[i]);
		first = false;
	}
	if (first)
		packet_put(out, "no flags");
}

static void show_layer_tcp(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_tcp *tcp = &l->tcp;
	uint32_t at = l->offset, there = l->offset + l->header_captured;
	uint32_t end = l->offset + l->header_length;

	packet_show_number(v, "Source Port", at, 2, tcp->source_port, NULL);
	packet_show_number(v, "Destination Port", at + 2, 2, tcp->destination_port, NULL);
	packet_show_number(v, "Sequence Number", at + 4, 4, tcp->sequence_number, NULL);
	packet_show_number(v, "Acknowledgment Number", at + 8, 4, tcp->acknowledgment_number, NULL);
	packet_show_bits(v, "Data Offset", at + 12, 1, 0xf0, tcp->data_offset, NULL);
	packet_show_bits(v, "Reserved", at + 12, 1, 0x0e, tcp->reserved, NULL);
	put_flags(packet_value(v), tcp->flags, ", ");
	v->field.has_number = true;
	v->field.number = tcp->flags;
	v->field.mask = 0x01ff;
	packet_show(v, "Control bits", at + 12, 2);
	packet_show_in(v);
	for (unsigned int i = 0; i < CONTROL_BITS; i++) {
		uint16_t bit = control_bits[i].bit;

		packet_show_bits(v, control_bits[i].name, at + (bit > 0xff ? 12 : 13), 1,
				 bit > 0xff ? 1 : bit, (tcp->flags & bit) != 0,
				 (tcp->flags & bit) != 0 ? control_bits[i].meaning : NULL);
	}
	packet_show_out(v);
	packet_show_number(v, "Window", at + 14, 2, tcp->window, NULL);
	packet_show_checksum(v, "Checksum", at + 16, tcp->checksum);
	packet_show_number(v, "Urgent Pointer", at + 18, 2, tcp->urgent_pointer, NULL);
	if (tcp->options_length > 0 && there > at + 20) {
		packet_show_number(v, "Options", at + 20, end - at - 20, tcp->options_length,
				   "bytes");
		packet_show_in(v);
		packet_show_tcp_options(v, l);
		packet_show_out(v);
	}
}

static void line_layer_tcp(struct packet_out *out, const struct packet *p,
			   const struct packet_layer *l)
{
	const struct packet_tcp *tcp = &l->tcp;

	packet_put(out, "TCP");
	if (l->header_captured >= 14) {
		/* most segments by far have one of these two */
		if (tcp->flags == PACKET_TCP_ACK) {
			packet_put(out, " ACK");
		} else if (tcp->flags == (PACKET_TCP_PSH | PACKET_TCP_ACK)) {
			packet_put(out, " PSH,ACK");
		} else {
			packet_put_char(out, ' ');
			put_flags(out, tcp->flags, ",");
		}
	}
	if (l->header_captured >= 8)
		packet_put_pair(out, "seq", tcp->sequence_number);
	if (tcp->flags & PACKET_TCP_ACK)
		packet_put_pair(out, "ack", tcp->acknowledgment_number);
	if (l->header_captured >= 16)
		packet_put_pair(out, "win", tcp->window);
	if (tcp->flags & PACKET_TCP_URG)
		packet_put_pair(out, "urg", tcp->urgent_pointer);
	if (tcp->options_length > 0 && l->header_captured > 20)
		packet_line_tcp_options(out, p, l);
	if (l->header_captured < 20) {
		packet_put(out, " header cut");
		return;
	}
	packet_put_length(out, tcp->payload_length);
}

static enum packet_checksum verify(const struct packet *p, const struct packet_layer *l,
				   uint32_t *expected)
{
	const struct packet_sum sum = {
		.field = 16, .length = l->length, .pseudo_protocol = 6, .pseudo_length = l->length};

	if (!packet_is_whole(p, l) || packet_is_offloaded(p, l))
		return PACKET_CHECKSUM_UNKNOWN;
	return packet_verify_sum(p, l, &sum, expected);
}

static void walk(struct packet_walk *walk, const struct packet_layer *l)
{
	walk->next = l->offset + 20;
}

const struct packet_protocol packet_protocol_tcp = {
	.name = "TCP",
	.show = show_layer_tcp,
	.line = line_layer_tcp,
	.verify = verify,
	.walk = walk,
};
