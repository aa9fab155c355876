/* SPDX-License-Identifier: MIT */
/* The fields of an X.25 packet, shown and in a line. */
#include "harness/packet/x25/internal.h"

static const char *interface_name(uint8_t type)
{
	static const char *const names[] = {"data", "connect", "disconnect", "parameters"};

	return type < 4 ? names[type] : NULL;
}

static bool is_registration(const struct packet_x25 *x)
{
	return x->type == PACKET_X25_REGISTRATION_REQUEST ||
	       x->type == PACKET_X25_REGISTRATION_CONFIRMATION;
}

static bool is_numbered(const struct packet_x25 *x)
{
	return x->type == PACKET_X25_DATA || x->type == PACKET_X25_RR ||
	       x->type == PACKET_X25_RNR || x->type == PACKET_X25_REJ;
}

static void show_start(struct packet_view *v, const struct packet_x25 *x, uint32_t at)
{
	const uint8_t gfi = x->general_format_identifier;

	packet_show_bits(v, "General format identifier", at, 1, 0xf0, gfi, NULL);
	packet_show_in(v);
	/* the type tells what this bit is */
	if (x->modulo != 0 && at + 3 <= v->limit)
		packet_show_flag(v, x->type == PACKET_X25_DATA ? "Q" : "A", at, 1, 0x80,
				 (gfi & 8) != 0);
	packet_show_flag(v, "D", at, 1, 0x40, x->delivery);
	packet_show_bits(v, "Modulo", at, 1, 0x30, gfi & 3,
			 x->modulo == 8	    ? "8"
			 : x->modulo == 128 ? "128"
					    : "invalid");
	packet_show_out(v);
	packet_show_bits(v, "Logical channel", at, 2, 0x0fff, x->channel, NULL);
}

static void show_type(struct packet_view *v, const struct packet_x25 *x, uint32_t at)
{
	const char *name = packet_name_x25_type(x->type);

	packet_show_hex(v, "Packet type identifier", at, 1, x->type_identifier,
			name != NULL ? name : "unknown");
	if (!is_numbered(x))
		return;
	packet_show_in(v);
	if (x->modulo == 8) {
		packet_show_bits(v, "P(R)", at, 1, 0xe0, x->receive, NULL);
		if (x->type == PACKET_X25_DATA) {
			packet_show_flag(v, "M", at, 1, 0x10, x->more);
			packet_show_bits(v, "P(S)", at, 1, 0x0e, x->send, NULL);
		}
	} else {
		if (x->type == PACKET_X25_DATA)
			packet_show_bits(v, "P(S)", at, 1, 0xfe, x->send, NULL);
		packet_show_bits(v, "P(R)", at + 1, 1, 0xfe, x->receive, NULL);
		if (x->type == PACKET_X25_DATA)
			packet_show_flag(v, "M", at + 1, 1, 0x01, x->more);
	}
	packet_show_out(v);
}

static void show_semi_octet(struct packet_view *v, const struct packet_x25 *x, const char *name,
			    uint32_t number)
{
	uint32_t at = x->addresses_offset + number / 2;
	bool high = number % 2 == 0;

	packet_show_bits(v, name, at, 1, high ? 0xf0 : 0x0f,
			 high ? v->p->bytes[at] >> 4 : v->p->bytes[at] & 15, NULL);
}

/* An address of `length` semi-octets from number `first` on; its bytes may be shared. */
static void show_address(struct packet_view *v, const struct packet_x25 *x, const char *name,
			 const char *text, uint32_t first, uint32_t length)
{
	uint32_t from = x->addresses_offset + first / 2;
	uint32_t to = x->addresses_offset + (first + length + 1) / 2;

	if (length == 0)
		return;
	packet_show_text(v, name, from, to - from, text);
	if (!x->address_format || length < 2 || !v->shown)
		return;
	packet_show_in(v);
	show_semi_octet(v, x, "Type of address", first);
	show_semi_octet(v, x, "Numbering plan", first + 1);
	packet_show_out(v);
}

static void show_addresses(struct packet_view *v, const struct packet_x25 *x)
{
	uint32_t at = x->addresses_offset - 1;
	bool registration = is_registration(x);
	const char *called = registration ? "DCE address length" : "Called address length";
	const char *calling = registration ? "DTE address length" : "Calling address length";

	if (x->address_format) {
		packet_show_number(v, called, at - 1, 1, x->called_length, NULL);
		packet_show_number(v, calling, at, 1, x->calling_length, NULL);
	} else {
		packet_show_bits(v, calling, at, 1, 0xf0, x->calling_length, NULL);
		packet_show_bits(v, called, at, 1, 0x0f, x->called_length, NULL);
	}
	show_address(v, x, registration ? "DCE address" : "Called address", x->called, 0,
		     x->called_length);
	show_address(v, x, registration ? "DTE address" : "Calling address", x->calling,
		     x->called_length, x->calling_length);
}

static const char *user_data_name(const struct packet_x25 *x)
{
	switch (x->type) {
	case PACKET_X25_CALL_REQUEST:
		return "Call user data";
	case PACKET_X25_CALL_ACCEPTED:
		return "Called user data";
	case PACKET_X25_INTERRUPT:
		return "Interrupt user data";
	case PACKET_X25_DIAGNOSTIC:
		return "Diagnostic explanation";
	default:
		return "Clear user data";
	}
}

