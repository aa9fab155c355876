/* SPDX-License-Identifier: MIT */
/* Connections by radio: the link layer of AX.25, seen on the air. */
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "suites/ax25/radio.h"

#include "harness/capture/expect_packet.h"

#include "harness/case.h"

/* Modifier bits of AX.25 2.2, 4.3.3. */
enum { SABM = 0x2c, SABME = 0x6c, UA = 0x60, DM = 0x0c, DISC = 0x40 };
enum { PID_TEXT = 0xf0, LETTERS = 6 };

static ax25_address peer_of(int fd)
{
	struct full_sockaddr_ax25 peer = {.fsa_ax25 = {.sax25_family = AF_UNSPEC}};
	socklen_t length = sizeof(peer);

	EXPECT_OK(getpeername(fd, (struct sockaddr *)&peer, &length));
	EXPECT_EQ(length, sizeof(peer));
	EXPECT_EQ(peer.fsa_ax25.sax25_family, AF_AX25);
	EXPECT_EQ(peer.fsa_ax25.sax25_ndigis, 0);
	return peer.fsa_ax25.sax25_call;
}

/*
 * SABM, UA: two frames make a connection.
 *
 * Set asynchronous balanced mode; the other accepts with an unnumbered acknowledgement. As in
 * X.25, from which it is.
 */
CASE(handshake,
     .claim = "connect() sends SABM, the listener's station answers UA; both ends know each other",
     .level = ABI, .spec = "AX.25 2.2, 4.3.3.1 and 4.3.3.4; linux/net/ax25/af_ax25.c",
     .topology = "machine", .needs = "ax25_accept", .tags = "ax25 connect wire")
{
	const struct sockaddr_ax25 to = ax25_station(STATION_B);
	const ax25_address a = callsign(STATION_A), b = callsign(STATION_B);
	struct full_sockaddr_ax25 peer;
	socklen_t length = sizeof(peer);
	struct wire *wire;
	ax25_address seen;
	int listener, client, server;

	radio_on();
	wire = wire_open("a");
	listener = ax25_bound(SOCK_SEQPACKET, STATION_B);
	client = ax25_bound(SOCK_SEQPACKET, STATION_A);
	SETUP(listen(listener, 1));
	EXPECT_ERR(getpeername(client, (struct sockaddr *)&peer, &length), ENOTCONN);
	EXPECT_OK(connect(client, AX25(to)));
	EXPECT_PACKET(wire, WHICH("AX.25", "M", SABM));
	EXPECT_PACKET(wire, WHICH("AX.25", "M", UA));
	server = EXPECT_OK(accept(listener, NULL, NULL));
	seen = peer_of(server);
	/* The last byte has bits of the frame beside the SSID. */
	EXPECT_MEMEQ(&seen, &a, LETTERS);
	seen = peer_of(client);
	EXPECT_MEMEQ(&seen, &b, LETTERS);
	EXPECT_ERR(connect(client, AX25(to)), EISCONN);
}

/*
 * Records over the air.
 *
 * Each message is a numbered information frame with a byte that says what it carries, 0xf0 for
 * text. Frames keep their bounds: it is a SOCK_SEQPACKET.
 */
