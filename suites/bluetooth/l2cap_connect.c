/* SPDX-License-Identifier: MIT */
/* L2CAP: channels of packets between two devices, told apart by a number of the service. */
#include <endian.h>
#include <linux/capability.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/bluetooth/bluetooth_help.h"

#include "harness/case.h"

/* Bluetooth Core Specification 5.3, Vol 3 Part A: 2.1, and the numbers that are given out. */
enum { FIRST_DYNAMIC_CID = 0x0040, FIRST_DYNAMIC_PSM = 0x1001 };

struct type_row {
	struct variant variant;
	int type;
};

static const struct type_row types[] = {
	{{"seqpacket", NULL}, SOCK_SEQPACKET},
	{{"stream", NULL}, SOCK_STREAM},
};

static struct sockaddr_l2 name_of(int fd, bool peer)
{
	struct sockaddr_l2 name;
	socklen_t length = sizeof(name);

	memset(&name, 0xa5, sizeof(name));
	EXPECT_OK((peer ? getpeername : getsockname)(fd, (struct sockaddr *)&name, &length));
	EXPECT_EQ(length, sizeof(name));
	EXPECT_EQ(name.l2_family, AF_BLUETOOTH);
	EXPECT_EQ(name.l2_bdaddr_type, BDADDR_BREDR);
	return name;
}

/*
 * As with TCP, over the air.
 *
 * An address is that of a device (six bytes, the last first) and a PSM, the number of a service, as
 * a port is. The first connect() to a device pages it and makes a connection between the
 * controllers, which all channels share. Each end of a channel has an identifier of its own, and
 * knows the other's.
 */
