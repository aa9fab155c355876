/* SPDX-License-Identifier: MIT */
/*
 * ROSE: the packet layer of X.25 over AX.25, as Linux's net/rose has it. Addresses have 10 digits.
 * Callsigns are in facilities, behind the markers for national and CCITT ones (rose_subr.c):
 *
 *    00 00   national: 7f random (2 bytes), e9, eb a repeater of destination and source, ef all
 *            repeaters (7 bytes each), ed callsign and ee address where a call failed, 3f flags
 *    00 0f   CCITT: c9 destination and cb source:
 *
 *    +----+--------+-------------+----------+----+-------------+----------------+
 *    | c9 | length | semi-octets | 47 00 11 | 0a | address (5) | callsign, text |
 *    +----+--------+-------------+----------+----+-------------+----------------+
 */
#include "harness/packet/ax25/internal.h"

enum {
	MARKER_NATIONAL = 0x00,
	MARKER_CCITT = 0x0f,
	FACILITY_FLAGS = 0x3f,
	FACILITY_RANDOM = 0x7f,
	FACILITY_DESTINATION_REPEATER = 0xe9,
	FACILITY_SOURCE_REPEATER = 0xeb,
	FACILITY_FAILED_CALLSIGN = 0xed,
	FACILITY_FAILED_ADDRESS = 0xee,
	FACILITY_REPEATERS = 0xef,
};

/* Whether Linux takes a facility with a parameter of that length. */
static bool possible(const struct packet_x25_facility *f, uint8_t marker)
{
	uint32_t length = f->data_length;

	if (marker == MARKER_CCITT)
		return (f->code != PACKET_X25_FACILITY_CALLED_ADDRESS &&
			f->code != PACKET_X25_FACILITY_CALLING_ADDRESS) ||
		       (length >= 10 && length <= 20);
	switch (marker == MARKER_NATIONAL ? f->code : 0) {
	case FACILITY_DESTINATION_REPEATER:
	case FACILITY_SOURCE_REPEATER:
	case FACILITY_FAILED_CALLSIGN:
		return length >= 7;
	case FACILITY_FAILED_ADDRESS:
		return length >= 6;
	case FACILITY_REPEATERS:
		return length % 7 == 0;
	default:
		return true;
	}
}

void packet_decode_rose(struct decoder *d)
{
	struct packet_layer *l = packet_open(d, PACKET_ROSE);
	struct packet_x25_facility f;
	struct packet_walk walk;
	uint8_t marker = 0xff;

	if (l == NULL)
		return;
	l->rose = (struct packet_rose){0};
	packet_decode_plp(d, &l->rose.x25);
	walk = packet_walk(d->p, l);
	while (packet_x25_facility_next(&walk, &f)) {
		if (f.code == PACKET_X25_FACILITY_MARKER)
			marker = d->bytes[f.data_offset];
		else if (!possible(&f, marker))
			packet_contradiction(d, "facility %1 cannot have %2 bytes of parameter",
					     f.code, f.data_length, f.offset, 1);
	}
}

static const char *facility_name(uint8_t code, uint8_t marker)
{
	if (marker == MARKER_CCITT) {
		switch (code) {
		case PACKET_X25_FACILITY_CALLED_ADDRESS:
			return "Destination callsign";
		case PACKET_X25_FACILITY_CALLING_ADDRESS:
			return "Source callsign";
		default:
			return NULL;
		}
	}
	switch (marker == MARKER_NATIONAL ? code : 0) {
	case FACILITY_FLAGS:
		return "Flags";
	case FACILITY_RANDOM:
		return "Random number";
	case FACILITY_DESTINATION_REPEATER:
		return "Destination repeater";
	case FACILITY_SOURCE_REPEATER:
		return "Source repeater";
	case FACILITY_FAILED_CALLSIGN:
		return "Failed at callsign";
	case FACILITY_FAILED_ADDRESS:
		return "Failed at address";
	case FACILITY_REPEATERS:
		return "Repeaters";
	default:
		return NULL;
	}
}

static void show_text(struct packet_view *v, uint32_t at, uint32_t length)
{
	struct packet_out *out = packet_value(v);

	for (uint32_t i = 0; i < length; i++) {
		uint8_t c = v->p->bytes[at + i];

		packet_put_char(out, (char)(c >= ' ' && c < 0x7f ? c : '?'));
	}
	packet_show(v, "Callsign", at, length);
}

static void show_nsap(struct packet_view *v, uint32_t at, uint32_t length)
{
	packet_show_number(v, "Semi-octets", at, 1, v->p->bytes[at], NULL);
	packet_show_bytes(v, "Network", at + 1, 3);
	packet_show_number(v, "Digits", at + 4, 1, v->p->bytes[at + 4], NULL);
	packet_show_bytes(v, "Address", at + 5, 5);
	show_text(v, at + 10, length - 10);
}

