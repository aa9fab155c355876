/* SPDX-License-Identifier: MIT */
/* RFCOMM: serial lines between two devices, up to 30 over one L2CAP channel. */
#include <linux/capability.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/bluetooth/bluetooth_help.h"

#include "harness/case.h"

static int rfcomm_socket(void)
{
	return SETUP(socket(AF_BLUETOOTH, SOCK_STREAM, BTPROTO_RFCOMM));
}

static struct sockaddr_rc name_of(int fd, bool peer)
{
	struct sockaddr_rc name;
	socklen_t length = sizeof(name);

	memset(&name, 0xa5, sizeof(name));
	EXPECT_OK((peer ? getpeername : getsockname)(fd, (struct sockaddr *)&name, &length));
	EXPECT_EQ(length, sizeof(name));
	EXPECT_EQ(name.rc_family, AF_BLUETOOTH);
	return name;
}

/*
 * A cable, without a cable.
 *
 * RFCOMM is the serial port of the telephone age: channels 1 to 30 of a device, each a stream of
 * bytes. For a program it is SOCK_STREAM with another address.
 */
CASE(connection,
     .claim =
	     "connect() reaches a listener of another device by its address and channel; both ends "
	     "know each other, and a stream of bytes arrives; shutdown() of one gives the other "
	     "ECONNRESET",
     .level = OBSERVED, .spec = "net/bluetooth/rfcomm/sock.c; Bluetooth RFCOMM 1.2",
     .topology = "machine", .needs = "bluetooth_rfcomm vhci", .tags = "bluetooth rfcomm connect")
{
	struct sockaddr_rc name;
	struct pair pair;
	char got[16];

	controllers_on();
	pair = rfcomm_pair();
	name = name_of(pair.server, false);
	EXPECT_MEMEQ(name.rc_bdaddr, emulator_addresses[THERE], 6);
	EXPECT_EQ(name.rc_channel, CHANNEL);
	name = name_of(pair.client, true);
	EXPECT_MEMEQ(name.rc_bdaddr, emulator_addresses[THERE], 6);
	EXPECT_EQ(name.rc_channel, CHANNEL);
	EXPECT_MEMEQ(name_of(pair.client, false).rc_bdaddr, emulator_addresses[HERE], 6);
	EXPECT_MEMEQ(name_of(pair.server, true).rc_bdaddr, emulator_addresses[HERE], 6);

	EXPECT_EQ(send(pair.client, "hello", 5, 0), 5);
	EXPECT_EQ(send(pair.client, " there", 6, 0), 6);
	EXPECT_EQ(read_exactly(pair.server, got, 11), 11);
	EXPECT_MEMEQ(got, "hello there", 11);
	EXPECT_EQ(send(pair.server, "and back", 8, 0), 8);
	EXPECT_EQ(read_exactly(pair.client, got, 8), 8);
	EXPECT_MEMEQ(got, "and back", 8);

	EXPECT_OK(shutdown(pair.client, SHUT_RDWR));
	EXPECT_EQ(wait_for(pair.server, POLLRDHUP, SOON_MS) & POLLHUP, POLLHUP);
	EXPECT_ERR(recv(pair.server, got, sizeof(got), 0), ECONNRESET);
	EXPECT_ERR(send(pair.client, "x", 1, MSG_NOSIGNAL), EPIPE);
}

/* More than a frame, more than the credits that the other side has given: in order all the same. */
CASE(flow, .claim = "bytes arrive complete and in order when a sender is ahead of its receiver",
     .level = OBSERVED, .spec = "Bluetooth RFCOMM 1.2 6.5; net/bluetooth/rfcomm/core.c",
     .topology = "machine", .needs = "bluetooth_rfcomm vhci", .tags = "bluetooth rfcomm stream")
{
	static unsigned char data[20000], got[20000];
	struct pair pair;
	size_t sent = 0, read = 0;

	controllers_on();
	pair = rfcomm_pair();
	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (unsigned char)(i * 7 + i / 251);
	while (read < sizeof(got)) {
		if (sent < sizeof(data)) {
			ssize_t part =
				send(pair.client, data + sent, sizeof(data) - sent, MSG_DONTWAIT);

			if (part > 0)
				sent += (size_t)part;
		}
		if (wait_for(pair.server, POLLIN, SOON_MS) != POLLIN)
			break;
		read += (size_t)EXPECT_OK(recv(pair.server, got + read, sizeof(got) - read, 0));
	}
	EXPECT_EQ(read, sizeof(got));
	EXPECT_MEMEQ(got, data, sizeof(data));
}

