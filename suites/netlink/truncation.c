/* SPDX-License-Identifier: MIT */
/* Buffers that are too small, and how to find the right size. */
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

/* A socket with an answer waiting that is larger than 100 bytes: what is known of lo. */
static int with_answer(void)
{
	struct ifinfomsg link = {.ifi_index = 1};
	struct netlink_request r = REQUEST(RTM_GETLINK, 0, link);
	int fd = netlink_open(NETLINK_ROUTE);

	SETUP(netlink_send(fd, &r));
	return fd;
}

static ssize_t receive(int fd, struct iovec part, int flags, int *out)
{
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
	ssize_t got = recvmsg(fd, &message, flags);

	*out = message.msg_flags;
	return got;
}

/*
 * What does not fit is lost.
 *
 * Netlink has datagrams: the part of a message that finds no room in the buffer is thrown away, and
 * only `MSG_TRUNC` in `msg_flags` says so. recv() has no such flags; hence recvmsg().
 */
CASE(cut,
     .claim = "recvmsg() into a small buffer gives what fits, sets MSG_TRUNC, and the rest is lost",
     .level = LINUX, .spec = "netlink(7) (recvmsg, MSG_TRUNC); recvmsg(2) MSG_TRUNC",
     .needs = "netlink", .tags = "netlink truncation")
{
	char data[32];
	int fd = with_answer(), flags;
	struct netlink_answer answer;
	struct netlink_request noop = netlink_request_of(NLMSG_NOOP, 0, NULL, 0);

	EXPECT_EQ(receive(fd, (struct iovec){data, sizeof(data)}, 0, &flags), sizeof(data));
	EXPECT_EQ(flags, MSG_TRUNC);
	EXPECT_GT(((const struct nlmsghdr *)(void *)data)->nlmsg_len, sizeof(data));
	EXPECT_TRUE(netlink_is_silent(fd));
	EXPECT_ERRNO(netlink_do(fd, &noop), 0);

	fd = with_answer();
	EXPECT_GT(receive(fd, (struct iovec){answer.bytes, sizeof(answer.bytes)}, 0, &flags),
		  (ssize_t)sizeof(data));
	EXPECT_EQ(flags, 0);
}

/*
 * Ask for the size first.
 *
 * `MSG_PEEK` leaves the message where it is, and `MSG_TRUNC` as a flag of the call makes it return
 * the whole length. With both and no buffer, a program learns how large a buffer to take, and then
 * receives.
 */
CASE(size_first,
     .claim = "MSG_PEEK with MSG_TRUNC gives the length of the next message, which stays",
     .level = LINUX, .spec = "netlink(7) (MSG_PEEK, MSG_TRUNC); recv(2) MSG_TRUNC",
     .needs = "netlink", .tags = "netlink truncation peek")
{
	struct netlink_answer answer;
	int fd = with_answer();
	ssize_t size = EXPECT_OK(recv(fd, NULL, 0, MSG_PEEK | MSG_TRUNC));

	EXPECT_GT(size, 100);
	EXPECT_EQ(recv(fd, answer.bytes, 16, MSG_PEEK), 16);
	EXPECT_EQ(recv(fd, answer.bytes, 16, MSG_PEEK | MSG_TRUNC), size);
	EXPECT_EQ(netlink_receive(fd, &answer), size);
	EXPECT_EQ(answer_first(&answer)->nlmsg_len, size);
	EXPECT_TRUE(netlink_is_silent(fd));
}

/* MSG_TRUNC alone: the whole length, though not the whole message. */
CASE(whole_length, .claim = "recv() with MSG_TRUNC returns the length that the message had",
     .level = LINUX, .spec = "recv(2) MSG_TRUNC", .needs = "netlink", .tags = "netlink truncation")
{
	char data[16 + 1] = {[16] = 'x'};
	int fd = with_answer();
	ssize_t size = recv(fd, data, 16, MSG_TRUNC);

	EXPECT_GT(size, 100);
	EXPECT_EQ(((const struct nlmsghdr *)(void *)data)->nlmsg_len, size);
	EXPECT_EQ(data[16], 'x');
	EXPECT_TRUE(netlink_is_silent(fd));
}

/*
 * A dump comes in datagrams of the reader's size.
 *
 * The kernel looks at how large the buffers of earlier calls were, and makes its datagrams no
 * larger than that (at least a page, at most 32 KiB), so that a program which always takes 8 KiB
 * loses nothing.
 */
CASE(dump_fits,
     .claim = "no datagram of a dump is larger than the 8192 bytes that a program receives with",
     .level = LINUX,
     .spec = "netlink(7) (buffers of at least 8192 bytes); "
	     "Documentation/userspace-api/netlink/intro.rst",
     .needs = "netlink", .topology = "lan", .tags = "netlink truncation dump")
{
	struct ifinfomsg header = {0};
	struct netlink_request r = REQUEST(RTM_GETLINK, NLM_F_DUMP, header);
	int fd = netlink_open(NETLINK_ROUTE), flags;
	struct netlink_answer answer;
	bool done = false;

	EXPECT_EQ(netlink_send(fd, &r), r.header.nlmsg_len);
	while (!done) {
		ssize_t got = receive(fd, (struct iovec){answer.bytes, 8192}, 0, &flags);

		REQUIRE_TRUE(got > 0);
		answer.length = (size_t)got;
		EXPECT_EQ(flags, 0);
		for (const struct nlmsghdr *h = answer_first(&answer); h != NULL;
		     h = answer_next(&answer, h))
			done |= h->nlmsg_type == NLMSG_DONE;
	}
	EXPECT_TRUE(done);
}
