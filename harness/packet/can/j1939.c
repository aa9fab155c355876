/* SPDX-License-Identifier: MIT */
/*
 * SAE J1939-21 and -81: what the 29 bits of the identifier say, and the payload of the groups
 * that run the network. The transport protocol is in j1939_transport.c.
 */
#include "harness/packet/can/internal.h"

#define GLOBAL_ADDRESS 255
#define NULL_ADDRESS   254

/* Groups of J1939-21, -71, -73 and -81 that are met often; the names are their labels. */
static const char *pgn_name(uint32_t pgn)
{
	switch (pgn) {
	case 0x00000:
		return "TSC1";
	case 0x09300:
		return "NAME Management";
	case PACKET_J1939_ETP_DT:
		return "ETP.DT";
	case PACKET_J1939_ETP_CM:
		return "ETP.CM";
	case 0x0c900:
		return "Request2";
	case 0x0ca00:
		return "Transfer";
	case PACKET_J1939_ACKNOWLEDGMENT:
		return "Acknowledgment";
	case PACKET_J1939_REQUEST:
		return "Request";
	case PACKET_J1939_TP_DT:
		return "TP.DT";
	case PACKET_J1939_TP_CM:
		return "TP.CM";
	case PACKET_J1939_ADDRESS_CLAIMED:
		return "Address Claimed";
	case 0x0ef00:
		return "Proprietary A";
	case 0x1ef00:
		return "Proprietary A2";
	case 0x0f000:
		return "ERC1";
	case 0x0f001:
		return "EBC1";
	case 0x0f002:
		return "ETC1";
	case 0x0f003:
		return "EEC2";
	case 0x0f004:
		return "EEC1";
	case 0x0f005:
		return "ETC2";
	case 0x0feca:
		return "DM1";
	case 0x0fecb:
		return "DM2";
	case 0x0fecc:
		return "DM3";
	case 0x0fed8:
		return "Commanded Address";
	case 0x0feda:
		return "SOFT";
	case 0x0fee5:
		return "HOURS";
	case 0x0fee6:
		return "TD";
	case 0x0feeb:
		return "CI";
	case 0x0feec:
		return "VI";
	case 0x0feee:
		return "ET1";
	case 0x0feef:
		return "EFL/P1";
	case 0x0fef1:
		return "CCVS1";
	case 0x0fef2:
		return "LFE1";
	case 0x0fef5:
		return "AMB";
	case 0x0fef6:
		return "IC1";
	case 0x0fef7:
		return "VEP1";
	case 0x0fefc:
		return "DD1";
	default:
		return (pgn & 0x3ff00) == 0x0ff00 ? "Proprietary B" : NULL;
	}
}

/* J1939 has 29-bit identifiers; J1939-22, over CAN FD, packs its payload in another way. */
bool packet_is_j1939(const struct packet *p, const struct packet_can *can)
{
	return p->flags & PACKET_CAN_J1939 && can->extended && !can->error && !can->remote;
}

/*
 *     28    26 25  24  23            16 15             8 7              0
 *    +--------+---+---+----------------+----------------+----------------+
 *    |Priority|EDP| DP| PDU format     | PDU specific   | Source Address |
 *    +--------+---+---+----------------+----------------+----------------+
 *
 * As Documentation/networking/j1939.rst has it. A PDU format below 240 makes PDU specific the
 * destination's address, and the last byte of the PGN 0 (PDU1); from 240 on it is part of the PGN,
 * and all are meant (PDU2).
 */
static void decode_id(struct packet_j1939 *j, uint32_t identifier)
{
	j->priority = identifier >> 26 & 7;
	j->extended_data_page = (identifier >> 25 & 1) != 0;
	j->data_page = (identifier >> 24 & 1) != 0;
	j->pdu_format = identifier >> 16 & 0xff;
	j->pdu_specific = identifier >> 8 & 0xff;
	j->source_address = identifier & 0xff;
	j->pgn = identifier >> 8 & 0x3ffff;
	j->destination_address = GLOBAL_ADDRESS;
	if (j->pdu_format < 240) {
		j->destination_address = j->pdu_specific;
		j->pgn &= 0x3ff00;
	}
}

/*
 *       0         1         2         3         4         5         6         7
 *    +---------+---------+---------+---------+---------+---------+---------+---------+
 *    | PGN                         |                                                      Request
 *    +---------+---------+---------+---------+---------+---------+---------+---------+
 *    | Control | Group   | Reserved          | Address | PGN                         |    Acknow-
 *    | Byte    | Function|                   | Acknow- |                             |    ledgment
 *    |         | Value   |                   | ledged  |                             |
 *    +---------+---------+---------+---------+---------+---------+---------+---------+
 *    | NAME, 64 bits, see show_name()                                                |    Address
 *    +---------+---------+---------+---------+---------+---------+---------+---------+    Claimed
 *
 * Of J1939-21 and -81. Numbers of more than one byte are little-endian.
 */
