/* SPDX-License-Identifier: MIT */
/* ISO-TP: messages of more than 8 bytes between two nodes, as in the diagnosis of cars. */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/can/isotp_help.h"

#include "harness/case.h"
#include "harness/names/names.h"

#define ISOTP_DOC "Documentation/networking/iso15765-2.rst"

/* So long a sender waits for a flow control frame (N_Bs). */
enum { NO_ANSWER_MS = 1000 };

/* Two sockets, each with the other's identifiers. */
#define two_ends(one, two) (CALLS_HERE, two_ends_here(one, two))
static void two_ends_here(int *one, int *two)
{
	struct expect_at at = EXPECT_SETUP_AT("two_ends()");

	*one = isotp_new_at(at);
	*two = isotp_new_at(at);
	isotp_bind_at(at, *one, ANSWER, REQUEST);
	isotp_bind_at(at, *two, REQUEST, ANSWER);
}

/*
 * Short ones are one frame.
 *
 * A message of up to 7 bytes fits into a frame, after a byte that says how many there are
 * (0x0n: a single frame). The socket is bound to two identifiers, one to send with and one to
 * listen to; the other end has them the other way round.
 */
CASE(single_frame,
     .claim = "a message of up to 7 bytes is one frame, whose first byte is its length",
     .level = LINUX, .spec = ISOTP_DOC "; net/can/isotp.c isotp_rcv_sf()", .topology = "can",
     .needs = "can_isotp", .tags = "can isotp")
{
	int tester, unit, raw = can_raw(VCAN0);

	two_ends(&tester, &unit);
	EXPECT_EQ(write(tester, "1234567", 7), 7);
	EXPECT_BYTES(raw, REQUEST, 7, '1', '2', '3', '4', '5', '6', '7');
	EXPECT_TEXT(unit, "1234567");
	EXPECT_EQ(write(unit, "yes", 3), 3);
	EXPECT_BYTES(raw, ANSWER, 3, 'y', 'e', 's');
	EXPECT_TEXT(tester, "yes");
}

/*
 * Long ones ask first.
 *
 * The first frame (0x1) has the length of the message and 6 bytes; the other end answers with
 * a flow control frame (0x30: go on); then come consecutive frames, numbered 0x21, 0x22, ... up
 * to 0x2f and 0x20 again.
 */
CASE(many_frames,
     .claim = "a longer message is a first frame, a flow control frame from the other end, and "
	      "numbered consecutive frames",
     .level = LINUX, .spec = ISOTP_DOC " Transport protocol and associated frame types",
     .topology = "can", .needs = "can_isotp", .tags = "can isotp")
{
	int tester, unit, raw = can_raw(VCAN0);

	two_ends(&tester, &unit);
	EXPECT_EQ(write(tester, "abcdefghijklmnop", 16), 16);
	EXPECT_TEXT(unit, "abcdefghijklmnop");
	EXPECT_BYTES(raw, REQUEST, 0x10, 16, 'a', 'b', 'c', 'd', 'e', 'f');
	EXPECT_BYTES(raw, ANSWER, 0x30, 0, 0);
	EXPECT_BYTES(raw, REQUEST, 0x21, 'g', 'h', 'i', 'j', 'k', 'l', 'm');
	EXPECT_BYTES(raw, REQUEST, 0x22, 'n', 'o', 'p');
}

struct size_row {
	struct variant variant;
	size_t size;
};

static const struct size_row sizes[] = {
	{{"8", NULL}, 8}, {{"200", NULL}, 200}, {{"4095", NULL}, 4095}, {{"4096", NULL}, 4096}};

/* The length has 12 bits, and beyond that, with a first frame of another form, 32. */
CASE(lengths,
     .claim = "messages of every length arrive whole; above 4095 bytes the length has 32 bits",
     .level = LINUX, .spec = ISOTP_DOC "; net/can/isotp.c isotp_create_fframe()", .topology = "can",
     .needs = "can_isotp", .tags = "can isotp", .timeout_ms = 20000, .VARIANTS(sizes))
{
	size_t size = VARIANT(struct size_row)->size;
	static uint8_t sent[4096], got[5000];
	int tester, unit, raw = can_raw(VCAN0);
	struct can_frame first;

	two_ends(&tester, &unit);
	for (size_t i = 0; i < sizeof(sent); i++)
		sent[i] = (uint8_t)(i * 31 + 7);
	EXPECT_EQ(write(tester, sent, size), size);
	EXPECT_EQ(can_read(raw, WHOLE(first)), CAN_MTU);
	if (size <= 4095) {
		EXPECT_EQ(first.data[0], 0x10 | (size >> 8));
		EXPECT_EQ(first.data[1], size & 0xff);
	} else {
		EXPECT_MEMEQ(first.data, "\x10\0\0\0\x10\0", 6);
	}
	EXPECT_EQ(wait_for(unit, POLLIN, 15000), POLLIN);
	EXPECT_EQ(read(unit, got, sizeof(got)), size);
	EXPECT_MEMEQ(got, sent, size);
}

