/* SPDX-License-Identifier: MIT */
/* Connections to a service. */
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/tipc/tipc_help.h"

#include "harness/case.h"

struct kind_row {
	struct variant variant;
	int type;
};

static const struct kind_row kinds[] = {
	{{"seqpacket", NULL}, SOCK_SEQPACKET},
	{{"stream", NULL}, SOCK_STREAM},
};

/*
 * Until somebody accepts.
 *
 * A listener binds a name, and connect() goes to it as a datagram does. Unlike TCP, where the
 * kernel answers for the program, connect() waits until the program accepts: only then is
 * there a socket at the other end. Each end's peer is the other socket.
 */
CASE(until_accepted,
     .claim = "connect() is in progress until the peer calls accept(); then each end has the "
	      "other's "
	      "socket address as its peer",
     .level = LINUX, .spec = "net/tipc/socket.c tipc_connect(), tipc_accept()", .needs = "tipc",
     .tags = "tipc connect accept", .VARIANTS(kinds))
{
	int type = VARIANT(struct kind_row)->type;
	int listener = tipc_bound(type, 7, 7), server;
	int fd = SETUP(socket(AF_TIPC, type | SOCK_NONBLOCK, 0));
	struct sockaddr_tipc to = tipc_service(SERVICE, 7), peer, name, from;
	socklen_t length = sizeof(peer);

	SETUP(listen(listener, 1));
	EXPECT_ERR(connect(fd, TIPC(to)), EINPROGRESS);
	EXPECT_ERR(connect(fd, TIPC(to)), EALREADY);
	EXPECT_EQ(wait_for(listener, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(wait_for(fd, POLLOUT, 0), 0);
	EXPECT_ERR(getpeername(fd, (struct sockaddr *)&peer, &length), ENOTCONN);
	memset(&from, 0xa5, sizeof(from));
	length = sizeof(from);
	server = REQUIRE_OK(accept(listener, (struct sockaddr *)&from, &length));
	EXPECT_EQ(length, sizeof(from));
	EXPECT_EQ(wait_for(fd, POLLOUT, SOON_MS), POLLOUT);
	EXPECT_ERR(connect(fd, TIPC(to)), EISCONN);

	name = tipc_own_name(fd);
	EXPECT_EQ(from.family, AF_TIPC);
	EXPECT_EQ(from.addrtype, TIPC_SOCKET_ADDR);
	EXPECT_EQ(from.addr.id.ref, name.addr.id.ref);
	memset(&peer, 0xa5, sizeof(peer));
	length = sizeof(peer);
	EXPECT_OK(getpeername(server, (struct sockaddr *)&peer, &length));
	EXPECT_EQ(length, sizeof(peer));
	EXPECT_EQ(peer.addr.id.ref, name.addr.id.ref);
	name = tipc_own_name(server);
	memset(&peer, 0xa5, sizeof(peer));
	EXPECT_OK(getpeername(fd, (struct sockaddr *)&peer, &length));
	EXPECT_EQ(peer.family, AF_TIPC);
	EXPECT_EQ(peer.addrtype, TIPC_SOCKET_ADDR);
	EXPECT_EQ(peer.scope, 0);
	EXPECT_EQ(peer.addr.id.ref, name.addr.id.ref);
	EXPECT_EQ(peer.addr.id.node, 0);
}

/*
 * Borders or none.
 *
 * A packet of SOCK_SEQPACKET is received by itself; of SOCK_STREAM the bytes count. On the
 * accepted socket each message tells by which name the connection came.
 */
CASE(borders,
     .claim = "SOCK_SEQPACKET keeps the borders of messages, SOCK_STREAM does not; TIPC_DESTNAME "
	      "tells the name that was connected to",
     .level = LINUX, .spec = "socket(2); linux/tipc.h TIPC_DESTNAME", .needs = "tipc",
     .tags = "tipc control", .VARIANTS(kinds))
{
	int type = VARIANT(struct kind_row)->type;
	struct tipc_ends ends = tipc_connected(type);
	struct tipc_received got;
	char text[16] = "";

	EXPECT_EQ(send(ends.client, "one", 3, 0), 3);
	EXPECT_EQ(send(ends.client, "two", 3, 0), 3);
	if (type == SOCK_SEQPACKET) {
		got = tipc_receive(ends.server);
		EXPECT_EQ(got.size, 3);
		EXPECT_MEMEQ(got.data, "one", 3);
		EXPECT_TRUE(got.with_destination);
		EXPECT_EQ(got.type, SERVICE);
		EXPECT_EQ(got.lower, 7);
		EXPECT_EQ(got.upper, 7);
		EXPECT_EQ(recv(ends.server, text, 2, MSG_DONTWAIT), 2);
		EXPECT_MEMEQ(text, "tw", 2);
		EXPECT_TRUE(tipc_is_silent(ends.server));
	} else {
		EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS) & POLLIN, POLLIN);
		EXPECT_EQ(recv(ends.server, text, 4, MSG_WAITALL), 4);
		EXPECT_MEMEQ(text, "onet", 4);
		EXPECT_EQ(recv(ends.server, text, sizeof(text), MSG_DONTWAIT), 2);
		EXPECT_MEMEQ(text, "wo", 2);
	}
	EXPECT_EQ(send(ends.server, "back", 4, 0), 4);
	EXPECT_EQ(wait_for(ends.client, POLLIN, SOON_MS) & POLLIN, POLLIN);
	EXPECT_EQ(recv(ends.client, text, sizeof(text), MSG_DONTWAIT), 4);
	EXPECT_MEMEQ(text, "back", 4);
}

