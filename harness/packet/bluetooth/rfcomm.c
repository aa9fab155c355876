/* SPDX-License-Identifier: MIT */
/*
 * RFCOMM: what the Bluetooth specification RFCOMM 1.2 takes over from TS 07.10 (GSM 07.10, 3GPP
 * 27.010). The commands of DLCI 0 are in multiplexer.c.
 */
#include "harness/packet/bluetooth/internal.h"

/* TS 07.10 5.2.3.6 and annex B: x^8 + x^2 + x + 1, the lowest bit first, starting from all ones. */
static uint8_t frame_check(const uint8_t *bytes, uint32_t length)
{
	unsigned int crc = 0xff;

	for (uint32_t i = 0; i < length; i++) {
		crc ^= bytes[i];
		for (unsigned int bit = 0; bit < 8; bit++)
			crc = crc & 1 ? crc >> 1 ^ 0xe0 : crc >> 1;
	}
	return (uint8_t)(0xff - crc);
}

/* UIH protects address and control alone, the others all of the header (RFCOMM 5.1.1). */
static uint8_t fcs_of(const struct packet_rfcomm *r, const uint8_t *frame)
{
	return frame_check(frame, r->frame_type == PACKET_RFCOMM_UIH ? 2 : 2u + r->length_size);
}

static const char *frame_name(uint8_t type)
{
	switch (type) {
	case PACKET_RFCOMM_SABM:
		return "SABM";
	case PACKET_RFCOMM_UA:
		return "UA";
	case PACKET_RFCOMM_DM:
		return "DM";
	case PACKET_RFCOMM_DISC:
		return "DISC";
	case PACKET_RFCOMM_UIH:
		return "UIH";
	default:
		return NULL;
	}
}

/*
 *     0   1   2   3       8               16  17          24 or 32
 *    +---+---+---+-------+---------------+---+------------+-----------
 *    |EA |C/R| D | Server| Control       |EA | Length     | Credits, information, FCS
 *    |   |   |   | Channl|               |   |            |
 *    +---+---+---+-------+---------------+---+------------+-----------
 *
 * Bits from the lowest on. DLCI is direction D and server channel. EA of the length is 0 when a
 * second byte brings 8 bits more. Bit 4 of Control is P/F; in a UIH of a user's channel it says
 * that a byte of credits comes in front of the information (RFCOMM 6.5.2), which Length does not
 * count.
 *
 * Returns the length of the header, credits included; 0 when this is no frame.
 */
static uint32_t parse(struct packet_rfcomm *r, const uint8_t *f, uint32_t size)
{
	uint32_t header;

	if (size < 4 || !(f[0] & 1))
		return 0;
	*r = (struct packet_rfcomm){.address = f[0], .control = f[1]};
	r->command_response = (f[0] & 2) != 0;
	r->dlci = f[0] >> 2;
	r->direction = r->dlci & 1;
	r->server_channel = r->dlci >> 1;
	r->frame_type = f[1] & 0xef;
	r->poll_final = (f[1] & 0x10) != 0;
	/* RFCOMM 5.4: 1 is reserved, and there are 30 server channels */
	if (frame_name(r->frame_type) == NULL || r->dlci == 1 || r->dlci > 61)
		return 0;
	r->length_size = f[2] & 1 ? 1 : 2;
	r->length = f[2] >> 1;
	if (r->length_size == 2)
		r->length = (uint16_t)(r->length | f[3] << 7);
	header = 2u + r->length_size;
	if (r->frame_type != PACKET_RFCOMM_UIH)
		return r->length == 0 && size == header + 1 ? header : 0;
	r->multiplexer = r->dlci == 0;
	r->has_credits = !r->multiplexer && r->poll_final;
	if (size != header + r->has_credits + r->length + 1)
		return 0;
	if (r->has_credits)
		r->credits = f[header];
	return header + r->has_credits;
}

/*
 * The rule for a dynamic channel of which nothing is known: it carries RFCOMM when EA of the
 * address is set, the control byte is one of the five that RFCOMM has, the DLCI is one it may use,
 * Length fits the L2CAP PDU to the byte, and the FCS is right. Anything else is data, also a frame
 * whose FCS was damaged or not captured. Bytes at random pass about once in 10 million.
 */
