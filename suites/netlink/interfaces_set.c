/* SPDX-License-Identifier: MIT */
/* ioctl() changes interfaces, and netlink hears of it. */
#include <arpa/inet.h>
#include <linux/capability.h>
#include <linux/if_link.h>
#include <linux/rtnetlink.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include "suites/netlink/netlink_help.h"
#include "suites/socket/option_privilege.h"

#include "harness/case.h"

static struct ifreq request_for(const char *name)
{
	struct ifreq r = {0};

	memcpy(r.ifr_name, name, strlen(name));
	return r;
}

/* The next RTM_NEWLINK about an interface; NULL when none comes. */
static const struct nlmsghdr *next_about(int listener, int index, struct netlink_answer *answer)
{
	for (int i = 0; i < 32 && netlink_receive(listener, answer) > 0; i++) {
		const struct nlmsghdr *h = answer_first(answer);

		if (h != NULL && h->nlmsg_type == RTM_NEWLINK &&
		    ((const struct ifinfomsg *)NLMSG_DATA(h))->ifi_index == index)
			return h;
	}
	return NULL;
}

/*
 * On and off, the older way.
 *
 * `SIOCSIFFLAGS` sets all flags at once, so a program reads them first, changes one, and writes
 * them back. Programs that listen to netlink hear of it as of any change.
 *
 * Try it: `ip monitor link` in one terminal, `ifconfig lo down` in another.
 */
CASE(up, .claim = "SIOCSIFFLAGS with IFF_UP turns an interface on, and RTNLGRP_LINK hears of it",
     .level = LINUX, .spec = "netdevice(7) SIOCSIFFLAGS, IFF_UP; rtnetlink(7)",
     .needs = "netlink bridge", .tags = "netlink interface ioctl")
{
	int route = netlink_open(NETLINK_ROUTE), index = link_make(route, "br7", "bridge");
	int listener = netlink_listener(RTNLGRP_LINK), fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	struct ifreq r = request_for("br7");
	struct netlink_answer answer;
	const struct nlmsghdr *h;

	EXPECT_OK(ioctl(fd, SIOCGIFFLAGS, &r));
	EXPECT_EQ(r.ifr_flags & IFF_UP, 0);
	r.ifr_flags |= IFF_UP;
	EXPECT_OK(ioctl(fd, SIOCSIFFLAGS, &r));
	h = next_about(listener, index, &answer);
	REQUIRE_TRUE(h != NULL);
	EXPECT_EQ(((const struct ifinfomsg *)NLMSG_DATA(h))->ifi_flags & IFF_UP, IFF_UP);
	EXPECT_OK(ioctl(fd, SIOCGIFFLAGS, &r));
	EXPECT_EQ(r.ifr_flags & IFF_UP, IFF_UP);
}

/*
 * The address of everyone on a link.
 *
 * Each IPv4 address of an interface has a broadcast address with it, by custom the last one of
 * its network. It is a property of the address, not of the network: whoever sets it decides,
 * and `SIOCGIFBRDADDR` gives it back as it was set.
 */
CASE(broadcast_address,
     .claim = "SIOCGIFBRDADDR gives the broadcast address that SIOCSIFBRDADDR has set",
     .level = LINUX, .spec = "netdevice(7) SIOCGIFBRDADDR, SIOCSIFBRDADDR", .topology = "pair",
     .tags = "interface ioctl")
{
	struct address everyone = address_of("192.0.2.255", 0);
	struct ifreq r = request_for("eth0");
	struct sockaddr_in got;
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	memcpy(&r.ifr_broadaddr, &everyone.v4, sizeof(everyone.v4));
	EXPECT_OK(ioctl(fd, SIOCSIFBRDADDR, &r));
	r = request_for("eth0");
	EXPECT_OK(ioctl(fd, SIOCGIFBRDADDR, &r));
	memcpy(&got, &r.ifr_broadaddr, sizeof(got));
	EXPECT_EQ(got.sin_family, AF_INET);
	EXPECT_EQ(got.sin_addr.s_addr, everyone.v4.sin_addr.s_addr);
}

/* What RTM_GETLINK says of the interface "left". */
static const struct nlmsghdr *left_end(int route, struct netlink_answer *answer)
{
	struct ifinfomsg link = {.ifi_index = (int)if_nametoindex("left")};
	struct netlink_request ask = REQUEST(RTM_GETLINK, 0, link);
	const struct nlmsghdr *h = netlink_get(route, &ask, answer);

	REQUIRE_TRUE(h != NULL);
	return h;
}

