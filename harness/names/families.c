/* SPDX-License-Identifier: MIT */
/*
 * Address families. Where several names have one value, the one that the manual
 * pages use comes first and is the one that is shown.
 */
#include "harness/names/table.h"

#include <sys/socket.h>

static const struct name families_list[] = {
	NAME(AF_UNSPEC),     NAME(AF_UNIX),    NAME(AF_INET),
	NAME(AF_INET6),	     NAME(AF_NETLINK), NAME(AF_PACKET),
#ifdef AF_AX25
	NAME(AF_AX25),
#endif
#ifdef AF_IPX
	NAME(AF_IPX),
#endif
#ifdef AF_APPLETALK
	NAME(AF_APPLETALK),
#endif
#ifdef AF_NETROM
	NAME(AF_NETROM),
#endif
#ifdef AF_BRIDGE
	NAME(AF_BRIDGE),
#endif
#ifdef AF_ATMPVC
	NAME(AF_ATMPVC),
#endif
#ifdef AF_X25
	NAME(AF_X25),
#endif
#ifdef AF_ROSE
	NAME(AF_ROSE),
#endif
#ifdef AF_DECnet
	NAME(AF_DECnet),
#endif
#ifdef AF_NETBEUI
	NAME(AF_NETBEUI),
#endif
#ifdef AF_SECURITY
	NAME(AF_SECURITY),
#endif
#ifdef AF_KEY
	NAME(AF_KEY),
#endif
#ifdef AF_ASH
	NAME(AF_ASH),
#endif
#ifdef AF_ECONET
	NAME(AF_ECONET),
#endif
#ifdef AF_ATMSVC
	NAME(AF_ATMSVC),
#endif
#ifdef AF_RDS
	NAME(AF_RDS),
#endif
#ifdef AF_SNA
	NAME(AF_SNA),
#endif
#ifdef AF_IRDA
	NAME(AF_IRDA),
#endif
#ifdef AF_PPPOX
	NAME(AF_PPPOX),
#endif
#ifdef AF_WANPIPE
	NAME(AF_WANPIPE),
#endif
#ifdef AF_LLC
	NAME(AF_LLC),
#endif
#ifdef AF_IB
	NAME(AF_IB),
#endif
#ifdef AF_MPLS
	NAME(AF_MPLS),
#endif
#ifdef AF_CAN
	NAME(AF_CAN),
#endif
#ifdef AF_TIPC
	NAME(AF_TIPC),
#endif
#ifdef AF_BLUETOOTH
	NAME(AF_BLUETOOTH),
#endif
#ifdef AF_IUCV
	NAME(AF_IUCV),
#endif
#ifdef AF_RXRPC
	NAME(AF_RXRPC),
#endif
#ifdef AF_ISDN
	NAME(AF_ISDN),
#endif
#ifdef AF_PHONET
	NAME(AF_PHONET),
#endif
#ifdef AF_IEEE802154
	NAME(AF_IEEE802154),
#endif
#ifdef AF_CAIF
	NAME(AF_CAIF),
#endif
#ifdef AF_ALG
	NAME(AF_ALG),
#endif
#ifdef AF_NFC
	NAME(AF_NFC),
#endif
#ifdef AF_VSOCK
	NAME(AF_VSOCK),
#endif
#ifdef AF_KCM
	NAME(AF_KCM),
#endif
#ifdef AF_QIPCRTR
	NAME(AF_QIPCRTR),
#endif
#ifdef AF_SMC
	NAME(AF_SMC),
#endif
#ifdef AF_XDP
	NAME(AF_XDP),
#endif
#ifdef AF_MCTP
	NAME(AF_MCTP),
#endif
#ifdef AF_LOCAL
	NAME(AF_LOCAL),
#endif
#ifdef AF_FILE
	NAME(AF_FILE),
#endif
#ifdef AF_ROUTE
	NAME(AF_ROUTE),
#endif
};
NAME_TABLE(names_families, "family", families_list);
