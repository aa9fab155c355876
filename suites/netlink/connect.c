/* SPDX-License-Identifier: MIT */
/* Whom a netlink socket talks to: the kernel, or another program. */
#include <linux/capability.h>
#include <linux/netlink.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

#define NL(address) (struct sockaddr *)&(address), sizeof(address)

static struct sockaddr_nl port_id(uint32_t pid)
{
	return (struct sockaddr_nl){.nl_family = AF_NETLINK, .nl_pid = pid};
}

static uint32_t peer_of(int fd)
{
	struct sockaddr_nl peer;
	socklen_t length = sizeof(peer);

	memset(&peer, 0xff, sizeof(peer));
	EXPECT_OK(getpeername(fd, (struct sockaddr *)&peer, &length));
	EXPECT_EQ(length, sizeof(peer));
	EXPECT_EQ(peer.nl_family, AF_NETLINK);
	EXPECT_EQ(peer.nl_groups, 0);
	return peer.nl_pid;
}

/* A socket of this protocol that has this port id, and does not wait for ever. */
static int named(int protocol, uint32_t pid)
{
	struct sockaddr_nl name = port_id(pid);
	int fd = netlink_open(protocol);

	SETUP(bind(fd, NL(name)));
	return fd;
}

struct to_kernel_row {
	struct variant variant;
	bool connects, has_address;
};

static const struct to_kernel_row to_kernel[] = {
	{{"no_address", NULL}, false, false},
	{{"address", NULL}, false, true},
	{{"connected", NULL}, true, false},
};

/*
 * Without an address, it is the kernel.
 *
 * The kernel's end has port id 0. A program names it in sendto(), or leaves the address out,
 * or calls connect() first: all the same.
 */
CASE(the_kernel_has_port_0,
     .claim = "messages without an address, or for port id 0, reach the kernel, which answers",
     .level = LINUX, .spec = "netlink(7) Address formats (nl_pid)", .needs = "netlink",
     .tags = "netlink", .VARIANTS(to_kernel))
{
	const struct to_kernel_row *row = VARIANT(struct to_kernel_row);
	struct sockaddr_nl kernel = port_id(0), from = port_id(99);
	struct netlink_request noop = netlink_request_of(NLMSG_NOOP, NLM_F_ACK, NULL, 0);
	struct nlmsghdr got = {0};
	socklen_t length = sizeof(from);
	int fd = netlink_open(NETLINK_ROUTE);

	if (row->connects)
		EXPECT_OK(connect(fd, NL(kernel)));
	if (row->has_address)
		EXPECT_EQ(sendto(fd, &noop, NLMSG_HDRLEN, 0, NL(kernel)), NLMSG_HDRLEN);
	else
		EXPECT_EQ(send(fd, &noop, NLMSG_HDRLEN, 0), NLMSG_HDRLEN);
	EXPECT_EQ(recvfrom(fd, &got, sizeof(got), 0, (struct sockaddr *)&from, &length),
		  sizeof(got));
	EXPECT_EQ(length, sizeof(from));
	EXPECT_EQ(from.nl_family, AF_NETLINK);
	EXPECT_EQ(from.nl_pid, 0);
	EXPECT_EQ(from.nl_groups, 0);
	EXPECT_EQ(got.nlmsg_type, NLMSG_ERROR);
	EXPECT_EQ(got.nlmsg_seq, noop.header.nlmsg_seq);
	EXPECT_EQ(peer_of(fd), 0);
}

/*
 * Programs among themselves.
 *
 * `NETLINK_USERSOCK` is there for that: the kernel only carries the messages. They need not
 * have the form of netlink messages. The receiver learns the sender's port id, and answers there.
 */
CASE(from_program_to_program,
     .claim = "a NETLINK_USERSOCK message reaches the socket with that port id, with the sender's",
     .level = LINUX, .spec = "netlink(7) NETLINK_USERSOCK; recvfrom(2)", .needs = "netlink",
     .tags = "netlink")
{
	int alice = named(NETLINK_USERSOCK, 1001), bob = named(NETLINK_USERSOCK, 1002);
	struct sockaddr_nl to = port_id(1002), from = port_id(0);
	socklen_t length = sizeof(from);
	char data[16];

	EXPECT_EQ(sendto(alice, "hello", 5, 0, NL(to)), 5);
	EXPECT_EQ(recvfrom(bob, data, sizeof(data), 0, (struct sockaddr *)&from, &length), 5);
	EXPECT_MEMEQ(data, "hello", 5);
	EXPECT_EQ(length, sizeof(from));
	EXPECT_EQ(from.nl_pid, 1001);
	EXPECT_EQ(sendto(bob, "welcome", 7, 0, (struct sockaddr *)&from, length), 7);
	EXPECT_EQ(recv(alice, data, sizeof(data), 0), 7);
	EXPECT_MEMEQ(data, "welcome", 7);
}

