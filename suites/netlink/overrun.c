/* SPDX-License-Identifier: MIT */
/* When the kernel has more to say than the receiver reads. */
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

enum { CHANGES = 200 };

/* A listener with the smallest of buffers, and many changes that it does not read of. */
static int overrun(int option)
{
	int listener = netlink_listener(RTNLGRP_IPV4_IFADDR), fd = netlink_open(NETLINK_ROUTE);
	char text[32];

	SETUP(set_int(listener, SOL_SOCKET, SO_RCVBUF, 1));
	if (option != 0)
		EXPECT_OK(set_int(listener, SOL_NETLINK, option, 1));
	for (int i = 0; i < CHANGES; i++) {
		struct netlink_request add;

		snprintf(text, sizeof(text), "198.18.0.%d", i + 1);
		add = request_address(RTM_NEWADDR, NLM_F_CREATE, 1, text, 32);
		REQUIRE_EQ(netlink_do(fd, &add), 0);
	}
	return listener;
}

/* Reads what waits. Returns how many messages. */
static int drain(int fd)
{
	char data[4096];
	int count = 0;

	while (recv(fd, data, sizeof(data), MSG_DONTWAIT) > 0)
		count++;
	EXPECT_ERRNO(errno, EAGAIN);
	return count;
}

static ssize_t by_recv(int fd, void *data, size_t size)
{
	return recv(fd, data, size, MSG_DONTWAIT);
}

static ssize_t by_recvfrom(int fd, void *data, size_t size)
{
	struct sockaddr_nl from;
	socklen_t length = sizeof(from);

	return recvfrom(fd, data, size, MSG_DONTWAIT, (struct sockaddr *)&from, &length);
}

static ssize_t by_recvmsg(int fd, void *data, size_t size)
{
	struct iovec part = {data, size};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};

	return recvmsg(fd, &message, MSG_DONTWAIT);
}

struct receive_row {
	struct variant variant;
	ssize_t (*receive)(int fd, void *data, size_t size);
};

static const struct receive_row receives[] = {
	{{"recv", NULL}, by_recv},
	{{"recvfrom", NULL}, by_recvfrom},
	{{"recvmsg", NULL}, by_recvmsg},
};

/*
 * The kernel does not wait for readers.
 *
 * What finds no room is lost, but the loss is reported: the next receive fails with `ENOBUFS`,
 * once, before the messages that still wait. A program that keeps a copy of the kernel's tables
 * must then make a new dump, since it does not know what it has missed.
 */
CASE(lost_and_told,
     .claim = "when notifications find no room, the next receive fails with ENOBUFS, once",
     .level = LINUX, .spec = "netlink(7) (ENOBUFS; reliability)", .needs = "netlink",
     .tags = "netlink multicast errno", .VARIANTS(receives))
{
	const struct receive_row *row = VARIANT(struct receive_row);
	int listener = overrun(0), count;
	char data[4096];

	EXPECT_EQ(wait_for(listener, POLLIN, 0), POLLIN | POLLERR);
	EXPECT_ERR(row->receive(listener, data, sizeof(data)), ENOBUFS);
	EXPECT_GT(row->receive(listener, data, sizeof(data)), 0);
	count = 1 + drain(listener);
	EXPECT_BETWEEN(count, 1, CHANGES - 1);
	OBSERVE("messages that found room", "%d of %d", count, CHANGES);
}

/*
 * And then it goes on.
 *
 * After the loss everything is as before: the next change is heard of again.
 */
CASE(recovers, .claim = "after ENOBUFS and reading what waits, a listener hears of changes again",
     .level = LINUX, .spec = "netlink(7) (ENOBUFS)", .needs = "netlink",
     .tags = "netlink multicast")
{
	int listener = overrun(0), fd = netlink_open(NETLINK_ROUTE);
	struct netlink_request add =
		request_address(RTM_NEWADDR, NLM_F_CREATE, 1, "192.0.2.77", 32);
	struct netlink_answer answer;

	EXPECT_ERR(recv(listener, answer.bytes, sizeof(answer.bytes), MSG_DONTWAIT), ENOBUFS);
	drain(listener);
	EXPECT_ERRNO(netlink_do(fd, &add), 0);
	EXPECT_GT(netlink_receive(listener, &answer), 0);
	EXPECT_EQ(answer_first(&answer)->nlmsg_type, RTM_NEWADDR);
	EXPECT_TRUE(netlink_is_silent(listener));
}

