/* SPDX-License-Identifier: MIT */
/* Routes, neighbours and bridges, the older way: SIOCADDRT, SIOCSARP, SIOCBRADDBR. */
#include <arpa/inet.h>
#include <linux/if_link.h>
#include <linux/neighbour.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <net/if_arp.h>
#include <net/route.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

static void set(struct sockaddr *to, const char *text)
{
	struct address a = address_of(text, 0);

	memcpy(to, &a.v4, sizeof(a.v4));
}

static void find_route(const struct nlmsghdr *h, void *context)
{
	const struct rtmsg *route = NLMSG_DATA(h);

	if (ntohl(attribute_u32(ATTRIBUTE(h, struct rtmsg, RTA_DST))) != 0xc6336400)
		return;
	++*(int *)context;
	EXPECT_EQ(route->rtm_dst_len, 24);
	EXPECT_EQ(route->rtm_table, RT_TABLE_MAIN);
	EXPECT_EQ(route->rtm_protocol, RTPROT_BOOT);
	EXPECT_EQ(ntohl(attribute_u32(ATTRIBUTE(h, struct rtmsg, RTA_GATEWAY))), 0xc0000202);
	/* The ioctl counts from 1, where 1 is no metric. */
	EXPECT_EQ(attribute_u32(ATTRIBUTE(h, struct rtmsg, RTA_PRIORITY)), 6);
}

/*
 * A route from before netlink.
 *
 * `SIOCADDRT` takes a struct rtentry: addresses with masks, the flags `RTF_UP`, `RTF_GATEWAY` and
 * `RTF_HOST`, and a metric that is one larger than netlink's. The table is the main one always.
 *
 * Try it: `strace -e ioctl route add -net 198.51.100.0/24 gw 192.0.2.2`.
 */
CASE(route, .claim = "SIOCADDRT adds a route that netlink shows, and SIOCDELRT deletes it",
     .level = LINUX, .spec = "ip(7) SIOCADDRT, SIOCDELRT; rtnetlink(7) RTM_GETROUTE",
     .needs = "netlink", .topology = "pair", .tags = "netlink route ioctl errno")
{
	struct rtmsg header = {.rtm_family = AF_INET};
	struct netlink_request list = REQUEST(RTM_GETROUTE, NLM_F_DUMP, header);
	struct rtentry r = {.rt_flags = RTF_UP | RTF_GATEWAY, .rt_metric = 7};
	struct address to = address_of("198.51.100.7", 9);
	int route = netlink_open(NETLINK_ROUTE), fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0)),
	    found = 0;

	set(&r.rt_dst, "198.51.100.0");
	set(&r.rt_genmask, "255.255.255.0");
	set(&r.rt_gateway, "192.0.2.2");
	EXPECT_ERR(connect(fd, ADDRESS(to)), ENETUNREACH);
	EXPECT_OK(ioctl(fd, SIOCADDRT, &r));
	EXPECT_GT(netlink_dump(route, &list, find_route, &found), 0);
	EXPECT_EQ(found, 1);
	EXPECT_OK(connect(fd, ADDRESS(to)));
	EXPECT_ERR(ioctl(fd, SIOCADDRT, &r), EEXIST);
	EXPECT_OK(ioctl(fd, SIOCDELRT, &r));
	EXPECT_ERR(ioctl(fd, SIOCDELRT, &r), ESRCH);
	EXPECT_ERR(connect(fd, ADDRESS(to)), ENETUNREACH);
	/* Not through a gateway that is on no link of ours. */
	set(&r.rt_gateway, "203.0.113.1");
	EXPECT_ERR(ioctl(fd, SIOCADDRT, &r), ENETUNREACH);
}

/*
 * The table of ARP.
 *
 * `SIOCSARP` puts in an entry, `SIOCGARP` reads one, `SIOCDARP` removes it (arp(7)). `ATF_PERM`
 * entries stay, `ATF_COM` ones are complete. In netlink the same entry has the state
 * `NUD_PERMANENT`.
 *
 * Try it: `arp -n`.
 */
