/* SPDX-License-Identifier: MIT */
/* The abrupt end of a connection: RST, and the errors that follow from it. */
#include <netinet/tcp.h>
#include <signal.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "suites/inet/tcp_help.h"

#include "harness/case.h"

enum { FIN = PACKET_TCP_FIN, RST = PACKET_TCP_RST };

static const struct linger abort_it = {.l_onoff = 1, .l_linger = 0};

/*
 * `SO_LINGER` with zero seconds turns close() into an abort.
 *
 * Instead of the FIN a RST is sent; what was not yet delivered is thrown away, and there is
 * no TIME-WAIT. The peer's recv() fails with `ECONNRESET`: it can see that the end was not an
 * orderly one. Some use it to avoid TIME-WAIT and so give up the guarantee that TIME-WAIT is
 * for; the honest use is to get rid of a peer that misbehaves.
 */
CASE(linger_zero,
     .claim = "close() with SO_LINGER of zero seconds sends RST and no FIN, leaves no TIME-WAIT, "
	      "and the peer gets ECONNRESET",
     .level = ABI, .spec = "RFC 9293 3.10.5 (ABORT); socket(7) SO_LINGER; Linux __tcp_close()",
     .tags = "tcp close reset linger wire", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire = wire_open("a");
	struct pair p = tcp_pair(family), orderly = tcp_pair(family);
	uint16_t client = address_port(&p.client_address), server = address_port(&p.server_address);
	const struct packet *end;
	char byte;

	SETUP(setsockopt(p.client, SOL_SOCKET, SO_LINGER, &abort_it, sizeof(abort_it)));
	EXPECT_OK(close(p.client));
	EXPECT_ERR(recv(p.server, &byte, 1, 0), ECONNRESET);
	EXPECT_EQ(tcp_table_state(family, client, server), 0);
	do {
		REQUIRE_TRUE((end = wire_next_from(wire, client, 0, 0)) != NULL);
	} while ((packet_tcp(end)->flags & (FIN | RST)) == 0);
	EXPECT_EQ(packet_tcp(end)->flags & (FIN | RST), RST);

	/* Without the option the same close() is an end of file. */
	SETUP(close(orderly.client));
	EXPECT_EQ(recv(orderly.server, &byte, 1, 0), 0);
}

/*
 * Who closes without reading says that something was lost.
 *
 * The peer's bytes were acknowledged, so the peer may believe that they were read. If the
 * program closes with bytes unread, a FIN would hide that they never reached it. So a RST
 * is sent. An HTTP server that answers "too large" and closes before it read the whole
 * upload can lose its own answer to this: shut down for writing, read on, then close.
 */
CASE(unread_data,
     .claim = "close() with unread data in the receive buffer sends RST in place of FIN",
     .level = RFC, .spec = "RFC 9293 3.6.1 (SHLD-3: SHOULD send a RST); RFC 2525 2.17",
     .tags = "tcp close reset wire", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire = wire_open("a");
	struct pair p = tcp_pair(family), read_all = tcp_pair(family);
	uint16_t server = address_port(&p.server_address);
	const struct packet *end;
	char byte;

	SETUP(send(p.client, "x", 1, 0));
	REQUIRE_TRUE(wait_for(p.server, POLLIN, SOON_MS) != 0);
	EXPECT_OK(close(p.server));
	do {
		REQUIRE_TRUE((end = wire_next_from(wire, server, 0, 0)) != NULL);
	} while ((packet_tcp(end)->flags & (FIN | RST)) == 0);
	EXPECT_EQ(packet_tcp(end)->flags & (FIN | RST), RST);
	EXPECT_ERR(recv(p.client, &byte, 1, 0), ECONNRESET);

	/* The byte once read, the same close() sends a FIN. */
	SETUP(send(read_all.client, "x", 1, 0));
	EXPECT_EQ(read_exactly(read_all.server, &byte, 1), 1);
	SETUP(close(read_all.server));
	EXPECT_EQ(recv(read_all.client, &byte, 1, 0), 0);
}

/*
 * A closed door answers with RST.
 *
 * The server has closed in good order, and the client writes nevertheless. Nobody is there
 * to read, and the server's kernel says so with a RST. The client's first send() has
 * succeeded, because it only filled a buffer; the news comes back a round trip later, and
 * the second send() fails. That is why a client notices a dead server one write too late.
 */
CASE(data_for_a_closed_socket,
     .claim = "Data that arrive after close() are answered by RST: the peer's first send() "
	      "succeeds and the next fails with EPIPE",
     .level = RFC, .spec = "RFC 9293 3.6.1 (SHLD-3), 3.10.7; POSIX.1-2024 send() ERRORS EPIPE",
     .tags = "tcp close reset send wire", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire = wire_open("a");
	struct pair p = tcp_pair(family);
	char byte;

	SETUP(close(p.server));
	EXPECT_EQ(recv(p.client, &byte, 1, 0), 0);
	EXPECT_EQ(send(p.client, "x", 1, MSG_NOSIGNAL), 1);

	EXPECT_TRUE(wire_next_from(wire, address_port(&p.server_address), RST, RST) != NULL);
	REQUIRE_TRUE(wait_for_tcp_state(p.client, TCP_CLOSE));
	EXPECT_ERR(send(p.client, "y", 1, MSG_NOSIGNAL), EPIPE);
}

