/* SPDX-License-Identifier: MIT */
/* MSG_OOB on AF_UNIX streams: since Linux 5.15, if the kernel was built with it. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/unix/unix_help.h"

#include "harness/case.h"

/* A pair over which one out-of-band byte can be sent, or the case is skipped. */
static struct pair pair_with_urgency(void)
{
	struct pair trial = unix_pair(SOCK_STREAM);
	ssize_t sent = send(trial.client, "!", 1, MSG_OOB);

	if (sent < 0 && errno == EOPNOTSUPP)
		SKIP("unix MSG_OOB", "send(MSG_OOB) on an AF_UNIX stream: %s", strerror(errno));
	SETUP(sent);
	SETUP(close(trial.client));
	SETUP(close(trial.server));
	return unix_pair(SOCK_STREAM);
}

/*
 * The last byte of an out-of-band send stands beside the stream.
 *
 * `MSG_OOB` marks one byte: recv() with the same flag takes it before all that was
 * sent earlier, recv() without the flag passes over it. It is the one thing that
 * does not wait in line: "stop", on a connection that is full of data. poll()
 * reports it as `POLLPRI`. TCP's urgent data has the same interface, so that a
 * program can change from one to the other.
 */
CASE(an_urgent_byte_passes_the_others,
     .claim = "recv() with MSG_OOB takes the byte sent with MSG_OOB, ahead of earlier data",
     .since = "5.15", .level = ABI,
     .spec = "POSIX.1-2024 2.10.12 Socket Out-of-Band Data State; recv(2): MSG_OOB",
     .tags = "unix stream MSG_OOB")
{
	struct pair p = pair_with_urgency();
	char text[8] = "", urgent = 0;

	SETUP(send(p.client, "slow", 4, 0));
	EXPECT_EQ(wait_for(p.server, POLLPRI, 0), 0);
	EXPECT_EQ(send(p.client, "!", 1, MSG_OOB), 1);
	EXPECT_EQ(wait_for(p.server, POLLPRI, SOON_MS), POLLPRI);
	EXPECT_EQ(recv(p.server, &urgent, 1, MSG_OOB), 1);
	EXPECT_EQ(urgent, '!');
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 4);
	EXPECT_STREQ(text, "slow");
}

/*
 * Reading stops at the mark.
 *
 * The place of the urgent byte is kept: a recv() that begins before it ends there,
 * however much follows, and sockatmark() says that it is reached. So a reader can
 * throw away all that was sent before "stop", and go on with what came after.
 */
CASE(reading_stops_at_the_mark,
     .claim = "recv() gives only what was sent before the out-of-band byte, and sockatmark() is 1 "
	      "then",
     .since = "5.15", .level = ABI, .spec = "POSIX.1-2024 sockatmark(), 2.10.12; sockatmark(3)",
     .tags = "unix stream MSG_OOB sockatmark")
{
	struct pair p = pair_with_urgency();
	char text[16] = "";

	SETUP(send(p.client, "before", 6, 0));
	SETUP(send(p.client, "!", 1, MSG_OOB));
	SETUP(send(p.client, "after", 5, 0));
	EXPECT_EQ(sockatmark(p.server), 0);
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 6);
	EXPECT_MEMEQ(text, "before", 6);
	EXPECT_EQ(sockatmark(p.server), 1);
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 5);
	EXPECT_MEMEQ(text, "after", 5);
}

/*
 * `SO_OOBINLINE` leaves the byte in its place.
 *
 * Then it is read like any other, at the mark, and `MSG_OOB` has nothing to give.
 * Which of the two a program wants it must say before the byte arrives.
 */
