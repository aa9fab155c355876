/* SPDX-License-Identifier: MIT */
/* Receiving. */
#include "harness/calls/args.h"
#include "harness/calls/descriptors.h"
#include "harness/calls/show.h"
#include "harness/calls/show_message.h"
#include "harness/calls/wrap.h"
#include "harness/deviate/data.h"
#include "harness/deviate/flags.h"
#include "harness/deviate/message.h"

ssize_t wrap_recv(int fd, void *data, size_t length, int flags)
{
	struct call call;
	struct kept before;
	ssize_t result;

	calls_begin(&call, "recv");
	arg_int(&call, "sockfd", fd);
	arg_pointer(&call, "buf", data);
	arg_unsigned(&call, "len", length);
	arg_flags(&call, "flags", &names_message_flags, (unsigned int)flags);
	flags = deviate_flags_in(&call, &names_message_flags, flags);
	keep(&before, data, length);
	REAL_CALL(call, result, recv, fd, data, length, flags);
	result = deviate_received(&call, &before, data, length, result);
	arg_received(&call, "buf", fd, data, length, result);
	return END_INT(call, result);
}

ssize_t wrap_recvfrom(int fd, void *data, size_t length, int flags, struct sockaddr *address,
		      socklen_t *address_length)
{
	struct call call;
	struct kept before, before_address;
	socklen_t room;
	ssize_t result;

	calls_begin(&call, "recvfrom");
	arg_int(&call, "sockfd", fd);
	arg_pointer(&call, "buf", data);
	arg_unsigned(&call, "len", length);
	arg_flags(&call, "flags", &names_message_flags, (unsigned int)flags);
	arg_pointer(&call, "src_addr", address);
	arg_length_in(&call, "addrlen", address_length, &room);
	flags = deviate_flags_in(&call, &names_message_flags, flags);
	keep(&before, data, length);
	keep(&before_address, address, address == NULL ? 0 : room);
	REAL_CALL(call, result, recvfrom, fd, data, length, flags, address, address_length);
	result = deviate_received(&call, &before, data, length, result);
	arg_received(&call, "buf", fd, data, length, result);
	if (result >= 0) {
		deviate_address(&call, &before_address, address, room, address_length);
		arg_address_out(&call, "src_addr", address, "addrlen", address_length, room);
	}
	return END_INT(call, result);
}

ssize_t wrap_recvmsg(int fd, struct msghdr *message, int flags)
{
	struct message_room room;
	struct kept_message before;
	struct call call;
	ssize_t result;

	calls_begin(&call, "recvmsg");
	arg_int(&call, "sockfd", fd);
	if (call.record != NULL)
		show_message_room(calls_value(&call, "msg"), message, &room);
	arg_flags(&call, "flags", &names_message_flags, (unsigned int)flags);
	flags = deviate_flags_in(&call, &names_message_flags, flags);
	keep_message(&before, message);
	REAL_CALL(call, result, recvmsg, fd, message, flags);
	if (call.record != NULL && result >= 0) {
		struct descriptor of = descriptors_get(fd);

		result = deviate_message_in(&call, of.family, &before, message, result);
		show_message_received(calls_value(&call, "msg"), &of, message, (size_t)result,
				      &room);
	}
	return END_INT(call, result);
}

int wrap_recvmmsg(int fd, struct mmsghdr *messages, unsigned int count, int flags,
		  struct timespec *timeout)
{
	struct messages_room room;
	struct kept_message before;
	struct call call;
	int result;

	calls_begin(&call, "recvmmsg");
	arg_int(&call, "sockfd", fd);
	if (call.record != NULL)
		show_messages_room(calls_value(&call, "msgvec"), messages, count, &room);
	arg_unsigned(&call, "vlen", count);
	arg_flags(&call, "flags", &names_message_flags, (unsigned int)flags);
	if (call.record != NULL)
		show_timespec(calls_value(&call, "timeout"), timeout);
	flags = deviate_flags_in(&call, &names_message_flags, flags);
	keep_message(&before, messages == NULL ? NULL : &messages->msg_hdr);
	REAL_CALL(call, result, recvmmsg, fd, messages, count, flags, timeout);
	if (call.record != NULL && messages != NULL && result > 0) {
		struct descriptor of = descriptors_get(fd);

		messages->msg_len = (unsigned int)deviate_message_in(
			&call, of.family, &before, &messages->msg_hdr, messages->msg_len);
		result = (int)deviate_count(&call, result, result);
		show_messages_received(calls_value(&call, "msgvec"), &of, messages,
				       (unsigned int)result, &room);
	}
	return END_INT(call, result);
}
