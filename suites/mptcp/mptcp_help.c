/* SPDX-License-Identifier: MIT */
#include "suites/mptcp/mptcp_help.h"

#include <arpa/inet.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "harness/sandbox/sandbox.h"

struct pair mptcp_pair_at(struct expect_at at, int family, int client, int server)
{
	struct pair p = {.server_address = address_loopback(family, 0),
			 .client_address = address_empty()};

	p.listener = (int)expect_success(at, socket(family, SOCK_STREAM, server));
	p.client = (int)expect_success(at, socket(family, SOCK_STREAM, client));
	expect_success(at, bind(p.listener, ADDRESS(p.server_address)));
	expect_success(at, listen(p.listener, 5));
	expect_success(at,
		       getsockname(p.listener, &p.server_address.any, &p.server_address.length));
	expect_success(at, connect(p.client, ADDRESS(p.server_address)));
	p.server = (int)expect_success(at, accept(p.listener, NULL, NULL));
	expect_success(at, getsockname(p.client, &p.client_address.any, &p.client_address.length));
	return p;
}

struct pair mptcp_pair_between_hosts_at(struct expect_at at)
{
	struct pair p = {.server_address = address_of("192.0.2.2", MPTCP_PORT),
			 .client_address = address_empty()};
	struct address any = address_any(AF_INET, MPTCP_PORT);
	char byte;

	p.listener = (int)expect_success(at, host_socket("b", AF_INET, SOCK_STREAM, IPPROTO_MPTCP));
	p.client = (int)expect_success(at, host_socket("a", AF_INET, SOCK_STREAM, IPPROTO_MPTCP));
	expect_success(at, bind(p.listener, ADDRESS(any)));
	expect_success(at, listen(p.listener, 5));
	expect_success(at, connect(p.client, ADDRESS(p.server_address)));
	p.server = (int)expect_success(at, accept(p.listener, NULL, NULL));
	expect_success(at, getsockname(p.client, &p.client_address.any, &p.client_address.length));
	/* RFC 8684 3.1: an end may add subflows once it has seen the other's data or its ACK. */
	expect_success(at, send(p.client, "c", 1, 0));
	expect_success(at, recv(p.server, &byte, 1, 0));
	expect_success(at, send(p.server, "s", 1, 0));
	expect_success(at, recv(p.client, &byte, 1, 0));
	return p;
}

/* A message of generic netlink that grows by attributes: netlink(7). */
struct request {
	struct nlmsghdr header;
	struct genlmsghdr generic;
	uint8_t attributes[256];
};

static struct nlattr *add(struct request *r, unsigned int type, const void *value, size_t size)
{
	struct nlattr *attribute =
		(struct nlattr *)(void *)((uint8_t *)r + NLMSG_ALIGN(r->header.nlmsg_len));

	attribute->nla_type = (uint16_t)type;
	attribute->nla_len = (uint16_t)(NLA_HDRLEN + size);
	if (size > 0)
		memcpy((uint8_t *)attribute + NLA_HDRLEN, value, size);
	r->header.nlmsg_len = NLMSG_ALIGN(r->header.nlmsg_len) + NLA_ALIGN(attribute->nla_len);
	return attribute;
}

static struct request request_of(unsigned int family, unsigned int command, unsigned int version)
{
	struct request r = {.header = {.nlmsg_len = NLMSG_LENGTH(GENL_HDRLEN),
				       .nlmsg_type = (uint16_t)family,
				       .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK},
			    .generic = {.cmd = (uint8_t)command, .version = (uint8_t)version}};

	return r;
}

/* Sends a request and reads the answer. Returns its length, -1 with errno of the kernel's error. */
static ssize_t ask(int fd, const struct request *r, void *answer, size_t size)
{
	const struct nlmsghdr *header = answer;
	const struct nlmsgerr *error = NLMSG_DATA(header);
	ssize_t got;

	if (send(fd, r, r->header.nlmsg_len, 0) < 0)
		return -1;
	got = recv(fd, answer, size, 0);
	if (got >= (ssize_t)NLMSG_LENGTH(sizeof(*error)) && header->nlmsg_type == NLMSG_ERROR &&
	    error->error != 0) {
		errno = -error->error;
		return -1;
	}
	return got;
}

