/* SPDX-License-Identifier: MIT */
/* NETLINK_ROUTE: neighbours, struct ndmsg and NDA_* (linux/neighbour.h). */
#include "harness/packet/netlink/internal.h"

static const struct netlink_name states[] = {
	{0x01, "INCOMPLETE"}, {0x02, "REACHABLE"}, {0x04, "STALE"},
	{0x08, "DELAY"},      {0x10, "PROBE"},	   {0x20, "FAILED"},
	{0x40, "NOARP"},      {0x80, "PERMANENT"}, {0, NULL},
};
static const struct netlink_name flags[] = {
	{0x01, "USE"},	  {0x02, "SELF"},	 {0x04, "MASTER"},
	{0x08, "PROXY"},  {0x10, "EXT_LEARNED"}, {0x20, "OFFLOADED"},
	{0x40, "STICKY"}, {0x80, "ROUTER"},	 {0, NULL},
};
static const struct netlink_name extended_flags[] = {
	{0x01, "MANAGED"}, {0x02, "LOCKED"}, {0x04, "EXT_VALIDATED"}, {0, NULL}};
/* RTN_*: the kind of address */
static const struct netlink_name types[] = {
	{0, "UNSPEC"},	{1, "UNICAST"},	  {2, "LOCAL"}, {3, "BROADCAST"},
	{4, "ANYCAST"}, {5, "MULTICAST"}, {0, NULL},
};

/*
 *     0               8               16              24            32
 *    +---------------+---------------+---------------+---------------+
 *  0 | ndm_family    | ndm_pad1      | ndm_pad2                      |
 *    +---------------+---------------+---------------+---------------+
 *  4 | ndm_ifindex                                                   |
 *    +-------------------------------+---------------+---------------+
 *  8 | ndm_state                     | ndm_flags     | ndm_type      |
 *    +-------------------------------+---------------+---------------+
 */
static const struct netlink_field fields[] = {
	{NETLINK_U8_OF("ndm_family", packet_netlink_families), 0, 0},
	{NETLINK_BINARY("ndm_pad"), 1, 3},
	{NETLINK_S32("ndm_ifindex"), 4, 0},
	{NETLINK_F16("ndm_state", states), 8, 0},
	{NETLINK_F8("ndm_flags", flags), 10, 0},
	{NETLINK_U8_OF("ndm_type", types), 11, 0},
};
const struct netlink_layout packet_netlink_ndmsg = NETLINK_LAYOUT(fields, 12);

/* struct nda_cacheinfo: how long ago, in hundredths of seconds */
static const struct netlink_field cache_fields[] = {
	{NETLINK_U32("ndm_confirmed"), 0, 0},
	{NETLINK_U32("ndm_used"), 4, 0},
	{NETLINK_U32("ndm_updated"), 8, 0},
	{NETLINK_U32("ndm_refcnt"), 12, 0},
};
static const struct netlink_layout cache = NETLINK_LAYOUT(cache_fields, 16);

static const struct netlink_info attributes[] = {
	[1] = NETLINK_IP("NDA_DST"),
	[2] = NETLINK_LLADDR("NDA_LLADDR"),
	[3] = NETLINK_OF("NDA_CACHEINFO", &cache),
	[4] = NETLINK_U32("NDA_PROBES"),
	[5] = NETLINK_U16("NDA_VLAN"),
	[6] = NETLINK_BE16("NDA_PORT"),
	[7] = NETLINK_U32("NDA_VNI"),
	[8] = NETLINK_U32("NDA_IFINDEX"),
	[9] = NETLINK_U32("NDA_MASTER"),
	[10] = NETLINK_S32("NDA_LINK_NETNSID"),
	[11] = NETLINK_U32("NDA_SRC_VNI"),
	[12] = NETLINK_U8_OF("NDA_PROTOCOL", packet_netlink_route_protocols),
	[13] = NETLINK_U32("NDA_NH_ID"),
	[14] = NETLINK_IN("NDA_FDB_EXT_ATTRS", &packet_netlink_no_set),
	[15] = NETLINK_F32("NDA_FLAGS_EXT", extended_flags),
	[16] = NETLINK_F16("NDA_NDM_STATE_MASK", states),
	[17] = NETLINK_F8("NDA_NDM_FLAGS_MASK", flags),
};
const struct netlink_set packet_netlink_neighbour_set = NETLINK_SET(attributes);

void packet_netlink_line_neighbour(struct packet_out *out, const struct netlink_view *n)
{
	struct packet_netlink_attribute a;
	uint32_t state = packet_netlink_header_u16(n, 8);

	if (packet_netlink_find(n, 1, &a)) {
		packet_put_char(out, ' ');
		packet_netlink_put_address(out, n, a.data_offset, a.data_length);
	}
	if (packet_netlink_find(n, 2, &a)) {
		packet_put(out, " lladdr ");
		packet_netlink_put_lladdr(out, n->p, a.data_offset, a.data_length);
	}
	if (packet_netlink_header_u32(n, 4) != 0)
		packet_put_pair(out, "index", packet_netlink_header_u32(n, 4));
	if (state != 0) {
		packet_put_char(out, ' ');
		packet_netlink_put_bits(out, state, states, "|");
	}
}
