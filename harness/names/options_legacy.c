/* SPDX-License-Identifier: MIT */
/*
 * Options of X.25, DECnet and SMC, and the protocol of DECnet. DECnet's header went with the
 * family, and that of SMC does not go with the C library's: their numbers are linux/dn.h's of 5.10
 * and linux/smc.h's.
 */
#include "harness/names/table.h"

#include <sys/socket.h>
#include <linux/sockios.h>
#include <linux/x25.h>

static const struct name options_x25_list[] = {
	NAME(X25_QBITINCL),
};
NAME_TABLE(names_options_x25, "option-x25", options_x25_list);

static const struct name options_decnet_list[] = {
	NAME_AS(DSO_CONDATA, 1),    NAME_AS(DSO_CONACCESS, 2), NAME_AS(DSO_ACCEPTMODE, 4),
	NAME_AS(DSO_CONACCEPT, 5),  NAME_AS(DSO_CONREJECT, 6), NAME_AS(DSO_LINKINFO, 7),
	NAME_AS(DSO_STREAM, 8),	    NAME_AS(DSO_SEQPACKET, 9), NAME_AS(DSO_DISDATA, 10),
	NAME_AS(DSO_MAXWINDOW, 11), NAME_AS(DSO_NODELAY, 12),  NAME_AS(DSO_CORK, 13),
	NAME_AS(DSO_SERVICES, 14),  NAME_AS(DSO_INFO, 15),
};
NAME_TABLE(names_options_decnet, "option-decnet", options_decnet_list);

static const struct name protocols_decnet[] = {
	NAME_AS(DNPROTO_NSP, 2),
};
NAME_TABLE(names_protocols_decnet, "protocol", protocols_decnet);

static const struct name options_smc_list[] = {
	NAME_AS(SMC_LIMIT_HS, 1),
};
NAME_TABLE(names_options_smc, "option-smc", options_smc_list);
