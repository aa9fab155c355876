/* SPDX-License-Identifier: MIT */
/* Multipath TCP: how two ends find out that both can. */
#include <netinet/in.h>
#include <sys/socket.h>

#include "suites/inet/tcp_help.h"

#include "harness/case.h"

#ifndef IPPROTO_MPTCP
#define IPPROTO_MPTCP 262
#endif

enum { SYN = PACKET_TCP_SYN, ACK = PACKET_TCP_ACK, PORT = 8000 };
enum { MP_CAPABLE = 1 << 0 }; /* of mptcp_subtypes: RFC 8684 7.3 */

struct capable_row {
	struct variant variant;
	int family;
	int client, server; /* protocols */
	int asks, agrees;   /* what SYN and SYN-ACK have */
};

static const struct capable_row capables[] = {
	{{"both_v4", NULL}, AF_INET, IPPROTO_MPTCP, IPPROTO_MPTCP, MP_CAPABLE, MP_CAPABLE},
	{{"both_v6", "ipv6"}, AF_INET6, IPPROTO_MPTCP, IPPROTO_MPTCP, MP_CAPABLE, MP_CAPABLE},
	{{"client_only", NULL}, AF_INET, IPPROTO_MPTCP, IPPROTO_TCP, MP_CAPABLE, 0},
	{{"server_only", NULL}, AF_INET, IPPROTO_TCP, IPPROTO_MPTCP, 0, 0},
};

/*
 * One connection over several ways, if the other end agrees.
 *
 * A telephone has a radio link and a WLAN; Multipath TCP uses both for one stream. The two
 * ends agree on it with an option that looks like any other: the SYN says `MP_CAPABLE`, and
 * a server that can says it too. Servers that cannot ignore options they do not know, so
 * that the connection becomes one of plain TCP and the program does not notice. That is
 * what lets a program ask for `IPPROTO_MPTCP` always.
 *
 * Try it: `mptcpize run` and a program; `ss -M`; `tcpdump -n tcp` shows `mptcp ... capable`.
 */
CASE(capable,
     .claim = "The SYN of an IPPROTO_MPTCP socket has the option MP_CAPABLE, the SYN-ACK has it "
	      "if the listener is such a socket too, and data arrive in any case",
     .level = RFC, .spec = "RFC 8684 2.1, 3.1, 3.7; Documentation/networking/mptcp.rst",
     .needs = "mptcp", .sysctls = "net.mptcp.enabled=1", .tags = "tcp mptcp handshake wire",
     .VARIANTS(capables))
{
	const struct capable_row *row = VARIANT(struct capable_row);
	struct address at = address_loopback(row->family, PORT);
	struct wire *wire = wire_open("a");
	int listener = SETUP(socket(row->family, SOCK_STREAM, row->server));
	int client = SETUP(socket(row->family, SOCK_STREAM, row->client)), server;
	const struct packet *packet;
	char text[5];

	SETUP(bind(listener, ADDRESS(at)));
	SETUP(listen(listener, 5));
	SETUP(connect(client, ADDRESS(at)));
	packet = REQUIRE_PACKET(wire, WHICH("TCP", "SYN", 1), FIELD("TCP", "ACK", 0));
	EXPECT_EQ(packet_tcp(packet)->mptcp_subtypes, row->asks);
	packet = REQUIRE_PACKET(wire, WHICH("TCP", "SYN", 1), FIELD("TCP", "ACK", 1));
	EXPECT_EQ(packet_tcp(packet)->mptcp_subtypes, row->agrees);

	server = SETUP(accept(listener, NULL, NULL));
	SETUP(send(client, "hello", 5, 0));
	EXPECT_EQ(read_exactly(server, text, 5), 5);
	EXPECT_MEMEQ(text, "hello", 5);
}
