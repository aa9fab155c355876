/* SPDX-License-Identifier: MIT */
/* Options of an L2CAP channel: what is agreed on when it is made, and how it is treated. */
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/bluetooth/bluetooth_help.h"

#include "harness/case.h"

static int l2cap_socket(int type)
{
	return SETUP(socket(AF_BLUETOOTH, type, BTPROTO_L2CAP));
}

/* A pair whose client and listener were changed before they had to do with each other. */
static struct pair pair_with(void (*change)(int fd, bool listener))
{
	struct sockaddr_l2 here = l2cap_address(HERE, 0), there = l2cap_address(THERE, PSM);
	struct pair pair = {.client = l2cap_socket(SOCK_SEQPACKET),
			    .listener = l2cap_socket(SOCK_SEQPACKET)};

	SETUP(bind(pair.listener, BLUETOOTH(there)));
	SETUP(bind(pair.client, BLUETOOTH(here)));
	change(pair.listener, true);
	change(pair.client, false);
	SETUP(listen(pair.listener, 1));
	SETUP(connect(pair.client, BLUETOOTH(there)));
	pair.server = accept_soon(pair.listener);
	return pair;
}

static void large_here_small_there(int fd, bool listener)
{
	struct l2cap_options options;

	get_value(fd, SOL_L2CAP, L2CAP_OPTIONS, &options);
	options.imtu = listener ? 100 : 2000;
	EXPECT_OK(setsockopt(fd, SOL_L2CAP, L2CAP_OPTIONS, &options, sizeof(options)));
}

/*
 * How much at once?
 *
 * Each side says how large a packet it takes, 672 bytes if it says nothing, and the other side
 * keeps to that: EMSGSIZE for more. Whoever wants another size says so before the channel is made.
 */
