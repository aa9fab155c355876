/* SPDX-License-Identifier: MIT */
/* The broadcast manager (CAN_BCM) listens, and tells only what is new. */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/can/bcm_help.h"

#include "harness/case.h"

#define BCM_SPEC "Documentation/networking/can.rst Broadcast Manager Protocol Sockets"

/* A subscription to an identifier. */
static struct bcm_message subscription(canid_t id, uint32_t flags)
{
	return (struct bcm_message){.head = {.opcode = RX_SETUP, .flags = flags, .can_id = id}};
}

/* The next message is RX_CHANGED, with a frame of these bytes. */
#define EXPECT_CHANGED(fd, id, text) (CALLS_HERE, expect_changed_here(fd, id, text))
static void expect_changed_here(int fd, canid_t id, const char *text)
{
	struct bcm_message got = expect_bcm_here(fd, RX_CHANGED, id);

	EXPECT_EQ(got.head.nframes, 1);
	EXPECT_EQ(got.frame[0].can_id, id);
	EXPECT_EQ(got.frame[0].len, strlen(text));
	EXPECT_MEMEQ(got.frame[0].data, text, strlen(text));
}

/* Without a mask every frame with the identifier is told. */
CASE(by_identifier,
     .claim = "RX_SETUP with RX_FILTER_ID tells each frame with the identifier as RX_CHANGED; "
	      "RX_DELETE ends that",
     .level = LINUX, .spec = BCM_SPEC " RX_FILTER_ID", .topology = "can", .needs = "can_bcm",
     .tags = "can bcm")
{
	struct bcm_message setup = subscription(0x123, RX_FILTER_ID);
	struct bcm_message stop = {.head = {.opcode = RX_DELETE, .can_id = 0x123}};
	struct bcm_message other = subscription(0x125, RX_FILTER_ID);
	int manager = bcm_socket(VCAN0), writer = can_raw(VCAN0);

	EXPECT_EQ(write(manager, BCM(setup)), sizeof(setup.head));
	can_put(writer, 0x122, "no");
	can_put(writer, 0x123, "yes");
	can_put(writer, 0x123, "yes");
	EXPECT_CHANGED(manager, 0x123, "yes");
	EXPECT_CHANGED(manager, 0x123, "yes");
	EXPECT_EQ(write(manager, BCM(stop)), sizeof(stop.head));
	EXPECT_OK(write(manager, BCM(other)));
	can_put(writer, 0x123, "over");
	can_put(writer, 0x125, "other");
	EXPECT_CHANGED(manager, 0x125, "other");
	EXPECT_ERR(write(manager, BCM(stop)), EINVAL);
}

/*
 * Only what is new.
 *
 * Most frames say what the last one said. The frame in `RX_SETUP` is a mask of the bits of the
 * data that matter: the program is told when one of them changes, and sleeps otherwise.
 */
CASE(by_content,
     .claim =
	     "a frame in RX_SETUP is a mask: RX_CHANGED comes for the first frame, and then when a "
	     "bit of the mask changes",
     .level = LINUX, .spec = BCM_SPEC, .topology = "can", .needs = "can_bcm",
     .tags = "can bcm filter")
{
	struct bcm_message setup = subscription(0x123, 0);
	int manager = bcm_socket(VCAN0), writer = can_raw(VCAN0);

	setup.head.nframes = 1;
	setup.frame[0] = can_frame_of(0, "\xff\x0f");
	EXPECT_OK(write(manager, BCM(setup)));
	can_put(writer, 0x123, "a1-");
	can_put(writer, 0x123, "a1-"); /* the same */
	can_put(writer, 0x123, "aA+"); /* 0x31 and 0x41 differ outside the mask, and so does + */
	can_put(writer, 0x123, "a2-");
	can_put(writer, 0x123, "b2-");
	EXPECT_CHANGED(manager, 0x123, "a1-");
	EXPECT_CHANGED(manager, 0x123, "a2-");
	EXPECT_CHANGED(manager, 0x123, "b2-");
}

