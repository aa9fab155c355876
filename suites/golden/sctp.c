/* SPDX-License-Identifier: MIT */
/* Golden packets of SCTP, decoded on the machine under test. */
#include "suites/golden/golden.h"

GOLDEN(sctp);
GOLDEN(sctp_lengths);
GOLDEN(sctp_parameters);
GOLDEN(sctp_causes);
GOLDEN(sctp_extensions);

static const struct golden_row golden[] = {
	GOLDEN_ROW(sctp),	 GOLDEN_ROW(sctp_lengths),    GOLDEN_ROW(sctp_parameters),
	GOLDEN_ROW(sctp_causes), GOLDEN_ROW(sctp_extensions),
};

/*
 * An SCTP packet is a header of 12 bytes and then chunks up to the end of the IP packet.
 *
 * Nothing counts the chunks, and nothing says how long all of them are: each one has a length of
 * its own, which leaves out the bytes that fill it up to a multiple of 4, so a reader who adds the
 * lengths and forgets to round them up is lost after the first odd one. A chunk that nobody knows
 * says itself what is to become of it: the highest two bits of its type are whether to go on
 * behind it and whether to report it. That is how SCTP could grow for twenty years without a new
 * version number.
 *
 * Its checksum is a CRC32c, sent with its lowest byte first in a protocol that is big-endian
 * everywhere else. It covers no pseudo-header: addresses may change during an association, and the
 * verification tag tells whose packet it is.
 *
 * Try it: `atlas decode --format tree fixtures/packets/sctp.pcap`.
 */
CASE(sctp_golden_packets, .claim = "every golden packet of SCTP decodes to what its RFC says",
     .level = RFC, .spec = "RFC 9260, 3758, 4820, 4895, 5061, 6525, 6951, 8260, 9653",
     .tags = "decoding", .computes = true, .VARIANTS(golden))
{
	golden_expect(VARIANT(struct golden_row));
}
