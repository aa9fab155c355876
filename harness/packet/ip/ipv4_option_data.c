/* SPDX-License-Identifier: MIT */
/*
 * What the options of IPv4 say: RFC 791 3.1, Router Alert RFC 2113, Security and Extended Security
 * RFC 1108, CIPSO of FIPS 188, MTU Probe and Reply RFC 1063, Traceroute RFC 1393, Quick-Start RFC
 * 4782. RFC 6814 tells which of the others nobody should use any more: these have a
 * name and no more.
 */
#include "harness/packet/ip/internal.h"

/* IANA "IP Option Numbers". */
static const char *option_name(uint8_t type)
{
	static const struct {
		uint8_t type;
		const char *name;
	} names[] = {
		{PACKET_IPV4_OPTION_END, "End of Option List"},
		{PACKET_IPV4_OPTION_NOP, "No Operation"},
		{PACKET_IPV4_OPTION_RECORD_ROUTE, "Record Route"},
		{10, "Experimental Measurement"},
		{PACKET_IPV4_OPTION_MTU_PROBE, "MTU Probe (deprecated)"},
		{PACKET_IPV4_OPTION_MTU_REPLY, "MTU Reply (deprecated)"},
		{15, "ENCODE (deprecated)"},
		{PACKET_IPV4_OPTION_QUICK_START, "Quick-Start"},
		{30, "RFC 3692 experiment"},
		{PACKET_IPV4_OPTION_TIMESTAMP, "Internet Timestamp"},
		{PACKET_IPV4_OPTION_TRACEROUTE, "Traceroute (deprecated)"},
		{94, "RFC 3692 experiment"},
		{PACKET_IPV4_OPTION_SECURITY, "Security"},
		{PACKET_IPV4_OPTION_LOOSE_SOURCE_ROUTE, "Loose Source Route"},
		{PACKET_IPV4_OPTION_EXTENDED_SECURITY, "Extended Security"},
		{PACKET_IPV4_OPTION_CIPSO, "Commercial Security"},
		{PACKET_IPV4_OPTION_STREAM_ID, "Stream Identifier"},
		{PACKET_IPV4_OPTION_STRICT_SOURCE_ROUTE, "Strict Source Route"},
		{142, "Experimental Access Control (deprecated)"},
		{144, "IMI Traffic Descriptor"},
		{145, "Extended Internet Protocol (deprecated)"},
		{147, "Address Extension (deprecated)"},
		{PACKET_IPV4_OPTION_ROUTER_ALERT, "Router Alert"},
		{149, "Selective Directed Broadcast (deprecated)"},
		{151, "Dynamic Packet State (deprecated)"},
		{152, "Upstream Multicast Packet (deprecated)"},
		{158, "RFC 3692 experiment"},
		{205, "Experimental Flow Control"},
		{222, "RFC 3692 experiment"},
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (names[i].type == type)
			return names[i].name;
	}
	return "Unknown option";
}

static bool is_route(uint8_t type)
{
	return type == PACKET_IPV4_OPTION_RECORD_ROUTE ||
	       type == PACKET_IPV4_OPTION_LOOSE_SOURCE_ROUTE ||
	       type == PACKET_IPV4_OPTION_STRICT_SOURCE_ROUTE;
}

/* RFC 791: 0 timestamps alone, 1 with addresses, 3 addresses given by the sender. */
static void show_timestamps(struct packet_view *v, const struct packet_ipv4_option *o)
{
	static const char *const flags[] = {"timestamps only", "addresses and timestamps", NULL,
					    "addresses given"};
	const uint8_t *bytes = v->p->bytes;
	uint32_t end = o->data_offset + o->data_length, at = o->data_offset;

	packet_show_number(v, "Pointer", o->offset + 2, 1, o->pointer, NULL);
	packet_show_bits(v, "Overflow", o->offset + 3, 1, 0xf0, o->overflow, NULL);
	packet_show_bits(v, "Flag", o->offset + 3, 1, 0x0f, o->flag,
			 o->flag < 4 ? flags[o->flag] : NULL);
	while (at + 4 <= end) {
		if ((o->flag == 1 || o->flag == 3) && at + 8 <= end) {
			packet_show_ipv4(v, "Address", at);
			at += 4;
		}
		packet_show_number(v, "Timestamp", at, 4, packet_be32(bytes + at),
				   at - o->offset + 1 < o->pointer ? NULL : "free");
		at += 4;
	}
}

/* RFC 1108 2.3.1: levels whose codes differ in many bits, so that none turns into another. */
static const char *classification_name(uint8_t level)
{
	switch (level) {
	case 0x01:
		return "Reserved 4";
	case 0x3d:
		return "Top Secret";
	case 0x5a:
		return "Secret";
	case 0x96:
		return "Confidential";
	case 0x66:
		return "Reserved 3";
	case 0xcc:
		return "Reserved 2";
	case 0xab:
		return "Unclassified";
	case 0xf1:
		return "Reserved 1";
	default:
		return NULL;
	}
}

