/* SPDX-License-Identifier: MIT */
/* Memory that may not be there, by every way of reading it; and calls that are given it. */
#include "harness/selftest/calls_support.h"
#include "harness/selftest/selftest.h"

#include "harness/calls/memory.h"

#include <errno.h>
#include <poll.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "harness/calls/here.h"

/* Two pages, of which the second cannot be read. */
static char *half_readable(size_t page)
{
	char *at = mmap(NULL, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	if (at == MAP_FAILED || mprotect(at + page, page, PROT_NONE) != 0)
		return NULL;
	return at;
}

static void check_way(enum memory_way way)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	char *edge = half_readable(page);
	char got[64], local[16] = "on the stack";

	CU_ASSERT_PTR_NOT_NULL(edge);
	if (edge == NULL || !memory_set_way(way))
		return;
	for (size_t i = 0; i < 4; i++)
		edge[page - 4 + i] = (char)('a' + i);
	CU_ASSERT_TRUE(memory_read(got, edge + page - 4, 4));
	CU_ASSERT_EQUAL(memcmp(got, "abcd", 4), 0);
	CU_ASSERT_FALSE(memory_read(got, edge + page - 4, 5));
	CU_ASSERT_EQUAL(memory_read_some(got, edge + page - 4, 64), 4);
	CU_ASSERT_FALSE(memory_read(got, edge + page, 1));
	CU_ASSERT_FALSE(memory_read(got, NULL, 1));
	CU_ASSERT_FALSE(memory_read(got, (void *)UINTPTR_MAX, 1));
	CU_ASSERT_FALSE(memory_read(got, (void *)(UINTPTR_MAX - 7), 16));
	CU_ASSERT_FALSE(memory_read(got, (void *)(uintptr_t)1, 8));
	CU_ASSERT_TRUE(memory_read(got, local, sizeof(local)));
	CU_ASSERT_STRING_EQUAL(got, "on the stack");
	/* A string that no NUL ends before the memory does. */
	CU_ASSERT_EQUAL(memory_read_string(got, edge + page - 4, sizeof(got)), (size_t)-1);
	CU_ASSERT_EQUAL(memory_read_string(got, edge + page - 4, 3), 3);
	CU_ASSERT_EQUAL(memory_read_string(got, "name", sizeof(got)), 4);
	munmap(edge, 2 * page);
}

SELFTEST(memory_is_read_by_every_way_there_is)
{
	enum memory_way way = memory_way();

	CU_ASSERT_NOT_EQUAL(way, MEMORY_NEVER);
	check_way(MEMORY_PROBE);
	check_way(MEMORY_PROCESS_VM);
	check_way(MEMORY_PIPE);
	CU_ASSERT_TRUE(memory_set_way(way));
}

