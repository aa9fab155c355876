/* SPDX-License-Identifier: MIT */
/* Golden packets: HCI behind H4, with a direction, and from the Linux monitor. */
#include "harness/selftest/packet/golden_bluetooth.h"

GOLDEN(hci_command)
{
	g->link_type = PACKET_LINK_BLUETOOTH_HCI_H4;
	golden_add(g, "Reset", hci_command(0x0c03, hex("")));
	golden_add(g, "Inquiry of the general access code",
		   hci_command(0x0401, hex("338b9e 08 00")));
	golden_add(g, "Inquiry Cancel", hci_command(0x0402, hex("")));
	golden_add(g, "Create Connection",
		   hci_command(0x0405, hex("060504030201 18cc 01 00 3412 01")));
	golden_add(g, "Disconnect: the user ended it", hci_command(0x0406, hex("0100 13")));
	golden_add(g, "Create Connection Cancel", hci_command(0x0408, hex("060504030201")));
	golden_add(g, "Accept Connection Request", hci_command(0x0409, hex("060504030201 01")));
	golden_add(g, "Reject Connection Request", hci_command(0x040a, hex("060504030201 0f")));
	golden_add(g, "Link Key Request Reply",
		   hci_command(0x040b, join(hex("060504030201"), fill(0x11, 16))));
	golden_add(g, "PIN Code Request Reply",
		   hci_command(0x040d, join(hex("060504030201 04 31323334"), fill(0, 12))));
	golden_add(g, "Set Connection Encryption", hci_command(0x0413, hex("0100 01")));
	golden_add(g, "Remote Name Request", hci_command(0x0419, hex("060504030201 02 00 0080")));
	golden_add(g, "IO Capability Request Reply",
		   hci_command(0x042b, hex("060504030201 03 00 05")));
	golden_add(g, "Switch Role", hci_command(0x080b, hex("060504030201 00")));
	golden_add(g, "Write Link Policy Settings", hci_command(0x080d, hex("0100 0500")));
	golden_add(g, "Set Event Mask", hci_command(0x0c01, hex("ffffffffffffbf3d")));
	golden_add(g, "Write Local Name", hci_command(0x0c13, join(text("atlas"), fill(0, 243))));
	golden_add(g, "Write Page Timeout: 5.12 s", hci_command(0x0c18, hex("0020")));
	golden_add(g, "Write Scan Enable: both scans", hci_command(0x0c1a, hex("03")));
	golden_add(g, "Write Page Scan Activity", hci_command(0x0c1c, hex("0008 1200")));
	golden_add(g, "Write Class of Device: phone", hci_command(0x0c24, hex("0c025a")));
	golden_add(g, "Host Buffer Size", hci_command(0x0c33, hex("fc03 40 0800 0800")));
	golden_add(g, "Write Inquiry Mode", hci_command(0x0c45, hex("02")));
	golden_add(g, "Write Simple Pairing Mode", hci_command(0x0c56, hex("01")));
	golden_add(g, "Write LE Host Support", hci_command(0x0c6d, hex("01 00")));
	golden_add(g, "Read BD_ADDR", hci_command(0x1009, hex("")));
	golden_add(g, "Read RSSI", hci_command(0x1405, hex("0100")));
	golden_add(g, "LE Set Event Mask", hci_command(0x2001, hex("1f00000000000000")));
	golden_add(g, "LE Set Random Address", hci_command(0x2005, hex("0605040302c1")));
	golden_add(g, "LE Set Advertising Parameters",
		   hci_command(0x2006, hex("a000 4001 00 01 00 000000000000 07 00")));
	golden_add(g, "LE Set Advertising Data",
		   hci_command(0x2008, join(hex("03 020106"), fill(0, 28))));
	golden_add(g, "LE Set Scan Response Data",
		   hci_command(0x2009, join(hex("06 050961746c61"), fill(0, 25))));
	golden_add(g, "LE Set Advertising Enable", hci_command(0x200a, hex("01")));
	golden_add(g, "LE Set Scan Parameters", hci_command(0x200b, hex("01 1000 1000 00 00")));
	golden_add(g, "LE Set Scan Enable", hci_command(0x200c, hex("01 01")));
	golden_add(g, "LE Create Connection",
		   hci_command(0x200d, hex("6000 3000 00 01 0605040302c1 00 1800 2800 0000 2a00 "
					   "0000 0000")));
	golden_add(g, "LE Add Device To Filter Accept List",
		   hci_command(0x2011, hex("00 060504030201")));
	golden_add(g, "LE Connection Update",
		   hci_command(0x2013, hex("4000 0600 0c00 0000 f401 0000 0000")));
	golden_add(g, "LE Set Data Length", hci_command(0x2022, hex("4000 fb00 4808")));
	golden_add(g, "a known command whose parameters are not decoded",
		   hci_command(0x0c05, hex("02 00 02")));
	golden_add(g, "vendor specific", hci_command(0xfc01, hex("0102")));
	golden_add(g, "an opcode nobody has", hci_command(0x0fff, hex("01")));
	golden_add(g, "as long as a command can be", hci_command(0xfc02, fill(0x42, 255)));
	golden_add(g, "Reset with a parameter", hci_command(0x0c03, hex("00")));
	golden_add(g, "Disconnect without its reason", hci_command(0x0406, hex("0100")));
	golden_add(g, "length one larger than what is there",
		   poke(hci_command(0x0406, hex("0100 13")), 3, "04"));
	golden_add(g, "a byte behind the parameters",
		   join(hci_command(0x0c1a, hex("03")), hex("00")));
	golden_add(g, "a command without its length", hex("01 03 0c"));
	golden_add(g, "a type byte that H4 does not have", hex("06 0102"));
	golden_add(g, "the type byte alone", hex("01"));
	golden_add(g, "nothing at all", hex(""));
	golden_add_cut(g, "cut in the opcode", hci_command(0x0c03, hex("")), 2);
	golden_add_cut(g, "cut in the parameters", hci_command(0x0406, hex("0100 13")), 6);
}

