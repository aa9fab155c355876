/* SPDX-License-Identifier: MIT */
/* Looking at the list that getaddrinfo() returns, and a name server to ask. */
#ifndef SUITES_RESOLVER_LOOKUP_H
#define SUITES_RESOLVER_LOOKUP_H

#include <netdb.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* How many entries of the list are of this family; AF_UNSPEC counts all. */
int list_count(const struct addrinfo *list, int family);

/* How many entries have this numeric address, whatever their port and type. */
int list_has(const struct addrinfo *list, const char *address);

/* What the name server knows of a name. */
struct dns_name {
	const char *name;    /* without a final dot */
	const char *v4, *v6; /* its addresses, or NULL */
	const char *pointer; /* the name that a PTR record has, or NULL */
	unsigned int rcode;  /* of every answer (RFC 1035 4.1.1); 0: no error */
	bool truncated;	     /* by UDP there is no more than that it does not fit (TC) */
};

/*
 * Serves DNS by UDP and by TCP on 127.0.0.1:53 of the current host, which is where the sandbox's
 * /etc/resolv.conf points, in child processes and until the case ends. Names that are
 * not in the table get NXDOMAIN. A failure is an error of the case's setup.
 */
void dns_serve(const struct dns_name *names, size_t count);

/* The two ways to call it from a case, which note the case's line: a table, or no name at all. */
#define DNS_SERVE_NOTHING() (CALLS_HERE, dns_serve(NULL, 0))
#define DNS_SERVE(names)    (CALLS_HERE, dns_serve(names, sizeof(names) / sizeof((names)[0])))

enum { DNS_PORT = 53, DNS_SERVFAIL = 2, DNS_NXDOMAIN = 3 };

#endif
