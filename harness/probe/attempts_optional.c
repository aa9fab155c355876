/* SPDX-License-Identifier: MIT */
/* Parts that a kernel or a C library may be built without, and that no family is about. */
#include <errno.h>
#include <locale.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
/* After the types that they need. */
#include <linux/pkt_sched.h>
#include <linux/rtnetlink.h>

#include "harness/names/names.h"
#include "harness/probe/attempts.h"
#include "harness/sandbox/make.h"

bool attempt_nlmon(char *reason, size_t size)
{
	static const char command[] = "link add probe0 type nlmon\n";

	return sandbox_ip_batch(command, strlen(command), reason, size) == 0;
}

bool attempt_etf(char *reason, size_t size)
{
	/* A queue for the loopback interface, of this kind: the options are for later. */
	struct {
		struct nlmsghdr header;
		struct tcmsg message;
		struct nlattr attribute;
		char kind[4];
	} request = {
		{sizeof(request), RTM_NEWQDISC,
		 NLM_F_REQUEST | NLM_F_ACK | NLM_F_CREATE | NLM_F_REPLACE, 1, 0},
		{.tcm_ifindex = 1, .tcm_parent = TC_H_ROOT},
		{NLA_HDRLEN + 4, TCA_KIND},
		"etf",
	};
	struct {
		struct nlmsghdr header;
		struct nlmsgerr error;
		char rest[512];
	} answer = {.error = {.error = -EIO}};
	int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_ROUTE);

	if (fd >= 0 && send(fd, &request, sizeof(request), 0) > 0)
		(void)recv(fd, &answer, sizeof(answer), 0);
	close(fd);
	/* The kind is known when the missing options are what is wrong. */
	if (answer.error.error == -EINVAL || answer.error.error == 0)
		return true;
	snprintf(reason, size, "queueing discipline etf: %s", names_errno(-answer.error.error));
	return false;
}

bool attempt_tls(char *reason, size_t size)
{
	struct sockaddr_in where = {.sin_family = AF_INET,
				    .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t length = sizeof(where);
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	bool ok = bind(listener, (struct sockaddr *)&where, length) == 0 &&
		  listen(listener, 1) == 0 &&
		  getsockname(listener, (struct sockaddr *)&where, &length) == 0 &&
		  connect(fd, (struct sockaddr *)&where, length) == 0 &&
		  setsockopt(fd, SOL_TCP, TCP_ULP, "tls", sizeof("tls")) == 0;

	if (!ok)
		snprintf(reason, size, "TCP_ULP tls: %s", names_errno(errno));
	close(listener);
	close(fd);
	return ok;
}

bool attempt_idn(char *reason, size_t size)
{
	enum { IDN = 0x40 }; /* AI_IDN of glibc */
	struct addrinfo hints = {.ai_flags = IDN | AI_NUMERICHOST}, *list = NULL;
	const char *before = setlocale(LC_ALL, NULL);
	int error;

	if (setlocale(LC_ALL, "C.UTF-8") == NULL) {
		snprintf(reason, size, "no locale C.UTF-8");
		return false;
	}
	/* The name is encoded first, and then is no number. */
	error = getaddrinfo("b\xc3\xbc", NULL, &hints, &list);
	if (error == 0)
		freeaddrinfo(list);
	setlocale(LC_ALL, before != NULL ? before : "C");
	if (error != EAI_NONAME)
		snprintf(reason, size, "getaddrinfo() with AI_IDN: %s", gai_strerror(error));
	return error == EAI_NONAME;
}