CASE(data,
     .claim = "messages arrive whole and in order in both directions, in numbered information "
	      "frames",
     .level = ABI, .spec = "AX.25 2.2, 4.3.1; linux/net/ax25/af_ax25.c", .topology = "machine",
     .needs = "ax25_accept", .tags = "ax25 send receive wire")
{
	struct radio_ends ends;
	struct wire *wire;
	char got[16];

	radio_on();
	wire = wire_open("a");
	ends = radio_connected(ax25_bound(SOCK_SEQPACKET, STATION_A),
			       ax25_bound(SOCK_SEQPACKET, STATION_B));
	EXPECT_EQ(send(ends.client, "one", 3, 0), 3);
	EXPECT_EQ(send(ends.client, "second", 6, 0), 6);
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(ends.server, got, sizeof(got), 0), 3);
	EXPECT_MEMEQ(got, "one", 3);
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(ends.server, got, sizeof(got), 0), 6);
	EXPECT_MEMEQ(got, "second", 6);
	EXPECT_EQ(send(ends.server, "yes", 3, 0), 3);
	EXPECT_EQ(wait_for(ends.client, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(ends.client, got, sizeof(got), 0), 3);
	EXPECT_MEMEQ(got, "yes", 3);
	EXPECT_ERR(recv(ends.client, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
	EXPECT_PACKET(wire, WHICH("AX.25", "N(S)", 0), FIELD("AX.25", "PID", PID_TEXT));
	EXPECT_PACKET(wire, WHICH("AX.25", "N(S)", 1), FIELD("AX.25", "PID", PID_TEXT));
}

/* What does not fit into the buffer is lost, and MSG_TRUNC says so. */
CASE(cut, .claim = "a message that is larger than the buffer is cut, with MSG_TRUNC",
     .level = POSIX, .spec = "POSIX.1-2024 recvmsg() MSG_TRUNC", .topology = "machine",
     .needs = "ax25_accept", .tags = "ax25 receive")
{
	char got[2];
	struct iovec part = {got, sizeof(got)};
	struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
	struct radio_ends ends;

	radio_on();
	ends = radio_connected(ax25_bound(SOCK_SEQPACKET, STATION_A),
			       ax25_bound(SOCK_SEQPACKET, STATION_B));
	EXPECT_EQ(send(ends.client, "one", 3, 0), 3);
	EXPECT_EQ(send(ends.client, "!!", 2, 0), 2);
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvmsg(ends.server, &message, 0), 2);
	EXPECT_EQ(message.msg_flags & MSG_TRUNC, MSG_TRUNC);
	EXPECT_MEMEQ(got, "on", 2);
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvmsg(ends.server, &message, 0), 2);
	EXPECT_EQ(message.msg_flags & MSG_TRUNC, 0);
	EXPECT_MEMEQ(got, "!!", 2);
}

/*
 * DM: no more callers.
 *
 * A station that cannot take a call answers "disconnected mode", and connect() knows at once.
 * Here the queue of listen() is full. (Where nobody listens, Linux takes the call for its own
 * upper layers.)
 */
CASE(refused,
     .claim = "connect() to a station whose queue is full gets DM and fails with ECONNREFUSED; "
	      "after accept() there is room",
     .level = ABI, .spec = "AX.25 2.2, 4.3.3.5; linux/net/ax25/ax25_in.c, ax25_rcv()",
     .topology = "machine", .needs = "ax25_accept", .tags = "ax25 listen connect errno wire")
{
	const struct sockaddr_ax25 to = ax25_station(STATION_B);
	struct full_sockaddr_ax25 second = {.fsa_ax25 = {.sax25_family = AF_AX25,
							 .sax25_call = callsign(NOBODY),
							 .sax25_ndigis = 1},
					    .fsa_digipeater = {callsign(STATION_A)}};
	struct wire *wire;
	int listener, first, other;

	radio_on();
	wire = wire_open("a");
	listener = ax25_bound(SOCK_SEQPACKET, STATION_B);
	first = ax25_bound(SOCK_SEQPACKET, STATION_A);
	other = SETUP(socket(AF_AX25, SOCK_SEQPACKET, 0));
	/* A callsign of its own, on the interface of station A. */
	SETUP(bind(other, AX25(second)));
	SETUP(listen(listener, 0));
	EXPECT_OK(connect(first, AX25(to)));
	EXPECT_ERR(connect(other, AX25(to)), ECONNREFUSED);
	EXPECT_PACKET(wire, WHICH("AX.25", "M", DM));
	EXPECT_OK(accept(listener, NULL, NULL));
	SETUP(close(other));
	other = SETUP(socket(AF_AX25, SOCK_SEQPACKET, 0));
	SETUP(bind(other, AX25(second)));
	EXPECT_OK(connect(other, AX25(to)));
}

/*
 * Two callsigns, one connection.
 *
 * There are no ports: a pair of callsigns on an interface names the connection.
 */
