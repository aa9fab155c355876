/* SPDX-License-Identifier: MIT */
/* Messages that are wrong: which the kernel answers, and which it drops. */
#include <linux/if_addr.h>
#include <linux/if_link.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <string.h>
#include <sys/socket.h>

#include "harness/names/names.h"
#include "suites/netlink/netlink_help.h"

#include "harness/case.h"

/* An acknowledgement that proves that the socket still works, and that nothing else came. */
static void expect_well(int fd)
{
	struct netlink_request noop = netlink_request_of(NLMSG_NOOP, 0, NULL, 0);

	EXPECT_ERRNO(netlink_do(fd, &noop), 0);
	EXPECT_TRUE(netlink_is_silent(fd));
}

struct length_row {
	struct variant variant;
	uint32_t nlmsg_len;
	size_t sent;
};

static const struct length_row lengths[] = {
	{{"less_than_a_header", NULL}, 32, 15},
	{{"one_byte", NULL}, 32, 1},
	{{"length_0", NULL}, 0, 32},
	{{"length_15", NULL}, 15, 32},
	{{"length_beyond_the_data", NULL}, 33, 32},
	{{"length_of_gigabytes", NULL}, 0xfffffff0, 32},
};

/*
 * No message, no answer.
 *
 * A datagram in which no whole message is found is dropped: send() counts its bytes as sent, and
 * nobody answers, for there is nothing to answer to.
 */
CASE(wrong_lengths,
     .claim = "a datagram without a whole message is taken by send(), and not answered",
     .level = ABI, .spec = "net/netlink/af_netlink.c netlink_rcv_skb(); netlink(3) NLMSG_OK",
     .needs = "netlink", .tags = "netlink malformed", .VARIANTS(lengths))
{
	const struct length_row *row = VARIANT(struct length_row);
	struct ifinfomsg link = {.ifi_index = 1};
	struct netlink_request r = REQUEST(RTM_GETLINK, NLM_F_ACK, link);
	int fd = netlink_open(NETLINK_ROUTE);

	r.header.nlmsg_len = row->nlmsg_len;
	EXPECT_EQ(send(fd, &r, row->sent, 0), row->sent);
	EXPECT_TRUE(netlink_is_silent(fd));
	expect_well(fd);
}

/* Nothing at all is not even taken. */
CASE(empty_datagram, .claim = "sending 0 bytes fails with ENODATA, or is taken without an answer",
     .level = OBSERVED, .spec = "net/netlink/af_netlink.c netlink_sendmsg(); send(2)",
     .needs = "netlink", .tags = "netlink malformed errno")
{
	int fd = netlink_open(NETLINK_ROUTE);
	ssize_t sent = send(fd, "", 0, 0);
	int error = sent < 0 ? errno : 0;

	OBSERVE("send() of nothing", "%s", error == 0 ? "taken" : names_errno(error));
	EXPECT_TRUE(sent == 0 || error == ENODATA);
	expect_well(fd);
}

struct ignored_row {
	struct variant variant;
	uint16_t type;
	unsigned int flags;
	bool answered;
};

static const struct ignored_row ignored[] = {
	{{"no_request_flag", NULL}, RTM_GETLINK, NLM_F_ACK, true},
	{{"control_type", NULL}, 15, NLM_F_REQUEST, false},
	{{"control_type_with_ack", NULL}, 15, NLM_F_REQUEST | NLM_F_ACK, true},
	{{"done", NULL}, NLMSG_DONE, NLM_F_REQUEST, false},
};

/*
 * What is not a request is not done.
 *
 * Only messages with `NLM_F_REQUEST` are for the kernel, and types below 16 are not requests but
 * netlink's own. They are skipped; one with `NLM_F_ACK` is acknowledged all the same.
 */
CASE(not_a_request,
     .claim = "messages without NLM_F_REQUEST, or of types below 16, are skipped, and acknowledged "
	      "if asked for",
     .level = ABI, .spec = "net/netlink/af_netlink.c netlink_rcv_skb(); RFC 3549 2.3.2",
     .needs = "netlink", .tags = "netlink malformed", .VARIANTS(ignored))
{
	const struct ignored_row *row = VARIANT(struct ignored_row);
	struct ifinfomsg link = {.ifi_index = 4242};
	struct netlink_request r = REQUEST(row->type, 0, link);
	struct netlink_answer answer;
	int fd = netlink_open(NETLINK_ROUTE);

	r.header.nlmsg_flags = (uint16_t)row->flags;
	EXPECT_EQ(netlink_send(fd, &r), r.header.nlmsg_len);
	if (row->answered) {
		REQUIRE_TRUE(netlink_receive(fd, &answer) > 0);
		EXPECT_EQ(answer_first(&answer)->nlmsg_type, NLMSG_ERROR);
		/* Not ENODEV: it was not looked at. */
		EXPECT_EQ(((const struct nlmsgerr *)NLMSG_DATA(answer_first(&answer)))->error, 0);
	}
	expect_well(fd);
}

