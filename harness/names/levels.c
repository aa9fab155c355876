/* SPDX-License-Identifier: MIT */
/*
 * Levels of socket options and control messages. Numbers of IP protocols are
 * levels as well; the SOL_ name is shown where there is one, the IPPROTO_ name else.
 */
#include "harness/names/table.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <linux/can.h>
#include <linux/can/raw.h>
#include <linux/can/isotp.h>
#include <linux/can/j1939.h>
#include <sys/socket.h>
#include <linux/vm_sockets.h>

static const struct name levels_list[] = {
	NAME(SOL_SOCKET),
	NAME(SOL_IP),
#ifdef SOL_TCP
	NAME(SOL_TCP),
#endif
#ifdef SOL_UDP
	NAME(SOL_UDP),
#endif
	NAME(SOL_IPV6),
	NAME(SOL_ICMPV6),
	NAME(SOL_RAW),
	NAME(SOL_CAN_BASE),
	NAME(SOL_CAN_RAW),
	NAME(SOL_CAN_ISOTP),
	NAME(SOL_CAN_J1939),
	/* The kernel's alone (linux/include/linux/socket.h). */
	NAME_AS(SOL_AX25, 257),
	NAME_AS(SOL_NETROM, 259),
	NAME_AS(SOL_ROSE, 260),
#ifdef SOL_DECNET
	NAME(SOL_DECNET),
#endif
#ifdef SOL_X25
	NAME(SOL_X25),
#endif
	NAME(SOL_PACKET),
#ifdef SOL_ATM
	NAME(SOL_ATM),
#endif
#ifdef SOL_AAL
	NAME(SOL_AAL),
#endif
#ifdef SOL_IRDA
	NAME(SOL_IRDA),
#endif
#ifdef SOL_NETBEUI
	NAME(SOL_NETBEUI),
#endif
#ifdef SOL_LLC
	NAME(SOL_LLC),
#endif
#ifdef SOL_DCCP
	NAME(SOL_DCCP),
#endif
	NAME(SOL_NETLINK),
	NAME(SOL_TIPC),
#ifdef SOL_RXRPC
	NAME(SOL_RXRPC),
#endif
#ifdef SOL_PPPOL2TP
	NAME(SOL_PPPOL2TP),
#endif
	NAME(SOL_BLUETOOTH),
#ifdef SOL_PNPIPE
	NAME(SOL_PNPIPE),
#endif
	NAME(SOL_RDS),
#ifdef SOL_IUCV
	NAME(SOL_IUCV),
#endif
#ifdef SOL_CAIF
	NAME(SOL_CAIF),
#endif
#ifdef SOL_ALG
	NAME(SOL_ALG),
#endif
#ifdef SOL_NFC
	NAME(SOL_NFC),
#endif
#ifdef SOL_KCM
	NAME(SOL_KCM),
#endif
#ifdef SOL_TLS
	NAME(SOL_TLS),
#endif
#ifdef SOL_XDP
	NAME(SOL_XDP),
#endif
#ifdef SOL_MPTCP
	NAME(SOL_MPTCP),
#endif
#ifdef SOL_MCTP
	NAME(SOL_MCTP),
#endif
#ifdef SOL_SMC
	NAME(SOL_SMC),
#endif
	NAME(IPPROTO_SCTP),
#ifdef SOL_UDPLITE
	NAME(SOL_UDPLITE),
#endif
	NAME(IPPROTO_UDPLITE),
#ifdef SOL_SCTP
	NAME(SOL_SCTP),
#endif
#ifdef SOL_VSOCK
	NAME(SOL_VSOCK),
#endif
};
NAME_TABLE(names_levels, "level", levels_list);
