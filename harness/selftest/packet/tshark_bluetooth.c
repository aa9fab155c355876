/* SPDX-License-Identifier: MIT */
/*
 * The fields of HCI, L2CAP and RFCOMM as tshark names them. A channel of RFCOMM is known to tshark
 * by the Connection Request in front of it, see golden_rfcomm.c.
 */
#include "harness/selftest/packet/tshark.h"

#include <string.h>

static const struct tshark_field fields[] = {
	{"hci_h4.type", "HCI", "HCI packet indicator", NUMBER},
	{"hci_h4.direction", "HCI direction", "Direction", NUMBER},
	{"hci_mon.adapter_id", "HCI monitor", "Adapter ID", NUMBER},
	{"hci_mon.opcode", "HCI monitor", "Opcode", NUMBER},
	{"hci_mon.type", "HCI monitor", "Type", NUMBER},
	{"hci_mon.bus", "HCI monitor", "Bus", NUMBER},
	{"hci_mon.bd_addr", "HCI monitor", "BD_ADDR", TEXT},
	{"hci_mon.adapter_name", "HCI monitor", "Name", TEXT},
	{"hci_mon.manufacturer", "HCI monitor", "Manufacturer", NUMBER},
	{"hci_mon.system_note", "HCI monitor", "Text", TEXT},
	{"hci_mon.priority", "HCI monitor", "Priority", NUMBER},
	{"hci_mon.ident_length", "HCI monitor", "Ident_Length", NUMBER},
	{"hci_mon.ident", "HCI monitor", "Ident", TEXT},
	{"hci_mon.cookie", "HCI monitor", "Cookie", NUMBER},
	{"hci_mon.format", "HCI monitor", "Format", NUMBER},
	{"hci_mon.version", "HCI monitor", "Version", NUMBER},
	{"hci_mon.version_minor", "HCI monitor", "Revision", NUMBER},
	{"hci_mon.flags", "HCI monitor", "Flags", NUMBER},
	{"hci_mon.command_length", "HCI monitor", "Command_Length", NUMBER},
	{"hci_mon.command", "HCI monitor", "Command", TEXT},
	{"hci_mon.event", "HCI monitor", "Event code", NUMBER},
	{"bthci_cmd.opcode", "HCI", "Opcode", NUMBER},
	{"bthci_cmd.opcode.ogf", "HCI", "OGF", NUMBER},
	{"bthci_cmd.opcode.ocf", "HCI", "OCF", NUMBER},
	{"bthci_cmd.param_length", "HCI", "Parameter_Total_Length", NUMBER},
	{"bthci_cmd.lap", "HCI", "LAP", NUMBER},
	{"bthci_cmd.inq_length", "HCI", "Inquiry_Length", NUMBER},
	{"bthci_cmd.bd_addr", "HCI", "BD_ADDR", TEXT},
	{"bthci_cmd.packet_type", "HCI", "Packet_Type", NUMBER},
	{"bthci_cmd.page_scan_repetition_mode", "HCI", "Page_Scan_Repetition_Mode", NUMBER},
	{"bthci_cmd.connection_handle", "HCI", "Connection_Handle", NUMBER},
	{"bthci_cmd.reason", "HCI", "Reason", NUMBER},
	{"bthci_cmd.pin_code_length", "HCI", "PIN_Code_Length", NUMBER},
	{"bthci_cmd.encryption_enable", "HCI", "Encryption_Enable", NUMBER},
	{"bthci_cmd.device_name", "HCI", "Local_Name", TEXT},
	{"bthci_cmd.scan_enable", "HCI", "Scan_Enable", NUMBER},
	{"bthci_cmd.interval", "HCI", "Scan_Interval", NUMBER},
	{"bthci_cmd.window", "HCI", "Scan_Window", NUMBER},
	{"bthci_cmd.timeout", "HCI", "Timeout", NUMBER},
	{"bthci_cmd.le_advts_interval_min", "HCI", "Advertising_Interval_Min", NUMBER},
	{"bthci_cmd.le_advts_interval_max", "HCI", "Advertising_Interval_Max", NUMBER},
	{"bthci_cmd.le_advts_type", "HCI", "Advertising_Type", NUMBER},
	{"bthci_cmd.le_own_address_type", "HCI", "Own_Address_Type", NUMBER},
	{"bthci_cmd.le_peer_address_type", "HCI", "Peer_Address_Type", NUMBER},
	{"bthci_cmd.le_advts_filter_policy", "HCI", "Advertising_Filter_Policy", NUMBER},
	{"bthci_cmd.le_advts_enable", "HCI", "Advertising_Enable", NUMBER},
	{"bthci_cmd.le_scan_type", "HCI", "LE_Scan_Type", NUMBER},
	{"bthci_cmd.le_scan_interval", "HCI", "LE_Scan_Interval", NUMBER},
	{"bthci_cmd.le_scan_window", "HCI", "LE_Scan_Window", NUMBER},
	{"bthci_cmd.le_scan_enable", "HCI", "LE_Scan_Enable", NUMBER},
	{"bthci_cmd.le_filter_duplicates", "HCI", "Filter_Duplicates", NUMBER},
	{"bthci_cmd.le_initiator_filter_policy", "HCI", "Initiator_Filter_Policy", NUMBER},
	{"bthci_cmd.le_con_interval_min", "HCI", "Connection_Interval_Min", NUMBER},
	{"bthci_cmd.le_con_interval_max", "HCI", "Connection_Interval_Max", NUMBER},
	{"bthci_cmd.le_con_latency", "HCI", "Max_Latency", NUMBER},
	{"bthci_cmd.le_supv_timeout", "HCI", "Supervision_Timeout", NUMBER},
	{"bthci_cmd.le_tx_octets", "HCI", "TX_Octets", NUMBER},
	{"bthci_cmd.le_tx_time", "HCI", "TX_Time", NUMBER},
	{"bthci_evt.code", "HCI", "Event_Code", NUMBER},
	{"bthci_evt.param_length", "HCI", "Parameter_Total_Length", NUMBER},
	{"bthci_evt.status", "HCI", "Status", NUMBER},
	{"bthci_evt.num_responses", "HCI", "Num_Responses", NUMBER},
	{"bthci_evt.bd_addr", "HCI", "BD_ADDR", TEXT},
	{"bthci_evt.connection_handle", "HCI", "Connection_Handle", NUMBER},
	{"bthci_evt.link_type", "HCI", "Link_Type", NUMBER},
	{"bthci_evt.reason", "HCI", "Reason", NUMBER},
	{"bthci_evt.num_command_packets", "HCI", "Num_HCI_Command_Packets", NUMBER},
	{"bthci_evt.opcode", "HCI", "Command_Opcode", NUMBER},
	{"bthci_evt.hardware_code", "HCI", "Hardware_Code", NUMBER},
	{"bthci_evt.num_handles", "HCI", "Num_Handles", NUMBER},
	{"bthci_evt.num_compl_packets", "HCI", "Num_Completed_Packets", NUMBER},
	{"bthci_evt.current_mode", "HCI", "Current_Mode", NUMBER},
	{"bthci_evt.interval", "HCI", "Interval", NUMBER},
	{"bthci_evt.max_slots", "HCI", "LMP_Max_Slots", NUMBER},
	{"bthci_evt.rssi", "HCI", "RSSI", TEXT},
	{"bthci_evt.le_meta_subevent", "HCI", "Subevent_Code", NUMBER},
	{"bthci_evt.le_peer_address_type", "HCI", "Peer_Address_Type", NUMBER},
	{"bthci_evt.le_con_interval", "HCI", "Connection_Interval", NUMBER},
	{"bthci_evt.le_con_latency", "HCI", "Peripheral_Latency", NUMBER},
	{"bthci_evt.le_supv_timeout", "HCI", "Supervision_Timeout", NUMBER},
	{"bthci_evt.le_num_reports", "HCI", "Num_Reports", NUMBER},
	{"bthci_evt.le_advts_event_type", "HCI", "Event_Type", NUMBER},
	{"bthci_evt.data_length", "HCI", "Data_Length", NUMBER},
	{"bthci_acl.chandle", "HCI ACL", "Connection_Handle", NUMBER},
	{"bthci_acl.pb_flag", "HCI ACL", "Packet_Boundary_Flag", NUMBER},
	{"bthci_acl.bc_flag", "HCI ACL", "Broadcast_Flag", NUMBER},
	{"bthci_acl.length", "HCI ACL", "Data_Total_Length", NUMBER},
	{"bthci_sco.chandle", "HCI SCO", "Connection_Handle", NUMBER},
	{"bthci_sco.packet_status", "HCI SCO", "Packet_Status_Flag", NUMBER},
	{"bthci_sco.length", "HCI SCO", "Data_Total_Length", NUMBER},
	{"bthci_iso.chandle", "HCI ISO", "Connection_Handle", NUMBER},
	{"bthci_iso.pb_flag", "HCI ISO", "PB_Flag", NUMBER},
	{"bthci_iso.ts_flag", "HCI ISO", "TS_Flag", NUMBER},
	{"bthci_iso.data_length", "HCI ISO", "Data_Total_Length", NUMBER},
	{"btl2cap.length", "L2CAP", "Length", NUMBER},
	{"btl2cap.cid", "L2CAP", "Channel ID", NUMBER},
	{"btl2cap.psm", "L2CAP", "PSM", NUMBER},
	{"btl2cap.le_psm", "L2CAP", "SPSM", NUMBER},
	{"btl2cap.cmd_code", "L2CAP", "Code", NUMBER},
	{"btl2cap.cmd_ident", "L2CAP", "Identifier", NUMBER},
	{"btl2cap.cmd_length", "L2CAP", "Command Length", NUMBER},
	{"btl2cap.rej_reason", "L2CAP", "Reason", NUMBER},
	{"btl2cap.sig_mtu", "L2CAP", "Actual MTU", NUMBER},
	{"btl2cap.scid", "L2CAP", "Source CID", NUMBER},
	{"btl2cap.dcid", "L2CAP", "Destination CID", NUMBER},
	{"btl2cap.icid", "L2CAP", "Initiator CID", NUMBER},
	{"btl2cap.status", "L2CAP", "Status", NUMBER},
	{"btl2cap.info_type", "L2CAP", "InfoType", NUMBER},
	{"btl2cap.flags.continuation", "L2CAP", "Continuation", NUMBER},
	{"btl2cap.min_interval", "L2CAP", "Interval Min", NUMBER},
	{"btl2cap.max_interval", "L2CAP", "Interval Max", NUMBER},
	{"btl2cap.slave_latency", "L2CAP", "Latency", NUMBER},
	{"btl2cap.timeout_multiplier", "L2CAP", "Timeout", NUMBER},
	{"btl2cap.initial_credits", "L2CAP", "Initial Credits", NUMBER},
	{"btl2cap.credits", "L2CAP", "Credits", NUMBER},
	{"btl2cap.option_type", "L2CAP", "Option Type", NUMBER},
	{"btl2cap.option_length", "L2CAP", "Option Length", NUMBER},
	{"btl2cap.option_mtu", "L2CAP", "MTU", NUMBER},
	{"btl2cap.option_flushto", "L2CAP", "Flush Timeout", NUMBER},
	{"btl2cap.option_servicetype", "L2CAP", "Service Type", NUMBER},
	{"btl2cap.option_tokenrate", "L2CAP", "Token Rate", NUMBER},
	{"btl2cap.retransmissionmode", "L2CAP", "Mode", NUMBER},
	{"btl2cap.txwindow", "L2CAP", "TxWindow size", NUMBER},
	{"btl2cap.maxtransmit", "L2CAP", "MaxTransmit", NUMBER},
	{"btl2cap.retransmittimeout", "L2CAP", "Retransmission timeout", NUMBER},
	{"btl2cap.monitortimeout", "L2CAP", "Monitor timeout", NUMBER},
	{"btl2cap.option_fcs", "L2CAP", "FCS Type", NUMBER},
	{"btl2cap.option_window", "L2CAP", "Max Window Size", NUMBER},
	{"btrfcomm.ea", "RFCOMM", "EA", NUMBER},
	{"btrfcomm.cr", "RFCOMM", "C/R", NUMBER},
	{"btrfcomm.dlci", "RFCOMM", "DLCI", NUMBER},
	{"btrfcomm.direction", "RFCOMM", "Direction", NUMBER},
	{"btrfcomm.channel", "RFCOMM", "Server Channel", NUMBER},
	{"btrfcomm.frame_type", "RFCOMM", "Frame type", NUMBER},
	{"btrfcomm.pf", "RFCOMM", "P/F", NUMBER},
	{"btrfcomm.len", "RFCOMM", "Length", NUMBER},
	{"btrfcomm.credits", "RFCOMM", "Credits", NUMBER},
	{"btrfcomm.fcs", "RFCOMM", "FCS", NUMBER},
	{"btrfcomm.mcc.cr", "RFCOMM", "Command C/R", NUMBER},
	{"btrfcomm.mcc.cmd", "RFCOMM", "Command type", NUMBER},
	{"btrfcomm.mcc.len", "RFCOMM", "Command length", NUMBER},
	{"btrfcomm.max_frame_size", "RFCOMM", "N1: maximum frame size", NUMBER},
	{"btrfcomm.priority", "RFCOMM", "P: priority", NUMBER},
	{"btrfcomm.pn.cl", "RFCOMM", "CL: convergence layer", NUMBER},
	{"btrfcomm.msc.rtc", "RFCOMM", "RTC: ready to communicate", NUMBER},
	{"btrfcomm.msc.dv", "RFCOMM", "DV: data valid", NUMBER},
};

