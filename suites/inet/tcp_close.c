/* SPDX-License-Identifier: MIT */
/* The orderly end of a connection: FIN, half-close, and the states on the way. */
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/inet/tcp_help.h"

#include "harness/case.h"

enum { FIN = PACKET_TCP_FIN, SYN = PACKET_TCP_SYN, RST = PACKET_TCP_RST, ACK = PACKET_TCP_ACK };

/*
 * One direction can end before the other.
 *
 * shutdown(SHUT_WR) sends a FIN: "this was all I had to say". The peer reads what came
 * before, then end of file, and may still answer for as long as it likes. That is how a
 * client says "here ends my request" where no length was announced, as in `ssh host sort
 * < file`. close() could not do it: it would also give up the answer.
 */
CASE(half_close,
     .claim = "After shutdown(SHUT_WR) the peer reads end of file and can still send, and the "
	      "shut socket still receives",
     .level = POSIX, .spec = "POSIX.1-2024 shutdown(), recv(); RFC 9293 3.6, 3.10.4",
     .tags = "tcp close shutdown", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family);
	char text[8];

	SETUP(send(p.client, "question", 8, 0));
	EXPECT_OK(shutdown(p.client, SHUT_WR));
	EXPECT_EQ(read_exactly(p.server, text, 8), 8);
	EXPECT_EQ(recv(p.server, text, 1, 0), 0);

	EXPECT_EQ(send(p.server, "answer", 6, 0), 6);
	EXPECT_EQ(read_exactly(p.client, text, 6), 6);
	EXPECT_MEMEQ(text, "answer", 6);
}

/*
 * A FIN takes a place in the stream.
 *
 * It has a sequence number of its own, behind the last byte of data, and is acknowledged
 * like a byte. So it cannot overtake the data, and it is sent again if it is lost: end of
 * file is as reliable as the data before it.
 */
CASE(fin_is_acknowledged,
     .claim = "shutdown(SHUT_WR) sends a FIN behind the last byte, which the peer acknowledges "
	      "with the next number",
     .level = RFC, .spec = "RFC 9293 3.4, 3.6", .tags = "tcp close shutdown wire",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire = wire_open("a");
	struct pair p = tcp_pair(family);
	uint16_t client = address_port(&p.client_address), server = address_port(&p.server_address);
	const struct packet *packet;
	uint32_t first, fin;
	char text[5];

	SETUP(send(p.client, "hello", 5, 0));
	EXPECT_EQ(read_exactly(p.server, text, 5), 5);
	SETUP(shutdown(p.client, SHUT_WR));

	REQUIRE_TRUE((packet = wire_next_data(wire, client)) != NULL);
	first = packet_tcp(packet)->sequence_number;
	REQUIRE_TRUE((packet = wire_next_from(wire, client, FIN, FIN)) != NULL);
	fin = packet_tcp(packet)->sequence_number + packet_tcp(packet)->payload_length;
	EXPECT_EQ(fin, (uint32_t)(first + 5));

	do {
		REQUIRE_TRUE((packet = wire_next_from(wire, server, ACK, ACK)) != NULL);
	} while (packet_tcp(packet)->acknowledgment_number == fin);
	EXPECT_EQ(packet_tcp(packet)->acknowledgment_number, (uint32_t)(fin + 1));
}

/*
 * Who hangs up first waits; who was hung up on decides.
 *
 * After the first FIN and its ACK the two ends are in different states: the one that
 * closed is in FIN-WAIT-2 and waits for the other's FIN; the other is in CLOSE-WAIT, where
 * nothing happens until its program closes. Sockets that pile up in CLOSE-WAIT are
 * therefore always a bug of the local program: it has read end of file and forgot close().
 *
 * Try it: `ss -tan state close-wait`.
 */
CASE(waiting_for_the_other,
     .claim = "One FIN takes its sender to FIN-WAIT-2 and its receiver to CLOSE-WAIT", .level = RFC,
     .spec = "RFC 9293 3.3.2, figure 5; 3.6 case 1; tcp(7) TCP_INFO", .tags = "tcp close states",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family);

	EXPECT_EQ(tcp_state(p.client), TCP_ESTABLISHED);
	EXPECT_EQ(tcp_state(p.server), TCP_ESTABLISHED);
	SETUP(shutdown(p.client, SHUT_WR));
	EXPECT_TRUE(wait_for_tcp_state(p.server, TCP_CLOSE_WAIT));
	EXPECT_TRUE(wait_for_tcp_state(p.client, TCP_FIN_WAIT2));
}

