/* SPDX-License-Identifier: MIT */
/* Streams: order within each, none between them, and what goes with a message. */
#include <arpa/inet.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/sctp/sctp_help.h"

#include "harness/case.h"

/*
 * How many streams.
 *
 * Each end says how many streams it would like to send on and how many it lets in; of what one
 * wants and the other allows, the smaller counts. A stream that is not there is an error of the
 * sender.
 */
CASE(streams_are_negotiated,
     .claim =
	     "SCTP_INITMSG sets the streams of INIT and INIT ACK; the smaller number counts, and a "
	     "message on a stream beyond it fails with EINVAL",
     .level = RFC, .spec = "RFC 9260 5.1.1; RFC 6458 8.1.3, 5.3.4", .needs = "sctp packet",
     .tags = "sctp SCTP_INITMSG SCTP_STATUS wire errno", .VARIANTS(families))
{
	struct pair p = sctp_ends(VARIANT(struct family_row)->family);
	struct sctp_initmsg client = {.sinit_num_ostreams = 5, .sinit_max_instreams = 8};
	struct sctp_initmsg server = {.sinit_num_ostreams = 20, .sinit_max_instreams = 3}, read;
	socklen_t length = sizeof(read);
	struct wire *wire = wire_open("a");
	struct packet_sctp_chunk chunk;
	struct sctp_status status;

	EXPECT_OK(setsockopt(p.client, IPPROTO_SCTP, SCTP_INITMSG, &client, sizeof(client)));
	EXPECT_OK(setsockopt(p.listener, IPPROTO_SCTP, SCTP_INITMSG, &server, sizeof(server)));
	EXPECT_OK(getsockopt(p.client, IPPROTO_SCTP, SCTP_INITMSG, &read, &length));
	EXPECT_EQ(read.sinit_num_ostreams, 5);
	EXPECT_EQ(read.sinit_max_instreams, 8);
	sctp_join(&p);
	REQUIRE_TRUE(EXPECT_CHUNK(wire, PACKET_SCTP_INIT, &chunk) != NULL);
	EXPECT_EQ(chunk.outbound_streams, 5);
	EXPECT_EQ(chunk.inbound_streams, 8);
	REQUIRE_TRUE(EXPECT_CHUNK(wire, PACKET_SCTP_INIT_ACK, &chunk) != NULL);
	EXPECT_EQ(chunk.inbound_streams, 3);
	status = sctp_status_of(p.client, 0);
	EXPECT_EQ(status.sstat_outstrms, 3);
	EXPECT_EQ(status.sstat_instrms, 8);
	status = sctp_status_of(p.server, 0);
	EXPECT_EQ(status.sstat_outstrms, 8);
	EXPECT_EQ(status.sstat_instrms, 3);
	EXPECT_ERR(sctp_send(p.client, NULL, "x", 1, .snd_sid = 3), EINVAL);
	EXPECT_EQ(sctp_send(p.client, NULL, "x", 1, .snd_sid = 2), 1);
	EXPECT_SCTP_TEXT(p.server, "x");
}

/*
 * What goes with a message.
 *
 * The stream and a number for the application's own use (the payload protocol identifier) travel in
 * the chunk, which also has the message's place in its stream. The receiver is told with
 * SCTP_RCVINFO.
 */
