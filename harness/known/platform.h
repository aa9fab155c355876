/* SPDX-License-Identifier: MIT */
/* What this program runs on: what results say of it, and what known differences ask about. */
#ifndef SOCKATLAS_PLATFORM_H
#define SOCKATLAS_PLATFORM_H

#include <stdbool.h>
#include <sys/utsname.h>

struct platform {
	const char *name;   /* the label that the user gave, or "" */
	const char *kernel; /* what answers the calls: "Linux" or "gVisor" */
	struct utsname uname;
	char libc[64];		/* "glibc 2.36" */
	const char *byte_order; /* "little" or "big" */
	int pointer_bits;
};

/* Whether Linux answers the calls. */
bool platform_is_linux(void);

/* This platform, labelled `name`. */
struct platform platform_here(const char *name);

#endif
