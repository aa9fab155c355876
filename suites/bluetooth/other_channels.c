/* SPDX-License-Identifier: MIT */
/*
 * The other channels of BTPROTO_HCI: one for a program that is the Bluetooth stack itself, one that
 * sees everything, one for management, one for what programs have to say.
 */
#include <endian.h>
#include <linux/capability.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/bluetooth/bluetooth_help.h"

#include "harness/case.h"

static int hci_socket(void)
{
	return SETUP(socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI));
}

/*
 * A stack of one's own.
 *
 * On the user channel a program has a controller for itself: the kernel's own Bluetooth does not
 * touch it as long as the socket is open, and sends it no command. So the controller has to be
 * off, EBUSY, and nobody else may have it, EUSERS.
 */
CASE(user_channel,
     .claim = "bind() to HCI_CHANNEL_USER fails with EBUSY while the controller is on and EUSERS "
	      "while another socket has it; its socket sends commands, and requests of others fail "
	      "with EBUSY",
     .level = OBSERVED, .spec = "net/bluetooth/hci_sock.c hci_sock_bind() HCI_CHANNEL_USER",
     .topology = "machine", .needs = "bluetooth vhci", .tags = "bluetooth hci bind errno")
{
	static const uint8_t read_address[4] = {HCI_COMMAND_PKT, 0x09, 0x10, 0};
	static const uint8_t bad_type[4] = {HCI_EVENT_PKT, 0x09, 0x10, 0};
	struct emulator emulator = controllers_on();
	struct sockaddr_hci user = hci_address(emulator.index[HERE], HCI_CHANNEL_USER);
	struct sockaddr_hci none = hci_address(HCI_DEV_NONE, HCI_CHANNEL_USER);
	struct sockaddr_hci nobody = hci_address(NOBODY, HCI_CHANNEL_USER);
	struct hci_dev_req request = {(uint16_t)emulator.index[HERE], SCAN_PAGE};
	int fd = hci_socket(), other = hci_socket(), control = hci_socket();
	uint8_t event[64];

	EXPECT_ERR(bind(fd, BLUETOOTH(user)), EBUSY);
	SETUP(ioctl(control, HCIDEVDOWN, emulator.index[HERE]));
	EXPECT_ERR(bind(fd, BLUETOOTH(none)), EINVAL);
	EXPECT_ERR(bind(fd, BLUETOOTH(nobody)), ENODEV);
	EXPECT_OK(bind(fd, BLUETOOTH(user)));
	EXPECT_ERR(bind(other, BLUETOOTH(user)), EUSERS, EBUSY);
	EXPECT_ERR(ioctl(control, HCISETSCAN, &request), EBUSY);

	EXPECT_ERR(send(fd, bad_type, sizeof(bad_type), 0), EINVAL);
	EXPECT_EQ(send(fd, read_address, sizeof(read_address), 0), 4);
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(fd, event, sizeof(event), MSG_DONTWAIT), 3 + 4 + 6);
	EXPECT_MEMEQ(event + 7, emulator_addresses[HERE], 6);

	EXPECT_OK(close(fd));
	EXPECT_OK(ioctl(control, HCIDEVUP, emulator.index[HERE]));
	EXPECT_OK(ioctl(control, HCISETSCAN, &request));
}

/* ------------------------------------------------------------ the monitor */

/* include/net/bluetooth/hci_mon.h: opcodes, and the head in front of each packet. */
enum { MONITOR_COMMAND = 2, MONITOR_EVENT = 3, MONITOR_NOTE = 12, MONITOR_LOGGING = 13 };

struct monitor_head {
	uint16_t opcode, index, length; /* little-endian */
};

/* The next packet of this opcode about this controller: the size behind its head, or -1. */
static ssize_t monitored(int fd, int opcode, int index, uint8_t *bytes, size_t size)
{
	uint8_t packet[2048];
	struct monitor_head head;

	while (wait_for(fd, POLLIN, SOON_MS) == POLLIN) {
		ssize_t got = EXPECT_OK(recv(fd, packet, sizeof(packet), MSG_DONTWAIT));

		if (got < (ssize_t)sizeof(head))
			return -1;
		memcpy(&head, packet, sizeof(head));
		if (le16toh(head.opcode) != opcode || le16toh(head.index) != index)
			continue;
		got -= (ssize_t)sizeof(head);
		EXPECT_EQ(le16toh(head.length), got);
		memcpy(bytes, packet + sizeof(head), (size_t)got < size ? (size_t)got : size);
		return got;
	}
	return -1;
}

