/* SPDX-License-Identifier: MIT */
/*
 * Options of protocols with few of them.
 */
#include "harness/names/table.h"

#include <sys/socket.h>
#include <linux/types.h>
#include <linux/llc.h>
#include <linux/dccp.h>
#include <linux/kcm.h>
#include <linux/tls.h>
#include <linux/icmp.h>
#include <linux/icmpv6.h>
#include <linux/rxrpc.h>
#include <linux/in.h>
#include <linux/in6.h>
#include <linux/l2tp.h>
#include <linux/if_pppol2tp.h>

static const struct name options_llc_list[] = {
	NAME_AS(LLC_OPT_RETRY, LLC_OPT_RETRY),
	NAME_AS(LLC_OPT_SIZE, LLC_OPT_SIZE),
	NAME_AS(LLC_OPT_ACK_TMR_EXP, LLC_OPT_ACK_TMR_EXP),
	NAME_AS(LLC_OPT_P_TMR_EXP, LLC_OPT_P_TMR_EXP),
	NAME_AS(LLC_OPT_REJ_TMR_EXP, LLC_OPT_REJ_TMR_EXP),
	NAME_AS(LLC_OPT_BUSY_TMR_EXP, LLC_OPT_BUSY_TMR_EXP),
	NAME_AS(LLC_OPT_TX_WIN, LLC_OPT_TX_WIN),
	NAME_AS(LLC_OPT_RX_WIN, LLC_OPT_RX_WIN),
	NAME_AS(LLC_OPT_PKTINFO, LLC_OPT_PKTINFO),
};
NAME_TABLE(names_options_llc, "option-llc", options_llc_list);

static const struct name options_dccp_list[] = {
#ifdef DCCP_SOCKOPT_PACKET_SIZE
	NAME(DCCP_SOCKOPT_PACKET_SIZE),
#endif
#ifdef DCCP_SOCKOPT_SERVICE
	NAME(DCCP_SOCKOPT_SERVICE),
#endif
#ifdef DCCP_SOCKOPT_CHANGE_L
	NAME(DCCP_SOCKOPT_CHANGE_L),
#endif
#ifdef DCCP_SOCKOPT_CHANGE_R
	NAME(DCCP_SOCKOPT_CHANGE_R),
#endif
#ifdef DCCP_SOCKOPT_GET_CUR_MPS
	NAME(DCCP_SOCKOPT_GET_CUR_MPS),
#endif
#ifdef DCCP_SOCKOPT_SERVER_TIMEWAIT
	NAME(DCCP_SOCKOPT_SERVER_TIMEWAIT),
#endif
#ifdef DCCP_SOCKOPT_SEND_CSCOV
	NAME(DCCP_SOCKOPT_SEND_CSCOV),
#endif
#ifdef DCCP_SOCKOPT_RECV_CSCOV
	NAME(DCCP_SOCKOPT_RECV_CSCOV),
#endif
#ifdef DCCP_SOCKOPT_AVAILABLE_CCIDS
	NAME(DCCP_SOCKOPT_AVAILABLE_CCIDS),
#endif
#ifdef DCCP_SOCKOPT_CCID
	NAME(DCCP_SOCKOPT_CCID),
#endif
#ifdef DCCP_SOCKOPT_TX_CCID
	NAME(DCCP_SOCKOPT_TX_CCID),
#endif
#ifdef DCCP_SOCKOPT_RX_CCID
	NAME(DCCP_SOCKOPT_RX_CCID),
#endif
};
NAME_TABLE(names_options_dccp, "option-dccp", options_dccp_list);

static const struct name options_kcm_list[] = {
#ifdef KCM_RECV_DISABLE
	NAME(KCM_RECV_DISABLE),
#endif
};
NAME_TABLE(names_options_kcm, "option-kcm", options_kcm_list);

static const struct name options_tls_list[] = {
#ifdef TLS_TX
	NAME(TLS_TX),
#endif
#ifdef TLS_RX
	NAME(TLS_RX),
#endif
#ifdef TLS_TX_ZEROCOPY_RO
	NAME(TLS_TX_ZEROCOPY_RO),
#endif
#ifdef TLS_RX_EXPECT_NO_PAD
	NAME(TLS_RX_EXPECT_NO_PAD),
#endif
};
NAME_TABLE(names_options_tls, "option-tls", options_tls_list);

static const struct name cmsgs_tls_list[] = {
#ifdef TLS_SET_RECORD_TYPE
	NAME(TLS_SET_RECORD_TYPE),
#endif
#ifdef TLS_GET_RECORD_TYPE
	NAME(TLS_GET_RECORD_TYPE),
#endif
};
NAME_TABLE(names_cmsgs_tls, "option-tls", cmsgs_tls_list);

static const struct name options_raw_list[] = {
#ifdef ICMP_FILTER
	NAME(ICMP_FILTER),
#endif
};
NAME_TABLE(names_options_raw, "option-raw", options_raw_list);

static const struct name options_icmpv6_list[] = {
#ifdef ICMPV6_FILTER
	NAME(ICMPV6_FILTER),
#endif
};
NAME_TABLE(names_options_icmpv6, "option-icmpv6", options_icmpv6_list);

static const struct name options_rxrpc_list[] = {
#ifdef RXRPC_SECURITY_KEY
	NAME(RXRPC_SECURITY_KEY),
#endif
#ifdef RXRPC_SECURITY_KEYRING
	NAME(RXRPC_SECURITY_KEYRING),
#endif
#ifdef RXRPC_EXCLUSIVE_CONNECTION
	NAME(RXRPC_EXCLUSIVE_CONNECTION),
#endif
#ifdef RXRPC_MIN_SECURITY_LEVEL
	NAME(RXRPC_MIN_SECURITY_LEVEL),
#endif
#ifdef RXRPC_UPGRADEABLE_SERVICE
	NAME(RXRPC_UPGRADEABLE_SERVICE),
#endif
#ifdef RXRPC_SUPPORTED_CMSG
	NAME(RXRPC_SUPPORTED_CMSG),
#endif
};
NAME_TABLE(names_options_rxrpc, "option-rxrpc", options_rxrpc_list);

static const struct name options_pppol2tp_list[] = {
	NAME(PPPOL2TP_SO_DEBUG),   NAME(PPPOL2TP_SO_RECVSEQ),	NAME(PPPOL2TP_SO_SENDSEQ),
	NAME(PPPOL2TP_SO_LNSMODE), NAME(PPPOL2TP_SO_REORDERTO),
};
NAME_TABLE(names_options_pppol2tp, "option-pppol2tp", options_pppol2tp_list);
