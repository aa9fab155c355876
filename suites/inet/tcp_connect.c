/* SPDX-License-Identifier: MIT */
/* connect(): at once, in the background, and all the ways it says no. */
#include <netinet/tcp.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "suites/inet/tcp_help.h"

#include "harness/case.h"

/*
 * A non-blocking connect() is a question whose answer comes later.
 *
 * The handshake takes a round trip, for which a non-blocking socket does not wait:
 * `EINPROGRESS` is no failure. The socket becomes writable when the outcome is known,
 * whatever it is; `SO_ERROR` tells: 0 is success. A program that only looks for "writable"
 * takes a refusal for a connection.
 */
CASE(in_the_background,
     .claim = "A non-blocking connect() fails with EINPROGRESS; the socket becomes writable with "
	      "SO_ERROR 0 once connected",
     .level = POSIX, .spec = "POSIX.1-2024 connect(), EINPROGRESS; connect(2)",
     .tags = "tcp connect nonblocking", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address at, peer = address_empty();
	int listener = tcp_listener(family, &at);
	int client = SETUP(nonblocking_socket(family));

	/* The listener does not hear the SYN for now: connect() cannot succeed at once. */
	SETUP(go_deaf(listener));
	EXPECT_ERR(connect(client, ADDRESS(at)), EINPROGRESS);
	EXPECT_EQ(wait_for(client, POLLOUT, 0), 0);
	EXPECT_ERR(getpeername(client, &peer.any, &peer.length), ENOTCONN);
	SETUP(close(client));
	SETUP(hear_again(listener));

	/* A system may be quick enough to succeed at once; Linux never is. */
	client = SETUP(nonblocking_socket(family));
	EXPECT_TRUE(connect(client, ADDRESS(at)) == 0 || errno == EINPROGRESS);
	EXPECT_EQ(wait_for(client, POLLOUT, SOON_MS), POLLOUT);
	EXPECT_ERRNO(get_int(client, SOL_SOCKET, SO_ERROR), 0);
	EXPECT_OK(getpeername(client, &peer.any, &peer.length));
	EXPECT_TRUE(address_equal(&peer, &at));
}

/*
 * The bad news of a background connect() is told once.
 *
 * When the RST comes nobody is inside a call to be given the error, so the kernel keeps
 * it with the socket: poll() reports `POLLERR`, and `SO_ERROR` hands over `ECONNREFUSED`
 * and clears it. A second look says 0, which must not be read as "connected".
 */
CASE(refused_in_the_background,
     .claim = "A refused background connect() is reported by poll() and once by SO_ERROR as "
	      "ECONNREFUSED, then as 0",
     .level = POSIX, .spec = "POSIX.1-2024 connect(), 2.10.16 SO_ERROR; socket(7) SO_ERROR",
     .tags = "tcp connect nonblocking", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address at;
	int bound = bound_socket(family, SOCK_STREAM, &at);
	int client = SETUP(nonblocking_socket(family)), second = SETUP(nonblocking_socket(family));
	short events;

	EXPECT_ERR(connect(client, ADDRESS(at)), EINPROGRESS);
	events = wait_for(client, POLLOUT, SOON_MS);
	EXPECT_EQ(events & (POLLOUT | POLLERR), POLLOUT | POLLERR);
	EXPECT_ERRNO(get_int(client, SOL_SOCKET, SO_ERROR), ECONNREFUSED);
	EXPECT_ERRNO(get_int(client, SOL_SOCKET, SO_ERROR), 0);

	/* With somebody to answer, the same steps bring no error. */
	SETUP(listen(bound, 1));
	EXPECT_ERR(connect(second, ADDRESS(at)), EINPROGRESS);
	EXPECT_EQ(wait_for(second, POLLOUT, SOON_MS), POLLOUT);
	EXPECT_ERRNO(get_int(second, SOL_SOCKET, SO_ERROR), 0);
}

/*
 * One attempt at a time.
 *
 * While the handshake is under way a further connect() does not start another: it fails
 * with `EALREADY`, which means "still at it". Here the listener loses the SYN, so that the
 * attempt stays under way. A socket that is not yet connected has no such trouble, even
 * with the same deaf listener.
 */
