/* SPDX-License-Identifier: MIT */
/* Calls that a type of socket does not have, and addresses of another family. */
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/socket/errno_sockets.h"

#include "harness/case.h"

static int call_listen(int fd)
{
	return listen(fd, 1);
}

static int call_accept(int fd)
{
	return accept(fd, NULL, NULL);
}

static int unix_datagram(void)
{
	return unix_pair(SOCK_DGRAM).client;
}

static int unix_seqpacket(void)
{
	return unix_pair(SOCK_SEQPACKET).client;
}

static int bound_unix(void)
{
	struct address where = address_unix("@atlas");
	int fd = SETUP(socket(AF_UNIX, SOCK_SEQPACKET, 0));

	SETUP(bind(fd, ADDRESS(where)));
	return fd;
}

static int raw_socket(void)
{
	return SETUP(socket(AF_INET, SOCK_RAW, IPPROTO_ICMP));
}

static int send_urgent(int fd)
{
	return (int)send(fd, "!", 1, MSG_OOB | MSG_NOSIGNAL);
}

static int recv_urgent(int fd)
{
	char byte;

	return (int)recv(fd, &byte, 1, MSG_OOB | MSG_DONTWAIT);
}

/* An end of a TCP connection whose peer has sent an urgent byte. */
static int urgent_stream(void)
{
	struct pair p = tcp_pair(AF_INET);

	SETUP(send(p.server, "!", 1, MSG_OOB));
	wait_for(p.client, POLLPRI, SOON_MS);
	return p.client;
}

struct type_row {
	struct variant variant;
	int (*without)(void), (*with)(void); /* a socket without and one with the operation */
	int (*call)(int fd);
};

static const struct type_row types[] = {
	{{"listen_udp", NULL}, fresh_datagram, fresh_stream, call_listen},
	{{"listen_unix_dgram", NULL}, unix_datagram, bound_unix, call_listen},
	{{"listen_raw", "raw"}, raw_socket, fresh_stream, call_listen},
	{{"accept_udp", NULL}, fresh_datagram, waiting_listener, call_accept},
	{{"accept_unix_dgram", NULL}, unix_datagram, waiting_listener, call_accept},
	{{"send_oob_udp", NULL}, own_peer, connected_stream, send_urgent},
	{{"send_oob_unix_dgram", NULL}, unix_datagram, connected_stream, send_urgent},
	{{"send_oob_unix_seqpacket", NULL}, unix_seqpacket, connected_stream, send_urgent},
	{{"recv_oob_unix_dgram", NULL}, unix_datagram, urgent_stream, recv_urgent},
	{{"recv_oob_unix_seqpacket", NULL}, unix_seqpacket, urgent_stream, recv_urgent},
};

/*
 * Not every type of socket has every operation.
 *
 * A datagram comes from whoever sent it: there is no connection to wait for, so listen() and
 * accept() mean nothing there. Urgent data marks a place in a stream of bytes; separate
 * messages have no such place. The kernel keeps one table of functions for each protocol,
 * and the entry for what it does not have is one that returns `EOPNOTSUPP`.
 *
 * `SOCK_SEQPACKET` shows that it is the connection that counts, not the stream: it keeps
 * message boundaries and listens all the same.
 */
CASE(operation_of_another_type,
     .claim = "the call fails with EOPNOTSUPP on a type of socket that does not have it",
     .level = POSIX, .spec = "POSIX.1-2024 EOPNOTSUPP of listen(), accept(), send(), recv()",
     .tags = "errno", .VARIANTS(types))
{
	const struct type_row *row = VARIANT(struct type_row);

	EXPECT_ERR(row->call(row->without()), EOPNOTSUPP);
	EXPECT_OK(row->call(row->with()));
}

struct pair_row {
	struct variant variant;
	int family, type;
};

static const struct pair_row pairs[] = {
	{{"inet_stream", NULL}, AF_INET, SOCK_STREAM},
	{{"inet_dgram", NULL}, AF_INET, SOCK_DGRAM},
	{{"inet6_stream", "ipv6"}, AF_INET6, SOCK_STREAM},
};

