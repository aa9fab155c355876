/* SPDX-License-Identifier: MIT */
/* Calls that are made to misbehave: what the program sees, and what really happened. */
#include "harness/selftest/calls_support.h"
#include "harness/selftest/selftest.h"

#include <errno.h>
#include <linux/filter.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/un.h>
#include <unistd.h>

#include "harness/deviate/deviate.h"

#include "harness/calls/here.h"

static void start(const char *name)
{
	recording_start();
	if (name != NULL)
		deviation_activate(name);
	else
		deviation_survey();
}

static void stop(void)
{
	deviation_mode = DEVIATION_OFF;
	recording_stop();
}

static unsigned int acted(void)
{
	return outcome_current->deviated;
}

static bool offered(const char *name)
{
	for (uint32_t i = 0; i < outcome_current->offers_used; i++) {
		if (strcmp(outcome_string(outcome_current, outcome_current->offers[i]), name) == 0)
			return true;
	}
	return false;
}

static int number(int fd, int level, int option)
{
	int value = -1;
	socklen_t size = sizeof(value);

	return getsockopt(fd, level, option, &value, &size) == 0 ? value : -1;
}

SELFTEST(names_of_deviations)
{
	CU_ASSERT(deviation_is_name("bind:EADDRINUSE:success"));
	CU_ASSERT(deviation_is_name("recvmsg:IP_PKTINFO.ipi_addr:off-by-one"));
	CU_ASSERT_FALSE(deviation_is_name(""));
	CU_ASSERT_FALSE(deviation_is_name("bind"));
	CU_ASSERT_FALSE(deviation_is_name("bind:EINVAL"));
	CU_ASSERT_FALSE(deviation_is_name("bind::success"));
	CU_ASSERT_FALSE(deviation_is_name(":EINVAL:success"));
	CU_ASSERT_FALSE(deviation_is_name("bind:EINVAL:"));
	CU_ASSERT_FALSE(deviation_is_name("bind:EINVAL:success:more"));
	CU_ASSERT_FALSE(deviation_is_name("bind:E INVAL:success"));
}

SELFTEST(nothing_deviates_unless_asked)
{
	int fd;

	recording_start();
	CU_ASSERT_EQUAL(deviation_mode, DEVIATION_OFF);
	fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	CU_ASSERT_EQUAL(setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &(int){1}, sizeof(int)), 0);
	CU_ASSERT_EQUAL(number(fd, SOL_SOCKET, SO_BROADCAST), 1);
	CU_ASSERT_EQUAL(acted(), 0);
	CU_ASSERT_EQUAL(outcome_current->offers_used, 0);
	close(fd);
	recording_stop();
}

SELFTEST(an_option_is_ignored_or_echoed)
{
	int fd;

	start("setsockopt:SO_BROADCAST:ignored");
	fd = socket(AF_INET, SOCK_DGRAM, 0);
	CU_ASSERT_EQUAL(setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &(int){1}, sizeof(int)), 0);
	CU_ASSERT_EQUAL(number(fd, SOL_SOCKET, SO_BROADCAST), 0);
	CU_ASSERT_EQUAL(acted(), 1);
	CU_ASSERT_TRUE(last_call("setsockopt")->deviated);
	CU_ASSERT_FALSE(last_call("getsockopt")->deviated);
	/* What the kernel would refuse is refused. */
	CU_ASSERT_EQUAL(setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &(int){1}, 1), -1);
	CU_ASSERT_EQUAL(errno, EINVAL);
	close(fd);
	stop();

	start("setsockopt:SO_BROADCAST:echoed");
	fd = socket(AF_INET, SOCK_DGRAM, 0);
	CU_ASSERT_EQUAL(setsockopt(fd, SOL_SOCKET, SO_BROADCAST, &(int){1}, sizeof(int)), 0);
	CU_ASSERT_EQUAL(number(fd, SOL_SOCKET, SO_BROADCAST), 1);
	close(fd);
	/* Another socket of the number was told nothing. */
	fd = socket(AF_INET, SOCK_DGRAM, 0);
	CU_ASSERT_EQUAL(number(fd, SOL_SOCKET, SO_BROADCAST), 0);
	close(fd);
	stop();
}

SELFTEST(an_error_is_another_one_or_none)
{
	start("socket:EAFNOSUPPORT:EINVAL");
	CU_ASSERT_EQUAL(socket(AF_MAX + 1, SOCK_STREAM, 0), -1);
	CU_ASSERT_EQUAL(errno, EINVAL);
	CU_ASSERT_EQUAL(last_call("socket")->error, EINVAL);
	stop();

	start("bind:EBADF:success");
	CU_ASSERT_EQUAL(bind(-1, (struct sockaddr *)&(struct sockaddr_in){0}, 16), 0);
	CU_ASSERT_EQUAL(acted(), 1);
	stop();
}

