/* SPDX-License-Identifier: MIT */
/* Who owns a UDP port, and who gets what is sent to it. */
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include "suites/inet/ip_wire.h"

#include "harness/case.h"

/*
 * Port 0 asks for any port, from a known range.
 *
 * A client does not care for its port number; with bind() to port 0, or without any
 * bind(), the kernel picks an unused one: an ephemeral port. The range it picks from is
 * a setting of the network namespace, `net.ipv4.ip_local_port_range`, and holds for
 * IPv6 as well. Firewalls and services with fixed ports above 1024 depend on it.
 *
 * Try it: `sysctl net.ipv4.ip_local_port_range`.
 */
CASE(ephemeral_range,
     .claim = "bind() to port 0 and a first send() pick ports of net.ipv4.ip_local_port_range",
     .level = LINUX, .spec = "ip(7) Address format and /proc interfaces: ip_local_port_range",
     .sysctls = "net.ipv4.ip_local_port_range=40000,40009", .tags = "udp bind port",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address bound, local = address_empty();
	int fd = SETUP(socket(family, SOCK_DGRAM, 0));

	bound_socket(family, SOCK_DGRAM, &bound);
	EXPECT_BETWEEN(address_port(&bound), 40000, 40009);

	/* Without bind() there is no port until one is needed. */
	EXPECT_OK(getsockname(fd, &local.any, &local.length));
	EXPECT_EQ(address_port(&local), 0);
	SETUP(sendto(fd, "x", 1, 0, ADDRESS(bound)));
	EXPECT_OK(getsockname(fd, &local.any, &local.length));
	EXPECT_BETWEEN(address_port(&local), 40000, 40009);
	EXPECT_NE(address_port(&local), address_port(&bound));
}

/*
 * When the range is used up.
 *
 * Every unconnected UDP socket occupies a port of its own. Here the range has two
 * ports, so that a third bind() to port 0 finds none and fails, with the error that
 * otherwise says that a *given* port is taken: `EADDRINUSE`. A port given by number is
 * not bound to the range.
 */
CASE(ephemeral_ports_exhausted,
     .claim = "bind() to port 0 fails with EADDRINUSE when the whole range is in use",
     .level = LINUX, .spec = "bind(2) ERRORS EADDRINUSE; ip(7)",
     .sysctls = "net.ipv4.ip_local_port_range=40000,40001", .tags = "udp bind port errno",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address one, two, any = address_loopback(family, 0);
	struct address fixed = address_loopback(family, 50000);
	int first = bound_socket(family, SOCK_DGRAM, &one);
	int third = SETUP(socket(family, SOCK_DGRAM, 0));
	int fourth = SETUP(socket(family, SOCK_DGRAM, 0));

	bound_socket(family, SOCK_DGRAM, &two);
	EXPECT_ERR(bind(third, ADDRESS(any)), EADDRINUSE);
	EXPECT_OK(bind(fourth, ADDRESS(fixed)));

	SETUP(close(first));
	EXPECT_OK(bind(third, ADDRESS(any)));
}

/*
 * TCP's ports are not UDP's.
 *
 * A port number means something only together with the protocol: the kernel has one
 * table for TCP and another for UDP. DNS and HTTP/3 make use of it, with the same
 * number in both.
 */
CASE(tcp_and_udp_ports_are_apart,
     .claim = "a UDP socket can be bound to a port on which a TCP socket listens, but not twice",
     .level = RFC, .spec = "RFC 768; RFC 6335 6; POSIX.1-2024 bind() EADDRINUSE",
     .tags = "udp tcp bind port", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address where;
	int udp = SETUP(socket(family, SOCK_DGRAM, 0));
	int again = SETUP(socket(family, SOCK_DGRAM, 0));

	tcp_listener(family, &where);
	EXPECT_OK(bind(udp, ADDRESS(where)));
	EXPECT_ERR(bind(again, ADDRESS(where)), EADDRINUSE);
	SETUP(close(udp));
	EXPECT_OK(bind(again, ADDRESS(where)));
}

struct sharing_row {
	struct variant variant;
	int first, second; /* the option that each socket sets; 0: none */
	int expected;	   /* of the second bind(); 0: it succeeds */
};

static const struct sharing_row sharing[] = {
	{{"none_none", NULL}, 0, 0, EADDRINUSE},
	{{"none_reuseaddr", NULL}, 0, SO_REUSEADDR, EADDRINUSE},
	{{"reuseaddr_none", NULL}, SO_REUSEADDR, 0, EADDRINUSE},
	{{"reuseaddr_reuseaddr", NULL}, SO_REUSEADDR, SO_REUSEADDR, 0},
	{{"none_reuseport", "reuseport"}, 0, SO_REUSEPORT, EADDRINUSE},
	{{"reuseport_none", "reuseport"}, SO_REUSEPORT, 0, EADDRINUSE},
	{{"reuseport_reuseport", "reuseport"}, SO_REUSEPORT, SO_REUSEPORT, 0},
	{{"reuseaddr_reuseport", "reuseport"}, SO_REUSEADDR, SO_REUSEPORT, EADDRINUSE},
	{{"reuseport_reuseaddr", "reuseport"}, SO_REUSEPORT, SO_REUSEADDR, EADDRINUSE},
};

/*
 * Sharing a UDP port takes two who agree.
 *
 * Both owners must have set the same option before bind(): `SO_REUSEADDR` (meant for
 * multicast, where all of them get a copy) or `SO_REUSEPORT` (meant for several workers,
 * who share the datagrams). One-sided consent is not enough, or a stranger could take
 * over part of a service's traffic by setting an option.
 */