/* Reading less than the message loses the rest. */
CASE(truncated,
     .claim = "recvmsg() with too little room gives the beginning with MSG_TRUNC, and the sender's "
	      "address",
     .level = OBSERVED, .spec = "net/can/isotp.c isotp_recvmsg()", .topology = "can",
     .needs = "can_isotp", .tags = "can isotp")
{
	int tester, unit;
	struct sockaddr_can from;
	char got[4];
	struct iovec part = {got, sizeof(got)};
	struct msghdr message = {
		.msg_name = &from, .msg_namelen = sizeof(from), .msg_iov = &part, .msg_iovlen = 1};

	two_ends(&tester, &unit);
	EXPECT_EQ(write(tester, "abcdef", 6), 6);
	EXPECT_EQ(wait_for(unit, POLLIN, SOON_MS), POLLIN);
	EXPECT_EQ(recvmsg(unit, &message, 0), 4);
	EXPECT_EQ(message.msg_flags & MSG_TRUNC, MSG_TRUNC);
	EXPECT_MEMEQ(got, "abcd", 4);
	EXPECT_EQ(from.can_family, AF_CAN);
	EXPECT_EQ(from.can_ifindex, VCAN0);
	EXPECT_EQ(write(tester, "next", 4), 4);
	EXPECT_TEXT(unit, "next");
}

/* Nobody answers the first frame: after a second the sender gives up. */
CASE(no_flow_control,
     .claim =
	     "without a flow control frame the message fails after a second: the socket's error is "
	     "ECOMM",
     .level = OBSERVED, .spec = "net/can/isotp.c isotp_tx_timer_handler(); ISO 15765-2 N_Bs",
     .topology = "can", .needs = "can_isotp", .tags = "can isotp errno", .waits = true)
{
	int alone = isotp_new(), unit, raw = can_raw(VCAN0);
	int64_t start = clock_ms();

	isotp_bind(alone, ANSWER, REQUEST);
	EXPECT_EQ(write(alone, "is anybody there?", 17), 17);
	EXPECT_BYTES(raw, REQUEST, 0x10, 17, 'i', 's', ' ', 'a', 'n', 'y');
	EXPECT_EQ(wait_for(alone, POLLIN, 4000) & POLLERR, POLLERR);
	EXPECT_GE(clock_ms() - start, 999);
	EXPECT_ERRNO(get_int(alone, SOL_SOCKET, SO_ERROR), ECOMM);

	unit = isotp_new();
	isotp_bind(unit, REQUEST, ANSWER);
	EXPECT_EQ(write(alone, "somebody is.", 12), 12);
	EXPECT_TEXT(unit, "somebody is.");
}

struct broken_row {
	struct variant variant;
	uint8_t second[3];
	int error;
};

static const struct broken_row broken[] = {
	{{"missing_frame", NULL}, {0x22, 'g', 'h'}, EILSEQ},
	{{"never_came", NULL}, {0}, ETIMEDOUT},
};

/* A message that breaks off, or has a hole, is an error for its receiver. */
CASE(broken_off,
     .claim = "a consecutive frame with the wrong number is EILSEQ for the receiver, none within a "
	      "second ETIMEDOUT",
     .level = OBSERVED, .spec = "net/can/isotp.c isotp_rcv_cf(), isotp_rx_timer_handler()",
     .topology = "can", .needs = "can_isotp", .tags = "can isotp errno", .waits = true,
     .VARIANTS(broken))
{
	const struct broken_row *row = VARIANT(struct broken_row);
	int unit = isotp_new(), raw = can_raw(VCAN0);

	isotp_bind(unit, REQUEST, ANSWER);
	put_bytes(raw, REQUEST, 0x10, 8, 'a', 'b', 'c', 'd', 'e', 'f');
	EXPECT_BYTES(raw, ANSWER, 0x30, 0, 0);
	if (row->second[0] != 0)
		put_bytes(raw, REQUEST, row->second[0], row->second[1], row->second[2]);
	EXPECT_EQ(wait_for(unit, POLLIN, 4000) & POLLERR, POLLERR);
	EXPECT_ERRNO(get_int(unit, SOL_SOCKET, SO_ERROR), row->error);

	put_bytes(raw, REQUEST, 0x10, 8, 'a', 'b', 'c', 'd', 'e', 'f');
	EXPECT_BYTES(raw, ANSWER, 0x30, 0, 0);
	put_bytes(raw, REQUEST, 0x21, 'g', 'h');
	EXPECT_TEXT(unit, "abcdefgh");
}

