/* SPDX-License-Identifier: MIT */
/* To one of many, to all of them: datagrams to services. */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/tipc/tipc_help.h"

#include "harness/case.h"

/*
 * One of many.
 *
 * Several sockets may offer the same name. A datagram goes to one of them, each in its turn:
 * a service can be spread over programs without its users knowing.
 */
CASE(anycast, .claim = "datagrams to a name that two sockets have go to each in turn",
     .level = LINUX,
     .spec = "Documentation/networking/tipc.rst; net/tipc/name_table.c "
	     "tipc_nametbl_lookup_anycast()",
     .needs = "tipc", .tags = "tipc anycast")
{
	int one = tipc_bound(SOCK_RDM, 5, 5), two = tipc_bound(SOCK_RDM, 5, 5);
	int fd = SETUP(socket(AF_TIPC, SOCK_RDM, 0));
	struct sockaddr_tipc to = tipc_service(SERVICE, 5);

	for (int i = 0; i < 4; i++)
		EXPECT_EQ(sendto(fd, "x", 1, 0, TIPC(to)), 1);
	for (int i = 0; i < 2; i++) {
		EXPECT_EQ(tipc_receive(one).size, 1);
		EXPECT_EQ(tipc_receive(two).size, 1);
	}
	EXPECT_TRUE(tipc_is_silent(one));
	EXPECT_TRUE(tipc_is_silent(two));
}

struct range_row {
	struct variant variant;
	uint32_t lower, upper;
	bool first, second, third; /* who gets it: 1 to 10, 11 to 20, 11 to 20 */
};

static const struct range_row ranges[] = {
	{{"all", NULL}, 1, 20, true, true, true},
	{{"part_of_one", NULL}, 3, 4, true, false, false},
	{{"twice_the_same", NULL}, 20, 30, false, true, true},
	{{"over_the_border", NULL}, 10, 11, true, true, true},
};

/*
 * To all of them.
 *
 * Who sends to a range of instances sends to every socket whose own range meets it. One call,
 * and each gets a copy.
 */
CASE(multicast,
     .claim =
	     "a datagram to a range of instances reaches each socket whose range overlaps it, once",
     .level = LINUX, .spec = "Documentation/networking/tipc.rst; linux/tipc.h TIPC_ADDR_MCAST",
     .needs = "tipc", .tags = "tipc multicast", .VARIANTS(ranges))
{
	const struct range_row *row = VARIANT(struct range_row);
	int servers[] = {tipc_bound(SOCK_RDM, 1, 10), tipc_bound(SOCK_RDM, 11, 20),
			 tipc_bound(SOCK_RDM, 11, 20)};
	const bool wanted[] = {row->first, row->second, row->third};
	int fd = SETUP(socket(AF_TIPC, SOCK_RDM, 0));
	struct sockaddr_tipc to = tipc_range(SERVICE, row->lower, row->upper, 0);
	struct tipc_received got;

	EXPECT_EQ(sendto(fd, "all", 3, 0, TIPC(to)), 3);
	for (int i = 0; i < 3; i++) {
		if (wanted[i]) {
			got = tipc_receive(servers[i]);
			EXPECT_EQ(got.size, 3);
			EXPECT_MEMEQ(got.data, "all", 3);
			EXPECT_TRUE(got.with_destination);
			EXPECT_EQ(got.type, SERVICE);
			EXPECT_EQ(got.lower, row->lower);
			EXPECT_EQ(got.upper, row->upper);
		}
		EXPECT_TRUE(tipc_is_silent(servers[i]));
	}
	to = tipc_range(SERVICE, 100, 200, 0);
	EXPECT_ERR(sendto(fd, "all", 3, 0, TIPC(to)), EHOSTUNREACH);
}

/*
 * An answer.
 *
 * The address that comes with a datagram is that of the sender's socket, and good for an
 * answer, whatever name the question went to.
 */
CASE(answer,
     .claim = "recvfrom() gives the sender's socket address, to which an answer can be sent",
     .level = LINUX, .spec = "Documentation/networking/tipc.rst; recvfrom(2)", .needs = "tipc",
     .tags = "tipc recvfrom")
{
	int server = tipc_bound(SOCK_RDM, 5, 5), fd = SETUP(socket(AF_TIPC, SOCK_RDM, 0));
	struct sockaddr_tipc to = tipc_service(SERVICE, 5), from, own = tipc_own_name(fd);
	struct sockaddr_tipc of_server = tipc_own_name(server);
	socklen_t length = sizeof(from);
	struct tipc_received got;
	char text[16] = "";

	EXPECT_EQ(sendto(fd, "question", 8, 0, TIPC(to)), 8);
	EXPECT_EQ(wait_for(server, POLLIN, SOON_MS), POLLIN);
	memset(&from, 0xa5, sizeof(from));
	EXPECT_EQ(recvfrom(server, text, sizeof(text), MSG_DONTWAIT, (struct sockaddr *)&from,
			   &length),
		  8);
	EXPECT_EQ(length, sizeof(from));
	EXPECT_EQ(from.family, AF_TIPC);
	EXPECT_EQ(from.addrtype, TIPC_SOCKET_ADDR);
	EXPECT_EQ(from.scope, 0);
	EXPECT_EQ(from.addr.id.ref, own.addr.id.ref);
	EXPECT_EQ(from.addr.id.node, 0);
	EXPECT_EQ(sendto(server, "answer", 6, 0, TIPC(from)), 6);
	got = tipc_receive(fd);
	EXPECT_EQ(got.size, 6);
	EXPECT_EQ(got.from[0].addr.id.ref, of_server.addr.id.ref);
	EXPECT_TRUE(!got.with_destination);
}

