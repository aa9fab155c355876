/* SPDX-License-Identifier: MIT */
/* NETLINK_ROUTE: routes, struct rtmsg and RTA_* (linux/rtnetlink.h). */
#include "harness/packet/netlink/internal.h"

static const struct netlink_name types[] = {
	{0, "UNSPEC"},	  {1, "UNICAST"},   {2, "LOCAL"},	{3, "BROADCAST"}, {4, "ANYCAST"},
	{5, "MULTICAST"}, {6, "BLACKHOLE"}, {7, "UNREACHABLE"}, {8, "PROHIBIT"},  {9, "THROW"},
	{10, "NAT"},	  {11, "XRESOLVE"}, {0, NULL},
};

/* RTM_F_*, and below them the RTNH_F_* of the one next hop */
static const struct netlink_name flags[] = {
	{0x01, "DEAD"},
	{0x02, "PERVASIVE"},
	{0x04, "ONLINK"},
	{0x08, "NH_OFFLOAD"},
	{0x10, "LINKDOWN"},
	{0x20, "UNRESOLVED"},
	{0x40, "NH_TRAP"},
	{0x100, "NOTIFY"},
	{0x200, "CLONED"},
	{0x400, "EQUALIZE"},
	{0x800, "PREFIX"},
	{0x1000, "LOOKUP_TABLE"},
	{0x2000, "FIB_MATCH"},
	{0x4000, "OFFLOAD"},
	{0x8000, "TRAP"},
	{0x20000000, "OFFLOAD_FAILED"},
	{0, NULL},
};

/*
 *     0               8               16              24            32
 *    +---------------+---------------+---------------+---------------+
 *  0 | rtm_family    | rtm_dst_len   | rtm_src_len   | rtm_tos       |
 *    +---------------+---------------+---------------+---------------+
 *  4 | rtm_table     | rtm_protocol  | rtm_scope     | rtm_type      |
 *    +---------------+---------------+---------------+---------------+
 *  8 | rtm_flags                                                     |
 *    +---------------------------------------------------------------+
 *
 * A table above 255 is in RTA_TABLE, and rtm_table is COMPAT.
 */
static const struct netlink_field fields[] = {
	{NETLINK_U8_OF("rtm_family", packet_netlink_families), 0, 0},
	{NETLINK_U8("rtm_dst_len"), 1, 0},
	{NETLINK_U8("rtm_src_len"), 2, 0},
	{NETLINK_X8("rtm_tos"), 3, 0},
	{NETLINK_U8_OF("rtm_table", packet_netlink_tables), 4, 0},
	{NETLINK_U8_OF("rtm_protocol", packet_netlink_route_protocols), 5, 0},
	{NETLINK_U8_OF("rtm_scope", packet_netlink_scopes), 6, 0},
	{NETLINK_U8_OF("rtm_type", types), 7, 0},
	{NETLINK_F32("rtm_flags", flags), 8, 0},
};
const struct netlink_layout packet_netlink_rtmsg = NETLINK_LAYOUT(fields, 12);

/* RTAX_*: the same numbers as bits in RTAX_LOCK say what the kernel is not to change */
static const struct netlink_name features[] = {{0x01, "ECN"},	      {0x02, "SACK"},
					       {0x04, "TIMESTAMP"},   {0x08, "ALLFRAG"},
					       {0x10, "TCP_USEC_TS"}, {0, NULL}};
static const struct netlink_info metrics[] = {
	[1] = NETLINK_X32("RTAX_LOCK"),
	[2] = NETLINK_U32("RTAX_MTU"),
	[3] = NETLINK_U32("RTAX_WINDOW"),
	[4] = NETLINK_U32("RTAX_RTT"),
	[5] = NETLINK_U32("RTAX_RTTVAR"),
	[6] = NETLINK_U32("RTAX_SSTHRESH"),
	[7] = NETLINK_U32("RTAX_CWND"),
	[8] = NETLINK_U32("RTAX_ADVMSS"),
	[9] = NETLINK_U32("RTAX_REORDERING"),
	[10] = NETLINK_U32("RTAX_HOPLIMIT"),
	[11] = NETLINK_U32("RTAX_INITCWND"),
	[12] = NETLINK_F32("RTAX_FEATURES", features),
	[13] = NETLINK_U32("RTAX_RTO_MIN"),
	[14] = NETLINK_U32("RTAX_INITRWND"),
	[15] = NETLINK_U32("RTAX_QUICKACK"),
	[16] = NETLINK_STRING("RTAX_CC_ALGO"),
	[17] = NETLINK_U32("RTAX_FASTOPEN_NO_COOKIE"),
};
static const struct netlink_set metrics_set = NETLINK_SET(metrics);

