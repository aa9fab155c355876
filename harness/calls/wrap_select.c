/* SPDX-License-Identifier: MIT */
/* select() and pselect(). */
#include "harness/calls/args.h"
#include "harness/calls/descriptors.h"
#include "harness/calls/memory.h"
#include "harness/calls/show.h"
#include "harness/calls/show_ready.h"
#include "harness/calls/wrap.h"
#include "harness/deviate/memory.h"
#include "harness/deviate/ready.h"

#include <errno.h>

/* Whether a set names a descriptor to record, or cannot be read. */
static bool watched_in(int count, const fd_set *set)
{
	fd_set known;

	if (set == NULL)
		return false;
	if (!memory_read(&known, set, ((size_t)count + 7) / 8))
		return true;
	for (int fd = 0; fd < count; fd++) {
		if (FD_ISSET(fd, &known) && descriptors_watched(fd))
			return true;
	}
	return false;
}

static void begin(struct call *call, const char *name, int count, const fd_set *readable,
		  const fd_set *writable, const fd_set *exceptional)
{
	int saved_errno = errno;
	bool watched;

	call->record = NULL;
	if (!calls_recording())
		return;
	/* A negative count is an error worth showing. */
	watched = count < 0;
	if (count > 0) {
		int limit = count < FD_SETSIZE ? count : FD_SETSIZE;

		watched = watched_in(limit, readable) || watched_in(limit, writable) ||
			  watched_in(limit, exceptional);
	}
	errno = saved_errno;
	if (!watched)
		return;
	calls_begin(call, name);
	if (call->record == NULL)
		return;
	arg_int(call, "nfds", count);
	show_fd_set(calls_value(call, "readfds"), count, readable);
	show_fd_set(calls_value(call, "writefds"), count, writable);
	show_fd_set(calls_value(call, "exceptfds"), count, exceptional);
}

static void returned(struct call *call, int count, const fd_set *readable, const fd_set *writable,
		     const fd_set *exceptional, int result)
{
	if (call->record == NULL || result < 0)
		return;
	if (readable != NULL)
		show_fd_set(calls_value(call, "readfds"), count, readable);
	if (writable != NULL)
		show_fd_set(calls_value(call, "writefds"), count, writable);
	if (exceptional != NULL)
		show_fd_set(calls_value(call, "exceptfds"), count, exceptional);
}

/* Of the time that is left, no part is as it was or known before. */
static const struct fields no_fields = {"timeout", 0, NULL};

int wrap_select(int count, fd_set *readable, fd_set *writable, fd_set *exceptional,
		struct timeval *timeout)
{
	struct timeval none = {0};
	struct kept time_before;
	fd_set *const sets[READY_SETS] = {readable, writable, exceptional};
	struct select_before before;
	struct call call;
	int result;

	begin(&call, "select", count, readable, writable, exceptional);
	if (call.record != NULL)
		show_timeval(calls_value(&call, "timeout"), timeout);
	deviate_select_before(&call, &before, count, sets,
			      deviate_waits(timeout, sizeof(*timeout)));
	keep(&time_before, timeout, sizeof(*timeout));
	REAL_CALL(call, result, select, count, readable, writable, exceptional,
		  deviate_no_waiting(&call) ? &none : timeout);
	result = deviate_select_after(&call, &before, result);
	returned(&call, count, readable, writable, exceptional, result);
	/* Linux stores the time that was left. */
	if (call.record != NULL && result >= 0 && timeout != NULL) {
		deviate_bytes(&call, "timeout", &time_before, timeout, sizeof(*timeout),
			      &no_fields);
		show_timeval(calls_value(&call, "timeout"), timeout);
	}
	return END_INT(call, result);
}

int wrap_pselect(int count, fd_set *readable, fd_set *writable, fd_set *exceptional,
		 const struct timespec *timeout, const sigset_t *mask)
{
	static const struct timespec none = {0};
	fd_set *const sets[READY_SETS] = {readable, writable, exceptional};
	struct select_before before;
	struct call call;
	int result;

	begin(&call, "pselect", count, readable, writable, exceptional);
	if (call.record != NULL) {
		show_timespec(calls_value(&call, "timeout"), timeout);
		show_signal_set(calls_value(&call, "sigmask"), mask);
	}
	deviate_select_before(&call, &before, count, sets,
			      deviate_waits(timeout, sizeof(*timeout)));
	if (deviate_no_waiting(&call))
		timeout = &none;
	mask = deviate_mask(&call, mask);
	REAL_CALL(call, result, pselect, count, readable, writable, exceptional, timeout, mask);
	result = deviate_select_after(&call, &before, result);
	returned(&call, count, readable, writable, exceptional, result);
	return END_INT(call, result);
}