CASE(sharing_a_port,
     .claim = "a second UDP socket gets the port only if both sockets set the same option",
     .level = LINUX, .spec = "socket(7) SO_REUSEADDR, SO_REUSEPORT; ip(7)", .tags = "udp bind port",
     .VARIANTS(sharing))
{
	const struct sharing_row *row = VARIANT(struct sharing_row);
	struct address where = address_loopback(AF_INET, 9000);
	int first = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	int second = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	if (row->first != 0)
		SETUP(set_int(first, SOL_SOCKET, row->first, 1));
	if (row->second != 0)
		SETUP(set_int(second, SOL_SOCKET, row->second, 1));
	SETUP(bind(first, ADDRESS(where)));
	EXPECT_ERRNO(bind(second, ADDRESS(where)) == 0 ? 0 : errno, row->expected);

	/* When the first is gone, nothing of this matters. */
	SETUP(close(first));
	SETUP(close(second));
	second = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	EXPECT_OK(bind(second, ADDRESS(where)));
}

enum { WORKERS = 2 };

/* Takes `total` datagrams from the workers and counts how many each of them got. */
static void collect(const int workers[WORKERS], int total, int got[WORKERS])
{
	struct pollfd entries[WORKERS];
	char data[8];

	for (int i = 0; i < WORKERS; i++) {
		entries[i] = (struct pollfd){.fd = workers[i], .events = POLLIN};
		got[i] = 0;
	}
	for (int left = total; left > 0 && poll(entries, WORKERS, SOON_MS) > 0;) {
		for (int i = 0; i < WORKERS; i++) {
			if (!(entries[i].revents & POLLIN))
				continue;
			SETUP(recv(workers[i], data, sizeof(data), 0));
			got[i]++;
			left--;
		}
	}
}

/*
 * `SO_REUSEPORT` shares the work.
 *
 * Each datagram goes to exactly one of the sockets, chosen by a hash over both ends'
 * addresses and ports. So the datagrams of one client always meet the same worker,
 * which may keep state for it, and many clients spread over all.
 */
CASE(reuseport_shares_by_flow,
     .claim = "SO_REUSEPORT: each datagram reaches one socket, all of one sender's the same socket",
     .level = LINUX, .spec = "socket(7) SO_REUSEPORT", .needs = "reuseport", .tags = "udp port",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address where = address_loopback(family, 9000);
	int workers[WORKERS], from_one[WORKERS], from_many[WORKERS];
	int client = SETUP(socket(family, SOCK_DGRAM, 0));

	for (int i = 0; i < WORKERS; i++) {
		workers[i] = SETUP(socket(family, SOCK_DGRAM, 0));
		SETUP(set_int(workers[i], SOL_SOCKET, SO_REUSEPORT, 1));
		SETUP(bind(workers[i], ADDRESS(where)));
	}
	for (int i = 0; i < 10; i++)
		SETUP(sendto(client, "x", 1, 0, ADDRESS(where)));
	collect(workers, 10, from_one);
	EXPECT_TRUE((from_one[0] == 10 && from_one[1] == 0) ||
		    (from_one[0] == 0 && from_one[1] == 10));

	for (int i = 0; i < 32; i++)
		SETUP(sendto(SETUP(socket(family, SOCK_DGRAM, 0)), "x", 1, 0, ADDRESS(where)));
	collect(workers, 32, from_many);
	EXPECT_EQ(from_many[0] + from_many[1], 32);
	/* By chance both get some: the contrary has a probability of 2 to the power of -31. */
	EXPECT_BETWEEN(from_many[0], 1, 31);
}

/*
 * The more specific socket wins.
 *
 * With `SO_REUSEADDR` one socket may be bound to all addresses of the host and another
 * to one of them, on the same port. A datagram that fits both goes to the socket that
 * says more: a local address counts more than none, a peer counts more still.
 */
CASE(most_specific_socket_receives,
     .claim = "a datagram goes to the socket bound to its address, not to the one bound to all",
     .level = ABI, .spec = "socket(7) SO_REUSEADDR allows it; the score is the kernel's",
     .tags = "udp port", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address everywhere = address_any(family, 9000);
	struct address here = address_loopback(family, 9000);
	struct address from;
	int general = SETUP(socket(family, SOCK_DGRAM, 0));
	int specific = SETUP(socket(family, SOCK_DGRAM, 0));
	int connected = SETUP(socket(family, SOCK_DGRAM, 0));
	int client = bound_socket(family, SOCK_DGRAM, &from);
	char data[8];

	SETUP(set_int(general, SOL_SOCKET, SO_REUSEADDR, 1));
	SETUP(set_int(specific, SOL_SOCKET, SO_REUSEADDR, 1));
	SETUP(set_int(connected, SOL_SOCKET, SO_REUSEADDR, 1));
	SETUP(bind(general, ADDRESS(everywhere)));
	SETUP(sendto(client, "1", 1, 0, ADDRESS(here)));
	EXPECT_EQ(recv(general, data, sizeof(data), 0), 1);

	SETUP(bind(specific, ADDRESS(here)));
	SETUP(sendto(client, "2", 1, 0, ADDRESS(here)));
	EXPECT_EQ(recv(specific, data, sizeof(data), 0), 1);

	SETUP(bind(connected, ADDRESS(here)));
	SETUP(connect(connected, ADDRESS(from)));
	SETUP(sendto(client, "3", 1, 0, ADDRESS(here)));
	EXPECT_EQ(recv(connected, data, sizeof(data), 0), 1);

	EXPECT_ERR(recv(general, data, sizeof(data), MSG_DONTWAIT), EAGAIN);
	EXPECT_ERR(recv(specific, data, sizeof(data), MSG_DONTWAIT), EAGAIN);
}