/* A channel of a device has one listener, and another device its own. */
CASE(channel_in_use,
     .claim = "bind() to a channel on which another socket of the device listens fails with "
	      "EADDRINUSE "
	      "until that is closed",
     .level = OBSERVED, .spec = "net/bluetooth/rfcomm/sock.c rfcomm_sock_bind()",
     .topology = "machine", .needs = "bluetooth_rfcomm vhci", .tags = "bluetooth rfcomm bind errno")
{
	struct sockaddr_rc taken = rfcomm_address(THERE, CHANNEL),
			   here = rfcomm_address(HERE, CHANNEL);
	int owner, fd, other;

	controllers_on();
	owner = rfcomm_socket();
	fd = rfcomm_socket();
	other = rfcomm_socket();
	SETUP(bind(owner, BLUETOOTH(taken)));
	SETUP(listen(owner, 1));
	EXPECT_ERR(bind(fd, BLUETOOTH(taken)), EADDRINUSE);
	EXPECT_OK(bind(other, BLUETOOTH(here)));
	EXPECT_OK(close(owner));
	EXPECT_OK(bind(fd, BLUETOOTH(taken)));
	EXPECT_ERR(bind(fd, BLUETOOTH(taken)), EBADFD);
}

/* Any channel will do: one is chosen when the socket starts to listen, and not before. */
CASE(any_channel,
     .claim = "a socket that is bound to channel 0 gets the first free channel from listen()",
     .level = OBSERVED, .spec = "net/bluetooth/rfcomm/sock.c rfcomm_sock_listen()",
     .topology = "machine", .needs = "bluetooth_rfcomm vhci", .tags = "bluetooth rfcomm listen")
{
	struct sockaddr_rc any = rfcomm_address(THERE, 0);
	int fd, next;

	controllers_on();
	fd = rfcomm_socket();
	next = rfcomm_socket();
	EXPECT_ERR(listen(fd, 1), EBADFD);
	EXPECT_OK(bind(fd, BLUETOOTH(any)));
	EXPECT_OK(bind(next, BLUETOOTH(any)));
	EXPECT_EQ(name_of(fd, false).rc_channel, 0);
	EXPECT_OK(listen(fd, 1));
	EXPECT_EQ(name_of(fd, false).rc_channel, 1);
	EXPECT_OK(listen(next, 1));
	EXPECT_EQ(name_of(next, false).rc_channel, 2);
}

/* Nobody listening, no such channel. */
CASE(connect_errors,
     .claim = "connect() fails with EHOSTDOWN when no device answers, ECONNREFUSED when nobody "
	      "listens "
	      "on the channel, EINVAL for channel 0 or 31",
     .level = OBSERVED, .spec = "net/bluetooth/rfcomm/core.c rfcomm_dlc_open(), rfcomm_recv_dm()",
     .topology = "machine", .needs = "bluetooth_rfcomm vhci",
     .tags = "bluetooth rfcomm connect errno")
{
	struct sockaddr_rc here = rfcomm_address(HERE, 0), there = rfcomm_address(THERE, CHANNEL);
	struct sockaddr_rc zero = rfcomm_address(THERE, 0), large = rfcomm_address(THERE, 31);
	int fd[6], listener;

	controllers_on();
	listener = rfcomm_socket();
	for (int i = 1; i < 6; i++) {
		fd[i] = rfcomm_socket();
		SETUP(bind(fd[i], BLUETOOTH(here)));
	}
	EXPECT_ERR(connect(fd[1], BLUETOOTH(there)), ECONNREFUSED);
	EXPECT_ERR(connect(fd[2], BLUETOOTH(zero)), EINVAL);
	EXPECT_ERR(connect(fd[3], BLUETOOTH(large)), EINVAL);
	EXPECT_ERR(connect(fd[4], (struct sockaddr *)&there, sizeof(there) - 1), EINVAL);
	SETUP(bind(listener, BLUETOOTH(there)));
	SETUP(listen(listener, 1));
	EXPECT_OK(connect(fd[5], BLUETOOTH(there)));
	EXPECT_ERR(connect(fd[5], BLUETOOTH(there)), EBADFD);
}

