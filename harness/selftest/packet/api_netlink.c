/* SPDX-License-Identifier: MIT */
/* What netlink's golden JSON files do not reach: the struct, and walks as a program has them. */
#include "harness/selftest/packet/netlink.h"

#include <string.h>

static int decode(struct packet *p, const struct blob *b)
{
	return packet_decode(p, b->bytes, b->length, b->length, PACKET_LINK_NETLINK, 0);
}

static struct blob two_links(void)
{
	struct blob lo =
		message(16, 2,
			all(pack("bbhwww", 0, 0, 772, 1, 0x10049, 0), attribute(3, pack("s", "lo")),
			    attribute(4, pack("w", 65536))));
	struct blob eth = message(16, 2,
				  all(pack("bbhwww", 0, 0, 1, 2, 0x11043, 0),
				      attribute(0x8012, attribute(1, pack("s", "veth")))));

	return cooked(0, join(lo, eth));
}

SELFTEST(packet_netlink_struct_is_of_the_first_message)
{
	const struct packet_netlink *n;
	struct packet p;

	for (int big = 0; big < 2; big++) {
		struct blob b;

		netlink_order(big != 0);
		b = two_links();
		CU_ASSERT_EQUAL(decode(&p, &b), PACKET_COMPLETE);
		n = packet_netlink(&p);
		CU_ASSERT_PTR_NOT_NULL_FATAL(n);
		if (n == NULL)
			return;
		CU_ASSERT_EQUAL(n->big_endian, big != 0);
		CU_ASSERT_EQUAL(n->protocol, PACKET_NETLINK_ROUTE);
		CU_ASSERT_EQUAL(n->nlmsg_len, 16 + 16 + 8 + 8);
		CU_ASSERT_EQUAL(n->nlmsg_type, 16);
		CU_ASSERT_EQUAL(n->nlmsg_flags, 2);
		CU_ASSERT_EQUAL(n->nlmsg_seq, 1);
		CU_ASSERT_EQUAL(n->nlmsg_pid, 100);
		CU_ASSERT_EQUAL(n->messages, 2);
	}
	netlink_order(false);
}

SELFTEST(packet_netlink_messages_and_attributes_are_walked)
{
	struct blob b = two_links();
	struct packet_netlink_attribute a;
	struct packet_netlink_message m;
	const struct packet_layer *l;
	struct packet_walk messages, attributes, nested;
	struct packet p;

	decode(&p, &b);
	l = packet_find(&p, PACKET_NETLINK);
	CU_ASSERT_PTR_NOT_NULL_FATAL(l);
	messages = packet_walk(&p, l);
	CU_ASSERT_FATAL(packet_netlink_message_next(&messages, &m));
	CU_ASSERT_EQUAL(m.offset, 16);
	CU_ASSERT_EQUAL(m.length, 48);
	CU_ASSERT_EQUAL(m.header_length, 16);
	CU_ASSERT_EQUAL(m.attribute_offset, 48);
	attributes = packet_netlink_attributes(&p, l, &m);
	CU_ASSERT(packet_netlink_attribute_next(&attributes, &a));
	CU_ASSERT_EQUAL(a.type, 3);
	CU_ASSERT_EQUAL(a.length, 7);
	CU_ASSERT(memcmp(p.bytes + a.data_offset, "lo", a.data_length) == 0);
	CU_ASSERT(packet_netlink_attribute_next(&attributes, &a));
	CU_ASSERT_EQUAL(a.offset, 56);
	CU_ASSERT(!packet_netlink_attribute_next(&attributes, &a));
	CU_ASSERT_EQUAL(attributes.fault, 0);
	CU_ASSERT_FATAL(packet_netlink_message_next(&messages, &m));
	attributes = packet_netlink_attributes(&p, l, &m);
	CU_ASSERT(packet_netlink_attribute_next(&attributes, &a));
	CU_ASSERT_EQUAL(a.type, 18);
	CU_ASSERT(a.nested && !a.net_byteorder);
	nested = packet_netlink_nested(&p, l, &a);
	CU_ASSERT(packet_netlink_attribute_next(&nested, &a));
	CU_ASSERT_EQUAL(a.type, 1);
	CU_ASSERT_EQUAL(a.data_length, 5);
	CU_ASSERT(!packet_netlink_attribute_next(&nested, &a));
	CU_ASSERT(!packet_netlink_message_next(&messages, &m));
	CU_ASSERT_EQUAL(messages.fault, 0);
}

