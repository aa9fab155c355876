/* SPDX-License-Identifier: MIT */
/* SCM_RIGHTS at its limits: what does not fit must not leak. */
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <poll.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/unix/unix_help.h"

#include "harness/case.h"

struct type_row {
	struct variant variant;
	int type;
};

static const struct type_row types[] = {
	{{"stream", NULL}, SOCK_STREAM},
	{{"dgram", NULL}, SOCK_DGRAM},
	{{"seqpacket", NULL}, SOCK_SEQPACKET},
};

/*
 * A pipe tells whether its write end is open anywhere: while it is, a reader waits;
 * when the last one is closed, the reader sees POLLHUP. Returns whether that
 * happened within some time; kernels may close what was in a message a bit later.
 */
static bool all_closed(int read_end, int milliseconds)
{
	return (wait_for(read_end, POLLIN, milliseconds) & POLLHUP) != 0;
}

struct room_row {
	struct variant variant;
	size_t control_size;
	size_t received; /* of the two that are sent */
};

static const struct room_row rooms[] = {
	{{"none", NULL}, 0, 0},
	{{"for_one", NULL}, CMSG_LEN(sizeof(int)), 1},
	{{"for_two", NULL}, CMSG_LEN(2 * sizeof(int)), 2},
};

/*
 * Descriptors that find no room are closed, not leaked.
 *
 * The control buffer decides how many arrive. For the others the kernel lets go of
 * the open files, and says by `MSG_CTRUNC` that something is missing. If it did
 * not, a sender could fill the table of a receiver that never asked.
 *
 * Mind `CMSG_SPACE(sizeof(int))`: where longs have eight bytes its padding has room
 * for a second descriptor, and one may come that the program does not look at. The
 * case gives exactly `CMSG_LEN`.
 */
CASE(descriptors_without_room_are_closed,
     .claim = "A too small control buffer gives MSG_CTRUNC, and the descriptors that do not fit "
	      "are closed",
     .level = LINUX, .spec = "unix(7): SCM_RIGHTS; POSIX.1-2024 recvmsg(): MSG_CTRUNC",
     .tags = "unix SCM_RIGHTS MSG_CTRUNC", .VARIANTS(rooms))
{
	const struct room_row *row = VARIANT(struct room_row);
	struct pair p = unix_pair(SOCK_STREAM);
	int first[2], second[2];
	struct message m;

	SETUP(pipe(first));
	SETUP(pipe(second));
	SETUP(send_descriptors(p.client, "x", (int[]){first[1], second[1]}, 2));
	SETUP(close(first[1]));
	SETUP(close(second[1]));
	/* In the message they are still open. */
	EXPECT_TRUE(!all_closed(first[0], 0) && !all_closed(second[0], 0));

	EXPECT_EQ(receive_message_in(p.server, &m, 0, row->control_size), 1);
	EXPECT_EQ(m.descriptor_count, row->received);
	EXPECT_EQ((m.flags & MSG_CTRUNC) != 0, row->received < 2);
	EXPECT_EQ(all_closed(first[0], row->received < 1 ? SOON_MS : 0), row->received < 1);
	EXPECT_EQ(all_closed(second[0], row->received < 2 ? SOON_MS : 0), row->received < 2);
}

/*
 * recv() throws descriptors away.
 *
 * It has no control buffer, so whoever sends descriptors to a program that reads
 * with recv() or read() sends them to nowhere: the data arrives, the files are
 * closed. Nothing tells the receiver.
 */
CASE(recv_throws_descriptors_away,
     .claim = "recv() gives the data of a message with descriptors, and the descriptors are closed",
     .level = LINUX, .spec = "unix(7): SCM_RIGHTS, ancillary data discarded",
     .tags = "unix SCM_RIGHTS recv", .VARIANTS(types))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	char byte = 0;
	int ends[2];

	SETUP(pipe(ends));
	SETUP(send_descriptors(p.client, "x", &ends[1], 1));
	SETUP(close(ends[1]));
	EXPECT_TRUE(!all_closed(ends[0], 0));
	EXPECT_EQ(recv(p.server, &byte, 1, 0), 1);
	EXPECT_EQ(byte, 'x');
	EXPECT_TRUE(all_closed(ends[0], SOON_MS));
}