CASE(already,
     .claim = "connect() fails with EALREADY while a connection attempt of the socket is under way",
     .level = POSIX, .spec = "POSIX.1-2024 connect() ERRORS EALREADY",
     .tags = "tcp connect nonblocking", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address at;
	int listener = tcp_listener(family, &at);
	int client = SETUP(nonblocking_socket(family));
	int fresh = SETUP(nonblocking_socket(family));

	SETUP(go_deaf(listener));
	EXPECT_ERR(connect(client, ADDRESS(at)), EINPROGRESS);
	EXPECT_ERR(connect(client, ADDRESS(at)), EALREADY);
	EXPECT_ERR(connect(fresh, ADDRESS(at)), EINPROGRESS);
}

/*
 * A stream socket has one peer.
 *
 * A connected socket cannot be connected again, neither to another server nor to the same
 * one: `EISCONN`. (UDP can, because there connect() only sets a default address.) The
 * connection itself is not harmed by the attempt.
 */
CASE(is_connected,
     .claim = "connect() of a connected socket fails with EISCONN and leaves the connection alone",
     .level = POSIX, .spec = "POSIX.1-2024 connect() ERRORS EISCONN", .tags = "tcp connect",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family);
	struct address other;
	int fresh = SETUP(socket(family, SOCK_STREAM, 0));
	char byte;

	tcp_listener(family, &other);
	EXPECT_ERR(connect(p.client, ADDRESS(other)), EISCONN);
	EXPECT_ERR(connect(p.client, ADDRESS(p.server_address)), EISCONN);
	EXPECT_OK(send(p.client, "x", 1, 0));
	EXPECT_EQ(read_exactly(p.server, &byte, 1), 1);

	EXPECT_OK(connect(fresh, ADDRESS(other)));
}

/*
 * A listener cannot call.
 *
 * A socket that listens has given its one role away. POSIX suggests `EOPNOTSUPP` here,
 * as an error that a system may report; Linux says `EISCONN`. A portable program expects
 * either. The listener goes on to work.
 */
CASE(a_listener_cannot_connect,
     .claim = "connect() of a listening socket fails and leaves it listening", .level = OBSERVED,
     .spec = "POSIX.1-2024 connect() ERRORS EOPNOTSUPP (may fail)", .tags = "tcp connect listen",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address own, other;
	int listener = tcp_listener(family, &own);
	int client = SETUP(socket(family, SOCK_STREAM, 0));
	int another = SETUP(socket(family, SOCK_STREAM, 0));
	int result, error;

	tcp_listener(family, &other);
	result = connect(listener, ADDRESS(other));
	error = errno;
	EXPECT_EQ(result, -1);
	EXPECT_TRUE(error == EISCONN || error == EOPNOTSUPP);
	OBSERVE("errno of connect() on a listener", "%s",
		error == EISCONN      ? "EISCONN"
		: error == EOPNOTSUPP ? "EOPNOTSUPP"
				      : "another");

	EXPECT_OK(connect(client, ADDRESS(other)));
	EXPECT_OK(connect(another, ADDRESS(own)));
}

/*
 * Outgoing ports run out for each destination by itself.
 *
 * An unbound socket gets its port in connect(). With one port in the ephemeral range the
 * second connection to the same server has no address left that would tell it from the
 * first: `EADDRNOTAVAIL`. To another server the same port serves again, because a
 * connection is named by both ends. A load balancer therefore runs out of ports towards
 * one backend, not in general.
 *
 * Try it: `sysctl net.ipv4.ip_local_port_range='40000 40000'`, and two of `nc`.
 */
CASE(outgoing_ports_run_out,
     .claim = "connect() fails with EADDRNOTAVAIL when every ephemeral port has a connection to "
	      "that destination",
     .level = LINUX, .spec = "connect(2) ERRORS EADDRNOTAVAIL; ip(7) ip_local_port_range",
     .tags = "tcp connect", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address one, other, first_name = address_empty(), third_name = address_empty();
	int first = SETUP(socket(family, SOCK_STREAM, 0));
	int second = SETUP(socket(family, SOCK_STREAM, 0));
	int third = SETUP(socket(family, SOCK_STREAM, 0));

	tcp_listener(family, &one);
	tcp_listener(family, &other);
	SETUP(sandbox_sysctl("net.ipv4.ip_local_port_range", "1025 1025"));

	REQUIRE_OK(connect(first, ADDRESS(one)));
	EXPECT_ERR(connect(second, ADDRESS(one)), EADDRNOTAVAIL);
	EXPECT_OK(connect(third, ADDRESS(other)));
	SETUP(getsockname(first, &first_name.any, &first_name.length));
	SETUP(getsockname(third, &third_name.any, &third_name.length));
	EXPECT_EQ(address_port(&first_name), 1025);
	EXPECT_TRUE(address_equal(&first_name, &third_name));
}

