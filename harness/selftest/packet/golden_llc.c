/* SPDX-License-Identifier: MIT */
/* Golden packets: LLC and SNAP behind 802.3, and MPLS. */
#include "harness/selftest/packet/golden.h"

#define HELLO ipv4(.payload = udp(.payload = text("hi")))

/* An 802.3 frame with the right length. */
static struct blob frame(struct blob llc)
{
	return ethernet((unsigned int)llc.length, llc);
}

static struct blob snap(const char *oui_and_protocol, struct blob payload)
{
	return frame(join(hex("aa aa 03"), join(hex(oui_and_protocol), payload)));
}

GOLDEN(llc)
{
	golden_add(g, "UI to the Spanning Tree SAP", frame(hex("42 42 03 0000 00 00")));
	golden_add(g, "UI, padded to the least frame",
		   ethernet(4, join(hex("42 42 03 ff"), fill(0, 42))));
	golden_add(g, "UI of IPv4's SAP", frame(join(hex("06 06 03"), HELLO)));
	golden_add(g, "UI with P set, to a group SAP", frame(hex("43 42 13 00")));
	golden_add(g, "UI between SAPs nobody knows", frame(hex("20 24 03 00")));
	golden_add(g, "I, N(S) 1, N(R) 2, P", frame(hex("f0 f0 02 05 4142")));
	golden_add(g, "I, the largest numbers, a response with F", frame(hex("f0 f1 fe ff 4142")));
	golden_add(g, "RR, N(R) 3", frame(hex("f0 f0 01 06")));
	golden_add(g, "RNR, N(R) 127, response with F", frame(hex("f0 f1 05 ff")));
	golden_add(g, "REJ", frame(hex("04 04 09 10")));
	golden_add(g, "a supervisory function that is none", frame(hex("f0 f0 0d 00")));
	golden_add(g, "SABME, P", frame(hex("f0 f0 7f")));
	golden_add(g, "UA, F", frame(hex("f0 f1 73")));
	golden_add(g, "DISC, P", frame(hex("f0 f0 53")));
	golden_add(g, "DM, F", frame(hex("f0 f1 1f")));
	golden_add(g, "FRMR with its information", frame(hex("f0 f1 97 0100 02 04 01")));
	golden_add(g, "AC0, acknowledged", frame(hex("02 02 67 00")));
	golden_add(g, "AC1, acknowledged", frame(hex("02 02 e7 00")));
	golden_add(g, "an unnumbered modifier that is none", frame(hex("f0 f0 2f")));
	golden_add(g, "XID command to the null SAP, P", frame(hex("00 f0 bf 81 01 00")));
	golden_add(g, "XID response, types 1 and 2, window 127", frame(hex("f0 01 af 81 03 fe")));
	golden_add(g, "XID of another format", frame(hex("00 04 bf 82 01")));
	golden_add(g, "XID without information", frame(hex("00 04 bf")));
	golden_add(g, "XID of the basic format without a window", frame(hex("00 04 bf 81 01")));
	golden_add(g, "TEST with what is to be sent back",
		   frame(join(hex("00 02 f3"), text("test"))));
	golden_add(g, "TEST of the SNAP SAP carries no SNAP",
		   frame(hex("aa aa f3 00 00 00 08 00")));
	golden_add(g, "X.25's SAP, an unnumbered frame", frame(hex("7e 7e 7f")));
	golden_add(g, "two bytes", frame(hex("42 42")));
	golden_add(g, "a supervisory frame of three bytes", frame(hex("f0 f0 01")));
	golden_add(g, "no LLC: NetWare's raw 802.3", frame(hex("ffff 001e 0011 0000")));
	golden_add(g, "SNAP: IPv4", snap("000000 0800", HELLO));
	golden_add(g, "SNAP: ARP",
		   snap("000000 0806", hex("0001 0800 06 04 0001 020000000001 c0000201 "
					   "000000000000 c0000202")));
	golden_add(g, "SNAP: a VLAN tag", snap("000000 8100", join(hex("0064 0800"), HELLO)));
	golden_add(g, "SNAP: a bridge's tunnel, 802.1H", snap("0000f8 0800", HELLO));
	golden_add(g, "SNAP: Cisco's CDP", snap("00000c 2000", hex("02b40000")));
	golden_add(g, "SNAP: Cisco, a number that is not known", snap("00000c 9999", hex("00")));
	golden_add(g, "SNAP: 802.1, bridged", snap("0080c2 0007", hex("0000")));
	golden_add(g, "SNAP: nobody's OUI", snap("123456 0800", hex("0102")));
	golden_add(g, "SNAP: an EtherType nobody knows", snap("000000 9999", hex("0102")));
	golden_add(g, "SNAP: no payload", snap("000000 0800", hex("")));
	golden_add(g, "SNAP: four bytes", frame(hex("aa aa 03 000000 08")));
	golden_add(g, "SNAP in an I frame", frame(join(hex("aa aa 00 00 000000 0800"), HELLO)));
	golden_add(g, "SNAP's SAP for one end only", frame(hex("aa 42 03 000000 0800")));
	golden_add(g, "VLAN tag, length, SNAP",
		   ethernet(0x8100, join(hex("0064 0026 aaaa03 000000 0800"), HELLO)));
	golden_add(g, "length larger than the frame",
		   ethernet(48, join(hex("aaaa03 000000 0800"), HELLO)));
	golden_add(g, "length cuts the IPv4 packet",
		   ethernet(36, join(hex("aaaa03 000000 0800"), HELLO)));
	golden_add_cut(g, "cut in the OUI", snap("000000 0800", HELLO), 19);
	golden_add_cut(g, "cut in a control field of two bytes", frame(hex("f0 f0 02 05 4142")),
		       17);
}

