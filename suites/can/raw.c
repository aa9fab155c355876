/* SPDX-License-Identifier: MIT */
/* Frames on a bus: what one socket writes, all the others read. */
#include <fcntl.h>
#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "suites/can/can_help.h"

#include "harness/case.h"

#define RAW_NEEDS  "can_raw"
#define RAW_TESTED "can raw"

static bool earlier(struct timeval a, struct timeval b)
{
	return timercmp(&a, &b, <);
}

/*
 * A bus, not a connection.
 *
 * On a CAN bus nobody is addressed: a frame has an identifier, which says what it is about
 * (and, the lower it is, how urgent), and up to 8 bytes. Every node hears every frame and
 * keeps what it likes. So there is no connect() and no port: a socket is bound to a bus,
 * `write()` puts a frame onto it, and every other socket there can read it.
 *
 * Try it: `candump vcan0 & cansend vcan0 123#68656c6c6f`
 */
CASE(everybody_hears,
     .claim = "a frame that is written to one CAN_RAW socket is read from every other on the bus, "
	      "not by the writer and not on another bus",
     .level = LINUX, .spec = "Documentation/networking/can.rst How to use SocketCAN",
     .topology = "can", .needs = RAW_NEEDS, .tags = RAW_TESTED)
{
	struct can_frame frame = can_frame_of(0x123, "hello");
	int writer = can_raw(VCAN0), one = can_raw(VCAN0), two = can_raw(VCAN0);
	int elsewhere = can_raw(VCAN1), neighbour = can_raw(VCAN1);

	EXPECT_EQ(write(writer, WHOLE(frame)), CAN_MTU);
	EXPECT_FRAME(one, 0x123, "hello");
	EXPECT_FRAME(two, 0x123, "hello");

	/* The first that the writer and the other bus hear is what came later. */
	can_put(one, 0x200, "answer");
	EXPECT_FRAME(writer, 0x200, "answer");
	EXPECT_FRAME(two, 0x200, "answer");
	can_put(neighbour, 0x300, "there");
	EXPECT_FRAME(elsewhere, 0x300, "there");
}

struct id_row {
	struct variant variant;
	canid_t id;
};

static const struct id_row ids[] = {
	{{"lowest", NULL}, 0},
	{{"highest_standard", NULL}, CAN_SFF_MASK},
	{{"extended", NULL}, CAN_EFF_FLAG | 0x12345678},
	{{"highest_extended", NULL}, CAN_EFF_FLAG | CAN_EFF_MASK},
	{{"extended_small", NULL}, CAN_EFF_FLAG | 0x123},
	{{"remote", NULL}, CAN_RTR_FLAG | 0x123},
	{{"remote_extended", NULL}, CAN_EFF_FLAG | CAN_RTR_FLAG | 0x123},
};

/*
 * Three kinds of frames in one number.
 *
 * Identifiers have 11 bits, or 29 in the extended format. The upper three bits of `can_id`
 * are free for flags: `CAN_EFF_FLAG` says that the format is the extended one (0x123 in 29
 * bits is another identifier than 0x123 in 11), `CAN_RTR_FLAG` that the frame asks for data
 * instead of bringing it.
 */
CASE(identifiers,
     .claim = "the identifier arrives with its flags: CAN_EFF_FLAG for 29 bits, CAN_RTR_FLAG for a "
	      "request",
     .level = LINUX, .spec = "Documentation/networking/can.rst How to use SocketCAN; <linux/can.h>",
     .topology = "can", .needs = RAW_NEEDS, .tags = RAW_TESTED, .VARIANTS(ids))
{
	canid_t id = VARIANT(struct id_row)->id;
	int writer = can_raw(VCAN0), reader = can_raw(VCAN0);
	/* A request has a length (of the answer that is wanted) but no data. */
	const char *text = (id & CAN_RTR_FLAG) != 0 ? "" : "data";

	can_put(writer, id, text);
	EXPECT_FRAME(reader, id, text);
}

/*
 * Nothing is as short as it looks.
 *
 * A frame always has 16 bytes at the socket; `len` says how many of the 8 data bytes count.
 * Zero is a length like others: often the identifier is the message.
 */
CASE(lengths,
     .claim = "frames with 0 to 8 bytes of data all have 16 bytes at the socket, and arrive with "
	      "their length",
     .level = LINUX, .spec = "<linux/can.h> struct can_frame", .topology = "can",
     .needs = RAW_NEEDS, .tags = RAW_TESTED)
{
	static const char digits[] = "12345678";
	int writer = can_raw(VCAN0), reader = can_raw(VCAN0);

	for (size_t length = 0; length <= CAN_MAX_DLEN; length++) {
		char text[CAN_MAX_DLEN + 1] = "";

		memcpy(text, digits, length);
		can_put(writer, 0x100 + (canid_t)length, text);
		EXPECT_FRAME(reader, 0x100 + (canid_t)length, text);
	}
}

