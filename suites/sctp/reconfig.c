/* SPDX-License-Identifier: MIT */
/* Streams anew, more streams, the whole association anew (RFC 6525). */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/sctp/sctp_help.h"

#include "harness/case.h"

#define RECONFIG "net.sctp.reconf_enable=1"
enum {
	ALL_REQUESTS = SCTP_ENABLE_RESET_STREAM_REQ | SCTP_ENABLE_RESET_ASSOC_REQ |
		       SCTP_ENABLE_CHANGE_ASSOC_REQ
};

/* A connected pair whose server allows these requests. */
static struct pair reconfigurable(int family, uint32_t allowed)
{
	struct pair p = sctp_ends(family);

	SETUP(sctp_set_value(p.client, SCTP_ENABLE_STREAM_RESET, ALL_REQUESTS));
	SETUP(sctp_set_value(p.listener, SCTP_ENABLE_STREAM_RESET, allowed));
	sctp_join(&p);
	SETUP(set_int(p.client, IPPROTO_SCTP, SCTP_NODELAY, 1));
	SETUP(set_int(p.server, IPPROTO_SCTP, SCTP_RECVRCVINFO, 1));
	return p;
}

/* SCTP_RESET_STREAMS of one stream. Returns as setsockopt(). */
static int reset_stream(int fd, unsigned int flags, uint16_t stream)
{
	struct {
		struct sctp_reset_streams reset;
		uint16_t stream;
	} request = {{.srs_flags = (uint16_t)flags, .srs_number_streams = 1}, stream};

	return setsockopt(fd, IPPROTO_SCTP, SCTP_RESET_STREAMS, &request, sizeof(request));
}

/* Sends on a stream; returns the sequence number that the peer is told. */
static int next_sequence(const struct pair *p, uint16_t stream)
{
	struct sctp_received got;

	SETUP(sctp_send(p->client, NULL, "x", 1, .snd_sid = stream));
	do
		got = sctp_receive(p->server);
	while (got.size > 0 && got.flags & MSG_NOTIFICATION);
	REQUIRE_TRUE(got.has_rcvinfo);
	return got.rcvinfo.rcv_ssn;
}

/*
 * A stream begins again.
 *
 * Who uses a stream for one transfer after the other wants each to begin with message 0: a new user
 * of the stream need not know what the last one left. The request, RE-CONFIG, is answered when
 * nothing of the old is under way.
 */
CASE(outgoing_reset,
     .claim = "SCTP_RESET_STREAMS with SCTP_STREAM_RESET_OUTGOING sends RE-CONFIG; then the "
	      "stream's sequence "
	      "numbers begin at 0, others go on, and both ends are told by SCTP_STREAM_RESET_EVENT",
     .level = RFC, .spec = "RFC 6525 4.1, 5.1.2, 6.1.1, 6.3.2", .needs = "sctp packet",
     .sysctls = RECONFIG, .tags = "sctp SCTP_RESET_STREAMS SCTP_STREAM_RESET_EVENT wire",
     .VARIANTS(families))
{
	struct pair p = reconfigurable(VARIANT(struct family_row)->family, ALL_REQUESTS);
	const struct sctp_stream_reset_event *event;
	struct sctp_received got;
	struct wire *wire;

	SETUP(sctp_subscribe(p.client, SCTP_STREAM_RESET_EVENT));
	SETUP(sctp_subscribe(p.server, SCTP_STREAM_RESET_EVENT));
	for (int i = 0; i < 2; i++) {
		EXPECT_EQ(next_sequence(&p, 3), i);
		EXPECT_EQ(next_sequence(&p, 4), i);
	}
	wire = wire_open("a");
	EXPECT_OK(reset_stream(p.client, SCTP_STREAM_RESET_OUTGOING, 3));
	EXPECT_PACKET(wire, WHICH("SCTP", "Chunk Type", PACKET_SCTP_RE_CONFIG),
		      FIELD("SCTP", "Parameter Type", PACKET_SCTP_OUTGOING_SSN_RESET),
		      FIELD("SCTP", "Stream Number", 3));
	got = sctp_notified(p.server, SCTP_STREAM_RESET_EVENT);
	event = SCTP_NOTE(got, sctp_stream_reset_event);
	EXPECT_EQ(event->strreset_flags, SCTP_STREAM_RESET_INCOMING_SSN);
	EXPECT_EQ(event->strreset_length, sizeof(*event) + sizeof(uint16_t));
	EXPECT_EQ(event->strreset_stream_list[0], 3);
	EXPECT_NE(event->strreset_assoc_id, 0);
	got = sctp_notified(p.client, SCTP_STREAM_RESET_EVENT);
	event = SCTP_NOTE(got, sctp_stream_reset_event);
	EXPECT_EQ(event->strreset_flags, SCTP_STREAM_RESET_OUTGOING_SSN);
	EXPECT_EQ(next_sequence(&p, 3), 0);
	EXPECT_EQ(next_sequence(&p, 4), 2);
}

