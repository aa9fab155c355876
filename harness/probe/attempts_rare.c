/* SPDX-License-Identifier: MIT */
/* Families that few programs know: whether a socket of each can be opened. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "harness/names/names.h"
#include "harness/probe/attempts.h"

static bool has(int family, int type, int protocol, char *reason, size_t size)
{
	int fd = socket(family, type, protocol);

	if (fd < 0) {
		snprintf(reason, size, "socket(%s, %s): %s (%s)", names_family(family),
			 names_of(&names_types, (uint64_t)type), names_errno(errno),
			 strerror(errno));
		return false;
	}
	close(fd);
	return true;
}

bool attempt_kcm(char *reason, size_t size)
{
	return has(AF_KCM, SOCK_DGRAM, 0, reason, size);
}

bool attempt_phonet(char *reason, size_t size)
{
	return has(AF_PHONET, SOCK_DGRAM, 0, reason, size);
}

bool attempt_rxrpc(char *reason, size_t size)
{
	return has(AF_RXRPC, SOCK_DGRAM, AF_INET, reason, size);
}

bool attempt_pppoe(char *reason, size_t size)
{
	return has(AF_PPPOX, SOCK_STREAM, 0, reason, size);
}
