/* SPDX-License-Identifier: MIT */
/* Golden packets: ICMP, ICMPv6, Neighbor Discovery, MLD, IGMP. */
#include "harness/selftest/packet/golden.h"

#define QUOTE4	   ipv4(.payload = udp(.payload = text("hi")))
#define QUOTE6	   ipv6(.payload = udp(.ipv6 = true, .payload = text("hi")))
#define LINK_LOCAL "fe800000 00000000 00000000 00000001"
#define ALL_NODES  "ff020000 00000000 00000000 00000001"
#define GLOBAL1	   "20010db8 00000000 00000000 00000001"
#define GLOBAL2	   "20010db8 00000000 00000000 00000002"

static struct blob message4(int type, int code, struct blob rest)
{
	return ethernet(0x0800, ipv4(.protocol = 1, .payload = icmp(type, code, rest)));
}

static struct blob message6(int type, int code, struct blob rest)
{
	return ethernet(0x86dd, ipv6(.next_header = 58, .hop_limit = 255, .source = LINK_LOCAL,
				     .destination = ALL_NODES,
				     .payload = icmpv6(type, code, rest, LINK_LOCAL, ALL_NODES)));
}

/* 4 bytes, a quoted packet filled up to `length` bytes, and what follows it. */
static struct blob with_extension(const char *rest, struct blob quote, size_t length,
				  const char *extension)
{
	struct blob padding = fill(0, quote.length < length ? length - quote.length : 0);

	return join(join(hex(rest), join(quote, padding)), hex(extension));
}

GOLDEN(icmp)
{
	golden_add(g, "echo request", message4(8, 0, join(hex("0001 0001"), text("abcd"))));
	golden_add(g, "echo request with a code that nobody knows",
		   message4(8, 5, hex("0001 0001")));
	golden_add(g, "echo reply without data", message4(0, 0, hex("0001 0001")));
	golden_add(g, "fragmentation needed, MTU 1400",
		   message4(3, 4, join(hex("0000 0578"), QUOTE4)));
	golden_add(g, "port unreachable, quoting the least: IP header and 8 bytes",
		   message4(3, 3,
			    join(hex("00000000"), ipv4(.protocol = 6, .total_length = 552,
						       .payload = hex("9c40 7530 000003e8")))));
	golden_add(g, "protocol unreachable", message4(3, 2, join(hex("00000000"), QUOTE4)));
	golden_add(g, "quoting a packet with a wrong Total Length, as it was sent",
		   message4(12, 0,
			    join(hex("02000000"),
				 ipv4(.payload = udp(.payload = text("hi")), .total_length = 10))));
	golden_add(g, "quoting an echo request",
		   message4(3, 1,
			    join(hex("00000000"),
				 ipv4(.protocol = 1, .payload = icmp(8, 0, hex("0001 0001"))))));
	golden_add(g, "quoting fewer bytes than an IP header has",
		   message4(3, 1, join(hex("00000000"), hex("4500 001e 0001"))));
	golden_add(g, "quoting nothing", message4(3, 1, hex("00000000")));
	golden_add(g, "source quench", message4(4, 0, join(hex("00000000"), QUOTE4)));
	golden_add(g, "redirect for the host", message4(5, 1, join(hex("c00002fe"), QUOTE4)));
	golden_add(g, "time exceeded in transit", message4(11, 0, join(hex("00000000"), QUOTE4)));
	golden_add(g, "time exceeded with an MPLS label stack",
		   message4(11, 0,
			    with_extension("00 20 0000", QUOTE4, 128,
					   "2000 ddb5 0008 01 01 00010140")));
	golden_add(g, "an extension object whose length is too large",
		   message4(11, 0,
			    with_extension("00 20 0000", QUOTE4, 128,
					   "2000 0000 0009 01 01 00010140")));
	golden_add(g, "an extension object whose length is too small",
		   message4(11, 0,
			    with_extension("00 20 0000", QUOTE4, 128,
					   "2000 0000 0003 01 01 00010140")));
	golden_add(g, "Length of the quote larger than the message",
		   message4(11, 0, with_extension("00 21 0000", QUOTE4, 128, "")));
	golden_add(g, "parameter problem at 20", message4(12, 0, join(hex("14000000"), QUOTE4)));
	golden_add(g, "timestamp request",
		   message4(13, 0,
			    hex("0001 0001 00000001 00000000 "
				"00000000")));
	golden_add(g, "timestamp reply",
		   message4(14, 0,
			    hex("0001 0001 00000001 00000002 "
				"00000003")));
	golden_add(g, "timestamp request, 4 bytes short",
		   message4(13, 0, hex("0001 0001 00000001 00000000")));
	golden_add(g, "information request", message4(15, 0, hex("0001 0001")));
	golden_add(g, "address mask reply", message4(18, 0, hex("0001 0001 ffffff00")));
	golden_add(g, "router advertisement of 2 routers",
		   message4(9, 0, hex("02 02 0708 c0000201 00000000 c0000202 80000000")));
	golden_add(g, "router advertisement: Num Addrs too large",
		   message4(9, 0, hex("03 02 0708 c0000201 00000000 c0000202 80000000")));
	golden_add(g, "router advertisement: Addr Entry Size 1",
		   message4(9, 0, hex("01 01 0708 c0000201")));
	golden_add(g, "router solicitation", message4(10, 0, hex("00000000")));
	golden_add(g, "extended echo request for interface 1",
		   message4(42, 0, hex("0001 01 01 2000 dcf4 0008 03 02 00000001")));
	golden_add(g, "extended echo reply: active, IPv4", message4(43, 0, hex("0001 01 06")));
	golden_add(g, "a type nobody knows", message4(200, 7, hex("01020304 05")));
	golden_add(g, "a wrong checksum", poke(message4(8, 0, hex("0001 0001")), 36, "bad0"));
	golden_add(g, "7 bytes",
		   ethernet(0x0800, ipv4(.protocol = 1, .payload = hex("08 00 f7fd 0001 00"))));
	golden_add_cut(g, "cut in the quoted packet",
		       message4(11, 0, join(hex("00000000"), QUOTE4)), 60);
}

