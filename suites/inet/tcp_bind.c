/* SPDX-License-Identifier: MIT */
/* bind() and who owns a TCP port. */
#include <linux/capability.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/inet/tcp_help.h"

#include "harness/case.h"

/*
 * A port that is being listened on is taken.
 *
 * TCP identifies a connection by both ends' addresses, so a second connection on
 * the port is fine; a second owner of the port is not: the kernel could not tell
 * whose an arriving SYN is. Hence `EADDRINUSE`, at bind() and not at listen().
 * `SO_REUSEADDR` does not change that while the first socket listens; it only
 * forgives connections in TIME_WAIT.
 *
 * Try it: `python3 -m http.server 8080` twice.
 */
CASE(bind_to_a_port_in_use,
     .claim = "bind() fails with EADDRINUSE while another socket listens on the port",
     .level = POSIX, .spec = "POSIX.1-2024 bind(); RFC 9293 3.9.1; ip(7)", .tags = "tcp bind",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address taken;
	int first = tcp_listener(family, &taken);
	int second = SETUP(socket(family, SOCK_STREAM, 0));

	SETUP(set_int(second, SOL_SOCKET, SO_REUSEADDR, 1));
	EXPECT_ERR(bind(second, ADDRESS(taken)), EADDRINUSE);

	/* The same call succeeds once nobody owns the port. */
	SETUP(close(first));
	EXPECT_OK(bind(second, ADDRESS(taken)));
}

struct overlap_row {
	struct variant variant;
	const char *first, *second; /* the addresses; both get the same port */
	bool first_reuses, second_reuses;
	bool first_listens;
	int expected; /* of the second bind(); 0 when it succeeds */
};

static const struct overlap_row overlaps[] = {
	{{"same_v4", NULL}, "127.0.0.1", "127.0.0.1", false, false, false, EADDRINUSE},
	{{"same_v6", "ipv6"}, "::1", "::1", false, false, false, EADDRINUSE},
	{{"specific_then_wildcard", NULL}, "127.0.0.1", "0.0.0.0", false, false, false, EADDRINUSE},
	{{"wildcard_then_specific", NULL}, "0.0.0.0", "127.0.0.1", false, false, false, EADDRINUSE},
	{{"specific_then_wildcard_v6", "ipv6"}, "::1", "::", false, false, false, EADDRINUSE},
	{{"two_specific", NULL}, "127.0.0.1", "127.0.0.2", false, false, false, 0},
	{{"reuse_on_both", NULL}, "127.0.0.1", "0.0.0.0", true, true, false, 0},
	{{"reuse_on_both_v6", "ipv6"}, "::1", "::", true, true, false, 0},
	{{"reuse_on_first_alone", NULL}, "127.0.0.1", "0.0.0.0", true, false, false, EADDRINUSE},
	{{"reuse_on_second_alone", NULL}, "127.0.0.1", "0.0.0.0", false, true, false, EADDRINUSE},
	{{"reuse_but_listening", NULL}, "0.0.0.0", "127.0.0.1", true, true, true, EADDRINUSE},
	{{"dual_stack_then_v4", "ipv6"}, "::", "0.0.0.0", false, false, false, EADDRINUSE},
	{{"v4_then_mapped", "ipv6"},
	 "127.0.0.1",
	 "::ffff:127.0.0.1",
	 false,
	 false,
	 false,
	 EADDRINUSE},
	{{"v4_and_v6_specific", "ipv6"}, "127.0.0.1", "::1", false, false, false, 0},
};

/* A socket of the address's family; one of IPv6 takes IPv4 as well (RFC 3493 5.3). */
static int socket_for(const struct address *address, bool reuses)
{
	int fd = SETUP(socket(address->any.sa_family, SOCK_STREAM, 0));

	if (address->any.sa_family == AF_INET6)
		SETUP(set_int(fd, IPPROTO_IPV6, IPV6_V6ONLY, 0));
	SETUP(set_int(fd, SOL_SOCKET, SO_REUSEADDR, reuses));
	return fd;
}

/*
 * Two sockets may have one port if no arriving SYN could belong to both.
 *
 * `127.0.0.1` and `127.0.0.2` are told apart by their destination address. The wildcard
 * `0.0.0.0` stands for every address of the host, so it overlaps with each of them, in
 * whichever order the two are bound; and `::` overlaps with all of IPv4 too, because an
 * IPv6 socket takes IPv4 connections unless `IPV6_V6ONLY` is set.
 *
 * `SO_REUSEADDR` says "I know": if both sockets say so, and neither listens, Linux lets
 * them overlap. As soon as one listens the question "whose SYN is it?" is real, and the
 * answer is `EADDRINUSE` again.
 *
 * Try it: `nc -l 127.0.0.1 8080` and `nc -l 0.0.0.0 8080` in two terminals.
 */
