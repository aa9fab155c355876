/* SPDX-License-Identifier: MIT */
/*
 * From what an AF_PACKET socket (packet(7)) hands over to what a capture file has: the header of
 * the link, the VLAN tag that the kernel took out, the byte order of CAN.
 */
#ifndef ATLAS_SNIFF_FRAME_H
#define ATLAS_SNIFF_FRAME_H

#include <stdbool.h>
#include <stdint.h>

/* Bytes in front of a frame for what is put there: a cooked header and a VLAN tag. */
enum { FRAME_ROOM = 64 };

struct link_frame {
	uint8_t *bytes; /* FRAME_ROOM bytes before it may be written */
	uint32_t captured, original;
};

/* Where a frame came from: struct sockaddr_ll. */
struct frame_from {
	uint16_t protocol;	/* in host byte order */
	uint16_t hardware;	/* ARPHRD_* */
	uint8_t packet_type;	/* PACKET_HOST, ... */
	uint8_t length;		/* of the address */
	const uint8_t *address; /* 8 bytes */
	uint32_t interface;
};

/* Who makes the header of the link. */
enum frame_header {
	FRAME_AS_IT_IS, /* the kernel: SOCK_RAW */
	FRAME_COOKED,	/* frame_cook(): SOCK_DGRAM */
	FRAME_COOKED2,	/* frame_cook2(): SOCK_DGRAM */
};

/* The LINKTYPE_* for devices of an ARPHRD_* type. */
uint32_t frame_link_type(uint16_t hardware, enum frame_header *header);

/* Puts a tag back behind the addresses of an Ethernet frame: IEEE 802.1Q-2022 9.6. */
void frame_put_vlan(struct link_frame *frame, uint16_t tpid, uint16_t tci);

/* The same for a packet without link header, before it is cooked. */
void frame_put_vlan_cooked(struct link_frame *frame, struct frame_from *from, uint16_t tpid,
			   uint16_t tci);

/* Puts a header of LINKTYPE_LINUX_SLL or LINKTYPE_LINUX_SLL2 in front. */
void frame_cook(struct link_frame *frame, const struct frame_from *from);
void frame_cook2(struct link_frame *frame, const struct frame_from *from);

/* From the host's byte order to that of LINKTYPE_CAN_SOCKETCAN. */
void frame_order_can(struct link_frame *frame, uint16_t protocol);

#endif
