/* SPDX-License-Identifier: MIT */
/* Link layers: Ethernet, VLAN tags, LLC and SNAP, MPLS, cooked captures, ARP. Part of packet.h:
 * include that. */
#ifndef SOCKATLAS_PACKET_LINK_H
#define SOCKATLAS_PACKET_LINK_H

#include <stdbool.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Ethernet II (RFC 894) or IEEE 802.3, told apart by the type or length field. */
struct packet_ethernet {
	uint8_t destination[6];
	uint8_t source[6];
	uint16_t type_or_length;
	bool is_802_3; /* type_or_length is a length (up to 1500) */
};

/* IEEE 802.1Q (type 0x8100) or 802.1ad (0x88a8) tag: the four bytes after the addresses. */
struct packet_vlan {
	uint16_t tag_protocol_id; /* the type that announced the tag */
	uint8_t priority;	  /* PCP */
	bool drop_eligible;	  /* DEI */
	uint16_t vlan_id;	  /* VID */
	uint16_t type_or_length;
	bool is_802_3;
};

/* Linux cooked capture, version 1 (16 bytes) and 2 (20 bytes). */
struct packet_sll {
	uint16_t packet_type; /* 0 to us, 1 broadcast, 2 multicast, 3 for others, 4 by us */
	uint16_t arphrd_type;
	uint16_t address_length;
	uint8_t address[8];
	uint16_t protocol;
	uint32_t interface_index; /* version 2 only */
};

/* ARP (RFC 826) and RARP (RFC 903). */
struct packet_arp {
	uint16_t hardware_type;
	uint16_t protocol_type;
	uint8_t hardware_length;
	uint8_t protocol_length;
	uint16_t opcode;
	bool ethernet_ipv4; /* lengths 6 and 4: the four addresses below are filled in */
	uint8_t sender_hardware[6];
	uint8_t sender_protocol[4];
	uint8_t target_hardware[6];
	uint8_t target_protocol[4];
};

/* The three formats of LLC's control field. */
enum packet_llc_format {
	PACKET_LLC_U, /* unnumbered, 1 byte */
	PACKET_LLC_S, /* supervisory, 2 bytes */
	PACKET_LLC_I, /* information, 2 bytes */
};

/* The control field of unnumbered frames without P/F, IEEE 802.2 5.4. */
enum {
	PACKET_LLC_UI = 0x03,
	PACKET_LLC_DM = 0x0f,
	PACKET_LLC_DISC = 0x43,
	PACKET_LLC_UA = 0x63,
	PACKET_LLC_AC0 = 0x67,
	PACKET_LLC_SABME = 0x6f,
	PACKET_LLC_FRMR = 0x87,
	PACKET_LLC_XID = 0xaf,
	PACKET_LLC_TEST = 0xe3,
	PACKET_LLC_AC1 = 0xe7,
};

/* LLC (IEEE 802.2): 3 bytes with an unnumbered control field, else 4; 3 more of a basic XID. */
struct packet_llc {
	uint8_t dsap;		/* as it stands, with I/G */
	uint8_t ssap;		/* as it stands, with C/R */
	bool group;		/* I/G of DSAP */
	bool response;		/* C/R of SSAP */
	uint8_t format;		/* enum packet_llc_format */
	uint16_t control;	/* the bytes as they stand, the first one highest */
	uint8_t control_length; /* 1 or 2 */
	bool poll_final;
	uint8_t modifier;	  /* unnumbered: the control field without P/F */
	uint8_t supervisory;	  /* supervisory: 0 RR, 1 RNR, 2 REJ */
	uint8_t send_sequence;	  /* N(S), information only */
	uint8_t receive_sequence; /* N(R), not in unnumbered */
	bool has_xid;		  /* XID information of the basic format follows */
	uint8_t xid_types;	  /* bit mask of the types of operation: 1, 2, 4 for 1, 2, 3 */
	uint8_t xid_window;	  /* frames */
};

/* SNAP: 5 bytes. */
struct packet_snap {
	uint8_t oui[3];
	uint16_t protocol_id; /* an EtherType where the OUI is 0 */
};

/* One label of an MPLS stack (RFC 3032): 4 bytes. */
struct packet_mpls {
	uint32_t label;	       /* 20 bits */
	uint8_t traffic_class; /* 3 bits, EXP before RFC 5462 */
	bool bottom_of_stack;  /* no label follows */
	uint8_t time_to_live;
};

#ifdef __cplusplus
}
#endif

#endif
