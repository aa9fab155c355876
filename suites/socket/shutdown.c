/* SPDX-License-Identifier: MIT */
/* shutdown(): ending one direction of a connection, or both. */
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/capture/wire.h"

#include "harness/case.h"

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

/*
 * Half a close: "I have said all, but I am still listening."
 *
 * `SHUT_WR` ends the sending direction. The peer reads what was sent before, then 0, the end
 * of the stream, and can still answer. close() could not do that: it gives up the
 * descriptor, and with it the answer. Programs that send a request without a length end it
 * so.
 *
 * Try it: `echo hello | nc -N host port`.
 */
CASE(half_close,
     .claim = "after shutdown(SHUT_WR) the peer reads the data and then the end, and its answer "
	      "arrives",
     .level = POSIX, .spec = "POSIX.1-2024 shutdown(); RFC 9293 3.6", .tags = "shutdown",
     .VARIANTS(kinds))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);
	char buffer[8];

	SETUP(send(p.client, "ask", 3, 0));
	EXPECT_OK(shutdown(p.client, SHUT_WR));
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 3);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 0);
	EXPECT_EQ(send(p.server, "reply", 5, 0), 5);
	EXPECT_EQ(recv(p.client, buffer, sizeof(buffer), 0), 5);
	EXPECT_ERR(send(p.client, "more", 4, MSG_NOSIGNAL), EPIPE);
}

/*
 * `SHUT_RD` is a matter between the program and its own kernel.
 *
 * recv() returns 0 at once when nothing waits, without waiting for the peer. What already
 * lay in the queue can still be read. Sending goes on.
 */
CASE(no_more_reading,
     .claim = "after shutdown(SHUT_RD), recv() on an empty socket returns 0 at once, and sending "
	      "goes on",
     .level = POSIX, .spec = "POSIX.1-2024 shutdown() SHUT_RD; shutdown(2)", .tags = "shutdown",
     .VARIANTS(kinds))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);
	char buffer[8];

	EXPECT_ERR(recv(p.client, buffer, sizeof(buffer), MSG_DONTWAIT), EAGAIN);
	EXPECT_OK(shutdown(p.client, SHUT_RD));
	EXPECT_EQ(recv(p.client, buffer, sizeof(buffer), 0), 0);
	EXPECT_EQ(send(p.client, "still", 5, 0), 5);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 5);
}

static const struct kind_row tcps[] = {
	{{"tcp4", NULL}, pair_tcp4},
	{{"tcp6", "ipv6"}, pair_tcp6},
};

/*
 * TCP cannot tell its peer "I will not read".
 *
 * There is no such flag in a segment, so `SHUT_RD` puts nothing on the wire, and data that
 * comes afterwards is acknowledged as if it were read. It is no way to refuse data; for that
 * the connection must be closed.
 *
 * POSIX says that `SHUT_RD` disables further receiving. Linux's TCP still hands out what
 * arrives later, and gives 0 only while the queue is empty. That is recorded here.
 */
CASE(tcp_peer_of_a_reader_gone,
     .claim = "shutdown(SHUT_RD) sends nothing, and a TCP peer's data is acknowledged after it",
     .level = ABI, .spec = "RFC 9293 3.9.1 has no call for it; net/ipv4/tcp.c tcp_shutdown()",
     .tags = "shutdown tcp", .VARIANTS(tcps))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);
	struct wire *wire = wire_open("a");
	const struct packet *segment;
	char buffer[8];

	EXPECT_OK(shutdown(p.client, SHUT_RD));
	EXPECT_EQ(send(p.server, "data", 4, 0), 4);

	/* The first packet is the data, the second its acknowledgment. */
	segment = wire_next(wire, SOON_MS);
	REQUIRE_TRUE(segment != NULL && packet_tcp(segment) != NULL);
	EXPECT_EQ(packet_tcp(segment)->source_port, address_port(&p.server_address));
	segment = wire_next(wire, SOON_MS);
	REQUIRE_TRUE(segment != NULL && packet_tcp(segment) != NULL);
	EXPECT_EQ(packet_tcp(segment)->flags, PACKET_TCP_ACK);
	OBSERVE("recv() of data that came after SHUT_RD", "%zd",
		recv(p.client, buffer, sizeof(buffer), MSG_DONTWAIT));
}

