/* SPDX-License-Identifier: MIT */
/* Golden packets of amateur packet radio, decoded on the machine under test. */
#include "suites/golden/golden.h"

GOLDEN(ax25);
GOLDEN(ax25_xid);
GOLDEN(ax25_kiss);
GOLDEN(netrom);
GOLDEN(rose);

static const struct golden_row golden[] = {
	GOLDEN_ROW(ax25),   GOLDEN_ROW(ax25_xid), GOLDEN_ROW(ax25_kiss),
	GOLDEN_ROW(netrom), GOLDEN_ROW(rose),
};

/*
 * An address that says itself where it ends, and two bits that say who speaks.
 *
 * AX.25 puts callsigns where X.25's link layer has one byte, and keeps HDLC's rule for longer
 * addresses: bit 0 of a byte is 1 in the last byte of the address field. So every character is
 * shifted left by a bit, and a frame with eight repeaters looks like one with none until the bit is
 * found. The highest bit of the SSID bytes tells a command from a response, and which of the
 * repeaters have sent the frame on.
 *
 * What no byte tells is the modulus. It is agreed upon once, with SABM or SABME; whoever starts to
 * listen later cannot know whether an I frame has one control byte or two.
 *
 * Try it: `atlas decode --format tree fixtures/packets/ax25.pcap`.
 */
CASE(golden_ax25_packets, .claim = "AX.25 frames decode to what their specification says",
     .level = LINUX, .spec = "AX.25 2.2, KISS, Linux net/netrom and net/rose, X.25",
     .tags = "decoding", .computes = true, .VARIANTS(golden))
{
	golden_expect(VARIANT(struct golden_row));
}
