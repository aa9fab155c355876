/* SPDX-License-Identifier: MIT */
/* ISO-TP and J1939 in CAN frames. */
#include "harness/selftest/packet/golden.h"

/* A CAN frame without padding behind its payload. */
static struct blob can(const char *id, const char *payload)
{
	struct blob data = hex(payload);

	return join(join(hex(id), fill((uint8_t)data.length, 1)), join(fill(0, 3), data));
}

static struct blob can_fd(const char *id, struct blob payload)
{
	return join(join(hex(id), fill((uint8_t)payload.length, 1)), join(hex("040000"), payload));
}

#define TESTER "000007e0"
#define ECU    "000007e8"

GOLDEN(isotp)
{
	g->link_type = 227;
	g->flags = PACKET_CAN_ISOTP;
	golden_add(g, "single frame: tester present, padded", can(TESTER, "02 3e 00 cccccccccc"));
	golden_add(g, "single frame, not padded", can(TESTER, "02 3e 00"));
	golden_add(g, "single frame of 7 bytes, extended identifier",
		   can("98da10f1", "07 22f190f191f192"));
	golden_add(g, "single frame in a frame with padding of its own",
		   join(can(TESTER, "01 3e"), fill(0, 6)));
	golden_add(g, "first frame of 20 bytes", can(ECU, "10 14 62f190313233"));
	golden_add(g, "first frame of 4095 bytes", can(ECU, "1f ff 62f190313233"));
	golden_add(g, "first frame of 4096 bytes, with the escape",
		   can(ECU, "10 00 00001000 62f1"));
	golden_add(g, "first frame of 4 GiB less one", can(ECU, "10 00 ffffffff 62f1"));
	golden_add(g, "first frame of 8 bytes, the least", can(ECU, "10 08 62f190313233"));
	golden_add(g, "consecutive frame", can(ECU, "21 34353637383940"));
	golden_add(g, "consecutive frame, sequence number 15", can(ECU, "2f 34353637383940"));
	golden_add(g, "consecutive frame, sequence number 0, short", can(ECU, "20 34"));
	golden_add(g, "flow control: all of it, no time between", can(TESTER, "30 00 00"));
	golden_add(g, "flow control: 8 frames, 127 ms, padded", can(TESTER, "30 08 7f cccccccccc"));
	golden_add(g, "flow control: 100 us", can(TESTER, "30 00 f1"));
	golden_add(g, "flow control: 900 us", can(TESTER, "30 00 f9"));
	golden_add(g, "flow control: STmin 0x80 is reserved", can(TESTER, "30 00 80"));
	golden_add(g, "flow control: STmin 0xf0 is reserved", can(TESTER, "30 00 f0"));
	golden_add(g, "flow control: STmin 0xfa is reserved", can(TESTER, "30 00 fa"));
	golden_add(g, "flow control: wait", can(TESTER, "31 00 00"));
	golden_add(g, "flow control: overflow", can(TESTER, "32 00 00"));
	golden_add(g, "flow control: status 3 is reserved", can(TESTER, "33 00 00"));
	golden_add(g, "type 4 is reserved", can(TESTER, "40 01 02"));
	golden_add(g, "CAN FD: single frame of 10 bytes",
		   can_fd(TESTER, join(hex("00 0a"), fill(0x22, 10))));
	golden_add(g, "CAN FD: single frame of 8 bytes, padded",
		   can_fd(TESTER, join(hex("00 08 2222222222222222"), fill(0xcc, 2))));
	golden_add(g, "CAN FD: single frame of 62 bytes, the most",
		   can_fd(TESTER, join(hex("00 3e"), fill(0x22, 62))));
	golden_add(g, "CAN FD: single frame of 3 bytes in 8, as in CAN",
		   can_fd(TESTER, hex("03 22f190 cccccccc")));
	golden_add(g, "CAN FD: first frame of 63 bytes",
		   can_fd(ECU, join(hex("10 3f"), fill(0x62, 62))));
	golden_add(g, "CAN FD: first frame of 5000 bytes",
		   can_fd(ECU, join(hex("10 00 00001388"), fill(0x62, 58))));
	golden_add(g, "remote request: no ISO-TP", can("400007e0", ""));
	golden_add(g, "no payload: no ISO-TP", can(TESTER, ""));
	golden_add(g, "single frame of 0 bytes", can(TESTER, "00 3e 00"));
	golden_add(g, "single frame, SF_DL more than the frame", can(TESTER, "03 3e 00"));
	golden_add(g, "single frame, SF_DL 8", can(TESTER, "08 22f190f191f192"));
	golden_add(g, "first frame of 7 bytes", can(ECU, "10 07 62f190313233"));
	golden_add(g, "first frame in 7 bytes", can(ECU, "10 14 62f1903132"));
	golden_add(g, "first frame of 4095 bytes, with the escape",
		   can(ECU, "10 00 00000fff 62f1"));
	golden_add(g, "first frame that ends in its length", can(ECU, "10 00 0000"));
	golden_add(g, "flow control of 2 bytes", can(TESTER, "30 00"));
	golden_add(g, "CAN FD: SF_DL in the first byte of 12",
		   can_fd(TESTER, join(hex("07"), fill(0x22, 11))));
	golden_add(g, "CAN FD: SF_DL 6 in a byte of its own",
		   can_fd(TESTER, join(hex("00 06"), fill(0x22, 10))));
	golden_add(g, "CAN FD: SF_DL 11, the frame has 10",
		   can_fd(TESTER, join(hex("00 0b"), fill(0x22, 10))));
	golden_add(g, "CAN FD: first frame of 62 bytes, which a single frame takes",
		   can_fd(ECU, join(hex("10 3e"), fill(0x62, 62))));
	golden_add_cut(g, "first frame, cut in its length", can(ECU, "10 00 00001000 62f1"), 11);
	golden_add_cut(g, "single frame, cut in the message", can(TESTER, "02 3e 00 cccccccccc"),
		       10);
	golden_add_cut(g, "single frame, cut in the padding", can(TESTER, "02 3e 00 cccccccccc"),
		       13);
}

