/* SPDX-License-Identifier: MIT */
/*
 * Options of SOL_MPTCP. <linux/mptcp.h> may need types that it does not include.
 */
#include "harness/names/table.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <linux/mptcp.h>

static const struct name options_mptcp_list[] = {
#ifdef MPTCP_INFO
	NAME(MPTCP_INFO),
#endif
#ifdef MPTCP_TCPINFO
	NAME(MPTCP_TCPINFO),
#endif
#ifdef MPTCP_SUBFLOW_ADDRS
	NAME(MPTCP_SUBFLOW_ADDRS),
#endif
#ifdef MPTCP_FULL_INFO
	NAME(MPTCP_FULL_INFO),
#endif
};
NAME_TABLE(names_options_mptcp, "option-mptcp", options_mptcp_list);