/* The length is content too, if asked for. */
CASE(by_length, .claim = "with RX_CHECK_DLC a change of the length is told, without it is not",
     .level = LINUX, .spec = BCM_SPEC " RX_CHECK_DLC", .topology = "can", .needs = "can_bcm",
     .tags = "can bcm filter")
{
	struct bcm_message setup = subscription(0x123, 0), checked;
	int manager = bcm_socket(VCAN0), writer = can_raw(VCAN0);

	setup.head.nframes = 1;
	setup.frame[0] = can_frame_of(0, "\xff");
	checked = setup;
	checked.head.can_id = 0x124;
	checked.head.flags = RX_CHECK_DLC;
	EXPECT_OK(write(manager, BCM(setup)));
	EXPECT_OK(write(manager, BCM(checked)));
	for (int i = 0; i < 2; i++) {
		can_put(writer, 0x123 + (canid_t)i, "x");
		can_put(writer, 0x123 + (canid_t)i, "xy");
	}
	EXPECT_CHANGED(manager, 0x123, "x");
	EXPECT_CHANGED(manager, 0x124, "x");
	EXPECT_CHANGED(manager, 0x124, "xy");
}

/*
 * When somebody falls silent.
 *
 * The absence of a frame that should come every 100 ms is news, often the most important.
 * `ival1` is the longest silence: after it comes one `RX_TIMEOUT`, and the next only after
 * another frame.
 */
CASE(silence,
     .claim = "RX_TIMEOUT comes when no frame came for ival1, from STARTTIMER on and again after a "
	      "frame",
     .level = LINUX, .spec = BCM_SPEC " Receive Filter Timers", .topology = "can",
     .needs = "can_bcm", .tags = "can bcm timer", .waits = true)
{
	struct bcm_message setup = subscription(0x123, RX_FILTER_ID | SETTIMER | STARTTIMER), got;
	int manager = bcm_socket(VCAN0), writer = can_raw(VCAN0);
	int64_t start = clock_ms();

	setup.head.ival1 = bcm_ms(60);
	EXPECT_OK(write(manager, BCM(setup)));
	got = EXPECT_BCM(manager, RX_TIMEOUT, 0x123);
	EXPECT_EQ(got.head.nframes, 0);
	EXPECT_BETWEEN(clock_ms() - start, 59, 2000);
	EXPECT_EQ(wait_for(manager, POLLIN, 120), 0);

	start = clock_ms();
	can_put(writer, 0x123, "alive");
	EXPECT_CHANGED(manager, 0x123, "alive");
	EXPECT_BCM(manager, RX_TIMEOUT, 0x123);
	EXPECT_BETWEEN(clock_ms() - start, 59, 2000);
}

/* The timer starts by itself with a frame; RX_NO_AUTOTIMER leaves it alone. */
CASE(no_automatic_timer,
     .claim = "with RX_NO_AUTOTIMER a frame does not start the timer of the timeout",
     .level = LINUX, .spec = BCM_SPEC " RX_NO_AUTOTIMER", .topology = "can", .needs = "can_bcm",
     .tags = "can bcm timer", .waits = true)
{
	struct bcm_message with = subscription(0x123, RX_FILTER_ID | SETTIMER);
	struct bcm_message without = subscription(0x124, RX_FILTER_ID | SETTIMER | RX_NO_AUTOTIMER);
	int manager = bcm_socket(VCAN0), writer = can_raw(VCAN0);

	with.head.ival1 = bcm_ms(80);
	without.head.ival1 = bcm_ms(40);
	EXPECT_OK(write(manager, BCM(with)));
	EXPECT_OK(write(manager, BCM(without)));
	can_put(writer, 0x124, "without");
	can_put(writer, 0x123, "with");
	EXPECT_CHANGED(manager, 0x124, "without");
	EXPECT_CHANGED(manager, 0x123, "with");
	EXPECT_BCM(manager, RX_TIMEOUT, 0x123);
	EXPECT_EQ(wait_for(manager, POLLIN, 60), 0);
}

/*
 * Back again.
 *
 * After a timeout the next frame may say what the last one did, and would then be no news.
 * With `RX_ANNOUNCE_RESUME` it is told nevertheless.
 */
