/* SPDX-License-Identifier: MIT */
/* Non-blocking sockets: how they are made, and what would have waited. */
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/case.h"

static int by_fcntl(void)
{
	int fd = SETUP(socket(AF_INET, SOCK_STREAM, 0));

	SETUP(fcntl(fd, F_SETFL, SETUP(fcntl(fd, F_GETFL)) | O_NONBLOCK));
	return fd;
}

static int by_ioctl(void)
{
	int fd = SETUP(socket(AF_INET, SOCK_STREAM, 0)), on = 1;

	SETUP(ioctl(fd, FIONBIO, &on));
	return fd;
}

static int by_type(void)
{
	return SETUP(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
}

struct way_row {
	struct variant variant;
	int (*make)(void);
};

static const struct way_row ways[] = {
	{{"fcntl", NULL}, by_fcntl},
	{{"ioctl", NULL}, by_ioctl},
	{{"socket_type", NULL}, by_type},
};

/*
 * Three ways lead to the same flag.
 *
 * `O_NONBLOCK` of fcntl() is the standard; `ioctl(FIONBIO)` is older; `SOCK_NONBLOCK` sets
 * it as the socket is made. All set one bit of the open file, which fcntl(F_GETFL) shows and
 * any of them takes away again.
 */
CASE(ways_to_set_it,
     .claim = "a socket made non-blocking in any way shows O_NONBLOCK, and its accept() fails "
	      "with EAGAIN",
     .level = LINUX, .spec = "fcntl(2) F_SETFL; socket(2) SOCK_NONBLOCK; ioctl_tty(2) FIONBIO",
     .tags = "nonblocking", .VARIANTS(ways))
{
	int fd = make_pair(VARIANT(struct way_row)->make), off = 0;

	/* All sockets are open for reading and writing. */
	EXPECT_EQ(fcntl(fd, F_GETFL), O_RDWR | O_NONBLOCK);
	SETUP(listen(fd, 1));
	EXPECT_ERR(accept(fd, NULL, NULL), EAGAIN);
	EXPECT_OK(ioctl(fd, FIONBIO, &off));
	EXPECT_EQ(fcntl(fd, F_GETFL) & O_NONBLOCK, 0);
}

/*
 * The flag belongs to the open file, not to the descriptor.
 *
 * A duplicate, or a descriptor inherited by a child, is the same open file: setting the flag
 * on one sets it for all. A program that makes its standard input non-blocking so surprises
 * the shell it was started from.
 */
CASE(shared_by_duplicates,
     .claim = "O_NONBLOCK set through one descriptor holds for its duplicates", .level = POSIX,
     .spec = "POSIX.1-2024 fcntl() F_SETFL, dup()", .tags = "nonblocking")
{
	struct pair p = unix_pair(SOCK_STREAM);
	int copy = SETUP(dup(p.client));
	char byte;

	EXPECT_EQ(fcntl(p.client, F_GETFL) & O_NONBLOCK, 0);
	SETUP(fcntl(copy, F_SETFL, O_NONBLOCK));
	EXPECT_EQ(fcntl(p.client, F_GETFL) & O_NONBLOCK, O_NONBLOCK);
	EXPECT_ERR(recv(p.client, &byte, 1, 0), EAGAIN);
	/* The peer's end is another file. */
	EXPECT_EQ(fcntl(p.server, F_GETFL) & O_NONBLOCK, 0);
}

struct accept_row {
	struct variant variant;
	int listener; /* type flags of the listening socket */
	int flags;    /* of accept4() */
	int expected; /* status flag of the new socket */
	int close_on_exec;
};

static const struct accept_row accepts[] = {
	{{"plain", NULL}, 0, 0, 0, 0},
	{{"listener_nonblocking", NULL}, SOCK_NONBLOCK, 0, 0, 0},
	{{"listener_cloexec", NULL}, SOCK_CLOEXEC, 0, 0, 0},
	{{"accept4_nonblock", NULL}, 0, SOCK_NONBLOCK, O_NONBLOCK, 0},
	{{"accept4_cloexec", NULL}, 0, SOCK_CLOEXEC, 0, FD_CLOEXEC},
	{{"accept4_both", NULL},
	 SOCK_NONBLOCK,
	 SOCK_NONBLOCK | SOCK_CLOEXEC,
	 O_NONBLOCK,
	 FD_CLOEXEC},
};

/*
 * What accept() gives is a new file with flags of its own.
 *
 * On Linux it does not inherit `O_NONBLOCK` from the listener; on the BSDs it does. Portable
 * programs set it themselves. accept4(), in POSIX since 2024, does so in the same step and
 * leaves no moment in which the descriptor could leak into another program.
 */
CASE(accepted_socket,
     .claim = "an accepted socket has just the flags given to accept4(), whatever the listener's "
	      "are",
     .level = LINUX, .spec = "accept(2) NOTES, accept4; POSIX.1-2024 accept4()",
     .tags = "nonblocking accept", .VARIANTS(accepts))
{
	const struct accept_row *row = VARIANT(struct accept_row);
	struct address where = address_loopback(AF_INET, 0);
	int listener = SETUP(socket(AF_INET, SOCK_STREAM | row->listener, 0)), fd;

	SETUP(bind(listener, ADDRESS(where)));
	SETUP(getsockname(listener, &where.any, &where.length));
	SETUP(listen(listener, 1));
	SETUP(connect(SETUP(socket(AF_INET, SOCK_STREAM, 0)), ADDRESS(where)));
	fd = EXPECT_OK(accept4(listener, NULL, NULL, row->flags));
	EXPECT_EQ(fcntl(fd, F_GETFL) & O_NONBLOCK, row->expected);
	EXPECT_EQ(fcntl(fd, F_GETFD), row->close_on_exec);
}

/*
 * accept() without waiting: `EAGAIN` as long as nobody has connected.
 *
 * poll() tells when to try. Even then accept() can say EAGAIN: another process with the same
 * listener was quicker, or the client went away again. So a listener in an event loop must
 * be non-blocking, or the loop may hang in accept().
 */
CASE(accept_would_block,
     .claim = "accept() on a non-blocking listener fails with EAGAIN until a connection waits",
     .level = POSIX, .spec = "POSIX.1-2024 accept() EAGAIN; accept(2)",
     .tags = "nonblocking accept", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address where;
	int listener = tcp_listener(family, &where);

	SETUP(fcntl(listener, F_SETFL, O_NONBLOCK));
	EXPECT_ERR(accept(listener, NULL, NULL), EAGAIN);
	SETUP(connect(SETUP(socket(family, SOCK_STREAM, 0)), ADDRESS(where)));
	EXPECT_EQ(wait_for(listener, POLLIN, SOON_MS), POLLIN);
	EXPECT_OK(accept(listener, NULL, NULL));
	EXPECT_ERR(accept(listener, NULL, NULL), EAGAIN);
}

/*
 * connect() without waiting returns before the connection exists.
 *
 * `EINPROGRESS` says that the SYN is on its way. The socket becomes writable when the answer
 * is there; until then a second connect() is `EALREADY`, and afterwards `EISCONN`. Here the
 * peer is a host whose answer takes a moment: nobody has that address.
 */
CASE(connect_in_progress,
     .claim = "connect() gives EINPROGRESS, then EALREADY while it goes on, and EISCONN once it "
	      "has succeeded",
     .level = POSIX, .spec = "POSIX.1-2024 connect() EINPROGRESS, EALREADY, EISCONN",
     .topology = "pair", .tags = "nonblocking connect")
{
	struct address nobody = address_of("192.0.2.99", 80);
	struct address somebody = address_of("192.0.2.2", 80);
	int waiting = SETUP(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
	int good = SETUP(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
	int listener = SETUP(host_socket("b", AF_INET, SOCK_STREAM, 0));

	SETUP(bind(listener, ADDRESS(somebody)));
	SETUP(listen(listener, 1));
	EXPECT_ERR(connect(waiting, ADDRESS(nobody)), EINPROGRESS);
	EXPECT_ERR(connect(waiting, ADDRESS(nobody)), EALREADY);

	EXPECT_ERR(connect(good, ADDRESS(somebody)), EINPROGRESS);
	EXPECT_EQ(wait_for(good, POLLOUT, SOON_MS), POLLOUT);
	EXPECT_ERRNO(get_int(good, SOL_SOCKET, SO_ERROR), 0);
	EXPECT_OK(connect(good, ADDRESS(somebody)));
	EXPECT_ERR(connect(good, ADDRESS(somebody)), EISCONN);
}

struct kind_row {
	struct variant variant;
	struct pair (*make)(void);
	int expected; /* of FIONREAD, with "abc" and "de" waiting */
};

static const struct kind_row kinds[] = {
	{{"tcp", NULL}, pair_tcp4, 5},
	{{"udp", NULL}, pair_udp4, 3},
	{{"unix_stream", NULL}, pair_unix_stream, 5},
	{{"unix_dgram", NULL}, pair_unix_dgram, 3},
};

/*
 * `FIONREAD`: how much could be read right now.
 *
 * On a stream it is all that waits; for datagrams the length of the first one, since a read
 * gets no more. 0 is ambiguous: nothing there, the end of the stream, or an empty datagram.
 * It is a snapshot, and more may have come by the time of the read.
 */
CASE(fionread,
     .claim = "ioctl(FIONREAD) gives the bytes of a stream that wait, or the length of the next "
	      "datagram",
     .level = LINUX, .spec = "tcp(7), udp(7), unix(7) Ioctls (SIOCINQ, FIONREAD)", .tags = "ioctl",
     .VARIANTS(kinds))
{
	const struct kind_row *row = VARIANT(struct kind_row);
	struct pair p = make_pair(row->make);
	int waiting = -1;

	EXPECT_OK(ioctl(p.server, FIONREAD, &waiting));
	EXPECT_EQ(waiting, 0);
	SETUP(send(p.client, "abc", 3, 0));
	SETUP(send(p.client, "de", 2, 0));
	EXPECT_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_OK(ioctl(p.server, FIONREAD, &waiting));
	EXPECT_EQ(waiting, row->expected);
}
