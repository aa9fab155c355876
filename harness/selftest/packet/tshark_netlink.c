/* SPDX-License-Identifier: MIT */
/* The fields of netlink as tshark names them. */
#include "harness/selftest/packet/tshark.h"

#include <string.h>

static const struct tshark_field fields[] = {
	{"netlink.hatype", "Linux cooked", "ARPHRD type", NUMBER},
	{"netlink.family", "Linux cooked", "Protocol", NUMBER},
	{"netlink.hdr_len", "Netlink", "nlmsg_len", NUMBER},
	{"netlink.hdr_type", "Netlink", "nlmsg_type", NUMBER},
	{"netlink.hdr_flags", "Netlink", "nlmsg_flags", NUMBER},
	{"netlink.hdr_seq", "Netlink", "nlmsg_seq", NUMBER},
	{"netlink.hdr_pid", "Netlink", "nlmsg_pid", NUMBER},
	{"netlink.error", "Netlink", "error", NUMBER},
	{"netlink-route.nltype", "Netlink", "nlmsg_type", NUMBER},
	{"netlink-sock_diag.nltype", "Netlink", "nlmsg_type", NUMBER},
	{"genl.family_id", "Netlink", "nlmsg_type", NUMBER},
	{"genl.ctrl.cmd", "Netlink", "cmd", NUMBER},
	{"genl.cmd", "Netlink", "cmd", NUMBER},
	{"genl.version", "Netlink", "version", NUMBER},
	{"genl.ctrl.family_id", "Netlink", "CTRL_ATTR_FAMILY_ID", NUMBER},
	{"genl.ctrl.family_name", "Netlink", "CTRL_ATTR_FAMILY_NAME", TEXT},
	{"genl.ctrl.version", "Netlink", "CTRL_ATTR_VERSION", NUMBER},
	{"genl.ctrl.hdrsize", "Netlink", "CTRL_ATTR_HDRSIZE", NUMBER},
	{"genl.ctrl.maxattr", "Netlink", "CTRL_ATTR_MAXATTR", NUMBER},
	{"genl.ctrl.op_id", "Netlink", "CTRL_ATTR_OP_ID", NUMBER},
	{"genl.ctrl.op_flags", "Netlink", "CTRL_ATTR_OP_FLAGS", NUMBER},
	{"genl.ctrl.group_name", "Netlink", "CTRL_ATTR_MCAST_GRP_NAME", TEXT},
	{"genl.ctrl.group_id", "Netlink", "CTRL_ATTR_MCAST_GRP_ID", NUMBER},
	{"netlink-route.ifi_family", "Netlink", "ifi_family", NUMBER},
	{"netlink-route.ifi_type", "Netlink", "ifi_type", NUMBER},
	{"netlink-route.ifi_index", "Netlink", "ifi_index", NUMBER},
	{"netlink-route.ifi_flags", "Netlink", "ifi_flags", NUMBER},
	{"netlink-route.ifi_change", "Netlink", "ifi_change", NUMBER},
	{"netlink-route.ifla_ifname", "Netlink", "IFLA_IFNAME", TEXT},
	{"netlink-route.ifla_mtu", "Netlink", "IFLA_MTU", NUMBER},
	{"netlink-route.ifla_txqlen", "Netlink", "IFLA_TXQLEN", NUMBER},
	{"netlink-route.ifla_operstate", "Netlink", "IFLA_OPERSTATE", NUMBER},
	{"netlink-route.ifla_promiscuity", "Netlink", "IFLA_PROMISCUITY", NUMBER},
	{"netlink-route.ifla_txqnum", "Netlink", "IFLA_NUM_TX_QUEUES", NUMBER},
	{"netlink-route.ifla_rxqnum", "Netlink", "IFLA_NUM_RX_QUEUES", NUMBER},
	{"netlink-route.ifla_group", "Netlink", "IFLA_GROUP", NUMBER},
	{"netlink-route.ifla_carrier", "Netlink", "IFLA_CARRIER", NUMBER},
	{"netlink-route.ifla_qdisc", "Netlink", "IFLA_QDISC", TEXT},
	{"netlink-route.ifla_hwaddr", "Netlink", "IFLA_ADDRESS", TEXT},
	{"netlink-route.ifla_broadcast", "Netlink", "IFLA_BROADCAST", TEXT},
	{"netlink-route.ifla_min_mtu", "Netlink", "IFLA_MIN_MTU", NUMBER},
	{"netlink-route.ifla_max_mtu", "Netlink", "IFLA_MAX_MTU", NUMBER},
	{"netlink-route.ifla_map.mem_start", "Netlink", "mem_start", NUMBER},
	{"netlink-route.ifla_map.mem_end", "Netlink", "mem_end", NUMBER},
	{"netlink-route.ifla_map.base_addr", "Netlink", "base_addr", NUMBER},
	{"netlink-route.ifla_map.irq", "Netlink", "irq", NUMBER},
	{"netlink-route.ifla_map.dma", "Netlink", "dma", NUMBER},
	{"netlink-route.ifla_map.port", "Netlink", "port", NUMBER},
	{"netlink-route.ifa_family", "Netlink", "ifa_family", NUMBER},
	{"netlink-route.ifa_prefixlen", "Netlink", "ifa_prefixlen", NUMBER},
	{"netlink-route.ifa_flags", "Netlink", "ifa_flags", NUMBER},
	{"netlink-route.ifa_scope", "Netlink", "ifa_scope", NUMBER},
	{"netlink-route.ifa_index", "Netlink", "ifa_index", NUMBER},
	{"netlink-route.ifa_label", "Netlink", "IFA_LABEL", TEXT},
	{"netlink-route.ifa_flags32", "Netlink", "IFA_FLAGS", NUMBER},
	{"netlink-route.ifa_address.ipv4", "Netlink", "IFA_ADDRESS", TEXT},
	{"netlink-route.ifa_address.ipv6", "Netlink", "IFA_ADDRESS", TEXT},
	{"netlink-route.rt_family", "Netlink", "rtm_family", NUMBER},
	{"netlink-route.rt_dst_len", "Netlink", "rtm_dst_len", NUMBER},
	{"netlink-route.rt_src_len", "Netlink", "rtm_src_len", NUMBER},
	{"netlink-route.rt_tos", "Netlink", "rtm_tos", NUMBER},
	{"netlink-route.rt_table", "Netlink", "rtm_table", NUMBER},
	{"netlink-route.rt_protocol", "Netlink", "rtm_protocol", NUMBER},
	{"netlink-route.rt_scope", "Netlink", "rtm_scope", NUMBER},
	{"netlink-route.rt_type", "Netlink", "rtm_type", NUMBER},
	{"netlink-route.rt_flags", "Netlink", "rtm_flags", NUMBER},
	{"netlink-route.rta_iif", "Netlink", "RTA_IIF", NUMBER},
	{"netlink-route.rta_oif", "Netlink", "RTA_OIF", NUMBER},
	{"netlink-route.nd_family", "Netlink", "ndm_family", NUMBER},
	{"netlink-route.nd_index", "Netlink", "ndm_ifindex", NUMBER},
	{"netlink-route.nd_state", "Netlink", "ndm_state", NUMBER},
	{"netlink-route.nd_flags", "Netlink", "ndm_flags", NUMBER},
	{"netlink-route.nd_type", "Netlink", "ndm_type", NUMBER},
	{"netlink-sock_diag.state", "Netlink", "idiag_state", NUMBER},
	{"netlink-sock_diag.inet_sport", "Netlink", "idiag_sport", NUMBER},
	{"netlink-sock_diag.inet_dport", "Netlink", "idiag_dport", NUMBER},
	{"netlink-sock_diag.inet_src_ip4", "Netlink", "idiag_src", TEXT},
	{"netlink-sock_diag.inet_dest_ip4", "Netlink", "idiag_dst", TEXT},
	{"netlink-sock_diag.inet_src_ip6", "Netlink", "idiag_src", TEXT},
	{"netlink-sock_diag.inet_dest_ip6", "Netlink", "idiag_dst", TEXT},
	{"netlink-sock_diag.inet_interface", "Netlink", "idiag_if", NUMBER},
	{"netlink-sock_diag.inet_protocol", "Netlink", "sdiag_protocol", NUMBER},
	{"netlink-sock_diag.inet_extended", "Netlink", "idiag_ext", NUMBER},
	{"netlink-sock_diag.inet_states", "Netlink", "idiag_states", NUMBER},
	{"netlink-sock_diag.unix_name", "Netlink", "UNIX_DIAG_NAME", TEXT},
	{"netlink-sock_diag.unix_peer_inode", "Netlink", "UNIX_DIAG_PEER", NUMBER},
	{"netlink-sock_diag.unix_show", "Netlink", "udiag_show", NUMBER},
	{"netlink-sock_diag.rmem_alloc", "Netlink", "SK_MEMINFO_RMEM_ALLOC", NUMBER},
	{"netlink-sock_diag.rcvbuf", "Netlink", "SK_MEMINFO_RCVBUF", NUMBER},
	{"netlink-sock_diag.sndbuf", "Netlink", "SK_MEMINFO_SNDBUF", NUMBER},
	{"netlink-sock_diag.packet_show", "Netlink", "pdiag_show", NUMBER},
	{"netlink-sock_diag.packet_protocol", "Netlink", "pdiag_num", NUMBER},
	{"netlink-sock_diag.netlink_show", "Netlink", "ndiag_show", NUMBER},
	{"netlink-sock_diag.netlink_portid", "Netlink", "ndiag_portid", NUMBER},
	{"netlink-sock_diag.netlink_dst_portid", "Netlink", "ndiag_dst_portid", NUMBER},
};

