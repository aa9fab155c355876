/* SPDX-License-Identifier: MIT */
/* Golden packets: RDS over TCP. */
#include "harness/selftest/packet/golden.h"

#define NO_EXTENSION "00000000 00000000 00000000 00000000"

/* The header: sequence, ack, length, ports, flags and credit in hexadecimal, then a right h_csum.
 */
static struct blob header(const char *fields, const char *extensions)
{
	struct blob b = join(hex(fields), fill(0, 4)), sum;
	struct blob rest = hex(extensions);

	b = join(join(b, fill(0, 2)), join(rest, fill(0, 16 - rest.length)));
	/* what precedes it in an ICMP message is all zeros, and so adds nothing */
	sum = icmp(0, 0, b);
	b.bytes[30] = sum.bytes[2];
	b.bytes[31] = sum.bytes[3];
	return b;
}

static struct blob segment(struct blob messages)
{
	return ipv4(.protocol = 6, .payload = tcp(.destination = 16385, .flags = 0x018,
						  .acknowledgment = 2000, .payload = messages));
}

#define MESSAGE(length, ports, flags)                                                              \
	"0000000000000007 0000000000000005 " length " " ports " " flags " 00"

static const struct {
	const char *about, *fields, *extensions, *payload;
} rows[] = {
	{"a message", MESSAGE("00000005", "0fa0 1388", "00"), "", "hello"},
	{"a message without data, which is none", MESSAGE("00000000", "0fa0 1388", "00"), "", ""},
	{"to be acknowledged, and sent again", MESSAGE("00000005", "0fa0 1388", "06"), "", "hello"},
	{"a credit, of InfiniBand only",
	 "0000000000000007 0000000000000005 00000005 0fa0 1388 00 ff", "", "hello"},
	{"a probe of the paths: a ping with NPaths and a generation number",
	 "0000000000000001 0000000000000000 00000000 0001 0000 00 00", "05 0008 06 12345678 00",
	 ""},
	{"its pong", "0000000000000001 0000000000000001 00000000 0000 0001 00 00",
	 "05 0008 06 87654321 08 00 00", ""},
	{"Version", MESSAGE("00000000", "0fa0 1388", "00"), "01 00000301", ""},
	{"RDMA and RDMA Destination", MESSAGE("00000000", "0fa0 1388", "00"),
	 "02 00001234 03 00001234 00000100", ""},
	{"RDMA Bytes", MESSAGE("00000000", "0fa0 1388", "00"), "04 00001000 01 000000", ""},
	{"Cap Bits of a heartbeat", "0000000000000007 0000000000000005 00000000 0000 0000 0a 00",
	 "07 00000001", ""},
	{"Checksum", MESSAGE("00000000", "0fa0 1388", "00"), "09 0badcafe 01 000000", ""},
	{"an unknown extension ends the list", MESSAGE("00000000", "0fa0 1388", "00"),
	 "05 0008 0e 01020304", ""},
	{"an extension that does not fit into the 16 bytes", MESSAGE("00000000", "0fa0 1388", "00"),
	 "06 00000001 06 00000002 06 00000003 06", ""},
	{"an extension for which 5 of its 8 bytes are left", MESSAGE("00000000", "0fa0 1388", "00"),
	 "06 00000001 06 00000002 03 0000000000", ""},
	{"a message that goes on in other segments", MESSAGE("00002000", "0fa0 1388", "00"), "",
	 "its first bytes"},
	{"the start of a congestion map", MESSAGE("00002000", "0000 0000", "01"), "", "map"},
	{"a congestion map that is too short", MESSAGE("00000003", "0000 0000", "01"), "", "map"},
};

GOLDEN(rds)
{
	struct blob hello = join(header(rows[0].fields, ""), text("hello"));
	struct blob many = header(rows[1].fields, "");

	g->link_type = 101;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		golden_add(g, rows[i].about,
			   segment(join(header(rows[i].fields, rows[i].extensions),
					text(rows[i].payload))));
	golden_add(g, "without a checksum", segment(poke(hello, 30, "0000")));
	golden_add(g, "two messages in one segment", segment(join(hello, hello)));
	golden_add(g, "the end of a segment is no header",
		   segment(join(hello, text("a header has 48 bytes, none of them like these"))));
	golden_add(g, "the middle of a message",
		   segment(text("what is in the middle of a message is no header at all")));
	golden_add(g, "from the other side",
		   ipv4(.protocol = 6, .payload = tcp(.source = 16385, .flags = 0x018,
						      .acknowledgment = 2000, .payload = hello)));
	golden_add(g, "no data at all", segment(fill(0, 0)));
	for (int i = 0; i < 4; i++)
		many = join(many, many);
	golden_add(g, "more messages than there are layers", segment(join(many, hello)));
	golden_add_cut(g, "cut in the header", segment(hello), 70);
	golden_add_cut(g, "cut in the message", segment(hello), 90);
}

WALK_INSIDE(PACKET_RDS)
{
	struct packet_rds_extension e;
	bool inside = true;

	while (packet_rds_extension_next(walk, &e))
		inside &= e.data_offset + e.data_length <= p->captured;
	return inside;
}
