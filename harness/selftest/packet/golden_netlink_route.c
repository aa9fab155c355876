/* SPDX-License-Identifier: MIT */
/* Golden packets: NETLINK_ROUTE. */
#include "harness/selftest/packet/netlink.h"

#define V4(digits)		hex(digits)
#define V6			"20010db8000000000000000000000001"
#define MAC			hex("020000000001")
#define ROUTE(type, flags, ...) datagram(0, type, flags, all(__VA_ARGS__))
#define LINK			pack("bbhwww", 0, 0, 1, 2, 0x11043, 1)

static void add_link_attributes(struct golden *g)
{
	golden_add(g, "texts and addresses",
		   ROUTE(16, 0, LINK, attribute(3, pack("s", "eth0")), attribute(1, MAC),
			 attribute(2, hex("ffffffffffff")), attribute(54, MAC),
			 attribute(6, pack("s", "fq")), attribute(20, pack("s", "alias")),
			 attribute(38, pack("s", "p1")), attribute(56, pack("s", "0000:00")),
			 attribute(57, pack("s", "pci"))));
	golden_add(g, "an address of 20 bytes, as InfiniBand has",
		   ROUTE(16, 0, pack("bbhwww", 0, 0, 32, 9, 0x1003, 0), attribute(1, fill(7, 20))));
	golden_add(g, "states",
		   ROUTE(16, 0, LINK, attribute(16, hex("06")), attribute(17, hex("01")),
			 attribute(33, hex("01")), attribute(39, hex("00")),
			 attribute(67, hex("01"))));
	golden_add(g, "numbers",
		   ROUTE(16, 0, LINK, attribute(4, pack("w", 1500)), attribute(5, pack("w", 4)),
			 attribute(10, pack("w", 5)), attribute(13, pack("w", 1000)),
			 attribute(27, pack("w", 0)), attribute(30, pack("w", 1)),
			 attribute(31, pack("w", 4)), attribute(32, pack("w", 4)),
			 attribute(37, pack("w", -1)), attribute(50, pack("w", 68)),
			 attribute(51, pack("w", 9000)), attribute(66, pack("w", 0)),
			 attribute(68, pack("h", 16)), attribute(69, pack("h", 0))));
	golden_add(g, "statistics and the map as they are",
		   ROUTE(16, 0, LINK, attribute(7, fill(0, 96)), attribute(23, fill(0, 200)),
			 attribute(14, pack("qqqhbbw", (uint64_t)1, (uint64_t)2, (uint64_t)3, 4, 5,
					    6, 0))));
	golden_add(g, "nested: kind, families, XDP, other names",
		   ROUTE(16, 0, LINK,
			 attribute(18,
				   all(attribute(1, pack("s", "vlan")), attribute(2, hex("0102")))),
			 attribute(26, all(attribute(2, attribute(1, fill(0, 8))),
					   attribute(10, all(attribute(1, pack("w", 0x80000000)),
							     attribute(5, pack("wwww", 1, 2, 3, 4)),
							     attribute(7, hex(V6)),
							     attribute(8, hex("02")))))),
			 attribute(43, attribute(2, hex("00"))),
			 attribute(0x8034, all(attribute(53, pack("s", "a")),
					       attribute(53, pack("s", "b"))))));
}

