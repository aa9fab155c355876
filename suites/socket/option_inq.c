/* SPDX-License-Identifier: MIT */
/* SO_INQ: how much more is there to read. */
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <linux/sockios.h>

#include "suites/socket/control.h"

#include "harness/case.h"

/* The rest that the message tells of; -1 when it tells nothing. */
static int rest_after(struct received *r)
{
	int rest = -1;

	return control_find(r, SOL_SOCKET, SO_INQ, &rest, sizeof(rest)) ? rest : -1;
}

/* Reads `size` bytes of the stream. */
static ssize_t receive_some(int fd, struct received *r, size_t size)
{
	r->part = (struct iovec){r->data, size};
	r->message = (struct msghdr){.msg_iov = &r->part,
				     .msg_iovlen = 1,
				     .msg_control = r->control,
				     .msg_controllen = sizeof(r->control)};
	return recvmsg(fd, &r->message, 0);
}

/*
 * One call less for each message.
 *
 * A program that reads from a stream with a buffer of its own must guess how large; to know
 * whether more waits it calls recvmsg() again, in vain, or asks with ioctl(SIOCINQ). With `SO_INQ`
 * (Linux 6.17) a Unix stream says with each message how many bytes are left. TCP has it as
 * `TCP_INQ`.
 */
CASE(rest_of_a_stream,
     .claim = "with SO_INQ recvmsg() on a Unix stream tells how many bytes are still to be read",
     .since = "6.17", .level = ABI,
     .spec = "Linux 6.17, commit df30285b3670 (SO_INQ); include/uapi/asm-generic/socket.h",
     .tags = "option unix control")
{
	struct pair p = unix_pair(SOCK_STREAM);
	struct received r;
	int waiting = -1;

	SETUP(send(p.client, "0123456789", 10, 0));
	EXPECT_EQ(receive_some(p.server, &r, 2), 2);
	EXPECT_EQ(control_count(&r), 0);
	if (set_int(p.server, SOL_SOCKET, SO_INQ, 1) != 0)
		SKIP("SO_INQ", "setsockopt() gives error %d: Linux before 6.17", errno);
	EXPECT_EQ(receive_some(p.server, &r, 3), 3);
	EXPECT_EQ(control_count(&r), 1);
	EXPECT_EQ(rest_after(&r), 5);
	EXPECT_EQ(ioctl(p.server, SIOCINQ, &waiting), 0);
	EXPECT_EQ(waiting, 5);
	EXPECT_EQ(receive_some(p.server, &r, sizeof(r.data)), 5);
	EXPECT_EQ(rest_after(&r), 0);

	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_INQ, 0));
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(receive_some(p.server, &r, 1), 1);
	EXPECT_EQ(control_count(&r), 0);
}

struct other_row {
	struct variant variant;
	int family, type, error;
};

static const struct other_row others[] = {
	{{"unix_dgram", NULL}, AF_UNIX, SOCK_DGRAM, ENOPROTOOPT},
	{{"udp", NULL}, AF_INET, SOCK_DGRAM, ENOPROTOOPT},
	{{"tcp", NULL}, AF_INET, SOCK_STREAM, ENOPROTOOPT},
};

/*
 * Only streams have a rest.
 *
 * Of datagrams the next recvmsg() takes a whole one. No text says which error it is; Linux 6.18
 * was seen to not know the option there, and to take no value but 0 and 1.
 */
CASE(only_unix_streams,
     .claim = "SO_INQ is refused on sockets that are no Unix streams, and for other values than 0 "
	      "and 1",
     .since = "6.17", .level = OBSERVED, .spec = "Linux 6.17, commit df30285b3670 (SO_INQ)",
     .tags = "option unix errno", .VARIANTS(others))
{
	const struct other_row *row = VARIANT(struct other_row);
	struct pair p = unix_pair(SOCK_STREAM);

	if (set_int(p.server, SOL_SOCKET, SO_INQ, 1) != 0)
		SKIP("SO_INQ", "setsockopt() gives error %d: Linux before 6.17", errno);
	EXPECT_ERR(set_int(SETUP(socket(row->family, row->type, 0)), SOL_SOCKET, SO_INQ, 1),
		   row->error);
	EXPECT_ERR(set_int(p.client, SOL_SOCKET, SO_INQ, 2), EINVAL);
	EXPECT_OK(set_int(p.client, SOL_SOCKET, SO_INQ, 1));
}
