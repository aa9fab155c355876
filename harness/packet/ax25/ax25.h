/* SPDX-License-Identifier: MIT */
/* AX.25, KISS, NET/ROM and ROSE. Part of packet.h: include that. */
#ifndef SOCKATLAS_PACKET_AX25_H
#define SOCKATLAS_PACKET_AX25_H

#include <stdbool.h>
#include <stdint.h>

#include "../x25/x25.h"

#ifdef __cplusplus
extern "C" {
#endif

struct packet;
struct packet_layer;
struct packet_walk;

/* The byte in front of an AX.25 frame, and the parameters of other commands than data. */
struct packet_kiss {
	uint8_t port;
	uint8_t command;
	bool has_parameter;
	uint16_t parameter; /* commands 1 to 5; of command 12 the frame's number */
};

/* A callsign as 6 shifted characters and an SSID byte. */
struct packet_ax25_address {
	char callsign[7];	  /* without the spaces at its end; '?' for what is not printable */
	uint8_t ssid;		  /* 4 bits */
	bool command_or_repeated; /* C of destination and source, H of a repeater */
	uint8_t reserved;	  /* 2 bits */
	bool extension;		  /* the address field ends here */
};

/* AX.25 2.2. */
struct packet_ax25 {
	struct packet_ax25_address destination;
	struct packet_ax25_address source;
	uint8_t repeaters;	 /* walk them with packet_ax25_repeater_next() */
	uint32_t control_offset; /* from the packet's first byte; 0: it was not reached */
	struct packet_hdlc hdlc;
	struct packet_frmr frmr;
	bool has_pid; /* I and UI */
	uint8_t pid;
	bool has_escaped_pid; /* PID was 0xff */
	uint8_t escaped_pid;
	bool has_segment; /* PID was 8 */
	bool first_segment;
	uint8_t segments_remaining;
	bool has_segment_pid; /* of the first segment: the PID of what was segmented */
	uint8_t segment_pid;
	bool has_xid;		   /* XID with an information field */
	uint8_t xid_format;	   /* FI, 0x82: general purpose */
	uint8_t xid_group;	   /* GI, 0x80: parameter negotiation */
	uint16_t xid_group_length; /* GL, in bytes */
	uint32_t xid_offset;	   /* of the first parameter, from the packet's first byte */
};

struct packet_ax25_repeater {
	struct packet_ax25_address address;
	uint32_t offset; /* 7 bytes from here */
};
bool packet_ax25_repeater_next(struct packet_walk *walk, struct packet_ax25_repeater *out);

enum {
	PACKET_AX25_XID_CLASSES = 2,
	PACKET_AX25_XID_FUNCTIONS = 3,
	PACKET_AX25_XID_I_FIELD_TRANSMIT = 5, /* in bits */
	PACKET_AX25_XID_I_FIELD_RECEIVE = 6,  /* in bits */
	PACKET_AX25_XID_WINDOW_TRANSMIT = 7,
	PACKET_AX25_XID_WINDOW_RECEIVE = 8,
	PACKET_AX25_XID_TIMER = 9, /* in milliseconds */
	PACKET_AX25_XID_RETRIES = 10,
};

struct packet_ax25_xid {
	uint8_t identifier; /* PI */
	uint8_t length;	    /* PL: of the value, in bytes */
	bool ok;
	uint32_t value;	      /* PV, when it has 1 to 4 bytes, the first one highest */
	uint32_t offset;      /* of PI */
	uint32_t data_offset; /* of PV */
};
/* An AX.25 layer has two lists: starts a walk over the second, the parameters of an XID frame. */
struct packet_walk packet_ax25_xid_walk(const struct packet *p, const struct packet_layer *layer);
bool packet_ax25_xid_next(struct packet_walk *walk, struct packet_ax25_xid *out);

/* NET/ROM's network and transport header, or a broadcast of routes. */
struct packet_netrom {
	struct packet_ax25_address source;
	struct packet_ax25_address destination;
	uint8_t time_to_live;
	uint8_t circuit_index, circuit_id;	     /* of opcode 0: family and protocol */
	uint8_t transmit_sequence, receive_sequence; /* of connect acknowledge: my circuit */
	uint8_t opcode;				     /* 4 bits */
	bool choke, nak, more;
	uint8_t window;			 /* connect request: proposed, acknowledge: accepted */
	struct packet_ax25_address user; /* connect request */
	struct packet_ax25_address node; /* connect request */
	bool has_extension;		 /* of BPQ nodes: */
	uint16_t extension;		 /* request: timeout in seconds, acknowledge: TTL */
	bool is_nodes;			 /* a broadcast: signature 0xff */
	char mnemonic[7];		 /* of the sender */
	uint32_t list_offset; /* of the first node; walk them with packet_netrom_node_next() */
};

struct packet_netrom_node {
	struct packet_ax25_address destination;
	char mnemonic[7];
	struct packet_ax25_address neighbour; /* the best way to it */
	uint8_t quality;
	uint32_t offset; /* 21 bytes from here */
};
bool packet_netrom_node_next(struct packet_walk *walk, struct packet_netrom_node *out);

/* ROSE is the packet layer of X.25 with facilities of its own for callsigns. */
struct packet_rose {
	struct packet_x25 x25;
};

#ifdef __cplusplus
}
#endif

#endif
