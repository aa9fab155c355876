/* SPDX-License-Identifier: MIT */
/* AF_RDS: reliable datagrams; what a socket needs before it can send. */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/rds/rds_help.h"

#include "harness/case.h"

enum { PORT = 4000 };

struct type_row {
	struct variant variant;
	int type, protocol;
};

static const struct type_row types[] = {
	{{"stream", NULL}, SOCK_STREAM, 0},
	{{"dgram", NULL}, SOCK_DGRAM, 0},
	{{"protocol", NULL}, SOCK_SEQPACKET, 6},
};

/*
 * One socket, many peers, nothing lost.
 *
 * Databases in a cluster send messages to many others; a TCP connection for each pair of
 * programs would be too many. A socket of RDS sends to any address, as one of UDP does, and
 * the kernel keeps one connection for each pair of machines, so that nothing is lost or
 * disordered. The type is SOCK_SEQPACKET.
 *
 * Try it: `rds-ping 192.0.2.1`
 */
CASE(kinds,
     .claim = "socket(AF_RDS) fails with ESOCKTNOSUPPORT for types other than SOCK_SEQPACKET and "
	      "for "
	      "a protocol",
     .level = LINUX, .spec = "Documentation/networking/rds.rst; net/rds/af_rds.c rds_create()",
     .needs = "rds", .exclusive = "rds", .tags = "rds errno", .VARIANTS(types))
{
	const struct type_row *row = VARIANT(struct type_row);
	int fd, both[2];

	EXPECT_ERR(socket(AF_RDS, row->type, row->protocol), ESOCKTNOSUPPORT);
	fd = EXPECT_OK(socket(AF_RDS, SOCK_SEQPACKET, 0));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_DOMAIN), AF_RDS);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_TYPE), SOCK_SEQPACKET);
	EXPECT_ERR(listen(fd, 1), EOPNOTSUPP);
	EXPECT_ERR(accept(fd, NULL, NULL), EOPNOTSUPP);
	EXPECT_ERR(shutdown(fd, SHUT_WR), EOPNOTSUPP);
	EXPECT_ERR(socketpair(AF_RDS, SOCK_SEQPACKET, 0, both), EOPNOTSUPP);
}

/*
 * A name first.
 *
 * The receiver has to know whom a message is from, and the kernel which of its addresses the
 * connection is of: a socket has to be bound before it can send.
 */
CASE(bound_before_sending,
     .claim = "sendto() fails with ENOTCONN before bind(), and send() without a destination",
     .level = LINUX, .spec = "Documentation/networking/rds.rst bind, sendmsg", .needs = "rds",
     .exclusive = "rds", .tags = "rds bind errno")
{
	struct address name = address_loopback(AF_INET, PORT),
		       to = address_loopback(AF_INET, PORT + 1);
	int fd = SETUP(socket(AF_RDS, SOCK_SEQPACKET, 0)), peer = rds_bound("127.0.0.1", PORT + 1);
	struct address own = address_empty();
	struct rds_received got;

	EXPECT_OK(getsockname(fd, &own.any, &own.length));
	EXPECT_EQ(own.any.sa_family, AF_UNSPEC);
	EXPECT_ERR(sendto(fd, "x", 1, 0, ADDRESS(to)), ENOTCONN);
	EXPECT_OK(bind(fd, ADDRESS(name)));
	own = address_empty();
	EXPECT_OK(getsockname(fd, &own.any, &own.length));
	EXPECT_TRUE(address_equal(&own, &name));
	EXPECT_EQ(own.length, sizeof(struct sockaddr_in));
	EXPECT_ERR(send(fd, "x", 1, 0), ENOTCONN);
	EXPECT_EQ(sendto(fd, "hello", 5, 0, ADDRESS(to)), 5);
	got = rds_receive(peer);
	EXPECT_EQ(got.size, 5);
	EXPECT_MEMEQ(got.data, "hello", 5);
	EXPECT_TRUE(address_equal(&got.from, &name));
}

