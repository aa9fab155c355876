/* SPDX-License-Identifier: MIT */
/*
 * What there is to be seen: the catalogue of constants, errors and functions of the socket
 * interface (fixtures/catalogue/README.md), which scripts/catalogue makes.
 */
#ifndef ATLAS_COVERAGE_CATALOGUE_H
#define ATLAS_COVERAGE_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

#include "reports/base/memory.h"
#include "reports/base/strmap.h"

enum kind { KIND_CONSTANT, KIND_ERROR, KIND_FUNCTION, CATALOGUE_KINDS };

/* "constant", "error", "function". */
const char *kind_word(enum kind kind);

struct catalogue_name {
	enum kind kind;
	const char *text;    /* "SO_LINGER", "bind:EACCES", "getaddrinfo" */
	const char *group;   /* of a constant; of an error, its call; "" of a function */
	const char *sources; /* "python,posix": who names it, and so its tiers */
	const char *reason;  /* why it cannot be seen, from `excuse`; "" when it can */
	size_t excuse;	     /* index + 1 into the excuses; 0: none */
};

/*
 * One way in which a record shows a name: all of these words, in one call, or, when one of them
 * is a call, in one case. A name has as many of these as there are ways.
 */
struct shape {
	size_t name; /* index into the names */
	const char *const *words;
	size_t word_count;
	bool per_case;
};

/* A line that says why something is not seen. */
struct excuse {
	const char *file; /* "absent.tsv" */
	size_t line;
	const char *pattern, *reason, *source;
	size_t matches; /* names of the catalogue */
};

/*
 * Whose the names are that the pattern matches: calls with all of these words, or a probe. What
 * a platform refuses whenever it is asked for, it lacks, with all that belongs to it.
 */
struct owner {
	const char *pattern;
	const char *probe; /* or NULL: */
	const char *const *words;
	size_t word_count;
};

/* How much of a part of the catalogue should be seen on one platform. */
struct target {
	enum kind kind;
	const char *part; /* a tier or a group; "" is all of the kind */
	unsigned int percent;
};

struct catalogue {
	struct catalogue_name *names;
	size_t name_count, name_room;
	struct shape *shapes;
	size_t shape_count, shape_room;
	struct excuse *excuses;
	size_t excuse_count, excuse_room;
	struct owner *owners;
	size_t owner_count, owner_room;
	struct target *targets;
	size_t target_count, target_room;
	struct strmap index; /* of the names, by text */
	struct arena arena;
};

/*
 * Reads the catalogue of the folder, or for NULL the one inside the program. Of a folder, the
 * files that are written by hand may be missing: shown.tsv, absent.tsv, unprovoked.tsv,
 * belongs.tsv and targets.tsv. False, with one line in `error`, when a file cannot be read or
 * says nonsense; free it in either case.
 */
bool catalogue_read(struct catalogue *catalogue, const char *folder, char *error,
		    size_t error_size);

void catalogue_free(struct catalogue *catalogue);

#endif
