/* SPDX-License-Identifier: MIT */
/* ISO-TP: what can be set of a conversation. */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/can/isotp_help.h"

#include "harness/case.h"

#define ISOTP_DOC "Documentation/networking/iso15765-2.rst; <linux/can/isotp.h>"

/* Sets CAN_ISOTP_OPTS. */
#define set_options(fd, ...)                                                                       \
	SETUP(setsockopt(fd, SOL_CAN_ISOTP, CAN_ISOTP_OPTS,                                        \
			 &(struct can_isotp_options){__VA_ARGS__},                                 \
			 sizeof(struct can_isotp_options)))

/* What a new socket has. */
CASE(defaults,
     .claim = "a new socket has no flags, padding 0xcc, no limits of the flow, and frames of 16 "
	      "bytes "
	      "with 8 of data",
     .level = LINUX, .spec = ISOTP_DOC " CAN_ISOTP_DEFAULT_*", .topology = "can",
     .needs = "can_isotp", .tags = "can isotp option")
{
	struct can_isotp_options options;
	struct can_isotp_fc_options flow;
	struct can_isotp_ll_options link;
	socklen_t length = sizeof(options);
	int fd = isotp_new();

	memset(&options, 0xa5, sizeof(options));
	memset(&flow, 0xa5, sizeof(flow));
	memset(&link, 0xa5, sizeof(link));
	EXPECT_OK(getsockopt(fd, SOL_CAN_ISOTP, CAN_ISOTP_OPTS, &options, &length));
	EXPECT_EQ(length, sizeof(options));
	EXPECT_EQ(options.flags, CAN_ISOTP_DEFAULT_FLAGS);
	EXPECT_EQ(options.ext_address, CAN_ISOTP_DEFAULT_EXT_ADDRESS);
	EXPECT_EQ(options.rx_ext_address, CAN_ISOTP_DEFAULT_EXT_ADDRESS);
	EXPECT_EQ(options.txpad_content, CAN_ISOTP_DEFAULT_PAD_CONTENT);
	EXPECT_EQ(options.rxpad_content, CAN_ISOTP_DEFAULT_PAD_CONTENT);
	OBSERVE("frame_txtime", "%u", options.frame_txtime);
	length = sizeof(flow);
	EXPECT_OK(getsockopt(fd, SOL_CAN_ISOTP, CAN_ISOTP_RECV_FC, &flow, &length));
	EXPECT_EQ(length, sizeof(flow));
	EXPECT_EQ(flow.bs, CAN_ISOTP_DEFAULT_RECV_BS);
	EXPECT_EQ(flow.stmin, CAN_ISOTP_DEFAULT_RECV_STMIN);
	EXPECT_EQ(flow.wftmax, CAN_ISOTP_DEFAULT_RECV_WFTMAX);
	length = sizeof(link);
	EXPECT_OK(getsockopt(fd, SOL_CAN_ISOTP, CAN_ISOTP_LL_OPTS, &link, &length));
	EXPECT_EQ(length, sizeof(link));
	EXPECT_EQ(link.mtu, CAN_ISOTP_DEFAULT_LL_MTU);
	EXPECT_EQ(link.tx_dl, CAN_ISOTP_DEFAULT_LL_TX_DL);
	EXPECT_EQ(link.tx_flags, CAN_ISOTP_DEFAULT_LL_TX_FLAGS);
}

/* Filled up to 8 bytes: some units take no shorter frame. */
CASE(padding,
     .claim = "with CAN_ISOTP_TX_PADDING every frame has 8 bytes, filled with txpad_content",
     .level = LINUX, .spec = ISOTP_DOC " CAN_ISOTP_TX_PADDING", .topology = "can",
     .needs = "can_isotp", .tags = "can isotp option")
{
	int tester = isotp_new(), unit = isotp_new(), raw = can_raw(VCAN0);

	set_options(tester, .flags = CAN_ISOTP_TX_PADDING, .txpad_content = 0x55);
	isotp_bind(tester, ANSWER, REQUEST);
	isotp_bind(unit, REQUEST, ANSWER);
	EXPECT_EQ(write(tester, "abc", 3), 3);
	EXPECT_BYTES(raw, REQUEST, 3, 'a', 'b', 'c', 0x55, 0x55, 0x55, 0x55);
	EXPECT_TEXT(unit, "abc");
}