/* struct rta_cacheinfo */
static const struct netlink_field cache_fields[] = {
	{NETLINK_U32("rta_clntref"), 0, 0}, {NETLINK_U32("rta_lastuse"), 4, 0},
	{NETLINK_S32("rta_expires"), 8, 0}, {NETLINK_U32("rta_error"), 12, 0},
	{NETLINK_U32("rta_used"), 16, 0},   {NETLINK_U32("rta_id"), 20, 0},
	{NETLINK_U32("rta_ts"), 24, 0},	    {NETLINK_U32("rta_tsage"), 28, 0},
};
static const struct netlink_layout cache = NETLINK_LAYOUT(cache_fields, 32);

/* struct rtvia: a next hop of another address family than the route's */
static void show_via(const struct netlink_view *n, uint32_t offset, uint32_t length)
{
	static const struct netlink_field via_fields[] = {
		{NETLINK_U16_OF("rtvia_family", packet_netlink_families), 0, 0}};
	static const struct netlink_layout via = NETLINK_LAYOUT(via_fields, 2);
	uint16_t family;

	if (length < 2) {
		packet_show_bytes(n->v, "Data", offset, length);
		return;
	}
	family = netlink_u16(n->l, n->p->bytes + offset);
	packet_netlink_show_layout(n, &via, offset, 2);
	if (family == 2 && length == 6)
		packet_show_ipv4(n->v, "rtvia_addr", offset + 2);
	else if (family == 10 && length == 18)
		packet_show_ipv6(n->v, "rtvia_addr", offset + 2);
	else
		packet_show_bytes(n->v, "rtvia_addr", offset + 2, length - 2);
}

static const struct netlink_name preferences[] = {
	{0, "medium"}, {1, "high"}, {3, "low"}, {0, NULL}};
static const struct netlink_name encapsulations[] = {
	{0, "NONE"}, {1, "MPLS"},	{2, "IP"},  {3, "ILA"},	  {4, "IP6"},	{5, "SEG6"},
	{6, "BPF"},  {7, "SEG6_LOCAL"}, {8, "RPL"}, {9, "IOAM6"}, {10, "XFRM"}, {0, NULL},
};

/*
 *     0                               16              24            32
 *    +-------------------------------+---------------+---------------+
 *  0 | rtnh_len                      | rtnh_flags    | rtnh_hops     |
 *    +-------------------------------+---------------+---------------+
 *  4 | rtnh_ifindex                                                  |
 *    +---------------------------------------------------------------+
 *  8 | attributes (rtnh_len - 8 bytes)                               |
 *    +---------------------------------------------------------------+
 *
 * struct rtnexthop: RTA_MULTIPATH is one after another. The weight is rtnh_hops + 1.
 */
static const struct netlink_field hop_fields[] = {
	{NETLINK_U16("rtnh_len"), 0, 0},
	{NETLINK_F8("rtnh_flags", packet_netlink_nexthop_flags), 2, 0},
	{NETLINK_U8("rtnh_hops"), 3, 0},
	{NETLINK_S32("rtnh_ifindex"), 4, 0},
};
static const struct netlink_layout hop = NETLINK_LAYOUT(hop_fields, 8);

/* A next hop has no next hops of its own: the tables do not go round in a circle. */
static const struct netlink_info hop_attributes[] = {
	[5] = NETLINK_IP("RTA_GATEWAY"),
	[11] = NETLINK_U32("RTA_FLOW"),
	[18] = NETLINK_BY("RTA_VIA", show_via),
	[19] = NETLINK_BINARY("RTA_NEWDST"),
	[21] = NETLINK_U16_OF("RTA_ENCAP_TYPE", encapsulations),
	[22] = NETLINK_IN("RTA_ENCAP", &packet_netlink_no_set),
};
static const struct netlink_set hop_set = NETLINK_SET(hop_attributes);

/* The value of an attribute is there whole. */
static void show_multipath(const struct netlink_view *n, uint32_t offset, uint32_t length)
{
	while (length >= 8) {
		uint32_t size = netlink_u16(n->l, n->p->bytes + offset), step;

		if (size < 8 || size > length)
			break;
		packet_show_text(n->v, "Next hop", offset, size, "");
		packet_show_in(n->v);
		packet_netlink_show_layout(n, &hop, offset, 8);
		packet_netlink_show_attributes(n, &hop_set, offset + 8, size - 8);
		packet_show_out(n->v);
		step = netlink_align(size) < length ? netlink_align(size) : length;
		offset += step;
		length -= step;
	}
	packet_show_bytes(n->v, "Not decodable", offset, length);
	if (length < 8)
		return;
	packet_show_in(n->v);
	packet_show_number(n->v, "rtnh_len", offset, 2, netlink_u16(n->l, n->p->bytes + offset),
			   NULL);
	packet_show_out(n->v);
}

