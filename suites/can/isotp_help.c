/* SPDX-License-Identifier: MIT */
#include "suites/can/isotp_help.h"

#include <string.h>
#include <unistd.h>

#include "harness/kit.h"

struct sockaddr_can isotp_address(int ifindex, canid_t rx_id, canid_t tx_id)
{
	struct sockaddr_can address = can_address(ifindex);

	address.can_addr.tp.rx_id = rx_id;
	address.can_addr.tp.tx_id = tx_id;
	return address;
}

int isotp_new_at(struct expect_at at)
{
	return (int)expect_success(at, socket(AF_CAN, SOCK_DGRAM, CAN_ISOTP));
}

void isotp_bind_at(struct expect_at at, int fd, canid_t rx_id, canid_t tx_id)
{
	struct sockaddr_can address = isotp_address(VCAN0, rx_id, tx_id);

	expect_success(at, bind(fd, CAN_ADDRESS(address)));
}

void isotp_flags_at(struct expect_at at, int fd, uint32_t flags)
{
	struct can_isotp_options options;
	socklen_t length = sizeof(options);

	expect_success(at, getsockopt(fd, SOL_CAN_ISOTP, CAN_ISOTP_OPTS, &options, &length));
	options.flags = flags;
	expect_success(at, setsockopt(fd, SOL_CAN_ISOTP, CAN_ISOTP_OPTS, &options, length));
}

void expect_bytes_here(int fd, canid_t id, const uint8_t *bytes, size_t size)
{
	struct can_frame got;

	memset(&got, 0xa5, sizeof(got));
	if (!EXPECT_EQ(can_read_here(fd, &got, sizeof(got)), sizeof(got)))
		return;
	EXPECT_EQ(got.can_id, id);
	if (EXPECT_EQ(got.len, size))
		EXPECT_MEMEQ(got.data, bytes, size);
}

void put_bytes_at(struct expect_at at, int fd, canid_t id, const uint8_t *bytes, size_t size)
{
	struct can_frame frame = {.can_id = id, .len = (uint8_t)size};

	memcpy(frame.data, bytes, size < sizeof(frame.data) ? size : sizeof(frame.data));
	expect_success(at, write(fd, WHOLE(frame)));
}

void expect_text_here(int fd, const char *text)
{
	char got[100];

	memset(got, 0xa5, sizeof(got));
	EXPECT_EQ(can_read_here(fd, got, sizeof(got)), strlen(text));
	EXPECT_MEMEQ(got, text, strlen(text));
}