CASE(resume,
     .claim = "with RX_ANNOUNCE_RESUME the first frame after a timeout is told though its content "
	      "is "
	      "the same",
     .level = LINUX, .spec = BCM_SPEC " RX_ANNOUNCE_RESUME", .topology = "can", .needs = "can_bcm",
     .tags = "can bcm timer", .waits = true)
{
	struct bcm_message setup = subscription(0x123, SETTIMER);
	int manager = bcm_socket(VCAN0), writer = can_raw(VCAN0);

	setup.head.nframes = 1;
	setup.head.ival1 = bcm_ms(40);
	setup.frame[0] = can_frame_of(0, "\xff");
	EXPECT_OK(write(manager, BCM(setup)));
	can_put(writer, 0x123, "same");
	EXPECT_CHANGED(manager, 0x123, "same");
	EXPECT_BCM(manager, RX_TIMEOUT, 0x123);
	can_put(writer, 0x123, "same");
	EXPECT_BCM(manager, RX_TIMEOUT, 0x123);

	/* Set up again, it has no last content: the first frame is new in any case. */
	setup.head.flags = SETTIMER | RX_ANNOUNCE_RESUME;
	EXPECT_OK(write(manager, BCM(setup)));
	can_put(writer, 0x123, "same");
	EXPECT_CHANGED(manager, 0x123, "same");
	EXPECT_BCM(manager, RX_TIMEOUT, 0x123);
	can_put(writer, 0x123, "same");
	EXPECT_CHANGED(manager, 0x123, "same");
}

/* Not so often: ival2 is the shortest time between two messages, the last of which counts. */
CASE(throttled,
     .claim = "within ival2 of a RX_CHANGED there is no other; then the last content is told",
     .level = LINUX, .spec = BCM_SPEC " Receive Filter Timers", .topology = "can",
     .needs = "can_bcm", .tags = "can bcm timer", .waits = true)
{
	struct bcm_message setup = subscription(0x123, SETTIMER);
	int manager = bcm_socket(VCAN0), writer = can_raw(VCAN0);
	int64_t start;

	setup.head.nframes = 1;
	/* Long enough for a slow machine to send the three frames within it. */
	setup.head.ival2 = bcm_ms(400);
	setup.frame[0] = can_frame_of(0, "\xff");
	EXPECT_OK(write(manager, BCM(setup)));
	start = clock_ms();
	can_put(writer, 0x123, "1");
	can_put(writer, 0x123, "2");
	can_put(writer, 0x123, "3");
	EXPECT_CHANGED(manager, 0x123, "1");
	EXPECT_CHANGED(manager, 0x123, "3");
	EXPECT_GE(clock_ms() - start, 399);
	EXPECT_EQ(wait_for(manager, POLLIN, 480), 0);
}

/*
 * Several messages under one identifier.
 *
 * The first byte often says which of several the frame is. The first frame of `RX_SETUP` is
 * then the mask of that selector, each of the others a value of it with the mask of its data.
 */
CASE(multiplexed,
     .claim = "with several frames in RX_SETUP the first selects, and each of the others has "
	      "content "
	      "of its own",
     .level = LINUX, .spec = BCM_SPEC " Multiplex Message Receive Filter", .topology = "can",
     .needs = "can_bcm", .tags = "can bcm filter")
{
	struct bcm_message setup = subscription(0x123, 0);
	int manager = bcm_socket(VCAN0), writer = can_raw(VCAN0);

	setup.head.nframes = 3;
	setup.frame[0] = can_frame_of(0, "\xff");
	setup.frame[1] = can_frame_of(0, "A\xff");
	setup.frame[2] = can_frame_of(0, "B\xff");
	EXPECT_OK(write(manager, BCM(setup)));
	can_put(writer, 0x123, "A1");
	can_put(writer, 0x123, "B1");
	can_put(writer, 0x123, "A1");
	can_put(writer, 0x123, "C1");
	can_put(writer, 0x123, "B2");
	EXPECT_CHANGED(manager, 0x123, "A1");
	EXPECT_CHANGED(manager, 0x123, "B1");
	EXPECT_CHANGED(manager, 0x123, "B2");
}

