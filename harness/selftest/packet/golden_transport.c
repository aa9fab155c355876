/* SPDX-License-Identifier: MIT */
/* Golden packets: UDP, TCP and its options. */
#include "harness/selftest/packet/golden.h"

static struct blob frame4(int protocol, struct blob payload)
{
	return ethernet(0x0800, ipv4(.protocol = protocol, .payload = payload));
}

static struct blob frame6(int protocol, struct blob payload)
{
	return ethernet(0x86dd, ipv6(.next_header = protocol, .payload = payload));
}

GOLDEN(udp)
{
	golden_add(g, "hello", frame4(17, udp(.payload = text("hello"))));
	golden_add(g, "hello over IPv6", frame6(17, udp(.ipv6 = true, .payload = text("hello"))));
	golden_add(g, "no data, ports 1 and 65535",
		   frame4(17, udp(.source = 1, .destination = 65535, .payload = fill(0, 0))));
	golden_add(g, "source port 0: no answer is expected",
		   frame4(17, udp(.source = ZERO, .payload = text("hello"))));
	golden_add(g, "an odd number of bytes that are not text",
		   frame4(17, udp(.payload = hex("ff fe fd"))));
	golden_add(g, "no checksum", frame4(17, udp(.checksum = ZERO, .payload = text("hello"))));
	golden_add(g, "no checksum over IPv6",
		   frame6(17, udp(.ipv6 = true, .checksum = ZERO, .payload = text("hello"))));
	golden_add(g, "a wrong checksum",
		   frame4(17, udp(.checksum = 0xbad0, .payload = text("hello"))));
	golden_add(g, "a wrong checksum over IPv6",
		   frame6(17, udp(.ipv6 = true, .checksum = 0xbad0, .payload = text("hello"))));
	golden_add(g, "a sum of 0, which is sent as ffff", frame4(17, udp(.payload = hex("729b"))));
	golden_add(g, "Length 0", frame4(17, udp(.length = ZERO, .payload = text("hello"))));
	golden_add(g, "Length 0 over IPv6, without a jumbogram",
		   frame6(17, udp(.ipv6 = true, .length = ZERO, .payload = text("hello"))));
	golden_add(g, "Length 7, less than the header",
		   frame4(17, udp(.length = 7, .payload = text("hello"))));
	golden_add(g, "Length one too large",
		   frame4(17, udp(.length = 14, .payload = text("hello"))));
	golden_add(g, "Length 65535", frame4(17, udp(.length = 65535, .payload = text("hello"))));
	golden_add(g, "Length smaller than the IP payload: a surplus (RFC 9868)",
		   frame4(17, join(udp(.payload = text("hello")), hex("0000 0000"))));
	golden_add(g, "7 bytes", frame4(17, hex("9c40 7530 000d 00")));
	golden_add_cut(g, "cut in the data", frame4(17, udp(.payload = text("hello"))), 45);
	golden_add_cut(g, "cut in the header", frame4(17, udp(.payload = text("hello"))), 38);
}

