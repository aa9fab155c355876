/* SPDX-License-Identifier: MIT */
/* Data of a call: messages, their qualifier, interrupts. */
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "suites/x25/line.h"

#include "harness/capture/expect_packet.h"
#include "harness/case.h"

static struct x25_ends call_on(void)
{
	line_on();
	return x25_connected(x25_bound(NUMBER_A), x25_bound(NUMBER_B));
}

/* Messages keep their borders, in both directions, and come in order. */
CASE(exchange,
     .claim = "messages sent with MSG_EOR arrive whole and in order, marked MSG_EOR, in both "
	      "directions",
     .level = LINUX, .spec = "x25(7); linux/net/x25/af_x25.c", .topology = "machine",
     .needs = "x25 x25_line", .tags = "x25 send receive")
{
	struct x25_ends ends = call_on();
	struct sockaddr_x25 from = {.sx25_family = AF_UNSPEC};
	char got[16];
	struct iovec part = {got, sizeof(got)};
	struct msghdr message = {
		.msg_name = &from, .msg_namelen = sizeof(from), .msg_iov = &part, .msg_iovlen = 1};

	EXPECT_EQ(send(ends.client, "one", 3, MSG_EOR), 3);
	EXPECT_EQ(send(ends.client, "second", 6, MSG_EOR), 6);
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvmsg(ends.server, &message, 0), 3);
	EXPECT_MEMEQ(got, "one", 3);
	EXPECT_EQ(message.msg_flags, MSG_EOR);
	EXPECT_EQ(message.msg_namelen, sizeof(from));
	EXPECT_EQ(from.sx25_family, AF_X25);
	EXPECT_STREQ(from.sx25_addr.x25_addr, NUMBER_A);
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(ends.server, got, sizeof(got), 0), 6);
	EXPECT_MEMEQ(got, "second", 6);
	EXPECT_EQ(send(ends.server, "yes", 3, MSG_EOR), 3);
	EXPECT_EQ(wait_for(ends.client, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(ends.client, got, sizeof(got), 0), 3);
	EXPECT_MEMEQ(got, "yes", 3);
}

/* A packet has 128 bytes, a message as many as the program likes. */
CASE(long_message,
     .claim = "a message longer than a packet goes in packets marked M, and arrives as one",
     .level = LINUX, .spec = "ITU-T X.25, 4.3.4; linux/net/x25/x25_out.c", .topology = "machine",
     .needs = "x25 x25_line", .tags = "x25 send receive wire")
{
	enum { SIZE = 1000 };
	struct x25_ends ends = call_on();
	struct wire *wire = wire_open("a");
	char data[SIZE], got[SIZE + 1];

	for (int i = 0; i < SIZE; i++)
		data[i] = (char)i;
	EXPECT_EQ(send(ends.client, data, SIZE, MSG_EOR), SIZE);
	EXPECT_PACKET(wire, WHICH("X.25", "M", 1));
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(ends.server, got, sizeof(got), 0), SIZE);
	EXPECT_MEMEQ(got, data, SIZE);
}

/* What does not fit into the buffer is lost, as with every socket that keeps borders. */
CASE(truncation,
     .claim =
	     "a message that is longer than the buffer is cut and marked MSG_TRUNC; FIONREAD tells "
	     "the size of the next one",
     .level = ABI, .spec = "linux/net/x25/af_x25.c, x25_recvmsg(), x25_ioctl()",
     .topology = "machine", .needs = "x25 x25_line", .tags = "x25 receive ioctl")
{
	struct x25_ends ends = call_on();
	char got[4];
	struct iovec part = {got, sizeof(got)};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
	int waiting = -1;

	EXPECT_OK(ioctl(ends.server, FIONREAD, &waiting));
	EXPECT_EQ(waiting, 0);
	SETUP(send(ends.client, "abcdefg", 7, MSG_EOR));
	SETUP(send(ends.client, "xyz", 3, MSG_EOR));
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_OK(ioctl(ends.server, FIONREAD, &waiting));
	OBSERVE("FIONREAD of 7 bytes", "%d", waiting);
	EXPECT_GE(waiting, 7);
	EXPECT_EQ(recvmsg(ends.server, &message, 0), 4);
	EXPECT_MEMEQ(got, "abcd", 4);
	EXPECT_EQ(message.msg_flags & MSG_TRUNC, MSG_TRUNC);
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvmsg(ends.server, &message, 0), 3);
	EXPECT_MEMEQ(got, "xyz", 3);
	EXPECT_EQ(message.msg_flags & MSG_TRUNC, 0);
}

