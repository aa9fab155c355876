/* SPDX-License-Identifier: MIT */
/* listen(), accept() and the queue between them. */
#include <fcntl.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/inet/tcp_help.h"

#include "harness/case.h"

/*
 * The kernel accepts connections before the program does.
 *
 * After listen() the kernel answers SYNs by itself. The client's connect() returns, and
 * its first data are sent and acknowledged, while the server's program has not called
 * accept() yet: accept() only takes a finished connection from a queue. So a successful
 * connect() does not prove that anybody works on the other side.
 *
 * Try it: stop a server with Ctrl-Z, and connect to it with `nc`.
 */
CASE(connected_before_accept,
     .claim = "connect() and send() succeed before the server calls accept(), and accept() then "
	      "finds connection and data",
     .level = LINUX, .spec = "listen(2) NOTES; POSIX.1-2024 listen(), accept(), 2.10.13",
     .tags = "tcp listen accept", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address at;
	int listener = tcp_listener(family, &at), server;
	int client = SETUP(socket(family, SOCK_STREAM, 0));
	char text[5];

	EXPECT_OK(connect(client, ADDRESS(at)));
	EXPECT_EQ(send(client, "early", 5, 0), 5);
	EXPECT_EQ(tcp_state(client), TCP_ESTABLISHED);

	server = REQUIRE_OK(accept(listener, NULL, NULL));
	EXPECT_EQ(read_exactly(server, text, 5), 5);
	EXPECT_MEMEQ(text, "early", 5);
}

/*
 * Each connection is a socket of its own.
 *
 * accept() returns a new socket that is connected to one client; the listener stays as it
 * is and is never read from. The new socket has the listener's port: what tells
 * connections apart is the client's address, which accept() fills in.
 */
CASE(a_socket_for_each_connection,
     .claim = "accept() returns a new socket at the listener's address and fills in the client's",
     .level = POSIX, .spec = "POSIX.1-2024 accept(), getsockname()", .tags = "tcp accept",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address at, client_name = address_empty(), own = address_empty();
	struct address peer = address_empty();
	int listener = tcp_listener(family, &at), server;
	int client = SETUP(socket(family, SOCK_STREAM, 0));

	SETUP(connect(client, ADDRESS(at)));
	SETUP(getsockname(client, &client_name.any, &client_name.length));

	server = REQUIRE_OK(accept(listener, &peer.any, &peer.length));
	EXPECT_NE(server, listener);
	EXPECT_TRUE(address_equal(&peer, &client_name));
	SETUP(getsockname(server, &own.any, &own.length));
	EXPECT_TRUE(address_equal(&own, &at));
	EXPECT_EQ(tcp_state(server), TCP_ESTABLISHED);
	EXPECT_EQ(tcp_state(listener), TCP_LISTEN);
}

/*
 * First come, first served.
 *
 * accept() "extracts the first connection on the queue". Three clients connect one after
 * the other, and are accepted in that order; poll() says `POLLIN` as long as one waits.
 */
CASE(in_order,
     .claim = "accept() returns connections in the order in which they were made, and the "
	      "listener is readable while one waits",
     .level = POSIX, .spec = "POSIX.1-2024 accept()", .tags = "tcp accept poll",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address at, peer, names[3];
	int listener = tcp_listener(family, &at);

	EXPECT_EQ(wait_for(listener, POLLIN, 0), 0);
	for (int i = 0; i < 3; i++) {
		int client = SETUP(socket(family, SOCK_STREAM, 0));

		SETUP(connect(client, ADDRESS(at)));
		names[i] = address_empty();
		SETUP(getsockname(client, &names[i].any, &names[i].length));
	}
	for (int i = 0; i < 3; i++) {
		EXPECT_EQ(wait_for(listener, POLLIN, SOON_MS), POLLIN);
		peer = address_empty();
		EXPECT_OK(accept(listener, &peer.any, &peer.length));
		EXPECT_EQ(address_port(&peer), address_port(&names[i]));
	}
	EXPECT_EQ(wait_for(listener, POLLIN, 0), 0);
}