static void decode_multipath(struct decoder *d, uint32_t offset, uint32_t length)
{
	while (length >= 8) {
		uint32_t size = netlink_u16(d->layer, d->bytes + offset), step;

		if (size < 8 || size > length) {
			packet_contradiction(d,
					     "rtnh_len is %1, between 8 and %2 bytes are possible",
					     size, length, offset, 2);
			return;
		}
		packet_netlink_decode_attributes(d, &hop_set, offset + 8, offset + size);
		step = netlink_align(size) < length ? netlink_align(size) : length;
		offset += step;
		length -= step;
	}
	if (length > 0)
		packet_contradiction(d, "a next hop has at least 8 bytes, %1 are left", length, 0,
				     offset, length);
}

static const struct netlink_info attributes[] = {
	[1] = NETLINK_IP("RTA_DST"),
	[2] = NETLINK_IP("RTA_SRC"),
	[3] = NETLINK_U32("RTA_IIF"),
	[4] = NETLINK_U32("RTA_OIF"),
	[5] = NETLINK_IP("RTA_GATEWAY"),
	[6] = NETLINK_U32("RTA_PRIORITY"),
	[7] = NETLINK_IP("RTA_PREFSRC"),
	[8] = NETLINK_IN("RTA_METRICS", &metrics_set),
	[9] = {.name = "RTA_MULTIPATH",
	       .how = NETLINK_SHOWN,
	       .show = show_multipath,
	       .decode = decode_multipath},
	[10] = NETLINK_BINARY("RTA_PROTOINFO"),
	[11] = NETLINK_U32("RTA_FLOW"),
	[12] = NETLINK_OF("RTA_CACHEINFO", &cache),
	[13] = NETLINK_BINARY("RTA_SESSION"),
	[14] = NETLINK_BINARY("RTA_MP_ALGO"),
	[15] = NETLINK_U32_OF("RTA_TABLE", packet_netlink_tables),
	[16] = NETLINK_X32("RTA_MARK"),
	[17] = NETLINK_BINARY("RTA_MFC_STATS"),
	[18] = NETLINK_BY("RTA_VIA", show_via),
	[19] = NETLINK_BINARY("RTA_NEWDST"),
	[20] = NETLINK_U8_OF("RTA_PREF", preferences),
	[21] = NETLINK_U16_OF("RTA_ENCAP_TYPE", encapsulations),
	[22] = NETLINK_IN("RTA_ENCAP", &packet_netlink_no_set),
	[23] = NETLINK_U32("RTA_EXPIRES"),
	[24] = NETLINK_BINARY("RTA_PAD"),
	[25] = NETLINK_U32("RTA_UID"),
	[26] = NETLINK_U8("RTA_TTL_PROPAGATE"),
	[27] = NETLINK_U8_OF("RTA_IP_PROTO", packet_netlink_ip_protocols),
	[28] = NETLINK_BE16("RTA_SPORT"),
	[29] = NETLINK_BE16("RTA_DPORT"),
	[30] = NETLINK_U32("RTA_NH_ID"),
	[31] = {.name = "RTA_FLOWLABEL", .how = NETLINK_NETWORK, .size = 4},
};
const struct netlink_set packet_netlink_route_set = NETLINK_SET(attributes);

static void put_prefix(struct packet_out *out, const struct netlink_view *n, uint16_t type,
		       uint8_t length)
{
	struct packet_netlink_attribute a;

	if (packet_netlink_find(n, type, &a)) {
		packet_netlink_put_address(out, n, a.data_offset, a.data_length);
		packet_put_char(out, '/');
		packet_put_number(out, length);
	} else {
		packet_put(out, "default");
	}
}

void packet_netlink_line_route(struct packet_out *out, const struct netlink_view *n)
{
	uint8_t table = packet_netlink_header_u8(n, 4), type = packet_netlink_header_u8(n, 7);
	const char *type_name = packet_netlink_name_of(types, type);
	struct packet_netlink_attribute a;

	/* a dump asks for all of them */
	if (n->m->captured < 28 || n->m->attribute_offset == 0)
		return;
	packet_put_char(out, ' ');
	if (type > 1 && type_name != NULL) {
		packet_put(out, type_name);
		packet_put_char(out, ' ');
	}
	put_prefix(out, n, 1, packet_netlink_header_u8(n, 1));
	if (packet_netlink_find(n, 2, &a)) {
		packet_put(out, " from ");
		put_prefix(out, n, 2, packet_netlink_header_u8(n, 2));
	}
	if (packet_netlink_find(n, 5, &a)) {
		packet_put(out, " via ");
		packet_netlink_put_address(out, n, a.data_offset, a.data_length);
	}
	if (packet_netlink_find(n, 9, &a))
		packet_put(out, " multipath");
	packet_netlink_put_u32(out, n, "oif", 4);
	if (packet_netlink_find(n, 15, &a))
		packet_netlink_put_u32(out, n, "table", 15);
	else if (table != 0)
		packet_put_pair(out, "table", table);
}
