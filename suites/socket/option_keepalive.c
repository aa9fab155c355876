/* SPDX-License-Identifier: MIT */
/* SO_KEEPALIVE: asking an idle peer whether it is still there. */
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/capture/wire.h"

#include "harness/case.h"

/*
 * An idle TCP connection sends nothing, so nobody notices that the other end is gone.
 *
 * With `SO_KEEPALIVE` the kernel sends a probe after some idle time (two hours, unless
 * `TCP_KEEPIDLE` says otherwise): a segment without data, one below the next sequence
 * number. Since that byte was acknowledged long ago, the peer has to answer with an ACK. No
 * answer to several probes ends the connection with `ETIMEDOUT`.
 *
 * Of the two idle connections here only the one with the option sends anything.
 *
 * Try it: `ss -to` shows `timer:(keepalive,...)`.
 */
CASE(probe_of_an_idle_connection,
     .claim = "an idle connection with SO_KEEPALIVE sends a probe below the next sequence number, "
	      "and is answered",
     .level = RFC,
     .spec = "RFC 9293 3.8.4 (RFC 1122 4.2.3.6); tcp(7) TCP_KEEPIDLE; POSIX.1-2024 SO_KEEPALIVE",
     .tags = "option tcp keepalive", .waits = true, .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair silent = tcp_pair(family), kept = tcp_pair(family);
	struct wire *wire = wire_open("a");
	const struct packet *p;
	uint16_t port = address_port(&kept.client_address);
	uint32_t probe, answer;

	SETUP(set_int(silent.client, IPPROTO_TCP, TCP_KEEPIDLE, 1));
	SETUP(set_int(kept.client, IPPROTO_TCP, TCP_KEEPIDLE, 1));
	EXPECT_OK(set_int(kept.client, SOL_SOCKET, SO_KEEPALIVE, 1));

	/* The first packet after the handshakes is the probe. */
	p = wire_next(wire, 3000);
	REQUIRE_TRUE(p != NULL && packet_tcp(p) != NULL);
	EXPECT_EQ(packet_tcp(p)->source_port, port);
	EXPECT_EQ(packet_tcp(p)->flags, PACKET_TCP_ACK);
	probe = packet_tcp(p)->sequence_number;

	p = wire_next(wire, SOON_MS);
	REQUIRE_TRUE(p != NULL && packet_tcp(p) != NULL);
	EXPECT_EQ(packet_tcp(p)->destination_port, port);
	EXPECT_EQ(packet_tcp(p)->flags, PACKET_TCP_ACK);
	answer = packet_tcp(p)->acknowledgment_number;
	EXPECT_EQ(probe, answer - 1);
	EXPECT_EQ(tcp_state(kept.client), TCP_ESTABLISHED);
}