GOLDEN(netlink_link)
{
	g->link_type = 253;
	netlink_order(false);
	golden_add(g, "dump, asked with struct rtgenmsg", ROUTE(18, 0x301, hex("11")));
	golden_add(g, "dump, asked with rtgenmsg and padding", ROUTE(18, 0x301, hex("11000000")));
	golden_add(g, "dump without statistics",
		   ROUTE(18, 0x301, pack("bbhwww", 0, 0, 0, 0, 0, 0), attribute(29, pack("w", 9))));
	golden_add(g, "all at once, in one piece",
		   ROUTE(18, 0x701, pack("bbhwww", 0, 0, 0, 0, 0, 0)));
	golden_add(g, "lo",
		   ROUTE(16, 2, pack("bbhwww", 0, 0, 772, 1, 0x10049, 0),
			 attribute(3, pack("s", "lo")), attribute(4, pack("w", 65536))));
	golden_add(g, "create a link, which must not exist",
		   ROUTE(16, 0x605, pack("bbhwww", 0, 0, 0, 0, 0, 0), attribute(3, pack("s", "d0")),
			 attribute(0x8012, attribute(1, pack("s", "dummy")))));
	golden_add(g, "set it up", ROUTE(19, 5, pack("bbhwww", 0, 0, 0, 2, 1, 1)));
	golden_add(g, "it is gone", ROUTE(17, 0, pack("bbhwww", 0, 0, 1, 2, 0, -1)));
	add_link_attributes(g);
	golden_add(g, "a property more: RTM_NEWLINKPROP",
		   ROUTE(108, 0xe05, LINK, attribute(0x8034, attribute(53, pack("s", "a")))));
	golden_add(g, "shorter than struct ifinfomsg, and no request",
		   ROUTE(16, 0, hex("00000100")));
	golden_add(g, "nla_len 3", ROUTE(16, 0, LINK, pack("hh", 3, 3)));
	golden_add(g, "nla_len 9 with 8 bytes left", ROUTE(16, 0, LINK, pack("hhw", 9, 4, 1500)));
	golden_add(g, "an attribute of 4 bytes, without a value",
		   ROUTE(18, 5, LINK, attribute(3, hex(""))));
	golden_add(g, "IFLA_AF_SPEC: AF_INET overruns it",
		   ROUTE(16, 0, LINK, attribute(26, pack("hhw", 12, 2, 0))));
	golden_add(g, "IFLA_MTU of 2 bytes", ROUTE(16, 0, LINK, attribute(4, hex("dc05"))));
	golden_add(g, "attributes nobody knows",
		   ROUTE(16, 0, LINK, attribute(0, hex("")), attribute(500, hex("0102"))));
	golden_add_cut(g, "cut in struct ifinfomsg", ROUTE(16, 0, LINK), 41);
	golden_add_cut(
		g, "cut in the second attribute",
		ROUTE(16, 0, LINK, attribute(3, pack("s", "eth0")), attribute(4, pack("w", 1))),
		66);
}

static void add_addresses(struct golden *g)
{
	golden_add(g, "address: dump", ROUTE(22, 0x301, pack("bbbbw", 2, 0, 0, 0, 0)));
	golden_add(g, "192.0.2.1/24",
		   ROUTE(20, 2, pack("bbbbw", 2, 24, 0x80, 0, 2), attribute(1, V4("c0000201")),
			 attribute(2, V4("c0000201")), attribute(4, V4("c00002ff")),
			 attribute(3, pack("s", "eth0")), attribute(8, pack("w", 0x280)),
			 attribute(6, pack("wwww", -1, -1, 22, 23)), attribute(9, pack("w", 100)),
			 attribute(11, hex("01"))));
	golden_add(g, "the other end of a point-to-point link",
		   ROUTE(20, 0x605, pack("bbbbw", 2, 32, 0, 0, 3), attribute(2, V4("c0000201")),
			 attribute(1, V4("c0000202"))));
	golden_add(g, "IPv6, tentative, link scope",
		   ROUTE(20, 0, pack("bbbbw", 10, 64, 0xc0, 253, 2), attribute(1, hex(V6)),
			 attribute(10, pack("w", 1))));
	golden_add(g, "a multicast and an anycast address",
		   ROUTE(58, 2, pack("bbbbw", 10, 128, 0, 253, 2), attribute(7, hex(V6)),
			 attribute(5, hex(V6))));
	golden_add(g, "an address of 3 bytes",
		   ROUTE(20, 0, pack("bbbbw", 2, 24, 0, 0, 2), attribute(2, hex("c00002"))));
	golden_add(g, "remove it",
		   ROUTE(21, 5, pack("bbbbw", 2, 24, 0, 0, 2), attribute(2, V4("c0000201"))));
}

