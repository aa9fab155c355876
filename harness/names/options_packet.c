/* SPDX-License-Identifier: MIT */
/*
 * Options of SOL_PACKET (packet(7)) and the values they take.
 */
#include "harness/names/table.h"

#include <linux/types.h>
#include <linux/if_packet.h>

/* Newer than some headers; the number is the kernel's. */
#ifndef PACKET_VNET_HDR_SZ
#define PACKET_VNET_HDR_SZ 24
#endif

static const struct name options_packet_list[] = {
	NAME(PACKET_ADD_MEMBERSHIP),
	NAME(PACKET_DROP_MEMBERSHIP),
	NAME(PACKET_RECV_OUTPUT),
	NAME(PACKET_RX_RING),
	NAME(PACKET_STATISTICS),
	NAME(PACKET_COPY_THRESH),
	NAME(PACKET_AUXDATA),
	NAME(PACKET_ORIGDEV),
	NAME(PACKET_VERSION),
	NAME(PACKET_HDRLEN),
	NAME(PACKET_RESERVE),
	NAME(PACKET_TX_RING),
	NAME(PACKET_LOSS),
	NAME(PACKET_VNET_HDR),
	NAME(PACKET_TX_TIMESTAMP),
	NAME(PACKET_TIMESTAMP),
	NAME(PACKET_FANOUT),
#ifdef PACKET_TX_HAS_OFF
	NAME(PACKET_TX_HAS_OFF),
#endif
#ifdef PACKET_QDISC_BYPASS
	NAME(PACKET_QDISC_BYPASS),
#endif
#ifdef PACKET_ROLLOVER_STATS
	NAME(PACKET_ROLLOVER_STATS),
#endif
#ifdef PACKET_FANOUT_DATA
	NAME(PACKET_FANOUT_DATA),
#endif
#ifdef PACKET_IGNORE_OUTGOING
	NAME(PACKET_IGNORE_OUTGOING),
#endif
	NAME(PACKET_VNET_HDR_SZ),
};
NAME_TABLE(names_options_packet, "option-packet", options_packet_list);

static const struct name cmsgs_packet_list[] = {
	NAME(PACKET_AUXDATA),
	NAME(PACKET_TX_TIMESTAMP),
};
NAME_TABLE(names_cmsgs_packet, "option-packet", cmsgs_packet_list);

static const struct name packet_fanout_modes_list[] = {
#ifdef PACKET_FANOUT_HASH
	NAME(PACKET_FANOUT_HASH),
#endif
#ifdef PACKET_FANOUT_LB
	NAME(PACKET_FANOUT_LB),
#endif
#ifdef PACKET_FANOUT_CPU
	NAME(PACKET_FANOUT_CPU),
#endif
#ifdef PACKET_FANOUT_ROLLOVER
	NAME(PACKET_FANOUT_ROLLOVER),
#endif
#ifdef PACKET_FANOUT_RND
	NAME(PACKET_FANOUT_RND),
#endif
#ifdef PACKET_FANOUT_QM
	NAME(PACKET_FANOUT_QM),
#endif
#ifdef PACKET_FANOUT_CBPF
	NAME(PACKET_FANOUT_CBPF),
#endif
#ifdef PACKET_FANOUT_EBPF
	NAME(PACKET_FANOUT_EBPF),
#endif
};
NAME_TABLE(names_packet_fanout_modes, "option-packet", packet_fanout_modes_list);

static const struct name packet_fanout_flags_list[] = {
#ifdef PACKET_FANOUT_FLAG_ROLLOVER
	NAME(PACKET_FANOUT_FLAG_ROLLOVER),
#endif
#ifdef PACKET_FANOUT_FLAG_UNIQUEID
	NAME(PACKET_FANOUT_FLAG_UNIQUEID),
#endif
#ifdef PACKET_FANOUT_FLAG_IGNORE_OUTGOING
	NAME(PACKET_FANOUT_FLAG_IGNORE_OUTGOING),
#endif
#ifdef PACKET_FANOUT_FLAG_DEFRAG
	NAME(PACKET_FANOUT_FLAG_DEFRAG),
#endif
};
NAME_TABLE(names_packet_fanout_flags, "option-packet", packet_fanout_flags_list);

static const struct name packet_membership_types_list[] = {
	NAME(PACKET_MR_MULTICAST),
	NAME(PACKET_MR_PROMISC),
	NAME(PACKET_MR_ALLMULTI),
	NAME(PACKET_MR_UNICAST),
};
NAME_TABLE(names_packet_membership_types, "option-packet-value", packet_membership_types_list);

/*
 * sll_pkttype of struct sockaddr_ll.
 */
static const struct name packet_types_list[] = {
	NAME(PACKET_HOST),	NAME(PACKET_BROADCAST), NAME(PACKET_MULTICAST),
	NAME(PACKET_OTHERHOST), NAME(PACKET_OUTGOING),	NAME(PACKET_LOOPBACK),
#ifdef PACKET_USER
	NAME(PACKET_USER),
#endif
#ifdef PACKET_KERNEL
	NAME(PACKET_KERNEL),
#endif
	NAME(PACKET_FASTROUTE),
};
NAME_TABLE(names_packet_types, "option-packet-value", packet_types_list);

static const struct name packet_versions_list[] = {
	NAME(TPACKET_V1),
	NAME(TPACKET_V2),
	NAME(TPACKET_V3),
};
NAME_TABLE(names_packet_versions, "option-packet", packet_versions_list);

/*
 * tp_status of received frames, and of blocks.
 */
static const struct name packet_status_list[] = {
	NAME(TP_STATUS_USER),
	NAME(TP_STATUS_COPY),
	NAME(TP_STATUS_LOSING),
	NAME(TP_STATUS_CSUMNOTREADY),
	NAME(TP_STATUS_VLAN_VALID),
	NAME(TP_STATUS_BLK_TMO),
	NAME(TP_STATUS_VLAN_TPID_VALID),
#ifdef TP_STATUS_CSUM_VALID
	NAME(TP_STATUS_CSUM_VALID),
#endif
	NAME(TP_STATUS_TS_SOFTWARE),
};
NAME_TABLE(names_packet_status, "option-packet-value", packet_status_list);