/* Long messages on a connection. */
CASE(longest,
     .claim =
	     "a packet of SOCK_SEQPACKET may have 66000 bytes, and fails with EMSGSIZE above that; "
	     "SOCK_STREAM takes more",
     .level = LINUX, .spec = "linux/tipc.h TIPC_MAX_USER_MSG_SIZE; send(2) EMSGSIZE",
     .needs = "tipc", .tags = "tipc errno", .VARIANTS(kinds))
{
	static char text[TIPC_MOST + 1], got[TIPC_MOST + 1];
	int type = VARIANT(struct kind_row)->type;
	struct tipc_ends ends = tipc_connected(type);
	size_t size = type == SOCK_STREAM ? TIPC_MOST + 1 : TIPC_MOST;

	memset(text, 'a', sizeof(text));
	text[size - 1] = 'z';
	if (type == SOCK_SEQPACKET)
		EXPECT_ERR(send(ends.client, text, TIPC_MOST + 1, 0), EMSGSIZE);
	EXPECT_EQ(send(ends.client, text, size, 0), size);
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS) & POLLIN, POLLIN);
	EXPECT_EQ(recv(ends.server, got, size, MSG_WAITALL), size);
	EXPECT_MEMEQ(got, text, size);
}

/*
 * Nobody listens.
 *
 * A name that nobody has cannot be reached. A socket that has the name but does not listen
 * rejects the connection.
 */
CASE(refused,
     .claim = "connect() fails with EHOSTUNREACH for a name that nobody has, and with ECONNREFUSED "
	      "when its owner does not listen",
     .level = LINUX, .spec = "net/tipc/socket.c tipc_sk_filter_connect()", .needs = "tipc",
     .tags = "tipc connect errno", .VARIANTS(kinds))
{
	int type = VARIANT(struct kind_row)->type;
	int owner = tipc_bound(type, 7, 7), fds[3];
	struct sockaddr_tipc to = tipc_service(SERVICE, 7), nobody = tipc_service(SERVICE, 8);
	struct sockaddr_tipc many = tipc_range(SERVICE, 7, 8, 0);

	for (int i = 0; i < 3; i++)
		fds[i] = SETUP(socket(AF_TIPC, type | SOCK_NONBLOCK, 0));
	EXPECT_ERR(connect(fds[0], TIPC(nobody)), EHOSTUNREACH);
	EXPECT_ERR(connect(fds[0], TIPC(many)), EINVAL);
	SETUP(fcntl(fds[1], F_SETFL, 0));
	EXPECT_ERR(connect(fds[1], TIPC(to)), ECONNREFUSED);
	SETUP(listen(owner, 1));
	EXPECT_ERR(connect(fds[2], TIPC(to)), EINPROGRESS);
	EXPECT_OK(accept(owner, NULL, NULL));
	EXPECT_EQ(wait_for(fds[2], POLLOUT, SOON_MS), POLLOUT);
}

struct timeout_row {
	struct variant variant;
	int milliseconds;
};

static const struct timeout_row timeouts[] = {
	{{"100_ms", NULL}, 100},
	{{"400_ms", NULL}, 400},
};

/*
 * How long to wait.
 *
 * connect() waits eight seconds for somebody to accept; TIPC_CONN_TIMEOUT sets that in
 * milliseconds.
 */
CASE(connect_timeout,
     .claim = "connect() fails with ETIMEDOUT when nobody accepts within TIPC_CONN_TIMEOUT, which "
	      "is "
	      "8000 ms at first",
     .level = LINUX, .spec = "linux/tipc.h TIPC_CONN_TIMEOUT; net/tipc/socket.c", .needs = "tipc",
     .tags = "tipc option connect errno", .waits = true, .VARIANTS(timeouts))
{
	int milliseconds = VARIANT(struct timeout_row)->milliseconds;
	int listener = tipc_bound(SOCK_SEQPACKET, 7, 7), fd;
	struct sockaddr_tipc to = tipc_service(SERVICE, 7);
	int64_t begin;

	SETUP(listen(listener, 1));
	fd = SETUP(socket(AF_TIPC, SOCK_SEQPACKET, 0));
	EXPECT_EQ(get_int(fd, SOL_TIPC, TIPC_CONN_TIMEOUT), 8000);
	EXPECT_OK(set_int(fd, SOL_TIPC, TIPC_CONN_TIMEOUT, milliseconds));
	EXPECT_EQ(get_int(fd, SOL_TIPC, TIPC_CONN_TIMEOUT), milliseconds);
	begin = clock_ms();
	EXPECT_ERR(connect(fd, TIPC(to)), ETIMEDOUT);
	EXPECT_BETWEEN(clock_ms() - begin, milliseconds - 20, milliseconds + SOON_MS);
}

