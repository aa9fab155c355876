/* SPDX-License-Identifier: MIT */
#include "harness/run/proof.h"

#include <fnmatch.h>
#include <search.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "harness/results/json.h"
#include "harness/results/writer.h"

/* One deviation of one case, and what became of it. */
struct trial {
	const char *deviation; /* one pointer for each name */
	size_t item;
	enum verdict verdict;
	bool run, acted;
	const char *file; /* of the check that noticed, or NULL */
	int line;
	char *text; /* of that check, or of the verdict's reason */
};

static struct {
	const struct proof *proof;
	struct trial *trials;
	size_t count, room;
	void *names;	       /* of tsearch(): the deviations' names */
	unsigned int left_out; /* cases that do not pass as they are */
	bool no_room;
	size_t done;
	/* What is scheduled: an item a trial, and which trial it is. */
	struct run_item *items;
	size_t *trial_of;
	size_t scheduled;
} state;

static int compare_names(const void *a, const void *b)
{
	return strcmp(a, b);
}

/* The one copy of a name; NULL when there is no memory. */
static const char *one_name(const char *name)
{
	char *const *found = tfind(name, &state.names, compare_names);
	char *copy;

	if (found != NULL)
		return *found;
	copy = strdup(name);
	return copy != NULL && tsearch(copy, &state.names, compare_names) != NULL ? copy : NULL;
}

static bool add_trial(const char *name, size_t item)
{
	if (state.count == state.room) {
		size_t room = state.room ? 2 * state.room : 4096;
		struct trial *more = realloc(state.trials, room * sizeof(*more));

		if (more == NULL)
			return false;
		state.trials = more;
		state.room = room;
	}
	state.trials[state.count] = (struct trial){.deviation = one_name(name), .item = item};
	return state.trials[state.count++].deviation != NULL;
}

/* A case that passes as it is: what it has room for. */
static void keep_offers(const struct run_result *result, void *context)
{
	const struct outcome *o = result->outcome;
	uint32_t used = o == NULL ? 0 : o->offers_used;
	char id[CASE_ID_SIZE];
	bool good = true;

	(void)context;
	if (result->verdict == VERDICT_SKIP || result->verdict == VERDICT_KNOWN)
		return;
	if (result->verdict != VERDICT_PASS) {
		run_item_id(result->item, id, sizeof(id));
		fprintf(stderr, "sockatlas: %s is left out, it does not pass as it is: %s %s\n", id,
			verdict_name(result->verdict), result->reason);
		state.left_out++;
		return;
	}
	for (uint32_t i = 0; good && i < used && i < OUTCOME_MAX_OFFERS; i++) {
		const char *name = outcome_string(o, o->offers[i]);

		if (name[0] != '\0' &&
		    (state.proof->only == NULL || fnmatch(state.proof->only, name, 0) == 0))
			good = add_trial(name, result->index);
	}
	if (used > OUTCOME_MAX_OFFERS || !good) {
		fprintf(stderr, "sockatlas: no room for all deviations of a case\n");
		state.no_room = true;
	}
}

static void keep_trial(const struct run_result *result, void *context)
{
	struct trial *trial = &state.trials[state.trial_of[result->index]];
	const struct outcome *o = result->outcome;

	(void)context;
	trial->run = true;
	trial->verdict = result->verdict;
	trial->acted = o != NULL && o->deviated > 0;
	for (uint32_t i = 0; o != NULL && i < o->checks_used && i < OUTCOME_MAX_CHECKS; i++) {
		const struct check_record *c = &o->checks[i];

		if (c->ok || c->file == NULL)
			continue;
		trial->file = c->file;
		trial->line = c->line;
		trial->text = strdup(outcome_string(o, c->text));
		break;
	}
	if (trial->text == NULL)
		trial->text = strdup(result->reason);
	state.done++;
	if (!state.proof->quiet && state.done % 1000 == 0)
		fprintf(stderr, "[%zu/%zu]\n", state.done, state.count);
}

static int compare_trials(const void *a, const void *b)
{
	const struct trial *x = a, *y = b;
	int order = strcmp(x->deviation, y->deviation);

	return order != 0 ? order : (x->item > y->item) - (x->item < y->item);
}

static bool is_noticed(const struct trial *t)
{
	return t->run && t->verdict != VERDICT_PASS && t->verdict != VERDICT_SKIP &&
	       t->verdict != VERDICT_KNOWN;
}

static void write_trial(struct json *j, const struct trial *t)
{
	char id[CASE_ID_SIZE];

	run_item_id(&state.proof->schedule.items[t->item], id, sizeof(id));
	json_open(j, NULL, '{');
	json_put_string(j, "id", id);
	json_put_string(j, "verdict", t->run ? verdict_name(t->verdict) : "not run");
	json_put_bool(j, "noticed", is_noticed(t));
	json_put_bool(j, "acted", t->acted);
	if (t->file != NULL) {
		json_put_string(j, "file", t->file);
		json_put_integer(j, "line", t->line);
	}
	if (is_noticed(t) && t->text != NULL)
		json_put_string(j, "text", t->text);
	json_close(j, '}');
}

/* Writes the trials of one deviation; returns how many they are. */
static size_t write_deviation(FILE *out, size_t first, bool *noticed)
{
	const char *name = state.trials[first].deviation;
	struct json j = {out, false};
	size_t i;

	*noticed = false;
	json_open(&j, NULL, '{');
	json_put_string(&j, "type", "deviation");
	json_put_string(&j, "name", name);
	json_open(&j, "cases", '[');
	for (i = first; i < state.count && state.trials[i].deviation == name; i++) {
		if (!state.trials[i].run)
			continue;
		write_trial(&j, &state.trials[i]);
		*noticed = *noticed || is_noticed(&state.trials[i]);
	}
	json_close(&j, ']');
	json_put_bool(&j, "noticed", *noticed);
	json_close(&j, '}');
	putc('\n', out);
	return i - first;
}

