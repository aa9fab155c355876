/* SPDX-License-Identifier: MIT */
/* Connections right above the hardware: LLC type 2. */
#include <poll.h>
#include <unistd.h>

#include "suites/llc/llc_help.h"

#include "harness/capture/expect_packet.h"

#include "harness/case.h"

/* Modifier bits of IEEE 802.2, 5.4.2.3, without the poll bit. */
enum { SABME = (0x6f & 0xec) >> 2, UA = (0x63 & 0xec) >> 2, DISC = (0x43 & 0xec) >> 2 };

/*
 * SABME, UA: two frames make a connection.
 *
 * Set asynchronous balanced mode extended: either side may then send numbered frames at any
 * time. The other accepts with UA. The connection is between two hardware addresses with
 * their SAPs; there is no port of the client that the server's SAP could share with another
 * client of the same address.
 */
CASE(handshake,
     .claim = "connect() sends SABME, the listener's station answers UA; both ends know each other",
     .level = RFC, .spec = "IEEE 802.2, 5.4.2.3.1 and 5.4.2.3.4; linux/net/llc/af_llc.c",
     .topology = "machine_link", .needs = "llc", .tags = "llc connect wire")
{
	const struct sockaddr_llc to = llc_address(ETH_B, SAP_B), self = llc_address(ETH_A, SAP_A);
	struct sockaddr_llc peer = {.sllc_family = AF_UNSPEC};
	socklen_t length = sizeof(peer);
	struct wire *wire = wire_open("a");
	int listener = llc_bound(SOCK_STREAM, ETH_B, SAP_B);
	int client = llc_bound(SOCK_STREAM, ETH_A, SAP_A), server;

	SETUP(listen(listener, 1));
	EXPECT_ERR(getpeername(client, (struct sockaddr *)&peer, &length), ENOTCONN);
	EXPECT_OK(connect(client, LLC(to)));
	EXPECT_PACKET(wire, WHICH("LLC", "DSAP", SAP_B), FIELD("LLC", "SSAP", SAP_A),
		      FIELD("LLC", "M", SABME), FIELD("LLC", "C/R: response", 0));
	EXPECT_PACKET(wire, WHICH("LLC", "DSAP", SAP_A), FIELD("LLC", "M", UA),
		      FIELD("LLC", "C/R: response", 1));
	server = EXPECT_OK(accept(listener, NULL, NULL));
	length = sizeof(peer);
	EXPECT_OK(getpeername(server, (struct sockaddr *)&peer, &length));
	EXPECT_EQ(length, sizeof(peer));
	EXPECT_EQ(peer.sllc_family, AF_LLC);
	EXPECT_EQ(peer.sllc_sap, SAP_A);
	EXPECT_MEMEQ(peer.sllc_mac, self.sllc_mac, sizeof(self.sllc_mac));
	EXPECT_OK(getpeername(client, (struct sockaddr *)&peer, &length));
	EXPECT_EQ(peer.sllc_sap, SAP_B);
	EXPECT_MEMEQ(peer.sllc_mac, to.sllc_mac, sizeof(to.sllc_mac));
}

/*
 * Numbered frames.
 *
 * Information frames carry N(S), the number of the frame, and N(R), the number that is
 * expected next: that acknowledges all before.
 */
CASE(data, .claim = "data arrives in order in both directions, in numbered information frames",
     .level = RFC, .spec = "IEEE 802.2, 5.4.2.1; linux/net/llc/af_llc.c",
     .topology = "machine_link", .needs = "llc", .tags = "llc send receive wire")
{
	struct wire *wire = wire_open("a");
	struct llc_ends ends = llc_connected();
	char got[16];

	EXPECT_EQ(send(ends.client, "one", 3, 0), 3);
	EXPECT_EQ(read_exactly(ends.server, got, 3), 3);
	EXPECT_MEMEQ(got, "one", 3);
	EXPECT_EQ(send(ends.client, "two", 3, 0), 3);
	EXPECT_EQ(read_exactly(ends.server, got, 3), 3);
	EXPECT_MEMEQ(got, "two", 3);
	EXPECT_EQ(send(ends.server, "yes", 3, 0), 3);
	EXPECT_EQ(read_exactly(ends.client, got, 3), 3);
	EXPECT_MEMEQ(got, "yes", 3);
	EXPECT_PACKET(wire, WHICH("LLC", "DSAP", SAP_B), WHICH("LLC", "N(S)", 1));
	EXPECT_PACKET(wire, WHICH("LLC", "DSAP", SAP_A), WHICH("LLC", "N(S)", 0),
		      FIELD("LLC", "N(R)", 2));
}

