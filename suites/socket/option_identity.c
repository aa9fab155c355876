/* SPDX-License-Identifier: MIT */
/* Options that say what a socket is, and how options are read and set in general. */
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/case.h"

struct kind_row {
	struct variant variant;
	int domain, type, given; /* socket(domain, type, given) */
	int protocol;		 /* which protocol that is */
};

static const struct kind_row kinds[] = {
	{{"tcp4", NULL}, AF_INET, SOCK_STREAM, 0, IPPROTO_TCP},
	{{"tcp6", "ipv6"}, AF_INET6, SOCK_STREAM, 0, IPPROTO_TCP},
	{{"udp4", NULL}, AF_INET, SOCK_DGRAM, 0, IPPROTO_UDP},
	{{"udp6", "ipv6"}, AF_INET6, SOCK_DGRAM, 0, IPPROTO_UDP},
	{{"udplite", "udplite"}, AF_INET, SOCK_DGRAM, IPPROTO_UDPLITE, IPPROTO_UDPLITE},
	{{"raw", "raw"}, AF_INET, SOCK_RAW, IPPROTO_ICMP, IPPROTO_ICMP},
	{{"unix_stream", NULL}, AF_UNIX, SOCK_STREAM, 0, 0},
	{{"unix_dgram", NULL}, AF_UNIX, SOCK_DGRAM, 0, 0},
	{{"unix_seqpacket", NULL}, AF_UNIX, SOCK_SEQPACKET, 0, 0},
};

/*
 * Three numbers make a socket, and three options give them back.
 *
 * A descriptor may come from anywhere: inherited from inetd, passed over a Unix socket,
 * duplicated by a debugger. `SO_DOMAIN`, `SO_TYPE` and `SO_PROTOCOL` tell a program what it
 * was given. Protocol 0 in socket() asks for the default of the type; the option answers
 * with the real number, `IPPROTO_TCP` for a stream. `SOCK_NONBLOCK` and `SOCK_CLOEXEC`
 * shared the type argument, but are no part of the type.
 *
 * Only `SO_TYPE` is in POSIX.1-2008; the 2024 edition adds the other two.
 */
CASE(what_a_socket_is,
     .claim = "SO_DOMAIN, SO_TYPE and SO_PROTOCOL give what the socket was made with, without "
	      "flags",
     .level = POSIX, .spec = "POSIX.1-2024 2.10.16 (SO_DOMAIN, SO_PROTOCOL, SO_TYPE); socket(7)",
     .tags = "option", .VARIANTS(kinds))
{
	const struct kind_row *row = VARIANT(struct kind_row);
	int type = row->type | SOCK_NONBLOCK | SOCK_CLOEXEC;
	int fd = SETUP(socket(row->domain, type, row->given));
	int copy = SETUP(dup(fd));

	EXPECT_EQ(get_int(copy, SOL_SOCKET, SO_DOMAIN), row->domain);
	EXPECT_EQ(get_int(copy, SOL_SOCKET, SO_TYPE), row->type);
	EXPECT_EQ(get_int(copy, SOL_SOCKET, SO_PROTOCOL), row->protocol);
}

struct listen_row {
	struct variant variant;
	int domain, type;
};

static const struct listen_row listeners[] = {
	{{"tcp4", NULL}, AF_INET, SOCK_STREAM},
	{{"tcp6", "ipv6"}, AF_INET6, SOCK_STREAM},
	{{"unix_stream", NULL}, AF_UNIX, SOCK_STREAM},
	{{"unix_seqpacket", NULL}, AF_UNIX, SOCK_SEQPACKET},
};

/*
 * `SO_ACCEPTCONN` tells a listener from all other sockets.
 *
 * listen() turns a socket into one that is only a queue of connections: it can never send or
 * receive. A server that inherits a descriptor must know which kind it is: accept() on a
 * connection is `EINVAL`, recv() on a listener `ENOTCONN`. The sockets that accept() gives
 * are not listeners themselves.
 *
 * Try it: `ss -l` lists the sockets for which this is 1.
 */
CASE(acceptconn,
     .claim = "SO_ACCEPTCONN is 1 after listen(), and 0 before it and on an accepted connection",
     .level = POSIX, .spec = "POSIX.1-2024 2.10.16 SO_ACCEPTCONN; socket(7)",
     .tags = "option listen", .VARIANTS(listeners))
{
	const struct listen_row *row = VARIANT(struct listen_row);
	int listener = SETUP(socket(row->domain, row->type, 0));
	int client = SETUP(socket(row->domain, row->type, 0)), accepted;
	struct address where = row->domain == AF_UNIX ? address_unix("@listener")
						      : address_loopback(row->domain, 0);

	SETUP(bind(listener, ADDRESS(where)));
	EXPECT_EQ(get_int(listener, SOL_SOCKET, SO_ACCEPTCONN), 0);
	SETUP(listen(listener, 1));
	EXPECT_EQ(get_int(listener, SOL_SOCKET, SO_ACCEPTCONN), 1);

	where = address_empty();
	SETUP(getsockname(listener, &where.any, &where.length));
	SETUP(connect(client, ADDRESS(where)));
	accepted = SETUP(accept(listener, NULL, NULL));
	EXPECT_EQ(get_int(accepted, SOL_SOCKET, SO_ACCEPTCONN), 0);
	EXPECT_EQ(get_int(client, SOL_SOCKET, SO_ACCEPTCONN), 0);
}