/* An order is taken when the first length fits in it alone; else the one with less. */
SELFTEST(packet_netlink_tells_the_byte_order_by_the_first_length)
{
	static const struct {
		const char *bytes;
		bool big_endian;
	} lengths[] = {
		{"10000000", false}, {"00000010", true},  {"00000000", false}, {"0f000000", false},
		{"0000000f", true},  {"00100000", false}, {"00001000", true},  {"ffffffff", false},
	};

	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		struct blob b = cooked(0, join(hex(lengths[i].bytes), fill(0, 12)));
		struct packet p;

		decode(&p, &b);
		CU_ASSERT_PTR_NOT_NULL_FATAL(packet_netlink(&p));
		CU_ASSERT_EQUAL(packet_netlink(&p)->big_endian, lengths[i].big_endian);
	}
}

/* With 64 KiB a length may fit in both orders. */
SELFTEST(packet_netlink_of_a_large_datagram)
{
	static const uint8_t big_endian[6] = {0, 0, 1, 0, 0, 1};
	static uint8_t bytes[16 + 70000];
	struct blob head = cooked(0, pack("whhww", 256, 1, 0, 1, 1));
	struct packet p;

	memcpy(bytes, head.bytes, head.length);
	packet_decode(&p, bytes, sizeof(bytes), sizeof(bytes), PACKET_LINK_NETLINK, 0);
	CU_ASSERT(!packet_netlink(&p)->big_endian);
	CU_ASSERT_EQUAL(packet_netlink(&p)->nlmsg_len, 256);
	memcpy(bytes + 16, big_endian, sizeof(big_endian));
	packet_decode(&p, bytes, sizeof(bytes), sizeof(bytes), PACKET_LINK_NETLINK, 0);
	CU_ASSERT(packet_netlink(&p)->big_endian);
	CU_ASSERT_EQUAL(packet_netlink(&p)->nlmsg_len, 256);
	CU_ASSERT_EQUAL(packet_netlink(&p)->nlmsg_type, 1);
}

SELFTEST(packet_netlink_text_has_no_messages)
{
	struct blob b = cooked(15, pack("ss", "add@/x", "ACTION=add"));
	struct packet_netlink_message m;
	struct packet_walk walk;
	struct packet p;
	char line[200];

	CU_ASSERT_EQUAL(decode(&p, &b), PACKET_COMPLETE);
	CU_ASSERT(packet_netlink(&p)->text);
	walk = packet_walk(&p, packet_find(&p, PACKET_NETLINK));
	CU_ASSERT(!packet_netlink_message_next(&walk, &m));
	packet_line(&p, line, sizeof(line));
	CU_ASSERT_STRING_EQUAL(line, "(sent by us) netlink KOBJECT_UEVENT add@/x len 18");
}

/* nlmsg_len of the kernel's audit records lacks the header's 16 bytes. */
SELFTEST(packet_netlink_audit_record)
{
	struct blob b = cooked(9, join(pack("whhww", 5, 1300, 0, 0, 0), text("audit")));
	struct packet_netlink_message m;
	struct packet_walk walk;
	struct packet p;

	CU_ASSERT_EQUAL(decode(&p, &b), PACKET_COMPLETE);
	walk = packet_walk(&p, packet_find(&p, PACKET_NETLINK));
	CU_ASSERT_FATAL(packet_netlink_message_next(&walk, &m));
	CU_ASSERT_EQUAL(m.nlmsg_len, 5);
	CU_ASSERT_EQUAL(m.length, 21);
}
