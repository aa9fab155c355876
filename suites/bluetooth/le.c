/* SPDX-License-Identifier: MIT */
/* L2CAP over LE, Bluetooth Low Energy: channels with credits. */
#include <endian.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/bluetooth/bluetooth_help.h"

#include "harness/case.h"

/* Of services that nobody assigned a number: Bluetooth Core Specification 5.3, Vol 3 Part A 4.22.
 */
enum { LE_PSM = 0x0081, LAST_LE_PSM = 0x00ff };

static int le_socket(void)
{
	return SETUP(socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_L2CAP));
}

static struct sockaddr_l2 le_address(enum whose whose, unsigned int psm)
{
	struct sockaddr_l2 address = l2cap_address(whose, psm);

	address.l2_bdaddr_type = BDADDR_LE_PUBLIC;
	return address;
}

/*
 * Channels of a watch.
 *
 * Over LE a channel gives credits: a sender may send as many packets as the receiver said, and both
 * say how large a packet they take before. The address has a type, public here, and a PSM is a
 * number up to 255. The device that is to be found advertises itself.
 */
CASE(connection,
     .claim = "connect() reaches a listener of an LE device that advertises; packets larger than "
	      "those "
	      "of the air arrive whole, and no larger than BT_RCVMTU of the receiver, EMSGSIZE",
     .level = OBSERVED,
     .spec = "net/bluetooth/l2cap_sock.c BT_RCVMTU, BT_SNDMTU; Bluetooth Core Specification 5.3, "
	     "Vol 3 "
	     "Part A 4.22, 10.1",
     .topology = "machine", .needs = "bluetooth_l2cap vhci",
     .tags = "bluetooth l2cap le option errno")
{
	struct emulator emulator = controllers_on();
	struct sockaddr_l2 here = le_address(HERE, 0), there = le_address(THERE, LE_PSM), peer;
	socklen_t length = sizeof(peer);
	uint16_t mtu = 1000, got;
	char data[1001], read[1001];
	int listener = le_socket(), fd = le_socket(), server;

	controllers_le(&emulator);
	SETUP(bind(listener, BLUETOOTH(there)));
	EXPECT_OK(setsockopt(listener, SOL_BLUETOOTH, BT_RCVMTU, &mtu, sizeof(mtu)));
	SETUP(listen(listener, 1));
	SETUP(bind(fd, BLUETOOTH(here)));
	EXPECT_ERR(getsockopt(fd, SOL_BLUETOOTH, BT_SNDMTU, &got, &length), ENOTCONN);
	EXPECT_OK(connect(fd, BLUETOOTH(there)));
	server = accept_soon(listener);
	length = sizeof(peer);
	EXPECT_OK(getpeername(server, (struct sockaddr *)&peer, &length));
	EXPECT_MEMEQ(peer.l2_bdaddr, emulator_addresses[HERE], 6);
	EXPECT_EQ(peer.l2_bdaddr_type, BDADDR_LE_PUBLIC);
	get_value(fd, SOL_BLUETOOTH, BT_SNDMTU, &got);
	EXPECT_EQ(got, mtu);
	get_value(server, SOL_BLUETOOTH, BT_RCVMTU, &got);
	EXPECT_EQ(got, mtu);
	EXPECT_ERR(setsockopt(fd, SOL_BLUETOOTH, BT_SNDMTU, &mtu, sizeof(mtu)), EISCONN);
	EXPECT_ERR(setsockopt(fd, SOL_BLUETOOTH, BT_RCVMTU, &mtu, sizeof(mtu)), EISCONN);

	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (char)(i * 3);
	EXPECT_ERR(send(fd, data, 1001, 0), EMSGSIZE);
	EXPECT_EQ(send(fd, data, 1000, 0), 1000);
	EXPECT_EQ(wait_for(server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(server, read, sizeof(read), 0), 1000);
	EXPECT_MEMEQ(read, data, 1000);
}

struct psm_row {
	struct variant variant;
	unsigned int psm;
	int error;
};

static const struct psm_row psms[] = {
	{{"last", NULL}, LAST_LE_PSM, 0},
	{{"even", NULL}, LE_PSM + 1, 0},
	{{"past_the_last", NULL}, LAST_LE_PSM + 1, EINVAL},
};

/* One byte, even or odd. */
CASE(service_numbers,
     .claim = "bind() of an LE address takes any PSM up to 0x00ff, EINVAL above; PSM 0 takes the "
	      "first "
	      "free one from 0x0080 on",
     .level = OBSERVED, .spec = "net/bluetooth/l2cap_sock.c l2cap_validate_le_psm()",
     .topology = "machine", .needs = "bluetooth_l2cap vhci",
     .tags = "bluetooth l2cap le bind errno", .VARIANTS(psms))
{
	const struct psm_row *row = VARIANT(struct psm_row);
	struct sockaddr_l2 address = le_address(THERE, row->psm), any = le_address(THERE, 0), name;
	socklen_t length = sizeof(name);
	int fd, other;

	controllers_on();
	fd = le_socket();
	other = le_socket();
	if (row->error != 0)
		EXPECT_ERR(bind(fd, BLUETOOTH(address)), row->error);
	else
		EXPECT_OK(bind(fd, BLUETOOTH(address)));
	EXPECT_OK(bind(other, BLUETOOTH(any)));
	EXPECT_OK(getsockname(other, (struct sockaddr *)&name, &length));
	EXPECT_EQ(le16toh(name.l2_psm), 0x0080);
	EXPECT_EQ(name.l2_bdaddr_type, BDADDR_LE_PUBLIC);
}

/* --------------------------------------------------------------------- modes */

static const char enhanced_credits[] = "/sys/module/bluetooth/parameters/enable_ecred";

/* Whether the kernel was told to know the mode of enhanced credits; it can be changed. */
static void set_enhanced_credits(const char *value)
{
	int fd = SETUP(open(enhanced_credits, O_WRONLY | O_CLOEXEC));

	SETUP(write(fd, value, 1));
	close(fd);
}

struct mode_row {
	struct variant variant;
	uint8_t mode;
	bool le, good;
};

static const struct mode_row modes[] = {
	{{"basic", NULL}, BT_MODE_BASIC, false, true},
	{{"basic_over_le", NULL}, BT_MODE_BASIC, true, false},
	{{"retransmission_over_le", NULL}, BT_MODE_ERTM, true, false},
	{{"streaming_over_le", NULL}, BT_MODE_STREAMING, true, false},
	{{"credits", NULL}, BT_MODE_LE_FLOWCTL, true, true},
	{{"credits_over_bredr", NULL}, BT_MODE_LE_FLOWCTL, false, false},
	{{"enhanced_credits", NULL}, BT_MODE_EXT_FLOWCTL, true, true},
	{{"enhanced_credits_over_bredr", NULL}, BT_MODE_EXT_FLOWCTL, false, false},
};

/*
 * Which mode?
 *
 * `BT_MODE` names all modes of a channel. The kernel knows it only if it was told to know the last
 * of them, with its parameter enable_ecred, which is off.
 */
CASE(mode,
     .claim =
	     "BT_MODE fails with ENOPROTOOPT while the parameter enable_ecred is off; with it on, "
	     "it "
	     "takes a mode that the type of the socket's address has, EINVAL for others and before "
	     "bind()",
     .level = OBSERVED, .spec = "net/bluetooth/l2cap_sock.c BT_MODE; since Linux 5.7",
     .topology = "machine", .needs = "bluetooth_l2cap vhci",
     .tags = "bluetooth l2cap le option errno", .VARIANTS(modes))
{
	const struct mode_row *row = VARIANT(struct mode_row);
	struct sockaddr_l2 address = l2cap_address(THERE, row->le ? LE_PSM : PSM);
	uint8_t mode = 77, wanted = row->mode, before;
	socklen_t length = sizeof(mode);
	int fd;

	address.l2_bdaddr_type = row->le ? BDADDR_LE_PUBLIC : BDADDR_BREDR;
	before = row->le ? BT_MODE_LE_FLOWCTL : BT_MODE_BASIC;
	controllers_on();
	fd = le_socket();
	set_enhanced_credits("N");
	EXPECT_ERR(getsockopt(fd, SOL_BLUETOOTH, BT_MODE, &mode, &length), ENOPROTOOPT);
	EXPECT_ERR(setsockopt(fd, SOL_BLUETOOTH, BT_MODE, &wanted, sizeof(wanted)), ENOPROTOOPT);
	set_enhanced_credits("Y");
	EXPECT_ERR(setsockopt(fd, SOL_BLUETOOTH, BT_MODE, &wanted, sizeof(wanted)), EINVAL);
	EXPECT_OK(bind(fd, BLUETOOTH(address)));
	get_value(fd, SOL_BLUETOOTH, BT_MODE, &mode);
	EXPECT_EQ(mode, before);
	if (row->good)
		EXPECT_OK(setsockopt(fd, SOL_BLUETOOTH, BT_MODE, &wanted, sizeof(wanted)));
	else
		EXPECT_ERR(setsockopt(fd, SOL_BLUETOOTH, BT_MODE, &wanted, sizeof(wanted)), EINVAL);
	get_value(fd, SOL_BLUETOOTH, BT_MODE, &mode);
	EXPECT_EQ(mode, row->good ? wanted : before);
	set_enhanced_credits("N");
}
