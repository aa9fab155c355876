/* SPDX-License-Identifier: MIT */
/* Golden packets: AppleTalk on Ethernet and on LocalTalk. */
#include "harness/selftest/packet/golden.h"

/* Behind SNAP with the right lengths; AARP has the OUI 0, DDP Apple's. */
static struct blob snap(const char *oui_and_protocol, struct blob payload)
{
	struct blob b = join(join(hex("aa aa 03"), hex(oui_and_protocol)), payload);

	return ethernet((unsigned int)b.length, b);
}

static struct blob snap_ddp(struct blob ddp)
{
	return snap("080007 809b", ddp);
}

/*
 * The extended header, from 2.4 to 1.3, and its data. `sum`: with the checksum of Inside AppleTalk,
 * chapter 4, as 32 bits that are rotated by doubling.
 */
static struct blob ddp(const char *sockets_and_type, const char *data, bool sum)
{
	struct blob b = join(hex("0000 0000 0001 0002 03 04"), hex(sockets_and_type));
	unsigned int checksum = 0;

	b = join(b, hex(data));
	b.bytes[0] = (uint8_t)(b.length >> 8);
	b.bytes[1] = (uint8_t)b.length;
	for (size_t i = 4; i < b.length && sum; i++) {
		checksum = ((checksum + b.bytes[i]) & 0xffff) * 2;
		checksum = (checksum & 0xffff) | checksum >> 16;
	}
	b.bytes[2] = (uint8_t)(checksum >> 8);
	b.bytes[3] = (uint8_t)checksum;
	return b;
}

#define AARP_HEADER "0001 809b 06 04 "

GOLDEN(appletalk)
{
	golden_add(g, "NBP lookup", snap_ddp(ddp("02 80 02", "2101 0001 04 80 00", false)));
	golden_add(g, "RTMP data", snap_ddp(ddp("01 01 01", "0002 08 04 0001 00", false)));
	golden_add(g, "ATP request, with a checksum",
		   snap_ddp(ddp("80 81 03", "4001 0001 00000000", true)));
	golden_add(g, "AEP echo request", snap_ddp(ddp("04 82 04", "01 4142", true)));
	golden_add(g, "RTMP request", snap_ddp(ddp("01 80 05", "01", true)));
	golden_add(g, "ZIP query", snap_ddp(ddp("06 80 06", "01 01 0001", true)));
	golden_add(g, "ADSP", snap_ddp(ddp("90 91 07", "0001 00000000 00000000 0200 80", true)));
	golden_add(g, "IP in DDP", snap_ddp(ddp("48 48 16", "45", true)));
	golden_add(g, "a type nobody knows, no data", snap_ddp(ddp("fe fd ff", "", true)));
	golden_add(g, "wrong checksum",
		   snap_ddp(poke(ddp("04 82 04", "01 4142", true), 2, "1234")));
	golden_add(g, "a changed byte", snap_ddp(poke(ddp("04 82 04", "01 4142", true), 15, "43")));
	golden_add(g, "15 hops, which no checksum covers",
		   snap_ddp(poke(ddp("04 82 04", "01 4142", true), 0, "3c10")));
	golden_add(g, "to all nodes of the network",
		   snap_ddp(poke(ddp("02 02 02", "2101", false), 8, "ff")));
	golden_add(g, "EtherTalk phase 1: type 0x809b and LLAP, padded",
		   ethernet(0x809b, join(join(hex("03 04 02"), ddp("04 82 04", "01 4142", true)),
					 fill(0, 27))));
	golden_add(g, "EtherTalk phase 1, short header, padded",
		   ethernet(0x809b, join(hex("02 03 01 0006 04 82 04 01"), fill(0, 37))));
	golden_add(g, "Length 12, less than the header",
		   snap_ddp(poke(ddp("04 82 04", "01 4142", false), 0, "000c")));
	golden_add(g, "Length 17, one byte too many",
		   snap_ddp(poke(ddp("04 82 04", "01 4142", false), 0, "0011")));
	golden_add(g, "Length 15, a byte is left over",
		   snap_ddp(poke(ddp("04 82 04", "01 4142", false), 0, "000f")));
	golden_add(g, "12 bytes", snap_ddp(hex("000c 0000 0001 0002 03 04 04 82")));
	golden_add(g, "one byte", snap_ddp(hex("00")));
	golden_add_cut(g, "cut in the data", snap_ddp(ddp("04 82 04", "01 4142", true)), 37);
	golden_add(g, "AARP request",
		   snap("000000 80f3",
			hex(AARP_HEADER "0001 020000000001 00000204 000000000000 00000103")));
	golden_add(g, "AARP response",
		   snap("000000 80f3",
			hex(AARP_HEADER "0002 020000000002 00000103 020000000001 00000204")));
	golden_add(g, "AARP probe for 65280.17",
		   snap("000000 80f3",
			hex(AARP_HEADER "0003 020000000001 00ff0011 000000000000 00ff0011")));
	golden_add(g, "AARP, EtherType 0x80f3",
		   ethernet(0x80f3, join(hex(AARP_HEADER "0001 020000000001 00000204 000000000000 "
							 "00000103"),
					 fill(0, 18))));
	golden_add(g, "AARP function 4",
		   snap("000000 80f3",
			hex(AARP_HEADER "0004 020000000001 00000204 000000000000 00000103")));
	golden_add(g, "AARP of token ring, other lengths",
		   snap("000000 80f3", hex("0002 809b 02 04 0001 0102 00000204 0000 00000103")));
	golden_add(g, "AARP: hardware address length 5 of Ethernet",
		   snap("000000 80f3", hex("0001 809b 05 04 0001 0200000001 00000204 0000000000 "
					   "00000103")));
	golden_add(g, "AARP: protocol address length 3 of AppleTalk",
		   snap("000000 80f3", hex("0001 809b 06 03 0001 020000000001 000204 000000000000 "
					   "000103")));
	golden_add(g, "AARP too short for its addresses",
		   snap("000000 80f3", hex(AARP_HEADER "0001 020000000001 00000204")));
	golden_add_cut(g, "AARP cut in an AppleTalk address",
		       snap("000000 80f3",
			    hex(AARP_HEADER "0001 020000000001 00000204 000000000000 00000103")),
		       38);
}

