/* SPDX-License-Identifier: MIT */
#include "suites/netlink/netlink_help.h"

#include <poll.h>
#include <string.h>
#include <sys/time.h>

/* ---------------------------------------------------------------------------- requests */

static uint32_t next_sequence(void)
{
	static uint32_t sequence = 1000;

	return ++sequence;
}

struct netlink_request netlink_request_of(uint16_t type, unsigned int flags, const void *header,
					  size_t size)
{
	struct netlink_request r = {.bytes = {0}};

	r.header = (struct nlmsghdr){
		.nlmsg_len = (uint32_t)NLMSG_LENGTH(size),
		.nlmsg_type = type,
		.nlmsg_flags = (uint16_t)(NLM_F_REQUEST | flags),
		.nlmsg_seq = next_sequence(),
	};
	if (size > 0)
		memcpy(r.bytes + NLMSG_HDRLEN, header, size);
	return r;
}

void request_add(struct netlink_request *r, uint16_t type, const void *value, size_t length)
{
	size_t at = NLMSG_ALIGN(r->header.nlmsg_len);
	struct nlattr a = {.nla_len = (uint16_t)(NLA_HDRLEN + length), .nla_type = type};

	REQUIRE_TRUE(at + NLA_HDRLEN + length <= sizeof(r->bytes));
	memcpy(r->bytes + at, &a, sizeof(a));
	if (length > 0)
		memcpy(r->bytes + at + NLA_HDRLEN, value, length);
	/* The padding behind the last one counts as well, as libraries do it. */
	r->header.nlmsg_len = (uint32_t)(at + NLA_ALIGN(a.nla_len));
}

void request_add_u32(struct netlink_request *r, uint16_t type, uint32_t value)
{
	request_add(r, type, &value, sizeof(value));
}

void request_add_text(struct netlink_request *r, uint16_t type, const char *text)
{
	request_add(r, type, text, strlen(text) + 1);
}

size_t request_nest(struct netlink_request *r, uint16_t type)
{
	size_t at = NLMSG_ALIGN(r->header.nlmsg_len);

	request_add(r, type, NULL, 0);
	return at;
}

void request_end(struct netlink_request *r, size_t nest)
{
	uint16_t length = (uint16_t)(r->header.nlmsg_len - nest);

	memcpy(r->bytes + nest + offsetof(struct nlattr, nla_len), &length, sizeof(length));
}

/* ---------------------------------------------------------------------------- answers */

/* The message at an offset, if all of it is there. */
static const struct nlmsghdr *message_at(const struct netlink_answer *answer, size_t at)
{
	const struct nlmsghdr *h = (const struct nlmsghdr *)(const void *)(answer->bytes + at);

	if (at + NLMSG_HDRLEN > answer->length || h->nlmsg_len < NLMSG_HDRLEN ||
	    h->nlmsg_len > answer->length - at)
		return NULL;
	return h;
}

const struct nlmsghdr *answer_first(const struct netlink_answer *answer)
{
	return message_at(answer, 0);
}

const struct nlmsghdr *answer_next(const struct netlink_answer *answer, const struct nlmsghdr *h)
{
	return message_at(answer,
			  (size_t)((const char *)h - answer->bytes) + NLMSG_ALIGN(h->nlmsg_len));
}

static const struct nlattr *find(const char *at, size_t length, uint16_t type)
{
	while (length >= NLA_HDRLEN) {
		const struct nlattr *a = (const struct nlattr *)(const void *)at;
		size_t step = NLA_ALIGN(a->nla_len);

		if (a->nla_len < NLA_HDRLEN || a->nla_len > length)
			return NULL;
		if ((a->nla_type & NLA_TYPE_MASK) == type)
			return a;
		if (step >= length)
			return NULL;
		at += step;
		length -= step;
	}
	return NULL;
}

const struct nlattr *attribute_of(const struct nlmsghdr *h, size_t header, uint16_t type)
{
	size_t start = NLMSG_HDRLEN + NLMSG_ALIGN(header);

	if (h == NULL || h->nlmsg_len < start)
		return NULL;
	return find((const char *)h + start, h->nlmsg_len - start, type);
}

const struct nlattr *attribute_in(const struct nlattr *nest, uint16_t type)
{
	if (nest == NULL)
		return NULL;
	return find((const char *)nest + NLA_HDRLEN, nest->nla_len - (size_t)NLA_HDRLEN, type);
}

const void *attribute_data(const struct nlattr *a, size_t length)
{
	if (a == NULL || a->nla_len < NLA_HDRLEN + length)
		return NULL;
	return (const char *)a + NLA_HDRLEN;
}

uint32_t attribute_u32(const struct nlattr *a)
{
	const void *data = attribute_data(a, sizeof(uint32_t));
	uint32_t value = 0;

	if (data != NULL)
		memcpy(&value, data, sizeof(value));
	return value;
}

const char *attribute_text(const struct nlattr *a)
{
	const char *text = attribute_data(a, 1);

	if (text == NULL || memchr(text, '\0', a->nla_len - (size_t)NLA_HDRLEN) == NULL)
		return "";
	return text;
}

/* ---------------------------------------------------------------------------- sockets */