/* Options that a new socket is not ready for are ignored all the same. */
SELFTEST(an_option_that_needs_another_is_ignored)
{
	struct sock_filter nothing = BPF_STMT(BPF_RET | BPF_K, 0);
	struct sock_fprog program = {.len = 1, .filter = &nothing};
	int fd, unused = 0;

	start("setsockopt:SO_DETACH_FILTER:ignored");
	fd = socket(AF_INET, SOCK_DGRAM, 0);
	CU_ASSERT_EQUAL(setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program)), 0);
	CU_ASSERT_EQUAL(setsockopt(fd, SOL_SOCKET, SO_DETACH_FILTER, &unused, sizeof(unused)), 0);
	CU_ASSERT_EQUAL(acted(), 1);
	close(fd);
	stop();

	start("setsockopt:SO_ATTACH_REUSEPORT_CBPF:ignored");
	fd = socket(AF_INET, SOCK_DGRAM, 0);
	CU_ASSERT_EQUAL(setsockopt(fd, SOL_SOCKET, SO_REUSEPORT, &(int){1}, sizeof(int)), 0);
	CU_ASSERT_EQUAL(
		setsockopt(fd, SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, &program, sizeof(program)), 0);
	CU_ASSERT_EQUAL(acted(), 1);
	close(fd);
	stop();
}

/* The table of descriptors is full, and socket() says that it is not. */
SELFTEST(a_full_table_is_hidden)
{
	struct rlimit limit, full;
	int next = dup(0), fd;

	close(next);
	CU_ASSERT_EQUAL(getrlimit(RLIMIT_NOFILE, &limit), 0);
	full = limit;
	full.rlim_cur = (rlim_t)next;
	start("socket:EMFILE:success");
	setrlimit(RLIMIT_NOFILE, &full);
	fd = socket(AF_INET, SOCK_DGRAM, 0);
	CU_ASSERT_TRUE(fd >= next);
	CU_ASSERT_EQUAL(getrlimit(RLIMIT_NOFILE, &full), 0);
	CU_ASSERT_EQUAL(full.rlim_cur, (rlim_t)next);
	setrlimit(RLIMIT_NOFILE, &limit);
	CU_ASSERT_EQUAL(acted(), 1);
	close(fd);
	stop();
}

SELFTEST(a_flag_is_dropped_or_not_reported)
{
	char data[8] = "";
	struct iovec vector = {data, 2};
	struct msghdr message = {.msg_iov = &vector, .msg_iovlen = 1};
	int pair[2];

	start("recv:MSG_PEEK:dropped");
	socketpair(AF_UNIX, SOCK_DGRAM, 0, pair);
	send(pair[0], "abcd", 4, 0);
	CU_ASSERT_EQUAL(recv(pair[1], data, sizeof(data), MSG_PEEK | MSG_DONTWAIT), 4);
	CU_ASSERT_EQUAL(recv(pair[1], data, sizeof(data), MSG_DONTWAIT), -1);
	CU_ASSERT(same(argument("recv", "flags"), "MSG_DONTWAIT"));
	stop();

	start("recvmsg:MSG_TRUNC:unreported");
	send(pair[0], "abcd", 4, 0);
	CU_ASSERT_EQUAL(recvmsg(pair[1], &message, 0), 2);
	CU_ASSERT_EQUAL(message.msg_flags, 0);
	CU_ASSERT_EQUAL(acted(), 1);
	stop();
	close(pair[0]);
	close(pair[1]);
}

SELFTEST(what_is_filled_in_is_wrong)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
				      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct sockaddr_in seen;
	socklen_t size = sizeof(seen);
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	char data[4];

	bind(fd, (struct sockaddr *)&address, sizeof(address));
	getsockname(fd, (struct sockaddr *)&address, &size);
	connect(fd, (struct sockaddr *)&address, sizeof(address));

	start("getsockname:AF_INET.sin_port:off-by-one");
	memset(&seen, 0, sizeof(seen));
	CU_ASSERT_EQUAL(getsockname(fd, (struct sockaddr *)&seen, &size), 0);
	CU_ASSERT_EQUAL((uint8_t)(ntohs(seen.sin_port) - ntohs(address.sin_port)), 1);
	CU_ASSERT_EQUAL(seen.sin_addr.s_addr, address.sin_addr.s_addr);
	stop();

	start("getsockname:AF_INET:unfilled");
	memset(&seen, 0x55, sizeof(seen));
	CU_ASSERT_EQUAL(getsockname(fd, (struct sockaddr *)&seen, &size), 0);
	CU_ASSERT_EQUAL(seen.sin_family, 0x5555);
	stop();

	start("getsockname:addrlen:clamped");
	size = 4;
	CU_ASSERT_EQUAL(getsockname(fd, (struct sockaddr *)&seen, &size), 0);
	CU_ASSERT_EQUAL(size, 4);
	stop();

	start("send:buf:cut");
	CU_ASSERT_EQUAL(send(fd, "abc", 3, 0), 3);
	CU_ASSERT_EQUAL(recv(fd, data, sizeof(data), MSG_DONTWAIT), 2);
	stop();

	start("recv:result:off-by-one");
	send(fd, "abc", 3, 0);
	CU_ASSERT_EQUAL(recv(fd, data, sizeof(data), MSG_DONTWAIT), 2);
	stop();
	close(fd);
}

