/* SPDX-License-Identifier: MIT */
#include "suites/can/j1939_help.h"

#include <poll.h>
#include <string.h>

#include "harness/kit.h"

struct sockaddr_can j1939_address(int ifindex, uint64_t name, uint32_t pgn, uint8_t addr)
{
	struct sockaddr_can address = can_address(ifindex);

	address.can_addr.j1939.name = name;
	address.can_addr.j1939.pgn = pgn;
	address.can_addr.j1939.addr = addr;
	return address;
}

int j1939_socket_at(struct expect_at at, uint8_t addr)
{
	struct sockaddr_can address = j1939_address(VCAN0, J1939_NO_NAME, J1939_NO_PGN, addr);
	int fd = (int)expect_success(at, socket(AF_CAN, SOCK_DGRAM, CAN_J1939)), one = 1;

	expect_success(at, setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &one, sizeof(one)));
	expect_success(at, bind(fd, CAN_ADDRESS(address)));
	return fd;
}

struct sockaddr_can expect_message_here(int fd, const char *text)
{
	struct sockaddr_can from;
	socklen_t length = sizeof(from);
	char got[64];

	memset(&from, 0xa5, sizeof(from));
	memset(got, 0xa5, sizeof(got));
	if (EXPECT_EQ(wait_for_here(fd, POLLIN, SOON_MS), POLLIN)) {
		EXPECT_EQ(recvfrom(fd, got, sizeof(got), MSG_DONTWAIT, (struct sockaddr *)&from,
				   &length),
			  strlen(text));
		EXPECT_MEMEQ(got, text, strlen(text));
		EXPECT_EQ(from.can_family, AF_CAN);
	}
	return from;
}
