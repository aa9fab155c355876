/* SPDX-License-Identifier: MIT */
/* IPv6 multicast: joining, leaving, and what the routers hear of it. */
#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/inet/ip_wire.h"

#include "harness/case.h"

/* ff02: this link only; ff05: this site. db8 marks documentation (RFC 6676). */
#define LINK_GROUP "ff02::db8:1"
#define SITE_GROUP "ff05::db8:1"

enum { PORT = 9000 };

/* MLD version 2 report (RFC 3810 5.2), and its record types. */
enum { MLD2_REPORT = 143, CHANGE_TO_INCLUDE_MODE = 3, CHANGE_TO_EXCLUDE_MODE = 4 };

static struct ipv6_mreq membership(const char *group, const char *interface)
{
	return (struct ipv6_mreq){address_of(group, 0).v6.sin6_addr, if_nametoindex(interface)};
}

/* A socket of a host, bound to the port on all addresses; a member of the group, if any. */
static int receiver_on(const char *host, const char *group)
{
	struct address any = address_any(AF_INET6, PORT);
	const char *before = host_current();
	int fd;

	SETUP(host_enter(host));
	fd = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));
	SETUP(bind(fd, ADDRESS(any)));
	if (group != NULL) {
		struct ipv6_mreq m = membership(group, "eth0");

		SETUP(setsockopt(fd, IPPROTO_IPV6, IPV6_JOIN_GROUP, &m, sizeof(m)));
	}
	SETUP(host_enter(before));
	return fd;
}

/* A group's address on eth0 of the current host. */
static struct address group_on_eth0(const char *group)
{
	struct address a = address_of(group, PORT);

	a.v6.sin6_scope_id = if_nametoindex("eth0");
	return a;
}

/*
 * Everything in IPv6 is multicast.
 *
 * There is no broadcast: even the question for a neighbour's hardware address goes to a
 * group. The frame's address is 33:33 and the group's last 32 bits. As in IPv4 a host
 * passes to its sockets only what they have joined: b has, c has not.
 *
 * Try it: `ip -6 maddr show` lists the groups; `ping ff02::1%eth0` reaches all nodes.
 */
CASE(members_receive,
     .claim = "an IPv6 multicast datagram reaches the host that joined and not the other",
     .level = RFC, .spec = "RFC 3493 5.2; RFC 2464 7; RFC 4291 2.7; ipv6(7)", .needs = "ipv6",
     .topology = "lan", .tags = "udp multicast")
{
	static const unsigned char frame_to[] = {0x33, 0x33, 0x0d, 0xb8, 0x00, 0x01};
	struct address group = group_on_eth0(LINK_GROUP), c = address_of("2001:db8::3", PORT);
	int member = receiver_on("b", LINK_GROUP), stranger = receiver_on("c", NULL);
	int sender = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));
	struct wire *wire = wire_open("c");
	const struct packet *packet;
	char data[16];

	EXPECT_EQ(sendto(sender, "all", 3, 0, ADDRESS(group)), 3);
	EXPECT_EQ(recv(member, data, sizeof(data), 0), 3);
	packet = wire_next_udp(wire, PORT);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_MEMEQ(packet_ethernet(packet)->destination, frame_to, 6);

	/* c's link had the packet, too; but its socket's first datagram is the next one. */
	SETUP(sendto(sender, "c only", 6, 0, ADDRESS(c)));
	EXPECT_EQ(recv(stranger, data, sizeof(data), 0), 6);
}

/*
 * Leaving.
 *
 * IPV6_LEAVE_GROUP names the same group and interface as the join did. When no socket
 * of the host is a member any more, the host filters the group out again.
 */
CASE(leaving_stops_it,
     .claim = "after IPV6_LEAVE_GROUP the group's datagrams are no longer received", .level = RFC,
     .spec = "RFC 3493 5.2; ipv6(7)", .needs = "ipv6", .topology = "pair", .tags = "udp multicast")
{
	struct address group = group_on_eth0(LINK_GROUP), b = address_of("2001:db8::2", PORT);
	int member = receiver_on("b", LINK_GROUP);
	int sender = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));
	struct ipv6_mreq m;
	char data[16];

	SETUP(sendto(sender, "1", 1, 0, ADDRESS(group)));
	EXPECT_EQ(recv(member, data, sizeof(data), 0), 1);

	SETUP(host_enter("b"));
	m = membership(LINK_GROUP, "eth0");
	EXPECT_OK(setsockopt(member, IPPROTO_IPV6, IPV6_LEAVE_GROUP, &m, sizeof(m)));
	SETUP(host_enter("a"));
	SETUP(sendto(sender, "22", 2, 0, ADDRESS(group)));
	SETUP(sendto(sender, "333", 3, 0, ADDRESS(b)));
	EXPECT_EQ(recv(member, data, sizeof(data), 0), 3);
}

struct record_wanted {
	struct in6_addr group;
	unsigned int type;
};

