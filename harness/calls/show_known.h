/* SPDX-License-Identifier: MIT */
/*
 * Structures inside values: option values and control messages share many. The
 * bytes are known to be there. Each function takes the bytes and their number, and
 * returns false, with nothing written, when there are too few.
 */
#ifndef SOCKATLAS_CALLS_SHOW_KNOWN_H
#define SOCKATLAS_CALLS_SHOW_KNOWN_H

#include "harness/calls/text.h"

#include <stdbool.h>
#include <stddef.h>

typedef bool show_known(struct text *t, const void *bytes, size_t length);

/* Numbers of 1, 4 and 8 bytes. */
show_known known_byte, known_int, known_unsigned, known_hex, known_long;

/* "[3, 4]" */
show_known known_ints, known_unsigneds;

/* A name that ends at a NUL or with the value. */
show_known known_name;

/* Times: struct timeval and timespec as the C library has them; three of the latter. */
show_known known_timeval, known_timespec, known_timespecs;

/* "{pid=1, uid=0, gid=0}" */
show_known known_credentials;

/* "{l_onoff=1, l_linger=5}" */
show_known known_linger;

/* struct sockaddr_in, sockaddr_in6, or whatever family it says. */
show_known known_address;

/* "224.0.0.1", "::1" */
show_known known_in_addr, known_in6_addr;

/* Membership requests of ip(7), ipv6(7), RFC 3678 and packet(7). */
show_known known_ip_mreq, known_ip_mreq_source, known_ipv6_mreq, known_group_req;
show_known known_group_source_req, known_packet_mreq;

/* Information on a packet, as control messages and options have it. */
show_known known_in_pktinfo, known_in6_pktinfo, known_ip6_mtuinfo, known_extended_error;
show_known known_auxdata, known_netlink_pktinfo;

/* A filter: "{len=3, filter=0x...}". */
show_known known_sock_fprog, known_sock_filters;

/* The fields of struct tcp_info that a reader asks for first. */
show_known known_tcp_info, known_tcp_md5sig;

/* What PACKET_FANOUT, PACKET_STATISTICS, PACKET_RX_RING, SO_TXTIME and CAN_RAW_FILTER take. */
show_known known_packet_fanout, known_packet_statistics, known_packet_ring, known_txtime;
show_known known_packet_rollover;
show_known known_can_filters, known_can_errors, known_isotp_flow, known_isotp_link;
show_known known_can_vcid, known_j1939_filters;

/* What the options of Multipath TCP take and give. */
show_known known_mptcp_info, known_mptcp_tcpinfo, known_mptcp_addresses, known_mptcp_full_info;

/* A struct sockaddr_storage: as long as its family says. */
show_known known_group_address;

/* Source filters, flow labels, and what ISO-TP options take. */
show_known known_ip_msfilter, known_group_filter, known_flow_label;
show_known known_isotp_options;

/* What Bluetooth options take: structures of include/net/bluetooth of the kernel. */
show_known known_bluetooth_security, known_bluetooth_voice, known_bluetooth_connection,
	known_bluetooth_mtu, known_hci_filter, known_l2cap_options, known_iso_qos;

/* Timestamps, and what RFC 4884 adds to an ICMP error. */
show_known known_timestamping, known_timestamp_packet, known_rfc4884;

/* An IPv6 routing header, and what options of TCP and AF_XDP take. */
show_known known_routing_header, known_tcp_repair_options, known_tcp_zerocopy;
show_known known_xdp_umem, known_xdp_offsets, known_xdp_statistics;

/* Structures of SCTP: options and control messages. */
show_known known_sctp_initmsg, known_sctp_sndrcv, known_sctp_sndinfo, known_sctp_rcvinfo;
show_known known_sctp_nxtinfo, known_sctp_prinfo, known_sctp_default_prinfo, known_sctp_event;
show_known known_sctp_status, known_sctp_peer, known_sctp_rtoinfo, known_sctp_key;
show_known known_sctp_assoc, known_sctp_scheduler, known_sctp_reset_enable, known_sctp_reset;
show_known known_sctp_stream, known_sctp_hmacs;
show_known known_sctp_assocparams, known_sctp_primary, known_sctp_peer_parameters;
show_known known_sctp_sack, known_sctp_auth_key, known_sctp_thresholds, known_sctp_association;
show_known known_sctp_peeloff, known_sctp_stats, known_sctp_abandoned, known_sctp_add_streams;
show_known known_sctp_probe_interval, known_sctp_encapsulation, known_sctp_events;
show_known known_sctp_addresses_of, known_sctp_addresses, known_sctp_chunks, known_sctp_ids;

/* What recvmsg() gives as data with MSG_NOTIFICATION (RFC 6458 6.1). */
show_known known_sctp_notification;

/* TIPC: a group to join, why a message came back, where one was sent. */
show_known known_tipc_group, known_tipc_error, known_tipc_destination;

/* ALG_SET_IV: "{ivlen=16, iv=<...>}" */
show_known known_alg_iv;

/* RDS: points of the way of a message and times, cookies, a set of ports. */
show_known known_rds_points, known_rds_latency, known_rds_cookies, known_rds_ports;

#endif