GOLDEN(icmpv6)
{
	golden_add(g, "echo request", message6(128, 0, join(hex("0001 0001"), text("ab"))));
	golden_add(g, "echo request with a code that nobody knows",
		   message6(128, 5, hex("0001 0001")));
	golden_add(g, "echo reply without data", message6(129, 0, hex("0001 0001")));
	golden_add(g, "no route to destination", message6(1, 0, join(hex("00000000"), QUOTE6)));
	golden_add(g, "port unreachable", message6(1, 4, join(hex("00000000"), QUOTE6)));
	golden_add(g, "packet too big, MTU 1280", message6(2, 0, join(hex("00000500"), QUOTE6)));
	golden_add(g, "hop limit exceeded", message6(3, 0, join(hex("00000000"), QUOTE6)));
	golden_add(g, "hop limit exceeded, with an MPLS label stack",
		   message6(3, 0,
			    with_extension("10 000000", QUOTE6, 128,
					   "2000 ddb5 0008 01 01 00010140")));
	golden_add(g, "Length of the quote larger than the message",
		   message6(3, 0, with_extension("11 000000", QUOTE6, 128, "")));
	golden_add(g, "unrecognized next header at 6",
		   message6(4, 1, join(hex("00000006"), QUOTE6)));
	golden_add(
		g, "quoting a packet that goes on behind the quote",
		message6(2, 0,
			 join(hex("00000500"), ipv6(.next_header = 6, .payload_length = 1400,
						    .payload = tcp(.ipv6 = true, .flags = 0x10,
								   .payload = fill('d', 100))))));
	golden_add(g, "quoting nothing", message6(1, 0, hex("00000000")));
	golden_add(g, "extended echo request for interface 1",
		   message6(160, 0, hex("0001 01 01 2000 dcf4 0008 03 02 00000001")));
	golden_add(g, "extended echo reply, code 2: no such interface",
		   message6(161, 2, hex("0001 01 00")));
	golden_add(g, "a type nobody knows", message6(99, 1, hex("01020304 05")));
	golden_add(g, "a wrong checksum", poke(message6(128, 0, hex("0001 0001")), 56, "bad0"));
	golden_add(g, "7 bytes",
		   ethernet(0x86dd, ipv6(.next_header = 58, .payload = hex("80 00 0000 0001 00"))));
	golden_add_cut(g, "cut in the data", message6(128, 0, join(hex("0001 0001"), text("ab"))),
		       63);
}

#define SOURCE_LINK "01 01 020000000001"

