/* SPDX-License-Identifier: MIT */
/* The transport protocols of J1939: TP up to 1785 bytes (J1939-21), ETP for more (ISO 11783-3). */
#include "harness/packet/can/internal.h"

static bool is_management(const struct packet_j1939 *j)
{
	return j->pgn == PACKET_J1939_TP_CM || j->pgn == PACKET_J1939_ETP_CM;
}

/* Whether size and number of packets go together: 7 bytes a packet, at most 255 of them. */
static void check_size(struct decoder *d, const struct packet_j1939 *j)
{
	uint32_t at = d->layer->offset;

	if (j->message_size < 9 || j->message_size > 1785)
		packet_contradiction(d, "Total Message Size is %1, TP carries 9 to 1785",
				     j->message_size, 0, at + 1, 2);
	else if (j->number_of_packets != (j->message_size + 6) / 7)
		packet_contradiction(d, "Total Number of Packets is %1, the size needs %2",
				     j->number_of_packets, (j->message_size + 6) / 7, at + 3, 1);
}

/* 24 bits count the packets. */
static void check_extended_size(struct decoder *d, const struct packet_j1939 *j)
{
	if (j->message_size < 1786 || j->message_size > 7 * 0xffffffu)
		packet_contradiction(d, "Number of Bytes is %1, ETP carries 1786 to %2",
				     j->message_size, 7 * 0xffffffu, d->layer->offset + 1, 4);
}

/*
 *       0         1         2         3         4         5         6         7
 *    +---------+---------+---------+---------+---------+---------+---------+---------+
 *    | 16      | Total Message Size| Packets | Maximum | PGN                         |    RTS
 *    | 17      | Packets | Next    | Reserved          | PGN                         |    CTS
 *    | 19, 32  | Total Message Size| Packets | Reserved| PGN                         |    EndOfMsg-
 *    +---------+---------+---------+---------+---------+---------+---------+---------+    ACK, BAM
 *    | 20, 23  | Number of Bytes                       | PGN                         |    ETP: RTS,
 *    | 21      | Packets | Next Packet Number          | PGN                         |    EOMA, CTS
 *    | 22      | Packets | Data Packet Offset          | PGN                         |    DPO
 *    +---------+---------+---------+---------+---------+---------+---------+---------+
 *    | 255     | Reason  | Reserved                    | PGN                         |    Abort
 *    +---------+---------+---------+---------+---------+---------+---------+---------+
 *
 * As net/can/j1939/transport.c has it. Numbers are little-endian. TP.DT and ETP.DT are a
 * Sequence Number and 7 bytes, the last ones of them padding.
 */
void packet_decode_j1939_transport(struct decoder *d)
{
	struct packet_layer *l = d->layer;
	struct packet_j1939 *j = &l->j1939;
	const uint8_t *h;
	bool whole;

	if (!is_management(j)) {
		h = packet_take(d, 1);
		j->sequence_number = h[0];
		if (l->header_captured == 1 && h[0] == 0)
			packet_contradiction(d, "Sequence Number is 0, the first is 1", 0, 0,
					     l->offset, 1);
		return;
	}
	h = packet_take(d, 8);
	whole = l->header_captured == 8;
	j->control_byte = h[0];
	j->about_pgn = packet_le24(h + 5);
	switch (j->control_byte) {
	case PACKET_J1939_RTS:
	case PACKET_J1939_END_OF_MESSAGE:
	case PACKET_J1939_BAM:
		j->message_size = packet_le16(h + 1);
		j->number_of_packets = h[3];
		j->maximum_of_packets = j->control_byte == PACKET_J1939_RTS ? h[4] : 0;
		if (whole)
			check_size(d, j);
		break;
	case PACKET_J1939_CTS:
		j->number_of_packets = h[1];
		j->packet = h[2];
		break;
	case PACKET_J1939_ETP_RTS:
	case PACKET_J1939_ETP_END_OF_MESSAGE:
		j->message_size = packet_le32(h + 1);
		if (whole)
			check_extended_size(d, j);
		break;
	case PACKET_J1939_ETP_CTS:
	case PACKET_J1939_ETP_DPO:
		j->number_of_packets = h[1];
		j->packet = packet_le24(h + 2);
		break;
	case PACKET_J1939_ABORT:
		j->abort_reason = h[1];
		break;
	default:
		break;
	}
	if (whole && j->control_byte != PACKET_J1939_ABORT &&
	    (j->control_byte >= PACKET_J1939_ETP_RTS &&
	     j->control_byte <= PACKET_J1939_ETP_END_OF_MESSAGE) != (j->pgn == PACKET_J1939_ETP_CM))
		packet_contradiction(d, "Control Byte %1 is not one of this group", j->control_byte,
				     0, l->offset, 1);
}

static const char *control_name(uint8_t control_byte)
{
	switch (control_byte) {
	case PACKET_J1939_RTS:
	case PACKET_J1939_ETP_RTS:
		return "RTS";
	case PACKET_J1939_CTS:
	case PACKET_J1939_ETP_CTS:
		return "CTS";
	case PACKET_J1939_END_OF_MESSAGE:
		return "EndOfMsgACK";
	case PACKET_J1939_ETP_END_OF_MESSAGE:
		return "EOMA";
	case PACKET_J1939_ETP_DPO:
		return "DPO";
	case PACKET_J1939_BAM:
		return "BAM";
	case PACKET_J1939_ABORT:
		return "Abort";
	default:
		return "reserved";
	}
}

