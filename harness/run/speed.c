/* SPDX-License-Identifier: MIT */
#include "harness/run/speed.h"

#include <stdint.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* What a round takes on two cores of a server of 2023, Linux 6.18. */
#define REFERENCE_US 3000.0
#define ROUNDS	     7
#define ENOUGH_US    500000
#define CALLS	     200
#define MOST	     100.0

static int64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void ignore_host(const char *host)
{
	(void)host;
}

/* The child's part: a sandbox, then bytes through a pipe. */
static void work(enum sandbox_mode mode)
{
	char trouble[256], byte = 'x';
	int ends[2];

	if (mode != SANDBOX_NONE)
		(void)sandbox_build(topology_find("lo"), NULL, ignore_host, trouble,
				    sizeof(trouble));
	for (int i = 0; i < CALLS; i++) {
		if (pipe(ends) != 0 || write(ends[1], &byte, 1) != 1 ||
		    read(ends[0], &byte, 1) != 1)
			break;
		close(ends[0]);
		close(ends[1]);
	}
	_exit(0);
}

static int64_t round_us(enum sandbox_mode mode)
{
	int64_t start = now_us();
	pid_t child = mode == SANDBOX_NONE ? fork() : sandbox_clone();

	if (child == 0)
		work(mode);
	if (child > 0)
		waitpid(child, NULL, 0);
	return now_us() - start;
}

static int compare(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

double speed_factor(enum sandbox_mode mode)
{
	int64_t took[ROUNDS], all = 0;
	size_t rounds = 0;
	double factor;

	while (rounds < ROUNDS && all < ENOUGH_US) {
		took[rounds] = round_us(mode);
		all += took[rounds++];
	}
	/* The median: the first round warms caches, and one may meet something else that runs. */
	qsort(took, rounds, sizeof(took[0]), compare);
	factor = (double)took[rounds / 2] / REFERENCE_US;
	return factor < 1 ? 1 : factor > MOST ? MOST : factor;
}
