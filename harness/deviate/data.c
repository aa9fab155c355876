/* SPDX-License-Identifier: MIT */
#include "harness/deviate/data.h"

#include <string.h>

#include "harness/deviate/result.h"

size_t deviate_cut(const struct call *call, size_t length)
{
	return length > 0 && deviation_wanted(call, "cut", "buf") ? length - 1 : length;
}

ssize_t deviate_sent(const struct call *call, ssize_t result, size_t length, size_t passed)
{
	if (deviation_mode == DEVIATION_OFF || result < 0)
		return result;
	if (passed < length && (size_t)result == passed) {
		deviation_acted(call);
		return (ssize_t)length;
	}
	if (length > 0 && (size_t)result == length)
		deviation_offer(call, "cut", "buf");
	return (ssize_t)deviate_count(call, result, result);
}

ssize_t deviate_received(const struct call *call, const struct kept *before, void *data,
			 size_t size, ssize_t result)
{
	size_t filled = result < 0 || (size_t)result > size ? size : (size_t)result;

	if (deviation_mode == DEVIATION_OFF || result < 0)
		return result;
	if (filled > before->size)
		filled = before->size;
	if (filled > 0 && memcmp(data, before->bytes, filled) != 0 &&
	    deviate(call, "unfilled", "buf"))
		memcpy(data, before->bytes, filled);
	if (filled > 0 && deviate(call, "altered", "buf"))
		++*(unsigned char *)data;
	return (ssize_t)deviate_count(call, result, (int64_t)size);
}

void deviate_offset(const struct call *call, const char *subject, const struct kept *before,
		    void *offset, size_t size)
{
	if (deviation_mode == DEVIATION_OFF || before->size < size)
		return;
	if (memcmp(offset, before->bytes, size) != 0 && deviate(call, "unfilled", "%s", subject))
		memcpy(offset, before->bytes, size);
}
