/* SPDX-License-Identifier: MIT */
/*
 * Commands of HCI and their parameters: Core specification Vol 4 Part E 7.1 (Link Control) to 7.6
 * (Testing) and 7.8 (LE Controller). The opcode is OGF << 10 | OCF. Names are those of the
 * specification without the HCI_ in front.
 */
#include "harness/packet/bluetooth/parameters.h"

FIELDS(none) = {{0}};

static const char *const repetition[] = {"R0", "R1", "R2", NULL};
static const char *const scans[] = {"no scans", "inquiry scan", "page scan",
				    "inquiry and page scan", NULL};
static const char *const accept_roles[] = {"become central", "stay peripheral", NULL};
static const char *const advertising_types[] = {
	"ADV_IND",	   "ADV_DIRECT_IND high duty cycle", "ADV_SCAN_IND",
	"ADV_NONCONN_IND", "ADV_DIRECT_IND low duty cycle",  NULL};
static const char *const scan_types[] = {"passive", "active", NULL};
static const char *const scan_policies[] = {"basic unfiltered", "basic filtered",
					    "extended unfiltered", "extended filtered", NULL};
static const char *const initiator_policies[] = {"peer address", "filter accept list", NULL};
static const char *const inquiry_modes[] = {"standard", "with RSSI", "with RSSI or extended", NULL};

FIELDS(handle) = {HANDLE, END};
FIELDS(bd_addr) = {BD_ADDR, END};
FIELDS(inquiry) = {HEX("LAP", 3),
		   {"Inquiry_Length", 1, BLUETOOTH_INQUIRY, NULL},
		   NUMBER("Num_Responses", 1),
		   END};
FIELDS(create_connection) = {BD_ADDR,
			     HEX("Packet_Type", 2),
			     NAMED("Page_Scan_Repetition_Mode", 1, repetition),
			     NUMBER("Reserved", 1),
			     HEX("Clock_Offset", 2),
			     NUMBER("Allow_Role_Switch", 1),
			     END};
FIELDS(disconnect) = {HANDLE, {"Reason", 1, BLUETOOTH_STATUS, NULL}, END};
FIELDS(accept_connection) = {BD_ADDR, NAMED("Role", 1, accept_roles), END};
FIELDS(reject_connection) = {BD_ADDR, {"Reason", 1, BLUETOOTH_STATUS, NULL}, END};
FIELDS(link_key_reply) = {BD_ADDR, {"Link_Key", 16, BLUETOOTH_BYTES, NULL}, END};
FIELDS(pin_code_reply) = {
	BD_ADDR, NUMBER("PIN_Code_Length", 1), {"PIN_Code", 16, BLUETOOTH_BYTES, NULL}, END};
FIELDS(set_encryption) = {HANDLE, NAMED("Encryption_Enable", 1, packet_bluetooth_switch), END};
FIELDS(remote_name) = {BD_ADDR, NAMED("Page_Scan_Repetition_Mode", 1, repetition),
		       NUMBER("Reserved", 1), HEX("Clock_Offset", 2), END};
FIELDS(io_capability) = {BD_ADDR, HEX("IO_Capability", 1), NUMBER("OOB_Data_Present", 1),
			 HEX("Authentication_Requirements", 1), END};
FIELDS(switch_role) = {BD_ADDR, NAMED("Role", 1, packet_bluetooth_roles), END};
FIELDS(link_policy) = {HANDLE, HEX("Link_Policy_Settings", 2), END};
FIELDS(event_mask) = {HEX("Event_Mask", 8), END};
FIELDS(le_event_mask) = {HEX("LE_Event_Mask", 8), END};
FIELDS(local_name) = {{"Local_Name", 248, BLUETOOTH_TEXT, NULL}, END};
FIELDS(scan_enable) = {NAMED("Scan_Enable", 1, scans), END};
FIELDS(scan_activity) = {{"Scan_Interval", 2, BLUETOOTH_SLOTS, NULL},
			 {"Scan_Window", 2, BLUETOOTH_SLOTS, NULL},
			 END};
