/* SPDX-License-Identifier: MIT */
/* Showing fields: from a layer to calls of the visitor. */
#include "harness/packet/internal.h"

#include <string.h>

const struct packet_protocol *const packet_protocols[PACKET_KINDS] = {
	[PACKET_DATA] = &packet_protocol_data,
	[PACKET_TRAILER] = &packet_protocol_trailer,
	[PACKET_ETHERNET] = &packet_protocol_ethernet,
	[PACKET_VLAN] = &packet_protocol_vlan,
	[PACKET_SLL] = &packet_protocol_sll,
	[PACKET_SLL2] = &packet_protocol_sll2,
	[PACKET_ARP] = &packet_protocol_arp,
	[PACKET_IPV4] = &packet_protocol_ipv4,
	[PACKET_IPV6] = &packet_protocol_ipv6,
	[PACKET_HOP_BY_HOP] = &packet_protocol_hop_by_hop,
	[PACKET_ROUTING] = &packet_protocol_routing,
	[PACKET_FRAGMENT] = &packet_protocol_fragment,
	[PACKET_DESTINATION] = &packet_protocol_destination,
	[PACKET_ICMP] = &packet_protocol_icmp,
	[PACKET_ICMPV6] = &packet_protocol_icmpv6,
	[PACKET_IGMP] = &packet_protocol_igmp,
	[PACKET_TCP] = &packet_protocol_tcp,
	[PACKET_UDP] = &packet_protocol_udp,
	[PACKET_LLC] = &packet_protocol_llc,
	[PACKET_SNAP] = &packet_protocol_snap,
	[PACKET_MPLS] = &packet_protocol_mpls,
	[PACKET_GRE] = &packet_protocol_gre,
	[PACKET_AH] = &packet_protocol_ah,
	[PACKET_ESP] = &packet_protocol_esp,
	[PACKET_UDPLITE] = &packet_protocol_udplite,
	[PACKET_DCCP] = &packet_protocol_dccp,
	[PACKET_SCTP] = &packet_protocol_sctp,
	[PACKET_RDS] = &packet_protocol_rds,
	[PACKET_TIPC] = &packet_protocol_tipc,
	[PACKET_DNS] = &packet_protocol_dns,
	[PACKET_DHCP] = &packet_protocol_dhcp,
	[PACKET_CAN] = &packet_protocol_can,
	[PACKET_CANXL] = &packet_protocol_canxl,
	[PACKET_ISOTP] = &packet_protocol_isotp,
	[PACKET_J1939] = &packet_protocol_j1939,
	[PACKET_HCI_PHDR] = &packet_protocol_hci_phdr,
	[PACKET_HCI_MONITOR] = &packet_protocol_hci_monitor,
	[PACKET_HCI] = &packet_protocol_hci,
	[PACKET_HCI_ACL] = &packet_protocol_hci_acl,
	[PACKET_HCI_SCO] = &packet_protocol_hci_sco,
	[PACKET_HCI_ISO] = &packet_protocol_hci_iso,
	[PACKET_L2CAP] = &packet_protocol_l2cap,
	[PACKET_RFCOMM] = &packet_protocol_rfcomm,
	[PACKET_NETLINK] = &packet_protocol_netlink,
	[PACKET_VSOCK] = &packet_protocol_vsock,
	[PACKET_KISS] = &packet_protocol_kiss,
	[PACKET_AX25] = &packet_protocol_ax25,
	[PACKET_NETROM] = &packet_protocol_netrom,
	[PACKET_ROSE] = &packet_protocol_rose,
	[PACKET_LAPB] = &packet_protocol_lapb,
	[PACKET_X25] = &packet_protocol_x25,
	[PACKET_LLAP] = &packet_protocol_llap,
	[PACKET_DDP] = &packet_protocol_ddp,
	[PACKET_AARP] = &packet_protocol_aarp,
	[PACKET_DECNET] = &packet_protocol_decnet,
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
	uint32_t expected = 0;

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
		const struct packet_protocol *protocol = packet_protocols[l->kind];

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
	return (unsigned int)kind < PACKET_KINDS ? packet_protocols[kind]->name : "?";
}
