/* SPDX-License-Identifier: MIT */
/* Lists of interfaces: SIOCGIFCONF, if_nameindex() and RTM_GETLINK. */
#include <arpa/inet.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

/*
 * Interfaces that have an IPv4 address.
 *
 * `SIOCGIFCONF` fills an array with a name and an address for each address, not for each interface:
 * one without IPv4 is missing, one with two labels comes twice. Without a buffer it gives the size
 * that is needed.
 */
CASE(configured,
     .claim = "SIOCGIFCONF gives a name and an address for each IPv4 address, and its size without "
	      "a buffer",
     .level = LINUX, .spec = "netdevice(7) SIOCGIFCONF", .topology = "pair",
     .tags = "interface ioctl")
{
	struct ifreq list[4];
	struct ifconf all = {.ifc_len = 0}, some;
	struct address lo = address_of("127.0.0.1", 0), eth0 = address_of("192.0.2.1", 0);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	EXPECT_OK(ioctl(fd, SIOCGIFCONF, &all));
	EXPECT_EQ(all.ifc_len, 2 * sizeof(list[0]));
	memset(list, 0x5a, sizeof(list));
	all = (struct ifconf){.ifc_len = sizeof(list), .ifc_req = list};
	EXPECT_OK(ioctl(fd, SIOCGIFCONF, &all));
	EXPECT_EQ(all.ifc_len, 2 * sizeof(list[0]));
	EXPECT_STREQ(list[0].ifr_name, "lo");
	EXPECT_MEMEQ(&list[0].ifr_addr, &lo.v4, sizeof(lo.v4));
	EXPECT_STREQ(list[1].ifr_name, "eth0");
	EXPECT_MEMEQ(&list[1].ifr_addr, &eth0.v4, sizeof(eth0.v4));
	EXPECT_EQ(list[2].ifr_name[0], 0x5a);

	/* What does not fit is left out, silently: only whole entries are stored. */
	memset(list, 0x5a, sizeof(list));
	some = (struct ifconf){.ifc_len = 2 * sizeof(list[0]) - 1, .ifc_req = list};
	EXPECT_OK(ioctl(fd, SIOCGIFCONF, &some));
	EXPECT_EQ(some.ifc_len, sizeof(list[0]));
	EXPECT_STREQ(list[0].ifr_name, "lo");
	EXPECT_EQ(list[1].ifr_name[0], 0x5a);
}

struct seen {
	struct if_nameindex *all;
	int matched;
};

static void match_name(const struct nlmsghdr *h, void *context)
{
	struct seen *seen = context;
	unsigned int index = (unsigned int)((const struct ifinfomsg *)NLMSG_DATA(h))->ifi_index;

	for (const struct if_nameindex *i = seen->all; i->if_index != 0; i++)
		seen->matched +=
			i->if_index == index &&
			strcmp(i->if_name,
			       attribute_text(ATTRIBUTE(h, struct ifinfomsg, IFLA_IFNAME))) == 0;
}

/*
 * All interfaces.
 *
 * if_nameindex() lists all, with and without addresses; netlink has the same list. An interface
 * without an address is in both, and not in SIOCGIFCONF's.
 */
CASE(all_of_them,
     .claim = "if_nameindex() lists the interfaces that RTM_GETLINK does, with the same indexes",
     .level = LINUX, .spec = "if_nameindex(3); rtnetlink(7) RTM_GETLINK; netdevice(7) SIOCGIFCONF",
     .needs = "netlink bridge", .tags = "netlink interface ioctl")
{
	int route = netlink_open(NETLINK_ROUTE), fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0)),
	    count = 0;
	struct ifinfomsg header = {0};
	struct netlink_request r = REQUEST(RTM_GETLINK, NLM_F_DUMP, header);
	struct ifconf configured = {.ifc_len = 0};
	struct seen seen = {0};

	link_make(route, "br7", "bridge");
	seen.all = if_nameindex();
	REQUIRE_TRUE(seen.all != NULL);
	while (seen.all[count].if_index != 0)
		count++;
	EXPECT_EQ(count, 2);
	EXPECT_EQ(netlink_dump(route, &r, match_name, &seen), 2);
	EXPECT_EQ(seen.matched, 2);
	if_freenameindex(seen.all);
	EXPECT_OK(ioctl(fd, SIOCGIFCONF, &configured));
	EXPECT_EQ(configured.ifc_len, sizeof(struct ifreq));
}