CASE(connection,
     .claim =
	     "connect() reaches a listener of another controller by its address and PSM; both ends "
	     "know each other's address and channel identifier, and data arrives; when one closes, "
	     "recv() of the "
	     "other gives 0, of SOCK_STREAM ECONNRESET",
     .level = OBSERVED,
     .spec = "net/bluetooth/l2cap_sock.c; Bluetooth Core Specification 5.3, Vol 3 Part A 2.1, 4.2",
     .topology = "machine", .needs = "bluetooth_l2cap vhci", .tags = "bluetooth l2cap connect",
     .VARIANTS(types))
{
	int type = VARIANT(struct type_row)->type;
	struct sockaddr_l2 client, server, peer;
	struct pair pair;
	char got[16];

	controllers_on();
	pair = l2cap_pair(type);
	client = name_of(pair.client, false);
	server = name_of(pair.server, false);
	EXPECT_MEMEQ(client.l2_bdaddr, emulator_addresses[HERE], 6);
	EXPECT_MEMEQ(server.l2_bdaddr, emulator_addresses[THERE], 6);
	EXPECT_GE(le16toh(client.l2_cid), FIRST_DYNAMIC_CID);
	EXPECT_GE(le16toh(server.l2_cid), FIRST_DYNAMIC_CID);
	EXPECT_EQ(le16toh(server.l2_psm), PSM);
	peer = name_of(pair.client, true);
	EXPECT_MEMEQ(peer.l2_bdaddr, emulator_addresses[THERE], 6);
	EXPECT_EQ(peer.l2_cid, server.l2_cid);
	EXPECT_EQ(le16toh(peer.l2_psm), PSM);
	peer = name_of(pair.server, true);
	EXPECT_MEMEQ(peer.l2_bdaddr, emulator_addresses[HERE], 6);
	EXPECT_EQ(peer.l2_cid, client.l2_cid);

	EXPECT_EQ(send(pair.client, "hello", 5, 0), 5);
	EXPECT_EQ(wait_for(pair.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(pair.server, got, sizeof(got), 0), 5);
	EXPECT_MEMEQ(got, "hello", 5);
	EXPECT_EQ(send(pair.server, "and back", 8, 0), 8);
	EXPECT_EQ(wait_for(pair.client, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(pair.client, got, sizeof(got), 0), 8);
	EXPECT_MEMEQ(got, "and back", 8);

	EXPECT_OK(close(pair.client));
	EXPECT_EQ(wait_for(pair.server, POLLRDHUP, SOON_MS) & POLLRDHUP, POLLRDHUP);
	if (type == SOCK_SEQPACKET)
		EXPECT_EQ(recv(pair.server, got, sizeof(got), 0), 0);
	else
		EXPECT_ERR(recv(pair.server, got, sizeof(got), 0), ECONNRESET);
	EXPECT_ERR(send(pair.server, "x", 1, MSG_NOSIGNAL), ENOTCONN, ECONNRESET);
}

/*
 * Packets stay packets.
 *
 * With SOCK_SEQPACKET a receiver gets one packet at a time, cut with MSG_TRUNC if need be. With
 * SOCK_STREAM it reads on where it stopped.
 */
CASE(borders,
     .claim = "SOCK_SEQPACKET keeps the borders of packets and says MSG_TRUNC when one is cut, "
	      "SOCK_STREAM reads on in it",
     .level = OBSERVED,
     .spec = "net/bluetooth/af_bluetooth.c bt_sock_recvmsg(), "
	     "bt_sock_stream_recvmsg()",
     .topology = "machine", .needs = "bluetooth_l2cap vhci", .tags = "bluetooth l2cap seqpacket",
     .VARIANTS(types))
{
	int type = VARIANT(struct type_row)->type;
	struct pair pair;
	char got[4];
	struct iovec part = {got, sizeof(got)};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	controllers_on();
	pair = l2cap_pair(type);
	EXPECT_EQ(send(pair.client, "too long", 8, 0), 8);
	EXPECT_EQ(send(pair.client, "one", 3, 0), 3);
	EXPECT_EQ(wait_for(pair.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvmsg(pair.server, &message, 0), 4);
	EXPECT_MEMEQ(got, "too ", 4);
	EXPECT_EQ(message.msg_flags & MSG_TRUNC, type == SOCK_SEQPACKET ? MSG_TRUNC : 0);
	EXPECT_EQ(wait_for(pair.server, POLLIN, SOON_MS), POLLIN);
	if (type == SOCK_SEQPACKET) {
		EXPECT_EQ(recvmsg(pair.server, &message, 0), 3);
		EXPECT_MEMEQ(got, "one", 3);
	} else {
		EXPECT_EQ(recvmsg(pair.server, &message, 0), 4);
		EXPECT_MEMEQ(got, "long", 4);
	}
	EXPECT_EQ(message.msg_flags & MSG_TRUNC, 0);
}

struct psm_row {
	struct variant variant;
	unsigned int psm;
	bool privileged;
	int error;
};

static const struct psm_row psms[] = {
	{{"even", NULL}, 0x1002, true, EINVAL},
	{{"odd_upper_byte", NULL}, 0x1101, true, EINVAL},
	{{"reserved", NULL}, 0x000f, false, EACCES},
	{{"last_reserved", NULL}, 0x0eff, false, EACCES},
};

/*
 * Numbers of services.
 *
 * A PSM can be of any length: a byte with its last bit clear says that another follows, so a PSM of
 * two bytes is odd in the first and even in the second. Those below 0x1001 are given out by the
 * Bluetooth SIG, and to listen there takes the privilege for reserved ports.
 */
CASE(service_numbers,
     .claim = "bind() to a PSM that is even or has an odd upper byte fails with EINVAL, and to one "
	      "below 0x1001 with EACCES without CAP_NET_BIND_SERVICE",
     .level = OBSERVED,
     .spec = "net/bluetooth/l2cap_sock.c l2cap_validate_bredr_psm(); Bluetooth Core Specification "
	     "5.3, Vol 3 Part A 4.2",
     .topology = "machine", .needs = "bluetooth_l2cap vhci", .tags = "bluetooth l2cap bind errno",
     .VARIANTS(psms))
{
	const struct psm_row *row = VARIANT(struct psm_row);
	struct sockaddr_l2 wrong = l2cap_address(THERE, row->psm);
	struct sockaddr_l2 good = l2cap_address(THERE, row->privileged ? PSM : row->psm);
	struct sockaddr_l2 dynamic = l2cap_address(THERE, FIRST_DYNAMIC_PSM);
	int fd, other;

	controllers_on();
	fd = SETUP(socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_L2CAP));
	if (row->privileged) {
		EXPECT_ERR(bind(fd, BLUETOOTH(wrong)), row->error);
		EXPECT_OK(bind(fd, BLUETOOTH(good)));
	} else {
		other = SETUP(socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_L2CAP));
		EXPECT_OK(bind(other, BLUETOOTH(good)));
		SETUP(close(other));
		SETUP(sandbox_drop_capability(CAP_NET_BIND_SERVICE));
		EXPECT_ERR(bind(fd, BLUETOOTH(wrong)), row->error);
		EXPECT_OK(bind(fd, BLUETOOTH(dynamic)));
	}
}

/* A number for nothing in particular: PSM 0 takes the first free one of 0x1001 and on. */
CASE(any_service,
     .claim = "bind() to PSM 0 takes a free dynamic PSM, from 0x1001 on and odd, and a second "
	      "socket the next",
     .level = OBSERVED, .spec = "net/bluetooth/l2cap_core.c l2cap_add_psm()", .topology = "machine",
     .needs = "bluetooth_l2cap vhci", .tags = "bluetooth l2cap bind")
{
	struct sockaddr_l2 any = l2cap_address(THERE, 0);
	int fd, next;

	controllers_on();
	fd = SETUP(socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_L2CAP));
	next = SETUP(socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_L2CAP));
	EXPECT_EQ(name_of(fd, false).l2_psm, 0);
	EXPECT_OK(bind(fd, BLUETOOTH(any)));
	EXPECT_OK(bind(next, BLUETOOTH(any)));
	EXPECT_EQ(le16toh(name_of(fd, false).l2_psm), FIRST_DYNAMIC_PSM);
	EXPECT_EQ(le16toh(name_of(next, false).l2_psm), FIRST_DYNAMIC_PSM + 2);
}