struct route_row {
	struct variant variant;
	const char *nowhere, *neighbour;
};

static const struct route_row no_route[] = {
	{{"v4", NULL}, "198.51.100.1", "192.0.2.2"},
	{{"v6", "ipv6"}, "2001:db8:ffff::1", "2001:db8::2"},
};

/*
 * Without a route there is nothing to send.
 *
 * connect() looks up the way before the first SYN. If the routing table has no entry for
 * the destination, and no default route, it fails with `ENETUNREACH` at once. It is a
 * statement about this host, not about the network: no packet has left.
 *
 * Try it: `ip route get 198.51.100.1`.
 */
CASE(no_route_at_home,
     .claim = "connect() to an address that the routing table has no route for fails with "
	      "ENETUNREACH and sends nothing",
     .level = POSIX, .spec = "POSIX.1-2024 connect() ERRORS ENETUNREACH; connect(2)",
     .topology = "pair", .tags = "tcp connect route", .VARIANTS(no_route))
{
	const struct route_row *row = VARIANT(struct route_row);
	struct address nowhere = address_of(row->nowhere, 80);
	struct address there = address_of(row->neighbour, 80);
	struct wire *wire = wire_open("a");
	const struct packet *syn;
	int fd = SETUP(socket(nowhere.any.sa_family, SOCK_STREAM, 0));
	int fresh = SETUP(socket(nowhere.any.sa_family, SOCK_STREAM, 0));
	int listener = SETUP(host_socket("b", there.any.sa_family, SOCK_STREAM, 0));

	SETUP(bind(listener, ADDRESS(there)));
	SETUP(listen(listener, 1));
	EXPECT_ERR(connect(fd, ADDRESS(nowhere)), ENETUNREACH);

	/* The neighbour is reached; the SYN to it is the first on the wire. */
	EXPECT_OK(connect(fresh, ADDRESS(there)));
	REQUIRE_TRUE((syn = wire_next_tcp(wire, PACKET_TCP_SYN, PACKET_TCP_SYN)) != NULL);
	EXPECT_EQ(packet_tcp(syn)->destination_port, 80);
	if (packet_ipv4(syn) != NULL)
		EXPECT_MEMEQ(packet_ipv4(syn)->destination, &there.v4.sin_addr, 4);
	else
		EXPECT_MEMEQ(packet_ipv6(syn)->destination, &there.v6.sin6_addr, 16);
}

static const struct route_row routed[] = {
	{{"v4", NULL}, "198.51.100.1", "192.0.2.129"},
	{{"v6", "ipv6"}, "2001:db8:ffff::1", "2001:db8:0:2::1"},
};

/*
 * A router on the way can say no as well.
 *
 * The host has a default route, so the SYN leaves. The router knows no way further and
 * answers with an ICMP "destination unreachable". During the handshake Linux hands it to
 * connect() at once instead of trying for two minutes. On an established connection the
 * same message is no reason to give up, since routes come back (RFC 9293 3.9.2.2).
 *
 * Over links as short as these the first answer comes while connect() still holds the
 * socket, and Linux only notes it; the answer to the next SYN, a second later, counts.
 *
 * Try it: `tcpdump -n icmp` beside a connect() to an address of RFC 5737.
 */
CASE(no_route_at_the_router,
     .claim = "An ICMP network-unreachable answer to the SYN ends connect() with ENETUNREACH",
     .level = POSIX,
     .spec = "POSIX.1-2024 connect() ERRORS ENETUNREACH; RFC 5461 4; RFC 9293 3.9.2.2",
     .topology = "routed", .tags = "tcp connect route icmp", .waits = true, .VARIANTS(routed))
{
	const struct route_row *row = VARIANT(struct route_row);
	struct address nowhere = address_of(row->nowhere, 80);
	struct address there = address_of(row->neighbour, 80);
	int fd = SETUP(socket(nowhere.any.sa_family, SOCK_STREAM, 0));
	int fresh = SETUP(socket(nowhere.any.sa_family, SOCK_STREAM, 0));
	int listener = SETUP(host_socket("b", there.any.sa_family, SOCK_STREAM, 0));

	SETUP(bind(listener, ADDRESS(there)));
	SETUP(listen(listener, 1));
	EXPECT_ERR(connect(fd, ADDRESS(nowhere)), ENETUNREACH);
	/* The same router passes on what it has a route for. */
	EXPECT_OK(connect(fresh, ADDRESS(there)));
}

static void note_signal(int number)
{
	(void)number;
}

