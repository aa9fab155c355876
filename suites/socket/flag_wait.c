/* SPDX-License-Identifier: MIT */
/* MSG_DONTWAIT and MSG_WAITALL: how long one call may take, and how much it must bring. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "harness/case.h"

struct kind_row {
	struct variant variant;
	int family;
};

static const struct kind_row streams[] = {
	{{"tcp4", NULL}, AF_INET},
	{{"tcp6", "ipv6"}, AF_INET6},
	{{"unix", NULL}, AF_UNIX},
};

static struct pair stream_pair(int family)
{
	return family == AF_UNIX ? unix_pair(SOCK_STREAM) : tcp_pair(family);
}

static int send_the_rest(void *context)
{
	sleep_ms(60);
	return send(*(int *)context, "def", 3, 0) != 3;
}

/*
 * `MSG_WAITALL` makes recv() wait until the buffer is full.
 *
 * A stream has no borders, so recv() returns what happens to be there, often less than one
 * record. Every program that reads records has a loop around recv() for that; this flag puts
 * it into the kernel. It is no promise: see the cases on what ends it early.
 */
CASE(waitall,
     .claim = "recv() with MSG_WAITALL returns only when all the bytes asked for have come",
     .level = POSIX, .spec = "POSIX.1-2024 recv() MSG_WAITALL; recv(2)", .tags = "flag waitall",
     .waits = true, .VARIANTS(streams))
{
	struct pair p = stream_pair(VARIANT(struct kind_row)->family);
	char buffer[6];
	pid_t child;

	/* Without the flag: what is there. */
	SETUP(send(p.client, "abc", 3, 0));
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 3);

	SETUP(send(p.client, "abc", 3, 0));
	child = start_child(send_the_rest, &p.client);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), MSG_WAITALL), 6);
	EXPECT_MEMEQ(buffer, "abcdef", 6);
	EXPECT_EQ(wait_child(child), 0);
}

/*
 * The end of the stream ends the wait: there will never be more.
 *
 * The call returns the bytes that came, without an error. So even with `MSG_WAITALL` a
 * program has to compare the result with what it asked for; less means that the peer closed
 * in the middle of a record.
 */
CASE(waitall_at_the_end,
     .claim = "recv() with MSG_WAITALL returns fewer bytes when the stream ends, then 0",
     .level = POSIX, .spec = "POSIX.1-2024 recv() MSG_WAITALL", .tags = "flag waitall eof",
     .VARIANTS(streams))
{
	struct pair p = stream_pair(VARIANT(struct kind_row)->family);
	char buffer[6];

	SETUP(send(p.client, "abc", 3, 0));
	SETUP(shutdown(p.client, SHUT_WR));
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), MSG_WAITALL), 3);
	EXPECT_MEMEQ(buffer, "abc", 3);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), MSG_WAITALL), 0);
}

static void ignore_it(int number)
{
	(void)number;
}

/*
 * A signal ends it, too, and then the number of bytes comes before the error.
 *
 * A call that has already taken data cannot say `EINTR`: the data would be lost. It returns
 * the short count. Had nothing come yet, the same signal would give EINTR.
 */
CASE(waitall_and_a_signal,
     .claim = "recv() with MSG_WAITALL returns the bytes so far when a signal is caught",
     .level = POSIX, .spec = "POSIX.1-2024 recv() MSG_WAITALL; recv(2); signal(7)",
     .tags = "flag waitall signal", .waits = true, .VARIANTS(streams))
{
	struct pair p = stream_pair(VARIANT(struct kind_row)->family);
	struct sigaction action = {.sa_handler = ignore_it};
	struct itimerval each = {{0, 20000}, {0, 20000}};
	char buffer[6];

	SETUP(sigaction(SIGALRM, &action, NULL));
	SETUP(send(p.client, "abc", 3, 0));
	SETUP(setitimer(ITIMER_REAL, &each, NULL));
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), MSG_WAITALL), 3);
	EXPECT_ERR(recv(p.server, buffer, sizeof(buffer), MSG_WAITALL), EINTR);
}

