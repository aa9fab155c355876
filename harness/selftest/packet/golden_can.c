/* SPDX-License-Identifier: MIT */
/* CAN, CAN FD and CAN XL frames of SocketCAN, and the error messages of its drivers. */
#include "harness/selftest/packet/golden.h"

#include <string.h>

#define EIGHT "0011223344556677"

/* struct can_frame: the payload filled up to 8 bytes, 16 in all. */
static struct blob frame(const char *id, const char *length_and_rest, const char *payload)
{
	struct blob data = hex(payload);

	return join(join(hex(id), hex(length_and_rest)),
		    join(data, fill(0, data.length < 8 ? 8 - data.length : 0)));
}

/* struct canfd_frame: 72 bytes in all. */
static struct blob frame_fd(const char *id, uint8_t length, const char *flags, struct blob payload)
{
	struct blob b = join(hex(id), fill(length, 1));

	b = join(join(b, hex(flags)), join(fill(0, 2), payload));
	return join(b, fill(0, 72 - b.length));
}

/* struct canxl_frame: `header` up to the length, which is put behind it in little-endian order. */
static struct blob frame_xl(const char *header, const char *af, struct blob payload)
{
	struct blob length = {2, {(uint8_t)payload.length, (uint8_t)(payload.length >> 8)}};

	return join(join(hex(header), length), join(hex(af), payload));
}

GOLDEN(can)
{
	g->link_type = 227;
	golden_add(g, "standard identifier, 4 bytes and padding",
		   frame("00000123", "04 000000", "deadbeef"));
	golden_add(g, "the highest standard identifier, 8 bytes",
		   frame("000007ff", "08 000000", EIGHT));
	golden_add(g, "the lowest, no payload", frame("00000000", "00 000000", ""));
	golden_add(g, "extended identifier", frame("98daf110", "08 000000", EIGHT));
	golden_add(g, "the highest extended identifier", frame("9fffffff", "01 000000", "aa"));
	golden_add(g, "an extended identifier that a standard frame could have",
		   frame("80000123", "01 000000", "aa"));
	golden_add(g, "without the padding", join(hex("00000123 04000000"), hex("deadbeef")));
	golden_add(g, "without the padding, no payload", hex("00000123 00000000"));
	golden_add(g, "remote request for nothing", frame("40000123", "00 000000", ""));
	golden_add(g, "remote request for 8 bytes, none of which are here",
		   frame("c0000123", "08 000000", ""));
	golden_add(g, "8 bytes with a DLC of 15", frame("00000123", "08 00000f", EIGHT));
	golden_add(g, "len8_dlc with 4 bytes is ignored",
		   frame("00000123", "04 00000f", "01020304"));
	golden_add(g, "reserved bytes are set", frame("00000123", "02 0001 00", "0102"));
	golden_add(g, "a standard frame with 12 bits of identifier",
		   frame("00000800", "01 000000", "aa"));
	golden_add(g, "Payload Length 9", frame("00000123", "09 000000", EIGHT "88"));
	golden_add(g, "Payload Length 127", frame("00000123", "7f 000000", EIGHT));
	golden_add(g, "Payload Length more than the frame",
		   join(hex("00000123 05000000"), hex("deadbeef")));
	golden_add(g, "7 bytes", hex("00000123 080000"));
	golden_add_cut(g, "cut in the identifier", frame("98daf110", "08 000000", EIGHT), 3);
	golden_add_cut(g, "cut in the payload", frame("98daf110", "08 000000", EIGHT), 11);
}

GOLDEN(canfd)
{
	g->link_type = 227;
	golden_add(g, "12 bytes", frame_fd("00000123", 12, "04", fill(0x66, 12)));
	golden_add(g, "no payload", frame_fd("00000123", 0, "04", fill(0, 0)));
	golden_add(g, "8 bytes, bit rate switch", frame_fd("00000123", 8, "05", hex(EIGHT)));
	golden_add(g, "16 bytes, error state indicator",
		   frame_fd("98daf110", 16, "06", fill(0x10, 16)));
	golden_add(g, "20 bytes, both", frame_fd("98daf110", 20, "07", fill(0x20, 20)));
	golden_add(g, "24 bytes", frame_fd("00000123", 24, "04", fill(0x24, 24)));
	golden_add(g, "32 bytes", frame_fd("00000123", 32, "04", fill(0x32, 32)));
	golden_add(g, "48 bytes", frame_fd("00000123", 48, "04", fill(0x48, 48)));
	golden_add(g, "64 bytes, the most", frame_fd("00000123", 64, "04", fill(0x64, 64)));
	golden_add(g, "9 bytes, which no DLC stands for",
		   frame_fd("00000123", 9, "04", fill(0x09, 9)));
	golden_add(g, "without FDF, told by its size",
		   frame_fd("00000123", 12, "01", fill(0x66, 12)));
	golden_add(g, "without the padding, told by FDF",
		   join(hex("00000123 0c050000"), fill(0x66, 12)));
	golden_add(g, "reserved bytes and flags are set",
		   poke(frame_fd("00000123", 2, "fc", hex("0102")), 6, "ffff"));
	golden_add(g, "65 bytes", frame_fd("00000123", 65, "04", fill(0x65, 64)));
	golden_add(g, "Payload Length more than the frame",
		   join(hex("00000123 14040000"), fill(0x66, 16)));
	golden_add(g, "remote request", frame_fd("40000123", 0, "04", fill(0, 0)));
	golden_add(g, "error message", frame_fd("20000004", 8, "04", fill(0, 8)));
	golden_add_cut(g, "cut in the payload", frame_fd("00000123", 64, "04", fill(0x64, 64)), 40);
}

