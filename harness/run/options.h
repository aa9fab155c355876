/* SPDX-License-Identifier: MIT */
/* What the command line says. */
#ifndef SOCKATLAS_OPTIONS_H
#define SOCKATLAS_OPTIONS_H

#include <stdbool.h>

#include "harness/run/select.h"
#include "harness/run/shard.h"

enum {
	OPTIONS_WRONG = 2, /* the exit status of wrong usage */
	OPTIONS_MAX_KNOWN = 16,
	OPTIONS_SCALE_AUTO = 0, /* of timeout_scale: to be measured */
};

struct options {
	struct selection selection;
	const char *output; /* a file; NULL: standard output */
	const char *platform;
	const char *format;
	const char *deviation;
	const char *durations; /* a results file by which shards are balanced */
	struct shard shard;
	const char *only;
	const char *known[OPTIONS_MAX_KNOWN]; /* more files of known differences */
	size_t known_count;
	unsigned int sample;
	unsigned int jobs, repeat;
	double timeout_scale;
	bool strict_needs, quiet, verbose, no_capture, no_calls, list_only, own_machine, no_known;
};

extern const char options_usage[];

/* Fills in `o`, which holds the defaults. Returns -1 to go on, or the exit status to leave with. */
int options_parse(int argc, char **argv, struct options *o);

/* A line on standard error. Returns OPTIONS_WRONG. */
int options_complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
