/* SPDX-License-Identifier: MIT */
/*
 * The measure for what a case may cost: the least that has to be done for it.
 *
 *     bare lo N JOBS      fork, unshare the namespaces of a case, exit, wait
 *     bare inside N JOBS  the same, with a process inside: a PID namespace that is only
 *                         unshared is empty until its maker forks (pid_namespaces(7))
 *     bare pair N JOBS    the same, the second host's network, ip -batch of the topology
 *
 * Does it N times, JOBS at once, and prints microseconds of wall time and of
 * processor time for each.
 */
#include <errno.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "harness/sandbox/hosts.h"
#include "harness/sandbox/make.h"
#include "harness/sandbox/sandbox.h"

static double now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec * 1e6 + (double)now.tv_nsec / 1e3;
}

static double processor_us(void)
{
	struct rusage self, children;

	getrusage(RUSAGE_SELF, &self);
	getrusage(RUSAGE_CHILDREN, &children);
	return (double)(self.ru_utime.tv_sec + self.ru_stime.tv_sec + children.ru_utime.tv_sec +
			children.ru_stime.tv_sec) *
		       1e6 +
	       (double)(self.ru_utime.tv_usec + self.ru_stime.tv_usec + children.ru_utime.tv_usec +
			children.ru_stime.tv_usec);
}

static void fail(const char *what)
{
	perror(what);
	_exit(1);
}

/* Hosts by the names that the file uses, then ip for each host's part of it. */
static void build_links(const struct topology *topology)
{
	char trouble[512];

	if (mount("", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
	    mount("tmpfs", "/run", "tmpfs", 0, NULL) != 0)
		fail("mount");
	for (size_t i = 0; i < topology->host_count; i++) {
		if (hosts_add(topology->hosts[i].name, false) != 0)
			fail("host");
	}
	for (size_t i = 0; i < topology->host_count; i++) {
		const struct topology_host *host = &topology->hosts[i];

		if (host_enter(host->name) != 0)
			fail("host");
		if (host->has_commands &&
		    sandbox_ip_batch(host->commands, host->length, trouble, sizeof(trouble)) != 0) {
			fprintf(stderr, "%s\n", trouble);
			_exit(1);
		}
	}
}

static void child(const struct topology *topology, bool inside)
{
	if (unshare(CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS) != 0)
		fail("unshare");
	if (inside || topology->needs_ip) {
		pid_t init = fork();

		if (init == 0) {
			if (topology->needs_ip)
				build_links(topology);
			_exit(0);
		}
		waitpid(init, NULL, 0);
	}
	_exit(0);
}

int main(int argc, char **argv)
{
	bool inside = argc == 4 && strcmp(argv[1], "inside") == 0;
	const struct topology *topology = argc == 4 ? topology_find(inside ? "lo" : argv[1]) : NULL;
	int count = argc == 4 ? atoi(argv[2]) : 0, jobs = argc == 4 ? atoi(argv[3]) : 0;
	int running = 0, status;
	double from, used;
	char reason[256];
	bool bad = false;

	if (topology == NULL || count < 1 || jobs < 1) {
		fprintf(stderr, "usage: bare TOPOLOGY|inside N JOBS\n");
		return 2;
	}
	if (sandbox_prepare(reason, sizeof(reason)) == SANDBOX_NONE) {
		fprintf(stderr, "bare: %s\n", reason);
		return 2;
	}
	from = now_us();
	used = processor_us();
	for (int i = 0; i < count; i++) {
		if (running == jobs && wait(&status) > 0) {
			bad = bad || status != 0;
			running--;
		}
		running++;
		if (fork() == 0)
			child(topology, inside);
	}
	while (wait(&status) > 0)
		bad = bad || status != 0;
	printf("%.1f %.1f\n", (now_us() - from) / count, (processor_us() - used) / count);
	return bad;
}
