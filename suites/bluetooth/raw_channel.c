/* SPDX-License-Identifier: MIT */
/*
 * The raw channel of a controller: commands to it, and a copy of what goes over it, beside
 * everything that the kernel does with it.
 */
#include <linux/capability.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "suites/bluetooth/bluetooth_help.h"

#include "harness/case.h"

/* Bluetooth Core Specification 5.3, Vol 4 Part E: 7.7.14, 7.4.6, 7.3.23. */
enum { COMMAND_COMPLETE = 0x0e, READ_BD_ADDR = 0x1009, READ_VOICE_SETTING = 0x0c25 };

static int raw_socket(int index)
{
	struct sockaddr_hci address = hci_address(index, HCI_CHANNEL_RAW);
	int fd = SETUP(socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI));

	SETUP(bind(fd, BLUETOOTH(address)));
	return fd;
}

/* Everything, or the events of one opcode. */
static struct hci_ufilter filter_of(unsigned int opcode)
{
	return (struct hci_ufilter){.type_mask = 1u << HCI_COMMAND_PKT | 1u << HCI_ACLDATA_PKT |
						 1u << HCI_SCODATA_PKT | 1u << HCI_EVENT_PKT,
				    .event_mask = {~0u, ~0u},
				    .opcode = (uint16_t)opcode};
}

static ssize_t send_command(int fd, unsigned int opcode)
{
	const uint8_t command[4] = {HCI_COMMAND_PKT, (uint8_t)opcode, (uint8_t)(opcode >> 8), 0};

	return send(fd, command, sizeof(command), 0);
}

/*
 * A question to the controller.
 *
 * A packet is a byte that says what follows (1 a command, 4 an event), and that. A command has an
 * opcode and its parameters; the answer is the event Command Complete with the same opcode, a
 * status, and what was asked for. Everybody who listens at this controller sees it; the filter of
 * a socket is empty at first and lets nothing through.
 */
CASE(command,
     .claim = "a command that is sent on the raw channel reaches the controller, and HCI_FILTER "
	      "lets "
	      "its Command Complete through, which an empty filter does not",
     .level = OBSERVED,
     .spec = "net/bluetooth/hci_sock.c; Bluetooth Core Specification 5.3, Vol 4 Part E 5.4, 7.7.14",
     .topology = "machine", .needs = "bluetooth vhci", .tags = "bluetooth hci option")
{
	struct emulator emulator = controllers_on();
	int fd = raw_socket(emulator.index[HERE]), deaf = raw_socket(emulator.index[HERE]);
	struct hci_ufilter filter = filter_of(0), got;
	uint8_t event[64];

	get_value(fd, SOL_HCI, HCI_FILTER, &got);
	EXPECT_EQ(got.type_mask, 0);
	EXPECT_EQ(got.event_mask[0], 0);
	EXPECT_OK(setsockopt(fd, SOL_HCI, HCI_FILTER, &filter, sizeof(filter)));
	get_value(fd, SOL_HCI, HCI_FILTER, &got);
	EXPECT_EQ(got.type_mask, filter.type_mask);
	EXPECT_EQ(got.event_mask[1], ~0u);
	EXPECT_EQ(got.opcode, 0);

	EXPECT_EQ(send_command(fd, READ_BD_ADDR), 4);
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLIN);
	/* First the command itself: this socket sees what others send, and not its own. */
	EXPECT_EQ(recv(fd, event, sizeof(event), MSG_DONTWAIT), 3 + 4 + 6);
	EXPECT_EQ(event[0], HCI_EVENT_PKT);
	EXPECT_EQ(event[1], COMMAND_COMPLETE);
	EXPECT_EQ(event[2], 4 + 6);
	EXPECT_EQ(event[4] | event[5] << 8, READ_BD_ADDR);
	EXPECT_EQ(event[6], 0);
	EXPECT_MEMEQ(event + 7, emulator_addresses[HERE], 6);
	EXPECT_ERR(recv(deaf, event, sizeof(event), MSG_DONTWAIT), EAGAIN);
}

/*
 * Only what is of interest.
 *
 * A filter chooses by the type of a packet, by the event, and for the answers to commands by the
 * opcode. A program asks one thing and wants its answer, whatever else goes on.
 */
