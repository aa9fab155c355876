/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "harness/sandbox/sandbox.h"

/* "net.ipv4.ip_forward" is /proc/sys/net/ipv4/ip_forward. A "/" is kept, for eth0.1. */
static int open_sysctl(const char *name, int flags)
{
	char path[256];
	int length = snprintf(path, sizeof(path), "/proc/sys/%s", name);

	if (length < 0 || (size_t)length >= sizeof(path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	for (char *p = path + strlen("/proc/sys/"); strchr(name, '/') == NULL && *p != '\0'; p++) {
		if (*p == '.')
			*p = '/';
	}
	return open(path, flags | O_CLOEXEC);
}

int sandbox_sysctl(const char *name, const char *value)
{
	int fd = open_sysctl(name, O_WRONLY), saved;
	ssize_t written;

	if (fd < 0)
		return -1;
	written = write(fd, value, strlen(value));
	saved = errno;
	close(fd);
	errno = saved;
	return written < 0 ? -1 : 0;
}

int sandbox_sysctl_read(const char *name, char *value, size_t size)
{
	int fd = open_sysctl(name, O_RDONLY), saved;
	ssize_t got;

	if (fd < 0)
		return -1;
	got = read(fd, value, size - 1);
	saved = errno;
	close(fd);
	errno = saved;
	if (got < 0)
		return -1;
	while (got > 0 && value[got - 1] == '\n')
		got--;
	value[got] = '\0';
	return (int)got;
}

long long sandbox_sysctl_integer(const char *name)
{
	char text[128];

	if (sandbox_sysctl_read(name, text, sizeof(text)) < 0)
		return -1;
	errno = 0;
	return strtoll(text, NULL, 10);
}
