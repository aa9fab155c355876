/* SPDX-License-Identifier: MIT */
/* The lines of a results file, format version 1; reports/schema has the schema. */
#ifndef SOCKATLAS_WRITER_H
#define SOCKATLAS_WRITER_H

#include <stdint.h>
#include <stdio.h>

#include "harness/known/platform.h"
#include "harness/run/cases.h"
#include "harness/run/outcome.h"
#include "harness/run/shard.h"
#include "harness/run/verdict.h"
#include "harness/sandbox/make.h"

struct run_header {
	const struct platform *platform;
	enum sandbox_mode mode;
	const char *mode_reason;
	unsigned int uid; /* as outside any user namespace */
	const char *user;
	unsigned int jobs, selected;
	const char *format;    /* "sockatlas-results" when NULL */
	const char *deviation; /* what went wrong on purpose in every case; NULL: nothing */
	/* Of deviations: how many cases there are to select from, and which deviations; NULL: all.
	 */
	unsigned int available;
	const char *only;
	const struct shard *shard;    /* its count is 0 when the run is whole */
	unsigned int timeout_percent; /* what deadlines are multiplied by */
};

struct known_judgement;

struct run_result {
	size_t index; /* of the item, in what was scheduled */
	const struct run_item *item;
	const struct outcome *outcome; /* NULL when the case was not started */
	enum verdict verdict;
	const char *reason;
	const struct known_judgement *known; /* of a known difference, or of one that is fixed */
	const char *need;
	const char *signal_name;
	int64_t start_us, setup_us, duration_us;
};

struct run_footer {
	unsigned int counts[VERDICT_COUNT];
	int64_t duration_us, cpu_us, longest_us, peak_rss_kib;
	int exit_status;
	bool interrupted;
};

void results_header(FILE *file, const struct run_header *header);
/* The lines that must stand before the first result of a case: its file, once, and the case. */
void results_source(FILE *file, const struct test_case *test);
void results_case(FILE *file, const struct test_case *test);
void results_result(FILE *file, const struct run_result *result);
void results_footer(FILE *file, const struct run_footer *footer);

#endif
