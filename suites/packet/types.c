/* SPDX-License-Identifier: MIT */
/* SOCK_RAW, SOCK_DGRAM and SOCK_PACKET: how much of a frame a packet socket shows. */
#include <arpa/inet.h>
#include <linux/capability.h>
#include <net/if_arp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/packet/packet_help.h"

#include "harness/case.h"

/*
 * With the header, or without.
 *
 * A packet socket stands below IP: it gets what the network card delivers. For a raw one
 * that is the whole frame, for a datagram one ("cooked") the header of the link is taken
 * off, and what it said is in the address instead. A program for the second kind works on
 * links with other headers, or none, too.
 *
 * Try it: `tcpdump -i any` cooks, `tcpdump -i eth0 -e` does not.
 */
CASE(receive_raw_and_cooked,
     .claim = "SOCK_RAW gives the frame with its link header, SOCK_DGRAM without", .level = LINUX,
     .spec = "packet(7)", .topology = "pair", .needs = "packet", .tags = "packet raw")
{
	int raw = packet_socket("b", SOCK_RAW, B_ETH0, EXPERIMENT);
	int cooked = packet_socket("b", SOCK_DGRAM, B_ETH0, EXPERIMENT);
	int sender = packet_socket("a", SOCK_RAW, A_ETH0, 0);
	struct frame sent = frame_of(mac_b, mac_a, EXPERIMENT, "hello", 5);
	struct sockaddr_ll from;
	uint8_t got[100];

	EXPECT_EQ(send(sender, FRAME(sent), 0), ETH_HLEN + 5);
	EXPECT_EQ(packet_receive(raw, got, sizeof(got), &from), ETH_HLEN + 5);
	EXPECT_MEMEQ(got, sent.bytes, sent.size);
	EXPECT_EQ(ntohs(from.sll_protocol), EXPERIMENT);
	EXPECT_MEMEQ(from.sll_addr, mac_a, ETH_ALEN);

	EXPECT_EQ(packet_receive(cooked, got, sizeof(got), &from), 5);
	EXPECT_MEMEQ(got, "hello", 5);
	EXPECT_EQ(ntohs(from.sll_protocol), EXPERIMENT);
	EXPECT_MEMEQ(from.sll_addr, mac_a, ETH_ALEN);
}

/*
 * The kernel writes the header, or the program does.
 *
 * Who sends through a cooked socket says in the address to whom and which type; the sender
 * is filled in. Through a raw one the frame goes out as it is, even with a sender that
 * nobody has: that is how an address can be forged, and why all this is a privilege.
 */
CASE(send_raw_and_cooked,
     .claim = "SOCK_DGRAM puts the address and protocol of sockaddr_ll into a header, SOCK_RAW "
	      "sends the bytes as they are",
     .level = LINUX, .spec = "packet(7)", .topology = "pair", .needs = "packet",
     .tags = "packet raw send")
{
	int receiver = packet_socket("b", SOCK_RAW, B_ETH0, EXPERIMENT);
	int raw = packet_socket("a", SOCK_RAW, 0, 0), cooked = packet_socket("a", SOCK_DGRAM, 0, 0);
	struct sockaddr_ll to = link_address(A_ETH0, EXPERIMENT, mac_b);
	struct frame made = frame_of(mac_b, mac_a, EXPERIMENT, "cooked", 6);
	struct frame forged = frame_of(mac_b, mac_stranger, EXPERIMENT, "raw", 3);
	uint8_t got[100];

	EXPECT_EQ(sendto(cooked, "cooked", 6, 0, LINK(to)), 6);
	EXPECT_EQ(packet_receive(receiver, got, sizeof(got), NULL), ETH_HLEN + 6);
	EXPECT_MEMEQ(got, made.bytes, made.size);

	/* The address of sockaddr_ll is not looked at. */
	memcpy(to.sll_addr, mac_everybody, ETH_ALEN);
	EXPECT_EQ(sendto(raw, FRAME(forged), 0, LINK(to)), ETH_HLEN + 3);
	EXPECT_EQ(packet_receive(receiver, got, sizeof(got), NULL), ETH_HLEN + 3);
	EXPECT_MEMEQ(got, forged.bytes, forged.size);
}

struct domain_row {
	struct variant variant;
	int domain;
};

static const struct domain_row domains[] = {
	{{"inet", NULL}, AF_INET},
	{{"packet", NULL}, AF_PACKET},
};

/*
 * How it was done in Linux 2.0.
 *
 * `SOCK_PACKET` was a type of Internet sockets, and an interface is known by its name.
 * It still works (in the family of packets also), names the interface in each address,
 * and says with each frame where it came from. Programs older than 1999 use it.
 */
