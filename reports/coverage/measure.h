/* SPDX-License-Identifier: MIT */
/*
 * How often the names of a catalogue are seen in recorded calls, and in nothing else: not in a
 * case's source, its description or its checks.
 */
#ifndef ATLAS_COVERAGE_MEASURE_H
#define ATLAS_COVERAGE_MEASURE_H

#include "reports/coverage/catalogue.h"
#include "reports/results/model.h"

struct seen {
	size_t calls;	     /* in which it was seen; of what takes several calls: results */
	size_t cases;	     /* in which it was seen */
	const char *example; /* the first of these cases; lives as long as the run */
	const char *lacking; /* what the platforms answer to who asks for it; NULL: they have it */
	size_t last_case, last_call;
};

struct measure {
	const struct catalogue *catalogue;
	struct seen *seen;  /* by index into the catalogue's names */
	struct word *words; /* that shapes are made of */
	size_t word_count, word_room;
	struct strmap index; /* of the words */
	size_t *touched;     /* words of the present call */
	size_t touched_count;
	size_t runs, results, calls, calls_left_out;
	/* What is being looked at. */
	size_t now_case, now_call, now_result;
	const struct result *result;
	struct arena arena;
};

/* Starts to measure with the catalogue, which must live as long. */
void measure_begin(struct measure *measure, const struct catalogue *catalogue);

/*
 * Of the names in a tier or group ("": all of the kind): how many there are, and how they fare.
 * Those that were never seen and are neither explained nor lacking are what is left to show.
 */
struct tally {
	const char *what;
	size_t known, seen;
	size_t reasoned; /* never seen, and nothing can show it */
	size_t lacking;	 /* never seen, and the platforms of the runs do not have it */
};

/* Counts the name with this index. */
void tally_add(struct tally *tally, const struct measure *measure, size_t name);

/* The share that was seen of what there is to be seen on these platforms, in percent. */
double tally_share(const struct tally *tally);

/*
 * Adds the calls of the runs, which must live as long. A case that is in several runs is one.
 * To be called once.
 */
void measure_runs(struct measure *measure, struct run *const *runs, size_t count);

void measure_end(struct measure *measure);

#endif
