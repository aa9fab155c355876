/* SPDX-License-Identifier: MIT */
/*
 * Flags of SO_TIMESTAMPING (Documentation/networking/timestamping.rst) and of SO_TXTIME.
 */
#include "harness/names/table.h"

#include <time.h>
#include <linux/net_tstamp.h>

static const struct name timestamping_list[] = {
	NAME(SOF_TIMESTAMPING_TX_HARDWARE),
	NAME(SOF_TIMESTAMPING_TX_SOFTWARE),
	NAME(SOF_TIMESTAMPING_RX_HARDWARE),
	NAME(SOF_TIMESTAMPING_RX_SOFTWARE),
	NAME(SOF_TIMESTAMPING_SOFTWARE),
	NAME(SOF_TIMESTAMPING_SYS_HARDWARE),
	NAME(SOF_TIMESTAMPING_RAW_HARDWARE),
	NAME(SOF_TIMESTAMPING_OPT_ID),
	NAME(SOF_TIMESTAMPING_TX_SCHED),
	NAME(SOF_TIMESTAMPING_TX_ACK),
	NAME(SOF_TIMESTAMPING_OPT_CMSG),
	NAME(SOF_TIMESTAMPING_OPT_TSONLY),
	NAME(SOF_TIMESTAMPING_OPT_STATS),
	NAME(SOF_TIMESTAMPING_OPT_PKTINFO),
	NAME(SOF_TIMESTAMPING_OPT_TX_SWHW),
	NAME(SOF_TIMESTAMPING_BIND_PHC),
	/* Newer than many headers: bits of include/uapi/linux/net_tstamp.h. */
	NAME_AS(SOF_TIMESTAMPING_OPT_ID_TCP, 1 << 16),
	NAME_AS(SOF_TIMESTAMPING_OPT_RX_FILTER, 1 << 17),
	NAME_AS(SOF_TIMESTAMPING_TX_COMPLETION, 1 << 18),
};
NAME_TABLE(names_timestamping, "timestamping", timestamping_list);

static const struct name timestamping_masks_list[] = {
	NAME(SOF_TIMESTAMPING_LAST),
	NAME(SOF_TIMESTAMPING_MASK),
#ifdef SOF_TIMESTAMPING_TX_RECORD_MASK
	NAME(SOF_TIMESTAMPING_TX_RECORD_MASK),
#endif
};
NAME_TABLE(names_timestamping_masks, "timestamping", timestamping_masks_list);

static const struct name txtime_flags_list[] = {
	NAME_AS(SOF_TXTIME_DEADLINE_MODE, SOF_TXTIME_DEADLINE_MODE),
	NAME_AS(SOF_TXTIME_REPORT_ERRORS, SOF_TXTIME_REPORT_ERRORS),
};
NAME_TABLE(names_txtime_flags, "timestamping", txtime_flags_list);
