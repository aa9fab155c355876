/* SPDX-License-Identifier: MIT */
#include "harness/known/platform.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/klog.h>
#ifdef __GLIBC__
#include <gnu/libc-version.h>
#endif

static void c_library(char *name, size_t size)
{
#ifdef __GLIBC__
	snprintf(name, size, "glibc %s", gnu_get_libc_version());
#else
	/* On purpose it has no macro that names it, and no function that tells its version. */
	snprintf(name, size, "musl");
#endif
}

/*
 * gVisor says Linux to uname(2). Its kernel log, which anybody may read, is made up, and
 * always begins with the same line (gVisor, pkg/sentry/kernel/syslog.go).
 */
static const char *kernel(void)
{
	enum { SYSLOG_ACTION_READ_ALL = 3 };
	static const char begins[] = "] Starting gVisor";
	char log[4096];
	int length = klogctl(SYSLOG_ACTION_READ_ALL, log, sizeof(log));

	for (int i = 0; i + (int)sizeof(begins) <= length; i++) {
		/* Before it are a priority and the time: "<6>[   0.000000]". */
		if (log[i] == ']')
			return memcmp(log + i, begins, sizeof(begins) - 1) == 0 ? "gVisor"
										: "Linux";
	}
	return "Linux";
}

bool platform_is_linux(void)
{
	return strcmp(kernel(), "Linux") == 0;
}

struct platform platform_here(const char *name)
{
	const uint16_t one = 1;
	struct platform p = {
		.name = name,
		.kernel = kernel(),
		.byte_order = *(const uint8_t *)&one ? "little" : "big",
		.pointer_bits = (int)sizeof(void *) * 8,
	};

	if (uname(&p.uname) != 0)
		memset(&p.uname, 0, sizeof(p.uname));
	c_library(p.libc, sizeof(p.libc));
	return p;
}
