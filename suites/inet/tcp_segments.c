/* SPDX-License-Identifier: MIT */
/* How a stream is cut into segments: Nagle's algorithm, corks, and the largest size. */
#include <linux/sockios.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/inet/tcp_help.h"

#include "harness/case.h"

struct nagle_row {
	struct variant variant;
	int family;
	bool nodelay;
	unsigned int second; /* bytes of the second new segment, after the first of 1 */
};

static const struct nagle_row nagle[] = {
	{{"nagle_v4", NULL}, AF_INET, false, 2},
	{{"nagle_v6", "ipv6"}, AF_INET6, false, 2},
	{{"nodelay_v4", NULL}, AF_INET, true, 1},
	{{"nodelay_v6", "ipv6"}, AF_INET6, true, 1},
};

/*
 * Small writes are collected, unless `TCP_NODELAY` says no.
 *
 * One byte of data costs 40 bytes of headers. John Nagle's rule (1984): while something
 * small is unacknowledged, what the program writes is held back, and leaves as one segment
 * when the ACK comes. That costs nothing on a busy stream, and up to a round trip for a
 * program that writes a request in pieces. `TCP_NODELAY` turns the rule off: each write
 * leaves at once. Interactive programs and RPC libraries set it nearly always.
 *
 * Here the server loses the first segment, so that its ACK cannot come before the other two
 * writes are done. The copy is acknowledged, and then the rest leaves.
 */
CASE(small_writes,
     .claim = "Three one-byte writes leave as segments of 1 and 2 bytes while the first is "
	      "unacknowledged, with TCP_NODELAY as three of 1",
     .level = RFC, .spec = "RFC 9293 3.7.4 (SHLD-7, MUST-17); tcp(7) TCP_NODELAY",
     .sysctls = "net.ipv4.tcp_early_retrans=0", .tags = "tcp nagle wire", .waits = true,
     .VARIANTS(nagle))
{
	const struct nagle_row *row = VARIANT(struct nagle_row);
	struct wire *wire = wire_open("a");
	struct pair p = tcp_pair(row->family);
	uint16_t client = address_port(&p.client_address);
	const struct packet *packet;
	uint32_t x;

	SETUP(set_int(p.client, IPPROTO_TCP, TCP_NODELAY, row->nodelay));
	SETUP(go_deaf(p.server));
	SETUP(send(p.client, "1", 1, 0));
	SETUP(send(p.client, "2", 1, 0));
	SETUP(send(p.client, "3", 1, 0));
	SETUP(hear_again(p.server));

	REQUIRE_TRUE((packet = wire_next_data(wire, client)) != NULL);
	EXPECT_EQ(packet_tcp(packet)->payload_length, 1);
	x = packet_tcp(packet)->sequence_number;
	/* The first may be seen again before: it was lost. */
	do {
		REQUIRE_TRUE((packet = wire_next_data(wire, client)) != NULL);
	} while (packet_tcp(packet)->sequence_number == x);
	EXPECT_EQ(packet_tcp(packet)->sequence_number, (uint32_t)(x + 1));
	EXPECT_EQ(packet_tcp(packet)->payload_length, row->second);
}

struct cork_row {
	struct variant variant;
	int family;
	bool cork;
	unsigned int first; /* bytes of the first segment */
};

static const struct cork_row corks[] = {
	{{"cork_v4", NULL}, AF_INET, true, 12},
	{{"cork_v6", "ipv6"}, AF_INET6, true, 12},
	{{"no_cork_v4", NULL}, AF_INET, false, 6},
	{{"no_cork_v6", "ipv6"}, AF_INET6, false, 6},
};

/*
 * A cork holds the stream until the bottle is full.
 *
 * With `TCP_CORK` only full segments leave. A program puts in the cork, writes header and
 * body with as many calls as it likes, pulls the cork, and the rest leaves as one segment.
 * So it decides itself what Nagle's algorithm can only guess. A forgotten cork comes out
 * by itself after 200 ms. Should this machine stall for that long, the step is repeated.
 */
