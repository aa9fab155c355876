/* SPDX-License-Identifier: MIT */
#include "harness/sandbox/hosts.h"

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness/sandbox/descriptors.h"
#include "harness/sandbox/sandbox.h"
#include "harness/sandbox/topology.h"

static struct {
	char name[16];
	int network; /* a descriptor of its network namespace */
} hosts[TOPOLOGY_MAX_HOSTS];
static size_t host_count;
static __thread size_t current_host;

const char *hosts_first(void)
{
	return hosts[0].name;
}

/*
 * netdevice(7): loopback needs no address, its addresses come with being up. A kernel that
 * makes networks with loopback up (gVisor) need not let anybody change that.
 */
static int loopback_up(void)
{
	struct ifreq request = {.ifr_name = "lo", .ifr_flags = IFF_UP};
	struct ifreq already = {.ifr_name = "lo"};
	int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), result, saved;

	if (fd < 0)
		return -1;
	result = ioctl(fd, SIOCSIFFLAGS, &request);
	saved = errno;
	if (result != 0 && ioctl(fd, SIOCGIFFLAGS, &already) == 0 && already.ifr_flags & IFF_UP)
		result = 0;
	errno = saved;
	close(fd);
	return result;
}

/* What `ip netns add` does, so that ip finds the host by its name: ip-netns(8). */
static int name_for_iproute2(const char *name)
{
	char path[64];
	int fd;

	if (mkdir("/run/netns", 0755) != 0 && errno != EEXIST)
		return -1;
	snprintf(path, sizeof(path), "/run/netns/%s", name);
	fd = open(path, O_RDONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0);
	if (fd < 0)
		return -1;
	close(fd);
	return mount("/proc/self/ns/net", path, NULL, MS_BIND, NULL);
}

int hosts_add(const char *name, bool alone)
{
	if (host_count == TOPOLOGY_MAX_HOSTS) {
		errno = ENOSPC;
		return -1;
	}
	if (host_count > 0 && (unshare(CLONE_NEWNET) != 0 || name_for_iproute2(name) != 0))
		return -1;
	if (loopback_up() != 0)
		return -1;
	hosts[host_count].network = -1;
	if (!alone && (hosts[host_count].network = descriptor_hide(
			       open("/proc/self/ns/net", O_RDONLY | O_CLOEXEC))) < 0)
		return -1;
	snprintf(hosts[host_count].name, sizeof(hosts[host_count].name), "%s", name);
	current_host = host_count++;
	return 0;
}

int host_enter(const char *host)
{
	for (size_t i = 0; i < host_count; i++) {
		if (strcmp(hosts[i].name, host) != 0)
			continue;
		if (i != current_host && setns(hosts[i].network, CLONE_NEWNET) != 0)
			return -1;
		current_host = i;
		return 0;
	}
	errno = ENOENT;
	return -1;
}

const char *host_current(void)
{
	return hosts[current_host].name;
}

int host_socket(const char *host, int domain, int type, int protocol)
{
	size_t before = current_host;
	int fd, saved;

	if (host_enter(host) != 0)
		return -1;
	fd = socket(domain, type, protocol);
	saved = errno;
	if (host_enter(hosts[before].name) != 0)
		return -1;
	errno = saved;
	return fd;
}