bool packet_is_rfcomm(const uint8_t *frame, uint32_t length)
{
	struct packet_rfcomm r;

	return parse(&r, frame, length) != 0 && fcs_of(&r, frame) == frame[length - 1];
}

void packet_decode_rfcomm(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_RFCOMM);
	struct packet_rfcomm *r;
	uint32_t header;

	if (l == NULL)
		return;
	r = &l->rfcomm;
	/* who called has asked packet_is_rfcomm(), so it is all there */
	header = parse(r, d->bytes + l->offset, l->length);
	r->fcs_offset = l->offset + l->length - 1;
	r->fcs = d->bytes[r->fcs_offset];
	l->checksum = PACKET_CHECKSUM_UNVERIFIED;
	packet_extend(d, r->multiplexer ? header + r->length : header);
	if (r->multiplexer)
		packet_decode_rfcomm_commands(d);
	packet_set_end(d, r->fcs_offset, PACKET_BOUND_LENGTH);
	packet_advance(d);
	d->next = packet_decode_data;
}

static enum packet_checksum verify(const struct packet *p, const struct packet_layer *l,
				   uint32_t *expected)
{
	uint8_t fcs = fcs_of(&l->rfcomm, p->bytes + l->offset);

	if (expected != NULL)
		*expected = fcs;
	return fcs == l->rfcomm.fcs ? PACKET_CHECKSUM_GOOD : PACKET_CHECKSUM_BAD;
}

static void show_rfcomm(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_rfcomm *r = &l->rfcomm;
	uint32_t at = l->offset, limit = v->limit;

	packet_show_hex(v, "Address", at, 1, r->address, NULL);
	packet_show_in(v);
	packet_show_bits(v, "EA", at, 1, 0x01, r->address & 1, NULL);
	packet_show_bits(v, "C/R", at, 1, 0x02, r->command_response, NULL);
	packet_show_bits(v, "DLCI", at, 1, 0xfc, r->dlci,
			 r->dlci == 0 ? "multiplexer control" : NULL);
	packet_show_bits(v, "Direction", at, 1, 0x04, r->direction, NULL);
	packet_show_bits(v, "Server Channel", at, 1, 0xf8, r->server_channel, NULL);
	packet_show_out(v);
	packet_show_hex(v, "Control", at + 1, 1, r->control, NULL);
	packet_show_in(v);
	packet_show_bits(v, "Frame type", at + 1, 1, 0xef, r->frame_type,
			 frame_name(r->frame_type));
	packet_show_bits(v, "P/F", at + 1, 1, 0x10, r->poll_final, NULL);
	packet_show_out(v);
	packet_show_bits(v, "Length", at + 2, r->length_size, r->length_size == 1 ? 0xfe : 0xfffe,
			 r->length, NULL);
	if (r->has_credits)
		packet_show_number(v, "Credits", at + 2 + r->length_size, 1, r->credits, NULL);
	if (r->multiplexer)
		packet_show_rfcomm_commands(v, l);
	/* it is behind the information, and so not among the header's own bytes */
	v->limit = r->fcs_offset + 1;
	packet_show_hex(v, "FCS", r->fcs_offset, 1, r->fcs, "good");
	v->limit = limit;
}

static void line_rfcomm(struct packet_out *out, const struct packet *p,
			const struct packet_layer *l)
{
	const struct packet_rfcomm *r = &l->rfcomm;

	packet_put(out, "RFCOMM ");
	packet_put(out, frame_name(r->frame_type));
	packet_put(out, " dlci ");
	packet_put_number(out, r->dlci);
	if (r->poll_final && !r->has_credits)
		packet_put(out,
			   r->frame_type == PACKET_RFCOMM_UA || r->frame_type == PACKET_RFCOMM_DM
				   ? " final"
				   : " poll");
	if (r->has_credits)
		packet_put_pair(out, "credits", r->credits);
	if (r->multiplexer)
		packet_line_rfcomm_commands(out, p, l);
	packet_put_length(out, r->length);
}

const struct packet_protocol packet_protocol_rfcomm = {
	.name = "RFCOMM",
	.show = show_rfcomm,
	.line = line_rfcomm,
	.verify = verify,
	.walk = packet_walk_rfcomm_commands,
};
