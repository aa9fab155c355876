/* SPDX-License-Identifier: MIT */
/* Signals that arrive while a call waits. */
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

#include "suites/socket/errno_sockets.h"

#include "harness/case.h"

static volatile sig_atomic_t signals;

static void count_signal(int number)
{
	(void)number;
	signals = signals + 1;
}

/*
 * SIGALRM every 10 milliseconds, to a handler with these flags. It repeats, because one alone
 * could arrive in the moment before the call begins to wait.
 */
static void start_signals(int flags)
{
	struct sigaction action = {.sa_handler = count_signal, .sa_flags = flags};
	struct itimerval each = {{0, 10000}, {0, 10000}};

	signals = 0;
	SETUP(sigaction(SIGALRM, &action, NULL));
	SETUP(setitimer(ITIMER_REAL, &each, NULL));
}

static void stop_signals(void)
{
	struct itimerval never = {{0, 0}, {0, 0}};

	SETUP(setitimer(ITIMER_REAL, &never, NULL));
}

/* ---- the calls ---- */

static int call_accept(int fd)
{
	return accept(fd, NULL, NULL);
}

static int call_accept4(int fd)
{
	return accept4(fd, NULL, NULL, SOCK_CLOEXEC);
}

static int call_recv(int fd)
{
	char byte;

	return (int)recv(fd, &byte, 1, 0);
}

static int call_read(int fd)
{
	char byte;

	return (int)read(fd, &byte, 1);
}

static int call_recvfrom(int fd)
{
	struct address from = address_empty();
	char byte;

	return (int)recvfrom(fd, &byte, 1, 0, &from.any, &from.length);
}

static int call_recvmsg(int fd)
{
	char byte;
	struct iovec part = {&byte, 1};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	return (int)recvmsg(fd, &message, 0);
}

static int call_send(int fd)
{
	char chunk[4096] = {0};

	return (int)send(fd, chunk, sizeof(chunk), 0);
}

static int call_sendto(int fd)
{
	char chunk[4096] = {0};

	return (int)sendto(fd, chunk, sizeof(chunk), 0, NULL, 0);
}

static int call_sendmsg(int fd)
{
	char chunk[4096] = {0};
	struct iovec part = {chunk, sizeof(chunk)};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	return (int)sendmsg(fd, &message, 0);
}

static int call_poll(int fd)
{
	struct pollfd entry = {.fd = fd, .events = POLLIN};

	return poll(&entry, 1, SOON_MS);
}

static int call_ppoll(int fd)
{
	struct pollfd entry = {.fd = fd, .events = POLLIN};
	struct timespec patience = {2, 0};

	return ppoll(&entry, 1, &patience, NULL);
}

static int call_select(int fd)
{
	struct timeval patience = {2, 0};
	fd_set set;

	FD_ZERO(&set);
	FD_SET(fd, &set);
	return select(fd + 1, &set, NULL, NULL, &patience);
}

static int call_epoll(int fd)
{
	struct epoll_event wanted = {.events = EPOLLIN}, got;
	int events = SETUP(epoll_create1(0));

	SETUP(epoll_ctl(events, EPOLL_CTL_ADD, fd, &wanted));
	return epoll_wait(events, &got, 1, SOON_MS);
}

/* ---- what each waits for ---- */

struct waiting {
	int fd;	   /* the call waits on this one */
	int other; /* what is done here ends the wait */
	struct address where;
};

static struct waiting wait_for_a_connection(void)
{
	struct waiting w;

	w.fd = tcp_listener(AF_INET, &w.where);
	w.other = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	return w;
}

static struct waiting wait_for_data(void)
{
	struct pair p = tcp_pair(AF_INET);

	return (struct waiting){.fd = p.client, .other = p.server};
}

static struct waiting wait_for_a_datagram(void)
{
	struct pair p = udp_pair(AF_INET);

	return (struct waiting){.fd = p.client, .other = p.server};
}

/* A stream pair whose buffer is full. */
static struct waiting wait_for_room(void)
{
	struct pair p = unix_pair(SOCK_STREAM);
	char chunk[4096] = {0};

	while (send(p.client, chunk, sizeof(chunk), MSG_DONTWAIT) > 0)
		;
	return (struct waiting){.fd = p.client, .other = p.server};
}

static int end_by_connecting(const struct waiting *w)
{
	return connect(w->other, ADDRESS(w->where));
}

static int end_by_sending(const struct waiting *w)
{
	return (int)send(w->other, "x", 1, 0);
}

static int end_by_reading(const struct waiting *w)
{
	char all[4096];

	while (recv(w->other, all, sizeof(all), MSG_DONTWAIT) > 0)
		;
	return 0;
}

struct wait_row {
	struct variant variant;
	struct waiting (*wait)(void);
	int (*call)(int fd);
	int (*end)(const struct waiting *w);
};

static const struct wait_row restarted[] = {
	{{"accept", NULL}, wait_for_a_connection, call_accept, end_by_connecting},
	{{"accept4", NULL}, wait_for_a_connection, call_accept4, end_by_connecting},
	{{"recv", NULL}, wait_for_data, call_recv, end_by_sending},
	{{"read", NULL}, wait_for_data, call_read, end_by_sending},
	{{"recvfrom", NULL}, wait_for_a_datagram, call_recvfrom, end_by_sending},
	{{"recvmsg", NULL}, wait_for_a_datagram, call_recvmsg, end_by_sending},
	{{"send", NULL}, wait_for_room, call_send, end_by_reading},
	{{"sendto", NULL}, wait_for_room, call_sendto, end_by_reading},
	{{"sendmsg", NULL}, wait_for_room, call_sendmsg, end_by_reading},
};

