/* SPDX-License-Identifier: MIT */
/* Flags of send(): MSG_NOSIGNAL, MSG_MORE, MSG_DONTROUTE, MSG_EOR, MSG_ZEROCOPY. */
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
/* Needs struct timespec. */
#include <linux/errqueue.h>

#include "suites/inet/tcp_help.h"

#include "harness/case.h"

struct kind_row {
	struct variant variant;
	struct pair (*make)(void);
};

static const struct kind_row connected[] = {
	{{"tcp4", NULL}, pair_tcp4},
	{{"tcp6", "ipv6"}, pair_tcp6},
	{{"unix_stream", NULL}, pair_unix_stream},
};

static volatile sig_atomic_t pipe_signals;

static void count_signal(int number)
{
	(void)number;
	pipe_signals = pipe_signals + 1;
}

/*
 * Writing to a stream that cannot carry data any more is `EPIPE`, and a signal.
 *
 * SIGPIPE ends programs like `yes | head -1` that never look at write()'s result; that is
 * its whole purpose. A server must not die because a client went away, so it ignores the
 * signal or, since a library cannot decide that for its program, gives `MSG_NOSIGNAL` to
 * each send().
 */
CASE(nosignal,
     .claim = "send() after shutdown(SHUT_WR) fails with EPIPE and raises SIGPIPE, which "
	      "MSG_NOSIGNAL suppresses",
     .level = POSIX, .spec = "POSIX.1-2024 send() EPIPE, MSG_NOSIGNAL; send(2)",
     .tags = "flag signal", .VARIANTS(connected))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);
	struct sigaction action = {.sa_handler = count_signal};

	pipe_signals = 0;
	SETUP(sigaction(SIGPIPE, &action, NULL));
	SETUP(shutdown(p.client, SHUT_WR));
	EXPECT_ERR(send(p.client, "x", 1, MSG_NOSIGNAL), EPIPE);
	EXPECT_EQ(pipe_signals, 0);
	EXPECT_ERR(send(p.client, "x", 1, 0), EPIPE);
	EXPECT_EQ(pipe_signals, 1);
	EXPECT_EQ(send(p.server, "x", 1, 0), 1);
}

static int write_without_handler(void *context)
{
	return send(*(int *)context, "x", 1, 0) != -1;
}

/*
 * The default action of SIGPIPE ends the process.
 *
 * No message, no core: the shell shows exit status 141, which is 128 + SIGPIPE. Many a
 * server that "disappeared" died like this.
 */
CASE(signal_kills, .claim = "without a handler, the SIGPIPE of a send() ends the process",
     .level = POSIX, .spec = "POSIX.1-2024 send() EPIPE; <signal.h> SIGPIPE", .tags = "flag signal")
{
	struct pair p = unix_pair(SOCK_STREAM);
	int status;

	SETUP(shutdown(p.client, SHUT_WR));
	status = wait_child(start_child(write_without_handler, &p.client));
	EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE);
}

static const struct kind_row tcps[] = {
	{{"v4", NULL}, pair_tcp4},
	{{"v6", "ipv6"}, pair_tcp6},
};

/*
 * `MSG_MORE` tells TCP that the rest comes at once.
 *
 * Every send() on an idle connection makes a segment of its own. A header and a body sent
 * one after the other are two packets, and with a delayed ACK may cost 40 milliseconds. With
 * the flag, TCP keeps an incomplete segment back until a send() without it (at most 200 ms).
 * `TCP_CORK` does the same for many calls.
 */
CASE(more, .claim = "two sends of which the first has MSG_MORE leave in one TCP segment",
     .level = LINUX, .spec = "send(2) MSG_MORE; tcp(7) TCP_CORK", .tags = "flag tcp more",
     .VARIANTS(tcps))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);
	struct wire *wire = wire_open("a");
	const struct packet *segment;
	size_t length = 0;

	SETUP(set_int(p.client, IPPROTO_TCP, TCP_NODELAY, 1));
	EXPECT_EQ(send(p.client, "head", 4, MSG_MORE), 4);
	EXPECT_EQ(send(p.client, "body", 4, 0), 4);
	segment = wire_next_tcp(wire, PACKET_TCP_PSH, PACKET_TCP_PSH);
	REQUIRE_TRUE(segment != NULL);
	EXPECT_TRUE(packet_payload(segment, &length) != NULL);
	EXPECT_EQ(length, 8);

	/* Without the flag, each is a segment. */
	SETUP(send(p.client, "head", 4, 0));
	SETUP(send(p.client, "body", 4, 0));
	segment = wire_next_tcp(wire, PACKET_TCP_PSH, PACKET_TCP_PSH);
	REQUIRE_TRUE(segment != NULL);
	packet_payload(segment, &length);
	EXPECT_EQ(length, 4);
}

