/* SPDX-License-Identifier: MIT */
/* send(), sendto() and sendmsg(), and the three that receive, are one call each: the same errors.
 */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "suites/inet/tcp_help.h"
#include "suites/socket/errno_sockets.h"

#include "harness/case.h"

/* What a row's three calls have in common. */
struct transfer {
	int flags;
	const struct address *to; /* of sendto() and sendmsg(), or NULL */
};

enum call { ONLY, WITH_ADDRESS, WITH_MESSAGE, CALLS };

static ssize_t receive(enum call call, int fd, int flags)
{
	char byte;
	struct iovec part = {&byte, 1};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	if (call == ONLY)
		return recv(fd, &byte, 1, flags);
	if (call == WITH_ADDRESS)
		return recvfrom(fd, &byte, 1, flags, NULL, NULL);
	return recvmsg(fd, &message, flags);
}

static ssize_t transmit(enum call call, int fd, const struct transfer *t)
{
	char byte = 'x';
	struct iovec part = {&byte, 1};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	if (call == ONLY)
		return send(fd, &byte, 1, t->flags);
	if (call == WITH_ADDRESS)
		return sendto(fd, &byte, 1, t->flags, t->to ? &t->to->any : NULL,
			      t->to ? t->to->length : 0);
	if (t->to != NULL) {
		message.msg_name = (void *)&t->to->any;
		message.msg_namelen = t->to->length;
	}
	return sendmsg(fd, &message, t->flags);
}

/* A TCP socket whose peer has reset the connection. */
static int reset_stream(void)
{
	struct pair p = tcp_pair(AF_INET);
	struct linger now = {1, 0};

	SETUP(setsockopt(p.server, SOL_SOCKET, SO_LINGER, &now, sizeof(now)));
	SETUP(close(p.server));
	SETUP(wait_for(p.client, POLLIN, SOON_MS) & POLLHUP ? 0 : -1);
	return p.client;
}

/* A UDP socket that has learnt that nobody is at its peer's port. */
static int refused_datagram(void)
{
	struct address nobody;
	int fd = fresh_datagram(), taken = bound_socket(AF_INET, SOCK_DGRAM, &nobody);

	SETUP(close(taken));
	SETUP(connect(fd, ADDRESS(nobody)));
	SETUP(send(fd, "x", 1, 0));
	SETUP(wait_for(fd, POLLIN, SOON_MS) & POLLERR ? 0 : -1);
	return fd;
}

static int unix_datagram(void)
{
	struct pair p = unix_pair(SOCK_DGRAM);

	SETUP(send(p.server, "a", 1, 0));
	return p.client;
}

static int empty_stream(void)
{
	return tcp_pair(AF_INET).client;
}

static int ended_stream(void)
{
	int fd = connected_stream();

	SETUP(shutdown(fd, SHUT_WR));
	return fd;
}

static int fresh_unix(void)
{
	return SETUP(socket(AF_UNIX, SOCK_STREAM, 0));
}

static int connected_unix(void)
{
	return unix_pair(SOCK_STREAM).client;
}

/* A Unix socket whose peer takes no more messages without reading. */
static int full_datagram(void)
{
	struct pair p = unix_pair(SOCK_DGRAM);

	for (int i = 0; i < 100000; i++)
		if (send(p.client, "x", 1, MSG_DONTWAIT) < 0)
			break;
	return p.client;
}

struct receive_row {
	struct variant variant;
	int (*wrong)(void), (*right)(void);
	int wrong_flags, right_flags, error;
};

enum { SINGLE = MSG_DONTWAIT };

static const struct receive_row receives[] = {
	{{"EAGAIN", NULL}, empty_stream, connected_stream, SINGLE, SINGLE, EAGAIN},
	{{"ECONNREFUSED", NULL}, refused_datagram, own_peer, SINGLE, SINGLE, ECONNREFUSED},
	{{"ECONNRESET", NULL}, reset_stream, connected_stream, SINGLE, SINGLE, ECONNRESET},
	{{"EINVAL", NULL}, connected_stream, connected_stream, SINGLE | MSG_OOB, SINGLE, EINVAL},
	{{"ENOTCONN", NULL}, fresh_stream, connected_stream, SINGLE, SINGLE, ENOTCONN},
	{{"EOPNOTSUPP", NULL}, unix_datagram, unix_datagram, SINGLE | MSG_OOB, SINGLE, EOPNOTSUPP},
};

