/* SPDX-License-Identifier: MIT */
#include "reports/coverage/measure.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "reports/coverage/lacking.h"
#include "reports/coverage/sockets.h"
#include "reports/coverage/words.h"

/* A word, when it was seen last, and the shapes that begin with it. Counts start at 1. */
struct word {
	const char *text;
	size_t last_call, last_result;
	size_t *shapes;
	size_t shape_count, shape_room;
};

static size_t word_index(struct measure *m, const char *text)
{
	size_t i;

	if (strmap_find(&m->index, text, &i))
		return i;
	i = m->word_count++;
	m->words = memory_grow(m->words, &m->word_room, m->word_count, sizeof(*m->words));
	m->words[i].text = text;
	strmap_add(&m->index, text, i);
	return i;
}

void measure_begin(struct measure *m, const struct catalogue *catalogue)
{
	*m = (struct measure){.catalogue = catalogue};
	m->seen = memory_get(catalogue->name_count, sizeof(*m->seen));
	for (size_t s = 0; s < catalogue->shape_count; s++) {
		const struct shape *shape = &catalogue->shapes[s];
		struct word *first;

		for (size_t i = 0; i < shape->word_count; i++)
			word_index(m, shape->words[i]);
		first = &m->words[word_index(m, shape->words[0])];
		first->shapes = memory_grow(first->shapes, &first->shape_room,
					    first->shape_count + 1, sizeof(*first->shapes));
		first->shapes[first->shape_count++] = s;
	}
	m->touched = memory_get(m->word_count, sizeof(*m->touched));
}

void measure_end(struct measure *m)
{
	for (size_t i = 0; i < m->word_count; i++)
		free(m->words[i].shapes);
	free(m->words);
	free(m->touched);
	free(m->seen);
	strmap_free(&m->index);
	arena_free(&m->arena);
}

void tally_add(struct tally *t, const struct measure *m, size_t name)
{
	const struct seen *seen = &m->seen[name];
	bool reasoned = m->catalogue->names[name].excuse != 0;

	t->known++;
	t->seen += seen->calls != 0;
	t->reasoned += seen->calls == 0 && reasoned;
	t->lacking += seen->calls == 0 && !reasoned && seen->lacking != NULL;
}

double tally_share(const struct tally *t)
{
	size_t there = t->known - t->reasoned - t->lacking;

	return there == 0 ? 100.0 : 100.0 * (double)t->seen / (double)there;
}

/* A name was seen in the present call, or result. */
static void count(struct measure *m, size_t name)
{
	struct seen *seen = &m->seen[name];

	if (seen->last_call == m->now_call)
		return;
	seen->last_call = m->now_call;
	seen->calls++;
	if (seen->example == NULL)
		seen->example = m->result->case_id;
	if (seen->last_case != m->now_case) {
		seen->last_case = m->now_case;
		seen->cases++;
	}
}

/* Whether all words of the shape were in the present call, or result. */
static bool complete(const struct measure *m, const struct shape *shape)
{
	for (size_t i = 0; i < shape->word_count; i++) {
		const struct word *word;
		size_t at;

		if (!strmap_find(&m->index, shape->words[i], &at))
			return false;
		word = &m->words[at];
		if (shape->per_case ? word->last_result != m->now_result
				    : word->last_call != m->now_call)
			return false;
	}
	return true;
}

static void see(void *context, const char *text)
{
	struct measure *m = context;
	size_t i;

	if (!strmap_find(&m->index, text, &i))
		return;
	if (m->words[i].last_call != m->now_call)
		m->touched[m->touched_count++] = i;
	m->words[i].last_call = m->now_call;
	m->words[i].last_result = m->now_result;
}

/* Counts the names of this word whose shapes are complete: in a call, or in a result. */
static void count_shapes(struct measure *m, const struct word *word, bool per_case)
{
	for (size_t s = 0; s < word->shape_count; s++) {
		const struct shape *shape = &m->catalogue->shapes[word->shapes[s]];

		if (shape->per_case == per_case && complete(m, shape))
			count(m, shape->name);
	}
}

