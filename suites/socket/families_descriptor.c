/* SPDX-License-Identifier: MIT */
/* The descriptor that socket() gives: its number, its flags, and how many there are. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "suites/socket/families_exec.h"

#include "harness/case.h"

/* ------------------------------------------------- ways to come by a connected socket */

/* Makes a connected pair, `held` by the call that is looked at. Returns -1 on failure. */
struct maker_row {
	struct variant variant;
	int (*make)(int flags, int *held, int *other);
};

static int connected_to(int listener, int client)
{
	struct address name = address_unix("/tmp/maker");

	return bind(listener, ADDRESS(name)) == 0 && listen(listener, 1) == 0 &&
			       connect(client, ADDRESS(name)) == 0
		       ? 0
		       : -1;
}

static int by_socket(int flags, int *held, int *other)
{
	int listener = socket(AF_UNIX, SOCK_STREAM, 0);

	*held = socket(AF_UNIX, SOCK_STREAM | flags, 0);
	if (connected_to(listener, *held) != 0)
		return -1;
	*other = accept(listener, NULL, NULL);
	return *other;
}

static int by_socketpair(int flags, int *held, int *other)
{
	int ends[2];

	if (socketpair(AF_UNIX, SOCK_STREAM | flags, 0, ends) != 0)
		return -1;
	*held = ends[0];
	*other = ends[1];
	return 0;
}

static int by_accept4(int flags, int *held, int *other)
{
	/* The listener has the opposite flags: they are not inherited. */
	int listener = socket(AF_UNIX, SOCK_STREAM | (flags ^ (SOCK_CLOEXEC | SOCK_NONBLOCK)), 0);

	*other = socket(AF_UNIX, SOCK_STREAM, 0);
	if (connected_to(listener, *other) != 0)
		return -1;
	*held = accept4(listener, NULL, NULL, flags);
	return *held;
}

static const struct maker_row makers[] = {
	{{"socket", NULL}, by_socket},
	{{"socketpair", NULL}, by_socketpair},
	{{"accept4", NULL}, by_accept4},
};

/* The held end is let go of: does a program that runs meanwhile still hold it? */
static bool survives_exec(int held, int other)
{
	struct program program = program_start();
	bool survives;

	SETUP(close(held));
	survives = (wait_for(other, POLLIN, 0) & POLLHUP) == 0;
	program_stop(program);
	return survives;
}

/*
 * `SOCK_CLOEXEC` keeps the socket out of other programs.
 *
 * exec() replaces the program and keeps its descriptors. A socket that slips into
 * a program which knows nothing of it stays open there: the peer never sees the
 * end, the port stays taken. Setting the mark later by fcntl() leaves a gap for
 * another thread's fork(); the flag leaves none.
 *
 * To see it, the case holds one end alone, executes a program, and closes its own
 * descriptor: the other end tells whether anybody still holds the first.
 */
CASE(cloexec_closes_at_exec,
     .claim = "A socket made with SOCK_CLOEXEC is closed by exec(), one made without stays open",
     .level = POSIX,
     .spec = "POSIX.1-2024 socket(), socketpair(), accept4(): SOCK_CLOEXEC; execve(2)",
     .tags = "socket SOCK_CLOEXEC exec", .VARIANTS(makers))
{
	const struct maker_row *row = VARIANT(struct maker_row);
	int held, other;

	SETUP(row->make(SOCK_CLOEXEC, &held, &other));
	EXPECT_TRUE(!survives_exec(held, other));
	SETUP(close(other));
	/* Its file, if there was one, would be in the way. */
	unlink("/tmp/maker");

	SETUP(row->make(0, &held, &other));
	EXPECT_TRUE(survives_exec(held, other));
}

/*
 * The mark can be set later, and taken away.
 *
 * fcntl(F_SETFD) sets the one flag that belongs to the descriptor and not to the open
 * file. A server that hands a connection to a program it starts takes the mark away just
 * before: the rule is that all descriptors have it, and the exception is deliberate.
 */