static void add_neighbours(struct golden *g)
{
	golden_add(g, "neighbour: dump", ROUTE(30, 0x301, pack("bbhwhbb", 0, 0, 0, 0, 0, 0, 0)));
	golden_add(g, "reachable",
		   ROUTE(28, 0, pack("bbhwhbb", 2, 0, 0, 2, 2, 0x80, 1),
			 attribute(1, V4("c0000202")), attribute(2, MAC),
			 attribute(3, pack("wwww", 1, 2, 3, 0)), attribute(4, pack("w", 1)),
			 attribute(12, hex("04"))));
	golden_add(g, "failed, and therefore no lladdr",
		   ROUTE(28, 0, pack("bbhwhbb", 10, 0, 0, 2, 0x20, 0, 1), attribute(1, hex(V6))));
	golden_add(g, "an entry of a bridge and VXLAN",
		   ROUTE(28, 0x505, pack("bbhwhbb", 7, 0, 0, 5, 0x40, 2, 0), attribute(2, MAC),
			 attribute(1, V4("c0000202")), attribute(5, pack("h", 10)),
			 attribute(6, hex("12b5")), attribute(7, pack("w", 42)),
			 attribute(8, pack("w", 2)), attribute(9, pack("w", 6)),
			 attribute(15, pack("w", 1))));
	golden_add(g, "remove all of a device that are permanent",
		   ROUTE(29, 0x205, pack("bbhwhbb", 7, 0, 0, 5, 0, 0, 0),
			 attribute(16, pack("h", 0x80)), attribute(17, hex("00"))));
	golden_add(g, "RTM_GETNEIGHTBL and its parameters",
		   ROUTE(64, 2, pack("bbh", 2, 0, 0), attribute(1, pack("s", "arp_cache")),
			 attribute(2, pack("w", 128)), attribute(8, pack("q", (uint64_t)30000)),
			 attribute(6, all(attribute(1, pack("w", 2)),
					  attribute(5, pack("q", (uint64_t)1000))))));
}

GOLDEN(netlink_address)
{
	g->link_type = 253;
	netlink_order(false);
	add_addresses(g);
	add_neighbours(g);
}

static struct blob rtm(unsigned int family, unsigned int length, unsigned int table,
		       unsigned int type)
{
	return pack("bbbbbbbbw", family, length, 0, 0, table, 3, 0, type, 0);
}

/* struct rtnexthop */
static struct blob hop(unsigned int length, unsigned int flags, unsigned int hops,
		       unsigned int index)
{
	return pack("hbbw", length, flags, hops, index);
}

static void add_multipath(struct golden *g)
{
	golden_add(g, "two next hops",
		   ROUTE(24, 0x605, rtm(2, 0, 254, 1),
			 attribute(9, all(hop(16, 0, 0, 2), attribute(5, V4("c0000202")),
					  hop(30, 4, 9, 3), attribute(18, pack("hx", 10, V6))))));
	golden_add(g, "rtnh_len 7", ROUTE(24, 0, rtm(2, 0, 254, 1), attribute(9, hop(7, 0, 0, 2))));
	golden_add(g, "rtnh_len larger than the attribute",
		   ROUTE(24, 0, rtm(2, 0, 254, 1), attribute(9, hop(9, 0, 0, 2))));
	golden_add(g, "4 bytes behind the last next hop",
		   ROUTE(24, 0, rtm(2, 0, 254, 1), attribute(9, all(hop(8, 0, 0, 2), fill(0, 4)))));
	golden_add(g, "an attribute overruns its next hop",
		   ROUTE(24, 0, rtm(2, 0, 254, 1),
			 attribute(9, all(hop(16, 0, 0, 2), pack("hhw", 12, 5, 0)))));
	golden_add(g, "a next hop with next hops: not looked into",
		   ROUTE(24, 0, rtm(2, 0, 254, 1),
			 attribute(9, all(hop(20, 0, 0, 2), attribute(9, hop(8, 0, 0, 2))))));
}

