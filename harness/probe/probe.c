/* SPDX-License-Identifier: MIT */
#include "harness/probe/probe.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/probe/attempts.h"
#include "harness/sandbox/make.h"

enum { PROBE_DEADLINE_MS = 5000 };

static struct probe_result *results; /* one for each probe, made with the first */

const struct probe *probe_at(size_t index)
{
	return index < probe_attempts_count ? &probe_attempts[index] : NULL;
}

const struct probe *probe_find(const char *name)
{
	for (size_t i = 0; i < probe_attempts_count; i++) {
		if (strcmp(probe_attempts[i].name, name) == 0)
			return &probe_attempts[i];
	}
	return NULL;
}

static void ignore_host(const char *host)
{
	(void)host;
}

/* In the child: "+" or "-reason" goes to the runner. */
static void attempt(const struct probe *probe, int report)
{
	char message[160] = "+";

	if (sandbox_build(topology_find("lo"), NULL, ignore_host, message + 1,
			  sizeof(message) - 1) != 0 ||
	    !probe->attempt(message + 1, sizeof(message) - 1))
		message[0] = '-';
	sandbox_end();
	if (write(report, message, strlen(message)) < 0)
		_exit(1);
	_exit(0);
}

static void try_probe(struct probe_result *result)
{
	struct pollfd answer = {.events = POLLIN};
	char message[160];
	ssize_t got = -1;
	int report[2];
	pid_t child;

	result->tried = true;
	if (pipe(report) != 0) {
		snprintf(result->reason, sizeof(result->reason), "pipe: %s", strerror(errno));
		return;
	}
	child = sandbox_clone();
	if (child == 0) {
		close(report[0]);
		attempt(result->probe, report[1]);
	}
	close(report[1]);
	answer.fd = report[0];
	if (child > 0 && poll(&answer, 1, PROBE_DEADLINE_MS) == 1)
		got = read(report[0], message, sizeof(message) - 1);
	close(report[0]);
	if (child > 0) {
		kill(child, SIGKILL);
		while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
			;
	}
	if (got <= 0) {
		snprintf(result->reason, sizeof(result->reason), "the attempt gave no answer");
		return;
	}
	message[got] = '\0';
	result->ok = message[0] == '+';
	if (!result->ok)
		snprintf(result->reason, sizeof(result->reason), "%s", message + 1);
}

const struct probe_result *probe_result(const char *name)
{
	const struct probe *probe = probe_find(name);
	struct probe_result *result;

	if (probe == NULL)
		return NULL;
	if (results == NULL)
		results = calloc(probe_attempts_count, sizeof(*results));
	if (results == NULL)
		abort();
	result = &results[probe - probe_attempts];
	result->probe = probe;
	if (!result->tried)
		try_probe(result);
	return result;
}
