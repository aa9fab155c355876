/* SPDX-License-Identifier: MIT */
/* The packet layer of X.25: from bytes to struct packet_x25. Showing is in x25_show.c. */
#include "harness/packet/x25/internal.h"

/* Bytes of the window behind the header as far as it is known. */
static uint32_t left(const struct decoder *d)
{
	uint32_t at = d->layer->offset + d->layer->header_length;

	return at < d->end ? d->end - at : 0;
}

/* The header goes on for `length` bytes: where they are, or NULL when they are not all there. */
static const uint8_t *more(struct decoder *d, uint32_t length)
{
	uint32_t at = d->layer->offset + d->layer->header_length;

	return packet_extend(d, d->layer->header_length + length) ? d->bytes + at : NULL;
}

/*
 * Digits are semi-octets, the high one first, from number `first` to `end`, counted from the byte
 * `at`; what is no digit is written as a letter. None, when they are not all there.
 */
static void digits(const struct decoder *d, uint32_t at, uint32_t first, uint32_t end, char out[16])
{
	uint32_t n = 0;

	if (at + (end + 1) / 2 > d->readable)
		end = 0;
	for (uint32_t i = first; i < end && n < 15; i++) {
		uint8_t b = d->bytes[at + i / 2], digit = i % 2 == 0 ? b >> 4 : b & 15;

		out[n++] = (char)(digit < 10 ? '0' + digit : 'a' + digit - 10);
	}
	out[n] = '\0';
}

/*
 *     7   6   5   4   3   2   1   0
 *    +---------------+---------------+     With the A bit the two lengths are a byte each, the
 *  0 | calling length| called length |     called one first, and each address starts with a
 *    +---------------+---------------+     semi-octet for its type and one for its plan.
 *  1 | called digits, calling digits |
 *    |               (0 at the end)  |     Lengths count semi-octets; the calling address starts
 *    +-------------------------------+     in the middle of a byte behind an odd called one.
 *
 * X.25 5.2.1, of registrations 5.7.1: the DCE's in the place of the called address.
 */
static bool decode_addresses(struct decoder *d, struct packet_x25 *x)
{
	uint32_t lengths = x->address_format ? 2 : 1, prefix = x->address_format ? 2 : 0;
	uint32_t field = d->layer->offset + d->layer->header_length, size;
	uint8_t h[2];
	bool whole = packet_extend_into(d, h, lengths);

	x->called_length = x->address_format ? h[0] : h[0] & 15;
	x->calling_length = x->address_format ? h[1] : h[0] >> 4;
	x->addresses_offset = field + lengths;
	if (!whole)
		return false;
	size = (x->called_length + x->calling_length + 1u) / 2;
	if (size > left(d))
		packet_contradiction(d, "the addresses need %1 bytes, only %2 are left", size,
				     left(d), field, lengths);
	whole = more(d, size) != NULL;
	digits(d, x->addresses_offset, prefix, x->called_length, x->called);
	digits(d, x->addresses_offset, x->called_length + prefix,
	       x->called_length + x->calling_length, x->calling);
	return whole;
}

/* A length in bytes and as many bytes of facilities; one item after the other, X.25 7.1. */
static bool decode_facilities(struct decoder *d, struct packet_x25 *x)
{
	struct packet_x25_facility f;
	struct packet_walk walk;
	const uint8_t *b;
	uint32_t length, field = d->layer->offset + d->layer->header_length;
	bool registration = x->type == PACKET_X25_REGISTRATION_REQUEST ||
			    x->type == PACKET_X25_REGISTRATION_CONFIRMATION;
	bool whole, foreign = false;

	b = more(d, 1);
	if (b == NULL)
		return false;
	length = b[0];
	/* bit 8 of a registration length is 0 by 5.7.1, its codes mean other things */
	if (registration)
		length &= 0x7f;
	x->facilities_length = (uint8_t)length;
	x->facilities_offset = field + 1;
	if (length > left(d))
		packet_contradiction(d, "the facilities have %1 bytes, only %2 are left", length,
				     left(d), field, 1);
	if (length == 0)
		return true;
	whole = more(d, length) != NULL;
	walk = packet_walk(d->p, d->layer);
	while (packet_x25_facility_next(&walk, &f)) {
		if (f.code == PACKET_X25_FACILITY_MARKER)
			foreign = d->bytes[f.data_offset] != 0x0f;
		else if (!f.ok && !foreign && !registration)
			packet_contradiction(d, "facility %1 cannot have %2 bytes of parameter",
					     f.code, f.data_length, f.offset, 1);
	}
	packet_walk_fault(d, &walk, "a facility needs more than the %2 bytes the list has left");
	return whole;
}

