/* SPDX-License-Identifier: MIT */
/* Golden packets: DECnet Phase IV routing messages. */
#include "harness/selftest/packet/golden.h"

/* On Ethernet, with the length field in front. */
static struct blob frame(struct blob message)
{
	struct blob length = hex("00 00");

	length.bytes[0] = (uint8_t)message.length;
	length.bytes[1] = (uint8_t)(message.length >> 8);
	return ethernet(0x6003, join(length, message));
}

/* Nodes 1.1 (0x0401) and 2.3 (0x0803); the data is an NSP data acknowledgment. */
#define ID_1_1	"aa000400 0104"
#define ID_2_3	"aa000400 0308"
#define NSP_ACK "04 0120 0220 0180"
#define LONG	"0000 " ID_2_3 " 0000 " ID_1_1 " 00 05 00 00 " NSP_ACK

/* The segments and the sum of their little-endian words and 1, in one's complement. */
static struct blob routing(const char *header, const char *segments)
{
	struct blob s = hex(segments), sum = hex("0000");
	uint32_t total = 1;

	for (size_t i = 0; i + 1 < s.length; i += 2)
		total += s.bytes[i] + 256u * s.bytes[i + 1];
	total = total % 65535 == 0 ? 65535 : total % 65535;
	sum.bytes[0] = (uint8_t)total;
	sum.bytes[1] = (uint8_t)(total >> 8);
	return join(hex(header), join(s, sum));
}

GOLDEN(decnet)
{
	golden_add(g, "long data", frame(hex("06 " LONG)));
	golden_add(g, "long data, from this Ethernet, to be returned, returning",
		   frame(hex("3e " LONG)));
	golden_add(g, "long data, the reserved fields set",
		   frame(hex("26 0102 " ID_2_3 " 0304 " ID_1_1 " 05 3f 06 07 " NSP_ACK)));
	golden_add(g, "long data, addresses that are not DECnet's",
		   frame(hex("26 0000 020000000001 0000 020000000002 00 00 00 00 " NSP_ACK)));
	golden_add(g, "long data, one byte of padding", frame(hex("81 26 " LONG)));
	golden_add(g, "long data, 4 bytes of padding, and Ethernet's",
		   join(frame(hex("84 000000 26 " LONG)), fill(0, 12)));
	golden_add(g, "short data", frame(hex("02 0308 0104 01 " NSP_ACK)));
	golden_add(g, "short data, the largest address, 63 visits",
		   frame(hex("1a ffff 0104 ff " NSP_ACK)));
	golden_add(g, "short data, nothing in it", frame(hex("02 0308 0104 00")));
	golden_add(g, "initialization, level 1 router",
		   frame(hex("01 0104 02 4002 02 00 00 0f00 00")));
	golden_add(g, "initialization, endnode, verification and blocking, reserved bytes",
		   frame(hex("01 0104 0f 4002 02 00 00 0f00 02 abcd")));
	golden_add(g, "verification", frame(hex("03 0104 04 70617373")));
	golden_add(g, "hello and test", frame(hex("05 0104 03 aaaaaa")));
	golden_add(g, "hello and test, no data", frame(hex("05 0104 00")));
	golden_add(g, "level 1 routing, one segment of one node",
		   frame(routing("07 0104 00", "0100 0000 0404")));
	golden_add(g, "level 1 routing, two segments of one node",
		   frame(routing("07 0104 00", "0100 0000 ff7f 0100 ff03 0404")));
	golden_add(g, "level 1 routing, a segment of three nodes",
		   frame(routing("07 0104 00", "0300 0000 0000 0404 ff7f")));
	golden_add(g, "level 2 routing", frame(routing("09 0104 00", "0100 0200 0404")));
	golden_add(g, "level 2 routing, wrong checksum",
		   frame(hex("09 0104 00 0100 0200 0404 3412")));
	golden_add(g, "level 2 routing, no segment", frame(routing("09 0104 00", "")));
	golden_add(g, "routing too short for a checksum", frame(hex("07 0104 00 01")));
	golden_add(g, "routing, an odd number of bytes", frame(hex("07 0104 00 01 0000")));
	golden_add(g, "Ethernet router hello, nobody heard yet",
		   frame(hex("0b 020000 " ID_1_1 " 02 d905 40 00 0f00 00 08 "
			     "00000000000000 00")));
	golden_add(g, "Ethernet router hello, level 2, one router heard both ways",
		   frame(hex("0b 020000 " ID_1_1 " 01 d905 7f 00 0f00 00 0f "
			     "00000000000000 07 " ID_2_3 " c0")));
	golden_add(g, "Ethernet endnode hello, without a router",
		   frame(hex("0d 020000 " ID_1_1 " 03 d905 00 0000000000000000 "
			     "000000000000 0f00 00 02 aaaa")));
	golden_add(g, "Ethernet endnode hello, all bits of IINFO",
		   frame(hex("0d 020000 " ID_1_1 " 7f d905 01 0102030405060708 " ID_2_3
			     " 1e00 02 00")));
	golden_add(g, "control message 7, which is none", frame(hex("0f 0104")));
	golden_add(g, "a later version", frame(hex("46 " LONG)));
	golden_add(g, "data of format 4, which is none", frame(hex("04 0102")));
	golden_add(g, "padded behind the message: a byte is left over",
		   frame(hex("05 0104 00 ff")));
	golden_add(g, "Length 0", frame(hex("")));
	golden_add(g, "Length larger than the frame",
		   poke(frame(hex("02 0308 0104 00")), 14, "07"));
	golden_add(g, "Length cuts the header", poke(frame(hex("02 0308 0104 00")), 14, "05"));
	golden_add(g, "a padding of 0 bytes", frame(hex("80 02 0308 0104 00")));
	golden_add(g, "nothing but padding", frame(hex("83 0000")));
	golden_add(g, "padding larger than the message", frame(hex("ff 02 0308 0104 00")));
	golden_add(g, "an image larger than the message", frame(hex("05 0104 04 aaaaaa")));
	golden_add(g, "an endnode hello without its end",
		   frame(hex("0d 020000 " ID_1_1 " 03 d905")));
	golden_add(g, "one byte", ethernet(0x6003, hex("06")));
	golden_add_cut(g, "cut in the source's address", frame(hex("26 " LONG)), 30);
	golden_add_cut(g, "cut in the padding", frame(hex("84 000000 26 " LONG)), 18);
}
