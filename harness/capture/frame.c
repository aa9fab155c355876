/* SPDX-License-Identifier: MIT */
#include "harness/capture/frame.h"

#include <string.h>

#include "harness/packet/packet.h"

/* include/uapi/linux/if_arp.h */
enum {
	HARDWARE_ETHERNET = 1,
	HARDWARE_AX25 = 3,
	HARDWARE_CAN = 280,
	HARDWARE_RAWIP = 519,
	HARDWARE_TUNNEL = 768,
	HARDWARE_TUNNEL6 = 769,
	HARDWARE_LOOPBACK = 772,
	HARDWARE_LOCALTALK = 773,
	HARDWARE_SIT = 776,
	HARDWARE_NETLINK = 824,
	HARDWARE_VSOCKMON = 826,
	HARDWARE_NONE = 0xfffe,
};

/* include/uapi/linux/if_ether.h */
enum {
	PROTOCOL_CAN = 0x000c,
	PROTOCOL_CANFD = 0x000d,
	PROTOCOL_CANXL = 0x000e,
};

enum {
	VLAN_TAG = 4,
	ETHERNET_ADDRESSES = 12,
	SLL_HEADER = 16,
	SLL2_HEADER = 20,
	SLL_ADDRESS = 8,
};

uint32_t frame_link_type(uint16_t hardware, enum frame_header *header)
{
	*header = FRAME_AS_IT_IS;
	switch (hardware) {
	case HARDWARE_ETHERNET:
	case HARDWARE_LOOPBACK: /* framed as Ethernet, with addresses of zero */
		return PACKET_LINK_ETHERNET;
	case HARDWARE_AX25:
		return PACKET_LINK_AX25_KISS;
	case HARDWARE_CAN:
		return PACKET_LINK_CAN_SOCKETCAN;
	case HARDWARE_RAWIP:
	case HARDWARE_TUNNEL:
	case HARDWARE_TUNNEL6:
	case HARDWARE_SIT:
	case HARDWARE_NONE:
		return PACKET_LINK_RAW;
	case HARDWARE_LOCALTALK:
		return PACKET_LINK_LTALK;
	case HARDWARE_VSOCKMON:
		return PACKET_LINK_VSOCK;
	case HARDWARE_NETLINK:
		/* Its header is a cooked one, as nothing else says which netlink family it is. */
		*header = FRAME_COOKED;
		return PACKET_LINK_NETLINK;
	default:
		*header = FRAME_COOKED2;
		return PACKET_LINK_LINUX_SLL2;
	}
}

static void put16(uint8_t *at, uint16_t value)
{
	at[0] = (uint8_t)(value >> 8);
	at[1] = (uint8_t)value;
}

static void put32(uint8_t *at, uint32_t value)
{
	put16(at, (uint16_t)(value >> 16));
	put16(at + 2, (uint16_t)value);
}

static void open_room(struct link_frame *frame, uint32_t bytes)
{
	frame->bytes -= bytes;
	frame->captured += bytes;
	frame->original += bytes;
}

void frame_put_vlan(struct link_frame *frame, uint16_t tpid, uint16_t tci)
{
	if (frame->captured < ETHERNET_ADDRESSES)
		return;
	open_room(frame, VLAN_TAG);
	memmove(frame->bytes, frame->bytes + VLAN_TAG, ETHERNET_ADDRESSES);
	put16(frame->bytes + ETHERNET_ADDRESSES, tpid);
	put16(frame->bytes + ETHERNET_ADDRESSES + 2, tci);
}

void frame_put_vlan_cooked(struct link_frame *frame, struct frame_from *from, uint16_t tpid,
			   uint16_t tci)
{
	open_room(frame, VLAN_TAG);
	put16(frame->bytes, tci);
	put16(frame->bytes + 2, from->protocol);
	from->protocol = tpid;
}

/* The address, cut or filled up to the 8 bytes that there are. */
static void put_address(uint8_t *at, const struct frame_from *from)
{
	memset(at, 0, SLL_ADDRESS);
	memcpy(at, from->address, from->length < SLL_ADDRESS ? from->length : SLL_ADDRESS);
}

