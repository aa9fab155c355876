/* SPDX-License-Identifier: MIT */
/* Golden packets: SCTP as RFC 9260 has it, and what can be wrong with it. */
#include "harness/selftest/packet/golden_sctp.h"

#define INIT_FIELDS "00000001 0000ffff 000a 000b 000003e8"
#define SACK_FIELDS "000003e8 0000ffff"
#define COOKIE	    "00010203 04050607"

static struct blob data(unsigned int flags, const char *fields, const char *payload)
{
	return chunk(0, flags, join(hex(fields), text(payload)));
}

#define DATA_FIELDS "000003e8 0001 0002 0000002e"

static struct blob init(const char *parameters)
{
	return sctp(0, chunk(1, 0, join(hex(INIT_FIELDS), hex(parameters))));
}

static struct blob icmp_about(struct blob quoted)
{
	return ipv4(.protocol = 1, .payload = icmp(3, 2, join(hex("00000000"), quoted)));
}

static void whole_packets(struct golden *g)
{
	golden_add(g, "INIT without parameters", init(""));
	golden_add(g, "INIT ACK with a State Cookie",
		   sctp(TAG, chunk(2, 0, join(hex(INIT_FIELDS), item(7, hex(COOKIE))))));
	golden_add(g, "COOKIE ECHO", sctp(TAG, chunk(10, 0, hex(COOKIE))));
	golden_add(g, "COOKIE ACK", sctp(TAG, chunk(11, 0, hex(""))));
	golden_add(g, "DATA, a whole message, ordered", sctp(TAG, data(3, DATA_FIELDS, "hello")));
	golden_add(g, "DATA over IPv6",
		   ipv6(.next_header = 132,
			.payload = sctp_bytes(TAG, data(3, DATA_FIELDS, "hello"))));
	golden_add(g, "DATA, unordered, to be acknowledged at once",
		   sctp(TAG, data(15, "000003e8 0001 0000 00000033", "hello, world")));
	golden_add(g, "three parts of a message in three chunks",
		   sctp(TAG, join(data(2, DATA_FIELDS, "one."),
				  join(data(0, "000003e9 0001 0002 0000002e", "two."),
				       data(1, "000003ea 0001 0002 0000002e", "3")))));
	golden_add(g, "DATA of 16 bytes, without User Data", sctp(TAG, data(3, DATA_FIELDS, "")));
	golden_add(g, "SACK without blocks",
		   sctp(TAG, chunk(3, 0, join(hex(SACK_FIELDS), hex("0000 0000")))));
	golden_add(g, "SACK with two blocks and two duplicates",
		   sctp(TAG, chunk(3, 0,
				   join(hex(SACK_FIELDS), hex("0002 0002 0002 0003 0005 0005 "
							      "000003e7 000003e6")))));
	golden_add(g, "SACK whose blocks count over the end of the numbers",
		   sctp(TAG, chunk(3, 0, hex("ffffffff 0000ffff 0001 0000 0002 0003"))));
	golden_add(g, "HEARTBEAT", sctp(TAG, chunk(4, 0, item(1, hex(COOKIE)))));
	golden_add(g, "HEARTBEAT ACK, padded", sctp(TAG, chunk(5, 0, item(1, hex("0001020304")))));
	golden_add(g, "ABORT without a cause", sctp(TAG, chunk(6, 0, hex(""))));
	golden_add(g, "ABORT with the tag reflected", sctp(TAG, chunk(6, 1, hex(""))));
	golden_add(g, "ABORT by the user, with a reason",
		   sctp(TAG, chunk(6, 0, item(12, text("bye")))));
	golden_add(g, "SHUTDOWN", sctp(TAG, chunk(7, 0, hex("000003e8"))));
	golden_add(g, "SHUTDOWN ACK", sctp(TAG, chunk(8, 0, hex(""))));
	golden_add(g, "ERROR: stale cookie", sctp(TAG, chunk(9, 0, item(3, hex("000f4240")))));
	golden_add(g, "ECNE", sctp(TAG, chunk(12, 0, hex("000003e8"))));
	golden_add(g, "CWR", sctp(TAG, chunk(13, 0, hex("000003e8"))));
	golden_add(g, "SHUTDOWN COMPLETE", sctp(TAG, chunk(14, 0, hex(""))));
	golden_add(g, "SHUTDOWN COMPLETE with the tag reflected", sctp(TAG, chunk(14, 1, hex(""))));
	golden_add(g, "a bundle: COOKIE ECHO, DATA",
		   sctp(TAG, join(chunk(10, 0, hex(COOKIE)), data(3, DATA_FIELDS, "hello"))));
	golden_add(g, "a bundle: COOKIE ACK, SACK, DATA with padding between",
		   sctp(TAG, join(join(chunk(11, 0, hex("")),
				       chunk(3, 0, join(hex(SACK_FIELDS), hex("0000 0000")))),
				  join(data(3, DATA_FIELDS, "a"),
				       data(3, "000003e9 0001 0003 0000002e", "bc")))));
	golden_add(g, "INIT bundled with DATA: forbidden, yet no field lies",
		   sctp(0, join(chunk(1, 0, hex(INIT_FIELDS)), data(3, DATA_FIELDS, "data"))));
	golden_add(g, "INIT with a Verification Tag and an Initiate Tag of 0: both forbidden",
		   sctp(TAG, chunk(1, 0, hex("00000000 0000ffff 000a 000b 000003e8"))));
	golden_add(g, "no chunks at all", sctp(TAG, hex("")));
}

