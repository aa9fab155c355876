/* SPDX-License-Identifier: MIT */
/* ROSE: X.25's packet layer by radio. */
#include <net/if_arp.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "suites/ax25/radio.h"

#include "harness/case.h"

enum { DIGIT_BYTES = 5 };

/* Ten digits of X.121, as telephone numbers are; two a byte. */
static const char own_number[DIGIT_BYTES] = {0x31, 0x00, 0x00, 0x00, 0x01};
static const char other_number[DIGIT_BYTES] = {0x31, 0x00, 0x00, 0x00, 0x02};

static struct sockaddr_rose rose_address_of(const char *number, const char *letters)
{
	struct sockaddr_rose address = {.srose_family = AF_ROSE, .srose_call = callsign(letters)};

	memcpy(address.srose_addr.rose_addr, number, DIGIT_BYTES);
	return address;
}
#define ROSE(address) (struct sockaddr *)&(address), sizeof(address)

/* This node has own_number; what it sends to itself comes back. */
static void node_on(void)
{
	SETUP(close(SETUP(socket(AF_ROSE, SOCK_SEQPACKET, 0))));
	radio_interface("rose0", ARPHRD_ROSE, own_number, DIGIT_BYTES);
}

static int rose_bound(const char *letters)
{
	const struct sockaddr_rose address = rose_address_of(own_number, letters);
	int fd = SETUP(socket(AF_ROSE, SOCK_SEQPACKET, 0));

	SETUP(bind(fd, ROSE(address)));
	return fd;
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

/* Numbers of nodes and callsigns of users: connections, and nothing else. */
CASE(kinds_of_sockets,
     .claim = "AF_ROSE has SOCK_SEQPACKET with protocol 0; others fail with ESOCKTNOSUPPORT",
     .level = LINUX, .spec = "rose(4); linux/net/rose/af_rose.c, rose_create()",
     .topology = "machine", .needs = "rose", .tags = "rose socket errno", .VARIANTS(kinds))
{
	const struct kind_row *row = VARIANT(struct kind_row);
	int fd;

	EXPECT_ERR(socket(AF_ROSE, row->type, row->protocol), ESOCKTNOSUPPORT);
	fd = EXPECT_OK(socket(AF_ROSE, SOCK_SEQPACKET, 0));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_DOMAIN), AF_ROSE);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TYPE), SOCK_SEQPACKET);
}

struct wrong_row {
	struct variant variant;
	const char *number;
	sa_family_t family;
	int repeaters;
	socklen_t shorter;
	int error;
};

static const struct wrong_row wrongs[] = {
	{{"other_number", NULL}, other_number, AF_ROSE, 0, 0, EADDRNOTAVAIL},
	{{"other_family", NULL}, own_number, AF_AX25, 0, 0, EINVAL},
	{{"two_repeaters", NULL}, own_number, AF_ROSE, 2, 0, EINVAL},
	{{"short", NULL}, own_number, AF_ROSE, 0, 1, EINVAL},
};

/* The short form of an address has room for one repeater. */
CASE(wrong_addresses,
     .claim = "bind() fails with EADDRNOTAVAIL for a number of no interface, EINVAL for another "
	      "family, length or too many repeaters, or a second time",
     .level = ABI, .spec = "linux/net/rose/af_rose.c, rose_bind()", .topology = "machine",
     .needs = "rose", .tags = "rose bind errno", .VARIANTS(wrongs))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	struct sockaddr_rose wrong = rose_address_of(row->number, STATION_A);
	const struct sockaddr_rose good = rose_address_of(own_number, STATION_A);
	int fd;

	node_on();
	fd = SETUP(socket(AF_ROSE, SOCK_SEQPACKET, 0));
	wrong.srose_family = row->family;
	wrong.srose_ndigis = row->repeaters;
	EXPECT_ERR(bind(fd, (struct sockaddr *)&wrong, sizeof(wrong) - row->shorter), row->error);
	EXPECT_OK(bind(fd, ROSE(good)));
	EXPECT_ERR(bind(fd, ROSE(good)), EINVAL);
}

