/* SPDX-License-Identifier: MIT */
/* Addresses of interfaces: what having one means. */
#include <linux/if_addr.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

struct address_row {
	struct variant variant;
	int family;
	const char *text;
	int prefix;
};

static const struct address_row both[] = {
	{{"v4", NULL}, AF_INET, "192.0.2.77", 24},
	{{"v6", "ipv6"}, AF_INET6, "2001:db8::77", 128},
};

static struct netlink_request request_of(uint16_t type, unsigned int flags)
{
	const struct address_row *row = VARIANT(struct address_row);

	return request_address(type, flags, 1, row->text, row->prefix);
}

/*
 * An address is what a socket can be bound to.
 *
 * bind() to an address that is not the host's fails with `EADDRNOTAVAIL`. `RTM_NEWADDR`
 * makes it one of the host's, `RTM_DELADDR` takes it away again.
 *
 * Try it: `ip addr add 192.0.2.77/24 dev lo`.
 */
CASE(can_be_bound_to,
     .claim = "a socket can be bound to an address from RTM_NEWADDR on until RTM_DELADDR",
     .level = LINUX, .spec = "rtnetlink(7) RTM_NEWADDR, RTM_DELADDR; bind(2) EADDRNOTAVAIL",
     .needs = "netlink", .tags = "netlink rtnetlink address",
     .sysctls = "net.ipv6.conf.lo.accept_dad=0", .VARIANTS(both))
{
	const struct address_row *row = VARIANT(struct address_row);
	struct address where = address_of(row->text, 7777);
	struct netlink_request add = request_of(RTM_NEWADDR, NLM_F_CREATE | NLM_F_EXCL);
	struct netlink_request del = request_of(RTM_DELADDR, 0), again = request_of(RTM_DELADDR, 0);
	int fd = netlink_open(NETLINK_ROUTE), udp = SETUP(socket(row->family, SOCK_DGRAM, 0));

	EXPECT_ERR(bind(udp, ADDRESS(where)), EADDRNOTAVAIL);
	EXPECT_ERRNO(netlink_do(fd, &add), 0);
	EXPECT_OK(bind(udp, ADDRESS(where)));
	SETUP(close(udp));
	EXPECT_ERRNO(netlink_do(fd, &del), 0);
	udp = SETUP(socket(row->family, SOCK_DGRAM, 0));
	EXPECT_ERR(bind(udp, ADDRESS(where)), EADDRNOTAVAIL);
	EXPECT_ERRNO(netlink_do(fd, &again), EADDRNOTAVAIL);
}

struct again_row {
	struct variant variant;
	unsigned int flags;
	int error;
};

static const struct again_row again[] = {
	{{"create", NULL}, NLM_F_CREATE, EEXIST},
	{{"exclusively", NULL}, NLM_F_CREATE | NLM_F_EXCL, EEXIST},
	{{"replace", NULL}, NLM_F_REPLACE, 0},
	{{"create_or_replace", NULL}, NLM_F_CREATE | NLM_F_REPLACE, 0},
};

/*
 * Twice the same address.
 *
 * The second time fails, unless the request says that it may replace: then what was said of the
 * address changes, here how long it is valid.
 */
CASE(same_address_again,
     .claim = "RTM_NEWADDR of an address that is there fails with EEXIST without NLM_F_REPLACE",
     .level = LINUX, .spec = "netlink(7) NLM_F_REPLACE, NLM_F_EXCL; ip-address(8) add, replace",
     .needs = "netlink", .tags = "netlink rtnetlink address errno", .VARIANTS(again))
{
	const struct again_row *row = VARIANT(struct again_row);
	struct netlink_request add =
		request_address(RTM_NEWADDR, NLM_F_CREATE, 1, "192.0.2.77", 24);
	struct netlink_request second =
		request_address(RTM_NEWADDR, row->flags, 1, "192.0.2.77", 24);
	int fd = netlink_open(NETLINK_ROUTE);

	EXPECT_ERRNO(netlink_do(fd, &add), 0);
	EXPECT_ERRNO(netlink_do(fd, &second), row->error);
}

struct wrong_row {
	struct variant variant;
	const char *text;
	int prefix, index, error;
};