/*
 * All controllers at once.
 *
 * The monitor gets a copy of everything that goes over any controller, with a head that says what
 * it is and of which controller; first it is told what there is already. It only looks on.
 */
CASE(monitor,
     .claim = "a socket of HCI_CHANNEL_MONITOR is told of the system and sees commands and events "
	      "of "
	      "every controller; it takes HCI_DEV_NONE only, EINVAL, and send() is EOPNOTSUPP",
     .level = OBSERVED, .spec = "net/bluetooth/hci_sock.c; include/net/bluetooth/hci_mon.h",
     .topology = "machine", .needs = "bluetooth vhci", .tags = "bluetooth hci monitor errno")
{
	struct emulator emulator = controllers_on();
	struct sockaddr_hci monitor = hci_address(HCI_DEV_NONE, HCI_CHANNEL_MONITOR);
	struct sockaddr_hci one = hci_address(emulator.index[HERE], HCI_CHANNEL_MONITOR);
	int fd = hci_socket();
	char note[128] = "";
	uint8_t bytes[64];

	EXPECT_ERR(bind(fd, BLUETOOTH(one)), EINVAL);
	EXPECT_OK(bind(fd, BLUETOOTH(monitor)));
	EXPECT_GT(monitored(fd, MONITOR_NOTE, 0xffff, (uint8_t *)note, sizeof(note) - 1), 0);
	EXPECT_TRUE(strncmp(note, "Linux version ", 14) == 0);
	for (int i = 0; i < EMULATED; i++) {
		/* Vol 4 Part E 7.3.18: Write Scan Enable, with its one parameter. */
		controller_scan(emulator.index[i], SCAN_PAGE);
		EXPECT_EQ(monitored(fd, MONITOR_COMMAND, emulator.index[i], bytes, sizeof(bytes)),
			  4);
		EXPECT_MEMEQ(bytes, "\x1a\x0c\x01\x02", 4);
		EXPECT_EQ(monitored(fd, MONITOR_EVENT, emulator.index[i], bytes, sizeof(bytes)), 6);
		EXPECT_MEMEQ(bytes, "\x0e\x04\x01\x1a\x0c\x00", 6);
	}
	EXPECT_ERR(send(fd, bytes, 6, 0), EOPNOTSUPP);
}

/*
 * A word to whoever looks on.
 *
 * A program can put a line of its own between the packets: a priority as of syslog, its name and
 * the text. It goes to the monitor and nowhere else.
 */
CASE(logging,
     .claim = "what is sent on HCI_CHANNEL_LOGGING is seen on the monitor with the number of a "
	      "controller; malformed it is EINVAL, recv() EOPNOTSUPP",
     .level = OBSERVED, .spec = "net/bluetooth/hci_sock.c hci_logging_frame()",
     .topology = "machine", .needs = "bluetooth vhci", .tags = "bluetooth hci monitor errno")
{
	/* Opcode 0, the controller, 12 bytes: information, "atlas" of 6 bytes, "hey". */
	uint8_t line[18] = {0,	 0,   0xff, 0xff, 12, 0,   6,	6,  'a',
			    't', 'l', 'a',  's',  0,  'h', 'e', 'y'};
	struct emulator emulator = controllers_on();
	struct sockaddr_hci monitor = hci_address(HCI_DEV_NONE, HCI_CHANNEL_MONITOR);
	struct sockaddr_hci logging = hci_address(HCI_DEV_NONE, HCI_CHANNEL_LOGGING);
	struct sockaddr_hci one = hci_address(emulator.index[HERE], HCI_CHANNEL_LOGGING);
	int watches = hci_socket(), fd = hci_socket();
	uint8_t bytes[64];

	SETUP(bind(watches, BLUETOOTH(monitor)));
	EXPECT_ERR(bind(fd, BLUETOOTH(one)), EINVAL);
	EXPECT_OK(bind(fd, BLUETOOTH(logging)));
	EXPECT_EQ(send(fd, line, sizeof(line), 0), sizeof(line));
	EXPECT_EQ(monitored(watches, MONITOR_LOGGING, 0xffff, bytes, sizeof(bytes)), 12);
	EXPECT_MEMEQ(bytes, line + 6, 12);
	line[2] = (uint8_t)emulator.index[THERE];
	line[3] = 0;
	EXPECT_EQ(send(fd, line, sizeof(line), 0), sizeof(line));
	EXPECT_EQ(monitored(watches, MONITOR_LOGGING, emulator.index[THERE], bytes, sizeof(bytes)),
		  12);
	line[2] = NOBODY;
	EXPECT_ERR(send(fd, line, sizeof(line), 0), ENODEV);
	line[6] = 8;
	EXPECT_ERR(send(fd, line, sizeof(line), 0), EINVAL);
	EXPECT_ERR(recv(fd, bytes, sizeof(bytes), MSG_DONTWAIT), EOPNOTSUPP);
}

