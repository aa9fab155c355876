/* SPDX-License-Identifier: MIT */
/* Who may be heard in a group: source filters, by the interface of IPv4 and by that for both. */
#include <net/if.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/inet/ip_control.h"

#include "harness/case.h"

enum { PORT = 9000, SOURCES = 2 };

/* How a program says "this source in this group": RFC 3678 has one way for each section. */
enum form { FOR_IPV4, FOR_ANY };

struct filter_row {
	struct variant variant;
	enum form form;
	int level;
	const char *group, *source[SOURCES]; /* hosts a and c of topology lan; b is the member */
	int join, leave, join_source, leave_source, block, unblock, filter;
};

#define IPV4_NUMBERS                                                                               \
	IP_ADD_MEMBERSHIP, IP_DROP_MEMBERSHIP, IP_ADD_SOURCE_MEMBERSHIP,                           \
		IP_DROP_SOURCE_MEMBERSHIP, IP_BLOCK_SOURCE, IP_UNBLOCK_SOURCE, IP_MSFILTER
#define ANY_NUMBERS                                                                                \
	MCAST_JOIN_GROUP, MCAST_LEAVE_GROUP, MCAST_JOIN_SOURCE_GROUP, MCAST_LEAVE_SOURCE_GROUP,    \
		MCAST_BLOCK_SOURCE, MCAST_UNBLOCK_SOURCE, MCAST_MSFILTER
#define IPV4_HOSTS                                                                                 \
	"233.252.0.1",                                                                             \
	{                                                                                          \
		"192.0.2.1", "192.0.2.3"                                                           \
	}
#define IPV6_HOSTS                                                                                 \
	"ff05::db8:1",                                                                             \
	{                                                                                          \
		"2001:db8::1", "2001:db8::3"                                                       \
	}

static const struct filter_row rows[] = {
	{{"ip", NULL}, FOR_IPV4, IPPROTO_IP, IPV4_HOSTS, IPV4_NUMBERS},
	{{"mcast_v4", NULL}, FOR_ANY, IPPROTO_IP, IPV4_HOSTS, ANY_NUMBERS},
	{{"mcast_v6", "ipv6"}, FOR_ANY, IPPROTO_IPV6, IPV6_HOSTS, ANY_NUMBERS},
};

/* Calls setsockopt() for the whole group on eth0 of b. */
static int set_group(int fd, const struct filter_row *row, int option)
{
	struct ip_mreqn m = {.imr_multiaddr = address_of(row->group, 0).v4.sin_addr,
			     .imr_ifindex = 20};
	struct group_req g = {.gr_interface = 20, .gr_group = address_of(row->group, 0).storage};

	if (row->form == FOR_IPV4)
		return setsockopt(fd, row->level, option, &m, sizeof(m));
	return setsockopt(fd, row->level, option, &g, sizeof(g));
}

/* ... for one source in it. */
static int set_source(int fd, const struct filter_row *row, int option, const char *source)
{
	struct ip_mreq_source m = {.imr_multiaddr = address_of(row->group, 0).v4.sin_addr,
				   .imr_interface = address_of("192.0.2.2", 0).v4.sin_addr,
				   .imr_sourceaddr = address_of(source, 0).v4.sin_addr};
	struct group_source_req g = {.gsr_interface = 20,
				     .gsr_group = address_of(row->group, 0).storage,
				     .gsr_source = address_of(source, 0).storage};

	if (row->form == FOR_IPV4)
		return setsockopt(fd, row->level, option, &m, sizeof(m));
	return setsockopt(fd, row->level, option, &g, sizeof(g));
}

