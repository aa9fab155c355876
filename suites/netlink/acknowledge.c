/* SPDX-License-Identifier: MIT */
/* Acknowledgements: whether it worked, and in newer kernels why not. */
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

/* RTM_GETLINK of an interface that is not there, or (index 1) of the loopback interface. */
static struct netlink_request about_link(int index, unsigned int flags)
{
	struct ifinfomsg link = {.ifi_index = index};

	return REQUEST(RTM_GETLINK, flags, link);
}

/*
 * Only who asks is told that it worked.
 *
 * A change without `NLM_F_ACK` is answered only if it fails. With the flag there is an answer in
 * any case: an `NLMSG_ERROR` with error 0 is the acknowledgement.
 */
CASE(success_on_request,
     .claim = "a change that works is answered with error 0 if NLM_F_ACK is set, else not at all",
     .level = RFC, .spec = "RFC 3549 2.3.2.2; netlink(7) NLM_F_ACK, NLMSG_ERROR",
     .needs = "netlink", .tags = "netlink")
{
	struct netlink_request quiet = request_up(1, true), loud = request_up(1, true);
	struct netlink_answer answer;
	const struct nlmsgerr *error;
	int fd = netlink_open(NETLINK_ROUTE);

	EXPECT_EQ(netlink_send(fd, &quiet), quiet.header.nlmsg_len);
	EXPECT_TRUE(netlink_is_silent(fd));

	loud.header.nlmsg_flags |= NLM_F_ACK;
	EXPECT_EQ(netlink_send(fd, &loud), loud.header.nlmsg_len);
	REQUIRE_TRUE(netlink_receive(fd, &answer) >= NLMSG_LENGTH((int)sizeof(*error)));
	EXPECT_EQ(answer_first(&answer)->nlmsg_type, NLMSG_ERROR);
	EXPECT_EQ(answer_first(&answer)->nlmsg_seq, loud.header.nlmsg_seq);
	EXPECT_EQ(answer_first(&answer)->nlmsg_pid, netlink_port(fd));
	error = NLMSG_DATA(answer_first(&answer));
	EXPECT_EQ(error->error, 0);
	EXPECT_MEMEQ(&error->msg, &loud.header, sizeof(loud.header));
	EXPECT_TRUE(netlink_is_silent(fd));
}

struct error_row {
	struct variant variant;
	unsigned int flags;
};

static const struct error_row with_and_without[] = {
	{{"without_ack", NULL}, 0},
	{{"with_ack", NULL}, NLM_F_ACK},
};

/*
 * Everybody is told that it failed.
 *
 * The answer has the errno, negative, and repeats the request: all of it, so that a program that
 * sent many knows which was meant.
 */
CASE(failure_always,
     .claim = "a request that fails is answered with its errno and the request itself",
     .level = RFC, .spec = "RFC 3549 2.3.2.2; netlink(7) NLMSG_ERROR", .needs = "netlink",
     .tags = "netlink errno", .VARIANTS(with_and_without))
{
	struct netlink_request r = about_link(4242, VARIANT(struct error_row)->flags);
	struct netlink_answer answer;
	const struct nlmsgerr *error;
	int fd = netlink_open(NETLINK_ROUTE);

	EXPECT_EQ(netlink_send(fd, &r), r.header.nlmsg_len);
	REQUIRE_TRUE(netlink_receive(fd, &answer) >= NLMSG_LENGTH((int)sizeof(*error)));
	EXPECT_EQ(answer_first(&answer)->nlmsg_type, NLMSG_ERROR);
	EXPECT_EQ(answer_first(&answer)->nlmsg_len, NLMSG_LENGTH(4 + r.header.nlmsg_len));
	error = NLMSG_DATA(answer_first(&answer));
	EXPECT_EQ(error->error, -ENODEV);
	EXPECT_MEMEQ(&error->msg, &r, r.header.nlmsg_len);
	EXPECT_TRUE(netlink_is_silent(fd));
}

/* An answer and an acknowledgement: first the one, then the other. */
CASE(answer_then_acknowledgement,
     .claim = "a single request with NLM_F_ACK is answered, then acknowledged", .level = RFC,
     .spec = "RFC 3549 2.3.2 (NLM_F_ACK); netlink(7)", .needs = "netlink", .tags = "netlink")
{
	struct netlink_request r = about_link(1, NLM_F_ACK);
	struct netlink_answer answer;
	const struct nlmsghdr *h;
	int fd = netlink_open(NETLINK_ROUTE);

	h = netlink_get(fd, &r, &answer);
	REQUIRE_TRUE(h != NULL);
	EXPECT_EQ(h->nlmsg_type, RTM_NEWLINK);
	REQUIRE_TRUE(netlink_receive(fd, &answer) > 0);
	EXPECT_EQ(answer_first(&answer)->nlmsg_type, NLMSG_ERROR);
	EXPECT_EQ(((const struct nlmsgerr *)NLMSG_DATA(answer_first(&answer)))->error, 0);
	EXPECT_TRUE(netlink_is_silent(fd));
}

