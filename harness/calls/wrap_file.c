/* SPDX-License-Identifier: MIT */
/* Calls for any file, when the file is a socket. */
#include "harness/calls/args.h"
#include "harness/calls/descriptors.h"
#include "harness/calls/show_message.h"
#include "harness/calls/watch.h"
#include "harness/calls/wrap.h"
#include "harness/deviate/data.h"

ssize_t wrap_read(int fd, void *data, size_t length)
{
	struct call call;
	struct kept before;
	ssize_t result;

	calls_begin_on(&call, "read", fd);
	arg_int(&call, "fd", fd);
	arg_pointer(&call, "buf", data);
	arg_unsigned(&call, "count", length);
	keep(&before, data, length);
	REAL_CALL(call, result, read, fd, data, length);
	result = deviate_received(&call, &before, data, length, result);
	arg_received(&call, "buf", fd, data, length, result);
	return END_INT(call, result);
}

ssize_t wrap_write(int fd, const void *data, size_t length)
{
	struct call call;
	size_t passed;
	ssize_t result;

	calls_begin_on(&call, "write", fd);
	arg_int(&call, "fd", fd);
	arg_sent(&call, "buf", fd, data, length);
	arg_unsigned(&call, "count", length);
	passed = deviate_cut(&call, length);
	REAL_CALL(call, result, write, fd, data, passed);
	result = deviate_sent(&call, result, length, passed);
	return END_INT(call, result);
}

ssize_t wrap_readv(int fd, const struct iovec *vector, int count)
{
	struct call call;
	ssize_t result;

	calls_begin_on(&call, "readv", fd);
	arg_int(&call, "fd", fd);
	if (call.record != NULL)
		show_vector_room(calls_value(&call, "iov"), vector, count > 0 ? (size_t)count : 0);
	arg_int(&call, "iovcnt", count);
	REAL_CALL(call, result, readv, fd, vector, count);
	result = (ssize_t)deviate_count(&call, result, result);
	if (call.record != NULL && result >= 0) {
		struct descriptor of = descriptors_get(fd);

		show_vector(calls_value(&call, "iov"), &of, vector, count > 0 ? (size_t)count : 0,
			    (size_t)result);
	}
	return END_INT(call, result);
}

ssize_t wrap_writev(int fd, const struct iovec *vector, int count)
{
	struct call call;
	ssize_t result;

	calls_begin_on(&call, "writev", fd);
	arg_int(&call, "fd", fd);
	if (call.record != NULL) {
		struct descriptor of = descriptors_get(fd);

		show_vector(calls_value(&call, "iov"), &of, vector, count > 0 ? (size_t)count : 0,
			    SIZE_MAX);
	}
	arg_int(&call, "iovcnt", count);
	REAL_CALL(call, result, writev, fd, vector, count);
	result = (ssize_t)deviate_count(&call, result, result);
	return END_INT(call, result);
}
