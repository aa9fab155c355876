/* SPDX-License-Identifier: MIT */
/* Which frames a socket gets: CAN_RAW_FILTER. */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/can/can_help.h"

#include "harness/case.h"

struct filter_row {
	struct variant variant;
	struct can_filter filters[3];
	unsigned int count;
	canid_t passes, stopped;
};

static const struct filter_row filters[] = {
	{{"one_identifier", NULL}, {{0x123, CAN_SFF_MASK}}, 1, 0x123, 0x122},
	{{"a_group", NULL}, {{0x120, 0x7f0}}, 1, 0x12f, 0x130},
	{{"bits_outside_the_mask", NULL}, {{0x12f, 0x7f0}}, 1, 0x121, 0x131},
	{{"inverted", NULL}, {{0x120 | CAN_INV_FILTER, 0x7f0}}, 1, 0x110, 0x12f},
	{{"one_of_several", NULL},
	 {{0x100, CAN_SFF_MASK}, {0x200, CAN_SFF_MASK}, {0x300, CAN_SFF_MASK}},
	 3,
	 0x200,
	 0x400},
	{{"extended_only", NULL},
	 {{0x123 | CAN_EFF_FLAG, CAN_EFF_FLAG | CAN_EFF_MASK}},
	 1,
	 0x123 | CAN_EFF_FLAG,
	 0x123},
	{{"standard_only", NULL},
	 {{0x123, CAN_EFF_FLAG | CAN_SFF_MASK}},
	 1,
	 0x123,
	 0x123 | CAN_EFF_FLAG},
	{{"both_formats", NULL}, {{0x123, CAN_SFF_MASK}}, 1, 0x123 | CAN_EFF_FLAG, 0x124},
	{{"remote_only", NULL},
	 {{0x123 | CAN_RTR_FLAG, CAN_RTR_FLAG | CAN_SFF_MASK}},
	 1,
	 0x123 | CAN_RTR_FLAG,
	 0x123},
	{{"data_only", NULL},
	 {{0x123, CAN_RTR_FLAG | CAN_SFF_MASK}},
	 1,
	 0x123,
	 0x123 | CAN_RTR_FLAG},
	{{"single_exact", NULL},
	 {{0x123, CAN_EFF_FLAG | CAN_RTR_FLAG | CAN_SFF_MASK}},
	 1,
	 0x123,
	 0x124},
	{{"single_exact_extended", NULL},
	 {{0x1234567 | CAN_EFF_FLAG, CAN_EFF_FLAG | CAN_RTR_FLAG | CAN_EFF_MASK}},
	 1,
	 0x1234567 | CAN_EFF_FLAG,
	 0x1234568 | CAN_EFF_FLAG},
};

/*
 * Listening for some of it.
 *
 * A bus carries thousands of frames a second, most of them for somebody else. A filter is an
 * identifier and a mask of the bits that count: a frame passes when
 * `received & mask == can_id & mask`. The flags are bits like others, so that a mask with
 * `CAN_EFF_FLAG` keeps the two formats apart. `CAN_INV_FILTER` turns the answer round. Of
 * several filters one is enough.
 *
 * Try it: `candump vcan0,120:7F0`
 */
CASE(matches,
     .claim = "a frame passes when its identifier and the filter's agree in the bits of the mask; "
	      "CAN_INV_FILTER turns that round; of several filters one is enough",
     .level = LINUX, .spec = "Documentation/networking/can.rst RAW socket option CAN_RAW_FILTER",
     .topology = "can", .needs = "can_raw", .tags = "can filter", .VARIANTS(filters))
{
	const struct filter_row *row = VARIANT(struct filter_row);
	int writer = can_raw(VCAN0), reader = can_raw(VCAN0), all = can_raw(VCAN0);
	struct can_filter read[3];
	socklen_t length = sizeof(read);

	EXPECT_OK(setsockopt(reader, SOL_CAN_RAW, CAN_RAW_FILTER, row->filters,
			     (socklen_t)(row->count * sizeof(row->filters[0]))));
	can_put(writer, row->stopped, "");
	can_put(writer, row->passes, "");
	EXPECT_FRAME(reader, row->passes, "");
	EXPECT_FRAME(all, row->stopped, "");
	EXPECT_FRAME(all, row->passes, "");

	memset(read, 0xa5, sizeof(read));
	EXPECT_OK(getsockopt(reader, SOL_CAN_RAW, CAN_RAW_FILTER, read, &length));
	EXPECT_EQ(length, row->count * sizeof(row->filters[0]));
	EXPECT_MEMEQ(read, row->filters, row->count * sizeof(row->filters[0]));
}

