/* SPDX-License-Identifier: MIT */
/* NETLINK_USERSOCK: multicast between programs, and who may do what. */
#include <linux/capability.h>
#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

#define NL(address) (struct sockaddr *)&(address), sizeof(address)

/* A socket with this port id that is in these groups (bits). */
static int member(int protocol, uint32_t pid, uint32_t groups)
{
	struct sockaddr_nl name = {.nl_family = AF_NETLINK, .nl_pid = pid, .nl_groups = groups};
	int fd = netlink_open(protocol);

	SETUP(bind(fd, NL(name)));
	return fd;
}

/*
 * One sends, all who are interested receive.
 *
 * `nl_groups` of an address is a set of bits, one for each of the first 32 groups. In bind() it
 * says which groups to listen to; in sendto() which one to send to. The sender does not get
 * its own message, and who is not in the group gets nothing.
 */
CASE(to_a_group, .claim = "a message to a group reaches each other member, and nobody else",
     .level = LINUX, .spec = "netlink(7) Address formats (nl_groups)", .needs = "netlink",
     .tags = "netlink multicast")
{
	int first = member(NETLINK_USERSOCK, 1, 1), second = member(NETLINK_USERSOCK, 2, 1 | 4);
	int other = member(NETLINK_USERSOCK, 3, 2), sender = member(NETLINK_USERSOCK, 4, 1);
	struct sockaddr_nl group = {.nl_family = AF_NETLINK, .nl_groups = 1}, from = {0};
	socklen_t length = sizeof(from);
	char data[8];

	/* To a group and to the kernel's port: nobody of the kernel listens on this protocol. */
	EXPECT_ERR(sendto(sender, "all", 3, 0, NL(group)), ECONNREFUSED);
	EXPECT_EQ(recv(first, data, sizeof(data), 0), 3);
	EXPECT_EQ(recvfrom(second, data, sizeof(data), 0, (struct sockaddr *)&from, &length), 3);
	EXPECT_EQ(from.nl_pid, 4);
	EXPECT_EQ(from.nl_groups, 1);
	EXPECT_MEMEQ(data, "all", 3);
	EXPECT_TRUE(netlink_is_silent(other));
	EXPECT_TRUE(netlink_is_silent(sender));
}

/*
 * A member and a port in one call.
 *
 * With both in the address, the message goes to the group and to that port id; the result is
 * that of the latter.
 */
CASE(to_a_group_and_a_port,
     .claim = "a message with both nl_groups and nl_pid reaches the group and that socket",
     .level = ABI, .spec = "net/netlink/af_netlink.c netlink_sendmsg(); netlink(7) Address formats",
     .needs = "netlink", .tags = "netlink multicast")
{
	int in_group = member(NETLINK_USERSOCK, 1, 1), alone = member(NETLINK_USERSOCK, 2, 0);
	int sender = member(NETLINK_USERSOCK, 3, 0);
	struct sockaddr_nl to = {.nl_family = AF_NETLINK, .nl_pid = 2, .nl_groups = 1}, from = {0};
	socklen_t length = sizeof(from);
	char data[8];

	EXPECT_EQ(sendto(sender, "both", 4, 0, NL(to)), 4);
	EXPECT_EQ(recvfrom(in_group, data, sizeof(data), 0, (struct sockaddr *)&from, &length), 4);
	EXPECT_EQ(from.nl_groups, 1);
	length = sizeof(from);
	EXPECT_EQ(recvfrom(alone, data, sizeof(data), 0, (struct sockaddr *)&from, &length), 4);
	EXPECT_EQ(from.nl_pid, 3);
	/* It is the same message: this says where it went, not why it came here. */
	EXPECT_EQ(from.nl_groups, 1);
}

/*
 * An ordinary user may send here, but not listen to groups.
 *
 * Each protocol says what users without `CAP_NET_ADMIN` may do. On `NETLINK_USERSOCK` they send to
 * programs and to groups, but cannot join a group: bind() gives `EPERM`.
 */
CASE(listening_needs_privilege,
     .claim =
	     "without CAP_NET_ADMIN, joining a group of NETLINK_USERSOCK fails with EPERM, sending "
	     "to it does not",
     .level = LINUX, .spec = "netlink(7) Address formats (nl_groups; EPERM); capabilities(7)",
     .needs = "netlink", .tags = "netlink multicast privilege errno")
{
	struct sockaddr_nl in_group = {.nl_family = AF_NETLINK, .nl_pid = 9, .nl_groups = 1};
	struct sockaddr_nl alone = {.nl_family = AF_NETLINK, .nl_pid = 9};
	struct sockaddr_nl to = {.nl_family = AF_NETLINK, .nl_pid = 1, .nl_groups = 1};
	int listener = member(NETLINK_USERSOCK, 1, 1), fd;
	char data[8];

	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	fd = SETUP(socket(AF_NETLINK, SOCK_RAW, NETLINK_USERSOCK));
	EXPECT_ERR(bind(fd, NL(in_group)), EPERM);
	EXPECT_ERR(set_int(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, 1), EPERM);
	EXPECT_OK(bind(fd, NL(alone)));
	EXPECT_EQ(sendto(fd, "hello", 5, 0, NL(to)), 5);
	/* Once, though it is meant twice: as the owner of the port, and as a member. */
	EXPECT_EQ(recv(listener, data, sizeof(data), 0), 5);
	EXPECT_TRUE(netlink_is_silent(listener));
}