CASE(filter,
     .claim = "HCI_FILTER lets through the types of packets in its mask, with an opcode only the "
	      "answers to "
	      "that command, and without the event's bit none",
     .level = OBSERVED, .spec = "net/bluetooth/hci_sock.c is_filtered_packet()",
     .topology = "machine", .needs = "bluetooth vhci", .tags = "bluetooth hci option")
{
	struct emulator emulator = controllers_on();
	int asks = raw_socket(emulator.index[HERE]), one = raw_socket(emulator.index[HERE]);
	int none = raw_socket(emulator.index[HERE]), all = raw_socket(emulator.index[HERE]);
	struct hci_ufilter answers = filter_of(READ_VOICE_SETTING), every = filter_of(0);
	struct hci_ufilter no_event = filter_of(0);
	uint8_t event[64];

	answers.type_mask = 1u << HCI_EVENT_PKT;
	no_event.event_mask[0] &= ~(1u << COMMAND_COMPLETE);
	EXPECT_OK(setsockopt(one, SOL_HCI, HCI_FILTER, &answers, sizeof(answers)));
	EXPECT_OK(setsockopt(none, SOL_HCI, HCI_FILTER, &no_event, sizeof(no_event)));
	EXPECT_OK(setsockopt(all, SOL_HCI, HCI_FILTER, &every, sizeof(every)));
	EXPECT_EQ(send_command(asks, READ_BD_ADDR), 4);
	EXPECT_EQ(send_command(asks, READ_VOICE_SETTING), 4);

	EXPECT_EQ(wait_for(one, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(one, event, sizeof(event), MSG_DONTWAIT), 3 + 4 + 2);
	EXPECT_EQ(event[4] | event[5] << 8, READ_VOICE_SETTING);
	EXPECT_EQ(event[7] | event[8] << 8, BT_VOICE_CVSD_16BIT);
	EXPECT_ERR(recv(one, event, sizeof(event), MSG_DONTWAIT), EAGAIN);

	/* The two commands of the other socket, and their answers. */
	for (int packets = 0, commands = 0; packets < 4; packets++) {
		ssize_t size;

		EXPECT_EQ(wait_for(all, POLLIN, SOON_MS), POLLIN);
		size = EXPECT_OK(recv(all, event, sizeof(event), MSG_DONTWAIT));
		commands += size > 0 && event[0] == HCI_COMMAND_PKT;
		if (packets == 3)
			EXPECT_EQ(commands, 2);
	}
	for (int commands = 0; commands < 2; commands++) {
		EXPECT_EQ(recv(none, event, sizeof(event), MSG_DONTWAIT), 4);
		EXPECT_EQ(event[0], HCI_COMMAND_PKT);
	}
	EXPECT_ERR(recv(none, event, sizeof(event), MSG_DONTWAIT), EAGAIN);
}

static struct cmsghdr *find_message(struct msghdr *message, int type)
{
	for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c != NULL; c = CMSG_NXTHDR(message, c)) {
		if (c->cmsg_level == SOL_HCI && c->cmsg_type == type)
			return c;
	}
	return NULL;
}

/*
 * Which way, and when?
 *
 * A copy of all packets does not say who sent one. `HCI_DATA_DIR` has the kernel say it beside
 * each, 0 for one to the controller and 1 for one from it; `HCI_TIME_STAMP` adds the time.
 */
CASE(direction_and_time,
     .claim =
	     "with HCI_DATA_DIR and HCI_TIME_STAMP a packet comes with the control messages "
	     "HCI_CMSG_DIR, 0 to and 1 from the controller, and HCI_CMSG_TSTAMP; without them with "
	     "none",
     .level = OBSERVED, .spec = "net/bluetooth/hci_sock.c hci_sock_cmsg()", .topology = "machine",
     .needs = "bluetooth vhci", .tags = "bluetooth hci option cmsg")
{
	struct emulator emulator = controllers_on();
	int asks = raw_socket(emulator.index[HERE]), plain = raw_socket(emulator.index[HERE]);
	int fd = raw_socket(emulator.index[HERE]), on = 1, incoming;
	struct hci_ufilter filter = filter_of(READ_BD_ADDR);
	struct timeval before, after, at;
	_Alignas(struct cmsghdr) char control[256];
	uint8_t event[64];
	struct iovec part = {event, sizeof(event)};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	EXPECT_EQ(get_int(fd, SOL_HCI, HCI_DATA_DIR), 0);
	EXPECT_EQ(get_int(fd, SOL_HCI, HCI_TIME_STAMP), 0);
	EXPECT_OK(setsockopt(fd, SOL_HCI, HCI_DATA_DIR, &on, sizeof(on)));
	EXPECT_OK(setsockopt(fd, SOL_HCI, HCI_TIME_STAMP, &on, sizeof(on)));
	EXPECT_EQ(get_int(fd, SOL_HCI, HCI_DATA_DIR), 1);
	EXPECT_EQ(get_int(fd, SOL_HCI, HCI_TIME_STAMP), 1);
	SETUP(setsockopt(fd, SOL_HCI, HCI_FILTER, &filter, sizeof(filter)));
	SETUP(setsockopt(plain, SOL_HCI, HCI_FILTER, &filter, sizeof(filter)));

	gettimeofday(&before, NULL);
	EXPECT_EQ(send_command(asks, READ_BD_ADDR), 4);
	for (int from_controller = 0; from_controller < 2; from_controller++) {
		struct cmsghdr *direction, *time;

		message.msg_control = control;
		message.msg_controllen = sizeof(control);
		EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLIN);
		EXPECT_OK(recvmsg(fd, &message, MSG_DONTWAIT));
		gettimeofday(&after, NULL);
		EXPECT_EQ(event[0], from_controller ? HCI_EVENT_PKT : HCI_COMMAND_PKT);
		direction = find_message(&message, HCI_CMSG_DIR);
		time = find_message(&message, HCI_CMSG_TSTAMP);
		REQUIRE_TRUE(direction != NULL && time != NULL);
		EXPECT_EQ(direction->cmsg_len, CMSG_LEN(sizeof(incoming)));
		memcpy(&incoming, CMSG_DATA(direction), sizeof(incoming));
		EXPECT_EQ(incoming, from_controller);
		EXPECT_EQ(time->cmsg_len, CMSG_LEN(sizeof(at)));
		memcpy(&at, CMSG_DATA(time), sizeof(at));
		EXPECT_TRUE(!timercmp(&at, &before, <));
		EXPECT_TRUE(!timercmp(&at, &after, >));
	}
	message.msg_control = control;
	message.msg_controllen = sizeof(control);
	EXPECT_OK(recvmsg(plain, &message, MSG_DONTWAIT));
	EXPECT_EQ(message.msg_controllen, 0);
}

