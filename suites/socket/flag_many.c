/* SPDX-License-Identifier: MIT */
/* recvmmsg() and sendmmsg(): several messages in one call. */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "harness/case.h"

enum { ROOM = 4, SIZE = 16 };

/* Four messages with a buffer of 16 bytes each. */
struct batch {
	struct mmsghdr messages[ROOM];
	struct iovec parts[ROOM];
	char data[ROOM][SIZE];
};

static void prepare(struct batch *b)
{
	memset(b, 0, sizeof(*b));
	for (int i = 0; i < ROOM; i++) {
		b->parts[i] = (struct iovec){b->data[i], SIZE};
		b->messages[i].msg_hdr.msg_iov = &b->parts[i];
		b->messages[i].msg_hdr.msg_iovlen = 1;
	}
}

struct kind_row {
	struct variant variant;
	struct pair (*make)(void);
};

static const struct kind_row kinds[] = {
	{{"udp4", NULL}, pair_udp4},
	{{"udp6", "ipv6"}, pair_udp6},
	{{"unix_dgram", NULL}, pair_unix_dgram},
	{{"unix_seqpacket", NULL}, pair_unix_seqpacket},
};

/*
 * A system call costs as much as handling a small packet, so doing several in one is worth
 * it.
 *
 * sendmmsg() takes an array of messages, sends one after the other, and returns how many
 * went; `msg_len` of each is what sendmsg() would have returned. recvmmsg() fills as many as
 * it gets. The borders are kept: three messages in, three messages out. DNS and QUIC servers
 * live on this.
 */
CASE(batch,
     .claim = "sendmmsg() sends each message by itself, and recvmmsg() receives them with their "
	      "lengths",
     .level = LINUX, .spec = "sendmmsg(2), recvmmsg(2)", .tags = "mmsg", .VARIANTS(kinds))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);
	struct batch out, in;

	prepare(&out);
	prepare(&in);
	for (size_t i = 0; i < 3; i++) {
		out.parts[i].iov_len = i + 1;
		memset(out.data[i], (int)('a' + i), i + 1);
	}
	EXPECT_EQ(sendmmsg(p.client, out.messages, 3, 0), 3);
	EXPECT_EQ(out.messages[0].msg_len, 1);
	EXPECT_EQ(out.messages[1].msg_len, 2);
	EXPECT_EQ(out.messages[2].msg_len, 3);
	EXPECT_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvmmsg(p.server, in.messages, ROOM, MSG_DONTWAIT, NULL), 3);
	EXPECT_EQ(in.messages[0].msg_len, 1);
	EXPECT_EQ(in.messages[1].msg_len, 2);
	EXPECT_EQ(in.messages[2].msg_len, 3);
	EXPECT_MEMEQ(in.data[0], "a", 2);
	EXPECT_MEMEQ(in.data[1], "bb", 3);
	EXPECT_MEMEQ(in.data[2], "ccc", 4);
	EXPECT_ERR(recvmmsg(p.server, in.messages, ROOM, MSG_DONTWAIT, NULL), EAGAIN);
}

/*
 * Waiting for the first message only.
 *
 * recvmmsg() on a blocking socket waits until *all* the places are filled, which may be
 * never. With `MSG_WAITFORONE` it waits for the first and then takes what else is there: the
 * way a server wants it.
 */
CASE(waitforone,
     .claim = "recvmmsg() with MSG_WAITFORONE on a blocking socket returns with the messages that "
	      "are there",
     .level = LINUX, .spec = "recvmmsg(2) MSG_WAITFORONE", .tags = "mmsg flag", .VARIANTS(kinds))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);
	struct batch in;

	prepare(&in);
	SETUP(send(p.client, "one", 3, 0));
	SETUP(send(p.client, "three", 5, 0));
	EXPECT_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvmmsg(p.server, in.messages, ROOM, MSG_WAITFORONE, NULL), 2);
	EXPECT_EQ(in.messages[0].msg_len, 3);
	EXPECT_EQ(in.messages[1].msg_len, 5);
	EXPECT_MEMEQ(in.data[0], "one", 4);
	EXPECT_MEMEQ(in.data[1], "three", 6);
}

/*
 * Each message has flags of its own.
 *
 * What recvmsg() would have said in `msg_flags` stands in the header of each message. Here
 * the first and the last are longer than their buffers: they are cut and marked with
 * `MSG_TRUNC`, `msg_len` is what was copied, and the one between is whole and unmarked. A server
 * that looks only at the number of messages answers a question that it has half of.
 */
