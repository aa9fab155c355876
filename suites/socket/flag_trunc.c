/* SPDX-License-Identifier: MIT */
/* MSG_TRUNC and MSG_CTRUNC: what did not fit. (For UDP see suites/inet/udp_message.c.) */
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "harness/case.h"

struct type_row {
	struct variant variant;
	int type;
};

static const struct type_row messages[] = {
	{{"dgram", NULL}, SOCK_DGRAM},
	{{"seqpacket", NULL}, SOCK_SEQPACKET},
};

/*
 * A message that is longer than the buffer is cut, and the rest is thrown away.
 *
 * recv() alone cannot tell: it returns the size of the buffer, as for a message that just
 * fits. recvmsg() reports `MSG_TRUNC` in `msg_flags`. Given as an *argument*, the same flag
 * makes the call return the real length instead of what was copied. The next call gets the
 * next message in either case.
 */
CASE(message_cut,
     .claim = "a message longer than the buffer is cut, MSG_TRUNC is reported, and the rest is "
	      "lost",
     .level = POSIX, .spec = "POSIX.1-2024 recvmsg() MSG_TRUNC", .tags = "flag trunc unix",
     .VARIANTS(messages))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	char buffer[4];
	struct iovec part = {buffer, sizeof(buffer)};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	SETUP(send(p.client, "long message", 12, 0));
	SETUP(send(p.client, "fits", 4, 0));
	EXPECT_EQ(recvmsg(p.server, &message, 0), 4);
	EXPECT_MEMEQ(buffer, "long", 4);
	EXPECT_EQ(message.msg_flags & MSG_TRUNC, MSG_TRUNC);
	EXPECT_EQ(recvmsg(p.server, &message, 0), 4);
	EXPECT_MEMEQ(buffer, "fits", 4);
	EXPECT_EQ(message.msg_flags & MSG_TRUNC, 0);
}

/*
 * Given to recv(), `MSG_TRUNC` asks for the real length.
 *
 * The result is then larger than the buffer: never use it as the number of valid bytes
 * without looking. Nothing behind the buffer is written.
 */
CASE(real_length,
     .claim = "recv() with MSG_TRUNC returns the whole length of a message and copies what fits",
     .level = LINUX, .spec = "recv(2) MSG_TRUNC", .tags = "flag trunc unix", .VARIANTS(messages))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	char buffer[8] = "--------";

	SETUP(send(p.client, "long message", 12, 0));
	SETUP(send(p.client, "long message", 12, 0));
	EXPECT_EQ(recv(p.server, buffer, 4, MSG_TRUNC), 12);
	EXPECT_MEMEQ(buffer, "long----", 8);
	EXPECT_EQ(recv(p.server, buffer, 4, 0), 4);
}

/*
 * On a TCP socket the same flag throws data away.
 *
 * A stream has no messages to cut, so Linux gave `MSG_TRUNC` another meaning there: the
 * bytes are taken from the queue and not copied, the buffer is not even looked at. It is the
 * quickest way to skip a part of a stream that is not wanted.
 */
CASE(tcp_discards,
     .claim = "recv() with MSG_TRUNC on a TCP socket takes bytes from the stream without storing "
	      "them",
     .level = LINUX, .spec = "tcp(7) Socket API (MSG_TRUNC)", .tags = "flag trunc tcp",
     .VARIANTS(families))
{
	struct pair p = tcp_pair(VARIANT(struct family_row)->family);
	char buffer[8] = "--------";

	SETUP(send(p.client, "skipkeep", 8, 0));
	EXPECT_EQ(recv(p.server, buffer, 4, MSG_TRUNC), 4);
	EXPECT_MEMEQ(buffer, "--------", 8);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 4);
	EXPECT_MEMEQ(buffer, "keep----", 8);
}

/* Sends one byte together with a descriptor (unix(7), SCM_RIGHTS). */
static void send_descriptors(int to, const int *fds, size_t count)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(2 * sizeof(int))];
	} control;
	struct iovec part = {(char[]){"x"}, 1};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control.bytes,
				 .msg_controllen = CMSG_SPACE(count * sizeof(int))};
	struct cmsghdr *rights;

	memset(&control, 0, sizeof(control));
	rights = CMSG_FIRSTHDR(&message);
	rights->cmsg_level = SOL_SOCKET;
	rights->cmsg_type = SCM_RIGHTS;
	rights->cmsg_len = CMSG_LEN(count * sizeof(int));
	memcpy(CMSG_DATA(rights), fds, count * sizeof(int));
	SETUP(sendmsg(to, &message, 0));
}