/*
 * `MSG_DONTROUTE` is `SO_DONTROUTE` for one datagram.
 *
 * Only a host on a link of our own can be reached; what lies behind a router is
 * `ENETUNREACH`. The next send() without the flag is routed as usual.
 */
CASE(dontroute,
     .claim = "sendto() with MSG_DONTROUTE to a host behind a router fails with ENETUNREACH",
     .level = LINUX, .spec = "send(2) MSG_DONTROUTE; POSIX.1-2024 send() ENETUNREACH",
     .topology = "routed", .tags = "flag udp route")
{
	struct address behind = address_of("192.0.2.129", 5000);
	struct address router = address_of("192.0.2.126", 5000);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	int at_b = SETUP(host_socket("b", AF_INET, SOCK_DGRAM, 0));
	int at_router = SETUP(host_socket("router", AF_INET, SOCK_DGRAM, 0));

	SETUP(bind(at_b, ADDRESS(behind)));
	SETUP(bind(at_router, ADDRESS(router)));
	EXPECT_ERR(sendto(fd, "x", 1, MSG_DONTROUTE, ADDRESS(behind)), ENETUNREACH);
	EXPECT_EQ(sendto(fd, "x", 1, MSG_DONTROUTE, ADDRESS(router)), 1);
	EXPECT_EQ(wait_for(at_router, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(sendto(fd, "x", 1, 0, ADDRESS(behind)), 1);
	EXPECT_EQ(wait_for(at_b, POLLIN, SOON_MS), POLLIN);
}

static const struct kind_row records[] = {
	{{"unix_seqpacket", NULL}, pair_unix_seqpacket},
	{{"unix_stream", NULL}, pair_unix_stream},
};

/*
 * `MSG_EOR` ends a record, where a protocol has records.
 *
 * POSIX has `SOCK_SEQPACKET` report the end of each record with it in `msg_flags`. Linux's
 * Unix sockets take the flag when sending, and the message is a record anyway; whether they
 * report it when receiving is recorded here. SCTP reports it.
 */
CASE(end_of_record, .claim = "a message sent with MSG_EOR arrives whole", .level = OBSERVED,
     .spec = "POSIX.1-2024 recvmsg() MSG_EOR, 2.10.6 (SOCK_SEQPACKET); recvmsg(2)",
     .tags = "flag unix", .VARIANTS(records))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);
	char buffer[8];
	struct iovec part = {buffer, sizeof(buffer)};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	EXPECT_EQ(send(p.client, "abc", 3, MSG_EOR), 3);
	EXPECT_EQ(recvmsg(p.server, &message, 0), 3);
	OBSERVE("msg_flags of the receiver", "%s",
		message.msg_flags & MSG_EOR ? "MSG_EOR" : "no MSG_EOR");
}

struct record_row {
	struct variant variant;
	struct pair (*make)(void);
	int flag;
	unsigned int first, second; /* bytes of the segments */
};

static const struct record_row tcp_records[] = {
	{{"with_v4", NULL}, pair_tcp4, MSG_EOR, 4, 8},
	{{"with_v6", "ipv6"}, pair_tcp6, MSG_EOR, 4, 8},
	{{"without_v4", NULL}, pair_tcp4, 0, 12, 4},
	{{"without_v6", "ipv6"}, pair_tcp6, 0, 12, 4},
};

/*
 * In a TCP stream `MSG_EOR` draws a line for the sender's own kernel.
 *
 * Usually TCP appends what is written to the segment that still waits. After a send() with
 * `MSG_EOR` it begins a new one: the timestamp that the kernel reports for the sent data is
 * then that of this message and of nothing behind it. The receiver gets a stream as ever,
 * without a mark. A cork keeps the segments here until all is written; should this machine
 * stall for longer than a cork holds (200 ms), the step is repeated.
 */
