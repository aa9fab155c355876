/* SPDX-License-Identifier: MIT */
#include "harness/run/cases.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness/known/history.h"
#include "harness/probe/probe.h"
#include "harness/sandbox/topology.h"

extern const struct test_case *const __start_sockatlas_cases[];
extern const struct test_case *const __stop_sockatlas_cases[];

static const struct variant *row;

const void *case_row(void)
{
	return row;
}

void case_set_row(const struct variant *variant)
{
	row = variant;
}

const char *case_level_name(enum case_level level)
{
	static const char *const names[] = {"", "POSIX", "RFC", "LINUX", "ABI", "OBSERVED"};

	return names[level];
}

const char *case_topology(const struct test_case *test)
{
	return test->topology ? test->topology : "lo";
}

const char *case_exclusive(const struct test_case *test)
{
	return topology_find(case_topology(test))->machine ? "machine" : test->exclusive;
}

int case_timeout_ms(const struct test_case *test)
{
	return test->timeout_ms > 0 ? test->timeout_ms : 5000;
}

void case_id(const struct test_case *test, char *id, size_t size)
{
	const char *file = test->file;
	size_t length;

	if (strncmp(file, "suites/", 7) == 0)
		file += 7;
	else if (strncmp(file, "harness/", 8) == 0)
		file += 8;
	length = strlen(file);
	if (length > 2 && strcmp(file + length - 2, ".c") == 0)
		length -= 2;
	snprintf(id, size, "%.*s/%s", (int)length, file, test->name);
}

void run_item_id(const struct run_item *item, char *id, size_t size)
{
	size_t used;

	case_id(item->test, id, size);
	used = strlen(id);
	if (item->variant != NULL)
		snprintf(id + used, size - used, "/%s", item->variant->name);
}

const struct variant *case_variant(const struct test_case *test, size_t index)
{
	if (index >= test->row_count)
		return NULL;
	return (const struct variant *)((const char *)test->rows + index * test->row_size);
}

bool word_in(const char *list, const char *word)
{
	size_t length = strlen(word);

	while (list != NULL && *list != '\0') {
		size_t here = strcspn(list, " ");

		if (here == length && strncmp(list, word, length) == 0)
			return true;
		list += here + strspn(list + here, " ");
	}
	return false;
}

static int by_id(const void *a, const void *b)
{
	const struct test_case *x = *(const struct test_case *const *)a;
	const struct test_case *y = *(const struct test_case *const *)b;
	int order = strcmp(x->file, y->file);

	if (order == 0)
		order = (x->line > y->line) - (x->line < y->line);
	return order;
}

static bool needs_known(const char *needs, const char *id)
{
	char copy[256];

	snprintf(copy, sizeof(copy), "%s", needs ? needs : "");
	for (char *save = NULL, *need = strtok_r(copy, " ", &save); need != NULL;
	     need = strtok_r(NULL, " ", &save)) {
		if (probe_find(need) == NULL) {
			fprintf(stderr, "sockatlas: %s: unknown need \"%s\"\n", id, need);
			return false;
		}
	}
	return true;
}

/* What a compiler cannot check about a declaration. */
static bool declared_well(const struct test_case *test)
{
	char id[CASE_ID_SIZE];
	const char *fault = NULL;

	case_id(test, id, sizeof(id));
	if (test->claim == NULL || test->claim[0] == '\0')
		fault = "no claim";
	else if (test->level == LEVEL_UNSET)
		fault = "no level";
	else if (test->spec == NULL && test->level != OBSERVED)
		fault = "no specification";
	else if (topology_find(case_topology(test)) == NULL)
		fault = "unknown topology";
	else
		fault = history_fault(test->since, test->removed);
	if (fault != NULL) {
		fprintf(stderr, "sockatlas: %s: %s\n", id, fault);
		return false;
	}
	for (size_t i = 0; i < test->row_count; i++) {
		const struct variant *v = case_variant(test, i);
		const struct run_item row_item = {.test = test, .variant = v};

		for (size_t j = 0; v->name != NULL && j < i; j++) {
			if (strcmp(case_variant(test, j)->name, v->name) == 0) {
				fprintf(stderr, "sockatlas: %s: two variants named %s\n", id,
					v->name);
				return false;
			}
		}
		fault = history_fault(v->since, v->removed);
		if (fault == NULL)
			fault = history_fault(history_since(&row_item), history_removed(&row_item));
		if (fault != NULL) {
			fprintf(stderr, "sockatlas: %s: row %zu: %s\n", id, i, fault);
			return false;
		}
		if (v->name == NULL || !needs_known(v->needs, id)) {
			fprintf(stderr, "sockatlas: %s: row %zu is not a variant\n", id, i);
			return false;
		}
	}
	return needs_known(test->needs, id);
}

const struct test_case *const *cases_all(size_t *count)
{
	static const struct test_case **sorted;

	*count = (size_t)(__stop_sockatlas_cases - __start_sockatlas_cases);
	if (sorted != NULL)
		return sorted;
	sorted = malloc(*count * sizeof(sorted[0]) + 1);
	if (sorted == NULL)
		return NULL;
	memcpy(sorted, __start_sockatlas_cases, *count * sizeof(sorted[0]));
	qsort(sorted, *count, sizeof(sorted[0]), by_id);
	for (size_t i = 0; i < *count; i++) {
		if (!declared_well(sorted[i]))
			return NULL;
		if (i > 0 && strcmp(sorted[i]->file, sorted[i - 1]->file) == 0 &&
		    strcmp(sorted[i]->name, sorted[i - 1]->name) == 0) {
			fprintf(stderr, "sockatlas: two cases are named %s\n", sorted[i]->name);
			return NULL;
		}
	}
	return sorted;
}