/* Peeking leaves what it shows. */
CASE(peek, .claim = "MSG_PEEK leaves the data, and MSG_WAITALL waits for all of it", .level = POSIX,
     .spec = "POSIX.1-2024 recv(); linux/net/llc/af_llc.c, llc_ui_recvmsg()",
     .topology = "machine_link", .needs = "llc", .tags = "llc receive")
{
	struct llc_ends ends = llc_connected();
	char got[16];

	EXPECT_EQ(send(ends.client, "abc", 3, 0), 3);
	EXPECT_EQ(wait_for(ends.server, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recv(ends.server, got, 2, MSG_PEEK), 2);
	EXPECT_MEMEQ(got, "ab", 2);
	EXPECT_EQ(send(ends.client, "def", 3, 0), 3);
	EXPECT_EQ(recv(ends.server, got, 6, MSG_WAITALL), 6);
	EXPECT_MEMEQ(got, "abcdef", 6);
}

/*
 * DISC ends both directions.
 *
 * There is no half-close: shutdown() takes SHUT_RDWR alone.
 */
CASE(end,
     .claim = "shutdown(SHUT_RDWR) sends DISC, and the peer reads the end; SHUT_RD and SHUT_WR are "
	      "EINVAL, and without a connection it is ENOTCONN",
     .level = ABI, .spec = "IEEE 802.2, 5.4.2.3.2; linux/net/llc/af_llc.c, llc_ui_shutdown()",
     .topology = "machine_link", .needs = "llc", .tags = "llc shutdown wire errno")
{
	struct wire *wire = wire_open("a");
	struct llc_ends ends = llc_connected();
	char got[4];

	EXPECT_ERR(shutdown(ends.listener, SHUT_RDWR), ENOTCONN);
	EXPECT_ERR(shutdown(ends.client, SHUT_RD), EINVAL);
	EXPECT_ERR(shutdown(ends.client, SHUT_WR), EINVAL);
	EXPECT_OK(shutdown(ends.client, SHUT_RDWR));
	EXPECT_PACKET(wire, WHICH("LLC", "DSAP", SAP_B), WHICH("LLC", "M", DISC));
	EXPECT_TRUE((wait_for(ends.server, POLLIN, SOON_MS) & POLLIN) != 0);
	EXPECT_EQ(recv(ends.server, got, sizeof(got), 0), 0);
}

struct silent_row {
	struct variant variant;
	int retries;
	int least_ms, most_ms;
};

/* One second of the timer for each try, and one more for the first. */
static const struct silent_row silents[] = {
	{{"no_retry", NULL}, 0, 900, 2900},
	{{"two_retries", NULL}, 2, 2900, 5900},
};

/*
 * Nobody answers.
 *
 * SABME is repeated when no answer comes in LLC_OPT_ACK_TMR_EXP seconds, LLC_OPT_RETRY times:
 * so long does connect() take to fail.
 */
CASE(silence,
     .claim = "connect() to a station that does not answer fails after LLC_OPT_RETRY repetitions "
	      "of LLC_OPT_ACK_TMR_EXP seconds",
     .level = ABI, .spec = "IEEE 802.2, 7.8.1 and 7.8.2; linux/net/llc/llc_c_ac.c",
     .topology = "machine_link", .needs = "llc", .tags = "llc connect options errno", .waits = true,
     .timeout_ms = 10000, .VARIANTS(silents))
{
	const struct silent_row *row = VARIANT(struct silent_row);
	const struct sockaddr_llc to = llc_address(NO_INTERFACE, SAP_B);
	int fd = llc_bound(SOCK_STREAM, ETH_A, SAP_A);
	int64_t start = clock_ms();

	SETUP(set_int(fd, SOL_LLC, LLC_OPT_RETRY, row->retries));
	SETUP(set_int(fd, SOL_LLC, LLC_OPT_ACK_TMR_EXP, 1));
	EXPECT_ERR(connect(fd, LLC(to)), ECONNABORTED);
	EXPECT_BETWEEN(clock_ms() - start, row->least_ms, row->most_ms);
}

/* What streams and datagrams have not of each other. */
CASE(wrong_kind,
     .claim = "listen() and accept() on SOCK_DGRAM fail with EOPNOTSUPP; accept() without listen() "
	      "is EINVAL, listen() without an address EAGAIN",
     .level = ABI, .spec = "listen(2), accept(2); linux/net/llc/af_llc.c",
     .topology = "machine_link", .needs = "llc", .tags = "llc listen accept errno")
{
	int dgram = llc_bound(SOCK_DGRAM, ETH_A, SAP_A),
	    stream = llc_bound(SOCK_STREAM, ETH_B, SAP_B);

	EXPECT_ERR(listen(dgram, 1), EOPNOTSUPP);
	EXPECT_ERR(accept(dgram, NULL, NULL), EOPNOTSUPP);
	EXPECT_ERR(accept(stream, NULL, NULL), EINVAL);
	EXPECT_ERR(listen(SETUP(socket(AF_LLC, SOCK_STREAM, 0)), 1), EAGAIN);
	EXPECT_OK(listen(stream, 1));
}
