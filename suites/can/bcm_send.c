/* SPDX-License-Identifier: MIT */
/* The broadcast manager (CAN_BCM) sends: once, or again and again. */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/can/bcm_help.h"

#include "harness/case.h"

#define BCM_SPEC "Documentation/networking/can.rst Broadcast Manager Protocol Sockets"

/* A task that sends these frames for ever. */
static struct bcm_message task(canid_t id, long interval_ms, const char *text)
{
	return (struct bcm_message){.head = {.opcode = TX_SETUP,
					     .flags = SETTIMER | STARTTIMER,
					     .ival2 = bcm_ms(interval_ms),
					     .can_id = id,
					     .nframes = 1},
				    .frame = {can_frame_of(id, text)}};
}

/*
 * The kernel keeps the beat.
 *
 * A node on a bus often has to say the same thing every 10 or 100 ms, on the beat, so that
 * others notice when it is gone. A program would be late whenever something else runs; the
 * kernel is given the frame and the interval (`TX_SETUP`), and sends by its own timer until it
 * is told to stop.
 */
CASE(cyclic,
     .claim = "TX_SETUP with SETTIMER and STARTTIMER sends a frame at once and then at every "
	      "interval; TX_DELETE ends that",
     .level = LINUX, .spec = BCM_SPEC, .topology = "can", .needs = "can_bcm",
     .tags = "can bcm timer", .waits = true)
{
	struct bcm_message setup = task(0x123, 20, "beat");
	struct bcm_message stop = {.head = {.opcode = TX_DELETE, .can_id = 0x123}};
	int manager = bcm_socket(VCAN0), reader = can_raw(VCAN0), other = can_raw(VCAN0);
	struct can_frame got;
	int64_t start = clock_ms();

	EXPECT_EQ(write(manager, BCM(setup)), sizeof(setup.head) + CAN_MTU);
	for (int i = 0; i < 5; i++)
		EXPECT_FRAME(reader, 0x123, "beat");
	/* Four intervals, less the rounding of the clock. */
	EXPECT_BETWEEN(clock_ms() - start, 79, 2000);

	EXPECT_EQ(write(manager, BCM(stop)), sizeof(stop.head));
	can_put(other, 0x124, "silence");
	do
		REQUIRE_EQ(can_read(reader, WHOLE(got)), CAN_MTU);
	while (got.can_id == 0x123);
	EXPECT_EQ(got.can_id, 0x124);
	EXPECT_EQ(wait_for(reader, POLLIN, 60), 0);
	/* It is no more. */
	EXPECT_ERR(write(manager, BCM(stop)), EINVAL);
}

/*
 * So many and no more.
 *
 * `count` frames go at the first interval, whatever follows at the second; an interval of zero
 * is never. With `TX_COUNTEVT` the manager tells when the first part is over.
 */
CASE(counted,
     .claim = "`count` frames are sent at ival1, none after it when ival2 is 0, and TX_COUNTEVT "
	      "gives "
	      "a TX_EXPIRED",
     .level = LINUX, .spec = BCM_SPEC, .topology = "can", .needs = "can_bcm",
     .tags = "can bcm timer", .waits = true)
{
	struct bcm_message setup = task(0x123, 0, "three"), expired;
	int manager = bcm_socket(VCAN0), reader = can_raw(VCAN0);
	int64_t start = clock_ms();

	setup.head.flags |= TX_COUNTEVT;
	setup.head.count = 3;
	setup.head.ival1 = bcm_ms(20);
	EXPECT_OK(write(manager, BCM(setup)));
	expired = EXPECT_BCM(manager, TX_EXPIRED, 0x123);
	EXPECT_EQ(expired.head.nframes, 0);
	EXPECT_BETWEEN(clock_ms() - start, 39, 2000);
	for (int i = 0; i < 3; i++)
		EXPECT_FRAME(reader, 0x123, "three");
	EXPECT_EQ(wait_for(reader, POLLIN, 60), 0);
}

