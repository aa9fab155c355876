/* SPDX-License-Identifier: MIT */
/*
 * Types and flags of netlink messages (netlink(7), RFC 3549 2.3.2), the types of
 * NETLINK_ROUTE and its multicast groups (rtnetlink(7)), and those of IPsec. The upper byte of the
 * flags means another thing for each kind of request.
 */
#include "harness/names/table.h"

#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <linux/xfrm.h>

static const struct name netlink_types_list[] = {
	NAME(NLMSG_NOOP),
	NAME(NLMSG_ERROR),
	NAME(NLMSG_DONE),
	NAME(NLMSG_OVERRUN),
};
NAME_TABLE(names_netlink_types, "netlink-type", netlink_types_list);

static const struct name rtnetlink_types_list[] = {
	NAME(RTM_NEWLINK),	NAME(RTM_DELLINK),	NAME(RTM_GETLINK),
	NAME(RTM_SETLINK),	NAME(RTM_NEWADDR),	NAME(RTM_DELADDR),
	NAME(RTM_GETADDR),	NAME(RTM_NEWROUTE),	NAME(RTM_DELROUTE),
	NAME(RTM_GETROUTE),	NAME(RTM_NEWNEIGH),	NAME(RTM_DELNEIGH),
	NAME(RTM_GETNEIGH),	NAME(RTM_NEWRULE),	NAME(RTM_DELRULE),
	NAME(RTM_GETRULE),	NAME(RTM_NEWQDISC),	NAME(RTM_DELQDISC),
	NAME(RTM_GETQDISC),	NAME(RTM_NEWTCLASS),	NAME(RTM_DELTCLASS),
	NAME(RTM_GETTCLASS),	NAME(RTM_NEWTFILTER),	NAME(RTM_DELTFILTER),
	NAME(RTM_GETTFILTER),	NAME(RTM_NEWACTION),	NAME(RTM_DELACTION),
	NAME(RTM_GETACTION),	NAME(RTM_NEWPREFIX),	NAME(RTM_GETMULTICAST),
	NAME(RTM_GETANYCAST),	NAME(RTM_NEWNEIGHTBL),	NAME(RTM_GETNEIGHTBL),
	NAME(RTM_SETNEIGHTBL),	NAME(RTM_NEWNDUSEROPT), NAME(RTM_NEWADDRLABEL),
	NAME(RTM_DELADDRLABEL), NAME(RTM_GETADDRLABEL), NAME(RTM_GETDCB),
	NAME(RTM_SETDCB),	NAME(RTM_NEWNETCONF),	NAME(RTM_GETNETCONF),
	NAME(RTM_NEWMDB),	NAME(RTM_DELMDB),	NAME(RTM_GETMDB),
	NAME(RTM_NEWNSID),	NAME(RTM_GETNSID),
#ifdef RTM_NEWSTATS
	NAME(RTM_NEWSTATS),	NAME(RTM_GETSTATS),
#endif
#ifdef RTM_NEWNEXTHOP
	NAME(RTM_NEWNEXTHOP),	NAME(RTM_DELNEXTHOP),	NAME(RTM_GETNEXTHOP),
#endif
#ifdef RTM_NEWLINKPROP
	NAME(RTM_NEWLINKPROP),	NAME(RTM_DELLINKPROP),
#endif
};
NAME_TABLE(names_rtnetlink_types, "rtnetlink-type", rtnetlink_types_list);

#define COMMON_FLAGS                                                                               \
	NAME(NLM_F_REQUEST), NAME(NLM_F_MULTI), NAME(NLM_F_ACK), NAME(NLM_F_ECHO),                 \
		NAME(NLM_F_DUMP_INTR), NAME(NLM_F_DUMP_FILTERED)

static const struct name netlink_flags_get_list[] = {
	COMMON_FLAGS, NAME(NLM_F_DUMP), NAME(NLM_F_ROOT), NAME(NLM_F_MATCH), NAME(NLM_F_ATOMIC),
};
NAME_TABLE(names_netlink_flags_get, "netlink-flag", netlink_flags_get_list);

