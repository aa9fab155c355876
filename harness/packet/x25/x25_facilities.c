/* SPDX-License-Identifier: MIT */
/*
 * Facilities of X.25 calls (7.2) and of registrations (7.3). The two highest bits of the code tell
 * how many bytes of parameter follow:
 *
 *    00 code, 1 byte   01 code, 2 bytes   10 code, 3 bytes   11 code, length, as many bytes
 *
 * Code 0 is a marker: what follows are facilities of another origin, until the next marker.
 */
#include "harness/packet/x25/internal.h"

static const char *facility_name(uint8_t code)
{
	switch (code) {
	case PACKET_X25_FACILITY_MARKER:
		return "Marker";
	case PACKET_X25_FACILITY_REVERSE:
		return "Reverse charging and fast select";
	case PACKET_X25_FACILITY_THROUGHPUT:
		return "Throughput class negotiation";
	case 0x03:
		return "Closed user group selection";
	case 0x04:
		return "Charging information";
	case 0x08:
		return "Called line address modified notification";
	case 0x09:
		return "Closed user group with outgoing access selection";
	case 0x0a:
		return "Minimum throughput class negotiation";
	case 0x0b:
		return "Expedited data negotiation";
	case 0x41:
		return "Bilateral closed user group selection";
	case PACKET_X25_FACILITY_PACKET_SIZE:
		return "Packet size";
	case PACKET_X25_FACILITY_WINDOW_SIZE:
		return "Window size";
	case 0x44:
		return "RPOA selection";
	case 0x47:
		return "Closed user group selection (extended)";
	case 0x48:
		return "Closed user group with outgoing access selection (extended)";
	case 0x49:
		return "Transit delay selection and indication";
	case 0xc1:
		return "Charging information: call duration";
	case 0xc2:
		return "Charging information: segment count";
	case 0xc3:
		return "Call redirection or deflection notification";
	case 0xc4:
		return "RPOA selection (extended)";
	case 0xc5:
		return "Charging information: monetary unit";
	case 0xc6:
		return "Network user identification selection";
	case PACKET_X25_FACILITY_CALLED_ADDRESS:
		return "Called address extension";
	case 0xca:
		return "End-to-end transit delay negotiation";
	case PACKET_X25_FACILITY_CALLING_ADDRESS:
		return "Calling address extension";
	case 0xd1:
		return "Call deflection selection";
	case 0xd2:
		return "Priority";
	default:
		return NULL;
	}
}

/* Whether a parameter with a length byte may be so long; 7.2.2 and annex G. */
static bool possible(const struct packet_x25_facility *f)
{
	switch (f->code) {
	case 0xc1:
		return f->data_length >= 4 && f->data_length % 4 == 0;
	case 0xc2:
		return f->data_length >= 8 && f->data_length % 8 == 0;
	case 0xc4:
		return f->data_length >= 2 && f->data_length % 2 == 0;
	case 0xc3:
	case 0xd1:
		return f->data_length >= 2;
	case 0xca:
		return f->data_length == 2 || f->data_length == 4 || f->data_length == 6;
	case PACKET_X25_FACILITY_CALLED_ADDRESS:
	case PACKET_X25_FACILITY_CALLING_ADDRESS:
		return f->data_length >= 1;
	default:
		return true;
	}
}

bool packet_x25_facility_next(struct packet_walk *walk, struct packet_x25_facility *out)
{
	uint32_t at = walk->next, length;
	const uint8_t *b = walk->packet->bytes;

	if (at >= walk->end)
		return false;
	if (at >= walk->captured) {
		walk->fault = PACKET_TRUNCATED;
		return false;
	}
	*out = (struct packet_x25_facility){.code = b[at], .offset = at, .data_offset = at + 1};
	length = 2u + (b[at] >> 6);
	if (b[at] >> 6 == 3) {
		if (walk->end - at < 2) {
			walk->fault = PACKET_MALFORMED;
			return false;
		}
		if (walk->captured - at < 2) {
			walk->fault = PACKET_TRUNCATED;
			return false;
		}
		length = 2u + b[at + 1];
		out->data_offset = at + 2;
	}
	if (length > walk->end - at || length > walk->captured - at) {
		walk->fault = length > walk->end - at ? PACKET_MALFORMED : PACKET_TRUNCATED;
		return false;
	}
	out->length = (uint16_t)length;
	out->data_length = at + length - out->data_offset;
	out->ok = possible(out);
	walk->next += length;
	return true;
}

static const char *marker_name(uint8_t parameter)
{
	switch (parameter) {
	case 0x00:
		return "non-X.25 facilities of the calling network";
	case 0x0f:
		return "CCITT-specified DTE facilities";
	case 0xff:
		return "non-X.25 facilities of the called network";
	default:
		return NULL;
	}
}

static void show_reverse(struct packet_view *v, uint32_t at, uint8_t b)
{
	static const char *const fast_select[] = {"not requested", "not requested", "requested",
						  "requested, restricted response"};

	packet_show_bits(v, "Fast select", at, 1, 0xc0, b >> 6, fast_select[b >> 6]);
	packet_show_bits(v, "ICRD", at, 1, 0x30, b >> 4 & 3, NULL);
	packet_show_flag(v, "Reverse charging", at, 1, 0x01, (b & 1) != 0);
}

