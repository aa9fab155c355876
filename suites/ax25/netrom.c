/* SPDX-License-Identifier: MIT */
/* NET/ROM: connections between nodes that do not hear each other. */
#include <net/if_arp.h>
#include <poll.h>
#include <unistd.h>

#include "suites/ax25/radio.h"

#include "harness/case.h"

enum { LETTERS = 6 };

static struct sockaddr_ax25 node(const char *letters)
{
	struct sockaddr_ax25 address = ax25_station(letters);

	address.sax25_family = AF_NETROM;
	return address;
}

/* STATION_A is this node; what it sends to itself comes back. */
static void node_on(void)
{
	const ax25_address call = callsign(STATION_A);

	SETUP(close(SETUP(socket(AF_NETROM, SOCK_SEQPACKET, 0))));
	radio_interface("nr0", ARPHRD_NETROM, &call, sizeof(call));
}

struct kind_row {
	struct variant variant;
	int type, protocol;
};

static const struct kind_row kinds[] = {
	{{"stream", NULL}, SOCK_STREAM, 0},
	{{"dgram", NULL}, SOCK_DGRAM, 0},
	{{"protocol", NULL}, SOCK_SEQPACKET, 1},
};

/*
 * A network above the radio link.
 *
 * Nodes on mountains tell each other whom they hear, and pass on frames. For programs there
 * are connections only.
 */
CASE(kinds_of_sockets,
     .claim = "AF_NETROM has SOCK_SEQPACKET with protocol 0; others fail with ESOCKTNOSUPPORT",
     .level = LINUX, .spec = "netrom(4); linux/net/netrom/af_netrom.c, nr_create()",
     .topology = "machine", .needs = "netrom", .tags = "netrom socket errno", .VARIANTS(kinds))
{
	const struct kind_row *row = VARIANT(struct kind_row);
	int fd;

	EXPECT_ERR(socket(AF_NETROM, row->type, row->protocol), ESOCKTNOSUPPORT);
	fd = EXPECT_OK(socket(AF_NETROM, SOCK_SEQPACKET, 0));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_DOMAIN), AF_NETROM);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TYPE), SOCK_SEQPACKET);
}

struct wrong_row {
	struct variant variant;
	const char *node;
	sa_family_t family;
	socklen_t shorter;
	int error;
};

static const struct wrong_row wrongs[] = {
	{{"other_node", NULL}, NOBODY, AF_NETROM, 0, EADDRNOTAVAIL},
	{{"other_family", NULL}, STATION_A, AF_AX25, 0, EINVAL},
	{{"short", NULL}, STATION_A, AF_NETROM, 1, EINVAL},
};

/* The callsign has to be the node's. */
CASE(wrong_addresses,
     .claim =
	     "bind() fails with EADDRNOTAVAIL for a callsign of no node, EINVAL for another family "
	     "or length, or a second time",
     .level = ABI, .spec = "linux/net/netrom/af_netrom.c, nr_bind()", .topology = "machine",
     .needs = "netrom", .tags = "netrom bind errno", .VARIANTS(wrongs))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	struct sockaddr_ax25 wrong = node(row->node);
	const struct sockaddr_ax25 good = node(STATION_A);
	int fd;

	node_on();
	fd = SETUP(socket(AF_NETROM, SOCK_SEQPACKET, 0));
	wrong.sax25_family = row->family;
	EXPECT_ERR(bind(fd, (struct sockaddr *)&wrong, sizeof(wrong) - row->shorter), row->error);
	EXPECT_OK(bind(fd, AX25(good)));
	EXPECT_ERR(bind(fd, AX25(good)), EINVAL);
}

/*
 * User and node.
 *
 * A connection has two callsigns at each end, as whoever is at the keyboard need not be the
 * node's owner: getpeername() gives the user, and the node as if it were a repeater.
 */