CASE(one_connection_of_a_pair,
     .claim = "a second connect() between the same callsigns fails with EADDRINUSE", .level = ABI,
     .spec = "linux/net/ax25/af_ax25.c, ax25_connect()", .topology = "machine",
     .needs = "ax25_accept", .tags = "ax25 connect errno")
{
	const struct sockaddr_ax25 to = ax25_station(STATION_B);
	int first, second, listener;

	radio_on();
	first = ax25_bound(SOCK_SEQPACKET, STATION_A);
	second = ax25_bound(SOCK_SEQPACKET, STATION_A);
	listener = ax25_bound(SOCK_SEQPACKET, STATION_B);
	SETUP(listen(listener, 2));
	EXPECT_OK(connect(first, AX25(to)));
	EXPECT_ERR(connect(second, AX25(to)), EADDRINUSE);
}

/*
 * DISC ends both directions.
 *
 * shutdown() is not there; close() says DISC, and the other end has no connection any more.
 */
CASE(end,
     .claim = "close() sends DISC, and the peer's recv() then fails with ENOTCONN; shutdown() is "
	      "EOPNOTSUPP",
     .level = ABI, .spec = "AX.25 2.2, 4.3.3.3; linux/net/ax25/af_ax25.c, ax25_recvmsg()",
     .topology = "machine", .needs = "ax25_accept", .tags = "ax25 close shutdown errno wire")
{
	struct radio_ends ends;
	struct wire *wire;
	char got[4];

	radio_on();
	wire = wire_open("a");
	ends = radio_connected(ax25_bound(SOCK_SEQPACKET, STATION_A),
			       ax25_bound(SOCK_SEQPACKET, STATION_B));
	EXPECT_ERR(shutdown(ends.client, SHUT_RDWR), EOPNOTSUPP);
	EXPECT_ERR(recv(ends.server, got, sizeof(got), MSG_DONTWAIT), EAGAIN);
	EXPECT_OK(close(ends.client));
	EXPECT_PACKET(wire, WHICH("AX.25", "M", DISC));
	EXPECT_PACKET(wire, WHICH("AX.25", "M", UA));
	EXPECT_TRUE((wait_for(ends.server, POLLIN, SOON_MS) & POLLHUP) != 0);
	EXPECT_ERR(recv(ends.server, got, sizeof(got), 0), ENOTCONN);
}

/*
 * AX25_PACLEN cuts text.
 *
 * Long frames are lost more often over the air. Text is divided among frames of this length,
 * and each arrives as a message of its own.
 */
CASE(packet_length,
     .claim = "a text longer than AX25_PACLEN is sent in several frames and arrives as several "
	      "messages",
     .level = ABI, .spec = "ax25(4) AX25_PACLEN; linux/net/ax25/ax25_out.c, ax25_output()",
     .topology = "machine", .needs = "ax25_accept", .tags = "ax25 options send receive")
{
	int client, listener;
	struct radio_ends ends;
	char got[32];

	radio_on();
	client = ax25_bound(SOCK_SEQPACKET, STATION_A);
	listener = ax25_bound(SOCK_SEQPACKET, STATION_B);
	EXPECT_OK(set_int(client, SOL_AX25, AX25_PACLEN, 16));
	ends = radio_connected(client, listener);
	EXPECT_EQ(send(ends.client, "sixteen letters,four", 20, 0), 20);
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(ends.server, got, sizeof(got), 0), 16);
	EXPECT_MEMEQ(got, "sixteen letters,", 16);
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(ends.server, got, sizeof(got), 0), 4);
	EXPECT_MEMEQ(got, "four", 4);
	EXPECT_EQ(send(ends.server, "sixteen letters,four", 20, 0), 20);
	EXPECT_EQ(wait_for(ends.client, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(ends.client, got, sizeof(got), 0), 20);
}

