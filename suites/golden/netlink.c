/* SPDX-License-Identifier: MIT */
/* Golden packets of netlink, decoded on the machine under test. */
#include "suites/golden/golden.h"

GOLDEN(netlink);
GOLDEN(netlink_big_endian);
GOLDEN(netlink_generic);
GOLDEN(netlink_families);
GOLDEN(netlink_link);
GOLDEN(netlink_address);
GOLDEN(netlink_route);
GOLDEN(netlink_route_other);
GOLDEN(netlink_diag);
GOLDEN(netlink_diag_local);
GOLDEN(netlink_sll);
GOLDEN(netlink_sll2);

static const struct golden_row golden[] = {
	GOLDEN_ROW(netlink),	     GOLDEN_ROW(netlink_big_endian),
	GOLDEN_ROW(netlink_generic), GOLDEN_ROW(netlink_families),
	GOLDEN_ROW(netlink_link),    GOLDEN_ROW(netlink_address),
	GOLDEN_ROW(netlink_route),   GOLDEN_ROW(netlink_route_other),
	GOLDEN_ROW(netlink_diag),    GOLDEN_ROW(netlink_diag_local),
	GOLDEN_ROW(netlink_sll),     GOLDEN_ROW(netlink_sll2),
};

/*
 * Netlink never leaves the machine, so its numbers are in the order of that machine.
 *
 * A message starts with its length, nlmsg_len, and attributes with theirs, nla_len: 10 00 00 00
 * is 16 where the first byte counts least, and 268435456 elsewhere. A capture carries the bytes
 * to another machine but does not say where they come from: only one of the two lengths fits into
 * the datagram, and that tells the order. What travels in a network has network order even here,
 * such as ports and addresses of sockets: idiag_sport is big-endian beside an idiag_if that is
 * not. And a length that was once wrong stays wrong: the kernel's audit records leave the header
 * out of nlmsg_len, since the first daemon took it that way.
 *
 * Try it: `atlas decode --format tree fixtures/packets/netlink_big_endian.pcap`.
 */
CASE(golden_netlink, .claim = "netlink of any machine decodes alike, whatever its byte order",
     .level = LINUX, .spec = "RFC 3549; linux/netlink.h, rtnetlink(7), sock_diag(7)",
     .tags = "decoding", .computes = true, .VARIANTS(golden))
{
	golden_expect(VARIANT(struct golden_row));
}
