/* SPDX-License-Identifier: MIT */
/* The value of a socket option, by what the option's name says it is. */
#include "harness/calls/memory.h"
#include "harness/calls/show.h"
#include "harness/calls/show_known.h"

#include <linux/filter.h>
#include <string.h>

enum {
	VALUE_BYTES = 512, /* struct tcp_info has about 250 */
	HEX_BYTES = 32,
};

/* Options that are neither an int nor named numbers. By name: one place, all levels. */
static const struct {
	const char *option;
	show_known *show;
} kinds[] = {
	{"SO_LINGER", known_linger},
	{"SO_RCVTIMEO", known_timeval},
	{"SO_SNDTIMEO", known_timeval},
	{"SO_RCVTIMEO_NEW", known_timeval},
	{"SO_SNDTIMEO_NEW", known_timeval},
	{"SO_PEERCRED", known_credentials},
	{"SO_PEERGROUPS", known_unsigneds},
	{"SO_PEERNAME", known_address},
	{"SO_ATMPVC", known_address},
	{"SO_PEERSEC", known_name},
	{"SO_BINDTODEVICE", known_name},
	{"SO_ATTACH_FILTER", known_sock_fprog},
	{"SO_ATTACH_REUSEPORT_CBPF", known_sock_fprog},
	{"SO_GET_FILTER", known_sock_filters},
	{"SO_MEMINFO", known_unsigneds},
	{"SO_COOKIE", known_long},
	{"SO_NETNS_COOKIE", known_long},
	{"SO_MAX_PACING_RATE", known_long},
	{"SO_TXTIME", known_txtime},
	{"SO_TIMESTAMPING", known_timestamping},
	{"SO_TIMESTAMPING_NEW", known_timestamping},
	{"IP_ADD_MEMBERSHIP", known_ip_mreq},
	{"IP_DROP_MEMBERSHIP", known_ip_mreq},
	{"IP_ADD_SOURCE_MEMBERSHIP", known_ip_mreq_source},
	{"IP_DROP_SOURCE_MEMBERSHIP", known_ip_mreq_source},
	{"IP_BLOCK_SOURCE", known_ip_mreq_source},
	{"IP_UNBLOCK_SOURCE", known_ip_mreq_source},
	{"IP_MULTICAST_IF", known_ip_mreq},
	{"MCAST_JOIN_GROUP", known_group_req},
	{"MCAST_LEAVE_GROUP", known_group_req},
	{"MCAST_JOIN_SOURCE_GROUP", known_group_source_req},
	{"MCAST_LEAVE_SOURCE_GROUP", known_group_source_req},
	{"MCAST_BLOCK_SOURCE", known_group_source_req},
	{"MCAST_UNBLOCK_SOURCE", known_group_source_req},
	{"IP_MSFILTER", known_ip_msfilter},
	{"MCAST_MSFILTER", known_group_filter},
	{"IP_LOCAL_PORT_RANGE", known_hex},
	{"IPV6_FLOWLABEL_MGR", known_flow_label},
	{"IPV6_JOIN_GROUP", known_ipv6_mreq},
	{"IPV6_LEAVE_GROUP", known_ipv6_mreq},
	{"IPV6_JOIN_ANYCAST", known_ipv6_mreq},
	{"IPV6_LEAVE_ANYCAST", known_ipv6_mreq},
	{"IPV6_PKTINFO", known_in6_pktinfo},
	{"IPV6_PATHMTU", known_ip6_mtuinfo},
	{"IPV6_RTHDR", known_routing_header},
	{"TCP_INFO", known_tcp_info},
	{"TCP_CC_INFO", known_unsigneds},
	{"TCP_MD5SIG", known_tcp_md5sig},
	{"TCP_MD5SIG_EXT", known_tcp_md5sig},
	{"TCP_CONGESTION", known_name},
	{"TCP_ULP", known_name},
	{"TCP_REPAIR_OPTIONS", known_tcp_repair_options},
	{"TCP_REPAIR_WINDOW", known_unsigneds},
	{"TCP_ZEROCOPY_RECEIVE", known_tcp_zerocopy},
	{"PACKET_ADD_MEMBERSHIP", known_packet_mreq},
	{"PACKET_DROP_MEMBERSHIP", known_packet_mreq},
	{"PACKET_FANOUT", known_packet_fanout},
	{"PACKET_STATISTICS", known_packet_statistics},
	{"PACKET_ROLLOVER_STATS", known_packet_rollover},
	{"PACKET_FANOUT_DATA", known_sock_fprog},
	{"PACKET_RX_RING", known_packet_ring},
	{"PACKET_TX_RING", known_packet_ring},
	{"NETLINK_LIST_MEMBERSHIPS", known_unsigneds},
	{"XDP_UMEM_REG", known_xdp_umem},
	{"XDP_MMAP_OFFSETS", known_xdp_offsets},
	{"XDP_STATISTICS", known_xdp_statistics},
	{"CAN_RAW_FILTER", known_can_filters},
	{"CAN_RAW_ERR_FILTER", known_can_errors},
	{"CAN_RAW_XL_VCID_OPTS", known_can_vcid},
	{"SO_J1939_FILTER", known_j1939_filters},
	{"CAN_ISOTP_OPTS", known_isotp_options},
	{"CAN_ISOTP_RECV_FC", known_isotp_flow},
	{"CAN_ISOTP_LL_OPTS", known_isotp_link},
	{"SCTP_INITMSG", known_sctp_initmsg},
	{"SCTP_DEFAULT_SEND_PARAM", known_sctp_sndrcv},
	{"SCTP_DEFAULT_SNDINFO", known_sctp_sndinfo},
	{"SCTP_DEFAULT_PRINFO", known_sctp_default_prinfo},
	{"SCTP_EVENT", known_sctp_event},
	{"SCTP_STATUS", known_sctp_status},
	{"SCTP_GET_PEER_ADDR_INFO", known_sctp_peer},
	{"SCTP_RTOINFO", known_sctp_rtoinfo},
	{"SCTP_HMAC_IDENT", known_sctp_hmacs},
	{"SCTP_AUTH_ACTIVE_KEY", known_sctp_key},
	{"SCTP_AUTH_DELETE_KEY", known_sctp_key},
	{"SCTP_AUTH_DEACTIVATE_KEY", known_sctp_key},
	{"SCTP_MAXSEG", known_sctp_assoc},
	{"SCTP_MAX_BURST", known_sctp_assoc},
	{"SCTP_CONTEXT", known_sctp_assoc},
	{"SCTP_PR_SUPPORTED", known_sctp_assoc},
	{"SCTP_RECONFIG_SUPPORTED", known_sctp_assoc},
	{"SCTP_INTERLEAVING_SUPPORTED", known_sctp_assoc},
	{"SCTP_ASCONF_SUPPORTED", known_sctp_assoc},
	{"SCTP_AUTH_SUPPORTED", known_sctp_assoc},
	{"SCTP_ECN_SUPPORTED", known_sctp_assoc},
	{"SCTP_ENABLE_STREAM_RESET", known_sctp_reset_enable},
	{"SCTP_RESET_STREAMS", known_sctp_reset},
	{"SCTP_STREAM_SCHEDULER", known_sctp_scheduler},
	{"SCTP_STREAM_SCHEDULER_VALUE", known_sctp_stream},
	{"SCTP_ASSOCINFO", known_sctp_assocparams},
	{"SCTP_PRIMARY_ADDR", known_sctp_primary},
	{"SCTP_SET_PEER_PRIMARY_ADDR", known_sctp_primary},
	{"SCTP_PEER_ADDR_PARAMS", known_sctp_peer_parameters},
	{"SCTP_EVENTS", known_sctp_events},
	{"SCTP_DELAYED_SACK", known_sctp_sack},
	{"SCTP_AUTH_CHUNK", known_byte},
	{"SCTP_AUTH_KEY", known_sctp_auth_key},
	{"SCTP_PEER_AUTH_CHUNKS", known_sctp_chunks},
	{"SCTP_LOCAL_AUTH_CHUNKS", known_sctp_chunks},
	{"SCTP_GET_ASSOC_ID_LIST", known_sctp_ids},
	{"SCTP_PEER_ADDR_THLDS", known_sctp_thresholds},
	{"SCTP_PEER_ADDR_THLDS_V2", known_sctp_thresholds},
	{"SCTP_SOCKOPT_BINDX_ADD", known_sctp_addresses},
	{"SCTP_SOCKOPT_BINDX_REM", known_sctp_addresses},
	{"SCTP_SOCKOPT_CONNECTX", known_sctp_addresses},
	{"SCTP_SOCKOPT_CONNECTX_OLD", known_sctp_addresses},
	{"SCTP_SENDMSG_CONNECT", known_sctp_addresses},
	{"SCTP_SOCKOPT_CONNECTX3", known_sctp_association},
	{"SCTP_GET_PEER_ADDRS", known_sctp_addresses_of},
	{"SCTP_GET_LOCAL_ADDRS", known_sctp_addresses_of},
	{"SCTP_SOCKOPT_PEELOFF", known_sctp_peeloff},
	{"SCTP_SOCKOPT_PEELOFF_FLAGS", known_sctp_peeloff},
	{"SCTP_GET_ASSOC_STATS", known_sctp_stats},
	{"SCTP_PR_ASSOC_STATUS", known_sctp_abandoned},
	{"SCTP_PR_STREAM_STATUS", known_sctp_abandoned},
	{"SCTP_RESET_ASSOC", known_sctp_association},
	{"SCTP_ADD_STREAMS", known_sctp_add_streams},
	{"SCTP_REMOTE_UDP_ENCAPS_PORT", known_sctp_encapsulation},
	{"SCTP_PLPMTUD_PROBE_INTERVAL", known_sctp_probe_interval},
	{"SCTP_EXPOSE_POTENTIALLY_FAILED_STATE", known_sctp_assoc},
	{"TIPC_GROUP_JOIN", known_tipc_group},
	{"SO_RDS_MSG_RXPATH_LATENCY", known_rds_points},
	{"RDS_CANCEL_SENT_TO", known_address},
	{"BT_SECURITY", known_bluetooth_security},
	{"BT_VOICE", known_bluetooth_voice},
	{"BT_ISO_QOS", known_iso_qos},
	{"BT_RCVMTU", known_bluetooth_mtu},
	{"BT_SNDMTU", known_bluetooth_mtu},
	{"HCI_FILTER", known_hci_filter},
	{"L2CAP_OPTIONS", known_l2cap_options},
	{"L2CAP_CONNINFO", known_bluetooth_connection},
	{"RFCOMM_CONNINFO", known_bluetooth_connection},
	{"SCO_CONNINFO", known_bluetooth_connection},
	{"SCO_OPTIONS", known_bluetooth_mtu},
	{"MPTCP_INFO", known_mptcp_info},
	{"MPTCP_TCPINFO", known_mptcp_tcpinfo},
	{"MPTCP_SUBFLOW_ADDRS", known_mptcp_addresses},
	{"MPTCP_FULL_INFO", known_mptcp_full_info},
	{"SO_VM_SOCKETS_BUFFER_SIZE", known_long},
	{"SO_VM_SOCKETS_BUFFER_MIN_SIZE", known_long},
	{"SO_VM_SOCKETS_BUFFER_MAX_SIZE", known_long},
	{"SO_VM_SOCKETS_CONNECT_TIMEOUT", known_timeval},
	{"SO_VM_SOCKETS_CONNECT_TIMEOUT_NEW", known_timeval},
};