struct pad_row {
	struct variant variant;
	uint32_t flags;
	uint8_t bad[8];
	size_t size;
};

static const struct pad_row pads[] = {
	{{"length", NULL}, CAN_ISOTP_RX_PADDING | CAN_ISOTP_CHK_PAD_LEN, {2, 'n', 'o'}, 3},
	{{"content", NULL},
	 CAN_ISOTP_RX_PADDING | CAN_ISOTP_CHK_PAD_DATA,
	 {2, 'n', 'o', 0x56, 0x56, 0x56, 0x56, 0x56},
	 8},
};

/* A receiver that checks the padding: what has another is not taken. */
CASE(checked_padding,
     .claim = "CAN_ISOTP_CHK_PAD_LEN and CAN_ISOTP_CHK_PAD_DATA refuse frames with padding of "
	      "another "
	      "length or content, with EBADMSG",
     .level = LINUX, .spec = ISOTP_DOC " CAN_ISOTP_RX_PADDING", .topology = "can",
     .needs = "can_isotp", .tags = "can isotp option errno", .VARIANTS(pads))
{
	const struct pad_row *row = VARIANT(struct pad_row);
	int unit = isotp_new(), raw = can_raw(VCAN0);
	struct can_frame bad = {.can_id = REQUEST, .len = (uint8_t)row->size};

	memcpy(bad.data, row->bad, sizeof(bad.data));
	set_options(unit, .flags = row->flags, .rxpad_content = 0x55);
	isotp_bind(unit, REQUEST, ANSWER);
	SETUP(write(raw, WHOLE(bad)));
	EXPECT_EQ(wait_for(unit, POLLIN, SOON_MS) & POLLERR, POLLERR);
	EXPECT_ERRNO(get_int(unit, SOL_SOCKET, SO_ERROR), EBADMSG);
	put_bytes(raw, REQUEST, 3, 'y', 'e', 's', 0x55, 0x55, 0x55, 0x55);
	EXPECT_TEXT(unit, "yes");
}

/*
 * More than identifiers.
 *
 * With the extended addressing of ISO-TP the first byte of each frame is an address, so that
 * several nodes can share identifiers.
 */
CASE(extended_address,
     .claim = "with CAN_ISOTP_EXTEND_ADDR an address stands before each frame; with "
	      "CAN_ISOTP_RX_EXT_ADDR another one is expected",
     .level = LINUX, .spec = ISOTP_DOC " CAN_ISOTP_EXTEND_ADDR, CAN_ISOTP_RX_EXT_ADDR",
     .topology = "can", .needs = "can_isotp", .tags = "can isotp option")
{
	int tester = isotp_new(), raw = can_raw(VCAN0);

	set_options(tester, .flags = CAN_ISOTP_EXTEND_ADDR | CAN_ISOTP_RX_EXT_ADDR,
		    .ext_address = 0x11, .rx_ext_address = 0x22);
	isotp_bind(tester, ANSWER, REQUEST);
	EXPECT_EQ(write(tester, "abc", 3), 3);
	EXPECT_BYTES(raw, REQUEST, 0x11, 3, 'a', 'b', 'c');
	put_bytes(raw, ANSWER, 0x11, 2, 'n', 'o');
	put_bytes(raw, ANSWER, 0x22, 3, 'y', 'e', 's');
	EXPECT_TEXT(tester, "yes");
}

/*
 * Not so fast.
 *
 * The receiver says in its flow control frame how many frames may come before it is asked
 * again (the block size), and how far apart they have to be (STmin, in ms).
 */
