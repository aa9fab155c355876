/* SPDX-License-Identifier: MIT */
/* Names, events and settings that are made wrong on request. */
#include "harness/selftest/calls_support.h"
#include "harness/selftest/selftest.h"

#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "harness/deviate/deviate.h"

#include "harness/calls/here.h"

static void start(const char *name)
{
	recording_start();
	deviation_activate(name);
}

static unsigned int stop(void)
{
	unsigned int acted = outcome_current->deviated;

	deviation_mode = DEVIATION_OFF;
	recording_stop();
	return acted;
}

static const struct addrinfo digits = {.ai_flags = AI_NUMERICHOST, .ai_family = AF_INET};

static unsigned int entries(const struct addrinfo *list)
{
	unsigned int count = 0;

	for (; list != NULL; list = list->ai_next)
		count++;
	return count;
}

/* The list can be freed whatever was done to it. */
SELFTEST(a_list_of_addresses_is_changed)
{
	struct addrinfo *list = NULL;
	unsigned int all;
	int last;

	CU_ASSERT_EQUAL(getaddrinfo("192.0.2.1", "80", &digits, &list), 0);
	all = entries(list);
	last = list->ai_next->ai_socktype;
	freeaddrinfo(list);

	start("getaddrinfo:res:clamped");
	CU_ASSERT_EQUAL(getaddrinfo("192.0.2.1", "80", &digits, &list), 0);
	CU_ASSERT_EQUAL(entries(list), 1);
	freeaddrinfo(list);
	CU_ASSERT_EQUAL(stop(), 1);

	start("getaddrinfo:res:duplicated");
	CU_ASSERT_EQUAL(getaddrinfo("192.0.2.1", "80", &digits, &list), 0);
	CU_ASSERT_EQUAL(entries(list), all + 1);
	CU_ASSERT_EQUAL(list->ai_socktype, list->ai_next->ai_socktype);
	freeaddrinfo(list);
	CU_ASSERT_EQUAL(stop(), 1);

	start("getaddrinfo:res:reversed");
	CU_ASSERT_EQUAL(getaddrinfo("192.0.2.1", "80", &digits, &list), 0);
	CU_ASSERT_EQUAL(entries(list), all);
	if (all == 2)
		CU_ASSERT_EQUAL(list->ai_socktype, last);
	freeaddrinfo(list);
	CU_ASSERT_EQUAL(stop(), 1);

	start("getaddrinfo:AF_INET.sin_port:off-by-one");
	CU_ASSERT_EQUAL(getaddrinfo("192.0.2.1", "80", &digits, &list), 0);
	CU_ASSERT_EQUAL(((struct sockaddr_in *)list->ai_addr)->sin_port, htons(81));
	freeaddrinfo(list);
	CU_ASSERT_EQUAL(stop(), all);
}

SELFTEST(hints_are_misread)
{
	struct addrinfo *list = NULL;

	start("getaddrinfo:ai_family:ignored");
	CU_ASSERT_EQUAL(getaddrinfo("::1", "80", &digits, &list), 0);
	CU_ASSERT_EQUAL(list->ai_family, AF_INET6);
	CU_ASSERT_EQUAL(digits.ai_family, AF_INET);
	freeaddrinfo(list);
	CU_ASSERT_EQUAL(stop(), 1);

	start("getaddrinfo:EAI_NONAME:success");
	list = (struct addrinfo *)&digits;
	CU_ASSERT_EQUAL(getaddrinfo("no address", "80", &digits, &list), 0);
	CU_ASSERT_PTR_NULL(list);
	CU_ASSERT_EQUAL(stop(), 1);
}

SELFTEST(events_are_wrong)
{
	struct pollfd entry = {.events = POLLIN | POLLOUT};
	int pair[2];

	socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
	entry.fd = pair[0];
	start("poll:POLLOUT:dropped");
	CU_ASSERT_EQUAL(poll(&entry, 1, 0), 0);
	CU_ASSERT_EQUAL(entry.events, POLLIN | POLLOUT);
	CU_ASSERT_EQUAL(stop(), 1);

	start("poll:POLLIN:spurious");
	CU_ASSERT_EQUAL(poll(&entry, 1, 0), 1);
	CU_ASSERT_EQUAL(entry.revents, POLLIN | POLLOUT);
	stop();

	/* An entry without events does not count. */
	start("poll:POLLOUT:unreported");
	CU_ASSERT_EQUAL(poll(&entry, 1, 0), 0);
	CU_ASSERT_EQUAL(entry.revents, 0);
	stop();
	close(pair[0]);
	close(pair[1]);
}

/* A change that epoll ignores is one that it would have made. */
SELFTEST(epoll_forgets)
{
	struct epoll_event event = {.events = EPOLLOUT}, got;
	int epoll = epoll_create1(EPOLL_CLOEXEC), fd = socket(AF_INET, SOCK_DGRAM, 0);

	start("epoll_ctl:EPOLL_CTL_DEL:ignored");
	CU_ASSERT_EQUAL(epoll_ctl(epoll, EPOLL_CTL_DEL, fd, NULL), -1);
	CU_ASSERT_EQUAL(errno, ENOENT);
	CU_ASSERT_EQUAL(epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event), 0);
	CU_ASSERT_EQUAL(epoll_ctl(epoll, EPOLL_CTL_DEL, fd, NULL), 0);
	CU_ASSERT_EQUAL(epoll_wait(epoll, &got, 1, 0), 1);
	CU_ASSERT_EQUAL(stop(), 1);

	start("epoll_ctl:EPOLL_CTL_MOD:ignored");
	event.events = EPOLLIN;
	CU_ASSERT_EQUAL(epoll_ctl(epoll, EPOLL_CTL_MOD, fd, NULL), -1);
	CU_ASSERT_EQUAL(errno, EFAULT);
	CU_ASSERT_EQUAL(epoll_ctl(epoll, EPOLL_CTL_MOD, fd, &event), 0);
	CU_ASSERT_EQUAL(epoll_wait(epoll, &got, 1, 0), 1);
	CU_ASSERT_EQUAL(stop(), 1);
	close(fd);
	close(epoll);
}

SELFTEST(settings_are_taken_back)
{
	int fd = socket(AF_INET, SOCK_DGRAM, 0), on = 1;

	start("fcntl:O_NONBLOCK:dropped");
	CU_ASSERT_EQUAL(fcntl(fd, F_SETFL, O_NONBLOCK), 0);
	CU_ASSERT_EQUAL(fcntl(fd, F_GETFL) & O_NONBLOCK, 0);
	CU_ASSERT_EQUAL(stop(), 1);

	start("ioctl:FIONBIO:ignored");
	CU_ASSERT_EQUAL(ioctl(fd, FIONBIO, &on), 0);
	CU_ASSERT_EQUAL(fcntl(fd, F_GETFL) & O_NONBLOCK, 0);
	CU_ASSERT_EQUAL(stop(), 1);

	start("fcntl:O_NONBLOCK:kept");
	CU_ASSERT_EQUAL(fcntl(fd, F_SETFL, O_NONBLOCK), 0);
	CU_ASSERT_EQUAL(fcntl(fd, F_SETFL, 0), 0);
	CU_ASSERT_EQUAL(fcntl(fd, F_GETFL) & O_NONBLOCK, O_NONBLOCK);
	CU_ASSERT_EQUAL(stop(), 1);
	close(fd);
}