/*
 * Before the ACK it is FIN-WAIT-1 or LAST-ACK.
 *
 * Both names mean "my FIN is on its way and not acknowledged": FIN-WAIT-1 for who closed
 * first, LAST-ACK for who closed second. On a working network they last for one round
 * trip. Here the other side loses what arrives, so that they can be looked at.
 */
CASE(fin_on_its_way,
     .claim = "An unacknowledged FIN leaves the first to close in FIN-WAIT-1 and the second in "
	      "LAST-ACK",
     .level = RFC, .spec = "RFC 9293 3.3.2, figure 5; 3.10.4", .tags = "tcp close states",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair first = tcp_pair(family), second = tcp_pair(family);

	SETUP(go_deaf(first.server));
	SETUP(shutdown(first.client, SHUT_WR));
	EXPECT_EQ(tcp_state(first.client), TCP_FIN_WAIT1);
	EXPECT_EQ(tcp_state(first.server), TCP_ESTABLISHED);

	SETUP(shutdown(second.client, SHUT_WR));
	REQUIRE_TRUE(wait_for_tcp_state(second.client, TCP_FIN_WAIT2));
	SETUP(go_deaf(second.client));
	SETUP(shutdown(second.server, SHUT_WR));
	EXPECT_EQ(tcp_state(second.server), TCP_LAST_ACK);
}

/*
 * Both hang up at the same time.
 *
 * If the FINs cross, nobody is second: each side gets a FIN while its own is not yet
 * acknowledged, goes to CLOSING, and from there to TIME-WAIT, both of them. Here the
 * first FINs are lost on both sides, so that both are in FIN-WAIT-1 when the repeated ones
 * arrive.
 */
CASE(simultaneous_close,
     .claim = "When two FINs cross, both ends of the connection go to TIME-WAIT", .level = RFC,
     .spec = "RFC 9293 3.6 case 3, figure 13", .tags = "tcp close states time-wait", .waits = true,
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family);
	uint16_t client = address_port(&p.client_address), server = address_port(&p.server_address);

	SETUP(go_deaf(p.client));
	SETUP(go_deaf(p.server));
	SETUP(shutdown(p.client, SHUT_WR));
	SETUP(shutdown(p.server, SHUT_WR));
	EXPECT_EQ(tcp_state(p.client), TCP_FIN_WAIT1);
	EXPECT_EQ(tcp_state(p.server), TCP_FIN_WAIT1);

	/* The retransmitted FINs, 0.2 seconds later, are heard. */
	SETUP(hear_again(p.client));
	SETUP(hear_again(p.server));
	EXPECT_TRUE(wait_for_table_state(family, client, server, TCP_TIME_WAIT));
	EXPECT_TRUE(wait_for_table_state(family, server, client, TCP_TIME_WAIT));
}

/*
 * The last word may have been lost.
 *
 * Who closes first sends the last ACK and cannot know whether it arrived. So it remembers
 * the connection for a while, in TIME-WAIT, to repeat the ACK and to keep old segments out
 * of a new connection with the same addresses. The other side, which got that ACK, knows
 * that all is done and forgets at once. Hence the rule: let the client close first, and
 * the minute of memory is spread over the clients.
 *
 * Try it: `ss -tan state time-wait`.
 */
CASE(time_wait,
     .claim = "The end that closes first goes to TIME-WAIT, and the other keeps no trace of the "
	      "connection",
     .level = RFC, .spec = "RFC 9293 3.6, 3.6.1, figure 12", .tags = "tcp close states time-wait",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family);
	uint16_t client = address_port(&p.client_address), server = address_port(&p.server_address);
	char byte;

	SETUP(close(p.client));
	EXPECT_EQ(recv(p.server, &byte, 1, 0), 0);
	SETUP(close(p.server));

	EXPECT_TRUE(wait_for_table_state(family, client, server, TCP_TIME_WAIT));
	enum { NO_TRACE = 0 };
	EXPECT_TRUE(wait_for_table_state(family, server, client, NO_TRACE));
}

/*
 * close() does not lose what was sent.
 *
 * send() only puts bytes into a buffer. close() returns at once, and the kernel goes on to
 * deliver them, with the FIN behind, even after the process has ended. Here the process
 * closes while the peer has not read anything. What close() does not tell is whether the
 * peer's program ever got them: for that the peer has to answer.
 */
