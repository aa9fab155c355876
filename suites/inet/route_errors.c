/* SPDX-License-Identifier: MIT */
/* What the routing table says to a socket that wants to send. */
#include <net/route.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "harness/case.h"

/* RFC 5737: 198.51.100.0/24 is for documentation. */
#define FAR "198.51.100.1"

/* Adds or deletes (SIOCADDRT, SIOCDELRT) a route to FAR alone. */
static int change_route(unsigned long request, unsigned short flags, char *device)
{
	struct rtentry route = {.rt_flags = (unsigned short)(RTF_UP | RTF_HOST | flags),
				.rt_dev = device};
	struct address far = address_of(FAR, 0), mask = address_of("255.255.255.255", 0);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0)), result;

	memcpy(&route.rt_dst, &far.v4, sizeof(far.v4));
	memcpy(&route.rt_genmask, &mask.v4, sizeof(mask.v4));
	result = ioctl(fd, request, &route);
	SETUP(close(fd));
	return result;
}

static ssize_t by_message(int fd, const struct address *to)
{
	struct iovec part = {"x", 1};
	struct msghdr message = {.msg_name = (void *)&to->any,
				 .msg_namelen = to->length,
				 .msg_iov = &part,
				 .msg_iovlen = 1};

	return sendmsg(fd, &message, 0);
}

/*
 * A route can say no.
 *
 * Without any route to the destination the host itself knows that the network is out of
 * reach: `ENETUNREACH`, at once, and no packet leaves. The administrator can also write a
 * route that refuses; `route add -reject` makes one of type unreachable, and the calls say
 * `EHOSTUNREACH`. With a real route the same calls succeed.
 *
 * Try it: `ip route add unreachable 198.51.100.1; ping 198.51.100.1`.
 */
CASE(a_route_that_refuses,
     .claim = "sending fails with ENETUNREACH without a route, EHOSTUNREACH with one that refuses",
     .level = LINUX, .spec = "POSIX.1-2024 connect(), sendto(); ip-route(8) unreachable; route(8)",
     .tags = "errno route udp tcp")
{
	struct address far = address_of(FAR, 9000);
	char lo[] = "lo";
	int tcp = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	int udp = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	int connected = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	EXPECT_ERR(connect(tcp, ADDRESS(far)), ENETUNREACH);
	EXPECT_ERR(connect(udp, ADDRESS(far)), ENETUNREACH);
	EXPECT_ERR(sendto(udp, "x", 1, 0, ADDRESS(far)), ENETUNREACH);
	EXPECT_ERR(by_message(udp, &far), ENETUNREACH);

	EXPECT_OK(change_route(SIOCADDRT, RTF_REJECT, NULL));
	EXPECT_ERR(connect(tcp, ADDRESS(far)), EHOSTUNREACH);
	EXPECT_ERR(connect(udp, ADDRESS(far)), EHOSTUNREACH);
	EXPECT_ERR(sendto(udp, "x", 1, 0, ADDRESS(far)), EHOSTUNREACH);
	EXPECT_ERR(by_message(udp, &far), EHOSTUNREACH);
	EXPECT_OK(change_route(SIOCDELRT, RTF_REJECT, NULL));

	EXPECT_OK(change_route(SIOCADDRT, 0, lo));
	EXPECT_EQ(sendto(udp, "x", 1, 0, ADDRESS(far)), 1);
	EXPECT_EQ(by_message(udp, &far), 1);
	EXPECT_OK(connect(connected, ADDRESS(far)));
	EXPECT_EQ(send(connected, "x", 1, 0), 1);

	/* A connected socket asks again when the table has changed. */
	EXPECT_OK(change_route(SIOCDELRT, 0, lo));
	EXPECT_ERR(send(connected, "x", 1, 0), ENETUNREACH);
}
