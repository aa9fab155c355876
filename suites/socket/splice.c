/* SPDX-License-Identifier: MIT */
/* splice(), tee() and vmsplice(): data between sockets without passing through the program. */
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "harness/capture/wire.h"

#include "harness/case.h"

struct kind_row {
	struct variant variant;
	struct pair (*make)(void);
};

static const struct kind_row streams[] = {
	{{"tcp4", NULL}, pair_tcp4},
	{{"tcp6", "ipv6"}, pair_tcp6},
	{{"unix_stream", NULL}, pair_unix_stream},
};

static void make_pipe(int ends[2])
{
	SETUP(pipe2(ends, O_CLOEXEC));
}

/*
 * A proxy need not see what it passes on.
 *
 * splice() moves data from a socket into a pipe, and from a pipe into a socket; the pipe is only
 * a buffer in the kernel. recv() and send() would copy each byte into the program and back. A
 * result of 0 is the end of the stream.
 */
CASE(from_socket_to_socket,
     .claim = "splice() moves data by way of a pipe from one stream to another, and gives 0 at the "
	      "end",
     .level = LINUX, .spec = "splice(2)", .tags = "splice", .VARIANTS(streams))
{
	struct pair in = make_pair(VARIANT(struct kind_row)->make);
	struct pair out = make_pair(VARIANT(struct kind_row)->make);
	int ends[2];
	char buffer[16] = "";

	make_pipe(ends);
	SETUP(send(in.client, "hello, world", 12, 0));
	EXPECT_EQ(wait_for(in.server, POLLIN, SOON_MS), POLLIN);
	/* No more than was asked for; the rest stays. */
	EXPECT_EQ(splice(in.server, NULL, ends[1], NULL, 5, 0), 5);
	EXPECT_EQ(splice(ends[0], NULL, out.client, NULL, 100, 0), 5);
	EXPECT_EQ(read_exactly(out.server, buffer, 5), 5);
	EXPECT_STREQ(buffer, "hello");
	EXPECT_EQ(splice(in.server, NULL, ends[1], NULL, 100, SPLICE_F_MOVE), 7);
	EXPECT_EQ(splice(ends[0], NULL, out.client, NULL, 7, SPLICE_F_MORE), 7);
	SETUP(shutdown(out.client, SHUT_WR));
	EXPECT_EQ(read_exactly(out.server, buffer, sizeof(buffer)), 7);
	EXPECT_STREQ(buffer, ", world");

	SETUP(shutdown(in.client, SHUT_WR));
	EXPECT_EQ(splice(in.server, NULL, ends[1], NULL, 100, 0), 0);
}

/*
 * At least one end is a pipe, and neither a pipe nor a socket has a place to start from.
 */
CASE(refused,
     .claim = "splice() without a pipe is EINVAL, and with an offset for a socket or pipe ESPIPE",
     .level = LINUX, .spec = "splice(2) EINVAL, ESPIPE", .tags = "splice errno", .VARIANTS(streams))
{
	struct pair in = make_pair(VARIANT(struct kind_row)->make);
	struct pair out = make_pair(VARIANT(struct kind_row)->make);
	loff_t offset = 0;
	int ends[2];
	char byte = 0;

	make_pipe(ends);
	SETUP(send(in.client, "x", 1, 0));
	EXPECT_EQ(wait_for(in.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_ERR(splice(in.server, NULL, out.client, NULL, 1, 0), EINVAL);
	EXPECT_ERR(splice(in.server, NULL, ends[1], &offset, 1, 0), ESPIPE);
	EXPECT_ERR(splice(ends[0], &offset, out.client, NULL, 1, 0), ESPIPE);
	EXPECT_ERR(splice(in.server, NULL, ends[0], NULL, 1, 0), EBADF);

	/* Nothing was lost. */
	EXPECT_EQ(splice(in.server, NULL, ends[1], NULL, 1, 0), 1);
	EXPECT_EQ(splice(ends[0], NULL, out.client, NULL, 1, 0), 1);
	EXPECT_EQ(read_exactly(out.server, &byte, 1), 1);
	EXPECT_EQ(byte, 'x');
}

/*
 * Not to wait.
 *
 * `SPLICE_F_NONBLOCK` is about the pipe; whether the socket waits is a matter of its own
 * `O_NONBLOCK`. With nothing to move, or no room in the pipe, the result is `EAGAIN`.
 */
CASE(without_waiting,
     .claim = "splice() gives EAGAIN for an empty non-blocking socket, and with SPLICE_F_NONBLOCK "
	      "for "
	      "an empty pipe",
     .level = LINUX, .spec = "splice(2) SPLICE_F_NONBLOCK, EAGAIN",
     .tags = "splice errno nonblocking", .VARIANTS(streams))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);
	int ends[2];
	char buffer[8];

	make_pipe(ends);
	SETUP(fcntl(p.server, F_SETFL, O_RDWR | O_NONBLOCK));
	EXPECT_ERR(splice(p.server, NULL, ends[1], NULL, 5, 0), EAGAIN);
	EXPECT_ERR(splice(ends[0], NULL, p.server, NULL, 5, SPLICE_F_NONBLOCK), EAGAIN);
	SETUP(send(p.client, "hello", 5, 0));
	EXPECT_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(splice(p.server, NULL, ends[1], NULL, 5, SPLICE_F_NONBLOCK), 5);
	EXPECT_EQ(splice(ends[0], NULL, p.server, NULL, 5, SPLICE_F_NONBLOCK), 5);
	EXPECT_EQ(read_exactly(p.client, buffer, 5), 5);
	EXPECT_MEMEQ(buffer, "hello", 5);
}

