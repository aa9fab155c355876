/* SPDX-License-Identifier: MIT */
/* One integer argument out of range. */
#include <limits.h>
#include <poll.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "suites/socket/errno_sockets.h"

#include "harness/case.h"

static int bind_length(int fd, int length)
{
	struct address where = address_loopback(AF_INET, 0);

	return bind(fd, &where.any, (socklen_t)length);
}

static int connect_length(int fd, int length)
{
	struct address discard = address_loopback(AF_INET, 9);

	return connect(fd, &discard.any, (socklen_t)length);
}

static int sendto_length(int fd, int length)
{
	struct address discard = address_loopback(AF_INET, 9);

	return (int)sendto(fd, "x", 1, 0, &discard.any, (socklen_t)length);
}

static int accept_length(int fd, int length)
{
	struct address from;
	socklen_t size = (socklen_t)length;

	return accept(fd, &from.any, &size);
}

static int getsockname_length(int fd, int length)
{
	struct address here;
	socklen_t size = (socklen_t)length;

	return getsockname(fd, &here.any, &size);
}

static int getpeername_length(int fd, int length)
{
	struct address there;
	socklen_t size = (socklen_t)length;

	return getpeername(fd, &there.any, &size);
}

static int getsockopt_length(int fd, int length)
{
	int type;
	socklen_t size = (socklen_t)length;

	return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size);
}

static int setsockopt_length(int fd, int length)
{
	int one = 1;

	return setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, (socklen_t)length);
}

static int linger_length(int fd, int length)
{
	struct linger linger = {0};

	return setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, (socklen_t)length);
}

static int accept4_flags(int fd, int flags)
{
	return accept4(fd, NULL, NULL, flags);
}

static int socket_flags(int fd, int flags)
{
	(void)fd;
	return socket(AF_INET, SOCK_STREAM | flags, 0);
}

static int socketpair_flags(int fd, int flags)
{
	int ends[2];

	(void)fd;
	return socketpair(AF_UNIX, SOCK_STREAM | flags, 0, ends);
}

static int shutdown_how(int fd, int how)
{
	return shutdown(fd, how);
}

static int writev_count(int fd, int count)
{
	struct iovec part = {(char[]){"x"}, 1};

	return (int)writev(fd, &part, count);
}

static int recvmmsg_nanoseconds(int fd, int nanoseconds)
{
	struct mmsghdr message = {0};
	struct timespec patience = {1, nanoseconds};

	return recvmmsg(fd, &message, 1, 0, &patience);
}

struct value_row {
	struct variant variant;
	int (*make)(void);
	int (*call)(int fd, int value);
	int bad, good;
};

enum {
	ADDRESS_SIZE = sizeof(struct sockaddr_in),
	LARGEST_SIZE = sizeof(struct sockaddr_storage),
	LINGER_SIZE = sizeof(struct linger),
	KNOWN_FLAGS = SOCK_NONBLOCK | SOCK_CLOEXEC,
	UNKNOWN_FLAG = 1 << 24,
};