CASE(arp,
     .claim = "SIOCSARP, SIOCGARP and SIOCDARP set, read and delete the neighbour that "
	      "RTM_GETNEIGH shows",
     .level = LINUX, .spec = "arp(7) SIOCSARP, SIOCDARP, SIOCGARP",
     .needs = "netlink neighbour_get", .topology = "pair", .tags = "netlink neighbour ioctl errno")
{
	struct arpreq r = {.arp_flags = ATF_PERM | ATF_COM, .arp_dev = "eth0"},
		      got = {.arp_dev = "eth0"};
	struct ndmsg header = {.ndm_family = AF_INET, .ndm_ifindex = 10};
	struct netlink_request ask = REQUEST(RTM_GETNEIGH, 0, header);
	struct in_addr who = {htonl(0xc0000207)};
	struct netlink_answer answer;
	const struct nlmsghdr *h;
	const void *hardware;
	int route = netlink_open(NETLINK_ROUTE), fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	request_add(&ask, NDA_DST, &who, sizeof(who));
	set(&r.arp_pa, "192.0.2.7");
	set(&got.arp_pa, "192.0.2.7");
	r.arp_ha.sa_family = ARPHRD_ETHER;
	memcpy(r.arp_ha.sa_data, "\x02\x00\x00\x00\x00\x07", 6);
	EXPECT_ERR(ioctl(fd, SIOCGARP, &got), ENXIO);
	EXPECT_OK(ioctl(fd, SIOCSARP, &r));
	EXPECT_OK(ioctl(fd, SIOCGARP, &got));
	EXPECT_EQ(got.arp_flags, ATF_PERM | ATF_COM);
	EXPECT_EQ(got.arp_ha.sa_family, ARPHRD_ETHER);
	EXPECT_MEMEQ(got.arp_ha.sa_data, "\x02\x00\x00\x00\x00\x07", 6);
	EXPECT_STREQ(got.arp_dev, "eth0");
	h = netlink_get(route, &ask, &answer);
	REQUIRE_TRUE(h != NULL);
	EXPECT_EQ(((const struct ndmsg *)NLMSG_DATA(h))->ndm_state, NUD_PERMANENT);
	hardware = attribute_data(ATTRIBUTE(h, struct ndmsg, NDA_LLADDR), 6);
	REQUIRE_TRUE(hardware != NULL);
	EXPECT_MEMEQ(hardware, "\x02\x00\x00\x00\x00\x07", 6);
	EXPECT_OK(ioctl(fd, SIOCDARP, &r));
	EXPECT_ERR(ioctl(fd, SIOCGARP, &got), ENXIO);
}

static void find_master(const struct nlmsghdr *h, void *context)
{
	if (strcmp(attribute_text(ATTRIBUTE(h, struct ifinfomsg, IFLA_IFNAME)), "left") == 0)
		*(uint32_t *)context = attribute_u32(ATTRIBUTE(h, struct ifinfomsg, IFLA_MASTER));
}

/*
 * A bridge from before netlink.
 *
 * `SIOCBRADDBR` makes a bridge of that name, `SIOCBRADDIF` adds a port by its index; deleting works
 * for a bridge that is down.
 *
 * Try it: `strace -e ioctl brctl addbr br7`.
 */
CASE(bridge,
     .claim = "SIOCBRADDBR and SIOCBRADDIF make a bridge and a port of it, as netlink shows",
     .level = ABI, .spec = "net/bridge/br_ioctl.c; linux/sockios.h SIOCBRADDBR",
     .needs = "netlink bridge veth", .tags = "netlink bridge ioctl errno")
{
	int route = netlink_open(NETLINK_ROUTE), fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	int left = link_make_veth(route, "left", "right");
	struct ifinfomsg header = {0};
	struct netlink_request list = REQUEST(RTM_GETLINK, NLM_F_DUMP, header);
	struct ifreq port = {.ifr_name = "br7", .ifr_ifindex = left};
	uint32_t master = 0;

	EXPECT_OK(ioctl(fd, SIOCBRADDBR, "br7"));
	EXPECT_ERR(ioctl(fd, SIOCBRADDBR, "br7"), EEXIST);
	EXPECT_GT(if_nametoindex("br7"), 1);
	EXPECT_OK(ioctl(fd, SIOCBRADDIF, &port));
	EXPECT_ERR(ioctl(fd, SIOCBRADDIF, &port), EBUSY);
	EXPECT_EQ(netlink_dump(route, &list, find_master, &master), 4);
	EXPECT_EQ(master, if_nametoindex("br7"));
	EXPECT_OK(ioctl(fd, SIOCBRDELIF, &port));
	EXPECT_ERR(ioctl(fd, SIOCBRDELIF, &port), EINVAL);
	EXPECT_OK(ioctl(fd, SIOCBRDELBR, "br7"));
	EXPECT_EQ(if_nametoindex("br7"), 0);
	EXPECT_ERR(ioctl(fd, SIOCBRDELBR, "br7"), ENXIO);
}
