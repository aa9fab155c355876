/* SPDX-License-Identifier: MIT */
/* Golden packets of the transports between UDP and TCP, decoded on the machine under test. */
#include "suites/golden/golden.h"

GOLDEN(udplite);
GOLDEN(dccp);
GOLDEN(dccp_options);

static const struct golden_row golden[] = {
	GOLDEN_ROW(udplite),
	GOLDEN_ROW(dccp),
	GOLDEN_ROW(dccp_options),
};

/*
 * A checksum need not be over everything.
 *
 * Speech with a wrong bit is better than no speech, so there are transports that protect only
 * the beginning of a packet. UDP-Lite has a Checksum Coverage where UDP has its Length: the length
 * was in the IP header anyway. DCCP's CsCov counts words of the data instead. In both the
 * pseudo-header has the length of the whole packet, covered or not; so a packet that lost its end
 * is still noticed, and one changed behind what is covered is not.
 *
 * Try it: `atlas decode --format tree fixtures/packets/udplite.pcap`.
 */
CASE(golden_partial_checksums,
     .claim = "every golden UDP-Lite and DCCP packet decodes to what its specification says",
     .level = RFC, .spec = "RFC 3828 3.1, RFC 4340 5 and 9, RFC 4342 8", .tags = "decoding",
     .computes = true, .VARIANTS(golden))
{
	golden_expect(VARIANT(struct golden_row));
}
