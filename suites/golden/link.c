/* SPDX-License-Identifier: MIT */
/* Golden packets between Ethernet and IP: LLC, MPLS, GRE, decoded on the machine under test. */
#include "suites/golden/golden.h"

GOLDEN(llc);
GOLDEN(mpls);
GOLDEN(gre);

static const struct golden_row golden[] = {
	GOLDEN_ROW(llc),
	GOLDEN_ROW(mpls),
	GOLDEN_ROW(gre),
};

/*
 * Who says what comes next? Each of these three headers has another answer.
 *
 * Ethernet's field behind the addresses is a type from 1536 on, and below a length: then LLC
 * follows, which has one byte of address for a protocol. As 256 were too few, the address 0xaa
 * stands for SNAP, which brings the 16 bits of the type back, 8 bytes later. GRE has the type in
 * its own header, so that any of them can be in an IP packet, even Ethernet (0x6558). An MPLS label
 * says nothing at all: routers agreed on what it stands for when it was set up, and whoever only
 * sees the packet has to guess from the first half byte, which is the version if it is IP.
 *
 * That is why RFC 4928 wants other payloads to start with 0 or 1: behind a 4 or a 6 routers take
 * what is not IP for it, and spread one flow over several paths.
 *
 * Try it: `atlas decode --format tree fixtures/packets/mpls.pcap`.
 */
CASE(golden_link_packets,
     .claim = "golden packets of LLC, SNAP, MPLS and GRE decode to what their specifications say",
     .level = RFC,
     .spec = "RFC 1042, 1701, 2637, 2784, 2890, 3032, 4928, 5462, 6790, 7274; IEEE 802.2",
     .tags = "decoding", .computes = true, .VARIANTS(golden))
{
	golden_expect(VARIANT(struct golden_row));
}
