/* SPDX-License-Identifier: MIT */
/* Moving data between descriptors without reading it: sendfile() and splice(). */
#include "harness/calls/args.h"
#include "harness/calls/memory.h"
#include "harness/calls/watch.h"
#include "harness/calls/wrap.h"
#include "harness/deviate/data.h"
#include "harness/deviate/flags.h"

/* An offset that is read and stored: "[4096]". */
static void arg_offset(struct call *call, const char *name, const void *offset, size_t size)
{
	struct text *t;
	int64_t wide = 0;
	int32_t narrow = 0;

	if (call->record == NULL)
		return;
	t = calls_value(call, name);
	if (offset == NULL ||
	    !memory_read(size == sizeof(wide) ? (void *)&wide : (void *)&narrow, offset, size)) {
		text_pointer(t, offset);
		return;
	}
	text_char(t, '[');
	text_int(t, size == sizeof(wide) ? wide : narrow);
	text_char(t, ']');
}

ssize_t wrap_sendfile(int out, int in, off_t *offset, size_t count)
{
	struct call call;
	struct kept before;
	ssize_t result;

	calls_begin_on_either(&call, "sendfile", out, in);
	arg_int(&call, "out_fd", out);
	arg_int(&call, "in_fd", in);
	arg_offset(&call, "offset", offset, sizeof(*offset));
	arg_unsigned(&call, "count", count);
	keep(&before, offset, sizeof(*offset));
	REAL_CALL(call, result, sendfile, out, in, offset, count);
	if (result >= 0) {
		deviate_offset(&call, "offset", &before, offset, sizeof(*offset));
		result = (ssize_t)deviate_count(&call, result, result);
		arg_offset(&call, "offset", offset, sizeof(*offset));
	}
	return END_INT(call, result);
}

#ifdef __GLIBC__
/* What sendfile() is when off_t has 64 bits on a machine of 32. */
ssize_t wrap_sendfile64(int out, int in, int64_t *offset, size_t count)
{
	struct call call;
	struct kept before;
	ssize_t result;

	calls_begin_on_either(&call, "sendfile", out, in);
	arg_int(&call, "out_fd", out);
	arg_int(&call, "in_fd", in);
	arg_offset(&call, "offset", offset, sizeof(*offset));
	arg_unsigned(&call, "count", count);
	keep(&before, offset, sizeof(*offset));
	REAL_CALL(call, result, sendfile64, out, in, offset, count);
	if (result >= 0) {
		deviate_offset(&call, "offset", &before, offset, sizeof(*offset));
		result = (ssize_t)deviate_count(&call, result, result);
		arg_offset(&call, "offset", offset, sizeof(*offset));
	}
	return END_INT(call, result);
}
#endif

ssize_t wrap_splice(int in, int64_t *in_offset, int out, int64_t *out_offset, size_t length,
		    unsigned int flags)
{
	struct call call;
	struct kept in_before, out_before;
	ssize_t result;

	calls_begin_on_either(&call, "splice", in, out);
	arg_int(&call, "fd_in", in);
	arg_offset(&call, "off_in", in_offset, sizeof(*in_offset));
	arg_int(&call, "fd_out", out);
	arg_offset(&call, "off_out", out_offset, sizeof(*out_offset));
	arg_unsigned(&call, "len", length);
	arg_flags(&call, "flags", &names_splice_flags, flags);
	keep(&in_before, in_offset, sizeof(*in_offset));
	keep(&out_before, out_offset, sizeof(*out_offset));
	flags = deviate_flags_in(&call, &names_splice_flags, flags);
	REAL_CALL(call, result, splice, in, in_offset, out, out_offset, length, flags);
	if (result >= 0) {
		deviate_offset(&call, "off_in", &in_before, in_offset, sizeof(*in_offset));
		deviate_offset(&call, "off_out", &out_before, out_offset, sizeof(*out_offset));
		result = (ssize_t)deviate_count(&call, result, result);
		arg_offset(&call, "off_in", in_offset, sizeof(*in_offset));
		arg_offset(&call, "off_out", out_offset, sizeof(*out_offset));
	}
	return END_INT(call, result);
}