/*
 *  0       2        4         6                 14        16
 * +-------+--------+---------+-----------------+---------+
 * | type  | ARPHRD | length  | address         |protocol |
 * +-------+--------+---------+-----------------+---------+
 */
void frame_cook(struct link_frame *frame, const struct frame_from *from)
{
	open_room(frame, SLL_HEADER);
	put16(frame->bytes, from->packet_type);
	put16(frame->bytes + 2, from->hardware);
	put16(frame->bytes + 4, from->length);
	put_address(frame->bytes + 6, from);
	put16(frame->bytes + 14, from->protocol);
}

/*
 *  0         2          4           8        10     11       12        20
 * +---------+----------+-----------+--------+------+--------+---------+
 * |protocol | reserved | interface | ARPHRD | type | length | address |
 * +---------+----------+-----------+--------+------+--------+---------+
 */
void frame_cook2(struct link_frame *frame, const struct frame_from *from)
{
	open_room(frame, SLL2_HEADER);
	put16(frame->bytes, from->protocol);
	put16(frame->bytes + 2, 0);
	put32(frame->bytes + 4, from->interface);
	put16(frame->bytes + 8, from->hardware);
	frame->bytes[10] = from->packet_type;
	frame->bytes[11] = from->length;
	put_address(frame->bytes + 12, from);
}

static uint16_t host16(const uint8_t *at)
{
	uint16_t value;

	memcpy(&value, at, sizeof(value));
	return value;
}

static uint32_t host32(const uint8_t *at)
{
	uint32_t value;

	memcpy(&value, at, sizeof(value));
	return value;
}

/*
 * struct can_frame, canfd_frame and canxl_frame of include/uapi/linux/can.h have their words in
 * the host's order. In a capture file the first word, the identifier, is big-endian, and the
 * other words of CAN XL are little-endian (LINKTYPE_CAN_SOCKETCAN).
 */
void frame_order_can(struct link_frame *frame, uint16_t protocol)
{
	enum { FLAGS = 5, FLAG_FDF = 0x04, XL_LENGTH = 6, XL_ACCEPTANCE = 8, XL_HEADER = 12 };
	uint8_t *b = frame->bytes;

	if (frame->captured < 8)
		return;
	put32(b, host32(b));
	/* What tells the two apart in a file; a socket tells it by the protocol. */
	if (protocol == PROTOCOL_CANFD)
		b[FLAGS] |= FLAG_FDF;
	if (protocol == PROTOCOL_CANXL && frame->captured >= XL_HEADER) {
		uint16_t length = host16(b + XL_LENGTH);
		uint32_t acceptance = host32(b + XL_ACCEPTANCE);

		b[XL_LENGTH] = (uint8_t)length;
		b[XL_LENGTH + 1] = (uint8_t)(length >> 8);
		for (unsigned int i = 0; i < 4; i++)
			b[XL_ACCEPTANCE + i] = (uint8_t)(acceptance >> (8 * i));
	}
}

void frame_cut(struct link_frame *frame, const struct frame_from *from)
{
	uint32_t cut = from->link_header < frame->captured ? from->link_header : frame->captured;

	frame->bytes += cut;
	frame->captured -= cut;
	frame->original -= cut;
}

void frame_complete(struct link_frame *frame, const struct frame_from *from,
		    enum frame_header header, uint32_t link_type)
{
	struct frame_from cooked = *from;

	if (from->tagged && header != FRAME_AS_IT_IS)
		frame_put_vlan_cooked(frame, &cooked, from->tpid, from->tci);
	else if (from->tagged && link_type == PACKET_LINK_ETHERNET)
		frame_put_vlan(frame, from->tpid, from->tci);
	if (header == FRAME_COOKED)
		frame_cook(frame, &cooked);
	else if (header == FRAME_COOKED2)
		frame_cook2(frame, &cooked);
	else if (link_type == PACKET_LINK_CAN_SOCKETCAN)
		frame_order_can(frame, from->protocol);
}