CASE(overlapping_addresses,
     .claim = "A port is refused exactly if an address that overlaps has it and not both "
	      "sockets, neither listening, set SO_REUSEADDR",
     .level = LINUX,
     .spec = "socket(7) SO_REUSEADDR; ip(7); ipv6(7) IPV6_V6ONLY; POSIX.1-2024 bind()",
     .tags = "tcp bind", .VARIANTS(overlaps))
{
	const struct overlap_row *row = VARIANT(struct overlap_row);
	struct address at = address_of(row->first, 0), wanted, name = address_empty();
	int first = socket_for(&at, row->first_reuses), second;

	SETUP(bind(first, ADDRESS(at)));
	if (row->first_listens)
		SETUP(listen(first, 1));
	SETUP(getsockname(first, &at.any, &at.length));

	wanted = address_of(row->second, address_port(&at));
	second = socket_for(&wanted, row->second_reuses);
	if (row->expected == 0) {
		EXPECT_OK(bind(second, ADDRESS(wanted)));
	} else {
		EXPECT_ERR(bind(second, ADDRESS(wanted)), row->expected);
		/* It was the first socket, and nothing else, that stood in the way. */
		SETUP(close(first));
		EXPECT_OK(bind(second, ADDRESS(wanted)));
	}
	EXPECT_OK(getsockname(second, &name.any, &name.length));
	EXPECT_TRUE(address_equal(&name, &wanted));
}

/*
 * An address is given to a socket once.
 *
 * After bind() the socket has its place in the kernel's table of ports, and others may
 * already know the address. Moving it would break their view, so a second bind() fails
 * with `EINVAL`, even with the very address that the socket has. Whoever wants another
 * port makes another socket.
 */
CASE(bind_twice,
     .claim = "bind() of a socket that is bound fails with EINVAL and leaves its address as it was",
     .level = POSIX, .spec = "POSIX.1-2024 bind() ERRORS EINVAL; bind(2)", .tags = "tcp bind",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address other = address_loopback(family, 0), before, after = address_empty();
	int fd = bound_socket(family, SOCK_STREAM, &before);
	int fresh = SETUP(socket(family, SOCK_STREAM, 0));

	EXPECT_ERR(bind(fd, ADDRESS(other)), EINVAL);
	SETUP(getsockname(fd, &after.any, &after.length));
	EXPECT_TRUE(address_equal(&before, &after));

	EXPECT_OK(bind(fresh, ADDRESS(other)));
}

/*
 * Port 0 means "any free one".
 *
 * The kernel picks a port from the ephemeral range, which `ip_local_port_range` sets,
 * and getsockname() tells which. That is how a test server avoids collisions: bind to
 * port 0, ask, and tell the client. Here the range has a hundred ports, so that the
 * answer is not by chance in it.
 *
 * Try it: `sysctl net.ipv4.ip_local_port_range`.
 */
CASE(port_zero,
     .claim = "bind() to port 0 gives a free port of the ephemeral range, which getsockname() "
	      "tells",
     .level = LINUX, .spec = "ip(7) ip_local_port_range; bind(2)",
     .sysctls = "net.ipv4.ip_local_port_range=40000,40099", .tags = "tcp bind", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address first, second;

	bound_socket(family, SOCK_STREAM, &first);
	bound_socket(family, SOCK_STREAM, &second);
	EXPECT_BETWEEN(address_port(&first), 40000, 40099);
	EXPECT_BETWEEN(address_port(&second), 40000, 40099);
	EXPECT_NE(address_port(&first), address_port(&second));
}

/*
 * Ephemeral ports run out.
 *
 * The range is finite: here it has one port. When every port of it is bound, bind() to
 * port 0 fails with `EADDRINUSE`, although the caller asked for no port in particular.
 * A busy proxy that binds before each connect() meets this with its 28 000 ports.
 * A port outside of the range is still to be had by name.
 */
CASE(ephemeral_ports_run_out,
     .claim = "bind() to port 0 fails with EADDRINUSE when every port of the ephemeral range is "
	      "taken",
     .level = LINUX, .spec = "bind(2) ERRORS EADDRINUSE; ip(7) ip_local_port_range",
     .sysctls = "net.ipv4.ip_local_port_range=40000,40000", .tags = "tcp bind", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address any_port = address_loopback(family, 0), taken;
	struct address outside = address_loopback(family, 40001);
	int only = bound_socket(family, SOCK_STREAM, &taken);
	int second = SETUP(socket(family, SOCK_STREAM, 0));
	int third = SETUP(socket(family, SOCK_STREAM, 0));

	EXPECT_EQ(address_port(&taken), 40000);
	EXPECT_ERR(bind(second, ADDRESS(any_port)), EADDRINUSE);
	EXPECT_OK(bind(third, ADDRESS(outside)));

	SETUP(close(only));
	EXPECT_OK(bind(second, ADDRESS(any_port)));
}

struct foreign_row {
	struct variant variant;
	const char *address, *sysctl;
};

static const struct foreign_row foreign[] = {
	{{"v4", NULL}, "192.0.2.7", "net.ipv4.ip_nonlocal_bind"},
	{{"v6", "ipv6"}, "2001:db8::7", "net.ipv6.ip_nonlocal_bind"},
};

