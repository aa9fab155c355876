/* SPDX-License-Identifier: MIT */
/* How fast, how much, and who may ask: pacing, departure times, locked buffers, busy polling. */
#include <linux/capability.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include <linux/net_tstamp.h>

#include "suites/socket/control.h"

#include "harness/case.h"

enum { RATE = 100000, AMOUNT = 40000 };

static int write_amount(void *context)
{
	static char data[AMOUNT];
	const int *fd = context;

	return send(*fd, data, AMOUNT, 0) != AMOUNT;
}

/*
 * `SO_MAX_PACING_RATE`: no faster than this.
 *
 * TCP sends what the window permits at once, in bursts that fill the queues of slow links. With
 * a rate in bytes a second it spreads the segments over time; the first ten go out unpaced.
 * 40 segments of 1000 bytes at 100 kB/s so take about 300 ms, where without the limit they take
 * less than one. A video server sends so at the speed of the film.
 *
 * Try it: `ss -ti` shows `pacing_rate`, and after the slash the limit.
 */
CASE(max_pacing_rate,
     .claim = "with SO_MAX_PACING_RATE a TCP transfer takes the time that the rate demands",
     .level = LINUX, .spec = "socket(7) SO_MAX_PACING_RATE; Linux 4.13, commit 218af599fa63",
     .tags = "option tcp time", .waits = true, .timeout_ms = 10000)
{
	struct address where;
	int listener = tcp_listener(AF_INET, &where), fd = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	int server;
	static char data[AMOUNT];
	uint64_t rate = 0;
	socklen_t size = sizeof(rate);
	int64_t start;
	pid_t child;

	SETUP(set_int(fd, IPPROTO_TCP, TCP_MAXSEG, 1000));
	EXPECT_OK(getsockopt(fd, SOL_SOCKET, SO_MAX_PACING_RATE, &rate, &size));
	/* Nothing is limited: all bits. */
	EXPECT_EQ(size == sizeof(rate) ? rate == UINT64_MAX : (uint32_t)rate == UINT32_MAX, 1);
	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_MAX_PACING_RATE, RATE));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_MAX_PACING_RATE), RATE);
	SETUP(connect(fd, ADDRESS(where)));
	server = SETUP(accept(listener, NULL, NULL));
	start = clock_ms();
	child = start_child(write_amount, &fd);
	EXPECT_EQ(read_exactly(server, data, AMOUNT), AMOUNT);
	EXPECT_GE(clock_ms() - start, 150);
	EXPECT_EQ(wait_child(child), 0);
}

/*
 * `SO_TXTIME` lets a datagram say when it is to leave.
 *
 * The time goes with it in a control message, `SCM_TXTIME`, for the queue of the interface
 * (`etf` or `fq`) to wait for. Without the option the message is refused, so that a program
 * notices that it forgot to say which clock it means. Loopback has no queue: the datagram
 * arrives at once.
 */
CASE(txtime_needs_the_option,
     .claim = "sendmsg() with SCM_TXTIME is EINVAL before SO_TXTIME is set, and sends after it",
     .level = ABI, .spec = "Linux 4.19, commit 80b14dee2bea; tc-etf(8)",
     .tags = "option udp control", .VARIANTS(families))
{
	struct pair p = udp_pair(VARIANT(struct family_row)->family);
	struct sock_txtime clock = {.clockid = CLOCK_MONOTONIC, .flags = SOF_TXTIME_REPORT_ERRORS};
	struct sock_txtime got = {.clockid = -1, .flags = 0xffff};
	socklen_t size = sizeof(got);
	struct timespec now;
	struct received r;
	uint64_t when;

	SETUP(clock_gettime(CLOCK_MONOTONIC, &now));
	when = (uint64_t)now.tv_sec * 1000000000 + (uint64_t)now.tv_nsec;
	EXPECT_ERR(send_control(p.client, NULL, "early", SCM_TXTIME, &when, sizeof(when)), EINVAL);
	EXPECT_OK(setsockopt(p.client, SOL_SOCKET, SO_TXTIME, &clock, sizeof(clock)));
	EXPECT_OK(getsockopt(p.client, SOL_SOCKET, SO_TXTIME, &got, &size));
	EXPECT_EQ(size, sizeof(got));
	EXPECT_EQ(got.clockid, CLOCK_MONOTONIC);
	EXPECT_EQ(got.flags, SOF_TXTIME_REPORT_ERRORS);
	EXPECT_EQ(send_control(p.client, NULL, "now", SCM_TXTIME, &when, sizeof(when)), 3);
	EXPECT_EQ(receive_all(p.server, &r, 0), 3);
	EXPECT_MEMEQ(r.data, "now", 3);
	EXPECT_ERR(send_control(p.client, NULL, "short", SCM_TXTIME, &when, 4), EINVAL);
}

