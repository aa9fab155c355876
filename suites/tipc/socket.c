/* SPDX-License-Identifier: MIT */
/* AF_TIPC: four kinds of sockets, each with an address before it is bound. */
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/tipc/tipc_help.h"

#include "harness/case.h"

struct type_row {
	struct variant variant;
	int type, protocol, error;
};

static const struct type_row wrongs[] = {
	{{"raw", NULL}, SOCK_RAW, 0, EPROTOTYPE},
	{{"packet", NULL}, SOCK_PACKET, 0, EPROTOTYPE},
	{{"protocol", NULL}, SOCK_RDM, 6, EPROTONOSUPPORT},
};

/*
 * A cluster as one machine.
 *
 * TIPC was made for clusters, in which programs move between machines: one speaks to a
 * service, by two numbers, and not to a machine. There are reliable datagrams (SOCK_RDM),
 * ordinary ones (SOCK_DGRAM), and connections with borders (SOCK_SEQPACKET) or without
 * (SOCK_STREAM).
 *
 * Try it: `modprobe tipc`, then `tipc nametable show`.
 */
CASE(kinds,
     .claim = "socket(AF_TIPC) fails with EPROTOTYPE for types that it does not have and with "
	      "EPROTONOSUPPORT for a protocol",
     .level = LINUX, .spec = "net/tipc/socket.c tipc_sk_create(); socket(2)", .needs = "tipc",
     .tags = "tipc errno", .VARIANTS(wrongs))
{
	const struct type_row *row = VARIANT(struct type_row);
	int fd;

	EXPECT_ERR(socket(AF_TIPC, row->type, row->protocol), row->error);
	fd = EXPECT_OK(socket(AF_TIPC, SOCK_RDM, 0));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_DOMAIN), AF_TIPC);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TYPE), SOCK_RDM);
}

struct kind_row {
	struct variant variant;
	int type;
};

static const struct kind_row kinds_of_sockets[] = {
	{{"rdm", NULL}, SOCK_RDM},
	{{"dgram", NULL}, SOCK_DGRAM},
	{{"seqpacket", NULL}, SOCK_SEQPACKET},
	{{"stream", NULL}, SOCK_STREAM},
};

/*
 * A name from the start.
 *
 * Each socket has an address of its own as soon as it is made: a reference that the node
 * chose, and the node's number, which is 0 as long as it is alone. It needs no bind() to be
 * reached: who has the address can send to it.
 */
CASE(named_from_the_start,
     .claim = "a new socket has a socket address of its own, to which others can send",
     .level = LINUX, .spec = "Documentation/networking/tipc.rst; net/tipc/socket.c tipc_getname()",
     .needs = "tipc", .tags = "tipc getsockname", .VARIANTS(kinds_of_sockets))
{
	int type = VARIANT(struct kind_row)->type;
	int fd = SETUP(socket(AF_TIPC, type, 0)), other = SETUP(socket(AF_TIPC, type, 0));
	struct sockaddr_tipc name = tipc_own_name(fd), another = tipc_own_name(other);
	struct tipc_received got;

	EXPECT_NE(name.addr.id.ref, 0);
	EXPECT_NE(name.addr.id.ref, another.addr.id.ref);
	EXPECT_EQ(name.addr.id.node, 0);
	EXPECT_EQ(name.scope, 0);
	if (type != SOCK_RDM && type != SOCK_DGRAM)
		return;
	EXPECT_EQ(sendto(other, "hello", 5, 0, TIPC(name)), 5);
	got = tipc_receive(fd);
	EXPECT_EQ(got.size, 5);
	EXPECT_MEMEQ(got.data, "hello", 5);
	EXPECT_EQ(got.name_length, sizeof(struct sockaddr_tipc));
	EXPECT_EQ(got.from[0].family, AF_TIPC);
	EXPECT_EQ(got.from[0].addrtype, TIPC_SOCKET_ADDR);
	EXPECT_EQ(got.from[0].addr.id.ref, another.addr.id.ref);
	EXPECT_EQ(got.from[0].addr.id.node, 0);
	EXPECT_TRUE(!got.with_destination);
}

