/* SPDX-License-Identifier: MIT */
/* Datagrams of AppleTalk from one socket to another. */
#include <endian.h>
#include <linux/sockios.h>
#include <string.h>
#include <sys/ioctl.h>
#include <poll.h>
#include <unistd.h>

#include "suites/appletalk/appletalk_help.h"

#include "harness/case.h"

enum { HEADER = 12 }; /* of DDP without its last byte, the type */

/*
 * The first byte of the data is the type.
 *
 * The header of DDP ends with the type of what follows: 2 for names, 3 for transactions,
 * 4 for echo. Linux leaves this byte to the program: a datagram of AppleTalk has at least
 * one byte of data, and the receiver gets it, too.
 */
CASE(exchange,
     .claim = "a datagram arrives whole, with the address of its sender, and can be answered",
     .level = LINUX, .spec = "ddp(7); Inside AppleTalk, chapter 4", .topology = "machine",
     .needs = "appletalk", .tags = "appletalk send receive")
{
	const struct sockaddr_at to = appletalk_address(NETWORK, NODE, PORT);
	struct sockaddr_at from = {.sat_family = AF_UNSPEC};
	socklen_t length = sizeof(from);
	char got[16];
	int server, client;

	appletalk_on_loopback();
	server = appletalk_bound(SOCK_DGRAM, PORT);
	client = appletalk_bound(SOCK_DGRAM, PORT + 1);
	EXPECT_EQ(sendto(client, "\x04hello", 6, 0, APPLETALK(to)), 6);
	EXPECT_EQ(wait_for(server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvfrom(server, got, sizeof(got), 0, (struct sockaddr *)&from, &length), 6);
	EXPECT_MEMEQ(got, "\x04hello", 6);
	EXPECT_EQ(length, sizeof(from));
	EXPECT_EQ(from.sat_family, AF_APPLETALK);
	EXPECT_EQ(be16toh(from.sat_addr.s_net), NETWORK);
	EXPECT_EQ(from.sat_addr.s_node, NODE);
	EXPECT_EQ(from.sat_port, PORT + 1);
	EXPECT_EQ(sendto(server, "\x04yes", 4, 0, APPLETALK(from)), 4);
	EXPECT_EQ(wait_for(client, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(client, got, sizeof(got), 0), 4);
	EXPECT_MEMEQ(got, "\x04yes", 4);
}

/*
 * connect() keeps the address, and no more.
 *
 * As with UDP. But there is no filter: what others send arrives as before.
 */
CASE(connected,
     .claim = "after connect() send() reaches the peer that getpeername() names; before, both "
	      "fail with ENOTCONN",
     .level = LINUX, .spec = "ddp(7) ENOTCONN; connect(2)", .topology = "machine",
     .needs = "appletalk", .tags = "appletalk connect errno")
{
	const struct sockaddr_at to = appletalk_address(NETWORK, NODE, PORT);
	struct sockaddr_at peer = {.sat_family = AF_UNSPEC};
	socklen_t length = sizeof(peer);
	char got[16];
	int server, client;

	appletalk_on_loopback();
	server = appletalk_bound(SOCK_DGRAM, PORT);
	client = appletalk_bound(SOCK_DGRAM, PORT + 1);
	EXPECT_ERR(send(client, "\x04", 1, 0), ENOTCONN);
	EXPECT_ERR(getpeername(client, (struct sockaddr *)&peer, &length), ENOTCONN);
	EXPECT_OK(connect(client, APPLETALK(to)));
	length = sizeof(peer);
	EXPECT_OK(getpeername(client, (struct sockaddr *)&peer, &length));
	EXPECT_EQ(length, sizeof(peer));
	EXPECT_EQ(peer.sat_family, AF_APPLETALK);
	EXPECT_EQ(be16toh(peer.sat_addr.s_net), NETWORK);
	EXPECT_EQ(peer.sat_addr.s_node, NODE);
	EXPECT_EQ(peer.sat_port, PORT);
	EXPECT_EQ(send(client, "\x04hi", 3, 0), 3);
	EXPECT_EQ(wait_for(server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(server, got, sizeof(got), 0), 3);
	EXPECT_MEMEQ(got, "\x04hi", 3);
}

/*
 * Nothing crosses a limit of 586 bytes.
 *
 * A datagram has at most 586 bytes of data after its type, whatever the network could carry.
 */
CASE(size,
     .claim = "a datagram has at most DDP_MAXSZ bytes, with the type; a larger one fails with "
	      "EMSGSIZE",
     .level = LINUX, .spec = "ddp(7) EMSGSIZE; Inside AppleTalk, chapter 4", .topology = "machine",
     .needs = "appletalk", .tags = "appletalk send errno")
{
	const struct sockaddr_at to = appletalk_address(NETWORK, NODE, PORT);
	char data[DDP_MAXSZ + 1], got[DDP_MAXSZ + 1];
	int fd;

	appletalk_on_loopback();
	fd = appletalk_bound(SOCK_DGRAM, PORT);
	memset(data, 'x', sizeof(data));
	EXPECT_ERR(sendto(fd, data, sizeof(data), 0, APPLETALK(to)), EMSGSIZE);
	EXPECT_EQ(sendto(fd, data, DDP_MAXSZ, 0, APPLETALK(to)), DDP_MAXSZ);
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(fd, got, sizeof(got), 0), DDP_MAXSZ);
	EXPECT_MEMEQ(got, data, DDP_MAXSZ);
}

/* What does not fit into the buffer is lost, and MSG_TRUNC says so. */
CASE(cut, .claim = "a datagram that is larger than the buffer is cut, with MSG_TRUNC",
     .level = POSIX, .spec = "POSIX.1-2024 recvmsg() MSG_TRUNC; ddp(7)", .topology = "machine",
     .needs = "appletalk", .tags = "appletalk receive")
{
	const struct sockaddr_at to = appletalk_address(NETWORK, NODE, PORT);
	char got[3];
	struct iovec part = {got, sizeof(got)};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
	int fd;

	appletalk_on_loopback();
	fd = appletalk_bound(SOCK_DGRAM, PORT);
	EXPECT_EQ(sendto(fd, "\x04hello", 6, 0, APPLETALK(to)), 6);
	EXPECT_EQ(sendto(fd, "\x04!", 2, 0, APPLETALK(to)), 2);
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvmsg(fd, &message, 0), sizeof(got));
	EXPECT_EQ(message.msg_flags & MSG_TRUNC, MSG_TRUNC);
	EXPECT_MEMEQ(got, "\x04he", 3);
	EXPECT_EQ(recvmsg(fd, &message, 0), 2);
	EXPECT_EQ(message.msg_flags & MSG_TRUNC, 0);
	EXPECT_ERR(recv(fd, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
}

/*
 * A raw socket sees the header.
 *
 * It is bound to a port like any other; what it receives begins with the header: length,
 * checksum, networks, nodes, ports.
 */
CASE(raw_sees_the_header,
     .claim = "a SOCK_RAW socket receives the header of DDP in front of the data", .level = LINUX,
     .spec = "ddp(7); Inside AppleTalk, chapter 4", .topology = "machine", .needs = "appletalk",
     .tags = "appletalk raw receive")
{
	const struct sockaddr_at to = appletalk_address(NETWORK, NODE, PORT);
	uint8_t got[64];
	int raw, client;

	appletalk_on_loopback();
	raw = appletalk_bound(SOCK_RAW, PORT);
	client = appletalk_bound(SOCK_DGRAM, PORT + 1);
	EXPECT_EQ(sendto(client, "\x04hi", 3, 0, APPLETALK(to)), 3);
	EXPECT_EQ(wait_for(raw, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(raw, got, sizeof(got), 0), HEADER + 3);
	EXPECT_EQ((got[0] << 8 | got[1]) & 0x3ff, HEADER + 3);
	EXPECT_EQ(got[4] << 8 | got[5], NETWORK);
	EXPECT_EQ(got[6] << 8 | got[7], NETWORK);
	EXPECT_EQ(got[8], NODE);
	EXPECT_EQ(got[9], NODE);
	EXPECT_EQ(got[10], PORT);
	EXPECT_EQ(got[11], PORT + 1);
	EXPECT_MEMEQ(got + HEADER, "\x04hi", 3);
}

/*
 * To everybody only on purpose.
 *
 * Node 255 is all nodes of a network. As with IPv4 a program has to say that it means it;
 * the error is EPERM here, though the manual speaks of EACCES.
 */
CASE(broadcast, .claim = "sendto() to node 255 without SO_BROADCAST fails with EPERM", .level = ABI,
     .spec = "linux/net/appletalk/ddp.c, atalk_sendmsg(); ddp(7) has EACCES", .topology = "machine",
     .needs = "appletalk", .tags = "appletalk send errno")
{
	const struct sockaddr_at all = appletalk_address(NETWORK, ATADDR_BCAST, PORT);
	int fd;

	appletalk_on_loopback();
	fd = appletalk_bound(SOCK_DGRAM, PORT);
	EXPECT_ERR(sendto(fd, "\x04", 1, 0, APPLETALK(all)), EPERM);
	SETUP(set_int(fd, SOL_SOCKET, SO_BROADCAST, 1));
	/* Allowed now; but there is no route to all nodes over the loopback interface. */
	EXPECT_ERR(sendto(fd, "\x04", 1, 0, APPLETALK(all)), ENETUNREACH);
}

/* The manual has EHOSTUNREACH for this. */
CASE(no_route, .claim = "sendto() and connect() to a network without a route fail with ENETUNREACH",
     .level = ABI, .spec = "linux/net/appletalk/ddp.c; ddp(7) has EHOSTUNREACH",
     .topology = "machine", .needs = "appletalk", .tags = "appletalk send connect errno")
{
	const struct sockaddr_at far = appletalk_address(NETWORK + 1, NODE, PORT);
	const struct sockaddr_at near = appletalk_address(NETWORK, NODE, PORT);
	int fd;

	appletalk_on_loopback();
	fd = appletalk_bound(SOCK_DGRAM, PORT);
	EXPECT_ERR(sendto(fd, "\x04", 1, 0, APPLETALK(far)), ENETUNREACH);
	EXPECT_ERR(connect(fd, APPLETALK(far)), ENETUNREACH);
	EXPECT_OK(connect(fd, APPLETALK(near)));
	EXPECT_EQ(send(fd, "\x04", 1, 0), 1);
}

/*
 * No time is kept.
 *
 * The manual has ENOENT for a socket that has received nothing yet. The receiving side of
 * AppleTalk never notes when a datagram came, so that it stays at that; on a socket of UDP
 * the same request has an answer.
 */
CASE(time_of_the_last,
     .claim = "SIOCGSTAMP fails with ENOENT before a datagram was received, and after it as well",
     .level = ABI, .spec = "ddp(7) ENOENT; linux/net/appletalk/ddp.c, atalk_recvmsg()",
     .topology = "machine", .needs = "appletalk", .tags = "appletalk ioctl errno")
{
	const struct sockaddr_at to = appletalk_address(NETWORK, NODE, PORT);
	struct pair udp = udp_pair(AF_INET);
	struct timeval when = {0, 0};
	char got[4];
	int fd;

	appletalk_on_loopback();
	fd = appletalk_bound(SOCK_DGRAM, PORT);
	EXPECT_ERR(ioctl(fd, SIOCGSTAMP, &when), ENOENT);
	EXPECT_EQ(sendto(fd, "\x04", 1, 0, APPLETALK(to)), 1);
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(fd, got, sizeof(got), 0), 1);
	EXPECT_ERR(ioctl(fd, SIOCGSTAMP, &when), ENOENT);

	EXPECT_ERR(ioctl(udp.server, SIOCGSTAMP, &when), ENOENT);
	SETUP(send(udp.client, "x", 1, 0));
	EXPECT_EQ(wait_for(udp.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(udp.server, got, sizeof(got), 0), 1);
	EXPECT_OK(ioctl(udp.server, SIOCGSTAMP, &when));
	EXPECT_GT(when.tv_sec, 0);
}
