/* SPDX-License-Identifier: MIT */
/* Raw sockets: IP without a transport protocol, and with one's own header. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/ip.h>
#include <netinet/ip_icmp.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/inet/ip_wire.h"

#include "harness/case.h"

#ifndef ICMP_FILTER
#define ICMP_FILTER 1 /* linux/icmp.h, which cannot be included beside net/if.h */
#endif

struct echo {
	uint8_t type, code;
	uint16_t checksum, identifier, sequence;
	char data[4];
};

static struct echo echo_request(uint16_t sequence)
{
	struct echo e = {ICMP_ECHO, 0, 0, htons(0x1234), htons(sequence), "ping"};

	e.checksum = packet_checksum_finish(packet_checksum_add(0, (const uint8_t *)&e, sizeof(e)));
	e.checksum = htons(e.checksum);
	return e;
}

/*
 * ping by hand.
 *
 * A raw socket of protocol ICMP sends what it is given as the payload of an IP packet:
 * type, code and checksum are the program's business. What it receives begins with the
 * IPv4 header, of 20 bytes or more, and it receives every ICMP message of the host: its
 * own request (on loopback), other programs' replies, errors. The header's length is in
 * its first byte.
 *
 * Try it: `strace -e trace=network ping -c 1 127.0.0.1`.
 */
CASE(icmp_echo, .claim = "a raw ICMP socket gets the echo reply with the IPv4 header in front",
     .level = LINUX, .spec = "raw(7); RFC 792 (Echo); RFC 1122 3.2.2.6", .needs = "raw",
     .tags = "raw icmp")
{
	int fd = SETUP(socket(AF_INET, SOCK_RAW, IPPROTO_ICMP));
	struct address to = address_loopback(AF_INET, 0);
	struct echo request = echo_request(1), reply = {0};
	struct {
		struct iphdr ip;
		char rest[100];
	} packet;
	ssize_t length;

	EXPECT_EQ(sendto(fd, &request, sizeof(request), 0, ADDRESS(to)), sizeof(request));
	do {
		length = recv(fd, &packet, sizeof(packet), 0);
		REQUIRE_EQ(length, sizeof(packet.ip) + sizeof(reply));
		EXPECT_EQ(packet.ip.version, 4);
		REQUIRE_EQ(packet.ip.ihl, 5);
		EXPECT_EQ(packet.ip.protocol, IPPROTO_ICMP);
		EXPECT_EQ(ntohs(packet.ip.tot_len), length);
		memcpy(&reply, packet.rest, sizeof(reply));
	} while (reply.type == ICMP_ECHO); /* our own request */

	EXPECT_EQ(reply.type, ICMP_ECHOREPLY);
	EXPECT_EQ(reply.identifier, request.identifier);
	EXPECT_MEMEQ(reply.data, "ping", 4);
}

/*
 * A filter in the kernel.
 *
 * Because a raw ICMP socket receives everything, Linux can sort out by type before it
 * is queued: each bit of `ICMP_FILTER` keeps out the type of that number. Here only
 * echo replies get through, and the socket's own request on loopback does not.
 */
CASE(icmp_filter, .claim = "ICMP_FILTER keeps out the types whose bits are set", .level = LINUX,
     .spec = "raw(7) ICMP_FILTER", .needs = "raw", .tags = "raw icmp")
{
	int all = SETUP(socket(AF_INET, SOCK_RAW, IPPROTO_ICMP));
	int some = SETUP(socket(AF_INET, SOCK_RAW, IPPROTO_ICMP));
	struct address to = address_loopback(AF_INET, 0);
	struct echo request = echo_request(1);
	uint32_t filter = ~(1u << ICMP_ECHOREPLY);
	unsigned char packet[100];

	EXPECT_OK(setsockopt(some, IPPROTO_RAW, ICMP_FILTER, &filter, sizeof(filter)));
	SETUP(sendto(all, &request, sizeof(request), 0, ADDRESS(to)));

	/* The type stands behind the 20 bytes of the IPv4 header. */
	REQUIRE_EQ(recv(all, packet, sizeof(packet), 0), 20 + sizeof(request));
	EXPECT_EQ(packet[20], ICMP_ECHO);
	REQUIRE_EQ(recv(some, packet, sizeof(packet), 0), 20 + sizeof(request));
	EXPECT_EQ(packet[20], ICMP_ECHOREPLY);
}

/* A UDP datagram of 4 bytes, without a checksum, with an IPv4 header in front. */
struct made {
	struct iphdr ip;
	uint16_t source_port, destination_port, length, checksum;
	char data[4];
} __attribute__((packed));

static struct made make_datagram(uint16_t port)
{
	return (struct made){
		.ip = {.version = 4,
		       .ihl = 5,
		       .ttl = 42,
		       .tos = 0x20,
		       .protocol = IPPROTO_UDP,
		       .id = htons(0xbeef),
		       .saddr = htonl(0x7f010203),
		       .daddr = htonl(INADDR_LOOPBACK)},
		.source_port = htons(7777),
		.destination_port = htons(port),
		.length = htons(12),
		.data = "made",
	};
}

