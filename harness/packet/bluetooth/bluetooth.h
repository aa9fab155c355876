/* SPDX-License-Identifier: MIT */
/* Bluetooth: HCI, L2CAP, RFCOMM. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_BLUETOOTH_H
#define SOCKATLAS_PACKET_BLUETOOTH_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct packet;
struct packet_walk;

/* The pseudo-header of link type 201. */
struct packet_hci_phdr {
	uint32_t direction; /* 0: the host sent it, 1: it received it */
};

/* Opcodes of the Linux monitor, include/net/bluetooth/hci_mon.h. */
enum {
	PACKET_HCI_MONITOR_NEW_INDEX = 0,
	PACKET_HCI_MONITOR_DELETED_INDEX = 1,
	PACKET_HCI_MONITOR_COMMAND = 2,
	PACKET_HCI_MONITOR_EVENT = 3,
	PACKET_HCI_MONITOR_ACL_TX = 4,
	PACKET_HCI_MONITOR_ACL_RX = 5,
	PACKET_HCI_MONITOR_SCO_TX = 6,
	PACKET_HCI_MONITOR_SCO_RX = 7,
	PACKET_HCI_MONITOR_OPEN_INDEX = 8,
	PACKET_HCI_MONITOR_CLOSE_INDEX = 9,
	PACKET_HCI_MONITOR_INDEX_INFORMATION = 10,
	PACKET_HCI_MONITOR_VENDOR_DIAGNOSTICS = 11,
	PACKET_HCI_MONITOR_SYSTEM_NOTE = 12,
	PACKET_HCI_MONITOR_USER_LOGGING = 13,
	PACKET_HCI_MONITOR_CONTROL_OPEN = 14,
	PACKET_HCI_MONITOR_CONTROL_CLOSE = 15,
	PACKET_HCI_MONITOR_CONTROL_COMMAND = 16,
	PACKET_HCI_MONITOR_CONTROL_EVENT = 17,
	PACKET_HCI_MONITOR_ISO_TX = 18,
	PACKET_HCI_MONITOR_ISO_RX = 19,
};

/* Members that the opcode has no use for are 0. */
struct packet_hci_monitor {
	uint16_t adapter_id; /* 0xffff: about no adapter */
	uint16_t opcode;
	/* New Index, and bd_addr of Index Information */
	uint8_t type;	    /* 0 primary, 1 AMP */
	uint8_t bus;	    /* 0 virtual, 1 USB, ... */
	uint8_t bd_addr[6]; /* as it is written: the most significant byte first */
	char name[9];	    /* ends with a NUL */
	uint16_t manufacturer;
	/* User Logging */
	uint8_t priority; /* as of syslog: 0 emergency ... 7 debug */
	uint8_t ident_length;
	/* Control */
	uint32_t cookie; /* which socket */
	uint16_t format; /* of Control Open: 0 raw, 1 user, 2 control */
	uint8_t version;
	uint16_t revision;
	uint32_t flags;
	uint8_t command_length; /* of the name of the program, bytes */
	uint16_t code;		/* of Control Command and Control Event */
	uint32_t text_offset;	/* of what comes last as text; 0: nothing does */
};

/* The first byte of an H4 packet. */
enum {
	PACKET_H4_COMMAND = 1,
	PACKET_H4_ACL = 2,
	PACKET_H4_SCO = 3,
	PACKET_H4_EVENT = 4,
	PACKET_H4_ISO = 5,
};

/*
 * A command or an event. `h4`: the layer starts with the byte of the H4 transport that says what
 * the packet is. The monitor has none: there `type` follows from its opcode.
 */
struct packet_hci {
	uint8_t type; /* PACKET_H4_COMMAND, PACKET_H4_EVENT; another one is not known */
	bool h4;
	uint8_t parameter_total_length;
	uint16_t opcode; /* of a command, and the one that Command Complete and Status are about */
	uint8_t event_code;
	uint8_t subevent_code; /* of LE Meta */
	bool has_status;
	uint8_t status;		    /* of an event */
	uint8_t records;	    /* how many reports or handles the event announces */
	uint32_t parameters_offset; /* from the packet's first byte */
	uint32_t records_offset;    /* 0: it is no list */
};

struct packet_hci_acl {
	bool h4;
	uint16_t connection_handle; /* 12 bits */
	uint8_t packet_boundary;    /* 0 and 2 a first fragment, 1 a continuing one, 3 complete */
	uint8_t broadcast;	    /* 0 point to point, 1 to all peripherals */
	uint16_t data_total_length; /* bytes of data */
};

