/* SPDX-License-Identifier: MIT */
/* poll(), select() and epoll: waiting for many sockets at once. */
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/case.h"

/* ---- one question in six forms: can `fd` be read, can it be written? ---- */

/* An event that nobody asked for, and that means neither, is OTHER. */
enum { READABLE = 1, WRITABLE = 2, OTHER = 4 };

static int answer(bool readable, bool writable, bool other)
{
	return (readable ? READABLE : 0) | (writable ? WRITABLE : 0) | (other ? OTHER : 0);
}

static int ask_poll(int fd)
{
	struct pollfd entry = {.fd = fd, .events = POLLIN | POLLOUT};

	SETUP(poll(&entry, 1, 0));
	return answer(entry.revents & POLLIN, entry.revents & POLLOUT,
		      entry.revents & ~(POLLIN | POLLOUT));
}

static int ask_ppoll(int fd)
{
	struct pollfd entry = {.fd = fd, .events = POLLIN | POLLOUT};
	struct timespec at_once = {0, 0};

	SETUP(ppoll(&entry, 1, &at_once, NULL));
	return answer(entry.revents & POLLIN, entry.revents & POLLOUT,
		      entry.revents & ~(POLLIN | POLLOUT));
}

static int ask_select(int fd)
{
	struct timeval at_once = {0, 0};
	fd_set reading, writing;

	FD_ZERO(&reading);
	FD_ZERO(&writing);
	FD_SET(fd, &reading);
	FD_SET(fd, &writing);
	SETUP(select(fd + 1, &reading, &writing, NULL, &at_once));
	return answer(FD_ISSET(fd, &reading), FD_ISSET(fd, &writing), false);
}

static int ask_pselect(int fd)
{
	struct timespec at_once = {0, 0};
	fd_set reading, writing;

	FD_ZERO(&reading);
	FD_ZERO(&writing);
	FD_SET(fd, &reading);
	FD_SET(fd, &writing);
	SETUP(pselect(fd + 1, &reading, &writing, NULL, &at_once, NULL));
	return answer(FD_ISSET(fd, &reading), FD_ISSET(fd, &writing), false);
}

static int ask_epoll(int fd, bool pwait)
{
	struct epoll_event wanted = {.events = EPOLLIN | EPOLLOUT, .data.fd = fd}, got = {0};
	int events = SETUP(epoll_create1(0)), count;

	SETUP(epoll_ctl(events, EPOLL_CTL_ADD, fd, &wanted));
	count = SETUP(pwait ? epoll_pwait(events, &got, 1, 0, NULL)
			    : epoll_wait(events, &got, 1, 0));
	return answer(got.events & EPOLLIN, got.events & EPOLLOUT,
		      (got.events & ~(unsigned int)(EPOLLIN | EPOLLOUT)) != 0 ||
			      (count > 0 && got.data.fd != fd));
}

static int ask_epoll_wait(int fd)
{
	return ask_epoll(fd, false);
}

static int ask_epoll_pwait(int fd)
{
	return ask_epoll(fd, true);
}

struct question_row {
	struct variant variant;
	int (*ask)(int fd);
};

static const struct question_row questions[] = {
	{{"poll", NULL}, ask_poll},	   {{"ppoll", NULL}, ask_ppoll},
	{{"select", NULL}, ask_select},	   {{"pselect", NULL}, ask_pselect},
	{{"epoll", NULL}, ask_epoll_wait}, {{"epoll_pwait", NULL}, ask_epoll_pwait},
};

/*
 * "Ready" means: the call would not block. It does not mean: the call would succeed.
 *
 * A socket with data is readable, one with room in its buffer writable. A full one is not
 * writable, and the end of a stream is readable, because recv() returns 0 at once. All six
 * calls put the same question to the kernel and get the same answer.
 */
CASE(readiness_of_a_stream,
     .claim = "a stream is readable with data or at its end, and writable while there is room",
     .level = POSIX, .spec = "POSIX.1-2024 poll(), select(); epoll(7)", .tags = "poll",
     .VARIANTS(questions))
{
	int (*ask)(int fd) = VARIANT(struct question_row)->ask;
	struct pair p = unix_pair(SOCK_STREAM);
	char chunk[4096] = {0};

	EXPECT_EQ(ask(p.server), WRITABLE);
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(ask(p.server), READABLE | WRITABLE);
	SETUP(recv(p.server, chunk, 1, 0));
	EXPECT_EQ(ask(p.server), WRITABLE);

	while (send(p.server, chunk, sizeof(chunk), MSG_DONTWAIT) > 0)
		;
	EXPECT_EQ(ask(p.server), 0);
	SETUP(shutdown(p.client, SHUT_WR));
	EXPECT_EQ(ask(p.server), READABLE);
}

/*
 * A listener is readable when a connection waits.
 *
 * accept() is a read, in a sense: it takes the first of a queue. So one poll() serves
 * listeners and connections alike.
 */