GOLDEN(mpls)
{
	struct blob ipv6_hello = ipv6(.payload = udp(.ipv6 = true, .payload = text("hi")));

	golden_add(g, "one label, IPv4", ethernet(0x8847, join(hex("00010140"), HELLO)));
	golden_add(g, "one label, IPv6", ethernet(0x8847, join(hex("00010140"), ipv6_hello)));
	golden_add(g, "multicast type, the largest label, TC 7, TTL 255",
		   ethernet(0x8848, join(hex("ffffffff"), HELLO)));
	golden_add(g, "two labels", ethernet(0x8847, join(hex("000640fe 00c8013f"), HELLO)));
	golden_add(g, "IPv4 Explicit NULL", ethernet(0x8847, join(hex("00000140"), HELLO)));
	golden_add(g, "IPv6 Explicit NULL", ethernet(0x8847, join(hex("00002140"), ipv6_hello)));
	golden_add(g, "Router Alert on top",
		   ethernet(0x8847, join(hex("00001040 00064140"), HELLO)));
	golden_add(g, "Router Alert at the bottom", ethernet(0x8847, join(hex("00001140"), HELLO)));
	golden_add(g, "Implicit NULL, which is never sent",
		   ethernet(0x8847, join(hex("00003140"), HELLO)));
	golden_add(g, "Entropy Label Indicator and its label, TTL 0",
		   ethernet(0x8847, join(hex("00064040 00007040 12345100"), HELLO)));
	golden_add(g, "Entropy Label Indicator at the bottom",
		   ethernet(0x8847, join(hex("00007140"), HELLO)));
	golden_add(g, "GAL, an associated channel behind it",
		   ethernet(0x8847, hex("00064040 0000d101 10000007 0000")));
	golden_add(g, "OAM Alert", ethernet(0x8847, hex("0000e140 0102")));
	golden_add(g, "Extension and a label of its own",
		   ethernet(0x8847, join(hex("0000f040 00010140"), HELLO)));
	golden_add(g, "a reserved label, 4", ethernet(0x8847, join(hex("00004140"), HELLO)));
	golden_add(g, "a pseudowire's control word",
		   ethernet(0x8847, hex("00010140 00000001 020000000002 020000000001 9999")));
	golden_add(g, "a payload that is neither", ethernet(0x8847, hex("00010140 f000")));
	golden_add(g, "IPv4 Explicit NULL in front of IPv6",
		   ethernet(0x8847, join(hex("00000140"), ipv6_hello)));
	golden_add(g, "nothing behind the label", ethernet(0x8847, hex("00010140")));
	golden_add(g, "the frame ends in the stack", ethernet(0x8847, hex("00010040 0001")));
	golden_add(g, "a stack without a bottom", ethernet(0x8847, hex("00010040")));
	golden_add(g, "more labels than there are layers",
		   ethernet(0x8847, join(join(hex("00010040 00020040 00030040 00040040 00050040"),
					      hex("00060040 00070040 00080040 00090040 000a0040")),
					 join(hex("000b0040 000c0040 000d0040 000e0040 000f0040"),
					      hex("00100140 f000")))));
	golden_add(g, "behind a VLAN tag",
		   ethernet(0x8100, join(hex("0064 8847 00010140"), HELLO)));
	golden_add_cut(g, "cut in the second label",
		       ethernet(0x8847, join(hex("000640fe 00c8013f"), HELLO)), 20);
}