/*
 * Several requests in one send().
 *
 * Messages may follow each other in a datagram, each at a multiple of 4 bytes. They are done in
 * their order, and one that fails does not stop the others: each has its own answer.
 */
CASE(several_in_one,
     .claim = "messages in one datagram are each done and answered, in order, also after one fails",
     .level = LINUX, .spec = "netlink(7) (messages in a byte stream); netlink(3)",
     .needs = "netlink", .tags = "netlink")
{
	struct netlink_request r[3] = {about_link(4242, NLM_F_ACK), request_up(1, true),
				       about_link(4243, NLM_F_ACK)};
	static const int errors[] = {ENODEV, 0, ENODEV};
	struct netlink_answer answer;
	int fd = netlink_open(NETLINK_ROUTE);
	char data[512];
	size_t used = 0;

	r[1].header.nlmsg_flags |= NLM_F_ACK;
	for (int i = 0; i < 3; i++) {
		memcpy(data + used, &r[i], r[i].header.nlmsg_len);
		used += NLMSG_ALIGN(r[i].header.nlmsg_len);
	}
	EXPECT_EQ(send(fd, data, used, 0), used);
	for (int i = 0; i < 3; i++) {
		REQUIRE_TRUE(netlink_receive(fd, &answer) > 0);
		EXPECT_EQ(answer_first(&answer)->nlmsg_type, NLMSG_ERROR);
		EXPECT_EQ(answer_first(&answer)->nlmsg_seq, r[i].header.nlmsg_seq);
		EXPECT_EQ(((const struct nlmsgerr *)NLMSG_DATA(answer_first(&answer)))->error,
			  -errors[i]);
	}
	EXPECT_TRUE(netlink_is_silent(fd));
}

/*
 * Only the header, please.
 *
 * A request may have kilobytes, and its error repeats them. With `NETLINK_CAP_ACK` the error has
 * only the request's header, and says so with `NLM_F_CAPPED`; its length still is the one of the
 * request.
 */
CASE(capped,
     .claim = "with NETLINK_CAP_ACK an error repeats only the request's header, and has "
	      "NLM_F_CAPPED",
     .level = LINUX, .spec = "netlink(7) NETLINK_CAP_ACK", .needs = "netlink",
     .tags = "netlink option")
{
	struct netlink_request r = about_link(4242, 0);
	struct netlink_answer answer;
	const struct nlmsgerr *error;
	int fd = netlink_open(NETLINK_ROUTE);

	request_add_text(&r, IFLA_IFNAME, "some-name");
	EXPECT_EQ(netlink_send(fd, &r), r.header.nlmsg_len);
	EXPECT_EQ(netlink_receive(fd, &answer), NLMSG_LENGTH(4 + r.header.nlmsg_len));
	EXPECT_EQ(answer_first(&answer)->nlmsg_flags & NLM_F_CAPPED, 0);

	EXPECT_OK(set_int(fd, SOL_NETLINK, NETLINK_CAP_ACK, 1));
	EXPECT_EQ(get_int(fd, SOL_NETLINK, NETLINK_CAP_ACK), 1);
	EXPECT_EQ(netlink_send(fd, &r), r.header.nlmsg_len);
	EXPECT_EQ(netlink_receive(fd, &answer), NLMSG_LENGTH(sizeof(*error)));
	EXPECT_EQ(answer_first(&answer)->nlmsg_flags & NLM_F_CAPPED, NLM_F_CAPPED);
	error = NLMSG_DATA(answer_first(&answer));
	EXPECT_EQ(error->error, -ENODEV);
	EXPECT_EQ(error->msg.nlmsg_len, r.header.nlmsg_len);
}

/* The attributes behind the error number and the request, which is there whole without
 * NLM_F_CAPPED. */
static const struct nlattr *extended(const struct nlmsghdr *h, uint16_t type)
{
	const struct nlmsgerr *error = NLMSG_DATA(h);
	size_t quoted = sizeof(error->msg);

	if ((h->nlmsg_flags & NLM_F_ACK_TLVS) == 0)
		return NULL;
	if ((h->nlmsg_flags & NLM_F_CAPPED) == 0)
		quoted = error->msg.nlmsg_len;
	return attribute_of(h, sizeof(error->error) + quoted, type);
}

struct extended_row {
	struct variant variant;
	bool capped;
};

