/* SPDX-License-Identifier: MIT */
/* CAN: struct members, and what the golden packets cannot show of byte orders and flags. */
#include "harness/packet/packet.h"
#include "harness/selftest/packet/golden.h"
#include "harness/selftest/selftest.h"

#include <string.h>

static int decode(struct packet *p, const struct blob *b, uint32_t link_type, unsigned int flags)
{
	return packet_decode(p, b->bytes, b->length, b->length, link_type, flags);
}

SELFTEST(packet_can_members)
{
	struct blob b = hex("98daf110 03 000000 023e00");
	const struct packet_can *can;
	struct packet p;

	CU_ASSERT_EQUAL(decode(&p, &b, PACKET_LINK_CAN_SOCKETCAN, 0), PACKET_COMPLETE);
	CU_ASSERT_EQUAL(p.layers, 2);
	can = packet_can(&p);
	CU_ASSERT_PTR_NOT_NULL_FATAL(can);
	if (can == NULL)
		return;
	CU_ASSERT_EQUAL(can->identifier, 0x18daf110);
	CU_ASSERT(can->extended && !can->remote && !can->error && !can->fd);
	CU_ASSERT_EQUAL(can->payload_length, 3);
	CU_ASSERT_EQUAL(can->dlc, 3);
	CU_ASSERT_PTR_NULL(packet_isotp(&p));
	CU_ASSERT_PTR_NULL(packet_j1939(&p));
	CU_ASSERT_PTR_NULL(packet_canxl(&p));
	b = poke(b, 4, "00 05"); /* a capture without padding: the flag alone tells CAN FD */
	decode(&p, &b, PACKET_LINK_CAN_SOCKETCAN, 0);
	can = packet_can(&p);
	CU_ASSERT_PTR_NOT_NULL_FATAL(can);
	if (can == NULL)
		return;
	CU_ASSERT(can->fd);
	CU_ASSERT_EQUAL(can->fd_flags, PACKET_CAN_FDF | PACKET_CAN_BRS);
}

/* ISO 11898-1: from 9 on a DLC stands for 12, 16, 20, 24, 32, 48 and 64 bytes. */
SELFTEST(packet_can_dlc)
{
	static const uint8_t length_and_dlc[][2] = {{0, 0},   {8, 8},	{9, 9},	  {12, 9},
						    {13, 10}, {16, 10}, {20, 11}, {24, 12},
						    {32, 13}, {48, 14}, {49, 15}, {64, 15}};

	for (size_t i = 0; i < sizeof(length_and_dlc) / sizeof(length_and_dlc[0]); i++) {
		struct blob b = join(hex("00000123 00 040000"), fill(0, 64));
		struct packet p;

		b.bytes[4] = length_and_dlc[i][0];
		CU_ASSERT_EQUAL(decode(&p, &b, PACKET_LINK_CAN_SOCKETCAN, 0), PACKET_COMPLETE);
		CU_ASSERT_PTR_NOT_NULL_FATAL(packet_can(&p));
		CU_ASSERT_EQUAL(packet_can(&p)->dlc, length_and_dlc[i][1]);
	}
}

#define SLL "0001 0118 0000 0000000000000000 "

/* Priority 0x100 of one byte order is VCID 1 of the other: the length tells which. */
SELFTEST(packet_canxl_byte_orders)
{
	struct blob little = hex(SLL "000e 00000100 80 01 0200 78563412 aabb");
	struct blob big = hex(SLL "000e 00000100 80 01 0002 12345678 aabb");
	struct blob file = hex("00000100 80 01 0200 78563412 aabb");
	struct packet p;

	CU_ASSERT_EQUAL(decode(&p, &little, PACKET_LINK_LINUX_SLL, 0), PACKET_COMPLETE);
	CU_ASSERT_PTR_NOT_NULL_FATAL(packet_canxl(&p));
	CU_ASSERT_EQUAL(packet_canxl(&p)->vcid, 1);
	CU_ASSERT_EQUAL(packet_canxl(&p)->priority, 0);
	CU_ASSERT_EQUAL(packet_canxl(&p)->acceptance_field, 0x12345678);
	CU_ASSERT_EQUAL(decode(&p, &big, PACKET_LINK_LINUX_SLL, 0), PACKET_COMPLETE);
	CU_ASSERT_PTR_NOT_NULL_FATAL(packet_canxl(&p));
	CU_ASSERT_EQUAL(packet_canxl(&p)->vcid, 0);
	CU_ASSERT_EQUAL(packet_canxl(&p)->priority, 0x100);
	CU_ASSERT_EQUAL(packet_canxl(&p)->acceptance_field, 0x12345678);
	/* a capture of the device itself has one of each */
	CU_ASSERT_EQUAL(decode(&p, &file, PACKET_LINK_CAN_SOCKETCAN, 0), PACKET_COMPLETE);
	CU_ASSERT_PTR_NOT_NULL_FATAL(packet_canxl(&p));
	CU_ASSERT_EQUAL(packet_canxl(&p)->priority, 0x100);
	CU_ASSERT_EQUAL(packet_canxl(&p)->payload_length, 2);
	CU_ASSERT_EQUAL(packet_canxl(&p)->acceptance_field, 0x12345678);
}

