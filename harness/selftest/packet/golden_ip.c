/* SPDX-License-Identifier: MIT */
/* Golden packets: IPv4 and IPv6. */
#include "harness/selftest/packet/golden.h"

#define UDP4 udp(.payload = text("hi"))
#define UDP6 udp(.ipv6 = true, .payload = text("hi"))

static struct blob in_ethernet(struct blob packet)
{
	return ethernet(0x0800, packet);
}

static struct blob in_ethernet6(struct blob packet)
{
	return ethernet(0x86dd, packet);
}

GOLDEN(ipv4)
{
	golden_add(g, "the shortest header", in_ethernet(ipv4(.payload = UDP4)));
	golden_add(g, "the longest header: 40 bytes of No Operation",
		   in_ethernet(ipv4(.payload = UDP4,
				    .options = "01010101 01010101 01010101 01010101 01010101 "
					       "01010101 01010101 01010101 01010101 01010101")));
	golden_add(g, "DSCP EF, ECN CE", in_ethernet(ipv4(.payload = UDP4, .tos = 0xbb)));
	golden_add(g, "DSCP AF11, ECT(0), may be fragmented",
		   in_ethernet(ipv4(.payload = UDP4, .tos = 0x2a, .flags_and_offset = ZERO)));
	golden_add(g, "the reserved flag is set",
		   in_ethernet(ipv4(.payload = UDP4, .flags_and_offset = 0x8000)));
	golden_add(g, "Time to Live 0", in_ethernet(ipv4(.payload = UDP4, .ttl = ZERO)));
	golden_add(g, "a protocol nobody knows",
		   in_ethernet(ipv4(.protocol = 200, .payload = text("unknown protocol"))));
	golden_add(g, "protocol 0, which only IPv6 has as options",
		   in_ethernet(ipv4(.protocol = ZERO, .payload = text("data"))));
	golden_add(g, "no payload", in_ethernet(ipv4(.protocol = 200, .payload = fill(0, 0))));
	golden_add(g, "a wrong Header Checksum",
		   in_ethernet(ipv4(.payload = UDP4, .checksum = 0xbad0)));
	golden_add(
		g, "first fragment, with a UDP header whose Length is of all fragments",
		in_ethernet(ipv4(.payload = udp(.payload = text("sixteen bytes!!!"), .length = 108),
				 .flags_and_offset = 0x2000)));
	golden_add(g, "middle fragment at 24",
		   in_ethernet(ipv4(.payload = fill('z', 24), .flags_and_offset = 0x2003)));
	golden_add(g, "last fragment at 48",
		   in_ethernet(ipv4(.payload = fill('z', 5), .flags_and_offset = 0x0006)));
	golden_add(g, "last fragment at the largest offset, 65528",
		   in_ethernet(ipv4(.payload = fill('z', 7), .flags_and_offset = 0x1fff)));
	golden_add(g, "a first fragment too small for a TCP header",
		   in_ethernet(ipv4(.protocol = 6, .payload = hex("9c40 7530 000003e8"),
				    .flags_and_offset = 0x2000)));
	golden_add(g, "version 5", in_ethernet(ipv4(.payload = UDP4, .version = 5)));
	golden_add(g, "IHL 4, too small", in_ethernet(ipv4(.payload = UDP4, .ihl = 4)));
	golden_add(g, "IHL 15, more than the Total Length",
		   in_ethernet(ipv4(.payload = UDP4, .ihl = 15)));
	golden_add(g, "Total Length 0", in_ethernet(ipv4(.payload = UDP4, .total_length = ZERO)));
	golden_add(g, "Total Length 19, less than the header",
		   in_ethernet(ipv4(.payload = UDP4, .total_length = 19)));
	golden_add(g, "Total Length one too large",
		   in_ethernet(ipv4(.payload = UDP4, .total_length = 31)));
	golden_add(g, "Total Length 65535",
		   in_ethernet(ipv4(.payload = UDP4, .total_length = 65535)));
	golden_add(g, "Total Length one too small for the UDP data",
		   in_ethernet(ipv4(.payload = UDP4, .total_length = 29)));
	golden_add(g, "IPv4 in IPv4",
		   in_ethernet(ipv4(.protocol = 4, .payload = ipv4(.payload = UDP4))));
	golden_add(g, "IPv6 in IPv4",
		   in_ethernet(ipv4(.protocol = 41, .payload = ipv6(.payload = UDP6))));
	golden_add_cut(g, "cut in the header", in_ethernet(ipv4(.payload = UDP4)), 30);
	golden_add_cut(g, "cut in the payload", in_ethernet(ipv4(.payload = UDP4)), 43);
}