void packet_decode_j1939(struct decoder *d)
{
	const struct packet_can *can = &d->layer->can;
	struct packet_layer *l;
	struct packet_j1939 *j;
	const uint8_t *h;

	if (can->fd) {
		packet_decode_data(d);
		return;
	}
	l = packet_open(d, PACKET_J1939);
	if (l == NULL)
		return;
	j = &l->j1939;
	*j = (struct packet_j1939){0};
	decode_id(j, can->identifier);
	switch (j->pgn) {
	case PACKET_J1939_REQUEST:
		j->about_pgn = packet_le24(packet_take(d, 3));
		break;
	case PACKET_J1939_ACKNOWLEDGMENT:
		h = packet_take(d, 8);
		j->control_byte = h[0];
		j->group_function = h[1];
		j->address_acknowledged = h[4];
		j->about_pgn = packet_le24(h + 5);
		break;
	case PACKET_J1939_ADDRESS_CLAIMED:
		j->name = packet_le64(packet_take(d, 8));
		break;
	case PACKET_J1939_TP_CM:
	case PACKET_J1939_ETP_CM:
	case PACKET_J1939_TP_DT:
	case PACKET_J1939_ETP_DT:
		packet_decode_j1939_transport(d);
		break;
	default:
		break;
	}
	if (l->header_captured < l->header_length)
		return;
	packet_advance(d);
	d->next = packet_decode_data;
}

static const char *address_name(uint8_t address)
{
	if (address == GLOBAL_ADDRESS)
		return "global";
	return address == NULL_ADDRESS ? "null" : NULL;
}

/* The parts of the CAN identifier. */
void packet_show_j1939_id(struct packet_view *v, const struct packet_layer *l)
{
	struct packet_j1939 j = {0};
	uint32_t at = l->offset;

	decode_id(&j, l->can.identifier);
	packet_show_bits(v, "Priority", at, 4, 0x1c000000, j.priority, NULL);
	packet_show_bits(v, "PGN", at, 4, j.pdu_format < 240 ? 0x03ff0000 : 0x03ffff00, j.pgn,
			 pgn_name(j.pgn));
	packet_show_bits(v, "Extended Data Page", at, 4, 0x02000000, j.extended_data_page, NULL);
	packet_show_bits(v, "Data Page", at, 4, 0x01000000, j.data_page, NULL);
	packet_show_bits(v, "PDU Format", at, 4, 0x00ff0000, j.pdu_format,
			 j.pdu_format < 240 ? "PDU1" : "PDU2");
	if (j.pdu_format < 240)
		packet_show_bits(v, "Destination Address", at, 4, 0x0000ff00, j.destination_address,
				 address_name(j.destination_address));
	else
		packet_show_bits(v, "Group Extension", at, 4, 0x0000ff00, j.pdu_specific, NULL);
	packet_show_bits(v, "Source Address", at, 4, 0x000000ff, j.source_address,
			 address_name(j.source_address));
}

void packet_show_j1939_pgn(struct packet_view *v, uint32_t at, uint32_t pgn)
{
	packet_show_number(v, "PGN", at, 3, pgn, pgn_name(pgn));
}

/* Of J1939-21. */
static const char *acknowledgment_name(uint8_t control_byte)
{
	static const char *const names[] = {"positive", "negative", "access denied",
					    "cannot respond"};

	return control_byte < sizeof(names) / sizeof(names[0]) ? names[control_byte] : "reserved";
}

static const char *industry_group_name(uint8_t group)
{
	static const char *const names[] = {
		"global", "on-highway equipment",      "agriculture and forestry", "construction",
		"marine", "industrial process control"};

	return group < sizeof(names) / sizeof(names[0]) ? names[group] : NULL;
}

/*
 *    bit  0     21            32       35       40      48   49       56       60       63
 *    +---------+-------------+--------+--------+--------+---+--------+--------+--------+---+
 *    | Identity| Manufacturer| ECU    |Function| Func-  | 0 |Vehicle |Vehicle |Industry|AAC|
 *    | Number  | Code        |Instance|Instance| tion   |   |System  |Sys.Inst|Group   |   |
 *    +---------+-------------+--------+--------+--------+---+--------+--------+--------+---+
 *
 * Of J1939-81, from the least significant bit on. The lower NAME wins an address.
 */
