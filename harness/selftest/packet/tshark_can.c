/* SPDX-License-Identifier: MIT */
/* The fields of CAN, ISO-TP and J1939 as tshark names them. It has no CAN XL before 4.2. */
#include "harness/selftest/packet/tshark.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct tshark_field fields[] = {
	{"can.id", "CAN", "Identifier", NUMBER},
	{"can.flags.xtd", "CAN", "EFF: extended frame format", NUMBER},
	{"can.flags.rtr", "CAN", "RTR: remote transmission request", NUMBER},
	{"can.flags.err", "CAN", "ERR: error message", NUMBER},
	{"can.len", "CAN", "Payload Length", NUMBER},
	{"canfd.flags.brs", "CAN", "BRS: bit rate switch", NUMBER},
	{"canfd.flags.esi", "CAN", "ESI: error state indicator", NUMBER},
	{"can.err.tx_timeout", "CAN", "TX timeout", NUMBER},
	{"can.err.lostarb", "CAN", "Lost arbitration", NUMBER},
	{"can.err.ctrl", "CAN", "Controller problems", NUMBER},
	{"can.err.prot", "CAN", "Protocol violations", NUMBER},
	{"can.err.trx", "CAN", "Transceiver status", NUMBER},
	{"can.err.ack", "CAN", "No ACK on transmission", NUMBER},
	{"can.err.busoff", "CAN", "Bus off", NUMBER},
	{"can.err.buserror", "CAN", "Bus error", NUMBER},
	{"can.err.restarted", "CAN", "Controller restarted", NUMBER},
	{"can.err.lostarb.bitnum", "CAN", "Arbitration lost in bit", NUMBER},
	{"can.err.ctrl.rx_overflow", "CAN", "RX buffer overflow", NUMBER},
	{"can.err.ctrl.tx_overflow", "CAN", "TX buffer overflow", NUMBER},
	{"can.err.ctrl.rx_warning", "CAN", "Warning level for RX errors", NUMBER},
	{"can.err.ctrl.tx_warning", "CAN", "Warning level for TX errors", NUMBER},
	{"can.err.ctrl.rx_passive", "CAN", "Error passive RX", NUMBER},
	{"can.err.ctrl.tx_passive", "CAN", "Error passive TX", NUMBER},
	{"can.err.ctrl.active", "CAN", "Error active again", NUMBER},
	{"can.err.prot.type.bit", "CAN", "Single bit error", NUMBER},
	{"can.err.prot.type.form", "CAN", "Frame format error", NUMBER},
	{"can.err.prot.type.stuff", "CAN", "Bit stuffing error", NUMBER},
	{"can.err.prot.type.bit0", "CAN", "Unable to send dominant bit", NUMBER},
	{"can.err.prot.type.bit1", "CAN", "Unable to send recessive bit", NUMBER},
	{"can.err.prot.type.overload", "CAN", "Bus overload", NUMBER},
	{"can.err.prot.type.active", "CAN", "Active error announcement", NUMBER},
	{"can.err.prot.type.tx", "CAN", "On transmission", NUMBER},
	{"can.err.prot.location", "CAN", "Protocol violation location", NUMBER},
	{"can.err.trx.canh", "CAN", "CANH", NUMBER},
	{"can.err.trx.canl", "CAN", "CANL", NUMBER},
};

static bool is(const struct tshark_field *f, const char *name)
{
	return strncmp(f->tshark, name, strlen(name)) == 0;
}

static bool only_ours(const struct tshark_field *f, const struct packet *p)
{
	const struct packet_can *can = packet_can(p);

	/* of an error message it has no other flags, of CAN FD only that of extended frames */
	if (is(f, "can.flags."))
		return can->error || can->fd;
	/* it shows a byte of an error message only if the class says that it means something */
	if (is(f, "can.err.lostarb.bitnum"))
		return !(can->identifier & PACKET_CAN_ERR_LOSTARB);
	if (is(f, "can.err.prot.location"))
		return !(can->identifier & PACKET_CAN_ERR_PROT);
	/*
	 * it believes neither the size of a frame without the flag FDF nor that flag beside
	 * reserved bits that are set
	 */
	if (is(f, "canfd.flags."))
		return (can->fd_flags & (0xff ^ PACKET_CAN_BRS ^ PACKET_CAN_ESI)) != PACKET_CAN_FDF;
	return false;
}