/*
 * socketpair() makes two sockets that are connected without ever having had an address.
 *
 * A TCP connection is the pair of its two addresses, so two ends without one cannot be.
 * Families that do not need a name (AF_UNIX, and AF_TIPC) offer socketpair(); AF_INET does
 * not. On Windows, and in older libraries, one finds an emulation with a listener on
 * loopback.
 */
CASE(socketpair_of_internet_sockets,
     .claim = "socketpair(AF_INET or AF_INET6) fails with EOPNOTSUPP", .level = POSIX,
     .spec = "POSIX.1-2024 socketpair() EOPNOTSUPP; socketpair(2)", .tags = "errno",
     .VARIANTS(pairs))
{
	const struct pair_row *row = VARIANT(struct pair_row);
	int ends[2];

	EXPECT_ERR(socketpair(row->family, row->type, 0, ends), EOPNOTSUPP);
	EXPECT_OK(socketpair(AF_UNIX, row->type, 0, ends));
}

struct other_family_row {
	struct variant variant;
	int family, type, other; /* the socket's, and the address's family */
	int (*call)(int fd, const struct sockaddr *address, socklen_t length);
};

static int sendto_address(int fd, const struct sockaddr *address, socklen_t length)
{
	return (int)sendto(fd, "x", 1, MSG_DONTWAIT, address, length);
}

static const struct other_family_row other_families[] = {
	{{"bind_v4", "ipv6"}, AF_INET, SOCK_STREAM, AF_INET6, bind},
	{{"bind_v6", "ipv6"}, AF_INET6, SOCK_STREAM, AF_INET, bind},
	{{"connect_v4", "ipv6"}, AF_INET, SOCK_DGRAM, AF_INET6, connect},
	{{"connect_v4_stream", "ipv6"}, AF_INET, SOCK_STREAM, AF_INET6, connect},
	{{"sendto_v4", "ipv6"}, AF_INET, SOCK_DGRAM, AF_INET6, sendto_address},
};

/*
 * The family in the address must be the one that the socket was made with.
 *
 * Each family reads the bytes behind `sa_family` in its own way: two bytes of port and four
 * of address, or sixteen, or a path. An address of another family is refused with
 * `EAFNOSUPPORT`. A program that takes addresses from getaddrinfo() must therefore make its
 * socket with the family of each result, not once before the loop.
 *
 * The length given here is that of `struct sockaddr_storage`, so that the family alone is
 * wrong.
 */
CASE(address_of_another_family,
     .claim = "an address of another family than the socket's is refused with EAFNOSUPPORT",
     .level = POSIX, .spec = "POSIX.1-2024 EAFNOSUPPORT of bind(), connect(), sendto()",
     .tags = "errno family", .VARIANTS(other_families))
{
	const struct other_family_row *row = VARIANT(struct other_family_row);
	int fd = SETUP(socket(row->family, row->type, 0));
	struct address receiver, foreign = address_loopback(row->other, 0), own;

	/* An address that takes what is sent, and one that is free to be bound. */
	if (row->type == SOCK_DGRAM)
		bound_socket(row->family, SOCK_DGRAM, &receiver);
	else
		tcp_listener(row->family, &receiver);
	own = row->call == bind ? address_loopback(row->family, 0) : receiver;

	EXPECT_ERR(row->call(fd, &foreign.any, sizeof(foreign.storage)), EAFNOSUPPORT);
	EXPECT_OK(row->call(fd, &own.any, sizeof(own.storage)));
}

/*
 * A Unix socket gives `EINVAL` where Internet sockets give `EAFNOSUPPORT`.
 *
 * POSIX names `EAFNOSUPPORT` for bind() of any family. Linux documents EINVAL for "not a
 * valid address for this socket's domain", and AF_UNIX uses it. So which of the two comes
 * depends on the family of the socket, and a portable program accepts both.
 */
CASE(internet_address_for_a_unix_socket,
     .claim = "bind() of a Unix socket to an AF_INET address fails with EINVAL", .level = LINUX,
     .spec = "bind(2) EINVAL; unix(7)", .tags = "errno unix family")
{
	int fd = SETUP(socket(AF_UNIX, SOCK_STREAM, 0));
	struct address internet = address_loopback(AF_INET, 0), name = address_unix("@atlas");

	EXPECT_ERR(bind(fd, ADDRESS(internet)), EINVAL);
	EXPECT_OK(bind(fd, ADDRESS(name)));
}