GOLDEN(localtalk)
{
	g->link_type = 114;
	golden_add(g, "short header, AEP", hex("02 03 01 000a 04 82 04 01 41424344"));
	golden_add(g, "short header, right length", hex("02 03 01 000a 04 82 04 01 41424344 45"));
	golden_add(g, "short header, no data", hex("ff 03 01 0005 02 02 02"));
	golden_add(g, "short header, the reserved bits set", hex("02 03 01 fc06 04 82 04 01"));
	golden_add(g, "short header, Length 4", hex("02 03 01 0004 04 82 04 01"));
	golden_add(g, "short header, Length one too many", hex("02 03 01 0007 04 82 04 01"));
	golden_add(g, "four bytes of a short header", hex("02 03 01 0005 04 82"));
	golden_add(g, "extended header", join(hex("02 03 02"), ddp("04 82 04", "01 4142", true)));
	golden_add(g, "extended header, wrong checksum",
		   join(hex("02 03 02"), poke(ddp("04 82 04", "01 4142", true), 2, "0001")));
	golden_add(g, "lapENQ", hex("05 05 81"));
	golden_add(g, "lapACK", hex("05 05 82"));
	golden_add(g, "lapRTS", hex("02 03 84"));
	golden_add(g, "lapCTS", hex("03 02 85"));
	golden_add(g, "a control frame with data", hex("03 02 85 00"));
	golden_add(g, "a type nobody knows", hex("02 03 4b 0002"));
	golden_add(g, "two bytes", hex("02 03"));
	golden_add_cut(g, "cut in the sockets", hex("02 03 01 0006 04 82 04 01"), 6);
}