/* The payload of the packet is the message, neither its length in front nor padding behind. */
SELFTEST(packet_isotp_payload)
{
	struct blob b = hex("000007e0 08 000000 02 3e80 cccccccccc");
	const uint8_t *payload;
	size_t length;
	struct packet p;

	decode(&p, &b, PACKET_LINK_CAN_SOCKETCAN, 0);
	payload = packet_payload(&p, &length);
	CU_ASSERT(payload == b.bytes + 8 && length == 8);
	CU_ASSERT_EQUAL(decode(&p, &b, PACKET_LINK_CAN_SOCKETCAN, PACKET_CAN_ISOTP),
			PACKET_COMPLETE);
	payload = packet_payload(&p, &length);
	CU_ASSERT(payload == b.bytes + 9 && length == 2);
	CU_ASSERT_PTR_NOT_NULL_FATAL(packet_isotp(&p));
	CU_ASSERT_EQUAL(packet_isotp(&p)->type, PACKET_ISOTP_SINGLE);
	CU_ASSERT_EQUAL(packet_isotp(&p)->length, 2);
	/* a first frame's data is no whole message */
	b = hex("000007e8 08 000000 1014 62f190313233");
	decode(&p, &b, PACKET_LINK_CAN_SOCKETCAN, PACKET_CAN_ISOTP);
	CU_ASSERT_PTR_NOT_NULL_FATAL(packet_find(&p, PACKET_DATA));
	CU_ASSERT(packet_find(&p, PACKET_DATA)->first_fragment);
}

SELFTEST(packet_j1939_members)
{
	struct blob b = hex("98eeff17 08 000000 4f54610a2b82c6e0");
	const struct packet_j1939 *j;
	struct packet p;
	uint64_t number;

	CU_ASSERT_EQUAL(decode(&p, &b, PACKET_LINK_CAN_SOCKETCAN, PACKET_CAN_J1939),
			PACKET_COMPLETE);
	j = packet_j1939(&p);
	CU_ASSERT_PTR_NOT_NULL_FATAL(j);
	if (j == NULL)
		return;
	CU_ASSERT_EQUAL(j->pgn, PACKET_J1939_ADDRESS_CLAIMED);
	CU_ASSERT_EQUAL(j->priority, 6);
	CU_ASSERT_EQUAL(j->source_address, 0x17);
	CU_ASSERT_EQUAL(j->destination_address, 255);
	CU_ASSERT_EQUAL(j->name, 0xe0c6822b0a61544fu);
	CU_ASSERT(packet_field_number(&p, "J1939", "Manufacturer Code", &number) && number == 83);
	CU_ASSERT(packet_field_number(&p, "CAN", "PGN", &number) && number == 60928);
	/* PDU1: the byte that names the destination is no part of the group's number */
	b = hex("9cec2117 08 000000 10 1400 03 ff d8fe00");
	decode(&p, &b, PACKET_LINK_CAN_SOCKETCAN, PACKET_CAN_J1939);
	j = packet_j1939(&p);
	CU_ASSERT_PTR_NOT_NULL_FATAL(j);
	if (j == NULL)
		return;
	CU_ASSERT_EQUAL(j->pgn, PACKET_J1939_TP_CM);
	CU_ASSERT_EQUAL(j->destination_address, 0x21);
	CU_ASSERT_EQUAL(j->control_byte, PACKET_J1939_RTS);
	CU_ASSERT_EQUAL(j->message_size, 20);
	CU_ASSERT_EQUAL(j->number_of_packets, 3);
	CU_ASSERT_EQUAL(j->about_pgn, 0xfed8);
}