/* The same for the MTU, with its limits. */
CASE(mtu, .claim = "SIOCSIFMTU sets what netlink then says, and refuses an MTU that is too small",
     .level = LINUX, .spec = "netdevice(7) SIOCSIFMTU", .needs = "netlink veth",
     .tags = "netlink interface ioctl errno")
{
	int route = netlink_open(NETLINK_ROUTE), fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	struct ifreq r = request_for("left");
	struct netlink_answer answer;

	link_make_veth(route, "left", "right");
	r.ifr_mtu = 1400;
	EXPECT_OK(ioctl(fd, SIOCSIFMTU, &r));
	r.ifr_mtu = 20;
	EXPECT_ERR(ioctl(fd, SIOCSIFMTU, &r), EINVAL);
	EXPECT_EQ(attribute_u32(ATTRIBUTE(left_end(route, &answer), struct ifinfomsg, IFLA_MTU)),
		  1400);
	/* A metric there is not, though there is a request for it. */
	r.ifr_metric = 1;
	EXPECT_ERR(ioctl(fd, SIOCSIFMETRIC, &r), EOPNOTSUPP);
}

/*
 * The length of the queue.
 *
 * This request asks for the capability in the first user namespace, though netlink's `IFLA_TXQLEN`
 * is content with the one that owns the network namespace: root of a container can do the same
 * thing by one door and not by the other.
 */
CASE(queue_length,
     .claim = "SIOCSIFTXQLEN sets what netlink then says, and refuses a negative number",
     .level = LINUX, .spec = "netdevice(7) SIOCSIFTXQLEN; net/core/dev_ioctl.c dev_ioctl()",
     .needs = "netlink veth", .tags = "netlink interface ioctl errno")
{
	int route = netlink_open(NETLINK_ROUTE), fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	struct ifreq r = request_for("left");
	struct netlink_answer answer;

	need_first_user_namespace();
	link_make_veth(route, "left", "right");
	r.ifr_qlen = 77;
	EXPECT_OK(ioctl(fd, SIOCSIFTXQLEN, &r));
	r.ifr_qlen = -1;
	EXPECT_ERR(ioctl(fd, SIOCSIFTXQLEN, &r), EINVAL);
	EXPECT_EQ(attribute_u32(ATTRIBUTE(left_end(route, &answer), struct ifinfomsg, IFLA_TXQLEN)),
		  77);
}

/* Another name for an interface that is down; the index stays. */
CASE(name,
     .claim = "SIOCSIFNAME renames an interface, and fails with EEXIST for a name that is taken",
     .level = LINUX, .spec = "netdevice(7) SIOCSIFNAME", .needs = "netlink bridge",
     .tags = "netlink interface ioctl errno")
{
	int index = link_make(netlink_open(NETLINK_ROUTE), "br7", "bridge");
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	struct ifreq r = request_for("br7");

	memcpy(r.ifr_newname, "lo", 3);
	EXPECT_ERR(ioctl(fd, SIOCSIFNAME, &r), EEXIST);
	memcpy(r.ifr_newname, "br8", 4);
	EXPECT_OK(ioctl(fd, SIOCSIFNAME, &r));
	EXPECT_EQ(if_nametoindex("br8"), index);
	EXPECT_EQ(if_nametoindex("br7"), 0);
	EXPECT_ERR(ioctl(fd, SIOCSIFNAME, &r), ENODEV);
}

/* The hardware address: its family has to be the type of the hardware. */
CASE(hardware_address,
     .claim = "SIOCSIFHWADDR sets the hardware address, and refuses one of another type",
     .level = LINUX, .spec = "netdevice(7) SIOCSIFHWADDR", .needs = "netlink veth",
     .tags = "netlink interface ioctl errno")
{
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	struct ifreq r = request_for("left"), got = request_for("left");

	link_make_veth(netlink_open(NETLINK_ROUTE), "left", "right");
	memcpy(r.ifr_hwaddr.sa_data, "\x02\x00\x00\x00\x00\x77", 6);
	r.ifr_hwaddr.sa_family = 772;
	EXPECT_ERR(ioctl(fd, SIOCSIFHWADDR, &r), EINVAL);
	r.ifr_hwaddr.sa_family = 1;
	EXPECT_OK(ioctl(fd, SIOCSIFHWADDR, &r));
	EXPECT_OK(ioctl(fd, SIOCGIFHWADDR, &got));
	EXPECT_MEMEQ(got.ifr_hwaddr.sa_data, "\x02\x00\x00\x00\x00\x77", 6);
	/* A multicast address is nobody's. */
	memcpy(r.ifr_hwaddr.sa_data, "\x03\x00\x00\x00\x00\x77", 6);
	EXPECT_ERR(ioctl(fd, SIOCSIFHWADDR, &r), EADDRNOTAVAIL);
}

