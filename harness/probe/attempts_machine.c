/* SPDX-License-Identifier: MIT */
/* Families that are in the machine's own network and in no other. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
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

bool attempt_ax25(char *reason, size_t size)
{
	return has(AF_AX25, SOCK_DGRAM, reason, size);
}

/* Its line discipline is the module mkiss. */
bool attempt_ax25_kiss(char *reason, size_t size)
{
	const int discipline = 5; /* N_AX25 of linux/include/uapi/linux/tty.h */
	char name[64] = "";
	int modem, terminal;
	bool ok;

	if (!attempt_ax25(reason, size))
		return false;
	modem = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (modem >= 0 && unlockpt(modem) == 0)
		(void)!ptsname_r(modem, name, sizeof(name));
	terminal = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
	ok = terminal >= 0 && ioctl(terminal, TIOCSETD, &discipline) == 0;
	if (!ok)
		snprintf(reason, size, "line discipline N_AX25 on a terminal: %s (%s)",
			 names_errno(errno), strerror(errno));
	if (terminal >= 0)
		close(terminal);
	if (modem >= 0)
		close(modem);
	return ok;
}

bool attempt_netrom(char *reason, size_t size)
{
	return attempt_ax25(reason, size) && has(AF_NETROM, SOCK_SEQPACKET, reason, size);
}

bool attempt_rose(char *reason, size_t size)
{
	return attempt_ax25(reason, size) && has(AF_ROSE, SOCK_SEQPACKET, reason, size);
}
