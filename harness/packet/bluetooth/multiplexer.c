/* SPDX-License-Identifier: MIT */
/*
 * Commands of RFCOMM's multiplexer, on DLCI 0: TS 07.10 5.4.6.3, RFCOMM 4.3 and 5.3.
 *
 *     0   1   2       8   9               16 (or 24)
 *    +---+---+-------+---+---------------+------------------
 *    |EA |C/R| Type  |EA | Length        | value
 *    +---+---+-------+---+---------------+------------------
 *
 * Bits from the lowest on. EA is 1 in the last byte of type and of length; the bytes of the length
 * have 7 bits each, unlike those of the frame's length.
 */
#include "harness/packet/bluetooth/internal.h"

static const char *type_name(uint8_t type)
{
	switch (type) {
	case PACKET_RFCOMM_NSC:
		return "NSC";
	case PACKET_RFCOMM_TEST:
		return "TEST";
	case PACKET_RFCOMM_RLS:
		return "RLS";
	case PACKET_RFCOMM_FCOFF:
		return "FCOFF";
	case PACKET_RFCOMM_PN:
		return "PN";
	case PACKET_RFCOMM_RPN:
		return "RPN";
	case PACKET_RFCOMM_FCON:
		return "FCON";
	case PACKET_RFCOMM_MSC:
		return "MSC";
	default:
		return NULL;
	}
}

/* The members; false for a length that the type cannot have. */
static bool fill_command(struct packet_rfcomm_command *c, const uint8_t *b)
{
	switch (c->type) {
	case PACKET_RFCOMM_PN:
		if (c->length != 8)
			return false;
		c->dlci = b[0] & 0x3f;
		c->frame_size = packet_le16(b + 4);
		c->credits = b[7] & 7;
		return true;
	case PACKET_RFCOMM_MSC:
		if (c->length != 2 && c->length != 3)
			return false;
		c->dlci = b[0] >> 2;
		c->signals = b[1];
		return true;
	case PACKET_RFCOMM_RPN:
		if (c->length != 1 && c->length != 8)
			return false;
		c->dlci = b[0] >> 2;
		return true;
	case PACKET_RFCOMM_RLS:
		if (c->length != 2)
			return false;
		c->dlci = b[0] >> 2;
		return true;
	case PACKET_RFCOMM_NSC:
		return c->length == 1;
	case PACKET_RFCOMM_FCON:
	case PACKET_RFCOMM_FCOFF:
		return c->length == 0;
	default:
		return true;
	}
}

bool packet_rfcomm_command_next(struct packet_walk *walk, struct packet_rfcomm_command *out)
{
	uint32_t left = walk->end - walk->next, header = 2;
	const uint8_t *b;

	if (walk->next >= walk->end)
		return false;
	walk->fault = PACKET_MALFORMED;
	b = walk->packet->bytes + walk->next;
	if (left < 2)
		return false;
	/* an RFCOMM frame is there as a whole, see packet_is_rfcomm() */
	if (walk->captured < walk->end) {
		walk->fault = PACKET_TRUNCATED;
		return false;
	}
	*out = (struct packet_rfcomm_command){.type = b[0] >> 2,
					      .command_response = (b[0] & 2) != 0,
					      .length = b[1] >> 1,
					      .offset = walk->next};
	if (!(b[0] & 1))
		return false;
	if (!(b[1] & 1)) {
		header = 3;
		/* no frame has a command that needs a third one */
		if (left < 3 || !(b[2] & 1))
			return false;
		out->length = (uint16_t)(out->length | b[2] >> 1 << 7);
	}
	if (out->length > left - header)
		return false;
	walk->fault = 0;
	out->data_offset = walk->next + header;
	out->ok = fill_command(out, b + header);
	walk->next += header + out->length;
	return true;
}

void packet_walk_rfcomm_commands(struct packet_walk *walk, const struct packet_layer *l)
{
	walk->next = l->rfcomm.multiplexer ? l->offset + 2 + l->rfcomm.length_size : 0;
}

