/* SPDX-License-Identifier: MIT */
/* A route that the sender writes into the packet. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/ip6.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/inet/ip_control.h"
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
	      "segment, which sends it on to the destination, where IPV6_RECVRTHDR shows it",
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
	unsigned char route[64];
	struct received r;
	struct wire *near = wire_open("a"), *far = wire_open("b");

	inet_pton(AF_INET6, TARGET, header + 8);
	inet_pton(AF_INET6, ROUTER, header + 8 + 16);
	SETUP(bind(server, ADDRESS(at)));
	EXPECT_EQ(get_int(server, IPPROTO_IPV6, IPV6_RECVRTHDR), 0);
	EXPECT_OK(set_int(server, IPPROTO_IPV6, IPV6_RECVRTHDR, 1));
	EXPECT_EQ(get_int(server, IPPROTO_IPV6, IPV6_RECVRTHDR), 1);
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
	EXPECT_EQ(ip_receive_controls(server, &r, 0), 1);
	EXPECT_EQ(r.data[0], '1');
	EXPECT_EQ(ip_control_count(&r), 0);
	/* The receiver can see the way that the packet came. */
	EXPECT_EQ(ip_receive_controls(server, &r, 0), 1);
	EXPECT_EQ(r.data[0], '2');
	EXPECT_EQ(ip_control_length(&r, IPPROTO_IPV6, IPV6_RTHDR), sizeof(header));
	REQUIRE_TRUE(ip_control_value(&r, IPPROTO_IPV6, IPV6_RTHDR, route, sizeof(header)));
	EXPECT_EQ(route[0], IPPROTO_UDP);
	EXPECT_EQ(route[2], SEGMENT_ROUTING);
	EXPECT_EQ(route[3], 0);
	EXPECT_MEMEQ(route + 8, header + 8, 32);

	EXPECT_OK(set_int(server, IPPROTO_IPV6, IPV6_RECVRTHDR, 0));
	SETUP(sendto(client, "3", 1, 0, ADDRESS(to)));
	EXPECT_EQ(ip_receive_controls(server, &r, 0), 1);
	EXPECT_EQ(r.data[0], '3');
	EXPECT_EQ(ip_control_count(&r), 0);
}
