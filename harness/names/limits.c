/* SPDX-License-Identifier: MIT */
/*
 * Limits with a name.
 */
#include "harness/names/table.h"

#include <sys/socket.h>

static const struct name limits_list[] = {
	NAME(SOMAXCONN),
};
NAME_TABLE(names_limits, "limit", limits_list);
