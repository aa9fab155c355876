/* SPDX-License-Identifier: MIT */
/* Golden packets of Bluetooth, decoded on the machine under test. */
#include "suites/golden/golden.h"

GOLDEN(hci_command);
GOLDEN(hci_event);
GOLDEN(hci_data);
GOLDEN(hci_phdr);
GOLDEN(hci_monitor);
GOLDEN(l2cap);
GOLDEN(l2cap_signalling);
GOLDEN(l2cap_options);
GOLDEN(rfcomm);

static const struct golden_row golden[] = {
	GOLDEN_ROW(hci_command),      GOLDEN_ROW(hci_event),	 GOLDEN_ROW(hci_data),
	GOLDEN_ROW(hci_phdr),	      GOLDEN_ROW(hci_monitor),	 GOLDEN_ROW(l2cap),
	GOLDEN_ROW(l2cap_signalling), GOLDEN_ROW(l2cap_options), GOLDEN_ROW(rfcomm),
};

/*
 * A command to a Bluetooth controller and what comes of it are two packets, or three.
 *
 * The host writes a command; the controller answers with an event. What is done at once is
 * answered by Command Complete, with the result in it: Reset, Read BD_ADDR. What takes a radio and
 * a peer is answered by Command Status first, whose status 0 says no more than "I have begun", and
 * later by an event of its own: Create Connection by Connection Complete, which may still say Page
 * Timeout. Between the two any other event may come, so only the opcode in the answer tells which
 * command is meant; and Num_HCI_Command_Packets says how many more may be sent by now.
 *
 * On a serial line nothing marks where a packet starts. H4 puts one byte in front: command, ACL,
 * SCO, event or ISO; the reader knows by it where the length field stands and how wide it is. One
 * lost byte, and every byte after it is read as something else until a Reset.
 *
 * Try it: `atlas decode --format tree fixtures/packets/hci_event.pcap`.
 */
CASE(bluetooth_packets,
     .claim = "every golden packet of Bluetooth decodes to what its specification says",
     .level = ABI, .spec = "Bluetooth Core 5.4 Vol 3 A, Vol 4 A and E; RFCOMM 1.2; hci_mon.h",
     .tags = "decoding", .computes = true, .VARIANTS(golden))
{
	golden_expect(VARIANT(struct golden_row));
}
