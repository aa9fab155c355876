/* SPDX-License-Identifier: MIT */
#include "harness/run/enter.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "harness/sandbox/make.h"
#include "harness/sandbox/sandbox.h"

enum {
	TROUBLE = 2,	 /* exit status, as of the other commands */
	GRACE_MS = 2000, /* for a command that was asked to end */
	NOT_RUN = 126,	 /* exit statuses of shells: POSIX.1-2024, XCU 2.8.2 */
	NOT_FOUND = 127, /* the same */
	SIGNALLED = 128,
};

struct enter {
	const struct topology *topology;
	const char *host;
	char **command;
	bool foreground; /* it gets the terminal from a runner that has it */
};

static const char usage[] =
	"usage: sockatlas enter [--topology NAME] [--host NAME] [--] [COMMAND...]\n"
	"Runs COMMAND (by default a shell) on a host of a topology, in namespaces of its own.\n"
	"  --topology NAME   lo, pair (the default), routed, lan or ways\n"
	"  --host NAME       the host to run on (default: the first one)\n"
	"Inside, `ip netns exec HOST ...` runs something on another host.\n";

static int complain(const char *what, const char *why)
{
	fprintf(stderr, "sockatlas enter: %s%s%s\n", what, why[0] != '\0' ? ": " : "", why);
	return TROUBLE;
}

static const char *first_host(const struct enter *e)
{
	return e->topology->hosts[0].name;
}

static bool has_host(const struct topology *t, const char *name)
{
	for (size_t i = 0; i < t->host_count; i++) {
		if (strcmp(t->hosts[i].name, name) == 0)
			return true;
	}
	return false;
}

/* Gives the first host a name for `ip netns exec` as well, which cases do not need. */
static void host_made(const char *host)
{
	char path[64];
	int fd;

	snprintf(path, sizeof(path), "/run/netns/%s", host);
	if (mkdir("/run/netns", 0755) != 0 && errno != EEXIST)
		return;
	fd = open(path, O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0);
	if (fd < 0)
		return; /* it has one */
	close(fd);
	if (mount("/proc/self/ns/net", path, NULL, MS_BIND, NULL) != 0)
		unlink(path);
}

/* The signals that somebody may end a command with, and the end of a child. */
static sigset_t watched_signals(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, SIGCHLD);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGQUIT);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGHUP);
	return set;
}

static int64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int exit_status(int wait_status)
{
	return WIFSIGNALED(wait_status) ? SIGNALLED + WTERMSIG(wait_status)
					: WEXITSTATUS(wait_status);
}

/* A key: the terminal sends it to the whole process group, so that the command has it already. */
static bool is_from_the_keyboard(const siginfo_t *info)
{
	return info->si_code == SI_KERNEL &&
	       (info->si_signo == SIGINT || info->si_signo == SIGQUIT);
}

/*
 * Waits for the child `pid` and returns its exit status. A signal that somebody sent is handed on
 * by `hand_on` and kept in *asked; -1 when the child does not end in time after one.
 */
static int wait_for(pid_t pid, void (*hand_on)(pid_t pid, int number), int *asked)
{
	sigset_t set = watched_signals();
	int64_t deadline = 0;

	for (;;) {
		int64_t left = *asked != 0 ? deadline - now_ms() : GRACE_MS;
		struct timespec patience = {left / 1000, left % 1000 * 1000000};
		siginfo_t info = {.si_signo = 0};
		int number, status;
		pid_t changed;

		if (left <= 0)
			return -1;
		number = sigtimedwait(&set, &info, &patience);
		while ((changed = waitpid(-1, &status, WNOHANG | WUNTRACED)) > 0) {
			/* Nobody could wake it up: its group has the terminal. */
			if (WIFSTOPPED(status))
				kill(changed, SIGCONT);
			else if (changed == pid)
				return exit_status(status);
		}
		if (number <= 0 || number == SIGCHLD || is_from_the_keyboard(&info))
			continue;
		hand_on(pid, number);
		if (*asked == 0) {
			*asked = number;
			deadline = now_ms() + GRACE_MS;
		}
	}
}

static void hand_to_sandbox(pid_t pid, int number)
{
	kill(pid, number);
}

/* From process 1: everything in the sandbox, as a terminal does with all of its group. */
static void hand_to_all(pid_t pid, int number)
{
	(void)pid;
	kill(-1, number);
}