FIELDS(timeout) = {{"Timeout", 2, BLUETOOTH_SLOTS, NULL}, END};
FIELDS(class_of_device) = {HEX("Class_Of_Device", 3), END};
FIELDS(inquiry_mode) = {NAMED("Inquiry_Mode", 1, inquiry_modes), END};
FIELDS(simple_pairing) = {NAMED("Simple_Pairing_Mode", 1, packet_bluetooth_switch), END};
FIELDS(le_host) = {NAMED("LE_Supported_Host", 1, packet_bluetooth_switch),
		   NUMBER("Simultaneous_LE_Host", 1), END};
FIELDS(host_buffer_size) = {NUMBER("Host_ACL_Data_Packet_Length", 2),
			    NUMBER("Host_Synchronous_Data_Packet_Length", 1),
			    NUMBER("Host_Total_Num_ACL_Data_Packets", 2),
			    NUMBER("Host_Total_Num_Synchronous_Data_Packets", 2), END};
FIELDS(version) = {NUMBER("HCI_Version", 1), HEX("HCI_Subversion", 2),
		   NUMBER("LMP_Version", 1), NUMBER("Company_Identifier", 2),
		   HEX("LMP_Subversion", 2), END};
FIELDS(features) = {HEX("LMP_Features", 8), END};
FIELDS(buffer_size) = {NUMBER("ACL_Data_Packet_Length", 2),
		       NUMBER("Synchronous_Data_Packet_Length", 1),
		       NUMBER("Total_Num_ACL_Data_Packets", 2),
		       NUMBER("Total_Num_Synchronous_Data_Packets", 2), END};
FIELDS(le_buffer_size) = {NUMBER("LE_ACL_Data_Packet_Length", 2),
			  NUMBER("Total_Num_LE_ACL_Data_Packets", 1), END};
FIELDS(rssi) = {HANDLE, {"RSSI", 1, BLUETOOTH_SIGNED, NULL}, END};
FIELDS(random_address) = {{"Random_Address", 6, BLUETOOTH_ADDRESS, NULL}, END};
FIELDS(advertising_parameters) = {{"Advertising_Interval_Min", 2, BLUETOOTH_SLOTS, NULL},
				  {"Advertising_Interval_Max", 2, BLUETOOTH_SLOTS, NULL},
				  NAMED("Advertising_Type", 1, advertising_types),
				  NAMED("Own_Address_Type", 1, packet_bluetooth_address_types),
				  NAMED("Peer_Address_Type", 1, packet_bluetooth_address_types),
				  {"Peer_Address", 6, BLUETOOTH_ADDRESS, NULL},
				  HEX("Advertising_Channel_Map", 1),
				  NUMBER("Advertising_Filter_Policy", 1),
				  END};
FIELDS(advertising_data) = {
	NUMBER("Advertising_Data_Length", 1), {"Advertising_Data", 31, BLUETOOTH_BYTES, NULL}, END};
FIELDS(scan_response_data) = {NUMBER("Scan_Response_Data_Length", 1),
			      {"Scan_Response_Data", 31, BLUETOOTH_BYTES, NULL},
			      END};
FIELDS(advertising_enable) = {NAMED("Advertising_Enable", 1, packet_bluetooth_switch), END};
FIELDS(le_scan_parameters) = {NAMED("LE_Scan_Type", 1, scan_types),
			      {"LE_Scan_Interval", 2, BLUETOOTH_SLOTS, NULL},
			      {"LE_Scan_Window", 2, BLUETOOTH_SLOTS, NULL},
			      NAMED("Own_Address_Type", 1, packet_bluetooth_address_types),
			      NAMED("Scanning_Filter_Policy", 1, scan_policies),
			      END};
FIELDS(le_scan_enable) = {NAMED("LE_Scan_Enable", 1, packet_bluetooth_switch),
			  NAMED("Filter_Duplicates", 1, packet_bluetooth_switch), END};
