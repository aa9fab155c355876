/* SPDX-License-Identifier: MIT */
/* socketpair(): two connected sockets in one call. */
#include <errno.h>
#include <linux/can.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/case.h"

struct kind_row {
	struct variant variant;
	int family, type, protocol;
	int error;
};

static const struct kind_row types[] = {
	{{"stream", NULL}, AF_UNIX, SOCK_STREAM, 0, 0},
	{{"dgram", NULL}, AF_UNIX, SOCK_DGRAM, 0, 0},
	{{"seqpacket", NULL}, AF_UNIX, SOCK_SEQPACKET, 0, 0},
};

/*
 * A pair is a pipe with two directions.
 *
 * Neither end has a name, so nobody else can ever join; a parent makes the pair,
 * forks, and each keeps one end. Nothing says which end is the server: both can
 * send first. What one sends never comes back to itself.
 */
CASE(both_ends_send_and_receive,
     .claim = "What is sent on either end of a socketpair() is received on the other",
     .level = POSIX, .spec = "POSIX.1-2024 socketpair()", .tags = "socketpair unix",
     .VARIANTS(types))
{
	const struct kind_row *row = VARIANT(struct kind_row);
	char text[8] = "";
	int ends[2];

	REQUIRE_OK(socketpair(row->family, row->type, row->protocol, ends));
	EXPECT_EQ(send(ends[0], "there", 5, 0), 5);
	EXPECT_EQ(send(ends[1], "back", 4, 0), 4);
	EXPECT_EQ(recv(ends[1], text, sizeof(text), MSG_DONTWAIT), 5);
	EXPECT_MEMEQ(text, "there", 5);
	EXPECT_EQ(recv(ends[0], text, sizeof(text), MSG_DONTWAIT), 4);
	EXPECT_MEMEQ(text, "back", 4);
	EXPECT_ERR(recv(ends[0], text, sizeof(text), MSG_DONTWAIT), EAGAIN, EWOULDBLOCK);
}

static const struct kind_row refused[] = {
	{{"tcp4", NULL}, AF_INET, SOCK_STREAM, 0, EOPNOTSUPP},
	{{"udp4", NULL}, AF_INET, SOCK_DGRAM, 0, EOPNOTSUPP},
	{{"tcp6", "ipv6"}, AF_INET6, SOCK_STREAM, 0, EOPNOTSUPP},
	{{"udp6", "ipv6"}, AF_INET6, SOCK_DGRAM, 0, EOPNOTSUPP},
	{{"no_family", NULL}, AF_UNSPEC, SOCK_STREAM, 0, EAFNOSUPPORT},
	{{"no_protocol", NULL}, AF_UNIX, SOCK_STREAM, IPPROTO_TCP, EPROTONOSUPPORT},
};

/*
 * Pairs are for local sockets.
 *
 * TCP could be joined to itself over loopback, but would need a port on each side
 * and a handshake: no protocol of the internet family offers it, and it is
 * `EOPNOTSUPP`. A family or protocol that does not exist is an error as it is for
 * socket(). In all cases no descriptor is left over.
 *
 * What stands in the array then is no descriptor. POSIX and the manual say that it
 * is left as it was; the case writes down whether it is.
 */
CASE(what_has_no_pairs,
     .claim = "socketpair() fails for what has no pairs, and leaves no descriptor open",
     .level = POSIX, .spec = "POSIX.1-2024 socketpair() ERRORS", .tags = "socketpair errno",
     .VARIANTS(refused))
{
	const struct kind_row *row = VARIANT(struct kind_row);
	int ends[2] = {-1, -1}, next = SETUP(dup(STDIN_FILENO));

	SETUP(close(next));
	EXPECT_ERR(socketpair(row->family, row->type, row->protocol, ends), row->error);
	OBSERVE("the array after the failure", "%s",
		ends[0] == -1 && ends[1] == -1 ? "as before" : "changed");

	/* The next descriptor has the number that it would have had before. */
	REQUIRE_OK(socketpair(AF_UNIX, row->type, 0, ends));
	EXPECT_EQ(ends[0] < ends[1] ? ends[0] : ends[1], next);
}

/*
 * First two sockets, then the pair.
 *
 * socketpair() makes both sockets as socket() would, and fails as that would: in AF_CAN each
 * protocol has one type, and another one is "the wrong type for it". Only then the family is
 * asked to join them, and says that it cannot.
 */
CASE(wrong_type_before_no_pairs,
     .claim = "socketpair() of CAN fails with EPROTOTYPE for a wrong type, and with EOPNOTSUPP for "
	      "the right one",
     .level = POSIX, .spec = "POSIX.1-2024 socketpair() ERRORS; net/socket.c, __sys_socketpair()",
     .needs = "can_raw", .tags = "socketpair can errno")
{
	int ends[2] = {-1, -1};

	EXPECT_ERR(socketpair(AF_CAN, SOCK_DGRAM, CAN_RAW, ends), EPROTOTYPE);
	EXPECT_ERR(socketpair(AF_CAN, SOCK_RAW, CAN_RAW, ends), EOPNOTSUPP);
	EXPECT_OK(socket(AF_CAN, SOCK_RAW, CAN_RAW));
}
