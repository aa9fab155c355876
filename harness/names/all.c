/* SPDX-License-Identifier: MIT */
/*
 * All tables, and looking a name up in them. A table of options comes before tables
 * of values, so that a name of both is looked up as the option.
 */
#include "harness/names/names.h"

#include <string.h>

static const struct name_table *const tables[] = {
	&names_families,
	&names_types,
	&names_type_flags,
	&names_protocols_inet,
	&names_protocols_can,
	&names_protocols_netlink,
	&names_protocols_ethernet,
	&names_levels,
	&names_options_socket,
	&names_options_socket_read,
	&names_options_ip,
	&names_cmsgs_ip,
	&names_ip_pmtudisc,
	&names_multicast_filter_modes,
	&names_options_ipv6,
	&names_cmsgs_ipv6,
	&names_ipv6_pmtudisc,
	&names_ipv6_addr_preferences,
	&names_ipv6_flowinfo,
	&names_ipv6_flowlabel_actions,
	&names_ipv6_flowlabel_flags,
	&names_ipv6_flowlabel_shares,
	&names_ipv6_routing_types,
	&names_ipv6_routing_headers,
	&names_options_tcp,
	&names_cmsgs_tcp,
	&names_tcp_repair,
	&names_tcp_queues,
	&names_tcp_other,
	&names_tcp_zerocopy_flags,
	&names_options_tcp_historical,
	&names_tcp_historical,
	&names_options_udp,
	&names_cmsgs_udp,
	&names_udp_encap,
	&names_options_udplite,
	&names_options_packet,
	&names_cmsgs_packet,
	&names_packet_fanout_modes,
	&names_packet_fanout_flags,
	&names_packet_membership_types,
	&names_packet_types,
	&names_packet_versions,
	&names_packet_status,
	&names_options_netlink,
	&names_cmsgs_netlink,
	&names_netlink_states,
	&names_netlink_types,
	&names_rtnetlink_types,
	&names_netlink_flags_get,
	&names_netlink_flags_new,
	&names_netlink_flags_delete,
	&names_netlink_flags_ack,
	&names_rtnetlink_groups,
	&names_xfrm_types,
	&names_interface_flags,
	&names_arp_flags,
	&names_route_flags,
	&names_options_alg,
	&names_alg_operations,
	&names_options_can_raw,
	&names_options_can_isotp,
	&names_options_can_j1939,
	&names_cmsgs_can_j1939,
	&names_cmsgs_can_raw,
	&names_can_isotp_flags,
	&names_can_isotp_defaults,
	&names_can_id_flags,
	&names_can_fd_flags,
	&names_can_bcm_operations,
	&names_can_bcm_flags,
	&names_can_masks,
	&names_can_sizes,
	&names_can_limits,
	&names_options_sctp,
	&names_cmsgs_sctp,
	&names_sctp_states,
	&names_sctp_associations,
	&names_sctp_policies,
	&names_sctp_peer_states,
	&names_sctp_hmacs,
	&names_sctp_reset_requests,
	&names_sctp_reset_flags,
	&names_sctp_status_policies,
	&names_sctp_assoc_changes,
	&names_sctp_peer_changes,
	&names_sctp_peer_reasons,
	&names_sctp_peer_flags,
	&names_sctp_send_failures,
	&names_sctp_partial_deliveries,
	&names_sctp_auth_indications,
	&names_sctp_stream_reset_flags,
	&names_sctp_assoc_reset_flags,
	&names_sctp_stream_change_flags,
	&names_sctp_flags,
	&names_sctp_notifications,
	&names_sctp_schedulers,
	&names_sctp_other,
	&names_options_tipc,
	&names_cmsgs_tipc,
	&names_tipc_importance,
	&names_tipc_address_types,
	&names_tipc_scopes,
	&names_tipc_errors,
	&names_tipc_group_flags,
	&names_tipc_services,
	&names_tipc_other,
	&names_options_rds,
	&names_cmsgs_rds,
	&names_rds_transports,
	&names_options_xdp,
	&names_xdp_bind_flags,
	&names_xdp_attach_flags,
	&names_xdp_attached,
	&names_xdp_offsets,
	&names_xdp_umem_flags,
	&names_xdp_options,
	&names_xdp_ring_flags,
	&names_options_vsock,
	&names_vsock_cids,
	&names_vsock_ports,
	&names_vsock_flags,
	&names_options_mptcp,
	&names_mptcp_info_flags,
	&names_options_atm,
	&names_message_flags,
	&names_cmsgs_socket,
	&names_timestamp_kinds,
	&names_error_origins,
	&names_error_codes_zerocopy,
	&names_error_codes_txtime,
	&names_error_rfc4884,
	&names_buffer_locks,
	&names_timestamping,
	&names_timestamping_masks,
	&names_txtime_flags,
	&names_shutdown,
	&names_addrinfo_flags,
	&names_nameinfo_flags,
	&names_nameinfo_sizes,
	&names_addrinfo_errors,
	&names_host_errors,
	&names_ioctls,
	&names_ioctls_unix,
	&names_fcntls,
	&names_descriptor_flags,
	&names_open_modes,
	&names_open_flags,
	&names_owner_types,
	&names_poll_events,
	&names_epoll_operations,
	&names_epoll_events,
	&names_epoll_flags,
	&names_splice_flags,
	&names_protections,
	&names_mapping_flags,
	&names_ports,
	&names_addresses,
	&names_addresses6,
	&names_limits,
	&names_errnos,
	&names_signals,
	&names_protocols_bluetooth,
	&names_levels_bluetooth,
	&names_options_bluetooth,
	&names_cmsgs_bluetooth,
	&names_options_hci,
	&names_options_l2cap,
	&names_options_sco,
	&names_options_rfcomm,
	&names_bt_security,
	&names_bt_channel_policy,
	&names_bt_mode,
	&names_bt_phy,
	&names_bt_flushable,
	&names_bt_power,
	&names_bt_voice,
	&names_bt_states,
	&names_bt_address_types,
	&names_bt_iso,
	&names_bt_addresses,
	&names_options_ax25,
	&names_options_netrom,
	&names_options_rose,
	&names_options_llc,
	&names_options_dccp,
	&names_options_kcm,
	&names_options_tls,
	&names_cmsgs_tls,
	&names_options_raw,
	&names_options_icmpv6,
	&names_options_rxrpc,
	&names_options_pppol2tp,
};

const struct name_table *const *names_tables(size_t *count)
{
	*count = sizeof(tables) / sizeof(tables[0]);
	return tables;
}

static const struct name *find(const char *name, const struct name_table **table)
{
	for (size_t t = 0; t < sizeof(tables) / sizeof(tables[0]); t++) {
		for (size_t i = 0; i < tables[t]->count; i++) {
			if (strcmp(tables[t]->names[i].text, name) == 0) {
				*table = tables[t];
				return &tables[t]->names[i];
			}
		}
	}
	return NULL;
}

bool names_lookup(const char *name, int64_t *value)
{
	const struct name_table *table;
	const struct name *found = find(name, &table);

	if (found != NULL && value != NULL)
		*value = found->value;
	return found != NULL;
}

const char *names_preferred(const char *name)
{
	const struct name_table *table;
	const struct name *found = find(name, &table);

	return found != NULL ? names_of(table, found->value) : NULL;
}
