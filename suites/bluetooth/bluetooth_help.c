/* SPDX-License-Identifier: MIT */
#include "suites/bluetooth/bluetooth_help.h"

#include <endian.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "harness/calls/record.h"
#include "harness/case.h"

/* hci_sync.c powers a new controller on by itself: one that is up already is as wanted. */
static int power(int fd, int index)
{
	return ioctl(fd, HCIDEVUP, index) == 0 || errno == EALREADY ? 0 : -1;
}

struct emulator controllers_start(void)
{
	struct emulator emulator;

	calls_pause();
	SETUP(emulator_start(&emulator));
	calls_resume();
	return emulator;
}

void controller_scan(int index, uint32_t scan)
{
	struct hci_dev_req request = {(uint16_t)index, scan};
	int fd;

	calls_pause();
	fd = SETUP(socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI));
	SETUP(ioctl(fd, HCISETSCAN, &request));
	close(fd);
	calls_resume();
}

struct emulator controllers_on(void)
{
	struct emulator emulator = controllers_start();
	int fd;

	calls_pause();
	fd = SETUP(socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI));
	for (int i = 0; i < EMULATED; i++)
		SETUP(power(fd, emulator.index[i]));
	close(fd);
	calls_resume();
	for (int i = 0; i < EMULATED; i++)
		controller_scan(emulator.index[i], SCAN_INQUIRY | SCAN_PAGE);
	return emulator;
}

static void put_address(uint8_t *at, enum whose whose)
{
	if (whose == ANYONE)
		memset(at, 0, 6);
	else
		memcpy(at, emulator_addresses[whose], 6);
}

struct sockaddr_hci hci_address(int device, int channel)
{
	return (struct sockaddr_hci){AF_BLUETOOTH, (uint16_t)device, (uint16_t)channel};
}

struct sockaddr_l2 l2cap_address(enum whose whose, unsigned int psm)
{
	struct sockaddr_l2 address;

	memset(&address, 0, sizeof(address));
	address.l2_family = AF_BLUETOOTH;
	address.l2_psm = htole16((uint16_t)psm);
	put_address(address.l2_bdaddr, whose);
	return address;
}

struct sockaddr_rc rfcomm_address(enum whose whose, unsigned int channel)
{
	struct sockaddr_rc address;

	memset(&address, 0, sizeof(address));
	address.rc_family = AF_BLUETOOTH;
	address.rc_channel = (uint8_t)channel;
	put_address(address.rc_bdaddr, whose);
	return address;
}

struct sockaddr_sco sco_address(enum whose whose)
{
	struct sockaddr_sco address = {.sco_family = AF_BLUETOOTH};

	put_address(address.sco_bdaddr, whose);
	return address;
}

int accept_soon_here(int listener)
{
	EXPECT_EQ(wait_for(listener, POLLIN, SOON_MS), POLLIN);
	return SETUP(accept4(listener, NULL, NULL, SOCK_NONBLOCK));
}

static struct pair connected(int type, int protocol, const struct sockaddr *here,
			     const struct sockaddr *there, const struct sockaddr *to,
			     socklen_t length)
{
	struct pair pair;

	pair.listener = SETUP(socket(AF_BLUETOOTH, type, protocol));
	SETUP(bind(pair.listener, there, length));
	SETUP(listen(pair.listener, 1));
	pair.client = SETUP(socket(AF_BLUETOOTH, type, protocol));
	SETUP(bind(pair.client, here, length));
	SETUP(connect(pair.client, to, length));
	pair.server = accept_soon(pair.listener);
	return pair;
}

struct pair l2cap_pair_here(int type)
{
	struct sockaddr_l2 here = l2cap_address(HERE, 0), there = l2cap_address(THERE, PSM);

	return connected(type, BTPROTO_L2CAP, (struct sockaddr *)&here, (struct sockaddr *)&there,
			 (struct sockaddr *)&there, sizeof(there));
}

struct pair rfcomm_pair_here(void)
{
	struct sockaddr_rc here = rfcomm_address(HERE, 0), there = rfcomm_address(THERE, CHANNEL);

	return connected(SOCK_STREAM, BTPROTO_RFCOMM, (struct sockaddr *)&here,
			 (struct sockaddr *)&there, (struct sockaddr *)&there, sizeof(there));
}

struct pair sco_pair_here(void)
{
	struct sockaddr_sco here = sco_address(HERE), there = sco_address(THERE);

	return connected(SOCK_SEQPACKET, BTPROTO_SCO, (struct sockaddr *)&here,
			 (struct sockaddr *)&there, (struct sockaddr *)&there, sizeof(there));
}

void get_value_at(struct expect_at at, int fd, int level, int option, void *value, size_t size)
{
	socklen_t length = (socklen_t)size;

	memset(value, 0xa5, size);
	expect_success(at, getsockopt(fd, level, option, value, &length));
}

enum { MANAGEMENT_MOST = 32 };

/* A command of management, and waiting for its answer. */
static void manage_soon(int index, int opcode, const void *parameters, size_t count)
{
	struct sockaddr_hci control = hci_address(HCI_DEV_NONE, HCI_CHANNEL_CONTROL);
	uint8_t command[6 + MANAGEMENT_MOST] = {
		(uint8_t)opcode,       (uint8_t)(opcode >> 8), (uint8_t)index,
		(uint8_t)(index >> 8), (uint8_t)count,
	};
	uint8_t event[512];
	int fd = SETUP(socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI)), status = -1;

	SETUP(bind(fd, BLUETOOTH(control)));
	memcpy(command + 6, parameters, count);
	/* What is so already is EALREADY, and answered. */
	SETUP(send(fd, command, 6 + count, 0) >= 0 || errno == EALREADY ? 0 : -1);
	while (status < 0 && wait_for(fd, POLLIN, SOON_MS) == POLLIN) {
		ssize_t size = SETUP(recv(fd, event, sizeof(event), MSG_DONTWAIT));

		/* Command Complete or Command Status, of this command. */
		if (size >= 9 && (event[0] == 1 || event[0] == 2) && event[1] == 0 &&
		    (event[6] | event[7] << 8) == opcode)
			status = event[8];
	}
	errno = EPROTO;
	SETUP(status == 0 ? 0 : -1);
	close(fd);
}

void controllers_le(const struct emulator *emulator)
{
	enum { SET_LE = 0x000d, SET_ADVERTISING = 0x0029 };

	calls_pause();
	for (int i = 0; i < EMULATED; i++)
		manage_soon(emulator->index[i], SET_LE, "\1", 1);
	manage_soon(emulator->index[THERE], SET_ADVERTISING, "\1", 1);
	calls_resume();
}

void management_iso(bool on)
{
	enum { SET_EXPERIMENTAL_FEATURE = 0x004a };
	/* 6fbaf188-05e0-496a-9885-d6ddfdb4e03e, the last byte first: net/bluetooth/mgmt.c. */
	uint8_t feature[17] = {0x3e, 0xe0, 0xb4, 0xfd, 0xdd, 0xd6, 0x85, 0x98, 0x6a,
			       0x49, 0xe0, 0x05, 0x88, 0xf1, 0xba, 0x6f, on};

	calls_pause();
	manage_soon(HCI_DEV_NONE, SET_EXPERIMENTAL_FEATURE, feature, sizeof(feature));
	calls_resume();
}
