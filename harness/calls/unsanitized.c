/* SPDX-License-Identifier: MIT */
/* Finding the C library's functions beneath those of a sanitizer; see REAL() of wrap.h. */
#include "harness/calls/wrap.h"

#if SANITIZED

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

void *calls_unsanitized(const char *name)
{
	/* The handle stays open: the C library is there as long as the program is. */
	void *library = dlopen("libc.so.6", RTLD_LAZY | RTLD_NOLOAD);
	void *function = library != NULL ? dlsym(library, name) : NULL;

	if (function == NULL) {
		(void)fprintf(stderr, "sockatlas: no function %s beneath the sanitizer\n", name);
		abort();
	}
	return function;
}

#else

/* An ordinary build has nothing beneath. */
typedef int unsanitized_is_empty;

#endif
