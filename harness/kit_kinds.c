/* SPDX-License-Identifier: MIT */
/* Families and kinds of connected pairs, as values that a row of variants can name. */
#include "harness/kit.h"

const struct family_row families[2] = {
	{{"v4", NULL}, AF_INET},
	{{"v6", "ipv6"}, AF_INET6},
};

/* The line that is recorded is that of make_pair(), which calls these. */
struct pair pair_tcp4(void)
{
	return tcp_pair_at(EXPECT_SETUP_AT("tcp_pair(AF_INET)"), AF_INET);
}

struct pair pair_tcp6(void)
{
	return tcp_pair_at(EXPECT_SETUP_AT("tcp_pair(AF_INET6)"), AF_INET6);
}

struct pair pair_udp4(void)
{
	return udp_pair_at(EXPECT_SETUP_AT("udp_pair(AF_INET)"), AF_INET);
}

struct pair pair_udp6(void)
{
	return udp_pair_at(EXPECT_SETUP_AT("udp_pair(AF_INET6)"), AF_INET6);
}

struct pair pair_unix_stream(void)
{
	return unix_pair_at(EXPECT_SETUP_AT("unix_pair(SOCK_STREAM)"), SOCK_STREAM);
}

struct pair pair_unix_dgram(void)
{
	return unix_pair_at(EXPECT_SETUP_AT("unix_pair(SOCK_DGRAM)"), SOCK_DGRAM);
}

struct pair pair_unix_seqpacket(void)
{
	return unix_pair_at(EXPECT_SETUP_AT("unix_pair(SOCK_SEQPACKET)"), SOCK_SEQPACKET);
}
