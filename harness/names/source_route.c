/* SPDX-License-Identifier: MIT */
/*
 * SCM_SRCRT is the control message of IPv6 routing headers under an older name (<linux/ipv6.h>).
 */
#include "harness/names/table.h"

#include <linux/in6.h>
#include <linux/ipv6.h>

static const struct name source_route_list[] = {
#ifdef SCM_SRCRT
	NAME(SCM_SRCRT),
#endif
};
NAME_TABLE(names_source_route, "cmsg", source_route_list);
