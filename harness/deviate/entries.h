/* SPDX-License-Identifier: MIT */
/*
 * Entries of the databases of hosts, services and protocols, made wrong. The C library's own
 * storage stays as it is: what is returned is `entry`, or a changed copy that the next call
 * overwrites as it would overwrite the entry. See deviate.h.
 */
#ifndef SOCKATLAS_DEVIATE_ENTRIES_H
#define SOCKATLAS_DEVIATE_ENTRIES_H

#include <netdb.h>

#include "harness/deviate/deviate.h"

/*
 * result:missing (NULL), h_name:altered, h_aliases:unfilled, h_addr_list:off-by-one, reversed,
 * clamped, h_length and h_addrtype off by one. For NULL the error: HOST_NOT_FOUND:NO_DATA.
 */
struct hostent *deviate_host(const struct call *call, struct hostent *entry);

/* s_name, s_aliases, s_port, s_proto; result:missing. */
struct servent *deviate_service(const struct call *call, struct servent *entry);

/* p_name, p_aliases, p_proto; result:missing. */
struct protoent *deviate_protocol(const struct call *call, struct protoent *entry);

/*
 * Of getservbyname() and getservbyport(): the protocol to ask for, NULL for any when it is
 * ignored.
 */
const char *deviate_service_protocol(const struct call *call, const char *protocol);

/* What that entry says, kept: the next call overwrites it. */
struct service_anywhere {
	int port;
	char protocol[16];
};
void service_keep(struct service_anywhere *anywhere, const struct servent *entry);

/* After the call: whether ignoring the protocol would have changed its result. */
void deviate_service_offer(const struct call *call, const struct service_anywhere *anywhere,
			   const char *protocol, const struct servent *entry);

#endif
