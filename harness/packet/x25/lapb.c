/* SPDX-License-Identifier: MIT */
/* LAPB, the link layer of X.25 (clause 2). */
#include "harness/packet/x25/internal.h"

enum {
	ADDRESS_A = 0x03,
	ADDRESS_B = 0x01,
	ADDRESS_C = 0x0f, /* A and B of the multilink procedure */
	ADDRESS_D = 0x07,
};

static const char *address_name(uint8_t address)
{
	switch (address) {
	case ADDRESS_A:
		return "A";
	case ADDRESS_B:
		return "B";
	case ADDRESS_C:
		return "C";
	case ADDRESS_D:
		return "D";
	default:
		return NULL;
	}
}

static bool only_command(uint8_t frame)
{
	return frame == PACKET_HDLC_I || frame == PACKET_HDLC_SABM || frame == PACKET_HDLC_SABME ||
	       frame == PACKET_HDLC_DISC;
}

static bool only_response(uint8_t frame)
{
	return frame == PACKET_HDLC_UA || frame == PACKET_HDLC_DM || frame == PACKET_HDLC_FRMR;
}

/*
 * The address is that of the one who answers: A (or C) is the DTE's, B (or D) the DCE's, so a
 * frame to the address of its receiver is a command (X.25 2.4.2). Without a direction only frames
 * that are one of the two always can tell.
 */
static void tell_commands(struct decoder *d, struct packet_lapb *lapb)
{
	struct packet_hdlc *h = &lapb->hdlc;
	bool to_dte = lapb->address == ADDRESS_A || lapb->address == ADDRESS_C;

	if (address_name(lapb->address) == NULL) {
		packet_contradiction(d, "Address is %1: not A (3), B (1), C (15) or D (7)",
				     lapb->address, 0, lapb->hdlc_offset - 1, 1);
		return;
	}
	if (!lapb->has_direction) {
		h->is_command = only_command(h->frame);
		h->is_response = only_response(h->frame);
		return;
	}
	h->is_command = to_dte == (lapb->direction == 0);
	h->is_response = !h->is_command;
	if (h->is_command ? only_response(h->frame) : only_command(h->frame))
		packet_contradiction(
			d,
			h->is_command
				? "Direction and Address say command, the frame is a response"
				: "Direction and Address say response, the frame is a command",
			0, 0, lapb->hdlc_offset - 1, 1);
}

/* What follows the address. The two bytes of the multilink procedure in front are no packet. */
static void decode_control(struct decoder *d, struct packet_lapb *lapb)
{
	struct packet_layer *l = d->layer;

	lapb->hdlc_offset = l->offset + l->header_length;
	if (!packet_decode_hdlc(d, &lapb->hdlc))
		return;
	tell_commands(d, lapb);
	if (lapb->hdlc.frame == PACKET_HDLC_FRMR) {
		if (!packet_decode_frmr(d, &lapb->frmr))
			return;
	}
	packet_advance(d);
	if (lapb->hdlc.frame == PACKET_HDLC_I &&
	    (lapb->address == ADDRESS_A || lapb->address == ADDRESS_B)) {
		d->next = packet_decode_x25;
		return;
	}
	d->next = packet_decode_data;
	if (d->at < d->end && packet_name_hdlc(lapb->hdlc.frame) != NULL &&
	    lapb->hdlc.frame != PACKET_HDLC_I && lapb->hdlc.frame != PACKET_HDLC_UI &&
	    lapb->hdlc.frame != PACKET_HDLC_XID && lapb->hdlc.frame != PACKET_HDLC_TEST)
		packet_contradiction(d, "%1 bytes follow a frame that has no information field",
				     d->end - d->at, 0, lapb->hdlc_offset,
				     lapb->hdlc.extended ? 2 : 1);
}

/*
 *        0           1           2
 *    +-----------+-----------+-----------+------------
 *  0 | Direction | Address   | Control   | Information
 *    +-----------+-----------+-----------+------------
 *
 * LINKTYPE_LAPB_WITH_DIR of the pcap formats: Direction is 0 for what this host received (DCE to
 * DTE), and not 0 for what it sent (DTE to DCE). X.25 2.2; no frame check sequence.
 */
void packet_decode_lapb(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_LAPB);
	const uint8_t *h;

	if (l == NULL)
		return;
	l->lapb = (struct packet_lapb){.has_direction = true};
	h = packet_take(d, 2);
	l->lapb.direction = h[0];
	l->lapb.address = h[1];
	if (l->header_captured == 2)
		decode_control(d, &l->lapb);
}

/*
 *        0       1       2       3
 *    +-------+-------+-------+-------+------------
 *  0 | Length (LE)   |Address|Control| Information
 *    +-------+-------+-------+-------+------------
 *
 * How Linux's drivers/net/wan/lapbether.c puts LAPB into Ethernet frames, EtherType 0x6000. Length
 * is little-endian and counts what follows it; the frame may be padded.
 */
void packet_decode_lapbether(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_LAPB);
	const uint8_t *h;

	if (l == NULL)
		return;
	l->lapb = (struct packet_lapb){.has_length = true};
	h = packet_take(d, 3);
	l->lapb.length = packet_le16(h);
	l->lapb.address = h[2];
	if (l->header_captured < 2)
		return;
	if (l->lapb.length < 2) {
		packet_contradiction(d, "Length is %1, a frame has at least address and control",
				     l->lapb.length, 0, l->offset, 2);
		packet_give_up(d);
		return;
	}
	packet_narrow(d, 2u + l->lapb.length,
		      "Length announces %1 bytes with itself, only %2 are there", l->offset, 2);
	if (l->header_captured == 3)
		decode_control(d, &l->lapb);
}

static void show_lapb(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_lapb *lapb = &l->lapb;
	uint32_t control = lapb->hdlc_offset;

	if (lapb->has_direction)
		packet_show_number(v, "Direction", l->offset, 1, lapb->direction,
				   lapb->direction == 0 ? "received, DCE to DTE"
							: "sent, DTE to DCE");
	else
		packet_show_number(v, "Length", l->offset, 2, lapb->length, NULL);
	packet_show_hex(v, "Address", l->offset + (lapb->has_direction ? 1 : 2), 1, lapb->address,
			address_name(lapb->address));
	if (control == 0)
		return;
	packet_show_hdlc(v, &lapb->hdlc, control);
	packet_show_frmr(v, &lapb->frmr, control + 1);
}

static void line_lapb(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	const struct packet_lapb *lapb = &l->lapb;
	const char *name = address_name(lapb->address);
	uint32_t frame;

	packet_put(out, "LAPB ");
	if (lapb->hdlc_offset == 0 || l->header_captured < l->header_length) {
		packet_put(out, "header cut");
		return;
	}
	if (lapb->has_direction)
		packet_put(out, lapb->direction == 0 ? "DCE > DTE " : "DTE > DCE ");
	packet_put(out, name != NULL ? name : "?");
	packet_put_char(out, ' ');
	packet_line_hdlc(out, &lapb->hdlc);
	packet_line_frmr(out, &lapb->frmr);
	frame = l->offset + l->header_length;
	if (packet_data_behind(p, l) > 0 && l[1].offset == frame)
		packet_put_length(out, packet_data_behind(p, l));
}

const struct packet_protocol packet_protocol_lapb = {
	.name = "LAPB",
	.show = show_lapb,
	.line = line_lapb,
};