/* Sees an error of the call's socket, as the pages on such sockets list it. */
struct failure {
	struct measure *measure;
	const char *error;
};

static void see_page(void *context, const char *page)
{
	const struct failure *failure = context;
	char word[128];

	snprintf(word, sizeof(word), "%s:%s", page, failure->error);
	see(failure->measure, word);
}

/* "ECONNREFUSED" of "[ECONNREFUSED]" or "ee_errno=ECONNREFUSED, ...", in `error`. */
static void take_name(char *error, size_t size, const char *from)
{
	int length;

	from += strspn(from, "[");
	length = (int)strcspn(from, ",]}");
	snprintf(error, size, "%.*s", length, from[0] == 'E' ? from : "");
}

/*
 * The error that a call brings from its socket, without failing itself: a pending one
 * (SO_ERROR), or one of the error queue. "" when there is none.
 */
static void pending_error(const struct call *call, char *error, size_t size)
{
	bool option = false;

	error[0] = 0;
	for (size_t i = 0; i < call->argument_count && error[0] == 0; i++) {
		const struct argument *a = &call->arguments[i];
		const char *extended = strstr(a->value, "{ee_errno=");

		if (strcmp(a->name, "optname") == 0)
			option = strcmp(a->value, "SO_ERROR") == 0;
		if (option && strcmp(a->name, "optval") == 0)
			take_name(error, size, a->value);
		else if (extended != NULL)
			take_name(error, size, extended + strlen("{ee_errno="));
	}
}

static void look_at_call(struct measure *m, const struct sockets *sockets, const struct call *call)
{
	struct failure failure = {m, call->error};
	char word[128], pending[32];

	snprintf(word, sizeof(word), "%s()", call->name);
	see(m, word);
	if (call->error[0] != 0) {
		snprintf(word, sizeof(word), "%s:%s", call->name, call->error);
		see(m, word);
		sockets_pages(sockets, call, see_page, &failure);
	}
	pending_error(call, pending, sizeof(pending));
	if (pending[0] != 0) {
		failure.error = pending;
		sockets_pages(sockets, call, see_page, &failure);
	}
	for (size_t i = 0; i < call->argument_count; i++)
		words_of(call->arguments[i].value, see, m);
	words_of(call->result, see, m);
}

static void look_at(struct measure *m, const struct result *result)
{
	struct sockets sockets = {0};

	m->result = result;
	m->now_result++;
	m->results++;
	m->calls_left_out += result->calls_left_out > 0 ? (size_t)result->calls_left_out : 0;
	for (size_t i = 0; i < result->call_count; i++) {
		m->now_call++;
		m->calls++;
		m->touched_count = 0;
		sockets_note(&sockets, &result->calls[i]);
		look_at_call(m, &sockets, &result->calls[i]);
		for (size_t w = 0; w < m->touched_count; w++)
			count_shapes(m, &m->words[m->touched[w]], false);
	}
	/* What takes several calls is counted as if it were one more. */
	m->now_call++;
	for (size_t w = 0; w < m->word_count; w++) {
		if (m->words[w].last_result == m->now_result)
			count_shapes(m, &m->words[w], true);
	}
	sockets_free(&sockets);
}

static int by_case(const void *a, const void *b)
{
	const struct result *const *x = a, *const *y = b;

	return strcmp((*x)->case_id, (*y)->case_id);
}

void measure_runs(struct measure *m, struct run *const *runs, size_t count)
{
	const struct result **all;
	size_t total = 0, used = 0;

	for (size_t i = 0; i < count; i++)
		total += runs[i]->result_count;
	all = memory_get(total, sizeof(const struct result *));
	for (size_t i = 0; i < count; i++) {
		for (size_t r = 0; r < runs[i]->result_count; r++)
			all[used++] = &runs[i]->results[r];
	}
	if (total > 1)
		qsort(all, total, sizeof(const struct result *), by_case);
	m->runs = count;
	for (size_t i = 0; i < total; i++) {
		if (i == 0 || strcmp(all[i]->case_id, all[i - 1]->case_id) != 0)
			m->now_case++;
		look_at(m, all[i]);
	}
	free(all);
	lacking_find(m, runs, count);
}
