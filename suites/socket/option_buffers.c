/* SPDX-License-Identifier: MIT */
/* SO_RCVBUF and SO_SNDBUF: how much waits in the kernel. */
#include <limits.h>
#include <linux/capability.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/capture/wire.h"
#include "suites/socket/option_privilege.h"

#include "harness/case.h"

struct buffer_row {
	struct variant variant;
	int option, force;
	const char *sysctl;
};

static const struct buffer_row buffers[] = {
	{{"receive", NULL}, SO_RCVBUF, SO_RCVBUFFORCE, "net.core.rmem_max"},
	{{"send", NULL}, SO_SNDBUF, SO_SNDBUFFORCE, "net.core.wmem_max"},
};

/* The largest value that this machine takes, before it is doubled. */
static int largest(int fd, int option)
{
	SETUP(set_int(fd, SOL_SOCKET, option, INT_MAX / 2));
	return get_int(fd, SOL_SOCKET, option) / 2;
}

/*
 * Linux doubles what you ask for.
 *
 * The kernel charges a buffer not with the bytes of data alone but with the memory that they
 * occupy: the packet's structures come on top. A program that asks for room for 16 KiB means
 * data, so the kernel takes twice as much as a rough allowance, and getsockopt() gives back
 * the doubled number. Copying a size from one socket to another with these two calls
 * therefore doubles it each time.
 */
CASE(doubled, .claim = "getsockopt() gives twice the buffer size that setsockopt() was given",
     .level = LINUX, .spec = "socket(7) SO_RCVBUF, SO_SNDBUF", .tags = "option buffer",
     .VARIANTS(buffers))
{
	const struct buffer_row *row = VARIANT(struct buffer_row);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	int half = largest(fd, row->option) / 2;

	EXPECT_OK(set_int(fd, SOL_SOCKET, row->option, half));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, row->option), 2 * half);
}

/*
 * A request beyond the limit is cut, not refused.
 *
 * Kernel memory cannot be swapped out, so the administrator bounds what a socket may ask
 * for: `net.core.rmem_max` and `wmem_max`. setsockopt() with more succeeds and sets the
 * limit. A program that needs a certain size must read it back; the return value tells
 * nothing.
 *
 * Try it: `sysctl net.core.rmem_max`.
 */
CASE(limited,
     .claim = "a buffer size above net.core.rmem_max or wmem_max is accepted and cut to it",
     .level = LINUX, .spec = "socket(7) SO_RCVBUF, SO_SNDBUF, /proc interfaces",
     .tags = "option buffer", .VARIANTS(buffers))
{
	const struct buffer_row *row = VARIANT(struct buffer_row);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	long long limit = sandbox_sysctl_integer(row->sysctl);

	if (limit < 0 && errno == ENOENT)
		SKIP("sysctl", "this kernel does not show %s in a namespace", row->sysctl);
	SETUP(limit);
	EXPECT_OK(set_int(fd, SOL_SOCKET, row->option, (int)limit));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, row->option), 2 * limit);
	EXPECT_OK(set_int(fd, SOL_SOCKET, row->option, (int)limit + 4096));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, row->option), 2 * limit);
}

/*
 * An administrator's program may go beyond the administrator's limit.
 *
 * `SO_RCVBUFFORCE` and `SO_SNDBUFFORCE` ignore the limits of `net.core`. The memory is the
 * whole machine's, so the capability must be one of the machine: root of a container that
 * has a user namespace of its own is refused.
 */
CASE(forced, .claim = "SO_RCVBUFFORCE and SO_SNDBUFFORCE set a size above the limit",
     .level = LINUX, .spec = "socket(7) SO_RCVBUFFORCE, SO_SNDBUFFORCE",
     .tags = "option buffer privilege", .VARIANTS(buffers))
{
	const struct buffer_row *row = VARIANT(struct buffer_row);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	int limit = largest(fd, row->option), more = limit + 4096;

	need_first_user_namespace();
	EXPECT_OK(set_int(fd, SOL_SOCKET, row->option, more));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, row->option), 2 * limit);
	EXPECT_OK(set_int(fd, SOL_SOCKET, row->force, more));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, row->option), 2 * more);
}

