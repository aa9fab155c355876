/* SPDX-License-Identifier: MIT */
/* What poll(), select() and epoll say of a socket in each of its states. */
#include <linux/net_tstamp.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/case.h"

enum { ALL_EVENTS = POLLIN | POLLOUT | POLLPRI | POLLRDHUP };

static int tcp_new(void)
{
	return SETUP(socket(AF_INET, SOCK_STREAM, 0));
}

static int tcp_bound(void)
{
	struct address where;

	return bound_socket(AF_INET, SOCK_STREAM, &where);
}

static int tcp_listening(void)
{
	struct address where;

	return tcp_listener(AF_INET, &where);
}

static int tcp_pending(void)
{
	struct address where;
	int fd = tcp_listener(AF_INET, &where);

	SETUP(connect(SETUP(socket(AF_INET, SOCK_STREAM, 0)), ADDRESS(where)));
	return fd;
}

/* A queue of one that is full: the next SYN is not answered. */
static int tcp_connecting(void)
{
	struct address where;
	int listener = bound_socket(AF_INET, SOCK_STREAM, &where), fd = -1;

	SETUP(listen(listener, 0));
	for (int i = 0; i < 8; i++) {
		fd = SETUP(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
		EXPECT_ERR(connect(fd, ADDRESS(where)), EINPROGRESS);
		if (wait_for(fd, POLLOUT, 20) == 0)
			return fd;
	}
	SKIP("connecting", "a listener with a queue of 0 took 8 connections");
}

static int tcp_refused(void)
{
	struct address where;
	int fd = SETUP(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));

	/* Bound, but nobody listens. */
	bound_socket(AF_INET, SOCK_STREAM, &where);
	EXPECT_ERR(connect(fd, ADDRESS(where)), EINPROGRESS);
	return fd;
}

static int tcp_connected(void)
{
	return tcp_pair(AF_INET).server;
}

static int tcp_data(void)
{
	struct pair p = tcp_pair(AF_INET);

	SETUP(send(p.client, "x", 1, 0));
	return p.server;
}

static int tcp_urgent(void)
{
	struct pair p = tcp_pair(AF_INET);

	SETUP(send(p.client, "!", 1, MSG_OOB));
	return p.server;
}

static int tcp_peer_ended(void)
{
	struct pair p = tcp_pair(AF_INET);

	SETUP(shutdown(p.client, SHUT_WR));
	return p.server;
}

static int tcp_ended(void)
{
	struct pair p = tcp_pair(AF_INET);

	SETUP(shutdown(p.server, SHUT_WR));
	return p.server;
}

static int tcp_not_reading(void)
{
	struct pair p = tcp_pair(AF_INET);

	SETUP(shutdown(p.server, SHUT_RD));
	return p.server;
}

static int tcp_both_ended(void)
{
	struct pair p = tcp_pair(AF_INET);

	SETUP(shutdown(p.server, SHUT_WR));
	SETUP(shutdown(p.client, SHUT_WR));
	return p.server;
}

static int tcp_reset(void)
{
	struct pair p = tcp_pair(AF_INET);
	struct linger at_once = {1, 0};

	SETUP(setsockopt(p.client, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once)));
	SETUP(close(p.client));
	return p.server;
}

static int udp_new(void)
{
	return SETUP(socket(AF_INET, SOCK_DGRAM, 0));
}

static int udp_empty_datagram(void)
{
	struct pair p = udp_pair(AF_INET);

	SETUP(send(p.client, "", 0, 0));
	return p.server;
}

static int udp_refused(void)
{
	struct pair p = udp_pair(AF_INET);

	SETUP(close(p.server));
	SETUP(send(p.client, "x", 1, 0));
	return p.client;
}

static int udp_error_queue(void)
{
	struct pair p = udp_pair(AF_INET);

	SETUP(set_int(p.client, SOL_SOCKET, SO_TIMESTAMPING,
		      SOF_TIMESTAMPING_TX_SOFTWARE | SOF_TIMESTAMPING_SOFTWARE));
	SETUP(send(p.client, "x", 1, 0));
	return p.client;
}

