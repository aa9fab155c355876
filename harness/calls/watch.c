/* SPDX-License-Identifier: MIT */
#include "harness/calls/watch.h"

#include "harness/calls/descriptors.h"

#include <errno.h>

void calls_begin_on_either(struct call *call, const char *name, int fd, int other)
{
	int saved_errno = errno;
	bool watched;

	call->record = NULL;
	if (!calls_recording())
		return;
	watched = descriptors_watched(fd) || (other != fd && descriptors_watched(other));
	errno = saved_errno;
	if (watched)
		calls_begin(call, name);
}

void calls_begin_on(struct call *call, const char *name, int fd)
{
	calls_begin_on_either(call, name, fd, fd);
}