/* What the cases claim, and their source: who reads the file can tell which should notice. */
static void write_cases(FILE *out)
{
	const struct schedule *s = &state.proof->schedule;
	const struct test_case *last = NULL;

	/* Cases of one file are neighbours, and so are the variants of a case. */
	for (size_t i = 0; i < s->count; i++) {
		const struct test_case *test = s->items[i].test;

		if (last == NULL || last->source != test->source)
			results_source(out, test);
		if (last != test)
			results_case(out, test);
		last = test;
	}
}

static int write_all(FILE *out, const struct run_footer *footer)
{
	unsigned int deviations = 0, noticed = 0;
	struct json j = {out, false};

	write_cases(out);
	for (size_t i = 0; i < state.count;) {
		bool one;

		i += write_deviation(out, i, &one);
		deviations++;
		noticed += one;
	}
	json_open(&j, NULL, '{');
	json_put_string(&j, "type", "footer");
	json_put_integer(&j, "deviations", deviations);
	json_put_integer(&j, "noticed", noticed);
	json_put_integer(&j, "runs", (int64_t)state.done);
	json_put_integer(&j, "duration_us", footer->duration_us);
	json_put_integer(&j, "left_out", state.left_out);
	json_put_bool(&j, "interrupted", footer->interrupted);
	json_close(&j, '}');
	putc('\n', out);
	fprintf(stderr, "%u deviations, %u noticed (%.1f %%), %zu runs in %.1f s\n", deviations,
		noticed, deviations ? 100.0 * noticed / deviations : 0, state.done,
		(double)footer->duration_us / 1e6);
	return noticed < deviations;
}

static void write_list(FILE *out)
{
	for (size_t i = 0; i < state.count; i++) {
		char id[CASE_ID_SIZE];

		run_item_id(&state.proof->schedule.items[state.trials[i].item], id, sizeof(id));
		fprintf(out, "%s\t%s\n", state.trials[i].deviation, id);
	}
}

static void add_item(size_t trial)
{
	struct run_item *item = &state.items[state.scheduled];

	*item = state.proof->schedule.items[state.trials[trial].item];
	item->deviation = state.trials[trial].deviation;
	state.trial_of[state.scheduled++] = trial;
}

/* How many trials from `first` on are of one deviation. */
static size_t same_deviation(size_t first)
{
	size_t count = 1;

	while (first + count < state.count &&
	       state.trials[first + count].deviation == state.trials[first].deviation)
		count++;
	return count;
}

/* `most` of the trials of each deviation, other ones from day to day. */
static void add_samples(size_t most)
{
	size_t day = (size_t)(time(NULL) / 86400);

	for (size_t first = 0, count; first < state.count; first += count) {
		count = same_deviation(first);
		for (size_t i = 0; i < count && i < most; i++)
			add_item(first + (day * most + i) % count);
	}
}

/* What is left of the deviations that nobody has noticed. */
static void add_rest(void)
{
	for (size_t first = 0, count; first < state.count; first += count) {
		bool noticed = false;

		count = same_deviation(first);
		for (size_t i = first; i < first + count; i++)
			noticed = noticed || is_noticed(&state.trials[i]);
		for (size_t i = first; i < first + count && !noticed; i++) {
			if (!state.trials[i].run)
				add_item(i);
		}
	}
}

static struct run_footer run_added(struct schedule schedule)
{
	schedule.survey = false;
	schedule.until_failure = true;
	schedule.items = state.items;
	schedule.count = state.scheduled;
	schedule.result = keep_trial;
	return schedule_run(&schedule);
}

static struct run_footer run_trials(const struct schedule *schedule)
{
	unsigned int sample = state.proof->sample;
	struct run_footer first = {.interrupted = true}, rest;

	state.items = calloc(state.count + 1, sizeof(*state.items));
	state.trial_of = calloc(state.count + 1, sizeof(*state.trial_of));
	if (state.items == NULL || state.trial_of == NULL)
		return first;
	add_samples(sample > 0 ? sample : state.count);
	first = run_added(*schedule);
	state.scheduled = 0;
	add_rest();
	if (first.interrupted || state.scheduled == 0)
		return first;
	rest = run_added(*schedule);
	rest.duration_us += first.duration_us;
	return rest;
}

static void forget(void)
{
	for (size_t i = 0; i < state.count; i++)
		free(state.trials[i].text);
	free(state.trials);
	free(state.items);
	free(state.trial_of);
	while (state.names != NULL) {
		char *name = *(char **)state.names;

		tdelete(name, &state.names, compare_names);
		free(name);
	}
}

int proof_run(const struct proof *proof)
{
	struct schedule schedule = proof->schedule;
	struct run_footer footer;
	int status = 0;

	state.proof = proof;
	schedule.record_calls = schedule.survey = true;
	schedule.capture = false;
	schedule.result = keep_offers;
	footer = schedule_run(&schedule);
	qsort(state.trials, state.count, sizeof(*state.trials), compare_trials);
	if (!footer.interrupted && proof->list) {
		write_list(proof->out);
	} else if (!footer.interrupted && state.count > 0) {
		footer = run_trials(&schedule);
		status = write_all(proof->out, &footer);
	}
	if (state.count == 0) {
		fprintf(stderr, "sockatlas: no call of these cases can be deviated%s%s\n",
			proof->only ? " as " : "", proof->only ? proof->only : "");
		status = 2;
	}
	if (footer.interrupted || state.no_room)
		status = 2;
	forget();
	return status;
}