/* A device that is away: the same as with L2CAP, which RFCOMM goes over. */
CASE(nobody_answers, .claim = "connect() fails with EHOSTDOWN when the device does not answer",
     .level = OBSERVED, .spec = "net/bluetooth/rfcomm/core.c; net/bluetooth/lib.c bt_to_errno()",
     .topology = "machine", .needs = "bluetooth_rfcomm bluetooth_link_loss vhci",
     .tags = "bluetooth rfcomm connect errno")
{
	struct emulator emulator = controllers_on();
	struct sockaddr_rc here = rfcomm_address(HERE, 0), there = rfcomm_address(THERE, CHANNEL);
	int fd = rfcomm_socket();

	SETUP(bind(fd, BLUETOOTH(here)));
	controller_scan(emulator.index[THERE], SCAN_DISABLED);
	EXPECT_ERR(connect(fd, BLUETOOTH(there)), EHOSTDOWN);
	controller_scan(emulator.index[THERE], SCAN_PAGE);
	rfcomm_pair();
}

struct security_row {
	struct variant variant;
	uint8_t level;
	int link_mode;
};

static const struct security_row securities[] = {
	{{"low", NULL}, BT_SECURITY_LOW, RFCOMM_LM_AUTH},
	{{"medium", NULL}, BT_SECURITY_MEDIUM, RFCOMM_LM_AUTH | RFCOMM_LM_ENCRYPT},
	{{"high", NULL}, BT_SECURITY_HIGH, RFCOMM_LM_AUTH | RFCOMM_LM_ENCRYPT | RFCOMM_LM_SECURE},
};

/*
 * The level of a serial line.
 *
 * `BT_SECURITY` or the bits of `RFCOMM_LM`: two names for one thing. What it does can be seen on
 * the connection below, whose level an L2CAP socket tells.
 */
CASE(security,
     .claim =
	     "BT_SECURITY and RFCOMM_LM are one, and with more than BT_SECURITY_LOW the connection "
	     "below is authenticated and encrypted",
     .level = OBSERVED, .spec = "net/bluetooth/rfcomm/sock.c BT_SECURITY, RFCOMM_LM",
     .topology = "machine", .needs = "bluetooth_rfcomm bluetooth_l2cap vhci",
     .tags = "bluetooth rfcomm option", .VARIANTS(securities))
{
	const struct security_row *row = VARIANT(struct security_row);
	struct sockaddr_rc here = rfcomm_address(HERE, 0), there = rfcomm_address(THERE, CHANNEL);
	struct bt_security security = {.level = row->level}, got;
	int listener, fd, mode = row->link_mode | RFCOMM_LM_MASTER, low = RFCOMM_LM_AUTH;
	struct pair below;

	controllers_on();
	listener = rfcomm_socket();
	fd = rfcomm_socket();
	SETUP(bind(listener, BLUETOOTH(there)));
	SETUP(listen(listener, 1));
	SETUP(bind(fd, BLUETOOTH(here)));
	get_value(fd, SOL_BLUETOOTH, BT_SECURITY, &got);
	EXPECT_EQ(got.level, BT_SECURITY_LOW);
	EXPECT_EQ(got.key_size, 0);
	EXPECT_OK(setsockopt(fd, SOL_RFCOMM, RFCOMM_LM, &mode, sizeof(mode)));
	EXPECT_EQ(get_int(fd, SOL_RFCOMM, RFCOMM_LM), mode);
	get_value(fd, SOL_BLUETOOTH, BT_SECURITY, &got);
	EXPECT_EQ(got.level, row->level);
	EXPECT_OK(setsockopt(fd, SOL_RFCOMM, RFCOMM_LM, &low, sizeof(low)));
	EXPECT_EQ(get_int(fd, SOL_RFCOMM, RFCOMM_LM), low);
	EXPECT_OK(setsockopt(fd, SOL_BLUETOOTH, BT_SECURITY, &security, sizeof(security)));
	EXPECT_EQ(get_int(fd, SOL_RFCOMM, RFCOMM_LM), row->link_mode);

	EXPECT_OK(connect(fd, BLUETOOTH(there)));
	accept_soon(listener);
	below = l2cap_pair(SOCK_SEQPACKET);
	get_value(below.client, SOL_BLUETOOTH, BT_SECURITY, &got);
	EXPECT_EQ(got.level, row->level);
	EXPECT_EQ(got.key_size, row->level > BT_SECURITY_LOW ? 16 : 0);
}

