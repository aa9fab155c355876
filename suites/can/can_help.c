/* SPDX-License-Identifier: MIT */
#include "suites/can/can_help.h"

#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "harness/kit.h"

struct sockaddr_can can_address(int ifindex)
{
	struct sockaddr_can address;

	memset(&address, 0, sizeof(address));
	address.can_family = AF_CAN;
	address.can_ifindex = ifindex;
	return address;
}

struct can_frame can_frame_of(canid_t id, const char *text)
{
	struct can_frame frame = {.can_id = id};
	size_t length = strnlen(text, sizeof(frame.data));

	frame.len = (uint8_t)length;
	memcpy(frame.data, text, length);
	return frame;
}

int can_raw_at(struct expect_at at, int ifindex)
{
	struct sockaddr_can address = can_address(ifindex);
	int fd = (int)expect_success(at, socket(AF_CAN, SOCK_RAW, CAN_RAW));

	expect_success(at, bind(fd, CAN_ADDRESS(address)));
	return fd;
}

void can_put_at(struct expect_at at, int fd, canid_t id, const char *text)
{
	struct can_frame frame = can_frame_of(id, text);

	expect_success(at, write(fd, WHOLE(frame)));
}

ssize_t can_read_here(int fd, void *buffer, size_t size)
{
	if (wait_for_here(fd, POLLIN, SOON_MS) == 0)
		return 0;
	return recv(fd, buffer, size, MSG_DONTWAIT);
}

void expect_frame_here(int fd, canid_t id, const char *text)
{
	struct can_frame wanted = can_frame_of(id, text), got;

	memset(&got, 0xa5, sizeof(got));
	if (!EXPECT_EQ(can_read_here(fd, &got, sizeof(got)), sizeof(got)))
		return;
	EXPECT_EQ(got.can_id, wanted.can_id);
	if (EXPECT_EQ(got.len, wanted.len))
		EXPECT_MEMEQ(got.data, wanted.data, wanted.len);
}

int can_link_here(const char *name, bool up)
{
	struct ifreq request = {.ifr_flags = 0};
	int fd = socket(AF_CAN, SOCK_RAW, CAN_RAW), result;

	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
	result = ioctl(fd, SIOCGIFFLAGS, &request);
	if (result == 0) {
		request.ifr_flags = (short)((request.ifr_flags & ~IFF_UP) | (up ? IFF_UP : 0));
		result = ioctl(fd, SIOCSIFFLAGS, &request);
	}
	close(fd);
	return result;
}

int can_mtu_here(const char *name, int mtu)
{
	struct ifreq request = {.ifr_mtu = mtu};
	int fd = socket(AF_CAN, SOCK_RAW, CAN_RAW), result;

	snprintf(request.ifr_name, sizeof(request.ifr_name), "%s", name);
	result = ioctl(fd, SIOCSIFMTU, &request);
	close(fd);
	return result;
}