/*
 * The qualifier bit: whether a message is data, or about the connection.
 *
 * A terminal's adapter (PAD) is set up so. With X25_QBITINCL the first byte of each message is it.
 */
CASE(qualifier,
     .claim = "with X25_QBITINCL the first byte of a message is the qualifier bit of its packets",
     .level = LINUX, .spec = "x25(7) X25_QBITINCL; ITU-T X.25, 4.3.6", .topology = "machine",
     .needs = "x25 x25_line", .tags = "x25 options send receive wire errno")
{
	struct x25_ends ends = call_on();
	struct wire *wire = wire_open("a");
	char got[16];
	int value = 1;

	EXPECT_EQ(get_int(ends.client, SOL_X25, X25_QBITINCL), 0);
	EXPECT_OK(set_int(ends.client, SOL_X25, X25_QBITINCL, 5));
	EXPECT_EQ(get_int(ends.client, SOL_X25, X25_QBITINCL), 1);
	EXPECT_OK(set_int(ends.server, SOL_X25, X25_QBITINCL, 1));
	EXPECT_EQ(send(ends.client, "\x01qualified", 10, MSG_EOR), 10);
	EXPECT_PACKET(wire, WHICH("X.25", "Packet type identifier", PACKET_X25_DATA),
		      FIELD("X.25", "Q", 1));
	EXPECT_EQ(send(ends.client, "\0data", 5, MSG_EOR), 5);
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(ends.server, got, sizeof(got), 0), 10);
	EXPECT_MEMEQ(got, "\x01qualified", 10);
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(ends.server, got, sizeof(got), 0), 5);
	EXPECT_MEMEQ(got, "\0data", 5);

	/* Without it on the receiver there is no such byte. */
	EXPECT_OK(set_int(ends.server, SOL_X25, X25_QBITINCL, 0));
	EXPECT_EQ(send(ends.client, "\0data", 5, MSG_EOR), 5);
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(ends.server, got, sizeof(got), 0), 4);
	EXPECT_MEMEQ(got, "data", 4);

	EXPECT_ERR(set_int(ends.client, SOL_X25, X25_QBITINCL + 1, 1), ENOPROTOOPT);
	EXPECT_ERR(setsockopt(ends.client, SOL_X25, X25_QBITINCL, &value, 1), EINVAL);
}

/*
 * An interrupt goes past the data that waits: one packet of up to 32 bytes.
 *
 * Data has a window and may have to wait, an interrupt has not.
 */