/* All are longer than CAN FD frames get, so that they are told apart when they are cut. */
GOLDEN(canxl)
{
	struct blob whole = frame_xl("00000123 80 01", "78563412", fill(0x78, 64));

	g->link_type = 227;
	golden_add(g, "64 bytes, content-based addressing", whole);
	golden_add(g, "VCID 0xa5, the highest priority number, SEC and RRS",
		   frame_xl("00a507ff 83 03", "ffffffff", fill(0x78, 64)));
	golden_add(g, "a MAC frame, priority 0",
		   frame_xl("00000000 80 04", "00000000", fill(0x04, 64)));
	golden_add(g, "the other SDU types: extended MAC frame",
		   frame_xl("00000001 80 05", "01000000", fill(0x05, 64)));
	golden_add(g, "CAN CC", frame_xl("00000001 80 06", "01000000", fill(0x06, 64)));
	golden_add(g, "CAN FD", frame_xl("00000001 80 07", "01000000", fill(0x07, 64)));
	golden_add(g, "Multi-PDU", frame_xl("00000001 80 08", "01000000", fill(0x08, 64)));
	golden_add(g, "AUTOSAR Multi-PDU", frame_xl("00000001 80 09", "01000000", fill(0x09, 64)));
	golden_add(g, "CANsec key agreement",
		   frame_xl("00000001 81 0a", "01000000", fill(0x0a, 64)));
	golden_add(g, "SDU type 0x0b", frame_xl("00000001 80 0b", "01000000", fill(0x0b, 64)));
	golden_add(g, "SDU type 0xff", frame_xl("00000001 80 ff", "01000000", fill(0x0b, 64)));
	golden_add(g, "2048 bytes, the most",
		   frame_xl("00000123 80 01", "78563412", fill(0x78, 2048)));
	golden_add(g, "with padding behind", join(whole, fill(0, 4)));
	golden_add(g, "reserved bits are set", poke(poke(whole, 0, "ff"), 4, "fc"));
	golden_add(g, "Payload Length 0", poke(whole, 6, "0000"));
	golden_add(g, "Payload Length 2049",
		   frame_xl("00000123 80 01", "78563412", fill(0x78, 2049)));
	golden_add(g, "Payload Length more than the frame", poke(whole, 6, "4100"));
	golden_add(g, "Payload Length in the wrong byte order", poke(whole, 6, "0040"));
	golden_add_cut(g, "cut in the acceptance field", whole, 10);
	golden_add_cut(g, "cut in the payload", whole, 40);
}

GOLDEN(can_error)
{
	g->link_type = 227;
	golden_add(g, "TX timeout", frame("20000001", "08 000000", ""));
	golden_add(g, "lost arbitration in bit 11", frame("20000002", "08 000000", "0b"));
	golden_add(g, "lost arbitration, unspecified", frame("20000002", "08 000000", ""));
	golden_add(g, "RX and TX buffer overflow", frame("20000004", "08 000000", "0003"));
	golden_add(g, "warning level, with the counters",
		   frame("20000204", "08 000000", "000c 0000 0000 60 61"));
	golden_add(g, "error passive, with the counters",
		   frame("20000204", "08 000000", "0030 0000 0000 80 81"));
	golden_add(g, "error active again", frame("20000004", "08 000000", "0040"));
	golden_add(g, "bit error on transmission, start of frame; bus error",
		   frame("20000088", "08 000000", "0000 81 03"));
	golden_add(g, "form, in the end of frame", frame("20000088", "08 000000", "0000 02 1a"));
	golden_add(g, "stuffing, in the data", frame("20000088", "08 000000", "0000 04 0a"));
	golden_add(g, "cannot send dominant and recessive bits, overload, active",
		   frame("20000088", "08 000000", "0000 78 19"));
	golden_add(g, "an unspecified violation at a place that is none",
		   frame("20000008", "08 000000", "0000 00 01"));
	golden_add(g, "no wire at CANH", frame("20000010", "08 000000", "0000 0000 04"));
	golden_add(g, "CANL short to GND", frame("20000010", "08 000000", "0000 0000 70"));
	golden_add(g, "CANL short to CANH", frame("20000010", "08 000000", "0000 0000 80"));
	golden_add(g, "transceiver states that are none",
		   frame("20000010", "08 000000", "0000 0000 98"));
	golden_add(g, "no ACK", frame("20000020", "08 000000", ""));
	golden_add(g, "bus off", frame("20000040", "08 000000", ""));
	golden_add(g, "restarted", frame("20000100", "08 000000", ""));
	golden_add(g, "all classes, all bytes",
		   frame("200003ff", "08 000000", "05 7f ff 02 55 aa fe ff"));
	golden_add(g, "no class, but bytes",
		   frame("20000000", "08 000000", "05 7f ff 02 55 aa fe ff"));
	golden_add(g, "Payload Length 4", frame("20000004", "04 000000", "0001"));
	golden_add(g, "without the padding: 8 bytes are missing", hex("20000004 08000000"));
	golden_add_cut(g, "cut in the bytes", frame("20000088", "08 000000", "0000 81 03"), 11);
}