CASE(readiness_of_a_listener,
     .claim = "a listening socket becomes readable when a connection waits, and is not after "
	      "accept()",
     .level = POSIX, .spec = "POSIX.1-2024 select(), listen(); accept(2)", .tags = "poll accept",
     .VARIANTS(questions))
{
	int (*ask)(int fd) = VARIANT(struct question_row)->ask;
	struct address where;
	int listener = tcp_listener(AF_INET, &where);

	EXPECT_EQ(ask(listener), 0);
	SETUP(connect(SETUP(socket(AF_INET, SOCK_STREAM, 0)), ADDRESS(where)));
	SETUP(wait_for(listener, POLLIN, SOON_MS));
	EXPECT_EQ(ask(listener), READABLE);
	SETUP(accept(listener, NULL, NULL));
	EXPECT_EQ(ask(listener), 0);
}

/*
 * poll() answers for each descriptor by itself.
 *
 * A number that is not open is no error of the call: its entry says `POLLNVAL`, and the
 * others are served. A negative number is skipped, which is how an entry is switched off
 * without moving the array. The result counts the entries with an answer.
 */
CASE(poll_answers_each,
     .claim = "poll() reports POLLNVAL for a closed descriptor and 0 for a negative one, and "
	      "serves the others",
     .level = POSIX, .spec = "POSIX.1-2024 poll()", .tags = "poll errno")
{
	struct pair p = unix_pair(SOCK_STREAM);
	int closed = SETUP(dup(p.client));
	struct pollfd entries[] = {
		{.fd = closed, .events = POLLIN},
		{.fd = -1, .events = POLLIN, .revents = POLLIN},
		{.fd = p.server, .events = POLLIN},
	};

	SETUP(close(closed));
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(poll(entries, 3, SOON_MS), 2);
	EXPECT_EQ(entries[0].revents, POLLNVAL);
	EXPECT_EQ(entries[1].revents, 0);
	EXPECT_EQ(entries[2].revents, POLLIN);
}

/*
 * select() answers for all together.
 *
 * One number that is not open makes the whole call fail with `EBADF`, and it does not say
 * which. epoll is told about each descriptor in advance and refuses it then.
 */
CASE(select_of_a_closed_descriptor,
     .claim = "select() and epoll_ctl() fail with EBADF for a closed descriptor", .level = POSIX,
     .spec = "POSIX.1-2024 select() EBADF; epoll_ctl(2)", .tags = "poll errno")
{
	struct pair p = unix_pair(SOCK_STREAM);
	struct timeval at_once = {0, 0};
	struct epoll_event wanted = {.events = EPOLLIN};
	int closed = SETUP(dup(p.client)), events = SETUP(epoll_create1(0));
	fd_set set;

	SETUP(close(closed));
	FD_ZERO(&set);
	FD_SET(closed, &set);
	EXPECT_ERR(select(closed + 1, &set, NULL, NULL, &at_once), EBADF);
	EXPECT_ERR(epoll_ctl(events, EPOLL_CTL_ADD, closed, &wanted), EBADF);

	FD_ZERO(&set);
	FD_SET(p.client, &set);
	EXPECT_EQ(select(p.client + 1, &set, NULL, NULL, &at_once), 0);
	EXPECT_OK(epoll_ctl(events, EPOLL_CTL_ADD, p.client, &wanted));
}

static int wait_poll(int fd, int milliseconds)
{
	struct pollfd entry = {.fd = fd, .events = POLLIN};

	return poll(&entry, 1, milliseconds);
}

static int wait_select(int fd, int milliseconds)
{
	struct timeval limit = {milliseconds / 1000, (suseconds_t)(milliseconds % 1000) * 1000};
	fd_set set;

	FD_ZERO(&set);
	FD_SET(fd, &set);
	return select(fd + 1, &set, NULL, NULL, &limit);
}

static int wait_pselect(int fd, int milliseconds)
{
	struct timespec limit = {milliseconds / 1000, milliseconds % 1000 * 1000000L};
	fd_set set;

	FD_ZERO(&set);
	FD_SET(fd, &set);
	return pselect(fd + 1, &set, NULL, NULL, &limit, NULL);
}

static int wait_epoll(int fd, int milliseconds)
{
	struct epoll_event wanted = {.events = EPOLLIN}, got;
	int events = SETUP(epoll_create1(0));

	SETUP(epoll_ctl(events, EPOLL_CTL_ADD, fd, &wanted));
	return epoll_wait(events, &got, 1, milliseconds);
}

struct limit_row {
	struct variant variant;
	int (*wait)(int fd, int milliseconds);
};

static const struct limit_row limits[] = {
	{{"poll", NULL}, wait_poll},
	{{"select", NULL}, wait_select},
	{{"pselect", NULL}, wait_pselect},
	{{"epoll_wait", NULL}, wait_epoll},
};

/*
 * When time is up, the result is 0: no event, and no error.
 *
 * The limit is at least what was asked for, rounded up to the clock's grain; on a busy
 * machine it may be longer. With an event the call returns at once, and a limit of 0 only
 * looks.
 */
