/* SPDX-License-Identifier: MIT */
/* Raw IPv6 sockets: no header to read, none to write, and a checksum from the kernel. */
#include <arpa/inet.h>
#include <netinet/icmp6.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "suites/inet/ip_wire.h"

#include "harness/case.h"

/*
 * ping for IPv6 by hand, with less to do.
 *
 * A raw IPv6 socket never shows the IPv6 header: what is received begins with the
 * ICMPv6 message. What a program wants to know of the header it asks for by control
 * messages. And the checksum, which covers the addresses and could not be computed
 * before the route is known, is the kernel's work: the two bytes are sent as 0 here,
 * and are right on the wire.
 *
 * Try it: `strace -e trace=network ping -6 -c 1 ::1`.
 */
CASE(icmpv6_echo,
     .claim = "a raw ICMPv6 socket receives no IPv6 header, and the kernel makes the checksum",
     .level = RFC, .spec = "RFC 3542 3, 3.1; RFC 4443 4", .needs = "ipv6 raw", .tags = "raw icmp")
{
	struct icmp6_filter only_replies;
	struct address to = address_loopback(AF_INET6, 0);
	unsigned char request[12] = {
		ICMP6_ECHO_REQUEST, [4] = 0x12, 0x34, 0, 1, 'p', 'i', 'n', 'g'};
	unsigned char reply[64];
	int fd = SETUP(socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6));
	struct wire *wire = wire_open("a");
	const struct packet *packet;

	ICMP6_FILTER_SETBLOCKALL(&only_replies);
	ICMP6_FILTER_SETPASS(ICMP6_ECHO_REPLY, &only_replies);
	SETUP(setsockopt(fd, IPPROTO_ICMPV6, ICMP6_FILTER, &only_replies, sizeof(only_replies)));

	EXPECT_EQ(sendto(fd, request, sizeof(request), 0, ADDRESS(to)), sizeof(request));
	REQUIRE_EQ(recv(fd, reply, sizeof(reply), 0), sizeof(request));
	EXPECT_EQ(reply[0], ICMP6_ECHO_REPLY);
	EXPECT_MEMEQ(reply + 4, request + 4, sizeof(request) - 4);

	packet = wire_next_icmp(wire, AF_INET6, ICMP6_ECHO_REQUEST, 0);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(packet_find(packet, PACKET_ICMPV6)->checksum, PACKET_CHECKSUM_GOOD);
}

/*
 * The filter for types.
 *
 * With Neighbor Discovery and MLD a raw ICMPv6 socket sees much that it does not want.
 * `ICMP6_FILTER` has a bit for each of the 256 types, with macros to set them. A new
 * socket passes everything, on loopback even its own request.
 */
CASE(icmp6_filter, .claim = "ICMP6_FILTER lets only the chosen types through", .level = RFC,
     .spec = "RFC 3542 3.2", .needs = "ipv6 raw", .tags = "raw icmp")
{
	struct icmp6_filter only_replies;
	struct address to = address_loopback(AF_INET6, 0);
	static const unsigned char request[8] = {ICMP6_ECHO_REQUEST};
	unsigned char got[64];
	int all = SETUP(socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6));
	int some = SETUP(socket(AF_INET6, SOCK_RAW, IPPROTO_ICMPV6));

	ICMP6_FILTER_SETBLOCKALL(&only_replies);
	ICMP6_FILTER_SETPASS(ICMP6_ECHO_REPLY, &only_replies);
	EXPECT_OK(setsockopt(some, IPPROTO_ICMPV6, ICMP6_FILTER, &only_replies,
			     sizeof(only_replies)));

	SETUP(sendto(all, request, sizeof(request), 0, ADDRESS(to)));
	REQUIRE_EQ(recv(all, got, sizeof(got), 0), sizeof(request));
	EXPECT_EQ(got[0], ICMP6_ECHO_REQUEST);
	REQUIRE_EQ(recv(some, got, sizeof(got), 0), sizeof(request));
	EXPECT_EQ(got[0], ICMP6_ECHO_REPLY);
}

/*
 * A checksum at a place of one's choice.
 *
 * For protocols other than ICMPv6 the program says where the checksum stands, with
 * `IPV6_CHECKSUM` and the offset, and the kernel computes it over the pseudo-header
 * when sending, and checks it when receiving. Here a UDP header is written by hand,
 * with its checksum at offset 6: an ordinary UDP socket receives it, which over IPv6
 * would drop a datagram with a wrong or missing one.
 */
CASE(checksum_offset,
     .claim = "IPV6_CHECKSUM makes the kernel fill in a valid checksum at the given offset",
     .level = RFC, .spec = "RFC 3542 3.1; RFC 8200 8.1", .needs = "ipv6 raw",
     .tags = "raw udp checksum")
{
	struct address where, to = address_loopback(AF_INET6, 0);
	int receiver = bound_socket(AF_INET6, SOCK_DGRAM, &where);
	int fd = SETUP(socket(AF_INET6, SOCK_RAW, IPPROTO_UDP));
	unsigned char datagram[12] = {7777 >> 8, 7777 & 0xff, [5] = 12, [8] = 'h', 'a', 'n', 'd'};
	char data[8];

	datagram[2] = (unsigned char)(address_port(&where) >> 8);
	datagram[3] = (unsigned char)address_port(&where);

	/* Without the option it leaves with a checksum of 0, and is dropped. */
	EXPECT_EQ(sendto(fd, datagram, sizeof(datagram), 0, ADDRESS(to)), sizeof(datagram));
	EXPECT_OK(set_int(fd, IPPROTO_IPV6, IPV6_CHECKSUM, 6));
	datagram[8] = 'H';
	EXPECT_EQ(sendto(fd, datagram, sizeof(datagram), 0, ADDRESS(to)), sizeof(datagram));
	EXPECT_EQ(recv(receiver, data, sizeof(data), 0), 4);
	EXPECT_MEMEQ(data, "Hand", 4);
}

/*
 * Only even offsets.
 *
 * A checksum is a 16-bit word of the message, so that its offset is even: an odd one is
 * `EINVAL`. -1 turns the option off, which is its state in a new socket.
 */
CASE(odd_checksum_offset,
     .claim = "IPV6_CHECKSUM refuses an odd offset with EINVAL and takes an even one or -1",
     .level = RFC, .spec = "RFC 3542 3.1", .needs = "ipv6 raw", .tags = "raw checksum errno")
{
	int fd = SETUP(socket(AF_INET6, SOCK_RAW, IPPROTO_UDP));

	EXPECT_EQ(get_int(fd, IPPROTO_IPV6, IPV6_CHECKSUM), -1);
	EXPECT_ERR(set_int(fd, IPPROTO_IPV6, IPV6_CHECKSUM, 7), EINVAL);
	EXPECT_OK(set_int(fd, IPPROTO_IPV6, IPV6_CHECKSUM, 6));
	EXPECT_EQ(get_int(fd, IPPROTO_IPV6, IPV6_CHECKSUM), 6);
	EXPECT_OK(set_int(fd, IPPROTO_IPV6, IPV6_CHECKSUM, -1));
	EXPECT_EQ(get_int(fd, IPPROTO_IPV6, IPV6_CHECKSUM), -1);
}
