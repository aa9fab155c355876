/* SPDX-License-Identifier: MIT */
/* NETLINK_ROUTE: links, struct ifinfomsg (linux/rtnetlink.h) and IFLA_* (linux/if_link.h). */
#include "harness/packet/netlink/internal.h"

/* ARPHRD_* of what one meets most, linux/if_arp.h */
static const struct netlink_name types[] = {
	{1, "ETHER"},
	{32, "INFINIBAND"},
	{280, "CAN"},
	{512, "PPP"},
	{768, "TUNNEL"},
	{769, "TUNNEL6"},
	{772, "LOOPBACK"},
	{776, "SIT"},
	{778, "IPGRE"},
	{801, "IEEE80211"},
	{803, "IEEE80211_RADIOTAP"},
	{804, "IEEE802154"},
	{823, "IP6GRE"},
	{824, "NETLINK"},
	{826, "VSOCKMON"},
	{65534, "NONE"},
	{65535, "VOID"},
	{0, NULL},
};

/*
 *     0               8               16                            32
 *    +---------------+---------------+-------------------------------+
 *  0 | ifi_family    | __ifi_pad     | ifi_type                      |
 *    +---------------+---------------+-------------------------------+
 *  4 | ifi_index                                                     |
 *    +---------------------------------------------------------------+
 *  8 | ifi_flags                                                     |
 *    +---------------------------------------------------------------+
 * 12 | ifi_change: which flags are to change, or did                 |
 *    +---------------------------------------------------------------+
 */
static const struct netlink_field fields[] = {
	{NETLINK_U8_OF("ifi_family", packet_netlink_families), 0, 0},
	{NETLINK_BINARY("__ifi_pad"), 1, 1},
	{NETLINK_U16_OF("ifi_type", types), 2, 0},
	{NETLINK_S32("ifi_index"), 4, 0},
	{NETLINK_F32("ifi_flags", packet_netlink_interface_flags), 8, 0},
	{NETLINK_F32("ifi_change", packet_netlink_interface_flags), 12, 0},
};
const struct netlink_layout packet_netlink_ifinfomsg = NETLINK_LAYOUT(fields, 16);

/* RFC 2863, ifOperStatus; linux/if.h, IF_OPER_* */
static const struct netlink_name operstates[] = {
	{0, "UNKNOWN"}, {1, "NOTPRESENT"}, {2, "DOWN"}, {3, "LOWERLAYERDOWN"},
	{4, "TESTING"}, {5, "DORMANT"},	   {6, "UP"},	{0, NULL},
};
static const struct netlink_name linkmodes[] = {
	{0, "DEFAULT"}, {1, "DORMANT"}, {2, "TESTING"}, {0, NULL}};
static const struct netlink_name filters[] = {
	{0x01, "VF"},	      {0x02, "BRVLAN"}, {0x04, "BRVLAN_COMPRESSED"},
	{0x08, "SKIP_STATS"}, {0x10, "MRP"},	{0x20, "CFM_CONFIG"},
	{0x40, "CFM_STATUS"}, {0x80, "MST"},	{0, NULL},
};

/* struct rtnl_link_ifmap, with padding to 8 bytes where a 64-bit number needs it */
static const struct netlink_field map_fields[] = {
	{NETLINK_X64("mem_start"), 0, 0},   {NETLINK_X64("mem_end"), 8, 0},
	{NETLINK_X64("base_addr"), 16, 0},  {NETLINK_U16("irq"), 24, 0},
	{NETLINK_U8("dma"), 26, 0},	    {NETLINK_U8("port"), 27, 0},
	{NETLINK_BINARY("Padding"), 28, 4},
};
static const struct netlink_layout map = NETLINK_LAYOUT(map_fields, 32);

static const struct netlink_info info_attributes[] = {
	[1] = NETLINK_STRING("IFLA_INFO_KIND"),	      [2] = NETLINK_BINARY("IFLA_INFO_DATA"),
	[3] = NETLINK_BINARY("IFLA_INFO_XSTATS"),     [4] = NETLINK_STRING("IFLA_INFO_SLAVE_KIND"),
	[5] = NETLINK_BINARY("IFLA_INFO_SLAVE_DATA"),
};
static const struct netlink_set info_set = NETLINK_SET(info_attributes);

/* IFLA_AF_SPEC has a set for each address family; in messages of AF_BRIDGE it has other ones. */
static const struct netlink_info inet_attributes[] = {
	[1] = NETLINK_BINARY("IFLA_INET_CONF"),
};
static const struct netlink_set inet_set = NETLINK_SET(inet_attributes);

static const struct netlink_name generations[] = {
	{0, "EUI64"}, {1, "NONE"}, {2, "STABLE_PRIVACY"}, {3, "RANDOM"}, {0, NULL}};