/* The other end says no: it has no room for so much. */
CASE(refused,
     .claim =
	     "a flow control frame that says overflow ends the message at once: the socket's error "
	     "is EMSGSIZE",
     .level = OBSERVED, .spec = "net/can/isotp.c isotp_rcv_fc() ISOTP_FC_OVFLW", .topology = "can",
     .needs = "can_isotp", .tags = "can isotp errno")
{
	int tester = isotp_new(), raw = can_raw(VCAN0);

	isotp_bind(tester, ANSWER, REQUEST);
	EXPECT_EQ(write(tester, "abcdefgh", 8), 8);
	EXPECT_BYTES(raw, REQUEST, 0x10, 8, 'a', 'b', 'c', 'd', 'e', 'f');
	put_bytes(raw, ANSWER, 0x32, 0, 0);
	EXPECT_EQ(wait_for(tester, POLLIN, SOON_MS) & POLLERR, POLLERR);
	EXPECT_ERRNO(get_int(tester, SOL_SOCKET, SO_ERROR), EMSGSIZE);

	EXPECT_EQ(write(tester, "abcdefgh", 8), 8);
	EXPECT_BYTES(raw, REQUEST, 0x10, 8, 'a', 'b', 'c', 'd', 'e', 'f');
	put_bytes(raw, ANSWER, 0x30, 0, 0);
	EXPECT_BYTES(raw, REQUEST, 0x21, 'g', 'h');
}

/*
 * The other end says something else.
 *
 * There are three flow states: go on (0), wait (1), overflow (2). Any other ends the message.
 * Whether the sender is told differs: not in Linux up to 6.1, and with EBADMSG in the 6.12 of
 * a distribution of 2026.
 */
CASE(unknown_answer,
     .claim = "a flow control frame that says nothing known ends the message at once, and the next "
	      "one can go",
     .level = OBSERVED, .spec = "net/can/isotp.c isotp_rcv_fc()", .topology = "can",
     .needs = "can_isotp", .tags = "can isotp errno", .waits = true)
{
	int tester = isotp_new(), raw = can_raw(VCAN0);
	int64_t start = clock_ms();
	int error;

	isotp_bind(tester, ANSWER, REQUEST);
	EXPECT_EQ(write(tester, "abcdefgh", 8), 8);
	EXPECT_BYTES(raw, REQUEST, 0x10, 8, 'a', 'b', 'c', 'd', 'e', 'f');
	put_bytes(raw, ANSWER, 0x33, 0, 0);
	/* Long enough for an error to come, if one does. */
	wait_for(tester, POLLIN, 100);
	error = get_int(tester, SOL_SOCKET, SO_ERROR);
	OBSERVE("error", "%s", error == 0 ? "none" : names_errno(error));

	EXPECT_EQ(write(tester, "12345678", 8), 8);
	EXPECT_LT(clock_ms() - start, NO_ANSWER_MS);
	EXPECT_BYTES(raw, REQUEST, 0x10, 8, '1', '2', '3', '4', '5', '6');
	put_bytes(raw, ANSWER, 0x30, 0, 0);
	EXPECT_BYTES(raw, REQUEST, 0x21, '7', '8');
}

struct wrong_row {
	struct variant variant;
	int ifindex;
	canid_t rx_id, tx_id;
	int error;
};

static const struct wrong_row wrongs[] = {
	{{"no_interface", NULL}, 0, ANSWER, REQUEST, ENODEV},
	{{"unknown_interface", NULL}, NO_SUCH, ANSWER, REQUEST, ENODEV},
	{{"no_bus", NULL}, 1, ANSWER, REQUEST, ENODEV},
	{{"same_identifiers", NULL}, VCAN0, REQUEST, REQUEST, EADDRNOTAVAIL},
};

/* Listening to oneself would be no conversation. */
CASE(wrong_addresses,
     .claim =
	     "bind() to no interface or no CAN bus fails with ENODEV, with the same identifier for "
	     "both directions EADDRNOTAVAIL; unbound, write() is EADDRNOTAVAIL",
     .level = OBSERVED, .spec = "net/can/isotp.c isotp_bind(), isotp_sendmsg()", .topology = "can",
     .needs = "can_isotp", .tags = "can isotp bind errno", .VARIANTS(wrongs))
{
	const struct wrong_row *row = VARIANT(struct wrong_row);
	struct sockaddr_can wrong = isotp_address(row->ifindex, row->rx_id, row->tx_id);
	struct sockaddr_can right = isotp_address(VCAN0, ANSWER, REQUEST), name;
	int fd = isotp_new(), raw = can_raw(VCAN0);
	socklen_t length = sizeof(name);

	EXPECT_ERR(write(fd, "x", 1), EADDRNOTAVAIL);
	EXPECT_ERR(bind(fd, CAN_ADDRESS(wrong)), row->error);
	EXPECT_OK(bind(fd, CAN_ADDRESS(right)));
	EXPECT_EQ(write(fd, "x", 1), 1);
	EXPECT_BYTES(raw, REQUEST, 1, 'x');
	memset(&name, 0xa5, sizeof(name));
	EXPECT_OK(getsockname(fd, (struct sockaddr *)&name, &length));
	EXPECT_EQ(name.can_family, AF_CAN);
	EXPECT_EQ(name.can_ifindex, VCAN0);
	EXPECT_EQ(name.can_addr.tp.rx_id, ANSWER);
	EXPECT_EQ(name.can_addr.tp.tx_id, REQUEST);
}
