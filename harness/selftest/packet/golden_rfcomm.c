/* SPDX-License-Identifier: MIT */
/* Golden packets: RFCOMM. In front of them the channel is opened, for decoders that remember. */
#include "harness/selftest/packet/golden_bluetooth.h"

/* CRC-8 of TS 07.10 as a division of polynomials, bit by bit, the bits turned around at the end. */
static uint8_t fcs(const struct blob *b, size_t length)
{
	unsigned int remainder = 0xff, turned = 0;

	for (size_t i = 0; i < length; i++) {
		for (unsigned int bit = 0; bit < 8; bit++) {
			unsigned int top = remainder >> 7 ^ (b->bytes[i] >> bit & 1u);

			remainder = (remainder << 1 & 0xff) ^ (top ? 0x07 : 0);
		}
	}
	for (unsigned int bit = 0; bit < 8; bit++)
		turned |= (remainder >> bit & 1) << (7 - bit);
	return (uint8_t)~turned;
}

/* A frame with its FCS, over the header up to the information, or the first two bytes of UIH. */
static struct blob frame(const char *header, const char *rest)
{
	struct blob b = hex(header);
	uint8_t check = fcs(&b, (b.bytes[1] & 0xef) == 0xef ? 2 : b.length);

	return join(join(b, hex(rest)), fill(check, 1));
}

static struct blob from(unsigned int direction, unsigned int cid, struct blob payload)
{
	return join(join(fill(0, 3), fill((uint8_t)direction, 1)),
		    hci_acl(direction == 1 ? 0x2001 : 0x0001, l2cap(cid, payload)));
}

static struct blob received(struct blob rfcomm)
{
	return from(1, 0x40, rfcomm);
}

/* UIH with an FCS over all of its header. */
static struct blob overprotected(void)
{
	struct blob header = hex("0b ef 05");

	return join(join(header, hex("6869")), fill(fcs(&header, 3), 1));
}

GOLDEN(rfcomm)
{
	g->link_type = PACKET_LINK_BLUETOOTH_HCI_H4_WITH_PHDR;
	golden_add(g, "HCI: Connection Complete",
		   join(hex("00000001"), hci_event(0x03, hex("00 0100 060504030201 01 00"))));
	golden_add(g, "L2CAP: Connection Request for RFCOMM",
		   from(1, 1, signal_of(2, 1, hex("0300 4100"))));
	golden_add(g, "L2CAP: Connection Response",
		   from(0, 1, signal_of(3, 1, hex("4000 4100 0000 0000"))));
	golden_add(g, "SABM of the multiplexer", received(frame("03 3f 01", "")));
	golden_add(g, "UA", from(0, 0x41, frame("03 73 01", "")));
	golden_add(g, "SABM of server channel 1", received(frame("0b 3f 01", "")));
	golden_add(g, "DM", received(frame("0b 1f 01", "")));
	golden_add(g, "DM without F", received(frame("0b 0f 01", "")));
	golden_add(g, "DISC of server channel 30, the last", received(frame("f3 53 01", "")));
	golden_add(g, "UIH with data", received(frame("0b ef 05", "6869")));
	golden_add(g, "UIH with credits and data", received(frame("0b ff 05", "0a 6869")));
	golden_add(g, "UIH with credits alone", received(frame("0b ff 01", "21")));
	golden_add(g, "UIH with nothing in it", received(frame("09 ef 01", "")));
	golden_add(g, "UIH in the other direction, DLCI 3", received(frame("0d ef 03", "68")));
	golden_add(g, "a length of two bytes: 2", received(frame("0b ef 0400", "6869")));
	golden_add(g, "a length of two bytes: 128",
		   received(join(join(hex("0b ef 0001"), fill('x', 128)), hex("9a"))));
	golden_add(g, "SABM with a length of two bytes", received(frame("0b 3f 0000", "")));
	golden_add(g, "PN command: credits wanted",
		   received(frame("03 ef 15", "83 11 02 f0 07 00 f203 00 07")));
	golden_add(g, "PN response: credits agreed",
		   received(frame("01 ef 15", "81 11 02 e0 07 00 f203 00 05")));
	golden_add(g, "MSC command", received(frame("03 ef 09", "e3 05 0b 8d")));
	golden_add(g, "MSC command with a break", received(frame("03 ef 0b", "e3 07 0b 8f 53")));
	golden_add(g, "RPN command", received(frame("03 ef 15", "93 11 0b 07 03 00 11 13 7f3f")));
	golden_add(g, "RPN request of the settings", received(frame("03 ef 07", "93 03 0b")));
	golden_add(g, "RLS: overrun", received(frame("03 ef 09", "53 05 0b 03")));
	golden_add(g, "RLS: no error", received(frame("03 ef 09", "53 05 0b 00")));
	golden_add(g, "TEST", received(frame("03 ef 09", "23 05 6869")));
	golden_add(g, "FCON", received(frame("03 ef 05", "a3 01")));
	golden_add(g, "FCOFF", received(frame("03 ef 05", "63 01")));
	golden_add(g, "NSC of type 9", received(frame("01 ef 07", "11 03 27")));
	golden_add(g, "a command type nobody has", received(frame("03 ef 07", "27 03 01")));
	golden_add(g, "two commands in a frame", received(frame("03 ef 0d", "e3 05 0b 8d a3 01")));
	golden_add(g, "no command at all", received(frame("03 ef 01", "")));
	golden_add(g, "a command with a length of two bytes",
		   received(frame("03 ef 0b", "23 0401 6869")));
	golden_add(g, "PN of 7 bytes", received(frame("03 ef 13", "83 0f 02 f0 07 00 f203 00")));
	golden_add(g, "a command longer than the frame",
		   received(frame("03 ef 09", "e3 07 0b 8d")));
	golden_add(g, "half a command", received(frame("03 ef 03", "e3")));
	golden_add(g, "not RFCOMM: a wrong FCS",
		   poke(received(frame("0b ef 05", "6869")), 18, "00"));
	golden_add(g, "not RFCOMM: FCS of UIH over the length too", received(overprotected()));
	golden_add(g, "not RFCOMM: the length is one less", received(frame("0b ef 03", "6869")));
	golden_add(g, "not RFCOMM: the length is one more", received(frame("0b ef 07", "6869")));
	golden_add(g, "not RFCOMM: DLCI 1", received(frame("07 ef 05", "6869")));
	golden_add(g, "not RFCOMM: server channel 31", received(frame("fb ef 05", "6869")));
	golden_add(g, "not RFCOMM: a control byte nobody has", received(frame("0b 13 01", "")));
	golden_add(g, "not RFCOMM: 3 bytes", received(hex("0b ef 01")));
	golden_add_cut(g, "not known to be RFCOMM: the FCS is cut off",
		       received(frame("0b ef 05", "6869")), 18);
}

WALK_INSIDE(PACKET_RFCOMM)
{
	struct packet_rfcomm_command c;
	bool inside = true;

	while (packet_rfcomm_command_next(walk, &c))
		inside &= c.data_offset + c.length <= p->captured;
	return inside;
}
