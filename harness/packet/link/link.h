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

struct packet_llc {
	uint8_t first;
};

struct packet_snap {
	uint8_t first;
};

struct packet_mpls {
	uint8_t first;
};

#ifdef __cplusplus
}
#endif

#endif
