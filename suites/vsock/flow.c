/* SPDX-License-Identifier: MIT */
/* How much may be on its way, half a connection, and its end. */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/vsock/vsock_help.h"

#include "harness/case.h"

struct buffer_row {
	struct variant variant;
	uint64_t size;
};

static const struct buffer_row buffers[] = {
	{{"8192", NULL}, 8192},
	{{"100000", NULL}, 100000},
	{{"262144", NULL}, 262144},
};

/* Sends without waiting until nothing more goes. Returns how much went. */
static size_t fill(int fd)
{
	static const char zeros[4096];
	size_t sent = 0;
	ssize_t now;

	while ((now = send(fd, zeros, sizeof(zeros), MSG_DONTWAIT)) > 0)
		sent += (size_t)now;
	EXPECT_EQ(errno, EAGAIN);
	return sent;
}

/*
 * The receiver's credit.
 *
 * Each end tells the other how much it will keep: SO_VM_SOCKETS_BUFFER_SIZE. A sender that has
 * used up that credit waits until the receiver has read. An accepted socket takes the size
 * over from its listener.
 */
CASE(credit,
     .claim = "no more than SO_VM_SOCKETS_BUFFER_SIZE of the receiver is on its way; reading makes "
	      "room again",
     .level = LINUX, .spec = "vsock(7) SO_VM_SOCKETS_BUFFER_SIZE; virtio 1.2, 5.10.6.3",
     .needs = "vsock vsock_local", .exclusive = "vsock", .tags = "vsock option buffer",
     .VARIANTS(buffers))
{
	uint64_t size = VARIANT(struct buffer_row)->size;
	struct vsock_ends ends = vsock_connected_with(SOCK_STREAM, size);
	static char got[300000];

	EXPECT_EQ(fill(ends.client), size);
	EXPECT_EQ(wait_for(ends.client, POLLOUT, 0), 0);
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(read_exactly(ends.server, got, size), size);
	EXPECT_EQ(wait_for(ends.client, POLLOUT, SOON_MS), POLLOUT);
	EXPECT_EQ(send(ends.client, "x", 1, MSG_DONTWAIT), 1);
}

/* A message has to fit into the receiver's buffer as a whole. */
CASE(message_too_long,
     .claim = "a message of SOCK_SEQPACKET that is longer than the receiver's buffer fails with "
	      "EMSGSIZE or ENOMEM",
     .level = OBSERVED, .spec = "send(2) EMSGSIZE; net/vmw_vsock/virtio_transport_common.c",
     .needs = "vsock vsock_local", .exclusive = "vsock", .tags = "vsock seqpacket errno")
{
	static char text[8193], got[8193];
	struct vsock_ends ends;

	need_vsock_type(SOCK_SEQPACKET);
	ends = vsock_connected_with(SOCK_SEQPACKET, 8192);
	/* Before Linux 6.3 each error of this kind was told as ENOMEM. */
	EXPECT_ERR(send(ends.client, text, 8193, 0), EMSGSIZE, ENOMEM);
	EXPECT_EQ(send(ends.client, text, 8192, 0), 8192);
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(ends.server, got, sizeof(got), 0), 8192);
}

struct half_row {
	struct variant variant;
	int type, how;
};

static const struct half_row halves[] = {
	{{"stream_write", NULL}, SOCK_STREAM, SHUT_WR},
	{{"stream_read", NULL}, SOCK_STREAM, SHUT_RD},
	{{"stream_both", NULL}, SOCK_STREAM, SHUT_RDWR},
	{{"seqpacket_write", NULL}, SOCK_SEQPACKET, SHUT_WR},
	{{"seqpacket_read", NULL}, SOCK_SEQPACKET, SHUT_RD},
	{{"seqpacket_both", NULL}, SOCK_SEQPACKET, SHUT_RDWR},
};

/*
 * Half a connection.
 *
 * Each direction ends by itself. Unlike TCP, the other end is also told that nobody will read
 * any more, and cannot send then.
 */
CASE(half_a_connection,
     .claim = "shutdown() ends its direction at both ends: the reader gets 0, the writer EPIPE",
     .level = OBSERVED, .spec = "shutdown(2); vsock(7); net/vmw_vsock/af_vsock.c",
     .needs = "vsock vsock_local", .exclusive = "vsock", .tags = "vsock shutdown errno",
     .VARIANTS(halves))
{
	const struct half_row *row = VARIANT(struct half_row);
	bool writing = row->how != SHUT_RD, reading = row->how != SHUT_WR;
	struct vsock_ends ends;
	char byte = 0;

	need_vsock_type(row->type);
	ends = vsock_connected(row->type);
	EXPECT_OK(shutdown(ends.client, row->how));
	if (writing) {
		EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS) & POLLIN, POLLIN);
		EXPECT_EQ(recv(ends.server, &byte, 1, 0), 0);
		EXPECT_ERR(send(ends.client, "x", 1, MSG_NOSIGNAL), EPIPE);
	} else {
		EXPECT_EQ(send(ends.client, "x", 1, MSG_NOSIGNAL), 1);
		EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS) & POLLIN, POLLIN);
		EXPECT_EQ(recv(ends.server, &byte, 1, 0), 1);
	}
	if (reading) {
		EXPECT_EQ(recv(ends.client, &byte, 1, 0), 0);
		/* The other end learns of it by a message of its own. */
		for (int64_t end = clock_ms() + SOON_MS; clock_ms() < end;)
			if (send(ends.server, "x", 1, MSG_NOSIGNAL) < 0)
				break;
		EXPECT_ERR(send(ends.server, "x", 1, MSG_NOSIGNAL), EPIPE);
	} else {
		EXPECT_EQ(send(ends.server, "x", 1, MSG_NOSIGNAL), 1);
		EXPECT_EQ(wait_for(ends.client, POLLIN, SOON_MS) & POLLIN, POLLIN);
		EXPECT_EQ(recv(ends.client, &byte, 1, 0), 1);
	}
}