/*
 * A header of one's own.
 *
 * With `IP_HDRINCL` the program writes the whole IPv4 header. The kernel changes
 * little: it always fills in the checksum and the total length, and the identification
 * and the source address where they are 0. All else goes out as written, a false source
 * address included, which is why raw sockets take a privilege. The receiver cannot tell
 * it from a real datagram.
 */
CASE(own_header,
     .claim = "IP_HDRINCL sends the given IPv4 header; length and checksum are filled in",
     .level = LINUX, .spec = "raw(7) IP_HDRINCL, table of header fields; ip(7)", .needs = "raw",
     .tags = "raw hdrincl")
{
	struct address where, from = address_empty(), claimed = address_of("127.1.2.3", 7777);
	int receiver = bound_socket(AF_INET, SOCK_DGRAM, &where);
	int fd = SETUP(socket(AF_INET, SOCK_RAW, IPPROTO_UDP));
	struct address to = address_loopback(AF_INET, 0);
	struct made made = make_datagram(address_port(&where));
	struct wire *wire = wire_open("a");
	const struct packet *packet;
	char data[8];

	EXPECT_OK(set_int(fd, IPPROTO_IP, IP_HDRINCL, 1));
	EXPECT_EQ(sendto(fd, &made, sizeof(made), 0, ADDRESS(to)), sizeof(made));

	packet = wire_next_udp(wire, address_port(&where));
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(packet_ipv4(packet)->time_to_live, 42);
	EXPECT_EQ(packet_ipv4(packet)->type_of_service, 0x20);
	EXPECT_EQ(packet_ipv4(packet)->identification, 0xbeef);
	EXPECT_EQ(packet_ipv4(packet)->total_length, sizeof(made));
	EXPECT_EQ(packet_find(packet, PACKET_IPV4)->checksum, PACKET_CHECKSUM_GOOD);

	EXPECT_EQ(recvfrom(receiver, data, sizeof(data), 0, &from.any, &from.length), 4);
	EXPECT_MEMEQ(data, "made", 4);
	EXPECT_TRUE(address_equal(&from, &claimed));
}

/*
 * What is left empty, the kernel fills in.
 *
 * A source address of 0 means "the right one": the kernel puts in the address of the
 * route, here 127.0.0.1. A wrong total length and a wrong checksum do no harm, since
 * both are always computed.
 */
CASE(own_header_filled_in,
     .claim = "with IP_HDRINCL source address 0, total length and checksum are filled in",
     .level = LINUX, .spec = "raw(7) table of header fields", .needs = "raw", .tags = "raw hdrincl")
{
	struct address where, from = address_empty(), expected = address_of("127.0.0.1", 7777);
	int receiver = bound_socket(AF_INET, SOCK_DGRAM, &where);
	int fd = SETUP(socket(AF_INET, SOCK_RAW, IPPROTO_RAW));
	struct address to = address_loopback(AF_INET, 0);
	struct made made = make_datagram(address_port(&where));
	struct wire *wire = wire_open("a");
	const struct packet *packet;
	char data[8];

	/* IPPROTO_RAW has IP_HDRINCL on from the start. */
	EXPECT_EQ(get_int(fd, IPPROTO_IP, IP_HDRINCL), 1);
	made.ip.saddr = 0;
	made.ip.tot_len = htons(9999);
	made.ip.check = htons(0xdead);
	EXPECT_EQ(sendto(fd, &made, sizeof(made), 0, ADDRESS(to)), sizeof(made));

	packet = wire_next_udp(wire, address_port(&where));
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(packet_ipv4(packet)->total_length, sizeof(made));
	EXPECT_EQ(packet_find(packet, PACKET_IPV4)->checksum, PACKET_CHECKSUM_GOOD);
	EXPECT_EQ(recvfrom(receiver, data, sizeof(data), 0, &from.any, &from.length), 4);
	EXPECT_TRUE(address_equal(&from, &expected));
}

/*
 * A raw socket looks on.
 *
 * A raw socket of protocol UDP gets a copy of every UDP datagram that arrives, header
 * included; the UDP socket gets its own as if nothing were. A second copy, not a theft:
 * a raw socket cannot keep the kernel from doing its work.
 */
CASE(raw_socket_gets_copies,
     .claim = "a raw socket of protocol UDP gets a copy of what the UDP socket receives",
     .level = LINUX, .spec = "raw(7)", .needs = "raw", .tags = "raw udp")
{
	struct pair p = udp_pair(AF_INET);
	int raw = SETUP(socket(AF_INET, SOCK_RAW, IPPROTO_UDP));
	unsigned char packet[100];
	char data[8];

	SETUP(send(p.client, "hello", 5, 0));
	EXPECT_EQ(recv(p.server, data, sizeof(data), 0), 5);
	REQUIRE_EQ(recv(raw, packet, sizeof(packet), 0), 20 + 8 + 5);
	EXPECT_MEMEQ(packet + 28, "hello", 5);
}
