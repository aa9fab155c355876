/* SPDX-License-Identifier: MIT */
/*
 * Options of amateur packet radio: AX.25, NET/ROM and ROSE.
 */
#include "harness/names/table.h"

#include <linux/ax25.h>
#include <linux/netrom.h>
#include <linux/rose.h>

static const struct name options_ax25_list[] = {
#ifdef AX25_WINDOW
	NAME(AX25_WINDOW),
#endif
#ifdef AX25_T1
	NAME(AX25_T1),
#endif
#ifdef AX25_N2
	NAME(AX25_N2),
#endif
#ifdef AX25_T3
	NAME(AX25_T3),
#endif
#ifdef AX25_T2
	NAME(AX25_T2),
#endif
#ifdef AX25_BACKOFF
	NAME(AX25_BACKOFF),
#endif
#ifdef AX25_EXTSEQ
	NAME(AX25_EXTSEQ),
#endif
#ifdef AX25_PIDINCL
	NAME(AX25_PIDINCL),
#endif
#ifdef AX25_IDLE
	NAME(AX25_IDLE),
#endif
#ifdef AX25_PACLEN
	NAME(AX25_PACLEN),
#endif
#ifdef AX25_IAMDIGI
	NAME(AX25_IAMDIGI),
#endif
};
NAME_TABLE(names_options_ax25, "option-ax25", options_ax25_list);

static const struct name options_netrom_list[] = {
#ifdef NETROM_T1
	NAME(NETROM_T1),
#endif
#ifdef NETROM_T2
	NAME(NETROM_T2),
#endif
#ifdef NETROM_N2
	NAME(NETROM_N2),
#endif
#ifdef NETROM_T4
	NAME(NETROM_T4),
#endif
#ifdef NETROM_IDLE
	NAME(NETROM_IDLE),
#endif
};
NAME_TABLE(names_options_netrom, "option-netrom", options_netrom_list);

static const struct name options_rose_list[] = {
#ifdef ROSE_DEFER
	NAME(ROSE_DEFER),
#endif
#ifdef ROSE_T1
	NAME(ROSE_T1),
#endif
#ifdef ROSE_T2
	NAME(ROSE_T2),
#endif
#ifdef ROSE_T3
	NAME(ROSE_T3),
#endif
#ifdef ROSE_IDLE
	NAME(ROSE_IDLE),
#endif
#ifdef ROSE_QBITINCL
	NAME(ROSE_QBITINCL),
#endif
#ifdef ROSE_HOLDBACK
	NAME(ROSE_HOLDBACK),
#endif
};
NAME_TABLE(names_options_rose, "option-rose", options_rose_list);
