/* SPDX-License-Identifier: MIT */
/*
 * Options, control messages and values of TIPC (Documentation/networking/tipc.rst).
 */
#include "harness/names/table.h"

#include <linux/tipc.h>

static const struct name options_tipc_list[] = {
#ifdef TIPC_IMPORTANCE
	NAME(TIPC_IMPORTANCE),
#endif
#ifdef TIPC_SRC_DROPPABLE
	NAME(TIPC_SRC_DROPPABLE),
#endif
#ifdef TIPC_DEST_DROPPABLE
	NAME(TIPC_DEST_DROPPABLE),
#endif
#ifdef TIPC_CONN_TIMEOUT
	NAME(TIPC_CONN_TIMEOUT),
#endif
#ifdef TIPC_NODE_RECVQ_DEPTH
	NAME(TIPC_NODE_RECVQ_DEPTH),
#endif
#ifdef TIPC_SOCK_RECVQ_DEPTH
	NAME(TIPC_SOCK_RECVQ_DEPTH),
#endif
#ifdef TIPC_MCAST_BROADCAST
	NAME(TIPC_MCAST_BROADCAST),
#endif
#ifdef TIPC_MCAST_REPLICAST
	NAME(TIPC_MCAST_REPLICAST),
#endif
#ifdef TIPC_GROUP_JOIN
	NAME(TIPC_GROUP_JOIN),
#endif
#ifdef TIPC_GROUP_LEAVE
	NAME(TIPC_GROUP_LEAVE),
#endif
#ifdef TIPC_SOCK_RECVQ_USED
	NAME(TIPC_SOCK_RECVQ_USED),
#endif
#ifdef TIPC_NODELAY
	NAME(TIPC_NODELAY),
#endif
};
NAME_TABLE(names_options_tipc, "option-tipc", options_tipc_list);

static const struct name cmsgs_tipc_list[] = {
#ifdef TIPC_ERRINFO
	NAME(TIPC_ERRINFO),
#endif
#ifdef TIPC_RETDATA
	NAME(TIPC_RETDATA),
#endif
#ifdef TIPC_DESTNAME
	NAME(TIPC_DESTNAME),
#endif
};
NAME_TABLE(names_cmsgs_tipc, "option-tipc", cmsgs_tipc_list);

static const struct name tipc_importance_list[] = {
#ifdef TIPC_LOW_IMPORTANCE
	NAME(TIPC_LOW_IMPORTANCE),
#endif
#ifdef TIPC_MEDIUM_IMPORTANCE
	NAME(TIPC_MEDIUM_IMPORTANCE),
#endif
#ifdef TIPC_HIGH_IMPORTANCE
	NAME(TIPC_HIGH_IMPORTANCE),
#endif
#ifdef TIPC_CRITICAL_IMPORTANCE
	NAME(TIPC_CRITICAL_IMPORTANCE),
#endif
};
NAME_TABLE(names_tipc_importance, "option-tipc", tipc_importance_list);

static const struct name tipc_address_types_list[] = {
#ifdef TIPC_SERVICE_RANGE
	NAME(TIPC_SERVICE_RANGE),
#endif
#ifdef TIPC_SERVICE_ADDR
	NAME(TIPC_SERVICE_ADDR),
#endif
#ifdef TIPC_SOCKET_ADDR
	NAME(TIPC_SOCKET_ADDR),
#endif
#ifdef TIPC_ADDR_MCAST
	NAME(TIPC_ADDR_MCAST),
#endif
#ifdef TIPC_ADDR_NAMESEQ
	NAME(TIPC_ADDR_NAMESEQ),
#endif
#ifdef TIPC_ADDR_NAME
	NAME(TIPC_ADDR_NAME),
#endif
#ifdef TIPC_ADDR_ID
	NAME(TIPC_ADDR_ID),
#endif
};
NAME_TABLE(names_tipc_address_types, "option-tipc", tipc_address_types_list);

static const struct name tipc_scopes_list[] = {
#ifdef TIPC_ZONE_SCOPE
	NAME(TIPC_ZONE_SCOPE),
#endif
	NAME(TIPC_CLUSTER_SCOPE),
	NAME(TIPC_NODE_SCOPE),
};
NAME_TABLE(names_tipc_scopes, "option-tipc", tipc_scopes_list);

static const struct name tipc_errors_list[] = {
#ifdef TIPC_OK
	NAME(TIPC_OK),
#endif
#ifdef TIPC_ERR_NO_NAME
	NAME(TIPC_ERR_NO_NAME),
#endif
#ifdef TIPC_ERR_NO_PORT
	NAME(TIPC_ERR_NO_PORT),
#endif
#ifdef TIPC_ERR_NO_NODE
	NAME(TIPC_ERR_NO_NODE),
#endif
#ifdef TIPC_ERR_OVERLOAD
	NAME(TIPC_ERR_OVERLOAD),
#endif
#ifdef TIPC_CONN_SHUTDOWN
	NAME(TIPC_CONN_SHUTDOWN),
#endif
};
NAME_TABLE(names_tipc_errors, "option-tipc", tipc_errors_list);

