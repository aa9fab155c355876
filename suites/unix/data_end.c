/* SPDX-License-Identifier: MIT */
/* How a connection ends: close(), shutdown(), and what the other side learns of it. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/names/names.h"
#include "suites/unix/unix_help.h"

#include "harness/case.h"

struct type_row {
	struct variant variant;
	int type;
};

static const struct type_row types[] = {
	{{"stream", NULL}, SOCK_STREAM},
	{{"seqpacket", NULL}, SOCK_SEQPACKET},
};

/*
 * End of file comes after the last byte.
 *
 * close() does not take back what was sent: the reader gets all of it, and 0 then,
 * as often as it asks. 0 is not an error and not "nothing yet"; a loop that goes
 * on after it spins for ever.
 *
 * Try it: `socat - UNIX-LISTEN:/tmp/s`, and `printf hello | socat - UNIX:/tmp/s`.
 */
CASE(end_of_file_comes_last,
     .claim = "After the peer's close() recv() gives what is queued, and then 0 each time",
     .level = POSIX, .spec = "POSIX.1-2024 recv() RETURN VALUE", .tags = "unix close recv",
     .VARIANTS(types))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	char text[8] = "";

	EXPECT_ERR(recv(p.server, text, sizeof(text), MSG_DONTWAIT), EAGAIN, EWOULDBLOCK);
	SETUP(send(p.client, "last", 4, 0));
	SETUP(close(p.client));
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 4);
	EXPECT_STREQ(text, "last");
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 0);
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 0);
}

/*
 * close() with unread data is a reset.
 *
 * The peer sent something that nobody will ever read. It should know: its next
 * recv() fails with `ECONNRESET`, once, and gives end of file after. Without unread
 * data the same close() is an orderly end. TCP does the same, with a RST instead
 * of a FIN on the wire.
 */
CASE(close_with_unread_data_resets,
     .claim = "recv() fails with ECONNRESET if the peer closed without having read all, and gives "
	      "0 if it had",
     .level = LINUX, .spec = "unix(7) ERRORS: ECONNRESET", .tags = "unix close errno",
     .VARIANTS(types))
{
	int type = VARIANT(struct type_row)->type;
	struct pair rude = unix_pair(type), polite = unix_pair(type);
	char byte;

	SETUP(send(rude.client, "x", 1, 0));
	SETUP(close(rude.server));
	EXPECT_ERR(recv(rude.client, &byte, 1, 0), ECONNRESET);
	EXPECT_EQ(recv(rude.client, &byte, 1, 0), 0);

	SETUP(send(polite.client, "x", 1, 0));
	SETUP(recv(polite.server, &byte, 1, 0));
	SETUP(close(polite.server));
	EXPECT_EQ(recv(polite.client, &byte, 1, 0), 0);
}

/*
 * shutdown(SHUT_WR) closes one direction.
 *
 * The reader sees the end of file, and can still answer: "that was my question".
 * close() could not do it, it ends both directions, and only when the last
 * descriptor goes; shutdown() works on the connection, whoever else holds it.
 * Writing after it is an error of the writer: `EPIPE`.
 */
CASE(half_of_a_connection_can_end,
     .claim = "After SHUT_WR the peer reads 0 and can still send; the own send() fails with EPIPE",
     .level = POSIX, .spec = "POSIX.1-2024 shutdown(); send() ERRORS", .tags = "unix shutdown",
     .VARIANTS(types))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	char text[8] = "";

	EXPECT_EQ(send(p.client, "ask", 3, MSG_NOSIGNAL), 3);
	EXPECT_OK(shutdown(p.client, SHUT_WR));
	EXPECT_ERR(send(p.client, "more", 4, MSG_NOSIGNAL), EPIPE);

	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 3);
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 0);
	EXPECT_EQ(send(p.server, "answer", 6, 0), 6);
	EXPECT_EQ(recv(p.client, text, sizeof(text), 0), 6);
	EXPECT_STREQ(text, "answer");
}

/*
 * shutdown(SHUT_RD) is felt by the writer.
 *
 * On a network the other side does not learn that nobody reads any more. Here both
 * ends are in one kernel, and it tells at once: the peer's send() fails with
 * `EPIPE`. What had arrived before can still be read.
 */
CASE(a_deaf_peer_is_noticed,
     .claim = "After SHUT_RD the peer's send() fails with EPIPE; what came before can be read",
     .level = ABI, .spec = "shutdown(2); unix(7) ERRORS: EPIPE", .tags = "unix shutdown",
     .VARIANTS(types))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	char text[8] = "";

	EXPECT_EQ(send(p.client, "first", 5, MSG_NOSIGNAL), 5);
	EXPECT_OK(shutdown(p.server, SHUT_RD));
	EXPECT_ERR(send(p.client, "second", 6, MSG_NOSIGNAL), EPIPE);
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 5);
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 0);
	/* The other direction is untouched. */
	EXPECT_EQ(send(p.server, "x", 1, MSG_NOSIGNAL), 1);
}

/* ------------------------------------------------------------------------ SIGPIPE */

static volatile sig_atomic_t pipe_signals;

