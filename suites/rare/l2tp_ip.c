/* SPDX-License-Identifier: MIT */
/* L2TP version 3 on IP itself, without UDP: the control messages, which programs send. */
#include <arpa/inet.h>
#include <linux/l2tp.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "harness/case.h"

#ifndef IPPROTO_L2TP
#define IPPROTO_L2TP 115 /* newer <linux/in.h> */
#endif

enum { CONNECTION_A = 71, CONNECTION_B = 0x10048, HELLO = 12 };

#define L2TP(address) (void *)&(address), sizeof(address)

static struct sockaddr_l2tpip connection(uint32_t number)
{
	return (struct sockaddr_l2tpip){.l2tp_family = AF_INET,
					.l2tp_addr.s_addr = htonl(INADDR_LOOPBACK),
					.l2tp_conn_id = number};
}

static int bound(uint32_t number)
{
	const struct sockaddr_l2tpip name = connection(number);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, IPPROTO_L2TP));

	SETUP(bind(fd, L2TP(name)));
	return fd;
}

/* A control message without content: T, L and S bits, version 3, length, connection, numbers. */
static void make_hello(uint8_t message[HELLO], uint32_t number)
{
	const uint8_t head[] = {0xc8, 3, 0, HELLO};

	number = htonl(number);
	memset(message, 0, HELLO);
	memcpy(message, head, sizeof(head));
	memcpy(message + sizeof(head), &number, sizeof(number));
}

/*
 * A protocol of IP with numbers of its own instead of ports.
 *
 * A packet of L2TP begins with a session's number, and those of the kernel's sessions never
 * reach a program. Number 0 is a control message; it names the control connection, and
 * the socket that is bound to that number receives it. The four bytes of the 0 the kernel
 * writes and takes away.
 */
