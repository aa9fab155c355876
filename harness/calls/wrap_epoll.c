/* SPDX-License-Identifier: MIT */
/* epoll. */
#include "harness/calls/args.h"
#include "harness/calls/descriptors.h"
#include "harness/calls/show_ready.h"
#include "harness/calls/wrap.h"
#include "harness/deviate/epoll.h"
#include "harness/deviate/flags.h"
#include "harness/deviate/ready.h"

int wrap_epoll_create(int size)
{
	struct call call;
	int result;

	calls_begin(&call, "epoll_create");
	arg_int(&call, "size", size);
	REAL_CALL(call, result, epoll_create, size);
	if (result >= 0)
		descriptors_epoll(result);
	return END_INT(call, result);
}

int wrap_epoll_create1(int flags)
{
	struct call call;
	int result;

	calls_begin(&call, "epoll_create1");
	arg_flags(&call, "flags", &names_epoll_flags, (unsigned int)flags);
	flags = deviate_flags_in(&call, &names_epoll_flags, flags);
	REAL_CALL(call, result, epoll_create1, flags);
	if (result >= 0)
		descriptors_epoll(result);
	return END_INT(call, result);
}

int wrap_epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event)
{
	const struct epoll_change change = {epoll, operation, fd, event};
	struct epoll_event copy, *passed;
	struct call call;
	int result;

	calls_begin(&call, "epoll_ctl");
	arg_int(&call, "epfd", epoll);
	arg_name(&call, "op", names_of(&names_epoll_operations, operation), operation);
	arg_int(&call, "fd", fd);
	if (call.record != NULL)
		show_epoll_event(calls_value(&call, "event"), event);
	passed = deviate_epoll_event(&call, &change, &copy);
	REAL_CALL_UNLESS(deviate_epoll_instead(&call, &change), call, result, epoll_ctl, epoll,
			 operation, fd, passed);
	if (result == 0)
		deviate_epoll_changed(&call, &change);
	return END_INT(call, result);
}

int wrap_epoll_wait(int epoll, struct epoll_event *events, int count, int timeout)
{
	struct epoll_before before;
	struct call call;
	int result;

	calls_begin(&call, "epoll_wait");
	arg_int(&call, "epfd", epoll);
	arg_pointer(&call, "events", events);
	arg_int(&call, "maxevents", count);
	arg_int(&call, "timeout", timeout);
	deviate_epoll_before(&call, &before, epoll, events, count, timeout != 0);
	if (deviate_no_waiting(&call))
		timeout = 0;
	REAL_CALL(call, result, epoll_wait, epoll, events, count, timeout);
	result = deviate_epoll_after(&call, &before, events, result);
	if (call.record != NULL && result >= 0)
		show_epoll_events(calls_value(&call, "events"), events, result);
	return END_INT(call, result);
}

int wrap_epoll_pwait(int epoll, struct epoll_event *events, int count, int timeout,
		     const sigset_t *mask)
{
	struct epoll_before before;
	struct call call;
	int result;

	calls_begin(&call, "epoll_pwait");
	arg_int(&call, "epfd", epoll);
	arg_pointer(&call, "events", events);
	arg_int(&call, "maxevents", count);
	arg_int(&call, "timeout", timeout);
	if (call.record != NULL)
		show_signal_set(calls_value(&call, "sigmask"), mask);
	deviate_epoll_before(&call, &before, epoll, events, count, timeout != 0);
	if (deviate_no_waiting(&call))
		timeout = 0;
	mask = deviate_mask(&call, mask);
	REAL_CALL(call, result, epoll_pwait, epoll, events, count, timeout, mask);
	result = deviate_epoll_after(&call, &before, events, result);
	if (call.record != NULL && result >= 0)
		show_epoll_events(calls_value(&call, "events"), events, result);
	return END_INT(call, result);
}
