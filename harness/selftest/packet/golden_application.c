/* SPDX-License-Identifier: MIT */
/* Golden packets: DNS, Multicast DNS, LLMNR and DHCP. */
#include "harness/selftest/packet/golden.h"

#include <string.h>

static struct blob udp4(int source, int destination, struct blob payload)
{
	return ipv4(.payload =
			    udp(.source = source, .destination = destination, .payload = payload));
}

/* A sequence number of its own, lest somebody takes it for a retransmission. */
static struct blob tcp4(int source, int destination, struct blob payload)
{
	return ipv4(.protocol = 6,
		    .payload =
			    tcp(.source = source, .destination = destination, .flags = 0x18,
				.sequence = 1000 * (uint32_t)payload.length, .payload = payload));
}

/* "www.example.com" as labels, without any compression. */
static struct blob name(const char *dotted)
{
	struct blob b = {.length = 0};

	while (*dotted != '\0') {
		size_t n = strcspn(dotted, ".");
		struct blob label = fill((uint8_t)n, 1);

		for (size_t i = 0; i < n; i++)
			label = join(label, fill((uint8_t)dotted[i], 1));
		b = join(b, label);
		dotted += n + (dotted[n] == '.');
	}
	return join(b, fill(0, 1));
}

/* Two bytes, high one first. */
static struct blob be16(size_t value)
{
	return join(fill((uint8_t)(value >> 8), 1), fill((uint8_t)value, 1));
}

static struct blob question(const char *dotted, const char *type_and_class)
{
	return join(name(dotted), hex(type_and_class));
}

/* A record; its name is a pointer to byte 12, where the question is. TTL 300. */
static struct blob record(const char *type, struct blob data)
{
	return join(join(hex("c00c"), hex(type)),
		    join(join(hex("0001 0000012c"), be16(data.length)), data));
}

/* Query 0x1234 for www.example.com with RD. */
static struct blob query(const char *type)
{
	return join(hex("1234 0100 0001 0000 0000 0000"),
		    join(name("www.example.com"), join(hex(type), hex("0001"))));
}

/* A response with one question and one answer. */
static struct blob answer(const char *type, struct blob data)
{
	return join(hex("1234 8180 0001 0001 0000 0000"),
		    join(join(name("www.example.com"), join(hex(type), hex("0001"))),
			 record(type, data)));
}

static struct blob response(const char *type, struct blob data)
{
	return udp4(53, 40000, answer(type, data));
}

