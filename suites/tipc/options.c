/* SPDX-License-Identifier: MIT */
/* Options of SOL_TIPC that are not told elsewhere. */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/tipc/tipc_help.h"

#include "harness/case.h"

/*
 * What waits.
 *
 * How many messages wait to be received, and how much memory they take. The same of the whole
 * node is 0 always: it is not counted any more.
 */
CASE(queue,
     .claim = "TIPC_SOCK_RECVQ_DEPTH counts the messages that wait and TIPC_SOCK_RECVQ_USED their "
	      "memory; TIPC_NODE_RECVQ_DEPTH is 0",
     .level = LINUX, .spec = "linux/tipc.h; net/tipc/socket.c tipc_getsockopt()", .needs = "tipc",
     .tags = "tipc option")
{
	int server = tipc_bound(SOCK_RDM, 5, 5), fd = SETUP(socket(AF_TIPC, SOCK_RDM, 0)), used;
	struct sockaddr_tipc to = tipc_service(SERVICE, 5);

	EXPECT_EQ(get_int(server, SOL_TIPC, TIPC_SOCK_RECVQ_DEPTH), 0);
	EXPECT_EQ(get_int(server, SOL_TIPC, TIPC_SOCK_RECVQ_USED), 0);
	EXPECT_EQ(sendto(fd, "one", 3, 0, TIPC(to)), 3);
	EXPECT_EQ(wait_for(server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(get_int(server, SOL_TIPC, TIPC_SOCK_RECVQ_DEPTH), 1);
	used = get_int(server, SOL_TIPC, TIPC_SOCK_RECVQ_USED);
	EXPECT_GT(used, 3);
	EXPECT_EQ(sendto(fd, "two", 3, 0, TIPC(to)), 3);
	EXPECT_EQ(get_int(server, SOL_TIPC, TIPC_SOCK_RECVQ_DEPTH), 2);
	EXPECT_EQ(get_int(server, SOL_TIPC, TIPC_SOCK_RECVQ_USED), 2 * used);
	EXPECT_EQ(get_int(server, SOL_TIPC, TIPC_NODE_RECVQ_DEPTH), 0);
	EXPECT_EQ(tipc_receive(server).size, 3);
	EXPECT_EQ(tipc_receive(server).size, 3);
	EXPECT_EQ(get_int(server, SOL_TIPC, TIPC_SOCK_RECVQ_DEPTH), 0);
	EXPECT_EQ(get_int(server, SOL_TIPC, TIPC_SOCK_RECVQ_USED), 0);
}

struct first_row {
	struct variant variant;
	int type, source, destination;
};

static const struct first_row firsts[] = {
	{{"rdm", NULL}, SOCK_RDM, 0, 1},
	{{"dgram", NULL}, SOCK_DGRAM, 1, 1},
	{{"seqpacket", NULL}, SOCK_SEQPACKET, 0, 0},
	{{"stream", NULL}, SOCK_STREAM, 0, 0},
};

/*
 * What may be lost.
 *
 * The kinds of sockets differ in what may happen to a message: dropped before it leaves when
 * the link is busy (TIPC_SRC_DROPPABLE), or where nobody takes it (TIPC_DEST_DROPPABLE). A
 * stream cannot drop anything at its source.
 */
CASE(droppable,
     .claim = "TIPC_SRC_DROPPABLE is set at first for SOCK_DGRAM, TIPC_DEST_DROPPABLE for SOCK_RDM "
	      "too; a stream fails with ENOPROTOOPT for the former",
     .level = LINUX, .spec = "linux/tipc.h; net/tipc/socket.c tipc_sk_create(), tipc_setsockopt()",
     .needs = "tipc", .tags = "tipc option errno", .VARIANTS(firsts))
{
	const struct first_row *row = VARIANT(struct first_row);
	int fd = SETUP(socket(AF_TIPC, row->type, 0));

	EXPECT_EQ(get_int(fd, SOL_TIPC, TIPC_SRC_DROPPABLE), row->source);
	EXPECT_EQ(get_int(fd, SOL_TIPC, TIPC_DEST_DROPPABLE), row->destination);
	if (row->type == SOCK_STREAM) {
		EXPECT_ERR(set_int(fd, SOL_TIPC, TIPC_SRC_DROPPABLE, 1), ENOPROTOOPT);
	} else {
		EXPECT_OK(set_int(fd, SOL_TIPC, TIPC_SRC_DROPPABLE, !row->source));
		EXPECT_EQ(get_int(fd, SOL_TIPC, TIPC_SRC_DROPPABLE), !row->source);
	}
	EXPECT_OK(set_int(fd, SOL_TIPC, TIPC_DEST_DROPPABLE, !row->destination));
	EXPECT_EQ(get_int(fd, SOL_TIPC, TIPC_DEST_DROPPABLE), !row->destination);
}

struct unreadable_row {
	struct variant variant;
	int option;
	bool value; /* it takes one */
	bool writable;
};

static const struct unreadable_row unreadables[] = {
	{{"nodelay", NULL}, TIPC_NODELAY, true, true},
	{{"mcast_broadcast", NULL}, TIPC_MCAST_BROADCAST, false, true},
	{{"mcast_replicast", NULL}, TIPC_MCAST_REPLICAST, false, true},
	{{"group_leave", NULL}, TIPC_GROUP_LEAVE, false, false},
	{{"unknown", NULL}, 77, true, false},
};

/*
 * One way only.
 *
 * Some options are orders rather than settings: they take no value, and cannot be read.
 */
CASE(unreadable,
     .claim = "options that are orders cannot be read (EINVAL); those without a value fail with "
	      "EINVAL for one",
     .level = LINUX, .spec = "net/tipc/socket.c tipc_setsockopt(), tipc_getsockopt()",
     .needs = "tipc", .tags = "tipc option errno", .VARIANTS(unreadables))
{
	const struct unreadable_row *row = VARIANT(struct unreadable_row);
	int fd = SETUP(socket(AF_TIPC, SOCK_STREAM, 0)), value = 1;
	socklen_t length = sizeof(value);

	EXPECT_ERR(getsockopt(fd, SOL_TIPC, row->option, &value, &length), EINVAL);
	if (!row->writable)
		EXPECT_ERR(setsockopt(fd, SOL_TIPC, row->option, NULL, 0), EINVAL);
	else if (row->value)
		EXPECT_OK(set_int(fd, SOL_TIPC, row->option, 1));
	else
		EXPECT_OK(setsockopt(fd, SOL_TIPC, row->option, NULL, 0));
	if (!row->value)
		EXPECT_ERR(set_int(fd, SOL_TIPC, row->option, 1), EINVAL);
	EXPECT_OK(set_int(fd, SOL_TIPC, TIPC_CONN_TIMEOUT, 77));
	EXPECT_EQ(get_int(fd, SOL_TIPC, TIPC_CONN_TIMEOUT), 77);
}

struct read_only_row {
	struct variant variant;
	int option;
};

static const struct read_only_row read_onlys[] = {
	{{"node_recvq_depth", NULL}, TIPC_NODE_RECVQ_DEPTH},
	{{"sock_recvq_depth", NULL}, TIPC_SOCK_RECVQ_DEPTH},
	{{"sock_recvq_used", NULL}, TIPC_SOCK_RECVQ_USED},
};

/* Counts are read only. A value needs its four bytes. */
CASE(read_only, .claim = "counts cannot be set (EINVAL), and an int needs its four bytes (EINVAL)",
     .level = LINUX, .spec = "linux/tipc.h; net/tipc/socket.c tipc_setsockopt()", .needs = "tipc",
     .tags = "tipc option errno", .VARIANTS(read_onlys))
{
	int fd = SETUP(socket(AF_TIPC, SOCK_RDM, 0)), value = 1;
	int option = VARIANT(struct read_only_row)->option;
	socklen_t length = sizeof(value) - 1;

	EXPECT_ERR(set_int(fd, SOL_TIPC, option, 1), EINVAL);
	EXPECT_ERR(getsockopt(fd, SOL_TIPC, option, &value, &length), EINVAL);
	EXPECT_EQ(get_int(fd, SOL_TIPC, option), 0);
	EXPECT_ERR(setsockopt(fd, SOL_TIPC, TIPC_IMPORTANCE, &value, length), EINVAL);
	EXPECT_ERR(setsockopt(fd, SOL_TIPC, TIPC_IMPORTANCE, NULL, sizeof(value)), EFAULT);
	EXPECT_ERR(set_int(fd, SOL_NETLINK, TIPC_IMPORTANCE, value), ENOPROTOOPT);
	EXPECT_OK(set_int(fd, SOL_TIPC, TIPC_IMPORTANCE, value));
}