CASE(end_of_record_in_a_stream,
     .claim = "on a TCP socket what follows a send() with MSG_EOR goes into another segment",
     .level = ABI,
     .spec = "net/ipv4/tcp.c tcp_sendmsg_locked(), tcp_skb_can_collapse_to() (since Linux 4.7); "
	     "tcp(7) TCP_CORK",
     .tags = "flag tcp wire", .VARIANTS(tcp_records))
{
	const struct record_row *row = VARIANT(struct record_row);
	struct wire *wire = wire_open("a");
	const struct packet *segment;
	enum { CORK_HOLDS_MS = 200 };
	unsigned int first, second;
	int64_t started;
	char text[16];

	do {
		struct pair p = make_pair(row->make);

		started = clock_ms();
		SETUP(set_int(p.client, IPPROTO_TCP, TCP_CORK, 1));
		EXPECT_EQ(send(p.client, "head", 4, row->flag), 4);
		EXPECT_EQ(send(p.client, "and body", 8, 0), 8);
		SETUP(set_int(p.client, IPPROTO_TCP, TCP_CORK, 0));
		EXPECT_EQ(read_exactly(p.server, text, 12), 12);
		EXPECT_EQ(send(p.client, "tail", 4, 0), 4);
		EXPECT_EQ(read_exactly(p.server, text + 12, 4), 4);
		EXPECT_MEMEQ(text, "headand bodytail", 16);

		REQUIRE_TRUE((segment = wire_next_data(wire, address_port(&p.client_address))) !=
			     NULL);
		first = packet_tcp(segment)->payload_length;
		REQUIRE_TRUE((segment = wire_next_data(wire, address_port(&p.client_address))) !=
			     NULL);
		second = packet_tcp(segment)->payload_length;
	} while (first != row->first && clock_ms() - started >= CORK_HOLDS_MS);
	EXPECT_EQ(first, row->first);
	EXPECT_EQ(second, row->second);
}

/*
 * The error queue is apart from the data, and asking it never waits.
 *
 * ICMP errors and notifications about sent packets are kept there. `MSG_ERRQUEUE` on an
 * empty one is `EAGAIN` at once, even on a blocking socket with data waiting: the flag names
 * another queue. A full one makes poll() report `POLLERR`, whether it was asked for or not.
 */
CASE(empty_error_queue,
     .claim = "recvmsg() with MSG_ERRQUEUE on an empty queue fails with EAGAIN on a blocking "
	      "socket with data",
     .level = LINUX, .spec = "recv(2) MSG_ERRQUEUE; ip(7) IP_RECVERR", .tags = "flag errqueue",
     .VARIANTS(tcps))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);
	char byte;
	struct iovec part = {&byte, 1};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_ERR(recvmsg(p.server, &message, MSG_ERRQUEUE), EAGAIN);
	EXPECT_EQ(recvmsg(p.server, &message, 0), 1);
}

/*
 * `MSG_ZEROCOPY` sends from the program's own memory, so the program must be told when it is
 * free.
 *
 * Normally send() copies and the buffer can be used again at once. With `SO_ZEROCOPY` set
 * and the flag given, the kernel only pins the pages; a message in the error queue says
 * later, by numbers from 0 on, which sends are done. Over loopback the kernel copies after
 * all and says so (`SO_EE_CODE_ZEROCOPY_COPIED`). It pays off from about 10 kB.
 */
CASE(zerocopy,
     .claim = "a send() with MSG_ZEROCOPY is confirmed in the error queue with its number, 0 for "
	      "the first",
     .level = LINUX, .spec = "Documentation/networking/msg_zerocopy.rst; send(2)",
     .tags = "flag tcp errqueue", .VARIANTS(tcps))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);
	union {
		struct cmsghdr align;
		char bytes[256];
	} control;
	struct msghdr message = {.msg_control = control.bytes, .msg_controllen = sizeof(control)};
	struct sock_extended_err done;
	char data[4096], received[4096];

	memset(data, 'z', sizeof(data));
	EXPECT_OK(set_int(p.client, SOL_SOCKET, SO_ZEROCOPY, 1));
	EXPECT_EQ(send(p.client, data, sizeof(data), MSG_ZEROCOPY), sizeof(data));
	EXPECT_EQ(read_exactly(p.server, received, sizeof(received)), sizeof(received));
	EXPECT_TRUE((wait_for(p.client, 0, SOON_MS) & POLLERR) != 0);
	REQUIRE_OK(recvmsg(p.client, &message, MSG_ERRQUEUE));
	EXPECT_EQ(message.msg_flags & MSG_ERRQUEUE, MSG_ERRQUEUE);
	REQUIRE_TRUE(CMSG_FIRSTHDR(&message) != NULL);
	memcpy(&done, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(done));
	EXPECT_EQ(done.ee_origin, SO_EE_ORIGIN_ZEROCOPY);
	EXPECT_ERRNO((int)done.ee_errno, 0);
	/* A range, from ee_info to ee_data. */
	EXPECT_EQ(done.ee_info, 0);
	EXPECT_EQ(done.ee_data, 0);
}
