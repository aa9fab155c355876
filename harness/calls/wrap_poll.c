/* SPDX-License-Identifier: MIT */
/* poll() and ppoll(). */
#include "harness/calls/args.h"
#include "harness/calls/descriptors.h"
#include "harness/calls/memory.h"
#include "harness/calls/show.h"
#include "harness/calls/show_ready.h"
#include "harness/calls/wrap.h"

#include <errno.h>

/*
 * calls_begin() when one of the descriptors is to be recorded, or the array cannot be
 * read (that is how EFAULT is shown).
 */
static void begin(struct call *call, const char *name, const struct pollfd *fds, nfds_t count)
{
	int saved_errno = errno;
	bool watched = false;

	call->record = NULL;
	if (!calls_recording())
		return;
	for (nfds_t i = 0; i < count && !watched; i++) {
		struct pollfd one;

		watched = !memory_read(&one, memory_element(fds, i, sizeof(one)), sizeof(one)) ||
			  (one.fd >= 0 && descriptors_watched(one.fd));
	}
	errno = saved_errno;
	if (watched)
		calls_begin(call, name);
}

int wrap_poll(struct pollfd *fds, nfds_t count, int timeout)
{
	struct call call;
	int result;

	begin(&call, "poll", fds, count);
	if (call.record != NULL)
		show_pollfds(calls_value(&call, "fds"), fds, count, false);
	arg_unsigned(&call, "nfds", count);
	arg_int(&call, "timeout", timeout);
	REAL_CALL(call, result, poll, fds, count, timeout);
	if (call.record != NULL && result >= 0)
		show_pollfds(calls_value(&call, "fds"), fds, count, true);
	return END_INT(call, result);
}

int wrap_ppoll(struct pollfd *fds, nfds_t count, const struct timespec *timeout,
	       const sigset_t *mask)
{
	struct call call;
	int result;

	begin(&call, "ppoll", fds, count);
	if (call.record != NULL)
		show_pollfds(calls_value(&call, "fds"), fds, count, false);
	arg_unsigned(&call, "nfds", count);
	if (call.record != NULL) {
		show_timespec(calls_value(&call, "tmo_p"), timeout);
		show_signal_set(calls_value(&call, "sigmask"), mask);
	}
	REAL_CALL(call, result, ppoll, fds, count, timeout, mask);
	if (call.record != NULL && result >= 0)
		show_pollfds(calls_value(&call, "fds"), fds, count, true);
	return END_INT(call, result);
}
