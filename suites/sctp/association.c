/* SPDX-License-Identifier: MIT */
/* How an association begins and ends, seen from both programs and on the wire. */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/sctp/sctp_help.h"

#include "harness/case.h"

/*
 * Four packets make an association.
 *
 * TCP remembers who sent a SYN, and so can be filled with connections that nobody wants. A server
 * of SCTP keeps nothing after an INIT: what it would have to know goes to the client as a signed
 * cookie, and only who echoes it (and so owns the address it claims) gets an association. The
 * client may put its first data beside the cookie.
 */
CASE(four_way_handshake,
     .claim = "connect() sends INIT, INIT ACK answers with a cookie, COOKIE ECHO returns it, and "
	      "COOKIE ACK ends the handshake; ports and tags are each other's",
     .level = RFC, .spec = "RFC 9260 5.1; RFC 6458 4.1.5", .needs = "sctp packet",
     .tags = "sctp connect wire", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct wire *wire = wire_open("a");
	struct pair p = sctp_pair(family);
	struct packet_sctp_chunk init, ack, chunk;
	const struct packet *packet;
	uint16_t client = address_port(&p.client_address), server = address_port(&p.server_address);

	packet = EXPECT_CHUNK(wire, PACKET_SCTP_INIT, &init);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(packet_sctp(packet)->source_port, client);
	EXPECT_EQ(packet_sctp(packet)->destination_port, server);
	EXPECT_EQ(packet_sctp(packet)->verification_tag, 0);
	EXPECT_NE(init.initiate_tag, 0);
	packet = EXPECT_CHUNK(wire, PACKET_SCTP_INIT_ACK, &ack);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(packet_sctp(packet)->source_port, server);
	EXPECT_EQ(packet_sctp(packet)->verification_tag, init.initiate_tag);
	EXPECT_TRUE(sctp_has_parameter(packet, PACKET_SCTP_STATE_COOKIE));
	packet = EXPECT_CHUNK(wire, PACKET_SCTP_COOKIE_ECHO, &chunk);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(packet_sctp(packet)->verification_tag, ack.initiate_tag);
	packet = EXPECT_CHUNK(wire, PACKET_SCTP_COOKIE_ACK, &chunk);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(packet_sctp(packet)->verification_tag, init.initiate_tag);
}
