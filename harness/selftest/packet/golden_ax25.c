/* SPDX-License-Identifier: MIT */
/* Golden packets: AX.25 and KISS. Callsigns are made up. */
#include "harness/selftest/packet/golden_radio.h"

#include <string.h>

struct blob call(const char *name, unsigned int ssid_byte)
{
	struct blob b = {.length = 7};
	size_t length = strlen(name);

	for (size_t i = 0; i < 6; i++)
		b.bytes[i] = (uint8_t)((i < length ? name[i] : ' ') << 1);
	b.bytes[6] = (uint8_t)ssid_byte;
	return b;
}

struct blob ax25_frame(const char *control, struct blob rest)
{
	return join(join(call("N0BBB", 0xe0), call("N0AAA", 0x63)), join(hex(control), rest));
}

/* As ax25_frame(), from the one who answers. */
static struct blob response(const char *control, struct blob rest)
{
	return join(join(call("N0BBB", 0x60), call("N0AAA", 0xe3)), join(hex(control), rest));
}

/* UI without a layer 3, with `count` repeaters of which the first has repeated it. */
static struct blob via(unsigned int count)
{
	struct blob b = join(call("N0BBB", 0xe0), call("N0AAA", count == 0 ? 0x61 : 0x60));

	for (unsigned int i = 1; i <= count; i++)
		b = join(b, call("RELAY", (i == 1 ? 0xe0 : 0x60) | i << 1 | (i == count)));
	return join(b, join(hex("03 f0"), text("hi")));
}

GOLDEN(ax25)
{
	g->link_type = 3;
	golden_add(g, "UI command, no layer 3", ax25_frame("03 f0", text("hello")));
	golden_add(g, "UI of version 1: no C bits, SSIDs 0 and 15",
		   join(join(call("CQ", 0x60), call("N0CALL", 0x7f)), hex("13 f0 41")));
	golden_add(g, "both C bits set, reserved bits 0",
		   join(join(call("N0BBB", 0x80), call("N0AAA", 0x81)), hex("03 f0 41")));
	golden_add(g, "one repeater that has repeated it", via(1));
	golden_add(g, "two repeaters, one of them has", via(2));
	golden_add(g, "8 repeaters, the most there may be", via(8));
	golden_add(g, "9 repeaters", via(9));
	golden_add(g, "the address field ends with the destination",
		   poke(ax25_frame("03 f0", text("hi")), 6, "e1"));
	golden_add(g, "the address field ends in the middle of the source",
		   poke(ax25_frame("03 f0", text("hi")), 10, "61"));
	golden_add(g, "the address field ends in the middle of a repeater", poke(via(1), 14, "a5"));
	golden_add(g, "the address field never ends",
		   join(call("N0BBB", 0xe0), call("N0AAA", 0x60)));
	golden_add(g, "a callsign with a character that is not printable",
		   poke(ax25_frame("03 f0", text("hi")), 0, "02"));
	golden_add(g, "no control field", ax25_frame("", hex("")));
	golden_add(g, "UI without a PID", ax25_frame("03", hex("")));
	golden_add(g, "I, N(S) 1, N(R) 2, P", ax25_frame("52 f0", text("data")));
	golden_add(g, "I, N(S) 7, N(R) 7, no information", ax25_frame("ee f0", hex("")));
	golden_add(g, "RR command, P: polls", ax25_frame("51", hex("")));
	golden_add(g, "RR response, N(R) 3", response("61", hex("")));
	golden_add(g, "RNR response, F", response("75", hex("")));
	golden_add(g, "REJ response", response("a9", hex("")));
	golden_add(g, "SREJ response", response("4d", hex("")));
	golden_add(g, "modulo 128: RR with N(R) 100 in a second byte, F",
		   response("01 c9", hex("")));
	golden_add(g, "RR with a byte that cannot be modulo 128", response("61 c9", hex("")));
	golden_add(g, "SABM", ax25_frame("3f", hex("")));
	golden_add(g, "SABME", ax25_frame("7f", hex("")));
	golden_add(g, "DISC", ax25_frame("53", hex("")));
	golden_add(g, "UA", response("73", hex("")));
	golden_add(g, "DM", response("1f", hex("")));
	golden_add(g, "UA with information", response("73", hex("00")));
	golden_add(g, "FRMR: of an I frame, Y", response("97", hex("f0 64 04")));
	golden_add(g, "FRMR: of a response, W and X", response("97", hex("ff 16 03")));
	golden_add(g, "FRMR modulo 128: Z", response("97", hex("c0fe 0a 15 08")));
	golden_add(g, "FRMR with 2 bytes", response("97", hex("f0 64")));
	golden_add(g, "TEST", ax25_frame("f3", text("echo")));
	golden_add(g, "a U frame nobody knows", ax25_frame("cf", hex("0102")));
	golden_add(g, "IPv4", ax25_frame("03 cc", ipv4(.payload = udp(.payload = text("hi")))));
	golden_add(g, "IPv4 in an I frame",
		   ax25_frame("00 cc", ipv4(.payload = udp(.payload = text("hi")))));
	golden_add(g, "ARP: hardware type 3, protocol 0xcc",
		   ax25_frame("03 cd",
			      join(join(hex("0003 00cc 07 04 0001"), call("N0AAA", 0x62)),
				   join(hex("c0000201"), join(call("", 0x60), hex("c0000202"))))));
	golden_add(g, "compressed TCP/IP", ax25_frame("03 06", hex("0001")));
	golden_add(g, "FlexNet", ax25_frame("00 ce", hex("3031")));
	golden_add(g, "layer 3 of AX.25", ax25_frame("03 10", hex("00")));
	golden_add(g, "a PID nobody knows", ax25_frame("03 40", hex("00")));
	golden_add(g, "escaped PID", ax25_frame("03 ff 55", hex("00")));
	golden_add(g, "the first of 3 segments of IP", ax25_frame("00 08 82 cc", hex("4500")));
	golden_add(g, "the last segment", ax25_frame("04 08 00", hex("0001")));
	golden_add(g, "segment without its byte", ax25_frame("00 08", hex("")));
	golden_add_cut(g, "cut in the source", via(1), 9);
	golden_add_cut(g, "cut in a repeater", via(2), 25);
}

