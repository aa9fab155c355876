/* SPDX-License-Identifier: MIT */
/* The cases that are linked into this program, and their identities. */
#ifndef SOCKATLAS_CASES_H
#define SOCKATLAS_CASES_H

#include <stdbool.h>
#include <stddef.h>

#include "harness/declaration.h"

enum { CASE_ID_SIZE = 256 };

/* A case with one row of its variants: what is run, and reported by itself. */
struct run_item {
	const struct test_case *test;
	const struct variant *variant; /* NULL when the case has no variants */
	const char *deviation; /* how one of its calls is to go wrong (harness/deviate), or NULL */
};

/*
 * All cases, sorted by id and line; `*count` gets how many. The array is the
 * program's. NULL with a line on standard error when a case is declared wrongly
 * (no claim, no level, unknown topology or need, two of one id).
 */
const struct test_case *const *cases_all(size_t *count);

/* "inet/tcp_bind/bind_to_a_port_in_use". */
void case_id(const struct test_case *test, char *id, size_t size);

/* The case's id, and "/NAME" of its variant. */
void run_item_id(const struct run_item *item, char *id, size_t size);

/* The variant of row `index`; NULL past the last. */
const struct variant *case_variant(const struct test_case *test, size_t index);

const char *case_level_name(enum case_level level);
const char *case_topology(const struct test_case *test);
int case_timeout_ms(const struct test_case *test);

/* What a case takes turns for: its own word, or the machine; NULL when nothing. */
const char *case_exclusive(const struct test_case *test);

/* Whether a list of words separated by spaces has this word. NULL is the empty list. */
bool word_in(const char *list, const char *word);

/* Set in the worker before the case's body runs: what case_row() gives. */
void case_set_row(const struct variant *variant);

#endif