/* 3 is 75 bit/s, each one more is twice as much up to 19200; then 48000 and 64000. */
static const char *throughput_name(uint8_t class)
{
	static const char *const names[16] = {
		[3] = "75 bit/s",     [4] = "150 bit/s",    [5] = "300 bit/s",
		[6] = "600 bit/s",    [7] = "1200 bit/s",   [8] = "2400 bit/s",
		[9] = "4800 bit/s",   [10] = "9600 bit/s",  [11] = "19200 bit/s",
		[12] = "48000 bit/s", [13] = "64000 bit/s",
	};

	return names[class];
}

/* As a power of 2; 4 to 12 are the ones there are. */
static void show_size(struct packet_view *v, const char *name, uint32_t at, uint8_t size)
{
	struct packet_out *out = packet_value(v);

	packet_put_number(out, size);
	if (size >= 4 && size <= 12) {
		packet_put(out, " (");
		packet_put_number(out, 1u << size);
		packet_put(out, " bytes)");
	}
	v->field.has_number = true;
	v->field.number = size;
	packet_show(v, name, at, 1);
}

/* X.25 annex G.3.2: the format and how many semi-octets, then these. */
static void show_extension(struct packet_view *v, const struct packet_x25_facility *f, uint8_t b)
{
	static const char *const formats[] = {"full OSI NSAP address", "partial OSI NSAP address",
					      "not OSI", NULL};

	packet_show_bits(v, "Format", f->data_offset, 1, 0xc0, b >> 6, formats[b >> 6]);
	packet_show_bits(v, "Semi-octets", f->data_offset, 1, 0x3f, b & 0x3f, NULL);
	packet_show_bytes(v, "Address", f->data_offset + 1, f->data_length - 1);
}

static void show_parameter(struct packet_view *v, const struct packet_x25_facility *f)
{
	const uint8_t *b = v->p->bytes + f->data_offset;
	uint32_t at = f->data_offset;

	switch (f->code) {
	case PACKET_X25_FACILITY_MARKER:
		packet_show_hex(v, "Parameter", at, 1, b[0], marker_name(b[0]));
		break;
	case PACKET_X25_FACILITY_REVERSE:
		show_reverse(v, at, b[0]);
		break;
	case PACKET_X25_FACILITY_THROUGHPUT:
	case 0x0a:
		packet_show_bits(v, "From the called DTE", at, 1, 0xf0, b[0] >> 4,
				 throughput_name(b[0] >> 4));
		packet_show_bits(v, "From the calling DTE", at, 1, 0x0f, b[0] & 15,
				 throughput_name(b[0] & 15));
		break;
	case PACKET_X25_FACILITY_PACKET_SIZE:
		show_size(v, "From the called DTE", at, b[0]);
		show_size(v, "From the calling DTE", at + 1, b[1]);
		break;
	case PACKET_X25_FACILITY_WINDOW_SIZE:
		packet_show_number(v, "From the called DTE", at, 1, b[0], NULL);
		packet_show_number(v, "From the calling DTE", at + 1, 1, b[1], NULL);
		break;
	case 0x49:
		packet_show_unit(v, "Transit delay", at, 2, packet_be16(b), "ms");
		break;
	case PACKET_X25_FACILITY_CALLED_ADDRESS:
	case PACKET_X25_FACILITY_CALLING_ADDRESS:
		if (f->ok) {
			show_extension(v, f, b[0]);
			break;
		}
		/* fallthrough */
	default:
		packet_show_bytes(v, "Parameter", at, f->data_length);
		break;
	}
}

void packet_show_x25_facilities(struct packet_view *v, const struct packet_layer *l,
				const struct packet_x25 *x, packet_facility_shower own)
{
	struct packet_walk walk = packet_walk(v->p, l);
	struct packet_x25_facility f;
	bool foreign, registration = x->type == PACKET_X25_REGISTRATION_REQUEST ||
				     x->type == PACKET_X25_REGISTRATION_CONFIRMATION;
	uint8_t marker = 0x0f; /* the first ones stand behind none: they are X.25's */

	packet_show_number(v, registration ? "Registration" : "Facilities", x->facilities_offset,
			   x->facilities_length, x->facilities_length, "bytes");
	packet_show_in(v);
	while (packet_x25_facility_next(&walk, &f)) {
		const char *name;

		if (f.code == PACKET_X25_FACILITY_MARKER)
			marker = v->p->bytes[f.data_offset];
		if (own != NULL && own(v, &f, marker))
			continue;
		/* the codes of registrations have meanings of their own */
		foreign = registration || (marker != 0x0f && f.code != PACKET_X25_FACILITY_MARKER);
		name = foreign ? "Facility of another origin" : facility_name(f.code);
		if (registration)
			name = "Element";
		packet_show_text(v, name != NULL ? name : "Unknown facility", f.offset, f.length,
				 f.ok || foreign ? "" : "length not possible for this facility");
		packet_show_in(v);
		packet_show_hex(v, "Code", f.offset, 1, f.code, NULL);
		if (f.data_offset > f.offset + 1)
			packet_show_number(v, "Length", f.offset + 1, 1, f.data_length, NULL);
		if (foreign)
			packet_show_bytes(v, "Parameter", f.data_offset, f.data_length);
		else
			show_parameter(v, &f);
		packet_show_out(v);
	}
	packet_show_rest(v, &walk);
	packet_show_out(v);
}

void packet_walk_plp(struct packet_walk *walk, const struct packet_x25 *x)
{
	walk->next = x->facilities_offset;
	walk->end = x->facilities_offset + x->facilities_length;
}
