/* SPDX-License-Identifier: MIT */
/*
 * Where in a suite the thread is: the line of the statement that leads to the
 * next recorded call. here.h sets it in front of every call a suite writes; a
 * helper of the harness can be made to note its caller's line in the same way:
 *
 *     #define tcp_listener(...) (CALLS_HERE, tcp_listener(__VA_ARGS__))
 */
#ifndef SOCKATLAS_CALLS_SITE_H
#define SOCKATLAS_CALLS_SITE_H

#include <stdbool.h>

struct call_site {
	const char *file;
	int line;
	bool used; /* a recorded call has begun since the line was noted */
};

extern _Thread_local struct call_site calls_site;

/* Notes a line; a function, so that two calls may stand in one expression. */
static inline void calls_here(const char *file, int line)
{
	calls_site.file = file;
	calls_site.line = line;
	calls_site.used = false;
}

/* Notes this line; an expression without a value. */
#define CALLS_HERE calls_here(__FILE__, __LINE__)

#endif
