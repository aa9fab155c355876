/* SPDX-License-Identifier: MIT */
/* Options that do nothing any more or only somewhere else; and peeking with an offset. */
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/socket/control.h"

#include "harness/case.h"

/*
 * `SO_BSDCOMPAT` once hid errors; it does nothing.
 *
 * With it a UDP socket of Linux 2.2 did not report that a datagram was refused. Since 2.4 it is
 * taken and ignored: setting it reads back as 0, and the error is reported.
 */
CASE(bsdcompat,
     .claim = "SO_BSDCOMPAT is accepted, reads back as 0, and errors of datagrams are still "
	      "reported",
     .level = LINUX, .spec = "socket(7) SO_BSDCOMPAT", .tags = "option udp errno",
     .VARIANTS(families))
{
	struct pair p = udp_pair(VARIANT(struct family_row)->family);
	char byte;

	EXPECT_OK(set_int(p.client, SOL_SOCKET, SO_BSDCOMPAT, 1));
	EXPECT_EQ(get_int(p.client, SOL_SOCKET, SO_BSDCOMPAT), 0);
	SETUP(close(p.server));
	EXPECT_EQ(send(p.client, "x", 1, 0), 1);
	EXPECT_EQ(wait_for(p.client, POLLIN, SOON_MS), POLLERR);
	EXPECT_ERR(recv(p.client, &byte, 1, 0), ECONNREFUSED);
}

struct flag_row {
	struct variant variant;
	int option;
};

static const struct flag_row flags[] = {
	{{"nofcs", NULL}, SO_NOFCS},
	{{"wifi_status", NULL}, SO_WIFI_STATUS},
};

/*
 * Options for hardware that is not here.
 *
 * `SO_NOFCS` sends frames with a wrong checksum, where a network card can; `SO_WIFI_STATUS` tells
 * whether a frame was acknowledged on the air. On a socket over loopback they are flags without
 * effect: any number but 0 is on, each socket has its own, and data is as ever.
 */
CASE(hardware,
     .claim = "SO_NOFCS and SO_WIFI_STATUS are flags of a socket that change nothing over loopback",
     .level = OBSERVED, .spec = "include/uapi/asm-generic/socket.h; Linux 3.3 and 3.2",
     .tags = "option udp", .VARIANTS(flags))
{
	int option = VARIANT(struct flag_row)->option;
	struct pair p = udp_pair(AF_INET);
	struct received r;

	EXPECT_EQ(get_int(p.client, SOL_SOCKET, option), 0);
	EXPECT_OK(set_int(p.client, SOL_SOCKET, option, 7));
	EXPECT_EQ(get_int(p.client, SOL_SOCKET, option), 1);
	EXPECT_EQ(get_int(p.server, SOL_SOCKET, option), 0);
	EXPECT_EQ(send(p.client, "hello", 5, 0), 5);
	EXPECT_EQ(receive_all(p.server, &r, 0), 5);
	EXPECT_EQ(control_count(&r), 0);
	EXPECT_ERR(receive_all(p.client, &r, MSG_ERRQUEUE), EAGAIN);
	EXPECT_OK(set_int(p.client, SOL_SOCKET, option, 0));
	EXPECT_EQ(get_int(p.client, SOL_SOCKET, option), 0);
}

struct read_only_row {
	struct variant variant;
	int option;
};

static const struct read_only_row read_only[] = {
	{{"incoming_napi_id", NULL}, SO_INCOMING_NAPI_ID},
	{{"meminfo", NULL}, SO_MEMINFO},
	{{"bpf_extensions", NULL}, SO_BPF_EXTENSIONS},
	{{"peername", NULL}, SO_PEERNAME},
	{{"peersec", NULL}, SO_PEERSEC},
	{{"peergroups", NULL}, SO_PEERGROUPS},
};

/*
 * What the kernel tells cannot be told to the kernel.
 */
CASE(cannot_be_set,
     .claim = "setsockopt() of an option that can only be read fails with ENOPROTOOPT",
     .level = LINUX, .spec = "socket(7) (read-only options); setsockopt(2) ENOPROTOOPT",
     .tags = "option errno", .VARIANTS(read_only))
{
	const struct read_only_row *row = VARIANT(struct read_only_row);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	EXPECT_ERR(set_int(fd, SOL_SOCKET, row->option, 1), ENOPROTOOPT);
	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_KEEPALIVE, 1));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_KEEPALIVE), 1);
}

