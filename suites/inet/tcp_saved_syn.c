/* SPDX-License-Identifier: MIT */
/* TCP_SAVE_SYN: what the client's SYN looked like, for the server's program. */
#include <net/if.h>
#include <netinet/ip.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/inet/tcp_help.h"

#include "harness/case.h"

enum { SYN = PACKET_TCP_SYN, ACK = PACKET_TCP_ACK };

struct saved_row {
	struct variant variant;
	int family;
	unsigned int before; /* bytes before the IP header: with 2 the link's, too */
	int save;
};

static const struct saved_row saved[] = {
	{{"ip_v4", NULL}, AF_INET, 0, 1},
	{{"ip_v6", "ipv6"}, AF_INET6, 0, 1},
};

/*
 * The SYN as it came.
 *
 * A program never sees the SYN: the kernel answers it. A listener with `TCP_SAVE_SYN` keeps a
 * copy of its headers with each connection, and `TCP_SAVED_SYN` of the accepted socket gives
 * it out, once. TCP's options in it tell what system the client is (fingerprinting), or which
 * options a proxy wrote into the IP header. Without the listener's option nothing is there.
 */
CASE(given_once,
     .claim = "TCP_SAVED_SYN gives the SYN's IP and TCP header once, and nothing without "
	      "TCP_SAVE_SYN of the listener",
     .level = LINUX, .spec = "include/uapi/linux/tcp.h TCP_SAVE_SYN; Linux 4.2 release notes",
     .tags = "tcp handshake listen wire", .VARIANTS(saved))
{
	const struct saved_row *row = VARIANT(struct saved_row);
	size_t ip = row->family == AF_INET6 ? 40 : 20;
	struct wire *wire = wire_open("a");
	struct address at, from = address_empty();
	int listener = tcp_listener(row->family, &at), server;
	int first = SETUP(socket(row->family, SOCK_STREAM, 0));
	int second = SETUP(socket(row->family, SOCK_STREAM, 0));
	uint8_t bytes[500] = {0};
	struct tcphdr header;
	socklen_t size = sizeof(bytes);
	const struct packet *syn;

	SETUP(connect(first, ADDRESS(at)));
	server = SETUP(accept(listener, NULL, NULL));
	EXPECT_OK(getsockopt(server, IPPROTO_TCP, TCP_SAVED_SYN, bytes, &size));
	EXPECT_EQ(size, 0);
	REQUIRE_TRUE(wire_next_tcp(wire, SYN, SYN | ACK) != NULL);

	EXPECT_OK(set_int(listener, IPPROTO_TCP, TCP_SAVE_SYN, row->save));
	EXPECT_EQ(get_int(listener, IPPROTO_TCP, TCP_SAVE_SYN), row->save);
	SETUP(connect(second, ADDRESS(at)));
	server = SETUP(accept(listener, &from.any, &from.length));
	REQUIRE_TRUE((syn = wire_next_tcp(wire, SYN, SYN | ACK)) != NULL);

	/* No room: the size that it takes, and the SYN is kept. */
	size = 10;
	EXPECT_ERR(getsockopt(server, IPPROTO_TCP, TCP_SAVED_SYN, bytes, &size), EINVAL);
	EXPECT_EQ(size, ip + (size_t)packet_tcp(syn)->data_offset * 4);

	size = sizeof(bytes);
	EXPECT_OK(getsockopt(server, IPPROTO_TCP, TCP_SAVED_SYN, bytes, &size));
	EXPECT_EQ(size, ip + (size_t)packet_tcp(syn)->data_offset * 4);
	/* Version and length of the header; the traffic class of this connection is 0. */
	EXPECT_EQ(bytes[0], row->family == AF_INET6 ? 0x60 : 0x45);
	memcpy(&header, bytes + ip, sizeof(header));
	EXPECT_EQ(header.syn, 1);
	EXPECT_EQ(header.ack, 0);
	EXPECT_EQ(ntohs(header.source), address_port(&from));
	EXPECT_EQ(ntohs(header.dest), address_port(&at));
	EXPECT_EQ(ntohl(header.seq), packet_tcp(syn)->sequence_number);

	size = sizeof(bytes);
	EXPECT_OK(getsockopt(server, IPPROTO_TCP, TCP_SAVED_SYN, bytes, &size));
	EXPECT_EQ(size, 0);
}
