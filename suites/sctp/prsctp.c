/* SPDX-License-Identifier: MIT */
/* Data that need not arrive: partial reliability (RFC 3758, RFC 7496). */
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "suites/sctp/sctp_help.h"

#include "harness/case.h"

/* How much was given up by a policy; of one stream, or of the association when `stream` is -1. */
static struct sctp_prstatus abandoned(int fd, int policy, int stream)
{
	struct sctp_prstatus status = {.sprstat_policy = (uint16_t)policy,
				       .sprstat_sid = (uint16_t)(stream < 0 ? 0 : stream)};
	socklen_t length = sizeof(status);

	EXPECT_OK(getsockopt(fd, IPPROTO_SCTP,
			     stream < 0 ? SCTP_PR_ASSOC_STATUS : SCTP_PR_STREAM_STATUS, &status,
			     &length));
	return status;
}

static ssize_t send_partial(int fd, const char *text, int policy, uint32_t value)
{
	struct sctp_prinfo info = {.pr_policy = (uint16_t)policy, .pr_value = value};

	return sctp_send_with(fd, NULL, text, strlen(text), SCTP_PRINFO, &info, sizeof(info));
}

struct support_row {
	struct variant variant;
	int family;
	uint32_t client, server;
};

static const struct support_row supports[] = {
	{{"both_v4", NULL}, AF_INET, 1, 1},
	{{"both_v6", NULL}, AF_INET6, 1, 1},
	{{"client_only_v4", NULL}, AF_INET, 1, 0},
	{{"server_only_v4", NULL}, AF_INET, 0, 1},
};

/*
 * Both must be able to.
 *
 * Who may be told to forget about data says so in the handshake. Without the other's word,
 * everything is sent until it arrives.
 */
CASE(support_is_told,
     .claim = "SCTP_PR_SUPPORTED puts Forward-TSN-Supported into INIT, and tells of an association "
	      "whether "
	      "both ends have it",
     .level = RFC, .spec = "RFC 3758 3.1; RFC 7496 4.5", .needs = "sctp packet",
     .tags = "sctp SCTP_PR_SUPPORTED wire", .VARIANTS(supports))
{
	const struct support_row *row = VARIANT(struct support_row);
	struct pair p = sctp_ends(row->family);
	struct wire *wire = wire_open("a");
	const struct packet *packet;

	EXPECT_OK(sctp_set_value(p.client, SCTP_PR_SUPPORTED, row->client));
	EXPECT_OK(sctp_set_value(p.listener, SCTP_PR_SUPPORTED, row->server));
	EXPECT_EQ(sctp_get_value(p.client, SCTP_PR_SUPPORTED), row->client);
	sctp_join(&p);
	packet = EXPECT_CHUNK(wire, PACKET_SCTP_INIT, NULL);
	REQUIRE_TRUE(packet != NULL);
	EXPECT_EQ(sctp_has_parameter(packet, PACKET_SCTP_FORWARD_TSN_SUPPORTED), row->client != 0);
	EXPECT_EQ(sctp_get_value(p.client, SCTP_PR_SUPPORTED), row->client && row->server);
	EXPECT_EQ(sctp_get_value(p.server, SCTP_PR_SUPPORTED), row->client && row->server);
}

struct policy_row {
	struct variant variant;
	int family, policy;
	uint32_t value;
	bool by_default; /* SCTP_DEFAULT_PRINFO and not a control message */
};

static const struct policy_row policies[] = {
	{{"ttl_v4", NULL}, AF_INET, SCTP_PR_SCTP_TTL, 50, false},
	{{"ttl_v6", NULL}, AF_INET6, SCTP_PR_SCTP_TTL, 50, false},
	{{"rtx_v4", NULL}, AF_INET, SCTP_PR_SCTP_RTX, 2, false},
	{{"rtx_v6", NULL}, AF_INET6, SCTP_PR_SCTP_RTX, 2, false},
	{{"default_ttl_v4", NULL}, AF_INET, SCTP_PR_SCTP_TTL, 50, true},
	{{"default_rtx_v6", NULL}, AF_INET6, SCTP_PR_SCTP_RTX, 2, true},
};

/*
 * Old news are no news.
 *
 * The position of a player half a second ago helps nobody; sending it again only holds up the
 * present. SCTP_PR_SCTP_TTL gives a message so many milliseconds, SCTP_PR_SCTP_RTX so many
 * repetitions. Then it is given up: FORWARD TSN tells the receiver not to wait for it.
 */