static void show_name(struct packet_view *v, const struct packet_layer *l)
{
	uint64_t name = l->j1939.name;
	uint32_t at = l->offset;
	struct packet_out *out = packet_value(v);

	/* no number: JSON readers have 63 bits for one */
	packet_put(out, "0x");
	packet_put_hex(out, name, 16);
	packet_show(v, "NAME", at, 8);
	packet_show_in(v);
	packet_show_bits(v, "Identity Number", at, 4, 0x001fffff, name & 0x1fffff, NULL);
	packet_show_bits(v, "Manufacturer Code", at, 4, 0xffe00000, name >> 21 & 0x7ff, NULL);
	packet_show_bits(v, "ECU Instance", at + 4, 1, 0x07, name >> 32 & 7, NULL);
	packet_show_bits(v, "Function Instance", at + 4, 1, 0xf8, name >> 35 & 31, NULL);
	packet_show_number(v, "Function", at + 5, 1, name >> 40 & 0xff, NULL);
	packet_show_bits(v, "Reserved", at + 6, 1, 0x01, name >> 48 & 1, NULL);
	packet_show_bits(v, "Vehicle System", at + 6, 1, 0xfe, name >> 49 & 0x7f, NULL);
	packet_show_bits(v, "Vehicle System Instance", at + 7, 1, 0x0f, name >> 56 & 15, NULL);
	packet_show_bits(v, "Industry Group", at + 7, 1, 0x70, name >> 60 & 7,
			 industry_group_name(name >> 60 & 7));
	packet_show_flag(v, "Arbitrary Address Capable", at + 7, 1, 0x80, name >> 63 != 0);
	packet_show_out(v);
}

static void show_layer_j1939(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_j1939 *j = &l->j1939;
	uint32_t at = l->offset;

	switch (j->pgn) {
	case PACKET_J1939_REQUEST:
		packet_show_j1939_pgn(v, at, j->about_pgn);
		break;
	case PACKET_J1939_ACKNOWLEDGMENT:
		packet_show_number(v, "Control Byte", at, 1, j->control_byte,
				   acknowledgment_name(j->control_byte));
		packet_show_number(v, "Group Function Value", at + 1, 1, j->group_function, NULL);
		packet_show_bytes(v, "Reserved", at + 2, 2);
		packet_show_number(v, "Address Acknowledged", at + 4, 1, j->address_acknowledged,
				   address_name(j->address_acknowledged));
		packet_show_j1939_pgn(v, at + 5, j->about_pgn);
		break;
	case PACKET_J1939_ADDRESS_CLAIMED:
		show_name(v, l);
		break;
	default:
		packet_show_j1939_transport(v, l);
		break;
	}
}

void packet_put_pgn(struct packet_out *out, uint32_t pgn)
{
	const char *name = pgn_name(pgn);

	packet_put(out, "pgn ");
	packet_put_number(out, pgn);
	if (name == NULL)
		return;
	packet_put(out, " (");
	packet_put(out, name);
	packet_put_char(out, ')');
}

static void line_layer_j1939(struct packet_out *out, const struct packet *p,
			     const struct packet_layer *l)
{
	const struct packet_j1939 *j = &l->j1939;

	(void)p;
	packet_put(out, "J1939 ");
	packet_put_number(out, j->source_address);
	packet_put(out, " > ");
	packet_put_number(out, j->destination_address);
	packet_put(out, " priority ");
	packet_put_number(out, j->priority);
	packet_put_char(out, ' ');
	packet_put_pgn(out, j->pgn);
	if (l->header_length == 0)
		return;
	packet_put(out, ": ");
	if (l->header_captured < l->header_length) {
		packet_put(out, "header cut");
		return;
	}
	switch (j->pgn) {
	case PACKET_J1939_REQUEST:
		packet_put_pgn(out, j->about_pgn);
		break;
	case PACKET_J1939_ACKNOWLEDGMENT:
		packet_put(out, acknowledgment_name(j->control_byte));
		packet_put(out, " to ");
		packet_put_number(out, j->address_acknowledged);
		packet_put_char(out, ' ');
		packet_put_pgn(out, j->about_pgn);
		break;
	case PACKET_J1939_ADDRESS_CLAIMED:
		packet_put(out,
			   j->source_address == NULL_ADDRESS ? "cannot claim, name 0x" : "name 0x");
		packet_put_hex(out, j->name, 16);
		break;
	default:
		packet_line_j1939_transport(out, l);
		break;
	}
}

const struct packet_protocol packet_protocol_j1939 = {
	.name = "J1939",
	.show = show_layer_j1939,
	.line = line_layer_j1939,
};
