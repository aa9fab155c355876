/* SPDX-License-Identifier: MIT */
/*
 * A turn is an abstract Unix address that the runner is bound to (unix(7)): it can be
 * had once, by any user, and leaves nothing behind however the runner ends.
 */
#include "harness/run/turns.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { TURNS = 16 };

static struct turn {
	const char *name;
	int fd;
} turns[TURNS];

static struct turn *held(const char *name)
{
	for (int i = 0; i < TURNS; i++) {
		if (turns[i].name != NULL && strcmp(turns[i].name, name) == 0)
			return &turns[i];
	}
	return NULL;
}

static int bound_to(const char *name)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int length = snprintf(address.sun_path + 1, sizeof(address.sun_path) - 1,
			      "sockatlas/turn/%s", name);
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd >= 0 &&
	    bind(fd, (struct sockaddr *)&address,
		 (socklen_t)(offsetof(struct sockaddr_un, sun_path) + 1 + (size_t)length)) != 0) {
		close(fd);
		fd = -1;
	}
	return fd;
}

bool turn_take(const char *name)
{
	if (name == NULL)
		return true;
	if (held(name) != NULL)
		return false;
	for (int i = 0; i < TURNS; i++) {
		if (turns[i].name != NULL)
			continue;
		turns[i].fd = bound_to(name);
		if (turns[i].fd >= 0)
			turns[i].name = name;
		return turns[i].fd >= 0;
	}
	return false;
}

void turn_leave(const char *name)
{
	struct turn *turn = name != NULL ? held(name) : NULL;

	if (turn == NULL)
		return;
	close(turn->fd);
	turn->name = NULL;
}
