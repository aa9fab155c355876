/* SPDX-License-Identifier: MIT */
#include "reports/html/fold.h"

#include <stdlib.h>
#include <string.h>

#include "reports/compare/facts.h"

static bool same_facts(const struct facts *f, const struct facts *g)
{
	if (f->count != g->count)
		return false;
	for (size_t i = 0; i < f->count; i++) {
		size_t at;

		if (!strmap_find(&g->map, f->items[i].key, &at) ||
		    strcmp(f->items[i].masked, g->items[at].masked) != 0)
			return false;
	}
	return true;
}

static bool same_end(const struct result *r, const struct result *s)
{
	return r->verdict == s->verdict && strcmp(r->signal, s->signal) == 0 &&
	       strcmp(r->need, s->need) == 0 && strcmp(r->known.why, s->known.why) == 0 &&
	       (r->known.why[0] != 0 || strcmp(r->reason, s->reason) == 0);
}

/* facts has room for one of each run; first gets what fold_first() returns. */
static void find(const struct atlas *a, const struct merged_variant *v, struct facts *facts,
		 size_t *first)
{
	for (size_t i = 0; i < a->run_count; i++) {
		const struct result *r = v->results[i];
		size_t k = 0;

		first[i] = i;
		memset(&facts[i], 0, sizeof(facts[i]));
		if (r == NULL)
			continue;
		facts_collect(&facts[i], r, &a->runs[i]->cases[r->case_index], FACTS_ALL);
		while (k < i && (first[k] != k || v->results[k] == NULL ||
				 !same_end(v->results[k], r) || !same_facts(&facts[k], &facts[i])))
			k++;
		first[i] = k;
	}
	for (size_t i = 0; i < a->run_count; i++)
		facts_free(&facts[i]);
}

/* The merged variants stand in one array. */
static size_t place_of(const struct fold *fold, const struct merged_variant *v)
{
	return (size_t)(v - fold->atlas->cases[0].variants) * fold->atlas->run_count;
}

static size_t variant_count(const struct atlas *a)
{
	const struct merged_case *last = a->cases + a->case_count - 1;

	return a->case_count == 0 ? 0
				  : (size_t)(last->variants - a->cases[0].variants) + last->count;
}

void fold_find(struct fold *fold, const struct atlas *atlas)
{
	size_t count = variant_count(atlas);
	struct facts *facts = memory_get(atlas->run_count, sizeof(*facts));

	fold->atlas = atlas;
	fold->first = memory_get(count * atlas->run_count, sizeof(*fold->first));
	for (size_t i = 0; i < count; i++) {
		const struct merged_variant *v = atlas->cases[0].variants + i;

		find(atlas, v, facts, fold->first + place_of(fold, v));
	}
	free(facts);
}

size_t fold_first(const struct fold *fold, const struct merged_variant *v, size_t run)
{
	return fold->first == NULL ? run : fold->first[place_of(fold, v) + run];
}

size_t fold_packets(const struct fold *fold, const struct atlas *atlas)
{
	size_t packets = 0;

	for (size_t i = 0; i < variant_count(atlas); i++) {
		const struct merged_variant *v = atlas->cases[0].variants + i;

		for (size_t k = 0; k < atlas->run_count; k++) {
			if (v->results[k] != NULL && fold_first(fold, v, k) == k)
				packets += v->results[k]->frame_count;
		}
	}
	return packets;
}

void fold_free(struct fold *fold)
{
	free(fold->first);
	fold->first = NULL;
}