CASE(sent_and_received_information,
     .claim = "snd_sid and snd_ppid of SCTP_SNDINFO stand in the DATA chunk and in the peer's "
	      "SCTP_RCVINFO, with the stream's sequence number and the TSN",
     .level = RFC, .spec = "RFC 6458 5.3.4, 5.3.5, 8.1.29; RFC 9260 3.3.1", .needs = "sctp packet",
     .tags = "sctp SCTP_SNDINFO SCTP_RCVINFO SCTP_RECVRCVINFO wire", .VARIANTS(families))
{
	struct pair p = sctp_pair(VARIANT(struct family_row)->family);
	struct wire *wire = wire_open("a");
	struct packet_sctp_chunk chunk;
	struct sctp_received got;
	uint32_t first = 0;

	SETUP(set_int(p.client, IPPROTO_SCTP, SCTP_NODELAY, 1));
	EXPECT_EQ(get_int(p.server, IPPROTO_SCTP, SCTP_RECVRCVINFO), 0);
	EXPECT_OK(set_int(p.server, IPPROTO_SCTP, SCTP_RECVRCVINFO, 1));
	EXPECT_EQ(get_int(p.server, IPPROTO_SCTP, SCTP_RECVRCVINFO), 1);
	for (unsigned int i = 0; i < 2; i++) {
		EXPECT_EQ(
			sctp_send(p.client, NULL, "data", 4, .snd_sid = 4, .snd_ppid = htonl(1234)),
			4);
		REQUIRE_TRUE(EXPECT_CHUNK(wire, PACKET_SCTP_DATA, &chunk) != NULL);
		EXPECT_EQ(chunk.stream_identifier, 4);
		EXPECT_EQ(chunk.payload_protocol, 1234);
		EXPECT_EQ(chunk.stream_sequence, i);
		got = sctp_receive(p.server);
		REQUIRE_TRUE(got.has_rcvinfo);
		EXPECT_EQ(got.rcvinfo.rcv_sid, 4);
		EXPECT_EQ(ntohl(got.rcvinfo.rcv_ppid), 1234);
		EXPECT_EQ(got.rcvinfo.rcv_ssn, i);
		EXPECT_EQ(got.rcvinfo.rcv_tsn, chunk.tsn);
		EXPECT_EQ(got.rcvinfo.rcv_flags & SCTP_UNORDERED, 0);
		EXPECT_EQ(got.rcvinfo.rcv_assoc_id, sctp_status_of(p.server, 0).sstat_assoc_id);
		if (i == 0)
			first = chunk.tsn;
		EXPECT_EQ(chunk.tsn, first + i);
	}
	EXPECT_OK(set_int(p.server, IPPROTO_SCTP, SCTP_RECVRCVINFO, 0));
	EXPECT_EQ(send(p.client, "x", 1, 0), 1);
	EXPECT_TRUE(!sctp_receive(p.server).has_rcvinfo);
}

struct order_row {
	struct variant variant;
	int family;
	uint16_t sid, flags; /* of the message that follows the lost one on stream 0 */
	bool waits;	     /* for the lost one */
};

static const struct order_row orders[] = {
	{{"same_stream_v4", NULL}, AF_INET, 0, 0, true},
	{{"same_stream_v6", NULL}, AF_INET6, 0, 0, true},
	{{"other_stream_v4", NULL}, AF_INET, 1, 0, false},
	{{"other_stream_v6", NULL}, AF_INET6, 1, 0, false},
	{{"unordered_v4", NULL}, AF_INET, 0, SCTP_UNORDERED, false},
	{{"unordered_v6", NULL}, AF_INET6, 0, SCTP_UNORDERED, false},
};

/*
 * One lost packet holds up one stream.
 *
 * With TCP all that follows a lost segment waits for it, even what has nothing to do with it: head
 * of line blocking. SCTP keeps the order within a stream only. A message on another stream, or one
 * that was sent as unordered, is delivered while the lost one is still being sent again.
 */