/* Fast at first, to be noticed, and then at leisure. */
CASE(two_intervals, .claim = "after `count` frames at ival1 the following come at ival2",
     .level = LINUX, .spec = BCM_SPEC, .topology = "can", .needs = "can_bcm",
     .tags = "can bcm timer", .waits = true)
{
	struct bcm_message setup = task(0x123, 80, "slower");
	int manager = bcm_socket(VCAN0), reader = can_raw(VCAN0);
	int64_t start = clock_ms();

	setup.head.count = 3;
	setup.head.ival1 = bcm_ms(10);
	EXPECT_OK(write(manager, BCM(setup)));
	for (int i = 0; i < 5; i++)
		EXPECT_FRAME(reader, 0x123, "slower");
	/* at 0, 10, 20, 100, 180 */
	EXPECT_BETWEEN(clock_ms() - start, 170, 2500);
}

/* One frame, now: as a raw socket would. */
CASE(once, .claim = "TX_SEND sends one frame; with no frame or two it is EINVAL", .level = LINUX,
     .spec = BCM_SPEC, .topology = "can", .needs = "can_bcm", .tags = "can bcm errno")
{
	struct bcm_message message = {
		.head = {.opcode = TX_SEND, .nframes = 1},
		.frame = {can_frame_of(0x123, "once"), can_frame_of(0x124, "twice")}};
	int manager = bcm_socket(VCAN0), reader = can_raw(VCAN0);

	message.head.nframes = 0;
	EXPECT_ERR(write(manager, BCM(message)), EINVAL);
	message.head.nframes = 2;
	EXPECT_ERR(write(manager, BCM(message)), EINVAL);
	message.head.nframes = 1;
	EXPECT_EQ(write(manager, BCM(message)), sizeof(message.head) + CAN_MTU);
	EXPECT_FRAME(reader, 0x123, "once");
}

/* What is it sending? */
CASE(status,
     .claim = "TX_READ gives a TX_STATUS with the intervals, the count and the frames of a task; "
	      "for "
	      "an identifier without a task it is EINVAL",
     .level = LINUX, .spec = BCM_SPEC, .topology = "can", .needs = "can_bcm",
     .tags = "can bcm errno")
{
	struct bcm_message setup = task(0x123, 4000, "status"), status;
	struct bcm_message ask = {.head = {.opcode = TX_READ, .can_id = 0x124}};
	int manager = bcm_socket(VCAN0);

	setup.head.flags = SETTIMER;
	setup.head.ival1 = bcm_ms(3050);
	setup.head.count = 7;
	EXPECT_OK(write(manager, BCM(setup)));
	EXPECT_ERR(write(manager, BCM(ask)), EINVAL);
	ask.head.can_id = 0x123;
	EXPECT_EQ(write(manager, BCM(ask)), sizeof(ask.head));
	status = EXPECT_BCM(manager, TX_STATUS, 0x123);
	EXPECT_EQ(status.head.flags & SETTIMER, SETTIMER);
	EXPECT_EQ(status.head.count, 7);
	EXPECT_EQ(status.head.ival1.tv_sec, 3);
	EXPECT_EQ(status.head.ival1.tv_usec, 50000);
	EXPECT_EQ(status.head.ival2.tv_sec, 4);
	EXPECT_EQ(status.head.ival2.tv_usec, 0);
	EXPECT_EQ(status.head.nframes, 1);
	EXPECT_MEMEQ(&status.frame[0], &setup.frame[0], CAN_MTU);
}

/*
 * New words, same beat.
 *
 * A second `TX_SETUP` for the same identifier replaces what is sent and leaves the timer alone,
 * unless it says otherwise; `TX_ANNOUNCE` has the new content sent at once.
 */
CASE(changed,
     .claim = "TX_SETUP without SETTIMER changes what a running task sends; with TX_ANNOUNCE at "
	      "once",
     .level = LINUX, .spec = BCM_SPEC, .topology = "can", .needs = "can_bcm",
     .tags = "can bcm timer")
{
	struct bcm_message setup = task(0x123, 60000, "old");
	int manager = bcm_socket(VCAN0), reader = can_raw(VCAN0);

	EXPECT_OK(write(manager, BCM(setup)));
	EXPECT_FRAME(reader, 0x123, "old");
	setup.head.flags = 0;
	setup.frame[0] = can_frame_of(0x123, "quiet");
	EXPECT_OK(write(manager, BCM(setup)));
	setup.head.flags = TX_ANNOUNCE;
	setup.frame[0] = can_frame_of(0x123, "new");
	EXPECT_OK(write(manager, BCM(setup)));
	/* For a minute that of the timer is not due: this is the announced one. */
	EXPECT_FRAME(reader, 0x123, "new");
}

