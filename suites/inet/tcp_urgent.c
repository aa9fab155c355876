/* SPDX-License-Identifier: MIT */
/* Urgent data: the mark in the stream, and the byte that BSD made of it. */
#include <fcntl.h>
#include <linux/sockios.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/inet/tcp_help.h"

#include "harness/case.h"

/*
 * Urgent data are a pointer into the stream.
 *
 * `MSG_OOB` does not open a second channel. The bytes go into the ordinary stream; the
 * segment has the URG bit, and the urgent pointer says where the urgent part ends, counted
 * from the segment's sequence number: the byte behind it. RFC 793 had it both ways, RFC
 * 6093 settled for what everybody did.
 */
CASE(on_the_wire,
     .claim = "send() with MSG_OOB sets URG and an urgent pointer to the byte behind the urgent "
	      "data",
     .level = RFC, .spec = "RFC 9293 3.1 (Urgent Pointer), 3.8.5; RFC 6093 4; tcp(7)",
     .sysctls = "net.ipv4.tcp_stdurg=0", .tags = "tcp urgent wire", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire = wire_open("a");
	struct pair p = tcp_pair(family);
	const struct packet *packet;

	EXPECT_EQ(send(p.client, "abc!", 4, MSG_OOB), 4);
	REQUIRE_TRUE((packet = wire_next_data(wire, address_port(&p.client_address))) != NULL);
	EXPECT_EQ(packet_tcp(packet)->flags & PACKET_TCP_URG, PACKET_TCP_URG);
	EXPECT_EQ(packet_tcp(packet)->payload_length, 4);
	EXPECT_EQ(packet_tcp(packet)->urgent_pointer, 4);

	/* Ordinary data have neither. */
	EXPECT_EQ(send(p.server, "abc", 3, 0), 3);
	REQUIRE_TRUE((packet = wire_next_data(wire, address_port(&p.server_address))) != NULL);
	EXPECT_EQ(packet_tcp(packet)->flags & PACKET_TCP_URG, 0);
}

/*
 * One byte is taken out of the line.
 *
 * Of "abc!" sent with `MSG_OOB` only the last byte is urgent. By default the socket keeps it
 * apart: recv() with `MSG_OOB` returns it, and the stream flows on without it. The three
 * bytes before it are ordinary. Telnet's interrupt and rlogin were built on this; new
 * protocols are advised not to use it (RFC 6093).
 */
CASE(out_of_line,
     .claim = "The last byte sent with MSG_OOB is received by recv(MSG_OOB) and is missing from "
	      "the ordinary stream",
     .level = POSIX, .spec = "POSIX.1-2024 2.10.12 Out-of-Band Data, recv() MSG_OOB; tcp(7)",
     .sysctls = "net.ipv4.tcp_stdurg=0", .tags = "tcp urgent", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family);
	char text[8];

	SETUP(send(p.client, "abc!", 4, MSG_OOB));
	SETUP(send(p.client, "def", 3, 0));
	EXPECT_EQ(wait_for(p.server, POLLPRI, SOON_MS), POLLPRI);
	EXPECT_EQ(recv(p.server, text, sizeof(text), MSG_OOB), 1);
	EXPECT_EQ(text[0], '!');

	EXPECT_EQ(read_exactly(p.server, text, 6), 6);
	EXPECT_MEMEQ(text, "abcdef", 6);
}

/*
 * There must be an urgent byte to read.
 *
 * recv() with `MSG_OOB` never waits. Without urgent data, or when the byte was already read,
 * it fails with `EINVAL`.
 */
