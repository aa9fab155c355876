/* SPDX-License-Identifier: MIT */
/* What the calls say about an address of memory that the process may not use. */
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "suites/socket/errno_sockets.h"

#include "harness/case.h"

/* ---- what the page holds when it can be read ---- */

static void fill_nothing(void *page)
{
	memset(page, 0, sizeof(struct address));
}

static void fill_address(void *page)
{
	struct address loopback = address_loopback(AF_INET, 0);

	memcpy(page, &loopback.v4, sizeof(loopback.v4));
}

static void fill_discard(void *page)
{
	struct address discard = address_loopback(AF_INET, 9);

	memcpy(page, &discard.v4, sizeof(discard.v4));
}

static void fill_length(void *page)
{
	socklen_t length = sizeof(int);

	memcpy(page, &length, sizeof(length));
}

static void fill_vector(void *page)
{
	static char byte[2];
	struct iovec part = {byte, 1};

	memcpy(page, &part, sizeof(part));
}

/* ---- the calls, each with the page as one of its arguments ---- */

static int bind_address(int fd, void *page)
{
	return bind(fd, page, sizeof(struct sockaddr_in));
}

static int connect_address(int fd, void *page)
{
	return connect(fd, page, sizeof(struct sockaddr_in));
}

static int send_data(int fd, void *page)
{
	return (int)send(fd, page, 1, 0);
}

static int sendto_address(int fd, void *page)
{
	return (int)sendto(fd, "x", 1, 0, page, sizeof(struct sockaddr_in));
}

static int sendmsg_vector(int fd, void *page)
{
	struct msghdr message = {.msg_iov = page, .msg_iovlen = 1};

	return (int)sendmsg(fd, &message, 0);
}

static int sendmsg_name(int fd, void *page)
{
	struct msghdr message = {.msg_name = page, .msg_namelen = sizeof(struct sockaddr_in)};

	return (int)sendmsg(fd, &message, 0);
}

static int write_data(int fd, void *page)
{
	return (int)write(fd, page, 1);
}

static int recv_data(int fd, void *page)
{
	return (int)recv(fd, page, 1, 0);
}

static int recvfrom_address(int fd, void *page)
{
	socklen_t length = sizeof(struct sockaddr_in);
	char byte;

	return (int)recvfrom(fd, &byte, 1, 0, page, &length);
}

static int recvfrom_length(int fd, void *page)
{
	struct address from = address_empty();
	char byte;

	return (int)recvfrom(fd, &byte, 1, 0, &from.any, page);
}

static int recvmsg_vector(int fd, void *page)
{
	struct msghdr message = {.msg_iov = page, .msg_iovlen = 1};

	return (int)recvmsg(fd, &message, 0);
}

static int readv_vector(int fd, void *page)
{
	return (int)readv(fd, page, 1);
}

static int accept_address(int fd, void *page)
{
	socklen_t length = sizeof(struct sockaddr_in);

	return accept(fd, page, &length);
}

static int accept_length(int fd, void *page)
{
	struct address from = address_empty();

	return accept(fd, &from.any, page);
}

static int accept4_address(int fd, void *page)
{
	socklen_t length = sizeof(struct sockaddr_in);

	return accept4(fd, page, &length, 0);
}

static int accept4_length(int fd, void *page)
{
	struct address from = address_empty();

	return accept4(fd, &from.any, page, 0);
}

static int recvmsg_name(int fd, void *page)
{
	char byte;
	struct iovec part = {&byte, 1};
	struct msghdr message = {.msg_name = page,
				 .msg_namelen = sizeof(struct sockaddr_in),
				 .msg_iov = &part,
				 .msg_iovlen = 1};

	return (int)recvmsg(fd, &message, 0);
}

static int writev_vector(int fd, void *page)
{
	return (int)writev(fd, page, 1);
}

static int read_data(int fd, void *page)
{
	return (int)read(fd, page, 1);
}

static int poll_set(int fd, void *page)
{
	(void)fd;
	return poll(page, 1, 0);
}

static int select_set(int fd, void *page)
{
	struct timeval at_once = {0, 0};

	return select(fd + 1, page, NULL, NULL, &at_once);
}

static int epoll_ctl_event(int fd, void *page)
{
	return epoll_ctl(SETUP(epoll_create1(0)), EPOLL_CTL_ADD, fd, page);
}

