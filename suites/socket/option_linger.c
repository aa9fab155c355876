/* SPDX-License-Identifier: MIT */
/* SO_LINGER: what close() does with a connection. */
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/capture/wire.h"

#include "harness/case.h"

static int set_linger(int fd, int on, int seconds)
{
	struct linger linger = {.l_onoff = on, .l_linger = seconds};

	return setsockopt(fd, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger));
}

/*
 * `SO_LINGER` with zero seconds makes close() an abort.
 *
 * close() normally sends a FIN: everything before it is delivered, and the connection ends
 * in agreement. With no time to linger, TCP throws away what it has not sent and tells the
 * peer with a RST. The peer gets `ECONNRESET` instead of an end of file, and no TIME_WAIT
 * remains. It is meant for a connection that went wrong, because the peer cannot tell how
 * much of the data was meant.
 *
 * Try it: `nstat -az TcpExtTCPAbortOnClose TcpOutRsts`.
 */
CASE(abort_on_close,
     .claim = "close() with SO_LINGER {1, 0} sends a RST and no FIN, and the peer gets ECONNRESET",
     .level = ABI, .spec = "RFC 9293 3.10.5 (ABORT); net/ipv4/tcp.c tcp_close()",
     .tags = "option tcp close", .VARIANTS(families))
{
	struct pair p = tcp_pair(VARIANT(struct family_row)->family);
	struct wire *wire = wire_open("a");
	const struct packet *last;
	char byte;

	EXPECT_OK(set_linger(p.client, 1, 0));
	EXPECT_OK(close(p.client));
	last = wire_next(wire, SOON_MS);
	REQUIRE_TRUE(last != NULL && packet_tcp(last) != NULL);
	EXPECT_EQ(packet_tcp(last)->flags & (PACKET_TCP_RST | PACKET_TCP_FIN), PACKET_TCP_RST);

	EXPECT_TRUE((wait_for(p.server, POLLIN, SOON_MS) & POLLERR) != 0);
	EXPECT_ERR(recv(p.server, &byte, 1, 0), ECONNRESET);
}

/*
 * Without `SO_LINGER`, close() returns at once and TCP goes on by itself.
 *
 * The kernel still delivers the data, then the FIN. The program that closed is not told
 * whether they arrived, and cannot be: its descriptor is gone. So a close() that returned 0
 * says nothing about the peer.
 */
CASE(in_the_background, .claim = "close() without SO_LINGER delivers the data and then a FIN",
     .level = POSIX, .spec = "POSIX.1-2024 close(), 2.10.16 SO_LINGER; RFC 9293 3.6",
     .tags = "option tcp close", .VARIANTS(families))
{
	struct pair p = tcp_pair(VARIANT(struct family_row)->family);
	struct wire *wire = wire_open("a");
	char buffer[8];

	EXPECT_OK(set_linger(p.client, 0, 0));
	SETUP(send(p.client, "end", 3, 0));
	EXPECT_OK(close(p.client));
	EXPECT_TRUE(wire_next_tcp(wire, PACKET_TCP_FIN, PACKET_TCP_FIN | PACKET_TCP_RST) != NULL);
	EXPECT_EQ(read_exactly(p.server, buffer, sizeof(buffer)), 3);
	EXPECT_EQ(recv(p.server, buffer, 1, 0), 0);
}

/* A connection whose peer does not read: data waits at the sender. */
static struct pair stuck_connection(void)
{
	struct pair p = tcp_pair(AF_INET);
	char chunk[4096] = {0};

	do {
		while (send(p.client, chunk, sizeof(chunk), MSG_DONTWAIT) > 0)
			;
	} while (wait_for(p.client, POLLOUT, 50) != 0);
	return p;
}

/*
 * `SO_LINGER` with a time makes close() wait for the peer.
 *
 * While data is unacknowledged, close() does not return until all of it has been
 * acknowledged or the seconds are over. Here the peer never reads, so the whole time passes.
 * A thread that serves many connections must not do that: one slow peer stops it for
 * seconds, and even a non-blocking descriptor does not help on Linux.
 */
CASE(wait_for_the_peer,
     .claim = "close() with SO_LINGER {1, 1} waits a second for data that the peer does not take",
     .level = POSIX, .spec = "POSIX.1-2024 close(), 2.10.16 SO_LINGER; socket(7)",
     .tags = "option tcp close", .waits = true,
     .sysctls = "net.ipv4.tcp_rmem=4096,16384,32768 net.ipv4.tcp_wmem=4096,16384,32768")
{
	struct pair waiting = stuck_connection(), leaving = stuck_connection();
	struct pair done = tcp_pair(AF_INET);
	int64_t start;

	SETUP(set_linger(waiting.client, 1, 1));
	start = clock_ms();
	close(waiting.client);
	EXPECT_GE(clock_ms() - start, 950);

	/* Without the option, or when nothing is left to send, it does not wait that long. */
	start = clock_ms();
	EXPECT_OK(close(leaving.client));
	EXPECT_LT(clock_ms() - start, 950);
	SETUP(set_linger(done.client, 1, 5));
	SETUP(shutdown(done.server, SHUT_WR));
	start = clock_ms();
	EXPECT_OK(close(done.client));
	EXPECT_LT(clock_ms() - start, 3000);
}