GOLDEN(dns)
{
	g->link_type = PACKET_LINK_RAW;
	golden_add(g, "query for A", udp4(40000, 53, query("0001")));
	golden_add(g, "query for AAAA over IPv6",
		   ipv6(.payload = udp(.ipv6 = true, .destination = 53, .payload = query("001c"))));
	golden_add(g, "query for the root's name servers",
		   udp4(40000, 53, hex("1234 0000 0001 0000 0000 0000 00 0002 0001")));
	golden_add(g, "query with EDNS: DO, payload size 1232, a cookie",
		   udp4(40000, 53,
			join(poke(query("0001"), 10, "0001"),
			     hex("00 0029 04d0 00 00 8000 000c 000a 0008 0102030405060708"))));
	golden_add(g, "CHAOS TXT version.bind",
		   udp4(40000, 53,
			join(hex("1234 0000 0001 0000 0000 0000"),
			     question("version.bind", "0010 0003"))));
	golden_add(g, "A", response("0001", hex("c6336407")));
	golden_add(g, "AAAA", response("001c", hex("20010db8 00070000 00000000 00000007")));
	golden_add(g, "CNAME with a pointer: web and example.com",
		   response("0005", hex("03 776562 c010")));
	golden_add(g, "NS", response("0002", join(hex("02 6e73"), hex("c010"))));
	golden_add(g, "PTR", response("000c", name("nine.dns.example")));
	golden_add(g, "MX", response("000f", join(hex("000a"), hex("04 6d61696c c010"))));
	golden_add(g, "TXT of two strings, one with bytes that are not text",
		   response("0010", hex("05 68656c6c6f 04 2201ff5c")));
	golden_add(g, "SRV", response("0021", join(hex("0001 0002 1f90"), name("a.example"))));
	golden_add(g, "SOA",
		   response("0006", join(join(hex("02 6e73 c010"), hex("05 61646d696e c010")),
					 hex("00000001 00000e10 00000258 "
					     "00015180 0000003c"))));
	golden_add(g, "HINFO", response("000d", hex("03 414d44 05 4c696e7578")));
	golden_add(g, "NAPTR", response("0023", hex("0064 000a 01 75 07 4532552b736970 00 c00c")));
	golden_add(g, "CAA", response("0101", hex("00 05 6973737565 63612e6578616d706c65")));
	golden_add(g, "DS", response("002b", hex("c3d4 0d 02 0102030405060708")));
	golden_add(g, "a type without a form (SSHFP)", response("002c", hex("0402 01020304")));
	golden_add(g, "a type without a name, 65280", response("ff00", hex("0102")));
	golden_add(g, "NXDomain with the SOA in the authority section",
		   udp4(53, 40000,
			join(join(hex("1234 8583 0001 0000 0001 0000"),
				  question("no.example", "0001 0001")),
			     join(hex("c00f 0006 0001 0000003c"),
				  join(be16(24), hex("c00f c00f 00000001 00000002 00000003 "
						     "00000004 00000005"))))));
	golden_add(g, "all four sections",
		   udp4(53, 40000,
			join(join(hex("1234 8180 0001 0002 0001 0002"),
				  question("www.example.com", "0001 0001")),
			     join(join(record("0005", hex("03 776562 c010")),
				       hex("c02d 0001 0001 0000012c 0004 c6336407")),
				  join(hex("c010 0002 0001 0000012c 0005 02 6e73 c010"),
				       join(hex("02 6e73 c010 0001 0001 0000012c 0004 c6336435"),
					    hex("00 0029 1000 00 00 0000 0000")))))));
	golden_add(g, "all flags, an unassigned RCODE",
		   udp4(53, 40000, poke(query("0001"), 2, "87ff")));
	golden_add(g, "truncated: TC", udp4(53, 40000, poke(query("0001"), 2, "8380")));
	golden_add(g, "Notify", udp4(40000, 53, poke(query("0006"), 2, "2400")));
	golden_add(g, "Update: add one A record where none is",
		   udp4(40000, 53,
			join(join(hex("1234 2800 0001 0001 0001 0000"),
				  question("example.com", "0006 0001")),
			     join(hex("03 777777 c00c 0001 00fe 00000000 0000"),
				  hex("03 777777 c00c 0001 0001 0000012c 0004 c6336407")))));
	golden_add(g, "no question, no record",
		   udp4(40000, 53, hex("1234 0100 0000 0000 0000 0000")));
	golden_add(g, "bytes behind the last record",
		   udp4(40000, 53, join(query("0001"), hex("aabbcc"))));
	golden_add(
		g, "Stateful Operations: a Keepalive behind an empty header",
		udp4(40000, 53, hex("1234 3000 0000 0000 0000 0000 0001 0008 00003a98 00007530")));
	golden_add(g, "a first fragment",
		   ipv4(.flags_and_offset = 0x2000,
			.payload = udp(.source = 53, .length = 100,
				       .payload = join(query("0001"), hex("c00c 0001 00")))));
	golden_add_cut(g, "cut in the header: data", udp4(40000, 53, query("0001")), 36);
	golden_add_cut(g, "cut in the name", udp4(40000, 53, query("0001")), 46);
	golden_add_cut(g, "cut in the data of a record", response("0001", hex("c6336407")), 75);
}

/* A query for a name that is given byte by byte. */
static struct blob query_of(struct blob wire_name)
{
	return udp4(40000, 53,
		    join(join(hex("1234 0100 0001 0000 0000 0000"), wire_name), hex("0001 0001")));
}

static struct blob labels(size_t count, size_t length)
{
	struct blob b = {.length = 0};

	while (count-- > 0)
		b = join(b, join(fill((uint8_t)length, 1), fill('a', length)));
	return b;
}