/*
 * A reset is reported once.
 *
 * The RST leaves an error with the socket, and the first call that meets it takes it: here
 * recv(), with `ECONNRESET`. After that the socket is simply closed, and on Linux recv()
 * returns 0 like at end of file. A program that ignores the error of one recv() and trusts
 * the next takes a broken stream for a complete one.
 */
CASE(reset_is_told_once,
     .claim = "After RST recv() fails with ECONNRESET once, and SO_ERROR is 0 then", .level = POSIX,
     .spec = "POSIX.1-2024 recv() ERRORS ECONNRESET, 2.10.10, 2.10.16 SO_ERROR; socket(7) SO_ERROR",
     .tags = "tcp reset recv", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family);
	char byte;

	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(read_exactly(p.server, &byte, 1), 1);

	SETUP(setsockopt(p.client, SOL_SOCKET, SO_LINGER, &abort_it, sizeof(abort_it)));
	SETUP(close(p.client));
	EXPECT_ERR(recv(p.server, &byte, 1, 0), ECONNRESET);
	EXPECT_ERRNO(get_int(p.server, SOL_SOCKET, SO_ERROR), 0);
	OBSERVE("recv() after that", "%zd", recv(p.server, &byte, 1, 0));
}

/*
 * What happens to bytes that wait when a reset comes.
 *
 * The peer had sent a byte in good order and then aborted. With a FIN the byte would be
 * read first, and then end of file. With a RST, RFC 9293 says that the queues should be
 * flushed; Linux keeps the byte, hands it over, and reports the reset at the next recv().
 * Other systems report the reset at once. A protocol whose last message must arrive does
 * not abort after it.
 */
CASE(reset_and_unread_data,
     .claim = "Of a byte and the RST behind it, one of the next two recv() calls reports the RST",
     .level = OBSERVED, .spec = "RFC 9293 3.10.7.4 (RST: all segment queues should be flushed)",
     .tags = "tcp reset recv", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family);
	ssize_t first, second;
	char byte;

	SETUP(send(p.client, "x", 1, 0));
	REQUIRE_TRUE(wait_for(p.server, POLLIN, SOON_MS) != 0);
	SETUP(setsockopt(p.client, SOL_SOCKET, SO_LINGER, &abort_it, sizeof(abort_it)));
	SETUP(close(p.client));
	REQUIRE_TRUE(wait_for_tcp_state(p.server, TCP_CLOSE));

	first = recv(p.server, &byte, 1, 0);
	second = recv(p.server, &byte, 1, 0);
	OBSERVE("first recv()", "%zd", first);
	OBSERVE("second recv()", "%zd", second);
	/* With the byte or without: what must not happen is that it looks like an orderly end. */
	EXPECT_TRUE(first == -1 || second == -1);
}

struct event_row {
	struct variant variant;
	int family;
	bool abort;
	int state; /* of the socket after the peer's FIN or RST */
	short expected;
};

static const struct event_row events[] = {
	{{"fin_v4", NULL}, AF_INET, false, TCP_CLOSE_WAIT, POLLIN | POLLRDHUP},
	{{"fin_v6", "ipv6"}, AF_INET6, false, TCP_CLOSE_WAIT, POLLIN | POLLRDHUP},
	{{"rst_v4", NULL}, AF_INET, true, TCP_CLOSE, POLLIN | POLLRDHUP | POLLERR | POLLHUP},
	{{"rst_v6", "ipv6"}, AF_INET6, true, TCP_CLOSE, POLLIN | POLLRDHUP | POLLERR | POLLHUP},
};

/*
 * poll() tells the two ends apart.
 *
 * A FIN makes the socket readable, because end of file is there to be read, and sets
 * `POLLRDHUP`: the peer has closed its direction. A RST adds `POLLERR`, for the error that
 * waits, and `POLLHUP`, because both directions are over. `POLLERR` and `POLLHUP` come whether
 * they are asked for or not.
 */
CASE(poll_tells,
     .claim = "poll() reports POLLIN and POLLRDHUP after a FIN, and POLLERR and POLLHUP as well "
	      "after a RST",
     .level = LINUX, .spec = "poll(2) POLLRDHUP, POLLHUP, POLLERR", .tags = "tcp close reset poll",
     .VARIANTS(events))
{
	const struct event_row *row = VARIANT(struct event_row);
	struct pair p = tcp_pair(row->family);

	EXPECT_EQ(wait_for(p.server, POLLIN | POLLRDHUP, 0), 0);
	if (row->abort)
		SETUP(setsockopt(p.client, SOL_SOCKET, SO_LINGER, &abort_it, sizeof(abort_it)));
	SETUP(close(p.client));
	EXPECT_TRUE(wait_for_tcp_state(p.server, row->state));
	EXPECT_EQ(wait_for(p.server, POLLIN | POLLRDHUP, SOON_MS), row->expected);
}

