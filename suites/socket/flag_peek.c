/* SPDX-License-Identifier: MIT */
/* MSG_PEEK: looking without taking. */
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/case.h"

struct kind_row {
	struct variant variant;
	struct pair (*make)(void);
};

static const struct kind_row kinds[] = {
	{{"tcp4", NULL}, pair_tcp4},
	{{"tcp6", "ipv6"}, pair_tcp6},
	{{"udp4", NULL}, pair_udp4},
	{{"udp6", "ipv6"}, pair_udp6},
	{{"unix_stream", NULL}, pair_unix_stream},
	{{"unix_dgram", NULL}, pair_unix_dgram},
	{{"unix_seqpacket", NULL}, pair_unix_seqpacket},
};

/*
 * `MSG_PEEK` copies what is at the front of the queue and leaves it there.
 *
 * A server that speaks two protocols on one port looks at the first bytes and then hands the
 * descriptor to the code that knows the rest, which reads from the start as if nothing had
 * happened. The price: the data is copied twice, and poll() goes on reporting the socket as
 * readable, so that a loop of peeks for "more" never sleeps.
 */
CASE(peek_leaves_the_data,
     .claim = "recv() with MSG_PEEK gives the same data as the recv() after it, and poll() still "
	      "sees it",
     .level = POSIX, .spec = "POSIX.1-2024 recv() MSG_PEEK; recv(2)", .tags = "flag peek",
     .VARIANTS(kinds))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);
	char buffer[8] = "";

	SETUP(send(p.client, "atlas", 5, 0));
	EXPECT_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);
	for (int i = 0; i < 2; i++) {
		EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), MSG_PEEK), 5);
		EXPECT_STREQ(buffer, "atlas");
	}
	EXPECT_EQ(wait_for(p.server, POLLIN, 0), POLLIN);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 5);
	EXPECT_STREQ(buffer, "atlas");
	EXPECT_ERR(recv(p.server, buffer, sizeof(buffer), MSG_PEEK | MSG_DONTWAIT), EAGAIN);
}

static const struct kind_row messages[] = {
	{{"udp4", NULL}, pair_udp4},
	{{"udp6", "ipv6"}, pair_udp6},
	{{"unix_dgram", NULL}, pair_unix_dgram},
	{{"unix_seqpacket", NULL}, pair_unix_seqpacket},
};

/*
 * How long is the next message? Ask with a peek into an empty buffer.
 *
 * A message that does not fit is cut, and the rest is lost. `MSG_PEEK | MSG_TRUNC` returns
 * the real length without taking anything, so that a buffer of the right size can be
 * prepared. A short peek does no harm: the message is still whole in the queue.
 */
CASE(peek_at_the_length,
     .claim = "recv(MSG_PEEK | MSG_TRUNC) without a buffer gives the length of the next message",
     .level = LINUX, .spec = "recv(2) MSG_PEEK, MSG_TRUNC", .tags = "flag peek trunc",
     .VARIANTS(messages))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);
	char buffer[16];

	SETUP(send(p.client, "first", 5, 0));
	SETUP(send(p.client, "second one", 10, 0));
	EXPECT_EQ(recv(p.server, NULL, 0, MSG_PEEK | MSG_TRUNC), 5);
	EXPECT_EQ(recv(p.server, buffer, 2, MSG_PEEK), 2);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 5);
	EXPECT_MEMEQ(buffer, "first", 5);
	EXPECT_EQ(recv(p.server, NULL, 0, MSG_PEEK | MSG_TRUNC), 10);
}

static const struct kind_row streams[] = {
	{{"tcp4", NULL}, pair_tcp4},
	{{"tcp6", "ipv6"}, pair_tcp6},
	{{"unix_stream", NULL}, pair_unix_stream},
};

/*
 * On a stream, a peek may see more or less than the next read.
 *
 * It shows as much of the stream as fits, across the borders of what was sent. The next
 * recv() takes as many bytes as it asks for, so a program can peek at sixteen, find a line's
 * end at five, and read exactly five.
 */
CASE(peek_then_read_a_part,
     .claim = "after a peek at a stream, recv() takes just the bytes that it asks for",
     .level = POSIX, .spec = "POSIX.1-2024 recv() MSG_PEEK", .tags = "flag peek",
     .VARIANTS(streams))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);
	char buffer[16] = "";

	SETUP(send(p.client, "line\nrest", 9, 0));
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), MSG_PEEK), 9);
	EXPECT_EQ(recv(p.server, buffer, 5, 0), 5);
	EXPECT_MEMEQ(buffer, "line\n", 5);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), MSG_PEEK), 4);
	EXPECT_MEMEQ(buffer, "rest", 4);
}

/*
 * The end of a stream can be seen without taking anything: a peek of it is 0.
 *
 * A pool of idle connections checks each one with `MSG_PEEK | MSG_DONTWAIT` before it is
 * used again: `EAGAIN` is a quiet, living connection; 0 one that the peer has closed; more
 * than 0 one with data that nobody asked for.
 */
CASE(peek_at_the_end,
     .claim = "recv(MSG_PEEK | MSG_DONTWAIT) tells a quiet stream (EAGAIN) from an ended one (0)",
     .level = LINUX, .spec = "recv(2) MSG_PEEK, MSG_DONTWAIT, RETURN VALUE",
     .tags = "flag peek "
	     "eof",
     .VARIANTS(streams))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);
	char byte;

	EXPECT_ERR(recv(p.server, &byte, 1, MSG_PEEK | MSG_DONTWAIT), EAGAIN);
	SETUP(close(p.client));
	EXPECT_TRUE((wait_for(p.server, POLLIN, SOON_MS) & POLLIN) != 0);
	EXPECT_EQ(recv(p.server, &byte, 1, MSG_PEEK | MSG_DONTWAIT), 0);
	EXPECT_EQ(recv(p.server, &byte, 1, 0), 0);
}