GOLDEN(dns_names)
{
	g->link_type = PACKET_LINK_RAW;
	golden_add(g, "a dot, a quote, a backslash, a zero, a space and a byte of 255 in labels",
		   query_of(hex("03 61 2e 62 04 22 5c 00 20 01 ff 00")));
	golden_add(g, "the longest label, 63 bytes", query_of(join(labels(1, 63), hex("00"))));
	golden_add(g, "the longest name, 255 bytes",
		   query_of(join(join(labels(3, 63), labels(1, 61)), hex("00"))));
	golden_add(g, "a name of 256 bytes",
		   query_of(join(join(labels(3, 63), labels(1, 62)), hex("00"))));
	golden_add(g, "127 labels", query_of(join(labels(127, 1), hex("00"))));
	golden_add(g, "a long name of bytes that are not text: cut short here",
		   query_of(join(join(hex("3f"), fill(0xff, 63)),
				 join(join(hex("3f"), fill(0xfe, 63)), hex("00")))));
	golden_add(g, "a label of 64 bytes: 01 on top is no length",
		   query_of(join(labels(1, 64), hex("00"))));
	golden_add(g, "a label with 10 on top", query_of(hex("80 00")));
	golden_add(g, "a pointer to itself", query_of(hex("c00c")));
	golden_add(g, "a label and a pointer back to it", query_of(hex("01 61 c00c")));
	golden_add(g, "a pointer forward", query_of(hex("c00e 00")));
	golden_add(g, "a pointer behind the message", query_of(hex("ffff")));
	golden_add(g, "a pointer into the header", query_of(hex("c000")));
	golden_add(g, "two names that point to each other",
		   udp4(40000, 53,
			hex("1234 0100 0002 0000 0000 0000 c012 0001 0001 c00c 0001 0001")));
	golden_add(g, "a pointer to a pointer",
		   udp4(40000, 53,
			hex("1234 0100 0003 0000 0000 0000 01 61 00 0001 0001 "
			    "c00c 0001 0001 c013 0001 0001")));
	golden_add(g, "a pointer into the middle of a name",
		   udp4(53, 40000,
			join(hex("1234 8180 0001 0001 0000 0000"),
			     join(question("www.example.com", "0001 0001"),
				  hex("c010 0001 0001 00000000 0004 c6336407")))));
	golden_add(g, "the message ends inside a label",
		   udp4(40000, 53, hex("1234 0100 0001 0000 0000 0000 05 61 62 63 64")));
	golden_add(g, "the message ends without the root",
		   udp4(40000, 53, hex("1234 0100 0001 0000 0000 0000 04 61 62 63 64")));
	golden_add(g, "the message ends behind the name",
		   udp4(40000, 53, hex("1234 0100 0001 0000 0000 0000 02 61 62 00 00")));
	golden_add(g, "QDCOUNT 2, one question and some bytes",
		   udp4(40000, 53, join(poke(query("0001"), 4, "0002"), hex("00 00 01 00"))));
	golden_add(g, "QDCOUNT 2, one question", udp4(40000, 53, poke(query("0001"), 4, "0002")));
	golden_add(g, "ANCOUNT 1, no answer", udp4(40000, 53, poke(query("0001"), 6, "0001")));
	golden_add(g, "RDLENGTH 5, more than the message",
		   udp4(53, 40000, poke(answer("0001", hex("c6336407")), 43, "0005")));
	golden_add(g, "an A record of 3 bytes", response("0001", hex("c63364")));
	golden_add(g, "an AAAA record of 4 bytes", response("001c", hex("c6336407")));
	golden_add(g, "a CNAME that ends before its RDLENGTH",
		   response("0005", hex("03 776562 00 00")));
	golden_add(g, "a CNAME that points forward", response("0005", hex("c0ff")));
	golden_add(g, "a TXT string longer than RDLENGTH", response("0010", hex("05 6869")));
	golden_add(g, "an EDNS option longer than RDLENGTH",
		   udp4(40000, 53,
			join(poke(query("0001"), 10, "0001"),
			     hex("00 0029 04d0 00000000 0006 000a 0008 0102"))));
}

