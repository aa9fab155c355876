/* SPDX-License-Identifier: MIT */
/* Golden packets: L2CAP, its signalling channels and their options. */
#include "harness/selftest/packet/golden_bluetooth.h"

static struct blob configure(const char *options)
{
	return hci_acl(0x2001, l2cap(1, signal_of(4, 1, join(hex("4000 0000"), hex(options)))));
}

GOLDEN(l2cap)
{
	struct blob data = l2cap(0x40, text("hello"));

	g->link_type = PACKET_LINK_BLUETOOTH_HCI_H4;
	golden_add(g, "a dynamic channel", hci_acl(0x2001, data));
	golden_add(g, "nothing in it", hci_acl(0x2001, l2cap(0x41, hex(""))));
	golden_add(g, "ATT: Exchange MTU Request", hci_acl(0x0001, l2cap(4, hex("02 0502"))));
	golden_add(g, "ATT: an opcode nobody has", hci_acl(0x0001, l2cap(4, hex("7f"))));
	golden_add(g, "SMP: Pairing Request",
		   hci_acl(0x0001, l2cap(6, hex("01 03 00 2d 10 0f 0f"))));
	golden_add(g, "SMP over BR/EDR: Pairing Failed", hci_acl(0x2001, l2cap(7, hex("05 08"))));
	golden_add(g, "AMP manager", hci_acl(0x2001, l2cap(3, hex("01 01 0000"))));
	golden_add(g, "AMP test manager", hci_acl(0x2001, l2cap(0x3f, hex("01"))));
	golden_add(g, "a channel that is reserved", hci_acl(0x2001, l2cap(0x20, hex("01"))));
	golden_add(g, "connectionless: PSM and data", hci_acl(0x2001, l2cap(2, hex("0110 6869"))));
	golden_add(g, "connectionless: the PSM alone", hci_acl(0x2001, l2cap(2, hex("0110"))));
	golden_add(g, "connectionless: half a PSM", hci_acl(0x2001, l2cap(2, hex("01"))));
	golden_add(g, "the start of a longer PDU", hci_acl(0x2001, poke(data, 0, "0a00")));
	golden_add(g, "the start of a longer PDU: a header of 3 bytes",
		   hci_acl(0x2001, hex("050040")));
	golden_add(g, "Length less than the ACL packet has",
		   hci_acl(0x2001, poke(data, 0, "0400")));
	golden_add(g, "complete by its flag, but not by its Length",
		   hci_acl(0x3001, poke(data, 0, "0a00")));
	golden_add_cut(g, "cut in the data", hci_acl(0x2001, data), 12);
	golden_add_cut(g, "cut in the header", hci_acl(0x2001, data), 7);
}

GOLDEN(l2cap_signalling)
{
	g->link_type = PACKET_LINK_BLUETOOTH_HCI_H4;
	golden_add(g, "Command Reject: not understood", signal_frame(0x01, "0000"));
	golden_add(g, "Command Reject: MTU exceeded", signal_frame(0x01, "0100 3000"));
	golden_add(g, "Command Reject: invalid CID", signal_frame(0x01, "0200 4000 4100"));
	golden_add(g, "Command Reject: a reason nobody has", signal_frame(0x01, "0900 01"));
	golden_add(g, "Command Reject: invalid CID without the CIDs", signal_frame(0x01, "0200"));
	golden_add(g, "Connection Request: SDP", signal_frame(0x02, "0100 4000"));
	golden_add(g, "Connection Request: a dynamic PSM", signal_frame(0x02, "0110 4100"));
	golden_add(g, "Connection Response: pending", signal_frame(0x03, "4100 4000 0100 0200"));
	golden_add(g, "Connection Response: refused", signal_frame(0x03, "0000 4000 0200 0000"));
	golden_add(g, "Connection Response two bytes short", signal_frame(0x03, "4100 4000 0000"));
	golden_add(g, "Disconnection Request", signal_frame(0x06, "4100 4000"));
	golden_add(g, "Disconnection Response", signal_frame(0x07, "4100 4000"));
	golden_add(g, "Echo Request", signal_frame(0x08, "6869"));
	golden_add(g, "Echo Response", signal_frame(0x09, ""));
	golden_add(g, "Information Request: extended features", signal_frame(0x0a, "0200"));
	golden_add(g, "Information Response: MTU", signal_frame(0x0b, "0100 0000 a002"));
	golden_add(g, "Information Response: extended features",
		   signal_frame(0x0b, "0200 0000 b8020000"));
	golden_add(g, "Information Response: fixed channels",
		   signal_frame(0x0b, "0300 0000 0600000000000000"));
	golden_add(g, "Information Response: not supported", signal_frame(0x0b, "0300 0100"));
	golden_add(g, "Information Response: features of 3 bytes",
		   signal_frame(0x0b, "0200 0000 b80200"));
	golden_add(g, "Create Channel Request", signal_frame(0x0c, "0100 4000 01"));
	golden_add(g, "Create Channel Response", signal_frame(0x0d, "4100 4000 0000 0000"));
	golden_add(g, "Move Channel Request", signal_frame(0x0e, "4000 01"));
	golden_add(g, "Move Channel Response", signal_frame(0x0f, "4000 0100"));
	golden_add(g, "Move Channel Confirmation Request", signal_frame(0x10, "4000 0000"));
	golden_add(g, "Move Channel Confirmation Response", signal_frame(0x11, "4000"));
	golden_add(g, "Credit Based Connection Request with two channels",
		   signal_frame(0x17, "2700 4000 4000 0a00 4000 4100"));
	golden_add(g, "Credit Based Connection Request without a channel",
		   signal_frame(0x17, "2700 4000 4000 0a00"));
	golden_add(g, "Credit Based Connection Request with half a channel",
		   signal_frame(0x17, "2700 4000 4000 0a00 4000 41"));
	golden_add(g, "Credit Based Connection Response",
		   signal_frame(0x18, "4000 4000 0a00 0000 5000 5100"));
	golden_add(g, "Credit Based Connection Response: refused",
		   signal_frame(0x18, "0000 0000 0000 0200"));
	golden_add(g, "Credit Based Reconfigure Request",
		   signal_frame(0x19, "8000 4000 5000 5100"));
	golden_add(g, "Credit Based Reconfigure Response", signal_frame(0x1a, "0000"));
	golden_add(g, "LE: Connection Parameter Update Request",
		   le_signal_frame(0x12, "0600 0c00 0000 f401"));
	golden_add(g, "LE: Connection Parameter Update Response", le_signal_frame(0x13, "0100"));
	golden_add(g, "LE: Credit Based Connection Request",
		   le_signal_frame(0x14, "8000 4000 0002 f700 0a00"));
	golden_add(g, "LE: Credit Based Connection Response",
		   le_signal_frame(0x15, "4100 0002 f700 0a00 0000"));
	golden_add(g, "LE: Flow Control Credit Indication", le_signal_frame(0x16, "4000 0500"));
	golden_add(g, "two commands in a frame",
		   hci_acl(0x2001, l2cap(1, join(signal_of(6, 1, hex("4100 4000")),
						 signal_of(0x0a, 2, hex("0300"))))));
	golden_add(g, "LE: two commands in a frame",
		   hci_acl(0x0001, l2cap(5, join(signal_of(0x16, 1, hex("4000 0500")),
						 signal_of(0x16, 2, hex("4100 0500"))))));
	golden_add(g, "a code nobody has", signal_frame(0x40, "0102"));
	golden_add(g, "no command at all", hci_acl(0x2001, l2cap(1, hex(""))));
	golden_add(g, "Length of the command too large",
		   poke(signal_frame(0x06, "4100 4000"), 11, "0500"));
	golden_add(g, "Length of the command too small",
		   poke(signal_frame(0x06, "4100 4000"), 11, "0300"));
	golden_add(g, "the start of a command that goes on in the next ACL packet",
		   hci_acl(0x2001, poke(l2cap(1, hex("06 01 0400 4100")), 0, "0800")));
	golden_add_cut(g, "cut in the second command",
		       hci_acl(0x2001, l2cap(1, join(signal_of(6, 1, hex("4100 4000")),
						     signal_of(0x0a, 2, hex("0300"))))),
		       20);
}