/* The example of AX.25 2.2, figure 4.6, with the bit for balanced procedures set. */
#define XID "82 80 0017 02 02 2100 03 03 86a802 06 02 0400 08 01 02 09 02 1000 0a 01 03"

GOLDEN(ax25_xid)
{
	g->link_type = 3;
	golden_add(g, "all parameters", ax25_frame("bf", hex(XID)));
	golden_add(g, "response: full duplex, modulo 8, SREJ multiframe, segmenter",
		   response("bf", hex("82 80 0009 02 02 4100 03 03 84a462")));
	golden_add(g, "what is sent: I field length and window",
		   ax25_frame("bf", hex("82 80 0007 05 02 0800 07 01 7f")));
	golden_add(g, "no parameters", ax25_frame("bf", hex("82 80 0000")));
	golden_add(g, "no information field", ax25_frame("bf", hex("")));
	golden_add(g, "a parameter nobody knows",
		   ax25_frame("bf", hex("82 80 0007 c8 05 0102030405")));
	golden_add(g, "another format", ax25_frame("bf", hex("81 80 0003 02 01 00")));
	golden_add(g, "GL 24 of 23", ax25_frame("bf", poke(hex(XID), 2, "0018")));
	golden_add(g, "GL 20: a parameter is cut by it, bytes follow",
		   ax25_frame("bf", poke(hex(XID), 2, "0013")));
	golden_add(g, "GL ends behind a PI", ax25_frame("bf", hex("82 80 0001 0a")));
	golden_add(g, "window of 2 bytes", ax25_frame("bf", hex("82 80 0004 08 02 0002")));
	golden_add(g, "three bytes", ax25_frame("bf", hex("82 80 00")));
	golden_add_cut(g, "cut in a parameter", ax25_frame("bf", hex(XID)), 28);
}

GOLDEN(ax25_kiss)
{
	g->link_type = 202;
	golden_add(g, "port 0, data", join(hex("00"), ax25_frame("03 f0", text("hi"))));
	golden_add(g, "port 15, data", join(hex("f0"), ax25_frame("3f", hex(""))));
	golden_add(g, "TXDELAY 300 ms", hex("01 1e"));
	golden_add(g, "P 0.25", hex("02 3f"));
	golden_add(g, "SlotTime 100 ms of port 1", hex("13 0a"));
	golden_add(g, "TXtail", hex("04 02"));
	golden_add(g, "FullDuplex on", hex("05 01"));
	golden_add(g, "FullDuplex off", hex("05 00"));
	golden_add(g, "SetHardware", hex("06 010203"));
	golden_add(g, "data with a number", join(hex("0c 1234"), ax25_frame("03 f0", text("hi"))));
	golden_add(g, "poll", hex("0e"));
	golden_add(g, "return", hex("ff"));
	golden_add(g, "a command nobody knows", hex("07 01"));
	golden_add(g, "TXDELAY without a parameter", hex("01"));
	golden_add(g, "TXDELAY with a byte too much", hex("01 1e 00"));
	golden_add(g, "data without a frame", hex("00"));
	golden_add_cut(g, "cut behind the KISS byte", join(hex("00"), ax25_frame("03 f0", hex(""))),
		       1);
}

WALK_INSIDE(PACKET_AX25)
{
	struct packet_walk xid_walk = packet_ax25_xid_walk(p, walk->layer);
	struct packet_ax25_repeater repeater;
	struct packet_ax25_xid xid;
	bool inside = true;

	while (packet_ax25_xid_next(&xid_walk, &xid))
		inside &= xid.data_offset + xid.length <= p->captured;
	while (packet_ax25_repeater_next(walk, &repeater))
		inside &= repeater.offset + 7 <= p->captured;
	return inside && xid_walk.next <= xid_walk.end;
}
