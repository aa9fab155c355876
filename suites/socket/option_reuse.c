/* SPDX-License-Identifier: MIT */
/* SO_REUSEPORT: one port, several TCP sockets. (For UDP see suites/inet/udp_ports.c.) */
#include <linux/filter.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/case.h"

static int reuseport_listener(struct address *where)
{
	int fd = SETUP(socket(where->any.sa_family, SOCK_STREAM | SOCK_NONBLOCK, 0));

	SETUP(set_int(fd, SOL_SOCKET, SO_REUSEPORT, 1));
	SETUP(bind(fd, ADDRESS(*where)));
	SETUP(getsockname(fd, &where->any, &where->length));
	SETUP(listen(fd, 64));
	return fd;
}

static int connections_waiting(int listener)
{
	int count = 0;

	while (accept(listener, NULL, NULL) >= 0)
		count++;
	return count;
}

struct sharing_row {
	struct variant variant;
	int family;
};

static const struct sharing_row sharing_families[] = {
	{{"v4", "reuseport"}, AF_INET},
	{{"v6", "reuseport ipv6"}, AF_INET6},
};

/*
 * With `SO_REUSEPORT`, several listeners share the connections of one port.
 *
 * Each listener has a queue of its own, so that threads or processes do not contend for one.
 * The kernel picks the listener by a hash of the four numbers of the connection: each
 * connection lies in exactly one queue, and with many clients each queue gets some. The
 * choice is made at the SYN. A process that dies takes the connections in its queue with it.
 *
 * Try it: `ss -ltn` shows the same address twice.
 */
CASE(listeners_share_connections,
     .claim = "two listeners with SO_REUSEPORT on one port get all connections between them, each "
	      "some",
     .level = LINUX, .spec = "socket(7) SO_REUSEPORT", .tags = "option tcp listen",
     .VARIANTS(sharing_families))
{
	struct address where = address_loopback(VARIANT(struct sharing_row)->family, 0);
	int first = reuseport_listener(&where), second = reuseport_listener(&where);
	int at_first, at_second, clients = 48;

	for (int i = 0; i < clients; i++)
		SETUP(connect(SETUP(socket(where.any.sa_family, SOCK_STREAM, 0)), ADDRESS(where)));
	at_first = connections_waiting(first);
	at_second = connections_waiting(second);
	EXPECT_EQ(at_first + at_second, clients);
	/* All at one of two: a chance of 1 to 2^47. */
	EXPECT_GE(at_first, 1);
	EXPECT_GE(at_second, 1);
}

struct set_row {
	struct variant variant;
	int first, second;
};

static const struct set_row sets[] = {
	{{"neither", NULL}, 0, 0},
	{{"first", "reuseport"}, 1, 0},
	{{"second", "reuseport"}, 0, 1},
};

/*
 * Every socket of the group must have asked for it, the first one included.
 *
 * Otherwise any program could set the option and take a share of the connections that an
 * unsuspecting server expects. The first owner decides with its own `SO_REUSEPORT` whether
 * the port can be shared at all; setting it after bind() is too late for that.
 */
CASE(all_must_set_it,
     .claim = "a second bind() fails with EADDRINUSE unless both sockets have set SO_REUSEPORT "
	      "before",
     .level = LINUX, .spec = "socket(7) SO_REUSEPORT", .tags = "option tcp bind", .VARIANTS(sets))
{
	const struct set_row *row = VARIANT(struct set_row);
	struct address where, shared = address_loopback(AF_INET, 0);
	int first = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	int second = SETUP(socket(AF_INET, SOCK_STREAM, 0));

	where = shared;
	SETUP(set_int(first, SOL_SOCKET, SO_REUSEPORT, row->first));
	SETUP(bind(first, ADDRESS(where)));
	SETUP(getsockname(first, &where.any, &where.length));
	SETUP(set_int(second, SOL_SOCKET, SO_REUSEPORT, row->second));
	EXPECT_ERR(bind(second, ADDRESS(where)), EADDRINUSE);

	/* With the option on both, the port is shared. */
	reuseport_listener(&shared);
	SETUP(set_int(second, SOL_SOCKET, SO_REUSEPORT, 1));
	EXPECT_OK(bind(second, ADDRESS(shared)));
}