CASE(flow,
     .claim = "CAN_ISOTP_RECV_FC is what the flow control frames say, and the sender asks again "
	      "after "
	      "each block and keeps the distance",
     .level = LINUX, .spec = ISOTP_DOC " CAN_ISOTP_RECV_FC", .topology = "can",
     .needs = "can_isotp", .tags = "can isotp option timer", .waits = true)
{
	static const struct can_isotp_fc_options slowly = {.bs = 2, .stmin = 20, .wftmax = 0};
	int tester = isotp_new(), unit = isotp_new(), raw = can_raw(VCAN0);
	int64_t start = clock_ms();

	SETUP(setsockopt(unit, SOL_CAN_ISOTP, CAN_ISOTP_RECV_FC, &slowly, sizeof(slowly)));
	isotp_bind(tester, ANSWER, REQUEST);
	isotp_bind(unit, REQUEST, ANSWER);
	EXPECT_EQ(write(tester, "aaaaaabbbbbbbcccccccddddddd", 27), 27);
	EXPECT_TEXT(unit, "aaaaaabbbbbbbcccccccddddddd");
	EXPECT_BETWEEN(clock_ms() - start, 19, 2000);
	EXPECT_BYTES(raw, REQUEST, 0x10, 27, 'a', 'a', 'a', 'a', 'a', 'a');
	EXPECT_BYTES(raw, ANSWER, 0x30, 2, 20);
	EXPECT_BYTES(raw, REQUEST, 0x21, 'b', 'b', 'b', 'b', 'b', 'b', 'b');
	EXPECT_BYTES(raw, REQUEST, 0x22, 'c', 'c', 'c', 'c', 'c', 'c', 'c');
	EXPECT_BYTES(raw, ANSWER, 0x30, 2, 20);
	EXPECT_BYTES(raw, REQUEST, 0x23, 'd', 'd', 'd', 'd', 'd', 'd', 'd');
}

/* The sender may keep a distance of its own. */
CASE(own_distance,
     .claim =
	     "with CAN_ISOTP_FORCE_TXSTMIN the sender keeps the distance of CAN_ISOTP_TX_STMIN (in "
	     "ns), whatever the other end asks for",
     .level = LINUX, .spec = ISOTP_DOC " CAN_ISOTP_TX_STMIN", .topology = "can",
     .needs = "can_isotp", .tags = "can isotp option timer", .waits = true)
{
	uint32_t distance = 60 * 1000 * 1000, read = 0;
	int tester = isotp_new(), unit = isotp_new();
	socklen_t length = sizeof(read);
	int64_t start = clock_ms();

	isotp_flags(tester, CAN_ISOTP_FORCE_TXSTMIN);
	SETUP(setsockopt(tester, SOL_CAN_ISOTP, CAN_ISOTP_TX_STMIN, &distance, sizeof(distance)));
	EXPECT_OK(getsockopt(tester, SOL_CAN_ISOTP, CAN_ISOTP_TX_STMIN, &read, &length));
	EXPECT_EQ(read, distance);
	isotp_bind(tester, ANSWER, REQUEST);
	isotp_bind(unit, REQUEST, ANSWER);
	EXPECT_EQ(write(tester, "aaaaaabbbbbbbccccccc", 20), 20);
	EXPECT_TEXT(unit, "aaaaaabbbbbbbccccccc");
	EXPECT_BETWEEN(clock_ms() - start, 59, 2500);
}

/*
 * A receiver that drops what comes too soon.
 *
 * The distance is between consecutive frames: the first of them is never too soon.
 */
CASE(too_soon,
     .claim =
	     "with CAN_ISOTP_FORCE_RXSTMIN a consecutive frame that comes sooner than "
	     "CAN_ISOTP_RX_STMIN after the last one is passed over, a later one in its place taken",
     .level = LINUX, .spec = ISOTP_DOC " CAN_ISOTP_RX_STMIN", .topology = "can",
     .needs = "can_isotp", .tags = "can isotp option timer", .waits = true)
{
	uint32_t distance = 300 * 1000 * 1000, read = 0;
	int unit = isotp_new(), raw = can_raw(VCAN0);
	socklen_t length = sizeof(read);

	isotp_flags(unit, CAN_ISOTP_FORCE_RXSTMIN);
	SETUP(setsockopt(unit, SOL_CAN_ISOTP, CAN_ISOTP_RX_STMIN, &distance, sizeof(distance)));
	EXPECT_OK(getsockopt(unit, SOL_CAN_ISOTP, CAN_ISOTP_RX_STMIN, &read, &length));
	EXPECT_EQ(read, distance);
	isotp_bind(unit, REQUEST, ANSWER);
	put_bytes(raw, REQUEST, 0x10, 15, 'a', 'b', 'c', 'd', 'e', 'f');
	EXPECT_BYTES(raw, ANSWER, 0x30, 0, 0);
	put_bytes(raw, REQUEST, 0x21, 'g', 'h', 'i', 'j', 'k', 'l', 'm');
	put_bytes(raw, REQUEST, 0x22, 'N', 'O');
	sleep_ms(350);
	put_bytes(raw, REQUEST, 0x22, 'n', 'o');
	EXPECT_TEXT(unit, "abcdefghijklmno");
}

