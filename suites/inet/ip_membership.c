/* SPDX-License-Identifier: MIT */
/* Joining and leaving IPv4 groups: what the neighbours are told, and what can go wrong. */
#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/inet/ip_wire.h"

#include "harness/case.h"

/* RFC 6676: 233.252.0.0/24 is for documentation. */
#define GROUP "233.252.0.1"

/* Types of IGMP messages (RFC 2236 2.1, RFC 9776 4) and of group records (RFC 9776 4.2.13). */
enum {
	IGMP_V2_REPORT = 0x16,
	IGMP_V2_LEAVE = 0x17,
	IGMP_V3_REPORT = 0x22,
	CHANGE_TO_INCLUDE_MODE = 3,
	CHANGE_TO_EXCLUDE_MODE = 4,
};

static struct ip_mreqn membership(const char *group, const char *interface)
{
	return (struct ip_mreqn){
		.imr_multiaddr = address_of(group, 0).v4.sin_addr,
		.imr_ifindex = interface ? (int)if_nametoindex(interface) : 0,
	};
}

struct record_wanted {
	struct in_addr group;
	unsigned int type;
};

/* Whether an IGMPv3 report has a record of this type for this group. */
static bool has_record(const struct packet *packet, const void *context)
{
	const struct record_wanted *wanted = context;
	const struct packet_igmp *igmp = packet_igmp(packet);
	struct packet_group_record record;
	struct packet_walk walk;

	if (igmp == NULL || igmp->type != IGMP_V3_REPORT)
		return false;
	walk = packet_walk(packet, packet_find(packet, PACKET_IGMP));
	while (packet_group_record_next(&walk, &record)) {
		if (record.record_type == wanted->type &&
		    memcmp(packet->bytes + record.multicast_address_offset, &wanted->group, 4) == 0)
			return true;
	}
	return false;
}

/*
 * A join is a message to the routers.
 *
 * A router forwards a group to a link only if someone there wants it. So the kernel
 * reports a change at once, to 224.0.0.22, the address of all IGMPv3 routers: "exclude
 * nobody" for a join, "include nobody" for the last socket's leave. The TTL is 1 and a
 * Router Alert option (RFC 2113) makes routers look at a packet that is not addressed
 * to them.
 *
 * Try it: `tcpdump -ni any igmp`, and start a program that uses multicast.
 */
CASE(join_and_leave_are_reported,
     .claim = "a join is reported by IGMPv3 as change to exclude mode, a leave to include mode",
     .level = RFC, .spec = "RFC 9776 4.2, 5.1; RFC 2113",
     .sysctls = "net.ipv4.conf.all.force_igmp_version=3", .topology = "lan",
     .tags = "multicast igmp")
{
	struct ip_mreqn m = membership(GROUP, "eth0");
	struct record_wanted wanted = {m.imr_multiaddr, CHANGE_TO_EXCLUDE_MODE};
	static const unsigned char all_routers[] = {224, 0, 0, 22};
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	struct wire *wire = wire_open("c");
	const struct packet *report;

	EXPECT_OK(setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &m, sizeof(m)));
	report = wire_next_wanted(wire, has_record, &wanted, SOON_MS);
	REQUIRE_TRUE(report != NULL);
	EXPECT_MEMEQ(packet_ipv4(report)->destination, all_routers, 4);
	EXPECT_EQ(packet_ipv4(report)->time_to_live, 1);
	EXPECT_EQ(packet_ipv4(report)->options_length, 4);

	EXPECT_OK(setsockopt(fd, IPPROTO_IP, IP_DROP_MEMBERSHIP, &m, sizeof(m)));
	wanted.type = CHANGE_TO_INCLUDE_MODE;
	EXPECT_TRUE(wire_next_wanted(wire, has_record, &wanted, SOON_MS) != NULL);
}

static bool is_igmp(const struct packet *packet, const void *context)
{
	const struct packet_igmp *igmp = packet_igmp(packet);

	return igmp != NULL && igmp->type == *(const unsigned int *)context;
}

/*
 * The same in IGMPv2.
 *
 * Version 2 sends the report to the group itself, so that other members hear it and
 * keep silent, and the leave to all routers, 224.0.0.2. It cannot say anything about
 * sources. Linux changes to it when it hears a router that speaks nothing newer, or
 * when told to by a sysctl, as here.
 */
CASE(join_and_leave_in_igmpv2,
     .claim = "IGMPv2 reports a join to the group and a leave to all routers", .level = RFC,
     .spec = "RFC 2236 3, 6, 9", .sysctls = "net.ipv4.conf.all.force_igmp_version=2",
     .topology = "lan", .tags = "multicast igmp")
{
	struct ip_mreqn m = membership(GROUP, "eth0");
	static const unsigned char all_routers[] = {224, 0, 0, 2};
	static const unsigned int report_type = IGMP_V2_REPORT, leave_type = IGMP_V2_LEAVE;
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	struct wire *wire = wire_open("c");
	const struct packet *packet;

	EXPECT_OK(setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &m, sizeof(m)));
	packet = wire_next_wanted(wire, is_igmp, &report_type, SOON_MS);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_MEMEQ(packet_igmp(packet)->group_address, &m.imr_multiaddr, 4);
	EXPECT_MEMEQ(packet_ipv4(packet)->destination, &m.imr_multiaddr, 4);

	EXPECT_OK(setsockopt(fd, IPPROTO_IP, IP_DROP_MEMBERSHIP, &m, sizeof(m)));
	packet = wire_next_wanted(wire, is_igmp, &leave_type, SOON_MS);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_MEMEQ(packet_igmp(packet)->group_address, &m.imr_multiaddr, 4);
	EXPECT_MEMEQ(packet_ipv4(packet)->destination, all_routers, 4);
}

