/* SPDX-License-Identifier: MIT */
/* Golden packets: GRE. */
#include "harness/selftest/packet/golden.h"

#define HELLO ipv4(.payload = udp(.payload = text("hi")))

static struct blob tunnel(struct blob gre)
{
	return ethernet(0x0800, ipv4(.protocol = 47, .payload = gre));
}

/* RFC 2784 2.3: over header and payload, the checksum being 0; written as icmp() does it. */
static struct blob summed(const char *header, struct blob payload)
{
	struct blob b = join(hex(header), payload);
	uint32_t sum = 0;

	for (size_t i = 0; i < b.length; i++)
		sum += i % 2 == 0 ? (uint32_t)b.bytes[i] << 8 : b.bytes[i];
	while (sum > 0xffff)
		sum = (sum & 0xffff) + (sum >> 16);
	b.bytes[4] = (uint8_t)(~sum >> 8);
	b.bytes[5] = (uint8_t)~sum;
	return b;
}

GOLDEN(gre)
{
	struct blob arp = hex("0001 0800 06 04 0001 020000000001 c0000201 000000000000 c0000202");

	golden_add(g, "the smallest header, IPv4", tunnel(join(hex("0000 0800"), HELLO)));
	golden_add(g, "IPv6 in it",
		   tunnel(join(hex("0000 86dd"),
			       ipv6(.payload = udp(.ipv6 = true, .payload = text("hi"))))));
	golden_add(g, "in IPv6",
		   ethernet(0x86dd,
			    ipv6(.next_header = 47, .payload = join(hex("0000 0800"), HELLO))));
	golden_add(g, "checksum", tunnel(summed("8000 0800 0000 0000", HELLO)));
	golden_add(g, "checksum of an odd number of bytes",
		   tunnel(summed("8000 9999 0000 0000", text("odd"))));
	golden_add(g, "wrong checksum",
		   tunnel(poke(summed("8000 0800 0000 0000", HELLO), 4, "1234")));
	golden_add(g, "key", tunnel(join(hex("2000 0800 0000002a"), HELLO)));
	golden_add(g, "sequence number", tunnel(join(hex("1000 0800 ffffffff"), HELLO)));
	golden_add(g, "checksum, key and sequence number",
		   tunnel(summed("b000 0800 0000 0000 deadbeef 00000001", HELLO)));
	golden_add(g, "Ethernet with ARP in it",
		   tunnel(join(hex("0000 6558"), ethernet(0x0806, arp))));
	golden_add(g, "Ethernet with a tag in it",
		   tunnel(join(hex("2000 6558 00000100"),
			       ethernet(0x8100, join(hex("0064 0800"), HELLO)))));
	golden_add(g, "MPLS", tunnel(join(hex("0000 8847 00010140"), HELLO)));
	golden_add(g, "GRE in GRE",
		   tunnel(join(hex("0000 0800"),
			       ipv4(.protocol = 47, .payload = join(hex("0000 0800"), HELLO)))));
	golden_add(g, "a tag without Ethernet stays data",
		   tunnel(join(hex("0000 8100 0064 0800"), HELLO)));
	golden_add(g, "PPP, version 0", tunnel(hex("0000 880b ff03 c021")));
	golden_add(g, "a type nobody knows", tunnel(hex("0000 9999 0102")));
	golden_add(g, "a keepalive: type 0, no payload", tunnel(hex("0000 0000")));
	golden_add(g, "the old bits: strict, recursion 7", tunnel(join(hex("0f00 0800"), HELLO)));
	golden_add(g, "the reserved flags", tunnel(join(hex("00f8 0800"), HELLO)));
	golden_add(g, "routing: two addresses, the second is next, and the end",
		   tunnel(join(hex("4800 0800 0000 0004 0800 04 08 c0000203 c0000204 0000 00 00"),
			       HELLO)));
	golden_add(g, "routing with checksum, of another family",
		   tunnel(summed("c000 0800 0000 0000 fffe 00 02 fde8 0000 00 00", HELLO)));
	golden_add(g, "routing: nothing but the end",
		   tunnel(join(hex("4000 0800 0000 0000 00000000"), HELLO)));
	golden_add(g, "routing without an end",
		   tunnel(hex("4000 0800 0000 0000 0800 00 04 c0000203")));
	golden_add(g, "SRE Length larger than the packet",
		   tunnel(hex("4000 0800 0000 0000 0800 00 ff c0000203 00000000")));
	golden_add(g, "PPTP: data, sequence number 0",
		   tunnel(hex("3001 880b 0004 0007 00000000 ff03c021")));
	golden_add(g, "PPTP: data and acknowledgment",
		   tunnel(hex("3081 880b 0002 0007 00000001 00000009 c021")));
	golden_add(g, "PPTP: acknowledgment alone", tunnel(hex("2081 880b 0000 0007 00000009")));
	golden_add(g, "PPTP: no payload, but Payload Length 2",
		   tunnel(hex("2081 880b 0002 0007 00000009 c021")));
	golden_add(g, "PPTP: Payload Length too large",
		   tunnel(hex("3001 880b 0005 0007 00000000 ff03c021")));
	golden_add(g, "PPTP: Payload Length too small",
		   tunnel(hex("3001 880b 0003 0007 00000000 ff03c021")));
	golden_add(g, "PPTP: no key", tunnel(hex("1001 880b 00000000 c021")));
	golden_add(g, "PPTP: a checksum",
		   tunnel(hex("b001 880b 00000000 0002 0007 00000000 c021")));
	golden_add(g, "version 1 of IPv4", tunnel(join(hex("2001 0800 001e 0007"), HELLO)));
	golden_add(g, "version 2", tunnel(join(hex("0002 0800"), HELLO)));
	golden_add(g, "three bytes", tunnel(hex("0000 08")));
	golden_add(g, "too short for its key", tunnel(hex("2000 0800 0000")));
	golden_add(g, "the first fragment: its checksum cannot be told",
		   ethernet(0x0800, ipv4(.protocol = 47, .flags_and_offset = 0x2000,
					 .payload = summed("8000 9999 0000 0000", text("half")))));
	golden_add_cut(g, "cut in the sequence number",
		       tunnel(summed("b000 0800 0000 0000 deadbeef 00000001", HELLO)), 48);
}

WALK_INSIDE(PACKET_GRE)
{
	struct packet_gre_route route;
	bool inside = true;

	while (packet_gre_route_next(walk, &route))
		inside &= route.offset + 4u + route.sre_length <= p->captured;
	return inside;
}
