/* SPDX-License-Identifier: MIT */
/* Bluetooth: structs, walks, and the FCS of frames as they were seen on the air. */
#include "harness/packet/packet.h"
#include "harness/selftest/packet/golden_bluetooth.h"
#include "harness/selftest/selftest.h"

#include <string.h>

static int decode(struct packet *p, const struct blob *b, uint32_t link_type)
{
	return packet_decode(p, b->bytes, b->length, b->length, link_type, PACKET_VERIFY_CHECKSUMS);
}

SELFTEST(packet_hci_structs_hold_the_fields)
{
	struct blob b = hci_event(0x0f, hex("0c 01 0504"));
	const struct packet_hci *hci;
	struct packet p;

	CU_ASSERT_EQUAL(decode(&p, &b, PACKET_LINK_BLUETOOTH_HCI_H4), PACKET_COMPLETE);
	hci = packet_hci(&p);
	CU_ASSERT_PTR_NOT_NULL_FATAL(hci);
	if (hci == NULL)
		return;
	CU_ASSERT(hci->h4 && hci->type == PACKET_H4_EVENT);
	CU_ASSERT_EQUAL(hci->event_code, 0x0f);
	CU_ASSERT(hci->has_status && hci->status == 0x0c);
	CU_ASSERT_EQUAL(hci->opcode, 0x0405);
	CU_ASSERT_EQUAL(hci->parameters_offset, 3);
}

/* The same packet with and without the byte of H4: the layer has one byte less, nothing else. */
SELFTEST(packet_hci_without_the_type_byte)
{
	struct blob h4 = hci_acl(0x2040, l2cap(4, hex("0a 0300"))), monitor = hex("0001 0005");
	struct packet p, q;

	memcpy(monitor.bytes + 4, h4.bytes + 1, h4.length - 1);
	monitor.length += h4.length - 1;
	CU_ASSERT_EQUAL(decode(&p, &h4, PACKET_LINK_BLUETOOTH_HCI_H4), PACKET_COMPLETE);
	CU_ASSERT_EQUAL(decode(&q, &monitor, PACKET_LINK_BLUETOOTH_LINUX_MONITOR), PACKET_COMPLETE);
	CU_ASSERT_PTR_NOT_NULL_FATAL(packet_hci_acl(&p));
	CU_ASSERT_PTR_NOT_NULL_FATAL(packet_hci_acl(&q));
	CU_ASSERT(packet_hci_acl(&p)->h4 && !packet_hci_acl(&q)->h4);
	CU_ASSERT_EQUAL(packet_hci_acl(&p)->connection_handle, 0x40);
	CU_ASSERT_EQUAL(packet_hci_acl(&q)->connection_handle, 0x40);
	CU_ASSERT_EQUAL(packet_find(&p, PACKET_HCI_ACL)->header_length, 5);
	CU_ASSERT_EQUAL(packet_find(&q, PACKET_HCI_ACL)->header_length, 4);
	CU_ASSERT_EQUAL(packet_hci_monitor(&q)->adapter_id, 1);
	CU_ASSERT_EQUAL(packet_l2cap(&q)->channel_id, 4);
}

SELFTEST(packet_hci_reports_are_walked)
{
	struct blob b = hci_event(0x3e, hex("02 02 00 01 0605040302c1 03 020106 c4 "
					    "04 00 060504030201 00 7f"));
	struct packet_hci_record r;
	struct packet_walk walk;
	struct packet p;

	decode(&p, &b, PACKET_LINK_BLUETOOTH_HCI_H4);
	walk = packet_walk(&p, packet_find(&p, PACKET_HCI));
	CU_ASSERT_FATAL(packet_hci_record_next(&walk, &r));
	CU_ASSERT(r.has_address && memcmp(r.address, "\xc1\x02\x03\x04\x05\x06", 6) == 0);
	CU_ASSERT_EQUAL(r.address_type, 1);
	CU_ASSERT_EQUAL(r.data_length, 3);
	CU_ASSERT(r.has_rssi && r.rssi == -60);
	CU_ASSERT_FATAL(packet_hci_record_next(&walk, &r));
	CU_ASSERT_EQUAL(r.event_type, 4);
	CU_ASSERT_EQUAL(r.data_length, 0);
	CU_ASSERT_EQUAL(r.rssi, 127);
	CU_ASSERT(!packet_hci_record_next(&walk, &r));
	CU_ASSERT_EQUAL(walk.fault, 0);
}

SELFTEST(packet_l2cap_commands_and_options_are_walked)
{
	struct blob b = hci_acl(
		0x2001, l2cap(1, join(signal_of(2, 7, hex("0300 4000")),
				      signal_of(4, 8, hex("4100 0000 01 02 f203 85 01 00")))));
	struct packet_l2cap_command c;
	struct packet_l2cap_option o;
	struct packet_walk walk, options;
	struct packet p;

	CU_ASSERT_EQUAL(decode(&p, &b, PACKET_LINK_BLUETOOTH_HCI_H4), PACKET_COMPLETE);
	walk = packet_walk(&p, packet_find(&p, PACKET_L2CAP));
	CU_ASSERT_FATAL(packet_l2cap_command_next(&walk, &c));
	CU_ASSERT_EQUAL(c.code, PACKET_L2CAP_CONNECTION_REQUEST);
	CU_ASSERT(c.ok && c.identifier == 7 && c.psm == 3 && c.source_cid == 0x40);
	CU_ASSERT_FATAL(packet_l2cap_command_next(&walk, &c));
	CU_ASSERT(c.ok && c.destination_cid == 0x41 && c.options_length == 7);
	options = packet_l2cap_options(&walk, &c);
	CU_ASSERT_FATAL(packet_l2cap_option_next(&options, &o));
	CU_ASSERT(o.ok && !o.hint && o.type == PACKET_L2CAP_OPTION_MTU && o.value == 1010);
	CU_ASSERT_FATAL(packet_l2cap_option_next(&options, &o));
	CU_ASSERT(o.ok && o.hint && o.type == PACKET_L2CAP_OPTION_FCS && o.value == 0);
	CU_ASSERT(!packet_l2cap_option_next(&options, &o));
	CU_ASSERT(!packet_l2cap_command_next(&walk, &c));
}

