/* SPDX-License-Identifier: MIT */
/*
 * What a case can do with the sandbox that it runs in. Every case has network,
 * mount, PID, IPC and UTS namespaces of its own, in which it is root; nothing it
 * does here is seen outside or outlives it.
 *
 * The functions return -1 with errno like system calls, so that SETUP() takes them.
 */
#ifndef SOCKATLAS_SANDBOX_H
#define SOCKATLAS_SANDBOX_H

#include <stddef.h>

/*
 * socket(2) on a host of the topology ("a", "b", "router"); the case itself runs
 * on the topology's first host. A socket stays in the network that it was made in.
 */
int host_socket(const char *host, int domain, int type, int protocol);

/* Moves the calling thread to a host: later sockets and interface names are that host's. */
int host_enter(const char *host);

/* The host that the calling thread is on. */
const char *host_current(void);

/*
 * Writes a sysctl of the host that the thread is on: ("net.ipv4.ip_forward", "1").
 * ENOENT: this kernel has none of that name.
 */
int sandbox_sysctl(const char *name, const char *value);

/* Reads one as text without the newline. Returns its length. */
int sandbox_sysctl_read(const char *name, char *value, size_t size);

/* Reads the first integer of one; -1 with errno when it cannot be read. */
long long sandbox_sysctl_integer(const char *name);

/* Gives up one capability (CAP_NET_RAW, ...) for the calling process, for good. */
int sandbox_drop_capability(int capability);

/* Sets the soft limit of a resource (RLIMIT_NOFILE, ...) for the calling process. */
int sandbox_limit(int resource, unsigned long soft);

/*
 * Replaces a file of the system ("/etc/hosts", or any existing file) by one with
 * this content, for this sandbox only.
 */
int sandbox_file(const char *path, const char *content);

#endif
