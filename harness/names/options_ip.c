/* SPDX-License-Identifier: MIT */
/*
 * Options and control messages of SOL_IP (ip(7)), and the values of IP_MTU_DISCOVER.
 */
#include "harness/names/table.h"

#include <linux/in.h>

static const struct name options_ip_list[] = {
	NAME(IP_TOS),
	NAME(IP_TTL),
	NAME(IP_HDRINCL),
	NAME(IP_OPTIONS),
	NAME(IP_ROUTER_ALERT),
	NAME(IP_RECVOPTS),
	NAME(IP_RECVRETOPTS),
	NAME(IP_PKTINFO),
	NAME(IP_PKTOPTIONS),
	NAME(IP_MTU_DISCOVER),
	NAME(IP_RECVERR),
	NAME(IP_RECVTTL),
	NAME(IP_RECVTOS),
	NAME(IP_MTU),
	NAME(IP_FREEBIND),
	NAME(IP_IPSEC_POLICY),
	NAME(IP_XFRM_POLICY),
	NAME(IP_PASSSEC),
	NAME(IP_TRANSPARENT),
	NAME(IP_RECVORIGDSTADDR),
	NAME(IP_MINTTL),
#ifdef IP_NODEFRAG
	NAME(IP_NODEFRAG),
#endif
#ifdef IP_CHECKSUM
	NAME(IP_CHECKSUM),
#endif
#ifdef IP_BIND_ADDRESS_NO_PORT
	NAME(IP_BIND_ADDRESS_NO_PORT),
#endif
#ifdef IP_RECVFRAGSIZE
	NAME(IP_RECVFRAGSIZE),
#endif
#ifdef IP_RECVERR_RFC4884
	NAME(IP_RECVERR_RFC4884),
#endif
	NAME(IP_MULTICAST_IF),
	NAME(IP_MULTICAST_TTL),
	NAME(IP_MULTICAST_LOOP),
	NAME(IP_ADD_MEMBERSHIP),
	NAME(IP_DROP_MEMBERSHIP),
	NAME(IP_UNBLOCK_SOURCE),
	NAME(IP_BLOCK_SOURCE),
	NAME(IP_ADD_SOURCE_MEMBERSHIP),
	NAME(IP_DROP_SOURCE_MEMBERSHIP),
	NAME(IP_MSFILTER),
	NAME(MCAST_JOIN_GROUP),
	NAME(MCAST_BLOCK_SOURCE),
	NAME(MCAST_UNBLOCK_SOURCE),
	NAME(MCAST_LEAVE_GROUP),
	NAME(MCAST_JOIN_SOURCE_GROUP),
	NAME(MCAST_LEAVE_SOURCE_GROUP),
	NAME(MCAST_MSFILTER),
	NAME(IP_MULTICAST_ALL),
#ifdef IP_UNICAST_IF
	NAME(IP_UNICAST_IF),
#endif
#ifdef IP_LOCAL_PORT_RANGE
	NAME(IP_LOCAL_PORT_RANGE),
#endif
#ifdef IP_PROTOCOL
	NAME(IP_PROTOCOL),
#endif
	NAME(IP_ORIGDSTADDR),
	NAME(IP_RETOPTS),
	NAME_AS(IP_PMTUDISC, IP_MTU_DISCOVER),
};
NAME_TABLE(names_options_ip, "option-ip", options_ip_list);

/*
 * Control messages have the number of the option that asks for them, not always its name.
 */
static const struct name cmsgs_ip_list[] = {
	NAME(IP_PKTINFO),      NAME(IP_TTL),	 NAME(IP_TOS),	   NAME(IP_RECVOPTS),
	NAME(IP_RETOPTS),      NAME(IP_RECVERR), NAME(IP_PASSSEC), NAME(IP_ORIGDSTADDR),
#ifdef IP_CHECKSUM
	NAME(IP_CHECKSUM),
#endif
#ifdef IP_RECVFRAGSIZE
	NAME(IP_RECVFRAGSIZE),
#endif
#ifdef IP_PROTOCOL
	NAME(IP_PROTOCOL),
#endif
};
NAME_TABLE(names_cmsgs_ip, "option-ip", cmsgs_ip_list);

static const struct name ip_pmtudisc_list[] = {
	NAME(IP_PMTUDISC_DONT),	 NAME(IP_PMTUDISC_WANT),      NAME(IP_PMTUDISC_DO),
	NAME(IP_PMTUDISC_PROBE), NAME(IP_PMTUDISC_INTERFACE), NAME(IP_PMTUDISC_OMIT),
};
NAME_TABLE(names_ip_pmtudisc, "option-ip-value", ip_pmtudisc_list);

static const struct name multicast_filter_modes_list[] = {
	NAME(MCAST_EXCLUDE),
	NAME(MCAST_INCLUDE),
};
NAME_TABLE(names_multicast_filter_modes, "option-ip", multicast_filter_modes_list);