/*
 * Asking the other to begin again.
 *
 * The receiver of a stream can ask too; the sender then resets it as if by its own wish.
 */
CASE(incoming_reset,
     .claim = "SCTP_RESET_STREAMS with SCTP_STREAM_RESET_INCOMING makes the peer reset its "
	      "outgoing stream",
     .level = RFC, .spec = "RFC 6525 4.2, 5.2.3, 6.3.2", .needs = "sctp packet",
     .sysctls = RECONFIG, .tags = "sctp SCTP_RESET_STREAMS wire", .VARIANTS(families))
{
	struct pair p = sctp_ends(VARIANT(struct family_row)->family);
	const struct sctp_stream_reset_event *event;
	struct sctp_received got;
	struct wire *wire;

	SETUP(sctp_set_value(p.client, SCTP_ENABLE_STREAM_RESET, ALL_REQUESTS));
	SETUP(sctp_set_value(p.listener, SCTP_ENABLE_STREAM_RESET, ALL_REQUESTS));
	sctp_join(&p);
	SETUP(set_int(p.client, IPPROTO_SCTP, SCTP_NODELAY, 1));
	SETUP(set_int(p.server, IPPROTO_SCTP, SCTP_RECVRCVINFO, 1));
	SETUP(sctp_subscribe(p.server, SCTP_STREAM_RESET_EVENT));
	EXPECT_EQ(next_sequence(&p, 2), 0);
	EXPECT_EQ(next_sequence(&p, 2), 1);
	wire = wire_open("a");
	EXPECT_OK(reset_stream(p.server, SCTP_STREAM_RESET_INCOMING, 2));
	EXPECT_PACKET(wire, WHICH("SCTP", "Chunk Type", PACKET_SCTP_RE_CONFIG),
		      FIELD("SCTP", "Parameter Type", PACKET_SCTP_INCOMING_SSN_RESET),
		      FIELD("SCTP", "Stream Number", 2));
	got = sctp_notified(p.server, SCTP_STREAM_RESET_EVENT);
	event = SCTP_NOTE(got, sctp_stream_reset_event);
	EXPECT_EQ(event->strreset_flags, SCTP_STREAM_RESET_INCOMING_SSN);
	EXPECT_EQ(next_sequence(&p, 2), 0);
}

/*
 * Not here.
 *
 * Each end decides which requests it grants; others it denies, and nothing changes.
 */
CASE(reset_denied,
     .claim = "a request that the peer's SCTP_ENABLE_STREAM_RESET does not allow is answered "
	      "'denied', told "
	      "with SCTP_STREAM_RESET_DENIED, and the stream goes on",
     .level = RFC, .spec = "RFC 6525 5.2.2, 6.1.1, 6.3.1", .needs = "sctp packet",
     .sysctls = RECONFIG, .tags = "sctp SCTP_ENABLE_STREAM_RESET SCTP_STREAM_RESET_DENIED wire",
     .VARIANTS(families))
{
	struct pair p =
		reconfigurable(VARIANT(struct family_row)->family, SCTP_ENABLE_CHANGE_ASSOC_REQ);
	struct sctp_received got;
	struct wire *wire;

	EXPECT_EQ(sctp_get_value(p.client, SCTP_ENABLE_STREAM_RESET), ALL_REQUESTS);
	EXPECT_EQ(sctp_get_value(p.server, SCTP_ENABLE_STREAM_RESET), SCTP_ENABLE_CHANGE_ASSOC_REQ);
	SETUP(sctp_subscribe(p.client, SCTP_STREAM_RESET_EVENT));
	EXPECT_EQ(next_sequence(&p, 1), 0);
	wire = wire_open("a");
	EXPECT_OK(reset_stream(p.client, SCTP_STREAM_RESET_OUTGOING, 1));
	EXPECT_PACKET(wire, WHICH("SCTP", "Parameter Type", PACKET_SCTP_RE_CONFIG_RESPONSE),
		      FIELD("SCTP", "Result", 2));
	got = sctp_notified(p.client, SCTP_STREAM_RESET_EVENT);
	EXPECT_EQ(SCTP_NOTE(got, sctp_stream_reset_event)->strreset_flags,
		  SCTP_STREAM_RESET_OUTGOING_SSN | SCTP_STREAM_RESET_DENIED);
	EXPECT_EQ(next_sequence(&p, 1), 1);
}

struct refused_row {
	struct variant variant;
	int family;
	uint32_t supported, enabled; /* of the client */
	int expected;
};

