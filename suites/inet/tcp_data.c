/* SPDX-License-Identifier: MIT */
/* The byte stream: no messages, no gaps, and a receiver who sets the pace. */
#include <fcntl.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/inet/tcp_help.h"

#include "harness/case.h"

/*
 * TCP knows bytes, not messages.
 *
 * Two send() calls can come out of one recv(), and one send() of two recv() calls: where
 * the sender's calls ended is not on the wire. A program that takes what one recv() returns
 * for a message works on its author's desk and fails on a busy network. Protocols mark
 * their own boundaries: a length in front, or a newline behind.
 */
CASE(no_boundaries,
     .claim = "Two sends are read by one recv(), and one send by two, in order and without loss",
     .level = RFC, .spec = "RFC 9293 2.2, 3.10.2; POSIX.1-2024 2.10.6 SOCK_STREAM",
     .tags = "tcp data", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family);
	char text[16];

	EXPECT_EQ(send(p.client, "one", 3, 0), 3);
	EXPECT_EQ(send(p.client, "two", 3, 0), 3);
	/* MSG_WAITALL: both have arrived when it returns. */
	EXPECT_EQ(recv(p.server, text, 6, MSG_WAITALL | MSG_PEEK), 6);
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 6);
	EXPECT_MEMEQ(text, "onetwo", 6);

	EXPECT_EQ(send(p.client, "threefour", 9, 0), 9);
	EXPECT_EQ(recv(p.server, text, 5, MSG_WAITALL), 5);
	EXPECT_MEMEQ(text, "three", 5);
	EXPECT_EQ(recv(p.server, text, 4, MSG_WAITALL), 4);
	EXPECT_MEMEQ(text, "four", 4);
}

static unsigned char byte_at(size_t position)
{
	return (unsigned char)(position * 31 + position / 251);
}

enum { MUCH = 512 * 1024 };

/* Sends MUCH bytes with a pattern, in pieces of many sizes. */
static int send_much(void *context)
{
	static unsigned char bytes[MUCH];
	int fd = *(const int *)context;
	size_t sent = 0, piece = 1;

	for (size_t i = 0; i < MUCH; i++)
		bytes[i] = byte_at(i);
	while (sent < MUCH) {
		size_t left = MUCH - sent;
		ssize_t done = send(fd, bytes + sent, piece < left ? piece : left, MSG_NOSIGNAL);

		if (done < 0)
			return 1;
		sent += (size_t)done;
		piece = piece * 3 % 65521;
	}
	return shutdown(fd, SHUT_WR) == 0 ? 0 : 1;
}

/*
 * Half a megabyte, through buffers that are smaller.
 *
 * The sender writes pieces of many sizes and blocks whenever the buffers are full; the
 * receiver reads in other pieces. In between TCP cuts, waits, acknowledges, and perhaps
 * sends again. What comes out is what went in: each byte, once, in order, then the end.
 */
CASE(much_data,
     .claim = "A stream larger than the buffers arrives complete and in order, and ends where "
	      "the sender ended",
     .level = RFC, .spec = "RFC 9293 2.2, 3.8",
     .sysctls = "net.ipv4.tcp_rmem=4096,32768,65536 net.ipv4.tcp_wmem=4096,32768,65536",
     .tags = "tcp data", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family);
	pid_t child = start_child(send_much, &p.client);
	static unsigned char bytes[30011];
	size_t got = 0, wrong = 0;
	ssize_t part;

	/* The child has its own copy of the descriptor; the end of file needs both closed. */
	SETUP(close(p.client));
	while ((part = recv(p.server, bytes, sizeof(bytes), 0)) > 0) {
		for (ssize_t i = 0; i < part; i++)
			wrong += bytes[i] != byte_at(got + (size_t)i);
		got += (size_t)part;
	}
	EXPECT_EQ(part, 0);
	EXPECT_EQ(got, MUCH);
	EXPECT_EQ(wrong, 0);
	EXPECT_EQ(wait_child(child), 0);
}

static bool closes_window(const struct packet *packet, const void *context)
{
	const struct packet_tcp *tcp = packet_tcp(packet);

	return tcp != NULL && tcp->source_port == *(const uint16_t *)context && tcp->window == 0 &&
	       (tcp->flags & (PACKET_TCP_SYN | PACKET_TCP_RST)) == 0;
}

