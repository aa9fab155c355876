/* SPDX-License-Identifier: MIT */
/* How the calls that wait treat their time limit, signals, and the end of a connection. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/socket/families_exec.h"

#include "harness/case.h"

/*
 * How much time was left?
 *
 * Linux's select() writes the time that it did not sleep into its argument: after a
 * time-out that is 0. Elsewhere the argument stays as it was, so a loop has to fill it in
 * anew each time, on Linux too. pselect() takes it as constant everywhere.
 */
CASE(select_stores_the_time_left,
     .claim = "select() leaves 0 in its time limit when that has passed, pselect() leaves it alone",
     .level = LINUX, .spec = "select(2) NOTES, The timeout; POSIX.1-2024 pselect()",
     .tags = "poll timeout", .waits = true)
{
	struct pair p = unix_pair(SOCK_STREAM);
	struct timespec constant = {.tv_nsec = 20000000};
	struct timeval limit = {.tv_usec = 20000};
	fd_set set, none;

	FD_ZERO(&none);
	FD_ZERO(&set);
	FD_SET(p.server, &set);
	EXPECT_EQ(select(p.server + 1, &set, NULL, NULL, &limit), 0);
	EXPECT_MEMEQ(&set, &none, sizeof(set));
	EXPECT_EQ(limit.tv_sec, 0);
	EXPECT_EQ(limit.tv_usec, 0);

	FD_SET(p.server, &set);
	EXPECT_EQ(pselect(p.server + 1, &set, NULL, NULL, &constant, NULL), 0);
	EXPECT_MEMEQ(&set, &none, sizeof(set));
	EXPECT_EQ(constant.tv_nsec, 20000000);

	SETUP(send(p.client, "x", 1, 0));
	FD_SET(p.server, &set);
	EXPECT_EQ(pselect(p.server + 1, &set, NULL, NULL, &constant, NULL), 1);
	EXPECT_TRUE(FD_ISSET(p.server, &set));
}

static int mask_ppoll(int fd, const sigset_t *mask)
{
	struct pollfd entry = {.fd = fd, .events = POLLIN};
	struct timespec limit = {.tv_nsec = 20000000};

	return ppoll(&entry, 1, &limit, mask);
}

static int mask_pselect(int fd, const sigset_t *mask)
{
	struct timespec limit = {.tv_nsec = 20000000};
	fd_set set;

	FD_ZERO(&set);
	FD_SET(fd, &set);
	return pselect(fd + 1, &set, NULL, NULL, &limit, mask);
}

static int mask_epoll(int fd, const sigset_t *mask)
{
	struct epoll_event wanted = {.events = EPOLLIN}, got;
	int events = SETUP(epoll_create1(0));

	SETUP(epoll_ctl(events, EPOLL_CTL_ADD, fd, &wanted));
	return epoll_pwait(events, &got, 1, 20, mask);
}

struct mask_row {
	struct variant variant;
	int (*wait)(int fd, const sigset_t *mask);
};

static const struct mask_row masks[] = {
	{{"ppoll", NULL}, mask_ppoll},
	{{"pselect", NULL}, mask_pselect},
	{{"epoll_pwait", NULL}, mask_epoll},
};

static void ignore_signal(int signal)
{
	(void)signal;
}

/*
 * Let a signal in only while waiting.
 *
 * A program that waits for a socket or a signal, whichever is first, has a gap: the signal
 * may come between its last look and poll(). So it keeps the signal blocked, and passes
 * the mask without it: the call takes that mask, waits, and puts the old one back, as one
 * step. A signal that waits already ends the call at once with `EINTR`.
 */
CASE(signal_let_in_while_waiting,
     .claim = "with a mask that lets a blocked signal in the call fails with EINTR, without it "
	      "times out",
     .level = POSIX, .spec = "POSIX.1-2024 pselect(), ppoll(); epoll_wait(2) epoll_pwait()",
     .tags = "poll signal errno", .waits = true, .VARIANTS(masks))
{
	int (*wait)(int fd, const sigset_t *mask) = VARIANT(struct mask_row)->wait;
	struct sigaction action = {.sa_handler = ignore_signal};
	struct pair p = unix_pair(SOCK_STREAM);
	sigset_t blocked, open, after;

	SETUP(sigaction(SIGUSR1, &action, NULL));
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGUSR1);
	SETUP(sigprocmask(SIG_BLOCK, &blocked, &open));
	sigdelset(&open, SIGUSR1);
	SETUP(raise(SIGUSR1));

	EXPECT_EQ(wait(p.server, NULL), 0);
	EXPECT_ERR(wait(p.server, &open), EINTR);
	/* It has come, and is blocked again. */
	EXPECT_EQ(wait(p.server, &open), 0);
	SETUP(sigprocmask(SIG_BLOCK, NULL, &after));
	EXPECT_EQ(sigismember(&after, SIGUSR1), 1);
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(wait(p.server, &open), 1);
}

struct half_row {
	struct variant variant;
	uint32_t asked, reported;
};

