/* SPDX-License-Identifier: MIT */
/* Golden packets: netlink's own header and messages, and the families other than ROUTE. */
#include "harness/selftest/packet/netlink.h"

/* RTM_GETLINK: struct ifinfomsg */
#define GETLINK message(18, 0x0005, pack("bbhwww", 0, 0, 0, 7, 0, 0))

static void add_control(struct golden *g)
{
	golden_add(g, "NLMSG_NOOP", datagram(0, 1, 0, hex("")));
	golden_add(g, "NLMSG_OVERRUN with data", datagram(0, 4, 0, pack("w", 5)));
	golden_add(g, "type 5 is reserved", datagram(0, 5, 0, hex("")));
	golden_add(g, "NLMSG_DONE", datagram(0, 3, 2, pack("w", 0)));
	golden_add(g, "NLMSG_DONE without its error number", datagram(0, 3, 2, hex("")));
	golden_add(g, "NLMSG_DONE, the dump failed, and why",
		   datagram(0, 3, 0x202, all(pack("w", -22), attribute(1, pack("s", "bad")))));
	golden_add(g, "ack, the header alone is quoted",
		   datagram(0, 2, 0x100, all(pack("w", 0), pack("whhww", 32, 18, 5, 1, 100))));
	golden_add(g, "ack of an old kernel, not marked as capped",
		   datagram(0, 2, 0, all(pack("w", 0), pack("whhww", 32, 18, 5, 1, 100))));
	golden_add(g, "ENODEV, the whole request is quoted",
		   datagram(0, 2, 0, all(pack("w", -19), GETLINK)));
	golden_add(g, "capped, with all attributes of the extended acknowledgement",
		   datagram(0, 2, 0x300,
			    all(pack("w", -34), pack("whhww", 32, 20, 0x605, 1, 100),
				attribute(1, pack("s", "failed")), attribute(2, pack("w", 24)),
				attribute(3, hex("0102")),
				attribute(0x8004, all(attribute(1, pack("w", 4)),
						      attribute(4, pack("q", (uint64_t)1)),
						      attribute(5, pack("q", (uint64_t)9)))),
				attribute(5, pack("w", 3)), attribute(6, pack("w", 8)))));
	golden_add(
		g, "not capped, attributes behind the quote",
		datagram(0, 2, 0x200, all(pack("w", -19), GETLINK, attribute(1, pack("s", "no")))));
	golden_add(g, "an error number nobody knows, and an unknown type quoted",
		   datagram(0, 2, 0, all(pack("w", -9999), message(500, 1, hex("01020304")))));
	golden_add(g, "an error about an error",
		   datagram(0, 2, 0, all(pack("w", -22), message(2, 1, pack("w", 0)))));
	golden_add(g, "an error without a quote", datagram(0, 2, 0, pack("w", -22)));
	golden_add(g, "the quoted nlmsg_len is too large",
		   datagram(0, 2, 0, all(pack("w", -22), pack("whhww", 17, 18, 5, 1, 100))));
	golden_add(g, "the quoted nlmsg_len is too small",
		   datagram(0, 2, 0, all(pack("w", -22), pack("whhww", 15, 18, 5, 1, 100))));
}

GOLDEN(netlink)
{
	struct blob noop = datagram(0, 1, 0, hex(""));

	g->link_type = 253;
	netlink_order(false);
	add_control(g);
	golden_add(g, "three messages",
		   cooked(0, all(message(1, 2, hex("")), message(1, 2, hex("")),
				 message(3, 2, pack("w", 0)))));
	golden_add(
		g, "17 bytes, padded for the next message",
		cooked(0, all(message(18, 0x301, hex("11")), fill(0, 3), message(1, 0, hex("")))));
	golden_add(g, "17 bytes, and no padding behind the last",
		   datagram(0, 18, 0x301, hex("11")));
	golden_add(g, "all flags of any message", datagram(0, 1, 0x003f, hex("")));
	golden_add(g, "a family nobody knows", datagram(31, 77, 1, hex("0102")));
	golden_add(g, "nlmsg_len 15", cooked(0, pack("whhww", 15, 18, 1, 1, 100)));
	golden_add(g, "nlmsg_len 0", cooked(0, pack("whhww", 0, 18, 1, 1, 100)));
	golden_add(g, "nlmsg_len is one more than there is",
		   cooked(0, pack("whhww", 17, 1, 0, 1, 100)));
	golden_add(g, "the second message is too short",
		   cooked(0, all(message(1, 0, hex("")), pack("whhww", 3, 1, 0, 1, 100))));
	golden_add(g, "12 bytes behind the first message",
		   cooked(0, all(message(1, 0, hex("")), fill(0, 12))));
	golden_add(g, "a datagram of 8 bytes", cooked(0, fill(0, 8)));
	golden_add(g, "no message at all", cooked(0, hex("")));
	golden_add(g, "another hardware than netlink", poke(noop, 2, "0001"));
	golden_add(g, "from the kernel, as its pkt_type has it", poke(noop, 0, "0006"));
	golden_add_cut(g, "cut in struct nlmsghdr", noop, 26);
	golden_add_cut(g, "cut behind it", datagram(0, 2, 0, all(pack("w", -19), GETLINK)), 34);
}

