/* SPDX-License-Identifier: MIT */
/*
 * Calls for a second witness: whatever the suites happen to use, each function of
 * wrapped.list that is a system call is made here, by several threads and processes too.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/rtnetlink.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <sys/un.h>

#include "harness/case.h"

/* Descriptors: made, copied, asked, closed, and numbers that are none. */
CASE(descriptors, .claim = "calls on descriptors are recorded", .level = ABI, .spec = "none")
{
	struct pair p = unix_pair(SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK);
	int zero = 0, waiting = 0;

	EXPECT_EQ(dup(p.client), 5);
	EXPECT_EQ(dup2(p.client, 7), 7);
	EXPECT_EQ(dup3(p.client, 8, O_CLOEXEC), 8);
	EXPECT_ERR(dup3(p.client, p.client, 0), EINVAL);
	EXPECT_EQ(fcntl(p.client, F_DUPFD_CLOEXEC, 20), 20);
	EXPECT_EQ(fcntl(20, F_GETFD), FD_CLOEXEC);
	EXPECT_EQ(fcntl64(20, F_SETFL, O_NONBLOCK), 0);
	EXPECT_EQ(ioctl(20, FIONBIO, &zero), 0);
	EXPECT_EQ(ioctl(20, FIONREAD, &waiting), 0);
	EXPECT_ERR(ioctl(-1, FIONREAD, &waiting), EBADF);
	EXPECT_TRUE(mmap(NULL, 4096, PROT_READ, MAP_SHARED, p.client, 0) == MAP_FAILED);
	EXPECT_EQ(errno, ENODEV);
	for (int fd = 5; fd < 9; fd++)
		close(fd);
	EXPECT_EQ(close(20), 0);
	EXPECT_ERR(close(20), EBADF);
}

/* Data of all kinds of bytes, in all ways. */
CASE(data, .claim = "calls that move data are recorded", .level = ABI, .spec = "none")
{
	static const char bytes[] = "plain \"quoted\" \\ \x01\x02"
				    "f \x7f\xff\n\t\r\v\f";
	struct pair p = unix_pair(SOCK_STREAM);
	int file = SETUP(memfd_create("file", 0)), ends[2];
	char in[64], more[8];
	struct iovec out[2] = {{(void *)bytes, 5}, {(void *)(bytes + 5), 9}};
	struct iovec room[2] = {{in, 3}, {more, sizeof(more)}};
	off_t start = 0;
	off64_t start64 = 2;

	EXPECT_EQ(write(p.client, bytes, sizeof(bytes)), sizeof(bytes));
	EXPECT_EQ(read(p.server, in, sizeof(in)), sizeof(bytes));
	EXPECT_EQ(writev(p.client, out, 2), 14);
	EXPECT_EQ(readv(p.server, room, 2), 11);
	EXPECT_EQ(send(p.client, bytes, 4, MSG_NOSIGNAL | MSG_DONTWAIT), 4);
	EXPECT_EQ(recv(p.server, in, sizeof(in), MSG_PEEK), 7);
	EXPECT_EQ(recv(p.server, in, sizeof(in), MSG_DONTWAIT), 7);
	EXPECT_ERR(recv(p.server, in, sizeof(in), MSG_DONTWAIT), EAGAIN);
	EXPECT_EQ(write(file, "a file", 6), 6);
	EXPECT_EQ(sendfile(p.client, file, &start, 2), 2);
	EXPECT_EQ(sendfile64(p.client, file, &start64, 100), 4);
	SETUP(pipe(ends));
	EXPECT_EQ(splice(p.server, NULL, ends[1], NULL, 6, SPLICE_F_NONBLOCK | SPLICE_F_MOVE), 6);
	EXPECT_EQ(shutdown(p.client, SHUT_WR), 0);
	EXPECT_EQ(recv(p.server, in, sizeof(in), 0), 0);
}