static void add_other_families(struct golden *g)
{
	golden_add(g, "through a next hop of IPv6",
		   ROUTE(24, 0, rtm(2, 24, 254, 1), attribute(1, V4("cb007100")),
			 attribute(18, pack("hx", 10, V6))));
	golden_add(g, "RTA_VIA of IPv4, of another family, of a byte",
		   ROUTE(24, 0, rtm(28, 20, 254, 1), attribute(18, pack("hx", 2, "c0000202")),
			 attribute(18, pack("hx", 17, "0102")), attribute(18, hex("02")),
			 attribute(1, hex("00064100 0001"))));
	golden_add(g, "MPLS labels around it",
		   ROUTE(24, 0, rtm(2, 24, 254, 1), attribute(21, pack("h", 1)),
			 attribute(22, attribute(1, hex("00064100"))), attribute(26, hex("01"))));
}

GOLDEN(netlink_route)
{
	g->link_type = 253;
	netlink_order(false);
	golden_add(g, "dump", ROUTE(26, 0x301, pack("bbbbbbbbw", 2, 0, 0, 0, 0, 0, 0, 0, 0)));
	golden_add(g, "default via 192.0.2.254",
		   ROUTE(24, 2, rtm(2, 0, 254, 1), attribute(15, pack("w", 254)),
			 attribute(5, V4("c00002fe")), attribute(4, pack("w", 2))));
	golden_add(g, "192.0.2.0/24 of the kernel, append",
		   ROUTE(24, 0xc05, pack("bbbbbbbbw", 2, 24, 0, 0x10, 254, 2, 253, 1, 0x10),
			 attribute(1, V4("c0000200")), attribute(7, V4("c0000201")),
			 attribute(4, pack("w", 2)), attribute(6, pack("w", 100))));
	golden_add(g, "a table above 255, unreachable",
		   ROUTE(24, 0x505, rtm(10, 64, 252, 7), attribute(1, hex(V6)),
			 attribute(15, pack("w", 1000)), attribute(20, hex("01"))));
	golden_add(
		g, "metrics",
		ROUTE(24, 0, rtm(2, 24, 254, 1), attribute(1, V4("c0000200")),
		      attribute(8, all(attribute(2, pack("w", 1400)), attribute(10, pack("w", 64)),
				       attribute(12, pack("w", 1)), attribute(1, pack("w", 4)),
				       attribute(16, pack("s", "cubic"))))));
	golden_add(g, "the way to one address?",
		   ROUTE(26, 1, rtm(2, 32, 0, 0), attribute(1, V4("c0000202")),
			 attribute(2, V4("c0000201")), attribute(27, hex("06")),
			 attribute(28, hex("9c40")), attribute(29, hex("0050")),
			 attribute(25, pack("w", 1000)), attribute(16, pack("w", 0xab))));
	golden_add(g, "cached",
		   ROUTE(24, 0, pack("bbbbbbbbw", 2, 32, 32, 0, 254, 0, 0, 1, 0x200),
			 attribute(1, V4("c0000202")), attribute(2, V4("c0000201")),
			 attribute(3, pack("w", 4)), attribute(11, pack("w", 1)),
			 attribute(12, pack("wwwwwwww", 1, 2, -3, 4, 5, 6, 7, 8)),
			 attribute(23, pack("w", 60)), attribute(30, pack("w", 7)),
			 attribute(31, hex("000abcde"))));
	add_multipath(g);
	add_other_families(g);
	golden_add(g, "remove", ROUTE(25, 5, rtm(2, 24, 254, 0), attribute(1, V4("c0000200"))));
	golden_add(g, "shorter than struct rtmsg", ROUTE(24, 0, hex("02180000")));
}