/* ISO/IEC TR 9577 and RFC 1356: the first byte of call user data names the protocol. */
static const char *protocol_name(uint8_t identifier)
{
	switch (identifier) {
	case 0x00:
		return "null: multiplexed";
	case 0x01:
		return "X.29, PAD";
	case 0x03:
		return "ISO transport";
	case 0x80:
		return "SNAP";
	case 0x81:
		return "CLNP";
	case 0x8e:
		return "IPv6";
	case 0xcc:
		return "IPv4";
	case 0xcf:
		return "PPP";
	default:
		return NULL;
	}
}

void packet_show_plp(struct packet_view *v, const struct packet_layer *l,
		     const struct packet_x25 *x, packet_facility_shower own)
{
	uint32_t at = l->offset, cause;

	if (x->has_interface) {
		packet_show_number(v, "Interface", at, 1, x->interface_type,
				   interface_name(x->interface_type));
		if (x->interface_type != PACKET_X25_INTERFACE_DATA)
			return;
		at++;
	}
	show_start(v, x, at);
	if (x->modulo == 0) {
		packet_show_bytes(v, "Not decodable", at + 2, 1);
		return;
	}
	show_type(v, x, at + 2);
	cause = at + 3;
	if (x->has_cause) {
		packet_show_hex(v, "Cause", cause, 1, x->cause,
				packet_name_x25_cause(x->type, x->cause));
		cause++;
	}
	if (x->has_diagnostic)
		packet_show_number(v, "Diagnostic", cause, 1, x->diagnostic,
				   packet_name_x25_diagnostic(x->diagnostic));
	if (x->addresses_offset != 0)
		show_addresses(v, x);
	if (x->facilities_offset != 0) {
		packet_show_number(v,
				   is_registration(x) ? "Registration length" : "Facilities length",
				   x->facilities_offset - 1, 1, x->facilities_length, NULL);
		if (x->facilities_length > 0)
			packet_show_x25_facilities(v, l, x, own);
	}
	if (x->user_data_offset == 0 || x->user_data_offset >= v->limit)
		return;
	packet_show_bytes(v, user_data_name(x), x->user_data_offset, x->user_data_length);
	if (x->type != PACKET_X25_CALL_REQUEST)
		return;
	packet_show_in(v);
	packet_show_hex(v, "Protocol identifier", x->user_data_offset, 1,
			v->p->bytes[x->user_data_offset],
			protocol_name(v->p->bytes[x->user_data_offset]));
	packet_show_out(v);
}

static void line_numbers(struct packet_out *out, const struct packet_layer *l,
			 const struct packet_x25 *x)
{
	if (x->type == PACKET_X25_DATA)
		packet_put_pair(out, "P(S)", x->send);
	packet_put_pair(out, "P(R)", x->receive);
	packet_put(out, x->modulo == 128 ? " modulo 128" : "");
	if (x->type != PACKET_X25_DATA)
		return;
	packet_put(out, x->more ? " M" : "");
	packet_put(out, x->qualifier ? " Q" : "");
	packet_put(out, x->delivery ? " D" : "");
	packet_put_length(out, l->length - l->header_length);
}

static void line_cause(struct packet_out *out, const struct packet_x25 *x)
{
	const char *name = packet_name_x25_cause(x->type, x->cause);

	if (x->has_cause) {
		packet_put(out, " cause ");
		packet_put_number(out, x->cause);
		if (name != NULL) {
			packet_put(out, " (");
			packet_put(out, name);
			packet_put_char(out, ')');
		}
	}
	if (x->has_diagnostic)
		packet_put_pair(out, "diagnostic", x->diagnostic);
}

/* What the header has behind "X.25 " or "ROSE ". */
void packet_line_plp(struct packet_out *out, const struct packet_layer *l,
		     const struct packet_x25 *x)
{
	const char *name = packet_name_x25_type(x->type);

	if (x->has_interface && x->interface_type != PACKET_X25_INTERFACE_DATA) {
		packet_put(out, "interface ");
		packet_put(out, interface_name(x->interface_type));
		return;
	}
	if (l->header_captured < l->header_length) {
		packet_put(out, "header cut");
		return;
	}
	packet_put(out, "channel ");
	packet_put_number(out, x->channel);
	packet_put_char(out, ' ');
	if (x->modulo == 0) {
		packet_put(out, "invalid format");
		return;
	}
	if (name != NULL) {
		packet_put(out, name);
	} else {
		packet_put(out, "type 0x");
		packet_put_hex(out, x->type, 2);
	}
	if (is_numbered(x))
		line_numbers(out, l, x);
	line_cause(out, x);
	if (x->called[0] != '\0' || x->calling[0] != '\0') {
		packet_put_char(out, ' ');
		packet_put(out, x->calling[0] != '\0' ? x->calling : "-");
		packet_put(out, " > ");
		packet_put(out, x->called[0] != '\0' ? x->called : "-");
	}
	if (x->facilities_length > 0)
		packet_put_pair(out, "facilities", x->facilities_length);
	if (x->user_data_offset != 0)
		packet_put_length(out, x->user_data_length);
}
