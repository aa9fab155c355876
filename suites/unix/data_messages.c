/* SPDX-License-Identifier: MIT */
/* What the three types do with the boundaries between messages. */
#include <errno.h>
#include <linux/sockios.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/unix/unix_help.h"

#include "harness/case.h"

struct type_row {
	struct variant variant;
	int type;
};

static const struct type_row types[] = {
	{{"stream", NULL}, SOCK_STREAM},
	{{"dgram", NULL}, SOCK_DGRAM},
	{{"seqpacket", NULL}, SOCK_SEQPACKET},
};

static const struct type_row message_types[] = {
	{{"dgram", NULL}, SOCK_DGRAM},
	{{"seqpacket", NULL}, SOCK_SEQPACKET},
};

/*
 * A stream is bytes.
 *
 * How they were divided into calls is forgotten: two sends can be one read, one
 * send can be many. A protocol over a stream must mark where its messages end, by
 * a length or by a newline. Programs that forget it work in tests, where every
 * send() happens to be read by one recv().
 */
CASE(a_stream_has_no_boundaries,
     .claim = "recv() on a stream gives bytes of several sends together, and of one send in parts",
     .level = POSIX, .spec = "POSIX.1-2024 2.10.6 Socket Types: SOCK_STREAM",
     .tags = "unix stream recv")
{
	struct pair p = unix_pair(SOCK_STREAM);
	char text[16] = "";

	SETUP(send(p.client, "one", 3, 0));
	SETUP(send(p.client, "two", 3, 0));
	EXPECT_EQ(recv(p.server, text, 4, 0), 4);
	EXPECT_MEMEQ(text, "onet", 4);
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 2);
	EXPECT_MEMEQ(text, "wo", 2);
}

/*
 * A message arrives as it was sent.
 *
 * Datagrams and sequenced packets keep their boundaries: one send, one receive,
 * however large the buffer is. AF_UNIX keeps their order too, and loses none. A
 * small request protocol gets its framing for free; `SOCK_SEQPACKET` adds the
 * connection: accept(), and an end of file when the peer has gone.
 */
CASE(a_message_keeps_its_boundaries,
     .claim = "Each recv() gives exactly one message, in the order of sending", .level = POSIX,
     .spec = "POSIX.1-2024 2.10.6 Socket Types; unix(7)", .tags = "unix dgram seqpacket recv",
     .VARIANTS(message_types))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	char text[16] = "";

	SETUP(send(p.client, "one", 3, 0));
	SETUP(send(p.client, "three", 5, 0));
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 3);
	EXPECT_MEMEQ(text, "one", 3);
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 5);
	EXPECT_MEMEQ(text, "three", 5);
	EXPECT_ERR(recv(p.server, text, sizeof(text), MSG_DONTWAIT), EAGAIN, EWOULDBLOCK);
}

/*
 * What does not fit is thrown away.
 *
 * A message has no second half: the next recv() gives the next message. recvmsg()
 * says so by `MSG_TRUNC` in `msg_flags`; recv() alone cannot. Buffers for messages
 * must be as large as the largest message, not as the usual one.
 */
CASE(the_rest_of_a_message_is_lost,
     .claim = "A message larger than the buffer is cut, MSG_TRUNC is reported, the rest is gone",
     .level = POSIX, .spec = "POSIX.1-2024 recvmsg(): MSG_TRUNC; 2.10.6",
     .tags = "unix recvmsg MSG_TRUNC", .VARIANTS(message_types))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	char text[4];
	struct iovec room = {text, sizeof(text)};
	struct msghdr message = {.msg_iov = &room, .msg_iovlen = 1};

	SETUP(send(p.client, "too long", 8, 0));
	SETUP(send(p.client, "fits", 4, 0));
	EXPECT_EQ(recvmsg(p.server, &message, 0), 4);
	EXPECT_MEMEQ(text, "too ", 4);
	EXPECT_EQ(message.msg_flags & MSG_TRUNC, MSG_TRUNC);

	EXPECT_EQ(recvmsg(p.server, &message, 0), 4);
	EXPECT_MEMEQ(text, "fits", 4);
	EXPECT_EQ(message.msg_flags & MSG_TRUNC, 0);
}

/*
 * `MSG_TRUNC` asks for the real size.
 *
 * Given as a flag to recv(), it changes the result: the length of the message, not
 * of what was copied. Together with `MSG_PEEK` and no buffer at all it tells how
 * much room the next message needs, before it is taken.
 */
