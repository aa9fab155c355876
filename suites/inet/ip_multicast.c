/* SPDX-License-Identifier: MIT */
/* IPv4 multicast: who gets a copy, and how far it goes. */
#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "suites/inet/ip_wire.h"

#include "harness/case.h"

/* RFC 6676: 233.252.0.0/24 is for documentation. */
#define GROUP	    "233.252.0.1"
#define OTHER_GROUP "233.252.0.2"

enum { PORT = 9000 };

static struct ip_mreqn membership(const char *group, const char *interface)
{
	return (struct ip_mreqn){
		.imr_multiaddr = address_of(group, 0).v4.sin_addr,
		.imr_ifindex = interface ? (int)if_nametoindex(interface) : 0,
	};
}

/* A socket of a host, bound to the port on all addresses; a member of the group, if any. */
static int receiver_on(const char *host, const char *group)
{
	struct address any = address_any(AF_INET, PORT);
	const char *before = host_current();
	int fd;

	SETUP(host_enter(host));
	fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	SETUP(set_int(fd, SOL_SOCKET, SO_REUSEADDR, 1));
	SETUP(bind(fd, ADDRESS(any)));
	if (group != NULL) {
		struct ip_mreqn m = membership(group, "eth0");

		SETUP(setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &m, sizeof(m)));
	}
	SETUP(host_enter(before));
	return fd;
}

/* A socket that sends multicast by eth0. */
static int sender_by_eth0(void)
{
	struct ip_mreqn out = membership("0.0.0.0", "eth0");
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	SETUP(setsockopt(fd, IPPROTO_IP, IP_MULTICAST_IF, &out, sizeof(out)));
	return fd;
}

/*
 * One packet, for those who asked.
 *
 * A multicast packet leaves once and the switch copies it to every port, in a frame whose
 * address is made from the group's last 23 bits. A host takes it only if one of its sockets
 * has joined the group: here b has, c has not. Who sends need not be a member.
 *
 * Try it: `ip maddr show` lists the groups that each interface takes.
 */
CASE(members_receive,
     .claim = "a multicast datagram reaches the host that joined the group and not the other",
     .level = RFC, .spec = "RFC 1112 4, 6.4, 7; ip(7) IP_ADD_MEMBERSHIP", .topology = "lan",
     .tags = "udp multicast")
{
	static const unsigned char frame_to[] = {0x01, 0x00, 0x5e, 0x7c, 0x00, 0x01};
	struct address group = address_of(GROUP, PORT), c = address_of("192.0.2.3", PORT);
	int member = receiver_on("b", GROUP), stranger = receiver_on("c", NULL);
	int sender = sender_by_eth0();
	struct wire *wire = wire_open("c");
	const struct packet *packet;
	char data[16];

	EXPECT_EQ(sendto(sender, "all", 3, 0, ADDRESS(group)), 3);
	EXPECT_EQ(recv(member, data, sizeof(data), 0), 3);

	/* c's link had the packet, too; but its socket's first datagram is the next one. */
	packet = wire_next_udp(wire, PORT);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_MEMEQ(packet_ethernet(packet)->destination, frame_to, 6);
	SETUP(sendto(sender, "c only", 6, 0, ADDRESS(c)));
	EXPECT_EQ(recv(stranger, data, sizeof(data), 0), 6);
}

/*
 * Leaving ends it.
 *
 * IP_DROP_MEMBERSHIP (or closing the socket) gives the membership back; when the last
 * socket of the host has left, the host filters the group out again. The datagram after
 * that is lost for this host, as the one before the join was.
 */
CASE(leaving_stops_it,
     .claim = "after IP_DROP_MEMBERSHIP the group's datagrams are no longer received", .level = RFC,
     .spec = "RFC 1112 7.1; ip(7) IP_DROP_MEMBERSHIP", .topology = "pair", .tags = "udp multicast")
{
	struct address group = address_of(GROUP, PORT), b = address_of("192.0.2.2", PORT);
	int member = receiver_on("b", GROUP), sender = sender_by_eth0();
	/* The interface is named by its address; an index would be that of host a's eth0. */
	struct ip_mreqn m = {group.v4.sin_addr, b.v4.sin_addr, 0};
	char data[16];

	SETUP(sendto(sender, "1", 1, 0, ADDRESS(group)));
	EXPECT_EQ(recv(member, data, sizeof(data), 0), 1);

	EXPECT_OK(setsockopt(member, IPPROTO_IP, IP_DROP_MEMBERSHIP, &m, sizeof(m)));
	SETUP(sendto(sender, "22", 2, 0, ADDRESS(group)));
	SETUP(sendto(sender, "333", 3, 0, ADDRESS(b)));
	EXPECT_EQ(recv(member, data, sizeof(data), 0), 3);
}

