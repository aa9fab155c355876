/* SPDX-License-Identifier: MIT */
/* Which stream is next when several have something to send, and messages in turns (RFC 8260). */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/sctp/sctp_help.h"

#include "harness/case.h"

/* Newer than the headers of some machines: enum sctp_sched_type, Linux 6.4. */
enum { FAIR_CAPACITY = 3, WEIGHTED_FAIR_QUEUEING = 4 };

struct scheduler_row {
	struct variant variant;
	int family, scheduler;
	const char *order; /* of streams, of what was put in as 1 1 1 2 2 2 3 3 3 */
};

static const struct scheduler_row schedulers[] = {
	{{"fcfs_v4", NULL}, AF_INET, SCTP_SS_FCFS, "111222333"},
	{{"fcfs_v6", NULL}, AF_INET6, SCTP_SS_FCFS, "111222333"},
	{{"prio_v4", NULL}, AF_INET, SCTP_SS_PRIO, "222333111"},
	{{"prio_v6", NULL}, AF_INET6, SCTP_SS_PRIO, "222333111"},
	{{"rr_v4", NULL}, AF_INET, SCTP_SS_RR, "123123123"},
	{{"rr_v6", NULL}, AF_INET6, SCTP_SS_RR, "123123123"},
};

/* SCTP_STREAM_SCHEDULER_VALUE of a stream: its priority, 0 the highest, or its weight. */
static int set_stream_value(int fd, uint16_t stream, uint16_t value)
{
	struct sctp_stream_value set = {.stream_id = stream, .stream_value = value};

	return setsockopt(fd, IPPROTO_SCTP, SCTP_STREAM_SCHEDULER_VALUE, &set, sizeof(set));
}

/*
 * Who goes first.
 *
 * Messages wait because the network or the receiver takes no more. When it does again, somebody has
 * to be first: whoever came first, the streams in turn, or a stream that matters more than others.
 * Here three streams have three messages each, and an acknowledgement is lost for a while.
 */
CASE(streams_take_turns,
     .claim = "SCTP_STREAM_SCHEDULER sets the order in which streams send what waits: as it came, "
	      "by priority, "
	      "or in turn",
     .level = RFC, .spec = "RFC 8260 3.1, 3.2, 3.4, 4.3.2, 4.3.3", .needs = "sctp",
     .sysctls = SCTP_SLOW, .waits = true, .timeout_ms = 20000,
     .tags = "sctp SCTP_STREAM_SCHEDULER SCTP_STREAM_SCHEDULER_VALUE", .VARIANTS(schedulers))
{
	const struct scheduler_row *row = VARIANT(struct scheduler_row);
	static const uint16_t priorities[] = {0, 9, 1, 5};
	struct pair p = sctp_pair(row->family);
	struct sctp_stream_value value = {.stream_id = 1};
	socklen_t length = sizeof(value);
	char order[10] = "";

	EXPECT_EQ(sctp_get_value(p.client, SCTP_STREAM_SCHEDULER), SCTP_SS_DEFAULT);
	EXPECT_OK(sctp_set_value(p.client, SCTP_STREAM_SCHEDULER, (uint32_t)row->scheduler));
	EXPECT_EQ(sctp_get_value(p.client, SCTP_STREAM_SCHEDULER), row->scheduler);
	if (row->scheduler == SCTP_SS_PRIO) {
		for (uint16_t stream = 1; stream <= 3; stream++)
			EXPECT_OK(set_stream_value(p.client, stream, priorities[stream]));
		EXPECT_OK(getsockopt(p.client, IPPROTO_SCTP, SCTP_STREAM_SCHEDULER_VALUE, &value,
				     &length));
		EXPECT_EQ(value.stream_value, priorities[1]);
	}
	SETUP(set_int(p.server, IPPROTO_SCTP, SCTP_RECVRCVINFO, 1));
	sctp_lose(p.server, row->family, PACKET_SCTP_DATA);
	SETUP(sctp_send(p.client, NULL, "0", 1, .snd_sid = 0));
	for (uint16_t stream = 1; stream <= 3; stream++) {
		for (int i = 0; i < 3; i++)
			SETUP(sctp_send(p.client, NULL, "x", 1, .snd_sid = stream));
	}
	sctp_lost(p.server);
	EXPECT_SCTP_TEXT(p.server, "0");
	for (int i = 0; i < 9; i++) {
		struct sctp_received got = sctp_receive(p.server);

		REQUIRE_TRUE(got.has_rcvinfo);
		order[i] = (char)('0' + got.rcvinfo.rcv_sid);
	}
	EXPECT_STREQ(order, row->order);
}