/*
 * Descriptors that nobody received are closed with the socket.
 *
 * A message in a queue holds what it carries. When the receiving socket is closed,
 * the queue is thrown away, and with it every file in it that nobody else holds.
 */
CASE(descriptors_in_a_closed_queue_are_closed,
     .claim = "A descriptor in the queue of a socket is closed when that socket is closed",
     .level = LINUX, .spec = "unix(7): SCM_RIGHTS, dup(2)", .tags = "unix SCM_RIGHTS close",
     .VARIANTS(types))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	int ends[2];

	SETUP(pipe(ends));
	SETUP(send_descriptors(p.client, "x", &ends[1], 1));
	SETUP(close(ends[1]));
	EXPECT_TRUE(!all_closed(ends[0], 0));
	SETUP(close(p.server));
	EXPECT_TRUE(all_closed(ends[0], SOON_MS));
}

/*
 * A circle of sockets is collected.
 *
 * A socket that waits in its own queue is held by the message, and the message by
 * the socket: counting references never frees them, though nobody can reach them
 * any more. So AF_UNIX has a garbage collector, which looks for such circles when
 * sockets are closed. The pipe in the same message shows when it has found this one.
 */
CASE(a_circle_of_sockets_is_collected,
     .claim = "Descriptors in the queue of a socket that is only held by that queue are closed",
     .level = ABI, .spec = "unix(7): SCM_RIGHTS; the kernel's net/unix/garbage.c",
     .tags = "unix SCM_RIGHTS close")
{
	struct pair p = unix_pair(SOCK_STREAM);
	int ends[2];

	SETUP(pipe(ends));
	SETUP(send_descriptors(p.client, "x", (int[]){p.server, ends[1]}, 2));
	SETUP(close(ends[1]));
	SETUP(close(p.server));
	EXPECT_TRUE(!all_closed(ends[0], 0));
	SETUP(close(p.client));
	EXPECT_TRUE(all_closed(ends[0], SOON_MS));
}

/*
 * Only open files can be sent.
 *
 * `EBADF` for a number that is none, and the whole message stays unsent: neither
 * the good descriptors beside it nor the data arrive.
 */
CASE(only_open_files_can_be_sent,
     .claim = "sendmsg() fails with EBADF if one descriptor is not open, and nothing of the "
	      "message is sent",
     .level = LINUX, .spec = "unix(7) ERRORS: EBADF", .tags = "unix SCM_RIGHTS errno",
     .VARIANTS(types))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	int closed = SETUP(dup(p.client));
	struct message m;

	SETUP(close(closed));
	EXPECT_ERR(send_descriptors(p.client, "x", (int[]){p.client, closed}, 2), EBADF);
	EXPECT_ERR(receive_message(p.server, &m, MSG_DONTWAIT), EAGAIN, EWOULDBLOCK);

	EXPECT_EQ(send_descriptors(p.client, "x", (int[]){p.client, p.server}, 2), 1);
	EXPECT_EQ(receive_message(p.server, &m, MSG_DONTWAIT), 1);
	EXPECT_EQ(m.descriptor_count, 2);
}

enum { SCM_MAX_FD = 253 }; /* unix(7); no header of the system has it */

/*
 * A message carries at most 253 descriptors.
 *
 * `SCM_MAX_FD` bounds what the kernel keeps for one message. Who has more to send
 * sends more messages.
 */
CASE(a_message_carries_253_descriptors,
     .claim = "sendmsg() of 253 descriptors works, of 254 fails with EINVAL", .level = LINUX,
     .spec = "unix(7): SCM_RIGHTS, SCM_MAX_FD", .tags = "unix SCM_RIGHTS errno")
{
	struct pair p = unix_pair(SOCK_SEQPACKET);
	int many[SCM_MAX_FD + 1];
	struct rlimit limit;

	/* What is in flight is counted for the user: cases that run beside count too. */
	SETUP(getrlimit(RLIMIT_NOFILE, &limit));
	SETUP(sandbox_limit(RLIMIT_NOFILE, limit.rlim_max));
	for (int i = 0; i < SCM_MAX_FD + 1; i++)
		many[i] = p.client;
	EXPECT_ERR(send_descriptors(p.client, "x", many, SCM_MAX_FD + 1), EINVAL);
	EXPECT_EQ(send_descriptors(p.client, "x", many, SCM_MAX_FD), 1);
}