/* The head's identifier for every frame, whatever stands in them. */
CASE(copied_identifier, .claim = "TX_CP_CAN_ID puts the identifier of the head into the frames",
     .level = LINUX, .spec = BCM_SPEC, .topology = "can", .needs = "can_bcm", .tags = "can bcm")
{
	struct bcm_message setup = task(0x123, 0, "whose");
	int manager = bcm_socket(VCAN0), reader = can_raw(VCAN0);

	setup.frame[0].can_id = 0x456;
	setup.head.flags = TX_ANNOUNCE;
	EXPECT_OK(write(manager, BCM(setup)));
	EXPECT_FRAME(reader, 0x456, "whose");
	setup.head.flags = TX_ANNOUNCE | TX_CP_CAN_ID;
	EXPECT_OK(write(manager, BCM(setup)));
	EXPECT_FRAME(reader, 0x123, "whose");
}

/*
 * In turns.
 *
 * A task may have several frames, which are sent in turns, one at each interval.
 * `TX_RESET_MULTI_IDX` begins with the first again.
 */
CASE(in_turns,
     .claim = "the frames of a task are sent in turns; TX_RESET_MULTI_IDX begins with the first",
     .level = LINUX, .spec = BCM_SPEC, .topology = "can", .needs = "can_bcm", .tags = "can bcm")
{
	struct bcm_message setup = task(0x123, 0, "first");
	int manager = bcm_socket(VCAN0), reader = can_raw(VCAN0);

	setup.head.nframes = 3;
	setup.frame[1] = can_frame_of(0x123, "second");
	setup.frame[2] = can_frame_of(0x123, "third");
	setup.head.flags = TX_ANNOUNCE;
	for (int i = 0; i < 2; i++)
		EXPECT_OK(write(manager, BCM(setup)));
	setup.head.flags = TX_ANNOUNCE | TX_RESET_MULTI_IDX;
	EXPECT_OK(write(manager, BCM(setup)));
	setup.head.flags = TX_ANNOUNCE;
	for (int i = 0; i < 3; i++)
		EXPECT_OK(write(manager, BCM(setup)));
	EXPECT_FRAME(reader, 0x123, "first");
	EXPECT_FRAME(reader, 0x123, "second");
	EXPECT_FRAME(reader, 0x123, "first");
	EXPECT_FRAME(reader, 0x123, "second");
	EXPECT_FRAME(reader, 0x123, "third");
	EXPECT_FRAME(reader, 0x123, "first");
}

/* CAN FD has a flag, because its frames have another size. */
CASE(long_frames, .claim = "with CAN_FD_FRAME the frames of a message are of CAN FD",
     .level = LINUX, .spec = "Documentation/networking/can.rst Broadcast Manager CAN FD Support",
     .topology = "can", .needs = "can_bcm", .tags = "can bcm fd errno")
{
	struct {
		struct bcm_head head;
		struct canfd_frame frame;
	} message = {.head = {.opcode = TX_SEND, .flags = 0, .nframes = 1},
		     .frame = {.can_id = 0x123, .len = 12, .data = "twelve bytes"}};
	int manager = bcm_socket(VCAN0), reader = can_raw(VCAN0);
	struct canfd_frame got;

	SETUP(set_int(reader, SOL_CAN_RAW, CAN_RAW_FD_FRAMES, 1));
	EXPECT_ERR(write(manager, WHOLE(message)), EINVAL);
	message.head.flags = CAN_FD_FRAME;
	EXPECT_EQ(write(manager, WHOLE(message)), sizeof(message));
	EXPECT_EQ(can_read(reader, WHOLE(got)), CANFD_MTU);
	EXPECT_EQ(got.can_id, 0x123);
	EXPECT_EQ(got.len, 12);
	EXPECT_MEMEQ(got.data, "twelve bytes", 12);
}

struct wrong_row {
	struct variant variant;
	uint32_t opcode, nframes;
	size_t size;
	uint8_t len;
	int error;
};

enum { HEAD = sizeof(struct bcm_head) };