/*
 * Multicast stays on the link, unless told otherwise.
 *
 * The TTL of multicast is an option of its own, and 1 by default: no router passes it on.
 * `IP_TTL` does not count for it. An application that is to be heard in other networks must
 * raise IP_MULTICAST_TTL, and find routers that forward multicast at all.
 */
CASE(multicast_ttl,
     .claim = "multicast has TTL 1 whatever IP_TTL says, or that of IP_MULTICAST_TTL", .level = RFC,
     .spec = "RFC 1112 6.1; ip(7) IP_MULTICAST_TTL", .topology = "pair",
     .tags = "udp multicast ttl")
{
	struct address group = address_of(GROUP, PORT);
	int sender = sender_by_eth0();
	struct wire *wire = wire_open("b");
	const struct packet *packet;

	SETUP(set_int(sender, IPPROTO_IP, IP_TTL, 99));
	EXPECT_EQ(get_int(sender, IPPROTO_IP, IP_MULTICAST_TTL), 1);
	SETUP(sendto(sender, "x", 1, 0, ADDRESS(group)));
	packet = wire_next_udp(wire, PORT);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(packet_ipv4(packet)->time_to_live, 1);

	EXPECT_OK(set_int(sender, IPPROTO_IP, IP_MULTICAST_TTL, 7));
	SETUP(sendto(sender, "x", 1, 0, ADDRESS(group)));
	packet = wire_next_udp(wire, PORT);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(packet_ipv4(packet)->time_to_live, 7);
}

/*
 * The sender hears itself.
 *
 * If a socket of the sending host is a member, it gets a copy, even when it is the
 * sender's own. That lets several programs of one host talk over a group.
 * `IP_MULTICAST_LOOP` turns it off; on Linux it is an option of the sending socket (on
 * Windows, of the receiving one).
 */
CASE(multicast_loop,
     .claim = "the sending host's members get a copy unless IP_MULTICAST_LOOP is 0 on the sender",
     .level = LINUX, .spec = "ip(7) IP_MULTICAST_LOOP; RFC 1112 6.1", .topology = "pair",
     .tags = "udp multicast")
{
	struct address group = address_of(GROUP, PORT);
	int member = receiver_on("a", GROUP), sender = sender_by_eth0();
	struct wire *wire = wire_open("b");
	char data[16];

	SETUP(sendto(sender, "1", 1, 0, ADDRESS(group)));
	EXPECT_EQ(recv(member, data, sizeof(data), 0), 1);

	EXPECT_OK(set_int(sender, IPPROTO_IP, IP_MULTICAST_LOOP, 0));
	SETUP(sendto(sender, "22", 2, 0, ADDRESS(group)));
	SETUP(set_int(sender, IPPROTO_IP, IP_MULTICAST_LOOP, 1));
	SETUP(sendto(sender, "333", 3, 0, ADDRESS(group)));
	EXPECT_EQ(recv(member, data, sizeof(data), 0), 3);

	/* All three have gone out, the second as well. */
	for (unsigned int length = 1; length <= 3; length++) {
		const struct packet *packet = wire_next_udp(wire, PORT);

		REQUIRE_TRUE(packet != NULL);
		EXPECT_EQ(packet_udp(packet)->payload_length, length);
	}
}

struct interface_row {
	struct variant variant;
	bool by_index;
};

static const struct interface_row interfaces[] = {
	{{"by_address", NULL}, false},
	{{"by_index", NULL}, true},
};

/*
 * A group says nothing about where to send.
 *
 * A unicast address is on some link; a group is wherever someone joined. Without a
 * route for it the kernel does not know which interface to use, and fails.
 * `IP_MULTICAST_IF` names the interface, by one of its addresses or by its index, and
 * no route is needed.
 *
 * Try it: `ip route get 233.252.0.1`.
 */
