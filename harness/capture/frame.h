/* SPDX-License-Identifier: MIT */
/*
 * From what an AF_PACKET socket (packet(7)) hands over to what a capture file has: the header of
 * the link, the VLAN tag that the kernel took out, the byte order of CAN.
 */
#ifndef SOCKATLAS_CAPTURE_FRAME_H
#define SOCKATLAS_CAPTURE_FRAME_H

#include <stdbool.h>
#include <stdint.h>

/* Bytes in front of a frame for what is put there: a cooked header and a VLAN tag. */
enum { FRAME_ROOM = 64 };

struct link_frame {
	uint8_t *bytes; /* FRAME_ROOM bytes before it may be written */
	uint32_t captured, original;
};

/* Where a frame came from, and what the kernel says beside it: sockaddr_ll, tpacket_auxdata. */
struct frame_from {
	uint16_t protocol;	/* in host byte order */
	uint16_t hardware;	/* ARPHRD_* */
	uint8_t packet_type;	/* PACKET_HOST, ... */
	uint8_t length;		/* of the address */
	const uint8_t *address; /* 8 bytes */
	uint32_t interface;
	uint32_t original;     /* its length on the link, or 0 */
	uint32_t link_header;  /* bytes in front of the network header, of a SOCK_RAW socket */
	bool tagged;	       /* the kernel took out a VLAN tag: */
	uint16_t tpid, tci;    /* in host byte order */
	bool checksum_pending; /* the sender left the transport checksum to the device */
};

/* What the header of the link is. */
enum frame_header {
	FRAME_AS_IT_IS, /* the device's, which a SOCK_RAW socket gives */
	FRAME_COOKED,	/* frame_cook()'s, in front of what a SOCK_DGRAM socket gives */
	FRAME_COOKED2,	/* frame_cook2()'s */
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

/* Takes the link's header off a frame that is to be cooked, when a SOCK_RAW socket gave it. */
void frame_cut(struct link_frame *frame, const struct frame_from *from);

/* All that has to be done to a frame of this kind and link type. */
void frame_complete(struct link_frame *frame, const struct frame_from *from,
		    enum frame_header header, uint32_t link_type);

#endif
