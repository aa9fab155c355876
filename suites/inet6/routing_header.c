/* SPDX-License-Identifier: MIT */
/* A route that the sender writes into the packet. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/ip6.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/inet/ip_wire.h"

#include "harness/case.h"

enum { PORT = 9000, SEGMENT_ROUTING = 4 };

#define ROUTER "2001:db8:0:1::ffff"
#define TARGET "2001:db8:0:2::1"

/*
 * The stations of a journey.
 *
 * With a Routing header the sender names hosts that the packet shall visit. The packet is
 * addressed to the first one, which takes the next from the list and sends it on, so the
 * destination address changes on the way. The first kind of it (type 0) let anybody send
 * packets to and fro between two hosts for ever, and RFC 5095 took it away. Segment Routing
 * (type 4, 2020) works only where the administrator turns it on, and is used inside a
 * provider's network. Set as a sticky option it is in every packet of the socket.
 *
 * The list stands in reverse order: Segments Left counts down to 0, the last station.
 */
CASE(segment_routing,
     .claim = "with a segment routing header by IPV6_RTHDR a datagram is addressed to the first "
	      "segment, which sends it on to the destination",
     .level = RFC, .spec = "RFC 3542 7; RFC 8754 2, 4.1, 4.3.1; RFC 8200 4.4", .topology = "routed",
     .needs = "ipv6 srv6",
     .sysctls = "net.ipv6.conf.all.seg6_enabled=1 net.ipv6.conf.default.seg6_enabled=1",
     .tags = "udp extension wire")
{
	/* Next Header is the kernel's; 4 words of 8; one segment left; the last entry is 1. */
	unsigned char header[8 + 2 * 16] = {0, 4, SEGMENT_ROUTING, 1, 1};
	struct address to = address_of(TARGET, PORT), at = address_any(AF_INET6, PORT);
	int server = SETUP(host_socket("b", AF_INET6, SOCK_DGRAM, 0));
	int client = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));
	struct wire *near = wire_open("a"), *far = wire_open("b");
	char text[4];

	inet_pton(AF_INET6, TARGET, header + 8);
	inet_pton(AF_INET6, ROUTER, header + 8 + 16);
	SETUP(bind(server, ADDRESS(at)));
	SETUP(sendto(client, "1", 1, 0, ADDRESS(to)));
	EXPECT_PACKET(near, WHICH("UDP", "Destination Port", PORT), NO_LAYER("Routing"),
		      FIELD_TEXT("IPv6", "Destination Address", TARGET));
	EXPECT_PACKET(far, WHICH("UDP", "Destination Port", PORT), NO_LAYER("Routing"));

	EXPECT_OK(setsockopt(client, IPPROTO_IPV6, IPV6_RTHDR, header, sizeof(header)));
	SETUP(sendto(client, "2", 1, 0, ADDRESS(to)));
	EXPECT_PACKET(near, WHICH("UDP", "Destination Port", PORT),
		      FIELD_TEXT("IPv6", "Destination Address", ROUTER),
		      FIELD("Routing", "Routing Type", SEGMENT_ROUTING),
		      FIELD("Routing", "Segments Left", 1));
	EXPECT_PACKET(far, WHICH("UDP", "Destination Port", PORT),
		      FIELD_TEXT("IPv6", "Destination Address", TARGET),
		      FIELD("Routing", "Segments Left", 0));
	for (int i = 0; i < 2; i++) {
		REQUIRE_TRUE((wait_for(server, POLLIN, SOON_MS) & POLLIN) != 0);
		EXPECT_EQ(recv(server, text, sizeof(text), 0), 1);
		EXPECT_EQ(text[0], '1' + i);
	}
}