/*
 * Peeking into a datagram from an offset.
 *
 * With `SO_PEEK_OFF` each peek begins where the last one ended, in a datagram too: a program reads
 * the header of a message, then as much as the header says, and takes it when it is all seen.
 * Taking moves the offset back to the front of what comes next.
 */
CASE(peek_off_datagram,
     .claim = "with SO_PEEK_OFF on UDP each MSG_PEEK continues in the datagram, and reading takes "
	      "all",
     .level = LINUX, .spec = "socket(7) SO_PEEK_OFF; Linux 4.7, commit 627d2d6b5500",
     .tags = "option peek udp", .VARIANTS(families))
{
	struct pair p = udp_pair(VARIANT(struct family_row)->family);
	char buffer[16] = "";

	EXPECT_EQ(get_int(p.server, SOL_SOCKET, SO_PEEK_OFF), -1);
	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_PEEK_OFF, 0));
	SETUP(send(p.client, "headbody", 8, 0));
	EXPECT_EQ(recv(p.server, buffer, 4, MSG_PEEK), 4);
	EXPECT_STREQ(buffer, "head");
	EXPECT_EQ(get_int(p.server, SOL_SOCKET, SO_PEEK_OFF), 4);
	EXPECT_EQ(recv(p.server, buffer, 4, MSG_PEEK), 4);
	EXPECT_STREQ(buffer, "body");
	EXPECT_EQ(get_int(p.server, SOL_SOCKET, SO_PEEK_OFF), 8);
	/* The datagram has been seen to its end. */
	EXPECT_ERR(recv(p.server, buffer, 4, MSG_PEEK | MSG_DONTWAIT), EAGAIN);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 8);
	EXPECT_STREQ(buffer, "headbody");
	EXPECT_EQ(get_int(p.server, SOL_SOCKET, SO_PEEK_OFF), 0);

	/* Without an offset a peek is at the front, always. */
	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_PEEK_OFF, -1));
	SETUP(send(p.client, "again", 5, 0));
	for (int i = 0; i < 2; i++) {
		EXPECT_EQ(recv(p.server, buffer, 2, MSG_PEEK), 2);
		EXPECT_MEMEQ(buffer, "ag", 2);
	}
}

/* A row of struct family_row, each with its own history. */
static const struct family_row peeking[] = {
	{{"v4", NULL}, AF_INET},
	{{"v6", "ipv6", .since = "6.12"}, AF_INET6},
};

/*
 * TCP can do it as well: over IPv4 since Linux 6.10, over IPv6 since 6.12.
 */
CASE(peek_off_tcp, .claim = "with SO_PEEK_OFF on TCP each MSG_PEEK continues after the last",
     .since = "6.10", .level = LINUX,
     .spec = "socket(7) SO_PEEK_OFF; Linux 6.10, commit 05ea491641d3, and 6.12, be9a4fb831b8",
     .tags = "option peek tcp", .VARIANTS(peeking))
{
	struct pair p = tcp_pair(VARIANT(struct family_row)->family);
	char buffer[16] = "";

	if (set_int(p.server, SOL_SOCKET, SO_PEEK_OFF, 2) != 0)
		SKIP("SO_PEEK_OFF on TCP", "setsockopt() gives error %d: Linux before 6.12", errno);
	SETUP(send(p.client, "aabbcc", 6, 0));
	EXPECT_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(p.server, buffer, 2, MSG_PEEK), 2);
	EXPECT_STREQ(buffer, "bb");
	EXPECT_EQ(recv(p.server, buffer, 2, MSG_PEEK), 2);
	EXPECT_STREQ(buffer, "cc");
	EXPECT_EQ(get_int(p.server, SOL_SOCKET, SO_PEEK_OFF), 6);
	EXPECT_EQ(recv(p.server, buffer, 4, 0), 4);
	EXPECT_STREQ(buffer, "aabb");
	EXPECT_EQ(get_int(p.server, SOL_SOCKET, SO_PEEK_OFF), 2);
}