/* ... for a whole filter: its mode and a list of `count` of the row's sources. */
static int set_filter(int fd, const struct filter_row *row, uint32_t mode, uint32_t count)
{
	union {
		struct ip_msfilter ip;
		char bytes[IP_MSFILTER_SIZE(SOURCES)];
	} m = {.ip = {.imsf_multiaddr = address_of(row->group, 0).v4.sin_addr,
		      .imsf_interface = address_of("192.0.2.2", 0).v4.sin_addr,
		      .imsf_fmode = mode,
		      .imsf_numsrc = count}};
	union {
		struct group_filter group;
		char bytes[GROUP_FILTER_SIZE(SOURCES)];
	} g = {.group = {.gf_interface = 20,
			 .gf_group = address_of(row->group, 0).storage,
			 .gf_fmode = mode,
			 .gf_numsrc = count}};

	for (uint32_t i = 0; i < count; i++) {
		struct address source = address_of(row->source[i], 0);

		memcpy(m.bytes + IP_MSFILTER_SIZE(i), &source.v4.sin_addr, 4);
		memcpy(g.bytes + GROUP_FILTER_SIZE(i), &source.storage, sizeof(source.storage));
	}
	if (row->form == FOR_IPV4)
		return setsockopt(fd, row->level, row->filter, &m, IP_MSFILTER_SIZE(count));
	return setsockopt(fd, row->level, row->filter, &g, GROUP_FILTER_SIZE(count));
}

/* What getsockopt() says of the filter: its mode, how many sources, and the first of them. */
static void expect_filter(int fd, const struct filter_row *row, uint32_t mode, uint32_t count)
{
	union {
		struct ip_msfilter ip;
		char bytes[IP_MSFILTER_SIZE(SOURCES)];
	} m = {.ip = {.imsf_multiaddr = address_of(row->group, 0).v4.sin_addr,
		      .imsf_interface = address_of("192.0.2.2", 0).v4.sin_addr,
		      .imsf_numsrc = SOURCES}};
	union {
		struct group_filter group;
		char bytes[GROUP_FILTER_SIZE(SOURCES)];
	} g = {.group = {.gf_interface = 20,
			 .gf_group = address_of(row->group, 0).storage,
			 .gf_numsrc = SOURCES}};
	struct address first = address_of(row->source[0], 0);
	socklen_t length = sizeof(m);

	if (row->form == FOR_IPV4) {
		EXPECT_OK(getsockopt(fd, row->level, row->filter, &m, &length));
		EXPECT_EQ(length, IP_MSFILTER_SIZE(count));
		EXPECT_EQ(m.ip.imsf_fmode, mode);
		EXPECT_EQ(m.ip.imsf_numsrc, count);
		if (count > 0)
			EXPECT_MEMEQ(m.bytes + IP_MSFILTER_SIZE(0), &first.v4.sin_addr, 4);
		return;
	}
	length = sizeof(g);
	EXPECT_OK(getsockopt(fd, row->level, row->filter, &g, &length));
	EXPECT_EQ(length, GROUP_FILTER_SIZE(count));
	EXPECT_EQ(g.group.gf_fmode, mode);
	EXPECT_EQ(g.group.gf_numsrc, count);
	if (count > 0)
		EXPECT_MEMEQ(g.bytes + GROUP_FILTER_SIZE(0), &first.storage, first.length);
}

struct scene {
	int member;	     /* on b, bound to the port, without a group */
	int sender[SOURCES]; /* on a and on c */
	struct address group, direct;
};

static struct scene make_scene(const struct filter_row *row)
{
	struct scene s = {
		.group = address_of(row->group, PORT),
		.direct = address_of(row->level == IPPROTO_IP ? "192.0.2.2" : "2001:db8::2", PORT)};
	int family = s.group.any.sa_family;
	struct address any = address_any(family, PORT);

