/* SPDX-License-Identifier: MIT */
/* What poll() says about closed directions, and shutdown() of sockets that are no connection. */
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/case.h"

enum { ALL_EVENTS = POLLIN | POLLOUT | POLLRDHUP };

struct kind_row {
	struct variant variant;
	struct pair (*make)(void);
};

static const struct kind_row kinds[] = {
	{{"tcp4", NULL}, pair_tcp4},
	{{"tcp6", "ipv6"}, pair_tcp6},
	{{"unix_stream", NULL}, pair_unix_stream},
	{{"unix_seqpacket", NULL}, pair_unix_seqpacket},
};

/* poll() for all events, when `wanted` are among them. */
static short events_with(int fd, short wanted)
{
	wait_for(fd, (short)(wanted & ~POLLHUP), SOON_MS);
	return wait_for(fd, ALL_EVENTS, 0);
}

/*
 * `POLLRDHUP`: the peer will send no more.
 *
 * The end of a stream makes a socket readable, because recv() would not block: it returns 0.
 * That alone does not tell the end from data. `POLLRDHUP` does, even while data is still
 * waiting to be read before the end. Writing is still possible, so it is no `POLLHUP`.
 */
CASE(peer_half_closed,
     .claim = "after the peer's shutdown(SHUT_WR), poll() reports POLLIN and POLLRDHUP, no "
	      "POLLHUP, and POLLOUT",
     .level = LINUX, .spec = "poll(2) POLLRDHUP, POLLHUP", .tags = "shutdown poll",
     .VARIANTS(kinds))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);

	EXPECT_EQ(wait_for(p.server, ALL_EVENTS, 0), POLLOUT);
	SETUP(shutdown(p.client, SHUT_WR));
	EXPECT_EQ(events_with(p.server, POLLRDHUP), POLLIN | POLLOUT | POLLRDHUP);
}

/*
 * `POLLRDHUP` has to be asked for; `POLLHUP` comes by itself.
 *
 * A poll() for `POLLIN` alone reports the end as POLLIN alone. A poll() for nothing at all
 * still reports `POLLERR`, `POLLHUP` and `POLLNVAL`; that is how one waits for the end of a
 * connection without being woken by its data.
 */
CASE(rdhup_only_on_request,
     .claim = "poll() reports POLLRDHUP only when it is among the requested events", .level = LINUX,
     .spec = "poll(2)", .tags = "shutdown poll", .VARIANTS(kinds))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);

	SETUP(shutdown(p.client, SHUT_WR));
	EXPECT_EQ(wait_for(p.server, POLLRDHUP, SOON_MS), POLLRDHUP);
	EXPECT_EQ(wait_for(p.server, POLLIN, 0), POLLIN);
	EXPECT_EQ(wait_for(p.server, 0, 0), 0);
}

/*
 * `POLLHUP` is for both directions.
 *
 * When nothing can be read any more and nothing written, the connection is over. Because
 * POLLHUP cannot be turned off, a program that does not close such a socket spins in its
 * poll() loop.
 */
CASE(both_ends_closed,
     .claim = "after SHUT_WR at both ends, poll() reports POLLHUP even if it is not requested",
     .level = LINUX, .spec = "poll(2) POLLHUP; POSIX.1-2024 poll()", .tags = "shutdown poll",
     .VARIANTS(kinds))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);

	EXPECT_EQ(wait_for(p.server, 0, 0), 0);
	SETUP(shutdown(p.client, SHUT_WR));
	SETUP(shutdown(p.server, SHUT_WR));
	EXPECT_EQ(wait_for(p.server, 0, SOON_MS), POLLHUP);
	EXPECT_EQ(wait_for(p.client, 0, SOON_MS), POLLHUP);
}

struct how_row {
	struct variant variant;
	int how;
};

static const struct how_row hows[] = {
	{{"read", NULL}, SHUT_RD},
	{{"write", NULL}, SHUT_WR},
	{{"both", NULL}, SHUT_RDWR},
};