static void find_prefix(const struct nlmsghdr *h, void *context)
{
	const struct ifaddrmsg *address = NLMSG_DATA(h);

	if (ntohl(attribute_u32(ATTRIBUTE(h, struct ifaddrmsg, IFA_LOCAL))) == 0xc000024d)
		*(int *)context = address->ifa_prefixlen;
}

/*
 * An address and its mask.
 *
 * `SIOCSIFADDR` replaces the interface's IPv4 address; the length of the prefix is guessed from the
 * old classes (192.0.2.77 is of class C, hence 24), and `SIOCSIFNETMASK` corrects it. A mask is
 * ones, then zeros.
 */
CASE(address_and_mask,
     .claim = "SIOCSIFADDR and SIOCSIFNETMASK give the interface an address and prefix that "
	      "netlink shows",
     .level = LINUX, .spec = "netdevice(7) SIOCSIFADDR, SIOCSIFNETMASK", .needs = "netlink bridge",
     .tags = "netlink interface ioctl errno")
{
	int route = netlink_open(NETLINK_ROUTE), fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0)),
	    prefix = 0;
	struct ifaddrmsg header = {.ifa_family = AF_INET};
	struct netlink_request list = REQUEST(RTM_GETADDR, NLM_F_DUMP, header);
	struct address address = address_of("192.0.2.77", 0),
		       mask = address_of("255.255.255.192", 0);
	struct address holes = address_of("255.0.255.0", 0);
	struct ifreq r = request_for("br7");

	link_make(route, "br7", "bridge");
	EXPECT_ERR(ioctl(fd, SIOCGIFADDR, &r), EADDRNOTAVAIL);
	memcpy(&r.ifr_addr, &address.v4, sizeof(address.v4));
	EXPECT_OK(ioctl(fd, SIOCSIFADDR, &r));
	EXPECT_EQ(netlink_dump(route, &list, find_prefix, &prefix), 2);
	EXPECT_EQ(prefix, 24);
	memcpy(&r.ifr_netmask, &holes.v4, sizeof(holes.v4));
	EXPECT_ERR(ioctl(fd, SIOCSIFNETMASK, &r), EINVAL);
	memcpy(&r.ifr_netmask, &mask.v4, sizeof(mask.v4));
	EXPECT_OK(ioctl(fd, SIOCSIFNETMASK, &r));
	list.header.nlmsg_seq++;
	EXPECT_EQ(netlink_dump(route, &list, find_prefix, &prefix), 2);
	EXPECT_EQ(prefix, 26);
}

struct change_row {
	struct variant variant;
	unsigned long request;
};

static const struct change_row changes[] = {
	{{"flags", NULL}, SIOCSIFFLAGS},	 {{"address", NULL}, SIOCSIFADDR},
	{{"netmask", NULL}, SIOCSIFNETMASK},	 {{"broadcast", NULL}, SIOCSIFBRDADDR},
	{{"destination", NULL}, SIOCSIFDSTADDR}, {{"mtu", NULL}, SIOCSIFMTU},
	{{"hardware", NULL}, SIOCSIFHWADDR},	 {{"queue", NULL}, SIOCSIFTXQLEN},
	{{"name", NULL}, SIOCSIFNAME},
};

/* As with netlink: looking is free, changing is not. */
CASE(privilege, .claim = "without CAP_NET_ADMIN, SIOCSIF requests fail with EPERM", .level = LINUX,
     .spec = "netdevice(7) (privileged); capabilities(7) CAP_NET_ADMIN",
     .tags = "interface ioctl privilege errno", .VARIANTS(changes))
{
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));
	struct ifreq r = request_for("lo"), flags = request_for("lo");

	SETUP(ioctl(fd, SIOCGIFFLAGS, &flags));
	EXPECT_OK(ioctl(fd, SIOCSIFFLAGS, &flags));
	SETUP(sandbox_drop_capability(CAP_NET_ADMIN));
	EXPECT_ERR(ioctl(fd, VARIANT(struct change_row)->request, &r), EPERM);
	EXPECT_OK(ioctl(fd, SIOCGIFFLAGS, &r));
}