static void unknown_chunks(struct golden *g)
{
	golden_add(g, "an unknown chunk to stop at", sctp(TAG, chunk(63, 0, hex("01020304"))));
	golden_add(g, "an unknown chunk to stop at and report",
		   sctp(TAG, chunk(127, 0, hex("0102"))));
	golden_add(g, "an unknown chunk to skip", sctp(TAG, chunk(191, 0x5a, hex(""))));
	golden_add(g, "an unknown chunk to skip and report, then COOKIE ACK",
		   sctp(TAG, join(chunk(255, 0, hex("01020304")), chunk(11, 0, hex("")))));
}

static struct blob checksum_reversed(struct blob b)
{
	for (size_t i = 0; i < 2; i++) {
		uint8_t kept = b.bytes[28 + i];

		b.bytes[28 + i] = b.bytes[31 - i];
		b.bytes[31 - i] = kept;
	}
	return b;
}

static void checksums(struct golden *g)
{
	struct blob hello = data(3, DATA_FIELDS, "hello");

	golden_add(g, "a wrong checksum", poke(sctp(TAG, hello), 28, "0bad0bad"));
	golden_add(g, "a checksum in the wrong byte order",
		   checksum_reversed(sctp(TAG, chunk(11, 0, hex("")))));
	golden_add(g, "a checksum of 0: left out, as RFC 9653 lets peers agree",
		   poke(sctp(TAG, hello), 28, "00000000"));
	golden_add(g, "a checksum of 0 with an INIT, which always has one",
		   poke(init(""), 28, "00000000"));
	golden_add(g, "a checksum of 0 with a COOKIE ECHO, which always has one",
		   poke(sctp(TAG, chunk(10, 0, hex(COOKIE))), 28, "00000000"));
	golden_add(g, "a first fragment: no checksum can be told",
		   ipv4(.protocol = 132, .flags_and_offset = 0x2000,
			.payload = sctp_bytes(TAG, chunk_of_length(0, 36, hex(DATA_FIELDS)))));
	golden_add(g, "SCTP over UDP, RFC 6951",
		   ipv4(.payload = udp(.source = 9899, .destination = 9899,
				       .payload = sctp_bytes(TAG, hello))));
}

