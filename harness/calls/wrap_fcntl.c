/* SPDX-License-Identifier: MIT */
/* fcntl() on sockets. */
#include "harness/calls/args.h"
#include "harness/calls/descriptors.h"
#include "harness/calls/memory.h"
#include "harness/calls/show.h"
#include "harness/calls/watch.h"
#include "harness/calls/wrap.h"

#include <fcntl.h>

/* "O_RDWR|O_NONBLOCK": an access mode, which is not a set of bits, and flags. */
static void show_open_flags(struct text *t, int flags)
{
	text_string(t, names_of(&names_open_modes, flags & O_ACCMODE));
	if ((flags & ~O_ACCMODE) != 0) {
		text_char(t, '|');
		show_flags(t, &names_open_flags, (unsigned int)(flags & ~O_ACCMODE));
	}
}

static void show_owner(struct text *t, const void *owner)
{
	struct f_owner_ex value;

	if (owner == NULL || !memory_read(&value, owner, sizeof(value))) {
		text_pointer(t, owner);
		return;
	}
	text_string(t, "{type=");
	text_name(t, names_of(&names_owner_types, (int)value.type), (int)value.type);
	text_string(t, ", pid=");
	text_int(t, value.pid);
	text_char(t, '}');
}

static void arg_third(struct call *call, int command, void *argument)
{
	int number = (int)(intptr_t)argument;

	if (call->record == NULL)
		return;
	switch (command) {
	case F_GETFD:
	case F_GETFL:
	case F_GETOWN:
	case F_GETSIG:
		break; /* they take none */
	case F_SETFD:
		arg_flags(call, "arg", &names_descriptor_flags, (unsigned int)number);
		break;
	case F_SETFL:
		/* The access mode cannot be set: it says nothing here, unless it was given. */
		if ((number & O_ACCMODE) != 0)
			show_open_flags(calls_value(call, "arg"), number);
		else
			arg_flags(call, "arg", &names_open_flags, (unsigned int)number);
		break;
	case F_SETSIG:
		arg_name(call, "arg", names_signal(number), number);
		break;
	case F_DUPFD:
	case F_DUPFD_CLOEXEC:
	case F_SETOWN:
		arg_int(call, "arg", number);
		break;
	case F_SETOWN_EX:
		show_owner(calls_value(call, "arg"), argument);
		break;
	default:
		arg_pointer(call, "arg", argument);
		break;
	}
}

static void ended(struct call *call, int command, void *argument, int result)
{
	if (call->record == NULL || result < 0) {
		calls_end_int(call, result);
		return;
	}
	switch (command) {
	case F_GETFD:
		show_flags(calls_result(call), &names_descriptor_flags, (unsigned int)result);
		break;
	case F_GETFL:
		show_open_flags(calls_result(call), result);
		break;
	case F_GETSIG:
		text_name(calls_result(call), names_signal(result), result);
		break;
	case F_GETOWN_EX:
		show_owner(calls_value(call, "arg"), argument);
		calls_end_int(call, result);
		return;
	default:
		calls_end_int(call, result);
		return;
	}
	calls_end_text(call, 0);
}

int wrap_fcntl(int fd, int command, ...)
{
	struct call call;
	va_list arguments;
	void *argument;
	int result;

	/* The C library itself takes a pointer here, whatever the command takes. */
	va_start(arguments, command);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	calls_begin_on(&call, "fcntl", fd);
	arg_int(&call, "fd", fd);
	arg_name(&call, "cmd", names_of(&names_fcntls, command), command);
	arg_third(&call, command, argument);
	REAL_CALL(call, result, fcntl, fd, command, argument);
	if (result >= 0 && (command == F_DUPFD || command == F_DUPFD_CLOEXEC))
		descriptors_copy(fd, result);
	ended(&call, command, argument, result);
	return result;
}

#ifdef __GLIBC__
/* What fcntl() is when off_t has 64 bits on a machine of 32. */
int wrap_fcntl64(int fd, int command, ...)
{
	struct call call;
	va_list arguments;
	void *argument;
	int result;

	va_start(arguments, command);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	calls_begin_on(&call, "fcntl", fd);
	arg_int(&call, "fd", fd);
	arg_name(&call, "cmd", names_of(&names_fcntls, command), command);
	arg_third(&call, command, argument);
	REAL_CALL(call, result, fcntl64, fd, command, argument);
	if (result >= 0 && (command == F_DUPFD || command == F_DUPFD_CLOEXEC))
		descriptors_copy(fd, result);
	ended(&call, command, argument, result);
	return result;
}
#endif
