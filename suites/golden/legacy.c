/* SPDX-License-Identifier: MIT */
/* Golden packets of AppleTalk and DECnet, decoded on the machine under test. */
#include "suites/golden/golden.h"

GOLDEN(appletalk);
GOLDEN(localtalk);
GOLDEN(decnet);

static const struct golden_row golden[] = {
	GOLDEN_ROW(appletalk),
	GOLDEN_ROW(localtalk),
	GOLDEN_ROW(decnet),
};

/*
 * Two networks that Linux has or had sockets for, and what they did otherwise than IP.
 *
 * DECnet has no address resolution: a node sets its Ethernet address to aa-00-04-00 and its node
 * address, area * 1024 + node with the low byte first, so that 2.3 is at aa-00-04-00-03-08. The
 * price is that a machine's hardware address changes when DECnet starts. All of its numbers are
 * little-endian.
 *
 * AppleTalk's nodes choose their addresses themselves, and probe with AARP whether they are free,
 * as hosts do with ARP for link-local addresses of IPv4 (RFC 3927). DDP's checksum rotates its sum
 * by a bit for every byte: unlike the Internet checksum it notices when two words are swapped. The
 * hop count stands in front of what is summed, so that a router need not touch the checksum; IPv4's
 * has to be made anew at every hop.
 *
 * Try it: `atlas decode --format tree fixtures/packets/decnet.pcap`.
 */
CASE(golden_legacy_packets,
     .claim = "golden packets of AppleTalk and DECnet decode to what their specifications say",
     .level = ABI,
     .spec = "Inside AppleTalk, 2nd edition, chapters 1, 2, 4; DNA Phase IV Routing Layer 2.0.0",
     .tags = "decoding", .computes = true, .VARIANTS(golden))
{
	golden_expect(VARIANT(struct golden_row));
}