static void count_signal(int signal)
{
	(void)signal;
	pipe_signals++;
}

static int count_pipe_signals(void)
{
	struct sigaction action = {.sa_handler = count_signal};

	return sigaction(SIGPIPE, &action, NULL);
}

/*
 * Writing to nobody raises SIGPIPE, unless told not to.
 *
 * By default the signal ends the process: right for `yes | head`, wrong for a
 * server that loses a client. `MSG_NOSIGNAL` leaves the error alone, for one call;
 * a library should pass it always, since the signal belongs to the program.
 *
 * Try it: `yes | head -1; echo ${PIPESTATUS[0]}` prints 141, that is 128 + SIGPIPE.
 */
CASE(writing_to_nobody_raises_sigpipe,
     .claim = "send() to a closed peer fails with EPIPE and raises SIGPIPE, which MSG_NOSIGNAL "
	      "prevents",
     .level = POSIX, .spec = "POSIX.1-2024 send() ERRORS: EPIPE, MSG_NOSIGNAL",
     .tags = "unix send SIGPIPE")
{
	struct pair p = unix_pair(SOCK_STREAM);
	char byte;

	SETUP(count_pipe_signals());
	EXPECT_EQ(send(p.client, "x", 1, 0), 1);
	SETUP(recv(p.server, &byte, 1, 0));
	SETUP(close(p.server));

	EXPECT_ERR(send(p.client, "x", 1, MSG_NOSIGNAL), EPIPE);
	EXPECT_EQ(pipe_signals, 0);
	EXPECT_ERR(send(p.client, "x", 1, 0), EPIPE);
	EXPECT_EQ(pipe_signals, 1);
	EXPECT_ERR(write(p.client, "x", 1), EPIPE);
	EXPECT_EQ(pipe_signals, 2);
}

/*
 * Not every socket raises SIGPIPE.
 *
 * POSIX demands the signal for streams and, in its newer editions, for sequenced
 * packets too. Linux raises it for AF_UNIX streams only. With `MSG_NOSIGNAL` a
 * program need not know; this case writes down what happens without.
 */
CASE(seqpacket_and_sigpipe,
     .claim = "send() on a sequenced packet socket fails with EPIPE when the peer is closed",
     .level = OBSERVED, .spec = "POSIX.1-2024 send() ERRORS: EPIPE",
     .tags = "unix seqpacket SIGPIPE")
{
	struct pair p = unix_pair(SOCK_SEQPACKET);
	char byte;

	SETUP(count_pipe_signals());
	EXPECT_EQ(send(p.client, "x", 1, 0), 1);
	SETUP(recv(p.server, &byte, 1, 0));
	SETUP(close(p.server));
	EXPECT_ERR(send(p.client, "x", 1, 0), EPIPE);
	OBSERVE("SIGPIPE raised", "%d", (int)pipe_signals);
}

/* ------------------------------------------------------------- without a connection */

/*
 * Sending needs a connection.
 *
 * A stream without a peer has nowhere to put data, and no address in a message
 * could change that. Its relative for "was connected, is no more" is `EPIPE`.
 */
CASE(sending_needs_a_connection,
     .claim = "send() fails with ENOTCONN before connect(), and works after", .level = POSIX,
     .spec = "POSIX.1-2024 send() ERRORS", .tags = "unix send errno", .VARIANTS(types))
{
	int type = VARIANT(struct type_row)->type;
	struct address name = address_unix("/tmp/server");
	int client = SETUP(socket(AF_UNIX, type, 0));

	SETUP(unix_listener(type, "/tmp/server"));
	EXPECT_ERR(send(client, "x", 1, MSG_NOSIGNAL), ENOTCONN);
	SETUP(connect(client, ADDRESS(name)));
	EXPECT_EQ(send(client, "x", 1, MSG_NOSIGNAL), 1);
}

/*
 * Receiving and shutting down without a connection.
 *
 * POSIX wants `ENOTCONN` from both. Linux's AF_UNIX answers `EINVAL` to recv() on a
 * stream and lets shutdown() succeed, as if an end could be agreed upon with
 * nobody. Nothing should rely on that; the case writes it down.
 */
CASE(receiving_needs_a_connection, .claim = "recv() fails before connect()", .level = OBSERVED,
     .spec = "POSIX.1-2024 recv() ERRORS, shutdown() ERRORS: ENOTCONN",
     .tags = "unix recv shutdown errno", .VARIANTS(types))
{
	int type = VARIANT(struct type_row)->type;
	int fresh = SETUP(socket(AF_UNIX, type, 0)), other = SETUP(socket(AF_UNIX, type, 0));
	struct pair p = unix_pair(type);
	char byte;

	errno = 0;
	EXPECT_EQ(recv(fresh, &byte, 1, MSG_DONTWAIT), -1);
	OBSERVE("recv() without a connection", "%s", names_errno(errno));
	errno = 0;
	OBSERVE("shutdown() without a connection", "%s",
		shutdown(other, SHUT_RDWR) == 0 ? "succeeds" : names_errno(errno));

	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(recv(p.server, &byte, 1, MSG_DONTWAIT), 1);
}
