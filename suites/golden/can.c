/* SPDX-License-Identifier: MIT */
/* Golden packets of CAN, decoded on the machine under test. */
#include "suites/golden/golden.h"

GOLDEN(can);
GOLDEN(canfd);
GOLDEN(canxl);
GOLDEN(can_error);
GOLDEN(can_cooked);
GOLDEN(can_cooked2);
GOLDEN(isotp);
GOLDEN(j1939);

static const struct golden_row can[] = {
	GOLDEN_ROW(can),	GOLDEN_ROW(canfd),	 GOLDEN_ROW(canxl), GOLDEN_ROW(can_error),
	GOLDEN_ROW(can_cooked), GOLDEN_ROW(can_cooked2), GOLDEN_ROW(isotp), GOLDEN_ROW(j1939),
};

/*
 * A CAN frame says neither who sent it nor what its payload means.
 *
 * Its identifier is a rank: when two nodes start at the same time, the lower number goes on and
 * the other one waits. All else is agreed beforehand. The same 8 bytes may be a piece of an
 * ISO-TP message or one of J1939, which puts addresses and a group number into the 29 bits; a
 * decoder has to be told. Not even the kind of frame has a field: SocketCAN tells CAN from CAN FD
 * by the size of the struct, 16 or 72 bytes, and CAN XL by a flag where the others have a length
 * that never gets so large. The kernel keeps the identifier in host byte order; a capture of a CAN
 * device has it big-endian, and with CAN XL the length behind it little-endian, while a capture of
 * the device "any" has all as it was on the machine that made it, without a word on which order
 * that is. And an error message was never on the bus: the driver wrote it.
 *
 * Try it: `atlas decode --format tree fixtures/packets/canfd.pcap`.
 */
CASE(golden_can, .claim = "every golden CAN frame decodes to what its specification says",
     .level = LINUX,
     .spec = "linux/can.h, linux/can/error.h, LINKTYPE_CAN_SOCKETCAN, ISO 11898-1, "
	     "ISO 15765-2, SAE J1939-21, SAE J1939-81",
     .tags = "decoding", .computes = true, .VARIANTS(can))
{
	golden_expect(VARIANT(struct golden_row));
}