/* A new socket has one filter, whose mask asks for nothing. */
CASE(default_filter, .claim = "a new socket has one filter with an empty mask: every frame passes",
     .level = LINUX, .spec = "Documentation/networking/can.rst RAW socket option CAN_RAW_FILTER",
     .topology = "can", .needs = "can_raw", .tags = "can filter")
{
	int writer = can_raw(VCAN0), reader = can_raw(VCAN0);
	struct can_filter filter = {1, 1};
	socklen_t length = sizeof(filter);

	EXPECT_OK(getsockopt(reader, SOL_CAN_RAW, CAN_RAW_FILTER, &filter, &length));
	EXPECT_EQ(length, sizeof(filter));
	EXPECT_EQ(filter.can_id, 0);
	EXPECT_EQ(filter.can_mask, 0);
	can_put(writer, CAN_EFF_FLAG | 0x1abcdef, "all");
	EXPECT_FRAME(reader, CAN_EFF_FLAG | 0x1abcdef, "all");
}

/*
 * For those who only talk.
 *
 * A list of no filters lets nothing pass. A program that only sends sets it, and saves the
 * kernel the work of filling a buffer that nobody reads.
 */
CASE(no_filter,
     .claim = "with an empty list of filters (NULL, 0) a socket receives nothing, and can send",
     .level = LINUX, .spec = "Documentation/networking/can.rst RAW socket option CAN_RAW_FILTER",
     .topology = "can", .needs = "can_raw", .tags = "can filter")
{
	static const struct can_filter all = {0, 0};
	int talker = can_raw(VCAN0), other = can_raw(VCAN0);
	struct can_filter read;
	socklen_t length = sizeof(read);

	EXPECT_OK(setsockopt(talker, SOL_CAN_RAW, CAN_RAW_FILTER, NULL, 0));
	can_put(other, 0x123, "unheard");
	can_put(talker, 0x124, "said");
	EXPECT_FRAME(other, 0x124, "said");
	EXPECT_OK(getsockopt(talker, SOL_CAN_RAW, CAN_RAW_FILTER, &read, &length));
	EXPECT_EQ(length, 0);

	EXPECT_OK(setsockopt(talker, SOL_CAN_RAW, CAN_RAW_FILTER, &all, sizeof(all)));
	can_put(other, 0x125, "heard");
	EXPECT_FRAME(talker, 0x125, "heard");
}

/*
 * All of them at once.
 *
 * With `CAN_RAW_JOIN_FILTERS` a frame has to pass every filter of the list. Only so can a
 * group be taken out of another: 0x100 to 0x1ff without 0x120 to 0x12f.
 */
CASE(joined, .claim = "with CAN_RAW_JOIN_FILTERS a frame passes only when it passes every filter",
     .level = LINUX,
     .spec = "Documentation/networking/can.rst RAW socket option CAN_RAW_JOIN_FILTERS",
     .topology = "can", .needs = "can_raw", .tags = "can filter")
{
	static const struct can_filter both[] = {{0x100, 0x700}, {0x120 | CAN_INV_FILTER, 0x7f0}};
	int writer = can_raw(VCAN0), reader = can_raw(VCAN0);

	EXPECT_OK(setsockopt(reader, SOL_CAN_RAW, CAN_RAW_FILTER, both, sizeof(both)));
	EXPECT_EQ(get_int(reader, SOL_CAN_RAW, CAN_RAW_JOIN_FILTERS), 0);
	can_put(writer, 0x125, "first");
	can_put(writer, 0x225, "second");
	EXPECT_FRAME(reader, 0x125, "first");
	EXPECT_FRAME(reader, 0x225, "second");

	EXPECT_OK(set_int(reader, SOL_CAN_RAW, CAN_RAW_JOIN_FILTERS, 1));
	EXPECT_EQ(get_int(reader, SOL_CAN_RAW, CAN_RAW_JOIN_FILTERS), 1);
	can_put(writer, 0x125, "first");
	can_put(writer, 0x225, "second");
	can_put(writer, 0x135, "both");
	EXPECT_FRAME(reader, 0x135, "both");
}

