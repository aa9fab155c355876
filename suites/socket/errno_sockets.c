/* SPDX-License-Identifier: MIT */
#include "suites/socket/errno_sockets.h"

#include <poll.h>
#include <sys/socket.h>

#include "harness/expect.h"
#include "harness/kit.h"

int fresh_stream(void)
{
	return SETUP(socket(AF_INET, SOCK_STREAM, 0));
}

int fresh_datagram(void)
{
	return SETUP(socket(AF_INET, SOCK_DGRAM, 0));
}

int bound_stream(void)
{
	struct address where;

	return bound_socket(AF_INET, SOCK_STREAM, &where);
}

int waiting_listener(void)
{
	struct address where;
	int listener = tcp_listener(AF_INET, &where);

	for (int i = 0; i < 2; i++)
		SETUP(connect(fresh_stream(), ADDRESS(where)));
	return listener;
}

int connected_stream(void)
{
	struct pair p = tcp_pair(AF_INET);

	SETUP(send(p.server, "ab", 2, 0));
	/* On a busy machine what is sent over the loopback may arrive after the call. */
	SETUP(wait_for(p.client, POLLIN, SOON_MS) == POLLIN ? 0 : -1);
	return p.client;
}

int own_peer(void)
{
	struct address where;
	int fd = bound_socket(AF_INET, SOCK_DGRAM, &where);

	SETUP(connect(fd, ADDRESS(where)));
	SETUP(send(fd, "a", 1, 0));
	SETUP(send(fd, "b", 1, 0));
	return fd;
}
