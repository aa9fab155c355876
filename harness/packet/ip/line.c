/* SPDX-License-Identifier: MIT */
/* What the lines of the IP headers have in common: the two ends, and a protocol nobody decodes. */
#include "harness/packet/ip/internal.h"

void packet_line_unknown_protocol(struct packet_out *out, const struct packet *p,
				  const struct packet_layer *l, uint8_t protocol)
{
	const char *name = packet_name_ip_protocol(protocol);

	if (packet_header_behind(p, l))
		return;
	packet_put(out, " protocol ");
	packet_put_number(out, protocol);
	if (name != NULL) {
		packet_put_char(out, ' ');
		packet_put(out, name);
	}
	packet_put_length(out, packet_data_behind(p, l));
}

static bool has_ports(uint8_t kind)
{
	return kind == PACKET_TCP || kind == PACKET_UDP || kind == PACKET_UDPLITE ||
	       kind == PACKET_SCTP || kind == PACKET_DCCP;
}

/* The next layer of the same datagram that is of a kind that has ports, or NULL. */
static const struct packet_layer *transport_of(const struct packet *p,
					       const struct packet_layer *ip)
{
	unsigned int index = packet_index(p, ip);

	for (unsigned int i = index + 1; i < p->layers && p->layer[i].ip == index; i++) {
		if (has_ports(p->layer[i].kind))
			return &p->layer[i];
	}
	return NULL;
}

static void line_end(struct packet_out *out, const uint8_t *address, bool ipv6, bool has_port,
		     uint16_t port)
{
	if (!ipv6) {
		packet_put_ipv4(out, address);
	} else if (!has_port) {
		packet_put_ipv6(out, address);
	} else {
		packet_put_char(out, '[');
		packet_put_ipv6(out, address);
		packet_put_char(out, ']');
	}
	if (has_port) {
		packet_put_char(out, ':');
		packet_put_number(out, port);
	}
}

void packet_line_ends(struct packet_out *out, const struct packet *p, const struct packet_layer *ip)
{
	const struct packet_layer *t = transport_of(p, ip);
	bool ipv6 = ip->kind == PACKET_IPV6, ports = t != NULL && t->header_captured >= 4;
	uint16_t source = 0, destination = 0;

	/* every one of them starts with the two ports */
	if (ports) {
		source = packet_be16(p->bytes + t->offset);
		destination = packet_be16(p->bytes + t->offset + 2);
	}
	line_end(out, ipv6 ? ip->ipv6.source : ip->ipv4.source, ipv6, ports, source);
	packet_put(out, " > ");
	line_end(out, ipv6 ? ip->ipv6.destination : ip->ipv4.destination, ipv6, ports, destination);
}
