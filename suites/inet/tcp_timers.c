/* SPDX-License-Identifier: MIT */
/* When the peer does not answer: retransmission, giving up, and asking "are you there?". */
#include <fcntl.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/inet/tcp_help.h"

#include "harness/case.h"

/* Timers tick in jiffies of up to 10 ms (HZ=100): one of them may be lost to rounding. */
enum { JIFFY_MS = 10 };

/*
 * What is not acknowledged is sent again.
 *
 * The sender keeps a copy of each segment until its ACK comes. Nobody tells it about a loss:
 * it is the silence that counts. After a while that depends on the measured round trip
 * time, on Linux 0.2 seconds or more, the same bytes go out again with the same sequence
 * number, and the program on either side notices nothing but the delay.
 *
 * Try it: `ss -tni` shows `retrans:` and `rto:` of each connection.
 */
CASE(sent_again,
     .claim = "A lost segment is sent again with the same sequence number and data, and the "
	      "stream is complete",
     .level = RFC, .spec = "RFC 9293 3.8.1; RFC 6298 5", .tags = "tcp retransmission wire",
     .waits = true, .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire = wire_open("a");
	struct pair p = tcp_pair(family);
	uint16_t client = address_port(&p.client_address);
	const struct packet *packet;
	uint32_t x;
	char text[5];

	SETUP(go_deaf(p.server));
	SETUP(send(p.client, "hello", 5, 0));
	REQUIRE_TRUE((packet = wire_next_data(wire, client)) != NULL);
	x = packet_tcp(packet)->sequence_number;
	EXPECT_EQ(wait_for(p.server, POLLIN, 0), 0);

	SETUP(hear_again(p.server));
	REQUIRE_TRUE((packet = wire_next_data(wire, client)) != NULL);
	EXPECT_EQ(packet_tcp(packet)->sequence_number, x);
	EXPECT_EQ(packet_tcp(packet)->payload_length, 5);
	EXPECT_EQ(read_exactly(p.server, text, 5), 5);
	EXPECT_MEMEQ(text, "hello", 5);
}

/*
 * Each silence is twice as long.
 *
 * If the copy is not acknowledged either, the network may be overloaded, and more copies
 * would make it worse. So the timeout doubles with each one: here from about 0.2 to 0.4
 * seconds; the fifteenth comes after minutes. The times are taken from the segments' own
 * timestamps (RFC 7323), which are milliseconds of the sender's clock on Linux.
 */
CASE(backing_off,
     .claim = "The second retransmission of a segment waits at least twice the retransmission "
	      "timeout",
     .level = RFC, .spec = "RFC 6298 5.5; RFC 9293 3.8.1; tcp(7) TCP_INFO",
     .sysctls = "net.ipv4.tcp_timestamps=1 net.ipv4.tcp_early_retrans=0",
     .tags = "tcp retransmission wire", .waits = true, .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire = wire_open("a");
	struct pair p = tcp_pair(family);
	uint16_t client = address_port(&p.client_address);
	struct tcp_info info;
	socklen_t size = sizeof(info);
	const struct packet *packet;
	uint32_t sent_at[3], timeout_ms;

	SETUP(getsockopt(p.client, IPPROTO_TCP, TCP_INFO, &info, &size));
	timeout_ms = info.tcpi_rto / 1000;
	SETUP(go_deaf(p.server));
	SETUP(send(p.client, "hello", 5, 0));
	for (int i = 0; i < 3; i++) {
		REQUIRE_TRUE((packet = wire_next_data(wire, client)) != NULL);
		EXPECT_EQ(packet_tcp(packet)->payload_length, 5);
		sent_at[i] = packet_tcp(packet)->timestamp_value;
	}
	EXPECT_GE(sent_at[1] - sent_at[0], timeout_ms - JIFFY_MS);
	EXPECT_GE(sent_at[2] - sent_at[1], 2 * timeout_ms - JIFFY_MS);
}

/*
 * How long to believe in a peer that is silent.
 *
 * By default Linux repeats a segment for about a quarter of an hour before it gives up.
 * `TCP_USER_TIMEOUT` says in milliseconds how long data may stay unacknowledged; then the
 * connection is over, and recv() and send() fail with `ETIMEDOUT`. It is what a client
 * needs that wants to try another server soon.
 */
CASE(giving_up,
     .claim = "When data stay unacknowledged for TCP_USER_TIMEOUT the connection ends with "
	      "ETIMEDOUT",
     .level = LINUX,
     .spec = "tcp(7) TCP_USER_TIMEOUT; RFC 9293 3.8.3; RFC 5482; POSIX.1-2024 recv() ERRORS "
	     "ETIMEDOUT",
     .tags = "tcp timeout", .waits = true, .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family), heard = tcp_pair(family);
	enum { TIMEOUT_MS = 100 };
	int64_t started = clock_ms();
	char byte;

	SETUP(set_int(p.client, IPPROTO_TCP, TCP_USER_TIMEOUT, TIMEOUT_MS));
	SETUP(set_int(heard.client, IPPROTO_TCP, TCP_USER_TIMEOUT, TIMEOUT_MS));
	SETUP(go_deaf(p.server));
	SETUP(send(heard.client, "x", 1, 0));
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_ERR(recv(p.client, &byte, 1, 0), ETIMEDOUT);
	EXPECT_GE(clock_ms() - started, TIMEOUT_MS - JIFFY_MS);
	EXPECT_EQ(tcp_state(p.client), TCP_CLOSE);

	/* Where the byte was acknowledged, the connection is as it was. */
	EXPECT_EQ(tcp_state(heard.client), TCP_ESTABLISHED);
	EXPECT_EQ(send(heard.client, "y", 1, 0), 1);
}

