/* SPDX-License-Identifier: MIT */
/* Golden packets: links and ARP. */
#include "harness/selftest/packet/golden.h"

#define HELLO ipv4(.payload = udp(.payload = text("hi")))

GOLDEN(ethernet)
{
	golden_add(g, "a type nobody knows", ethernet(0x9999, fill('x', 46)));
	golden_add(g, "the smallest type, 1536", ethernet(0x0600, fill(0, 46)));
	golden_add(g, "802.3: the largest length, 1500", ethernet(1500, fill(0x42, 1500)));
	golden_add(g, "802.3: length 38, and no padding", ethernet(38, fill(0x42, 38)));
	golden_add(g, "802.3: length 3, padded to 60 bytes",
		   ethernet(3, join(hex("f0f07f"), fill(0, 43))));
	golden_add(g, "802.3: length 0", ethernet(0, fill(0, 46)));
	golden_add(g, "802.3: length larger than the frame", ethernet(47, fill(0x42, 46)));
	golden_add(g, "neither a length nor a type: 1501", ethernet(1501, fill(0, 46)));
	golden_add(g, "nothing behind the header", ethernet(0x9999, fill(0, 0)));
	golden_add(g, "IPv4 announced, nothing there", ethernet(0x0800, fill(0, 0)));
	golden_add(g, "a frame of 13 bytes", hex("020000000002 020000000001 08"));
	golden_add(g, "802.1Q: priority 5, VLAN 100",
		   ethernet(0x8100, join(hex("a064 0800"), HELLO)));
	golden_add(g, "802.1Q: drop eligible, VLAN 4095",
		   ethernet(0x8100, join(hex("1fff 0800"), HELLO)));
	golden_add(g, "802.1ad: VLAN 100 around 200",
		   ethernet(0x88a8, join(hex("0064 8100 00c8 0800"), HELLO)));
	golden_add(g, "802.1Q around 802.3",
		   ethernet(0x8100, join(hex("0001 0003"), hex("424203"))));
	golden_add(g, "802.1Q: cut in the tag by the frame's end",
		   ethernet(0x8100, hex("0064 08")));
	golden_add(g, "more tags than there are layers",
		   ethernet(0x8100, join(join(hex("0001 8100 0002 8100 0003 8100 0004 8100"),
					      hex("0005 8100 0006 8100 0007 8100 0008 8100")),
					 join(hex("0009 8100 000a 8100 000b 8100 000c 8100"),
					      hex("000d 8100 000e 8100 000f 8100 0010 9999")))));
	golden_add(g, "IPv4 padded to the least frame", ethernet(0x0800, join(HELLO, fill(0, 16))));
	golden_add_cut(g, "cut inside the Ethernet header", ethernet(0x0800, HELLO), 10);
}

#define ARP_HEADER "0001 0800 06 04 "

GOLDEN(arp)
{
	golden_add(g, "request",
		   ethernet(0x0806, hex(ARP_HEADER "0001 020000000001 c0000201 000000000000 "
						   "c0000202")));
	golden_add(g, "reply, padded",
		   ethernet(0x0806, join(hex(ARP_HEADER "0002 020000000002 c0000202 "
							"020000000001 c0000201"),
					 fill(0, 18))));
	golden_add(g, "gratuitous request",
		   ethernet(0x0806, hex(ARP_HEADER "0001 020000000001 c0000201 000000000000 "
						   "c0000201")));
	golden_add(g, "RARP request",
		   ethernet(0x8035, hex(ARP_HEADER "0003 020000000001 00000000 020000000001 "
						   "00000000")));
	golden_add(g, "RARP reply",
		   ethernet(0x8035, hex(ARP_HEADER "0004 020000000002 c0000202 020000000001 "
						   "c0000201")));
	golden_add(g, "InARP request, opcode 8",
		   ethernet(0x0806, hex(ARP_HEADER "0008 020000000001 c0000201 000000000000 "
						   "00000000")));
	golden_add(g, "opcode 99",
		   ethernet(0x0806, hex(ARP_HEADER "0063 020000000001 c0000201 "
						   "000000000000 c0000202")));
	golden_add(g, "other address lengths: 8 and 2",
		   ethernet(0x0806, hex("0018 809b 08 02 0001 0102030405060708 0001 "
					"0000000000000000 0002")));
	golden_add(g, "no addresses at all", ethernet(0x0806, hex("00ff 8888 00 00 0001")));
	golden_add(g, "Hardware length 5 of Ethernet",
		   ethernet(0x0806, hex("0001 0800 05 04 0001 0200000000 c0000201 0000000000 "
					"c0000202")));
	golden_add(g, "Hardware length 255, far too large",
		   ethernet(0x0806, hex("0001 0800 ff 04 0001 020000000001 c0000201 000000000000 "
					"c0000202")));
	golden_add(g, "Protocol length 3 of IPv4",
		   ethernet(0x0806, hex("0001 0800 06 03 0001 020000000001 c00002 000000000000 "
					"c00002")));
	golden_add(g, "Protocol length 5 of IPv4",
		   ethernet(0x0806, hex("0001 0800 06 05 0001 020000000001 c0000201 000000000000 "
					"c0000202")));
	golden_add(g, "too short for its addresses",
		   ethernet(0x0806, hex(ARP_HEADER "0001 020000000001 c0000201")));
	golden_add_cut(g, "cut in the target address",
		       ethernet(0x0806, hex(ARP_HEADER "0001 020000000001 c0000201 000000000000 "
						       "c0000202")),
		       40);
}

GOLDEN(raw_ip)
{
	g->link_type = 101;
	golden_add(g, "IPv4", HELLO);
	golden_add(g, "IPv6", ipv6(.payload = udp(.ipv6 = true, .payload = text("hi"))));
	golden_add(g, "version 5 is neither", poke(HELLO, 0, "55"));
	golden_add(g, "a single byte", hex("45"));
}

GOLDEN(sll)
{
	g->link_type = 113;
	golden_add(g, "to us, IPv4", join(hex("0000 0001 0006 020000000001 0000 0800"), HELLO));
	golden_add(g, "sent by us, loopback",
		   join(hex("0004 0304 0006 000000000000 0000 0800"), HELLO));
	golden_add(g, "no address, IPv6 of a tunnel",
		   join(hex("0003 fffe 0000 0000000000000000 86dd"),
			ipv6(.payload = udp(.ipv6 = true, .payload = text("hi")))));
	golden_add(g, "ARP, broadcast",
		   join(hex("0001 0001 0006 020000000001 0000 0806"),
			hex(ARP_HEADER "0001 020000000001 c0000201 000000000000 c0000202")));
	golden_add(g, "802.2 frame, protocol 4",
		   join(hex("0002 0001 0006 020000000001 0000 0004"), hex("424203")));
	golden_add(g, "15 bytes", hex("0000 0001 0006 020000000001 0000 08"));
}

GOLDEN(sll2)
{
	g->link_type = 276;
	golden_add(g, "to us, IPv4, interface 2",
		   join(hex("0800 0000 00000002 0001 00 06 020000000001 0000"), HELLO));
	golden_add(g, "sent by us, IPv6, interface 1",
		   join(hex("86dd 0000 00000001 0304 04 06 000000000000 0000"),
			ipv6(.payload = udp(.ipv6 = true, .payload = text("hi")))));
	golden_add(g, "19 bytes", hex("0800 0000 00000002 0001 00 06 020000000001 00"));
}
