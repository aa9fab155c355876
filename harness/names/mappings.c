/* SPDX-License-Identifier: MIT */
/*
 * What mmap() takes: sockets of AF_XDP and AF_PACKET share their rings with it.
 */
#include "harness/names/table.h"

#include <sys/mman.h>

static const struct name protections_list[] = {
	NAME(PROT_READ),
	NAME(PROT_WRITE),
	NAME(PROT_EXEC),
};
NAME_TABLE(names_protections, "mmap", protections_list);

static const struct name mapping_flags_list[] = {
	NAME(MAP_SHARED), NAME(MAP_PRIVATE),  NAME(MAP_FIXED),	   NAME(MAP_ANONYMOUS),
	NAME(MAP_LOCKED), NAME(MAP_POPULATE), NAME(MAP_NORESERVE),
};
NAME_TABLE(names_mapping_flags, "mmap", mapping_flags_list);