struct clock_row {
	struct variant variant;
	struct sock_txtime value;
	socklen_t size;
	bool drop;
	int error;
};

static const struct clock_row clocks[] = {
	{{"short", NULL}, {CLOCK_MONOTONIC, 0}, 4, false, EINVAL},
	{{"unknown_flag", NULL},
	 {CLOCK_MONOTONIC, 1 << 7},
	 sizeof(struct sock_txtime),
	 false,
	 EINVAL},
	{{"unprivileged_clock", NULL}, {CLOCK_TAI, 0}, sizeof(struct sock_txtime), true, EPERM},
};

/*
 * Which clocks, and for whom.
 *
 * CLOCK_MONOTONIC is everybody's. A queue that counts in another clock is the administrator's
 * affair.
 */
CASE(txtime_refused,
     .claim =
	     "SO_TXTIME is EINVAL for unknown flags, EPERM for another clock without CAP_NET_ADMIN",
     .level = ABI, .spec = "Linux 4.19, commit 80b14dee2bea; net/core/sock.c",
     .tags = "option udp privilege errno", .VARIANTS(clocks))
{
	const struct clock_row *row = VARIANT(struct clock_row);
	struct sock_txtime right = {.clockid = CLOCK_MONOTONIC, .flags = SOF_TXTIME_DEADLINE_MODE};
	struct sock_txtime got = {.clockid = -1, .flags = 0};
	socklen_t size = sizeof(got);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	if (row->drop) {
		EXPECT_OK(setsockopt(fd, SOL_SOCKET, SO_TXTIME, &row->value, row->size));
		SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	}
	EXPECT_ERR(setsockopt(fd, SOL_SOCKET, SO_TXTIME, &row->value, row->size), row->error);
	EXPECT_OK(setsockopt(fd, SOL_SOCKET, SO_TXTIME, &right, sizeof(right)));
	EXPECT_OK(getsockopt(fd, SOL_SOCKET, SO_TXTIME, &got, &size));
	EXPECT_EQ(got.flags, SOF_TXTIME_DEADLINE_MODE);
	EXPECT_EQ(got.clockid, CLOCK_MONOTONIC);
}

enum { LOCK_SEND = 1, LOCK_RECEIVE = 2 }; /* SOCK_SNDBUF_LOCK, SOCK_RCVBUF_LOCK of the kernel */

struct lock_row {
	struct variant variant;
	bool unlock;
};

static const struct lock_row locks[] = {
	{{"locked", NULL}, false},
	{{"unlocked", NULL}, true},
};

/*
 * Who sizes the buffer, the program or TCP?
 *
 * TCP grows its buffers as a connection needs it, until the program sets a size: that is meant
 * to hold, and locks it. With `SO_BUF_LOCK` (Linux 5.15) the lock can be taken off, and the
 * kernel goes on from the size that was set. A restored process thereby gets both size and
 * freedom back. Here the connection's start makes room for the first burst.
 */
