/* SPDX-License-Identifier: MIT */
/* SO_RCVTIMEO and SO_SNDTIMEO: how long a call may wait. */
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <unistd.h>

#include "harness/case.h"

enum { LIMIT_MS = 60, MUCH_LONGER_MS = 3000 };

static int set_limit(int fd, int option, int milliseconds)
{
	struct timeval limit = {milliseconds / 1000, (suseconds_t)(milliseconds % 1000) * 1000};

	return setsockopt(fd, SOL_SOCKET, option, &limit, sizeof(limit));
}

/* ---- what waits, and what gives it something to take ---- */

struct ends {
	int fd, other;
	struct address where;
};

static struct ends tcp_ends(void)
{
	struct pair p = tcp_pair(AF_INET);

	return (struct ends){.fd = p.client, .other = p.server};
}

static struct ends udp_ends(void)
{
	struct pair p = udp_pair(AF_INET);

	return (struct ends){.fd = p.client, .other = p.server};
}

static struct ends unix_ends(void)
{
	struct pair p = unix_pair(SOCK_SEQPACKET);

	return (struct ends){.fd = p.client, .other = p.server};
}

static struct ends listening(void)
{
	struct ends e;

	e.fd = tcp_listener(AF_INET, &e.where);
	e.other = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	return e;
}

static int give_data(const struct ends *e)
{
	return (int)send(e->other, "x", 1, 0);
}

static int give_connection(const struct ends *e)
{
	return connect(e->other, ADDRESS(e->where));
}

/* 1 when the byte of give_data() came, -1 and errno for an error. */
static int took_x(ssize_t count, char byte)
{
	return count < 0 ? -1 : count == 1 && byte == 'x';
}

static int call_recv(int fd)
{
	char byte = 0;
	ssize_t count = recv(fd, &byte, 1, 0);

	return took_x(count, byte);
}

static int call_read(int fd)
{
	char byte = 0;
	ssize_t count = read(fd, &byte, 1);

	return took_x(count, byte);
}

static int call_recvmsg(int fd)
{
	char byte = 0;
	struct iovec part = {&byte, 1};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
	ssize_t count = recvmsg(fd, &message, 0);

	return took_x(count, byte);
}

static int call_accept(int fd)
{
	return accept(fd, NULL, NULL) < 0 ? -1 : 1;
}

struct wait_row {
	struct variant variant;
	struct ends (*make)(void);
	int (*call)(int fd);
	int (*give)(const struct ends *e);
};

static const struct wait_row waits[] = {
	{{"recv_tcp", NULL}, tcp_ends, call_recv, give_data},
	{{"read_tcp", NULL}, tcp_ends, call_read, give_data},
	{{"recv_udp", NULL}, udp_ends, call_recv, give_data},
	{{"recvmsg_unix", NULL}, unix_ends, call_recvmsg, give_data},
	{{"accept_tcp", NULL}, listening, call_accept, give_connection},
};

/*
 * A receive timeout turns a wait without end into an error.
 *
 * The call waits as usual, but no longer than `SO_RCVTIMEO`, and then says `EAGAIN`: the
 * same as a non-blocking socket would at once. The limit is for each call by itself. A peer
 * that sends one byte a second therefore never runs into a limit of two, however long the
 * whole message takes.
 */
CASE(receive_timeout,
     .claim = "a receiving call fails with EAGAIN after SO_RCVTIMEO has passed, and not before",
     .level = POSIX, .spec = "POSIX.1-2024 2.10.16 SO_RCVTIMEO; socket(7)",
     .tags = "option timeout", .waits = true, .VARIANTS(waits))
{
	const struct wait_row *row = VARIANT(struct wait_row);
	struct ends e = row->make();
	int64_t start;

	EXPECT_OK(set_limit(e.fd, SO_RCVTIMEO, LIMIT_MS));
	start = clock_ms();
	EXPECT_ERR(row->call(e.fd), EAGAIN);
	EXPECT_BETWEEN(clock_ms() - start, LIMIT_MS - 1, MUCH_LONGER_MS);

	/* With something to take, the same call succeeds. */
	SETUP(row->give(&e));
	EXPECT_EQ(row->call(e.fd), 1);
}

/* Numbers of <asm-generic/socket.h> that hold for all machines of Linux but four. */
enum {
#ifdef SO_RCVTIMEO_NEW
	RECEIVE_NEW = SO_RCVTIMEO_NEW,
	SEND_NEW = SO_SNDTIMEO_NEW,
#else
	RECEIVE_NEW = 66,
	SEND_NEW = 67,
#endif
};

