/* SPDX-License-Identifier: MIT */
/*
 * Options of TCP, RFC 9293 3.1 and 3.2.
 *
 *     0               8               16
 *    +---------------+---------------+------------------
 *    | Kind          | Length        | data
 *    +---------------+---------------+------------------
 *
 * Length counts Kind and Length too; End of Option List (0) and No-Operation (1) have none.
 *
 *	 2  Maximum Segment Size  RFC 9293 3.7.1	 29  Authentication (AO)   RFC 5925 2.2
 *	 3  Window Scale	  RFC 7323 2		 30  Multipath TCP	   RFC 8684 3
 *	 4  SACK Permitted	  RFC 2018 2		 34  Fast Open Cookie	   RFC 7413 4.1.1
 *	 5  SACK		  RFC 2018 3		172  Accurate ECN order 0  RFC 9768 3.2.3
 *	 8  Timestamps		  RFC 7323 3		174  Accurate ECN order 1
 *	19  MD5 Signature	  RFC 2385 3		253, 254  experiments, named by the two
 *bytes 28  User Timeout	  RFC 5482 3			  of an ExID, RFC 6994
 */
#include "harness/packet/transport/internal.h"

#include <string.h>

#define FAST_OPEN_EXID 0xf989 /* RFC 7413 appendix A.1 */

static bool decode_experiment(struct packet_tcp_option *o, const uint8_t *b)
{
	if (o->length < 4)
		return false;
	o->exid = packet_be16(b + 2);
	o->data_offset = o->offset + 4;
	o->data_length = (uint8_t)(o->length - 4);
	o->fast_open = o->exid == FAST_OPEN_EXID;
	return true;
}

/* A cookie has 4 to 16 bytes, an even number; none at all is a request for one. */
static bool is_cookie(uint8_t length)
{
	return length == 0 || (length >= 4 && length <= 16 && length % 2 == 0);
}

/* Reads what stands in a whole option; false when its length is not one its kind may have. */
static bool decode_data(struct packet_tcp_option *o, const uint8_t *b)
{
	switch (o->kind) {
	case PACKET_TCP_OPTION_MSS:
		if (o->length != 4)
			return false;
		o->maximum_segment_size = packet_be16(b + 2);
		return true;
	case PACKET_TCP_OPTION_WINDOW_SCALE:
		if (o->length != 3)
			return false;
		o->shift_count = b[2];
		return true;
	case PACKET_TCP_OPTION_SACK_PERMITTED:
		return o->length == 2;
	case PACKET_TCP_OPTION_SACK:
		if (o->length < 10 || o->length > 34 || (o->length - 2) % 8 != 0)
			return false;
		o->blocks = (uint8_t)((o->length - 2) / 8);
		for (size_t i = 0; i < o->blocks; i++) {
			o->sack[i].left_edge = packet_be32(b + 2 + 8 * i);
			o->sack[i].right_edge = packet_be32(b + 6 + 8 * i);
		}
		return true;
	case PACKET_TCP_OPTION_TIMESTAMPS:
		if (o->length != 10)
			return false;
		o->timestamp_value = packet_be32(b + 2);
		o->timestamp_echo_reply = packet_be32(b + 6);
		return true;
	case PACKET_TCP_OPTION_MD5:
		return o->length == 18;
	case PACKET_TCP_OPTION_USER_TIMEOUT:
		if (o->length != 4)
			return false;
		o->minutes = (b[2] & 0x80) != 0;
		o->user_timeout = packet_be16(b + 2) & 0x7fff;
		return true;
	case PACKET_TCP_OPTION_AO:
		if (o->length < 4)
			return false;
		o->key_id = b[2];
		o->r_next_key_id = b[3];
		o->data_offset = o->offset + 4;
		o->data_length = (uint8_t)(o->length - 4);
		return true;
	case PACKET_TCP_OPTION_MPTCP:
		return packet_mptcp_option(b, o->offset, o->length, &o->mptcp);
	case PACKET_TCP_OPTION_FAST_OPEN:
		o->fast_open = true;
		return is_cookie(o->data_length);
	case PACKET_TCP_OPTION_ACCECN0:
	case PACKET_TCP_OPTION_ACCECN1:
		return o->length <= 11 && (o->length - 2) % 3 == 0;
	case PACKET_TCP_OPTION_EXPERIMENT1:
	case PACKET_TCP_OPTION_EXPERIMENT2:
		return decode_experiment(o, b) && (!o->fast_open || is_cookie(o->data_length));
	default:
		return true;
	}
}