/*
 * Only a connection has directions to shut.
 *
 * A UDP socket without a peer, and a TCP socket before connect(), give `ENOTCONN`. After
 * connect() on UDP the call succeeds, though no packet can say so to the peer: it is then a
 * matter of this socket alone.
 */
CASE(without_a_connection,
     .claim = "shutdown() of an unconnected UDP or TCP socket fails with ENOTCONN, of a connected "
	      "UDP socket it works",
     .level = POSIX, .spec = "POSIX.1-2024 shutdown() ENOTCONN; shutdown(2)",
     .tags = "shutdown errno", .VARIANTS(hows))
{
	int how = VARIANT(struct how_row)->how;

	EXPECT_ERR(shutdown(SETUP(socket(AF_INET, SOCK_DGRAM, 0)), how), ENOTCONN);
	EXPECT_ERR(shutdown(SETUP(socket(AF_INET, SOCK_STREAM, 0)), how), ENOTCONN);
	EXPECT_OK(shutdown(udp_pair(AF_INET).client, how));
	EXPECT_OK(shutdown(tcp_pair(AF_INET).client, how));
}

static int receive_one(void *context)
{
	char byte;

	/* Ends with 0: shut down from the other process. */
	return (int)recv(*(int *)context, &byte, 1, 0);
}

/*
 * Shutting a datagram socket ends a wait on it.
 *
 * No peer is told anything. What changes is local: a recv() that waits returns 0, and
 * sending gives `EPIPE`. Servers use it to stop a thread that sits in recv().
 */
CASE(connected_udp,
     .claim = "shutdown(SHUT_RDWR) of a connected UDP socket ends a blocked recv() with 0, and "
	      "send() with EPIPE",
     .level = LINUX, .spec = "shutdown(2); send(2) EPIPE", .tags = "shutdown udp", .waits = true)
{
	struct pair p = udp_pair(AF_INET);
	pid_t child = start_child(receive_one, &p.client);

	EXPECT_EQ(send(p.client, "x", 1, MSG_NOSIGNAL), 1);
	sleep_ms(30);
	EXPECT_OK(shutdown(p.client, SHUT_RDWR));
	EXPECT_EQ(wait_child(child), 0);
	EXPECT_ERR(send(p.client, "x", 1, MSG_NOSIGNAL), EPIPE);
}

/*
 * shutdown() of a listener stops it from listening.
 *
 * On Linux a TCP listener then refuses new connections with a RST, accept() says `EINVAL`,
 * and another thread's accept() is woken. A port that was given to bind() stays the
 * socket's, and listen() starts it again. Other systems say `ENOTCONN`: portable programs
 * close the listener instead.
 */
CASE(listener,
     .claim = "after shutdown(SHUT_RD) a TCP listener refuses connections and accept() fails with "
	      "EINVAL, until listen()",
     .level = ABI, .spec = "net/ipv4/af_inet.c inet_shutdown()", .tags = "shutdown tcp listen",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	/* A port that the kernel chose would be given back by the shutdown. */
	struct address where = address_loopback(family, 5000);
	int fd = SETUP(socket(family, SOCK_STREAM, 0));

	SETUP(set_int(fd, SOL_SOCKET, SO_REUSEADDR, 1));
	SETUP(bind(fd, ADDRESS(where)));
	SETUP(listen(fd, 1));
	EXPECT_OK(connect(SETUP(socket(family, SOCK_STREAM, 0)), ADDRESS(where)));
	EXPECT_OK(accept(fd, NULL, NULL));
	EXPECT_OK(shutdown(fd, SHUT_RD));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_ACCEPTCONN), 0);
	EXPECT_ERR(accept(fd, NULL, NULL), EINVAL);
	EXPECT_ERR(connect(SETUP(socket(family, SOCK_STREAM, 0)), ADDRESS(where)), ECONNREFUSED);

	EXPECT_OK(listen(fd, 1));
	EXPECT_OK(connect(SETUP(socket(family, SOCK_STREAM, 0)), ADDRESS(where)));
	EXPECT_OK(accept(fd, NULL, NULL));
}
