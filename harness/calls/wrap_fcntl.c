/* SPDX-License-Identifier: MIT */
/* fcntl() on sockets. */
#include "harness/calls/args.h"
#include "harness/calls/descriptors.h"
#include "harness/calls/memory.h"
#include "harness/calls/show.h"
#include "harness/calls/watch.h"
#include "harness/calls/wrap.h"
#include "harness/deviate/settings.h"

#include <fcntl.h>
#include <stddef.h>

/* O_ACCMODE has O_PATH, too, in musl. */
enum { ACCESS_MODE = O_WRONLY | O_RDWR };

/* "O_RDWR|O_NONBLOCK": an access mode, which is not a set of bits, and flags. */
static void show_open_flags(struct text *t, int flags)
{
	text_string(t, names_of(&names_open_modes, flags & ACCESS_MODE));
	if ((flags & ~ACCESS_MODE) != 0) {
		text_char(t, '|');
		show_flags(t, &names_open_flags, (unsigned int)(flags & ~ACCESS_MODE));
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
		if ((number & ACCESS_MODE) != 0)
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

/* What is kept before a call: what it changes, and what F_GETOWN_EX will overwrite. */
struct before {
	struct settings settings;
	struct kept argument;
};

static void begin(struct call *call, struct before *before, int fd, int command, void *argument)
{
	calls_begin_on(call, "fcntl", fd);
	arg_int(call, "fd", fd);
	arg_name(call, "cmd", names_of(&names_fcntls, command), command);
	arg_third(call, command, argument);
	settings_keep(call, &before->settings, fd);
	before->argument.size = 0;
	if (command == F_GETOWN_EX)
		keep(&before->argument, argument, sizeof(struct f_owner_ex));
}

/* What went well, made wrong. Returns the result that the case is to see. */
static int deviated(const struct call *call, const struct before *before, int fd, int command,
		    void *argument, int result)
{
	static const struct field members[] = {
		{"type", FIELD_NUMBER, offsetof(struct f_owner_ex, type), sizeof(int)},
		{"pid", FIELD_NUMBER, offsetof(struct f_owner_ex, pid), sizeof(pid_t)},
	};
	static const struct fields owner = {"f_owner_ex", 2, members};
	const char *name = names_of(&names_fcntls, command);

	switch (command) {
	case F_SETFL:
	case F_SETFD:
	case F_SETOWN:
	case F_SETOWN_EX:
	case F_SETSIG:
		deviate_settings(call, &before->settings, fd, name);
		return result;
	case F_GETFL:
	case F_GETFD:
		return deviate_flags_got(call, command, result);
	case F_GETOWN:
	case F_GETSIG:
		return (int)deviate_number(call, name, result);
	case F_GETOWN_EX:
		deviate_bytes(call, name, &before->argument, argument, sizeof(struct f_owner_ex),
			      &owner);
		return result;
	case F_DUPFD:
	case F_DUPFD_CLOEXEC:
		return deviate_copy(call, fd, command, (int)(intptr_t)argument, result);
	default:
		return result;
	}
}

/* Ends the record. Returns what the case is to see. */
static int ended(struct call *call, const struct before *before, int fd, int command,
		 void *argument, int result)
{
	if (result < 0)
		result = (int)deviate_error(call, result);
	else if (deviation_mode != DEVIATION_OFF && call->record != NULL)
		result = deviated(call, before, fd, command, argument, result);
	if (result >= 0 && (command == F_DUPFD || command == F_DUPFD_CLOEXEC))
		descriptors_copy(fd, result);
	if (call->record == NULL || result < 0) {
		calls_end_int(call, result);
		return result;
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
		return result;
	default:
		calls_end_int(call, result);
		return result;
	}
	calls_end_text(call, 0);
	return result;
}

int wrap_fcntl(int fd, int command, ...)
{
	struct before before;
	struct call call;
	va_list arguments;
	void *argument;
	int result;

	/* The C library itself takes a pointer here, whatever the command takes. */
	va_start(arguments, command);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	begin(&call, &before, fd, command, argument);
	REAL_CALL(call, result, fcntl, fd, command, argument);
	return ended(&call, &before, fd, command, argument, result);
}

#ifdef __GLIBC__
/* What fcntl() is when off_t has 64 bits on a machine of 32. */
int wrap_fcntl64(int fd, int command, ...)
{
	struct before before;
	struct call call;
	va_list arguments;
	void *argument;
	int result;

	va_start(arguments, command);
	argument = va_arg(arguments, void *);
	va_end(arguments);
	begin(&call, &before, fd, command, argument);
	REAL_CALL(call, result, fcntl64, fd, command, argument);
	return ended(&call, &before, fd, command, argument, result);
}
#endif