CASE(nothing_urgent,
     .claim = "recv(MSG_OOB) fails with EINVAL before urgent data came and after they were read",
     .level = POSIX, .spec = "POSIX.1-2024 recv() ERRORS EINVAL", .tags = "tcp urgent",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family);
	char byte;

	EXPECT_ERR(recv(p.server, &byte, 1, MSG_OOB), EINVAL);
	SETUP(send(p.client, "!", 1, MSG_OOB));
	EXPECT_EQ(wait_for(p.server, POLLPRI, SOON_MS), POLLPRI);
	EXPECT_EQ(recv(p.server, &byte, 1, MSG_OOB), 1);
	EXPECT_ERR(recv(p.server, &byte, 1, MSG_OOB), EINVAL);
}

/*
 * With `SO_OOBINLINE` the byte stays in its place.
 *
 * The stream is then complete, and the mark tells where the urgent byte stands. That is
 * what RFC 6093 asks of programs that must use urgent data, since middleboxes and kernels
 * disagree about the byte apart. recv() with `MSG_OOB` has nothing to return: `EINVAL`.
 */
CASE(in_line,
     .claim = "With SO_OOBINLINE the urgent byte is read in its place in the stream, and "
	      "recv(MSG_OOB) fails with EINVAL",
     .level = POSIX, .spec = "POSIX.1-2024 2.10.12, 2.10.16 SO_OOBINLINE; RFC 6093 6; socket(7)",
     .tags = "tcp urgent", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair in_line = tcp_pair(family), apart = tcp_pair(family);
	char text[8];

	SETUP(set_int(in_line.server, SOL_SOCKET, SO_OOBINLINE, 1));
	SETUP(send(in_line.client, "abc!", 4, MSG_OOB));
	SETUP(send(in_line.client, "def", 3, 0));
	EXPECT_EQ(wait_for(in_line.server, POLLPRI, SOON_MS), POLLPRI);
	EXPECT_ERR(recv(in_line.server, text, 1, MSG_OOB), EINVAL);
	EXPECT_EQ(read_exactly(in_line.server, text, 7), 7);
	EXPECT_MEMEQ(text, "abc!def", 7);

	/* Without the option the same recv() returns the byte. */
	SETUP(send(apart.client, "abc!", 4, MSG_OOB));
	EXPECT_EQ(wait_for(apart.server, POLLPRI, SOON_MS), POLLPRI);
	EXPECT_EQ(recv(apart.server, text, 1, MSG_OOB), 1);
}

static int ask_sockatmark(int fd)
{
	return sockatmark(fd);
}

static int ask_ioctl(int fd)
{
	int at_mark = -1;

	return ioctl(fd, SIOCATMARK, &at_mark) == 0 ? at_mark : -1;
}

struct mark_row {
	struct variant variant;
	int family;
	int (*at_mark)(int fd);
};

static const struct mark_row marks[] = {
	{{"sockatmark_v4", NULL}, AF_INET, ask_sockatmark},
	{{"sockatmark_v6", "ipv6"}, AF_INET6, ask_sockatmark},
	{{"siocatmark_v4", NULL}, AF_INET, ask_ioctl},
	{{"siocatmark_v6", "ipv6"}, AF_INET6, ask_ioctl},
};

/*
 * Reading stops at the mark.
 *
 * recv() never returns bytes from both sides of the mark, however large its buffer is.
 * So a program can throw away everything before the mark, which is what Telnet's "synch"
 * does: read until sockatmark() says 1. sockatmark() came with POSIX.1-2001; before it was
 * `ioctl(SIOCATMARK)`, and Linux's C libraries still make the one from the other.
 */
