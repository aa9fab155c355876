/* SPDX-License-Identifier: MIT */
/* epoll. */
#include "harness/calls/args.h"
#include "harness/calls/descriptors.h"
#include "harness/calls/show_ready.h"
#include "harness/calls/wrap.h"

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
	REAL_CALL(call, result, epoll_create1, flags);
	if (result >= 0)
		descriptors_epoll(result);
	return END_INT(call, result);
}

int wrap_epoll_ctl(int epoll, int operation, int fd, struct epoll_event *event)
{
	struct call call;
	int result;

	calls_begin(&call, "epoll_ctl");
	arg_int(&call, "epfd", epoll);
	arg_name(&call, "op", names_of(&names_epoll_operations, operation), operation);
	arg_int(&call, "fd", fd);
	if (call.record != NULL)
		show_epoll_event(calls_value(&call, "event"), event);
	REAL_CALL(call, result, epoll_ctl, epoll, operation, fd, event);
	return END_INT(call, result);
}

int wrap_epoll_wait(int epoll, struct epoll_event *events, int count, int timeout)
{
	struct call call;
	int result;

	calls_begin(&call, "epoll_wait");
	arg_int(&call, "epfd", epoll);
	arg_pointer(&call, "events", events);
	arg_int(&call, "maxevents", count);
	arg_int(&call, "timeout", timeout);
	REAL_CALL(call, result, epoll_wait, epoll, events, count, timeout);
	if (call.record != NULL && result >= 0)
		show_epoll_events(calls_value(&call, "events"), events, result);
	return END_INT(call, result);
}

int wrap_epoll_pwait(int epoll, struct epoll_event *events, int count, int timeout,
		     const sigset_t *mask)
{
	struct call call;
	int result;

	calls_begin(&call, "epoll_pwait");
	arg_int(&call, "epfd", epoll);
	arg_pointer(&call, "events", events);
	arg_int(&call, "maxevents", count);
	arg_int(&call, "timeout", timeout);
	if (call.record != NULL)
		show_signal_set(calls_value(&call, "sigmask"), mask);
	REAL_CALL(call, result, epoll_pwait, epoll, events, count, timeout, mask);
	if (call.record != NULL && result >= 0)
		show_epoll_events(calls_value(&call, "events"), events, result);
	return END_INT(call, result);
}