/*
 * A signal wakes connect(), but does not stop the handshake.
 *
 * A handler without `SA_RESTART` makes a blocking connect() return `EINTR`. It is tempting to
 * call it again, as one does with read(); but the first attempt goes on in the
 * background, and the second call meets it: `EALREADY`. After `EINTR` the right way is that
 * of a non-blocking connect(): wait until the socket is writable, then ask `SO_ERROR`.
 */
CASE(interrupted,
     .claim = "connect() that a signal interrupts fails with EINTR, and the attempt goes on: a "
	      "second call fails with EALREADY",
     .level = POSIX, .spec = "POSIX.1-2024 connect(), EINTR, EALREADY; signal(7)",
     .tags = "tcp connect signal", .waits = true, .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct sigaction action = {.sa_handler = note_signal};
	/* It rings again and again, in case the first time comes before connect(). */
	struct itimerval bell = {.it_value.tv_usec = 20000, .it_interval.tv_usec = 20000};
	struct itimerval quiet = {0};
	struct address at;
	int listener = tcp_listener(family, &at);
	int client = SETUP(socket(family, SOCK_STREAM, 0));

	SETUP(go_deaf(listener));
	SETUP(sigaction(SIGALRM, &action, NULL));
	SETUP(setitimer(ITIMER_REAL, &bell, NULL));
	EXPECT_ERR(connect(client, ADDRESS(at)), EINTR);
	SETUP(setitimer(ITIMER_REAL, &quiet, NULL));

	EXPECT_EQ(tcp_state(client), TCP_SYN_SENT);
	SETUP(fcntl(client, F_SETFL, O_NONBLOCK));
	EXPECT_ERR(connect(client, ADDRESS(at)), EALREADY);

	/* The SYN's second copy is heard: the attempt that was interrupted succeeds. */
	SETUP(hear_again(listener));
	EXPECT_EQ(wait_for(client, POLLOUT, SOON_MS), POLLOUT);
	EXPECT_ERRNO(get_int(client, SOL_SOCKET, SO_ERROR), 0);
}

/*
 * `AF_UNSPEC` takes the peer away.
 *
 * connect() with a family of `AF_UNSPEC` dissolves the association. For TCP that means to
 * abort: the peer gets a RST, and unsent data are gone. The descriptor is as good as new
 * and can be connected elsewhere. That is rare in programs, and a way to free a
 * connection's resources before the last descriptor of it is closed.
 */
CASE(disconnect,
     .claim = "connect() to AF_UNSPEC resets a TCP connection, and the socket can be connected "
	      "again",
     .level = LINUX, .spec = "connect(2); POSIX.1-2024 connect() (unspecified for stream sockets)",
     .tags = "tcp connect reset", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire = wire_open("a");
	struct pair p = tcp_pair(family);
	struct sockaddr none = {.sa_family = AF_UNSPEC};
	struct address peer = address_empty();
	char byte;

	REQUIRE_OK(connect(p.client, &none, sizeof(none)));
	EXPECT_TRUE(wire_next_from(wire, address_port(&p.client_address), PACKET_TCP_RST,
				   PACKET_TCP_RST) != NULL);
	EXPECT_ERR(recv(p.server, &byte, 1, 0), ECONNRESET);
	EXPECT_ERR(getpeername(p.client, &peer.any, &peer.length), ENOTCONN);

	EXPECT_OK(connect(p.client, ADDRESS(p.server_address)));
	EXPECT_OK(getpeername(p.client, &peer.any, &peer.length));
}

/*
 * Who has no peer cannot name one.
 *
 * getpeername() fails with `ENOTCONN` on a socket that was never connected, and on a
 * listener, which has many peers to come and none of its own. The peers belong to the
 * sockets that accept() returns.
 */
CASE(peer_of_nobody,
     .claim = "getpeername() fails with ENOTCONN on an unconnected socket and on a listener",
     .level = POSIX, .spec = "POSIX.1-2024 getpeername() ERRORS ENOTCONN",
     .tags = "tcp connect listen", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family);
	struct address peer = address_empty();
	int alone = SETUP(socket(family, SOCK_STREAM, 0));

	EXPECT_ERR(getpeername(alone, &peer.any, &peer.length), ENOTCONN);
	EXPECT_ERR(getpeername(p.listener, &peer.any, &peer.length), ENOTCONN);

	EXPECT_OK(getpeername(p.server, &peer.any, &peer.length));
	EXPECT_TRUE(address_equal(&peer, &p.client_address));
}