bool packet_tcp_option_next(struct packet_walk *walk, struct packet_tcp_option *out)
{
	const uint8_t *b;

	if (!packet_walk_more(walk))
		return false;
	b = walk->packet->bytes + walk->next;
	/* MPTCP's part is large, and emptied only where it is filled */
	memset(out, 0, offsetof(struct packet_tcp_option, mptcp));
	out->kind = b[0];
	out->length = 1;
	out->ok = true;
	out->offset = walk->next;
	out->data_offset = walk->next + 1;
	if (b[0] == PACKET_TCP_OPTION_NOP) {
		walk->next++;
		return true;
	}
	if (b[0] == PACKET_TCP_OPTION_END) {
		walk->next = walk->end;
		return true;
	}
	if (packet_walk_size(walk, 0, 1, 2) == 0)
		return false;
	out->length = b[1];
	out->data_offset = walk->next + 2;
	out->data_length = (uint8_t)(b[1] - 2);
	out->ok = decode_data(out, b);
	walk->next += b[1];
	return true;
}

bool packet_tcp_only_timestamps(const struct packet *p, const struct packet_layer *l)
{
	return l->tcp.options_length == 12 && l->header_captured >= 32 &&
	       packet_be32(p->bytes + l->offset + 20) == 0x0101080a;
}

static const char *option_name(const struct packet_tcp_option *o)
{
	switch (o->kind) {
	case PACKET_TCP_OPTION_END:
		return "End of Option List";
	case PACKET_TCP_OPTION_NOP:
		return "No-Operation";
	case PACKET_TCP_OPTION_MSS:
		return "Maximum Segment Size";
	case PACKET_TCP_OPTION_WINDOW_SCALE:
		return "Window Scale";
	case PACKET_TCP_OPTION_SACK_PERMITTED:
		return "SACK Permitted";
	case PACKET_TCP_OPTION_SACK:
		return "SACK";
	case PACKET_TCP_OPTION_TIMESTAMPS:
		return "Timestamps";
	case PACKET_TCP_OPTION_MD5:
		return "MD5 Signature";
	case PACKET_TCP_OPTION_USER_TIMEOUT:
		return "User Timeout";
	case PACKET_TCP_OPTION_AO:
		return "Authentication";
	case PACKET_TCP_OPTION_MPTCP:
		return "Multipath TCP";
	case PACKET_TCP_OPTION_FAST_OPEN:
		return "Fast Open Cookie";
	case PACKET_TCP_OPTION_ACCECN0:
		return "Accurate ECN order 0";
	case PACKET_TCP_OPTION_ACCECN1:
		return "Accurate ECN order 1";
	case PACKET_TCP_OPTION_EXPERIMENT1:
	case PACKET_TCP_OPTION_EXPERIMENT2:
		return o->fast_open ? "Fast Open Cookie (experiment)" : "Experiment";
	case 6:
		return "Echo (obsolete)";
	case 7:
		return "Echo Reply (obsolete)";
	case 20:
		return "SCPS Capabilities";
	case 27:
		return "Quick-Start Response";
	default:
		return "Unknown option";
	}
}

/* The three counters, each of which may be left out from the end, RFC 9768 3.2.3. */
static void show_accecn(struct packet_view *v, const struct packet_tcp_option *o)
{
	static const char *const counters[2][3] = {{"EE0B", "ECEB", "EE1B"},
						   {"EE1B", "ECEB", "EE0B"}};
	unsigned int order = o->kind == PACKET_TCP_OPTION_ACCECN1;

	for (uint32_t i = 0; i < o->data_length / 3u && i < 3; i++) {
		const uint8_t *b = v->p->bytes + o->data_offset + (size_t)3 * i;

		packet_show_number(v, counters[order][i], o->data_offset + 3 * i, 3,
				   (uint32_t)b[0] << 16 | packet_be16(b + 1), NULL);
	}
}

