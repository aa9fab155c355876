/* SPDX-License-Identifier: MIT */
/* Captures that end early, and the link types of one IP version alone. */
#include "harness/selftest/packet/golden.h"

#define HELLO ipv4(.payload = udp(.payload = text("hi")))
#define HELLO6(header, more)                                                                       \
	ipv6(.next_header = header,                                                                \
	     .payload = join(hex(more), udp(.ipv6 = true, .payload = text("hi"))))

GOLDEN(cut)
{
	golden_add_cut(g, "in a VLAN tag", ethernet(0x8100, join(hex("a064 0800"), HELLO)), 17);
	golden_add_cut(g, "in a routing header",
		       ethernet(0x86dd, HELLO6(43, "11 02 03 01 00000000 "
						   "20010db8 00000000 00000000 00000003")),
		       70);
	golden_add_cut(g, "behind a fragment header",
		       ethernet(0x86dd, HELLO6(44, "11 00 0000 00000001")), 65);
	golden_add_cut(g, "in destination options",
		       ethernet(0x86dd, HELLO6(60, "11 00 01 04 00000000")), 57);
	golden_add_cut(g, "in IGMP",
		       ethernet(0x0800, ipv4(.protocol = 2, .destination = "e0000001",
					     .payload = igmp(0x11, 100, hex("00000000")))),
		       38);
}

GOLDEN(raw_ipv4)
{
	g->link_type = 228;
	golden_add(g, "UDP", HELLO);
	golden_add(g, "version 6 is a contradiction here", poke(HELLO, 0, "60"));
	golden_add_cut(g, "cut in the header", HELLO, 19);
}

GOLDEN(raw_ipv6)
{
	g->link_type = 229;
	golden_add(g, "UDP", HELLO6(17, ""));
	golden_add(g, "version 4 is a contradiction here", poke(HELLO6(17, ""), 0, "45"));
	golden_add_cut(g, "cut in the header", HELLO6(17, ""), 39);
}
