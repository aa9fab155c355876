/* SPDX-License-Identifier: MIT */
/* TCP Fast Open: data in the SYN, for those who have been here before. */
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/inet/tcp_help.h"

#include "harness/case.h"

#ifndef TCP_FASTOPEN_CONNECT
#define TCP_FASTOPEN_CONNECT 30
#endif

/* 1: clients may, 2: servers may (Documentation/networking/ip-sysctl.rst). */
#define BOTH_SIDES "net.ipv4.tcp_fastopen=3 net.ipv4.tcp_fastopen_blackhole_timeout_sec=0"

enum { SYN = PACKET_TCP_SYN, ACK = PACKET_TCP_ACK };

/* Sends a greeting with the SYN if that is possible, has it accepted and read, and closes. */
static void visit(int family, int listener, const struct address *at)
{
	int client = SETUP(socket(family, SOCK_STREAM, 0)), server;
	char text[5];

	SETUP(sendto(client, "hello", 5, MSG_FASTOPEN, &at->any, at->length));
	server = SETUP(accept(listener, NULL, NULL));
	EXPECT_EQ(read_exactly(server, text, 5), 5);
	EXPECT_MEMEQ(text, "hello", 5);
	SETUP(close(client));
	SETUP(close(server));
}

/*
 * The first visit earns a ticket.
 *
 * Data in a SYN would let anybody make a server work with a forged source address. So the
 * client has to show that it receives at its address: on the first visit its SYN has an
 * empty Fast Open option, the SYN-ACK brings a cookie, and the data follow after the
 * handshake as ever. sendto() with `MSG_FASTOPEN` is connect() and send() in one.
 */
CASE(first_visit,
     .claim = "The first MSG_FASTOPEN connection asks for a cookie with an empty option, sends "
	      "no data in its SYN, and is given a cookie",
     .level = RFC, .spec = "RFC 7413 3.1, 4.1.1; tcp(7) TCP_FASTOPEN; send(2) MSG_FASTOPEN",
     .needs = "fastopen", .sysctls = BOTH_SIDES, .tags = "tcp fastopen handshake wire",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire = wire_open("a");
	const struct packet *packet;
	struct address at;
	int listener = tcp_listener(family, &at);

	SETUP(set_int(listener, IPPROTO_TCP, TCP_FASTOPEN, 5));
	visit(family, listener, &at);

	REQUIRE_TRUE((packet = wire_next_tcp(wire, SYN, SYN | ACK)) != NULL);
	EXPECT_TRUE((packet_tcp(packet)->has & PACKET_TCP_HAS_FAST_OPEN) != 0);
	EXPECT_EQ(packet_tcp(packet)->fast_open_length, 0);
	EXPECT_EQ(packet_tcp(packet)->payload_length, 0);

	REQUIRE_TRUE((packet = wire_next_tcp(wire, SYN | ACK, SYN | ACK)) != NULL);
	EXPECT_TRUE((packet_tcp(packet)->has & PACKET_TCP_HAS_FAST_OPEN) != 0);
	EXPECT_BETWEEN(packet_tcp(packet)->fast_open_length, 4, 16);
}

/*
 * The second visit saves a round trip.
 *
 * Now the SYN carries the cookie and the first data, and the SYN-ACK acknowledges both: the
 * server's program can answer before the handshake is over. For a short request over a
 * long line that halves the time. Since a SYN may arrive twice, the request must be one
 * that may be carried out twice.
 *
 * Try it: `tcpdump -n 'tcp[tcpflags] & tcp-syn != 0'` shows `tfo  cookie` and a length.
 */
CASE(second_visit, .claim = "With a cookie the SYN carries data, which the SYN-ACK acknowledges",
     .level = RFC, .spec = "RFC 7413 3.1, 4.2.1, 4.2.2; tcp(7) TCP_FASTOPEN", .needs = "fastopen",
     .sysctls = BOTH_SIDES, .tags = "tcp fastopen handshake wire", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire;
	const struct packet *packet;
	struct address at;
	int listener = tcp_listener(family, &at);
	uint32_t x;

	SETUP(set_int(listener, IPPROTO_TCP, TCP_FASTOPEN, 5));
	visit(family, listener, &at);
	wire = wire_open("a");
	visit(family, listener, &at);

	REQUIRE_TRUE((packet = wire_next_tcp(wire, SYN, SYN | ACK)) != NULL);
	EXPECT_GE(packet_tcp(packet)->fast_open_length, 4);
	EXPECT_EQ(packet_tcp(packet)->payload_length, 5);
	x = packet_tcp(packet)->sequence_number;

	REQUIRE_TRUE((packet = wire_next_tcp(wire, SYN | ACK, SYN | ACK)) != NULL);
	EXPECT_EQ(packet_tcp(packet)->acknowledgment_number, (uint32_t)(x + 1 + 5));
}