static int udp_shut_down(void)
{
	struct pair p = udp_pair(AF_INET);

	SETUP(shutdown(p.server, SHUT_RDWR));
	return p.server;
}

static int unix_new(void)
{
	return SETUP(socket(AF_UNIX, SOCK_STREAM, 0));
}

static int unix_listening(void)
{
	struct address where = address_unix("@ready");
	int fd = SETUP(socket(AF_UNIX, SOCK_SEQPACKET, 0));

	SETUP(bind(fd, ADDRESS(where)));
	SETUP(listen(fd, 1));
	return fd;
}

static int unix_peer_closed(void)
{
	struct pair p = unix_pair(SOCK_STREAM);

	SETUP(close(p.client));
	return p.server;
}

static int unix_unread_at_close(void)
{
	struct pair p = unix_pair(SOCK_STREAM);

	SETUP(send(p.server, "x", 1, 0));
	SETUP(close(p.client));
	return p.server;
}

static int unix_datagram_unconnected(void)
{
	return SETUP(socket(AF_UNIX, SOCK_DGRAM, 0));
}

struct state_row {
	struct variant variant;
	int (*make)(void);
	short events;
};

static const struct state_row states[] = {
	{{"tcp_new", NULL}, tcp_new, POLLOUT | POLLHUP},
	{{"tcp_bound", NULL}, tcp_bound, POLLOUT | POLLHUP},
	{{"tcp_listening", NULL}, tcp_listening, 0},
	{{"tcp_pending", NULL}, tcp_pending, POLLIN},
	{{"tcp_connecting", NULL}, tcp_connecting, 0},
	{{"tcp_refused", NULL}, tcp_refused, POLLIN | POLLOUT | POLLERR | POLLHUP | POLLRDHUP},
	{{"tcp_connected", NULL}, tcp_connected, POLLOUT},
	{{"tcp_data", NULL}, tcp_data, POLLIN | POLLOUT},
	{{"tcp_urgent", NULL}, tcp_urgent, POLLPRI | POLLOUT},
	{{"tcp_peer_ended", NULL}, tcp_peer_ended, POLLIN | POLLOUT | POLLRDHUP},
	{{"tcp_ended", NULL}, tcp_ended, POLLOUT},
	{{"tcp_not_reading", NULL}, tcp_not_reading, POLLIN | POLLOUT | POLLRDHUP},
	{{"tcp_both_ended", NULL}, tcp_both_ended, POLLIN | POLLOUT | POLLHUP | POLLRDHUP},
	{{"tcp_reset", NULL}, tcp_reset, POLLIN | POLLOUT | POLLERR | POLLHUP | POLLRDHUP},
	{{"udp_new", NULL}, udp_new, POLLOUT},
	{{"udp_empty_datagram", NULL}, udp_empty_datagram, POLLIN | POLLOUT},
	{{"udp_refused", NULL}, udp_refused, POLLOUT | POLLERR},
	{{"udp_error_queue", NULL}, udp_error_queue, POLLOUT | POLLERR},
	{{"udp_shut_down", NULL}, udp_shut_down, POLLIN | POLLOUT | POLLHUP | POLLRDHUP},
	{{"unix_new", NULL}, unix_new, POLLOUT | POLLHUP},
	{{"unix_listening", NULL}, unix_listening, 0},
	{{"unix_peer_closed", NULL}, unix_peer_closed, POLLIN | POLLOUT | POLLHUP | POLLRDHUP},
	{{"unix_unread_at_close", NULL},
	 unix_unread_at_close,
	 POLLIN | POLLOUT | POLLERR | POLLHUP | POLLRDHUP},
	{{"unix_datagram", NULL}, unix_datagram_unconnected, POLLOUT},
};

/* What select() answers: which of the three sets the descriptor is left in, 1, 2 and 4. */
static int ask_select(int fd)
{
	struct timeval at_once = {0, 0};
	fd_set sets[3];
	int answer = 0, count;

	for (int i = 0; i < 3; i++) {
		FD_ZERO(&sets[i]);
		FD_SET(fd, &sets[i]);
	}
	count = SETUP(select(fd + 1, &sets[0], &sets[1], &sets[2], &at_once));
	for (int i = 0; i < 3; i++)
		answer |= FD_ISSET(fd, &sets[i]) ? 1 << i : 0;
	EXPECT_EQ(count, __builtin_popcount((unsigned int)answer));
	return answer;
}