#define REPORT		"00 01 0605040302c1 03 020106 c4"
#define EXTENDED_REPORT "1300 01 0605040302c1 01 00 ff 7f c4 0000 00 000000000000 03 020106"

GOLDEN(hci_event)
{
	g->link_type = PACKET_LINK_BLUETOOTH_HCI_H4;
	golden_add(g, "Inquiry Complete", hci_event(0x01, hex("00")));
	golden_add(g, "Inquiry Result of two",
		   hci_event(0x02, hex("02 060504030201 01 0000 0c025a 3412 "
				       "070504030201 02 0000 04041f 0080")));
	golden_add(g, "Connection Complete", hci_event(0x03, hex("00 0100 060504030201 01 00")));
	golden_add(g, "Connection Complete: page timeout",
		   hci_event(0x03, hex("04 0000 060504030201 01 00")));
	golden_add(g, "Connection Request", hci_event(0x04, hex("060504030201 0c025a 01")));
	golden_add(g, "Disconnection Complete", hci_event(0x05, hex("00 0100 16")));
	golden_add(g, "Authentication Complete: failure", hci_event(0x06, hex("05 0100")));
	golden_add(g, "Remote Name Request Complete",
		   hci_event(0x07, join(hex("00 060504030201"), join(text("n"), fill(0, 247)))));
	golden_add(g, "Encryption Change", hci_event(0x08, hex("00 0100 01")));
	golden_add(g, "Read Remote Version Information Complete",
		   hci_event(0x0c, hex("00 0100 0a 0f00 0961")));
	golden_add(g, "Command Complete: Reset", hci_event(0x0e, hex("01 030c 00")));
	golden_add(g, "Command Complete: Read BD_ADDR",
		   hci_event(0x0e, hex("01 0910 00 060504030201")));
	golden_add(g, "Command Complete: Read Local Version Information",
		   hci_event(0x0e, hex("01 0110 00 0a 0001 0a 0f00 0961")));
	golden_add(g, "Command Complete: Read Buffer Size",
		   hci_event(0x0e, hex("01 0510 00 fd03 40 0800 0800")));
	golden_add(g, "Command Complete: LE Read Buffer Size",
		   hci_event(0x0e, hex("01 0220 00 fb00 0f")));
	golden_add(g, "Command Complete: Read RSSI", hci_event(0x0e, hex("01 0514 00 0100 c4")));
	golden_add(g, "Command Complete of a failure has the status alone",
		   hci_event(0x0e, hex("01 0910 0c")));
	golden_add(g, "Command Complete of no command", hci_event(0x0e, hex("01 0000")));
	golden_add(g, "Command Complete, vendor specific", hci_event(0x0e, hex("01 01fc 00 0102")));
	golden_add(g, "Command Complete with less than the command returns",
		   hci_event(0x0e, hex("01 0910 00 0605")));
	golden_add(g, "Command Status: Inquiry", hci_event(0x0f, hex("00 01 0104")));
	golden_add(g, "Command Status: disallowed", hci_event(0x0f, hex("0c 01 0504")));
	golden_add(g, "Hardware Error", hci_event(0x10, hex("01")));
	golden_add(g, "Role Change", hci_event(0x12, hex("00 060504030201 01")));
	golden_add(g, "Number Of Completed Packets, two handles",
		   hci_event(0x13, hex("02 0100 0200 4000 0100")));
	golden_add(g, "Number Of Completed Packets, no handle", hci_event(0x13, hex("00")));
	golden_add(g, "Number Of Completed Packets, one handle too many",
		   hci_event(0x13, hex("03 0100 0200 4000 0100")));
	golden_add(g, "Number Of Completed Packets, bytes left over",
		   hci_event(0x13, hex("01 0100 0200 4000")));
	golden_add(g, "Mode Change: sniff", hci_event(0x14, hex("00 0100 02 2003")));
	golden_add(g, "Link Key Request", hci_event(0x17, hex("060504030201")));
	golden_add(g, "Max Slots Change", hci_event(0x1b, hex("0100 05")));
	golden_add(g, "Inquiry Result with RSSI",
		   hci_event(0x22, hex("01 060504030201 01 00 0c025a 3412 c4")));
	golden_add(g, "Synchronous Connection Complete",
		   hci_event(0x2c, hex("00 0200 060504030201 02 0c 04 3c00 3c00 02")));
	golden_add(g, "Extended Inquiry Result",
		   hci_event(0x2f, join(hex("01 060504030201 01 00 0c025a 3412 c4 020106"),
					fill(0, 237))));
	golden_add(g, "User Confirmation Request", hci_event(0x33, hex("060504030201 40e20100")));
	golden_add(g, "LE Connection Complete",
		   hci_event(0x3e, hex("01 00 4000 01 01 0605040302c1 2800 0000 2a00 05")));
	golden_add(g, "LE Enhanced Connection Complete",
		   hci_event(0x3e, hex("0a 00 4000 00 01 0605040302c1 000000000000 000000000000 "
				       "2800 0000 2a00 00")));
	golden_add(g, "LE Advertising Report", hci_event(0x3e, hex("02 01" REPORT)));
	golden_add(g, "LE Advertising Report without data",
		   hci_event(0x3e, hex("02 01 04 00 060504030201 00 7f")));
	golden_add(g, "LE Advertising Report of two",
		   hci_event(0x3e, hex("02 02" REPORT "03 00 060504030201 01 00 b0")));
	golden_add(g, "LE Advertising Report: Data_Length too large",
		   hci_event(0x3e, hex("02 01 00 01 0605040302c1 05 020106 c4")));
	golden_add(g, "LE Advertising Report: Data_Length too small",
		   hci_event(0x3e, hex("02 01 00 01 0605040302c1 02 020106 c4")));
	golden_add(g, "LE Extended Advertising Report",
		   hci_event(0x3e, hex("0d 01" EXTENDED_REPORT)));
	golden_add(g, "LE Connection Update Complete",
		   hci_event(0x3e, hex("03 00 4000 0600 0000 f401")));
	golden_add(g, "LE Long Term Key Request",
		   hci_event(0x3e, hex("05 4000 0102030405060708 3412")));
	golden_add(g, "LE Data Length Change", hci_event(0x3e, hex("07 4000 fb00 4808 fb00 4808")));
	golden_add(g, "LE PHY Update Complete", hci_event(0x3e, hex("0c 00 4000 02 02")));
	golden_add(g, "LE Meta: a subevent whose parameters are not decoded",
		   hci_event(0x3e, hex("11")));
	golden_add(g, "LE Meta: a subevent nobody has", hci_event(0x3e, hex("f0 01")));
	golden_add(g, "LE Meta without a subevent", hci_event(0x3e, hex("")));
	golden_add(g, "vendor specific", hci_event(0xff, hex("0102")));
	golden_add(g, "an event code nobody has", hci_event(0x70, hex("01")));
	golden_add(g, "a status nobody has", hci_event(0x01, hex("f0")));
	golden_add(g, "Disconnection Complete one byte short", hci_event(0x05, hex("00 0100")));
	golden_add(g, "Disconnection Complete with a byte more",
		   hci_event(0x05, hex("00 0100 16 00")));
	golden_add(g, "length one larger than what is there",
		   poke(hci_event(0x05, hex("00 0100 16")), 2, "05"));
	golden_add_cut(g, "cut in the second report",
		       hci_event(0x3e, hex("02 02" REPORT "03 00 060504030201 01 00 b0")), 25);
}