GOLDEN(tcp)
{
	golden_add(g, "SYN without options", frame4(6, tcp(.flags = 0x002)));
	golden_add(g, "SYN of Linux",
		   frame_tcp4(0x002, "02 04 05b4 04 02 08 0a 0000000100000000 01 03 03 07"));
	golden_add(g, "SYN,ACK over IPv6",
		   frame6(6, tcp(.ipv6 = true, .flags = 0x012, .acknowledgment = 2000,
				 .options = "02 04 05a0 01 03 03 07")));
	golden_add(
		g, "data with PSH",
		frame4(6, tcp(.flags = 0x018, .acknowledgment = 2000, .payload = text("hello"))));
	golden_add(g, "urgent data",
		   frame4(6, tcp(.flags = 0x038, .acknowledgment = 2000, .urgent = 1,
				 .payload = text("!"))));
	golden_add(g, "FIN,ACK", frame4(6, tcp(.flags = 0x011, .acknowledgment = 2000)));
	golden_add(g, "RST with sequence number 0xffffffff, window 0",
		   frame4(6, tcp(.flags = 0x004, .sequence = 0xffffffff, .window = ZERO)));
	golden_add(g, "SYN that offers ECN", frame4(6, tcp(.flags = 0x0c2)));
	golden_add(g, "SYN that offers Accurate ECN", frame4(6, tcp(.flags = 0x1c2)));
	golden_add(g, "no flags at all", frame4(6, tcp(.flags = ZERO)));
	golden_add(g, "every flag", frame4(6, tcp(.flags = 0x1ff, .acknowledgment = 2000)));
	golden_add(g, "every reserved bit", frame4(6, tcp(.flags = 0xe10, .acknowledgment = 2000)));
	golden_add(g, "the longest header, Data Offset 15",
		   frame_tcp4(0x010, "01010101 01010101 01010101 01010101 01010101 01010101 "
				     "01010101 01010101 01010101 01010101"));
	golden_add(g, "a wrong checksum", frame4(6, tcp(.checksum = 0xbad0)));
	golden_add(g, "a wrong checksum over IPv6",
		   frame6(6, tcp(.ipv6 = true, .checksum = 0xbad0)));
	golden_add(g, "an odd number of data bytes",
		   frame4(6, tcp(.flags = 0x018, .acknowledgment = 2000, .payload = text("abc"))));
	golden_add(g, "Data Offset 0", frame4(6, poke(tcp(.flags = 0x002), 12, "00")));
	golden_add(g, "Data Offset 4, too small", frame4(6, tcp(.data_offset = 4)));
	golden_add(g, "Data Offset 6, one more than there is", frame4(6, tcp(.data_offset = 6)));
	golden_add(g, "Data Offset 15 in a segment of 24 bytes",
		   frame4(6, tcp(.data_offset = 15, .options = "02 04 05b4")));
	golden_add(g, "19 bytes", frame4(6, hex("9c40 7530 000003e8 00000000 5002 ffff 0000 00")));
	golden_add(g, "padded to the least frame",
		   join(frame4(6, tcp(.flags = 0x010)), fill(0, 6)));
	golden_add_cut(g, "cut in the header", frame4(6, tcp(.flags = 0x002)), 47);
	golden_add_cut(g, "cut in the options",
		       frame_tcp4(0x002, "02 04 05b4 04 02 08 0a 0000000100000000 01 03 03 07"),
		       64);
	golden_add_cut(g, "cut in the data",
		       frame4(6, tcp(.flags = 0x018, .payload = text("hello"))), 56);
}