/* Frames with an FCS that other implementations sent. */
SELFTEST(packet_rfcomm_is_known_by_its_fcs)
{
	static const char *const frames[] = {"03 3f 01 1c", "03 73 01 d7", "03 ef 01 70",
					     "01 ef 01 aa"};
	const struct packet_layer *l;
	uint32_t expected = 0;
	struct packet p;

	for (size_t i = 0; i < sizeof(frames) / sizeof(frames[0]); i++) {
		struct blob b = hci_acl(0x2001, l2cap(0x40, hex(frames[i])));

		CU_ASSERT_EQUAL(decode(&p, &b, PACKET_LINK_BLUETOOTH_HCI_H4), PACKET_COMPLETE);
		l = packet_find(&p, PACKET_RFCOMM);
		CU_ASSERT_PTR_NOT_NULL_FATAL(l);
		if (l == NULL)
			return;
		CU_ASSERT_EQUAL(l->checksum, PACKET_CHECKSUM_GOOD);
		packet_verify(&p, (unsigned int)(l - p.layer), &expected);
		CU_ASSERT_EQUAL(expected, l->rfcomm.fcs);
		/* any bit of the FCS, and it is data; so it is on a channel that is not dynamic */
		b.bytes[b.length - 1] ^= 1;
		CU_ASSERT_EQUAL(decode(&p, &b, PACKET_LINK_BLUETOOTH_HCI_H4), PACKET_COMPLETE);
		CU_ASSERT_PTR_NULL(packet_rfcomm(&p));
		CU_ASSERT_PTR_NOT_NULL(packet_find(&p, PACKET_DATA));
		b = hci_acl(0x2001, l2cap(0x20, hex(frames[i])));
		decode(&p, &b, PACKET_LINK_BLUETOOTH_HCI_H4);
		CU_ASSERT_PTR_NULL(packet_rfcomm(&p));
	}
}

SELFTEST(packet_rfcomm_commands_are_walked)
{
	struct blob b = hci_acl(0x2001, l2cap(0x40, hex("03 ef 1d 83 11 02 f0 07 00 f203 00 07 "
							"e3 05 0b 8d 70")));
	struct packet_rfcomm_command c;
	struct packet_walk walk;
	struct packet p;

	CU_ASSERT_EQUAL(decode(&p, &b, PACKET_LINK_BLUETOOTH_HCI_H4), PACKET_COMPLETE);
	CU_ASSERT_PTR_NOT_NULL_FATAL(packet_rfcomm(&p));
	walk = packet_walk(&p, packet_find(&p, PACKET_RFCOMM));
	CU_ASSERT_FATAL(packet_rfcomm_command_next(&walk, &c));
	CU_ASSERT_EQUAL(c.type, PACKET_RFCOMM_PN);
	CU_ASSERT(c.ok && c.command_response && c.dlci == 2);
	CU_ASSERT(c.frame_size == 1010 && c.credits == 7);
	CU_ASSERT_FATAL(packet_rfcomm_command_next(&walk, &c));
	CU_ASSERT_EQUAL(c.type, PACKET_RFCOMM_MSC);
	CU_ASSERT(c.ok && c.dlci == 2 && c.signals == 0x8d);
	CU_ASSERT(!packet_rfcomm_command_next(&walk, &c));
	CU_ASSERT_EQUAL(walk.fault, 0);
}

/* An L2CAP PDU in several ACL packets: its start is complete, though the PDU is not all there. */
SELFTEST(packet_l2cap_pdu_in_fragments)
{
	struct blob start = hci_acl(0x2001, poke(l2cap(0x40, text("hello")), 0, "0a00"));
	struct blob rest = hci_acl(0x1001, text("world"));
	struct packet p;

	CU_ASSERT_EQUAL(decode(&p, &start, PACKET_LINK_BLUETOOTH_HCI_H4), PACKET_COMPLETE);
	CU_ASSERT_PTR_NOT_NULL_FATAL(packet_find(&p, PACKET_L2CAP));
	CU_ASSERT(packet_find(&p, PACKET_L2CAP)->first_fragment);
	CU_ASSERT_EQUAL(packet_l2cap(&p)->length, 10);
	CU_ASSERT_EQUAL(decode(&p, &rest, PACKET_LINK_BLUETOOTH_HCI_H4), PACKET_COMPLETE);
	CU_ASSERT_PTR_NULL(packet_l2cap(&p));
	CU_ASSERT_EQUAL(packet_hci_acl(&p)->packet_boundary, 1);
}