/*
 * On the kernel's own protocols it is the other way round.
 *
 * Anybody may listen to what happens to interfaces and routes; but who could send to
 * the port of another program could pretend to be the kernel. Without `CAP_NET_ADMIN`, sending
 * to anybody but the kernel is refused, with `EPERM`: by sendto(), and by connect() already.
 */
CASE(pretending_needs_privilege,
     .claim =
	     "without CAP_NET_ADMIN, NETLINK_ROUTE messages to other programs or groups give EPERM",
     .level = LINUX, .spec = "netlink(7) Address formats (EPERM); capabilities(7)",
     .needs = "netlink", .tags = "netlink privilege errno")
{
	struct sockaddr_nl victim = {.nl_family = AF_NETLINK, .nl_pid = 1};
	struct sockaddr_nl group = {.nl_family = AF_NETLINK, .nl_groups = 1};
	struct netlink_request noop = netlink_request_of(NLMSG_NOOP, 0, NULL, 0);
	int listener = member(NETLINK_ROUTE, 1, 1), fd = netlink_open(NETLINK_ROUTE), second;
	struct sockaddr_nl from = {0};
	socklen_t length = sizeof(from);
	char data[32];

	/* With privilege it can be done; the receiver sees by the port id that it is not the
	 * kernel. */
	EXPECT_EQ(sendto(fd, &noop, NLMSG_HDRLEN, 0, NL(victim)), NLMSG_HDRLEN);
	EXPECT_EQ(recvfrom(listener, data, sizeof(data), 0, (struct sockaddr *)&from, &length),
		  NLMSG_HDRLEN);
	EXPECT_EQ(from.nl_pid, netlink_port(fd));

	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	second = netlink_open(NETLINK_ROUTE);
	EXPECT_ERR(sendto(second, &noop, NLMSG_HDRLEN, 0, NL(victim)), EPERM);
	EXPECT_ERR(sendto(second, &noop, NLMSG_HDRLEN, 0, NL(group)), EPERM);
	EXPECT_ERR(connect(second, NL(victim)), EPERM);
	EXPECT_ERR(connect(second, NL(group)), EPERM);
	EXPECT_TRUE(netlink_is_silent(listener));
	EXPECT_OK(bind(second, NL(group)));
	EXPECT_ERRNO(netlink_do(second, &noop), 0);
}

/*
 * Who was it?
 *
 * With `SO_PASSCRED` each message comes with the process, user and group that sent it, written
 * by the kernel, so that nobody can lie. From the kernel itself they are all 0. udev trusts
 * only messages of which that is true.
 */
CASE(credentials_of_the_sender,
     .claim = "with SO_PASSCRED a netlink message carries its sender's process, user and group",
     .level = LINUX, .spec = "unix(7) SO_PASSCRED, SCM_CREDENTIALS; netlink(7)", .needs = "netlink",
     .tags = "netlink cmsg")
{
	int sender = member(NETLINK_USERSOCK, 1, 0), receiver = member(NETLINK_USERSOCK, 2, 0);
	struct sockaddr_nl to = {.nl_family = AF_NETLINK, .nl_pid = 2};
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(struct ucred))];
	} control;
	char data[8];
	struct iovec part = {data, sizeof(data)};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control.bytes,
				 .msg_controllen = sizeof(control)};
	struct ucred who;

	EXPECT_EQ(sendto(sender, "1", 1, 0, NL(to)), 1);
	EXPECT_EQ(recvmsg(receiver, &message, 0), 1);
	EXPECT_EQ(message.msg_controllen, 0);

	EXPECT_OK(set_int(receiver, SOL_SOCKET, SO_PASSCRED, 1));
	message.msg_controllen = sizeof(control);
	EXPECT_EQ(sendto(sender, "2", 1, 0, NL(to)), 1);
	EXPECT_EQ(recvmsg(receiver, &message, 0), 1);
	EXPECT_EQ(message.msg_flags, 0);
	REQUIRE_EQ(message.msg_controllen, sizeof(control));
	EXPECT_EQ(control.header.cmsg_level, SOL_SOCKET);
	EXPECT_EQ(control.header.cmsg_type, SCM_CREDENTIALS);
	EXPECT_EQ(control.header.cmsg_len, CMSG_LEN(sizeof(who)));
	memcpy(&who, CMSG_DATA(&control.header), sizeof(who));
	EXPECT_EQ(who.pid, getpid());
	EXPECT_EQ(who.uid, getuid());
	EXPECT_EQ(who.gid, getgid());
}
