/* SPDX-License-Identifier: MIT */
/* Frames, and sockets on the buses of the topologies can and canpair. */
#ifndef SUITES_CAN_CAN_HELP_H
#define SUITES_CAN_CAN_HELP_H

#include <linux/can.h>
#include <linux/can/raw.h>
#include <stdbool.h>
#include <stdint.h>
#include <sys/socket.h>
#include <sys/types.h>

#include "harness/calls/site.h"
#include "harness/expect.h"

/* Indexes of the interfaces. */
enum {
	VCAN0 = 10,
	VCAN1 = 11,
	A_CAN0 = 10,
	B_CAN0 = 20,
	NO_SUCH = 99,
};

struct sockaddr_can can_address(int ifindex);
#define CAN_ADDRESS(address) (const struct sockaddr *)&(address), sizeof(address)

/* A frame with the bytes of a text, at most 8. */
struct can_frame can_frame_of(canid_t id, const char *text);
#define WHOLE(frame) &(frame), sizeof(frame)

/* A CAN_RAW socket on an interface of the host that the case is on. */
#define can_raw(ifindex) (CALLS_HERE, can_raw_at(EXPECT_SETUP_AT("can_raw(" #ifindex ")"), ifindex))
int can_raw_at(struct expect_at at, int ifindex);

/* Sends one frame on a bound socket; anything but success is an error of the setup. */
#define can_put(fd, id, text)                                                                      \
	(CALLS_HERE,                                                                               \
	 can_put_at(EXPECT_SETUP_AT("can_put(" #fd ", " #id ", " #text ")"), fd, id, text))
void can_put_at(struct expect_at at, int fd, canid_t id, const char *text);

/* Waits SOON_MS for something to read, and reads it. Returns its size; 0 when nothing came. */
#define can_read(...) (CALLS_HERE, can_read_here(__VA_ARGS__))
ssize_t can_read_here(int fd, void *buffer, size_t size);

/* The next frame is a classical one with this identifier and these bytes. */
#define EXPECT_FRAME(fd, id, text) (CALLS_HERE, expect_frame_here(fd, id, text))
void expect_frame_here(int fd, canid_t id, const char *text);

/* Sets an interface up or down; for setup. Returns as ioctl() does. */
#define can_link(name, up) (CALLS_HERE, can_link_here(name, up))
int can_link_here(const char *name, bool up);

/* Sets the size of the frames that an interface takes, which has to be down. */
#define can_mtu(name, mtu) (CALLS_HERE, can_mtu_here(name, mtu))
int can_mtu_here(const char *name, int mtu);

#endif
