/* SPDX-License-Identifier: MIT */
/* Asking for one thing, and the errors for what is not there. */
#include <arpa/inet.h>
#include <linux/fib_rules.h>
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <net/if.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

struct link_row {
	struct variant variant;
	int index;
	const char *name;
	int error;
};

static const struct link_row links_there[] = {
	{{"by_index", NULL}, 1, NULL, 0},
	{{"by_name", NULL}, 0, "lo", 0},
	{{"by_index_before_name", NULL}, 1, "none0", 0},
};

/*
 * One interface.
 *
 * Without `NLM_F_DUMP` the request names what it wants: the index, or else the name. The answer is
 * one message, without `NLM_F_MULTI`, and no `NLMSG_DONE` follows.
 */
CASE(one_link, .claim = "RTM_GETLINK with an index or a name gives that interface, in one message",
     .level = LINUX, .spec = "rtnetlink(7) RTM_GETLINK; RFC 3549 3.1.1", .needs = "netlink",
     .tags = "netlink rtnetlink", .VARIANTS(links_there))
{
	const struct link_row *row = VARIANT(struct link_row);
	struct ifinfomsg link = {.ifi_index = row->index};
	struct netlink_request r = REQUEST(RTM_GETLINK, 0, link);
	struct netlink_answer answer;
	const struct nlmsghdr *h;
	int fd = netlink_open(NETLINK_ROUTE);

	if (row->name != NULL)
		request_add_text(&r, IFLA_IFNAME, row->name);
	h = netlink_get(fd, &r, &answer);
	REQUIRE_TRUE(h != NULL);
	EXPECT_EQ(h->nlmsg_type, RTM_NEWLINK);
	EXPECT_EQ(h->nlmsg_flags & NLM_F_MULTI, 0);
	EXPECT_EQ(h->nlmsg_pid, netlink_port(fd));
	EXPECT_EQ(((const struct ifinfomsg *)NLMSG_DATA(h))->ifi_index, 1);
	EXPECT_STREQ(attribute_text(ATTRIBUTE(h, struct ifinfomsg, IFLA_IFNAME)), "lo");
	EXPECT_TRUE(answer_next(&answer, h) == NULL);
	EXPECT_TRUE(netlink_is_silent(fd));
}

static const struct link_row links_not_there[] = {
	{{"unknown_index", NULL}, 4242, NULL, ENODEV},
	{{"unknown_name", NULL}, 0, "none0", ENODEV},
	{{"neither", NULL}, 0, NULL, EINVAL},
	{{"negative_index", NULL}, -1, NULL, EINVAL},
};

/*
 * No such interface.
 *
 * The answer is then an `NLMSG_ERROR` with a negative errno: netlink has no return value
 * but messages. send() succeeded, for the request was delivered.
 */
CASE(no_such_link,
     .claim =
	     "RTM_GETLINK gives ENODEV for an interface that is not there, EINVAL if none is named",
     .level = LINUX, .spec = "netlink(7) NLMSG_ERROR; rtnetlink(7) RTM_GETLINK", .needs = "netlink",
     .tags = "netlink rtnetlink errno", .VARIANTS(links_not_there))
{
	const struct link_row *row = VARIANT(struct link_row);
	struct ifinfomsg link = {.ifi_index = row->index};
	struct netlink_request r = REQUEST(RTM_GETLINK, 0, link), good;
	struct netlink_answer answer;
	int fd = netlink_open(NETLINK_ROUTE);

	if (row->name != NULL)
		request_add_text(&r, IFLA_IFNAME, row->name);
	EXPECT_ERRNO(netlink_error(fd, &r), row->error);
	link.ifi_index = 1;
	good = REQUEST(RTM_GETLINK, 0, link);
	EXPECT_TRUE(netlink_get(fd, &good, &answer) != NULL);
}

struct way_row {
	struct variant variant;
	const char *to, *device, *source, *gateway;
	int type;
};

static const struct way_row ways[] = {
	{{"own_address", NULL}, "192.0.2.1", "lo", "192.0.2.1", NULL, RTN_LOCAL},
	{{"same_link", NULL}, "192.0.2.2", "eth0", "192.0.2.1", NULL, RTN_UNICAST},
	{{"broadcast", NULL}, "192.0.2.255", "eth0", "192.0.2.1", NULL, RTN_BROADCAST},
	{{"multicast", NULL}, "233.252.0.1", "eth0", "192.0.2.1", NULL, RTN_MULTICAST},
	{{"own_address6", "ipv6"}, "2001:db8::1", "lo", "2001:db8::1", NULL, RTN_LOCAL},
	{{"same_link6", "ipv6"}, "2001:db8::2", "eth0", "2001:db8::1", NULL, RTN_UNICAST},
};

