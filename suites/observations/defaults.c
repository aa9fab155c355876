/* SPDX-License-Identifier: MIT */
/* What a new socket starts with: nobody requires it, and platforms differ. */
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <sys/socket.h>

#include "harness/case.h"

struct option_row {
	struct variant variant;
	int family, type, level, option;
};

static const struct option_row options[] = {
	{{"tcp_sndbuf", NULL}, AF_INET, SOCK_STREAM, SOL_SOCKET, SO_SNDBUF},
	{{"tcp_rcvbuf", NULL}, AF_INET, SOCK_STREAM, SOL_SOCKET, SO_RCVBUF},
	{{"udp_sndbuf", NULL}, AF_INET, SOCK_DGRAM, SOL_SOCKET, SO_SNDBUF},
	{{"udp_rcvbuf", NULL}, AF_INET, SOCK_DGRAM, SOL_SOCKET, SO_RCVBUF},
	{{"unix_sndbuf", NULL}, AF_UNIX, SOCK_STREAM, SOL_SOCKET, SO_SNDBUF},
	{{"rcvlowat", NULL}, AF_INET, SOCK_STREAM, SOL_SOCKET, SO_RCVLOWAT},
	{{"priority", NULL}, AF_INET, SOCK_STREAM, SOL_SOCKET, SO_PRIORITY},
	{{"ttl", NULL}, AF_INET, SOCK_DGRAM, IPPROTO_IP, IP_TTL},
	{{"multicast_ttl", NULL}, AF_INET, SOCK_DGRAM, IPPROTO_IP, IP_MULTICAST_TTL},
	{{"mtu_discover_tcp", NULL}, AF_INET, SOCK_STREAM, IPPROTO_IP, IP_MTU_DISCOVER},
	{{"mtu_discover_udp", NULL}, AF_INET, SOCK_DGRAM, IPPROTO_IP, IP_MTU_DISCOVER},
	{{"hop_limit", "ipv6"}, AF_INET6, SOCK_DGRAM, IPPROTO_IPV6, IPV6_UNICAST_HOPS},
	{{"v6only", "ipv6"}, AF_INET6, SOCK_STREAM, IPPROTO_IPV6, IPV6_V6ONLY},
	{{"maxseg", NULL}, AF_INET, SOCK_STREAM, IPPROTO_TCP, TCP_MAXSEG},
	{{"keepidle", NULL}, AF_INET, SOCK_STREAM, IPPROTO_TCP, TCP_KEEPIDLE},
	{{"keepintvl", NULL}, AF_INET, SOCK_STREAM, IPPROTO_TCP, TCP_KEEPINTVL},
	{{"keepcnt", NULL}, AF_INET, SOCK_STREAM, IPPROTO_TCP, TCP_KEEPCNT},
	{{"syncnt", NULL}, AF_INET, SOCK_STREAM, IPPROTO_TCP, TCP_SYNCNT},
	{{"linger2", NULL}, AF_INET, SOCK_STREAM, IPPROTO_TCP, TCP_LINGER2},
	{{"user_timeout", NULL}, AF_INET, SOCK_STREAM, IPPROTO_TCP, TCP_USER_TIMEOUT},
};

/*
 * Two platforms may both be right and not behave alike.
 *
 * Standards say what an option does, and rarely what it is when nobody sets it. A program that
 * never sets a buffer's size or the time of keepalive runs with what the platform chose, and may
 * be quick on one and slow on another. What a new socket has is written down here, for `atlas
 * compare` to show side by side. Only that it stays the same until it is set is checked.
 */
CASE(of_a_new_socket, .claim = "two new sockets of a kind have the same value of an option",
     .level = OBSERVED, .tags = "option default", .VARIANTS(options))
{
	const struct option_row *row = VARIANT(struct option_row);
	int first = SETUP(socket(row->family, row->type, 0)), value = -1;
	int second = SETUP(socket(row->family, row->type, 0));
	socklen_t size = sizeof(value);

	EXPECT_OK(getsockopt(first, row->level, row->option, &value, &size));
	EXPECT_EQ(get_int(second, row->level, row->option), value);
	OBSERVE("default", "%d", value);
}

/*
 * The longest queue.
 *
 * listen() takes any number and cuts it to `net.core.somaxconn`, silently; `ip_local_port_range`
 * is where bind() to port 0 looks for a port. Both belong to the network namespace, and so the
 * values here are those of a new one, not of the machine.
 */
CASE(of_a_new_network, .claim = "a new network namespace has a queue limit and a range of ports",
     .level = OBSERVED, .tags = "sysctl default")
{
	int fd = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	long long most = sandbox_sysctl_integer("net.core.somaxconn");
	char range[64] = "";
	int low = 0, high = 0;

	SETUP(sandbox_sysctl_read("net.ipv4.ip_local_port_range", range, sizeof(range)));
	REQUIRE_TRUE(sscanf(range, "%d %d", &low, &high) == 2);
	EXPECT_LT(low, high);
	EXPECT_GT(most, 0);
	EXPECT_OK(listen(fd, 1 << 30));
	OBSERVE("net.core.somaxconn", "%lld", most);
	OBSERVE("net.ipv4.ip_local_port_range", "%d to %d", low, high);
}
