/* SPDX-License-Identifier: MIT */
/* Router Alert: a packet for somebody else that a router shall look at. */
#include <netinet/in.h>
#include <netinet/ip.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/inet/ip_wire.h"

#include "harness/case.h"

enum { PORT = 9000, OTHER_PORT = 9001 };

/* RFC 2113 2.1: type, length, and the value 0, every router shall examine the packet. */
static const unsigned char alert[4] = {IPOPT_RA, 4, 0, 0};

/*
 * Please look at this.
 *
 * A router reads of a packet what it needs to forward it, and nothing behind the IP header.
 * A protocol whose messages concern the routers on the way (RSVP, IGMP) says so with the
 * option Router Alert. It changes nothing for those who are not interested: the packet
 * goes on to its destination, and the option is still in it.
 */
CASE(alert_passes,
     .claim = "a Router Alert option set by IP_OPTIONS is in the header that arrives, and gone "
	      "when the option is set to nothing",
     .level = RFC, .spec = "RFC 2113 2.1, 2.2; ip(7) IP_OPTIONS", .topology = "routed",
     .tags = "ip options wire")
{
	struct address to = address_of("192.0.2.129", PORT);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	struct wire *wire = wire_open("b");

	EXPECT_OK(setsockopt(fd, IPPROTO_IP, IP_OPTIONS, alert, sizeof(alert)));
	SETUP(sendto(fd, "x", 1, 0, ADDRESS(to)));
	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", PORT), FIELD("IPv4", "IHL", 6),
		      FIELD("IPv4", "Type", IPOPT_RA), FIELD("IPv4", "Value", 0));

	EXPECT_OK(setsockopt(fd, IPPROTO_IP, IP_OPTIONS, NULL, 0));
	SETUP(sendto(fd, "x", 1, 0, ADDRESS(to)));
	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", PORT), FIELD("IPv4", "IHL", 5),
		      NO_FIELD("IPv4", "Options"));
}

/*
 * A router that is interested takes it.
 *
 * With `IP_ROUTER_ALERT` a raw socket on a router gets the packets of its protocol that are
 * only to be forwarded and carry the option, and then they are not forwarded: it is for the
 * program to send them on. Packets without the option pass it by.
 */
CASE(alert_is_taken,
     .claim = "a raw socket with IP_ROUTER_ALERT on a router gets forwarded packets that carry "
	      "Router Alert, which then do not go on, and no others",
     .level = LINUX, .spec = "ip(7) IP_ROUTER_ALERT; RFC 2113 2.2", .topology = "routed",
     .needs = "raw", .tags = "ip options raw wire")
{
	struct address to = address_of("192.0.2.129", PORT);
	struct address other = address_of("192.0.2.129", OTHER_PORT);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	int plain = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	int router = SETUP(host_socket("router", AF_INET, SOCK_RAW, IPPROTO_UDP));
	struct wire *wire = wire_open("b");
	unsigned char packet[100];

	SETUP(setsockopt(fd, IPPROTO_IP, IP_OPTIONS, alert, sizeof(alert)));
	/* Without IP_ROUTER_ALERT the socket changes nothing. */
	SETUP(sendto(fd, "1", 1, 0, ADDRESS(to)));
	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", PORT), FIELD("IPv4", "IHL", 6));
	EXPECT_ERR(recv(router, packet, sizeof(packet), MSG_DONTWAIT), EAGAIN);

	EXPECT_OK(set_int(router, IPPROTO_IP, IP_ROUTER_ALERT, 1));
	SETUP(sendto(plain, "2", 1, 0, ADDRESS(other)));
	SETUP(sendto(fd, "3", 1, 0, ADDRESS(to)));
	SETUP(sendto(plain, "4", 1, 0, ADDRESS(other)));
	/* A header with the option, then UDP's, then the data. */
	REQUIRE_TRUE((wait_for(router, POLLIN, SOON_MS) & POLLIN) != 0);
	EXPECT_EQ(recv(router, packet, sizeof(packet), MSG_DONTWAIT), 24 + 8 + 1);
	EXPECT_EQ(packet[24 + 8], '3');
	EXPECT_ERR(recv(router, packet, sizeof(packet), MSG_DONTWAIT), EAGAIN);

	/* The two others arrive, and nothing between them. */
	for (int i = 0; i < 2; i++)
		EXPECT_PACKET(wire, WHICH_LAYER("UDP"),
			      FIELD_TEXT("IPv4", "Destination Address", "192.0.2.129"),
			      FIELD("UDP", "Destination Port", OTHER_PORT));
}