CASE(corked,
     .claim = "Writes between setting and clearing TCP_CORK leave as one segment, and without it "
	      "the first leaves by itself",
     .level = LINUX, .spec = "tcp(7) TCP_CORK", .tags = "tcp cork wire", .VARIANTS(corks))
{
	const struct cork_row *row = VARIANT(struct cork_row);
	struct wire *wire = wire_open("a");
	const struct packet *packet;
	enum { CORK_HOLDS_MS = 200 };
	unsigned int first;
	int64_t started;
	char text[12];

	do {
		struct pair p = tcp_pair(row->family);

		started = clock_ms();
		SETUP(set_int(p.client, IPPROTO_TCP, TCP_CORK, row->cork));
		SETUP(send(p.client, "header", 6, 0));
		SETUP(send(p.client, "a body", 6, 0));
		SETUP(set_int(p.client, IPPROTO_TCP, TCP_CORK, 0));
		REQUIRE_TRUE((packet = wire_next_data(wire, address_port(&p.client_address))) !=
			     NULL);
		first = packet_tcp(packet)->payload_length;
		SETUP(read_exactly(p.server, text, 12));
	} while (row->cork && clock_ms() - started >= CORK_HOLDS_MS && first != row->first);
	EXPECT_EQ(first, row->first);
	EXPECT_MEMEQ(text, "headera body", 12);
}

/*
 * The largest segment is the receiver's choice.
 *
 * `TCP_MAXSEG` before connect() lowers the MSS that the SYN announces, and the peer has to keep
 * to it: no segment that it sends is larger. It also lowers what this side sends itself.
 * Programs set it for links behind which large packets get lost. The interface's
 * segmentation offload is off here, since otherwise the wire shows bursts as one packet.
 */
CASE(largest_segment,
     .claim = "TCP_MAXSEG is the MSS that the SYN announces, and the peer sends no larger segment",
     .level = RFC, .spec = "RFC 9293 3.7.1 (MUST-14, MUST-16); tcp(7) TCP_MAXSEG",
     .sysctls = "net.ipv4.tcp_timestamps=0 net.ipv4.tcp_mtu_probing=0", .tags = "tcp mss wire",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire = wire_open("a");
	struct address at;
	const struct packet *packet;
	enum { SIZE = 700, MUCH = 5 * SIZE + 1 };
	static char bytes[MUCH];
	unsigned int seen = 0, largest = 0;
	int listener, client, server;

	SETUP(plain_segments("lo"));
	listener = tcp_listener(family, &at);
	client = SETUP(socket(family, SOCK_STREAM, 0));
	SETUP(set_int(client, IPPROTO_TCP, TCP_MAXSEG, SIZE));
	SETUP(connect(client, ADDRESS(at)));
	server = SETUP(accept(listener, NULL, NULL));
	EXPECT_PACKET(wire, WHICH("TCP", "SYN", 1), FIELD("TCP", "ACK", 0),
		      FIELD("TCP", "Maximum Segment Size", SIZE));

	SETUP(send(server, bytes, sizeof(bytes), 0));
	while (seen < sizeof(bytes)) {
		REQUIRE_TRUE((packet = wire_next_data(wire, address_port(&at))) != NULL);
		seen += packet_tcp(packet)->payload_length;
		if (packet_tcp(packet)->payload_length > largest)
			largest = packet_tcp(packet)->payload_length;
	}
	EXPECT_EQ(largest, SIZE);
	EXPECT_EQ(read_exactly(client, bytes, sizeof(bytes)), sizeof(bytes));
}

/*
 * A connection begins slowly.
 *
 * Nobody knows yet what the network can carry, so the sender may not fill the receiver's
 * window at once. Before the first ACK at most the initial window leaves: ten segments
 * since RFC 6928, and not more than 14600 bytes unless segments are very large. Then it
 * grows with each ACK (slow start). Web pages are trimmed to fit into it.
 *
 * Here the receiver loses everything, so that no ACK comes; the first segment that is sent
 * for the second time ends the count. Tail loss probes are off: such a probe may be an
 * eleventh segment (RFC 8985 7.3).
 */