GOLDEN(ipv4_options)
{
	golden_add(g, "Record Route with room for 2, 1 taken",
		   frame_udp4("07 0b 08 c0000201 00000000", "hi"));
	golden_add(g, "Record Route with the most room, 9",
		   frame_udp4("07 27 04 00000000 00000000 00000000 00000000 00000000 00000000 "
			      "00000000 00000000 00000000 00",
			      "hi"));
	golden_add(g, "Record Route that is full", frame_udp4("07 07 08 c0000201", "hi"));
	golden_add(g, "Internet Timestamp, times only",
		   frame_udp4("44 0c 09 00 000003e8 00000000", "hi"));
	golden_add(g, "Internet Timestamp with addresses, overflow 3",
		   frame_udp4("44 0c 0d 31 c0000201 000003e8", "hi"));
	golden_add(g, "Internet Timestamp with addresses given",
		   frame_udp4("44 14 05 03 c0000202 00000000 c0000203 00000000", "hi"));
	golden_add(g, "Loose Source Route over 2: the checksum is for the last address",
		   in_ethernet(ipv4(.options = "83 0b 04 c0000203 c0000204",
				    .payload = udp(.payload = text("hi"), .to = "c0000204"))));
	golden_add(g, "Strict Source Route at its end", frame_udp4("89 07 08 c0000203", "hi"));
	golden_add(g, "Router Alert", frame_udp4("94 04 0000", "hi"));
	golden_add(g, "Stream Identifier", frame_udp4("88 04 0001", "hi"));
	golden_add(g, "Security, Unclassified of RFC 1108", frame_udp4("82 03 ab", "hi"));
	golden_add(g, "CIPSO with one tag", frame_udp4("86 0a 00000001 01 04 0001", "hi"));
	golden_add(g, "Security, Secret, with two bytes of Protection Authority Flags",
		   frame_udp4("82 05 5a 4140", "hi"));
	golden_add(g, "Security, a level nobody has", frame_udp4("82 03 00", "hi"));
	golden_add(g, "Security of 2 bytes", frame_udp4("82 02 00", "hi"));
	golden_add(g, "Extended Security", frame_udp4("85 06 05 010203", "hi"));
	golden_add(g, "Extended Security of 2 bytes", frame_udp4("85 02 00", "hi"));
	golden_add(g, "CIPSO with a bit map, categories one by one, and ranges",
		   frame_udp4("86 18 00000003 01 06 00 01 8000 02 06 00 02 0007 05 06 00 01 0009",
			      "hi"));
	golden_add(g, "CIPSO whose tag is longer than the option",
		   frame_udp4("86 0a 00000001 01 08 0001", "hi"));
	golden_add(g, "CIPSO of 5 bytes", frame_udp4("86 05 000000", "hi"));
	golden_add(g, "MTU Probe and MTU Reply", frame_udp4("0b 04 05dc 0c 04 0240", "hi"));
	golden_add(g, "MTU Probe of 3 bytes", frame_udp4("0b 03 05", "hi"));
	golden_add(g, "Traceroute", frame_udp4("52 0c 1234 0003 ffff c0000201", "hi"));
	golden_add(g, "Traceroute of 8 bytes", frame_udp4("52 08 1234 0003 ffff", "hi"));
	golden_add(g, "Quick-Start: a Rate Request of 1280 kbit/s",
		   frame_udp4("19 08 05 40 12345678", "hi"));
	golden_add(g, "Quick-Start: a Report of Approved Rate, none",
		   frame_udp4("19 08 80 00 fffffffc", "hi"));
	golden_add(g, "Quick-Start of 4 bytes", frame_udp4("19 04 05 40", "hi"));
	golden_add(g, "options for experiments (RFC 3692): 30, 94, 158, 222",
		   frame_udp4("1e 03 01 5e 03 02 9e 03 03 de 03 04", "hi"));
	golden_add(g,
		   "options that have only a name, most of them deprecated: 10, 15, 142, 144, 145, "
		   "147, 149, 151, 152, 205",
		   frame_udp4("0a 02 0f 02 8e 02 90 02 91 02 93 02 95 02 97 02 98 02 cd 02", "hi"));
	golden_add(g, "Internet Timestamp with a flag nobody has",
		   frame_udp4("44 0c 05 02 00000000 00000000", "hi"));
	golden_add(g, "an unknown option of 4 bytes", frame_udp4("99 04 abcd", "hi"));
	golden_add(g, "an unknown option without data", frame_udp4("99 02 01 00", "hi"));
	golden_add(g, "No Operation, then Router Alert",
		   frame_udp4("01 94 04 0000 01 01 01", "hi"));
	golden_add(g, "End of Option List, then something", frame_udp4("00 94 04 00", "hi"));
	golden_add(g, "length 0", frame_udp4("94 00 0000", "hi"));
	golden_add(g, "length 1", frame_udp4("94 01 0000", "hi"));
	golden_add(g, "length larger than the header", frame_udp4("94 05 0000", "hi"));
	golden_add(g, "length 255", frame_udp4("07 ff 04 00", "hi"));
	golden_add(g, "the last byte of the header is a type without a length",
		   frame_udp4("01 01 01 94", "hi"));
	golden_add(g, "Router Alert of 3 bytes", frame_udp4("94 03 00 00", "hi"));
	golden_add(g, "Record Route: length no multiple of 4",
		   frame_udp4("07 08 04 00000000 00", "hi"));
	golden_add(g, "Record Route: pointer 3, before the first place",
		   frame_udp4("07 07 03 00000000", "hi"));
	golden_add(g, "Internet Timestamp: pointer 4, inside the header of the option",
		   frame_udp4("44 08 04 00 00000000", "hi"));
	golden_add(g, "Internet Timestamp of 3 bytes", frame_udp4("44 03 05 00", "hi"));
}

