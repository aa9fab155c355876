/* SPDX-License-Identifier: MIT */
/* Groups: members know each other, and no message is lost between them. */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/tipc/tipc_help.h"

#include "harness/case.h"

enum { GROUP = 4711 };

static int join(int fd, uint32_t instance, uint32_t flags)
{
	struct tipc_group_req request = {
		.type = GROUP, .instance = instance, .scope = TIPC_NODE_SCOPE, .flags = flags};

	return setsockopt(fd, SOL_TIPC, TIPC_GROUP_JOIN, &request, sizeof(request));
}

/* A member that is told of others. */
static int member(uint32_t instance, uint32_t flags)
{
	int fd = SETUP(socket(AF_TIPC, SOCK_RDM, 0));

	SETUP(join(fd, instance, flags | TIPC_GROUP_MEMBER_EVTS));
	return fd;
}

/* The event of another member's coming. */
static void expect_member(int fd, uint32_t instance)
{
	struct tipc_received got = tipc_receive(fd);

	EXPECT_EQ(got.size, 0);
	EXPECT_EQ(got.flags & (MSG_OOB | MSG_EOR), MSG_OOB);
	EXPECT_EQ(got.from[1].addr.name.name.instance, instance);
}

/*
 * Who is in the group.
 *
 * TIPC_GROUP_JOIN makes a socket a member, by a type, which is the group, and an instance of
 * its own choice. With `TIPC_GROUP_MEMBER_EVTS` it is told of others by empty messages with
 * MSG_OOB; MSG_EOR besides says that one has left. Such a message comes with two addresses:
 * the member's socket, and its instance.
 */
CASE(members_come_and_go,
     .claim = "a member gets an empty message with MSG_OOB for each other that joins, with MSG_EOR "
	      "too when it leaves",
     .level = LINUX,
     .spec = "linux/tipc.h TIPC_GROUP_JOIN, TIPC_GROUP_MEMBER_EVTS; net/tipc/group.c",
     .needs = "tipc", .tags = "tipc group option")
{
	int first = member(1, 0), second = member(2, 0);
	struct sockaddr_tipc name = tipc_own_name(second);
	struct tipc_received got = tipc_receive(first);

	EXPECT_EQ(got.size, 0);
	EXPECT_EQ(got.flags & (MSG_OOB | MSG_EOR), MSG_OOB);
	EXPECT_EQ(got.name_length, 2 * sizeof(struct sockaddr_tipc));
	EXPECT_EQ(got.from[0].family, AF_TIPC);
	EXPECT_EQ(got.from[0].addrtype, TIPC_SOCKET_ADDR);
	EXPECT_EQ(got.from[0].addr.id.ref, name.addr.id.ref);
	EXPECT_EQ(got.from[1].family, AF_TIPC);
	EXPECT_EQ(got.from[1].addrtype, TIPC_SERVICE_ADDR);
	EXPECT_EQ(got.from[1].addr.name.name.type, GROUP);
	EXPECT_EQ(got.from[1].addr.name.name.instance, 2);
	expect_member(second, 1);

	EXPECT_EQ(get_int(second, SOL_TIPC, TIPC_GROUP_JOIN), GROUP);
	EXPECT_OK(setsockopt(second, SOL_TIPC, TIPC_GROUP_LEAVE, NULL, 0));
	EXPECT_EQ(get_int(second, SOL_TIPC, TIPC_GROUP_JOIN), 0);
	got = tipc_receive(first);
	EXPECT_EQ(got.size, 0);
	EXPECT_EQ(got.flags & (MSG_OOB | MSG_EOR), MSG_OOB | MSG_EOR);
	EXPECT_EQ(got.from[1].addr.name.name.instance, 2);
	EXPECT_ERR(setsockopt(second, SOL_TIPC, TIPC_GROUP_LEAVE, NULL, 0), EINVAL);
}

