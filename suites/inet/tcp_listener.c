/* SPDX-License-Identifier: MIT */
/* Becoming a listener, and ceasing to be one. */
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/inet/tcp_help.h"

#include "harness/case.h"

/*
 * A listener without bind() gets a port all the same.
 *
 * POSIX allows listen() to fail on an unbound socket. Linux binds it: to the wildcard
 * address and a free port of the ephemeral range. FTP's passive mode works so: listen,
 * then ask getsockname() for the port and tell it to the other side.
 */
CASE(without_bind,
     .claim = "listen() on an unbound socket binds it to the wildcard address and an ephemeral "
	      "port, where it can be reached",
     .level = LINUX, .spec = "ip(7) Address format; POSIX.1-2024 listen() ERRORS EDESTADDRREQ",
     .sysctls = "net.ipv4.ip_local_port_range=40000,40099", .tags = "tcp listen bind",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address at = address_empty(), wildcard, there;
	int listener = SETUP(socket(family, SOCK_STREAM, 0));
	int client = SETUP(socket(family, SOCK_STREAM, 0));

	EXPECT_OK(listen(listener, 1));
	SETUP(getsockname(listener, &at.any, &at.length));
	EXPECT_BETWEEN(address_port(&at), 40000, 40099);
	wildcard = address_any(family, address_port(&at));
	EXPECT_TRUE(address_equal(&at, &wildcard));

	there = address_loopback(family, address_port(&at));
	EXPECT_OK(connect(client, ADDRESS(there)));
}

/*
 * A connection cannot become a listener.
 *
 * Caller, called and listener are roles for life: listen() on a connected socket fails
 * with `EINVAL`, on either end. The connection goes on as before.
 */
CASE(listen_when_connected,
     .claim = "listen() on a connected socket fails with EINVAL and leaves the connection alone",
     .level = POSIX, .spec = "POSIX.1-2024 listen() ERRORS EINVAL", .tags = "tcp listen",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family);
	struct address at;
	int fresh = bound_socket(family, SOCK_STREAM, &at);
	char byte;

	EXPECT_ERR(listen(p.client, 1), EINVAL);
	EXPECT_ERR(listen(p.server, 1), EINVAL);
	EXPECT_OK(send(p.client, "x", 1, 0));
	EXPECT_EQ(read_exactly(p.server, &byte, 1), 1);

	EXPECT_OK(listen(fresh, 1));
}

/*
 * Of two sockets on one address the first to listen wins.
 *
 * With `SO_REUSEADDR` on both, Linux lets two sockets bind the same address as long as
 * neither listens. The question whose the SYNs are is then put at listen(): the second
 * one fails with `EADDRINUSE`. A server must check listen() as carefully as bind().
 */
CASE(second_to_listen,
     .claim = "listen() fails with EADDRINUSE while another socket on the same address listens",
     .level = LINUX, .spec = "listen(2) ERRORS EADDRINUSE; socket(7) SO_REUSEADDR",
     .tags = "tcp listen bind", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address at = address_loopback(family, 0);
	int first = SETUP(socket(family, SOCK_STREAM, 0));
	int second = SETUP(socket(family, SOCK_STREAM, 0));

	SETUP(set_int(first, SOL_SOCKET, SO_REUSEADDR, 1));
	SETUP(set_int(second, SOL_SOCKET, SO_REUSEADDR, 1));
	SETUP(bind(first, ADDRESS(at)));
	SETUP(getsockname(first, &at.any, &at.length));
	SETUP(bind(second, ADDRESS(at)));

	EXPECT_OK(listen(first, 1));
	EXPECT_ERR(listen(second, 1), EADDRINUSE);

	SETUP(close(first));
	EXPECT_OK(listen(second, 1));
}

/*
 * Those who still queue are sent away.
 *
 * A connection in the listener's queue was opened by the kernel, and nobody will ever
 * take it once the listener is closed. The client has to be told: it gets a RST, and
 * recv() fails with `ECONNRESET`. Connections that were accepted before are sockets of
 * their own and live on. A server that restarts loses exactly those in the queue.
 */
