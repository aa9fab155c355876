/* SPDX-License-Identifier: MIT */
/*
 * Protocols of AF_INET and AF_INET6. As the third argument of socket(), 0 is
 * IPPROTO_IP, "the usual one for this type", and not IPPROTO_HOPOPTS, which is 0 as
 * well but a header of IPv6 packets.
 */
#include "harness/names/table.h"

#include <linux/in.h>
#include <linux/in6.h>

static const struct name protocols_inet_list[] = {
	NAME(IPPROTO_IP),	NAME(IPPROTO_ICMP),   NAME(IPPROTO_TCP),
	NAME(IPPROTO_UDP),	NAME(IPPROTO_ICMPV6), NAME(IPPROTO_RAW),
	NAME(IPPROTO_IGMP),	NAME(IPPROTO_IPIP),   NAME(IPPROTO_EGP),
	NAME(IPPROTO_PUP),	NAME(IPPROTO_IDP),    NAME(IPPROTO_TP),
	NAME(IPPROTO_DCCP),	NAME(IPPROTO_IPV6),   NAME(IPPROTO_ROUTING),
	NAME(IPPROTO_FRAGMENT), NAME(IPPROTO_RSVP),   NAME(IPPROTO_GRE),
	NAME(IPPROTO_ESP),	NAME(IPPROTO_AH),     NAME(IPPROTO_NONE),
	NAME(IPPROTO_DSTOPTS),	NAME(IPPROTO_MTP),
#ifdef IPPROTO_BEETPH
	NAME(IPPROTO_BEETPH),
#endif
	NAME(IPPROTO_ENCAP),	NAME(IPPROTO_PIM),    NAME(IPPROTO_COMP),
#ifdef IPPROTO_L2TP
	NAME(IPPROTO_L2TP),
#endif
	NAME(IPPROTO_SCTP),
#ifdef IPPROTO_MH
	NAME(IPPROTO_MH),
#endif
	NAME(IPPROTO_UDPLITE),
#ifdef IPPROTO_MPLS
	NAME(IPPROTO_MPLS),
#endif
#ifdef IPPROTO_ETHERNET
	NAME(IPPROTO_ETHERNET),
#endif
#ifdef IPPROTO_MPTCP
	NAME(IPPROTO_MPTCP),
#endif
#ifdef IPPROTO_SMC
	NAME(IPPROTO_SMC),
#endif
	NAME(IPPROTO_HOPOPTS),
};
NAME_TABLE(names_protocols_inet, "protocol", protocols_inet_list);