SELFTEST(bad_pointers_are_shown_and_give_efault)
{
	void *const bad[] = {NULL, (void *)UINTPTR_MAX, (void *)(uintptr_t)1};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	recording_start();
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		socklen_t length = 16;

		CU_ASSERT_EQUAL(bind(fd, bad[i], 16), -1);
		CU_ASSERT_EQUAL(connect(fd, bad[i], 16), -1);
		CU_ASSERT_EQUAL(getsockname(fd, bad[i], &length), -1);
		CU_ASSERT_EQUAL(getsockname(fd, bad[i], bad[i]), -1);
		CU_ASSERT_EQUAL(setsockopt(fd, SOL_SOCKET, SO_RCVBUF, bad[i], 4), -1);
		CU_ASSERT_EQUAL(getsockopt(fd, SOL_SOCKET, SO_RCVBUF, bad[i], &length), -1);
		CU_ASSERT_EQUAL(getsockopt(fd, SOL_SOCKET, SO_RCVBUF, &length, bad[i]), -1);
		CU_ASSERT_EQUAL(send(fd, bad[i], 100, 0), -1);
#ifdef __GLIBC__
		/* musl reads the structure itself, and crashes. */
		CU_ASSERT_EQUAL(sendmsg(fd, bad[i], 0), -1);
		CU_ASSERT_EQUAL(recvmsg(fd, bad[i], MSG_DONTWAIT), -1);
		CU_ASSERT_EQUAL(sendmmsg(fd, bad[i], 2, 0), -1);
		CU_ASSERT_EQUAL(recvmmsg(fd, bad[i], 2, MSG_DONTWAIT, NULL), -1);
#endif
		CU_ASSERT_EQUAL(poll(bad[i], 1, 0), -1);
		CU_ASSERT_EQUAL(errno, EFAULT);
		CU_ASSERT_EQUAL(ioctl(fd, FIONBIO, bad[i]), -1);
		CU_ASSERT_EQUAL(ioctl(fd, SIOCGIFADDR, bad[i]), -1);
		CU_ASSERT_EQUAL(epoll_wait(-1, bad[i], 1, 0), -1);
		CU_ASSERT_EQUAL(epoll_ctl(-1, EPOLL_CTL_ADD, fd, bad[i]), -1);
		CU_ASSERT_EQUAL(socketpair(AF_UNIX, SOCK_STREAM, 0, bad[i]), -1);
		CU_ASSERT_EQUAL(writev(fd, bad[i], 1), -1);
		CU_ASSERT_EQUAL(readv(fd, bad[i], 1), -1);
	}
	CU_ASSERT_EQUAL(bind(fd, (void *)UINTPTR_MAX, 16), -1);
	CU_ASSERT_EQUAL(errno, EFAULT);
	if (sizeof(void *) == 8)
		CU_ASSERT(same(argument("bind", "addr"), "0xffffffffffffffff"));
	recording_stop();
	close(fd);
}

SELFTEST(bad_pointers_inside_structures)
{
	struct iovec vector = {.iov_base = (void *)(uintptr_t)1, .iov_len = 10};
	struct msghdr message = {
		.msg_name = (void *)(uintptr_t)2,
		.msg_namelen = 16,
		.msg_iov = &vector,
		.msg_iovlen = 1,
		.msg_control = (void *)(uintptr_t)3,
		.msg_controllen = 64,
	};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	recording_start();
#ifdef __GLIBC__
	CU_ASSERT_EQUAL(sendmsg(fd, &message, 0), -1);
	CU_ASSERT(same(argument("sendmsg", "msg"), "{name=0x2, iov=[{0x1, 10}], control=0x3}"));
#endif
	message.msg_control = NULL;
	message.msg_controllen = 0;
	message.msg_iovlen = 3;
	message.msg_iov = (void *)(uintptr_t)8;
	CU_ASSERT_EQUAL(sendmsg(fd, &message, 0), -1);
	CU_ASSERT(same(argument("sendmsg", "msg"), "{name=0x2, iov=0x8}"));
	recording_stop();
	close(fd);
}

SELFTEST(lengths_may_lie)
{
	struct sockaddr_in address = {.sin_family = AF_INET};
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	char *small = malloc(4);

	CU_ASSERT_PTR_NOT_NULL_FATAL(small);
	memcpy(small, "abc", 4);
	recording_start();
	CU_ASSERT_EQUAL(bind(fd, (struct sockaddr *)&address, (socklen_t)-1), -1);
	CU_ASSERT_EQUAL(bind(fd, (struct sockaddr *)&address, 1), -1);
	CU_ASSERT(same(argument("bind", "addr"), "{02}") || same(argument("bind", "addr"), "{00}"));
	CU_ASSERT_EQUAL(bind(fd, (struct sockaddr *)small, 128), -1);
	CU_ASSERT_EQUAL(setsockopt(fd, SOL_SOCKET, SO_RCVBUF, small, 1000), 0);
	CU_ASSERT_EQUAL(setsockopt(fd, SOL_SOCKET, SO_RCVBUF, small, (socklen_t)-1), -1);
	CU_ASSERT_EQUAL(sendto(fd, small, SIZE_MAX / 2, 0, NULL, 0), -1);
	recording_stop();
	free(small);
	close(fd);
}