GOLDEN(hci_data)
{
	struct blob attribute = l2cap(4, hex("0a 0300"));

	g->link_type = PACKET_LINK_BLUETOOTH_HCI_H4;
	golden_add(g, "ACL: first, not flushable", hci_acl(0x0040, attribute));
	golden_add(g, "ACL: first, flushable", hci_acl(0x2040, attribute));
	golden_add(g, "ACL: continuing", hci_acl(0x1040, hex("010203")));
	golden_add(g, "ACL: complete", hci_acl(0x3040, attribute));
	golden_add(g, "ACL: broadcast", hci_acl(0x6fff, attribute));
	golden_add(g, "ACL: nothing in it", hci_acl(0x2001, hex("")));
	golden_add(g, "ACL: length larger than what is there",
		   poke(hci_acl(0x2040, attribute), 3, "0800"));
	golden_add(g, "ACL: a byte behind the data",
		   join(hci_acl(0x1040, hex("010203")), hex("00")));
	golden_add(g, "ACL: without its length", hex("02 4020"));
	golden_add_cut(g, "ACL: cut in the header", hci_acl(0x2040, attribute), 3);
	golden_add(g, "SCO", hex("03 0200 04 01020304"));
	golden_add(g, "SCO: partially lost", hex("03 0230 04 01020304"));
	golden_add(g, "SCO: nothing in it", hex("03 0220 00"));
	golden_add(g, "SCO: length too large", hex("03 0200 05 01020304"));
	golden_add(g, "SCO: length too small", hex("03 0200 03 01020304"));
	golden_add_cut(g, "SCO: cut in the data", hex("03 0200 04 01020304"), 6);
	golden_add(g, "ISO: complete", hex("05 6020 0700 0100 0300 010203"));
	golden_add(g, "ISO: complete, with a time stamp",
		   hex("05 6060 0b00 40420f00 0200 0300 010203"));
	golden_add(g, "ISO: first fragment", hex("05 6000 0700 0300 0600 010203"));
	golden_add(g, "ISO: continuation", hex("05 6010 0300 040506"));
	golden_add(g, "ISO: last fragment", hex("05 6030 0300 040506"));
	golden_add(g, "ISO: lost, so there is no data", hex("05 6020 0400 0400 0080"));
	golden_add(g, "ISO: SDU length larger than the complete SDU",
		   hex("05 6020 0700 0100 0400 010203"));
	golden_add(g, "ISO: SDU length smaller than the first fragment",
		   hex("05 6000 0700 0100 0200 010203"));
	golden_add(g, "ISO: no room for the header of the SDU", hex("05 6020 0300 010203"));
	golden_add(g, "ISO: no room for the time stamp", hex("05 6060 0700 01020304050607"));
	golden_add(g, "ISO: a time stamp in a continuation", hex("05 6050 0300 040506"));
	golden_add(g, "ISO: length too large", hex("05 6020 0800 0100 0300 010203"));
	golden_add_cut(g, "ISO: cut in the time stamp",
		       hex("05 6060 0b00 40420f00 0200 0300 010203"), 7);
}