CASE(exchange,
     .claim = "messages arrive whole in both directions; getpeername() gives the user and the node",
     .level = ABI, .spec = "netrom(4); linux/net/netrom/af_netrom.c", .topology = "machine",
     .needs = "netrom", .tags = "netrom connect send receive")
{
	const struct sockaddr_ax25 self = node(STATION_A);
	struct full_sockaddr_ax25 peer = {.fsa_ax25 = {.sax25_family = AF_UNSPEC}};
	socklen_t length = sizeof(peer);
	int listener, client, server;
	char got[16];

	node_on();
	listener = SETUP(socket(AF_NETROM, SOCK_SEQPACKET, 0));
	EXPECT_OK(bind(listener, AX25(self)));
	EXPECT_OK(listen(listener, 1));
	client = SETUP(socket(AF_NETROM, SOCK_SEQPACKET, 0));
	EXPECT_ERR(getpeername(client, (struct sockaddr *)&peer, &length), ENOTCONN);
	EXPECT_OK(connect(client, AX25(self)));
	server = EXPECT_OK(accept(listener, NULL, NULL));
	length = sizeof(peer);
	EXPECT_OK(getpeername(server, (struct sockaddr *)&peer, &length));
	EXPECT_EQ(length, sizeof(peer));
	EXPECT_EQ(peer.fsa_ax25.sax25_family, AF_NETROM);
	EXPECT_EQ(peer.fsa_ax25.sax25_ndigis, 1);
	EXPECT_MEMEQ(&peer.fsa_ax25.sax25_call, &self.sax25_call, LETTERS);
	EXPECT_MEMEQ(&peer.fsa_digipeater[0], &self.sax25_call, LETTERS);
	EXPECT_EQ(send(client, "one", 3, 0), 3);
	EXPECT_EQ(send(client, "second", 6, 0), 6);
	EXPECT_EQ(wait_for(server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(server, got, sizeof(got), 0), 3);
	EXPECT_MEMEQ(got, "one", 3);
	EXPECT_EQ(wait_for(server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(server, got, sizeof(got), 0), 6);
	EXPECT_MEMEQ(got, "second", 6);
	EXPECT_EQ(send(server, "yes", 3, 0), 3);
	EXPECT_EQ(wait_for(client, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(client, got, sizeof(got), 0), 3);
	EXPECT_MEMEQ(got, "yes", 3);
}

/* Nobody listens at the node: its answer says so. */
CASE(refused, .claim = "connect() to a node where nobody listens fails with ECONNREFUSED",
     .level = ABI, .spec = "linux/net/netrom/af_netrom.c, nr_rx_frame()", .topology = "machine",
     .needs = "netrom", .tags = "netrom connect errno")
{
	const struct sockaddr_ax25 self = node(STATION_A);
	int listener;

	node_on();
	EXPECT_ERR(connect(SETUP(socket(AF_NETROM, SOCK_SEQPACKET, 0)), AX25(self)), ECONNREFUSED);
	listener = SETUP(socket(AF_NETROM, SOCK_SEQPACKET, 0));
	SETUP(bind(listener, AX25(self)));
	SETUP(listen(listener, 1));
	EXPECT_OK(connect(SETUP(socket(AF_NETROM, SOCK_SEQPACKET, 0)), AX25(self)));
}

struct option_row {
	struct variant variant;
	int option, good, bad;
};

static const struct option_row options[] = {
	{{"t1", NULL}, NETROM_T1, 1, 0},
	{{"t2", NULL}, NETROM_T2, 1, 0},
	{{"t4", NULL}, NETROM_T4, 1, 0},
	{{"n2", NULL}, NETROM_N2, 31, 32},
	{{"n2_of_nothing", NULL}, NETROM_N2, 1, 0},
};

/* T1: for an answer; T2: before an acknowledgement; T4: of a busy peer; N2: tries. */
CASE(limits_of_options,
     .claim = "an option of SOL_NETROM is kept up to its limit; beyond it setsockopt() fails with "
	      "EINVAL and leaves it",
     .level = LINUX, .spec = "netrom(4); linux/net/netrom/af_netrom.c, nr_setsockopt()",
     .topology = "machine", .needs = "netrom", .tags = "netrom options errno", .VARIANTS(options))
{
	const struct option_row *row = VARIANT(struct option_row);
	int fd = SETUP(socket(AF_NETROM, SOCK_SEQPACKET, 0)), value = -1;
	socklen_t length = sizeof(value);

	EXPECT_OK(set_int(fd, SOL_NETROM, row->option, row->good));
	EXPECT_ERR(set_int(fd, SOL_NETROM, row->option, row->bad), EINVAL);
	EXPECT_OK(getsockopt(fd, SOL_NETROM, row->option, &value, &length));
	EXPECT_EQ(length, sizeof(value));
	EXPECT_EQ(value, row->good);
	EXPECT_OK(set_int(fd, SOL_NETROM, NETROM_IDLE, 0));
	EXPECT_EQ(get_int(fd, SOL_NETROM, NETROM_IDLE), 0);
	EXPECT_ERR(setsockopt(fd, SOL_NETROM, row->option, &value, 1), EINVAL);
	EXPECT_ERR(set_int(fd, SOL_NETROM, 99, 1), ENOPROTOOPT);
}