static bool is(const struct tshark_field *f, const char *name)
{
	return strcmp(f->tshark, name) == 0;
}

static bool begins(const struct tshark_field *f, const char *with)
{
	return strncmp(f->tshark, with, strlen(with)) == 0;
}

/* Of the first message, the first byte behind struct nlmsghdr. */
static uint8_t family(const struct packet *p)
{
	struct packet_netlink_message m;
	struct packet_walk walk = packet_walk(p, packet_find(p, PACKET_NETLINK));

	return packet_netlink_message_next(&walk, &m) ? m.family : 0;
}

/* The type of the first attribute, or -1. */
static int first_attribute(const struct packet *p)
{
	const struct packet_layer *l = packet_find(p, PACKET_NETLINK);
	struct packet_walk messages = packet_walk(p, l), walk;
	struct packet_netlink_message m;
	struct packet_netlink_attribute a;

	if (!packet_netlink_message_next(&messages, &m))
		return -1;
	walk = packet_netlink_attributes(p, l, &m);
	return packet_netlink_attribute_next(&walk, &a) ? a.type : -1;
}

static bool only_ours(const struct tshark_field *f, const struct packet *p)
{
	const struct packet_netlink *n = packet_netlink(p);

	if (n == NULL)
		return false;
	/* each family has a field of its own for the type, and the controller one for the command
	 */
	if (is(f, "netlink.hdr_type") || strstr(f->tshark, "nltype") != NULL ||
	    is(f, "genl.family_id") || is(f, "genl.ctrl.cmd") || is(f, "genl.cmd"))
		return true;
	/* other families have members of that name */
	if (is(f, "genl.version"))
		return n->protocol != PACKET_NETLINK_GENERIC;
	/* and a field for IPv4, one for IPv6 */
	if (strstr(f->tshark, "ip4") != NULL || strstr(f->tshark, "ipv4") != NULL)
		return family(p) == 10;
	if (strstr(f->tshark, "ip6") != NULL || strstr(f->tshark, "ipv6") != NULL)
		return family(p) == 2;
	/* the error number at the end of a dump */
	if (is(f, "netlink.error"))
		return n->nlmsg_type == 3 || n->messages > 1;
	/* the payload of a quoted request, and RTM_NEWLINKPROP */
	if (begins(f, "netlink-route.ifi_"))
		return n->nlmsg_type == 2 || n->nlmsg_type == 108;
	/* RTM_GETMULTICAST */
	if (begins(f, "netlink-route.ifa_"))
		return n->nlmsg_type == 58;
	/* a protocol that only Internet sockets use */
	if (is(f, "netlink-sock_diag.inet_protocol"))
		return family(p) != 2 && family(p) != 10;
	return false;
}