static bool opens_window(const struct packet *packet, const void *context)
{
	const struct packet_tcp *tcp = packet_tcp(packet);

	return tcp != NULL && tcp->source_port == *(const uint16_t *)context && tcp->window > 0;
}

/* Sends until there is no room, which must be the reason to stop. Returns how many bytes. */
static long fill(int fd, const char *bytes, size_t size)
{
	long filled = 0;
	ssize_t sent;

	while ((sent = send(fd, bytes, size, 0)) > 0)
		filled += sent;
	EXPECT_TRUE(errno == EAGAIN || errno == EWOULDBLOCK);
	return filled;
}

/*
 * The receiver sets the pace.
 *
 * Each segment says how many bytes its sender still has room for: the window. If the
 * program does not read, the room is used up, the window is 0, and the other side has to
 * stop: its send buffer fills, and send() blocks, or says `EAGAIN`. When the program reads
 * again the window opens. So a slow reader slows its writer down, through the whole
 * network, without a message of either program.
 *
 * Try it: `nc -l 8080 | sleep 100`, and `yes | nc 127.0.0.1 8080`; look with `ss -tn`.
 */
CASE(the_window_closes,
     .claim = "A receiver that does not read advertises window 0 and stops its sender with "
	      "EAGAIN; reading opens the window",
     .level = RFC, .spec = "RFC 9293 3.8.6; POSIX.1-2024 send() ERRORS EAGAIN",
     .sysctls = "net.ipv4.tcp_rmem=4096,16384,16384 net.ipv4.tcp_wmem=4096,16384,16384",
     .tags = "tcp data window wire", .waits = true, .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire = wire_open("a");
	struct pair p = tcp_pair(family);
	uint16_t server = address_port(&p.server_address);
	static char bytes[4096];
	long filled = 0;

	SETUP(fcntl(p.client, F_SETFL, O_NONBLOCK));
	/* What moves on to the receiver leaves room behind: until the receiver has none. */
	do {
		filled += fill(p.client, bytes, sizeof(bytes));
	} while (wire_next_wanted(wire, closes_window, &server, 20) == NULL);
	filled += fill(p.client, bytes, sizeof(bytes));

	wire = wire_open("a");
	while (filled > 0) {
		ssize_t part = recv(p.server, bytes, sizeof(bytes), 0);

		REQUIRE_TRUE(part > 0);
		filled -= part;
	}
	EXPECT_TRUE(wire_next_wanted(wire, opens_window, &server, SOON_MS) != NULL);
	EXPECT_EQ(wait_for(p.client, POLLOUT, SOON_MS), POLLOUT);
	EXPECT_OK(send(p.client, bytes, 1, 0));
}

/*
 * What was received is acknowledged by its number.
 *
 * The acknowledgment number names the next byte that is expected: everything before it
 * has arrived. After 5 bytes that began at x it is x + 5. It is the kernel that
 * acknowledges: whether the program has read the bytes is not said.
 */
CASE(acknowledged,
     .claim = "A segment of data is acknowledged with the number of the byte behind it, before "
	      "the program has read it",
     .level = RFC, .spec = "RFC 9293 3.4, 3.10.7.4", .tags = "tcp data wire", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire = wire_open("a");
	struct pair p = tcp_pair(family);
	const struct packet *packet;
	uint32_t x;

	SETUP(send(p.client, "hello", 5, 0));
	REQUIRE_TRUE((packet = wire_next_data(wire, address_port(&p.client_address))) != NULL);
	EXPECT_EQ(packet_tcp(packet)->payload_length, 5);
	x = packet_tcp(packet)->sequence_number;
	REQUIRE_TRUE((packet = wire_next_from(wire, address_port(&p.server_address), PACKET_TCP_ACK,
					      PACKET_TCP_ACK | PACKET_TCP_SYN)) != NULL);
	EXPECT_EQ(packet_tcp(packet)->acknowledgment_number, (uint32_t)(x + 5));
	EXPECT_EQ(packet_tcp(packet)->payload_length, 0);
}