static void lying_lengths(struct golden *g)
{
	golden_add(g, "11 bytes of a header",
		   ipv4(.protocol = 132, .payload = hex("9c40 7530 11223344 000000")));
	golden_add(g, "Chunk Length 0", sctp(TAG, chunk_of_length(11, 0, hex(""))));
	golden_add(g, "Chunk Length 3", sctp(TAG, chunk_of_length(0, 3, hex(DATA_FIELDS))));
	golden_add(g, "Chunk Length one too large",
		   sctp(TAG, chunk_of_length(0, 21, join(hex(DATA_FIELDS), text("data")))));
	golden_add(g, "Chunk Length 65535", sctp(TAG, chunk_of_length(10, 65535, hex(COOKIE))));
	golden_add(g, "DATA of 15 bytes",
		   sctp(TAG, chunk_of_length(0, 15, hex("000003e8 0001 0002 000000 00"))));
	golden_add(g, "INIT of 19 bytes", sctp(0, chunk_of_length(1, 19, hex(INIT_FIELDS))));
	golden_add(g, "COOKIE ACK of 8 bytes", sctp(TAG, chunk(11, 0, hex("00000000"))));
	golden_add(g, "SHUTDOWN of 4 bytes", sctp(TAG, chunk(7, 0, hex(""))));
	golden_add(g, "SACK that announces a block too many",
		   sctp(TAG, chunk(3, 0, join(hex(SACK_FIELDS), hex("0002 0000 0002 0003")))));
	golden_add(g, "SACK that announces a block too few",
		   sctp(TAG, chunk(3, 0, join(hex(SACK_FIELDS), hex("0000 0000 0002 0003")))));
	golden_add(g, "SACK of 18 bytes",
		   sctp(TAG, chunk(3, 0, join(hex(SACK_FIELDS), hex("0000 0000 0002")))));
	golden_add(g, "a Gap Ack Block that ends before it starts",
		   sctp(TAG, chunk(3, 0, join(hex(SACK_FIELDS), hex("0001 0000 0003 0002")))));
	golden_add(g, "the padding of the last chunk is missing",
		   sctp(TAG, chunk_of_length(0, 17, join(hex(DATA_FIELDS), text("a")))));
	golden_add(g, "the padding between two chunks is missing",
		   sctp(TAG, join(chunk_of_length(0, 18, join(hex(DATA_FIELDS), text("ab"))),
				  chunk(11, 0, hex("")))));
	golden_add(g, "2 bytes behind the last chunk",
		   sctp(TAG, join(chunk(11, 0, hex("")), hex("0000"))));
}

static void cut_packets(struct golden *g)
{
	struct blob hello = sctp(TAG, data(3, DATA_FIELDS, "hello"));

	golden_add_cut(g, "cut in the common header", hello, 30);
	golden_add_cut(g, "cut in the TSN", hello, 38);
	golden_add_cut(g, "cut in the User Data", hello, 50);
	golden_add(g, "an ICMP error quotes the ports and the tag",
		   icmp_about(ipv4(.protocol = 132, .total_length = 52,
				   .payload = hex("9c40 7530 11223344"))));
	golden_add(g, "an ICMP error quotes up to the Initiate Tag",
		   icmp_about(ipv4(.protocol = 132, .total_length = 52,
				   .payload = hex("9c40 7530 00000000 12345678 01 00 0014 "
						  "00000001"))));
}

GOLDEN(sctp)
{
	g->link_type = 101;
	whole_packets(g);
	unknown_chunks(g);
	checksums(g);
	cut_packets(g);
}

GOLDEN(sctp_lengths)
{
	g->link_type = 101;
	lying_lengths(g);
}

static const struct {
	const char *about, *parameters;
} init_rows[] = {
	{"IPv4 and IPv6 Address", "0005 0008 c0000201 0006 0014 20010db8000000000000000000000001"},
	{"Cookie Preservative", "0009 0008 000003e8"},
	{"Host Name Address, obsolete", "000b 0011 686f73742e6578616d706c6500 000000"},
	{"Supported Address Types", "000c 0008 0005 0006"},
	{"ECN Capable and Forward TSN Supported", "8000 0004 c000 0004"},
	{"Zero Checksum Acceptable with DTLS", "8001 0008 00000001"},
	{"Random, Chunk List, HMAC algorithms",
	 "8002 0024 000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f "
	 "8003 0006 c180 0000 8004 0008 0003 0001"},
	{"Supported Extensions", "8008 000b 0f 40 80 82 c0 c1 c2 00"},
	{"Adaptation Layer Indication", "c006 0008 00000001"},
	{"Padding", "8005 0008 00000000"},
	{"an unknown parameter of each action",
	 "0fff 0004 4fff 0006 0102 0000 8fff 0008 01020304 cfff 0004"},
	{"the padding of the last parameter is part of the chunk", "000c 0006 0005 0000"},
	{"the list ends in the middle of a parameter's header", "8000 0004 c000"},
	{"Parameter Length 0", "8000 0000"},
	{"Parameter Length 3", "0005 0003 c0000201"},
	{"Parameter Length larger than the chunk", "0005 0009 c0000201"},
	{"IPv4 Address of 7 bytes", "0005 0007 c0000200"},
	{"IPv6 Address of 8 bytes", "0006 0008 20010db8"},
	{"Supported Address Types of 7 bytes", "000c 0007 0005 0000"},
	{"ECN Capable of 8 bytes", "8000 0008 00000000"},
	{"Cookie Preservative of 4 bytes", "0009 0004"},
};

