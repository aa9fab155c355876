/* SPDX-License-Identifier: MIT */
/* What a person sees of a run, on standard error. */
#ifndef SOCKATLAS_TERMINAL_H
#define SOCKATLAS_TERMINAL_H

#include <stdbool.h>

#include "harness/results/writer.h"

struct terminal {
	const char
		*program; /* how this program was called, for the command that runs a case again */
	unsigned int total;
	bool quiet;   /* nothing but the summary of failures */
	bool verbose; /* every result with its calls and packets */
};

void terminal_start(const struct terminal *terminal);
void terminal_result(const struct run_result *result);
void terminal_summary(const struct run_footer *footer);

#endif