/*
 * The same limit, with seconds that last.
 *
 * On machines of 32 bits struct timeval had seconds of 32 bits, which are at an end in 2038. So
 * the option got a second number with a structure of two 64-bit numbers, everywhere the same, and
 * a header takes the one or the other for the name `SO_RCVTIMEO`. Both set one limit of the
 * socket: what the new number sets, the old one reads.
 */
CASE(limit_of_64_bits,
     .claim = "SO_RCVTIMEO_NEW and SO_SNDTIMEO_NEW set the limits that SO_RCVTIMEO and SO_SNDTIMEO "
	      "read, in 64-bit numbers",
     .level = LINUX, .spec = "Linux 5.1, commit a9beb86ae6e5; asm-generic/socket.h",
     .tags = "option timeout", .waits = true)
{
	struct {
		int64_t seconds, microseconds;
	} limit = {0, LIMIT_MS * 1000}, other = {7, 500000}, got = {77, 77};
	struct timeval old = {77, 77};
	socklen_t length = sizeof(got);
	struct pair p = tcp_pair(AF_INET);
	int64_t start;
	char byte;

	REQUIRE_OK(setsockopt(p.client, SOL_SOCKET, RECEIVE_NEW, &limit, sizeof(limit)));
	EXPECT_OK(setsockopt(p.client, SOL_SOCKET, SEND_NEW, &other, sizeof(other)));
	start = clock_ms();
	EXPECT_ERR(recv(p.client, &byte, 1, 0), EAGAIN);
	EXPECT_BETWEEN(clock_ms() - start, LIMIT_MS - 1, MUCH_LONGER_MS);

	EXPECT_OK(getsockopt(p.client, SOL_SOCKET, SEND_NEW, &got, &length));
	EXPECT_EQ(length, sizeof(got));
	EXPECT_EQ(got.seconds, 7);
	EXPECT_EQ(got.microseconds, 500000);
	length = sizeof(old);
	EXPECT_OK(getsockopt(p.client, SOL_SOCKET, SO_SNDTIMEO, &old, &length));
	EXPECT_EQ(old.tv_sec, 7);
	EXPECT_EQ(old.tv_usec, 500000);
	length = sizeof(got);
	SETUP(set_limit(p.client, SO_RCVTIMEO, 3000));
	EXPECT_OK(getsockopt(p.client, SOL_SOCKET, RECEIVE_NEW, &got, &length));
	EXPECT_EQ(got.seconds, 3);

	/* As with the old one, a structure that is too short or no time is refused. */
	EXPECT_ERR(setsockopt(p.client, SOL_SOCKET, RECEIVE_NEW, &limit, sizeof(limit) - 1),
		   EINVAL);
	limit.microseconds = 1000000;
	EXPECT_ERR(setsockopt(p.client, SOL_SOCKET, RECEIVE_NEW, &limit, sizeof(limit)), EDOM);
}

struct send_row {
	struct variant variant;
	struct ends (*make)(void);
};

static const struct send_row senders[] = {
	{{"tcp", NULL}, tcp_ends},
	{{"unix", NULL}, unix_ends},
};

/*
 * A send timeout limits how long a peer that does not read can hold up the sender.
 *
 * send() waits when the buffers on the way are full. `SO_SNDTIMEO` ends that with `EAGAIN`,
 * and the data of that call was not taken. A server that writes to many clients from one
 * thread needs this, or non-blocking sockets: one client that stopped reading would stop all
 * of them.
 */
CASE(send_timeout,
     .claim = "send() on a full socket fails with EAGAIN after SO_SNDTIMEO has passed, and not "
	      "before",
     .level = POSIX, .spec = "POSIX.1-2024 2.10.16 SO_SNDTIMEO; socket(7)",
     .tags = "option timeout", .waits = true, .VARIANTS(senders))
{
	struct ends e = VARIANT(struct send_row)->make();
	char chunk[4096] = {0};
	int64_t start;

	SETUP(set_int(e.fd, SOL_SOCKET, SO_SNDBUF, 16384));
	SETUP(set_int(e.other, SOL_SOCKET, SO_RCVBUF, 16384));
	EXPECT_OK(set_limit(e.fd, SO_SNDTIMEO, LIMIT_MS));
	EXPECT_EQ(send(e.fd, chunk, sizeof(chunk), 0), sizeof(chunk));
	/* Fill it, until even a wait brings no more room. */
	do {
		while (send(e.fd, chunk, sizeof(chunk), MSG_DONTWAIT) > 0)
			;
	} while (wait_for(e.fd, POLLOUT, LIMIT_MS) != 0);

	start = clock_ms();
	EXPECT_ERR(send(e.fd, chunk, sizeof(chunk), 0), EAGAIN);
	EXPECT_BETWEEN(clock_ms() - start, LIMIT_MS - 1, MUCH_LONGER_MS);
}

