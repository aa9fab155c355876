/* SPDX-License-Identifier: MIT */
/* AF_VSOCK: sockets between a virtual machine and its host. */
#include <linux/capability.h>
#include <poll.h>
#include <sys/socket.h>

#include "suites/vsock/vsock_help.h"

#include "harness/case.h"

struct type_row {
	struct variant variant;
	int type, protocol, error;
};

static const struct type_row types[] = {
	{{"raw", NULL}, SOCK_RAW, 0, ESOCKTNOSUPPORT},
	{{"rdm", NULL}, SOCK_RDM, 0, ESOCKTNOSUPPORT},
	{{"protocol", NULL}, SOCK_STREAM, 6, EPROTONOSUPPORT},
};

/*
 * Without a network.
 *
 * A virtual machine may have no network card, and its host still wants to talk to a program
 * in it. AF_VSOCK needs no configuration: the address is the number of a machine and a
 * port. The sockets are streams, and packets in order on newer kernels.
 *
 * Try it: `socat - VSOCK-CONNECT:2:9999` in a virtual machine; 2 is its host.
 */
CASE(kinds,
     .claim =
	     "socket(AF_VSOCK) fails with ESOCKTNOSUPPORT for types that it does not have and with "
	     "EPROTONOSUPPORT for a protocol",
     .level = LINUX, .spec = "vsock(7); socket(2)", .needs = "vsock", .exclusive = "vsock",
     .tags = "vsock errno", .VARIANTS(types))
{
	const struct type_row *row = VARIANT(struct type_row);
	int fd;

	EXPECT_ERR(socket(AF_VSOCK, row->type, row->protocol), row->error);
	fd = EXPECT_OK(socket(AF_VSOCK, SOCK_STREAM, 0));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_DOMAIN), AF_VSOCK);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TYPE), SOCK_STREAM);
	EXPECT_OK(socket(AF_VSOCK, SOCK_STREAM, AF_VSOCK));
}

struct kind_row {
	struct variant variant;
	int type;
};

static const struct kind_row kinds_of_streams[] = {
	{{"stream", NULL}, SOCK_STREAM},
	{{"seqpacket", NULL}, SOCK_SEQPACKET},
};

/*
 * Before there is a connection.
 *
 * The errors are those of TCP: nobody to send to, nobody to receive from, no name of the
 * other end. An address given to sendto() is refused, since it is no datagram socket.
 */
CASE(not_connected,
     .claim = "send(), recv(), getpeername() and shutdown() fail with ENOTCONN without a "
	      "connection, "
	      "sendto() with EOPNOTSUPP",
     .level = LINUX, .spec = "vsock(7); net/vmw_vsock/af_vsock.c", .needs = "vsock",
     .exclusive = "vsock", .tags = "vsock errno", .VARIANTS(kinds_of_streams))
{
	int type = VARIANT(struct kind_row)->type, fd, both[2];
	struct sockaddr_vm peer = vsock_address(VMADDR_CID_LOCAL, 1);
	socklen_t length = sizeof(peer);
	char byte;

	need_vsock_type(type);
	fd = SETUP(socket(AF_VSOCK, type, 0));
	EXPECT_ERR(send(fd, "x", 1, MSG_NOSIGNAL), ENOTCONN);
	EXPECT_ERR(recv(fd, &byte, 1, 0), ENOTCONN);
	EXPECT_ERR(sendto(fd, "x", 1, MSG_NOSIGNAL, VSOCK(peer)), EOPNOTSUPP);
	EXPECT_ERR(send(fd, "x", 1, MSG_OOB | MSG_NOSIGNAL), EOPNOTSUPP);
	EXPECT_ERR(getpeername(fd, (struct sockaddr *)&peer, &length), ENOTCONN);
	EXPECT_ERR(shutdown(fd, SHUT_WR), ENOTCONN);
	EXPECT_ERR(shutdown(fd, 77), EINVAL);
	EXPECT_ERR(socketpair(AF_VSOCK, type, 0, both), EOPNOTSUPP);
	EXPECT_OK(socketpair(AF_UNIX, type, 0, both));
	EXPECT_EQ(send(both[0], "x", 1, 0), 1);
}

/*
 * Waiting for a connection.
 *
 * A port first, then listen(); accept() waits as everywhere. A listener is no client.
 */
CASE(listening,
     .claim = "listen() fails with EINVAL before bind(), accept() with EINVAL before listen(), and "
	      "connect() on a listener with EINVAL",
     .level = LINUX, .spec = "vsock(7); listen(2); accept(2); net/vmw_vsock/af_vsock.c",
     .needs = "vsock", .exclusive = "vsock", .tags = "vsock listen errno",
     .VARIANTS(kinds_of_streams))
{
	int type = VARIANT(struct kind_row)->type, fd, bound;
	struct sockaddr_vm any = vsock_address(VMADDR_CID_ANY, VMADDR_PORT_ANY);
	unsigned int port;

	need_vsock_type(type);
	fd = SETUP(socket(AF_VSOCK, type | SOCK_NONBLOCK, 0));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_ACCEPTCONN), 0);
	EXPECT_ERR(listen(fd, 1), EINVAL);
	SETUP(bind(fd, VSOCK(any)));
	EXPECT_ERR(accept(fd, NULL, NULL), EINVAL);
	EXPECT_OK(listen(fd, 1));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_ACCEPTCONN), 1);
	EXPECT_ERR(accept(fd, NULL, NULL), EAGAIN);
	EXPECT_EQ(wait_for(fd, POLLIN, 0), 0);
	any.svm_cid = VMADDR_CID_LOCAL;
	EXPECT_ERR(connect(fd, VSOCK(any)), EINVAL);
	bound = vsock_bound(type, 1, &port);
	EXPECT_EQ(get_int(bound, SOL_SOCKET, SO_ACCEPTCONN), 1);
}