struct option_row {
	struct variant variant;
	int option;
	int value; /* of a new TCP socket */
};

static const struct option_row read_only[] = {
	{{"SO_TYPE", NULL}, SO_TYPE, SOCK_STREAM},
	{{"SO_DOMAIN", NULL}, SO_DOMAIN, AF_INET},
	{{"SO_PROTOCOL", NULL}, SO_PROTOCOL, IPPROTO_TCP},
	{{"SO_ACCEPTCONN", NULL}, SO_ACCEPTCONN, 0},
	{{"SO_ERROR", NULL}, SO_ERROR, 0},
	{{"SO_SNDLOWAT", NULL}, SO_SNDLOWAT, 1},
};

/*
 * Some options only report.
 *
 * A type cannot be changed once the socket exists, and an error that happened cannot be set.
 * `SO_SNDLOWAT` is among them on Linux alone: it is always 1, because the kernel decides by
 * other rules when a socket has room. setsockopt() says `ENOPROTOOPT`, the same error as for
 * an option that does not exist; so a program cannot tell the two apart by it. getsockopt() can:
 * it gives the value, which the refused call has not changed.
 */
CASE(read_only_option,
     .claim = "setsockopt() of an option that can only be read fails with ENOPROTOOPT and changes "
	      "nothing",
     .level = LINUX, .spec = "socket(7) \"read-only\", SO_SNDLOWAT; setsockopt(2) ENOPROTOOPT",
     .tags = "option errno", .VARIANTS(read_only))
{
	const struct option_row *row = VARIANT(struct option_row);
	int fd = SETUP(socket(AF_INET, SOCK_STREAM, 0)), value = -1;
	socklen_t size = sizeof(value);

	EXPECT_ERR(set_int(fd, SOL_SOCKET, row->option, 7), ENOPROTOOPT);
	EXPECT_OK(getsockopt(fd, SOL_SOCKET, row->option, &value, &size));
	EXPECT_EQ(value, row->value);
	EXPECT_EQ(size, sizeof(value));
	/* The same setsockopt() with an option that can be set. */
	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_KEEPALIVE, 1));
}

enum { NO_OPTION = 12345, NO_LEVEL = 9999 };

struct unknown_row {
	struct variant variant;
	int type, level, option;
};

static const struct unknown_row unknown[] = {
	{{"socket_option", NULL}, SOCK_STREAM, SOL_SOCKET, NO_OPTION},
	/* Numbers that were given away, and never taken (asm-generic/socket.h). */
	{{"authentication", NULL}, SOCK_STREAM, SOL_SOCKET, SO_SECURITY_AUTHENTICATION},
	{{"encryption_transport", NULL}, SOCK_STREAM, SOL_SOCKET, SO_SECURITY_ENCRYPTION_TRANSPORT},
	{{"encryption_network", NULL}, SOCK_STREAM, SOL_SOCKET, SO_SECURITY_ENCRYPTION_NETWORK},
	{{"ip_option", NULL}, SOCK_STREAM, IPPROTO_IP, NO_OPTION},
	{{"tcp_option", NULL}, SOCK_STREAM, IPPROTO_TCP, NO_OPTION},
	{{"udp_option", NULL}, SOCK_DGRAM, IPPROTO_UDP, NO_OPTION},
};

/*
 * An option is a pair: a level, which says who is asked, and a number that this layer knows.
 *
 * The same number means different things at different levels: 1 is `SO_DEBUG` for the socket
 * layer, `IP_TOS` for IP, `TCP_NODELAY` for TCP. When the layer does not know the number,
 * the answer is `ENOPROTOOPT`. It comes for an option of a newer kernel, too; programs use
 * that to find out what the kernel has.
 */
