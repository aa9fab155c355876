/* SPDX-License-Identifier: MIT */
/*
 * A result as a list of named facts that two runs can be compared by: the expected and
 * observed value of each check, the errors of the calls of each line, the observations.
 */
#ifndef ATLAS_COMPARE_FACTS_H
#define ATLAS_COMPARE_FACTS_H

#include "reports/results/model.h"

enum fact_kind {
	FACT_CHECK,
	FACT_CALL,
	FACT_OBSERVATION,
};

/* A bit for each kind. */
enum {
	FACTS_OBSERVED = 1U << FACT_OBSERVATION,
	FACTS_ALL = 1U << FACT_CHECK | 1U << FACT_CALL | 1U << FACT_OBSERVATION,
};

struct fact {
	enum fact_kind kind;
	const char *key;  /* the same in two runs for the same thing */
	const char *name; /* for the reader: "line 33, bind(b, ...)"; of an observation its name */
	const char *masked; /* what is compared */
	const char *value;  /* what is shown */
	size_t repeats;	    /* how many more facts have this key and a number */
};

struct facts {
	struct fact *items;
	size_t count, room;
	struct strmap map; /* from keys to indexes */
	struct arena arena;
};

/*
 * The facts of a result of those kinds that have their bit in `kinds`. Lines count from the
 * case's first, so that a moved case compares.
 */
void facts_collect(struct facts *facts, const struct result *r, const struct test_case *c,
		   unsigned int kinds);

void facts_free(struct facts *facts);

#endif
