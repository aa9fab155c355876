/* SPDX-License-Identifier: MIT */
/* accept4() beside accept(), and calls that some families have not. */
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/socket/errno_sockets.h"

#include "harness/case.h"

struct accept_row {
	struct variant variant;
	bool four; /* accept4() */
};

static const struct accept_row accepts[] = {
	{{"accept", NULL}, false},
	{{"accept4", NULL}, true},
};

static int take(bool four, int fd, struct sockaddr *address, socklen_t *length)
{
	return four ? accept4(fd, address, length, SOCK_CLOEXEC) : accept(fd, address, length);
}

/*
 * accept4() is accept() with flags, and fails as accept() does.
 *
 * A queue without a connection (`EAGAIN`), a socket that has no queue (`EOPNOTSUPP`), no
 * descriptor left (`EMFILE`), an address that cannot be written (`EFAULT`). What differs is
 * what becomes of the connection. With `EMFILE` it stays in the queue, because a descriptor is
 * looked for first: a server that only logs the error spins, since poll() goes on to report it.
 * With `EFAULT` it has been taken out already, and is lost.
 */
CASE(accept_fails_alike,
     .claim = "accept() and accept4() give the same errors; EMFILE leaves the connection, EFAULT "
	      "loses it",
     .level = LINUX, .spec = "accept(2) ERRORS; POSIX.1-2024 accept()", .tags = "errno accept",
     .VARIANTS(accepts))
{
	bool four = VARIANT(struct accept_row)->four;
	struct address where, peer = address_empty();
	int listener = tcp_listener(AF_INET, &where), client = fresh_stream(), next, got;
	socklen_t length = sizeof(struct sockaddr_in);

	SETUP(fcntl(listener, F_SETFL, O_NONBLOCK));
	EXPECT_ERR(take(four, listener, NULL, NULL), EAGAIN, EWOULDBLOCK);
	EXPECT_ERR(take(four, fresh_datagram(), NULL, NULL), EOPNOTSUPP);

	SETUP(connect(client, ADDRESS(where)));
	EXPECT_EQ(wait_for(listener, POLLIN, SOON_MS), POLLIN);
	next = SETUP(dup(client));
	SETUP(close(next));
	SETUP(sandbox_limit(RLIMIT_NOFILE, (unsigned long)next));
	EXPECT_ERR(take(four, listener, NULL, NULL), EMFILE);
	EXPECT_EQ(wait_for(listener, POLLIN, 0), POLLIN);

	SETUP(sandbox_limit(RLIMIT_NOFILE, 256));
	/* Through volatile: compilers know that the argument must not be an invalid address. */
	struct sockaddr *volatile nowhere = (struct sockaddr *)8; // NOLINT(*-int-to-ptr)
	EXPECT_ERR(take(four, listener, nowhere, &length), EFAULT);
	EXPECT_EQ(wait_for(listener, POLLIN, 0), 0);

	SETUP(connect(fresh_stream(), ADDRESS(where)));
	EXPECT_EQ(wait_for(listener, POLLIN, SOON_MS), POLLIN);
	got = REQUIRE_OK(take(four, listener, &peer.any, &peer.length));
	EXPECT_EQ(fcntl(got, F_GETFD), four ? FD_CLOEXEC : 0);
	EXPECT_EQ(peer.length, sizeof(peer.v4));

	/* With too little room the address is cut, and the length still says how long it is. */
	SETUP(connect(fresh_stream(), ADDRESS(where)));
	EXPECT_EQ(wait_for(listener, POLLIN, SOON_MS), POLLIN);
	peer.length = sizeof(peer.any.sa_family);
	EXPECT_OK(take(four, listener, &peer.any, &peer.length));
	EXPECT_EQ(peer.length, sizeof(peer.v4));
}

/*
 * A connection can be gone before it is accepted.
 *
 * The kernel completes the handshake by itself, and the client may hang up while the
 * connection still waits. POSIX and accept(2) have `ECONNABORTED` for that. Linux hands out
 * such a connection as if nothing had happened, with the address of the peer that it had;
 * the first recv() tells, with `ECONNRESET`. On BSD the connection disappears from the queue,
 * and a server that went to accept() because poll() told it to would wait. So a listening
 * socket that is polled should be non-blocking, and `ECONNABORTED` means "next, please".
 */
