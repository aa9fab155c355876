/* SPDX-License-Identifier: MIT */
/*
 * Runs the selected variants side by side, each in its own sandbox, from one
 * thread. Cases that wait on purpose cost no processor and run beside the others.
 */
#ifndef SOCKATLAS_SCHEDULE_H
#define SOCKATLAS_SCHEDULE_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/known/entries.h"
#include "harness/results/writer.h"
#include "harness/run/cases.h"

struct schedule {
	const struct run_item *items;
	size_t count;
	unsigned int jobs; /* how many at once, beside those that wait */
	double timeout_scale;
	bool strict_needs; /* a missing need is a failure */
	bool capture, record_calls;
	const struct known *known;	 /* what is expected to go wrong; NULL: nothing */
	const struct platform *platform; /* with `known` */
	bool survey;	    /* each outcome gets the deviations that its case has room for */
	bool until_failure; /* a case ends with its first check that fails */
	enum sandbox_mode mode;
	const char *mode_reason;
	/* Called once a result; the outcome is valid during the call. */
	void (*result)(const struct run_result *result, void *context);
	void *context;
};

/*
 * Runs everything. Returns the footer's figures but for its exit status. Ends early
 * on SIGINT, SIGTERM or SIGHUP, or when schedule_stop() was called, with
 * `interrupted` set.
 */
struct run_footer schedule_run(const struct schedule *schedule);

/* To be called from `result`: starts no more cases, and ends those that run. */
void schedule_stop(void);

#endif