static show_known *kind_of(const char *option)
{
	for (size_t i = 0; option != NULL && i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (strcmp(kinds[i].option, option) == 0)
			return kinds[i].show;
	}
	return NULL;
}

/* "[1]", "[IP_PMTUDISC_DO]": a number of 4 bytes, or of the one that some options take. */
static bool show_number(struct text *t, struct name_values values, const void *bytes, size_t length)
{
	int value = 0;

	if (length == 1)
		value = *(const uint8_t *)bytes;
	else if (length == sizeof(value))
		memcpy(&value, bytes, sizeof(value));
	else
		return false;
	text_char(t, '[');
	if (values.table != NULL && values.flags)
		show_flags(t, values.table, (unsigned int)value);
	else if (values.table != NULL && (value != 0 || values.table != &names_errnos))
		text_name(t, names_of(values.table, value), value);
	else
		text_int(t, value);
	text_char(t, ']');
	return true;
}

static void show_bytes(struct text *t, const void *bytes, size_t length)
{
	text_char(t, '<');
	text_hex_bytes(t, bytes, length < HEX_BYTES ? length : HEX_BYTES);
	text_string(t, length > HEX_BYTES ? " ...>" : ">");
}

void show_option(struct text *t, int family, int level, int option, bool reading, const void *value,
		 socklen_t length)
{
	/* Aligned as any structure may want it. */
	union {
		char bytes[VALUE_BYTES];
		uint64_t alignment;
	} known;
	size_t size = length < sizeof(known.bytes) ? length : sizeof(known.bytes);
	struct name_values values = names_option_values(family, level, option);
	const char *name = names_option(family, level, option, reading);
	show_known *show = kind_of(name);

	/* Its length counts instructions. */
	if (show == known_sock_filters)
		size = length < sizeof(known.bytes) / sizeof(struct sock_filter)
			       ? length * sizeof(struct sock_filter)
			       : sizeof(known.bytes);
	if (value != NULL)
		size = memory_read_some(known.bytes, value, size);
	if (value == NULL || (size == 0 && length != 0)) {
		text_pointer(t, value);
		return;
	}
	if (show != NULL && show(t, known.bytes, size))
		return;
	if (name != NULL && strcmp(name, "SO_PROTOCOL") == 0 && size == sizeof(int)) {
		int protocol;

		memcpy(&protocol, known.bytes, sizeof(protocol));
		text_char(t, '[');
		show_protocol(t, family, protocol);
		text_char(t, ']');
		return;
	}
	/* All other options of this level are an int: of a longer value the kernel reads no more.
	 */
	if (level == SOL_SOCKET && name != NULL && !reading && size > sizeof(int))
		size = sizeof(int);
	if (!show_number(t, values, known.bytes, size))
		show_bytes(t, known.bytes, size);
}
