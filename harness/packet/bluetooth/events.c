/* SPDX-License-Identifier: MIT */
/*
 * Events of HCI and their parameters: Core specification Vol 4 Part E 7.7, subevents of LE Meta
 * 7.7.65. Where an event has a list its items come one whole after another (5.2).
 */
#include "harness/packet/bluetooth/parameters.h"

static const char *const links[] = {"SCO", "ACL", "eSCO", NULL};
static const char *const encryption[] = {"off", "on", "on with AES-CCM", NULL};
static const char *const modes[] = {"active", "hold", "sniff", NULL};
static const char *const repetition[] = {"R0", "R1", "R2", NULL};
static const char *const advertising_types[] = {"ADV_IND",	   "ADV_DIRECT_IND", "ADV_SCAN_IND",
						"ADV_NONCONN_IND", "SCAN_RSP",	     NULL};
static const char *const phys[] = {"none", "1M", "2M", "coded", NULL};

FIELDS(status) = {STATUS, END};
FIELDS(status_handle) = {STATUS, HANDLE, END};
FIELDS(handle) = {HANDLE, END};
FIELDS(bd_addr) = {BD_ADDR, END};
FIELDS(num_responses) = {NUMBER("Num_Responses", 1), END};
FIELDS(connection_complete) = {STATUS,
			       HANDLE,
			       BD_ADDR,
			       NAMED("Link_Type", 1, links),
			       NAMED("Encryption_Enabled", 1, packet_bluetooth_switch),
			       END};
FIELDS(connection_request) = {BD_ADDR, HEX("Class_Of_Device", 3), NAMED("Link_Type", 1, links),
			      END};
FIELDS(disconnection_complete) = {STATUS, HANDLE, {"Reason", 1, BLUETOOTH_STATUS, NULL}, END};
FIELDS(remote_name) = {STATUS, BD_ADDR, {"Remote_Name", 248, BLUETOOTH_TEXT, NULL}, END};
FIELDS(encryption_change) = {STATUS, HANDLE, NAMED("Encryption_Enabled", 1, encryption), END};
FIELDS(encryption_change_v2) = {STATUS, HANDLE, NAMED("Encryption_Enabled", 1, encryption),
				NUMBER("Encryption_Key_Size", 1), END};
FIELDS(remote_features) = {STATUS, HANDLE, HEX("LMP_Features", 8), END};
FIELDS(remote_version) = {
	STATUS, HANDLE, NUMBER("Version", 1), NUMBER("Company_Identifier", 2), HEX("Subversion", 2),
	END};
FIELDS(command_complete) = {
	NUMBER("Num_HCI_Command_Packets", 1), {"Command_Opcode", 2, BLUETOOTH_OPCODE, NULL}, END};
FIELDS(command_status) = {{"Status", 1, BLUETOOTH_PENDING, NULL},
			  NUMBER("Num_HCI_Command_Packets", 1),
			  {"Command_Opcode", 2, BLUETOOTH_OPCODE, NULL},
			  END};
FIELDS(hardware_error) = {HEX("Hardware_Code", 1), END};
FIELDS(role_change) = {STATUS, BD_ADDR, NAMED("New_Role", 1, packet_bluetooth_roles), END};
FIELDS(num_handles) = {NUMBER("Num_Handles", 1), END};
FIELDS(mode_change) = {STATUS,
		       HANDLE,
		       NAMED("Current_Mode", 1, modes),
		       {"Interval", 2, BLUETOOTH_SLOTS, NULL},
		       END};
FIELDS(link_key) = {BD_ADDR, {"Link_Key", 16, BLUETOOTH_BYTES, NULL}, NUMBER("Key_Type", 1), END};
FIELDS(link_type) = {NAMED("Link_Type", 1, links), END};
FIELDS(max_slots) = {HANDLE, NUMBER("LMP_Max_Slots", 1), END};
FIELDS(clock_offset) = {STATUS, HANDLE, HEX("Clock_Offset", 2), END};
FIELDS(packet_type) = {STATUS, HANDLE, HEX("Packet_Type", 2), END};
FIELDS(scan_repetition) = {BD_ADDR, NAMED("Page_Scan_Repetition_Mode", 1, repetition), END};
FIELDS(extended_features) = {STATUS,
			     HANDLE,
			     NUMBER("Page_Number", 1),
			     NUMBER("Max_Page_Number", 1),
			     HEX("Extended_LMP_Features", 8),
			     END};
FIELDS(synchronous_complete) = {STATUS,
				HANDLE,
				BD_ADDR,
				NAMED("Link_Type", 1, links),
				NUMBER("Transmission_Interval", 1),
				NUMBER("Retransmission_Window", 1),
				NUMBER("RX_Packet_Length", 2),
				NUMBER("TX_Packet_Length", 2),
				NUMBER("Air_Mode", 1),
				END};