static const struct refused_row refuseds[] = {
	{{"not_supported_v4", NULL}, AF_INET, 0, 0, ENOPROTOOPT},
	{{"not_supported_v6", NULL}, AF_INET6, 0, 0, ENOPROTOOPT},
	{{"not_enabled_v4", NULL}, AF_INET, 1, SCTP_ENABLE_CHANGE_ASSOC_REQ, ENOPROTOOPT},
};

/* Without the word of both ends there is nothing to ask with. */
CASE(reset_refused,
     .claim = "SCTP_RESET_STREAMS fails with ENOPROTOOPT when an end does not have "
	      "SCTP_RECONFIG_SUPPORTED or "
	      "the request is not enabled here",
     .level = RFC, .spec = "RFC 6525 6.3.2", .needs = "sctp", .sysctls = RECONFIG,
     .tags = "sctp SCTP_RECONFIG_SUPPORTED errno", .VARIANTS(refuseds))
{
	const struct refused_row *row = VARIANT(struct refused_row);
	struct pair p = sctp_ends(row->family), good = reconfigurable(row->family, ALL_REQUESTS);

	EXPECT_EQ(sctp_get_value(p.client, SCTP_RECONFIG_SUPPORTED), 1);
	EXPECT_OK(sctp_set_value(p.client, SCTP_RECONFIG_SUPPORTED, row->supported));
	EXPECT_EQ(sctp_get_value(p.client, SCTP_RECONFIG_SUPPORTED), row->supported);
	EXPECT_OK(sctp_set_value(p.client, SCTP_ENABLE_STREAM_RESET, row->enabled));
	sctp_join(&p);
	EXPECT_ERR(reset_stream(p.client, SCTP_STREAM_RESET_OUTGOING, 1), row->expected);
	EXPECT_OK(reset_stream(good.client, SCTP_STREAM_RESET_OUTGOING, 1));
	/* A stream that is not there, and a mask with a bit that means nothing. */
	EXPECT_ERR(reset_stream(good.client, SCTP_STREAM_RESET_OUTGOING, 60000), EINVAL);
	EXPECT_ERR(
		sctp_set_value(p.client, SCTP_ENABLE_STREAM_RESET, SCTP_ENABLE_STRRESET_MASK + 1),
		EINVAL);
}

/*
 * More streams.
 *
 * What was negotiated in the handshake need not be the last word: streams can be added, in either
 * direction.
 */
CASE(streams_are_added,
     .claim = "SCTP_ADD_STREAMS adds streams: SCTP_STATUS of both ends has them, "
	      "SCTP_STREAM_CHANGE_EVENT tells, "
	      "and a message on a new stream arrives",
     .level = RFC, .spec = "RFC 6525 4.5, 4.6, 6.1.3, 6.3.4", .needs = "sctp packet",
     .sysctls = RECONFIG, .tags = "sctp SCTP_ADD_STREAMS SCTP_STREAM_CHANGE_EVENT wire",
     .VARIANTS(families))
{
	struct pair p = reconfigurable(VARIANT(struct family_row)->family, ALL_REQUESTS);
	struct sctp_add_streams add = {.sas_outstrms = 2};
	const struct sctp_stream_change_event *event;
	uint16_t before = sctp_status_of(p.client, 0).sstat_outstrms;
	struct sctp_received got;
	struct wire *wire;

	SETUP(sctp_subscribe(p.client, SCTP_STREAM_CHANGE_EVENT));
	SETUP(sctp_subscribe(p.server, SCTP_STREAM_CHANGE_EVENT));
	EXPECT_ERR(sctp_send(p.client, NULL, "x", 1, .snd_sid = before), EINVAL);
	wire = wire_open("a");
	EXPECT_OK(setsockopt(p.client, IPPROTO_SCTP, SCTP_ADD_STREAMS, &add, sizeof(add)));
	EXPECT_PACKET(wire, WHICH("SCTP", "Chunk Type", PACKET_SCTP_RE_CONFIG),
		      FIELD("SCTP", "Parameter Type", PACKET_SCTP_ADD_OUTGOING_STREAMS),
		      FIELD("SCTP", "Number of new streams", 2));
	got = sctp_notified(p.client, SCTP_STREAM_CHANGE_EVENT);
	event = SCTP_NOTE(got, sctp_stream_change_event);
	EXPECT_EQ(event->strchange_flags, 0);
	EXPECT_EQ(event->strchange_length, sizeof(*event));
	EXPECT_EQ(event->strchange_outstrms, 2);
	EXPECT_EQ(event->strchange_instrms, 0);
	got = sctp_notified(p.server, SCTP_STREAM_CHANGE_EVENT);
	EXPECT_EQ(SCTP_NOTE(got, sctp_stream_change_event)->strchange_instrms, 2);
	EXPECT_EQ(sctp_status_of(p.client, 0).sstat_outstrms, before + 2);
	EXPECT_EQ(sctp_status_of(p.server, 0).sstat_instrms, before + 2);
	EXPECT_EQ(next_sequence(&p, before), 0);
}