/* The first command of a signalling channel; code 0: there is none. */
static struct packet_l2cap_command first_command(const struct packet *p)
{
	const struct packet_layer *l = packet_find(p, PACKET_L2CAP);
	struct packet_l2cap_command c = {0};
	struct packet_walk walk;

	if (l == NULL)
		return c;
	walk = packet_walk(p, l);
	if (!packet_l2cap_command_next(&walk, &c))
		c.code = 0;
	return c;
}

static bool has_hint(const struct packet *p)
{
	struct packet_l2cap_command c = first_command(p);

	return c.options_length > 0 && (p->bytes[c.options_offset] & 0x80) != 0;
}

static bool is_hci_monitor(const struct packet *p, uint16_t opcode)
{
	const struct packet_hci_monitor *m = packet_hci_monitor(p);

	return m != NULL && m->opcode == opcode;
}

static bool known_difference(const struct tshark_field *f, const struct packet *p)
{
	const struct packet_hci *hci = packet_hci(p);
	const struct packet_l2cap *l2cap = packet_l2cap(p);

	/* of data it is in a layer of its own name here */
	if (strcmp(f->tshark, "hci_h4.type") == 0)
		return hci == NULL;
	/* it makes one up where the capture has none: 0xff */
	if (strcmp(f->tshark, "hci_h4.direction") == 0)
		return packet_hci_phdr(p) == NULL;
	/* it takes bus and type in the wrong order: see struct hci_mon_new_index */
	if (strcmp(f->tshark, "hci_mon.type") == 0 || strcmp(f->tshark, "hci_mon.bus") == 0)
		return is_hci_monitor(p, PACKET_HCI_MONITOR_NEW_INDEX);
	/* it calls any address so, we as the specification does */
	if (strcmp(f->tshark, "bthci_cmd.bd_addr") == 0)
		return hci != NULL && hci->opcode >> 10 == 8;
	if (strcmp(f->tshark, "bthci_evt.bd_addr") == 0)
		return hci != NULL && hci->event_code == 0x3e;
	/* and the type of the address of a report is Address_Type there */
	if (strcmp(f->tshark, "bthci_evt.le_peer_address_type") == 0)
		return hci != NULL && (hci->subevent_code == 2 || hci->subevent_code == 13);
	/* it remembers the PSM of the channel */
	if (strcmp(f->tshark, "btl2cap.psm") == 0)
		return l2cap != NULL && l2cap->channel_id >= 0x40;
	/* it takes the bit of the hint for a part of the type, and does not know that */
	if (strcmp(f->tshark, "btl2cap.option_type") == 0 ||
	    strcmp(f->tshark, "btl2cap.option_mtu") == 0)
		return has_hint(p);
	/* it has opened the channel for RFCOMM, so anything in it is; we look at the FCS */
	if (strncmp(f->tshark, "btrfcomm.", 9) == 0)
		return packet_rfcomm(p) == NULL;
	return false;
}