CASE(head_of_line,
     .claim = "after a lost message of stream 0 the next one on stream 0 waits; one on another "
	      "stream, or "
	      "with SCTP_UNORDERED, does not",
     .level = RFC, .spec = "RFC 9260 1.5.2, 6.5, 6.6; RFC 6458 5.3.4 SCTP_UNORDERED",
     .needs = "sctp packet", .sysctls = SCTP_SLOW, .tags = "sctp SCTP_UNORDERED wire",
     .waits = true, .timeout_ms = 20000, .VARIANTS(orders))
{
	const struct order_row *row = VARIANT(struct order_row);
	struct pair p = sctp_pair(row->family);
	struct packet_sctp_chunk chunk;
	struct sctp_received got;
	struct wire *wire = wire_open("a");

	SETUP(set_int(p.client, IPPROTO_SCTP, SCTP_NODELAY, 1));
	SETUP(set_int(p.server, IPPROTO_SCTP, SCTP_RECVRCVINFO, 1));
	sctp_lose(p.server, row->family, PACKET_SCTP_DATA);
	SETUP(sctp_send(p.client, NULL, "lost", 4, .snd_sid = 0));
	REQUIRE_TRUE(EXPECT_CHUNK(wire, PACKET_SCTP_DATA, &chunk) != NULL);
	sctp_lost(p.server);
	EXPECT_EQ(
		sctp_send(p.client, NULL, "next", 4, .snd_sid = row->sid, .snd_flags = row->flags),
		4);
	REQUIRE_TRUE(EXPECT_CHUNK(wire, PACKET_SCTP_DATA, &chunk) != NULL);
	EXPECT_EQ(chunk.flags & PACKET_SCTP_DATA_UNORDERED,
		  row->flags != 0 ? PACKET_SCTP_DATA_UNORDERED : 0);
	if (row->waits)
		EXPECT_SCTP_TEXT(p.server, "lost");
	got = sctp_receive(p.server);
	EXPECT_MEMEQ(got.data, "next", 4);
	EXPECT_EQ(got.rcvinfo.rcv_sid, row->sid);
	EXPECT_EQ(got.rcvinfo.rcv_flags & SCTP_UNORDERED, row->flags);
	if (!row->waits)
		EXPECT_SCTP_TEXT(p.server, "lost");
}

/*
 * What comes next.
 *
 * With SCTP_RECVNXTINFO a message comes with the stream and length of the one behind it, if that is
 * there already: the program can prepare a buffer.
 */
CASE(information_on_the_next,
     .claim = "SCTP_NXTINFO tells stream, length, flags and identifier of the next message, or "
	      "that it is "
	      "a notification; without a next one there is none",
     .level = RFC, .spec = "RFC 6458 5.3.6, 8.1.30", .needs = "sctp",
     .tags = "sctp SCTP_NXTINFO SCTP_RECVNXTINFO", .VARIANTS(families))
{
	struct pair p = sctp_pair(VARIANT(struct family_row)->family);
	struct sctp_received got;

	SETUP(set_int(p.client, IPPROTO_SCTP, SCTP_NODELAY, 1));
	EXPECT_EQ(get_int(p.server, IPPROTO_SCTP, SCTP_RECVNXTINFO), 0);
	EXPECT_OK(set_int(p.server, IPPROTO_SCTP, SCTP_RECVNXTINFO, 1));
	EXPECT_EQ(get_int(p.server, IPPROTO_SCTP, SCTP_RECVNXTINFO), 1);
	SETUP(sctp_subscribe(p.server, SCTP_SHUTDOWN_EVENT));
	SETUP(sctp_send(p.client, NULL, "a", 1, .snd_sid = 1));
	SETUP(sctp_send(p.client, NULL, "three", 5, .snd_sid = 3, .snd_flags = SCTP_UNORDERED,
			.snd_ppid = htonl(77)));
	SETUP(close(p.client));
	SETUP(wait_for(p.server, POLLRDHUP, SOON_MS));
	got = sctp_receive(p.server);
	REQUIRE_TRUE(got.has_nxtinfo);
	EXPECT_EQ(got.nxtinfo.nxt_sid, 3);
	EXPECT_EQ(got.nxtinfo.nxt_length, 5);
	EXPECT_EQ(got.nxtinfo.nxt_flags & SCTP_UNORDERED, SCTP_UNORDERED);
	EXPECT_EQ(got.nxtinfo.nxt_flags & SCTP_NOTIFICATION, 0);
	EXPECT_EQ(ntohl(got.nxtinfo.nxt_ppid), 77);
	EXPECT_NE(got.nxtinfo.nxt_assoc_id, 0);
	got = sctp_receive(p.server);
	REQUIRE_TRUE(got.has_nxtinfo);
	EXPECT_EQ(got.nxtinfo.nxt_flags & SCTP_NOTIFICATION, SCTP_NOTIFICATION);
	EXPECT_EQ(got.nxtinfo.nxt_length, sizeof(struct sctp_shutdown_event));
	got = sctp_receive(p.server);
	EXPECT_EQ(got.flags & MSG_NOTIFICATION, MSG_NOTIFICATION);
	EXPECT_TRUE(!got.has_nxtinfo);
}

