/* SPDX-License-Identifier: MIT */
/* getaddrinfo() and getnameinfo() that misread what they are given. See deviate.h. */
#ifndef SOCKATLAS_DEVIATE_RESOLVER_H
#define SOCKATLAS_DEVIATE_RESOLVER_H

#include <netdb.h>

#include "harness/deviate/deviate.h"

/* What getaddrinfo() was asked, and what it gave. */
struct lookup_question {
	const char *node, *service;
	const struct addrinfo *hints;
};

/*
 * The hints that getaddrinfo() is to get: AI_NUMERICHOST:dropped, ai_socktype:ignored. Either
 * `hints` or, changed, `copy`.
 */
const struct addrinfo *deviate_hints(const struct call *call, const struct addrinfo *hints,
				     struct addrinfo *copy);

/*
 * After the call: which of them would have changed its code or its list. Asks again, but only
 * what is answered without a name server; else what depends on the flag is offered.
 */
void deviate_hints_offer(const struct call *call, const struct lookup_question *question,
			 int result, const struct addrinfo *list);

/*
 * The list that getaddrinfo() gave: res:clamped to its first entry, res:reversed,
 * res:duplicated; res.ai_socktype and AF_INET.sin_port off by one in every entry;
 * ai_canonname. Returns its first entry, for freeaddrinfo() after deviate_list_free().
 */
struct addrinfo *deviate_list(const struct call *call, struct addrinfo *list);

/* Takes out of a list what deviate_list() put in, and the C library must not free. */
void deviate_list_free(struct addrinfo *list);

/* One getnameinfo(). */
struct name_question {
	const struct sockaddr *address;
	socklen_t length;
	const char *host;
	socklen_t host_size;
	const char *service;
	socklen_t service_size;
	int flags;
};

/* After the call: which of its flags mattered. NI_NUMERICHOST:dropped. */
void deviate_nameinfo_offer(const struct call *call, const struct name_question *question,
			    int result);

#endif