static const struct value_row values[] = {
	{{"bind_short", NULL}, fresh_stream, bind_length, ADDRESS_SIZE - 1, ADDRESS_SIZE},
	{{"bind_long", NULL}, fresh_stream, bind_length, LARGEST_SIZE + 1, ADDRESS_SIZE},
	{{"bind_negative", NULL}, fresh_stream, bind_length, -1, ADDRESS_SIZE},
	{{"connect_short", NULL}, fresh_datagram, connect_length, ADDRESS_SIZE - 1, ADDRESS_SIZE},
	{{"connect_long", NULL}, fresh_datagram, connect_length, LARGEST_SIZE + 1, ADDRESS_SIZE},
	{{"sendto_short", NULL}, fresh_datagram, sendto_length, ADDRESS_SIZE - 1, ADDRESS_SIZE},
	{{"accept_negative", NULL}, waiting_listener, accept_length, -1, ADDRESS_SIZE},
	{{"getsockname_negative", NULL}, own_peer, getsockname_length, -1, 0},
	{{"getpeername_negative", NULL}, own_peer, getpeername_length, -1, 0},
	{{"getsockopt_negative", NULL}, own_peer, getsockopt_length, -1, 0},
	{{"setsockopt_short", NULL}, own_peer, setsockopt_length, sizeof(int) - 1, sizeof(int)},
	{{"setsockopt_negative", NULL}, own_peer, setsockopt_length, -1, sizeof(int)},
	{{"setsockopt_linger_short", NULL}, own_peer, linger_length, LINGER_SIZE - 1, LINGER_SIZE},
	{{"accept4_flags", NULL}, waiting_listener, accept4_flags, UNKNOWN_FLAG, KNOWN_FLAGS},
	{{"socket_flags", NULL}, fresh_stream, socket_flags, UNKNOWN_FLAG, KNOWN_FLAGS},
	{{"socketpair_flags", NULL}, fresh_stream, socketpair_flags, UNKNOWN_FLAG, KNOWN_FLAGS},
	{{"shutdown_how", NULL}, own_peer, shutdown_how, SHUT_RDWR + 1, SHUT_RDWR},
	{{"writev_negative", NULL}, own_peer, writev_count, -1, 1},
	{{"writev_too_many", NULL}, own_peer, writev_count, IOV_MAX + 1, 1},
	{{"recvmmsg_timeout", NULL}, own_peer, recvmmsg_nanoseconds, 1000000000, 0},
};

/*
 * A length that comes with a pointer is checked before the pointer is followed.
 *
 * The kernel needs to know how many bytes to copy in, and how many it may write back. An
 * address shorter than its family's structure has no port or half of an address: `EINVAL`.
 * So does one longer than `struct sockaddr_storage`, which has room for any. `socklen_t` is
 * unsigned in POSIX, but Linux reads it as an int: a length with the top bit set is
 * negative, and refused instead of being taken as four thousand millions.
 *
 * A length that is too small for what comes *out* is no error: the value is cut. That is why
 * getsockname() with a length of 0 is this table's example of success.
 */
CASE(value_out_of_range,
     .claim = "the call fails with EINVAL when this one number is out of its range", .level = LINUX,
     .spec = "EINVAL in bind(2), connect(2), accept(2), getsockname(2), getpeername(2), "
	     "getsockopt(2), socket(2), shutdown(2), readv(2), recvmmsg(2); ip(7)",
     .tags = "errno", .VARIANTS(values))
{
	const struct value_row *row = VARIANT(struct value_row);
	int fd = (CALLS_HERE, row->make());

	EXPECT_ERR(row->call(fd, row->bad), EINVAL);
	EXPECT_OK(row->call(fd, row->good));
}

struct how_row {
	struct variant variant;
	int how;
};

static const struct how_row hows[] = {
	{{"three", NULL}, SHUT_RDWR + 1},
	{{"negative", NULL}, -1},
	{{"largest", NULL}, INT_MAX},
};

/*
 * shutdown() knows three ways: `SHUT_RD`, `SHUT_WR` and both.
 *
 * Linux adds 1 to the argument and looks at the lowest two bits as a set, one bit a
 * direction; that makes 0, 1 and 2 into 1, 2 and 3. Any other value has a third bit, or
 * none, and is `EINVAL`. A connection that refused one is untouched: data still goes both
 * ways.
 */
CASE(shutdown_in_no_way,
     .claim = "shutdown() with an unknown `how` fails with EINVAL and leaves both directions open",
     .level = POSIX, .spec = "POSIX.1-2024 shutdown() EINVAL; shutdown(2)",
     .tags = "errno shutdown", .VARIANTS(hows))
{
	struct pair p = unix_pair(SOCK_STREAM);
	char byte;

	EXPECT_ERR(shutdown(p.client, VARIANT(struct how_row)->how), EINVAL);
	EXPECT_EQ(send(p.client, "a", 1, 0), 1);
	EXPECT_EQ(recv(p.server, &byte, 1, 0), 1);
	EXPECT_EQ(send(p.server, "b", 1, 0), 1);
	EXPECT_EQ(recv(p.client, &byte, 1, 0), 1);

	EXPECT_OK(shutdown(p.client, SHUT_WR));
}