static const struct netlink_name inet6_flags[] = {
	{0x10, "RS_SENT"},	{0x20, "RA_RCVD"},     {0x40, "RA_MANAGED"},
	{0x80, "RA_OTHERCONF"}, {0x80000000, "READY"}, {0, NULL},
};
static const struct netlink_field inet6_cache_fields[] = {
	{NETLINK_U32("max_reasm_len"), 0, 0},
	{NETLINK_U32("tstamp"), 4, 0},
	{NETLINK_U32("reachable_time"), 8, 0},
	{NETLINK_U32("retrans_time"), 12, 0},
};
static const struct netlink_layout inet6_cache = NETLINK_LAYOUT(inet6_cache_fields, 16);
static const struct netlink_info inet6_attributes[] = {
	[1] = NETLINK_F32("IFLA_INET6_FLAGS", inet6_flags),
	[2] = NETLINK_BINARY("IFLA_INET6_CONF"),
	[3] = NETLINK_BINARY("IFLA_INET6_STATS"),
	[4] = NETLINK_BINARY("IFLA_INET6_MCAST"),
	[5] = NETLINK_OF("IFLA_INET6_CACHEINFO", &inet6_cache),
	[6] = NETLINK_BINARY("IFLA_INET6_ICMP6STATS"),
	[7] = NETLINK_IP("IFLA_INET6_TOKEN"),
	[8] = NETLINK_U8_OF("IFLA_INET6_ADDR_GEN_MODE", generations),
	[9] = NETLINK_U32("IFLA_INET6_RA_MTU"),
};
static const struct netlink_set inet6_set = NETLINK_SET(inet6_attributes);

static const struct netlink_info family_attributes[] = {
	[2] = NETLINK_IN("AF_INET", &inet_set),
	[10] = NETLINK_IN("AF_INET6", &inet6_set),
	[28] = NETLINK_IN("AF_MPLS", &packet_netlink_no_set),
	[45] = NETLINK_IN("AF_MCTP", &packet_netlink_no_set),
};
static const struct netlink_set family_set = NETLINK_SET(family_attributes);

static const struct netlink_name xdp_modes[] = {{0, "NONE"}, {1, "DRV"},   {2, "SKB"},
						{3, "HW"},   {4, "MULTI"}, {0, NULL}};
static const struct netlink_info xdp_attributes[] = {
	[1] = NETLINK_S32("IFLA_XDP_FD"),
	[2] = NETLINK_U8_OF("IFLA_XDP_ATTACHED", xdp_modes),
	[3] = NETLINK_X32("IFLA_XDP_FLAGS"),
	[4] = NETLINK_U32("IFLA_XDP_PROG_ID"),
	[5] = NETLINK_U32("IFLA_XDP_DRV_PROG_ID"),
	[6] = NETLINK_U32("IFLA_XDP_SKB_PROG_ID"),
	[7] = NETLINK_U32("IFLA_XDP_HW_PROG_ID"),
	[8] = NETLINK_S32("IFLA_XDP_EXPECTED_FD"),
};
static const struct netlink_set xdp_set = NETLINK_SET(xdp_attributes);

static const struct netlink_info property = NETLINK_STRING("IFLA_ALT_IFNAME");
static const struct netlink_set property_set = {.item = &property};