static const struct extended_row extended_rows[] = {
	{{"whole", NULL}, false},
	{{"capped", NULL}, true},
};

/*
 * In words.
 *
 * Of `EINVAL` nobody knows what was wrong. With `NETLINK_EXT_ACK` errors carry attributes of their
 * own
 * (`NLM_F_ACK_TLVS`), among them a text for people, `NLMSGERR_ATTR_MSG`. Here the address of a
 * network has bits behind its prefix.
 *
 * Try it: `ip route add 198.51.100.7/24 dev lo` prints the text after "Error:".
 */
CASE(in_words, .claim = "with NETLINK_EXT_ACK an error has a text that says what was wrong",
     .level = LINUX,
     .spec = "netlink(7) NETLINK_EXT_ACK; Documentation/userspace-api/netlink/intro.rst "
	     "(NLMSGERR_ATTR_MSG)",
     .needs = "netlink", .tags = "netlink option errno", .VARIANTS(extended_rows))
{
	struct netlink_request r =
		request_route(RTM_NEWROUTE, NLM_F_CREATE, 1, "198.51.100.7", 24, 0);
	bool capped = VARIANT(struct extended_row)->capped;
	struct netlink_answer answer;
	const struct nlmsghdr *h;
	int fd = netlink_open(NETLINK_ROUTE);

	EXPECT_EQ(netlink_send(fd, &r), r.header.nlmsg_len);
	REQUIRE_TRUE(netlink_receive(fd, &answer) > 0);
	EXPECT_EQ(answer_first(&answer)->nlmsg_flags & NLM_F_ACK_TLVS, 0);

	EXPECT_OK(set_int(fd, SOL_NETLINK, NETLINK_EXT_ACK, 1));
	SETUP(set_int(fd, SOL_NETLINK, NETLINK_CAP_ACK, capped));
	EXPECT_EQ(netlink_send(fd, &r), r.header.nlmsg_len);
	REQUIRE_TRUE(netlink_receive(fd, &answer) > 0);
	h = answer_first(&answer);
	REQUIRE_TRUE(h != NULL);
	EXPECT_EQ(h->nlmsg_type, NLMSG_ERROR);
	EXPECT_EQ(((const struct nlmsgerr *)NLMSG_DATA(h))->error, -EINVAL);
	EXPECT_EQ(h->nlmsg_flags, capped ? NLM_F_ACK_TLVS | NLM_F_CAPPED : NLM_F_ACK_TLVS);
	EXPECT_NE(attribute_text(extended(h, NLMSGERR_ATTR_MSG))[0], '\0');
	OBSERVE("text", "%s", attribute_text(extended(h, NLMSGERR_ATTR_MSG)));
}

/*
 * And which of them.
 *
 * A request may have thirty attributes. `NLMSGERR_ATTR_OFFS` is the offset, in the request, of the
 * one that is wrong: here an MTU of 3 bytes.
 */
CASE(which_attribute,
     .claim = "with NETLINK_EXT_ACK an error has the offset of the attribute that is wrong",
     .level = LINUX,
     .spec = "netlink(7) NETLINK_EXT_ACK; Documentation/userspace-api/netlink/intro.rst "
	     "(NLMSGERR_ATTR_OFFS)",
     .needs = "netlink", .tags = "netlink option errno", .VARIANTS(extended_rows))
{
	struct ifinfomsg link = {.ifi_index = 1};
	struct netlink_request r = REQUEST(RTM_NEWLINK, 0, link);
	struct netlink_answer answer;
	int fd = netlink_open(NETLINK_ROUTE);
	uint32_t offset;

	request_add_text(&r, IFLA_IFALIAS, "so that the wrong one is not the first");
	offset = r.header.nlmsg_len;
	request_add(&r, IFLA_MTU, "\1\2\3", 3);
	SETUP(set_int(fd, SOL_NETLINK, NETLINK_CAP_ACK, VARIANT(struct extended_row)->capped));
	EXPECT_OK(set_int(fd, SOL_NETLINK, NETLINK_EXT_ACK, 1));
	EXPECT_EQ(get_int(fd, SOL_NETLINK, NETLINK_EXT_ACK), 1);
	EXPECT_EQ(netlink_send(fd, &r), r.header.nlmsg_len);
	REQUIRE_TRUE(netlink_receive(fd, &answer) > 0);
	REQUIRE_TRUE(answer_first(&answer) != NULL);
	EXPECT_EQ(answer_first(&answer)->nlmsg_type, NLMSG_ERROR);
	EXPECT_EQ(((const struct nlmsgerr *)NLMSG_DATA(answer_first(&answer)))->error, -ERANGE);
	EXPECT_EQ(attribute_u32(extended(answer_first(&answer), NLMSGERR_ATTR_OFFS)), offset);
}
