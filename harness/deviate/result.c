/* SPDX-License-Identifier: MIT */
#include "harness/deviate/result.h"

#include <netdb.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/resource.h>

#include "harness/deviate/neighbours.h"
#include "harness/names/names.h"

static bool makes_descriptor(const char *call)
{
	static const char *const names[] = {"socket", "accept", "accept4",	"dup",
					    "dup2",   "dup3",	"epoll_create", "epoll_create1"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (strcmp(call, names[i]) == 0)
			return true;
	}
	return false;
}

/* A descriptor of no use. The table may be full: that may be the very error that is hidden. */
static int some_descriptor(void)
{
	struct rlimit limit, room;
	int fd = eventfd(0, EFD_CLOEXEC);

	if (fd >= 0 || getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return fd;
	room = limit;
	room.rlim_cur = limit.rlim_max;
	if (setrlimit(RLIMIT_NOFILE, &room) != 0)
		return fd;
	fd = eventfd(0, EFD_CLOEXEC);
	setrlimit(RLIMIT_NOFILE, &limit);
	return fd;
}

int64_t deviation_error(struct call *call, int64_t result)
{
	const char *name;
	const int *instead;

	if (result != -1 || call->record == NULL)
		return result;
	name = names_errno(call->saved_errno);
	if (name == NULL)
		return result;
	if (deviate(call, "success", "%s", name))
		return makes_descriptor(call->name) ? some_descriptor() : 0;
	instead = neighbours_of_errno(call->saved_errno);
	for (int i = 0; i < NEIGHBOURS && instead[i] != 0; i++) {
		if (deviate(call, names_errno(instead[i]), "%s", name)) {
			call->saved_errno = instead[i];
			break;
		}
	}
	return result;
}

int64_t deviate_count(const struct call *call, int64_t result, int64_t room)
{
	if (result > room && deviate(call, "clamped", "result"))
		return room;
	if (result > 0 && deviate(call, "off-by-one", "result"))
		return result - 1;
	return result;
}

int64_t deviate_number(const struct call *call, const char *subject, int64_t value)
{
	return deviate(call, "off-by-one", "%s", subject) ? value + 1 : value;
}

int deviate_truth(const struct call *call, const char *subject, int value)
{
	return deviate(call, "inverted", "%s", subject) ? !value : value;
}

int deviate_addrinfo_error(const struct call *call, int code)
{
	const char *name = names_addrinfo_error(code);
	const int *instead;

	if (code == 0 || name == NULL)
		return code;
	if (deviate(call, "success", "%s", name))
		return 0;
	instead = neighbours_of_addrinfo_error(code);
	for (int i = 0; i < NEIGHBOURS && instead[i] != 0; i++) {
		if (deviate(call, names_addrinfo_error(instead[i]), "%s", name))
			return instead[i];
	}
	return code;
}