CASE(reset_before_accept,
     .claim = "accept() gives a connection that was reset, with its address; recv() then fails "
	      "with ECONNRESET",
     .level = ABI, .spec = "linux/net/socket.c do_accept(); POSIX.1-2024 accept() ECONNABORTED",
     .tags = "errno accept tcp", .VARIANTS(accepts))
{
	bool four = VARIANT(struct accept_row)->four;
	struct linger now = {1, 0};
	struct address where, client_name = address_empty(), peer = address_empty();
	int listener = tcp_listener(AF_INET, &where), client = fresh_stream(), got;
	char byte;

	SETUP(setsockopt(client, SOL_SOCKET, SO_LINGER, &now, sizeof(now)));
	SETUP(connect(client, ADDRESS(where)));
	SETUP(getsockname(client, &client_name.any, &client_name.length));
	SETUP(close(client));
	SETUP(connect(fresh_stream(), ADDRESS(where)));

	got = REQUIRE_OK(take(four, listener, &peer.any, &peer.length));
	EXPECT_TRUE(address_equal(&peer, &client_name));
	EXPECT_ERR(recv(got, &byte, 1, MSG_DONTWAIT), ECONNRESET);
	EXPECT_EQ(recv(got, &byte, 1, MSG_DONTWAIT), 0);

	/* The one behind it is whole. */
	got = REQUIRE_OK(take(four, listener, NULL, NULL));
	EXPECT_ERR(recv(got, &byte, 1, MSG_DONTWAIT), EAGAIN, EWOULDBLOCK);
}

/*
 * Not every family has names for both ends.
 *
 * A packet socket is bound to a device and has no peer: connect() and getpeername() say
 * `EOPNOTSUPP`. That is another answer than the `ENOTCONN` of a socket that could have a
 * peer and has none yet.
 */
CASE(packet_sockets_have_no_peer,
     .claim = "connect() and getpeername() of a packet socket fail with EOPNOTSUPP", .level = POSIX,
     .spec = "POSIX.1-2024 getpeername() EOPNOTSUPP; packet(7)", .needs = "packet",
     .tags = "errno packet")
{
	int fd = SETUP(socket(AF_PACKET, SOCK_DGRAM, 0)), udp = fresh_datagram();
	struct address name = address_empty(), there = address_loopback(AF_INET, 9);

	EXPECT_OK(getsockname(fd, &name.any, &name.length));
	EXPECT_EQ(name.any.sa_family, AF_PACKET);
	EXPECT_ERR(connect(fd, ADDRESS(name)), EOPNOTSUPP);
	name = address_empty();
	EXPECT_ERR(getpeername(fd, &name.any, &name.length), EOPNOTSUPP);

	EXPECT_ERR(getpeername(udp, &name.any, &name.length), ENOTCONN);
	EXPECT_OK(connect(udp, ADDRESS(there)));
	EXPECT_OK(getpeername(udp, &name.any, &name.length));
	EXPECT_TRUE(address_equal(&name, &there));
}

/*
 * sockatmark() asks a driver, and a file has none for the question.
 *
 * It is an ioctl() in disguise, and so a descriptor that is no socket gives `ENOTTY`, "not a
 * typewriter", where other calls on sockets give `ENOTSOCK`.
 */
CASE(sockatmark_of_no_socket,
     .claim = "sockatmark() fails with EBADF for no descriptor and ENOTTY for a pipe",
     .level = POSIX, .spec = "POSIX.1-2024 sockatmark() ERRORS; sockatmark(3)",
     .tags = "errno descriptor")
{
	int ends[2], closed = SETUP(dup(fresh_stream())), stream = connected_stream();

	SETUP(pipe(ends));
	SETUP(close(closed));
	EXPECT_ERR(sockatmark(closed), EBADF);
	EXPECT_ERR(sockatmark(ends[0]), ENOTTY);
	EXPECT_EQ(sockatmark(stream), 0);
}
