/* SPDX-License-Identifier: MIT */
/* SAE J1939-21: messages of more than 8 bytes. */
#include <time.h>
/* After the types that it needs. */
#include <linux/errqueue.h>
#include <linux/net_tstamp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/can/j1939_help.h"

#include "harness/case.h"

/* Groups of the transport protocol and its extended form: control, and data. */
enum {
	TP_CM = 0x0ec00,
	TP_DT = 0x0eb00,
	ETP_CM = 0x0c800,
	ETP_DT = 0x0c700,
};

enum {
	RTS = 16,
	CTS = 17,
	END = 19,
	BAM = 32,
	ETP_RTS = 20,
	ETP_CTS = 21,
	ETP_DPO = 22,
	ETP_END = 23
};

struct size_row {
	struct variant variant;
	size_t size;
	uint32_t control, data;
	uint8_t request, grant, end;
};

static const struct size_row sizes[] = {
	{{"9", NULL}, 9, TP_CM, TP_DT, RTS, CTS, END},
	{{"100", NULL}, 100, TP_CM, TP_DT, RTS, CTS, END},
	{{"1785", NULL}, 1785, TP_CM, TP_DT, RTS, CTS, END},
	{{"1786", NULL}, 1786, ETP_CM, ETP_DT, ETP_RTS, ETP_CTS, ETP_END},
	{{"2000", NULL}, 2000, ETP_CM, ETP_DT, ETP_RTS, ETP_CTS, ETP_END},
};

static void fill(uint8_t *bytes, size_t size)
{
	for (size_t i = 0; i < size; i++)
		bytes[i] = (uint8_t)(i * 31 + 7);
}

/* The group that a frame of a bus is of; PDU1 only. */
static uint32_t group_of(const struct can_frame *frame)
{
	return (frame->can_id >> 8) & 0x3ff00;
}

/* A CAN_RAW socket that gets the frames of one group, to whomever they are; PDU1 only. */
#define group_observer(group) (CALLS_HERE, group_observer_here(group))
static int group_observer_here(uint32_t group)
{
	struct can_filter of_group = {.can_id = CAN_EFF_FLAG | group << 8,
				      .can_mask = CAN_EFF_FLAG | 0x3ff00u << 8};
	int fd = can_raw(VCAN0);

	SETUP(setsockopt(fd, SOL_CAN_RAW, CAN_RAW_FILTER, &of_group, sizeof(of_group)));
	return fd;
}

/*
 * A parcel in pieces.
 *
 * What does not fit into a frame goes in packets of 7 bytes, each with a number. Before them
 * the sender asks (RTS) and the receiver says how many may come (CTS); after them the receiver
 * says that it has everything. Above 1785 bytes (255 packets) it is the extended protocol
 * (ETP), with longer numbers. The program sees none of that: it sends, and the other receives.
 *
 * Two sockets watch the bus: one the requests and answers, one the packets. There may be more
 * packets than the queue of a socket holds that is not read meanwhile; the first are kept.
 */
CASE(to_one,
     .claim = "a message of more than 8 bytes arrives whole; on the bus it is a request, packets, "
	      "and "
	      "an acknowledgement",
     .level = LINUX, .spec = "Documentation/networking/j1939.rst Data Sent to the J1939 Stack",
     .topology = "can", .needs = "can_j1939", .tags = "can j1939", .VARIANTS(sizes),
     .timeout_ms = 15000)
{
	const struct size_row *row = VARIANT(struct size_row);
	struct sockaddr_can to = j1939_address(VCAN0, J1939_NO_NAME, PGN_TO_ONE, 0x40), from;
	int sender = j1939_socket(0x20), receiver = j1939_socket(0x40);
	int control = group_observer(row->control), data = group_observer(row->data);
	uint8_t sent[2000], got[2001];
	socklen_t length = sizeof(from);
	struct can_frame frame;
	size_t packets = 0;

	fill(sent, sizeof(sent));
	EXPECT_EQ(sendto(sender, sent, row->size, 0, CAN_ADDRESS(to)), row->size);
	REQUIRE_EQ(can_read(control, WHOLE(frame)), CAN_MTU);
	EXPECT_EQ(group_of(&frame), row->control);
	EXPECT_EQ(frame.data[0], row->request);
	do {
		REQUIRE_EQ(can_read(control, WHOLE(frame)), CAN_MTU);
		if (frame.data[0] == row->grant)
			packets += frame.data[1];
	} while (frame.data[0] != row->end);
	EXPECT_EQ(packets, (row->size + 6) / 7);
	EXPECT_EQ(frame.data[1] | frame.data[2] << 8, row->size);
	for (uint8_t i = 0; i < 2; i++) {
		REQUIRE_EQ(can_read(data, WHOLE(frame)), CAN_MTU);
		EXPECT_EQ(group_of(&frame), row->data);
		EXPECT_EQ(frame.data[0], i + 1);
		EXPECT_MEMEQ(frame.data + 1, sent + i * 7,
			     i == 0 || row->size >= 14 ? 7 : row->size - 7);
	}

	EXPECT_EQ(wait_for(receiver, POLLIN, 10000), POLLIN);
	EXPECT_EQ(recvfrom(receiver, got, sizeof(got), 0, (struct sockaddr *)&from, &length),
		  row->size);
	EXPECT_MEMEQ(got, sent, row->size);
	EXPECT_EQ(from.can_addr.j1939.addr, 0x20);
	EXPECT_EQ(from.can_addr.j1939.pgn, PGN_TO_ONE);
}

