/* SPDX-License-Identifier: MIT */
/*
 * The file systems of a sandbox: /tmp, /run and /proc of its own, and an /etc with
 * the files that decide what the resolver answers, the same on every machine.
 */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness/embed.h"
#include "harness/sandbox/make.h"
#include "harness/sandbox/sandbox.h"

EMBED(etc_hosts, "fixtures/etc/hosts");
EMBED(etc_host_conf, "fixtures/etc/host.conf");
EMBED(etc_resolv_conf, "fixtures/etc/resolv.conf");
EMBED(etc_nsswitch_conf, "fixtures/etc/nsswitch.conf");
EMBED(etc_services, "fixtures/etc/services");
EMBED(etc_protocols, "fixtures/etc/protocols");

static const struct {
	const char *path;
	const char *content;
} private_files[] = {
	{"/etc/hosts", etc_hosts},
	{"/etc/host.conf", etc_host_conf},
	{"/etc/resolv.conf", etc_resolv_conf},
	{"/etc/nsswitch.conf", etc_nsswitch_conf},
	{"/etc/services", etc_services},
	{"/etc/protocols", etc_protocols},
};

static int create_file(const char *path, const char *content)
{
	size_t length = strlen(content);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	ssize_t written;

	if (fd < 0)
		return -1;
	written = write(fd, content, length);
	if (close(fd) != 0 || written < 0)
		return -1;
	if ((size_t)written != length) {
		errno = ENOSPC;
		return -1;
	}
	return 0;
}

/*
 * What programs in a sandbox read of the machine's own /etc: names of users, and
 * where shared libraries are. What is missing there is missing here.
 */
static const char *const kept_files[] = {"/etc/passwd", "/etc/group", "/etc/ld.so.cache"};

enum { KEPT_FILES = sizeof(kept_files) / sizeof(kept_files[0]) };

static int copy_to(const char *path, int from)
{
	int to = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	char part[16384];
	ssize_t got = -1;

	while (to >= 0 && (got = read(from, part, sizeof(part))) > 0) {
		if (write(to, part, (size_t)got) != got) {
			got = -1;
			break;
		}
	}
	if (to >= 0 && close(to) != 0)
		return -1;
	return got == 0 ? 0 : -1;
}

/*
 * A whole /etc of its own: a file that a machine lacks (a minimal system has no
 * /etc/services) could not be mounted over.
 */
static int prepare_etc(void)
{
	int kept[KEPT_FILES], failed;

	for (size_t i = 0; i < KEPT_FILES; i++)
		kept[i] = open(kept_files[i], O_RDONLY | O_CLOEXEC);
	failed = mount("sockatlas", "/etc", "tmpfs", MS_NOSUID | MS_NODEV, "size=16m,mode=755");
	for (size_t i = 0; i < KEPT_FILES; i++) {
		if (kept[i] < 0)
			continue;
		failed = failed || copy_to(kept_files[i], kept[i]) != 0;
		close(kept[i]);
	}
	for (size_t i = 0; i < sizeof(private_files) / sizeof(private_files[0]); i++)
		failed =
			failed || create_file(private_files[i].path, private_files[i].content) != 0;
	return failed ? -1 : 0;
}

int sandbox_files_prepare(char *reason, size_t size)
{
	/* File systems of the runner's own mount namespace: nothing reaches the real ones. */
	if (mount("sockatlas", "/tmp", "tmpfs", MS_NOSUID | MS_NODEV, "size=16m,mode=1777") != 0) {
		snprintf(reason, size, "mount a tmpfs on /tmp: %s", strerror(errno));
		return -1;
	}
	if (prepare_etc() != 0) {
		snprintf(reason, size, "private /etc: %s", strerror(errno));
		return -1;
	}
	return 0;
}

int sandbox_files_mount(char *trouble, size_t size)
{
	/* One file system for both: a mount of its own costs more than a bind mount. */
	if (mount("sockatlas", "/run", "tmpfs", MS_NOSUID | MS_NODEV, "size=32m,mode=755") != 0 ||
	    mkdir("/run/tmp", 0700) != 0 || chmod("/run/tmp", 01777) != 0 ||
	    mount("/run/tmp", "/tmp", NULL, MS_BIND, NULL) != 0) {
		snprintf(trouble, size, "private /run and /tmp: %s", strerror(errno));
		return -1;
	}
	/*
	 * Inside a container that hides parts of /proc the kernel refuses a new one
	 * (mount_namespaces(7)); the old one still serves the sysctls of the network.
	 */
	if (mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) != 0 &&
	    errno != EPERM && errno != EACCES) {
		snprintf(trouble, size, "mount /proc: %s", strerror(errno));
		return -1;
	}
	return 0;
}

int sandbox_file(const char *path, const char *content)
{
	static unsigned int count;
	char copy[64];

	snprintf(copy, sizeof(copy), "/run/sandbox-file-%u", count++);
	if (create_file(copy, content) != 0)
		return -1;
	return mount(copy, path, NULL, MS_BIND, NULL);
}