static bool show_callsigns(struct packet_view *v, const struct packet_x25_facility *f)
{
	struct packet_ax25_address address;

	if (f->data_length % 7 != 0)
		return false;
	for (uint32_t i = 0; i < f->data_length; i += 7) {
		packet_ax25_address(v->p->bytes + f->data_offset + i, &address);
		packet_show_ax25(v, "Callsign", f->data_offset + i, &address, "H");
	}
	return true;
}

/* False when it is shown as bytes. */
static bool show_parameter(struct packet_view *v, const struct packet_x25_facility *f)
{
	const uint8_t *b = v->p->bytes + f->data_offset;
	uint32_t at = f->data_offset;

	switch (f->code) {
	case PACKET_X25_FACILITY_CALLED_ADDRESS:
	case PACKET_X25_FACILITY_CALLING_ADDRESS:
		if (f->data_length < 10 || f->data_length > 20)
			return false;
		show_nsap(v, at, f->data_length);
		return true;
	case FACILITY_RANDOM:
		packet_show_number(v, "Number", at, 2, packet_be16(b), NULL);
		return true;
	case FACILITY_DESTINATION_REPEATER:
	case FACILITY_SOURCE_REPEATER:
	case FACILITY_FAILED_CALLSIGN:
		return f->data_length == 7 && show_callsigns(v, f);
	case FACILITY_REPEATERS:
		return show_callsigns(v, f);
	case FACILITY_FAILED_ADDRESS:
		if (f->data_length != 6)
			return false;
		packet_show_number(v, "Digits", at, 1, b[0], NULL);
		packet_show_bytes(v, "Address", at + 1, 5);
		return true;
	default:
		return false;
	}
}

static bool show_facility(struct packet_view *v, const struct packet_x25_facility *f,
			  uint8_t marker)
{
	const char *name = facility_name(f->code, marker);

	if (f->code == PACKET_X25_FACILITY_MARKER) {
		packet_show_text(v, "Marker", f->offset, 2,
				 marker == MARKER_NATIONAL ? "national facilities"
				 : marker == MARKER_CCITT  ? "CCITT facilities"
							   : "unknown facilities");
		return true;
	}
	if (name == NULL)
		return false;
	packet_show_text(v, name, f->offset, f->length,
			 possible(f, marker) ? "" : "length not possible for this facility");
	packet_show_in(v);
	packet_show_hex(v, "Code", f->offset, 1, f->code, NULL);
	if (f->data_offset > f->offset + 1)
		packet_show_number(v, "Length", f->offset + 1, 1, f->data_length, NULL);
	if (!show_parameter(v, f))
		packet_show_bytes(v, "Parameter", f->data_offset, f->data_length);
	packet_show_out(v);
	return true;
}

static void show_rose(struct packet_view *v, const struct packet_layer *l)
{
	packet_show_plp(v, l, &l->rose.x25, show_facility);
}

/* The callsigns of a call, which is who talks to whom. */
static void line_callsigns(struct packet_out *out, const struct packet *p,
			   const struct packet_layer *l)
{
	struct packet_walk walk = packet_walk(p, l);
	struct packet_x25_facility f;
	uint8_t marker = 0xff;

	while (packet_x25_facility_next(&walk, &f)) {
		const char *separator = " to ";

		if (f.code == PACKET_X25_FACILITY_MARKER)
			marker = p->bytes[f.data_offset];
		if (marker != MARKER_CCITT || f.data_length < 10 || f.data_length > 20)
			continue;
		if (f.code == PACKET_X25_FACILITY_CALLING_ADDRESS)
			separator = " from ";
		else if (f.code != PACKET_X25_FACILITY_CALLED_ADDRESS)
			continue;
		packet_put(out, separator);
		for (uint32_t i = 10; i < f.data_length; i++) {
			uint8_t c = p->bytes[f.data_offset + i];

			packet_put_char(out, (char)(c > ' ' && c < 0x7f ? c : '?'));
		}
	}
}

static void line_rose(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	packet_put(out, "ROSE ");
	packet_line_plp(out, l, &l->rose.x25);
	if (l->header_captured == l->header_length)
		line_callsigns(out, p, l);
}

static void walk_rose(struct packet_walk *walk, const struct packet_layer *l)
{
	packet_walk_plp(walk, &l->rose.x25);
}

const struct packet_protocol packet_protocol_rose = {
	.name = "ROSE",
	.show = show_rose,
	.line = line_rose,
	.walk = walk_rose,
};