GOLDEN(l2cap_options)
{
	g->link_type = PACKET_LINK_BLUETOOTH_HCI_H4;
	golden_add(g, "no option", configure(""));
	golden_add(g, "MTU", configure("01 02 a002"));
	golden_add(g, "MTU as a hint", configure("81 02 a002"));
	golden_add(g, "Flush Timeout", configure("02 02 ffff"));
	golden_add(g, "Quality of Service",
		   configure("03 16 00 01 00000000 00000000 00000000 ffffffff ffffffff"));
	golden_add(g, "enhanced retransmission mode", configure("04 09 03 3f 03 d007 e02e f203"));
	golden_add(g, "streaming mode and no FCS",
		   configure("04 09 04 3f 00 0000 0000 f203 05 01 00"));
	golden_add(g, "Frame Check Sequence", configure("05 01 01"));
	golden_add(g, "Extended Flow Specification",
		   configure("06 10 01 01 a002 ffffffff ffffffff ffffffff"));
	golden_add(g, "Extended Window Size", configure("07 02 ff3f"));
	golden_add(g, "an option nobody has", configure("22 01 01"));
	golden_add(g, "to be continued",
		   hci_acl(0x2001, l2cap(1, signal_of(4, 1, hex("4000 0100 01 02 a002")))));
	golden_add(g, "response: success",
		   hci_acl(0x2001, l2cap(1, signal_of(5, 1, hex("4100 0000 0000 01 02 a002")))));
	golden_add(g, "response: unacceptable",
		   hci_acl(0x2001, l2cap(1, signal_of(5, 1, hex("4100 0000 0100 01 02 3000")))));
	golden_add(g, "response two bytes short",
		   hci_acl(0x2001, l2cap(1, signal_of(5, 1, hex("4100 0000")))));
	golden_add(g, "MTU of 1 byte", configure("01 01 a0"));
	golden_add(g, "an option longer than the command", configure("01 03 a002"));
	golden_add(g, "half an option", configure("01 02 a002 02"));
	golden_add_cut(g, "cut in the option", configure("01 02 a002 05 01 01"), 22);
}

WALK_INSIDE(PACKET_L2CAP)
{
	struct packet_l2cap_command c;
	struct packet_l2cap_option o;
	bool inside = true;

	while (packet_l2cap_command_next(walk, &c)) {
		struct packet_walk options = packet_l2cap_options(walk, &c);
		uint32_t end = c.data_offset + c.length;

		inside &= end <= p->captured;
		if (c.cids > 0)
			inside &= c.cids_offset + 2u * c.cids <= end;
		while (c.options_length > 0 && packet_l2cap_option_next(&options, &o))
			inside &= o.data_offset + o.length <= end;
	}
	return inside;
}