/*
 * One can only be reached at an address that one has.
 *
 * bind() to an address of another host is refused with `EADDRNOTAVAIL`: no packet for
 * it would ever arrive here. Configuration files that name an address of last year's
 * network end in this error. Routers that take over an address from each other need
 * the opposite, and set `ip_nonlocal_bind`; so the control is that switch.
 */
CASE(address_of_another_host,
     .claim = "bind() to an address that no interface has fails with EADDRNOTAVAIL", .level = POSIX,
     .spec = "POSIX.1-2024 bind() ERRORS EADDRNOTAVAIL; ip(7) ip_nonlocal_bind", .tags = "tcp bind",
     .VARIANTS(foreign))
{
	const struct foreign_row *row = VARIANT(struct foreign_row);
	struct address elsewhere = address_of(row->address, 0);
	int fd = SETUP(socket(elsewhere.any.sa_family, SOCK_STREAM, 0));

	SETUP(sandbox_sysctl(row->sysctl, "0"));
	EXPECT_ERR(bind(fd, ADDRESS(elsewhere)), EADDRNOTAVAIL);

	SETUP(sandbox_sysctl(row->sysctl, "1"));
	EXPECT_OK(bind(fd, ADDRESS(elsewhere)));
}

/*
 * The low ports are for the administrator.
 *
 * A service on port 22 or 80 could once be trusted because only root may bind there.
 * Today it is the capability `CAP_NET_BIND_SERVICE`, and the border is a sysctl:
 * everything from `ip_unprivileged_port_start` on is free for all. The case gives up the
 * capability, meets `EACCES` below the border, and succeeds when the border moves down.
 *
 * Try it: `python3 -m http.server 80` as an ordinary user.
 */
CASE(privileged_port,
     .claim = "Without CAP_NET_BIND_SERVICE bind() to a port below ip_unprivileged_port_start "
	      "fails with EACCES",
     .level = LINUX,
     .spec = "ip(7) ip_unprivileged_port_start; capabilities(7) CAP_NET_BIND_SERVICE; bind(2)",
     .sysctls = "net.ipv4.ip_unprivileged_port_start=1024", .tags = "tcp bind privilege",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address low = address_loopback(family, 1023), high = address_loopback(family, 1024);
	int first = SETUP(socket(family, SOCK_STREAM, 0));
	int second = SETUP(socket(family, SOCK_STREAM, 0));

	SETUP(sandbox_drop_capability(CAP_NET_BIND_SERVICE));
	EXPECT_ERR(bind(first, ADDRESS(low)), EACCES);
	EXPECT_OK(bind(second, ADDRESS(high)));

	SETUP(sandbox_sysctl("net.ipv4.ip_unprivileged_port_start", "1023"));
	EXPECT_OK(bind(first, ADDRESS(low)));
}

/*
 * A server that restarts meets its own past.
 *
 * Whoever closes a connection first keeps it in TIME_WAIT for a minute, in case the last
 * ACK was lost (RFC 9293 3.6). That connection still owns the server's port: a new server
 * gets `EADDRINUSE` although nobody listens. `SO_REUSEADDR` is the answer, and nearly
 * every server sets it before bind(): the old connection stays in TIME_WAIT, and new
 * ones are told from it by the client's port.
 *
 * Try it: stop a server that had clients, and look with `ss -tan state time-wait`.
 */
CASE(port_in_time_wait,
     .claim = "A port with a connection in TIME_WAIT can be bound with SO_REUSEADDR on both "
	      "sockets, and not without",
     .level = LINUX, .spec = "socket(7) SO_REUSEADDR; RFC 9293 3.6; ip(7)",
     .tags = "tcp bind time-wait", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address at = address_loopback(family, 0), name = address_empty();
	int listener = SETUP(socket(family, SOCK_STREAM, 0)), client, server, again;
	char byte;

	SETUP(set_int(listener, SOL_SOCKET, SO_REUSEADDR, 1));
	SETUP(bind(listener, ADDRESS(at)));
	SETUP(getsockname(listener, &at.any, &at.length));
	SETUP(listen(listener, 1));
	client = SETUP(socket(family, SOCK_STREAM, 0));
	SETUP(connect(client, ADDRESS(at)));
	SETUP(getsockname(client, &name.any, &name.length));
	server = SETUP(accept(listener, NULL, NULL));

	/* The server closes first, then the client; and the server's program ends. */
	SETUP(close(server));
	SETUP(recv(client, &byte, 1, 0));
	SETUP(close(client));
	SETUP(close(listener));
	EXPECT_TRUE(wait_for_table_state(family, address_port(&at), address_port(&name),
					 TCP_TIME_WAIT));

	again = SETUP(socket(family, SOCK_STREAM, 0));
	EXPECT_ERR(bind(again, ADDRESS(at)), EADDRINUSE);
	SETUP(set_int(again, SOL_SOCKET, SO_REUSEADDR, 1));
	EXPECT_OK(bind(again, ADDRESS(at)));
	EXPECT_OK(listen(again, 1));
}
