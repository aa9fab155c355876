/* SPDX-License-Identifier: MIT */
/* Port ids: how a netlink socket is called. */
#include <linux/netlink.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

static struct sockaddr_nl port_id(uint32_t pid)
{
	return (struct sockaddr_nl){.nl_family = AF_NETLINK, .nl_pid = pid};
}

#define NL(address) (struct sockaddr *)&(address), sizeof(address)

/* getsockname(), in full. */
static struct sockaddr_nl own_address(int fd)
{
	struct sockaddr_nl own;
	socklen_t length = sizeof(own);

	memset(&own, 0xff, sizeof(own));
	EXPECT_OK(getsockname(fd, (struct sockaddr *)&own, &length));
	EXPECT_EQ(length, sizeof(own));
	EXPECT_EQ(own.nl_family, AF_NETLINK);
	EXPECT_EQ(own.nl_pad, 0);
	return own;
}

/*
 * A new socket has no name.
 *
 * Its address is the family, a port id and a set of multicast groups. Port id 0 is the
 * kernel's own; in a socket's name it means "none yet".
 */
CASE(no_name_at_first, .claim = "a new netlink socket's name has port id 0 and no groups",
     .level = LINUX, .spec = "netlink(7) Address formats; getsockname(2)", .needs = "netlink",
     .tags = "netlink bind")
{
	int fd = SETUP(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
	struct sockaddr_nl own = own_address(fd);

	EXPECT_EQ(own.nl_pid, 0);
	EXPECT_EQ(own.nl_groups, 0);
}

/*
 * The kernel gives a name: to the first socket, the process id.
 *
 * The member is called `nl_pid` because programs once wrote their process id there. It is
 * a port, not a process: the second socket of the process gets another number. A program
 * that needs to know it asks getsockname(), and never takes it for getpid().
 *
 * Try it: `ss -f netlink` shows both.
 */
CASE(a_name_from_the_kernel,
     .claim = "bind() with port id 0 gives the first socket of a process its process id, the next "
	      "another one",
     .level = LINUX, .spec = "netlink(7) Address formats (nl_pid)", .needs = "netlink",
     .tags = "netlink bind")
{
	int first = SETUP(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
	int second = SETUP(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
	struct sockaddr_nl any = port_id(0);
	uint32_t other;

	EXPECT_OK(bind(first, NL(any)));
	EXPECT_EQ(own_address(first).nl_pid, getpid());
	EXPECT_OK(bind(second, NL(any)));
	other = own_address(second).nl_pid;
	EXPECT_NE(other, 0);
	EXPECT_NE(other, getpid());
}

/* Whoever sends without a name gets one, so that there is somewhere to answer to. */
CASE(a_name_by_sending, .claim = "sending gives a netlink socket a port id, which it keeps",
     .level = LINUX, .spec = "netlink(7) Address formats (nl_pid)", .needs = "netlink",
     .tags = "netlink bind")
{
	int fd = netlink_open(NETLINK_ROUTE);
	struct netlink_request noop = netlink_request_of(NLMSG_NOOP, 0, NULL, 0);
	uint32_t given;

	EXPECT_EQ(own_address(fd).nl_pid, 0);
	EXPECT_ERRNO(netlink_do(fd, &noop), 0);
	given = own_address(fd).nl_pid;
	EXPECT_NE(given, 0);
	EXPECT_ERRNO(netlink_do(fd, &noop), 0);
	EXPECT_EQ(own_address(fd).nl_pid, given);
}

/*
 * Or a program chooses.
 *
 * Any number will do that nobody else has. Answers of the kernel carry it in `nlmsg_pid`.
 */
CASE(a_name_of_ones_own,
     .claim = "bind() takes any free port id, and answers of the kernel are for it", .level = LINUX,
     .spec = "netlink(7) Address formats (nl_pid)", .needs = "netlink", .tags = "netlink bind")
{
	int fd = netlink_open(NETLINK_ROUTE);
	struct sockaddr_nl mine = port_id(0x80001234);
	struct netlink_request noop = netlink_request_of(NLMSG_NOOP, NLM_F_ACK, NULL, 0);
	struct netlink_answer answer;

	EXPECT_OK(bind(fd, NL(mine)));
	EXPECT_EQ(own_address(fd).nl_pid, 0x80001234);
	EXPECT_EQ(netlink_send(fd, &noop), NLMSG_HDRLEN);
	REQUIRE_TRUE(netlink_receive(fd, &answer) >= NLMSG_HDRLEN);
	EXPECT_EQ(answer_first(&answer)->nlmsg_pid, 0x80001234);
}

/*
 * A name has one owner.
 *
 * Port ids are apart for each protocol, and for each network namespace. In one of those, the
 * second socket that asks for a number gets `EADDRINUSE`; once the first is closed, it is free.
 * (After the refusal, getsockname() of Linux gives the port id that was refused: it is not owned.)
 */
CASE(a_name_that_is_taken,
     .claim = "bind() fails with EADDRINUSE for a port id that another socket has", .level = LINUX,
     .spec = "bind(2) EADDRINUSE; netlink(7)", .needs = "netlink", .tags = "netlink bind errno")
{
	int first = SETUP(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
	int second = SETUP(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
	int other = SETUP(socket(AF_NETLINK, SOCK_RAW, NETLINK_USERSOCK));
	struct sockaddr_nl name = port_id(4242);

	EXPECT_OK(bind(first, NL(name)));
	EXPECT_ERR(bind(second, NL(name)), EADDRINUSE);
	OBSERVE("port id after EADDRINUSE", "%s",
		netlink_port(second) == 0 ? "none" : "the refused one");
	EXPECT_OK(bind(other, NL(name)));
	SETUP(close(first));
	EXPECT_OK(bind(second, NL(name)));
}

/*
 * A name is for good.
 *
 * Calling bind() again is how groups are changed, and it has to repeat the port id. Another
 * one is refused with `EINVAL`; so is 0 once a name was given, since that is a different one.
 */
CASE(no_second_name,
     .claim = "a second bind() may repeat the port id, and fails with EINVAL for another",
     .level = LINUX, .spec = "bind(2) EINVAL; netlink(7)", .needs = "netlink",
     .tags = "netlink bind errno")
{
	int fd = SETUP(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
	struct sockaddr_nl name = port_id(4242), another = port_id(4243);

	EXPECT_OK(bind(fd, NL(name)));
	EXPECT_OK(bind(fd, NL(name)));
	EXPECT_ERR(bind(fd, NL(another)), EINVAL);
	EXPECT_EQ(own_address(fd).nl_pid, 4242);
}

struct fault_row {
	struct variant variant;
	int family;
	socklen_t length;
	int error;
};

static const struct fault_row bind_faults[] = {
	{{"short", NULL}, AF_NETLINK, sizeof(struct sockaddr_nl) - 1, EINVAL},
	{{"empty", NULL}, AF_NETLINK, 0, EINVAL},
	{{"family_unspec", NULL}, AF_UNSPEC, sizeof(struct sockaddr_nl), EINVAL},
	{{"family_inet", NULL}, AF_INET, sizeof(struct sockaddr_nl), EINVAL},
};

/* An address has 12 bytes and names its family; a longer one is fine. */
CASE(bind_to_a_wrong_address,
     .claim = "bind() fails with EINVAL for an address that is too short or of another family",
     .level = LINUX, .spec = "bind(2) EINVAL; netlink(7) Address formats", .needs = "netlink",
     .tags = "netlink bind errno", .VARIANTS(bind_faults))
{
	const struct fault_row *row = VARIANT(struct fault_row);
	int fd = SETUP(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
	struct sockaddr_nl name = port_id(77);

	name.nl_family = (sa_family_t)row->family;
	EXPECT_ERR(bind(fd, (struct sockaddr *)&name, row->length), row->error);
	EXPECT_EQ(own_address(fd).nl_pid, 0);
	name.nl_family = AF_NETLINK;
	EXPECT_OK(bind(fd, (struct sockaddr *)&name, sizeof(name)));
	EXPECT_EQ(own_address(fd).nl_pid, 77);
}

/* As with every family, a buffer that is too small gets what fits, and the length says what it
 * would be. */
CASE(name_in_a_small_buffer,
     .claim = "getsockname() cuts the name to the buffer and gives the whole length",
     .level = POSIX, .spec = "POSIX.1-2024 getsockname(); netlink(7)", .needs = "netlink",
     .tags = "netlink bind")
{
	int fd = SETUP(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
	struct sockaddr_nl name = port_id(0x01020304), got;
	socklen_t length = offsetof(struct sockaddr_nl, nl_groups);

	memset(&got, 0xff, sizeof(got));
	SETUP(bind(fd, NL(name)));
	EXPECT_OK(getsockname(fd, (struct sockaddr *)&got, &length));
	EXPECT_EQ(length, sizeof(got));
	EXPECT_EQ(got.nl_family, AF_NETLINK);
	EXPECT_EQ(got.nl_pid, 0x01020304);
	EXPECT_EQ(got.nl_groups, UINT32_MAX);
}
