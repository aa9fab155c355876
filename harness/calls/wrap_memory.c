/* SPDX-License-Identifier: MIT */
/* Sharing memory with a socket: packet rings (packet(7)), rings of AF_XDP, tcp(7)'s zero-copy. */
#include "harness/calls/args.h"
#include "harness/calls/descriptors.h"
#include "harness/calls/watch.h"
#include "harness/calls/wrap.h"

#include <sys/mman.h>

void *wrap_mmap(void *address, size_t length, int protection, int flags, int fd, off_t offset)
{
	struct call call;
	const char *name = NULL;
	void *result;

	/* Memory of the process alone is no socket's business. */
	if ((flags & MAP_ANONYMOUS) != 0)
		return real_mmap(address, length, protection, flags, fd, offset);
	calls_begin_on(&call, "mmap", fd);
	arg_pointer(&call, "addr", address);
	arg_unsigned(&call, "length", length);
	arg_flags(&call, "prot", &names_protections, (unsigned int)protection);
	arg_flags(&call, "flags", &names_mapping_flags, (unsigned int)flags);
	arg_int(&call, "fd", fd);
	if (call.record != NULL && descriptors_get(fd).family == AF_XDP)
		name = names_of(&names_xdp_offsets, (int64_t)offset);
	if (name != NULL)
		arg_name(&call, "offset", name, 0);
	else
		arg_int(&call, "offset", offset);
	REAL_CALL(call, result, mmap, address, length, protection, flags, fd, offset);
	if (call.record != NULL) {
		if (result == MAP_FAILED)
			text_string(calls_result(&call), "MAP_FAILED");
		else
			text_pointer(calls_result(&call), result);
		calls_end_text(&call, result == MAP_FAILED ? call.saved_errno : 0);
	}
	return result;
}