static const struct half_row halves[] = {
	{{"with_EPOLLRDHUP", NULL}, EPOLLRDHUP, EPOLLRDHUP},
	{{"without", NULL}, 0, 0},
	{{"with_EPOLLIN", NULL}, EPOLLIN, EPOLLIN},
};

/*
 * Has the other side finished?
 *
 * A peer that shuts its sending down makes a stream readable: recv() would return 0.
 * `EPOLLRDHUP` says the same without recv(), and before all data has been read. It has to
 * be asked for, unlike `EPOLLHUP`, which means that both directions have ended and is
 * reported always.
 */
CASE(epoll_and_the_end,
     .claim = "EPOLLRDHUP tells that the peer has finished when it is asked for, EPOLLHUP always "
	      "that both have",
     .level = LINUX, .spec = "epoll_ctl(2) EPOLLRDHUP, EPOLLHUP", .tags = "poll epoll",
     .VARIANTS(halves))
{
	const struct half_row *row = VARIANT(struct half_row);
	struct epoll_event wanted = {.events = row->asked}, got = {0};
	struct pair p = unix_pair(SOCK_STREAM);
	int events = SETUP(epoll_create1(0));

	SETUP(epoll_ctl(events, EPOLL_CTL_ADD, p.server, &wanted));
	EXPECT_EQ(epoll_wait(events, &got, 1, 0), 0);
	SETUP(shutdown(p.client, SHUT_WR));
	EXPECT_EQ(epoll_wait(events, &got, 1, 0), row->reported != 0);
	EXPECT_EQ(got.events, row->reported);

	SETUP(close(p.client));
	EXPECT_EQ(epoll_wait(events, &got, 1, 0), 1);
	EXPECT_EQ(got.events, row->reported | EPOLLHUP);
}

/*
 * Several events in one call, as many as there is room for.
 *
 * epoll_wait() fills an array of the program's own. What found no room is not lost: the
 * next call has it, and serves those first that had to wait, so that a few busy sockets do
 * not starve the others.
 */
CASE(epoll_fills_an_array,
     .claim = "epoll_wait() gives as many events as there are or fit, and the rest next time",
     .level = LINUX, .spec = "epoll_wait(2) NOTES", .tags = "poll epoll")
{
	struct epoll_event got[3] = {{0}};
	struct pair pairs[3];
	int events = SETUP(epoll_create1(0));

	for (uint32_t i = 0; i < 3; i++) {
		struct epoll_event wanted = {.events = EPOLLIN, .data.u32 = i + 1};

		pairs[i] = unix_pair(SOCK_STREAM);
		SETUP(epoll_ctl(events, EPOLL_CTL_ADD, pairs[i].server, &wanted));
		SETUP(send(pairs[i].client, "x", 1, 0));
	}
	EXPECT_EQ(epoll_wait(events, got, 3, SOON_MS), 3);
	EXPECT_EQ(got[0].data.u32 + got[1].data.u32 + got[2].data.u32, 1 + 2 + 3);

	EXPECT_EQ(epoll_wait(events, got, 2, 0), 2);
	EXPECT_EQ(epoll_wait(events, got + 2, 1, 0), 1);
	EXPECT_EQ(got[0].data.u32 + got[1].data.u32 + got[2].data.u32, 1 + 2 + 3);
}

struct mark_row {
	struct variant variant;
	int flags;
	bool survives;
};

static const struct mark_row marks[] = {
	{{"plain", NULL}, 0, true},
	{{"EPOLL_CLOEXEC", NULL}, EPOLL_CLOEXEC, false},
};

/*
 * An epoll set is a descriptor, and exec() passes it on.
 *
 * It then keeps nothing open by itself: the sockets in it leave when their last descriptor
 * is closed. But a program that finds an unknown descriptor cannot know that, and so
 * `EPOLL_CLOEXEC` keeps it out. Seen here through a set that is in another set: as long as
 * somebody holds it, the outer set reports it.
 */
CASE(epoll_and_exec,
     .claim = "an epoll set made with EPOLL_CLOEXEC is closed by exec(), one made without is not",
     .level = LINUX, .spec = "epoll_create1(2) EPOLL_CLOEXEC; epoll(7) Questions and answers",
     .tags = "poll epoll exec", .VARIANTS(marks))
{
	const struct mark_row *row = VARIANT(struct mark_row);
	struct epoll_event wanted = {.events = EPOLLIN}, got;
	struct pair p = unix_pair(SOCK_STREAM);
	int inner = EXPECT_OK(epoll_create1(row->flags));
	int outer = SETUP(epoll_create1(EPOLL_CLOEXEC));
	struct program program;

	SETUP(epoll_ctl(inner, EPOLL_CTL_ADD, p.server, &wanted));
	SETUP(epoll_ctl(outer, EPOLL_CTL_ADD, inner, &wanted));
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(epoll_wait(outer, &got, 1, SOON_MS), 1);
	program = program_start();
	SETUP(close(inner));
	EXPECT_EQ(epoll_wait(outer, &got, 1, 0), row->survives);
	program_stop(program);
	EXPECT_EQ(epoll_wait(outer, &got, 1, 0), 0);
}
