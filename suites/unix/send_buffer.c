/* SPDX-License-Identifier: MIT */
/* How much may be on its way: SO_SNDBUF and the length of a queue. */
#include <errno.h>
#include <poll.h>
#include <string.h>
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

enum { SEND_BUFFER = 16384, FAR_TOO_MANY = 100000 };

static char bytes[256 * 1024];

/*
 * A message must fit into the send buffer.
 *
 * It cannot be sent in parts, so one that is larger than the buffer can never be
 * sent: `EMSGSIZE`, at once, even if the socket would block. The manual gives the
 * limit: what getsockopt() reports for `SO_SNDBUF` (twice what was set), less 32.
 * Nothing of it is cut silently.
 */
CASE(a_message_must_fit_into_the_send_buffer,
     .claim = "A message of SO_SNDBUF less 32 bytes is sent, one byte more fails with EMSGSIZE",
     .level = LINUX, .spec = "unix(7), Sockets API: SO_SNDBUF; POSIX.1-2024 send(): EMSGSIZE",
     .tags = "unix send SO_SNDBUF errno", .VARIANTS(message_types))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	int most;

	SETUP(set_int(p.client, SOL_SOCKET, SO_SNDBUF, SEND_BUFFER));
	most = get_int(p.client, SOL_SOCKET, SO_SNDBUF) - 32;
	EXPECT_ERR(send(p.client, bytes, (size_t)most + 1, MSG_DONTWAIT), EMSGSIZE);
	EXPECT_EQ(send(p.client, bytes, (size_t)most, MSG_DONTWAIT), most);
	EXPECT_EQ(recv(p.server, bytes, sizeof(bytes), MSG_DONTWAIT), most);
}

/*
 * The sender pays until the receiver reads.
 *
 * What waits in the receiver's queue counts against the *sender's* `SO_SNDBUF`;
 * `SO_RCVBUF` plays no part. When it is used up the sender blocks, or gets `EAGAIN`
 * if it must not. That is flow control without a network: a slow reader slows its
 * writers. As soon as it has read, poll() reports `POLLOUT` again.
 */
CASE(a_full_send_buffer_holds_the_sender,
     .claim = "send() fails with EAGAIN when SO_SNDBUF is used up, and works again after the peer "
	      "has read",
     .level = LINUX, .spec = "unix(7), Sockets API: SO_SNDBUF; POSIX.1-2024 send(): EAGAIN",
     .tags = "unix send SO_SNDBUF nonblocking", .VARIANTS(types))
{
	struct pair p = unix_pair(VARIANT(struct type_row)->type);
	int sent = 0, larger = 0;

	SETUP(set_int(p.client, SOL_SOCKET, SO_SNDBUF, SEND_BUFFER));
	while (sent < FAR_TOO_MANY && send(p.client, bytes, 1000, MSG_DONTWAIT) > 0)
		sent++;
	EXPECT_ERR(send(p.client, bytes, 1000, MSG_DONTWAIT), EAGAIN, EWOULDBLOCK);
	EXPECT_GE(sent, 2);
	EXPECT_EQ(wait_for(p.client, POLLOUT, 0), 0);

	/* All is read: there is room for the same again. */
	while (recv(p.server, bytes, sizeof(bytes), MSG_DONTWAIT) > 0)
		;
	EXPECT_EQ(wait_for(p.client, POLLOUT, SOON_MS), POLLOUT);
	EXPECT_EQ(send(p.client, bytes, 1000, MSG_DONTWAIT), 1000);

	/* With four times the room a second pair takes more. */
	p = unix_pair(VARIANT(struct type_row)->type);
	SETUP(set_int(p.client, SOL_SOCKET, SO_SNDBUF, 4 * SEND_BUFFER));
	while (larger < FAR_TOO_MANY && send(p.client, bytes, 1000, MSG_DONTWAIT) > 0)
		larger++;
	EXPECT_GT(larger, sent);
}

/*
 * A stream takes what it has room for.
 *
 * A non-blocking send() that is larger than the room is cut: the result says how
 * much was taken, and the rest is the caller's. A program that ignores the result
 * loses data, and only when its peer is slow.
 */
CASE(a_stream_takes_a_part,
     .claim = "A non-blocking send() on a stream takes a part; exactly that part is received",
     .level = POSIX, .spec = "POSIX.1-2024 send(), write()", .tags = "unix stream send nonblocking")
{
	struct pair p = unix_pair(SOCK_STREAM);
	ssize_t taken, received = 0, got;

	SETUP(set_int(p.client, SOL_SOCKET, SO_SNDBUF, SEND_BUFFER));
	taken = EXPECT_OK(send(p.client, bytes, sizeof(bytes), MSG_DONTWAIT));
	EXPECT_BETWEEN(taken, 1, sizeof(bytes) - 1);
	while ((got = recv(p.server, bytes, sizeof(bytes), MSG_DONTWAIT)) > 0)
		received += got;
	EXPECT_EQ(received, taken);
}

enum { QUEUE = 3 };

/*
 * A datagram queue has a length too.
 *
 * However small they are, only so many messages of strangers wait for a receiver:
 * `net.unix.max_dgram_qlen`, as it was when the receiver was created, and a bit.
 * Otherwise a crowd of senders, each within its own `SO_SNDBUF`, could fill the
 * memory. The default is short; a busy logging socket shows it by blocking all who
 * log.
 *
 * Try it: `sysctl net.unix.max_dgram_qlen`
 */
CASE(a_queue_has_a_length,
     .claim = "sendto() fails with EAGAIN when about max_dgram_qlen messages wait, however small",
     .level = LINUX, .spec = "kernel documentation: networking/ip-sysctl, max_dgram_qlen",
     .tags = "unix dgram sysctl errno")
{
	struct address name = address_unix("/tmp/receiver");
	int sender = SETUP(socket(AF_UNIX, SOCK_DGRAM, 0)), receiver, waiting = 0;
	int written = sandbox_sysctl("net.unix.max_dgram_qlen", "3");
	char byte;

	/* In a user namespace the kernel does not show this one. */
	if (written != 0 && (errno == ENOENT || errno == EACCES || errno == EPERM))
		SKIP("net.unix.max_dgram_qlen", "it cannot be written: %s", strerror(errno));
	SETUP(written);
	receiver = SETUP(unix_bound(SOCK_DGRAM, "/tmp/receiver"));
	while (waiting < FAR_TOO_MANY && sendto(sender, "x", 1, MSG_DONTWAIT, ADDRESS(name)) == 1)
		waiting++;
	EXPECT_BETWEEN(waiting, QUEUE, QUEUE + 1);
	EXPECT_ERR(sendto(sender, "x", 1, MSG_DONTWAIT, ADDRESS(name)), EAGAIN, EWOULDBLOCK);

	EXPECT_EQ(recv(receiver, &byte, 1, 0), 1);
	EXPECT_EQ(sendto(sender, "x", 1, MSG_DONTWAIT, ADDRESS(name)), 1);
}