/* However many filters let a frame pass, it comes once. */
CASE(no_duplicates, .claim = "a frame that passes two filters is received once", .level = OBSERVED,
     .spec = "net/can/raw.c raw_rcv()", .topology = "can", .needs = "can_raw", .tags = "can filter")
{
	static const struct can_filter twice[] = {{0x123, CAN_SFF_MASK}, {0x100, 0x700}};
	int writer = can_raw(VCAN0), reader = can_raw(VCAN0);

	EXPECT_OK(setsockopt(reader, SOL_CAN_RAW, CAN_RAW_FILTER, twice, sizeof(twice)));
	can_put(writer, 0x123, "once");
	can_put(writer, 0x124, "after");
	EXPECT_FRAME(reader, 0x123, "once");
	EXPECT_FRAME(reader, 0x124, "after");
}

/* The filters of a socket that is not bound yet come into force when it is. */
CASE(before_bind, .claim = "filters that are set before bind() hold after it", .level = LINUX,
     .spec = "Documentation/networking/can.rst RAW socket option CAN_RAW_FILTER", .topology = "can",
     .needs = "can_raw", .tags = "can filter bind")
{
	static const struct can_filter one = {0x123, CAN_SFF_MASK};
	struct sockaddr_can bus = can_address(VCAN0);
	int writer = can_raw(VCAN0), reader = SETUP(socket(AF_CAN, SOCK_RAW, CAN_RAW));

	EXPECT_OK(setsockopt(reader, SOL_CAN_RAW, CAN_RAW_FILTER, &one, sizeof(one)));
	EXPECT_OK(bind(reader, CAN_ADDRESS(bus)));
	can_put(writer, 0x122, "no");
	can_put(writer, 0x123, "yes");
	EXPECT_FRAME(reader, 0x123, "yes");
}

struct wrong_row {
	struct variant variant;
	socklen_t length;
};

static const struct wrong_row wrongs[] = {
	{{"half_a_filter", NULL}, sizeof(struct can_filter) / 2},
	{{"one_and_a_half", NULL}, sizeof(struct can_filter) * 3 / 2},
	{{"too_many", NULL}, (CAN_RAW_FILTER_MAX + 1) * sizeof(struct can_filter)},
};

/* A socket has 512 filters at most; a wrong list leaves those that there were. */
CASE(wrong_lists,
     .claim = "a list that is no whole number of filters, or more than CAN_RAW_FILTER_MAX, fails "
	      "with EINVAL and changes nothing; exactly CAN_RAW_FILTER_MAX are taken",
     .level = LINUX,
     .spec = "Documentation/networking/can.rst RAW socket option CAN_RAW_FILTER; <linux/can.h>",
     .topology = "can", .needs = "can_raw", .tags = "can filter errno", .VARIANTS(wrongs))
{
	static struct can_filter many[CAN_RAW_FILTER_MAX + 1];
	int writer = can_raw(VCAN0), reader = can_raw(VCAN0);

	for (unsigned int i = 0; i <= CAN_RAW_FILTER_MAX; i++)
		many[i] = (struct can_filter){i, CAN_SFF_MASK};
	EXPECT_OK(setsockopt(reader, SOL_CAN_RAW, CAN_RAW_FILTER, &many[0x123], sizeof(many[0])));
	EXPECT_ERR(setsockopt(reader, SOL_CAN_RAW, CAN_RAW_FILTER, many,
			      VARIANT(struct wrong_row)->length),
		   EINVAL);
	can_put(writer, 0x100, "not asked");
	can_put(writer, 0x123, "asked for");
	EXPECT_FRAME(reader, 0x123, "asked fo");

	EXPECT_OK(setsockopt(reader, SOL_CAN_RAW, CAN_RAW_FILTER, many,
			     CAN_RAW_FILTER_MAX * sizeof(many[0])));
	can_put(writer, CAN_RAW_FILTER_MAX, "beyond");
	can_put(writer, CAN_RAW_FILTER_MAX - 1, "last");
	EXPECT_FRAME(reader, CAN_RAW_FILTER_MAX - 1, "last");
}

