/* SPDX-License-Identifier: MIT */
/* Shared memory communications (SMC), and the ways to it. */
#include <errno.h>
#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/smc_diag.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/probe/attempts.h"

#ifndef AF_SMC
#define AF_SMC 43
#endif

bool attempt_smc(char *reason, size_t size)
{
	return attempt_done(ATTEMPT_SOCKET(AF_SMC, SOCK_STREAM, 0));
}

bool attempt_smc_protocol(char *reason, size_t size)
{
	const int smc = 256; /* IPPROTO_SMC of newer <linux/in.h> */

	return attempt_done(ATTEMPT_SOCKET(AF_INET, SOCK_STREAM, smc));
}

bool attempt_smc_ulp(char *reason, size_t size)
{
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	bool ok = setsockopt(fd, SOL_TCP, TCP_ULP, "smc", strlen("smc")) == 0 ||
		  attempt_refused(reason, size, "TCP_ULP smc");

	close(fd);
	return ok;
}

bool attempt_smc_limit_hs(char *reason, size_t size)
{
	enum { LEVEL = 286, LIMIT_HS = 1 }; /* SOL_SMC, SMC_LIMIT_HS */
	int fd, on = 1;
	bool ok;

	if (!attempt_smc(reason, size))
		return false;
	fd = socket(AF_SMC, SOCK_STREAM, 0);
	ok = setsockopt(fd, LEVEL, LIMIT_HS, &on, sizeof(on)) == 0 ||
	     attempt_refused(reason, size, "setsockopt(SOL_SMC, SMC_LIMIT_HS)");
	close(fd);
	return ok;
}

/* The mode of the connections that this network's sockets have: one to each of them, if any. */
static int modes(char *reason, size_t size)
{
	struct {
		struct nlmsghdr header;
		struct smc_diag_req body;
	} request = {.header = {.nlmsg_len = sizeof(request),
				.nlmsg_type = SOCK_DIAG_BY_FAMILY,
				.nlmsg_flags = NLM_F_REQUEST | NLM_F_DUMP},
		     .body = {.diag_family = AF_SMC}};
	union {
		struct nlmsghdr header;
		char bytes[8192];
	} answer;
	const struct timeval patience = {.tv_sec = 2};
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_SOCK_DIAG), found = 0;
	ssize_t length;

	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
	if (send(fd, &request, sizeof(request), 0) < 0 ||
	    (length = recv(fd, &answer, sizeof(answer), 0)) < 0) {
		attempt_refused(reason, size, "list of SMC sockets");
		close(fd);
		return -1;
	}
	close(fd);
	if (answer.header.nlmsg_type == NLMSG_ERROR) {
		const struct nlmsgerr *error = NLMSG_DATA(&answer.header);

		errno = -error->error;
		attempt_refused(reason, size, "list of SMC sockets");
		return -1;
	}
	for (const struct nlmsghdr *h = &answer.header; NLMSG_OK(h, (size_t)length);
	     h = NLMSG_NEXT(h, length)) {
		const struct smc_diag_msg *message = NLMSG_DATA(h);

		if (h->nlmsg_type == SOCK_DIAG_BY_FAMILY)
			found |= 1 << message->diag_mode;
	}
	return found;
}

bool attempt_smc_diag(char *reason, size_t size)
{
	int fd, found;

	if (!attempt_smc(reason, size))
		return false;
	fd = socket(AF_SMC, SOCK_STREAM, 0);
	found = modes(reason, size);
	close(fd);
	if (found == 0)
		snprintf(reason, size, "list of SMC sockets: nothing in it");
	return found > 0;
}

/* Two ends that know SMC, connected: without a device that both reach they have TCP. */
bool attempt_smc_without_device(char *reason, size_t size)
{
	struct sockaddr_in where = {.sin_family = AF_INET,
				    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t length = sizeof(where);
	int listener, client, server = -1, found = -1;

	if (!attempt_smc_diag(reason, size))
		return false;
	listener = socket(AF_SMC, SOCK_STREAM, 0);
	client = socket(AF_SMC, SOCK_STREAM, 0);
	if (bind(listener, (struct sockaddr *)&where, length) == 0 && listen(listener, 1) == 0 &&
	    getsockname(listener, (struct sockaddr *)&where, &length) == 0 &&
	    connect(client, (struct sockaddr *)&where, length) == 0 &&
	    (server = accept(listener, NULL, NULL)) >= 0) {
		close(listener);
		listener = -1;
		found = modes(reason, size);
	} else {
		attempt_refused(reason, size, "connection of two SMC sockets");
	}
	close(listener);
	close(client);
	close(server);
	if (found >= 0 && found != 1 << SMC_DIAG_MODE_FALLBACK_TCP) {
		snprintf(reason, size, "two SMC sockets of this machine share memory");
		return false;
	}
	return found >= 0;
}