struct kind_row {
	struct variant variant;
	int type;
};

static const struct kind_row kinds[] = {
	{{"stream", NULL}, SOCK_STREAM},
	{{"seqpacket", NULL}, SOCK_SEQPACKET},
};

/*
 * The other end has gone.
 *
 * What it had sent can still be read; after that comes the end. Nothing can be sent any more.
 */
CASE(peer_closed,
     .claim = "after the peer's close() recv() gives what it had sent, then 0, and send() fails "
	      "with "
	      "EPIPE",
     .level = LINUX, .spec = "close(2); send(2) EPIPE", .needs = "vsock vsock_local",
     .exclusive = "vsock", .tags = "vsock close errno", .VARIANTS(kinds))
{
	int type = VARIANT(struct kind_row)->type;
	struct vsock_ends ends;
	char got[8];

	need_vsock_type(type);
	ends = vsock_connected(type);
	EXPECT_EQ(send(ends.server, "last", 4, 0), 4);
	EXPECT_OK(close(ends.server));
	EXPECT_EQ(wait_for(ends.client, POLLRDHUP, SOON_MS) & POLLRDHUP, POLLRDHUP);
	EXPECT_EQ(recv(ends.client, got, sizeof(got), 0), 4);
	EXPECT_MEMEQ(got, "last", 4);
	EXPECT_EQ(recv(ends.client, got, sizeof(got), 0), 0);
	EXPECT_ERR(send(ends.client, "x", 1, MSG_NOSIGNAL), EPIPE);
	EXPECT_EQ(wait_for(ends.client, POLLIN | POLLRDHUP, SOON_MS) & (POLLIN | POLLRDHUP),
		  POLLIN | POLLRDHUP);
}

/*
 * The whole length.
 *
 * A message that is cut is gone. `MSG_TRUNC` as a flag of recv() at least says how long it was.
 */
CASE(whole_length,
     .claim = "recv() with MSG_TRUNC gives the length of the message, also when the buffer is "
	      "shorter",
     .level = LINUX, .spec = "recv(2) MSG_TRUNC", .needs = "vsock vsock_local",
     .exclusive = "vsock", .tags = "vsock seqpacket flag")
{
	struct vsock_ends ends;
	char got[16] = "";

	need_vsock_type(SOCK_SEQPACKET);
	ends = vsock_connected(SOCK_SEQPACKET);
	EXPECT_EQ(send(ends.client, "too long", 8, 0), 8);
	EXPECT_EQ(send(ends.client, "next", 4, 0), 4);
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(ends.server, got, 3, MSG_TRUNC), 8);
	EXPECT_MEMEQ(got, "too", 4);
	EXPECT_EQ(recv(ends.server, got, sizeof(got), 0), 4);
	EXPECT_MEMEQ(got, "next", 4);
}

/* Bytes have no borders; MSG_PEEK leaves them, MSG_WAITALL waits for enough. */
CASE(stream_of_bytes,
     .claim = "a stream joins what was sent in pieces; MSG_PEEK takes nothing, MSG_WAITALL waits",
     .level = LINUX, .spec = "recv(2)", .needs = "vsock vsock_local", .exclusive = "vsock",
     .tags = "vsock stream flag option")
{
	struct vsock_ends ends = vsock_connected(SOCK_STREAM);
	char got[16] = "";

	EXPECT_EQ(send(ends.client, "one", 3, 0), 3);
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(ends.server, got, sizeof(got), MSG_PEEK), 3);
	EXPECT_MEMEQ(got, "one", 3);
	EXPECT_EQ(send(ends.client, "two", 3, 0), 3);
	EXPECT_EQ(recv(ends.server, got, 6, MSG_WAITALL), 6);
	EXPECT_MEMEQ(got, "onetwo", 6);
	EXPECT_EQ(send(ends.client, "thr", 3, 0), 3);
	EXPECT_EQ(send(ends.client, "ee", 2, 0), 2);
	EXPECT_EQ(recv(ends.server, got, 5, MSG_WAITALL), 5);
	EXPECT_MEMEQ(got, "three", 5);
}

/* Not before there is enough: a reader that can use nothing less is left alone till then. */
CASE(low_water, .claim = "poll() says POLLIN of a stream once SO_RCVLOWAT bytes are there",
     .level = LINUX, .spec = "socket(7) SO_RCVLOWAT; net/vmw_vsock/virtio_transport_common.c",
     .needs = "vsock vsock_local", .exclusive = "vsock", .tags = "vsock stream option poll",
     .since = "6.1")
{
	struct vsock_ends ends = vsock_connected(SOCK_STREAM);
	char got[16] = "";

	EXPECT_OK(set_int(ends.server, SOL_SOCKET, SO_RCVLOWAT, 6));
	EXPECT_EQ(send(ends.client, "one", 3, 0), 3);
	EXPECT_EQ(wait_for(ends.server, POLLIN, 0), 0);
	EXPECT_EQ(send(ends.client, "two", 3, 0), 3);
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(ends.server, got, sizeof(got), 0), 6);
	EXPECT_MEMEQ(got, "onetwo", 6);
}