struct packet_hci_sco {
	bool h4;
	uint16_t connection_handle;
	uint8_t packet_status; /* 0 good, 1 possibly invalid, 2 no data, 3 partly lost */
	uint8_t data_total_length;
};

struct packet_hci_iso {
	bool h4;
	uint16_t connection_handle;
	uint8_t packet_boundary; /* 0 first, 1 continuation, 2 complete, 3 last */
	bool time_stamp_flag;
	uint16_t data_total_length; /* 14 bits; bytes behind this field */
	bool has_sdu_header;	    /* the members below: of the first and a complete one */
	uint32_t time_stamp;	    /* microseconds; 0 without time_stamp_flag */
	uint16_t sequence_number;
	uint16_t sdu_length; /* 12 bits; of the whole SDU */
	uint8_t packet_status;
};

struct packet_l2cap {
	uint16_t length; /* of the information payload, behind the 4 bytes of the basic header */
	uint16_t channel_id;
	bool signalling;     /* channel 1 or 5: commands follow */
	bool connectionless; /* channel 2 */
	uint16_t psm;	     /* of the connectionless channel */
	uint16_t payload_length;
};

struct packet_rfcomm {
	uint8_t address;
	bool command_response; /* C/R */
	uint8_t dlci;	       /* 6 bits: server channel and direction */
	bool direction;
	uint8_t server_channel; /* 0 to 31 */
	uint8_t control;
	uint8_t frame_type;  /* control without P/F: PACKET_RFCOMM_SABM ... */
	bool poll_final;     /* of UIH on a DLCI other than 0: there is a credits byte */
	uint16_t length;     /* of the information */
	uint8_t length_size; /* of the length field: 1 or 2 bytes */
	bool has_credits;
	uint8_t credits;
	bool multiplexer; /* DLCI 0: the information is commands */
	uint8_t fcs;
	uint32_t fcs_offset; /* the last byte of the frame, behind the information */
};

enum {
	PACKET_RFCOMM_SABM = 0x2f,
	PACKET_RFCOMM_UA = 0x63,
	PACKET_RFCOMM_DM = 0x0f,
	PACKET_RFCOMM_DISC = 0x43,
	PACKET_RFCOMM_UIH = 0xef,
};

/* ------------------------------------------------------------------ lists */

/*
 * One of the items of a list in an event: Inquiry Result (also with RSSI), Number Of Completed
 * Packets, LE Advertising Report, LE Extended Advertising Report. What an event does not have is
 * 0.
 */
struct packet_hci_record {
	uint32_t offset, length; /* of the record */
	bool has_address;
	uint8_t address[6];   /* as it is written */
	uint8_t address_type; /* of an advertising report: 0 public, 1 random, ... */
	uint16_t event_type;  /* of an advertising report */
	bool has_rssi;
	int8_t rssi; /* dBm; 127: not available */
	uint32_t class_of_device;
	uint16_t connection_handle;
	uint16_t completed_packets;
	uint32_t data_offset, data_length; /* of an advertising report */
};
bool packet_hci_record_next(struct packet_walk *walk, struct packet_hci_record *out);

enum {
	PACKET_L2CAP_COMMAND_REJECT = 0x01,
	PACKET_L2CAP_CONNECTION_REQUEST = 0x02,
	PACKET_L2CAP_CONNECTION_RESPONSE = 0x03,
	PACKET_L2CAP_CONFIGURATION_REQUEST = 0x04,
	PACKET_L2CAP_CONFIGURATION_RESPONSE = 0x05,
	PACKET_L2CAP_DISCONNECTION_REQUEST = 0x06,
	PACKET_L2CAP_DISCONNECTION_RESPONSE = 0x07,
	PACKET_L2CAP_ECHO_REQUEST = 0x08,
	PACKET_L2CAP_ECHO_RESPONSE = 0x09,
	PACKET_L2CAP_INFORMATION_REQUEST = 0x0a,
	PACKET_L2CAP_INFORMATION_RESPONSE = 0x0b,
	PACKET_L2CAP_CREATE_CHANNEL_REQUEST = 0x0c,
	PACKET_L2CAP_CREATE_CHANNEL_RESPONSE = 0x0d,
	PACKET_L2CAP_MOVE_CHANNEL_REQUEST = 0x0e,
	PACKET_L2CAP_MOVE_CHANNEL_RESPONSE = 0x0f,
	PACKET_L2CAP_MOVE_CHANNEL_CONFIRMATION_REQUEST = 0x10,
	PACKET_L2CAP_MOVE_CHANNEL_CONFIRMATION_RESPONSE = 0x11,
	PACKET_L2CAP_CONNECTION_PARAMETER_UPDATE_REQUEST = 0x12,
	PACKET_L2CAP_CONNECTION_PARAMETER_UPDATE_RESPONSE = 0x13,
	PACKET_L2CAP_LE_CREDIT_BASED_CONNECTION_REQUEST = 0x14,
	PACKET_L2CAP_LE_CREDIT_BASED_CONNECTION_RESPONSE = 0x15,
	PACKET_L2CAP_FLOW_CONTROL_CREDIT = 0x16,
	PACKET_L2CAP_CREDIT_BASED_CONNECTION_REQUEST = 0x17,
	PACKET_L2CAP_CREDIT_BASED_CONNECTION_RESPONSE = 0x18,
	PACKET_L2CAP_CREDIT_BASED_RECONFIGURE_REQUEST = 0x19,
	PACKET_L2CAP_CREDIT_BASED_RECONFIGURE_RESPONSE = 0x1a,
};

