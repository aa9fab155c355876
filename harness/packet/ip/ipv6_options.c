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
#include "harness/packet/internal.h"

static const char *option_name(uint8_t type)
{
	switch (type) {
	case PACKET_IPV6_OPTION_PAD1:
		return "Pad1";
	case PACKET_IPV6_OPTION_PADN:
		return "PadN";
	case PACKET_IPV6_OPTION_TUNNEL_LIMIT:
		return "Tunnel Encapsulation Limit";
	case PACKET_IPV6_OPTION_ROUTER_ALERT:
		return "Router Alert";
	case PACKET_IPV6_OPTION_CALIPSO:
		return "CALIPSO";
	case PACKET_IPV6_OPTION_MTU:
		return "Minimum Path MTU";
	case PACKET_IPV6_OPTION_RPL:
		return "RPL";
	case PACKET_IPV6_OPTION_JUMBO:
		return "Jumbo Payload";
	case PACKET_IPV6_OPTION_HOME_ADDRESS:
		return "Home Address";
	default:
		return "Unknown option";
	}
}

bool packet_ipv6_option_next(struct packet_walk *walk, struct packet_ipv6_option *out)
{
	const uint8_t *b;
	uint32_t left = walk->end - walk->next, there;

	if (walk->next >= walk->end)
		return false;
	if (walk->next >= walk->captured) {
		walk->fault = PACKET_TRUNCATED;
		return false;
	}
	there = walk->captured - walk->next;
	b = walk->packet->bytes + walk->next;
	*out = (struct packet_ipv6_option){.type = b[0], .ok = true, .offset = walk->next};
	out->data_offset = walk->next + 1;
	if (b[0] == PACKET_IPV6_OPTION_PAD1) {
		walk->next++;
		return true;
	}
	if (left < 2 || (there >= 2 && b[1] + 2u > left)) {
		walk->fault = PACKET_MALFORMED;
		return false;
	}
	if (there < 2 || b[1] + 2u > there) {
		walk->fault = PACKET_TRUNCATED;
		return false;
	}
	out->length = b[1];
	out->data_offset = walk->next + 2;
	switch (out->type) {
	case PACKET_IPV6_OPTION_TUNNEL_LIMIT: /* RFC 2473 4.1.1 */
		out->ok = out->length == 1;
		out->value = out->ok ? b[2] : 0;
		break;
	case PACKET_IPV6_OPTION_ROUTER_ALERT: /* RFC 2711 2.1 */
		out->ok = out->length == 2;
		out->value = out->ok ? packet_be16(b + 2) : 0;
		break;
	case PACKET_IPV6_OPTION_JUMBO: /* RFC 2675 2 */
		out->ok = out->length == 4;
		out->value = out->ok ? packet_be32(b + 2) : 0;
		break;
	case PACKET_IPV6_OPTION_MTU: /* RFC 9268 5 */
		out->ok = out->length == 4;
		break;
	case PACKET_IPV6_OPTION_HOME_ADDRESS: /* RFC 6275 6.3 */
		out->ok = out->length == 16;
		break;
	default:
		break;
	}
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

		packet_show_text(v, option_name(o.type), o.offset, length,
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
			packet_put(out, "option 0x");
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
