/* SPDX-License-Identifier: MIT */
/*
 * Topologies: which hosts there are, and how they are linked. Each is a file of
 * iproute2 commands in fixtures/topologies/, applied by `ip -batch`.
 *
 * A line that starts with "#:" is for the harness, and a comment for ip:
 *   #: needs WORDS     probes (harness/probe) that must succeed, above the first host
 *   #: machine         its one host is the machine itself (harness/sandbox/machine.h)
 *   #: host NAME       the commands below run on this host; the first host is the case's
 *   #: sysctl K=V      set on this host before its commands
 * The loopback interface of every host is up; a host without commands starts no ip.
 */
#ifndef SOCKATLAS_TOPOLOGY_H
#define SOCKATLAS_TOPOLOGY_H

#include <stdbool.h>
#include <stddef.h>

enum { TOPOLOGY_MAX_HOSTS = 8 };

struct topology_host {
	char name[16];
	const char *commands; /* its part of the file, not NUL-terminated */
	size_t length;
	bool has_commands; /* more than comments */
};

struct topology {
	const char *name;
	const char *text;
	struct topology_host hosts[TOPOLOGY_MAX_HOSTS];
	size_t host_count;
	char needs[64]; /* names of probes, separated by spaces */
	bool needs_ip;
	bool machine; /* its host is the machine itself, and not a network of its own */
};

/* The topology of that name, parsed; NULL when there is none. Valid for the program's life. */
const struct topology *topology_find(const char *name);

/* The i-th topology, NULL past the last. */
const struct topology *topology_at(size_t index);

/*
 * Calls `apply` for each "#: sysctl" of a host, in order. Stops at the first that
 * does not return 0 and returns that.
 */
int topology_each_sysctl(const struct topology_host *host,
			 int (*apply)(const char *name, const char *value, void *context),
			 void *context);

#endif