static const struct wrong_row wrong[] = {
	{{"prefix_33", NULL}, "192.0.2.77", 33, 1, EINVAL},
	{{"prefix_129", "ipv6"}, "2001:db8::77", 129, 1, EINVAL},
	{{"no_interface4", NULL}, "192.0.2.77", 24, 4242, ENODEV},
	{{"no_interface6", "ipv6"}, "2001:db8::77", 64, 4242, ENODEV},
	{{"multicast6", "ipv6"}, "ff02::7", 128, 1, EADDRNOTAVAIL},
};

/* The length of the prefix is that of an address at most, and the interface must be there. */
CASE(wrong_addresses,
     .claim = "RTM_NEWADDR refuses prefixes that are too long, and interfaces that are not there",
     .level = ABI,
     .spec = "net/ipv4/devinet.c rtm_to_ifaddr(); net/ipv6/addrconf.c inet6_addr_add(); "
	     "rtnetlink(7)",
     .needs = "netlink", .tags = "netlink rtnetlink address errno", .VARIANTS(wrong))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	bool six = strchr(row->text, ':') != NULL;
	struct netlink_request bad =
		request_address(RTM_NEWADDR, NLM_F_CREATE, row->index, row->text, row->prefix);
	struct netlink_request good = request_address(
		RTM_NEWADDR, NLM_F_CREATE, 1, six ? "2001:db8::77" : "192.0.2.77", six ? 128 : 32);
	int fd = netlink_open(NETLINK_ROUTE);

	EXPECT_ERRNO(netlink_do(fd, &bad), row->error);
	EXPECT_ERRNO(netlink_do(fd, &good), 0);
}

static void find_flags(const struct nlmsghdr *h, void *context)
{
	const struct ifaddrmsg *address = NLMSG_DATA(h);

	if (address->ifa_prefixlen == 24)
		((uint8_t *)context)[((uint8_t *)context)[0]++ + 1] = address->ifa_flags;
}

/*
 * The first of a network and the others.
 *
 * Of several addresses in one network the first is primary: it is the source of packets into
 * that network. The others are secondary (`IFA_F_SECONDARY`), and go when the primary one goes,
 * unless `net.ipv4.conf.*.promote_secondaries` makes the next one primary.
 */
CASE(secondary_addresses,
     .claim = "a second address of the same network is secondary, and goes with the first",
     .level = LINUX,
     .spec = "rtnetlink(7) ifa_flags (IFA_F_SECONDARY); Documentation/networking/ip-sysctl.rst",
     .needs = "netlink", .tags = "netlink rtnetlink address",
     .sysctls = "net.ipv4.conf.all.promote_secondaries=0 net.ipv4.conf.lo.promote_secondaries=0")
{
	struct netlink_request first =
		request_address(RTM_NEWADDR, NLM_F_CREATE, 1, "192.0.2.1", 24);
	struct netlink_request second =
		request_address(RTM_NEWADDR, NLM_F_CREATE, 1, "192.0.2.2", 24);
	struct netlink_request del = request_address(RTM_DELADDR, 0, 1, "192.0.2.1", 24);
	struct ifaddrmsg all = {.ifa_family = AF_INET};
	struct netlink_request list = REQUEST(RTM_GETADDR, NLM_F_DUMP, all), after;
	int fd = netlink_open(NETLINK_ROUTE);
	uint8_t flags[16] = {0};

	EXPECT_ERRNO(netlink_do(fd, &first), 0);
	EXPECT_ERRNO(netlink_do(fd, &second), 0);
	EXPECT_EQ(netlink_dump(fd, &list, find_flags, flags), 3);
	EXPECT_EQ(flags[0], 2);
	EXPECT_EQ(flags[1] & IFA_F_SECONDARY, 0);
	EXPECT_EQ(flags[2] & IFA_F_SECONDARY, IFA_F_SECONDARY);
	EXPECT_ERRNO(netlink_do(fd, &del), 0);
	after = REQUEST(RTM_GETADDR, NLM_F_DUMP, all);
	EXPECT_EQ(netlink_dump(fd, &after, find_flags, flags), 1);
}
