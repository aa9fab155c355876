/* SPDX-License-Identifier: MIT */
#include "reports/compare/differences.h"

#include <stdlib.h>
#include <string.h>

/* One variant, looked at in all runs; the arrays have one for each run. */
struct look {
	struct differences *found;
	struct run **runs;
	size_t run_count;
	const struct merged_case *of_case;
	const struct merged_variant *variant;
	struct facts *facts;	/* empty where a run says nothing */
	struct answer *answers; /* to the question at hand */
	const char **keys;	/* what these are compared by */
};

const char *verdict_text(struct arena *arena, const struct result *r)
{
	const char *why = r->signal[0] != 0 ? r->signal : r->reason;

	return why[0] == 0 ? verdict_word(r->verdict)
			   : arena_format(arena, "%s (%s)", verdict_word(r->verdict), why);
}

bool difference_apart(const struct difference *d, size_t run)
{
	return d->answers[run].text != NULL && (!d->common || d->answers[run].group != 0);
}

/* Puts those that say the same into a group; returns how many groups there are. */
static size_t put_in_groups(struct answer *answers, const char *const *keys, size_t count)
{
	size_t groups = 0;

	for (size_t i = 0; i < count; i++) {
		size_t k = 0;

		if (answers[i].text == NULL)
			continue;
		while (k < i && (answers[k].text == NULL || strcmp(keys[k], keys[i]) != 0))
			k++;
		answers[i].group = k < i ? answers[k].group : groups++;
	}
	return groups;
}

/* Numbers the groups by how many say so; groups of one size stay in the order of the runs. */
static void put_largest_first(struct answer *answers, size_t count, size_t groups)
{
	size_t *sizes = memory_get(2 * groups, sizeof(size_t)), *rank = sizes + groups;

	for (size_t i = 0; i < count; i++) {
		if (answers[i].text != NULL)
			sizes[answers[i].group]++;
	}
	for (size_t i = 0; i < groups; i++) {
		for (size_t k = 0; k < groups; k++)
			rank[i] += sizes[k] > sizes[i] || (sizes[k] == sizes[i] && k < i);
	}
	for (size_t i = 0; i < count; i++)
		answers[i].group = rank[answers[i].group];
	free(sizes);
}

size_t answers_group(struct answer *answers, const char *const *keys, size_t count)
{
	size_t groups = put_in_groups(answers, keys, count);

	if (groups > 1)
		put_largest_first(answers, count, groups);
	return groups;
}

/* Whether more say what group 0 says than what group 1 does, which is the next in size. */
static bool have_common(const struct answer *answers, size_t count)
{
	size_t sizes[2] = {0};

	for (size_t i = 0; i < count; i++) {
		if (answers[i].text != NULL && answers[i].group < 2)
			sizes[answers[i].group]++;
	}
	return sizes[0] > sizes[1];
}

/* Keeps the answers, and copies of their texts, when they are not all the same. */
static void keep(const struct look *l, struct difference d)
{
	struct differences *f = l->found;

	d.groups = answers_group(l->answers, l->keys, l->run_count);
	if (d.groups < 2)
		return;
	d.of_case = l->of_case;
	d.variant = l->variant;
	d.what = arena_string(&f->arena, d.what, strlen(d.what));
	d.answers = arena_get(&f->arena, l->run_count, sizeof(*d.answers));
	for (size_t i = 0; i < l->run_count; i++) {
		const char *text = l->answers[i].text;

		d.answers[i] = l->answers[i];
		if (text != NULL)
			d.answers[i].text = arena_string(&f->arena, text, strlen(text));
	}
	d.common = have_common(d.answers, l->run_count);
	f->items = memory_grow(f->items, &f->room, f->count + 1, sizeof(d));
	f->items[f->count++] = d;
}

static void look_at_verdicts(const struct look *l)
{
	struct arena arena = {0};

	for (size_t i = 0; i < l->run_count; i++) {
		const struct result *r = l->variant->results[i];

		l->answers[i] = (struct answer){NULL, 0};
		if (r == NULL)
			continue;
		l->answers[i].text = verdict_text(&arena, r);
		l->keys[i] = r->signal[0] == 0 ? verdict_word(r->verdict)
					       : arena_format(&arena, "%s %s",
							      verdict_word(r->verdict), r->signal);
	}
	keep(l, (struct difference){.verdict = true, .what = "verdict"});
	arena_free(&arena);
}

/*
 * An observation that a passed case did not make is a difference. Of checks and calls that
 * only some runs have there is nothing to compare.
 */
static bool is_missing(const struct look *l, enum fact_kind kind, size_t run)
{
	const struct result *r = l->variant->results[run];

	return kind == FACT_OBSERVATION && r != NULL && r->verdict == VERDICT_PASS;
}

static void look_at_fact(const struct look *l, const struct fact *fact)
{
	for (size_t i = 0; i < l->run_count; i++) {
		size_t at;

		l->answers[i] = (struct answer){NULL, 0};
		if (strmap_find(&l->facts[i].map, fact->key, &at)) {
			l->keys[i] = l->facts[i].items[at].masked;
			l->answers[i].text = l->facts[i].items[at].value;
		} else if (is_missing(l, fact->kind, i)) {
			l->keys[i] = l->answers[i].text = "";
		}
	}
	keep(l, (struct difference){.kind = fact->kind, .what = fact->name});
}

/* A fact is looked at once, where the first run has it. */
static void look_at_facts(const struct look *l, unsigned int kinds)
{
	struct strmap seen = {0};

	for (size_t i = 0; i < l->run_count; i++) {
		const struct result *r = l->variant->results[i];

		if (r != NULL && r->verdict != VERDICT_SKIP)
			facts_collect(&l->facts[i], r, &l->runs[i]->cases[r->case_index], kinds);
		else
			memset(&l->facts[i], 0, sizeof(l->facts[i]));
	}
	for (size_t i = 0; i < l->run_count; i++) {
		for (size_t k = 0; k < l->facts[i].count; k++) {
			if (strmap_add(&seen, l->facts[i].items[k].key, 0))
				look_at_fact(l, &l->facts[i].items[k]);
		}
	}
	strmap_free(&seen);
	for (size_t i = 0; i < l->run_count; i++)
		facts_free(&l->facts[i]);
}

void differences_find(struct differences *d, const struct atlas *atlas, unsigned int kinds)
{
	struct look l = {.found = d, .runs = atlas->runs, .run_count = atlas->run_count};

	memset(d, 0, sizeof(*d));
	l.facts = memory_get(l.run_count, sizeof(*l.facts));
	l.answers = memory_get(l.run_count, sizeof(*l.answers));
	l.keys = memory_get(l.run_count, sizeof(*l.keys));
	for (size_t i = 0; i < atlas->case_count; i++) {
		l.of_case = &atlas->cases[i];
		for (size_t k = 0; k < l.of_case->count; k++) {
			l.variant = &l.of_case->variants[k];
			look_at_verdicts(&l);
			look_at_facts(&l, kinds);
		}
	}
	free(l.facts);
	free(l.answers);
	free(l.keys);
}

void differences_free(struct differences *d)
{
	free(d->items);
	arena_free(&d->arena);
}