/* Whether an MLDv2 report has a record of this type for this group. */
static bool has_record(const struct packet *packet, const void *context)
{
	const struct record_wanted *wanted = context;
	const struct packet_icmpv6 *icmp = packet_icmpv6(packet);
	struct packet_group_record record;
	struct packet_walk walk;

	if (icmp == NULL || icmp->type != MLD2_REPORT)
		return false;
	walk = packet_walk(packet, packet_find(packet, PACKET_ICMPV6));
	while (packet_group_record_next(&walk, &record)) {
		if (record.record_type == wanted->type &&
		    memcmp(packet->bytes + record.multicast_address_offset, &wanted->group,
			   sizeof(wanted->group)) == 0)
			return true;
	}
	return false;
}

/*
 * Multicast Listener Discovery: the join on the wire.
 *
 * What IGMP is for IPv4, MLD is for IPv6; only that it is part of ICMPv6. A change is
 * reported at once to ff02::16, all MLDv2 routers: hop limit 1, a link-local source,
 * and a Router Alert in a Hop-by-Hop header. Switches listen to it as well, and send a
 * group only to its members' ports.
 *
 * Try it: `tcpdump -ni any 'icmp6 and ip6[48] == 143'`.
 */
CASE(join_and_leave_are_reported,
     .claim = "a join is reported by MLDv2 as change to exclude mode, a leave to include mode",
     .level = RFC, .spec = "RFC 3810 5, 5.2.12, 6.1; RFC 2711", .needs = "ipv6",
     .sysctls = "net.ipv6.conf.all.force_mld_version=2", .topology = "lan", .tags = "multicast mld")
{
	struct ipv6_mreq m = membership(SITE_GROUP, "eth0");
	struct record_wanted wanted = {m.ipv6mr_multiaddr, CHANGE_TO_EXCLUDE_MODE};
	struct address all_routers = address_of("ff02::16", 0);
	int fd = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));
	struct wire *wire = wire_open("c");
	const struct packet *report;

	EXPECT_OK(setsockopt(fd, IPPROTO_IPV6, IPV6_JOIN_GROUP, &m, sizeof(m)));
	report = wire_next_wanted(wire, has_record, &wanted, SOON_MS);
	REQUIRE_TRUE(report != NULL);
	EXPECT_MEMEQ(packet_ipv6(report)->destination, &all_routers.v6.sin6_addr, 16);
	EXPECT_EQ(packet_ipv6(report)->hop_limit, 1);
	EXPECT_TRUE(packet_find(report, PACKET_HOP_BY_HOP) != NULL);

	EXPECT_OK(setsockopt(fd, IPPROTO_IPV6, IPV6_LEAVE_GROUP, &m, sizeof(m)));
	wanted.type = CHANGE_TO_INCLUDE_MODE;
	EXPECT_TRUE(wire_next_wanted(wire, has_record, &wanted, SOON_MS) != NULL);
}

/*
 * How far it may go is said twice.
 *
 * The scope in the group's address (2: link, 5: site, e: global) is a border for
 * routers, the hop limit a number of them. For multicast the limit is 1 by default, and
 * `IPV6_MULTICAST_HOPS` its own option; that for unicast does not count. -1 restores
 * the default.
 */
CASE(multicast_hops,
     .claim = "multicast has hop limit 1 whatever IPV6_UNICAST_HOPS says, or IPV6_MULTICAST_HOPS",
     .level = RFC, .spec = "RFC 3493 5.2; ipv6(7) IPV6_MULTICAST_HOPS", .needs = "ipv6",
     .topology = "pair", .tags = "udp multicast hops")
{
	static const int set[] = {-1, 7, 0x40, -1}, sent[] = {1, 7, 0x40, 1};
	struct address group = group_on_eth0(SITE_GROUP);
	int fd = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));
	struct wire *wire = wire_open("b");

	SETUP(set_int(fd, IPPROTO_IPV6, IPV6_UNICAST_HOPS, 99));
	for (int i = 0; i < 4; i++) {
		const struct packet *packet;

		EXPECT_OK(set_int(fd, IPPROTO_IPV6, IPV6_MULTICAST_HOPS, set[i]));
		SETUP(sendto(fd, "x", 1, 0, ADDRESS(group)));
		packet = wire_next_udp(wire, PORT);
		REQUIRE_TRUE(packet != NULL);
		EXPECT_EQ(packet_ipv6(packet)->hop_limit, sent[i]);
	}
}

/*
 * The sender's own copy.
 *
 * If the sending host is a member itself, it gets a copy of what it sends, unless
 * `IPV6_MULTICAST_LOOP` is 0. RFC 3493 makes it an option of the sender, so that all
 * systems agree on IPv6, which they do not on IPv4.
 */
CASE(multicast_loop,
     .claim = "the sending host's members get a copy unless IPV6_MULTICAST_LOOP is 0", .level = RFC,
     .spec = "RFC 3493 5.2; ipv6(7) IPV6_MULTICAST_LOOP", .needs = "ipv6", .topology = "pair",
     .tags = "udp multicast")
{
	struct address group = group_on_eth0(LINK_GROUP);
	int member = receiver_on("a", LINK_GROUP);
	int sender = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));
	char data[16];

	SETUP(sendto(sender, "1", 1, 0, ADDRESS(group)));
	EXPECT_EQ(recv(member, data, sizeof(data), 0), 1);

	EXPECT_OK(set_int(sender, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, 0));
	SETUP(sendto(sender, "22", 2, 0, ADDRESS(group)));
	SETUP(set_int(sender, IPPROTO_IPV6, IPV6_MULTICAST_LOOP, 1));
	SETUP(sendto(sender, "333", 3, 0, ADDRESS(group)));
	EXPECT_EQ(recv(member, data, sizeof(data), 0), 3);
}

