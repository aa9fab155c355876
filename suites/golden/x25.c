/* SPDX-License-Identifier: MIT */
/* Golden packets of LAPB and X.25, decoded on the machine under test. */
#include "suites/golden/golden.h"

GOLDEN(lapb);
GOLDEN(lapbether);
GOLDEN(x25);
GOLDEN(x25_interface);
GOLDEN(x25_ethernet);

static const struct golden_row golden[] = {
	GOLDEN_ROW(lapb),	   GOLDEN_ROW(lapbether),    GOLDEN_ROW(x25),
	GOLDEN_ROW(x25_interface), GOLDEN_ROW(x25_ethernet),
};

/*
 * Two layers with a window each, and a list that can be walked without knowing its items.
 *
 * LAPB numbers frames between two neighbours, X.25 numbers packets in each call, both modulo 8 or
 * 128. X.25 says which in every packet; LAPB never does. A LAPB address does not name a machine: it
 * says whose answer the frame is about, so the same byte is a command in one direction and a
 * response in the other.
 *
 * The two highest bits of a facility's code give the length of its parameter. A receiver that
 * has never heard of a facility still finds the next one, unless a length lies.
 *
 * Try it: `atlas decode --format tree fixtures/packets/x25.pcap`.
 */
CASE(golden_x25_packets, .claim = "LAPB frames and X.25 packets decode to what X.25 says",
     .level = LINUX, .spec = "ITU-T X.25, ISO 8208, Linux net/x25 and lapbether",
     .tags = "decoding", .computes = true, .VARIANTS(golden))
{
	golden_expect(VARIANT(struct golden_row));
}
