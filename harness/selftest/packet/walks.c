/* SPDX-License-Identifier: MIT */
/* The lists of IP, ICMP and TCP stay inside the packet. */
#include "harness/selftest/packet/golden.h"

WALK_INSIDE(PACKET_IPV4)
{
	struct packet_ipv4_option o;
	bool inside = true;

	while (packet_ipv4_option_next(walk, &o))
		inside &= o.offset + o.length <= p->captured &&
			  o.data_offset + o.data_length <= p->captured;
	return inside;
}

static bool ipv6_options_inside(const struct packet *p, struct packet_walk *walk)
{
	struct packet_ipv6_option o;
	bool inside = true;

	while (packet_ipv6_option_next(walk, &o))
		inside &= o.data_offset + o.length <= p->captured;
	return inside;
}

WALK_INSIDE(PACKET_HOP_BY_HOP)
{
	return ipv6_options_inside(p, walk);
}

WALK_INSIDE(PACKET_DESTINATION)
{
	return ipv6_options_inside(p, walk);
}

WALK_INSIDE(PACKET_TCP)
{
	struct packet_tcp_option o;
	bool inside = true;

	while (packet_tcp_option_next(walk, &o))
		inside &= o.offset + o.length <= p->captured &&
			  o.data_offset + o.data_length <= p->captured;
	return inside;
}

static bool records_inside(const struct packet *p, struct packet_walk *walk)
{
	struct packet_group_record r;
	bool inside = true;

	while (packet_group_record_next(walk, &r))
		inside &= r.offset + r.length <= p->captured;
	return inside;
}

WALK_INSIDE(PACKET_IGMP)
{
	return records_inside(p, walk);
}

WALK_INSIDE(PACKET_ICMPV6)
{
	struct packet_walk again = *walk;
	struct packet_nd_option o;
	bool inside = true;

	while (packet_nd_option_next(&again, &o))
		inside &= o.offset + o.length * 8u <= p->captured;
	return inside && again.next <= again.end && records_inside(p, walk);
}
