/* SPDX-License-Identifier: MIT */
/*
 * The control field of HDLC's balanced class, as X.25 (LAPB) and AX.25 use it.
 *
 *     7   6   5   4   3   2   1   0
 *    +-----------+---+-----------+---+
 *    | N(R)      | P | N(S)      | 0 |  I: information
 *    +-----------+---+-------+---+---+
 *    | N(R)      |P/F| S     | 0   1 |  S: RR, RNR, REJ, SREJ
 *    +-----------+---+-------+-------+
 *    | M         |P/F| M     | 1   1 |  U: SABM, UA, ...
 *    +-----------+---+-------+-------+
 *
 * X.25 2.3.2, AX.25 2.2 4.3. Modulo 128, I and S frames have a second byte with N(R) and P/F:
 *
 *    | N(S)                      | 0 |  then | N(R)                      |P/F|
 *    | 0   0   0   0 | S     | 0   1 |  then | N(R)                      |P/F|
 *
 * Which of the two it is was agreed upon with SABM or SABME and stands in no frame after that. An
 * S frame has no information field, so one with a byte more is modulo 128; an I frame tells
 * nothing and is read as modulo 8, which most links are.
 */
#include "harness/packet/x25/internal.h"

const char *packet_name_hdlc(uint8_t frame)
{
	switch (frame) {
	case PACKET_HDLC_I:
		return "I";
	case PACKET_HDLC_RR:
		return "RR";
	case PACKET_HDLC_RNR:
		return "RNR";
	case PACKET_HDLC_REJ:
		return "REJ";
	case PACKET_HDLC_SREJ:
		return "SREJ";
	case PACKET_HDLC_SABM:
		return "SABM";
	case PACKET_HDLC_SABME:
		return "SABME";
	case PACKET_HDLC_DISC:
		return "DISC";
	case PACKET_HDLC_DM:
		return "DM";
	case PACKET_HDLC_UA:
		return "UA";
	case PACKET_HDLC_FRMR:
		return "FRMR";
	case PACKET_HDLC_UI:
		return "UI";
	case PACKET_HDLC_XID:
		return "XID";
	case PACKET_HDLC_TEST:
		return "TEST";
	default:
		return NULL;
	}
}

static bool is_supervisory(uint8_t control)
{
	return (control & 3) == 1;
}

static bool is_numbered(const struct packet_hdlc *h)
{
	return (h->control & 3) != 3;
}

/* The layer's header ends in front of the control field: takes that, false when it is cut. */
bool packet_decode_hdlc(struct decoder *d, struct packet_hdlc *out)
{
	struct packet_layer *l = d->layer;
	uint32_t at = l->offset + l->header_length;
	uint8_t c;

	if (!packet_extend(d, l->header_length + 1))
		return false;
	c = d->bytes[at];
	out->control = c;
	out->poll_final = (c & 0x10) != 0;
	if ((c & 1) == 0) {
		out->frame = PACKET_HDLC_I;
		out->receive = c >> 5;
		out->send = c >> 1 & 7;
	} else if (!is_supervisory(c)) {
		out->frame = c & 0xef;
	} else {
		out->frame = c & 0x0f;
		out->receive = c >> 5;
		if (d->end - at != 2 || (c & 0xf0) != 0)
			return true;
		out->extended = true;
		if (!packet_extend(d, l->header_length + 1))
			return false;
		out->receive = d->bytes[at + 1] >> 1;
		out->poll_final = (d->bytes[at + 1] & 1) != 0;
	}
	return true;
}

/*
 * The information field of FRMR, X.25 2.3.4.9 and AX.25 2.0 2.3.4.3.5; W is bit 0 of the last byte:
 *
 *     7   6   5   4   3   2   1   0          modulo 128:
 *    +-------------------------------+      +-------------------------------+
 *  0 | rejected control field        |    0 | rejected control field        |
 *    +-----------+---+-----------+---+      |                               |
 *  1 | V(R)      |C/R| V(S)      | 0 |      +---------------------------+---+
 *    +-----------+---+-----------+---+    2 | V(S)                      | 0 |
 *  2 | 0   0   0   0 | Z | Y | X | W |      +---------------------------+---+
 *    +---------------+---+---+---+---+    3 | V(R)                      |C/R|
 *                                           +---------------+---+---+---+---+
 *                                         4 | 0   0   0   0 | Z | Y | X | W |
 *                                           +---------------+---+---+---+---+
 */
bool packet_decode_frmr(struct decoder *d, struct packet_frmr *out)
{
	struct packet_layer *l = d->layer;
	uint32_t at = l->offset + l->header_length, left = d->end - at;
	uint8_t b[5], flags;
	bool whole;

	if (left != 3 && left != 5) {
		packet_contradiction(d, "FRMR has %1 bytes of information, not 3 or 5", left, 0, at,
				     0);
		return true;
	}
	whole = packet_extend_into(d, b, left);
	out->length = (uint8_t)left;
	if (left == 3) {
		out->rejected_control = b[0];
		out->receive_state = b[1] >> 5;
		out->was_response = (b[1] & 0x10) != 0;
		out->send_state = b[1] >> 1 & 7;
		flags = b[2];
	} else {
		out->rejected_control = packet_be16(b);
		out->send_state = b[2] >> 1;
		out->receive_state = b[3] >> 1;
		out->was_response = (b[3] & 1) != 0;
		flags = b[4];
	}
	out->w = (flags & 1) != 0;
	out->x = (flags & 2) != 0;
	out->y = (flags & 4) != 0;
	out->z = (flags & 8) != 0;
	return whole;
}

