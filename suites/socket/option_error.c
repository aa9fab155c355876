/* SPDX-License-Identifier: MIT */
/* SO_ERROR: errors that happen between two calls. */
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/case.h"

/*
 * A connect() in the background has nobody to report to, so the error waits in the socket.
 *
 * With `O_NONBLOCK`, connect() has returned `EINPROGRESS` long before the peer's answer
 * comes. poll() says that something happened; `SO_ERROR` says what. Reading it clears it:
 * the second look finds 0. A program that reads it twice, once for a log line and once to
 * decide, takes the failure for a success.
 */
CASE(failed_connect,
     .claim = "SO_ERROR gives the error of a connection that failed in the background, once",
     .level = POSIX, .spec = "POSIX.1-2024 2.10.16 SO_ERROR; connect(2) EINPROGRESS; socket(7)",
     .tags = "option tcp connect", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address closed, open;
	int reserved = bound_socket(family, SOCK_STREAM, &closed); /* bound, not listening */
	int fd = SETUP(socket(family, SOCK_STREAM | SOCK_NONBLOCK, 0));
	int good = SETUP(socket(family, SOCK_STREAM | SOCK_NONBLOCK, 0));

	SETUP(reserved);
	tcp_listener(family, &open);
	EXPECT_ERR(connect(fd, ADDRESS(closed)), EINPROGRESS);
	EXPECT_TRUE((wait_for(fd, POLLOUT, SOON_MS) & (POLLERR | POLLHUP)) != 0);
	EXPECT_ERRNO(get_int(fd, SOL_SOCKET, SO_ERROR), ECONNREFUSED);
	EXPECT_ERRNO(get_int(fd, SOL_SOCKET, SO_ERROR), 0);

	/* The same for a port with a listener. */
	EXPECT_ERR(connect(good, ADDRESS(open)), EINPROGRESS);
	EXPECT_EQ(wait_for(good, POLLOUT, SOON_MS), POLLOUT);
	EXPECT_ERRNO(get_int(good, SOL_SOCKET, SO_ERROR), 0);
}

/*
 * A reset connection keeps its error for whoever asks first.
 *
 * The peer's RST arrives while no call is waiting. `poll()` reports `POLLERR` and `POLLHUP`;
 * the error itself is delivered exactly once, by `SO_ERROR` or by the next recv(). After
 * that the connection is over, and recv() gives 0 like at any other end. That is why an
 * error counter in a program and its peer's may differ by one.
 */
CASE(reset_connection,
     .claim = "SO_ERROR takes a connection's ECONNRESET, and the recv() after it no longer has it",
     .level = LINUX, .spec = "socket(7) SO_ERROR; POSIX.1-2024 recv() ECONNRESET",
     .tags = "option tcp reset", .VARIANTS(families))
{
	struct pair first = tcp_pair(VARIANT(struct family_row)->family);
	struct pair second = tcp_pair(VARIANT(struct family_row)->family);
	struct linger abort = {.l_onoff = 1, .l_linger = 0};
	char byte;

	SETUP(setsockopt(first.server, SOL_SOCKET, SO_LINGER, &abort, sizeof(abort)));
	SETUP(setsockopt(second.server, SOL_SOCKET, SO_LINGER, &abort, sizeof(abort)));
	SETUP(close(first.server));
	SETUP(close(second.server));

	EXPECT_EQ(wait_for(first.client, 0, SOON_MS), POLLERR | POLLHUP);
	EXPECT_ERRNO(get_int(first.client, SOL_SOCKET, SO_ERROR), ECONNRESET);
	EXPECT_EQ(recv(first.client, &byte, 1, 0), 0);

	/* Without SO_ERROR in between, recv() has it. */
	EXPECT_EQ(wait_for(second.client, 0, SOON_MS), POLLERR | POLLHUP);
	EXPECT_ERR(recv(second.client, &byte, 1, 0), ECONNRESET);
	EXPECT_ERRNO(get_int(second.client, SOL_SOCKET, SO_ERROR), 0);
}
