/* SPDX-License-Identifier: MIT */
#include "suites/sctp/sctp_help.h"

#include <linux/filter.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "harness/sandbox/sandbox.h"

static void name_of(struct expect_at at, int fd, struct address *where)
{
	*where = address_empty();
	expect_success(at, getsockname(fd, &where->any, &where->length));
}

struct pair sctp_ends_at(struct expect_at at, int family)
{
	struct pair p = {.server = -1, .server_address = address_loopback(family, 0)};

	p.listener = (int)expect_success(at, socket(family, SOCK_STREAM, IPPROTO_SCTP));
	p.client = (int)expect_success(at, socket(family, SOCK_STREAM, IPPROTO_SCTP));
	expect_success(at, bind(p.listener, ADDRESS(p.server_address)));
	expect_success(at, listen(p.listener, 16));
	name_of(at, p.listener, &p.server_address);
	return p;
}

void sctp_join_at(struct expect_at at, struct pair *p)
{
	expect_success(at, connect(p->client, ADDRESS(p->server_address)));
	p->server = (int)expect_success(at, accept(p->listener, NULL, NULL));
	name_of(at, p->client, &p->client_address);
}

struct pair sctp_pair_at(struct expect_at at, int family)
{
	struct pair p = sctp_ends_at(at, family);

	sctp_join_at(at, &p);
	return p;
}

struct pair sctp_ends_between_hosts_at(struct expect_at at, int family)
{
	struct pair p = {.server = -1, .server_address = address_any(family, SCTP_PORT)};

	p.listener = (int)expect_success(at, host_socket("b", family, SOCK_STREAM, IPPROTO_SCTP));
	p.client = (int)expect_success(at, host_socket("a", family, SOCK_STREAM, IPPROTO_SCTP));
	expect_success(at, bind(p.listener, ADDRESS(p.server_address)));
	expect_success(at, listen(p.listener, 16));
	return p;
}

int sctp_many_at(struct expect_at at, int family, struct address *where)
{
	int fd = (int)expect_success(at, socket(family, SOCK_SEQPACKET, IPPROTO_SCTP));

	*where = address_loopback(family, 0);
	expect_success(at, bind(fd, ADDRESS(*where)));
	expect_success(at, listen(fd, 16));
	name_of(at, fd, where);
	return fd;
}

static sctp_assoc_t comes_up(struct expect_at at, int fd)
{
	struct sctp_received got = sctp_notified_at(at, fd, SCTP_ASSOC_CHANGE);

	return SCTP_NOTE(got, sctp_assoc_change)->sac_assoc_id;
}

struct sctp_many sctp_many_pair_at(struct expect_at at, int family)
{
	struct sctp_many m;

	m.client = sctp_many_at(at, family, &m.client_address);
	m.server = sctp_many_at(at, family, &m.server_address);
	expect_success(at, sctp_subscribe_here(m.client, SCTP_ASSOC_CHANGE));
	expect_success(at, sctp_subscribe_here(m.server, SCTP_ASSOC_CHANGE));
	expect_success(at, sendto(m.client, "hello", 5, 0, ADDRESS(m.server_address)));
	m.client_id = comes_up(at, m.client);
	m.server_id = comes_up(at, m.server);
	expect_sctp_text(at, m.server, "hello");
	return m;
}

int sctp_subscribe_here(int fd, int type)
{
	struct sctp_event event = {
		.se_assoc_id = SCTP_FUTURE_ASSOC, .se_type = (uint16_t)type, .se_on = 1};

	return setsockopt(fd, IPPROTO_SCTP, SCTP_EVENT, &event, sizeof(event));
}

ssize_t sctp_send_with_here(int fd, const struct address *to, const void *data, size_t size,
			    int type, const void *value, size_t length)
{
	union {
		char bytes[128];
		struct cmsghdr header;
	} control = {.header = {CMSG_LEN(length), IPPROTO_SCTP, type}};
	struct address name = to != NULL ? *to : address_empty();
	struct iovec part = {(void *)(uintptr_t)data, size};
	struct msghdr message = {.msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = &control,
				 .msg_controllen = CMSG_SPACE(length)};

	if (to != NULL) {
		message.msg_name = &name.any;
		message.msg_namelen = name.length;
	}
	memcpy(CMSG_DATA(&control.header), value, length);
	return sendmsg(fd, &message, MSG_NOSIGNAL);
}

ssize_t sctp_send_here(int fd, const struct address *to, const void *data, size_t size,
		       struct sctp_sndinfo info)
{
	return sctp_send_with_here(fd, to, data, size, SCTP_SNDINFO, &info, sizeof(info));
}

