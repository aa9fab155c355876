/* SPDX-License-Identifier: MIT */
/* AX.25 2.2, the link layer of amateur packet radio. Its control field is in x25/hdlc.c. */
#include "harness/packet/ax25/internal.h"

#define REPEATERS_MAX 8

enum {
	PID_ROSE = 0x01,
	PID_SEGMENT = 0x08,
	PID_IP = 0xcc,
	PID_ARP = 0xcd,
	PID_NETROM = 0xcf,
	PID_ESCAPE = 0xff,
};

/* AX.25 2.2 3.4; bits 4 and 5 of 01 or 10: somebody's layer 3. */
static const char *pid_name(uint8_t pid)
{
	switch (pid) {
	case PID_ROSE:
		return "ROSE, X.25 PLP";
	case 0x06:
		return "compressed TCP/IP";
	case 0x07:
		return "uncompressed TCP/IP";
	case PID_SEGMENT:
		return "segmentation fragment";
	case 0xc3:
		return "TEXNET";
	case 0xc4:
		return "link quality protocol";
	case 0xca:
		return "AppleTalk";
	case 0xcb:
		return "AppleTalk ARP";
	case PID_IP:
		return "IP";
	case PID_ARP:
		return "ARP";
	case 0xce:
		return "FlexNet";
	case PID_NETROM:
		return "NET/ROM";
	case 0xf0:
		return "no layer 3";
	case PID_ESCAPE:
		return "escape";
	default:
		break;
	}
	pid &= 0x30;
	return pid == 0x10 || pid == 0x20 ? "AX.25 layer 3" : NULL;
}

/* The extension bit in front of the last byte of an address ends it in the middle. */
static bool is_cut_short(struct decoder *d, uint32_t at)
{
	for (uint32_t i = 0; i < 6; i++) {
		if ((d->bytes[at + i] & 1) == 0)
			continue;
		packet_contradiction(d, "the address field ends in the middle of an address", 0, 0,
				     at + i, 1);
		return true;
	}
	return false;
}

/* Two addresses and up to 8 repeaters; false when there is no end, or it is cut. */
static bool decode_addresses(struct decoder *d, struct packet_ax25 *ax25)
{
	struct packet_layer *l = d->layer;
	bool last = ax25->source.extension;

	if (is_cut_short(d, l->offset) || is_cut_short(d, l->offset + 7))
		return false;
	if (ax25->destination.extension) {
		packet_contradiction(d, "the address field ends with the destination", 0, 0,
				     l->offset + 6, 1);
		return false;
	}
	while (!last) {
		uint32_t at = l->offset + l->header_length;

		if (ax25->repeaters == REPEATERS_MAX) {
			packet_contradiction(d, "the address field goes on behind %1 repeaters",
					     REPEATERS_MAX, 0, at - 1, 1);
			return false;
		}
		if (!packet_extend(d, l->header_length + 7))
			return false;
		ax25->repeaters++;
		if (is_cut_short(d, at))
			return false;
		last = (d->bytes[at + 6] & 1) != 0;
	}
	return true;
}

/* The header goes on for a byte: stores it, or false when it is not there. */
static bool take_byte(struct decoder *d, uint8_t *out)
{
	struct packet_layer *l = d->layer;

	if (!packet_extend(d, l->header_length + 1))
		return false;
	*out = d->bytes[l->offset + l->header_length - 1];
	return true;
}

/*
 *     7   6               0
 *    +---+-----------------+-----------
 *  0 | F | remaining       | first segment: PID
 *    +---+-----------------+-----------
 *
 * AX.25 2.2 6.6: F marks the first of the segments, which starts with the PID of the whole.
 */
static bool decode_segment(struct decoder *d, struct packet_ax25 *ax25)
{
	uint8_t header;

	if (!take_byte(d, &header))
		return false;
	ax25->has_segment = true;
	ax25->first_segment = (header & 0x80) != 0;
	ax25->segments_remaining = header & 0x7f;
	if (!ax25->first_segment)
		return true;
	ax25->has_segment_pid = take_byte(d, &ax25->segment_pid);
	return ax25->has_segment_pid;
}