GOLDEN(nd)
{
	golden_add(g, "router solicitation", message6(133, 0, hex("00000000" SOURCE_LINK)));
	golden_add(g, "router solicitation without options", message6(133, 0, hex("00000000")));
	golden_add(g, "router advertisement with the usual options",
		   message6(134, 0,
			    hex("40 c8 0708 00007530 000003e8" SOURCE_LINK "05 01 0000 000005dc"
				"03 04 40 c0 00015180 00003840 00000000"
				"20010db8 00000000 00000000 00000000"
				"19 03 0000 00000258 20010db8 00000000 00000000 00000053"
				"1f 03 0000 00000258 07 6578616d706c65 03 6e6574 00 000000"
				"18 02 30 08 00000258 20010db8 00010000"
				"26 02 0258 0064ff9b 00000000 00000000")));
	golden_add(g, "router advertisement, all zeros",
		   message6(134, 0,
			    hex("00 00 0000 00000000 "
				"00000000")));
	golden_add(g, "neighbor solicitation",
		   message6(135, 0, hex("00000000" GLOBAL1 SOURCE_LINK)));
	golden_add(g, "neighbor solicitation with a nonce (duplicate address detection)",
		   message6(135, 0, hex("00000000" GLOBAL1 "0e 01 010203040506")));
	golden_add(g, "neighbor advertisement: solicited, override",
		   message6(136, 0, hex("60000000" GLOBAL1 "02 01 020000000001")));
	golden_add(g, "neighbor advertisement of a router",
		   message6(136, 0, hex("80000000" GLOBAL1)));
	golden_add(g, "redirect with the redirected header",
		   message6(137, 0,
			    join(hex("00000000" GLOBAL1 GLOBAL2 "02 01 020000000001"
				     "04 08 0000 00000000"),
				 join(QUOTE6, fill(0, 6)))));
	golden_add(g, "an unknown option", message6(133, 0, hex("00000000 fd 01 010203040506")));
	golden_add(g, "an option of length 0",
		   message6(133, 0, hex("00000000 01 00 020000000001")));
	golden_add(g, "an option longer than the message",
		   message6(133, 0, hex("00000000 01 02 020000000001")));
	golden_add(g, "4 bytes left over behind the options",
		   message6(133, 0, hex("00000000" SOURCE_LINK "01 01 0200")));
	golden_add(g, "an MTU option of 16 bytes",
		   message6(134, 0,
			    hex("40 00 0708 00000000 00000000 05 02 0000 000005dc "
				"0000000000000000")));
	golden_add(g, "Prefix Information of 8 bytes",
		   message6(134, 0, hex("40 00 0708 00000000 00000000 03 01 40 c0 00015180")));
	golden_add(g, "Route Information whose prefix does not fit its length",
		   message6(134, 0, hex("40 00 0708 00000000 00000000 18 01 40 00 00000258")));
	golden_add(g, "neighbor solicitation, target cut by the Payload Length",
		   message6(135, 0, hex("00000000 20010db8 00000000")));
	golden_add_cut(g, "cut in an option", message6(135, 0, hex("00000000" GLOBAL1 SOURCE_LINK)),
		       82);
}

/* MLD goes with Router Alert in a Hop-by-Hop Options header, RFC 2710 3. */
static struct blob mld(int type, const char *rest)
{
	struct blob alert = hex("3a 00 0502 0000 0100");

	return ethernet(0x86dd, ipv6(.next_header = ZERO, .hop_limit = 1, .source = LINK_LOCAL,
				     .destination = ALL_NODES,
				     .payload = join(alert, icmpv6(type, 0, hex(rest), LINK_LOCAL,
								   ALL_NODES))));
}

#define GROUP "ff0e0000 00000000 00000000 00001234"

