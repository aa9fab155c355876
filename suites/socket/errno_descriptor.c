/* SPDX-License-Identifier: MIT */
/* What every call says about a descriptor that is no socket, or nothing at all. */
#include <fcntl.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "suites/socket/errno_sockets.h"

#include "harness/case.h"

static int call_bind(int fd)
{
	struct address where = address_loopback(AF_INET, 0);

	return bind(fd, ADDRESS(where));
}

static int call_connect(int fd)
{
	/* UDP: connect() only writes the address down. */
	struct address discard = address_loopback(AF_INET, 9);

	return connect(fd, ADDRESS(discard));
}

static int call_listen(int fd)
{
	return listen(fd, 1);
}

static int call_accept(int fd)
{
	return accept(fd, NULL, NULL);
}

static int call_accept4(int fd)
{
	return accept4(fd, NULL, NULL, SOCK_CLOEXEC);
}

static int call_send(int fd)
{
	return (int)send(fd, "x", 1, 0);
}

static int call_sendto(int fd)
{
	return (int)sendto(fd, "x", 1, 0, NULL, 0);
}

static int call_sendmsg(int fd)
{
	struct iovec part = {(char[]){"x"}, 1};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	return (int)sendmsg(fd, &message, 0);
}

static int call_sendmmsg(int fd)
{
	struct mmsghdr messages[2] = {0};

	return sendmmsg(fd, messages, 2, 0);
}

static int call_recv(int fd)
{
	char byte;

	return (int)recv(fd, &byte, 1, 0);
}

static int call_recvfrom(int fd)
{
	struct address from = address_empty();
	char byte;

	return (int)recvfrom(fd, &byte, 1, 0, &from.any, &from.length);
}

static int call_recvmsg(int fd)
{
	char byte;
	struct iovec part = {&byte, 1};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	return (int)recvmsg(fd, &message, 0);
}

static int call_recvmmsg(int fd)
{
	struct mmsghdr messages[2] = {0};

	return recvmmsg(fd, messages, 2, 0, NULL);
}

static int call_getsockname(int fd)
{
	struct address here = address_empty();

	return getsockname(fd, &here.any, &here.length);
}

static int call_getpeername(int fd)
{
	struct address there = address_empty();

	return getpeername(fd, &there.any, &there.length);
}

static int call_getsockopt(int fd)
{
	int type;
	socklen_t size = sizeof(type);

	return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &size);
}

static int call_setsockopt(int fd)
{
	return set_int(fd, SOL_SOCKET, SO_REUSEADDR, 1);
}

static int call_shutdown(int fd)
{
	return shutdown(fd, SHUT_WR);
}

struct call_row {
	struct variant variant;
	int (*make)(void); /* a socket that the call succeeds on */
	int (*call)(int fd);
};

static const struct call_row calls[] = {
	{{"bind", NULL}, fresh_stream, call_bind},
	{{"connect", NULL}, fresh_datagram, call_connect},
	{{"listen", NULL}, fresh_stream, call_listen},
	{{"accept", NULL}, waiting_listener, call_accept},
	{{"accept4", NULL}, waiting_listener, call_accept4},
	{{"send", NULL}, own_peer, call_send},
	{{"sendto", NULL}, own_peer, call_sendto},
	{{"sendmsg", NULL}, own_peer, call_sendmsg},
	{{"sendmmsg", NULL}, own_peer, call_sendmmsg},
	{{"recv", NULL}, own_peer, call_recv},
	{{"recvfrom", NULL}, own_peer, call_recvfrom},
	{{"recvmsg", NULL}, own_peer, call_recvmsg},
	{{"recvmmsg", NULL}, own_peer, call_recvmmsg},
	{{"getsockname", NULL}, own_peer, call_getsockname},
	{{"getpeername", NULL}, own_peer, call_getpeername},
	{{"getsockopt", NULL}, own_peer, call_getsockopt},
	{{"setsockopt", NULL}, own_peer, call_setsockopt},
	{{"shutdown", NULL}, own_peer, call_shutdown},
};