/* A member that did not ask is told nothing. */
CASE(no_events, .claim = "without TIPC_GROUP_MEMBER_EVTS a member is not told of others",
     .level = LINUX, .spec = "linux/tipc.h TIPC_GROUP_MEMBER_EVTS; net/tipc/group.c",
     .needs = "tipc", .tags = "tipc group option")
{
	int quiet = SETUP(socket(AF_TIPC, SOCK_RDM, 0)), other;
	struct tipc_received got;

	EXPECT_OK(join(quiet, 1, 0));
	other = member(2, 0);
	expect_member(other, 1);
	EXPECT_TRUE(tipc_is_silent(quiet));
	EXPECT_EQ(send(other, "hello", 5, 0), 5);
	got = tipc_receive(quiet);
	EXPECT_EQ(got.size, 5);
	EXPECT_EQ(got.flags & MSG_OOB, 0);
	EXPECT_EQ(got.from[1].addr.name.name.instance, 2);
}

struct sending_row {
	struct variant variant;
	int how; /* 0: send() to all; else the kind of the address */
	uint32_t lower;
	bool first, second, third; /* who gets it: instances 10, 20, 20 */
	int any;		   /* of the second and third, how many get it */
};

static const struct sending_row sendings[] = {
	{{"broadcast", NULL}, 0, 0, true, true, true, 2},
	{{"unicast", NULL}, TIPC_SOCKET_ADDR, 0, true, false, false, 0},
	{{"anycast", NULL}, TIPC_SERVICE_ADDR, 20, false, true, true, 1},
	{{"multicast", NULL}, TIPC_SERVICE_RANGE, 20, false, true, true, 2},
};

/*
 * Four ways to send.
 *
 * To all members, without an address; to one, by its socket; to any of those with an instance;
 * to all of those.
 */
CASE(four_ways,
     .claim = "a member sends to all without an address, to one by a socket address, to any or all "
	      "of an instance by a service address or range",
     .level = LINUX, .spec = "net/tipc/socket.c tipc_sendmsg(), tipc_send_group_...()",
     .needs = "tipc", .tags = "tipc group", .VARIANTS(sendings))
{
	const struct sending_row *row = VARIANT(struct sending_row);
	int sender = member(1, 0), others[] = {member(10, 0), member(20, 0), member(20, 0)};
	struct sockaddr_tipc to = tipc_service(GROUP, row->lower);
	struct tipc_received got;
	int count = 0;

	for (int i = 0; i < 3; i++) {
		/* Each has seen the three others; then all of them have joined. */
		tipc_receive(sender);
		for (int j = 0; j < 3; j++)
			EXPECT_EQ(tipc_receive(others[i]).flags & MSG_OOB, MSG_OOB);
	}
	if (row->how == TIPC_SOCKET_ADDR)
		to = tipc_own_name(others[0]);
	if (row->how == TIPC_SERVICE_RANGE)
		to = tipc_range(GROUP, row->lower, row->lower, 0);
	if (row->how == 0)
		EXPECT_EQ(send(sender, "hello", 5, 0), 5);
	else
		EXPECT_EQ(sendto(sender, "hello", 5, 0, TIPC(to)), 5);
	if (row->first)
		EXPECT_EQ(tipc_receive(others[0]).size, 5);
	EXPECT_TRUE(tipc_is_silent(others[0]));
	for (int i = 1; i < 3; i++) {
		if (tipc_is_silent(others[i]))
			continue;
		got = tipc_receive(others[i]);
		EXPECT_EQ(got.size, 5);
		EXPECT_MEMEQ(got.data, "hello", 5);
		EXPECT_EQ(got.flags & (MSG_OOB | MSG_EOR), 0);
		EXPECT_EQ(got.from[1].addr.name.name.instance, 1);
		count++;
	}
	EXPECT_EQ(count, row->any);
	EXPECT_TRUE(tipc_is_silent(sender));
	to = tipc_service(GROUP, 99);
	EXPECT_ERR(sendto(sender, "hello", 5, 0, TIPC(to)), EHOSTUNREACH);
}