/* I and UI have a PID, which names what follows. */
static void decode_information(struct decoder *d, struct packet_ax25 *ax25)
{
	ax25->has_pid = take_byte(d, &ax25->pid);
	if (!ax25->has_pid)
		return;
	if (ax25->pid == PID_ESCAPE) {
		ax25->has_escaped_pid = take_byte(d, &ax25->escaped_pid);
		if (!ax25->has_escaped_pid)
			return;
	}
	if (ax25->pid == PID_SEGMENT && !decode_segment(d, ax25))
		return;
	packet_advance(d);
	switch (ax25->pid) {
	case PID_ROSE:
		d->next = packet_decode_rose;
		break;
	case PID_IP:
		d->next = packet_decode_ipv4;
		break;
	case PID_ARP:
		d->next = packet_decode_arp;
		break;
	case PID_NETROM:
		d->next = packet_decode_netrom;
		break;
	default:
		d->next = packet_decode_data;
		break;
	}
}

/* Frames without a PID: only FRMR, XID and TEST have information behind the control field. */
static void decode_other(struct decoder *d, struct packet_ax25 *ax25)
{
	uint8_t frame = ax25->hdlc.frame;

	if (frame == PACKET_HDLC_FRMR && !packet_decode_frmr(d, &ax25->frmr))
		return;
	if (frame == PACKET_HDLC_XID && !packet_decode_ax25_xid(d, ax25))
		return;
	packet_advance(d);
	d->next = packet_decode_data;
	if (d->at < d->end && packet_name_hdlc(frame) != NULL && frame != PACKET_HDLC_FRMR &&
	    frame != PACKET_HDLC_XID && frame != PACKET_HDLC_TEST)
		packet_contradiction(d, "%1 bytes follow a frame that has no information field",
				     d->end - d->at, 0, ax25->control_offset,
				     ax25->hdlc.extended ? 2 : 1);
}

/*
 *        0                   7                   14                       control
 *    +-------------------+-------------------+------------------------+---------+-----+------
 *    | Destination (7)   | Source (7)        | up to 8 repeaters (7)  | Control | PID | Info
 *    +-------------------+-------------------+------------------------+---------+-----+------
 *
 * AX.25 2.2 3. No frame check sequence. The C bits of destination and source tell a command (1 0)
 * from a response (0 1); of version 1 both are the same.
 */
void packet_decode_ax25(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_AX25);
	struct packet_ax25 *ax25;
	const uint8_t *h;

	if (l == NULL)
		return;
	ax25 = &l->ax25;
	*ax25 = (struct packet_ax25){0};
	h = packet_take(d, 14);
	packet_ax25_address(h, &ax25->destination);
	packet_ax25_address(h + 7, &ax25->source);
	if (l->header_captured < 14)
		return;
	if (!decode_addresses(d, ax25)) {
		packet_give_up(d);
		return;
	}
	ax25->hdlc.is_command =
		ax25->destination.command_or_repeated && !ax25->source.command_or_repeated;
	ax25->hdlc.is_response =
		!ax25->destination.command_or_repeated && ax25->source.command_or_repeated;
	ax25->control_offset = l->offset + l->header_length;
	if (!packet_decode_hdlc(d, &ax25->hdlc))
		return;
	if (ax25->hdlc.frame == PACKET_HDLC_I || ax25->hdlc.frame == PACKET_HDLC_UI)
		decode_information(d, ax25);
	else
		decode_other(d, ax25);
}

bool packet_ax25_repeater_next(struct packet_walk *walk, struct packet_ax25_repeater *out)
{
	if (walk->next >= walk->end || walk->left == 0)
		return false;
	if (walk->captured < walk->next || walk->captured - walk->next < 7) {
		walk->fault = PACKET_TRUNCATED;
		return false;
	}
	out->offset = walk->next;
	packet_ax25_address(walk->packet->bytes + walk->next, &out->address);
	walk->next += 7;
	walk->left--;
	return true;
}

