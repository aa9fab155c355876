/* SPDX-License-Identifier: MIT */
/* Signals instead of waiting: O_ASYNC, and who gets them. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <linux/sockios.h>

#include "harness/case.h"

/* Keeps the signal from being delivered, so that take_signal() can fetch it. */
static void hold(int number)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, number);
	SETUP(sigprocmask(SIG_BLOCK, &set, NULL));
}

/* The next signal of this number. False when none came in time. */
static bool take_signal(int number, siginfo_t *info, int milliseconds)
{
	struct timespec limit = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};
	sigset_t set;

	memset(info, 0, sizeof(*info));
	sigemptyset(&set);
	sigaddset(&set, number);
	return sigtimedwait(&set, info, &limit) == number;
}

static int by_fcntl(int fd, int on)
{
	return fcntl(fd, F_SETFL, on ? O_RDWR | O_ASYNC : O_RDWR);
}

static int by_ioctl(int fd, int on)
{
	return ioctl(fd, FIOASYNC, &on);
}

struct switch_row {
	struct variant variant;
	int (*turn)(int fd, int on);
};

static const struct switch_row switches[] = {
	{{"fcntl", NULL}, by_fcntl},
	{{"ioctl", NULL}, by_ioctl},
};

/*
 * With `O_ASYNC` a socket raises SIGIO when something happens.
 *
 * The program goes on with its work and looks at the socket when it is told. The signal goes to
 * whom `F_SETOWN` names: nobody, until it is set. `O_ASYNC` is a flag of the open file, which
 * fcntl() and ioctl(FIOASYNC) both set. An event is a change: one signal for data that comes,
 * none for data that still lies there.
 */
CASE(sigio,
     .claim = "with O_ASYNC and F_SETOWN, data that arrives raises SIGIO; without either it does "
	      "not",
     .level = LINUX, .spec = "socket(7) Signals; fcntl(2) F_SETOWN, O_ASYNC; ioctl(2) FIOASYNC",
     .tags = "signal fcntl ioctl udp", .VARIANTS(switches))
{
	int (*turn)(int, int) = VARIANT(struct switch_row)->turn;
	struct pair p = udp_pair(AF_INET);
	siginfo_t info;

	hold(SIGIO);
	EXPECT_OK(turn(p.server, 1));
	EXPECT_EQ(fcntl(p.server, F_GETFL) & O_ASYNC, O_ASYNC);
	EXPECT_EQ(fcntl(p.server, F_GETOWN), 0);
	SETUP(send(p.client, "x", 1, 0));
	SETUP(wait_for(p.server, POLLIN, SOON_MS));
	EXPECT_TRUE(!take_signal(SIGIO, &info, 0));

	EXPECT_OK(fcntl(p.server, F_SETOWN, getpid()));
	EXPECT_EQ(fcntl(p.server, F_GETOWN), getpid());
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_TRUE(take_signal(SIGIO, &info, SOON_MS));
	EXPECT_EQ(info.si_code, SI_KERNEL);
	EXPECT_TRUE(!take_signal(SIGIO, &info, 0));

	EXPECT_OK(turn(p.server, 0));
	EXPECT_EQ(fcntl(p.server, F_GETFL) & O_ASYNC, 0);
	SETUP(send(p.client, "x", 1, 0));
	SETUP(wait_for(p.server, POLLIN, SOON_MS));
	EXPECT_TRUE(!take_signal(SIGIO, &info, 0));
}

/*
 * Which socket, and what happened? `F_SETSIG` makes the signal say it.
 *
 * Plain SIGIO only says that one of the sockets wants something. A signal chosen with
 * `F_SETSIG` comes with `si_fd`, the descriptor, and `si_band`, the events as poll() would
 * report them. One of the real-time signals is queued for each event, so that none is lost
 * behind another's.
 */
