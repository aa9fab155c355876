/* SPDX-License-Identifier: MIT */
/* Frames of up to 2048 bytes: CAN XL. */
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/can/can_help.h"

#include "harness/case.h"

/* <linux/can.h> and <linux/can/raw.h> of 6.2 and 6.9, for older headers. */
enum {
	XL_FRAMES = 7,	  /* CAN_RAW_XL_FRAMES */
	XL_VCID_OPTS = 8, /* CAN_RAW_XL_VCID_OPTS */
	XL_MARK = 0x80,	  /* CANXL_XLF */
	XL_SEC = 0x01,	  /* CANXL_SEC */
	XL_MOST = 2048,	  /* CANXL_MAX_DLEN */
	XL_HEADER = 12,	  /* CANXL_HDR_SIZE */
	XL_MTU = XL_HEADER + XL_MOST,
	VCID_SET = 1,
	VCID_PASS = 2,
	VCID_FILTER = 4,
	VCID_SHIFT = 16,
};

struct xl_frame {
	uint32_t prio;
	uint8_t flags, sdt;
	uint16_t len;
	uint32_t af;
	uint8_t data[XL_MOST];
};

struct vcid_options {
	uint8_t flags, tx_vcid, rx_vcid, rx_vcid_mask;
};

static struct xl_frame xl_frame_of(uint32_t prio, uint16_t length)
{
	struct xl_frame frame = {
		.prio = prio, .flags = XL_MARK, .sdt = 3, .len = length, .af = 0x11223344};

	for (unsigned int i = 0; i < length && i < XL_MOST; i++)
		frame.data[i] = (uint8_t)(i * 7);
	return frame;
}

/* Makes the bus one for CAN XL. */
static void xl_bus(void)
{
	SETUP(can_link_here("vcan0", false));
	SETUP(can_mtu_here("vcan0", XL_MTU));
	SETUP(can_link_here("vcan0", true));
}
#define xl_bus() (CALLS_HERE, xl_bus())

static int xl_socket(void)
{
	int fd = can_raw_at(EXPECT_SETUP_AT("xl_socket()"), VCAN0);

	SETUP(set_int_here(fd, SOL_CAN_RAW, XL_FRAMES, 1));
	return fd;
}
#define xl_socket() (CALLS_HERE, xl_socket())

struct length_row {
	struct variant variant;
	uint16_t length;
};

static const struct length_row lengths[] = {
	{{"1", NULL}, 1}, {{"64", NULL}, 64}, {{"1500", NULL}, 1500}, {{"2048", NULL}, XL_MOST}};

/*
 * Nearly an Ethernet.
 *
 * CAN XL carries up to 2048 bytes, any number of them, so that a frame at the socket is only
 * as long as its data: 12 bytes of header and what follows. The 11 bits of the identifier are
 * priority only (`prio`); what the frame is about moved into the acceptance field (`af`) and
 * the type (`sdt`). `CANXL_XLF` is in every frame: it stands where the length of the older
 * structures does, and no length of theirs has that bit.
 */
CASE(long_frames,
     .claim = "with CAN_RAW_XL_FRAMES frames of 1 to 2048 bytes are sent and received, with only "
	      "the "
	      "bytes that they have",
     .level = LINUX, .spec = "<linux/can.h> struct canxl_frame; net/can/raw.c", .topology = "can",
     .needs = "can_raw can_xl", .tags = "can xl", .VARIANTS(lengths))
{
	struct xl_frame frame = xl_frame_of(0x123, VARIANT(struct length_row)->length), got;
	int writer, reader;

	xl_bus();
	writer = xl_socket();
	reader = xl_socket();
	frame.flags |= XL_SEC;
	memset(&got, 0xa5, sizeof(got));
	EXPECT_EQ(send(writer, &frame, XL_HEADER + frame.len, 0), XL_HEADER + frame.len);
	EXPECT_EQ(can_read(reader, WHOLE(got)), XL_HEADER + frame.len);
	EXPECT_MEMEQ(&got, &frame, XL_HEADER + frame.len);
}

/* All three kinds on one bus, each to those who know it. */
CASE(three_kinds,
     .claim =
	     "CAN_RAW_XL_FRAMES brings the other two kinds along; a socket without it does not get "
	     "CAN XL and fails with EINVAL to send it",
     .level = OBSERVED, .spec = "net/can/raw.c CAN_RAW_XL_FRAMES", .topology = "can",
     .needs = "can_raw can_xl", .tags = "can xl errno")
{
	struct xl_frame frame = xl_frame_of(0x100, 100), got;
	struct canfd_frame longer = {.can_id = 0x101, .len = 12};
	int writer, reader, classical;

	xl_bus();
	writer = xl_socket();
	reader = xl_socket();
	classical = can_raw(VCAN0);
	EXPECT_EQ(get_int(reader, SOL_CAN_RAW, XL_FRAMES), 1);
	EXPECT_EQ(get_int(classical, SOL_CAN_RAW, XL_FRAMES), 0);
	EXPECT_EQ(get_int(reader, SOL_CAN_RAW, CAN_RAW_FD_FRAMES), 1);
	EXPECT_ERR(set_int(reader, SOL_CAN_RAW, CAN_RAW_FD_FRAMES, 0), EINVAL);
	EXPECT_ERR(send(classical, &frame, XL_HEADER + frame.len, 0), EINVAL);
	EXPECT_EQ(send(writer, &frame, XL_HEADER + frame.len, 0), XL_HEADER + frame.len);
	EXPECT_EQ(write(writer, WHOLE(longer)), CANFD_MTU);
	can_put(writer, 0x102, "classic");
	EXPECT_EQ(can_read(reader, WHOLE(got)), XL_HEADER + frame.len);
	EXPECT_EQ(got.prio, 0x100);
	EXPECT_EQ(can_read(reader, WHOLE(got)), CANFD_MTU);
	EXPECT_EQ(got.prio, 0x101);
	EXPECT_FRAME(reader, 0x102, "classic");
	EXPECT_FRAME(classical, 0x102, "classic");
}

