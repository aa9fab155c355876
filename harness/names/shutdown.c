/* SPDX-License-Identifier: MIT */
/*
 * How shutdown() shuts down.
 */
#include "harness/names/table.h"

#include <sys/socket.h>

static const struct name shutdown_list[] = {
	NAME(SHUT_RD),
	NAME(SHUT_WR),
	NAME(SHUT_RDWR),
};
NAME_TABLE(names_shutdown, "shutdown", shutdown_list);