static int epoll_wait_events(int fd, void *page)
{
	struct epoll_event wanted = {.events = EPOLLIN};
	int set = SETUP(epoll_create1(0));

	SETUP(epoll_ctl(set, EPOLL_CTL_ADD, fd, &wanted));
	return epoll_wait(set, page, 1, 0);
}

static int ioctl_value(int fd, void *page)
{
	return ioctl(fd, FIONREAD, page);
}

static int getsockname_address(int fd, void *page)
{
	socklen_t length = sizeof(struct sockaddr_in);

	return getsockname(fd, page, &length);
}

static int getsockname_length(int fd, void *page)
{
	struct address here = address_empty();

	return getsockname(fd, &here.any, page);
}

static int getpeername_address(int fd, void *page)
{
	socklen_t length = sizeof(struct sockaddr_in);

	return getpeername(fd, page, &length);
}

static int getpeername_length(int fd, void *page)
{
	struct address there = address_empty();

	return getpeername(fd, &there.any, page);
}

static int getsockopt_value(int fd, void *page)
{
	socklen_t length = sizeof(int);

	return getsockopt(fd, SOL_SOCKET, SO_TYPE, page, &length);
}

static int getsockopt_length(int fd, void *page)
{
	int type;

	return getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, page);
}

static int setsockopt_value(int fd, void *page)
{
	return setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, page, sizeof(int));
}

static int socketpair_ends(int fd, void *page)
{
	(void)fd;
	return socketpair(AF_UNIX, SOCK_STREAM, 0, page);
}

struct pointer_row {
	struct variant variant;
	int (*make)(void);
	int (*call)(int fd, void *page);
	void (*fill)(void *page); /* what the call finds there when it may look */
};

static const struct pointer_row pointers[] = {
	{{"bind_address", NULL}, fresh_stream, bind_address, fill_address},
	{{"connect_address", NULL}, fresh_datagram, connect_address, fill_discard},
	{{"send_data", NULL}, own_peer, send_data, fill_nothing},
	{{"sendto_address", NULL}, own_peer, sendto_address, fill_discard},
	{{"sendmsg_vector", NULL}, own_peer, sendmsg_vector, fill_vector},
	{{"sendmsg_name", NULL}, own_peer, sendmsg_name, fill_discard},
	{{"write_data", NULL}, own_peer, write_data, fill_nothing},
	{{"recv_data", NULL}, own_peer, recv_data, fill_nothing},
	{{"recvfrom_address", NULL}, own_peer, recvfrom_address, fill_nothing},
	{{"recvfrom_length", NULL}, own_peer, recvfrom_length, fill_length},
	{{"recvmsg_vector", NULL}, own_peer, recvmsg_vector, fill_vector},
	{{"readv_vector", NULL}, own_peer, readv_vector, fill_vector},
	{{"accept_address", NULL}, waiting_listener, accept_address, fill_nothing},
	{{"accept_length", NULL}, waiting_listener, accept_length, fill_length},
	{{"accept4_address", NULL}, waiting_listener, accept4_address, fill_nothing},
	{{"accept4_length", NULL}, waiting_listener, accept4_length, fill_length},
	{{"recvmsg_name", NULL}, own_peer, recvmsg_name, fill_nothing},
	{{"writev_vector", NULL}, own_peer, writev_vector, fill_vector},
	{{"read_data", NULL}, own_peer, read_data, fill_nothing},
	{{"poll_set", NULL}, own_peer, poll_set, fill_nothing},
	{{"select_set", NULL}, own_peer, select_set, fill_nothing},
	{{"epoll_ctl_event", NULL}, own_peer, epoll_ctl_event, fill_nothing},
	{{"epoll_wait_events", NULL}, own_peer, epoll_wait_events, fill_nothing},
	{{"ioctl_value", NULL}, own_peer, ioctl_value, fill_nothing},
	{{"getsockname_address", NULL}, own_peer, getsockname_address, fill_nothing},
	{{"getsockname_length", NULL}, own_peer, getsockname_length, fill_length},
	{{"getpeername_address", NULL}, own_peer, getpeername_address, fill_nothing},
	{{"getpeername_length", NULL}, own_peer, getpeername_length, fill_length},
	{{"getsockopt_value", NULL}, own_peer, getsockopt_value, fill_nothing},
	{{"getsockopt_length", NULL}, own_peer, getsockopt_length, fill_length},
	{{"setsockopt_value", NULL}, own_peer, setsockopt_value, fill_nothing},
	{{"socketpair_ends", NULL}, fresh_stream, socketpair_ends, fill_nothing},
};