/*
 * Anybody's questions.
 *
 * A program without CAP_NET_RAW may ask what does no harm, such as the name of a device, and see
 * such answers; the kernel has a list. Other commands, and data, are refused with EPERM.
 */
CASE(without_privilege,
     .claim = "without CAP_NET_RAW a harmless command is sent and answered, a command that changes "
	      "something fails with EPERM, and HCI_FILTER is cut to harmless events",
     .level = OBSERVED, .spec = "net/bluetooth/hci_sock.c hci_sec_filter", .topology = "machine",
     .needs = "bluetooth vhci", .tags = "bluetooth hci privilege errno")
{
	/* Vol 4 Part E 7.3.12 and 7.3.2. */
	enum { READ_LOCAL_NAME = 0x0c14, RESET = 0x0c03 };
	struct emulator emulator = controllers_on();
	int fd = raw_socket(emulator.index[HERE]);
	struct hci_ufilter filter = filter_of(0), got;

	SETUP(sandbox_drop_capability(CAP_NET_RAW));
	EXPECT_OK(setsockopt(fd, SOL_HCI, HCI_FILTER, &filter, sizeof(filter)));
	get_value(fd, SOL_HCI, HCI_FILTER, &got);
	EXPECT_EQ(got.type_mask, 1u << HCI_EVENT_PKT);
	EXPECT_EQ(got.event_mask[0] & 1u << COMMAND_COMPLETE, 1u << COMMAND_COMPLETE);
	EXPECT_NE(got.event_mask[0], ~0u);

	EXPECT_ERR(send_command(fd, RESET), EPERM);
	EXPECT_EQ(send_command(fd, READ_LOCAL_NAME), 4);
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLIN);
}

/*
 * Bound once, to a controller that exists.
 *
 * A socket belongs to one controller, or with `HCI_DEV_NONE` to none, for requests of ioctl().
 * It is bound once; a socket that has no controller can send nothing.
 */
CASE(bind_once,
     .claim = "bind() fails with ENODEV for a controller that is not there and with EALREADY the "
	      "second time; getsockname() tells the controller; without one it is EBADFD, as is "
	      "send()",
     .level = OBSERVED, .spec = "net/bluetooth/hci_sock.c hci_sock_bind(), hci_sock_getname()",
     .topology = "machine", .needs = "bluetooth vhci", .tags = "bluetooth hci bind errno")
{
	struct emulator emulator = controllers_on();
	struct sockaddr_hci nobody = hci_address(NOBODY, HCI_CHANNEL_RAW);
	struct sockaddr_hci good = hci_address(emulator.index[THERE], HCI_CHANNEL_RAW);
	struct sockaddr_hci none = hci_address(HCI_DEV_NONE, HCI_CHANNEL_RAW), name = none;
	struct sockaddr_hci no_channel = hci_address(HCI_DEV_NONE, 77), other = good;
	int fd = SETUP(socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI));
	int without = SETUP(socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI));
	socklen_t length = sizeof(name);

	EXPECT_ERR(bind(fd, BLUETOOTH(nobody)), ENODEV);
	EXPECT_ERR(bind(fd, BLUETOOTH(no_channel)), EINVAL);
	other.hci_family = AF_INET;
	EXPECT_ERR(bind(fd, BLUETOOTH(other)), EINVAL);
	EXPECT_OK(bind(fd, BLUETOOTH(good)));
	EXPECT_ERR(bind(fd, BLUETOOTH(good)), EALREADY);
	EXPECT_OK(getsockname(fd, (struct sockaddr *)&name, &length));
	EXPECT_EQ(length, sizeof(name));
	EXPECT_EQ(name.hci_family, AF_BLUETOOTH);
	EXPECT_EQ(name.hci_dev, emulator.index[THERE]);
	EXPECT_EQ(name.hci_channel, HCI_CHANNEL_RAW);
	EXPECT_ERR(getpeername(fd, (struct sockaddr *)&name, &length), EOPNOTSUPP);

	EXPECT_OK(bind(without, BLUETOOTH(none)));
	EXPECT_ERR(getsockname(without, (struct sockaddr *)&name, &length), EBADFD);
	EXPECT_ERR(send_command(without, READ_BD_ADDR), EBADFD);
	EXPECT_EQ(send_command(fd, READ_BD_ADDR), 4);
}