/*
 * recv(), recvfrom() and recvmsg() are the same call with more to tell.
 *
 * recv() forgets the address, recvfrom() gives it, recvmsg() gives control messages as
 * well. What can go wrong with the socket is the same: nothing there yet, a connection that
 * was reset, a peer of which an ICMP message said that it is not there, urgent data where
 * there are none. So an error is handled in the same way whichever of the calls a program
 * uses.
 */
CASE(three_ways_to_receive,
     .claim = "recv(), recvfrom() and recvmsg() give the same error for the same socket",
     .level = POSIX, .spec = "POSIX.1-2024 recv(), recvfrom(), recvmsg() ERRORS; recv(2)",
     .tags = "errno receive", .VARIANTS(receives))
{
	const struct receive_row *row = VARIANT(struct receive_row);

	for (int call = ONLY; call < CALLS; call++) {
		EXPECT_ERR(receive(call, row->wrong(), row->wrong_flags), row->error);
		EXPECT_EQ(receive(call, row->right(), row->right_flags), 1);
	}
}

/* A TCP socket whose peer did not answer for as long as it had patience. */
static int timed_out_stream(void)
{
	struct pair p = tcp_pair(AF_INET);

	SETUP(set_int(p.client, SOL_TCP, TCP_USER_TIMEOUT, 50));
	SETUP(go_deaf(p.server));
	SETUP(send(p.client, "x", 1, 0));
	REQUIRE_TRUE(wait_for(p.client, POLLIN, SOON_MS) & POLLERR);
	return p.client;
}

/*
 * Nobody answers, and the one who waits to hear is told.
 *
 * What was sent has not been acknowledged for longer than the socket wants to wait. The
 * connection is over, and the call that learns of it is the next one, here one that receives.
 */
CASE(three_ways_to_hear_of_silence,
     .claim = "recv(), recvfrom() and recvmsg() fail with ETIMEDOUT when the peer has not "
	      "acknowledged in time",
     .level = POSIX,
     .spec = "POSIX.1-2024 recv(), recvfrom(), recvmsg() ERRORS; tcp(7) TCP_USER_TIMEOUT",
     .tags = "errno receive tcp", .waits = true)
{
	for (int call = ONLY; call < CALLS; call++) {
		EXPECT_ERR(receive(call, timed_out_stream(), SINGLE), ETIMEDOUT);
		EXPECT_EQ(receive(call, connected_stream(), SINGLE), 1);
	}
}

struct send_row {
	struct variant variant;
	int (*wrong)(void), (*right)(void);
	int wrong_flags, error;
};

static const struct send_row sends[] = {
	{{"EAGAIN", NULL}, full_datagram, unix_datagram, MSG_DONTWAIT, EAGAIN},
	{{"ECONNREFUSED", NULL}, refused_datagram, own_peer, 0, ECONNREFUSED},
	{{"ECONNRESET", NULL}, reset_stream, connected_stream, MSG_NOSIGNAL, ECONNRESET},
	{{"EDESTADDRREQ", NULL}, fresh_datagram, own_peer, 0, EDESTADDRREQ},
	{{"EISCONN", NULL}, connected_stream, connected_stream, MSG_FASTOPEN, EISCONN},
	{{"ENOTCONN", NULL}, fresh_unix, connected_unix, MSG_NOSIGNAL, ENOTCONN},
	{{"EOPNOTSUPP", NULL}, own_peer, connected_stream, MSG_OOB, EOPNOTSUPP},
	{{"EPIPE", NULL}, ended_stream, connected_stream, MSG_NOSIGNAL, EPIPE},
};

/*
 * send(), sendto() without an address and sendmsg() without a name are the same call.
 *
 * They fail alike: on a socket that was reset (`ECONNRESET`, once; later `EPIPE`), that has
 * nobody to send to, whose peer has no room. `EISCONN` comes here from `MSG_FASTOPEN`,
 * which means "connect and send": a TCP connection is made once.
 */