CASE(signal_with_descriptor,
     .claim = "a signal of F_SETSIG says in si_fd and si_band which descriptor can be read",
     .level = LINUX, .spec = "fcntl(2) F_SETSIG; sigaction(2) si_band, si_fd, POLL_IN",
     .tags = "signal fcntl udp")
{
	struct pair p = udp_pair(AF_INET), q = udp_pair(AF_INET);
	const int ends[] = {p.server, q.server};
	int number = SIGRTMIN + 1;
	siginfo_t info;

	hold(number);
	for (int i = 0; i < 2; i++) {
		EXPECT_EQ(fcntl(ends[i], F_GETSIG), 0);
		EXPECT_OK(fcntl(ends[i], F_SETSIG, number));
		EXPECT_EQ(fcntl(ends[i], F_GETSIG), number);
		EXPECT_OK(fcntl(ends[i], F_SETOWN, getpid()));
		EXPECT_OK(fcntl(ends[i], F_SETFL, O_RDWR | O_ASYNC));
	}
	SETUP(send(q.client, "x", 1, 0));
	REQUIRE_TRUE(take_signal(number, &info, SOON_MS));
	EXPECT_EQ(info.si_fd, q.server);
	EXPECT_EQ(info.si_code, POLL_IN);
	EXPECT_EQ(info.si_band & (POLLIN | POLLOUT | POLLERR | POLLHUP), POLLIN);

	/* Two events are two signals, in their order. */
	SETUP(send(p.client, "x", 1, 0));
	SETUP(send(q.client, "x", 1, 0));
	REQUIRE_TRUE(take_signal(number, &info, SOON_MS));
	EXPECT_EQ(info.si_fd, p.server);
	REQUIRE_TRUE(take_signal(number, &info, SOON_MS));
	EXPECT_EQ(info.si_fd, q.server);
	EXPECT_TRUE(!take_signal(number, &info, 0));

	/* There are 64 signals. */
	EXPECT_ERR(fcntl(p.server, F_SETSIG, 65), EINVAL);
	EXPECT_EQ(fcntl(p.server, F_GETSIG), number);
}

static int own_setown(int fd, int owner)
{
	return fcntl(fd, F_SETOWN, owner);
}

static int own_fiosetown(int fd, int owner)
{
	return ioctl(fd, FIOSETOWN, &owner);
}

static int own_siocspgrp(int fd, int owner)
{
	return ioctl(fd, SIOCSPGRP, &owner);
}

static int own_setown_ex(int fd, int owner)
{
	struct f_owner_ex who = {owner < 0 ? F_OWNER_PGRP : F_OWNER_PID,
				 owner < 0 ? -owner : owner};

	return fcntl(fd, F_SETOWN_EX, &who);
}

struct owner_row {
	struct variant variant;
	int (*own)(int fd, int owner);
};

static const struct owner_row owners[] = {
	{{"setown", NULL}, own_setown},
	{{"fiosetown", NULL}, own_fiosetown},
	{{"siocspgrp", NULL}, own_siocspgrp},
	{{"setown_ex", NULL}, own_setown_ex},
};

/*
 * One owner, four calls to name it, and five to ask.
 *
 * A positive number is a process, a negative one a process group, all of whose members get
 * the signal. The calls differ in age: `SIOCSPGRP` is BSD's, `F_SETOWN` is in POSIX, and
 * `F_SETOWN_EX` names the kind in a structure. Who does not exist is `ESRCH`.
 */
CASE(owner,
     .claim = "every call that sets a socket's owner, a process or a group, is seen by every other",
     .level = LINUX, .spec = "socket(7) SIOCSPGRP; fcntl(2) F_SETOWN, F_SETOWN_EX",
     .tags = "signal fcntl ioctl errno", .VARIANTS(owners))
{
	const struct owner_row *row = VARIANT(struct owner_row);
	struct pair p = udp_pair(AF_INET);
	struct f_owner_ex who = {0, 0};
	int owner = 0, expected[] = {getpid(), -getpgrp()};
	siginfo_t info;

	hold(SIGIO);
	for (int i = 0; i < 2; i++) {
		EXPECT_OK(row->own(p.server, expected[i]));
		EXPECT_OK(ioctl(p.server, FIOGETOWN, &owner));
		EXPECT_EQ(owner, expected[i]);
		owner = 0;
		EXPECT_OK(ioctl(p.server, SIOCGPGRP, &owner));
		EXPECT_EQ(owner, expected[i]);
		EXPECT_OK(fcntl(p.server, F_GETOWN_EX, &who));
		EXPECT_EQ(who.type, i == 0 ? F_OWNER_PID : F_OWNER_PGRP);
		EXPECT_EQ(who.pid, i == 0 ? getpid() : getpgrp());
	}
	EXPECT_ERR(row->own(p.server, 0x3fffffff), ESRCH);

	/* The whole group gets it, this process with it. */
	SETUP(fcntl(p.server, F_SETFL, O_RDWR | O_ASYNC));
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_TRUE(take_signal(SIGIO, &info, SOON_MS));

	/* 0 is nobody. */
	EXPECT_OK(fcntl(p.server, F_SETOWN, 0));
	SETUP(send(p.client, "x", 1, 0));
	SETUP(wait_for(p.server, POLLIN, SOON_MS));
	EXPECT_TRUE(!take_signal(SIGIO, &info, 0));
}

