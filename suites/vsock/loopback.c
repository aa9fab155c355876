/* SPDX-License-Identifier: MIT */
/* Connections of AF_VSOCK within one machine, where the kernel has a loopback. */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/vsock/vsock_help.h"

#include "harness/case.h"

struct kind_row {
	struct variant variant;
	int type;
};

static const struct kind_row kinds[] = {
	{{"stream", NULL}, SOCK_STREAM},
	{{"seqpacket", NULL}, SOCK_SEQPACKET},
};

/*
 * As with TCP.
 *
 * connect(), accept(), names of both ends, bytes in order, an end of data: a program needs
 * to change its addresses only.
 */
CASE(connection,
     .claim = "connect() to VMADDR_CID_LOCAL reaches a listener of this machine; both ends know "
	      "each other's port, and data and the end of data arrive",
     .level = LINUX, .spec = "vsock(7)", .needs = "vsock vsock_local", .exclusive = "vsock",
     .tags = "vsock connect", .VARIANTS(kinds))
{
	int type = VARIANT(struct kind_row)->type;
	struct vsock_ends ends;
	struct sockaddr_vm client, peer;
	socklen_t length = sizeof(peer);
	char got[16];

	need_vsock_type(type);
	ends = vsock_connected(type);
	client = vsock_name(ends.client);
	/* connect() chose a port. The number stays open, or is the one used (Linux 5.10). */
	EXPECT_TRUE(client.svm_cid == VMADDR_CID_ANY || client.svm_cid == VMADDR_CID_LOCAL);
	OBSERVE("own number", "%u", client.svm_cid);
	memset(&peer, 0xa5, sizeof(peer));
	EXPECT_OK(getpeername(ends.client, (struct sockaddr *)&peer, &length));
	EXPECT_EQ(length, sizeof(peer));
	EXPECT_EQ(peer.svm_family, AF_VSOCK);
	EXPECT_EQ(peer.svm_cid, VMADDR_CID_LOCAL);
	EXPECT_EQ(peer.svm_port, ends.port);
	EXPECT_OK(getpeername(ends.server, (struct sockaddr *)&peer, &length));
	EXPECT_EQ(peer.svm_cid, VMADDR_CID_LOCAL);
	EXPECT_EQ(peer.svm_port, client.svm_port);

	EXPECT_EQ(send(ends.client, "hello", 5, 0), 5);
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(ends.server, got, sizeof(got), 0), 5);
	EXPECT_MEMEQ(got, "hello", 5);
	EXPECT_OK(shutdown(ends.client, SHUT_WR));
	EXPECT_EQ(wait_for(ends.server, POLLRDHUP, SOON_MS) & POLLRDHUP, POLLRDHUP);
	EXPECT_EQ(recv(ends.server, got, sizeof(got), 0), 0);
	EXPECT_ERR(send(ends.client, "x", 1, MSG_NOSIGNAL), EPIPE);
}

/* Nobody listens: the machine says so at once. */
CASE(nobody_listens, .claim = "connect() to a port that nobody listens on fails with ECONNRESET",
     .level = LINUX, .spec = "vsock(7) ERRORS ECONNRESET", .needs = "vsock vsock_local",
     .exclusive = "vsock", .tags = "vsock connect errno")
{
	unsigned int port;
	int owner = vsock_bound(SOCK_STREAM, 0, &port);
	int fd = SETUP(socket(AF_VSOCK, SOCK_STREAM, 0));
	int again = SETUP(socket(AF_VSOCK, SOCK_STREAM, 0));
	struct sockaddr_vm to = vsock_address(VMADDR_CID_LOCAL, port);

	EXPECT_ERR(connect(fd, VSOCK(to)), ECONNRESET);
	SETUP(listen(owner, 1));
	EXPECT_OK(connect(again, VSOCK(to)));
	EXPECT_ERR(connect(again, VSOCK(to)), EISCONN);
}

/*
 * Messages with a border.
 *
 * A packet of SOCK_SEQPACKET arrives as one, or is cut with MSG_TRUNC; with MSG_EOR the
 * sender can mark the end of a record, and the receiver sees the mark.
 */
CASE(message_borders,
     .claim = "SOCK_SEQPACKET keeps the borders of messages, says MSG_TRUNC when one is cut, and "
	      "passes on MSG_EOR",
     .level = LINUX, .spec = "vsock(7); POSIX.1-2024 recvmsg() MSG_EOR, MSG_TRUNC",
     .needs = "vsock vsock_local", .exclusive = "vsock", .tags = "vsock seqpacket")
{
	struct vsock_ends ends;
	char got[4];
	struct iovec part = {got, sizeof(got)};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	need_vsock_type(SOCK_SEQPACKET);
	ends = vsock_connected(SOCK_SEQPACKET);
	EXPECT_EQ(send(ends.client, "one", 3, 0), 3);
	EXPECT_EQ(send(ends.client, "too long", 8, 0), 8);
	EXPECT_EQ(send(ends.client, "end", 3, MSG_EOR), 3);
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvmsg(ends.server, &message, 0), 3);
	EXPECT_EQ(message.msg_flags & (MSG_TRUNC | MSG_EOR), 0);
	EXPECT_MEMEQ(got, "one", 3);
	EXPECT_EQ(recvmsg(ends.server, &message, 0), 4);
	EXPECT_EQ(message.msg_flags & (MSG_TRUNC | MSG_EOR), MSG_TRUNC);
	EXPECT_MEMEQ(got, "too ", 4);
	EXPECT_EQ(recvmsg(ends.server, &message, 0), 3);
	/* The mark is passed on since Linux 5.15. */
	EXPECT_EQ(message.msg_flags & MSG_TRUNC, 0);
	OBSERVE("MSG_EOR", "%d", (message.msg_flags & MSG_EOR) != 0);
}