CASE(time_limit,
     .claim = "the call returns 0 when its time limit has passed, not before, and at once with an "
	      "event",
     .level = POSIX, .spec = "POSIX.1-2024 poll(), select(); epoll_wait(2)", .tags = "poll timeout",
     .waits = true, .VARIANTS(limits))
{
	int (*wait)(int fd, int milliseconds) = VARIANT(struct limit_row)->wait;
	struct pair p = unix_pair(SOCK_STREAM);
	int64_t start = clock_ms();

	EXPECT_EQ(wait(p.server, 50), 0);
	EXPECT_GE(clock_ms() - start, 49);
	EXPECT_EQ(wait(p.server, 0), 0);
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(wait(p.server, SOON_MS / 4), 1);
}

struct trigger_row {
	struct variant variant;
	uint32_t flag;
	int again;	/* events when nothing new has happened */
	int after_more; /* events after more data has come */
};

static const struct trigger_row triggers[] = {
	{{"level", NULL}, 0, 1, 1},
	{{"edge", NULL}, EPOLLET, 0, 1},
	{{"oneshot", NULL}, EPOLLONESHOT, 0, 0},
};

/*
 * Level, edge, one shot: when does epoll tell again?
 *
 * By default it reports a state: as long as data waits, each epoll_wait() says so. With
 * `EPOLLET` it reports a change: once for each arrival, so the program must read until
 * `EAGAIN` or it will never hear of the rest. With `EPOLLONESHOT` it reports once and then
 * is silent until it is armed again, which lets several threads wait on one set and only one
 * serve each socket.
 */
CASE(when_epoll_tells,
     .claim = "unread data is reported again by default, only with new data under EPOLLET, not at "
	      "all under EPOLLONESHOT",
     .level = LINUX,
     .spec = "epoll(7) Level-triggered and edge-triggered; epoll_ctl(2) EPOLLONESHOT",
     .tags = "poll epoll", .VARIANTS(triggers))
{
	const struct trigger_row *row = VARIANT(struct trigger_row);
	struct epoll_event wanted = {.events = EPOLLIN | row->flag}, got;
	struct pair p = unix_pair(SOCK_STREAM);
	int events = SETUP(epoll_create1(0));

	SETUP(epoll_ctl(events, EPOLL_CTL_ADD, p.server, &wanted));
	SETUP(send(p.client, "a", 1, 0));
	EXPECT_EQ(epoll_wait(events, &got, 1, SOON_MS), 1);
	EXPECT_EQ(epoll_wait(events, &got, 1, 0), row->again);
	SETUP(send(p.client, "b", 1, 0));
	EXPECT_EQ(epoll_wait(events, &got, 1, 0), row->after_more);

	/* Armed again, every one reports what is there. */
	EXPECT_OK(epoll_ctl(events, EPOLL_CTL_MOD, p.server, &wanted));
	EXPECT_EQ(epoll_wait(events, &got, 1, 0), 1);
}

/*
 * An epoll set holds open files, each with a word of the program's own.
 *
 * `data` comes back with every event, usually a pointer to the connection's state, so that
 * nothing needs to be looked up. A file can be added once (`EEXIST`), and only one that was
 * added can be changed or removed (`ENOENT`). It leaves the set by itself when its last
 * descriptor is closed.
 */
CASE(epoll_set,
     .claim = "epoll_ctl() refuses to add a socket twice (EEXIST) and to change an unknown one "
	      "(ENOENT)",
     .level = LINUX, .spec = "epoll_ctl(2) ERRORS; epoll(7) Questions and answers",
     .tags = "poll epoll errno")
{
	struct epoll_event wanted = {.events = EPOLLIN, .data.u64 = 0x1234567890}, got = {0};
	struct pair p = unix_pair(SOCK_STREAM);
	int events = SETUP(epoll_create1(0));

	EXPECT_ERR(epoll_ctl(events, EPOLL_CTL_MOD, p.server, &wanted), ENOENT);
	EXPECT_ERR(epoll_ctl(events, EPOLL_CTL_DEL, p.server, NULL), ENOENT);
	EXPECT_OK(epoll_ctl(events, EPOLL_CTL_ADD, p.server, &wanted));
	EXPECT_ERR(epoll_ctl(events, EPOLL_CTL_ADD, p.server, &wanted), EEXIST);

	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(epoll_wait(events, &got, 1, SOON_MS), 1);
	EXPECT_EQ(got.events, EPOLLIN);
	EXPECT_EQ(got.data.u64, wanted.data.u64);
	EXPECT_OK(epoll_ctl(events, EPOLL_CTL_DEL, p.server, NULL));
	EXPECT_EQ(epoll_wait(events, &got, 1, 0), 0);

	EXPECT_OK(epoll_ctl(events, EPOLL_CTL_ADD, p.server, &wanted));
	EXPECT_EQ(epoll_wait(events, &got, 1, 0), 1);
	SETUP(close(p.server));
	EXPECT_EQ(epoll_wait(events, &got, 1, 0), 0);
}
