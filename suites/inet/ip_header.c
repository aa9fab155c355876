/* SPDX-License-Identifier: MIT */
/* Options that change the IPv4 header of what is sent. */
#include <netinet/in.h>
#include <netinet/ip.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/inet/ip_wire.h"

#include "harness/case.h"

/*
 * How far a packet may go.
 *
 * Each router takes one from the Time to Live, and discards the packet at 0, so that a
 * loop in the routing does not fill a link for ever. `IP_TTL` sets the value for one
 * socket. Without it the namespace's default counts, `net.ipv4.ip_default_ttl`, which is
 * 64 as RFC 1700 recommends, unless someone changed it.
 *
 * Try it: `ping -t 3 -c 1 127.0.0.1` and `tcpdump -vni lo icmp`.
 */
CASE(ttl_on_the_wire,
     .claim = "packets have the TTL of ip_default_ttl, or of IP_TTL once that is set",
     .level = LINUX, .spec = "ip(7) IP_TTL, ip_default_ttl; RFC 791 3.2",
     .sysctls = "net.ipv4.ip_default_ttl=77", .tags = "ip ttl")
{
	struct pair p = udp_pair(AF_INET);
	struct wire *wire = wire_open("a");
	uint16_t port = address_port(&p.server_address);

	SETUP(send(p.client, "x", 1, 0));
	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", port),
		      FIELD("IPv4", "Time to Live", 77));

	EXPECT_OK(set_int(p.client, IPPROTO_IP, IP_TTL, 5));
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", port),
		      FIELD("IPv4", "Time to Live", 5));
}

struct value_row {
	struct variant variant;
	int value, expected;
};

static const struct value_row ttl_values[] = {
	{{"zero", NULL}, 0, EINVAL},	  {{"one", NULL}, 1, 0},
	{{"largest", NULL}, 255, 0},	  {{"too_large", NULL}, 256, EINVAL},
	{{"negative", NULL}, -2, EINVAL},
};

/*
 * A byte from 1 to 255.
 *
 * The field has eight bits, and 0 must never leave a host (RFC 1122). Both limits are
 * checked by setsockopt(), not when the packet is sent; after a refusal the old value
 * stays.
 */
CASE(ttl_range, .claim = "IP_TTL takes 1 to 255 and refuses anything else with EINVAL",
     .level = RFC, .spec = "RFC 1122 3.2.1.7; ip(7) IP_TTL", .tags = "ip ttl errno",
     .VARIANTS(ttl_values))
{
	const struct value_row *row = VARIANT(struct value_row);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	EXPECT_OK(set_int(fd, IPPROTO_IP, IP_TTL, 7));
	EXPECT_ERRNO(set_int(fd, IPPROTO_IP, IP_TTL, row->value) == 0 ? 0 : errno, row->expected);
	EXPECT_EQ(get_int(fd, IPPROTO_IP, IP_TTL), row->expected == 0 ? row->value : 7);
}

/*
 * One byte, two meanings.
 *
 * What RFC 791 called Type of Service is now six bits of DSCP, by which routers choose a
 * queue (RFC 2474), and two bits of ECN, by which they announce congestion (RFC 3168).
 * `IP_TOS` sets all eight for a UDP socket; a TCP socket keeps the ECN bits to itself.
 *
 * Try it: `ping -Q 0xb8 -c 1 127.0.0.1` and `tcpdump -vni lo icmp` shows `tos 0xb8`.
 */
CASE(tos_on_the_wire, .claim = "IP_TOS sets the header's DSCP and, for UDP, its ECN bits",
     .level = LINUX, .spec = "ip(7) IP_TOS; RFC 2474 3; RFC 3168 5", .tags = "ip tos")
{
	struct pair p = udp_pair(AF_INET);
	struct wire *wire = wire_open("a");
	uint16_t port = address_port(&p.server_address);

	SETUP(send(p.client, "x", 1, 0));
	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", port),
		      FIELD("IPv4", "Type of Service", 0));

	/* Expedited Forwarding (RFC 3246) is DSCP 46; ECN 2 is "capable" (ECT(0)). */
	EXPECT_OK(set_int(p.client, IPPROTO_IP, IP_TOS, 46 << 2 | 2));
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", port), FIELD("IPv4", "DSCP", 46),
		      FIELD("IPv4", "ECN", 2));
}

/*
 * What is urgent for routers is urgent here.
 *
 * The type of service is for routers on the way; `SO_PRIORITY` is for the queues of this host
 * and not on the wire. Setting `IP_TOS` sets the priority too, from a table that is as old as
 * RFC 1349: low delay becomes interactive (6), throughput becomes bulk (2). The other way
 * round there is no connection. A program that sets both has to set the priority last.
 *
 * Try it: `tc qdisc show`; with `pfifo_fast` there are three queues.
 */