struct duplex_row {
	struct variant variant;
	uint32_t flags;
	bool hears;
};

static const struct duplex_row duplexes[] = {
	{{"both_at_once", NULL}, CAN_ISOTP_DEFAULT_FLAGS, true},
	{{"one_after_the_other", NULL}, CAN_ISOTP_HALF_DUPLEX, false},
};

/*
 * One after the other.
 *
 * The two directions of a conversation are independent: while a long message waits for its flow
 * control, another can come in. Many units cannot do that; `CAN_ISOTP_HALF_DUPLEX` makes the
 * socket one of them.
 */
CASE(half_duplex,
     .claim = "with CAN_ISOTP_HALF_DUPLEX what comes while a message is being sent is passed over, "
	      "without it received",
     .level = LINUX, .spec = ISOTP_DOC " CAN_ISOTP_HALF_DUPLEX; net/can/isotp.c isotp_rcv()",
     .topology = "can", .needs = "can_isotp", .tags = "can isotp option", .VARIANTS(duplexes))
{
	const struct duplex_row *row = VARIANT(struct duplex_row);
	int tester = isotp_new(), raw = can_raw(VCAN0);

	isotp_flags(tester, row->flags);
	isotp_bind(tester, ANSWER, REQUEST);
	EXPECT_EQ(write(tester, "abcdefgh", 8), 8);
	EXPECT_BYTES(raw, REQUEST, 0x10, 8, 'a', 'b', 'c', 'd', 'e', 'f');
	put_bytes(raw, ANSWER, 6, 'd', 'u', 'r', 'i', 'n', 'g');
	put_bytes(raw, ANSWER, 0x30, 0, 0);
	EXPECT_BYTES(raw, REQUEST, 0x21, 'g', 'h');
	put_bytes(raw, ANSWER, 5, 'a', 'f', 't', 'e', 'r');
	if (row->hears)
		EXPECT_TEXT(tester, "during");
	EXPECT_TEXT(tester, "after");
}

struct txtime_row {
	struct variant variant;
	uint32_t again;
	int64_t least, most;
};

enum { SLOW_MS = 400 };

static const struct txtime_row txtimes[] = {
	{{"unchanged", NULL}, 0, SLOW_MS - 1, 2500},
	{{"none", NULL}, CAN_ISOTP_FRAME_TXTIME_ZERO, 0, SLOW_MS - 1},
};

/*
 * How long a frame takes.
 *
 * The time that a frame is on the bus (N_As) comes between consecutive frames too. It is
 * `frame_txtime`, in ns. Zero leaves what there was; to have none is a number of its own.
 */
CASE(frame_time,
     .claim = "consecutive frames are frame_txtime apart; 0 leaves it as it was, "
	      "CAN_ISOTP_FRAME_TXTIME_ZERO is no time",
     .level = LINUX, .spec = ISOTP_DOC " frame_txtime", .topology = "can", .needs = "can_isotp",
     .tags = "can isotp option timer", .waits = true, .VARIANTS(txtimes))
{
	const struct txtime_row *row = VARIANT(struct txtime_row);
	int tester = isotp_new(), unit = isotp_new();
	int64_t start;

	set_options(tester, .frame_txtime = SLOW_MS * 1000 * 1000);
	set_options(tester, .frame_txtime = row->again);
	isotp_bind(tester, ANSWER, REQUEST);
	isotp_bind(unit, REQUEST, ANSWER);
	start = clock_ms();
	EXPECT_EQ(write(tester, "aaaaaabbbbbbbccccccc", 20), 20);
	EXPECT_TEXT(unit, "aaaaaabbbbbbbccccccc");
	EXPECT_BETWEEN(clock_ms() - start, row->least, row->most);
}