/*
 * Only a listener accepts.
 *
 * A socket that is bound, or even connected, has no queue of connections: accept() fails
 * with `EINVAL`. The cure is listen(), and the order socket, bind, listen, accept.
 */
CASE(accept_without_listen,
     .claim = "accept() fails with EINVAL on a bound and on a connected socket, and succeeds "
	      "after listen()",
     .level = POSIX, .spec = "POSIX.1-2024 accept() ERRORS EINVAL", .tags = "tcp accept listen",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family);
	struct address at;
	int fd = bound_socket(family, SOCK_STREAM, &at);
	int client = SETUP(socket(family, SOCK_STREAM, 0));

	EXPECT_ERR(accept(fd, NULL, NULL), EINVAL);
	EXPECT_ERR(accept(p.client, NULL, NULL), EINVAL);

	SETUP(listen(fd, 1));
	SETUP(connect(client, ADDRESS(at)));
	EXPECT_OK(accept(fd, NULL, NULL));
}

/*
 * A non-blocking accept() that finds nobody.
 *
 * With `O_NONBLOCK` on the listener an empty queue gives `EAGAIN` at once. Servers that use
 * poll() need this even so: a client may be gone between poll() and accept(), or another
 * process may have taken the connection, and a blocking accept() would hang.
 */
CASE(accept_nonblocking,
     .claim = "accept() on a non-blocking listener fails with EAGAIN while no connection waits",
     .level = POSIX, .spec = "POSIX.1-2024 accept() ERRORS EAGAIN or EWOULDBLOCK",
     .tags = "tcp accept nonblocking", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address at;
	int listener = tcp_listener(family, &at);
	int client = SETUP(socket(family, SOCK_STREAM, 0));

	SETUP(fcntl(listener, F_SETFL, O_NONBLOCK));
	EXPECT_ERR(accept(listener, NULL, NULL), EAGAIN, EWOULDBLOCK);

	SETUP(connect(client, ADDRESS(at)));
	EXPECT_EQ(wait_for(listener, POLLIN, SOON_MS), POLLIN);
	EXPECT_OK(accept(listener, NULL, NULL));
}

struct flags_row {
	struct variant variant;
	int accept_flags;
	int status, descriptor; /* what F_GETFL and F_GETFD then show of the two */
};

static const struct flags_row accept_flags[] = {
	{{"none", NULL}, 0, 0, 0},
	{{"nonblock", NULL}, SOCK_NONBLOCK, O_NONBLOCK, 0},
	{{"cloexec", NULL}, SOCK_CLOEXEC, 0, FD_CLOEXEC},
	{{"both", NULL}, SOCK_NONBLOCK | SOCK_CLOEXEC, O_NONBLOCK, FD_CLOEXEC},
};

/*
 * accept4() decides how the new socket blocks.
 *
 * The listener here does not block and closes on exec. On Linux the new socket has
 * neither from it (on BSD it has both), only what accept4()'s flags say. That the flags
 * come with the call matters for `SOCK_CLOEXEC`: between accept() and fcntl() another thread
 * could fork() and exec(), and the child would keep the connection open.
 */
CASE(accept4_flags,
     .claim = "A socket from accept4() is non-blocking and close-on-exec as its flags say, "
	      "whatever the listener is",
     .level = LINUX, .spec = "accept(2) NOTES; POSIX.1-2024 accept4()",
     .tags = "tcp accept nonblocking", .VARIANTS(accept_flags))
{
	const struct flags_row *row = VARIANT(struct flags_row);
	struct address at;
	int listener = tcp_listener(AF_INET, &at), server;
	int client = SETUP(socket(AF_INET, SOCK_STREAM, 0));

	SETUP(fcntl(listener, F_SETFL, O_NONBLOCK));
	SETUP(fcntl(listener, F_SETFD, FD_CLOEXEC));
	SETUP(connect(client, ADDRESS(at)));
	SETUP(wait_for(listener, POLLIN, SOON_MS));

	server = REQUIRE_OK(accept4(listener, NULL, NULL, row->accept_flags));
	EXPECT_EQ(fcntl(server, F_GETFL) & O_NONBLOCK, row->status);
	EXPECT_EQ(fcntl(server, F_GETFD) & FD_CLOEXEC, row->descriptor);
}