static void show_security(struct packet_view *v, const struct packet_ipv4_option *o)
{
	uint8_t first = v->p->bytes[o->data_offset];

	if (o->type == PACKET_IPV4_OPTION_SECURITY) {
		packet_show_hex(v, "Classification Level", o->data_offset, 1, first,
				classification_name(first));
		packet_show_bytes(v, "Protection Authority Flags", o->data_offset + 1,
				  o->data_length - 1);
		return;
	}
	packet_show_number(v, "Additional Security Info Format Code", o->data_offset, 1, first,
			   NULL);
	packet_show_bytes(v, "Additional Security Info", o->data_offset + 1, o->data_length - 1);
}

/* FIPS 188: a Domain of Interpretation, then tags, whose lengths count type and length too. */
static void show_cipso(struct packet_view *v, const struct packet_ipv4_option *o)
{
	const uint8_t *bytes = v->p->bytes;
	uint32_t at = o->data_offset, end = at + o->data_length;

	packet_show_number(v, "Domain of Interpretation", at, 4, packet_be32(bytes + at), NULL);
	for (at += 4; at + 2 <= end; at += bytes[at + 1]) {
		uint8_t type = bytes[at], length = bytes[at + 1];

		if (length < 2 || length > end - at)
			break;
		packet_show_text(v, "Tag", at, length,
				 type == 1   ? "bit map"
				 : type == 2 ? "enumerated"
				 : type == 5 ? "ranges"
					     : "");
		packet_show_in(v);
		packet_show_number(v, "Tag Type", at, 1, type, NULL);
		packet_show_number(v, "Tag Length", at + 1, 1, length, NULL);
		packet_show_bytes(v, "Tag Information", at + 2, length - 2u);
		packet_show_out(v);
	}
	if (at < end)
		packet_show_bytes(v, "Not decodable", at, end - at);
}

static void show_traceroute(struct packet_view *v, const struct packet_ipv4_option *o)
{
	const uint8_t *b = v->p->bytes + o->data_offset;
	uint32_t at = o->data_offset;

	packet_show_number(v, "ID Number", at, 2, packet_be16(b), NULL);
	packet_show_number(v, "Outbound Hop Count", at + 2, 2, packet_be16(b + 2), NULL);
	packet_show_number(v, "Return Hop Count", at + 4, 2, packet_be16(b + 4), NULL);
	packet_show_ipv4(v, "Originator IP Address", at + 6);
}

/*
 * RFC 4782 3.1: Func (4 bits) and Rate (4 bits), QS TTL, QS Nonce (30 bits), 2 reserved. IPv6 has
 * the same 6 bytes. Rate N is 40000 * 2^N bits/s, 0 is none.
 */
void packet_show_quick_start(struct packet_view *v, uint32_t at)
{
	const uint8_t *b = v->p->bytes + at;
	uint8_t func = b[0] >> 4, rate = b[0] & 15;
	struct packet_out *out;

	packet_show_bits(v, "Func", at, 1, 0xf0, func,
			 func == 0   ? "Rate Request"
			 : func == 8 ? "Report of Approved Rate"
				     : NULL);
	out = packet_value(v);
	packet_put_number(out, rate);
	packet_put(out, " (");
	packet_put_number(out, rate > 0 ? (uint64_t)40 << rate : 0);
	packet_put(out, " kbit/s)");
	v->field.has_number = true;
	v->field.number = rate;
	v->field.mask = 0x0f;
	packet_show(v, func == 8 ? "Rate Report" : "Rate Request", at, 1);
	packet_show_number(v, func == 8 ? "Reserved" : "QS TTL", at + 1, 1, b[1], NULL);
	packet_show_bits(v, "QS Nonce", at + 2, 4, 0xfffffffc, packet_be32(b + 2) >> 2, NULL);
	packet_show_bits(v, "Reserved", at + 5, 1, 0x03, b[5] & 3, NULL);
}

/* The options without a pointer, when their length is right; false for those that are bytes. */
static bool show_plain(struct packet_view *v, const struct packet_ipv4_option *o)
{
	switch (o->type) {
	case PACKET_IPV4_OPTION_ROUTER_ALERT:
		packet_show_number(v, "Value", o->data_offset, 2, o->value,
				   o->value == 0 ? "every router shall look" : NULL);
		return true;
	case PACKET_IPV4_OPTION_STREAM_ID:
		packet_show_number(v, "Stream ID", o->data_offset, 2, o->value, NULL);
		return true;
	case PACKET_IPV4_OPTION_MTU_PROBE:
	case PACKET_IPV4_OPTION_MTU_REPLY:
		packet_show_number(v, "MTU", o->data_offset, 2, o->value, NULL);
		return true;
	case PACKET_IPV4_OPTION_SECURITY:
	case PACKET_IPV4_OPTION_EXTENDED_SECURITY:
		show_security(v, o);
		return true;
	case PACKET_IPV4_OPTION_CIPSO:
		show_cipso(v, o);
		return true;
	case PACKET_IPV4_OPTION_TRACEROUTE:
		show_traceroute(v, o);
		return true;
	case PACKET_IPV4_OPTION_QUICK_START:
		packet_show_quick_start(v, o->data_offset);
		return true;
	default:
		return false;
	}
}

