/* SPDX-License-Identifier: MIT */
/* Frames of up to 64 bytes: CAN FD. */
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/can/can_help.h"

#include "harness/case.h"

/* The kernel sets it on what it delivers since 6.1; a program may. */
#ifndef CANFD_FDF
#define CANFD_FDF 0x04
#endif

static int fd_socket(int ifindex)
{
	int fd = can_raw_at(EXPECT_SETUP_AT("fd_socket()"), ifindex);

	SETUP(set_int_here(fd, SOL_CAN_RAW, CAN_RAW_FD_FRAMES, 1));
	return fd;
}
#define fd_socket(ifindex) (CALLS_HERE, fd_socket(ifindex))

struct length_row {
	struct variant variant;
	uint8_t length;
};

static const struct length_row lengths[] = {
	{{"0", NULL}, 0},   {{"8", NULL}, 8},	{{"12", NULL}, 12},
	{{"16", NULL}, 16}, {{"20", NULL}, 20}, {{"24", NULL}, 24},
	{{"32", NULL}, 32}, {{"48", NULL}, 48}, {{"64", NULL}, CANFD_MAX_DLEN},
};

/*
 * Eight times as much.
 *
 * CAN FD carries up to 64 bytes. Its frames are another structure of 72 bytes, whose first
 * fields stand where those of the classical one do. A socket says that it knows it:
 * `CAN_RAW_FD_FRAMES`. The length field still has 4 bits, so that above 8 only the lengths of
 * these rows exist on a real bus.
 */
CASE(long_frames,
     .claim = "with CAN_RAW_FD_FRAMES frames of up to 64 bytes are sent and received whole",
     .level = LINUX,
     .spec = "Documentation/networking/can.rst CAN_RAW_FD_FRAMES; CAN FD Driver Support",
     .topology = "can", .needs = "can_raw", .tags = "can fd", .VARIANTS(lengths))
{
	struct canfd_frame frame = {.can_id = 0x123, .len = VARIANT(struct length_row)->length};
	int writer = fd_socket(VCAN0), reader = fd_socket(VCAN0);
	struct canfd_frame got;

	for (unsigned int i = 0; i < frame.len; i++)
		frame.data[i] = (uint8_t)(i + 1);
	memset(&got, 0xa5, sizeof(got));
	EXPECT_EQ(write(writer, WHOLE(frame)), CANFD_MTU);
	EXPECT_EQ(can_read(reader, WHOLE(got)), CANFD_MTU);
	EXPECT_EQ(got.can_id, 0x123);
	EXPECT_EQ(got.len, frame.len);
	EXPECT_EQ(got.flags & ~CANFD_FDF, 0);
	EXPECT_MEMEQ(got.data, frame.data, sizeof(got.data));
}

struct flag_row {
	struct variant variant;
	uint8_t flags;
};

static const struct flag_row flags[] = {
	{{"bit_rate_switch", NULL}, CANFD_BRS},
	{{"error_state", NULL}, CANFD_ESI},
	{{"both", NULL}, CANFD_BRS | CANFD_ESI},
	{{"dual_use", NULL}, CANFD_BRS | CANFD_FDF},
};

/*
 * Faster in the middle.
 *
 * `CANFD_BRS` asks for the higher bit rate during the data; `CANFD_ESI` says that the sender
 * has had many errors. `CANFD_FDF` marks a frame as CAN FD for programs that keep both kinds
 * in one structure; newer kernels set it on everything they deliver.
 */
CASE(flags_arrive, .claim = "CANFD_BRS and CANFD_ESI arrive as they were sent", .level = LINUX,
     .spec = "<linux/can.h> canfd_frame.flags", .topology = "can", .needs = "can_raw",
     .tags = "can fd", .VARIANTS(flags))
{
	struct canfd_frame frame = {
		.can_id = 0x123, .len = 12, .flags = VARIANT(struct flag_row)->flags};
	int writer = fd_socket(VCAN0), reader = fd_socket(VCAN0);
	struct canfd_frame got;

	EXPECT_EQ(write(writer, WHOLE(frame)), CANFD_MTU);
	EXPECT_EQ(can_read(reader, WHOLE(got)), CANFD_MTU);
	EXPECT_EQ(got.flags & ~CANFD_FDF, frame.flags & ~CANFD_FDF);
	OBSERVE("CANFD_FDF", "%s", (got.flags & CANFD_FDF) != 0 ? "set" : "clear");
}

/*
 * Both kinds on one bus.
 *
 * The size of what `read()` returns tells them apart: 16 or 72. A socket that did not ask for
 * CAN FD never sees such frames, and cannot send them.
 */