/*
 * Running out of descriptors loses no client.
 *
 * When the process may not have another descriptor, accept() fails with `EMFILE`, and the
 * connection stays in the queue. A server that merely calls poll() again then spins,
 * because the listener is still readable. The old cure: keep a spare descriptor, close
 * it, accept, close the client, open the spare again.
 */
CASE(no_descriptor_left,
     .claim = "accept() fails with EMFILE at the limit of descriptors, and the connection waits "
	      "for the next accept()",
     .level = POSIX, .spec = "POSIX.1-2024 accept() ERRORS EMFILE; accept(2)",
     .tags = "tcp accept limit", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address at;
	int listener = tcp_listener(family, &at);
	int client = SETUP(socket(family, SOCK_STREAM, 0));
	int spare = SETUP(socket(family, SOCK_STREAM, 0));

	SETUP(connect(client, ADDRESS(at)));
	/* Descriptors are given from the lowest free number up, which is where the limit goes. */
	SETUP(close(spare));
	SETUP(sandbox_limit(RLIMIT_NOFILE, (unsigned long)spare));
	EXPECT_ERR(accept(listener, NULL, NULL), EMFILE);
	EXPECT_EQ(wait_for(listener, POLLIN, SOON_MS), POLLIN);

	SETUP(sandbox_limit(RLIMIT_NOFILE, (unsigned long)spare + 1));
	EXPECT_OK(accept(listener, NULL, NULL));
}

/*
 * A client that went away while it queued.
 *
 * The client connects and aborts with RST before accept() looks. 4.4BSD drops such a
 * connection from the queue, POSIX offers `ECONNABORTED`, and Linux returns the dead socket
 * as if nothing were wrong and tells at the first recv(). A portable server goes on after
 * `ECONNABORTED`, does not block in accept() after poll(), and expects an error from a
 * socket that is brand-new.
 */
CASE(gone_before_accept,
     .claim = "A connection that the client resets in the queue is not handed over as a working "
	      "one",
     .level = OBSERVED, .spec = "POSIX.1-2024 accept() ERRORS ECONNABORTED; accept(2)",
     .tags = "tcp accept reset", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct linger abort_it = {.l_onoff = 1, .l_linger = 0};
	struct wire *wire = wire_open("a");
	struct address at;
	int listener = tcp_listener(family, &at), server;
	int client = SETUP(socket(family, SOCK_STREAM, 0));
	char byte;

	SETUP(fcntl(listener, F_SETFL, O_NONBLOCK));
	SETUP(connect(client, ADDRESS(at)));
	SETUP(wait_for(listener, POLLIN, SOON_MS));
	SETUP(setsockopt(client, SOL_SOCKET, SO_LINGER, &abort_it, sizeof(abort_it)));
	SETUP(close(client));
	REQUIRE_TRUE(wire_next_tcp(wire, PACKET_TCP_RST, PACKET_TCP_RST) != NULL);

	server = accept(listener, NULL, NULL);
	OBSERVE("accept() of a reset connection", "%s",
		server >= 0		? "a socket"
		: errno == ECONNABORTED ? "ECONNABORTED"
		: errno == EAGAIN	? "EAGAIN"
					: "another error");
	EXPECT_TRUE(server < 0 || (recv(server, &byte, 1, 0) < 0 && errno == ECONNRESET));
}

