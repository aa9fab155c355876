/* SPDX-License-Identifier: MIT */
/* What waits to be read: its size as a control message, and reading without copying. */
#include <netinet/tcp.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/inet/tcp_help.h"

#include "harness/case.h"

#ifndef TCP_ZEROCOPY_RECEIVE
#define TCP_ZEROCOPY_RECEIVE 35
#endif
#ifndef TCP_INQ
#define TCP_INQ 36
#endif

struct read_row {
	struct variant variant;
	int family;
	size_t size; /* that is read of 10 */
	int left;
};

static const struct read_row reads[] = {
	{{"some_v4", NULL}, AF_INET, 4, 6},
	{{"some_v6", "ipv6"}, AF_INET6, 4, 6},
	{{"all_v4", NULL}, AF_INET, 10, 0},
	{{"all_v6", "ipv6"}, AF_INET6, 10, 0},
};

/*
 * How much more there is.
 *
 * A program that reads into a buffer asks next whether there is more: another poll(), or a
 * recv() that says `EAGAIN`. With `TCP_INQ` recvmsg() tells it with the data: a control message
 * `TCP_CM_INQ` with the number of bytes that still wait. 0 means that the question can be saved.
 */
CASE(bytes_left,
     .claim = "With TCP_INQ recvmsg() has a TCP_CM_INQ control message with the number of bytes "
	      "left",
     .level = LINUX, .spec = "include/uapi/linux/tcp.h TCP_INQ, TCP_CM_INQ; Linux 4.18",
     .tags = "tcp recv cmsg", .VARIANTS(reads))
{
	const struct read_row *row = VARIANT(struct read_row);
	struct pair p = tcp_pair(row->family);
	char text[16];

	SETUP(send(p.client, "aaaabbbbcc", 10, 0));
	REQUIRE_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);
	for (int on = 0; on <= 1; on++) {
		union {
			char bytes[CMSG_SPACE(sizeof(int))];
			struct cmsghdr header;
		} control;
		struct iovec part = {text, row->size};
		struct msghdr message = {.msg_iov = &part,
					 .msg_iovlen = 1,
					 .msg_control = &control,
					 .msg_controllen = sizeof(control)};
		int left = -1;

		EXPECT_OK(set_int(p.server, IPPROTO_TCP, TCP_INQ, on));
		EXPECT_EQ(get_int(p.server, IPPROTO_TCP, TCP_INQ), on);
		EXPECT_EQ(recvmsg(p.server, &message, on == 0 ? MSG_PEEK : 0), row->size);
		EXPECT_MEMEQ(text, "aaaabbbbcc", row->size);
		EXPECT_EQ(message.msg_flags, 0);
		if (on == 0) {
			EXPECT_EQ(message.msg_controllen, 0);
			continue;
		}
		EXPECT_EQ(message.msg_controllen, CMSG_SPACE(sizeof(int)));
		EXPECT_EQ(control.header.cmsg_level, IPPROTO_TCP);
		EXPECT_EQ(control.header.cmsg_type, TCP_INQ);
		EXPECT_EQ(control.header.cmsg_len, CMSG_LEN(sizeof(int)));
		memcpy(&left, CMSG_DATA(&control.header), sizeof(left));
		EXPECT_EQ(left, row->left);
	}
}

/* include/uapi/linux/tcp.h, which cannot be included beside the C library's header. */
struct zerocopy {
	uint64_t address;
	uint32_t length, skip_hint, inq;
	int32_t error;
	uint64_t copy_address;
	int32_t copy_length;
	uint32_t flags;
};
enum { TLB_CLEAN_HINT = 1 };

/*
 * Reading by changing the page table.
 *
 * Copying is what a fast receiver spends its time with. `TCP_ZEROCOPY_RECEIVE` puts pages of the
 * receive queue into memory that was mapped from the socket by mmap(). That works for whole
 * pages only; for all else `recv_skip_hint` says how many bytes recv() has to copy, as here. The
 * bytes stay until then. An address that is no page's beginning is refused with `EINVAL`.
 */
CASE(zerocopy_receive,
     .claim =
	     "TCP_ZEROCOPY_RECEIVE of less than a page maps nothing and says in recv_skip_hint how "
	     "much recv() can read",
     .level = LINUX, .spec = "Linux 4.18 tcp_zerocopy_receive(); include/uapi/linux/tcp.h",
     .tags = "tcp recv mmap", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family);
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	void *mapped = mmap(NULL, page, PROT_READ, MAP_SHARED, p.server, 0);
	struct zerocopy ask = {.length = (uint32_t)page, .flags = TLB_CLEAN_HINT};
	socklen_t size = sizeof(ask);
	char text[8];

	if (mapped == MAP_FAILED)
		SKIP("mmap", "mmap() of a TCP socket fails: not in this kernel");
	SETUP(send(p.client, "hello", 5, 0));
	REQUIRE_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);

	ask.address = (uintptr_t)mapped + 1;
	EXPECT_ERR(getsockopt(p.server, IPPROTO_TCP, TCP_ZEROCOPY_RECEIVE, &ask, &size), EINVAL);
	ask = (struct zerocopy){
		.address = (uintptr_t)mapped, .length = (uint32_t)page, .flags = TLB_CLEAN_HINT};
	size = sizeof(ask);
	EXPECT_OK(getsockopt(p.server, IPPROTO_TCP, TCP_ZEROCOPY_RECEIVE, &ask, &size));
	EXPECT_EQ(ask.length, 0);
	EXPECT_EQ(ask.skip_hint, 5);
	EXPECT_EQ(recv(p.server, text, sizeof(text), MSG_DONTWAIT), 5);
	EXPECT_MEMEQ(text, "hello", 5);
}
