/* SPDX-License-Identifier: MIT */
/*
 * Which sockets the descriptors of a case are. The manual pages of section 7 list errors by
 * kind of socket, ip(7) or unix(7), and not by call.
 */
#ifndef ATLAS_COVERAGE_SOCKETS_H
#define ATLAS_COVERAGE_SOCKETS_H

#include "reports/results/model.h"

/* The sockets of one result. Start with {0}. */
struct sockets {
	struct strmap map; /* "3" or "pid 2: 3" to an index into pages; the last one counts */
	unsigned int *pages;
	size_t count, room;
	struct arena arena;
};

/* Notes the sockets that the call made. Calls come in the order in which they were recorded. */
void sockets_note(struct sockets *sockets, const struct call *call);

/*
 * Calls `each` with every page that describes the call's socket: "ip(7)". A call that fails
 * to make a socket is about the kind that it asked for.
 */
void sockets_pages(const struct sockets *sockets, const struct call *call,
		   void (*each)(void *context, const char *page), void *context);

void sockets_free(struct sockets *sockets);

#endif