/* Only to a controller that is on, and no less than a packet's head. */
CASE(send_errors,
     .claim =
	     "send() on the raw channel fails with EINVAL for less than 4 bytes or another type of "
	     "packet, EOPNOTSUPP with MSG_OOB, and ENETDOWN when the controller is off",
     .level = OBSERVED, .spec = "net/bluetooth/hci_sock.c hci_sock_sendmsg()",
     .topology = "machine", .needs = "bluetooth vhci", .tags = "bluetooth hci errno")
{
	struct emulator emulator = controllers_on();
	const uint8_t event[4] = {HCI_EVENT_PKT, 1, 1, 0};
	const uint8_t command[4] = {HCI_COMMAND_PKT, READ_BD_ADDR & 0xff, READ_BD_ADDR >> 8, 0};
	int fd = raw_socket(emulator.index[HERE]);

	EXPECT_EQ(send(fd, command, sizeof(command), 0), 4);
	EXPECT_ERR(send(fd, command, sizeof(command) - 1, 0), EINVAL);
	EXPECT_ERR(send(fd, event, sizeof(event), 0), EINVAL);
	EXPECT_ERR(send(fd, command, sizeof(command), MSG_OOB), EOPNOTSUPP);
	EXPECT_OK(ioctl(fd, HCIDEVDOWN, emulator.index[HERE]));
	EXPECT_ERR(send(fd, command, sizeof(command), 0), ENETDOWN);
}

struct wrong_row {
	struct variant variant;
	int level, option;
	bool readable;
};

static const struct wrong_row wrongs[] = {
	{{"unknown_option", NULL}, SOL_HCI, 77, false},
	{{"mtu", NULL, .since = "5.16"}, SOL_BLUETOOTH, BT_SNDMTU, true},
	{{"receive_mtu", NULL, .since = "5.16"}, SOL_BLUETOOTH, BT_RCVMTU, true},
	{{"other_level", NULL}, SOL_RFCOMM, HCI_FILTER, false},
};

/*
 * A level that is not its own, an option that it does not have. The packets are the controller's
 * and have no other bound: their size can be read, and not be set.
 */
CASE(option_errors,
     .claim = "options that the raw channel does not have fail with ENOPROTOOPT, as does setting "
	      "BT_SNDMTU and BT_RCVMTU; HCI_FILTER on "
	      "another channel with EBADFD",
     .level = OBSERVED, .spec = "net/bluetooth/hci_sock.c hci_sock_setsockopt()",
     .topology = "machine", .needs = "bluetooth vhci", .tags = "bluetooth hci option errno",
     .VARIANTS(wrongs))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	struct emulator emulator = controllers_on();
	struct hci_ufilter filter = filter_of(0);
	struct sockaddr_hci management = hci_address(HCI_DEV_NONE, HCI_CHANNEL_CONTROL);
	int fd = raw_socket(emulator.index[HERE]);
	int other = SETUP(socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI));
	socklen_t length = sizeof(filter);

	EXPECT_ERR(setsockopt(fd, row->level, row->option, &filter, sizeof(filter)), ENOPROTOOPT);
	if (row->readable)
		EXPECT_OK(getsockopt(fd, row->level, row->option, &filter, &length));
	else
		EXPECT_ERR(getsockopt(fd, row->level, row->option, &filter, &length), ENOPROTOOPT);
	EXPECT_OK(setsockopt(fd, SOL_HCI, HCI_FILTER, &filter, sizeof(filter)));
	SETUP(bind(other, BLUETOOTH(management)));
	EXPECT_ERR(setsockopt(other, SOL_HCI, HCI_FILTER, &filter, sizeof(filter)), EBADFD);
}
