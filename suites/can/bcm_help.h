/* SPDX-License-Identifier: MIT */
/* Messages of the broadcast manager: a head, and frames. */
#ifndef SUITES_CAN_BCM_HELP_H
#define SUITES_CAN_BCM_HELP_H

#include <assert.h>
#include <linux/can.h>
#include <linux/can/bcm.h>

#include "suites/can/can_help.h"

#ifndef CAN_FD_FRAME
#define CAN_FD_FRAME 0x0800
#endif

/* struct bcm_msg_head without the empty array at its end, so that frames can follow. */
struct bcm_head {
	uint32_t opcode, flags, count;
	struct bcm_timeval ival1, ival2;
	canid_t can_id;
	uint32_t nframes;
} __attribute__((aligned(8)));
static_assert(sizeof(struct bcm_head) == sizeof(struct bcm_msg_head), "the kernel's size");

/* A head and up to four frames. */
struct bcm_message {
	struct bcm_head head;
	struct can_frame frame[4];
};
/* A message with its `nframes` frames: write(fd, BCM(message)). */
#define BCM(message)                                                                               \
	&(message), sizeof((message).head) + (message).head.nframes * sizeof(struct can_frame)

/* A CAN_BCM socket that is connected to an interface. */
#define bcm_socket(ifindex)                                                                        \
	(CALLS_HERE, bcm_socket_at(EXPECT_SETUP_AT("bcm_socket(" #ifindex ")"), ifindex))
int bcm_socket_at(struct expect_at at, int ifindex);

struct bcm_timeval bcm_ms(long milliseconds);

/* The next message of the broadcast manager has this opcode and identifier. Gives it. */
#define EXPECT_BCM(fd, opcode, id) (CALLS_HERE, expect_bcm_here(fd, opcode, id))
struct bcm_message expect_bcm_here(int fd, uint32_t opcode, canid_t id);

#endif
