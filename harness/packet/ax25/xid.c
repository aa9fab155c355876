/* SPDX-License-Identifier: MIT */
/*
 * The information field of AX.25's XID frames, AX.25 2.2 4.3.3.7 (ISO 8885):
 *
 *        0       1       2       3       4
 *    +-------+-------+-------+-------+-------+-------+-----------+----
 *    | FI    | GI    | GL            | PI    | PL    | PV (PL)   | PI ...
 *    +-------+-------+-------+-------+-------+-------+-----------+----
 *
 * FI 0x82 is general purpose information, GI 0x80 parameters to negotiate; GL counts the bytes of
 * all parameters. Numbers have their high byte first. Of bit fields the standard numbers the
 * bits through the bytes from the lowest bit of the first one on.
 */
#include "harness/packet/ax25/internal.h"

enum {
	FORMAT_GENERAL = 0x82,
	GROUP_PARAMETERS = 0x80,
};

bool packet_decode_ax25_xid(struct decoder *d, struct packet_ax25 *ax25)
{
	struct packet_layer *l = d->layer;
	uint32_t at = l->offset + l->header_length, left;
	struct packet_ax25_xid xid;
	struct packet_walk walk;
	uint8_t header[4];
	bool whole;

	/* the information field may be left out */
	if (at >= d->end)
		return true;
	whole = packet_extend_into(d, header, 4);
	ax25->has_xid = true;
	ax25->xid_format = header[0];
	ax25->xid_group = header[1];
	ax25->xid_group_length = packet_be16(header + 2);
	if (!whole)
		return false;
	ax25->xid_offset = at + 4;
	if (ax25->xid_format != FORMAT_GENERAL || ax25->xid_group != GROUP_PARAMETERS)
		return true;
	left = d->end - ax25->xid_offset;
	if (ax25->xid_group_length > left)
		packet_contradiction(d, "GL is %1, only %2 bytes are left", ax25->xid_group_length,
				     left, at + 2, 2);
	whole = packet_extend(d, l->header_length + ax25->xid_group_length);
	walk = packet_ax25_xid_walk(d->p, l);
	while (packet_ax25_xid_next(&walk, &xid)) {
		if (!xid.ok)
			packet_contradiction(d, "parameter %1 cannot have %2 bytes", xid.identifier,
					     xid.length, xid.offset + 1, 1);
	}
	packet_walk_fault(d, &walk, "a parameter has %1 bytes, the group %2 with its header");
	return whole;
}

struct packet_walk packet_ax25_xid_walk(const struct packet *p, const struct packet_layer *l)
{
	struct packet_walk walk = packet_walk(p, l);
	const struct packet_ax25 *ax25 = &l->ax25;
	uint32_t there = l->offset + l->header_captured;

	walk.left = UINT32_MAX;
	walk.next = 0;
	walk.end = 0;
	if (l->kind == PACKET_AX25 && ax25->xid_offset != 0 && ax25->xid_format == FORMAT_GENERAL &&
	    ax25->xid_group == GROUP_PARAMETERS) {
		walk.next = ax25->xid_offset;
		walk.end = ax25->xid_offset + ax25->xid_group_length;
	}
	walk.captured = walk.end < there ? walk.end : there;
	return walk;
}

/* 0: any length of a parameter that is not known. */
static uint8_t length_of(uint8_t identifier)
{
	switch (identifier) {
	case PACKET_AX25_XID_CLASSES:
		return 2;
	case PACKET_AX25_XID_FUNCTIONS:
		return 3;
	case PACKET_AX25_XID_WINDOW_TRANSMIT:
	case PACKET_AX25_XID_WINDOW_RECEIVE:
		return 1;
	default:
		return 0;
	}
}

bool packet_ax25_xid_next(struct packet_walk *walk, struct packet_ax25_xid *out)
{
	const uint8_t *b = walk->packet->bytes;
	uint32_t at = walk->next, left = walk->end - at;

	if (at >= walk->end)
		return false;
	if (left < 2) {
		walk->fault = at < walk->captured ? PACKET_MALFORMED : PACKET_TRUNCATED;
		return false;
	}
	if (walk->captured < at || walk->captured - at < 2) {
		walk->fault = PACKET_TRUNCATED;
		return false;
	}
	*out = (struct packet_ax25_xid){
		.identifier = b[at], .length = b[at + 1], .offset = at, .data_offset = at + 2};
	if (out->length > left - 2u) {
		walk->fault = PACKET_MALFORMED;
		return false;
	}
	if (out->length > walk->captured - at - 2) {
		walk->fault = PACKET_TRUNCATED;
		return false;
	}
	out->ok = length_of(b[at]) == 0 ? out->length <= 4 || b[at] > PACKET_AX25_XID_RETRIES
					: out->length == length_of(b[at]);
	for (uint32_t i = 0; i < out->length && out->length <= 4; i++)
		out->value = out->value << 8 | b[at + 2 + i];
	walk->next += 2u + out->length;
	return true;
}