/* As net/can/j1939/transport.c has them, enum j1939_xtp_abort. */
static const char *reason_name(uint8_t reason)
{
	static const char *const names[] = {
		NULL,
		"already in a session",
		"resources are needed for another task",
		"timeout",
		"CTS while data is being sent",
		"maximum of retransmissions reached",
		"unexpected data packet",
		"bad sequence number",
		"duplicate sequence number",
		"unexpected DPO, or message too large",
		"unexpected PGN in DPO",
		"more packets in DPO than in CTS",
		"bad offset in DPO",
		NULL,
		"unexpected PGN in CTS",
		"CTS for more than the message",
	};

	if (reason == 250)
		return "any other";
	return reason < sizeof(names) / sizeof(names[0]) ? names[reason] : NULL;
}

static void show_management(struct packet_view *v, const struct packet_layer *l)
{
	const struct packet_j1939 *j = &l->j1939;
	uint32_t at = l->offset;

	packet_show_number(v, "Control Byte", at, 1, j->control_byte,
			   control_name(j->control_byte));
	switch (j->control_byte) {
	case PACKET_J1939_RTS:
	case PACKET_J1939_END_OF_MESSAGE:
	case PACKET_J1939_BAM:
		packet_show_number(v, "Total Message Size", at + 1, 2, j->message_size, NULL);
		packet_show_number(v, "Total Number of Packets", at + 3, 1, j->number_of_packets,
				   NULL);
		if (j->control_byte == PACKET_J1939_RTS)
			packet_show_number(v, "Maximum Number of Packets", at + 4, 1,
					   j->maximum_of_packets,
					   j->maximum_of_packets == 255 ? "no limit" : NULL);
		else
			packet_show_bytes(v, "Reserved", at + 4, 1);
		break;
	case PACKET_J1939_CTS:
		packet_show_number(v, "Number of Packets", at + 1, 1, j->number_of_packets,
				   j->number_of_packets == 0 ? "wait" : NULL);
		packet_show_number(v, "Next Packet Number", at + 2, 1, j->packet, NULL);
		packet_show_bytes(v, "Reserved", at + 3, 2);
		break;
	case PACKET_J1939_ETP_RTS:
	case PACKET_J1939_ETP_END_OF_MESSAGE:
		packet_show_number(v, "Number of Bytes", at + 1, 4, j->message_size, NULL);
		break;
	case PACKET_J1939_ETP_CTS:
	case PACKET_J1939_ETP_DPO:
		packet_show_number(v, "Number of Packets", at + 1, 1, j->number_of_packets, NULL);
		packet_show_number(v,
				   j->control_byte == PACKET_J1939_ETP_CTS ? "Next Packet Number"
									   : "Data Packet Offset",
				   at + 2, 3, j->packet, NULL);
		break;
	case PACKET_J1939_ABORT:
		packet_show_number(v, "Connection Abort Reason", at + 1, 1, j->abort_reason,
				   reason_name(j->abort_reason));
		packet_show_bytes(v, "Reserved", at + 2, 3);
		break;
	default:
		packet_show_bytes(v, "Reserved", at + 1, 4);
		break;
	}
	packet_show_j1939_pgn(v, at + 5, j->about_pgn);
}

void packet_show_j1939_transport(struct packet_view *v, const struct packet_layer *l)
{
	if (is_management(&l->j1939))
		show_management(v, l);
	else if (l->header_length > 0)
		packet_show_number(v, "Sequence Number", l->offset, 1, l->j1939.sequence_number,
				   NULL);
}

void packet_line_j1939_transport(struct packet_out *out, const struct packet_layer *l)
{
	const struct packet_j1939 *j = &l->j1939;

	if (!is_management(j)) {
		packet_put(out, "sequence ");
		packet_put_number(out, j->sequence_number);
		return;
	}
	packet_put(out, control_name(j->control_byte));
	switch (j->control_byte) {
	case PACKET_J1939_RTS:
	case PACKET_J1939_END_OF_MESSAGE:
	case PACKET_J1939_BAM:
		packet_put_pair(out, "size", j->message_size);
		packet_put_pair(out, "packets", j->number_of_packets);
		break;
	case PACKET_J1939_CTS:
	case PACKET_J1939_ETP_CTS:
		packet_put_pair(out, "packets", j->number_of_packets);
		packet_put_pair(out, "next", j->packet);
		break;
	case PACKET_J1939_ETP_RTS:
	case PACKET_J1939_ETP_END_OF_MESSAGE:
		packet_put_pair(out, "size", j->message_size);
		break;
	case PACKET_J1939_ETP_DPO:
		packet_put_pair(out, "packets", j->number_of_packets);
		packet_put_pair(out, "offset", j->packet);
		break;
	case PACKET_J1939_ABORT:
		packet_put_pair(out, "reason", j->abort_reason);
		break;
	default:
		packet_put_pair(out, "control", j->control_byte);
		break;
	}
	packet_put_char(out, ' ');
	packet_put_pgn(out, j->about_pgn);
}
