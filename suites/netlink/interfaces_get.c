/* SPDX-License-Identifier: MIT */
/* The older way: ioctl() tells of interfaces what RTM_GETLINK does (netdevice(7)). */
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

static struct ifreq request_for(const char *name)
{
	struct ifreq r;

	/* What is not filled in shows. */
	memset(&r, 0x5a, sizeof(r));
	memset(r.ifr_name, 0, sizeof(r.ifr_name));
	memcpy(r.ifr_name, name, strlen(name));
	return r;
}

/* What netlink says of eth0. */
static const struct nlmsghdr *eth0(struct netlink_answer *answer)
{
	struct ifinfomsg link = {.ifi_index = (int)if_nametoindex("eth0")};
	struct netlink_request r = REQUEST(RTM_GETLINK, 0, link);
	const struct nlmsghdr *h = netlink_get(netlink_open(NETLINK_ROUTE), &r, answer);

	REQUIRE_TRUE(h != NULL);
	return h;
}

/*
 * Three ways to one number.
 *
 * `SIOCGIFINDEX` gives an interface's index by its name, if_nametoindex() is built on it or on
 * netlink, and in netlink the index is in the header of each message. `SIOCGIFNAME` goes the other
 * way. Any socket will do for the question.
 */
CASE(index_and_name,
     .claim = "SIOCGIFINDEX and SIOCGIFNAME agree with if_nametoindex() and with netlink",
     .level = LINUX, .spec = "netdevice(7) SIOCGIFINDEX, SIOCGIFNAME; if_nametoindex(3)",
     .needs = "netlink", .topology = "pair", .tags = "netlink interface ioctl")
{
	struct ifreq r = request_for("eth0"), back;
	struct netlink_answer answer;
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	EXPECT_OK(ioctl(fd, SIOCGIFINDEX, &r));
	EXPECT_EQ(r.ifr_ifindex, 10);
	EXPECT_EQ(if_nametoindex("eth0"), 10);
	EXPECT_EQ(((const struct ifinfomsg *)NLMSG_DATA(eth0(&answer)))->ifi_index, 10);
	memset(&back, 0x5a, sizeof(back));
	back.ifr_ifindex = 10;
	EXPECT_OK(ioctl(fd, SIOCGIFNAME, &back));
	EXPECT_STREQ(back.ifr_name, "eth0");
}

/*
 * The same flags, but for their width.
 *
 * `ifr_flags` has 16 bits, `ifi_flags` 32: of newer flags, such as `IFF_LOWER_UP`, the ioctl knows
 * nothing.
 */
CASE(flags, .claim = "SIOCGIFFLAGS gives the lower 16 bits of netlink's ifi_flags", .level = LINUX,
     .spec = "netdevice(7) SIOCGIFFLAGS; rtnetlink(7) ifi_flags", .needs = "netlink",
     .topology = "pair", .tags = "netlink interface ioctl")
{
	struct ifreq of_eth0 = request_for("eth0"), of_lo = request_for("lo");
	struct netlink_answer answer;
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	EXPECT_OK(ioctl(fd, SIOCGIFFLAGS, &of_eth0));
	EXPECT_EQ((unsigned short)of_eth0.ifr_flags,
		  ((const struct ifinfomsg *)NLMSG_DATA(eth0(&answer)))->ifi_flags & 0xffff);
	EXPECT_EQ(of_eth0.ifr_flags & (IFF_UP | IFF_BROADCAST | IFF_LOOPBACK | IFF_MULTICAST),
		  IFF_UP | IFF_BROADCAST | IFF_MULTICAST);
	EXPECT_OK(ioctl(fd, SIOCGIFFLAGS, &of_lo));
	EXPECT_EQ(of_lo.ifr_flags & (IFF_UP | IFF_BROADCAST | IFF_LOOPBACK), IFF_UP | IFF_LOOPBACK);
}

struct number_row {
	struct variant variant;
	unsigned long request;
	uint16_t attribute;
};

static const struct number_row numbers[] = {
	{{"mtu", NULL}, SIOCGIFMTU, IFLA_MTU},
	{{"queue_length", NULL}, SIOCGIFTXQLEN, IFLA_TXQLEN},
};