/*
 * The older structure.
 *
 * Before SCTP_SNDINFO and SCTP_RCVINFO one structure served both ways. It is still understood; to
 * get it with messages, a program asks for "data io events".
 */
CASE(older_information,
     .claim = "SCTP_SNDRCV sends as SCTP_SNDINFO does, and comes with messages after "
	      "SCTP_DATA_IO_EVENT was "
	      "asked for",
     .level = RFC, .spec = "RFC 6458 5.3.2, 6.2.1", .needs = "sctp packet",
     .tags = "sctp SCTP_SNDRCV SCTP_EVENTS wire", .VARIANTS(families))
{
	struct pair p = sctp_ends(VARIANT(struct family_row)->family);
	struct sctp_event_subscribe events = {.sctp_data_io_event = 1}, read;
	struct sctp_sndrcvinfo info = {.sinfo_stream = 2,
				       .sinfo_flags = SCTP_UNORDERED,
				       .sinfo_ppid = htonl(99),
				       .sinfo_context = 5};
	socklen_t length = sizeof(read);
	struct wire *wire;
	struct packet_sctp_chunk chunk;
	struct sctp_received got;

	EXPECT_OK(sctp_subscribe(p.client, SCTP_DATA_IO_EVENT));
	sctp_join(&p);
	wire = wire_open("a");
	EXPECT_OK(setsockopt(p.server, IPPROTO_SCTP, SCTP_EVENTS, &events, sizeof(events)));
	EXPECT_OK(getsockopt(p.server, IPPROTO_SCTP, SCTP_EVENTS, &read, &length));
	EXPECT_EQ(read.sctp_data_io_event, 1);
	EXPECT_EQ(read.sctp_association_event, 0);
	EXPECT_EQ(sctp_send_with(p.client, NULL, "old", 3, SCTP_SNDRCV, &info, sizeof(info)), 3);
	REQUIRE_TRUE(EXPECT_CHUNK(wire, PACKET_SCTP_DATA, &chunk) != NULL);
	EXPECT_EQ(chunk.stream_identifier, 2);
	EXPECT_EQ(chunk.payload_protocol, 99);
	EXPECT_EQ(chunk.flags & PACKET_SCTP_DATA_UNORDERED, PACKET_SCTP_DATA_UNORDERED);
	got = sctp_receive(p.server);
	REQUIRE_TRUE(got.has_sndrcv);
	EXPECT_EQ(got.sndrcv.sinfo_stream, 2);
	EXPECT_EQ(ntohl(got.sndrcv.sinfo_ppid), 99);
	EXPECT_EQ(got.sndrcv.sinfo_tsn, chunk.tsn);
	EXPECT_EQ(got.sndrcv.sinfo_flags & SCTP_UNORDERED, SCTP_UNORDERED);
	EXPECT_EQ(got.sndrcv.sinfo_assoc_id, sctp_status_of(p.server, 0).sstat_assoc_id);
	events.sctp_data_io_event = 0;
	EXPECT_OK(setsockopt(p.server, IPPROTO_SCTP, SCTP_EVENTS, &events, sizeof(events)));
	SETUP(send(p.client, "x", 1, 0));
	EXPECT_TRUE(!sctp_receive(p.server).has_sndrcv);
	/* The newer way of asking, of the client, before it had an association. */
	SETUP(send(p.server, "y", 1, 0));
	EXPECT_TRUE(sctp_receive(p.client).has_sndrcv);
	/* After that, Linux looks at the socket alone, and SCTP_EVENT went to the association. */
	EXPECT_OK(sctp_subscribe(p.server, SCTP_DATA_IO_EVENT));
	SETUP(send(p.client, "z", 1, 0));
	OBSERVE("SCTP_SNDRCV after SCTP_EVENT on a connected socket", "%d",
		sctp_receive(p.server).has_sndrcv);
}

struct default_row {
	struct variant variant;
	int family;
	bool older; /* SCTP_DEFAULT_SEND_PARAM */
};

