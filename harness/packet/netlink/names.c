/* SPDX-License-Identifier: MIT */
/* Numbers in words that several families of netlink have in common. */
#include "harness/packet/netlink/internal.h"

const char *packet_netlink_name_of(const struct netlink_name *names, uint64_t number)
{
	for (; names != NULL && names->name != NULL; names++) {
		if (names->number == number)
			return names->name;
	}
	return NULL;
}

/* Address families of Linux, and two that are none (linux/rtnetlink.h). */
const struct netlink_name packet_netlink_families[] = {
	{0, "AF_UNSPEC"},
	{1, "AF_UNIX"},
	{2, "AF_INET"},
	{7, "AF_BRIDGE"},
	{10, "AF_INET6"},
	{12, "AF_DECnet"},
	{16, "AF_NETLINK"},
	{17, "AF_PACKET"},
	{28, "AF_MPLS"},
	{40, "AF_VSOCK"},
	{43, "AF_SMC"},
	{44, "AF_XDP"},
	{45, "AF_MCTP"},
	{128, "RTNL_FAMILY_IPMR"},
	{129, "RTNL_FAMILY_IP6MR"},
	{0, NULL},
};

/* linux/rtnetlink.h, RT_SCOPE_* */
const struct netlink_name packet_netlink_scopes[] = {
	{0, "UNIVERSE"}, {200, "SITE"}, {253, "LINK"}, {254, "HOST"}, {255, "NOWHERE"}, {0, NULL},
};

/* RTPROT_*: who made a route */
const struct netlink_name packet_netlink_route_protocols[] = {
	{0, "UNSPEC"},	    {1, "REDIRECT"}, {2, "KERNEL"}, {3, "BOOT"},    {4, "STATIC"},
	{8, "GATED"},	    {9, "RA"},	     {10, "MRT"},   {11, "ZEBRA"},  {12, "BIRD"},
	{13, "DNROUTED"},   {14, "XORP"},    {15, "NTK"},   {16, "DHCP"},   {17, "MROUTED"},
	{18, "KEEPALIVED"}, {42, "BABEL"},   {84, "OVN"},   {99, "OPENR"},  {186, "BGP"},
	{187, "ISIS"},	    {188, "OSPF"},   {189, "RIP"},  {192, "EIGRP"}, {0, NULL},
};

/* RT_TABLE_* */
const struct netlink_name packet_netlink_tables[] = {
	{0, "UNSPEC"}, {252, "COMPAT"}, {253, "DEFAULT"}, {254, "MAIN"}, {255, "LOCAL"}, {0, NULL},
};

/* RTNH_F_*, in rtm_flags too */
const struct netlink_name packet_netlink_nexthop_flags[] = {
	{0x1, "DEAD"},	    {0x2, "PERVASIVE"},	  {0x4, "ONLINK"}, {0x8, "OFFLOAD"},
	{0x10, "LINKDOWN"}, {0x20, "UNRESOLVED"}, {0x40, "TRAP"},  {0, NULL},
};

/* IFF_*, linux/if.h */
const struct netlink_name packet_netlink_interface_flags[] = {
	{0x1, "UP"},	       {0x2, "BROADCAST"},   {0x4, "DEBUG"},	    {0x8, "LOOPBACK"},
	{0x10, "POINTOPOINT"}, {0x20, "NOTRAILERS"}, {0x40, "RUNNING"},	    {0x80, "NOARP"},
	{0x100, "PROMISC"},    {0x200, "ALLMULTI"},  {0x400, "MASTER"},	    {0x800, "SLAVE"},
	{0x1000, "MULTICAST"}, {0x2000, "PORTSEL"},  {0x4000, "AUTOMEDIA"}, {0x8000, "DYNAMIC"},
	{0x10000, "LOWER_UP"}, {0x20000, "DORMANT"}, {0x40000, "ECHO"},	    {0, NULL},
};

/* IPPROTO_*, those that sockets are asked about or routed by */
const struct netlink_name packet_netlink_ip_protocols[] = {
	{0, "IP"},	{1, "ICMP"},   {6, "TCP"},	  {17, "UDP"},	{33, "DCCP"},
	{58, "ICMPv6"}, {132, "SCTP"}, {136, "UDP-Lite"}, {255, "RAW"}, {0, NULL},
};