struct loop_row {
	struct variant variant;
	uint32_t flags;
	bool own;
};

static const struct loop_row loops[] = {
	{{"with", NULL}, TIPC_GROUP_LOOPBACK, true},
	{{"without", NULL}, 0, false},
};

/* One's own messages, on request. */
CASE(loopback,
     .claim = "with TIPC_GROUP_LOOPBACK a member gets what it sends to all, without it not",
     .level = LINUX, .spec = "linux/tipc.h TIPC_GROUP_LOOPBACK", .needs = "tipc",
     .tags = "tipc group option", .VARIANTS(loops))
{
	const struct loop_row *row = VARIANT(struct loop_row);
	int first = member(1, row->flags), second = member(2, 0);
	struct tipc_received got;

	expect_member(second, 1);
	while (tipc_receive(first).from[1].addr.name.name.instance != 2)
		REQUIRE_TRUE(!tipc_is_silent(first));
	EXPECT_EQ(send(first, "hello", 5, 0), 5);
	EXPECT_EQ(tipc_receive(second).size, 5);
	if (!row->own) {
		EXPECT_TRUE(tipc_is_silent(first));
		return;
	}
	got = tipc_receive(first);
	EXPECT_EQ(got.size, 5);
	EXPECT_EQ(got.from[1].addr.name.name.instance, 1);
}

struct wrong_row {
	struct variant variant;
	uint32_t type, scope;
	socklen_t length;
	int error;
};

enum { WHOLE = sizeof(struct tipc_group_req) };

static const struct wrong_row wrongs[] = {
	{{"reserved_type", NULL}, TIPC_RESERVED_TYPES - 1, TIPC_NODE_SCOPE, WHOLE, EACCES},
	{{"no_scope", NULL}, GROUP, TIPC_NODE_SCOPE + 1, WHOLE, EINVAL},
	{{"too_short", NULL}, GROUP, TIPC_NODE_SCOPE, WHOLE - 1, EINVAL},
};

/*
 * A member is nothing else.
 *
 * A member has no other names, no fixed destination, and no second group.
 */
CASE(errors,
     .claim = "TIPC_GROUP_JOIN fails with EACCES for a reserved type and for a member, and with "
	      "EINVAL for a wrong request; a member cannot bind() or connect()",
     .level = LINUX, .spec = "net/tipc/socket.c tipc_sk_join(), tipc_bind(), tipc_connect()",
     .needs = "tipc", .tags = "tipc group option errno", .VARIANTS(wrongs))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	struct tipc_group_req wrong = {.type = row->type, .instance = 1, .scope = row->scope};
	struct sockaddr_tipc name = tipc_range(SERVICE, 1, 1, TIPC_NODE_SCOPE);
	struct sockaddr_tipc to = tipc_service(SERVICE, 1);
	int fd = SETUP(socket(AF_TIPC, SOCK_RDM, 0)), owner = tipc_bound(SOCK_RDM, 1, 1);

	EXPECT_ERR(setsockopt(fd, SOL_TIPC, TIPC_GROUP_JOIN, &wrong, row->length), row->error);
	EXPECT_GE(owner, 0);
	EXPECT_OK(connect(fd, TIPC(to)));
	EXPECT_OK(join(fd, 1, 0));
	EXPECT_ERR(join(fd, 2, 0), EACCES);
	EXPECT_ERR(bind(fd, TIPC(name)), EACCES);
	EXPECT_ERR(connect(fd, TIPC(to)), EINVAL);
	EXPECT_ERR(send(fd, "alone", 5, MSG_DONTWAIT), EHOSTUNREACH);
	EXPECT_OK(setsockopt(fd, SOL_TIPC, TIPC_GROUP_LEAVE, NULL, 0));
	EXPECT_OK(bind(fd, TIPC(name)));
}
