/* SPDX-License-Identifier: MIT */
/* What becomes of a message that nobody takes: it comes back, or is dropped. */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/tipc/tipc_help.h"

#include "harness/case.h"

struct return_row {
	struct variant variant;
	int type;
	int droppable; /* TIPC_DEST_DROPPABLE; -1: as it is at first */
	bool returned;
};

static const struct return_row returns[] = {
	{{"rdm", NULL}, SOCK_RDM, -1, false},
	{{"rdm_not_droppable", NULL}, SOCK_RDM, 0, true},
	{{"dgram", NULL}, SOCK_DGRAM, -1, false},
	{{"dgram_not_droppable", NULL}, SOCK_DGRAM, 0, true},
};

/*
 * Return to sender.
 *
 * A message to a socket that is not there comes back: recvmsg() gives no data, but two control
 * messages, the reason and the data that were sent. It does so for a sender that has cleared
 * TIPC_DEST_DROPPABLE; at first it is set for datagrams of both kinds, also for those that are
 * called reliable.
 */
CASE(no_such_socket,
     .claim = "a message to a closed socket comes back with TIPC_ERRINFO and TIPC_RETDATA when "
	      "TIPC_DEST_DROPPABLE was cleared, and is dropped at first",
     .level = LINUX,
     .spec = "linux/tipc.h TIPC_DEST_DROPPABLE, TIPC_ERRINFO, TIPC_RETDATA; net/tipc/socket.c",
     .needs = "tipc", .tags = "tipc option control", .VARIANTS(returns))
{
	const struct return_row *row = VARIANT(struct return_row);
	int server = SETUP(socket(AF_TIPC, row->type, 0)),
	    fd = SETUP(socket(AF_TIPC, row->type, 0));
	struct sockaddr_tipc to = tipc_own_name(server);
	struct tipc_received got;

	EXPECT_EQ(get_int(fd, SOL_TIPC, TIPC_DEST_DROPPABLE), 1);
	if (row->droppable >= 0) {
		EXPECT_OK(set_int(fd, SOL_TIPC, TIPC_DEST_DROPPABLE, row->droppable));
		EXPECT_EQ(get_int(fd, SOL_TIPC, TIPC_DEST_DROPPABLE), row->droppable);
	}
	SETUP(close(server));
	EXPECT_EQ(sendto(fd, "hello", 5, 0, TIPC(to)), 5);
	if (!row->returned) {
		EXPECT_TRUE(tipc_is_silent(fd));
		return;
	}
	got = tipc_receive(fd);
	EXPECT_EQ(got.size, 0);
	EXPECT_TRUE(got.with_error);
	EXPECT_EQ(got.error, TIPC_ERR_NO_PORT);
	EXPECT_EQ(got.error_size, 5);
	EXPECT_EQ(got.returned, 5);
	EXPECT_MEMEQ(got.returned_data, "hello", 5);
	EXPECT_EQ(got.from[0].addr.id.ref, to.addr.id.ref);
	EXPECT_TRUE(tipc_is_silent(fd));
}

struct importance_row {
	struct variant variant;
	int importance;
	int times; /* the room that a message of it has, in that of a message of low importance */
};

static const struct importance_row importances[] = {
	{{"medium", NULL}, TIPC_MEDIUM_IMPORTANCE, 2},
	{{"high", NULL}, TIPC_HIGH_IMPORTANCE, 4},
	{{"critical", NULL}, TIPC_CRITICAL_IMPORTANCE, 8},
};

/* Sends until the first message comes back. Returns how many the receiver took. */
static int until_returned(int fd, const struct sockaddr_tipc *to)
{
	static const char text[1000];
	struct tipc_received got;
	int sent = 0;

	while (sent < 1000 && tipc_is_silent(fd)) {
		SETUP(sendto(fd, text, sizeof(text), 0, TIPC(*to)));
		sent++;
	}
	got = tipc_receive(fd);
	EXPECT_TRUE(got.with_error);
	EXPECT_EQ(got.error, TIPC_ERR_OVERLOAD);
	EXPECT_EQ(got.error_size, sizeof(text));
	return sent - 1;
}

/*
 * Important messages.
 *
 * A receiver that does not read in time runs full, and messages come back with
 * `TIPC_ERR_OVERLOAD`. What is important (TIPC_IMPORTANCE) is still taken then: each of the
 * four steps has twice the room of the one below.
 */