/*
 * Nobody there.
 *
 * Datagrams of UDP get lost on the way, and nobody is told. Here there is no way: send()
 * itself finds the receiver, or fails with `ECONNREFUSED`.
 */
CASE(nobody_has_that_port,
     .claim = "sending to a port id that no socket has fails with ECONNREFUSED", .level = LINUX,
     .spec = "send(2) ECONNREFUSED; net/netlink/af_netlink.c netlink_unicast()", .needs = "netlink",
     .tags = "netlink errno")
{
	int fd = named(NETLINK_USERSOCK, 1001);
	struct sockaddr_nl to = port_id(1002);

	EXPECT_ERR(sendto(fd, "hello", 5, 0, NL(to)), ECONNREFUSED);
	named(NETLINK_USERSOCK, 1002);
	EXPECT_EQ(sendto(fd, "hello", 5, 0, NL(to)), 5);
}

/*
 * A receiver that is full keeps the sender waiting.
 *
 * Between programs nothing is dropped: a sender that must not wait gets `EAGAIN`, and can go
 * on when the receiver has read. (Messages from the kernel are another matter: it cannot wait.)
 */
CASE(a_full_receiver,
     .claim =
	     "sending to a socket whose buffer is full gives EAGAIN with MSG_DONTWAIT, and nothing "
	     "is lost",
     .level = ABI, .spec = "net/netlink/af_netlink.c netlink_attachskb(); send(2) EAGAIN",
     .needs = "netlink", .tags = "netlink")
{
	int alice = named(NETLINK_USERSOCK, 1001), bob = named(NETLINK_USERSOCK, 1002);
	struct sockaddr_nl to = port_id(1002);
	char data[1024] = {0};
	int sent = 0, received = 0;

	SETUP(set_int(bob, SOL_SOCKET, SO_RCVBUF, 8192));
	while (sent < 1000 && sendto(alice, data, sizeof(data), MSG_DONTWAIT, NL(to)) > 0)
		sent++;
	EXPECT_BETWEEN(sent, 1, 999);
	EXPECT_ERR(sendto(alice, data, sizeof(data), MSG_DONTWAIT, NL(to)), EAGAIN);
	while (recv(bob, data, sizeof(data), MSG_DONTWAIT) == sizeof(data))
		received++;
	EXPECT_EQ(received, sent);
	EXPECT_EQ(sendto(alice, data, 1, MSG_DONTWAIT, NL(to)), 1);
}

/*
 * connect() stores an address, and filters.
 *
 * As with UDP: send() needs no address afterwards, and messages of others do not come in;
 * but here the others are told, with `ECONNREFUSED`. `AF_UNSPEC` takes it back.
 */
CASE(connected_to_one,
     .claim =
	     "a connected netlink socket takes messages of its peer only, until connect(AF_UNSPEC)",
     .level = LINUX, .spec = "connect(2); net/netlink/af_netlink.c netlink_getsockbyportid()",
     .needs = "netlink", .tags = "netlink connect")
{
	int server = named(NETLINK_USERSOCK, 1001), friend = named(NETLINK_USERSOCK, 1002);
	int stranger = named(NETLINK_USERSOCK, 1003);
	struct sockaddr_nl to_server = port_id(1001), to_friend = port_id(1002);
	struct sockaddr nobody = {.sa_family = AF_UNSPEC};
	char data[16];

	EXPECT_EQ(peer_of(server), 0);
	EXPECT_OK(connect(server, NL(to_friend)));
	EXPECT_EQ(peer_of(server), 1002);
	EXPECT_ERR(sendto(stranger, "s", 1, 0, NL(to_server)), ECONNREFUSED);
	EXPECT_EQ(sendto(friend, "f", 1, 0, NL(to_server)), 1);
	EXPECT_EQ(recv(server, data, sizeof(data), 0), 1);
	EXPECT_EQ(data[0], 'f');
	EXPECT_EQ(send(server, "hi", 2, 0), 2);
	EXPECT_EQ(recv(friend, data, sizeof(data), 0), 2);

	EXPECT_OK(connect(server, &nobody, sizeof(nobody)));
	EXPECT_EQ(peer_of(server), 0);
	EXPECT_EQ(sendto(stranger, "s", 1, 0, NL(to_server)), 1);
	EXPECT_EQ(recv(server, data, sizeof(data), 0), 1);
	EXPECT_EQ(data[0], 's');
}

