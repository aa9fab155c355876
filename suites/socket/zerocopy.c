/* SPDX-License-Identifier: MIT */
/* MSG_ZEROCOPY: how the kernel says that it has done with the program's memory. */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>
/* Needs struct timespec. */
#include <linux/errqueue.h>

#include "suites/socket/control.h"

#include "harness/case.h"

enum { PIECE = 4096 };

static char pieces[PIECE];

/* The next completion of the error queue. False when none came in SOON_MS. */
static bool completion(int fd, struct sock_extended_err *done)
{
	struct received r;
	struct cmsghdr *c;

	memset(done, 0xff, sizeof(*done));
	if (receive_error(fd, &r) != 0 || control_count(&r) != 1)
		return false;
	EXPECT_EQ(r.message.msg_flags, MSG_ERRQUEUE);
	c = CMSG_FIRSTHDR(&r.message);
	if (!(c->cmsg_level == IPPROTO_IP && c->cmsg_type == IP_RECVERR) &&
	    !(c->cmsg_level == IPPROTO_IPV6 && c->cmsg_type == IPV6_RECVERR))
		return false;
	memcpy(done, CMSG_DATA(c), sizeof(*done));
	return done->ee_origin == SO_EE_ORIGIN_ZEROCOPY && done->ee_errno == 0;
}

/* Waits until what the peer has read is acknowledged, and so no longer needed. */
static bool all_acknowledged(int fd)
{
	int64_t deadline = clock_ms() + SOON_MS;

	do {
		struct tcp_info info = {.tcpi_unacked = 1};
		socklen_t size = sizeof(info);

		SETUP(getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size));
		if (info.tcpi_unacked == 0)
			return true;
		nanosleep(&(struct timespec){0, 1000000}, NULL);
	} while (clock_ms() < deadline);
	return false;
}

/*
 * A completion is a range of numbers.
 *
 * Each send() with the flag has a number, from 0 on. A message for each would be dear, so
 * completions that follow each other are joined while they wait to be read: from `ee_info` to
 * `ee_data`, both included. A program must free what belongs to all of them. Sends without
 * the flag are not counted.
 */
CASE(ranges, .claim = "completions of MSG_ZEROCOPY that wait are joined to one range of numbers",
     .level = LINUX, .spec = "Documentation/networking/msg_zerocopy.rst, Notification Batching",
     .tags = "flag tcp errqueue", .VARIANTS(families))
{
	struct pair p = tcp_pair(VARIANT(struct family_row)->family);
	static char received[4 * PIECE];
	struct sock_extended_err done;

	EXPECT_OK(set_int(p.client, SOL_SOCKET, SO_ZEROCOPY, 1));
	EXPECT_EQ(get_int(p.client, SOL_SOCKET, SO_ZEROCOPY), 1);
	for (int i = 0; i < 3; i++)
		EXPECT_EQ(send(p.client, pieces, PIECE, MSG_ZEROCOPY), PIECE);
	EXPECT_EQ(send(p.client, pieces, PIECE, 0), PIECE);
	EXPECT_EQ(read_exactly(p.server, received, sizeof(received)), sizeof(received));
	REQUIRE_TRUE(all_acknowledged(p.client));
	REQUIRE_TRUE(completion(p.client, &done));
	EXPECT_EQ(done.ee_info, 0);
	EXPECT_EQ(done.ee_data, 2);

	EXPECT_EQ(send(p.client, pieces, PIECE, MSG_ZEROCOPY), PIECE);
	EXPECT_EQ(read_exactly(p.server, received, PIECE), PIECE);
	REQUIRE_TRUE(completion(p.client, &done));
	EXPECT_EQ(done.ee_info, 3);
	EXPECT_EQ(done.ee_data, 3);
	EXPECT_EQ(wait_for(p.client, POLLOUT, SOON_MS), POLLOUT);
}

/*
 * Over loopback the kernel copies after all, and says so.
 *
 * The receiver's queue would otherwise hold the sender's pages for as long as the receiver
 * likes. `SO_EE_CODE_ZEROCOPY_COPIED` tells the program that it paid for the bookkeeping and
 * got nothing for it; it may then stop to give the flag. Between two machines the code is 0.
 */
