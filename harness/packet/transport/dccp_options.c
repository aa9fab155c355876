/* SPDX-License-Identifier: MIT */
/*
 * Options of DCCP, RFC 4340 5.8; those of CCID 3 RFC 4342 8.
 *
 *     0               8               16
 *    +---------------+---------------+---------------
 *    | Type          | Length        | Data
 *    +---------------+---------------+---------------
 *
 * Types 0 to 31 are that byte alone; the Length of the others counts Type and Length too. Types
 * from 128 on belong to a CCID: to 191 of the half-connection whose sender wrote the packet, from
 * 192 on of the one whose receiver did. Which CCID that is was agreed on earlier (Linux has 2 and
 * 3), so options 192 to 194 are read as those of CCID 3, the only one that has them.
 */
#include "harness/packet/transport/internal.h"

/* NULL for the numbers nobody has given a meaning. */
static const char *option_name(uint8_t type)
{
	static const char *const names[] = {
		"Change L",
		"Confirm L",
		"Change R",
		"Confirm R",
		"Init Cookie",
		"NDP Count",
		"Ack Vector [Nonce 0]",
		"Ack Vector [Nonce 1]",
		"Data Dropped",
		"Timestamp",
		"Timestamp Echo",
		"Elapsed Time",
		"Data Checksum",
	};

	switch (type) {
	case PACKET_DCCP_OPTION_PADDING:
		return "Padding";
	case PACKET_DCCP_OPTION_MANDATORY:
		return "Mandatory";
	case PACKET_DCCP_OPTION_SLOW_RECEIVER:
		return "Slow Receiver";
	case PACKET_DCCP_OPTION_LOSS_EVENT_RATE:
		return "Loss Event Rate";
	case PACKET_DCCP_OPTION_LOSS_INTERVALS:
		return "Loss Intervals";
	case PACKET_DCCP_OPTION_RECEIVE_RATE:
		return "Receive Rate";
	default:
		break;
	}
	if (type >= 32 && type < 32 + sizeof(names) / sizeof(names[0]))
		return names[type - 32];
	return NULL;
}

static const char *any_option_name(uint8_t type)
{
	const char *name = option_name(type);

	if (name != NULL)
		return name;
	return type >= 128 ? "CCID-specific option" : "Reserved option";
}

/* IANA "DCCP Feature Numbers", RFC 4340 6.4; 192 RFC 4342 8. */
static const char *feature_name(uint8_t feature)
{
	static const char *const names[] = {
		NULL,
		"CCID",
		"Allow Short Seqnos",
		"Sequence Window",
		"ECN Incapable",
		"Ack Ratio",
		"Send Ack Vector",
		"Send NDP Count",
		"Minimum Checksum Coverage",
		"Check Data Checksum",
	};

	if (feature == 192)
		return "Send Loss Event Rate";
	if (feature >= 128)
		return "CCID-specific";
	return feature < sizeof(names) / sizeof(names[0]) ? names[feature] : NULL;
}

static bool is_negotiation(uint8_t type)
{
	return type >= PACKET_DCCP_OPTION_CHANGE_L && type <= PACKET_DCCP_OPTION_CONFIRM_R;
}

static uint64_t number_of(const uint8_t *b, unsigned int length)
{
	uint64_t number = 0;

	for (unsigned int i = 0; i < length; i++)
		number = number << 8 | b[i];
	return number;
}