/* The same messages from a big-endian machine. */
GOLDEN(netlink_big_endian)
{
	g->link_type = 253;
	netlink_order(true);
	golden_add(g, "NLMSG_DONE", datagram(0, 3, 2, pack("w", 0)));
	golden_add(g, "ENODEV, the whole request is quoted",
		   datagram(0, 2, 0, all(pack("w", -19), GETLINK)));
	golden_add(g, "extended acknowledgement, nested",
		   datagram(0, 2, 0x300,
			    all(pack("w", -34), pack("whhww", 32, 20, 0x605, 1, 100),
				attribute(0x8004, attribute(1, pack("w", 4))))));
	golden_add(g, "a link",
		   datagram(0, 16, 0,
			    all(pack("bbhwww", 0, 0, 772, 1, 0x10049, 0),
				attribute(3, pack("s", "lo")), attribute(4, pack("w", 65536)))));
	golden_add(g, "two messages",
		   cooked(0, all(message(1, 2, hex("")), message(3, 2, pack("w", 0)))));
	golden_add(g, "ports stay in network order",
		   datagram(4, 20, 0x301,
			    all(pack("bbbbw", 2, 6, 0, 0, 1 << 10),
				pack("HHxxwww", 80, 0, "7f000001 000000000000000000000000",
				     "00000000 000000000000000000000000", 0, -1, -1))));
	golden_add(g, "nlmsg_len 15", cooked(0, pack("whhww", 15, 18, 1, 1, 100)));
	golden_add(g, "nla_len 3",
		   datagram(0, 18, 1, all(pack("bbhwww", 0, 0, 0, 0, 0, 0), pack("hh", 3, 3))));
	netlink_order(false);
}

static struct blob nested(unsigned int depth)
{
	struct blob b = hex("");

	for (unsigned int i = depth; i > 0; i--)
		b = attribute(0x8020 + i, b);
	return b;
}

GOLDEN(netlink_generic)
{
	g->link_type = 253;
	netlink_order(false);
	golden_add(
		g, "the id of nl80211?",
		datagram(16, 16, 5, all(pack("bbh", 3, 1, 0), attribute(2, pack("s", "nl80211")))));
	golden_add(g, "all families?", datagram(16, 16, 0x301, pack("bbh", 3, 1, 0)));
	golden_add(g, "a family with operations and multicast groups",
		   datagram(16, 16, 0,
			    all(pack("bbh", 1, 2, 0), attribute(2, pack("s", "x")),
				attribute(1, pack("h", 30)), attribute(3, pack("w", 1)),
				attribute(4, pack("w", 0)), attribute(5, pack("w", 9)),
				attribute(6, all(attribute(1, all(attribute(1, pack("w", 5)),
								  attribute(2, pack("w", 14)))),
						 attribute(2, attribute(1, pack("w", 6))))),
				attribute(7, attribute(1, all(attribute(2, pack("w", 4)),
							      attribute(1, pack("s", "mc"))))))));
	golden_add(
		g, "policies by operation, and one of them",
		datagram(16, 16, 2,
			 all(pack("bbh", 10, 2, 0), attribute(1, pack("h", 30)),
			     attribute(0x8009, attribute(0x8003, all(attribute(1, pack("w", 0)),
								     attribute(2, pack("w", 1))))),
			     attribute(0x8008,
				       attribute(0x8000,
						 attribute(0x8001, attribute(1, pack("w", 12))))),
			     attribute(10, pack("w", 3)))));
	golden_add(g, "a command nobody knows", datagram(16, 16, 0, pack("bbh", 99, 1, 0)));
	golden_add(g, "another family: its attributes by number, one nested, one in network order",
		   datagram(16, 30, 5,
			    all(pack("bbh", 1, 1, 0), attribute(1, hex("01020304")),
				attribute(0x8002, attribute(1, hex("05"))),
				attribute(0x4003, hex("0007")))));
	golden_add(
		g, "another family with a header of its own",
		datagram(16, 31, 5,
			 all(pack("bbh", 1, 1, 0), pack("w", 3), attribute(1, hex("01020304")))));
	golden_add(g, "shorter than struct genlmsghdr", datagram(16, 16, 5, hex("0301")));
	golden_add(g, "nla_len is too large",
		   datagram(16, 16, 5, all(pack("bbh", 3, 1, 0), pack("hhs", 9, 2, "abc"))));
	golden_add(g, "a nested attribute overruns the one around it",
		   datagram(16, 16, 0,
			    all(pack("bbh", 1, 2, 0),
				attribute(6, attribute(1, pack("hhw", 12, 1, 5))))));
	golden_add(g, "3 bytes behind the last attribute",
		   datagram(16, 16, 5,
			    all(pack("bbh", 3, 1, 0), attribute(1, pack("h", 16)), fill(0, 3))));
	golden_add(g, "a number too short for its attribute",
		   datagram(16, 16, 5, all(pack("bbh", 3, 1, 0), attribute(1, hex("10")))));
	golden_add(g, "nested deeper than is looked into",
		   datagram(16, 16, 5, all(pack("bbh", 3, 1, 0), nested(10))));
}

