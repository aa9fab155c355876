/* SPDX-License-Identifier: MIT */
/* The right call at the wrong time: errors that come from the state a socket is in. */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/socket/errno_sockets.h"

#include "harness/case.h"

static int listening_stream(void)
{
	struct address where;

	return tcp_listener(AF_INET, &where);
}

static int connected_datagram(void)
{
	int fd = fresh_datagram();
	struct address discard = address_loopback(AF_INET, 9);

	SETUP(connect(fd, ADDRESS(discard)));
	return fd;
}

static int fresh_unix(void)
{
	return SETUP(socket(AF_UNIX, SOCK_STREAM, 0));
}

static int fresh_seqpacket(void)
{
	return SETUP(socket(AF_UNIX, SOCK_SEQPACKET, 0));
}

static int connected_unix(void)
{
	struct pair p = unix_pair(SOCK_STREAM);

	SETUP(send(p.server, "a", 1, 0));
	return p.client;
}

static int connected_seqpacket(void)
{
	struct pair p = unix_pair(SOCK_SEQPACKET);

	SETUP(send(p.server, "a", 1, 0));
	return p.client;
}

static int call_bind(int fd)
{
	struct address where = address_loopback(AF_INET, 0);

	return bind(fd, ADDRESS(where));
}

static int call_listen(int fd)
{
	return listen(fd, 1);
}

static int call_accept(int fd)
{
	return accept(fd, NULL, NULL);
}

static int call_connect(int fd)
{
	struct address where;

	tcp_listener(AF_INET, &where);
	return connect(fd, ADDRESS(where));
}

static int call_send(int fd)
{
	return (int)send(fd, "x", 1, MSG_NOSIGNAL);
}

static int call_recv(int fd)
{
	char byte;

	return (int)recv(fd, &byte, 1, MSG_DONTWAIT);
}

static int call_getpeername(int fd)
{
	struct address there = address_empty();

	return getpeername(fd, &there.any, &there.length);
}

static int call_shutdown(int fd)
{
	return shutdown(fd, SHUT_WR);
}

struct state_row {
	struct variant variant;
	int (*wrong)(void), (*right)(void); /* a socket in the wrong, and in the right state */
	int (*call)(int fd);
	int error;
};

static const struct state_row states[] = {
	{{"bind_bound", NULL}, bound_stream, fresh_stream, call_bind, EINVAL},
	{{"bind_connected", NULL}, connected_stream, fresh_stream, call_bind, EINVAL},
	{{"listen_connected", NULL}, connected_stream, fresh_stream, call_listen, EINVAL},
	{{"accept_not_listening", NULL}, bound_stream, waiting_listener, call_accept, EINVAL},
	{{"connect_connected", NULL}, connected_stream, fresh_stream, call_connect, EISCONN},
	{{"recv_tcp_unconnected", NULL}, fresh_stream, connected_stream, call_recv, ENOTCONN},
	{{"recv_tcp_listening", NULL}, listening_stream, connected_stream, call_recv, ENOTCONN},
	{{"recv_seqpacket_unconnected", NULL},
	 fresh_seqpacket,
	 connected_seqpacket,
	 call_recv,
	 ENOTCONN},
	{{"send_unix_unconnected", NULL}, fresh_unix, connected_unix, call_send, ENOTCONN},
	{{"send_seqpacket_unconnected", NULL},
	 fresh_seqpacket,
	 connected_seqpacket,
	 call_send,
	 ENOTCONN},
	{{"send_udp_without_peer", NULL},
	 fresh_datagram,
	 connected_datagram,
	 call_send,
	 EDESTADDRREQ},
	{{"getpeername_unconnected", NULL},
	 fresh_stream,
	 connected_stream,
	 call_getpeername,
	 ENOTCONN},
	{{"getpeername_listening", NULL},
	 listening_stream,
	 connected_stream,
	 call_getpeername,
	 ENOTCONN},
	{{"getpeername_udp", NULL}, fresh_datagram, connected_datagram, call_getpeername, ENOTCONN},
	{{"shutdown_unconnected", NULL}, fresh_stream, connected_stream, call_shutdown, ENOTCONN},
	{{"shutdown_udp", NULL}, fresh_datagram, connected_datagram, call_shutdown, ENOTCONN},
};

