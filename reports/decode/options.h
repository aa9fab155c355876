/* SPDX-License-Identifier: MIT */
/* The command line of atlas decode. */
#ifndef ATLAS_DECODE_OPTIONS_H
#define ATLAS_DECODE_OPTIONS_H

#include "reports/decode/look.h"

struct decode_options {
	struct look look;
	long long link_type; /* -1: the file's */
	long long count;     /* packets to show at most; 0: all */
	bool summary;
	const char *file;
	char *filter; /* an expression, or NULL; to be freed */
};

/* Returns -1 to go on, or the exit status to leave with. */
int decode_options(int argc, char **argv, struct decode_options *options);

#endif