/*
 * Without `CAP_NET_ADMIN` the forcing options are refused, even for a size within the limit.
 *
 * The check is for the option, not for the value: `EPERM`. The plain option remains, and the
 * refused call leaves the size as it was.
 */
CASE(force_without_privilege,
     .claim = "SO_RCVBUFFORCE and SO_SNDBUFFORCE fail with EPERM without CAP_NET_ADMIN",
     .level = LINUX, .spec = "socket(7) SO_RCVBUFFORCE; capabilities(7) CAP_NET_ADMIN",
     .tags = "option buffer privilege", .VARIANTS(buffers))
{
	const struct buffer_row *row = VARIANT(struct buffer_row);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	int half = largest(fd, row->option) / 2;

	SETUP(set_int(fd, SOL_SOCKET, row->option, half));
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	EXPECT_ERR(set_int(fd, SOL_SOCKET, row->force, half + 512), EPERM);
	EXPECT_EQ(get_int(fd, SOL_SOCKET, row->option), 2 * half);
	EXPECT_OK(set_int(fd, SOL_SOCKET, row->option, half + 512));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, row->option), 2 * (half + 512));
}

/*
 * A buffer of nothing would be a socket that cannot work, so there is a least size.
 *
 * Asking for 1 byte gives the least that the kernel needs for one packet: at least the 256
 * bytes (receiving) and 2048 (sending) that socket(7) names, in today's kernels some more. A
 * socket with the least buffers still carries a small datagram.
 */