CASE(buffer_lock,
     .claim = "SO_SNDBUF locks the size; after SO_BUF_LOCK 0 TCP enlarges it when it connects",
     .since = "5.15", .level = ABI,
     .spec = "Linux 5.15, commit 04190bf8944d; include/uapi/linux/socket.h",
     .tags = "option tcp buffer", .sysctls = "net.ipv4.tcp_wmem=4096,16384,4194304",
     .VARIANTS(locks))
{
	const struct lock_row *row = VARIANT(struct lock_row);
	struct address where;
	int fd = SETUP(socket(AF_INET, SOCK_STREAM, 0)), size, lock = 0;
	socklen_t length = sizeof(lock);

	tcp_listener(AF_INET, &where);
	if (getsockopt(fd, SOL_SOCKET, SO_BUF_LOCK, &lock, &length) != 0)
		SKIP("SO_BUF_LOCK", "getsockopt() gives error %d: Linux before 5.15", errno);
	EXPECT_EQ(lock, 0);
	SETUP(set_int(fd, SOL_SOCKET, SO_SNDBUF, 8192));
	size = get_int(fd, SOL_SOCKET, SO_SNDBUF);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_BUF_LOCK), LOCK_SEND);
	SETUP(set_int(fd, SOL_SOCKET, SO_RCVBUF, 8192));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_BUF_LOCK), LOCK_SEND | LOCK_RECEIVE);
	EXPECT_ERR(set_int(fd, SOL_SOCKET, SO_BUF_LOCK, 4), EINVAL);
	if (row->unlock) {
		EXPECT_OK(set_int(fd, SOL_SOCKET, SO_BUF_LOCK, LOCK_RECEIVE));
		EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_BUF_LOCK), LOCK_RECEIVE);
	}
	SETUP(connect(fd, ADDRESS(where)));
	if (row->unlock)
		EXPECT_GT(get_int(fd, SOL_SOCKET, SO_SNDBUF), size);
	else
		EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_SNDBUF), size);
}

/*
 * Memory that is paid for in advance: `SO_RESERVE_MEM`.
 *
 * In a memory cgroup each socket's buffers are charged as they grow, which can fail under
 * pressure. A socket may reserve some beforehand (Linux 5.16). Without a cgroup that counts
 * there is nothing to reserve from, and a Unix socket's memory is not counted so at all.
 */
CASE(reserved_memory,
     .claim = "SO_RESERVE_MEM gives at least what was reserved, and is EOPNOTSUPP on a Unix socket",
     .since = "5.16", .level = ABI, .spec = "Linux 5.16, commit 2bb2f5fb21b0",
     .tags = "option tcp buffer errno")
{
	int fd = SETUP(socket(AF_INET, SOCK_STREAM, 0)), reserved = -1;
	socklen_t size = sizeof(reserved);

	if (getsockopt(fd, SOL_SOCKET, SO_RESERVE_MEM, &reserved, &size) != 0)
		SKIP("SO_RESERVE_MEM", "getsockopt() gives error %d: Linux before 5.16", errno);
	EXPECT_EQ(reserved, 0);
	EXPECT_ERR(set_int(SETUP(socket(AF_UNIX, SOCK_STREAM, 0)), SOL_SOCKET, SO_RESERVE_MEM, 1),
		   EOPNOTSUPP);
	EXPECT_ERR(set_int(fd, SOL_SOCKET, SO_RESERVE_MEM, -1), EINVAL);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_RESERVE_MEM), 0);
	if (set_int(fd, SOL_SOCKET, SO_RESERVE_MEM, 100000) != 0)
		SKIP("memory cgroup", "setsockopt(SO_RESERVE_MEM) gives error %d", errno);
	EXPECT_GE(get_int(fd, SOL_SOCKET, SO_RESERVE_MEM), 100000);
}

/*
 * To prefer busy polling is to keep interrupts off: for the administrator.
 *
 * Turning it off is free, and the refused call changes nothing.
 */
