/* SPDX-License-Identifier: MIT */
/* IPC router: how the parts of a Qualcomm chip, and the programs on it, find each other. */
#include <endian.h>
#include <linux/capability.h>
#include <linux/qrtr.h>
#include <net/if.h>
#include <poll.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/case.h"

enum {
	FIRST_FREE = 0x4000, /* QRTR_MIN_EPH_SOCKET and QRTR_MAX_EPH_SOCKET of linux/net/qrtr */
	LAST_FREE = 0x7fff,
	PORT = 0x5151,
	RESERVED = 0x2a, /* below the free ones: for who administers the network */
	SERVICE = 0x0f01,
	INSTANCE = 7,
	NOBODY = 0x7fffff00, /* a node that is not there */
	LONGEST = 65535,
};

#define QRTR(address) (struct sockaddr *)&(address), sizeof(address)

static struct sockaddr_qrtr name_of(int fd)
{
	struct sockaddr_qrtr name = {.sq_family = AF_UNSPEC};
	socklen_t length = sizeof(name);

	SETUP(getsockname(fd, (struct sockaddr *)&name, &length));
	EXPECT_EQ(length, sizeof(name));
	return name;
}

/* This node's address with a port. The number of a node is told by any of its sockets. */
static struct sockaddr_qrtr at_port(uint32_t port)
{
	int fd = SETUP(socket(AF_QIPCRTR, SOCK_DGRAM, 0));
	struct sockaddr_qrtr address = name_of(fd);

	address.sq_port = port;
	SETUP(close(fd));
	return address;
}

static int bound(uint32_t port)
{
	const struct sockaddr_qrtr address = at_port(port);
	int fd = SETUP(socket(AF_QIPCRTR, SOCK_DGRAM, 0));

	SETUP(bind(fd, QRTR(address)));
	return fd;
}

/* Tells the name service of this node something about a service. */
static void tell_names(int fd, uint32_t command, uint32_t instance)
{
	const struct sockaddr_qrtr names = at_port(QRTR_PORT_CTRL);
	struct qrtr_ctrl_pkt packet = {.cmd = htole32(command)};

	packet.server.service = htole32(SERVICE);
	packet.server.instance = htole32(instance);
	SETUP(sendto(fd, &packet, sizeof(packet), 0, QRTR(names)));
}

/* What the name service said, in host byte order; nothing but zeros when it said nothing. */
static struct qrtr_ctrl_pkt told(int fd)
{
	struct qrtr_ctrl_pkt packet = {.cmd = 0};
	struct sockaddr_qrtr from = {.sq_family = AF_UNSPEC};
	socklen_t length = sizeof(from);

	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvfrom(fd, &packet, sizeof(packet), 0, (struct sockaddr *)&from, &length),
		  sizeof(packet));
	EXPECT_EQ(from.sq_port, QRTR_PORT_CTRL);
	packet.cmd = le32toh(packet.cmd);
	packet.server.service = le32toh(packet.server.service);
	packet.server.instance = le32toh(packet.server.instance);
	packet.server.node = le32toh(packet.server.node);
	packet.server.port = le32toh(packet.server.port);
	return packet;
}

/*
 * A node and a port.
 *
 * A node is a processor of the chip (this one, the modem, the sound), a port a program on it.
 * Who sends without a port is given a free one, and the receiver can answer.
 */