/*
 * A descriptor is an index into a table that each process has for itself.
 *
 * The first thing every call does is to look the number up. A number without an entry,
 * because it was closed or never was one, is `EBADF`, whatever the other arguments are. In a
 * program with threads this error is a warning: one thread closed what another still uses,
 * and had the number been given out again in between, the call would have hit a stranger's
 * file instead of failing.
 *
 * The socket itself outlives its number: a duplicate of the descriptor goes on working.
 *
 * Try it: `ls -l /proc/self/fd` shows the table of the process that lists it.
 */
CASE(closed_descriptor,
     .claim = "the call fails with EBADF for a descriptor that is closed, and for -1",
     .level = POSIX, .spec = "POSIX.1-2024 ERRORS of each function; the manual page of each call",
     .tags = "errno", .VARIANTS(calls))
{
	const struct call_row *row = VARIANT(struct call_row);
	int socket_fd = (CALLS_HERE, row->make());
	int closed = SETUP(dup(socket_fd));

	SETUP(close(closed));
	EXPECT_ERR(row->call(closed), EBADF);
	EXPECT_ERR(row->call(-1), EBADF);

	/* The same socket by a number that is still in the table. */
	EXPECT_OK(row->call(socket_fd));
}

/*
 * read() and write() work on any open file; the calls of <sys/socket.h> need a socket behind
 * it.
 *
 * A pipe carries bytes between processes as a Unix socket pair does, and yet it is another
 * kind of object: it has no address, no options, no messages. `ENOTSOCK` says that the
 * number is valid and the file of the wrong kind, so it differs from `EBADF` on purpose: one
 * is a stale number, the other a mixed-up one. A server started by inetd or systemd uses it
 * to find out whether it was handed a socket.
 *
 * Try it: `python3 -c "import socket; socket.socket(fileno=0)" < /dev/null`.
 */
CASE(no_socket,
     .claim = "the call fails with ENOTSOCK for a pipe, a regular file and an epoll descriptor",
     .level = POSIX, .spec = "POSIX.1-2024 ERRORS of each function; the manual page of each call",
     .tags = "errno", .VARIANTS(calls))
{
	const struct call_row *row = VARIANT(struct call_row);
	int file = SETUP(open("/tmp/file", O_RDWR | O_CREAT, 0600));
	int events = SETUP(epoll_create1(0));
	int ends[2];

	SETUP(pipe(ends));
	EXPECT_ERR(row->call(ends[0]), ENOTSOCK);
	EXPECT_ERR(row->call(ends[1]), ENOTSOCK);
	EXPECT_ERR(row->call(file), ENOTSOCK);
	EXPECT_ERR(row->call(events), ENOTSOCK);

	EXPECT_OK(row->call((CALLS_HERE, row->make())));
}

/*
 * A descriptor opened with `O_PATH` names a place in the file system and opens nothing.
 *
 * It serves as a base for openat() or to be passed on; what needs the object behind the
 * name, reading, writing, and every socket call, gives `EBADF`. So the answer is not
 * `ENOTSOCK`, even though a regular file lies there: the kernel does not look that far.
 */
CASE(path_descriptor, .claim = "a socket call on an O_PATH descriptor fails with EBADF",
     .level = LINUX, .spec = "open(2) O_PATH", .tags = "errno")
{
	int file = SETUP(open("/tmp/file", O_RDWR | O_CREAT, 0600));
	int path = SETUP(open("/tmp/file", O_PATH));

	EXPECT_ERR(call_getsockname(path), EBADF);
	EXPECT_ERR(call_recv(path), EBADF);
	EXPECT_ERR(call_getsockname(file), ENOTSOCK);
	EXPECT_OK(call_getsockname(fresh_stream()));
}