static void show_data(struct packet_view *v, const struct packet_tcp_option *o)
{
	uint32_t at = o->data_offset;

	switch (o->kind) {
	case PACKET_TCP_OPTION_MSS:
		packet_show_number(v, "Maximum Segment Size", at, 2, o->maximum_segment_size, NULL);
		break;
	case PACKET_TCP_OPTION_WINDOW_SCALE:
		packet_show_number(v, "shift.cnt", at, 1, o->shift_count,
				   o->shift_count > 14 ? "14 is used" : NULL);
		break;
	case PACKET_TCP_OPTION_SACK:
		for (unsigned int i = 0; i < o->blocks; i++) {
			packet_show_number(v, "Left Edge", at + 8 * i, 4, o->sack[i].left_edge,
					   NULL);
			packet_show_number(v, "Right Edge", at + 8 * i + 4, 4,
					   o->sack[i].right_edge, NULL);
		}
		break;
	case PACKET_TCP_OPTION_TIMESTAMPS:
		packet_show_number(v, "TSval", at, 4, o->timestamp_value, NULL);
		packet_show_number(v, "TSecr", at + 4, 4, o->timestamp_echo_reply, NULL);
		break;
	case PACKET_TCP_OPTION_USER_TIMEOUT:
		packet_show_bits(v, "Granularity", at, 1, 0x80, o->minutes,
				 o->minutes ? "minutes" : "seconds");
		packet_show_bits(v, "User Timeout", at, 2, 0x7fff, o->user_timeout, NULL);
		break;
	case PACKET_TCP_OPTION_MD5:
		packet_show_bytes(v, "MD5 digest", at, o->data_length);
		break;
	case PACKET_TCP_OPTION_AO:
		packet_show_number(v, "KeyID", o->offset + 2, 1, o->key_id, NULL);
		packet_show_number(v, "RNextKeyID", o->offset + 3, 1, o->r_next_key_id, NULL);
		packet_show_bytes(v, "MAC", at, o->data_length);
		break;
	case PACKET_TCP_OPTION_MPTCP:
		packet_show_mptcp(v, o);
		break;
	case PACKET_TCP_OPTION_FAST_OPEN:
		packet_show_bytes(v, "Cookie", at, o->data_length);
		break;
	case PACKET_TCP_OPTION_ACCECN0:
	case PACKET_TCP_OPTION_ACCECN1:
		show_accecn(v, o);
		break;
	case PACKET_TCP_OPTION_EXPERIMENT1:
	case PACKET_TCP_OPTION_EXPERIMENT2:
		packet_show_hex(v, "ExID", o->offset + 2, 2, o->exid,
				o->fast_open ? "Fast Open" : NULL);
		packet_show_bytes(v, o->fast_open ? "Cookie" : "Data", at, o->data_length);
		break;
	default:
		packet_show_bytes(v, "Data", at, o->data_length);
		break;
	}
}

void packet_show_tcp_options(struct packet_view *v, const struct packet_layer *l)
{
	struct packet_walk walk = packet_walk(v->p, l);
	struct packet_tcp_option o;

	while (packet_tcp_option_next(&walk, &o)) {
		packet_show_text(v, option_name(&o), o.offset, o.length,
				 o.ok ? "" : "not a length this option can have");
		packet_show_in(v);
		if (o.kind > PACKET_TCP_OPTION_NOP) {
			packet_show_number(v, "Kind", o.offset, 1, o.kind, NULL);
			packet_show_number(v, "Length", o.offset + 1, 1, o.length, NULL);
			if (o.ok)
				show_data(v, &o);
			else
				packet_show_bytes(v, "Data", o.offset + 2, o.length - 2u);
		}
		packet_show_out(v);
		if (o.kind == PACKET_TCP_OPTION_END && o.offset + 1 < walk.end)
			packet_show_bytes(v, "Padding", o.offset + 1, walk.end - o.offset - 1);
	}
	packet_show_rest(v, &walk);
}

