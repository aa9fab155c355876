/* SPDX-License-Identifier: MIT */
/* What the cases about IPv6 need to know of a host's interfaces. */
#ifndef SUITES_INET6_HOSTS_H
#define SUITES_INET6_HOSTS_H

#include "harness/kit.h"

/*
 * The link-local address of an interface (fe80::/64) of the host the thread is on, with
 * its scope id and this port. The kernel makes it when the link comes up: waits SOON_MS
 * for that, and ends the case when there is none.
 */
struct address link_local_address(const char *interface, uint16_t port);

#endif