GOLDEN(mld)
{
	golden_add(g, "version 1 query", mld(130, "03e8 0000" GROUP));
	golden_add(g, "version 1 report", mld(131, "0000 0000" GROUP));
	golden_add(g, "version 1 done", mld(132, "0000 0000" GROUP));
	golden_add(g, "version 2 query, 2 sources",
		   mld(130, "03e8 0000" GROUP "0a 7d 0002" GLOBAL1 GLOBAL2));
	golden_add(g, "version 2 general query, no sources",
		   mld(130, "2710 0000 00000000 00000000 00000000 00000000 02 7d 0000"));
	golden_add(g, "version 2 report: exclude nothing, and include 1 source",
		   mld(143, "0000 0002 04 00 0000" GROUP "01 00 0001" GROUP GLOBAL1));
	golden_add(g, "version 2 report with auxiliary data",
		   mld(143, "0000 0001 06 01 0001" GROUP GLOBAL1 "deadbeef"));
	golden_add(g, "version 2 report: one record too few",
		   mld(143, "0000 0002 04 00 0000" GROUP));
	golden_add(g, "version 2 report: Number of Sources too large",
		   mld(143, "0000 0001 01 00 0002" GROUP GLOBAL1));
	golden_add(g, "version 2 report: Aux Data Len too large",
		   mld(143, "0000 0001 01 01 0001" GROUP GLOBAL1));
	golden_add(g, "version 2 query: Number of Sources too large",
		   mld(130, "03e8 0000" GROUP "0a 7d 0003" GLOBAL1 GLOBAL2));
	golden_add(g, "a query of 26 bytes", mld(130, "03e8 0000" GROUP "0a7d"));
	golden_add(g, "a report of 20 bytes", mld(131, "0000 0000 ff0e0000 00000000 00000000"));
}

static struct blob igmp_frame(struct blob message, const char *destination)
{
	return ethernet(0x0800, ipv4(.protocol = 2, .ttl = 1, .options = "94 04 0000",
				     .destination = destination, .payload = message));
}

GOLDEN(igmp)
{
	golden_add(g, "version 1 query", igmp_frame(igmp(0x11, 0, hex("00000000")), "e0000001"));
	golden_add(g, "version 2 general query",
		   igmp_frame(igmp(0x11, 100, hex("00000000")), "e0000001"));
	golden_add(g, "version 1 report", igmp_frame(igmp(0x12, 0, hex("ef010101")), "ef010101"));
	golden_add(g, "version 2 report", igmp_frame(igmp(0x16, 0, hex("ef010101")), "ef010101"));
	golden_add(g, "leave group", igmp_frame(igmp(0x17, 0, hex("ef010101")), "e0000002"));
	golden_add(g, "version 3 query, 1 source",
		   igmp_frame(igmp(0x11, 100, hex("ef010101 0a 7d 0001 c0000201")), "ef010101"));
	golden_add(g, "version 3 general query",
		   igmp_frame(igmp(0x11, 0xff, hex("00000000 02 7d 0000")), "e0000001"));
	golden_add(g, "version 3 report: 2 records",
		   igmp_frame(igmp(0x22, 0,
				   hex("0000 0002 04 00 0000 ef010101 "
				       "05 00 0002 ef010102 c0000201 c0000202")),
			      "e0000016"));
	golden_add(g, "version 3 report with auxiliary data",
		   igmp_frame(igmp(0x22, 0, hex("0000 0001 06 01 0000 ef010101 deadbeef")),
			      "e0000016"));
	golden_add(g, "version 3 report: no records",
		   igmp_frame(igmp(0x22, 0, hex("0000 0000")), "e0000016"));
	golden_add(g, "version 3 report: one record too few",
		   igmp_frame(igmp(0x22, 0, hex("0000 0002 04 00 0000 ef010101")), "e0000016"));
	golden_add(g, "version 3 report: Number of Sources too large",
		   igmp_frame(igmp(0x22, 0, hex("0000 0001 05 00 0003 ef010102 c0000201 c0000202")),
			      "e0000016"));
	golden_add(g, "version 3 report: Aux Data Len too large",
		   igmp_frame(igmp(0x22, 0, hex("0000 0001 06 02 0000 ef010101 deadbeef")),
			      "e0000016"));
	golden_add(g, "version 3 query: Number of Sources too large",
		   igmp_frame(igmp(0x11, 100, hex("ef010101 0a 7d 0002 c0000201")), "ef010101"));
	golden_add(g, "a query of 10 bytes",
		   igmp_frame(igmp(0x11, 100, hex("ef010101 0a7d")), "ef010101"));
	golden_add(g, "a type nobody knows",
		   igmp_frame(igmp(0x77, 0, hex("ef010101")), "ef010101"));
	golden_add(g, "a wrong checksum",
		   igmp_frame(poke(igmp(0x16, 0, hex("ef010101")), 2, "bad0"), "ef010101"));
	golden_add(g, "7 bytes", igmp_frame(hex("16 00 0000 ef0101"), "ef010101"));
}