struct writer {
	int fd;
	ssize_t (*write_one)(int fd);
};

static ssize_t with_send(int fd)
{
	return send(fd, "x", 1, 0);
}

static ssize_t with_write(int fd)
{
	return write(fd, "x", 1);
}

static ssize_t with_nosignal(int fd)
{
	return send(fd, "x", 1, MSG_NOSIGNAL);
}

static ssize_t with_sigpipe_ignored(int fd)
{
	signal(SIGPIPE, SIG_IGN);
	return send(fd, "x", 1, 0);
}

/* The child's status: 0 if the call failed with EPIPE; a signal if that came first. */
static int write_after_the_end(void *context)
{
	const struct writer *writer = context;

	return writer->write_one(writer->fd) == -1 && errno == EPIPE ? 0 : 1;
}

struct pipe_row {
	struct variant variant;
	int family;
	ssize_t (*write_one)(int fd);
	int killed_by; /* 0: it lives, and the call fails with EPIPE */
};

static const struct pipe_row writers[] = {
	{{"send_v4", NULL}, AF_INET, with_send, SIGPIPE},
	{{"send_v6", "ipv6"}, AF_INET6, with_send, SIGPIPE},
	{{"write_v4", NULL}, AF_INET, with_write, SIGPIPE},
	{{"nosignal_v4", NULL}, AF_INET, with_nosignal, 0},
	{{"nosignal_v6", "ipv6"}, AF_INET6, with_nosignal, 0},
	{{"ignored_v4", NULL}, AF_INET, with_sigpipe_ignored, 0},
};

/*
 * Writing to nobody kills.
 *
 * A write to a connection that is over raises `SIGPIPE`, whose default action ends the
 * process, without a word. It is made for filters: in `yes | head -1` it stops `yes`. A
 * server must not die of a client that left, so it passes `MSG_NOSIGNAL` with each send(),
 * or ignores the signal, and then sees the error: `EPIPE`. Each way is tried in a child.
 *
 * Try it: `yes | head -1; echo ${PIPESTATUS[0]}` prints 141, which is 128 + SIGPIPE.
 */
CASE(sigpipe,
     .claim = "Writing to a connection that is over raises SIGPIPE, which kills by default; "
	      "MSG_NOSIGNAL or ignoring it leaves EPIPE",
     .level = POSIX, .spec = "POSIX.1-2024 send(), write() ERRORS EPIPE, MSG_NOSIGNAL; signal(7)",
     .tags = "tcp send signal", .VARIANTS(writers))
{
	const struct pipe_row *row = VARIANT(struct pipe_row);
	struct pair p = tcp_pair(row->family);
	struct writer writer = {p.client, row->write_one};
	int status;

	EXPECT_EQ(row->write_one(p.client), 1);
	SETUP(setsockopt(p.server, SOL_SOCKET, SO_LINGER, &abort_it, sizeof(abort_it)));
	SETUP(close(p.server));
	/* The reset itself is reported first, and taken here. */
	REQUIRE_TRUE(wait_for_tcp_state(p.client, TCP_CLOSE));
	EXPECT_ERRNO(get_int(p.client, SOL_SOCKET, SO_ERROR), ECONNRESET);

	status = wait_child(start_child(write_after_the_end, &writer));
	REQUIRE_TRUE(status != -1);
	EXPECT_EQ(WIFSIGNALED(status) ? WTERMSIG(status) : 0, row->killed_by);
	if (WIFEXITED(status))
		EXPECT_EQ(WEXITSTATUS(status), 0);
}

/*
 * Reading and writing without a connection.
 *
 * A stream socket that was never connected has nobody to talk to: recv() fails with
 * `ENOTCONN`. For send() POSIX says the same; Linux treats the socket as one whose connection
 * is over, with `EPIPE` and the signal. A program should expect either.
 */
CASE(never_connected,
     .claim = "recv() on a TCP socket that was never connected fails with ENOTCONN", .level = POSIX,
     .spec = "POSIX.1-2024 recv() ERRORS ENOTCONN, send() ERRORS ENOTCONN, EPIPE",
     .tags = "tcp recv send", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family);
	int fd = SETUP(socket(family, SOCK_STREAM, 0));
	char byte;
	int error;

	EXPECT_ERR(recv(fd, &byte, 1, 0), ENOTCONN);
	error = send(fd, "x", 1, MSG_NOSIGNAL) == -1 ? errno : 0;
	OBSERVE("errno of send()", "%s",
		error == EPIPE	    ? "EPIPE"
		: error == ENOTCONN ? "ENOTCONN"
				    : "another");

	SETUP(connect(fd, ADDRESS(p.server_address)));
	SETUP(send(SETUP(accept(p.listener, NULL, NULL)), "x", 1, 0));
	EXPECT_EQ(recv(fd, &byte, 1, 0), 1);
}