static const struct name tipc_other_list[] = {
#ifdef TIPC_AEAD_ALG_NAME
	NAME(TIPC_AEAD_ALG_NAME),
#endif
#ifdef TIPC_AEAD_KEYLEN_MAX
	NAME(TIPC_AEAD_KEYLEN_MAX),
#endif
#ifdef TIPC_AEAD_KEYLEN_MIN
	NAME(TIPC_AEAD_KEYLEN_MIN),
#endif
#ifdef TIPC_AEAD_KEY_SIZE_MAX
	NAME(TIPC_AEAD_KEY_SIZE_MAX),
#endif
#ifdef TIPC_CFG_SRV
	NAME(TIPC_CFG_SRV),
#endif
#ifdef TIPC_CLUSTER_BITS
	NAME(TIPC_CLUSTER_BITS),
#endif
#ifdef TIPC_CLUSTER_MASK
	NAME(TIPC_CLUSTER_MASK),
#endif
#ifdef TIPC_CLUSTER_OFFSET
	NAME(TIPC_CLUSTER_OFFSET),
#endif
#ifdef TIPC_CLUSTER_SIZE
	NAME(TIPC_CLUSTER_SIZE),
#endif
#ifdef TIPC_GROUP_LOOPBACK
	NAME(TIPC_GROUP_LOOPBACK),
#endif
#ifdef TIPC_GROUP_MEMBER_EVTS
	NAME(TIPC_GROUP_MEMBER_EVTS),
#endif
#ifdef TIPC_LINK_STATE
	NAME(TIPC_LINK_STATE),
#endif
#ifdef TIPC_MAX_BEARER_NAME
	NAME(TIPC_MAX_BEARER_NAME),
#endif
#ifdef TIPC_MAX_IF_NAME
	NAME(TIPC_MAX_IF_NAME),
#endif
#ifdef TIPC_MAX_LINK_NAME
	NAME(TIPC_MAX_LINK_NAME),
#endif
#ifdef TIPC_MAX_MEDIA_NAME
	NAME(TIPC_MAX_MEDIA_NAME),
#endif
#ifdef TIPC_MAX_USER_MSG_SIZE
	NAME(TIPC_MAX_USER_MSG_SIZE),
#endif
#ifdef TIPC_NODEID_LEN
	NAME(TIPC_NODEID_LEN),
#endif
#ifdef TIPC_NODE_BITS
	NAME(TIPC_NODE_BITS),
#endif
#ifdef TIPC_NODE_MASK
	NAME(TIPC_NODE_MASK),
#endif
#ifdef TIPC_NODE_OFFSET
	NAME(TIPC_NODE_OFFSET),
#endif
#ifdef TIPC_NODE_SIZE
	NAME(TIPC_NODE_SIZE),
#endif
#ifdef TIPC_NODE_STATE
	NAME(TIPC_NODE_STATE),
#endif
#ifdef TIPC_PUBLISHED
	NAME(TIPC_PUBLISHED),
#endif
#ifdef TIPC_REKEYING_NOW
	NAME(TIPC_REKEYING_NOW),
#endif
#ifdef TIPC_RESERVED_TYPES
	NAME(TIPC_RESERVED_TYPES),
#endif
#ifdef TIPC_SUBSCR_TIMEOUT
	NAME(TIPC_SUBSCR_TIMEOUT),
#endif
#ifdef TIPC_SUB_CANCEL
	NAME(TIPC_SUB_CANCEL),
#endif
#ifdef TIPC_SUB_PORTS
	NAME(TIPC_SUB_PORTS),
#endif
#ifdef TIPC_SUB_SERVICE
	NAME(TIPC_SUB_SERVICE),
#endif
#ifdef TIPC_TOP_SRV
	NAME(TIPC_TOP_SRV),
#endif
#ifdef TIPC_WAIT_FOREVER
	NAME(TIPC_WAIT_FOREVER),
#endif
#ifdef TIPC_WITHDRAWN
	NAME(TIPC_WITHDRAWN),
#endif
#ifdef TIPC_ZONE_BITS
	NAME(TIPC_ZONE_BITS),
#endif
#ifdef TIPC_ZONE_CLUSTER_MASK
	NAME(TIPC_ZONE_CLUSTER_MASK),
#endif
#ifdef TIPC_ZONE_MASK
	NAME(TIPC_ZONE_MASK),
#endif
#ifdef TIPC_ZONE_OFFSET
	NAME(TIPC_ZONE_OFFSET),
#endif
#ifdef TIPC_ZONE_SIZE
	NAME(TIPC_ZONE_SIZE),
#endif
};
NAME_TABLE(names_tipc_other, "option-tipc", tipc_other_list);

static const struct name tipc_group_flags_list[] = {
	NAME_AS(TIPC_GROUP_LOOPBACK, 1),
	NAME_AS(TIPC_GROUP_MEMBER_EVTS, 2),
};
NAME_TABLE(names_tipc_group_flags, "option-tipc", tipc_group_flags_list);

/* Types of the services that TIPC itself publishes. */
static const struct name tipc_services_list[] = {
	NAME_AS(TIPC_NODE_STATE, 0), NAME_AS(TIPC_CFG_SRV, 0),	       NAME_AS(TIPC_TOP_SRV, 1),
	NAME_AS(TIPC_LINK_STATE, 2), NAME_AS(TIPC_RESERVED_TYPES, 64),
};
NAME_TABLE(names_tipc_services, "option-tipc", tipc_services_list);