static const struct name netlink_flags_new_list[] = {
	COMMON_FLAGS, NAME(NLM_F_REPLACE), NAME(NLM_F_EXCL), NAME(NLM_F_CREATE), NAME(NLM_F_APPEND),
};
NAME_TABLE(names_netlink_flags_new, "netlink-flag", netlink_flags_new_list);

static const struct name netlink_flags_delete_list[] = {
	COMMON_FLAGS,
	NAME(NLM_F_NONREC),
#ifdef NLM_F_BULK
	NAME(NLM_F_BULK),
#endif
};
NAME_TABLE(names_netlink_flags_delete, "netlink-flag", netlink_flags_delete_list);

static const struct name netlink_flags_ack_list[] = {
	COMMON_FLAGS,
	NAME(NLM_F_CAPPED),
	NAME(NLM_F_ACK_TLVS),
};
NAME_TABLE(names_netlink_flags_ack, "netlink-flag", netlink_flags_ack_list);

/* Enumerators of one header that grows at its end: what came last may be missing. */
static const struct name rtnetlink_groups_list[] = {
	NAME(RTNLGRP_LINK),	   NAME(RTNLGRP_NOTIFY),       NAME(RTNLGRP_NEIGH),
	NAME(RTNLGRP_TC),	   NAME(RTNLGRP_IPV4_IFADDR),  NAME(RTNLGRP_IPV4_MROUTE),
	NAME(RTNLGRP_IPV4_ROUTE),  NAME(RTNLGRP_IPV4_RULE),    NAME(RTNLGRP_IPV6_IFADDR),
	NAME(RTNLGRP_IPV6_MROUTE), NAME(RTNLGRP_IPV6_ROUTE),   NAME(RTNLGRP_IPV6_IFINFO),
	NAME(RTNLGRP_IPV6_PREFIX), NAME(RTNLGRP_IPV6_RULE),    NAME(RTNLGRP_ND_USEROPT),
	NAME(RTNLGRP_DCB),	   NAME(RTNLGRP_IPV4_NETCONF), NAME(RTNLGRP_IPV6_NETCONF),
	NAME(RTNLGRP_MDB),	   NAME(RTNLGRP_MPLS_ROUTE),   NAME(RTNLGRP_NSID),
};
NAME_TABLE(names_rtnetlink_groups, "rtnetlink-group", rtnetlink_groups_list);

static const struct name xfrm_types_list[] = {
	NAME(XFRM_MSG_NEWSA),	   NAME(XFRM_MSG_DELSA),       NAME(XFRM_MSG_GETSA),
	NAME(XFRM_MSG_NEWPOLICY),  NAME(XFRM_MSG_DELPOLICY),   NAME(XFRM_MSG_GETPOLICY),
	NAME(XFRM_MSG_ALLOCSPI),   NAME(XFRM_MSG_ACQUIRE),     NAME(XFRM_MSG_EXPIRE),
	NAME(XFRM_MSG_UPDPOLICY),  NAME(XFRM_MSG_UPDSA),       NAME(XFRM_MSG_POLEXPIRE),
	NAME(XFRM_MSG_FLUSHSA),	   NAME(XFRM_MSG_FLUSHPOLICY), NAME(XFRM_MSG_NEWAE),
	NAME(XFRM_MSG_GETAE),	   NAME(XFRM_MSG_REPORT),      NAME(XFRM_MSG_MIGRATE),
	NAME(XFRM_MSG_NEWSADINFO), NAME(XFRM_MSG_GETSADINFO),  NAME(XFRM_MSG_NEWSPDINFO),
	NAME(XFRM_MSG_GETSPDINFO), NAME(XFRM_MSG_MAPPING),
};
NAME_TABLE(names_xfrm_types, "xfrm-type", xfrm_types_list);