enum { SOMEBODY_ELSE = 65534 }; /* "nobody" on most systems; any other user would do */

static int bind_as_somebody_else(void *context)
{
	const struct address *where = context;
	struct address fresh = address_loopback(AF_INET, 0);
	int changed = setuid(SOMEBODY_ELSE), fd, other;

	/* setuid(2): the number is not valid in this user namespace. */
	if (changed != 0 && errno == EINVAL)
		return 2;
	SETUP(changed);
	fd = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	other = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	SETUP(set_int(fd, SOL_SOCKET, SO_REUSEPORT, 1));
	EXPECT_ERR(bind(fd, ADDRESS(*where)), EADDRINUSE);
	/* This user can share a port with itself. */
	reuseport_listener(&fresh);
	SETUP(set_int(other, SOL_SOCKET, SO_REUSEPORT, 1));
	EXPECT_OK(bind(other, ADDRESS(fresh)));
	return 0;
}

/*
 * A port is shared among sockets of one user only.
 *
 * Without this rule, anybody with an account could bind to the port of a running server and
 * receive a part of its clients, with what they send. So all sockets of a group must have
 * the same effective user id as the first; even with the option set, others get
 * `EADDRINUSE`.
 */
CASE(same_user,
     .claim = "bind() by another user fails with EADDRINUSE though both sockets have SO_REUSEPORT",
     .level = LINUX, .spec = "socket(7) SO_REUSEPORT (same effective UID)", .needs = "reuseport",
     .tags = "option tcp bind privilege")
{
	struct address where = address_loopback(AF_INET, 0);
	int status;

	reuseport_listener(&where);
	status = wait_child(start_child(bind_as_somebody_else, &where));
	if (WIFEXITED(status) && WEXITSTATUS(status) == 2)
		SKIP("another user", "setuid(%d): this user namespace has one user only",
		     SOMEBODY_ELSE);
	EXPECT_EQ(status, 0);
	reuseport_listener(&where);
	EXPECT_NE(address_port(&where), 0);
}

struct chosen_row {
	struct variant variant;
	unsigned int chosen;
};

static const struct chosen_row choices[] = {
	{{"first", "reuseport"}, 0},
	{{"second", "reuseport"}, 1},
};

/*
 * A program of the group may decide itself who gets a connection.
 *
 * `SO_ATTACH_REUSEPORT_CBPF` gives the kernel a classic BPF program that returns the index
 * of a listener, in the order of their bind(). Servers choose by CPU that way, so that a
 * connection stays where its packets arrive. Here the program is one instruction: always the
 * same listener.
 */
CASE(chosen_by_a_program,
     .claim = "with SO_ATTACH_REUSEPORT_CBPF every connection goes to the listener that the "
	      "program names",
     .level = LINUX, .spec = "socket(7) SO_ATTACH_REUSEPORT_CBPF", .tags = "option tcp bpf",
     .VARIANTS(choices))
{
	unsigned int chosen = VARIANT(struct chosen_row)->chosen;
	struct sock_filter code[] = {BPF_STMT(BPF_RET | BPF_K, chosen)};
	struct sock_fprog program = {1, code};
	struct address where = address_loopback(AF_INET, 0);
	int listeners[2];

	listeners[0] = reuseport_listener(&where);
	listeners[1] = reuseport_listener(&where);
	EXPECT_OK(setsockopt(listeners[0], SOL_SOCKET, SO_ATTACH_REUSEPORT_CBPF, &program,
			     sizeof(program)));
	for (int i = 0; i < 16; i++)
		SETUP(connect(SETUP(socket(AF_INET, SOCK_STREAM, 0)), ADDRESS(where)));
	EXPECT_EQ(connections_waiting(listeners[chosen]), 16);
	EXPECT_EQ(connections_waiting(listeners[1 - chosen]), 0);
}