/*
 * Before there is a connection.
 *
 * Nothing to send on, nothing to receive from.
 */
CASE(not_connected,
     .claim = "recv() fails with ENOTCONN without a connection, send() does too or with EPIPE, and "
	      "getpeername() with ENOTCONN",
     .level = LINUX, .spec = "send(2); recv(2); net/tipc/socket.c", .needs = "tipc",
     .tags = "tipc errno", .VARIANTS(kinds))
{
	int type = VARIANT(struct kind_row)->type;
	int fd = SETUP(socket(AF_TIPC, type, 0));
	struct sockaddr_tipc peer;
	socklen_t length = sizeof(peer);
	struct tipc_ends ends = tipc_connected(type);
	char byte;

	EXPECT_ERR(recv(fd, &byte, 1, MSG_DONTWAIT), ENOTCONN);
	EXPECT_ERR(send(fd, "x", 1, MSG_NOSIGNAL | MSG_DONTWAIT), ENOTCONN, EPIPE, EAGAIN);
	EXPECT_ERR(getpeername(fd, (struct sockaddr *)&peer, &length), ENOTCONN);
	EXPECT_ERR(recv(ends.client, &byte, 1, MSG_DONTWAIT), EAGAIN);
	EXPECT_ERR(recv(ends.client, &byte, 0, MSG_DONTWAIT), EINVAL);
	EXPECT_EQ(send(ends.client, "x", 1, 0), 1);
}

/*
 * Connected by the first message.
 *
 * sendto() on a socket that is not connected sends the first message along with the request
 * for a connection: it is what the accepted socket receives first.
 */
CASE(by_the_first_message,
     .claim = "sendto() without a connection makes one, and the message waits at the accepted "
	      "socket",
     .level = LINUX, .spec = "net/tipc/socket.c tipc_sendmsg(), tipc_accept()", .needs = "tipc",
     .tags = "tipc connect")
{
	int listener = tipc_bound(SOCK_SEQPACKET, 7, 7), server;
	int fd = SETUP(socket(AF_TIPC, SOCK_SEQPACKET | SOCK_NONBLOCK, 0));
	struct sockaddr_tipc to = tipc_service(SERVICE, 7);
	char got[8] = "";

	SETUP(listen(listener, 1));
	EXPECT_EQ(sendto(fd, "first", 5, 0, TIPC(to)), 5);
	EXPECT_EQ(wait_for(listener, POLLIN, SOON_MS), POLLIN);
	server = REQUIRE_OK(accept(listener, NULL, NULL));
	EXPECT_EQ(recv(server, got, sizeof(got), MSG_DONTWAIT), 5);
	EXPECT_MEMEQ(got, "first", 5);
	EXPECT_EQ(send(server, "answer", 6, 0), 6);
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS) & POLLIN, POLLIN);
	EXPECT_EQ(recv(fd, got, sizeof(got), 0), 6);
	EXPECT_MEMEQ(got, "answer", 6);
}

/*
 * As if it were TCP.
 *
 * A program that was written for TCP sets options of TCP. A stream of TIPC takes them all and
 * does nothing, so that such a program needs another address only.
 */
CASE(options_of_tcp,
     .claim = "a stream accepts options of IPPROTO_TCP without effect; other sockets fail with "
	      "ENOPROTOOPT",
     .level = LINUX, .spec = "net/tipc/socket.c tipc_setsockopt()", .needs = "tipc",
     .tags = "tipc option errno", .VARIANTS(kinds))
{
	int type = VARIANT(struct kind_row)->type, value = 77;
	int fd = SETUP(socket(AF_TIPC, type, 0));
	socklen_t length = sizeof(value);

	if (type == SOCK_STREAM) {
		EXPECT_OK(set_int(fd, IPPROTO_TCP, TCP_NODELAY, 1));
		EXPECT_OK(getsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &value, &length));
		EXPECT_EQ(length, 0);
		EXPECT_EQ(value, 77);
	} else {
		EXPECT_ERR(set_int(fd, IPPROTO_TCP, TCP_NODELAY, 1), ENOPROTOOPT);
		EXPECT_ERR(getsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &value, &length), ENOPROTOOPT);
	}
	EXPECT_OK(set_int(fd, SOL_TIPC, TIPC_IMPORTANCE, TIPC_HIGH_IMPORTANCE));
}