/*
 * A pair.
 *
 * As with Unix sockets two can be made that are connected to each other (since Linux 4.12).
 */
CASE(pair,
     .claim = "socketpair() gives two sockets that are connected, or, for datagrams, have each "
	      "other "
	      "as destination",
     .level = LINUX, .spec = "net/tipc/socket.c tipc_socketpair(); socketpair(2)", .needs = "tipc",
     .tags = "tipc socketpair", .VARIANTS(kinds_of_sockets))
{
	int type = VARIANT(struct kind_row)->type, both[2];
	char got[8] = "";

	REQUIRE_OK(socketpair(AF_TIPC, type, 0, both));
	EXPECT_EQ(send(both[0], "one", 3, 0), 3);
	EXPECT_EQ(wait_for(both[1], POLLIN, SOON_MS) & POLLIN, POLLIN);
	EXPECT_EQ(recv(both[1], got, sizeof(got), MSG_DONTWAIT), 3);
	EXPECT_MEMEQ(got, "one", 3);
	EXPECT_EQ(send(both[1], "two", 3, 0), 3);
	EXPECT_EQ(wait_for(both[0], POLLIN, SOON_MS) & POLLIN, POLLIN);
	EXPECT_EQ(recv(both[0], got, sizeof(got), MSG_DONTWAIT), 3);
	EXPECT_MEMEQ(got, "two", 3);
}

static const struct kind_row datagrams[] = {
	{{"rdm", NULL}, SOCK_RDM},
	{{"dgram", NULL}, SOCK_DGRAM},
};

/* What only connections have. */
CASE(no_connections, .claim = "listen() and accept() fail with EOPNOTSUPP on sockets for datagrams",
     .level = LINUX, .spec = "listen(2); accept(2); net/tipc/socket.c msg_ops", .needs = "tipc",
     .tags = "tipc listen accept errno", .VARIANTS(datagrams))
{
	int type = VARIANT(struct kind_row)->type;
	int fd = SETUP(socket(AF_TIPC, type, 0)), other = tipc_bound(SOCK_SEQPACKET, 1, 1);

	EXPECT_ERR(listen(fd, 1), EOPNOTSUPP);
	EXPECT_ERR(accept(fd, NULL, NULL), EOPNOTSUPP);
	EXPECT_OK(listen(other, 1));
	EXPECT_OK(fcntl(other, F_SETFL, O_NONBLOCK));
	EXPECT_ERR(accept(other, NULL, NULL), EAGAIN);
}

/*
 * The destination of a socket.
 *
 * connect() on a socket for datagrams only notes where send() goes, an address of any kind.
 * AF_UNSPEC forgets it.
 */
CASE(default_destination,
     .claim = "send() fails with EDESTADDRREQ without a destination; connect() sets one, and "
	      "AF_UNSPEC takes it away",
     .level = LINUX, .spec = "connect(2); net/tipc/socket.c tipc_connect()", .needs = "tipc",
     .tags = "tipc connect errno", .VARIANTS(datagrams))
{
	int type = VARIANT(struct kind_row)->type;
	int fd = SETUP(socket(AF_TIPC, type, 0)), server = tipc_bound(type, 5, 5);
	struct sockaddr_tipc to = tipc_service(SERVICE, 5), none = {.family = AF_UNSPEC};
	struct sockaddr_tipc peer;
	socklen_t length = sizeof(peer);
	char got[8] = "";

	EXPECT_ERR(send(fd, "x", 1, 0), EDESTADDRREQ);
	EXPECT_OK(connect(fd, TIPC(to)));
	EXPECT_EQ(send(fd, "hello", 5, 0), 5);
	EXPECT_EQ(wait_for(server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(server, got, sizeof(got), MSG_DONTWAIT), 5);
	EXPECT_MEMEQ(got, "hello", 5);
	EXPECT_ERR(getpeername(fd, (struct sockaddr *)&peer, &length), ENOTCONN);
	EXPECT_OK(connect(fd, TIPC(none)));
	EXPECT_ERR(send(fd, "x", 1, 0), EDESTADDRREQ);
}
