/* SPDX-License-Identifier: MIT */
/* Scatter and gather, transfers of nothing, sendfile() and splice(). */
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "harness/case.h"

static ssize_t by_sendmsg(int fd, struct iovec *parts, size_t count)
{
	struct msghdr message = {.msg_iov = parts, .msg_iovlen = count};

	return sendmsg(fd, &message, 0);
}

static ssize_t by_writev(int fd, struct iovec *parts, size_t count)
{
	return writev(fd, parts, (int)count);
}

static ssize_t by_recvmsg(int fd, struct iovec *parts, size_t count)
{
	struct msghdr message = {.msg_iov = parts, .msg_iovlen = count};

	return recvmsg(fd, &message, 0);
}

static ssize_t by_readv(int fd, struct iovec *parts, size_t count)
{
	return readv(fd, parts, (int)count);
}

struct vector_row {
	struct variant variant;
	struct pair (*make)(void);
	ssize_t (*gather)(int fd, struct iovec *parts, size_t count);
	ssize_t (*scatter)(int fd, struct iovec *parts, size_t count);
};

static const struct vector_row vectors[] = {
	{{"tcp_msg", NULL}, pair_tcp4, by_sendmsg, by_recvmsg},
	{{"tcp_vector", NULL}, pair_tcp4, by_writev, by_readv},
	{{"udp_msg", NULL}, pair_udp4, by_sendmsg, by_recvmsg},
	{{"udp_vector", NULL}, pair_udp4, by_writev, by_readv},
	{{"unix_seqpacket", NULL}, pair_unix_seqpacket, by_sendmsg, by_readv},
};

/*
 * A vector is one transfer from, or into, several places.
 *
 * Gathering sends a header and a body that lie apart in memory without copying them
 * together; for a datagram it makes *one* datagram, where two sends would make two.
 * Scattering fills the buffers in their order. Where the parts were cut on one side is not
 * visible on the other: the bytes are one sequence.
 */
CASE(gather_and_scatter,
     .claim = "parts sent by one call arrive as one sequence, and are stored in the order of the "
	      "buffers",
     .level = POSIX, .spec = "POSIX.1-2024 writev(), readv(), sendmsg(), recvmsg()",
     .tags = "iovec", .VARIANTS(vectors))
{
	const struct vector_row *row = VARIANT(struct vector_row);
	struct pair p = make_pair(row->make);
	struct iovec out[] = {{(char[]){"ab"}, 2}, {NULL, 0}, {(char[]){"cdef"}, 4}};
	char first[3], second[8];
	struct iovec in[] = {{first, sizeof(first)}, {second, sizeof(second)}};

	EXPECT_EQ(row->gather(p.client, out, 3), 6);
	EXPECT_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(row->scatter(p.server, in, 2), 6);
	EXPECT_MEMEQ(first, "abc", 3);
	EXPECT_MEMEQ(second, "def", 3);
}

struct limit_row {
	struct variant variant;
	ssize_t (*transfer)(int fd, struct iovec *parts, size_t count);
};

static const struct limit_row limits[] = {
	{{"sendmsg", NULL}, by_sendmsg},
	{{"recvmsg", NULL}, by_recvmsg},
};

/*
 * A vector has at most `IOV_MAX` parts (1024 on Linux).
 *
 * The kernel copies the whole array in before it starts, so it needs a bound. sendmsg() and
 * recvmsg() say `EMSGSIZE` for more; readv() and writev() say `EINVAL` for the same fault.
 * Portable programs ask sysconf(_SC_IOV_MAX); POSIX promises only 16.
 */
CASE(too_many_parts,
     .claim = "sendmsg() and recvmsg() fail with EMSGSIZE for IOV_MAX + 1 parts and take IOV_MAX",
     .level = POSIX, .spec = "POSIX.1-2024 sendmsg(), recvmsg() EMSGSIZE; sendmsg(2)",
     .tags = "iovec errno", .VARIANTS(limits))
{
	const struct limit_row *row = VARIANT(struct limit_row);
	struct pair p = unix_pair(SOCK_STREAM);
	static struct iovec parts[IOV_MAX + 1];
	static char bytes[IOV_MAX + 1];

	for (int i = 0; i <= IOV_MAX; i++)
		parts[i] = (struct iovec){&bytes[i], 1};
	SETUP(send(p.server, bytes, IOV_MAX, 0));
	EXPECT_ERR(row->transfer(p.client, parts, IOV_MAX + 1), EMSGSIZE);
	EXPECT_EQ(row->transfer(p.client, parts, IOV_MAX), IOV_MAX);
}

struct message_row {
	struct variant variant;
	struct pair (*make)(void);
};

static const struct message_row messages[] = {
	{{"unix_dgram", NULL}, pair_unix_dgram},
	{{"udp", NULL}, pair_udp4},
};

/*
 * An empty message is a message.
 *
 * UDP can send a datagram without data: a header of 8 bytes, and the receiver learns that
 * and from whom. recv() returns 0 for it, which for a datagram socket does not mean the end,
 * as nothing can end there. A read of no bytes is no substitute: it takes the next message.
 */
