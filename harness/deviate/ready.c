/* SPDX-License-Identifier: MIT */
/* poll() and select(), and how all of them wait. */
#include "harness/deviate/ready.h"

#include <string.h>
#include <time.h>

#include "harness/calls/memory.h"
#include "harness/deviate/flags.h"
#include "harness/deviate/result.h"
#include "harness/names/names.h"

enum { SIGNALS = 64 };

const sigset_t *deviate_mask(const struct call *call, const sigset_t *mask)
{
	sigset_t now, then;
	bool matters = false;

	sigemptyset(&then);
	if (deviation_mode == DEVIATION_OFF || call->record == NULL || mask == NULL ||
	    !memory_read(&then, mask, SIGNALS / 8) || pthread_sigmask(SIG_BLOCK, NULL, &now) != 0)
		return mask;
	for (int signal = 1; signal <= SIGNALS; signal++)
		matters = matters || sigismember(&now, signal) != sigismember(&then, signal);
	return matters && deviate(call, "ignored", "sigmask") ? NULL : mask;
}

bool deviate_waits(const void *timeout, size_t size)
{
	static const struct timespec none = {0};
	struct timespec time = {0};

	if (deviation_mode == DEVIATION_OFF || timeout == NULL)
		return true;
	return size <= sizeof(time) && memory_read(&time, timeout, size) &&
	       memcmp(&time, &none, size) != 0;
}

bool deviate_no_waiting(const struct call *call)
{
	return deviation_mode == DEVIATION_ACTIVE && deviate(call, "ignored", "timeout");
}

void deviate_poll_before(const struct call *call, struct poll_before *before, struct pollfd *fds,
			 nfds_t count, bool waits)
{
	struct pollfd now[READY_KEPT];

	before->count = 0;
	before->waited = false;
	if (deviation_mode == DEVIATION_OFF || call->record == NULL || count > READY_KEPT ||
	    !memory_read(before->fds, fds, count * sizeof(*fds)))
		return;
	before->count = count;
	memcpy(now, before->fds, count * sizeof(*fds));
	before->waited = deviation_mode == DEVIATION_SURVEY && waits && poll(now, count, 0) == 0;
	for (size_t i = 0; i < names_poll_events.count && deviation_mode == DEVIATION_ACTIVE; i++) {
		const struct name *event = &names_poll_events.names[i];

		if (!deviation_wanted(call, "dropped", event->text))
			continue;
		for (nfds_t at = 0; at < count; at++) {
			if ((fds[at].events & event->value) != 0 &&
			    deviate(call, "dropped", "%s", event->text))
				fds[at].events &= (short)~event->value;
		}
	}
}

/* The events that a descriptor may have without asking for them. */
static bool is_always_asked(int64_t event)
{
	return event == POLLERR || event == POLLHUP;
}

static void poll_one(const struct call *call, short asked, struct pollfd *one)
{
	short was = one->revents;

	one->revents = deviate_flags_out(call, &names_poll_events, (unsigned short)was);
	for (size_t i = 0; i < names_poll_events.count; i++) {
		const struct name *event = &names_poll_events.names[i];

		if ((was & event->value) == 0 && (was & POLLNVAL) == 0 &&
		    ((asked & event->value) != 0 || is_always_asked(event->value)) &&
		    deviate(call, "spurious", "%s", event->text))
			one->revents |= (short)event->value;
	}
}

int deviate_poll_after(const struct call *call, const struct poll_before *before,
		       struct pollfd *fds, int result)
{
	if (deviation_mode == DEVIATION_OFF || call->record == NULL)
		return result;
	for (nfds_t at = 0; at < before->count; at++) {
		short asked = before->fds[at].events, reported = fds[at].revents;

		fds[at].events = asked;
		if (result < 0 || fds[at].fd < 0)
			continue;
		for (size_t i = 0; i < names_poll_events.count; i++) {
			int64_t event = names_poll_events.names[i].value;

			if ((asked & reported & event) != 0 && !is_always_asked(event))
				deviation_offer(call, "dropped", names_poll_events.names[i].text);
		}
		poll_one(call, asked, &fds[at]);
		result += (fds[at].revents != 0) - (reported != 0);
	}
	if (before->waited)
		deviation_offer(call, "ignored", "timeout");
	return (int)deviate_count(call, result, result);
}

static const char *const set_names[READY_SETS] = {"readfds", "writefds", "exceptfds"};

/* The kernel reads and writes whole words, and no more than `count` needs. */
static size_t set_bytes(int count)
{
	size_t bits = sizeof(long) * 8;

	return ((size_t)count + bits - 1) / bits * sizeof(long);
}

void deviate_select_before(const struct call *call, struct select_before *before, int count,
			   fd_set *const sets[READY_SETS], bool waits)
{
	struct timeval none = {0};
	fd_set now[READY_SETS];

	before->count = 0;
	before->waited = false;
	if (deviation_mode == DEVIATION_OFF || call->record == NULL || count <= 0 ||
	    count > FD_SETSIZE)
		return;
	for (int i = 0; i < READY_SETS; i++) {
		FD_ZERO(&before->kept[i]);
		before->sets[i] = sets[i];
		if (sets[i] != NULL && !memory_read(&before->kept[i], sets[i], set_bytes(count)))
			return;
		now[i] = before->kept[i];
	}
	before->count = count;
	before->waited = deviation_mode == DEVIATION_SURVEY && waits &&
			 select(count, &now[0], &now[1], &now[2], &none) == 0;
}

/* One set: returns how many more descriptors it reports than before. */
static int select_one(const struct call *call, const struct select_before *before, int i)
{
	const fd_set *asked = &before->kept[i];
	fd_set *set = before->sets[i];
	int missing = -1, reported = -1;

	for (int fd = 0; fd < before->count; fd++) {
		if (FD_ISSET(fd, set))
			reported = fd;
		else if (FD_ISSET(fd, asked))
			missing = fd;
	}
	if (missing >= 0 && deviate(call, "unfilled", "%s", set_names[i])) {
		memcpy(set, asked, set_bytes(before->count));
		return 0;
	}
	if (missing >= 0 && deviate(call, "spurious", "%s", set_names[i])) {
		FD_SET(missing, set);
		return 1;
	}
	if (reported >= 0 && deviate(call, "unreported", "%s", set_names[i])) {
		FD_CLR(reported, set);
		return -1;
	}
	return 0;
}

int deviate_select_after(const struct call *call, const struct select_before *before, int result)
{
	if (deviation_mode == DEVIATION_OFF || call->record == NULL || result < 0)
		return result;
	for (int i = 0; i < READY_SETS && before->count > 0; i++) {
		if (before->sets[i] != NULL)
			result += select_one(call, before, i);
	}
	if (before->waited)
		deviation_offer(call, "ignored", "timeout");
	return (int)deviate_count(call, result, result);
}
