/* SPDX-License-Identifier: MIT */
/* Golden packets: UDP-Lite. */
#include "harness/selftest/packet/golden.h"

/* Ports 40000 and 30000, the coverage, a right checksum, and the data. */
static struct blob udplite(const char *coverage, struct blob payload, bool ipv6)
{
	struct blob b = join(join(hex("9c40 7530"), hex(coverage)), join(hex("0000"), payload));
	size_t covered = (size_t)(b.bytes[4] << 8 | b.bytes[5]);

	return with_checksum(b, 6, covered != 0 ? covered : b.length, 136, ipv6);
}

static struct blob frame4(struct blob payload)
{
	return ethernet(0x0800, ipv4(.protocol = 136, .payload = payload));
}

static struct blob frame6(struct blob payload)
{
	return ethernet(0x86dd, ipv6(.next_header = 136, .payload = payload));
}

GOLDEN(udplite)
{
	struct blob part = udplite("000c", text("headdata"), false);

	golden_add(g, "Checksum Coverage 0: all of it",
		   frame4(udplite("0000", text("hello"), false)));
	golden_add(g, "all of it over IPv6", frame6(udplite("0000", text("hello"), true)));
	golden_add(g, "Checksum Coverage 8: the header alone",
		   frame4(udplite("0008", text("hello"), false)));
	golden_add(g, "the header alone over IPv6", frame6(udplite("0008", text("hello"), true)));
	golden_add(g, "the header and 4 of 8 bytes", frame4(part));
	golden_add(g, "the same with a change behind what is covered: the checksum is still right",
		   frame4(poke(part, 12, "ff")));
	golden_add(g, "and with one in what is covered", frame4(poke(part, 11, "ff")));
	golden_add(g, "an odd number of bytes covered",
		   frame4(udplite("0009", text("hello"), false)));
	golden_add(g, "Checksum Coverage of just the packet",
		   frame4(udplite("000d", text("hello"), false)));
	golden_add(g, "no data", frame4(udplite("0000", fill(0, 0), false)));
	golden_add(g, "a wrong checksum over IPv6",
		   frame6(poke(udplite("0000", text("hello"), true), 6, "bad0")));
	golden_add(g, "a sum of 0, which is sent as ffff",
		   frame4(udplite("0000", hex("f7d2 7223"), false)));
	golden_add(g, "Checksum 0: UDP-Lite has no packets without one",
		   frame4(poke(udplite("0000", text("hello"), false), 6, "0000")));
	golden_add(g, "Checksum Coverage 1", frame4(udplite("0001", text("hello"), false)));
	golden_add(g, "Checksum Coverage 7", frame4(udplite("0007", text("hello"), false)));
	golden_add(g, "Checksum Coverage one more than the packet",
		   frame4(udplite("000e", text("hello"), false)));
	golden_add(g, "Checksum Coverage 65535", frame4(udplite("ffff", text("hello"), false)));
	golden_add(g, "7 bytes", frame4(hex("9c40 7530 0000 12")));
	golden_add(g, "a first fragment whose header alone is covered: its length is not known",
		   ethernet(0x0800, ipv4(.protocol = 136, .flags_and_offset = 0x2000,
					 .payload = udplite("0008", text("eight by"), false))));
	golden_add(g, "the DNS port: UDP-Lite is not looked into",
		   frame4(with_checksum(poke(udplite("0008", text("hello"), false), 2, "0035"), 6,
					8, 136, false)));
	golden_add_cut(g, "cut behind what is covered: verified all the same", frame4(part), 48);
	golden_add_cut(g, "cut in what is covered", frame4(part), 44);
	golden_add_cut(g, "cut in the header", frame4(part), 39);
}