CASE(the_mark_can_be_changed,
     .claim = "FD_CLOEXEC set by fcntl(F_SETFD) closes a socket at exec(), and taken away does not",
     .level = POSIX, .spec = "POSIX.1-2024 fcntl() F_SETFD, FD_CLOEXEC",
     .tags = "fcntl FD_CLOEXEC exec")
{
	int ends[2];

	SETUP(socketpair(AF_UNIX, SOCK_STREAM, 0, ends));
	EXPECT_OK(fcntl(ends[0], F_SETFD, FD_CLOEXEC));
	EXPECT_EQ(fcntl(ends[0], F_GETFD), FD_CLOEXEC);
	EXPECT_TRUE(!survives_exec(ends[0], ends[1]));

	SETUP(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends));
	EXPECT_OK(fcntl(ends[0], F_SETFD, 0));
	EXPECT_EQ(fcntl(ends[0], F_GETFD), 0);
	EXPECT_TRUE(survives_exec(ends[0], ends[1]));
}

struct copy_row {
	struct variant variant;
	int command, mark;
};

static const struct copy_row copies[] = {
	{{"F_DUPFD", NULL}, F_DUPFD, 0},
	{{"F_DUPFD_CLOEXEC", NULL}, F_DUPFD_CLOEXEC, FD_CLOEXEC},
};

/*
 * A copy with a number from the upper shelf.
 *
 * dup() gives the lowest free number; fcntl(F_DUPFD) the lowest that is not below its
 * argument, which keeps a shell's own descriptors away from those that its user may
 * redirect. The copy does not have the original's mark: it is marked if that was asked for.
 */
CASE(a_copy_from_a_number_on,
     .claim = "fcntl(F_DUPFD) gives the lowest free number not below its argument, with the mark "
	      "only for F_DUPFD_CLOEXEC",
     .level = POSIX, .spec = "POSIX.1-2024 fcntl() F_DUPFD, F_DUPFD_CLOEXEC",
     .tags = "fcntl FD_CLOEXEC", .VARIANTS(copies))
{
	const struct copy_row *row = VARIANT(struct copy_row);
	int fd = SETUP(socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));

	EXPECT_EQ(fcntl(fd, row->command, 100), 100);
	EXPECT_EQ(fcntl(fd, row->command, 100), 101);
	EXPECT_EQ(fcntl(100, F_GETFD), row->mark);
}

/*
 * `SOCK_NONBLOCK` returns where another would wait.
 *
 * recv() without data is `EAGAIN` at once. A socket made without the flag waits:
 * here `SO_RCVTIMEO` ends its waiting, with the same error, but later, and the
 * clock tells the two apart. accept() does not hand the listener's flag on, on
 * Linux; accept4() says for each connection what it is to be.
 */
CASE(nonblock_does_not_wait,
     .claim = "recv() without data returns EAGAIN at once with SOCK_NONBLOCK, and waits without",
     .level = POSIX, .spec = "POSIX.1-2024 socket(), accept4(): SOCK_NONBLOCK; recv() ERRORS",
     .tags = "socket SOCK_NONBLOCK", .waits = true, .VARIANTS(makers))
{
	const struct maker_row *row = VARIANT(struct maker_row);
	struct timeval patience = {.tv_usec = 50000};
	int held, other;
	int64_t start;
	char byte;

	SETUP(row->make(SOCK_NONBLOCK, &held, &other));
	/* No time-out: a recv() that waited would not return. */
	EXPECT_ERR(recv(held, &byte, 1, 0), EAGAIN, EWOULDBLOCK);
	SETUP(send(other, "x", 1, 0));
	EXPECT_EQ(recv(held, &byte, 1, 0), 1);
	SETUP(close(held));
	unlink("/tmp/maker");

	SETUP(row->make(0, &held, &other));
	SETUP(setsockopt(held, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)));
	start = clock_ms();
	EXPECT_ERR(recv(held, &byte, 1, 0), EAGAIN, EWOULDBLOCK);
	EXPECT_GE(clock_ms() - start, 49);
}

/*
 * Both ends of a pair get the flags.
 *
 * They come from one call with one set of flags. To have one end that blocks and one
 * that does not, as a parent and a child may want, fcntl() changes one of them.
 */