/*
 * "Are you still there?"
 *
 * An idle connection sends nothing, for days if need be: TCP has no heartbeat. With
 * `SO_KEEPALIVE` a silent connection is probed after `TCP_KEEPIDLE` seconds (two hours if not
 * set): a segment without data, whose sequence number is one too low. The peer must answer
 * such an old number with an ACK of what it really expects, and so shows that it lives,
 * without its program ever knowing. NAT boxes forget idle connections after minutes,
 * which is why so many programs set these options.
 */
CASE(keepalive_probe,
     .claim = "With SO_KEEPALIVE a connection idle for TCP_KEEPIDLE seconds sends a segment one "
	      "sequence number too low, which the peer acknowledges",
     .level = RFC, .spec = "RFC 9293 3.8.4; tcp(7) TCP_KEEPIDLE; socket(7) SO_KEEPALIVE",
     .tags = "tcp keepalive wire", .waits = true, .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	int64_t started = clock_ms();
	struct pair p = tcp_pair(family);
	struct wire *wire = wire_open("a");
	uint16_t client = address_port(&p.client_address), server = address_port(&p.server_address);
	const struct packet *packet;
	enum { IDLE_S = 1 };
	uint32_t next;
	char byte;

	/* A byte, whose number tells what comes next. */
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(read_exactly(p.server, &byte, 1), 1);
	REQUIRE_TRUE((packet = wire_next_data(wire, client)) != NULL);
	next = packet_tcp(packet)->sequence_number + 1;
	REQUIRE_TRUE(wire_next_from(wire, server, 0, 0) != NULL);

	SETUP(set_int(p.client, IPPROTO_TCP, TCP_KEEPIDLE, IDLE_S));
	SETUP(set_int(p.client, SOL_SOCKET, SO_KEEPALIVE, 1));
	REQUIRE_TRUE((packet = wire_next_from(wire, client, 0, 0)) != NULL);
	EXPECT_GE(clock_ms() - started, IDLE_S * 1000 - JIFFY_MS);
	EXPECT_EQ(packet_tcp(packet)->payload_length, 0);
	EXPECT_EQ(packet_tcp(packet)->sequence_number, (uint32_t)(next - 1));

	REQUIRE_TRUE((packet = wire_next_from(wire, server, 0, 0)) != NULL);
	EXPECT_EQ(packet_tcp(packet)->acknowledgment_number, next);
	EXPECT_EQ(tcp_state(p.client), TCP_ESTABLISHED);
}

/*
 * Nobody is there.
 *
 * A probe that is not answered is repeated every `TCP_KEEPINTVL` seconds; after `TCP_KEEPCNT`
 * of them the connection is given up with `ETIMEDOUT`. That is how a server gets rid of
 * clients whose laptops were closed. The answered probes of the other connection here
 * count for nothing, with the same settings.
 *
 * The idle time is 0 by the sandbox's sysctl, so that the first probe leaves at once.
 */
CASE(keepalive_gives_up,
     .claim = "After TCP_KEEPCNT unanswered probes, TCP_KEEPINTVL seconds apart, the connection "
	      "ends with ETIMEDOUT",
     .level = LINUX,
     .spec = "tcp(7) TCP_KEEPCNT, TCP_KEEPINTVL; RFC 9293 3.8.4; POSIX.1-2024 recv() ERRORS "
	     "ETIMEDOUT",
     .sysctls = "net.ipv4.tcp_keepalive_time=0", .tags = "tcp keepalive timeout", .waits = true,
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair gone = tcp_pair(family), alive = tcp_pair(family);
	enum { PROBES = 1, INTERVAL_S = 1 };
	int64_t started = clock_ms();
	char byte;

	for (int i = 0; i < 2; i++) {
		int fd = i == 0 ? gone.client : alive.client;

		SETUP(set_int(fd, IPPROTO_TCP, TCP_KEEPCNT, PROBES));
		SETUP(set_int(fd, IPPROTO_TCP, TCP_KEEPINTVL, INTERVAL_S));
	}
	SETUP(go_deaf(gone.server));
	SETUP(set_int(alive.client, SOL_SOCKET, SO_KEEPALIVE, 1));
	SETUP(set_int(gone.client, SOL_SOCKET, SO_KEEPALIVE, 1));

	EXPECT_ERR(recv(gone.client, &byte, 1, 0), ETIMEDOUT);
	/* The host's own number, 9, would take ten times as long. */
	EXPECT_BETWEEN(clock_ms() - started, PROBES * INTERVAL_S * 1000 - JIFFY_MS,
		       PROBES * INTERVAL_S * 1000 + SOON_MS);
	EXPECT_EQ(tcp_state(alive.client), TCP_ESTABLISHED);
}