CASE(qrtr_exchange,
     .claim = "a datagram arrives whole, with node and port of its sender, and can be answered",
     .level = LINUX, .spec = "linux/include/uapi/linux/qrtr.h; linux/net/qrtr/af_qrtr.c",
     .needs = "qrtr", .topology = "machine", .tags = "qrtr send receive")
{
	int server = bound(0), client = SETUP(socket(AF_QIPCRTR, SOCK_DGRAM, 0));
	const struct sockaddr_qrtr to = name_of(server);
	struct sockaddr_qrtr from = {.sq_family = AF_UNSPEC};
	socklen_t length = sizeof(from);
	char got[16];

	EXPECT_EQ(to.sq_family, AF_QIPCRTR);
	EXPECT_BETWEEN(to.sq_port, FIRST_FREE, LAST_FREE);
	EXPECT_EQ(name_of(client).sq_port, 0);
	EXPECT_EQ(sendto(client, "hello", 5, 0, QRTR(to)), 5);
	EXPECT_EQ(wait_for(server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvfrom(server, got, sizeof(got), 0, (struct sockaddr *)&from, &length), 5);
	EXPECT_MEMEQ(got, "hello", 5);
	EXPECT_EQ(length, sizeof(from));
	EXPECT_EQ(from.sq_family, AF_QIPCRTR);
	EXPECT_EQ(from.sq_node, to.sq_node);
	EXPECT_EQ(from.sq_port, name_of(client).sq_port);
	EXPECT_BETWEEN(from.sq_port, FIRST_FREE, LAST_FREE);
	EXPECT_NE(from.sq_port, to.sq_port);
	EXPECT_EQ(sendto(server, "yes", 3, 0, QRTR(from)), 3);
	EXPECT_EQ(wait_for(client, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(client, got, sizeof(got), 0), 3);
	EXPECT_MEMEQ(got, "yes", 3);
}

/*
 * connect() says where send() goes, and nothing more: anybody's datagrams still arrive.
 *
 * UDP would keep a third party's away.
 */
CASE(qrtr_connect,
     .claim = "connect() gives the address that send() goes to and getpeername() tells; datagrams "
	      "of others arrive all the same",
     .level = ABI, .spec = "linux/net/qrtr/af_qrtr.c, qrtr_connect(), qrtr_local_enqueue()",
     .needs = "qrtr", .topology = "machine", .tags = "qrtr connect send receive errno")
{
	int server = bound(0), client = SETUP(socket(AF_QIPCRTR, SOCK_DGRAM, 0)), other = bound(0);
	const struct sockaddr_qrtr to = name_of(server);
	struct sockaddr_qrtr peer = {.sq_family = AF_UNSPEC}, self;
	socklen_t length = sizeof(peer);
	char got[16];

	EXPECT_ERR(send(client, "one", 3, 0), ENOTCONN);
	EXPECT_ERR(getpeername(client, (struct sockaddr *)&peer, &length), ENOTCONN);
	EXPECT_OK(connect(client, QRTR(to)));
	EXPECT_OK(getpeername(client, (struct sockaddr *)&peer, &length));
	EXPECT_EQ(length, sizeof(peer));
	EXPECT_MEMEQ(&peer, &to, sizeof(to));
	EXPECT_EQ(send(client, "one", 3, 0), 3);
	EXPECT_EQ(wait_for(server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(server, got, sizeof(got), 0), 3);
	EXPECT_MEMEQ(got, "one", 3);
	self = name_of(client);
	EXPECT_EQ(sendto(other, "third", 5, 0, QRTR(self)), 5);
	EXPECT_EQ(wait_for(client, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(client, got, sizeof(got), 0), 5);
	EXPECT_MEMEQ(got, "third", 5);
}

/*
 * Services have numbers, and a name service knows where they are.
 *
 * A server tells it with a control packet to port QRTR_PORT_CTRL of its own node; who looks for
 * a service gets one packet for each server that there is, and an empty one at the end. The
 * kernel has been this name service since Linux 5.7; before, a program was.
 */
CASE(qrtr_lookup,
     .claim = "QRTR_TYPE_NEW_LOOKUP is answered with node and port of each server that announced "
	      "the service, and an empty packet at the end",
     .level = LINUX, .spec = "linux/include/uapi/linux/qrtr.h; linux/net/qrtr/ns.c",
     .needs = "qrtr", .topology = "machine", .tags = "qrtr names")
{
	int server = bound(0), second = bound(0), other = bound(0), client = bound(0);
	const struct sockaddr_qrtr where = name_of(server);
	struct qrtr_ctrl_pkt packet;
	char got[8];

	tell_names(server, QRTR_TYPE_NEW_SERVER, INSTANCE);
	tell_names(second, QRTR_TYPE_NEW_SERVER, INSTANCE + 1);
	tell_names(client, QRTR_TYPE_NEW_LOOKUP, INSTANCE);
	packet = told(client);
	EXPECT_EQ(packet.cmd, QRTR_TYPE_NEW_SERVER);
	EXPECT_EQ(packet.server.service, SERVICE);
	EXPECT_EQ(packet.server.instance, INSTANCE);
	EXPECT_EQ(packet.server.node, where.sq_node);
	EXPECT_EQ(packet.server.port, where.sq_port);
	packet = told(client);
	EXPECT_EQ(packet.cmd, QRTR_TYPE_NEW_SERVER);
	EXPECT_EQ(packet.server.service, 0);
	EXPECT_EQ(packet.server.port, 0);
	EXPECT_ERR(recv(client, got, sizeof(got), MSG_DONTWAIT), EAGAIN);

	/* Instance 0 is any of them. */
	tell_names(other, QRTR_TYPE_NEW_LOOKUP, 0);
	EXPECT_BETWEEN(told(other).server.instance, INSTANCE, INSTANCE + 1);
	EXPECT_BETWEEN(told(other).server.instance, INSTANCE, INSTANCE + 1);
	EXPECT_EQ(told(other).server.service, 0);
}

/*
 * A modem may crash and come back: who looked for a service hears of that.
 *
 * A server need not say goodbye. When its socket is closed, for whatever reason, the node says so.
 */
CASE(qrtr_watch,
     .claim = "who looked for a service is told when a server of it comes and when its socket is "
	      "closed, until QRTR_TYPE_DEL_LOOKUP",
     .level = LINUX, .spec = "linux/include/uapi/linux/qrtr.h; linux/net/qrtr/ns.c",
     .needs = "qrtr", .topology = "machine", .tags = "qrtr names close")
{
	int client = bound(0), server = bound(0), witness = bound(0);
	const struct sockaddr_qrtr where = name_of(server);
	struct qrtr_ctrl_pkt packet;
	char got[8];

	tell_names(client, QRTR_TYPE_NEW_LOOKUP, INSTANCE);
	EXPECT_EQ(told(client).server.service, 0);
	tell_names(server, QRTR_TYPE_NEW_SERVER, INSTANCE);
	packet = told(client);
	EXPECT_EQ(packet.cmd, QRTR_TYPE_NEW_SERVER);
	EXPECT_EQ(packet.server.port, where.sq_port);
	EXPECT_OK(close(server));
	packet = told(client);
	EXPECT_EQ(packet.cmd, QRTR_TYPE_DEL_SERVER);
	EXPECT_EQ(packet.server.service, SERVICE);
	EXPECT_EQ(packet.server.instance, INSTANCE);
	EXPECT_EQ(packet.server.node, where.sq_node);
	EXPECT_EQ(packet.server.port, where.sq_port);

	/* Requests are served in order: when another's lookup is answered, both are done. */
	tell_names(client, QRTR_TYPE_DEL_LOOKUP, INSTANCE);
	server = bound(0);
	tell_names(server, QRTR_TYPE_NEW_SERVER, INSTANCE);
	tell_names(witness, QRTR_TYPE_NEW_LOOKUP, INSTANCE);
	EXPECT_EQ(told(witness).server.port, name_of(server).sq_port);
	EXPECT_ERR(recv(client, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
}

/* A server keeps something for each client: it is told whom it can forget. */
CASE(qrtr_client_gone,
     .claim = "a server that announced itself receives QRTR_TYPE_DEL_CLIENT with node and port of "
	      "a socket that is closed",
     .level = LINUX, .spec = "linux/include/uapi/linux/qrtr.h; linux/net/qrtr/ns.c",
     .needs = "qrtr", .topology = "machine", .tags = "qrtr names close")
{
	int server = bound(0), witness = bound(0), client = bound(0);
	const struct sockaddr_qrtr gone = name_of(client);
	struct qrtr_ctrl_pkt packet;

	tell_names(server, QRTR_TYPE_NEW_SERVER, INSTANCE);
	tell_names(witness, QRTR_TYPE_NEW_LOOKUP, INSTANCE);
	EXPECT_EQ(told(witness).server.port, name_of(server).sq_port);
	EXPECT_OK(close(client));
	packet = told(server);
	EXPECT_EQ(packet.cmd, QRTR_TYPE_DEL_CLIENT);
	EXPECT_EQ(packet.client.node, gone.sq_node);
	EXPECT_EQ(packet.client.port, gone.sq_port);
}

/* Only the own node's address can be bound; free ports are those from 0x4000. */
CASE(qrtr_bind_errors,
     .claim = "bind() fails with EINVAL for a part of an address, another family or another node, "
	      "EADDRINUSE for a port that is taken, EACCES below 0x4000 without CAP_NET_ADMIN",
     .level = ABI, .spec = "linux/net/qrtr/af_qrtr.c, qrtr_bind(), qrtr_port_assign()",
     .needs = "qrtr", .topology = "machine", .tags = "qrtr bind errno")
{
	const struct sockaddr_qrtr good = at_port(PORT), reserved = at_port(RESERVED);
	struct sockaddr_qrtr wrong = good;
	int owner = bound(PORT), fd = SETUP(socket(AF_QIPCRTR, SOCK_DGRAM, 0)), privileged;

	EXPECT_ERR(bind(fd, (struct sockaddr *)&wrong, sizeof(wrong) - 1), EINVAL);
	wrong.sq_family = AF_INET;
	EXPECT_ERR(bind(fd, QRTR(wrong)), EINVAL);
	wrong = good;
	wrong.sq_node = NOBODY;
	EXPECT_ERR(bind(fd, QRTR(wrong)), EINVAL);
	EXPECT_ERR(bind(fd, QRTR(good)), EADDRINUSE);
	SETUP(close(owner));
	EXPECT_OK(bind(fd, QRTR(good)));
	EXPECT_EQ(name_of(fd).sq_port, PORT);
	privileged = SETUP(socket(AF_QIPCRTR, SOCK_DGRAM, 0));
	EXPECT_OK(bind(privileged, QRTR(reserved)));
	SETUP(close(privileged));
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	privileged = SETUP(socket(AF_QIPCRTR, SOCK_DGRAM, 0));
	EXPECT_ERR(bind(privileged, QRTR(reserved)), EACCES);
}

/* bind() a second time is no error here, as it is for IP: the socket moves. */
CASE(qrtr_bind_again,
     .claim = "bind() of a bound socket to another port moves it there: the old one is free",
     .level = ABI, .spec = "linux/net/qrtr/af_qrtr.c, __qrtr_bind()", .needs = "qrtr",
     .topology = "machine", .tags = "qrtr bind send errno")
{
	const struct sockaddr_qrtr old = at_port(PORT), new = at_port(PORT + 1);
	int fd = bound(PORT), client = SETUP(socket(AF_QIPCRTR, SOCK_DGRAM, 0));
	int heir = SETUP(socket(AF_QIPCRTR, SOCK_DGRAM, 0));
	char got[8];

	EXPECT_ERR(bind(heir, QRTR(old)), EADDRINUSE);
	EXPECT_EQ(sendto(client, "old", 3, 0, QRTR(old)), 3);
	EXPECT_OK(bind(fd, QRTR(new)));
	EXPECT_EQ(name_of(fd).sq_port, PORT + 1);
	EXPECT_ERR(sendto(client, "none", 4, 0, QRTR(old)), ENODEV);
	EXPECT_EQ(sendto(client, "new", 3, 0, QRTR(new)), 3);
	EXPECT_EQ(recv(fd, got, sizeof(got), MSG_DONTWAIT), 3);
	EXPECT_MEMEQ(got, "old", 3);
	EXPECT_EQ(recv(fd, got, sizeof(got), MSG_DONTWAIT), 3);
	EXPECT_MEMEQ(got, "new", 3);
	EXPECT_OK(bind(heir, QRTR(old)));
}

struct send_row {
	struct variant variant;
	uint32_t node, port; /* 0: the receiver's */
	sa_family_t family;
	socklen_t shorter;
	int flags, error;
	size_t size;
};

static const struct send_row sends[] = {
	{{"short", NULL}, 0, 0, AF_QIPCRTR, 1, 0, EINVAL, 3},
	{{"other_family", NULL}, 0, 0, AF_INET, 0, 0, EINVAL, 3},
	{{"flags", NULL}, 0, 0, AF_QIPCRTR, 0, MSG_OOB, EINVAL, 3},
	{{"too_long", NULL}, 0, 0, AF_QIPCRTR, 0, 0, EMSGSIZE, LONGEST + 1},
	{{"nobody's_node", NULL}, NOBODY, 0, AF_QIPCRTR, 0, 0, ECONNRESET, 3},
	{{"nobody's_port", NULL}, 0, PORT, AF_QIPCRTR, 0, 0, ENODEV, 3},
	{{"all_nodes", NULL}, QRTR_NODE_BCAST, 0, AF_QIPCRTR, 0, 0, ENOTCONN, 3},
};

/* On one's own node an error comes at once; of other nodes only what is not reachable is known. */
CASE(qrtr_send_errors,
     .claim =
	     "sendto() fails with EINVAL for a wrong address or flag, EMSGSIZE beyond 65535 bytes, "
	     "ECONNRESET for an unknown node, ENODEV for a port without a socket, ENOTCONN for all "
	     "nodes unless it is control",
     .level = ABI, .spec = "linux/net/qrtr/af_qrtr.c, qrtr_sendmsg(), qrtr_local_enqueue()",
     .needs = "qrtr", .topology = "machine", .tags = "qrtr send errno", .VARIANTS(sends))
{
	static const char data[LONGEST + 1];
	const struct send_row *row = VARIANT(struct send_row);
	int server = bound(0), client = bound(0);
	const struct sockaddr_qrtr good = name_of(server);
	struct sockaddr_qrtr wrong = good;
	char byte;

	wrong.sq_family = row->family;
	if (row->node != 0)
		wrong.sq_node = row->node;
	if (row->port != 0)
		wrong.sq_port = row->port;
	EXPECT_ERR(sendto(client, data, row->size, row->flags, (struct sockaddr *)&wrong,
			  sizeof(wrong) - row->shorter),
		   row->error);
	EXPECT_ERR(recv(server, &byte, 1, MSG_DONTWAIT), EAGAIN);
	EXPECT_EQ(sendto(client, "yes", 3, 0, QRTR(good)), 3);
	EXPECT_EQ(recv(server, &byte, 1, MSG_DONTWAIT), 1);
	EXPECT_EQ(byte, 'y');
}

/* As many bytes as a datagram has, if there is room; a socket without a port has no queue. */
CASE(qrtr_receive,
     .claim = "FIONREAD tells the size of the next datagram; what does not fit is lost and marked "
	      "MSG_TRUNC; recv() without a port fails with EADDRNOTAVAIL",
     .level = ABI, .spec = "linux/net/qrtr/af_qrtr.c, qrtr_recvmsg(), qrtr_ioctl()",
     .needs = "qrtr", .topology = "machine", .tags = "qrtr receive ioctl errno")
{
	int server = SETUP(socket(AF_QIPCRTR, SOCK_DGRAM, 0)), client = bound(0), waiting = -1;
	const struct sockaddr_qrtr to = at_port(PORT);
	char got[4] = "";
	struct iovec part = {got, sizeof(got)};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	EXPECT_ERR(recv(server, got, sizeof(got), MSG_DONTWAIT), EADDRNOTAVAIL);
	SETUP(bind(server, QRTR(to)));
	EXPECT_ERR(recv(server, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
	EXPECT_OK(ioctl(server, FIONREAD, &waiting));
	EXPECT_EQ(waiting, 0);
	SETUP(sendto(client, "abcdefg", 7, 0, QRTR(to)));
	SETUP(sendto(client, "xyz", 3, 0, QRTR(to)));
	EXPECT_OK(ioctl(server, FIONREAD, &waiting));
	EXPECT_EQ(waiting, 7);
	EXPECT_EQ(recvmsg(server, &message, 0), 4);
	EXPECT_MEMEQ(got, "abcd", 4);
	EXPECT_EQ(message.msg_flags & MSG_TRUNC, MSG_TRUNC);
	EXPECT_EQ(recvmsg(server, &message, 0), 3);
	EXPECT_MEMEQ(got, "xyz", 3);
	EXPECT_EQ(message.msg_flags & MSG_TRUNC, 0);
}

/* One of the few ioctl() of an interface that needs none: there is no interface below. */
CASE(qrtr_own_address,
     .claim = "SIOCGIFADDR gives the socket's own address, SIOCSIFADDR fails with EINVAL",
     .level = ABI, .spec = "linux/net/qrtr/af_qrtr.c, qrtr_ioctl()", .needs = "qrtr",
     .topology = "machine", .tags = "qrtr ioctl errno")
{
	const struct sockaddr_qrtr self = at_port(PORT);
	struct ifreq request;
	int fd = bound(PORT);

	memset(&request, 0, sizeof(request));
	EXPECT_OK(ioctl(fd, SIOCGIFADDR, &request));
	EXPECT_MEMEQ(&request.ifr_addr, &self, sizeof(self));
	EXPECT_ERR(ioctl(fd, SIOCSIFADDR, &request), EINVAL);
}

/* Datagrams, and nothing that would be a connection. */
CASE(qrtr_kinds,
     .claim = "SOCK_DGRAM is the only type: others fail with EPROTOTYPE; listen() and socketpair() "
	      "fail with EOPNOTSUPP",
     .level = ABI, .spec = "linux/net/qrtr/af_qrtr.c, qrtr_create(), qrtr_proto_ops",
     .needs = "qrtr", .topology = "machine", .tags = "qrtr socket errno")
{
	int fd, ends[2];

	EXPECT_ERR(socket(AF_QIPCRTR, SOCK_STREAM, 0), EPROTOTYPE);
	EXPECT_ERR(socket(AF_QIPCRTR, SOCK_SEQPACKET, 0), EPROTOTYPE);
	fd = EXPECT_OK(socket(AF_QIPCRTR, SOCK_DGRAM, 0));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_DOMAIN), AF_QIPCRTR);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TYPE), SOCK_DGRAM);
	EXPECT_ERR(listen(fd, 1), EOPNOTSUPP);
	EXPECT_ERR(socketpair(AF_QIPCRTR, SOCK_DGRAM, 0, ends), EOPNOTSUPP);
}
