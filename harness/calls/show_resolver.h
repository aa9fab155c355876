/* SPDX-License-Identifier: MIT */
/* What the resolver and the databases of names take and return. */
#ifndef SOCKATLAS_CALLS_SHOW_RESOLVER_H
#define SOCKATLAS_CALLS_SHOW_RESOLVER_H

#include "harness/calls/text.h"

#include <netdb.h>
#include <net/if.h>
#include <netinet/in.h>
#include <stdint.h>

enum {
	SHOW_ENTRIES = 8, /* of a list; the rest is "..." */
};

/* "{ai_flags=AI_PASSIVE, ai_family=AF_INET, ai_socktype=SOCK_STREAM, ai_protocol=0}" */
void show_hints(struct text *t, const struct addrinfo *hints);

/* "[{ai_family=AF_INET, ..., ai_addr={AF_INET, 127.0.0.1:80}}]" */
void show_addrinfo_list(struct text *t, const struct addrinfo *list);

/* "{h_name="localhost", h_aliases=[], h_addrtype=AF_INET, h_addr_list=[127.0.0.1]}", "NULL" */
void show_hostent(struct text *t, const struct hostent *entry);

/* "{s_name="http", s_aliases=[], s_port=htons(80), s_proto="tcp"}", "NULL" */
void show_servent(struct text *t, const struct servent *entry);

/* "{p_name="tcp", p_aliases=["TCP"], p_proto=IPPROTO_TCP}", "NULL" */
void show_protoent(struct text *t, const struct protoent *entry);

/* "[{1, "lo"}]", "NULL" */
void show_name_index(struct text *t, const struct if_nameindex *list);

/* "INADDR_LOOPBACK", "0xc0000201": an address in host byte order. */
void show_inaddr(struct text *t, uint32_t address);

/* "htonl(INADDR_LOOPBACK)", "htonl(0xc0000201)": one in network byte order. */
void show_inaddr_network(struct text *t, in_addr_t address);

#endif