/*
 * For messages there is nothing to wait for: one call, one message.
 *
 * `MSG_WAITALL` cannot join two datagrams, since borders are what datagrams are about. The
 * flag is ignored.
 */
CASE(waitall_for_a_message,
     .claim = "on a datagram socket MSG_WAITALL has no effect: recv() returns one message",
     .level = LINUX, .spec = "recv(2) MSG_WAITALL", .tags = "flag waitall udp")
{
	struct pair p = udp_pair(AF_INET);
	char buffer[16];

	SETUP(send(p.client, "abc", 3, 0));
	SETUP(send(p.client, "def", 3, 0));
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), MSG_WAITALL), 3);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), MSG_WAITALL), 3);
}

struct type_row {
	struct variant variant;
	struct pair (*make)(void);
};

static const struct type_row types[] = {
	{{"tcp", NULL}, pair_tcp4},
	{{"udp", NULL}, pair_udp4},
	{{"unix_stream", NULL}, pair_unix_stream},
	{{"unix_dgram", NULL}, pair_unix_dgram},
	{{"unix_seqpacket", NULL}, pair_unix_seqpacket},
};

/*
 * `MSG_DONTWAIT` makes one call non-blocking and leaves the socket as it is.
 *
 * `O_NONBLOCK` belongs to the open file, so setting it changes the socket for every process
 * that shares it, such as a parent that passed it on. The flag concerns one call of one
 * thread. It is not in POSIX, and yet every Unix has it.
 */
CASE(dontwait_to_receive,
     .claim = "recv() with MSG_DONTWAIT fails with EAGAIN on an empty socket, which stays blocking",
     .level = LINUX, .spec = "recv(2) MSG_DONTWAIT", .tags = "flag nonblocking", .VARIANTS(types))
{
	struct pair p = make_pair(VARIANT(struct type_row)->make);
	char byte;

	EXPECT_ERR(recv(p.server, &byte, 1, MSG_DONTWAIT), EAGAIN);
	EXPECT_EQ(fcntl(p.server, F_GETFL) & O_NONBLOCK, 0);
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(p.server, &byte, 1, MSG_DONTWAIT), 1);
}

static const struct type_row senders[] = {
	{{"tcp", NULL}, pair_tcp4},
	{{"unix_stream", NULL}, pair_unix_stream},
	{{"unix_dgram", NULL}, pair_unix_dgram},
	{{"unix_seqpacket", NULL}, pair_unix_seqpacket},
};

/*
 * Sending can block as well: when the peer does not read, the buffers on the way fill up.
 *
 * With `MSG_DONTWAIT` send() says `EAGAIN` then. On a stream it may before that take a part
 * and return its length; a message goes whole or not at all. Unix datagram sockets are
 * reliable, so they wait like streams, while UDP drops and never waits for the peer.
 */
CASE(dontwait_to_send,
     .claim = "send() with MSG_DONTWAIT fails with EAGAIN while the peer's queue is full, not "
	      "after it was read",
     .level = LINUX, .spec = "send(2) MSG_DONTWAIT; unix(7)", .tags = "flag nonblocking",
     .VARIANTS(senders))
{
	struct pair p = make_pair(VARIANT(struct type_row)->make);
	char chunk[1024] = {0};

	SETUP(set_int(p.client, SOL_SOCKET, SO_SNDBUF, 16384));
	SETUP(set_int(p.server, SOL_SOCKET, SO_RCVBUF, 16384));
	while (send(p.client, chunk, sizeof(chunk), MSG_DONTWAIT) > 0)
		;
	EXPECT_ERR(send(p.client, chunk, sizeof(chunk), MSG_DONTWAIT), EAGAIN);

	/* The peer reads until there is room. */
	while (wait_for(p.client, POLLOUT, 0) == 0 && wait_for(p.server, POLLIN, SOON_MS) != 0)
		SETUP(recv(p.server, chunk, sizeof(chunk), 0));
	EXPECT_GT(send(p.client, chunk, sizeof(chunk), MSG_DONTWAIT), 0);
}