/* The level that governments ask for is one of L2CAP. */
CASE(security_errors,
     .claim =
	     "BT_SECURITY above BT_SECURITY_HIGH and RFCOMM_LM_FIPS fail with EINVAL, options that "
	     "RFCOMM has not with ENOPROTOOPT",
     .level = OBSERVED, .spec = "net/bluetooth/rfcomm/sock.c rfcomm_sock_setsockopt()",
     .topology = "machine", .needs = "bluetooth_rfcomm vhci",
     .tags = "bluetooth rfcomm option errno")
{
	struct bt_security fips = {.level = BT_SECURITY_FIPS}, got;
	int bits = RFCOMM_LM_FIPS, good = RFCOMM_LM_AUTH | RFCOMM_LM_ENCRYPT, fd;
	socklen_t length = sizeof(bits);

	controllers_on();
	fd = rfcomm_socket();
	EXPECT_ERR(setsockopt(fd, SOL_BLUETOOTH, BT_SECURITY, &fips, sizeof(fips)), EINVAL);
	EXPECT_ERR(setsockopt(fd, SOL_RFCOMM, RFCOMM_LM, &bits, sizeof(bits)), EINVAL);
	EXPECT_ERR(setsockopt(fd, SOL_RFCOMM, 77, &bits, sizeof(bits)), ENOPROTOOPT);
	EXPECT_ERR(getsockopt(fd, SOL_RFCOMM, 77, &bits, &length), ENOPROTOOPT);
	EXPECT_ERR(setsockopt(fd, SOL_BLUETOOTH, BT_FLUSHABLE, &bits, sizeof(bits)), ENOPROTOOPT);
	EXPECT_ERR(getsockopt(fd, SOL_BLUETOOTH, BT_FLUSHABLE, &bits, &length), ENOPROTOOPT);
	EXPECT_ERR(setsockopt(fd, SOL_L2CAP, L2CAP_LM, &bits, sizeof(bits)), ENOPROTOOPT);
	EXPECT_OK(setsockopt(fd, SOL_RFCOMM, RFCOMM_LM, &good, sizeof(good)));
	get_value(fd, SOL_BLUETOOTH, BT_SECURITY, &got);
	EXPECT_EQ(got.level, BT_SECURITY_MEDIUM);
}

/*
 * Who is it? Then come in.
 *
 * As with L2CAP: a listener with `BT_DEFER_SETUP` accepts a line that is not open yet, and a first
 * recv() opens it.
 */
CASE(deferred_setup,
     .claim =
	     "with BT_DEFER_SETUP a line opens only when the accepted socket was read from, send() "
	     "before is ENOTCONN; the option is EINVAL without bind() before",
     .level = OBSERVED, .spec = "net/bluetooth/rfcomm/sock.c BT_DEFER_SETUP", .topology = "machine",
     .needs = "bluetooth_rfcomm vhci", .tags = "bluetooth rfcomm option errno")
{
	struct sockaddr_rc here = rfcomm_address(HERE, 0), there = rfcomm_address(THERE, CHANNEL);
	int listener, fd, server;
	char got[8];

	controllers_on();
	listener = rfcomm_socket();
	fd = SETUP(socket(AF_BLUETOOTH, SOCK_STREAM | SOCK_NONBLOCK, BTPROTO_RFCOMM));
	EXPECT_ERR(set_int(listener, SOL_BLUETOOTH, BT_DEFER_SETUP, 1), EINVAL);
	SETUP(bind(listener, BLUETOOTH(there)));
	SETUP(bind(fd, BLUETOOTH(here)));
	EXPECT_EQ(get_int(listener, SOL_BLUETOOTH, BT_DEFER_SETUP), 0);
	EXPECT_OK(set_int(listener, SOL_BLUETOOTH, BT_DEFER_SETUP, 1));
	EXPECT_EQ(get_int(listener, SOL_BLUETOOTH, BT_DEFER_SETUP), 1);
	SETUP(listen(listener, 1));
	EXPECT_ERR(connect(fd, BLUETOOTH(there)), EINPROGRESS, EAGAIN);
	server = accept_soon(listener);
	EXPECT_MEMEQ(name_of(server, true).rc_bdaddr, emulator_addresses[HERE], 6);
	EXPECT_ERR(send(server, "x", 1, 0), ENOTCONN);
	EXPECT_EQ(wait_for(fd, POLLOUT, 0), 0);
	EXPECT_EQ(recv(server, got, sizeof(got), 0), 0);
	EXPECT_EQ(wait_for(fd, POLLOUT, SOON_MS), POLLOUT);
	EXPECT_EQ(send(fd, "hello", 5, 0), 5);
	EXPECT_EQ(read_exactly(server, got, 5), 5);
	EXPECT_MEMEQ(got, "hello", 5);
}