FIELDS(extended_inquiry) = {NUMBER("Num_Responses", 1),
			    BD_ADDR,
			    NAMED("Page_Scan_Repetition_Mode", 1, repetition),
			    NUMBER("Reserved", 1),
			    HEX("Class_Of_Device", 3),
			    HEX("Clock_Offset", 2),
			    {"RSSI", 1, BLUETOOTH_SIGNED, NULL},
			    {"Extended_Inquiry_Response", 240, BLUETOOTH_BYTES, NULL},
			    END};
FIELDS(io_capability) = {BD_ADDR, HEX("IO_Capability", 1), NUMBER("OOB_Data_Present", 1),
			 HEX("Authentication_Requirements", 1), END};
FIELDS(numeric_value) = {BD_ADDR, NUMBER("Numeric_Value", 4), END};
FIELDS(passkey) = {BD_ADDR, NUMBER("Passkey", 4), END};
FIELDS(keypress) = {BD_ADDR, NUMBER("Notification_Type", 1), END};
FIELDS(pairing_complete) = {STATUS, BD_ADDR, END};
FIELDS(supervision) = {HANDLE, {"Link_Supervision_Timeout", 2, BLUETOOTH_SLOTS, NULL}, END};
FIELDS(host_features) = {BD_ADDR, HEX("Host_Supported_Features", 8), END};

FIELDS(inquiry_record) = {BD_ADDR,
			  NAMED("Page_Scan_Repetition_Mode", 1, repetition),
			  NUMBER("Reserved", 2),
			  HEX("Class_Of_Device", 3),
			  HEX("Clock_Offset", 2),
			  END};
FIELDS(rssi_record) = {BD_ADDR,
		       NAMED("Page_Scan_Repetition_Mode", 1, repetition),
		       NUMBER("Reserved", 1),
		       HEX("Class_Of_Device", 3),
		       HEX("Clock_Offset", 2),
		       {"RSSI", 1, BLUETOOTH_SIGNED, NULL},
		       END};
FIELDS(completed_record) = {HANDLE, NUMBER("Num_Completed_Packets", 2), END};

/* In the order of the codes. */
static const struct hci_event events[] = {
	{0x01, "Inquiry Complete", status, NULL},
	{0x02, "Inquiry Result", num_responses, inquiry_record},
	{0x03, "Connection Complete", connection_complete, NULL},
	{0x04, "Connection Request", connection_request, NULL},
	{0x05, "Disconnection Complete", disconnection_complete, NULL},
	{0x06, "Authentication Complete", status_handle, NULL},
	{0x07, "Remote Name Request Complete", remote_name, NULL},
	{0x08, "Encryption Change", encryption_change, NULL},
	{0x09, "Change Connection Link Key Complete", status_handle, NULL},
	{0x0a, "Link Key Type Changed", NULL, NULL},
	{0x0b, "Read Remote Supported Features Complete", remote_features, NULL},
	{0x0c, "Read Remote Version Information Complete", remote_version, NULL},
	{0x0d, "QoS Setup Complete", NULL, NULL},
	{0x0e, "Command Complete", command_complete, NULL},
	{0x0f, "Command Status", command_status, NULL},
	{0x10, "Hardware Error", hardware_error, NULL},
	{0x11, "Flush Occurred", handle, NULL},
	{0x12, "Role Change", role_change, NULL},
	{0x13, "Number Of Completed Packets", num_handles, completed_record},
	{0x14, "Mode Change", mode_change, NULL},
	{0x15, "Return Link Keys", NULL, NULL},
	{0x16, "PIN Code Request", bd_addr, NULL},
	{0x17, "Link Key Request", bd_addr, NULL},
	{0x18, "Link Key Notification", link_key, NULL},
	{0x19, "Loopback Command", NULL, NULL},
	{0x1a, "Data Buffer Overflow", link_type, NULL},
	{0x1b, "Max Slots Change", max_slots, NULL},
	{0x1c, "Read Clock Offset Complete", clock_offset, NULL},
	{0x1d, "Connection Packet Type Changed", packet_type, NULL},
	{0x1e, "QoS Violation", handle, NULL},
	{0x20, "Page Scan Repetition Mode Change", scan_repetition, NULL},
	{0x21, "Flow Specification Complete", NULL, NULL},
	{0x22, "Inquiry Result with RSSI", num_responses, rssi_record},
	{0x23, "Read Remote Extended Features Complete", extended_features, NULL},
	{0x2c, "Synchronous Connection Complete", synchronous_complete, NULL},
	{0x2d, "Synchronous Connection Changed", NULL, NULL},
	{0x2e, "Sniff Subrating", NULL, NULL},
	{0x2f, "Extended Inquiry Result", extended_inquiry, NULL},
	{0x30, "Encryption Key Refresh Complete", status_handle, NULL},
	{0x31, "IO Capability Request", bd_addr, NULL},
	{0x32, "IO Capability Response", io_capability, NULL},
	{0x33, "User Confirmation Request", numeric_value, NULL},
	{0x34, "User Passkey Request", bd_addr, NULL},
	{0x35, "Remote OOB Data Request", bd_addr, NULL},
	{0x36, "Simple Pairing Complete", pairing_complete, NULL},
	{0x38, "Link Supervision Timeout Changed", supervision, NULL},
	{0x39, "Enhanced Flush Complete", handle, NULL},
	{0x3b, "User Passkey Notification", passkey, NULL},
	{0x3c, "Keypress Notification", keypress, NULL},
	{0x3d, "Remote Host Supported Features Notification", host_features, NULL},
	{0x3e, "LE Meta", NULL, NULL},
	{0x48, "Number Of Completed Data Blocks", NULL, NULL},
	{0x4e, "Triggered Clock Capture", NULL, NULL},
	{0x4f, "Synchronization Train Complete", status, NULL},
	{0x50, "Synchronization Train Received", NULL, NULL},
	{0x51, "Connectionless Peripheral Broadcast Receive", NULL, NULL},
	{0x52, "Connectionless Peripheral Broadcast Timeout", NULL, NULL},
	{0x53, "Truncated Page Complete", pairing_complete, NULL},
	{0x54, "Peripheral Page Response Timeout", NULL, NULL},
	{0x55, "Connectionless Peripheral Broadcast Channel Map Change", NULL, NULL},
	{0x56, "Inquiry Response Notification", NULL, NULL},
	{0x57, "Authenticated Payload Timeout Expired", handle, NULL},
	{0x58, "SAM Status Change", NULL, NULL},
	{0x59, "Encryption Change [v2]", encryption_change_v2, NULL},
	{0xff, "vendor specific", NULL, NULL},
};