/* What the data of a whole option says; false when its length is not one its type may have. */
static bool decode_data(struct packet_dccp_option *o, const uint8_t *b)
{
	switch (o->type) {
	case PACKET_DCCP_OPTION_CHANGE_L:
	case PACKET_DCCP_OPTION_CONFIRM_L:
	case PACKET_DCCP_OPTION_CHANGE_R:
	case PACKET_DCCP_OPTION_CONFIRM_R:
		/* an empty Confirm says that the feature is not known (RFC 4340 6.6.7) */
		if (o->length < 3 || (o->length < 4 && o->type % 2 == 0))
			return false;
		o->feature = b[2];
		o->data_offset++;
		o->data_length--;
		return true;
	case PACKET_DCCP_OPTION_INIT_COOKIE:
	case PACKET_DCCP_OPTION_ACK_VECTOR_0:
	case PACKET_DCCP_OPTION_ACK_VECTOR_1:
	case PACKET_DCCP_OPTION_DATA_DROPPED:
		return o->length >= 3;
	case PACKET_DCCP_OPTION_NDP_COUNT:
		if (o->length < 3 || o->length > 8)
			return false;
		o->number = number_of(b + 2, o->data_length);
		return true;
	case PACKET_DCCP_OPTION_TIMESTAMP:
	case PACKET_DCCP_OPTION_DATA_CHECKSUM:
	case PACKET_DCCP_OPTION_LOSS_EVENT_RATE:
	case PACKET_DCCP_OPTION_RECEIVE_RATE:
		if (o->length != 6)
			return false;
		o->number = packet_be32(b + 2);
		return true;
	case PACKET_DCCP_OPTION_TIMESTAMP_ECHO:
		if (o->length != 6 && o->length != 8 && o->length != 10)
			return false;
		o->number = packet_be32(b + 2);
		o->has_elapsed_time = o->length > 6;
		o->elapsed_time = (uint32_t)number_of(b + 6, o->length - 6u);
		return true;
	case PACKET_DCCP_OPTION_ELAPSED_TIME:
		if (o->length != 4 && o->length != 6)
			return false;
		o->number = number_of(b + 2, o->data_length);
		o->elapsed_time = (uint32_t)o->number;
		return true;
	case PACKET_DCCP_OPTION_LOSS_INTERVALS:
		/* a Skip Length, then 9 bytes for each of at most 28 intervals (RFC 4342 8.6) */
		return o->length >= 3 && (o->length - 3) % 9 == 0;
	default:
		return true;
	}
}

bool packet_dccp_option_next(struct packet_walk *walk, struct packet_dccp_option *out)
{
	const uint8_t *b;

	if (!packet_walk_more(walk))
		return false;
	b = walk->packet->bytes + walk->next;
	*out = (struct packet_dccp_option){
		.type = b[0], .length = 1, .ok = true, .offset = walk->next};
	out->data_offset = walk->next + 1;
	if (b[0] < 32) {
		walk->next++;
		return true;
	}
	if (packet_walk_size(walk, 0, 1, 2) == 0)
		return false;
	out->length = b[1];
	out->data_offset = out->offset + 2;
	out->data_length = (uint8_t)(out->length - 2);
	out->ok = decode_data(out, b);
	walk->next += out->length;
	return true;
}

/*
 * Ack Vector, RFC 4340 11.4: a byte is a state (2 bits) and how many more packets share it
 * (6 bits); the first is about the packet of the Acknowledgement Number, then backwards.
 */
static void show_ack_vector(struct packet_view *v, const struct packet_dccp_option *o)
{
	static const char *const states[] = {"Received", "Received ECN Marked", "Reserved",
					     "Not Yet Received"};

	for (unsigned int i = 0; i < o->data_length; i++) {
		uint32_t at = o->data_offset + i;
		uint8_t byte = v->p->bytes[at];

		packet_show_hex(v, "Cell", at, 1, byte, NULL);
		packet_show_in(v);
		packet_show_bits(v, "State", at, 1, 0xc0, byte >> 6, states[byte >> 6]);
		packet_show_bits(v, "Run Length", at, 1, 0x3f, byte & 63, NULL);
		packet_show_out(v);
	}
}

