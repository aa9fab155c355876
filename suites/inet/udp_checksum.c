/* SPDX-License-Identifier: MIT */
/* UDP's checksum: optional over IPv4, required over IPv6, and how to go without it. */
#include <linux/udp.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "suites/inet/ip_wire.h"

#include "harness/case.h"

/*
 * Over IPv4 the checksum may be left out.
 *
 * RFC 768 makes 0 in the checksum field mean "the sender made none" (a computed 0 is
 * sent as 0xffff). `SO_NO_CHECK` does that on Linux; the receiver takes the datagram
 * unverified. Tunnels used it to save the time, when computing was expensive and the
 * inner packet had a checksum of its own.
 */
CASE(no_checksum_over_ipv4,
     .claim = "with SO_NO_CHECK a datagram leaves with checksum 0, and is received", .level = RFC,
     .spec = "RFC 768; RFC 1122 4.1.3.4 (UDP Checksums)", .tags = "udp checksum")
{
	struct pair p = udp_pair(AF_INET);
	struct wire *wire = wire_open("a");
	uint16_t port = address_port(&p.server_address);
	const struct packet *packet;
	char data[8];

	SETUP(send(p.client, "x", 1, 0));
	packet = wire_next_udp(wire, port);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_NE(packet_udp(packet)->checksum, 0);

	EXPECT_OK(set_int(p.client, SOL_SOCKET, SO_NO_CHECK, 1));
	SETUP(send(p.client, "yz", 2, 0));
	packet = wire_next_udp(wire, port);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(packet_udp(packet)->checksum, 0);

	EXPECT_EQ(recv(p.server, data, sizeof(data), 0), 1);
	EXPECT_EQ(recv(p.server, data, sizeof(data), 0), 2);
}

/*
 * Over IPv6 it may not.
 *
 * IPv6 has no header checksum, so that UDP's is all that protects the addresses. A
 * datagram without it must be discarded, unless both ends have agreed otherwise, which
 * RFC 6935 allows for tunnels. On Linux the sender says so with `UDP_NO_CHECK6_TX`, and
 * the receiver with `UDP_NO_CHECK6_RX`; what it discards before is simply lost.
 */
CASE(no_checksum_over_ipv6,
     .claim = "a datagram without checksum over IPv6 is dropped unless UDP_NO_CHECK6_RX is set",
     .level = RFC, .spec = "RFC 8200 8.1; RFC 6935 5; RFC 6936", .needs = "ipv6",
     .tags = "udp checksum")
{
	struct pair p = udp_pair(AF_INET6);
	struct wire *wire = wire_open("a");
	const struct packet *packet;
	char data[8];

	EXPECT_OK(set_int(p.client, IPPROTO_UDP, UDP_NO_CHECK6_TX, 1));
	SETUP(send(p.client, "lost", 4, 0));
	packet = wire_next_udp(wire, address_port(&p.server_address));
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(packet_udp(packet)->checksum, 0);

	/* The first one that is received has a checksum. */
	SETUP(set_int(p.client, IPPROTO_UDP, UDP_NO_CHECK6_TX, 0));
	SETUP(send(p.client, "ok", 2, 0));
	EXPECT_EQ(recv(p.server, data, sizeof(data), 0), 2);

	/* With the receiver's consent the same datagram arrives. */
	EXPECT_OK(set_int(p.server, IPPROTO_UDP, UDP_NO_CHECK6_RX, 1));
	SETUP(set_int(p.client, IPPROTO_UDP, UDP_NO_CHECK6_TX, 1));
	SETUP(send(p.client, "taken", 5, 0));
	EXPECT_EQ(recv(p.server, data, sizeof(data), 0), 5);
}

struct udplite_row {
	struct variant variant;
	int family;
};

static const struct udplite_row udplite[] = {
	{{"v4", "udplite"}, AF_INET},
	{{"v6", "udplite ipv6"}, AF_INET6},
};

/*
 * UDP-Lite: a checksum over the part that counts.
 *
 * For speech a packet with one wrong bit is better than none. UDP-Lite (RFC 3828) uses
 * UDP's length field, which IP knows anyhow, to say how many bytes the checksum covers,
 * at least the header's 8. It is a protocol of its own, number 136, with its own ports:
 * a UDP socket on the same port does not see its datagrams.
 */
CASE(udplite_is_apart, .claim = "UDP-Lite has ports of its own and carries datagrams beside UDP",
     .level = RFC, .spec = "RFC 3828; udplite(7)", .tags = "udplite", .VARIANTS(udplite))
{
	int family = VARIANT(struct udplite_row)->family;
	struct address where = address_loopback(family, 9000);
	int lite = SETUP(socket(family, SOCK_DGRAM, IPPROTO_UDPLITE));
	int plain = SETUP(socket(family, SOCK_DGRAM, IPPROTO_UDP));
	int lite_sender = SETUP(socket(family, SOCK_DGRAM, IPPROTO_UDPLITE));
	int plain_sender = SETUP(socket(family, SOCK_DGRAM, IPPROTO_UDP));
	char data[8];

	EXPECT_EQ(get_int(lite, SOL_SOCKET, SO_PROTOCOL), IPPROTO_UDPLITE);
	EXPECT_OK(bind(lite, ADDRESS(where)));
	EXPECT_OK(bind(plain, ADDRESS(where)));

	SETUP(sendto(lite_sender, "lite", 4, 0, ADDRESS(where)));
	SETUP(sendto(plain_sender, "plain", 5, 0, ADDRESS(where)));
	EXPECT_EQ(recv(plain, data, sizeof(data), 0), 5);
	EXPECT_EQ(recv(lite, data, sizeof(data), 0), 4);
}
