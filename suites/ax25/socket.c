/* SPDX-License-Identifier: MIT */
/* Kinds of sockets of amateur packet radio, and callsigns as addresses. */
#include <linux/capability.h>
#include <unistd.h>

#include "suites/ax25/radio.h"

#include "harness/case.h"

struct kind_row {
	struct variant variant;
	int type, protocol, error;
};

static const struct kind_row kinds[] = {
	{{"dgram", NULL}, SOCK_DGRAM, 0, 0},
	{{"seqpacket", NULL}, SOCK_SEQPACKET, 0, 0},
	{{"raw", NULL}, SOCK_RAW, 0xf0, 0},
	{{"stream", NULL}, SOCK_STREAM, 0, ESOCKTNOSUPPORT},
	{{"rdm", NULL}, SOCK_RDM, 0, ESOCKTNOSUPPORT},
	{{"protocol_of_two_bytes", NULL}, SOCK_DGRAM, 0x100, EINVAL},
};

/*
 * Packets over the air.
 *
 * Radio amateurs took X.25's link layer in 1984 and gave it callsigns for addresses: AX.25.
 * A frame goes to whoever can hear it. Unnumbered frames are SOCK_DGRAM; connections, with
 * acknowledgement, are SOCK_SEQPACKET, as frames keep their bounds. The protocol is a byte.
 */
CASE(kinds_of_sockets,
     .claim = "AF_AX25 has SOCK_DGRAM, SOCK_SEQPACKET and SOCK_RAW, others fail with "
	      "ESOCKTNOSUPPORT; a protocol above 255 with EINVAL",
     .level = LINUX, .spec = "ax25(4); linux/net/ax25/af_ax25.c, ax25_create()",
     .topology = "machine", .needs = "ax25", .tags = "ax25 socket errno", .VARIANTS(kinds))
{
	const struct kind_row *row = VARIANT(struct kind_row);

	if (row->error == 0) {
		int fd = EXPECT_OK(socket(AF_AX25, row->type, row->protocol));

		EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_DOMAIN), AF_AX25);
		EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TYPE), row->type);
		return;
	}
	EXPECT_ERR(socket(AF_AX25, row->type, row->protocol), row->error);
	EXPECT_OK(socket(AF_AX25, SOCK_DGRAM, 0xff));
}

/* A raw socket hears what others are told. */
CASE(raw_takes_privilege, .claim = "a SOCK_RAW socket fails with EPERM without CAP_NET_RAW",
     .level = LINUX, .spec = "linux/net/ax25/af_ax25.c, ax25_create(); capabilities(7)",
     .topology = "machine", .needs = "ax25", .tags = "ax25 socket privilege errno")
{
	EXPECT_OK(socket(AF_AX25, SOCK_RAW, 0));
	SETUP(sandbox_drop_capability(CAP_NET_RAW));
	EXPECT_ERR(socket(AF_AX25, SOCK_RAW, 0), EPERM);
	EXPECT_OK(socket(AF_AX25, SOCK_DGRAM, 0));
}

/*
 * The callsign is the address.
 *
 * Six letters, each shifted left by a bit, as the lowest bit of a byte ends the list of
 * addresses in a frame, and a byte with the SSID, a number from 0 to 15 for an amateur with
 * several stations. bind() finds the interface by it; getsockname() tells the interface's own
 * callsign as if it were a repeater.
 */
CASE(bound_to_a_callsign,
     .claim = "getsockname() gives the callsign of bind() and the one of its interface",
     .level = ABI, .spec = "ax25(4); linux/net/ax25/af_ax25.c, ax25_getname()",
     .topology = "machine", .needs = "ax25_kiss", .tags = "ax25 bind")
{
	const ax25_address call = callsign(STATION_A);
	struct full_sockaddr_ax25 name = {.fsa_ax25 = {.sax25_family = AF_UNSPEC}};
	socklen_t length = sizeof(name);
	int fd;

	radio_on();
	fd = ax25_bound(SOCK_SEQPACKET, STATION_A);
	EXPECT_OK(getsockname(fd, (struct sockaddr *)&name, &length));
	EXPECT_EQ(length, sizeof(name));
	EXPECT_EQ(name.fsa_ax25.sax25_family, AF_AX25);
	EXPECT_MEMEQ(&name.fsa_ax25.sax25_call, &call, sizeof(call));
	EXPECT_EQ(name.fsa_ax25.sax25_ndigis, 1);
	EXPECT_MEMEQ(&name.fsa_digipeater[0], &call, sizeof(call));
}