/* RTM_GETROUTE: how would a packet for this address go? */
static struct netlink_request which_way(const char *to, int device)
{
	struct address a = address_of(to, 0);
	bool six = a.any.sa_family == AF_INET6;
	struct rtmsg route = {.rtm_family = (uint8_t)a.any.sa_family,
			      .rtm_dst_len = six ? 128 : 32};
	struct netlink_request r = REQUEST(RTM_GETROUTE, 0, route);

	if (six)
		request_add(&r, RTA_DST, &a.v6.sin6_addr, 16);
	else
		request_add(&r, RTA_DST, &a.v4.sin_addr, 4);
	if (device != 0)
		request_add_u32(&r, RTA_OIF, (uint32_t)device);
	return r;
}

/*
 * Which way would a packet go?
 *
 * `RTM_GETROUTE` without `NLM_F_DUMP` does not list: it looks up, as sending does, and gives the
 * interface, the source address and the kind of destination. Packets for one of the host's
 * own addresses go through `lo`, whichever interface has the address.
 *
 * Try it: `ip route get 192.0.2.1`.
 */
CASE(way_to_an_address,
     .claim =
	     "RTM_GETROUTE gives the interface, the source and the type of the route to an address",
     .level = LINUX, .spec = "rtnetlink(7) RTM_GETROUTE; ip-route(8) get", .needs = "netlink",
     .topology = "pair", .tags = "netlink rtnetlink route", .VARIANTS(ways))
{
	const struct way_row *row = VARIANT(struct way_row);
	struct address source = address_of(row->source, 0);
	bool six = source.any.sa_family == AF_INET6;
	struct netlink_request r =
		which_way(row->to, row->type == RTN_MULTICAST ? (int)if_nametoindex("eth0") : 0);
	struct netlink_answer answer;
	const struct nlmsghdr *h;
	const void *from;
	int fd = netlink_open(NETLINK_ROUTE);

	h = netlink_get(fd, &r, &answer);
	REQUIRE_TRUE(h != NULL);
	EXPECT_EQ(h->nlmsg_type, RTM_NEWROUTE);
	EXPECT_EQ(((const struct rtmsg *)NLMSG_DATA(h))->rtm_family, source.any.sa_family);
	EXPECT_EQ(((const struct rtmsg *)NLMSG_DATA(h))->rtm_type, row->type);
	EXPECT_EQ(attribute_u32(ATTRIBUTE(h, struct rtmsg, RTA_OIF)), if_nametoindex(row->device));
	from = attribute_data(ATTRIBUTE(h, struct rtmsg, RTA_PREFSRC), six ? 16 : 4);
	REQUIRE_TRUE(from != NULL);
	EXPECT_MEMEQ(from, six ? (void *)&source.v6.sin6_addr : (void *)&source.v4.sin_addr,
		     six ? 16 : 4);
}

/*
 * No way.
 *
 * The error is the one that connect() and sendto() would give.
 */
CASE(no_way, .claim = "RTM_GETROUTE gives ENETUNREACH for an address that no route leads to",
     .level = LINUX, .spec = "rtnetlink(7) RTM_GETROUTE; ip(7) ENETUNREACH", .needs = "netlink",
     .topology = "pair", .tags = "netlink rtnetlink route errno", .VARIANTS(families))
{
	bool six = VARIANT(struct family_row)->family == AF_INET6;
	struct netlink_request r = which_way(six ? "2001:db8:1::1" : "198.51.100.1", 0);
	struct netlink_request near = which_way(six ? "2001:db8::2" : "192.0.2.2", 0);
	struct address to = address_of(six ? "2001:db8:1::1" : "198.51.100.1", 7);
	struct netlink_answer answer;
	int fd = netlink_open(NETLINK_ROUTE);
	int udp = SETUP(socket(six ? AF_INET6 : AF_INET, SOCK_DGRAM, 0));

	EXPECT_ERRNO(netlink_error(fd, &r), ENETUNREACH);
	EXPECT_ERR(connect(udp, ADDRESS(to)), ENETUNREACH);
	EXPECT_TRUE(netlink_get(fd, &near, &answer) != NULL);
}

