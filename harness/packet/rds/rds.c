/* SPDX-License-Identifier: MIT */
/*
 * RDS over TCP, port 16385: the messages of reliable datagram sockets in a stream. There is no
 * standard but Linux: net/rds/rds.h, message.c, tcp_recv.c and Documentation/networking/rds.rst.
 */
#include "harness/packet/internal.h"

#define HEADER	       48u
#define MESSAGE_MAX    (1u << 20) /* RDS_MAX_MSG_SIZE */
#define CONGESTION_MAP 8192u	  /* RDS_CONG_MAP_BYTES: a bit for each port */

static bool checksum_plausible(const uint8_t *h)
{
	/* 0: the sender made none (rds_message_verify_checksum()) */
	return packet_be16(h + 30) == 0 ||
	       packet_checksum_finish(packet_checksum_add(0, h, HEADER)) == 0;
}

/*
 * A segment of TCP may start anywhere in a message, so that what stands there is a header only if
 * it looks like one:
 *   - the sequence number, which counts messages from 1, is not 0 and less than 2^48;
 *   - h_len is at most the megabyte that a message may have;
 *   - not both ports are 0, but for a congestion map;
 *   - h_flags has only known flags, h_padding is 0;
 *   - the checksum is right, or 0 for none.
 * All else is data. Of a header that the capture cut, what is there decides.
 */
static bool is_header(const uint8_t *h, uint32_t captured)
{
	if ((captured >= 1 && h[0] != 0) || (captured >= 2 && h[1] != 0))
		return false;
	if (captured >= 8 && packet_be64(h) == 0)
		return false;
	if (captured >= 20 && packet_be32(h + 16) > MESSAGE_MAX)
		return false;
	if (captured >= 25 && ((h[24] & 0xc0) != 0 ||
			       (packet_be32(h + 20) == 0 && (h[24] & PACKET_RDS_CONG_BITMAP) == 0 &&
				(h[24] & (PACKET_RDS_HB_PING | PACKET_RDS_HB_PONG)) == 0)))
		return false;
	for (uint32_t i = 26; i < 30 && i < captured; i++) {
		if (h[i] != 0)
			return false;
	}
	return captured < HEADER || checksum_plausible(h);
}

static uint8_t extension_length(uint8_t type)
{
	static const uint8_t lengths[] = {0, 4, 4, 8, 8, 2, 4, 4, 1, 8};

	return type < sizeof(lengths) ? lengths[type] : 0;
}

bool packet_rds_extension_next(struct packet_walk *walk, struct packet_rds_extension *out)
{
	const uint8_t *b;
	uint32_t left = walk->end - walk->next, there;
	uint8_t length;

	if (walk->next >= walk->end)
		return false;
	there = walk->captured > walk->next ? walk->captured - walk->next : 0;
	if (there < 1) {
		walk->fault = PACKET_TRUNCATED;
		return false;
	}
	b = walk->packet->bytes + walk->next;
	length = extension_length(b[0]);
	if (length == 0)
		return false;
	if (1u + length > left || 1u + length > there) {
		walk->fault = 1u + length > left ? PACKET_MALFORMED : PACKET_TRUNCATED;
		return false;
	}
	*out = (struct packet_rds_extension){
		.type = b[0],
		.data_length = length,
		.offset = walk->next,
		.data_offset = walk->next + 1,
		.value = length == 1   ? b[1]
			 : length == 2 ? packet_be16(b + 1)
				       : packet_be32(b + 1),
	};
	if (b[0] == PACKET_RDS_EXTHDR_RDMA_DEST)
		out->second = packet_be32(b + 5);
	else if (length == 8)
		out->second = b[5];
	walk->next += 1u + length;
	return true;
}

static void check(struct decoder *d, const struct packet_rds *rds)
{
	struct packet_layer *l = d->layer;
	struct packet_walk walk = packet_walk(d->p, l);
	struct packet_rds_extension e;

	if (rds->flags & PACKET_RDS_CONG_BITMAP && rds->message_length != CONGESTION_MAP)
		packet_contradiction(
			d, "h_flags announces a congestion map, of 8192 bytes; h_len is %1",
			rds->message_length, 0, l->offset + 16, 4);
	while (packet_rds_extension_next(&walk, &e))
		;
	if (walk.fault == PACKET_MALFORMED)
		packet_contradiction(d, "extension header %1 does not fit into the %2 bytes left",
				     d->bytes[walk.next], walk.end - walk.next, walk.next, 1);
}

/* The message, or what the segment has of it; behind it comes the next one. */
static void decode_message(struct decoder *d)
{
	const struct packet_layer *l = d->layer;
	uint32_t length = l->rds.payload_length;

	/* the last layer that there is room for takes all */
	if (d->p->layers >= PACKET_LAYERS_MAX - 1 || length == d->end - d->at) {
		if (length < d->end - d->at)
			d->p->too_deep = true;
		packet_decode_data(d);
		return;
	}
	if (packet_open(d, PACKET_DATA) == NULL)
		return;
	packet_extend(d, length);
	d->layer->length = length;
	packet_advance(d);
	d->next = packet_decode_rds;
}