/* Identifiers: priority, PGN, destination, source. */
#define TP_CM  "9cec2117" /* 7, 60416, 33, 23 */
#define TP_BAM "9cecff17"
#define TP_DT  "9ceb2117"
#define ETP_CM "9cc82117"
#define ETP_DT "9cc72117"
#define NAME   "4f 54 61 0a 2b 82 c6 e0"

GOLDEN(j1939)
{
	g->link_type = 227;
	g->flags = PACKET_CAN_J1939;
	golden_add(g, "PDU2: engine speed, to all", can("8cf00400", "f07d7d0000ffffff"));
	golden_add(g, "PDU1: proprietary A", can("98ef2117", "010203"));
	golden_add(g, "PDU2: proprietary B, the highest", can("98ffff17", "0102030405060708"));
	golden_add(g, "PDU1 with the highest PDU format of its kind, 239", can("98ef0000", "00"));
	golden_add(g, "PDU2 with the lowest, 240", can("98f00000", "00"));
	golden_add(g, "data page 1", can("9def2117", "01"));
	golden_add(g, "extended data page, priority 0", can("82ef2117", "01"));
	golden_add(g, "all bits", can("9fffffff", "01"));
	golden_add(g, "no payload", can("98feca17", ""));
	golden_add(g, "a standard identifier is no J1939", can("000007e0", "0102"));
	golden_add(g, "CAN FD: J1939-22 has another payload", can_fd("98fe2117", fill(1, 12)));
	golden_add(g, "Request of DM1, to all", can("98eafffe", "cafe00"));
	golden_add(g, "Request of a group of data page 1", can("98ea2117", "00ef01"));
	golden_add(g, "Request with padding", can("98ea2117", "cafe00ffffffffff"));
	golden_add(g, "Acknowledgment: positive", can("98e8ff21", "00 01 ffff 17 00ef00"));
	golden_add(g, "Acknowledgment: negative", can("98e8ff21", "01 ff ffff 17 cafe00"));
	golden_add(g, "Acknowledgment: access denied", can("98e8ff21", "02 ff ffff 17 cafe00"));
	golden_add(g, "Acknowledgment: cannot respond", can("98e8ff21", "03 ff ffff ff cafe00"));
	golden_add(g, "Acknowledgment: 4 is reserved", can("98e8ff21", "04 ff ffff fe cafe00"));
	golden_add(g, "Address Claimed", can("98eeff17", NAME));
	golden_add(g, "Address Claimed: cannot claim", can("98eefffe", NAME));
	golden_add(g, "Address Claimed: the highest NAME", can("98eeff17", "ffffffffffffffff"));
	golden_add(g, "RTS of 20 bytes", can(TP_CM, "10 1400 03 ff d8fe00"));
	golden_add(g, "CTS for 2 packets from 1 on", can("9cec1721", "11 02 01 ffff d8fe00"));
	golden_add(g, "CTS for none: wait", can("9cec1721", "11 00 ff ffff d8fe00"));
	golden_add(g, "EndOfMsgACK of 20 bytes", can("9cec1721", "13 1400 03 ff d8fe00"));
	golden_add(g, "BAM of 9 bytes: Commanded Address", can(TP_BAM, "20 0900 02 ff d8fe00"));
	golden_add(g, "BAM of 1785 bytes", can(TP_BAM, "20 f906 ff ff cafe00"));
	golden_add(g, "Abort: timeout", can(TP_CM, "ff 03 ffffff d8fe00"));
	golden_add(g, "Abort: reason 250", can(TP_CM, "ff fa ffffff d8fe00"));
	golden_add(g, "Abort: reason 13 has no name", can(TP_CM, "ff 0d ffffff d8fe00"));
	golden_add(g, "TP.CM: control byte 18 is reserved", can(TP_CM, "12 01020304 d8fe00"));
	golden_add(g, "TP.DT", can(TP_DT, "01 11223344556677"));
	golden_add(g, "TP.DT, the last one with padding", can(TP_DT, "03 112233ffffffff"));
	golden_add(g, "ETP RTS of 1786 bytes", can(ETP_CM, "14 fa060000 d8fe00"));
	golden_add(g, "ETP RTS of 117440505 bytes", can(ETP_CM, "14 f9ffff06 d8fe00"));
	golden_add(g, "ETP CTS for 5 packets from 65536 on",
		   can("9cc81721", "15 05 000001 d8fe00"));
	golden_add(g, "ETP DPO: 5 packets behind 65535", can(ETP_CM, "16 05 ffff00 d8fe00"));
	golden_add(g, "ETP EOMA", can("9cc81721", "17 fa060000 d8fe00"));
	golden_add(g, "ETP Abort: bad offset", can(ETP_CM, "ff 0c ffffff d8fe00"));
	golden_add(g, "ETP.DT", can(ETP_DT, "ff 11223344556677"));
	golden_add(g, "RTS of 8 bytes", can(TP_CM, "10 0800 02 ff d8fe00"));
	golden_add(g, "RTS of 1786 bytes", can(TP_CM, "10 fa06 ff ff d8fe00"));
	golden_add(g, "RTS with too many packets", can(TP_CM, "10 1400 04 ff d8fe00"));
	golden_add(g, "BAM with too few packets", can(TP_BAM, "20 1600 03 ff d8fe00"));
	golden_add(g, "ETP RTS of 1785 bytes", can(ETP_CM, "14 f9060000 d8fe00"));
	golden_add(g, "ETP RTS of 117440506 bytes", can(ETP_CM, "14 faffff06 d8fe00"));
	golden_add(g, "a control byte of TP in ETP.CM", can(ETP_CM, "11 02 01 ffff d8fe00"));
	golden_add(g, "a control byte of ETP in TP.CM", can(TP_CM, "15 05 000001 d8fe00"));
	golden_add(g, "TP.DT with sequence number 0", can(TP_DT, "00 11223344556677"));
	golden_add(g, "TP.DT without payload", can(TP_DT, ""));
	golden_add(g, "Request of 2 bytes", can("98ea2117", "cafe"));
	golden_add(g, "RTS of 7 bytes", can(TP_CM, "10 1400 03 ff d8fe"));
	golden_add(g, "Address Claimed of 7 bytes", can("98eeff17", "4f54610a2b82c6"));
	golden_add_cut(g, "RTS, cut in the PGN", can(TP_CM, "10 1400 03 ff d8fe00"), 14);
	golden_add_cut(g, "TP.DT, cut in the data", can(TP_DT, "01 11223344556677"), 12);
}
