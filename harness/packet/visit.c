/* SPDX-License-Identifier: MIT */
/* Showing fields: from a layer to calls of the visitor. */
#include "harness/packet/internal.h"

#include <string.h>

const struct packet_protocol packet_protocols[PACKET_KINDS] = {
	[PACKET_DATA] = {"Data", packet_show_layer_data, packet_line_data},
	[PACKET_TRAILER] = {"Trailer", packet_show_layer_trailer, packet_line_trailer},
	[PACKET_ETHERNET] = {"Ethernet", packet_show_layer_ethernet, packet_line_ethernet},
	[PACKET_VLAN] = {"VLAN", packet_show_layer_vlan, packet_line_vlan},
	[PACKET_SLL] = {"Linux cooked", packet_show_layer_sll, packet_line_sll},
	[PACKET_SLL2] = {"Linux cooked v2", packet_show_layer_sll2, packet_line_sll2},
	[PACKET_ARP] = {"ARP", packet_show_layer_arp, packet_line_arp},
	[PACKET_IPV4] = {"IPv4", packet_show_layer_ipv4, packet_line_ipv4},
	[PACKET_IPV6] = {"IPv6", packet_show_layer_ipv6, packet_line_ipv6},
	[PACKET_HOP_BY_HOP] = {"Hop-by-Hop Options", packet_show_layer_options_header,
			       packet_line_options_header},
	[PACKET_ROUTING] = {"Routing", packet_show_layer_routing, packet_line_routing},
	[PACKET_FRAGMENT] = {"Fragment", packet_show_layer_fragment, packet_line_fragment},
	[PACKET_DESTINATION] = {"Destination Options", packet_show_layer_options_header,
				packet_line_options_header},
	[PACKET_ICMP] = {"ICMP", packet_show_layer_icmp, packet_line_icmp},
	[PACKET_ICMPV6] = {"ICMPv6", packet_show_layer_icmpv6, packet_line_icmpv6},
	[PACKET_IGMP] = {"IGMP", packet_show_layer_igmp, packet_line_igmp},
	[PACKET_TCP] = {"TCP", packet_show_layer_tcp, packet_line_tcp},
	[PACKET_UDP] = {"UDP", packet_show_layer_udp, packet_line_udp},
};

struct packet_out *packet_value(struct packet_view *v)
{
	v->value = (struct packet_out){v->text, sizeof(v->text), 0};
	v->field.has_number = false;
	v->field.mask = 0;
	return &v->value;
}

void packet_show(struct packet_view *v, const char *name, uint32_t offset, uint32_t length)
{
	const struct packet_problem *problem = &v->p->problem;
	struct packet_field *f = &v->field;

	v->shown = v->stopped == 0 && offset <= v->limit && length <= v->limit - offset;
	if (!v->shown)
		return;
	packet_put_end(&v->value);
	f->name = name;
	f->value = v->text;
	f->offset = offset;
	f->length = length;
	f->contradicts = f->depth > 0 && problem->length > 0 && problem->layer == f->layer &&
			 problem->offset == offset && problem->length == length;
	v->stopped = v->visitor(v->context, f);
}

/* The parts of a field that was cut are shown in its place. */
void packet_show_in(struct packet_view *v)
{
	v->parents = v->parents << 1 | v->shown;
	v->field.depth += v->shown;
}

void packet_show_out(struct packet_view *v)
{
	v->field.depth -= v->parents & 1;
	v->parents >>= 1;
}

static void put_meaning(struct packet_out *out, const char *meaning)
{
	if (meaning == NULL)
		return;
	packet_put(out, " (");
	packet_put(out, meaning);
	packet_put_char(out, ')');
}

static void number_value(struct packet_view *v, uint64_t number)
{
	v->field.has_number = true;
	v->field.number = number;
}

void packet_show_number(struct packet_view *v, const char *name, uint32_t offset, uint32_t length,
			uint64_t number, const char *meaning)
{
	struct packet_out *out = packet_value(v);

	packet_put_number(out, number);
	put_meaning(out, meaning);
	number_value(v, number);
	packet_show(v, name, offset, length);
}

void packet_show_unit(struct packet_view *v, const char *name, uint32_t offset, uint32_t length,
		      uint64_t number, const char *unit)
{
	struct packet_out *out = packet_value(v);

	packet_put_number(out, number);
	packet_put_char(out, ' ');
	packet_put(out, unit);
	number_value(v, number);
	packet_show(v, name, offset, length);
}

void packet_show_hex(struct packet_view *v, const char *name, uint32_t offset, uint32_t length,
		     uint64_t number, const char *meaning)
{
	struct packet_out *out = packet_value(v);

	packet_put(out, "0x");
	packet_put_hex(out, number, 2 * (length < 8 ? length : 8));
	put_meaning(out, meaning);
	number_value(v, number);
	packet_show(v, name, offset, length);
}

void packet_show_bits(struct packet_view *v, const char *name, uint32_t offset, uint32_t length,
		      uint32_t mask, uint64_t number, const char *meaning)
{
	struct packet_out *out = packet_value(v);

	packet_put_number(out, number);
	put_meaning(out, meaning);
	number_value(v, number);
	v->field.mask = mask;
	packet_show(v, name, offset, length);
}

void packet_show_flag(struct packet_view *v, const char *name, uint32_t offset, uint32_t length,
		      uint32_t mask, bool set)
{
	struct packet_out *out = packet_value(v);

	packet_put(out, set ? "set" : "not set");
	number_value(v, set);
	v->field.mask = mask;
	packet_show(v, name, offset, length);
}