/* What is no scheduler. */
CASE(no_such_scheduler,
     .claim = "SCTP_STREAM_SCHEDULER of a number that is none, or SCTP_STREAM_SCHEDULER_VALUE of a "
	      "stream that is "
	      "not there, fails with EINVAL",
     .level = RFC, .spec = "RFC 8260 4.3.2, 4.3.3; net/sctp/stream_sched.c", .needs = "sctp",
     .tags = "sctp SCTP_STREAM_SCHEDULER errno", .VARIANTS(families))
{
	struct pair p = sctp_pair(VARIANT(struct family_row)->family);

	EXPECT_ERR(sctp_set_value(p.client, SCTP_STREAM_SCHEDULER, 1000), EINVAL);
	EXPECT_OK(sctp_set_value(p.client, SCTP_STREAM_SCHEDULER, SCTP_SS_PRIO));
	EXPECT_ERR(set_stream_value(p.client, 60000, 1), EINVAL);
	EXPECT_OK(set_stream_value(p.client, 1, 1));
}

struct weight_row {
	struct variant variant;
	int family, scheduler;
};

static const struct weight_row weights[] = {
	{{"fc_v4", "sctp_fair"}, AF_INET, FAIR_CAPACITY},
	{{"fc_v6", "sctp_fair"}, AF_INET6, FAIR_CAPACITY},
	{{"wfq_v4", "sctp_fair"}, AF_INET, WEIGHTED_FAIR_QUEUEING},
	{{"wfq_v6", "sctp_fair"}, AF_INET6, WEIGHTED_FAIR_QUEUEING},
};

/*
 * Fair by bytes.
 *
 * Taking turns by message favours the stream with the long ones. Fair capacity counts bytes, so
 * that a stream of short messages sends several for a long one of another; weights give a stream a
 * larger share.
 */
CASE(fair_shares,
     .claim = "SCTP_SS_FC gives streams equal bytes, so that a short message overtakes long ones; "
	      "SCTP_SS_WFQ by the "
	      "streams' weights",
     .level = RFC, .spec = "RFC 8260 3.5, 3.6, 4.3.2 (Linux 6.4)", .needs = "sctp",
     .sysctls = SCTP_SLOW, .waits = true, .timeout_ms = 20000,
     .tags = "sctp SCTP_SS_FC SCTP_SS_WFQ", .VARIANTS(weights))
{
	const struct weight_row *row = VARIANT(struct weight_row);
	struct pair p = sctp_pair(row->family);
	static const char text[200];
	char order[10] = "";

	EXPECT_OK(sctp_set_value(p.client, SCTP_STREAM_SCHEDULER, (uint32_t)row->scheduler));
	EXPECT_EQ(sctp_get_value(p.client, SCTP_STREAM_SCHEDULER), row->scheduler);
	if (row->scheduler == WEIGHTED_FAIR_QUEUEING) {
		EXPECT_OK(set_stream_value(p.client, 1, 1));
		EXPECT_OK(set_stream_value(p.client, 2, 1));
	}
	SETUP(set_int(p.server, IPPROTO_SCTP, SCTP_RECVRCVINFO, 1));
	sctp_lose(p.server, row->family, PACKET_SCTP_DATA);
	SETUP(sctp_send(p.client, NULL, "0", 1, .snd_sid = 0));
	/* Two long ones on stream 1, then four short ones on stream 2. */
	for (int i = 0; i < 2; i++)
		SETUP(sctp_send(p.client, NULL, text, sizeof(text), .snd_sid = 1));
	for (int i = 0; i < 4; i++)
		SETUP(sctp_send(p.client, NULL, text, sizeof(text) / 4, .snd_sid = 2));
	sctp_lost(p.server);
	EXPECT_SCTP_TEXT(p.server, "0");
	for (int i = 0; i < 6; i++) {
		struct sctp_received got = sctp_receive(p.server);

		REQUIRE_TRUE(got.has_rcvinfo);
		order[i] = (char)('0' + got.rcvinfo.rcv_sid);
	}
	/* The second long one comes behind short ones of as many bytes as the first. */
	EXPECT_EQ(order[5], '1');
}

