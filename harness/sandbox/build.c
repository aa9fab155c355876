/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "harness/known/platform.h"
#include "harness/sandbox/hosts.h"
#include "harness/sandbox/machine.h"
#include "harness/sandbox/make.h"
#include "harness/sandbox/sandbox.h"
#include "harness/sandbox/settle.h"

const char *sandbox_ip_program(void)
{
	static char path[512];
	const char *search = getenv("PATH");
	char folders[4096];

	if (path[0] != '\0')
		return path;
	/* An ordinary user's PATH often lacks the folders of ip. */
	snprintf(folders, sizeof(folders), "%s:/usr/sbin:/sbin:/usr/bin:/bin",
		 search ? search : "");
	for (char *save = NULL, *folder = strtok_r(folders, ":", &save); folder != NULL;
	     folder = strtok_r(NULL, ":", &save)) {
		snprintf(path, sizeof(path), "%s/ip", folder);
		if (access(path, X_OK) == 0)
			return path;
	}
	path[0] = '\0';
	return NULL;
}

int sandbox_ip_batch(const char *commands, size_t length, char *trouble, size_t size)
{
	const char *program = sandbox_ip_program();
	char *const arguments[] = {"ip", "-batch", "-", NULL};
	char *const environment[] = {"PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C", NULL};
	posix_spawn_file_actions_t actions;
	int input[2], errors[2], status = 0, failed;
	ssize_t part;
	size_t got = 0;
	pid_t child;

	if (program == NULL) {
		snprintf(trouble, size, "iproute2's ip program is missing");
		return -1;
	}
	if (pipe2(input, O_CLOEXEC) != 0)
		return -1;
	if (pipe2(errors, O_CLOEXEC) != 0) {
		close(input[0]);
		close(input[1]);
		return -1;
	}
	/* A topology is far smaller than a pipe's buffer (64 KiB, pipe(7)). */
	failed = write(input[1], commands, length) != (ssize_t)length;
	close(input[1]);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, input[0], STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, errors[1], STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, errors[1], STDERR_FILENO);
	if (!failed)
		failed = posix_spawn(&child, program, &actions, NULL, arguments, environment);
	posix_spawn_file_actions_destroy(&actions);
	close(input[0]);
	close(errors[1]);
	while (got < size - 1 && (part = read(errors[0], trouble + got, size - 1 - got)) > 0)
		got += (size_t)part;
	close(errors[0]);
	if (failed) {
		snprintf(trouble, size, "%s cannot be started", program);
		return -1;
	}
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		;
	if (status == 0)
		return 0;
	trouble[got] = '\0';
	for (char *p = trouble; *p != '\0'; p++) {
		if (*p == '\n')
			*p = p[1] == '\0' ? '\0' : ' ';
	}
	return -1;
}

/* Sets one; one that cannot be written (gVisor has such) is set when it has the value anyway. */
static int make_sysctl(const char *name, const char *value)
{
	char now[128];
	int error;

	if (sandbox_sysctl(name, value) == 0)
		return 0;
	error = errno;
	if (sandbox_sysctl_read(name, now, sizeof(now)) >= 0 && strcmp(now, value) == 0)
		return 0;
	errno = error;
	return -1;
}

static int apply_sysctl(const char *name, const char *value, void *context)
{
	(void)context;
	/* A kernel without IPv6 has no IPv6 settings to make. */
	if (make_sysctl(name, value) == 0 || errno == ENOENT)
		return 0;
	return -1;
}

/*
 * "a=1 b=2": each must exist, but for IPv6's where there is no IPv6. Another kernel than Linux
 * need not have Linux's.
 */
static int apply_list(const char *list, char *trouble, size_t size)
{
	char copy[512];

	snprintf(copy, sizeof(copy), "%s", list);
	for (char *save = NULL, *item = strtok_r(copy, " ", &save); item != NULL;
	     item = strtok_r(NULL, " ", &save)) {
		char *value = strchr(item, '=');

		if (value == NULL) {
			snprintf(trouble, size, "sysctl %s: no value", item);
			return -1;
		}
		*value++ = '\0';
		for (char *p = value; *p != '\0'; p++) {
			if (*p == ',')
				*p = ' ';
		}
		if (make_sysctl(item, value) != 0 && (strncmp(item, "net.ipv6.", 9) != 0 ||
						      access("/proc/sys/net/ipv6", F_OK) == 0)) {
			snprintf(trouble, size, "sysctl %s=%s: %s", item, value, strerror(errno));
			return platform_is_linux() ? -1 : SANDBOX_LACKS;
		}
	}
	return 0;
}

/*
 * The commands of a host. gVisor takes a link with a wanted index for a change of one that is
 * there (pkg/sentry/socket/netlink/route/protocol.go): there the kernel chooses.
 */
static int run_commands(const struct topology_host *host, char *trouble, size_t size)
{
	static const char wanted[] = " index ";
	char commands[4096];
	size_t used = 0;

	if (platform_is_linux() || host->length > sizeof(commands))
		return sandbox_ip_batch(host->commands, host->length, trouble, size);
	for (size_t i = 0; i < host->length;) {
		if (host->length - i >= sizeof(wanted) &&
		    memcmp(host->commands + i, wanted, sizeof(wanted) - 1) == 0) {
			i += sizeof(wanted) - 1;
			while (i < host->length && isdigit((unsigned char)host->commands[i]))
				i++;
		} else {
			commands[used++] = host->commands[i++];
		}
	}
	return sandbox_ip_batch(commands, used, trouble, size);
}

void sandbox_end(void)
{
	sandbox_kill_all();
	machine_restore();
}

int sandbox_build(const struct topology *topology, const char *sysctls,
		  void (*made)(const char *host), char *trouble, size_t size)
{
	int applied;

	if (sandbox_files_mount(trouble, size) != 0)
		return -1;
	if (topology->machine && sandbox_enter_machine() != 0) {
		snprintf(trouble, size, "the machine's own network: %s", strerror(errno));
		return -1;
	}
	for (size_t i = 0; i < topology->host_count; i++) {
		const struct topology_host *host = &topology->hosts[i];

		if (hosts_add(host->name, topology->host_count == 1) != 0) {
			snprintf(trouble, size, "host %s: %s", host->name, strerror(errno));
			return -1;
		}
		/*
		 * A new network takes its congestion control from the machine's own
		 * setting. Reno is in every kernel (net/ipv4/tcp_cong.c).
		 */
		if ((!topology->machine &&
		     apply_sysctl("net.ipv4.tcp_congestion_control", "reno", NULL) != 0) ||
		    topology_each_sysctl(host, apply_sysctl, NULL) != 0) {
			snprintf(trouble, size, "sysctls of host %s: %s", host->name,
				 strerror(errno));
			return -1;
		}
		if (sysctls != NULL && (applied = apply_list(sysctls, trouble, size)) != 0)
			return applied;
		made(host->name);
	}
	for (size_t i = 0; i < topology->host_count; i++) {
		const struct topology_host *host = &topology->hosts[i];
		char message[512];

		if (!host->has_commands)
			continue;
		if (host_enter(host->name) != 0 ||
		    run_commands(host, message, sizeof(message)) != 0) {
			snprintf(trouble, size, "topology %s, host %s: %s", topology->name,
				 host->name, message);
			return -1;
		}
	}
	for (size_t i = 0; topology->needs_ip && i < topology->host_count; i++) {
		if (host_enter(topology->hosts[i].name) == 0)
			settle_host();
	}
	if (host_enter(hosts_first()) != 0) {
		snprintf(trouble, size, "host %s: %s", hosts_first(), strerror(errno));
		return -1;
	}
	return 0;
}
