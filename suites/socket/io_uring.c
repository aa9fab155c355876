/* SPDX-License-Identifier: MIT */
/* io_uring over sockets: the same operations, asked for in memory that is shared with the kernel.
 */
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/socket/ring.h"

#include "harness/case.h"

struct kind_row {
	struct variant variant;
	struct pair (*make)(void);
};

static const struct kind_row kinds[] = {
	{{"tcp4", NULL}, pair_tcp4},
	{{"udp4", NULL}, pair_udp4},
	{{"unix_stream", NULL}, pair_unix_stream},
	{{"unix_seqpacket", NULL}, pair_unix_seqpacket},
};

static struct io_uring_sqe send_request(int fd, const void *data, unsigned int length)
{
	return (struct io_uring_sqe){.opcode = IORING_OP_SEND,
				     .fd = fd,
				     .addr = (uintptr_t)data,
				     .len = length,
				     .user_data = 1};
}

static struct io_uring_sqe receive_request(int fd, void *data, unsigned int length)
{
	return (struct io_uring_sqe){.opcode = IORING_OP_RECV,
				     .fd = fd,
				     .addr = (uintptr_t)data,
				     .len = length,
				     .user_data = 2};
}

static void need_operation(int result)
{
	if (result == -EINVAL)
		SKIP("io_uring operation", "EINVAL: this kernel's io_uring does not have it");
}

/*
 * Send and receive by a ring.
 *
 * A request is a structure in memory that the program shares with the kernel, its result another
 * one. A single system call hands over many, and a kernel thread can do without any. What
 * happens to the socket is the same: what the ring sends, recv() receives, and the other way
 * round.
 */
CASE(send_and_receive,
     .claim = "data sent by io_uring is received by recv(), and data of send() by io_uring",
     .level = LINUX, .spec = "io_uring_enter(2) IORING_OP_SEND, IORING_OP_RECV", .tags = "io_uring",
     .VARIANTS(kinds))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);
	struct ring r = ring_open();
	char buffer[16] = "";
	int result = ring_do(&r, send_request(p.client, "hello", 5));

	need_operation(result);
	EXPECT_EQ(result, 5);
	EXPECT_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 5);
	EXPECT_STREQ(buffer, "hello");
	EXPECT_EQ(send(p.server, "answer", 6, 0), 6);
	EXPECT_EQ(ring_do(&r, receive_request(p.client, buffer, sizeof(buffer))), 6);
	EXPECT_STREQ(buffer, "answer");
	EXPECT_EQ(ring_do(&r, receive_request(-1, buffer, sizeof(buffer))), -EBADF);
}

/*
 * A request that would wait does not hold anybody up.
 *
 * The receive is handed over before there is data: no completion, and the program goes on. When
 * the data comes, the completion does. That is the opposite of poll(): not "you may now call
 * recv()" but "I have received".
 */
CASE(receive_before_the_data,
     .claim = "a receive that is handed over early completes when data arrives, and not before",
     .level = LINUX, .spec = "io_uring(7); io_uring_enter(2) IORING_OP_RECV", .tags = "io_uring",
     .waits = true, .VARIANTS(kinds))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);
	struct ring r = ring_open();
	struct io_uring_cqe done;
	char buffer[16] = "";
	struct io_uring_sqe request = receive_request(p.server, buffer, sizeof(buffer));

	REQUIRE_EQ(ring_submit(&r, &request, 1), 1);
	sleep_ms(20);
	if (ring_is_done(&r) && ring_completion(&r, &done))
		need_operation(done.res);
	EXPECT_TRUE(!ring_is_done(&r));
	EXPECT_EQ(send(p.client, "late", 4, 0), 4);
	REQUIRE_TRUE(ring_completion(&r, &done));
	EXPECT_EQ(done.user_data, 2);
	EXPECT_EQ(done.res, 4);
	EXPECT_STREQ(buffer, "late");
	/* It is no longer in the socket. */
	EXPECT_ERR(recv(p.server, buffer, 1, MSG_DONTWAIT), EAGAIN);
}

/*
 * A connection by the ring.
 *
 * Connect and accept are requests like others. The result of accept is the new descriptor, an
 * ordinary one; errors are results below 0.
 */
CASE(connect_and_accept,
     .claim =
	     "io_uring's accept gives the connection that its connect made, and the peer's address",
     .level = LINUX, .spec = "io_uring_enter(2) IORING_OP_ACCEPT, IORING_OP_CONNECT",
     .tags = "io_uring tcp accept", .VARIANTS(families))
{
	struct address where, peer = address_empty(), expected = address_empty();
	struct address nobody;
	int family = VARIANT(struct family_row)->family, listener = tcp_listener(family, &where);
	int client = SETUP(socket(family, SOCK_STREAM, 0)), server = -1;
	struct ring r = ring_open();
	struct io_uring_sqe requests[] = {
		{.opcode = IORING_OP_ACCEPT,
		 .fd = listener,
		 .addr = (uintptr_t)&peer.any,
		 .addr2 = (uintptr_t)&peer.length,
		 .accept_flags = SOCK_CLOEXEC,
		 .user_data = 1},
		{.opcode = IORING_OP_CONNECT,
		 .fd = client,
		 .addr = (uintptr_t)&where.any,
		 .off = where.length,
		 .user_data = 2},
	};
	struct io_uring_cqe done;
	char byte = 0;

	REQUIRE_EQ(ring_submit(&r, requests, 2), 2);
	for (int i = 0; i < 2; i++) {
		REQUIRE_TRUE(ring_completion(&r, &done));
		need_operation(done.res);
		if (done.user_data == 1)
			server = done.res;
		else
			EXPECT_EQ(done.res, 0);
	}
	EXPECT_GE(server, 0);
	EXPECT_OK(getsockname(client, &expected.any, &expected.length));
	EXPECT_TRUE(address_equal(&peer, &expected));
	EXPECT_EQ(peer.length, expected.length);
	EXPECT_EQ(send(client, "x", 1, 0), 1);
	EXPECT_EQ(recv(server, &byte, 1, 0), 1);
	EXPECT_EQ(byte, 'x');

	/* Where nobody listens. */
	bound_socket(family, SOCK_STREAM, &nobody);
	requests[1].fd = SETUP(socket(family, SOCK_STREAM, 0));
	requests[1].addr = (uintptr_t)&nobody.any;
	EXPECT_EQ(ring_do(&r, requests[1]), -ECONNREFUSED);
}