GOLDEN(netlink_families)
{
	g->link_type = 253;
	netlink_order(false);
	golden_add(g, "nftables: the tables of IPv4?",
		   datagram(12, 0x0a01, 0x301, hex("02 00 0000")));
	golden_add(g, "a batch begins for nftables, number 10",
		   datagram(12, 16, 1, hex("00 00 000a")));
	golden_add(g, "and ends", datagram(12, 17, 1, hex("00 00 000a")));
	golden_add(g, "ctnetlink: a connection, nested attributes in network order",
		   datagram(12, 0x0100, 0x600,
			    all(hex("02 00 0000"),
				attribute(0x8001, attribute(0x8001, attribute(1, hex("7f000001")))),
				attribute(0x4003, hex("00000188")))));
	golden_add(g, "queue: a packet for queue 5", datagram(12, 0x0300, 0, hex("02 00 0005")));
	golden_add(g, "a subsystem nobody knows", datagram(12, 0x6301, 1, hex("00 00 0000")));
	golden_add(g, "a message the subsystem does not have",
		   datagram(12, 0x0b55, 1, hex("00 00 0000")));
	golden_add(g, "shorter than struct nfgenmsg", datagram(12, 0x0a01, 1, hex("02")));
	golden_add(g, "audit: what are the settings?", datagram(9, 1000, 5, hex("")));
	golden_add(g, "audit: struct audit_status",
		   datagram(9, 1000, 0,
			    pack("wwwwwwwwwww", 0x11, 1, 1, 77, 0, 64, 2, 3, 0x7f, 60000, 0)));
	golden_add(g, "audit: a record of a user", datagram(9, 1100, 1, text("op=login")));
	golden_add(g, "audit: a record of the kernel, whose length leaves the header out",
		   cooked(9, all(pack("whhww", 15, 1300, 0, 0, 0), text("audit(1.000:1):"))));
	golden_add(g, "audit: the same with the right length",
		   datagram(9, 1300, 0, text("audit(1.000:1):")));
	golden_add(g, "audit: a control character", datagram(9, 1327, 0, hex("610a62")));
	golden_add(g, "uevent of the kernel",
		   cooked(15, pack("sss", "add@/devices/lo", "ACTION=add", "SEQNUM=7")));
	golden_add(g, "uevent: a last string without its end",
		   cooked(15, all(pack("s", "add@/x"), text("ACTION"))));
	golden_add(g, "uevent of udev: binary behind the first string",
		   cooked(15, pack("sx", "libudev", "feedcafe 28000000")));
	golden_add_cut(g, "uevent, cut in the second string",
		       cooked(15, pack("sss", "add@/devices/lo", "ACTION=add", "SEQNUM=7")), 38);
	golden_add(g, "xfrm: bytes behind the header", datagram(6, 16, 5, hex("0102030405060708")));
}

GOLDEN(netlink_sll)
{
	g->link_type = 113;
	netlink_order(false);
	golden_add(g, "on the device any: the same bytes", cooked(0, GETLINK));
	golden_add(g, "another family", datagram(16, 16, 0x301, pack("bbh", 3, 1, 0)));
}

GOLDEN(netlink_sll2)
{
	g->link_type = 276;
	netlink_order(false);
	golden_add(g, "the later cooked header, interface 7",
		   all(hex("0000 0000 00000007 0338 04 00 0000000000000000"), GETLINK));
}

static bool attributes_inside(const struct packet *p, struct packet_walk walk, int depth)
{
	struct packet_netlink_attribute a;
	bool inside = true;

	while (packet_netlink_attribute_next(&walk, &a)) {
		inside &= a.offset + a.length <= p->captured &&
			  a.data_offset + a.data_length <= p->captured;
		if (depth < 4)
			inside &= attributes_inside(p, packet_netlink_nested(p, walk.layer, &a),
						    depth + 1);
	}
	return inside && walk.next <= walk.end;
}

WALK_INSIDE(PACKET_NETLINK)
{
	struct packet_netlink_message m;
	bool inside = true;

	while (packet_netlink_message_next(walk, &m)) {
		inside &= m.offset + m.captured <= p->captured && m.captured >= 16;
		inside &= attributes_inside(p, packet_netlink_attributes(p, walk->layer, &m), 0);
	}
	return inside;
}
