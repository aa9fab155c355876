/* SPDX-License-Identifier: MIT */
/* Where a case stands in the text of its suite, and the lesson above it. */
#ifndef SOCKATLAS_SOURCE_H
#define SOCKATLAS_SOURCE_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/declaration.h"

struct source_part {
	int first_line, last_line; /* from the comment (or the tables above it) to the brace */
	const char *text;	   /* that part, not NUL-terminated */
	size_t length;
};

/* The part of the suite's file that is this case. */
struct source_part source_of_case(const struct test_case *test);

/*
 * The comment above the case, without its stars: paragraphs separated by empty
 * lines. Cut at `size`. Empty when there is none.
 */
void source_lesson(const struct test_case *test, char *lesson, size_t size);

/* Whether `name` stands as a whole word in the case's part of the file. */
bool source_mentions(const struct test_case *test, const char *name);

#endif