GOLDEN(ipv6)
{
	golden_add(g, "UDP", in_ethernet6(ipv6(.payload = UDP6)));
	golden_add(g, "TCP", in_ethernet6(ipv6(.next_header = 6, .payload = tcp(.ipv6 = true))));
	golden_add(g, "Traffic Class 0xbb (EF, CE), Flow Label 0xfffff, Hop Limit 0",
		   in_ethernet6(ipv6(.payload = UDP6, .traffic_class = 0xbb, .flow_label = 0xfffff,
				     .hop_limit = ZERO)));
	golden_add(g, "No Next Header, no payload",
		   in_ethernet6(ipv6(.next_header = 59, .payload = fill(0, 0))));
	golden_add(g, "No Next Header, with bytes to be ignored",
		   in_ethernet6(ipv6(.next_header = 59, .payload = fill(0xff, 4))));
	golden_add(g, "an unknown next header",
		   in_ethernet6(ipv6(.next_header = 200, .payload = text("data"))));
	golden_add(g, "an IPv4-mapped address",
		   in_ethernet6(ipv6(.next_header = 200, .payload = text("data"),
				     .source = "00000000 00000000 0000ffff c0000201")));
	golden_add(g, "addresses that are shortened in the middle and at the end",
		   in_ethernet6(ipv6(.next_header = 200, .payload = text("data"),
				     .source = "20010db8 00000001 00010000 00000001",
				     .destination = "20010db8 00010000 00000000 00000000")));
	golden_add(g, "Payload Length one too large",
		   in_ethernet6(ipv6(.payload = UDP6, .payload_length = 11)));
	golden_add(g, "Payload Length 65535",
		   in_ethernet6(ipv6(.payload = UDP6, .payload_length = 65535)));
	golden_add(g, "Payload Length one too small for the UDP data",
		   in_ethernet6(ipv6(.payload = UDP6, .payload_length = 9)));
	golden_add(g, "Payload Length 0, and UDP announced",
		   in_ethernet6(ipv6(.payload = UDP6, .payload_length = ZERO)));
	golden_add(g, "version 4", in_ethernet6(ipv6(.payload = UDP6, .version = 4)));
	golden_add(g, "39 bytes",
		   in_ethernet6(hex("60000000 0000 3b 40 20010db8 00000000 00000000 00000001 "
				    "20010db8 00000000 00000000 000000")));
	golden_add(g, "IPv6 in IPv6",
		   in_ethernet6(ipv6(.next_header = 41, .payload = ipv6(.payload = UDP6))));
	golden_add(g, "IPv4 in IPv6",
		   in_ethernet6(ipv6(.next_header = 4, .payload = ipv4(.payload = UDP4))));
	golden_add_cut(g, "cut in the Destination Address", in_ethernet6(ipv6(.payload = UDP6)),
		       50);
}

