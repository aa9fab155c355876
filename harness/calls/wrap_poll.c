/* SPDX-License-Identifier: MIT */
/* poll() and ppoll(). */
#include "harness/calls/args.h"
#include "harness/calls/descriptors.h"
#include "harness/calls/memory.h"
#include "harness/calls/show.h"
#include "harness/calls/show_ready.h"
#include "harness/calls/wrap.h"
#include "harness/deviate/ready.h"

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
	struct poll_before before;
	struct call call;
	int result;

	begin(&call, "poll", fds, count);
	if (call.record != NULL)
		show_pollfds(calls_value(&call, "fds"), fds, count, false);
	arg_unsigned(&call, "nfds", count);
	arg_int(&call, "timeout", timeout);
	deviate_poll_before(&call, &before, fds, count, timeout != 0);
	if (deviate_no_waiting(&call))
		timeout = 0;
	REAL_CALL(call, result, poll, fds, count, timeout);
	result = deviate_poll_after(&call, &before, fds, result);
	if (call.record != NULL && result >= 0)
		show_pollfds(calls_value(&call, "fds"), fds, count, true);
	return END_INT(call, result);
}

int wrap_ppoll(struct pollfd *fds, nfds_t count, const struct timespec *timeout,
	       const sigset_t *mask)
{
	static const struct timespec none = {0};
	struct poll_before before;
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
	deviate_poll_before(&call, &before, fds, count, deviate_waits(timeout, sizeof(*timeout)));
	if (deviate_no_waiting(&call))
		timeout = &none;
	mask = deviate_mask(&call, mask);
	REAL_CALL(call, result, ppoll, fds, count, timeout, mask);
	result = deviate_poll_after(&call, &before, fds, result);
	if (call.record != NULL && result >= 0)
		show_pollfds(calls_value(&call, "fds"), fds, count, true);
	return END_INT(call, result);
}
