/* SPDX-License-Identifier: MIT */
/* epoll: sets within sets, who is woken, what is refused. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "harness/case.h"

static int new_set(void)
{
	return SETUP(epoll_create1(EPOLL_CLOEXEC));
}

static int add(int set, int fd, uint32_t events)
{
	struct epoll_event wanted = {.events = events};

	wanted.data.fd = fd;
	return epoll_ctl(set, EPOLL_CTL_ADD, fd, &wanted);
}

/* The events of the next one, and its descriptor; 0 when none came in time. */
static uint32_t next_event(int set, int *fd, int milliseconds)
{
	struct epoll_event got = {.events = 0};
	int count = epoll_wait(set, &got, 1, milliseconds);

	*fd = got.data.fd;
	return count == 1 ? got.events : 0;
}

/*
 * A set is a file, and can be in a set.
 *
 * It is readable when it has an event. A library with a set of its own can so be waited for by
 * its program, with poll() or with another epoll set, and nobody need know what is inside.
 */
CASE(set_in_a_set,
     .claim = "an epoll set is readable, for poll() and for another set, while it has an event",
     .level = LINUX, .spec = "epoll(7) Questions and answers 3", .tags = "epoll poll")
{
	struct pair p = unix_pair(SOCK_STREAM);
	int inner = new_set(), outer = new_set(), fd = -1;
	char byte;

	EXPECT_OK(add(inner, p.server, EPOLLIN));
	EXPECT_OK(add(outer, inner, EPOLLIN));
	EXPECT_EQ(wait_for(inner, POLLIN, 0), 0);
	EXPECT_EQ(next_event(outer, &fd, 0), 0);
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(wait_for(inner, POLLIN | POLLOUT, 0), POLLIN);
	EXPECT_EQ(next_event(outer, &fd, 0), EPOLLIN);
	EXPECT_EQ(fd, inner);
	EXPECT_EQ(next_event(inner, &fd, 0), EPOLLIN);
	EXPECT_EQ(fd, p.server);
	SETUP(recv(p.server, &byte, 1, 0));
	EXPECT_EQ(next_event(outer, &fd, 0), 0);
	EXPECT_EQ(wait_for(inner, POLLIN, 0), 0);
}

/*
 * ... but not in itself, nor too deep.
 *
 * A circle of sets would never stop telling itself of an event: `ELOOP`; a set in itself is
 * `EINVAL`. Chains may be five sets long.
 */
CASE(circles_of_sets,
     .claim = "a circle of epoll sets and a chain of more than 5 fail with ELOOP, a set in itself "
	      "with EINVAL",
     .level = LINUX, .spec = "epoll_ctl(2) EINVAL, ELOOP", .tags = "epoll errno")
{
	int one = new_set(), two = new_set(), chain[6], last;

	EXPECT_ERR(add(one, one, EPOLLIN), EINVAL);
	EXPECT_OK(add(one, two, EPOLLIN));
	EXPECT_ERR(add(two, one, EPOLLIN), ELOOP);
	EXPECT_OK(epoll_ctl(one, EPOLL_CTL_DEL, two, NULL));
	EXPECT_OK(add(two, one, EPOLLIN));

	chain[0] = new_set();
	for (last = 1; last < 6; last++) {
		chain[last] = new_set();
		if (add(chain[last], chain[last - 1], EPOLLIN) != 0)
			break;
	}
	EXPECT_EQ(last, 5);
	EXPECT_ERRNO(errno, ELOOP);
}

/* An ordinary file: reading it never waits. */
static int plain_file(void)
{
	return SETUP(open("/etc/hosts", O_RDONLY | O_CLOEXEC));
}

struct refused_row {
	struct variant variant;
	int operation;
	uint32_t events;
	int target; /* 0: a socket, 1: a set, 2: a file */
	int error;
};

static const struct refused_row refusals[] = {
	{{"unknown_operation", NULL}, 9, EPOLLIN, 0, EINVAL},
	{{"plain_file", NULL}, EPOLL_CTL_ADD, EPOLLIN, 2, EPERM},
	{{"exclusive_oneshot", NULL},
	 EPOLL_CTL_ADD,
	 EPOLLIN | EPOLLEXCLUSIVE | EPOLLONESHOT,
	 0,
	 EINVAL},
	{{"exclusive_rdhup", NULL},
	 EPOLL_CTL_ADD,
	 EPOLLIN | EPOLLEXCLUSIVE | EPOLLRDHUP,
	 0,
	 EINVAL},
	{{"exclusive_set", NULL}, EPOLL_CTL_ADD, EPOLLIN | EPOLLEXCLUSIVE, 1, EINVAL},
	{{"exclusive_change", NULL}, EPOLL_CTL_MOD, EPOLLIN | EPOLLEXCLUSIVE, 0, EINVAL},
};

