/* SPDX-License-Identifier: MIT */
/* Urgent data: MSG_OOB, SO_OOBINLINE, sockatmark(). */
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/capture/wire.h"

#include "harness/case.h"

/*
 * TCP has no second channel: urgent data is a mark in the one stream.
 *
 * `MSG_OOB` sends its last byte in the stream like any other and sets URG with a pointer to
 * it. The receiving kernel takes that one byte out and keeps it aside; recv() with `MSG_OOB`
 * gets it, ordinary recv() does not see it. poll() reports `POLLPRI`. Only one byte can be
 * kept: of three sent at once, two arrive as ordinary data. New protocols should not use it
 * (RFC 6093).
 */
CASE(out_of_band,
     .claim = "the last byte sent with MSG_OOB is received only with MSG_OOB, the bytes before it "
	      "as data",
     .level = LINUX, .spec = "tcp(7); recv(2) MSG_OOB; POSIX.1-2024 2.10.10; RFC 6093",
     .tags = "tcp oob flag", .VARIANTS(families))
{
	struct pair p = tcp_pair(VARIANT(struct family_row)->family);
	struct wire *wire = wire_open("a");
	char buffer[16];

	EXPECT_EQ(send(p.client, "abc", 3, MSG_OOB), 3);
	EXPECT_TRUE(wire_next_tcp(wire, PACKET_TCP_URG, PACKET_TCP_URG) != NULL);
	EXPECT_TRUE((wait_for(p.server, POLLPRI, SOON_MS) & POLLPRI) != 0);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), MSG_OOB), 1);
	EXPECT_MEMEQ(buffer, "c", 1);

	/* The same stream, without the urgent byte. */
	EXPECT_EQ(send(p.client, "def", 3, 0), 3);
	EXPECT_EQ(read_exactly(p.server, buffer, 5), 5);
	EXPECT_MEMEQ(buffer, "abdef", 5);
}

/*
 * With `SO_OOBINLINE` the urgent byte stays where it is.
 *
 * It is then read in its place by ordinary calls, and `MSG_OOB` has nothing to give:
 * `EINVAL`. The mark remains, and sockatmark() finds it. Telnet works so: on an interrupt it
 * reads and throws away everything up to the mark.
 */
CASE(inline_urgent_data,
     .claim = "with SO_OOBINLINE the urgent byte is read as ordinary data, and recv(MSG_OOB) "
	      "fails with EINVAL",
     .level = POSIX, .spec = "POSIX.1-2024 2.10.16 SO_OOBINLINE, recv() EINVAL; socket(7)",
     .tags = "option tcp oob", .VARIANTS(families))
{
	struct pair p = tcp_pair(VARIANT(struct family_row)->family);
	char buffer[16];

	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_OOBINLINE, 1));
	SETUP(send(p.client, "ab", 2, 0));
	SETUP(send(p.client, "!", 1, MSG_OOB));
	SETUP(send(p.client, "cd", 2, 0));
	EXPECT_TRUE((wait_for(p.server, POLLPRI, SOON_MS) & POLLPRI) != 0);
	EXPECT_ERR(recv(p.server, buffer, 1, MSG_OOB), EINVAL);

	/* A read stops at the mark, even when there is more. */
	EXPECT_EQ(read_exactly(p.server, buffer, 2), 2);
	EXPECT_EQ(sockatmark(p.server), 1);
	EXPECT_EQ(read_exactly(p.server, buffer + 2, 3), 3);
	EXPECT_MEMEQ(buffer, "ab!cd", 5);
}

/*
 * recv() does not run over the mark.
 *
 * Five bytes wait, yet recv() with room for sixteen returns two: those before the mark. So
 * the program can test sockatmark() between two reads and never misses the place. A read
 * that crossed it would make the mark useless.
 */
CASE(read_stops_at_the_mark,
     .claim = "recv() returns the data before the urgent mark, and sockatmark() is then 1",
     .level = POSIX, .spec = "POSIX.1-2024 sockatmark(), 2.10.10", .tags = "tcp oob",
     .VARIANTS(families))
{
	struct pair p = tcp_pair(VARIANT(struct family_row)->family);
	char buffer[16];

	SETUP(send(p.client, "ab", 2, 0));
	SETUP(send(p.client, "!", 1, MSG_OOB));
	SETUP(send(p.client, "cd", 2, 0));
	EXPECT_TRUE((wait_for(p.server, POLLPRI, SOON_MS) & POLLPRI) != 0);
	EXPECT_EQ(sockatmark(p.server), 0);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 2);
	EXPECT_EQ(sockatmark(p.server), 1);
	EXPECT_EQ(read_exactly(p.server, buffer, 2), 2);
	EXPECT_MEMEQ(buffer, "cd", 2);
	EXPECT_EQ(sockatmark(p.server), 0);
}

/*
 * Asking for urgent data that is not there is `EINVAL`, and so is asking twice.
 *
 * There is no waiting for urgent data: recv() with `MSG_OOB` never blocks. Without a mark it
 * is EINVAL. With one, the byte can be looked at (`MSG_PEEK`) as often as one likes, but
 * taken only once.
 */
CASE(no_urgent_data,
     .claim = "recv(MSG_OOB) fails with EINVAL without urgent data, and after it has been read",
     .level = POSIX, .spec = "POSIX.1-2024 recv() EINVAL; recv(2) MSG_OOB",
     .tags = "tcp oob errno flag", .VARIANTS(families))
{
	struct pair p = tcp_pair(VARIANT(struct family_row)->family);
	char byte = 0;

	EXPECT_ERR(recv(p.server, &byte, 1, MSG_OOB), EINVAL);
	SETUP(send(p.client, "!", 1, MSG_OOB));
	EXPECT_TRUE((wait_for(p.server, POLLPRI, SOON_MS) & POLLPRI) != 0);
	EXPECT_EQ(recv(p.server, &byte, 1, MSG_OOB | MSG_PEEK), 1);
	EXPECT_EQ(recv(p.server, &byte, 1, MSG_OOB), 1);
	EXPECT_EQ(byte, '!');
	EXPECT_ERR(recv(p.server, &byte, 1, MSG_OOB), EINVAL);
}
