/* SPDX-License-Identifier: MIT */
/* Whom connect() reaches, how many may wait, and connecting without waiting. */
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/vsock/vsock_help.h"

#include "harness/case.h"

#ifndef VMADDR_FLAG_TO_HOST
#define VMADDR_FLAG_TO_HOST 1
#endif

struct bound_row {
	struct variant variant;
	unsigned int cid;
};

static const struct bound_row bounds[] = {
	{{"any", NULL}, VMADDR_CID_ANY},
	{{"local", NULL}, VMADDR_CID_LOCAL},
};

/*
 * Within the machine.
 *
 * `VMADDR_CID_LOCAL` (1, since Linux 5.6) is what 127.0.0.1 is to IP: the machine itself,
 * whatever its number. A server that is bound to it is reached from nowhere else; one that is
 * bound to any number is reached this way as well.
 */
CASE(reaches_both,
     .claim =
	     "connect() to VMADDR_CID_LOCAL reaches a listener that is bound to VMADDR_CID_ANY and "
	     "one that is bound to VMADDR_CID_LOCAL",
     .level = LINUX, .spec = "vsock(7) Local communication", .needs = "vsock vsock_local",
     .exclusive = "vsock", .tags = "vsock connect bind", .VARIANTS(bounds))
{
	unsigned int cid = VARIANT(struct bound_row)->cid;
	struct sockaddr_vm where = vsock_address(cid, VMADDR_PORT_ANY), to, from;
	socklen_t length = sizeof(from);
	int listener = SETUP(socket(AF_VSOCK, SOCK_STREAM, 0)), server;
	int fd = SETUP(socket(AF_VSOCK, SOCK_STREAM, 0));
	char byte = 0;

	EXPECT_OK(bind(listener, VSOCK(where)));
	where = vsock_name(listener);
	EXPECT_EQ(where.svm_cid, cid);
	SETUP(listen(listener, 1));
	to = vsock_address(VMADDR_CID_LOCAL, where.svm_port);
	REQUIRE_OK(connect(fd, VSOCK(to)));
	EXPECT_EQ(wait_for(listener, POLLIN, SOON_MS), POLLIN);
	memset(&from, 0xa5, sizeof(from));
	server = REQUIRE_OK(accept(listener, (struct sockaddr *)&from, &length));
	EXPECT_EQ(length, sizeof(from));
	EXPECT_EQ(from.svm_family, AF_VSOCK);
	EXPECT_EQ(from.svm_cid, VMADDR_CID_LOCAL);
	EXPECT_EQ(from.svm_port, vsock_name(fd).svm_port);
	EXPECT_EQ(send(fd, "x", 1, 0), 1);
	EXPECT_EQ(recv(server, &byte, 1, 0), 1);
	EXPECT_EQ(byte, 'x');
}

/*
 * A host of nobody.
 *
 * 2 is the host of this virtual machine. A machine that is no virtual machine is its own: the
 * connection goes to itself.
 */
CASE(own_host, .claim = "connect() to VMADDR_CID_HOST reaches this machine when it has no host",
     .level = LINUX, .spec = "vsock(7) Local communication; net/vmw_vsock/af_vsock.c",
     .needs = "vsock vsock_local", .exclusive = "vsock", .tags = "vsock connect")
{
	unsigned int port;
	int listener = vsock_bound(SOCK_STREAM, 1, &port), server;
	int fd = SETUP(socket(AF_VSOCK, SOCK_STREAM, 0));
	struct sockaddr_vm to = vsock_address(VMADDR_CID_HOST, port);
	char byte = 0;

	if (connect(fd, VSOCK(to)) != 0)
		SKIP("vsock without a host", "connect to VMADDR_CID_HOST: errno %d", errno);
	server = SETUP(accept(listener, NULL, NULL));
	EXPECT_EQ(send(fd, "x", 1, 0), 1);
	EXPECT_EQ(recv(server, &byte, 1, 0), 1);
	EXPECT_EQ(byte, 'x');
}

struct nowhere_row {
	struct variant variant;
	unsigned int cid, flags;
};

static const struct nowhere_row nowheres[] = {
	{{"hypervisor", NULL}, VMADDR_CID_HYPERVISOR, 0},
	{{"another_machine", NULL}, 77777, 0},
	{{"another_machine_by_the_host", NULL}, 77777, VMADDR_FLAG_TO_HOST},
};

/*
 * Nothing that leads there.
 *
 * Without a hypervisor's device there is no way to another machine. `VMADDR_FLAG_TO_HOST`
 * (since Linux 5.11) asks to hand the connection to the host, which may know the machine.
 */
CASE(no_way_there,
     .claim = "connect() to another machine fails with ENODEV when nothing leads there",
     .level = OBSERVED, .spec = "vsock(7); net/vmw_vsock/af_vsock.c vsock_assign_transport()",
     .needs = "vsock vsock_local", .exclusive = "vsock", .tags = "vsock connect errno",
     .VARIANTS(nowheres))
{
	const struct nowhere_row *row = VARIANT(struct nowhere_row);
	unsigned int port;
	int listener = vsock_bound(SOCK_STREAM, 1, &port);
	int fd = SETUP(socket(AF_VSOCK, SOCK_STREAM, 0));
	struct sockaddr_vm to = vsock_address(row->cid, port);
	struct sockaddr_vm here = vsock_address(VMADDR_CID_LOCAL, port);

	/* svm_flags, where this header has it. */
	((unsigned char *)&to)[sizeof(to.svm_family) + sizeof(to.svm_reserved1) + 8] =
		(unsigned char)row->flags;
	if (connect(fd, VSOCK(to)) == 0 || (row->flags != 0 && errno == EINVAL))
		SKIP(row->variant.name, "there is a way, or no such flag: errno %d", errno);
	EXPECT_EQ(errno, ENODEV);
	EXPECT_OK(connect(fd, VSOCK(here)));
	EXPECT_OK(accept(listener, NULL, NULL));
}