/* AX25_PIDINCL: the byte that says what a frame carries becomes the program's. */
CASE(protocol_byte,
     .claim = "with AX25_PIDINCL the first byte of a message is the frame's protocol", .level = ABI,
     .spec = "ax25(4) AX25_PIDINCL; AX.25 2.2, 3.4", .topology = "machine", .needs = "ax25_accept",
     .tags = "ax25 options send receive wire")
{
	int client, listener;
	struct radio_ends ends;
	struct wire *wire;
	char got[16];

	radio_on();
	wire = wire_open("a");
	client = ax25_bound(SOCK_SEQPACKET, STATION_A);
	listener = ax25_bound(SOCK_SEQPACKET, STATION_B);
	EXPECT_OK(set_int(client, SOL_AX25, AX25_PIDINCL, 1));
	EXPECT_EQ(get_int(client, SOL_AX25, AX25_PIDINCL), 1);
	ends = radio_connected(client, listener);
	EXPECT_EQ(send(ends.client, "\xf0hi", 3, 0), 3);
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(ends.server, got, sizeof(got), 0), 2);
	EXPECT_MEMEQ(got, "hi", 2);
	EXPECT_PACKET(wire, WHICH("AX.25", "N(S)", 0), FIELD("AX.25", "PID", PID_TEXT));
	EXPECT_EQ(send(ends.server, "yes", 3, 0), 3);
	EXPECT_EQ(wait_for(ends.client, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(ends.client, got, sizeof(got), 0), 4);
	EXPECT_MEMEQ(got, "\xf0yes", 4);
}

struct sequence_row {
	struct variant variant;
	int extended, command;
};

static const struct sequence_row sequences[] = {
	{{"modulo_8", NULL}, 0, SABM},
	{{"modulo_128", NULL}, 1, SABME},
};

/* AX25_EXTSEQ: numbers of seven bits, for links with many frames in flight. */
CASE(extended_numbers,
     .claim = "with AX25_EXTSEQ connect() sends SABME in place of SABM, and data arrives",
     .level = ABI, .spec = "ax25(4) AX25_EXTSEQ; AX.25 2.2, 4.3.3.2", .topology = "machine",
     .needs = "ax25_accept", .tags = "ax25 options connect wire", .VARIANTS(sequences))
{
	const struct sequence_row *row = VARIANT(struct sequence_row);
	int client, listener;
	struct radio_ends ends;
	struct wire *wire;
	char got[4];

	radio_on();
	wire = wire_open("a");
	client = ax25_bound(SOCK_SEQPACKET, STATION_A);
	listener = ax25_bound(SOCK_SEQPACKET, STATION_B);
	EXPECT_OK(set_int(client, SOL_AX25, AX25_EXTSEQ, row->extended));
	EXPECT_EQ(get_int(client, SOL_AX25, AX25_EXTSEQ), row->extended);
	ends = radio_connected(client, listener);
	EXPECT_PACKET(wire, WHICH("AX.25", "M", row->command));
	EXPECT_EQ(send(ends.client, "hi", 2, 0), 2);
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(ends.server, got, sizeof(got), 0), 2);
	EXPECT_MEMEQ(got, "hi", 2);
}

/*
 * Calling into silence.
 *
 * AX25_T1 is the time for an answer, AX25_N2 how often it is asked again.
 */
CASE(no_answer,
     .claim = "connect() to a station that nobody hears fails with ETIMEDOUT after AX25_N2 "
	      "repetitions",
     .level = ABI, .spec = "ax25(4) AX25_T1, AX25_N2; linux/net/ax25/ax25_std_timer.c",
     .topology = "machine", .needs = "ax25_kiss", .tags = "ax25 options connect errno wire",
     .waits = true, .timeout_ms = 15000)
{
	const struct sockaddr_ax25 to = ax25_station(NOBODY);
	struct wire *wire;
	int client;

	radio_on();
	wire = wire_open("a");
	client = ax25_bound(SOCK_SEQPACKET, STATION_A);
	EXPECT_OK(set_int(client, SOL_AX25, AX25_T1, 1));
	EXPECT_OK(set_int(client, SOL_AX25, AX25_N2, 1));
	EXPECT_ERR(connect(client, AX25(to)), ETIMEDOUT);
	EXPECT_PACKET(wire, WHICH("AX.25", "M", SABM));
}