struct refused_row {
	struct variant variant;
	const char *group;
	const char *interface; /* NULL: left to the kernel */
	int index;	       /* when there is no interface of a name */
	int expected;
};

static const struct refused_row refused[] = {
	{{"not_a_group", NULL}, "192.0.2.9", "lo", 0, EINVAL},
	{{"above_the_groups", NULL}, "240.0.0.1", "lo", 0, EINVAL},
	{{"no_such_interface", NULL}, GROUP, NULL, 9999, ENODEV},
	{{"no_route", NULL}, GROUP, NULL, 0, ENODEV},
};

/*
 * What cannot be joined.
 *
 * A group is an address from 224.0.0.0 to 239.255.255.255; anything else is `EINVAL`. The
 * interface may be left to the kernel, which then looks for a route to the group; in a
 * network without one, or with an index that nothing has, the answer is `ENODEV`.
 */
CASE(join_refused,
     .claim = "IP_ADD_MEMBERSHIP fails with EINVAL for no group and ENODEV for no interface",
     .level = ABI, .spec = "ip(7) IP_ADD_MEMBERSHIP describes the arguments, not the errors",
     .tags = "multicast errno", .VARIANTS(refused))
{
	const struct refused_row *row = VARIANT(struct refused_row);
	struct ip_mreqn good = membership(GROUP, "lo");
	struct ip_mreqn bad = membership(row->group, row->interface);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	if (row->index != 0)
		bad.imr_ifindex = row->index;
	EXPECT_ERR(setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &bad, sizeof(bad)), row->expected);
	EXPECT_OK(setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &good, sizeof(good)));
}

/*
 * Once in, once out.
 *
 * A socket is a member of a group on an interface, or it is not. To join twice is
 * `EADDRINUSE`, to leave without having joined `EADDRNOTAVAIL`. Another socket may join
 * the same group; the kernel counts, and reports to the routers only the first join and
 * the last leave.
 */
CASE(join_twice, .claim = "joining twice fails with EADDRINUSE, leaving twice with EADDRNOTAVAIL",
     .level = ABI, .spec = "ip(7) IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP (errors not listed)",
     .tags = "multicast errno")
{
	struct ip_mreqn m = membership(GROUP, "lo");
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	int other = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	EXPECT_OK(setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &m, sizeof(m)));
	EXPECT_ERR(setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &m, sizeof(m)), EADDRINUSE);
	EXPECT_OK(setsockopt(other, IPPROTO_IP, IP_ADD_MEMBERSHIP, &m, sizeof(m)));

	EXPECT_OK(setsockopt(fd, IPPROTO_IP, IP_DROP_MEMBERSHIP, &m, sizeof(m)));
	EXPECT_ERR(setsockopt(fd, IPPROTO_IP, IP_DROP_MEMBERSHIP, &m, sizeof(m)), EADDRNOTAVAIL);
}

/*
 * Twenty groups a socket.
 *
 * Memberships cost memory in the kernel and work in every switch, so their number is
 * limited: `net.ipv4.igmp_max_memberships`, 20 by default, counts for each socket by
 * itself. One more gives ENOBUFS. Programs that need hundreds open several sockets.
 */
CASE(membership_limit,
     .claim = "a join beyond igmp_max_memberships fails with ENOBUFS, until one group is left",
     .level = LINUX, .spec = "Documentation/networking/ip-sysctl.rst igmp_max_memberships; ip(7)",
     .sysctls = "net.ipv4.igmp_max_memberships=2", .tags = "multicast errno limits sysctl")
{
	struct ip_mreqn one = membership("233.252.0.1", "lo");
	struct ip_mreqn two = membership("233.252.0.2", "lo");
	struct ip_mreqn three = membership("233.252.0.3", "lo");
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	int other = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	SETUP(setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &one, sizeof(one)));
	SETUP(setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &two, sizeof(two)));
	EXPECT_ERR(setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &three, sizeof(three)), ENOBUFS);
	EXPECT_OK(setsockopt(other, IPPROTO_IP, IP_ADD_MEMBERSHIP, &three, sizeof(three)));

	SETUP(setsockopt(fd, IPPROTO_IP, IP_DROP_MEMBERSHIP, &one, sizeof(one)));
	EXPECT_OK(setsockopt(fd, IPPROTO_IP, IP_ADD_MEMBERSHIP, &three, sizeof(three)));
}