static void line_cookie(struct packet_out *out, const struct packet *p,
			const struct packet_tcp_option *o)
{
	if (o->data_length == 0) {
		packet_put(out, "cookie request");
		return;
	}
	packet_put(out, "cookie ");
	packet_put_hex_bytes(out, p->bytes + o->data_offset, o->data_length);
}

static void line_named(struct packet_out *out, const char *name, uint64_t number)
{
	packet_put(out, name);
	packet_put_number(out, number);
}

static void line_timestamps(struct packet_out *out, uint32_t value, uint32_t echo_reply)
{
	line_named(out, "TS val ", value);
	line_named(out, " ecr ", echo_reply);
}

static void line_option(struct packet_out *out, const struct packet *p,
			const struct packet_tcp_option *o)
{
	switch (o->kind) {
	case PACKET_TCP_OPTION_END:
		packet_put(out, "end");
		break;
	case PACKET_TCP_OPTION_NOP:
		packet_put(out, "nop");
		break;
	case PACKET_TCP_OPTION_MSS:
		line_named(out, "mss ", o->maximum_segment_size);
		break;
	case PACKET_TCP_OPTION_WINDOW_SCALE:
		line_named(out, "wscale ", o->shift_count);
		break;
	case PACKET_TCP_OPTION_SACK_PERMITTED:
		packet_put(out, "sackOK");
		break;
	case PACKET_TCP_OPTION_SACK:
		packet_put(out, "sack");
		for (unsigned int i = 0; i < o->blocks; i++) {
			line_named(out, " ", o->sack[i].left_edge);
			line_named(out, "-", o->sack[i].right_edge);
		}
		break;
	case PACKET_TCP_OPTION_TIMESTAMPS:
		line_timestamps(out, o->timestamp_value, o->timestamp_echo_reply);
		break;
	case PACKET_TCP_OPTION_USER_TIMEOUT:
		line_named(out, "user timeout ", o->user_timeout);
		packet_put(out, o->minutes ? " min" : " s");
		break;
	case PACKET_TCP_OPTION_MD5:
		packet_put(out, "md5");
		break;
	case PACKET_TCP_OPTION_AO:
		line_named(out, "ao key ", o->key_id);
		line_named(out, " next ", o->r_next_key_id);
		break;
	case PACKET_TCP_OPTION_MPTCP:
		packet_line_mptcp(out, p, o);
		break;
	case PACKET_TCP_OPTION_FAST_OPEN:
		packet_put(out, "fast open ");
		line_cookie(out, p, o);
		break;
	case PACKET_TCP_OPTION_ACCECN0:
	case PACKET_TCP_OPTION_ACCECN1:
		line_named(out, "accecn order ", o->kind == PACKET_TCP_OPTION_ACCECN1);
		break;
	case PACKET_TCP_OPTION_EXPERIMENT1:
	case PACKET_TCP_OPTION_EXPERIMENT2:
		if (o->fast_open) {
			packet_put(out, "fast open experiment ");
			line_cookie(out, p, o);
			break;
		}
		packet_put(out, "experiment 0x");
		packet_put_hex(out, o->exid, 4);
		break;
	default:
		line_named(out, "option ", o->kind);
		break;
	}
}

void packet_line_tcp_options(struct packet_out *out, const struct packet *p,
			     const struct packet_layer *l)
{
	struct packet_walk walk;
	struct packet_tcp_option o;
	const char *separator = "";

	packet_put(out, " options [");
	if (packet_tcp_only_timestamps(p, l)) {
		packet_put(out, "nop, nop, ");
		line_timestamps(out, l->tcp.timestamp_value, l->tcp.timestamp_echo_reply);
		packet_put_char(out, ']');
		return;
	}
	packet_walk_begin(&walk, p, l);
	while (packet_tcp_option_next(&walk, &o)) {
		packet_put(out, separator);
		separator = ", ";
		if (o.ok)
			line_option(out, p, &o);
		else
			line_named(out, "bad option ", o.kind);
	}
	if (walk.fault != 0) {
		packet_put(out, separator);
		packet_put(out, "...");
	}
	packet_put_char(out, ']');
}
