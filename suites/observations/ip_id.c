/* SPDX-License-Identifier: MIT */
/* What stands in IPv4's Identification where nobody needs it. */
#include <netinet/in.h>
#include <sys/socket.h>

#include "suites/inet/tcp_help.h"

#include "harness/capture/wire.h"
#include "harness/case.h"

static bool is_udp(const struct packet *packet, const void *context)
{
	(void)context;
	return packet_udp(packet) != NULL;
}

struct fragment_row {
	struct variant variant;
	int discover;
	bool flag;
};

static const struct fragment_row fragments[] = {
	{{"may_be_fragmented", NULL}, IP_PMTUDISC_DONT, false},
	{{"dont_fragment", NULL}, IP_PMTUDISC_DO, true},
};

/*
 * A number for putting fragments together.
 *
 * RFC 6864 frees packets that cannot be fragmented from it: any value will do, and systems
 * send 0, a counter, or chance. A counter shared by all tells a stranger how much a host
 * sends. IP_MTU_DISCOVER decides the Don't Fragment flag.
 */
CASE(of_udp, .claim = "IP_MTU_DISCOVER decides whether Don't Fragment is set", .level = OBSERVED,
     .spec = "RFC 6864 4.1; ip(7) IP_MTU_DISCOVER", .tags = "ip wire", .VARIANTS(fragments))
{
	const struct fragment_row *row = VARIANT(struct fragment_row);
	struct wire *wire = wire_open("a");
	struct pair p = udp_pair(AF_INET);
	int zero = 0;

	EXPECT_OK(set_int(p.client, IPPROTO_IP, IP_MTU_DISCOVER, row->discover));
	for (int i = 0; i < 2; i++) {
		const struct packet *packet;

		SETUP(send(p.client, "x", 1, 0));
		packet = wire_next_wanted(wire, is_udp, NULL, SOON_MS);
		REQUIRE_TRUE(packet != NULL);
		EXPECT_EQ(packet_ipv4(packet)->dont_fragment, row->flag);
		zero += packet_ipv4(packet)->identification == 0;
	}
	OBSERVE("identification", "%s", zero == 2 ? "0" : "not 0");
}

/*
 * Packets without a socket.
 *
 * A RST answers a SYN to a port where nobody listens. No socket exists to keep a counter.
 */
CASE(of_a_reset, .claim = "a SYN to a port where nobody listens is answered by a RST",
     .level = OBSERVED, .spec = "RFC 9293 3.10.7.1; RFC 6864 4.1", .tags = "ip tcp wire")
{
	struct wire *wire = wire_open("a");
	struct address nobody = address_loopback(AF_INET, 9);
	const struct packet *packet;
	int fd = SETUP(socket(AF_INET, SOCK_STREAM, 0));

	EXPECT_ERR(connect(fd, ADDRESS(nobody)), ECONNREFUSED);
	packet = wire_next_tcp(wire, PACKET_TCP_RST, PACKET_TCP_RST);
	REQUIRE_TRUE(packet != NULL);
	OBSERVE("identification", "%s", packet_ipv4(packet)->identification == 0 ? "0" : "not 0");
	OBSERVE("Don't Fragment", "%d", packet_ipv4(packet)->dont_fragment);
	OBSERVE("window", "%u", packet_tcp(packet)->window);
	OBSERVE("time to live", "%u", packet_ipv4(packet)->time_to_live);
}
