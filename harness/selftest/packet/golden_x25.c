/* SPDX-License-Identifier: MIT */
/* Golden packets: LAPB and X.25. The addresses are in a network that does not exist (X.121 0). */
#include "harness/selftest/packet/golden.h"

#include <stdio.h>

/* LAPB in an Ethernet frame, as lapbether sends it; `rest` behind its address and control. */
static struct blob lapbether(const char *header, struct blob rest)
{
	struct blob frame = join(hex(header), rest);
	char length[8];

	snprintf(length, sizeof(length), "%02x%02x", (unsigned int)(frame.length & 0xff),
		 (unsigned int)(frame.length >> 8));
	return ethernet(0x6000, join(hex(length), frame));
}

GOLDEN(lapb)
{
	g->link_type = 207;
	golden_add(g, "SABM from the DCE", hex("00 03 3f"));
	golden_add(g, "UA from the DTE", hex("01 03 73"));
	golden_add(g, "SABME from the DTE", hex("01 01 7f"));
	golden_add(g, "DM from the DCE", hex("00 01 1f"));
	golden_add(g, "DISC from the DTE, direction 255", hex("ff 01 53"));
	golden_add(g, "I from the DTE, N(S) 2, N(R) 1", hex("01 01 24 1001 60 4142"));
	golden_add(g, "I from the DCE, P", hex("00 03 10 1001 0b 00 00"));
	golden_add(g, "I without information", hex("00 03 00"));
	golden_add(g, "I as a response", hex("00 01 00 1001 01"));
	golden_add(g, "RR command: polls", hex("00 03 51"));
	golden_add(g, "RR response", hex("01 03 61"));
	golden_add(g, "RNR response, F", hex("01 03 95"));
	golden_add(g, "REJ response", hex("00 01 29"));
	golden_add(g, "modulo 128: REJ, N(R) 127", hex("00 01 09 fe"));
	golden_add(g, "modulo 128: SREJ, N(R) 64, F", hex("00 01 0d 81"));
	golden_add(g, "RR with a byte that cannot be modulo 128", hex("00 01 21 00"));
	golden_add(g, "FRMR: N(R) invalid", hex("00 01 97 44 62 08"));
	golden_add(g, "FRMR: of a response, information not permitted", hex("01 03 87 63 76 03"));
	golden_add(g, "FRMR modulo 128: Y", hex("00 01 87 0402 0609 04"));
	golden_add(g, "FRMR with 4 bytes", hex("00 01 87 44 62 08 00"));
	golden_add(g, "SABM as a response", hex("00 01 3f"));
	golden_add(g, "UA as a command", hex("00 03 73"));
	golden_add(g, "SABM with information", hex("00 03 3f 00"));
	golden_add(g, "multilink: I to C with its two bytes", hex("00 0f 00 0001 1001 01"));
	golden_add(g, "multilink: RR response from D", hex("00 07 21"));
	golden_add(g, "address 5", hex("00 05 3f"));
	golden_add(g, "a frame nobody knows", hex("00 03 cf 0102"));
	golden_add(g, "no control field", hex("00 03"));
	golden_add(g, "a direction alone", hex("00"));
	golden_add_cut(g, "cut behind the address", hex("00 03 3f"), 2);
}

GOLDEN(lapbether)
{
	golden_add(g, "SABM, padded to the least frame",
		   ethernet(0x6000, join(hex("0200 03 3f"), fill(0, 42))));
	golden_add(g, "UA", lapbether("03 73", hex("")));
	golden_add(g, "RR: a command or a response, nothing tells", lapbether("01 31", hex("")));
	golden_add(g, "FRMR", lapbether("01 97", hex("44 62 08")));
	golden_add(g, "I with a packet, padded",
		   ethernet(0x6000, join(hex("0500 03 00 1001 21"), fill(0, 39))));
	golden_add(g, "Length 1", ethernet(0x6000, hex("0100 03 3f")));
	golden_add(g, "Length larger than the frame", ethernet(0x6000, hex("0300 03 3f")));
	golden_add(g, "Length in the wrong byte order", ethernet(0x6000, hex("0002 03 3f")));
	golden_add(g, "Length alone", ethernet(0x6000, hex("0200")));
	golden_add(g, "one byte", ethernet(0x6000, hex("02")));
}