struct received {
	int flags;    /* msg_flags */
	size_t count; /* descriptors received */
	int fds[2];
};

static struct received receive_descriptors(int fd, size_t room, int flags)
{
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(2 * sizeof(int))];
	} control;
	char byte;
	struct iovec part = {&byte, 1};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control.bytes,
				 .msg_controllen = room};
	struct received r = {0};
	struct cmsghdr *first;

	SETUP(recvmsg(fd, &message, flags));
	r.flags = message.msg_flags;
	first = CMSG_FIRSTHDR(&message);
	if (first != NULL && first->cmsg_type == SCM_RIGHTS) {
		r.count = (first->cmsg_len - CMSG_LEN(0)) / sizeof(int);
		memcpy(r.fds, CMSG_DATA(first), r.count * sizeof(int));
	}
	return r;
}

struct room_row {
	struct variant variant;
	size_t room;  /* msg_controllen */
	int flag;     /* expected in msg_flags */
	size_t count; /* expected descriptors, of the two that were sent */
};

static const struct room_row rooms[] = {
	{{"for_two", NULL}, CMSG_LEN(2 * sizeof(int)), 0, 2},
	{{"for_one", NULL}, CMSG_LEN(sizeof(int)), MSG_CTRUNC, 1},
	{{"for_none", NULL}, 0, MSG_CTRUNC, 0},
};

/*
 * Ancillary data that does not fit is cut without an error, too.
 *
 * `MSG_CTRUNC` in `msg_flags` is the only sign. For descriptors it means that some were
 * closed by the kernel instead of being received: a program that ignores the flag misses
 * files that its peer believes it has. The bytes of the message itself arrive whole.
 */
CASE(control_cut,
     .claim = "descriptors for which msg_control has no room are dropped, and MSG_CTRUNC is "
	      "reported",
     .level = LINUX, .spec = "POSIX.1-2024 recvmsg() MSG_CTRUNC; unix(7) SCM_RIGHTS; cmsg(3)",
     .tags = "flag ctrunc unix control", .VARIANTS(rooms))
{
	const struct room_row *row = VARIANT(struct room_row);
	struct pair p = unix_pair(SOCK_STREAM);
	struct received r;

	send_descriptors(p.client, (int[]){STDOUT_FILENO, STDERR_FILENO}, 2);
	r = receive_descriptors(p.server, row->room, 0);
	EXPECT_EQ(r.flags & MSG_CTRUNC, row->flag);
	EXPECT_EQ(r.count, row->count);
}

struct cloexec_row {
	struct variant variant;
	int flags;    /* of recvmsg() */
	int expected; /* of fcntl(F_GETFD) */
};

static const struct cloexec_row cloexecs[] = {
	{{"with", NULL}, MSG_CMSG_CLOEXEC, FD_CLOEXEC},
	{{"without", NULL}, 0, 0},
};

/*
 * A descriptor that arrives in a message is a new descriptor, and programs started later
 * inherit it.
 *
 * `MSG_CMSG_CLOEXEC` sets close-on-exec as it is installed. Doing so with fcntl() a moment
 * later leaves a gap: another thread may fork and exec just then, and leak the file into a
 * program that should not have it. POSIX has the flag since the 2024 edition.
 */
CASE(received_close_on_exec,
     .claim = "a descriptor received with MSG_CMSG_CLOEXEC has FD_CLOEXEC set, without the flag "
	      "it has not",
     .level = POSIX, .spec = "POSIX.1-2024 recvmsg() MSG_CMSG_CLOEXEC; recvmsg(2)",
     .tags = "flag unix control", .VARIANTS(cloexecs))
{
	const struct cloexec_row *row = VARIANT(struct cloexec_row);
	struct pair p = unix_pair(SOCK_STREAM);
	struct received r;

	send_descriptors(p.client, (int[]){STDOUT_FILENO}, 1);
	r = receive_descriptors(p.server, CMSG_SPACE(sizeof(int)), row->flags);
	REQUIRE_EQ(r.count, 1);
	EXPECT_EQ(fcntl(r.fds[0], F_GETFD), row->expected);
}