CASE(mtu,
     .claim = "L2CAP_OPTIONS has an MTU of 672 bytes at first; what one side sets as imtu becomes "
	      "the "
	      "other's omtu, and send() of more fails with EMSGSIZE",
     .level = OBSERVED,
     .spec = "net/bluetooth/l2cap_sock.c L2CAP_OPTIONS; Bluetooth Core Specification 5.3, Vol 3 "
	     "Part "
	     "A 5.1",
     .topology = "machine", .needs = "bluetooth_l2cap vhci", .tags = "bluetooth l2cap option errno")
{
	struct l2cap_options options;
	char data[2001];
	struct pair pair;
	int fd;

	controllers_on();
	fd = l2cap_socket(SOCK_SEQPACKET);
	get_value(fd, SOL_L2CAP, L2CAP_OPTIONS, &options);
	EXPECT_EQ(options.imtu, 672);
	EXPECT_EQ(options.mode, L2CAP_MODE_BASIC);
	pair = pair_with(large_here_small_there);
	get_value(pair.client, SOL_L2CAP, L2CAP_OPTIONS, &options);
	EXPECT_EQ(options.imtu, 2000);
	EXPECT_EQ(options.omtu, 100);
	get_value(pair.server, SOL_L2CAP, L2CAP_OPTIONS, &options);
	EXPECT_EQ(options.imtu, 100);
	EXPECT_EQ(options.omtu, 2000);

	memset(data, 'x', sizeof(data));
	EXPECT_ERR(send(pair.client, data, 101, 0), EMSGSIZE);
	EXPECT_EQ(send(pair.client, data, 100, 0), 100);
	EXPECT_EQ(wait_for(pair.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(pair.server, data, sizeof(data), 0), 100);
	EXPECT_ERR(send(pair.server, data, 2001, 0), EMSGSIZE);
	EXPECT_EQ(send(pair.server, data, 2000, 0), 2000);
	EXPECT_EQ(wait_for(pair.client, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(pair.client, data, sizeof(data), 0), 2000);
}

struct bad_row {
	struct variant variant;
	uint16_t imtu;
	uint8_t mode;
	uint16_t window;
};

static const struct bad_row bads[] = {
	{{"mtu_below_48", NULL}, 47, L2CAP_MODE_BASIC, 63},
	{{"unknown_mode", NULL}, 672, 77, 63},
	{{"window", NULL}, 672, L2CAP_MODE_BASIC, 0x4000},
};

/* 48 bytes are the least that every device has to take; and a channel that stands is as it is. */
CASE(option_errors,
     .claim =
	     "L2CAP_OPTIONS with an MTU below 48, an unknown mode or a window of more than 14 bits "
	     "fails with EINVAL, and so it does on a connected socket",
     .level = OBSERVED, .spec = "net/bluetooth/l2cap_sock.c l2cap_sock_setsockopt_old()",
     .topology = "machine", .needs = "bluetooth_l2cap vhci", .tags = "bluetooth l2cap option errno",
     .VARIANTS(bads))
{
	const struct bad_row *row = VARIANT(struct bad_row);
	struct l2cap_options options, bad;
	struct pair pair;
	int fd;

	controllers_on();
	fd = l2cap_socket(SOCK_SEQPACKET);
	get_value(fd, SOL_L2CAP, L2CAP_OPTIONS, &options);
	bad = options;
	bad.imtu = row->imtu;
	bad.mode = row->mode;
	bad.txwin_size = row->window;
	EXPECT_ERR(setsockopt(fd, SOL_L2CAP, L2CAP_OPTIONS, &bad, sizeof(bad)), EINVAL);
	options.imtu = 48;
	EXPECT_OK(setsockopt(fd, SOL_L2CAP, L2CAP_OPTIONS, &options, sizeof(options)));
	get_value(fd, SOL_L2CAP, L2CAP_OPTIONS, &bad);
	EXPECT_EQ(bad.imtu, 48);
	pair = l2cap_pair(SOCK_SEQPACKET);
	EXPECT_ERR(setsockopt(pair.client, SOL_L2CAP, L2CAP_OPTIONS, &options, sizeof(options)),
		   EINVAL);
}

struct mode_row {
	struct variant variant;
	uint8_t mode;
};

static const struct mode_row modes[] = {
	{{"basic", NULL}, L2CAP_MODE_BASIC},
	{{"retransmission", NULL}, L2CAP_MODE_ERTM},
	{{"streaming", NULL}, L2CAP_MODE_STREAMING},
};

static void wanted_mode(int fd, bool listener)
{
	struct l2cap_options options;

	(void)listener;
	get_value(fd, SOL_L2CAP, L2CAP_OPTIONS, &options);
	options.mode = VARIANT(struct mode_row)->mode;
	EXPECT_OK(setsockopt(fd, SOL_L2CAP, L2CAP_OPTIONS, &options, sizeof(options)));
}

/*
 * How carefully?
 *
 * In the basic mode L2CAP relies on the controllers. In the enhanced retransmission mode it numbers
 * packets itself, sends what was lost again, and cuts large ones into pieces; in the streaming mode
 * it numbers them and does not send again. Both sides have to want the same.
 */
CASE(mode, .claim = "both sides agree on the mode of L2CAP_OPTIONS, and data arrives in it",
     .level = OBSERVED,
     .spec = "net/bluetooth/l2cap_sock.c L2CAP_OPTIONS; Bluetooth Core Specification 5.3, Vol 3 "
	     "Part "
	     "A 2.4, 5.4",
     .topology = "machine", .needs = "bluetooth_l2cap vhci", .tags = "bluetooth l2cap option",
     .VARIANTS(modes))
{
	struct l2cap_options options;
	struct pair pair;
	char data[672], got[672];

	controllers_on();
	pair = pair_with(wanted_mode);
	get_value(pair.client, SOL_L2CAP, L2CAP_OPTIONS, &options);
	EXPECT_EQ(options.mode, VARIANT(struct mode_row)->mode);
	get_value(pair.server, SOL_L2CAP, L2CAP_OPTIONS, &options);
	EXPECT_EQ(options.mode, VARIANT(struct mode_row)->mode);
	for (size_t i = 0; i < sizeof(data); i++)
		data[i] = (char)i;
	EXPECT_EQ(send(pair.client, data, sizeof(data), 0), sizeof(data));
	EXPECT_EQ(wait_for(pair.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(pair.server, got, sizeof(got), 0), sizeof(got));
	EXPECT_MEMEQ(got, data, sizeof(data));
}

/* ----------------------------------------------------------------- security */

struct security_row {
	struct variant variant;
	uint8_t level;
	int link_mode; /* the same as bits of L2CAP_LM */
};

static const struct security_row securities[] = {
	{{"low", NULL}, BT_SECURITY_LOW, L2CAP_LM_AUTH},
	{{"medium", NULL}, BT_SECURITY_MEDIUM, L2CAP_LM_AUTH | L2CAP_LM_ENCRYPT},
	{{"high", NULL}, BT_SECURITY_HIGH, L2CAP_LM_AUTH | L2CAP_LM_ENCRYPT | L2CAP_LM_SECURE},
};

static void wanted_security(int fd, bool listener)
{
	struct bt_security security = {.level = VARIANT(struct security_row)->level};

	if (!listener)
		EXPECT_OK(setsockopt(fd, SOL_BLUETOOTH, BT_SECURITY, &security, sizeof(security)));
}

/*
 * How safe?
 *
 * Low: anybody. Medium: authenticated and encrypted. High: with a key that nobody could have
 * listened to. The kernel has the controller do what is missing before the channel is made, and
 * then the size of the encryption key can be read.
 */
CASE(security,
     .claim = "BT_SECURITY of a socket is BT_SECURITY_LOW at first; with more, connect() "
	      "authenticates "
	      "and encrypts the connection, whose level and key size BT_SECURITY then tells",
     .level = OBSERVED,
     .spec = "net/bluetooth/l2cap_sock.c BT_SECURITY; Bluetooth Core Specification 5.3, Vol 4 Part "
	     "E "
	     "7.1.15, 7.1.16",
     .topology = "machine", .needs = "bluetooth_l2cap vhci", .tags = "bluetooth l2cap option",
     .VARIANTS(securities))
{
	const struct security_row *row = VARIANT(struct security_row);
	struct bt_security security;
	struct pair pair;
	int fd;

	controllers_on();
	fd = l2cap_socket(SOCK_SEQPACKET);
	get_value(fd, SOL_BLUETOOTH, BT_SECURITY, &security);
	EXPECT_EQ(security.level, BT_SECURITY_LOW);
	EXPECT_EQ(security.key_size, 0);
	pair = pair_with(wanted_security);
	get_value(pair.client, SOL_BLUETOOTH, BT_SECURITY, &security);
	EXPECT_EQ(security.level, row->level);
	EXPECT_EQ(security.key_size, row->level > BT_SECURITY_LOW ? 16 : 0);
}

/* The same, as it was said before there were levels: bits that each ask for something. */
CASE(link_mode,
     .claim = "bits of L2CAP_LM are the levels of BT_SECURITY, L2CAP_LM_MASTER and "
	      "L2CAP_LM_RELIABLE are "
	      "kept beside them, and L2CAP_LM_FIPS fails with EINVAL",
     .level = OBSERVED, .spec = "net/bluetooth/l2cap_sock.c L2CAP_LM", .topology = "machine",
     .needs = "bluetooth_l2cap vhci", .tags = "bluetooth l2cap option errno", .VARIANTS(securities))
{
	const struct security_row *row = VARIANT(struct security_row);
	int mode = row->link_mode | L2CAP_LM_MASTER, fd, fips = L2CAP_LM_FIPS;
	struct bt_security security;

	controllers_on();
	fd = l2cap_socket(SOCK_SEQPACKET);
	EXPECT_EQ(get_int(fd, SOL_L2CAP, L2CAP_LM), L2CAP_LM_AUTH);
	EXPECT_OK(setsockopt(fd, SOL_L2CAP, L2CAP_LM, &mode, sizeof(mode)));
	EXPECT_EQ(get_int(fd, SOL_L2CAP, L2CAP_LM), mode);
	get_value(fd, SOL_BLUETOOTH, BT_SECURITY, &security);
	EXPECT_EQ(security.level, row->level);
	mode = row->link_mode | L2CAP_LM_RELIABLE;
	EXPECT_OK(setsockopt(fd, SOL_L2CAP, L2CAP_LM, &mode, sizeof(mode)));
	EXPECT_EQ(get_int(fd, SOL_L2CAP, L2CAP_LM), mode);
	EXPECT_ERR(setsockopt(fd, SOL_L2CAP, L2CAP_LM, &fips, sizeof(fips)), EINVAL);
	security.level = BT_SECURITY_FIPS;
	EXPECT_OK(setsockopt(fd, SOL_BLUETOOTH, BT_SECURITY, &security, sizeof(security)));
	EXPECT_EQ(get_int(fd, SOL_L2CAP, L2CAP_LM), L2CAP_LM_AUTH | L2CAP_LM_ENCRYPT |
							    L2CAP_LM_SECURE | L2CAP_LM_FIPS |
							    L2CAP_LM_RELIABLE);
}

/* None, and what the reserved channels for finding services have: not for a program to ask for. */
CASE(security_errors,
     .claim =
	     "BT_SECURITY with BT_SECURITY_SDP or above BT_SECURITY_FIPS, or of a datagram socket, "
	     "fails with EINVAL; a socket for service discovery has BT_SECURITY_SDP",
     .level = OBSERVED, .spec = "net/bluetooth/l2cap_sock.c BT_SECURITY, l2cap_sock_bind()",
     .topology = "machine", .needs = "bluetooth_l2cap vhci", .tags = "bluetooth l2cap option errno")
{
	struct bt_security none = {.level = BT_SECURITY_SDP}, much = {.level = 5}, good, got;
	struct sockaddr_l2 discovery = l2cap_address(THERE, 1);
	int fd, datagram;

	controllers_on();
	fd = l2cap_socket(SOCK_SEQPACKET);
	datagram = l2cap_socket(SOCK_DGRAM);
	good = (struct bt_security){.level = BT_SECURITY_MEDIUM};
	EXPECT_ERR(setsockopt(fd, SOL_BLUETOOTH, BT_SECURITY, &none, sizeof(none)), EINVAL);
	EXPECT_ERR(setsockopt(fd, SOL_BLUETOOTH, BT_SECURITY, &much, sizeof(much)), EINVAL);
	EXPECT_ERR(setsockopt(datagram, SOL_BLUETOOTH, BT_SECURITY, &good, sizeof(good)), EINVAL);
	EXPECT_OK(setsockopt(fd, SOL_BLUETOOTH, BT_SECURITY, &good, sizeof(good)));
	get_value(fd, SOL_BLUETOOTH, BT_SECURITY, &got);
	EXPECT_EQ(got.level, BT_SECURITY_MEDIUM);
	EXPECT_OK(bind(fd, BLUETOOTH(discovery)));
	get_value(fd, SOL_BLUETOOTH, BT_SECURITY, &got);
	EXPECT_EQ(got.level, BT_SECURITY_SDP);
}

/* ------------------------------------------------------------- deferred setup */

static void deferred(int fd, bool listener)
{
	if (!listener)
		return;
	EXPECT_EQ(get_int(fd, SOL_BLUETOOTH, BT_DEFER_SETUP), 0);
	EXPECT_OK(set_int(fd, SOL_BLUETOOTH, BT_DEFER_SETUP, 1));
	EXPECT_EQ(get_int(fd, SOL_BLUETOOTH, BT_DEFER_SETUP), 1);
}

/*
 * Let me see who it is.
 *
 * accept() of a listener with `BT_DEFER_SETUP` gives a socket whose channel is not made yet: its
 * server looks who wants it, and lets it in with a first recv(), which reads nothing, or closes
 * it. The other side waits in connect().
 */
CASE(deferred_setup,
     .claim = "with BT_DEFER_SETUP a connection is complete only when the accepted socket was read "
	      "from; without bind() before the option is EINVAL",
     .level = OBSERVED, .spec = "net/bluetooth/l2cap_sock.c BT_DEFER_SETUP, l2cap_sock_recvmsg()",
     .topology = "machine", .needs = "bluetooth_l2cap vhci", .tags = "bluetooth l2cap option errno")
{
	struct sockaddr_l2 here = l2cap_address(HERE, 0), there = l2cap_address(THERE, PSM), peer;
	socklen_t length = sizeof(peer);
	struct bt_conninfo info;
	int listener, fd, server;
	char got[8];

	controllers_on();
	listener = l2cap_socket(SOCK_SEQPACKET);
	fd = SETUP(socket(AF_BLUETOOTH, SOCK_SEQPACKET | SOCK_NONBLOCK, BTPROTO_L2CAP));
	EXPECT_ERR(set_int(listener, SOL_BLUETOOTH, BT_DEFER_SETUP, 1), EINVAL);
	SETUP(bind(listener, BLUETOOTH(there)));
	SETUP(bind(fd, BLUETOOTH(here)));
	deferred(listener, true);
	SETUP(listen(listener, 1));
	EXPECT_ERR(connect(fd, BLUETOOTH(there)), EINPROGRESS, EAGAIN);
	server = accept_soon(listener);
	EXPECT_OK(getpeername(server, (struct sockaddr *)&peer, &length));
	EXPECT_MEMEQ(peer.l2_bdaddr, emulator_addresses[HERE], 6);
	get_value(server, SOL_L2CAP, L2CAP_CONNINFO, &info);
	EXPECT_GT(info.hci_handle, 0);
	EXPECT_EQ(wait_for(fd, POLLOUT, 0), 0);
	EXPECT_EQ(recv(server, got, sizeof(got), 0), 0);
	EXPECT_EQ(wait_for(fd, POLLOUT, SOON_MS), POLLOUT);
	EXPECT_EQ(send(fd, "hello", 5, 0), 5);
	EXPECT_EQ(wait_for(server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(server, got, sizeof(got), 0), 5);
}

/* ---------------------------------------------------------------- other options */

/*
 * May it be dropped?
 *
 * A controller drops a packet that it could not send for long, if it may. A channel's packets are
 * marked as such that may not, until `BT_FLUSHABLE` says otherwise. OFF is known only where there
 * is a connection, whose controller tells whether it can mark packets.
 */
CASE(flushable,
     .claim = "BT_FLUSHABLE is BT_FLUSHABLE_OFF at first and can be set ON, and OFF again on a "
	      "connected "
	      "socket only, EINVAL; other values are EINVAL",
     .level = OBSERVED,
     .spec = "net/bluetooth/l2cap_sock.c BT_FLUSHABLE; Bluetooth Core Specification 5.3, Vol 4 "
	     "Part E "
	     "5.4.2",
     .topology = "machine", .needs = "bluetooth_l2cap vhci", .tags = "bluetooth l2cap option errno")
{
	struct pair pair;
	int fd;

	controllers_on();
	fd = l2cap_socket(SOCK_SEQPACKET);
	EXPECT_EQ(get_int(fd, SOL_BLUETOOTH, BT_FLUSHABLE), BT_FLUSHABLE_OFF);
	EXPECT_ERR(set_int(fd, SOL_BLUETOOTH, BT_FLUSHABLE, 2), EINVAL);
	EXPECT_OK(set_int(fd, SOL_BLUETOOTH, BT_FLUSHABLE, BT_FLUSHABLE_ON));
	EXPECT_EQ(get_int(fd, SOL_BLUETOOTH, BT_FLUSHABLE), BT_FLUSHABLE_ON);
	EXPECT_ERR(set_int(fd, SOL_BLUETOOTH, BT_FLUSHABLE, BT_FLUSHABLE_OFF), EINVAL);
	pair = l2cap_pair(SOCK_SEQPACKET);
	EXPECT_OK(set_int(pair.client, SOL_BLUETOOTH, BT_FLUSHABLE, BT_FLUSHABLE_ON));
	EXPECT_EQ(get_int(pair.client, SOL_BLUETOOTH, BT_FLUSHABLE), BT_FLUSHABLE_ON);
	EXPECT_OK(set_int(pair.client, SOL_BLUETOOTH, BT_FLUSHABLE, BT_FLUSHABLE_OFF));
	EXPECT_EQ(get_int(pair.client, SOL_BLUETOOTH, BT_FLUSHABLE), BT_FLUSHABLE_OFF);
}

/* A connection that sleeps between packets wakes up for this channel's, or stays asleep. */
CASE(power,
     .claim = "BT_POWER is BT_POWER_FORCE_ACTIVE_ON at first, and EINVAL on a datagram socket",
     .level = OBSERVED, .spec = "net/bluetooth/l2cap_sock.c BT_POWER", .topology = "machine",
     .needs = "bluetooth_l2cap vhci", .tags = "bluetooth l2cap option errno")
{
	struct bt_power power, off = {BT_POWER_FORCE_ACTIVE_OFF}, on = {BT_POWER_FORCE_ACTIVE_ON};
	int fd, datagram;

	controllers_on();
	fd = l2cap_socket(SOCK_SEQPACKET);
	datagram = l2cap_socket(SOCK_DGRAM);
	get_value(fd, SOL_BLUETOOTH, BT_POWER, &power);
	EXPECT_EQ(power.force_active, BT_POWER_FORCE_ACTIVE_ON);
	EXPECT_OK(setsockopt(fd, SOL_BLUETOOTH, BT_POWER, &off, sizeof(off)));
	get_value(fd, SOL_BLUETOOTH, BT_POWER, &power);
	EXPECT_EQ(power.force_active, BT_POWER_FORCE_ACTIVE_OFF);
	EXPECT_OK(setsockopt(fd, SOL_BLUETOOTH, BT_POWER, &on, sizeof(on)));
	get_value(fd, SOL_BLUETOOTH, BT_POWER, &power);
	EXPECT_EQ(power.force_active, BT_POWER_FORCE_ACTIVE_ON);
	EXPECT_ERR(setsockopt(datagram, SOL_BLUETOOTH, BT_POWER, &off, sizeof(off)), EINVAL);
}

struct policy_row {
	struct variant variant;
	int policy;
};

static const struct policy_row policies[] = {
	{{"bredr_only", NULL}, BT_CHANNEL_POLICY_BREDR_ONLY},
	{{"bredr_preferred", NULL}, BT_CHANNEL_POLICY_BREDR_PREFERRED},
	{{"amp_preferred", NULL}, BT_CHANNEL_POLICY_AMP_PREFERRED},
};

/*
 * Over another radio.
 *
 * Channels could once move to Wi-Fi (AMP), if `BT_CHANNEL_POLICY` let them. That went with Linux
 * 6.2, and out of the kernels that were kept up after: only the option's number is left.
 */
CASE(channel_policy,
     .claim = "BT_CHANNEL_POLICY is BT_CHANNEL_POLICY_BREDR_ONLY, and setting it fails with "
	      "EOPNOTSUPP",
     .level = OBSERVED, .spec = "net/bluetooth/l2cap_sock.c BT_CHANNEL_POLICY",
     .topology = "machine", .needs = "bluetooth_l2cap vhci", .tags = "bluetooth l2cap option errno",
     .VARIANTS(policies))
{
	int fd;

	controllers_on();
	fd = l2cap_socket(SOCK_SEQPACKET);
	EXPECT_EQ(get_int(fd, SOL_BLUETOOTH, BT_CHANNEL_POLICY), BT_CHANNEL_POLICY_BREDR_ONLY);
	EXPECT_ERR(
		set_int(fd, SOL_BLUETOOTH, BT_CHANNEL_POLICY, VARIANT(struct policy_row)->policy),
		EOPNOTSUPP, EINVAL);
	EXPECT_EQ(get_int(fd, SOL_BLUETOOTH, BT_CHANNEL_POLICY), BT_CHANNEL_POLICY_BREDR_ONLY);
	EXPECT_OK(set_int(fd, SOL_BLUETOOTH, BT_FLUSHABLE, BT_FLUSHABLE_ON));
}

/*
 * How fast may it be?
 *
 * The packets of a connection, by their rate (1, 2 or 3 Mbit/s) and how many slots of 625
 * microseconds one takes: those that both controllers have.
 */
CASE(phy,
     .claim = "BT_PHY tells the packets of a connection, here all of BR and EDR, and fails with "
	      "ENOTCONN "
	      "before",
     .level = OBSERVED, .spec = "net/bluetooth/hci_conn.c hci_conn_get_phy()",
     .topology = "machine", .needs = "bluetooth_l2cap vhci", .tags = "bluetooth l2cap option errno")
{
	socklen_t length = sizeof(int);
	int fd, phy = 77;
	struct pair pair;

	controllers_on();
	fd = l2cap_socket(SOCK_SEQPACKET);
	EXPECT_ERR(getsockopt(fd, SOL_BLUETOOTH, BT_PHY, &phy, &length), ENOTCONN);
	pair = l2cap_pair(SOCK_SEQPACKET);
	EXPECT_EQ(get_int(pair.client, SOL_BLUETOOTH, BT_PHY),
		  BT_PHY_BR_1M_1SLOT | BT_PHY_BR_1M_3SLOT | BT_PHY_BR_1M_5SLOT |
			  BT_PHY_EDR_2M_1SLOT | BT_PHY_EDR_2M_3SLOT | BT_PHY_EDR_2M_5SLOT |
			  BT_PHY_EDR_3M_1SLOT | BT_PHY_EDR_3M_3SLOT | BT_PHY_EDR_3M_5SLOT);
}

struct only_row {
	struct variant variant;
	int level, option, error;
};

static const struct only_row others[] = {
	{{"send_mtu_of_le", NULL}, SOL_BLUETOOTH, BT_SNDMTU, EINVAL},
	{{"receive_mtu_of_le", NULL}, SOL_BLUETOOTH, BT_RCVMTU, EINVAL},
	{{"unknown", NULL}, SOL_BLUETOOTH, 77, ENOPROTOOPT},
	{{"unknown_old", NULL}, SOL_L2CAP, 77, ENOPROTOOPT},
	{{"of_voice", NULL}, SOL_BLUETOOTH, BT_VOICE, ENOPROTOOPT},
	{{"other_level", NULL}, SOL_SCO, SCO_OPTIONS, ENOPROTOOPT},
};

/* BT_SNDMTU and BT_RCVMTU are for channels over LE; over BR/EDR L2CAP_OPTIONS has both. */
CASE(other_options,
     .claim = "options of LE fail with EINVAL on a socket of BR/EDR, unknown ones and those of "
	      "other "
	      "levels with ENOPROTOOPT",
     .level = OBSERVED, .spec = "net/bluetooth/l2cap_sock.c", .topology = "machine",
     .needs = "bluetooth_l2cap vhci", .tags = "bluetooth l2cap option errno", .VARIANTS(others))
{
	const struct only_row *row = VARIANT(struct only_row);
	struct l2cap_options options;
	uint16_t value = 100;
	socklen_t length = sizeof(value);
	int fd;

	controllers_on();
	fd = l2cap_socket(SOCK_SEQPACKET);
	EXPECT_ERR(getsockopt(fd, row->level, row->option, &value, &length), row->error);
	EXPECT_ERR(setsockopt(fd, row->level, row->option, &value, sizeof(value)), row->error);
	get_value(fd, SOL_L2CAP, L2CAP_OPTIONS, &options);
	EXPECT_EQ(options.imtu, 672);
}