CASE(l2tp_ip_exchange,
     .claim =
	     "two sockets of IPPROTO_L2TP that are bound to connections exchange control messages: "
	     "each arrives where its connection is bound, whole, with its sender's address",
     .level = RFC, .spec = "RFC 3931 3.2.1, 4.1.1; linux/Documentation/networking/l2tp.rst",
     .needs = "l2tp_ip", .tags = "l2tp send receive")
{
	int a = bound(CONNECTION_A), b = bound(CONNECTION_B);
	const struct sockaddr_l2tpip to_a = connection(CONNECTION_A),
				     to_b = connection(CONNECTION_B);
	struct sockaddr_l2tpip from;
	socklen_t length = sizeof(from);
	uint8_t message[HELLO], got[32];

	make_hello(message, CONNECTION_B);
	EXPECT_EQ(sendto(a, message, HELLO, 0, L2TP(to_b)), HELLO);
	EXPECT_EQ(wait_for(b, POLLIN, SOON_MS) & POLLIN, POLLIN);
	memset(&from, 0xa5, sizeof(from));
	EXPECT_EQ(recvfrom(b, got, sizeof(got), 0, (void *)&from, &length), HELLO);
	EXPECT_MEMEQ(got, message, HELLO);
	EXPECT_EQ(length, sizeof(from));
	EXPECT_EQ(from.l2tp_family, AF_INET);
	EXPECT_EQ(ntohl(from.l2tp_addr.s_addr), INADDR_LOOPBACK);

	make_hello(message, CONNECTION_A);
	EXPECT_EQ(sendto(b, message, HELLO, 0, L2TP(to_a)), HELLO);
	EXPECT_EQ(wait_for(a, POLLIN, SOON_MS) & POLLIN, POLLIN);
	EXPECT_EQ(recv(a, got, sizeof(got), 0), HELLO);
	EXPECT_MEMEQ(got, message, HELLO);
	EXPECT_ERR(recv(b, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
}

/* What is no control message is nobody's. */
CASE(l2tp_ip_control_only, .claim = "a message without the T and L bits is delivered to no socket",
     .level = RFC, .spec = "RFC 3931 3.2.1; linux/net/l2tp/l2tp_ip.c, l2tp_ip_recv()",
     .needs = "l2tp_ip", .tags = "l2tp receive")
{
	int a = bound(CONNECTION_A), b = bound(CONNECTION_B);
	const struct sockaddr_l2tpip to = connection(CONNECTION_B);
	uint8_t message[HELLO], got[32];

	make_hello(message, CONNECTION_B);
	message[0] = 0;
	EXPECT_EQ(sendto(a, message, HELLO, 0, L2TP(to)), HELLO);
	make_hello(message, CONNECTION_B);
	EXPECT_EQ(sendto(a, message, HELLO, 0, L2TP(to)), HELLO);
	EXPECT_EQ(wait_for(b, POLLIN, SOON_MS) & POLLIN, POLLIN);
	EXPECT_EQ(recv(b, got, sizeof(got), 0), HELLO);
	EXPECT_EQ(got[0], message[0]);
	EXPECT_ERR(recv(b, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
}

/*
 * The name of a socket is an address and a connection; as with UDP, connect() sets the peer.
 *
 * Linux takes a socket for connected when it has the peer's *port*, as those of UDP have. These
 * have none: send() works, and getpeername() says that there is no connection.
 */
CASE(l2tp_ip_name,
     .claim = "getsockname() gives address and connection; send() needs connect(), or fails with "
	      "EDESTADDRREQ; getpeername() fails with ENOTCONN even after it",
     .level = OBSERVED,
     .spec = "linux/Documentation/networking/l2tp.rst; linux/net/l2tp/l2tp_ip.c, "
	     "l2tp_ip_getname(); "
	     "getpeername(2)",
     .needs = "l2tp_ip", .tags = "l2tp name connect errno")
{
	int a = bound(CONNECTION_A), b = bound(CONNECTION_B);
	const struct sockaddr_l2tpip to = connection(CONNECTION_B);
	struct sockaddr_l2tpip name;
	socklen_t length = sizeof(name);
	uint8_t message[HELLO], got[32];

	memset(&name, 0xa5, sizeof(name));
	EXPECT_OK(getsockname(a, (void *)&name, &length));
	EXPECT_EQ(length, sizeof(name));
	EXPECT_EQ(name.l2tp_family, AF_INET);
	EXPECT_EQ(ntohl(name.l2tp_addr.s_addr), INADDR_LOOPBACK);
	EXPECT_EQ(name.l2tp_conn_id, CONNECTION_A);
	EXPECT_ERR(getpeername(a, (void *)&name, &length), ENOTCONN);
	make_hello(message, CONNECTION_B);
	EXPECT_ERR(send(a, message, HELLO, 0), EDESTADDRREQ);

	EXPECT_OK(connect(a, L2TP(to)));
	EXPECT_ERR(getpeername(a, (void *)&name, &length), ENOTCONN);
	EXPECT_EQ(send(a, message, HELLO, 0), HELLO);
	EXPECT_EQ(wait_for(b, POLLIN, SOON_MS) & POLLIN, POLLIN);
	EXPECT_EQ(recv(b, got, sizeof(got), 0), HELLO);
}

/* One owner a connection and address. */
CASE(l2tp_ip_errors,
     .claim = "bind() fails with EADDRINUSE for a connection that is taken, EINVAL for a short "
	      "address or twice, EADDRNOTAVAIL for an address of others; connect() before bind() "
	      "and to a group with EINVAL",
     .level = ABI, .spec = "linux/net/l2tp/l2tp_ip.c, l2tp_ip_bind(), l2tp_ip_connect()",
     .needs = "l2tp_ip", .tags = "l2tp bind errno")
{
	const struct sockaddr_l2tpip taken = connection(CONNECTION_A),
				     to = connection(CONNECTION_B);
	struct sockaddr_l2tpip wrong = connection(CONNECTION_B), group = to;
	int owner = bound(CONNECTION_A), fd = SETUP(socket(AF_INET, SOCK_DGRAM, IPPROTO_L2TP));

	EXPECT_ERR(connect(fd, L2TP(to)), EINVAL);
	EXPECT_ERR(bind(fd, L2TP(taken)), EADDRINUSE);
	EXPECT_ERR(bind(fd, (void *)&to, sizeof(to) - 1), EINVAL);
	wrong.l2tp_addr.s_addr = inet_addr("192.0.2.9");
	EXPECT_ERR(bind(fd, L2TP(wrong)), EADDRNOTAVAIL);
	SETUP(close(owner));
	EXPECT_OK(bind(fd, L2TP(taken)));
	EXPECT_ERR(bind(fd, L2TP(to)), EINVAL);
	group.l2tp_addr.s_addr = htonl(INADDR_ALLHOSTS_GROUP);
	EXPECT_ERR(connect(fd, L2TP(group)), EINVAL);
	EXPECT_OK(connect(fd, L2TP(to)));
}
