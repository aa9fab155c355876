/* SPDX-License-Identifier: MIT */
/*
 * Requests of ioctl() on AF_UNIX sockets (unix(7)).
 */
#include "harness/names/table.h"

#include <linux/un.h>
#include <linux/sockios.h>

static const struct name ioctls_unix_list[] = {
#ifdef SIOCUNIXFILE
	NAME(SIOCUNIXFILE),
#endif
};
NAME_TABLE(names_ioctls_unix, "ioctl", ioctls_unix_list);