GOLDEN(dns_ports)
{
	struct blob whole = query("0001"), framed = join(be16(whole.length), whole);
	struct blob other = hex("4745 5420 2f20 4854 5450 2f31 2e31 0d0a");

	g->link_type = PACKET_LINK_RAW;
	golden_add(g, "Multicast DNS: a question that wants a unicast response",
		   udp4(5353, 5353,
			join(hex("0000 0000 0001 0000 0000 0000"),
			     question("_ipp._tcp.local", "000c 8001"))));
	golden_add(g, "Multicast DNS: a record that flushes the cache, one that does not",
		   udp4(5353, 5353,
			join(hex("0000 8400 0000 0002 0000 0000"),
			     join(join(name("a.local"), hex("0001 8001 00000078 0004 c0000201")),
				  hex("c00c 0001 0001 00000078 0004 c0000203")))));
	golden_add(
		g, "the same class at port 53 is one nobody knows",
		udp4(40000, 53,
		     join(hex("0000 0000 0001 0000 0000 0000"), question("a.local", "0001 8001"))));
	golden_add(g, "LLMNR: conflict and tentative",
		   udp4(40000, 5355,
			join(hex("0001 0500 0001 0000 0000 0000"), question("host", "0001 0001"))));
	golden_add(g, "source port 53 alone", udp4(53, 40000, poke(whole, 2, "8180")));
	golden_add(g, "another port: data", udp4(40000, 54, whole));
	golden_add(g, "port 53, not DNS: an opcode nobody has, data and not malformed",
		   udp4(40000, 53, other));
	golden_add(g, "port 53, more records than bytes: data",
		   udp4(40000, 53, poke(whole, 6, "ffff")));
	golden_add(g, "port 53, 11 bytes: data", udp4(40000, 53, fill(0, 11)));
	golden_add(g, "port 53, no bytes", udp4(40000, 53, fill(0, 0)));
	golden_add(g, "TCP: a message behind its length", tcp4(40000, 53, framed));
	golden_add(g, "TCP: two messages",
		   tcp4(53, 40000, join(framed, join(be16(whole.length), poke(whole, 0, "5678")))));
	golden_add(g, "TCP: a message and the beginning of the next",
		   tcp4(40000, 53, join(framed, hex("0021 1234"))));
	golden_add(g, "TCP: the beginning of a message: data",
		   tcp4(40000, 53, join(be16(whole.length + 1), whole)));
	golden_add(g, "TCP: the length alone: data", tcp4(40000, 53, be16(whole.length)));
	golden_add(g, "TCP: something else: data", tcp4(40000, 53, other));
	golden_add(g, "TCP: a name that ends behind its message",
		   tcp4(40000, 53,
			join(be16(17), hex("1234 0100 0001 0000 0000 0000 05 61 62 63 64"
					   "65 00 0001 0001"))));
	golden_add(g, "an ICMP error quotes a query",
		   ipv4(.protocol = 1,
			.payload = icmp(
				3, 3,
				join(hex("00000000"),
				     ipv4(.payload = udp(.destination = 53, .payload = whole))))));
	golden_add_cut(g, "TCP: cut in the message", tcp4(40000, 53, framed), 56);
}

/* All fields up to the magic cookie, which is included; zeros but for what is given. */
static struct blob dhcp(int op, const char *options)
{
	struct blob b = join(hex("00 01 06 00 3903f326 0000 8000"), fill(0, 16));

	b.bytes[0] = (uint8_t)op;
	b = join(b, join(hex("020000000001"), fill(0, 10 + 64 + 128)));
	return join(b, join(hex("63825363"), hex(options)));
}

static struct blob to_server(const char *options)
{
	return udp4(68, 67, dhcp(1, options));
}

static struct blob from_server(const char *options)
{
	return udp4(67, 68, poke(dhcp(2, options), 16, "c0000209"));
}

