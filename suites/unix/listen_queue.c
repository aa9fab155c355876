/* SPDX-License-Identifier: MIT */
/* listen() and accept(), and the queue between them. */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "harness/names/names.h"
#include "suites/unix/unix_help.h"

#include "harness/case.h"

struct type_row {
	struct variant variant;
	int type;
};

static const struct type_row types[] = {
	{{"stream", NULL}, SOCK_STREAM},
	{{"seqpacket", NULL}, SOCK_SEQPACKET},
};

/*
 * Datagram sockets have nothing to listen for.
 *
 * listen() announces connections, and a datagram socket has none: whoever knows its
 * name sends, once it is bound. accept() has the same answer. With a type that has
 * connections both calls work on a socket prepared in the same way.
 */
CASE(a_datagram_socket_cannot_listen,
     .claim = "listen() and accept() fail with EOPNOTSUPP on a datagram socket", .level = POSIX,
     .spec = "POSIX.1-2024 listen() ERRORS, accept() ERRORS", .tags = "unix listen errno",
     .VARIANTS(types))
{
	int dgram = SETUP(unix_bound(SOCK_DGRAM, "/tmp/dgram"));
	int other = SETUP(unix_bound(VARIANT(struct type_row)->type, "/tmp/other"));
	struct address name = address_unix("/tmp/other");

	EXPECT_ERR(listen(dgram, 8), EOPNOTSUPP);
	EXPECT_ERR(accept(dgram, NULL, NULL), EOPNOTSUPP);

	EXPECT_OK(listen(other, 8));
	SETUP(connect(SETUP(socket(AF_UNIX, VARIANT(struct type_row)->type, 0)), ADDRESS(name)));
	EXPECT_OK(accept(other, NULL, NULL));
}

/*
 * accept() needs listen().
 *
 * Without listen() there is no queue that a connection could wait in. `EINVAL` says
 * that the socket is of the right type, in the wrong state.
 */
CASE(accept_needs_listen,
     .claim = "accept() fails with EINVAL before listen(), and gives the waiting connection after",
     .level = POSIX, .spec = "POSIX.1-2024 accept() ERRORS", .tags = "unix accept errno",
     .VARIANTS(types))
{
	int type = VARIANT(struct type_row)->type;
	struct address name = address_unix("/tmp/server");
	int server = SETUP(unix_bound(type, "/tmp/server"));

	EXPECT_ERR(accept(server, NULL, NULL), EINVAL);
	SETUP(listen(server, 8));
	SETUP(connect(SETUP(socket(AF_UNIX, type, 0)), ADDRESS(name)));
	EXPECT_OK(accept(server, NULL, NULL));
}

/*
 * A socket without a name has no place to be found at.
 *
 * A TCP socket gets a free port when it listens unbound. There is no such default
 * for a path, so listen() refuses. POSIX names `EDESTADDRREQ` for that; Linux's
 * AF_UNIX answers `EINVAL`. The case writes down which it is.
 */
CASE(listening_needs_a_name,
     .claim = "listen() fails on a socket that is not bound, and succeeds after bind()",
     .level = OBSERVED, .spec = "POSIX.1-2024 listen() ERRORS: EDESTADDRREQ",
     .tags = "unix listen errno", .VARIANTS(types))
{
	struct address name = address_unix("/tmp/server");
	int fd = SETUP(socket(AF_UNIX, VARIANT(struct type_row)->type, 0));

	errno = 0;
	EXPECT_EQ(listen(fd, 8), -1);
	OBSERVE("errno", "%s", names_errno(errno));
	SETUP(bind(fd, ADDRESS(name)));
	EXPECT_OK(listen(fd, 8));
}

/*
 * `SO_ACCEPTCONN` tells a listener from a connection.
 *
 * A program that was handed a socket by its parent, or got one as descriptor 3 from
 * systemd, can ask whether it should accept() or read(). The accepted socket is not
 * a listener, although its name is the same.
 */
CASE(acceptconn_tells_a_listener,
     .claim = "SO_ACCEPTCONN is 0 before listen(), 1 after, and 0 for the accepted socket",
     .level = POSIX, .spec = "POSIX.1-2024 2.10.16 Use of Options: SO_ACCEPTCONN; socket(7)",
     .tags = "unix listen SO_ACCEPTCONN", .VARIANTS(types))
{
	int type = VARIANT(struct type_row)->type;
	struct address name = address_unix("/tmp/server");
	int server = SETUP(unix_bound(type, "/tmp/server")), accepted;

	EXPECT_EQ(get_int(server, SOL_SOCKET, SO_ACCEPTCONN), 0);
	SETUP(listen(server, 8));
	EXPECT_EQ(get_int(server, SOL_SOCKET, SO_ACCEPTCONN), 1);

	SETUP(connect(SETUP(socket(AF_UNIX, type, 0)), ADDRESS(name)));
	accepted = SETUP(accept(server, NULL, NULL));
	EXPECT_EQ(get_int(accepted, SOL_SOCKET, SO_ACCEPTCONN), 0);
}

