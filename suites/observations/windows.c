/* SPDX-License-Identifier: MIT */
/* How much a TCP connection may send at first: by its own caution, and by the peer's leave. */
#include <netinet/tcp.h>
#include <stdint.h>
#include <sys/socket.h>

#include "suites/inet/tcp_help.h"

#include "harness/capture/wire.h"
#include "harness/case.h"

enum { FLIGHT_MOST = 200000 };

struct segment_row {
	struct variant variant;
	int size;
	unsigned int most; /* bytes of the first flight; 0: see the lesson */
};

static const struct segment_row segments[] = {
	{{"536", NULL}, 536, 5360},
	{{"1000", NULL}, 1000, 10000},
	{{"1460", NULL}, 1460, 14600},
	{{"4000", NULL}, 4000, 0},
};

/*
 * The first flight.
 *
 * What the network can carry nobody knows yet, and so a sender waits for the first ACK after a
 * few segments. RFC 6928 allows ten, and not more than 14600 bytes, or two segments where these
 * are large. RFC 5681 before it allowed four of 536 bytes or three of 1460. Linux counts segments
 * alone: of 4000 bytes, too, it sends ten, which are 40000, and more than the RFC has. What
 * leaves is written down; that it is not too much is checked for segments of the usual sizes.
 *
 * The receiver loses everything, so that no ACK comes; what is sent twice ends the count. No tail
 * loss probe comes before it (net.ipv4.tcp_early_retrans).
 */
CASE(first_flight, .claim = "before the first ACK no more than ten segments of usual size leave",
     .level = OBSERVED, .spec = "RFC 6928 2; RFC 5681 3.1; RFC 9293 3.8.2 (MUST-19)",
     .sysctls = "net.ipv4.tcp_mtu_probing=0 net.ipv4.tcp_timestamps=0 net.ipv4.tcp_early_retrans=0",
     .waits = true, .tags = "tcp congestion wire", .VARIANTS(segments))
{
	const struct segment_row *row = VARIANT(struct segment_row);
	struct wire *wire = wire_open("a");
	static char bytes[FLIGHT_MOST];
	const struct packet *packet;
	unsigned int count = 0, total = 0;
	int listener, client, server;
	struct address at;
	uint32_t first;

	SETUP(plain_segments("lo"));
	listener = tcp_listener(AF_INET, &at);
	client = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	SETUP(set_int(client, IPPROTO_TCP, TCP_MAXSEG, row->size));
	SETUP(connect(client, ADDRESS(at)));
	server = SETUP(accept4(listener, NULL, NULL, SOCK_NONBLOCK));
	SETUP(go_deaf(client));
	SETUP(send(server, bytes, sizeof(bytes), 0));

	REQUIRE_TRUE((packet = wire_next_data(wire, address_port(&at))) != NULL);
	first = packet_tcp(packet)->sequence_number;
	while (packet_tcp(packet)->sequence_number == first + total) {
		EXPECT_LE(packet_tcp(packet)->payload_length, row->size);
		count++;
		total += packet_tcp(packet)->payload_length;
		REQUIRE_TRUE((packet = wire_next_data(wire, address_port(&at))) != NULL);
	}
	/* What comes now was sent before. */
	EXPECT_LT(packet_tcp(packet)->sequence_number - first, total);
	EXPECT_GE(count, 1);
	if (row->most != 0)
		EXPECT_LE(total, row->most);
	OBSERVE("segments", "%u", count);
	OBSERVE("bytes", "%u", total);
}

struct buffer_row {
	struct variant variant;
	int size; /* SO_RCVBUF; 0 leaves the default */
};

static const struct buffer_row buffers[] = {
	{{"default", NULL}, 0},
	{{"8_kib", NULL}, 8192},
	{{"64_kib", NULL}, 65536},
};

/* One end's SYN; without the option the scale is 0. */
static void observe_syn(const struct packet *packet, const char *name)
{
	const struct packet_tcp *tcp = packet_tcp(packet);
	const bool scaled = (tcp->has & PACKET_TCP_HAS_WINDOW_SCALE) != 0;

	EXPECT_GT(tcp->window, 0);
	EXPECT_LE(tcp->window_scale, 14);
	OBSERVE(name, "%u, %s %u", tcp->window, scaled ? "scale" : "no scale", tcp->window_scale);
}

/*
 * The first window.
 *
 * The window is how much a receiver takes before it has answered. Its 16 bits are too few, so
 * both SYNs carry a scale: by how many bits all later windows are shifted, 14 at most. The
 * windows of the SYNs themselves are not. A system chooses the scale for the largest buffer that
 * it may come to, and the window for a part of the one it has, so a large buffer need not be
 * a large window at first. A small one is a small window: what has no room must not be sent.
 */
CASE(first_window,
     .claim = "both ends offer a window, and a scale for later ones of no more than 14",
     .level = OBSERVED, .spec = "RFC 7323 2.2, 2.3; RFC 9293 3.8.6; socket(7) SO_RCVBUF",
     .topology = "pair", .tags = "tcp option buffer wire", .VARIANTS(buffers))
{
	const int size = VARIANT(struct buffer_row)->size;
	struct wire *wire = wire_open("a");
	struct address at = address_of("192.0.2.2", 7);
	int listener = SETUP(host_socket("b", AF_INET, SOCK_STREAM, 0)), client;
	const struct packet *packet;
	unsigned int scale;

	client = SETUP(host_socket("a", AF_INET, SOCK_STREAM, 0));
	if (size != 0) {
		EXPECT_OK(set_int(client, SOL_SOCKET, SO_RCVBUF, size));
		EXPECT_OK(set_int(listener, SOL_SOCKET, SO_RCVBUF, size));
	}
	SETUP(bind(listener, ADDRESS(at)));
	SETUP(listen(listener, 1));
	SETUP(connect(client, ADDRESS(at)));

	packet = wire_next_tcp(wire, PACKET_TCP_SYN, PACKET_TCP_SYN | PACKET_TCP_ACK);
	REQUIRE_TRUE(packet != NULL);
	scale = packet_tcp(packet)->window_scale;
	observe_syn(packet, "SYN: window");
	packet = wire_next_tcp(wire, PACKET_TCP_SYN | PACKET_TCP_ACK,
			       PACKET_TCP_SYN | PACKET_TCP_ACK);
	REQUIRE_TRUE(packet != NULL);
	observe_syn(packet, "SYN-ACK: window");
	packet = wire_next_tcp(wire, PACKET_TCP_ACK, PACKET_TCP_SYN | PACKET_TCP_ACK);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_GT(packet_tcp(packet)->window, 0);
	/* socket(7): the buffer is twice what was asked for. */
	if (size != 0)
		EXPECT_LE((unsigned int)packet_tcp(packet)->window << scale, 2 * size);
	OBSERVE("ACK: bytes", "%u", (unsigned int)packet_tcp(packet)->window << scale);
}