CASE(importance,
     .claim = "a full receiver returns messages with TIPC_ERR_OVERLOAD; of a higher importance it "
	      "takes two, four or eight times as many",
     .level = LINUX, .spec = "linux/tipc.h TIPC_IMPORTANCE; net/tipc/socket.c rcvbuf_limit()",
     .needs = "tipc", .tags = "tipc option control", .VARIANTS(importances))
{
	const struct importance_row *row = VARIANT(struct importance_row);
	int server = tipc_bound(SOCK_RDM, 5, 5), fd = SETUP(socket(AF_TIPC, SOCK_RDM, 0));
	struct sockaddr_tipc to = tipc_service(SERVICE, 5);
	int low, more;

	SETUP(set_int(server, SOL_SOCKET, SO_RCVBUF, 16384));
	SETUP(set_int(fd, SOL_TIPC, TIPC_DEST_DROPPABLE, 0));
	EXPECT_EQ(get_int(fd, SOL_TIPC, TIPC_IMPORTANCE), TIPC_LOW_IMPORTANCE);
	EXPECT_OK(set_int(fd, SOL_TIPC, TIPC_IMPORTANCE, TIPC_LOW_IMPORTANCE));
	low = until_returned(fd, &to);
	EXPECT_GT(low, 0);
	EXPECT_OK(set_int(fd, SOL_TIPC, TIPC_IMPORTANCE, row->importance));
	EXPECT_EQ(get_int(fd, SOL_TIPC, TIPC_IMPORTANCE), row->importance);
	more = low + until_returned(fd, &to);
	EXPECT_BETWEEN(more, row->times * low, row->times * (low + 1));
	EXPECT_EQ(get_int(server, SOL_TIPC, TIPC_SOCK_RECVQ_DEPTH), more);
	EXPECT_ERR(set_int(fd, SOL_TIPC, TIPC_IMPORTANCE, TIPC_CRITICAL_IMPORTANCE + 1), EINVAL);
}

struct end_row {
	struct variant variant;
	int type;
	bool shut; /* shutdown(); else close() */
	uint32_t error;
};

static const struct end_row ends_of_connections[] = {
	{{"seqpacket_closed", NULL}, SOCK_SEQPACKET, false, TIPC_ERR_NO_PORT},
	{{"seqpacket_shut_down", NULL}, SOCK_SEQPACKET, true, TIPC_CONN_SHUTDOWN},
	{{"stream_closed", NULL}, SOCK_STREAM, false, TIPC_ERR_NO_PORT},
	{{"stream_shut_down", NULL}, SOCK_STREAM, true, TIPC_CONN_SHUTDOWN},
};

/*
 * Why a connection ended.
 *
 * After shutdown() recv() gives 0, as with TCP; recvmsg() tells more: `TIPC_CONN_SHUTDOWN`, the
 * other end wanted it so. A socket that was just closed is not there any more, which is
 * `TIPC_ERR_NO_PORT`, and ECONNRESET for who asks without control messages. Whatever was sent
 * before arrives first.
 */
CASE(end_of_a_connection,
     .claim = "recvmsg() gives what was sent, then 0 with TIPC_CONN_SHUTDOWN after the peer's "
	      "shutdown(), "
	      "with TIPC_ERR_NO_PORT after its close(); send() fails with EPIPE",
     .level = LINUX, .spec = "linux/tipc.h TIPC_CONN_SHUTDOWN; net/tipc/socket.c", .needs = "tipc",
     .tags = "tipc close shutdown control errno", .VARIANTS(ends_of_connections))
{
	const struct end_row *row = VARIANT(struct end_row);
	struct tipc_ends ends = tipc_connected(row->type);
	struct tipc_received got;

	EXPECT_EQ(send(ends.client, "last", 4, 0), 4);
	EXPECT_ERR(shutdown(ends.client, SHUT_WR), EINVAL);
	if (row->shut)
		EXPECT_OK(shutdown(ends.client, SHUT_RDWR));
	else
		EXPECT_OK(close(ends.client));
	got = tipc_receive(ends.server);
	EXPECT_EQ(got.size, 4);
	EXPECT_MEMEQ(got.data, "last", 4);
	got = tipc_receive(ends.server);
	EXPECT_EQ(got.size, 0);
	EXPECT_TRUE(got.with_error);
	EXPECT_EQ(got.error, row->error);
	EXPECT_EQ(got.error_size, 0);
	EXPECT_ERR(send(ends.server, "x", 1, MSG_NOSIGNAL), EPIPE);
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS) & POLLHUP, POLLHUP);
}

/* The same without control messages: 0 for a wish, an error for a loss. */
CASE(end_without_control,
     .claim = "recv() gives 0 after the peer's shutdown(), and fails with ECONNRESET after its "
	      "close()",
     .level = LINUX, .spec = "net/tipc/socket.c tipc_recvmsg(), tipc_recvstream(), tipc_release()",
     .needs = "tipc", .tags = "tipc close shutdown errno", .VARIANTS(ends_of_connections))
{
	const struct end_row *row = VARIANT(struct end_row);
	struct tipc_ends ends = tipc_connected(row->type);
	char byte;

	if (row->shut)
		EXPECT_OK(shutdown(ends.client, SHUT_RDWR));
	else
		EXPECT_OK(close(ends.client));
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS) & POLLIN, POLLIN);
	if (row->shut)
		EXPECT_EQ(recv(ends.server, &byte, 1, MSG_DONTWAIT), 0);
	else
		EXPECT_ERR(recv(ends.server, &byte, 1, MSG_DONTWAIT), ECONNRESET);
}