/*
 * What cannot be in a set.
 *
 * A file on disk is always ready, so waiting for it makes no sense: `EPERM`. `EPOLLEXCLUSIVE`
 * must be said when something is added and fits together with few other bits. What was
 * refused is not in the set.
 */
CASE(refused,
     .claim =
	     "epoll_ctl() refuses an unknown operation, a plain file, and EPOLLEXCLUSIVE with what "
	     "does not fit",
     .level = LINUX, .spec = "epoll_ctl(2) EINVAL, EPERM, EPOLLEXCLUSIVE", .tags = "epoll errno",
     .VARIANTS(refusals))
{
	const struct refused_row *row = VARIANT(struct refused_row);
	struct pair p = unix_pair(SOCK_STREAM);
	int set = new_set(), fd = row->target == 0   ? p.server
				  : row->target == 1 ? new_set()
						     : plain_file();
	struct epoll_event wanted = {.events = row->events};

	if (row->operation == EPOLL_CTL_MOD)
		EXPECT_OK(add(set, fd, EPOLLIN));
	EXPECT_ERR(epoll_ctl(set, row->operation, fd, &wanted), row->error);
	if (row->operation == EPOLL_CTL_MOD)
		EXPECT_OK(epoll_ctl(set, EPOLL_CTL_DEL, fd, NULL));
	EXPECT_ERR(epoll_ctl(set, EPOLL_CTL_DEL, fd, NULL), row->target == 2 ? EPERM : ENOENT);

	/* Without the fault. */
	EXPECT_OK(add(set, row->target == 2 ? p.server : fd, EPOLLIN));
}

/*
 * Numbers that make no sense.
 */
CASE(numbers_out_of_range,
     .claim = "epoll_create(0), epoll_wait() for no events and unknown flags fail with EINVAL",
     .level = LINUX, .spec = "epoll_create(2) EINVAL; epoll_wait(2) EINVAL", .tags = "epoll errno")
{
	struct epoll_event got;
	int set = new_set(), other;

	EXPECT_ERR(epoll_create(0), EINVAL);
	other = EXPECT_OK(epoll_create(1));
	EXPECT_ERR(epoll_create1(1), EINVAL);
	EXPECT_EQ(fcntl(set, F_GETFD), FD_CLOEXEC);
	EXPECT_EQ(fcntl(other, F_GETFD), 0);
	EXPECT_ERR(epoll_wait(set, &got, 0, 0), EINVAL);
	EXPECT_ERR(epoll_wait(SETUP(socket(AF_UNIX, SOCK_STREAM, 0)), &got, 1, 0), EINVAL);
	EXPECT_EQ(epoll_wait(set, &got, 1, 0), 0);
}

/*
 * A set holds files, not numbers.
 *
 * After dup() two descriptors lead to one open file. Closing the one that was added leaves the
 * file open, and events go on to come, with a number that may mean something else by then.
 * And it can no longer be removed by that number. So: remove before closing.
 */
CASE(closed_but_still_there,
     .claim = "a socket whose added descriptor is closed stays in the set while a copy of it is "
	      "open",
     .level = LINUX, .spec = "epoll(7) Questions and answers 6", .tags = "epoll")
{
	struct pair p = unix_pair(SOCK_STREAM);
	int set = new_set(), copy = SETUP(dup(p.server)), fd = -1;

	EXPECT_OK(add(set, p.server, EPOLLIN));
	SETUP(close(p.server));
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(next_event(set, &fd, 0), EPOLLIN);
	EXPECT_EQ(fd, p.server);
	EXPECT_ERR(epoll_ctl(set, EPOLL_CTL_DEL, p.server, NULL), EBADF);
	/* The copy is another key: it is not in the set. */
	EXPECT_ERR(epoll_ctl(set, EPOLL_CTL_DEL, copy, NULL), ENOENT);
	SETUP(close(copy));
	EXPECT_EQ(next_event(set, &fd, 0), 0);
}

/*
 * Everybody gets a turn.
 *
 * When more sockets are ready than the array has room for, the next call goes on behind those
 * that were told, so that a busy connection cannot starve the others.
 */
