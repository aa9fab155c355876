/* SPDX-License-Identifier: MIT */
/* Capabilities and limits that a case gives up on purpose. */
#include <errno.h>
#include <linux/capability.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "harness/sandbox/sandbox.h"

int sandbox_drop_capability(int capability)
{
	/* capget(2): version 3 takes two elements, for 64 capabilities. */
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2];
	unsigned int word = (unsigned int)capability / 32;
	unsigned int bit = 1u << ((unsigned int)capability % 32);

	if (capability < 0 || word > 1) {
		errno = EINVAL;
		return -1;
	}
	if (syscall(SYS_capget, &header, data) != 0)
		return -1;
	data[word].effective &= ~bit;
	data[word].permitted &= ~bit;
	data[word].inheritable &= ~bit;
	return (int)syscall(SYS_capset, &header, data);
}

int sandbox_limit(int resource, unsigned long soft)
{
	struct rlimit limit;

	if (getrlimit(resource, &limit) != 0)
		return -1;
	limit.rlim_cur = soft;
	return setrlimit(resource, &limit);
}