static bool known_difference(const struct tshark_field *f, const struct packet *p)
{
	const struct packet_netlink *n = packet_netlink(p);
	uint64_t error;

	if (n == NULL)
		return false;
	/* a negative number; ours is that of the bytes */
	if (is(f, "netlink.error"))
		return packet_field_number(p, "Netlink", "error", &error) && error >> 31 != 0;
	/* it knows nothing of records whose length leaves the header out */
	if (begins(f, "netlink.hdr_"))
		return n->protocol == PACKET_NETLINK_AUDIT && n->nlmsg_len < 16;
	/* it has one name for IFA_ADDRESS and IFA_LOCAL */
	if (begins(f, "netlink-route.ifa_address"))
		return first_attribute(p) == 2;
	/* and one for the states of sockets of all families */
	if (is(f, "netlink-sock_diag.state"))
		return family(p) == 1 || family(p) == 16;
	/* it writes an abstract name with @ for the NUL */
	if (is(f, "netlink-sock_diag.unix_name"))
		return first_attribute(p) == 0 && p->bytes[16 + 16 + 16 + 4] == 0;
	/* it takes the __u32 of the request for one in network order */
	if (is(f, "netlink-sock_diag.inet_states"))
		return !n->big_endian || n->nlmsg_type == 21;
	/* it takes the protocol of the request for the one in answers, which is wider */
	if (is(f, "netlink-sock_diag.packet_protocol"))
		return (n->nlmsg_flags & 1) != 0;
	/* it reads as many bytes as there are */
	if (is(f, "netlink-route.ifla_mtu"))
		return p->outcome == PACKET_MALFORMED;
	/* SOCK_DESTROY is unknown to it */
	if (begins(f, "netlink-sock_diag."))
		return n->nlmsg_type == 21;
	return false;
}

static const uint32_t link_types[] = {253, 0};

TSHARK_TABLE(netlink) = {
	.link_types = link_types,
	.fields = fields,
	.count = sizeof(fields) / sizeof(fields[0]),
	.known_difference = known_difference,
	.only_ours = only_ours,
};
