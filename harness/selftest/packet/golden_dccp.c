/* SPDX-License-Identifier: MIT */
/* Golden packets: DCCP and its options. */
#include "harness/selftest/packet/golden.h"

enum { REQUEST, RESPONSE, DATA, ACK, DATAACK, CLOSEREQ, CLOSE, RESET, SYNC, SYNCACK };

/*
 * A header with ports 40000 and 30000 and a right checksum. `rest` is all from the sequence number
 * on, options included, a multiple of 4 bytes with the 9 in front of it.
 */
static struct blob dccp(int type, bool extended, struct blob rest, struct blob payload, int cscov,
			bool ipv6)
{
	struct blob b = hex("9c40 7530 00 00 0000 00");
	size_t header;

	b = join(b, rest);
	header = b.length;
	b.bytes[4] = (uint8_t)(header / 4);
	b.bytes[5] = (uint8_t)cscov;
	b.bytes[8] = (uint8_t)(type << 1 | extended);
	b = join(b, payload);
	return with_checksum(b, 6, cscov == 0 ? b.length : header + ((size_t)cscov - 1) * 4, 33,
			     ipv6);
}

static struct blob frame4(struct blob payload)
{
	return ethernet(0x0800, ipv4(.protocol = 33, .payload = payload));
}

static struct blob frame6(struct blob payload)
{
	return ethernet(0x86dd, ipv6(.next_header = 33, .payload = payload));
}

/* Reserved and 48 bits of sequence number; Reserved (16 bits) and the acknowledgement number. */
#define SEQ48	"00 000012345678"
#define ACK48	"0000 0000aabbccdd"
#define NOTHING fill(0, 0)

static struct blob whole(int type, const char *rest, const char *payload)
{
	return frame4(dccp(type, true, hex(rest), text(payload), 0, false));
}

GOLDEN(dccp)
{
	struct blob part = dccp(DATA, true, hex(SEQ48), text("headdata"), 2, false);
	struct blob data = dccp(DATA, true, hex(SEQ48), text("data"), 0, false);

	golden_add(g, "Request, Service Code SC:fdpz", whole(REQUEST, SEQ48 "6664707a", ""));
	golden_add(g, "Response, Service Code 42 with data",
		   whole(RESPONSE, SEQ48 ACK48 "0000002a", "welcome"));
	golden_add(g, "Request over IPv6",
		   frame6(dccp(REQUEST, true, hex(SEQ48 "6664707a"), NOTHING, 0, true)));
	golden_add(g, "Data", whole(DATA, SEQ48, "data"));
	golden_add(g, "Ack", whole(ACK, SEQ48 ACK48, ""));
	golden_add(g, "DataAck", whole(DATAACK, SEQ48 ACK48, "data"));
	golden_add(g, "CloseReq", whole(CLOSEREQ, SEQ48 ACK48, ""));
	golden_add(g, "Close", whole(CLOSE, SEQ48 ACK48, ""));
	golden_add(g, "Reset: Closed", whole(RESET, SEQ48 ACK48 "01000000", ""));
	golden_add(g, "Reset: Packet Error about type 15",
		   whole(RESET, SEQ48 ACK48 "040f0000", ""));
	golden_add(g, "Reset: Option Error with the option's first bytes, and a text",
		   whole(RESET, SEQ48 ACK48 "05200104", "why"));
	golden_add(g, "Reset: a code of a CCID", whole(RESET, SEQ48 ACK48 "80000000", ""));
	golden_add(g, "Reset: a code without a name", whole(RESET, SEQ48 ACK48 "7f000000", ""));
	golden_add(g, "Sync", whole(SYNC, SEQ48 ACK48, ""));
	golden_add(g, "SyncAck", whole(SYNCACK, SEQ48 ACK48, ""));
	golden_add(g, "Data with a short sequence number",
		   frame4(dccp(DATA, false, hex("123456"), text("data"), 0, false)));
	golden_add(g, "Ack with short numbers over IPv6",
		   frame6(dccp(ACK, false, hex("123456 00 ffffff"), NOTHING, 0, true)));
	golden_add(g, "DataAck with short numbers",
		   frame4(dccp(DATAACK, false, hex("123456 00 abcdef"), text("data"), 0, false)));
	golden_add(
		g, "largest numbers, CCVal 15, all reserved bits",
		frame4(with_checksum(poke(dccp(ACK, true, hex("ff ffffffffffff ffff ffffffffffff"),
					       NOTHING, 0, false),
					  5, "f0 0000 e7"),
				     6, 24, 33, false)));
	golden_add(g, "CsCov 1: no data is covered",
		   frame4(dccp(DATA, true, hex(SEQ48), text("data"), 1, false)));
	golden_add(g, "CsCov 2: 4 of 8 bytes", frame4(part));
	golden_add(g, "the same with a change behind what is covered",
		   frame4(poke(part, 23, "ff")));
	golden_add(g, "and with one in what is covered", frame4(poke(part, 16, "ff")));
	golden_add(g, "CsCov 15, more than the data",
		   frame4(dccp(DATA, true, hex(SEQ48), text("data"), 15, false)));
	golden_add(g, "a wrong checksum", frame4(poke(data, 6, "bad0")));
	golden_add(g, "type 10, reserved", whole(10, SEQ48 "01020304", "data"));
	golden_add(g, "X is 0 in a Request",
		   frame4(dccp(REQUEST, false, hex("123456 6664707a"), NOTHING, 0, false)));
	golden_add(g, "Data Offset 3, less than the header", frame4(poke(data, 4, "03")));
	golden_add(g, "Data Offset 4, less than the header of an Ack",
		   frame4(poke(dccp(ACK, true, hex(SEQ48 ACK48), NOTHING, 0, false), 4, "04")));
	golden_add(g, "Data Offset one more than the packet", frame4(poke(data, 4, "06")));
	golden_add(g, "Data Offset 255", frame4(poke(data, 4, "ff")));
	golden_add(g, "Data Offset 0", frame4(poke(data, 4, "00")));
	golden_add(g, "11 bytes", frame4(hex("9c40 7530 03 00 0000 04 1234")));
	golden_add(g, "a Reset without its code",
		   frame4(hex("9c40 7530 06 00 0000 0f" SEQ48 ACK48)));
	golden_add_cut(g, "cut in the data", frame4(data), 51);
	golden_add_cut(g, "cut behind what is covered", frame4(part), 55);
	golden_add_cut(g, "cut in the acknowledgement number", whole(ACK, SEQ48 ACK48, ""), 54);
}

