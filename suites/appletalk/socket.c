/* SPDX-License-Identifier: MIT */
/* Kinds of AppleTalk sockets, and what they cannot do. */
#include <linux/capability.h>
#include <poll.h>
#include <unistd.h>

#include "suites/appletalk/appletalk_help.h"

#include "harness/case.h"

/* Of the kernel (linux/include/linux/socket.h); no header for programs has it. */
#ifndef SOL_ATALK
#define SOL_ATALK 258
#endif

struct kind_row {
	struct variant variant;
	int type, error;
};

static const struct kind_row kinds[] = {
	{{"dgram", NULL}, SOCK_DGRAM, 0},
	{{"raw", NULL}, SOCK_RAW, 0},
	{{"stream", NULL}, SOCK_STREAM, ESOCKTNOSUPPORT},
	{{"seqpacket", NULL}, SOCK_SEQPACKET, ESOCKTNOSUPPORT},
	{{"rdm", NULL}, SOCK_RDM, ESOCKTNOSUPPORT},
};

/*
 * AppleTalk of Linux is datagrams.
 *
 * Apple's network had streams (ADSP) and transactions (ATP), too; those are made of
 * datagrams by libraries such as netatalk's, and not by the kernel.
 */
CASE(kinds_of_sockets,
     .claim = "AF_APPLETALK has SOCK_DGRAM and SOCK_RAW; other types fail with ESOCKTNOSUPPORT",
     .level = LINUX, .spec = "ddp(7)", .topology = "machine", .needs = "appletalk",
     .tags = "appletalk socket errno", .VARIANTS(kinds))
{
	const struct kind_row *row = VARIANT(struct kind_row);

	if (row->error == 0) {
		int fd = EXPECT_OK(socket(AF_APPLETALK, row->type, 0));

		EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_DOMAIN), AF_APPLETALK);
		EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TYPE), row->type);
		return;
	}
	EXPECT_ERR(socket(AF_APPLETALK, row->type, 0), row->error);
	EXPECT_OK(socket(AF_APPLETALK, SOCK_DGRAM, 0));
}

/*
 * Whoever sees headers may forge them.
 *
 * A raw socket receives datagrams with the header of DDP, from everybody on the port. As
 * with raw sockets of IP it takes CAP_NET_RAW (since Linux 5.4).
 */
CASE(raw_takes_privilege,
     .claim = "socket(AF_APPLETALK, SOCK_RAW) fails with EPERM without CAP_NET_RAW", .level = LINUX,
     .spec = "capabilities(7) CAP_NET_RAW; ddp(7) EPERM", .topology = "machine",
     .needs = "appletalk", .tags = "appletalk raw privilege errno")
{
	EXPECT_OK(socket(AF_APPLETALK, SOCK_RAW, 0));
	SETUP(sandbox_drop_capability(CAP_NET_RAW));
	EXPECT_ERR(socket(AF_APPLETALK, SOCK_RAW, 0), EPERM);
	EXPECT_OK(socket(AF_APPLETALK, SOCK_DGRAM, 0));
}

/*
 * A datagram socket has no connections to wait for.
 *
 * What streams have is refused as not supported, also shutdown(): there is nothing to end.
 */
CASE(nothing_of_streams,
     .claim = "listen(), accept(), shutdown() and socketpair() fail with EOPNOTSUPP",
     .level = LINUX, .spec = "listen(2), accept(2), socketpair(2) EOPNOTSUPP; ddp(7)",
     .topology = "machine", .needs = "appletalk", .tags = "appletalk errno")
{
	const struct sockaddr_at self = appletalk_address(NETWORK, NODE, PORT);
	int fd, pair[2];

	appletalk_on_loopback();
	fd = appletalk_bound(SOCK_DGRAM, PORT);
	EXPECT_ERR(listen(fd, 1), EOPNOTSUPP);
	EXPECT_ERR(accept(fd, NULL, NULL), EOPNOTSUPP);
	EXPECT_ERR(shutdown(fd, SHUT_RDWR), EOPNOTSUPP);
	EXPECT_ERR(socketpair(AF_APPLETALK, SOCK_DGRAM, 0, pair), EOPNOTSUPP);
	/* The control: the same socket is good for datagrams. */
	EXPECT_EQ(sendto(fd, "\1", 1, 0, APPLETALK(self)), 1);
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLIN);
}

/*
 * No options of its own.
 *
 * There is no level of options for AppleTalk: EOPNOTSUPP at any but SOL_SOCKET, and at that
 * the usual ENOPROTOOPT for a number that nobody knows.
 */
CASE(options,
     .claim = "options of a level other than SOL_SOCKET are EOPNOTSUPP, unknown ones of "
	      "SOL_SOCKET ENOPROTOOPT",
     .level = LINUX, .spec = "ddp(7) ENOPROTOOPT and EOPNOTSUPP", .topology = "machine",
     .needs = "appletalk", .tags = "appletalk options errno")
{
	enum { NO_OPTION = 9999 };
	int fd = SETUP(socket(AF_APPLETALK, SOCK_DGRAM, 0)), one = 1;

	EXPECT_ERR(setsockopt(fd, SOL_SOCKET, NO_OPTION, &one, sizeof(one)), ENOPROTOOPT);
	EXPECT_OK(setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &one, sizeof(one)));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_BROADCAST), 1);
	EXPECT_ERR(setsockopt(fd, SOL_ATALK, 1, &one, sizeof(one)), EOPNOTSUPP);
}