struct fault_row {
	struct variant variant;
	int family;
	socklen_t length;
	int error;
};

static const struct fault_row faults[] = {
	{{"short", NULL}, AF_NETLINK, sizeof(struct sockaddr_nl) - 1, EINVAL},
	{{"one_byte", NULL}, AF_NETLINK, 1, EINVAL},
	{{"family_inet", NULL}, AF_INET, sizeof(struct sockaddr_nl), EINVAL},
};

/* connect() reads the family first, then wants the whole address. */
CASE(connect_to_a_wrong_address,
     .claim = "connect() fails with EINVAL for an address that is too short or of another family",
     .level = ABI, .spec = "net/netlink/af_netlink.c netlink_connect(); netlink(7) Address formats",
     .needs = "netlink", .tags = "netlink connect errno", .VARIANTS(faults))
{
	const struct fault_row *row = VARIANT(struct fault_row);
	int fd = SETUP(socket(AF_NETLINK, SOCK_RAW, NETLINK_USERSOCK));
	struct sockaddr_nl peer = port_id(1002);

	peer.nl_family = (sa_family_t)row->family;
	EXPECT_ERR(connect(fd, (struct sockaddr *)&peer, row->length), row->error);
	EXPECT_EQ(peer_of(fd), 0);
	peer.nl_family = AF_NETLINK;
	EXPECT_OK(connect(fd, NL(peer)));
	EXPECT_EQ(peer_of(fd), 1002);
}

/* The same for sendto(). */
CASE(send_to_a_wrong_address,
     .claim = "sendto() fails with EINVAL for an address that is too short or of another family",
     .level = ABI, .spec = "net/netlink/af_netlink.c netlink_sendmsg(); netlink(7) Address formats",
     .needs = "netlink", .tags = "netlink errno", .VARIANTS(faults))
{
	const struct fault_row *row = VARIANT(struct fault_row);
	int fd = SETUP(socket(AF_NETLINK, SOCK_RAW, NETLINK_USERSOCK));
	int receiver = named(NETLINK_USERSOCK, 1002);
	struct sockaddr_nl to = port_id(1002);

	to.nl_family = (sa_family_t)row->family;
	EXPECT_ERR(sendto(fd, "x", 1, 0, (struct sockaddr *)&to, row->length), row->error);
	EXPECT_TRUE(netlink_is_silent(receiver));
	to.nl_family = AF_NETLINK;
	EXPECT_EQ(sendto(fd, "x", 1, 0, NL(to)), 1);
}

/*
 * Out-of-band data does not exist, and says so; a message longer than the send buffer can
 * never be sent.
 */
CASE(what_cannot_be_sent,
     .claim = "send() fails with EOPNOTSUPP for MSG_OOB and with EMSGSIZE for more than SO_SNDBUF",
     .level = LINUX,
     .spec = "send(2) EOPNOTSUPP, EMSGSIZE; net/netlink/af_netlink.c netlink_sendmsg()",
     .needs = "netlink", .tags = "netlink errno")
{
	static char large[65536];
	int fd = named(NETLINK_USERSOCK, 1001), receiver = named(NETLINK_USERSOCK, 1002);
	struct sockaddr_nl to = port_id(1002);
	int size;

	SETUP(set_int(fd, SOL_SOCKET, SO_SNDBUF, 16384));
	size = get_int(fd, SOL_SOCKET, SO_SNDBUF);
	REQUIRE_TRUE(size > 64 && (size_t)size <= sizeof(large));
	EXPECT_ERR(sendto(fd, "x", 1, MSG_OOB, NL(to)), EOPNOTSUPP);
	EXPECT_ERR(sendto(fd, large, (size_t)size, 0, NL(to)), EMSGSIZE);
	EXPECT_TRUE(netlink_is_silent(receiver));
	EXPECT_EQ(sendto(fd, large, (size_t)size - 64, 0, NL(to)), size - 64);
	EXPECT_EQ(recv(receiver, large, sizeof(large), 0), size - 64);
	EXPECT_ERR(recv(receiver, large, 1, MSG_OOB), EOPNOTSUPP);
}