CASE(an_urgent_byte_can_stay_in_line,
     .claim = "With SO_OOBINLINE the byte is read in order, after stopping at the mark; MSG_OOB "
	      "is EINVAL",
     .since = "5.15", .level = ABI, .spec = "POSIX.1-2024 2.10.12; socket(7): SO_OOBINLINE",
     .tags = "unix stream MSG_OOB SO_OOBINLINE")
{
	struct pair p = pair_with_urgency();
	char text[16] = "";

	SETUP(set_int(p.server, SOL_SOCKET, SO_OOBINLINE, 1));
	SETUP(send(p.client, "ab", 2, 0));
	SETUP(send(p.client, "!", 1, MSG_OOB));
	EXPECT_ERR(recv(p.server, text, 1, MSG_OOB), EINVAL);
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 2);
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 1);
	EXPECT_EQ(text[0], '!');
}

static volatile sig_atomic_t urgent_signals;

static void count_signal(int signal)
{
	(void)signal;
	urgent_signals++;
}

/*
 * The owner of the socket gets SIGURG.
 *
 * Only if it has one: fcntl(F_SETOWN) names the process. Without an owner the byte
 * arrives, and nobody is disturbed.
 */
CASE(the_owner_gets_sigurg,
     .claim = "An out-of-band byte raises SIGURG in the owner of the socket, and in nobody "
	      "without one",
     .since = "5.15", .level = ABI, .spec = "POSIX.1-2024 2.10.8 Socket Owner; fcntl(2): F_SETOWN",
     .tags = "unix stream MSG_OOB SIGURG")
{
	struct sigaction action = {.sa_handler = count_signal};
	struct pair p = pair_with_urgency();

	SETUP(sigaction(SIGURG, &action, NULL));
	SETUP(send(p.client, "!", 1, MSG_OOB));
	EXPECT_EQ(urgent_signals, 0);
	SETUP(fcntl(p.server, F_SETOWN, getpid()));
	SETUP(send(p.client, "!", 1, MSG_OOB));
	EXPECT_EQ(urgent_signals, 1);
}

/*
 * Nothing urgent is an error, not an empty result.
 *
 * recv() with `MSG_OOB` never waits. Without a byte to give it fails with `EINVAL`,
 * and so it does when the byte has been taken: it is given once.
 */
CASE(an_urgent_byte_is_given_once,
     .claim = "recv() with MSG_OOB fails with EINVAL before the byte is sent and after it was "
	      "taken",
     .since = "5.15", .level = ABI, .spec = "POSIX.1-2024 recv() ERRORS: EINVAL",
     .tags = "unix stream MSG_OOB errno")
{
	struct pair p = pair_with_urgency();
	char byte;

	EXPECT_ERR(recv(p.server, &byte, 1, MSG_OOB), EINVAL);
	SETUP(send(p.client, "!", 1, MSG_OOB));
	EXPECT_EQ(recv(p.server, &byte, 1, MSG_OOB), 1);
	EXPECT_ERR(recv(p.server, &byte, 1, MSG_OOB), EINVAL);
}

struct type_row {
	struct variant variant;
	int type;
};

static const struct type_row message_types[] = {
	{{"dgram", NULL}, SOCK_DGRAM},
	{{"seqpacket", NULL}, SOCK_SEQPACKET},
};

/*
 * Messages cannot be urgent.
 *
 * A mark is a place in a stream of bytes. Datagrams and packets have no such
 * place, so `MSG_OOB` is refused with `EOPNOTSUPP`, on both sides. (A reader that
 * wants to see "stop" first needs a second socket.)
 */
CASE(messages_cannot_be_urgent,
     .claim = "send() and recv() with MSG_OOB fail with EOPNOTSUPP on datagram and packet sockets",
     .level = LINUX, .spec = "unix(7) ERRORS: EOPNOTSUPP",
     .tags = "unix dgram seqpacket MSG_OOB errno", .VARIANTS(message_types))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	char byte;

	EXPECT_ERR(send(p.client, "!", 1, MSG_OOB), EOPNOTSUPP);
	EXPECT_EQ(send(p.client, "!", 1, 0), 1);
	EXPECT_ERR(recv(p.server, &byte, 1, MSG_OOB), EOPNOTSUPP);
	EXPECT_EQ(recv(p.server, &byte, 1, 0), 1);
}