/*
 * A length that is none.
 *
 * The field of a frame in which the length stands has 4 bits, and classical CAN takes 9 to
 * 15 for 8. Who wants to see or send such a code finds it in `len8_dlc`; `len` is never
 * above 8.
 */
CASE(code_above_eight,
     .claim = "len8_dlc, a length code of 9 to 15 for 8 bytes, arrives as it was sent",
     .level = LINUX, .spec = "<linux/can.h> len8_dlc; can.rst How to use SocketCAN",
     .topology = "can", .needs = RAW_NEEDS, .tags = RAW_TESTED)
{
	struct can_frame frame = can_frame_of(0x123, "8 bytes!"), got;
	int writer = can_raw(VCAN0), reader = can_raw(VCAN0);

	/* Where the field is, also for headers before 5.11. */
	((unsigned char *)&frame)[7] = 15;
	EXPECT_EQ(write(writer, WHOLE(frame)), CAN_MTU);
	EXPECT_EQ(can_read(reader, WHOLE(got)), CAN_MTU);
	EXPECT_MEMEQ(&got, &frame, sizeof(got));
}

struct size_row {
	struct variant variant;
	size_t size;
	int len;
};

static const struct size_row sizes[] = {
	{{"empty", NULL}, 0, 4},
	{{"header_only", NULL}, offsetof(struct can_frame, data), 0},
	{{"one_byte_less", NULL}, CAN_MTU - 1, 4},
	{{"one_byte_more", NULL}, CAN_MTU + 1, 4},
	{{"fd_without_asking", NULL}, CANFD_MTU, 4},
	{{"length_above_8", NULL}, CAN_MTU, 9},
};

/*
 * A frame is a whole frame.
 *
 * The kernel takes exactly the 16 bytes of a `struct can_frame`; a program that counts its
 * data wrongly is told so and nothing goes onto the bus.
 */
CASE(wrong_sizes,
     .claim =
	     "write() of anything but one whole frame, or of more than 8 bytes of data, fails with "
	     "EINVAL",
     .level = LINUX,
     .spec = "Documentation/networking/can.rst How to use SocketCAN; net/can/raw.c raw_sendmsg()",
     .topology = "can", .needs = RAW_NEEDS, .tags = RAW_TESTED " errno", .VARIANTS(sizes))
{
	const struct size_row *row = VARIANT(struct size_row);
	struct canfd_frame frame = {.can_id = 0x123, .len = (uint8_t)row->len, .data = "fine"};
	int writer = can_raw(VCAN0), reader = can_raw(VCAN0);

	EXPECT_ERR(send(writer, &frame, row->size, 0), EINVAL);
	frame.len = 4;
	EXPECT_EQ(send(writer, &frame, CAN_MTU, 0), CAN_MTU);
	EXPECT_FRAME(reader, 0x123, "fine");
}

/* The order on the bus is the order in each socket. */
CASE(order,
     .claim = "frames are read in the order in which they were written, whatever their identifiers",
     .level = LINUX, .spec = "Documentation/networking/can.rst Local Loopback of Sent Frames",
     .topology = "can", .needs = RAW_NEEDS, .tags = RAW_TESTED)
{
	int writer = can_raw(VCAN0), reader = can_raw(VCAN0);
	struct can_frame frame, got;

	for (unsigned int i = 0; i < 50; i++) {
		frame = can_frame_of(50 - i, "in order");
		SETUP(write(writer, WHOLE(frame)));
	}
	for (unsigned int i = 0; i < 50; i++) {
		REQUIRE_EQ(can_read(reader, WHOLE(got)), CAN_MTU);
		EXPECT_EQ(got.can_id, 50 - i);
	}
}