/*
 * The kernel does not trust a pointer that a process hands to it.
 *
 * A bad address in the process's own code is a crash, SIGSEGV. The same address as an
 * argument of a system call is an error code: the kernel copies the bytes with a routine
 * that expects the page to be missing, and gives up with `EFAULT`. POSIX requires neither,
 * so that a C library may touch the memory itself and crash.
 *
 * `EFAULT` may come late: recvfrom() that cannot store the address has taken the datagram
 * from the queue all the same, and accept() has taken the connection. Both are lost.
 *
 * Here the page stays where it is; only the permission to use it changes.
 */
CASE(unusable_memory,
     .claim = "the call fails with EFAULT while it may not access the memory it was given",
     .level = LINUX,
     .spec = "ERRORS in bind(2), connect(2), send(2), recv(2), accept(2), "
	     "getsockname(2), getpeername(2), getsockopt(2), socketpair(2)",
     .tags = "errno", .VARIANTS(pointers))
{
	const struct pointer_row *row = VARIANT(struct pointer_row);
	size_t size = (size_t)sysconf(_SC_PAGESIZE);
	int fd = (CALLS_HERE, row->make());
	void *page = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

	SETUP(page == MAP_FAILED ? -1 : 0);
	row->fill(page);
	SETUP(mprotect(page, size, PROT_NONE));
	EXPECT_ERR(row->call(fd, page), EFAULT);

	SETUP(mprotect(page, size, PROT_READ | PROT_WRITE));
	EXPECT_OK(row->call(fd, page));
}

/*
 * Memory that can be read but not written is good enough for sending.
 *
 * Which permission a call needs follows from the direction of the copy. A constant in
 * read-only memory can be sent, but nothing can be received into it: `EFAULT`. On a stream
 * the bytes stay in the queue when the copy fails before the first of them, so the next
 * recv() still finds them.
 */
CASE(read_only_memory,
     .claim = "recv() into read-only memory fails with EFAULT, and takes nothing from a stream",
     .level = LINUX, .spec = "recv(2) EFAULT", .tags = "errno")
{
	size_t size = (size_t)sysconf(_SC_PAGESIZE);
	struct pair p = unix_pair(SOCK_STREAM);
	char *page = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	char buffer[8];

	SETUP(page == MAP_FAILED ? -1 : 0);
	memcpy(page, "atlas", sizeof("atlas"));
	SETUP(mprotect(page, size, PROT_READ));

	EXPECT_EQ(send(p.client, page, 5, 0), 5);
	EXPECT_ERR(recv(p.server, page, 5, 0), EFAULT);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 5);
	EXPECT_MEMEQ(buffer, "atlas", 5);
}

/*
 * A datagram goes whole or not at all.
 *
 * The parts of a vector are copied one after the other into one message. When the second
 * part cannot be read, the first has been copied already, and is thrown away with the
 * message: the receiver never sees half a datagram. On a stream the same fault may come as a
 * shorter count instead, because there the bytes before it are worth something by
 * themselves.
 */
CASE(unreadable_part,
     .claim = "a datagram of which one part cannot be read fails with EFAULT, and nothing of it "
	      "is sent",
     .level = LINUX, .spec = "sendmsg(2) EFAULT", .tags = "errno iovec")
{
	size_t size = (size_t)sysconf(_SC_PAGESIZE);
	struct pair p = unix_pair(SOCK_DGRAM);
	void *page = mmap(NULL, size, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct iovec parts[] = {{(char[]){"good"}, 4}, {page, 4}};
	struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
	char buffer[16];

	SETUP(page == MAP_FAILED ? -1 : 0);
	EXPECT_ERR(sendmsg(p.client, &message, 0), EFAULT);
	EXPECT_ERR(recv(p.server, buffer, sizeof(buffer), MSG_DONTWAIT), EAGAIN);

	SETUP(mprotect(page, size, PROT_READ));
	EXPECT_EQ(sendmsg(p.client, &message, 0), 8);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), MSG_DONTWAIT), 8);
}
