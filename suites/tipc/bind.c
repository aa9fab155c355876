/* SPDX-License-Identifier: MIT */
/* bind() offers a service: names that many sockets may share and one may have many of. */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/tipc/tipc_help.h"

#include "harness/case.h"

struct instance_row {
	struct variant variant;
	uint32_t instance;
	int error;
};

static const struct instance_row instances[] = {
	{{"below", NULL}, 9, EHOSTUNREACH},  {{"lowest", NULL}, 10, 0},
	{{"between", NULL}, 15, 0},	     {{"highest", NULL}, 20, 0},
	{{"above", NULL}, 21, EHOSTUNREACH},
};

/*
 * A range of names.
 *
 * A service has a type, and instances within it. bind() offers a range of instances; who
 * sends to one of them reaches the socket, and a control message tells the server which one
 * was meant.
 */
CASE(range,
     .claim =
	     "a socket bound to a range of instances gets what is sent to each of them and is told "
	     "which; others fail with EHOSTUNREACH",
     .level = LINUX,
     .spec = "Documentation/networking/tipc.rst; linux/tipc.h TIPC_SERVICE_RANGE, TIPC_DESTNAME",
     .needs = "tipc", .tags = "tipc bind control errno", .VARIANTS(instances))
{
	const struct instance_row *row = VARIANT(struct instance_row);
	int server = tipc_bound(SOCK_RDM, 10, 20), fd = SETUP(socket(AF_TIPC, SOCK_RDM, 0));
	struct sockaddr_tipc to = tipc_service(SERVICE, row->instance);
	struct tipc_received got;

	if (row->error != 0) {
		EXPECT_ERR(sendto(fd, "hello", 5, 0, TIPC(to)), row->error);
		EXPECT_TRUE(tipc_is_silent(server));
		to.addr.name.name.instance = 12;
	}
	EXPECT_EQ(sendto(fd, "hello", 5, 0, TIPC(to)), 5);
	got = tipc_receive(server);
	EXPECT_EQ(got.size, 5);
	EXPECT_TRUE(got.with_destination);
	EXPECT_EQ(got.type, SERVICE);
	EXPECT_EQ(got.lower, to.addr.name.name.instance);
	EXPECT_EQ(got.upper, to.addr.name.name.instance);
	EXPECT_TRUE(!got.with_error);
}

/*
 * Many names, one socket.
 *
 * bind() adds a name to those that the socket has. A scope with a minus sign takes one away
 * again, and an empty address all of them.
 */
CASE(many_names,
     .claim = "each bind() adds a name; one with a negative scope takes it away, and an address of "
	      "length 0 takes all away",
     .level = LINUX, .spec = "Documentation/networking/tipc.rst; net/tipc/socket.c tipc_bind()",
     .needs = "tipc", .tags = "tipc bind")
{
	int server = tipc_bound(SOCK_RDM, 1, 1), fd = SETUP(socket(AF_TIPC, SOCK_RDM, 0));
	struct sockaddr_tipc second = tipc_range(SERVICE + 1, 2, 2, TIPC_NODE_SCOPE);
	struct sockaddr_tipc third = tipc_service(SERVICE, 3);
	struct sockaddr_tipc to_first = tipc_service(SERVICE, 1);
	struct sockaddr_tipc to_second = tipc_service(SERVICE + 1, 2);

	EXPECT_OK(bind(server, TIPC(second)));
	/* One instance, as a range of one. */
	third.scope = TIPC_NODE_SCOPE;
	EXPECT_OK(bind(server, TIPC(third)));
	EXPECT_EQ(sendto(fd, "1", 1, 0, TIPC(to_first)), 1);
	EXPECT_EQ(sendto(fd, "2", 1, 0, TIPC(to_second)), 1);
	third.scope = 0;
	EXPECT_EQ(sendto(fd, "3", 1, 0, TIPC(third)), 1);
	EXPECT_EQ(tipc_receive(server).data[0], '1');
	EXPECT_EQ(tipc_receive(server).data[0], '2');
	EXPECT_EQ(tipc_receive(server).data[0], '3');

	second.scope = -TIPC_NODE_SCOPE;
	EXPECT_OK(bind(server, TIPC(second)));
	EXPECT_ERR(sendto(fd, "2", 1, 0, TIPC(to_second)), EHOSTUNREACH);
	EXPECT_EQ(sendto(fd, "1", 1, 0, TIPC(to_first)), 1);
	EXPECT_ERR(bind(server, TIPC(second)), EINVAL);
	EXPECT_OK(bind(server, (struct sockaddr *)&second, 0));
	EXPECT_ERR(sendto(fd, "1", 1, 0, TIPC(to_first)), EHOSTUNREACH);
}

struct wrong_row {
	struct variant variant;
	int family, addrtype;
	uint32_t type, lower, upper;
	socklen_t length;
	int error, other;
};

enum { WHOLE = sizeof(struct sockaddr_tipc) };