	s.member = SETUP(host_socket("b", family, SOCK_DGRAM, 0));
	/* Only what this socket asked for, even if another program joined the group. */
	SETUP(set_int(s.member, row->level,
		      family == AF_INET ? IP_MULTICAST_ALL : IPV6_MULTICAST_ALL, 0));
	SETUP(bind(s.member, ADDRESS(any)));
	for (int i = 0; i < SOURCES; i++) {
		struct address source = address_of(row->source[i], 0);
		struct ip_mreqn out4 = {.imr_ifindex = i == 0 ? 10 : 30};

		s.sender[i] = SETUP(host_socket(i == 0 ? "a" : "c", family, SOCK_DGRAM, 0));
		SETUP(bind(s.sender[i], ADDRESS(source)));
		if (family == AF_INET)
			SETUP(setsockopt(s.sender[i], IPPROTO_IP, IP_MULTICAST_IF, &out4,
					 sizeof(out4)));
		else
			SETUP(set_int(s.sender[i], IPPROTO_IPV6, IPV6_MULTICAST_IF,
				      i == 0 ? 10 : 30));
	}
	return s;
}

/*
 * Each host sends to the group, and then to the member alone, which always arrives: between
 * the two on one link nothing overtakes, so that what is missing then was not delivered.
 */
static void expect_heard(const struct scene *s, bool from_a, bool from_c)
{
	const bool heard[SOURCES] = {from_a, from_c};
	char text[8];

	for (int i = 0; i < SOURCES; i++) {
		SETUP(sendto(s->sender[i], "group", 5, 0, ADDRESS(s->group)));
		SETUP(sendto(s->sender[i], "own", 3, 0, ADDRESS(s->direct)));
		if (heard[i])
			EXPECT_EQ(recv(s->member, text, sizeof(text), 0), 5);
		EXPECT_EQ(recv(s->member, text, sizeof(text), 0), 3);
	}
}

/*
 * One way to join for both versions of IP.
 *
 * `MCAST_JOIN_GROUP` takes the group as a socket address and the interface as a number, so
 * that a program needs no second branch for IPv6. What it does is what `IP_ADD_MEMBERSHIP`
 * does: everybody who sends to the group is heard ("any source"), until the group is left.
 */
CASE(any_source,
     .claim = "after the join datagrams of every sender to the group arrive, after leaving none",
     .level = RFC, .spec = "RFC 3678 4.1.1, 5.1.1; ip(7) IP_ADD_MEMBERSHIP", .topology = "lan",
     .tags = "udp multicast", .VARIANTS(rows))
{
	const struct filter_row *row = VARIANT(struct filter_row);
	struct scene s = make_scene(row);

	expect_heard(&s, false, false);
	EXPECT_OK(set_group(s.member, row, row->join));
	expect_heard(&s, true, true);
	EXPECT_ERR(set_group(s.member, row, row->join), EADDRINUSE);
	EXPECT_OK(set_group(s.member, row, row->leave));
	expect_heard(&s, false, false);
	EXPECT_ERR(set_group(s.member, row, row->leave), EADDRNOTAVAIL);
}

/*
 * All but one.
 *
 * A member of a group can shut out single senders: one that disturbs, or whose stream is not
 * wanted. The rest of the group goes on. Shutting out twice is an error (the source is in the
 * list already), and so is letting in who was not shut out.
 */
CASE(block_a_source,
     .claim = "a blocked source of a joined group is not heard, the others are, until unblocked",
     .level = RFC, .spec = "RFC 3678 4.1.2, 5.1.2; ip(7) IP_BLOCK_SOURCE", .topology = "lan",
     .tags = "udp multicast", .VARIANTS(rows))
{
	const struct filter_row *row = VARIANT(struct filter_row);
	struct scene s = make_scene(row);

	SETUP(set_group(s.member, row, row->join));
	EXPECT_OK(set_source(s.member, row, row->block, row->source[0]));
	expect_heard(&s, false, true);
	EXPECT_ERR(set_source(s.member, row, row->block, row->source[0]), EADDRNOTAVAIL);
	expect_filter(s.member, row, MCAST_EXCLUDE, 1);

	EXPECT_OK(set_source(s.member, row, row->unblock, row->source[0]));
	expect_heard(&s, true, true);
	EXPECT_ERR(set_source(s.member, row, row->unblock, row->source[0]), EADDRNOTAVAIL);
}

