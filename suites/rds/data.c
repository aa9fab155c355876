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

/* Bound with TCP as the transport: the one within the machine has no congestion. */
static int over_tcp(uint16_t port)
{
	struct address name = address_loopback(AF_INET, port);
	int fd = SETUP(socket(AF_RDS, SOCK_SEQPACKET, 0));

	SETUP(set_int(fd, SOL_RDS, SO_RDS_TRANSPORT, RDS_TRANS_TCP));
	SETUP(bind(fd, ADDRESS(name)));
	return fd;
}

/*
 * A congested port.
 *
 * One connection serves many sockets, and so a receiver that does not read must not stop the
 * others. Its *port* is marked as congested instead, in a map that all senders see: who sends
 * there gets ENOBUFS, or waits. When it has read, the mark goes. A sender that asked for it by
 * RDS_CONG_MONITOR is told by a control message with the ports' bits; others are woken by poll().
 */
CASE(congested_port,
     .claim = "sending to a port whose receiver is full fails with ENOBUFS; when it has read, the "
	      "sender is woken, with RDS_CONG_MONITOR by RDS_CMSG_CONG_UPDATE with the port's bit",
     .level = LINUX,
     .spec = "Documentation/networking/rds.rst Congestion Notifications; linux/rds.h",
     .needs = "rds_tcp", .exclusive = "rds", .tags = "rds option control errno",
     .VARIANTS(monitors))
{
	bool monitor = VARIANT(struct monitor_row)->monitor;
	int fd = over_tcp(PORT), peer = over_tcp(PORT + 1), bystander = over_tcp(PORT + 2);
	struct address to = address_loopback(AF_INET, PORT + 1);
	struct address to_bystander = address_loopback(AF_INET, PORT + 2);
	struct rds_received got;
	static char text[1000];
	int sent = 0;

	EXPECT_OK(set_int(fd, SOL_RDS, RDS_CONG_MONITOR, monitor));
	SETUP(set_int(peer, SOL_SOCKET, SO_RCVBUF, 8192));
	while (sent < 1000 && sendto(fd, text, sizeof(text), MSG_DONTWAIT, ADDRESS(to)) > 0)
		sent++;
	EXPECT_ERR(sendto(fd, text, sizeof(text), MSG_DONTWAIT, ADDRESS(to)), ENOBUFS);
	/*
	 * One message more than the buffer has room for, and those that left before the news came:
	 * the map travels over the connection like a message (rds_cong_queue_updates()).
	 */
	EXPECT_BETWEEN(sent, 9, 999);
	/* The others' ports are not congested. */
	EXPECT_EQ(sendto(fd, "hello", 5, MSG_DONTWAIT, ADDRESS(to_bystander)), 5);
	EXPECT_EQ(rds_receive(bystander).size, 5);

	for (int i = 0; i < sent; i++)
		EXPECT_EQ(recv(peer, text, sizeof(text), 0), sizeof(text));
	EXPECT_EQ(wait_for(fd, POLLIN, SOON_MS) & POLLIN, POLLIN);
	if (monitor) {
		got = rds_receive(fd);
		EXPECT_EQ(got.size, 0);
		EXPECT_EQ(got.control, RDS_CMSG_CONG_UPDATE);
		EXPECT_EQ(got.control_size, sizeof(uint64_t));
		EXPECT_EQ(got.control_data[0], RDS_CONG_MONITOR_MASK(PORT + 1));
	}
	EXPECT_EQ(sendto(fd, "hello", 5, MSG_DONTWAIT, ADDRESS(to)), 5);
	EXPECT_EQ(rds_receive(peer).size, 5);
}