/*
 * A list that does not fit.
 *
 * Half a list would be no answer. The error comes with the length that is needed, so that
 * the program can ask again.
 */
CASE(short_buffer,
     .claim = "getsockopt() with less room than the list needs fails with ERANGE and gives the "
	      "length that is needed",
     .since = "5.12", .level = OBSERVED,
     .spec = "net/can/raw.c raw_getsockopt(); Linux 5.12, commit 0de70e287b44 (before, the list "
	     "was cut)",
     .topology = "can", .needs = "can_raw", .tags = "can filter errno")
{
	static const struct can_filter two[] = {{0x123, CAN_SFF_MASK}, {0x124, CAN_SFF_MASK}};
	struct can_filter read[2] = {{0, 0}, {0, 0}};
	int fd = can_raw(VCAN0);
	socklen_t length = sizeof(read[0]);

	SETUP(setsockopt(fd, SOL_CAN_RAW, CAN_RAW_FILTER, two, sizeof(two)));
	EXPECT_ERR(getsockopt(fd, SOL_CAN_RAW, CAN_RAW_FILTER, read, &length), ERANGE);
	EXPECT_EQ(length, sizeof(two));
	EXPECT_OK(getsockopt(fd, SOL_CAN_RAW, CAN_RAW_FILTER, read, &length));
	EXPECT_EQ(length, sizeof(two));
	EXPECT_MEMEQ(read, two, sizeof(two));
}

struct option_row {
	struct variant variant;
	int level, option;
	socklen_t length;
	int error;
};

static const struct option_row options[] = {
	{{"unknown", NULL}, SOL_CAN_RAW, 77, sizeof(int), ENOPROTOOPT},
	{{"loopback_short", NULL}, SOL_CAN_RAW, CAN_RAW_LOOPBACK, sizeof(int) - 1, EINVAL},
	{{"own_short", NULL}, SOL_CAN_RAW, CAN_RAW_RECV_OWN_MSGS, sizeof(int) - 1, EINVAL},
	{{"fd_short", NULL}, SOL_CAN_RAW, CAN_RAW_FD_FRAMES, sizeof(int) - 1, EINVAL},
	{{"join_short", NULL}, SOL_CAN_RAW, CAN_RAW_JOIN_FILTERS, sizeof(int) - 1, EINVAL},
	{{"errors_short", NULL}, SOL_CAN_RAW, CAN_RAW_ERR_FILTER, sizeof(int) - 1, EINVAL},
	{{"base_level", NULL}, SOL_CAN_BASE, CAN_RAW_LOOPBACK, sizeof(int), EINVAL},
};

/* The options of the level know their sizes; another level is not theirs. */
CASE(wrong_options,
     .claim =
	     "an unknown option fails with ENOPROTOOPT, a value of the wrong size or another level "
	     "EINVAL",
     .level = OBSERVED, .spec = "net/can/raw.c raw_setsockopt()", .topology = "can",
     .needs = "can_raw", .tags = "can option errno", .VARIANTS(options))
{
	const struct option_row *row = VARIANT(struct option_row);
	int fd = can_raw(VCAN0), zero = 0;

	EXPECT_ERR(setsockopt(fd, row->level, row->option, &zero, row->length), row->error);
	EXPECT_OK(set_int(fd, SOL_CAN_RAW, CAN_RAW_LOOPBACK, 0));
}
