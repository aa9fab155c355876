/* SPDX-License-Identifier: MIT */
/* Segments from a stranger: what a forger must guess, and the ACK that asks back. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/inet/tcp_help.h"

#include "harness/case.h"

enum {
	FIN = PACKET_TCP_FIN,
	SYN = PACKET_TCP_SYN,
	RST = PACKET_TCP_RST,
	ACK = PACKET_TCP_ACK,
};

/* A segment with one byte of room for data, and what its checksum is over before it. */
struct forged {
	struct {
		uint32_t source, destination;
		uint8_t zero, protocol;
		uint16_t length;
	} pseudo;
	struct tcphdr header;
	char data[4];
};

/*
 * Sends a segment in the client's name through a raw socket, which writes the IP header only.
 * Returns what sendto() does.
 */
#define forge(raw, p, flags, sequence, acknowledgment, data_length)                                \
	(CALLS_HERE, forge_here(raw, p, flags, sequence, acknowledgment, data_length))
static ssize_t forge_here(int raw, const struct pair *p, unsigned int flags, uint32_t sequence,
			  uint32_t acknowledgment, size_t data_length)
{
	size_t length = sizeof(struct tcphdr) + data_length;
	struct address to = p->server_address;
	struct forged f = {.pseudo = {htonl(INADDR_LOOPBACK), htonl(INADDR_LOOPBACK), 0,
				      IPPROTO_TCP, htons((uint16_t)length)},
			   .header = {.source = htons(address_port(&p->client_address)),
				      .dest = htons(address_port(&p->server_address)),
				      .seq = htonl(sequence),
				      .ack_seq = htonl(acknowledgment),
				      .doff = sizeof(struct tcphdr) / 4,
				      .window = htons(1000)},
			   .data = "fake"};

	f.header.fin = (flags & FIN) != 0;
	f.header.syn = (flags & SYN) != 0;
	f.header.rst = (flags & RST) != 0;
	f.header.ack = (flags & ACK) != 0;
	f.header.check = htons(packet_checksum_finish(
		packet_checksum_add(0, (const uint8_t *)&f, sizeof(f.pseudo) + length)));
	to.v4.sin_port = 0;
	return sendto(raw, &f.header, length, 0, ADDRESS(to));
}

/* What the connection does about it. */
enum reaction { TAKEN, CHALLENGED, SILENT, RESET };

struct forged_row {
	struct variant variant;
	unsigned int flags;
	uint32_t ahead; /* of the sequence number that is expected next */
	uint32_t acknowledged_ahead;
	size_t data_length;
	enum reaction reaction;
};

static const struct forged_row forgeries[] = {
	{{"data_in_order", "raw"}, ACK, 0, 0, 4, TAKEN},
	{{"data_outside_the_window", "raw"}, ACK, 0x40000000, 0, 4, CHALLENGED},
	/* Linux 7.1, commit 42726ec644cb; some longterm kernels have it. */
	{{"data_acknowledging_the_future", "raw", .since = "7.1"},
	 ACK,
	 0,
	 0x40000000,
	 4,
	 CHALLENGED},
	{{"reset_exact", "raw"}, RST, 0, 0, 0, RESET},
	{{"reset_in_the_window", "raw"}, RST, 100, 0, 0, CHALLENGED},
	{{"reset_outside_the_window", "raw"}, RST, 0x40000000, 0, 0, SILENT},
	{{"syn_exact", "raw"}, SYN, 0, 0, 0, CHALLENGED},
	{{"syn_in_the_window", "raw"}, SYN, 100, 0, 0, CHALLENGED},
	{{"syn_outside_the_window", "raw"}, SYN, 0x40000000, 0, 0, CHALLENGED},
};

/*
 * Whoever guesses the number may speak.
 *
 * TCP has no signature: who knows both addresses, both ports and the sequence number is the
 * peer. A RST used to be taken anywhere in the window, so that a few thousand guesses ended any
 * connection. Since RFC 5961 only the exact next number resets; a RST elsewhere in the window,
 * and any SYN, gets a *challenge ACK*: "this is where I am". A real peer that has lost its memory
 * answers with a RST of the right number; a forger does not see the question. Of a number outside
 * the window data are dropped and acknowledged, a RST is dropped without a word.
 *
 * The forger here is a raw socket, on the same host as the victim, that knows the numbers.
 */