CASE(prefer_busy_poll,
     .claim = "SO_PREFER_BUSY_POLL fails with EPERM without CAP_NET_ADMIN, and 0 is accepted",
     .since = "5.11", .level = ABI, .spec = "Linux 5.11, commit 7fd3253a7de6",
     .tags = "option privilege errno")
{
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0)), value = -1;
	socklen_t size = sizeof(value);

	if (getsockopt(fd, SOL_SOCKET, SO_PREFER_BUSY_POLL, &value, &size) != 0)
		SKIP("SO_PREFER_BUSY_POLL", "getsockopt() gives error %d: Linux before 5.11",
		     errno);
	EXPECT_EQ(value, 0);
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	EXPECT_ERR(set_int(fd, SOL_SOCKET, SO_PREFER_BUSY_POLL, 1), EPERM);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_PREFER_BUSY_POLL), 0);
	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_PREFER_BUSY_POLL, 0));
}

/*
 * How long to spin, and for how many packets.
 *
 * A receive may spin on the network card's queue for some microseconds (`SO_BUSY_POLL`) and
 * take so many packets at a time (`SO_BUSY_POLL_BUDGET`) in place of sleeping until an
 * interrupt. The time cannot be negative and the number must fit into 16 bits. A larger number
 * needs the capability, of the machine and not of a container; 0 is anybody's.
 */
CASE(busy_poll_budget,
     .claim = "SO_BUSY_POLL_BUDGET is EPERM without CAP_NET_ADMIN, EINVAL beyond 16 bits, and may "
	      "be 0",
     .since = "5.11", .level = ABI, .spec = "Linux 5.11, commit 7c951cafc0cb",
     .tags = "option privilege errno")
{
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	if (set_int(fd, SOL_SOCKET, SO_BUSY_POLL_BUDGET, 0) != 0)
		SKIP("SO_BUSY_POLL_BUDGET", "setsockopt() gives error %d: Linux before 5.11",
		     errno);
	EXPECT_ERR(set_int(fd, SOL_SOCKET, SO_BUSY_POLL_BUDGET, -1), EINVAL);
	/* Loopback has no queue to poll, and so no number of one. */
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_INCOMING_NAPI_ID), 0);
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	EXPECT_ERR(set_int(fd, SOL_SOCKET, SO_BUSY_POLL_BUDGET, 64), EPERM);
	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_BUSY_POLL_BUDGET, 0));
}

/*
 * May anybody spin longer?
 *
 * socket(7) keeps raising `SO_BUSY_POLL` to the administrator, as spinning costs all others.
 * Linux 6.18 was seen to take it from everybody. Which of the two holds here is recorded; a
 * refused value changes nothing, and a smaller one is always taken.
 */
CASE(busy_poll_without_privilege,
     .claim =
	     "without CAP_NET_ADMIN a larger SO_BUSY_POLL is refused with EPERM or set; a negative "
	     "one is EINVAL",
     .level = OBSERVED, .spec = "socket(7) SO_BUSY_POLL", .tags = "option privilege errno")
{
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0)), value = -1;
	socklen_t size = sizeof(value);
	bool allowed;

	if (getsockopt(fd, SOL_SOCKET, SO_BUSY_POLL, &value, &size) != 0)
		SKIP("SO_BUSY_POLL", "getsockopt() gives error %d", errno);
	EXPECT_ERR(set_int(fd, SOL_SOCKET, SO_BUSY_POLL, -1), EINVAL);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_BUSY_POLL), value);
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	allowed = set_int(fd, SOL_SOCKET, SO_BUSY_POLL, value + 50) == 0;
	OBSERVE("without privilege", "%s", allowed ? "set" : "refused");
	if (!allowed)
		EXPECT_ERRNO(errno, EPERM);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_BUSY_POLL), allowed ? value + 50 : value);
	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_BUSY_POLL, 0));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_BUSY_POLL), 0);
}
