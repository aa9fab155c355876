/* SPDX-License-Identifier: MIT */
/*
 * Options of SOL_MPTCP. <linux/mptcp.h> may need types that it does not include.
 */
#include "harness/names/table.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <linux/mptcp.h>

/* Newer than some headers; the number is the kernel's. */
#ifndef MPTCP_FULL_INFO
#define MPTCP_FULL_INFO 4
#endif

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
	NAME(MPTCP_FULL_INFO),
};
NAME_TABLE(names_options_mptcp, "option-mptcp", options_mptcp_list);

static const struct name mptcp_info_flags_list[] = {
	NAME(MPTCP_INFO_FLAG_FALLBACK),
	NAME(MPTCP_INFO_FLAG_REMOTE_KEY_RECEIVED),
};
NAME_TABLE(names_mptcp_info_flags, "option-mptcp", mptcp_info_flags_list);
