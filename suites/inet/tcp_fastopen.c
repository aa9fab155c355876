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
#ifndef TCP_FASTOPEN_KEY
#define TCP_FASTOPEN_KEY 33
#endif
#ifndef TCP_FASTOPEN_NO_COOKIE
#define TCP_FASTOPEN_NO_COOKIE 34
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

struct cookie_key_row {
	struct variant variant;
	int family;
	bool changed; /* between the visits */
};

static const struct cookie_key_row cookie_keys[] = {
	{{"kept_v4", "fastopen"}, AF_INET, false},
	{{"kept_v6", "fastopen ipv6"}, AF_INET6, false},
	{{"changed_v4", "fastopen"}, AF_INET, true},
	{{"changed_v6", "fastopen ipv6"}, AF_INET6, true},
};

/*
 * The ticket office's stamp.
 *
 * The cookie is the client's address, encrypted with the server's key: nothing is stored. Of
 * several servers behind one address each must have the same key, or they refuse each other's
 * cookies: `TCP_FASTOPEN_KEY` sets it for a listener, 16 bytes (or 32, the second for old
 * cookies). With another key the old cookie is no good: the SYN-ACK acknowledges only the SYN,
 * brings a new cookie, and the data are sent again after the handshake.
 */
CASE(key_of_the_cookie,
     .claim = "A cookie is good while TCP_FASTOPEN_KEY is the same, and the SYN's data are not "
	      "acknowledged when it has changed",
     .level = LINUX,
     .spec = "RFC 7413 4.1.2, 4.2.2; tcp(7) tcp_fastopen_key; include/uapi/linux/tcp.h "
	     "TCP_FASTOPEN_KEY",
     .sysctls = BOTH_SIDES, .tags = "tcp fastopen wire", .VARIANTS(cookie_keys))
{
	const struct cookie_key_row *row = VARIANT(struct cookie_key_row);
	static const char first[] = "sixteen bytes, 1", second[] = "sixteen bytes, 2";
	enum { KEY = 16 };
	struct wire *wire;
	const struct packet *packet;
	struct address at;
	int listener = tcp_listener(row->family, &at);
	socklen_t size = KEY;
	char key[KEY];
	uint32_t x;

	SETUP(set_int(listener, IPPROTO_TCP, TCP_FASTOPEN, 5));
	EXPECT_ERR(setsockopt(listener, IPPROTO_TCP, TCP_FASTOPEN_KEY, first, KEY - 1), EINVAL);
	EXPECT_OK(setsockopt(listener, IPPROTO_TCP, TCP_FASTOPEN_KEY, first, KEY));
	EXPECT_OK(getsockopt(listener, IPPROTO_TCP, TCP_FASTOPEN_KEY, key, &size));
	EXPECT_EQ(size, KEY);
	EXPECT_MEMEQ(key, first, KEY);
	visit(row->family, listener, &at);
	EXPECT_OK(setsockopt(listener, IPPROTO_TCP, TCP_FASTOPEN_KEY, row->changed ? second : first,
			     KEY));
	wire = wire_open("a");
	visit(row->family, listener, &at);

	REQUIRE_TRUE((packet = wire_next_tcp(wire, SYN, SYN | ACK)) != NULL);
	EXPECT_EQ(packet_tcp(packet)->payload_length, 5);
	x = packet_tcp(packet)->sequence_number;
	REQUIRE_TRUE((packet = wire_next_tcp(wire, SYN | ACK, SYN | ACK)) != NULL);
	EXPECT_EQ(packet_tcp(packet)->acknowledgment_number,
		  (uint32_t)(x + 1 + (row->changed ? 0 : 5)));
	EXPECT_EQ((packet_tcp(packet)->has & PACKET_TCP_HAS_FAST_OPEN) != 0, row->changed);
}

/*
 * Without a ticket, among friends.
 *
 * In a network where nobody forges addresses the cookie is a round trip for nothing.
 * `TCP_FASTOPEN_NO_COOKIE` on both sides does without: the very first SYN carries data, with no
 * option, and the SYN-ACK acknowledges them.
 */
CASE(without_a_cookie,
     .claim = "With TCP_FASTOPEN_NO_COOKIE on both sides the first SYN carries data without a "
	      "cookie, "
	      "which the SYN-ACK acknowledges",
     .level = LINUX,
     .spec = "Documentation/networking/ip-sysctl.rst tcp_fastopen 0x4, 0x200; RFC 7413 4.1.3; "
	     "include/uapi/linux/tcp.h TCP_FASTOPEN_NO_COOKIE",
     .needs = "fastopen", .sysctls = BOTH_SIDES, .tags = "tcp fastopen wire", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire = wire_open("a");
	const struct packet *packet;
	struct address at;
	int listener = tcp_listener(family, &at), server;
	int client = SETUP(socket(family, SOCK_STREAM, 0));
	char text[5];
	uint32_t x;

	SETUP(set_int(listener, IPPROTO_TCP, TCP_FASTOPEN, 5));
	EXPECT_OK(set_int(listener, IPPROTO_TCP, TCP_FASTOPEN_NO_COOKIE, 1));
	EXPECT_OK(set_int(client, IPPROTO_TCP, TCP_FASTOPEN_NO_COOKIE, 1));
	EXPECT_EQ(get_int(client, IPPROTO_TCP, TCP_FASTOPEN_NO_COOKIE), 1);
	EXPECT_EQ(sendto(client, "hello", 5, MSG_FASTOPEN, ADDRESS(at)), 5);
	server = SETUP(accept(listener, NULL, NULL));
	EXPECT_EQ(read_exactly(server, text, 5), 5);
	EXPECT_MEMEQ(text, "hello", 5);

	REQUIRE_TRUE((packet = wire_next_tcp(wire, SYN, SYN | ACK)) != NULL);
	EXPECT_EQ(packet_tcp(packet)->has & PACKET_TCP_HAS_FAST_OPEN, 0);
	EXPECT_EQ(packet_tcp(packet)->payload_length, 5);
	x = packet_tcp(packet)->sequence_number;
	REQUIRE_TRUE((packet = wire_next_tcp(wire, SYN | ACK, SYN | ACK)) != NULL);
	EXPECT_EQ(packet_tcp(packet)->acknowledgment_number, (uint32_t)(x + 1 + 5));
}
