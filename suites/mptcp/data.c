/* SPDX-License-Identifier: MIT */
/* Data of a connection of Multipath TCP, and its end. */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/mptcp/mptcp_help.h"

#include "harness/case.h"

/*
 * Bytes have a place of their own.
 *
 * The sequence numbers of TCP count the bytes of one way. The option `DSS` says for each
 * piece where in the whole it belongs: a number of the connection, the place in the
 * subflow, and how long it is. What comes back acknowledges the whole.
 */
CASE(mapping_on_the_wire,
     .claim = "data carry a DSS option with their place in the connection, which ends where the "
	      "sender's write_seq is, and are acknowledged there",
     .level = RFC, .spec = "RFC 8684 3.3", .needs = "mptcp", .sysctls = "net.mptcp.enabled=1",
     .tags = "mptcp wire")
{
	struct pair p = mptcp_pair(AF_INET, IPPROTO_MPTCP, IPPROTO_MPTCP);
	struct wire *wire;
	struct mptcp_info info;
	char text[7];

	/* After the first piece the option has its usual form. */
	SETUP(send(p.client, "1", 1, 0));
	SETUP(read_exactly(p.server, text, 1));
	SETUP(send(p.server, "1", 1, 0));
	SETUP(read_exactly(p.client, text, 1));
	wire = wire_open("a");
	EXPECT_EQ(send(p.client, "mapping", 7, 0), 7);
	EXPECT_EQ(read_exactly(p.server, text, 7), 7);
	EXPECT_MEMEQ(text, "mapping", 7);
	info = mptcp_info_of(p.client);
	EXPECT_PACKET(wire, WHICH("TCP", "Data-Level Length", 7), FIELD("TCP", "Subtype", 2),
		      FIELD("TCP", "M: mapping present", 1), FIELD("TCP", "F: DATA_FIN", 0),
		      FIELD("TCP", "Data Sequence Number", info.mptcpi_write_seq - 7));
	EXPECT_PACKET(wire, WHICH("TCP", "Source Port", address_port(&p.server_address)),
		      WHICH("TCP", "A: Data ACK present", 1),
		      WHICH("TCP", "Data ACK", info.mptcpi_write_seq));
}

/*
 * The end of the whole.
 *
 * A FIN ends one way only. That the connection ends is said by `DATA_FIN`, which has a place
 * in the sequence like a byte; after it the receiver reads to the end and gets 0.
 */
CASE(end_of_data,
     .claim = "shutdown(SHUT_WR) sends DATA_FIN; the other end reads what was sent and then the "
	      "end, "
	      "and can still answer",
     .level = RFC, .spec = "RFC 8684 3.3.3", .needs = "mptcp", .sysctls = "net.mptcp.enabled=1",
     .tags = "mptcp wire shutdown")
{
	struct pair p = mptcp_pair(AF_INET, IPPROTO_MPTCP, IPPROTO_MPTCP);
	struct wire *wire = wire_open("a");
	char text[8];

	EXPECT_EQ(send(p.client, "last", 4, 0), 4);
	EXPECT_OK(shutdown(p.client, SHUT_WR));
	EXPECT_PACKET(wire, WHICH("TCP", "Source Port", address_port(&p.client_address)),
		      WHICH("TCP", "F: DATA_FIN", 1));
	EXPECT_EQ(read_exactly(p.server, text, sizeof(text)), 4);
	EXPECT_MEMEQ(text, "last", 4);
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 0);
	EXPECT_EQ(wait_for(p.server, POLLIN | POLLRDHUP, SOON_MS), POLLIN | POLLRDHUP);
	EXPECT_ERR(send(p.client, "more", 4, MSG_NOSIGNAL), EPIPE);
	EXPECT_EQ(send(p.server, "answer", 6, 0), 6);
	EXPECT_EQ(read_exactly(p.client, text, 6), 6);
	EXPECT_MEMEQ(text, "answer", 6);
}