CASE(initial_window,
     .claim = "Before the first ACK at most ten segments, and no more than 14600 bytes, leave",
     .level = RFC, .spec = "RFC 6928 2; RFC 5681 3.1; RFC 9293 3.8.2 (MUST-19)",
     .sysctls = "net.ipv4.tcp_mtu_probing=0 net.ipv4.tcp_timestamps=0 net.ipv4.tcp_early_retrans=0",
     .tags = "tcp congestion wire", .waits = true, .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire = wire_open("a");
	struct address at;
	const struct packet *packet;
	enum { SIZE = 1000, INITIAL_WINDOW = 10 };
	static char bytes[30 * SIZE];
	unsigned int segments = 0, total = 0;
	uint32_t first, next;
	int listener, client, server;

	SETUP(plain_segments("lo"));
	listener = tcp_listener(family, &at);
	client = SETUP(socket(family, SOCK_STREAM, 0));
	SETUP(set_int(client, IPPROTO_TCP, TCP_MAXSEG, SIZE));
	SETUP(connect(client, ADDRESS(at)));
	server = SETUP(accept(listener, NULL, NULL));
	SETUP(go_deaf(client));
	SETUP(send(server, bytes, sizeof(bytes), 0));

	REQUIRE_TRUE((packet = wire_next_data(wire, address_port(&at))) != NULL);
	first = next = packet_tcp(packet)->sequence_number;
	while (packet_tcp(packet)->sequence_number == next) {
		segments++;
		total += packet_tcp(packet)->payload_length;
		next = first + total;
		REQUIRE_TRUE((packet = wire_next_data(wire, address_port(&at))) != NULL);
	}
	OBSERVE("segments of the first flight", "%u", segments);
	EXPECT_BETWEEN(segments, 1, INITIAL_WINDOW);
	EXPECT_LE(total, 14600);
}

/*
 * Sent, and not yet sent.
 *
 * `SIOCOUTQ` counts the bytes that the peer has not acknowledged. Some of them are on their way,
 * and some have not left: `SIOCOUTQNSD` counts these. The difference is in flight. A program that
 * sends what is fresh (a picture of now, not of a second ago) looks at the second number, and
 * does not write more while there is some. Here a cork holds the bytes back.
 */
CASE(bytes_not_yet_sent,
     .claim = "SIOCOUTQNSD counts the bytes that a cork holds back; SIOCOUTQ those in flight, too",
     .level = LINUX, .spec = "tcp(7) SIOCOUTQ, TCP_CORK; Linux 2.6.38, commit 2f4e1b397097",
     .tags = "tcp ioctl cork", .VARIANTS(families))
{
	struct pair p = tcp_pair(VARIANT(struct family_row)->family);
	int unsent = -1, unacknowledged = -1;
	char text[32];

	EXPECT_OK(set_int(p.client, SOL_TCP, TCP_CORK, 1));
	EXPECT_EQ(send(p.client, "held back", 9, 0), 9);
	EXPECT_OK(ioctl(p.client, SIOCOUTQNSD, &unsent));
	EXPECT_EQ(unsent, 9);
	EXPECT_OK(ioctl(p.client, SIOCOUTQ, &unacknowledged));
	EXPECT_EQ(unacknowledged, 9);

	/* The server hears nothing any more: what is sent remains in flight. */
	SETUP(go_deaf(p.server));
	EXPECT_OK(set_int(p.client, SOL_TCP, TCP_CORK, 0));
	EXPECT_OK(ioctl(p.client, SIOCOUTQNSD, &unsent));
	EXPECT_EQ(unsent, 0);
	EXPECT_OK(ioctl(p.client, SIOCOUTQ, &unacknowledged));
	EXPECT_EQ(unacknowledged, 9);

	SETUP(hear_again(p.server));
	EXPECT_EQ(read_exactly(p.server, text, 9), 9);
	EXPECT_OK(ioctl(p.client, SIOCOUTQ, &unacknowledged));
	EXPECT_EQ(unacknowledged, 0);
}