static void take_control(struct sctp_received *got, struct msghdr *message)
{
	for (struct cmsghdr *c = CMSG_FIRSTHDR(message); c != NULL; c = CMSG_NXTHDR(message, c)) {
		size_t size = c->cmsg_len - CMSG_LEN(0);

		if (c->cmsg_level != IPPROTO_SCTP)
			continue;
		if (c->cmsg_type == SCTP_SNDRCV && size == sizeof(got->sndrcv)) {
			got->has_sndrcv = true;
			memcpy(&got->sndrcv, CMSG_DATA(c), size);
		} else if (c->cmsg_type == SCTP_RCVINFO && size == sizeof(got->rcvinfo)) {
			got->has_rcvinfo = true;
			memcpy(&got->rcvinfo, CMSG_DATA(c), size);
		} else if (c->cmsg_type == SCTP_NXTINFO && size == sizeof(got->nxtinfo)) {
			got->has_nxtinfo = true;
			memcpy(&got->nxtinfo, CMSG_DATA(c), size);
		}
	}
}

struct sctp_received sctp_receive_here(int fd, size_t room)
{
	struct sctp_received got = {.size = -1, .from = address_empty()};
	union {
		char bytes[256];
		struct cmsghdr alignment;
	} control;
	struct iovec part = {got.data, room};
	struct msghdr message = {.msg_name = &got.from.any,
				 .msg_namelen = got.from.length,
				 .msg_iov = &part,
				 .msg_iovlen = 1,
				 .msg_control = &control,
				 .msg_controllen = sizeof(control)};

	if (wait_for_here(fd, POLLIN, SOON_MS) == 0)
		return got;
	got.size = recvmsg(fd, &message, 0);
	if (got.size < 0)
		return got;
	got.flags = message.msg_flags;
	got.from.length = message.msg_namelen;
	take_control(&got, &message);
	return got;
}

struct sctp_received sctp_notified_at(struct expect_at at, int fd, int type)
{
	struct sctp_received got;
	uint16_t told;
	char expected[32], observed[64];

	snprintf(expected, sizeof(expected), "type %d", type);
	do {
		got = sctp_receive_here(fd, SCTP_MESSAGE);
		memcpy(&told, got.data, sizeof(told));
		if (got.size > 0 && (got.flags & MSG_NOTIFICATION) != 0 && told == type) {
			expect_described(at, true, expected, expected);
			return got;
		}
	} while (got.size > 0);
	snprintf(observed, sizeof(observed), "recvmsg() gave %zd", got.size);
	at.fatal = true;
	expect_described(at, false, expected, observed);
	return got;
}

void expect_sctp_text(struct expect_at at, int fd, const char *text)
{
	struct sctp_received got = sctp_receive_here(fd, SCTP_MESSAGE);
	char observed[64];

	if (got.size < 0)
		snprintf(observed, sizeof(observed), "nothing");
	else if (got.flags & MSG_NOTIFICATION)
		snprintf(observed, sizeof(observed), "a notification");
	else
		snprintf(observed, sizeof(observed), "%.*s", (int)got.size, got.data);
	expect_described(at,
			 got.size == (ssize_t)strlen(text) && (got.flags & MSG_NOTIFICATION) == 0 &&
				 memcmp(got.data, text, strlen(text)) == 0,
			 text, observed);
}

struct sctp_status sctp_status_at(struct expect_at at, int fd, sctp_assoc_t id)
{
	struct sctp_status status = {.sstat_assoc_id = id};
	socklen_t length = sizeof(status);

	expect_success(at, getsockopt(fd, IPPROTO_SCTP, SCTP_STATUS, &status, &length));
	return status;
}

bool sctp_wait_for_state_here(int fd, sctp_assoc_t id, int state)
{
	const struct timespec moment = {0, 2000000};
	struct sctp_status status;
	socklen_t length;

	for (int64_t end = clock_ms() + SOON_MS; clock_ms() < end;) {
		status.sstat_assoc_id = id;
		length = sizeof(status);
		if (getsockopt(fd, IPPROTO_SCTP, SCTP_STATUS, &status, &length) == 0 &&
		    status.sstat_state == state)
			return true;
		nanosleep(&moment, NULL);
	}
	return false;
}

struct sctp_assoc_stats sctp_stats_at(struct expect_at at, int fd)
{
	struct sctp_assoc_stats stats = {.sas_assoc_id = 0};
	socklen_t length = sizeof(stats);

	expect_success(at, getsockopt(fd, IPPROTO_SCTP, SCTP_GET_ASSOC_STATS, &stats, &length));
	return stats;
}

int sctp_set_value_here(int fd, int option, uint32_t value)
{
	struct sctp_assoc_value set = {.assoc_id = SCTP_FUTURE_ASSOC, .assoc_value = value};

	return setsockopt(fd, IPPROTO_SCTP, option, &set, sizeof(set));
}