FIELDS(le_create_connection) = {{"LE_Scan_Interval", 2, BLUETOOTH_SLOTS, NULL},
				{"LE_Scan_Window", 2, BLUETOOTH_SLOTS, NULL},
				NAMED("Initiator_Filter_Policy", 1, initiator_policies),
				NAMED("Peer_Address_Type", 1, packet_bluetooth_address_types),
				{"Peer_Address", 6, BLUETOOTH_ADDRESS, NULL},
				NAMED("Own_Address_Type", 1, packet_bluetooth_address_types),
				{"Connection_Interval_Min", 2, BLUETOOTH_INTERVAL, NULL},
				{"Connection_Interval_Max", 2, BLUETOOTH_INTERVAL, NULL},
				NUMBER("Max_Latency", 2),
				{"Supervision_Timeout", 2, BLUETOOTH_TIMEOUT, NULL},
				{"Min_CE_Length", 2, BLUETOOTH_SLOTS, NULL},
				{"Max_CE_Length", 2, BLUETOOTH_SLOTS, NULL},
				END};
FIELDS(accept_list) = {NAMED("Address_Type", 1, packet_bluetooth_address_types),
		       {"Address", 6, BLUETOOTH_ADDRESS, NULL},
		       END};
FIELDS(connection_update) = {HANDLE,
			     {"Connection_Interval_Min", 2, BLUETOOTH_INTERVAL, NULL},
			     {"Connection_Interval_Max", 2, BLUETOOTH_INTERVAL, NULL},
			     NUMBER("Max_Latency", 2),
			     {"Supervision_Timeout", 2, BLUETOOTH_TIMEOUT, NULL},
			     {"Min_CE_Length", 2, BLUETOOTH_SLOTS, NULL},
			     {"Max_CE_Length", 2, BLUETOOTH_SLOTS, NULL},
			     END};
FIELDS(random_number) = {HEX("Random_Number", 8), END};
FIELDS(data_length) = {
	HANDLE, NUMBER("TX_Octets", 2), {"TX_Time", 2, BLUETOOTH_MICROSECONDS, NULL}, END};