static void add_rules(struct golden *g)
{
	golden_add(g, "rule: a table for a source",
		   ROUTE(32, 0x605, pack("bbbbbbbbw", 2, 0, 24, 0, 100, 0, 0, 1, 0),
			 attribute(2, V4("c0000200")), attribute(6, pack("w", 1000)),
			 attribute(15, pack("w", 100)), attribute(14, pack("w", -1)),
			 attribute(21, hex("03"))));
	golden_add(g, "rule: by many things, inverted",
		   ROUTE(32, 0, pack("bbbbbbbbw", 10, 64, 0, 0, 0, 0, 0, 8, 2),
			 attribute(1, hex(V6)), attribute(3, pack("s", "eth0")),
			 attribute(17, pack("s", "eth1")), attribute(10, pack("w", 0xab)),
			 attribute(16, pack("w", 0xff)), attribute(20, pack("ww", 1000, 2000)),
			 attribute(22, hex("06")), attribute(23, pack("hh", 1, 1023)),
			 attribute(24, pack("hh", 80, 80)), attribute(12, hex("0000000000000005")),
			 attribute(19, hex("00"))));
	golden_add(g, "next hop",
		   ROUTE(104, 0x505, pack("bbbbw", 2, 0, 4, 0, 4), attribute(1, pack("w", 1)),
			 attribute(6, V4("c0000202")), attribute(5, pack("w", 2))));
	golden_add(g, "a group of two next hops",
		   ROUTE(104, 0, pack("bbbbw", 0, 0, 4, 0, 0), attribute(1, pack("w", 10)),
			 attribute(2, pack("wbbhwbbh", 1, 0, 0, 0, 2, 4, 0, 0)),
			 attribute(3, pack("h", 0)), attribute(4, hex(""))));
}

GOLDEN(netlink_route_other)
{
	g->link_type = 253;
	netlink_order(false);
	add_rules(g);
	golden_add(g, "qdisc of a link",
		   ROUTE(36, 2, pack("bbhwwww", 0, 0, 0, 2, 0x80010000, -1, 2),
			 attribute(1, pack("s", "fq_codel")), attribute(2, hex("0102")),
			 attribute(7, attribute(1, fill(0, 16))), attribute(12, hex("00"))));
	golden_add(g, "class 1:10 in 1:",
		   ROUTE(40, 0x605, pack("bbhwwww", 0, 0, 0, 2, 0x10010, 0x10000, 0),
			 attribute(1, pack("s", "htb"))));
	golden_add(g, "filter in chain 3",
		   ROUTE(44, 0, pack("bbhwwww", 0, 0, 0, 2, 1, 0x10000, 0x00010008),
			 attribute(1, pack("s", "flower")), attribute(11, pack("w", 3))));
	golden_add(g, "actions",
		   ROUTE(50, 0x301, pack("bbh", 0, 0, 0), attribute(1, attribute(1, hex("")))));
	golden_add(g, "RTM_NEWNETCONF",
		   ROUTE(80, 0, hex("02000000"), attribute(1, pack("w", 2)),
			 attribute(2, pack("w", 1)), attribute(3, pack("w", 2))));
	golden_add(g, "RTM_NEWNSID",
		   ROUTE(88, 0, hex("00000000"), attribute(1, pack("w", -1)),
			 attribute(3, pack("w", 5))));
	golden_add(g, "RTM_NEWADDRLABEL",
		   ROUTE(72, 2, pack("bbbbww", 10, 0, 96, 0, 0, 1), attribute(1, hex(V6)),
			 attribute(2, pack("w", 4))));
	golden_add(g, "RTM_NEWPREFIX",
		   ROUTE(52, 0, pack("bbhwbbbb", 10, 0, 0, 2, 3, 64, 3, 0), attribute(1, hex(V6)),
			 attribute(2, pack("ww", 1, 2))));
	golden_add(g, "RTM_NEWNDUSEROPT: options of neighbour discovery follow",
		   ROUTE(68, 0, pack("bbhwbbhw", 10, 0, 8, 2, 134, 0, 0, 0),
			 hex("0501 0000 000005dc")));
	golden_add(g, "RTM_GETSTATS", ROUTE(94, 0x301, pack("bbhww", 0, 0, 0, 0, 1)));
	golden_add(
		g, "RTM_NEWMDB",
		ROUTE(84, 0, pack("bbhw", 7, 0, 0, 5), attribute(0x8001, attribute(1, hex("00")))));
	golden_add(g, "RTM_GETDCB", ROUTE(78, 1, hex("00260000"), attribute(1, pack("s", "eth0"))));
	golden_add(g, "a type between two others", ROUTE(23, 1, hex("00000000")));
	golden_add(g, "a type behind the last", ROUTE(900, 1, hex("00000000")));
}