GOLDEN(sctp_parameters)
{
	g->link_type = 101;
	for (size_t i = 0; i < sizeof(init_rows) / sizeof(init_rows[0]); i++)
		golden_add(g, init_rows[i].about, init(init_rows[i].parameters));
	golden_add(g, "INIT ACK: Unrecognized Parameter",
		   sctp(TAG, chunk(2, 0,
				   join(hex(INIT_FIELDS),
					join(item(7, hex(COOKIE)),
					     item(8, item(0xcfff, hex("01020304"))))))));
	golden_add(
		g, "INIT ACK: Unrecognized Parameter whose parameter is broken",
		sctp(TAG, chunk(2, 0, join(hex(INIT_FIELDS), item(8, hex("cfff 0009 01020304"))))));
}

static const struct {
	const char *about;
	unsigned int code;
	const char *value;
} cause_rows[] = {
	{"Invalid Stream Identifier", 1, "0007 0000"},
	{"Missing Mandatory Parameter", 2, "00000002 0007 0008"},
	{"Missing Mandatory Parameter that counts one too many", 2, "00000003 0007 0008"},
	{"Out of Resource", 4, ""},
	{"Unresolvable Address", 5, "000b 0008 61626300"},
	{"Unrecognized Chunk Type", 6, "ff00 0008 01020304"},
	{"Invalid Mandatory Parameter", 7, ""},
	{"Unrecognized Parameters, two of them", 8, "cfff 0006 0102 0000 4fff 0004"},
	{"No User Data", 9, "000003e8"},
	{"Cookie Received While Shutting Down", 10, ""},
	{"Restart of an Association with New Addresses", 11, "0005 0008 c0000203"},
	{"Protocol Violation", 13, "6c656e677468"},
	{"Request to Delete Last Remaining IP Address", 0xa0,
	 "c002 0010 00000001 0005 0008 c0000201"},
	{"Operation Refused Due to Resource Shortage", 0xa1,
	 "c001 0010 00000001 0005 0008 c0000201"},
	{"Request to Delete Source IP Address", 0xa2, "c002 0010 00000001 0005 0008 c0000201"},
	{"Association Aborted Due to Illegal ASCONF-ACK", 0xa3, ""},
	{"Request Refused - No Authorization", 0xa4, "c001 0010 00000001 0005 0008 c0000201"},
	{"Unsupported HMAC Identifier", 0x105, "0003"},
	{"an unknown cause", 0x1234, "01020304"},
	{"Stale Cookie of 4 bytes", 3, ""},
	{"Invalid Stream Identifier of 12 bytes", 1, "0007 0000 00000000"},
};

GOLDEN(sctp_causes)
{
	g->link_type = 101;
	for (size_t i = 0; i < sizeof(cause_rows) / sizeof(cause_rows[0]); i++)
		golden_add(
			g, cause_rows[i].about,
			sctp(TAG, chunk(9, 0, item(cause_rows[i].code, hex(cause_rows[i].value)))));
	golden_add(g, "two causes in one ABORT",
		   sctp(TAG, chunk(6, 0, join(item(12, text("a")), item(13, text("b"))))));
	golden_add(g, "Cause Length 2", sctp(TAG, chunk(9, 0, item_of_length(4, 2, hex("")))));
	golden_add(g, "Cause Length larger than the chunk",
		   sctp(TAG, chunk(9, 0, item_of_length(13, 12, hex("01020304")))));
}

static bool list_inside(const struct packet *p, struct packet_walk *list, bool causes, int depth)
{
	struct packet_sctp_parameter item;
	bool inside = true;

	while (causes ? packet_sctp_cause_next(list, &item)
		      : packet_sctp_parameter_next(list, &item)) {
		inside &=
			item.captured <= p->captured && item.offset <= p->captured - item.captured;
		if (depth < 3 && item.list != PACKET_SCTP_NO_LIST) {
			struct packet_walk inner = packet_sctp_inner_list(list, &item);

			inside &=
				list_inside(p, &inner, item.list == PACKET_SCTP_CAUSES, depth + 1);
		}
	}
	return inside && list->next <= list->end;
}

WALK_INSIDE(PACKET_SCTP)
{
	struct packet_sctp_chunk c;
	bool inside = true;

	while (packet_sctp_chunk_next(walk, &c)) {
		struct packet_walk list = packet_sctp_chunk_list(walk, &c);

		inside &= c.captured <= p->captured && c.offset <= p->captured - c.captured;
		inside &= list_inside(p, &list, c.list == PACKET_SCTP_CAUSES, 0);
	}
	return inside;
}