struct kind_row {
	struct variant variant;
	int type;
};

static const struct kind_row datagrams[] = {
	{{"rdm", NULL}, SOCK_RDM},
	{{"dgram", NULL}, SOCK_DGRAM},
};

/*
 * 66000 bytes.
 *
 * That is the longest message that TIPC takes; it splits it where links need that.
 */
CASE(longest, .claim = "a message of 66000 bytes arrives whole; a longer one fails with EMSGSIZE",
     .level = LINUX, .spec = "linux/tipc.h TIPC_MAX_USER_MSG_SIZE; send(2) EMSGSIZE",
     .needs = "tipc", .tags = "tipc errno", .VARIANTS(datagrams))
{
	static char text[TIPC_MOST + 1], got[TIPC_MOST + 1];
	int type = VARIANT(struct kind_row)->type;
	int server = tipc_bound(type, 5, 5), fd = SETUP(socket(AF_TIPC, type, 0));
	struct sockaddr_tipc to = tipc_service(SERVICE, 5);

	memset(text, 'a', sizeof(text));
	text[TIPC_MOST - 1] = 'z';
	EXPECT_ERR(sendto(fd, text, TIPC_MOST + 1, 0, TIPC(to)), EMSGSIZE);
	EXPECT_EQ(sendto(fd, text, TIPC_MOST, 0, TIPC(to)), TIPC_MOST);
	EXPECT_EQ(wait_for(server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(server, got, sizeof(got), MSG_DONTWAIT), TIPC_MOST);
	EXPECT_MEMEQ(got, text, TIPC_MOST);
}

/* A message that does not fit is cut and says so; peeking leaves it; no room at all is an error. */
CASE(cut,
     .claim = "a buffer that is too short gets the beginning and MSG_TRUNC; MSG_PEEK leaves the "
	      "message; a buffer of no bytes is EINVAL",
     .level = LINUX, .spec = "recv(2); net/tipc/socket.c tipc_recvmsg()", .needs = "tipc",
     .tags = "tipc flag errno", .VARIANTS(datagrams))
{
	int type = VARIANT(struct kind_row)->type;
	int server = tipc_bound(type, 5, 5), fd = SETUP(socket(AF_TIPC, type, 0));
	struct sockaddr_tipc to = tipc_service(SERVICE, 5);
	char got[8] = "";
	struct iovec part = {got, 4};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	EXPECT_ERR(recv(server, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
	EXPECT_EQ(sendto(fd, "too long", 8, 0, TIPC(to)), 8);
	EXPECT_EQ(sendto(fd, "next", 4, 0, TIPC(to)), 4);
	EXPECT_EQ(wait_for(server, POLLIN, SOON_MS), POLLIN);
	EXPECT_ERR(recv(server, got, 0, MSG_DONTWAIT), EINVAL);
	EXPECT_EQ(recv(server, got, sizeof(got), MSG_DONTWAIT | MSG_PEEK), 8);
	EXPECT_EQ(recvmsg(server, &message, MSG_DONTWAIT), 4);
	EXPECT_EQ(message.msg_flags & MSG_TRUNC, MSG_TRUNC);
	EXPECT_MEMEQ(got, "too ", 4);
	EXPECT_EQ(recvmsg(server, &message, MSG_DONTWAIT), 4);
	EXPECT_EQ(message.msg_flags & MSG_TRUNC, 0);
	EXPECT_MEMEQ(got, "next", 4);
}

struct wrong_row {
	struct variant variant;
	int family, addrtype;
	socklen_t length;
};

enum { WHOLE = sizeof(struct sockaddr_tipc) };

static const struct wrong_row wrongs[] = {
	{{"other_family", NULL}, AF_INET, TIPC_SERVICE_ADDR, WHOLE},
	{{"no_kind_of_address", NULL}, AF_TIPC, 9, WHOLE},
	{{"too_short", NULL}, AF_TIPC, TIPC_SERVICE_ADDR, 8},
};

/* Where to? */
CASE(wrong_destination, .claim = "sendto() fails with EINVAL for what is no address of TIPC",
     .level = LINUX, .spec = "net/tipc/socket.c tipc_sendmsg()", .needs = "tipc",
     .tags = "tipc errno", .VARIANTS(wrongs))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	int server = tipc_bound(SOCK_RDM, 5, 5), fd = SETUP(socket(AF_TIPC, SOCK_RDM, 0));
	struct sockaddr_tipc wrong = tipc_service(SERVICE, 5), right = wrong;

	wrong.family = (unsigned short)row->family;
	wrong.addrtype = (unsigned char)row->addrtype;
	EXPECT_ERR(sendto(fd, "x", 1, 0, (struct sockaddr *)&wrong, row->length), EINVAL);
	EXPECT_EQ(sendto(fd, "x", 1, 0, TIPC(right)), 1);
	EXPECT_EQ(tipc_receive(server).size, 1);
}