CASE(the_mark,
     .claim = "recv() stops before the urgent byte, and sockatmark() and SIOCATMARK are then 1, "
	      "before and behind 0",
     .level = POSIX, .spec = "POSIX.1-2024 sockatmark(), 2.10.12; tcp(7) SIOCATMARK",
     .tags = "tcp urgent", .VARIANTS(marks))
{
	const struct mark_row *row = VARIANT(struct mark_row);
	struct pair p = tcp_pair(row->family);
	char text[8];

	SETUP(set_int(p.server, SOL_SOCKET, SO_OOBINLINE, 1));
	SETUP(send(p.client, "abc", 3, 0));
	SETUP(send(p.client, "!", 1, MSG_OOB));
	SETUP(send(p.client, "def", 3, 0));
	REQUIRE_TRUE(wait_for(p.server, POLLPRI, SOON_MS) == POLLPRI);
	EXPECT_EQ(row->at_mark(p.server), 0);

	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 3);
	EXPECT_MEMEQ(text, "abc", 3);
	EXPECT_EQ(row->at_mark(p.server), 1);

	EXPECT_EQ(read_exactly(p.server, text, 4), 4);
	EXPECT_MEMEQ(text, "!def", 4);
	EXPECT_EQ(row->at_mark(p.server), 0);
}

/*
 * There is one mark, and it moves.
 *
 * TCP has one urgent pointer. If a second urgent byte comes before the first was read, the
 * mark moves on, and the first byte falls back into the ordinary stream, as Linux does it:
 * a reader that counts on urgent bytes being apart finds it where it did not expect it.
 */
CASE(second_urgent_byte,
     .claim = "A second urgent byte takes the first one's place, and the first is then read in "
	      "the ordinary stream",
     .level = LINUX,
     .spec = "tcp(7): the most recent byte of urgent data; RFC 6093 3.3; POSIX.1-2024 2.10.12",
     .sysctls = "net.ipv4.tcp_stdurg=0", .tags = "tcp urgent", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire = wire_open("a");
	struct pair p = tcp_pair(family);
	const struct packet *packet;
	uint32_t first;
	char text[8];

	SETUP(send(p.client, "a1", 2, MSG_OOB));
	SETUP(send(p.client, "b2", 2, MSG_OOB));
	/* All four bytes have come when the last of them is acknowledged. */
	REQUIRE_TRUE((packet = wire_next_data(wire, address_port(&p.client_address))) != NULL);
	first = packet_tcp(packet)->sequence_number;
	do {
		packet = wire_next_from(wire, address_port(&p.server_address), 0, 0);
		REQUIRE_TRUE(packet != NULL);
	} while (packet_tcp(packet)->acknowledgment_number != (uint32_t)(first + 4));

	EXPECT_EQ(recv(p.server, text, 1, MSG_OOB), 1);
	EXPECT_EQ(text[0], '2');
	EXPECT_EQ(read_exactly(p.server, text, 3), 3);
	EXPECT_MEMEQ(text, "a1b", 3);
}

/*
 * Urgent data ring a bell.
 *
 * The process that owns the socket (`F_SETOWN`) gets `SIGURG`, whose default is to be ignored.
 * poll() reports `POLLPRI`, select() an "exceptional condition". The signal comes when the
 * pointer is known, which may be before the byte itself has arrived. Ordinary data send no
 * signal.
 */
CASE(the_bell,
     .claim = "The owner of a socket gets SIGURG when urgent data arrive, and none for ordinary "
	      "data",
     .level = POSIX, .spec = "POSIX.1-2024 2.10.14, fcntl() F_SETOWN; socket(7); tcp(7)",
     .tags = "tcp urgent signal", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family);
	struct timespec soon = {.tv_sec = SOON_MS / 1000}, now = {0};
	sigset_t urgent;
	char byte;

	/* A blocked signal stays pending, and sigtimedwait() collects it. */
	sigemptyset(&urgent);
	sigaddset(&urgent, SIGURG);
	SETUP(sigprocmask(SIG_BLOCK, &urgent, NULL));
	SETUP(fcntl(p.server, F_SETOWN, getpid()));

	SETUP(send(p.client, "a", 1, 0));
	EXPECT_EQ(read_exactly(p.server, &byte, 1), 1);
	EXPECT_ERR(sigtimedwait(&urgent, NULL, &now), EAGAIN);

	SETUP(send(p.client, "!", 1, MSG_OOB));
	EXPECT_EQ(sigtimedwait(&urgent, NULL, &soon), SIGURG);
}
