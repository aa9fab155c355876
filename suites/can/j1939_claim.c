/* SPDX-License-Identifier: MIT */
/* SAE J1939-81: names, and claiming an address for one. */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/can/j1939_help.h"

#include "harness/case.h"

/* Two names; the lower one wins. */
enum { NAME_LOW = 0x1000, NAME_HIGH = 0x2000 };

/* A socket that has a name and wants an address. */
#define named_socket(name, addr) (CALLS_HERE, named_socket_here(name, addr))
static int named_socket_here(uint64_t name, uint8_t addr)
{
	struct sockaddr_can own = j1939_address(VCAN0, name, J1939_NO_PGN, addr);
	int fd = SETUP(socket(AF_CAN, SOCK_DGRAM, CAN_J1939));

	SETUP(set_int_here(fd, SOL_SOCKET, SO_BROADCAST, 1));
	SETUP(bind(fd, CAN_ADDRESS(own)));
	return fd;
}

/* Says "this address is mine": the name, least byte first. */
#define claim(fd, name) (CALLS_HERE, claim_here(fd, name))
static ssize_t claim_here(int fd, uint64_t name)
{
	struct sockaddr_can all =
		j1939_address(VCAN0, J1939_NO_NAME, J1939_PGN_ADDRESS_CLAIMED, J1939_NO_ADDR);
	uint8_t bytes[8];

	for (unsigned int i = 0; i < sizeof(bytes); i++)
		bytes[i] = (uint8_t)(name >> (8 * i));
	return sendto(fd, bytes, sizeof(bytes), 0, CAN_ADDRESS(all));
}

/*
 * A name for life, an address for today.
 *
 * Each unit has a name of 64 bits that nobody else in the world has. Which address it uses on
 * this bus it tells the others in a frame (the address claim), and waits 250 ms for somebody
 * to object. The kernel watches the claims and keeps a list: a program sends to a name, and
 * the kernel finds the address.
 */
CASE(by_name,
     .claim = "after a claim and 250 ms a named socket can send, and can be sent to by its name; "
	      "before, sending fails with EADDRNOTAVAIL",
     .level = LINUX, .spec = "Documentation/networking/j1939.rst Dynamic Addressing",
     .topology = "can", .needs = "can_j1939", .tags = "can j1939 errno", .waits = true)
{
	struct sockaddr_can to = j1939_address(VCAN0, NAME_LOW, PGN_TO_ONE, J1939_NO_ADDR), from;
	struct sockaddr_can back = j1939_address(VCAN0, J1939_NO_NAME, PGN_TO_ONE, 0x20);
	int named = named_socket(NAME_LOW, 0x40), sender = j1939_socket(0x20);
	int raw = can_raw(VCAN0);
	char control[200], data[8];
	struct iovec part = {data, sizeof(data)};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control,
				 .msg_controllen = sizeof(control)};
	struct can_frame frame;
	uint64_t destination = 0;
	int64_t start = clock_ms();

	EXPECT_ERR(sendto(named, "early", 5, 0, CAN_ADDRESS(back)), EADDRNOTAVAIL);
	EXPECT_ERR(sendto(sender, "early", 5, 0, CAN_ADDRESS(to)), EADDRNOTAVAIL);
	EXPECT_EQ(claim(named, NAME_LOW), 8);
	/* priority 6, group 0xee00, to all, from 0x40 */
	memset(&frame, 0xa5, sizeof(frame));
	EXPECT_EQ(can_read(raw, WHOLE(frame)), CAN_MTU);
	EXPECT_EQ(frame.can_id, CAN_EFF_FLAG | 0x18eeff40);
	EXPECT_EQ(frame.len, 8);
	EXPECT_MEMEQ(frame.data, "\0\x10\0\0\0\0\0\0", 8);
	while (sendto(named, "now", 3, 0, CAN_ADDRESS(back)) != 3) {
		REQUIRE_TRUE(errno == EADDRNOTAVAIL && clock_ms() - start < SOON_MS);
		sleep_ms(10);
	}
	EXPECT_GE(clock_ms() - start, 249);
	/* What others claim is told to everybody: pass over it. */
	do {
		socklen_t length = sizeof(from);

		REQUIRE_EQ(wait_for(sender, POLLIN, SOON_MS), POLLIN);
		REQUIRE_OK(
			recvfrom(sender, data, sizeof(data), 0, (struct sockaddr *)&from, &length));
	} while (from.can_addr.j1939.pgn != PGN_TO_ONE);
	EXPECT_EQ(from.can_addr.j1939.name, NAME_LOW);
	EXPECT_EQ(from.can_addr.j1939.addr, 0x40);
	EXPECT_MEMEQ(data, "now", 3);

	EXPECT_EQ(sendto(sender, "by name", 7, 0, CAN_ADDRESS(to)), 7);
	EXPECT_EQ(wait_for(named, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvmsg(named, &message, 0), 7);
	for (struct cmsghdr *head = CMSG_FIRSTHDR(&message); head != NULL;
	     head = CMSG_NXTHDR(&message, head)) {
		if (head->cmsg_level == SOL_CAN_J1939 && head->cmsg_type == SCM_J1939_DEST_NAME)
			memcpy(&destination, CMSG_DATA(head), sizeof(destination));
	}
	EXPECT_EQ(destination, NAME_LOW);
}

