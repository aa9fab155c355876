/* SPDX-License-Identifier: MIT */
/* Golden packets of links, IP and transport, decoded on the machine under test. */
#include "suites/golden/golden.h"

GOLDEN(ethernet);
GOLDEN(sll);
GOLDEN(sll2);
GOLDEN(raw_ip);
GOLDEN(raw_ipv4);
GOLDEN(raw_ipv6);
GOLDEN(arp);
GOLDEN(ipv4);
GOLDEN(ipv4_options);
GOLDEN(icmp);
GOLDEN(igmp);
GOLDEN(ipv6);
GOLDEN(ipv6_extension);
GOLDEN(ipv6_options);
GOLDEN(icmpv6);
GOLDEN(nd);
GOLDEN(mld);
GOLDEN(udp);
GOLDEN(tcp);
GOLDEN(tcp_options);
GOLDEN(mptcp);
GOLDEN(cut);

static const struct golden_row golden[] = {
	GOLDEN_ROW(ethernet),
	GOLDEN_ROW(sll),
	GOLDEN_ROW(sll2),
	GOLDEN_ROW(raw_ip),
	GOLDEN_ROW(raw_ipv4),
	GOLDEN_ROW(raw_ipv6),
	GOLDEN_ROW(arp),
	GOLDEN_ROW(ipv4),
	GOLDEN_ROW(ipv4_options),
	GOLDEN_ROW(icmp),
	GOLDEN_ROW(igmp),
	GOLDEN_ROW(ipv6),
	GOLDEN_ROW(ipv6_extension),
	GOLDEN_ROW(ipv6_options),
	GOLDEN_ROW(icmpv6),
	GOLDEN_ROW(nd),
	GOLDEN_ROW(mld),
	GOLDEN_ROW(udp),
	GOLDEN_ROW(tcp),
	GOLDEN_ROW(tcp_options),
	GOLDEN_ROW(mptcp),
	GOLDEN_ROW(cut),
};

/*
 * A packet is the same bytes everywhere, and so is what they mean.
 *
 * Network byte order is big-endian, bit fields have no order that C would promise, and a header
 * need not be aligned: a decoder that casts a pointer to a struct is right on the machine it was
 * written on and wrong on another. Each golden capture holds well-formed packets, every option,
 * and packets whose length fields lie or that were cut; beside it stands what they mean, checked
 * against the specification by hand and against other decoders.
 *
 * Try it: `atlas decode --format tree fixtures/packets/tcp_options.pcap`.
 */
CASE(golden_packets, .claim = "every golden packet decodes to what its specification says",
     .level = RFC,
     .spec = "RFC 791, 792, 826, 1071, 2236, 2710, 3810, 4443, 4861, 768, 8200, 8684, 9293, 9776",
     .tags = "decoding", .computes = true, .VARIANTS(golden))
{
	golden_expect(VARIANT(struct golden_row));
}