#define PACKET(digits) lapbether("03 00", hex(digits))

GOLDEN(x25)
{
	golden_add(g, "call request without addresses", PACKET("1001 0b 00 00"));
	golden_add(g, "call request: even addresses, IPv4 as the protocol",
		   PACKET("1001 0b 64 0123 012345 00 cc"));
	golden_add(g, "call request: odd addresses", PACKET("1001 0b 35 01234012 00"));
	golden_add(g, "call request: 15 digits each, D, X.29 and 12 bytes of user data",
		   PACKET("5fff 0b ff 012345678901234012345678905432 00 01000000"
			  "4142434445464748"));
	golden_add(g, "call request: an odd calling address alone", PACKET("1001 0b 30 0120 00"));
	golden_add(g, "call request: A, addresses with type and plan",
		   PACKET("9001 0b 06 07 110123 1101234 0 00"));
	golden_add(g, "call request: a digit that is none", PACKET("1001 0b 02 1f 00"));
	golden_add(g, "call request: facilities of one byte",
		   PACKET("1001 0b 00 0c 01 81 02 a9 03 12 04 01 08 07 09 34"));
	golden_add(g, "call request: facilities of two bytes",
		   PACKET("1001 0b 00 15 42 07 08 43 02 07 41 1234 44 2341 47 0001 48 0002"
			  "49 00c8"));
	golden_add(g, "call request: a facility of three bytes, nobody's",
		   PACKET("1001 0b 00 04 81 010203"));
	golden_add(g, "call request: facilities with a length",
		   PACKET("1001 0b 00 15 c3 04 0f 04 0123 c4 02 2341 c6 03 414243 d1 04 c0 04"
			  "0123"));
	golden_add(g, "clear confirmation: charging",
		   PACKET("1001 17 00 14 c5 02 3132 c1 04 00010203 c2 08 00000010 00000020"));
	golden_add(g, "call request: markers, DTE facilities",
		   PACKET("1001 0b 00 1c 01 01 00 0f c9 04 06 012345 cb 03 84 1234 ca 02 0064"
			  "0a bb 0b 01 00 00 55 0708"));
	golden_add(g, "call request: call duration of 3 bytes",
		   PACKET("1001 0b 00 05 c1 03 000102"));
	golden_add(g, "call request: address extension without a byte",
		   PACKET("1001 0b 00 02 c9 00"));
	golden_add(g, "call request: a facility announces more than the list has",
		   PACKET("1001 0b 00 04 c6 05 4142"));
	golden_add(g, "call request: a facility without its parameter",
		   PACKET("1001 0b 00 03 01 01 42"));
	golden_add(g, "call request: facilities longer than the packet",
		   PACKET("1001 0b 00 03 01 01"));
	golden_add(g, "call request: addresses longer than the packet", PACKET("1001 0b 44 0123"));
	golden_add(g, "call request without its address lengths", PACKET("1001 0b"));
	golden_add(g, "call request: 128 bytes of user data",
		   lapbether("03 00", join(hex("1001 0b 00 02 01 80"), fill('u', 128))));
	golden_add(g, "call request: 129 bytes of user data",
		   lapbether("03 00", join(hex("1001 0b 00 02 01 c0"), fill('u', 129))));
	golden_add(g, "call accepted, all left out", PACKET("1001 0f"));
	golden_add(g, "call accepted: facilities, called user data",
		   PACKET("1001 0f 00 03 43 02 02 cc"));
	golden_add(g, "clear request: cause alone", PACKET("1001 13 09"));
	golden_add(g, "clear request: number busy", PACKET("1001 13 01 00"));
	golden_add(g, "clear request: by the DTE, diagnostic 241", PACKET("1001 13 80 f1"));
	golden_add(g, "clear request: a cause nobody knows", PACKET("1001 13 07 0f"));
	golden_add(g, "clear request: addresses, facilities, user data",
		   PACKET("1001 13 00 00 04 0123 02 08 c0 4142"));
	golden_add(g, "clear request without a cause", PACKET("1001 13"));
	golden_add(g, "clear confirmation", PACKET("1001 17"));
	golden_add(g, "data: P(S) 1, P(R) 2", PACKET("1001 42 2168656c6c6f"));
	golden_add(g, "data: Q, D, M", PACKET("d001 1e 00"));
	golden_add(g, "data: nothing in it", PACKET("1001 00"));
	golden_add(g, "data modulo 128: P(S) 100, P(R) 27, M", PACKET("2001 c8 37 6869"));
	golden_add(g, "data modulo 128 without its second byte", PACKET("2001 c8"));
	golden_add(g, "RR", PACKET("1001 61"));
	golden_add(g, "RNR", PACKET("1001 e5"));
	golden_add(g, "REJ", PACKET("1001 09"));
	golden_add(g, "RR modulo 128: P(R) 127", PACKET("2001 01 fe"));
	golden_add(g, "REJ modulo 128", PACKET("2001 09 02"));
	golden_add(g, "RR with a byte behind it", PACKET("1001 61 00"));
	golden_add(g, "interrupt", PACKET("1001 23 21"));
	golden_add(g, "interrupt: 32 bytes",
		   lapbether("03 00", join(hex("1001 23"), fill('!', 32))));
	golden_add(g, "interrupt: 33 bytes",
		   lapbether("03 00", join(hex("1001 23"), fill('!', 33))));
	golden_add(g, "interrupt confirmation", PACKET("1001 27"));
	golden_add(g, "reset request: local procedure error", PACKET("1001 1b 05 02"));
	golden_add(g, "reset confirmation", PACKET("1001 1f"));
	golden_add(g, "restart request: network operational", PACKET("1000 fb 07 00"));
	golden_add(g, "restart request on a channel", PACKET("1001 fb 00 00"));
	golden_add(g, "restart confirmation", PACKET("1000 ff"));
	golden_add(g, "diagnostic: packet on unassigned channel", PACKET("1000 f1 24 100161"));
	golden_add(g, "registration request", PACKET("1000 f3 42 01 0123 05 42 07 07 05 01"));
	golden_add(g, "registration confirmation", PACKET("1000 f7 7f a7 00 02 05 01"));
	golden_add(g, "a type nobody knows", PACKET("1001 f9 00"));
	golden_add(g, "modulo 00", PACKET("0001 0b 00 00"));
	golden_add(g, "modulo 11", PACKET("3001 0b 00 00"));
	golden_add(g, "one byte", PACKET("10"));
	golden_add_cut(g, "cut in the facilities",
		       PACKET("1001 0b 00 15 42 07 08 43 02 07 41 1234 44 2341 47 0001 48 0002"
			      "49 00c8"),
		       30);
}