/*
 * Only one.
 *
 * The other way round: a program joins a group for the packets of one sender, and for
 * another one's by a second call. Leaving the last source leaves the group. This is how
 * source-specific multicast (RFC 4607) is used: "the channel (S, G)".
 */
CASE(join_a_source,
     .claim = "of a group joined for single sources those are heard, until each is left",
     .level = RFC, .spec = "RFC 3678 4.1.3, 5.1.3; RFC 4607 5; ip(7) IP_DROP_SOURCE_MEMBERSHIP",
     .topology = "lan", .tags = "udp multicast", .VARIANTS(rows))
{
	const struct filter_row *row = VARIANT(struct filter_row);
	struct scene s = make_scene(row);

	EXPECT_OK(set_source(s.member, row, row->join_source, row->source[0]));
	expect_heard(&s, true, false);
	expect_filter(s.member, row, MCAST_INCLUDE, 1);
	EXPECT_ERR(set_source(s.member, row, row->join_source, row->source[0]), EADDRNOTAVAIL);
	EXPECT_OK(set_source(s.member, row, row->join_source, row->source[1]));
	expect_heard(&s, true, true);

	EXPECT_OK(set_source(s.member, row, row->leave_source, row->source[0]));
	expect_heard(&s, false, true);
	EXPECT_OK(set_source(s.member, row, row->leave_source, row->source[1]));
	expect_heard(&s, false, false);
	EXPECT_ERR(set_group(s.member, row, row->leave), EADDRNOTAVAIL);
}

/*
 * The two kinds of list do not mix.
 *
 * A socket has one filter for a group: "all except" or "none except". Blocking belongs to the
 * first, joining sources to the second. A call of the wrong kind is `EINVAL`, and so is, on Linux,
 * one about a group that was not joined at all.
 */
CASE(kinds_do_not_mix,
     .claim = "blocking without membership, and blocking in a group joined by source, is EINVAL",
     .level = ABI, .spec = "Linux net/ipv4/igmp.c ip_mc_source(); RFC 3678 4.1.3, 5.1.3",
     .topology = "lan", .tags = "udp multicast errno", .VARIANTS(rows))
{
	const struct filter_row *row = VARIANT(struct filter_row);
	struct scene s = make_scene(row);

	EXPECT_ERR(set_source(s.member, row, row->block, row->source[0]), EINVAL);
	EXPECT_ERR(set_source(s.member, row, row->leave_source, row->source[0]), EINVAL);
	SETUP(set_source(s.member, row, row->join_source, row->source[0]));
	EXPECT_ERR(set_source(s.member, row, row->block, row->source[0]), EINVAL);
	expect_heard(&s, true, false);

	/* In a group that was joined as a whole the same call succeeds. */
	SETUP(set_source(s.member, row, row->leave_source, row->source[0]));
	SETUP(set_group(s.member, row, row->join));
	EXPECT_OK(set_source(s.member, row, row->block, row->source[0]));
	expect_heard(&s, false, true);
}

/*
 * The whole list at once.
 *
 * The "advanced" interface replaces mode and list in one step, so that there is no moment at
 * which half of it holds. It needs a membership first: `EINVAL` without one. An empty list of
 * mode include is nobody, and the same as having left.
 */