CASE(least_size,
     .claim = "a buffer size of 1 is raised to a minimum with which a datagram still gets through",
     .level = LINUX, .spec = "socket(7) SO_RCVBUF, SO_SNDBUF (minimum)", .tags = "option buffer")
{
	struct pair p = udp_pair(AF_INET);
	char buffer[16];

	EXPECT_OK(set_int(p.server, SOL_SOCKET, SO_RCVBUF, 1));
	EXPECT_GE(get_int(p.server, SOL_SOCKET, SO_RCVBUF), 256);
	EXPECT_OK(set_int(p.client, SOL_SOCKET, SO_SNDBUF, 1));
	EXPECT_GE(get_int(p.client, SOL_SOCKET, SO_SNDBUF), 2048);

	EXPECT_EQ(send(p.client, "hello", 5, 0), 5);
	EXPECT_EQ(wait_for(p.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(p.server, buffer, sizeof(buffer), 0), 5);
}

/* Sends `count` datagrams of a kilobyte, and returns how many of them wait at the other end. */
static int arrivals(const struct pair *p, int count)
{
	char kilobyte[1024] = {0};
	int arrived = 0;

	for (int i = 0; i < count; i++)
		SETUP(send(p->client, kilobyte, sizeof(kilobyte), 0));
	while (recv(p->server, kilobyte, sizeof(kilobyte), MSG_DONTWAIT) > 0)
		arrived++;
	return arrived;
}

/*
 * A receive buffer that is full loses datagrams, and nobody is told.
 *
 * Every send() here succeeds: it reports only that the datagram was handed over. The
 * receiver's kernel finds the buffer full and drops what comes next. UDP has no means to
 * slow a sender down, so for bursts a larger `SO_RCVBUF` is the only protection.
 *
 * Try it: `nstat -az UdpRcvbufErrors` counts them; `ss -um` shows `d` for drops.
 */
CASE(full_receive_buffer,
     .claim = "datagrams beyond SO_RCVBUF are lost though send() succeeds, and a larger buffer "
	      "keeps more",
     .level = LINUX, .spec = "socket(7) SO_RCVBUF; udp(7)", .tags = "option buffer udp")
{
	struct pair small = udp_pair(AF_INET), large = udp_pair(AF_INET);
	int sent = 32, few;

	SETUP(set_int(small.server, SOL_SOCKET, SO_RCVBUF, 4096));
	SETUP(set_int(large.server, SOL_SOCKET, SO_RCVBUF, 65536));
	few = arrivals(&small, sent);
	EXPECT_BETWEEN(few, 1, sent - 1);
	EXPECT_GT(arrivals(&large, sent), few);
}

/* How many bytes a stream takes until it would block. */
static int bytes_until_full(int fd)
{
	char chunk[512] = {0};
	int total = 0, sent;

	while ((sent = (int)send(fd, chunk, sizeof(chunk), MSG_DONTWAIT)) > 0)
		total += sent;
	return total;
}

/*
 * The send buffer is how far a sender may run ahead.
 *
 * A stream does not lose data; when the other end does not read, send() waits, or gives
 * `EAGAIN`. How many bytes go before that follows from `SO_SNDBUF`. On a Unix socket the
 * data already lies in the receiver's queue and is charged to the sender's buffer all the
 * same.
 */
CASE(full_send_buffer,
     .claim = "with a larger SO_SNDBUF, a stream takes more bytes before send() would block",
     .level = LINUX, .spec = "socket(7) SO_SNDBUF; unix(7) Sockets API",
     .tags = "option buffer unix")
{
	struct pair small = unix_pair(SOCK_STREAM), large = unix_pair(SOCK_STREAM);
	int few;

	SETUP(set_int(small.client, SOL_SOCKET, SO_SNDBUF, 8192));
	SETUP(set_int(large.client, SOL_SOCKET, SO_SNDBUF, 65536));
	few = bytes_until_full(small.client);
	EXPECT_BETWEEN(few, 1, 2 * 8192);
	EXPECT_GT(bytes_until_full(large.client), few);
	EXPECT_ERR(send(large.client, "x", 1, MSG_DONTWAIT), EAGAIN);
}

/*
 * TCP tells its peer about the receive buffer: that is the window.
 *
 * A sender never has more unacknowledged bytes under way than the window the receiver
 * announced, so a TCP buffer does not overflow. The window can be no larger than the buffer,
 * and the scale of the numbers is agreed in the SYN, once. Hence `SO_RCVBUF` belongs before
 * connect(), and on the listening socket before listen(); setting it also ends the kernel's
 * own tuning of the size.
 *
 * Try it: `ss -tim` shows `rcv_space` and the buffer `rb` of every connection.
 */
CASE(window_of_a_small_buffer,
     .claim = "the window in a SYN is no larger than SO_RCVBUF set before connect()",
     .level = LINUX, .spec = "tcp(7) (socket buffer sizes); RFC 9293 3.8.6",
     .tags = "option buffer tcp", .sysctls = "net.ipv4.tcp_rmem=4096,131072,6291456",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct address where;
	struct wire *wire = wire_open("a");
	int small = SETUP(socket(family, SOCK_STREAM, 0));
	int usual = SETUP(socket(family, SOCK_STREAM, 0));
	const struct packet *syn;
	unsigned int window;

	tcp_listener(family, &where);
	SETUP(set_int(small, SOL_SOCKET, SO_RCVBUF, 4096));
	SETUP(connect(small, ADDRESS(where)));
	syn = wire_next_tcp(wire, PACKET_TCP_SYN, PACKET_TCP_SYN | PACKET_TCP_ACK);
	REQUIRE_TRUE(syn != NULL);
	window = packet_tcp(syn)->window;
	EXPECT_BETWEEN(window, 1, get_int(small, SOL_SOCKET, SO_RCVBUF));

	SETUP(connect(usual, ADDRESS(where)));
	syn = wire_next_tcp(wire, PACKET_TCP_SYN, PACKET_TCP_SYN | PACKET_TCP_ACK);
	REQUIRE_TRUE(syn != NULL);
	EXPECT_GT(packet_tcp(syn)->window, window);
}