/*
 * A connection makes the listener readable.
 *
 * poll() reports `POLLIN` on a listener when accept() would not block. So one loop
 * can wait for new clients and for data of the old ones. Clients come out in the
 * order in which they came.
 */
CASE(clients_wait_in_line,
     .claim = "A waiting connection makes the listener readable; accept() takes the oldest first",
     .level = POSIX, .spec = "POSIX.1-2024 accept(), poll(); 2.10.13 Connection Indication Queue",
     .tags = "unix accept poll", .VARIANTS(types))
{
	int type = VARIANT(struct type_row)->type;
	struct address name = address_unix("/tmp/server");
	int listener = SETUP(unix_listener(type, "/tmp/server"));
	static const char *const texts[] = {"1st", "2nd", "3rd"};
	char got[4] = "";

	EXPECT_EQ(wait_for(listener, POLLIN, 0), 0);
	for (int i = 0; i < 3; i++) {
		int client = SETUP(socket(AF_UNIX, type, 0));

		SETUP(connect(client, ADDRESS(name)));
		SETUP(send(client, texts[i], 3, 0));
	}
	EXPECT_EQ(wait_for(listener, POLLIN, SOON_MS), POLLIN);
	for (int i = 0; i < 3; i++) {
		int server = REQUIRE_OK(accept(listener, NULL, NULL));

		EXPECT_EQ(recv(server, got, 3, 0), 3);
		EXPECT_STREQ(got, texts[i]);
	}
	EXPECT_EQ(wait_for(listener, POLLIN, 0), 0);
}

enum { BACKLOG = 3, FAR_TOO_MANY = 1000 };

/* Connects clients that do not block until one is refused. Returns how many were not. */
static int fill(int type, const struct address *name)
{
	for (int n = 0; n < FAR_TOO_MANY; n++)
		if (connect(SETUP(socket(AF_UNIX, type | SOCK_NONBLOCK, 0)), ADDRESS(*name)) != 0)
			return n;
	return FAR_TOO_MANY;
}

/*
 * A full queue makes clients wait.
 *
 * The backlog of listen() bounds how many connections wait for accept(). TCP drops
 * a SYN then and lets the client try again; here a client simply blocks, and one
 * that must not block gets `EAGAIN`: not `EINPROGRESS`, and poll() will not help,
 * the connection has not even begun. It has to try again.
 *
 * Linux lets one more wait than the backlog says. Nothing promises that number, so
 * the case only asks that there is room for the backlog, and an end.
 */
CASE(a_full_queue_refuses_who_cannot_wait,
     .claim = "connect() on a non-blocking socket fails with EAGAIN while the backlog is full",
     .level = LINUX, .spec = "connect(2) ERRORS: EAGAIN; listen(2)",
     .tags = "unix listen connect errno", .VARIANTS(types))
{
	int type = VARIANT(struct type_row)->type, waiting;
	struct address name = address_unix("/tmp/server");
	int listener = SETUP(unix_bound(type, "/tmp/server"));
	int late = SETUP(socket(AF_UNIX, type | SOCK_NONBLOCK, 0));

	SETUP(listen(listener, BACKLOG));
	waiting = fill(type, &name);
	OBSERVE("waiting with backlog 3", "%d", waiting);
	EXPECT_BETWEEN(waiting, BACKLOG, FAR_TOO_MANY - 1);
	EXPECT_ERR(connect(late, ADDRESS(name)), EAGAIN);

	/* One is let in, and there is a place. */
	SETUP(accept(listener, NULL, NULL));
	EXPECT_OK(connect(late, ADDRESS(name)));
}

/*
 * A client can bound its waiting.
 *
 * A blocking connect() sleeps until there is room in the queue: for ever, if the
 * server hangs. `SO_SNDTIMEO` covers connect() as well as send(): when it runs out
 * the call returns `EAGAIN`, and the socket can be used for another try.
 */
CASE(waiting_for_room_is_bounded_by_sndtimeo,
     .claim = "connect() to a full queue returns EAGAIN after SO_SNDTIMEO, and not before",
     .level = LINUX, .spec = "socket(7): SO_SNDTIMEO; connect(2)",
     .tags = "unix connect SO_SNDTIMEO", .waits = true)
{
	struct address name = address_unix("/tmp/server");
	int listener = SETUP(unix_bound(SOCK_STREAM, "/tmp/server"));
	int client = SETUP(socket(AF_UNIX, SOCK_STREAM, 0));
	struct timeval patience = {.tv_usec = 50000};
	int64_t start;

	SETUP(listen(listener, BACKLOG));
	fill(SOCK_STREAM, &name);
	SETUP(setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof(patience)));
	start = clock_ms();
	EXPECT_ERR(connect(client, ADDRESS(name)), EAGAIN);
	EXPECT_BETWEEN(clock_ms() - start, 49, SOON_MS);

	SETUP(accept(listener, NULL, NULL));
	EXPECT_OK(connect(client, ADDRESS(name)));
}