/* One extension header in front of a UDP datagram. */
static struct blob extension(int next_header, const char *header)
{
	return in_ethernet6(ipv6(.next_header = next_header, .payload = join(hex(header), UDP6)));
}

#define HOME "20010db8 00000000 00000000 00000009"

GOLDEN(ipv6_extension)
{
	golden_add(g, "Hop-by-Hop: Router Alert for MLD, PadN",
		   extension(ZERO, "11 00 0502 0000 0100"));
	golden_add(g, "Hop-by-Hop: six of Pad1", extension(ZERO, "11 00 000000000000"));
	golden_add(g, "Hop-by-Hop: an experimental option that asks for an error (0x9e)",
		   extension(ZERO, "11 00 9e04 01020304"));
	golden_add(g, "Hop-by-Hop of 16 bytes: Minimum Path MTU, PadN",
		   extension(ZERO, "11 01 3004 05dc0000 0106 000000000000"));
	golden_add(g, "Hop-by-Hop: option longer than the header",
		   extension(ZERO, "11 00 0505 0000 0100"));
	golden_add(g, "Hop-by-Hop: an option type as the last byte",
		   extension(ZERO, "11 00 0103 000000 05"));
	golden_add(g, "Hop-by-Hop: Router Alert of 3 bytes",
		   extension(ZERO, "11 00 0503 000000 00"));
	golden_add(g, "Hop-by-Hop: Hdr Ext Len 255, far too large",
		   extension(ZERO, "11 ff 0502 0000 0100"));
	golden_add(g, "Hop-by-Hop does not come first",
		   in_ethernet6(ipv6(.next_header = 60,
				     .payload = join(hex("00 00 0104 00000000 11 00 0104 00000000"),
						     UDP6))));
	golden_add(g, "Jumbo Payload with a Payload Length that is not 0",
		   extension(ZERO, "11 00 c204 00011170"));
	golden_add(g, "Jumbo Payload of 70000 in a short packet",
		   in_ethernet6(ipv6(.next_header = ZERO, .payload_length = ZERO,
				     .payload = join(hex("11 00 c204 00011170"), UDP6))));
	golden_add(g, "Jumbo Payload of 100, which is no jumbogram",
		   in_ethernet6(ipv6(.next_header = ZERO, .payload_length = ZERO,
				     .payload = join(hex("11 00 c204 00000064"), UDP6))));
	golden_add(g, "Payload Length 0, Hop-by-Hop without a Jumbo Payload",
		   in_ethernet6(ipv6(.next_header = ZERO, .payload_length = ZERO,
				     .payload = join(hex("11 00 0104 00000000"), UDP6))));
	golden_add(g, "Destination: Tunnel Encapsulation Limit 4",
		   extension(60, "11 00 0401 04 0101 00"));
	golden_add(g, "Destination: Home Address, which the checksum covers",
		   in_ethernet6(ipv6(.next_header = 60,
				     .payload = join(hex("11 02 0102 0000 c910 " HOME),
						     udp(.ipv6 = true, .payload = text("hi"),
							 .from = HOME)))));
	golden_add(g, "Destination: Home Address of 8 bytes",
		   extension(60, "11 01 c908 0000000000000000 0102 0000"));
	golden_add(g, "Routing type 0: 2 addresses, 1 left",
		   in_ethernet6(ipv6(.next_header = 43,
				     .payload = join(
					     hex("11 04 00 01 00000000 "
						 "20010db8 00000000 00000000 00000003 "
						 "20010db8 00000000 00000000 00000004"),
					     udp(.ipv6 = true, .payload = text("hi"),
						 .to = "20010db8 00000000 00000000 00000004")))));
	golden_add(g, "Routing type 2: a home address",
		   in_ethernet6(ipv6(.next_header = 43,
				     .payload = join(hex("11 02 02 01 00000000 " HOME),
						     udp(.ipv6 = true, .payload = text("hi"),
							 .to = HOME)))));
	golden_add(g, "Routing type 3 (RPL)",
		   extension(43, "11 01 03 00 ee 40 0000 0001 0002 00000000"));
	golden_add(g, "Routing type 4 (Segment Routing): 2 segments, 1 left, tag 7",
		   in_ethernet6(ipv6(.next_header = 43,
				     .payload = join(
					     hex("11 04 04 01 01 00 0007 "
						 "20010db8 00000000 00000000 00000004 "
						 "20010db8 00000000 00000000 00000002"),
					     udp(.ipv6 = true, .payload = text("hi"),
						 .to = "20010db8 00000000 00000000 00000004")))));
	golden_add(g, "Segment Routing with a TLV",
		   extension(43, "11 03 04 00 00 00 0000 20010db8 00000000 00000000 00000002 "
				 "0406 000000000000"));
	golden_add(g, "Routing type 3: prefixes of 8 bytes, the last address shares 15",
		   in_ethernet6(ipv6(.next_header = 43,
				     .payload = join(
					     hex("11 02 03 02 8f 70 0000 0000000000000003 "
						 "04 00000000000000"),
					     udp(.ipv6 = true, .payload = text("hi"),
						 .to = "20010db8 00000000 00000000 00000004")))));
	golden_add(g, "Routing type 3: nothing is left out",
		   extension(43, "11 04 03 00 00 00 0000 20010db8 00000000 00000000 00000003 "
				 "20010db8 00000000 00000000 00000004"));
	golden_add(g, "Routing type 3: Pad leaves half an address",
		   extension(43, "11 01 03 00 ee 50 0000 0001 0002 00000000"));
	golden_add(g, "Routing type 3: more padding than bytes",
		   extension(43, "11 01 03 00 0e 00 0000 0001 0002 00000000"));
	golden_add(g, "Routing type 3: Segments Left more than addresses",
		   extension(43, "11 01 03 03 ee 40 0000 0001 0002 00000000"));
	golden_add(g, "Segment Routing with an HMAC of 8 bytes, the O flag, Pad1 twice",
		   extension(43, "11 05 04 00 00 20 0000 20010db8 00000000 00000000 00000002 "
				 "050e 8000 00000007 a1a2a3a4a5a6a7a8 00 00 0404 00000000"));
	golden_add(g, "Segment Routing with a TLV nobody knows, whose value may change",
		   extension(43, "11 03 04 00 00 00 0000 20010db8 00000000 00000000 00000002 "
				 "fe06 010203040506"));
	golden_add(g, "Segment Routing: an HMAC of 7 bytes",
		   extension(43, "11 04 04 00 00 00 0000 20010db8 00000000 00000000 00000002 "
				 "050d 0000 00000007 a1a2a3a4a5a6a7 00"));
	golden_add(g, "Segment Routing: a TLV longer than the header",
		   extension(43, "11 03 04 00 00 00 0000 20010db8 00000000 00000000 00000002 "
				 "0407 000000000000"));
	golden_add(g, "Routing type 0: odd Hdr Ext Len",
		   extension(43, "11 01 00 00 00000000 "
				 "0000000000000000"));
	golden_add(g, "Routing type 0: Segments Left more than addresses",
		   extension(43, "11 02 00 02 00000000 20010db8 00000000 00000000 00000003"));
	golden_add(g, "Segment Routing: Last Entry too large",
		   extension(43, "11 02 04 00 01 00 0000 20010db8 00000000 00000000 00000003"));
	golden_add(g, "Routing: Hdr Ext Len too large", extension(43, "11 08 00 00 00000000"));
	golden_add(g, "an unknown Routing type", extension(43, "11 00 fe 00 00000000"));
	golden_add(g, "Fragment: atomic (offset 0, no more)", extension(44, "11 00 0000 00000007"));
	golden_add(g, "Fragment: first, TCP header whole",
		   in_ethernet6(
			   ipv6(.next_header = 44, .payload = join(hex("06 00 0001 00000007"),
								   tcp(.ipv6 = true, .flags = 0x18,
								       .payload = text("data"))))));
	golden_add(g, "Fragment: at 1448, the last",
		   in_ethernet6(ipv6(.next_header = 44,
				     .payload = join(hex("06 00 05a8 00000007"), fill('z', 9)))));
	golden_add(g, "Fragment: not the last, and no multiple of 8",
		   in_ethernet6(ipv6(.next_header = 44,
				     .payload = join(hex("06 00 05a9 00000007"), fill('z', 9)))));
	golden_add(
		g, "all four, then UDP",
		in_ethernet6(ipv6(.next_header = ZERO,
				  .payload = join(hex("3c 00 0502 0000 0100 2b 00 0104 00000000 "
						      "2c 00 fd 00 00000000 11 00 0000 00000001"),
						  UDP6))));
	golden_add_cut(g, "cut in the second address of a type 3 header",
		       extension(43, "11 01 03 00 ee 40 0000 0001 0002 00000000"), 65);
	golden_add_cut(g, "cut in the options",
		       extension(ZERO, "11 01 3004 05dc0000 0106 "
				       "000000000000"),
		       62);
}

