/* SPDX-License-Identifier: MIT */
/* Options whose value is a named number, or bits with names. */
#include "harness/names/names.h"

#include "harness/names/bluetooth.h"

#include <string.h>
#include <sys/socket.h>

static const struct {
	const char *option; /* by name: the numbers are the headers' business */
	const struct name_table *table;
	bool flags;
} values[] = {
	{"SO_TYPE", &names_types, false},
	{"SO_DOMAIN", &names_families, false},
	{"SO_ERROR", &names_errnos, false},
	{"SO_TIMESTAMPING", &names_timestamping, true},
	{"SO_BUF_LOCK", &names_buffer_locks, true},
	{"SO_TIMESTAMPING_NEW", &names_timestamping, true},
	{"IP_MTU_DISCOVER", &names_ip_pmtudisc, false},
	{"IPV6_MTU_DISCOVER", &names_ipv6_pmtudisc, false},
	{"IPV6_ADDR_PREFERENCES", &names_ipv6_addr_preferences, true},
	{"IPV6_ADDRFORM", &names_families, false},
	{"TCP_REPAIR", &names_tcp_repair, false},
	{"TCP_REPAIR_QUEUE", &names_tcp_queues, false},
	{"UDP_ENCAP", &names_udp_encap, false},
	{"PACKET_VERSION", &names_packet_versions, false},
	{"PACKET_TIMESTAMP", &names_timestamping, true},
	{"XDP_OPTIONS", &names_xdp_options, true},
	{"CAN_RAW_ERR_FILTER", &names_can_id_flags, true},
	{"WPAN_SECURITY", &names_wpan_security, false},
	{"CAIFSO_LINK_SELECT", &names_caif_links, false},
	{"TIPC_IMPORTANCE", &names_tipc_importance, false},
	{"SO_RDS_TRANSPORT", &names_rds_transports, false},
	{"SCTP_STREAM_SCHEDULER", &names_sctp_schedulers, false},
	{"BT_FLUSHABLE", &names_bt_flushable, false},
	{"BT_POWER", &names_bt_power, false},
	{"BT_CHANNEL_POLICY", &names_bt_channel_policy, false},
	{"BT_PHY", &names_bt_phy, true},
	{"BT_MODE", &names_bt_mode, false},
	{"L2CAP_LM", &names_bt_link_modes, true},
	{"RFCOMM_LM", &names_bt_link_modes, true},
};

struct name_values names_option_values(int family, int level, int option)
{
	const char *name = names_option(family, level, option, false);

	if (name != NULL) {
		for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
			if (strcmp(values[i].option, name) == 0)
				return (struct name_values){values[i].table, values[i].flags};
		}
	}
	return (struct name_values){NULL, false};
}
