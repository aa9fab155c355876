/* SPDX-License-Identifier: MIT */
#include "reports/results/merge.h"

#include <stdlib.h>
#include <string.h>

/* One variant on its way to its place. */
struct entry {
	const struct test_case *info;
	const struct run *run;
	const struct result *result;
	size_t run_index;
	size_t place; /* among the variants of its case */
};

static size_t place_of(const struct test_case *c, const char *variant)
{
	for (size_t i = 0; i < c->variants.count; i++) {
		if (strcmp(c->variants.items[i], variant) == 0)
			return i;
	}
	return c->variants.count;
}

static int by_case_and_place(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int d = strcmp(x->result->case_id, y->result->case_id);

	if (d != 0)
		return d;
	if (x->place != y->place)
		return x->place < y->place ? -1 : 1;
	d = strcmp(x->result->id, y->result->id);
	if (d != 0)
		return d;
	return x->run_index < y->run_index ? -1 : x->run_index > y->run_index;
}

/* How the first run that has the case declares it; a run without a case line comes last. */
static void find_case(struct entry *e, struct run **runs, size_t count)
{
	const char *id = e->result->case_id;

	for (size_t i = 0; i < count; i++) {
		const struct test_case *c = run_case(runs[i], id);

		if (c == NULL || (e->info != NULL && (e->info->claim[0] != 0 || c->claim[0] == 0)))
			continue;
		e->info = c;
		e->run = runs[i];
	}
}

static const char *label_of(struct atlas *atlas, size_t index)
{
	const struct platform *p = &atlas->runs[index]->header.platform;
	const char *label = p->name, *deviation = atlas->runs[index]->header.deviation;
	size_t same = 0;

	if (label[0] == 0)
		label = arena_format(&atlas->arena, "%s %s %s", p->sysname, p->kernel_release,
				     p->machine);
	if (deviation[0] != 0)
		label = arena_format(&atlas->arena, "%s, %s", label, deviation);
	if (strspn(label, " ") == strlen(label))
		label = "run";
	for (size_t i = 0; i < index; i++) {
		size_t length = strlen(label);

		if (strncmp(atlas->labels[i], label, length) == 0 &&
		    (atlas->labels[i][length] == 0 ||
		     strncmp(atlas->labels[i] + length, " (", 2) == 0))
			same++;
	}
	return same == 0 ? label : arena_format(&atlas->arena, "%s (%zu)", label, same + 1);
}

/* Adds one result behind the last; `next` is where the next new variant is kept. */
static void add_entry(struct atlas *atlas, const struct entry *e, struct merged_variant **next)
{
	struct merged_case *c = atlas->cases + atlas->case_count;
	struct merged_variant *v = *next;

	if (atlas->case_count == 0 || strcmp(c[-1].id, e->result->case_id) != 0) {
		*c = (struct merged_case){e->result->case_id, e->info, e->run, v, 0};
		atlas->case_count++;
	} else {
		c--;
	}
	if (c->count != 0 && strcmp(v[-1].id, e->result->id) == 0) {
		v--;
	} else {
		v->id = e->result->id;
		v->name = e->result->variant;
		v->results =
			arena_get(&atlas->arena, atlas->run_count, sizeof(const struct result *));
		c->count++;
		++*next;
	}
	v->results[e->run_index] = e->result;
}

void atlas_merge(struct atlas *atlas, struct run **runs, size_t count)
{
	size_t total = 0, used = 0;
	struct merged_variant *next;
	struct entry *entries;

	memset(atlas, 0, sizeof(*atlas));
	atlas->runs = runs;
	atlas->run_count = count;
	atlas->labels = arena_get(&atlas->arena, count, sizeof(*atlas->labels));
	for (size_t i = 0; i < count; i++) {
		atlas->labels[i] = label_of(atlas, i);
		total += runs[i]->result_count;
	}
	entries = memory_get(total, sizeof(*entries));
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < runs[i]->result_count; k++) {
			struct entry *e = &entries[used++];

			e->result = &runs[i]->results[k];
			e->run_index = i;
			find_case(e, runs, count);
			e->place = place_of(e->info, e->result->variant);
		}
	}
	if (total != 0)
		qsort(entries, total, sizeof(*entries), by_case_and_place);
	atlas->cases = arena_get(&atlas->arena, total, sizeof(*atlas->cases));
	next = arena_get(&atlas->arena, total, sizeof(*next));
	for (size_t i = 0; i < total; i++)
		add_entry(atlas, &entries[i], &next);
	free(entries);
}

void atlas_free(struct atlas *atlas)
{
	arena_free(&atlas->arena);
}

size_t group_length(const char *id)
{
	const char *slash = strrchr(id, '/');

	return slash == NULL ? 0 : (size_t)(slash - id);
}

bool group_is_same(const char *id, const char *other)
{
	size_t length = group_length(id);

	return group_length(other) == length && strncmp(id, other, length) == 0;
}
