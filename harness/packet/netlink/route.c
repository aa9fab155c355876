/* SPDX-License-Identifier: MIT */
/*
 * NETLINK_ROUTE: the message types (linux/rtnetlink.h), and the smaller ones of them. Types go in
 * fours, NEW, DEL, GET and SET of the same thing, with a few left out.
 */
#include "harness/packet/netlink/internal.h"

struct group {
	const char *names[4];
	const struct netlink_layout *header;
	const struct netlink_set *set;
	void (*line)(struct packet_out *out, const struct netlink_view *n);
};

/* struct tcmsg: queueing disciplines, classes, filters; handles are two halves, "1:10" */
static const struct netlink_field tc_fields[] = {
	{NETLINK_U8_OF("tcm_family", packet_netlink_families), 0, 0},
	{NETLINK_BINARY("tcm__pad"), 1, 3},
	{NETLINK_S32("tcm_ifindex"), 4, 0},
	{NETLINK_X32("tcm_handle"), 8, 0},
	{NETLINK_X32("tcm_parent"), 12, 0},
	{NETLINK_X32("tcm_info"), 16, 0},
};
static const struct netlink_layout tcmsg = NETLINK_LAYOUT(tc_fields, 20);

static const struct netlink_info tc_stats[] = {
	[1] = NETLINK_BINARY("TCA_STATS_BASIC"),      [2] = NETLINK_BINARY("TCA_STATS_RATE_EST"),
	[3] = NETLINK_BINARY("TCA_STATS_QUEUE"),      [4] = NETLINK_BINARY("TCA_STATS_APP"),
	[5] = NETLINK_BINARY("TCA_STATS_RATE_EST64"), [6] = NETLINK_BINARY("TCA_STATS_PAD"),
	[7] = NETLINK_BINARY("TCA_STATS_BASIC_HW"),   [8] = NETLINK_U64("TCA_STATS_PKT64"),
};
static const struct netlink_set tc_stats_set = NETLINK_SET(tc_stats);

static const struct netlink_info tc_attributes[] = {
	[1] = NETLINK_STRING("TCA_KIND"),
	[2] = NETLINK_BINARY("TCA_OPTIONS"),
	[3] = NETLINK_BINARY("TCA_STATS"),
	[4] = NETLINK_BINARY("TCA_XSTATS"),
	[5] = NETLINK_BINARY("TCA_RATE"),
	[6] = NETLINK_BINARY("TCA_FCNT"),
	[7] = NETLINK_IN("TCA_STATS2", &tc_stats_set),
	[8] = NETLINK_BINARY("TCA_STAB"),
	[9] = NETLINK_BINARY("TCA_PAD"),
	[10] = NETLINK_BINARY("TCA_DUMP_INVISIBLE"),
	[11] = NETLINK_U32("TCA_CHAIN"),
	[12] = NETLINK_U8("TCA_HW_OFFLOAD"),
	[13] = NETLINK_U32("TCA_INGRESS_BLOCK"),
	[14] = NETLINK_U32("TCA_EGRESS_BLOCK"),
	[15] = NETLINK_BINARY("TCA_DUMP_FLAGS"),
	[16] = NETLINK_STRING("TCA_EXT_WARN_MSG"),
};
static const struct netlink_set tc_set = NETLINK_SET(tc_attributes);

static void put_handle(struct packet_out *out, const char *before, uint32_t handle)
{
	packet_put(out, before);
	if (handle == 0xffffffff) {
		packet_put(out, "root");
		return;
	}
	packet_put_hex(out, handle >> 16, 1);
	packet_put_char(out, ':');
	if ((handle & 0xffff) != 0)
		packet_put_hex(out, handle & 0xffff, 1);
}

static void line_tc(struct packet_out *out, const struct netlink_view *n)
{
	if (n->m->captured < 36)
		return;
	packet_netlink_put_text(out, n, " ", 1);
	put_handle(out, " ", packet_netlink_header_u32(n, 8));
	put_handle(out, " parent ", packet_netlink_header_u32(n, 12));
	packet_put_pair(out, "index", packet_netlink_header_u32(n, 4));
}

/* struct rtgenmsg and its likes: only the family */
static const struct netlink_field family_fields[] = {
	{NETLINK_U8_OF("rtgen_family", packet_netlink_families), 0, 0},
};
static const struct netlink_layout rtgenmsg = NETLINK_LAYOUT(family_fields, 1);