static const struct default_row defaults[] = {
	{{"v4", NULL}, AF_INET, false},
	{{"v6", NULL}, AF_INET6, false},
	{{"older_v4", NULL}, AF_INET, true},
	{{"older_v6", NULL}, AF_INET6, true},
};

/*
 * The same with every message.
 *
 * A program that knows nothing of streams calls send(); whoever set up its socket can say
 * beforehand what goes with such messages.
 */
CASE(default_information,
     .claim = "what SCTP_DEFAULT_SNDINFO (or SCTP_DEFAULT_SEND_PARAM) says goes with each message "
	      "that "
	      "says nothing itself",
     .level = RFC, .spec = "RFC 6458 8.1.31, 8.1.13", .needs = "sctp packet",
     .tags = "sctp SCTP_DEFAULT_SNDINFO SCTP_DEFAULT_SEND_PARAM wire", .VARIANTS(defaults))
{
	const struct default_row *row = VARIANT(struct default_row);
	struct pair p = sctp_pair(row->family);
	struct sctp_sndinfo info = {
		.snd_sid = 6, .snd_flags = SCTP_UNORDERED, .snd_ppid = htonl(42), .snd_context = 8};
	struct sctp_sndrcvinfo older = {.sinfo_stream = 6,
					.sinfo_flags = SCTP_UNORDERED,
					.sinfo_ppid = htonl(42),
					.sinfo_context = 8};
	struct wire *wire = wire_open("a");
	struct packet_sctp_chunk chunk;
	socklen_t length = row->older ? sizeof(older) : sizeof(info);
	int option = row->older ? SCTP_DEFAULT_SEND_PARAM : SCTP_DEFAULT_SNDINFO;
	void *value = row->older ? (void *)&older : &info;

	EXPECT_OK(setsockopt(p.client, IPPROTO_SCTP, option, value, length));
	memset(value, 0, length);
	EXPECT_OK(getsockopt(p.client, IPPROTO_SCTP, option, value, &length));
	EXPECT_EQ(row->older ? older.sinfo_stream : info.snd_sid, 6);
	EXPECT_EQ(ntohl(row->older ? older.sinfo_ppid : info.snd_ppid), 42);
	EXPECT_EQ(row->older ? older.sinfo_context : info.snd_context, 8);
	EXPECT_EQ(send(p.client, "plain", 5, 0), 5);
	REQUIRE_TRUE(EXPECT_CHUNK(wire, PACKET_SCTP_DATA, &chunk) != NULL);
	EXPECT_EQ(chunk.stream_identifier, 6);
	EXPECT_EQ(chunk.payload_protocol, 42);
	EXPECT_EQ(chunk.flags & PACKET_SCTP_DATA_UNORDERED, PACKET_SCTP_DATA_UNORDERED);
	EXPECT_SCTP_TEXT(p.server, "plain");
}

/*
 * A number of one's own.
 *
 * SCTP_CONTEXT is a number that the kernel gives back with each message of the association: an
 * index into the program's own table, say.
 */
CASE(context_of_an_association,
     .claim = "the number set by SCTP_CONTEXT comes as rcv_context with each message received",
     .level = RFC, .spec = "RFC 6458 8.1.25, 5.3.5", .needs = "sctp", .tags = "sctp SCTP_CONTEXT",
     .VARIANTS(families))
{
	struct pair p = sctp_pair(VARIANT(struct family_row)->family);
	struct sctp_received got;

	SETUP(set_int(p.server, IPPROTO_SCTP, SCTP_RECVRCVINFO, 1));
	EXPECT_EQ(sctp_get_value(p.server, SCTP_CONTEXT), 0);
	EXPECT_OK(sctp_set_value(p.server, SCTP_CONTEXT, 4711));
	EXPECT_EQ(sctp_get_value(p.server, SCTP_CONTEXT), 4711);
	SETUP(send(p.client, "x", 1, 0));
	got = sctp_receive(p.server);
	REQUIRE_TRUE(got.has_rcvinfo);
	EXPECT_EQ(got.rcvinfo.rcv_context, 4711);
}