/*
 * A server must want it.
 *
 * Fast Open is the listener's option: its value limits how many connections may wait
 * between data in the SYN and the end of the handshake. A listener without it ignores the
 * client's request for a cookie, and all goes the old way: the data arrive after the
 * handshake. So a client can ask without asking first whether it may.
 */
CASE(server_without,
     .claim = "A listener without TCP_FASTOPEN gives no cookie, and MSG_FASTOPEN data arrive "
	      "after an ordinary handshake",
     .level = RFC, .spec = "RFC 7413 3, 4.1.1; tcp(7) TCP_FASTOPEN", .needs = "fastopen",
     .sysctls = BOTH_SIDES, .tags = "tcp fastopen handshake wire", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire = wire_open("a");
	const struct packet *packet;
	struct address at;
	int listener = tcp_listener(family, &at);

	visit(family, listener, &at);
	REQUIRE_TRUE((packet = wire_next_tcp(wire, SYN | ACK, SYN | ACK)) != NULL);
	EXPECT_EQ(packet_tcp(packet)->has & PACKET_TCP_HAS_FAST_OPEN, 0);

	/* The option makes the difference. */
	SETUP(set_int(listener, IPPROTO_TCP, TCP_FASTOPEN, 5));
	visit(family, listener, &at);
	REQUIRE_TRUE((packet = wire_next_tcp(wire, SYN | ACK, SYN | ACK)) != NULL);
	EXPECT_TRUE((packet_tcp(packet)->has & PACKET_TCP_HAS_FAST_OPEN) != 0);
}

/*
 * A way that needs no new call.
 *
 * `MSG_FASTOPEN` wants connect() and send() in one, which most programs do not have in one
 * place. With `TCP_FASTOPEN_CONNECT` connect() returns at once, when there is a cookie, and
 * sends nothing; the SYN waits for the first send() and takes its data along. So connect()
 * can no longer tell that the server refuses: send() does.
 */
CASE(connect_waits_for_data,
     .claim = "With TCP_FASTOPEN_CONNECT and a cookie connect() sends nothing, and the first "
	      "send() leaves as data in the SYN",
     .level = LINUX, .spec = "tcp(7) TCP_FASTOPEN_CONNECT; RFC 7413 4.2.1", .needs = "fastopen",
     .sysctls = BOTH_SIDES, .tags = "tcp fastopen handshake wire", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire;
	const struct packet *packet;
	struct address at, other_at;
	int listener = tcp_listener(family, &at);
	int client = SETUP(socket(family, SOCK_STREAM, 0));
	int marker = SETUP(socket(family, SOCK_STREAM, 0));

	tcp_listener(family, &other_at);
	SETUP(set_int(listener, IPPROTO_TCP, TCP_FASTOPEN, 5));
	visit(family, listener, &at);
	SETUP(set_int(client, IPPROTO_TCP, TCP_FASTOPEN_CONNECT, 1));

	/* The SYN of another connection marks where connect() to the first should have come. */
	wire = wire_open("a");
	EXPECT_OK(connect(client, ADDRESS(at)));
	SETUP(connect(marker, ADDRESS(other_at)));
	REQUIRE_TRUE((packet = wire_next_tcp(wire, SYN, SYN | ACK)) != NULL);
	EXPECT_EQ(packet_tcp(packet)->destination_port, address_port(&other_at));

	EXPECT_EQ(send(client, "hello", 5, 0), 5);
	REQUIRE_TRUE((packet = wire_next_tcp(wire, SYN, SYN | ACK)) != NULL);
	EXPECT_EQ(packet_tcp(packet)->destination_port, address_port(&at));
	EXPECT_EQ(packet_tcp(packet)->payload_length, 5);
}