/* Gives the terminal to the process group that the caller is in. */
static void set_terminal_group(void)
{
	sigset_t set, before;

	/* The terminal stops a group in the background that asks for it, unless it is deaf. */
	sigemptyset(&set);
	sigaddset(&set, SIGTTOU);
	sigprocmask(SIG_BLOCK, &set, &before);
	tcsetpgrp(STDIN_FILENO, getpgrp());
	sigprocmask(SIG_SETMASK, &before, NULL);
}

/* In process 1's child. */
static void run_command(const struct enter *e, const sigset_t *mask) __attribute__((noreturn));
static void run_command(const struct enter *e, const sigset_t *mask)
{
	/*
	 * A group of the sandbox: shells do not manage with one that is outside of their PID
	 * namespace, whose number is 0 there.
	 */
	if (e->foreground && setpgid(0, 0) == 0)
		set_terminal_group();
	sigprocmask(SIG_SETMASK, mask, NULL);
	setenv("SOCKATLAS_TOPOLOGY", e->topology->name, 1);
	setenv("SOCKATLAS_HOST", e->host, 1);
	execvp(e->command[0], e->command);
	complain(e->command[0], strerror(errno));
	_exit(errno == ENOENT ? NOT_FOUND : NOT_RUN);
}

/* Process 1 of the sandbox: when it ends, the kernel kills whatever is left in it. */
static void live_as_process_1(const struct enter *e, const sigset_t *mask)
	__attribute__((noreturn));
static void live_as_process_1(const struct enter *e, const sigset_t *mask)
{
	char trouble[1024] = "";
	int asked = 0, status;
	pid_t pid;

	if (sandbox_build(e->topology, NULL, host_made, trouble, sizeof(trouble)) != 0)
		_exit(complain("the sandbox", trouble));
	if (host_enter(e->host) != 0)
		_exit(complain(e->host, strerror(errno)));
	pid = fork();
	if (pid < 0)
		_exit(complain("fork", strerror(errno)));
	if (pid == 0)
		run_command(e, mask);
	status = wait_for(pid, hand_to_all, &asked);
	_exit(status >= 0 ? status : SIGNALLED + asked);
}

static int enter(struct enter *e)
{
	sigset_t set = watched_signals(), before;
	char reason[256] = "";
	int asked = 0, status;
	pid_t pid;

	if (e->topology->needs_ip && sandbox_ip_program() == NULL)
		return complain("iproute2 is missing: no program named ip in PATH, /usr/sbin or "
				"/sbin (topology lo does without)",
				"");
	if (sandbox_prepare(reason, sizeof(reason)) == SANDBOX_NONE)
		return complain("this platform gives no namespaces to run in", reason);
	e->foreground = isatty(STDIN_FILENO) && tcgetpgrp(STDIN_FILENO) == getpgrp();
	fflush(stdout);
	sigprocmask(SIG_BLOCK, &set, &before);
	pid = sandbox_clone();
	if (pid < 0)
		return complain("a sandbox cannot be started", strerror(errno));
	if (pid == 0)
		live_as_process_1(e, &before);
	status = wait_for(pid, hand_to_sandbox, &asked);
	if (status < 0) {
		kill(pid, SIGKILL);
		while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
			;
		status = SIGNALLED + asked;
	}
	if (e->foreground)
		set_terminal_group();
	return status;
}

static int parse(int argc, char **argv, struct enter *e)
{
	static const struct option options[] = {
		{"topology", required_argument, NULL, 't'},
		{"host", required_argument, NULL, 'h'},
		{"help", no_argument, NULL, 'H'},
		{NULL, 0, NULL, 0},
	};
	int c;

	/* "+": options behind the command's name are the command's. */
	while ((c = getopt_long(argc, argv, "+", options, NULL)) != -1) {
		switch (c) {
		case 't':
			e->topology = topology_find(optarg);
			if (e->topology == NULL)
				return complain(optarg, "there is no such topology");
			break;
		case 'h':
			e->host = optarg;
			break;
		case 'H':
			return fputs(usage, stdout) < 0 ? TROUBLE : 0;
		default:
			return TROUBLE;
		}
	}
	if (e->host == NULL)
		e->host = first_host(e);
	if (!has_host(e->topology, e->host))
		return complain(e->host, "the topology has no such host");
	e->command = argv + optind;
	return -1;
}

int enter_main(int argc, char **argv)
{
	char *shell = getenv("SHELL");
	char *just_a_shell[] = {shell != NULL && shell[0] != '\0' ? shell : "/bin/sh", NULL};
	struct enter e = {.topology = topology_find("pair")};
	int status = parse(argc, argv, &e);

	if (status >= 0)
		return status;
	if (e.command[0] == NULL)
		e.command = just_a_shell;
	return enter(&e);
}