/*
 * A single thread can be the owner.
 *
 * A signal for a process may come to any of its threads. `F_OWNER_TID` names one; each thread
 * can then serve its own sockets.
 */
CASE(owner_thread,
     .claim = "F_SETOWN_EX with F_OWNER_TID sends the signal to that thread; an unknown type is "
	      "EINVAL",
     .level = LINUX, .spec = "fcntl(2) F_SETOWN_EX, F_GETOWN_EX", .tags = "signal fcntl errno")
{
	struct pair p = udp_pair(AF_INET);
	struct f_owner_ex who = {F_OWNER_TID, (pid_t)syscall(SYS_gettid)}, got = {0, 0};
	struct f_owner_ex unknown = {F_OWNER_PGRP + 1, getpid()};
	int number = SIGRTMIN + 2;
	siginfo_t info;

	hold(number);
	SETUP(fcntl(p.server, F_SETSIG, number));
	EXPECT_ERR(fcntl(p.server, F_SETOWN_EX, &unknown), EINVAL);
	EXPECT_OK(fcntl(p.server, F_SETOWN_EX, &who));
	EXPECT_OK(fcntl(p.server, F_GETOWN_EX, &got));
	EXPECT_EQ(got.type, F_OWNER_TID);
	EXPECT_EQ(got.pid, who.pid);
	SETUP(fcntl(p.server, F_SETFL, O_RDWR | O_ASYNC));
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_TRUE(take_signal(number, &info, SOON_MS));
	EXPECT_EQ(info.si_fd, p.server);
}

/*
 * What else is an event?
 *
 * A listener's signal says that a connection waits; a stream's that data came, that the peer
 * has ended its half (`POLLRDHUP`), and, after urgent data, SIGURG, for which `O_ASYNC` is not
 * needed at all.
 */
CASE(events_of_streams,
     .claim = "a waiting connection, data, and the peer's end each raise the signal; urgent data "
	      "SIGURG",
     .level = LINUX, .spec = "socket(7) Signals; fcntl(2) F_SETSIG; tcp(7) SIGURG",
     .tags = "signal fcntl tcp", .waits = true)
{
	struct address where;
	int number = SIGRTMIN + 3, listener, client, server;
	siginfo_t info;

	hold(number);
	hold(SIGURG);
	listener = tcp_listener(AF_INET, &where);
	SETUP(fcntl(listener, F_SETSIG, number));
	SETUP(fcntl(listener, F_SETOWN, getpid()));
	SETUP(fcntl(listener, F_SETFL, O_RDWR | O_ASYNC));
	client = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	SETUP(connect(client, ADDRESS(where)));
	REQUIRE_TRUE(take_signal(number, &info, SOON_MS));
	EXPECT_EQ(info.si_fd, listener);
	server = SETUP(accept(listener, NULL, NULL));

	/* The accepted socket inherits neither owner nor flag. */
	EXPECT_EQ(fcntl(server, F_GETFL) & O_ASYNC, 0);
	EXPECT_EQ(fcntl(server, F_GETOWN), 0);
	SETUP(fcntl(server, F_SETSIG, number));
	SETUP(fcntl(server, F_SETOWN, getpid()));
	SETUP(send(client, "!", 1, MSG_OOB));
	EXPECT_TRUE(take_signal(SIGURG, &info, SOON_MS));
	EXPECT_TRUE(!take_signal(number, &info, 0));

	SETUP(fcntl(server, F_SETFL, O_RDWR | O_ASYNC));
	SETUP(send(client, "x", 1, 0));
	REQUIRE_TRUE(take_signal(number, &info, SOON_MS));
	EXPECT_EQ(info.si_fd, server);
	EXPECT_EQ(info.si_band & POLLIN, POLLIN);
	while (take_signal(number, &info, 0))
		;
	SETUP(shutdown(client, SHUT_WR));
	REQUIRE_TRUE(take_signal(number, &info, SOON_MS));
	EXPECT_EQ(info.si_fd, server);
	EXPECT_EQ(wait_for(server, POLLRDHUP, SOON_MS), POLLRDHUP);
}