CASE(sock_packet,
     .claim = "a SOCK_PACKET socket receives whole frames and sends to an interface by its name",
     .level = LINUX, .spec = "packet(7); socket(2) SOCK_PACKET; linux/if_packet.h sockaddr_pkt",
     .topology = "pair", .needs = "packet", .tags = "packet obsolete", .VARIANTS(domains))
{
	const struct domain_row *row = VARIANT(struct domain_row);
	int receiver = SETUP(host_socket("b", row->domain, SOCK_PACKET, htons(EXPERIMENT)));
	int sender = SETUP(host_socket("a", row->domain, SOCK_PACKET, 0));
	struct sockaddr_pkt to = {.spkt_family = AF_PACKET, .spkt_protocol = htons(EXPERIMENT)};
	struct sockaddr_pkt from = {.spkt_family = 0};
	struct frame sent = frame_of(mac_b, mac_a, EXPERIMENT, "old", 3);
	socklen_t length = sizeof(from);
	uint8_t got[100];

	/* Without an address there is no interface to send to. */
	EXPECT_ERR(send(sender, FRAME(sent), 0), ENOTCONN);
	memcpy(to.spkt_device, "eth7", 5);
	EXPECT_ERR(sendto(sender, FRAME(sent), 0, LINK(to)), ENODEV);
	memcpy(to.spkt_device, "eth0", 5);
	EXPECT_EQ(sendto(sender, FRAME(sent), 0, LINK(to)), ETH_HLEN + 3);

	EXPECT_EQ(wait_for(receiver, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvfrom(receiver, got, sizeof(got), 0, (struct sockaddr *)&from, &length),
		  ETH_HLEN + 3);
	EXPECT_MEMEQ(got, sent.bytes, sent.size);
	EXPECT_EQ(length, sizeof(from));
	/* The kind of link stands where a family would. */
	EXPECT_EQ(from.spkt_family, ARPHRD_ETHER);
	EXPECT_STREQ((const char *)from.spkt_device, "eth0");
	EXPECT_EQ(ntohs(from.spkt_protocol), EXPERIMENT);
}

struct type_row {
	struct variant variant;
	int type;
};

static const struct type_row wrong_types[] = {
	{{"stream", NULL}, SOCK_STREAM},
	{{"seqpacket", NULL}, SOCK_SEQPACKET},
	{{"rdm", NULL}, SOCK_RDM},
};

/* There is no stream of frames: each one stands alone. */
CASE(other_types, .claim = "socket(AF_PACKET) with another type fails with ESOCKTNOSUPPORT",
     .level = LINUX, .spec = "packet(7); socket(2)", .needs = "packet", .tags = "packet errno",
     .VARIANTS(wrong_types))
{
	const struct type_row *row = VARIANT(struct type_row);

	EXPECT_ERR(socket(AF_PACKET, row->type, 0), ESOCKTNOSUPPORT);
	EXPECT_OK(socket(AF_PACKET, SOCK_RAW, 0));
}

static const struct type_row types[] = {
	{{"raw", NULL}, SOCK_RAW},
	{{"dgram", NULL}, SOCK_DGRAM},
	{{"packet", NULL}, SOCK_PACKET},
};

/*
 * Who may listen to everybody.
 *
 * A packet socket sees the traffic of all users and can speak for any of them, so making
 * one needs `CAP_NET_RAW` over the network. As with raw sockets only socket() asks:
 * a descriptor made before, or handed over, goes on working.
 *
 * Try it: `getcap $(which dumpcap)`.
 */
CASE(privilege, .claim = "socket(AF_PACKET) fails with EPERM without CAP_NET_RAW", .level = LINUX,
     .spec = "packet(7); capabilities(7) CAP_NET_RAW", .needs = "packet",
     .tags = "packet privilege errno", .VARIANTS(types))
{
	const struct type_row *row = VARIANT(struct type_row);
	struct sockaddr_ll lo = link_address(1, EXPERIMENT, NULL);
	int before = REQUIRE_OK(socket(AF_PACKET, SOCK_DGRAM, 0));
	char got[8];

	SETUP(bind(before, LINK(lo)));
	EXPECT_OK(socket(AF_PACKET, row->type, 0));
	SETUP(sandbox_drop_capability(CAP_NET_RAW));
	EXPECT_ERR(socket(AF_PACKET, row->type, 0), EPERM);

	EXPECT_EQ(sendto(before, "still", 5, 0, LINK(lo)), 5);
	EXPECT_EQ(packet_receive(before, got, sizeof(got), NULL), 5);
	EXPECT_MEMEQ(got, "still", 5);
}

/*
 * A link has no connections.
 *
 * Frames go to an address each; there is nobody to connect to, to accept from, or to say
 * goodbye to. To fix where send() goes to, bind() the socket to an interface.
 */
CASE(no_connections,
     .claim = "connect(), listen(), accept(), getpeername(), shutdown() and socketpair() fail with "
	      "EOPNOTSUPP for packet sockets",
     .level = LINUX, .spec = "packet(7); net/packet/af_packet.c packet_ops", .needs = "packet",
     .tags = "packet errno")
{
	int fd = packet_socket("a", SOCK_DGRAM, 1, EXPERIMENT), both[2];
	struct sockaddr_ll lo = link_address(1, EXPERIMENT, NULL);
	struct address name = address_empty();

	EXPECT_ERR(connect(fd, LINK(lo)), EOPNOTSUPP);
	EXPECT_ERR(listen(fd, 1), EOPNOTSUPP);
	EXPECT_ERR(accept(fd, NULL, NULL), EOPNOTSUPP);
	EXPECT_ERR(getpeername(fd, &name.any, &name.length), EOPNOTSUPP);
	EXPECT_ERR(shutdown(fd, SHUT_RDWR), EOPNOTSUPP);
	EXPECT_ERR(socketpair(AF_PACKET, SOCK_DGRAM, 0, both), EOPNOTSUPP);

	EXPECT_OK(getsockname(fd, &name.any, &name.length));
	EXPECT_OK(socketpair(AF_UNIX, SOCK_DGRAM, 0, both));
}
