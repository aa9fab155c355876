/* SPDX-License-Identifier: MIT */
/*
 * Options and control messages of RDS (Documentation/networking/rds.rst).
 */
#include "harness/names/table.h"

#include <sys/socket.h>
#include <linux/types.h>
#include <linux/rds.h>

static const struct name options_rds_list[] = {
#ifdef RDS_CANCEL_SENT_TO
	NAME(RDS_CANCEL_SENT_TO),
#endif
#ifdef RDS_GET_MR
	NAME(RDS_GET_MR),
#endif
#ifdef RDS_FREE_MR
	NAME(RDS_FREE_MR),
#endif
#ifdef RDS_RECVERR
	NAME(RDS_RECVERR),
#endif
#ifdef RDS_CONG_MONITOR
	NAME(RDS_CONG_MONITOR),
#endif
#ifdef RDS_GET_MR_FOR_DEST
	NAME(RDS_GET_MR_FOR_DEST),
#endif
#ifdef SO_RDS_TRANSPORT
	NAME(SO_RDS_TRANSPORT),
#endif
#ifdef SO_RDS_MSG_RXPATH_LATENCY
	NAME(SO_RDS_MSG_RXPATH_LATENCY),
#endif
	/* Lists, of getsockopt() only. The numbers are the kernel's (include/uapi/linux/rds.h). */
	NAME_AS(RDS_INFO_COUNTERS, 10000),
	NAME_AS(RDS_INFO_CONNECTIONS, 10001),
	NAME_AS(RDS_INFO_SEND_MESSAGES, 10003),
	NAME_AS(RDS_INFO_RETRANS_MESSAGES, 10004),
	NAME_AS(RDS_INFO_RECV_MESSAGES, 10005),
	NAME_AS(RDS_INFO_SOCKETS, 10006),
	NAME_AS(RDS_INFO_TCP_SOCKETS, 10007),
	NAME_AS(RDS_INFO_IB_CONNECTIONS, 10008),
	NAME_AS(RDS_INFO_CONNECTION_STATS, 10009),
};
NAME_TABLE(names_options_rds, "option-rds", options_rds_list);

static const struct name cmsgs_rds_list[] = {
#ifdef RDS_CMSG_RDMA_ARGS
	NAME(RDS_CMSG_RDMA_ARGS),
#endif
#ifdef RDS_CMSG_RDMA_DEST
	NAME(RDS_CMSG_RDMA_DEST),
#endif
#ifdef RDS_CMSG_RDMA_MAP
	NAME(RDS_CMSG_RDMA_MAP),
#endif
#ifdef RDS_CMSG_RDMA_STATUS
	NAME(RDS_CMSG_RDMA_STATUS),
#endif
#ifdef RDS_CMSG_CONG_UPDATE
	NAME(RDS_CMSG_CONG_UPDATE),
#endif
#ifdef RDS_CMSG_ATOMIC_FADD
	NAME(RDS_CMSG_ATOMIC_FADD),
#endif
#ifdef RDS_CMSG_ATOMIC_CSWP
	NAME(RDS_CMSG_ATOMIC_CSWP),
#endif
#ifdef RDS_CMSG_MASKED_ATOMIC_FADD
	NAME(RDS_CMSG_MASKED_ATOMIC_FADD),
#endif
#ifdef RDS_CMSG_MASKED_ATOMIC_CSWP
	NAME(RDS_CMSG_MASKED_ATOMIC_CSWP),
#endif
#ifdef RDS_CMSG_RXPATH_LATENCY
	NAME(RDS_CMSG_RXPATH_LATENCY),
#endif
#ifdef RDS_CMSG_ZCOPY_COOKIE
	NAME(RDS_CMSG_ZCOPY_COOKIE),
#endif
#ifdef RDS_CMSG_ZCOPY_COMPLETION
	NAME(RDS_CMSG_ZCOPY_COMPLETION),
#endif
};
NAME_TABLE(names_cmsgs_rds, "option-rds", cmsgs_rds_list);

static const struct name rds_transports_list[] = {
	NAME_AS(RDS_TRANS_IB, 0),    NAME_AS(RDS_TRANS_GAP, 1),	  NAME_AS(RDS_TRANS_TCP, 2),
	NAME_AS(RDS_TRANS_COUNT, 3), NAME_AS(RDS_TRANS_NONE, -1),
};
NAME_TABLE(names_rds_transports, "option-rds", rds_transports_list);