CASE(takes_turns,
     .claim = "epoll_wait() with room for one event tells of each of three ready sockets in turn",
     .level = LINUX, .spec = "epoll_wait(2) NOTES (round robin)", .tags = "epoll")
{
	int set = new_set(), seen[6], ends[3];
	struct epoll_event got[8];

	for (int i = 0; i < 3; i++) {
		struct pair p = unix_pair(SOCK_STREAM);

		ends[i] = p.server;
		SETUP(add(set, p.server, EPOLLIN));
		SETUP(send(p.client, "x", 1, 0));
	}
	EXPECT_EQ(epoll_wait(set, got, 8, 0), 3);
	for (int i = 0; i < 6; i++)
		EXPECT_EQ(next_event(set, &seen[i], 0), EPOLLIN);
	for (int i = 0; i < 3; i++) {
		EXPECT_EQ(seen[i + 3], seen[i]);
		EXPECT_TRUE(seen[0] == ends[i] || seen[1] == ends[i] || seen[2] == ends[i]);
	}
	EXPECT_EQ(epoll_wait(set, got, 2, 0), 2);
}

struct ended_row {
	struct variant variant;
	uint32_t asked, told;
};

static const struct ended_row endings[] = {
	{{"with_rdhup", NULL}, EPOLLIN | EPOLLRDHUP | EPOLLET, EPOLLIN | EPOLLRDHUP},
	{{"without_rdhup", NULL}, EPOLLIN | EPOLLET, EPOLLIN},
	{{"only_rdhup", NULL}, EPOLLRDHUP | EPOLLET, EPOLLRDHUP},
};

/*
 * The peer has ended its half: `EPOLLRDHUP`.
 *
 * An edge-triggered program that was told of data need not read to the end to learn that there
 * is one. The bit must be asked for. A full end, `EPOLLHUP`, is told without asking.
 */
CASE(peer_ends,
     .claim =
	     "the peer's shutdown(SHUT_WR) is EPOLLRDHUP for those who ask, and its close EPOLLHUP "
	     "for all",
     .level = LINUX, .spec = "epoll_ctl(2) EPOLLRDHUP, EPOLLHUP", .tags = "epoll shutdown",
     .VARIANTS(endings))
{
	const struct ended_row *row = VARIANT(struct ended_row);
	struct pair p = unix_pair(SOCK_STREAM);
	int set = new_set(), fd = -1;

	SETUP(add(set, p.server, row->asked));
	EXPECT_EQ(next_event(set, &fd, 0), 0);
	SETUP(shutdown(p.client, SHUT_WR));
	EXPECT_EQ(next_event(set, &fd, SOON_MS), row->told);
	/* An edge: told once. */
	EXPECT_EQ(next_event(set, &fd, 0), 0);
	SETUP(close(p.client));
	EXPECT_EQ(next_event(set, &fd, SOON_MS), row->told | EPOLLHUP);
}

struct waiters {
	int socket;
	uint32_t flag;
	int *woken; /* shared by the processes */
};

static int wait_in_a_set(void *context)
{
	struct waiters *w = context;
	int set = new_set(), fd = -1;

	SETUP(add(set, w->socket, EPOLLIN | w->flag));
	if (next_event(set, &fd, SOON_MS / 4) != 0)
		__atomic_add_fetch(w->woken, 1, __ATOMIC_SEQ_CST);
	return 0;
}

struct herd_row {
	struct variant variant;
	uint32_t flag;
	int least;
};

static const struct herd_row herds[] = {
	{{"everybody", NULL}, 0, 3},
	{{"exclusive", NULL}, EPOLLEXCLUSIVE, 1},
};

/*
 * The thundering herd, and how `EPOLLEXCLUSIVE` tames it.
 *
 * Three processes, each with a set, wait for one listener. A connection wakes all three, two
 * of them in vain. With `EPOLLEXCLUSIVE` at least one is woken; how many is up to the kernel,
 * and is recorded.
 */