static const struct wait_row always_interrupted[] = {
	{{"poll", NULL}, wait_for_data, call_poll, end_by_sending},
	{{"ppoll", NULL}, wait_for_data, call_ppoll, end_by_sending},
	{{"select", NULL}, wait_for_data, call_select, end_by_sending},
	{{"epoll_wait", NULL}, wait_for_data, call_epoll, end_by_sending},
};

struct ending {
	const struct wait_row *row;
	const struct waiting *waiting;
};

/* In a child: some signals later, what the call waits for happens. */
static int end_later(void *context)
{
	const struct ending *e = context;

	sleep_ms(60);
	return e->row->end(e->waiting) < 0;
}

/*
 * A signal handler runs in the thread that waits, so the wait has to stop for it.
 *
 * What comes after the handler depends on how it was installed. Without `SA_RESTART` the
 * call returns -1 with `EINTR`: nothing was transferred, and the program decides whether to
 * go on. With `SA_RESTART` the kernel starts the call again as if nothing had happened.
 *
 * Hence the loop `while ((n = recv(...)) < 0 && errno == EINTR);` in so much code, and a
 * trap: a program that wants Ctrl-C to end a blocking recv() must not set `SA_RESTART`,
 * which signal() does.
 */
CASE(interrupted,
     .claim = "a waiting call fails with EINTR after a handler without SA_RESTART, and goes on "
	      "after one with it",
     .level = POSIX,
     .spec = "POSIX.1-2024 EINTR of each function, sigaction() SA_RESTART; signal(7)",
     .tags = "errno signal", .waits = true, .VARIANTS(restarted))
{
	const struct wait_row *row = VARIANT(struct wait_row);
	struct waiting w = row->wait();
	struct ending ending = {row, &w};
	pid_t child;

	start_signals(0);
	EXPECT_ERR(row->call(w.fd), EINTR);
	EXPECT_GE(signals, 1);
	stop_signals();

	/* A child has no timer of its parent. */
	start_signals(SA_RESTART);
	child = start_child(end_later, &ending);
	EXPECT_OK(row->call(w.fd));
	EXPECT_GE(signals, 1);
	stop_signals();
	EXPECT_EQ(wait_child(child), 0);
}

/*
 * Calls that wait for events are never restarted, whatever the handler's flags are.
 *
 * Their time limit is one reason: started again, poll() with two seconds would wait for two
 * more. The other is what they are for. A program sits in poll() for nearly all of its life,
 * and it is there that a signal should be noticed. `EINTR` from poll() is therefore no
 * failure but one of its ordinary results.
 *
 * A check of a flag before poll() still leaves a moment in which a signal is missed;
 * ppoll(), pselect() and epoll_pwait() close it by unblocking the signal and waiting in one
 * step.
 */
CASE(interrupted_in_spite_of_restart,
     .claim = "a call that waits for events fails with EINTR even after a handler with SA_RESTART",
     .level = LINUX,
     .spec = "signal(7), Interruption of system calls; poll(2), select(2), epoll_wait(2) EINTR",
     .tags = "errno signal poll", .waits = true, .VARIANTS(always_interrupted))
{
	const struct wait_row *row = VARIANT(struct wait_row);
	struct waiting w = row->wait();

	start_signals(SA_RESTART);
	EXPECT_ERR(row->call(w.fd), EINTR);
	EXPECT_GE(signals, 1);
	stop_signals();

	SETUP(row->end(&w));
	EXPECT_EQ(row->call(w.fd), 1);
}

/*
 * A socket with a time limit is not restarted either.
 *
 * Once `SO_RCVTIMEO` is set, recv() and accept() behave like poll(): a handler with
 * `SA_RESTART` makes them return `EINTR`, because the kernel would have to remember how much
 * of the time is left. Adding a time limit to a socket so changes what signals do to code
 * that never met EINTR before.
 */
CASE(interrupted_with_a_timeout,
     .claim = "with SO_RCVTIMEO set, recv() fails with EINTR even after a handler with SA_RESTART",
     .level = LINUX, .spec = "signal(7), Interruption of system calls",
     .tags = "errno signal timeout", .waits = true)
{
	const struct wait_row *row = &restarted[2];
	struct timeval limit = {2, 0}, none = {0, 0};
	struct waiting w = row->wait();
	struct ending ending = {row, &w};
	pid_t child;

	SETUP(setsockopt(w.fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit)));
	start_signals(SA_RESTART);
	EXPECT_ERR(row->call(w.fd), EINTR);
	stop_signals();

	/* Without the limit the same call survives the same signals. */
	SETUP(setsockopt(w.fd, SOL_SOCKET, SO_RCVTIMEO, &none, sizeof(none)));
	child = start_child(end_later, &ending);
	start_signals(SA_RESTART);
	EXPECT_EQ(row->call(w.fd), 1);
	stop_signals();
	EXPECT_EQ(wait_child(child), 0);
}
