/* SPDX-License-Identifier: MIT */
/* How long a client waits before it asks again. */
#include <sys/socket.h>

#include "suites/inet/tcp_help.h"

#include "harness/capture/wire.h"
#include "harness/case.h"

enum { STEP_MS = 500, PATIENCE_MS = 3500 };

static bool is_syn(const struct packet *packet, const void *context)
{
	const struct packet_tcp *tcp = packet_tcp(packet);

	(void)context;
	return tcp != NULL && (tcp->flags & (PACKET_TCP_SYN | PACKET_TCP_ACK)) == PACKET_TCP_SYN;
}

static long long rounded(int64_t ms)
{
	return (long long)(ms + STEP_MS / 2) / STEP_MS * STEP_MS;
}

/*
 * Nobody answers.
 *
 * Before it has measured a round trip, TCP can only guess how long one takes. RFC 6298 says
 * 1 second, 3 before; when nothing comes it waits twice as long, and so on, since a network
 * that loses packets must not get more of them. Linux 6.5 and later send the first few SYNs at
 * equal distances (net.ipv4.tcp_syn_linear_timeouts): a lost SYN is rarely congestion.
 * Rounded to halves of a second.
 */
CASE(of_a_syn, .claim = "a SYN without an answer is sent again after a second or more",
     .level = OBSERVED, .spec = "RFC 6298 2.1, 5.5", .waits = true,
     .tags = "tcp retransmission wire")
{
	struct wire *wire = wire_open("a");
	struct address server;
	int fd, listener = tcp_listener(AF_INET, &server);
	int64_t first, second, third;

	SETUP(go_deaf(listener));
	fd = nonblocking_socket(AF_INET);
	connect(fd, ADDRESS(server));
	REQUIRE_TRUE(wire_next_wanted(wire, is_syn, NULL, PATIENCE_MS) != NULL);
	first = wire_passed_ms(wire);
	REQUIRE_TRUE(wire_next_wanted(wire, is_syn, NULL, PATIENCE_MS) != NULL);
	second = wire_passed_ms(wire);
	EXPECT_GE(rounded(second - first), 1000);
	OBSERVE("first wait in ms", "%lld", rounded(second - first));
	if (wire_next_wanted(wire, is_syn, NULL, PATIENCE_MS) == NULL)
		return;
	third = wire_passed_ms(wire);
	OBSERVE("second wait in ms", "%lld", rounded(third - second));
}
