/* SPDX-License-Identifier: MIT */
/* Socket options. */
#include "harness/calls/args.h"
#include "harness/calls/descriptors.h"
#include "harness/calls/show.h"
#include "harness/calls/wrap.h"

/* Level and option, of a socket of `family`. */
static void arg_option(struct call *call, int family, int level, int option, bool reading)
{
	arg_name(call, "level", names_level(family, level), level);
	arg_name(call, "optname", names_option(family, level, option, reading), option);
}

int wrap_getsockopt(int fd, int level, int option, void *value, socklen_t *length)
{
	struct call call;
	socklen_t room;
	int family = 0;
	int result;

	calls_begin(&call, "getsockopt");
	if (call.record != NULL)
		family = descriptors_get(fd).family;
	arg_int(&call, "sockfd", fd);
	arg_option(&call, family, level, option, true);
	arg_pointer(&call, "optval", value);
	arg_length_in(&call, "optlen", length, &room);
	REAL_CALL(call, result, getsockopt, fd, level, option, value, length);
	if (call.record != NULL && result == 0) {
		socklen_t filled = *length;

		show_option(calls_value(&call, "optval"), family, level, option, true, value,
			    filled);
		arg_length_out(&call, "optlen", length, room);
	}
	calls_end_int(&call, result);
	return result;
}

int wrap_setsockopt(int fd, int level, int option, const void *value, socklen_t length)
{
	struct call call;
	int result;

	calls_begin(&call, "setsockopt");
	if (call.record != NULL) {
		int family = descriptors_get(fd).family;

		arg_int(&call, "sockfd", fd);
		arg_option(&call, family, level, option, false);
		show_option(calls_value(&call, "optval"), family, level, option, false, value,
			    length);
		arg_int(&call, "optlen", (int)length);
	}
	REAL_CALL(call, result, setsockopt, fd, level, option, value, length);
	calls_end_int(&call, result);
	return result;
}