CASE(from_a_forger,
     .claim = "A RST with the exact sequence number resets, one in the window and a SYN get a "
	      "challenge ACK, one outside nothing",
     .level = RFC, .spec = "RFC 5961 3.2, 4.2, 5.2; RFC 9293 3.10.7.4",
     .sysctls = "net.ipv4.tcp_timestamps=0", .tags = "tcp reset raw wire security", .waits = true,
     .VARIANTS(forgeries))
{
	const struct forged_row *row = VARIANT(struct forged_row);
	struct wire *wire = wire_open("a");
	struct pair p = tcp_pair(AF_INET);
	int raw = SETUP(socket(AF_INET, SOCK_RAW, IPPROTO_TCP));
	uint16_t server = address_port(&p.server_address);
	const struct packet *packet;
	uint32_t client_next, server_next;
	size_t length = sizeof(struct tcphdr) + row->data_length;
	char text[8];

	SETUP(send(p.client, "x", 1, 0));
	EXPECT_EQ(read_exactly(p.server, text, 1), 1);
	REQUIRE_TRUE((packet = wire_next_data(wire, address_port(&p.client_address))) != NULL);
	client_next = packet_tcp(packet)->sequence_number + 1;
	server_next = packet_tcp(packet)->acknowledgment_number;
	do {
		REQUIRE_TRUE((packet = wire_next_from(wire, server, ACK, ACK)) != NULL);
	} while (packet_tcp(packet)->acknowledgment_number != client_next);

	/*
	 * What the server then acknowledges the client never sent: each would correct the other for
	 * ever. So the client does not hear it.
	 */
	if (row->reaction == TAKEN)
		SETUP(go_deaf(p.client));
	EXPECT_EQ(forge(raw, &p, row->flags, client_next + row->ahead,
			server_next + row->acknowledged_ahead, row->data_length),
		  (ssize_t)length);
	switch (row->reaction) {
	case TAKEN:
		EXPECT_EQ(read_exactly(p.server, text, 4), 4);
		EXPECT_MEMEQ(text, "fake", 4);
		return;
	case RESET:
		EXPECT_ERR(recv(p.server, text, 1, 0), ECONNRESET);
		EXPECT_EQ(tcp_state(p.server), TCP_CLOSE);
		return;
	case CHALLENGED:
		REQUIRE_TRUE((packet = wire_next_from(wire, server, 0, 0)) != NULL);
		EXPECT_EQ(packet_tcp(packet)->flags, ACK);
		EXPECT_EQ(packet_tcp(packet)->sequence_number, server_next);
		EXPECT_EQ(packet_tcp(packet)->acknowledgment_number, client_next);
		EXPECT_EQ(packet_tcp(packet)->payload_length, 0);
		break;
	case SILENT:
		/* The forged segment itself. */
		REQUIRE_TRUE(wire_next_tcp(wire, RST, RST) != NULL);
		EXPECT_TRUE(wire_is_silent(wire, 100));
		break;
	}
	/* The connection is as it was. */
	EXPECT_ERR(recv(p.server, text, sizeof(text), MSG_DONTWAIT), EAGAIN);
	SETUP(send(p.client, "real", 4, 0));
	EXPECT_EQ(read_exactly(p.server, text, 4), 4);
	EXPECT_MEMEQ(text, "real", 4);
}

/*
 * A caller that is called, and then refused.
 *
 * A socket that waits for the answer to its SYN takes a RST as "nobody listens":
 * `ECONNREFUSED`. When a SYN comes instead, the two have called each other, and the socket is no
 * longer a mere caller: it answers, and waits for the last ACK. A RST now ends something that
 * had begun: `ECONNRESET`. So both errors are possible of connect(), as POSIX has it; programs
 * that treat `ECONNREFUSED` alone as "try again" miss the other.
 *
 * The SYN is forged here, so that the address that sent it knows nothing of it, and the answer
 * to the answer is a RST.
 */
CASE(called_and_then_reset,
     .claim = "connect() fails with ECONNRESET when a RST comes after a SYN that crossed its own",
     .level = RFC,
     .spec = "RFC 9293 3.10.7.4 (RST in SYN-RECEIVED); POSIX.1-2024 connect() ECONNRESET",
     .needs = "raw", .tags = "tcp reset raw handshake errno")
{
	struct wire *wire = wire_open("a");
	struct address left_at, right_at;
	int left = bound_socket(AF_INET, SOCK_STREAM, &left_at);
	int right = bound_socket(AF_INET, SOCK_STREAM, &right_at);
	int raw = SETUP(socket(AF_INET, SOCK_RAW, IPPROTO_TCP));
	struct pair forged = {.client_address = right_at, .server_address = left_at};
	const struct packet *packet;
	uint32_t number;

	SETUP(fcntl(left, F_SETFL, O_NONBLOCK));
	SETUP(go_deaf(left));
	EXPECT_ERR(connect(left, ADDRESS(right_at)), EINPROGRESS);
	/* The RST that refuses the SYN is lost. */
	REQUIRE_TRUE(wire_next_from(wire, address_port(&right_at), RST, RST) != NULL);
	SETUP(hear_again(left));

	EXPECT_EQ(forge(raw, &forged, SYN, 1000, 0, 0), (ssize_t)sizeof(struct tcphdr));
	REQUIRE_TRUE((packet = wire_next_from(wire, address_port(&left_at), SYN | ACK,
					      SYN | ACK)) != NULL);
	EXPECT_EQ(packet_tcp(packet)->acknowledgment_number, 1001);
	number = packet_tcp(packet)->acknowledgment_number;
	REQUIRE_TRUE((packet = wire_next_from(wire, address_port(&right_at), RST, RST)) != NULL);
	EXPECT_EQ(packet_tcp(packet)->sequence_number, number);

	EXPECT_EQ(wait_for(left, POLLOUT, SOON_MS) & POLLERR, POLLERR);
	EXPECT_ERR(connect(left, ADDRESS(right_at)), ECONNRESET);

	/* With somebody who listens the same call succeeds. */
	SETUP(listen(right, 1));
	SETUP(fcntl(left, F_SETFL, 0));
	EXPECT_OK(connect(left, ADDRESS(right_at)));
}