/* Addresses in both directions, options, and messages with more than data. */
CASE(sockets, .claim = "calls on sockets are recorded", .level = ABI, .spec = "none")
{
	struct address where = address_loopback(AF_INET, 0), from = address_empty();
	int listener = SETUP(socket(AF_INET, SOCK_STREAM, IPPROTO_TCP));
	int client = SETUP(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)), server, value = 0;
	struct linger linger = {1, 3};
	socklen_t size = sizeof(value);

	EXPECT_EQ(setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &(int){1}, sizeof(int)), 0);
	EXPECT_EQ(setsockopt(listener, SOL_SOCKET, SO_LINGER, &linger, sizeof(linger)), 0);
	EXPECT_EQ(setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int)), 0);
	EXPECT_ERR(setsockopt(listener, IPPROTO_IP, IP_TTL, &(int){999}, sizeof(int)), EINVAL);
	EXPECT_EQ(getsockopt(listener, SOL_SOCKET, SO_TYPE, &value, &size), 0);
	EXPECT_EQ(bind(listener, ADDRESS(where)), 0);
	EXPECT_EQ(getsockname(listener, &where.any, &where.length), 0);
	EXPECT_TRUE(mmap(NULL, 4096, PROT_READ, MAP_SHARED, client, 0) != MAP_FAILED);
	EXPECT_EQ(listen(listener, 7), 0);
	EXPECT_EQ(connect(client, ADDRESS(where)), 0);
	server = accept(listener, &from.any, &from.length);
	EXPECT_EQ(server, 5);
	EXPECT_EQ(getpeername(server, &from.any, &from.length), 0);
	EXPECT_EQ(send(client, "!", 1, MSG_OOB), 1);
	EXPECT_EQ(wait_for(server, POLLPRI, SOON_MS), POLLPRI);
	EXPECT_EQ(sockatmark(server), 1);
	EXPECT_ERR(accept4(server, NULL, NULL, SOCK_NONBLOCK), EINVAL);
	EXPECT_ERR(socket(AF_INET, SOCK_STREAM, IPPROTO_UDP), EPROTONOSUPPORT);
	EXPECT_EQ(sethostname("second", 6), 0);
}

/* One call for several messages, and one message in several parts. */
CASE(messages, .claim = "calls with messages are recorded", .level = ABI, .spec = "none")
{
	struct pair p = unix_pair(SOCK_DGRAM), q = udp_pair(AF_INET6);
	struct address from = address_empty(), to = address_loopback(AF_INET6, 9000);
	struct iovec parts[2] = {{(void *)"ab", 2}, {(void *)"cde", 3}};
	char first[8], second[8];
	struct iovec room[2] = {{first, sizeof(first)}, {second, sizeof(second)}};
	struct mmsghdr out[2] = {{.msg_hdr = {.msg_iov = &parts[0], .msg_iovlen = 1}},
				 {.msg_hdr = {.msg_iov = &parts[1], .msg_iovlen = 1}}};
	struct mmsghdr in[2] = {{.msg_hdr = {.msg_iov = &room[0], .msg_iovlen = 1}},
				{.msg_hdr = {.msg_iov = &room[1], .msg_iovlen = 1}}};
	struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
	struct msghdr got = {.msg_iov = room, .msg_iovlen = 1};

	EXPECT_EQ(sendmsg(p.client, &message, MSG_DONTWAIT), 5);
	EXPECT_EQ(recvmsg(p.server, &got, MSG_PEEK), 5);
	got.msg_iov = &(struct iovec){first, 2};
	EXPECT_EQ(recvmsg(p.server, &got, 0), 2);
	EXPECT_EQ(got.msg_flags, MSG_TRUNC);
	EXPECT_EQ(sendmmsg(p.client, out, 2, 0), 2);
	EXPECT_EQ(recvmmsg(p.server, in, 2, MSG_DONTWAIT, NULL), 2);
	EXPECT_EQ(sendto(q.server, "x", 1, 0, ADDRESS(to)), 1);
	EXPECT_EQ(send(q.client, "xyz", 3, 0), 3);
	EXPECT_EQ(recvfrom(q.server, first, 2, MSG_TRUNC, &from.any, &from.length), 3);
}

/* Messages with a header each, the second of which is an error's. */
CASE(netlink, .claim = "messages of netlink are recorded", .level = ABI, .spec = "none",
     .needs = "netlink")
{
	struct {
		struct nlmsghdr header;
		struct ifinfomsg link;
	} request = {{sizeof(request), RTM_GETLINK, NLM_F_REQUEST, 77, 0}, {.ifi_index = 4242}};
	int routes = SETUP(socket(AF_NETLINK, SOCK_RAW, NETLINK_ROUTE));
	char answer[1024];

	EXPECT_EQ(send(routes, &request, sizeof(request), 0), sizeof(request));
	EXPECT_EQ(recv(routes, answer, sizeof(answer), 0), 36 + sizeof(request.link));
}