/* To everybody nobody can answer: the packets come 50 ms apart, after an announcement. */
CASE(to_all,
     .claim = "a message of more than 8 bytes to everybody is announced (BAM), and its packets "
	      "keep a "
	      "distance of 50 ms",
     .level = LINUX, .spec = "net/can/j1939/transport.c j1939_session_tx_rts() J1939_TP_CMD_BAM",
     .topology = "can", .needs = "can_j1939", .tags = "can j1939", .waits = true)
{
	struct sockaddr_can to = j1939_address(VCAN0, J1939_NO_NAME, PGN_TO_ALL, J1939_NO_ADDR);
	int sender = j1939_socket(0x20), one = j1939_socket(0x40), two = j1939_socket(0x60);
	int raw = can_raw(VCAN0);
	struct can_frame frame;
	int64_t start = clock_ms();

	EXPECT_EQ(sendto(sender, "three packets for all", 21, 0, CAN_ADDRESS(to)), 21);
	EXPECT_MESSAGE(one, "three packets for all");
	EXPECT_GE(clock_ms() - start, 149);
	EXPECT_MESSAGE(two, "three packets for all");
	REQUIRE_EQ(can_read(raw, WHOLE(frame)), CAN_MTU);
	EXPECT_EQ(frame.data[0], BAM);
	for (int i = 1; i <= 3; i++) {
		REQUIRE_EQ(can_read(raw, WHOLE(frame)), CAN_MTU);
		EXPECT_EQ(group_of(&frame), TP_DT);
		EXPECT_EQ(frame.data[0], i);
	}
}

/* The extended protocol asks for leave at every step, and there is nobody to ask. */
CASE(too_long_for_all, .claim = "more than 1785 bytes to everybody fails with EDESTADDRREQ",
     .level = OBSERVED, .spec = "net/can/j1939/transport.c j1939_tp_send()", .topology = "can",
     .needs = "can_j1939", .tags = "can j1939 errno")
{
	struct sockaddr_can to = j1939_address(VCAN0, J1939_NO_NAME, PGN_TO_ALL, J1939_NO_ADDR);
	int sender = j1939_socket(0x20), one = j1939_socket(0x40);
	uint8_t bytes[1786];

	fill(bytes, sizeof(bytes));
	EXPECT_ERR(sendto(sender, bytes, sizeof(bytes), 0, CAN_ADDRESS(to)), EDESTADDRREQ);
	EXPECT_EQ(sendto(sender, "short", 5, 0, CAN_ADDRESS(to)), 5);
	EXPECT_MESSAGE(one, "short");
}

/* Reads one report from the error queue. */
#define read_report(fd) (CALLS_HERE, read_report_here(fd))
static struct sock_extended_err read_report_here(int fd)
{
	struct sock_extended_err report = {.ee_errno = 0};
	char control[500];
	struct msghdr message = {.msg_control = control, .msg_controllen = sizeof(control)};
	struct cmsghdr *head;

	REQUIRE_EQ(wait_for_here(fd, POLLERR, SOON_MS) & POLLERR, POLLERR);
	EXPECT_OK(recvmsg(fd, &message, MSG_ERRQUEUE));
	EXPECT_EQ(message.msg_flags & MSG_ERRQUEUE, MSG_ERRQUEUE);
	for (head = CMSG_FIRSTHDR(&message); head != NULL; head = CMSG_NXTHDR(&message, head)) {
		if (head->cmsg_level == SOL_CAN_J1939 && head->cmsg_type == SCM_J1939_ERRQUEUE)
			memcpy(&report, CMSG_DATA(head), sizeof(report));
	}
	return report;
}

