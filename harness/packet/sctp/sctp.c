/* SPDX-License-Identifier: MIT */
/*
 * SCTP, RFC 9260: the common header and its checksum. Chunks are in chunk.c, how they are shown in
 * chunk_show.c; parameters and error causes in parameter.c and parameter_show.c; the CRC in
 * crc32c.c.
 */
#include "harness/packet/sctp/internal.h"

/* Whether the counts of a SACK fill its length, and no block ends before it starts. */
static void check_blocks(struct decoder *d, const struct packet_sctp_chunk *c)
{
	uint32_t blocks = (uint32_t)c->gap_ack_blocks + c->nr_gap_ack_blocks + c->duplicate_tsns;
	uint32_t at = c->value_offset;

	if (c->captured < c->fixed)
		return;
	if (blocks * 4 != c->value_length) {
		packet_contradiction(d,
				     "the counts announce %1 bytes of blocks and TSNs, Chunk "
				     "Length leaves %2",
				     blocks * 4, c->value_length, c->offset + 12, 2);
		return;
	}
	for (uint32_t i = 0; i < (uint32_t)c->gap_ack_blocks + c->nr_gap_ack_blocks; i++, at += 4) {
		uint32_t start, end;

		if (at + 4 > c->offset + c->captured)
			return;
		start = packet_be16(d->bytes + at);
		end = packet_be16(d->bytes + at + 2);
		if (start > end)
			packet_contradiction(d, "a Gap Ack Block starts at %1 and ends at %2",
					     start, end, at, 4);
	}
}

/* RFC 4895 3.3 gives each algorithm its length. */
static void check_hmac(struct decoder *d, const struct packet_sctp_chunk *c)
{
	if (c->captured < c->fixed)
		return;
	if ((c->hmac_identifier == 1 && c->value_length != 20) ||
	    (c->hmac_identifier == 3 && c->value_length != 32))
		packet_contradiction(d, "HMAC Identifier is %1, and the HMAC has %2 bytes",
				     c->hmac_identifier, c->value_length, c->offset + 6, 2);
}

static void check_chunk(struct decoder *d, const struct packet_walk *walk,
			const struct packet_sctp_chunk *c, uint32_t left)
{
	struct packet_walk list;
	uint32_t field = c->offset + 2, needed = (4 - c->length % 4u) % 4;

	if (c->length < 4) {
		packet_contradiction(d, "Chunk Length is %1, less than the 4 bytes of its header",
				     c->length, 0, field, 2);
		return;
	}
	if (c->length > left) {
		if (!d->layer->sctp.open)
			packet_contradiction(d, "Chunk Length is %1, the packet has %2 left for it",
					     c->length, left, field, 2);
	} else if (needed > left - c->length && !d->layer->sctp.open) {
		packet_contradiction(d, "Chunk Length is %1, but %2 bytes of padding are missing",
				     c->length, needed - (left - c->length), field, 2);
	}
	if (!c->ok) {
		packet_contradiction(d, "Chunk Length is %1, which type %2 cannot have", c->length,
				     c->type, field, 2);
		return;
	}
	if (c->type == PACKET_SCTP_SACK || c->type == PACKET_SCTP_NR_SACK)
		check_blocks(d, c);
	if (c->type == PACKET_SCTP_AUTH)
		check_hmac(d, c);
	if (c->list == PACKET_SCTP_NO_LIST)
		return;
	list = packet_sctp_chunk_list(walk, c);
	packet_decode_sctp_list(d, &list, (enum packet_sctp_list)c->list, 0);
}

static void decode_chunks(struct decoder *d, struct packet_sctp *sctp)
{
	struct packet_walk walk = packet_walk(d->p, d->layer);
	struct packet_sctp_chunk c;
	uint32_t left = walk.end - walk.next;

	while (packet_sctp_chunk_next(&walk, &c)) {
		if (sctp->chunks == 0)
			sctp->first_chunk = c.type;
		sctp->chunks += sctp->chunks < UINT16_MAX;
		sctp->has_init |= c.type == PACKET_SCTP_INIT;
		sctp->has_cookie_echo |= c.type == PACKET_SCTP_COOKIE_ECHO;
		if (c.ok && (c.type == PACKET_SCTP_DATA || c.type == PACKET_SCTP_I_DATA))
			sctp->data_bytes += c.value_length;
		check_chunk(d, &walk, &c, left);
		left = walk.end - walk.next;
	}
	if (walk.fault == PACKET_MALFORMED && walk.next < walk.end && !sctp->open)
		packet_contradiction(d, "%1 bytes are left, too few for another chunk", left, 0,
				     walk.next, left);
}

/*
 *     0                               16                            32
 *    +-------------------------------+-------------------------------+
 *  0 | Source Port Number            | Destination Port Number       |
 *    +-------------------------------+-------------------------------+
 *  4 | Verification Tag                                              |
 *    +---------------------------------------------------------------+
 *  8 | Checksum (CRC32c, its lowest byte first)                      |
 *    +---------------------------------------------------------------+
 * 12 | Chunks, each filled up to a multiple of 4 bytes               |
 *    +---------------------------------------------------------------+
 *
 * RFC 9260 3. There is no length of the whole: the last chunk ends where the IP packet does.
 */
