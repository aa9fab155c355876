/* SPDX-License-Identifier: MIT */
/* Who may open a raw socket, and what the others use. */
#include <arpa/inet.h>
#include <linux/capability.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <netinet/ip_icmp.h>
#include <sys/socket.h>

#include "suites/inet/ip_wire.h"

#include "harness/case.h"

struct raw_row {
	struct variant variant;
	int family, protocol;
};

static const struct raw_row raws[] = {
	{{"icmp", "raw"}, AF_INET, IPPROTO_ICMP},
	{{"raw", "raw"}, AF_INET, IPPROTO_RAW},
	{{"icmpv6", "raw ipv6"}, AF_INET6, IPPROTO_ICMPV6},
};

/*
 * Raw sockets are a privilege.
 *
 * Who may write IP packets can claim to be anybody, and who may read them sees other
 * users' traffic. So `CAP_NET_RAW` is needed, in the user namespace that owns the
 * network; being "root" is only the usual way to have it. The check happens in socket()
 * alone: a socket opened before keeps working, and can be handed to a program that has
 * no privilege.
 *
 * Try it: `capsh --drop=cap_net_raw -- -c 'python3 -c "import socket;
 * socket.socket(2,3,1)"'`.
 */
CASE(raw_needs_cap_net_raw, .claim = "socket(SOCK_RAW) fails with EPERM without CAP_NET_RAW",
     .level = LINUX, .spec = "raw(7); capabilities(7) CAP_NET_RAW", .tags = "raw privilege errno",
     .VARIANTS(raws))
{
	const struct raw_row *row = VARIANT(struct raw_row);
	struct address to = address_loopback(row->family, 0);
	int before = EXPECT_OK(socket(row->family, SOCK_RAW, row->protocol));
	/* What each of the three can send to itself: an echo request, or a minimal IPv4 header. */
	static const unsigned char bytes[20] = {0x45, [9] = 253, [16] = 127, [19] = 1};

	SETUP(sandbox_drop_capability(CAP_NET_RAW));
	EXPECT_ERR(socket(row->family, SOCK_RAW, row->protocol), EPERM);
	EXPECT_EQ(sendto(before, bytes, sizeof(bytes), 0, ADDRESS(to)), sizeof(bytes));
	/* An ordinary socket takes no privilege. */
	EXPECT_OK(socket(row->family, SOCK_DGRAM, 0));
}

/*
 * A raw socket needs to know its protocol.
 *
 * The protocol is a number of IP's 8-bit field, and a raw socket receives what carries
 * it. 0 means "the usual one" for other types; a raw socket has no usual one, and the
 * kernel refuses. 255 is `IPPROTO_RAW`, for sending only.
 */
CASE(raw_needs_a_protocol, .claim = "socket(SOCK_RAW, 0) fails with EPROTONOSUPPORT",
     .level = LINUX, .spec = "socket(2) EPROTONOSUPPORT; raw(7)", .tags = "raw errno",
     .VARIANTS(raws))
{
	const struct raw_row *row = VARIANT(struct raw_row);

	EXPECT_ERR(socket(row->family, SOCK_RAW, 0), EPROTONOSUPPORT);
	EXPECT_OK(socket(row->family, SOCK_RAW, row->protocol));
}

struct ping_row {
	struct variant variant;
	int family, protocol;
	unsigned char request, reply;
};

static const struct ping_row pings[] = {
	{{"v4", NULL}, AF_INET, IPPROTO_ICMP, ICMP_ECHO, ICMP_ECHOREPLY},
	{{"v6", "ipv6"}, AF_INET6, IPPROTO_ICMPV6, ICMP6_ECHO_REQUEST, ICMP6_ECHO_REPLY},
};

/*
 * Pinging without a privilege.
 *
 * A ping socket is a *datagram* socket of protocol ICMP. It can send echo requests
 * only, and the kernel puts its own number into the identifier, as if it were a port,
 * so that each socket gets the replies to its own requests and nothing else. No IP
 * header is received, in contrast to a raw socket. That is so harmless that ordinary
 * users may have it.
 */
CASE(ping_socket,
     .claim = "a datagram ICMP socket sends an echo request and gets only the reply, no IP header",
     .level = LINUX, .spec = "icmp(7) ping_group_range; RFC 792; RFC 4443 4.1",
     .sysctls = "net.ipv4.ping_group_range=0,0", .tags = "icmp ping", .VARIANTS(pings))
{
	const struct ping_row *row = VARIANT(struct ping_row);
	struct address to = address_loopback(row->family, 0), own = address_empty();
	unsigned char request[12] = {row->request, 0, 0, 0, 0xff, 0xff, 0, 1, 'p', 'i', 'n', 'g'};
	unsigned char reply[64];
	int fd;

	SETUP(sandbox_drop_capability(CAP_NET_RAW));
	fd = EXPECT_OK(socket(row->family, SOCK_DGRAM, row->protocol));
	EXPECT_EQ(sendto(fd, request, sizeof(request), 0, ADDRESS(to)), sizeof(request));
	REQUIRE_EQ(recv(fd, reply, sizeof(reply), 0), sizeof(request));
	EXPECT_EQ(reply[0], row->reply);
	EXPECT_MEMEQ(reply + 8, "ping", 4);

	/* The identifier is the socket's number and not the one that was written. */
	EXPECT_OK(getsockname(fd, &own.any, &own.length));
	EXPECT_EQ(reply[4] << 8 | reply[5], address_port(&own));
}

struct group_row {
	struct variant variant;
	const char *range; /* NULL: as it is in a new network */
	int expected;
};

static const struct group_row groups[] = {
	{{"default", NULL}, NULL, EACCES},
	{{"group_0", NULL}, "0 0", 0},
};

/*
 * ... if their group is on the list.
 *
 * `net.ipv4.ping_group_range` is a range of group ids whose members may open ping
 * sockets, for IPv4 and IPv6. "1 0" is an empty range, the kernel's default, and
 * socket() then fails with EACCES. Most distributions today allow everyone.
 *
 * Try it: `sysctl net.ipv4.ping_group_range`.
 */
CASE(ping_group_range,
     .claim = "a ping socket is refused with EACCES unless ping_group_range has the group",
     .level = LINUX, .spec = "icmp(7) ping_group_range", .tags = "icmp ping privilege errno",
     .VARIANTS(groups))
{
	const struct group_row *row = VARIANT(struct group_row);

	/* Group 1 cannot be named in a user namespace that has group 0 alone. */
	if (row->range != NULL)
		SETUP(sandbox_sysctl("net.ipv4.ping_group_range", row->range));
	EXPECT_ERRNO(socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP) >= 0 ? 0 : errno, row->expected);

	SETUP(sandbox_sysctl("net.ipv4.ping_group_range", "0 0"));
	EXPECT_OK(socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP));
}