static const struct netlink_info attributes[] = {
	[1] = NETLINK_LLADDR("IFLA_ADDRESS"),
	[2] = NETLINK_LLADDR("IFLA_BROADCAST"),
	[3] = NETLINK_STRING("IFLA_IFNAME"),
	[4] = NETLINK_U32("IFLA_MTU"),
	[5] = NETLINK_U32("IFLA_LINK"),
	[6] = NETLINK_STRING("IFLA_QDISC"),
	[7] = NETLINK_BINARY("IFLA_STATS"),
	[8] = NETLINK_BINARY("IFLA_COST"),
	[9] = NETLINK_BINARY("IFLA_PRIORITY"),
	[10] = NETLINK_U32("IFLA_MASTER"),
	[11] = NETLINK_BINARY("IFLA_WIRELESS"),
	[12] = NETLINK_BINARY("IFLA_PROTINFO"),
	[13] = NETLINK_U32("IFLA_TXQLEN"),
	[14] = NETLINK_OF("IFLA_MAP", &map),
	[15] = NETLINK_U32("IFLA_WEIGHT"),
	[16] = NETLINK_U8_OF("IFLA_OPERSTATE", operstates),
	[17] = NETLINK_U8_OF("IFLA_LINKMODE", linkmodes),
	[18] = NETLINK_IN("IFLA_LINKINFO", &info_set),
	[19] = NETLINK_U32("IFLA_NET_NS_PID"),
	[20] = NETLINK_STRING("IFLA_IFALIAS"),
	[21] = NETLINK_U32("IFLA_NUM_VF"),
	[22] = NETLINK_IN("IFLA_VFINFO_LIST", &packet_netlink_no_set),
	[23] = NETLINK_BINARY("IFLA_STATS64"),
	[24] = NETLINK_IN("IFLA_VF_PORTS", &packet_netlink_no_set),
	[25] = NETLINK_IN("IFLA_PORT_SELF", &packet_netlink_no_set),
	[26] = NETLINK_IN("IFLA_AF_SPEC", &family_set),
	[27] = NETLINK_U32("IFLA_GROUP"),
	[28] = NETLINK_U32("IFLA_NET_NS_FD"),
	[29] = NETLINK_F32("IFLA_EXT_MASK", filters),
	[30] = NETLINK_U32("IFLA_PROMISCUITY"),
	[31] = NETLINK_U32("IFLA_NUM_TX_QUEUES"),
	[32] = NETLINK_U32("IFLA_NUM_RX_QUEUES"),
	[33] = NETLINK_U8("IFLA_CARRIER"),
	[34] = NETLINK_BINARY("IFLA_PHYS_PORT_ID"),
	[35] = NETLINK_U32("IFLA_CARRIER_CHANGES"),
	[36] = NETLINK_BINARY("IFLA_PHYS_SWITCH_ID"),
	[37] = NETLINK_S32("IFLA_LINK_NETNSID"),
	[38] = NETLINK_STRING("IFLA_PHYS_PORT_NAME"),
	[39] = NETLINK_U8("IFLA_PROTO_DOWN"),
	[40] = NETLINK_U32("IFLA_GSO_MAX_SEGS"),
	[41] = NETLINK_U32("IFLA_GSO_MAX_SIZE"),
	[42] = NETLINK_BINARY("IFLA_PAD"),
	[43] = NETLINK_IN("IFLA_XDP", &xdp_set),
	[44] = NETLINK_U32("IFLA_EVENT"),
	[45] = NETLINK_S32("IFLA_NEW_NETNSID"),
	[46] = NETLINK_S32("IFLA_TARGET_NETNSID"),
	[47] = NETLINK_U32("IFLA_CARRIER_UP_COUNT"),
	[48] = NETLINK_U32("IFLA_CARRIER_DOWN_COUNT"),
	[49] = NETLINK_S32("IFLA_NEW_IFINDEX"),
	[50] = NETLINK_U32("IFLA_MIN_MTU"),
	[51] = NETLINK_U32("IFLA_MAX_MTU"),
	[52] = NETLINK_IN("IFLA_PROP_LIST", &property_set),
	[53] = NETLINK_STRING("IFLA_ALT_IFNAME"),
	[54] = NETLINK_LLADDR("IFLA_PERM_ADDRESS"),
	[55] = NETLINK_IN("IFLA_PROTO_DOWN_REASON", &packet_netlink_no_set),
	[56] = NETLINK_STRING("IFLA_PARENT_DEV_NAME"),
	[57] = NETLINK_STRING("IFLA_PARENT_DEV_BUS_NAME"),
	[58] = NETLINK_U32("IFLA_GRO_MAX_SIZE"),
	[59] = NETLINK_U32("IFLA_TSO_MAX_SIZE"),
	[60] = NETLINK_U32("IFLA_TSO_MAX_SEGS"),
	[61] = NETLINK_U32("IFLA_ALLMULTI"),
	[62] = NETLINK_BINARY("IFLA_DEVLINK_PORT"),
	[63] = NETLINK_U32("IFLA_GSO_IPV4_MAX_SIZE"),
	[64] = NETLINK_U32("IFLA_GRO_IPV4_MAX_SIZE"),
	[65] = NETLINK_IN("IFLA_DPLL_PIN", &packet_netlink_no_set),
	[66] = NETLINK_U32("IFLA_MAX_PACING_OFFLOAD_HORIZON"),
	[67] = NETLINK_U8("IFLA_NETNS_IMMUTABLE"),
	[68] = NETLINK_U16("IFLA_HEADROOM"),
	[69] = NETLINK_U16("IFLA_TAILROOM"),
};
const struct netlink_set packet_netlink_link_set = NETLINK_SET(attributes);

void packet_netlink_line_link(struct packet_out *out, const struct netlink_view *n)
{
	uint32_t flags = packet_netlink_header_u32(n, 8);

	packet_netlink_put_text(out, n, " ", 3);
	if (packet_netlink_header_u32(n, 4) != 0)
		packet_put_pair(out, "index", packet_netlink_header_u32(n, 4));
	if (flags != 0) {
		packet_put(out, " <");
		packet_netlink_put_bits(out, flags, packet_netlink_interface_flags, ",");
		packet_put_char(out, '>');
	}
	packet_netlink_put_u32(out, n, "mtu", 4);
	packet_netlink_put_u32(out, n, "master", 10);
}
