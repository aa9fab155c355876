/* SPDX-License-Identifier: MIT */
/*
 * Options of the Hop-by-Hop and Destination Options headers, RFC 8200 4.2.
 *
 *     0    2   3           8               16
 *    +----+---+-----------+---------------+------------------
 *    |act |chg| number    | Opt Data Len  | Option Data
 *    +----+---+-----------+---------------+------------------
 *
 * act: what a node does that does not know the option: 0 skip it, 1 discard the packet, 2 and
 * send an ICMPv6 error, 3 but not to a multicast address. chg: the data may change on the way.
 * Pad1 (type 0) is the type alone.
 */
#include "harness/packet/ip/internal.h"

/* IANA "Destination Options and Hop-by-Hop Options", or NULL. */
static const char *option_name(uint8_t type)
{
	static const struct {
		uint8_t type;
		const char *name;
	} names[] = {
		{PACKET_IPV6_OPTION_PAD1, "Pad1"},
		{PACKET_IPV6_OPTION_PADN, "PadN"},
		{PACKET_IPV6_OPTION_TUNNEL_LIMIT, "Tunnel Encapsulation Limit"},
		{PACKET_IPV6_OPTION_ROUTER_ALERT, "Router Alert"},
		{PACKET_IPV6_OPTION_CALIPSO, "CALIPSO"},
		{PACKET_IPV6_OPTION_SMF_DPD, "SMF_DPD"},			/* RFC 6621 */
		{PACKET_IPV6_OPTION_PDM, "Performance and Diagnostic Metrics"}, /* RFC 8250 */
		{PACKET_IPV6_OPTION_IOAM, "IOAM"},				/* RFC 9486 */
		{PACKET_IPV6_OPTION_ALT_MARK, "AltMark"},			/* RFC 9343 */
		{0x1e, "RFC 3692 experiment"},
		{PACKET_IPV6_OPTION_RPL_KEPT, "RPL"},		 /* RFC 9008: no longer discarded */
		{PACKET_IPV6_OPTION_QUICK_START, "Quick-Start"}, /* RFC 4782 */
		{PACKET_IPV6_OPTION_MTU, "Minimum Path MTU"},
		{PACKET_IPV6_OPTION_IOAM_CHANGES, "IOAM"},
		{0x3e, "RFC 3692 experiment"},
		{0x4d, "Deprecated"}, /* RFC 7731 */
		{0x5e, "RFC 3692 experiment"},
		{PACKET_IPV6_OPTION_RPL, "RPL"}, /* RFC 6553 */
		{PACKET_IPV6_OPTION_MPL, "MPL"}, /* RFC 7731 */
		{0x7e, "RFC 3692 experiment"},
		{0x8a, "Endpoint Identification (deprecated)"},
		{PACKET_IPV6_OPTION_NONCE, "ILNP Nonce"},	     /* RFC 6744 */
		{PACKET_IPV6_OPTION_LINE_ID, "Line-Identification"}, /* RFC 6788 */
		{0x9e, "RFC 3692 experiment"},
		{0xbe, "RFC 3692 experiment"},
		{PACKET_IPV6_OPTION_JUMBO, "Jumbo Payload"},
		{PACKET_IPV6_OPTION_HOME_ADDRESS, "Home Address"},
		{0xde, "RFC 3692 experiment"},
		{PACKET_IPV6_OPTION_DFF, "IP_DFF"}, /* RFC 6971 */
		{0xfe, "RFC 3692 experiment"},
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (names[i].type == type)
			return names[i].name;
	}
	return NULL;
}