/* --------------------------------------------------------------- management */

/* include/net/bluetooth/mgmt.h */
enum {
	MGMT_READ_VERSION = 0x0001,
	MGMT_READ_INDEX_LIST = 0x0003,
	MGMT_READ_INFO = 0x0004,
	MGMT_SET_POWERED = 0x0005,
	MGMT_COMMAND_COMPLETE = 0x0001,
	MGMT_COMMAND_STATUS = 0x0002,
	MGMT_INDEX_ADDED = 0x0004,
	MGMT_PERMISSION_DENIED = 0x14,
	MGMT_INVALID_INDEX = 0x11,
};

static int management_socket(void)
{
	struct sockaddr_hci address = hci_address(HCI_DEV_NONE, HCI_CHANNEL_CONTROL);
	int fd = hci_socket();

	SETUP(bind(fd, BLUETOOTH(address)));
	return fd;
}

/*
 * What send() gives for a command: its size, or 0 when the answer is Command Status, although all
 * of it was taken (the number of mgmt_cmd_status() in net/bluetooth/hci_sock.c hci_mgmt_cmd()).
 */
static ssize_t manage(int fd, int opcode, int index, const void *parameters, size_t size)
{
	uint8_t command[64] = {(uint8_t)opcode,	      (uint8_t)(opcode >> 8), (uint8_t)index,
			       (uint8_t)(index >> 8), (uint8_t)size,	      0};

	if (size > 0)
		memcpy(command + 6, parameters, size);
	return send(fd, command, 6 + size, 0);
}

/*
 * Waits for what answers a command: an event, its length, the opcode, a status. Other events are
 * passed over. Returns the event's number with what follows the status, or -1.
 */
static int answer(int fd, int opcode, uint8_t *status, uint8_t *bytes, size_t size)
{
	uint8_t packet[512];

	while (wait_for(fd, POLLIN, SOON_MS) == POLLIN) {
		ssize_t got = EXPECT_OK(recv(fd, packet, sizeof(packet), MSG_DONTWAIT));
		int event = packet[0] | packet[1] << 8;

		if (got < 9 || (event != MGMT_COMMAND_COMPLETE && event != MGMT_COMMAND_STATUS) ||
		    (packet[6] | packet[7] << 8) != opcode)
			continue;
		*status = packet[8];
		got -= 9;
		memcpy(bytes, packet + 9, (size_t)got < size ? (size_t)got : size);
		return event;
	}
	return -1;
}

/*
 * The kernel's own interface.
 *
 * Management is what a desktop's Bluetooth service uses: commands with a number, to one controller
 * or to none, and events that answer them or tell news. It has a version of its own.
 */