/*
 * connect() waits, too, and its limit is the one for sending.
 *
 * A host that does not exist never answers; TCP would go on sending SYNs for more than two
 * minutes. After `SO_SNDTIMEO` connect() gives `EINPROGRESS`, not `EAGAIN`: the attempt goes
 * on in the background, exactly as if the socket had been non-blocking. A second connect()
 * on the same socket says `EALREADY`. Who gives up must close the socket.
 */
CASE(connect_timeout,
     .claim = "connect() fails with EINPROGRESS after SO_SNDTIMEO has passed, and the attempt "
	      "goes on",
     .level = LINUX, .spec = "socket(7) SO_SNDTIMEO; connect(2) EINPROGRESS, EALREADY",
     .topology = "pair", .tags = "option timeout connect", .waits = true)
{
	struct address nobody = address_of("192.0.2.99", 80);
	struct address somebody = address_of("192.0.2.2", 80);
	int fd = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	int good = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	int listener = SETUP(host_socket("b", AF_INET, SOCK_STREAM, 0));
	int64_t start;

	SETUP(bind(listener, ADDRESS(somebody)));
	SETUP(listen(listener, 1));

	SETUP(set_limit(fd, SO_SNDTIMEO, LIMIT_MS));
	start = clock_ms();
	EXPECT_ERR(connect(fd, ADDRESS(nobody)), EINPROGRESS);
	EXPECT_GE(clock_ms() - start, LIMIT_MS - 1);
	SETUP(fcntl(fd, F_SETFL, O_NONBLOCK));
	EXPECT_ERR(connect(fd, ADDRESS(nobody)), EALREADY);

	/* A host that answers in time. */
	SETUP(set_limit(good, SO_SNDTIMEO, SOON_MS));
	EXPECT_OK(connect(good, ADDRESS(somebody)));
}

/*
 * When the time is over, what was received until then is the result.
 *
 * With `MSG_WAITALL` a call waits for all of its bytes. If the limit ends it half way, it
 * returns the number of bytes that came, without an error: they have been taken from the
 * queue and must not be lost. Only the next call, which gets nothing, says `EAGAIN`.
 */
CASE(timeout_after_a_part,
     .claim = "a receive that is ended by SO_RCVTIMEO after some data returns the number of bytes",
     .level = LINUX, .spec = "socket(7) SO_RCVTIMEO", .tags = "option timeout waitall",
     .waits = true)
{
	struct pair p = tcp_pair(AF_INET);
	char buffer[8];
	int64_t start;

	SETUP(set_limit(p.server, SO_RCVTIMEO, LIMIT_MS));
	SETUP(send(p.client, "abc", 3, 0));
	start = clock_ms();
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), MSG_WAITALL), 3);
	EXPECT_GE(clock_ms() - start, LIMIT_MS - 1);
	EXPECT_MEMEQ(buffer, "abc", 3);
	EXPECT_ERR(recv(p.server, buffer, sizeof(buffer), MSG_WAITALL), EAGAIN);
}

/*
 * The limits are for calls that move data, not for calls that wait for events.
 *
 * poll(), select() and epoll_wait() have a time limit of their own as an argument, and do
 * not look at the sockets' options. A program that sets `SO_RCVTIMEO` and then waits in
 * poll() without a limit waits for ever.
 */
CASE(poll_has_its_own_limit, .claim = "SO_RCVTIMEO does not shorten poll()", .level = LINUX,
     .spec = "socket(7) SO_RCVTIMEO", .tags = "option timeout poll", .waits = true)
{
	struct pair p = tcp_pair(AF_INET);
	struct pollfd entry = {.fd = p.server, .events = POLLIN};
	int64_t start = clock_ms();

	SETUP(set_limit(p.server, SO_RCVTIMEO, 20));
	EXPECT_EQ(poll(&entry, 1, LIMIT_MS), 0);
	EXPECT_GE(clock_ms() - start, LIMIT_MS - 1);
}

static int send_later(void *context)
{
	sleep_ms(2 * LIMIT_MS);
	return send(*(int *)context, "x", 1, 0) != 1;
}

/*
 * A limit of zero is no limit.
 *
 * Zero is the value that a new socket has, and means to wait for ever, not to return at
 * once; for the latter there is `O_NONBLOCK`. Setting zero takes an earlier limit away.
 */