/* Not less than the pseudo-header: tshark refuses the whole file. Robustness tests cut there. */
GOLDEN(hci_phdr)
{
	g->link_type = PACKET_LINK_BLUETOOTH_HCI_H4_WITH_PHDR;
	golden_add(g, "sent: a command", join(hex("00000000"), hci_command(0x0c03, hex(""))));
	golden_add(g, "received: an event",
		   join(hex("00000001"), hci_event(0x0e, hex("01 030c 00"))));
	golden_add(g, "received: data",
		   join(hex("00000001"), hci_acl(0x2001, l2cap(4, hex("0b 01")))));
	golden_add(g, "sent: ISO data", join(hex("00000000"), hex("05 6020 0500 0100 0100 01")));
	golden_add(g, "a direction without a packet", hex("00000001"));
}

/* Without the type byte of H4. */
static struct blob monitor(const char *header, struct blob packet)
{
	struct blob b = hex(header);

	for (size_t i = 1; i < packet.length; i++)
		b.bytes[b.length++] = packet.bytes[i];
	return b;
}

GOLDEN(hci_monitor)
{
	g->link_type = PACKET_LINK_BLUETOOTH_LINUX_MONITOR;
	golden_add(g, "New Index",
		   join(hex("0000 0000 00 01 060504030201"), join(text("hci0"), fill(0, 4))));
	golden_add(g, "New Index one byte short",
		   join(hex("0000 0000 00 01 060504030201"), join(text("hci0"), fill(0, 3))));
	golden_add(g, "New Index with a byte more",
		   join(hex("0000 0000 00 01 060504030201"), join(text("hci0"), fill(0, 5))));
	golden_add(g, "Deleted Index", hex("0000 0001"));
	golden_add(g, "Command", monitor("0000 0002", hci_command(0x0c03, hex(""))));
	golden_add(g, "Event", monitor("0000 0003", hci_event(0x0e, hex("01 030c 00"))));
	golden_add(g, "ACL TX", monitor("0000 0004", hci_acl(0x0001, l2cap(4, hex("0a 0300")))));
	golden_add(g, "ACL RX",
		   monitor("0000 0005", hci_acl(0x2001, l2cap(1, signal_of(8, 1, hex(""))))));
	golden_add(g, "SCO TX", hex("0000 0006 0200 02 0102"));
	golden_add(g, "SCO RX", hex("0000 0007 0200 02 0102"));
	golden_add(g, "Open Index", hex("0001 0008"));
	golden_add(g, "Close Index", hex("0001 0009"));
	golden_add(g, "Index Information", hex("0000 000a 060504030201 0200"));
	golden_add(g, "Vendor Diagnostics", hex("0000 000b 0102"));
	golden_add(g, "System Note", join(hex("ffff 000c"), join(text("Linux"), fill(0, 1))));
	golden_add(g, "System Note without a word", hex("ffff 000c"));
	golden_add(g, "User Logging",
		   join(hex("0000 000d 06 03"),
			join(text("bt"), join(fill(0, 1), join(text("up"), fill(0, 1))))));
	golden_add(g, "User Logging: Ident_Length too large", hex("0000 000d 06 05 627400"));
	golden_add(g, "Control Open",
		   join(hex("ffff 000e 01000000 0200 01 1600 01000000 05"),
			join(text("btmg"), fill(0, 1))));
	golden_add(g, "Control Open: Command_Length too large",
		   join(hex("ffff 000e 01000000 0200 01 1600 01000000 06"),
			join(text("btmg"), fill(0, 1))));
	golden_add(g, "Control Close", hex("ffff 000f 01000000"));
	golden_add(g, "Control Command", hex("0000 0010 01000000 0500 01"));
	golden_add(g, "Control Event", hex("0000 0011 01000000 0100 0500 00"));
	golden_add(g, "ISO TX", hex("0000 0012 6020 0500 0100 0100 01"));
	golden_add(g, "ISO RX", hex("0000 0013 6020 0500 0100 0100 01"));
	golden_add(g, "an opcode nobody has", hex("0000 0014 01"));
	golden_add_cut(g, "cut in the name of New Index",
		       join(hex("0000 0000 00 01 060504030201"), join(text("hci0"), fill(0, 4))),
		       14);
}

WALK_INSIDE(PACKET_HCI)
{
	struct packet_hci_record r;
	bool inside = true;

	while (packet_hci_record_next(walk, &r))
		inside &= r.offset + r.length <= p->captured &&
			  r.data_offset + r.data_length <= r.offset + r.length;
	return inside;
}