GOLDEN(dhcp)
{
	struct blob b;

	g->link_type = PACKET_LINK_RAW;
	golden_add(
		g, "DISCOVER with what it asks for, a client identifier and padding",
		to_server("35 01 01 3d 07 01020000000001 37 04 01 03 06 0f 39 02 05dc ff 000000"));
	golden_add(g, "OFFER: addresses, times, lists",
		   from_server("35 01 02 36 04 c0000201 33 04 00000e10 3a 04 00000708 "
			       "3b 04 00000c4e 01 04 ffffff00 03 04 c0000201 "
			       "06 08 c0000201 c0000202 0f 0b 6578616d706c652e6f7267 ff"));
	golden_add(g, "REQUEST of the address, with a host name and a vendor class",
		   to_server("35 01 03 32 04 c0000209 36 04 c0000201 0c 04 686f7374 "
			     "3c 03 616263 ff"));
	golden_add(g, "ACK", from_server("35 01 05 36 04 c0000201 33 04 ffffffff ff"));
	golden_add(g, "NAK with a message",
		   udp4(67, 68, dhcp(2, "35 01 06 36 04 c0000201 38 04 6e6f2122 ff")));
	golden_add(g, "DECLINE", to_server("35 01 04 32 04 c0000209 36 04 c0000201 ff"));
	golden_add(
		g, "RELEASE, not by broadcast",
		udp4(68, 67, poke(dhcp(1, "35 01 07 36 04 c0000201 ff"), 8, "0003 0000 c0000209")));
	golden_add(g, "INFORM", to_server("35 01 08 50 00 ff"));
	golden_add(g, "relayed: giaddr, hops, port 67 on both sides, agent information",
		   udp4(67, 67,
			poke(poke(dhcp(1, "35 01 01 52 06 0104 01020304 ff"), 3, "01"), 24,
			     "c6336401")));
	golden_add(
		g, "numbers, flags, pairs, a time offset before Greenwich",
		from_server("35 01 05 02 04 fffff1f0 13 01 01 14 01 00 17 01 40 1a 02 05dc "
			    "19 04 0244 05dc 15 08 c0000200 ffffff00 21 08 c6336401 c0000201 ff"));
	golden_add(g, "an option without a name, and one of no bytes",
		   from_server("35 01 05 e0 02 abcd e1 00 ff"));
	golden_add(g, "a message type nobody knows, Pad between options",
		   to_server("35 01 63 00 00 0c 01 61 ff"));
	golden_add(g, "text that is not printable", to_server("35 01 01 0c 05 61 22 00 ff 5c ff"));
	b = poke(poke(dhcp(2, "35 01 02 34 01 03 ff"), 44, "0c 03 616263 ff"), 108,
		 "43 05 2f626f6f74 ff");
	golden_add(g, "Overload: file and sname hold options", udp4(67, 68, b));
	golden_add(g, "Overload of file alone: sname is text",
		   udp4(67, 68, poke(poke(b, 245, "01"), 44, "736572766572 00")));
	golden_add(g, "Overload: an option goes over the end of sname",
		   udp4(67, 68, poke(poke(b, 44, "00 00 000000 00"), 44 + 58, "0c 08 61626364")));
	golden_add(g, "sname and file as text",
		   udp4(67, 68,
			poke(poke(dhcp(2, "35 01 02 ff"), 44, "736572766572"), 108, "2f626f6f74")));
	golden_add(g, "no End", to_server("35 01 01"));
	golden_add(g, "cookie and nothing else", to_server(""));
	golden_add(g, "BOOTP: no cookie, 64 bytes for the vendor",
		   udp4(68, 67, join(poke(dhcp(1, ""), 236, "00000000"), fill(0x11, 60))));
	b = dhcp(1, "");
	b.length -= 4;
	golden_add(g, "BOOTP without the vendor's bytes", udp4(68, 67, b));
	golden_add(g, "InfiniBand: no chaddr at all (RFC 4390)",
		   udp4(68, 67, poke(dhcp(1, "35 01 01 3d 03 ff0102 ff"), 1, "2000")));
	golden_add(g, "hlen 17, more than chaddr has: data",
		   udp4(68, 67, poke(dhcp(1, "35 01 01 ff"), 2, "11")));
	golden_add(g, "Message Type of 2 bytes", to_server("35 02 0101 ff"));
	golden_add(g, "Router of 6 bytes", from_server("35 01 02 03 06 c00002010000 ff"));
	golden_add(g, "an option longer than what is left", to_server("35 01 01 0c 10 616263"));
	golden_add(g, "a code as the last byte", to_server("35 01 01 0c"));
	golden_add(g, "op 3: data", udp4(68, 67, dhcp(3, "35 01 01 ff")));
	golden_add(g, "235 bytes: data", udp4(68, 67, fill(1, 235)));
	golden_add_cut(g, "cut in the options", to_server("35 01 01 0c 04 686f7374 ff"), 276);
	golden_add_cut(g, "cut in chaddr", to_server("35 01 01 ff"), 66);
}

WALK_INSIDE(PACKET_DNS)
{
	struct packet_dns_record r;
	bool inside = true;

	while (packet_dns_record_next(walk, &r))
		inside &= r.offset + r.name_length <= p->captured &&
			  r.rdata_offset + r.rdlength <= p->captured;
	return inside;
}

WALK_INSIDE(PACKET_DHCP)
{
	struct packet_dhcp_option o;
	bool inside = true;

	while (packet_dhcp_option_next(walk, &o))
		inside &= o.data_offset + o.length <= p->captured;
	return inside;
}