CASE(zero_is_no_limit,
     .claim = "after SO_RCVTIMEO is set back to zero, recv() waits for longer than the limit "
	      "before",
     .level = POSIX, .spec = "POSIX.1-2024 2.10.16 SO_RCVTIMEO; socket(7)",
     .tags = "option timeout", .waits = true)
{
	struct pair p = tcp_pair(AF_INET);
	struct timeval limit = {9, 9};
	socklen_t size = sizeof(limit);
	pid_t child;

	SETUP(set_limit(p.server, SO_RCVTIMEO, LIMIT_MS));
	EXPECT_ERR(call_recv(p.server), EAGAIN);
	SETUP(set_limit(p.server, SO_RCVTIMEO, 0));
	EXPECT_OK(getsockopt(p.server, SOL_SOCKET, SO_RCVTIMEO, &limit, &size));
	EXPECT_EQ(limit.tv_sec, 0);
	EXPECT_EQ(limit.tv_usec, 0);

	child = start_child(send_later, &p.client);
	EXPECT_EQ(call_recv(p.server), 1);
	EXPECT_EQ(wait_child(child), 0);
}

struct domain_row {
	struct variant variant;
	int option;
	int microseconds;
};

static const struct domain_row domains[] = {
	{{"receive_a_million", NULL}, SO_RCVTIMEO, 1000000},
	{{"receive_negative", NULL}, SO_RCVTIMEO, -1},
	{{"send_a_million", NULL}, SO_SNDTIMEO, 1000000},
	{{"send_negative", NULL}, SO_SNDTIMEO, -1},
};

/*
 * A `struct timeval` has microseconds from 0 to 999999; anything else is outside the domain.
 *
 * Linux gives `EDOM`, the error of mathematical functions, which POSIX names for timeouts
 * too big to store. The usual way to get there is to compute milliseconds times 1000 into
 * `tv_usec` and to forget the seconds: 1500 ms fails, 500 ms works.
 */
CASE(microseconds_out_of_range,
     .claim = "a timeout whose tv_usec is not from 0 to 999999 is refused with EDOM", .level = ABI,
     .spec = "POSIX.1-2024 setsockopt() EDOM; net/core/sock.c", .tags = "option timeout errno",
     .VARIANTS(domains))
{
	const struct domain_row *row = VARIANT(struct domain_row);
	int fd = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	struct timeval limit = {1, row->microseconds};

	EXPECT_ERR(setsockopt(fd, SOL_SOCKET, row->option, &limit, sizeof(limit)), EDOM);
	limit.tv_usec = 999999;
	EXPECT_OK(setsockopt(fd, SOL_SOCKET, row->option, &limit, sizeof(limit)));
}

struct both_row {
	struct variant variant;
	int option;
};

static const struct both_row both[] = {
	{{"receive", NULL}, SO_RCVTIMEO},
	{{"send", NULL}, SO_SNDTIMEO},
};

/*
 * A limit is rounded up to the kernel's clock tick, never down.
 *
 * The kernel counts timeouts in ticks (`CONFIG_HZ`, from 100 to 1000 a second). A
 * millisecond may become ten when it is read back. A whole second is a whole number of ticks
 * everywhere. Half a `struct timeval` is no time at all: `EINVAL`.
 */
CASE(value_read_back,
     .claim = "a timeout reads back as no less than what was set, and a second as exactly a second",
     .level = LINUX, .spec = "socket(7) SO_RCVTIMEO, SO_SNDTIMEO; setsockopt(2) EINVAL",
     .tags = "option timeout", .VARIANTS(both))
{
	int option = VARIANT(struct both_row)->option;
	int fd = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	struct timeval second = {1, 0}, little = {0, 1500}, got = {0, 0};
	socklen_t size = sizeof(got);

	EXPECT_OK(setsockopt(fd, SOL_SOCKET, option, &second, sizeof(second)));
	EXPECT_OK(getsockopt(fd, SOL_SOCKET, option, &got, &size));
	EXPECT_EQ(got.tv_sec * 1000000 + got.tv_usec, 1000000);

	EXPECT_OK(setsockopt(fd, SOL_SOCKET, option, &little, sizeof(little)));
	EXPECT_OK(getsockopt(fd, SOL_SOCKET, option, &got, &size));
	EXPECT_BETWEEN(got.tv_sec * 1000000 + got.tv_usec, 1500, 20000);

	EXPECT_ERR(setsockopt(fd, SOL_SOCKET, option, &second, sizeof(second) / 2), EINVAL);
}