/* Options of which there is more to say than bytes: whether the length is right for that. */
static bool length_fits(const struct packet_ipv6_option *o)
{
	switch (o->type) {
	case PACKET_IPV6_OPTION_TUNNEL_LIMIT: /* RFC 2473 4.1.1 */
		return o->length == 1;
	case PACKET_IPV6_OPTION_ROUTER_ALERT: /* RFC 2711 2.1 */
		return o->length == 2;
	case PACKET_IPV6_OPTION_JUMBO:	  /* RFC 2675 2 */
	case PACKET_IPV6_OPTION_MTU:	  /* RFC 9268 5 */
	case PACKET_IPV6_OPTION_ALT_MARK: /* RFC 9343 3.1 */
		return o->length == 4;
	case PACKET_IPV6_OPTION_QUICK_START: /* RFC 4782 3.2 */
		return o->length == 6;
	case PACKET_IPV6_OPTION_CALIPSO: /* RFC 5570 5.1 */
		return o->length >= 8 && o->length % 4 == 0;
	case PACKET_IPV6_OPTION_PDM: /* RFC 8250 3.2 */
		return o->length == 10;
	case PACKET_IPV6_OPTION_RPL: /* RFC 6553 3; TLVs may follow */
	case PACKET_IPV6_OPTION_RPL_KEPT:
		return o->length >= 4;
	case PACKET_IPV6_OPTION_IOAM: /* RFC 9486 3 */
	case PACKET_IPV6_OPTION_IOAM_CHANGES:
		return o->length >= 2;
	case PACKET_IPV6_OPTION_HOME_ADDRESS: /* RFC 6275 6.3 */
		return o->length == 16;
	default:
		return true;
	}
}

bool packet_ipv6_option_next(struct packet_walk *walk, struct packet_ipv6_option *out)
{
	const uint8_t *b;

	if (!packet_walk_more(walk))
		return false;
	b = walk->packet->bytes + walk->next;
	*out = (struct packet_ipv6_option){.type = b[0], .ok = true, .offset = walk->next};
	out->data_offset = walk->next + 1;
	if (b[0] == PACKET_IPV6_OPTION_PAD1) {
		walk->next++;
		return true;
	}
	if (packet_walk_size(walk, 2, 1, 2) == 0)
		return false;
	out->length = b[1];
	out->data_offset = walk->next + 2;
	out->ok = length_fits(out);
	if (out->ok && out->type == PACKET_IPV6_OPTION_TUNNEL_LIMIT)
		out->value = b[2];
	else if (out->ok && out->type == PACKET_IPV6_OPTION_ROUTER_ALERT)
		out->value = packet_be16(b + 2);
	else if (out->ok && out->type == PACKET_IPV6_OPTION_JUMBO)
		out->value = packet_be32(b + 2);
	walk->next += out->length + 2u;
	return true;
}

void packet_decode_ipv6_options(struct decoder *d)
{
	struct packet_walk walk = packet_walk(d->p, d->layer);
	struct packet_ipv6_option option;

	while (packet_ipv6_option_next(&walk, &option)) {
		if (!option.ok)
			packet_contradiction(d, "option %1 cannot have an Opt Data Len of %2",
					     option.type, option.length, option.offset + 1, 1);
	}
	packet_walk_fault(d, &walk,
			  "an option announces %1 bytes of data, the header has %2 left "
			  "for it");
}

/* IANA "IPv6 Router Alert Option Values". */
static const char *router_alert_name(uint32_t value)
{
	static const char *const names[] = {"MLD", "RSVP", "Active Networks"};

	return value < 3 ? names[value] : NULL;
}

/* RFC 9268 5: Min-PMTU is what the path so far can take, Rtn-PMTU what came back (15 bits). */
static void show_mtu(struct packet_view *v, uint32_t at)
{
	const uint8_t *b = v->p->bytes + at;

	packet_show_number(v, "Min-PMTU", at, 2, packet_be16(b), NULL);
	packet_show_bits(v, "Rtn-PMTU", at + 2, 2, 0xfffe, packet_be16(b + 2) & 0xfffe, NULL);
	packet_show_flag(v, "R", at + 3, 1, 0x01, (b[3] & 1) != 0);
}

/* RFC 5570 5.1: the compartments are a bit map of so many words of 4 bytes. */
static void show_calipso(struct packet_view *v, const struct packet_ipv6_option *o)
{
	uint32_t at = o->data_offset;
	const uint8_t *b = v->p->bytes + at;

	packet_show_number(v, "Domain of Interpretation", at, 4, packet_be32(b), NULL);
	packet_show_number(v, "Cmpt Length", at + 4, 1, b[4], NULL);
	packet_show_number(v, "Sens Level", at + 5, 1, b[5], NULL);
	packet_show_hex(v, "Checksum", at + 6, 2, packet_be16(b + 6), NULL);
	packet_show_bytes(v, "Compartment Bitmap", at + 8, o->length - 8u);
}