static bool only_ours(const struct tshark_field *f, const struct packet *p)
{
	const struct packet_hci *hci = packet_hci(p);
	uint8_t code = first_command(p).code;

	/* names that commands and events share, while tshark has one for each */
	if (hci != NULL && strncmp(f->tshark, "bthci_cmd.", 10) == 0 &&
	    hci->type != PACKET_H4_COMMAND)
		return true;
	if (hci != NULL && strncmp(f->tshark, "bthci_evt.", 10) == 0 &&
	    hci->type != PACKET_H4_EVENT)
		return true;
	/* it has another name for that of advertising, of eSCO, and of an extended report */
	if (strcmp(f->tshark, "bthci_cmd.le_peer_address_type") == 0)
		return hci != NULL && hci->opcode == 0x2006;
	if (strcmp(f->tshark, "bthci_evt.link_type") == 0)
		return hci != NULL && hci->event_code == 0x2c;
	if (strcmp(f->tshark, "bthci_evt.le_advts_event_type") == 0)
		return hci != NULL && hci->subevent_code == 13;
	/* it has both values of a log entry under the name of the first, and no text */
	if (strncmp(f->tshark, "hci_mon.", 8) == 0)
		return is_hci_monitor(p, PACKET_HCI_MONITOR_USER_LOGGING);
	/* version 4.0 does not know these of the monitor, nor the enhanced credit based commands */
	if (strncmp(f->tshark, "bthci_iso.", 10) == 0)
		return is_hci_monitor(p, PACKET_HCI_MONITOR_ISO_TX) ||
		       is_hci_monitor(p, PACKET_HCI_MONITOR_ISO_RX);
	if (strncmp(f->tshark, "btl2cap.", 8) == 0 &&
	    code >= PACKET_L2CAP_CREDIT_BASED_CONNECTION_REQUEST)
		return true;
	/* of connection parameters, not of the quality of service; of an option, not of information
	 */
	if (strcmp(f->tshark, "btl2cap.slave_latency") == 0)
		return code == PACKET_L2CAP_CONFIGURATION_REQUEST;
	if (strcmp(f->tshark, "btl2cap.option_mtu") == 0)
		return code == PACKET_L2CAP_INFORMATION_RESPONSE;
	return false;
}

static const uint32_t link_types[] = {187, 201, 254, 0};

TSHARK_TABLE(bluetooth) = {
	.link_types = link_types,
	.fields = fields,
	.count = sizeof(fields) / sizeof(fields[0]),
	.known_difference = known_difference,
	.only_ours = only_ours,
};