/* Data Dropped, RFC 4340 11.7: with the top bit a code of 3 bits and a run length of 4. */
static void show_data_dropped(struct packet_view *v, const struct packet_dccp_option *o)
{
	static const char *const codes[] = {
		"Protocol Constraints",
		"Application Not Listening",
		"Receive Buffer",
		"Corrupt",
		"Reserved",
		"Reserved",
		"Reserved",
		"Delivered Corrupt",
	};

	for (unsigned int i = 0; i < o->data_length; i++) {
		uint32_t at = o->data_offset + i;
		uint8_t byte = v->p->bytes[at];

		packet_show_hex(v, byte & 0x80 ? "Drop Block" : "Normal Block", at, 1, byte, NULL);
		packet_show_in(v);
		if (byte & 0x80)
			packet_show_bits(v, "Drop Code", at, 1, 0x70, byte >> 4 & 7,
					 codes[byte >> 4 & 7]);
		packet_show_bits(v, "Run Length", at, 1, byte & 0x80 ? 0x0f : 0x7f,
				 byte & (byte & 0x80 ? 0x0f : 0x7f), NULL);
		packet_show_out(v);
	}
}

/* Loss Intervals, RFC 4342 8.6: three lengths of 24 bits each, the second with a nonce bit. */
static void show_loss_intervals(struct packet_view *v, const struct packet_dccp_option *o)
{
	const uint8_t *bytes = v->p->bytes;
	uint32_t at = o->data_offset;

	packet_show_number(v, "Skip Length", at, 1, bytes[at], NULL);
	for (at++; at + 9 <= o->data_offset + o->data_length; at += 9) {
		packet_show_number(v, "Lossless Length", at, 3, number_of(bytes + at, 3), NULL);
		packet_show_flag(v, "E: ECN nonce echo", at + 3, 1, 0x80,
				 (bytes[at + 3] & 0x80) != 0);
		packet_show_bits(v, "Loss Length", at + 3, 3, 0x7fffff,
				 number_of(bytes + at + 3, 3) & 0x7fffff, NULL);
		packet_show_number(v, "Data Length", at + 6, 3, number_of(bytes + at + 6, 3), NULL);
	}
}

/* Sequence Window and Ack Ratio are one number, not a list of values (RFC 4340 6.4). */
static bool is_one_number(const struct packet_dccp_option *o)
{
	return (o->feature == 3 || o->feature == 5) && o->data_length > 0 && o->data_length <= 8;
}

/* Values of one byte, in the sender's order of preference, or one number (RFC 4340 6.3). */
static void show_negotiation(struct packet_view *v, const struct packet_dccp_option *o)
{
	const uint8_t *bytes = v->p->bytes + o->data_offset;

	packet_show_number(v, "Feature Number", o->offset + 2, 1, o->feature,
			   feature_name(o->feature));
	if (is_one_number(o)) {
		packet_show_number(v, "Value", o->data_offset, o->data_length,
				   number_of(bytes, o->data_length), NULL);
		return;
	}
	for (unsigned int i = 0; i < o->data_length; i++)
		packet_show_number(v, "Value", o->data_offset + i, 1, bytes[i], NULL);
}

static void show_data(struct packet_view *v, const struct packet_dccp_option *o)
{
	uint32_t at = o->data_offset;

	if (is_negotiation(o->type) && o->ok) {
		show_negotiation(v, o);
		return;
	}
	if (!o->ok) {
		packet_show_bytes(v, "Data", at, o->data_length);
		return;
	}
	switch (o->type) {
	case PACKET_DCCP_OPTION_INIT_COOKIE:
		packet_show_bytes(v, "Init Cookie Value", at, o->data_length);
		break;
	case PACKET_DCCP_OPTION_NDP_COUNT:
		packet_show_number(v, "Count", at, o->data_length, o->number, NULL);
		break;
	case PACKET_DCCP_OPTION_ACK_VECTOR_0:
	case PACKET_DCCP_OPTION_ACK_VECTOR_1:
		show_ack_vector(v, o);
		break;
	case PACKET_DCCP_OPTION_DATA_DROPPED:
		show_data_dropped(v, o);
		break;
	case PACKET_DCCP_OPTION_TIMESTAMP:
		packet_show_number(v, "Timestamp Value", at, 4, o->number, NULL);
		break;
	case PACKET_DCCP_OPTION_TIMESTAMP_ECHO:
		packet_show_number(v, "Timestamp Echo Value", at, 4, o->number, NULL);
		if (o->has_elapsed_time)
			packet_show_unit(v, "Elapsed Time Value", at + 4, o->data_length - 4u,
					 o->elapsed_time, "x 10 us");
		break;
	case PACKET_DCCP_OPTION_ELAPSED_TIME:
		packet_show_unit(v, "Elapsed Time Value", at, o->data_length, o->elapsed_time,
				 "x 10 us");
		break;
	case PACKET_DCCP_OPTION_DATA_CHECKSUM:
		packet_show_hex(v, "CRC-32c", at, 4, o->number, NULL);
		break;
	case PACKET_DCCP_OPTION_LOSS_EVENT_RATE:
		packet_show_number(v, "Inverse of the loss event rate", at, 4, o->number,
				   o->number == UINT32_MAX ? "no loss" : NULL);
		break;
	case PACKET_DCCP_OPTION_RECEIVE_RATE:
		packet_show_unit(v, "Rate", at, 4, o->number, "bytes/s");
		break;
	case PACKET_DCCP_OPTION_LOSS_INTERVALS:
		show_loss_intervals(v, o);
		break;
	default:
		packet_show_bytes(v, "Data", at, o->data_length);
		break;
	}
}