/*
 * One address.
 *
 * IPv6 can be asked about a single address; IPv4 only for all, so that programs which want
 * to know one have to list them.
 */
CASE(one_address,
     .claim = "RTM_GETADDR for one address gives it for IPv6, EADDRNOTAVAIL for one not there, and "
	      "is "
	      "not supported for IPv4",
     .level = ABI,
     .spec = "net/ipv6/addrconf.c inet6_rtm_getaddr(); net/ipv4/devinet.c; rtnetlink(7) "
	     "RTM_GETADDR",
     .needs = "netlink ipv6", .topology = "pair", .tags = "netlink rtnetlink errno")
{
	struct netlink_request there = request_address(RTM_GETADDR, 0, 0, "2001:db8::1", 128);
	struct netlink_request away = request_address(RTM_GETADDR, 0, 0, "2001:db8::7", 128);
	struct netlink_request v4 = request_address(RTM_GETADDR, 0, 10, "192.0.2.1", 24);
	struct netlink_answer answer;
	const struct nlmsghdr *h;
	int fd = netlink_open(NETLINK_ROUTE);

	h = netlink_get(fd, &there, &answer);
	REQUIRE_TRUE(h != NULL);
	EXPECT_EQ(h->nlmsg_type, RTM_NEWADDR);
	EXPECT_EQ(((const struct ifaddrmsg *)NLMSG_DATA(h))->ifa_index, 10);
	EXPECT_EQ(((const struct ifaddrmsg *)NLMSG_DATA(h))->ifa_prefixlen, 64);
	EXPECT_ERRNO(netlink_error(fd, &away), EADDRNOTAVAIL);
	EXPECT_ERRNO(netlink_error(fd, &v4), EOPNOTSUPP);
}

/*
 * One neighbour.
 *
 * `RTM_GETNEIGH` with an interface and an address gives its entry in the table that ARP fills;
 * for an address that nobody has talked to there is none.
 */
CASE(one_neighbour,
     .claim = "RTM_GETNEIGH gives the hardware address of a neighbour, and ENOENT for an unknown "
	      "one",
     .level = ABI, .spec = "net/core/neighbour.c neigh_get(); rtnetlink(7) RTM_GETNEIGH",
     .needs = "netlink neighbour_get", .topology = "pair", .tags = "netlink rtnetlink errno")
{
	struct ndmsg header = {.ndm_family = AF_INET, .ndm_ifindex = 10};
	struct ndmsg permanent = {
		.ndm_family = AF_INET, .ndm_ifindex = 10, .ndm_state = NUD_PERMANENT};
	struct netlink_request add = REQUEST(RTM_NEWNEIGH, NLM_F_CREATE | NLM_F_EXCL, permanent);
	struct netlink_request get = REQUEST(RTM_GETNEIGH, 0, header);
	struct netlink_request again = REQUEST(RTM_GETNEIGH, 0, header);
	struct in_addr who = {htonl(0xc0000207)};
	struct netlink_answer answer;
	const struct nlmsghdr *h;
	const void *hardware;
	int fd = netlink_open(NETLINK_ROUTE);

	request_add(&get, NDA_DST, &who, sizeof(who));
	request_add(&again, NDA_DST, &who, sizeof(who));
	request_add(&add, NDA_DST, &who, sizeof(who));
	request_add(&add, NDA_LLADDR, "\x02\x00\x00\x00\x00\x07", 6);
	EXPECT_ERRNO(netlink_error(fd, &get), ENOENT);
	EXPECT_ERRNO(netlink_do(fd, &add), 0);
	h = netlink_get(fd, &again, &answer);
	REQUIRE_TRUE(h != NULL);
	EXPECT_EQ(h->nlmsg_type, RTM_NEWNEIGH);
	EXPECT_EQ(((const struct ndmsg *)NLMSG_DATA(h))->ndm_state, NUD_PERMANENT);
	hardware = attribute_data(ATTRIBUTE(h, struct ndmsg, NDA_LLADDR), 6);
	REQUIRE_TRUE(hardware != NULL);
	EXPECT_MEMEQ(hardware, "\x02\x00\x00\x00\x00\x07", 6);
}
