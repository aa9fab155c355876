/* SPDX-License-Identifier: MIT */
/*
 * What a command costs: cost COMMAND... runs it with standard output and error to /dev/null and
 * prints the seconds it took and the KiB it had in memory at most. Exits as the command does.
 */
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
	double start = now();
	struct rusage usage;
	int status;
	pid_t child;

	if (argc < 2) {
		fputs("usage: cost COMMAND...\n", stderr);
		return 2;
	}
	child = fork();
	if (child == 0) {
		int null = open("/dev/null", O_WRONLY);

		if (null < 0 || dup2(null, 1) < 0 || dup2(null, 2) < 0)
			_exit(127);
		execvp(argv[1], argv + 1);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &usage) != child)
		return 2;
	printf("%.6f %ld\n", now() - start, usage.ru_maxrss);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
