/* SPDX-License-Identifier: MIT */
/*
 * NETLINK_ROUTE: rules, which choose the table (linux/fib_rules.h), and next hops that routes
 * share (linux/nexthop.h).
 */
#include "harness/packet/netlink/internal.h"

static const struct netlink_name actions[] = {
	{0, "UNSPEC"},	  {1, "TO_TBL"},      {2, "GOTO"},     {3, "NOP"},
	{6, "BLACKHOLE"}, {7, "UNREACHABLE"}, {8, "PROHIBIT"}, {0, NULL},
};
static const struct netlink_name rule_flags[] = {
	{0x01, "PERMANENT"},
	{0x02, "INVERT"},
	{0x04, "UNRESOLVED"},
	{0x08, "IIF_DETACHED"},
	{0x10, "OIF_DETACHED"},
	{0x10000, "FIND_SADDR"},
	{0, NULL},
};

/*
 *     0               8               16              24            32
 *    +---------------+---------------+---------------+---------------+
 *  0 | family        | dst_len       | src_len       | tos           |
 *    +---------------+---------------+---------------+---------------+
 *  4 | table         | res1          | res2          | action        |
 *    +---------------+---------------+---------------+---------------+
 *  8 | flags                                                         |
 *    +---------------------------------------------------------------+
 */
static const struct netlink_field rule_fields[] = {
	{NETLINK_U8_OF("family", packet_netlink_families), 0, 0},
	{NETLINK_U8("dst_len"), 1, 0},
	{NETLINK_U8("src_len"), 2, 0},
	{NETLINK_X8("tos"), 3, 0},
	{NETLINK_U8_OF("table", packet_netlink_tables), 4, 0},
	{NETLINK_BINARY("res"), 5, 2},
	{NETLINK_U8_OF("action", actions), 7, 0},
	{NETLINK_F32("flags", rule_flags), 8, 0},
};
const struct netlink_layout packet_netlink_fib_rule_hdr = NETLINK_LAYOUT(rule_fields, 12);

/* struct fib_rule_uid_range and struct fib_rule_port_range, all in host order */
static const struct netlink_field uid_fields[] = {
	{NETLINK_U32("start"), 0, 0},
	{NETLINK_U32("end"), 4, 0},
};
static const struct netlink_layout uid_range = NETLINK_LAYOUT(uid_fields, 8);
static const struct netlink_field port_fields[] = {
	{NETLINK_U16("start"), 0, 0},
	{NETLINK_U16("end"), 2, 0},
};
static const struct netlink_layout port_range = NETLINK_LAYOUT(port_fields, 4);

static const struct netlink_info rule_attributes[] = {
	[1] = NETLINK_IP("FRA_DST"),
	[2] = NETLINK_IP("FRA_SRC"),
	[3] = NETLINK_STRING("FRA_IIFNAME"),
	[4] = NETLINK_U32("FRA_GOTO"),
	[6] = NETLINK_U32("FRA_PRIORITY"),
	[10] = NETLINK_X32("FRA_FWMARK"),
	[11] = NETLINK_U32("FRA_FLOW"),
	[12] = {.name = "FRA_TUN_ID", .how = NETLINK_NETWORK, .size = 8},
	[13] = NETLINK_S32("FRA_SUPPRESS_IFGROUP"),
	[14] = NETLINK_S32("FRA_SUPPRESS_PREFIXLEN"),
	[15] = NETLINK_U32_OF("FRA_TABLE", packet_netlink_tables),
	[16] = NETLINK_X32("FRA_FWMASK"),
	[17] = NETLINK_STRING("FRA_OIFNAME"),
	[18] = NETLINK_BINARY("FRA_PAD"),
	[19] = NETLINK_U8("FRA_L3MDEV"),
	[20] = NETLINK_OF("FRA_UID_RANGE", &uid_range),
	[21] = NETLINK_U8_OF("FRA_PROTOCOL", packet_netlink_route_protocols),
	[22] = NETLINK_U8_OF("FRA_IP_PROTO", packet_netlink_ip_protocols),
	[23] = NETLINK_OF("FRA_SPORT_RANGE", &port_range),
	[24] = NETLINK_OF("FRA_DPORT_RANGE", &port_range),
	[25] = NETLINK_X8("FRA_DSCP"),
};
const struct netlink_set packet_netlink_rule_set = NETLINK_SET(rule_attributes);