struct interleave_row {
	struct variant variant;
	int family;
	bool server; /* has it too */
};

static const struct interleave_row interleaves[] = {
	{{"both_v4", NULL}, AF_INET, true},
	{{"both_v6", NULL}, AF_INET6, true},
	{{"one_v4", NULL}, AF_INET, false},
};

/*
 * A long message does not block the road.
 *
 * The chunks of one message follow one another without a gap: while a large file is being sent,
 * nothing else is. I-DATA chunks name the message that they are of, so that those of several can
 * alternate. Both ends must have it.
 */
CASE(interleaved_messages,
     .claim = "with SCTP_INTERLEAVING_SUPPORTED at both ends messages go as I-DATA chunks, else as "
	      "DATA; it takes "
	      "SCTP_FRAGMENT_INTERLEAVE (EPERM)",
     .level = RFC, .spec = "RFC 8260 2.1, 4.3.1; RFC 6458 8.1.20", .needs = "sctp packet",
     .sysctls = "net.sctp.intl_enable=1",
     .tags = "sctp SCTP_INTERLEAVING_SUPPORTED SCTP_FRAGMENT_INTERLEAVE wire errno",
     .VARIANTS(interleaves))
{
	const struct interleave_row *row = VARIANT(struct interleave_row);
	struct pair p = sctp_ends(row->family);
	struct wire *wire = wire_open("a");
	struct packet_sctp_chunk part[3];
	static const char big[1300];
	int type = row->server ? PACKET_SCTP_I_DATA : PACKET_SCTP_DATA;

	EXPECT_EQ(get_int(p.client, IPPROTO_SCTP, SCTP_FRAGMENT_INTERLEAVE), 0);
	EXPECT_ERR(sctp_set_value(p.client, SCTP_INTERLEAVING_SUPPORTED, 1), EPERM);
	EXPECT_OK(set_int(p.client, IPPROTO_SCTP, SCTP_FRAGMENT_INTERLEAVE, 2));
	EXPECT_GE(get_int(p.client, IPPROTO_SCTP, SCTP_FRAGMENT_INTERLEAVE), 1);
	EXPECT_OK(sctp_set_value(p.client, SCTP_INTERLEAVING_SUPPORTED, 1));
	EXPECT_EQ(sctp_get_value(p.client, SCTP_INTERLEAVING_SUPPORTED), 1);
	if (row->server) {
		EXPECT_OK(set_int(p.listener, IPPROTO_SCTP, SCTP_FRAGMENT_INTERLEAVE, 2));
		EXPECT_OK(sctp_set_value(p.listener, SCTP_INTERLEAVING_SUPPORTED, 1));
	}
	sctp_join(&p);
	SETUP(sctp_set_value(p.client, SCTP_MAXSEG, 500));
	EXPECT_EQ(sctp_send(p.client, NULL, big, sizeof(big), .snd_sid = 2), sizeof(big));
	REQUIRE_TRUE(sctp_next_chunks(wire, type, part, 3) == 3);
	for (uint32_t i = 0; i < 3; i++) {
		EXPECT_EQ(part[i].stream_identifier, 2);
		if (row->server) {
			EXPECT_EQ(part[i].message_identifier, 0);
		}
	}
	if (row->server) {
		EXPECT_EQ(part[2].fragment_sequence, part[1].fragment_sequence + 1);
		/* RFC 8260 2.1: the first, which has the PPID in its place, counts as 0. */
		OBSERVE("FSN of the second fragment", "%u", part[1].fragment_sequence);
	}
	EXPECT_EQ(sctp_receive(p.server).size, sizeof(big));
}