/* Numbers of an interface. */
CASE(same_numbers,
     .claim = "SIOCGIFMTU and SIOCGIFTXQLEN give what netlink's IFLA_MTU and IFLA_TXQLEN do",
     .level = LINUX, .spec = "netdevice(7) SIOCGIFMTU, SIOCGIFTXQLEN; rtnetlink(7)",
     .needs = "netlink", .topology = "pair", .tags = "netlink interface ioctl", .VARIANTS(numbers))
{
	const struct number_row *row = VARIANT(struct number_row);
	struct ifreq r = request_for("eth0");
	struct netlink_answer answer;
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	EXPECT_OK(ioctl(fd, row->request, &r));
	EXPECT_EQ(r.ifr_mtu,
		  attribute_u32(ATTRIBUTE(eth0(&answer), struct ifinfomsg, row->attribute)));
	EXPECT_EQ(r.ifr_mtu, row->request == SIOCGIFMTU ? 1500 : 1000);
}

/*
 * The hardware address, with its type.
 *
 * The address comes in a struct sockaddr whose family is not an address family but the type of the
 * hardware: 1 is Ethernet, as in ARP.
 */
CASE(hardware_address,
     .claim = "SIOCGIFHWADDR gives type and address as netlink's ifi_type and IFLA_ADDRESS do",
     .level = LINUX, .spec = "netdevice(7) SIOCGIFHWADDR", .needs = "netlink", .topology = "pair",
     .tags = "netlink interface ioctl")
{
	struct ifreq r = request_for("eth0"), of_lo = request_for("lo");
	struct netlink_answer answer;
	const struct nlmsghdr *h;
	const void *address;
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	EXPECT_OK(ioctl(fd, SIOCGIFHWADDR, &r));
	h = eth0(&answer);
	EXPECT_EQ(r.ifr_hwaddr.sa_family, ((const struct ifinfomsg *)NLMSG_DATA(h))->ifi_type);
	address = attribute_data(ATTRIBUTE(h, struct ifinfomsg, IFLA_ADDRESS), 6);
	REQUIRE_TRUE(address != NULL);
	EXPECT_MEMEQ(r.ifr_hwaddr.sa_data, address, 6);
	EXPECT_MEMEQ(r.ifr_hwaddr.sa_data, "\x02\x00\x00\x00\x00\x01", 6);
	EXPECT_OK(ioctl(fd, SIOCGIFHWADDR, &of_lo));
	EXPECT_EQ(of_lo.ifr_hwaddr.sa_family, 772);
	EXPECT_MEMEQ(of_lo.ifr_hwaddr.sa_data, "\0\0\0\0\0\0", 6);
}

struct address_row {
	struct variant variant;
	unsigned long request;
	const char *of_lo, *of_eth0;
};

static const struct address_row addresses[] = {
	{{"address", NULL}, SIOCGIFADDR, "127.0.0.1", "192.0.2.1"},
	{{"netmask", NULL}, SIOCGIFNETMASK, "255.0.0.0", "255.255.255.0"},
	{{"destination", NULL}, SIOCGIFDSTADDR, "127.0.0.1", "192.0.2.1"},
};

/*
 * One address of IPv4.
 *
 * These requests are from a time when an interface had one address, of IPv4, with a mask of bits in
 * place of a length. On a link that is not point-to-point the destination is the address itself.
 */
CASE(first_address,
     .claim = "SIOCGIFADDR, SIOCGIFNETMASK and SIOCGIFDSTADDR give the first IPv4 address and its "
	      "mask",
     .level = LINUX, .spec = "netdevice(7) SIOCGIFADDR, SIOCGIFNETMASK, SIOCGIFDSTADDR",
     .topology = "pair", .tags = "interface ioctl", .VARIANTS(addresses))
{
	const struct address_row *row = VARIANT(struct address_row);
	struct ifreq of_lo = request_for("lo"), of_eth0 = request_for("eth0");
	struct address lo = address_of(row->of_lo, 0), other = address_of(row->of_eth0, 0);
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	EXPECT_OK(ioctl(fd, row->request, &of_lo));
	EXPECT_MEMEQ(&of_lo.ifr_addr, &lo.v4, sizeof(lo.v4));
	EXPECT_OK(ioctl(fd, row->request, &of_eth0));
	EXPECT_MEMEQ(&of_eth0.ifr_addr, &other.v4, sizeof(other.v4));
}