FIELDS(le_connection) = {STATUS,
			 HANDLE,
			 NAMED("Role", 1, packet_bluetooth_roles),
			 NAMED("Peer_Address_Type", 1, packet_bluetooth_address_types),
			 {"Peer_Address", 6, BLUETOOTH_ADDRESS, NULL},
			 {"Connection_Interval", 2, BLUETOOTH_INTERVAL, NULL},
			 NUMBER("Peripheral_Latency", 2),
			 {"Supervision_Timeout", 2, BLUETOOTH_TIMEOUT, NULL},
			 NUMBER("Central_Clock_Accuracy", 1),
			 END};
FIELDS(le_enhanced_connection) = {STATUS,
				  HANDLE,
				  NAMED("Role", 1, packet_bluetooth_roles),
				  NAMED("Peer_Address_Type", 1, packet_bluetooth_address_types),
				  {"Peer_Address", 6, BLUETOOTH_ADDRESS, NULL},
				  {"Local_Resolvable_Private_Address", 6, BLUETOOTH_ADDRESS, NULL},
				  {"Peer_Resolvable_Private_Address", 6, BLUETOOTH_ADDRESS, NULL},
				  {"Connection_Interval", 2, BLUETOOTH_INTERVAL, NULL},
				  NUMBER("Peripheral_Latency", 2),
				  {"Supervision_Timeout", 2, BLUETOOTH_TIMEOUT, NULL},
				  NUMBER("Central_Clock_Accuracy", 1),
				  END};
FIELDS(num_reports) = {NUMBER("Num_Reports", 1), END};
FIELDS(le_update) = {STATUS,
		     HANDLE,
		     {"Connection_Interval", 2, BLUETOOTH_INTERVAL, NULL},
		     NUMBER("Peripheral_Latency", 2),
		     {"Supervision_Timeout", 2, BLUETOOTH_TIMEOUT, NULL},
		     END};
FIELDS(le_features) = {STATUS, HANDLE, HEX("LE_Features", 8), END};
FIELDS(le_key_request) = {HANDLE, HEX("Random_Number", 8), HEX("Encrypted_Diversifier", 2), END};
FIELDS(le_parameter_request) = {HANDLE,
				{"Interval_Min", 2, BLUETOOTH_INTERVAL, NULL},
				{"Interval_Max", 2, BLUETOOTH_INTERVAL, NULL},
				NUMBER("Max_Latency", 2),
				{"Timeout", 2, BLUETOOTH_TIMEOUT, NULL},
				END};
FIELDS(le_data_length) = {HANDLE,
			  NUMBER("Max_TX_Octets", 2),
			  {"Max_TX_Time", 2, BLUETOOTH_MICROSECONDS, NULL},
			  NUMBER("Max_RX_Octets", 2),
			  {"Max_RX_Time", 2, BLUETOOTH_MICROSECONDS, NULL},
			  END};
