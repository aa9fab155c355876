/* SPDX-License-Identifier: MIT */
#include "harness/sandbox/descriptors.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "harness/calls/record.h"

int descriptor_hide(int fd)
{
	int hidden, saved;

	if (fd < 0)
		return -1;
	calls_pause();
	hidden = fcntl(fd, F_DUPFD_CLOEXEC, DESCRIPTORS_HIDDEN);
	saved = errno;
	close(fd);
	calls_resume();
	errno = saved;
	return hidden;
}

void descriptors_clean(void)
{
#ifdef SYS_close_range
	if (syscall(SYS_close_range, 3u, DESCRIPTORS_HIDDEN - 1u, 0u) == 0)
		return;
#endif
	/* Linux before 5.9 */
	for (int fd = 3; fd < DESCRIPTORS_HIDDEN; fd++)
		close(fd);
}