/*
 * A socket goes through its life in one direction, and each call has its place in it.
 *
 * socket, bind, listen, accept on one side; socket, connect on the other; then send, recv,
 * shutdown. A call too early finds nothing to work on: `ENOTCONN`, and for a datagram socket
 * that has to be told where to send, `EDESTADDRREQ`. A call too late would undo what peers
 * rely on: a socket keeps the name it was bound to (`EINVAL`) and the peer that it has
 * (`EISCONN`).
 *
 * The error names the state, so it tells which earlier step failed unnoticed.
 *
 * Try it: `python3 -c "import socket; socket.socket().getpeername()"`.
 */
CASE(wrong_state,
     .claim = "the call fails with the error of the socket's state, and succeeds in the right one",
     .level = POSIX,
     .spec = "POSIX.1-2024 ERRORS of bind(), listen(), accept(), connect(), recv(), send(), "
	     "getpeername(), shutdown()",
     .tags = "errno state", .VARIANTS(states))
{
	const struct state_row *row = VARIANT(struct state_row);

	EXPECT_ERR(row->call(row->wrong()), row->error);
	EXPECT_OK(row->call(row->right()));
}

/*
 * connect() may be repeated on a datagram socket, because there it only writes down an
 * address.
 *
 * A TCP connection is an agreement with the peer and cannot be moved, hence `EISCONN`. UDP's
 * is a filter and a default destination that the peer knows nothing of, so it is replaced
 * freely.
 */
CASE(connect_a_datagram_socket_again,
     .claim = "connect() on a connected UDP socket succeeds and replaces the peer", .level = POSIX,
     .spec = "POSIX.1-2024 connect(); udp(7)", .tags = "udp connect")
{
	int fd = fresh_datagram();
	struct address first = address_loopback(AF_INET, 7), second = address_loopback(AF_INET, 9);
	struct address peer = address_empty();

	EXPECT_OK(connect(fd, ADDRESS(first)));
	EXPECT_OK(connect(fd, ADDRESS(second)));
	SETUP(getpeername(fd, &peer.any, &peer.length));
	EXPECT_EQ(address_port(&peer), 9);
}

/*
 * Two places where Linux gives another error than POSIX names.
 *
 * send() on a TCP socket that was never connected: POSIX has `ENOTCONN`, and keeps `EPIPE`
 * for a connection that is over. Linux looks only at whether the socket can send now, and
 * says `EPIPE` (with SIGPIPE, unless asked not to). connect() on a listening socket: POSIX
 * has `EOPNOTSUPP`; Linux says `EISCONN`, as for any socket whose state is not the first.
 * Portable code treats both pairs as the same.
 */
CASE(states_with_two_names, .claim = "send() before connect(), and connect() after listen(), fail",
     .level = OBSERVED, .spec = "POSIX.1-2024 send() ENOTCONN, connect() EOPNOTSUPP",
     .tags = "errno state")
{
	int stream = fresh_stream(), listening = listening_stream();
	int sent, connected, send_error, connect_error;

	sent = call_send(stream);
	send_error = errno;
	connected = call_connect(listening);
	connect_error = errno;
	EXPECT_EQ(sent, -1);
	EXPECT_EQ(connected, -1);
	OBSERVE("send() on an unconnected TCP socket", "%s", strerror(send_error));
	OBSERVE("connect() on a listening socket", "%s", strerror(connect_error));

	EXPECT_OK(call_send(connected_stream()));
	EXPECT_OK(call_connect(fresh_stream()));
}