struct wrong_row {
	struct variant variant;
	const char *station;
	sa_family_t family;
	socklen_t shorter;
	int error;
};

static const struct wrong_row wrongs[] = {
	{{"other_callsign", NULL}, NOBODY, AF_AX25, 0, EADDRNOTAVAIL},
	{{"other_family", NULL}, STATION_A, AF_INET, 0, EINVAL},
	{{"short", NULL}, STATION_A, AF_AX25, 1, EINVAL},
};

/* Somebody else's callsign, another family, a part of an address. */
CASE(wrong_addresses,
     .claim = "bind() fails with EADDRNOTAVAIL for a callsign of no interface, EINVAL for another "
	      "family or length, or a second time",
     .level = ABI, .spec = "linux/net/ax25/af_ax25.c, ax25_bind()", .topology = "machine",
     .needs = "ax25_kiss", .tags = "ax25 bind errno", .VARIANTS(wrongs))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	struct sockaddr_ax25 wrong = ax25_station(row->station);
	const struct sockaddr_ax25 good = ax25_station(STATION_A);
	int fd;

	radio_on();
	fd = SETUP(socket(AF_AX25, SOCK_SEQPACKET, 0));
	wrong.sax25_family = row->family;
	EXPECT_ERR(bind(fd, (struct sockaddr *)&wrong, sizeof(wrong) - row->shorter), row->error);
	EXPECT_OK(bind(fd, AX25(good)));
	EXPECT_ERR(bind(fd, AX25(good)), EINVAL);
}

struct option_row {
	struct variant variant;
	int option, good, bad;
};

static const struct option_row options[] = {
	{{"window", NULL}, AX25_WINDOW, 7, 8},
	{{"window_of_nothing", NULL}, AX25_WINDOW, 1, 0},
	{{"t1", NULL}, AX25_T1, 1, 0},
	{{"t2", NULL}, AX25_T2, 1, 0},
	{{"t3", NULL}, AX25_T3, 1, 0},
	{{"n2", NULL}, AX25_N2, 31, 32},
	{{"idle", NULL}, AX25_IDLE, 0, 0x7fffffff},
	{{"backoff", NULL}, AX25_BACKOFF, 2, 3},
	{{"packet_length", NULL}, AX25_PACLEN, 16, 15},
	{{"longest_packet", NULL}, AX25_PACLEN, 65535, 65536},
};

/*
 * Numbers of the protocol, with its limits.
 *
 * T1 is how long an acknowledgement is waited for, N2 how often a frame is sent again, T2 how
 * long an answer may be put off, T3 how long a silent link is trusted: in seconds. The window
 * counts frames modulo 8.
 */
CASE(limits_of_options,
     .claim = "an option of SOL_AX25 is kept up to its limit; beyond it setsockopt() fails with "
	      "EINVAL and leaves it",
     .level = LINUX, .spec = "ax25(4); linux/net/ax25/af_ax25.c, ax25_setsockopt()",
     .topology = "machine", .needs = "ax25", .tags = "ax25 options errno", .VARIANTS(options))
{
	const struct option_row *row = VARIANT(struct option_row);
	int fd = SETUP(socket(AF_AX25, SOCK_SEQPACKET, 0)), value = -1;
	socklen_t length = sizeof(value);

	EXPECT_OK(set_int(fd, SOL_AX25, row->option, row->good));
	EXPECT_ERR(set_int(fd, SOL_AX25, row->option, row->bad), EINVAL);
	EXPECT_OK(getsockopt(fd, SOL_AX25, row->option, &value, &length));
	EXPECT_EQ(length, sizeof(value));
	EXPECT_EQ(value, row->good);
	EXPECT_ERR(setsockopt(fd, SOL_AX25, row->option, &value, 1), EINVAL);
	EXPECT_ERR(set_int(fd, SOL_AX25, AX25_KILL, 1), ENOPROTOOPT);
}
