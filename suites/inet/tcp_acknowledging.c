/* SPDX-License-Identifier: MIT */
/* When an ACK is sent, and how a thin stream is repeated: options of patience. */
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/inet/tcp_help.h"

#include "harness/case.h"

enum { JIFFY_MS = 10 };

/* With it a segment's timestamp is the sender's clock in milliseconds, for every connection. */
#define PLAIN_TIMESTAMPS "net.ipv4.tcp_timestamps=2 "

struct quick_row {
	struct variant variant;
	int family;
	bool quick;
};

static const struct quick_row quick[] = {
	{{"quick_v4", NULL}, AF_INET, true},
	{{"quick_v6", "ipv6"}, AF_INET6, true},
	{{"delayed_v4", NULL}, AF_INET, false},
	{{"delayed_v6", "ipv6"}, AF_INET6, false},
};

/*
 * An ACK can wait for company.
 *
 * A receiver that will answer soon anyhow can save a segment: the ACK waits for the answer's
 * data, on Linux 40 milliseconds or more, at most half a second. `TCP_QUICKACK` says which of
 * both is done: 1 acknowledges at once, 0 delays. The kernel changes its mind as the
 * conversation goes on, so that the option is set again after each recv() by those who need it.
 *
 * The time is the difference of both segments' timestamps. An ACK at once can only look late
 * (a busy machine), so that it has several tries.
 */
CASE(quick_or_delayed,
     .claim = "With TCP_QUICKACK data are acknowledged at once, with it off after 40 ms or more",
     .level = LINUX,
     .spec = "tcp(7) TCP_QUICKACK; RFC 9293 3.8.6.3 (MUST-59: less than 0.5 seconds)",
     .sysctls = PLAIN_TIMESTAMPS, .tags = "tcp ack wire", .waits = true, .timeout_ms = 20000,
     .VARIANTS(quick))
{
	const struct quick_row *row = VARIANT(struct quick_row);
	struct wire *wire = wire_open("a");
	enum { DELAY_MS = 40, TRIES = 10 };
	uint32_t waited, sent, next;

	for (int i = 0; i < TRIES; i++) {
		struct pair p = tcp_pair(row->family);
		const struct packet *packet;

		EXPECT_OK(set_int(p.server, IPPROTO_TCP, TCP_QUICKACK, row->quick));
		EXPECT_EQ(get_int(p.server, IPPROTO_TCP, TCP_QUICKACK), row->quick);
		SETUP(send(p.client, "hello", 5, 0));
		REQUIRE_TRUE((packet = wire_next_data(wire, address_port(&p.client_address))) !=
			     NULL);
		sent = packet_tcp(packet)->timestamp_value;
		next = packet_tcp(packet)->sequence_number + 5;
		do {
			packet = wire_next_from(wire, address_port(&p.server_address), 0, 0);
			REQUIRE_TRUE(packet != NULL);
		} while (packet_tcp(packet)->acknowledgment_number != next);
		waited = packet_tcp(packet)->timestamp_value - sent;
		EXPECT_EQ(packet_tcp(packet)->payload_length, 0);
		if (!row->quick || waited < DELAY_MS - JIFFY_MS)
			break;
	}
	if (row->quick)
		EXPECT_LT(waited, DELAY_MS - JIFFY_MS);
	else
		EXPECT_GE(waited, DELAY_MS - JIFFY_MS);
}

struct thin_row {
	struct variant variant;
	int family;
	bool linear;
};

static const struct thin_row thin[] = {
	{{"linear_v4", NULL}, AF_INET, true},
	{{"linear_v6", "ipv6"}, AF_INET6, true},
	{{"exponential_v4", NULL}, AF_INET, false},
	{{"exponential_v6", "ipv6"}, AF_INET6, false},
};

/*
 * A stream that cannot do harm need not be modest.
 *
 * A game or a telephone call has one or two small segments under way: a loss has no later
 * segment to give it away, and doubling timeouts makes it felt for seconds. With
 * `TCP_THIN_LINEAR_TIMEOUTS` a stream with fewer than four segments under way repeats at equal
 * distances, the first six times. Off, as RFC 6298 wants it, each wait is twice the one before:
 * the third copy comes four timeouts after the second.
 */
CASE(thin_timeouts,
     .claim = "With TCP_THIN_LINEAR_TIMEOUTS the timeout of one lost segment does not double",
     .level = LINUX, .spec = "Documentation/networking/tcp-thin.rst; RFC 6298 5.5",
     .sysctls = PLAIN_TIMESTAMPS
     "net.ipv4.tcp_congestion_control=reno net.ipv4.tcp_early_retrans=0 "
     "net.ipv4.tcp_thin_linear_timeouts=0",
     .tags = "tcp retransmission wire", .waits = true, .VARIANTS(thin))
{
	const struct thin_row *row = VARIANT(struct thin_row);
	struct wire *wire = wire_open("a");
	struct pair p = tcp_pair(row->family);
	struct tcp_info info = {0};
	socklen_t size = sizeof(info);
	uint32_t at[4], last, doubled_twice;

	EXPECT_OK(set_int(p.client, IPPROTO_TCP, TCP_THIN_LINEAR_TIMEOUTS, row->linear));
	EXPECT_EQ(get_int(p.client, IPPROTO_TCP, TCP_THIN_LINEAR_TIMEOUTS), row->linear);
	SETUP(getsockopt(p.client, IPPROTO_TCP, TCP_INFO, &info, &size));
	REQUIRE_TRUE(info.tcpi_rto >= 1000);
	doubled_twice = 4 * (info.tcpi_rto / 1000) - JIFFY_MS;
	SETUP(go_deaf(p.server));
	SETUP(send(p.client, "x", 1, 0));
	for (int i = 0; i < 4; i++) {
		const struct packet *packet = wire_next_data(wire, address_port(&p.client_address));

		REQUIRE_TRUE(packet != NULL);
		at[i] = packet_tcp(packet)->timestamp_value;
	}
	last = at[3] - at[2];
	OBSERVE("third wait, in timeouts", "%u", (last + JIFFY_MS) / (info.tcpi_rto / 1000));
	if (row->linear)
		EXPECT_LT(last, doubled_twice);
	else
		EXPECT_GE(last, doubled_twice);
}

/*
 * An option that lost its meaning.
 *
 * `TCP_THIN_DUPACK` made one duplicate ACK enough to repeat a segment of a thin stream. RACK
 * (RFC 8985) made it superfluous, and since Linux 4.11 the option is accepted, does nothing and
 * reads as 0.
 */
CASE(thin_dupack, .claim = "TCP_THIN_DUPACK is accepted and reads as 0", .level = ABI,
     .spec = "Linux 4.11 net/ipv4/tcp.c (TCP_THIN_DUPACK); RFC 8985", .tags = "tcp option",
     .VARIANTS(families))
{
	int fd = SETUP(socket(VARIANT(struct family_row)->family, SOCK_STREAM, 0));

	EXPECT_OK(set_int(fd, IPPROTO_TCP, TCP_THIN_DUPACK, 1));
	EXPECT_EQ(get_int(fd, IPPROTO_TCP, TCP_THIN_DUPACK), 0);
}