/* One listener for a service of a device; another device has its own. */
CASE(service_in_use,
     .claim = "bind() to a PSM that another socket of the same device has fails with EADDRINUSE "
	      "until "
	      "that is closed, on another device it works; a second bind() is EBADFD",
     .level = OBSERVED, .spec = "net/bluetooth/l2cap_core.c l2cap_add_psm()", .topology = "machine",
     .needs = "bluetooth_l2cap vhci", .tags = "bluetooth l2cap bind errno")
{
	struct sockaddr_l2 taken = l2cap_address(THERE, PSM), elsewhere = l2cap_address(HERE, PSM);
	int owner, fd, other;

	controllers_on();
	owner = SETUP(socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_L2CAP));
	fd = SETUP(socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_L2CAP));
	other = SETUP(socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_L2CAP));
	SETUP(bind(owner, BLUETOOTH(taken)));
	EXPECT_ERR(bind(fd, BLUETOOTH(taken)), EADDRINUSE);
	EXPECT_OK(bind(other, BLUETOOTH(elsewhere)));
	EXPECT_OK(close(owner));
	EXPECT_OK(bind(fd, BLUETOOTH(taken)));
	EXPECT_ERR(bind(fd, BLUETOOTH(taken)), EBADFD);
	EXPECT_OK(listen(fd, 1));
	EXPECT_ERR(listen(fd, 1), EBADFD);
}

struct wrong_row {
	struct variant variant;
	sa_family_t family;
	unsigned int psm, cid;
	int type;
	socklen_t length;
};

enum { WHOLE = sizeof(struct sockaddr_l2) };

static const struct wrong_row wrongs[] = {
	{{"other_family", NULL}, AF_INET, PSM, 0, BDADDR_BREDR, WHOLE},
	{{"too_short", NULL}, AF_BLUETOOTH, PSM, 0, BDADDR_BREDR, 1},
	{{"service_and_channel", NULL}, AF_BLUETOOTH, PSM, 4, BDADDR_BREDR, WHOLE},
	{{"unknown_type", NULL}, AF_BLUETOOTH, PSM, 0, 77, WHOLE},
	{{"channel_over_le", NULL}, AF_BLUETOOTH, 0, 0x40, BDADDR_LE_PUBLIC, WHOLE},
	{{"service_over_le", NULL}, AF_BLUETOOTH, PSM, 0, BDADDR_LE_RANDOM, WHOLE},
};

