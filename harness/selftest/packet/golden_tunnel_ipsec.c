/* SPDX-License-Identifier: MIT */
/* Golden packets: AH and ESP, over IPv4 and IPv6. */
#include "harness/selftest/packet/golden.h"

#define UDP4 udp(.payload = text("hi"))
#define UDP6 udp(.ipv6 = true, .payload = text("hi"))

/* The 12 bytes of an ICV as HMAC-SHA1-96 makes it (RFC 2404). */
#define ICV96  "a1a2a3a4 a5a6a7a8 a9aaabac"
#define ICV128 "b1b2b3b4 b5b6b7b8 b9babbbc bdbebfc0"

static struct blob frame4(int protocol, struct blob payload)
{
	return ethernet(0x0800, ipv4(.protocol = protocol, .payload = payload));
}

static struct blob frame6(int next_header, struct blob payload)
{
	return ethernet(0x86dd, ipv6(.next_header = next_header, .payload = payload));
}

GOLDEN(ah)
{
	golden_add(g, "UDP, ICV of 12 bytes: Payload Len 4",
		   frame4(51, join(hex("11 04 0000 00001001 00000001" ICV96), UDP4)));
	golden_add(g, "UDP over IPv6: the pseudo-header is that of the IP packet",
		   frame6(51, join(hex("11 04 0000 00001001 00000002" ICV96), UDP6)));
	golden_add(
		g, "TCP, ICV of 16 bytes: 28 bytes are fine in IPv4",
		frame4(51, join(hex("06 05 0000 00001002 00000003" ICV128), tcp(.flags = 0x02))));
	golden_add(g, "and no multiple of 8, so padded in IPv6",
		   frame6(51, join(hex("11 06 0000 00001002 00000003" ICV128 "00000000"), UDP6)));
	golden_add(g, "which this one is not",
		   frame6(51, join(hex("11 05 0000 00001002 00000003" ICV128), UDP6)));
	golden_add(
		g, "tunnel mode: an IPv4 packet inside",
		frame4(51, join(hex("04 04 0000 00001003 00000004" ICV96), ipv4(.payload = UDP4))));
	golden_add(
		g, "tunnel mode: an IPv6 packet inside",
		frame6(51, join(hex("29 04 0000 00001003 00000004" ICV96), ipv6(.payload = UDP6))));
	golden_add(g, "no ICV at all, largest Sequence Number, Reserved not 0",
		   frame4(51, join(hex("11 01 ffff ffffffff ffffffff"), UDP4)));
	golden_add(g, "behind other extension headers",
		   frame6(ZERO, join(hex("33 00 0502 0000 0100 3c 04 0000 00001001 00000005" ICV96
					 "11 00 0104 00000000"),
				     UDP6)));
	golden_add(g, "AH twice",
		   frame4(51, join(hex("33 04 0000 00001001 00000001" ICV96
				       "11 01 0000 00001002 00000001"),
				   UDP4)));
	golden_add(g, "a next header nobody knows",
		   frame4(51, join(hex("c8 01 0000 00001001 00000001"), text("data"))));
	golden_add(g, "ESP inside AH",
		   frame4(51, hex("32 01 0000 00001001 00000001 00002001 00000001 c1c2c3c4")));
	golden_add(g, "Payload Len 0: 8 bytes, less than the fixed fields",
		   frame4(51, hex("11 00 0000 00001001 00000001")));
	golden_add(g, "Payload Len larger than the packet",
		   frame4(51, join(hex("11 10 0000 00001001 00000001" ICV96), UDP4)));
	golden_add(g, "Payload Len 255", frame4(51, hex("11 ff 0000 00001001 00000001")));
	golden_add(g, "11 bytes", frame4(51, hex("11 01 0000 00001001 000000")));
	golden_add_cut(g, "cut in the ICV",
		       frame4(51, join(hex("11 04 0000 00001001 00000001" ICV96), UDP4)), 50);
	golden_add_cut(g, "cut in the fixed fields",
		       frame4(51, join(hex("11 04 0000 00001001 00000001" ICV96), UDP4)), 39);
}

GOLDEN(esp)
{
	golden_add(g, "transport mode: 8 bytes in the open",
		   frame4(50, hex("00002001 00000001 c1c2c3c4 c5c6c7c8 c9cacbcc")));
	golden_add(g, "over IPv6", frame6(50, hex("00002001 00000002 c1c2c3c4 c5c6c7c8")));
	golden_add(g, "behind a Destination Options header",
		   frame6(60, hex("32 00 0104 00000000 00002001 00000003 c1c2c3c4")));
	golden_add(g, "largest SPI and Sequence Number, nothing behind",
		   frame4(50, hex("ffffffff ffffffff")));
	golden_add(g, "7 bytes", frame4(50, hex("00002001 000000")));
	golden_add(g, "the first fragment",
		   ethernet(0x0800, ipv4(.protocol = 50, .flags_and_offset = 0x2000,
					 .payload = hex("00002001 00000001 c1c2c3c4 c5c6c7c8"))));
	golden_add_cut(g, "cut in the Sequence Number",
		       frame4(50, hex("00002001 00000001 c1c2c3c4")), 40);
}