CASE(empty_message, .claim = "a datagram of no bytes is received as one, recv() returning 0",
     .level = POSIX, .spec = "POSIX.1-2024 send(), recv(); udp(7); send(2)", .tags = "empty",
     .VARIANTS(messages))
{
	struct pair p = make_pair(VARIANT(struct message_row)->make);
	char buffer[8];

	EXPECT_EQ(send(p.client, "", 0, 0), 0);
	EXPECT_EQ(send(p.client, "next", 4, 0), 4);
	EXPECT_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 0);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 4);
	EXPECT_ERR(recv(p.server, buffer, sizeof(buffer), MSG_DONTWAIT), EAGAIN);
}

static const struct message_row streams[] = {
	{{"tcp", NULL}, pair_tcp4},
	{{"unix_stream", NULL}, pair_unix_stream},
};

/*
 * On a stream, nothing is nothing.
 *
 * Sending no bytes adds nothing to the stream, so the peer sees no event: a 0 from its
 * recv() always means the end. And receiving into no room returns 0 without taking anything,
 * and without waiting; a program that computes a length of 0 may take that for the end.
 */
CASE(nothing_on_a_stream,
     .claim = "send() of no bytes is invisible to the peer, and recv() of no bytes returns 0 with "
	      "data waiting",
     .level = LINUX, .spec = "recv(2) RETURN VALUE; send(2)", .tags = "empty", .VARIANTS(streams))
{
	struct pair p = make_pair(VARIANT(struct message_row)->make);
	char buffer[8];

	EXPECT_EQ(send(p.client, "", 0, 0), 0);
	EXPECT_ERR(recv(p.server, buffer, sizeof(buffer), MSG_DONTWAIT), EAGAIN);
	SETUP(send(p.client, "data", 4, 0));
	EXPECT_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(p.server, buffer, 0, 0), 0);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 4);
}

/*
 * sendfile() sends a file without the program ever holding its bytes.
 *
 * The kernel passes pages from its file cache to the socket. The offset is an argument, so
 * several connections can send the same descriptor at once and its own position does not
 * move. At the file's end the count is short, then 0.
 *
 * Try it: `strace -e sendfile` on a web server.
 */
CASE(sendfile_to_a_socket,
     .claim = "sendfile() sends from the offset to the end of the file and leaves the file's "
	      "position alone",
     .level = LINUX, .spec = "sendfile(2)", .tags = "sendfile", .VARIANTS(streams))
{
	struct pair p = make_pair(VARIANT(struct message_row)->make);
	int file = SETUP(open("/tmp/page", O_RDWR | O_CREAT | O_TRUNC, 0600));
	char buffer[16];
	off_t offset = 2;

	SETUP(write(file, "0123456789", 10));
	EXPECT_EQ(sendfile(p.client, file, &offset, 4), 4);
	EXPECT_EQ(offset, 6);
	EXPECT_EQ(sendfile(p.client, file, &offset, 100), 4);
	EXPECT_EQ(sendfile(p.client, file, &offset, 100), 0);
	EXPECT_EQ(lseek(file, 0, SEEK_CUR), 10);
	EXPECT_EQ(read_exactly(p.server, buffer, 8), 8);
	EXPECT_MEMEQ(buffer, "23456789", 8);
}

/*
 * The source of sendfile() must be something that can be mapped; a socket cannot.
 *
 * Data from a socket goes through a pipe instead: splice(). `EINVAL` says so, and a program
 * falls back to reading and writing.
 */
CASE(sendfile_from_a_socket,
     .claim = "sendfile() from a socket fails with EINVAL, and from a file succeeds",
     .level = LINUX, .spec = "sendfile(2) DESCRIPTION (in_fd), EINVAL", .tags = "sendfile errno")
{
	struct pair from = unix_pair(SOCK_DGRAM), to = unix_pair(SOCK_STREAM);
	int file = SETUP(open("/tmp/page", O_RDWR | O_CREAT | O_TRUNC, 0600));
	off_t offset = 0;

	SETUP(write(file, "data", 4));
	SETUP(send(from.client, "data", 4, 0));
	EXPECT_ERR(sendfile(to.client, from.server, NULL, 4), EINVAL);
	EXPECT_EQ(sendfile(to.client, file, &offset, 4), 4);
}

/*
 * splice() moves data between a socket and a pipe inside the kernel.
 *
 * One of the two must be a pipe: it is the buffer. A proxy so passes a stream on, from
 * socket to pipe to socket, without copying it to itself and back.
 */
CASE(splice_through_a_pipe,
     .claim = "splice() passes a stream from one socket through a pipe to another", .level = LINUX,
     .spec = "splice(2)", .tags = "splice", .VARIANTS(streams))
{
	struct pair from = make_pair(VARIANT(struct message_row)->make);
	struct pair to = make_pair(VARIANT(struct message_row)->make);
	char buffer[8];
	int ends[2];

	SETUP(pipe(ends));
	SETUP(send(from.client, "stream", 6, 0));
	EXPECT_EQ(wait_for(from.server, POLLIN, SOON_MS), POLLIN);

	/* From socket to socket: neither is a pipe. */
	EXPECT_ERR(splice(from.server, NULL, to.client, NULL, 6, 0), EINVAL);
	EXPECT_EQ(splice(from.server, NULL, ends[1], NULL, 6, 0), 6);
	EXPECT_EQ(splice(ends[0], NULL, to.client, NULL, 6, 0), 6);
	EXPECT_EQ(read_exactly(to.server, buffer, 6), 6);
	EXPECT_MEMEQ(buffer, "stream", 6);
}