CASE(the_size_can_be_asked_for,
     .claim = "recv() with MSG_PEEK and MSG_TRUNC returns the whole length of the next message",
     .level = LINUX, .spec = "recv(2): MSG_TRUNC; unix(7), Sockets API",
     .tags = "unix recv MSG_TRUNC MSG_PEEK", .VARIANTS(message_types))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	char text[16] = "";

	SETUP(send(p.client, "eleven long", 11, 0));
	EXPECT_EQ(recv(p.server, text, 0, MSG_PEEK | MSG_TRUNC), 11);
	EXPECT_EQ(recv(p.server, text, 4, MSG_PEEK), 4);
	EXPECT_EQ(recv(p.server, text, 11, 0), 11);
	EXPECT_STREQ(text, "eleven long");
}

/*
 * A message may be empty.
 *
 * Then recv() returns 0, and that is no end of file. A reader of datagrams must
 * not stop at 0; a reader of sequenced packets cannot tell an empty packet from
 * the end at all, so its protocol should not use empty ones.
 */
CASE(an_empty_message_is_a_message,
     .claim = "An empty message is received as 0, and the next message after it", .level = LINUX,
     .spec = "recv(2) RETURN VALUE", .tags = "unix recv", .VARIANTS(message_types))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	char text[8] = "";

	EXPECT_EQ(wait_for(p.server, POLLIN, 0), 0);
	EXPECT_EQ(send(p.client, "", 0, 0), 0);
	EXPECT_EQ(send(p.client, "next", 4, 0), 4);
	EXPECT_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 0);
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 4);
	EXPECT_STREQ(text, "next");
}

/*
 * `MSG_PEEK` looks without taking.
 *
 * The same data comes again with the next call: a server can look at the first
 * bytes to choose a protocol, and hand the untouched socket on. With a stream the
 * next call may give more than was seen, if more has come.
 */
CASE(peek_leaves_the_data,
     .claim = "recv() with MSG_PEEK gives data that the next recv() gives again", .level = POSIX,
     .spec = "POSIX.1-2024 recv(): MSG_PEEK", .tags = "unix recv MSG_PEEK", .VARIANTS(types))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	char peeked[8] = "", text[8] = "";

	SETUP(send(p.client, "data", 4, 0));
	EXPECT_EQ(recv(p.server, peeked, sizeof(peeked), MSG_PEEK), 4);
	EXPECT_STREQ(peeked, "data");
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 4);
	EXPECT_STREQ(text, "data");
	EXPECT_ERR(recv(p.server, text, sizeof(text), MSG_DONTWAIT), EAGAIN, EWOULDBLOCK);
}

/*
 * `SO_PEEK_OFF` makes peeking walk forward.
 *
 * Usually every peek begins at the front. With an offset set, it begins there, and
 * moves on by what was seen, so that a reader can search a long line without taking
 * it out and without seeing its beginning again and again. Real reads move the
 * offset back.
 */
CASE(peeking_can_walk,
     .claim = "With SO_PEEK_OFF set to 0 each MSG_PEEK goes on where the one before ended",
     .level = LINUX, .spec = "socket(7): SO_PEEK_OFF", .tags = "unix SO_PEEK_OFF MSG_PEEK")
{
	struct pair p = unix_pair(SOCK_STREAM);
	char text[4] = "";

	SETUP(send(p.client, "aabbcc", 6, 0));
	EXPECT_EQ(recv(p.server, text, 2, MSG_PEEK), 2);
	EXPECT_STREQ(text, "aa");
	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_PEEK_OFF, 0));
	EXPECT_EQ(recv(p.server, text, 2, MSG_PEEK), 2);
	EXPECT_STREQ(text, "aa");
	EXPECT_EQ(recv(p.server, text, 2, MSG_PEEK), 2);
	EXPECT_STREQ(text, "bb");
	EXPECT_EQ(recv(p.server, text, 2, 0), 2);
	EXPECT_STREQ(text, "aa");
	EXPECT_EQ(recv(p.server, text, 2, MSG_PEEK), 2);
	EXPECT_STREQ(text, "cc");
}

/*
 * The end of a record.
 *
 * POSIX lets a protocol build one record out of several sends, the last of them
 * marked by `MSG_EOR`, and report the mark to the reader. In AF_UNIX every packet
 * is a whole record by itself, with the flag or without. Whether the reader is told
 * so is nowhere promised: the case writes it down.
 */