#define SLL_CAN	  "0001 0118 0000 0000000000000000 000c"
#define SLL_CANFD "0001 0118 0000 0000000000000000 000d"
#define SLL_CANXL "0001 0118 0000 0000000000000000 000e"

/* The first field as little-endian machines have it, but for those that say otherwise. */
GOLDEN(can_cooked)
{
	g->link_type = 113;
	golden_add(g, "CAN", join(hex(SLL_CAN), frame("23010000", "04 000000", "deadbeef")));
	golden_add(g, "CAN, big-endian",
		   join(hex(SLL_CAN), frame("00000123", "04 000000", "deadbeef")));
	golden_add(g, "CAN, extended", join(hex(SLL_CAN), frame("10f1da98", "08 000000", EIGHT)));
	golden_add(g, "CAN, extended, big-endian",
		   join(hex(SLL_CAN), frame("98daf110", "08 000000", EIGHT)));
	golden_add(g, "CAN, a request sent by us",
		   poke(join(hex(SLL_CAN), frame("23010040", "02 000000", "")), 0, "0004"));
	golden_add(g, "CAN, an error message",
		   join(hex(SLL_CAN), frame("04000020", "08 000000", "0001")));
	golden_add(g, "CAN, an identifier that is none in either order",
		   join(hex(SLL_CAN), frame("12345678", "00 000000", "")));
	golden_add(g, "CAN, what would be FDF is a reserved byte",
		   join(hex(SLL_CAN), frame("23010000", "04 040000", "deadbeef")));
	golden_add(g, "CAN FD, told by the protocol",
		   join(hex(SLL_CANFD), join(hex("23010000 0c010000"), fill(0x66, 12))));
	golden_add(g, "CAN FD", join(hex(SLL_CANFD), frame_fd("23010000", 8, "05", hex(EIGHT))));
	golden_add(g, "CAN XL, 1 byte, the least",
		   join(hex(SLL_CANXL), frame_xl("2301a500 80 01", "78563412", fill(0x78, 1))));
	golden_add(g, "CAN XL, big-endian",
		   join(hex(SLL_CANXL), hex("00a50123 80 01 0002 12345678 aabb")));
	golden_add(g, "CAN XL without XLF",
		   join(hex(SLL_CANXL), frame_xl("23010000 00 01", "78563412", fill(0x78, 1))));
	golden_add(g, "CAN XL, 11 bytes", join(hex(SLL_CANXL), hex("23010000 80 01 0100 785634")));
	golden_add(g, "another protocol of CAN devices",
		   poke(join(hex(SLL_CAN), frame("23010000", "01 000000", "aa")), 14, "000f"));
	golden_add(g, "CAN, the hardware is said to be none",
		   poke(join(hex(SLL_CAN), frame("23010000", "01 000000", "aa")), 2, "fffe"));
	golden_add(g, "a GRE device's protocol with the number of CAN",
		   poke(join(hex(SLL_CAN), frame("23010000", "01 000000", "aa")), 2, "030a"));
	golden_add_cut(g, "CAN, cut in the header",
		       join(hex(SLL_CAN), frame("23010000", "04 000000", "deadbeef")), 21);
}

GOLDEN(can_cooked2)
{
	g->link_type = 276;
	golden_add(g, "CAN, interface 5",
		   join(hex("000c 0000 00000005 0118 01 00 0000000000000000"),
			frame("10f1da98", "08 000000", EIGHT)));
	golden_add(g, "CAN XL, sent by us",
		   join(hex("000e 0000 00000005 0118 04 00 0000000000000000"),
			frame_xl("23010000 81 03", "01000000", fill(0x78, 3))));
	golden_add_cut(g, "cut in the cooked header",
		       join(hex("000c 0000 00000005 0118 01 00 0000000000000000"),
			    frame("10f1da98", "08 000000", EIGHT)),
		       17);
}