/* RFC 8250 3.2: times are numbers of 16 bits, to be shifted left by the scale. */
static void show_pdm(struct packet_view *v, uint32_t at)
{
	const uint8_t *b = v->p->bytes + at;

	packet_show_number(v, "ScaleDTLR", at, 1, b[0], NULL);
	packet_show_number(v, "ScaleDTLS", at + 1, 1, b[1], NULL);
	packet_show_number(v, "PSNTP", at + 2, 2, packet_be16(b + 2), NULL);
	packet_show_number(v, "PSNLR", at + 4, 2, packet_be16(b + 4), NULL);
	packet_show_number(v, "DELTATLR", at + 6, 2, packet_be16(b + 6), NULL);
	packet_show_number(v, "DELTATLS", at + 8, 2, packet_be16(b + 8), NULL);
}

static void show_rpl(struct packet_view *v, const struct packet_ipv6_option *o)
{
	uint32_t at = o->data_offset;
	const uint8_t *b = v->p->bytes + at;

	packet_show_flag(v, "O: down", at, 1, 0x80, (b[0] & 0x80) != 0);
	packet_show_flag(v, "R: rank error", at, 1, 0x40, (b[0] & 0x40) != 0);
	packet_show_flag(v, "F: forwarding error", at, 1, 0x20, (b[0] & 0x20) != 0);
	packet_show_number(v, "RPLInstanceID", at + 1, 1, b[1], NULL);
	packet_show_number(v, "SenderRank", at + 2, 2, packet_be16(b + 2), NULL);
	packet_show_bytes(v, "sub-TLVs", at + 4, o->length - 4u);
}

/* RFC 9486 3, types of RFC 9197 and RFC 9326. */
static void show_ioam(struct packet_view *v, const struct packet_ipv6_option *o)
{
	static const char *const types[] = {"Pre-allocated Trace", "Incremental Trace",
					    "Proof of Transit", "Edge-to-Edge", "Direct Export"};
	uint32_t at = o->data_offset;
	const uint8_t *b = v->p->bytes + at;

	packet_show_number(v, "Reserved", at, 1, b[0], NULL);
	packet_show_number(v, "IOAM Option-Type", at + 1, 1, b[1], b[1] < 5 ? types[b[1]] : NULL);
	packet_show_bytes(v, "Option Data", at + 2, o->length - 2u);
}

/* RFC 9343 3.1. */
static void show_alt_mark(struct packet_view *v, uint32_t at)
{
	const uint8_t *b = v->p->bytes + at;

	packet_show_bits(v, "FlowMonID", at, 3, 0xfffff0, packet_be32(b) >> 12, NULL);
	packet_show_flag(v, "L: loss", at + 2, 1, 0x08, (b[2] & 8) != 0);
	packet_show_flag(v, "D: delay", at + 2, 1, 0x04, (b[2] & 4) != 0);
	packet_show_bits(v, "Reserved", at + 2, 2, 0x03ff, packet_be16(b + 2) & 0x3ff, NULL);
}