static const struct netlink_info nsid_attributes[] = {
	[1] = NETLINK_S32("NETNSA_NSID"),	  [2] = NETLINK_U32("NETNSA_PID"),
	[3] = NETLINK_U32("NETNSA_FD"),		  [4] = NETLINK_S32("NETNSA_TARGET_NSID"),
	[5] = NETLINK_S32("NETNSA_CURRENT_NSID"),
};
static const struct netlink_set nsid_set = NETLINK_SET(nsid_attributes);

static const struct netlink_field netconf_fields[] = {
	{NETLINK_U8_OF("ncm_family", packet_netlink_families), 0, 0},
};
static const struct netlink_layout netconfmsg = NETLINK_LAYOUT(netconf_fields, 1);

static const struct netlink_info netconf_attributes[] = {
	[1] = NETLINK_S32("NETCONFA_IFINDEX"),
	[2] = NETLINK_S32("NETCONFA_FORWARDING"),
	[3] = NETLINK_S32("NETCONFA_RP_FILTER"),
	[4] = NETLINK_S32("NETCONFA_MC_FORWARDING"),
	[5] = NETLINK_S32("NETCONFA_PROXY_NEIGH"),
	[6] = NETLINK_S32("NETCONFA_IGNORE_ROUTES_WITH_LINKDOWN"),
	[7] = NETLINK_S32("NETCONFA_INPUT"),
	[8] = NETLINK_S32("NETCONFA_BC_FORWARDING"),
};
static const struct netlink_set netconf_set = NETLINK_SET(netconf_attributes);

/* struct prefixmsg: what a router advertised */
static const struct netlink_field prefix_fields[] = {
	{NETLINK_U8_OF("prefix_family", packet_netlink_families), 0, 0},
	{NETLINK_BINARY("prefix_pad"), 1, 3},
	{NETLINK_S32("prefix_ifindex"), 4, 0},
	{NETLINK_U8("prefix_type"), 8, 0},
	{NETLINK_U8("prefix_len"), 9, 0},
	{NETLINK_X8("prefix_flags"), 10, 0},
	{NETLINK_BINARY("prefix_pad3"), 11, 1},
};
static const struct netlink_layout prefixmsg = NETLINK_LAYOUT(prefix_fields, 12);
static const struct netlink_info prefix_attributes[] = {
	[1] = NETLINK_IP("PREFIX_ADDRESS"),
	[2] = NETLINK_BINARY("PREFIX_CACHEINFO"),
};
static const struct netlink_set prefix_set = NETLINK_SET(prefix_attributes);

/* struct ifaddrlblmsg */
static const struct netlink_field label_fields[] = {
	{NETLINK_U8_OF("ifal_family", packet_netlink_families), 0, 0},
	{NETLINK_BINARY("__ifal_reserved"), 1, 1},
	{NETLINK_U8("ifal_prefixlen"), 2, 0},
	{NETLINK_X8("ifal_flags"), 3, 0},
	{NETLINK_U32("ifal_index"), 4, 0},
	{NETLINK_U32("ifal_seq"), 8, 0},
};
static const struct netlink_layout ifaddrlblmsg = NETLINK_LAYOUT(label_fields, 12);
static const struct netlink_info label_attributes[] = {
	[1] = NETLINK_IP("IFAL_ADDRESS"),
	[2] = NETLINK_U32("IFAL_LABEL"),
};
static const struct netlink_set label_set = NETLINK_SET(label_attributes);

/* struct if_stats_msg */
static const struct netlink_field stats_fields[] = {
	{NETLINK_U8_OF("family", packet_netlink_families), 0, 0},
	{NETLINK_BINARY("pad"), 1, 3},
	{NETLINK_U32("ifindex"), 4, 0},
	{NETLINK_X32("filter_mask"), 8, 0},
};
static const struct netlink_layout if_stats_msg = NETLINK_LAYOUT(stats_fields, 12);
static const struct netlink_info stats_attributes[] = {
	[1] = NETLINK_BINARY("IFLA_STATS_LINK_64"),
	[2] = NETLINK_BINARY("IFLA_STATS_LINK_XSTATS"),
	[3] = NETLINK_BINARY("IFLA_STATS_LINK_XSTATS_SLAVE"),
	[4] = NETLINK_BINARY("IFLA_STATS_LINK_OFFLOAD_XSTATS"),
	[5] = NETLINK_BINARY("IFLA_STATS_AF_SPEC"),
};
static const struct netlink_set stats_set = NETLINK_SET(stats_attributes);