/*
 * A command of a signalling channel. `ok` is false when the data has not the length that the code
 * wants. What a command does not have is 0.
 */
struct packet_l2cap_command {
	uint8_t code;
	uint8_t identifier;
	uint16_t length; /* of the data, bytes */
	bool ok;
	uint32_t offset; /* of the code */
	uint32_t data_offset;
	uint16_t psm;			      /* PSM or SPSM */
	uint16_t source_cid, destination_cid; /* source_cid: also the CID of Credit Indication */
	uint16_t result;		      /* also the reason of a reject */
	uint16_t mtu, mps, credits;
	uint32_t options_offset, options_length; /* of Configuration; length 0: none */
	uint32_t cids_offset;			 /* of a list of more channels, 2 bytes each */
	uint8_t cids;				 /* how many */
};
bool packet_l2cap_command_next(struct packet_walk *walk, struct packet_l2cap_command *out);

enum {
	PACKET_L2CAP_OPTION_MTU = 1,
	PACKET_L2CAP_OPTION_FLUSH_TIMEOUT = 2,
	PACKET_L2CAP_OPTION_QOS = 3,
	PACKET_L2CAP_OPTION_RETRANSMISSION = 4, /* and flow control: the mode of the channel */
	PACKET_L2CAP_OPTION_FCS = 5,
	PACKET_L2CAP_OPTION_EXTENDED_FLOW = 6,
	PACKET_L2CAP_OPTION_EXTENDED_WINDOW = 7,
};

/* An option of Configuration Request and Response. */
struct packet_l2cap_option {
	uint8_t type; /* without the hint */
	bool hint;    /* may be skipped by who does not know it */
	uint8_t length;
	bool ok;
	uint16_t value; /* MTU, flush timeout (milliseconds), FCS type, window size, or mode */
	uint32_t offset, data_offset;
};
/* Starts a walk over the options of a command; `commands` is the walk that gave it. */
struct packet_walk packet_l2cap_options(const struct packet_walk *commands,
					const struct packet_l2cap_command *command);
bool packet_l2cap_option_next(struct packet_walk *walk, struct packet_l2cap_option *out);

enum {
	PACKET_RFCOMM_NSC = 0x04,
	PACKET_RFCOMM_TEST = 0x08,
	PACKET_RFCOMM_RLS = 0x14,
	PACKET_RFCOMM_FCOFF = 0x18,
	PACKET_RFCOMM_PN = 0x20,
	PACKET_RFCOMM_RPN = 0x24,
	PACKET_RFCOMM_FCON = 0x28,
	PACKET_RFCOMM_MSC = 0x38,
};

/* A command of the multiplexer's control channel, DLCI 0. */
struct packet_rfcomm_command {
	uint8_t type;	       /* 6 bits */
	bool command_response; /* C/R: set in a command */
	uint16_t length;       /* of the value, bytes */
	bool ok;
	uint8_t dlci;	     /* that PN, MSC, RPN and RLS are about */
	uint16_t frame_size; /* of PN */
	uint8_t credits;     /* of PN */
	uint8_t signals;     /* of MSC: the octet of the V.24 signals */
	uint32_t offset, data_offset;
};
bool packet_rfcomm_command_next(struct packet_walk *walk, struct packet_rfcomm_command *out);

#ifdef __cplusplus
}
#endif

#endif