GOLDEN(x25_interface)
{
	g->link_type = 113;
	golden_add(g, "connect", hex("0000 010f 0000 0000000000000000 0805 01"));
	golden_add(g, "disconnect", hex("0000 010f 0000 0000000000000000 0805 02"));
	golden_add(g, "parameters", hex("0000 010f 0000 0000000000000000 0805 03 0102"));
	golden_add(g, "data: a packet behind the byte",
		   hex("0004 010f 0000 0000000000000000 0805 00 1001 0b 44 0123 0124 00"));
	golden_add(g, "no byte in front", hex("0004 010f 0000 0000000000000000 0805 1001 61"));
	golden_add(g, "the byte alone", hex("0004 010f 0000 0000000000000000 0805 00"));
	golden_add(g, "neither a byte of Linux nor a packet",
		   hex("0004 010f 0000 0000000000000000 0805 04 1001 61"));
	golden_add(g, "nothing", hex("0004 010f 0000 0000000000000000 0805"));
}

/* The type on an Ethernet: the packet comes first. */
GOLDEN(x25_ethernet)
{
	golden_add(g, "restart request", ethernet(0x0805, hex("1000 fb 00 00")));
	golden_add(g, "data in the least frame",
		   ethernet(0x0805, join(hex("1001 00"), fill('x', 43))));
}

static bool facilities_inside(const struct packet *p, struct packet_walk *walk)
{
	struct packet_x25_facility f;
	bool inside = true;

	while (packet_x25_facility_next(walk, &f))
		inside &= f.offset + f.length <= p->captured &&
			  f.data_offset + f.data_length <= p->captured;
	return inside;
}

WALK_INSIDE(PACKET_X25)
{
	return facilities_inside(p, walk);
}

WALK_INSIDE(PACKET_ROSE)
{
	return facilities_inside(p, walk);
}
