/* SPDX-License-Identifier: MIT */
#include <poll.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "harness/calls/record.h"
#include "harness/kit.h"

int kit_soon_ms = USUAL_SOON_MS;

int64_t clock_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void sleep_ms(int milliseconds)
{
	struct timespec left = {milliseconds / 1000, (long)(milliseconds % 1000) * 1000000};

	while (nanosleep(&left, &left) != 0 && errno == EINTR)
		;
}

short wait_for_here(int fd, short events, int milliseconds)
{
	struct pollfd entry = {.fd = fd, .events = events};

	return poll(&entry, 1, milliseconds) == 1 ? entry.revents : 0;
}

ssize_t read_exactly_here(int fd, void *buffer, size_t size)
{
	size_t have = 0;

	while (have < size) {
		ssize_t got;

		if (wait_for_here(fd, POLLIN, SOON_MS) == 0)
			break;
		got = recv(fd, (char *)buffer + have, size - have, 0);
		if (got <= 0)
			break;
		have += (size_t)got;
	}
	return (ssize_t)have;
}

bool wait_for_tcp_state_here(int fd, int state)
{
	int64_t deadline = clock_ms() + SOON_MS;
	bool reached;

	/* A lesson is not served by hundreds of polls: only the last look is recorded. */
	calls_pause();
	while (!(reached = tcp_state_here(fd) == state) && clock_ms() < deadline)
		sleep_ms(1);
	calls_resume();
	tcp_state_here(fd);
	return reached;
}

pid_t start_child_at(struct expect_at at, int (*body)(void *context), void *context)
{
	pid_t child = fork();

	expect_success(at, child);
	if (child == 0)
		_exit(body(context));
	return child;
}

int wait_child(pid_t child)
{
	int64_t deadline = clock_ms() + SOON_MS;
	int status;

	for (;;) {
		pid_t ended = waitpid(child, &status, WNOHANG);

		if (ended == child)
			return status;
		if (ended < 0 || clock_ms() > deadline)
			return -1;
		sleep_ms(1);
	}
}