CASE(closed_with_a_queue,
     .claim = "close() of a listener resets the connections in its queue and leaves those that "
	      "were accepted",
     .level = ABI, .spec = "Linux inet_csk_listen_stop(); RFC 9293 3.10.4, 3.5.2",
     .tags = "tcp listen close reset wire", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire = wire_open("a");
	struct pair p = tcp_pair(family);
	int queued = SETUP(socket(family, SOCK_STREAM, 0));
	struct address name = address_empty();
	const struct packet *reset;
	char byte;

	SETUP(connect(queued, ADDRESS(p.server_address)));
	SETUP(getsockname(queued, &name.any, &name.length));
	SETUP(wait_for(p.listener, POLLIN, SOON_MS));
	SETUP(close(p.listener));

	EXPECT_ERR(recv(queued, &byte, 1, 0), ECONNRESET);
	REQUIRE_TRUE((reset = wire_next_tcp(wire, PACKET_TCP_RST, PACKET_TCP_RST)) != NULL);
	EXPECT_EQ(packet_tcp(reset)->destination_port, address_port(&name));

	EXPECT_OK(send(p.client, "x", 1, 0));
	EXPECT_EQ(read_exactly(p.server, &byte, 1), 1);
}

/*
 * A closed port is closed at once.
 *
 * The listener's close() frees the port although a connection that it accepted is alive:
 * new clients are refused. A rolling restart uses this: the old process stops to listen,
 * and finishes what it has.
 */
CASE(refused_after_close,
     .claim = "After close() of the listener connect() fails with ECONNREFUSED while an accepted "
	      "connection goes on",
     .level = POSIX, .spec = "POSIX.1-2024 close(), connect() ERRORS ECONNREFUSED",
     .tags = "tcp listen close connect", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family);
	int before = SETUP(socket(family, SOCK_STREAM, 0));
	int after = SETUP(socket(family, SOCK_STREAM, 0));
	char byte;

	EXPECT_OK(connect(before, ADDRESS(p.server_address)));
	SETUP(close(p.listener));
	EXPECT_ERR(connect(after, ADDRESS(p.server_address)), ECONNREFUSED);

	EXPECT_OK(send(p.server, "x", 1, 0));
	EXPECT_EQ(read_exactly(p.client, &byte, 1), 1);
}

/*
 * `TCP_DEFER_ACCEPT` wakes the server for work, not for a handshake.
 *
 * In most protocols the client speaks first, and a server that is woken by the handshake
 * has nothing to do yet. With the option the kernel keeps the connection to itself until
 * the first data arrive: the client believes to be connected, accept() says `EAGAIN`.
 * Without it, accept() has the connection at once.
 */
CASE(deferred_accept,
     .claim = "With TCP_DEFER_ACCEPT a connection is accepted when its first data arrive, not "
	      "before",
     .level = LINUX, .spec = "tcp(7) TCP_DEFER_ACCEPT", .tags = "tcp listen accept",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address at, plain_at;
	int listener = tcp_listener(family, &at), plain = tcp_listener(family, &plain_at), server;
	int client = SETUP(socket(family, SOCK_STREAM, 0));
	int other = SETUP(socket(family, SOCK_STREAM, 0));
	char byte;

	enum { SECONDS = 5 };
	SETUP(set_int(listener, IPPROTO_TCP, TCP_DEFER_ACCEPT, SECONDS));
	SETUP(fcntl(listener, F_SETFL, O_NONBLOCK));
	REQUIRE_OK(connect(client, ADDRESS(at)));
	EXPECT_EQ(tcp_state(client), TCP_ESTABLISHED);
	EXPECT_ERR(accept(listener, NULL, NULL), EAGAIN);

	SETUP(send(client, "x", 1, 0));
	EXPECT_EQ(wait_for(listener, POLLIN, SOON_MS), POLLIN);
	server = REQUIRE_OK(accept(listener, NULL, NULL));
	EXPECT_EQ(recv(server, &byte, 1, MSG_DONTWAIT), 1);

	SETUP(connect(other, ADDRESS(plain_at)));
	EXPECT_EQ(wait_for(plain, POLLIN, SOON_MS), POLLIN);
	EXPECT_OK(accept(plain, NULL, NULL));
}