CASE(flags_of_each,
     .claim = "recvmmsg() marks each message that did not fit with MSG_TRUNC, and no other",
     .level = LINUX, .spec = "recvmmsg(2); recv(2) MSG_TRUNC; POSIX.1-2024 recvmsg() MSG_TRUNC",
     .tags = "mmsg flag trunc", .VARIANTS(kinds))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);
	struct batch in;

	prepare(&in);
	in.parts[0].iov_len = in.parts[2].iov_len = 4;
	SETUP(send(p.client, "too long", 8, 0));
	SETUP(send(p.client, "fits", 4, 0));
	SETUP(send(p.client, "long again", 10, 0));
	EXPECT_EQ(recvmmsg(p.server, in.messages, 3, 0, NULL), 3);
	EXPECT_EQ(in.messages[0].msg_len, 4);
	EXPECT_EQ(in.messages[0].msg_hdr.msg_flags & (MSG_TRUNC | MSG_CTRUNC), MSG_TRUNC);
	EXPECT_MEMEQ(in.data[0], "too \0", 5);
	EXPECT_EQ(in.messages[1].msg_len, 4);
	EXPECT_EQ(in.messages[1].msg_hdr.msg_flags & (MSG_TRUNC | MSG_CTRUNC), 0);
	EXPECT_MEMEQ(in.data[1], "fits", 4);
	EXPECT_EQ(in.messages[2].msg_len, 4);
	EXPECT_EQ(in.messages[2].msg_hdr.msg_flags & (MSG_TRUNC | MSG_CTRUNC), MSG_TRUNC);
	EXPECT_MEMEQ(in.data[2], "long\0", 5);
}

struct late {
	int fd, go;
};

/* Once it is told to go, and a while later. */
static int send_one_later(void *context)
{
	const struct late *late = context;
	char byte;

	if (read(late->go, &byte, 1) != 1)
		return 1;
	sleep_ms(60);
	return send(late->fd, "late", 4, 0) != 4;
}

/*
 * The time limit of recvmmsg() is looked at only between messages.
 *
 * When it is over as a message arrives, the call returns with what it has. But if no further
 * message comes, it blocks for ever: a bug so old that the manual page lists it, and that
 * programs depend on. For a real limit use poll() or `SO_RCVTIMEO`.
 */
CASE(timeout_between_messages,
     .claim = "recvmmsg() with a timeout of 1 ms still waits for a message, and returns when one "
	      "comes after it",
     .level = LINUX, .spec = "recvmmsg(2) BUGS", .tags = "mmsg timeout", .waits = true)
{
	struct pair p = udp_pair(AF_INET);
	struct timespec limit = {0, 1000000};
	struct batch in;
	int go[2] = {-1, -1};
	struct late late;
	int64_t start;
	pid_t child;

	SETUP(pipe(go));
	prepare(&in);
	late = (struct late){p.client, go[0]};
	child = start_child(send_one_later, &late);
	start = clock_ms();
	/* A message that was there before the call would not be the late one. */
	SETUP(write(go[1], "", 1));
	EXPECT_EQ(recvmmsg(p.server, in.messages, ROOM, 0, &limit), 1);
	EXPECT_GE(clock_ms() - start, 59);
	EXPECT_EQ(wait_child(child), 0);
}

/*
 * An error in the middle of a batch is kept for later.
 *
 * sendmmsg() stops at the first message that fails and returns how many went before it. Only
 * when the very first fails does it return -1. So a short count is not an error yet; sending
 * the rest again shows what is wrong with it.
 */
CASE(short_count,
     .claim = "sendmmsg() returns the messages sent before a failing one, and fails when it is "
	      "the first",
     .level = LINUX, .spec = "sendmmsg(2) RETURN VALUE", .tags = "mmsg errno")
{
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0)), receiver;
	struct address where;
	struct batch out;

	receiver = bound_socket(AF_INET, SOCK_DGRAM, &where);
	prepare(&out);
	for (int i = 0; i < ROOM; i++) {
		out.messages[i].msg_hdr.msg_name = &where.any;
		out.messages[i].msg_hdr.msg_namelen = where.length;
	}
	/* The third has no destination. */
	out.messages[2].msg_hdr.msg_name = NULL;
	out.messages[2].msg_hdr.msg_namelen = 0;
	EXPECT_EQ(sendmmsg(fd, out.messages, ROOM, 0), 2);
	EXPECT_ERR(sendmmsg(fd, out.messages + 2, ROOM - 2, 0), EDESTADDRREQ);
	EXPECT_EQ(sendmmsg(fd, out.messages + 3, 1, 0), 1);

	prepare(&out);
	EXPECT_EQ(recvmmsg(receiver, out.messages, ROOM, MSG_DONTWAIT, NULL), 3);
}

/*
 * A batch of nothing is done at once.
 *
 * The result counts messages, so 0 means "none", never "end of file" as recv()'s 0 may. An
 * empty batch returns 0 even on a blocking socket without data, and takes nothing from the
 * queue.
 */
CASE(empty_batch, .claim = "sendmmsg() and recvmmsg() of no messages return 0", .level = ABI,
     .spec = "sendmmsg(2), recvmmsg(2); net/socket.c", .tags = "mmsg")
{
	struct pair p = udp_pair(AF_INET);
	struct batch b;

	prepare(&b);
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(sendmmsg(p.client, b.messages, 0, 0), 0);
	EXPECT_EQ(recvmmsg(p.server, b.messages, 0, 0, NULL), 0);
	EXPECT_EQ(recvmmsg(p.server, b.messages, 1, 0, NULL), 1);
}
