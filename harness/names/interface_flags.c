/* SPDX-License-Identifier: MIT */
/*
 * Flags of interfaces (netdevice(7)), of entries in the table of ARP (arp(7)) and of routes in
 * struct rtentry.
 */
#include "harness/names/table.h"

#include <net/if.h>
#include <net/if_arp.h>
#include <net/route.h>

static const struct name interface_flags_list[] = {
	NAME(IFF_UP),	       NAME(IFF_BROADCAST),  NAME(IFF_DEBUG),	  NAME(IFF_LOOPBACK),
	NAME(IFF_POINTOPOINT), NAME(IFF_NOTRAILERS), NAME(IFF_RUNNING),	  NAME(IFF_NOARP),
	NAME(IFF_PROMISC),     NAME(IFF_ALLMULTI),   NAME(IFF_MASTER),	  NAME(IFF_SLAVE),
	NAME(IFF_MULTICAST),   NAME(IFF_PORTSEL),    NAME(IFF_AUTOMEDIA), NAME(IFF_DYNAMIC),
};
NAME_TABLE(names_interface_flags, "interface-flag", interface_flags_list);

static const struct name arp_flags_list[] = {
	NAME(ATF_COM),	   NAME(ATF_PERM), NAME(ATF_PUBL), NAME(ATF_USETRAILERS), NAME(ATF_NETMASK),
#ifdef ATF_DONTPUB
	NAME(ATF_DONTPUB),
#endif
};
NAME_TABLE(names_arp_flags, "arp-flag", arp_flags_list);

static const struct name route_flags_list[] = {
	NAME(RTF_UP),	   NAME(RTF_GATEWAY),  NAME(RTF_HOST),	 NAME(RTF_REINSTATE),
	NAME(RTF_DYNAMIC), NAME(RTF_MODIFIED), NAME(RTF_REJECT),
};
NAME_TABLE(names_route_flags, "route-flag", route_flags_list);