struct type_row {
	struct variant variant;
	uint16_t type;
	uint8_t family;
	size_t size;
	int error;
};

static const struct type_row types[] = {
	{{"type_beyond_all", NULL}, 0xfffc, AF_UNSPEC, 16, EOPNOTSUPP},
	{{"type_without_handler", NULL}, RTM_NEWLINK + 4 * 23 + 3, AF_UNSPEC, 16, EOPNOTSUPP},
	{{"getlink_short_header", NULL}, RTM_GETLINK, AF_UNSPEC, 4, EINVAL},
	{{"newaddr_short_header", NULL}, RTM_NEWADDR, AF_INET, 4, EINVAL},
	{{"newroute_short_header", NULL}, RTM_NEWROUTE, AF_INET, 4, EINVAL},
	{{"newneigh_no_interface", NULL}, RTM_NEWNEIGH, AF_INET, 12, EINVAL},
	{{"setlink_no_interface", NULL}, RTM_SETLINK, AF_UNSPEC, 16, EINVAL},
	{{"newaddr_no_address", NULL}, RTM_NEWADDR, AF_INET, 8, EINVAL},
};

/*
 * Requests that cannot be understood.
 *
 * A type that nobody handles gives `EOPNOTSUPP`; a known one with too short a header, or without
 * what it needs, `EINVAL`. Which of the two tells a program whether the kernel is too old, or
 * itself wrong.
 */
CASE(wrong_requests,
     .claim = "an unknown type gives EOPNOTSUPP, a known one that lacks something EINVAL",
     .level = LINUX,
     .spec = "netlink(7) NLMSG_ERROR; Documentation/userspace-api/netlink/intro.rst",
     .needs = "netlink", .tags = "netlink malformed errno", .VARIANTS(types))
{
	const struct type_row *row = VARIANT(struct type_row);
	char header[16] = {(char)row->family};
	struct netlink_request r = netlink_request_of(row->type, 0, header, row->size);
	int fd = netlink_open(NETLINK_ROUTE);

	EXPECT_ERRNO(netlink_error(fd, &r), row->error);
	expect_well(fd);
}

struct attribute_row {
	struct variant variant;
	uint16_t type;
	const char *value;
	size_t length;
	int nla_len; /* 0: the right one */
	int error;
};

static const struct attribute_row attributes[] = {
	{{"right", NULL}, IFLA_MTU, "\0\0\1", 4, 0, 0},
	{{"too_short", NULL}, IFLA_MTU, "\0\0\1", 2, 0, ERANGE},
	{{"name_too_long", NULL}, IFLA_IFNAME, "a-name-of-sixteen-bytes", 24, 0, ERANGE},
	{{"length_beyond_the_message", NULL}, IFLA_MTU, "\0\0\1", 4, 200, 0},
	{{"unknown_type", NULL}, 999, "\0\0\1", 4, 0, 0},
};

/*
 * Attributes that cannot be understood.
 *
 * A value that is too short for its type, or too long, is refused with `ERANGE`. Attributes of a
 * type that is not known are passed over: they are from a newer program. So is what is left behind
 * the last whole one.
 */
CASE(wrong_attributes,
     .claim = "attributes of a wrong length give ERANGE, unknown ones are passed over",
     .level = ABI,
     .spec = "lib/nlattr.c validate_nla(), __nla_validate_parse(); "
	     "Documentation/userspace-api/netlink/intro.rst",
     .needs = "netlink", .tags = "netlink malformed errno", .VARIANTS(attributes))
{
	const struct attribute_row *row = VARIANT(struct attribute_row);
	struct ifinfomsg link = {.ifi_index = 1};
	struct netlink_request r = REQUEST(RTM_NEWLINK, 0, link);
	size_t at = r.header.nlmsg_len;
	int fd = netlink_open(NETLINK_ROUTE);

	request_add(&r, row->type, row->value, row->length);
	if (row->nla_len != 0)
		((struct nlattr *)(void *)(r.bytes + at))->nla_len = (uint16_t)row->nla_len;
	EXPECT_ERRNO(netlink_do(fd, &r), row->error);
	expect_well(fd);
}

/* A buffer that is not there gives EFAULT, as for any socket, and nothing is sent. */
CASE(bad_pointer, .claim = "sending from memory that is not there fails with EFAULT",
     .level = LINUX, .spec = "send(2) EFAULT", .needs = "netlink", .tags = "netlink errno")
{
	int fd = netlink_open(NETLINK_ROUTE);

	EXPECT_ERR(send(fd, (void *)1, 16, 0), EFAULT);
	expect_well(fd);
}
