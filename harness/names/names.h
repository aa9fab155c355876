/* SPDX-License-Identifier: MIT */
/*
 * Constants of the socket interface and their names, in both directions.
 *
 * The C library gives numbers; people, the atlas and the catalogue of constants
 * speak of names. One number has many names (1 is SOL_SOCKET, SO_DEBUG, TCP_NODELAY,
 * AF_UNIX, ...), so that a name is always asked for with its context. Where the
 * context still leaves several (AF_UNIX, AF_LOCAL), the first of its table is given.
 *
 * Functions that return a name return NULL for a number without one; the strings
 * are constant. Nothing here allocates, locks, or changes errno.
 */
#ifndef SOCKATLAS_NAMES_H
#define SOCKATLAS_NAMES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct name {
	const char *text;
	int64_t value;
};

/* Names that share a context. `group` is that of the catalogue of constants. */
struct name_table {
	const char *group;
	const struct name *names;
	size_t count;
};

/* The first name of `value` in `table`. */
const char *names_of(const struct name_table *table, int64_t value);

/*
 * Writes the names of the bits of `value` as "A|B|0x40" to `buffer`, of `size` bytes; what
 * has no name comes last, as one number; nothing set is "0". Returns `buffer`. A
 * text that does not fit is cut.
 */
char *names_flags(const struct name_table *table, uint64_t value, char *buffer, size_t size);

/*
 * Looks a name up in all tables. Returns whether it is known; `value` may be NULL.
 * It is known only if the headers of this build have it.
 */
bool names_lookup(const char *name, int64_t *value);

/*
 * The name by which the recorder calls the constant `name`: for an alias such as
 * AF_LOCAL the preferred one, AF_UNIX; for any other known name itself; else NULL.
 */
const char *names_preferred(const char *name);

/* All tables. `count` gets their number. */
const struct name_table *const *names_tables(size_t *count);

const char *names_family(int family);
const char *names_type(int type); /* without the flags SOCK_NONBLOCK and SOCK_CLOEXEC */
const char *names_errno(int error);
const char *names_signal(int signal);
const char *names_shutdown_how(int how);
const char *names_addrinfo_error(int error); /* EAI_NONAME, ... */
const char *names_ioctl(int family, unsigned long request);

/* The same of a Bluetooth socket: two of its protocols have the same numbers. */
const char *names_ioctl_bluetooth(int protocol, unsigned long request);

/* A protocol of sockets of `family`; one of AF_PACKET as the number in host byte order. */
const char *names_protocol(int family, int protocol);

/*
 * A level of options or control messages of sockets of `family`: SOL_ names before IPPROTO_
 * names. AF_UNSPEC when the family is not known: then 6 is SOL_TCP, not SOL_L2CAP.
 */
const char *names_level(int family, int level);

/*
 * An option, for setsockopt() or, when `reading`, for getsockopt() (SO_ATTACH_FILTER and
 * SO_GET_FILTER have one number).
 */
const char *names_option(int family, int level, int option, bool reading);

/* The type of a control message. */
const char *names_control_message(int family, int level, int type);

/* How the value of an option is to be read, when it is a named number. */
struct name_values {
	const struct name_table *table; /* NULL: a plain number, or not a number at all */
	bool flags;			/* bits of the table, not one of it */
};

struct name_values names_option_values(int family, int level, int option);

/* The tables themselves, by file. */
extern const struct name_table names_families;
extern const struct name_table names_types, names_type_flags;
extern const struct name_table names_protocols_inet;
extern const struct name_table names_protocols_can;
extern const struct name_table names_protocols_netlink;
extern const struct name_table names_protocols_ethernet;
extern const struct name_table names_levels;
extern const struct name_table names_options_socket, names_options_socket_read;
extern const struct name_table names_options_ip, names_cmsgs_ip, names_ip_pmtudisc,
	names_multicast_filter_modes;
extern const struct name_table names_options_ipv6, names_cmsgs_ipv6, names_ipv6_pmtudisc,
	names_ipv6_addr_preferences, names_ipv6_flowinfo, names_ipv6_flowlabel_actions,
	names_ipv6_flowlabel_flags, names_ipv6_flowlabel_shares;
extern const struct name_table names_ipv6_routing_headers, names_ipv6_routing_types;
extern const struct name_table names_options_tcp, names_cmsgs_tcp, names_tcp_repair,
	names_tcp_queues, names_tcp_other, names_tcp_zerocopy_flags;
extern const struct name_table names_options_tcp_historical, names_tcp_historical;
extern const struct name_table names_options_udp, names_cmsgs_udp, names_udp_encap,
	names_options_udplite;
extern const struct name_table names_options_packet, names_cmsgs_packet, names_packet_fanout_modes,
	names_packet_fanout_flags, names_packet_membership_types, names_packet_types,
	names_packet_versions, names_packet_status;
extern const struct name_table names_options_netlink, names_cmsgs_netlink, names_netlink_states;
extern const struct name_table names_netlink_types, names_rtnetlink_types, names_netlink_flags_get,
	names_netlink_flags_new, names_netlink_flags_delete, names_netlink_flags_ack,
	names_rtnetlink_groups, names_xfrm_types;