/*
 * SO_ERROR takes the news.
 *
 * As with any pending error of a socket, reading it clears it.
 */
CASE(error_is_read_once, .claim = "SO_ERROR gives ENOBUFS of an overrun and clears it",
     .level = LINUX, .spec = "socket(7) SO_ERROR; netlink(7) ENOBUFS", .needs = "netlink",
     .tags = "netlink multicast option")
{
	int listener = overrun(0);
	char data[4096];

	EXPECT_ERRNO(get_int(listener, SOL_SOCKET, SO_ERROR), ENOBUFS);
	EXPECT_ERRNO(get_int(listener, SOL_SOCKET, SO_ERROR), 0);
	EXPECT_GT(recv(listener, data, sizeof(data), MSG_DONTWAIT), 0);
}

/*
 * Who does not mind the loss need not be told.
 *
 * With `NETLINK_NO_ENOBUFS` there is no error: messages are missing, and the reader cannot know.
 */
CASE(lost_and_not_told, .claim = "with NETLINK_NO_ENOBUFS messages are lost without an error",
     .level = LINUX, .spec = "netlink(7) NETLINK_NO_ENOBUFS", .needs = "netlink",
     .tags = "netlink multicast option")
{
	int listener = overrun(NETLINK_NO_ENOBUFS);

	EXPECT_EQ(wait_for(listener, POLLIN, 0), POLLIN);
	EXPECT_BETWEEN(drain(listener), 1, CHANGES - 1);
}

struct told_row {
	struct variant variant;
	int option;
};

static const struct told_row told[] = {
	{{"broadcast_error_off", NULL}, 0},
	{{"broadcast_error_on", NULL}, 1},
};

/*
 * One slow member is not everybody's.
 *
 * Of several members of a group, only the one without room misses the message, and only it gets
 * `ENOBUFS`. A program that sends to the group is not told: its call succeeds.
 * (`NETLINK_BROADCAST_ERROR` on the member's socket reports the loss to senders inside the kernel,
 * such as its tracking of connections, which then try again.)
 */
CASE(only_the_full_member_misses_it,
     .claim = "a message to a group is lost for a member without room alone, and its sender sees "
	      "no error",
     .level = LINUX, .spec = "netlink(7) NETLINK_BROADCAST_ERROR, (ENOBUFS)", .needs = "netlink",
     .tags = "netlink multicast option", .VARIANTS(told))
{
	struct sockaddr_nl full_name = {.nl_family = AF_NETLINK, .nl_pid = 1, .nl_groups = 1};
	struct sockaddr_nl other_name = {.nl_family = AF_NETLINK, .nl_pid = 2, .nl_groups = 1};
	struct sockaddr_nl to = {.nl_family = AF_NETLINK, .nl_pid = 3, .nl_groups = 1};
	struct sockaddr_nl own = {.nl_family = AF_NETLINK, .nl_pid = 3};
	int full = netlink_open(NETLINK_USERSOCK), other = netlink_open(NETLINK_USERSOCK);
	int port = netlink_open(NETLINK_USERSOCK), sender = netlink_open(NETLINK_USERSOCK);
	char data[1024] = {0};
	int got = 0;

	SETUP(bind(full, (struct sockaddr *)&full_name, sizeof(full_name)));
	SETUP(bind(other, (struct sockaddr *)&other_name, sizeof(other_name)));
	SETUP(bind(port, (struct sockaddr *)&own, sizeof(own)));
	SETUP(set_int(full, SOL_SOCKET, SO_RCVBUF, 1));
	SETUP(set_int(full, SOL_NETLINK, NETLINK_BROADCAST_ERROR,
		      VARIANT(struct told_row)->option));
	for (int i = 0; i < 16; i++)
		EXPECT_EQ(sendto(sender, data, sizeof(data), MSG_DONTWAIT, (struct sockaddr *)&to,
				 sizeof(to)),
			  sizeof(data));
	EXPECT_ERR(recv(full, data, sizeof(data), MSG_DONTWAIT), ENOBUFS);
	EXPECT_BETWEEN(drain(full), 1, 15);
	while (recv(other, data, sizeof(data), MSG_DONTWAIT) == sizeof(data))
		got++;
	EXPECT_EQ(got, 16);
}
