/* SPDX-License-Identifier: MIT */
/* Options that change what recv() and poll() give: thresholds, peeking, timestamps, losses. */
#include <linux/sockios.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "suites/socket/stamps.h"

#include "harness/case.h"

/*
 * `SO_RCVLOWAT` says how much data is worth waking up for.
 *
 * Normally one byte makes a stream readable. A program that works on records of a fixed size
 * can have poll() wait until a whole record is there and is spared the wakes in between. The
 * end of the stream always counts, however little came before it.
 */
CASE(lowat_and_poll,
     .claim = "with SO_RCVLOWAT, poll() finds a TCP socket readable only when that many bytes wait",
     .level = LINUX, .spec = "socket(7) SO_RCVLOWAT; POSIX.1-2024 2.10.16",
     .tags = "option tcp poll")
{
	struct pair p = tcp_pair(AF_INET);
	char there[3];

	EXPECT_EQ(get_int(p.server, SOL_SOCKET, SO_RCVLOWAT), 1);
	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_RCVLOWAT, 4));
	SETUP(send(p.client, "abc", 3, 0));
	SETUP(recv(p.server, there, sizeof(there), MSG_PEEK));
	EXPECT_EQ(wait_for(p.server, POLLIN, 0), 0);
	SETUP(send(p.client, "d", 1, 0));
	EXPECT_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);
}

struct stream_row {
	struct variant variant;
	int family;
};

static const struct stream_row streams[] = {
	{{"tcp", NULL}, AF_INET},
	{{"unix", NULL}, AF_UNIX},
};

static struct pair stream_pair(int family)
{
	return family == AF_UNIX ? unix_pair(SOCK_STREAM) : tcp_pair(family);
}

struct part {
	int fd;
};

static int send_the_rest(void *context)
{
	struct part *p = context;

	sleep_ms(60);
	return send(p->fd, "defg", 4, 0) != 4;
}

/*
 * recv() waits for `SO_RCVLOWAT` bytes, too.
 *
 * A blocking recv() returns as soon as the threshold is reached, or the smaller number that
 * was asked for. So a low-water mark of the record's size makes recv() give whole records,
 * as `MSG_WAITALL` does for a single call.
 */
CASE(lowat_and_recv, .claim = "with SO_RCVLOWAT 4, a blocking recv() does not return with 3 bytes",
     .level = POSIX, .spec = "POSIX.1-2024 2.10.16 SO_RCVLOWAT; socket(7)", .tags = "option",
     .waits = true, .VARIANTS(streams))
{
	struct pair p = stream_pair(VARIANT(struct stream_row)->family);
	struct part later = {p.client};
	char buffer[16];
	pid_t child;

	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_RCVLOWAT, 4));
	SETUP(send(p.client, "abc", 3, 0));
	child = start_child(send_the_rest, &later);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 7);
	EXPECT_EQ(wait_child(child), 0);

	/* With the usual mark of 1, three bytes are enough. */
	SETUP(set_int(p.server, SOL_SOCKET, SO_RCVLOWAT, 1));
	SETUP(send(p.client, "abc", 3, 0));
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 3);
}

static int send_in_parts(void *context)
{
	struct part *p = context;

	sleep_ms(60);
	return send(p->fd, "def", 3, 0) != 3;
}

/*
 * Three bytes and three bytes are more than four, or are they?
 *
 * POSIX has a blocking receive return once it has received `SO_RCVLOWAT` bytes. Linux's TCP
 * copies the first three at once and then sleeps; when three more come, it compares only
 * those with the mark, and does not wake the reader although it has six: only a time limit,
 * or the next data, ends the wait. Unix sockets count what was copied. Which of the two a
 * kernel does is recorded here; in any case nothing is lost.
 */
CASE(lowat_reached_in_parts,
     .claim = "of six bytes that come in two parts, recv() with SO_RCVLOWAT 4 loses none",
     .level = OBSERVED, .spec = "POSIX.1-2024 2.10.16 SO_RCVLOWAT; socket(7)", .tags = "option",
     .waits = true, .VARIANTS(streams))
{
	struct pair p = stream_pair(VARIANT(struct stream_row)->family);
	struct part later = {p.client};
	struct timeval limit = {0, 300000};
	int64_t start = clock_ms();
	char buffer[16];
	ssize_t first;
	pid_t child;

	SETUP(set_int(p.server, SOL_SOCKET, SO_RCVLOWAT, 4));
	SETUP(setsockopt(p.server, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof(limit)));
	SETUP(send(p.client, "abc", 3, 0));
	child = start_child(send_in_parts, &later);
	first = recv(p.server, buffer, sizeof(buffer), 0);
	OBSERVE("the mark was noticed", "%s",
		clock_ms() - start < 300 ? "at once" : "only when time ran out");
	EXPECT_EQ(wait_child(child), 0);

	/* What it did not return is still there. */
	EXPECT_GE(first, 3);
	if (first < 6)
		first += recv(p.server, buffer, sizeof(buffer), MSG_DONTWAIT);
	EXPECT_EQ(first, 6);
}