static const struct wrong_row wrongs[] = {
	{{"reserved_type", NULL},
	 AF_TIPC,
	 TIPC_SERVICE_RANGE,
	 TIPC_RESERVED_TYPES - 1,
	 1,
	 1,
	 WHOLE,
	 EACCES,
	 EACCES},
	{{"upside_down", NULL}, AF_TIPC, TIPC_SERVICE_RANGE, SERVICE, 2, 1, WHOLE, EINVAL, EINVAL},
	{{"socket_address", NULL},
	 AF_TIPC,
	 TIPC_SOCKET_ADDR,
	 SERVICE,
	 1,
	 1,
	 WHOLE,
	 EAFNOSUPPORT,
	 EAFNOSUPPORT},
	/* EAFNOSUPPORT before Linux 5.13. */
	{{"no_kind_of_address", NULL}, AF_TIPC, 9, SERVICE, 1, 1, WHOLE, EINVAL, EAFNOSUPPORT},
	{{"other_family", NULL},
	 AF_INET,
	 TIPC_SERVICE_RANGE,
	 SERVICE,
	 1,
	 1,
	 WHOLE,
	 EINVAL,
	 EAFNOSUPPORT},
	{{"too_short", NULL},
	 AF_TIPC,
	 TIPC_SERVICE_RANGE,
	 SERVICE,
	 1,
	 1,
	 WHOLE - 1,
	 EINVAL,
	 EINVAL},
};

/*
 * What cannot be offered.
 *
 * Types below `TIPC_RESERVED_TYPES` are the system's, such as the topology server; a range has
 * a lower and an upper end; and the address of a socket is given, not chosen.
 */
CASE(errors,
     .claim =
	     "bind() fails with EACCES for a reserved type, EAFNOSUPPORT for a socket address, and "
	     "EINVAL for what is no range",
     .level = LINUX, .spec = "net/tipc/socket.c tipc_bind()", .needs = "tipc",
     .tags = "tipc bind errno", .VARIANTS(wrongs))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	int fd = SETUP(socket(AF_TIPC, SOCK_RDM, 0));
	struct sockaddr_tipc wrong = tipc_range(row->type, row->lower, row->upper, TIPC_NODE_SCOPE);
	struct sockaddr_tipc right = tipc_range(TIPC_RESERVED_TYPES, 1, 2, TIPC_NODE_SCOPE);

	wrong.family = (unsigned short)row->family;
	wrong.addrtype = (unsigned char)row->addrtype;
	EXPECT_ERR(bind(fd, (struct sockaddr *)&wrong, row->length), row->error, row->other);
	EXPECT_OK(bind(fd, TIPC(right)));
}

struct scope_row {
	struct variant variant;
	int scope;
};

static const struct scope_row scopes[] = {
	{{"node", NULL}, TIPC_NODE_SCOPE},
	{{"cluster", NULL}, TIPC_CLUSTER_SCOPE},
	{{"zone", NULL}, TIPC_ZONE_SCOPE},
	{{"none", NULL}, 0},
};

/*
 * How far a name is known.
 *
 * `TIPC_NODE_SCOPE` keeps it on this node, `TIPC_CLUSTER_SCOPE` makes it known to all. Zones,
 * which were above clusters, are gone; the number is taken as the cluster's. On the node
 * itself each of them works. (cluster.c shows them from the next node.)
 */
CASE(scopes_here, .claim = "on its own node a name is reached whatever its scope", .level = LINUX,
     .spec = "linux/tipc.h enum tipc_scope; net/tipc/socket.c tipc_bind()", .needs = "tipc",
     .tags = "tipc bind", .VARIANTS(scopes))
{
	struct sockaddr_tipc name = tipc_range(SERVICE, 4, 4, VARIANT(struct scope_row)->scope);
	struct sockaddr_tipc to = tipc_service(SERVICE, 4);
	int server = SETUP(socket(AF_TIPC, SOCK_RDM, 0)), fd = SETUP(socket(AF_TIPC, SOCK_RDM, 0));

	EXPECT_OK(bind(server, TIPC(name)));
	EXPECT_EQ(sendto(fd, "hello", 5, 0, TIPC(to)), 5);
	EXPECT_EQ(tipc_receive(server).size, 5);
}

/* A socket that is closed takes its names along. */
CASE(closed, .claim = "the names of a closed socket are gone", .level = LINUX,
     .spec = "Documentation/networking/tipc.rst", .needs = "tipc", .tags = "tipc bind close errno")
{
	int server = tipc_bound(SOCK_RDM, 6, 6), fd = SETUP(socket(AF_TIPC, SOCK_RDM, 0));
	struct sockaddr_tipc to = tipc_service(SERVICE, 6);

	EXPECT_EQ(sendto(fd, "x", 1, 0, TIPC(to)), 1);
	EXPECT_OK(close(server));
	EXPECT_ERR(sendto(fd, "x", 1, 0, TIPC(to)), EHOSTUNREACH);
}