CASE(whole_filter,
     .claim = "a filter of mode include hears its sources only, of mode exclude all others, and "
	      "getsockopt() gives it back",
     .level = RFC, .spec = "RFC 3678 4.2, 5.2; ip(7) IP_MSFILTER", .topology = "lan",
     .tags = "udp multicast", .VARIANTS(rows))
{
	const struct filter_row *row = VARIANT(struct filter_row);
	struct scene s = make_scene(row);

	EXPECT_ERR(set_filter(s.member, row, MCAST_EXCLUDE, 1), EINVAL);
	SETUP(set_group(s.member, row, row->join));
	expect_filter(s.member, row, MCAST_EXCLUDE, 0);
	EXPECT_ERR(set_filter(s.member, row, 7, 1), EINVAL);

	EXPECT_OK(set_filter(s.member, row, MCAST_EXCLUDE, 1));
	expect_heard(&s, false, true);
	expect_filter(s.member, row, MCAST_EXCLUDE, 1);
	EXPECT_OK(set_filter(s.member, row, MCAST_INCLUDE, 1));
	expect_heard(&s, true, false);
	expect_filter(s.member, row, MCAST_INCLUDE, 1);
	EXPECT_OK(set_filter(s.member, row, MCAST_INCLUDE, 2));
	expect_heard(&s, true, true);
	expect_filter(s.member, row, MCAST_INCLUDE, 2);
	EXPECT_OK(set_filter(s.member, row, MCAST_EXCLUDE, 0));
	expect_heard(&s, true, true);

	EXPECT_OK(set_filter(s.member, row, MCAST_INCLUDE, 0));
	expect_heard(&s, false, false);
	EXPECT_ERR(set_group(s.member, row, row->leave), EADDRNOTAVAIL);
}

struct refusal_row {
	struct variant variant;
	int level, option;
	const char *group;
	unsigned int interface;
	int expected;
};

static const struct refusal_row refusals[] = {
	{{"v4_not_a_group", NULL}, IPPROTO_IP, MCAST_JOIN_GROUP, "192.0.2.9", 20, EINVAL},
	{{"v4_no_interface", NULL}, IPPROTO_IP, MCAST_JOIN_GROUP, "233.252.0.1", 999, ENODEV},
	{{"v4_wrong_family", NULL}, IPPROTO_IP, MCAST_JOIN_GROUP, "ff05::db8:1", 20, EINVAL},
	{{"v6_not_a_group", "ipv6"}, IPPROTO_IPV6, MCAST_JOIN_GROUP, "2001:db8::9", 20, EINVAL},
	{{"v6_no_interface", "ipv6"}, IPPROTO_IPV6, MCAST_JOIN_GROUP, "ff05::db8:1", 999, ENODEV},
	{{"v6_wrong_family", "ipv6"},
	 IPPROTO_IPV6,
	 MCAST_JOIN_GROUP,
	 "233.252.0.1",
	 20,
	 EADDRNOTAVAIL},
};

/*
 * What is not a group, and what is not an interface.
 *
 * The structure has room for any address. One that is no group's, or of the other version of
 * IP, is refused, as is a number that no interface has.
 */
CASE(refused_groups,
     .claim = "MCAST_JOIN_GROUP refuses an address that is no group, a wrong family and an "
	      "unknown interface",
     .level = LINUX, .spec = "RFC 3678 5.1.1; ip(7) IP_ADD_MEMBERSHIP; POSIX.1-2024 setsockopt()",
     .topology = "lan", .tags = "udp multicast errno", .VARIANTS(refusals))
{
	const struct refusal_row *row = VARIANT(struct refusal_row);
	bool v4 = row->level == IPPROTO_IP;
	struct group_req g = {.gr_interface = row->interface,
			      .gr_group = address_of(row->group, 0).storage};
	int fd = SETUP(host_socket("b", v4 ? AF_INET : AF_INET6, SOCK_DGRAM, 0));

	EXPECT_ERR(setsockopt(fd, row->level, row->option, &g, sizeof(g)), row->expected);
	EXPECT_ERR(setsockopt(fd, row->level, row->option, &g, sizeof(g) - 1), EINVAL);
	g.gr_interface = 20;
	g.gr_group = address_of(v4 ? "233.252.0.1" : "ff05::db8:1", 0).storage;
	EXPECT_OK(setsockopt(fd, row->level, row->option, &g, sizeof(g)));
}