struct wrong_row {
	struct variant variant;
	unsigned long request;
	const char *name;
	int error;
};

static const struct wrong_row wrong[] = {
	{{"index", NULL}, SIOCGIFINDEX, "none0", ENODEV},
	{{"flags", NULL}, SIOCGIFFLAGS, "none0", ENODEV},
	{{"mtu", NULL}, SIOCGIFMTU, "none0", ENODEV},
	{{"hardware_address", NULL}, SIOCGIFHWADDR, "none0", ENODEV},
	{{"queue_length", NULL}, SIOCGIFTXQLEN, "none0", ENODEV},
	{{"map", NULL}, SIOCGIFMAP, "none0", ENODEV},
	{{"metric", NULL}, SIOCGIFMETRIC, "none0", ENODEV},
	{{"address", NULL}, SIOCGIFADDR, "none0", ENODEV},
	{{"netmask", NULL}, SIOCGIFNETMASK, "none0", ENODEV},
	{{"broadcast", NULL}, SIOCGIFBRDADDR, "none0", ENODEV},
	{{"destination", NULL}, SIOCGIFDSTADDR, "none0", ENODEV},
};

/* Here errno says at once what in netlink is an answer. */
CASE(no_such_interface, .claim = "requests about an interface that is not there fail with ENODEV",
     .level = LINUX, .spec = "netdevice(7); ioctl(2)", .needs = "netlink", .topology = "pair",
     .tags = "interface ioctl errno", .VARIANTS(wrong))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	struct ifreq r = request_for(row->name), good = request_for("eth0");
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	EXPECT_ERR(ioctl(fd, row->request, &r), row->error);
	EXPECT_OK(ioctl(fd, row->request, &good));
}

/* And by number: SIOCGIFNAME. */
CASE(no_such_index, .claim = "SIOCGIFNAME fails with ENODEV for an index that no interface has",
     .level = LINUX, .spec = "netdevice(7) SIOCGIFNAME", .tags = "interface ioctl errno")
{
	struct ifreq r = {.ifr_ifindex = 4242};
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	EXPECT_ERR(ioctl(fd, SIOCGIFNAME, &r), ENODEV);
	r.ifr_ifindex = 1;
	EXPECT_OK(ioctl(fd, SIOCGIFNAME, &r));
	EXPECT_STREQ(r.ifr_name, "lo");
}

/*
 * Metric and hardware settings: kept for old programs.
 *
 * Linux has no metric of interfaces (it has one of routes), and says 0. `SIOCGIFMAP` tells memory,
 * interrupt and port of a card that has them; a virtual interface has none.
 */
CASE(metric_and_map,
     .claim = "SIOCGIFMETRIC gives 0, and SIOCGIFMAP nothing for a virtual interface",
     .level = LINUX, .spec = "netdevice(7) SIOCGIFMETRIC, SIOCGIFMAP", .topology = "pair",
     .tags = "interface ioctl")
{
	struct ifreq metric = request_for("eth0"), map = request_for("eth0");
	int fd = SETUP(socket(AF_INET, SOCK_DGRAM, 0));

	EXPECT_OK(ioctl(fd, SIOCGIFMETRIC, &metric));
	EXPECT_EQ(metric.ifr_metric, 0);
	EXPECT_OK(ioctl(fd, SIOCGIFMAP, &map));
	EXPECT_EQ(map.ifr_map.mem_start, 0);
	EXPECT_EQ(map.ifr_map.mem_end, 0);
	EXPECT_EQ(map.ifr_map.base_addr, 0);
	EXPECT_EQ(map.ifr_map.irq, 0);
	EXPECT_EQ(map.ifr_map.dma, 0);
}