struct wrong_row {
	struct variant variant;
	size_t size;
	uint8_t flags;
	uint16_t len;
};

static const struct wrong_row wrongs[] = {
	{{"without_the_mark", NULL}, XL_HEADER + 100, 0, 100},
	{{"no_data", NULL}, XL_HEADER, XL_MARK, 0},
	{{"less_than_it_says", NULL}, XL_HEADER + 99, XL_MARK, 100},
	{{"more_than_it_says", NULL}, XL_HEADER + 101, XL_MARK, 100},
};

/* A frame says how long it is, and has to be that long. */
CASE(wrong_frames,
     .claim = "a frame without CANXL_XLF, without data or of another length than it says is EINVAL",
     .level = LINUX, .spec = "include/linux/can/skb.h can_is_canxl_skb()", .topology = "can",
     .needs = "can_raw can_xl", .tags = "can xl errno", .VARIANTS(wrongs))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	struct xl_frame frame = xl_frame_of(0x123, row->len), right = xl_frame_of(0x124, 100), got;
	int writer, reader;

	xl_bus();
	writer = xl_socket();
	reader = xl_socket();
	frame.flags = row->flags;
	EXPECT_ERR(send(writer, &frame, row->size, 0), EINVAL);
	EXPECT_EQ(send(writer, &right, XL_HEADER + right.len, 0), XL_HEADER + right.len);
	EXPECT_EQ(can_read(reader, WHOLE(got)), XL_HEADER + right.len);
	EXPECT_EQ(got.prio, 0x124);
}

/*
 * Networks on one bus.
 *
 * As VLANs divide an Ethernet, an 8-bit number (VCID) divides a bus of CAN XL. It stands in
 * bits 16 to 23 of `prio`. A socket can have the kernel put one in, pass its own, and filter
 * what it receives.
 */
CASE(virtual_networks,
     .claim = "CAN_RAW_XL_VCID_OPTS puts a number of a virtual network into what is sent, and lets "
	      "only that in",
     .level = LINUX,
     .spec = "Documentation/networking/can.rst; <linux/can/raw.h> can_raw_vcid_options",
     .topology = "can", .needs = "can_raw can_xl can_vcid", .tags = "can xl option")
{
	static const struct vcid_options set = {VCID_SET, 0x42, 0, 0}, pass = {VCID_PASS, 0, 0, 0},
					 only = {VCID_FILTER, 0, 0x43, 0xff};
	struct xl_frame frame = xl_frame_of(0x123, 10), got;
	int writer, reader, all;
	struct vcid_options read = {9, 9, 9, 9};
	socklen_t length = sizeof(read);

	xl_bus();
	writer = xl_socket();
	reader = xl_socket();
	all = xl_socket();
	EXPECT_OK(setsockopt(all, SOL_CAN_RAW, XL_VCID_OPTS,
			     &(struct vcid_options){VCID_FILTER, 0, 0, 0}, sizeof(set)));
	EXPECT_OK(setsockopt(writer, SOL_CAN_RAW, XL_VCID_OPTS, &set, sizeof(set)));
	EXPECT_OK(setsockopt(reader, SOL_CAN_RAW, XL_VCID_OPTS, &only, sizeof(only)));
	EXPECT_OK(getsockopt(reader, SOL_CAN_RAW, XL_VCID_OPTS, &read, &length));
	EXPECT_EQ(length, sizeof(read));
	EXPECT_MEMEQ(&read, &only, sizeof(read));
	EXPECT_EQ(send(writer, &frame, XL_HEADER + frame.len, 0), XL_HEADER + frame.len);
	EXPECT_EQ(can_read(all, WHOLE(got)), XL_HEADER + frame.len);
	EXPECT_EQ(got.prio, (0x42U << VCID_SHIFT) | 0x123);

	EXPECT_OK(setsockopt(writer, SOL_CAN_RAW, XL_VCID_OPTS, &pass, sizeof(pass)));
	frame.prio = (0x43U << VCID_SHIFT) | 0x124;
	EXPECT_EQ(send(writer, &frame, XL_HEADER + frame.len, 0), XL_HEADER + frame.len);
	EXPECT_EQ(can_read(reader, WHOLE(got)), XL_HEADER + frame.len);
	EXPECT_EQ(got.prio, (0x43U << VCID_SHIFT) | 0x124);
}
