/* SPDX-License-Identifier: MIT */
/* The command line of atlas sniff. */
#ifndef ATLAS_SNIFF_OPTIONS_H
#define ATLAS_SNIFF_OPTIONS_H

#include "reports/decode/look.h"

struct sniff_options {
	struct look look;
	const char *raw; /* a protocol's name, or NULL */
	int protocol;	 /* its number */
	const char *interface;
	const char *log, *write; /* files, or NULL */
	long long count;	 /* packets to show at most; 0: all */
	long long seconds;	 /* 0: until a signal */
	char *filter;		 /* an expression, or NULL; to be freed */
};

/* Returns -1 to go on, or the exit status to leave with. */
int sniff_options(int argc, char **argv, struct sniff_options *options);

#endif