/* Over which connection? All lines between two devices use one. */
CASE(connection_below,
     .claim = "RFCOMM_CONNINFO tells the handle of the connection below, the same that an L2CAP "
	      "channel "
	      "to the device has, and fails with ENOTCONN before",
     .level = OBSERVED, .spec = "net/bluetooth/rfcomm/sock.c RFCOMM_CONNINFO",
     .topology = "machine", .needs = "bluetooth_rfcomm bluetooth_l2cap vhci",
     .tags = "bluetooth rfcomm option errno")
{
	struct bt_conninfo info, same;
	socklen_t length = sizeof(info);
	struct pair pair, below;
	int fd;

	controllers_on();
	fd = rfcomm_socket();
	EXPECT_ERR(getsockopt(fd, SOL_RFCOMM, RFCOMM_CONNINFO, &info, &length), ENOTCONN);
	pair = rfcomm_pair();
	below = l2cap_pair(SOCK_SEQPACKET);
	get_value(pair.client, SOL_RFCOMM, RFCOMM_CONNINFO, &info);
	get_value(below.client, SOL_L2CAP, L2CAP_CONNINFO, &same);
	EXPECT_GT(info.hci_handle, 0);
	EXPECT_EQ(info.hci_handle, same.hci_handle);
}

/*
 * A terminal of it.
 *
 * `RFCOMMCREATEDEV` makes /dev/rfcomm0 for a program that knows serial ports only: the line is
 * opened when the device is. `RFCOMMGETDEVLIST` and `RFCOMMGETDEVINFO` show what there is.
 */
CASE(terminal,
     .claim =
	     "RFCOMMCREATEDEV makes a terminal that RFCOMMGETDEVLIST and RFCOMMGETDEVINFO tell of, "
	     "until RFCOMMRELEASEDEV; ENODEV without, EADDRINUSE for a number in use, EPERM "
	     "without "
	     "CAP_NET_ADMIN",
     .level = OBSERVED, .spec = "net/bluetooth/rfcomm/tty.c", .topology = "machine",
     .needs = "bluetooth_rfcomm vhci", .tags = "bluetooth rfcomm ioctl privilege errno")
{
	struct rfcomm_dev_req request = {.dev_id = 5, .flags = 1 << 1, .channel = CHANNEL};
	struct rfcomm_dev_req other = {.dev_id = 5, .flags = 1 << 1, .channel = CHANNEL + 1};
	struct rfcomm_dev_list list = {.dev_num = 4};
	struct rfcomm_dev_info info = {.id = 5};
	int fd;

	controllers_on();
	fd = rfcomm_socket();
	memcpy(request.src, emulator_addresses[HERE], 6);
	memcpy(request.dst, emulator_addresses[THERE], 6);
	memcpy(other.src, request.src, 6);
	memcpy(other.dst, request.dst, 6);
	EXPECT_ERR(ioctl(fd, RFCOMMGETDEVINFO, &info), ENODEV);
	EXPECT_ERR(ioctl(fd, RFCOMMRELEASEDEV, &request), ENODEV);
	EXPECT_OK(ioctl(fd, RFCOMMGETDEVLIST, &list));
	EXPECT_EQ(list.dev_num, 0);
	EXPECT_EQ(ioctl(fd, RFCOMMCREATEDEV, &request), 5);
	EXPECT_ERR(ioctl(fd, RFCOMMCREATEDEV, &other), EADDRINUSE);
	list.dev_num = 4;
	EXPECT_OK(ioctl(fd, RFCOMMGETDEVLIST, &list));
	EXPECT_EQ(list.dev_num, 1);
	EXPECT_EQ(list.dev_info[0].id, 5);
	EXPECT_EQ(list.dev_info[0].channel, CHANNEL);
	EXPECT_MEMEQ(list.dev_info[0].dst, emulator_addresses[THERE], 6);
	EXPECT_OK(ioctl(fd, RFCOMMGETDEVINFO, &info));
	EXPECT_EQ(info.channel, CHANNEL);
	EXPECT_EQ(info.state, BT_OPEN);
	EXPECT_MEMEQ(info.src, emulator_addresses[HERE], 6);
	EXPECT_OK(ioctl(fd, RFCOMMRELEASEDEV, &request));
	EXPECT_ERR(ioctl(fd, RFCOMMGETDEVINFO, &info), ENODEV);
	list.dev_num = 0;
	EXPECT_ERR(ioctl(fd, RFCOMMGETDEVLIST, &list), EINVAL);
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	EXPECT_ERR(ioctl(fd, RFCOMMCREATEDEV, &request), EPERM);
}