static uint32_t ask_epoll(int fd)
{
	struct epoll_event wanted = {.events = EPOLLIN | EPOLLOUT | EPOLLPRI | EPOLLRDHUP};
	struct epoll_event got = {.events = 0};
	int set = SETUP(epoll_create1(EPOLL_CLOEXEC));

	wanted.data.fd = fd;
	SETUP(epoll_ctl(set, EPOLL_CTL_ADD, fd, &wanted));
	if (SETUP(epoll_wait(set, &got, 1, 0)) == 1)
		EXPECT_EQ(got.data.fd, fd);
	SETUP(close(set));
	return got.events;
}

/*
 * The states of a socket, as poll() sees them.
 *
 * Readable means that a receive would not wait: there is data, a connection to accept, an end, or
 * an error to fetch. Writable means the same of sending: so a socket whose sending half is
 * closed is writable, since send() fails at once. `POLLHUP` is a connection that is over in both
 * directions, and on Linux also one that never began; `POLLERR` an error, or a message in the
 * error queue. epoll uses the same bits. select() has three sets only, and puts errors into the
 * first two and a hang-up into the first.
 */
CASE(events, .claim = "poll(), epoll and select() report exactly the events of the socket's state",
     .level = LINUX,
     .spec = "poll(2); select(2) Correspondence between select() and poll(); tcp(7)",
     .tags = "poll epoll", .waits = true, .VARIANTS(states))
{
	const struct state_row *row = VARIANT(struct state_row);
	int fd = row->make();
	struct pollfd entry = {.fd = fd, .events = ALL_EVENTS};
	int64_t deadline = clock_ms() + SOON_MS;
	int sets = (row->events & (POLLIN | POLLERR | POLLHUP) ? 1 : 0) |
		   (row->events & (POLLOUT | POLLERR) ? 2 : 0) | (row->events & POLLPRI ? 4 : 0);

	/* The other end's doing may need a moment to arrive. */
	while (poll(&entry, 1, 0) >= 0 && entry.revents != row->events && clock_ms() < deadline)
		sleep_ms(1);
	EXPECT_EQ(poll(&entry, 1, 0), row->events != 0);
	EXPECT_EQ(entry.revents, row->events);
	EXPECT_EQ(ask_epoll(fd), row->events);
	EXPECT_EQ(ask_select(fd), sets);

	/* Errors and hang-ups are reported to those who ask for nothing, and nothing else is. */
	entry.events = 0;
	EXPECT_EQ(poll(&entry, 1, 0), (row->events & (POLLERR | POLLHUP)) != 0);
	EXPECT_EQ(entry.revents, row->events & (POLLERR | POLLHUP));
}

/*
 * A failure is told once.
 *
 * `POLLERR` stays until somebody fetches the error: recv(), send() or `SO_ERROR` give it and
 * clear it, and the socket is as before. That it is connected to nobody who listens remains
 * unknown until it sends again.
 */
CASE(error_is_fetched,
     .claim = "POLLERR of a refused datagram goes away when SO_ERROR or recv() has given the error",
     .level = LINUX, .spec = "poll(2) POLLERR; socket(7) SO_ERROR; udp(7) ECONNREFUSED",
     .tags = "poll udp errno")
{
	int fd = udp_refused();
	char byte;

	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLERR);
	EXPECT_ERRNO(get_int(fd, SOL_SOCKET, SO_ERROR), ECONNREFUSED);
	EXPECT_EQ(wait_for(fd, POLLOUT, SOON_MS), POLLOUT);
	SETUP(send(fd, "x", 1, 0));
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS), POLLERR);
	EXPECT_ERR(recv(fd, &byte, 1, 0), ECONNREFUSED);
	EXPECT_EQ(wait_for(fd, POLLOUT, SOON_MS), POLLOUT);
}
