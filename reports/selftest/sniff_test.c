/* SPDX-License-Identifier: MIT */
/*
 * What atlas sniff makes of frames and filters that few machines have devices for. Expected bytes
 * are those of the link types' descriptions (www.tcpdump.org/linktypes.html).
 */
#include <string.h>

#include "harness/packet/packet.h"
#include "harness/selftest/selftest.h"
#include "reports/decode/filter.h"
#include "reports/sniff/attach.h"
#include "harness/capture/frame.h"

static uint8_t buffer[FRAME_ROOM + 128];

static struct link_frame frame_of(const void *bytes, uint32_t length)
{
	memcpy(buffer + FRAME_ROOM, bytes, length);
	return (struct link_frame){buffer + FRAME_ROOM, length, length + 10};
}

static bool frame_is(const struct link_frame *frame, const void *bytes, uint32_t length)
{
	return frame->captured == length && frame->original == length + 10 &&
	       memcmp(frame->bytes, bytes, length) == 0;
}

static const uint8_t address[8] = {2, 0, 0, 0, 0, 1, 0xee, 0xee};
static const struct frame_from from = {
	.protocol = 0x0800,
	.hardware = 1,
	.packet_type = 4,
	.length = 6,
	.address = address,
	.interface = 0x01020304,
};

SELFTEST(a_cooked_header)
{
	static const uint8_t expected[] = {0, 4, 0, 1, 0, 6, 2, 0, 0, 0, 0, 1, 0, 0, 8, 0, 0x45};
	struct link_frame frame = frame_of("\x45", 1);

	frame_cook(&frame, &from);
	CU_ASSERT(frame_is(&frame, expected, sizeof(expected)));
}

SELFTEST(a_cooked_header_of_version_2)
{
	static const uint8_t expected[] = {8, 0, 0, 0, 1, 2, 3, 4, 0, 1,   4,
					   6, 2, 0, 0, 0, 0, 1, 0, 0, 0x45};
	struct link_frame frame = frame_of("\x45", 1);

	frame_cook2(&frame, &from);
	CU_ASSERT(frame_is(&frame, expected, sizeof(expected)));
}

SELFTEST(a_vlan_tag_is_put_back)
{
	static const uint8_t untagged[] = {2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0, 0x45};
	static const uint8_t tagged[] = {2, 0, 0,    0,	   0,	 2, 2, 0, 0,   0,
					 0, 1, 0x88, 0xa8, 0x60, 5, 8, 0, 0x45};
	struct link_frame frame = frame_of(untagged, sizeof(untagged));
	struct frame_from cooked = from;

	frame_put_vlan(&frame, 0x88a8, 0x6005);
	CU_ASSERT(frame_is(&frame, tagged, sizeof(tagged)));
	frame = frame_of(untagged, 11);
	frame_put_vlan(&frame, 0x88a8, 0x6005);
	CU_ASSERT_EQUAL(frame.captured, 11);

	frame = frame_of("\x45", 1);
	frame_put_vlan_cooked(&frame, &cooked, 0x8100, 0x6005);
	CU_ASSERT(frame_is(&frame, "\x60\x05\x08\x00\x45", 5));
	CU_ASSERT_EQUAL(cooked.protocol, 0x8100);
}

static void put_host32(uint8_t *at, uint32_t value)
{
	memcpy(at, &value, sizeof(value));
}

SELFTEST(can_is_in_the_order_of_files)
{
	uint8_t can[16] = {0}, xl[14] = {0};
	uint16_t length = 2;
	struct link_frame frame;

	put_host32(can, 0x80000123);
	can[4] = 8;
	frame = frame_of(can, sizeof(can));
	frame_order_can(&frame, 0x000c);
	CU_ASSERT(memcmp(frame.bytes, "\x80\x00\x01\x23\x08\x00", 6) == 0);
	frame = frame_of(can, sizeof(can));
	frame_order_can(&frame, 0x000d);
	CU_ASSERT(memcmp(frame.bytes, "\x80\x00\x01\x23\x08\x04", 6) == 0);

	put_host32(xl, 0x242);
	xl[4] = 0x80;
	memcpy(xl + 6, &length, sizeof(length));
	put_host32(xl + 8, 0x12345678);
	frame = frame_of(xl, sizeof(xl));
	frame_order_can(&frame, 0x000e);
	CU_ASSERT(memcmp(frame.bytes, "\x00\x00\x02\x42\x80\x00\x02\x00\x78\x56\x34\x12", 12) == 0);
	frame = frame_of(can, 7);
	frame_order_can(&frame, 0x000c);
	CU_ASSERT(memcmp(frame.bytes, can, 7) == 0);
}

SELFTEST(link_types_of_devices)
{
	enum frame_header header;

	CU_ASSERT_EQUAL(frame_link_type(772, &header), PACKET_LINK_ETHERNET);
	CU_ASSERT_EQUAL(header, FRAME_AS_IT_IS);
	CU_ASSERT_EQUAL(frame_link_type(0xfffe, &header), PACKET_LINK_RAW);
	CU_ASSERT_EQUAL(header, FRAME_AS_IT_IS);
	CU_ASSERT_EQUAL(frame_link_type(824, &header), PACKET_LINK_NETLINK);
	CU_ASSERT_EQUAL(header, FRAME_COOKED);
	CU_ASSERT_EQUAL(frame_link_type(512, &header), PACKET_LINK_LINUX_SLL2);
	CU_ASSERT_EQUAL(header, FRAME_COOKED2);
}

/* Whether an expression can be asked of the kernel, which has no cooked header. */
static bool uncooks(const char *expression)
{
	struct bpf_program program;
	char error[256];
	bool good;

	if (!filter_compile(&program, expression, PACKET_LINK_LINUX_SLL2, error, sizeof(error)))
		return false;
	good = attach_uncook(&program, FRAME_COOKED2);
	for (unsigned int i = 0; good && i < program.bf_len; i++) {
		const struct bpf_insn *instruction = &program.bf_insns[i];

		/* Extensions are at -0x1000 and up; nothing else may be so far away. */
		if (BPF_CLASS(instruction->code) == BPF_LD &&
		    BPF_MODE(instruction->code) == BPF_ABS && instruction->k >= 0x10000)
			good = instruction->k >= 0xfffff000;
	}
	pcap_freecode(&program);
	return good;
}

SELFTEST(filters_of_cooked_packets)
{
	CU_ASSERT(uncooks("ip"));
	CU_ASSERT(uncooks("udp port 53"));
	CU_ASSERT(uncooks("ifindex 3 and tcp[13] & 2 != 0"));
	CU_ASSERT(uncooks("inbound"));
	CU_ASSERT_FALSE(uncooks("len > 100"));
	CU_ASSERT_FALSE(uncooks("ether[12] = 2"));
}
