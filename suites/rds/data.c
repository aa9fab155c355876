/* SPDX-License-Identifier: MIT */
/* Messages: borders, lengths, and a receiver that does not keep up. */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/rds/rds_help.h"

#include "harness/case.h"

enum { PORT = 4010 };

/*
 * Borders.
 *
 * What one call sent one call receives; what does not fit is cut, and MSG_TRUNC tells, as a
 * flag of recv() by the whole length. MSG_PEEK leaves the message.
 */
CASE(borders,
     .claim = "messages keep their borders and order; a short buffer gets MSG_TRUNC; MSG_PEEK "
	      "leaves "
	      "the message",
     .level = LINUX, .spec = "Documentation/networking/rds.rst recvmsg; recv(2)", .needs = "rds",
     .exclusive = "rds", .tags = "rds flag")
{
	int fd = rds_bound("127.0.0.1", PORT), peer = rds_bound("127.0.0.1", PORT + 1);
	struct address to = address_loopback(AF_INET, PORT + 1);
	char got[16] = "";
	struct iovec part = {got, 4};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
	struct rds_received last;

	EXPECT_ERR(recv(peer, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
	EXPECT_EQ(sendto(fd, "one", 3, 0, ADDRESS(to)), 3);
	EXPECT_EQ(sendto(fd, "too long", 8, 0, ADDRESS(to)), 8);
	EXPECT_EQ(sendto(fd, "cut again", 9, 0, ADDRESS(to)), 9);
	EXPECT_EQ(sendto(fd, "end", 3, 0, ADDRESS(to)), 3);
	EXPECT_EQ(wait_for(peer, POLLIN, SOON_MS) & POLLIN, POLLIN);
	EXPECT_EQ(recv(peer, got, sizeof(got), MSG_PEEK), 3);
	EXPECT_EQ(recvmsg(peer, &message, MSG_DONTWAIT), 3);
	EXPECT_EQ(message.msg_flags & MSG_TRUNC, 0);
	EXPECT_MEMEQ(got, "one", 3);
	EXPECT_EQ(recvmsg(peer, &message, MSG_DONTWAIT), 4);
	EXPECT_EQ(message.msg_flags & MSG_TRUNC, MSG_TRUNC);
	EXPECT_MEMEQ(got, "too ", 4);
	EXPECT_EQ(recv(peer, got, 4, MSG_DONTWAIT | MSG_TRUNC), 9);
	EXPECT_MEMEQ(got, "cut ", 4);
	last = rds_receive(peer);
	EXPECT_EQ(last.size, 3);
	EXPECT_MEMEQ(last.data, "end", 3);
	EXPECT_ERR(recv(peer, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
}

struct flag_row {
	struct variant variant;
	int flag;
};

static const struct flag_row flags[] = {
	{{"more", NULL}, MSG_MORE},
	{{"oob", NULL}, MSG_OOB},
	{{"eor", NULL}, MSG_EOR},
	{{"dontroute", NULL}, MSG_DONTROUTE},
};

/* Flags of send() that have no meaning here are refused. */
CASE(unknown_flags, .claim = "sendto() fails with EOPNOTSUPP for flags that RDS does not have",
     .level = LINUX, .spec = "net/rds/send.c rds_sendmsg()", .needs = "rds", .exclusive = "rds",
     .tags = "rds flag errno", .VARIANTS(flags))
{
	int fd = rds_bound("127.0.0.1", PORT), peer = rds_bound("127.0.0.1", PORT + 1);
	struct address to = address_loopback(AF_INET, PORT + 1);

	EXPECT_ERR(sendto(fd, "x", 1, VARIANT(struct flag_row)->flag, ADDRESS(to)), EOPNOTSUPP);
	EXPECT_EQ(sendto(fd, "x", 1, MSG_DONTWAIT, ADDRESS(to)), 1);
	EXPECT_EQ(rds_receive(peer).size, 1);
}

/*
 * As long as the buffer.
 *
 * A message has to fit into the sender's buffer as a whole: half of what SO_SNDBUF says, for
 * the kernel doubles that for its own needs.
 */
CASE(longest,
     .claim = "a message longer than half of SO_SNDBUF fails with EMSGSIZE; one of that "
	      "length arrives whole",
     .level = LINUX, .spec = "Documentation/networking/rds.rst sendmsg EMSGSIZE; net/rds/send.c",
     .needs = "rds", .exclusive = "rds", .tags = "rds option errno")
{
	static char text[20001], got[20001];
	int fd = rds_bound("127.0.0.1", PORT), peer = rds_bound("127.0.0.1", PORT + 1);
	struct address to = address_loopback(AF_INET, PORT + 1);

	EXPECT_OK(set_int(fd, SOL_SOCKET, SO_SNDBUF, 20000));
	EXPECT_EQ(get_int(fd, SOL_SOCKET, SO_SNDBUF), 40000);
	memset(text, 'a', sizeof(text));
	text[19999] = 'z';
	EXPECT_ERR(sendto(fd, text, 20001, 0, ADDRESS(to)), EMSGSIZE);
	EXPECT_EQ(sendto(fd, text, 20000, 0, ADDRESS(to)), 20000);
	EXPECT_EQ(wait_for(peer, POLLIN, SOON_MS) & POLLIN, POLLIN);
	EXPECT_EQ(recv(peer, got, sizeof(got), 0), 20000);
	EXPECT_MEMEQ(got, text, 20000);
}

struct monitor_row {
	struct variant variant;
	bool monitor;
};

static const struct monitor_row monitors[] = {
	{{"with_monitor", NULL}, true},
	{{"without", NULL}, false},
};

/* Bound with TCP as the transport. What stays on the machine goes another way nevertheless. */
static int over_tcp(const char *text, uint16_t port)
{
	struct address name = address_of(text, port);
	int fd = SETUP(socket(AF_RDS, SOCK_SEQPACKET, 0));

	SETUP(set_int(fd, SOL_RDS, SO_RDS_TRANSPORT, RDS_TRANS_TCP));
	SETUP(bind(fd, ADDRESS(name)));
	return fd;
}

/*
 * A message there and back. An address has one connection with another, which keeps the order,
 * and a map goes before the messages: what was sent before, maps too, has arrived afterwards.
 */
static void settle(int fd, int other, const struct address *to)
{
	struct rds_received got;

	EXPECT_EQ(sendto(fd, "ping", 4, MSG_DONTWAIT, ADDRESS(*to)), 4);
	got = rds_receive(other);
	EXPECT_EQ(got.size, 4);
	EXPECT_EQ(sendto(other, "pong", 4, MSG_DONTWAIT, ADDRESS(got.from)), 4);
	EXPECT_EQ(rds_receive(fd).size, 4);
}

/* poll() says once that a map has changed. */
static void forget_changes(int fd)
{
	for (int i = 0; i < 10 && wait_for(fd, POLLIN, 0) != 0; i++)
		;
}

/*
 * A congested port.
 *
 * One connection serves many sockets, and so a receiver that does not read must not stop the
 * others. Its *port* is marked as congested instead, in a map that goes to all hosts that send to
 * it: when more waits than its buffer is said to have room for. Who then sends there gets ENOBUFS,
 * or waits. When less than half of that is left, the mark goes. A sender that asked for it by
 * RDS_CONG_MONITOR is told by a control message with the ports' bits; others are woken by poll().
 *
 * The map is news, not a permission: what was sent before it came arrives as well, for RDS
 * loses nothing. The case therefore waits for the news before it expects anything.
 */
CASE(congested_port,
     .claim = "a port is congested from the message that exceeds SO_RCVBUF until less than half of "
	      "that waits: sending there fails with ENOBUFS; then the sender is woken, with "
	      "RDS_CONG_MONITOR by RDS_CMSG_CONG_UPDATE with the port's bit",
     .level = LINUX,
     .spec = "Documentation/networking/rds.rst Congestion Notifications; linux/rds.h; "
	     "net/rds/recv.c, rds_recv_rcvbuf_delta()",
     .needs = "rds_tcp", .exclusive = "rds", .tags = "rds option control errno",
     .VARIANTS(monitors))
{
	enum { ROOM = 8192, EACH = 1000, FITTING = ROOM / EACH, HALF = ROOM / 2 / EACH };
	bool monitor = VARIANT(struct monitor_row)->monitor;
	int fd = over_tcp("127.0.0.1", PORT), neighbour = over_tcp("127.0.0.1", PORT + 3);
	int peer = over_tcp("127.0.0.1", PORT + 1), bystander = over_tcp("127.0.0.1", PORT + 2);
	struct address to = address_of("127.0.0.1", PORT + 1);
	struct address to_bystander = address_of("127.0.0.1", PORT + 2);
	struct rds_received got;
	static char text[EACH];

	EXPECT_OK(set_int(fd, SOL_RDS, RDS_CONG_MONITOR, monitor));
	SETUP(set_int(peer, SOL_SOCKET, SO_RCVBUF, ROOM));
	settle(neighbour, bystander, &to_bystander);

	for (int i = 0; i < FITTING; i++)
		EXPECT_EQ(sendto(fd, text, EACH, MSG_DONTWAIT, ADDRESS(to)), EACH);
	settle(neighbour, bystander, &to_bystander);
	EXPECT_EQ(sendto(fd, text, EACH, MSG_DONTWAIT, ADDRESS(to)), EACH);
	settle(neighbour, bystander, &to_bystander);
	EXPECT_ERR(sendto(fd, text, EACH, MSG_DONTWAIT, ADDRESS(to)), ENOBUFS);
	/* The others' ports are not congested. */
	EXPECT_EQ(sendto(fd, "hello", 5, MSG_DONTWAIT, ADDRESS(to_bystander)), 5);
	EXPECT_EQ(rds_receive(bystander).size, 5);

	for (int left = FITTING; left > HALF; left--)
		EXPECT_EQ(recv(peer, text, EACH, MSG_DONTWAIT), EACH);
	settle(neighbour, bystander, &to_bystander);
	forget_changes(fd);
	EXPECT_ERR(sendto(fd, text, EACH, MSG_DONTWAIT, ADDRESS(to)), ENOBUFS);
	EXPECT_EQ(recv(peer, text, EACH, MSG_DONTWAIT), EACH);
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS) & POLLIN, POLLIN);
	if (monitor) {
		got = rds_receive(fd);
		EXPECT_EQ(got.size, 0);
		EXPECT_EQ(got.control, RDS_CMSG_CONG_UPDATE);
		EXPECT_EQ(got.control_size, sizeof(uint64_t));
		EXPECT_EQ(got.control_data[0], RDS_CONG_MONITOR_MASK(PORT + 1));
	}
	EXPECT_EQ(sendto(fd, "hello", 5, MSG_DONTWAIT, ADDRESS(to)), 5);
	for (int left = HALF; left > 0; left--)
		EXPECT_EQ(recv(peer, text, EACH, MSG_DONTWAIT), EACH);
	EXPECT_EQ(rds_receive(peer).size, 5);
}

/*
 * Two addresses of one machine.
 *
 * What a machine sends to itself takes a way without maps: the receiver's kernel marks the port in
 * the map of the *sender's* address, and the sender looks at the receiver's. With one address
 * these are the same; with two the mark is never seen, and a receiver that does not read is sent
 * more and more.
 */
CASE(congestion_between_own_addresses,
     .claim = "between two addresses of one machine no port is ever congested: what exceeds "
	      "SO_RCVBUF is sent and arrives",
     .level = OBSERVED,
     .spec = "net/rds/loop.c, rds_loop_xmit(); net/rds/recv.c, rds_recv_rcvbuf_delta(); "
	     "Documentation/networking/rds.rst Congestion Notifications",
     .needs = "rds_tcp", .exclusive = "rds", .tags = "rds errno")
{
	enum { ROOM = 8192, EACH = 1000, MANY = 30 };
	int fd = over_tcp("127.0.0.1", PORT), peer = over_tcp("127.0.0.2", PORT + 1);
	int bystander = over_tcp("127.0.0.2", PORT + 2);
	struct address to = address_of("127.0.0.2", PORT + 1);
	struct address to_bystander = address_of("127.0.0.2", PORT + 2);
	static char text[EACH];

	SETUP(set_int(peer, SOL_SOCKET, SO_RCVBUF, ROOM));
	for (int i = 0; i < MANY; i++) {
		EXPECT_EQ(sendto(fd, text, EACH, MSG_DONTWAIT, ADDRESS(to)), EACH);
		settle(fd, bystander, &to_bystander);
	}
	for (int i = 0; i < MANY; i++)
		EXPECT_EQ(recv(peer, text, EACH, MSG_DONTWAIT), EACH);
}
