/* SPDX-License-Identifier: MIT */
#include "suites/inet/ip_wire.h"

#include <sys/socket.h>

#include "harness/kit.h"

static bool is_udp_to(const struct packet *packet, const void *context)
{
	const struct packet_udp *udp = packet_udp(packet);

	return udp != NULL && udp->destination_port == *(const uint16_t *)context;
}

const struct packet *wire_next_udp(struct wire *wire, uint16_t port)
{
	return wire_next_wanted(wire, is_udp_to, &port, SOON_MS);
}

struct icmp_wanted {
	int family;
	unsigned int type, code;
};

static bool is_icmp(const struct packet *packet, const void *context)
{
	const struct icmp_wanted *w = context;
	const struct packet_icmp *icmp = packet_icmp(packet);
	const struct packet_icmpv6 *icmpv6 = packet_icmpv6(packet);

	if (w->family == AF_INET)
		return icmp != NULL && icmp->type == w->type && icmp->code == w->code;
	return icmpv6 != NULL && icmpv6->type == w->type && icmpv6->code == w->code;
}

const struct packet *wire_next_icmp(struct wire *wire, int family, unsigned int type,
				    unsigned int code)
{
	struct icmp_wanted wanted = {family, type, code};

	return wire_next_wanted(wire, is_icmp, &wanted, SOON_MS);
}

static bool is_of_kind(const struct packet *packet, const void *context)
{
	return packet_find(packet, *(const enum packet_kind *)context) != NULL;
}

const struct packet *wire_next_kind(struct wire *wire, enum packet_kind kind)
{
	return wire_next_wanted(wire, is_of_kind, &kind, SOON_MS);
}

unsigned int packet_hops(const struct packet *packet)
{
	const struct packet_ipv4 *v4 = packet_ipv4(packet);
	const struct packet_ipv6 *v6 = packet_ipv6(packet);

	return v4 != NULL ? v4->time_to_live : v6 != NULL ? v6->hop_limit : 0;
}

unsigned int packet_class(const struct packet *packet)
{
	const struct packet_ipv4 *v4 = packet_ipv4(packet);
	const struct packet_ipv6 *v6 = packet_ipv6(packet);

	return v4 != NULL ? v4->type_of_service : v6 != NULL ? v6->traffic_class : 0;
}
