/* SPDX-License-Identifier: MIT */
#include "harness/deviate/twin.h"

static int ask(int fd, int option, int otherwise)
{
	socklen_t size = sizeof(int);
	int value;

	return getsockopt(fd, SOL_SOCKET, option, &value, &size) == 0 ? value : otherwise;
}

int twin_socket(int fd)
{
	return socket(ask(fd, SO_DOMAIN, -1), ask(fd, SO_TYPE, -1) | SOCK_CLOEXEC,
		      ask(fd, SO_PROTOCOL, 0));
}
