/* SPDX-License-Identifier: MIT */
#include "suites/can/bcm_help.h"

#include <string.h>

#include "harness/kit.h"

int bcm_socket_at(struct expect_at at, int ifindex)
{
	struct sockaddr_can address = can_address(ifindex);
	int fd = (int)expect_success(at, socket(AF_CAN, SOCK_DGRAM, CAN_BCM));

	expect_success(at, connect(fd, CAN_ADDRESS(address)));
	return fd;
}

struct bcm_timeval bcm_ms(long milliseconds)
{
	return (struct bcm_timeval){milliseconds / 1000, milliseconds % 1000 * 1000};
}

struct bcm_message expect_bcm_here(int fd, uint32_t opcode, canid_t id)
{
	struct bcm_message got;
	ssize_t size;

	memset(&got, 0xa5, sizeof(got));
	size = can_read_here(fd, &got, sizeof(got));
	if (!EXPECT_GE(size, sizeof(got.head)))
		return (struct bcm_message){.head = {.opcode = 0}};
	EXPECT_EQ(size, sizeof(got.head) + got.head.nframes * sizeof(struct can_frame));
	EXPECT_EQ(got.head.opcode, opcode);
	EXPECT_EQ(got.head.can_id, id);
	return got;
}
