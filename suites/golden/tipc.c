/* SPDX-License-Identifier: MIT */
/* Golden packets of TIPC and RDS, decoded on the machine under test. */
#include "suites/golden/golden.h"

GOLDEN(tipc);
GOLDEN(tipc_nested);
GOLDEN(rds);

static const struct golden_row golden[] = {
	GOLDEN_ROW(tipc),
	GOLDEN_ROW(tipc_nested),
	GOLDEN_ROW(rds),
};

/*
 * Where no standard says what the bytes are, the kernel's own headers are the specification.
 *
 * TIPC packs its first word to the bit: 3 bits of version, 4 of user, 4 for the header's length in
 * words, 4 flags and 17 for the length of the message, across the borders of bytes. The same words
 * say other things for other users, and two fields of a discovery message even share a bit: the
 * capabilities start at bit 15, where the signature ends.
 *
 * RDS keeps the borders of messages by a header in front of each, and yet runs over TCP, which has
 * no borders: a segment may start in the middle of a message, and nothing in it tells. Only who
 * reads the connection from its first byte knows for sure; of a single segment the best one can
 * say is that 48 bytes look like a header and their checksum is right.
 *
 * Try it: `atlas decode --format tree fixtures/packets/rds.pcap`.
 */
CASE(tipc_rds_golden_packets,
     .claim = "every golden packet of TIPC and RDS decodes to what Linux sends in its bytes",
     .level = LINUX, .spec = "net/tipc/msg.h, net/tipc/crypto.h, net/rds/rds.h", .tags = "decoding",
     .computes = true, .VARIANTS(golden))
{
	golden_expect(VARIANT(struct golden_row));
}
