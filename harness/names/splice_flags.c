/* SPDX-License-Identifier: MIT */
/*
 * Flags of splice().
 */
#include "harness/names/table.h"

#include <fcntl.h>

static const struct name splice_flags_list[] = {
	NAME(SPLICE_F_MOVE),
	NAME(SPLICE_F_NONBLOCK),
	NAME(SPLICE_F_MORE),
	NAME(SPLICE_F_GIFT),
};
NAME_TABLE(names_splice_flags, "splice", splice_flags_list);