/*
 * `SO_PEEK_OFF`: peeking that moves on.
 *
 * `MSG_PEEK` alone always starts at the front of the queue, so looking at a long message
 * means to see its start again and again. With an offset of 0 or more each peek begins where
 * the last one ended, and a real read moves the offset back, because the queue's front
 * moved. The steps are the example of socket(7).
 */
CASE(peek_off,
     .claim = "with SO_PEEK_OFF each MSG_PEEK continues after the last, and reading moves the "
	      "offset back",
     .level = LINUX, .spec = "socket(7) SO_PEEK_OFF", .tags = "option peek unix")
{
	struct pair p = unix_pair(SOCK_STREAM);
	char buffer[3] = "";

	SETUP(send(p.client, "aabbccddeeff", 12, 0));
	EXPECT_EQ(get_int(p.server, SOL_SOCKET, SO_PEEK_OFF), -1);
	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_PEEK_OFF, 4));
	EXPECT_EQ(recv(p.server, buffer, 2, MSG_PEEK), 2);
	EXPECT_STREQ(buffer, "cc");
	EXPECT_EQ(recv(p.server, buffer, 2, MSG_PEEK), 2);
	EXPECT_STREQ(buffer, "dd");
	EXPECT_EQ(recv(p.server, buffer, 2, 0), 2);
	EXPECT_STREQ(buffer, "aa");
	EXPECT_EQ(get_int(p.server, SOL_SOCKET, SO_PEEK_OFF), 6);
	EXPECT_EQ(recv(p.server, buffer, 2, MSG_PEEK), 2);
	EXPECT_STREQ(buffer, "ee");

	/* A negative offset: back to the front. */
	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_PEEK_OFF, -1));
	EXPECT_EQ(recv(p.server, buffer, 2, MSG_PEEK), 2);
	EXPECT_STREQ(buffer, "bb");
	EXPECT_EQ(recv(p.server, buffer, 2, MSG_PEEK), 2);
	EXPECT_STREQ(buffer, "bb");
}

/* Receives a datagram, copies its control message of this type. Returns the length, 0 for none. */
static size_t receive_control(int fd, int type, void *value, size_t size)
{
	union {
		struct cmsghdr align;
		char bytes[256];
	} control;
	char data[2048];
	struct iovec part = {data, sizeof(data)};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control.bytes,
				 .msg_controllen = sizeof(control)};

	SETUP(recvmsg(fd, &message, 0));
	for (struct cmsghdr *c = CMSG_FIRSTHDR(&message); c != NULL; c = CMSG_NXTHDR(&message, c)) {
		if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != type)
			continue;
		memcpy(value, CMSG_DATA(c), size);
		return c->cmsg_len - CMSG_LEN(0);
	}
	return 0;
}

static int64_t microseconds(const struct timeval *t)
{
	return (int64_t)t->tv_sec * 1000000 + t->tv_usec;
}

/*
 * When a packet came in, not when it was read.
 *
 * A program may get round to its socket late. With `SO_TIMESTAMP` the kernel notes the time
 * as the packet arrives and hands it out beside the data, as a control message. Tools that
 * measure the network (ping, NTP) take it, so that their own delays do not count as the
 * network's. The clock is CLOCK_REALTIME: it may jump when it is set.
 */
CASE(timestamp,
     .claim = "with SO_TIMESTAMP a datagram comes with the time of its arrival, before the time "
	      "of recvmsg()",
     .level = LINUX, .spec = "socket(7) SO_TIMESTAMP", .tags = "option udp control", .waits = true,
     .VARIANTS(families))
{
	struct pair p = udp_pair(VARIANT(struct family_row)->family);
	struct timeval before, arrived, after;

	/* Else the first packets are stamped as they are read. */
	stamping_started();
	/* Off at first: no control message. */
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(receive_control(p.server, SCM_TIMESTAMP, &arrived, sizeof(arrived)), 0);

	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_TIMESTAMP, 1));
	gettimeofday(&before, NULL);
	SETUP(send(p.client, "x", 1, 0));
	sleep_ms(20);
	gettimeofday(&after, NULL);
	EXPECT_EQ(receive_control(p.server, SCM_TIMESTAMP, &arrived, sizeof(arrived)),
		  sizeof(arrived));
	EXPECT_GE(microseconds(&arrived), microseconds(&before));
	EXPECT_LE(microseconds(&arrived), microseconds(&after));
}