static void show_option(struct packet_view *v, const struct packet_ipv4_option *o)
{
	packet_show_number(v, "Type", o->offset, 1, o->type, NULL);
	packet_show_number(v, "Length", o->offset + 1, 1, o->length, NULL);
	if (o->type == PACKET_IPV4_OPTION_TIMESTAMP && o->data_offset == o->offset + 4) {
		show_timestamps(v, o);
	} else if (is_route(o->type) && o->data_offset == o->offset + 3) {
		packet_show_number(v, "Pointer", o->offset + 2, 1, o->pointer, NULL);
		for (uint32_t at = 0; at + 4 <= o->data_length; at += 4)
			packet_show_ipv4(v, at + 4 < o->pointer ? "Address" : "Address (next)",
					 o->data_offset + at);
	} else if (!o->ok || !show_plain(v, o)) {
		packet_show_bytes(v, "Data", o->data_offset, o->data_length);
	}
}

void packet_show_ipv4_options(struct packet_view *v, const struct packet_layer *l)
{
	struct packet_walk walk = packet_walk(v->p, l);
	struct packet_ipv4_option o;

	packet_show_number(v, "Options", l->offset + 20, l->ipv4.options_length,
			   l->ipv4.options_length, "bytes");
	packet_show_in(v);
	while (packet_ipv4_option_next(&walk, &o)) {
		packet_show_text(v, option_name(o.type), o.offset, o.length,
				 o.ok ? "" : "length or pointer not possible for this option");
		packet_show_in(v);
		if (o.type > PACKET_IPV4_OPTION_NOP)
			show_option(v, &o);
		packet_show_out(v);
		if (o.type == PACKET_IPV4_OPTION_END && o.offset + 1 < walk.end)
			packet_show_bytes(v, "Padding", o.offset + 1, walk.end - o.offset - 1);
	}
	packet_show_rest(v, &walk);
	packet_show_out(v);
}

static void line_option(struct packet_out *out, const struct packet *p,
			const struct packet_ipv4_option *o)
{
	switch (o->type) {
	case PACKET_IPV4_OPTION_RECORD_ROUTE:
		packet_put(out, "record route");
		break;
	case PACKET_IPV4_OPTION_TIMESTAMP:
		packet_put(out, "timestamp");
		break;
	case PACKET_IPV4_OPTION_LOOSE_SOURCE_ROUTE:
		packet_put(out, "loose source route");
		break;
	case PACKET_IPV4_OPTION_STRICT_SOURCE_ROUTE:
		packet_put(out, "strict source route");
		break;
	case PACKET_IPV4_OPTION_ROUTER_ALERT:
		packet_put(out, "router alert");
		break;
	case PACKET_IPV4_OPTION_STREAM_ID:
		packet_put(out, "stream id");
		break;
	case PACKET_IPV4_OPTION_SECURITY:
		packet_put(out, "security");
		break;
	case PACKET_IPV4_OPTION_CIPSO:
		packet_put(out, "cipso");
		break;
	case PACKET_IPV4_OPTION_EXTENDED_SECURITY:
		packet_put(out, "extended security");
		break;
	case PACKET_IPV4_OPTION_MTU_PROBE:
		packet_put(out, "mtu probe");
		break;
	case PACKET_IPV4_OPTION_MTU_REPLY:
		packet_put(out, "mtu reply");
		break;
	case PACKET_IPV4_OPTION_TRACEROUTE:
		packet_put(out, "traceroute");
		break;
	case PACKET_IPV4_OPTION_QUICK_START:
		packet_put(out, "quick-start");
		break;
	case PACKET_IPV4_OPTION_NOP:
		packet_put(out, "nop");
		break;
	case PACKET_IPV4_OPTION_END:
		packet_put(out, "end");
		break;
	default:
		packet_put(out, "option ");
		packet_put_number(out, o->type);
		break;
	}
	if (!o->ok) {
		packet_put(out, "?");
		return;
	}
	if (o->type == PACKET_IPV4_OPTION_STREAM_ID || o->type == PACKET_IPV4_OPTION_ROUTER_ALERT ||
	    o->type == PACKET_IPV4_OPTION_MTU_PROBE || o->type == PACKET_IPV4_OPTION_MTU_REPLY) {
		packet_put_char(out, ' ');
		packet_put_number(out, o->value);
	}
	for (uint32_t at = 0; is_route(o->type) && at + 4 <= o->data_length; at += 4) {
		packet_put(out, at + 4 == o->pointer ? " ^" : " ");
		packet_put_ipv4(out, p->bytes + o->data_offset + at);
	}
}

void packet_line_ipv4_options(struct packet_out *out, const struct packet *p,
			      const struct packet_layer *l)
{
	struct packet_walk walk = packet_walk(p, l);
	struct packet_ipv4_option o;
	const char *separator = "";

	packet_put(out, " options [");
	while (packet_ipv4_option_next(&walk, &o)) {
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