/* A claim of somebody else's name is not sent. */
CASE(wrong_name,
     .claim = "a claim with another name than the socket's, or that is no name, fails with EPROTO",
     .level = OBSERVED, .spec = "net/can/j1939/address-claim.c", .topology = "can",
     .needs = "can_j1939", .tags = "can j1939 errno", .waits = true)
{
	struct sockaddr_can all =
		j1939_address(VCAN0, J1939_NO_NAME, J1939_PGN_ADDRESS_CLAIMED, J1939_NO_ADDR);
	struct sockaddr_can back = j1939_address(VCAN0, J1939_NO_NAME, PGN_TO_ONE, 0x20);
	int named = named_socket(NAME_LOW, 0x40);
	int64_t start = clock_ms();

	EXPECT_ERR(claim(named, NAME_HIGH), EPROTO);
	EXPECT_ERR(sendto(named, "short", 5, 0, CAN_ADDRESS(all)), EPROTO);
	EXPECT_EQ(claim(named, NAME_LOW), 8);

	/*
	 * The kernel maps the name to the address 250 ms later, also when the bus has gone
	 * meanwhile, and then never lets go of the bus (j1939_ecu_timer_handler()): wait for it.
	 */
	while (sendto(named, "mine", 4, 0, CAN_ADDRESS(back)) != 4) {
		REQUIRE_TRUE(errno == EADDRNOTAVAIL && clock_ms() - start < SOON_MS);
		sleep_ms(10);
	}
}

/*
 * Two want the same.
 *
 * The lower name wins; the other has lost its address, and has to claim another before it
 * can send again.
 */
CASE(contest,
     .claim = "when a lower name claims the same address, the higher one loses it: sending fails "
	      "with "
	      "EADDRNOTAVAIL",
     .level = LINUX, .spec = "net/can/j1939/address-claim.c j1939_ac_process()", .topology = "can",
     .needs = "can_j1939", .tags = "can j1939 errno", .waits = true)
{
	struct sockaddr_can back = j1939_address(VCAN0, J1939_NO_NAME, PGN_TO_ONE, 0x20);
	int high = named_socket(NAME_HIGH, 0x40), low = named_socket(NAME_LOW, 0x40);
	int64_t start = clock_ms();

	EXPECT_EQ(claim(high, NAME_HIGH), 8);
	while (sendto(high, "mine", 4, 0, CAN_ADDRESS(back)) != 4) {
		REQUIRE_TRUE(errno == EADDRNOTAVAIL && clock_ms() - start < SOON_MS);
		sleep_ms(10);
	}
	EXPECT_EQ(claim(low, NAME_LOW), 8);
	start = clock_ms();
	while (sendto(low, "mine", 4, 0, CAN_ADDRESS(back)) != 4) {
		REQUIRE_TRUE(errno == EADDRNOTAVAIL && clock_ms() - start < SOON_MS);
		sleep_ms(10);
	}
	EXPECT_ERR(sendto(high, "lost", 4, 0, CAN_ADDRESS(back)), EADDRNOTAVAIL);
}