static void show_information(struct packet_view *v, const struct packet_ax25 *ax25, uint32_t at)
{
	if (!ax25->has_pid)
		return;
	packet_show_hex(v, "PID", at, 1, ax25->pid, pid_name(ax25->pid));
	if (ax25->has_escaped_pid)
		packet_show_hex(v, "PID behind the escape", at + 1, 1, ax25->escaped_pid, NULL);
	if (!ax25->has_segment)
		return;
	packet_show_flag(v, "First segment", at + 1, 1, 0x80, ax25->first_segment);
	packet_show_bits(v, "Segments remaining", at + 1, 1, 0x7f, ax25->segments_remaining, NULL);
	if (ax25->has_segment_pid)
		packet_show_hex(v, "PID of the segments", at + 2, 1, ax25->segment_pid,
				pid_name(ax25->segment_pid));
}

static void show_ax25(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_ax25 *ax25 = &l->ax25;
	struct packet_walk walk = packet_walk(v->p, l);
	struct packet_ax25_repeater repeater;
	uint32_t at;

	packet_show_ax25(v, "Destination", l->offset, &ax25->destination, "C");
	packet_show_ax25(v, "Source", l->offset + 7, &ax25->source, "C");
	while (packet_ax25_repeater_next(&walk, &repeater))
		packet_show_ax25(v, "Repeater", repeater.offset, &repeater.address, "H");
	if (ax25->control_offset == 0)
		return;
	packet_show_hdlc(v, &ax25->hdlc, ax25->control_offset);
	at = ax25->control_offset + (ax25->hdlc.extended ? 2 : 1);
	show_information(v, ax25, at);
	packet_show_frmr(v, &ax25->frmr, at);
	packet_show_ax25_xid(v, l, at);
}

static void line_pid(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	const struct packet_ax25 *ax25 = &l->ax25;
	const char *name = pid_name(ax25->pid);

	if (packet_header_behind(p, l))
		return;
	packet_put_char(out, ' ');
	if (name != NULL) {
		packet_put(out, name);
	} else {
		packet_put(out, "PID 0x");
		packet_put_hex(out, ax25->pid, 2);
	}
	if (ax25->has_segment) {
		packet_put(out, ax25->first_segment ? " first" : "");
		packet_put_pair(out, "remaining", ax25->segments_remaining);
	}
	packet_put_length(out, l->length - l->header_length);
}

static void line_ax25(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	const struct packet_ax25 *ax25 = &l->ax25;
	struct packet_walk walk = packet_walk(p, l);
	struct packet_ax25_repeater repeater;

	packet_put(out, "AX.25 ");
	if (l->header_captured < 14) {
		packet_put(out, "header cut");
		return;
	}
	packet_put_ax25(out, &ax25->source);
	packet_put(out, " > ");
	packet_put_ax25(out, &ax25->destination);
	while (packet_ax25_repeater_next(&walk, &repeater)) {
		packet_put(out, " via ");
		packet_put_ax25(out, &repeater.address);
		packet_put(out, repeater.address.command_or_repeated ? "*" : "");
	}
	packet_put_char(out, ' ');
	if (ax25->control_offset == 0 || l->header_captured < l->header_length) {
		packet_put(out, ax25->control_offset == 0 && !l->cut ? "no control field"
								     : "header cut");
		return;
	}
	packet_line_hdlc(out, &ax25->hdlc);
	if (ax25->has_pid)
		line_pid(out, p, l);
	packet_line_frmr(out, &ax25->frmr);
	if (ax25->has_xid)
		packet_put_pair(out, "GL", ax25->xid_group_length);
	if (ax25->hdlc.frame == PACKET_HDLC_TEST)
		packet_put_length(out, l->length - l->header_length);
}

static void walk(struct packet_walk *walk, const struct packet_layer *l)
{
	walk->next = l->offset + 14;
	walk->end = l->offset + 14 + 7u * l->ax25.repeaters;
	walk->left = l->ax25.repeaters;
}

const struct packet_protocol packet_protocol_ax25 = {
	.name = "AX.25",
	.show = show_ax25,
	.line = line_ax25,
	.walk = walk,
};
