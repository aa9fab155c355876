/* SPDX-License-Identifier: MIT */
/* Whether there is TIPC, and whether a node can be given a number. */
#include "harness/probe/attempts.h"

#include <errno.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <linux/tipc.h>
#include <linux/tipc_netlink.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

bool attempt_tipc(char *reason, size_t size)
{
	return attempt_done(ATTEMPT_SOCKET(AF_TIPC, SOCK_RDM, 0));
}

/* The number of a family of generic netlink; 0 with errno. */
static uint16_t family_of(int fd, const char *name)
{
	struct {
		struct nlmsghdr header;
		struct genlmsghdr generic;
		struct nlattr attribute;
		char name[16];
	} request = {.header = {.nlmsg_len = sizeof(request),
				.nlmsg_type = GENL_ID_CTRL,
				.nlmsg_flags = NLM_F_REQUEST},
		     .generic = {.cmd = CTRL_CMD_GETFAMILY, .version = 1},
		     .attribute = {.nla_type = CTRL_ATTR_FAMILY_NAME}};
	_Alignas(struct nlmsghdr) char answer[4096] = {0};
	const struct nlmsghdr *header = (const void *)answer;
	const struct nlmsgerr *error = NLMSG_DATA(header);
	size_t at = NLMSG_LENGTH(GENL_HDRLEN);
	ssize_t got;

	request.attribute.nla_len = (uint16_t)(NLA_HDRLEN + strlen(name) + 1);
	memcpy(request.name, name, strlen(name) + 1);
	if (send(fd, &request, sizeof(request), 0) < 0)
		return 0;
	got = recv(fd, answer, sizeof(answer), 0);
	if (got < 0)
		return 0;
	if (header->nlmsg_type == NLMSG_ERROR) {
		errno = -error->error;
		return 0;
	}
	while (at + NLA_HDRLEN <= (size_t)got) {
		const struct nlattr *a = (const void *)(answer + at);
		uint16_t family;

		if (a->nla_type == CTRL_ATTR_FAMILY_ID) {
			memcpy(&family, answer + at + NLA_HDRLEN, sizeof(family));
			return family;
		}
		at += a->nla_len < NLA_HDRLEN ? NLA_HDRLEN : NLA_ALIGN(a->nla_len);
	}
	errno = ENOENT;
	return 0;
}

bool attempt_tipc_node(char *reason, size_t size)
{
	struct {
		struct nlmsghdr header;
		struct genlmsghdr generic;
		struct nlattr net, address;
		uint32_t node;
	} request = {
		.header = {.nlmsg_len = sizeof(request), .nlmsg_flags = NLM_F_REQUEST | NLM_F_ACK},
		.generic = {.cmd = TIPC_NL_NET_SET, .version = TIPC_GENL_V2_VERSION},
		.net = {2 * NLA_HDRLEN + sizeof(uint32_t), TIPC_NLA_NET},
		.address = {NLA_HDRLEN + sizeof(uint32_t), TIPC_NLA_NET_ADDR},
		.node = 0x01001001};
	_Alignas(struct nlmsghdr) char answer[1024] = {0};
	const struct nlmsghdr *header = (const void *)answer;
	const struct nlmsgerr *error = NLMSG_DATA(header);
	int fd;
	bool ok;

	if (!attempt_tipc(reason, size))
		return false;
	fd = ATTEMPT_SOCKET(AF_NETLINK, SOCK_RAW, NETLINK_GENERIC);
	if (fd < 0)
		return false;
	request.header.nlmsg_type = family_of(fd, TIPC_GENL_V2_NAME);
	ok = request.header.nlmsg_type != 0 ||
	     attempt_refused(reason, size, "generic netlink family TIPCv2");
	if (ok &&
	    (send(fd, &request, sizeof(request), 0) < 0 || recv(fd, answer, sizeof(answer), 0) < 0))
		ok = attempt_refused(reason, size, "TIPC_NL_NET_SET");
	if (ok && header->nlmsg_type == NLMSG_ERROR && error->error != 0) {
		errno = -error->error;
		ok = attempt_refused(reason, size, "TIPC_NL_NET_SET");
	}
	close(fd);
	return ok;
}