static void show_option(struct packet_view *v, const struct packet_ipv6_option *o)
{
	static const char *const actions[] = {"skip it", "discard the packet",
					      "discard and send an error",
					      "discard and send an error unless multicast"};

	packet_show_hex(v, "Option Type", o->offset, 1, o->type, NULL);
	packet_show_in(v);
	packet_show_bits(v, "Action if unknown", o->offset, 1, 0xc0, o->type >> 6,
			 actions[o->type >> 6]);
	packet_show_flag(v, "May change on the way", o->offset, 1, 0x20, (o->type & 0x20) != 0);
	packet_show_out(v);
	packet_show_number(v, "Opt Data Len", o->offset + 1, 1, o->length, NULL);
	if (!o->ok) {
		packet_show_bytes(v, "Option Data", o->data_offset, o->length);
		return;
	}
	switch (o->type) {
	case PACKET_IPV6_OPTION_TUNNEL_LIMIT:
		packet_show_number(v, "Tunnel Encapsulation Limit", o->data_offset, 1, o->value,
				   NULL);
		break;
	case PACKET_IPV6_OPTION_ROUTER_ALERT:
		packet_show_number(v, "Value", o->data_offset, 2, o->value,
				   router_alert_name(o->value));
		break;
	case PACKET_IPV6_OPTION_JUMBO:
		packet_show_number(v, "Jumbo Payload Length", o->data_offset, 4, o->value, NULL);
		break;
	case PACKET_IPV6_OPTION_HOME_ADDRESS:
		packet_show_ipv6(v, "Home Address", o->data_offset);
		break;
	case PACKET_IPV6_OPTION_MTU:
		show_mtu(v, o->data_offset);
		break;
	case PACKET_IPV6_OPTION_QUICK_START:
		packet_show_quick_start(v, o->data_offset);
		break;
	case PACKET_IPV6_OPTION_CALIPSO:
		show_calipso(v, o);
		break;
	case PACKET_IPV6_OPTION_PDM:
		show_pdm(v, o->data_offset);
		break;
	case PACKET_IPV6_OPTION_RPL:
	case PACKET_IPV6_OPTION_RPL_KEPT:
		show_rpl(v, o);
		break;
	case PACKET_IPV6_OPTION_IOAM:
	case PACKET_IPV6_OPTION_IOAM_CHANGES:
		show_ioam(v, o);
		break;
	case PACKET_IPV6_OPTION_ALT_MARK:
		show_alt_mark(v, o->data_offset);
		break;
	default:
		packet_show_bytes(v, "Option Data", o->data_offset, o->length);
		break;
	}
}

void packet_show_ipv6_options(struct packet_view *v, const struct packet_layer *l)
{
	struct packet_walk walk = packet_walk(v->p, l);
	struct packet_ipv6_option o;

	while (packet_ipv6_option_next(&walk, &o)) {
		uint32_t length = o.data_offset + o.length - o.offset;

		const char *name = option_name(o.type);

		packet_show_text(v, name != NULL ? name : "Unknown option", o.offset, length,
				 o.ok ? "" : "not a length this option can have");
		packet_show_in(v);
		if (o.type != PACKET_IPV6_OPTION_PAD1)
			show_option(v, &o);
		packet_show_out(v);
	}
	packet_show_rest(v, &walk);
}

/* Padding is not worth a word. */
void packet_line_ipv6_options(struct packet_out *out, const struct packet *p,
			      const struct packet_layer *l)
{
	struct packet_walk walk = packet_walk(p, l);
	struct packet_ipv6_option o;
	const char *separator = " [";

	while (packet_ipv6_option_next(&walk, &o)) {
		const char *name;

		if (o.type <= PACKET_IPV6_OPTION_PADN)
			continue;
		packet_put(out, separator);
		separator = ", ";
		switch (o.type) {
		case PACKET_IPV6_OPTION_ROUTER_ALERT:
			packet_put(out, "router alert ");
			name = router_alert_name(o.value);
			if (name != NULL)
				packet_put(out, name);
			else
				packet_put_number(out, o.value);
			break;
		case PACKET_IPV6_OPTION_MTU:
			packet_put(out, "path mtu");
			break;
		case PACKET_IPV6_OPTION_TUNNEL_LIMIT:
			packet_put(out, "tunnel limit ");
			packet_put_number(out, o.value);
			break;
		case PACKET_IPV6_OPTION_JUMBO:
			packet_put(out, "jumbo ");
			packet_put_number(out, o.value);
			break;
		case PACKET_IPV6_OPTION_HOME_ADDRESS:
			packet_put(out, "home address ");
			if (o.ok)
				packet_put_ipv6(out, p->bytes + o.data_offset);
			break;
		default:
			name = option_name(o.type);
			packet_put(out, name != NULL ? name : "option");
			packet_put(out, " 0x");
			packet_put_hex(out, o.type, 2);
			break;
		}
		if (!o.ok)
			packet_put_char(out, '?');
	}
	if (walk.fault != 0) {
		packet_put(out, separator);
		packet_put(out, "...");
		separator = ", ";
	}
	if (separator[0] == ',')
		packet_put_char(out, ']');
}