/*
 * One stream to two receivers: tee().
 *
 * It copies what is in one pipe into another without consuming it; what is copied is only the
 * reference to the memory. So a proxy can send on a stream and log it.
 */
CASE(tee_to_two_sockets, .claim = "tee() lets two sockets get the data of one, each once",
     .level = LINUX, .spec = "tee(2)", .tags = "splice", .VARIANTS(streams))
{
	struct pair in = make_pair(VARIANT(struct kind_row)->make);
	struct pair one = make_pair(VARIANT(struct kind_row)->make);
	struct pair two = make_pair(VARIANT(struct kind_row)->make);
	int first[2], second[2];
	char buffer[16] = "";

	make_pipe(first);
	make_pipe(second);
	SETUP(send(in.client, "hello", 5, 0));
	EXPECT_EQ(wait_for(in.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(splice(in.server, NULL, first[1], NULL, 5, 0), 5);
	EXPECT_EQ(tee(first[0], second[1], 5, 0), 5);
	EXPECT_EQ(splice(first[0], NULL, one.client, NULL, 5, 0), 5);
	EXPECT_EQ(splice(second[0], NULL, two.client, NULL, 5, 0), 5);
	EXPECT_EQ(read_exactly(one.server, buffer, 5), 5);
	EXPECT_STREQ(buffer, "hello");
	memset(buffer, 0, sizeof(buffer));
	EXPECT_EQ(read_exactly(two.server, buffer, 5), 5);
	EXPECT_STREQ(buffer, "hello");
	/* It is between pipes only. */
	EXPECT_ERR(tee(in.server, second[1], 5, 0), EINVAL);
}

/*
 * From memory into a socket: vmsplice().
 *
 * The pages of the program become the pipe's content, several pieces in one call, as writev()
 * takes them. From there splice() sends them. The program must not change them until the peer
 * has them.
 */
CASE(vmsplice_to_a_socket, .claim = "vmsplice() and splice() send pieces of memory in their order",
     .level = LINUX, .spec = "vmsplice(2)", .tags = "splice", .VARIANTS(streams))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);
	static char hello[] = "hello", world[] = ", world";
	struct iovec parts[] = {{hello, 5}, {world, 7}};
	int ends[2];
	char buffer[16] = "";

	make_pipe(ends);
	EXPECT_EQ(vmsplice(ends[1], parts, 2, 0), 12);
	EXPECT_EQ(splice(ends[0], NULL, p.client, NULL, 12, 0), 12);
	EXPECT_EQ(read_exactly(p.server, buffer, 12), 12);
	EXPECT_STREQ(buffer, "hello, world");
	EXPECT_ERR(vmsplice(p.client, parts, 2, 0), EBADF);
}

/*
 * More will follow: `SPLICE_F_MORE`.
 *
 * It is to splice() what `MSG_MORE` is to send(): TCP keeps an incomplete segment back until the
 * rest is there (at most 200 ms), and two pieces go in one segment.
 */
CASE(more_will_follow,
     .claim = "what is spliced with SPLICE_F_MORE leaves in one TCP segment with what comes next",
     .level = LINUX, .spec = "splice(2) SPLICE_F_MORE", .tags = "splice tcp wire",
     .VARIANTS(families))
{
	struct pair p = tcp_pair(VARIANT(struct family_row)->family);
	struct wire *wire = wire_open("a");
	const struct packet *segment;
	size_t length = 0;
	int ends[2];

	make_pipe(ends);
	SETUP(set_int(p.client, IPPROTO_TCP, TCP_NODELAY, 1));
	SETUP(write(ends[1], "headbody", 8));
	EXPECT_EQ(splice(ends[0], NULL, p.client, NULL, 4, SPLICE_F_MORE), 4);
	EXPECT_EQ(splice(ends[0], NULL, p.client, NULL, 4, 0), 4);
	segment = wire_next_tcp(wire, PACKET_TCP_PSH, PACKET_TCP_PSH);
	REQUIRE_TRUE(segment != NULL);
	EXPECT_TRUE(packet_payload(segment, &length) != NULL);
	EXPECT_EQ(length, 8);

	/* Without the flag each is a segment. */
	SETUP(write(ends[1], "headbody", 8));
	EXPECT_EQ(splice(ends[0], NULL, p.client, NULL, 4, 0), 4);
	segment = wire_next_tcp(wire, PACKET_TCP_PSH, PACKET_TCP_PSH);
	REQUIRE_TRUE(segment != NULL);
	EXPECT_TRUE(packet_payload(segment, &length) != NULL);
	EXPECT_EQ(length, 4);
}
