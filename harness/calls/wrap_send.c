/* SPDX-License-Identifier: MIT */
/* Sending. */
#include "harness/calls/args.h"
#include "harness/calls/descriptors.h"
#include "harness/calls/show_message.h"
#include "harness/calls/wrap.h"
#include "harness/deviate/data.h"
#include "harness/deviate/flags.h"
#include "harness/deviate/message.h"

ssize_t wrap_send(int fd, const void *data, size_t length, int flags)
{
	struct call call;
	size_t passed;
	ssize_t result;

	calls_begin(&call, "send");
	arg_int(&call, "sockfd", fd);
	arg_sent(&call, "buf", fd, data, length);
	arg_unsigned(&call, "len", length);
	arg_flags(&call, "flags", &names_message_flags, (unsigned int)flags);
	flags = deviate_flags_in(&call, &names_message_flags, flags);
	passed = deviate_cut(&call, length);
	REAL_CALL(call, result, send, fd, data, passed, flags);
	result = deviate_sent(&call, result, length, passed);
	return END_INT(call, result);
}

ssize_t wrap_sendto(int fd, const void *data, size_t length, int flags,
		    const struct sockaddr *address, socklen_t address_length)
{
	struct call call;
	size_t passed;
	ssize_t result;

	calls_begin(&call, "sendto");
	arg_int(&call, "sockfd", fd);
	arg_sent(&call, "buf", fd, data, length);
	arg_unsigned(&call, "len", length);
	arg_flags(&call, "flags", &names_message_flags, (unsigned int)flags);
	arg_address(&call, "dest_addr", address, address_length);
	arg_int(&call, "addrlen", (int)address_length);
	flags = deviate_flags_in(&call, &names_message_flags, flags);
	passed = deviate_cut(&call, length);
	REAL_CALL(call, result, sendto, fd, data, passed, flags, address, address_length);
	result = deviate_sent(&call, result, length, passed);
	return END_INT(call, result);
}

ssize_t wrap_sendmsg(int fd, const struct msghdr *message, int flags)
{
	struct deviated_message changed;
	const struct msghdr *passed;
	struct call call;
	struct descriptor of = {0};
	ssize_t result;

	calls_begin(&call, "sendmsg");
	arg_int(&call, "sockfd", fd);
	if (call.record != NULL) {
		of = descriptors_get(fd);
		show_message_sent(calls_value(&call, "msg"), &of, message);
	}
	arg_flags(&call, "flags", &names_message_flags, (unsigned int)flags);
	flags = deviate_flags_in(&call, &names_message_flags, flags);
	passed = deviate_message_out(&call, of.family, message, &changed);
	REAL_CALL(call, result, sendmsg, fd, passed, flags);
	result = deviate_sent(&call, result, changed.length, changed.passed);
	return END_INT(call, result);
}

int wrap_sendmmsg(int fd, struct mmsghdr *messages, unsigned int count, int flags)
{
	struct call call;
	int result;

	calls_begin(&call, "sendmmsg");
	arg_int(&call, "sockfd", fd);
	if (call.record != NULL) {
		struct descriptor of = descriptors_get(fd);

		show_messages_sent(calls_value(&call, "msgvec"), &of, messages, count, false);
	}
	arg_unsigned(&call, "vlen", count);
	arg_flags(&call, "flags", &names_message_flags, (unsigned int)flags);
	flags = deviate_flags_in(&call, &names_message_flags, flags);
	REAL_CALL(call, result, sendmmsg, fd, messages, count, flags);
	if (call.record != NULL && messages != NULL && result > 0) {
		messages[0].msg_len =
			(unsigned int)deviate_number(&call, "msg_len", messages[0].msg_len);
		result = (int)deviate_count(&call, result, result);
	}
	if (call.record != NULL && result > 0) {
		struct descriptor of = descriptors_get(fd);

		show_messages_sent(calls_value(&call, "msgvec"), &of, messages,
				   (unsigned int)result, true);
	}
	return END_INT(call, result);
}
