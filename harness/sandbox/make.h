/* SPDX-License-Identifier: MIT */
/*
 * How the runner makes sandboxes. A case never needs this header.
 *
 * The runner prepares once: it moves itself into a mount namespace (and, without
 * root, a user namespace) in which the private /etc files already lie. Each case
 * is then a clone of it with namespaces of its own, so that the work that is the
 * same for every case is done once.
 */
#ifndef SOCKATLAS_SANDBOX_MAKE_H
#define SOCKATLAS_SANDBOX_MAKE_H

#include <stddef.h>
#include <sys/types.h>

#include "harness/sandbox/topology.h"

enum sandbox_mode {
	SANDBOX_NONE, /* this platform gives us no namespaces */
	SANDBOX_ROOT, /* namespaces by privilege */
	SANDBOX_USER, /* namespaces inside a user namespace */
};

/*
 * Finds out by doing which mode works, and prepares the calling process for it.
 * The process must have one thread. On SANDBOX_NONE, `reason` says why.
 */
enum sandbox_mode sandbox_prepare(char *reason, size_t size);

/* "root", "user" or "none". */
const char *sandbox_mode_name(enum sandbox_mode mode);

/*
 * Like fork(2), but the child is process 1 of new namespaces, and it and all its
 * descendants are killed when the parent ends, however that happens.
 * Returns the child's id, 0 in the child, -1 with errno.
 */
pid_t sandbox_clone(void);

/*
 * Allows cases the network of this machine itself, in which the calling process is. To be
 * called before sandbox_prepare(). Returns 0, or -1 with errno.
 */
int sandbox_own_machine(void);
/*
 * Moves the calling process, which is in a sandbox, to the machine's own network. What it
 * makes there is deleted by sandbox_end(). Returns 0, or -1 with errno: EPERM without
 * sandbox_own_machine().
 */
int sandbox_enter_machine(void);

/* Kills everything below the calling process 1. Only for process 1 of a sandbox. */
void sandbox_kill_all(void);

/*
 * In the child: private file systems, hosts, links, sysctls. `sysctls` is a list
 * "name=value name=value" for every host, or NULL. `made` is called on each host
 * (in its network) as soon as it exists; its result is ignored.
 * Returns 0, or -1 with a sentence in `trouble`; SANDBOX_LACKS, with the reason there, when a
 * sysctl of the list cannot be set on a kernel that is not Linux.
 */
enum { SANDBOX_LACKS = 1 };
int sandbox_build(const struct topology *topology, const char *sysctls,
		  void (*made)(const char *host), char *trouble, size_t size);

/* What sandbox_build() made and does not end with the namespaces ends here, and all processes. */
void sandbox_end(void);

/* The path of the ip program of iproute2, NULL when there is none. */
const char *sandbox_ip_program(void);

/* Runs `ip -batch -` on these commands in the current network. Returns 0, or -1 with trouble. */
int sandbox_ip_batch(const char *commands, size_t length, char *trouble, size_t size);

/* Mounts the private /etc files over the system's; in the runner. Returns 0 or -1. */
int sandbox_files_prepare(char *reason, size_t size);

/* Mounts the private /tmp, /run and /proc of one sandbox. Returns 0, or -1 with trouble. */
int sandbox_files_mount(char *trouble, size_t size);

#endif