CASE(tos_sets_the_priority,
     .claim = "IP_TOS sets SO_PRIORITY, and SO_PRIORITY leaves the header's type of service as "
	      "it is",
     .level = ABI, .spec = "Linux net/ipv4/route.c ip_tos2prio; socket(7) SO_PRIORITY; tc-prio(8)",
     .tags = "ip tos option wire")
{
	struct pair p = udp_pair(AF_INET);
	struct wire *wire = wire_open("a");
	uint16_t port = address_port(&p.server_address);

	EXPECT_EQ(get_int(p.client, SOL_SOCKET, SO_PRIORITY), 0);
	EXPECT_OK(set_int(p.client, IPPROTO_IP, IP_TOS, IPTOS_THROUGHPUT));
	EXPECT_EQ(get_int(p.client, SOL_SOCKET, SO_PRIORITY), 2);
	EXPECT_OK(set_int(p.client, IPPROTO_IP, IP_TOS, IPTOS_LOWDELAY));
	EXPECT_EQ(get_int(p.client, SOL_SOCKET, SO_PRIORITY), 6);

	EXPECT_OK(set_int(p.client, SOL_SOCKET, SO_PRIORITY, 1));
	EXPECT_EQ(get_int(p.client, IPPROTO_IP, IP_TOS), IPTOS_LOWDELAY);
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", port),
		      FIELD("IPv4", "Type of Service", IPTOS_LOWDELAY));
}

struct control_row {
	struct variant variant;
	int type;
	int value;
	unsigned int (*field)(const struct packet *packet);
};

static const struct control_row controls[] = {
	{{"ttl", NULL}, IP_TTL, 9, packet_hops},
	{{"tos", NULL}, IP_TOS, IPTOS_CLASS_CS3, packet_class},
};

/*
 * For one datagram only.
 *
 * A control message of sendmsg() has the same names as the options, and counts for that
 * datagram alone. A server with one socket for all clients can so treat them
 * differently without two calls of setsockopt() around every send.
 */
CASE(control_message_for_one_datagram,
     .claim = "IP_TTL and IP_TOS as control messages change one datagram, not the socket",
     .level = LINUX, .spec = "ip(7) IP_TTL, IP_TOS; cmsg(3)", .tags = "ip ttl tos cmsg",
     .VARIANTS(controls))
{
	const struct control_row *row = VARIANT(struct control_row);
	struct pair p = udp_pair(AF_INET);
	struct wire *wire = wire_open("a");
	uint16_t port = address_port(&p.server_address);
	unsigned int usual;
	union {
		struct cmsghdr header;
		char bytes[CMSG_SPACE(sizeof(int))];
	} control = {.header = {.cmsg_level = IPPROTO_IP,
				.cmsg_type = row->type,
				.cmsg_len = CMSG_LEN(sizeof(int))}};
	struct iovec part = {(char *)"x", 1};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = control.bytes,
				 .msg_controllen = sizeof(control)};
	const struct packet *packet;

	memcpy(CMSG_DATA(&control.header), &row->value, sizeof(int));
	SETUP(send(p.client, "x", 1, 0));
	packet = wire_next_udp(wire, port);
	REQUIRE_TRUE(packet != NULL);
	usual = row->field(packet);
	EXPECT_NE(usual, row->value);

	EXPECT_EQ(sendmsg(p.client, &message, 0), 1);
	packet = wire_next_udp(wire, port);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(row->field(packet), row->value);

	SETUP(send(p.client, "x", 1, 0));
	packet = wire_next_udp(wire, port);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(row->field(packet), usual);
}

/*
 * The header has room for options.
 *
 * After the fixed 20 bytes up to 40 more can follow: `IP_OPTIONS` puts them into every
 * packet of a socket. Record Route asks each router to write down its address. Today
 * most of the Internet drops such packets, but in one's own network it still shows
 * which way a packet went: here the host itself and the router in the middle.
 *
 * Try it: `ping -R` in a network of your own.
 */
CASE(record_route,
     .claim = "a Record Route option set by IP_OPTIONS comes back filled in by host and router",
     .level = RFC, .spec = "RFC 791 3.1 Record Route; ip(7) IP_OPTIONS", .topology = "routed",
     .tags = "ip options")
{
	/* No-op for alignment, then type, length, pointer to the first of three addresses. */
	static const unsigned char option[16] = {IPOPT_NOOP, IPOPT_RR, 15, 4};
	static const unsigned char stations[8] = {192, 0, 2, 1, 192, 0, 2, 254};
	struct address to = address_of("192.0.2.129", 9000);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	struct wire *wire = wire_open("b");
	const struct packet *packet;
	const struct packet_layer *ip;

	EXPECT_OK(setsockopt(fd, IPPROTO_IP, IP_OPTIONS, option, sizeof(option)));
	SETUP(sendto(fd, "x", 1, 0, ADDRESS(to)));
	packet = wire_next_udp(wire, 9000);
	REQUIRE_TRUE(packet != NULL);
	ip = packet_find(packet, PACKET_IPV4);
	EXPECT_EQ(ip->ipv4.options_length, 16);
	REQUIRE_TRUE(ip->header_captured == 36);
	/* The pointer has moved behind two addresses. */
	EXPECT_EQ(packet->bytes[ip->offset + 20 + 3], 4 + 8);
	EXPECT_MEMEQ(packet->bytes + ip->offset + 20 + 4, stations, 8);
}