/*
 * poll() by the ring: one event, one completion.
 *
 * The result is the events, as poll() has them in `revents`. After the completion the request is
 * over, and must be handed over again.
 */
CASE(poll_request,
     .claim = "IORING_OP_POLL_ADD completes once, with the events, when the socket becomes ready",
     .level = LINUX, .spec = "io_uring_enter(2) IORING_OP_POLL_ADD", .tags = "io_uring poll",
     .VARIANTS(kinds))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);
	struct ring r = ring_open();
	struct io_uring_sqe request = {.opcode = IORING_OP_POLL_ADD,
				       .fd = p.server,
				       .poll_events = POLLIN,
				       .user_data = 3};
	struct io_uring_cqe done;

	REQUIRE_EQ(ring_submit(&r, &request, 1), 1);
	EXPECT_TRUE(!ring_is_done(&r));
	EXPECT_EQ(send(p.client, "x", 1, 0), 1);
	REQUIRE_TRUE(ring_completion(&r, &done));
	EXPECT_EQ(done.user_data, 3);
	EXPECT_EQ(done.res & (POLLIN | POLLOUT | POLLERR | POLLHUP), POLLIN);
	EXPECT_EQ(wait_for(p.server, POLLIN, 0), POLLIN);
	SETUP(send(p.client, "y", 1, 0));
	EXPECT_TRUE(!ring_is_done(&r));
}

/*
 * In this order, please: linked requests.
 *
 * Requests of one ring may be done in any order. With `IOSQE_IO_LINK` the next one begins only
 * when this one has succeeded; when it fails, the rest of the chain is cancelled. Here a message
 * is sent and then the sending half closed; and then a chain begins with a failure.
 */
CASE(linked_requests,
     .claim = "linked requests are done in order, and after one that fails the next is ECANCELED",
     .level = LINUX, .spec = "io_uring_enter(2) IOSQE_IO_LINK, IORING_OP_SHUTDOWN",
     .tags = "io_uring", .VARIANTS(kinds))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);
	struct ring r = ring_open();
	struct io_uring_sqe requests[] = {
		send_request(p.client, "last words", 10),
		{.opcode = IORING_OP_SHUTDOWN, .fd = p.client, .len = SHUT_WR, .user_data = 2},
	};
	struct io_uring_cqe done;
	char buffer[16] = "";

	requests[0].flags = IOSQE_IO_LINK;
	REQUIRE_EQ(ring_submit(&r, requests, 2), 2);
	REQUIRE_TRUE(ring_completion(&r, &done));
	need_operation(done.res);
	EXPECT_EQ(done.user_data, 1);
	EXPECT_EQ(done.res, 10);
	REQUIRE_TRUE(ring_completion(&r, &done));
	need_operation(done.res);
	EXPECT_EQ(done.user_data, 2);
	EXPECT_EQ(done.res, 0);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 10);
	EXPECT_STREQ(buffer, "last words");
	EXPECT_ERR(send(p.client, "x", 1, MSG_NOSIGNAL), EPIPE);

	requests[0].msg_flags = MSG_NOSIGNAL;
	REQUIRE_EQ(ring_submit(&r, requests, 2), 2);
	for (int i = 0; i < 2; i++) {
		REQUIRE_TRUE(ring_completion(&r, &done));
		EXPECT_EQ(done.res, done.user_data == 1 ? -EPIPE : -ECANCELED);
	}
}

/*
 * To take a request back.
 *
 * A receive that nobody will answer is cancelled by its `user_data`: it completes with
 * `ECANCELED`, and the cancelling request with 0. What does not exist is `ENOENT`. The socket
 * knows nothing of it.
 */
CASE(cancelled,
     .claim = "a waiting request that is cancelled completes with ECANCELED and takes no data",
     .level = LINUX, .spec = "io_uring_enter(2) IORING_OP_ASYNC_CANCEL", .tags = "io_uring",
     .VARIANTS(kinds))
{
	struct pair p = make_pair(VARIANT(struct kind_row)->make);
	struct ring r = ring_open();
	char buffer[16] = "";
	struct io_uring_sqe request = receive_request(p.server, buffer, sizeof(buffer));
	struct io_uring_sqe cancel = {
		.opcode = IORING_OP_ASYNC_CANCEL, .fd = -1, .addr = 2, .user_data = 4};
	struct io_uring_cqe done;

	EXPECT_EQ(ring_do(&r, cancel), -ENOENT);
	REQUIRE_EQ(ring_submit(&r, &request, 1), 1);
	REQUIRE_EQ(ring_submit(&r, &cancel, 1), 1);
	for (int i = 0; i < 2; i++) {
		REQUIRE_TRUE(ring_completion(&r, &done));
		EXPECT_EQ(done.res, done.user_data == 2 ? -ECANCELED : 0);
	}
	EXPECT_EQ(send(p.client, "mine", 4, 0), 4);
	EXPECT_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 4);
	EXPECT_STREQ(buffer, "mine");
}