struct kind_row {
	struct variant variant;
	int type;
};

static const struct kind_row kinds[] = {
	{{"stream", NULL}, SOCK_STREAM},
	{{"seqpacket", NULL}, SOCK_SEQPACKET},
};

/*
 * A full queue.
 *
 * As with TCP the queue of connections that nobody has accepted holds one more than the
 * backlog says. Unlike TCP, which lets the next one wait, here it is refused.
 */
CASE(full_queue,
     .claim = "with a backlog of 1 two connections wait, and a third fails with ECONNRESET until "
	      "one is accepted",
     .level = OBSERVED, .spec = "listen(2); net/vmw_vsock/virtio_transport_common.c",
     .needs = "vsock vsock_local", .exclusive = "vsock", .tags = "vsock listen errno",
     .VARIANTS(kinds))
{
	int type = VARIANT(struct kind_row)->type, listener, fds[4];
	struct sockaddr_vm to;
	unsigned int port;

	need_vsock_type(type);
	listener = vsock_bound(type, 1, &port);
	to = vsock_address(VMADDR_CID_LOCAL, port);
	for (int i = 0; i < 4; i++)
		fds[i] = SETUP(socket(AF_VSOCK, type, 0));
	EXPECT_OK(connect(fds[0], VSOCK(to)));
	EXPECT_OK(connect(fds[1], VSOCK(to)));
	EXPECT_ERR(connect(fds[2], VSOCK(to)), ECONNRESET);
	EXPECT_OK(accept(listener, NULL, NULL));
	EXPECT_OK(connect(fds[3], VSOCK(to)));
}

struct outcome_row {
	struct variant variant;
	int backlog; /* 0: nobody listens */
	int error;
};

static const struct outcome_row outcomes[] = {
	{{"somebody_listens", NULL}, 1, 0},
	{{"nobody_listens", NULL}, 0, ECONNRESET},
};

/*
 * Without waiting.
 *
 * A socket that does not block begins the connection and tells by poll() how it ended;
 * SO_ERROR has the reason.
 */
CASE(without_waiting,
     .claim = "connect() of a non-blocking socket fails with EINPROGRESS; POLLOUT tells the end, "
	      "and "
	      "SO_ERROR how it ended",
     .level = LINUX, .spec = "vsock(7); connect(2) EINPROGRESS", .needs = "vsock vsock_local",
     .exclusive = "vsock", .tags = "vsock connect poll errno", .VARIANTS(outcomes))
{
	const struct outcome_row *row = VARIANT(struct outcome_row);
	unsigned int port;
	int owner = vsock_bound(SOCK_STREAM, row->backlog, &port), server;
	int fd = SETUP(socket(AF_VSOCK, SOCK_STREAM | SOCK_NONBLOCK, 0));
	struct sockaddr_vm to = vsock_address(VMADDR_CID_LOCAL, port);
	char byte;

	EXPECT_ERR(connect(fd, VSOCK(to)), EINPROGRESS);
	EXPECT_EQ(wait_for(fd, POLLOUT, SOON_MS) & POLLOUT, POLLOUT);
	EXPECT_ERRNO(get_int(fd, SOL_SOCKET, SO_ERROR), row->error);
	EXPECT_ERRNO(get_int(fd, SOL_SOCKET, SO_ERROR), 0);
	if (row->error != 0) {
		EXPECT_ERR(send(fd, "x", 1, MSG_NOSIGNAL), ENOTCONN, EPIPE);
		return;
	}
	EXPECT_ERR(connect(fd, VSOCK(to)), EISCONN);
	server = SETUP(accept(owner, NULL, NULL));
	EXPECT_ERR(recv(fd, &byte, 1, 0), EAGAIN);
	EXPECT_EQ(send(server, "x", 1, 0), 1);
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(fd, &byte, 1, 0), 1);
}

/*
 * No datagrams.
 *
 * The family has a type for datagrams, which only VMware's hypervisor carries. Without it the
 * socket cannot even be made, for nothing could be done with it.
 */
CASE(datagrams,
     .claim = "socket(AF_VSOCK, SOCK_DGRAM) fails with ENODEV where no hypervisor carries "
	      "datagrams",
     .level = OBSERVED, .spec = "vsock(7); net/vmw_vsock/af_vsock.c vsock_create()",
     .needs = "vsock vsock_local", .exclusive = "vsock", .tags = "vsock dgram errno")
{
	int fd = socket(AF_VSOCK, SOCK_DGRAM, 0);

	if (fd >= 0)
		SKIP("vsock without datagrams", "this hypervisor carries them");
	EXPECT_EQ(errno, ENODEV);
	EXPECT_OK(socket(AF_VSOCK, SOCK_STREAM, 0));
}