void packet_decode_rfcomm_commands(struct decoder *d)
{
	struct packet_walk walk = packet_walk(d->p, d->layer);
	struct packet_rfcomm_command c;

	while (packet_rfcomm_command_next(&walk, &c)) {
		if (!c.ok)
			packet_contradiction(d, "a command of type %1 cannot be %2 bytes long",
					     c.type, c.length, c.offset + 1, 1);
	}
	if (walk.fault == PACKET_MALFORMED)
		packet_contradiction(d, "a command does not fit into the %1 bytes left for it",
				     walk.end - walk.next, 0, walk.next, 1);
}

static void show_pn(struct packet_view *v, uint32_t at)
{
	const uint8_t *b = v->p->bytes + at;

	packet_show_bits(v, "DLCI", at, 1, 0x3f, b[0] & 0x3f, NULL);
	packet_show_bits(v, "I: frame type", at + 1, 1, 0x0f, b[1] & 15, NULL);
	packet_show_bits(v, "CL: convergence layer", at + 1, 1, 0xf0, b[1] >> 4,
			 b[1] >> 4 == 0xf   ? "credits wanted"
			 : b[1] >> 4 == 0xe ? "credits agreed"
					    : NULL);
	packet_show_bits(v, "P: priority", at + 2, 1, 0x3f, b[2] & 0x3f, NULL);
	packet_show_number(v, "T1: acknowledgement timer", at + 3, 1, b[3], NULL);
	packet_show_number(v, "N1: maximum frame size", at + 4, 2, packet_le16(b + 4), NULL);
	packet_show_number(v, "NA: maximum retransmissions", at + 6, 1, b[6], NULL);
	packet_show_bits(v, "K: credits", at + 7, 1, 0x07, b[7] & 7, NULL);
}

static void show_dlci(struct packet_view *v, uint32_t at)
{
	packet_show_bits(v, "DLCI", at, 1, 0xfc, v->p->bytes[at] >> 2, NULL);
}

static void show_msc(struct packet_view *v, uint32_t at, uint16_t length)
{
	const uint8_t *b = v->p->bytes + at;

	show_dlci(v, at);
	packet_show_flag(v, "FC: no frames can be taken", at + 1, 1, 0x02, (b[1] & 0x02) != 0);
	packet_show_flag(v, "RTC: ready to communicate", at + 1, 1, 0x04, (b[1] & 0x04) != 0);
	packet_show_flag(v, "RTR: ready to receive", at + 1, 1, 0x08, (b[1] & 0x08) != 0);
	packet_show_flag(v, "IC: incoming call", at + 1, 1, 0x40, (b[1] & 0x40) != 0);
	packet_show_flag(v, "DV: data valid", at + 1, 1, 0x80, (b[1] & 0x80) != 0);
	if (length < 3)
		return;
	packet_show_flag(v, "B: break signal", at + 2, 1, 0x02, (b[2] & 0x02) != 0);
	packet_show_bits(v, "L: length of the break", at + 2, 1, 0xf0, b[2] >> 4, "of 200 ms");
}

static void show_rpn(struct packet_view *v, uint32_t at, uint16_t length)
{
	static const char *const rates[] = {"2400 bit/s",  "4800 bit/s",   "7200 bit/s",
					    "9600 bit/s",  "19200 bit/s",  "38400 bit/s",
					    "57600 bit/s", "115200 bit/s", "230400 bit/s"};
	static const char *const data_bits[] = {"5", "6", "7", "8"};
	static const char *const parities[] = {"odd", "even", "mark", "space"};
	const uint8_t *b = v->p->bytes + at;

	show_dlci(v, at);
	if (length < 8)
		return;
	packet_show_number(v, "B: baud rate", at + 1, 1, b[1], b[1] < 9 ? rates[b[1]] : NULL);
	packet_show_bits(v, "D: data bits", at + 2, 1, 0x03, b[2] & 3, data_bits[b[2] & 3]);
	packet_show_bits(v, "S: stop bits", at + 2, 1, 0x04, b[2] >> 2 & 1, b[2] & 4 ? "1.5" : "1");
	packet_show_flag(v, "P: parity", at + 2, 1, 0x08, (b[2] & 0x08) != 0);
	packet_show_bits(v, "PT: parity type", at + 2, 1, 0x30, b[2] >> 4 & 3,
			 parities[b[2] >> 4 & 3]);
	packet_show_bits(v, "FLC: flow control", at + 3, 1, 0x3f, b[3] & 0x3f, NULL);
	packet_show_hex(v, "XON", at + 4, 1, b[4], NULL);
	packet_show_hex(v, "XOFF", at + 5, 1, b[5], NULL);
	packet_show_hex(v, "PM: parameter mask", at + 6, 2, packet_le16(b + 6), NULL);
}

