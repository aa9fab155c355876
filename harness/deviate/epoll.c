/* SPDX-License-Identifier: MIT */
#include "harness/deviate/epoll.h"

#include <poll.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "harness/calls/memory.h"
#include "harness/deviate/flags.h"
#include "harness/deviate/result.h"
#include "harness/names/names.h"

/* Whether `fd` is in the epoll's list, as the kernel shows it in /proc. Stores its events. */
static bool is_listed(int epoll, int fd, unsigned int *events)
{
	char path[64], line[128];
	bool found = false;
	FILE *file;
	int target;

	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", epoll);
	file = fopen(path, "re");
	while (file != NULL && !found && fgets(line, sizeof(line), file) != NULL)
		found = sscanf(line, "tfd: %d events: %x", &target, events) == 2 && target == fd;
	if (file != NULL)
		fclose(file);
	return found;
}

/* Events that are reported whether they are asked for or not (epoll_ctl(2)). */
static bool is_always_asked(uint32_t event)
{
	return event == EPOLLERR || event == EPOLLHUP;
}

bool deviate_epoll_instead(const struct call *call, const struct epoll_change *change)
{
	const char *operation = names_of(&names_epoll_operations, change->operation);
	struct epoll_event event;
	unsigned int events;

	if (operation == NULL || !deviation_wanted(call, "ignored", operation) ||
	    change->operation == EPOLL_CTL_ADD || !is_listed(change->epoll, change->fd, &events))
		return false;
	if (change->operation == EPOLL_CTL_MOD &&
	    (!memory_read(&event, change->event, sizeof(event)) ||
	     ((events | event.events) & EPOLLEXCLUSIVE) != 0))
		return false;
	return deviate(call, "ignored", "%s", operation);
}

struct epoll_event *deviate_epoll_event(const struct call *call, const struct epoll_change *change,
					struct epoll_event *copy)
{
	if (deviation_mode != DEVIATION_ACTIVE || call->record == NULL ||
	    change->operation == EPOLL_CTL_DEL || !memory_read(copy, change->event, sizeof(*copy)))
		return change->event;
	copy->events = deviate_flags_in(call, &names_epoll_events, copy->events);
	return copy;
}

void deviate_epoll_changed(const struct call *call, const struct epoll_change *change)
{
	if (deviation_mode == DEVIATION_OFF || call->record == NULL)
		return;
	deviation_offer(call, "ignored", names_of(&names_epoll_operations, change->operation));
	if (change->operation == EPOLL_CTL_DEL)
		return;
	for (size_t i = 0; i < names_epoll_events.count; i++) {
		uint32_t event = (uint32_t)names_epoll_events.names[i].value;

		if ((change->event->events & event) != 0 && !is_always_asked(event))
			deviation_offer(call, "dropped", names_epoll_events.names[i].text);
	}
	if (change->operation == EPOLL_CTL_ADD && deviation_mode == DEVIATION_ACTIVE &&
	    deviate(call, "ignored", "EPOLL_CTL_ADD"))
		epoll_ctl(change->epoll, EPOLL_CTL_DEL, change->fd, NULL);
}

void deviate_epoll_before(const struct call *call, struct epoll_before *before, int epoll,
			  const struct epoll_event *events, int count, bool waits)
{
	/* An epoll descriptor is readable when it has events, and looking does not take them. */
	struct pollfd ready = {.fd = epoll, .events = POLLIN};

	before->waited = false;
	before->events.size = 0;
	if (deviation_mode == DEVIATION_OFF || call->record == NULL || count <= 0)
		return;
	keep_bytes(&before->events, events, (size_t)count * sizeof(*events));
	before->waited = deviation_mode == DEVIATION_SURVEY && waits && poll(&ready, 1, 0) == 0;
}

/* Returns whether events are left. */
static bool epoll_one(const struct call *call, struct epoll_event *one)
{
	static const uint32_t others[] = {EPOLLIN,    EPOLLOUT, EPOLLPRI,
					  EPOLLRDHUP, EPOLLERR, EPOLLHUP};
	uint32_t was = one->events;

	one->events = deviate_flags_out(call, &names_epoll_events, was);
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
		if ((was & others[i]) == 0 &&
		    deviate(call, "spurious", "%s", names_of(&names_epoll_events, others[i])))
			one->events |= others[i];
	}
	return one->events != 0;
}

static void epoll_data(const struct call *call, const struct epoll_before *before,
		       struct epoll_event *events, size_t at)
{
	static const struct field fields[] = {
		{"u64", FIELD_NUMBER, offsetof(struct epoll_event, data), sizeof(uint64_t)},
	};
	static const struct fields data = {"data", 1, fields};
	size_t offset = at * sizeof(*events);
	struct kept one = {.size = 0};
	uint32_t reported = events[at].events;

	if (before->events.size < offset + sizeof(*events))
		return;
	one.size = sizeof(*events);
	memcpy(one.bytes, before->events.bytes + offset, one.size);
	deviate_bytes(call, "data", &one, &events[at], sizeof(*events), &data);
	events[at].events = reported;
}

int deviate_epoll_after(const struct call *call, const struct epoll_before *before,
			struct epoll_event *events, int result)
{
	int count = result;

	if (deviation_mode == DEVIATION_OFF || call->record == NULL || result < 0)
		return result;
	result = 0;
	for (int i = 0; i < count; i++) {
		epoll_data(call, before, events, (size_t)i);
		if (epoll_one(call, &events[i]))
			events[result++] = events[i];
	}
	if (before->waited)
		deviation_offer(call, "ignored", "timeout");
	return (int)deviate_count(call, result, 1);
}
