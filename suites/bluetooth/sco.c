/* SPDX-License-Identifier: MIT */
/* SCO: voice, in packets of a fixed size at a fixed rate, which nobody sends again. */
#include <linux/capability.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/bluetooth/bluetooth_help.h"

#include "harness/case.h"

static int sco_socket(void)
{
	return SETUP(socket(AF_BLUETOOTH, SOCK_SEQPACKET, BTPROTO_SCO));
}

/*
 * A call.
 *
 * A synchronous connection has no numbers of services: a device has one listener for calls. It lies
 * over the connection between the two that everything else uses too, and is made for it if there is
 * none. Its packets hold a few milliseconds of voice.
 */
CASE(connection,
     .claim = "connect() reaches the listener of another device by its address alone; both ends "
	      "know "
	      "each other, and packets and their end arrive",
     .level = OBSERVED,
     .spec = "net/bluetooth/sco.c; Bluetooth Core Specification 5.3, Vol 4 Part E "
	     "7.1.26, 7.1.27",
     .topology = "machine", .needs = "bluetooth_sco vhci", .tags = "bluetooth sco connect")
{
	struct sockaddr_sco name;
	socklen_t length = sizeof(name);
	struct pair pair;
	char voice[EMULATED_SCO], got[64];

	controllers_on();
	pair = sco_pair();
	EXPECT_OK(getsockname(pair.client, (struct sockaddr *)&name, &length));
	EXPECT_EQ(length, sizeof(name));
	EXPECT_EQ(name.sco_family, AF_BLUETOOTH);
	EXPECT_MEMEQ(name.sco_bdaddr, emulator_addresses[HERE], 6);
	EXPECT_OK(getpeername(pair.client, (struct sockaddr *)&name, &length));
	EXPECT_MEMEQ(name.sco_bdaddr, emulator_addresses[THERE], 6);
	EXPECT_OK(getpeername(pair.server, (struct sockaddr *)&name, &length));
	EXPECT_MEMEQ(name.sco_bdaddr, emulator_addresses[HERE], 6);

	memset(voice, 'v', sizeof(voice));
	EXPECT_EQ(send(pair.client, voice, 48, 0), 48);
	EXPECT_EQ(wait_for(pair.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(pair.server, got, sizeof(got), 0), 48);
	EXPECT_MEMEQ(got, voice, 48);
	EXPECT_EQ(send(pair.server, voice, 30, 0), 30);
	EXPECT_EQ(wait_for(pair.client, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(pair.client, got, sizeof(got), 0), 30);
	EXPECT_OK(close(pair.client));
	EXPECT_NE(wait_for(pair.server, POLLIN | POLLHUP, SOON_MS), 0);
}

/* How much the controller takes at once, and no more. */
CASE(mtu,
     .claim = "SCO_OPTIONS, BT_SNDMTU and BT_RCVMTU tell the size of the controller's packets, of "
	      "which "
	      "send() takes no more, EINVAL; SCO_CONNINFO the handle; before connect() ENOTCONN",
     .level = OBSERVED, .spec = "net/bluetooth/sco.c SCO_OPTIONS, SCO_CONNINFO",
     .topology = "machine", .needs = "bluetooth_sco bluetooth_l2cap vhci",
     .tags = "bluetooth sco option errno")
{
	char voice[EMULATED_SCO + 1];
	struct bt_conninfo info, below_info;
	struct sco_options options;
	struct pair pair, below;
	socklen_t length = sizeof(options);
	int fd;

	controllers_on();
	fd = sco_socket();
	EXPECT_ERR(getsockopt(fd, SOL_SCO, SCO_OPTIONS, &options, &length), ENOTCONN);
	length = sizeof(info);
	EXPECT_ERR(getsockopt(fd, SOL_SCO, SCO_CONNINFO, &info, &length), ENOTCONN);
	length = sizeof(uint32_t);
	EXPECT_ERR(getsockopt(fd, SOL_BLUETOOTH, BT_SNDMTU, voice, &length), ENOTCONN);
	EXPECT_ERR(send(fd, "x", 1, 0), ENOTCONN);
	pair = sco_pair();
	below = l2cap_pair(SOCK_SEQPACKET);
	get_value(pair.client, SOL_SCO, SCO_OPTIONS, &options);
	EXPECT_EQ(options.mtu, EMULATED_SCO);
	EXPECT_EQ(get_int(pair.client, SOL_BLUETOOTH, BT_SNDMTU), EMULATED_SCO);
	EXPECT_EQ(get_int(pair.server, SOL_BLUETOOTH, BT_RCVMTU), EMULATED_SCO);
	get_value(pair.client, SOL_SCO, SCO_CONNINFO, &info);
	get_value(below.client, SOL_L2CAP, L2CAP_CONNINFO, &below_info);
	EXPECT_GT(info.hci_handle, 0);
	EXPECT_NE(info.hci_handle, below_info.hci_handle);

	memset(voice, 'v', sizeof(voice));
	EXPECT_ERR(send(pair.client, voice, EMULATED_SCO + 1, 0), EINVAL);
	EXPECT_EQ(send(pair.client, voice, EMULATED_SCO, 0), EMULATED_SCO);
	EXPECT_EQ(wait_for(pair.server, POLLIN, SOON_MS), POLLIN);
}

struct voice_row {
	struct variant variant;
	uint16_t setting;
};

static const struct voice_row voices[] = {
	{{"cvsd", NULL}, BT_VOICE_CVSD_16BIT},
	{{"transparent", NULL}, BT_VOICE_TRANSPARENT},
};

/*
 * Who codes the voice?
 *
 * With CVSD, the code of the first telephones, a program hands over samples and the controller
 * codes them. Transparent is what a program coded itself, for better sound. The setting is part of
 * the command that asks for the connection, where a program that watches the controller finds it.
 */
CASE(voice,
     .claim = "BT_VOICE is BT_VOICE_CVSD_16BIT at first; what is set goes into the command that "
	      "makes "
	      "the connection",
     .level = OBSERVED,
     .spec = "net/bluetooth/sco.c BT_VOICE; Bluetooth Core Specification 5.3, Vol 4 "
	     "Part E 6.12, 7.1.26",
     .topology = "machine", .needs = "bluetooth_sco vhci", .tags = "bluetooth sco option",
     .VARIANTS(voices))
{
	enum { SETUP_SYNCHRONOUS = 0x0428, VOICE_SETTING = 1 + 3 + 2 + 4 + 4 + 2 };
	struct emulator emulator = controllers_on();
	struct sockaddr_hci raw = hci_address(emulator.index[HERE], HCI_CHANNEL_RAW);
	struct hci_ufilter commands = {.type_mask = 1 << HCI_COMMAND_PKT};
	struct sockaddr_sco here = sco_address(HERE), there = sco_address(THERE);
	struct bt_voice voice = {VARIANT(struct voice_row)->setting}, got;
	int watch = SETUP(socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI)), seen = -1;
	int listener = sco_socket(), fd = sco_socket();
	uint8_t packet[64];

	SETUP(bind(watch, BLUETOOTH(raw)));
	SETUP(setsockopt(watch, SOL_HCI, HCI_FILTER, &commands, sizeof(commands)));
	SETUP(bind(listener, BLUETOOTH(there)));
	SETUP(listen(listener, 1));
	get_value(fd, SOL_BLUETOOTH, BT_VOICE, &got);
	EXPECT_EQ(got.setting, BT_VOICE_CVSD_16BIT);
	SETUP(bind(fd, BLUETOOTH(here)));
	EXPECT_OK(setsockopt(fd, SOL_BLUETOOTH, BT_VOICE, &voice, sizeof(voice)));
	get_value(fd, SOL_BLUETOOTH, BT_VOICE, &got);
	EXPECT_EQ(got.setting, voice.setting);
	EXPECT_OK(connect(fd, BLUETOOTH(there)));
	EXPECT_ERR(setsockopt(fd, SOL_BLUETOOTH, BT_VOICE, &voice, sizeof(voice)), EINVAL);
	while (seen < 0 && wait_for(watch, POLLIN, SOON_MS) == POLLIN) {
		EXPECT_OK(recv(watch, packet, sizeof(packet), MSG_DONTWAIT));
		if ((packet[1] | packet[2] << 8) == SETUP_SYNCHRONOUS)
			seen = packet[VOICE_SETTING] | packet[VOICE_SETTING + 1] << 8;
	}
	EXPECT_EQ(seen, voice.setting);
}

/*
 * Was it well received?
 *
 * Voice that was lost stays lost; but a controller knows, and says it with each packet: good,
 * perhaps wrong, nothing received, partly lost. `BT_PKT_STATUS` has the kernel hand that on, so
 * that a program can cover the gap.
 */
CASE(packet_status,
     .claim =
	     "with BT_PKT_STATUS a packet comes with the control message BT_SCM_PKT_STATUS and the "
	     "controller's status of it, without with none",
     .level = OBSERVED,
     .spec = "net/bluetooth/sco.c BT_PKT_STATUS; Bluetooth Core Specification 5.3, "
	     "Vol 4 Part E 5.4.3",
     .topology = "machine", .needs = "bluetooth_sco vhci", .tags = "bluetooth sco option cmsg")
{
	_Alignas(struct cmsghdr) char control[64];
	char got[64], voice[24];
	struct iovec part = {got, sizeof(got)};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
	struct pair pair;

	controllers_on();
	pair = sco_pair();
	EXPECT_EQ(get_int(pair.client, SOL_BLUETOOTH, BT_PKT_STATUS), 0);
	for (int on = 0; on < 2; on++) {
		if (on)
			EXPECT_OK(set_int(pair.client, SOL_BLUETOOTH, BT_PKT_STATUS, 1));
		for (int status = 0; status < 4; status++) {
			struct cmsghdr *c;

			memset(voice, status, sizeof(voice));
			EXPECT_EQ(send(pair.server, voice, sizeof(voice), 0), sizeof(voice));
			EXPECT_EQ(wait_for(pair.client, POLLIN, SOON_MS), POLLIN);
			message.msg_control = control;
			message.msg_controllen = sizeof(control);
			EXPECT_EQ(recvmsg(pair.client, &message, 0), sizeof(voice));
			c = CMSG_FIRSTHDR(&message);
			EXPECT_EQ(c != NULL, on);
			if (c == NULL)
				continue;
			EXPECT_EQ(c->cmsg_level, SOL_BLUETOOTH);
			EXPECT_EQ(c->cmsg_type, BT_SCM_PKT_STATUS);
			EXPECT_EQ(c->cmsg_len, CMSG_LEN(1));
			EXPECT_EQ(*CMSG_DATA(c), status);
		}
	}
	EXPECT_EQ(get_int(pair.client, SOL_BLUETOOTH, BT_PKT_STATUS), 1);
}

/* As with the others: recv() of an accepted socket lets the call in. */
CASE(deferred_setup,
     .claim = "with BT_DEFER_SETUP a call is taken when the accepted socket is read from; the "
	      "option is "
	      "EINVAL without bind() before",
     .level = OBSERVED, .spec = "net/bluetooth/sco.c BT_DEFER_SETUP, sco_sock_recvmsg()",
     .topology = "machine", .needs = "bluetooth_sco vhci", .tags = "bluetooth sco option errno")
{
	struct sockaddr_sco here = sco_address(HERE), there = sco_address(THERE), peer;
	socklen_t length = sizeof(peer);
	int listener, fd, server;
	char got[8];

	controllers_on();
	listener = sco_socket();
	fd = SETUP(socket(AF_BLUETOOTH, SOCK_SEQPACKET | SOCK_NONBLOCK, BTPROTO_SCO));
	EXPECT_ERR(set_int(listener, SOL_BLUETOOTH, BT_DEFER_SETUP, 1), EINVAL);
	SETUP(bind(listener, BLUETOOTH(there)));
	SETUP(bind(fd, BLUETOOTH(here)));
	EXPECT_EQ(get_int(listener, SOL_BLUETOOTH, BT_DEFER_SETUP), 0);
	EXPECT_OK(set_int(listener, SOL_BLUETOOTH, BT_DEFER_SETUP, 1));
	EXPECT_EQ(get_int(listener, SOL_BLUETOOTH, BT_DEFER_SETUP), 1);
	SETUP(listen(listener, 1));
	EXPECT_ERR(connect(fd, BLUETOOTH(there)), EINPROGRESS, EAGAIN);
	server = accept_soon(listener);
	EXPECT_OK(getpeername(server, (struct sockaddr *)&peer, &length));
	EXPECT_MEMEQ(peer.sco_bdaddr, emulator_addresses[HERE], 6);
	EXPECT_EQ(wait_for(fd, POLLOUT, 0), 0);
	EXPECT_EQ(recv(server, got, sizeof(got), 0), 0);
	EXPECT_EQ(wait_for(fd, POLLOUT, SOON_MS), POLLOUT);
	EXPECT_EQ(send(fd, "hello", 5, 0), 5);
	EXPECT_EQ(wait_for(server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(server, got, sizeof(got), 0), 5);
}

/* One listener for calls; a device that is away does not answer them. */
CASE(errors,
     .claim = "listen() on a device that has a listener fails with EADDRINUSE; connect() with "
	      "EHOSTDOWN when nobody answers, EINVAL for a short address",
     .level = OBSERVED, .spec = "net/bluetooth/sco.c sco_sock_listen(), sco_sock_connect()",
     .topology = "machine", .needs = "bluetooth_sco vhci", .tags = "bluetooth sco errno")
{
	struct emulator emulator = controllers_on();
	struct sockaddr_sco here = sco_address(HERE), there = sco_address(THERE);
	int fd[4], owner = sco_socket(), other = sco_socket();

	for (int i = 0; i < 4; i++) {
		fd[i] = sco_socket();
		SETUP(bind(fd[i], BLUETOOTH(here)));
	}
	EXPECT_ERR(bind(fd[0], BLUETOOTH(here)), EBADFD);
	EXPECT_ERR(connect(fd[0], (struct sockaddr *)&there, sizeof(there) - 1), EINVAL);
	controller_scan(emulator.index[THERE], SCAN_DISABLED);
	EXPECT_ERR(connect(fd[0], BLUETOOTH(there)), EHOSTDOWN);
	controller_scan(emulator.index[THERE], SCAN_PAGE);

	EXPECT_ERR(listen(owner, 1), EBADFD);
	SETUP(bind(owner, BLUETOOTH(there)));
	SETUP(bind(other, BLUETOOTH(there)));
	EXPECT_OK(listen(owner, 1));
	EXPECT_ERR(listen(other, 1), EADDRINUSE);
	EXPECT_OK(connect(fd[2], BLUETOOTH(there)));
	EXPECT_ERR(connect(fd[2], BLUETOOTH(there)), EBADFD);
	EXPECT_OK(close(owner));
	EXPECT_OK(listen(other, 1));
}

struct link_mode_row {
	struct variant variant;
	uint32_t mode;
	int error;
};

static const struct link_mode_row link_modes[] = {
	{{"accept", NULL}, HCI_LM_ACCEPT, 0},
	{{"none", NULL}, 0, ECONNREFUSED},
};

/*
 * Nobody there to listen.
 *
 * A device without a listener takes calls all the same, and leaves them to nobody, unless
 * HCISETLINKMODE took HCI_LM_ACCEPT from the defaults of its controller: then it refuses them.
 */
CASE(refused,
     .claim = "connect() to a device without a listener fails with ECONNREFUSED only when its "
	      "HCISETLINKMODE is without HCI_LM_ACCEPT",
     .level = OBSERVED, .spec = "net/bluetooth/hci_event.c hci_conn_request_evt()",
     .topology = "machine", .needs = "bluetooth_sco vhci", .tags = "bluetooth sco errno",
     .VARIANTS(link_modes))
{
	const struct link_mode_row *row = VARIANT(struct link_mode_row);
	struct emulator emulator = controllers_on();
	struct sockaddr_sco here = sco_address(HERE), there = sco_address(THERE);
	struct hci_dev_req mode = {(uint16_t)emulator.index[THERE], row->mode};
	int control = SETUP(socket(AF_BLUETOOTH, SOCK_RAW, BTPROTO_HCI)), fd = sco_socket();

	SETUP(bind(fd, BLUETOOTH(here)));
	EXPECT_OK(ioctl(control, HCISETLINKMODE, &mode));
	if (row->error != 0)
		EXPECT_ERR(connect(fd, BLUETOOTH(there)), row->error);
	else
		EXPECT_OK(connect(fd, BLUETOOTH(there)));
}

/* What is sent over the air while somebody speaks: eSCO with the packets of EDR. */
CASE(phy,
     .claim = "BT_PHY of a call tells the packets that may be used, and fails with ENOTCONN before",
     .level = OBSERVED, .spec = "net/bluetooth/hci_conn.c hci_conn_get_phy()",
     .topology = "machine", .needs = "bluetooth_sco vhci", .tags = "bluetooth sco option errno")
{
	socklen_t length = sizeof(int);
	struct pair pair;
	int phy = 77, fd;

	controllers_on();
	fd = sco_socket();
	EXPECT_ERR(getsockopt(fd, SOL_BLUETOOTH, BT_PHY, &phy, &length), ENOTCONN);
	pair = sco_pair();
	phy = get_int(pair.client, SOL_BLUETOOTH, BT_PHY);
	EXPECT_EQ(phy & BT_PHY_BR_1M_1SLOT, BT_PHY_BR_1M_1SLOT);
	EXPECT_EQ(phy & (BT_PHY_LE_1M_TX | BT_PHY_LE_1M_RX), 0);
	OBSERVE("BT_PHY", "0x%x", (unsigned int)phy);
}

/*
 * Codes that the controller has.
 *
 * `BT_CODEC` lists them and chooses one, where management switched on the experiment that lets
 * voice go past the processor.
 */
CASE(codec,
     .claim = "BT_CODEC fails with EOPNOTSUPP while the experiment of offloading codecs is off, "
	      "and on a "
	      "device that is not there with EBADFD",
     .level = OBSERVED, .spec = "net/bluetooth/sco.c BT_CODEC", .since = "5.16",
     .topology = "machine", .needs = "bluetooth_sco vhci", .tags = "bluetooth sco option errno")
{
	struct sockaddr_sco here = sco_address(HERE), nowhere = here;
	struct bt_codecs codecs = {.num_codecs = 1};
	socklen_t length = sizeof(codecs);
	struct bt_voice voice = {BT_VOICE_TRANSPARENT};
	int fd, lost;

	nowhere.sco_bdaddr[0] = 0x77;
	controllers_on();
	fd = sco_socket();
	lost = sco_socket();
	SETUP(bind(fd, BLUETOOTH(here)));
	SETUP(bind(lost, BLUETOOTH(nowhere)));
	EXPECT_ERR(getsockopt(fd, SOL_BLUETOOTH, BT_CODEC, &codecs, &length), EOPNOTSUPP);
	EXPECT_ERR(setsockopt(fd, SOL_BLUETOOTH, BT_CODEC, &codecs, sizeof(codecs)), EOPNOTSUPP);
	EXPECT_ERR(getsockopt(lost, SOL_BLUETOOTH, BT_CODEC, &codecs, &length), EBADFD);
	EXPECT_ERR(setsockopt(fd, SOL_BLUETOOTH, 77, &voice, sizeof(voice)), ENOPROTOOPT);
	EXPECT_ERR(getsockopt(fd, SOL_SCO, 77, &voice, &length), ENOPROTOOPT);
	EXPECT_OK(setsockopt(fd, SOL_BLUETOOTH, BT_VOICE, &voice, sizeof(voice)));
}