CASE(herd,
     .claim = "a connection wakes every waiting set, and with EPOLLEXCLUSIVE at least one of them",
     .level = LINUX, .spec = "epoll_ctl(2) EPOLLEXCLUSIVE", .tags = "epoll accept", .waits = true,
     .VARIANTS(herds))
{
	const struct herd_row *row = VARIANT(struct herd_row);
	struct address where;
	struct waiters w = {.socket = tcp_listener(AF_INET, &where), .flag = row->flag};
	pid_t children[3];

	w.woken =
		mmap(NULL, sizeof(int), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	REQUIRE_TRUE(w.woken != MAP_FAILED);
	for (int i = 0; i < 3; i++)
		children[i] = start_child(wait_in_a_set, &w);
	sleep_ms(100);
	EXPECT_EQ(*w.woken, 0);
	SETUP(connect(SETUP(socket(AF_INET, SOCK_STREAM, 0)), ADDRESS(where)));
	for (int i = 0; i < 3; i++)
		EXPECT_EQ(wait_child(children[i]), 0);
	OBSERVE("woken", "%d of 3", *w.woken);
	EXPECT_BETWEEN(*w.woken, row->least, 3);
}

static volatile sig_atomic_t usr1;

static void on_usr1(int number)
{
	(void)number;
	usr1 = usr1 + 1;
}

/*
 * Waiting with another signal mask.
 *
 * A program that keeps a signal blocked and lets it in only while it waits cannot miss it: it
 * is either handled at once or at the next wait. epoll_pwait() sets the mask, waits and
 * restores it in one step, as ppoll() does.
 */
CASE(mask_while_waiting,
     .claim = "epoll_pwait() lets a blocked, pending signal in, fails with EINTR, and restores the "
	      "mask",
     .level = LINUX, .spec = "epoll_wait(2) epoll_pwait()", .tags = "epoll signal errno")
{
	struct sigaction action = {.sa_handler = on_usr1};
	struct pair p = unix_pair(SOCK_STREAM);
	struct epoll_event got = {.events = 0};
	sigset_t blocked, now, open_mask;
	int set = new_set();

	usr1 = 0;
	sigemptyset(&open_mask);
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGUSR1);
	SETUP(sigaction(SIGUSR1, &action, NULL));
	SETUP(sigprocmask(SIG_BLOCK, &blocked, NULL));
	SETUP(add(set, p.server, EPOLLIN));
	SETUP(raise(SIGUSR1));
	EXPECT_EQ(epoll_wait(set, &got, 1, 0), 0);
	EXPECT_EQ(usr1, 0);
	EXPECT_ERR(epoll_pwait(set, &got, 1, SOON_MS, &open_mask), EINTR);
	EXPECT_EQ(usr1, 1);
	SETUP(sigprocmask(SIG_SETMASK, NULL, &now));
	EXPECT_EQ(sigismember(&now, SIGUSR1), 1);
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(epoll_pwait(set, &got, 1, SOON_MS, &open_mask), 1);
	EXPECT_EQ(got.events, EPOLLIN);
}

/*
 * Limits below a millisecond: epoll_pwait2().
 *
 * Since Linux 5.11 the limit can be a struct timespec. NULL waits without one.
 */
CASE(fine_limit,
     .claim = "epoll_pwait2() returns 0 after its time in nanoseconds, at once with an event, and "
	      "EINVAL for a bad time",
     .since = "5.11", .level = LINUX, .spec = "epoll_wait(2) epoll_pwait2()",
     .tags = "epoll timeout", .waits = true)
{
#ifdef SYS_epoll_pwait2
	struct timespec limit = {0, 20500000}, bad = {0, 1000000000};
	struct pair p = unix_pair(SOCK_STREAM);
	struct epoll_event got = {.events = 0};
	int set = new_set();
	struct timespec start, end;
	int64_t took;

	SETUP(add(set, p.server, EPOLLIN));
	clock_gettime(CLOCK_MONOTONIC, &start);
	errno = 0;
	if (syscall(SYS_epoll_pwait2, set, &got, 1, &limit, NULL, 0) != 0 && errno == ENOSYS)
		SKIP("epoll_pwait2", "ENOSYS: Linux before 5.11");
	clock_gettime(CLOCK_MONOTONIC, &end);
	took = (int64_t)(end.tv_sec - start.tv_sec) * 1000000000 + (end.tv_nsec - start.tv_nsec);
	EXPECT_ERRNO(errno, 0);
	EXPECT_GE(took, 20500000);
	EXPECT_ERR(syscall(SYS_epoll_pwait2, set, &got, 1, &bad, NULL, 0), EINVAL);
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(syscall(SYS_epoll_pwait2, set, &got, 1, NULL, NULL, 0), 1);
	EXPECT_EQ(got.events, EPOLLIN);
	EXPECT_EQ(got.data.fd, p.server);
#else
	SKIP("epoll_pwait2", "the C library's headers do not have its number");
#endif
}
