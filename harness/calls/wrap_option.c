/* SPDX-License-Identifier: MIT */
/* Socket options. */
#include "harness/calls/args.h"
#include "harness/calls/descriptors.h"
#include "harness/calls/show.h"
#include "harness/calls/show_netlink.h"
#include "harness/calls/wrap.h"
#include "harness/deviate/option.h"

#include <string.h>

/* Level and option, of a socket of `family`. */
static void arg_option(struct call *call, int family, int level, int option, bool reading)
{
	arg_name(call, "level", names_level(family, level), level);
	arg_name(call, "optname", names_option(family, level, option, reading), option);
}

/*
 * Options whose structure asks, and is replaced by the answer: writes the question, and what
 * stands between it and the answer. Other options are asked for by their name alone.
 */
static void show_question(struct text *t, int family, int level, int option, const void *value,
			  socklen_t length)
{
	const char *name = names_option(family, level, option, true);

	if (name == NULL || strcmp(name, "IPV6_FLOWLABEL_MGR") != 0)
		return;
	show_option(t, family, level, option, false, value, length);
	text_string(t, " => ");
}

int wrap_getsockopt(int fd, int level, int option, void *value, socklen_t *length)
{
	struct option_set read = {.fd = fd, .level = level, .option = option};
	struct kept before;
	struct call call;
	char asked[512];
	struct text question, *answer;
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
	keep(&before, value, room);
	text_begin(&question, asked, sizeof(asked));
	if (call.record != NULL)
		show_question(&question, family, level, option, value, room);
	text_finish(&question);
	REAL_CALL(call, result, getsockopt, fd, level, option, value, length);
	if (call.record != NULL && result >= 0) {
		read.name = names_option(family, level, option, true);
		deviate_option_read(&call, &read, &before, value, room, length);
		answer = calls_value(&call, "optval");
		text_string(answer, asked);
		show_option(answer, family, level, option, true, value, *length);
		arg_length_out(&call, "optlen", length, room);
	}
	return END_INT(call, result);
}

int wrap_setsockopt(int fd, int level, int option, const void *value, socklen_t length)
{
	struct option_set set = {fd, level, option, NULL, value, length};
	struct call call;
	int result;

	calls_begin(&call, "setsockopt");
	if (call.record != NULL) {
		struct descriptor of = descriptors_get(fd);
		struct text *t;

		set.name = names_option(of.family, level, option, false);
		arg_int(&call, "sockfd", fd);
		arg_option(&call, of.family, level, option, false);
		t = calls_value(&call, "optval");
		if (!show_netlink_group(t, &of, level, option, value, length))
			show_option(t, of.family, level, option, false, value, length);
		arg_int(&call, "optlen", (int)length);
	}
	REAL_CALL_UNLESS(deviate_option_instead(&call, &set), call, result, setsockopt, fd, level,
			 option, value, length);
	if (result == 0)
		deviate_option_offer(&call, &set);
	return END_INT(call, result);
}