void packet_show_dccp_options(struct packet_view *v, const struct packet_layer *l)
{
	struct packet_walk walk = packet_walk(v->p, l);
	struct packet_dccp_option o;

	while (packet_dccp_option_next(&walk, &o)) {
		packet_show_text(v, any_option_name(o.type), o.offset, o.length,
				 o.ok ? "" : "not a length this option can have");
		packet_show_in(v);
		packet_show_number(v, "Option Type", o.offset, 1, o.type, NULL);
		if (o.type >= 32) {
			packet_show_number(v, "Option Length", o.offset + 1, 1, o.length, NULL);
			show_data(v, &o);
		}
		packet_show_out(v);
	}
	packet_show_rest(v, &walk);
}

static void line_option(struct packet_out *out, const struct packet *p,
			const struct packet_dccp_option *o)
{
	const char *feature;

	packet_put(out, any_option_name(o->type));
	if (option_name(o->type) == NULL) {
		packet_put_char(out, ' ');
		packet_put_number(out, o->type);
	}
	if (!o->ok) {
		packet_put_char(out, '?');
		return;
	}
	if (is_negotiation(o->type)) {
		feature = feature_name(o->feature);
		packet_put_char(out, ' ');
		if (feature != NULL)
			packet_put(out, feature);
		else
			packet_put_number(out, o->feature);
		if (is_one_number(o)) {
			packet_put_char(out, ' ');
			packet_put_number(out,
					  number_of(p->bytes + o->data_offset, o->data_length));
			return;
		}
		for (unsigned int i = 0; i < o->data_length && i < 6; i++) {
			packet_put_char(out, ' ');
			packet_put_number(out, p->bytes[o->data_offset + i]);
		}
		return;
	}
	switch (o->type) {
	case PACKET_DCCP_OPTION_NDP_COUNT:
	case PACKET_DCCP_OPTION_TIMESTAMP:
	case PACKET_DCCP_OPTION_TIMESTAMP_ECHO:
	case PACKET_DCCP_OPTION_ELAPSED_TIME:
	case PACKET_DCCP_OPTION_LOSS_EVENT_RATE:
	case PACKET_DCCP_OPTION_RECEIVE_RATE:
		packet_put_char(out, ' ');
		packet_put_number(out, o->number);
		break;
	default:
		break;
	}
}

/* Padding is not worth a word. */
void packet_line_dccp_options(struct packet_out *out, const struct packet *p,
			      const struct packet_layer *l)
{
	struct packet_walk walk = packet_walk(p, l);
	struct packet_dccp_option o;
	const char *separator = "";

	packet_put(out, " options [");
	while (packet_dccp_option_next(&walk, &o)) {
		if (o.type == PACKET_DCCP_OPTION_PADDING)
			continue;
		packet_put(out, separator);
		separator = ", ";
		line_option(out, p, &o);
	}
	if (walk.fault != 0) {
		packet_put(out, separator);
		packet_put(out, "...");
	}
	packet_put_char(out, ']');
}