/* A socket of generic netlink, and the number of the path manager's family. */
static int path_manager(struct expect_at at, unsigned int *family)
{
	struct request r = request_of(GENL_ID_CTRL, CTRL_CMD_GETFAMILY, 1);
	_Alignas(struct nlmsghdr) uint8_t answer[4096] = {0};
	int fd = (int)expect_success(at, socket(AF_NETLINK, SOCK_RAW, NETLINK_GENERIC));
	const struct nlmsghdr *header = (const void *)answer;
	ssize_t size;

	/* One answer, and no confirmation behind it. */
	r.header.nlmsg_flags = NLM_F_REQUEST;
	add(&r, CTRL_ATTR_FAMILY_NAME, MPTCP_PM_NAME, sizeof(MPTCP_PM_NAME));
	size = expect_success(at, ask(fd, &r, answer, sizeof(answer)));
	for (size_t offset = NLMSG_LENGTH(GENL_HDRLEN);
	     offset + NLA_HDRLEN <= (size_t)size && offset < header->nlmsg_len;) {
		const struct nlattr *attribute = (const void *)(answer + offset);

		if (attribute->nla_type == CTRL_ATTR_FAMILY_ID) {
			uint16_t number;

			memcpy(&number, (const uint8_t *)attribute + NLA_HDRLEN, sizeof(number));
			*family = number;
			return fd;
		}
		offset += NLA_ALIGN(attribute->nla_len);
	}
	errno = ENOENT;
	expect_success(at, -1);
	return fd;
}

void mptcp_endpoint_at(struct expect_at at, int command, const char *address, uint8_t id,
		       uint32_t flags)
{
	struct address where = address_of(address, 0);
	_Alignas(struct nlmsghdr) uint8_t answer[4096];
	uint16_t of = (uint16_t)where.any.sa_family;
	struct nlattr *nest;
	struct request r;
	unsigned int family = 0;
	int fd = path_manager(at, &family);

	r = request_of(family, (unsigned int)command, MPTCP_PM_VER);
	nest = add(&r, MPTCP_PM_ATTR_ADDR | NLA_F_NESTED, NULL, 0);
	add(&r, MPTCP_PM_ADDR_ATTR_FAMILY, &of, sizeof(of));
	add(&r, MPTCP_PM_ADDR_ATTR_ID, &id, sizeof(id));
	add(&r, MPTCP_PM_ADDR_ATTR_ADDR4, &where.v4.sin_addr, sizeof(where.v4.sin_addr));
	if (flags != 0)
		add(&r, MPTCP_PM_ADDR_ATTR_FLAGS, &flags, sizeof(flags));
	nest->nla_len = (uint16_t)((uint8_t *)&r + r.header.nlmsg_len - (uint8_t *)nest);
	expect_success(at, ask(fd, &r, answer, sizeof(answer)));
	close(fd);
}

void mptcp_limits_at(struct expect_at at, const char *host, uint32_t accepted, uint32_t subflows)
{
	const char *here = host_current();
	_Alignas(struct nlmsghdr) uint8_t answer[4096];
	struct request r;
	unsigned int family = 0;
	int fd;

	expect_success(at, host_enter(host));
	fd = path_manager(at, &family);
	r = request_of(family, MPTCP_PM_CMD_SET_LIMITS, MPTCP_PM_VER);
	add(&r, MPTCP_PM_ATTR_RCV_ADD_ADDRS, &accepted, sizeof(accepted));
	add(&r, MPTCP_PM_ATTR_SUBFLOWS, &subflows, sizeof(subflows));
	expect_success(at, ask(fd, &r, answer, sizeof(answer)));
	close(fd);
	expect_success(at, host_enter(here));
}

struct mptcp_info mptcp_info_here(int fd)
{
	struct mptcp_info info = {0};
	socklen_t length = sizeof(info);

	EXPECT_OK(getsockopt(fd, SOL_MPTCP, MPTCP_INFO, &info, &length));
	return info;
}

bool wait_for_subflows_here(int fd, unsigned int count)
{
	const struct timespec moment = {0, 2000000};

	for (int64_t end = clock_ms() + SOON_MS; clock_ms() < end;) {
		if (mptcp_info_here(fd).mptcpi_subflows == count)
			return true;
		nanosleep(&moment, NULL);
	}
	return false;
}

static bool has_option(const struct packet *packet, const void *context)
{
	const struct packet_tcp *tcp = packet_tcp(packet);

	return tcp != NULL && (tcp->mptcp_subtypes & *(const unsigned int *)context) != 0;
}

const struct packet *wire_next_mptcp(struct wire *wire, unsigned int subtypes)
{
	return wire_next_wanted(wire, has_option, &subtypes, SOON_MS);
}