/*
 *     0               8               16              24            32
 *    +---------------+---------------+---------------+---------------+
 *  0 | h_sequence (8 bytes)                                          |
 *    +---------------------------------------------------------------+
 *  8 | h_ack (8 bytes)                                               |
 *    +---------------------------------------------------------------+
 * 16 | h_len                                                         |
 *    +-------------------------------+-------------------------------+
 * 20 | h_sport                       | h_dport                       |
 *    +---------------+---------------+-------------------------------+
 * 24 | h_flags       | h_credit      | h_padding                     |
 *    +---------------+---------------+-------------------------------+
 * 28 | h_padding                     | h_csum                        |
 *    +-------------------------------+-------------------------------+
 * 32 | h_exthdr (16 bytes)                                           |
 *    +---------------------------------------------------------------+
 *
 * The checksum is the Internet checksum of these 48 bytes.
 */
void packet_decode_rds(struct decoder *d)
{
	uint32_t window = d->end > d->at ? d->end - d->at : 0, left;
	uint32_t there = d->readable > d->at ? d->readable - d->at : 0;
	struct packet_layer *l;
	struct packet_rds *rds;
	const uint8_t *h;

	/* a message that the capture cut: where the next one starts was not captured */
	if (d->at > d->readable) {
		d->next = NULL;
		return;
	}
	if (window < HEADER || there == 0 ||
	    !is_header(d->bytes + d->at, there < HEADER ? there : HEADER)) {
		packet_decode_data(d);
		return;
	}
	l = packet_open(d, PACKET_RDS);
	if (l == NULL)
		return;
	rds = &l->rds;
	h = packet_take(d, HEADER);
	rds->sequence = packet_be64(h);
	rds->ack = packet_be64(h + 8);
	rds->message_length = packet_be32(h + 16);
	rds->source_port = packet_be16(h + 20);
	rds->destination_port = packet_be16(h + 22);
	rds->flags = h[24];
	rds->credit = h[25];
	rds->checksum = packet_be16(h + 30);
	rds->payload_length = 0;
	l->checksum = PACKET_CHECKSUM_UNVERIFIED;
	if (l->header_captured < HEADER)
		return;
	check(d, rds);
	/* what is missing comes with the next segment */
	left = window - HEADER;
	rds->payload_length = rds->message_length < left ? rds->message_length : left;
	l->length = HEADER + rds->message_length;
	l->cut = rds->message_length > left;
	packet_advance(d);
	d->next = rds->payload_length > 0 ? decode_message : packet_decode_rds;
}

static const struct {
	uint8_t flag;
	const char *name, *word;
} flag_names[] = {
	{PACKET_RDS_CONG_BITMAP, "CONG_BITMAP", "congestion map"},
	{PACKET_RDS_ACK_REQUIRED, "ACK_REQUIRED", "ack required"},
	{PACKET_RDS_RETRANSMITTED, "RETRANSMITTED", "retransmitted"},
	{PACKET_RDS_HB_PING, "HB_PING", "heartbeat ping"},
	{PACKET_RDS_HB_PONG, "HB_PONG", "heartbeat pong"},
	{PACKET_RDS_EXTHDR_EXTENSION, "EXTHDR_EXTENSION", "more extensions"},
};

static const char *extension_name(uint8_t type)
{
	static const char *const names[] = {
		"None",	  "Version",	       "RDMA",	   "RDMA Destination",	"RDMA Bytes",
		"NPaths", "Generation Number", "Cap Bits", "Source Port Index", "Checksum",
	};

	return type < sizeof(names) / sizeof(names[0]) ? names[type] : NULL;
}

static void show_extension(struct packet_view *v, const struct packet_rds_extension *e)
{
	const char *name = extension_name(e->type);
	uint32_t at = e->data_offset;

	packet_show_text(v, name, e->offset, 1u + e->data_length, "");
	packet_show_in(v);
	packet_show_number(v, "Type", e->offset, 1, e->type, name);
	switch (e->type) {
	case PACKET_RDS_EXTHDR_VERSION:
		packet_show_hex(v, "h_version", at, 4, e->value, NULL);
		break;
	case PACKET_RDS_EXTHDR_RDMA:
		packet_show_hex(v, "h_rdma_rkey", at, 4, e->value, NULL);
		break;
	case PACKET_RDS_EXTHDR_RDMA_DEST:
		packet_show_hex(v, "h_rdma_rkey", at, 4, e->value, NULL);
		packet_show_number(v, "h_rdma_offset", at + 4, 4, e->second, NULL);
		break;
	case PACKET_RDS_EXTHDR_RDMA_BYTES:
		packet_show_number(v, "h_rdma_bytes", at, 4, e->value, NULL);
		packet_show_hex(v, "h_rflags", at + 4, 1, e->second, NULL);
		packet_show_bytes(v, "h_pad", at + 5, 3);
		break;
	case PACKET_RDS_EXTHDR_NPATHS:
		packet_show_number(v, "Number of paths", at, 2, e->value, NULL);
		break;
	case PACKET_RDS_EXTHDR_GEN_NUM:
		packet_show_hex(v, "Generation", at, 4, e->value, NULL);
		break;
	case PACKET_RDS_EXTHDR_SPORT_IDX:
		packet_show_number(v, "Index", at, 1, e->value, NULL);
		break;
	default:
		packet_show_bytes(v, "Value", at, e->data_length);
		break;
	}
	packet_show_out(v);
}

