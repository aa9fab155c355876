/* SPDX-License-Identifier: MIT */
/* How much a socket, a queue and a message may have. */
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "harness/case.h"

/*
 * Who paces.
 *
 * Each connection has an algorithm that decides how much may be under way. TCP_CONGESTION names
 * it; what a new socket has is the system's choice, and CUBIC on most (RFC 9438). On some it is
 * BBR or Reno, which share a line with others in another way. An algorithm that a socket has can
 * be set on another.
 */
CASE(congestion_control, .claim = "TCP_CONGESTION names an algorithm that can be set",
     .level = OBSERVED, .spec = "tcp(7) TCP_CONGESTION", .tags = "tcp congestion default")
{
	int first = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	int second = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	char name[16] = "", other[16] = "";
	socklen_t size = sizeof(name);

	EXPECT_OK(getsockopt(first, IPPROTO_TCP, TCP_CONGESTION, name, &size));
	EXPECT_OK(setsockopt(second, IPPROTO_TCP, TCP_CONGESTION, name, (socklen_t)strlen(name)));
	size = sizeof(other);
	EXPECT_OK(getsockopt(second, IPPROTO_TCP, TCP_CONGESTION, other, &size));
	EXPECT_STREQ(other, name);
	OBSERVE("algorithm", "%s", name);
}

enum { DATAGRAMS_MOST = 2000 };

/*
 * Who waits for a slow reader.
 *
 * A UNIX datagram is never lost: when nobody reads, the sender has to wait. How many datagrams may
 * lie there depends on the system: Linux counts them at the reader (net.unix.max_dgram_qlen) and
 * their bytes at the sender (SO_SNDBUF), and each limit may come first. Counted are datagrams of
 * one byte, up to 2000. All that were taken arrive.
 */
CASE(datagrams_that_wait, .claim = "no UNIX datagram that send() took is lost", .level = OBSERVED,
     .spec = "unix(7) SOCK_DGRAM; POSIX.1-2024 send()", .tags = "unix limits")
{
	struct pair p = unix_pair(SOCK_DGRAM);
	int count = 0;
	char byte;

	while (count < DATAGRAMS_MOST && send(p.client, "x", 1, MSG_DONTWAIT) == 1)
		count++;
	EXPECT_GE(count, 1);
	if (count < DATAGRAMS_MOST)
		EXPECT_ERR(send(p.client, "x", 1, MSG_DONTWAIT), EAGAIN);
	for (int i = 0; i < count; i++)
		REQUIRE_EQ(recv(p.server, &byte, 1, MSG_DONTWAIT), 1);
	EXPECT_ERR(recv(p.server, &byte, 1, MSG_DONTWAIT), EAGAIN);
	/* Now that all are read, another has room. */
	EXPECT_EQ(send(p.client, "x", 1, MSG_DONTWAIT), 1);
	OBSERVE("datagrams", "%s%d", count == DATAGRAMS_MOST ? "at least " : "", count);
}

enum { GROUPS_MOST = 64 };

/*
 * How many groups a socket joins.
 *
 * RFC 1112 has no limit. Linux counts what a socket joins (net.ipv4.igmp_max_memberships, 20 when
 * nobody sets it), since each costs the kernel memory; a program that listens to more needs more
 * sockets. Counted up to 64.
 */
CASE(groups_of_a_socket, .claim = "a socket joins a group, and is told when it may join no more",
     .level = OBSERVED, .spec = "RFC 1112 7.1; ip(7) IP_ADD_MEMBERSHIP", .tags = "multicast limits")
{
	struct ip_mreqn request = {.imr_address.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0)), count = 0;

	while (count < GROUPS_MOST) {
		request.imr_multiaddr.s_addr = htonl(0xe9fc0001U + (uint32_t)count);
		if (setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &request, sizeof(request)) != 0) {
			EXPECT_EQ(errno, ENOBUFS);
			break;
		}
		count++;
	}
	EXPECT_GE(count, 1);
	OBSERVE("groups", "%s%d", count == GROUPS_MOST ? "at least " : "", count);
}

struct message_row {
	struct variant variant;
	int family;
	unsigned int least; /* what a specification wants to go through */
};

static const struct message_row messages[] = {
	{{"udp", NULL}, AF_INET, 65507},
	{{"udp6", "ipv6"}, AF_INET6, 65507},
	{{"unix", NULL}, AF_UNIX, 1},
};

/*
 * The largest message.
 *
 * A UDP datagram's length has 16 bits and counts its own header. IPv4's length counts the IP
 * header as well, which leaves 65507 bytes; IPv6's does not, and 65527 are left. A UNIX datagram
 * has no header: the send buffer is its limit, and with it what the system counts as buffer. The
 * buffer is the default one.
 */
CASE(largest_message, .claim = "the largest datagram of a family can be sent, and none longer",
     .level = OBSERVED, .spec = "RFC 768; RFC 791 3.1; RFC 8200 3; POSIX.1-2024 send() EMSGSIZE",
     .tags = "datagram limits", .VARIANTS(messages))
{
	const struct message_row *row = VARIANT(struct message_row);
	struct pair p = row->family == AF_UNIX ? unix_pair(SOCK_DGRAM) : udp_pair(row->family);
	size_t good = row->least, bad = 1 << 22;
	char *bytes = calloc(1, bad);

	REQUIRE_TRUE(bytes != NULL);
	EXPECT_EQ(send(p.client, bytes, good, MSG_DONTWAIT), (ssize_t)good);
	EXPECT_EQ(recv(p.server, bytes, bad, MSG_DONTWAIT), (ssize_t)good);
	EXPECT_ERR(send(p.client, bytes, bad, MSG_DONTWAIT), EMSGSIZE);
	while (bad - good > 1) {
		size_t size = good + (bad - good) / 2;
		ssize_t sent = send(p.client, bytes, size, MSG_DONTWAIT);

		if (sent >= 0) {
			REQUIRE_EQ(recv(p.server, bytes, 1 << 22, MSG_DONTWAIT), sent);
			good = size;
		} else {
			REQUIRE_EQ(errno, EMSGSIZE);
			bad = size;
		}
	}
	OBSERVE("bytes", "%zu", good);
	free(bytes);
}