/* connect() sets the destination of send(), and nothing is sent for it. */
CASE(default_destination,
     .claim = "connect() sets where send() goes; getpeername() tells it, and fails with ENOTCONN "
	      "before",
     .level = LINUX, .spec = "Documentation/networking/rds.rst; net/rds/af_rds.c rds_connect()",
     .needs = "rds", .exclusive = "rds", .tags = "rds connect errno")
{
	struct address to = address_loopback(AF_INET, PORT + 1), peer_name = address_empty();
	struct address any = address_any(AF_INET, PORT + 1);
	int fd = rds_bound("127.0.0.1", PORT), peer = rds_bound("127.0.0.1", PORT + 1);

	EXPECT_ERR(getpeername(fd, &peer_name.any, &peer_name.length), ENOTCONN);
	EXPECT_ERR(connect(fd, ADDRESS(any)), EDESTADDRREQ);
	EXPECT_ERR(connect(fd, &to.any, sizeof(struct sockaddr_in) - 1), EINVAL);
	EXPECT_OK(connect(fd, ADDRESS(to)));
	EXPECT_OK(getpeername(fd, &peer_name.any, &peer_name.length));
	EXPECT_TRUE(address_equal(&peer_name, &to));
	EXPECT_EQ(send(fd, "hello", 5, 0), 5);
	EXPECT_EQ(rds_receive(peer).size, 5);
}

struct wrong_row {
	struct variant variant;
	const char *address;
	socklen_t length;
	int error;
};

enum { WHOLE = sizeof(struct sockaddr_in) };

static const struct wrong_row wrongs[] = {
	{{"any", NULL}, "0.0.0.0", WHOLE, EINVAL},
	{{"multicast", NULL}, "224.0.0.1", WHOLE, EINVAL},
	{{"broadcast", NULL}, "255.255.255.255", WHOLE, EINVAL},
	{{"of_another_machine", NULL}, "192.0.2.77", WHOLE, EADDRNOTAVAIL},
	{{"too_short", NULL}, "127.0.0.1", WHOLE - 1, EINVAL},
};

/* An address of this machine, a port that nobody has, and only once. */
CASE(bind_errors,
     .claim =
	     "bind() fails with EADDRNOTAVAIL for another machine's address, EADDRINUSE for a port "
	     "that is taken, EINVAL for no single machine's address and for a second time",
     .level = LINUX, .spec = "Documentation/networking/rds.rst bind; net/rds/bind.c rds_bind()",
     .needs = "rds", .exclusive = "rds", .tags = "rds bind errno", .VARIANTS(wrongs))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	struct address wrong = address_of(row->address, PORT),
		       right = address_loopback(AF_INET, PORT);
	struct address taken = address_loopback(AF_INET, PORT + 1);
	int fd = SETUP(socket(AF_RDS, SOCK_SEQPACKET, 0)), owner = rds_bound("127.0.0.1", PORT + 1);

	EXPECT_ERR(bind(fd, &wrong.any, row->length), row->error);
	EXPECT_ERR(bind(fd, ADDRESS(taken)), EADDRINUSE);
	EXPECT_OK(bind(fd, ADDRESS(right)));
	EXPECT_ERR(bind(fd, ADDRESS(right)), EINVAL);
	EXPECT_OK(close(owner));
	fd = SETUP(socket(AF_RDS, SOCK_SEQPACKET, 0));
	EXPECT_OK(bind(fd, ADDRESS(taken)));
}

/* Port 0: the kernel chooses. */
CASE(any_port, .claim = "bind() to port 0 gives each socket a port of its own", .level = LINUX,
     .spec = "net/rds/bind.c rds_add_bound()", .needs = "rds", .exclusive = "rds",
     .tags = "rds bind")
{
	struct address zero = address_loopback(AF_INET, 0), one = address_empty(),
		       two = address_empty();
	int fd = SETUP(socket(AF_RDS, SOCK_SEQPACKET, 0));
	int other = SETUP(socket(AF_RDS, SOCK_SEQPACKET, 0));

	EXPECT_OK(bind(fd, ADDRESS(zero)));
	EXPECT_OK(bind(other, ADDRESS(zero)));
	SETUP(getsockname(fd, &one.any, &one.length));
	SETUP(getsockname(other, &two.any, &two.length));
	EXPECT_NE(address_port(&one), 0);
	EXPECT_NE(address_port(&one), address_port(&two));
	EXPECT_EQ(one.v4.sin_addr.s_addr, htonl(INADDR_LOOPBACK));
}
