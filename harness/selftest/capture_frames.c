/* SPDX-License-Identifier: MIT */
/*
 * What the capture of a sandbox makes of frames from devices that few kernels have. Expected bytes
 * are those of the link types' descriptions (www.tcpdump.org/linktypes.html).
 */
#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <string.h>

#include "harness/capture/socket.h"
#include "harness/packet/packet.h"
#include "harness/selftest/selftest.h"

#ifndef TP_STATUS_VLAN_TPID_VALID
#define TP_STATUS_VLAN_TPID_VALID (1 << 6)
#endif

static struct capture_frame frame;

/* Has a frame completed that came from a device of this ARPHRD_* type. */
static void receive(uint16_t hardware, uint16_t protocol, const void *bytes, uint32_t length,
		    struct tpacket_auxdata aux)
{
	static uint8_t buffer[FRAME_ROOM + 128];
	static struct sockaddr_ll from;
	static union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(struct tpacket_auxdata))];
	} control;
	struct msghdr message = {
		.msg_name = &from,
		.msg_namelen = sizeof(from),
		.msg_control = control.bytes,
		.msg_controllen = sizeof(control.bytes),
	};

	from = (struct sockaddr_ll){
		.sll_family = AF_PACKET,
		.sll_protocol = htons(protocol),
		.sll_ifindex = 0x0102,
		.sll_hatype = hardware,
		.sll_pkttype = PACKET_OUTGOING,
	};
	control.header = (struct cmsghdr){
		.cmsg_level = SOL_PACKET,
		.cmsg_type = PACKET_AUXDATA,
		.cmsg_len = CMSG_LEN(sizeof(aux)),
	};
	memcpy(CMSG_DATA(&control.header), &aux, sizeof(aux));
	memcpy(buffer + FRAME_ROOM, bytes, length);
	capture_complete(&frame, &message, buffer + FRAME_ROOM, length);
}

static bool frame_is(uint32_t link_type, const void *bytes, uint32_t length)
{
	return frame.link_type == link_type && frame.frame.captured == length &&
	       memcmp(frame.frame.bytes, bytes, length) == 0;
}

SELFTEST(captured_can_is_in_the_order_of_files)
{
	uint8_t can[16] = {0};
	uint32_t identifier = 0x80000123; /* of 29 bits */
	struct packet p;

	memcpy(can, &identifier, sizeof(identifier));
	can[4] = 2;
	can[8] = 0xab;
	receive(280, 0x000c, can, sizeof(can), (struct tpacket_auxdata){.tp_len = 16});
	CU_ASSERT(frame_is(PACKET_LINK_CAN_SOCKETCAN,
			   "\x80\x00\x01\x23\x02\0\0\0\xab\0\0\0\0\0\0\0", 16));
	packet_decode(&p, frame.frame.bytes, 16, 16, frame.link_type, 0);
	CU_ASSERT_PTR_NOT_NULL_FATAL(packet_can(&p));
	CU_ASSERT_EQUAL(packet_can(&p)->identifier, 0x123);

	/* an error frame: CAN_ERR_FLAG */
	identifier = 0x20000004;
	memcpy(can, &identifier, sizeof(identifier));
	receive(280, 0x000c, can, sizeof(can), (struct tpacket_auxdata){.tp_len = 16});
	CU_ASSERT(frame_is(PACKET_LINK_CAN_SOCKETCAN,
			   "\x20\x00\x00\x04\x02\0\0\0\xab\0\0\0\0\0\0\0", 16));

	/* CAN FD: its protocol is told by CANFD_FDF in the flags */
	receive(280, 0x000d, can, sizeof(can), (struct tpacket_auxdata){.tp_len = 72});
	CU_ASSERT(frame_is(PACKET_LINK_CAN_SOCKETCAN,
			   "\x20\x00\x00\x04\x02\x04\0\0\xab\0\0\0\0\0\0\0", 16));
	CU_ASSERT_EQUAL(frame.frame.original, 72);
}

SELFTEST(captured_vlan_tags_are_put_back)
{
	static const uint8_t frames[] = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0, 0x45};
	static const uint8_t tagged[] = {2, 0, 0,    0,	   0,	 2, 2, 0, 0,   0,
					 0, 1, 0x88, 0xa8, 0x60, 5, 8, 0, 0x45};
	struct tpacket_auxdata aux = {
		.tp_status = TP_STATUS_VLAN_VALID | TP_STATUS_VLAN_TPID_VALID,
		.tp_len = 100,
		.tp_vlan_tci = 0x6005,
		.tp_vlan_tpid = 0x88a8,
	};

	receive(1, 0x0800, frames, sizeof(frames), aux);
	CU_ASSERT(frame_is(PACKET_LINK_ETHERNET, tagged, sizeof(tagged)));
	CU_ASSERT_EQUAL(frame.frame.original, 104);
}

SELFTEST(captured_headers_that_nobody_knows_are_replaced)
{
	/* A netlink message has no link header; its family is the protocol. */
	receive(824, 16, "\x14\0\0\0", 4, (struct tpacket_auxdata){.tp_len = 20});
	CU_ASSERT(frame_is(PACKET_LINK_NETLINK, "\0\4\3\x38\0\0\0\0\0\0\0\0\0\0\0\x10\x14\0\0\0",
			   20));
	CU_ASSERT_EQUAL(frame.frame.original, 36);

	/* An ARPHRD_IPGRE device has GRE's header in front of the network's. */
	receive(778, 0x0800, "gre!\x45\0", 6, (struct tpacket_auxdata){.tp_len = 44, .tp_net = 4});
	CU_ASSERT(frame_is(PACKET_LINK_LINUX_SLL2,
			   "\x08\0\0\0\0\0\x01\x02\x03\x0a\4\0\0\0\0\0\0\0\0\0\x45\0", 22));
	CU_ASSERT_EQUAL(frame.frame.original, 60);

	/* an offset behind the end of what was kept */
	receive(778, 0x0800, "gre!", 4, (struct tpacket_auxdata){.tp_len = 44, .tp_net = 40});
	CU_ASSERT_EQUAL(frame.frame.captured, 20);
}

SELFTEST(captured_link_types_of_devices)
{
	/* ARPHRD_*, LINKTYPE_* */
	static const uint32_t expected[][2] = {
		{1, 1},	    {772, 1},	   {3, 202},   {280, 227}, {519, 101},
		{768, 101}, {769, 101},	   {776, 101}, {773, 114}, {824, 253},
		{826, 271}, {0xfffe, 101}, {512, 276},
	};

	for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++) {
		receive((uint16_t)expected[i][0], 0x0800, "\x45", 1,
			(struct tpacket_auxdata){.tp_len = 1});
		CU_ASSERT_EQUAL(frame.link_type, expected[i][1]);
	}
}

SELFTEST(captured_without_what_the_kernel_says)
{
	struct msghdr message = {0};
	struct sockaddr_ll from = {.sll_hatype = 1};
	uint8_t buffer[FRAME_ROOM + 14] = {0};

	message.msg_name = &from;
	capture_complete(&frame, &message, buffer + FRAME_ROOM, 14);
	CU_ASSERT_EQUAL(frame.frame.captured, 14);
	CU_ASSERT_EQUAL(frame.frame.original, 14);
	CU_ASSERT(!frame.from.checksum_pending);
}
