/* SPDX-License-Identifier: MIT */
/* What attempts have in common: a socket, and the reason when a call is refused. */
#include "harness/probe/attempts.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/names/names.h"

bool attempt_refused(char *reason, size_t size, const char *call)
{
	snprintf(reason, size, "%s: %s (%s)", call, names_errno(errno), strerror(errno));
	return false;
}

int attempt_socket(int family, int type, int protocol, const char *call, char *reason, size_t size)
{
	int fd = socket(family, type, protocol);

	if (fd < 0)
		attempt_refused(reason, size, call);
	return fd;
}

bool attempt_done(int fd)
{
	if (fd < 0)
		return false;
	close(fd);
	return true;
}
