/* SPDX-License-Identifier: MIT */
/* The hosts of the sandbox that this process is in. Used inside harness/sandbox only. */
#ifndef SOCKATLAS_SANDBOX_HOSTS_H
#define SOCKATLAS_SANDBOX_HOSTS_H

#include <stdbool.h>

/*
 * Makes a host: a network with its loopback interface up, and a name under
 * /run/netns for iproute2. The first host is the network that the process is in.
 * `alone`: no other host follows, so that nobody will have to come back to this one.
 * The calling process is on the new host afterwards. Returns 0, or -1 with errno.
 */
int hosts_add(const char *name, bool alone);

/* The name of the first host; "" before there is one. */
const char *hosts_first(void);

#endif