CASE(both_kinds,
     .claim = "a socket with CAN_RAW_FD_FRAMES gets classical frames with 16 bytes and CAN FD with "
	      "72; one without gets the classical only, and fails with EINVAL to send the other",
     .level = LINUX, .spec = "Documentation/networking/can.rst CAN_RAW_FD_FRAMES",
     .topology = "can", .needs = "can_raw", .tags = "can fd errno")
{
	struct canfd_frame frame = {.can_id = 0x123, .len = 12}, got;
	int both = can_raw(VCAN0), classical = can_raw(VCAN0), writer = fd_socket(VCAN0);

	EXPECT_EQ(get_int(both, SOL_CAN_RAW, CAN_RAW_FD_FRAMES), 0);
	EXPECT_ERR(write(both, WHOLE(frame)), EINVAL);
	EXPECT_OK(set_int(both, SOL_CAN_RAW, CAN_RAW_FD_FRAMES, 1));
	EXPECT_EQ(get_int(both, SOL_CAN_RAW, CAN_RAW_FD_FRAMES), 1);

	EXPECT_EQ(write(writer, WHOLE(frame)), CANFD_MTU);
	can_put(writer, 0x124, "classic");
	EXPECT_EQ(can_read(both, WHOLE(got)), CANFD_MTU);
	EXPECT_EQ(got.can_id, 0x123);
	EXPECT_EQ(can_read(both, WHOLE(got)), CAN_MTU);
	EXPECT_EQ(got.can_id, 0x124);
	EXPECT_FRAME(classical, 0x124, "classic");

	EXPECT_OK(set_int(both, SOL_CAN_RAW, CAN_RAW_FD_FRAMES, 0));
	EXPECT_EQ(write(writer, WHOLE(frame)), CANFD_MTU);
	can_put(writer, 0x125, "again");
	EXPECT_FRAME(both, 0x125, "again");
}

struct size_row {
	struct variant variant;
	size_t size;
	uint8_t len;
};

static const struct size_row sizes[] = {
	{{"too_long", NULL}, CANFD_MTU, CANFD_MAX_DLEN + 1},
	{{"classical_too_long", NULL}, CAN_MTU, CAN_MAX_DLEN + 1},
	{{"between", NULL}, CANFD_MTU - 1, 12},
	{{"beyond", NULL}, CANFD_MTU + 1, 12},
};

/* A whole frame of either kind, and nothing else. */
CASE(wrong_sizes, .claim = "write() of a frame with another size or more than 64 bytes is EINVAL",
     .level = LINUX, .spec = "net/can/raw.c raw_sendmsg(); af_can.c can_send()", .topology = "can",
     .needs = "can_raw", .tags = "can fd errno", .VARIANTS(sizes))
{
	const struct size_row *row = VARIANT(struct size_row);
	struct {
		struct canfd_frame frame;
		char more[8];
	} sent = {.frame = {.can_id = 0x123, .len = row->len}};
	int writer = fd_socket(VCAN0), reader = fd_socket(VCAN0);
	struct canfd_frame got;

	EXPECT_ERR(send(writer, &sent, row->size, 0), EINVAL);
	sent.frame.len = 8;
	EXPECT_EQ(send(writer, &sent, CANFD_MTU, 0), CANFD_MTU);
	EXPECT_EQ(can_read(reader, WHOLE(got)), CANFD_MTU);
	EXPECT_EQ(got.len, 8);
}

/*
 * What the bus can carry.
 *
 * The MTU of an interface is the size of its largest frame structure: 16 for classical CAN,
 * 72 for CAN FD. It changes only while the interface is down.
 */
CASE(bus_without_fd,
     .claim = "on an interface with an MTU of 16, sending CAN FD fails with EINVAL; the MTU is 16 "
	      "or "
	      "72 and changes only while the interface is down (EBUSY)",
     .level = LINUX,
     .spec = "Documentation/networking/can.rst CAN FD Driver Support; drivers/net/can/vcan.c",
     .topology = "can", .needs = "can_raw", .tags = "can fd errno ioctl")
{
	struct canfd_frame frame = {.can_id = 0x123, .len = 12}, got;
	int writer = fd_socket(VCAN0), reader = fd_socket(VCAN0);
	struct ifreq request = {.ifr_mtu = 0};

	snprintf(request.ifr_name, sizeof(request.ifr_name), "vcan0");
	EXPECT_OK(ioctl(writer, SIOCGIFMTU, &request));
	OBSERVE("MTU of a new vcan", "%d", request.ifr_mtu);
	EXPECT_ERR(can_mtu("vcan0", CAN_MTU), EBUSY);
	SETUP(can_link("vcan0", false));
	EXPECT_ERR(can_mtu("vcan0", CANFD_MTU + 1), EINVAL);
	EXPECT_OK(can_mtu("vcan0", CAN_MTU));
	SETUP(can_link("vcan0", true));
	EXPECT_OK(ioctl(writer, SIOCGIFMTU, &request));
	EXPECT_EQ(request.ifr_mtu, CAN_MTU);
	EXPECT_ERRNO(get_int(writer, SOL_SOCKET, SO_ERROR), ENETDOWN);
	EXPECT_ERRNO(get_int(reader, SOL_SOCKET, SO_ERROR), ENETDOWN);
	EXPECT_ERR(write(writer, WHOLE(frame)), EINVAL);
	can_put(writer, 0x124, "classic");
	EXPECT_FRAME(reader, 0x124, "classic");

	SETUP(can_link("vcan0", false));
	EXPECT_OK(can_mtu("vcan0", CANFD_MTU));
	SETUP(can_link("vcan0", true));
	EXPECT_ERRNO(get_int(writer, SOL_SOCKET, SO_ERROR), ENETDOWN);
	EXPECT_ERRNO(get_int(reader, SOL_SOCKET, SO_ERROR), ENETDOWN);
	EXPECT_EQ(write(writer, WHOLE(frame)), CANFD_MTU);
	EXPECT_EQ(can_read(reader, WHOLE(got)), CANFD_MTU);
}