/* Either a service or a channel identifier; and only what the type of the address has. */
CASE(address_errors,
     .claim = "bind() with an address of another family, cut, with a PSM and a channel identifier, "
	      "or with what its type has not, fails with EINVAL",
     .level = OBSERVED, .spec = "net/bluetooth/l2cap_sock.c l2cap_sock_bind()",
     .topology = "machine", .needs = "bluetooth_l2cap vhci", .tags = "bluetooth l2cap bind errno",
     .VARIANTS(wrongs))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	struct sockaddr_l2 wrong = l2cap_address(THERE, row->psm);
	struct sockaddr_l2 good = l2cap_address(THERE, PSM);
	int fd;

	controllers_on();
	fd = SETUP(socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_L2CAP));
	wrong.l2_family = row->family;
	wrong.l2_cid = htole16((uint16_t)row->cid);
	wrong.l2_bdaddr_type = (uint8_t)row->type;
	EXPECT_ERR(bind(fd, (struct sockaddr *)&wrong, row->length), EINVAL);
	EXPECT_OK(bind(fd, BLUETOOTH(good)));
}

/*
 * Why it did not work.
 *
 * A device that has no such service gives ECONNREFUSED; and without a controller to go through it
 * is EHOSTUNREACH.
 */
CASE(connect_errors,
     .claim = "connect() fails with EHOSTDOWN when nobody answers, ECONNREFUSED when nobody "
	      "listens, "
	      "EHOSTUNREACH without a controller, EINVAL for an even PSM",
     .level = OBSERVED,
     .spec = "net/bluetooth/l2cap_core.c l2cap_chan_connect(); net/bluetooth/lib.c bt_to_errno()",
     .topology = "machine", .needs = "bluetooth_l2cap vhci",
     .tags = "bluetooth l2cap connect errno")
{
	struct sockaddr_l2 here = l2cap_address(HERE, 0), there = l2cap_address(THERE, PSM);
	struct sockaddr_l2 even = l2cap_address(THERE, 0x1002), nowhere = here;
	int fd[5], listener;

	controllers_on();
	listener = SETUP(socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_L2CAP));
	nowhere.l2_bdaddr[0] = 0x77;
	for (int i = 1; i < 5; i++) {
		fd[i] = SETUP(socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_L2CAP));
		SETUP(bind(fd[i], i == 2 ? (struct sockaddr *)&nowhere : (struct sockaddr *)&here,
			   sizeof(here)));
	}
	EXPECT_ERR(connect(fd[1], BLUETOOTH(there)), ECONNREFUSED);
	EXPECT_ERR(connect(fd[2], BLUETOOTH(there)), EHOSTUNREACH);
	EXPECT_ERR(connect(fd[3], BLUETOOTH(even)), EINVAL);
	SETUP(bind(listener, BLUETOOTH(there)));
	SETUP(listen(listener, 1));
	EXPECT_OK(connect(fd[4], BLUETOOTH(there)));
	EXPECT_ERR(connect(fd[4], BLUETOOTH(there)), EISCONN);
}

/*
 * Nobody at home.
 *
 * A device that does not scan for pages, or is away, does not answer them: EHOSTDOWN after some
 * seconds, as soon as the controller gives up. The scan of a device is what HCISETSCAN sets.
 */
CASE(nobody_answers,
     .claim = "connect() to a device that HCISETSCAN stopped from scanning for pages fails with "
	      "EHOSTDOWN, and works when it scans",
     .level = OBSERVED,
     .spec = "net/bluetooth/lib.c bt_to_errno(); Bluetooth Core Specification 5.3, Vol 1 Part F "
	     "2.4",
     .topology = "machine", .needs = "bluetooth_l2cap bluetooth_link_loss vhci",
     .tags = "bluetooth l2cap connect errno")
{
	struct emulator emulator = controllers_on();
	struct sockaddr_l2 here = l2cap_address(HERE, 0), there = l2cap_address(THERE, PSM);
	int fd = SETUP(socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_L2CAP));

	SETUP(bind(fd, BLUETOOTH(here)));
	controller_scan(emulator.index[THERE], SCAN_DISABLED);
	EXPECT_ERR(connect(fd, BLUETOOTH(there)), EHOSTDOWN);
	controller_scan(emulator.index[THERE], SCAN_PAGE);
	l2cap_pair(SOCK_SEQPACKET);
}