/* Answering a request (RTR) without a program that wakes up. */
CASE(answer,
     .claim = "with RX_RTR_FRAME the manager answers a remote request with the frame that it was "
	      "given",
     .level = LINUX, .spec = BCM_SPEC " RX_RTR_FRAME", .topology = "can", .needs = "can_bcm",
     .tags = "can bcm")
{
	struct bcm_message setup = subscription(CAN_RTR_FLAG | 0x123, RX_RTR_FRAME);
	int manager = bcm_socket(VCAN0), asker = can_raw(VCAN0);

	setup.head.nframes = 1;
	setup.frame[0] = can_frame_of(0x123, "answer");
	EXPECT_OK(write(manager, BCM(setup)));
	can_put(asker, CAN_RTR_FLAG | 0x123, "");
	EXPECT_FRAME(asker, 0x123, "answer");
}

/* What is it waiting for? */
CASE(status, .claim = "RX_READ gives a RX_STATUS with the intervals and the masks", .level = LINUX,
     .spec = BCM_SPEC, .topology = "can", .needs = "can_bcm", .tags = "can bcm")
{
	struct bcm_message setup = subscription(0x123, SETTIMER), status;
	struct bcm_message ask = {.head = {.opcode = RX_READ, .can_id = 0x123}};
	int manager = bcm_socket(VCAN0);

	setup.head.nframes = 1;
	setup.head.ival1 = bcm_ms(3050);
	setup.head.ival2 = bcm_ms(20);
	setup.frame[0] = can_frame_of(0, "\xff\x0f");
	EXPECT_OK(write(manager, BCM(setup)));
	EXPECT_EQ(write(manager, BCM(ask)), sizeof(ask.head));
	status = EXPECT_BCM(manager, RX_STATUS, 0x123);
	EXPECT_EQ(status.head.flags & SETTIMER, SETTIMER);
	EXPECT_EQ(status.head.ival1.tv_sec, 3);
	EXPECT_EQ(status.head.ival1.tv_usec, 50000);
	EXPECT_EQ(status.head.ival2.tv_usec, 20000);
	EXPECT_EQ(status.head.nframes, 1);
	EXPECT_MEMEQ(status.frame[0].data, setup.frame[0].data, CAN_MAX_DLEN);
}

/* A subscription for every bus: recvfrom() says on which a frame came. */
CASE(every_bus,
     .claim = "a socket connected to interface 0 gets the frames of every bus, with its index as "
	      "the "
	      "address",
     .level = LINUX, .spec = BCM_SPEC, .topology = "can", .needs = "can_bcm", .tags = "can bcm")
{
	struct bcm_message setup = subscription(0x123, RX_FILTER_ID), got;
	int manager = bcm_socket(0), writers[2] = {can_raw(VCAN0), can_raw(VCAN1)};

	EXPECT_OK(write(manager, BCM(setup)));
	for (int i = 0; i < 2; i++) {
		struct sockaddr_can from;
		socklen_t length = sizeof(from);

		memset(&from, 0xa5, sizeof(from));
		can_put(writers[i], 0x123, "where");
		EXPECT_EQ(wait_for(manager, POLLIN, SOON_MS), POLLIN);
		EXPECT_EQ(recvfrom(manager, WHOLE(got), 0, (struct sockaddr *)&from, &length),
			  sizeof(got.head) + CAN_MTU);
		EXPECT_EQ(from.can_family, AF_CAN);
		EXPECT_EQ(from.can_ifindex, VCAN0 + i);
		EXPECT_EQ(got.head.opcode, RX_CHANGED);
	}
}

/* A bus that goes off is told to the manager's sockets as to others. */
CASE(goes_down, .claim = "when the interface goes down the socket gets ENETDOWN", .level = OBSERVED,
     .spec = "net/can/bcm.c bcm_notify()", .topology = "can", .needs = "can_bcm",
     .tags = "can bcm errno")
{
	struct bcm_message setup = subscription(0x123, RX_FILTER_ID), got;
	int manager = bcm_socket(VCAN0), writer;

	EXPECT_OK(write(manager, BCM(setup)));
	SETUP(can_link("vcan0", false));
	EXPECT_EQ(wait_for(manager, POLLIN, SOON_MS) & POLLERR, POLLERR);
	EXPECT_ERR(read(manager, WHOLE(got)), ENETDOWN);
	SETUP(can_link("vcan0", true));
	writer = can_raw(VCAN0);
	can_put(writer, 0x123, "again");
	EXPECT_CHANGED(manager, 0x123, "again");
}