static bool known_difference(const struct tshark_field *f, const struct packet *p)
{
	const struct packet_can *can = packet_can(p);
	const struct packet_layer *outer = &p->layer[0];

	/* it takes CAN XL for CAN, and 0x80 for its length */
	if (packet_find(p, PACKET_CANXL) != NULL)
		return true;
	/* it does not look at the hardware in a cooked header */
	if (can == NULL)
		return outer->kind == PACKET_SLL;
	/* the byte order of a cooked frame is that of the file for it */
	if (outer->kind == PACKET_SLL && !can->little_endian)
		return true;
	/* it cuts a standard identifier off at 11 bits */
	return is(f, "can.id") && p->outcome == PACKET_MALFORMED && !can->extended &&
	       can->identifier > 0x7ff;
}

static const uint32_t link_types[] = {227, 113, 276, 0};
static const uint32_t socketcan[] = {227, 0};

TSHARK_TABLE(can) = {
	.link_types = link_types,
	.fields = fields,
	.count = COUNT(fields),
	.known_difference = known_difference,
	.only_ours = only_ours,
};

static const struct tshark_field isotp_fields[] = {
	{"can.id", "CAN", "Identifier", NUMBER},
	{"iso15765.message_type", "ISO-TP", "N_PCItype", NUMBER},
	{"iso15765.data_length", "ISO-TP", "SF_DL", NUMBER},
	{"iso15765.frame_length", "ISO-TP", "FF_DL", NUMBER},
	{"iso15765.sequence_number", "ISO-TP", "SN", NUMBER},
	{"iso15765.flow_status", "ISO-TP", "FS", NUMBER},
	{"iso15765.flow_control.bs", "ISO-TP", "BS", NUMBER},
	{"iso15765.flow_control.stmin", "ISO-TP", "STmin", NUMBER},
};

/* Types that ISO 15765-2 reserves are those of the transport protocol on FlexRay for it. */
static bool isotp_difference(const struct tshark_field *f, const struct packet *p)
{
	const struct packet_isotp *isotp = packet_isotp(p);

	return is(f, "iso15765.") && isotp != NULL && isotp->type > PACKET_ISOTP_FLOW_CONTROL;
}

TSHARK_TABLE(isotp) = {
	.link_types = socketcan,
	.flags = PACKET_CAN_ISOTP,
	.fields = isotp_fields,
	.count = COUNT(isotp_fields),
	.options = "-d can.subdissector,iso15765",
	.known_difference = isotp_difference,
};

static const struct tshark_field j1939_fields[] = {
	{"can.id", "CAN", "Identifier", NUMBER},
	{"j1939.priority", "CAN", "Priority", NUMBER},
	{"j1939.pgn", "CAN", "PGN", NUMBER},
	{"j1939.ex_data_page", "CAN", "Extended Data Page", NUMBER},
	{"j1939.data_page", "CAN", "Data Page", NUMBER},
	{"j1939.pdu_format", "CAN", "PDU Format", NUMBER},
	{"j1939.group_extension", "CAN", "Group Extension", NUMBER},
	{"j1939.dst_addr", "CAN", "Destination Address", NUMBER},
	{"j1939.src_addr", "CAN", "Source Address", NUMBER},
};

/* Its dissector ends in an assertion ("len > 0") when there is no payload, before the PGN. */
static bool j1939_only_ours(const struct tshark_field *f, const struct packet *p)
{
	return is(f, "j1939.pgn") && packet_can(p)->payload_length == 0;
}

TSHARK_TABLE(j1939) = {
	.link_types = socketcan,
	.flags = PACKET_CAN_J1939,
	.fields = j1939_fields,
	.count = COUNT(j1939_fields),
	.options = "-d can.subdissector,j1939",
	.only_ours = j1939_only_ours,
};
