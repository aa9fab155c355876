/* SPDX-License-Identifier: MIT */
/* atlas compare: what differs between two runs, or more. */
#include <stdlib.h>
#include <string.h>

#include "reports/commands.h"
#include "reports/compare/differences.h"
#include "reports/compare/write.h"

/*
 * "3 checks, 1 call" of the facts that only one of two has; they are counted, not listed. An
 * observation that the other result missed although it passed is a difference of its own.
 */
static void compare_missing(struct comparison *c, const struct result *other, const struct facts *x,
			    const struct facts *y, size_t which)
{
	size_t counts[3] = {0};
	const char *texts[2] = {"", ""};
	char text[100];

	for (size_t i = 0; i < x->count; i++) {
		if (!strmap_find(&y->map, x->items[i].key, NULL))
			counts[x->items[i].kind]++;
	}
	if (other->verdict == VERDICT_PASS)
		counts[FACT_OBSERVATION] = 0;
	if (counts[FACT_CHECK] + counts[FACT_CALL] + counts[FACT_OBSERVATION] == 0)
		return;
	snprintf(text, sizeof(text), "%zu checks, %zu lines with calls, %zu observations",
		 counts[FACT_CHECK], counts[FACT_CALL], counts[FACT_OBSERVATION]);
	texts[which] = text;
	comparison_put(c, other->id, which == 0 ? "only in the first" : "only in the second",
		       texts);
}

static void compare_two(struct comparison *c, const struct merged_variant *v)
{
	const struct result *r = v->results[0], *s = v->results[1];
	struct facts x, y;

	if (r == NULL || s == NULL || r->verdict == VERDICT_SKIP || s->verdict == VERDICT_SKIP)
		return;
	facts_collect(&x, r, &c->atlas.runs[0]->cases[r->case_index], FACTS_ALL);
	facts_collect(&y, s, &c->atlas.runs[1]->cases[s->case_index], FACTS_ALL);
	compare_missing(c, s, &x, &y, 0);
	compare_missing(c, r, &y, &x, 1);
	facts_free(&x);
	facts_free(&y);
}

static void put_difference(struct comparison *c, const struct difference *d)
{
	const char **texts = memory_get(c->atlas.run_count, sizeof(*texts));
	struct arena arena = {0};
	const char *what = d->what;

	for (size_t i = 0; i < c->atlas.run_count; i++)
		texts[i] = d->answers[i].text;
	if (!d->verdict && d->kind == FACT_OBSERVATION)
		what = arena_format(&arena, "observation %s", what);
	comparison_put(c, d->variant->id, what, texts);
	arena_free(&arena);
	free(texts);
}

/* The differences stand in the order of the variants. */
static void compare_results(struct comparison *c)
{
	struct differences d;
	size_t next = 0;

	differences_find(&d, &c->atlas, FACTS_ALL);
	for (size_t i = 0; i < c->atlas.case_count; i++) {
		for (size_t k = 0; k < c->atlas.cases[i].count; k++) {
			const struct merged_variant *v = &c->atlas.cases[i].variants[k];

			for (; next < d.count && d.items[next].variant == v; next++)
				put_difference(c, &d.items[next]);
			if (c->atlas.run_count == 2)
				compare_two(c, v);
		}
	}
	differences_free(&d);
}

/* Results that not all runs have: those of two by the run that has them. */
static void compare_presence(struct comparison *c, const char *heading, size_t only)
{
	const char **texts = memory_get(c->atlas.run_count, sizeof(*texts));

	for (size_t i = 0; i < c->atlas.case_count; i++) {
		for (size_t k = 0; k < c->atlas.cases[i].count; k++) {
			const struct merged_variant *v = &c->atlas.cases[i].variants[k];
			size_t there = 0;

			for (size_t n = 0; n < c->atlas.run_count; n++) {
				const struct result *r = v->results[n];

				there += r != NULL;
				texts[n] = r != NULL ? verdict_word(r->verdict) : "";
			}
			if (there < c->atlas.run_count &&
			    (c->atlas.run_count > 2 || v->results[only] != NULL))
				comparison_put(c, heading, v->id, texts);
		}
	}
	free(texts);
}

size_t compare_write(FILE *out, struct run **runs, size_t count, enum compare_format format)
{
	struct comparison c = {.out = out, .format = format};

	atlas_merge(&c.atlas, runs, count);
	comparison_begin(&c);
	compare_platforms(&c);
	compare_results(&c);
	if (count == 2) {
		compare_presence(&c, "only in the first", 0);
		compare_presence(&c, "only in the second", 1);
	} else {
		compare_presence(&c, "not in all", 0);
	}
	atlas_free(&c.atlas);
	return c.differences;
}

static int compare(char **paths, size_t count, enum compare_format format)
{
	struct run *runs[RUNS_MOST] = {NULL};
	int status = 0;

	for (size_t i = 0; i < count && status == 0; i++) {
		runs[i] = atlas_read(paths[i]);
		status = runs[i] == NULL ? 2 : 0;
	}
	if (status == 0)
		status = compare_write(stdout, runs, count, format) != 0;
	for (size_t i = 0; i < count; i++)
		run_free(runs[i]);
	return status;
}

int atlas_compare(int argc, char **argv)
{
	enum compare_format format = COMPARE_TEXT;
	char *paths[RUNS_MOST];
	bool options = true;
	size_t count = 0;

	for (int i = 1; i < argc; i++) {
		const char *word;

		if (options && strcmp(argv[i], "--") == 0) {
			options = false;
			continue;
		}
		word = options ? atlas_value("--format", argc, argv, &i) : NULL;
		if (word == NULL && options && argv[i][0] == '-' && argv[i][1] != 0)
			return atlas_wrong("compare: no option %s; try `atlas --help`", argv[i]);
		if (word == NULL) {
			if (count == RUNS_MOST)
				return atlas_wrong("compare: more than %d results files",
						   RUNS_MOST);
			paths[count++] = argv[i];
		} else if (strcmp(word, "tsv") == 0 || strcmp(word, "text") == 0) {
			format = word[1] == 's' ? COMPARE_TSV : COMPARE_TEXT;
		} else {
			return atlas_wrong("compare: --format is text or tsv");
		}
	}
	if (count < 2)
		return atlas_wrong("compare: takes two results files or more; try `atlas --help`");
	return compare(paths, count, format);
}