/*
 * The queue has an end.
 *
 * listen()'s second argument limits how many finished connections may wait for accept().
 * When the queue is full, Linux does not refuse: it drops the SYN, as if the network had
 * lost it, and trusts that the client tries again a second later, when there may be room.
 * A client therefore sees an overloaded server as a slow one. Here accept() makes room,
 * and the second SYN of the waiting client succeeds.
 *
 * Try it: `ss -ltn`: Recv-Q is the queue's length, Send-Q its limit.
 */
CASE(full_queue,
     .claim = "A SYN to a listener whose queue is full is not answered, and the client's next "
	      "SYN succeeds once accept() made room",
     .level = LINUX, .spec = "listen(2); tcp(7) tcp_abort_on_overflow; RFC 6298 2.1",
     .sysctls = "net.ipv4.tcp_syncookies=0 net.ipv4.tcp_abort_on_overflow=0",
     .tags = "tcp listen backlog", .waits = true, .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire = wire_open("a");
	struct address at;
	int listener = bound_socket(family, SOCK_STREAM, &at);
	int second = SETUP(nonblocking_socket(family));
	struct address name = address_empty();
	enum { SYN = PACKET_TCP_SYN };

	/*
	 * On Linux a limit of 1 means two connections. (One of 0 would mean one; without SYN
	 * cookies it meant none before Linux 6.13 and 6.1.125, "tcp/dccp: allow a connection
	 * when sk_max_ack_backlog is zero".)
	 */
	SETUP(getsockname(listener, &at.any, &at.length));
	SETUP(listen(listener, 1));
	for (int i = 0; i < 2; i++)
		SETUP(connect(SETUP(socket(family, SOCK_STREAM, 0)), ADDRESS(at)));

	EXPECT_ERR(connect(second, ADDRESS(at)), EINPROGRESS);
	SETUP(getsockname(second, &name.any, &name.length));
	EXPECT_TRUE(wire_next_from(wire, address_port(&name), SYN, SYN) != NULL);
	/* Half a second would do for the answer many times over. */
	EXPECT_EQ(wait_for(second, POLLOUT, 500), 0);
	EXPECT_EQ(tcp_state(second), TCP_SYN_SENT);

	EXPECT_OK(accept(listener, NULL, NULL));
	EXPECT_TRUE(wire_next_from(wire, address_port(&name), SYN, SYN) != NULL);
	EXPECT_EQ(wait_for(second, POLLOUT, SOON_MS), POLLOUT);
	EXPECT_EQ(tcp_state(second), TCP_ESTABLISHED);
}

struct cookies_row {
	struct variant variant;
	bool cookies;
};

static const struct cookies_row cookies_rows[] = {
	{{"without_cookies", NULL}, false},
	{{"with_cookies", NULL}, true},
};

/*
 * There is a queue before the queue.
 *
 * A SYN that was answered, and whose ACK is yet to come, is half a connection, and takes memory.
 * Who sends SYNs and never ACKs fills that queue (a SYN flood, 1996), and everybody else's SYN is
 * dropped. With `net.ipv4.tcp_syncookies` the kernel then keeps nothing: what it must remember
 * goes into the sequence number of the SYN-ACK, from where the ACK brings it back. So the server
 * answers everybody, flood or not; what has no room in the number (some TCP options) is lost.
 *
 * Three clients here hear no SYN-ACK, as if they did not want one.
 *
 * Try it: `nstat -az TcpExtSyncookiesSent TcpExtListenDrops`.
 */