uint32_t sctp_get_value_at(struct expect_at at, int fd, int option)
{
	struct sctp_assoc_value got = {.assoc_id = SCTP_FUTURE_ASSOC};
	socklen_t length = sizeof(got);

	expect_success(at, getsockopt(fd, IPPROTO_SCTP, option, &got, &length));
	expect_integer(at, "==", length, sizeof(got));
	return got.assoc_value;
}

void sctp_lose_at(struct expect_at at, int fd, int family, int type)
{
	/* The type is the first byte of a chunk; the IP header has no options here. */
	uint32_t header = family == AF_INET ? 20 : 40;
	struct sock_filter code[] = {
		BPF_STMT(BPF_LD | BPF_B | BPF_ABS, (uint32_t)SKF_NET_OFF + header + SCTP_HEADER),
		BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (uint32_t)type, 0, 1),
		BPF_STMT(BPF_RET | BPF_K, 0),
		BPF_STMT(BPF_RET | BPF_K, UINT32_MAX),
	};
	struct sock_fprog program = {sizeof(code) / sizeof(code[0]), code};

	expect_success(at, setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program)));
}

void sctp_lose_nothing_at(struct expect_at at, int fd)
{
	int unused = 0;

	expect_success(at, setsockopt(fd, SOL_SOCKET, SO_DETACH_FILTER, &unused, sizeof(unused)));
}

void sctp_lost_at(struct expect_at at, int fd)
{
	sleep_ms(40);
	sctp_lose_nothing_at(at, fd);
}

const struct packet *sctp_next_chunk(struct wire *wire, int type, struct packet_sctp_chunk *chunk)
{
	struct packet_sctp_chunk unused;

	if (chunk == NULL)
		chunk = &unused;
	for (int64_t end = clock_ms() + SOON_MS; clock_ms() < end;) {
		const struct packet *packet = wire_next(wire, (int)(end - clock_ms()));
		struct packet_walk walk;

		if (packet == NULL)
			return NULL;
		if (packet_sctp(packet) == NULL)
			continue;
		walk = packet_walk(packet, packet_find(packet, PACKET_SCTP));
		while (packet_sctp_chunk_next(&walk, chunk)) {
			if (chunk->type == type)
				return packet;
		}
	}
	return NULL;
}

int sctp_next_chunks(struct wire *wire, int type, struct packet_sctp_chunk *chunks, int count)
{
	int found = 0;

	for (int64_t end = clock_ms() + SOON_MS; found < count && clock_ms() < end;) {
		const struct packet *packet = wire_next(wire, (int)(end - clock_ms()));
		struct packet_walk walk;

		if (packet == NULL)
			break;
		if (packet_sctp(packet) == NULL)
			continue;
		walk = packet_walk(packet, packet_find(packet, PACKET_SCTP));
		while (found < count && packet_sctp_chunk_next(&walk, &chunks[found]))
			found += chunks[found].type == type;
	}
	return found;
}

bool sctp_acknowledged_at_once_here(struct wire *wire, int fd)
{
	const struct packet *packet;

	set_int_here(fd, IPPROTO_SCTP, SCTP_NODELAY, 1);
	sleep_ms(100);
	if (send(fd, "later", 5, 0) != 5)
		return false;
	while ((packet = wire_next(wire, SOON_MS)) != NULL) {
		const struct packet_sctp *sctp = packet_sctp(packet);

		if (sctp != NULL && (sctp->first_chunk == PACKET_SCTP_SACK ||
				     sctp->first_chunk == PACKET_SCTP_DATA))
			return sctp->first_chunk == PACKET_SCTP_SACK;
	}
	return false;
}

static bool begins_with(const struct packet *packet, const void *context)
{
	const struct packet_sctp *sctp = packet_sctp(packet);

	return sctp != NULL && sctp->first_chunk == *(const uint8_t *)context;
}

bool sctp_no_chunk(struct wire *wire, uint8_t type, int milliseconds)
{
	return wire_next_wanted(wire, begins_with, &type, milliseconds) == NULL;
}

bool sctp_has_parameter(const struct packet *packet, int type)
{
	struct packet_walk walk = packet_walk(packet, packet_find(packet, PACKET_SCTP));
	struct packet_sctp_chunk chunk;
	struct packet_sctp_parameter parameter;

	while (packet_sctp_chunk_next(&walk, &chunk)) {
		struct packet_walk inner = packet_sctp_chunk_list(&walk, &chunk);

		while (packet_sctp_parameter_next(&inner, &parameter)) {
			if (parameter.type == type)
				return true;
		}
	}
	return false;
}

const struct packet *expect_chunk(struct expect_at at, struct wire *wire, int type,
				  struct packet_sctp_chunk *chunk)
{
	const struct packet *packet = sctp_next_chunk(wire, type, chunk);
	char line[200] = "no such packet";

	if (packet != NULL)
		packet_line(packet, line, sizeof(line));
	expect_described(at, packet != NULL, "a packet with this chunk", line);
	return packet;
}