CASE(given_up_after_sending,
     .claim = "a lost message with a policy of SCTP_PRINFO or SCTP_DEFAULT_PRINFO is sent again as "
	      "long "
	      "as that allows; then FORWARD TSN skips it and it counts as abandoned",
     .level = RFC, .spec = "RFC 3758 3.2, 3.5; RFC 7496 3.1, 3.2, 4.2, 4.3", .needs = "sctp packet",
     .sysctls = SCTP_FAST, .waits = true, .timeout_ms = 20000,
     .tags = "sctp SCTP_PRINFO SCTP_PR_ASSOC_STATUS SCTP_PR_STREAM_STATUS wire",
     .VARIANTS(policies))
{
	const struct policy_row *row = VARIANT(struct policy_row);
	struct sctp_default_prinfo def = {.pr_policy = (uint16_t)row->policy,
					  .pr_value = row->value};
	struct sctp_default_prinfo none = {.pr_policy = SCTP_PR_SCTP_NONE}, read = {.pr_value = 0};
	socklen_t length = sizeof(read);
	struct pair p = sctp_pair(row->family);
	struct packet_sctp_chunk data;
	struct wire *wire = wire_open("a");
	int times = 1;

	sctp_lose(p.server, row->family, PACKET_SCTP_DATA);
	if (row->by_default) {
		EXPECT_OK(
			setsockopt(p.client, IPPROTO_SCTP, SCTP_DEFAULT_PRINFO, &def, sizeof(def)));
		EXPECT_OK(getsockopt(p.client, IPPROTO_SCTP, SCTP_DEFAULT_PRINFO, &read, &length));
		EXPECT_EQ(read.pr_policy, row->policy);
		EXPECT_EQ(read.pr_value, row->value);
		EXPECT_EQ(send(p.client, "old", 3, 0), 3);
		EXPECT_OK(setsockopt(p.client, IPPROTO_SCTP, SCTP_DEFAULT_PRINFO, &none,
				     sizeof(none)));
	} else {
		EXPECT_EQ(send_partial(p.client, "old", row->policy, row->value), 3);
	}
	REQUIRE_TRUE(EXPECT_CHUNK(wire, PACKET_SCTP_DATA, &data) != NULL);
	for (;;) {
		const struct packet *packet = wire_next(wire, SOON_MS);

		REQUIRE_TRUE(packet != NULL);
		if (packet_sctp(packet)->first_chunk == PACKET_SCTP_FORWARD_TSN)
			break;
		times += packet_sctp(packet)->first_chunk == PACKET_SCTP_DATA;
	}
	if (row->policy == SCTP_PR_SCTP_RTX)
		EXPECT_EQ(times, 3);
	sctp_lose_nothing(p.server);
	EXPECT_EQ(abandoned(p.client, row->policy, -1).sprstat_abandoned_sent, 1);
	EXPECT_EQ(abandoned(p.client, row->policy, -1).sprstat_abandoned_unsent, 0);
	EXPECT_EQ(abandoned(p.client, row->policy, 0).sprstat_abandoned_sent, 1);
	EXPECT_EQ(abandoned(p.client, row->policy, 1).sprstat_abandoned_sent, 0);
	EXPECT_EQ(abandoned(p.client, SCTP_PR_SCTP_ALL, -1).sprstat_abandoned_sent, 1);
	EXPECT_EQ(abandoned(p.client,
			    row->policy == SCTP_PR_SCTP_TTL ? SCTP_PR_SCTP_RTX : SCTP_PR_SCTP_TTL,
			    -1)
			  .sprstat_abandoned_sent,
		  0);
	/* The next one does not wait for it. */
	SETUP(send(p.client, "new", 3, 0));
	EXPECT_SCTP_TEXT(p.server, "new");
}

/*
 * Too late before it was sent.
 *
 * A message that has to wait for its turn can grow old there. It is given up without having been on
 * the wire.
 */
CASE(given_up_before_sending,
     .claim = "a message whose SCTP_PR_SCTP_TTL ran out while it waited to be sent is never sent, "
	      "and "
	      "counts as abandoned_unsent",
     .level = RFC, .spec = "RFC 3758 4.1 TTL; RFC 7496 4.3", .needs = "sctp", .sysctls = SCTP_SLOW,
     .waits = true, .timeout_ms = 20000, .tags = "sctp SCTP_PRINFO SCTP_PR_ASSOC_STATUS",
     .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = sctp_pair(family);

	/* Not acknowledged for half a second: what follows waits (Nagle). */
	sctp_lose(p.server, family, PACKET_SCTP_DATA);
	SETUP(send(p.client, "first", 5, 0));
	sctp_lost(p.server);
	EXPECT_EQ(send_partial(p.client, "old", SCTP_PR_SCTP_TTL, 20), 3);
	EXPECT_EQ(send_partial(p.client, "young", SCTP_PR_SCTP_TTL, 5000), 5);
	EXPECT_SCTP_TEXT(p.server, "first");
	EXPECT_SCTP_TEXT(p.server, "young");
	EXPECT_EQ(abandoned(p.client, SCTP_PR_SCTP_TTL, -1).sprstat_abandoned_unsent, 1);
	EXPECT_EQ(abandoned(p.client, SCTP_PR_SCTP_TTL, 0).sprstat_abandoned_unsent, 1);
	EXPECT_EQ(abandoned(p.client, SCTP_PR_SCTP_TTL, -1).sprstat_abandoned_sent, 0);
}

