/* SPDX-License-Identifier: MIT */
/* Between two hosts: one TCP connection for all sockets, and sending without a copy. */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/rds/rds_help.h"

#include "harness/capture/expect_packet.h"

#include "harness/case.h"

enum { PORT = 4040, RDS_TCP_PORT = 16385, CONNECT_MS = 25000 };

/* A socket of a host, bound to its address. */
static int on_host(const char *host, const char *address, uint16_t port)
{
	struct address name = address_of(address, port);
	int fd = SETUP(host_socket(host, AF_RDS, SOCK_SEQPACKET, 0));

	SETUP(set_int(fd, SOL_RDS, SO_RDS_TRANSPORT, RDS_TRANS_TCP));
	SETUP(bind(fd, ADDRESS(name)));
	return fd;
}

/*
 * One connection for all.
 *
 * Two sockets here, two there: on the wire it is one TCP connection to port 16385, which the
 * kernels keep for the two machines. A header in front of each message says which ports it is
 * of.
 */
CASE(over_tcp,
     .claim = "messages between two machines go over a TCP connection with port 16385, behind a "
	      "header with both ports",
     .level = LINUX, .spec = "Documentation/networking/rds.rst; net/rds/tcp.h RDS_TCP_PORT",
     .topology = "pair", .needs = "rds_tcp", .exclusive = "rds", .tags = "rds wire",
     .timeout_ms = CONNECT_MS)
{
	struct wire *wire = wire_open("b");
	int client = on_host("a", "192.0.2.1", PORT), server = on_host("b", "192.0.2.2", PORT + 1);
	struct address to = address_of("192.0.2.2", PORT + 1), from = address_of("192.0.2.1", PORT);
	struct rds_received got;

	EXPECT_EQ(sendto(client, "hello", 5, 0, ADDRESS(to)), 5);
	EXPECT_PACKET(wire, WHICH("TCP", "SYN", 1), FIELD("TCP", "Destination Port", RDS_TCP_PORT));
	got = rds_receive(server);
	EXPECT_EQ(got.size, 5);
	EXPECT_MEMEQ(got.data, "hello", 5);
	EXPECT_TRUE(address_equal(&got.from, &from));
	/* A message of its own segment, behind what the kernels said to each other first. */
	EXPECT_EQ(sendto(client, "again", 5, 0, ADDRESS(to)), 5);
	EXPECT_EQ(rds_receive(server).size, 5);
	EXPECT_PACKET(wire, WHICH("RDS", "h_dport", PORT + 1), FIELD("RDS", "h_sport", PORT),
		      FIELD("RDS", "h_len", 5), FIELD("TCP", "Destination Port", RDS_TCP_PORT));
	EXPECT_EQ(sendto(server, "back", 4, 0, ADDRESS(from)), 4);
	EXPECT_EQ(rds_receive(client).size, 4);
}

/*
 * Without a copy.
 *
 * With MSG_ZEROCOPY the kernel sends from the program's own memory, which must then stay as it
 * is. The program gives each message a number of its choice (RDS_CMSG_ZCOPY_COOKIE), and gets
 * it back when the other machine has all of it (RDS_CMSG_ZCOPY_COMPLETION).
 */
CASE(zerocopy,
     .claim = "a message that was sent with MSG_ZEROCOPY and RDS_CMSG_ZCOPY_COOKIE is reported by "
	      "RDS_CMSG_ZCOPY_COMPLETION with that number",
     .level = LINUX, .spec = "linux/rds.h struct rds_zcopy_cookies; net/rds/send.c",
     .topology = "pair", .needs = "rds_tcp", .exclusive = "rds", .tags = "rds control zerocopy",
     .timeout_ms = CONNECT_MS)
{
	static char text[8192];
	int client = on_host("a", "192.0.2.1", PORT), server = on_host("b", "192.0.2.2", PORT + 1);
	struct address to = address_of("192.0.2.2", PORT + 1);
	union {
		char bytes[CMSG_SPACE(sizeof(uint32_t))];
		struct cmsghdr header;
	} control = {.header = {.cmsg_len = CMSG_LEN(sizeof(uint32_t)),
				.cmsg_level = SOL_RDS,
				.cmsg_type = RDS_CMSG_ZCOPY_COOKIE}};
	const uint32_t cookie = 4711;
	struct iovec part = {text, sizeof(text)};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_name = &to.storage,
				 .msg_namelen = to.length,
				 .msg_control = &control,
				 .msg_controllen = sizeof(control)};
	struct rds_zcopy_cookies cookies;
	struct rds_received got;

	/* The machines agree about their connection, and send their maps of congested ports, first.
	 */
	EXPECT_EQ(sendto(client, "hello", 5, 0, ADDRESS(to)), 5);
	EXPECT_EQ(rds_receive(server).size, 5);

	memcpy(CMSG_DATA(&control.header), &cookie, sizeof(cookie));
	EXPECT_OK(set_int(client, SOL_SOCKET, SO_ZEROCOPY, 1));
	EXPECT_EQ(sendmsg(client, &message, MSG_ZEROCOPY), sizeof(text));
	got = rds_receive(server);
	EXPECT_EQ(got.size, sizeof(got.data));
	EXPECT_EQ(got.flags & MSG_TRUNC, MSG_TRUNC);
	got = rds_receive(client);
	EXPECT_EQ(got.size, 0);
	EXPECT_EQ(got.control, RDS_CMSG_ZCOPY_COMPLETION);
	EXPECT_EQ(got.control_size, sizeof(cookies));
	memcpy(&cookies, got.control_data, sizeof(cookies));
	EXPECT_EQ(cookies.num, 1);
	EXPECT_EQ(cookies.cookies[0], cookie);
}

/* A connection that is listed with its TCP socket. */
CASE(listed_socket, .claim = "RDS_INFO_TCP_SOCKETS lists the TCP connection between the machines",
     .level = LINUX, .spec = "linux/rds.h struct rds_info_tcp_socket; net/rds/tcp.c",
     .topology = "pair", .needs = "rds_tcp", .exclusive = "rds", .tags = "rds option",
     .timeout_ms = CONNECT_MS)
{
	static struct rds_info_tcp_socket sockets[64];
	int client = on_host("a", "192.0.2.1", PORT), server = on_host("b", "192.0.2.2", PORT + 1);
	struct address to = address_of("192.0.2.2", PORT + 1), from = address_of("192.0.2.1", PORT);
	int count, found = 0;

	EXPECT_EQ(sendto(client, "hello", 5, 0, ADDRESS(to)), 5);
	EXPECT_EQ(rds_receive(server).size, 5);
	count = rds_info(client, RDS_INFO_TCP_SOCKETS, sockets, sizeof(sockets),
			 sizeof(sockets[0]));
	for (int i = 0; i < count; i++) {
		if (sockets[i].local_addr == from.v4.sin_addr.s_addr &&
		    sockets[i].peer_addr == to.v4.sin_addr.s_addr)
			found++;
	}
	EXPECT_GE(found, 1);
}