CASE(three_ways_to_send,
     .claim = "send(), sendto() and sendmsg() give the same error for the same socket",
     .level = POSIX, .spec = "POSIX.1-2024 send(), sendto(), sendmsg() ERRORS; send(2); tcp(7)",
     .sysctls = "net.ipv4.tcp_fastopen=1", .needs = "fastopen", .tags = "errno send",
     .VARIANTS(sends))
{
	const struct send_row *row = VARIANT(struct send_row);
	const struct transfer wrong = {row->wrong_flags, NULL};
	const struct transfer right = {row->wrong_flags & ~MSG_FASTOPEN, NULL};

	for (int call = ONLY; call < CALLS; call++) {
		EXPECT_ERR(transmit(call, row->wrong(), &wrong), row->error);
		EXPECT_EQ(transmit(call, row->right(), &right), 1);
	}
}

/*
 * A destination can be refused, too.
 *
 * sendto() and sendmsg() take an address. On a datagram socket it must be of the socket's
 * family (`EAFNOSUPPORT`), and 255.255.255.255 takes the program's word that it means to
 * disturb everybody (`EACCES` without `SO_BROADCAST`). On a Unix stream that has its peer
 * an address is `EISCONN`, where TCP ignores it.
 */
CASE(two_ways_to_name_a_destination,
     .claim = "sendto() and sendmsg() refuse a destination with the same error", .level = POSIX,
     .spec = "POSIX.1-2024 sendto(), sendmsg() ERRORS; ip(7) EACCES; unix(7)", .tags = "errno send")
{
	struct address unix_name = address_unix("@nobody"), where, everybody;
	struct transfer foreign = {0, &unix_name}, good = {0, &where};
	struct transfer broadcast = {0, &everybody}, nothing = {0, NULL};

	bound_socket(AF_INET, SOCK_DGRAM, &where);
	/* Long enough, so that the family alone is wrong. */
	unix_name.length = sizeof(unix_name.storage);
	everybody = address_of("127.255.255.255", address_port(&where));
	for (int call = WITH_ADDRESS; call < CALLS; call++) {
		int fd = fresh_datagram(), stream = connected_unix();

		EXPECT_ERR(transmit(call, fd, &foreign), EAFNOSUPPORT);
		EXPECT_ERR(transmit(call, fd, &broadcast), EACCES);
		EXPECT_EQ(transmit(call, fd, &good), 1);
		SETUP(set_int(fd, SOL_SOCKET, SO_BROADCAST, 1));
		EXPECT_EQ(transmit(call, fd, &broadcast), 1);

		EXPECT_ERR(transmit(call, stream, &foreign), EISCONN);
		EXPECT_EQ(transmit(call, stream, &nothing), 1);
	}
}

/* The address of a listener that has no room for another connection, and so answers no SYN. */
static struct address full_listener(void)
{
	struct address where = address_loopback(AF_INET, 0);
	int fd = fresh_stream();

	SETUP(bind(fd, ADDRESS(where)));
	SETUP(getsockname(fd, &where.any, &where.length));
	SETUP(listen(fd, 0));
	SETUP(connect(fresh_stream(), ADDRESS(where)));
	return where;
}

/*
 * "Connect and send" cannot be said twice.
 *
 * With `MSG_FASTOPEN` a send connects first. Without waiting it says `EINPROGRESS`, and
 * nothing was taken of the data; until the peer has answered the same call is `EALREADY`, as
 * a second connect() would be.
 */
CASE(connecting_already,
     .claim = "a second MSG_FASTOPEN send fails with EALREADY while the first still connects",
     .level = LINUX, .spec = "tcp(7); connect(2) EALREADY; RFC 7413", .needs = "fastopen",
     .sysctls = "net.ipv4.tcp_fastopen=1", .tags = "errno send tcp")
{
	struct address where = full_listener(), free_one;
	struct transfer t = {MSG_FASTOPEN | MSG_DONTWAIT, &where};

	for (int call = WITH_ADDRESS; call < CALLS; call++) {
		int fd = fresh_stream(), sent = fresh_stream();

		EXPECT_ERR(transmit(call, fd, &t), EINPROGRESS);
		EXPECT_ERR(transmit(call, fd, &t), EALREADY);
		tcp_listener(AF_INET, &free_one);
		EXPECT_EQ(transmit(call, sent, &(struct transfer){MSG_FASTOPEN, &free_one}), 1);
	}

	/* Without an address it joins the attempt of a connect(). */
	int pending = SETUP(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
	EXPECT_ERR(connect(pending, ADDRESS(where)), EINPROGRESS);
	EXPECT_ERR(send(pending, "x", 1, MSG_FASTOPEN), EALREADY);
}