SELFTEST(control_messages_are_lost_or_wrong)
{
	union {
		char bytes[CMSG_SPACE(2 * sizeof(int))];
		struct cmsghdr header;
	} control;
	char byte = 'x';
	struct iovec vector = {&byte, 1};
	struct msghdr message = {.msg_iov = &vector,
				 .msg_iovlen = 1,
				 .msg_control = control.bytes,
				 .msg_controllen = sizeof(control)};
	int pair[2], fds[2] = {0, 1};

	socketpair(AF_UNIX, SOCK_DGRAM, 0, pair);
	control.header = (struct cmsghdr){.cmsg_len = CMSG_LEN(sizeof(fds)),
					  .cmsg_level = SOL_SOCKET,
					  .cmsg_type = SCM_RIGHTS};
	memcpy(CMSG_DATA(&control.header), fds, sizeof(fds));

	start("sendmsg:SCM_RIGHTS:dropped");
	CU_ASSERT_EQUAL(sendmsg(pair[0], &message, 0), 1);
	/* The program's own message is as it was. */
	CU_ASSERT_EQUAL(message.msg_controllen, sizeof(control));
	CU_ASSERT_EQUAL(recvmsg(pair[1], &message, 0), 1);
	CU_ASSERT_EQUAL(message.msg_controllen, 0);
	stop();

	start("recvmsg:SCM_RIGHTS:unreported");
	message.msg_controllen = sizeof(control);
	CU_ASSERT_EQUAL(sendmsg(pair[0], &message, 0), 1);
	CU_ASSERT_EQUAL(recvmsg(pair[1], &message, 0), 1);
	CU_ASSERT_EQUAL(message.msg_controllen, 0);
	CU_ASSERT_EQUAL(acted(), 1);
	stop();
	close(pair[0]);
	close(pair[1]);
}

SELFTEST(a_call_is_left_out)
{
	struct sockaddr_in address = {.sin_family = AF_INET,
				      .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	struct sockaddr_in seen = {0};
	socklen_t size = sizeof(seen);
	int fd = socket(AF_INET, SOCK_DGRAM, 0);

	start("bind:AF_INET:ignored");
	CU_ASSERT_EQUAL(bind(fd, (struct sockaddr *)&address, sizeof(address)), 0);
	CU_ASSERT_EQUAL(getsockname(fd, (struct sockaddr *)&seen, &size), 0);
	CU_ASSERT_EQUAL(seen.sin_port, 0);
	/* An address that is not ours is still refused. */
	address.sin_addr.s_addr = htonl(0xc0000201);
	CU_ASSERT_EQUAL(bind(fd, (struct sockaddr *)&address, sizeof(address)), -1);
	stop();
	close(fd);
}

SELFTEST(a_survey_names_what_could_go_wrong)
{
	struct sockaddr_storage seen;
	socklen_t size = sizeof(seen);
	int fd;

	start(NULL);
	fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
	CU_ASSERT_TRUE(offered("socket:SOCK_NONBLOCK:dropped"));
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int));
	CU_ASSERT_TRUE(offered("setsockopt:SO_REUSEADDR:ignored"));
	CU_ASSERT_TRUE(offered("setsockopt:SO_REUSEADDR:echoed"));
	memset(&seen, 0, sizeof(seen));
	getsockname(fd, (struct sockaddr *)&seen, &size);
	CU_ASSERT_TRUE(offered("getsockname:AF_INET:unfilled"));
	CU_ASSERT_TRUE(offered("getsockname:AF_INET.sin_port:off-by-one"));
	CU_ASSERT_TRUE(offered("getsockname:addrlen:unfilled"));
	CU_ASSERT_FALSE(offered("getsockname:addrlen:clamped"));
	CU_ASSERT_EQUAL(setsockopt(fd, IPPROTO_TCP, TCP_MAXSEG, &(int){1}, sizeof(int)), -1);
	CU_ASSERT_TRUE(offered("setsockopt:EINVAL:success"));
	CU_ASSERT_FALSE(offered("setsockopt:TCP_MAXSEG:ignored"));
	CU_ASSERT_EQUAL(acted(), 0);
	close(fd);
	stop();
}
