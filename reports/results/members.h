/* SPDX-License-Identifier: MIT */
/*
 * Members of a JSON object, with their types checked. The first thing that is wrong
 * is kept, in words; after that every function still returns something harmless, so
 * that a parser reads on without a test behind each member.
 */
#ifndef ATLAS_RESULTS_MEMBERS_H
#define ATLAS_RESULTS_MEMBERS_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>

#include "reports/results/model.h"

struct reading {
	struct run *run;
	const char *format; /* that the header has to name */
	char problem[256];  /* "" while nothing is wrong */
};

/* Notes what is wrong, unless something was before. */
void reading_fail(struct reading *r, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * A copy of a string member that lives as long as the run. A missing one is "",
 * and so is a null one; a `required` one must be there and not be empty.
 */
const char *member_string(struct reading *r, const json_t *object, const char *name, bool required);

/* A number that is not negative; 0 when it is missing. */
int64_t member_count(struct reading *r, const json_t *object, const char *name);

/* A boolean; `missing` when it is not there. */
bool member_bool(struct reading *r, const json_t *object, const char *name, bool missing);

/* An array or object member; NULL when it is missing. */
const json_t *member_array(struct reading *r, const json_t *object, const char *name);
const json_t *member_object(struct reading *r, const json_t *object, const char *name);

/* An array of strings. */
struct strings member_strings(struct reading *r, const json_t *object, const char *name);

/*
 * An array of objects: allocates `*count` structs of `size` bytes and calls `fill`
 * for each. NULL and 0 when it is missing or empty.
 */
typedef void member_fill(struct reading *r, const json_t *object, void *into);
void *member_objects(struct reading *r, const json_t *object, const char *name, size_t size,
		     size_t *count, member_fill *fill);

#endif
