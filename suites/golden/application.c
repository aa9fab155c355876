/* SPDX-License-Identifier: MIT */
/* Golden packets of DNS and DHCP, decoded on the machine under test. */
#include "suites/golden/golden.h"

GOLDEN(dns);
GOLDEN(dns_names);
GOLDEN(dns_ports);
GOLDEN(dhcp);

static const struct golden_row golden[] = {
	GOLDEN_ROW(dns),
	GOLDEN_ROW(dns_names),
	GOLDEN_ROW(dns_ports),
	GOLDEN_ROW(dhcp),
};

/*
 * A name that points to itself.
 *
 * DNS says a name once and points to it from then on: two bytes in place of a label, with an
 * offset into the message. Nothing in such a pointer keeps it from pointing to itself, or forward,
 * or to a pointer that points back, and many a decoder has gone round for ever. The standard only
 * says "a prior occurrence": demand that each pointer goes strictly backwards and there can be no
 * loop; count the bytes too, since a name has at most 255.
 *
 * The port is not enough to know DNS by, either. Anyone may send anything to port 53, and a TCP
 * segment may start in the middle of a message.
 *
 * Try it: `atlas decode --format tree fixtures/packets/dns_names.pcap`.
 */
CASE(golden_messages, .claim = "every golden DNS and DHCP message decodes to what its RFC says",
     .level = RFC,
     .spec = "RFC 1035 4.1, 4.2.2, RFC 2131 2, RFC 2132, RFC 2136 2, RFC 4795 2, RFC 6762 10, "
	     "RFC 6891 6",
     .tags = "decoding", .computes = true, .VARIANTS(golden))
{
	golden_expect(VARIANT(struct golden_row));
}