/*
 * An end with noise.
 *
 * A reset of TCP breaks one way, and the connection would look for another. To break all of
 * it there is `MP_FASTCLOSE`: sent when a program closes without wanting to wait (SO_LINGER
 * with 0), it gives ECONNRESET at the other end.
 */
CASE(fast_close,
     .claim = "close() with SO_LINGER of 0 sends MP_FASTCLOSE, and the other end gets ECONNRESET",
     .level = RFC, .spec = "RFC 8684 3.5; socket(7) SO_LINGER", .needs = "mptcp",
     .sysctls = "net.mptcp.enabled=1", .tags = "mptcp wire reset errno")
{
	struct pair p = mptcp_pair(AF_INET, IPPROTO_MPTCP, IPPROTO_MPTCP);
	const struct linger at_once = {1, 0};
	struct wire *wire;
	const struct packet *packet;
	char text[8];

	SETUP(send(p.client, "1", 1, 0));
	SETUP(read_exactly(p.server, text, 1));
	SETUP(send(p.server, "1", 1, 0));
	SETUP(read_exactly(p.client, text, 1));
	wire = wire_open("a");
	EXPECT_OK(setsockopt(p.client, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once)));
	EXPECT_OK(close(p.client));
	packet = wire_next_mptcp(wire, MP_FASTCLOSE);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(packet_tcp(packet)->source_port, address_port(&p.client_address));
	EXPECT_EQ(packet_tcp(packet)->flags & PACKET_TCP_RST, PACKET_TCP_RST);
	EXPECT_EQ(wait_for(p.server, POLLIN, SOON_MS) & (POLLERR | POLLHUP), POLLERR | POLLHUP);
	EXPECT_ERR(recv(p.server, text, sizeof(text), 0), ECONNRESET);
	EXPECT_EQ(recv(p.server, text, sizeof(text), 0), 0);
}

/*
 * With a checksum.
 *
 * A box on the way that changes data would break the mapping unnoticed.
 * `net.mptcp.checksum_enabled` asks for a checksum of each piece: a bit in `MP_CAPABLE`, and
 * two bytes more in each DSS.
 */
CASE(checksum,
     .claim = "with net.mptcp.checksum_enabled=1 MP_CAPABLE has the A flag, each mapping a "
	      "checksum, "
	      "and MPTCP_INFO says so",
     .level = LINUX, .spec = "RFC 8684 3.1 (A), 3.3.1; Documentation/networking/mptcp-sysctl.rst",
     .needs = "mptcp", .sysctls = "net.mptcp.enabled=1 net.mptcp.checksum_enabled=1",
     .tags = "mptcp wire sysctl checksum")
{
	struct wire *wire = wire_open("a");
	struct pair p = mptcp_pair(AF_INET, IPPROTO_MPTCP, IPPROTO_MPTCP);
	char text[7];

	EXPECT_PACKET(wire, WHICH("TCP", "SYN", 1), WHICH("TCP", "ACK", 0),
		      FIELD("TCP", "Subtype", 0), FIELD("TCP", "A: checksum required", 1),
		      FIELD("TCP", "H: HMAC-SHA256", 1), FIELD("TCP", "Version", 1));
	SETUP(send(p.client, "1", 1, 0));
	SETUP(read_exactly(p.server, text, 1));
	SETUP(send(p.server, "1", 1, 0));
	SETUP(read_exactly(p.client, text, 1));
	EXPECT_EQ(send(p.client, "summed", 6, 0), 6);
	EXPECT_EQ(read_exactly(p.server, text, 6), 6);
	EXPECT_MEMEQ(text, "summed", 6);
	/* TCP has a field of this name in its header; the option's is behind the mapping. */
	EXPECT_PACKET(wire, WHICH("TCP", "Data-Level Length", 6),
		      FIELD("TCP", "M: mapping present", 1));
	EXPECT_EQ(mptcp_info_of(p.client).mptcpi_csum_enabled, 1);
	EXPECT_EQ(mptcp_info_of(p.server).mptcpi_csum_enabled, 1);
}