/* Only watching: a receiver that sends nothing, beside one that does. */
CASE(listening,
     .claim = "with CAN_ISOTP_LISTEN_MODE a socket receives a message without sending flow control",
     .level = LINUX, .spec = ISOTP_DOC " CAN_ISOTP_LISTEN_MODE", .topology = "can",
     .needs = "can_isotp", .tags = "can isotp option")
{
	int watcher = isotp_new(), raw = can_raw(VCAN0), other = can_raw(VCAN0);

	isotp_flags(watcher, CAN_ISOTP_LISTEN_MODE);
	isotp_bind(watcher, REQUEST, ANSWER);
	put_bytes(raw, REQUEST, 0x10, 8, 'a', 'b', 'c', 'd', 'e', 'f');
	put_bytes(raw, REQUEST, 0x21, 'g', 'h');
	EXPECT_TEXT(watcher, "abcdefgh");
	EXPECT_BYTES(other, REQUEST, 0x10, 8, 'a', 'b', 'c', 'd', 'e', 'f');
	EXPECT_BYTES(other, REQUEST, 0x21, 'g', 'h');
}

/*
 * When is it out?
 *
 * write() returns when the first frame is sent; with `CAN_ISOTP_WAIT_TX_DONE` when the last
 * one is.
 */
CASE(wait_until_sent, .claim = "with CAN_ISOTP_WAIT_TX_DONE write() returns after the last frame",
     .level = LINUX, .spec = ISOTP_DOC " CAN_ISOTP_WAIT_TX_DONE", .topology = "can",
     .needs = "can_isotp", .tags = "can isotp option timer", .waits = true)
{
	static const struct can_isotp_fc_options slowly = {.bs = 0, .stmin = 40, .wftmax = 0};
	int tester = isotp_new(), unit = isotp_new();
	int64_t start;

	SETUP(setsockopt(unit, SOL_CAN_ISOTP, CAN_ISOTP_RECV_FC, &slowly, sizeof(slowly)));
	isotp_flags(tester, CAN_ISOTP_WAIT_TX_DONE);
	isotp_bind(tester, ANSWER, REQUEST);
	isotp_bind(unit, REQUEST, ANSWER);
	start = clock_ms();
	EXPECT_EQ(write(tester, "aaaaaabbbbbbbccccccc", 20), 20);
	EXPECT_GE(clock_ms() - start, 39);
	EXPECT_TEXT(unit, "aaaaaabbbbbbbccccccc");
}

/* To everybody nobody answers: one frame, or all without being asked. */
CASE(single_broadcast,
     .claim = "with CAN_ISOTP_SF_BROADCAST a socket sends single frames to whom it may concern; a "
	      "longer message is EINVAL, and so is reading",
     .level = LINUX, .spec = ISOTP_DOC " CAN_ISOTP_SF_BROADCAST", .topology = "can",
     .needs = "can_isotp", .tags = "can isotp option errno")
{
	int tester = isotp_new(), raw = can_raw(VCAN0);

	isotp_flags(tester, CAN_ISOTP_SF_BROADCAST);
	isotp_bind(tester, ANSWER, REQUEST);
	EXPECT_ERR(write(tester, "more than one", 13), EINVAL);
	EXPECT_EQ(write(tester, "all", 3), 3);
	EXPECT_BYTES(raw, REQUEST, 3, 'a', 'l', 'l');
}

/* The longer form of that. */
CASE(broadcast,
     .claim = "with CAN_ISOTP_CF_BROADCAST a long message is sent without waiting for flow control",
     .level = LINUX, .spec = ISOTP_DOC " CAN_ISOTP_CF_BROADCAST", .topology = "can",
     .needs = "can_isotp", .tags = "can isotp option")
{
	int tester = isotp_new(), raw = can_raw(VCAN0);

	isotp_flags(tester, CAN_ISOTP_CF_BROADCAST);
	isotp_bind(tester, ANSWER, REQUEST);
	EXPECT_EQ(write(tester, "abcdefgh", 8), 8);
	EXPECT_BYTES(raw, REQUEST, 0x10, 8, 'a', 'b', 'c', 'd', 'e', 'f');
	EXPECT_BYTES(raw, REQUEST, 0x21, 'g', 'h');
}

/*
 * Larger frames.
 *
 * On CAN FD a frame has up to 64 bytes, and a single frame of that size has its length in the
 * second byte.
 */