/*
 * A full table of descriptors cuts a message.
 *
 * Receiving a descriptor takes a place in the process's table. If `RLIMIT_NOFILE`
 * leaves none, the data arrives, `MSG_CTRUNC` is set, and the file is closed: there
 * is no `EMFILE` as with open(). A receiver must look at `msg_flags`.
 */
CASE(a_full_table_cuts_a_message,
     .claim = "At RLIMIT_NOFILE recvmsg() gives the data, MSG_CTRUNC and no descriptor",
     .level = LINUX, .spec = "unix(7): SCM_RIGHTS, RLIMIT_NOFILE",
     .tags = "unix SCM_RIGHTS MSG_CTRUNC limit")
{
	struct pair p = unix_pair(SOCK_SEQPACKET);
	struct message m;
	int next;

	SETUP(send_descriptors(p.client, "1", &p.client, 1));
	SETUP(send_descriptors(p.client, "2", &p.client, 1));
	/* The next number to be given is the limit: there is none left. */
	next = SETUP(dup(p.client));
	SETUP(close(next));
	SETUP(sandbox_limit(RLIMIT_NOFILE, (unsigned long)next));
	EXPECT_EQ(receive_message(p.server, &m, 0), 1);
	EXPECT_STREQ(m.data, "1");
	EXPECT_EQ(m.descriptor_count, 0);
	EXPECT_EQ(m.flags & MSG_CTRUNC, MSG_CTRUNC);

	SETUP(sandbox_limit(RLIMIT_NOFILE, (unsigned long)next + 1));
	EXPECT_EQ(receive_message(p.server, &m, 0), 1);
	EXPECT_EQ(m.descriptor_count, 1);
	EXPECT_EQ(m.flags & MSG_CTRUNC, 0);
}

enum { FEW = 20, FAR_TOO_MANY = 5000 };

/* Sends `socket` over itself until that is refused, and counts. Returns what the last try gave. */
static ssize_t send_until_refused(int socket, int *sent)
{
	ssize_t result = 1;

	for (*sent = 0; *sent < FAR_TOO_MANY && result == 1; *sent += result == 1)
		result = send_descriptors(socket, "x", &socket, 1);
	return result;
}

/*
 * Only so many files may be on their way.
 *
 * A file that is sent and then closed by the sender counts for nobody's table of
 * descriptors: without a bound one process could keep open as many as it liked. So
 * the kernel counts, for each user, what is in flight; who has more there than
 * `RLIMIT_NOFILE`, and no privilege, gets `ETOOMANYREFS`.
 */
CASE(only_so_many_files_on_their_way,
     .claim = "sendmsg() fails with ETOOMANYREFS when more than RLIMIT_NOFILE descriptors are in "
	      "flight",
     .level = LINUX, .spec = "unix(7) ERRORS: ETOOMANYREFS", .tags = "unix SCM_RIGHTS limit errno")
{
	struct pair p = unix_pair(SOCK_STREAM);
	struct rlimit limit;
	int sent;

	SETUP(getrlimit(RLIMIT_NOFILE, &limit));
	SETUP(sandbox_drop_capability(CAP_SYS_RESOURCE));
	SETUP(sandbox_drop_capability(CAP_SYS_ADMIN));
	SETUP(sandbox_limit(RLIMIT_NOFILE, FEW));
	/* Other programs of the same user count as well, and theirs may be received meanwhile. */
	EXPECT_ERR(send_until_refused(p.client, &sent), ETOOMANYREFS);
	EXPECT_LE(sent, FEW + 1);

	/* With a higher limit the same call works. */
	SETUP(sandbox_limit(RLIMIT_NOFILE, limit.rlim_cur));
	EXPECT_EQ(send_descriptors(p.client, "x", &p.client, 1), 1);
}