extern const struct name_table names_interface_flags, names_arp_flags, names_route_flags;
extern const struct name_table names_options_alg, names_alg_operations;
extern const struct name_table names_options_can_raw, names_options_can_isotp,
	names_options_can_j1939, names_cmsgs_can_j1939, names_cmsgs_can_raw, names_can_isotp_flags,
	names_can_isotp_defaults, names_can_id_flags, names_can_fd_flags, names_can_bcm_operations,
	names_can_bcm_flags, names_can_masks, names_can_sizes, names_can_limits,
	names_can_error_classes, names_can_xl_flags, names_can_vcid_flags, names_j1939_addresses,
	names_j1939_groups;
extern const struct name_table names_options_sctp, names_cmsgs_sctp, names_sctp_states,
	names_sctp_flags, names_sctp_notifications, names_sctp_schedulers, names_sctp_other,
	names_sctp_associations, names_sctp_policies, names_sctp_peer_states, names_sctp_hmacs,
	names_sctp_reset_requests, names_sctp_reset_flags, names_sctp_status_policies,
	names_sctp_assoc_changes, names_sctp_peer_changes, names_sctp_peer_reasons,
	names_sctp_peer_flags, names_sctp_send_failures, names_sctp_partial_deliveries,
	names_sctp_auth_indications, names_sctp_stream_reset_flags, names_sctp_assoc_reset_flags,
	names_sctp_stream_change_flags;
extern const struct name_table names_options_tipc, names_cmsgs_tipc, names_tipc_importance,
	names_tipc_address_types, names_tipc_scopes, names_tipc_errors, names_tipc_other,
	names_tipc_group_flags, names_tipc_services;
extern const struct name_table names_options_rds, names_cmsgs_rds, names_rds_transports;
extern const struct name_table names_options_xdp, names_xdp_bind_flags, names_xdp_attach_flags,
	names_xdp_attached, names_xdp_offsets, names_xdp_umem_flags, names_xdp_options,
	names_xdp_ring_flags;
extern const struct name_table names_options_vsock, names_vsock_cids, names_vsock_ports,
	names_vsock_flags;
extern const struct name_table names_options_mptcp, names_mptcp_info_flags;
extern const struct name_table names_options_atm, names_protocols_atm;
extern const struct name_table names_message_flags;
extern const struct name_table names_cmsgs_socket, names_timestamp_kinds, names_error_origins,
	names_error_codes_zerocopy, names_error_codes_txtime, names_error_rfc4884,
	names_buffer_locks;
extern const struct name_table names_timestamping, names_timestamping_masks, names_txtime_flags;
extern const struct name_table names_shutdown;
extern const struct name_table names_addrinfo_flags, names_nameinfo_flags, names_nameinfo_sizes,
	names_addrinfo_errors, names_host_errors;
extern const struct name_table names_ioctls;
extern const struct name_table names_ioctls_unix, names_ioctls_x25;
extern const struct name_table names_fcntls, names_descriptor_flags, names_open_modes,
	names_open_flags, names_owner_types;
extern const struct name_table names_poll_events;
extern const struct name_table names_epoll_operations, names_epoll_events, names_epoll_flags;
extern const struct name_table names_splice_flags;
extern const struct name_table names_protections, names_mapping_flags;
extern const struct name_table names_ports;
extern const struct name_table names_addresses, names_addresses6;
extern const struct name_table names_limits;
extern const struct name_table names_errnos;
extern const struct name_table names_signals;
extern const struct name_table names_protocols_bluetooth, names_levels_bluetooth,
	names_options_bluetooth, names_cmsgs_bluetooth, names_options_hci, names_options_l2cap,
	names_options_sco, names_options_rfcomm, names_bt_security, names_bt_channel_policy,
	names_bt_mode, names_bt_phy, names_bt_flushable, names_bt_power, names_bt_voice,
	names_bt_states, names_bt_address_types, names_bt_iso, names_bt_addresses, names_cmsgs_hci,
	names_hci_channels, names_hci_devices, names_hci_packet_bits, names_l2cap_modes,
	names_bt_link_modes, names_ioctls_bluetooth, names_ioctls_hidp;
extern const struct name_table names_options_ax25, names_options_netrom, names_options_rose;
extern const struct name_table names_options_x25, names_options_decnet, names_options_smc,
	names_protocols_decnet;
extern const struct name_table names_options_llc, names_options_dccp, names_options_kcm,
	names_options_tls, names_cmsgs_tls, names_options_raw, names_options_icmpv6,
	names_options_rxrpc, names_options_pppol2tp;
extern const struct name_table names_cmsgs_rxrpc, names_protocols_pppox, names_protocols_caif,
	names_options_caif, names_caif_links, names_protocols_nfc, names_options_nfc,
	names_options_ieee802154, names_levels_ieee802154, names_wpan_security, names_protocols_key,
	names_key_messages, names_key_kinds, names_key_extensions;

#endif