CASE(long_frames,
     .claim = "with CAN_ISOTP_LL_OPTS a message goes in CAN FD frames of up to tx_dl bytes",
     .level = LINUX, .spec = ISOTP_DOC " CAN_ISOTP_LL_OPTS", .topology = "can",
     .needs = "can_isotp", .tags = "can isotp fd option")
{
	static const struct can_isotp_ll_options link = {
		.mtu = CANFD_MTU, .tx_dl = 64, .tx_flags = CANFD_BRS};
	int tester = isotp_new(), unit = isotp_new(), raw = can_raw(VCAN0);
	struct canfd_frame got;

	SETUP(set_int(raw, SOL_CAN_RAW, CAN_RAW_FD_FRAMES, 1));
	SETUP(setsockopt(tester, SOL_CAN_ISOTP, CAN_ISOTP_LL_OPTS, &link, sizeof(link)));
	SETUP(setsockopt(unit, SOL_CAN_ISOTP, CAN_ISOTP_LL_OPTS, &link, sizeof(link)));
	isotp_bind(tester, ANSWER, REQUEST);
	isotp_bind(unit, REQUEST, ANSWER);
	EXPECT_EQ(write(tester, "a message of twenty.", 20), 20);
	EXPECT_EQ(can_read(raw, WHOLE(got)), CANFD_MTU);
	EXPECT_EQ(got.can_id, REQUEST);
	EXPECT_EQ(got.flags & CANFD_BRS, CANFD_BRS);
	EXPECT_EQ(got.len, 24);
	EXPECT_EQ(got.data[0], 0);
	EXPECT_EQ(got.data[1], 20);
	EXPECT_MEMEQ(got.data + 2, "a message of twenty.", 20);
	EXPECT_TEXT(unit, "a message of twenty.");
}

struct wrong_row {
	struct variant variant;
	int option;
	socklen_t length;
	uint8_t mtu, tx_dl;
};

static const struct wrong_row wrongs[] = {
	{{"options_short", NULL}, CAN_ISOTP_OPTS, sizeof(struct can_isotp_options) - 1, 0, 0},
	{{"flow_short", NULL}, CAN_ISOTP_RECV_FC, sizeof(struct can_isotp_fc_options) - 1, 0, 0},
	{{"distance_short", NULL}, CAN_ISOTP_TX_STMIN, 3, 0, 0},
	{{"rx_distance_short", NULL}, CAN_ISOTP_RX_STMIN, 3, 0, 0},
	{{"link_short", NULL}, CAN_ISOTP_LL_OPTS, sizeof(struct can_isotp_ll_options) - 1, 16, 8},
	{{"no_such_mtu", NULL}, CAN_ISOTP_LL_OPTS, sizeof(struct can_isotp_ll_options), 17, 8},
	{{"no_such_length", NULL},
	 CAN_ISOTP_LL_OPTS,
	 sizeof(struct can_isotp_ll_options),
	 CANFD_MTU,
	 13},
	{{"long_on_classical", NULL},
	 CAN_ISOTP_LL_OPTS,
	 sizeof(struct can_isotp_ll_options),
	 CAN_MTU,
	 64},
};

/* Values of the wrong size, and links that there are not. After bind() nothing can be set. */
CASE(wrong_options,
     .claim = "an option of the wrong size or with a link that there is not fails with EINVAL; "
	      "after "
	      "bind() all fail with EISCONN",
     .level = LINUX, .spec = "net/can/isotp.c isotp_setsockopt_locked()", .topology = "can",
     .needs = "can_isotp", .tags = "can isotp option errno", .VARIANTS(wrongs))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	union {
		struct can_isotp_ll_options link;
		char bytes[64];
	} value = {.link = {.mtu = row->mtu, .tx_dl = row->tx_dl}};
	static const struct can_isotp_options right = {.flags = 0, .txpad_content = 0x55};
	int fd = isotp_new();

	EXPECT_ERR(setsockopt(fd, SOL_CAN_ISOTP, row->option, &value, row->length), EINVAL);
	EXPECT_ERR(setsockopt(fd, SOL_CAN_ISOTP, 77, &right, sizeof(right)), ENOPROTOOPT);
	EXPECT_OK(setsockopt(fd, SOL_CAN_ISOTP, CAN_ISOTP_OPTS, &right, sizeof(right)));
	isotp_bind(fd, ANSWER, REQUEST);
	EXPECT_ERR(setsockopt(fd, SOL_CAN_ISOTP, CAN_ISOTP_OPTS, &right, sizeof(right)), EISCONN);
}
