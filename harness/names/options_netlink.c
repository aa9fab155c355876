/* SPDX-License-Identifier: MIT */
/*
 * Options of SOL_NETLINK (netlink(7)).
 */
#include "harness/names/table.h"

#include <linux/netlink.h>

static const struct name options_netlink_list[] = {
	NAME(NETLINK_ADD_MEMBERSHIP),	NAME(NETLINK_DROP_MEMBERSHIP), NAME(NETLINK_PKTINFO),
	NAME(NETLINK_BROADCAST_ERROR),	NAME(NETLINK_NO_ENOBUFS),
#ifdef NETLINK_RX_RING
	NAME(NETLINK_RX_RING),
#endif
#ifdef NETLINK_TX_RING
	NAME(NETLINK_TX_RING),
#endif
#ifdef NETLINK_LISTEN_ALL_NSID
	NAME(NETLINK_LISTEN_ALL_NSID),
#endif
#ifdef NETLINK_LIST_MEMBERSHIPS
	NAME(NETLINK_LIST_MEMBERSHIPS),
#endif
#ifdef NETLINK_CAP_ACK
	NAME(NETLINK_CAP_ACK),
#endif
#ifdef NETLINK_EXT_ACK
	NAME(NETLINK_EXT_ACK),
#endif
#ifdef NETLINK_GET_STRICT_CHK
	NAME(NETLINK_GET_STRICT_CHK),
#endif
};
NAME_TABLE(names_options_netlink, "option-netlink", options_netlink_list);

static const struct name cmsgs_netlink_list[] = {
	NAME(NETLINK_PKTINFO),
#ifdef NETLINK_LISTEN_ALL_NSID
	NAME(NETLINK_LISTEN_ALL_NSID),
#endif
};
NAME_TABLE(names_cmsgs_netlink, "option-netlink", cmsgs_netlink_list);

static const struct name netlink_states_list[] = {
	NAME(NETLINK_UNCONNECTED),
	NAME(NETLINK_CONNECTED),
};
NAME_TABLE(names_netlink_states, "option-netlink", netlink_states_list);
