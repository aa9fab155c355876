/* SPDX-License-Identifier: MIT */
/* Frames that tell of trouble on the bus: CAN_RAW_ERR_FILTER. */
#include <linux/can/error.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/can/can_help.h"

#include "harness/case.h"

#ifndef CAN_ERR_CNT
#define CAN_ERR_CNT 0x00000200U /* of 6.0 */
#endif

struct class_row {
	struct variant variant;
	uint32_t mask; /* what is asked for */
	uint32_t class, other;
};

static const struct class_row classes[] = {
	{{"timeout", NULL}, CAN_ERR_TX_TIMEOUT, CAN_ERR_TX_TIMEOUT, CAN_ERR_BUSOFF},
	{{"arbitration_lost", NULL}, CAN_ERR_LOSTARB, CAN_ERR_LOSTARB, CAN_ERR_ACK},
	{{"controller", NULL}, CAN_ERR_CRTL, CAN_ERR_CRTL, CAN_ERR_PROT},
	{{"protocol", NULL}, CAN_ERR_PROT, CAN_ERR_PROT, CAN_ERR_TRX},
	{{"transceiver", NULL}, CAN_ERR_TRX, CAN_ERR_TRX, CAN_ERR_PROT},
	{{"no_acknowledgement", NULL}, CAN_ERR_ACK, CAN_ERR_ACK, CAN_ERR_BUSERROR},
	{{"bus_off", NULL}, CAN_ERR_BUSOFF, CAN_ERR_BUSOFF, CAN_ERR_RESTARTED},
	{{"bus_error", NULL}, CAN_ERR_BUSERROR, CAN_ERR_BUSERROR, CAN_ERR_CRTL},
	{{"restarted", NULL}, CAN_ERR_RESTARTED, CAN_ERR_RESTARTED, CAN_ERR_BUSOFF},
	{{"counters", NULL}, CAN_ERR_CNT, CAN_ERR_CNT, CAN_ERR_RESTARTED},
	{{"one_of_two", NULL}, CAN_ERR_BUSOFF | CAN_ERR_RESTARTED, CAN_ERR_RESTARTED, CAN_ERR_ACK},
};

/*
 * Trouble comes as frames.
 *
 * A controller that meets an error on the bus tells of it in a frame of a special kind: with
 * `CAN_ERR_FLAG`, the classes of errors as the bits of its identifier, and details in its 8
 * bytes. Nobody gets them without asking: `CAN_RAW_ERR_FILTER` is a mask of the classes that
 * the socket wants. (A virtual bus never has an error; here a program writes the frame.)
 */
CASE(classes_asked_for,
     .claim = "with CAN_RAW_ERR_FILTER a socket gets the error frames of the classes in the mask "
	      "and "
	      "of no other",
     .level = LINUX,
     .spec = "Documentation/networking/can.rst RAW socket option CAN_RAW_ERR_FILTER; "
	     "<linux/can/error.h>",
     .topology = "can", .needs = "can_raw", .tags = "can error", .VARIANTS(classes))
{
	const struct class_row *row = VARIANT(struct class_row);
	int controller = can_raw(VCAN0), fd = can_raw(VCAN0);
	can_err_mask_t mask = row->mask, read = 0xa5a5a5a5;
	socklen_t length = sizeof(read);

	EXPECT_OK(setsockopt(fd, SOL_CAN_RAW, CAN_RAW_ERR_FILTER, &mask, sizeof(mask)));
	EXPECT_OK(getsockopt(fd, SOL_CAN_RAW, CAN_RAW_ERR_FILTER, &read, &length));
	EXPECT_EQ(length, sizeof(read));
	EXPECT_EQ(read, mask);
	can_put(controller, CAN_ERR_FLAG | row->other, "other");
	can_put(controller, CAN_ERR_FLAG | row->class, "class");
	EXPECT_FRAME(fd, CAN_ERR_FLAG | row->class, "class");
}

/* Without asking there are none; CAN_ERR_MASK is all of them. */
CASE(default_none,
     .claim = "a new socket gets no error frames; with CAN_ERR_MASK it gets all, beside the others",
     .level = LINUX,
     .spec = "Documentation/networking/can.rst RAW Socket Option CAN_RAW_ERR_FILTER",
     .topology = "can", .needs = "can_raw", .tags = "can error")
{
	int controller = can_raw(VCAN0), fd = can_raw(VCAN0);
	can_err_mask_t all = CAN_ERR_MASK, read = 0xa5a5a5a5;
	socklen_t length = sizeof(read);

	EXPECT_OK(getsockopt(fd, SOL_CAN_RAW, CAN_RAW_ERR_FILTER, &read, &length));
	EXPECT_EQ(read, 0);
	can_put(controller, CAN_ERR_FLAG | CAN_ERR_BUSOFF, "unasked");
	can_put(controller, 0x123, "data");
	EXPECT_FRAME(fd, 0x123, "data");

	EXPECT_OK(setsockopt(fd, SOL_CAN_RAW, CAN_RAW_ERR_FILTER, &all, sizeof(all)));
	can_put(controller, CAN_ERR_FLAG | CAN_ERR_BUSOFF, "bus off");
	can_put(controller, CAN_ERR_FLAG | CAN_ERR_ACK, "no ack");
	can_put(controller, 0x123, "data");
	EXPECT_FRAME(fd, CAN_ERR_FLAG | CAN_ERR_BUSOFF, "bus off");
	EXPECT_FRAME(fd, CAN_ERR_FLAG | CAN_ERR_ACK, "no ack");
	EXPECT_FRAME(fd, 0x123, "data");
}

/* The mask is of classes only: the flags above them are cut off. */
CASE(mask_is_cut, .claim = "CAN_RAW_ERR_FILTER keeps only the bits of CAN_ERR_MASK",
     .level = OBSERVED, .spec = "net/can/raw.c raw_setsockopt()", .topology = "can",
     .needs = "can_raw", .tags = "can error option")
{
	can_err_mask_t mask = 0xffffffff, read = 0;
	int fd = can_raw(VCAN0);
	socklen_t length = sizeof(read);

	EXPECT_OK(setsockopt(fd, SOL_CAN_RAW, CAN_RAW_ERR_FILTER, &mask, sizeof(mask)));
	EXPECT_OK(getsockopt(fd, SOL_CAN_RAW, CAN_RAW_ERR_FILTER, &read, &length));
	EXPECT_EQ(read, CAN_ERR_MASK);
}

/* The other way: a filter with CAN_ERR_FLAG in its mask is one for error frames. */
CASE(by_filter,
     .claim = "a filter with CAN_ERR_FLAG in its mask asks for error frames of the classes in the "
	      "mask",
     .level = LINUX, .spec = "<linux/can.h> struct can_filter", .topology = "can",
     .needs = "can_raw", .tags = "can error filter")
{
	static const struct can_filter filter = {0, CAN_ERR_FLAG | CAN_ERR_ACK};
	int controller = can_raw(VCAN0), fd = can_raw(VCAN0);

	EXPECT_OK(setsockopt(fd, SOL_CAN_RAW, CAN_RAW_FILTER, &filter, sizeof(filter)));
	can_put(controller, 0x123, "data");
	can_put(controller, CAN_ERR_FLAG | CAN_ERR_BUSOFF, "other");
	can_put(controller, CAN_ERR_FLAG | CAN_ERR_ACK, "no ack");
	EXPECT_FRAME(fd, CAN_ERR_FLAG | CAN_ERR_ACK, "no ack");
}