CASE(copied_on_loopback,
     .claim = "over loopback the completion has the code SO_EE_CODE_ZEROCOPY_COPIED",
     .level = LINUX, .spec = "Documentation/networking/msg_zerocopy.rst, Deferred copies, Loopback",
     .tags = "flag udp tcp errqueue", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair datagrams = udp_pair(family), stream = tcp_pair(family);
	static char received[PIECE];
	struct sock_extended_err done;

	EXPECT_OK(set_int(stream.client, SOL_SOCKET, SO_ZEROCOPY, 1));
	EXPECT_EQ(send(stream.client, pieces, PIECE, MSG_ZEROCOPY), PIECE);
	EXPECT_EQ(read_exactly(stream.server, received, PIECE), PIECE);
	REQUIRE_TRUE(completion(stream.client, &done));
	EXPECT_EQ(done.ee_code, SO_EE_CODE_ZEROCOPY_COPIED);

	EXPECT_OK(set_int(datagrams.client, SOL_SOCKET, SO_ZEROCOPY, 1));
	EXPECT_EQ(send(datagrams.client, pieces, PIECE, MSG_ZEROCOPY), PIECE);
	EXPECT_EQ(recv(datagrams.server, received, PIECE, 0), PIECE);
	REQUIRE_TRUE(completion(datagrams.client, &done));
	EXPECT_EQ(done.ee_info, 0);
	EXPECT_EQ(done.ee_data, 0);
	EXPECT_EQ(done.ee_code, SO_EE_CODE_ZEROCOPY_COPIED);
}

/*
 * The flag alone does nothing.
 *
 * Old programs may have passed the bit by accident when it had no meaning. So the socket must
 * have `SO_ZEROCOPY` set; else send() copies as ever, and nobody is told anything.
 */
CASE(flag_without_option,
     .claim = "MSG_ZEROCOPY without SO_ZEROCOPY sends a copy and no completion comes",
     .level = LINUX, .spec = "Documentation/networking/msg_zerocopy.rst, Socket Setup",
     .tags = "flag tcp errqueue", .VARIANTS(families))
{
	struct pair p = tcp_pair(VARIANT(struct family_row)->family);
	static char received[PIECE];
	struct received r;

	EXPECT_EQ(get_int(p.client, SOL_SOCKET, SO_ZEROCOPY), 0);
	EXPECT_EQ(send(p.client, pieces, PIECE, MSG_ZEROCOPY), PIECE);
	EXPECT_EQ(read_exactly(p.server, received, PIECE), PIECE);
	REQUIRE_TRUE(all_acknowledged(p.client));
	EXPECT_EQ(wait_for(p.client, POLLOUT, SOON_MS), POLLOUT);
	EXPECT_ERR(receive_all(p.client, &r, MSG_ERRQUEUE), EAGAIN);

	/* The counter has not moved either. */
	EXPECT_OK(set_int(p.client, SOL_SOCKET, SO_ZEROCOPY, 1));
	EXPECT_EQ(send(p.client, pieces, PIECE, MSG_ZEROCOPY), PIECE);
	EXPECT_EQ(read_exactly(p.server, received, PIECE), PIECE);
	EXPECT_TRUE((wait_for(p.client, 0, SOON_MS) & POLLERR) != 0);
}

struct refused_row {
	struct variant variant;
	int family, type, value, error;
};

static const struct refused_row refusals[] = {
	{{"two", NULL}, AF_INET, SOCK_STREAM, 2, EINVAL},
	{{"negative", NULL}, AF_INET, SOCK_DGRAM, -1, EINVAL},
	{{"unix_stream", NULL, .since = "5.18"}, AF_UNIX, SOCK_STREAM, 1, EOPNOTSUPP},
	{{"unix_dgram", NULL, .since = "5.18"}, AF_UNIX, SOCK_DGRAM, 1, EOPNOTSUPP},
};

/*
 * Not every protocol can do it, and the value is 0 or 1.
 *
 * For Unix sockets there is nothing to gain. `SO_ZEROCOPY` therefore also tells a program
 * whether the flag means anything on this socket.
 */
CASE(refused,
     .claim = "SO_ZEROCOPY fails with EOPNOTSUPP for Unix sockets and with EINVAL for values but 0 "
	      "and 1",
     .level = ABI,
     .spec = "Linux, net/core/sock.c (sk_setsockopt); msg_zerocopy.rst; Linux 5.18, commit "
	     "869420a8be19 (ENOTSUPP before)",
     .tags = "option errno", .VARIANTS(refusals))
{
	const struct refused_row *row = VARIANT(struct refused_row);
	int fd = SETUP(socket(row->family, row->type, 0));
	int right = row->family == AF_INET;

	EXPECT_ERR(set_int(fd, SOL_SOCKET, SO_ZEROCOPY, row->value), row->error);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_ZEROCOPY), 0);
	EXPECT_OK(set_int(right ? fd : SETUP(socket(AF_INET, row->type, 0)), SOL_SOCKET,
			  SO_ZEROCOPY, 1));
}