/* More streams are denied as a reset is. */
CASE(streams_are_not_added,
     .claim =
	     "SCTP_ADD_STREAMS that the peer does not allow is told with SCTP_STREAM_CHANGE_DENIED",
     .level = RFC, .spec = "RFC 6525 5.2.5, 6.1.3", .needs = "sctp", .sysctls = RECONFIG,
     .tags = "sctp SCTP_ADD_STREAMS SCTP_STREAM_CHANGE_DENIED", .VARIANTS(families))
{
	struct pair p =
		reconfigurable(VARIANT(struct family_row)->family, SCTP_ENABLE_RESET_STREAM_REQ);
	struct sctp_add_streams add = {.sas_outstrms = 2};
	uint16_t before = sctp_status_of(p.client, 0).sstat_outstrms;
	struct sctp_received got;

	SETUP(sctp_subscribe(p.client, SCTP_STREAM_CHANGE_EVENT));
	EXPECT_OK(setsockopt(p.client, IPPROTO_SCTP, SCTP_ADD_STREAMS, &add, sizeof(add)));
	got = sctp_notified(p.client, SCTP_STREAM_CHANGE_EVENT);
	EXPECT_EQ(SCTP_NOTE(got, sctp_stream_change_event)->strchange_flags,
		  SCTP_STREAM_CHANGE_DENIED);
	EXPECT_EQ(sctp_status_of(p.client, 0).sstat_outstrms, before);
}

/*
 * Everything from the beginning.
 *
 * All streams of both directions, and the numbers of the chunks: as if the association had just
 * come up.
 */
CASE(association_reset,
     .claim = "SCTP_RESET_ASSOC resets all streams; SCTP_ASSOC_RESET_EVENT tells both ends the new "
	      "TSNs, each "
	      "the other's",
     .level = RFC, .spec = "RFC 6525 4.3, 6.1.2, 6.3.3", .needs = "sctp packet",
     .sysctls = RECONFIG, .tags = "sctp SCTP_RESET_ASSOC SCTP_ASSOC_RESET_EVENT wire",
     .VARIANTS(families))
{
	struct pair p = reconfigurable(VARIANT(struct family_row)->family, ALL_REQUESTS);
	struct sctp_assoc_reset_event here, there;
	sctp_assoc_t id = sctp_status_of(p.client, 0).sstat_assoc_id;
	struct packet_sctp_chunk chunk;
	struct sctp_received got;
	struct wire *wire;

	SETUP(sctp_subscribe(p.client, SCTP_ASSOC_RESET_EVENT));
	SETUP(sctp_subscribe(p.server, SCTP_ASSOC_RESET_EVENT));
	EXPECT_EQ(next_sequence(&p, 1), 0);
	EXPECT_EQ(next_sequence(&p, 2), 0);
	/* Linux refuses with EAGAIN while data is under way. */
	SETUP(sctp_subscribe(p.client, SCTP_SENDER_DRY_EVENT));
	sctp_notified(p.client, SCTP_SENDER_DRY_EVENT);
	wire = wire_open("a");
	EXPECT_OK(setsockopt(p.client, IPPROTO_SCTP, SCTP_RESET_ASSOC, &id, sizeof(id)));
	EXPECT_PACKET(wire, WHICH("SCTP", "Chunk Type", PACKET_SCTP_RE_CONFIG),
		      FIELD("SCTP", "Parameter Type", PACKET_SCTP_SSN_TSN_RESET));
	got = sctp_notified(p.client, SCTP_ASSOC_RESET_EVENT);
	memcpy(&here, got.data, sizeof(here));
	got = sctp_notified(p.server, SCTP_ASSOC_RESET_EVENT);
	memcpy(&there, got.data, sizeof(there));
	EXPECT_EQ(here.assocreset_flags, 0);
	EXPECT_EQ(here.assocreset_length, sizeof(here));
	EXPECT_EQ(here.assocreset_local_tsn, there.assocreset_remote_tsn);
	EXPECT_EQ(here.assocreset_remote_tsn, there.assocreset_local_tsn);
	EXPECT_EQ(next_sequence(&p, 1), 0);
	REQUIRE_TRUE(EXPECT_CHUNK(wire, PACKET_SCTP_DATA, &chunk) != NULL);
	/* RFC 6525 6.1.2: local is what this end sends next. Linux has them the other way round. */
	EXPECT_TRUE(chunk.tsn == here.assocreset_local_tsn ||
		    chunk.tsn == here.assocreset_remote_tsn);
	OBSERVE("the next TSN is", "assocreset_%s_tsn",
		chunk.tsn == here.assocreset_local_tsn ? "local" : "remote");
	EXPECT_EQ(next_sequence(&p, 2), 0);
}