CASE(every_packet_is_a_record,
     .claim = "Packets sent without and with MSG_EOR are each received by themselves",
     .level = OBSERVED,
     .spec = "POSIX.1-2024 send(), recvmsg(): MSG_EOR (if supported by the protocol)",
     .tags = "unix seqpacket MSG_EOR")
{
	struct pair p = unix_pair(SOCK_SEQPACKET);
	struct message m;

	SETUP(send(p.client, "one", 3, 0));
	SETUP(send(p.client, "two", 3, MSG_EOR));
	EXPECT_EQ(receive_message(p.server, &m, 0), 3);
	OBSERVE("msg_flags & MSG_EOR, sent without", "%d", (m.flags & MSG_EOR) != 0);
	EXPECT_EQ(receive_message(p.server, &m, 0), 3);
	OBSERVE("msg_flags & MSG_EOR, sent with", "%d", (m.flags & MSG_EOR) != 0);
	EXPECT_STREQ(m.data, "two");
}

/* ------------------------------------------------------------------- what is queued */

struct queued_row {
	struct variant variant;
	int type;
	int queued; /* what SIOCINQ says of "12345" and "123" */
};

static const struct queued_row queued[] = {
	{{"stream", NULL}, SOCK_STREAM, 5 + 3},
	{{"dgram", NULL}, SOCK_DGRAM, 5},
};

/*
 * `SIOCINQ` tells what can be read.
 *
 * Of a stream all of it, of a datagram socket the next message: in both cases what
 * one recv() with a large enough buffer would give. Its older name is `FIONREAD`.
 */
CASE(siocinq_tells_what_can_be_read,
     .claim = "SIOCINQ gives all bytes of a stream, and the length of the next datagram",
     .level = LINUX, .spec = "unix(7), Ioctls; udp(7)", .tags = "unix ioctl SIOCINQ",
     .VARIANTS(queued))
{
	const struct queued_row *row = VARIANT(struct queued_row);
	struct pair p = unix_pair(row->type);
	char text[16];
	int bytes = -1;

	EXPECT_OK(ioctl(p.server, SIOCINQ, &bytes));
	EXPECT_EQ(bytes, 0);
	SETUP(send(p.client, "12345", 5, 0));
	SETUP(send(p.client, "123", 3, 0));
	EXPECT_OK(ioctl(p.server, SIOCINQ, &bytes));
	EXPECT_EQ(bytes, row->queued);
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), row->queued);
}

/*
 * `SIOCOUTQ` tells what the peer has not read.
 *
 * Data goes straight to the receiver's queue, but the sender pays for it until it
 * is taken out. The number counts the kernel's memory, not the bytes that were
 * sent; only 0 is exact: then the peer has read everything, which no TCP socket
 * could tell.
 */
CASE(siocoutq_tells_what_is_unread,
     .claim = "SIOCOUTQ is at least what was sent while it is unread, and 0 when the peer has "
	      "read it",
     .level = ABI, .spec = "unix(7), Ioctls; linux/sockios.h", .tags = "unix ioctl SIOCOUTQ",
     .VARIANTS(types))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	char text[16];
	int bytes = -1;

	EXPECT_OK(ioctl(p.client, SIOCOUTQ, &bytes));
	EXPECT_EQ(bytes, 0);
	SETUP(send(p.client, "12345", 5, 0));
	EXPECT_OK(ioctl(p.client, SIOCOUTQ, &bytes));
	EXPECT_GE(bytes, 5);
	SETUP(recv(p.server, text, sizeof(text), 0));
	EXPECT_OK(ioctl(p.client, SIOCOUTQ, &bytes));
	EXPECT_EQ(bytes, 0);
}

/*
 * A listener has connections, not bytes.
 *
 * What waits in a listener's queue are sockets, not bytes, so `SIOCINQ` is `EINVAL`
 * there: how many clients wait cannot be asked this way. poll() tells whether there
 * is one at all, and accept() takes it; the socket that it gives has bytes to count.
 *
 * Try it: `ss -xl` shows the number of those who wait, as `Recv-Q`.
 */
CASE(a_listener_has_no_bytes,
     .claim = "SIOCINQ fails with EINVAL on a listening socket, and works on the accepted one",
     .level = LINUX, .spec = "unix(7), Ioctls", .tags = "unix ioctl SIOCINQ errno")
{
	struct pair p;
	int bytes = -1;

	SETUP(unix_join(SOCK_STREAM, "/tmp/server", &p));
	EXPECT_ERR(ioctl(p.listener, SIOCINQ, &bytes), EINVAL);
	EXPECT_OK(ioctl(p.server, SIOCINQ, &bytes));
	EXPECT_EQ(bytes, 0);
}