GOLDEN(ipv6_options)
{
	golden_add(g, "Minimum Path MTU with an answer wanted",
		   extension(ZERO, "11 00 3004 05dc 0501"));
	golden_add(g, "CALIPSO with 2 words of compartments",
		   extension(ZERO, "11 02 0710 00000005 02 09 1234 80000001 00000002 0102 0000"));
	golden_add(g, "SMF_DPD", extension(ZERO, "11 00 0804 00abcdef"));
	golden_add(g, "Performance and Diagnostic Metrics",
		   extension(60, "11 01 0f0a 01 02 0003 0004 0005 0006 0100"));
	golden_add(g, "IOAM: Direct Export, and one that changes",
		   extension(ZERO, "11 01 1104 00 04 0102 3104 00 00 0304 0100"));
	golden_add(g, "AltMark with both marks", extension(ZERO, "11 00 1204 abcde c00"));
	golden_add(g, "RPL, both numbers of the option, all flags",
		   extension(ZERO, "11 01 2304 e0 1e 0100 6304 00 1e 0200 0100"));
	golden_add(g, "RPL with a sub-TLV",
		   extension(ZERO, "11 01 2306 00 1e 0100 0102 0104 00000000"));
	golden_add(g, "Quick-Start: a Rate Request of 80 kbit/s",
		   extension(ZERO, "11 01 2606 01 40 12345678 0104 00000000"));
	golden_add(g, "MPL", extension(ZERO, "11 00 6d02 20 01 0100"));
	golden_add(g, "ILNP Nonce", extension(60, "11 00 8b04 00123456"));
	golden_add(g, "Line-Identification and IP_DFF",
		   extension(60, "11 01 8c03 02 6161 ee03 000001 0102 0000"));
	golden_add(g, "experiments and options that are deprecated",
		   extension(60, "11 02 1e00 3e00 5e00 7e00 9e00 be00 de00 fe00 4d00 8a00 0100"));
	golden_add(g, "Minimum Path MTU of 2 bytes", extension(ZERO, "11 00 3002 05dc 0100"));
	golden_add(g, "CALIPSO of 4 bytes", extension(ZERO, "11 00 0704 00000005"));
	golden_add(g, "Performance and Diagnostic Metrics of 4 bytes",
		   extension(60, "11 00 0f04 00000000"));
	golden_add(g, "IOAM of 1 byte", extension(ZERO, "11 00 1101 00 0101 00"));
	golden_add(g, "AltMark of 3 bytes", extension(ZERO, "11 00 1203 000000 00"));
	golden_add(g, "RPL of 3 bytes", extension(ZERO, "11 00 2303 000000 00"));
	golden_add(g, "Quick-Start of 4 bytes", extension(ZERO, "11 00 2604 00000000"));
	golden_add(g, "the Mobility Header is data",
		   in_ethernet6(ipv6(.next_header = 135, .payload = hex("3b 00 00 00 0000 0000"))));
}

WALK_INSIDE(PACKET_ROUTING)
{
	struct packet_segment_tlv tlv;
	bool inside = true;

	while (packet_segment_tlv_next(walk, &tlv))
		inside &= tlv.data_offset + tlv.length <= p->captured;
	return inside;
}
