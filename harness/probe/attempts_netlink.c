/* SPDX-License-Identifier: MIT */
/* What can be asked of the kernel over netlink: of other sockets, and of its own interfaces. */
#include "harness/probe/attempts.h"

#include <errno.h>
#include <linux/genetlink.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/neighbour.h>
#include <linux/netlink_diag.h>
#include <linux/packet_diag.h>
#include <linux/rtnetlink.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "harness/sandbox/make.h"

/* The errno of the first answer; 0 when it is none, and for an acknowledgement. */
static int error_of(const struct nlmsghdr *h, size_t length)
{
	int error = 0;

	if (length < NLMSG_LENGTH(sizeof(error)))
		return 0;
	if (h->nlmsg_type == NLMSG_ERROR || h->nlmsg_type == NLMSG_DONE)
		memcpy(&error, NLMSG_DATA(h), sizeof(error));
	return -error;
}

/* Sends one request and looks at the first answer. */
static bool is_answered(int protocol, uint16_t type, unsigned int flags, const void *header,
			size_t header_size, const char *what, char *reason, size_t size)
{
	struct timeval patience = {2, 0};
	union {
		struct nlmsghdr header;
		char bytes[8192];
	} message = {.header = {.nlmsg_len = (uint32_t)NLMSG_LENGTH(header_size),
				.nlmsg_type = type,
				.nlmsg_flags = (uint16_t)(NLM_F_REQUEST | flags)}};
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol), error = 0;
	ssize_t got;

	if (fd < 0)
		return attempt_refused(reason, size, "socket(AF_NETLINK)");
	memcpy(message.bytes + NLMSG_HDRLEN, header, header_size);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	if (send(fd, message.bytes, message.header.nlmsg_len, 0) < 0) {
		error = errno;
	} else {
		got = recv(fd, message.bytes, sizeof(message), 0);
		error = got < 0 ? errno : error_of(&message.header, (size_t)got);
	}
	close(fd);
	errno = error;
	return error == 0 || attempt_refused(reason, size, what);
}

bool attempt_inet_diag(char *reason, size_t size)
{
	struct inet_diag_req_v2 r = {
		.sdiag_family = AF_INET, .sdiag_protocol = IPPROTO_TCP, .idiag_states = 0xfff};

	return is_answered(NETLINK_SOCK_DIAG, SOCK_DIAG_BY_FAMILY, NLM_F_DUMP, &r, sizeof(r),
			   "list of TCP sockets", reason, size);
}

bool attempt_udp_diag(char *reason, size_t size)
{
	struct inet_diag_req_v2 r = {
		.sdiag_family = AF_INET, .sdiag_protocol = IPPROTO_UDP, .idiag_states = 0xfff};

	return is_answered(NETLINK_SOCK_DIAG, SOCK_DIAG_BY_FAMILY, NLM_F_DUMP, &r, sizeof(r),
			   "list of UDP sockets", reason, size);
}

bool attempt_unix_diag(char *reason, size_t size)
{
	struct unix_diag_req r = {.sdiag_family = AF_UNIX, .udiag_states = 0xffffffff};

	return is_answered(NETLINK_SOCK_DIAG, SOCK_DIAG_BY_FAMILY, NLM_F_DUMP, &r, sizeof(r),
			   "list of Unix sockets", reason, size);
}

bool attempt_netlink_diag(char *reason, size_t size)
{
	struct netlink_diag_req r = {.sdiag_family = AF_NETLINK, .sdiag_protocol = NDIAG_PROTO_ALL};

	return is_answered(NETLINK_SOCK_DIAG, SOCK_DIAG_BY_FAMILY, NLM_F_DUMP, &r, sizeof(r),
			   "list of netlink sockets", reason, size);
}

bool attempt_packet_diag(char *reason, size_t size)
{
	struct packet_diag_req r = {.sdiag_family = AF_PACKET};

	return is_answered(NETLINK_SOCK_DIAG, SOCK_DIAG_BY_FAMILY, NLM_F_DUMP, &r, sizeof(r),
			   "list of packet sockets", reason, size);
}

bool attempt_sock_destroy(char *reason, size_t size)
{
	struct inet_diag_req_v2 r = {.sdiag_family = AF_INET, .sdiag_protocol = IPPROTO_TCP};
	char why[160] = "";

	/* There is no such socket; where it could be closed, that is what the kernel says. */
	if (is_answered(NETLINK_SOCK_DIAG, SOCK_DESTROY, NLM_F_ACK, &r, sizeof(r), "SOCK_DESTROY",
			why, sizeof(why)) ||
	    strstr(why, "ENOENT") != NULL)
		return true;
	snprintf(reason, size, "%s", why);
	return false;
}

bool attempt_genl_policy(char *reason, size_t size)
{
	struct {
		struct genlmsghdr header;
		struct nlattr attribute;
		uint16_t id, padding;
	} r = {{.cmd = 10 /* CTRL_CMD_GETPOLICY */, .version = 2},
	       {.nla_len = NLA_HDRLEN + 2, .nla_type = CTRL_ATTR_FAMILY_ID},
	       GENL_ID_CTRL,
	       0};

	return is_answered(NETLINK_GENERIC, GENL_ID_CTRL, NLM_F_DUMP, &r, sizeof(r),
			   "CTRL_CMD_GETPOLICY", reason, size);
}

bool attempt_bridge_vlan(char *reason, size_t size)
{
	static const char command[] = "link add probe0 type bridge vlan_filtering 1\n";

	return sandbox_ip_batch(command, strlen(command), reason, size) == 0;
}

bool attempt_qdisc(char *reason, size_t size)
{
	struct tcmsg r = {.tcm_family = AF_UNSPEC};

	return is_answered(NETLINK_ROUTE, RTM_GETQDISC, NLM_F_DUMP, &r, sizeof(r),
			   "list of queueing disciplines", reason, size);
}

bool attempt_neighbour_get(char *reason, size_t size)
{
	struct ndmsg r = {.ndm_family = AF_INET, .ndm_ifindex = 1};
	char why[160] = "";

	/* Without an address the question is wrong, which a kernel that does not know it cannot
	 * tell. */
	if (is_answered(NETLINK_ROUTE, RTM_GETNEIGH, NLM_F_ACK, &r, sizeof(r), "RTM_GETNEIGH", why,
			sizeof(why)) ||
	    strstr(why, "EINVAL") != NULL)
		return true;
	snprintf(reason, size, "%s", why);
	return false;
}

bool attempt_netlink_strict(char *reason, size_t size)
{
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE), one = 1;
	bool ok = setsockopt(fd, SOL_NETLINK, NETLINK_GET_STRICT_CHK, &one, sizeof(one)) == 0 ||
		  attempt_refused(reason, size, "setsockopt(NETLINK_GET_STRICT_CHK)");

	close(fd);
	return ok;
}
