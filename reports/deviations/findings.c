/* SPDX-License-Identifier: MIT */
#include "reports/deviations/findings.h"

#include <stdlib.h>
#include <string.h>

struct entry {
	const struct deviation *deviation;
	const struct run *run;
};

static int by_name(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;

	return strcmp(x->deviation->name, y->deviation->name);
}

static int by_id(const void *a, const void *b)
{
	const struct attempt *x = a, *y = b;
	int d = strcmp(x->trial->id, y->trial->id);

	/* Of several runs of a case the one that noticed comes first. */
	return d != 0 ? d : (int)y->trial->noticed - (int)x->trial->noticed;
}

static void add_attempts(struct finding *f, const struct entry *e)
{
	for (size_t i = 0; i < e->deviation->trial_count; i++) {
		const struct trial *t = &e->deviation->trials[i];

		if (t->run && t->acted)
			f->attempts[f->count++] =
				(struct attempt){t, e->run, run_case_of(e->run, t->id)};
	}
}

/* Several files may have run the same case. */
static void keep_one_of_each(struct finding *f)
{
	size_t kept = 0;

	if (f->count > 1)
		qsort(f->attempts, f->count, sizeof(*f->attempts), by_id);
	for (size_t i = 0; i < f->count; i++) {
		if (kept == 0 ||
		    strcmp(f->attempts[kept - 1].trial->id, f->attempts[i].trial->id) != 0)
			f->attempts[kept++] = f->attempts[i];
	}
	f->count = kept;
}

static enum fate fate_of(struct finding *f)
{
	bool setup_alone = true;

	for (size_t i = 0; i < f->count; i++) {
		if (!f->attempts[i].trial->noticed)
			continue;
		f->noticed++;
		setup_alone = setup_alone && f->attempts[i].trial->verdict == VERDICT_ERROR;
	}
	if (f->count == 0)
		return FATE_UNSTABLE;
	if (f->noticed == 0)
		return FATE_SURVIVED;
	return setup_alone ? FATE_SETUP : FATE_NOTICED;
}

/* The entries [first, last) are of one deviation. */
static void add_finding(struct findings *all, const struct entry *first, const struct entry *last)
{
	const struct deviation *d = first->deviation;
	struct finding *f = &all->items[all->count++];
	size_t trials = 0;

	*f = (struct finding){
		.name = d->name, .call = d->call, .subject = d->subject, .how = d->how};
	for (const struct entry *e = first; e < last; e++)
		trials += e->deviation->trial_count;
	f->attempts = arena_get(&all->arena, trials, sizeof(*f->attempts));
	for (const struct entry *e = first; e < last; e++)
		add_attempts(f, e);
	all->runs += trials;
	keep_one_of_each(f);
	f->kind = deviation_kind_of(f->call, f->subject, f->how);
	f->fate = fate_of(f);
	all->fates[f->fate]++;
}

static void add_run(struct findings *all, const struct run *run)
{
	const struct header *h = &run->header;

	all->partial = all->partial || h->only[0] != 0 || h->selected < h->available;
	all->incomplete = all->incomplete || !run->has_footer || run->footer.interrupted;
	if (run->duration_us < INT64_MAX / 64)
		all->duration_us += run->duration_us;
}

bool findings_platform_has(const struct findings *f, const char *need)
{
	bool asked = false;

	for (size_t i = 0; i < f->source_count; i++) {
		const struct header *header = &f->sources[i]->header;

		for (size_t k = 0; k < header->probe_count; k++) {
			if (strcmp(header->probes[k].name, need) != 0)
				continue;
			if (header->probes[k].ok)
				return true;
			asked = true;
		}
	}
	return !asked;
}

void findings_collect(struct findings *f, struct run *const *runs, size_t count)
{
	size_t total = 0, used = 0, first = 0;
	struct entry *entries;

	memset(f, 0, sizeof(*f));
	f->sources = runs;
	f->source_count = count;
	for (size_t i = 0; i < count; i++) {
		total += runs[i]->deviation_count;
		add_run(f, runs[i]);
	}
	entries = memory_get(total, sizeof(*entries));
	for (size_t i = 0; i < count; i++) {
		for (size_t k = 0; k < runs[i]->deviation_count; k++)
			entries[used++] = (struct entry){&runs[i]->deviations[k], runs[i]};
	}
	if (total > 1)
		qsort(entries, total, sizeof(*entries), by_name);
	f->items = arena_get(&f->arena, total, sizeof(*f->items));
	for (size_t i = 1; i <= total; i++) {
		if (i < total && by_name(&entries[first], &entries[i]) == 0)
			continue;
		add_finding(f, entries + first, entries + i);
		first = i;
	}
	free(entries);
}

void findings_free(struct findings *f)
{
	arena_free(&f->arena);
}

double findings_share(const struct findings *f)
{
	size_t happened = f->count - f->fates[FATE_UNSTABLE];

	if (happened == 0)
		return 100;
	return 100.0 * (double)(happened - f->fates[FATE_SURVIVED]) / (double)happened;
}

const struct attempt *finding_noticer(const struct finding *f)
{
	const struct attempt *found = NULL;

	for (size_t i = 0; i < f->count; i++) {
		const struct trial *t = f->attempts[i].trial;

		if (t->noticed && (found == NULL || (found->trial->verdict == VERDICT_ERROR &&
						     t->verdict != VERDICT_ERROR)))
			found = &f->attempts[i];
	}
	return found;
}