/* Waiting, with the answers. */
CASE(readiness, .claim = "calls that wait are recorded", .level = ABI, .spec = "none")
{
	struct pair p = unix_pair(SOCK_STREAM);
	struct pollfd both[2] = {{.fd = p.client, .events = POLLIN | POLLOUT},
				 {.fd = p.server, .events = POLLIN}};
	struct epoll_event event = {.events = EPOLLIN | EPOLLET, .data.u64 = 77};
	struct timespec at_once = {0, 0};
	struct timeval now = {0, 0};
	fd_set in, out;
	int old, epoll;

	EXPECT_EQ(poll(both, 2, 0), 1);
	EXPECT_EQ(ppoll(both + 1, 1, &at_once, NULL), 0);
	EXPECT_EQ(send(p.client, "x", 1, 0), 1);
	EXPECT_EQ(ppoll(both, 2, &(struct timespec){2, 0}, NULL), 2);
	FD_ZERO(&in);
	FD_ZERO(&out);
	FD_SET(p.client, &in);
	FD_SET(p.server, &in);
	FD_SET(p.client, &out);
	EXPECT_EQ(select(p.server + 1, &in, &out, NULL, &now), 2);
	FD_SET(p.client, &in);
	EXPECT_EQ(pselect(p.server + 1, &in, NULL, NULL, &at_once, NULL), 1);
	EXPECT_ERR(select(-1, NULL, NULL, NULL, &now), EINVAL);
	old = SETUP(epoll_create(1));
	epoll = SETUP(epoll_create1(EPOLL_CLOEXEC));
	EXPECT_EQ(epoll_ctl(epoll, EPOLL_CTL_ADD, p.server, &event), 0);
	EXPECT_ERR(epoll_ctl(epoll, EPOLL_CTL_ADD, p.server, &event), EEXIST);
	EXPECT_EQ(epoll_wait(epoll, &event, 1, 100), 1);
	EXPECT_EQ(epoll_pwait(epoll, &event, 1, 0, NULL), 0);
	EXPECT_EQ(epoll_ctl(epoll, EPOLL_CTL_DEL, p.server, NULL), 0);
	EXPECT_EQ(epoll_wait(old, &event, 1, 0), 0);
}

static void talk(int number)
{
	for (int i = 0; i < 20; i++) {
		struct pair p = unix_pair(i % 2 == 0 ? SOCK_STREAM : SOCK_DGRAM);
		char text[16];

		snprintf(text, sizeof(text), "%d of %d", i, number);
		EXPECT_EQ(send(p.client, text, strlen(text), 0), strlen(text));
		EXPECT_EQ(recv(p.server, text, sizeof(text), 0), strlen(text));
		close(p.client);
		close(p.server);
	}
}

static int talk_in_child(void *context)
{
	(void)context;
	talk(100);
	return 0;
}

static void *talk_in_thread(void *context)
{
	talk(*(int *)context);
	return NULL;
}

/* At the same time: each thread's calls are in its own order. */
CASE(at_once, .claim = "calls of threads and processes are recorded", .level = ABI, .spec = "none")
{
	int numbers[3] = {1, 2, 3};
	pthread_t threads[3];
	pid_t child = start_child(talk_in_child, NULL);

	for (int i = 0; i < 3; i++)
		EXPECT_EQ(pthread_create(&threads[i], NULL, talk_in_thread, &numbers[i]), 0);
	for (int i = 0; i < 3; i++)
		EXPECT_EQ(pthread_join(threads[i], NULL), 0);
	EXPECT_EQ(wait_child(child), 0);
}

static void reply(int signal_number)
{
	(void)signal_number;
	send(4, "signal", 6, 0);
}

/* A signal handler's calls stand within the call that it interrupts. */
CASE(interrupted, .claim = "calls of a signal handler are recorded", .level = ABI, .spec = "none",
     .waits = true)
{
	struct sigaction action = {.sa_handler = reply};
	struct pair p = unix_pair(SOCK_STREAM), silent = unix_pair(SOCK_STREAM);
	char text[8];

	SETUP(sigaction(SIGALRM, &action, NULL));
	alarm(1);
	EXPECT_ERR(recv(silent.client, text, sizeof(text), 0), EINTR);
	EXPECT_EQ(recv(p.client, text, sizeof(text), 0), 6);
	action.sa_flags = SA_RESTART;
	SETUP(sigaction(SIGALRM, &action, NULL));
	alarm(1);
	EXPECT_EQ(recv(p.client, text, sizeof(text), 0), 6);
}