/* Before bytes of the packet are read for a value: the check of packet_show(). */
static bool shown(struct packet_view *v, uint32_t offset, uint32_t length)
{
	v->shown = v->stopped == 0 && offset <= v->limit && length <= v->limit - offset;
	return v->shown;
}

void packet_show_mac(struct packet_view *v, const char *name, uint32_t offset)
{
	if (!shown(v, offset, 6))
		return;
	packet_put_mac(packet_value(v), v->p->bytes + offset);
	packet_show(v, name, offset, 6);
}

void packet_show_ipv4(struct packet_view *v, const char *name, uint32_t offset)
{
	if (!shown(v, offset, 4))
		return;
	packet_put_ipv4(packet_value(v), v->p->bytes + offset);
	packet_show(v, name, offset, 4);
}

void packet_show_ipv6(struct packet_view *v, const char *name, uint32_t offset)
{
	if (!shown(v, offset, 16))
		return;
	packet_put_ipv6(packet_value(v), v->p->bytes + offset);
	packet_show(v, name, offset, 16);
}

void packet_show_bytes(struct packet_view *v, const char *name, uint32_t offset, uint32_t length)
{
	struct packet_out *out;

	if (length == 0 || !shown(v, offset, length))
		return;
	out = packet_value(v);
	packet_put_hex_bytes(out, v->p->bytes + offset, length < 32 ? length : 32);
	if (length > 32)
		packet_put(out, "...");
	packet_show(v, name, offset, length);
}

void packet_show_rest(struct packet_view *v, const struct packet_walk *walk)
{
	if (walk->fault == 0 || walk->next >= walk->captured)
		return;
	packet_show_bytes(v, walk->fault == PACKET_TRUNCATED ? "Cut off here" : "Not decodable",
			  walk->next, walk->captured - walk->next);
}

void packet_show_text(struct packet_view *v, const char *name, uint32_t offset, uint32_t length,
		      const char *text)
{
	packet_put(packet_value(v), text);
	packet_show(v, name, offset, length);
}

void packet_show_checksum(struct packet_view *v, const char *name, uint32_t offset,
			  uint16_t checksum)
{
	struct packet_out *out = packet_value(v);
	enum packet_checksum state;
	uint16_t expected = 0;

	if (!shown(v, offset, 2))
		return;
	state = packet_verify(v->p, v->field.layer, &expected);
	packet_put(out, "0x");
	packet_put_hex(out, checksum, 4);
	packet_put(out, " (");
	packet_put(out, packet_checksum_name(state));
	if (state == PACKET_CHECKSUM_BAD) {
		packet_put(out, ", should be 0x");
		packet_put_hex(out, expected, 4);
	}
	packet_put_char(out, ')');
	number_value(v, checksum);
	packet_show(v, name, offset, 2);
}

int packet_visit(const struct packet *p, packet_visitor visitor, void *context)
{
	struct packet_view v;

	v.p = p;
	v.visitor = visitor;
	v.context = context;
	v.stopped = 0;
	for (unsigned int i = 0; i < p->layers && v.stopped == 0; i++) {
		const struct packet_layer *l = &p->layer[i];
		const struct packet_protocol *protocol = &packet_protocols[l->kind];

		v.layer = l;
		v.parents = 0;
		v.field.depth = 0;
		v.field.layer = i;
		v.field.protocol = protocol->name;
		v.limit = l->offset + l->header_captured;
		packet_put(packet_value(&v), l->quoted ? "quoted" : "");
		packet_show(&v, protocol->name, l->offset, l->header_captured);
		v.field.depth = 1;
		protocol->show(&v, l);
	}
	return v.stopped;
}

struct number_search {
	const char *protocol, *name;
	uint64_t number;
};

static int search_number(void *context, const struct packet_field *field)
{
	struct number_search *search = context;

	if (!field->has_number || strcmp(field->name, search->name) != 0 ||
	    strcmp(field->protocol, search->protocol) != 0)
		return 0;
	search->number = field->number;
	return 1;
}

bool packet_field_number(const struct packet *p, const char *protocol, const char *name,
			 uint64_t *number)
{
	struct number_search search = {.protocol = protocol, .name = name};

	if (packet_visit(p, search_number, &search) == 0)
		return false;
	*number = search.number;
	return true;
}

const char *packet_outcome_name(enum packet_outcome outcome)
{
	switch (outcome) {
	case PACKET_COMPLETE:
		return "complete";
	case PACKET_TRUNCATED:
		return "truncated";
	case PACKET_MALFORMED:
		return "malformed";
	}
	return "?";
}

const char *packet_checksum_name(enum packet_checksum checksum)
{
	switch (checksum) {
	case PACKET_CHECKSUM_NONE:
		return "none";
	case PACKET_CHECKSUM_UNVERIFIED:
		return "unverified";
	case PACKET_CHECKSUM_GOOD:
		return "good";
	case PACKET_CHECKSUM_BAD:
		return "bad";
	case PACKET_CHECKSUM_ABSENT:
		return "absent";
	case PACKET_CHECKSUM_UNKNOWN:
		return "unknown";
	}
	return "?";
}

const char *packet_kind_name(enum packet_kind kind)
{
	return (unsigned int)kind < PACKET_KINDS ? packet_protocols[kind].name : "?";
}