CASE(management,
     .claim = "HCI_CHANNEL_CONTROL answers Read Version with version 1, Read Index List with the "
	      "controllers, and Read Information with a controller's address",
     .level = LINUX, .spec = "BlueZ doc/mgmt-api.txt; net/bluetooth/mgmt.c", .topology = "machine",
     .needs = "bluetooth vhci", .tags = "bluetooth hci management")
{
	struct emulator emulator = controllers_on();
	uint8_t bytes[300], status = 77;
	int fd = management_socket(), count, seen = 0;

	EXPECT_EQ(manage(fd, MGMT_READ_VERSION, 0xffff, NULL, 0), 6);
	EXPECT_EQ(answer(fd, MGMT_READ_VERSION, &status, bytes, sizeof(bytes)),
		  MGMT_COMMAND_COMPLETE);
	EXPECT_EQ(status, 0);
	EXPECT_EQ(bytes[0], 1);
	OBSERVE("revision", "%d", bytes[1] | bytes[2] << 8);

	EXPECT_EQ(manage(fd, MGMT_READ_INDEX_LIST, 0xffff, NULL, 0), 6);
	EXPECT_EQ(answer(fd, MGMT_READ_INDEX_LIST, &status, bytes, sizeof(bytes)),
		  MGMT_COMMAND_COMPLETE);
	EXPECT_EQ(status, 0);
	count = bytes[0] | bytes[1] << 8;
	for (int i = 0; i < count && i < 16; i++) {
		int index = bytes[2 + 2 * i] | bytes[3 + 2 * i] << 8;

		seen += index == emulator.index[HERE] || index == emulator.index[THERE];
	}
	EXPECT_EQ(seen, EMULATED);

	EXPECT_EQ(manage(fd, MGMT_READ_INFO, emulator.index[THERE], NULL, 0), 6);
	EXPECT_EQ(answer(fd, MGMT_READ_INFO, &status, bytes, sizeof(bytes)), MGMT_COMMAND_COMPLETE);
	EXPECT_EQ(status, 0);
	EXPECT_MEMEQ(bytes, emulator_addresses[THERE], 6);
	EXPECT_EQ(manage(fd, MGMT_READ_INFO, NOBODY, NULL, 0), 0);
	EXPECT_EQ(answer(fd, MGMT_READ_INFO, &status, bytes, sizeof(bytes)), MGMT_COMMAND_STATUS);
	EXPECT_EQ(status, MGMT_INVALID_INDEX);
}

/* Anybody may ask; a change needs CAP_NET_ADMIN when the socket is bound. */
CASE(management_privilege,
     .claim =
	     "on HCI_CHANNEL_CONTROL without CAP_NET_ADMIN a question is answered, and a change is "
	     "answered with Permission Denied",
     .level = LINUX, .spec = "BlueZ doc/mgmt-api.txt; net/bluetooth/hci_sock.c hci_mgmt_cmd()",
     .topology = "machine", .needs = "bluetooth vhci", .tags = "bluetooth hci management privilege")
{
	static const uint8_t on = 1;
	struct emulator emulator = controllers_on();
	uint8_t bytes[300], status = 77;
	int trusted = management_socket(), fd;

	EXPECT_EQ(manage(trusted, MGMT_SET_POWERED, emulator.index[HERE], &on, sizeof(on)), 7);
	EXPECT_EQ(answer(trusted, MGMT_SET_POWERED, &status, bytes, sizeof(bytes)),
		  MGMT_COMMAND_COMPLETE);
	EXPECT_EQ(status, 0);
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	fd = management_socket();
	EXPECT_EQ(manage(fd, MGMT_SET_POWERED, emulator.index[HERE], &on, sizeof(on)), 0);
	EXPECT_EQ(answer(fd, MGMT_SET_POWERED, &status, bytes, sizeof(bytes)), MGMT_COMMAND_STATUS);
	EXPECT_EQ(status, MGMT_PERMISSION_DENIED);
	EXPECT_EQ(manage(fd, MGMT_READ_INFO, emulator.index[HERE], NULL, 0), 6);
	EXPECT_EQ(answer(fd, MGMT_READ_INFO, &status, bytes, sizeof(bytes)), MGMT_COMMAND_COMPLETE);
	EXPECT_EQ(status, 0);
	EXPECT_MEMEQ(bytes, emulator_addresses[HERE], 6);
}

/*
 * News.
 *
 * A controller that is plugged in is made known to every socket of this channel, which has to do
 * nothing for it.
 */
