/* SPDX-License-Identifier: MIT */
/* Making a socket of Multipath TCP. */
#include <linux/capability.h>
#include <sys/socket.h>

#include "suites/mptcp/mptcp_help.h"

#include "harness/case.h"

struct type_row {
	struct variant variant;
	int family, type, error;
};

static const struct type_row types[] = {
	{{"dgram_v4", NULL}, AF_INET, SOCK_DGRAM, EPROTONOSUPPORT},
	{{"dgram_v6", "ipv6"}, AF_INET6, SOCK_DGRAM, EPROTONOSUPPORT},
	{{"unix", NULL}, AF_UNIX, SOCK_STREAM, EPROTONOSUPPORT},
};

/*
 * TCP by another number.
 *
 * A program asks for Multipath TCP with the third argument of socket() and changes nothing
 * else. It is a stream of the Internet families and nothing else.
 *
 * Try it: `mptcpize run curl -v https://example.org` changes the argument from outside.
 */
CASE(a_stream,
     .claim = "IPPROTO_MPTCP is a protocol of streams of AF_INET and AF_INET6; elsewhere socket() "
	      "fails with EPROTONOSUPPORT",
     .level = LINUX, .spec = "Documentation/networking/mptcp.rst Use cases; socket(2)",
     .needs = "mptcp", .sysctls = "net.mptcp.enabled=1", .tags = "mptcp errno", .VARIANTS(types))
{
	const struct type_row *row = VARIANT(struct type_row);
	int family = row->family == AF_UNIX ? AF_INET : row->family, fd;

	EXPECT_ERR(socket(row->family, row->type, IPPROTO_MPTCP), row->error);
	fd = EXPECT_OK(socket(family, SOCK_STREAM, IPPROTO_MPTCP));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_PROTOCOL), IPPROTO_MPTCP);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TYPE), SOCK_STREAM);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_DOMAIN), family);
}

/*
 * Switched off.
 *
 * The administrator of a network decides: with `net.mptcp.enabled=0` there are no new
 * sockets, and a program has to ask for TCP then. What is open goes on.
 */
CASE(switched_off,
     .claim = "with net.mptcp.enabled=0 socket() fails with ENOPROTOOPT; open connections go on",
     .level = LINUX, .spec = "Documentation/networking/mptcp-sysctl.rst enabled", .needs = "mptcp",
     .sysctls = "net.mptcp.enabled=1", .tags = "mptcp errno sysctl", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = mptcp_pair(family, IPPROTO_MPTCP, IPPROTO_MPTCP);
	char text[4];

	SETUP(sandbox_sysctl("net.mptcp.enabled", "0"));
	EXPECT_ERR(socket(family, SOCK_STREAM, IPPROTO_MPTCP), ENOPROTOOPT);
	EXPECT_OK(socket(family, SOCK_STREAM, IPPROTO_TCP));
	EXPECT_EQ(send(p.client, "open", 4, 0), 4);
	EXPECT_EQ(read_exactly(p.server, text, 4), 4);
	EXPECT_MEMEQ(text, "open", 4);
	SETUP(sandbox_sysctl("net.mptcp.enabled", "1"));
	EXPECT_OK(socket(family, SOCK_STREAM, IPPROTO_MPTCP));
}

struct end_row {
	struct variant variant;
	int family;
	int client, server;		      /* protocols */
	int client_is, server_is;	      /* TCP_IS_MPTCP */
	int client_protocol, server_protocol; /* SO_PROTOCOL afterwards */
};

#define M IPPROTO_MPTCP
#define T IPPROTO_TCP

static const struct end_row ends[] = {
	{{"both_v4", NULL}, AF_INET, M, M, 1, 1, M, M},
	{{"both_v6", "ipv6"}, AF_INET6, M, M, 1, 1, M, M},
	{{"client_only_v4", NULL}, AF_INET, M, T, 0, 0, M, T},
	{{"client_only_v6", "ipv6"}, AF_INET6, M, T, 0, 0, M, T},
	{{"server_only_v4", NULL}, AF_INET, T, M, 0, 0, T, T},
	{{"server_only_v6", "ipv6"}, AF_INET6, T, M, 0, 0, T, T},
	{{"neither", NULL}, AF_INET, T, T, 0, 0, T, T},
};

/*
 * Did it work?
 *
 * If one end cannot, or something on the way removes the option, the connection is one of
 * plain TCP, and data flow all the same. `TCP_IS_MPTCP` tells what it became. A socket that
 * accept() returns for a client without Multipath TCP is a socket of TCP; one that asked in
 * vain keeps its protocol's number.
 */
CASE(which_it_became,
     .claim = "TCP_IS_MPTCP is 1 at both ends if both asked for IPPROTO_MPTCP, else 0; MPTCP_INFO "
	      "then fails with EOPNOTSUPP or ENOPROTOOPT",
     .since = "6.10", .level = LINUX,
     .spec = "Documentation/networking/mptcp.rst Socket options; RFC 8684 3.7; Linux 6.10, commit "
	     "c084ebd77a00",
     .needs = "mptcp", .sysctls = "net.mptcp.enabled=1", .tags = "mptcp option fallback",
     .VARIANTS(ends))
{
	const struct end_row *row = VARIANT(struct end_row);
	struct pair p = mptcp_pair(row->family, row->client, row->server);
	struct mptcp_info info;
	socklen_t length;
	char text[4];

	EXPECT_EQ(get_int(p.client, IPPROTO_TCP, TCP_IS_MPTCP), row->client_is);
	EXPECT_EQ(get_int(p.server, IPPROTO_TCP, TCP_IS_MPTCP), row->server_is);
	EXPECT_EQ(get_int(p.client, SOL_SOCKET, SO_PROTOCOL), row->client_protocol);
	EXPECT_EQ(get_int(p.server, SOL_SOCKET, SO_PROTOCOL), row->server_protocol);
	EXPECT_ERR(set_int(p.client, IPPROTO_TCP, TCP_IS_MPTCP, 1), EOPNOTSUPP, ENOPROTOOPT);
	for (int i = 0; i < 2; i++) {
		length = sizeof(info);
		if (i == 0 ? row->client_is : row->server_is)
			EXPECT_OK(getsockopt(i == 0 ? p.client : p.server, SOL_MPTCP, MPTCP_INFO,
					     &info, &length));
		else
			EXPECT_ERR(getsockopt(i == 0 ? p.client : p.server, SOL_MPTCP, MPTCP_INFO,
					      &info, &length),
				   EOPNOTSUPP, ENOPROTOOPT);
	}
	EXPECT_EQ(send(p.client, "data", 4, 0), 4);
	EXPECT_EQ(read_exactly(p.server, text, 4), 4);
	EXPECT_MEMEQ(text, "data", 4);
	EXPECT_EQ(send(p.server, "back", 4, 0), 4);
	EXPECT_EQ(read_exactly(p.client, text, 4), 4);
	EXPECT_MEMEQ(text, "back", 4);
}
