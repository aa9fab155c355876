/* SPDX-License-Identifier: MIT */
/* Golden packets of IPsec, decoded on the machine under test. */
#include "suites/golden/golden.h"

GOLDEN(ah);
GOLDEN(esp);

static const struct golden_row golden[] = {
	GOLDEN_ROW(ah),
	GOLDEN_ROW(esp),
};

/*
 * What an authenticated packet still shows.
 *
 * AH vouches for a packet and hides nothing: behind it stands the transport header, whose checksum
 * still uses the addresses of the IP header. It is an extension header of IPv6 with a length of
 * another unit: words of 4 bytes minus 2, where the others count 8 minus 1. ESP shows two fields,
 * and not even which protocol is inside: its Next Header is at the end, encrypted with the rest.
 *
 * Try it: `atlas decode --format tree fixtures/packets/ah.pcap`.
 */
CASE(golden_ipsec, .claim = "every golden AH and ESP packet decodes to what its RFC says",
     .level = RFC, .spec = "RFC 4302 2, RFC 4303 2", .tags = "decoding", .computes = true,
     .VARIANTS(golden))
{
	golden_expect(VARIANT(struct golden_row));
}