CASE(management_events,
     .claim = "a socket of HCI_CHANNEL_CONTROL is told of a new controller with the event Index "
	      "Added",
     .level = LINUX, .spec = "BlueZ doc/mgmt-api.txt Index Added Event", .topology = "machine",
     .needs = "bluetooth vhci", .tags = "bluetooth hci management")
{
	int fd = management_socket(), seen = 0;
	struct emulator emulator = controllers_on();
	uint8_t packet[512];

	while (seen < EMULATED && wait_for(fd, POLLIN, SOON_MS) == POLLIN) {
		ssize_t got = EXPECT_OK(recv(fd, packet, sizeof(packet), MSG_DONTWAIT));
		int index = packet[2] | packet[3] << 8;

		seen += got >= 6 && (packet[0] | packet[1] << 8) == MGMT_INDEX_ADDED &&
			(index == emulator.index[HERE] || index == emulator.index[THERE]);
	}
	EXPECT_EQ(seen, EMULATED);
}

struct privilege_row {
	struct variant variant;
	int channel, capability;
	bool of_a_controller;
};

static const struct privilege_row privileges[] = {
	{{"user", NULL}, HCI_CHANNEL_USER, CAP_NET_ADMIN, true},
	{{"monitor", NULL}, HCI_CHANNEL_MONITOR, CAP_NET_RAW, false},
	{{"logging", NULL}, HCI_CHANNEL_LOGGING, CAP_NET_ADMIN, false},
};

/* Whoever sees or has everything needs the privilege for it when the socket is bound. */
CASE(privileges_of_channels,
     .claim = "bind() to HCI_CHANNEL_USER or HCI_CHANNEL_LOGGING fails with EPERM without "
	      "CAP_NET_ADMIN, and to HCI_CHANNEL_MONITOR without CAP_NET_RAW",
     .level = OBSERVED, .spec = "net/bluetooth/hci_sock.c hci_sock_bind()", .topology = "machine",
     .needs = "bluetooth vhci", .tags = "bluetooth hci bind privilege errno", .VARIANTS(privileges))
{
	const struct privilege_row *row = VARIANT(struct privilege_row);
	struct emulator emulator = controllers_on();
	struct sockaddr_hci address = hci_address(
		row->of_a_controller ? emulator.index[HERE] : HCI_DEV_NONE, row->channel);
	int fd = hci_socket(), other = hci_socket();

	SETUP(ioctl(fd, HCIDEVDOWN, emulator.index[HERE]));
	EXPECT_OK(bind(fd, BLUETOOTH(address)));
	SETUP(close(fd));
	SETUP(sandbox_drop_capability(row->capability));
	EXPECT_ERR(bind(other, BLUETOOTH(address)), EPERM);
}

/* The largest packet of a channel that is no controller's: BT_SNDMTU and BT_RCVMTU are one. */
CASE(mtu,
     .claim =
	     "BT_SNDMTU of a socket for management is 1028 at first, is also BT_RCVMTU, and bounds "
	     "what send() takes, EINVAL",
     .level = OBSERVED, .spec = "net/bluetooth/hci_sock.c BT_SNDMTU", .since = "5.16",
     .topology = "machine", .needs = "bluetooth vhci", .tags = "bluetooth hci option errno")
{
	static const uint8_t read_version[6] = {MGMT_READ_VERSION, 0, 0xff, 0xff, 0, 0};
	int fd = management_socket();
	uint16_t mtu, five = 5, six = 6;

	get_value(fd, SOL_BLUETOOTH, BT_SNDMTU, &mtu);
	EXPECT_EQ(mtu, 1028);
	EXPECT_EQ(send(fd, read_version, sizeof(read_version), 0), 6);
	EXPECT_OK(setsockopt(fd, SOL_BLUETOOTH, BT_SNDMTU, &five, sizeof(five)));
	EXPECT_ERR(send(fd, read_version, sizeof(read_version), 0), EINVAL);
	get_value(fd, SOL_BLUETOOTH, BT_RCVMTU, &mtu);
	EXPECT_EQ(mtu, 5);
	EXPECT_OK(setsockopt(fd, SOL_BLUETOOTH, BT_RCVMTU, &six, sizeof(six)));
	EXPECT_EQ(send(fd, read_version, sizeof(read_version), 0), 6);
	get_value(fd, SOL_BLUETOOTH, BT_SNDMTU, &mtu);
	EXPECT_EQ(mtu, 6);
}