CASE(multicast_interface,
     .claim = "without a route a group is ENETUNREACH; IP_MULTICAST_IF chooses the interface",
     .level = LINUX, .spec = "ip(7) IP_MULTICAST_IF", .topology = "pair",
     .tags = "udp multicast route", .VARIANTS(interfaces))
{
	struct address group = address_of(GROUP, PORT);
	struct ip_mreqn index = membership("0.0.0.0", "eth0");
	struct in_addr address = address_of("192.0.2.1", 0).v4.sin_addr;
	bool by_index = VARIANT(struct interface_row)->by_index;
	int member = receiver_on("b", GROUP);
	int sender = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	char data[8];

	EXPECT_ERR(sendto(sender, "x", 1, 0, ADDRESS(group)), ENETUNREACH);
	EXPECT_OK(setsockopt(sender, IPPROTO_IP, IP_MULTICAST_IF,
			     by_index ? (void *)&index : (void *)&address,
			     by_index ? sizeof(index) : sizeof(address)));
	EXPECT_EQ(sendto(sender, "x", 1, 0, ADDRESS(group)), 1);
	EXPECT_EQ(recv(member, data, sizeof(data), 0), 1);
}

struct all_row {
	struct variant variant;
	int all;
	ssize_t first; /* length of the first datagram that the other socket gets */
};

static const struct all_row alls[] = {
	{{"default", NULL}, 1, 5},
	{{"off", NULL}, 0, 3},
};

/*
 * A membership of the host, not of the socket.
 *
 * On Linux a socket bound to the port and to all addresses gets the datagrams of every
 * group that *any* socket of the host has joined, its own choice or not. Setting
 * `IP_MULTICAST_ALL` to 0 limits it to the groups it has joined itself. Two programs
 * that use the same port for different groups are otherwise surprised by each other's
 * traffic.
 */
CASE(multicast_all,
     .claim = "IP_MULTICAST_ALL=0 keeps out datagrams of groups that only other sockets joined",
     .level = LINUX, .spec = "ip(7) IP_MULTICAST_ALL", .topology = "pair", .tags = "udp multicast",
     .VARIANTS(alls))
{
	const struct all_row *row = VARIANT(struct all_row);
	struct address group = address_of(GROUP, PORT), other = address_of(OTHER_GROUP, PORT);
	int joined = receiver_on("b", GROUP), bystander = receiver_on("b", OTHER_GROUP);
	int sender = sender_by_eth0();
	char data[16];

	EXPECT_OK(set_int(bystander, IPPROTO_IP, IP_MULTICAST_ALL, row->all));
	SETUP(sendto(sender, "group", 5, 0, ADDRESS(group)));
	EXPECT_EQ(recv(joined, data, sizeof(data), 0), 5);
	SETUP(sendto(sender, "own", 3, 0, ADDRESS(other)));
	EXPECT_EQ(recv(bystander, data, sizeof(data), 0), row->first);
}

/*
 * Not the group, but this source in the group.
 *
 * `IP_ADD_SOURCE_MEMBERSHIP` joins a group for the packets of one sender. Whoever else
 * sends to the group is not heard: it cannot be disturbed by a stranger, and with a network
 * that takes part (SSM, RFC 4607) the stranger's packets do not even come near.
 */
CASE(source_membership,
     .claim = "a source membership receives the group's datagrams of this source only",
     .level = RFC, .spec = "RFC 3678 4.1.3; RFC 9776 3.2; ip(7) IP_ADD_SOURCE_MEMBERSHIP",
     .topology = "lan", .tags = "udp multicast")
{
	struct address group = address_of(GROUP, PORT);
	struct ip_mreq_source m = {
		.imr_multiaddr = group.v4.sin_addr,
		.imr_interface = address_of("192.0.2.2", 0).v4.sin_addr,
		.imr_sourceaddr = address_of("192.0.2.1", 0).v4.sin_addr,
	};
	int member = receiver_on("b", NULL), wanted = sender_by_eth0(), unwanted;
	char data[16];

	SETUP(host_enter("c"));
	unwanted = sender_by_eth0();
	SETUP(host_enter("a"));
	EXPECT_OK(setsockopt(member, IPPROTO_IP, IP_ADD_SOURCE_MEMBERSHIP, &m, sizeof(m)));
	SETUP(sendto(unwanted, "from c", 6, 0, ADDRESS(group)));
	SETUP(sendto(wanted, "a", 1, 0, ADDRESS(group)));
	EXPECT_EQ(recv(member, data, sizeof(data), 0), 1);

	/* c is able to: a second source is a second membership. */
	m.imr_sourceaddr = address_of("192.0.2.3", 0).v4.sin_addr;
	EXPECT_OK(setsockopt(member, IPPROTO_IP, IP_ADD_SOURCE_MEMBERSHIP, &m, sizeof(m)));
	SETUP(sendto(unwanted, "from c", 6, 0, ADDRESS(group)));
	EXPECT_EQ(recv(member, data, sizeof(data), 0), 6);
}