static void show_rls(struct packet_view *v, uint32_t at)
{
	static const char *const errors[] = {"overrun", "parity", NULL, "framing"};
	uint8_t status = v->p->bytes[at + 1] & 0x0f;
	uint8_t error = status >> 1;

	show_dlci(v, at);
	packet_show_bits(v, "L: line status", at + 1, 1, 0x0f, status,
			 !(status & 1)		  ? "no error"
			 : error > 0 && error < 5 ? errors[error - 1]
						  : NULL);
}

static void show_value(struct packet_view *v, const struct packet_rfcomm_command *c)
{
	uint32_t at = c->data_offset;

	if (!c->ok) {
		packet_show_bytes(v, "Value", at, c->length);
		return;
	}
	switch (c->type) {
	case PACKET_RFCOMM_PN:
		show_pn(v, at);
		break;
	case PACKET_RFCOMM_MSC:
		show_msc(v, at, c->length);
		break;
	case PACKET_RFCOMM_RPN:
		show_rpn(v, at, c->length);
		break;
	case PACKET_RFCOMM_RLS:
		show_rls(v, at);
		break;
	case PACKET_RFCOMM_NSC:
		packet_show_bits(v, "Command type not supported", at, 1, 0xfc, v->p->bytes[at] >> 2,
				 type_name(v->p->bytes[at] >> 2));
		break;
	default:
		packet_show_bytes(v, "Value", at, c->length);
		break;
	}
}

void packet_show_rfcomm_commands(struct packet_view *v, const struct packet_layer *l)
{
	struct packet_walk walk = packet_walk(v->p, l);
	struct packet_rfcomm_command c;

	while (packet_rfcomm_command_next(&walk, &c)) {
		const char *name = type_name(c.type);
		uint32_t size = c.data_offset - c.offset;

		packet_show_text(v, "Command", c.offset, size + c.length,
				 name != NULL ? name : "unknown");
		packet_show_in(v);
		packet_show_bits(v, "Command C/R", c.offset, 1, 0x02, c.command_response,
				 c.command_response ? "command" : "response");
		packet_show_bits(v, "Command type", c.offset, 1, 0xfc, c.type, name);
		packet_show_bits(v, "Command length", c.offset + 1, size - 1,
				 size == 2 ? 0xfe : 0xfefe, c.length, NULL);
		show_value(v, &c);
		packet_show_out(v);
	}
	packet_show_rest(v, &walk);
}

void packet_line_rfcomm_commands(struct packet_out *out, const struct packet *p,
				 const struct packet_layer *l)
{
	struct packet_walk walk = packet_walk(p, l);
	struct packet_rfcomm_command c;

	while (packet_rfcomm_command_next(&walk, &c)) {
		const char *name = type_name(c.type);

		packet_put_char(out, ' ');
		packet_put(out, name != NULL ? name : "unknown");
		packet_put(out, c.command_response ? " command" : " response");
		if (c.ok && c.dlci != 0) {
			packet_put(out, " dlci ");
			packet_put_number(out, c.dlci);
		}
		if (c.frame_size != 0)
			packet_put_pair(out, "n1", c.frame_size);
	}
	if (walk.fault != 0)
		packet_put(out, " ...");
}