int netlink_open_here(int protocol)
{
	struct timeval patience = {SOON_MS / 1000, 0};
	int fd = SETUP(socket(AF_NETLINK, SOCK_RAW, protocol));

	SETUP(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience)));
	return fd;
}

int netlink_listener_here(int group)
{
	struct sockaddr_nl name = {.nl_family = AF_NETLINK};
	int fd = netlink_open_here(NETLINK_ROUTE);

	/* Without a port id it would hear nothing, see groups.c. */
	SETUP(bind(fd, (struct sockaddr *)&name, sizeof(name)));
	SETUP(setsockopt(fd, SOL_NETLINK, NETLINK_ADD_MEMBERSHIP, &group, sizeof(group)));
	return fd;
}

uint32_t netlink_port_here(int fd)
{
	struct sockaddr_nl own = {0};
	socklen_t length = sizeof(own);

	SETUP(getsockname(fd, (struct sockaddr *)&own, &length));
	EXPECT_EQ(length, sizeof(own));
	return own.nl_pid;
}

ssize_t netlink_send_here(int fd, const struct netlink_request *r)
{
	return send(fd, r->bytes, r->header.nlmsg_len, 0);
}

ssize_t netlink_receive_here(int fd, struct netlink_answer *answer)
{
	struct sockaddr_nl from = {.nl_pid = UINT32_MAX};
	struct iovec part = {answer->bytes, sizeof(answer->bytes)};
	struct msghdr message = {
		.msg_name = &from,
		.msg_namelen = sizeof(from),
		.msg_iov = &part,
		.msg_iovlen = 1,
	};
	ssize_t got = EXPECT_OK(recvmsg(fd, &message, 0));

	answer->length = got > 0 ? (size_t)got : 0;
	if (got < 0)
		return -1;
	EXPECT_EQ(message.msg_namelen, sizeof(from));
	EXPECT_EQ(from.nl_family, AF_NETLINK);
	EXPECT_EQ(from.nl_pid, 0);
	answer->groups = from.nl_groups;
	EXPECT_EQ(message.msg_flags, 0);
	return got;
}

/* Of an NLMSG_ERROR; -1 when it is none, or not about this request. */
static int error_in(const struct nlmsghdr *h, const struct netlink_request *r)
{
	const struct nlmsgerr *error;

	if (h == NULL || h->nlmsg_type != NLMSG_ERROR ||
	    h->nlmsg_len < NLMSG_LENGTH(sizeof(*error)))
		return -1;
	error = (const struct nlmsgerr *)NLMSG_DATA(h);
	if (h->nlmsg_seq != r->header.nlmsg_seq ||
	    memcmp(&error->msg, &r->header, sizeof(r->header)) != 0)
		return -1;
	return -error->error;
}

int netlink_do_here(int fd, struct netlink_request *r, unsigned int flags)
{
	struct netlink_answer answer;

	r->header.nlmsg_flags |= (uint16_t)flags;
	if (SETUP(netlink_send_here(fd, r)) < 0 || netlink_receive_here(fd, &answer) < 0)
		return -1;
	EXPECT_EQ(answer.groups, 0);
	return error_in(answer_first(&answer), r);
}

const struct nlmsghdr *netlink_get_here(int fd, const struct netlink_request *r,
					struct netlink_answer *answer)
{
	const struct nlmsghdr *h;

	SETUP(netlink_send_here(fd, r));
	if (netlink_receive_here(fd, answer) < 0)
		return NULL;
	h = answer_first(answer);
	if (h == NULL || h->nlmsg_type == NLMSG_ERROR) {
		errno = h == NULL ? EPROTO : error_in(h, r);
		return NULL;
	}
	EXPECT_EQ(h->nlmsg_seq, r->header.nlmsg_seq);
	/* What is echoed is the message for the group. */
	if ((r->header.nlmsg_flags & NLM_F_ECHO) == 0)
		EXPECT_EQ(answer->groups, 0);
	return h;
}

/* NLMSG_DONE carries how the dump ended: 0, or a negative errno. */
static int end_of_dump(const struct nlmsghdr *done, int count)
{
	int result = 0;

	if (done->nlmsg_len >= NLMSG_LENGTH(sizeof(result)))
		memcpy(&result, NLMSG_DATA(done), sizeof(result));
	if (result >= 0)
		return count;
	errno = -result;
	return -1;
}

int netlink_dump_here(int fd, const struct netlink_request *r, netlink_visit *visit, void *context)
{
	struct netlink_answer answer;
	int count = 0;

	SETUP(netlink_send_here(fd, r));
	while (netlink_receive_here(fd, &answer) > 0) {
		EXPECT_EQ(answer.groups, 0);
		for (const struct nlmsghdr *h = answer_first(&answer); h != NULL;
		     h = answer_next(&answer, h)) {
			EXPECT_EQ(h->nlmsg_seq, r->header.nlmsg_seq);
			if (h->nlmsg_type == NLMSG_ERROR) {
				errno = error_in(h, r);
				return -1;
			}
			if (h->nlmsg_type == NLMSG_DONE)
				return end_of_dump(h, count);
			visit(h, context);
			count++;
		}
	}
	errno = EPROTO;
	return -1;
}

bool netlink_is_silent_here(int fd)
{
	struct pollfd waiting = {.fd = fd, .events = POLLIN};

	return SETUP(poll(&waiting, 1, 0)) == 0;
}