/* A socket that reads less than a frame loses the rest, as with datagrams. */
CASE(short_read,
     .claim = "recvmsg() with less than 16 bytes gives the beginning with MSG_TRUNC; the rest is "
	      "lost",
     .level = LINUX, .spec = "recv(2) MSG_TRUNC; net/can/raw.c raw_recvmsg()", .topology = "can",
     .needs = RAW_NEEDS, .tags = RAW_TESTED)
{
	int writer = can_raw(VCAN0), reader = can_raw(VCAN0);
	struct can_frame got;
	struct iovec part = {&got, offsetof(struct can_frame, data)};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	memset(&got, 0xa5, sizeof(got));
	can_put(writer, 0x123, "lost");
	can_put(writer, 0x124, "next");
	EXPECT_EQ(wait_for(reader, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvmsg(reader, &message, 0), offsetof(struct can_frame, data));
	EXPECT_EQ(message.msg_flags & MSG_TRUNC, MSG_TRUNC);
	EXPECT_EQ(got.can_id, 0x123);
	EXPECT_EQ(got.len, 4);
	EXPECT_EQ(got.data[0], 0xa5);
	EXPECT_FRAME(reader, 0x124, "next");
}

struct kind_row {
	struct variant variant;
	int type, protocol;
	int right_type, right_protocol;
	int error;
};

static const struct kind_row kinds[] = {
	{{"raw_stream", "can_raw"}, SOCK_STREAM, CAN_RAW, SOCK_RAW, CAN_RAW, EPROTOTYPE},
	{{"raw_dgram", "can_raw"}, SOCK_DGRAM, CAN_RAW, SOCK_RAW, CAN_RAW, EPROTOTYPE},
	{{"bcm_raw", "can_bcm"}, SOCK_RAW, CAN_BCM, SOCK_DGRAM, CAN_BCM, EPROTOTYPE},
	{{"j1939_raw", "can_j1939"}, SOCK_RAW, CAN_J1939, SOCK_DGRAM, CAN_J1939, EPROTOTYPE},
	{{"isotp_raw", "can_isotp"}, SOCK_RAW, CAN_ISOTP, SOCK_DGRAM, CAN_ISOTP, EPROTOTYPE},
	{{"tp16", "can_raw"}, SOCK_DGRAM, CAN_TP16, SOCK_RAW, CAN_RAW, EPROTONOSUPPORT},
	{{"tp20", "can_raw"}, SOCK_DGRAM, CAN_TP20, SOCK_RAW, CAN_RAW, EPROTONOSUPPORT},
	{{"mcnet", "can_raw"}, SOCK_DGRAM, CAN_MCNET, SOCK_RAW, CAN_RAW, EPROTONOSUPPORT},
	{{"none", "can_raw"}, SOCK_RAW, 0, SOCK_RAW, CAN_RAW, EPROTONOSUPPORT},
	{{"beyond", "can_raw"}, SOCK_RAW, CAN_NPROTO, SOCK_RAW, CAN_RAW, EINVAL},
	{{"negative", "can_raw"}, SOCK_RAW, -1, SOCK_RAW, CAN_RAW, EINVAL},
};

/*
 * The protocols of AF_CAN.
 *
 * Each has its own type of socket. Three (`CAN_TP16`, `CAN_TP20`, `CAN_MCNET`) have a number
 * and nothing behind it.
 */
CASE(wrong_kinds,
     .claim = "socket() with the wrong type fails with EPROTOTYPE, with a protocol nobody wrote "
	      "EPROTONOSUPPORT, with no number of a protocol EINVAL",
     .level = LINUX,
     .spec = "Documentation/networking/can.rst How to use SocketCAN; net/can/af_can.c can_create()",
     .tags = RAW_TESTED " errno", .VARIANTS(kinds))
{
	const struct kind_row *row = VARIANT(struct kind_row);

	EXPECT_ERR(socket(AF_CAN, row->type, row->protocol), row->error);
	EXPECT_OK(socket(AF_CAN, row->right_type, row->right_protocol));
}

enum refused { CONNECT, LISTEN, ACCEPT, SHUTDOWN, GETPEERNAME, PAIR };

struct refused_row {
	struct variant variant;
	enum refused call;
};

static const struct refused_row refusals[] = {
	{{"connect", NULL}, CONNECT},	      {{"listen", NULL}, LISTEN},
	{{"accept", NULL}, ACCEPT},	      {{"shutdown", NULL}, SHUTDOWN},
	{{"getpeername", NULL}, GETPEERNAME}, {{"socketpair", NULL}, PAIR},
};

/* What needs another end there is not: a bus has no other end. */
CASE(no_connections,
     .claim =
	     "connect(), listen(), accept(), shutdown() and socketpair() fail with EOPNOTSUPP, and "
	     "so does getpeername()",
     .level = OBSERVED, .spec = "net/can/raw.c raw_ops", .topology = "can", .needs = RAW_NEEDS,
     .tags = RAW_TESTED " errno", .VARIANTS(refusals))
{
	struct sockaddr_can bus = can_address(VCAN0);
	int fd = can_raw(VCAN0), other = can_raw(VCAN0), two[2];
	socklen_t length = sizeof(bus);

	switch (VARIANT(struct refused_row)->call) {
	case CONNECT:
		EXPECT_ERR(connect(fd, CAN_ADDRESS(bus)), EOPNOTSUPP);
		break;
	case LISTEN:
		EXPECT_ERR(listen(fd, 1), EOPNOTSUPP);
		break;
	case ACCEPT:
		EXPECT_ERR(accept(fd, NULL, NULL), EOPNOTSUPP);
		break;
	case SHUTDOWN:
		EXPECT_ERR(shutdown(fd, SHUT_RDWR), EOPNOTSUPP);
		break;
	case GETPEERNAME:
		EXPECT_ERR(getpeername(fd, (struct sockaddr *)&bus, &length), EOPNOTSUPP);
		break;
	case PAIR:
		EXPECT_ERR(socketpair(AF_CAN, SOCK_RAW, CAN_RAW, two), EOPNOTSUPP);
		break;
	}
	can_put(fd, 0x123, "as ever");
	EXPECT_FRAME(other, 0x123, "as ever");
}

/*
 * When was it?
 *
 * On a bus the time of a frame is often worth as much as its content. `SO_TIMESTAMP` adds
 * the time at which the kernel got the frame.
 */
CASE(timestamp, .claim = "SO_TIMESTAMP adds to a frame the time at which it arrived",
     .level = LINUX,
     .spec = "Documentation/networking/can.rst How to use SocketCAN; socket(7) SO_TIMESTAMP",
     .topology = "can", .needs = RAW_NEEDS, .tags = RAW_TESTED " timestamp")
{
	int writer = can_raw(VCAN0), reader = can_raw(VCAN0);
	char control[CMSG_SPACE(sizeof(struct timeval))];
	struct can_frame got;
	struct iovec part = {&got, sizeof(got)};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control,
				 .msg_controllen = sizeof(control)};
	struct timeval before, after, stamp;
	struct cmsghdr *head;

	EXPECT_OK(set_int(reader, SOL_SOCKET, SO_TIMESTAMP, 1));
	gettimeofday(&before, NULL);
	can_put(writer, 0x123, "now");
	EXPECT_EQ(wait_for(reader, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvmsg(reader, &message, 0), CAN_MTU);
	gettimeofday(&after, NULL);
	head = CMSG_FIRSTHDR(&message);
	REQUIRE_TRUE(head != NULL);
	EXPECT_EQ(head->cmsg_level, SOL_SOCKET);
	EXPECT_EQ(head->cmsg_type, SCM_TIMESTAMP);
	memcpy(&stamp, CMSG_DATA(head), sizeof(stamp));
	EXPECT_TRUE(!earlier(stamp, before));
	EXPECT_TRUE(!earlier(after, stamp));
}

/*
 * Who does not read, loses.
 *
 * Nothing holds a sender back: the bus goes on. What no longer fits into the receiver's
 * buffer is dropped; with `SO_RXQ_OVFL` each frame says how many were lost before it.
 */
CASE(overrun,
     .claim = "frames beyond the receive buffer are dropped without the sender noticing; "
	      "SO_RXQ_OVFL counts them",
     .level = LINUX,
     .spec = "Documentation/networking/can.rst How to use SocketCAN; socket(7) SO_RXQ_OVFL",
     .topology = "can", .needs = RAW_NEEDS, .tags = RAW_TESTED)
{
	enum { SENT = 100 };
	int writer = can_raw(VCAN0), reader = can_raw(VCAN0);
	uint32_t lost = 0;
	int got = 0;

	EXPECT_OK(set_int(reader, SOL_SOCKET, SO_RCVBUF, 0)); /* as small as can be */
	EXPECT_OK(set_int(reader, SOL_SOCKET, SO_RXQ_OVFL, 1));
	for (int i = 0; i < SENT; i++)
		can_put(writer, 0x123, "lots");
	while (recv(reader, &(struct can_frame){0}, CAN_MTU, MSG_DONTWAIT) == CAN_MTU)
		got++;
	EXPECT_BETWEEN(got, 1, SENT - 1);

	can_put(writer, 0x124, "after");
	{
		char control[CMSG_SPACE(sizeof(lost))];
		struct can_frame frame;
		struct iovec part = {&frame, sizeof(frame)};
		struct msghdr message = {.msg_iov = &part,
					 .msg_iovlen = 1,
					 .msg_control = control,
					 .msg_controllen = sizeof(control)};
		struct cmsghdr *head;

		EXPECT_EQ(wait_for(reader, POLLIN, SOON_MS), POLLIN);
		EXPECT_EQ(recvmsg(reader, &message, 0), CAN_MTU);
		EXPECT_EQ(frame.can_id, 0x124);
		head = CMSG_FIRSTHDR(&message);
		REQUIRE_TRUE(head != NULL);
		EXPECT_EQ(head->cmsg_type, SO_RXQ_OVFL);
		memcpy(&lost, CMSG_DATA(head), sizeof(lost));
	}
	EXPECT_EQ(lost, SENT - got);
}
