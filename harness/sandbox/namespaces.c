/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/sandbox/make.h"

/* What every case gets for itself. The user namespace is made once, by the runner. */
static const int case_namespaces =
	CLONE_NEWNET | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS;

const char *sandbox_mode_name(enum sandbox_mode mode)
{
	static const char *const names[] = {"none", "root", "user"};

	return names[mode];
}

static int write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC);
	ssize_t written;

	if (fd < 0)
		return -1;
	written = write(fd, text, strlen(text));
	close(fd);
	return written == (ssize_t)strlen(text) ? 0 : -1;
}

/*
 * Becomes root of a new user namespace: the only one that an ordinary user may
 * map is itself (user_namespaces(7), "Defining user and group ID mappings").
 */
static int enter_user_namespace(void)
{
	char map[64];
	uid_t uid = geteuid();
	gid_t gid = getegid();

	if (unshare(CLONE_NEWUSER) != 0)
		return -1;
	if (write_file("/proc/self/setgroups", "deny") != 0 && errno != ENOENT)
		return -1;
	snprintf(map, sizeof(map), "0 %u 1", (unsigned int)uid);
	if (write_file("/proc/self/uid_map", map) != 0)
		return -1;
	snprintf(map, sizeof(map), "0 %u 1", (unsigned int)gid);
	return write_file("/proc/self/gid_map", map);
}

/*
 * The steps of a case's sandbox in a child that reports the first that fails:
 * a platform may allow a user namespace and then refuse what it is for.
 */
static int try_sandbox(bool user, char *reason, size_t size)
{
	int report[2], status;
	char message[256];
	ssize_t got;
	pid_t child;

	if (pipe2(report, O_CLOEXEC) != 0)
		return -1;
	child = fork();
	if (child < 0) {
		snprintf(reason, size, "fork: %s", strerror(errno));
		close(report[0]);
		close(report[1]);
		return -1;
	}
	if (child == 0) {
		const char *step = "user namespace";
		int failed = user && enter_user_namespace() != 0;

		if (!failed) {
			step = "mount, network, PID, IPC and UTS namespaces";
			failed = unshare(case_namespaces) != 0;
		}
		if (!failed) {
			step = "private mounts";
			failed = mount("", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
				 mount("tmpfs", "/tmp", "tmpfs", 0, NULL) != 0;
		}
		if (failed) {
			snprintf(message, sizeof(message), "%s: %s", step, strerror(errno));
			if (write(report[1], message, strlen(message)) < 0)
				_exit(2);
		}
		_exit(failed);
	}
	close(report[1]);
	got = read(report[0], message, sizeof(message) - 1);
	close(report[0]);
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	message[got > 0 ? got : 0] = '\0';
	snprintf(reason, size, "%s", got > 0 ? message : "the attempt was killed");
	return -1;
}

enum sandbox_mode sandbox_prepare(char *reason, size_t size)
{
	enum sandbox_mode mode = SANDBOX_ROOT;
	char as_root[256] = "", as_user[256] = "";

	if (try_sandbox(false, as_root, sizeof(as_root)) != 0) {
		mode = SANDBOX_USER;
		if (try_sandbox(true, as_user, sizeof(as_user)) != 0) {
			snprintf(reason, size, "%s%s%s", as_user,
				 geteuid() == 0 ? "; without a user namespace: " : "",
				 geteuid() == 0 ? as_root : "");
			return SANDBOX_NONE;
		}
		if (enter_user_namespace() != 0) {
			snprintf(reason, size, "user namespace: %s", strerror(errno));
			return SANDBOX_NONE;
		}
	}
	if (unshare(CLONE_NEWNS) != 0 || mount("", "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) {
		snprintf(reason, size, "mount namespace: %s", strerror(errno));
		return SANDBOX_NONE;
	}
	if (sandbox_files_prepare(reason, size) != 0)
		return SANDBOX_NONE;
	return mode;
}

/*
 * The write end stays open in the runner alone: when the read end sees the end of
 * the file, the runner has gone.
 */
static int lifeline[2] = {-1, -1};

/* clone(2) with the behaviour of fork(2), as process 1 of a new PID namespace. */
static pid_t clone_as_process_1(void)
{
	unsigned long flags = CLONE_NEWPID | SIGCHLD;

#if defined(__s390x__)
	return (pid_t)syscall(SYS_clone, NULL, flags, NULL, NULL, NULL);
#else
	return (pid_t)syscall(SYS_clone, flags, NULL, NULL, NULL, NULL);
#endif
}

/*
 * The same in two steps, for an emulator whose clone() knows no namespaces (qemu-user gives
 * EINVAL). What unshare() changed, the namespace of later children, is changed back: it
 * could not be done a second time (pid_namespaces(7)).
 */
static pid_t fork_as_process_1(void)
{
	static int own = -1;
	pid_t child;

	if (own < 0 && (own = open("/proc/self/ns/pid", O_RDONLY | O_CLOEXEC)) < 0)
		return -1;
	if (unshare(CLONE_NEWPID) != 0)
		return -1;
	child = fork();
	if (child == 0)
		close(own);
	else if (setns(own, CLONE_NEWPID) != 0)
		return -1;
	return child;
}

pid_t sandbox_clone(void)
{
	char none;
	pid_t child;

	if (lifeline[0] < 0 && pipe2(lifeline, O_CLOEXEC | O_NONBLOCK) != 0)
		return -1;
	child = clone_as_process_1();
	if (child < 0 && errno == EINVAL)
		child = fork_as_process_1();
	if (child != 0)
		return child;
	/*
	 * The signal covers the runner's end from now on; the pipe covers its end
	 * before the child could ask for the signal.
	 */
	close(lifeline[1]);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (read(lifeline[0], &none, 1) == 0)
		_exit(1);
	close(lifeline[0]);
	/* Here and not in clone(): a network takes long to make, and the runner has more to do. */
	if (unshare(case_namespaces & ~CLONE_NEWPID) != 0)
		_exit(1);
	return 0;
}

void sandbox_kill_all(void)
{
	/* In a PID namespace, -1 is everything but the caller, process 1. */
	if (getpid() == 1)
		kill(-1, SIGKILL);
}