CASE(half_open_connections,
     .claim = "when half-open connections fill a listener's queue a SYN is dropped, or with "
	      "tcp_syncookies answered, and the connection is good",
     .level = LINUX, .spec = "RFC 4987 3.6; tcp(7) tcp_syncookies, tcp_max_syn_backlog; listen(2)",
     .tags = "tcp listen backlog security", .waits = true, .VARIANTS(cookies_rows))
{
	bool cookies = VARIANT(struct cookies_row)->cookies;
	struct address at;
	int listener = bound_socket(AF_INET, SOCK_STREAM, &at), fd;
	int before = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	enum { BACKLOG = 2 };
	char byte;

	SETUP(sandbox_sysctl("net.ipv4.tcp_syncookies", cookies ? "1" : "0"));
	SETUP(listen(listener, BACKLOG));
	/* While there is room a client is served. */
	EXPECT_OK(connect(before, ADDRESS(at)));
	EXPECT_OK(accept(listener, NULL, NULL));

	for (int i = 0; i < BACKLOG + 1; i++) {
		int deaf = nonblocking_socket(AF_INET);

		SETUP(go_deaf(deaf));
		EXPECT_ERR(connect(deaf, ADDRESS(at)), EINPROGRESS);
	}
	fd = nonblocking_socket(AF_INET);
	EXPECT_ERR(connect(fd, ADDRESS(at)), EINPROGRESS);
	if (!cookies) {
		EXPECT_EQ(wait_for(fd, POLLOUT, 500), 0);
		EXPECT_EQ(tcp_state(fd), TCP_SYN_SENT);
		return;
	}
	EXPECT_EQ(wait_for(fd, POLLOUT, SOON_MS), POLLOUT);
	EXPECT_EQ(send(fd, "x", 1, 0), 1);
	REQUIRE_EQ(wait_for(listener, POLLIN, SOON_MS), POLLIN);
	fd = REQUIRE_OK(accept(listener, NULL, NULL));
	EXPECT_EQ(read_exactly(fd, &byte, 1), 1);
	EXPECT_EQ(byte, 'x');
}

struct backlog_row {
	struct variant variant;
	int backlog;
	unsigned int limit;
};

/* net.core.somaxconn is 64 in this case. */
static const struct backlog_row backlogs[] = {
	{{"below_the_limit", NULL}, 5, 5},
	{{"at_the_limit", NULL}, 64, 64},
	{{"SOMAXCONN", NULL}, SOMAXCONN, 64},
	{{"negative", NULL}, -1, 64},
};

/*
 * How long may the queue be?
 *
 * `SOMAXCONN` is for those who do not want to choose: as long as the system allows. What it
 * allows is `net.core.somaxconn`, a setting of each network namespace (4096 since Linux 5.4, 128
 * before); a larger backlog is cut to it without a word, and so is a negative one, which the
 * kernel reads as a very large number. Of a listener TCP_INFO tells the limit and the length
 * of the queue, in fields that a connection uses otherwise; `ss -l` shows them as Send-Q and
 * Recv-Q.
 */
CASE(backlog_is_capped,
     .claim = "listen() takes any backlog, and the queue is no longer than net.core.somaxconn",
     .level = LINUX, .spec = "listen(2); Linux Documentation/admin-guide/sysctl/net.rst somaxconn",
     .sysctls = "net.core.somaxconn=64", .tags = "tcp listen limit", .VARIANTS(backlogs))
{
	const struct backlog_row *row = VARIANT(struct backlog_row);
	struct address here = address_loopback(AF_INET, 0);
	int fd = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	int client = SETUP(socket(AF_INET, SOCK_STREAM, 0));
	struct tcp_info info = {0};
	socklen_t size = sizeof(info);

	SETUP(bind(fd, ADDRESS(here)));
	EXPECT_OK(listen(fd, row->backlog));
	SETUP(getsockname(fd, &here.any, &here.length));
	EXPECT_OK(connect(client, ADDRESS(here)));
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLIN);
	EXPECT_OK(getsockopt(fd, IPPROTO_TCP, TCP_INFO, &info, &size));
	EXPECT_EQ(info.tcpi_state, TCP_LISTEN);
	EXPECT_EQ(info.tcpi_sacked, row->limit);
	EXPECT_EQ(info.tcpi_unacked, 1);
}