/* struct ndtmsg */
static const struct netlink_field table_fields[] = {
	{NETLINK_U8_OF("ndtm_family", packet_netlink_families), 0, 0},
	{NETLINK_BINARY("ndtm_pad"), 1, 3},
};
static const struct netlink_layout ndtmsg = NETLINK_LAYOUT(table_fields, 4);
static const struct netlink_info parameters[] = {
	[1] = NETLINK_U32("NDTPA_IFINDEX"),
	[2] = NETLINK_U32("NDTPA_REFCNT"),
	[3] = NETLINK_U64("NDTPA_REACHABLE_TIME"),
	[4] = NETLINK_U64("NDTPA_BASE_REACHABLE_TIME"),
	[5] = NETLINK_U64("NDTPA_RETRANS_TIME"),
	[6] = NETLINK_U64("NDTPA_GC_STALETIME"),
	[7] = NETLINK_U64("NDTPA_DELAY_PROBE_TIME"),
	[8] = NETLINK_U32("NDTPA_QUEUE_LEN"),
	[9] = NETLINK_U32("NDTPA_APP_PROBES"),
	[10] = NETLINK_U32("NDTPA_UCAST_PROBES"),
	[11] = NETLINK_U32("NDTPA_MCAST_PROBES"),
	[12] = NETLINK_U64("NDTPA_ANYCAST_DELAY"),
	[13] = NETLINK_U64("NDTPA_PROXY_DELAY"),
	[14] = NETLINK_U32("NDTPA_PROXY_QLEN"),
	[15] = NETLINK_U64("NDTPA_LOCKTIME"),
	[16] = NETLINK_U32("NDTPA_QUEUE_LENBYTES"),
	[17] = NETLINK_U32("NDTPA_MCAST_REPROBES"),
	[18] = NETLINK_BINARY("NDTPA_PAD"),
	[19] = NETLINK_U64("NDTPA_INTERVAL_PROBE_TIME_MS"),
};
static const struct netlink_set parameters_set = NETLINK_SET(parameters);
static const struct netlink_info table_attributes[] = {
	[1] = NETLINK_STRING("NDTA_NAME"),   [2] = NETLINK_U32("NDTA_THRESH1"),
	[3] = NETLINK_U32("NDTA_THRESH2"),   [4] = NETLINK_U32("NDTA_THRESH3"),
	[5] = NETLINK_BINARY("NDTA_CONFIG"), [6] = NETLINK_IN("NDTA_PARMS", &parameters_set),
	[7] = NETLINK_BINARY("NDTA_STATS"),  [8] = NETLINK_U64("NDTA_GC_INTERVAL"),
	[9] = NETLINK_BINARY("NDTA_PAD"),
};
static const struct netlink_set table_set = NETLINK_SET(table_attributes);

/* struct br_port_msg: attributes of the bridge's multicast database are not described */
static const struct netlink_field mdb_fields[] = {
	{NETLINK_U8_OF("family", packet_netlink_families), 0, 0},
	{NETLINK_BINARY("pad"), 1, 3},
	{NETLINK_U32("ifindex"), 4, 0},
};
static const struct netlink_layout br_port_msg = NETLINK_LAYOUT(mdb_fields, 8);

/* struct dcbmsg */
static const struct netlink_field dcb_fields[] = {
	{NETLINK_U8_OF("dcb_family", packet_netlink_families), 0, 0},
	{NETLINK_U8("cmd"), 1, 0},
	{NETLINK_BINARY("dcb_pad"), 2, 2},
};
static const struct netlink_layout dcbmsg = NETLINK_LAYOUT(dcb_fields, 4);

/* struct nduseroptmsg: options of neighbour discovery follow, not attributes */
static const struct netlink_field option_fields[] = {
	{NETLINK_U8_OF("nduseropt_family", packet_netlink_families), 0, 0},
	{NETLINK_BINARY("nduseropt_pad1"), 1, 1},
	{NETLINK_U16("nduseropt_opts_len"), 2, 0},
	{NETLINK_S32("nduseropt_ifindex"), 4, 0},
	{NETLINK_U8("nduseropt_icmp_type"), 8, 0},
	{NETLINK_U8("nduseropt_icmp_code"), 9, 0},
	{NETLINK_BINARY("nduseropt_pad"), 10, 6},
};
static const struct netlink_layout nduseroptmsg = NETLINK_LAYOUT(option_fields, 16);

