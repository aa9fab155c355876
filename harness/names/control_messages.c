/* SPDX-License-Identifier: MIT */
/*
 * Control messages of SOL_SOCKET, and the fields of struct sock_extended_err, which
 * IP_RECVERR and IPV6_RECVERR messages hold.
 */
#include "harness/names/table.h"

#include <sys/socket.h>
#include <time.h>
#include <linux/types.h>
#include <linux/errqueue.h>

/*
 * SCM_SECURITY and SCM_PIDFD are in no header that all C libraries have; their numbers are
 * the same on all architectures.
 */
static const struct name cmsgs_socket_list[] = {
	NAME(SCM_RIGHTS),
	NAME(SCM_CREDENTIALS),
	NAME_AS(SCM_SECURITY, 3),
	NAME_AS(SCM_PIDFD, 4),
	NAME(SCM_TIMESTAMP),
	NAME(SCM_TIMESTAMPNS),
	NAME(SCM_TIMESTAMPING),
#ifdef SCM_TIMESTAMPING_OPT_STATS
	NAME(SCM_TIMESTAMPING_OPT_STATS),
#endif
#ifdef SCM_TIMESTAMPING_PKTINFO
	NAME(SCM_TIMESTAMPING_PKTINFO),
#endif
#ifdef SCM_TXTIME
	NAME(SCM_TXTIME),
#endif
#ifdef SCM_WIFI_STATUS
	NAME(SCM_WIFI_STATUS),
#endif
	NAME(SO_RXQ_OVFL),
	NAME(SO_MARK),
	NAME(SO_PRIORITY),
#ifdef SO_INQ
	NAME(SO_INQ),
#elif !defined(__sparc__) && !defined(__hppa__)
	NAME_AS(SO_INQ, 84),
#endif
#ifdef SO_TIMESTAMP_NEW
	NAME(SO_TIMESTAMP_NEW),
#endif
#ifdef SO_TIMESTAMPNS_NEW
	NAME(SO_TIMESTAMPNS_NEW),
#endif
#ifdef SO_TIMESTAMPING_NEW
	NAME(SO_TIMESTAMPING_NEW),
#endif
#ifdef SO_TIMESTAMP_OLD
	NAME(SO_TIMESTAMP_OLD),
#endif
#ifdef SO_TIMESTAMPNS_OLD
	NAME(SO_TIMESTAMPNS_OLD),
#endif
#ifdef SO_TIMESTAMPING_OLD
	NAME(SO_TIMESTAMPING_OLD),
#endif
#ifdef SCM_TS_OPT_ID
	NAME(SCM_TS_OPT_ID),
#elif !defined(__sparc__) && !defined(__hppa__)
	NAME_AS(SCM_TS_OPT_ID, 81),
#endif
};
NAME_TABLE(names_cmsgs_socket, "cmsg", cmsgs_socket_list);

static const struct name timestamp_kinds_list[] = {
	NAME(SCM_TSTAMP_SND),
	NAME(SCM_TSTAMP_SCHED),
	NAME(SCM_TSTAMP_ACK),
};
NAME_TABLE(names_timestamp_kinds, "cmsg", timestamp_kinds_list);

static const struct name error_origins_list[] = {
#ifdef SO_EE_ORIGIN_NONE
	NAME(SO_EE_ORIGIN_NONE),
#endif
#ifdef SO_EE_ORIGIN_LOCAL
	NAME(SO_EE_ORIGIN_LOCAL),
#endif
#ifdef SO_EE_ORIGIN_ICMP
	NAME(SO_EE_ORIGIN_ICMP),
#endif
#ifdef SO_EE_ORIGIN_ICMP6
	NAME(SO_EE_ORIGIN_ICMP6),
#endif
#ifdef SO_EE_ORIGIN_TIMESTAMPING
	NAME(SO_EE_ORIGIN_TIMESTAMPING),
#endif
#ifdef SO_EE_ORIGIN_TXSTATUS
	NAME(SO_EE_ORIGIN_TXSTATUS),
#endif
#ifdef SO_EE_ORIGIN_ZEROCOPY
	NAME(SO_EE_ORIGIN_ZEROCOPY),
#endif
#ifdef SO_EE_ORIGIN_TXTIME
	NAME(SO_EE_ORIGIN_TXTIME),
#endif
};
NAME_TABLE(names_error_origins, "option-socket", error_origins_list);

static const struct name error_codes_zerocopy_list[] = {
#ifdef SO_EE_CODE_ZEROCOPY_COPIED
	NAME(SO_EE_CODE_ZEROCOPY_COPIED),
#endif
};
NAME_TABLE(names_error_codes_zerocopy, "option-socket", error_codes_zerocopy_list);

static const struct name error_codes_txtime_list[] = {
#ifdef SO_EE_CODE_TXTIME_INVALID_PARAM
	NAME(SO_EE_CODE_TXTIME_INVALID_PARAM),
#endif
#ifdef SO_EE_CODE_TXTIME_MISSED
	NAME(SO_EE_CODE_TXTIME_MISSED),
#endif
};
NAME_TABLE(names_error_codes_txtime, "option-socket", error_codes_txtime_list);

static const struct name error_rfc4884_list[] = {
#ifdef SO_EE_RFC4884_FLAG_INVALID
	NAME(SO_EE_RFC4884_FLAG_INVALID),
#endif
};
NAME_TABLE(names_error_rfc4884, "option-socket", error_rfc4884_list);

/* Bits of SO_BUF_LOCK: in no header of a C library, and not in all of the kernel's. */
static const struct name buffer_locks_list[] = {
	NAME_AS(SOCK_SNDBUF_LOCK, 1),
	NAME_AS(SOCK_RCVBUF_LOCK, 2),
};
NAME_TABLE(names_buffer_locks, "option-socket", buffer_locks_list);
