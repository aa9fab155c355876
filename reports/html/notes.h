/* SPDX-License-Identifier: MIT */
/*
 * What is written beside the lines of a case's source: the calls that a line made and
 * what they returned, the checks that failed there, the values observed. What several
 * variants have in common is said once.
 */
#ifndef ATLAS_HTML_NOTES_H
#define ATLAS_HTML_NOTES_H

#include "reports/html/html.h"

enum note_kind {
	NOTE_CALL,
	NOTE_OBSERVED,
	NOTE_FAILED,
};

struct note {
	enum note_kind kind;
	int64_t line;
	bool error;			 /* a call that failed, or did not return */
	const char *text;		 /* of a failed check: what it said */
	const char *expected, *observed; /* of a failed check */
	size_t count;			 /* how often it happened in all */
	const char **who;		 /* names of the variants (and runs) it happened in */
	size_t who_count;
	size_t last; /* number of the result it was last seen in */
	size_t order;
};

struct notes {
	struct note *items; /* by line, then in the order they were made */
	size_t count, room;
	size_t results; /* how many results there are in all */
	struct strmap map;
	struct arena arena;
};

/* Collects the notes on one file. Free with notes_free(). */
void notes_collect(struct notes *notes, const struct merged_case *c, const struct atlas *atlas);

/* Writes the notes [first, last), each a paragraph. */
void notes_put(FILE *out, const struct notes *notes, size_t first, size_t last);

/* The range [*first, *last) of the notes on a line. */
void notes_of_line(const struct notes *notes, int64_t line, size_t *first, size_t *last);

void notes_free(struct notes *notes);

#endif