static const struct kind_row unixes[] = {
	{{"stream", NULL}, pair_unix_stream},
	{{"seqpacket", NULL}, pair_unix_seqpacket},
};

/*
 * Unix sockets do tell the peer.
 *
 * Both ends are in one kernel, so a `SHUT_RD` on one end becomes the peer's inability to
 * send: `EPIPE`, exactly as for a pipe whose reader is gone. A program moved from TCP to
 * Unix sockets meets an error here that it never saw before.
 */
CASE(unix_peer_of_a_reader_gone,
     .claim = "after shutdown(SHUT_RD) on a Unix socket, the peer's send() fails with EPIPE",
     .level = LINUX, .spec = "unix(7); POSIX.1-2024 send() EPIPE", .tags = "shutdown unix",
     .VARIANTS(unixes))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);

	EXPECT_EQ(send(p.server, "x", 1, MSG_NOSIGNAL), 1);
	EXPECT_OK(shutdown(p.client, SHUT_RD));
	EXPECT_ERR(send(p.server, "x", 1, MSG_NOSIGNAL), EPIPE);
	EXPECT_EQ(send(p.client, "x", 1, MSG_NOSIGNAL), 1);
}

/*
 * `SHUT_RDWR` ends both directions at once, for every holder of the socket.
 *
 * close() only gives up one descriptor; the connection goes on while a duplicate or a child
 * still has it. shutdown() works on the connection itself. It is also how one thread wakes
 * another that is blocked in recv(); closing the descriptor under it would not.
 */
CASE(both_directions,
     .claim = "shutdown(SHUT_RDWR) ends the connection even though another descriptor of it is "
	      "open",
     .level = POSIX, .spec = "POSIX.1-2024 shutdown(), close(); shutdown(2)", .tags = "shutdown",
     .VARIANTS(kinds))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);
	int copy = SETUP(dup(p.client));
	char buffer[8];

	/* close() of one of two descriptors: the connection lives. */
	SETUP(close(SETUP(dup(p.client))));
	EXPECT_EQ(send(copy, "x", 1, MSG_NOSIGNAL), 1);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 1);

	EXPECT_OK(shutdown(p.client, SHUT_RDWR));
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 0);
	EXPECT_EQ(recv(copy, buffer, sizeof(buffer), 0), 0);
	EXPECT_ERR(send(copy, "x", 1, MSG_NOSIGNAL), EPIPE);
}

static int shut_later(void *context)
{
	sleep_ms(60);
	return shutdown(*(int *)context, SHUT_RDWR);
}

/*
 * A blocked recv() is woken by a shutdown() from elsewhere.
 *
 * The two may be different threads or, as here, processes: what counts is that they share
 * the socket. recv() returns 0 as at the end of a stream.
 */
CASE(wakes_a_reader, .claim = "shutdown() in another process makes a blocked recv() return 0",
     .level = LINUX, .spec = "shutdown(2); POSIX.1-2024 recv() (returns 0)", .tags = "shutdown",
     .waits = true, .VARIANTS(kinds))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);
	pid_t child = start_child(shut_later, &p.client);
	char byte;

	EXPECT_EQ(recv(p.client, &byte, 1, 0), 0);
	EXPECT_EQ(wait_child(child), 0);
}

/*
 * On the wire, `SHUT_WR` is the FIN.
 *
 * It takes one sequence number, so it is acknowledged like a byte of data and cannot be lost
 * or overtake what was sent before. Four names of states follow from who sent it first:
 * FIN_WAIT2 here, CLOSE_WAIT at the peer.
 */
CASE(sends_a_fin,
     .claim = "shutdown(SHUT_WR) sends a FIN and moves the ends to FIN_WAIT2 and CLOSE_WAIT",
     .level = RFC, .spec = "RFC 9293 3.6, 3.10.4", .tags = "shutdown tcp", .VARIANTS(tcps))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);
	struct wire *wire = wire_open("a");

	EXPECT_EQ(tcp_state(p.client), TCP_ESTABLISHED);
	EXPECT_OK(shutdown(p.client, SHUT_WR));
	EXPECT_TRUE(wire_next_tcp(wire, PACKET_TCP_FIN, PACKET_TCP_FIN | PACKET_TCP_RST) != NULL);
	EXPECT_TRUE(wait_for_tcp_state(p.client, TCP_FIN_WAIT2));
	EXPECT_EQ(tcp_state(p.server), TCP_CLOSE_WAIT);
}