CASE(a_pair_shares_its_flags,
     .claim = "SOCK_NONBLOCK and SOCK_CLOEXEC in socketpair() hold for both ends, fcntl() for one",
     .level = POSIX, .spec = "POSIX.1-2024 socketpair(), fcntl()",
     .tags = "socketpair SOCK_NONBLOCK SOCK_CLOEXEC fcntl")
{
	int ends[2];
	char byte;

	REQUIRE_OK(socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends));
	for (int i = 0; i < 2; i++) {
		EXPECT_ERR(recv(ends[i], &byte, 1, 0), EAGAIN, EWOULDBLOCK);
		EXPECT_EQ(fcntl(ends[i], F_GETFD) & FD_CLOEXEC, FD_CLOEXEC);
	}
	SETUP(fcntl(ends[0], F_SETFL, fcntl(ends[0], F_GETFL) & ~O_NONBLOCK));
	EXPECT_EQ(fcntl(ends[0], F_GETFL) & O_NONBLOCK, 0);
	EXPECT_ERR(recv(ends[1], &byte, 1, 0), EAGAIN, EWOULDBLOCK);
}

/*
 * A new descriptor has the lowest number that is free.
 *
 * All calls that open something promise it. Shells redirect by it: close 0, open a
 * file, and it is the standard input. The dark side: a number that a program still
 * remembers after close() may already belong to another connection.
 */
CASE(the_lowest_number_is_given, .claim = "socket() gives the lowest descriptor that is not open",
     .level = POSIX, .spec = "POSIX.1-2024 socket() DESCRIPTION, 2.6 File Descriptor Allocation",
     .tags = "socket")
{
	int low = SETUP(socket(AF_UNIX, SOCK_STREAM, 0));
	int high = SETUP(socket(AF_UNIX, SOCK_STREAM, 0));

	EXPECT_LT(low, high);
	SETUP(close(low));
	EXPECT_EQ(socket(AF_UNIX, SOCK_DGRAM, 0), low);
	EXPECT_GT(socket(AF_UNIX, SOCK_DGRAM, 0), high);
}

/* --------------------------------------------------------------------------- limits */

static int limit_listener;

static int call_socket(void)
{
	return socket(AF_UNIX, SOCK_STREAM, 0);
}

static int call_socketpair(void)
{
	int ends[2];

	return socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
}

static int call_accept(void)
{
	return accept(limit_listener, NULL, NULL);
}

struct limit_row {
	struct variant variant;
	int (*call)(void);
	unsigned long free_places; /* one less than the call needs */
};

static const struct limit_row limited[] = {
	{{"socket", NULL}, call_socket, 0},
	{{"socketpair", NULL}, call_socketpair, 1},
	{{"accept", NULL}, call_accept, 0},
};

/*
 * A process may have only so many descriptors.
 *
 * `EMFILE`: the table of this process is full, as `RLIMIT_NOFILE` says; other
 * processes are well. socketpair() needs two places and takes none if there is only
 * one. accept() loses nothing either: the connection stays in the queue. But then
 * the listener stays readable, and a server that only tries again spins; the usual
 * trick is to keep one descriptor in reserve.
 *
 * Try it: `ulimit -n 10`, and start a server.
 */
CASE(a_full_table_is_EMFILE,
     .claim = "The call fails with EMFILE when RLIMIT_NOFILE is reached, and works when it is "
	      "raised",
     .level = POSIX, .spec = "POSIX.1-2024 socket(), socketpair(), accept() ERRORS",
     .tags = "socket limit errno", .VARIANTS(limited))
{
	const struct limit_row *row = VARIANT(struct limit_row);
	int client = SETUP(socket(AF_UNIX, SOCK_STREAM, 0)), next;
	struct rlimit limit;

	limit_listener = SETUP(socket(AF_UNIX, SOCK_STREAM, 0));
	SETUP(connected_to(limit_listener, client));
	SETUP(getrlimit(RLIMIT_NOFILE, &limit));
	next = SETUP(dup(client));
	SETUP(close(next));

	SETUP(sandbox_limit(RLIMIT_NOFILE, (unsigned long)next + row->free_places));
	EXPECT_ERR(row->call(), EMFILE);
	SETUP(sandbox_limit(RLIMIT_NOFILE, limit.rlim_cur));
	EXPECT_OK(row->call());
}