static const struct wrong_row wrongs[] = {
	{{"opcode", NULL}, 77, 1, HEAD + CAN_MTU, 4, EINVAL},
	{{"no_head", NULL}, TX_SETUP, 1, HEAD - 1, 4, EINVAL},
	{{"no_frames", NULL}, TX_SETUP, 0, HEAD, 4, EINVAL},
	{{"too_many_frames", NULL}, TX_SETUP, 257, HEAD + CAN_MTU, 4, EINVAL},
	{{"missing_frame", NULL}, TX_SETUP, 2, HEAD + CAN_MTU, 4, EFAULT},
	{{"half_a_frame", NULL}, TX_SETUP, 1, HEAD + CAN_MTU / 2, 4, EINVAL},
	{{"long_frame", NULL}, TX_SETUP, 1, HEAD + CAN_MTU, 9, EINVAL},
	{{"send_long_frame", NULL}, TX_SEND, 1, HEAD + CAN_MTU, 9, EINVAL},
	{{"delete_unknown", NULL}, TX_DELETE, 0, HEAD, 4, EINVAL},
	{{"delete_unknown_receiver", NULL}, RX_DELETE, 0, HEAD, 4, EINVAL},
	{{"read_unknown_receiver", NULL}, RX_READ, 0, HEAD, 4, EINVAL},
};

/* A message has to be what its head says. */
CASE(wrong_messages,
     .claim = "a message that is not as its head says, or about a task that there is not, fails "
	      "with EINVAL, one that ends before its frames do with EFAULT",
     .level = OBSERVED, .spec = "net/can/bcm.c bcm_sendmsg(), bcm_tx_setup() memcpy_from_msg()",
     .topology = "can", .needs = "can_bcm", .tags = "can bcm errno", .VARIANTS(wrongs))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	struct bcm_message right = task(0x123, 0, "fine"), wrong = right;
	int manager = bcm_socket(VCAN0), reader = can_raw(VCAN0);

	wrong.head.opcode = row->opcode;
	wrong.head.nframes = row->nframes;
	wrong.frame[0].len = row->len;
	EXPECT_ERR(send(manager, &wrong, row->size, 0), row->error);
	EXPECT_EQ(write(manager, BCM(right)), HEAD + CAN_MTU);
	EXPECT_FRAME(reader, 0x123, "fine");
}

/*
 * connect() instead of bind().
 *
 * The manager's sockets are connected to the interface, or to none (0): then sendto() has to
 * say for which a task is.
 */
CASE(connections,
     .claim = "a socket is connect()ed to an interface: before that write() fails with ENOTCONN, a "
	      "second time EISCONN, to no CAN bus ENODEV; bind() there is not",
     .level = LINUX, .spec = BCM_SPEC "; net/can/bcm.c", .topology = "can", .needs = "can_bcm",
     .tags = "can bcm errno")
{
	struct sockaddr_can bus = can_address(VCAN0), none = can_address(NO_SUCH);
	struct sockaddr_can lo = can_address(1), all = can_address(0);
	struct bcm_message once = {.head = {.opcode = TX_SEND, .nframes = 1},
				   .frame = {can_frame_of(0x123, "once")}};
	struct bcm_message setup = task(0x124, 0, "task");
	int fd = SETUP(socket(AF_CAN, SOCK_DGRAM, CAN_BCM)), reader = can_raw(VCAN0);
	int any = SETUP(socket(AF_CAN, SOCK_DGRAM, CAN_BCM));

	EXPECT_ERR(write(fd, BCM(once)), ENOTCONN);
	EXPECT_ERR(bind(fd, CAN_ADDRESS(bus)), EOPNOTSUPP);
	EXPECT_ERR(connect(fd, CAN_ADDRESS(none)), ENODEV);
	EXPECT_ERR(connect(fd, CAN_ADDRESS(lo)), ENODEV);
	EXPECT_OK(connect(fd, CAN_ADDRESS(bus)));
	EXPECT_ERR(connect(fd, CAN_ADDRESS(bus)), EISCONN);
	EXPECT_OK(write(fd, BCM(once)));
	EXPECT_FRAME(reader, 0x123, "once");

	EXPECT_OK(connect(any, CAN_ADDRESS(all)));
	EXPECT_ERR(write(any, BCM(once)), ENODEV);
	EXPECT_ERR(write(any, BCM(setup)), ENODEV);
	EXPECT_OK(sendto(any, BCM(setup), 0, CAN_ADDRESS(bus)));
	EXPECT_FRAME(reader, 0x124, "task");
	EXPECT_OK(sendto(any, BCM(once), 0, CAN_ADDRESS(bus)));
	EXPECT_FRAME(reader, 0x123, "once");
}