CASE(unknown_option,
     .claim = "getsockopt() and setsockopt() of an option that the level does not know fail with "
	      "ENOPROTOOPT",
     .level = POSIX, .spec = "POSIX.1-2024 getsockopt(), setsockopt() ENOPROTOOPT",
     .tags = "option errno", .VARIANTS(unknown))
{
	const struct unknown_row *row = VARIANT(struct unknown_row);
	int fd = SETUP(socket(AF_INET, row->type, 0)), value = 1;
	socklen_t size = sizeof(value);

	EXPECT_ERR(set_int(fd, row->level, row->option, 1), ENOPROTOOPT);
	EXPECT_ERR(getsockopt(fd, row->level, row->option, &value, &size), ENOPROTOOPT);
	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_KEEPALIVE, 1));
	EXPECT_OK(getsockopt(fd, SOL_SOCKET, SO_TYPE, &value, &size));
}

struct level_row {
	struct variant variant;
	int domain, type, level, option;
	int set_error, get_error;
};

static const struct level_row levels[] = {
	{{"tcp_no_level", NULL}, AF_INET, SOCK_STREAM, NO_LEVEL, 1, ENOPROTOOPT, EOPNOTSUPP},
	{{"udp_no_level", NULL}, AF_INET, SOCK_DGRAM, NO_LEVEL, 1, ENOPROTOOPT, EOPNOTSUPP},
	{{"udp_tcp_level", NULL},
	 AF_INET,
	 SOCK_DGRAM,
	 IPPROTO_TCP,
	 TCP_NODELAY,
	 ENOPROTOOPT,
	 EOPNOTSUPP},
	{{"unix_tcp_level", NULL},
	 AF_UNIX,
	 SOCK_STREAM,
	 IPPROTO_TCP,
	 TCP_NODELAY,
	 EOPNOTSUPP,
	 EOPNOTSUPP},
	{{"unix_ip_level", NULL}, AF_UNIX, SOCK_STREAM, IPPROTO_IP, 1, EOPNOTSUPP, EOPNOTSUPP},
};

/*
 * A level that a socket does not have is another matter than an option.
 *
 * POSIX knows `ENOPROTOOPT` for both. Linux passes the call down until a family finds that
 * the level is not its own, and what that last one says differs: setsockopt() and
 * getsockopt() on the same socket may part, and a Unix socket has no levels but `SOL_SOCKET`
 * at all. So TCP_NODELAY on a descriptor that turns out to be a Unix socket, which is common
 * in servers that offer both, must be prepared for `EOPNOTSUPP` as well.
 */
CASE(level_of_another_protocol,
     .claim = "an option of a level that the socket does not have is refused: with ENOPROTOOPT or "
	      "EOPNOTSUPP, by call and family",
     .level = ABI,
     .spec = "net/ipv4/ip_sockglue.c ip_setsockopt(), do_ip_getsockopt(); net/socket.c "
	     "do_sock_setsockopt(); POSIX.1-2024 getsockopt() has ENOPROTOOPT for all",
     .tags = "option errno", .VARIANTS(levels))
{
	const struct level_row *row = VARIANT(struct level_row);
	int fd = SETUP(socket(row->domain, row->type, 0)), value = 1;
	socklen_t size = sizeof(value);

	EXPECT_ERR(set_int(fd, row->level, row->option, 1), row->set_error);
	EXPECT_ERR(getsockopt(fd, row->level, row->option, &value, &size), row->get_error);

	EXPECT_OK(getsockopt(fd, SOL_SOCKET, SO_TYPE, &value, &size));
}

struct length_row {
	struct variant variant;
	socklen_t given, stored;
};

static const struct length_row lengths[] = {
	{{"nothing", NULL}, 0, 0},
	{{"half", NULL}, 2, 2},
	{{"exact", NULL}, 4, 4},
	{{"larger", NULL}, 16, 4},
};

/*
 * The length that getsockopt() takes is the room there is, and becomes what was stored.
 *
 * A value that does not fit is cut without an error, so a program must compare the lengths
 * when it matters. On a little-endian machine half an int may look right for small values,
 * and then fail on a big-endian one. The bytes behind what was stored are left alone.
 */
CASE(length_of_a_value,
     .claim = "getsockopt() stores no more than the given length, and gives back the length that "
	      "it stored",
     .level = POSIX, .spec = "POSIX.1-2024 getsockopt() DESCRIPTION; getsockopt(2)",
     .tags = "option", .VARIANTS(lengths))
{
	const struct length_row *row = VARIANT(struct length_row);
	int fd = SETUP(socket(AF_INET, SOCK_STREAM, 0)), type = SOCK_STREAM;
	socklen_t length = row->given;
	unsigned char value[16], untouched[16];

	memset(value, 0xee, sizeof(value));
	memset(untouched, 0xee, sizeof(untouched));
	EXPECT_OK(getsockopt(fd, SOL_SOCKET, SO_TYPE, value, &length));
	EXPECT_EQ(length, row->stored);
	EXPECT_MEMEQ(value, &type, row->stored);
	EXPECT_MEMEQ(value + row->stored, untouched, sizeof(value) - row->stored);
}