#define NAMES(thing)                                                                               \
	{                                                                                          \
		"RTM_NEW" thing, "RTM_DEL" thing, "RTM_GET" thing, NULL                            \
	}

/* From RTM_BASE, 16, on. */
static const struct group groups[] = {
	{{"RTM_NEWLINK", "RTM_DELLINK", "RTM_GETLINK", "RTM_SETLINK"},
	 &packet_netlink_ifinfomsg,
	 &packet_netlink_link_set,
	 packet_netlink_line_link},
	{NAMES("ADDR"), &packet_netlink_ifaddrmsg, &packet_netlink_address_set,
	 packet_netlink_line_address},
	{NAMES("ROUTE"), &packet_netlink_rtmsg, &packet_netlink_route_set,
	 packet_netlink_line_route},
	{NAMES("NEIGH"), &packet_netlink_ndmsg, &packet_netlink_neighbour_set,
	 packet_netlink_line_neighbour},
	{NAMES("RULE"), &packet_netlink_fib_rule_hdr, &packet_netlink_rule_set,
	 packet_netlink_line_rule},
	{NAMES("QDISC"), &tcmsg, &tc_set, line_tc},
	{NAMES("TCLASS"), &tcmsg, &tc_set, line_tc},
	{NAMES("TFILTER"), &tcmsg, &tc_set, line_tc},
	{NAMES("ACTION"), &ndtmsg, NULL, NULL},
	{{"RTM_NEWPREFIX", NULL, NULL, NULL}, &prefixmsg, &prefix_set, NULL},
	{{NULL, NULL, "RTM_GETMULTICAST", NULL},
	 &packet_netlink_ifaddrmsg,
	 &packet_netlink_address_set,
	 NULL},
	{{NULL, NULL, "RTM_GETANYCAST", NULL},
	 &packet_netlink_ifaddrmsg,
	 &packet_netlink_address_set,
	 NULL},
	{{"RTM_NEWNEIGHTBL", NULL, "RTM_GETNEIGHTBL", "RTM_SETNEIGHTBL"},
	 &ndtmsg,
	 &table_set,
	 NULL},
	{{"RTM_NEWNDUSEROPT", NULL, NULL, NULL}, &nduseroptmsg, NULL, NULL},
	{NAMES("ADDRLABEL"), &ifaddrlblmsg, &label_set, NULL},
	{{NULL, NULL, "RTM_GETDCB", "RTM_SETDCB"}, &dcbmsg, NULL, NULL},
	{NAMES("NETCONF"), &netconfmsg, &netconf_set, NULL},
	{NAMES("MDB"), &br_port_msg, NULL, NULL},
	{NAMES("NSID"), &rtgenmsg, &nsid_set, NULL},
	{{"RTM_NEWSTATS", NULL, "RTM_GETSTATS", "RTM_SETSTATS"}, &if_stats_msg, &stats_set, NULL},
	{{"RTM_NEWCACHEREPORT", NULL, NULL, NULL}, &rtgenmsg, NULL, NULL},
	{NAMES("CHAIN"), &tcmsg, &tc_set, line_tc},
	{NAMES("NEXTHOP"), &packet_netlink_nhmsg, &packet_netlink_nexthop_set,
	 packet_netlink_line_nexthop},
	{NAMES("LINKPROP"), &packet_netlink_ifinfomsg, &packet_netlink_link_set,
	 packet_netlink_line_link},
	{NAMES("VLAN"), &br_port_msg, NULL, NULL},
	{NAMES("NEXTHOPBUCKET"), &packet_netlink_nhmsg, &packet_netlink_nexthop_set,
	 packet_netlink_line_nexthop},
	{NAMES("TUNNEL"), &br_port_msg, NULL, NULL},
};

void packet_netlink_describe_route(struct netlink_kind *out, uint16_t type)
{
	static const uint8_t verbs[] = {NETLINK_NEW, NETLINK_DELETE, NETLINK_GET, NETLINK_NEW};
	unsigned int index = (type - 16u) / 4;
	const struct group *g = &groups[index < NETLINK_COUNT(groups) ? index : 0];

	out->verb = verbs[type % 4];
	if (index >= NETLINK_COUNT(groups) || g->names[type % 4] == NULL)
		return;
	out->name = g->names[type % 4];
	out->header = g->header;
	out->may_be_short = out->verb == NETLINK_GET;
	out->has_attributes = g->header != &nduseroptmsg;
	out->set = g->set;
	out->line = g->line;
}