FIELDS(le_public_key) = {STATUS, {"Key", 64, BLUETOOTH_BYTES, NULL}, END};
FIELDS(le_dhkey) = {STATUS, {"DH_Key", 32, BLUETOOTH_BYTES, NULL}, END};
FIELDS(le_phy) = {STATUS, HANDLE, NAMED("TX_PHY", 1, phys), NAMED("RX_PHY", 1, phys), END};
FIELDS(le_channel_selection) = {HANDLE, NUMBER("Channel_Selection_Algorithm", 1), END};

/* The fixed part of the two reports; what is behind it is in hci.c. */
FIELDS(report_record) = {NAMED("Event_Type", 1, advertising_types),
			 NAMED("Address_Type", 1, packet_bluetooth_address_types),
			 {"Address", 6, BLUETOOTH_ADDRESS, NULL},
			 NUMBER("Data_Length", 1),
			 END};
FIELDS(extended_report_record) = {HEX("Event_Type", 2),
				  NAMED("Address_Type", 1, packet_bluetooth_address_types),
				  {"Address", 6, BLUETOOTH_ADDRESS, NULL},
				  NAMED("Primary_PHY", 1, phys),
				  NAMED("Secondary_PHY", 1, phys),
				  NUMBER("Advertising_SID", 1),
				  {"TX_Power", 1, BLUETOOTH_SIGNED, NULL},
				  {"RSSI", 1, BLUETOOTH_SIGNED, NULL},
				  {"Periodic_Advertising_Interval", 2, BLUETOOTH_INTERVAL, NULL},
				  NUMBER("Direct_Address_Type", 1),
				  {"Direct_Address", 6, BLUETOOTH_ADDRESS, NULL},
				  NUMBER("Data_Length", 1),
				  END};

/* Number 1 is the first. */
static const struct hci_event subevents[] = {
	{0x01, "LE Connection Complete", le_connection, NULL},
	{0x02, "LE Advertising Report", num_reports, report_record},
	{0x03, "LE Connection Update Complete", le_update, NULL},
	{0x04, "LE Read Remote Features Complete", le_features, NULL},
	{0x05, "LE Long Term Key Request", le_key_request, NULL},
	{0x06, "LE Remote Connection Parameter Request", le_parameter_request, NULL},
	{0x07, "LE Data Length Change", le_data_length, NULL},
	{0x08, "LE Read Local P-256 Public Key Complete", le_public_key, NULL},
	{0x09, "LE Generate DHKey Complete", le_dhkey, NULL},
	{0x0a, "LE Enhanced Connection Complete", le_enhanced_connection, NULL},
	{0x0b, "LE Directed Advertising Report", NULL, NULL},
	{0x0c, "LE PHY Update Complete", le_phy, NULL},
	{0x0d, "LE Extended Advertising Report", num_reports, extended_report_record},
	{0x0e, "LE Periodic Advertising Sync Established", NULL, NULL},
	{0x0f, "LE Periodic Advertising Report", NULL, NULL},
	{0x10, "LE Periodic Advertising Sync Lost", NULL, NULL},
	{0x11, "LE Scan Timeout", NULL, NULL},
	{0x12, "LE Advertising Set Terminated", NULL, NULL},
	{0x13, "LE Scan Request Received", NULL, NULL},
	{0x14, "LE Channel Selection Algorithm", le_channel_selection, NULL},
	{0x15, "LE Connectionless IQ Report", NULL, NULL},
	{0x16, "LE Connection IQ Report", NULL, NULL},
	{0x17, "LE CTE Request Failed", status_handle, NULL},
	{0x18, "LE Periodic Advertising Sync Transfer Received", NULL, NULL},
	{0x19, "LE CIS Established", NULL, NULL},
	{0x1a, "LE CIS Request", NULL, NULL},
	{0x1b, "LE Create BIG Complete", NULL, NULL},
	{0x1c, "LE Terminate BIG Complete", NULL, NULL},
	{0x1d, "LE BIG Sync Established", NULL, NULL},
	{0x1e, "LE BIG Sync Lost", NULL, NULL},
	{0x1f, "LE Request Peer SCA Complete", NULL, NULL},
	{0x20, "LE Path Loss Threshold", NULL, NULL},
	{0x21, "LE Transmit Power Reporting", NULL, NULL},
	{0x22, "LE BIGInfo Advertising Report", NULL, NULL},
	{0x23, "LE Subrate Change", NULL, NULL},
};

const struct hci_event *packet_hci_event(uint8_t code)
{
	size_t low = 0, high = sizeof(events) / sizeof(events[0]);

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (events[middle].code == code)
			return &events[middle];
		if (events[middle].code < code)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

const struct hci_event *packet_hci_subevent(uint8_t code)
{
	if (code == 0 || code > sizeof(subevents) / sizeof(subevents[0]))
		return NULL;
	return &subevents[code - 1];
}