static const char *parameter_name(uint8_t identifier)
{
	switch (identifier) {
	case PACKET_AX25_XID_CLASSES:
		return "Classes of Procedures";
	case PACKET_AX25_XID_FUNCTIONS:
		return "HDLC Optional Functions";
	case PACKET_AX25_XID_I_FIELD_TRANSMIT:
		return "I Field Length Tx";
	case PACKET_AX25_XID_I_FIELD_RECEIVE:
		return "I Field Length Rx";
	case PACKET_AX25_XID_WINDOW_TRANSMIT:
		return "Window Size Tx";
	case PACKET_AX25_XID_WINDOW_RECEIVE:
		return "Window Size Rx";
	case PACKET_AX25_XID_TIMER:
		return "Wait for Acknowledgement Timer";
	case PACKET_AX25_XID_RETRIES:
		return "Retries";
	default:
		return "Unknown parameter";
	}
}

/* A bit field's byte: the bits that AX.25 2.2 figure 4.5 names. */
struct bit {
	uint8_t identifier, byte, mask;
	const char *name;
};

static const struct bit bits[] = {
	{PACKET_AX25_XID_CLASSES, 0, 0x01, "Balanced ABM"},
	{PACKET_AX25_XID_CLASSES, 0, 0x20, "Half duplex"},
	{PACKET_AX25_XID_CLASSES, 0, 0x40, "Full duplex"},
	{PACKET_AX25_XID_FUNCTIONS, 0, 0x02, "REJ"},
	{PACKET_AX25_XID_FUNCTIONS, 0, 0x04, "SREJ"},
	{PACKET_AX25_XID_FUNCTIONS, 0, 0x80, "Extended address"},
	{PACKET_AX25_XID_FUNCTIONS, 1, 0x04, "Modulo 8"},
	{PACKET_AX25_XID_FUNCTIONS, 1, 0x08, "Modulo 128"},
	{PACKET_AX25_XID_FUNCTIONS, 1, 0x20, "TEST"},
	{PACKET_AX25_XID_FUNCTIONS, 1, 0x80, "16-bit FCS"},
	{PACKET_AX25_XID_FUNCTIONS, 2, 0x02, "Synchronous transmit"},
	{PACKET_AX25_XID_FUNCTIONS, 2, 0x20, "SREJ multiframe"},
	{PACKET_AX25_XID_FUNCTIONS, 2, 0x40, "Segmenter"},
};

static void show_value(struct packet_view *v, const struct packet_ax25_xid *xid)
{
	const char *unit = NULL;

	if (!xid->ok || xid->length == 0 || xid->length > 4 ||
	    xid->identifier > PACKET_AX25_XID_RETRIES) {
		packet_show_bytes(v, "PV", xid->data_offset, xid->length);
		return;
	}
	if (length_of(xid->identifier) > 1) {
		packet_show_hex(v, "PV", xid->data_offset, xid->length, xid->value, NULL);
		packet_show_in(v);
		for (size_t i = 0; i < sizeof(bits) / sizeof(bits[0]); i++) {
			const uint32_t at = xid->data_offset + bits[i].byte;

			if (bits[i].identifier == xid->identifier && at < v->limit)
				packet_show_flag(v, bits[i].name, at, 1, bits[i].mask,
						 (v->p->bytes[at] & bits[i].mask) != 0);
		}
		packet_show_out(v);
		return;
	}
	if (xid->identifier == PACKET_AX25_XID_I_FIELD_TRANSMIT ||
	    xid->identifier == PACKET_AX25_XID_I_FIELD_RECEIVE)
		unit = "bits";
	else if (xid->identifier == PACKET_AX25_XID_TIMER)
		unit = "ms";
	if (unit != NULL)
		packet_show_unit(v, "PV", xid->data_offset, xid->length, xid->value, unit);
	else
		packet_show_number(v, "PV", xid->data_offset, xid->length, xid->value, NULL);
}

void packet_show_ax25_xid(struct packet_view *v, const struct packet_layer *l, uint32_t at)
{
	const struct packet_ax25 *ax25 = &l->ax25;
	struct packet_walk walk = packet_ax25_xid_walk(v->p, l);
	struct packet_ax25_xid xid;

	if (!ax25->has_xid)
		return;
	packet_show_hex(v, "FI", at, 1, ax25->xid_format,
			ax25->xid_format == FORMAT_GENERAL ? "general purpose" : NULL);
	packet_show_hex(v, "GI", at + 1, 1, ax25->xid_group,
			ax25->xid_group == GROUP_PARAMETERS ? "parameter negotiation" : NULL);
	packet_show_number(v, "GL", at + 2, 2, ax25->xid_group_length, NULL);
	while (packet_ax25_xid_next(&walk, &xid)) {
		packet_show_text(v, parameter_name(xid.identifier), xid.offset, 2u + xid.length,
				 xid.ok ? "" : "length not possible for this parameter");
		packet_show_in(v);
		packet_show_number(v, "PI", xid.offset, 1, xid.identifier, NULL);
		packet_show_number(v, "PL", xid.offset + 1, 1, xid.length, NULL);
		show_value(v, &xid);
		packet_show_out(v);
	}
	packet_show_rest(v, &walk);
}