/* connect() that does not wait, and how it ends. */
CASE(connect_without_waiting,
     .claim = "connect() of a non-blocking socket fails with EINPROGRESS; POLLOUT and SO_ERROR 0 "
	      "tell that it is connected",
     .level = OBSERVED, .spec = "net/bluetooth/af_bluetooth.c bt_sock_wait_state(), bt_sock_poll()",
     .topology = "machine", .needs = "bluetooth_l2cap vhci",
     .tags = "bluetooth l2cap connect errno")
{
	struct sockaddr_l2 here = l2cap_address(HERE, 0), there = l2cap_address(THERE, PSM);
	int listener, fd;

	controllers_on();
	listener = SETUP(socket(AF_BLUETOOTH, SOCK_SEQPACKET | SOCK_NONBLOCK, BTPROTO_L2CAP));
	SETUP(bind(listener, BLUETOOTH(there)));
	EXPECT_ERR(accept(listener, NULL, NULL), EBADFD);
	SETUP(listen(listener, 1));
	EXPECT_ERR(accept(listener, NULL, NULL), EAGAIN);
	fd = SETUP(socket(AF_BLUETOOTH, SOCK_SEQPACKET | SOCK_NONBLOCK, BTPROTO_L2CAP));
	SETUP(bind(fd, BLUETOOTH(here)));
	EXPECT_ERR(send(fd, "x", 1, 0), ENOTCONN);
	EXPECT_ERR(connect(fd, BLUETOOTH(there)), EINPROGRESS, EAGAIN);
	EXPECT_EQ(wait_for(fd, POLLOUT, SOON_MS), POLLOUT);
	EXPECT_ERRNO(get_int(fd, SOL_SOCKET, SO_ERROR), 0);
	EXPECT_EQ(send(fd, "x", 1, 0), 1);
	accept_soon(listener);
}

/*
 * The connection under the channels.
 *
 * HCIGETCONNLIST and HCIGETCONNINFO show the connection between the controllers that a channel
 * made: who asked for it, its handle and its state. It has no owner, and goes some seconds after
 * its last channel.
 */
CASE(connection_below,
     .claim =
	     "HCIGETCONNLIST and HCIGETCONNINFO tell the connection between the controllers that a "
	     "channel uses, outgoing on one side; ENOENT for no connection",
     .level = OBSERVED, .spec = "net/bluetooth/hci_conn.c hci_get_conn_list(), hci_get_conn_info()",
     .topology = "machine", .needs = "bluetooth_l2cap vhci", .tags = "bluetooth hci ioctl errno")
{
	enum { ACL_LINK = 1 };
	struct emulator emulator = controllers_on();
	struct hci_conn_list list = {.dev_id = (uint16_t)emulator.index[HERE], .conn_num = 8};
	struct hci_conn_info_req request = {.type = ACL_LINK};
	struct hci_auth_info_req auth = {.type = 0};
	struct bt_conninfo of_the_socket;
	struct pair pair;
	int fd = SETUP(socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI));
	struct sockaddr_hci raw = hci_address(emulator.index[THERE], HCI_CHANNEL_RAW);

	SETUP(bind(fd, BLUETOOTH(raw)));
	memcpy(request.bdaddr, emulator_addresses[HERE], 6);
	memcpy(auth.bdaddr, emulator_addresses[HERE], 6);
	EXPECT_OK(ioctl(fd, HCIGETCONNLIST, &list));
	EXPECT_EQ(list.conn_num, 0);
	EXPECT_ERR(ioctl(fd, HCIGETCONNINFO, &request), ENOENT);
	EXPECT_ERR(ioctl(fd, HCIGETAUTHINFO, &auth), ENOENT);

	pair = l2cap_pair(SOCK_SEQPACKET);
	get_value(pair.client, SOL_L2CAP, L2CAP_CONNINFO, &of_the_socket);
	list.conn_num = 8;
	EXPECT_OK(ioctl(fd, HCIGETCONNLIST, &list));
	EXPECT_EQ(list.conn_num, 1);
	EXPECT_EQ(list.conn_info[0].handle, of_the_socket.hci_handle);
	EXPECT_MEMEQ(list.conn_info[0].bdaddr, emulator_addresses[THERE], 6);
	EXPECT_EQ(list.conn_info[0].type, ACL_LINK);
	EXPECT_EQ(list.conn_info[0].out, 1);
	EXPECT_EQ(list.conn_info[0].state, BT_CONNECTED);
	EXPECT_OK(ioctl(fd, HCIGETCONNINFO, &request));
	EXPECT_EQ(request.conn_info.handle, of_the_socket.hci_handle);
	EXPECT_EQ(request.conn_info.out, 0);
	EXPECT_EQ(request.conn_info.state, BT_CONNECTED);
	EXPECT_OK(ioctl(fd, HCIGETAUTHINFO, &auth));
	list.dev_id = NOBODY;
	EXPECT_ERR(ioctl(fd, HCIGETCONNLIST, &list), ENODEV);
}