/* An Ack with these options. */
static struct blob options(const char *digits)
{
	return frame4(dccp(ACK, true, join(hex(SEQ48 ACK48), hex(digits)), NOTHING, 0, false));
}

GOLDEN(dccp_options)
{
	golden_add(g, "Mandatory, Slow Receiver, Padding", options("01 02 00 00"));
	golden_add(g, "Change L: CCID 3 or 2", options("20 05 01 03 02 00 00 00"));
	golden_add(g, "Confirm R: CCID 3, with the list", options("23 06 01 03 03 02 00 00"));
	golden_add(g, "Change R: Ack Ratio 2", options("22 05 05 0002 00 00 00"));
	golden_add(g, "Confirm L: Sequence Window 100", options("21 09 03 000000000064 00 00 00"));
	golden_add(g, "an empty Confirm R of an unknown feature", options("23 03 7f 00"));
	golden_add(
		g, "all other features",
		options("20 04 02 01 20 04 04 01 22 04 06 01 20 04 07 01 22 04 08 05 22 04 09 01 "
			"22 04 c0 01 20 04 80 01"));
	golden_add(g, "Init Cookie", options("24 06 c0ffee01 00 00"));
	golden_add(g, "NDP Count of 1 and of 6 bytes", options("25 03 05 25 08 010203040506 00"));
	golden_add(g, "Ack Vector with nonce 0: 3 received, 1 marked, 2 not yet received",
		   options("26 05 02 40 c1 00 00 00"));
	golden_add(g, "Ack Vector with nonce 1", options("27 04 3f 80"));
	golden_add(g, "Data Dropped: 2 received, 1 for the receive buffer, 3 delivered corrupt",
		   options("28 05 01 a0 f2 00 00 00"));
	golden_add(g, "Timestamp", options("29 06 00000064 00 00"));
	golden_add(g, "Timestamp Echo without, with short and with long elapsed time",
		   options("2a 06 00000064 2a 08 00000064 0007 2a 0a 00000064 00000007"));
	golden_add(g, "Elapsed Time, short and long", options("2b 04 0007 2b 06 00010007 00 00"));
	golden_add(g, "Data Checksum", options("2c 06 e3069283 00 00"));
	golden_add(g, "CCID 3: Loss Event Rate 0.01, Receive Rate",
		   options("c0 06 00000064 c2 06 "
			   "0001e240"));
	golden_add(g, "CCID 3: no loss", options("c0 06 ffffffff 00 00"));
	golden_add(g, "CCID 3: Loss Intervals, one", options("c1 0c 02 00000a 800001 00000b"));
	golden_add(g, "other options of a CCID, and a reserved one",
		   options("80 04 0102 c8 02 2d 03 01 03 00 00"));
	golden_add(g, "length 0", options("29 00 0000"));
	golden_add(g, "length 1", options("29 01 0000"));
	golden_add(g, "length larger than the header", options("29 06 0000"));
	golden_add(g, "the last byte is a type without a length", options("00 00 00 29"));
	golden_add(g, "Timestamp of 5 bytes", options("29 05 000064 00 00 00"));
	golden_add(g, "Timestamp Echo of 9 bytes", options("2a 09 00000064 000007 00 00 00"));
	golden_add(g, "NDP Count of 7 bytes", options("25 09 01020304050607 00 00 00"));
	golden_add(g, "Change L without a value", options("20 03 01 00"));
	golden_add(g, "Confirm L without a feature", options("21 02 00 00"));
	golden_add(g, "Ack Vector without a cell", options("26 02 00 00"));
	golden_add(g, "Loss Intervals of half an interval", options("c1 04 00 00"));
	golden_add_cut(g, "cut in an option", options("29 06 00000064 00 00"), 61);
}

WALK_INSIDE(PACKET_DCCP)
{
	struct packet_dccp_option o;
	bool inside = true;

	while (packet_dccp_option_next(walk, &o))
		inside &= o.offset + o.length <= p->captured &&
			  o.data_offset + o.data_length <= p->captured;
	return inside;
}