/* A call to a number and a callsign there. */
CASE(exchange,
     .claim = "messages arrive whole in both directions; getpeername() gives number and callsign",
     .level = ABI, .spec = "rose(4); linux/net/rose/af_rose.c", .topology = "machine",
     .needs = "rose", .tags = "rose connect send receive")
{
	const struct sockaddr_rose to = rose_address_of(own_number, STATION_B);
	const ax25_address caller = callsign(STATION_A);
	struct full_sockaddr_rose peer = {.srose_family = AF_UNSPEC};
	socklen_t length = sizeof(peer);
	int listener, client, server;
	char got[16];

	node_on();
	listener = rose_bound(STATION_B);
	client = rose_bound(STATION_A);
	EXPECT_OK(listen(listener, 1));
	EXPECT_ERR(getpeername(client, (struct sockaddr *)&peer, &length), ENOTCONN);
	EXPECT_OK(connect(client, ROSE(to)));
	server = EXPECT_OK(accept(listener, NULL, NULL));
	length = sizeof(peer);
	EXPECT_OK(getpeername(server, (struct sockaddr *)&peer, &length));
	EXPECT_EQ(length, sizeof(peer));
	EXPECT_EQ(peer.srose_family, AF_ROSE);
	EXPECT_MEMEQ(peer.srose_addr.rose_addr, own_number, DIGIT_BYTES);
	EXPECT_MEMEQ(&peer.srose_call, &caller, sizeof(caller) - 1);
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

struct option_row {
	struct variant variant;
	int option, good, bad;
};

static const struct option_row options[] = {
	{{"t1", NULL}, ROSE_T1, 1, 0},	    {{"t2", NULL}, ROSE_T2, 1, 0},
	{{"t3", NULL}, ROSE_T3, 1, 0},	    {{"holdback", NULL}, ROSE_HOLDBACK, 1, 0},
	{{"idle", NULL}, ROSE_IDLE, 0, -1},
};

/* How long a call, a reset, a clearing and an acknowledgement are waited for, in seconds. */
CASE(limits_of_options,
     .claim = "an option of SOL_ROSE is kept down to its limit; beyond it setsockopt() fails with "
	      "EINVAL and leaves it",
     .level = LINUX, .spec = "rose(4); linux/net/rose/af_rose.c, rose_setsockopt()",
     .topology = "machine", .needs = "rose", .tags = "rose options errno", .VARIANTS(options))
{
	const struct option_row *row = VARIANT(struct option_row);
	int fd = SETUP(socket(AF_ROSE, SOCK_SEQPACKET, 0)), value = -1;
	socklen_t length = sizeof(value);

	EXPECT_OK(set_int(fd, SOL_ROSE, row->option, row->good));
	EXPECT_ERR(set_int(fd, SOL_ROSE, row->option, row->bad), EINVAL);
	EXPECT_OK(getsockopt(fd, SOL_ROSE, row->option, &value, &length));
	EXPECT_EQ(length, sizeof(value));
	EXPECT_EQ(value, row->good);
	EXPECT_ERR(setsockopt(fd, SOL_ROSE, row->option, &value, 1), EINVAL);
	EXPECT_ERR(set_int(fd, SOL_ROSE, 99, 1), ENOPROTOOPT);
}

/* ROSE_QBITINCL: the first byte says whether it is data, or something about the call. */
CASE(qualifier, .claim = "with ROSE_QBITINCL the first byte of a message is the qualifier bit",
     .level = ABI, .spec = "rose(4) ROSE_QBITINCL; X.25, 5.3.2", .topology = "machine",
     .needs = "rose", .tags = "rose options send receive")
{
	const struct sockaddr_rose to = rose_address_of(own_number, STATION_B);
	int listener, client, server;
	char got[16];

	node_on();
	listener = rose_bound(STATION_B);
	client = rose_bound(STATION_A);
	EXPECT_OK(set_int(listener, SOL_ROSE, ROSE_QBITINCL, 1));
	EXPECT_OK(set_int(client, SOL_ROSE, ROSE_QBITINCL, 1));
	EXPECT_EQ(get_int(client, SOL_ROSE, ROSE_QBITINCL), 1);
	SETUP(listen(listener, 1));
	SETUP(connect(client, ROSE(to)));
	server = SETUP(accept(listener, NULL, NULL));
	EXPECT_EQ(send(client, "\x01qualified", 10, 0), 10);
	EXPECT_EQ(send(client, "\0data", 5, 0), 5);
	EXPECT_EQ(wait_for(server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(server, got, sizeof(got), 0), 10);
	EXPECT_MEMEQ(got, "\x01qualified", 10);
	EXPECT_EQ(wait_for(server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(server, got, sizeof(got), 0), 5);
	EXPECT_MEMEQ(got, "\0data", 5);
}