/*
 * Not with everybody.
 *
 * A controller has a list of addresses whose connections it refuses before anything is heard of
 * them.
 */
CASE(blocked,
     .claim = "after HCIBLOCKADDR of its address a device is refused; HCIUNBLOCKADDR ends that; "
	      "EEXIST "
	      "and ENOENT for what is so already",
     .level = OBSERVED, .spec = "net/bluetooth/hci_sock.c hci_sock_reject_list_add()",
     .topology = "machine", .needs = "bluetooth_l2cap bluetooth_link_loss vhci",
     .tags = "bluetooth hci ioctl errno")
{
	struct emulator emulator = controllers_on();
	struct sockaddr_hci raw = hci_address(emulator.index[THERE], HCI_CHANNEL_RAW);
	struct sockaddr_l2 here = l2cap_address(HERE, 0), there = l2cap_address(THERE, PSM);
	uint8_t address[6];
	int control = SETUP(socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI));
	int fd = SETUP(socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_L2CAP));

	memcpy(address, emulator_addresses[HERE], sizeof(address));
	SETUP(bind(control, BLUETOOTH(raw)));
	SETUP(bind(fd, BLUETOOTH(here)));
	EXPECT_OK(ioctl(control, HCIBLOCKADDR, address));
	EXPECT_ERR(ioctl(control, HCIBLOCKADDR, address), EEXIST);
	EXPECT_ERR(connect(fd, BLUETOOTH(there)), ECONNREFUSED);
	EXPECT_OK(ioctl(control, HCIUNBLOCKADDR, address));
	EXPECT_ERR(ioctl(control, HCIUNBLOCKADDR, address), ENOENT);
	SETUP(close(fd));
	l2cap_pair(SOCK_SEQPACKET);
}

struct special_row {
	struct variant variant;
	uint8_t address[6];
};

static const struct special_row specials[] = {
	{{"all", NULL}, {0xff, 0xff, 0xff, 0xff, 0xff, 0xff}},
	{{"local", NULL}, {0x00, 0x00, 0x00, 0xff, 0xff, 0xff}},
};

/* BDADDR_ALL and BDADDR_LOCAL stand for devices in lists; no controller has them. */
CASE(special_addresses,
     .claim = "a socket that is bound to BDADDR_ALL or BDADDR_LOCAL reaches nobody, EHOSTUNREACH, "
	      "and one "
	      "bound to BDADDR_ANY goes through a controller",
     .level = OBSERVED, .spec = "net/bluetooth/hci_conn.c hci_get_route()", .topology = "machine",
     .needs = "bluetooth_l2cap vhci", .tags = "bluetooth l2cap connect errno", .VARIANTS(specials))
{
	struct sockaddr_l2 special = l2cap_address(ANYONE, 0), any = special;
	struct sockaddr_l2 there = l2cap_address(THERE, PSM);
	int listener, fd, good;

	controllers_on();
	memcpy(special.l2_bdaddr, VARIANT(struct special_row)->address, 6);
	listener = SETUP(socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_L2CAP));
	fd = SETUP(socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_L2CAP));
	good = SETUP(socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_L2CAP));
	SETUP(bind(listener, BLUETOOTH(there)));
	SETUP(listen(listener, 1));
	EXPECT_OK(bind(fd, BLUETOOTH(special)));
	EXPECT_MEMEQ(name_of(fd, false).l2_bdaddr, special.l2_bdaddr, 6);
	EXPECT_ERR(connect(fd, BLUETOOTH(there)), EHOSTUNREACH);
	EXPECT_OK(bind(good, BLUETOOTH(any)));
	EXPECT_OK(connect(good, BLUETOOTH(there)));
	accept_soon(listener);
}
