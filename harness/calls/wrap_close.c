/* SPDX-License-Identifier: MIT */
/* Closing and duplicating descriptors. */
#include "harness/calls/args.h"
#include "harness/calls/descriptors.h"
#include "harness/calls/watch.h"
#include "harness/calls/wrap.h"
#include "harness/deviate/flags.h"
#include "harness/deviate/ignored.h"
#include "harness/deviate/option.h"

#include <fcntl.h>

int wrap_close(int fd)
{
	struct call call;
	bool socket;
	int result;

	calls_begin_on(&call, "close", fd);
	socket = deviation_mode != DEVIATION_OFF && descriptors_get(fd).socket;
	/* Before the call: afterwards another thread may have the number already. */
	descriptors_closed(fd);
	arg_int(&call, "fd", fd);
	deviate_option_closed(fd);
	REAL_CALL_UNLESS(deviate_call_instead(&call, fd, "socket"), call, result, close, fd);
	if (result == 0 && socket)
		deviation_offer(&call, "ignored", "socket");
	return END_INT(call, result);
}

int wrap_dup(int fd)
{
	struct call call;
	int result;

	calls_begin_on(&call, "dup", fd);
	arg_int(&call, "oldfd", fd);
	REAL_CALL(call, result, dup, fd);
	if (result >= 0)
		descriptors_copy(fd, result);
	return END_INT(call, result);
}

int wrap_dup2(int fd, int copy)
{
	struct call call;
	int result;

	calls_begin_on(&call, "dup2", fd);
	arg_int(&call, "oldfd", fd);
	arg_int(&call, "newfd", copy);
	REAL_CALL(call, result, dup2, fd, copy);
	if (result >= 0)
		descriptors_copy(fd, result);
	return END_INT(call, result);
}

int wrap_dup3(int fd, int copy, int flags)
{
	struct call call;
	int result;

	calls_begin_on(&call, "dup3", fd);
	arg_int(&call, "oldfd", fd);
	arg_int(&call, "newfd", copy);
	arg_flags(&call, "flags", &names_open_flags, (unsigned int)flags);
	flags = deviate_flags_in(&call, &names_open_flags, flags);
	REAL_CALL(call, result, dup3, fd, copy, flags);
	if (result >= 0)
		descriptors_copy(fd, result);
	return END_INT(call, result);
}