CASE(interrupt,
     .claim = "what is sent with MSG_OOB raises SIGURG and is received with MSG_OOB, apart from "
	      "data; "
	      "with SO_OOBINLINE it is in line",
     .level = LINUX, .spec = "ITU-T X.25, 4.3.7; linux/net/x25/x25_in.c", .topology = "machine",
     .needs = "x25 x25_line", .tags = "x25 send receive signal wire errno")
{
	const struct timespec soon = {.tv_sec = SOON_MS / 1000};
	struct x25_ends ends = call_on();
	struct wire *wire = wire_open("a");
	sigset_t urgent;
	char got[64];

	sigemptyset(&urgent);
	sigaddset(&urgent, SIGURG);
	SETUP(sigprocmask(SIG_BLOCK, &urgent, NULL));
	SETUP(fcntl(ends.server, F_SETOWN, getpid()));
	EXPECT_ERR(recv(ends.server, got, sizeof(got), MSG_OOB), EINVAL);
	EXPECT_EQ(send(ends.client, "stop", 4, MSG_OOB), 4);
	EXPECT_PACKET(wire, WHICH("X.25", "Packet type identifier", PACKET_X25_INTERRUPT));
	EXPECT_EQ(sigtimedwait(&urgent, NULL, &soon), SIGURG);
	EXPECT_ERR(recv(ends.server, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
	EXPECT_EQ(recv(ends.server, got, sizeof(got), MSG_OOB), 4);
	EXPECT_MEMEQ(got, "stop", 4);
	EXPECT_PACKET(wire,
		      WHICH("X.25", "Packet type identifier", PACKET_X25_INTERRUPT_CONFIRMATION));
	EXPECT_OK(set_int(ends.server, SOL_SOCKET, SO_OOBINLINE, 1));
	EXPECT_EQ(send(ends.client, "again", 5, MSG_OOB), 5);
	EXPECT_EQ(sigtimedwait(&urgent, NULL, &soon), SIGURG);
	EXPECT_ERR(recv(ends.server, got, sizeof(got), MSG_OOB), EINVAL);
	EXPECT_EQ(recv(ends.server, got, sizeof(got), MSG_DONTWAIT), 5);
	EXPECT_MEMEQ(got, "again", 5);
}

/* Packets are numbered from 0 to 7; lines with a long delay number to 127. */
CASE(extended_numbering,
     .claim = "lines subscribed to extended numbering number packets modulo 128, and data arrives",
     .level = LINUX, .spec = "ITU-T X.25, 4.3.2; linux/net/x25/x25_link.c", .topology = "machine",
     .needs = "x25 x25_line", .tags = "x25 ioctl send receive wire")
{
	struct x25_subscrip_struct a = {.device = LINE_A}, b = {.device = LINE_B};
	int fd = SETUP(socket(AF_X25, SOCK_SEQPACKET, 0));
	struct x25_ends ends;
	struct wire *wire;
	char got[8];

	line_on();
	SETUP(ioctl(fd, SIOCX25GSUBSCRIP, &a));
	SETUP(ioctl(fd, SIOCX25GSUBSCRIP, &b));
	a.extended = b.extended = 1;
	EXPECT_OK(ioctl(fd, SIOCX25SSUBSCRIP, &a));
	EXPECT_OK(ioctl(fd, SIOCX25SSUBSCRIP, &b));
	ends = x25_connected(x25_bound(NUMBER_A), x25_bound(NUMBER_B));
	wire = wire_open("a");
	EXPECT_EQ(send(ends.client, "hello", 5, MSG_EOR), 5);
	EXPECT_PACKET(wire, WHICH("X.25", "Packet type identifier", PACKET_X25_DATA),
		      FIELD_TEXT("X.25", "Modulo", "2 (128)"));
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(ends.server, got, sizeof(got), 0), 5);
	EXPECT_MEMEQ(got, "hello", 5);
}

struct send_row {
	struct variant variant;
	int flags, error;
	const char *number; /* NULL: none */
	size_t size;
};

static const struct send_row sends[] = {
	{{"no_flag", NULL}, 0, EINVAL, NULL, 1},
	{{"other_flag", NULL}, MSG_EOR | MSG_DONTROUTE, EINVAL, NULL, 1},
	{{"elsewhere", NULL}, MSG_EOR, EISCONN, NOBODY, 1},
	{{"too_long", NULL}, MSG_EOR, EMSGSIZE, NULL, 65536},
};

/* A message ends with MSG_EOR: parts of one cannot be sent. */
CASE(send_errors,
     .claim = "send() fails with EINVAL without MSG_EOR or with another flag, EISCONN for another "
	      "number, EMSGSIZE beyond 65535 bytes; without a call with ENETUNREACH, without a "
	      "number "
	      "with EADDRNOTAVAIL",
     .level = LINUX, .spec = "x25(7); linux/net/x25/af_x25.c, x25_sendmsg()", .topology = "machine",
     .needs = "x25 x25_line", .tags = "x25 send errno", .VARIANTS(sends))
{
	static const char data[65536];
	const struct send_row *row = VARIANT(struct send_row);
	struct x25_ends ends = call_on();
	struct sockaddr_x25 to = x25_number(row->number != NULL ? row->number : "");
	const struct sockaddr_x25 good = x25_number(NUMBER_B);
	char got[8];

	EXPECT_ERR(sendto(ends.client, data, row->size, row->flags,
			  row->number != NULL ? (struct sockaddr *)&to : NULL,
			  row->number != NULL ? sizeof(to) : 0),
		   row->error);
	EXPECT_ERR(send(SETUP(socket(AF_X25, SOCK_SEQPACKET, 0)), "x", 1, MSG_EOR), EADDRNOTAVAIL);
	EXPECT_ERR(send(x25_bound(NUMBER_A), "x", 1, MSG_EOR), ENETUNREACH);
	EXPECT_EQ(sendto(ends.client, "yes", 3, MSG_EOR, X25(good)), 3);
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(ends.server, got, sizeof(got), 0), 3);
	EXPECT_MEMEQ(got, "yes", 3);
}