void packet_decode_sctp(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_SCTP);
	struct packet_sctp *sctp;
	const uint8_t *h;

	if (l == NULL)
		return;
	sctp = &l->sctp;
	h = packet_take(d, 12);
	*sctp = (struct packet_sctp){
		.source_port = packet_be16(h),
		.destination_port = packet_be16(h + 2),
		.verification_tag = packet_be32(h + 4),
		.checksum = packet_be32(h + 8),
		.open = d->bound == PACKET_BOUND_OPEN,
	};
	l->checksum = PACKET_CHECKSUM_UNVERIFIED;
	if (l->header_captured < 12)
		return;
	packet_extend(d, l->length);
	decode_chunks(d, sctp);
}

static void show_checksum(struct packet_view *v, const struct packet_layer *l)
{
	struct packet_out *out;
	enum packet_checksum state;
	uint32_t expected = 0;

	if (l->header_captured < 12)
		return;
	state = packet_verify(v->p, packet_index(v->p, l), &expected);
	out = packet_value(v);
	packet_put(out, "0x");
	packet_put_hex(out, l->sctp.checksum, 8);
	packet_put(out, " (");
	packet_put(out, packet_checksum_name(state));
	if (state == PACKET_CHECKSUM_BAD) {
		packet_put(out, ", should be 0x");
		packet_put_hex(out, expected, 8);
	}
	packet_put_char(out, ')');
	v->field.has_number = true;
	v->field.number = l->sctp.checksum;
	packet_show(v, "Checksum", l->offset + 8, 4);
}

static void show_sctp(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_sctp *sctp = &l->sctp;
	struct packet_walk walk;
	struct packet_sctp_chunk c;

	packet_show_number(v, "Source Port Number", l->offset, 2, sctp->source_port, NULL);
	packet_show_number(v, "Destination Port Number", l->offset + 2, 2, sctp->destination_port,
			   NULL);
	/* RFC 9260 8.5.1 */
	packet_show_hex(v, "Verification Tag", l->offset + 4, 4, sctp->verification_tag,
			sctp->has_init && sctp->verification_tag != 0 ? "with an INIT it must be 0"
								      : NULL);
	show_checksum(v, l);
	if (l->header_captured < 12)
		return;
	walk = packet_walk(v->p, l);
	while (packet_sctp_chunk_next(&walk, &c))
		packet_show_sctp_chunk(v, &walk, &c);
	packet_show_rest(v, &walk);
}

/* A line need not go on for ever: a packet may have thousands of chunks. */
#define LINE_CHUNKS 16

static void line_sctp(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	struct packet_walk walk;
	struct packet_sctp_chunk c;
	unsigned int count = 0;

	packet_put(out, "SCTP");
	if (l->header_captured < 12) {
		packet_put(out, " header cut");
		return;
	}
	if (l->sctp.chunks == 0)
		packet_put(out, " no chunks");
	walk = packet_walk(p, l);
	while (count++ < LINE_CHUNKS && packet_sctp_chunk_next(&walk, &c))
		packet_line_sctp_chunk(out, &walk, &c);
	if (l->sctp.chunks > LINE_CHUNKS)
		packet_put(out, " ...");
}

/*
 * A checksum of 0 says that the sender made none because something below, DTLS for one, protects
 * the packet, and that its peer said it takes that (RFC 9653). Whether it did is in another
 * packet. Those with an INIT or a COOKIE ECHO always have one (RFC 9653 5.2).
 */
static enum packet_checksum verify(const struct packet *p, const struct packet_layer *l,
				   uint32_t *expected)
{
	static const uint8_t zeros[4] = {0};
	const uint8_t *bytes = p->bytes + l->offset;
	uint32_t crc = UINT32_MAX;
	uint8_t wire[4];

	if (!packet_is_whole(p, l) || l->header_captured < 12 ||
	    l->header_captured < l->header_length || packet_is_offloaded(p, l))
		return PACKET_CHECKSUM_UNKNOWN;
	crc = packet_crc32c_add(crc, bytes, 8);
	crc = packet_crc32c_add(crc, zeros, 4);
	crc = ~packet_crc32c_add(crc, bytes + 12, l->header_length - 12);
	for (int i = 0; i < 4; i++)
		wire[i] = (uint8_t)(crc >> 8 * i);
	if (expected != NULL)
		*expected = packet_be32(wire);
	if (l->sctp.checksum == packet_be32(wire))
		return PACKET_CHECKSUM_GOOD;
	if (l->sctp.checksum == 0 && !l->sctp.has_init && !l->sctp.has_cookie_echo)
		return PACKET_CHECKSUM_ABSENT;
	return PACKET_CHECKSUM_BAD;
}

static void walk_chunks(struct packet_walk *walk, const struct packet_layer *l)
{
	walk->next = l->offset + 12;
}

const struct packet_protocol packet_protocol_sctp = {
	.name = "SCTP",
	.show = show_sctp,
	.line = line_sctp,
	.verify = verify,
	.walk = walk_chunks,
};