static void decode_user_data(struct decoder *d, struct packet_x25 *x, uint32_t most)
{
	uint32_t length = left(d);

	if (length == 0)
		return;
	x->user_data_offset = d->layer->offset + d->layer->header_length;
	x->user_data_length = (uint16_t)(length < 0xffff ? length : 0xffff);
	if (length > most)
		packet_contradiction(d, "%1 bytes of user data, at most %2 are allowed", length,
				     most, x->user_data_offset, 0);
	more(d, length);
}

/* Addresses, facilities and user data; X.25 allows each end of the list to be left out. */
static void decode_call(struct decoder *d, struct packet_x25 *x)
{
	if (x->type != PACKET_X25_CALL_REQUEST && left(d) == 0)
		return;
	if (!decode_addresses(d, x) || left(d) == 0 || !decode_facilities(d, x))
		return;
	if (x->type != PACKET_X25_REGISTRATION_REQUEST &&
	    x->type != PACKET_X25_REGISTRATION_CONFIRMATION)
		decode_user_data(d, x, 128);
}

/* A cause, and a diagnostic code that may be left out: X.25 5.2.3, 5.4.3, 5.5.1. */
static bool decode_cause(struct decoder *d, struct packet_x25 *x)
{
	const uint8_t *b = more(d, 1);

	if (b == NULL)
		return false;
	x->has_cause = true;
	x->cause = b[0];
	if (left(d) == 0)
		return true;
	b = more(d, 1);
	if (b == NULL)
		return false;
	x->has_diagnostic = true;
	x->diagnostic = b[0];
	return true;
}

static void decode_diagnostic(struct decoder *d, struct packet_x25 *x)
{
	const uint8_t *b = more(d, 1);

	if (b == NULL)
		return;
	x->has_diagnostic = true;
	x->diagnostic = b[0];
	decode_user_data(d, x, 0xffff);
}

static void decode_by_type(struct decoder *d, struct packet_x25 *x)
{
	switch (x->type) {
	case PACKET_X25_CLEAR_REQUEST:
	case PACKET_X25_REGISTRATION_CONFIRMATION:
		if (decode_cause(d, x))
			decode_call(d, x);
		break;
	case PACKET_X25_CALL_REQUEST:
	case PACKET_X25_CALL_ACCEPTED:
	case PACKET_X25_CLEAR_CONFIRMATION:
	case PACKET_X25_REGISTRATION_REQUEST:
		decode_call(d, x);
		break;
	case PACKET_X25_RESET_REQUEST:
	case PACKET_X25_RESTART_REQUEST:
		decode_cause(d, x);
		break;
	case PACKET_X25_DIAGNOSTIC:
		decode_diagnostic(d, x);
		break;
	case PACKET_X25_INTERRUPT:
		decode_user_data(d, x, 32);
		break;
	default:
		break;
	}
}

static bool is_numbered(uint8_t type)
{
	return type == PACKET_X25_RR || type == PACKET_X25_RNR || type == PACKET_X25_REJ;
}

static bool without_channel(uint8_t type)
{
	return type == PACKET_X25_RESTART_REQUEST || type == PACKET_X25_RESTART_CONFIRMATION ||
	       type == PACKET_X25_DIAGNOSTIC || type == PACKET_X25_REGISTRATION_REQUEST ||
	       type == PACKET_X25_REGISTRATION_CONFIRMATION;
}

/* The type, and P(R), P(S) and M, which share its byte; false when they are cut. */
static bool decode_type(struct decoder *d, struct packet_x25 *x, uint8_t type)
{
	uint8_t low = type & 0x1f;
	const uint8_t *b;

	x->type_identifier = type;
	x->type = type;
	if ((type & 1) == 0)
		x->type = PACKET_X25_DATA;
	else if (x->modulo == 8 && is_numbered(low))
		x->type = low;
	x->qualifier = x->type == PACKET_X25_DATA && (x->general_format_identifier & 8) != 0;
	x->address_format =
		(x->general_format_identifier & 8) != 0 &&
		(x->type == PACKET_X25_CALL_REQUEST || x->type == PACKET_X25_CALL_ACCEPTED ||
		 x->type == PACKET_X25_CLEAR_REQUEST || x->type == PACKET_X25_CLEAR_CONFIRMATION);
	if (x->type != PACKET_X25_DATA && !is_numbered(x->type))
		return true;
	if (x->modulo == 8) {
		x->receive = type >> 5;
		if (x->type == PACKET_X25_DATA) {
			x->send = type >> 1 & 7;
			x->more = (type & 0x10) != 0;
		}
		return true;
	}
	if (x->type == PACKET_X25_DATA)
		x->send = type >> 1;
	b = more(d, 1);
	if (b == NULL)
		return false;
	x->receive = b[0] >> 1;
	x->more = x->type == PACKET_X25_DATA && (b[0] & 1) != 0;
	return true;
}

