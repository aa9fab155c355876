/* SPDX-License-Identifier: MIT */
/*
 * Socket types, and the flags that may be added to them.
 */
#include "harness/names/table.h"

#include <sys/socket.h>

static const struct name types_list[] = {
	NAME(SOCK_STREAM),    NAME(SOCK_DGRAM), NAME(SOCK_RAW),	   NAME(SOCK_RDM),
	NAME(SOCK_SEQPACKET), NAME(SOCK_DCCP),	NAME(SOCK_PACKET),
};
NAME_TABLE(names_types, "type", types_list);

static const struct name type_flags_list[] = {
	NAME(SOCK_NONBLOCK),
	NAME(SOCK_CLOEXEC),
};
NAME_TABLE(names_type_flags, "type", type_flags_list);
