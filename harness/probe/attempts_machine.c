/* SPDX-License-Identifier: MIT */
/* Families that are in the machine's own network and in no other. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/names/names.h"
#include "harness/probe/attempts.h"

static bool has(int family, int type, char *reason, size_t size)
{
	int fd;

	if (!attempt_own_machine(reason, size))
		return false;
	fd = socket(family, type, 0);
	if (fd < 0) {
		snprintf(reason, size, "socket(%s, %s): %s (%s)", names_family(family),
			 names_of(&names_types, (uint64_t)type), names_errno(errno),
			 strerror(errno));
		return false;
	}
	close(fd);
	return true;
}

bool attempt_appletalk(char *reason, size_t size)
{
	return has(AF_APPLETALK, SOCK_DGRAM, reason, size);
}

bool attempt_llc(char *reason, size_t size)
{
	return has(AF_LLC, SOCK_DGRAM, reason, size);
}