/* In the order of the opcodes. */
static const struct hci_command commands[] = {
	{0x0401, "Inquiry", inquiry, NULL},
	{0x0402, "Inquiry Cancel", none, NULL},
	{0x0403, "Periodic Inquiry Mode", NULL, NULL},
	{0x0404, "Exit Periodic Inquiry Mode", none, NULL},
	{0x0405, "Create Connection", create_connection, NULL},
	{0x0406, "Disconnect", disconnect, NULL},
	{0x0407, "Add SCO Connection", NULL, NULL},
	{0x0408, "Create Connection Cancel", bd_addr, bd_addr},
	{0x0409, "Accept Connection Request", accept_connection, NULL},
	{0x040a, "Reject Connection Request", reject_connection, NULL},
	{0x040b, "Link Key Request Reply", link_key_reply, bd_addr},
	{0x040c, "Link Key Request Negative Reply", bd_addr, bd_addr},
	{0x040d, "PIN Code Request Reply", pin_code_reply, bd_addr},
	{0x040e, "PIN Code Request Negative Reply", bd_addr, bd_addr},
	{0x040f, "Change Connection Packet Type", NULL, NULL},
	{0x0411, "Authentication Requested", handle, NULL},
	{0x0413, "Set Connection Encryption", set_encryption, NULL},
	{0x0415, "Change Connection Link Key", handle, NULL},
	{0x0417, "Link Key Selection", NULL, NULL},
	{0x0419, "Remote Name Request", remote_name, NULL},
	{0x041a, "Remote Name Request Cancel", bd_addr, bd_addr},
	{0x041b, "Read Remote Supported Features", handle, NULL},
	{0x041c, "Read Remote Extended Features", NULL, NULL},
	{0x041d, "Read Remote Version Information", handle, NULL},
	{0x041f, "Read Clock Offset", handle, NULL},
	{0x0420, "Read LMP Handle", NULL, NULL},
	{0x0428, "Setup Synchronous Connection", NULL, NULL},
	{0x0429, "Accept Synchronous Connection Request", NULL, NULL},
	{0x042a, "Reject Synchronous Connection Request", reject_connection, NULL},
	{0x042b, "IO Capability Request Reply", io_capability, bd_addr},
	{0x042c, "User Confirmation Request Reply", bd_addr, bd_addr},
	{0x042d, "User Confirmation Request Negative Reply", bd_addr, bd_addr},
	{0x042e, "User Passkey Request Reply", NULL, NULL},
	{0x042f, "User Passkey Request Negative Reply", bd_addr, bd_addr},
	{0x0430, "Remote OOB Data Request Reply", NULL, NULL},
	{0x0433, "Remote OOB Data Request Negative Reply", bd_addr, bd_addr},
	{0x0434, "IO Capability Request Negative Reply", reject_connection, bd_addr},
	{0x043d, "Enhanced Setup Synchronous Connection", NULL, NULL},
	{0x043e, "Enhanced Accept Synchronous Connection Request", NULL, NULL},
	{0x043f, "Truncated Page", NULL, NULL},
	{0x0440, "Truncated Page Cancel", NULL, NULL},
	{0x0441, "Set Connectionless Peripheral Broadcast", NULL, NULL},
	{0x0442, "Set Connectionless Peripheral Broadcast Receive", NULL, NULL},
	{0x0443, "Start Synchronization Train", NULL, NULL},
	{0x0444, "Receive Synchronization Train", NULL, NULL},
	{0x0445, "Remote OOB Extended Data Request Reply", NULL, NULL},
	{0x0801, "Hold Mode", NULL, NULL},
	{0x0803, "Sniff Mode", NULL, NULL},
	{0x0804, "Exit Sniff Mode", handle, NULL},
	{0x0805, "Park State", NULL, NULL},
	{0x0806, "Exit Park State", NULL, NULL},
	{0x0807, "QoS Setup", NULL, NULL},
	{0x0809, "Role Discovery", handle, NULL},
	{0x080b, "Switch Role", switch_role, NULL},
	{0x080c, "Read Link Policy Settings", handle, NULL},
	{0x080d, "Write Link Policy Settings", link_policy, handle},
	{0x080e, "Read Default Link Policy Settings", none, NULL},
	{0x080f, "Write Default Link Policy Settings", NULL, NULL},
	{0x0810, "Flow Specification", NULL, NULL},
	{0x0811, "Sniff Subrating", NULL, NULL},
	{0x0c01, "Set Event Mask", event_mask, none},
	{0x0c03, "Reset", none, none},
	{0x0c05, "Set Event Filter", NULL, NULL},
	{0x0c08, "Flush", handle, handle},
	{0x0c09, "Read PIN Type", none, NULL},
	{0x0c0a, "Write PIN Type", NULL, NULL},
	{0x0c0b, "Create New Unit Key", NULL, NULL},
	{0x0c0d, "Read Stored Link Key", NULL, NULL},
	{0x0c11, "Write Stored Link Key", NULL, NULL},
	{0x0c12, "Delete Stored Link Key", NULL, NULL},
	{0x0c13, "Write Local Name", local_name, none},
	{0x0c14, "Read Local Name", none, local_name},
	{0x0c15, "Read Connection Accept Timeout", none, timeout},
	{0x0c16, "Write Connection Accept Timeout", timeout, none},
	{0x0c17, "Read Page Timeout", none, timeout},
	{0x0c18, "Write Page Timeout", timeout, none},
	{0x0c19, "Read Scan Enable", none, scan_enable},
	{0x0c1a, "Write Scan Enable", scan_enable, none},
	{0x0c1b, "Read Page Scan Activity", none, scan_activity},
	{0x0c1c, "Write Page Scan Activity", scan_activity, none},
	{0x0c1d, "Read Inquiry Scan Activity", none, scan_activity},
	{0x0c1e, "Write Inquiry Scan Activity", scan_activity, none},
	{0x0c1f, "Read Authentication Enable", none, NULL},
	{0x0c20, "Write Authentication Enable", NULL, NULL},
	{0x0c21, "Read Encryption Mode", NULL, NULL},
	{0x0c22, "Write Encryption Mode", NULL, NULL},
	{0x0c23, "Read Class of Device", none, class_of_device},
	{0x0c24, "Write Class of Device", class_of_device, none},
	{0x0c25, "Read Voice Setting", none, NULL},
	{0x0c26, "Write Voice Setting", NULL, NULL},
	{0x0c27, "Read Automatic Flush Timeout", handle, NULL},
	{0x0c28, "Write Automatic Flush Timeout", NULL, NULL},
	{0x0c29, "Read Num Broadcast Retransmissions", none, NULL},
	{0x0c2a, "Write Num Broadcast Retransmissions", NULL, NULL},
	{0x0c2b, "Read Hold Mode Activity", none, NULL},
	{0x0c2c, "Write Hold Mode Activity", NULL, NULL},
	{0x0c2d, "Read Transmit Power Level", NULL, NULL},
	{0x0c2e, "Read Synchronous Flow Control Enable", none, NULL},
	{0x0c2f, "Write Synchronous Flow Control Enable", NULL, NULL},
	{0x0c31, "Set Controller To Host Flow Control", NULL, NULL},
	{0x0c33, "Host Buffer Size", host_buffer_size, none},
	{0x0c35, "Host Number Of Completed Packets", NULL, NULL},
	{0x0c36, "Read Link Supervision Timeout", handle, NULL},
	{0x0c37, "Write Link Supervision Timeout", NULL, NULL},
	{0x0c38, "Read Number Of Supported IAC", none, NULL},
	{0x0c39, "Read Current IAC LAP", none, NULL},
	{0x0c3a, "Write Current IAC LAP", NULL, NULL},
	{0x0c3f, "Set AFH Host Channel Classification", NULL, NULL},
	{0x0c42, "Read Inquiry Scan Type", none, NULL},
	{0x0c43, "Write Inquiry Scan Type", NULL, NULL},
	{0x0c44, "Read Inquiry Mode", none, inquiry_mode},
	{0x0c45, "Write Inquiry Mode", inquiry_mode, none},
	{0x0c46, "Read Page Scan Type", none, NULL},
	{0x0c47, "Write Page Scan Type", NULL, NULL},
	{0x0c48, "Read AFH Channel Assessment Mode", none, NULL},
	{0x0c49, "Write AFH Channel Assessment Mode", NULL, NULL},
	{0x0c51, "Read Extended Inquiry Response", none, NULL},
	{0x0c52, "Write Extended Inquiry Response", NULL, NULL},
	{0x0c53, "Refresh Encryption Key", handle, NULL},
	{0x0c55, "Read Simple Pairing Mode", none, simple_pairing},
	{0x0c56, "Write Simple Pairing Mode", simple_pairing, none},
	{0x0c57, "Read Local OOB Data", none, NULL},
	{0x0c58, "Read Inquiry Response Transmit Power Level", none, NULL},
	{0x0c59, "Write Inquiry Transmit Power Level", NULL, NULL},
	{0x0c5a, "Read Default Erroneous Data Reporting", none, NULL},
	{0x0c5b, "Write Default Erroneous Data Reporting", NULL, NULL},
	{0x0c5f, "Enhanced Flush", NULL, NULL},
	{0x0c60, "Send Keypress Notification", NULL, NULL},
	{0x0c63, "Set Event Mask Page 2", NULL, NULL},
	{0x0c66, "Read Flow Control Mode", NULL, NULL},
	{0x0c67, "Write Flow Control Mode", NULL, NULL},
	{0x0c68, "Read Enhanced Transmit Power Level", NULL, NULL},
	{0x0c6c, "Read LE Host Support", none, le_host},
	{0x0c6d, "Write LE Host Support", le_host, none},
	{0x0c79, "Read Secure Connections Host Support", none, NULL},
	{0x0c7a, "Write Secure Connections Host Support", NULL, NULL},
	{0x0c7b, "Read Authenticated Payload Timeout", handle, NULL},
	{0x0c7c, "Write Authenticated Payload Timeout", NULL, NULL},
	{0x0c7d, "Read Local OOB Extended Data", none, NULL},
	{0x1001, "Read Local Version Information", none, version},
	{0x1002, "Read Local Supported Commands", none, NULL},
	{0x1003, "Read Local Supported Features", none, features},
	{0x1004, "Read Local Extended Features", NULL, NULL},
	{0x1005, "Read Buffer Size", none, buffer_size},
	{0x1009, "Read BD_ADDR", none, bd_addr},
	{0x100a, "Read Data Block Size", none, NULL},
	{0x100b, "Read Local Supported Codecs", none, NULL},
	{0x100c, "Read Local Simple Pairing Options", none, NULL},
	{0x1401, "Read Failed Contact Counter", handle, NULL},
	{0x1402, "Reset Failed Contact Counter", handle, handle},
	{0x1403, "Read Link Quality", handle, NULL},
	{0x1405, "Read RSSI", handle, rssi},
	{0x1406, "Read AFH Channel Map", handle, NULL},
	{0x1407, "Read Clock", NULL, NULL},
	{0x1408, "Read Encryption Key Size", handle, NULL},
	{0x1801, "Read Loopback Mode", none, NULL},
	{0x1802, "Write Loopback Mode", NULL, NULL},
	{0x1803, "Enable Implementation Under Test Mode", none, none},
	{0x1804, "Write Simple Pairing Debug Mode", NULL, NULL},
	{0x180a, "Write Secure Connections Test Mode", NULL, NULL},
	{0x2001, "LE Set Event Mask", le_event_mask, none},
	{0x2002, "LE Read Buffer Size", none, le_buffer_size},
	{0x2003, "LE Read Local Supported Features", none, NULL},
	{0x2005, "LE Set Random Address", random_address, none},
	{0x2006, "LE Set Advertising Parameters", advertising_parameters, none},
	{0x2007, "LE Read Advertising Physical Channel Tx Power", none, NULL},
	{0x2008, "LE Set Advertising Data", advertising_data, none},
	{0x2009, "LE Set Scan Response Data", scan_response_data, none},
	{0x200a, "LE Set Advertising Enable", advertising_enable, none},
	{0x200b, "LE Set Scan Parameters", le_scan_parameters, none},
	{0x200c, "LE Set Scan Enable", le_scan_enable, none},
	{0x200d, "LE Create Connection", le_create_connection, NULL},
	{0x200e, "LE Create Connection Cancel", none, none},
	{0x200f, "LE Read Filter Accept List Size", none, NULL},
	{0x2010, "LE Clear Filter Accept List", none, none},
	{0x2011, "LE Add Device To Filter Accept List", accept_list, none},
	{0x2012, "LE Remove Device From Filter Accept List", accept_list, none},
	{0x2013, "LE Connection Update", connection_update, NULL},
	{0x2014, "LE Set Host Channel Classification", NULL, NULL},
	{0x2015, "LE Read Channel Map", handle, NULL},
	{0x2016, "LE Read Remote Features", handle, NULL},
	{0x2017, "LE Encrypt", NULL, NULL},
	{0x2018, "LE Rand", none, random_number},
	{0x2019, "LE Enable Encryption", NULL, NULL},
	{0x201a, "LE Long Term Key Request Reply", NULL, NULL},
	{0x201b, "LE Long Term Key Request Negative Reply", handle, handle},
	{0x201c, "LE Read Supported States", none, NULL},
	{0x201d, "LE Receiver Test", NULL, NULL},
	{0x201e, "LE Transmitter Test", NULL, NULL},
	{0x201f, "LE Test End", none, NULL},
	{0x2020, "LE Remote Connection Parameter Request Reply", NULL, NULL},
	{0x2021, "LE Remote Connection Parameter Request Negative Reply", NULL, NULL},
	{0x2022, "LE Set Data Length", data_length, handle},
	{0x2023, "LE Read Suggested Default Data Length", none, NULL},
	{0x2024, "LE Write Suggested Default Data Length", NULL, NULL},
	{0x2025, "LE Read Local P-256 Public Key", none, NULL},
	{0x2026, "LE Generate DHKey", NULL, NULL},
	{0x2027, "LE Add Device To Resolving List", NULL, NULL},
	{0x2028, "LE Remove Device From Resolving List", accept_list, none},
	{0x2029, "LE Clear Resolving List", none, none},
	{0x202a, "LE Read Resolving List Size", none, NULL},
	{0x202b, "LE Read Peer Resolvable Address", NULL, NULL},
	{0x202c, "LE Read Local Resolvable Address", NULL, NULL},
	{0x202d, "LE Set Address Resolution Enable", NULL, NULL},
	{0x202e, "LE Set Resolvable Private Address Timeout", NULL, NULL},
	{0x202f, "LE Read Maximum Data Length", none, NULL},
	{0x2030, "LE Read PHY", handle, NULL},
	{0x2031, "LE Set Default PHY", NULL, NULL},
	{0x2032, "LE Set PHY", NULL, NULL},
	{0x2033, "LE Receiver Test [v2]", NULL, NULL},
	{0x2034, "LE Transmitter Test [v2]", NULL, NULL},
	{0x2035, "LE Set Advertising Set Random Address", NULL, NULL},
	{0x2036, "LE Set Extended Advertising Parameters", NULL, NULL},
	{0x2037, "LE Set Extended Advertising Data", NULL, NULL},
	{0x2038, "LE Set Extended Scan Response Data", NULL, NULL},
	{0x2039, "LE Set Extended Advertising Enable", NULL, NULL},
	{0x203a, "LE Read Maximum Advertising Data Length", none, NULL},
	{0x203b, "LE Read Number of Supported Advertising Sets", none, NULL},
	{0x203c, "LE Remove Advertising Set", NULL, NULL},
	{0x203d, "LE Clear Advertising Sets", none, none},
	{0x203e, "LE Set Periodic Advertising Parameters", NULL, NULL},
	{0x203f, "LE Set Periodic Advertising Data", NULL, NULL},
	{0x2040, "LE Set Periodic Advertising Enable", NULL, NULL},
	{0x2041, "LE Set Extended Scan Parameters", NULL, NULL},
	{0x2042, "LE Set Extended Scan Enable", NULL, NULL},
	{0x2043, "LE Extended Create Connection", NULL, NULL},
	{0x2044, "LE Periodic Advertising Create Sync", NULL, NULL},
	{0x2045, "LE Periodic Advertising Create Sync Cancel", none, none},
	{0x2046, "LE Periodic Advertising Terminate Sync", NULL, NULL},
	{0x2047, "LE Add Device To Periodic Advertiser List", NULL, NULL},
	{0x2048, "LE Remove Device From Periodic Advertiser List", NULL, NULL},
	{0x2049, "LE Clear Periodic Advertiser List", none, none},
	{0x204a, "LE Read Periodic Advertiser List Size", none, NULL},
	{0x204b, "LE Read Transmit Power", none, NULL},
	{0x204c, "LE Read RF Path Compensation", none, NULL},
	{0x204d, "LE Write RF Path Compensation", NULL, NULL},
	{0x204e, "LE Set Privacy Mode", NULL, NULL},
	{0x2060, "LE Read Buffer Size [v2]", none, NULL},
	{0x2061, "LE Read ISO TX Sync", handle, NULL},
	{0x2062, "LE Set CIG Parameters", NULL, NULL},
	{0x2063, "LE Set CIG Parameters Test", NULL, NULL},
	{0x2064, "LE Create CIS", NULL, NULL},
	{0x2065, "LE Remove CIG", NULL, NULL},
	{0x2066, "LE Accept CIS Request", handle, NULL},
	{0x2067, "LE Reject CIS Request", disconnect, handle},
	{0x2068, "LE Create BIG", NULL, NULL},
	{0x2069, "LE Create BIG Test", NULL, NULL},
	{0x206a, "LE Terminate BIG", NULL, NULL},
	{0x206b, "LE BIG Create Sync", NULL, NULL},
	{0x206c, "LE BIG Terminate Sync", NULL, NULL},
	{0x206d, "LE Request Peer SCA", handle, NULL},
	{0x206e, "LE Setup ISO Data Path", NULL, NULL},
	{0x206f, "LE Remove ISO Data Path", NULL, NULL},
	{0x2074, "LE Set Host Feature", NULL, NULL},
};

const struct hci_command *packet_hci_command(uint16_t opcode)
{
	size_t low = 0, high = sizeof(commands) / sizeof(commands[0]);

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (commands[middle].opcode == opcode)
			return &commands[middle];
		if (commands[middle].opcode < opcode)
			low = middle + 1;
		else
			high = middle;
	}
	return NULL;
}

const char *packet_name_hci_opcode(uint16_t opcode)
{
	const struct hci_command *command = packet_hci_command(opcode);

	if (command != NULL)
		return command->name;
	if (opcode == 0)
		return "no command";
	return opcode >> 10 == 0x3f ? "vendor specific" : NULL;
}