/*
 * Did it arrive?
 *
 * `sendto()` only hands the message over. With `SO_J1939_ERRQUEUE` and SO_TIMESTAMPING the
 * socket's error queue tells what became of it: that the receiver acknowledged all of it
 * (`SCM_TSTAMP_ACK`), and on the way, of a message that needs several leaves to send, how far
 * it is (`SCM_TSTAMP_SCHED`). ee_data counts the messages.
 */
CASE(acknowledged,
     .claim = "with SO_J1939_ERRQUEUE the error queue tells, by number, that a message was begun "
	      "and "
	      "that it was acknowledged",
     .level = OBSERVED, .spec = "net/can/j1939/socket.c __j1939_sk_errqueue()", .topology = "can",
     .needs = "can_j1939", .tags = "can j1939 option")
{
	enum {
		ASKED = SOF_TIMESTAMPING_SOFTWARE | SOF_TIMESTAMPING_OPT_CMSG |
			SOF_TIMESTAMPING_TX_ACK | SOF_TIMESTAMPING_TX_SCHED |
			SOF_TIMESTAMPING_OPT_STATS | SOF_TIMESTAMPING_OPT_TSONLY |
			SOF_TIMESTAMPING_OPT_ID
	};
	struct sockaddr_can to = j1939_address(VCAN0, J1939_NO_NAME, PGN_TO_ONE, 0x40);
	int sender = j1939_socket(0x20), receiver = j1939_socket(0x40);
	static uint8_t longer[4000];
	struct sock_extended_err report;

	EXPECT_EQ(get_int(sender, SOL_CAN_J1939, SO_J1939_ERRQUEUE), 0);
	EXPECT_OK(set_int(sender, SOL_CAN_J1939, SO_J1939_ERRQUEUE, 1));
	EXPECT_EQ(get_int(sender, SOL_CAN_J1939, SO_J1939_ERRQUEUE), 1);
	EXPECT_OK(set_int(sender, SOL_SOCKET, SO_TIMESTAMPING, ASKED));
	for (uint32_t i = 0; i < 2; i++) {
		EXPECT_EQ(sendto(sender, "a message in packets", 20, 0, CAN_ADDRESS(to)), 20);
		report = read_report(sender);
		EXPECT_ERRNO((int)report.ee_errno, ENOMSG);
		EXPECT_EQ(report.ee_origin, SO_EE_ORIGIN_TIMESTAMPING);
		EXPECT_EQ(report.ee_info, SCM_TSTAMP_ACK);
		EXPECT_EQ(report.ee_data, i);
		EXPECT_MESSAGE(receiver, "a message in packets");
	}

	EXPECT_EQ(sendto(sender, longer, sizeof(longer), 0, CAN_ADDRESS(to)), sizeof(longer));
	report = read_report(sender);
	EXPECT_EQ(report.ee_info, SCM_TSTAMP_SCHED);
	EXPECT_EQ(report.ee_data, 2);
	do
		report = read_report(sender);
	while (report.ee_info == SCM_TSTAMP_SCHED);
	EXPECT_EQ(report.ee_info, SCM_TSTAMP_ACK);
	EXPECT_EQ(report.ee_data, 2);
	EXPECT_EQ(can_read(receiver, longer, sizeof(longer)), sizeof(longer));
}

/*
 * Nobody is there.
 *
 * The request goes out and no answer comes. After 1.25 s the sender gives up, says so on the
 * bus (an abort), and the socket has an error.
 */
CASE(nobody,
     .claim = "a long message to an address where nobody is ends after 1.25 s with EHOSTUNREACH",
     .level = OBSERVED,
     .spec = "net/can/j1939/transport.c j1939_session_tx_rts(), j1939_xtp_abort_to_errno()",
     .topology = "can", .needs = "can_j1939", .tags = "can j1939 errno", .waits = true)
{
	struct sockaddr_can to = j1939_address(VCAN0, J1939_NO_NAME, PGN_TO_ONE, 0x40);
	int sender = j1939_socket(0x20), receiver = j1939_socket(0x40);
	int64_t start;

	/* First to somebody: the error of a message may come twice (Linux 5.10). */
	EXPECT_EQ(sendto(sender, "somebody is.", 12, 0, CAN_ADDRESS(to)), 12);
	EXPECT_MESSAGE(receiver, "somebody is.");
	to.can_addr.j1939.addr = 0x41;
	start = clock_ms();
	EXPECT_EQ(sendto(sender, "is anybody there?", 17, 0, CAN_ADDRESS(to)), 17);
	EXPECT_EQ(wait_for(sender, POLLIN, 4000) & POLLERR, POLLERR);
	EXPECT_GE(clock_ms() - start, 1249);
	EXPECT_ERRNO(get_int(sender, SOL_SOCKET, SO_ERROR), EHOSTUNREACH);
}