/*
 *     7   6   5   4   3   2   1   0
 *    +---+---+-------+---------------+
 *  0 |Q/A| D | modulo| group         |   modulo 8: 01, 128: 10. The four bits are the general
 *    +---+---+-------+---------------+   format identifier (GFI).
 *  1 | logical channel number        |
 *    +-------------------------------+      data:   +-----------+---+-----------+---+
 *  2 | packet type identifier        |              | P(R)      | M | P(S)      | 0 |
 *    +-------------------------------+              +-----------+---+-----------+---+
 *    RR 01, RNR 05, REJ 09 with P(R) above 5 bits; modulo 128, P(R) is in a byte of its own:
 *    +---------------------------+---+---------------------------+---+
 *    | P(S)                      | 0 | P(R)                      | M |
 *    +---------------------------+---+---------------------------+---+
 *
 * X.25 5.1. Here the modulus stands in each packet.
 */
void packet_decode_plp(struct decoder *d, struct packet_x25 *x)
{
	struct packet_layer *l = d->layer;
	uint32_t skip = x->has_interface ? 1 : 0;
	const uint8_t *h = packet_take(d, skip + 3) + skip;

	if (l->header_captured < skip + 1)
		return;
	x->general_format_identifier = h[0] >> 4;
	x->delivery = (h[0] & 0x40) != 0;
	x->channel = packet_be16(h) & 0x0fff;
	if ((h[0] & 0x30) == 0x10)
		x->modulo = 8;
	else if ((h[0] & 0x30) == 0x20)
		x->modulo = 128;
	if (x->modulo == 0) {
		packet_contradiction(
			d, "general format identifier %1: neither modulo 8 nor modulo 128",
			x->general_format_identifier, 0, l->offset + skip, 1);
		packet_give_up(d);
		return;
	}
	if (l->header_captured < skip + 3 || !decode_type(d, x, h[2]))
		return;
	if (without_channel(x->type) && x->channel != 0)
		packet_contradiction(d, "packet type %1 has logical channel 0, not %2", x->type,
				     x->channel, l->offset + skip, 2);
	decode_by_type(d, x);
	if (l->header_captured < l->header_length)
		return;
	packet_advance(d);
	d->next = packet_decode_data;
}

/*
 * In front of a packet Linux has a byte on the way between packet layer and device:
 *
 *        0           1
 *    +-----------+------------
 *    | 0x00      | packet                        0x01: connect, 0x02: disconnect, 0x03: parameters
 *    +-----------+------------
 *
 * Documentation/networking/x25-iface.rst. Captures from an X.25 device have it behind protocol
 * 0x0805 of a cooked header, frames of an Ethernet with that type do not, and LAPB and LLC never
 * do. The bytes tell: a packet cannot start with 0 to 3, as its bits for the modulus would be 00.
 */
void packet_decode_x25(struct decoder *d)
{
	const struct packet_layer *below = d->layer;
	struct packet_layer *l = packet_open(d, PACKET_X25);
	struct packet_x25 *x;

	if (l == NULL)
		return;
	x = &l->x25;
	*x = (struct packet_x25){0};
	if (d->readable > d->at && d->bytes[d->at] <= PACKET_X25_INTERFACE_PARAMETERS &&
	    (below == NULL || (below->kind != PACKET_LAPB && below->kind != PACKET_LLC))) {
		x->has_interface = true;
		x->interface_type = d->bytes[d->at];
	}
	if (!x->has_interface || x->interface_type == PACKET_X25_INTERFACE_DATA) {
		packet_decode_plp(d, x);
		return;
	}
	packet_take(d, 1);
	packet_advance(d);
	d->next = packet_decode_data;
}

static void show_x25(struct packet_view *v, const struct packet_layer *l)
{
	packet_show_plp(v, l, &l->x25, NULL);
}

static void line_x25(struct packet_out *out, const struct packet *p, const struct packet_layer *l)
{
	(void)p;
	packet_put(out, "X.25 ");
	packet_line_plp(out, l, &l->x25);
}

static void walk_x25(struct packet_walk *walk, const struct packet_layer *l)
{
	packet_walk_plp(walk, &l->x25);
}

const struct packet_protocol packet_protocol_x25 = {
	.name = "X.25",
	.show = show_x25,
	.line = line_x25,
	.walk = walk_x25,
};