/*
 * Which link?
 *
 * `IPV6_MULTICAST_IF` chooses the outgoing interface by index, for destinations that do
 * not name one. It takes an index that exists (else ENODEV); 0 leaves the choice to the
 * kernel again. Here a has two links to b, and the frame's source address tells which one
 * the datagram took.
 */
CASE(multicast_interface,
     .claim = "IPV6_MULTICAST_IF sends multicast by that interface, and refuses an unknown one",
     .level = LINUX, .spec = "RFC 3493 5.2; ipv6(7) IPV6_MULTICAST_IF", .needs = "ipv6",
     .topology = "ways", .tags = "udp multicast errno wire")
{
	static const struct way {
		const char *interface, *source;
	} ways[] = {
		{"eth0", "02:00:00:00:00:01"},
		{"eth1", "02:00:00:00:00:11"},
		{"eth0", "02:00:00:00:00:01"},
	};
	struct address group = address_of(SITE_GROUP, PORT);
	struct wire *wire = wire_open("b");
	int fd = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));

	EXPECT_ERR(set_int(fd, IPPROTO_IPV6, IPV6_MULTICAST_IF, 9999), ENODEV);
	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		int index = (int)if_nametoindex(ways[i].interface);

		EXPECT_OK(set_int(fd, IPPROTO_IPV6, IPV6_MULTICAST_IF, index));
		EXPECT_EQ(get_int(fd, IPPROTO_IPV6, IPV6_MULTICAST_IF), index);
		EXPECT_EQ(sendto(fd, "x", 1, 0, ADDRESS(group)), 1);
		EXPECT_PACKET(wire, WHICH("UDP", "Destination Port", PORT),
			      FIELD_TEXT("Ethernet", "Source", ways[i].source));
	}
}

struct refused_row {
	struct variant variant;
	const char *group;
	unsigned int index; /* 0: loopback's */
	int expected;
};

static const struct refused_row refused[] = {
	{{"not_a_group", NULL}, "2001:db8::1", 0, EINVAL},
	{{"no_such_interface", NULL}, LINK_GROUP, 9999, ENODEV},
};

/*
 * What cannot be joined.
 *
 * Groups begin with ff; anything else is `EINVAL`. An index that no interface has is
 * `ENODEV`: an interface may have gone since its index was looked up, so that a program
 * must expect it.
 */
CASE(join_refused,
     .claim = "IPV6_JOIN_GROUP fails with EINVAL for no group and ENODEV for no interface",
     .level = ABI, .spec = "RFC 3493 5.2 and ipv6(7) name no errors", .needs = "ipv6",
     .tags = "multicast errno", .VARIANTS(refused))
{
	const struct refused_row *row = VARIANT(struct refused_row);
	struct ipv6_mreq good = membership(LINK_GROUP, "lo"), bad = membership(row->group, "lo");
	int fd = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));

	if (row->index != 0)
		bad.ipv6mr_interface = row->index;
	EXPECT_ERR(setsockopt(fd, IPPROTO_IPV6, IPV6_JOIN_GROUP, &bad, sizeof(bad)), row->expected);
	EXPECT_OK(setsockopt(fd, IPPROTO_IPV6, IPV6_JOIN_GROUP, &good, sizeof(good)));
}

/*
 * A membership is counted once a socket.
 *
 * As for IPv4 a second join of the same socket is refused rather than counted, so that
 * one leave is always enough. Another socket may join the same group and keeps it
 * alive.
 */
CASE(join_twice, .claim = "joining twice fails with EADDRINUSE, leaving twice with EADDRNOTAVAIL",
     .level = ABI, .spec = "RFC 3493 5.2 and ipv6(7) name no errors", .needs = "ipv6",
     .tags = "multicast errno")
{
	struct ipv6_mreq m = membership(LINK_GROUP, "lo");
	int fd = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));
	int other = SETUP(socket(AF_INET6, SOCK_DGRAM, 0));

	EXPECT_OK(setsockopt(fd, IPPROTO_IPV6, IPV6_JOIN_GROUP, &m, sizeof(m)));
	EXPECT_ERR(setsockopt(fd, IPPROTO_IPV6, IPV6_JOIN_GROUP, &m, sizeof(m)), EADDRINUSE);
	EXPECT_OK(setsockopt(other, IPPROTO_IPV6, IPV6_JOIN_GROUP, &m, sizeof(m)));

	EXPECT_OK(setsockopt(fd, IPPROTO_IPV6, IPV6_LEAVE_GROUP, &m, sizeof(m)));
	EXPECT_ERR(setsockopt(fd, IPPROTO_IPV6, IPV6_LEAVE_GROUP, &m, sizeof(m)), EADDRNOTAVAIL);
}
