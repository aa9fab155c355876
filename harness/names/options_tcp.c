/* SPDX-License-Identifier: MIT */
/*
 * Options of SOL_TCP (tcp(7)), values they take, and other constants of <linux/tcp.h>.
 */
#include "harness/names/table.h"

#include <linux/types.h>
#include <linux/tcp.h>
#include <linux/udp.h>

static const struct name options_tcp_list[] = {
	NAME(TCP_NODELAY),
	NAME(TCP_MAXSEG),
	NAME(TCP_CORK),
	NAME(TCP_KEEPIDLE),
	NAME(TCP_KEEPINTVL),
	NAME(TCP_KEEPCNT),
	NAME(TCP_SYNCNT),
	NAME(TCP_LINGER2),
	NAME(TCP_DEFER_ACCEPT),
	NAME(TCP_WINDOW_CLAMP),
	NAME(TCP_INFO),
	NAME(TCP_QUICKACK),
	NAME(TCP_CONGESTION),
	NAME(TCP_MD5SIG),
#ifdef TCP_THIN_LINEAR_TIMEOUTS
	NAME(TCP_THIN_LINEAR_TIMEOUTS),
#endif
#ifdef TCP_THIN_DUPACK
	NAME(TCP_THIN_DUPACK),
#endif
	NAME(TCP_USER_TIMEOUT),
	NAME(TCP_REPAIR),
	NAME(TCP_REPAIR_QUEUE),
	NAME(TCP_QUEUE_SEQ),
	NAME(TCP_REPAIR_OPTIONS),
	NAME(TCP_FASTOPEN),
	NAME(TCP_TIMESTAMP),
	NAME(TCP_NOTSENT_LOWAT),
#ifdef TCP_CC_INFO
	NAME(TCP_CC_INFO),
#endif
#ifdef TCP_SAVE_SYN
	NAME(TCP_SAVE_SYN),
#endif
#ifdef TCP_SAVED_SYN
	NAME(TCP_SAVED_SYN),
#endif
#ifdef TCP_REPAIR_WINDOW
	NAME(TCP_REPAIR_WINDOW),
#endif
#ifdef TCP_FASTOPEN_CONNECT
	NAME(TCP_FASTOPEN_CONNECT),
#endif
#ifdef TCP_ULP
	NAME(TCP_ULP),
#endif
#ifdef TCP_MD5SIG_EXT
	NAME(TCP_MD5SIG_EXT),
#endif
#ifdef TCP_FASTOPEN_KEY
	NAME(TCP_FASTOPEN_KEY),
#endif
#ifdef TCP_FASTOPEN_NO_COOKIE
	NAME(TCP_FASTOPEN_NO_COOKIE),
#endif
#ifdef TCP_ZEROCOPY_RECEIVE
	NAME(TCP_ZEROCOPY_RECEIVE),
#endif
#ifdef TCP_INQ
	NAME(TCP_INQ),
#endif
#ifdef TCP_TX_DELAY
	NAME(TCP_TX_DELAY),
#endif
#ifdef TCP_AO_ADD_KEY
	NAME(TCP_AO_ADD_KEY),
#endif
#ifdef TCP_AO_DEL_KEY
	NAME(TCP_AO_DEL_KEY),
#endif
#ifdef TCP_AO_INFO
	NAME(TCP_AO_INFO),
#endif
#ifdef TCP_AO_GET_KEYS
	NAME(TCP_AO_GET_KEYS),
#endif
#ifdef TCP_AO_REPAIR
	NAME(TCP_AO_REPAIR),
#endif
#ifdef TCP_IS_MPTCP
	NAME(TCP_IS_MPTCP),
#endif
#ifdef TCP_RTO_MAX_MS
	NAME(TCP_RTO_MAX_MS),
#endif
#ifdef TCP_RTO_MIN_US
	NAME(TCP_RTO_MIN_US),
#endif
#ifdef TCP_DELACK_MAX_US
	NAME(TCP_DELACK_MAX_US),
#endif
#ifdef TCP_CM_INQ
	NAME(TCP_CM_INQ),
#endif
};
NAME_TABLE(names_options_tcp, "option-tcp", options_tcp_list);

static const struct name cmsgs_tcp_list[] = {
#ifdef TCP_CM_INQ
	NAME(TCP_CM_INQ),
#endif
};
NAME_TABLE(names_cmsgs_tcp, "option-tcp", cmsgs_tcp_list);

static const struct name tcp_repair_list[] = {
#ifdef TCP_REPAIR_OFF
	NAME(TCP_REPAIR_OFF),
#endif
#ifdef TCP_REPAIR_ON
	NAME(TCP_REPAIR_ON),
#endif
#ifdef TCP_REPAIR_OFF_NO_WP
	NAME(TCP_REPAIR_OFF_NO_WP),
#endif
};
NAME_TABLE(names_tcp_repair, "option-tcp", tcp_repair_list);

static const struct name tcp_queues_list[] = {
	NAME(TCP_NO_QUEUE),
	NAME(TCP_RECV_QUEUE),
	NAME(TCP_SEND_QUEUE),
	NAME(TCP_QUEUES_NR),
};
NAME_TABLE(names_tcp_queues, "option-tcp", tcp_queues_list);

/*
 * Of packets and structures; never an option's number. The flags are in network byte order.
 */
static const struct name tcp_other_list[] = {
	NAME(TCP_FLAG_CWR),	  NAME(TCP_FLAG_ECE),	 NAME(TCP_FLAG_URG), NAME(TCP_FLAG_ACK),
	NAME(TCP_FLAG_PSH),	  NAME(TCP_FLAG_RST),	 NAME(TCP_FLAG_SYN), NAME(TCP_FLAG_FIN),
	NAME(TCP_RESERVED_BITS),  NAME(TCP_DATA_OFFSET),
#ifdef TCP_ENCAP_ESPINTCP
	NAME(TCP_ENCAP_ESPINTCP),
#endif
};
NAME_TABLE(names_tcp_other, "option-tcp", tcp_other_list);

static const struct name tcp_zerocopy_flags_list[] = {
	NAME_AS(TCP_RECEIVE_ZEROCOPY_FLAG_TLB_CLEAN_HINT, 1),
};
NAME_TABLE(names_tcp_zerocopy_flags, "option-tcp", tcp_zerocopy_flags_list);