CASE(close_delivers, .claim = "Bytes sent before close() are delivered, followed by end of file",
     .level = RFC, .spec = "RFC 9293 3.6, 3.10.4; POSIX.1-2024 close()", .tags = "tcp close data",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family);
	static char sent[16384], got[16384];
	char byte;

	memset(sent, 'x', sizeof(sent));
	EXPECT_EQ(send(p.client, sent, sizeof(sent), 0), sizeof(sent));
	EXPECT_OK(close(p.client));

	EXPECT_EQ(read_exactly(p.server, got, sizeof(got)), sizeof(got));
	EXPECT_MEMEQ(got, sent, sizeof(sent));
	EXPECT_EQ(recv(p.server, &byte, 1, 0), 0);
}

/*
 * Only the last descriptor closes.
 *
 * dup() and fork() make further descriptors of one socket. close() takes one of them away,
 * and the FIN is sent when none is left. A server that forks and forgets to close the
 * client's socket in the parent keeps all connections open for ever. shutdown() does not
 * count descriptors: it ends the connection's direction for all of them.
 */
CASE(last_descriptor,
     .claim = "close() sends no FIN while another descriptor of the socket is open; shutdown() "
	      "does",
     .level = POSIX, .spec = "POSIX.1-2024 close(), dup(), shutdown()",
     .tags = "tcp close shutdown", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family), q = tcp_pair(family);
	int copy = SETUP(dup(p.client)), shut_copy = SETUP(dup(q.client));
	char byte;

	SETUP(close(p.client));
	EXPECT_EQ(tcp_state(copy), TCP_ESTABLISHED);
	EXPECT_OK(send(copy, "x", 1, 0));
	EXPECT_EQ(read_exactly(p.server, &byte, 1), 1);
	SETUP(close(copy));
	EXPECT_EQ(recv(p.server, &byte, 1, 0), 0);

	SETUP(shutdown(shut_copy, SHUT_WR));
	EXPECT_EQ(recv(q.server, &byte, 1, 0), 0);
}

/*
 * Not to listen any more is nobody else's business.
 *
 * TCP has no segment for "I will not read": shutdown(SHUT_RD) sends nothing. Locally recv()
 * returns 0, as at end of file. The peer notices nothing and can go on sending. So it is
 * no way to tell the peer to stop; only closing is.
 */
CASE(shut_for_reading,
     .claim = "shutdown(SHUT_RD) puts nothing on the wire, and recv() then returns 0", .level = ABI,
     .spec = "POSIX.1-2024 shutdown(); shutdown(2); RFC 9293 3.10.4", .tags = "tcp shutdown wire",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = tcp_pair(family);
	struct wire *wire = wire_open("a");
	const struct packet *packet;
	char byte;

	EXPECT_ERR(recv(p.client, &byte, 1, MSG_DONTWAIT), EAGAIN, EWOULDBLOCK);
	EXPECT_OK(shutdown(p.client, SHUT_RD));
	EXPECT_EQ(recv(p.client, &byte, 1, 0), 0);

	/* The first segment on the wire is the next thing that is done: to send. */
	EXPECT_OK(send(p.client, "x", 1, 0));
	REQUIRE_TRUE((packet = wire_next_tcp(wire, 0, 0)) != NULL);
	EXPECT_EQ(packet_tcp(packet)->payload_length, 1);
	EXPECT_EQ(read_exactly(p.server, &byte, 1), 1);
}

struct how_row {
	struct variant variant;
	int family, how;
};

static const struct how_row hows[] = {
	{{"rd_v4", NULL}, AF_INET, SHUT_RD},	 {{"wr_v4", NULL}, AF_INET, SHUT_WR},
	{{"rdwr_v4", NULL}, AF_INET, SHUT_RDWR}, {{"rd_v6", "ipv6"}, AF_INET6, SHUT_RD},
	{{"wr_v6", "ipv6"}, AF_INET6, SHUT_WR},	 {{"rdwr_v6", "ipv6"}, AF_INET6, SHUT_RDWR},
};

/*
 * There must be a connection to shut down.
 *
 * On a socket without a peer shutdown() fails with `ENOTCONN`. Programs meet it when they
 * tidy up: the peer's RST has already ended the connection, and the shutdown() before the
 * close() fails. It is harmless there.
 */
CASE(nothing_to_shut_down,
     .claim = "shutdown() of a socket that is not connected fails with ENOTCONN", .level = POSIX,
     .spec = "POSIX.1-2024 shutdown() ERRORS ENOTCONN", .tags = "tcp shutdown", .VARIANTS(hows))
{
	const struct how_row *row = VARIANT(struct how_row);
	struct address at;
	int fd = SETUP(socket(row->family, SOCK_STREAM, 0));

	tcp_listener(row->family, &at);
	EXPECT_ERR(shutdown(fd, row->how), ENOTCONN);
	SETUP(connect(fd, ADDRESS(at)));
	EXPECT_OK(shutdown(fd, row->how));
}