static void put_range(struct packet_out *out, const struct netlink_view *n, const char *before,
		      uint16_t type, uint8_t length)
{
	struct packet_netlink_attribute a;

	if (!packet_netlink_find(n, type, &a))
		return;
	packet_put(out, before);
	packet_netlink_put_address(out, n, a.data_offset, a.data_length);
	packet_put_char(out, '/');
	packet_put_number(out, length);
}

void packet_netlink_line_rule(struct packet_out *out, const struct netlink_view *n)
{
	uint8_t action = packet_netlink_header_u8(n, 7);
	const char *name = packet_netlink_name_of(actions, action);

	packet_netlink_put_u32(out, n, "priority", 6);
	put_range(out, n, " from ", 2, packet_netlink_header_u8(n, 2));
	put_range(out, n, " to ", 1, packet_netlink_header_u8(n, 1));
	packet_netlink_put_text(out, n, " iif ", 3);
	packet_netlink_put_text(out, n, " oif ", 17);
	if (action != 0 && name != NULL) {
		packet_put_char(out, ' ');
		packet_put(out, name);
	}
	packet_netlink_put_u32(out, n, "table", 15);
}

/*
 *     0               8               16              24            32
 *    +---------------+---------------+---------------+---------------+
 *  0 | nh_family     | nh_scope      | nh_protocol   | resvd         |
 *    +---------------+---------------+---------------+---------------+
 *  4 | nh_flags                                                      |
 *    +---------------------------------------------------------------+
 */
static const struct netlink_field hop_fields[] = {
	{NETLINK_U8_OF("nh_family", packet_netlink_families), 0, 0},
	{NETLINK_U8_OF("nh_scope", packet_netlink_scopes), 1, 0},
	{NETLINK_U8_OF("nh_protocol", packet_netlink_route_protocols), 2, 0},
	{NETLINK_BINARY("resvd"), 3, 1},
	{NETLINK_F32("nh_flags", packet_netlink_nexthop_flags), 4, 0},
};
const struct netlink_layout packet_netlink_nhmsg = NETLINK_LAYOUT(hop_fields, 8);

/* struct nexthop_grp, one after another; the weight counts from 0 */
static const struct netlink_field member_fields[] = {
	{NETLINK_U32("id"), 0, 0},
	{NETLINK_U8("weight"), 4, 0},
	{NETLINK_BINARY("resvd"), 5, 3},
};
static const struct netlink_layout member = NETLINK_LAYOUT(member_fields, 8);

static void show_group(const struct netlink_view *n, uint32_t offset, uint32_t length)
{
	for (; length >= 8; offset += 8, length -= 8) {
		packet_show_text(n->v, "nexthop_grp", offset, 8, "");
		packet_show_in(n->v);
		packet_netlink_show_layout(n, &member, offset, 8);
		packet_show_out(n->v);
	}
	packet_show_bytes(n->v, "Not decodable", offset, length);
}

static const struct netlink_name group_types[] = {{0, "MPATH"}, {1, "RES"}, {0, NULL}};
static const struct netlink_info hop_attributes[] = {
	[1] = NETLINK_U32("NHA_ID"),
	[2] = NETLINK_BY("NHA_GROUP", show_group),
	[3] = NETLINK_U16_OF("NHA_GROUP_TYPE", group_types),
	[4] = NETLINK_BINARY("NHA_BLACKHOLE"),
	[5] = NETLINK_U32("NHA_OIF"),
	[6] = NETLINK_IP("NHA_GATEWAY"),
	[7] = NETLINK_U16("NHA_ENCAP_TYPE"),
	[8] = NETLINK_IN("NHA_ENCAP", &packet_netlink_no_set),
	[9] = NETLINK_BINARY("NHA_GROUPS"),
	[10] = NETLINK_U32("NHA_MASTER"),
	[11] = NETLINK_BINARY("NHA_FDB"),
	[12] = NETLINK_IN("NHA_RES_GROUP", &packet_netlink_no_set),
	[13] = NETLINK_IN("NHA_RES_BUCKET", &packet_netlink_no_set),
};
const struct netlink_set packet_netlink_nexthop_set = NETLINK_SET(hop_attributes);

void packet_netlink_line_nexthop(struct packet_out *out, const struct netlink_view *n)
{
	struct packet_netlink_attribute a;

	packet_netlink_put_u32(out, n, "id", 1);
	if (packet_netlink_find(n, 6, &a)) {
		packet_put(out, " via ");
		packet_netlink_put_address(out, n, a.data_offset, a.data_length);
	}
	packet_netlink_put_u32(out, n, "oif", 5);
	if (packet_netlink_find(n, 2, &a))
		packet_put_pair(out, "group", a.data_length / 8);
}