static const char *ports_meaning(const struct packet_rds *rds)
{
	if (rds->destination_port == 0 && rds->source_port != 0)
		return "a ping";
	return NULL;
}

static void show_rds(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_rds *rds = &l->rds;
	struct packet_walk walk = packet_walk(v->p, l);
	struct packet_rds_extension e;
	uint32_t at = l->offset;

	packet_show_number(v, "h_sequence", at, 8, rds->sequence, NULL);
	packet_show_number(v, "h_ack", at + 8, 8, rds->ack, NULL);
	packet_show_number(v, "h_len", at + 16, 4, rds->message_length, NULL);
	packet_show_number(v, "h_sport", at + 20, 2, rds->source_port,
			   rds->source_port == 0 && rds->destination_port != 0 ? "a pong" : NULL);
	packet_show_number(v, "h_dport", at + 22, 2, rds->destination_port, ports_meaning(rds));
	packet_show_hex(v, "h_flags", at + 24, 1, rds->flags, NULL);
	packet_show_in(v);
	for (unsigned int i = 0; i < sizeof(flag_names) / sizeof(flag_names[0]); i++) {
		uint8_t flag = flag_names[i].flag;

		/* the last three are Oracle's own */
		if (i < 3 || rds->flags & flag)
			packet_show_flag(v, flag_names[i].name, at + 24, 1, flag,
					 rds->flags & flag);
	}
	packet_show_out(v);
	packet_show_number(v, "h_credit", at + 25, 1, rds->credit, NULL);
	packet_show_bytes(v, "h_padding", at + 26, 4);
	packet_show_checksum(v, "h_csum", at + 30, rds->checksum);
	packet_show_bytes(v, "h_exthdr", at + 32, 16);
	packet_show_in(v);
	while (packet_rds_extension_next(&walk, &e))
		show_extension(v, &e);
	packet_show_rest(v, &walk);
	packet_show_out(v);
}

static void line_extensions(struct packet_out *out, const struct packet *p,
			    const struct packet_layer *l)
{
	struct packet_walk walk = packet_walk(p, l);
	struct packet_rds_extension e;
	const char *separator = " [";

	while (packet_rds_extension_next(&walk, &e)) {
		packet_put(out, separator);
		separator = ", ";
		packet_put(out, extension_name(e.type));
		packet_put_char(out, ' ');
		if (e.type == PACKET_RDS_EXTHDR_NPATHS || e.type == PACKET_RDS_EXTHDR_SPORT_IDX ||
		    e.type == PACKET_RDS_EXTHDR_RDMA_BYTES) {
			packet_put_number(out, e.value);
		} else {
			packet_put(out, "0x");
			packet_put_hex(out, e.value, 8);
		}
	}
	if (separator[0] == ',')
		packet_put_char(out, ']');
}

static void line_rds(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	const struct packet_rds *rds = &l->rds;

	packet_put(out, "RDS");
	if (l->header_captured < HEADER) {
		packet_put(out, " header cut");
		return;
	}
	if ((rds->source_port == 0) != (rds->destination_port == 0))
		packet_put(out, rds->source_port == 0 ? " pong" : " ping");
	packet_put_char(out, ' ');
	packet_put_number(out, rds->source_port);
	packet_put(out, " > ");
	packet_put_number(out, rds->destination_port);
	packet_put_pair(out, "seq", rds->sequence);
	packet_put_pair(out, "ack", rds->ack);
	for (unsigned int i = 0; i < sizeof(flag_names) / sizeof(flag_names[0]); i++) {
		if (rds->flags & flag_names[i].flag) {
			packet_put_char(out, ' ');
			packet_put(out, flag_names[i].word);
		}
	}
	line_extensions(out, p, l);
	packet_put_length(out, rds->payload_length);
	if (rds->payload_length < rds->message_length) {
		packet_put(out, " of ");
		packet_put_number(out, rds->message_length);
	}
}

static enum packet_checksum verify(const struct packet *p, const struct packet_layer *l,
				   uint32_t *expected)
{
	const struct packet_sum sum = {.field = 30, .length = HEADER};
	enum packet_checksum state = packet_verify_sum(p, l, &sum, expected);

	if (state != PACKET_CHECKSUM_UNKNOWN && l->rds.checksum == 0)
		return PACKET_CHECKSUM_ABSENT;
	return state;
}

static void walk_extensions(struct packet_walk *walk, const struct packet_layer *l)
{
	walk->next = l->offset + 32;
}

const struct packet_protocol packet_protocol_rds = {
	.name = "RDS",
	.show = show_rds,
	.line = line_rds,
	.verify = verify,
	.walk = walk_extensions,
};