/*
 * Room for what matters.
 *
 * When the buffer is full, a message of a higher priority (a lower number) does not wait for room:
 * of those with a lower one, so many are given up as it takes.
 */
CASE(given_up_for_more_important,
     .claim = "with a full send buffer a message of higher SCTP_PR_SCTP_PRIO is taken, and "
	      "messages of "
	      "lower priority are abandoned for it",
     .level = RFC, .spec = "RFC 7496 3.3, 4.3", .needs = "sctp",
     .tags = "sctp SCTP_PRINFO SCTP_PR_SCTP_PRIO", .VARIANTS(families))
{
	int family = VARIANT(struct family_row)->family;
	struct pair p = sctp_pair(family);
	struct sctp_default_prinfo low = {.pr_policy = SCTP_PR_SCTP_PRIO, .pr_value = 9};
	struct sctp_default_prinfo high = {.pr_policy = SCTP_PR_SCTP_PRIO, .pr_value = 1};
	static const char message[1000];
	int sent = 0;

	SETUP(set_int(p.client, SOL_SOCKET, SO_SNDBUF, 8192));
	sctp_lose(p.server, family, PACKET_SCTP_DATA);
	/* What is under way is not given up for room; it holds up the others (Nagle). */
	SETUP(send(p.client, "first", 5, 0));
	EXPECT_OK(setsockopt(p.client, IPPROTO_SCTP, SCTP_DEFAULT_PRINFO, &low, sizeof(low)));
	while (send(p.client, message, sizeof(message), MSG_DONTWAIT) == sizeof(message))
		sent++;
	EXPECT_GE(sent, 2);
	EXPECT_ERR(send(p.client, message, sizeof(message), MSG_DONTWAIT), EAGAIN);
	EXPECT_OK(setsockopt(p.client, IPPROTO_SCTP, SCTP_DEFAULT_PRINFO, &high, sizeof(high)));
	EXPECT_EQ(send(p.client, message, sizeof(message), MSG_DONTWAIT), sizeof(message));
	EXPECT_GE(abandoned(p.client, SCTP_PR_SCTP_PRIO, -1).sprstat_abandoned_unsent, 1);
	EXPECT_EQ(abandoned(p.client, SCTP_PR_SCTP_PRIO, -1).sprstat_abandoned_sent, 0);
}

/* A policy that is none. */
CASE(no_such_policy,
     .claim =
	     "a policy of SCTP_PRINFO or SCTP_DEFAULT_PRINFO that does not exist fails with EINVAL",
     .level = RFC, .spec = "RFC 7496 4.1, 4.2", .needs = "sctp", .tags = "sctp SCTP_PRINFO errno",
     .VARIANTS(families))
{
	struct pair p = sctp_pair(VARIANT(struct family_row)->family);
	struct sctp_default_prinfo wrong = {.pr_policy = 0x77},
				   right = {.pr_policy = SCTP_PR_SCTP_TTL};
	struct sctp_prstatus status = {.sprstat_policy = 0x77};
	socklen_t length = sizeof(status);

	EXPECT_ERR(send_partial(p.client, "x", 0x77, 1), EINVAL);
	EXPECT_EQ(send_partial(p.client, "x", SCTP_PR_SCTP_RTX, 1), 1);
	EXPECT_ERR(setsockopt(p.client, IPPROTO_SCTP, SCTP_DEFAULT_PRINFO, &wrong, sizeof(wrong)),
		   EINVAL);
	EXPECT_OK(setsockopt(p.client, IPPROTO_SCTP, SCTP_DEFAULT_PRINFO, &right, sizeof(right)));
	EXPECT_ERR(getsockopt(p.client, IPPROTO_SCTP, SCTP_PR_ASSOC_STATUS, &status, &length),
		   EINVAL);
	EXPECT_EQ(abandoned(p.client, SCTP_PR_SCTP_TTL, -1).sprstat_abandoned_sent, 0);
}