/*
 * `SO_TIMESTAMPNS` is the same in nanoseconds, and takes the place of `SO_TIMESTAMP`.
 *
 * A socket gives one kind of stamp. The option that was set last decides; the other one
 * reads back as off, and its control message is not sent.
 */
CASE(timestampns_replaces_timestamp,
     .claim = "after SO_TIMESTAMPNS is set, only SCM_TIMESTAMPNS is received", .level = LINUX,
     .spec = "socket(7) SO_TIMESTAMPNS (mutually exclusive)", .tags = "option udp control",
     .VARIANTS(families))
{
	struct pair p = udp_pair(VARIANT(struct family_row)->family);
	struct timespec before, arrived = {0, 0}, after;
	struct timeval coarse;

	SETUP(set_int(p.server, SOL_SOCKET, SO_TIMESTAMP, 1));
	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_TIMESTAMPNS, 1));
	EXPECT_EQ(get_int(p.server, SOL_SOCKET, SO_TIMESTAMP), 0);

	SETUP(clock_gettime(CLOCK_REALTIME, &before));
	SETUP(send(p.client, "x", 1, 0));
	SETUP(send(p.client, "y", 1, 0));
	EXPECT_EQ(receive_control(p.server, SCM_TIMESTAMPNS, &arrived, sizeof(arrived)),
		  sizeof(arrived));
	EXPECT_EQ(receive_control(p.server, SCM_TIMESTAMP, &coarse, sizeof(coarse)), 0);
	SETUP(clock_gettime(CLOCK_REALTIME, &after));
	EXPECT_BETWEEN((int64_t)arrived.tv_sec * 1000000000 + arrived.tv_nsec,
		       (int64_t)before.tv_sec * 1000000000 + before.tv_nsec,
		       (int64_t)after.tv_sec * 1000000000 + after.tv_nsec);
}

/*
 * `SIOCGSTAMP` asks for the stamp of the last packet, after the fact.
 *
 * Before any packet there is none, hence `ENOENT`. The first question turns the stamping on.
 * A thread that reads the socket in between would change the answer, which is why the
 * control message is the better way.
 */
CASE(siocgstamp,
     .claim = "ioctl(SIOCGSTAMP) fails with ENOENT before the first packet and then gives its time",
     .level = LINUX, .spec = "socket(7) SIOCGSTAMP", .tags = "ioctl udp")
{
	struct pair p = udp_pair(AF_INET);
	struct timeval before, arrived = {0, 0}, after;
	char byte;

	EXPECT_ERR(ioctl(p.server, SIOCGSTAMP, &arrived), ENOENT);
	gettimeofday(&before, NULL);
	SETUP(send(p.client, "x", 1, 0));
	SETUP(recv(p.server, &byte, 1, 0));
	EXPECT_OK(ioctl(p.server, SIOCGSTAMP, &arrived));
	gettimeofday(&after, NULL);
	EXPECT_BETWEEN(microseconds(&arrived), microseconds(&before), microseconds(&after));
}

/*
 * `SO_RXQ_OVFL` counts what a full receive buffer lost.
 *
 * UDP has no numbers in its packets, so a receiver cannot see a gap. The kernel knows, and
 * attaches to a datagram how many were dropped on this socket before it arrived. A recorder
 * can so mark the holes in what it recorded.
 *
 * Try it: the last column of `/proc/net/udp` is the same counter.
 */
CASE(rxq_ovfl,
     .claim = "SO_RXQ_OVFL gives, with the next datagram, exactly the number of datagrams lost "
	      "before it",
     .level = LINUX, .spec = "socket(7) SO_RXQ_OVFL", .tags = "option udp control buffer")
{
	struct pair p = udp_pair(AF_INET);
	char kilobyte[1024] = {0};
	int sent = 32, received = 0;
	uint32_t lost = 0;

	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_RXQ_OVFL, 1));
	SETUP(set_int(p.server, SOL_SOCKET, SO_RCVBUF, 4096));
	for (int i = 0; i < sent; i++)
		SETUP(send(p.client, kilobyte, sizeof(kilobyte), 0));
	while (recv(p.server, kilobyte, sizeof(kilobyte), MSG_DONTWAIT) > 0)
		received++;
	EXPECT_LT(received, sent);

	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(receive_control(p.server, SO_RXQ_OVFL, &lost, sizeof(lost)), sizeof(lost));
	EXPECT_EQ(lost, sent - received);
}