GOLDEN(tcp_options)
{
	static const struct {
		const char *about, *options;
		int flags;
	} rows[] = {
		{"Maximum Segment Size 1460", "02 04 05b4", 0x002},
		{"Maximum Segment Size 0", "02 04 0000", 0x002},
		{"Maximum Segment Size of 3 bytes", "02 03 05 00", 0x002},
		{"Maximum Segment Size of 5 bytes", "02 05 05b4 00", 0x002},
		{"Window Scale 7", "01 03 03 07", 0x002},
		{"Window Scale 14, the largest", "01 03 03 0e", 0x002},
		{"Window Scale 15, used as 14", "01 03 03 0f", 0x002},
		{"Window Scale of 2 bytes", "03 02 01 01", 0x002},
		{"Window Scale of 4 bytes", "03 04 0700", 0x002},
		{"SACK Permitted", "04 02 01 01", 0x002},
		{"SACK Permitted of 3 bytes", "04 03 00 01", 0x002},
		{"SACK with 1 block", "01 01 05 0a 000007d0 00000bb8", 0x010},
		{"SACK with 4 blocks, the most",
		 "01 01 05 22 000007d0 00000bb8 00000fa0 00001388 00001770 00001b58 00001f40 "
		 "00002328",
		 0x010},
		{"SACK with 3 blocks and Timestamps",
		 "01 01 08 0a 00000005 00000006 01 01 05 1a 000007d0 00000bb8 00000fa0 00001388 "
		 "00001770 00001b58",
		 0x010},
		{"SACK without blocks", "05 02 01 01", 0x010},
		{"SACK of 9 bytes", "05 09 000007d0 00000b 01 01 01", 0x010},
		{"SACK of 12 bytes", "05 0c 000007d0 00000bb8 0000", 0x010},
		{"Timestamps", "01 01 08 0a 000003e8 00000000", 0x002},
		{"Timestamps of 9 bytes", "08 09 000003e8 000000 01 01 01", 0x002},
		{"MD5 Signature", "13 12 000102030405060708090a0b0c0d0e0f 01 01", 0x002},
		{"MD5 Signature of 17 bytes", "13 11 000102030405060708090a0b0c0d0e 01 01 01",
		 0x002},
		{"User Timeout 60 minutes", "1c 04 803c", 0x002},
		{"User Timeout 32767 seconds", "1c 04 7fff", 0x002},
		{"User Timeout of 3 bytes", "1c 03 80 01", 0x002},
		{"Authentication with a MAC of 12 bytes", "1d 10 01 02 000102030405060708090a0b",
		 0x002},
		{"Authentication without a MAC", "1d 04 01 02", 0x002},
		{"Authentication of 3 bytes", "1d 03 01 01", 0x002},
		{"Fast Open cookie request", "22 02 01 01", 0x002},
		{"Fast Open cookie of 4 bytes, the shortest", "22 06 01020304 01 01", 0x002},
		{"Fast Open cookie of 16 bytes, the longest",
		 "22 12 000102030405060708090a0b0c0d0e0f 01 01", 0x002},
		{"Fast Open cookie of 2 bytes", "22 04 0102", 0x002},
		{"Fast Open cookie of 18 bytes", "22 14 000102030405060708090a0b0c0d0e0f1011",
		 0x002},
		{"Fast Open as experiment 0xf989: cookie request", "fe 04 f989", 0x002},
		{"Fast Open as experiment 0xf989: cookie", "fe 0c f989 0102030405060708", 0x002},
		{"experiment 253 with another ExID", "fd 08 1234 01020304", 0x002},
		{"experiment 254 too short for an ExID", "fe 03 f9 01", 0x002},
		{"Accurate ECN, order 0, 3 counters", "ac 0b 000001 000002 000003 01", 0x010},
		{"Accurate ECN, order 1, 1 counter", "ae 05 000001 01 01 01", 0x010},
		{"Accurate ECN of 4 bytes", "ac 04 0000", 0x010},
		{"Echo, obsolete", "06 06 00000001 01 01", 0x002},
		{"SCPS Capabilities", "14 04 0001", 0x002},
		{"an unknown option", "c8 06 01020304 01 01", 0x002},
		{"an unknown option without data", "c8 02 01 01", 0x002},
		{"End of Option List, then garbage", "00 02 04 05", 0x002},
		{"length 0", "02 00 05b4", 0x002},
		{"length 1", "02 01 05b4", 0x002},
		{"length larger than the header", "02 05 05b4", 0x002},
		{"length 255", "02 ff 05b4", 0x002},
		{"the last byte of the header is a kind without a length", "01 01 01 02", 0x002},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		golden_add(g, rows[i].about, frame_tcp4(rows[i].flags, rows[i].options));
}

GOLDEN(mptcp)
{
	static const struct {
		const char *about, *options;
		int flags;
	} rows[] = {
		{"MP_CAPABLE of a SYN, version 1", "1e 04 01 81", 0x002},
		{"MP_CAPABLE of a SYN,ACK", "1e 0c 01 01 0102030405060708", 0x012},
		{"MP_CAPABLE of the ACK, both keys",
		 "1e 14 01 01 0102030405060708 1112131415161718", 0x010},
		{"MP_CAPABLE with data", "1e 16 01 01 0102030405060708 1112131415161718 0005 01 01",
		 0x018},
		{"MP_CAPABLE with data and checksum",
		 "1e 18 01 81 0102030405060708 1112131415161718 0005 abcd", 0x018},
		{"MP_CAPABLE of version 0", "1e 0c 00 81 0102030405060708", 0x002},
		{"MP_CAPABLE of 6 bytes", "1e 06 01 01 0102 01 01", 0x002},
		{"MP_JOIN of a SYN, backup", "1e 0c 11 02 01020304 05060708", 0x002},
		{"MP_JOIN of a SYN,ACK", "1e 10 10 02 0102030405060708 090a0b0c", 0x012},
		{"MP_JOIN of the ACK", "1e 18 10 00 000102030405060708090a0b0c0d0e0f10111213",
		 0x010},
		{"MP_JOIN of 13 bytes", "1e 0d 10 02 01020304 05060708 00 01 01 01", 0x002},
		{"DSS: Data ACK of 4 bytes", "1e 08 20 01 00000009", 0x010},
		{"DSS: Data ACK of 8 bytes", "1e 0c 20 03 0000000100000009", 0x010},
		{"DSS: everything of 8 bytes, checksum, DATA_FIN",
		 "1e 1c 20 1f 0000000100000009 0000000200000005 00000001 0005 abcd", 0x018},
		{"DSS: mapping of 4 bytes, no checksum", "1e 0e 20 04 00000005 00000001 0005 01 01",
		 0x018},
		{"DSS: nothing", "1e 04 20 00", 0x010},
		{"DSS: flags ask for more than there is", "1e 08 20 03 00000009", 0x010},
		{"DSS: flags ask for less than there is", "1e 0c 20 01 0000000100000009", 0x010},
		{"ADD_ADDR, IPv4 with HMAC", "1e 10 30 01 c0000203 0102030405060708", 0x010},
		{"ADD_ADDR, IPv4 with port and HMAC",
		 "1e 12 30 01 c0000203 1f90 0102030405060708 01 01", 0x010},
		{"ADD_ADDR, echo, IPv4", "1e 08 31 01 c0000203", 0x010},
		{"ADD_ADDR, IPv6 with port and HMAC",
		 "1e 1e 30 01 20010db8000000000000000000000003 1f90 0102030405060708 01 01", 0x010},
		{"ADD_ADDR of version 0", "1e 08 34 01 c0000203", 0x010},
		{"ADD_ADDR of 9 bytes", "1e 09 30 01 c0000203 00 01 01 01", 0x010},
		{"REMOVE_ADDR of 1", "1e 04 40 01", 0x010},
		{"REMOVE_ADDR of 3", "1e 06 40 01 02 03 01 01", 0x010},
		{"REMOVE_ADDR of none", "1e 03 40 01", 0x010},
		{"MP_PRIO, backup", "1e 03 51 01", 0x010},
		{"MP_PRIO of version 0", "1e 04 51 02", 0x010},
		{"MP_FAIL", "1e 0c 60 00 0000000200000005", 0x010},
		{"MP_FAIL of 8 bytes", "1e 08 60 00 00000005", 0x010},
		{"MP_FASTCLOSE", "1e 0c 70 00 1112131415161718", 0x010},
		{"MP_TCPRST, reason 3, transient", "1e 04 81 03", 0x014},
		{"MP_TCPRST of 3 bytes", "1e 03 81 01", 0x014},
		{"an unknown subtype", "1e 04 f0 00", 0x010},
		{"2 bytes: no subtype at all", "1e 02 01 01", 0x010},
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		golden_add(g, rows[i].about, frame_tcp4(rows[i].flags, rows[i].options));
}
