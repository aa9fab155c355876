/* SPDX-License-Identifier: MIT */
/*
 * What the C library's <netinet/tcp.h> alone has: TCP Cookie Transactions, an
 * option that Linux dropped in 3.10, and historical defaults.
 */
#include "harness/names/table.h"

#include <netinet/tcp.h>

static const struct name options_tcp_historical_list[] = {
#ifdef TCP_COOKIE_TRANSACTIONS
	NAME(TCP_COOKIE_TRANSACTIONS),
#endif
};
NAME_TABLE(names_options_tcp_historical, "option-tcp", options_tcp_historical_list);

static const struct name tcp_historical_list[] = {
#ifdef TCP_COOKIE_IN_ALWAYS
	NAME(TCP_COOKIE_IN_ALWAYS),
#endif
#ifdef TCP_COOKIE_MAX
	NAME(TCP_COOKIE_MAX),
#endif
#ifdef TCP_COOKIE_MIN
	NAME(TCP_COOKIE_MIN),
#endif
#ifdef TCP_COOKIE_OUT_NEVER
	NAME(TCP_COOKIE_OUT_NEVER),
#endif
#ifdef TCP_COOKIE_PAIR_SIZE
	NAME(TCP_COOKIE_PAIR_SIZE),
#endif
#ifdef TCP_MAXWIN
	NAME(TCP_MAXWIN),
#endif
#ifdef TCP_MSS
	NAME(TCP_MSS),
#endif
#ifdef TCP_S_DATA_IN
	NAME(TCP_S_DATA_IN),
#endif
#ifdef TCP_S_DATA_OUT
	NAME(TCP_S_DATA_OUT),
#endif
};
NAME_TABLE(names_tcp_historical, "option-tcp", tcp_historical_list);