static const char *poll_final_name(const struct packet_hdlc *h)
{
	if (h->is_command)
		return "P";
	return h->is_response ? "F" : "P/F";
}

static void show_extended(struct packet_view *v, const struct packet_hdlc *h, uint32_t at)
{
	packet_show_bits(v, "S", at, 1, 0x0c, h->control >> 2 & 3, packet_name_hdlc(h->frame));
	packet_show_bits(v, "N(R)", at + 1, 1, 0xfe, h->receive, NULL);
	packet_show_flag(v, poll_final_name(h), at + 1, 1, 0x01, h->poll_final);
}

void packet_show_hdlc(struct packet_view *v, const struct packet_hdlc *h, uint32_t at)
{
	const char *name = packet_name_hdlc(h->frame);

	packet_show_hex(v, "Control", at, h->extended ? 2 : 1,
			h->extended && at + 2 <= v->limit ? packet_be16(v->p->bytes + at)
							  : h->control,
			name != NULL ? name : "unknown");
	packet_show_in(v);
	if (h->extended) {
		show_extended(v, h, at);
		packet_show_out(v);
		return;
	}
	if (is_numbered(h))
		packet_show_bits(v, "N(R)", at, 1, 0xe0, h->receive, NULL);
	else
		packet_show_bits(v, "M", at, 1, 0xec, h->control & 0xec, name);
	packet_show_flag(v, poll_final_name(h), at, 1, 0x10, h->poll_final);
	if (h->frame == PACKET_HDLC_I)
		packet_show_bits(v, "N(S)", at, 1, 0x0e, h->send, NULL);
	else if (is_supervisory(h->control))
		packet_show_bits(v, "S", at, 1, 0x0c, h->control >> 2 & 3, name);
	packet_show_out(v);
}

void packet_show_frmr(struct packet_view *v, const struct packet_frmr *f, uint32_t at)
{
	uint32_t flags = at + f->length - 1u;
	bool extended = f->length == 5;

	if (f->length == 0)
		return;
	packet_show_hex(v, "Rejected control field", at, extended ? 2 : 1, f->rejected_control,
			NULL);
	if (extended) {
		packet_show_bits(v, "V(S)", at + 2, 1, 0xfe, f->send_state, NULL);
		packet_show_bits(v, "V(R)", at + 3, 1, 0xfe, f->receive_state, NULL);
	} else {
		packet_show_bits(v, "V(R)", at + 1, 1, 0xe0, f->receive_state, NULL);
	}
	packet_show_bits(v, "C/R", extended ? at + 3 : at + 1, 1, extended ? 0x01 : 0x10,
			 f->was_response, f->was_response ? "a response" : "a command");
	if (!extended)
		packet_show_bits(v, "V(S)", at + 1, 1, 0x0e, f->send_state, NULL);
	packet_show_flag(v, "Z: invalid N(R)", flags, 1, 0x08, f->z);
	packet_show_flag(v, "Y: information field too long", flags, 1, 0x04, f->y);
	packet_show_flag(v, "X: information field not permitted", flags, 1, 0x02, f->x);
	packet_show_flag(v, "W: control field undefined", flags, 1, 0x01, f->w);
}

/* "I N(S)=0 N(R)=1 P" */
void packet_line_hdlc(struct packet_out *out, const struct packet_hdlc *h)
{
	const char *name = packet_name_hdlc(h->frame);

	if (name != NULL) {
		packet_put(out, name);
	} else {
		packet_put(out, "control 0x");
		packet_put_hex(out, h->control, 2);
	}
	if (h->frame == PACKET_HDLC_I)
		packet_put_pair(out, "N(S)", h->send);
	if (is_numbered(h))
		packet_put_pair(out, "N(R)", h->receive);
	if (!h->poll_final)
		return;
	packet_put_char(out, ' ');
	packet_put(out, poll_final_name(h));
}

void packet_line_frmr(struct packet_out *out, const struct packet_frmr *f)
{
	if (f->length == 0)
		return;
	packet_put(out, " of 0x");
	packet_put_hex(out, f->rejected_control, f->length == 5 ? 4 : 2);
	packet_put_pair(out, "V(R)", f->receive_state);
	packet_put_pair(out, "V(S)", f->send_state);
	packet_put(out, f->w ? " W" : "");
	packet_put(out, f->x ? " X" : "");
	packet_put(out, f->y ? " Y" : "");
	packet_put(out, f->z ? " Z" : "");
}
